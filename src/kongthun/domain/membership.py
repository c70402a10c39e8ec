"""Who is a member of a group on a day: applied, admitted, changed, left; each dated.

A number on the list of which nothing was written down is an ordinary member since a day nobody
knows: so paper registers come in. Somebody who applied and was not admitted is no member yet. Days
count whole: who left on a day was a member on that day still. (docs/rules/members.md)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from .thai_text import arabic_digits, visible

WHOLE = 10_000  # hundredths of a per cent


class MemberFactKind(StrEnum):
    """What may happen to a membership."""

    APPLIED = "applied"
    ADMITTED = "admitted"
    DECLINED = "declined"
    CHANGED = "changed"
    LEFT = "left"


ORDINARY = "ordinary"
_BEGINS_OUTSIDE = frozenset(
    {MemberFactKind.APPLIED, MemberFactKind.ADMITTED, MemberFactKind.DECLINED}
)


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
    nobody wrote it down; ``waits_since`` the day of an application nobody decided on yet, and
    ``waits_as`` the kind of member it asks to be.
    """

    is_member: bool
    kind: str = ""
    since: date | None = None
    left_on: date | None = None
    waits_since: date | None = None
    waits_as: str = ""


def standing_of(facts: Iterable[MemberFact], day: date, *, is_on_paper: bool = True) -> Standing:
    """What these facts have made of somebody by the end of a day.

    ``is_on_paper`` is false for a number that was only ever given out to an application: with
    the application taken back nothing is left that makes them a member.

    >>> standing_of([], date(2026, 1, 1)).is_member
    True
    >>> standing_of([], date(2026, 1, 1), is_on_paper=False).is_member
    False
    """
    told = sorted(facts, key=lambda fact: (fact.on, fact.number))
    # Who left or changed without ever having been admitted was a member from the paper.
    if told and told[0].kind in _BEGINS_OUTSIDE:
        is_on_paper = False
    standing = Standing(is_member=is_on_paper, kind=ORDINARY if is_on_paper else "")
    for fact in told:
        if fact.on > day or (fact.on == day and fact.kind == MemberFactKind.LEFT):
            continue
        standing = _after(standing, fact)
    return standing


def _after(before: Standing, fact: MemberFact) -> Standing:
    """A fact that can not be so (who is no member leaves) changes nothing."""
    match fact.kind:
        case MemberFactKind.APPLIED:
            return replace(before, waits_since=fact.on, waits_as=fact.member_kind or ORDINARY)
        case MemberFactKind.ADMITTED if before.is_member:
            # Written down twice: the first admission made them a member.
            kind = fact.member_kind or before.kind
            return replace(before, kind=kind, waits_since=None, waits_as="")
        case MemberFactKind.ADMITTED:
            kind = fact.member_kind or before.waits_as or ORDINARY
            return Standing(is_member=True, kind=kind, since=fact.on)
        case MemberFactKind.DECLINED:
            return replace(before, waits_since=None, waits_as="")
        case MemberFactKind.CHANGED if before.is_member:
            return replace(before, kind=fact.member_kind or before.kind)
        case MemberFactKind.LEFT if before.is_member:
            return Standing(is_member=False, kind=before.kind, since=before.since, left_on=fact.on)
        case MemberFactKind.CHANGED | MemberFactKind.LEFT:
            return before
        case _:
            raise ValueError(fact.kind)


def shares_missing(shares: Sequence[int]) -> int:
    """How much is missing to the whole, in hundredths of a per cent; below zero where it is more.

    >>> shares_missing([5_000, 2_500]), shares_missing([10_000]), shares_missing([9_000, 2_000])
    (2500, 0, -1000)
    """
    return WHOLE - sum(shares)


_PER_CENT = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,2}))? ?%?")


def read_share(raw: str) -> int | None:
    """A share as typed, in hundredths of a per cent; None for what is no share above zero.

    >>> read_share("50"), read_share("๓๓.๓๓ %"), read_share("12.5"), read_share("ครึ่งหนึ่ง")
    (5000, 3333, 1250, None)
    """
    found = _PER_CENT.fullmatch(arabic_digits(visible(raw)))
    if found is None:
        return None
    share = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    return share if 0 < share <= WHOLE else None


def share_words(share: int) -> str:
    """A share as people write it.

    >>> share_words(5_000), share_words(3_334), share_words(1_250)
    ('50%', '33.34%', '12.5%')
    """
    whole, rest = divmod(share, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "%"
