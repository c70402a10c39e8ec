"""Why nothing was written about lost books, as values; their words are in `wording`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.accounts.reach import NotEntitled
from kongthun.domain.broken_books import Why
from kongthun.domain.journal import HappensLater, YearClosed
from kongthun.domain.money import Money
from kongthun.ledger.actions import BookRefusal


@dataclass(frozen=True, slots=True)
class OpeningThere:
    """The fund is being found anew already, as of this day."""

    opens_on: date


@dataclass(frozen=True, slots=True)
class NoOpening:
    """No day is set as of which the books are found anew."""


@dataclass(frozen=True, slots=True)
class CapitalUnsaid:
    """Neither the books nor anybody says what the fund was given."""


@dataclass(frozen=True, slots=True)
class CapitalInBooks:
    """The books know by that day what the fund was given and kept: it is not said again."""

    entrusted: Money


@dataclass(frozen=True, slots=True)
class WordsNeeded:
    """How it is known, or why it is taken back, has to be said."""

    what: str  # capital, note


@dataclass(frozen=True, slots=True)
class WordsTooLong:
    """More words than there is room for."""

    longest: int


@dataclass(frozen=True, slots=True)
class ClaimUnfit:
    """A claim that the rule would set aside, and why (`domain.broken_books.Why`)."""

    why: Why


@dataclass(frozen=True, slots=True)
class NotAPlaceHere:
    """The chart of this group has no such place."""

    place: str


@dataclass(frozen=True, slots=True)
class NotOnList:
    """No household stands under this number on the list."""

    member_number: int


@dataclass(frozen=True, slots=True)
class PersonUnnamed:
    """Somebody has the money, and nobody says who."""


@dataclass(frozen=True, slots=True)
class PlaceInBooks:
    """The books have entries of that place by the opening day, which no claim may speak over."""

    account: str


@dataclass(frozen=True, slots=True)
class HouseholdInBooks:
    """The household's loan stands in the books by the opening day, with papers of its own."""

    member_number: int
    contract_number: int


@dataclass(frozen=True, slots=True)
class NoSuchClaim:
    """No claim of this number stands."""

    number: int


@dataclass(frozen=True, slots=True)
class ClaimedOtherwise:
    """The same form has written another claim before."""

    number: int


@dataclass(frozen=True, slots=True)
class SettledOtherwise:
    """The same form has settled another opening before."""

    number: int


@dataclass(frozen=True, slots=True)
class NothingToSettle:
    """The books hold what is confirmed already."""


@dataclass(frozen=True, slots=True)
class ChangedSince:
    """What is confirmed, or what the books hold, is not what was read before it was pressed."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Sums of this opening stand in the books: it can not be taken back as if it never was."""

    entry_number: int


@dataclass(frozen=True, slots=True)
class MoreGoneSince:
    """Less is confirmed than has gone out of that account since the opening day."""

    account: str
    confirmed: Money
    short_on: date
    short: Money


OpeningRefusal = (
    BookRefusal
    | NotEntitled
    | HappensLater
    | YearClosed
    | OpeningThere
    | NoOpening
    | CapitalUnsaid
    | CapitalInBooks
    | WordsNeeded
    | WordsTooLong
    | ClaimUnfit
    | NotAPlaceHere
    | NotOnList
    | PersonUnnamed
    | PlaceInBooks
    | HouseholdInBooks
    | NoSuchClaim
    | ClaimedOtherwise
    | SettledOtherwise
    | NothingToSettle
    | ChangedSince
    | Settled
    | MoreGoneSince
)


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was written, for all these reasons together."""

    refusals: tuple[OpeningRefusal, ...]
