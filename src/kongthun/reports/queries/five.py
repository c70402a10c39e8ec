"""The five ก of one group: what stands behind each, in a number of statements that never grows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kongthun.activities.models import Meeting
from kongthun.activities.queries.calendar import Happening, next_events
from kongthun.activities.queries.plans import PlanSummary, plan_summary, year_of_group
from kongthun.domain.committee import CommitteeWarning, PostVacant, TooFewInOffice
from kongthun.domain.five import (
    Judged,
    activities_stand,
    committee_stands,
    means_stand,
    members_stand,
    rules_stand,
)
from kongthun.domain.fund_position import FundPosition
from kongthun.funding.queries.promises import Promises, promises_of
from kongthun.groups.models import Group
from kongthun.groups.queries.committee import in_force_terms, standing_terms, warnings_of
from kongthun.groups.queries.members import everybody
from kongthun.groups.queries.rules import rules_of
from kongthun.groups.queries.written_rules import RulesKnownOn, rules_known
from kongthun.ledger.models import Fund, Position
from kongthun.support.models import Standard
from kongthun.support.queries.cards import card_of
from kongthun.support.queries.requests import RequestState, standards_of, support_of

EVENTS_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Members:
    """ก1."""

    by_kind: Mapping[str, int]
    waiting: int
    judged: Judged

    @property
    def count(self) -> int:
        """How many members there are."""
        return sum(self.by_kind.values())


@dataclass(frozen=True, slots=True)
class Office:
    """ก2."""

    in_office: int
    set_number: int | None
    warnings: list[CommitteeWarning]
    judged: Judged


@dataclass(frozen=True, slots=True)
class Rules:
    """ก3."""

    known: RulesKnownOn
    judged: Judged


@dataclass(frozen=True, slots=True)
class Means:
    """ก4; nothing in it while the group's books were not opened, and then no ``fund``."""

    fund: Fund | None
    sums: FundPosition
    promises: Promises
    judged: Judged


@dataclass(frozen=True, slots=True)
class Activities:
    """ก5."""

    last_meeting: Meeting | None
    plan: PlanSummary
    ahead: list[Happening]
    judged: Judged


@dataclass(frozen=True, slots=True)
class Support:
    """What agencies give; beside the five."""

    open: list[RequestState]
    all: int
    standards: list[Standard]
    has_card: bool


@dataclass(frozen=True, slots=True)
class FiveOfGroup:
    """A group under its five ก on a day, and the support around it."""

    members: Members
    office: Office
    rules: Rules
    means: Means
    activities: Activities
    support: Support


def five_of(group: Group, day: date) -> FiveOfGroup:
    """Everything that the page of a group shows of its five ก."""
    return FiveOfGroup(
        _members(group, day),
        _office(group, day),
        _rules(group, day),
        _means(group, day),
        _activities(group, day),
        _support(group),
    )


def _members(group: Group, day: date) -> Members:
    listed = everybody(group, day)
    by_kind = Counter(each.standing.kind for each in listed if each.standing.is_member)
    waiting = sum(1 for each in listed if each.standing.waits_since is not None)
    return Members(by_kind, waiting, members_stand(members=by_kind.total(), waiting=waiting))


def _office(group: Group, day: date) -> Office:
    rules = rules_of(group_id=group.pk, kind=group.kind, area_code=group.area_code, day=day)
    warnings = warnings_of(standing_terms(group.pk), rules, day)
    office = in_force_terms(group.pk, day, years=rules["committee_years"].count)
    is_complete = not any(isinstance(each, PostVacant | TooFewInOffice) for each in warnings)
    numbers = [term.set_number for term in office if term.set_number is not None]
    people = {term.person.name_key or str(term.person_id) for term in office}
    return Office(
        len(people),
        max(numbers, default=None),
        warnings,
        committee_stands(in_office=len(people), is_complete=is_complete, warnings=len(warnings)),
    )


def _rules(group: Group, day: date) -> Rules:
    known = rules_known(group, day)
    is_written = known.version is not None
    return Rules(
        known, rules_stand(is_written=is_written, members=known.members, known=known.known)
    )


def _means(group: Group, day: date) -> Means:
    position = Position.objects.select_related("fund").filter(fund=group.pk).first()
    fund = position.fund if position is not None else None
    sums = position.sums if position is not None else FundPosition()
    promises = promises_of(fund, day) if fund is not None else Promises()
    return Means(
        fund,
        sums,
        promises,
        means_stand(
            is_explained=not sums.unexplained, late=len(promises.late), soon=len(promises.soon)
        ),
    )


def _activities(group: Group, day: date) -> Activities:
    held = Meeting.objects.filter(group=group, closed_at__isnull=False, held_on__lte=day)
    last = held.order_by("-held_on", "-number").first()
    plan = plan_summary(group, year_of_group(group, day), day)
    return Activities(
        last,
        plan,
        next_events(group, day, EVENTS_AHEAD),
        activities_stand(
            days_since_meeting=(day - last.held_on).days if last else None,
            planned=plan.planned,
            late=plan.late,
        ),
    )


def _support(group: Group) -> Support:
    states = support_of(group)
    return Support(
        [state for state in states if state.waits],
        len(states),
        standards_of(group),
        card_of(group) is not None,
    )
