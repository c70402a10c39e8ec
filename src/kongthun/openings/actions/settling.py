"""Putting what is confirmed into the books: only what differs from what was put there before.

Each place is an entry of its own out of the not yet explained, dated the opening day; a loan is a
pay-out, so that what was lent stays right (docs/rules/broken_books.md). A sum that changes is
taken back and written anew on the same account.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import record_deed
from kongthun.db.numbers import next_number
from kongthun.domain import journal
from kongthun.domain.journal import AccountKind, Draft, Line, YearClosed
from kongthun.domain.money import ZERO, Money
from kongthun.groups.models import Membership
from kongthun.ledger.actions import NotPosted, Pen, hold_pen, post_entries, reverse_entry
from kongthun.ledger.models import Fund
from kongthun.ledger.queries import lowest_balance_since
from kongthun.loans.actions.contracts import (
    ContractTerms,
    enter_contracts,
    next_contract_number,
    withdraw_contracts,
)
from kongthun.loans.models import Claim, Contract

from ..models import Place, SettledPlace, Settlement
from ..queries.openings import KEY, OpeningState, Posted, opening_of, opening_state, people_of
from ..refusals import (
    ChangedSince,
    HouseholdInBooks,
    MoreGoneSince,
    NoOpening,
    NotDone,
    NothingToSettle,
    NotOnList,
    OpeningRefusal,
    PlaceInBooks,
    SettledOtherwise,
)

CAPITAL = "capital:state"

_DEED = {
    Place.LOAN: journal.Deed.LOAN_PAID_OUT,
    Place.BANK: journal.Deed.BANK_CONFIRMED,
    Place.CASH: journal.Deed.CASH_COUNTED,
    Place.CLAIM: journal.Deed.CLAIM_RECOGNISED,
}
_MEMO = {
    Place.LOAN: "ยอดยกมา สัญญาที่ {number}",
    Place.BANK: "ยอดยกมา สมุดเงินฝากที่ {number}",
    Place.CASH: "ยอดยกมา เงินสดในมือ",
    Place.CLAIM: "ยอดยกมา สิทธิเรียกคืนที่ {number}",
}


@dataclass(frozen=True, slots=True)
class BalancesSettled:
    """The settlement's number, and the entries it wrote."""

    number: int
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Change:
    """A place whose sum in the books is to be another one."""

    place: Place
    number: int | None
    before: Posted | None
    amount: Money
    grade: int | None


def settle_balances(
    *, fund: Fund, key: str, by: Reach, seen: str = ""
) -> BalancesSettled | NotDone:
    """Bring the books to what is confirmed now: what differs is taken back and written anew.

    ``seen`` is the mark of what was read before (`OpeningState.seen`); only that is booked.

    The same key again answers with what it wrote. Refused where the books have entries of their
    own at such a place by the opening day, in a closed year, and where more has gone out of an
    account since than is confirmed now.
    """
    with transaction.atomic():
        held = hold_pen(fund, [])
        refusals: list[OpeningRefusal] = [
            *by.refusals(Deed.SETTLE_BALANCES, area_code=fund.area_code, group_id=fund.pk)
        ]
        before = Settlement.objects.filter(fund=fund, key=key).first()
        if before is not None and not refusals:
            return _as_before(fund, before)
        state = opening_state(fund)
        if state is None:
            return NotDone((*refusals, NoOpening()))
        if seen and seen != state.seen:
            refusals.append(ChangedSince())
        changes = _changes(state)
        has_given = state.given is not None or not state.opening.capital + state.opening.interest
        if not changes and has_given:
            refusals.append(NothingToSettle())
        refusals += _against(held, state, changes)
        if refusals:
            return NotDone(tuple(refusals))
        done = _written(fund, state, changes, has_given=has_given, key=key, by=by)
        if isinstance(done, NotDone):
            transaction.set_rollback(True)
    return done


# --- below the line ------------------------------------------------------------------------------


def _changes(state: OpeningState) -> list[_Change]:
    """What differs, in the order of places; a place that nobody confirms any more comes last."""
    changes = []
    left = dict(state.posted)
    for found in state.found.places:
        at = (found.place.value, found.number)
        posted = left.pop(at, None)
        if found.confirmed != (posted.amount if posted else ZERO):
            place = Place(found.place.value)
            changes.append(_Change(place, found.number, posted, found.confirmed, found.grade.value))
    for (place_code, number), posted in left.items():
        changes.append(_Change(Place(place_code), number, posted, ZERO, None))
    return changes


def _against(held: Pen, state: OpeningState, changes: Sequence[_Change]) -> list[OpeningRefusal]:
    opens_on, fund = state.opening.opens_on, held.fund
    refusals: list[OpeningRefusal] = []
    if held.closed_until is not None and opens_on <= held.closed_until:
        refusals.append(YearClosed(opens_on, held.closed_until))
    listed = set(Membership.objects.filter(group_id=fund.pk).values_list("number", flat=True))
    for change in changes:
        if change.before is not None:
            lowest = lowest_balance_since(fund.pk, change.before.account, opens_on)
            left = lowest.balance - change.before.amount + change.amount
            if left < ZERO:
                refusals.append(
                    MoreGoneSince(change.before.account, change.amount, lowest.on, -left)
                )
        elif change.place == Place.LOAN and change.number is not None:
            if change.number not in listed:
                refusals.append(NotOnList(change.number))
            contract = state.books.contracts.get(change.number)
            if contract is not None:
                refusals.append(HouseholdInBooks(change.number, contract))
        elif change.place in {Place.BANK, Place.CASH}:
            account = _account(change)
            if account in state.books.accounts:
                refusals.append(PlaceInBooks(account))
    return refusals


def _written(
    fund: Fund,
    state: OpeningState,
    changes: Sequence[_Change],
    *,
    has_given: bool,
    key: str,
    by: Reach,
) -> BalancesSettled | NotDone:
    """Take back what differs, write it anew, and say which entries are this settlement's."""
    opening = state.opening
    for change in changes:
        if change.before is not None:
            number = change.before.entry_number
            turned = reverse_entry(
                number,
                fund=fund,
                reason=f"กลับรายการที่ {number} ยอดยกมาเปลี่ยน",
                key=f"{KEY}{key}:-{number}",
                recorded_by=by.user_id,
            )
            if isinstance(turned, NotPosted):
                return NotDone(turned.refusals)
    drafts: list[Draft] = []
    rows: list[SettledPlace] = []
    settlement = next_number(Settlement, fund=fund)
    if not has_given:
        given = opening.capital + opening.interest
        lines = (
            Line(AccountKind.UNEXPLAINED, given),
            Line(CAPITAL, -opening.capital),
            Line(AccountKind.INTEREST, -opening.interest),
        )
        drafts.append(
            Draft(
                journal.Deed.CAPITAL_CONFIRMED,
                opening.opens_on,
                tuple(line for line in lines if line.amount),
                key=f"{KEY}{key}:{CAPITAL}",
                memo="ยอดยกมา เงินทุนและดอกเบี้ยสะสม",
            )
        )
        rows.append(SettledPlace(fund=fund, account=CAPITAL, amount=given))
    accounts = _accounts(fund, state, changes, by)
    for change, account in zip(changes, accounts, strict=True):
        if not change.amount:
            continue
        drafts.append(
            Draft(
                _DEED[change.place],
                opening.opens_on,
                (Line(account, change.amount), Line(AccountKind.UNEXPLAINED, -change.amount)),
                key=f"{KEY}{key}:{account}",
                memo=_MEMO[change.place].format(number=account.partition(":")[2]),
            )
        )
        rows.append(
            SettledPlace(
                fund=fund,
                place=change.place,
                place_number=change.number,
                account=account,
                amount=change.amount,
                grade=change.grade,
            )
        )
    posted = post_entries(drafts, fund=fund, recorded_by=by.user_id)
    if isinstance(posted, NotPosted):
        return NotDone(posted.refusals)
    for row, entry in zip(rows, posted.numbers, strict=True):
        row.entry_number, row.settlement_number = entry, settlement
    SettledPlace.objects.bulk_create(rows)
    Settlement.objects.create(
        fund=fund,
        number=settlement,
        opening_number=opening.number,
        settled_on=timezone.localdate(),
        not_confirmed=state.found.not_confirmed,
        key=key,
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    record_deed(
        "settle_balances",
        user_id=by.user_id,
        area_code=fund.area_code,
        fund_id=fund.pk,
        subject=f"settlement {settlement}",
        details={
            "opening": opening.number,
            "changes": len(changes),
            "confirmed": state.found.confirmed.satang,
            "not_confirmed": state.found.not_confirmed.satang,
        },
    )
    return BalancesSettled(settlement, posted.numbers)


def _as_before(fund: Fund, settlement: Settlement) -> BalancesSettled | NotDone:
    opening = opening_of(fund)
    if opening is None or opening.number != settlement.opening_number:
        return NotDone((SettledOtherwise(settlement.number),))
    rows = SettledPlace.objects.filter(fund=fund, settlement_number=settlement.number)
    entries = rows.order_by("entry_number").values_list("entry_number", flat=True)
    return BalancesSettled(settlement.number, tuple(entries))


def _accounts(fund: Fund, state: OpeningState, changes: Sequence[_Change], by: Reach) -> list[str]:
    """The account of each change: the one it has, or that of a contract or claim made for it.

    A contract made here lends what is confirmed so far, so its sum follows; how it came to it stays
    in the settlements. Nobody knows its day of sending back until the household agrees on one.
    """
    opens_on = state.opening.opens_on
    members = {
        row.number: row.person_id
        for row in Membership.objects.filter(
            group_id=fund.pk, number__in=[c.number for c in changes if c.place == Place.LOAN]
        )
    }
    people = people_of(fund)
    next_contract = next_contract_number(fund.pk)
    new: list[tuple[int, ContractTerms]] = []
    accounts = []
    for change in changes:
        if change.before is not None:
            accounts.append(change.before.account)
            if change.place == Place.LOAN:
                _follow(fund, change.before.account, change.amount)
        elif change.place == Place.LOAN and change.number is not None:
            number = next_contract + len(new)
            terms = ContractTerms(
                paper_number=f"ยกมา {change.number}",
                round=None,
                borrower_id=members[change.number],
                member_number=change.number,
                principal=change.amount,
                paid_out_on=opens_on,
                due_on=None,
                occupation="",
            )
            new.append((number, terms))
            accounts.append(f"loan:{number}")
        elif change.place == Place.CLAIM and change.number is not None:
            claim = Claim.objects.create(
                fund=fund,
                number=next_number(Claim, fund=fund),
                person_name=people[change.number].name,
                words="ยอดยกมาจากการสอบยอดเดิม",
                recognised_on=opens_on,
                recorded_by_id=by.user_id,
                recorded_at=timezone.now(),
            )
            accounts.append(claim.account)
        else:
            accounts.append(_account(change))
    enter_contracts(fund.pk, new)
    return accounts


def _follow(fund: Fund, account: str, amount: Money) -> None:
    """The contract made for a household lends what is confirmed now; nothing, it is withdrawn."""
    number = int(account.partition(":")[2])
    if amount:
        Contract.objects.filter(fund=fund, number=number).update(principal=amount)
    else:
        withdraw_contracts(fund.pk, [number], at=timezone.now())


def _account(change: _Change) -> str:
    return change.place.value if change.number is None else f"{change.place.value}:{change.number}"
