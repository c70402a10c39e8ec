"""The receipt kept with a workbook, and the workbook itself: who may read, who may take it away."""

from __future__ import annotations

import pytest
from django.test import Client

from kongthun.accounts.models import Role
from kongthun.audit.actions import evidence_path
from kongthun.audit.models import AuditLine
from kongthun.ledger.models import Entry, Fund
from kongthun.registers.actions import correct_row
from kongthun.registers.demo import DemoVillage
from kongthun.registers.models import PaperRow, Workbook

from .conftest import DISTRICT, OTHER_DISTRICT, SignIn


def receipt_of(fund: Fund) -> str:
    return f"/registers/receipts/{fund.code}/1/"


def file_of(fund: Fund) -> str:
    return f"/registers/files/{fund.code}/1/"


def text(page: object) -> str:
    return page.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_a_receipt_tells_file_fingerprint_time_sums_and_where_the_chain_was(
    officer: Client, funds: list[Fund], district: list[DemoVillage]
) -> None:
    page = text(officer.get(receipt_of(funds[2])))
    workbook = Workbook.objects.get(fund=funds[2])
    last = Entry.objects.filter(fund=funds[2]).latest("number")
    assert "80160301.xlsx" in page
    assert f"{workbook.sha256[:12]}…" in page
    assert workbook.sha256 in page.replace("<wbr>", "")
    assert f"รายการที่ {last.number}" in page
    assert bytes(last.link).hex() in page.replace("<wbr>", "")
    assert "256" in page  # พ.ศ.
    assert district[2].truth.lent.text in page
    assert "✓ ตรงกัน" in page
    assert "เงินอยู่ที่ครัวเรือน" in page
    assert "◆ ต่างกัน 15,700" in page  # ours 207,600 beside the brown book's 191,900
    assert "data-print" in page


def test_a_receipt_stays_as_it_was_written_while_rows_are_mended(
    officer: Client, funds: list[Fund]
) -> None:
    def body(page: str) -> str:
        return page[page.index("<main") : page.index("</main>")]

    before = text(officer.get(receipt_of(funds[2])))
    row = PaperRow.objects.get(fund=funds[2], kind="contract", reason="date_unreadable")
    correct_row(
        fund=funds[2],
        number=row.number,
        correction={"received_on": "27 ก.ค. 2563"},
        note="สัญญาเล่มจริง",
        user_id=None,
    )
    after = text(officer.get(receipt_of(funds[2])))
    assert body(before) == body(after)
    assert "ยังมี 10 แถวที่ควรตรวจสอบ" in before
    assert "ยังมี 8 แถวที่ควรตรวจสอบ" in after


def test_a_receipt_is_read_by_those_who_see_the_fund(sign_in: SignIn, funds: list[Fund]) -> None:
    for client in (
        sign_in(Role.CHAIRMAN, fund=funds[0]),
        sign_in(Role.TREASURER, fund=funds[0]),
        sign_in(Role.PROVINCE, area="80"),
        sign_in(Role.AUDITOR, area=DISTRICT),
    ):
        assert client.get(receipt_of(funds[0])).status_code == 200


def test_out_of_reach_and_not_there_look_alike(sign_in: SignIn, funds: list[Fund]) -> None:
    nowhere = "/registers/receipts/80169999/1/"
    for client in (
        sign_in(Role.CHAIRMAN, fund=funds[1]),
        sign_in(Role.DISTRICT, area=OTHER_DISTRICT),
        sign_in(Role.FIELD_WORKER, area=funds[1].area_code[:6]),
    ):
        for address in (receipt_of(funds[0]), file_of(funds[0])):
            refused = client.get(address)
            assert refused.status_code == 404
            assert funds[0].name not in text(refused)
        there, not_there = client.get(receipt_of(funds[0])), client.get(nowhere)
        assert there.status_code == not_there.status_code
    assert sign_in(Role.MEMBER, fund=funds[0]).get(receipt_of(funds[0])).status_code == 403
    assert Client().get(receipt_of(funds[0])).status_code == 302


def test_a_receipt_names_nobody(sign_in: SignIn, officer: Client, funds: list[Fund]) -> None:
    names = [
        row.fields["name"]
        for row in PaperRow.objects.filter(fund=funds[2], kind__in=("contract", "household"))
    ]
    for client in (officer, sign_in(Role.PROVINCE, area="80")):
        page = text(client.get(receipt_of(funds[2])))
        assert not [name for name in names if name in page]


@pytest.mark.parametrize(
    ("role", "area"),
    [(Role.DISTRICT, DISTRICT), (Role.FIELD_WORKER, "801601"), (Role.AUDITOR, DISTRICT)],
)
def test_the_kept_file_is_handed_out_whole_and_written_down(
    sign_in: SignIn, funds: list[Fund], district: list[DemoVillage], role: Role, area: str
) -> None:
    answer = sign_in(role, area=area).get(file_of(funds[0]))
    assert answer.status_code == 200
    assert answer.content == district[0].path.read_bytes()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="80160101-1.xlsx"'
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
    line = AuditLine.objects.get(deed="export_workbook")
    assert (line.fund_id, line.subject) == (funds[0].pk, "workbook 1")


@pytest.mark.parametrize(
    ("role", "area"), [(Role.PROVINCE, "80"), (Role.DEPARTMENT, ""), (Role.CHAIRMAN, "")]
)
def test_the_file_is_not_for_offices_that_see_no_names_nor_for_the_committee(
    sign_in: SignIn, funds: list[Fund], role: Role, area: str
) -> None:
    fund = funds[0] if role == Role.CHAIRMAN else None
    client = sign_in(role, area=area, fund=fund)
    assert client.get(file_of(funds[0])).status_code in {403, 404}
    assert file_of(funds[0]) not in text(client.get(receipt_of(funds[0])))
    assert not AuditLine.objects.filter(deed="export_workbook").exists()


def test_an_auditor_of_elsewhere_who_leads_this_fund_does_not_take_its_file(
    sign_in: SignIn, funds: list[Fund]
) -> None:
    from kongthun.accounts.models import Appointment

    client = sign_in(Role.CHAIRMAN, fund=funds[0])
    chair = Appointment.objects.get(role=Role.CHAIRMAN)
    Appointment.objects.create(
        user=chair.user,
        role=Role.AUDITOR,
        area_code=OTHER_DISTRICT,
        by_order="คำสั่งทดสอบ",
        starts_on=chair.starts_on,
    )
    assert client.get(file_of(funds[0])).status_code == 404


def test_a_file_that_is_gone_from_the_disk_is_said_kindly(
    officer: Client, funds: list[Fund]
) -> None:
    evidence_path(Workbook.objects.get(fund=funds[0]).sha256).unlink()
    assert officer.get(file_of(funds[0])).status_code == 404
    assert officer.get(f"/registers/files/{funds[0].code}/7/").status_code == 404
    assert officer.get(f"/registers/receipts/{funds[0].code}/7/").status_code == 404
