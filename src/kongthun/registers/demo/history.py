"""Thirty years of one village fund, played by chance, with its true books kept all along.

Here is what happened; how a typist wrote it down, slips and all, is ``paper``. Money is conserved
at every step: what is not with households, in the bank or in cash is ``missing``, and only a fund
of kind SHORTAGE misses any.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from random import Random

from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.thai_calendar import add_years, fiscal_year_start

from .names import BANKS, OCCUPATIONS, Person, Place, draw_people

CAPITAL = Money.baht(280_000)
GRANT_YEARS = range(2537, 2545)  # fiscal years, พ.ศ.
# A fund must have had time to be granted, lent out and left to sleep.
EARLIEST_AS_OF = date(2010, 9, 30)

_LEAST_LOAN = 6_000
_LARGEST_LOAN = 35_000
_MORE_THAN_TIME_ALLOWS = 99
_THREE_YEARS = 3
_FIVE_YEARS = 5
_LAST_FIVE_YEAR_LOANS = date(2001, 12, 31)


class Kind(StrEnum):
    """What has become of a fund."""

    HEALTHY = "healthy"
    SLOW = "slow"  # late, but the money moves
    STALLED = "stalled"  # no movement for years, loans overdue, committee's term over
    ROLLOVER = "rollover"  # paid off and lent again to the same people within days
    SHORTAGE = "shortage"  # receipts were written, the money never reached the bank


@dataclass(frozen=True, slots=True)
class Household:
    """A line of the ordered list; ``place`` 1 is the poorest."""

    place: int
    head: Person
    house_no: str
    members: int
    income: Money  # per head per year, before borrowing
    income_after: tuple[Money | None, Money | None, Money | None]


@dataclass(frozen=True, slots=True)
class Receipt:
    number: int
    paid_on: date
    amount: Money
    deposited_on: date | None  # None: not in the bank as of the day of the books


@dataclass(frozen=True, slots=True)
class Loan:
    """A contract. ``round_no`` counts the fund's rounds of lending, not the household's."""

    number: int
    round_no: int
    household: Household
    amount: Money
    lent_on: date
    due_on: date
    occupation: str
    receipts: tuple[Receipt, ...]

    @property
    def outstanding(self) -> Money:
        return self.amount - total(receipt.amount for receipt in self.receipts)


@dataclass(frozen=True, slots=True)
class BankLine:
    """A line of the passbook: money in is above zero, money out below; ``balance`` comes after."""

    on: date
    document: str
    item: str
    amount: Money
    balance: Money


@dataclass(frozen=True, slots=True)
class Committee:
    number: int
    starts_on: date
    ends_on: date
    members: tuple[tuple[Person, str], ...]


@dataclass(frozen=True, slots=True)
class VillageHistory:
    """All that is true of one fund as of a day."""

    place: Place
    kind: Kind
    as_of: date
    granted_on: date
    bank_name: str
    account_no: str
    households: tuple[Household, ...]
    loans: tuple[Loan, ...]
    bank_lines: tuple[BankLine, ...]
    committees: tuple[Committee, ...]  # the sitting or last one first
    interest: Money
    cash: Money
    missing: Money

    @property
    def bank(self) -> Money:
        return self.bank_lines[-1].balance

    @property
    def outstanding(self) -> Money:
        return total(loan.outstanding for loan in self.loans)

    @property
    def overdue_loans(self) -> list[Loan]:
        """Loans past their day; one due on the day of the books is not."""
        return [loan for loan in self.loans if loan.due_on < self.as_of and loan.outstanding > ZERO]


@dataclass(frozen=True, slots=True)
class _Habit:
    """How the households of one kind of fund pay, and how long the committee rests between rounds.

    ``on_time``, ``late`` and ``never`` are chances; what they leave is the chance of being very
    late. Days are counted from the day planned.
    """

    on_time: float
    late: float
    never: float
    days_late: tuple[int, int]
    days_very_late: tuple[int, int]
    days_of_rest: tuple[int, int]


_HABITS = {
    Kind.HEALTHY: _Habit(0.74, 0.22, 0.002, (15, 90), (90, 320), (20, 760)),
    Kind.SLOW: _Habit(0.30, 0.38, 0.030, (60, 330), (330, 1150), (90, 800)),
    Kind.STALLED: _Habit(0.45, 0.33, 0.020, (40, 260), (260, 700), (60, 900)),
    Kind.SHORTAGE: _Habit(0.60, 0.32, 0.010, (20, 120), (120, 400), (30, 700)),
}


@dataclass(slots=True)
class _Payment:
    paid_on: date
    baht: int
    deposited_on: date | None


@dataclass(slots=True)
class _Draft:
    """A contract being played: its payments may still be cut short or kept from the bank."""

    round_no: int
    household: Household
    baht: int
    lent_on: date
    due_on: date
    occupation: str
    payments: list[_Payment] = field(default_factory=list)

    def owes_on(self, day: date) -> bool:
        return sum(p.baht for p in self.payments if p.paid_on <= day) < self.baht


def play_village(rng: Random, *, place: Place, kind: Kind, as_of: date) -> VillageHistory:
    """Play one fund from its grant to ``as_of``; equal arguments and chance give equal history."""
    households = _ordered_list(rng)
    granted_on = _grant_day(rng)
    first_lending = _banking_day(granted_on + timedelta(days=rng.randint(20, 120)))
    if kind == Kind.ROLLOVER:
        drafts = _play_rollover(rng, households, first_lending, as_of)
    else:
        drafts = _play_rounds(rng, households, first_lending, kind, as_of)
    last_deed = as_of
    if kind == Kind.STALLED:
        last_deed = _fall_asleep(rng, drafts, as_of)
    elif kind == Kind.SHORTAGE:
        last_deed = _keep_from_bank(rng, drafts)
    _close_on(drafts, as_of)

    loans = _number(drafts)
    interest, bank_lines = _passbook(rng, granted_on, loans, as_of)
    not_deposited = total(
        receipt.amount for loan in loans for receipt in loan.receipts if not receipt.deposited_on
    )
    cash = not_deposited
    if kind == Kind.SHORTAGE:
        # Somebody still holds a part and says so; nobody can say where the rest is.
        cash = Money.baht(int(not_deposited.satang * rng.uniform(0.08, 0.3)) // 10_000 * 100)
    return VillageHistory(
        place=place,
        kind=kind,
        as_of=as_of,
        granted_on=granted_on,
        bank_name=rng.choice(BANKS),
        account_no="".join(rng.choice("0123456789") for _ in range(12)),
        households=households,
        loans=loans,
        bank_lines=bank_lines,
        committees=_committees(
            rng, households, kind=kind, granted_on=granted_on, last_deed=last_deed, as_of=as_of
        ),
        interest=interest,
        cash=cash,
        missing=not_deposited - cash,
    )


# The village before the money came.


def _ordered_list(rng: Random) -> tuple[Household, ...]:
    people = draw_people(rng, rng.randint(12, 45))
    poorest = rng.randint(7_500, 12_000)
    incomes = sorted(rng.randint(poorest, 41_000) for _ in people)
    return tuple(
        Household(
            place=place,
            head=head,
            house_no=f"{rng.randint(1, 190)}" + (f"/{rng.randint(1, 9)}" * (rng.random() < 0.3)),
            members=rng.randint(1, 8),
            income=Money.baht(income),
            income_after=_incomes_after(rng, income),
        )
        for place, (head, income) in enumerate(zip(people, incomes, strict=True), start=1)
    )


def _incomes_after(rng: Random, before: int) -> tuple[Money | None, Money | None, Money | None]:
    """Income one, two and three years on; often nobody came to ask."""
    asked = [
        Money.baht(int(before * rng.uniform(1.0, 1.15 + year * 0.15)))
        if rng.random() < 0.65
        else None
        for year in range(3)
    ]
    return asked[0], asked[1], asked[2]


def _grant_day(rng: Random) -> date:
    year_began = fiscal_year_start(rng.choice(GRANT_YEARS))
    return _banking_day(year_began + timedelta(days=rng.randint(20, 350)))


# Rounds of lending.


def _play_rounds(
    rng: Random, households: tuple[Household, ...], first_lending: date, kind: Kind, as_of: date
) -> list[_Draft]:
    habit = _HABITS[kind]
    last_lending = as_of - timedelta(days=60)
    most_rounds = _MORE_THAN_TIME_ALLOWS
    if kind == Kind.STALLED:
        most_rounds = rng.randint(1, 3)
        last_lending = as_of - timedelta(days=8 * 365)
    elif kind == Kind.SHORTAGE:
        most_rounds = rng.randint(2, 4)
        last_lending = as_of - timedelta(days=6 * 365)
    early_years = rng.choice((_THREE_YEARS, _FIVE_YEARS))
    wanted = max(8, int(len(households) * rng.uniform(0.6, 1.0)))

    drafts: list[_Draft] = []
    day = first_lending
    for round_no in range(1, most_rounds + 1):
        years = early_years if day <= _LAST_FIVE_YEAR_LOANS else _THREE_YEARS
        lent = _lend_round(
            rng, households, drafts, day=day, years=years, round_no=round_no, wanted=wanted
        )
        for draft in lent:
            draft.payments = _payments(rng, draft, habit)
        drafts += lent
        day = _next_round_day(rng, habit, lent or drafts, day, as_of)
        if day > last_lending:
            break
    return drafts


def _lend_round(
    rng: Random,
    households: tuple[Household, ...],
    earlier: list[_Draft],
    *,
    day: date,
    years: int,
    round_no: int,
    wanted: int,
) -> list[_Draft]:
    """Lend what the bank holds of the capital, first to who borrowed least, then to the poorest."""
    available = _capital_in_bank(earlier, day)
    debtors = {draft.household.place for draft in earlier if draft.owes_on(day)}
    turns = {household.place: 0 for household in households}
    for draft in earlier:
        turns[draft.household.place] += 1
    eligible = sorted(
        (household for household in households if household.place not in debtors),
        key=lambda household: (turns[household.place], household.place),
    )
    usual = _whole_hundreds(min(_LARGEST_LOAN, available / wanted))
    usual = max(usual, _LEAST_LOAN + 500)
    meetings = sorted(_banking_day(day + timedelta(days=gap)) for gap in (0, 0, rng.randint(1, 9)))
    drafts: list[_Draft] = []
    for household in eligible:
        asked = usual + rng.choice((-1_000, -500, 0, 0, 0, 0, 500, 1_500))
        baht = min(max(asked, _LEAST_LOAN), _LARGEST_LOAN, _whole_hundreds(available))
        if baht < _LEAST_LOAN:
            break
        available -= baht
        lent_on = rng.choice(meetings)
        drafts.append(
            _Draft(
                round_no=round_no,
                household=household,
                baht=baht,
                lent_on=lent_on,
                due_on=add_years(lent_on, years),
                occupation=rng.choice(OCCUPATIONS),
            )
        )
    return drafts


def _payments(rng: Random, draft: _Draft, habit: _Habit) -> list[_Payment]:
    """One to three receipts spread over the term, each as late as people are."""
    count = rng.choice((1, 2, 3, 3, 3))
    part = _whole_hundreds(draft.baht / count)
    parts = [part] * (count - 1) + [draft.baht - part * (count - 1)]
    term = (draft.due_on - draft.lent_on).days
    days = []
    for turn in range(1, count + 1):
        planned = draft.lent_on + timedelta(days=term * turn // count)
        chance = rng.random()
        if chance < habit.never:
            break
        if chance < habit.never + habit.on_time:
            late = rng.choice((0, 0, 0, 3, 5, rng.randint(-25, 14)))
        elif chance < habit.never + habit.on_time + habit.late:
            late = rng.randint(*habit.days_late)
        else:
            late = rng.randint(*habit.days_very_late)
        days.append(planned + timedelta(days=late))
    return [
        _Payment(paid_on, baht, _banking_day(paid_on + timedelta(days=rng.randint(0, 12))))
        for paid_on, baht in zip(_one_a_day(sorted(days)), parts, strict=False)
    ]


def _next_round_day(rng: Random, habit: _Habit, lent: list[_Draft], day: date, as_of: date) -> date:
    """Some time after the round fell due; nobody rests long in the last years of a living fund."""
    least, most = habit.days_of_rest
    fell_due = max(draft.due_on for draft in lent)
    if fell_due > as_of - timedelta(days=8 * 365):
        most = min(most, least + 90)
    return _banking_day(max(fell_due, day) + timedelta(days=rng.randint(least, most)))


def _play_rollover(
    rng: Random, households: tuple[Household, ...], first_lending: date, as_of: date
) -> list[_Draft]:
    """Every loan is paid off on its day with borrowed money and lent out again within days."""
    wanted = max(8, int(len(households) * rng.uniform(0.5, 0.9)))
    drafts = _lend_round(
        rng, households, [], day=first_lending, years=_THREE_YEARS, round_no=1, wanted=wanted
    )
    lent = drafts
    while True:
        for draft in lent:
            paid_on = draft.due_on - timedelta(days=rng.randint(0, 4))
            deposited_on = _banking_day(paid_on + timedelta(days=rng.randint(0, 1)))
            draft.payments = [_Payment(paid_on, draft.baht, deposited_on)]
        all_in = max(p.deposited_on for d in lent for p in d.payments if p.deposited_on)
        again = _banking_day(all_in + timedelta(days=rng.randint(1, 5)))
        if again > as_of - timedelta(days=10):
            return drafts
        lent = [
            _Draft(
                round_no=draft.round_no + 1,
                household=draft.household,
                baht=draft.baht,
                lent_on=again,
                due_on=add_years(again, _THREE_YEARS),
                occupation=draft.occupation,
            )
            for draft in lent
        ]
        drafts = drafts + lent


# How a fund goes wrong, and the day the books are closed.


def _fall_asleep(rng: Random, drafts: list[_Draft], as_of: date) -> date:
    """Drop every payment after the day the committee stopped asking; returns that day."""
    last_lent = max(draft.lent_on for draft in drafts)
    stopped_on = last_lent + timedelta(days=rng.randint(450, 1_250))
    stopped_on = min(stopped_on, as_of - timedelta(days=5 * 365))
    for draft in drafts:
        draft.payments = [p for p in draft.payments if p.paid_on <= stopped_on]
    return stopped_on


def _keep_from_bank(rng: Random, drafts: list[_Draft]) -> date:
    """From one day on nothing that is received is deposited; returns that day."""
    kept_from = max(draft.lent_on for draft in drafts) + timedelta(days=rng.randint(60, 480))
    for draft in drafts:
        for payment in draft.payments:
            if payment.paid_on > kept_from:
                payment.deposited_on = None
    return kept_from


def _close_on(drafts: list[_Draft], as_of: date) -> None:
    """Forget what lies after the day of the books; money received but not yet banked is cash."""
    for draft in drafts:
        draft.payments = [p for p in draft.payments if p.paid_on <= as_of]
        for payment in draft.payments:
            if payment.deposited_on and payment.deposited_on > as_of:
                payment.deposited_on = None


# The books.


def _number(drafts: list[_Draft]) -> tuple[Loan, ...]:
    """Number contracts as they were signed and receipts as they were torn off the pad."""
    in_order = sorted(
        (payment.paid_on, index, turn)
        for index, draft in enumerate(drafts)
        for turn, payment in enumerate(draft.payments)
    )
    numbers = {(index, turn): n for n, (_, index, turn) in enumerate(in_order, start=1)}
    return tuple(
        Loan(
            number=index + 1,
            round_no=draft.round_no,
            household=draft.household,
            amount=Money.baht(draft.baht),
            lent_on=draft.lent_on,
            due_on=draft.due_on,
            occupation=draft.occupation,
            receipts=tuple(
                Receipt(
                    numbers[index, turn],
                    payment.paid_on,
                    Money.baht(payment.baht),
                    payment.deposited_on,
                )
                for turn, payment in enumerate(draft.payments)
            ),
        )
        for index, draft in enumerate(drafts)
    )


def _passbook(
    rng: Random, granted_on: date, loans: tuple[Loan, ...], as_of: date
) -> tuple[Money, tuple[BankLine, ...]]:
    """The bank's own lines, with interest each 30 มิ.ย. on what lay there day by day."""
    moves = [(granted_on, 0, 0, "", "รับเงินอุดหนุนโครงการ กข.คจ.", CAPITAL)]
    for loan in loans:
        item = f"จ่ายเงินยืม สัญญาเลขที่ {loan.number}"
        moves.append((loan.lent_on, 2, loan.number, f"สญ.{loan.number}", item, -loan.amount))
        for receipt in loan.receipts:
            if receipt.deposited_on:
                number = receipt.number
                item = f"นำฝากเงินรับคืน ใบเสร็จ {number}"
                day = receipt.deposited_on
                moves.append((day, 1, number, f"รค.{number}", item, receipt.amount))
    first_june = granted_on.year + (granted_on > date(granted_on.year, 6, 30))
    for year in range(first_june, as_of.year + 1):
        if date(year, 6, 30) <= as_of:
            moves.append((date(year, 6, 30), 3, 0, "", "ดอกเบี้ยเงินฝาก", ZERO))
    moves.sort(key=lambda move: move[:3])

    lines: list[BankLine] = []
    balance = interest = ZERO
    since, satang_days = granted_on, 0
    for on, _, _, document, item, moved in moves:
        satang_days += balance.satang * (on - since).days
        since = on
        amount = moved
        if amount == ZERO:
            rate = rng.uniform(0.3, 1.0) if on.year < 2008 else rng.uniform(0.1, 0.5)
            amount = Money(round(satang_days * rate / 100 / 365))
            satang_days = 0
            interest = interest + amount
            if amount == ZERO:
                continue
        balance = balance + amount
        lines.append(BankLine(on, document, item, amount, balance))
    return interest, tuple(lines)


def _committees(
    rng: Random,
    households: tuple[Household, ...],
    *,
    kind: Kind,
    granted_on: date,
    last_deed: date,
    as_of: date,
) -> tuple[Committee, ...]:
    """The sitting committee, or the last there was, and at times the one before it.

    A fund that stopped has nobody elected since; a few living ones are late with the election.
    """
    first_day = _first_of_month(granted_on - timedelta(days=rng.randint(20, 200)))
    elected_by = last_deed
    if kind in (Kind.SLOW, Kind.HEALTHY) and rng.random() < (0.35 if kind == Kind.SLOW else 0.07):
        elected_by = as_of - timedelta(days=rng.randint(5, 8) * 365)
    count = 1
    while add_years(first_day, 4 * count) <= elected_by:
        count += 1
    numbers = [count, count - 1] if count > 1 and rng.random() < 0.1 else [count]
    return tuple(
        Committee(
            number=number,
            starts_on=add_years(first_day, 4 * (number - 1)),
            ends_on=add_years(first_day, 4 * number),
            members=_members(rng, households),
        )
        for number in numbers
    )


def _members(rng: Random, households: tuple[Household, ...]) -> tuple[tuple[Person, str], ...]:
    positions = ["ประธาน", "รองประธาน", "เลขานุการ", "เหรัญญิก"]
    positions += ["กรรมการ"] * (rng.randint(7, 9) - len(positions))
    people = draw_people(rng, len(positions))
    # A village is small: one or two heads of target households sit on the committee too.
    for seat, household in zip(
        rng.sample(range(1, len(people)), 2), rng.sample(households, 2), strict=True
    ):
        people[seat] = household.head
    return tuple(zip(people, positions, strict=True))


# Days and sums.


def _capital_in_bank(drafts: list[_Draft], day: date) -> int:
    """Whole baht of the capital in the bank on a day; interest is not lent."""
    banked = sum(
        p.baht for d in drafts for p in d.payments if p.deposited_on and p.deposited_on <= day
    )
    return CAPITAL.satang // 100 + banked - sum(d.baht for d in drafts)


def _whole_hundreds(baht: float) -> int:
    return int(baht // 100) * 100


def _banking_day(day: date) -> date:
    """That day, or the Monday after it: banks are shut at the week's end."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)


def _one_a_day(days: list[date]) -> list[date]:
    apart: list[date] = []
    for day in days:
        apart.append(max(day, apart[-1] + timedelta(days=1)) if apart else day)
    return apart


def _first_of_month(day: date) -> date:
    return day.replace(day=1)
