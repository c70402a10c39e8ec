"""Debts that need care, on screen: read back, then done by the right person, and by no other."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role, User
from kongthun.audit.actions import evidence_path
from kongthun.audit.models import AuditLine
from kongthun.domain.money import Money
from kongthun.domain.plan import PlannedPart
from kongthun.groups.actions import RulesPlace, TypedLimit, adopt_rules
from kongthun.ledger.models import Position
from kongthun.loans.actions.debts import agree_on_plan, grant_deferral, note_debt, write_off
from kongthun.loans.actions.repayments import Visit, record_repayment
from kongthun.loans.models import (
    Claim,
    Contract,
    DebtEvent,
    DebtEventKind,
    Deferral,
    Instalment,
    Plan,
)

from .village_at_work import CODE, Village, new_key, working_village

pytestmark = pytest.mark.django_db

LENT = date(2023, 3, 1)
DUE = date(2025, 3, 1)
CARE = f"/funds/{CODE}/loans/contracts/1/care/"
DEBTS = f"/funds/{CODE}/loans/debts/"
CLAIMS = f"/funds/{CODE}/loans/claims/"


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(response: HttpResponse) -> str:
    """What a page says, without its marks."""
    text = response.content.decode()
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


@pytest.fixture
def village() -> Village:
    return working_village()


@pytest.fixture
def late(village: Village) -> Contract:
    """12,000 baht lent two years and more ago, 5,000 sent back, the rest late."""
    contract = village.lend(1, 12_000, LENT, parts=((DUE, 12_000),))
    village.take(contract, 5_000, date(2024, 3, 1))
    return contract


@pytest.fixture
def chairman(village: Village) -> Client:
    return browser(village.users["prathan"])


@pytest.fixture
def treasurer(village: Village) -> Client:
    return browser(village.users["herannyik"])


def twice(client: Client, href: str, typed: dict[str, str], **files: object) -> str:
    """Send a form, read it back, confirm it; what was read back."""
    first = client.post(href, typed)
    assert first.status_code == 200, words(first)
    told = words(first)
    assert "อ่านทวนก่อนบันทึก" in told
    done = client.post(href, {**typed, "confirmed": "1", **files})
    assert done.status_code == 302, words(done)
    return told


# ---- each deed, by the right person -------------------------------------------------------------


@pytest.mark.usefixtures("late")
def test_a_delay_is_read_back_and_then_granted(chairman: Client) -> None:
    typed = {"ground": "น้ำท่วมนา", "starts_on": "1/10/2569", "ends_on": "30/6/2570", "meeting": ""}
    told = twice(chairman, f"{CARE}deferral/", typed)
    assert "ตั้งแต่ 1 ตุลาคม 2569 ถึง 30 มิถุนายน 2570 (ครบ 8 เดือน)" in told
    deferral = Deferral.objects.get()
    assert (deferral.ground, deferral.ends_on) == ("น้ำท่วมนา", date(2027, 6, 30))
    page = words(chairman.get(DEBTS))
    assert "เกินกำหนดตามแผน 7,000 บาท" in page
    assert "เกินกำหนด เมื่อไม่นับที่ผ่อนผัน 0 บาท" in page
    assert "ผ่อนผันถึง 30 มิ.ย. 2570" in page


@pytest.mark.usefixtures("late")
def test_reading_a_deed_back_writes_nothing(chairman: Client) -> None:
    audit = AuditLine.objects.exclude(deed="read_names").count()
    typed = {"ground": "น้ำท่วมนา", "starts_on": "1/10/2569", "ends_on": "30/6/2570", "meeting": ""}
    assert chairman.post(f"{CARE}deferral/", typed).status_code == 200
    assert not Deferral.objects.exists()
    assert AuditLine.objects.exclude(deed="read_names").count() == audit


@pytest.mark.usefixtures("late")
def test_what_is_refused_is_said_before_anything_is_read_back(chairman: Client) -> None:
    typed = {"ground": "", "starts_on": "1/10/2569", "ends_on": "1/11/2571", "meeting": ""}
    refused = chairman.post(f"{CARE}deferral/", typed)
    assert refused.status_code == 422
    said = words(refused)
    assert "บอกเหตุที่ผ่อนผัน" in said
    assert "ผ่อนผัน 25 เดือน นานกว่าที่ชุดระเบียบให้ได้ 12 เดือน" in said
    assert 'value="1/11/2571"' in refused.content.decode()  # nothing typed is lost


@pytest.mark.usefixtures("late")
def test_a_form_can_be_mended_after_it_was_read_back(chairman: Client) -> None:
    typed = {"ground": "น้ำท่วม", "starts_on": "1/10/2569", "ends_on": "30/6/2570", "mend": "1"}
    again = chairman.post(f"{CARE}deferral/", typed)
    assert again.status_code == 200
    assert 'value="30/6/2570"' in again.content.decode()
    assert "อ่านทวนก่อนบันทึก" not in words(again)


@pytest.mark.usefixtures("late")
def test_an_agreement_proposes_equal_parts_and_keeps_the_old_plan(chairman: Client) -> None:
    asked = chairman.get(
        f"{CARE}agreement/", {"count": "2", "first_due": "30/9/2570", "every_months": "6"}
    )
    page = asked.content.decode()
    assert page.count('value="3,500"') == 2
    assert 'value="30/3/2571"' in page
    typed = {
        "on": "1/11/2569",
        "due_1": "30/9/2570",
        "part_1": "3,500",
        "due_2": "30/3/2571",
        "part_2": "3,500",
        "words": "ให้บุตรช่วยส่ง",
        "lines": "4",
        "meeting": "",
    }
    told = twice(chairman, f"{CARE}agreement/", typed)
    assert "3,500 บาท (สามพันห้าร้อยบาทถ้วน) ภายใน 30 กันยายน 2570" in told
    assert Plan.objects.get().number == 2
    assert Instalment.objects.filter(plan=1).count() == 1
    care = words(chairman.get(CARE))
    assert "ข้อตกลงส่งคืน 1 พ.ย. 2569" in care
    assert "แผนเดิม เก็บไว้อ่าน" in care
    assert "12,000" in care


@pytest.mark.usefixtures("late")
def test_parts_that_do_not_make_what_is_owed_are_refused(chairman: Client) -> None:
    typed = {"on": "1/11/2569", "due_1": "30/9/2570", "part_1": "6,000", "lines": "2"}
    refused = chairman.post(f"{CARE}agreement/", typed)
    assert refused.status_code == 422
    assert "ทุกงวดรวมกันน้อยกว่ายอดที่ต้องส่งคืนอยู่ 1,000 บาท" in words(refused)


def test_an_acknowledgement_says_what_was_owed_on_its_own_day(
    village: Village, chairman: Client
) -> None:
    contract = village.lend(1, 12_000, LENT, parts=((DUE, 12_000),))
    village.take(contract, 5_000, date(2024, 5, 1))
    typed = {"on": "1/4/2567", "words": ""}
    twice(chairman, f"{CARE}acknowledgement/", typed)
    # Written down long after 5,000 came in May: on its own day all of it was owed.
    assert DebtEvent.objects.get().balance == Money.baht(12_000)


@pytest.mark.usefixtures("late")
def test_a_paper_kept_beside_a_record_can_be_opened_by_those_who_see_names(
    chairman: Client, settings: object, tmp_path: object
) -> None:
    settings.EVIDENCE_ROOT = tmp_path  # type: ignore[attr-defined]
    paper = SimpleUploadedFile("หนังสือ.pdf", b"%PDF-1.7 signed")
    twice(chairman, f"{CARE}acknowledgement/", {"on": "1/11/2569", "words": ""}, file=paper)
    kept = DebtEvent.objects.get().evidence
    assert evidence_path(kept).read_bytes() == b"%PDF-1.7 signed"
    href = f"/funds/{CODE}/loans/evidence/{kept}/"
    assert href in chairman.get(CARE).content.decode()
    opened = chairman.get(href)
    assert (opened.status_code, opened["Content-Type"]) == (200, "application/pdf")
    assert AuditLine.objects.filter(deed="export_evidence").count() == 1
    province = a_user("changwat", Role.PROVINCE, area_code="80")
    assert browser(province).get(href).status_code == 404
    assert chairman.get(f"/funds/{CODE}/loans/evidence/{'0' * 64}/").status_code == 404


@pytest.mark.usefixtures("late")
def test_a_file_that_is_no_paper_is_refused_and_nothing_is_written(chairman: Client) -> None:
    program = SimpleUploadedFile("หนังสือ.pdf", b"MZ not a paper")
    typed = {"on": "1/11/2569", "words": "", "confirmed": "1", "file": program}
    refused = chairman.post(f"{CARE}acknowledgement/", typed)
    assert refused.status_code == 422
    assert "ไม่ใช่ภาพ .jpg .png หรือไฟล์ .pdf" in words(refused)
    assert not DebtEvent.objects.exists()


@pytest.mark.usefixtures("late")
def test_a_breach_is_resolved_and_lifted_and_only_one_door_is_open_at_a_time(
    chairman: Client,
) -> None:
    assert "breach-lifted" not in chairman.get(CARE).content.decode()
    meeting = "1"  # the meeting that decided the loan is a closed one
    typed = {"on": "1/10/2569", "words": "ไม่มาประชุมสามครั้ง", "meeting": meeting}
    told = twice(chairman, f"{CARE}breach/", typed)
    assert "ประชุมคณะกรรมการ ครั้งที่ 1 เมื่อ 1 มีนาคม 2566" in told
    page = chairman.get(CARE).content.decode()
    assert "มีมติผิดสัญญา" in page
    assert f"{CARE}breach/" not in page
    lifted = {"on": "1/11/2569", "words": "ทำข้อตกลงแล้ว", "meeting": ""}
    twice(chairman, f"{CARE}breach-lifted/", lifted)
    assert "breach-lifted" not in chairman.get(CARE).content.decode()


@pytest.mark.usefixtures("late")
def test_a_delay_written_wrongly_is_withdrawn_and_stays_readable(
    village: Village, chairman: Client
) -> None:
    grant_deferral(
        1,
        fund=village.fund,
        ground="น้ำท่วม",
        starts_on=date(2026, 10, 1),
        ends_on=date(2027, 6, 30),
        meeting_number=None,
        by=village.chairman,
    )
    twice(chairman, f"/funds/{CODE}/loans/deferrals/1/withdraw/", {})
    assert Deferral.objects.get().withdrawn_at is not None
    care = chairman.get(CARE).content.decode()
    assert "<s><b>ผ่อนผัน</b>" in care
    assert "ผ่อนผันอยู่" not in words(chairman.get(CARE))


# ---- losses, claims, what is held ----------------------------------------------------------------


@pytest.mark.usefixtures("late")
def test_the_district_writes_off_and_what_comes_back_later_is_taken_in(
    village: Village, treasurer: Client
) -> None:
    district = browser(village.users["amphoe"])
    typed = {"amount": "7,000", "words": "มติ 3/2569 ผู้ยืมไม่มีทรัพย์", "on": "1/11/2569", "key": "k1"}
    told = twice(district, f"{CARE}write-off/", typed)
    assert "7,000 บาท (เจ็ดพันบาทถ้วน)" in told
    assert "หนี้สูญที่รับรู้แล้วเพิ่มขึ้น 7,000 บาท" in told
    assert "ยอดของสัญญายืมลดลง 7,000 บาท" in told
    back = {"amount": "2,000", "on": "15/11/2569", "key": "k2"}
    twice(treasurer, f"{CARE}recovery/", back)
    position = Position.objects.get(fund=village.fund)
    assert (position.households, position.loss) == (Money(0), Money.baht(5_000))
    page = words(treasurer.get(DEBTS))
    assert "รับรู้หนี้สูญแล้ว 7,000 บาท" in page
    assert "ได้รับคืนหลังจากนั้น 2,000 บาท" in page


@pytest.mark.usefixtures("late")
def test_the_same_form_sent_twice_writes_off_once(village: Village) -> None:
    district = browser(village.users["amphoe"])
    typed = {"amount": "3,000", "words": "มติ", "on": "1/11/2569", "key": "k1", "confirmed": "1"}
    for _ in range(2):
        assert district.post(f"{CARE}write-off/", typed).status_code == 302
    assert Position.objects.get(fund=village.fund).loss == Money.baht(3_000)


@pytest.mark.usefixtures("late")
def test_the_chairman_may_not_write_off_where_the_rules_name_the_district(chairman: Client) -> None:
    typed = {"amount": "7,000", "words": "มติ 3/2569", "on": "1/11/2569", "key": "k1"}
    refused = chairman.post(f"{CARE}write-off/", typed)
    assert refused.status_code == 422
    assert "ต้องเป็นอำนาจของพัฒนาการอำเภอ" in words(refused)
    assert "ผู้มีอำนาจตามชุดระเบียบ: อำเภอ (ยังไม่ได้ตรวจกับตัวบท)" in words(refused)


@pytest.mark.usefixtures("late")
def test_a_claim_moves_money_from_where_the_books_have_it_and_comes_back(
    village: Village, chairman: Client, treasurer: Client
) -> None:
    typed = {
        "person_name": "นายเก็บ เงินหมู่บ้าน",
        "words": "รับเงินส่งคืนไว้เมื่อเดือนมีนาคม ยังไม่ได้นำเข้าบัญชี",
        "source": "loan",
        "contract": "1",
        "amount": "4,000",
        "on": "1/11/2569",
        "key": "k1",
        "meeting": "",
    }
    told = twice(chairman, f"{CLAIMS}new/", typed)
    assert "เงินที่ต้องเรียกคืนจากบุคคลเพิ่มขึ้น 4,000 บาท" in told
    assert "ยอดของสัญญายืมลดลง 4,000 บาท" in told
    assert Claim.objects.get().account == "claim:1"
    back = {"amount": "1,500", "on": "10/11/2569", "key": "k2"}
    twice(treasurer, f"{CLAIMS}1/receive/", back)
    assert Position.objects.get(fund=village.fund).claims == Money.baht(2_500)
    page = words(treasurer.get(CLAIMS))
    assert "นายเก็บ เงินหมู่บ้าน" in page
    assert "4,000 2,500" in page
    masked = words(browser(a_user("changwat", Role.PROVINCE, area_code="80")).get(CLAIMS))
    assert "นายเก็บ" not in masked


@pytest.mark.usefixtures("late")
def test_a_claim_on_a_loan_asks_which_and_never_takes_more_than_there_is(chairman: Client) -> None:
    typed = {
        "person_name": "นายเก็บ เงินหมู่บ้าน",
        "words": "ตามจริง",
        "source": "loan",
        "amount": "9,000",
        "on": "1/11/2569",
        "key": "k1",
    }
    assert "เลือกสัญญาที่เงินจำนวนนี้เป็นของ" in words(chairman.post(f"{CLAIMS}new/", typed))
    refused = chairman.post(f"{CLAIMS}new/", {**typed, "contract": "1"})
    assert refused.status_code == 422
    assert "มียอดค้าง 7,000 บาท น้อยกว่า 9,000 บาท" in words(refused)


@pytest.mark.usefixtures("late")
def test_what_was_sent_too_much_is_given_back_out_of_cash(
    village: Village, treasurer: Client
) -> None:
    visit = Visit(
        1, Money.baht(7_500), date(2024, 9, 1), new_key(), receiver_term=4, holds_over=True
    )
    record_repayment(visit, fund=village.fund, by=village.treasurer)
    page = words(treasurer.get(DEBTS))
    assert "นางแดง มีทรัพย์ ลำดับที่ 1 500" in page
    href = f"/funds/{CODE}/loans/held/1/return/"
    too_much = treasurer.post(href, {"amount": "600", "on": "2/10/2569", "key": "k"})
    assert "จำนวน 600 บาท มากกว่าที่มีอยู่ 500 บาท" in words(too_much)
    twice(treasurer, href, {"amount": "500", "on": "2/10/2569", "key": "k"})
    assert treasurer.get(href).status_code == 404


# ---- the wrong person ----------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["deferral", "agreement", "acknowledgement", "breach", "heir"])
@pytest.mark.usefixtures("late")
def test_the_treasurer_is_told_in_thai_whose_work_it_is(treasurer: Client, slug: str) -> None:
    for refused in (treasurer.get(f"{CARE}{slug}/"), treasurer.post(f"{CARE}{slug}/", {})):
        assert refused.status_code == 403
        said = words(refused)
        assert "หน้าที่ที่ท่านได้รับแต่งตั้งไม่รวมการบันทึกการผ่อนผันและข้อตกลงส่งคืน" in said
        assert "ประธานกรรมการ" in said
    assert f"{CARE}{slug}/" not in treasurer.get(CARE).content.decode()


@pytest.mark.usefixtures("late")
def test_the_province_may_not_receive_and_the_treasurer_may_not_write_off(
    village: Village, treasurer: Client
) -> None:
    write_off(
        1,
        fund=village.fund,
        amount=Money.baht(1_000),
        words="มติ",
        on=date(2026, 11, 1),
        key="k",
        by=village.district,
    )
    province = browser(a_user("changwat", Role.PROVINCE, area_code="80"))
    refused = province.post(f"{CARE}recovery/", {"amount": "1", "on": "1/11/2569", "key": "x"})
    assert refused.status_code == 403
    assert "ไม่รวมการรับเงินและออกใบเสร็จ" in words(refused)
    typed = {"amount": "1", "words": "มติ", "on": "1/11/2569", "key": "y"}
    refused = treasurer.post(f"{CARE}write-off/", typed)
    assert refused.status_code == 403
    assert "ไม่รวมการรับรู้หนี้สูญ" in words(refused)


@pytest.mark.parametrize(
    "href", [DEBTS, CARE, CLAIMS, f"{CARE}deferral/", f"/funds/{CODE}/loans/oversight/"]
)
def test_who_does_not_see_the_fund_sees_no_page_of_it(late: Contract, href: str) -> None:
    neighbour = a_user("other", Role.DISTRICT, area_code="8012")
    assert browser(neighbour).get(href).status_code == 404
    member = a_user("samachik", Role.MEMBER, group_id=late.fund_id, member_number=1)
    assert browser(member).get(href).status_code == 403


@pytest.mark.usefixtures("late")
def test_names_are_masked_for_those_who_may_not_see_them(
    village: Village, chairman: Client
) -> None:
    note_debt(
        1,
        DebtEventKind.CLAIM_FILED,
        fund=village.fund,
        on=date(2026, 11, 1),
        words="หนังสือถึงนายบุตร มีทรัพย์",
        by=village.chairman,
    )
    province = browser(a_user("changwat", Role.PROVINCE, area_code="80"))
    for href in (DEBTS, CARE):
        assert "มีทรัพย์" in words(chairman.get(href))
        assert "มีทรัพย์" not in words(province.get(href))


# ---- the list ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("late")
def test_a_loan_in_good_order_needs_no_care_and_chips_narrow_the_list(
    village: Village, chairman: Client
) -> None:
    village.lend(2, 10_000, date(2024, 9, 1), parts=((date(2027, 3, 1), 10_000),))
    page = words(chairman.get(DEBTS))
    assert "นางแดง มีทรัพย์" in page
    assert "นายดำ" not in page
    assert "ไม่มีสัญญาตามที่เลือก" in words(chairman.get(f"{DEBTS}?show=deferred"))
    assert "นางแดง มีทรัพย์" in words(chairman.get(f"{DEBTS}?show=overdue"))
    assert chairman.get(f"{DEBTS}?show=nonsense").status_code == 200


def test_alarms_say_for_whom_they_are_and_that_they_are_no_advice(
    village: Village, chairman: Client
) -> None:
    village.lend(1, 12_000, date(2020, 10, 5), parts=((date(2021, 10, 1), 12_000),))
    page = words(chairman.get(DEBTS))
    assert "เตือนข้อกฎหมาย สำหรับนิติกร ไม่ใช่คำแนะนำ" in page
    assert "อายุความของงวด งวดที่ 1 ป.พ.พ. มาตรา 193/33 (2)" in page
    assert "ผ่านวันสุดท้ายแล้ว 1 รายการ" in page


@pytest.mark.usefixtures("late")
def test_the_list_takes_as_many_statements_for_five_debts_as_for_one(
    village: Village, chairman: Client
) -> None:
    def count(href: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert chairman.get(href).status_code == 200
        return len(seen)

    chairman.get(DEBTS)
    before = {href: count(href) for href in (DEBTS, CARE, f"/funds/{CODE}/loans/oversight/")}
    for member in (2, 3, 4):
        contract = village.lend(member, 6_000, LENT, parts=((DUE, 6_000),))
        village.take(contract, 1_000, date(2024, 3, 1))
        number = contract.number
        parts = [PlannedPart(date(2027, 3, 1), Money.baht(5_000))]
        agree_on_plan(
            number,
            fund=village.fund,
            on=date(2026, 3, 1),
            parts=parts,
            words="",
            meeting_number=None,
            by=village.chairman,
        )
        note_debt(
            number,
            DebtEventKind.ACKNOWLEDGED,
            fund=village.fund,
            on=date(2026, 3, 1),
            by=village.chairman,
        )
    assert {href: count(href) for href in before} == before
    assert before[DEBTS] <= 20


@pytest.mark.usefixtures("late")
def test_a_fund_whose_rules_let_the_committee_write_off_lets_its_chairman(
    village: Village, chairman: Client
) -> None:
    limits = {"write_off_by": TypedLimit("committee", "ข้อ 30", "ระเบียบ", is_checked=True)}
    done = adopt_rules(
        place=RulesPlace.of(village.fund.group),
        name="ชุดของกลุ่ม",
        starts_on=date(2026, 1, 1),
        by_resolution="มติ 1/2569",
        source="",
        limits=limits,
        by=village.chairman,
    )
    assert type(done).__name__ != "NotDone", done
    typed = {"amount": "7,000", "words": "มติ 3/2569", "on": "1/11/2569", "key": "k1"}
    twice(chairman, f"{CARE}write-off/", typed)
    assert Position.objects.get(fund=village.fund).loss == Money.baht(7_000)


def a_user(name: str, role: Role, **place: object) -> User:
    user = User.objects.create(username=name, display_name=name)
    appoint(user=user, role=role, by_order="คำสั่ง", starts_on=date(2020, 1, 1), **place)  # type: ignore[arg-type]
    return user
