"""Why something about ก4 was not done, as values; their words are in `means_wording`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from kongthun.domain.money import Money
from kongthun.domain.plan import PlanFault
from kongthun.ledger.savings import SavingsRefusal

What = Literal["certificate", "gift", "borrowing", "tool"]


@dataclass(frozen=True, slots=True)
class NoSuch:
    """The group has none of this number."""

    what: What
    number: int


@dataclass(frozen=True, slots=True)
class TakenBackBefore:
    """It was taken back; it stays readable and nothing more happens to it."""

    what: What
    number: int


@dataclass(frozen=True, slots=True)
class BeforeItWas:
    """The day lies before the thing itself was there."""

    what: What
    number: int
    began_on: date
    on: date


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Something that must be called by a name is not."""

    what: Literal["giver", "lender", "tool", "keeper", "borrower", "report"]


# --- shares ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NoShares:
    """Less than one share."""


@dataclass(frozen=True, slots=True)
class NotAMemberThen:
    """Nobody who is a member on that day stands under this number."""

    member_number: int
    on: date


@dataclass(frozen=True, slots=True)
class CertificateEnded:
    """The certificate is no longer good; ``followed_by`` are those that took its place."""

    number: int
    on: date
    words: str
    followed_by: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MoreThanOnIt:
    """More shares than the certificate is over."""

    number: int
    shares: int
    there: int


@dataclass(frozen=True, slots=True)
class ToThemselves:
    """Shares handed on to whoever holds them already."""

    member_number: int


@dataclass(frozen=True, slots=True)
class FewerWithoutCertificate:
    """The member has less in shares that no certificate stands over."""

    member_number: int
    asked: Money
    there: Money


@dataclass(frozen=True, slots=True)
class NotFromASale:
    """Only a certificate that was sold, and is still the same, has a sale to take back."""

    number: int


# --- gifts -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReportDueTooEarly:
    """A report due before the gift came."""

    place: int
    due_on: date
    received_on: date


@dataclass(frozen=True, slots=True)
class NoSuchReport:
    """The gift asks for no such report."""

    number: int
    place: int


@dataclass(frozen=True, slots=True)
class ReportThere:
    """The report was handed in before."""

    place: int
    on: date


@dataclass(frozen=True, slots=True)
class ThankedBefore:
    """The letter of thanks went out before."""

    on: date


@dataclass(frozen=True, slots=True)
class ToolChanged:
    """The tool that was given is no longer worth what it was: it was worn, sold or lent."""

    tool_number: int


# --- borrowings --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AgainstPlan:
    """What the lender's plan lacks."""

    fault: PlanFault


@dataclass(frozen=True, slots=True)
class NoMeetingThere:
    """The group held no meeting of this number by that day."""

    meeting_number: int


@dataclass(frozen=True, slots=True)
class MoreThanOwed:
    """More principal than was owed on that day, or on any day since."""

    number: int
    principal: Money
    owed: Money
    short_on: date


@dataclass(frozen=True, slots=True)
class RepaidSince:
    """Something was repaid on it: that is taken back first."""

    number: int


@dataclass(frozen=True, slots=True)
class NotOfTheseDeeds:
    """An entry of other work; it is put right where it was made."""

    entry: int


# --- tools -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ToolGone:
    """The group has the tool no more."""

    number: int
    on: date


@dataclass(frozen=True, slots=True)
class LentOut:
    """It is with somebody since a day, and not back yet."""

    number: int
    since: date
    due_back_on: date | None


@dataclass(frozen=True, slots=True)
class NotLent:
    """It is not with anybody."""

    number: int


@dataclass(frozen=True, slots=True)
class DueBackTooEarly:
    """Due back before it is handed over."""

    due_back_on: date
    on: date


@dataclass(frozen=True, slots=True)
class BeforeTheLatest:
    """Something of this kind was written down for a later day."""

    on: date
    latest: date


@dataclass(frozen=True, slots=True)
class MoreThanWorth:
    """More is written off than the tool is still worth on that day, or on any day since."""

    number: int
    amount: Money
    left: Money


@dataclass(frozen=True, slots=True)
class NothingToWear:
    """By that day nothing is left to write off."""

    on: date


@dataclass(frozen=True, slots=True)
class YearsUnsaid:
    """Nobody said how long the tool serves, so what it loses must be said itself."""

    number: int


MeansRefusal = (
    SavingsRefusal
    | NoSuch
    | TakenBackBefore
    | BeforeItWas
    | Unnamed
    | NoShares
    | NotAMemberThen
    | CertificateEnded
    | MoreThanOnIt
    | ToThemselves
    | FewerWithoutCertificate
    | NotFromASale
    | ReportDueTooEarly
    | NoSuchReport
    | ReportThere
    | ThankedBefore
    | ToolChanged
    | AgainstPlan
    | NoMeetingThere
    | MoreThanOwed
    | RepaidSince
    | NotOfTheseDeeds
    | ToolGone
    | LentOut
    | NotLent
    | DueBackTooEarly
    | BeforeTheLatest
    | MoreThanWorth
    | NothingToWear
    | YearsUnsaid
)


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was recorded, for all these reasons together."""

    refusals: tuple[MeansRefusal, ...]
