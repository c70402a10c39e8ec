"""ก3: a group or an area adopts its rules; a later set replaces them, none is changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import record_deed
from kongthun.domain.rule_set import (
    LIMITS,
    SURPLUS,
    BadValue,
    Limit,
    RuleFault,
    SurplusNotWhole,
    UnknownLimit,
    faults_of,
    read_value,
)
from kongthun.domain.thai_text import visible

from ..models import AdoptedRules, Group
from ..refusals import (
    CheckedWithoutClause,
    CommitteeLimitsCross,
    GroupRefusal,
    KindUnknown,
    LimitUnknown,
    LimitUnreadable,
    NameMissing,
    NotDone,
    NoteMissing,
    ResolutionMissing,
    RulesUnknown,
    RulesWithdrawn,
    SurplusSplitNotWhole,
)
from ..rule_sets import shipped_kinds
from .groups import hold_group


@dataclass(frozen=True, slots=True)
class TypedLimit:
    """A limit as a person types it: baht for sums, per cent for rates, nothing for no limit."""

    value: str
    clause: str = ""
    source: str = ""
    is_checked: bool = False


@dataclass(frozen=True, slots=True)
class RulesPlace:
    """Whose rules: one group's, or those of every group of a kind under an area."""

    kind: str
    area_code: str
    group: Group | None = None

    @classmethod
    def of(cls, group: Group) -> RulesPlace:
        """The rules of one group."""
        return cls(group.kind, group.area_code, group)

    @property
    def group_id(self) -> int | None:
        """The group's key, if it is one group's."""
        return self.group.pk if self.group else None


@dataclass(frozen=True, slots=True)
class RulesAdopted:
    """The rule set was adopted; it is named ``adopted/<pk>`` in decisions."""

    pk: int


@dataclass(frozen=True, slots=True)
class RulesTakenBack:
    """The rule set counts for nothing any more; decisions keep the copy they were judged by."""

    pk: int


@transaction.atomic
def adopt_rules(
    *,
    place: RulesPlace,
    name: str,
    starts_on: date,
    by_resolution: str,
    source: str,
    limits: Mapping[str, TypedLimit],
    by: Reach,
) -> RulesAdopted | NotDone:
    """Adopt a rule set that holds from a day on, of days gone or to come.

    It replaces the whole set before it: a limit that is left empty sets no limit. What was decided
    keeps the rules it was judged by.
    """
    if place.group is not None:
        hold_group(place.group)
    refusals: list[GroupRefusal] = list(_may_keep(by, place))
    if place.kind not in shipped_kinds():
        refusals.append(KindUnknown(place.kind))
    if not visible(name):
        refusals.append(NameMissing())
    if not visible(by_resolution):
        refusals.append(ResolutionMissing())
    read, faults = read_limits(limits)
    refusals += faults
    if refusals:
        return NotDone(tuple(refusals))
    rules = AdoptedRules.objects.create(
        kind=place.kind,
        area_code=place.area_code,
        group=place.group,
        name=visible(name),
        starts_on=starts_on,
        by_resolution=visible(by_resolution),
        source=visible(source),
        limits={
            limit.name: {
                "value": limit.value,
                "clause": limit.clause,
                "source": limit.source,
                "checked": limit.is_checked,
            }
            for limit in read.values()
        },
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    _write_down("adopt_rules", place, by, rules, {"starts_on": starts_on.isoformat()})
    return RulesAdopted(rules.pk)


@transaction.atomic
def withdraw_rules(*, place: RulesPlace, pk: int, note: str, by: Reach) -> RulesTakenBack | NotDone:
    """Take back a rule set that should not have been adopted; what held before holds again."""
    refusals: list[GroupRefusal] = list(_may_keep(by, place))
    if not visible(note):
        refusals.append(NoteMissing())
    of_place = AdoptedRules.objects.filter(
        kind=place.kind, area_code=place.area_code, group=place.group
    )
    rules = of_place.select_for_update().filter(pk=pk).first()
    if rules is None:
        refusals.append(RulesUnknown(pk))
    elif rules.withdrawn_at is not None:
        refusals.append(RulesWithdrawn(pk))
    if rules is None or refusals:
        return NotDone(tuple(refusals))
    AdoptedRules.objects.filter(pk=pk).update(withdrawn_at=timezone.now())
    _write_down("withdraw_rules", place, by, rules, {"note": visible(note)})
    return RulesTakenBack(pk)


def read_limits(
    typed: Mapping[str, TypedLimit],
) -> tuple[dict[str, Limit], list[GroupRefusal]]:
    """The limits as they were typed, in the order of `LIMITS`, and everything wrong with them.

    A limit of which nothing is said, neither value nor clause nor source, is left out.
    """
    faults: list[GroupRefusal] = [LimitUnknown(name) for name in typed if name not in LIMITS]
    read: dict[str, Limit] = {}
    for name in LIMITS:
        said = typed.get(name)
        if said is None:
            continue
        value = read_value(name, said.value)
        clause, source = visible(said.clause), visible(said.source)
        if isinstance(value, BadValue):
            faults.append(LimitUnreadable(name, said.value))
            continue
        if said.is_checked and not clause:
            faults.append(CheckedWithoutClause(name))
        if value is not None or clause or source:
            read[name] = Limit(name, value, clause, source, is_checked=said.is_checked)
    unread = {fault.name for fault in faults if isinstance(fault, LimitUnreadable)}
    for fault in faults_of(read):
        # While a part of the split can not be read, nobody knows what the parts make.
        if not (isinstance(fault, SurplusNotWhole) and unread.intersection(SURPLUS)):
            faults.append(_said(fault))
    least, most = read.get("committee_least"), read.get("committee_most")
    fewest, many = (limit.count if limit else None for limit in (least, most))
    if fewest is not None and many is not None and fewest > many:
        faults.append(CommitteeLimitsCross(fewest, many))
    return read, faults


def _said(fault: RuleFault) -> GroupRefusal:
    match fault:
        case UnknownLimit(name=name):
            return LimitUnknown(name)
        case BadValue(name=name, raw=raw):
            return LimitUnreadable(name, raw)
        case SurplusNotWhole(parts=parts):
            return SurplusSplitNotWhole(parts)


def _may_keep(by: Reach, place: RulesPlace) -> list[GroupRefusal]:
    return [*by.refusals(Deed.KEEP_RULES, area_code=place.area_code, group_id=place.group_id)]


def _write_down(
    deed: str, place: RulesPlace, by: Reach, rules: AdoptedRules, details: dict[str, object]
) -> None:
    record_deed(
        deed,
        user_id=by.user_id,
        area_code=place.area_code,
        fund_id=place.group_id,
        subject=f"rules {rules.pk}",
        details={"kind": place.kind, **details},
    )
