"""Why a deed on written rules was not done. Each carries data; `written_rules_wording` says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.accounts.reach import NotEntitled

from .refusals import (
    CommitteeLimitsCross,
    InTheFuture,
    LimitUnknown,
    LimitUnreadable,
    SurplusSplitNotWhole,
)

# ---- drafts --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TitleMissing:
    """The rules have no title."""


@dataclass(frozen=True, slots=True)
class TemplateUnknown:
    """No rules are written beforehand for this kind of group."""

    kind: str


@dataclass(frozen=True, slots=True)
class VersionUnknown:
    """The group has no version of this number."""

    number: int


@dataclass(frozen=True, slots=True)
class DraftStands:
    """A draft is being written; it is adopted or given up before another begins."""

    number: int


@dataclass(frozen=True, slots=True)
class NoDraft:
    """The version was adopted: what it says is not changed any more."""

    number: int


@dataclass(frozen=True, slots=True)
class DraftDropped:
    """The draft was given up."""

    number: int


@dataclass(frozen=True, slots=True)
class ArticleUnknown:
    """The version has no such article."""

    place: int


@dataclass(frozen=True, slots=True)
class ArticleEmpty:
    """An article says something."""


@dataclass(frozen=True, slots=True)
class WordsTooLong:
    """More signs than there is room for."""

    what: str
    longest: int


@dataclass(frozen=True, slots=True)
class LimitInTwoArticles:
    """What the software enforces stands in one article only, so that it can point to it."""

    name: str
    place: int


@dataclass(frozen=True, slots=True)
class TooManyArticles:
    """More articles than a version has room for."""

    most: int


# ---- adopting ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NothingWritten:
    """Rules without articles can not be adopted."""


@dataclass(frozen=True, slots=True)
class StartsBeforeAdopted:
    """Rules can not hold on a day before the meeting that adopted them."""

    starts_on: date
    adopted_on: date


# ---- knowing them --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NotAdopted:
    """A draft is not known as rules: it may still change."""

    number: int


@dataclass(frozen=True, slots=True)
class KnownBeforeAdopted:
    """Nobody can have known the rules before they were adopted."""

    known_on: date
    adopted_on: date


@dataclass(frozen=True, slots=True)
class ReplacedByThen:
    """On that day another version held; that one is to be known."""

    number: int
    by_number: int
    since: date


@dataclass(frozen=True, slots=True)
class NobodyNamed:
    """Nobody is said to know the rules."""


@dataclass(frozen=True, slots=True)
class NotMembersThen:
    """These numbers were no members on the day."""

    numbers: tuple[int, ...]
    day: date


@dataclass(frozen=True, slots=True)
class KnowAlready:
    """That these members know this version is written down."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NoOwnNumber:
    """Only who signs in as a member of the group says so for themselves."""


@dataclass(frozen=True, slots=True)
class NotAtTheMeeting:
    """The meeting took down its members by name, and these were not among them."""

    numbers: tuple[int, ...]
    meeting_number: int


WrittenRulesRefusal = (
    NotEntitled
    | InTheFuture
    | LimitUnknown
    | LimitUnreadable
    | CommitteeLimitsCross
    | SurplusSplitNotWhole
    | TitleMissing
    | TemplateUnknown
    | VersionUnknown
    | DraftStands
    | NoDraft
    | DraftDropped
    | ArticleUnknown
    | ArticleEmpty
    | WordsTooLong
    | LimitInTwoArticles
    | TooManyArticles
    | NothingWritten
    | StartsBeforeAdopted
    | NotAdopted
    | KnownBeforeAdopted
    | ReplacedByThen
    | NobodyNamed
    | NotMembersThen
    | KnowAlready
    | NoOwnNumber
    | NotAtTheMeeting
)


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was written, for these reasons, all of them."""

    refusals: tuple[WrittenRulesRefusal, ...]
