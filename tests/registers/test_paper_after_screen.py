"""A fund that began to write on screen: paper is not laid over it, and never counted twice."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest

from kongthun.domain.journal import Deed, Draft, Line
from kongthun.domain.money import Money
from kongthun.ledger.actions import Posted, post_entry
from kongthun.ledger.models import Account, Fund, Position
from kongthun.registers.actions import StillSetAside, correct_row, import_workbook
from kongthun.registers.models import PaperRow
from kongthun.registers.reading import Unreadable
from kongthun.registers.receipts import Receipt

from .hands import BOOKS, write_book

pytestmark = pytest.mark.django_db


def on_screen(fund: Fund, *lines: Line, deed: Deed = Deed.INTEREST_RECEIVED) -> None:
    draft = Draft(deed, date(2025, 10, 1), lines, key="screen-1", memo="บันทึกบนหน้าจอ")
    assert isinstance(post_entry(draft, fund=fund, recorded_by=None), Posted)


def test_a_changed_workbook_is_refused_once_money_was_written_on_screen(tmp_path: Path) -> None:
    first = import_workbook(write_book(tmp_path, BOOKS, name="80120101.xlsx"), user_id=None)
    assert isinstance(first, Receipt)
    fund = Fund.objects.get(code="80120101")
    on_screen(fund, Line("bank:1", Money.baht(5)), Line("interest", Money.baht(-5)))
    before = Position.objects.get(fund=fund).entries
    fewer = {name: rows for name, rows in BOOKS.items() if name != list(BOOKS)[-1]}
    again = import_workbook(write_book(tmp_path, fewer, name="80120101-new.xlsx"), user_id=None)
    assert isinstance(again, Unreadable)
    assert again.why == "kept_here"
    assert Position.objects.get(fund=fund).entries == before


def test_a_receipt_put_right_does_not_pay_a_loan_twice(tmp_path: Path) -> None:
    smudged = deepcopy(dict(BOOKS))
    for rows in smudged.values():
        for row in rows:
            if row[-2:] == [8_000, 12_000]:
                row[-2] = "แปดพันเศษ"
    first = import_workbook(write_book(tmp_path, smudged, name="80120101.xlsx"), user_id=None)
    assert isinstance(first, Receipt)
    fund = Fund.objects.get(code="80120101")
    row = PaperRow.objects.get(fund=fund, verdict="set_aside", kind="receipt")
    contract = PaperRow.objects.get(fund=fund, key=row.parent_key).contract_number
    account = Account.objects.get(fund=fund, code=f"loan:{contract}")
    on_screen(
        fund,
        Line("cash", account.balance),
        Line(account.code, -account.balance),
        deed=Deed.REPAYMENT_RECEIVED,
    )
    outcome = correct_row(
        fund=fund,
        number=row.number,
        correction={"amount": "100", "paid_on": "1/10/2568", "receipt_number": "99"},
        note="ดูจากใบเสร็จเล่มจริง",
        user_id=None,
    )
    assert outcome == StillSetAside(row.number, "overpaid")
    assert Account.objects.get(fund=fund, code=account.code).balance == Money(0)
