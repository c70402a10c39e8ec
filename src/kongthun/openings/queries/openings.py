"""What is known of a fund whose books are found anew: claims, intervals, and what is posted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import connection
from django.utils import timezone

from kongthun.domain.broken_books import (
    Claim,
    Grade,
    PlaceFound,
    Reconstruction,
    reconstruct,
    what_would_settle,
)
from kongthun.domain.fund_position import FundPosition, position_of
from kongthun.domain.journal import AccountKind, Line
from kongthun.domain.money import Money, total
from kongthun.ledger.models import Entry, Fund
from kongthun.loans.models import Contract

from ..models import Opening, OpeningClaim, OpeningPerson, SettledPlace, Settlement

# Every entry by which an opening is posted, or taken back, bears a key that begins so.
KEY = "opening:"


@dataclass(frozen=True, slots=True)
class InBooks:
    """What others wrote into the books by the opening day: sums, and the accounts they used."""

    sums: FundPosition
    accounts: frozenset[str]
    contracts: dict[int, int]  # by the household's number: its contract in the books

    @property
    def knows_capital(self) -> bool:
        """Whether the books say themselves what the fund was given, kept or holds for others."""
        sums = self.sums
        return any((sums.capital, sums.interest, sums.members, sums.creditors))

    @property
    def elsewhere(self) -> Money:
        """What the books know to lie in a place."""
        return self.sums.accounted - self.sums.unexplained


@dataclass(frozen=True, slots=True)
class Posted:
    """What stands in the books of one place by settlements: never more than one entry."""

    entry_number: int
    account: str
    amount: Money


@dataclass(frozen=True, slots=True)
class OpeningState:
    """An opening with its claims, what follows from them, and what of it is in the books.

    ``found`` is of what the books themselves do not know: its entrusted sum is what is left to be
    found. With what they know, ``known + confirmed + disputed + unexplained = entrusted``.
    """

    opening: Opening
    claims: Sequence[OpeningClaim]
    found: Reconstruction
    books: InBooks
    posted: dict[tuple[str, int | None], Posted]
    given: Posted | None

    @property
    def known(self) -> Money:
        """What lies in places of which the books speak themselves."""
        return self.books.elsewhere

    @property
    def entrusted(self) -> Money:
        """All that has to be somewhere."""
        return self.found.entrusted + self.known

    @property
    def known_and_least(self) -> Money:
        """No less than this is found."""
        return self.known + self.found.interval_of_money_found.least

    @property
    def known_and_most(self) -> Money:
        """No more than this is found."""
        return self.known + self.found.interval_of_money_found.most

    @property
    def in_books_now(self) -> Money:
        """What settlements have put in its place so far."""
        return total(each.amount for each in self.posted.values())

    @property
    def ask_next(self) -> list[PlaceFound]:
        """The places to ask about, the next question first."""
        return what_would_settle(self.found)

    @property
    def seen(self) -> str:
        """A mark of what a settlement would do: another one when a claim or the books change it."""
        sums = [f"{each.account}={each.confirmed.satang}" for each in self.found.places]
        there = [f"{each.account}@{each.entry_number}" for each in self.posted.values()]
        return sha256("|".join([*sums, *there]).encode()).hexdigest()[:16]

    @property
    def is_settled(self) -> bool:
        """Whether the books hold what is confirmed, place by place."""
        wanted = {
            (each.place.value, each.number): each.confirmed
            for each in self.found.places
            if each.confirmed
        }
        has_given = not self.opening.capital + self.opening.interest or self.given is not None
        return has_given and wanted == {at: each.amount for at, each in self.posted.items()}


@dataclass(frozen=True, slots=True)
class Arrived:
    """How much was still not confirmed when the claims of a day were in."""

    on: date
    claims: int
    confirmed: Money
    disputed: Money
    unexplained: Money

    @property
    def not_confirmed(self) -> Money:
        """Disputed and not yet explained."""
        return self.disputed + self.unexplained


def opening_of(fund: Fund) -> Opening | None:
    """The opening that stands. One statement."""
    return Opening.objects.filter(fund=fund, withdrawn_at=None).first()


def opening_state(fund: Fund) -> OpeningState | None:
    """Everything known of the fund's opening, in seven statements however many claims; or None."""
    opening = opening_of(fund)
    if opening is None:
        return None
    claims = list(
        OpeningClaim.objects.filter(fund=fund, opening_number=opening.number).order_by("number")
    )
    books = in_books(fund, opening.opens_on)
    standing = [claim for claim in claims if claim.withdrawn_at is None]
    by_place, given = _posted(fund)
    return OpeningState(opening, claims, _found(opening, books, standing), books, by_place, given)


def how_it_shrank(state: OpeningState) -> list[Arrived]:
    """Day by day on which something was said or taken back, what was still not confirmed.

    By what the fund's own books know now, so that only claims move it.
    """
    days = {timezone.localdate(claim.recorded_at) for claim in state.claims} | {
        timezone.localdate(claim.withdrawn_at) for claim in state.claims if claim.withdrawn_at
    }
    arrived = []
    for day in sorted(days):
        there = [claim for claim in state.claims if _stands_on(claim, day)]
        found = _found(state.opening, state.books, there)
        arrived.append(Arrived(day, len(there), found.confirmed, found.disputed, found.unexplained))
    return arrived


def people_of(fund: Fund) -> dict[int, OpeningPerson]:
    """Those said to hold money, by number. One statement."""
    return {each.number: each for each in OpeningPerson.objects.filter(fund=fund)}


def settlements_of(fund: Fund) -> list[Settlement]:
    """When what was confirmed went into the books, the newest first. One statement."""
    return list(Settlement.objects.filter(fund=fund).order_by("-number"))


def as_claim(row: OpeningClaim) -> Claim:
    """A claim as the rule takes it. Words that were written down are evidence of themselves."""
    return Claim(
        place=AccountKind(row.place),
        number=row.place_number,
        amount=row.amount,
        grade=Grade(row.grade),
        said_by=row.said_by,
        on=row.said_on,
        evidence=row.evidence or f"words:{row.number}",
    )


def in_books(fund: Fund, day: date) -> InBooks:
    """What stands in the books by the end of a day that no settlement put there. Three statements.

    What was taken back, and what took it back, counts as never written.
    """
    entries: dict[int, tuple[str, list[Line]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT e.number, e.deed, l.account, l.amount
            FROM ledger_entry e
            JOIN ledger_line l ON l.fund_id = e.fund_id AND l.entry_number = e.number
            LEFT JOIN ledger_entry r ON r.fund_id = e.fund_id AND r.reverses = e.number
            WHERE e.fund_id = %s AND e.happened_on <= %s AND e.key NOT LIKE %s
                AND e.reverses IS NULL AND r.number IS NULL
            """,
            [fund.pk, day, f"{KEY}%"],
        )
        for number, deed, account, satang in cursor.fetchall():
            entries.setdefault(number, (deed, []))[1].append(Line(account, Money(int(satang))))
    used = {line.account for _, lines in entries.values() for line in lines}
    ours = set(
        SettledPlace.objects.filter(fund=fund, account__startswith="loan:").values_list(
            "account", flat=True
        )
    )
    contracts = Contract.objects.filter(
        fund=fund, withdrawn_at=None, paid_out_on__lte=day, member_number__isnull=False
    ).values_list("member_number", "number")
    return InBooks(
        position_of(entries.values()),
        frozenset(used),
        {
            member: number
            for member, number in contracts
            if member is not None and f"loan:{number}" not in ours
        },
    )


# --- below the line ------------------------------------------------------------------------------


def _found(opening: Opening, books: InBooks, claims: Iterable[OpeningClaim]) -> Reconstruction:
    """By the rule, of what is left to be found when the books' own places are taken off."""
    return reconstruct(
        books.sums.unexplained + opening.capital,
        [as_claim(claim) for claim in claims],
        interest=opening.interest,
    )


def _stands_on(claim: OpeningClaim, day: date) -> bool:
    if timezone.localdate(claim.recorded_at) > day:
        return False
    return claim.withdrawn_at is None or timezone.localdate(claim.withdrawn_at) > day


def _posted(fund: Fund) -> tuple[dict[tuple[str, int | None], Posted], Posted | None]:
    """What settlements have in the books: by place, and what the fund was given."""
    rows = list(SettledPlace.objects.filter(fund=fund).order_by("entry_number"))
    taken_back = set(
        Entry.objects.filter(fund=fund, reverses__in=[row.entry_number for row in rows])
        .order_by()
        .values_list("reverses", flat=True)
    )
    places: dict[tuple[str, int | None], Posted] = {}
    given = None
    for row in rows:
        if row.entry_number in taken_back:
            continue
        posted = Posted(row.entry_number, row.account, row.amount)
        if row.place:
            places[row.place, row.place_number] = posted
        else:
            given = posted
    return places, given
