"""Why a deed on lists, committees or rules was not done. Each carries data; `wording` says it.

They come all together in a `NotDone`, and nothing was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.accounts.reach import NotEntitled
from kongthun.domain.ordered_list import OrderFault


@dataclass(frozen=True, slots=True)
class InTheFuture:
    """A day that has not come yet."""

    day: date


@dataclass(frozen=True, slots=True)
class EndsBeforeItStarts:
    """The last day lies before the first."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class NameMissing:
    """Nobody is named."""


@dataclass(frozen=True, slots=True)
class NoteMissing:
    """What is put right or taken back needs a word about how that is known."""


@dataclass(frozen=True, slots=True)
class ResolutionMissing:
    """Nothing says which meeting or order adopted it."""


# ---- the list and its households -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NotListed:
    """No household stands under this number."""

    number: int


@dataclass(frozen=True, slots=True)
class AlreadyListed:
    """A household of this head and house number stands on the list."""

    number: int


@dataclass(frozen=True, slots=True)
class NotOnTheList:
    """The household had left the list, or was merged into another, by that day."""

    number: int
    merged_into: int | None


@dataclass(frozen=True, slots=True)
class NotLivingThere:
    """The person is none of this household's."""

    number: int


@dataclass(frozen=True, slots=True)
class LivesThereAlready:
    """Somebody of this name lives in the household."""

    number: int


@dataclass(frozen=True, slots=True)
class AlreadyEnded:
    """This stay has its last day already."""

    ends_on: date


@dataclass(frozen=True, slots=True)
class KnownBeforeItHappened:
    """The committee can not have known before it happened."""

    happened_on: date
    known_on: date


@dataclass(frozen=True, slots=True)
class PersonMissing:
    """This event is about a person, and none is named."""

    kind: str


@dataclass(frozen=True, slots=True)
class HeadMovesOut:
    """The head can not split off and leave a household without one."""


@dataclass(frozen=True, slots=True)
class AlreadyDead:
    """The death of this person is recorded."""

    event_number: int


@dataclass(frozen=True, slots=True)
class OtherHouseholdMissing:
    """A merger needs the household that the people join."""


@dataclass(frozen=True, slots=True)
class MergedIntoItself:
    """A household can not join itself, nor one that has joined it."""

    number: int


@dataclass(frozen=True, slots=True)
class AlreadyAway:
    """The household has moved away and not come back."""

    since: date


@dataclass(frozen=True, slots=True)
class NotAway:
    """Only who moved away can come back."""


@dataclass(frozen=True, slots=True)
class EventUnknown:
    """No event has this number."""

    number: int


@dataclass(frozen=True, slots=True)
class EventWithdrawn:
    """The event was taken back before."""

    number: int


@dataclass(frozen=True, slots=True)
class SplitStands:
    """A household that was split off may have borrowed; it is merged back instead."""

    number: int
    new_number: int


# ---- incomes and the order -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class IncomeOfNoYear:
    """Income is asked for before borrowing (0) and 1, 2 and 3 years after."""

    years_after: int


@dataclass(frozen=True, slots=True)
class ContractMissing:
    """An income after borrowing belongs to a contract."""

    years_after: int


@dataclass(frozen=True, slots=True)
class SurveyYearUnlikely:
    """Not a พ.ศ. year in which the จปฐ. survey was held, or one that has not come."""

    year: int


@dataclass(frozen=True, slots=True)
class IncomeBelowZero:
    """The survey knows no income below zero."""


@dataclass(frozen=True, slots=True)
class OrderNotClear:
    """What `kongthun.domain.ordered_list` says of the order."""

    fault: OrderFault


@dataclass(frozen=True, slots=True)
class ListEmpty:
    """There is no household to put in order."""


@dataclass(frozen=True, slots=True)
class LaterListStands:
    """A list of a later day is there; a list is drawn up after the one before it."""

    drawn_on: date


# ---- the committee -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TermUnknown:
    """No term has this number."""

    number: int


@dataclass(frozen=True, slots=True)
class TermWithdrawn:
    """A correction stands in its place."""

    number: int
    corrected_by: int


@dataclass(frozen=True, slots=True)
class TermTwice:
    """The same person holds the same position on the same set already."""

    number: int


@dataclass(frozen=True, slots=True)
class NothingCorrected:
    """The correction says what the term says."""

    number: int


# ---- rules ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KindUnknown:
    """No rules come with this kind of group."""

    kind: str


@dataclass(frozen=True, slots=True)
class LimitUnknown:
    """No limit has this name."""

    name: str


@dataclass(frozen=True, slots=True)
class LimitUnreadable:
    """What was typed is no value of this limit."""

    name: str
    raw: str


@dataclass(frozen=True, slots=True)
class CommitteeLimitsCross:
    """The least number of a committee is above the most."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class SurplusSplitNotWhole:
    """The parts of a year's surplus make this much; hundredths of a per cent."""

    parts: int


@dataclass(frozen=True, slots=True)
class CheckedWithoutClause:
    """What was held against the text can name its clause."""

    name: str


@dataclass(frozen=True, slots=True)
class RulesUnknown:
    """No rule set of this place has this number."""

    pk: int


@dataclass(frozen=True, slots=True)
class RulesWithdrawn:
    """The rule set was withdrawn before."""

    pk: int


GroupRefusal = (
    NotEntitled
    | InTheFuture
    | EndsBeforeItStarts
    | NameMissing
    | NoteMissing
    | ResolutionMissing
    | NotListed
    | AlreadyListed
    | NotOnTheList
    | NotLivingThere
    | LivesThereAlready
    | AlreadyEnded
    | KnownBeforeItHappened
    | PersonMissing
    | HeadMovesOut
    | AlreadyDead
    | OtherHouseholdMissing
    | MergedIntoItself
    | AlreadyAway
    | NotAway
    | EventUnknown
    | EventWithdrawn
    | SplitStands
    | IncomeOfNoYear
    | ContractMissing
    | SurveyYearUnlikely
    | IncomeBelowZero
    | OrderNotClear
    | ListEmpty
    | LaterListStands
    | TermUnknown
    | TermWithdrawn
    | TermTwice
    | NothingCorrected
    | KindUnknown
    | LimitUnknown
    | LimitUnreadable
    | CommitteeLimitsCross
    | SurplusSplitNotWhole
    | CheckedWithoutClause
    | RulesUnknown
    | RulesWithdrawn
)


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was written, for these reasons, all of them."""

    refusals: tuple[GroupRefusal, ...]
