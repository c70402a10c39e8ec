"""A village fund to try the books on, and the deeds of a small history."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.db import connection

from kongthun.domain.journal import Deed, Draft, Line
from kongthun.domain.money import Money
from kongthun.groups.actions import open_group
from kongthun.ledger.actions import NotPosted, Posted, open_books, post_entries, reverse_entry
from kongthun.ledger.models import Account, Fund, Position

CODE = "80120101"
MORNING = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)


def village_fund(code: str = CODE) -> Fund:
    group = open_group(code=code, kind="kkk", area_code=code[:8], name="บ้านทุ่งใหญ่")
    return open_books(
        group_id=group.pk, code=code, area_code=code[:8], chart_code="kkk", name="บ้านทุ่งใหญ่"
    )


def draft(
    deed: Deed,
    *lines: tuple[str, int],
    key: str,
    on: date = date(2024, 5, 1),
    memo: str = "",
    document: str = "",
) -> Draft:
    """An entry with its lines in whole baht."""
    worn = tuple(Line(account, Money.baht(baht)) for account, baht in lines)
    return Draft(deed, on, worn, key=key, memo=memo, document=document)


def received(baht: int = 280_000) -> Draft:
    lines = (("bank:1", baht), ("capital:state", -baht))
    return draft(Deed.CAPITAL_RECEIVED, *lines, key="received", on=date(2002, 5, 12))


def lent(contract: int, baht: int) -> Draft:
    return draft(
        Deed.LOAN_PAID_OUT,
        (f"loan:{contract}", baht),
        ("bank:1", -baht),
        key=f"lent-{contract}",
        on=date(2002, 6, 1),
        memo=f"จ่ายเงินยืม สัญญาที่ {contract}",
        document=f"{contract}/2545",
    )


def sent_back(contract: int, baht: int, *, key: str) -> Draft:
    return draft(
        Deed.REPAYMENT_RECEIVED,
        ("cash", baht),
        (f"loan:{contract}", -baht),
        key=key,
        on=date(2003, 6, 1),
        memo=f"รับคืนเงินยืม สัญญาที่ {contract}",
    )


def post(fund: Fund, *drafts: Draft) -> Posted | NotPosted:
    return post_entries(drafts, fund=fund, recorded_by=None, recorded_at=MORNING)


def take_back(fund: Fund, number: int, *, key: str) -> Posted | NotPosted:
    return reverse_entry(
        number, fund=fund, reason="บันทึกผิดสัญญา", key=key, recorded_by=None, recorded_at=MORNING
    )


def fund_with_history(code: str = CODE) -> Fund:
    """Six entries: capital, two loans, two repayments, and the second repayment taken back."""
    fund = village_fund(code)
    history = [
        received(),
        lent(1, 10_000),
        lent(2, 20_000),
        sent_back(1, 4_000, key="back-1"),
        sent_back(2, 5_000, key="back-2"),
    ]
    assert isinstance(post(fund, *history), Posted)
    assert isinstance(take_back(fund, 5, key="back-2-"), Posted)
    return fund


def position(fund: Fund) -> Position:
    return Position.objects.get(fund=fund)


def balances(fund: Fund) -> dict[str, int]:
    rows = Account.objects.filter(fund=fund).values_list("code", "balance")
    return {code: balance.satang for code, balance in rows}


def run_sql(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
