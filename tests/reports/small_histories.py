"""Small histories of a few funds, made up at random around the days where something turns late.

Each is written into the books through the same doors as any other, and kept beside it as plain
values, so that what a roll-up says can be reckoned once more by the domain alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st

from kongthun.domain.arrears import BANDS, Arrears, Part, arrears_of
from kongthun.domain.fund_position import FundPosition, position_of
from kongthun.domain.journal import Deed, Draft, Line, kind_of, reversal_of
from kongthun.domain.money import Money
from kongthun.groups.actions import make_persons, open_group
from kongthun.ledger.actions import Posted, open_books, post_entries
from kongthun.ledger.charts import chart
from kongthun.ledger.models import Fund
from kongthun.loans.models import Contract, Instalment
from kongthun.registers.models import PaperRow, StatusSnapshot

CODES = ("32010101", "80120101", "80160101", "80160102", "80160201")
TODAY = timezone.localdate()
# The ends of the age bands, a day before, a day after.
AGO = (0, 1, 2, 89, 90, 91, 92, 364, 365, 366, 367, 1094, 1095, 1096, 1097, 1400)
PAST = [TODAY - timedelta(days=days) for days in AGO]


@dataclass
class Loan:
    """A contract with its plan, in any order of days."""

    number: int
    plan: list[Part]
    is_withdrawn: bool = False

    @property
    def principal(self) -> Money:
        """The plan adds up to it."""
        return Money(sum(part.amount.satang for part in self.plan))


@dataclass
class History:
    """A fund as plain values: what is to be written, and what must come of it."""

    code: str
    loans: list[Loan] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    rows_set_aside: int = 0
    reported_on: list[date] = field(default_factory=list)

    def position_on(self, day: date) -> FundPosition:
        """Where the money was, by the domain."""
        return position_of((d.deed, d.lines) for d in self.drafts if d.happened_on <= day)

    def arrears_on(self, day: date) -> list[Arrears]:
        """What was late of each loan that stands, by the domain."""
        found = []
        for loan in self.loans:
            owed = sum(
                line.amount.satang
                for draft in self.drafts
                if draft.happened_on <= day
                for line in draft.lines
                if line.account == f"loan:{loan.number}"
            )
            if not loan.is_withdrawn:
                found.append(arrears_of(loan.plan, loan.principal - Money(owed), as_of=day))
        return found

    def last_movement_on(self, day: date) -> date | None:
        """The last pay-out or repayment that nobody took back."""
        taken_back = {draft.reverses for draft in self.drafts}
        days = [
            draft.happened_on
            for number, draft in enumerate(self.drafts, start=1)
            if draft.deed in {Deed.LOAN_PAID_OUT, Deed.REPAYMENT_RECEIVED}
            and draft.reverses is None
            and number not in taken_back
            and draft.happened_on <= day
        ]
        return max(days, default=None)


@dataclass(frozen=True)
class Expected:
    """The figures of some funds together."""

    sums: FundPosition
    overdue: Money
    by_band: tuple[Money, ...]
    late_by_band: tuple[int, ...]
    late_contracts: int
    rows_set_aside: int


def expected_of(histories: Iterable[History], day: date) -> Expected:
    """What a roll-up must say of these funds on a day."""
    sums = FundPosition()
    arrears: list[Arrears] = []
    rows = 0
    for history in histories:
        sums += history.position_on(day)
        arrears += history.arrears_on(day)
        rows += history.rows_set_aside
    return Expected(
        sums,
        Money(sum(one.overdue.satang for one in arrears)),
        tuple(Money(sum(one.by_band[band].satang for one in arrears)) for band in range(BANDS)),
        tuple(sum(1 for one in arrears if one.by_band[band]) for band in range(BANDS)),
        sum(1 for one in arrears if one.days_late),
        rows,
    )


@st.composite
def histories(draw: st.DrawFn) -> list[History]:
    """One to five funds, each with some loans, repayments, mistakes taken back and other deeds."""
    codes = draw(st.lists(st.sampled_from(CODES), min_size=1, unique=True))
    return [draw(_history(code)) for code in codes]


@st.composite
def _history(draw: st.DrawFn, code: str) -> History:
    days = st.sampled_from(PAST)
    sums = st.integers(1, 50_000_00).map(Money)
    made = History(code)
    received = Line("bank:1", Money.baht(280_000)), Line("capital:state", -Money.baht(280_000))
    _add(made, Deed.CAPITAL_RECEIVED, draw(days), *received)
    for number in range(1, draw(st.integers(0, 4)) + 1):
        due = st.sampled_from([*PAST, TODAY + timedelta(days=1), TODAY + timedelta(days=40)])
        parts = draw(st.lists(st.tuples(due, sums), min_size=1, max_size=4))
        loan = Loan(number, [Part(day, amount) for day, amount in parts])
        made.loans.append(loan)
        _add_loan(draw, made, loan)
    for deed, account in draw(st.lists(st.sampled_from(_OTHER_DEEDS), max_size=5)):
        amount = draw(sums)
        _add(made, deed, draw(days), Line(account, amount), Line("unexplained", -amount))
    made.rows_set_aside = draw(st.integers(0, 2))
    made.reported_on = draw(st.lists(days, max_size=2))
    return made


_OTHER_DEEDS = [
    (Deed.INTEREST_RECEIVED, "interest"),
    (Deed.FEE_PAID, "expense"),
    (Deed.CASH_COUNTED, "cash"),
    (Deed.CLAIM_RECOGNISED, "claim:1"),
    (Deed.LOSS_RECOGNISED, "loss"),
    (Deed.BANK_UNEXPLAINED, "bank:1"),
]


def _add_loan(draw: st.DrawFn, made: History, loan: Loan) -> None:
    """Pay it out, take some of it back, and once in a while find that it was all a mistake."""
    days = st.sampled_from(PAST)
    account = f"loan:{loan.number}"
    paid_out_on = draw(days)
    out = Line(account, loan.principal), Line("bank:1", -loan.principal)
    _add(made, Deed.LOAN_PAID_OUT, paid_out_on, *out)
    numbers = [len(made.drafts)]
    left = loan.principal.satang
    for _ in range(draw(st.integers(0, 3))):
        amount = Money(draw(st.integers(0, left)))
        if not amount:
            continue
        left -= amount.satang
        # A repayment is never earlier than its loan: the balance stays within the principal.
        on = max(paid_out_on, draw(days))
        back = Line("cash", amount), Line(account, -amount)
        _add(made, Deed.REPAYMENT_RECEIVED, on, *back)
        numbers.append(len(made.drafts))
    if draw(st.integers(0, 4)) == 0:
        loan.is_withdrawn = True
        _take_back(made, numbers)
    elif len(numbers) > 1 and draw(st.booleans()):
        _take_back(made, numbers[-1:])


def _add(made: History, deed: Deed, on: date, *lines: Line) -> None:
    made.drafts.append(Draft(deed, on, lines, key=f"{len(made.drafts) + 1}"))


def _take_back(made: History, numbers: list[int]) -> None:
    for number in numbers:
        wrong = made.drafts[number - 1]
        made.drafts.append(
            reversal_of(
                number,
                wrong.deed,
                wrong.lines,
                happened_on=wrong.happened_on,
                key=f"{number}-",
                memo="กลับรายการ",
            )
        )


def write(history: History) -> Fund:
    """The history in the books, through the doors that everything goes through."""
    code = history.code
    group = open_group(code=code, kind="kkk", area_code=code, name=f"กข.คจ. {code}")
    fund = open_books(
        group_id=group.pk,
        code=code,
        area_code=code,
        chart_code=_chart_for(history.drafts),
        name=group.name,
    )
    posted = post_entries(history.drafts, fund=fund, recorded_by=None)
    assert isinstance(posted, Posted)
    assert posted.numbers == tuple(range(1, len(history.drafts) + 1))
    (somebody,) = make_persons(["นางสมศรี ใจดี"])
    for loan in history.loans:
        Contract.objects.create(
            fund=fund,
            number=loan.number,
            paper_number=f"{loan.number}/2565",
            borrower=somebody,
            principal=loan.principal,
            paid_out_on=PAST[-1],
            withdrawn_at=timezone.now() if loan.is_withdrawn else None,
        )
        Instalment.objects.bulk_create(
            Instalment(
                fund=fund,
                contract_number=loan.number,
                sequence=sequence,
                due_on=part.due_on,
                amount=part.amount,
            )
            for sequence, part in enumerate(loan.plan, start=1)
        )
    _write_papers(fund, history)
    return fund


def _chart_for(drafts: list[Draft]) -> str:
    """A lending fund's chart, or that of a group that makes and sells: together they keep all."""
    kinds = {kind_of(line.account) for draft in drafts for line in draft.lines}
    return "village_fund" if kinds <= chart("village_fund").kinds else "community_enterprise"


def _write_papers(fund: Fund, history: History) -> None:
    """Rows that wait, among rows that were posted or replaced; and readings of the brown book."""
    waiting = [("set_aside", "amount_text", None)] * history.rows_set_aside
    others = [("posted", "", None), ("set_aside", "amount_text", timezone.now())]
    PaperRow.objects.bulk_create(
        PaperRow(
            fund=fund,
            number=number,
            workbook_number=1,
            kind="receipt",
            key=f"receipt {number}",
            sheet="เหลือง",
            sheet_place=1,
            row=number,
            fields={},
            verdict=verdict,
            reason=reason,
            replaced_at=replaced_at,
        )
        for number, (verdict, reason, replaced_at) in enumerate([*waiting, *others], start=1)
    )
    StatusSnapshot.objects.bulk_create(
        StatusSnapshot(fund=fund, number=number, as_of=day, read_at=timezone.now())
        for number, day in enumerate(history.reported_on, start=1)
    )


@contextmanager
def undone() -> Iterator[None]:
    """What is written within is taken back at the end, so that every example begins empty."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
