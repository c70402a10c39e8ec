"""Households that merge, move away or leave the list: what they owe stays whole."""

from __future__ import annotations

from datetime import date

import pytest

from kongthun.domain.money import Money
from kongthun.groups.actions import record_household_event
from kongthun.groups.models import Group, HouseholdEventKind
from kongthun.groups.refusals import NotDone as NotKept
from kongthun.loans.actions.requests import RequestFacts, hand_in_request, save_draft
from kongthun.loans.actions.steps import StepTaken
from kongthun.loans.models import Request

from .village_at_work import Village, refused, working_village

pytestmark = pytest.mark.django_db


def happens(
    village: Village, number: int, kind: HouseholdEventKind, *, other: int | None = None
) -> None:
    done = record_household_event(
        group=Group.objects.get(pk=village.fund.pk),
        number=number,
        kind=kind,
        on=date(2026, 1, 10),
        known_on=date(2026, 1, 10),
        other_number=other,
        by=village.field_worker,
    )
    assert not isinstance(done, NotKept), done


def asks(village: Village, member: int) -> object:
    facts = RequestFacts(member, project="ปลูกผัก", asked=Money.baht(3_000))
    draft = save_draft(facts, fund=village.fund, by=village.treasurer)
    assert isinstance(draft, Request)
    return hand_in_request(
        draft.number, fund=village.fund, on=date(2026, 2, 1), by=village.treasurer
    )


def test_a_household_answers_for_the_debt_of_the_one_that_merged_into_it() -> None:
    village = working_village()
    village.lend(1, 12_000, date(2024, 3, 1))
    happens(village, 1, HouseholdEventKind.MERGED, other=2)
    assert refused(asks(village, 2)) == {"LoanStillOpen"}
    assert isinstance(asks(village, 3), StepTaken)


def test_a_household_that_moved_away_asks_for_no_new_loan() -> None:
    village = working_village()
    happens(village, 4, HouseholdEventKind.MOVED_AWAY)
    assert refused(asks(village, 4)) == {"NotOnList"}
    happens(village, 4, HouseholdEventKind.CAME_BACK)
    assert isinstance(asks(village, 4), StepTaken)
