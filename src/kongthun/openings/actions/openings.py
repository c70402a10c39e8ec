"""Finding a fund's books anew: the day, what is claimed, and what is taken back. Moves no money.

docs/rules/broken_books.md holds the rule; `settling` puts what is confirmed into the books.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import record_deed
from kongthun.audit.papers import keep_paper, sha256_as_kept
from kongthun.db.numbers import next_number
from kongthun.domain.broken_books import Claim, Grade, Why, why_set_aside
from kongthun.domain.journal import AccountKind, HappensLater
from kongthun.domain.money import ZERO, Money
from kongthun.domain.thai_text import name_key, visible
from kongthun.groups.models import Membership
from kongthun.ledger.actions import hold_pen
from kongthun.ledger.charts import chart
from kongthun.ledger.models import Fund

from ..models import Opening, OpeningClaim, OpeningPerson, Place, SaidBy
from ..queries.openings import in_books, opening_of, opening_state
from ..refusals import (
    CapitalInBooks,
    CapitalUnsaid,
    ClaimedOtherwise,
    ClaimUnfit,
    HouseholdInBooks,
    NoOpening,
    NoSuchClaim,
    NotAPlaceHere,
    NotDone,
    NotOnList,
    OpeningRefusal,
    OpeningThere,
    PersonUnnamed,
    PlaceInBooks,
    Settled,
    WordsNeeded,
    WordsTooLong,
)

LONGEST_WORDS = 300
LONGEST_NAME = 200
# Written beside the opening where nobody had to say how its capital is known.
_BY_THE_BOOKS = "ตามรายการที่มีอยู่ในสมุดแล้ว"


@dataclass(frozen=True, slots=True)
class OpeningKept:
    """The number of the opening in its fund."""

    number: int


@dataclass(frozen=True, slots=True)
class ClaimKept:
    """The number of the claim in its fund."""

    number: int


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody says lay in one place at the end of the opening day.

    ``number`` is the household's on the list, or the passbook's; ``person`` names who is said to
    have the money, and only there.
    """

    place: Place
    number: int | None
    amount: Money
    grade: Grade
    said_by: SaidBy
    said_on: date
    words: str = ""
    person: str = ""
    paper: Path | None = None


def begin_opening(
    *, fund: Fund, opens_on: date, capital: Money, interest: Money, words: str, by: Reach
) -> OpeningKept | NotDone:
    """Set the day as of whose end the books are found anew, and what the fund was given by then.

    Where the books know that themselves, nothing of it is said; else it has to be, with how it is
    known.
    """
    with transaction.atomic():
        hold_pen(fund, [])
        refusals = _entitlement(fund, by)
        there = opening_of(fund)
        if there is not None:
            refusals.append(OpeningThere(there.opens_on))
        refusals += _against_future(opens_on)
        books = in_books(fund, opens_on)
        if books.knows_capital and (capital or interest):
            refusals.append(CapitalInBooks(books.sums.entrusted))
        elif not books.knows_capital and capital <= ZERO:
            refusals.append(CapitalUnsaid())
        if interest < ZERO:
            refusals.append(ClaimUnfit(Why.BELOW_NOTHING))
        said = visible(words) or (_BY_THE_BOOKS if books.knows_capital else "")
        refusals += [] if said else [WordsNeeded("capital")]
        refusals += _against_length(said)
        if refusals:
            return NotDone(tuple(refusals))
        number = next_number(Opening, fund=fund)
        Opening.objects.create(
            fund=fund,
            number=number,
            opens_on=opens_on,
            capital=capital,
            interest=interest,
            words=said,
            recorded_by_id=by.user_id,
            recorded_at=timezone.now(),
        )
        _record("begin_opening", fund, by, f"opening {number}", on=opens_on.isoformat())
    return OpeningKept(number)


def withdraw_opening(*, fund: Fund, note: str, by: Reach) -> OpeningKept | NotDone:
    """Take an opening back that was begun by mistake, with all its claims. They stay readable.

    Only while none of it stands in the books.
    """
    with transaction.atomic():
        hold_pen(fund, [])
        refusals = _entitlement(fund, by)
        state = opening_state(fund)
        if state is None:
            return NotDone((*refusals, NoOpening()))
        refusals += _against_note(note)
        standing = [*state.posted.values(), *([state.given] if state.given else [])]
        refusals += [Settled(standing[0].entry_number)] if standing else []
        if refusals:
            return NotDone(tuple(refusals))
        number = state.opening.number
        Opening.objects.filter(fund=fund, number=number).update(
            withdrawn_at=timezone.now(), withdrawn_note=visible(note)
        )
        _record("withdraw_opening", fund, by, f"opening {number}")
    return OpeningKept(number)


def say_balance(saying: Saying, *, fund: Fund, key: str, by: Reach) -> ClaimKept | NotDone:
    """Write down a claim with its grade and its paper. The same key again answers with the first.

    It is judged by the rule that adds claims up: what that would set aside does not come in. A
    claim may not speak over what the books hold by the opening day.
    """
    with transaction.atomic():
        hold_pen(fund, [])
        refusals = _entitlement(fund, by)
        before = OpeningClaim.objects.filter(fund=fund, key=key).first()
        if before is not None and not refusals:
            return _as_before(before, saying)
        opening = opening_of(fund)
        refusals += [NoOpening()] if opening is None else []
        refusals += _against_future(saying.said_on)
        refusals += _against_place(fund, saying, opening)
        refusals += _against_length(saying.words)
        number = _place_number(fund, saying)
        refusals += [ClaimUnfit(why) for why in _why_unfit(saying, number)]
        if opening is None or refusals:
            return NotDone(tuple(refusals))
        if saying.place == Place.CLAIM:
            _keep_person(fund, number or 1, saying.person)
        claim_number = next_number(OpeningClaim, fund=fund)
        evidence = ""
        if saying.paper is not None:
            evidence = keep_paper(
                saying.paper,
                fund_id=fund.pk,
                area_code=fund.area_code,
                subject=f"opening claim {claim_number}",
                user_id=by.user_id,
            )
        OpeningClaim.objects.create(
            fund=fund,
            number=claim_number,
            opening_number=opening.number,
            place=saying.place,
            place_number=number,
            amount=saying.amount,
            grade=saying.grade,
            said_by=saying.said_by,
            said_on=saying.said_on,
            evidence=evidence,
            words=visible(saying.words),
            key=key,
            recorded_by_id=by.user_id,
            recorded_at=timezone.now(),
        )
        _record(
            "say_balance",
            fund,
            by,
            f"opening claim {claim_number}",
            place=_account(saying.place, number),
            satang=saying.amount.satang,
            grade=int(saying.grade),
        )
    return ClaimKept(claim_number)


def withdraw_claim(number: int, *, fund: Fund, note: str, by: Reach) -> ClaimKept | NotDone:
    """Take a claim back that was written down wrongly, or that nobody holds to any more.

    It stays readable. What it had put into the books is put right by the next settlement.
    """
    with transaction.atomic():
        hold_pen(fund, [])
        refusals = _entitlement(fund, by)
        opening = opening_of(fund)
        standing = OpeningClaim.objects.filter(
            fund=fund,
            number=number,
            withdrawn_at=None,
            opening_number=0 if opening is None else opening.number,
        )
        refusals += [] if standing.exists() else [NoSuchClaim(number)]
        refusals += _against_note(note)
        if refusals:
            return NotDone(tuple(refusals))
        standing.update(withdrawn_at=timezone.now(), withdrawn_note=visible(note))
        _record("withdraw_claim", fund, by, f"opening claim {number}")
    return ClaimKept(number)


# --- below the line ------------------------------------------------------------------------------


def _entitlement(fund: Fund, by: Reach) -> list[OpeningRefusal]:
    return [*by.refusals(Deed.SAY_BALANCES, area_code=fund.area_code, group_id=fund.pk)]


def _against_future(day: date) -> list[OpeningRefusal]:
    today = timezone.localdate()
    return [HappensLater(day, today)] if day > today else []


def _against_length(words: str) -> list[OpeningRefusal]:
    return [WordsTooLong(LONGEST_WORDS)] if len(visible(words)) > LONGEST_WORDS else []


def _against_note(note: str) -> list[OpeningRefusal]:
    return _against_length(note) if visible(note) else [WordsNeeded("note")]


def _against_place(fund: Fund, saying: Saying, opening: Opening | None) -> list[OpeningRefusal]:
    """A place that this group has not, that is nobody's, or of which the books speak themselves."""
    if saying.place not in chart(fund.chart).kinds:
        return [NotAPlaceHere(saying.place)]
    number = saying.number
    if saying.place == Place.CLAIM:
        if not visible(saying.person):
            return [PersonUnnamed()]
        is_long = len(visible(saying.person)) > LONGEST_NAME
        return [WordsTooLong(LONGEST_NAME)] if is_long else []
    books = None if opening is None else in_books(fund, opening.opens_on)
    if saying.place == Place.LOAN:
        if number is None:
            return []  # said by the rule
        if not Membership.objects.filter(group_id=fund.pk, number=number).exists():
            return [NotOnList(number)]
        contract = None if books is None else books.contracts.get(number)
        return [] if contract is None else [HouseholdInBooks(number, contract)]
    account = _account(saying.place, number)
    return [PlaceInBooks(account)] if books is not None and account in books.accounts else []


def _place_number(fund: Fund, saying: Saying) -> int | None:
    """The person's number, the one they have already or the next; else what was said."""
    if saying.place != Place.CLAIM:
        return saying.number
    there = OpeningPerson.objects.filter(fund=fund, name_key=name_key(saying.person)).first()
    return next_number(OpeningPerson, fund=fund) if there is None else there.number


def _keep_person(fund: Fund, number: int, name: str) -> None:
    OpeningPerson.objects.get_or_create(
        fund=fund, number=number, defaults={"name": visible(name), "name_key": name_key(name)}
    )


def _why_unfit(saying: Saying, number: int | None) -> tuple[Why, ...]:
    paper = saying.paper is not None
    return why_set_aside(
        Claim(
            AccountKind(saying.place.value),
            number,
            saying.amount,
            saying.grade,
            str(saying.said_by),
            saying.said_on,
            evidence="paper" if paper else "",
        )
    )


def _as_before(claim: OpeningClaim, saying: Saying) -> ClaimKept | NotDone:
    """The claim that the form wrote the first time, if it says the same in everything."""
    person = ""
    if claim.place == Place.CLAIM:
        person = OpeningPerson.objects.get(
            fund_id=claim.fund_id, number=claim.place_number or 0
        ).name_key
    sha256 = "" if saying.paper is None else sha256_as_kept(saying.paper)
    is_same = (
        (claim.place, claim.amount, claim.grade, claim.said_by, claim.said_on, claim.evidence)
        == (saying.place, saying.amount, saying.grade, saying.said_by, saying.said_on, sha256)
        and claim.words == visible(saying.words)
        and (
            person == name_key(saying.person)
            if saying.place == Place.CLAIM
            else claim.place_number == saying.number
        )
    )
    return ClaimKept(claim.number) if is_same else NotDone((ClaimedOtherwise(claim.number),))


def _account(place: str, number: int | None) -> str:
    return place if number is None else f"{place}:{number}"


def _record(deed: str, fund: Fund, by: Reach, subject: str, **details: object) -> None:
    record_deed(
        deed,
        user_id=by.user_id,
        area_code=fund.area_code,
        fund_id=fund.pk,
        subject=subject,
        details=details,
    )
