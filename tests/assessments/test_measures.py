"""What the books say of funds by name: as each fund's own pages say it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from five.occupation_group import OccupationGroup, founded_group
from kongthun.assessments.measures import MEASURES
from kongthun.assessments.queries.lending import lending_of
from kongthun.assessments.queries.measures import measures_of
from kongthun.assessments.queries.rules import rules_of_groups
from kongthun.domain.assessment import Measured
from kongthun.domain.money import Money
from kongthun.groups.models import Group, HouseholdEvent, HouseholdEventKind
from kongthun.groups.queries.members import members_on
from kongthun.groups.queries.rules import rules_of
from kongthun.ledger.models import Fund, PassbookLine
from kongthun.loans.models import DebtEvent, DebtEventKind, Deferral
from kongthun.loans.queries.debts import confirmations_of
from kongthun.loans.queries.roll_overs import roll_overs_of
from loans.village_at_work import Village, working_village
from reports.small_district import SmallDistrict

pytestmark = pytest.mark.django_db

TODAY = date(2024, 6, 30)  # the committees of these tests are in office


def measured(fund: Fund, name: str, day: date = TODAY) -> Measured:
    return measures_of([fund.pk], day)[fund.pk][name]


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def village() -> Village:
    return working_village()


@pytest.fixture
def rice_group() -> OccupationGroup:
    return founded_group()


def test_every_measure_that_can_be_asked_is_told_of_a_fund(village: Village) -> None:
    assert set(measures_of([village.fund.pk], TODAY)[village.fund.pk]) == set(MEASURES)


def test_a_fund_that_never_lent_owes_nothing_to_know_about_lending(village: Village) -> None:
    for name in ("overdue_share", "roll_over_share", "movement_days", "balances_confirmed_share"):
        assert measured(village.fund, name).value is None


def test_overdue_is_told_with_and_without_what_was_deferred(village: Village) -> None:
    lent_on = days_ago(400)
    late = village.lend(1, 14_000, lent_on, parts=((days_ago(100), 14_000),))
    village.lend(2, 28_000, lent_on, parts=((days_ago(50), 28_000),))
    Deferral.objects.create(
        fund=village.fund,
        number=1,
        contract_number=late.number,
        ground="น้ำท่วม",
        starts_on=days_ago(90),
        ends_on=TODAY,
        recorded_at=timezone.now(),
    )
    assert measured(village.fund, "overdue_share").value == 1_500  # 42,000 of 280,000
    assert measured(village.fund, "overdue_share_without_deferral").value == 1_000


def test_a_share_that_is_bad_is_never_rounded_to_nothing(village: Village) -> None:
    village.lend(1, 10_000, days_ago(400), parts=((days_ago(1), 1), (TODAY, 9_999)))
    assert measured(village.fund, "overdue_share").value == 1  # one baht of 280,000


def test_a_figure_is_as_old_as_the_books_it_comes_from(village: Village) -> None:
    village.lend(1, 10_000, days_ago(200))
    assert measured(village.fund, "unexplained_share").as_of == days_ago(200)
    assert measured(village.fund, "books_days") == Measured(
        200, TODAY, measured(village.fund, "books_days").words
    )


def test_what_the_bank_printed_is_held_against_the_books_of_that_day(village: Village) -> None:
    assert measured(village.fund, "bank_difference").value is None
    PassbookLine.objects.create(
        fund=village.fund,
        number=1,
        on=days_ago(300),
        amount=Money(0),
        balance=Money.baht(279_000),
        recorded_at=timezone.now(),
    )
    village.lend(1, 10_000, days_ago(200))  # later than the line: not in its balance
    assert measured(village.fund, "bank_difference").value == Money.baht(1_000).satang
    assert measured(village.fund, "bank_difference").as_of == days_ago(300)
    assert measured(village.fund, "passbook_days").value == 300


def test_only_the_latest_answer_of_the_year_confirms_a_balance(village: Village) -> None:
    first = village.lend(1, 10_000, days_ago(400))
    second = village.lend(2, 10_000, days_ago(400))
    for number, (contract, kind) in enumerate(
        [
            (first, DebtEventKind.CONFIRMED),
            (second, DebtEventKind.CONFIRMED),
            (second, DebtEventKind.DISPUTED),
        ],
        start=1,
    ):
        DebtEvent.objects.create(
            fund=village.fund,
            number=number,
            contract_number=contract.number,
            kind=kind,
            happened_on=TODAY,
            recorded_at=timezone.now(),
        )
    told = confirmations_of(village.fund, day=TODAY, with_names=False)
    assert [each.standing for each in told] == ["confirmed", "disputed"]
    assert measured(village.fund, "balances_confirmed_share").value == 5_000


def test_a_late_debt_paid_by_a_new_loan_is_told_as_what_it_continues(village: Village) -> None:
    first = village.lend(1, 20_000, days_ago(800), parts=((days_ago(400), 20_000),))
    village.take(first, 20_000, days_ago(30))
    village.lend(1, 20_000, days_ago(28))
    village.lend(2, 20_000, days_ago(28))
    par = roll_overs_of(village.fund, as_of=TODAY, with_names=False).par
    assert par.rolled_over == Money.baht(20_000)
    assert lending_of([village.fund.pk], TODAY)[village.fund.pk].continued == par.rolled_over
    assert measured(village.fund, "roll_over_share").value == 5_000


def test_a_committee_whose_years_are_over_is_not_in_term(village: Village) -> None:
    assert measured(village.fund, "committee_in_term", date(2024, 9, 30)).value == 1
    ended = measured(village.fund, "committee_in_term", date(2024, 10, 1))
    assert ended.value == 0  # four years from 1 ต.ค. 2563
    assert measured(village.fund, "committee_complete", date(2024, 9, 30)).value == 1


def test_a_group_that_wrote_no_committee_down_is_not_said_to_have_none(village: Village) -> None:
    village.fund.group.committee_terms.all().delete()
    assert measured(village.fund, "committee_in_term").value is None


def test_days_since_the_last_meeting_count_closed_meetings_only(village: Village) -> None:
    assert measured(village.fund, "meeting_days").value is None
    village.meet(days_ago(10))
    village.meet(days_ago(3))
    village.fund.group.meetings.filter(number=2).update(closed_at=None)
    assert measured(village.fund, "meeting_days").value == 10


def test_members_are_counted_as_the_register_counts_them(rice_group: OccupationGroup) -> None:
    group = rice_group.group
    for number, kind in enumerate(
        [HouseholdEventKind.MOVED_AWAY, HouseholdEventKind.CAME_BACK, HouseholdEventKind.LEFT_LIST],
        start=1,
    ):
        HouseholdEvent.objects.create(
            group=group,
            number=number,
            member_number=8 if number == 3 else 7,
            kind=kind,
            happened_on=days_ago(10 - number),
            known_on=TODAY,
            recorded_at=timezone.now(),
        )
    assert measured(rice_group.fund, "members").value == len(members_on(group, TODAY)) == 7


def test_rules_nobody_wrote_down_are_not_known_and_drafts_are_none(
    rice_group: OccupationGroup,
) -> None:
    assert measured(rice_group.fund, "rules_written").value is None
    rice_group.group.written_rules.create(number=1, title="ระเบียบ", recorded_at=timezone.now())
    assert measured(rice_group.fund, "rules_written").value == 0
    rice_group.group.written_rules.update(adopted_on=TODAY, starts_on=TODAY)
    assert measured(rice_group.fund, "rules_written").value == 1
    assert measured(rice_group.fund, "rules_known_share").value == 0


def test_a_line_of_the_plan_is_late_the_day_after_its_last(rice_group: OccupationGroup) -> None:
    assert measured(rice_group.fund, "plan_lines").value is None
    year = TODAY.year + 543
    rice_group.group.plans.create(
        number=1,
        year=year,
        kind="sale",
        words="ออกร้าน",
        starts_on=days_ago(5),
        ends_on=TODAY,
        responsible="ฝ่ายตลาด",
        recorded_at=timezone.now(),
    )
    assert measured(rice_group.fund, "plan_lines").value == 1
    assert measured(rice_group.fund, "plan_late").value == 0
    rice_group.group.plans.update(ends_on=days_ago(1))
    assert measured(rice_group.fund, "plan_late").value == 1


def test_a_group_without_books_has_no_figures_of_money(rice_group: OccupationGroup) -> None:
    bare = Group.objects.create(
        code="80160102-2", kind="occupation_group", area_code="80160102", name="กลุ่มใหม่"
    )
    told = measures_of([bare.pk, rice_group.group.pk], TODAY)
    assert "unexplained_share" not in told[bare.pk]
    assert told[bare.pk]["members"].value is None
    assert measures_of([], TODAY) == {}


@pytest.mark.usefixtures("district")
def test_the_rules_of_many_are_the_rules_of_each() -> None:
    groups = list(Group.objects.all())
    together = rules_of_groups(groups, TODAY)
    for group in groups:
        alone = rules_of(group_id=group.pk, kind=group.kind, area_code=group.area_code, day=TODAY)
        assert together[group.pk] == alone


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize("day", [timezone.localdate(), date(2020, 9, 30)])
def test_a_district_is_told_as_each_of_its_funds_alone(day: date) -> None:
    ids = list(Fund.objects.values_list("pk", flat=True))
    together = measures_of(ids, day)
    for fund in Fund.objects.all():
        assert together[fund.pk] == measures_of([fund.pk], day)[fund.pk]
        par = roll_overs_of(fund, as_of=day, with_names=False).par
        lent = lending_of(ids, day)[fund.pk]
        # What is overdue on a contract that continues one is in it here, and not there.
        assert lent.outstanding == par.outstanding
        assert (lent.continued >= par.rolled_over) and bool(par.contracts) == bool(lent.continued)
        assert together[fund.pk]["members"].value == len(members_on(fund.group, day))


def test_statements_do_not_grow_with_the_funds_asked_about(district: SmallDistrict) -> None:
    ids = list(Fund.objects.filter(code__in=district.codes).values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as one:
        measures_of(ids[:1], TODAY)
    with CaptureQueriesContext(connection) as all_of_them:
        measures_of(ids, TODAY)
    assert len(ids) == 4
    assert len(all_of_them) == len(one) <= 31


def test_rows_set_aside_are_known_of_today_only(village: Village) -> None:
    today = timezone.localdate()
    assert measured(village.fund, "rows_set_aside", today).as_of == today
    assert measured(village.fund, "rows_set_aside").as_of == today  # later than the day asked
