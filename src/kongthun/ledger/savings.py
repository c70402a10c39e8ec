"""Shares and savings of members, and opening the books of the groups that keep them.

What a member puts in stays the member's own: it is held under their number in the group, apart
from capital and from what the fund earned (docs/rules/shares_and_savings.md). Money comes in and
goes out as cash; carrying it to the bank is another deed. Groups differ by data, their chart of
accounts and their rule set, and no deed here asks which kind a group is, but for the code that a
village's own กข.คจ. fund bears.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.areas.actions import record_village
from kongthun.areas.refusals import AreaRefusal
from kongthun.audit.actions import record_deed
from kongthun.audit.models import AuditLine
from kongthun.domain import journal
from kongthun.domain.journal import AccountKind, Draft, HappensLater, KeyTwice, Line, refusals_of
from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.register_books import document_text
from kongthun.domain.rule_set import Limit
from kongthun.domain.thai_text import arabic_digits, name_key, visible
from kongthun.groups.actions import open_group
from kongthun.groups.models import Group, Membership
from kongthun.groups.queries.members import everybody
from kongthun.groups.queries.rules import rules_of
from kongthun.groups.rule_sets import shipped_kinds

from .actions import (
    AlreadyReversed,
    KeyTaken,
    NoSuchEntry,
    NotPosted,
    hold_pen,
    open_books,
    post_entries,
    reverse_entry,
)
from .bank import CASH, LONGEST_WORDS
from .charts import chart
from .models import Entry, Fund
from .models import Line as WrittenLine
from .queries import lowest_balance_since
from .refusals import (
    DocumentUnfit,
    FromPaper,
    MoneyRefusal,
    MoreThanThere,
    NotAboveZero,
    NotOfTheDesk,
    TakesBackItself,
    WordsNeeded,
    WordsTooLong,
)
from .savings_queries import least_kept_since, member_account

# The กข.คจ. fund of a village bears the village's own code; every other group a number after it.
VILLAGE_FUND_OF_THE_STATE = "kkk"
LONGEST_NAME = 200

RECEIPTS, VOUCHERS = "ส.", "จ."
_OURS = re.compile(r"[สจ]\.\s*[0-9]+")


# --- why something was not done ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NotAMember:
    """Nobody stands under this number on the group's list."""

    member_number: int


@dataclass(frozen=True, slots=True)
class NoMemberThen:
    """Somebody of the list who is no member on that day: waits for a meeting, or has left."""

    member_number: int
    on: date
    has_left: bool


@dataclass(frozen=True, slots=True)
class NobodyPaid:
    """A sheet without a single sum."""


@dataclass(frozen=True, slots=True)
class NoSharePrice:
    """The rules in force that day name no price of a share."""

    limit: Limit
    rules: str


@dataclass(frozen=True, slots=True)
class NotWholeShares:
    """The sum is not a whole number of shares; ``below`` and ``above`` are the nearest that are."""

    amount: Money
    price: Money
    below: Money
    above: Money
    limit: Limit


@dataclass(frozen=True, slots=True)
class MoreThanKept:
    """More than the member has there on that day, or at the end of any day since."""

    account: str
    amount: Money
    on: date
    kept: Money
    short_on: date


@dataclass(frozen=True, slots=True)
class DocumentOfOurs:
    """A number of the running series: those are given out here, one after the other."""

    document: str


@dataclass(frozen=True, slots=True)
class KindUnknown:
    """No group of this kind is kept here: it has no chart of accounts or no rule set."""

    kind: str


@dataclass(frozen=True, slots=True)
class GroupUnnamed:
    """A group without a name, or with one that is too long."""

    longest: int


@dataclass(frozen=True, slots=True)
class GroupThere:
    """The village has this group already, under this code."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class PlaceUnfit:
    """What the register of areas says against the village."""

    refusal: AreaRefusal


@dataclass(frozen=True, slots=True)
class OpenedOtherwise:
    """The same form has opened other books before."""

    code: str


SavingsRefusal = (
    MoneyRefusal
    | NotAMember
    | NoMemberThen
    | NobodyPaid
    | NoSharePrice
    | NotWholeShares
    | MoreThanKept
    | DocumentOfOurs
    | KindUnknown
    | GroupUnnamed
    | GroupThere
    | PlaceUnfit
    | OpenedOtherwise
)


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was recorded, for all these reasons together."""

    refusals: tuple[SavingsRefusal, ...]


# --- what was done -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BooksOpened:
    """The group's books; the group bears the fund's code."""

    fund: Fund


@dataclass(frozen=True, slots=True)
class MemberSum:
    """What one member pays in."""

    member_number: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Kept:
    """The entries and the numbers of their papers, in the order handed in."""

    numbers: tuple[int, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The entry that turns the mistake round."""

    number: int


# --- opening books -----------------------------------------------------------------------------


def open_group_books(
    *, kind: str, village_code: str, village_name: str, name: str, key: str, by: Reach
) -> BooksOpened | NotDone:
    """Open the books of a group of a village; people and rules are added afterwards.

    Its chart of accounts and its rules are its kind's. A กข.คจ. fund bears the village's 8 digits
    and a village has one; any other group bears ``<village>-<number>``, the next one that is free
    from 2 on. A village that was not known is recorded, one that was keeps its name. The same key
    again answers with the books that it opened.
    """
    with transaction.atomic():
        refusals: list[SavingsRefusal] = [*by.refusals(Deed.OPEN_GROUPS, area_code=village_code)]
        named = visible(name)
        if not refusals and (line := _opened_before(key, by)) is not None:
            return _opened_again(line, kind, village_code, named)
        if kind not in shipped_kinds():
            refusals.append(KindUnknown(kind))
        if not named or len(named) > LONGEST_NAME:
            refusals.append(GroupUnnamed(LONGEST_NAME))
        refusals += _group_there(kind, village_code, named)
        if not refusals:
            try:
                record_village(code=village_code, name_th=village_name)
            except AreaRefusal as refusal:
                refusals.append(PlaceUnfit(refusal))
        if refusals:
            return NotDone(tuple(refusals))
        fund = _next_books(kind, village_code, named)
        record_deed(
            "open_group_books",
            user_id=by.user_id,
            area_code=village_code,
            fund_id=fund.pk,
            subject=f"group {fund.code}",
            details={"key": key, "kind": kind},
        )
    return BooksOpened(fund)


def _opened_before(key: str, by: Reach) -> AuditLine | None:
    return AuditLine.objects.filter(
        user_id=by.user_id, deed="open_group_books", details__key=key
    ).first()


def _opened_again(
    line: AuditLine, kind: str, village_code: str, name: str
) -> BooksOpened | NotDone:
    fund = Fund.objects.get(pk=line.fund_id)
    if (fund.chart, fund.area_code, fund.name) != (kind, village_code, name):
        return NotDone((OpenedOtherwise(fund.code),))
    return BooksOpened(fund)


def _group_there(kind: str, village_code: str, name: str) -> list[SavingsRefusal]:
    """A second กข.คจ. fund, or a group of the same kind under the same name."""
    there = Group.objects.filter(area_code=village_code, kind=kind).order_by("code")
    for group in there:
        if kind == VILLAGE_FUND_OF_THE_STATE or name_key(group.name) == name_key(name):
            return [GroupThere(group.code, group.name)]
    return []


def _next_books(kind: str, village_code: str, name: str) -> Fund:
    """The books under the next code that is free. Two who open at once get one each."""
    number = 1 if kind == VILLAGE_FUND_OF_THE_STATE else 2
    while True:
        code = village_code if number == 1 else f"{village_code}-{number}"
        group = open_group(code=code, kind=kind, area_code=village_code, name=name)
        is_free = (group.kind, group.name) == (kind, name)
        if is_free and not Fund.objects.filter(pk=group.pk).exists():
            return open_books(
                group_id=group.pk, code=code, area_code=village_code, chart_code=kind, name=name
            )
        number += 1


# --- what members put in and take out ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Keeping:
    """A deed on a member's account: which account, which way, and the series of its papers."""

    deed: journal.Deed
    account: AccountKind
    is_in: bool
    memo: str

    @property
    def series(self) -> str:
        return RECEIPTS if self.is_in else VOUCHERS


_SHARES_IN = _Keeping(journal.Deed.SHARES_RECEIVED, AccountKind.SHARE, True, "รับค่าหุ้น")
_SHARES_OUT = _Keeping(journal.Deed.SHARES_RETURNED, AccountKind.SHARE, False, "คืนค่าหุ้น")
_SAVED = _Keeping(journal.Deed.SAVINGS_RECEIVED, AccountKind.SAVING, True, "รับเงินสัจจะ")
_SAVED_OUT = _Keeping(journal.Deed.SAVINGS_RETURNED, AccountKind.SAVING, False, "ถอนเงินสัจจะ")

# What this work records, and so what it may take back.
SAVINGS_DEEDS = frozenset(keeping.deed for keeping in (_SHARES_IN, _SHARES_OUT, _SAVED, _SAVED_OUT))


def receive_savings(
    sums: Sequence[MemberSum], *, fund: Fund, on: date, key: str, by: Reach, document: str = ""
) -> Kept | NotDone:
    """Take the สัจจะ of one day from everybody who paid: a receipt each, all of them or none.

    The same key again answers with what was recorded, and is refused for another sheet. A
    ``document`` of one's own is for a sheet of one; otherwise receipts run on: ส.1, ส.2, ….
    """
    return _keep(
        _SAVED, sums, fund=fund, on=on, key=key, by=by, document=document, audit="receive_savings"
    )


def withdraw_savings(
    *,
    fund: Fund,
    member_number: int,
    amount: Money,
    on: date,
    key: str,
    by: Reach,
    document: str = "",
) -> Kept | NotDone:
    """Pay a member's savings out of cash: not more than is saved, that day and any day since."""
    return _keep(
        _SAVED_OUT,
        [MemberSum(member_number, amount)],
        fund=fund,
        on=on,
        key=key,
        by=by,
        document=document,
        audit="withdraw_savings",
    )


def buy_shares(
    *,
    fund: Fund,
    member_number: int,
    amount: Money,
    on: date,
    key: str,
    by: Reach,
    document: str = "",
) -> Kept | NotDone:
    """Take money for whole shares, at the price of the rule set in force that day."""
    return _keep(
        _SHARES_IN,
        [MemberSum(member_number, amount)],
        fund=fund,
        on=on,
        key=key,
        by=by,
        document=document,
        audit="buy_shares",
        besides=lambda: _against_share_price(fund, amount, on),
    )


def return_shares(
    *,
    fund: Fund,
    member_number: int,
    amount: Money,
    on: date,
    key: str,
    by: Reach,
    document: str = "",
) -> Kept | NotDone:
    """Give a member's shares back out of cash: not more than is held, that day and any day since.

    Any sum up to that: the price may have changed since they were bought.
    """
    return _keep(
        _SHARES_OUT,
        [MemberSum(member_number, amount)],
        fund=fund,
        on=on,
        key=key,
        by=by,
        document=document,
        audit="return_shares",
    )


def take_back_savings(
    number: int, *, fund: Fund, reason: str, key: str, by: Reach
) -> TakenBack | NotDone:
    """Take an entry of this work back, as if it had never been; its paper's number stays used.

    Refused where the money has gone on since: out of cash, or out of the member's account.
    """
    with transaction.atomic():
        held = hold_pen(fund, [key])
        refusals = _entitlement(fund, by)
        if key not in held.known:
            refusals += [*_against_words(reason), *_against_taking_back(fund, number)]
        if refusals:
            return NotDone(tuple(refusals))
        posted = reverse_entry(
            number,
            fund=fund,
            reason=f"กลับรายการที่ {number}",
            key=key,
            recorded_by=by.user_id,
        )
        if isinstance(posted, NotPosted):
            return NotDone(posted.refusals)
        (reversal,) = posted.numbers
        if key not in held.known:
            record_deed(
                "take_back_savings",
                user_id=by.user_id,
                area_code=fund.area_code,
                fund_id=fund.pk,
                subject=f"entry {number}",
                details={"entry": reversal, "reason": visible(reason)},
            )
    return TakenBack(reversal)


# --- below the line ----------------------------------------------------------------------------


def _keep(
    keeping: _Keeping,
    sums: Sequence[MemberSum],
    *,
    fund: Fund,
    on: date,
    key: str,
    by: Reach,
    document: str,
    audit: str,
    besides: Callable[[], Sequence[SavingsRefusal]] = lambda: (),
) -> Kept | NotDone:
    """Write one entry a member, unless something stands against any of them.

    The fund's pen is held while it is judged and while papers are numbered, so that no two spend
    the same money or bear the same number.
    """
    with transaction.atomic():
        hold_pen(fund, [])
        refusals = _entitlement(fund, by)
        drafts = [_draft(keeping, each, on=on, key=key) for each in sums]
        written = list(
            Entry.objects.filter(fund=fund, key__startswith=f"{key}:", reverses__isnull=True)
        )
        if written and not refusals:
            return _as_before(fund, drafts, written)
        refusals += _against_papers(keeping, sums, drafts, fund=fund, on=on, document=document)
        refusals += besides()
        if refusals:
            return NotDone(tuple(refusals))
        numbered = _numbered(fund, keeping, drafts, visible(document))
        posted = post_entries(numbered, fund=fund, recorded_by=by.user_id)
        if isinstance(posted, NotPosted):
            return NotDone(posted.refusals)
        documents = tuple(draft.document for draft in numbered)
        first, last = posted.numbers[0], posted.numbers[-1]
        record_deed(
            audit,
            user_id=by.user_id,
            area_code=fund.area_code,
            fund_id=fund.pk,
            subject=f"entry {first}" if first == last else f"entries {first}-{last}",
            details={
                "on": on.isoformat(),
                "satang": total(each.amount for each in sums).satang,
                "first": documents[0],
                "last": documents[-1],
            },
        )
    return Kept(posted.numbers, documents)


def _draft(keeping: _Keeping, each: MemberSum, *, on: date, key: str) -> Draft:
    account = member_account(keeping.account, each.member_number)
    amount = each.amount if keeping.is_in else -each.amount
    lines = (Line(CASH, amount), Line(account, -amount))
    return Draft(
        keeping.deed,
        on,
        lines if keeping.is_in else lines[::-1],
        key=f"{key}:{each.member_number}",
        memo=f"{keeping.memo} สมาชิกเลขที่ {each.member_number}",
    )


def _as_before(fund: Fund, drafts: Sequence[Draft], written: Sequence[Entry]) -> Kept | NotDone:
    """What the same form recorded the first time, if it is the same form in everything."""
    lines: dict[int, list[tuple[str, int]]] = {entry.number: [] for entry in written}
    for line in WrittenLine.objects.filter(fund=fund, entry_number__in=list(lines)).order_by(
        "place"
    ):
        lines[line.entry_number].append((line.account, line.amount.satang))
    said = {
        draft.key: (str(draft.deed), draft.happened_on, [(a, m.satang) for a, m in draft.lines])
        for draft in drafts
    }
    there = {entry.key: (entry.deed, entry.happened_on, lines[entry.number]) for entry in written}
    if said != there:
        first = min(written, key=lambda entry: entry.number)
        return NotDone((KeyTaken(first.key, first.number),))
    by_key = {entry.key: entry for entry in written}
    again = [by_key[draft.key] for draft in drafts]
    return Kept(tuple(entry.number for entry in again), tuple(entry.document for entry in again))


def _numbered(fund: Fund, keeping: _Keeping, drafts: Sequence[Draft], document: str) -> list[Draft]:
    """Each with its own paper's number: the one typed, else the next of the series.

    The pen is in hand and a number is written with its entry or not at all: no number is left out.
    """
    if document:
        return [_with_document(draft, document) for draft in drafts]
    last = _last_of_series(fund, keeping.series)
    return [
        _with_document(draft, f"{keeping.series}{last + place}")
        for place, draft in enumerate(drafts, start=1)
    ]


def _with_document(draft: Draft, document: str) -> Draft:
    return Draft(draft.deed, draft.happened_on, draft.lines, draft.key, draft.memo, document)


def _last_of_series(fund: Fund, series: str) -> int:
    """Where the series stands. Numbers grow with the entries, so the latest is the highest."""
    latest = (
        Entry.objects.filter(
            fund=fund,
            deed__in=SAVINGS_DEEDS,
            reverses__isnull=True,
            source="",
            document__startswith=series,
        )
        .order_by("-number")
        .values_list("document", flat=True)
        .first()
    )
    return int(latest.removeprefix(series)) if latest else 0


def _entitlement(fund: Fund, by: Reach) -> list[SavingsRefusal]:
    return [*by.refusals(Deed.RECEIVE_MONEY, area_code=fund.area_code, group_id=fund.pk)]


def _against_papers(
    keeping: _Keeping,
    sums: Sequence[MemberSum],
    drafts: Sequence[Draft],
    *,
    fund: Fund,
    on: date,
    document: str,
) -> list[SavingsRefusal]:
    """Everything against the entries, each reason once."""
    if not sums:
        return [NobodyPaid()]
    found: list[SavingsRefusal] = []
    today = timezone.localdate()
    if on > today:
        found.append(HappensLater(on, today))
    found += _against_document(document, sums)
    numbers = [each.member_number for each in sums]
    found += _against_members(fund, numbers, on, is_in=keeping.is_in)
    if len(set(numbers)) < len(numbers):
        found.append(KeyTwice(drafts[0].key))
    kinds = chart(fund.chart).kinds
    for each, draft in zip(sums, drafts, strict=True):
        if each.amount <= ZERO:
            found.append(NotAboveZero(each.amount))
            continue
        # The day was said above, once for the whole sheet.
        found += refusals_of(draft, kinds=kinds, today=max(on, today))
        if not keeping.is_in:
            found += _more_than_kept(fund, draft.lines[0].account, each.amount, on)
            found += _more_than_in_hand(fund, each.amount, on)
    return found


def _against_members(
    fund: Fund, numbers: Sequence[int], on: date, *, is_in: bool
) -> list[SavingsRefusal]:
    """Strangers to the list; of money that comes in, also who is no member on the day."""
    if not is_in:
        own = Membership.objects.filter(group_id=fund.pk, number__in=numbers)
        listed = set(own.values_list("number", flat=True))
        return [NotAMember(number) for number in numbers if number not in listed]
    standing = {each.number: each.standing for each in everybody(fund.group, on)}
    return [
        *(NotAMember(number) for number in numbers if number not in standing),
        *(
            NoMemberThen(number, on, standing[number].waits_since is None)
            for number in sorted(set(numbers) & set(standing))
            if not standing[number].is_member
        ),
    ]


def _against_document(document: str, sums: Sequence[MemberSum]) -> list[SavingsRefusal]:
    """A number of one's own is for one paper, a number plainly, and none of the running series."""
    typed = visible(document)
    if not typed:
        return []
    if _OURS.fullmatch(arabic_digits(typed)):
        return [DocumentOfOurs(typed)]
    if len(sums) > 1 or document_text(typed) != typed:
        return [DocumentUnfit(typed)]
    return []


def _against_share_price(fund: Fund, amount: Money, on: date) -> list[SavingsRefusal]:
    rules = rules_of(group_id=fund.pk, kind=fund.chart, area_code=fund.area_code, day=on)
    limit = rules["share_price"]
    price = limit.money
    if price is None or price <= ZERO:
        return [NoSharePrice(limit, rules.name)]
    if amount <= ZERO:
        return []
    whole, rest = divmod(amount.satang, price.satang)
    if not rest:
        return []
    return [NotWholeShares(amount, price, price * whole, price * (whole + 1), limit)]


def _more_than_kept(fund: Fund, account: str, amount: Money, on: date) -> list[SavingsRefusal]:
    least = least_kept_since(fund.pk, account, on)
    if amount <= least.kept:
        return []
    return [MoreThanKept(account, amount, on, least.kept, least.on)]


def _more_than_in_hand(fund: Fund, amount: Money, on: date) -> list[SavingsRefusal]:
    lowest = lowest_balance_since(fund.pk, CASH, on)
    if amount <= lowest.balance:
        return []
    return [MoreThanThere(CASH, amount, on, lowest.balance, lowest.on)]


def _against_words(reason: str) -> list[SavingsRefusal]:
    said = visible(reason)
    if not said:
        return [WordsNeeded()]
    return [WordsTooLong(LONGEST_WORDS)] if len(said) > LONGEST_WORDS else []


def _against_taking_back(fund: Fund, number: int) -> list[SavingsRefusal]:
    entry = Entry.objects.filter(fund=fund, number=number).first()
    if entry is None:
        return [NoSuchEntry(number)]
    if entry.reverses is not None:
        return [TakesBackItself(number)]
    earlier = Entry.objects.filter(fund=fund, reverses=number).first()
    if earlier is not None:
        return [AlreadyReversed(number, earlier.number)]
    if entry.source:
        return [FromPaper(number)]
    if entry.deed not in SAVINGS_DEEDS:
        return [NotOfTheDesk(number)]
    found: list[SavingsRefusal] = []
    for line in WrittenLine.objects.filter(fund=fund, entry_number=number):
        if line.account == CASH and line.amount > ZERO:
            found += _more_than_in_hand(fund, line.amount, entry.happened_on)
        elif line.account != CASH and line.credit > ZERO:
            found += _more_than_kept(fund, line.account, line.credit, entry.happened_on)
    return found
