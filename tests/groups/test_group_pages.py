"""Pages of lists, committees and rules: for the right people, and nothing typed is lost."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.village import (
    CODE,
    at_the_screen,
    keeper,
    listed,
    reach_for,
    three_households,
    village,
)
from kongthun.accounts.models import Role
from kongthun.audit.models import AuditLine
from kongthun.domain.money import Money
from kongthun.domain.rule_set import LIMITS
from kongthun.domain.thai_calendar import numeric
from kongthun.groups.actions import (
    RulesPlace,
    TypedLimit,
    add_household_member,
    add_term,
    adopt_rules,
    record_household_event,
)
from kongthun.groups.models import (
    AdoptedRules,
    CommitteePosition,
    CommitteeTerm,
    Group,
    HouseholdEvent,
    HouseholdEventKind,
    HouseholdMember,
    Income,
    ListPlace,
    Membership,
    OrderedList,
    Relation,
)
from kongthun.groups.queries.rules import rules_of
from kongthun.groups.wording import LIMITS as LIMIT_NAMES
from kongthun.groups.wording import WHO_ANSWERS, as_typed

pytestmark = pytest.mark.django_db

LIST = f"/funds/{CODE}/list/"
COMMITTEE = f"/funds/{CODE}/committee/"
RULES = f"/funds/{CODE}/rules/"
READING = (LIST, f"{LIST}1/", COMMITTEE, RULES)
LIST_FORMS = (
    f"{LIST}add/",
    f"{LIST}draw-up/",
    f"{LIST}1/people/add/",
    f"{LIST}1/income/",
    *(f"{LIST}1/events/{kind.value}/" for kind in HouseholdEventKind),
)


@pytest.fixture
def group() -> Group:
    return three_households()


@pytest.fixture
def worker(group: Group) -> Client:
    return at_the_screen(Role.FIELD_WORKER, group, area="801201")


@pytest.fixture
def chairman(group: Group) -> Client:
    return at_the_screen(Role.CHAIRMAN, group)


def text(answer: HttpResponse) -> str:
    body = re.sub(r"(?s)<(head|script|style)\b.*?</\1>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", unescape(re.sub(r"<wbr>|<[^>]+>", " ", body)))


def sends(client: Client, to: str, **said: Any) -> Any:  # noqa: ANN401
    return client.post(to, said)


# ---- who sees what -------------------------------------------------------------------------------


@pytest.mark.parametrize("page", READING)
@pytest.mark.parametrize(
    "role", [Role.DISTRICT, Role.CHAIRMAN, Role.TREASURER, Role.AUDITOR, Role.DEPARTMENT]
)
def test_who_sees_the_fund_reads_its_list_committee_and_rules(
    group: Group, role: Role, page: str
) -> None:
    assert at_the_screen(role, group).get(page).status_code == 200


def test_names_are_masked_for_who_sees_no_names_and_reading_them_is_written_down(
    group: Group,
) -> None:
    masked = text(at_the_screen(Role.DEPARTMENT, group).get(LIST))
    assert "นางมาลี จ…" in masked
    assert "ใจดี" not in masked
    assert "1/1" not in masked  # the house is as good as the name
    assert not AuditLine.objects.filter(deed="read_names").exists()
    assert "นางมาลี ใจดี" in text(at_the_screen(Role.CHAIRMAN, group).get(LIST))
    assert AuditLine.objects.get(deed="read_names").subject == "ordered list"


def test_what_is_written_about_a_household_is_kept_from_who_sees_no_names(group: Group) -> None:
    record_household_event(
        group=group,
        number=1,
        kind=HouseholdEventKind.MOVED_AWAY,
        on=date(2025, 1, 1),
        known_on=date(2025, 1, 1),
        words="ไปอยู่กับนายสมชาย ทองขาว",
        by=keeper(group),
    )
    page = f"{LIST}1/"
    assert "ไปอยู่กับ" not in text(at_the_screen(Role.DEPARTMENT, group).get(page))
    assert "ไปอยู่กับ" in text(at_the_screen(Role.CHAIRMAN, group).get(page))


@pytest.mark.parametrize("page", [*LIST_FORMS, f"{COMMITTEE}add/"])
def test_the_field_worker_finds_every_form_and_the_chairman_is_told_who_can(
    worker: Client, chairman: Client, page: str
) -> None:
    assert worker.get(page).status_code == 200
    for answer in (chairman.get(page), chairman.post(page)):
        assert answer.status_code == 403
        assert "พัฒนาการอำเภอเป็นผู้มอบหมาย" in text(answer)


@pytest.mark.parametrize("page", [*READING, *LIST_FORMS, f"{COMMITTEE}add/"])
def test_the_field_worker_of_another_tambon_finds_nothing(group: Group, page: str) -> None:
    stranger = at_the_screen(Role.FIELD_WORKER, group, area="801202")
    assert stranger.get(page).status_code == 404


def test_a_household_reads_the_rules_but_not_the_list(group: Group) -> None:
    member = at_the_screen(Role.MEMBER, group)
    assert member.get(RULES).status_code == 200
    assert member.get(LIST).status_code == 403
    assert member.get(f"/funds/{village('80120102').code}/rules/").status_code == 404


def test_nobody_reads_without_signing_in(group: Group) -> None:
    answer = Client().get(f"/funds/{group.code}/list/")
    assert answer.status_code == 302
    assert "sign-in" in answer.headers["Location"]


# ---- the list ------------------------------------------------------------------------------------


def test_a_household_is_added_on_screen(worker: Client, group: Group) -> None:
    added = sends(
        worker,
        f"{LIST}add/",
        name="นางสาวปราณี ศรีสุข",
        house_number="45/2",
        size="๓",
        income_before="15,000",
        on="๑ มี.ค. ๖๘",
    )
    assert added.headers["Location"] == f"{LIST}4/"
    page = text(worker.get(f"{LIST}4/"))
    assert "เพิ่มครัวเรือนแล้ว เป็นลำดับที่ 4" in page
    assert "นางสาวปราณี ศรีสุข" in page
    assert Membership.objects.get(group=group, number=4).household_size == 3


def test_what_was_typed_stays_when_it_is_refused(worker: Client) -> None:
    refused = sends(
        worker, f"{LIST}add/", name="นางมาลี ใจดี", house_number="1/1", size="มาก", on="31/2/2568"
    )
    assert refused.status_code == 422
    page = refused.content.decode()
    assert 'value="นางมาลี ใจดี"' in page
    assert 'value="31/2/2568"' in page
    assert "ไม่มีวันนี้ในปฏิทิน" in page
    assert "พิมพ์เป็นจำนวนเต็ม" in page
    again = sends(worker, f"{LIST}add/", name="นางมาลี ใจดี", house_number="1/1", on="1/3/2568")
    assert again.status_code == 422
    assert "เป็นลำดับที่ 1" in text(again)
    assert "ยังบันทึกไม่ได้" in text(again)


def test_an_empty_form_says_what_is_missing_in_our_words(worker: Client) -> None:
    answer = worker.post(f"{LIST}add/")
    assert answer.status_code == 422
    assert text(answer).count("ช่องนี้ยังว่างอยู่") == 2


def test_an_order_is_proposed_by_income_and_moved_with_a_reason(worker: Client) -> None:
    form = worker.get(f"{LIST}draw-up/").content.decode()
    assert [int(n) for n in re.findall(r'name="place_(\d+)" value="\d"', form)] == [1, 2, 3]
    said = {
        "on": "1/3/2568",
        "by_resolution": "มติที่ประชุมครั้งที่ 1/2568",
        "place_1": "2",
        "place_2": "3",
        "place_3": "1",
    }
    refused = sends(worker, f"{LIST}draw-up/", **said)
    assert refused.status_code == 422
    assert "อยู่ก่อนครัวเรือนที่รายได้น้อยกว่า (ลำดับที่ 1, 2)" in text(refused)
    assert not OrderedList.objects.exists()
    done = sends(worker, f"{LIST}draw-up/", **said, reason_3="บ้านไฟไหม้เมื่อเดือนก่อน")
    assert done.headers["Location"] == LIST
    page = text(worker.get(LIST))
    assert "บ้านไฟไหม้เมื่อเดือนก่อน" in page
    assert "ตามมติที่ประชุมครั้งที่ 1/2568" in page
    assert page.index("นายบุญมา") < page.index("นางมาลี") < page.index("นายสมชาย")
    earlier = text(worker.get(f"{LIST}?as_of=2025-02-28"))
    assert earlier.index("นางมาลี") < earlier.index("นายบุญมา")
    assert worker.get(f"{LIST}?as_of=nonsense").status_code == 200


def test_two_households_moved_to_one_place_are_told_apart(worker: Client) -> None:
    said = {"on": "1/3/2568", "by_resolution": "มติ", "place_1": "1", "place_2": "1"}
    refused = sends(worker, f"{LIST}draw-up/", **said, place_3="1")
    assert refused.status_code == 422
    assert "ลำดับ 1 ให้ครัวเรือนลำดับที่ 2 ไปแล้ว" in text(refused)
    beyond = sends(worker, f"{LIST}draw-up/", **said, place_3="4")
    assert "พิมพ์เป็นจำนวนเต็ม" in text(beyond)


def order_of(group: Group, version: int) -> list[int]:
    places = ListPlace.objects.filter(group=group, list_number=version).order_by("place")
    return [place.member_number for place in places]


def test_who_is_moved_takes_the_place_and_the_others_close_up(worker: Client, group: Group) -> None:
    said = {"on": "1/3/2568", "by_resolution": "มติ", "place_1": "1", "place_2": "2"}
    moved = sends(worker, f"{LIST}draw-up/", **said, place_3="1", reason_3="บ้านไฟไหม้")
    assert moved.status_code == 302
    assert order_of(group, 1) == [3, 1, 2]
    down = {"place_1": "3", "place_2": "2", "place_3": "3", "reason_2": "ป่วย", "reason_3": "ป่วย"}
    assert sends(worker, f"{LIST}draw-up/", **(said | down)).status_code == 302
    assert order_of(group, 2) == [2, 3, 1]


def test_the_list_says_where_each_stands_by_the_line_of_its_survey(
    worker: Client, group: Group
) -> None:
    for number, year in ((1, "2564"), (2, "2566")):
        sends(
            worker,
            f"{LIST}{number}/income/",
            years_after="0",
            amount="38,000",
            survey_year=year,
            on="1/3/2568",
        )
    page = text(worker.get(LIST))
    assert "ถึงเกณฑ์ จปฐ. แล้ว" in page
    assert "38,000 บาทต่อคนต่อปี ยังไม่ได้ตรวจกับตัวบท" in page
    assert "ยังไม่มีเกณฑ์ของปีสำรวจ 2566" in page
    assert Income.objects.filter(group=group).count() == 2


def test_an_empty_list_says_how_to_begin(group: Group) -> None:
    empty = village("80120102")
    page = text(at_the_screen(Role.DISTRICT, group).get(f"/funds/{empty.code}/list/"))
    assert "ยังไม่มีครัวเรือนในบัญชีรายชื่อ" in page
    assert "เริ่มบัญชีรายชื่อด้วยครัวเรือนแรก" in page


# ---- a household ---------------------------------------------------------------------------------


def test_a_spouse_is_added_and_leaves_again_on_screen(worker: Client) -> None:
    added = sends(
        worker, f"{LIST}1/people/add/", name="นายประเสริฐ ใจดี", relation="spouse", starts_on=""
    )
    assert added.status_code == 302
    stay = HouseholdMember.objects.get(relation=Relation.SPOUSE).pk
    page = worker.get(f"{LIST}1/")
    assert "คู่สมรส" in text(page)
    leaving = f"{LIST}1/people/{stay}/end/"
    assert leaving in page.content.decode()
    assert "นายประเสริฐ ใจดี" in text(worker.get(leaving))
    assert sends(worker, leaving, on="30/9/2567").status_code == 302
    assert HouseholdMember.objects.get(pk=stay).ends_on == date(2024, 9, 30)
    assert sends(worker, leaving, on="30/9/2567").status_code == 422
    assert worker.get(f"{LIST}2/people/{stay}/end/").status_code == 404


@pytest.mark.parametrize("kind", list(HouseholdEventKind))
def test_each_event_says_who_answers_for_the_debt_before_it_is_recorded(
    worker: Client, kind: HouseholdEventKind
) -> None:
    assert WHO_ANSWERS[kind] in text(worker.get(f"{LIST}1/events/{kind.value}/"))


def test_a_death_is_recorded_on_screen_and_taken_back(worker: Client, group: Group) -> None:
    head = Membership.objects.get(group=group, number=1).person_id
    said = {"person": str(head), "on": "1/3/2568", "known_on": "9/5/2568", "words": ""}
    assert sends(worker, f"{LIST}1/events/death/", **said).status_code == 302
    page = text(worker.get(f"{LIST}1/"))
    assert "มีผู้เสียชีวิต นางมาลี ใจดี" in page
    assert "คณะกรรมการรู้ 9 พ.ค. 2568" in page
    assert "ยังไม่มีหัวหน้าครัวเรือนคนใหม่" in page
    back = f"{LIST}1/events/1/withdraw/"
    assert sends(worker, back, note=" ").status_code == 422
    assert sends(worker, back, note="เข้าใจผิดคน ถามญาติแล้ว").status_code == 302
    page = text(worker.get(f"{LIST}1/"))
    assert "เพราะ เข้าใจผิดคน ถามญาติแล้ว" in page
    assert "ยังไม่มีหัวหน้าครัวเรือนคนใหม่" not in page
    assert worker.get(back).status_code == 404  # it is taken back already
    assert sends(worker, f"{LIST}1/events/death/", **said).status_code == 302


def test_a_death_of_nobody_is_said_beside_the_question(worker: Client) -> None:
    refused = sends(worker, f"{LIST}1/events/death/", on="1/3/2568", known_on="1/3/2568")
    assert refused.status_code == 422
    assert "ต้องบอกว่าเป็นใคร" in text(refused)
    assert not HouseholdEvent.objects.exists()


def test_a_split_on_screen_leads_to_the_new_household(worker: Client, group: Group) -> None:
    done = add_household_member(
        group=group,
        number=1,
        name="นายประเสริฐ ใจดี",
        relation=Relation.CHILD,
        starts_on=None,
        by=keeper(group),
    )
    person = HouseholdMember.objects.get(pk=done.stay).person_id  # type: ignore[union-attr]
    said = {"person": str(person), "house_number": "1/2", "on": "1/3/2568", "known_on": "1/3/2568"}
    assert sends(worker, f"{LIST}1/events/split/", **said).status_code == 302
    assert "ครัวเรือนใหม่เป็นลำดับที่ 4" in text(worker.get(f"{LIST}1/"))
    assert "แยกออกมาจากครัวเรือนลำดับที่ 1" in text(worker.get(f"{LIST}4/"))


def test_a_merger_on_screen_is_told_on_both_pages(worker: Client) -> None:
    said = {"other": "2", "on": "1/3/2568", "known_on": "1/3/2568"}
    assert sends(worker, f"{LIST}1/events/merged/", **said).status_code == 302
    merged = text(worker.get(f"{LIST}1/"))
    assert "รวมกับ ครัวเรือนลำดับที่ 2" in merged
    assert "บันทึกเหตุการณ์" not in merged  # it goes on at the other
    assert "ครัวเรือนลำดับที่ 1 มารวมด้วย" in text(worker.get(f"{LIST}2/"))
    assert "รวมกับลำดับที่ 2" in text(worker.get(LIST))


def test_pages_of_what_is_not_there_are_not_found(worker: Client) -> None:
    for page in ("9/", "9/income/", "1/events/flood/", "1/events/7/withdraw/", "1/people/9/end/"):
        assert worker.get(LIST + page).status_code == 404, page


def test_an_income_that_is_due_begins_with_its_contract(worker: Client, group: Group) -> None:
    page = worker.get(f"{LIST}1/income/?contract=7&years=2").content.decode()
    assert 'value="7"' in page
    assert re.search(r'value="2"[^>]*checked', page)
    said = {"years_after": "2", "amount": "41,500.50", "survey_year": "๒๕๖๘", "on": "1/3/2569"}
    refused = sends(worker, f"{LIST}1/income/", **said)
    assert refused.status_code == 422
    assert "เป็นของสัญญาใดสัญญาหนึ่ง" in text(refused)
    assert sends(worker, f"{LIST}1/income/", **said, contract_number="7").status_code == 302
    assert Income.objects.get(group=group).amount == Money.baht(41_500, 50)
    page_of_household = text(worker.get(f"{LIST}1/"))
    assert "หลังยืม 2 ปี สัญญาลำดับที่ 7" in page_of_household


def test_what_an_action_refuses_is_said_on_the_form_and_nothing_is_written(
    worker: Client,
) -> None:
    sends(worker, f"{LIST}1/people/add/", name="นายประเสริฐ ใจดี", relation="child")
    refusals = {
        f"{LIST}1/people/add/": (
            {"name": "ประเสริฐ ใจดี", "relation": "spouse"},
            "ไม่ต้องเพิ่มซ้ำ",
        ),
        f"{LIST}1/events/came_back/": (
            {"on": "1/3/2568", "known_on": "1/3/2568"},
            "บันทึกการย้ายออกก่อน",
        ),
        f"{LIST}1/income/": (
            {"years_after": "0", "amount": "1", "survey_year": "64", "on": "1/3/2568"},
            "ปีสำรวจ 64 ไม่น่าใช่",
        ),
        f"{LIST}draw-up/": (
            {"on": numeric(timezone.localdate() + timedelta(days=1)), "by_resolution": "มติ"}
            | {f"place_{number}": str(number) for number in (1, 2, 3)},
            "ยังมาไม่ถึง",
        ),
    }
    for page, (said, words) in refusals.items():
        refused = sends(worker, page, **said)
        assert refused.status_code == 422, page
        assert words in text(refused), page
    assert HouseholdMember.objects.count() == 1
    assert not OrderedList.objects.exists()


def test_a_split_is_not_taken_back_on_screen_but_the_page_says_what_helps(
    worker: Client, group: Group
) -> None:
    said = {"person": "", "name": "นายใหม่ ใจดี", "on": "1/3/2568", "known_on": "1/3/2568"}
    assert sends(worker, f"{LIST}1/events/split/", **said).status_code == 302
    assert "events/1/withdraw/" not in worker.get(f"{LIST}1/").content.decode()
    refused = sends(worker, f"{LIST}1/events/1/withdraw/", note="บันทึกผิดครัวเรือน")
    assert refused.status_code == 422
    assert "บันทึกที่ลำดับที่ 4 ว่ารวมเข้ากับลำดับที่ 1" in text(refused)
    assert HouseholdEvent.objects.get(group=group).withdrawn_at is None


def test_who_left_the_list_is_offered_no_second_leaving(worker: Client) -> None:
    said = {"on": "1/3/2568", "known_on": "1/3/2568"}
    assert sends(worker, f"{LIST}1/events/left_list/", **said).status_code == 302
    page = worker.get(f"{LIST}1/")
    assert "ออกจากบัญชีรายชื่อแล้ว" in text(page)
    assert "events/left_list/" not in page.content.decode()
    assert "events/death/" in page.content.decode()
    assert "ออกจากบัญชีเมื่อ 1 มี.ค. 2568" in text(worker.get(LIST))


def test_an_income_below_the_line_and_one_nobody_knows_are_said_so(group: Group) -> None:
    poor = listed(village("80120102"), ("นายหนึ่ง ใจดี", None), ("นายสอง ใจดี", None))
    officer = at_the_screen(Role.DISTRICT, group)
    said = {"years_after": "0", "amount": "37,999.99", "survey_year": "2564", "on": "1/3/2568"}
    assert sends(officer, f"/funds/{poor.code}/list/1/income/", **said).status_code == 302
    page = text(officer.get(f"/funds/{poor.code}/list/"))
    assert "ต่ำกว่าเกณฑ์ จปฐ." in page
    assert "ยังไม่รู้รายได้" in page


# ---- the committee -------------------------------------------------------------------------------


def test_a_term_is_added_and_put_right_on_screen(worker: Client, group: Group) -> None:
    said = {
        "set_number": "2",
        "name": "นายสมหมาย ทองขาว",
        "position": "chairman",
        "starts_on": "1/3/2567",
        "ends_on": "",
    }
    assert sends(worker, f"{COMMITTEE}add/", **said).status_code == 302
    twice = sends(worker, f"{COMMITTEE}add/", **said)
    assert twice.status_code == 422
    assert "ตรงกับวาระที่ 1 ที่บันทึกไว้แล้ว" in text(twice)
    page = text(worker.get(COMMITTEE))
    assert "นายสมหมาย ทองขาว" in page
    assert "29 ก.พ. 2571 นับตามวาระในชุดระเบียบ" in page
    assert "วันนี้มี 1 คน" in page
    correcting = f"{COMMITTEE}1/correct/"
    assert 'value="นายสมหมาย  ทองขาว"' in worker.get(correcting).content.decode()
    assert sends(worker, correcting, **said, note="").status_code == 422
    nothing = sends(worker, correcting, **said, note="เทียบกับรายงานการประชุมแล้ว")
    assert nothing.status_code == 422
    assert "ยังไม่ได้เปลี่ยนอะไร" in text(nothing)
    changed = said | {"ends_on": "31/1/2568"}
    assert sends(worker, correcting, **changed, note="เทียบกับรายงานแล้ว").status_code == 302
    page = text(worker.get(COMMITTEE))
    assert "แก้จาก: นายสมหมาย ทองขาว ประธาน 1 มี.ค. 2567 ถึง –" in page
    assert "รู้ได้จาก: เทียบกับรายงานแล้ว" in page
    assert "ไม่อยู่ในวาระ" in page
    assert sends(worker, correcting, **said, note="อีกครั้ง").status_code == 422
    assert worker.get(f"{COMMITTEE}9/correct/").status_code == 404
    assert CommitteeTerm.objects.filter(group=group, withdrawn_at=None).count() == 1


def test_the_next_member_of_a_set_begins_with_its_days(worker: Client, group: Group) -> None:
    add_term(
        group=group,
        set_number=3,
        name="นายสมหมาย ทองขาว",
        position=CommitteePosition.CHAIRMAN,
        starts_on=date(2025, 3, 1),
        ends_on=None,
        by=keeper(group),
    )
    assert 'value="1/3/2568"' in worker.get(f"{COMMITTEE}add/").content.decode()


# ---- rules ---------------------------------------------------------------------------------------


def everything_typed(group: Group, **changed: str) -> dict[str, str]:
    """The form of rules as it stands, some of it changed."""
    rules = rules_of(
        group_id=group.pk, kind="kkk", area_code=group.area_code, day=timezone.localdate()
    )
    said = {"name": "ระเบียบของเรา", "starts_on": "1/1/2568", "by_resolution": "มติครั้งที่ 2/2567"}
    for name in LIMITS:
        said |= {
            f"{name}_value": as_typed(rules[name]),
            f"{name}_clause": rules[name].clause,
            f"{name}_source": rules[name].source,
        }
    return said | changed


def test_every_limit_stands_on_the_page_with_its_clause_and_its_mark(chairman: Client) -> None:
    page = text(chairman.get(RULES))
    for words in LIMIT_NAMES.values():
        assert words in page, words
    assert "36 เดือน ข้อ 21" in page.replace(" – ", " ")
    assert "ยังไม่ได้ตรวจกับตัวบท" in page
    assert "ตรวจกับตัวบทแล้ว 0 จาก" in page


def test_a_chairman_adopts_rules_on_screen(chairman: Client, group: Group) -> None:
    changed = {
        "largest_loan_value": "20,000",
        "largest_loan_clause": "ข้อ 9",
        "largest_loan_checked": "on",
    }
    done = sends(chairman, f"{RULES}adopt/", **everything_typed(group, **changed))
    assert done.headers["Location"] == RULES
    page = text(chairman.get(RULES))
    assert "20,000 บาท ข้อ 9" in page
    assert "ตรวจกับตัวบทแล้ว 1 จาก" in page
    assert "มติครั้งที่ 2/2567" in page
    adopted = AdoptedRules.objects.get()
    assert adopted.limits["term_months"]["value"] == 36
    back = f"{RULES}{adopted.pk}/withdraw/"
    assert back in chairman.get(RULES).content.decode()
    assert sends(chairman, back, note="พิมพ์ผิดวัน").headers["Location"] == RULES
    assert "20,000 บาท" not in text(chairman.get(RULES))
    assert sends(chairman, back, note="อีกครั้ง").status_code == 422


def test_a_limit_nobody_can_read_is_said_beside_it_and_nothing_is_lost(
    chairman: Client, group: Group
) -> None:
    changed = {
        "largest_loan_value": "สองหมื่น",
        "committee_least_value": "10",
        "witnesses_checked": "on",
    }
    refused = sends(chairman, f"{RULES}adopt/", **everything_typed(group, **changed))
    assert refused.status_code == 422
    page = text(refused)
    assert "ยืมได้ไม่เกินครั้งละ: ยังอ่าน “สองหมื่น” ไม่ได้" in page
    assert "กรรมการอย่างน้อย 10 คน มากกว่าจำนวนสูงสุด 9 คน" in page
    assert "พยานในสัญญาและการจ่ายเงิน: บอกว่าตรวจกับตัวบทแล้ว แต่ยังไม่มีเลขข้อ" in page
    assert 'value="สองหมื่น"' in refused.content.decode()
    assert not AdoptedRules.objects.exists()


def test_a_field_worker_reads_rules_and_adopts_none(worker: Client) -> None:
    assert worker.get(RULES).status_code == 200
    assert worker.post(f"{RULES}adopt/").status_code == 403


def test_an_officer_adopts_for_the_district_and_not_for_the_next(group: Group) -> None:
    officer = at_the_screen(Role.DISTRICT, group)
    place = "/area/8012/rules/kkk/"
    assert officer.get(place).status_code == 200
    said = everything_typed(group, witnesses_value="3")
    assert sends(officer, f"{place}adopt/", **said).headers["Location"] == place
    assert "3 คน" in text(officer.get(place))
    assert "ของพื้นที่ 8012" in text(officer.get(RULES))
    pk = AdoptedRules.objects.get().pk
    # What is the district's is taken back there, not from one group.
    assert officer.get(f"{RULES}{pk}/withdraw/").status_code == 404
    assert f"{place}{pk}/withdraw/" in officer.get(place).content.decode()
    for elsewhere in ("/area/8016/rules/kkk/", "/area/80/rules/kkk/", "/area/rules/kkk/"):
        assert officer.get(elsewhere).status_code == 404
        assert officer.post(f"{elsewhere}adopt/", said).status_code == 404
    assert officer.get("/area/8012/rules/nothing/").status_code == 404
    assert AdoptedRules.objects.count() == 1


def test_the_department_adopts_for_the_nation(group: Group) -> None:
    department = at_the_screen(Role.DEPARTMENT, group)
    place = "/area/rules/kkk/"
    assert "กองทุนหมู่บ้าน" in text(department.get("/area/rules/village_fund/"))
    done = sends(department, f"{place}adopt/", **everything_typed(group))
    assert done.headers["Location"] == place
    adopted = AdoptedRules.objects.get()
    assert (adopted.area_code, adopted.group_id, adopted.kind) == ("", None, "kkk")
    assert "ทั่วประเทศ" in text(department.get(RULES))
    back = reverse("groups:nation_rules_withdraw", kwargs={"kind": "kkk", "pk": adopted.pk})
    assert sends(department, back, note="พิมพ์ผิด").status_code == 302


def test_an_area_nobody_knows_has_no_rules(group: Group) -> None:
    assert at_the_screen(Role.DEPARTMENT, group).get("/area/9999/rules/kkk/").status_code == 404


# ---- how much is asked of the database -----------------------------------------------------------


@pytest.mark.parametrize("page", ["list/", "list/1/", "committee/", "rules/"])
def test_a_page_asks_the_same_number_of_statements_however_much_is_kept(
    group: Group,
    page: str,
    django_assert_max_num_queries: Any,  # noqa: ANN401
) -> None:
    officer = at_the_screen(Role.DISTRICT, group)
    officer.get(f"/funds/{CODE}/{page}")
    with django_assert_max_num_queries(99) as small:
        officer.get(f"/funds/{CODE}/{page}")
    long = listed(village("80120102"), *((f"นายคนที่{n} ใจดี", 1_000 * n) for n in range(1, 21)))
    by, chair = keeper(long), reach_for(Role.CHAIRMAN, long)
    for n in range(1, 6):
        add_household_member(
            group=long,
            number=1,
            name=f"นายลูกคนที่{n} ใจดี",
            relation=Relation.CHILD,
            starts_on=None,
            by=by,
        )
        add_term(
            group=long,
            set_number=n,
            name=f"นายกรรมการ{n} ใจดี",
            position=CommitteePosition.MEMBER,
            starts_on=None,
            ends_on=None,
            by=by,
        )
        record_household_event(
            group=long,
            number=1,
            kind=HouseholdEventKind.DEATH,
            on=date(2025, n, 1),
            known_on=date(2025, n, 1),
            name=f"นายลูกคนที่{n} ใจดี",
            by=by,
        )
        adopt_rules(
            place=RulesPlace.of(long),
            name="ระเบียบ",
            starts_on=date(2025, n, 1),
            by_resolution="มติ",
            source="",
            limits={"witnesses": TypedLimit(str(n))},
            by=chair,
        )
    with django_assert_max_num_queries(len(small.captured_queries)):
        assert officer.get(f"/funds/{long.code}/{page}").status_code == 200
