"""The road of a case: with the village's consent, by evidence, to an outcome the books show."""

from __future__ import annotations

import doctest
import hashlib
from dataclasses import fields, replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kongthun.domain import casework as rule
from kongthun.domain.casework import (
    EXAMPLE_CRITERIA,
    EXAMPLE_DEADLINES,
    Advice,
    AdviceUnanswered,
    AgreedPart,
    Answer,
    CaseFacts,
    CaseKind,
    Cause,
    CauseKind,
    CausesInCircle,
    CauseTwice,
    CauseUnsaid,
    CauseWithoutWords,
    Closing,
    ConsentRefused,
    ConsentWithoutQuorum,
    DeadlineLimit,
    Event,
    FileAdded,
    FileChanged,
    FileMissing,
    FoundByOneSide,
    Level,
    ManifestChanged,
    Movement,
    NoCause,
    NoConsent,
    NoGuidance,
    NoReason,
    NoReport,
    NoStep,
    NoVisit,
    Outcome,
    OutcomeCriteria,
    OutcomeNotMet,
    OutcomeOfOtherDays,
    OutcomeUnknown,
    Owner,
    ParentUnknown,
    Relapse,
    Report,
    Role,
    Saying,
    Shown,
    Speaker,
    Stage,
    Step,
    StepLacks,
    StepOpen,
    StepState,
    TeamLacks,
    TeamMember,
    VillageAnswer,
    Visit,
    VisitWithoutWords,
    WorkKind,
    check_manifest,
    criteria_on,
    deadlines_of,
    faults_of_causes,
    is_open,
    kept_share,
    manifest,
    may_go_on,
    opened_on,
    outcome_of,
    relapse_of,
    stage_of,
    step_state,
    tree_of,
    work_of,
)
from kongthun.domain.money import ZERO, Money

FILE = "a" * 64
OFFICER, NETWORK = Owner(Role.OFFICER, 3), Owner(Role.NETWORK, 2)
COMMITTEE = Owner(Role.COMMITTEE, 1)
H, C, O = Speaker.HOUSEHOLDS, Speaker.COMMITTEE, Speaker.OFFICERS  # noqa: E741


def day(month: int, of_month: int, year: int = 2026) -> date:
    return date(year, month, of_month)


def said(*groups: Speaker, on: date = date(2026, 1, 25)) -> tuple[Saying, ...]:
    return tuple(Saying(group, 15, on) for group in groups)


# The case of docs/rules/casework.md, a fact for each step of the road.
STOPPED = Cause(1, "ไม่มีใครส่งคืน", CauseKind.OTHER, said(H, C))
UNKNOWN = Cause(2, "ไม่รู้ว่าค้างเท่าไร", CauseKind.BOOKS_LACKING, said(H), parent=1)
NO_MEETING = Cause(3, "คณะกรรมการไม่ได้ประชุม", CauseKind.COMMITTEE_STOPPED, said(C, O), parent=1)
CONFIRM = Step(
    1,
    "ยืนยันยอดทุกครัวเรือน",
    day(1, 25),
    COMMITTEE,
    day(2, 28),
    "ใบยืนยันยอด",
    (Shown(day(2, 20), FILE),),
)
AGREE = Step(
    2, "ทำข้อตกลงส่งคืน", day(1, 25), OFFICER, day(3, 31), "ข้อตกลงที่ลงชื่อ", (Shown(day(3, 30), FILE),)
)
CASE = CaseFacts(
    CaseKind.STALLED,
    reasons=("still", "much_overdue"),
    answers=(VillageAnswer(day(1, 10), 14, is_yes=True, had_quorum=True),),
    team=(TeamMember(OFFICER, day(1, 15)), TeamMember(NETWORK, day(1, 16))),
    causes=(STOPPED, UNKNOWN, NO_MEETING),
    steps=(CONFIRM, AGREE),
    visits=(Visit(1, day(3, 10), is_formal=False, seen="สองครัวเรือนเริ่มส่งคืน"),),
    reports=(Report(1, day(4, 15)),),
    advice=(Advice(1, day(4, 25), report=1, answer_by=day(5, 10), answered_on=day(5, 5)),),
)


def part(due_on: date, baht: int, *paid: tuple[date, int]) -> AgreedPart:
    return AgreedPart(due_on, Money.baht(baht), tuple((on, Money.baht(sum_)) for on, sum_ in paid))


MOVEMENT = Movement(
    day(1, 10),
    repaid_on=(day(4, 30), day(5, 5), day(5, 30), day(6, 20), day(6, 28)),
    parts=(
        part(day(4, 30), 2_000, (day(4, 30), 2_000)),
        part(day(4, 30), 1_000, (day(5, 5), 1_000)),
        part(day(5, 31), 3_000, (day(5, 30), 2_500), (day(6, 20), 500)),
        part(day(6, 30), 2_000, (day(6, 28), 2_000)),
        part(day(9, 30), 4_000),
    ),
    missing_at_opening=Money.baht(10_000),
    missing_now=Money.baht(1_500),
)
JULY = day(7, 1)
MET = outcome_of(EXAMPLE_CRITERIA, MOVEMENT, JULY)
CLOSED = replace(CASE, closings=(Closing(JULY, MET),))
STOPPED_AGAIN = Relapse(day(1, 1, 2027), JULY, 6, Money.baht(4_000))
AGAIN_IN_MARCH = Relapse(day(3, 1, 2027), day(9, 1), 6, Money.baht(4_000))
RELAPSED = replace(CLOSED, relapses=(STOPPED_AGAIN,))
LATER = day(1, 2, 2027)


def test_the_examples_in_the_text_hold() -> None:
    results = doctest.testmod(rule)
    assert results.attempted > 0
    assert results.failed == 0


# ------------------------------------------------------------------------------------- stages


@pytest.mark.parametrize(
    ("on", "stage", "missing"),
    [
        (day(1, 9), Stage.PROPOSED, [NoConsent()]),
        (day(1, 10), Stage.CONSENTED, [TeamLacks(Role.OFFICER), TeamLacks(Role.NETWORK)]),
        (day(1, 15), Stage.CONSENTED, [TeamLacks(Role.NETWORK)]),
        (day(1, 16), Stage.TEAM_FORMED, [NoCause()]),
        (day(1, 25), Stage.PLANNED, [NoVisit()]),
        (day(3, 10), Stage.FOLLOWED_UP, [NoReport()]),
        (day(4, 15), Stage.FOLLOWED_UP, [NoGuidance((1,))]),
        (day(4, 25), Stage.REPORTED, [AdviceUnanswered(1), OutcomeUnknown()]),
        (day(5, 5), Stage.REPORTED, [OutcomeUnknown()]),
        (JULY, Stage.CLOSED, []),
        (day(1, 1, 2027), Stage.RELAPSED, [NoStep()]),
    ],
)
def test_the_case_of_the_page(on: date, stage: Stage, missing: list[object]) -> None:
    assert stage_of(RELAPSED, on) is stage
    assert may_go_on(RELAPSED, on) == missing


def test_a_case_is_open_from_consent_to_closing_and_again_after_a_relapse() -> None:
    days = (day(1, 9), day(1, 10), day(6, 30), JULY, LATER)
    assert [is_open(RELAPSED, on) for on in days] == [False, True, True, False, True]
    assert [opened_on(RELAPSED, on) for on in days] == [
        None, day(1, 10), day(1, 10), None, day(1, 1, 2027),
    ]  # fmt: skip


def test_a_case_says_why_it_is_proposed() -> None:
    assert may_go_on(CaseFacts(CaseKind.STALLED, (" ",)), JULY) == [NoReason(), NoConsent()]
    assert may_go_on(replace(CASE, reasons=()), JULY) == [NoReason()]


def answer(on: date, meeting: int, *, yes: bool, quorum: bool = True) -> VillageAnswer:
    return VillageAnswer(on, meeting, yes, quorum)


def test_a_meeting_without_a_quorum_answers_nothing() -> None:
    facts = replace(
        CASE,
        answers=(
            answer(day(1, 9), 13, yes=True, quorum=False),
            answer(day(1, 8), 12, yes=False, quorum=False),
        ),
    )
    assert stage_of(facts, JULY) is Stage.PROPOSED
    assert may_go_on(facts, JULY) == [ConsentWithoutQuorum((12, 13))]


def test_a_village_can_take_its_consent_back_and_give_it_again() -> None:
    facts = replace(
        CASE,
        answers=(*CASE.answers, answer(day(2, 1), 16, yes=False), answer(day(3, 1), 17, yes=True)),
    )
    assert stage_of(facts, day(1, 31)) is Stage.PLANNED
    assert stage_of(facts, day(2, 1)) is Stage.PROPOSED
    assert may_go_on(facts, day(2, 1)) == [ConsentRefused(16, day(2, 1))]
    assert opened_on(facts, day(2, 1)) is None
    assert stage_of(facts, day(3, 1)) is Stage.PLANNED
    assert opened_on(facts, day(3, 1)) == day(3, 1)


def test_of_one_day_a_no_outweighs_a_yes() -> None:
    facts = replace(CASE, answers=(*CASE.answers, answer(day(1, 10), 13, yes=False)))
    assert stage_of(facts, JULY) is Stage.PROPOSED


def test_who_leaves_the_team_takes_the_case_a_step_back_from_the_day_after() -> None:
    gone = replace(CASE.team[1], left_on=day(2, 1))
    facts = replace(CASE, team=(CASE.team[0], gone))
    assert stage_of(facts, day(2, 1)) is Stage.PLANNED
    assert stage_of(facts, day(2, 2)) is Stage.CONSENTED
    assert may_go_on(facts, day(2, 2)) == [TeamLacks(Role.NETWORK)]


def test_causes_said_by_one_group_alone_were_not_found_together() -> None:
    facts = replace(CASE, causes=(UNKNOWN, replace(UNKNOWN, number=1, parent=None)))
    assert stage_of(facts, JULY) is Stage.TEAM_FORMED
    assert may_go_on(facts, JULY) == [FoundByOneSide(H)]


def test_a_step_says_what_who_when_and_what_will_show_it() -> None:
    facts = replace(CASE, steps=(CONFIRM, Step(9, " ", day(1, 26))))
    assert may_go_on(facts, JULY) == [
        StepLacks(9, words=True, owner=True, due_on=True, shown_by=True)
    ]
    facts = replace(CASE, steps=(replace(CONFIRM, due_on=None), AGREE))
    assert may_go_on(facts, JULY) == [
        StepLacks(1, words=False, owner=False, due_on=True, shown_by=False)
    ]


def test_a_plan_all_of_whose_steps_were_given_up_is_none() -> None:
    facts = replace(CASE, steps=(replace(CONFIRM, given_up_on=day(2, 1), evidence=()),))
    assert stage_of(facts, day(1, 31)) is Stage.PLANNED
    assert may_go_on(facts, day(2, 1)) == [NoStep()]


def test_a_visit_before_the_plan_or_without_words_does_not_count() -> None:
    visits = (Visit(4, day(1, 24), is_formal=True, seen="ดี"), Visit(5, day(2, 1), True, ""))
    assert may_go_on(replace(CASE, visits=visits), JULY) == [NoVisit(), VisitWithoutWords(5)]


def test_a_report_before_anybody_went_to_see_does_not_count() -> None:
    assert may_go_on(replace(CASE, reports=(Report(1, day(3, 9)),)), JULY) == [NoReport()]


def test_guidance_on_one_report_is_enough_and_on_none_is_not() -> None:
    reports = (Report(8, day(6, 1)), *CASE.reports)
    assert stage_of(replace(CASE, reports=reports), JULY) is Stage.REPORTED
    advice = (replace(CASE.advice[0], report=None),)
    missing = may_go_on(replace(CASE, reports=reports, advice=advice), JULY)
    assert missing == [NoGuidance((1, 8))]


# ------------------------------------------------------------------------- closing and relapse


def test_everything_against_closing_is_said_together() -> None:
    steps = (
        replace(CONFIRM, evidence=()),
        AGREE,
        replace(AGREE, number=3, evidence=(), due_on=day(8, 1)),
    )
    asked = Advice(7, day(6, 1), answer_by=day(8, 1))
    advice = (*CASE.advice, replace(asked, number=9), asked, Advice(8, day(6, 1)))
    facts = replace(CASE, steps=steps, advice=advice)
    early = outcome_of(EXAMPLE_CRITERIA, replace(MOVEMENT, counted_from=day(1, 9)), day(5, 1))
    assert may_go_on(facts, JULY, early) == [
        StepOpen(1, is_late=True),
        StepOpen(3, is_late=False),
        AdviceUnanswered(7),
        AdviceUnanswered(9),
        OutcomeOfOtherDays(day(5, 1), day(1, 9)),
        OutcomeNotMet(early),
    ]
    assert may_go_on(CASE, JULY, MET) == []
    turned = replace(facts, steps=steps[::-1], advice=advice[::-1])
    assert may_go_on(turned, JULY, early) == may_go_on(facts, JULY, early)


def test_a_closing_on_an_outcome_that_was_not_met_closes_nothing() -> None:
    short = outcome_of(EXAMPLE_CRITERIA, replace(MOVEMENT, missing_now=Money.baht(3_000)), JULY)
    facts = replace(CASE, closings=(Closing(JULY, short),))
    assert stage_of(facts, JULY) is Stage.REPORTED
    # A later one on an outcome that was met does.
    august = day(8, 1)
    met = outcome_of(EXAMPLE_CRITERIA, MOVEMENT, august)
    assert stage_of(replace(facts, closings=(Closing(august, met), *facts.closings)), august) is (
        Stage.CLOSED
    )


def test_a_closing_of_a_case_that_is_not_so_far_closes_nothing() -> None:
    assert stage_of(replace(CLOSED, reports=()), LATER) is Stage.FOLLOWED_UP
    assert stage_of(replace(CLOSED, advice=()), LATER) is Stage.FOLLOWED_UP
    # What came a day too late does not close it afterwards either.
    late = replace(CLOSED, steps=(CONFIRM, replace(AGREE, evidence=(Shown(day(7, 2), FILE),))))
    assert stage_of(late, LATER) is Stage.REPORTED


def test_what_comes_after_a_closing_does_not_undo_it() -> None:
    facts = replace(
        CLOSED,
        answers=(*CLOSED.answers, answer(day(8, 1), 20, yes=False)),
        advice=(*CLOSED.advice, Advice(9, day(8, 1), answer_by=day(8, 9))),
        closings=(*CLOSED.closings, Closing(day(8, 2), MET)),
    )
    assert stage_of(facts, LATER) is Stage.CLOSED
    assert may_go_on(facts, LATER) == []
    assert work_of(facts, LATER) == []


def test_a_relapse_of_a_case_that_was_not_closed_is_none() -> None:
    assert stage_of(replace(CASE, relapses=(STOPPED_AGAIN,)), LATER) is Stage.REPORTED


def test_a_relapsed_case_wants_a_new_plan_and_whatever_else_is_lacking() -> None:
    gone = replace(RELAPSED.team[0], left_on=day(8, 1))
    facts = replace(RELAPSED, team=(gone, RELAPSED.team[1]))
    assert stage_of(facts, LATER) is Stage.RELAPSED
    assert may_go_on(facts, LATER) == [TeamLacks(Role.OFFICER), NoStep()]
    assert [each.kind for each in work_of(facts, LATER)] == [WorkKind.TEAM, WorkKind.PLAN]


def test_after_a_relapse_plan_visits_and_reports_begin_anew() -> None:
    new = Step(3, "เยี่ยมทุกครัวเรือน", LATER, OFFICER, day(2, 1, 2027), "บันทึกเยี่ยม")
    facts = replace(RELAPSED, steps=(*RELAPSED.steps, new))
    assert stage_of(facts, LATER) is Stage.PLANNED
    assert may_go_on(facts, LATER) == [NoVisit()]
    assert opened_on(facts, LATER) == day(1, 1, 2027)


def test_a_case_can_be_closed_again_on_an_outcome_counted_from_the_relapse() -> None:
    done = Shown(day(1, 20, 2027), FILE)
    march = day(3, 31, 2027)
    again = replace(
        RELAPSED,
        steps=(*RELAPSED.steps, replace(AGREE, number=3, planned_on=LATER, evidence=(done,))),
        visits=(*RELAPSED.visits, Visit(2, day(2, 1, 2027), True, "ส่งคืนแล้วสามราย")),
        reports=(*RELAPSED.reports, Report(2, day(3, 1, 2027))),
        advice=(*RELAPSED.advice, Advice(2, day(3, 5, 2027), report=2)),
    )
    old = outcome_of(EXAMPLE_CRITERIA, replace(MOVEMENT, parts=MOVEMENT.parts[:4]), march)
    assert may_go_on(again, march, old) == [OutcomeOfOtherDays(march, day(1, 10))]
    paid = tuple(day(month, 5, 2027) for month in (1, 2, 3))
    movement = Movement(STOPPED_AGAIN.on, paid, (part(paid[1], 500, (paid[1], 500)),))
    new = outcome_of(EXAMPLE_CRITERIA, movement, march)
    assert may_go_on(again, march, new) == []
    closed = replace(again, closings=(Closing(march, new), *again.closings))
    assert stage_of(closed, march) is Stage.CLOSED


@pytest.mark.parametrize(
    ("repaid", "overdue", "on", "relapse"),
    [
        ((), 4_000, day(12, 31), None),
        ((), 4_000, day(1, 1, 2027), STOPPED_AGAIN),
        ((), 0, day(1, 1, 2028), None),
        ((day(9, 1),), 4_000, day(1, 1, 2027), None),
        ((day(9, 1),), 4_000, day(3, 1, 2027), AGAIN_IN_MARCH),
        ((day(6, 1),), 4_000, JULY, None),
        ((), 4_000, day(6, 1), None),
    ],
)
def test_a_relapse_is_silence_for_months_while_something_is_overdue(
    repaid: tuple[date, ...], overdue: int, on: date, relapse: Relapse | None
) -> None:
    movement = Movement(day(1, 10), repaid_on=repaid, overdue=Money.baht(overdue))
    assert relapse_of(EXAMPLE_CRITERIA, movement, closed_on=JULY, day=on) == relapse


# ------------------------------------------------------------------------------------ outcome


def test_the_outcome_of_the_page() -> None:
    assert (MET.moving.months, MET.kept.share.due, MET.kept.share.kept) == (3, 4, 3)
    assert MET.kept.share.by_count == Fraction(3, 4)
    assert MET.kept.share.by_sum == Fraction(15, 16)
    assert MET.explained.share == Fraction(17, 20)
    assert (MET.level, MET.is_met) == (Level.MOVES_AGAIN, True)
    lent = outcome_of(EXAMPLE_CRITERIA, replace(MOVEMENT, has_lent_again=True), JULY)
    assert lent.level is Level.CIRCULATES


@pytest.mark.parametrize(
    ("kept", "broken", "answer"),
    [
        ([500], [500], Answer.NOT_MET),
        ([900], [100], Answer.NOT_MET),  # nine tenths of the money, half of the parts
        ([100, 100, 100], [900], Answer.NOT_MET),  # the other way round
        ([300, 300, 300], [300], Answer.MET),
    ],
)
def test_agreements_are_kept_by_count_and_by_sum(
    kept: list[int], broken: list[int], answer: Answer
) -> None:
    due = day(5, 1)
    parts = [part(due, baht, (due, baht)) for baht in kept] + [part(due, baht) for baht in broken]
    assert kept_answer(Movement(day(1, 10), parts=tuple(parts))) is answer


def test_a_part_whose_grace_runs_is_neither_kept_nor_broken() -> None:
    late = (MOVEMENT.parts[2],)
    assert kept_share(late, day=day(6, 15), grace_days=15).due == 0
    broken = kept_share(late, day=day(6, 16), grace_days=15)
    assert (broken.by_count, broken.by_sum) == (0, Fraction(5, 6))


def test_a_part_paid_before_its_day_waits_for_it() -> None:
    early = (part(day(5, 1), 10, (day(4, 1), 10)),)
    assert kept_share(early, day=day(4, 30), grace_days=15).by_count is None
    assert kept_share(early, day=day(4, 30), grace_days=15).by_sum is None
    assert kept_share(early, day=day(5, 1), grace_days=15).by_count == 1


def kept_answer(movement: Movement) -> Answer:
    return outcome_of(EXAMPLE_CRITERIA, movement, JULY).kept.answer


def test_agreements_wait_for_their_first_day_and_are_not_asked_where_nothing_is_late() -> None:
    start = day(1, 10)
    assert kept_answer(Movement(start)) is Answer.NOT_ASKED
    assert kept_answer(Movement(start, overdue=Money(1))) is Answer.NOT_MET
    assert kept_answer(Movement(start, parts=(part(day(8, 1), 1),))) is Answer.WAITS
    assert kept_answer(Movement(start, parts=(part(day(2, 1), 1),))) is Answer.NOT_MET
    assert not Answer.WAITS.is_well
    assert Answer.NOT_ASKED.is_well


@pytest.mark.parametrize(
    ("before", "now", "share", "is_answered"),
    [
        (0, 0, None, Answer.NOT_ASKED),
        (0, 5, None, Answer.NOT_MET),
        (100, 20, Fraction(4, 5), Answer.MET),
        (100, 21, Fraction(79, 100), Answer.NOT_MET),
        (100, 150, Fraction(-1, 2), Answer.NOT_MET),
        (-100, -10, Fraction(9, 10), Answer.MET),
        (100, -10, Fraction(9, 10), Answer.MET),
    ],
)
def test_what_was_missing_is_explained_when_it_comes_near_nought(
    before: int, now: int, share: Fraction | None, is_answered: Answer
) -> None:
    movement = Movement(JULY, missing_at_opening=Money(before), missing_now=Money(now))
    explained = outcome_of(EXAMPLE_CRITERIA, movement, JULY).explained
    assert (explained.share, explained.answer) == (share, is_answered)


@pytest.mark.parametrize(
    ("movement", "level"),
    [
        (Movement(day(1, 10)), Level.STILL),
        (Movement(day(1, 10), overdue=Money(1)), Level.STILL),
        (Movement(day(1, 10), repaid_on=(day(1, 9), day(7, 2))), Level.STILL),
        (Movement(day(1, 10), repaid_on=(day(1, 10),)), Level.BEGUN),
        (Movement(day(1, 10), missing_at_opening=Money(9), missing_now=Money(8)), Level.BEGUN),
        (Movement(day(1, 10), missing_at_opening=Money(8), missing_now=Money(9)), Level.STILL),
        (Movement(day(1, 10), overdue=Money(1), has_lent_again=True), Level.BEGUN),
        # All of a still fund lay in the bank, and now it is lent again.
        (Movement(day(1, 10), has_lent_again=True), Level.CIRCULATES),
    ],
)
def test_levels(movement: Movement, level: Level) -> None:
    assert outcome_of(EXAMPLE_CRITERIA, movement, JULY).level is level


def test_criteria_are_dated_and_say_that_they_are_examples() -> None:
    later = OutcomeCriteria(day(1, 1), months_resumed=6)
    assert criteria_on([later, EXAMPLE_CRITERIA], JULY) is later
    assert criteria_on([later, EXAMPLE_CRITERIA], date(2025, 12, 31)) is EXAMPLE_CRITERIA
    assert criteria_on([later], date(2025, 12, 31)) is None
    assert (EXAMPLE_CRITERIA.source, EXAMPLE_CRITERIA.is_checked) == (rule.EXAMPLE, False)


@pytest.mark.parametrize(("amount", "paid"), [(0, ()), (5, (0,)), (5, (3, 3)), (5, (-1,))])
def test_a_part_that_can_not_be_is_refused(amount: int, paid: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="paid on a part"):
        AgreedPart(JULY, Money(amount), tuple((JULY, Money(each)) for each in paid))


DAYS = st.dates(day(1, 1), day(12, 31))


@st.composite
def agreed_parts(draw: st.DrawFn) -> AgreedPart:
    sums = draw(st.lists(st.integers(1, 50), max_size=3))
    more = draw(st.integers(0 if sums else 1, 50))
    paid = tuple((draw(DAYS), Money(each)) for each in sums)
    return AgreedPart(draw(DAYS), Money(sum(sums) + more), paid)


movements = st.builds(
    Movement,
    st.just(day(1, 1)),
    st.lists(DAYS, max_size=4).map(tuple),
    st.lists(agreed_parts(), min_size=1, max_size=4).map(tuple),
    st.integers(0, 60).map(Money),
    st.integers(-50, 50).map(Money),
    st.integers(-50, 50).map(Money),
    st.booleans(),
)
# A part of nothing kept and a long one broken: shares near the bounds come often.
criteria = st.builds(
    OutcomeCriteria,
    st.just(day(1, 1)),
    st.integers(0, 3),
    st.sampled_from([0, 3_333, 5_000, 10_000]),
    st.sampled_from([0, 5_000, 10_000]),
    st.integers(0, 40),
)


@given(criteria, movements, DAYS, st.data())
def test_a_kept_payment_never_worsens_an_outcome(
    by: OutcomeCriteria, movement: Movement, on: date, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(movement.parts) - 1))
    old = movement.parts[at]
    lacking = old.amount.satang - sum(amount.satang for _, amount in old.paid)
    assume(lacking > 0)
    amount = Money(data.draw(st.integers(1, lacking)))
    late = timedelta(data.draw(st.integers(-60, by.grace_days)))
    paid_on = old.due_on + late
    parts = list(movement.parts)
    parts[at] = replace(old, paid=(*old.paid, (paid_on, amount)))
    overdue = Money(max(0, movement.overdue.satang - data.draw(st.integers(0, amount.satang))))
    more = replace(
        movement, parts=tuple(parts), repaid_on=(*movement.repaid_on, paid_on), overdue=overdue
    )
    before, after = outcome_of(by, movement, on), outcome_of(by, more, on)
    assert after.level >= before.level
    for name in ("moving", "kept", "explained"):
        better = [getattr(each, name).answer for each in (before, after)]
        assert _RANK[better[1]] >= _RANK[better[0]]
    shares = [each.kept.share for each in (before, after)]
    if shares[0].due == shares[1].due:
        assert shares[1].kept >= shares[0].kept
        assert shares[1].kept_sum >= shares[0].kept_sum
    if relapse_of(by, movement, closed_on=day(1, 1), day=on) is None:
        assert relapse_of(by, more, closed_on=day(1, 1), day=on) is None


_RANK = {Answer.NOT_MET: 0, Answer.WAITS: 1, Answer.NOT_ASKED: 2, Answer.MET: 2}


@given(movements, DAYS, st.integers(0, 40))
def test_shares_are_shares(movement: Movement, on: date, grace: int) -> None:
    share = kept_share(movement.parts, day=on, grace_days=grace)
    by_count, by_sum = share.by_count, share.by_sum
    if by_count is None or by_sum is None:
        assert share.due_sum == share.kept_sum == ZERO
    else:
        assert 0 <= by_count <= 1
        assert 0 <= by_sum <= 1
        assert (by_count == 1) == (by_sum == 1)


# -------------------------------------------------------------------------------------- steps


def test_a_step_is_late_from_the_day_after_and_done_from_the_day_of_its_evidence() -> None:
    step = replace(CONFIRM, evidence=(Shown(day(3, 5), FILE),))
    on = [day(2, 28), day(3, 1), day(3, 4), day(3, 5)]
    assert [step_state(step, each).value for each in on] == ["to_do", "late", "late", "done"]
    given_up = replace(CONFIRM, evidence=(), given_up_on=day(3, 2))
    assert [step_state(given_up, each).value for each in on] == [
        "to_do", "late", "given_up", "given_up",
    ]  # fmt: skip
    assert step_state(Step(1, "ไม่มีวัน", day(1, 1)), JULY) is StepState.TO_DO


steps = st.builds(
    Step,
    st.integers(1, 4),
    st.sampled_from(["", "ทำ"]),
    DAYS,
    st.none() | st.just(OFFICER),
    st.none() | DAYS,
    st.sampled_from(["", "ภาพ"]),
    st.lists(st.builds(Shown, DAYS, st.sampled_from(["", FILE])), max_size=2).map(tuple),
    st.none() | DAYS,
)


@given(steps, DAYS)
def test_a_step_without_evidence_is_never_done(step: Step, on: date) -> None:
    is_shown = any(each.on <= on and each.evidence == FILE for each in step.evidence)
    assert (step_state(step, on) is StepState.DONE) == is_shown
    assert step_state(replace(step, evidence=()), on) is not StepState.DONE


# ------------------------------------------------------------------------------------- causes


def test_the_tree_of_the_page() -> None:
    rows = tree_of([NO_MEETING, UNKNOWN, STOPPED])
    assert [(row.depth, row.cause.number) for row in rows] == [(0, 1), (1, 2), (1, 3)]
    assert [row.cause.is_one_sided for row in rows] == [False, True, False]


def test_everything_wrong_with_causes_is_said_together() -> None:
    causes = [
        replace(STOPPED, words=" ", said=()),
        replace(UNKNOWN, parent=3),
        replace(NO_MEETING, parent=2),
        replace(STOPPED, number=4, parent=4),
        replace(STOPPED, number=5, parent=9),
        replace(STOPPED, number=6, parent=3),
    ]
    assert faults_of_causes(causes) == [
        CauseWithoutWords(1),
        CauseUnsaid(1),
        ParentUnknown(5, 9),
        CausesInCircle((2, 3)),
        CausesInCircle((4,)),
    ]
    assert faults_of_causes([STOPPED, STOPPED]) == [CauseTwice(1)]
    with pytest.raises(ValueError, match="no tree"):
        tree_of(causes)
    assert may_go_on(replace(CASE, causes=tuple(causes)), JULY) == faults_of_causes(causes)


def test_a_cause_is_known_when_somebody_has_said_it() -> None:
    early = replace(UNKNOWN, said=said(H, C, on=day(1, 20)))
    facts = replace(CASE, causes=(STOPPED, early), steps=())
    # The one it lies behind was said only later.
    assert may_go_on(facts, day(1, 20)) == [NoStep()]
    known = rule.known_on(facts, day(1, 20))
    assert [(each.number, each.parent) for each in known.causes] == [(2, None)]


def test_what_was_shown_or_answered_later_is_not_among_the_facts_of_a_day() -> None:
    given_up = replace(CASE, steps=(replace(AGREE, given_up_on=day(5, 5)),))
    before, after = (rule.known_on(given_up, on) for on in (day(3, 29), day(5, 5)))
    assert (before.steps[0].evidence, before.steps[0].given_up_on) == ((), None)
    assert (after.steps, after.advice) == (given_up.steps, CASE.advice)
    assert rule.known_on(CASE, day(5, 4)).advice[0].answered_on is None
    both = replace(UNKNOWN, said=(*said(H), *said(C, on=day(2, 1))))
    assert rule.known_on(replace(CASE, causes=(both,)), day(1, 31)).causes[0].is_one_sided


@given(
    st.dictionaries(st.integers(1, 7), st.none() | st.integers(1, 7)),
    st.randoms(use_true_random=False),
)
def test_causes_are_a_tree_or_name_their_circles(
    parents: dict[int, int | None], chance: Random
) -> None:
    causes = [replace(STOPPED, number=number, parent=up) for number, up in parents.items()]
    chance.shuffle(causes)
    faults = faults_of_causes(causes)
    in_circles = {n for fault in faults if isinstance(fault, CausesInCircle) for n in fault.numbers}
    assert in_circles == {number for number in parents if _comes_back(parents, number)}
    if faults:
        return
    rows = tree_of(causes)
    assert sorted(row.cause.number for row in rows) == sorted(parents)
    seen: set[int | None] = {None}
    for row in rows:
        assert row.cause.parent in seen
        seen.add(row.cause.number)


def _comes_back(parents: dict[int, int | None], number: int) -> bool:
    at = parents[number]
    for _ in parents:
        if at == number:
            return True
        at = parents.get(at) if at is not None else None
    return False


# --------------------------------------------------------------------------------------- laws


answers = st.builds(VillageAnswer, DAYS, st.integers(1, 5), st.booleans(), st.booleans())
wild = st.builds(
    CaseFacts,
    st.sampled_from(CaseKind),
    st.sampled_from([(), ("still",)]),
    st.lists(answers, max_size=3).map(tuple),
    st.lists(
        st.builds(TeamMember, st.sampled_from([OFFICER, NETWORK]), DAYS, st.none() | DAYS),
        max_size=3,
    ).map(tuple),
    st.lists(
        st.builds(
            Cause,
            st.integers(1, 3),
            st.just("เหตุ"),
            st.sampled_from(CauseKind),
            st.lists(st.builds(Saying, st.sampled_from([H, C]), st.just(1), DAYS), max_size=3).map(
                tuple
            ),
            st.none() | st.integers(1, 3),
        ),
        max_size=3,
        unique_by=lambda each: each.number,
    ).map(tuple),
    st.lists(steps, max_size=2, unique_by=lambda each: each.number).map(tuple),
)
# Random facts seldom get far: some begin with the case of the page and lose or gain a few.
near = st.builds(
    lambda base, part, name: replace(base, **{name: getattr(part, name)}),
    st.sampled_from([CASE, CLOSED, RELAPSED]),
    wild,
    st.sampled_from(["kind", "team", "causes", "steps", "reasons", "answers"]),
)
cases = st.one_of(near, near, wild, st.sampled_from([CASE, CLOSED, RELAPSED]))
# A case is a large thing to draw.
SOME = settings(max_examples=60)
TURNS = [day(1, 16), day(1, 25), day(3, 10), day(4, 15), day(4, 25), day(5, 5), JULY, LATER]
ANY_DAYS = st.sampled_from(TURNS) | DAYS


@SOME
@given(cases, ANY_DAYS)
def test_no_case_is_open_without_consent(facts: CaseFacts, on: date) -> None:
    count = sorted(
        (each for each in facts.answers if each.had_quorum and each.on <= on),
        key=lambda each: (each.on, not each.is_yes),
    )
    if not count or not count[-1].is_yes:
        assert not is_open(facts, on)
        assert opened_on(facts, on) is None
        kinds = {each.kind for each in work_of(facts, on)}
        assert kinds <= {WorkKind.CONSENT, WorkKind.DEADLINE}
    assert is_open(replace(facts, answers=()), on) is False


ROAD = list(Stage)[: list(Stage).index(Stage.CLOSED)]


@SOME
@given(cases, ANY_DAYS)
def test_no_stage_is_gone_on_to_with_something_missing(facts: CaseFacts, on: date) -> None:
    stage = stage_of(facts, on)
    if stage in {Stage.PROPOSED, Stage.RELAPSED}:
        assert may_go_on(facts, on) != []
        return
    # Whatever the stages up to here want is there, asked in words of our own.
    known = rule.known_on(facts, on)
    if stage is Stage.CLOSED:
        assert any(each.outcome.is_met for each in known.closings)
        return
    place = ROAD.index(stage)
    assert any(each.is_yes and each.had_quorum for each in known.answers)
    if place >= ROAD.index(Stage.TEAM_FORMED):
        roles = {e.person.role for e in known.team if e.left_on is None or e.left_on >= on}
        assert roles == {Role.OFFICER, Role.NETWORK}
    if place >= ROAD.index(Stage.CAUSES_FOUND):
        assert faults_of_causes(known.causes) == []
        assert len({each.group for cause in known.causes for each in cause.said}) >= 2
    if place >= ROAD.index(Stage.PLANNED):
        alive = [each for each in known.steps if each.given_up_on is None]
        assert any(each.owner and each.due_on and each.shown_by for each in alive)
    if place >= ROAD.index(Stage.FOLLOWED_UP):
        assert known.visits
    if place >= ROAD.index(Stage.REPORTED):
        assert {each.number for each in known.reports} & {each.report for each in known.advice}
    else:
        assert may_go_on(facts, on) != []


@SOME
@given(cases, ANY_DAYS, st.randoms(use_true_random=False))
def test_the_order_of_facts_does_not_matter(facts: CaseFacts, on: date, chance: Random) -> None:
    mixed = {}
    for each in fields(facts):
        value = getattr(facts, each.name)
        if isinstance(value, tuple):
            rows = list(value)
            chance.shuffle(rows)
            mixed[each.name] = tuple(rows)
    other = replace(facts, **mixed)
    assert stage_of(other, on) is stage_of(facts, on)
    assert may_go_on(other, on, MET) == may_go_on(facts, on, MET)
    assert work_of(other, on) == work_of(facts, on)


@SOME
@given(cases, ANY_DAYS)
def test_what_happens_later_is_not_known_yet(facts: CaseFacts, on: date) -> None:
    known = rule.known_on(facts, on)
    assert stage_of(known, on) is stage_of(facts, on)
    assert may_go_on(known, on) == may_go_on(facts, on)
    assert rule.known_on(known, on) == known


@SOME
@given(cases, ANY_DAYS)
def test_work_is_in_the_order_of_days_and_late_after_them(facts: CaseFacts, on: date) -> None:
    dues = [each.due_on or date.max for each in work_of(facts, on)]
    assert dues == sorted(dues)
    for each in work_of(facts, on):
        assert each.is_late == (each.due_on is not None and each.due_on < on)


# ---------------------------------------------------------------------------------- deadlines


def found(*events: tuple[str, date]) -> list[Event]:
    return [Event(name, on) for name, on in events]


def test_the_deadline_of_the_page() -> None:
    events = found(
        ("found", day(2, 1)), ("offender_known", day(2, 1)), ("superior_told", day(2, 9))
    )
    on = day(4, 30)
    complain, tell = deadlines_of(CaseKind.FRAUD, events, EXAMPLE_DEADLINES, on)
    assert (complain.limit.what, complain.due_on, complain.days_left) == ("complain", day(5, 1), 1)
    assert not complain.is_late
    assert (tell.due_on, tell.met_on, tell.days_left, tell.is_late) == (
        day(2, 8), day(2, 9), None, True,
    )  # fmt: skip
    assert not deadlines_of(CaseKind.STALLED, events, EXAMPLE_DEADLINES, on)
    assert deadlines_of(CaseKind.FRAUD, events, EXAMPLE_DEADLINES, day(5, 2))[0].is_late
    assert not any(limit.is_checked for limit in EXAMPLE_DEADLINES)


def test_a_deadline_counts_from_the_first_event_and_is_met_only_afterwards() -> None:
    events = found(
        ("superior_told", day(1, 1)),
        ("found", day(3, 1)),
        ("found", day(2, 1)),
        ("found", day(9, 1)),
    )
    (tell,) = deadlines_of(CaseKind.FRAUD, events, EXAMPLE_DEADLINES, day(3, 1))
    assert (tell.counted_from, tell.met_on, tell.days_left) == (day(2, 1), None, -21)
    met = [*events, Event("superior_told", day(2, 8))]
    assert not deadlines_of(CaseKind.FRAUD, met, EXAMPLE_DEADLINES, day(3, 1))[0].is_late
    assert deadlines_of(CaseKind.FRAUD, events, EXAMPLE_DEADLINES, day(1, 31)) == []


def test_the_limit_in_force_on_the_day_of_the_event_holds_and_of_two_the_shorter() -> None:
    limits = [
        DeadlineLimit(CaseKind.FRAUD, "tell", "found", 30, "told", holds_from=day(1, 1)),
        DeadlineLimit(CaseKind.FRAUD, "tell", "found", 7, "told", holds_from=day(6, 1)),
        DeadlineLimit(CaseKind.FRAUD, "tell", "found", 9, "told", holds_from=day(6, 1)),
    ]
    for begun, days in ((day(5, 31), 30), (day(6, 1), 7)):
        for order in (limits, limits[::-1]):
            (one,) = deadlines_of(CaseKind.FRAUD, found(("found", begun)), order, JULY)
            assert one.due_on == begun + timedelta(days)
    assert deadlines_of(CaseKind.FRAUD, found(("found", day(1, 1, 2025))), limits, JULY) == []


# ------------------------------------------------------------------------------------ my work


def told(facts: CaseFacts, on: date, outcome: Outcome | None = None) -> list[tuple[Any, ...]]:
    return [
        (each.kind.value, each.owner.role.value, each.due_on, each.is_late, each.waits_for.value)
        for each in work_of(facts, on, outcome=outcome)
    ]


def test_the_work_of_the_page() -> None:
    assert told(CASE, day(1, 9)) == [("consent", "officer", None, False, "village")]
    assert told(CASE, day(1, 10)) == [("team", "officer", None, False, "officer")]
    assert told(CASE, day(1, 15)) == [("team", "officer", None, False, "network")]
    assert told(CASE, day(1, 16)) == [("causes", "officer", None, False, "village")]
    assert told(replace(CASE, steps=()), day(1, 25)) == [
        ("plan", "officer", None, False, "officer")
    ]
    assert told(CASE, day(3, 1)) == [
        ("visit", "officer", day(2, 24), True, "officer"),
        ("step", "officer", day(3, 31), False, "officer"),
    ]
    empty = replace(CASE, visits=(Visit(1, day(3, 10), is_formal=True, seen=""),))
    assert told(empty, day(4, 1)) == [("visit", "officer", day(2, 24), True, "officer")]
    assert told(CASE, day(4, 1)) == [
        ("visit", "officer", day(4, 9), False, "officer"),
        ("report", "officer", day(6, 8), False, "officer"),
    ]
    assert not any(is_late for *_, is_late, _ in told(CASE, day(4, 9)))
    assert told(CASE, day(4, 16)) == [
        ("visit", "officer", day(4, 9), True, "officer"),
        ("guidance", "officer", day(4, 30), False, "superior"),
    ]
    assert told(CASE, day(4, 25)) == [
        ("visit", "officer", day(4, 9), True, "officer"),
        ("answer", "officer", day(5, 10), False, "officer"),
        ("outcome", "officer", None, False, "officer"),
    ]
    assert told(CASE, JULY, MET)[-1] == ("outcome", "officer", None, False, "officer")
    not_yet = outcome_of(EXAMPLE_CRITERIA, Movement(day(1, 10)), JULY)
    assert told(CASE, JULY, not_yet)[-1] == ("outcome", "officer", None, False, "households")


def test_deadlines_wait_for_no_consent_and_no_closing() -> None:
    events = tuple(found(("found", day(2, 1)), ("offender_known", JULY), ("complained", JULY)))
    facts = CaseFacts(CaseKind.FRAUD, events=events)
    (tell, consent) = work_of(facts, JULY)
    assert (tell.what, tell.owner.role, tell.is_late) == (
        "tell_superior", Role.LEGAL_OFFICER, True,
    )  # fmt: skip
    assert consent.kind is WorkKind.CONSENT
    closed = replace(CLOSED, kind=CaseKind.FRAUD, events=events)
    assert work_of(closed, LATER) == [tell]


def test_work_is_of_the_officer_who_is_there_longest_and_of_who_a_step_names() -> None:
    second = TeamMember(Owner(Role.OFFICER, 1), day(1, 20))
    facts = replace(CASE, team=(second, *CASE.team), steps=(replace(CONFIRM, evidence=()),))
    owners = {each.kind: each.owner for each in work_of(facts, day(2, 1))}
    assert owners == {WorkKind.STEP: COMMITTEE, WorkKind.VISIT: OFFICER}
    gone = replace(CASE.team[0], left_on=day(1, 31))
    facts = replace(facts, team=(second, gone, CASE.team[1]))
    assert work_of(facts, day(2, 1))[0].owner == second.person


# ----------------------------------------------------------------------------------- manifest

PHOTO = ("เยี่ยม/ภาพ 1.jpg", hashlib.sha256(b"photo").hexdigest(), 5)
PAPER = ("ข้อตกลง.pdf", hashlib.sha256(b"paper").hexdigest(), 5)


def test_a_manifest_is_frozen() -> None:
    body = (
        "# kongthun evidence manifest 1\n"
        f"# 5 bytes\n{PAPER[1]}  ข้อตกลง.pdf\n"
        f"# 5 bytes\n{PHOTO[1]}  เยี่ยม/ภาพ 1.jpg\n"
    )
    seal = hashlib.sha256(body.encode()).hexdigest()
    assert manifest([PHOTO, PAPER]).decode() == f"{body}# sha256 of all lines above: {seal}\n"


def test_a_manifest_of_nothing_is_one_too() -> None:
    assert check_manifest(manifest([]), []) == []
    assert check_manifest(manifest([]), [PHOTO]) == [FileAdded(PHOTO[0])]


def test_everything_that_differs_is_named() -> None:
    text = manifest([PHOTO, PAPER, ("c", FILE, 0)])
    there = [("a", FILE, 1), (PAPER[0], PAPER[1], 6), ("c", FILE, 0), ("c", FILE, 0)]
    assert check_manifest(text, there) == [
        FileAdded("a"), FileAdded("c"), FileChanged(PAPER[0]), FileMissing(PHOTO[0]),
    ]  # fmt: skip


def test_a_manifest_written_by_another_hand_is_not_gone_by() -> None:
    def sealed(body: str) -> bytes:
        seal = hashlib.sha256(body.encode()).hexdigest()
        return f"{body}# sha256 of all lines above: {seal}\n".encode()

    head, size, line = "# kongthun evidence manifest 1\n", "# 5 bytes\n", f"{FILE}  a\n"
    assert check_manifest(sealed(head + size + line), [("a", FILE, 5)]) == []
    for body in (head + line, head + size, head + "# 05 bytes\n" + line, size + line + head, head + size + line * 2, head + size + f"{FILE}  ../a\n"):  # fmt: skip # noqa: E501
        assert check_manifest(sealed(body), [("a", FILE, 5)]) == [ManifestChanged()]
    assert check_manifest(b"\xff", []) == check_manifest(b"", []) == [ManifestChanged()]


@pytest.mark.parametrize(
    "bad",
    [
        [("", FILE, 0)],
        [("/a", FILE, 0)],
        [("a/../b", FILE, 0)],
        [("a\\b", FILE, 0)],
        [("a\nb", FILE, 0)],
        [("a\ud800", FILE, 0)],
        [("a\u2028b", FILE, 0)],
        [("a", FILE.upper(), 0)],
        [("a", FILE, -1)],
        [("a", FILE, 0), ("a", FILE, 0)],
    ],
)
def test_what_can_not_stand_in_a_manifest_is_refused(bad: list[tuple[str, str, int]]) -> None:
    with pytest.raises(ValueError, match="can not stand"):
        manifest(bad)


entries = st.lists(
    st.tuples(
        st.text("กขa-é 1#", min_size=1, max_size=4),
        st.binary(max_size=3).map(lambda content: hashlib.sha256(content).hexdigest()),
        st.integers(0, 10**12),
    ),
    max_size=4,
    unique_by=lambda each: each[0],
)


@given(entries, st.randoms(use_true_random=False))
def test_the_same_files_in_any_order_make_the_same_manifest(
    files: list[tuple[str, str, int]], chance: Random
) -> None:
    mixed = list(files)
    chance.shuffle(mixed)
    assert manifest(mixed) == manifest(files)
    assert check_manifest(manifest(files), mixed) == []


@given(entries, st.integers(0), st.integers(1, 255))
def test_any_changed_byte_of_a_manifest_is_noticed(
    files: list[tuple[str, str, int]], at: int, flip: int
) -> None:
    text = bytearray(manifest(files))
    text[at % len(text)] ^= flip
    assert check_manifest(bytes(text), files) != []


@given(entries.filter(bool), st.binary(max_size=4), st.integers(0))
def test_any_changed_file_is_noticed(
    files: list[tuple[str, str, int]], content: bytes, size: int
) -> None:
    (name, sha256, length), *rest = files
    other = hashlib.sha256(content).hexdigest()
    assume((other, size) != (sha256, length))
    assert check_manifest(manifest(files), [(name, other, size), *rest]) == [FileChanged(name)]
    assert check_manifest(manifest(files), rest) == [FileMissing(name)]


@pytest.mark.parametrize("kind", [CaseKind.LEGAL, CaseKind.FRAUD])
def test_the_team_of_a_sealed_case_is_officers_who_see_it(kind: CaseKind) -> None:
    consented = CaseFacts(
        kind, reasons=("missing",), answers=(VillageAnswer(day(1, 10), 1, True, True),)
    )
    assert may_go_on(consented, day(1, 20)) == [TeamLacks(Role.OFFICER)]
    officer = TeamMember(Owner(Role.OFFICER, 1), day(1, 15))
    assert stage_of(replace(consented, team=(officer,)), day(1, 20)) is Stage.TEAM_FORMED
