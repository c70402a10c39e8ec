"""When a fund's books are lost or contradict each other: what is known, between what and what.

    confirmed + disputed + not yet explained = capital received + interest kept

Old balances often have no papers: the evidence is graded, a sum is never invented, and claims that
contradict each other stand side by side. From them each place where money may be gets an interval,
and the next question to ask follows. (docs/rules/broken_books.md; the rule is ours [D])

What is promised of the truth: **a place holds it between ``least`` and ``most`` whenever the
strongest claims there have it between their lowest and their highest sum**; where nothing confirms,
whenever nobody would have had to say more. A weaker claim, true or false, changes nothing beside a
stronger one. A true claim at least as strong as the others brings the truth inside, whatever was
said before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from .journal import AccountKind, Line, kind_of
from .money import ZERO, Money, total


class Grade(IntEnum):
    """How well a claim is evidenced, higher is stronger.

    A signature counts against whoever signs: a list that the committee signs alone is a witness to
    what households owe. Nothing but a paper that both signed, knowing what else is claimed, can
    settle two signed papers that differ.
    """

    NONE = 0  # somebody says so, or a loose sheet does
    WITNESS = 1  # somebody who was there and does not gain by it
    PASSBOOK = 2  # a book that the village does not write: the bank's
    SIGNED = 3  # acknowledged in writing by whom it binds
    BOTH_SIGNED = 4  # by both sides, after they saw the other claims


# Strongest first, as the claims of a place are kept and shown.
GRADE_ORDER = tuple(sorted(Grade, reverse=True))

# From which grade a sum counts as confirmed. An example, not an official criterion.
EXAMPLE_CONFIRMS_FROM = Grade.WITNESS

# Where the money of a fund can be.
PLACES = (
    AccountKind.LOAN,
    AccountKind.BANK,
    AccountKind.CASH,
    AccountKind.CLAIM,
    AccountKind.LOSS,
    AccountKind.STOCK,
    AccountKind.MAKING,
    AccountKind.TOOL,
    AccountKind.CUSTOMER,
)
# A fund has one of each; under two numbers the same money would be counted twice.
_ONLY_ONE = frozenset({AccountKind.CASH, AccountKind.LOSS})
_RANK = {kind: rank for rank, kind in enumerate(AccountKind)}


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody says that so much lies in one place at the end of the opening day.

    All claims speak of that one day: a paper of an earlier day is carried forward by the caller.
    ``number`` tells a contract, borrower or passbook from another. ``said_by`` is a role or a
    reference, never a name; ``on`` the day it was said or signed; ``evidence`` the SHA-256 of a
    paper or the key of the words as they were written down.
    """

    place: AccountKind
    number: int | None
    amount: Money
    grade: Grade
    said_by: str
    on: date
    evidence: str = ""

    @property
    def account(self) -> str:
        """The account of the books that it speaks of: ``loan:12``, ``cash``."""
        return _account(self.place, self.number)


class Why(StrEnum):
    """Why a claim is set aside."""

    NOT_A_PLACE = "not_a_place"  # money comes from there, or it is what we look for
    WRONG_NUMBER = "wrong_number"  # which loan, which passbook? there is only one box of cash
    BELOW_NOTHING = "below_nothing"  # what was paid too much belongs to the payer
    SAID_BY_NOBODY = "said_by_nobody"
    NO_EVIDENCE = "no_evidence"  # a paper is meant, and none is there


@dataclass(frozen=True, slots=True)
class SetAside:
    """A claim kept out of every sum until a person has looked, with all the reasons."""

    claim: Claim
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """A sum is no less than ``least`` and no more than ``most``."""

    least: Money
    most: Money

    @property
    def width(self) -> Money:
        """Nothing when the sum is known."""
        return self.most - self.least

    def holds(self, amount: Money) -> bool:
        """Whether a sum lies inside; both ends do."""
        return self.least <= amount <= self.most


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """One place, all that was said about it, strongest first, and what follows."""

    place: AccountKind
    number: int | None
    claims: tuple[Claim, ...]
    confirms_from: Grade

    @property
    def account(self) -> str:
        """``loan:12``, ``cash``."""
        return _account(self.place, self.number)

    @property
    def grade(self) -> Grade:
        """The strongest grade present, which alone decides."""
        return self.claims[0].grade

    @property
    def deciding(self) -> tuple[Claim, ...]:
        """The claims of the strongest grade."""
        return tuple(claim for claim in self.claims if claim.grade == self.grade)

    @property
    def contradicting(self) -> tuple[Claim, ...]:
        """Weaker claims of a sum outside the interval: they change nothing, and are shown."""
        return tuple(claim for claim in self.claims if not self.interval.holds(claim.amount))

    @property
    def interval(self) -> Interval:
        """From what all of the strongest grade agree on to the most that one of them says.

        Where nothing is strong enough to confirm, from nothing.
        """
        sums = [claim.amount for claim in self.deciding]
        return Interval(min(sums) if self.grade >= self.confirms_from else ZERO, max(sums))

    @property
    def least(self) -> Money:
        """The lower end of the interval."""
        return self.interval.least

    @property
    def most(self) -> Money:
        """The upper end of the interval."""
        return self.interval.most

    @property
    def confirmed(self) -> Money:
        """What counts as being there: the lower end."""
        return self.interval.least

    @property
    def disputed(self) -> Money:
        """What is claimed beyond that and not confirmed: the width."""
        return self.interval.width

    @property
    def moves(self) -> Money:
        """The furthest a stronger paper would move what is confirmed, if one of the claims is true.

        Weaker claims count here: a stronger paper may bear them out.
        """
        return max(abs(claim.amount - self.confirmed) for claim in self.claims)

    @property
    def settled_by(self) -> Grade | None:
        """The weakest grade that would decide over all that is there; None when none is left.

        Then only a meeting can say which paper stands.
        """
        stronger = [grade for grade in Grade if grade > self.grade and grade >= self.confirms_from]
        return min(stronger, default=None)


@dataclass(frozen=True, slots=True)
class Reconstruction:
    """What is known of a fund on the opening day, place by place in the order of `PLACES`."""

    capital: Money
    interest: Money
    places: tuple[PlaceFound, ...]
    set_aside: tuple[SetAside, ...]

    @property
    def entrusted(self) -> Money:
        """Capital received and interest kept: what has to be somewhere."""
        return self.capital + self.interest

    @property
    def confirmed(self) -> Money:
        """What is confirmed in all places."""
        return total(found.confirmed for found in self.places)

    @property
    def disputed(self) -> Money:
        """What is claimed beyond that in all places."""
        return total(found.disputed for found in self.places)

    @property
    def unexplained(self) -> Money:
        """What nobody even claims to know of.

        Below zero when more is claimed than the fund was given, which is just as much a question.
        """
        return self.entrusted - self.confirmed - self.disputed

    @property
    def not_confirmed(self) -> Money:
        """Disputed and unexplained: what the books call not yet explained until it is settled."""
        return self.entrusted - self.confirmed

    @property
    def claims_exceed_capital(self) -> bool:
        """Whether more is claimed than was entrusted, so that some claim is too high."""
        return self.unexplained < ZERO

    @property
    def interval_of_money_found(self) -> Interval:
        """Between what and what lies in all the places that anybody spoke of."""
        return Interval(self.confirmed, self.confirmed + self.disputed)

    @property
    def interval_of_unexplained(self) -> Interval:
        """Between what and what lies in places that nobody spoke of, or nowhere."""
        return Interval(self.unexplained, self.not_confirmed)


def reconstruct(
    capital: Money,
    claims: Iterable[Claim],
    *,
    interest: Money = ZERO,
    confirms_from: Grade = EXAMPLE_CONFIRMS_FROM,
) -> Reconstruction:
    """What the claims together say about a fund that was given ``capital`` and kept ``interest``.

    In each place the strongest grade decides alone. What all its claims agree on is confirmed, what
    only some of them say is disputed; below ``confirms_from`` nothing is confirmed and all of it is
    disputed. Weaker claims are kept and change nothing. The order of the claims tells nothing, and
    a claim handed in twice is one claim. A claim that can not be read as one is set aside.

    Each place is taken by itself: if 5,000 baht are with the household or else with a person who
    took them, both places dispute 5,000. The intervals are then too wide, never too narrow.
    """
    standing: dict[tuple[AccountKind, int | None], list[Claim]] = defaultdict(list)
    set_aside: list[SetAside] = []
    for claim in sorted(set(claims), key=_reading_order):
        why = why_set_aside(claim)
        if why:
            set_aside.append(SetAside(claim, why))
        else:
            standing[claim.place, claim.number].append(claim)
    return Reconstruction(
        capital=capital,
        interest=interest,
        places=tuple(
            PlaceFound(place, number, tuple(said), confirms_from)
            for (place, number), said in standing.items()
        ),
        set_aside=tuple(set_aside),
    )


def why_set_aside(claim: Claim) -> tuple[Why, ...]:
    """Everything that keeps a claim out of the sums, all together; nothing lets it in."""
    found: list[Why] = []
    if claim.place not in PLACES:
        found.append(Why.NOT_A_PLACE)
    elif not _has_right_number(claim):
        found.append(Why.WRONG_NUMBER)
    if claim.amount < ZERO:
        found.append(Why.BELOW_NOTHING)
    if not claim.said_by.strip():
        found.append(Why.SAID_BY_NOBODY)
    if claim.grade >= Grade.PASSBOOK and not claim.evidence.strip():
        found.append(Why.NO_EVIDENCE)
    return tuple(found)


def what_would_settle(reconstruction: Reconstruction) -> list[PlaceFound]:
    """The places to ask about, the next question first.

    The largest disputed sum first; then where a stronger paper would move most, because a weaker
    claim contradicts what is confirmed; then in the order of places. A place is left out when no
    claim contradicts another, and when both sides have signed one sum. ``settled_by`` says what to
    ask for.
    """
    open_ = [
        found
        for found in reconstruction.places
        if found.disputed or (found.moves and found.settled_by is not None)
    ]
    # Stable, so that what is equal stays in the order of places.
    return sorted(open_, key=lambda found: (-found.disputed.satang, -found.moves.satang))


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """A side of the opening entry, and how well it is evidenced; None where nothing has to be.

    ``amount`` above zero is a debit.
    """

    account: str
    amount: Money
    grade: Grade | None

    @property
    def kind(self) -> AccountKind:
        """What the money in the account is."""
        return AccountKind(kind_of(self.account))

    @property
    def line(self) -> Line:
        """As the journal takes it."""
        return Line(self.account, self.amount)


def as_opening_lines(
    reconstruction: Reconstruction, *, capital_account: str = "capital:state"
) -> tuple[OpeningLine, ...]:
    """What would be posted as opening balances: lines that add up to nothing, none of them empty.

    Only what is confirmed is put in its place. What is disputed stays in ``unexplained`` with what
    nobody spoke of, until it is settled. As one entry they leave ``lent`` of the position at
    nothing; each loan as a pay-out of its own, out of ``unexplained``, comes to the same sums and
    has ``lent`` right as well.
    """
    lines = (
        *(OpeningLine(each.account, each.confirmed, each.grade) for each in reconstruction.places),
        OpeningLine(AccountKind.UNEXPLAINED, reconstruction.not_confirmed, None),
        OpeningLine(capital_account, -reconstruction.capital, None),
        OpeningLine(AccountKind.INTEREST, -reconstruction.interest, None),
    )
    return tuple(line for line in lines if line.amount)


def _account(place: AccountKind, number: int | None) -> str:
    return place.value if number is None else f"{place.value}:{number}"


def _has_right_number(claim: Claim) -> bool:
    if claim.place in _ONLY_ONE:
        return claim.number is None
    return claim.number is not None and claim.number > 0


def _reading_order(claim: Claim) -> tuple[int, bool, int, int, int, date, str, str]:
    """Places as a position is read, in each the strongest first; tells any two claims apart."""
    return (
        _RANK[claim.place],
        claim.number is not None,
        claim.number or 0,
        -claim.grade,
        claim.amount.satang,
        claim.on,
        claim.said_by,
        claim.evidence,
    )
