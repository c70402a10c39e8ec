"""Alarms of law over many funds: the same as fund by fund, in as many statements for 1 as for 6."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kongthun.assessments.queries.rules import rules_of_groups
from kongthun.domain.alarms import Alarm
from kongthun.domain.money import Money
from kongthun.groups.models import Group
from kongthun.groups.queries.rules import rules_of
from kongthun.ledger.models import Fund
from kongthun.loans.models import DebtEvent, Instalment
from kongthun.loans.queries.alarms import alarms_of_fund
from kongthun.loans.queries.alarms_of_area import alarms_of_funds
from kongthun.loans.queries.contracts import contract_states
from reports.small_district import SmallDistrict

TODAY = timezone.localdate()
LENT = date(2020, 10, 5)


def over(funds: list[Fund], as_of: date) -> dict[int, tuple[Alarm, ...]]:
    groups = Group.objects.filter(pk__in=[fund.pk for fund in funds])
    rules = rules_of_groups(groups, as_of)
    return alarms_of_funds([fund.pk for fund in funds], rules, as_of=as_of)


def one_by_one(fund: Fund, as_of: date) -> set[Alarm]:
    rules = rules_of(group_id=fund.pk, kind=fund.chart, area_code=fund.area_code, day=as_of)
    states = contract_states(fund, as_of=as_of, with_names=False)
    events = DebtEvent.objects.filter(fund=fund, withdrawn_at=None)
    found = alarms_of_fund(fund, states, events, rules, as_of=as_of)
    return {alarm for alarms in found.by_contract.values() for alarm in alarms}


@pytest.mark.parametrize("days", [0, 400, 1_500])
def test_over_a_district_it_is_what_each_fund_says(district: SmallDistrict, days: int) -> None:
    as_of = TODAY - timedelta(days=days)
    funds = list(Fund.objects.order_by("code"))
    found = over(funds, as_of)
    told = {fund.code: set(found.get(fund.pk, ())) for fund in funds}
    assert told == {fund.code: one_by_one(fund, as_of) for fund in funds}
    assert any(told.values()), "a district without any alarm tests nothing"
    assert len(district.codes) == 4


@pytest.mark.usefixtures("district")
def test_interest_alone_that_is_still_owed_keeps_a_contract_in_sight() -> None:
    funds = list(Fund.objects.order_by("code"))
    before = over(funds, TODAY)
    Instalment.objects.update(interest=Money.baht(10))
    found = over(funds, TODAY)
    assert found != before
    told = {fund.code: set(found.get(fund.pk, ())) for fund in funds}
    assert told == {fund.code: one_by_one(fund, TODAY) for fund in funds}


@pytest.mark.usefixtures("district")
def test_one_fund_takes_as_many_statements_as_all() -> None:
    funds = list(Fund.objects.order_by("code"))

    def statements(some: list[Fund]) -> int:
        groups = list(Group.objects.filter(pk__in=[fund.pk for fund in some]))
        rules = rules_of_groups(groups, TODAY)
        with CaptureQueriesContext(connection) as asked:
            alarms_of_funds([fund.pk for fund in some], rules, as_of=TODAY)
        return len(asked)

    assert statements(funds[:1]) == statements(funds) == 8
