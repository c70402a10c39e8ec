"""The five ก at a glance: what decides each, and that one better fact never makes it worse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kongthun.domain.five import (
    Judged,
    Strength,
    Why,
    activities_stand,
    committee_stands,
    means_stand,
    members_stand,
    rules_stand,
)

OK, LOOK, HELP = Strength.IN_ORDER, Strength.LOOK, Strength.HELP
ORDER = [HELP, LOOK, OK]
COUNT = st.integers(0, 50)


@pytest.mark.parametrize(
    ("judged", "strength", "why"),
    [
        (members_stand(members=0, waiting=3), HELP, Why.NO_MEMBERS),
        (members_stand(members=8, waiting=1), LOOK, Why.APPLICATIONS_WAIT),
        (members_stand(members=8, waiting=0), OK, Why.FINE),
        (
            committee_stands(in_office=0, is_complete=False, warnings=2),
            HELP,
            Why.NOBODY_IN_OFFICE,
        ),
        (
            committee_stands(in_office=3, is_complete=False, warnings=2),
            HELP,
            Why.COMMITTEE_INCOMPLETE,
        ),
        (committee_stands(in_office=5, is_complete=True, warnings=1), LOOK, Why.COMMITTEE_WARNED),
        (committee_stands(in_office=5, is_complete=True, warnings=0), OK, Why.FINE),
        (rules_stand(is_written=False, members=8, known=0), HELP, Why.NOT_WRITTEN),
        (rules_stand(is_written=True, members=8, known=7), LOOK, Why.NOT_KNOWN),
        (rules_stand(is_written=True, members=8, known=8), OK, Why.FINE),
        (means_stand(is_explained=False, late=1, soon=1), HELP, Why.UNEXPLAINED),
        (means_stand(is_explained=True, late=1, soon=1), HELP, Why.PROMISE_LATE),
        (means_stand(is_explained=True, late=0, soon=1), LOOK, Why.PROMISE_SOON),
        (means_stand(is_explained=True, late=0, soon=0), OK, Why.FINE),
        (activities_stand(days_since_meeting=None, planned=3, late=0), HELP, Why.NEVER_MET),
        (activities_stand(days_since_meeting=366, planned=3, late=0), HELP, Why.LONG_NOT_MET),
        (activities_stand(days_since_meeting=365, planned=3, late=1), LOOK, Why.PLAN_LATE),
        (activities_stand(days_since_meeting=365, planned=0, late=0), LOOK, Why.NO_PLAN),
        (activities_stand(days_since_meeting=0, planned=3, late=0), OK, Why.FINE),
    ],
)
def test_each_is_decided_by_the_worst_fact(judged: Judged, strength: Strength, why: Why) -> None:
    assert judged == Judged(strength, why)


@given(COUNT, COUNT, COUNT)
def test_one_more_who_knows_the_rules_never_makes_them_weaker(
    members: int, known: int, more: int
) -> None:
    before = rules_stand(is_written=True, members=members, known=known)
    after = rules_stand(is_written=True, members=members, known=known + more)
    assert ORDER.index(after.strength) >= ORDER.index(before.strength)


@given(st.integers(0, 2_000), COUNT, COUNT, st.integers(0, 2_000))
def test_a_meeting_nearer_by_never_makes_activities_weaker(
    days: int, planned: int, late: int, nearer: int
) -> None:
    def judged(since: int) -> int:
        found = activities_stand(days_since_meeting=since, planned=planned, late=late)
        return ORDER.index(found.strength)

    assert judged(min(days, nearer)) >= judged(max(days, nearer))
