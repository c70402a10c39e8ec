"""A request through the browser, from draft to pay-out, by the right people and the wrong ones."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role
from kongthun.accounts.reach import reach_of
from kongthun.domain.money import Money
from kongthun.domain.thai_calendar import numeric
from kongthun.groups.models import HouseholdMember, Membership, Person, Relation
from kongthun.ledger.models import Entry, Position
from kongthun.loans.models import Contract, Request, RequestItem, Signatory, Stage, Step, StepKind
from kongthun.loans.queries.papers import contract_paper

from .village_at_work import CHAIRMAN, TREASURER, WITNESSES, Village, working_village

pytestmark = pytest.mark.django_db

ASKED_ON = date(2024, 3, 2)
MET_ON = date(2024, 3, 10)
SIGNED_ON = date(2024, 3, 12)
PAID_ON = date(2024, 3, 13)


@pytest.fixture
def village() -> Village:
    return working_village()


def client_of(village: Village, who: str) -> Client:
    client = Client()
    client.force_login(village.users[who])
    return client


def at(name: str, village: Village, *parts: object) -> str:
    return reverse(f"loans:{name}", args=[village.fund.code, *parts])


def said(response: Any) -> str:  # noqa: ANN401 (Django's test response)
    """The words of a page, as they are read."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", html.unescape(text))


def draft_answers(**changed: str) -> dict[str, str]:
    return {
        "member": "1",
        "occupation": "เลี้ยงสัตว์",
        "project": "เลี้ยงวัวขุน",
        "asked": "๑๒,๐๐๐",
        "what_1": "ซื้อลูกวัว",
        "sum_1": "10,000",
        "what_2": "อาหาร",
        "sum_2": "2000",
        "lines": "6",
        "consenter_name": "นายเขียว  มีทรัพย์",
        "made_on": "2/3/2567",
    } | changed


def decision_answers(meeting: int, **changed: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"meeting": meeting, "is_approved": "1", "amount": "12,000", "words": ""} | changed


def contract_answers(**changed: str) -> dict[str, str]:
    return {
        "on": "12/3/2567",
        "due_1": "10/3/2568",
        "part_1": "6,000",
        "due_2": "10/3/2569",
        "part_2": "6,000",
        "lines": "6",
        "consenter": "",
        "witness_1": WITNESSES[0],
        "witness_2": WITNESSES[1],
    } | changed


def pay_out_answers(**changed: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "on": "13/3/2567",
        "source": "bank:1",
        "payer": CHAIRMAN,
        "signers": [CHAIRMAN, TREASURER],
        "witness_1": WITNESSES[0],
        "witness_2": WITNESSES[1],
        "document": "",
        "key": "a key made by the form",
    } | changed


def decided(village: Village, *, member: int = 1) -> int:
    """A request that was approved at 12,000; its number."""
    number = village.ask(member, 12_000, ASKED_ON).number
    meeting = village.meet(MET_ON)
    done = client_of(village, "prathan").post(
        at("decision", village, number), decision_answers(meeting)
    )
    assert done.status_code == 302, said(done)
    return number


def contracted(village: Village) -> int:
    """A request whose contract is signed; its number."""
    number = decided(village)
    done = client_of(village, "herannyik").post(at("contract", village, number), contract_answers())
    assert done.status_code == 302, said(done)
    return number


def paid_out(village: Village) -> int:
    """A request whose money was handed over; its number."""
    number = contracted(village)
    done = client_of(village, "herannyik").post(
        at("pay_out", village, number), pay_out_answers(sure="1")
    )
    assert done.status_code == 302, said(done)
    return number


def stage_of(village: Village, number: int) -> str:
    return Request.objects.get(fund=village.fund, number=number).stage


# ---- the whole way -----------------------------------------------------------------------------


def test_a_request_goes_from_draft_to_pay_out_in_the_browser(village: Village) -> None:
    treasurer = client_of(village, "herannyik")
    handed = treasurer.post(at("request_new", village), draft_answers(), follow=True)
    assert "ยื่นคำขอแล้ว ขั้นต่อไป: พัฒนากรให้ความเห็น" in said(handed)
    meeting = village.meet(MET_ON)
    for who, step, answers in (
        ("phatthanakon", "opinion", {"is_favourable": "1", "words": "", "on": "5/3/2567"}),
        ("prathan", "decision", decision_answers(meeting)),
        ("herannyik", "contract", contract_answers()),
        ("herannyik", "pay_out", pay_out_answers(sure="1")),
    ):
        done = client_of(village, who).post(at(step, village, 1), answers)
        assert done.status_code == 302, said(done)
    request = Request.objects.get(fund=village.fund, number=1)
    steps = Step.objects.filter(fund=village.fund, request_number=1).order_by("sequence")
    assert request.stage == Stage.PAID_OUT
    assert [(step.kind, step.happened_on) for step in steps] == [
        (StepKind.REQUESTED, ASKED_ON),
        (StepKind.OPINED, date(2024, 3, 5)),
        (StepKind.DECIDED, MET_ON),
        (StepKind.CONTRACTED, SIGNED_ON),
        (StepKind.PAID_OUT, PAID_ON),
    ]
    position = Position.objects.get(fund=village.fund)
    assert (position.bank, position.households) == (Money.baht(268_000), Money.baht(12_000))
    page = said(treasurer.get(at("request", village, 1)))
    assert "จ่ายเงินแล้ว" in page
    assert "ขั้นต่อไป" not in page


# ---- the draft ---------------------------------------------------------------------------------


def test_a_draft_is_kept_however_little_is_written(village: Village) -> None:
    kept = client_of(village, "herannyik").post(
        at("request_new", village), {"member": "2", "project": "ปลูกผัก", "do": "save", "lines": "6"}
    )
    request = Request.objects.get(fund=village.fund)
    assert kept.url == at("request", village, request.number)
    assert (request.stage, request.project, request.asked) == (Stage.DRAFT, "ปลูกผัก", None)


def test_what_speaks_against_handing_in_comes_all_together_and_the_draft_is_kept(
    village: Village,
) -> None:
    village.lend(1, 5_000, date(2023, 1, 5))
    before = Request.objects.count()
    refused = client_of(village, "herannyik").post(
        at("request_new", village), draft_answers(project="", sum_2="1,500")
    )
    page = said(refused)
    assert refused.status_code == 422
    assert "คำขอต้องบอกชื่อโครงการ" in page
    assert "รายการในโครงการรวมกันได้ 11,500 บาท แต่ขอยืม 12,000 บาท" in page
    assert "ครัวเรือนนี้ยังมีสัญญาเลขที่" in page
    assert "ช่องในแบบฟอร์มที่เผยแพร่ ยังไม่ได้ตรวจกับตัวบท" in page
    assert "ซื้อลูกวัว" in refused.content.decode()
    draft = Request.objects.get(fund=village.fund, stage=Stage.DRAFT)
    again = client_of(village, "herannyik").post(
        at("request_edit", village, draft.number), draft_answers(project="", sum_2="1,500")
    )
    assert again.status_code == 422
    assert Request.objects.count() == before + 1


def test_a_sum_that_can_not_be_read_is_said_beside_it_and_nothing_typed_is_lost(
    village: Village,
) -> None:
    refused = client_of(village, "herannyik").post(
        at("request_new", village), draft_answers(sum_1="หมื่นหนึ่ง")
    )
    assert refused.status_code == 422
    assert "ยังอ่านเป็นจำนวนเงินไม่ได้" in said(refused)
    assert "ร่างนี้เก็บไว้แล้ว" not in said(refused)
    text = refused.content.decode()
    for typed in ("หมื่นหนึ่ง", "เลี้ยงวัวขุน", "อาหาร", "นายเขียว  มีทรัพย์", "2/3/2567"):
        assert f'value="{typed}"' in text
    assert not Request.objects.exists()


def test_more_lines_come_with_a_button_and_what_was_typed_stays(village: Village) -> None:
    more = client_of(village, "herannyik").post(
        at("request_new", village), draft_answers(do="more", sum_1="ยังไม่รู้")
    )
    text = more.content.decode()
    assert more.status_code == 200
    assert 'name="what_10"' in text
    assert 'value="ยังไม่รู้"' in text
    assert not Request.objects.exists()


def test_items_on_added_lines_are_kept(village: Village) -> None:
    client_of(village, "herannyik").post(
        at("request_new", village),
        draft_answers(lines="10", what_10="ค่ารถ", sum_10="500", do="save"),
    )
    items = RequestItem.objects.filter(fund=village.fund).order_by("sequence")
    assert [(item.words, item.amount.text) for item in items] == [
        ("ซื้อลูกวัว", "10,000"),
        ("อาหาร", "2,000"),
        ("ค่ารถ", "500"),
    ]


def test_the_running_total_is_read_back_while_it_is_typed(village: Village) -> None:
    client = client_of(village, "herannyik")
    address = at("items_total", village)
    adds_up = said(client.get(address, draft_answers()))
    assert "รายการรวม 12,000 บาท (หนึ่งหมื่นสองพันบาทถ้วน) ตรงกับจำนวนที่ขอ" in adds_up
    assert "ยังไม่ตรงกับที่ขอ 12,000 บาท" in said(client.get(address, draft_answers(sum_2="1")))
    assert "ยังอ่านเป็นจำนวนเงินไม่ได้" in said(client.get(address, draft_answers(sum_2="x")))


def test_a_request_that_was_handed_in_is_not_written_on(village: Village) -> None:
    number = village.ask(1, 12_000, ASKED_ON).number
    edited = client_of(village, "herannyik").post(
        at("request_edit", village, number), draft_answers(project="อื่น")
    )
    assert edited.url == at("request", village, number)
    assert Request.objects.get(fund=village.fund, number=number).project == "เลี้ยงวัวขุน"


# ---- the wrong person --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "step", "answers", "made"),
    [
        ("prathan", "hand_in", {}, "draft"),
        ("herannyik", "opinion", {"is_favourable": "1", "on": "5/3/2567"}, "handed_in"),
        ("prathan", "opinion", {"is_favourable": "1", "on": "5/3/2567"}, "handed_in"),
        ("herannyik", "decision", decision_answers(1), "asked"),
        ("phatthanakon", "decision", decision_answers(1), "asked"),
        ("prathan", "contract", contract_answers(), "decided"),
        ("prathan", "pay_out", pay_out_answers(sure="1"), "contracted"),
        ("amphoe", "pay_out", pay_out_answers(sure="1"), "contracted"),
        ("prathan", "drop", {"drop-on": "12/3/2567"}, "asked"),
    ],
)
def test_a_step_is_refused_in_thai_to_whoever_it_is_not_for(
    village: Village, who: str, step: str, answers: dict[str, Any], made: str
) -> None:
    number = _at_stage(village, made)
    before = stage_of(village, number)
    refused = client_of(village, who).post(at(step, village, number), answers)
    assert refused.status_code == 403
    assert "ยังไม่ได้บันทึก" in said(refused)
    assert re.search("สิทธิ|หน้าที่|อำนาจ", said(refused))
    assert stage_of(village, number) == before


def _at_stage(village: Village, made: str) -> int:
    if made == "draft":
        client_of(village, "herannyik").post(at("request_new", village), draft_answers(do="save"))
        return 1
    if made == "handed_in":
        client_of(village, "herannyik").post(at("request_new", village), draft_answers())
        return 1
    if made == "asked":
        return village.ask(1, 12_000, ASKED_ON).number
    return decided(village) if made == "decided" else contracted(village)


def test_only_whoever_may_act_is_shown_the_form_and_others_see_who_must(village: Village) -> None:
    number = village.ask(1, 12_000, ASKED_ON).number
    village.meet(MET_ON)
    address = at("request", village, number)
    chairman = client_of(village, "prathan").get(address)
    treasurer = client_of(village, "herannyik").get(address)
    assert 'id="decision-form"' in chairman.content.decode()
    assert 'id="decision-form"' not in treasurer.content.decode()
    assert "รอคณะกรรมการ บันทึกโดยประธาน" in said(treasurer)


def test_people_of_another_fund_find_no_such_page(village: Village) -> None:
    other = working_village("80160102")
    number = village.ask(1, 12_000, ASKED_ON).number
    stranger = client_of(other, "herannyik")
    assert stranger.get(at("request", village, number)).status_code == 404
    assert stranger.post(at("pay_out", village, number), pay_out_answers()).status_code == 404
    assert stranger.get(at("request_new", village)).status_code == 404


# ---- opinion -----------------------------------------------------------------------------------


def test_an_opinion_against_needs_its_reason(village: Village) -> None:
    number = _at_stage(village, "handed_in")
    refused = client_of(village, "phatthanakon").post(
        at("opinion", village, number), {"is_favourable": "0", "words": " ", "on": "5/3/2567"}
    )
    assert refused.status_code == 422
    assert "เขียนเหตุผลที่ไม่เห็นชอบ" in said(refused)
    assert 'value="5/3/2567"' in refused.content.decode()


def test_a_step_may_be_written_down_later_but_not_before_the_one_it_follows(
    village: Village,
) -> None:
    number = _at_stage(village, "handed_in")
    client = client_of(village, "phatthanakon")
    answers = {"is_favourable": "1", "words": "", "on": "1/3/2567"}
    refused = client.post(at("opinion", village, number), answers)
    assert "อยู่ก่อนขั้นตอนที่แล้ว" in said(refused)
    tomorrow = numeric(timezone.localdate() + timedelta(days=1))
    refused = client.post(at("opinion", village, number), answers | {"on": tomorrow})
    assert "ยังมาไม่ถึง" in said(refused)
    done = client.post(at("opinion", village, number), answers | {"on": "2/3/2567"})
    assert done.status_code == 302


# ---- decision ----------------------------------------------------------------------------------


def test_the_chairmans_own_household_is_ticked_beforehand_and_must_step_out(
    village: Village,
) -> None:
    number = village.ask(5, 12_000, ASKED_ON).number
    meeting = village.meet(MET_ON)
    client = client_of(village, "prathan")
    page = client.get(at("request", village, number))
    ticks = re.findall(r'<input type="checkbox"[^>]*>', page.content.decode())
    assert [bool("checked" in tick) for tick in ticks] == [True, False, False, False, False]
    assert "อยู่ในครัวเรือนของผู้ขอ" in said(page)
    refused = client.post(at("decision", village, number), decision_answers(meeting))
    assert refused.status_code == 422
    assert "จึงต้องออกจากการพิจารณา" in said(refused)
    done = client.post(
        at("decision", village, number), decision_answers(meeting, stepped_out=[CHAIRMAN])
    )
    assert done.status_code == 302


def test_a_spouse_on_the_committee_is_ticked_too(village: Village) -> None:
    household = Membership.objects.get(group_id=village.fund.pk, number=1).household
    HouseholdMember.objects.create(
        household=household,
        area_code=household.area_code,
        person=Person.objects.filter(name_key__startswith="สุนีย์").earliest("pk"),
        relation=Relation.SPOUSE,
    )
    number = village.ask(1, 12_000, ASKED_ON).number
    village.meet(MET_ON)
    page = client_of(village, "prathan").get(at("request", village, number)).content.decode()
    assert re.findall(r'value="(\d)"[^>]*checked', page.split("is_approved")[0]) == ["4"]


def test_a_meeting_without_quorum_decides_nothing(village: Village) -> None:
    number = village.ask(1, 12_000, ASKED_ON).number
    meeting = village.meet(MET_ON, came=(1, 2, 3))
    client = client_of(village, "prathan")
    assert "ยังไม่ครบองค์ประชุม" in said(client.get(at("request", village, number)))
    refused = client.post(at("decision", village, number), decision_answers(meeting))
    assert refused.status_code == 422
    assert "มาประชุม 3 จาก 7 คน ไม่ครบองค์ประชุม" in said(refused)


def test_more_than_the_fund_has_is_not_granted_and_the_money_is_shown(village: Village) -> None:
    number = village.ask(1, 300_000, ASKED_ON).number
    meeting = village.meet(MET_ON)
    client = client_of(village, "prathan")
    assert "กองทุนให้ยืมได้ตอนนี้ 280,000 บาท" in said(client.get(at("request", village, number)))
    refused = client.post(
        at("decision", village, number), decision_answers(meeting, amount="300,000")
    )
    assert "ไม่พอจ่าย 300,000 บาท" in said(refused)
    assert 'value="300,000"' in refused.content.decode()


def test_another_sum_and_a_refusal_each_need_their_reason(village: Village) -> None:
    number = village.ask(1, 12_000, ASKED_ON).number
    meeting = village.meet(MET_ON)
    client = client_of(village, "prathan")
    less = decision_answers(meeting, amount="10,000")
    assert "จำนวนที่อนุมัติต่างจากที่ขอ เขียนเหตุผล" in said(
        client.post(at("decision", village, number), less)
    )
    no = decision_answers(meeting, is_approved="0", amount="")
    assert "เขียนเหตุผลที่ไม่อนุมัติ" in said(client.post(at("decision", village, number), no))
    done = client.post(at("decision", village, number), less | {"words": "ทุนมีจำกัด"}, follow=True)
    assert "อนุมัติ 10,000 บาท" in said(done)


def test_a_chairman_does_not_decide_on_what_he_recorded(village: Village) -> None:
    chairman = village.users["prathan"]
    appoint(
        user=chairman,
        role=Role.TREASURER,
        by_order="รักษาการ",
        starts_on=date(2023, 1, 1),
        group_id=village.fund.pk,
    )
    village.treasurer = reach_of(chairman, timezone.localdate())
    number = village.ask(1, 12_000, ASKED_ON).number
    refused = client_of(village, "prathan").post(
        at("decision", village, number), decision_answers(village.meet(MET_ON))
    )
    assert refused.status_code == 422
    assert "ผู้บันทึกคำขอเป็นผู้บันทึกผลการพิจารณาเองไม่ได้" in said(refused)


def test_without_a_closed_meeting_the_page_says_what_to_do_first(village: Village) -> None:
    number = village.ask(1, 12_000, ASKED_ON).number
    village.meet(ASKED_ON - timedelta(days=1))
    client = client_of(village, "prathan")
    assert "ยังไม่มีการประชุมที่ใช้พิจารณาได้" in said(client.get(at("request", village, number)))
    refused = client.post(at("decision", village, number), decision_answers(1))
    assert "มีก่อนขั้นตอนที่แล้วของคำขอ" in said(refused)
    refused = client.post(at("decision", village, number), decision_answers(99))
    assert "เลือกการประชุมคณะกรรมการที่บันทึกผู้เข้าประชุมและปิดการประชุมแล้ว" in said(refused)


# ---- contract ----------------------------------------------------------------------------------


def test_equal_parts_are_filled_in_when_asked_for_and_nothing_is_kept(village: Village) -> None:
    number = decided(village)
    filled = client_of(village, "herannyik").post(
        at("contract", village, number),
        contract_answers(
            divide="1", count="3", first_due="31/1/2568", every_months="12", due_6="1/1/2578"
        ),
    )
    text = filled.content.decode()
    assert filled.status_code == 200
    for typed in ("31/1/2568", "31/1/2569", "31/1/2570"):
        assert f'value="{typed}"' in text
    assert text.count('value="4,000"') == 3
    assert "1/1/2578" not in text
    assert f'value="{WITNESSES[0]}"' in text
    assert not Contract.objects.exists()


def test_a_contract_that_runs_too_long_is_refused_with_its_clause(village: Village) -> None:
    number = decided(village)
    refused = client_of(village, "herannyik").post(
        at("contract", village, number), contract_answers(due_2="13/3/2570", witness_2="")
    )
    page = said(refused)
    assert refused.status_code == 422
    assert "งวดสุดท้าย 13 มีนาคม 2570 เกินกำหนด" in page
    assert "ข้อ 21" in page
    assert "มีพยาน 1 คน ต้องมี 2 คน" in page
    assert 'value="13/3/2570"' in refused.content.decode()
    assert not Contract.objects.exists()


def test_pressing_enter_never_fills_the_instalments_in_anew(village: Village) -> None:
    number = decided(village)
    page = client_of(village, "herannyik").get(at("request", village, number)).content.decode()
    form = page.split('id="contract-form"')[1].split("</form>")[0]
    first = re.findall(r"<button[^>]*>", form)[0]
    assert "name=" not in first


def test_a_line_that_is_half_written_says_what_is_missing(village: Village) -> None:
    number = decided(village)
    refused = client_of(village, "herannyik").post(
        at("contract", village, number), contract_answers(due_2="", due_3="1/1/2569")
    )
    assert refused.status_code == 422
    assert "งวดนี้ยังไม่มีวัน" in said(refused)
    assert "งวดนี้ยังไม่มีจำนวนเงิน" in said(refused)


def test_the_lender_is_the_chairman_of_the_day_it_is_signed(village: Village) -> None:
    number = contracted(village)
    contract = Contract.objects.get(fund=village.fund)
    lender = Signatory.objects.get(fund=village.fund, signed_as="lender")
    assert (contract.signed_on, contract.principal) == (SIGNED_ON, Money.baht(12_000))
    assert (lender.name, lender.term_number) == ("นายสมหมาย ทองขาว", CHAIRMAN)
    assert stage_of(village, number) == Stage.CONTRACTED


def test_a_contract_written_down_later_names_the_chairman_of_its_own_day(village: Village) -> None:
    number = decided(village)
    client = client_of(village, "herannyik")
    assert "ยังไม่พบประธานที่อยู่ในวาระ" in said(client.get(at("request", village, number)))
    answers = contract_answers(divide="1", count="1", first_due="1/3/2568", every_months="12")
    filled = client.post(at("contract", village, number), answers)
    assert "ผู้ให้ยืม: นายสมหมาย ทองขาว" in said(filled)


def test_no_contract_is_made_on_a_day_without_a_chairman(village: Village) -> None:
    number = decided(village)
    refused = client_of(village, "herannyik").post(
        at("contract", village, number),
        contract_answers(on="1/10/2567", due_1="1/10/2568", due_2="1/10/2569"),
    )
    assert refused.status_code == 422
    assert "ไม่อยู่ในวาระเมื่อ 1 ตุลาคม 2567" in said(refused)
    assert not Contract.objects.exists()


def test_more_lines_for_instalments_come_with_a_button(village: Village) -> None:
    number = decided(village)
    more = client_of(village, "herannyik").post(
        at("contract", village, number), contract_answers(more="1", part_1="ยังไม่แน่")
    )
    assert 'name="due_12"' in more.content.decode()
    assert 'value="ยังไม่แน่"' in more.content.decode()
    assert not Contract.objects.exists()


def test_a_village_fund_asks_for_guarantors_and_says_its_interest() -> None:
    village = working_village(kind="village_fund")
    treasurer = client_of(village, "herannyik")
    day = "2/3/2565"
    treasurer.post(at("request_new", village), draft_answers(made_on=day))
    assert stage_of(village, 1) == Stage.OPINED
    meeting = village.meet(date(2022, 3, 10))
    client_of(village, "prathan").post(at("decision", village, 1), decision_answers(meeting))
    plan = contract_answers(on="12/3/2565", due_1="10/3/2566", due_2="10/3/2567")
    refused = treasurer.post(at("contract", village, 1), plan | {"guarantor_1": "นายหนึ่ง  ค้ำ"})
    assert "มีผู้ค้ำประกัน 1 คน ต้องมีอย่างน้อย 2 คน" in said(refused)
    names = {"guarantor_1": "นายหนึ่ง  ค้ำ", "guarantor_2": "นายสอง  ประกัน"}
    assert treasurer.post(at("contract", village, 1), plan | names).status_code == 302
    assert Signatory.objects.filter(fund=village.fund, signed_as="guarantor").count() == 2
    request = Request.objects.get(fund=village.fund, number=1)
    paper = contract_paper(village.fund, request, with_names=True)
    assert paper is not None
    assert paper.interest == "โดยมีดอกเบี้ยร้อยละ 6 ต่อปี แบบคงที่"


# ---- pay-out -----------------------------------------------------------------------------------


def test_a_pay_out_is_read_back_in_words_before_anything_is_booked(village: Village) -> None:
    number = contracted(village)
    entries = Entry.objects.count()
    client = client_of(village, "herannyik")
    asked = client.post(at("pay_out", village, number), pay_out_answers())
    page = said(asked)
    assert asked.status_code == 200
    assert "หนึ่งหมื่นสองพันบาทถ้วน" in page
    assert "บัญชีธนาคาร มี 280,000 บาท จ่ายแล้วเหลือ 268,000 บาท" in page
    assert "นางแดง มีทรัพย์" in page
    assert (Entry.objects.count(), stage_of(village, number)) == (entries, Stage.CONTRACTED)
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', asked.content.decode()))
    assert hidden["sure"] == "1"
    done = client.post(at("pay_out", village, number), pay_out_answers(sure="1", key=hidden["key"]))
    assert done.status_code == 302
    assert Entry.objects.count() == entries + 1


def test_going_back_from_the_reading_keeps_what_was_typed(village: Village) -> None:
    number = contracted(village)
    back = client_of(village, "herannyik").post(
        at("pay_out", village, number), pay_out_answers(sure="1", edit="1", document="ก 7/2567")
    )
    assert back.status_code == 200
    assert 'value="ก 7/2567"' in back.content.decode()
    assert stage_of(village, number) == Stage.CONTRACTED


def test_pressing_pay_twice_pays_once(village: Village) -> None:
    number = contracted(village)
    client = client_of(village, "herannyik")
    entries = Entry.objects.count()
    for _ in range(2):
        done = client.post(at("pay_out", village, number), pay_out_answers(sure="1"))
        assert done.status_code == 302
    assert Entry.objects.count() == entries + 1


def test_everything_wrong_with_a_pay_out_is_said_at_once(village: Village) -> None:
    number = contracted(village)
    refused = client_of(village, "herannyik").post(
        at("pay_out", village, number),
        pay_out_answers(
            source="cash", payer=TREASURER, witness_1="นางแดง  มีทรัพย์", witness_2="", on="11/3/2567"
        ),
    )
    page = said(refused)
    assert refused.status_code == 422
    assert "เงินสดในมือมี 0 บาท ไม่พอสำหรับ 12,000 บาท" in page
    assert "ผู้ให้ยืมและผู้จ่ายเงินต้องเป็นประธานกรรมการ" in page
    assert "เป็นคู่สัญญาหรือผู้จ่ายเงิน จึงเป็นพยานไม่ได้" in page
    assert "อยู่ก่อนขั้นตอนที่แล้ว" in page
    assert 'value="11/3/2567"' in refused.content.decode()


def test_the_committee_of_the_day_asked_about_is_offered(village: Village) -> None:
    number = contracted(village)
    client = client_of(village, "herannyik")
    today = client.get(at("request", village, number)).content.decode()
    then = client.get(at("request", village, number), {"on": "13/3/2567"}).content.decode()
    assert "<option" not in today
    assert then.count("<option") == 7
    assert f'<option value="{CHAIRMAN}" selected' in then


def test_a_withdrawal_from_the_bank_needs_its_signers(village: Village) -> None:
    number = contracted(village)
    refused = client_of(village, "herannyik").post(
        at("pay_out", village, number), pay_out_answers(signers=[CHAIRMAN])
    )
    assert refused.status_code == 422
    assert "ถอนเงินจากธนาคารต้องมีกรรมการลงนาม 2 คน ขณะนี้มี 1 คน" in said(refused)


# ---- undoing -----------------------------------------------------------------------------------


def test_the_last_step_is_undone_by_who_took_it_and_not_by_another(village: Village) -> None:
    number = village.ask(1, 12_000, ASKED_ON).number
    answers = {"back-sequence": "2", "back-key": "k", "back-reason": ""}
    treasurer = client_of(village, "herannyik")
    assert 'id="take-back"' not in treasurer.get(at("request", village, number)).content.decode()
    refused = treasurer.post(at("take_back", village, number), answers)
    assert refused.status_code == 422
    assert "ขั้นตอนนี้ถอนได้โดยผู้ที่บันทึกไว้หรือประธานกรรมการ" in said(refused)
    done = client_of(village, "phatthanakon").post(
        at("take_back", village, number), answers, follow=True
    )
    assert "(ถอนแล้ว)" in said(done)
    assert stage_of(village, number) == Stage.REQUESTED


def test_money_is_taken_back_only_with_a_reason_and_the_books_say_so(village: Village) -> None:
    number = paid_out(village)
    client = client_of(village, "herannyik")
    answers = {"back-sequence": "5", "back-key": "undo", "back-reason": ""}
    refused = client.post(at("take_back", village, number), answers)
    assert refused.status_code == 422
    assert "บอกเหตุผลที่ถอนขั้นตอนนี้" in said(refused)
    assert 'id="take-back" open' in refused.content.decode()
    done = client.post(
        at("take_back", village, number), answers | {"back-reason": "จ่ายผิดคน"}, follow=True
    )
    assert "ถอนขั้นตอนแล้ว" in said(done)
    assert Position.objects.get(fund=village.fund).bank == Money.baht(280_000)
    assert stage_of(village, number) == Stage.CONTRACTED


def test_a_household_may_withdraw_its_request(village: Village) -> None:
    number = village.ask(1, 12_000, ASKED_ON).number
    done = client_of(village, "herannyik").post(
        at("drop", village, number),
        {"drop-on": "3/3/2567", "drop-words": "ได้งานทำแล้ว"},
        follow=True,
    )
    assert "ผู้ขอขอถอน" in said(done)
    assert "ได้งานทำแล้ว" in said(done)


def test_a_form_for_a_step_somebody_else_has_taken_says_so(village: Village) -> None:
    number = decided(village)
    late = client_of(village, "prathan").post(at("decision", village, number), decision_answers(1))
    assert late.status_code == 422
    assert "ขั้นตอนที่กดจึงทำไม่ได้" in said(late)
