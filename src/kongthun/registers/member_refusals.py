"""Why a member register was not brought in. Each carries data; `member_wording` says it."""

from __future__ import annotations

from dataclasses import dataclass

from kongthun.accounts.reach import NotEntitled

from .reading import Unreadable


@dataclass(frozen=True, slots=True)
class NoMemberTable:
    """No sheet has the headers of a member register."""

    sheets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TooManyMembers:
    """More rows than a group of a village can have."""

    rows: int
    most: int


@dataclass(frozen=True, slots=True)
class ListOfHouseholds:
    """A กข.คจ. fund lists target households; they come in with the purple book."""


MemberRefusal = NotEntitled | ListOfHouseholds | Unreadable | NoMemberTable | TooManyMembers


@dataclass(frozen=True, slots=True)
class NotImported:
    """Nothing was written, for these reasons."""

    refusals: tuple[MemberRefusal, ...]
