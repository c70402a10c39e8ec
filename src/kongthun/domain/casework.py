"""The road by which a stalled fund gets moving again: steps 4 to 8 of the field officers' lesson.

A case is a set of dated facts; where it stands follows from them and is never typed in. Nothing is
opened without the village's own consent [S], and the outcome is reckoned from the books, never
ticked. What is dated after the day asked about is not known on it, and the order in which facts
are handed in tells nothing. What was taken back is not handed in.

Nobody is named here: people are roles and numbers, a cause is said by a group of people. No side of
any politics has a place in a case [S]. (docs/rules/casework.md works an example)
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from fractions import Fraction
from typing import NamedTuple

from .money import ZERO, Money, total
from .plan import BASIS_POINTS, months_between
from .thai_text import visible

EXAMPLE = "ตัวอย่าง – ไม่ใช่เกณฑ์ทางการ"


class Stage(StrEnum):
    """How far a case has come, in the order of the road; RELAPSED leads back to a new plan."""

    PROPOSED = "proposed"  # not open: the village has not consented
    CONSENTED = "consented"
    TEAM_FORMED = "team_formed"
    CAUSES_FOUND = "causes_found"
    PLANNED = "planned"
    FOLLOWED_UP = "followed_up"
    REPORTED = "reported"
    CLOSED = "closed"
    RELAPSED = "relapsed"


class CaseKind(StrEnum):
    """What sort of trouble it is; each has deadlines of its own."""

    STALLED = "stalled"
    LEGAL = "legal"
    FRAUD = "fraud"


class Role(StrEnum):
    """Who does something, or is waited for."""

    OFFICER = "officer"
    NETWORK = "network"  # คณะกรรมการเครือข่าย
    COMMITTEE = "committee"
    HOUSEHOLDS = "households"
    LEADERS = "leaders"
    VILLAGE = "village"  # all of them, at a meeting
    SUPERIOR = "superior"
    LEGAL_OFFICER = "legal_officer"


class CauseKind(StrEnum):
    """What a cause is about. That people quarrel is said, never who is on which side."""

    RULES_NOT_KNOWN = "rules_not_known"
    COMMITTEE_STOPPED = "committee_stopped"
    QUARREL = "quarrel"
    LIVELIHOOD = "livelihood"
    DEBT_DISPUTED = "debt_disputed"
    BOOKS_LACKING = "books_lacking"
    MONEY_UNEXPLAINED = "money_unexplained"
    OTHER = "other"


class Speaker(StrEnum):
    """The groups that say a cause; a person is never named."""

    COMMITTEE = "committee"
    HOUSEHOLDS = "households"
    OFFICERS = "officers"
    LEADERS = "leaders"


# ------------------------------------------------------------------------------------- facts


class Owner(NamedTuple):
    """Who is responsible: a role and, where it is one person, the number they have in it."""

    role: Role
    number: int | None = None


@dataclass(frozen=True, slots=True)
class VillageAnswer:
    """What a meeting of the village answered. Without a quorum it is kept and does not count."""

    on: date
    meeting: int
    is_yes: bool
    had_quorum: bool


@dataclass(frozen=True, slots=True)
class TeamMember:
    """Somebody on the team, from a day to a day, both counted; ``person`` is OFFICER or NETWORK."""

    person: Owner
    joined_on: date
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class Saying:
    """A group of people said it, at a meeting."""

    group: Speaker
    meeting: int
    on: date


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause of the trouble. ``parent`` is the number of what it brings about, None at a root."""

    number: int
    words: str
    kind: CauseKind
    said: tuple[Saying, ...]
    parent: int | None = None

    @property
    def groups(self) -> frozenset[Speaker]:
        """Who said it."""
        return frozenset(each.group for each in self.said)

    @property
    def is_one_sided(self) -> bool:
        """Whether one group alone has said it, so that the others should be asked."""
        return len(self.groups) == 1


@dataclass(frozen=True, slots=True)
class Shown:
    """What shows that a step was done: a kept file by the SHA-256 of its content, and the day."""

    on: date
    evidence: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the plan; ``shown_by`` says beforehand what will show that it is done."""

    number: int
    words: str
    planned_on: date
    owner: Owner | None = None
    due_on: date | None = None
    shown_by: str = ""
    evidence: tuple[Shown, ...] = ()
    given_up_on: date | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """A follow-up, formal or not, and what was seen."""

    number: int
    on: date
    is_formal: bool
    seen: str


@dataclass(frozen=True, slots=True)
class Report:
    """A memo to the superior."""

    number: int
    on: date


@dataclass(frozen=True, slots=True)
class Advice:
    """Advice from above. ``report`` is the memo it answers; no ``answer_by``: no answer asked."""

    number: int
    on: date
    report: int | None = None
    answer_by: date | None = None
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something from which deadlines count, or that meets one; ``name`` as the limits write it."""

    name: str
    on: date


# ----------------------------------------------------------------------------------- outcome


@dataclass(frozen=True, slots=True)
class OutcomeCriteria:
    """When a fund is said to move again, as data in force from a day. All defaults are examples.

    ``months_resumed``: calendar months with a repayment, not necessarily in a row, because many
    plans have one part a year. Shares are per cent times 100. ``grace_days`` after its day a part
    still counts as kept. ``relapse_months``: whole months of silence.
    """

    holds_from: date
    months_resumed: int = 3
    agreements_kept_bp: int = 7_000
    missing_explained_bp: int = 8_000
    grace_days: int = 15
    relapse_months: int = 6
    clause: str = ""
    source: str = EXAMPLE
    is_checked: bool = False


EXAMPLE_CRITERIA = OutcomeCriteria(date(1993, 1, 1))


def criteria_on(known: Iterable[OutcomeCriteria], day: date) -> OutcomeCriteria | None:
    """The criteria in force on a day, or None where none were yet."""
    began = [each for each in known if each.holds_from <= day]
    return max(began, key=lambda each: each.holds_from, default=None)


@dataclass(frozen=True, slots=True)
class AgreedPart:
    """A part of a repayment agreement by the plan in force, and what was sent back on it.

    Raises ValueError for a part of nothing, a payment of nothing, and more paid than the part is:
    sharing a sum out among parts comes before this (``allocation``).
    """

    due_on: date
    amount: Money
    paid: tuple[tuple[date, Money], ...] = ()

    def __post_init__(self) -> None:
        sums = [amount for _, amount in self.paid]
        if self.amount <= ZERO or any(each <= ZERO for each in sums) or total(sums) > self.amount:
            raise ValueError(f"{total(sums)} paid on a part of {self.amount}")

    def paid_by(self, day: date) -> Money:
        """What was sent back on it by the end of a day."""
        return total(amount for on, amount in self.paid if on <= day)


@dataclass(frozen=True, slots=True)
class Movement:
    """What the books say since a case was opened, as of the day of the question.

    ``repaid_on``: days on which money came back. ``overdue`` by the plans in force. ``missing_*``:
    what nobody could explain; below zero when the books hold more than was entrusted.
    """

    counted_from: date
    repaid_on: tuple[date, ...] = ()
    parts: tuple[AgreedPart, ...] = ()
    overdue: Money = ZERO
    missing_at_opening: Money = ZERO
    missing_now: Money = ZERO
    has_lent_again: bool = False


class Answer(StrEnum):
    """Whether a criterion is met."""

    MET = "met"
    NOT_MET = "not_met"
    WAITS = "waits"  # agreements are made and none of their days has come
    NOT_ASKED = "not_asked"  # nothing was missing, or nothing is overdue to agree on

    @property
    def is_well(self) -> bool:
        """Whether nothing more is wanted here."""
        return self in {Answer.MET, Answer.NOT_ASKED}


@dataclass(frozen=True, slots=True)
class Moving:
    """Money moves: calendar months with a repayment, of so many wanted."""

    months: int
    wanted: int
    is_anything_overdue: bool
    has_lent_again: bool

    @property
    def answer(self) -> Answer:
        """Met by the months, or where nothing is overdue by lending again."""
        moves = self.months >= self.wanted or (self.has_lent_again and not self.is_anything_overdue)
        return Answer.MET if moves else Answer.NOT_MET


@dataclass(frozen=True, slots=True)
class KeptShare:
    """Agreed parts whose day was put to the test, and what of them was kept.

    A part unpaid whose grace still runs is neither kept nor broken and is not among them. By count
    a part is kept whole; by sum what was paid in time counts.
    """

    due: int
    kept: int
    due_sum: Money
    kept_sum: Money

    @property
    def by_count(self) -> Fraction | None:
        """Parts kept of parts due; None while none was."""
        return Fraction(self.kept, self.due) if self.due else None

    @property
    def by_sum(self) -> Fraction | None:
        """Money kept of money due; None while none was."""
        return Fraction(self.kept_sum.satang, self.due_sum.satang) if self.due else None


@dataclass(frozen=True, slots=True)
class Kept:
    """Agreements are kept: the lesser of the shares by count and by sum against the one wanted."""

    agreed: int
    share: KeptShare
    wanted_bp: int
    is_anything_overdue: bool

    @property
    def answer(self) -> Answer:
        """WAITS before the first day; NOT_ASKED where nobody had anything to agree on."""
        by_count, by_sum = self.share.by_count, self.share.by_sum
        if by_count is None or by_sum is None:
            is_needed = self.agreed == 0 and self.is_anything_overdue
            return (
                Answer.WAITS if self.agreed else Answer.NOT_MET if is_needed else Answer.NOT_ASKED
            )
        wanted = Fraction(self.wanted_bp, BASIS_POINTS)
        return Answer.MET if min(by_count, by_sum) >= wanted else Answer.NOT_MET


@dataclass(frozen=True, slots=True)
class Explained:
    """What was missing is explained: how much nearer to nought than when the case was opened."""

    at_opening: Money
    now: Money
    wanted_bp: int

    @property
    def share(self) -> Fraction | None:
        """The part explained, below nought when more is missing now; None if nothing was."""
        before, now = abs(self.at_opening.satang), abs(self.now.satang)
        return Fraction(before - now, before) if before else None

    @property
    def answer(self) -> Answer:
        """NOT_ASKED when nothing was missing and nothing is."""
        if self.share is None:
            return Answer.NOT_MET if self.now else Answer.NOT_ASKED
        wanted = Fraction(self.wanted_bp, BASIS_POINTS)
        return Answer.MET if self.share >= wanted else Answer.NOT_MET


class Level(IntEnum):
    """How far a fund has come back. It tells of one case and ranks nobody."""

    STILL = 0
    BEGUN = 1  # something has moved
    MOVES_AGAIN = 2  # all that was asked is met
    CIRCULATES = 3  # and money was lent again


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a case on a day, with every figure it follows from."""

    day: date
    counted_from: date
    criteria: OutcomeCriteria
    moving: Moving
    kept: Kept
    explained: Explained

    @property
    def level(self) -> Level:
        """Follows from the figures alone."""
        if all(each.answer.is_well for each in (self.moving, self.kept, self.explained)):
            return Level.CIRCULATES if self.moving.has_lent_again else Level.MOVES_AGAIN
        explained = self.explained.share
        has_begun = (
            self.moving.months or self.moving.has_lent_again or self.kept.share.kept_sum
        ) or (explained is not None and explained > 0)
        return Level.BEGUN if has_begun else Level.STILL

    @property
    def is_met(self) -> bool:
        """Whether all that was asked is met."""
        return self.level >= Level.MOVES_AGAIN


def outcome_of(criteria: OutcomeCriteria, movement: Movement, day: date) -> Outcome:
    """What the books say of a case on a day.

    Repayments count from ``counted_from`` to the day, both included.
    """
    months = {
        (on.year, on.month) for on in movement.repaid_on if movement.counted_from <= on <= day
    }
    is_overdue = movement.overdue > ZERO
    share = kept_share(movement.parts, day=day, grace_days=criteria.grace_days)
    return Outcome(
        day,
        movement.counted_from,
        criteria,
        Moving(len(months), criteria.months_resumed, is_overdue, movement.has_lent_again),
        Kept(len(movement.parts), share, criteria.agreements_kept_bp, is_overdue),
        Explained(movement.missing_at_opening, movement.missing_now, criteria.missing_explained_bp),
    )


def kept_share(parts: Iterable[AgreedPart], *, day: date, grace_days: int) -> KeptShare:
    """What of the agreed parts due by the day was paid by its own day and the grace after it.

    >>> part = AgreedPart(date(2026, 9, 30), Money(500), ((date(2026, 10, 2), Money(500)),))
    >>> kept_share([part], day=date(2026, 10, 2), grace_days=15).by_count
    Fraction(1, 1)
    """
    due = kept = 0
    due_sum = kept_sum = ZERO
    for part in parts:
        last = part.due_on + timedelta(days=grace_days)
        in_time = part.paid_by(min(last, day))
        is_kept = in_time == part.amount
        if part.due_on <= day and (is_kept or last < day):
            due += 1
            kept += is_kept
            due_sum += part.amount
            kept_sum += in_time
    return KeptShare(due, kept, due_sum, kept_sum)


# ------------------------------------------------------------------------ closing and relapse


@dataclass(frozen=True, slots=True)
class Closing:
    """A case was closed, on the outcome of that day."""

    on: date
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Relapse:
    """Payments stopped again for so many whole months after success, and something is overdue."""

    on: date
    silent_since: date
    months: int
    overdue: Money


def relapse_of(
    criteria: OutcomeCriteria, movement: Movement, *, closed_on: date, day: date
) -> Relapse | None:
    """The relapse that a day shows, if it does.

    Silence counts from the last repayment, or from the closing when none came after it. Where
    nothing is overdue nobody is waited for, and silence tells nothing.
    """
    after = [on for on in movement.repaid_on if closed_on < on <= day]
    since = max(after, default=closed_on)
    if day <= since or movement.overdue <= ZERO:
        return None
    months = months_between(since, day)
    if months < criteria.relapse_months:
        return None
    return Relapse(day, since, months, movement.overdue)


# ------------------------------------------------------------------------------------ a case


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Everything known of a case. ``reasons`` are the warnings it was proposed from."""

    kind: CaseKind
    reasons: tuple[str, ...] = ()
    answers: tuple[VillageAnswer, ...] = ()
    team: tuple[TeamMember, ...] = ()
    causes: tuple[Cause, ...] = ()
    steps: tuple[Step, ...] = ()
    visits: tuple[Visit, ...] = ()
    reports: tuple[Report, ...] = ()
    advice: tuple[Advice, ...] = ()
    events: tuple[Event, ...] = ()
    closings: tuple[Closing, ...] = ()
    relapses: tuple[Relapse, ...] = ()


def known_on(facts: CaseFacts, day: date) -> CaseFacts:
    """The facts as they stood at the end of a day."""
    later = {each.number for each in facts.causes if each.said and not _said_by(each, day)}
    return replace(
        facts,
        answers=tuple(each for each in facts.answers if each.on <= day),
        team=tuple(each for each in facts.team if each.joined_on <= day),
        causes=tuple(
            replace(
                each, said=_said_by(each, day), parent=None if each.parent in later else each.parent
            )
            for each in facts.causes
            if each.number not in later
        ),
        steps=tuple(
            replace(
                each,
                evidence=tuple(shown for shown in each.evidence if shown.on <= day),
                given_up_on=_if_by(each.given_up_on, day),
            )
            for each in facts.steps
            if each.planned_on <= day
        ),
        visits=tuple(each for each in facts.visits if each.on <= day),
        reports=tuple(each for each in facts.reports if each.on <= day),
        advice=tuple(
            replace(each, answered_on=_if_by(each.answered_on, day))
            for each in facts.advice
            if each.on <= day
        ),
        events=tuple(each for each in facts.events if each.on <= day),
        closings=tuple(each for each in facts.closings if each.on <= day),
        relapses=tuple(each for each in facts.relapses if each.on <= day),
    )


def _said_by(cause: Cause, day: date) -> tuple[Saying, ...]:
    return tuple(each for each in cause.said if each.on <= day)


def _if_by(on: date | None, day: date) -> date | None:
    return None if on is None or on > day else on


# ----------------------------------------------------------------------------------- missing


@dataclass(frozen=True, slots=True)
class NoReason:
    """Nothing says why the case was proposed."""


@dataclass(frozen=True, slots=True)
class NoConsent:
    """No meeting of the village has answered."""


@dataclass(frozen=True, slots=True)
class ConsentWithoutQuorum:
    """These meetings answered without a quorum, and none with one."""

    meetings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ConsentRefused:
    """The village's last answer that counts is no."""

    meeting: int
    on: date


@dataclass(frozen=True, slots=True)
class TeamLacks:
    """Nobody of these is on the team."""

    role: Role


@dataclass(frozen=True, slots=True)
class NoCause:
    """No cause was found yet."""


@dataclass(frozen=True, slots=True)
class FoundByOneSide:
    """All causes were said by one group alone: they were not found together."""

    group: Speaker


@dataclass(frozen=True, slots=True)
class CauseTwice:
    """A number stands for more than one cause."""

    number: int


@dataclass(frozen=True, slots=True)
class CauseWithoutWords:
    """A cause says nothing."""

    number: int


@dataclass(frozen=True, slots=True)
class CauseUnsaid:
    """Nobody said this cause at any meeting."""

    number: int


@dataclass(frozen=True, slots=True)
class ParentUnknown:
    """A cause lies behind one that is not there."""

    number: int
    parent: int


@dataclass(frozen=True, slots=True)
class CausesInCircle:
    """These causes bring about each other, the lowest number first and then towards the parent."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NoStep:
    """The plan has no step, or all were given up."""


@dataclass(frozen=True, slots=True)
class StepLacks:
    """A step does not say what is to be done, by whom, by when, or what will show it."""

    number: int
    words: bool
    owner: bool
    due_on: bool
    shown_by: bool


@dataclass(frozen=True, slots=True)
class NoVisit:
    """Nobody went to see after the plan was made."""


@dataclass(frozen=True, slots=True)
class VisitWithoutWords:
    """A visit that does not say what was seen does not count."""

    number: int


@dataclass(frozen=True, slots=True)
class NoReport:
    """The superior was not told since the follow-up began."""


@dataclass(frozen=True, slots=True)
class NoGuidance:
    """These reports wait for guidance, and no other has had any."""

    reports: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StepOpen:
    """A step is neither done nor given up."""

    number: int
    is_late: bool


@dataclass(frozen=True, slots=True)
class AdviceUnanswered:
    """Advice that asks for an answer has none."""

    number: int


@dataclass(frozen=True, slots=True)
class OutcomeUnknown:
    """The books were not asked what came of it."""


@dataclass(frozen=True, slots=True)
class OutcomeOfOtherDays:
    """The outcome is of another day, or counts from before the case was (re)opened."""

    day: date
    counted_from: date


@dataclass(frozen=True, slots=True)
class OutcomeNotMet:
    """The books do not show yet what was to be reached."""

    outcome: Outcome


CauseFault = CauseTwice | CauseWithoutWords | CauseUnsaid | ParentUnknown | CausesInCircle
Missing = (
    NoReason
    | NoConsent
    | ConsentWithoutQuorum
    | ConsentRefused
    | TeamLacks
    | NoCause
    | FoundByOneSide
    | CauseFault
    | NoStep
    | StepLacks
    | NoVisit
    | VisitWithoutWords
    | NoReport
    | NoGuidance
    | StepOpen
    | AdviceUnanswered
    | OutcomeUnknown
    | OutcomeOfOtherDays
    | OutcomeNotMet
)


# ------------------------------------------------------------------------------------ stages


def stage_of(facts: CaseFacts, day: date) -> Stage:
    """How far a case has come by the end of a day.

    The furthest stage before which nothing is missing. A consent taken back closes the door again;
    somebody who leaves the team can take a case a stage back. It is closed by a closing on which
    nothing was missing, and by nothing else.
    """
    return _standing(facts, day).stage


def is_open(facts: CaseFacts, day: date) -> bool:
    """Whether the village has consented and the case is not closed."""
    return stage_of(facts, day) not in {Stage.PROPOSED, Stage.CLOSED}


def opened_on(facts: CaseFacts, day: date) -> date | None:
    """The day from which an open case counts: of the consent that holds, or of the last relapse.

    None for a case that is not open.
    """
    standing = _standing(facts, day)
    if standing.stage in {Stage.PROPOSED, Stage.CLOSED}:
        return None
    return _counts_from(known_on(facts, day), standing.since)


def may_go_on(facts: CaseFacts, day: date, outcome: Outcome | None = None) -> list[Missing]:
    """Everything missing for the next stage, all together; nothing when it may be gone on.

    Only REPORTED can stand with nothing missing, because closing is a deed; then the outcome of
    the same day is asked for. A closed case has no next stage. A relapsed one goes on with a new
    plan, and what team or causes lack is said with it.
    """
    standing = _standing(facts, day)
    known = known_on(facts, day)
    if standing.stage is Stage.REPORTED:
        return _missing_to_close(known, standing.since, day, outcome)
    found: list[Missing] = []
    for stage in _NEXT[standing.stage]:
        found += _GATES[stage](known, standing.since, day)
    return found


class _Standing(NamedTuple):
    stage: Stage
    since: date | None  # the last relapse; steps, visits and reports before it are history


def _standing(facts: CaseFacts, day: date) -> _Standing:
    since: date | None = None
    is_closed = False
    turns: list[Closing | Relapse] = [*facts.closings, *facts.relapses]
    # A relapse is of a case closed before, so of one day the closing comes first.
    for turn in sorted(turns, key=lambda each: (each.on, isinstance(each, Relapse))):
        if turn.on > day:
            break
        if isinstance(turn, Relapse):
            if is_closed:
                since, is_closed = turn.on, False
        elif not is_closed:
            then = known_on(facts, turn.on)
            is_closed = _reached(then, since, turn.on) is Stage.REPORTED and not _missing_to_close(
                then, since, turn.on, turn.outcome
            )
    if is_closed:
        return _Standing(Stage.CLOSED, since)
    return _Standing(_reached(known_on(facts, day), since, day), since)


def _reached(known: CaseFacts, since: date | None, day: date) -> Stage:
    """The furthest stage of an unclosed case."""
    reached = Stage.PROPOSED
    for stage, missing in _GATES.items():
        if missing(known, since, day):
            break
        reached = stage
    is_without_plan = reached in {Stage.CONSENTED, Stage.TEAM_FORMED, Stage.CAUSES_FOUND}
    return Stage.RELAPSED if since is not None and is_without_plan else reached


def _consent_missing(known: CaseFacts, _since: date | None, _day: date) -> list[Missing]:
    found: list[Missing] = [] if any(map(visible, known.reasons)) else [NoReason()]
    last = _last_answer(known)
    if last is not None:
        return found if last.is_yes else [*found, ConsentRefused(last.meeting, last.on)]
    meetings = tuple(sorted({each.meeting for each in known.answers}))
    return [*found, ConsentWithoutQuorum(meetings) if meetings else NoConsent()]


def _last_answer(known: CaseFacts) -> VillageAnswer | None:
    """The last answer with a quorum; of one day a no outweighs a yes."""
    count = [each for each in known.answers if each.had_quorum]
    return max(count, key=_of_answer, default=None)


def _of_answer(each: VillageAnswer) -> tuple[date, bool, int]:
    return each.on, not each.is_yes, each.meeting


def _counts_from(known: CaseFacts, since: date | None) -> date | None:
    """The first yes since the last no, or the relapse if that is later."""
    consented_on: date | None = None
    for each in sorted((each for each in known.answers if each.had_quorum), key=_of_answer):
        consented_on = (consented_on or each.on) if each.is_yes else None
    return max((on for on in (consented_on, since) if on is not None), default=None)


def _team_missing(known: CaseFacts, _since: date | None, day: date) -> list[Missing]:
    """Officers and network [S]; the network does not see a legal or fraud case."""
    wanted = (Role.OFFICER, Role.NETWORK) if known.kind is CaseKind.STALLED else (Role.OFFICER,)
    held = {each.person.role for each in _team_on(known, day)}
    return [TeamLacks(role) for role in wanted if role not in held]


def _team_on(known: CaseFacts, day: date) -> list[TeamMember]:
    return [each for each in known.team if each.left_on is None or day <= each.left_on]


def _causes_missing(known: CaseFacts, _since: date | None, _day: date) -> list[Missing]:
    if not known.causes:
        return [NoCause()]
    found: list[Missing] = list(faults_of_causes(known.causes))
    groups = sorted({group for cause in known.causes for group in cause.groups})
    return [*found, FoundByOneSide(groups[0])] if len(groups) == 1 else found


def _plan_missing(known: CaseFacts, since: date | None, _day: date) -> list[Missing]:
    steps = _steps(known, since)
    if not steps:
        return [NoStep()]
    judged = [
        StepLacks(
            each.number,
            words=not visible(each.words),
            owner=each.owner is None,
            due_on=each.due_on is None,
            shown_by=not visible(each.shown_by),
        )
        for each in steps
    ]
    return [each for each in judged if each.words or each.owner or each.due_on or each.shown_by]


def _steps(known: CaseFacts, since: date | None) -> list[Step]:
    """The steps of the plan in force that were not given up, by their numbers."""
    begun = since or date.min
    steps = [each for each in known.steps if each.planned_on >= begun and each.given_up_on is None]
    return sorted(steps, key=lambda each: each.number)


def _visits(known: CaseFacts, since: date | None) -> list[Visit]:
    """The visits since the plan in force was made, by their days."""
    planned_on = min((each.planned_on for each in _steps(known, since)), default=date.max)
    visits = [each for each in known.visits if each.on >= planned_on]
    return sorted(visits, key=lambda each: (each.on, each.number))


def _visits_missing(known: CaseFacts, since: date | None, _day: date) -> list[Missing]:
    visits = _visits(known, since)
    if any(visible(each.seen) for each in visits):
        return []
    return [NoVisit(), *(VisitWithoutWords(each.number) for each in visits)]


def _reports(known: CaseFacts, since: date | None) -> list[Report]:
    """The reports since the first visit that counts, by their days."""
    seen_on = min((v.on for v in _visits(known, since) if visible(v.seen)), default=date.max)
    reports = [each for each in known.reports if each.on >= seen_on]
    return sorted(reports, key=lambda each: (each.on, each.number))


def _reports_missing(known: CaseFacts, since: date | None, _day: date) -> list[Missing]:
    reports = [each.number for each in _reports(known, since)]
    if not reports:
        return [NoReport()]
    guided = {each.report for each in known.advice}
    return [] if guided.intersection(reports) else [NoGuidance(tuple(sorted(reports)))]


def _missing_to_close(
    known: CaseFacts, since: date | None, day: date, outcome: Outcome | None
) -> list[Missing]:
    states = [(each.number, step_state(each, day)) for each in _steps(known, since)]
    found: list[Missing] = [
        StepOpen(number, state is StepState.LATE)
        for number, state in states
        if state is not StepState.DONE
    ]
    found += [AdviceUnanswered(each.number) for each in _open_advice(known)]
    if outcome is None:
        return [*found, OutcomeUnknown()]
    began = _counts_from(known, since)
    if outcome.day != day or (began is not None and outcome.counted_from < began):
        found.append(OutcomeOfOtherDays(outcome.day, outcome.counted_from))
    if not outcome.is_met:
        found.append(OutcomeNotMet(outcome))
    return found


def _open_advice(known: CaseFacts) -> list[Advice]:
    waits = [each for each in known.advice if each.answer_by and not each.answered_on]
    return sorted(waits, key=lambda each: each.number)


_Gate = Callable[[CaseFacts, date | None, date], list[Missing]]
# What has to be there for each stage, in the order of the road.
_GATES: Mapping[Stage, _Gate] = {
    Stage.CONSENTED: _consent_missing,
    Stage.TEAM_FORMED: _team_missing,
    Stage.CAUSES_FOUND: _causes_missing,
    Stage.PLANNED: _plan_missing,
    Stage.FOLLOWED_UP: _visits_missing,
    Stage.REPORTED: _reports_missing,
}
_NEXT: Mapping[Stage, tuple[Stage, ...]] = {
    Stage.PROPOSED: (Stage.CONSENTED,),
    Stage.CONSENTED: (Stage.TEAM_FORMED,),
    Stage.TEAM_FORMED: (Stage.CAUSES_FOUND,),
    Stage.CAUSES_FOUND: (Stage.PLANNED,),
    Stage.PLANNED: (Stage.FOLLOWED_UP,),
    Stage.FOLLOWED_UP: (Stage.REPORTED,),
    Stage.RELAPSED: (Stage.TEAM_FORMED, Stage.CAUSES_FOUND, Stage.PLANNED),
    Stage.CLOSED: (),
}


# ------------------------------------------------------------------------------------ causes


class TreeRow(NamedTuple):
    """A cause and how deep it lies; 0 for a root."""

    depth: int
    cause: Cause


def faults_of_causes(causes: Sequence[Cause]) -> list[CauseFault]:
    """Everything that keeps causes from being a tree of things people said, all together."""
    times = Counter(each.number for each in causes)
    found: list[CauseFault] = [CauseTwice(number) for number in sorted(times) if times[number] > 1]
    for each in sorted(causes, key=lambda each: (each.number, each.parent or 0, each.words)):
        if not visible(each.words):
            found.append(CauseWithoutWords(each.number))
        if not each.said:
            found.append(CauseUnsaid(each.number))
        if each.parent is not None and each.parent not in times:
            found.append(ParentUnknown(each.number, each.parent))
    if len(times) < len(causes):  # which of two is the parent nobody can say
        return found
    return [*found, *_circles({each.number: each.parent for each in causes})]


def _circles(parents: Mapping[int, int | None]) -> list[CausesInCircle]:
    found: list[CausesInCircle] = []
    looked_at: set[int] = set()
    for start in sorted(parents):
        way: list[int] = []
        at: int | None = start
        while at is not None and at in parents and at not in looked_at:
            looked_at.add(at)
            way.append(at)
            at = parents[at]
        if at in way:
            ring = way[way.index(at) :]
            first = ring.index(min(ring))
            found.append(CausesInCircle((*ring[first:], *ring[:first])))
    return sorted(found, key=lambda each: each.numbers)


def tree_of(causes: Sequence[Cause]) -> list[TreeRow]:
    """The causes as they are read: each under its parent, by their numbers.

    Raises ValueError for causes that have faults.
    """
    faults = faults_of_causes(causes)
    if faults:
        raise ValueError(f"no tree: {faults}")
    below: dict[int | None, list[Cause]] = {}
    for each in sorted(causes, key=lambda each: -each.number):
        below.setdefault(each.parent, []).append(each)
    rows: list[TreeRow] = []
    to_tell = [TreeRow(0, each) for each in below.get(None, [])]
    while to_tell:
        row = to_tell.pop()
        rows.append(row)
        to_tell += [TreeRow(row.depth + 1, each) for each in below.get(row.cause.number, [])]
    return rows


# ------------------------------------------------------------------------------------- steps


class StepState(StrEnum):
    """How a step of the plan stands."""

    DONE = "done"
    GIVEN_UP = "given_up"
    LATE = "late"
    TO_DO = "to_do"


def step_state(step: Step, day: date) -> StepState:
    """How a step stands at the end of a day: done only with evidence, late after its day.

    >>> step_state(Step(1, "ประชุมครัวเรือน", date(2026, 1, 5), due_on=date(2026, 2, 1)),
    ...            date(2026, 2, 1)).value
    'to_do'
    """
    if any(each.on <= day and each.evidence for each in step.evidence):
        return StepState.DONE
    if step.given_up_on is not None and step.given_up_on <= day:
        return StepState.GIVEN_UP
    return StepState.LATE if step.due_on is not None and step.due_on < day else StepState.TO_DO


# --------------------------------------------------------------------------------- deadlines


@dataclass(frozen=True, slots=True)
class DeadlineLimit:
    """A term of law or of the office, as dated data: so many days after an event.

    ``what`` is to be done; ``met_by`` is the event that shows it was. A term in months is written
    in days at its shortest, so the day shown is never too late. Unless ``is_checked`` nobody has
    held it against the text.
    """

    kind: CaseKind
    what: str
    event: str
    days: int
    met_by: str
    clause: str = ""
    source: str = EXAMPLE
    is_checked: bool = False
    holds_from: date = date(1993, 1, 1)


# Examples, for the legal officer to hold against the text. None is advice.
EXAMPLE_DEADLINES = (
    DeadlineLimit(CaseKind.FRAUD, "tell_superior", "found", 7, "superior_told"),
    # Three months at their shortest: after 31 January, to 30 April.
    DeadlineLimit(CaseKind.FRAUD, "complain", "offender_known", 89, "complained", "ป.อ. มาตรา 96"),
    DeadlineLimit(
        CaseKind.LEGAL, "claim_from_heirs", "death_known", 365, "claimed", "ป.พ.พ. มาตรา 1754"
    ),
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A limit counted from its event. The event's day is not counted; ``due_on`` is the last day.

    ``days_left`` is counted to it as long as nothing met it: nought on that day, below zero after.
    """

    limit: DeadlineLimit
    counted_from: date
    due_on: date
    days_left: int | None
    met_on: date | None = None

    @property
    def is_late(self) -> bool:
        """Whether its day has passed unmet, or it was met after it."""
        if self.met_on is not None:
            return self.met_on > self.due_on
        return self.days_left is not None and self.days_left < 0


def deadlines_of(
    kind: CaseKind, events: Iterable[Event], limits: Iterable[DeadlineLimit], day: date
) -> list[Deadline]:
    """Every deadline of a case of a kind on a day: unmet first, by their days; then those met.

    Counted from the first event of the name. Of several limits for one thing the one in force on
    the event's day holds, of two from one day the shorter. Met by the first event of ``met_by`` on
    that day or after it.
    """
    happened = sorted((each for each in events if each.on <= day), key=lambda each: each.on)
    held: dict[str, Deadline] = {}
    for limit in sorted(limits, key=_strength):
        begun = next((each.on for each in happened if each.name == limit.event), None)
        if limit.kind is not kind or begun is None or begun < limit.holds_from:
            continue
        met = next((e.on for e in happened if e.name == limit.met_by and e.on >= begun), None)
        due_on = begun + timedelta(days=limit.days)
        left = (due_on - day).days if met is None else None
        held[limit.what] = Deadline(limit, begun, due_on, left, met)
    return sorted(held.values(), key=lambda e: (e.met_on is not None, e.due_on, e.limit.what))


def _strength(limit: DeadlineLimit) -> tuple[date, int, str, str, str, str, bool]:
    """The last in this order holds."""
    rest = (limit.event, limit.met_by, limit.clause, limit.source, limit.is_checked)
    return limit.holds_from, -limit.days, *rest


# ----------------------------------------------------------------------------------- my work


class WorkKind(StrEnum):
    """What is to be done; the order breaks ties."""

    DEADLINE = "deadline"
    CONSENT = "consent"
    TEAM = "team"
    CAUSES = "causes"
    PLAN = "plan"
    STEP = "step"
    VISIT = "visit"
    ANSWER = "answer"
    REPORT = "report"
    GUIDANCE = "guidance"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be done: who looks after it, by when, and whose move it is.

    ``number`` is of the step, advice or report; ``what`` of a deadline.
    """

    kind: WorkKind
    owner: Owner
    due_on: date | None
    is_late: bool
    waits_for: Role
    number: int | None = None
    what: str = ""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often it is followed up, in days. Examples, no rule."""

    visit_days: int = 30  # from the plan, and from each visit, to the next
    report_days: int = 90  # from the first visit to the first report
    guidance_days: int = 15  # from a report to an answer


EXAMPLE_PACE = Pace()


def work_of(
    facts: CaseFacts,
    day: date,
    *,
    limits: Iterable[DeadlineLimit] = EXAMPLE_DEADLINES,
    pace: Pace = EXAMPLE_PACE,
    outcome: Outcome | None = None,
) -> list[Due]:
    """What is to be done in a case on a day, the earliest day first, what has no day last.

    A deadline runs whether or not the village has consented and the case is open; of a case that
    is not open nothing else is asked but consent. Due today is not late.
    """
    known = known_on(facts, day)
    standing = _standing(facts, day)
    found = [
        _due(WorkKind.DEADLINE, Owner(Role.LEGAL_OFFICER), each.due_on, day, what=each.limit.what)
        for each in deadlines_of(facts.kind, known.events, limits, day)
        if each.met_on is None
    ]
    if standing.stage is Stage.PROPOSED:
        found.append(_due(WorkKind.CONSENT, Owner(Role.OFFICER), None, day, Role.VILLAGE))
    elif standing.stage is not Stage.CLOSED:
        found += _work_of_open(known, standing, day, pace, outcome)
    return sorted(found, key=_by_day)


def _work_of_open(
    known: CaseFacts, standing: _Standing, day: date, pace: Pace, outcome: Outcome | None
) -> list[Due]:
    stage, since = standing
    officer = _officer(known, day)
    found: list[Due] = []
    lacks = {each.role for each in _team_missing(known, since, day) if isinstance(each, TeamLacks)}
    if lacks:
        waits_for = Role.OFFICER if Role.OFFICER in lacks else Role.NETWORK
        found.append(_due(WorkKind.TEAM, officer, None, day, waits_for))
    if stage is Stage.TEAM_FORMED:
        found.append(_due(WorkKind.CAUSES, officer, None, day, Role.VILLAGE))
    if stage in {Stage.CAUSES_FOUND, Stage.RELAPSED}:
        found.append(_due(WorkKind.PLAN, officer, None, day))
    steps = _steps(known, since)
    found += [
        _due(WorkKind.STEP, each.owner or officer, each.due_on, day, number=each.number)
        for each in steps
        if step_state(each, day) is not StepState.DONE
    ]
    found += [
        _due(WorkKind.ANSWER, officer, each.answer_by, day, number=each.number)
        for each in _open_advice(known)
    ]
    if stage in {Stage.PLANNED, Stage.FOLLOWED_UP, Stage.REPORTED}:
        planned_on = min(each.planned_on for each in steps)
        visits = [each.on for each in _visits(known, since) if visible(each.seen)]
        last = max(visits, default=planned_on)
        found.append(_due(WorkKind.VISIT, officer, last + timedelta(pace.visit_days), day))
        reports = _reports(known, since)
        if visits and not reports:
            due_on = min(visits) + timedelta(pace.report_days)
            found.append(_due(WorkKind.REPORT, officer, due_on, day))
        guided = {each.report for each in known.advice}
        found += [
            _due(
                WorkKind.GUIDANCE,
                officer,
                each.on + timedelta(pace.guidance_days),
                day,
                Role.SUPERIOR,
                number=each.number,
            )
            for each in reports
            if each.number not in guided
        ]
    if stage is Stage.REPORTED:
        is_reached = outcome is not None and outcome.is_met
        waits_for = Role.OFFICER if is_reached or outcome is None else Role.HOUSEHOLDS
        found.append(_due(WorkKind.OUTCOME, officer, None, day, waits_for))
    return found


def _officer(known: CaseFacts, day: date) -> Owner:
    """The officer who has been on the team longest, or the office while there is none."""
    team = [each for each in _team_on(known, day) if each.person.role is Role.OFFICER]
    team.sort(key=lambda each: (each.joined_on, each.person.number or 0))
    return team[0].person if team else Owner(Role.OFFICER)


def _due(
    kind: WorkKind,
    owner: Owner,
    due_on: date | None,
    day: date,
    waits_for: Role | None = None,
    *,
    number: int | None = None,
    what: str = "",
) -> Due:
    is_late = due_on is not None and due_on < day
    return Due(kind, owner, due_on, is_late, waits_for or owner.role, number, what)


_WORK_KINDS = list(WorkKind)


def _by_day(due: Due) -> tuple[bool, date, int, int, str]:
    kind = _WORK_KINDS.index(due.kind)
    return due.due_on is None, due.due_on or date.max, kind, due.number or 0, due.what


# ---------------------------------------------------------------------------------- manifest


class FileEntry(NamedTuple):
    """A file of a bundle: its name in it, the SHA-256 of its content in hex, its size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class ManifestChanged:
    """The manifest is not as it was written, so nothing in it can be gone by."""


@dataclass(frozen=True, slots=True)
class FileMissing:
    """A file of the manifest is not there."""

    name: str


@dataclass(frozen=True, slots=True)
class FileChanged:
    """A file is not the one of the manifest."""

    name: str


@dataclass(frozen=True, slots=True)
class FileAdded:
    """A file that is not in the manifest, or that came twice."""

    name: str


ManifestFault = ManifestChanged | FileMissing | FileChanged | FileAdded

_MANIFEST_1 = "# kongthun evidence manifest 1"
_SEAL = "# sha256 of all lines above: "
_FILE_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_SIZE_LINE = re.compile(r"# (0|[1-9][0-9]*) bytes")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def manifest(entries: Iterable[tuple[str, str, int]]) -> bytes:
    """The list of a bundle's files, sealed with a hash over all of it; version 1, frozen.

    UTF-8 text that ordinary tools can check: ``sha256sum -c`` the files, ``head -n -1 | sha256sum``
    the list. Each file is a line of its size, as a comment, and a line of its hash and name; files
    go by the code points of their names. The seal has no secret: note it where nobody can reach it.

    Raises ValueError for a name that is empty, absolute, leads upwards, comes twice, or holds a
    backslash, a control character or half a letter; for what is no SHA-256; for a size below zero.

    >>> print(manifest([("a.txt", "0" * 64, 5)]).decode().splitlines()[1])
    # 5 bytes
    """
    files = sorted(FileEntry(*each) for each in entries)
    names = Counter(each.name for each in files)
    bad = [each for each in files if names[each.name] > 1 or not _is_sound(each)]
    if bad:
        raise ValueError(f"can not stand in a manifest: {bad}")
    lines = [_MANIFEST_1]
    for each in files:
        lines += [f"# {each.size} bytes", f"{each.sha256}  {each.name}"]
    body = "".join(f"{line}\n" for line in lines).encode()
    return body + f"{_SEAL}{hashlib.sha256(body).hexdigest()}\n".encode()


def check_manifest(text: bytes, found: Iterable[tuple[str, str, int]]) -> list[ManifestFault]:
    """Everything in which the files found differ from the manifest, by their names."""
    listed = _read_manifest(text)
    if listed is None:
        return [ManifestChanged()]
    here: dict[str, list[FileEntry]] = {}
    for each in found:
        here.setdefault(each[0], []).append(FileEntry(*each))
    faults: list[ManifestFault] = []
    for name in sorted({*listed, *here}):
        if name not in here:
            faults.append(FileMissing(name))
        elif name not in listed or len(here[name]) > 1:
            faults.append(FileAdded(name))
        elif here[name] != [listed[name]]:
            faults.append(FileChanged(name))
    return faults


def _read_manifest(text: bytes) -> dict[str, FileEntry] | None:
    """The files of a manifest, or None when it is not exactly one that was written here."""
    try:
        lines = text.decode().split("\n")[1:-2]
        sizes = [_SIZE_LINE.fullmatch(line) for line in lines[::2]]
        files = [_FILE_LINE.fullmatch(line) for line in lines[1::2]]
        entries = [
            FileEntry(file[2], file[1], int(size[1]))
            for size, file in zip(sizes, files, strict=True)
            if size and file
        ]
        is_whole = manifest(entries) == text
    except ValueError:  # no UTF-8, lines that are no pairs, names that can not stand here
        return None
    return {each.name: each for each in entries} if is_whole else None


def _is_sound(entry: FileEntry) -> bool:
    is_readable = not any(
        sign == "\\" or unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"}
        for sign in entry.name
    )
    parts = entry.name.split("/")
    has_place = not {"", ".", ".."}.intersection(parts)
    return is_readable and has_place and bool(_SHA256.fullmatch(entry.sha256)) and entry.size >= 0
