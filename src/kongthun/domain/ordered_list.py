"""The ordered list of target households (บัญชีลำดับครัวเรือนเป้าหมาย), poorest first.

Income is baht per head per year as the จปฐ. survey reckons it. The list is the village's own
decision: an order other than by income may stand, but only with its reason written beside it.
docs/rules/ordered_list.md works an example.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .money import Money
from .thai_calendar import add_years
from .thai_text import visible

# The purple book asks for the income one, two and three years after the pay-out.
INCOME_YEARS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class ListedHousehold:
    """A target household by its number in the group; None is an income nobody has asked yet.

    ``survey_year`` is the พ.ศ. year of the survey the income is from.
    """

    number: int
    income: Money | None
    survey_year: int | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A household's place in an order somebody proposes, with the reason where one is asked for."""

    number: int
    reason: str = ""


# ------------------------------------------------------------------------------------- the order


def proposed_order(households: Iterable[ListedHousehold]) -> list[ListedHousehold]:
    """By income, the lowest first; those of unknown income last; among equals by number.

    A start for the meeting, not a decision: ties and unknown incomes still want their reasons.

    >>> listed = [ListedHousehold(1, None), ListedHousehold(2, Money.baht(20_000))]
    >>> [household.number for household in proposed_order(listed)]
    [2, 1]
    """
    return sorted(
        households,
        key=lambda household: (
            (1, 0, household.number)
            if household.income is None
            else (0, household.income.satang, household.number)
        ),
    )


@dataclass(frozen=True, slots=True)
class Missing:
    """A target household that has no place in the order."""

    number: int


@dataclass(frozen=True, slots=True)
class Twice:
    """A household that has more than one place; the first is the one that is judged."""

    number: int


@dataclass(frozen=True, slots=True)
class Stranger:
    """A place given to a number that is no target household of this group."""

    number: int


@dataclass(frozen=True, slots=True)
class NeedsReason:
    """It stands before poorer households, named in the order in which they stand."""

    number: int
    poorer: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TieNeedsReason:
    """It stands before households of the same income, named in the order in which they stand."""

    number: int
    equals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class IncomeUnknownNeedsReason:
    """Nothing says how poor it is, so its place rests on the meeting's reason alone."""

    number: int


OrderFault = Missing | Twice | Stranger | NeedsReason | TieNeedsReason | IncomeUnknownNeedsReason


def faults_of(placed: Sequence[Placed], households: Iterable[ListedHousehold]) -> list[OrderFault]:
    """Everything that keeps a proposed order from being adopted, all together; empty lets it be.

    First who is missing, twice or a stranger, then the reasons that lack, from the first place
    down. One reason serves a household whatever it is asked for; white space is none. A household
    of unknown income is never poorer nor equal. Numbers of ``households`` are each there once.
    """
    listed = {household.number: household for household in households}
    places: dict[int, Placed] = {}
    twice: dict[int, None] = {}
    strangers: dict[int, None] = {}
    for place in placed:
        if place.number not in listed:
            strangers[place.number] = None
        elif place.number in places:
            twice[place.number] = None
        else:
            places[place.number] = place
    faults: list[OrderFault] = [Missing(number) for number in sorted(listed.keys() - places.keys())]
    faults += map(Twice, twice)
    faults += map(Stranger, strangers)
    order = [listed[number] for number in places]
    for index, household in enumerate(order):
        if not visible(places[household.number].reason):
            faults += _reasons_lacking(household, order[index + 1 :])
    return faults


def _reasons_lacking(
    household: ListedHousehold, behind: Sequence[ListedHousehold]
) -> list[OrderFault]:
    """What a household that has no reason would need one for, by who stands behind it."""
    income = household.income
    if income is None:
        return [IncomeUnknownNeedsReason(household.number)]
    known = [(other.number, other.income) for other in behind if other.income is not None]
    poorer = tuple(number for number, theirs in known if theirs < income)
    equals = tuple(number for number, theirs in known if theirs == income)
    lacking: list[OrderFault] = []
    if poorer:
        lacking.append(NeedsReason(household.number, poorer))
    if equals:
        lacking.append(TieNeedsReason(household.number, equals))
    return lacking


# ------------------------------------------------------------------------------------- the income


@dataclass(frozen=True, slots=True)
class IncomePrompt:
    """The income so many years after the pay-out is asked for since ``due_on``."""

    years_after: int
    due_on: date


def income_prompts(
    paid_out_on: date, recorded: Collection[int], *, as_of: date
) -> list[IncomePrompt]:
    """Which of the incomes after 1, 2 and 3 years are due and not recorded, the oldest first.

    An income is due on the anniversary of the pay-out (of 29 ก.พ. on 28 ก.พ. where there is none).
    ``recorded`` holds the years, 1 to 3, that are already written down.

    >>> income_prompts(date(2023, 6, 1), {1}, as_of=date(2025, 6, 1))
    [IncomePrompt(years_after=2, due_on=datetime.date(2025, 6, 1))]
    """
    wanted = [IncomePrompt(years, add_years(paid_out_on, years)) for years in INCOME_YEARS]
    return [
        income for income in wanted if income.years_after not in recorded and income.due_on <= as_of
    ]


def above_line(
    income: Money | None, survey_year: int | None, lines: Mapping[int, Money]
) -> bool | None:
    """Whether an income has reached the จปฐ. line of its own survey year (พ.ศ.).

    The survey asks for "not less than" the line, so an income of just the line has reached it.
    None where the income, its year or that year's line is not known: a line is never borrowed from
    another year.

    >>> lines = {2564: Money.baht(38_000)}
    >>> above_line(Money.baht(38_000), 2564, lines), above_line(Money.baht(99_000), 2566, lines)
    (True, None)
    """
    if income is None or survey_year is None or survey_year not in lines:
        return None
    return income >= lines[survey_year]
