"""Incomes of households, when they are due, and the จปฐ. line of each survey."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from groups.village import keeper, kinds, listed, reach_for, three_households, village
from kongthun.accounts.models import Role
from kongthun.audit.models import AuditLine
from kongthun.domain.money import Money
from kongthun.groups.actions import IncomeRecorded, ListedHousehold, keep_members, record_income
from kongthun.groups.models import Group, Income, Membership
from kongthun.groups.poverty_lines import lines_in, poverty_lines
from kongthun.groups.queries.incomes import (
    IncomeDue,
    KnownIncome,
    income_to_list_by,
    incomes_due,
    standing_incomes,
)

pytestmark = pytest.mark.django_db
PAID_OUT = date(2022, 6, 1)


@pytest.fixture
def group() -> Group:
    return three_households()


def asks(group: Group, baht: int, number: int = 1, **other: Any) -> Any:  # noqa: ANN401
    said: dict[str, Any] = {
        "years_after": 0,
        "contract_number": None,
        "amount": Money.baht(baht),
        "survey_year": 2564,
        "basis": "แบบ จปฐ. ของหมู่บ้าน",
        "on": date(2022, 1, 5),
        "by": keeper(group),
    }
    return record_income(group=group, number=number, **(said | other))


def listed_by(group: Group, number: int = 1) -> KnownIncome | None:
    member = Membership.objects.get(group=group, number=number)
    return income_to_list_by(member, standing_incomes(group.pk))


def test_an_income_is_kept_with_its_survey_and_how_it_is_known(group: Group) -> None:
    assert asks(group, 21_500) == IncomeRecorded(1)
    income = Income.objects.get(group=group, number=1)
    assert (income.amount, income.survey_year) == (Money.baht(21_500), 2564)
    assert (income.basis, income.learned_on) == ("แบบ จปฐ. ของหมู่บ้าน", date(2022, 1, 5))
    assert AuditLine.objects.get(deed="record_income").subject == "household 1"


def test_the_latest_survey_gives_the_place_and_before_any_the_purple_book(group: Group) -> None:
    assert listed_by(group) == KnownIncome(Money.baht(12_000), None)
    asks(group, 21_500)
    asks(group, 19_000, survey_year=2560)  # learned later, of an earlier survey
    assert listed_by(group) == KnownIncome(Money.baht(21_500), 2564)
    assert listed_by(listed(village("80120102"), ("นายใหม่ ใจดี", None))) is None


def test_a_later_row_puts_an_earlier_one_right_and_both_stay(group: Group) -> None:
    asks(group, 21_500)
    asks(group, 12_500)  # the same survey, asked again on the same day
    assert listed_by(group) == KnownIncome(Money.baht(12_500), 2564)
    asks(group, 30_000, years_after=1, contract_number=1, survey_year=2565)
    asks(group, 31_000, years_after=1, contract_number=1, survey_year=2566)
    standing = standing_incomes(group.pk)
    assert standing[1, 1, 1, None].amount == Money.baht(31_000)
    assert len(standing) == 2
    assert Income.objects.filter(group=group).count() == 4


def test_an_income_of_nought_is_known_and_one_below_is_refused(group: Group) -> None:
    assert asks(group, 0) == IncomeRecorded(1)
    assert kinds(asks(group, -1)) == ["IncomeBelowZero"]


def test_an_income_after_borrowing_belongs_to_a_contract_and_a_year(group: Group) -> None:
    assert kinds(asks(group, 1, years_after=2)) == ["ContractMissing"]
    assert kinds(asks(group, 1, years_after=4, contract_number=1)) == ["IncomeOfNoYear"]
    assert asks(group, 1, years_after=3, contract_number=1) == IncomeRecorded(1)


def test_before_borrowing_an_income_belongs_to_no_contract(group: Group) -> None:
    asks(group, 20_000, contract_number=5)
    assert Income.objects.get(group=group).contract_number is None


@pytest.mark.parametrize("year", [0, 64, 2021, 2527, 2600])
def test_a_year_of_no_survey_is_refused(group: Group, year: int) -> None:
    assert kinds(asks(group, 1, survey_year=year)) == ["SurveyYearUnlikely"]


def test_what_is_wrong_with_an_income_is_said_all_together(group: Group) -> None:
    by = reach_for(Role.CHAIRMAN, group)
    wrong = asks(group, -1, 9, by=by, on=by.day + timedelta(days=1), years_after=2, survey_year=12)
    assert kinds(wrong) == [
        "NotEntitled",
        "InTheFuture",
        "NotListed",
        "ContractMissing",
        "SurveyYearUnlikely",
        "IncomeBelowZero",
    ]
    assert not Income.objects.exists()


# ---- what is due ---------------------------------------------------------------------------------


def due(group: Group, *contracts: tuple[int, int, date], as_of: date) -> list[IncomeDue]:
    return incomes_due(group.pk, contracts, as_of=as_of)


def test_an_income_is_due_on_the_anniversary_and_not_the_day_before(group: Group) -> None:
    contract = (1, 4, PAID_OUT)
    assert due(group, contract, as_of=date(2023, 5, 31)) == []
    assert due(group, contract, as_of=date(2023, 6, 1)) == [IncomeDue(1, 4, 1, date(2023, 6, 1))]
    assert [each.years_after for each in due(group, contract, as_of=date(2026, 1, 1))] == [1, 2, 3]


def test_what_was_recorded_is_not_asked_again_but_only_for_its_contract(group: Group) -> None:
    asks(group, 30_000, years_after=1, contract_number=4, survey_year=2566)
    asked = due(group, (1, 4, PAID_OUT), (1, 5, PAID_OUT), as_of=date(2024, 6, 1))
    assert [(each.contract_number, each.years_after) for each in asked] == [(5, 1), (4, 2), (5, 2)]


def test_what_the_purple_book_says_counts_for_the_first_contract_only(group: Group) -> None:
    known = (Money.baht(20_000), None, Money.baht(0))
    keep_members(group, [ListedHousehold(1, "นางมาลี ใจดี", "1/1", 4, None, known)])
    later = date(2023, 6, 1)
    asked = due(group, (1, 5, later), (1, 4, PAID_OUT), as_of=date(2026, 6, 1))
    of_first = [each.years_after for each in asked if each.contract_number == 4]
    of_second = [each.years_after for each in asked if each.contract_number == 5]
    assert of_first == [2]  # an income of nought is known
    assert of_second == [1, 2, 3]


def test_what_is_due_is_asked_in_two_statements(
    group: Group,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    contracts = [(number, number, PAID_OUT) for number in (1, 2, 3)]
    with django_assert_num_queries(2):
        assert len(due(group, *contracts, as_of=date(2026, 1, 1))) == 9


# ---- the line ------------------------------------------------------------------------------------


def test_the_line_is_known_for_the_years_it_was_seen_for_and_no_other() -> None:
    lines = poverty_lines()
    assert sorted(lines) == [2560, 2561, 2562, 2563, 2564]
    assert {line.amount for line in lines.values()} == {Money.baht(38_000)}
    assert not any(line.is_checked for line in lines.values())
    assert all(line.source for line in lines.values())


def test_a_line_is_not_given_twice_nor_at_nought() -> None:
    line = '[[line]]\nfrom_year = 2560\nto_year = 2561\nbaht = 38000\nsource = "x"\n'
    with pytest.raises(ValueError, match="2560"):
        lines_in(line + line)
    with pytest.raises(ValueError, match="no line"):
        lines_in(line.replace("38000", "0"))
    assert lines_in(line + "checked = true")[2561].is_checked
