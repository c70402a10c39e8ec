"""Rows that wait for a person: the list, the row, the names on it, and putting it right."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kongthun.accounts.models import Role
from kongthun.audit.models import AuditLine
from kongthun.domain.money import Money
from kongthun.domain.register_rows import Reason
from kongthun.ledger.models import Entry, Fund
from kongthun.registers.actions import correct_row
from kongthun.registers.books import Kind
from kongthun.registers.models import PaperRow, RowEntry, Verdict
from kongthun.registers.queries.typed import FIELDS, typed_at_fault

from .conftest import DISTRICT, OTHER_DISTRICT, SignIn

LIST = "/registers/set-aside/"
NOTE = "เทียบกับสัญญาเล่มจริงหน้า 12"


def text(page: object) -> str:
    return page.content.decode()  # type: ignore[attr-defined,no-any-return]


def address_of(row: PaperRow) -> str:
    return f"/registers/rows/{row.fund.code}/{row.number}/"


def waiting(fund: Fund, kind: str, reason: str) -> PaperRow:
    row = PaperRow.objects.filter(fund=fund, kind=kind, reason=reason).order_by("number").first()
    assert row is not None
    return row


def answers(row: PaperRow, **changed: str) -> dict[str, str]:
    """The form as it stands on the page, with some answers changed."""
    return {**row.said, "how_known": NOTE, **changed}


# --- the list -------------------------------------------------------------------------------


def test_the_list_tells_what_was_typed_why_it_waits_and_what_to_do(
    officer: Client, funds: list[Fund]
) -> None:
    page = text(officer.get(f"{LIST}?fund={funds[2].code}"))
    assert "9 เหลือง แถว 81" in page
    assert "“#N/A”" in page
    assert "ช่องในชีตขึ้นข้อความผิดพลาด" in page
    assert "ลองเปิดสมุดเล่มจริงแล้วพิมพ์ค่าที่อ่านได้จากเล่ม" in page
    assert address_of(waiting(funds[2], "contract", "cell_error")) in page
    assert funds[1].code not in page


def test_chips_count_the_rows_of_each_reason_and_narrow_the_list(
    officer: Client, funds: list[Fund]
) -> None:
    page = text(officer.get(f"{LIST}?area={DISTRICT}&reason=before_loan"))
    assert re.search(r'ทั้งหมด <span class="chip__count">16<', page)
    assert re.search(r'aria-current="true">วันส่งคืนอยู่ก่อนวันรับเงินยืม <span class="chip__count">1<', page)
    assert page.count("/registers/rows/") == 1
    assert address_of(waiting(funds[2], "receipt", "before_loan")) in page
    assert f"area={DISTRICT}&amp;reason=cell_error" in page


def test_the_list_is_cut_to_the_readers_reach(sign_in: SignIn, funds: list[Fund]) -> None:
    worker = sign_in(Role.FIELD_WORKER, area=funds[1].area_code[:6])
    for address in (LIST, f"{LIST}?area={DISTRICT}", f"{LIST}?area=80"):
        page = text(worker.get(address))
        assert funds[1].name in page
        assert funds[2].name not in page
        assert funds[2].code not in page
    chairman = text(sign_in(Role.CHAIRMAN, fund=funds[1]).get(LIST))
    assert funds[1].name in chairman
    assert funds[2].name not in chairman


@pytest.mark.parametrize("asked", ["fund=80160301", "area=801603", "area=8", "area=x", "fund=x"])
def test_a_place_out_of_reach_is_answered_like_one_that_is_not(
    sign_in: SignIn, funds: list[Fund], asked: str
) -> None:
    worker = sign_in(Role.FIELD_WORKER, area=funds[1].area_code[:6])
    refused = worker.get(f"{LIST}?{asked}")
    assert refused.status_code == 404
    assert funds[2].name not in text(refused)


def test_a_place_without_such_rows_says_so(
    sign_in: SignIn, officer: Client, funds: list[Fund]
) -> None:
    assert "ไม่มีแถวที่รอตรวจ" in text(officer.get(f"{LIST}?fund={funds[0].code}"))
    elsewhere = sign_in(Role.DISTRICT, area=OTHER_DISTRICT)
    assert "ไม่มีแถวที่รอตรวจ" in text(elsewhere.get(f"{LIST}?area={OTHER_DISTRICT}"))


def test_the_list_names_nobody_to_anybody(officer: Client, funds: list[Fund]) -> None:
    page = text(officer.get(LIST))
    rows = PaperRow.objects.filter(fund__in=[fund.pk for fund in funds])
    names = {row.fields["name"] for row in rows if row.fields.get("name")}
    assert names
    assert not [name for name in names if name in page]
    assert not AuditLine.objects.filter(deed="read_names").exists()


@pytest.mark.usefixtures("funds")
def test_the_list_asks_the_same_of_the_database_however_long_it_is(officer: Client) -> None:
    def statements(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert officer.get(address).status_code == 200
        return len(asked)

    assert statements(f"{LIST}?area=801602") == statements(f"{LIST}?area={DISTRICT}")
    assert statements(f"{LIST}?area={DISTRICT}") <= 9
    assert statements(f"{LIST}?reason=before_loan") == statements(LIST)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("reason", list(Reason))
def test_what_a_list_shows_of_a_row_is_never_a_name_a_house_or_a_note(
    kind: Kind, reason: Reason
) -> None:
    for said in ({}, dict.fromkeys(FIELDS[kind], "#REF!"), dict.fromkeys(FIELDS[kind], "นายดำ")):
        shown = {typed.field for typed in typed_at_fault(kind, reason, said)}
        assert not shown & {"name", "house_number", "note", "item"}


# --- the row --------------------------------------------------------------------------------


def test_wrong_people_do_not_get_a_row(sign_in: SignIn, funds: list[Fund]) -> None:
    row = waiting(funds[2], "contract", "cell_error")
    for client in (
        sign_in(Role.CHAIRMAN, fund=funds[1]),
        sign_in(Role.DISTRICT, area=OTHER_DISTRICT),
        sign_in(Role.FIELD_WORKER, area=funds[1].area_code[:6]),
    ):
        refused = client.get(address_of(row))
        assert refused.status_code == 404
        assert row.fields["name"] not in text(refused)
        assert funds[2].name not in text(refused)
        assert client.post(address_of(row), answers(row)).status_code == 404
    assert sign_in(Role.MEMBER, fund=funds[2]).get(address_of(row)).status_code == 403
    assert Client().get(address_of(row)).status_code == 302
    assert officer_of_nothing(sign_in).get(address_of(row)).status_code == 403


def officer_of_nothing(sign_in: SignIn) -> Client:
    return sign_in(None)


@pytest.mark.parametrize("role", [Role.CHAIRMAN, Role.AUDITOR, Role.PROVINCE])
def test_those_who_may_read_but_not_correct_get_no_form(
    sign_in: SignIn, funds: list[Fund], role: Role
) -> None:
    fund = funds[2] if role == Role.CHAIRMAN else None
    area = {Role.AUDITOR: DISTRICT, Role.PROVINCE: "80"}.get(role, "")
    client = sign_in(role, area=area, fund=fund)
    row = waiting(funds[2], "contract", "cell_error")
    page = text(client.get(address_of(row)))
    assert "#N/A" in page
    assert "ใครแก้ได้" in page
    assert 'id="correct"' not in page
    refused = client.post(address_of(row), answers(row, principal="13,700"))
    assert refused.status_code == 404
    row.refresh_from_db()
    assert row.verdict == Verdict.SET_ASIDE


def test_names_are_masked_for_the_province_and_shown_to_the_district(
    sign_in: SignIn, officer: Client, funds: list[Fund]
) -> None:
    province = sign_in(Role.PROVINCE, area="80")
    rows = [
        waiting(funds[2], "contract", "cell_error"),
        *(
            PaperRow.objects.filter(fund=funds[2], kind=kind).order_by("number")[0]
            for kind in ("household", "committee")
        ),
    ]
    for row in rows:
        name = row.fields["name"]
        surname = name.split()[-1]
        shown, masked = text(officer.get(address_of(row))), text(province.get(address_of(row)))
        assert surname in shown
        assert surname not in masked
        assert f"{surname[0]}…" in masked or f"{surname[1]}…" in masked
        assert row.key not in masked  # a key may hold a name
    house = rows[1].fields["house_number"]
    assert f"<dd>{house}</dd>" in text(officer.get(address_of(rows[1])))
    assert f"<dd>{house}</dd>" not in text(province.get(address_of(rows[1])))


def test_reading_a_row_with_names_is_written_down_once_a_view(
    sign_in: SignIn, officer: Client, funds: list[Fund]
) -> None:
    row = waiting(funds[2], "contract", "cell_error")
    sign_in(Role.PROVINCE, area="80").get(address_of(row))
    officer.get(address_of(waiting(funds[2], "receipt", "before_loan")))  # names nobody
    assert not AuditLine.objects.filter(deed="read_names").exists()
    officer.get(address_of(row))
    line = AuditLine.objects.get(deed="read_names")
    assert (line.fund_id, line.subject) == (funds[2].pk, f"row {row.number}")
    officer.get(address_of(row))
    assert AuditLine.objects.filter(deed="read_names").count() == 2


def test_a_posted_row_shows_its_entry_and_no_form(officer: Client, funds: list[Fund]) -> None:
    row = PaperRow.objects.filter(fund=funds[0], kind="contract", verdict="posted")[0]
    number = RowEntry.objects.get(fund=funds[0], key=row.key).entry_number
    page = text(officer.get(address_of(row)))
    assert "ลงบัญชีแล้ว" in page
    assert f"รายการที่ {number}" in page
    assert "บาทถ้วน" in page
    assert 'id="correct"' not in page


def test_a_receipt_waiting_for_its_contract_points_there_instead_of_asking(
    officer: Client, funds: list[Fund]
) -> None:
    row = waiting(funds[2], "receipt", "loan_rejected")
    contract = PaperRow.objects.get(fund=funds[2], key=row.parent_key)
    page = text(officer.get(address_of(row)))
    assert address_of(contract) in page
    assert "ไปที่แถวของสัญญา" in page
    assert 'id="correct"' not in page
    told = officer.post(address_of(row), answers(row), follow=True)
    assert "แถวนี้ไม่ได้รอแก้แล้ว" in text(told)


# --- putting it right -----------------------------------------------------------------------


def test_a_correction_first_wrong_then_right(officer: Client, funds: list[Fund]) -> None:
    row = waiting(funds[2], "contract", "cell_error")
    before = Entry.objects.filter(fund=funds[2]).count()

    wrong = officer.post(address_of(row), answers(row, principal="หมื่นกว่า", occupation="เลี้ยงปลา"))
    assert wrong.status_code == 422
    page = text(wrong)
    assert re.search(r'id="id_principal_error">\s*<li>อ่านจำนวนเงินไม่ได้: ', page)
    assert "พิมพ์เป็นตัวเลข เช่น 5,000" in page
    assert 'value="หมื่นกว่า"' in page  # nothing typed is lost
    assert 'value="เลี้ยงปลา"' in page
    assert NOTE in page
    row.refresh_from_db()
    assert row.verdict == Verdict.SET_ASIDE
    assert row.correction is None
    assert Entry.objects.filter(fund=funds[2]).count() == before

    right = officer.post(address_of(row), answers(row, principal="๑๓,๗๐๐"), follow=True)
    page = text(right)
    assert "สัญญายืมเงินลงบัญชีเรียบร้อย" in page
    assert "จำนวน 13,700 บาท" in page
    assert re.search(r"และอีก \d+ แถวที่รอแถวนี้อยู่ ลงบัญชีตามมาด้วย", page)
    assert "เดิม “#N/A” แก้เป็น <b>“๑๓,๗๐๐”</b>" in page
    assert NOTE in page
    row.refresh_from_db()
    assert row.verdict == Verdict.POSTED
    assert row.fields["principal"] == "#N/A"  # what the sheet said stays
    entry = RowEntry.objects.get(fund=funds[2], key=row.key).entry_number
    lines = Entry.objects.get(fund=funds[2], number=entry)
    assert lines.deed == "loan_paid_out"
    assert AuditLine.objects.filter(deed="correct_row", subject=f"row {row.number}").count() == 1


def test_sending_the_same_correction_again_posts_nothing_new(
    officer: Client, funds: list[Fund]
) -> None:
    row = waiting(funds[2], "contract", "cell_error")
    sent = answers(row, principal="13,700")
    officer.post(address_of(row), sent)
    entries = Entry.objects.filter(fund=funds[2]).count()
    again = text(officer.post(address_of(row), sent, follow=True))
    assert "แถวนี้ไม่ได้รอแก้แล้ว" in again
    assert Entry.objects.filter(fund=funds[2]).count() == entries


def test_a_day_is_put_right_in_the_way_people_type_days(officer: Client, funds: list[Fund]) -> None:
    row = waiting(funds[2], "contract", "date_unreadable")
    still = text(officer.post(address_of(row), answers(row, received_on="31/2/2563")))
    assert re.search(r'id="id_received_on_error">\s*<li>อ่านวันที่ไม่ได้: ', still)
    assert "ไม่มีวันนี้ในปฏิทิน" in still
    officer.post(address_of(row), answers(row, received_on="๒๗ ก.ค. ๖๓"))
    row.refresh_from_db()
    assert row.verdict == Verdict.POSTED


def test_sent_back_before_it_was_lent_is_said_beside_the_day(
    officer: Client, funds: list[Fund]
) -> None:
    row = waiting(funds[2], "receipt", "before_loan")
    still = officer.post(address_of(row), answers(row, paid_on="1/1/2530"))
    assert re.search(r'id="id_paid_on_error">\s*<li>วันส่งคืนอยู่ก่อนวันรับเงินยืม: ', text(still))


@pytest.mark.parametrize(("note", "said"), [("", "ช่องนี้ยังว่างอยู่"), ("เดา", "เขียนเพิ่มอีกเล็กน้อย")])
def test_how_it_is_known_must_be_said(
    officer: Client, funds: list[Fund], note: str, said: str
) -> None:
    row = waiting(funds[2], "contract", "cell_error")
    page = officer.post(address_of(row), answers(row, principal="13,700", how_known=note))
    assert page.status_code == 422
    assert said in text(page)
    assert 'value="13,700"' in text(page)
    row.refresh_from_db()
    assert row.verdict == Verdict.SET_ASIDE


def test_correcting_needs_the_forms_own_token(sign_in: SignIn, funds: list[Fund]) -> None:
    strict = sign_in(Role.DISTRICT, area=DISTRICT, csrf=True)
    row = waiting(funds[2], "contract", "cell_error")
    assert strict.post(address_of(row), answers(row, principal="13,700")).status_code == 403
    page = text(strict.get(address_of(row)))
    assert re.search(r'id="correct"[^>]*>\s*<input type="hidden" name="csrfmiddlewaretoken"', page)


def test_a_correction_is_shown_masked_to_who_may_not_see_names(
    sign_in: SignIn, officer: Client, funds: list[Fund]
) -> None:
    row = waiting(funds[2], "contract", "cell_error")
    sent = answers(row, principal="13,700", name="นางสาวละออ  แสนสุขใจ", how_known="ถามนางละออเอง")
    officer.post(address_of(row), sent)
    assert "แสนสุขใจ" in text(officer.get(address_of(row)))
    masked = text(sign_in(Role.PROVINCE, area="80").get(address_of(row)))
    assert "แสนสุขใจ" not in masked
    assert "ถามนางละออ" not in masked


def test_sums_and_days_are_read_back_in_words_while_typing(officer: Client) -> None:
    def read_back(of: str, typed: str, read_as: str = "") -> str:
        asked = {"of": of, "as": read_as or of, of: typed}
        return text(officer.get("/registers/read-back/", asked))

    assert read_back("principal", "13,700") == "หนึ่งหมื่นสามพันเจ็ดร้อยบาทถ้วน"
    assert read_back("received_on", "๓๐ ก.ย. ๖๘") == "วันอังคารที่ 30 กันยายน 2568"
    assert "ปีให้ครบสี่หลัก" in read_back("paid_on", "12/5/14")
    assert "ยังอ่านเป็นจำนวนเงินไม่ได้" in read_back("amount", "<b>ห้าพัน</b>")
    assert read_back("amount", "") == ""
    assert read_back("value", "280000", "amount") == "สองแสนแปดหมื่นบาทถ้วน"
    assert read_back("name", "นายดำ") == ""


def test_reading_back_is_for_those_who_correct(sign_in: SignIn) -> None:
    assert sign_in(Role.PROVINCE, area="80").get("/registers/read-back/").status_code == 403


def test_a_row_asks_the_same_of_the_database_whatever_hangs_on_it(
    officer: Client, funds: list[Fund]
) -> None:
    def statements(row: PaperRow) -> int:
        with CaptureQueriesContext(connection) as asked:
            officer.get(address_of(row))
        return len(asked)

    alone = waiting(funds[2], "contract", "date_unreadable")
    busy = waiting(funds[2], "contract", "cell_error")
    assert statements(alone) == statements(busy)


def test_a_row_corrected_elsewhere_meanwhile_shows_what_stands(
    officer: Client, funds: list[Fund]
) -> None:
    row = waiting(funds[2], "contract", "cell_error")
    correct_row(
        fund=funds[2],
        number=row.number,
        correction={"principal": "13700"},
        note=NOTE,
        user_id=None,
    )
    page = text(officer.post(address_of(row), answers(row, principal="99,999"), follow=True))
    assert "แถวนี้ไม่ได้รอแก้แล้ว" in page
    row.refresh_from_db()
    assert row.said["principal"] == "13700"
    position = Fund.objects.get(pk=funds[2].pk).position.sums
    assert position.is_conserved
    assert position.lent > Money(0)
