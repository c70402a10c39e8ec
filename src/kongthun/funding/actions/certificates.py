"""Share certificates: sold, written for shares held already, handed on, given back, replaced.

A certificate is over whole shares at one price. What it is over lies in the member's account
``share:<number>``, so certificates are given out and ended together with what moves that account
(docs/rules/share_certificates.md). A number that was used stays used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import record_deed
from kongthun.db.numbers import next_number
from kongthun.domain import journal
from kongthun.domain.journal import AccountKind, Draft, Line
from kongthun.domain.money import ZERO, Money
from kongthun.domain.rule_set import Limit
from kongthun.domain.thai_text import visible
from kongthun.groups.queries.members import members_on
from kongthun.groups.queries.rules import rules_of
from kongthun.ledger import savings
from kongthun.ledger.actions import KeyTaken, Pen, hold_pen
from kongthun.ledger.models import Entry, Fund
from kongthun.ledger.models import Line as WrittenLine
from kongthun.ledger.savings import MoreThanKept, NoSharePrice, NotWholeShares
from kongthun.ledger.savings_queries import least_kept_since, member_account

from ..means_refusals import (
    BeforeItWas,
    CertificateEnded,
    FewerWithoutCertificate,
    MeansRefusal,
    MoreThanOnIt,
    NoShares,
    NoSuch,
    NotAMemberThen,
    NotDone,
    NotFromASale,
    ToThemselves,
)
from ..models import ShareCertificate
from ..posting import against_day, against_entry, against_reason, entitlement, written
from ..queries.shares import certificate, followed_by, sum_of, without_certificate


@dataclass(frozen=True, slots=True)
class Certified:
    """The certificates that were given out, the one asked for first; ``ended`` is the one before.

    ``entry_number`` and ``document`` are of the money deed, if there was one.
    """

    numbers: tuple[int, ...] = ()
    ended: int | None = None
    entry_number: int | None = None
    document: str = ""


def sell_shares(
    *,
    fund: Fund,
    member_number: int,
    shares: int,
    on: date,
    key: str,
    by: Reach,
    document: str = "",
) -> Certified | NotDone:
    """Take cash for whole shares at the price of that day's rules, and give a certificate out.

    The entry and its receipt are those of `ledger.savings.buy_shares`. The same key again answers
    with the certificate that is there.
    """
    with transaction.atomic():
        held = hold_pen(fund, [f"{key}:{member_number}"])
        refusals = entitlement(fund, by, Deed.KEEP_MEANS)
        price = _price(fund, on)
        if not held.known:
            refusals += _against_member(fund, member_number, on)
            refusals += [NoShares()] if shares < 1 else []
            refusals += [price] if isinstance(price, NoSharePrice) else []
        if isinstance(price, NoSharePrice) or shares < 1:
            return NotDone(tuple(refusals))
        bought = savings.buy_shares(
            fund=fund,
            member_number=member_number,
            amount=price * shares,
            on=on,
            key=key,
            by=by,
            document=document,
        )
        if isinstance(bought, savings.NotDone):
            refusals += bought.refusals
        if refusals or isinstance(bought, savings.NotDone):
            transaction.set_rollback(True)
            return NotDone(tuple(refusals))
        (entry,) = bought.numbers
        first = ShareCertificate.objects.filter(fund=fund, entry_number=entry, comes_from=None)
        row = first.order_by("number").first() if held.known else None
        if row is None:
            row = _issue(fund, by, member_number, shares, price, on, entry)
            _record("sell_shares", fund, by, row, key=key)
    return Certified((row.number,), None, entry, bought.documents[0])


def issue_for_held(
    *,
    fund: Fund,
    member_number: int,
    on: date,
    by: Reach,
    shares: int | None = None,
    price: Money | None = None,
) -> Certified | NotDone:
    """Give a certificate out over shares that a member holds and that stand on none.

    All of them, unless ``shares`` says how many. ``price`` is what one was paid with, where that
    was not the price of this day's rules. No money moves.
    """
    with transaction.atomic():
        held = hold_pen(fund, [])
        refusals = [*entitlement(fund, by, Deed.KEEP_MEANS), *against_day(held, on)]
        asked = price if price is not None and price > ZERO else _price(fund, on)
        if isinstance(asked, NoSharePrice):
            return NotDone((*refusals, asked))
        there = without_certificate(fund, member_number, on)
        count = shares if shares is not None else there.satang // asked.satang
        if shares is not None and shares < 1:
            refusals.append(NoShares())
        elif there <= ZERO or asked * count > there:
            refusals.append(FewerWithoutCertificate(member_number, asked * count, there))
        elif shares is None and asked * count != there:
            limit = _rules(fund, on)[0]
            below, above = asked * count, asked * (count + 1)
            refusals.append(NotWholeShares(there, asked, below, above, limit))
        if refusals:
            return NotDone(tuple(refusals))
        entry = _latest_entry(fund, member_number, on)
        row = _issue(fund, by, member_number, count, asked, on, entry)
        _record("issue_certificate", fund, by, row)
    return Certified((row.number,))


def transfer_certificate(
    number: int,
    *,
    fund: Fund,
    to_member: int,
    on: date,
    key: str,
    by: Reach,
    shares: int | None = None,
    document: str = "",
) -> Certified | NotDone:
    """Hand the shares of a certificate on to another member: all, or so many of them.

    The certificate ends. The new holder gets one, and the old holder another over what stays.
    """
    with transaction.atomic():
        held = hold_pen(fund, [key])
        refusals = entitlement(fund, by, Deed.KEEP_MEANS)
        row = certificate(fund, number)
        if key in held.known and row is not None and not refusals:
            return _as_before(fund, held.known[key], key, row, on, shares, to_member)
        if row is None:
            return NotDone((*refusals, NoSuch("certificate", number)))
        refusals += _against_certificate(fund, row, on, shares)
        refusals += _against_member(fund, to_member, on)
        refusals += [ToThemselves(to_member)] if to_member == row.member_number else []
        amount = row.price * (row.shares if shares is None else shares)
        out_of = member_account(AccountKind.SHARE, row.member_number)
        into = member_account(AccountKind.SHARE, to_member)
        draft = Draft(
            journal.Deed.SHARES_TRANSFERRED,
            on,
            (Line(out_of, amount), Line(into, -amount)),
            key=key,
            memo=f"โอนหุ้นจากสมาชิกเลขที่ {row.member_number} ให้สมาชิกเลขที่ {to_member}",
            document=visible(document),
        )
        refusals += against_entry(held, draft)
        least = least_kept_since(fund.pk, out_of, on)
        if amount > least.kept:
            refusals.append(MoreThanKept(out_of, amount, on, least.kept, least.on))
        if refusals:
            return NotDone(tuple(dict.fromkeys(refusals)))
        entry = written(held, draft, by)
        if isinstance(entry, NotDone):
            return entry
        _end(row, on, f"โอนให้สมาชิกเลขที่ {to_member}")
        moved = row.shares if shares is None else shares
        new = [_issue(fund, by, to_member, moved, row.price, on, entry, row.number)]
        new += _rest(fund, by, row, moved, on)
        _record("transfer_certificate", fund, by, row, entry=entry, new=[n.number for n in new])
    return Certified(tuple(each.number for each in new), number, entry, draft.document)


def return_certificate(
    number: int,
    *,
    fund: Fund,
    on: date,
    key: str,
    by: Reach,
    shares: int | None = None,
    document: str = "",
) -> Certified | NotDone:
    """Give the shares of a certificate back for cash: all, or so many of them.

    The entry and its voucher are those of `ledger.savings.return_shares`. Over what stays the
    holder gets a new certificate.
    """
    with transaction.atomic():
        hold_pen(fund, [])
        refusals = entitlement(fund, by, Deed.KEEP_MEANS)
        row = certificate(fund, number)
        if row is None:
            return NotDone((*refusals, NoSuch("certificate", number)))
        before = Entry.objects.filter(fund=fund, key=f"{key}:{row.member_number}").first()
        if before is None:
            refusals += _against_certificate(fund, row, on, shares)
        asked = row.shares if shares is None else shares
        if asked < 1:
            return NotDone(tuple(refusals))
        returned = savings.return_shares(
            fund=fund,
            member_number=row.member_number,
            amount=row.price * asked,
            on=on,
            key=key,
            by=by,
            document=document,
        )
        if isinstance(returned, savings.NotDone):
            refusals += returned.refusals
        if refusals or isinstance(returned, savings.NotDone):
            transaction.set_rollback(True)
            return NotDone(tuple(refusals))
        (entry,) = returned.numbers
        if before is None:
            _end(row, on, "คืนหุ้น รับเงินค่าหุ้นคืนแล้ว")
            new = tuple(each.number for each in _rest(fund, by, row, asked, on))
            _record("return_certificate", fund, by, row, entry=entry, new=list(new))
        else:
            new = followed_by(fund, number)
    return Certified(new, number, entry, returned.documents[0])


def replace_certificate(
    number: int, *, fund: Fund, on: date, words: str, by: Reach
) -> Certified | NotDone:
    """Give a new certificate out for one that was lost or spoiled; the old number is void.

    Whoever comes with the old paper later is told by which number it was replaced.
    """
    return _without_money("replace_certificate", number, fund, on, words, by, again=True)


def cancel_certificate(
    number: int, *, fund: Fund, on: date, words: str, by: Reach
) -> Certified | NotDone:
    """End a certificate that was written by mistake. The shares stay with the member, on none."""
    return _without_money("cancel_certificate", number, fund, on, words, by, again=False)


def take_back_sale(
    number: int, *, fund: Fund, reason: str, key: str, by: Reach
) -> Certified | NotDone:
    """Take the sale of a certificate back, as if it had never been; its number stays used.

    Only while the certificate stands as it was sold, and the cash is still there.
    """
    with transaction.atomic():
        held = hold_pen(fund, [key])
        refusals = entitlement(fund, by, Deed.KEEP_MEANS)
        row = certificate(fund, number)
        if row is None:
            return NotDone((*refusals, NoSuch("certificate", number)))
        if key not in held.known:
            refusals += _against_standing(fund, row)
            refusals += [] if _is_as_sold(fund, row) else [NotFromASale(number)]
        if refusals:
            return NotDone(tuple(refusals))
        back = savings.take_back_savings(row.entry_number, fund=fund, reason=reason, key=key, by=by)
        if isinstance(back, savings.NotDone):
            return NotDone(back.refusals)
        if key not in held.known:
            _end(row, row.issued_on, f"กลับรายการขายหุ้น: {visible(reason)}")
            _record("take_back_sale", fund, by, row, entry=back.number)
    return Certified((), number, back.number)


# --- below the line ----------------------------------------------------------------------------


def _rules(fund: Fund, on: date) -> tuple[Limit, str]:
    rules = rules_of(group_id=fund.pk, kind=fund.chart, area_code=fund.area_code, day=on)
    return rules["share_price"], rules.name


def _price(fund: Fund, on: date) -> Money | NoSharePrice:
    limit, name = _rules(fund, on)
    price = limit.money
    return price if price is not None and price > ZERO else NoSharePrice(limit, name)


def _against_member(fund: Fund, member_number: int, on: date) -> list[MeansRefusal]:
    is_member = member_number in members_on(fund.group, on)
    return [] if is_member else [NotAMemberThen(member_number, on)]


def _against_standing(fund: Fund, row: ShareCertificate) -> list[MeansRefusal]:
    if row.ended_on is None:
        return []
    after = followed_by(fund, row.number)
    return [CertificateEnded(row.number, row.ended_on, row.ended_words, after)]


def _against_certificate(
    fund: Fund, row: ShareCertificate, on: date, shares: int | None
) -> list[MeansRefusal]:
    found = _against_standing(fund, row)
    if on < row.issued_on:
        found.append(BeforeItWas("certificate", row.number, row.issued_on, on))
    if shares is not None and shares < 1:
        found.append(NoShares())
    if shares is not None and shares > row.shares:
        found.append(MoreThanOnIt(row.number, shares, row.shares))
    return found


def _as_before(
    fund: Fund,
    entry: int,
    key: str,
    row: ShareCertificate,
    on: date,
    shares: int | None,
    to_member: int,
) -> Certified | NotDone:
    """What the same form did the first time, if it is the same form in everything."""
    after = ShareCertificate.objects.filter(fund=fund, comes_from=row.number).order_by("number")
    new: Sequence[ShareCertificate] = list(after)
    moved = row.shares if shares is None else shares
    is_same = bool(new) and (
        (new[0].entry_number, new[0].member_number, new[0].issued_on, new[0].shares)
        == (entry, to_member, on, moved)
    )
    if not is_same:
        return NotDone((KeyTaken(key, entry),))
    document = Entry.objects.get(fund=fund, number=entry).document
    return Certified(tuple(each.number for each in new), row.number, entry, document)


def _without_money(
    deed: str, number: int, fund: Fund, on: date, words: str, by: Reach, *, again: bool
) -> Certified | NotDone:
    with transaction.atomic():
        held: Pen = hold_pen(fund, [])
        refusals = [*entitlement(fund, by, Deed.KEEP_MEANS), *against_reason(words)]
        refusals += against_day(held, on)
        row = certificate(fund, number)
        if row is None:
            return NotDone((*refusals, NoSuch("certificate", number)))
        refusals += _against_certificate(fund, row, on, None)
        if refusals:
            return NotDone(tuple(refusals))
        _end(row, on, visible(words))
        new = _rest(fund, by, row, 0, on) if again else []
        _record(deed, fund, by, row, new=[each.number for each in new])
    return Certified(tuple(each.number for each in new), number)


def _issue(
    fund: Fund,
    by: Reach,
    member_number: int,
    shares: int,
    price: Money,
    on: date,
    entry: int,
    comes_from: int | None = None,
) -> ShareCertificate:
    return ShareCertificate.objects.create(
        fund=fund,
        number=next_number(ShareCertificate, fund=fund),
        member_number=member_number,
        shares=shares,
        price=price,
        issued_on=on,
        entry_number=entry,
        comes_from=comes_from,
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )


def _rest(
    fund: Fund, by: Reach, row: ShareCertificate, gone: int, on: date
) -> list[ShareCertificate]:
    """A new certificate for the holder over what is left of the old one; none over nothing."""
    if gone == row.shares:
        return []
    left = row.shares - gone
    return [_issue(fund, by, row.member_number, left, row.price, on, row.entry_number, row.number)]


def _end(row: ShareCertificate, on: date, words: str) -> None:
    ShareCertificate.objects.filter(fund_id=row.fund_id, number=row.number).update(
        ended_on=on, ended_words=words[:300]
    )


def _latest_entry(fund: Fund, member_number: int, on: date) -> int:
    """The entry that the member's shares came by last, up to a day."""
    account = member_account(AccountKind.SHARE, member_number)
    numbers = WrittenLine.objects.filter(fund=fund, account=account, amount__lt=0).values_list(
        "entry_number", flat=True
    )
    came = Entry.objects.filter(
        fund=fund, number__in=numbers, reverses=None, happened_on__lte=on
    ).order_by("-number")
    return int(came.values_list("number", flat=True)[0])


def _is_as_sold(fund: Fund, row: ShareCertificate) -> bool:
    """Whether the certificate is over just what its entry brought from this member."""
    if row.comes_from is not None:
        return False
    entry = Entry.objects.filter(fund=fund, number=row.entry_number).first()
    if entry is None or entry.deed != journal.Deed.SHARES_RECEIVED:
        return False
    account = member_account(AccountKind.SHARE, row.member_number)
    line = WrittenLine.objects.filter(
        fund=fund, entry_number=row.entry_number, account=account
    ).first()
    return line is not None and -line.amount == sum_of(row)


def _record(deed: str, fund: Fund, by: Reach, row: ShareCertificate, **details: object) -> None:
    record_deed(
        deed,
        user_id=by.user_id,
        area_code=fund.area_code,
        fund_id=fund.pk,
        subject=f"certificate {row.number}",
        details=details,
    )
