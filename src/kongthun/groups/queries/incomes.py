"""What the households of a list live on, as it was recorded, and where it is to be asked.

Baht per head per year as the จปฐ. survey reckons it. What was recorded here goes before what the
purple book says; the purple book names no year of survey.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kongthun.domain.money import Money
from kongthun.domain.ordered_list import INCOME_YEARS, income_prompts

from ..models import Income, Membership

# What one row answers: household, contract, years after, and before borrowing also the survey.
Question = tuple[int, int | None, int, int | None]


@dataclass(frozen=True, slots=True)
class KnownIncome:
    """An income and the พ.ศ. year of its survey; no year where only the purple book tells."""

    amount: Money
    survey_year: int | None


@dataclass(frozen=True, slots=True)
class IncomeDue:
    """An income somebody has to ask for: of whom, after which contract, since when."""

    member_number: int
    contract_number: int
    years_after: int
    due_on: date


def question_of(income: Income) -> Question:
    """What a row answers. A later row for the same question puts an earlier one right.

    Before borrowing every survey is a question of its own; after a contract each year is.
    """
    survey = income.survey_year if income.years_after == 0 else None
    return income.member_number, income.contract_number, income.years_after, survey


def standing_incomes(group_id: int) -> dict[Question, Income]:
    """The row that stands for every question. One statement."""
    rows = Income.objects.filter(group_id=group_id).order_by("number")
    return {question_of(row): row for row in rows}


def income_to_list_by(
    member: Membership, standing: Mapping[Question, Income]
) -> KnownIncome | None:
    """The income that gives a household its place: of the latest survey, else the purple book's.

    Of one survey year the row that was learned last.
    """
    rows = [row for question, row in standing.items() if question[0] == member.number]
    if rows:
        latest = max(rows, key=lambda row: (row.survey_year, row.learned_on, row.number))
        return KnownIncome(latest.amount, latest.survey_year)
    return None if member.income_before is None else KnownIncome(member.income_before, None)


def incomes_of(group_id: int, number: int) -> list[Income]:
    """All income rows of a household, the latest first; some may be put right by later ones."""
    rows = Income.objects.filter(group_id=group_id, member_number=number)
    return list(rows.select_related("recorded_by").order_by("-number"))


def incomes_due(
    group_id: int, contracts: Iterable[tuple[int, int, date]], *, as_of: date
) -> list[IncomeDue]:
    """Which incomes 1, 2 and 3 years after a pay-out are due and not known. Two statements.

    A contract is (member number, contract number, day it was paid out). The purple book has one
    line of incomes a household; it counts for the household's first contract of those given.
    The longest due comes first.
    """
    recorded: dict[tuple[int, int | None], set[int]] = {}
    for member, contract, years, _ in standing_incomes(group_id):
        recorded.setdefault((member, contract), set()).add(years)
    members = Membership.objects.filter(group_id=group_id).values_list(
        "number", "income_after_1", "income_after_2", "income_after_3"
    )
    on_paper = {
        number: {
            years
            for years, income in zip(INCOME_YEARS, after, strict=True)
            if income is not None  # of nought is known, too
        }
        for number, *after in members
    }
    due: list[IncomeDue] = []
    for member, contract, paid_out_on in sorted(contracts, key=lambda each: (each[2], each[1])):
        known = recorded.get((member, contract), set()) | on_paper.pop(member, set())
        due += [
            IncomeDue(member, contract, each.years_after, each.due_on)
            for each in income_prompts(paid_out_on, known, as_of=as_of)
        ]
    return sorted(due, key=lambda each: (each.due_on, each.member_number, each.contract_number))
