"""From the registers to questions: planted differences are found, neutral districts are silent."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fairness.alike import (
    AS_OF,
    DISTRICT,
    SINCE,
    Cast,
    Village,
    village,
)
from kongthun.audit.models import AuditLine
from kongthun.cases.models import Case, Visit
from kongthun.domain.casework import CaseKind
from kongthun.domain.fairness import Circle, CircleKind, Deed, Question, Reason
from kongthun.domain.journal import Deed as BookDeed
from kongthun.domain.journal import Draft, Line
from kongthun.domain.money import Money
from kongthun.fairness.actions.explanations import (
    Explained,
    explain_gap,
    explain_pattern,
    withdraw_explanation,
)
from kongthun.fairness.models import Explanation
from kongthun.fairness.queries.facts import Who
from kongthun.fairness.queries.looks import Look, look_at
from kongthun.fairness.refusals import NotDone
from kongthun.groups.models import (
    CommitteeTerm,
    HouseholdEvent,
    HouseholdEventKind,
    Membership,
)
from kongthun.ledger.actions import Posted, post_entry
from kongthun.loans.models import Contract, DebtEvent, DebtEventKind, Deferral

pytestmark = pytest.mark.django_db

DAY = date(2026, 1, 15)


def look(people: Cast, who: str = "district", area: str = DISTRICT) -> Look:
    return look_at(area, people.reach(who), since=SINCE, as_of=AS_OF)


def gaps(found: Look) -> list[tuple[str, str, str]]:
    """Of whom, what, and how it differs."""
    return [
        (found.who(gap).reference, gap.deed.value, gap.way.value) for gap in found.fairness.gaps
    ]


def patterns(found: Look) -> list[tuple[str, int, str]]:
    return [
        (each.circle.kind.value, each.circle.number, each.question.value)
        for each in found.fairness.looked.patterns
    ]


def refused(done: object) -> set[str]:
    assert isinstance(done, NotDone), done
    return {type(refusal).__name__ for refusal in done.refusals}


# ---- what the registers say of a debtor --------------------------------------------------------


def test_a_debtor_is_what_was_owed_and_how_late_on_the_first_day(people: Cast) -> None:
    at = village(1, households=2)
    back = Draft(
        BookDeed.REPAYMENT_RECEIVED,
        SINCE - timedelta(days=30),
        (Line("cash", Money.baht(3_000)), Line("loan:1", Money.baht(-3_000))),
        "back",
    )
    later = Draft(
        BookDeed.REPAYMENT_RECEIVED,
        SINCE + timedelta(days=30),
        (Line("cash", Money.baht(8_000)), Line("loan:2", Money.baht(-8_000))),
        "later",
    )
    for each in (back, later):
        assert isinstance(post_entry(each, fund=at.fund, recorded_by=None), Posted)
    one, two = look(people).facts.debtors
    assert (one.owed.text, two.owed.text) == ("5,000", "8,000")
    assert one.days_late == two.days_late == (SINCE - date(2024, 8, 31)).days
    assert (one.parts_due, one.parts_kept) == (1, 0)
    assert (one.hamlet, one.on_committee, two.on_committee) == (80160101, True, False)
    assert one.field_worker == people.users["worker_1"].pk


def test_an_agreement_made_before_is_a_promise_and_since_is_a_treatment(people: Cast) -> None:
    at = village(1, households=3)
    at.agree(1, date(2025, 1, 1), 6)
    at.agree(2, DAY, 12)
    facts = look(people).facts
    before, _, _ = facts.debtors
    assert (before.agreements, before.agreements_kept) == (1, 0)
    assert [(each.deed, each.length) for each in facts.treatments] == [(Deed.AGREED, 12)]


def test_every_treatment_of_the_period_is_found_and_none_that_was_taken_back(people: Cast) -> None:
    at = village(1, households=6)
    at.visit([1], DAY)
    at.visit([2], SINCE)  # the first day itself is before the period
    at.visit([3], DAY)
    Visit.objects.filter(number=3).update(withdrawn_at=timezone.now())
    at.defer(4, DAY, 90)
    at.defer(5, DAY, 90)
    Deferral.objects.filter(number=2).update(withdrawn_at=timezone.now())
    at.note(5, DebtEventKind.CLAIM_FILED, DAY)
    at.note(6, DebtEventKind.IN_BREACH, DAY)
    at.note(6, DebtEventKind.CONFIRMED, DAY)
    facts = look(people).facts
    done = {(facts.who[each.number].reference, each.deed, each.length) for each in facts.treatments}
    assert done == {
        ("h1", Deed.VISITED, None),
        ("h4", Deed.DEFERRED, 90),
        ("h5", Deed.TAKEN_TO_LAW, None),
        ("h6", Deed.WARNED, None),
    }


def test_who_died_or_moved_away_is_held_against_nobody(people: Cast) -> None:
    at = village(1)
    person = Membership.objects.get(group_id=at.fund.pk, number=2).person
    for number, member, kind, of in (
        (1, 2, HouseholdEventKind.DEATH, person),
        (2, 3, HouseholdEventKind.MOVED_AWAY, None),
        (3, 4, HouseholdEventKind.MOVED_AWAY, None),
        (4, 4, HouseholdEventKind.CAME_BACK, None),
    ):
        HouseholdEvent.objects.create(
            group_id=at.fund.pk,
            number=number,
            member_number=member,
            kind=kind,
            person=of,
            happened_on=DAY,
            known_on=DAY,
            recorded_at=timezone.now(),
        )
    found = look(people)
    assert found.left_out == {Reason.DECEASED: 1, Reason.MOVED: 1}


# ---- planted differences, and none ------------------------------------------------------------


def test_one_household_not_visited_while_all_alike_were_is_a_question(people: Cast) -> None:
    at = village(1)
    at.visit(range(1, 12), DAY)
    assert gaps(look(people)) == [("h12", "visited", "lacking")]


def test_a_much_longer_delay_for_one_is_a_question(people: Cast) -> None:
    at = village(1)
    for member in range(1, 12):
        at.defer(member, DAY, 90)
    at.defer(12, DAY, 365)
    assert gaps(look(people)) == [("h12", "deferred", "longer")]


def test_a_village_visited_far_less_than_those_alike_is_found(people: Cast) -> None:
    near, far = village(1, households=15), village(2, households=15)
    near.visit(range(1, 15), DAY)
    far.visit(range(1, 3), DAY)
    assert ("hamlet", 80160102, "visited") in patterns(look(people))


def test_the_households_of_one_field_worker_visited_far_less_are_found(people: Cast) -> None:
    for moo in (1, 2):
        village(moo, households=10).visit(range(1, 10), DAY)
        village(moo, households=10, tambon="801602").visit(range(1, 2), DAY)
    found = patterns(look(people))
    assert "field_worker" in {kind for kind, _, _ in found}


def test_the_committees_own_debts_deferred_are_found(people: Cast) -> None:
    for moo in range(1, 9):
        village(moo, households=6).defer(1, DAY, 180)
    assert ("committee", 1, "deferred") in patterns(look(people))


def test_a_district_that_treats_those_alike_alike_is_silent(people: Cast) -> None:
    """Visits by one lot for all: no circle is treated otherwise by more than chance explains."""
    random = Random(2569)  # noqa: S311 (a lot, no secret)
    villages = [village(moo, households=12) for moo in range(1, 7)]
    for at in villages:
        at.visit([n for n in range(1, 13) if random.random() < 0.5], DAY)
    found = look(people)
    assert patterns(found) == []
    assert gaps(found) == []  # in no place were nearly all visited


# ---- explaining ----------------------------------------------------------------------------------


@pytest.fixture
def unlike(people: Cast) -> Village:  # noqa: ARG001
    at = village(1)
    at.visit(range(1, 12), DAY)
    return at


def today_look(people: Cast, who: str = "district") -> Look:
    """A look of which today is the last day, so that notes of today speak of it."""
    return look_at(DISTRICT, people.reach(who), since=SINCE, as_of=timezone.localdate())


def test_an_explained_gap_is_kept_as_explained_and_may_be_asked_again(
    people: Cast, unlike: Village
) -> None:
    found = today_look(people)
    [gap] = found.fairness.gaps
    by = people.reach("worker_1")
    done = explain_gap(gap, look=found, words="ทางขาดตอนน้ำท่วม", by=by)
    assert isinstance(done, Explained)
    again = today_look(people)
    [kept] = again.fairness.gaps
    assert again.fairness.unexplained == ()
    assert again.notes[done.number].words == "ทางขาดตอนน้ำท่วม"
    assert refused(explain_gap(kept, look=again, words="อื่น", by=by)) == {"ExplainedBefore"}
    line = AuditLine.objects.get(deed="explain_difference")
    assert line.fund_id == unlike.fund.pk
    assert "ทางขาด" not in f"{line.subject}{line.details}"
    assert refused(withdraw_explanation(done.number, note=" ", by=by)) == {"WordsNeeded"}
    assert isinstance(withdraw_explanation(done.number, note="ผิดคน", by=by), Explained)
    assert refused(withdraw_explanation(done.number, note="ก", by=by)) == {"NoSuchExplanation"}
    assert len(today_look(people).fairness.unexplained) == 1


@pytest.mark.usefixtures("unlike")
def test_a_note_of_last_year_explains_nothing_of_this_one(people: Cast) -> None:
    found = today_look(people)
    done = explain_gap(
        found.fairness.gaps[0], look=found, words="ทางขาด", by=people.reach("district")
    )
    assert isinstance(done, Explained)
    Explanation.objects.update(told_on=SINCE)
    assert len(today_look(people).fairness.unexplained) == 1


def test_a_pattern_is_explained_for_its_own_area_and_no_other(people: Cast) -> None:
    village(1, households=15).visit(range(1, 15), DAY)
    village(2, households=15).visit(range(1, 3), DAY)
    found = today_look(people)
    pattern = found.pattern("hamlet", 80160102, "visited")
    assert pattern is not None
    assert pattern.key.circle == Circle(CircleKind.HAMLET, 80160102)
    assert pattern.key.question is Question.VISITED
    refusal = explain_pattern(pattern, look=found, words="ก", by=people.reach("worker_1"))
    assert refused(refusal) == {"NotEntitled"}  # a field worker does not hold the district
    done = explain_pattern(pattern, look=found, words="ทางขาด", by=people.reach("district"))
    assert isinstance(done, Explained)
    assert today_look(people).fairness.looked.patterns[0].explained_by is not None
    tambon = look_at("801601", people.reach("worker_1"), since=SINCE, as_of=timezone.localdate())
    assert tambon.fairness.looked.patterns[0].explained_by is None


@pytest.mark.usefixtures("unlike")
@pytest.mark.parametrize("who", ["province", "auditor", "network", "department", "stranger"])
def test_only_field_workers_and_the_district_explain(people: Cast, who: str) -> None:
    found = today_look(people)
    gap = found.fairness.gaps[0]
    assert refused(explain_gap(gap, look=found, words="", by=people.reach(who))) == {
        "NotEntitled",
        "WordsNeeded",
    }
    assert not Explanation.objects.exists()


# ---- however many -------------------------------------------------------------------------------


def test_a_look_takes_as_many_statements_for_thirty_funds_as_for_three(people: Cast) -> None:
    for moo in range(1, 4):
        village(moo, households=2).visit([1], DAY)
    with CaptureQueriesContext(connection) as few:
        look(people)
    for moo in range(4, 31):
        village(moo, households=2).visit([1], DAY)
    with CaptureQueriesContext(connection) as many:
        found = look(people)
    assert len(found.facts.funds) == 30
    assert len(many) == len(few)


def test_a_reader_looks_only_at_funds_in_reach(people: Cast) -> None:
    village(1, households=2)
    village(1, households=2, tambon="801602")
    assert len(look(people).facts.funds) == 2
    assert [f.code for f in look(people, "worker_1").facts.funds.values()] == ["80160101"]
    assert look(people, "stranger").facts.debtors == ()
    assert look(people, "network").facts.debtors == ()


def test_somebody_whom_no_household_of_the_list_fits_is_known_by_the_contract(
    people: Cast,
) -> None:
    at = village(1, households=3)
    Contract.objects.filter(fund=at.fund, number=2).update(member_number=None)
    who = set(look(people).facts.who.values())
    assert who == {Who(at.fund.pk, reference) for reference in ("h1", "c2", "h3")}


# ---- the edges of the period --------------------------------------------------------------------


def everything_done(at: Village, on: date) -> None:
    """One of each treatment on one day, each with a household of its own."""
    at.visit([1], on)
    at.defer(2, on, 90)
    at.agree(3, on, 6)
    at.note(4, DebtEventKind.CLAIM_FILED, on)
    at.note(5, DebtEventKind.IN_BREACH, on)


@pytest.mark.parametrize("on", [SINCE + timedelta(days=1), AS_OF])
def test_what_was_done_on_the_first_and_the_last_day_of_the_period_counts(
    people: Cast, on: date
) -> None:
    everything_done(village(1, households=5), on)
    facts = look(people).facts
    assert {(facts.who[each.number].reference, each.deed) for each in facts.treatments} == {
        ("h1", Deed.VISITED),
        ("h2", Deed.DEFERRED),
        ("h3", Deed.AGREED),
        ("h4", Deed.TAKEN_TO_LAW),
        ("h5", Deed.WARNED),
    }


@pytest.mark.parametrize("on", [SINCE, AS_OF + timedelta(days=1)])
def test_what_was_done_before_or_after_the_period_is_no_treatment_of_it(
    people: Cast, on: date
) -> None:
    everything_done(village(1, households=5), on)
    assert look(people).facts.treatments == ()


def test_a_letter_of_law_that_was_taken_back_was_never_sent(people: Cast) -> None:
    at = village(1, households=2)
    at.note(1, DebtEventKind.CLAIM_FILED, DAY)
    at.note(2, DebtEventKind.IN_BREACH, DAY)
    DebtEvent.objects.update(withdrawn_at=timezone.now())
    assert look(people).facts.treatments == ()


def test_who_left_the_committee_before_the_first_day_does_not_sit_on_it(people: Cast) -> None:
    at = village(1, households=2)
    terms = CommitteeTerm.objects.filter(group_id=at.fund.pk)
    for ends_on, sits in ((SINCE, True), (SINCE - timedelta(days=1), False)):
        terms.update(ends_on=ends_on)
        assert look(people).facts.debtors[0].on_committee is sits
    terms.update(ends_on=None, starts_on=SINCE + timedelta(days=1))
    assert look(people).facts.debtors[0].on_committee is False


def test_a_visit_of_a_sealed_case_is_not_told_to_who_may_not_see_it(people: Cast) -> None:
    at = village(1, households=3)
    at.visit([1], DAY)
    assert [each.deed for each in look(people).facts.treatments] == [Deed.VISITED]
    Case.objects.update(kind=CaseKind.FRAUD.value)
    assert look(people).facts.treatments == ()
