"""Who is a member of a group on a day: applied, admitted, changed, left; each dated.

A number on the list of which nothing was written down is an ordinary member since a day nobody
knows: so paper registers come in. Somebody who applied and was not admitted is no member yet. Days
count whole: who left on a day was a member on that day still. (docs/rules/members.md)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

WHOLE = 10_000  # hundredths of a per cent


class MemberFactKind(StrEnum):
    """What may happen to a membership."""

    APPLIED = "applied"
    ADMITTED = "admitted"
    DECLINED = "declined"
    CHANGED = "changed"
    LEFT = "left"


ORDINARY = "ordinary"


@dataclass(frozen=True, slots=True)
class MemberFact:
    """One thing that happened. ``number`` is its place in the order of writing."""

    number: int
    kind: str
    on: date
    member_kind: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is to the group on a day.

    ``kind`` is the kind of member they are or were; ``since`` the day they became one, empty where
    nobody wrote it down; ``waits_since`` the day of an application nobody decided on yet.
    """

    is_member: bool
    kind: str = ""
    since: date | None = None
    left_on: date | None = None
    waits_since: date | None = None


def standing_of(facts: Iterable[MemberFact], day: date) -> Standing:
    """What these facts have made of somebody by the end of a day.

    >>> standing_of([], date(2026, 1, 1))
    Standing(is_member=True, kind='ordinary', since=None, left_on=None, waits_since=None)
    """
    told = sorted((fact for fact in facts), key=lambda fact: (fact.on, fact.number))
    if not told:
        return Standing(is_member=True, kind=ORDINARY)
    first = told[0].kind
    # Who left or changed without ever having been admitted was a member from the paper.
    standing = Standing(is_member=True, kind=ORDINARY)
    if first in {MemberFactKind.APPLIED, MemberFactKind.ADMITTED, MemberFactKind.DECLINED}:
        standing = Standing(is_member=False)
    for fact in told:
        if fact.on > day or (fact.on == day and fact.kind == MemberFactKind.LEFT):
            continue
        standing = _after(standing, fact)
    return standing


def _after(before: Standing, fact: MemberFact) -> Standing:
    match fact.kind:
        case MemberFactKind.APPLIED:
            return Standing(before.is_member, before.kind, before.since, before.left_on, fact.on)
        case MemberFactKind.ADMITTED:
            return Standing(is_member=True, kind=fact.member_kind or ORDINARY, since=fact.on)
        case MemberFactKind.DECLINED:
            return Standing(before.is_member, before.kind, before.since, before.left_on)
        case MemberFactKind.CHANGED:
            kind = fact.member_kind or before.kind
            return Standing(before.is_member, kind, before.since, before.left_on)
        case MemberFactKind.LEFT:
            return Standing(is_member=False, kind=before.kind, since=before.since, left_on=fact.on)
        case _:
            raise ValueError(fact.kind)


def shares_missing(shares: Sequence[int]) -> int:
    """How much is missing to the whole, in hundredths of a per cent; below zero where it is more.

    >>> shares_missing([5_000, 2_500]), shares_missing([10_000]), shares_missing([9_000, 2_000])
    (2500, 0, -1000)
    """
    return WHOLE - sum(shares)
