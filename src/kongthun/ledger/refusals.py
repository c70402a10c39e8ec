"""Why money was not recorded between hand and bank, as values; their words are in `wording`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.accounts.reach import NotEntitled
from kongthun.domain.journal import EntryRefusal
from kongthun.domain.money import Money

from .actions import AlreadyReversed, KeyTaken, NoSuchEntry


@dataclass(frozen=True, slots=True)
class NotAboveZero:
    """A sum of nothing, or below nothing, moves no money."""

    amount: Money


@dataclass(frozen=True, slots=True)
class MoreThanThere:
    """Taking this much out would leave the account below zero at the end of a day.

    ``short_on`` is the day with the least in it, ``there`` what it holds then. Later than ``on``
    when a step already taken has used the money.
    """

    account: str
    amount: Money
    on: date
    there: Money
    short_on: date


@dataclass(frozen=True, slots=True)
class DocumentNeeded:
    """The paper's number is asked for, and nothing was written."""


@dataclass(frozen=True, slots=True)
class DocumentUnfit:
    """Not plainly the number of a paper; it may be a name, and the books can not forget."""

    document: str


@dataclass(frozen=True, slots=True)
class WordsNeeded:
    """What it was for, or why, has to be said in words."""


@dataclass(frozen=True, slots=True)
class WordsTooLong:
    """More words than there is room for."""

    longest: int


@dataclass(frozen=True, slots=True)
class NoSuchBankBook:
    """The fund keeps no passbook of this number."""

    number: int


@dataclass(frozen=True, slots=True)
class BankUnnamed:
    """A passbook without the name of its bank."""


@dataclass(frozen=True, slots=True)
class AccountNumberTwice:
    """Another passbook of the fund bears this account number."""

    number: int


@dataclass(frozen=True, slots=True)
class TooFewSigners:
    """Fewer people signed the withdrawal than the rules ask for."""

    given: int
    needed: int
    rules: str
    clause: str
    is_checked: bool


@dataclass(frozen=True, slots=True)
class NoSuchTerm:
    """The committee's register has no term of this number."""

    number: int


@dataclass(frozen=True, slots=True)
class NotInTerm:
    """Somebody signed on a day on which the committee's register does not have them in office."""

    number: int
    position: str
    on: date
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class SignedTwice:
    """One person can not stand for two signatures."""

    number: int
    position: str


@dataclass(frozen=True, slots=True)
class CountedOtherwise:
    """The same form has recorded another count before."""

    on: date
    counted: Money


@dataclass(frozen=True, slots=True)
class DifferenceUnsaid:
    """The cash counted differs from the books, and no note says what is known about it."""

    difference: Money


@dataclass(frozen=True, slots=True)
class NotOfTheDesk:
    """An entry of another kind of work; it is put right where it was made."""

    number: int


@dataclass(frozen=True, slots=True)
class FromPaper:
    """An entry read from the paper books; it is put right at its row."""

    number: int


@dataclass(frozen=True, slots=True)
class TakesBackItself:
    """An entry that takes another back. What was right is recorded anew instead."""

    number: int


# --- the passbook: ``place`` counts the lines as they were typed, from one ---------------------


@dataclass(frozen=True, slots=True)
class NoLines:
    """Nothing was typed."""


@dataclass(frozen=True, slots=True)
class EmptyPassbookLine:
    """A line without money in or out."""

    place: int


@dataclass(frozen=True, slots=True)
class LineHappensLater:
    """A line dated after today."""

    place: int
    on: date


@dataclass(frozen=True, slots=True)
class LineTooLong:
    """More words in a line than there is room for."""

    place: int


@dataclass(frozen=True, slots=True)
class BalanceDoesNotFollow:
    """The printed balance is not the balance before with this line's money."""

    place: int
    on: date
    expected: Money
    printed: Money

    @property
    def difference(self) -> Money:
        """What is printed more than follows."""
        return self.printed - self.expected


@dataclass(frozen=True, slots=True)
class LaterLineDoesNotFollow:
    """A line typed before would no longer follow after these."""

    number: int
    on: date
    expected: Money
    printed: Money

    @property
    def difference(self) -> Money:
        """What is printed more than would follow."""
        return self.printed - self.expected


@dataclass(frozen=True, slots=True)
class BroughtForwardUnsaid:
    """The first line typed has money before it: the balance brought forward is asked for first."""

    place: int
    before: Money


@dataclass(frozen=True, slots=True)
class OpeningNotFirst:
    """A balance brought forward is the first line, or none."""

    place: int


@dataclass(frozen=True, slots=True)
class LineBeforeOpening:
    """A line of the day of the balance brought forward, or before: that holds it already."""

    place: int
    on: date
    opened_on: date


@dataclass(frozen=True, slots=True)
class LinesTypedOtherwise:
    """The same form has written other lines before."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NoSuchPassbookLine:
    """No line of this number was typed from this fund's passbooks."""

    number: int


@dataclass(frozen=True, slots=True)
class OpeningHasLines:
    """The balance brought forward carries the lines typed after it."""

    number: int


PassbookRefusal = (
    NoLines
    | EmptyPassbookLine
    | LineHappensLater
    | LineTooLong
    | BalanceDoesNotFollow
    | LaterLineDoesNotFollow
    | BroughtForwardUnsaid
    | OpeningNotFirst
    | LineBeforeOpening
    | LinesTypedOtherwise
    | NoSuchPassbookLine
    | OpeningHasLines
)

BookRefusal = EntryRefusal | KeyTaken | AlreadyReversed | NoSuchEntry

MoneyRefusal = (
    BookRefusal
    | NotEntitled
    | NotAboveZero
    | MoreThanThere
    | DocumentNeeded
    | DocumentUnfit
    | WordsNeeded
    | WordsTooLong
    | NoSuchBankBook
    | BankUnnamed
    | AccountNumberTwice
    | TooFewSigners
    | NoSuchTerm
    | NotInTerm
    | SignedTwice
    | CountedOtherwise
    | DifferenceUnsaid
    | NotOfTheDesk
    | FromPaper
    | TakesBackItself
    | PassbookRefusal
)


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was recorded, for all these reasons together."""

    refusals: tuple[MoneyRefusal, ...]
