"""Grants and donations, in money or in tools, with what the group owes in return.

Account ``capital:gift-<number>``; a thing given is a tool at what the paper says it is worth
(docs/rules/gifts_and_borrowings.md). Goods given to be used up or sold are stock, which is kept
where stock is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import record_deed
from kongthun.audit.papers import keep_paper
from kongthun.db.numbers import next_number
from kongthun.domain import journal
from kongthun.domain.journal import Draft, Line
from kongthun.domain.money import Money
from kongthun.domain.thai_text import visible
from kongthun.ledger.actions import KeyTaken, hold_pen
from kongthun.ledger.bank import CASH, LONGEST_WORDS
from kongthun.ledger.models import Fund
from kongthun.ledger.models import Line as WrittenLine

from ..means_refusals import (
    BeforeItWas,
    MeansRefusal,
    NoSuch,
    NoSuchReport,
    NotDone,
    ReportDueTooEarly,
    ReportThere,
    TakenBackBefore,
    ThankedBefore,
    ToolChanged,
    Unnamed,
)
from ..models import Gift, OwedReport, SourceKind, Tool
from ..posting import (
    Pocket,
    against_entry,
    against_future,
    against_length,
    against_paying,
    against_pocket,
    against_reason,
    entitlement,
    turned_round,
    written,
)
from .tools import ToolSaid, against_tool, is_untouched, make_tool

LONGEST_CONDITIONS = 2_000


@dataclass(frozen=True, slots=True)
class ReportSaid:
    """A report that is asked for, by a day."""

    words: str
    due_on: date


@dataclass(frozen=True, slots=True)
class GiftKept:
    """The gift's number, its entry, and the tool that came with it, if one did."""

    number: int
    entry_number: int
    tool_number: int | None = None


def receive_gift(
    *,
    fund: Fund,
    kind: SourceKind,
    giver: str,
    amount: Money,
    on: date,
    key: str,
    by: Reach,
    pocket: Pocket | None = None,
    tool: ToolSaid | None = None,
    conditions: str = "",
    reports: Sequence[ReportSaid] = (),
    agency_id: int | None = None,
    document: str = "",
) -> GiftKept | NotDone:
    """Receive a grant or a donation: into cash or the bank, or a tool at what it is worth.

    ``tool`` makes it a gift in kind; then no pocket is needed. The same key again answers with the
    gift that is there.
    """
    with transaction.atomic():
        held = hold_pen(fund, [key])
        refusals = entitlement(fund, by, Deed.KEEP_MEANS)
        if key in held.known and not refusals:
            return _as_before(fund, held.known[key], key, kind, amount, on)
        pocket = None if tool is not None else pocket or Pocket()
        number = next_number(Gift, fund=fund)
        tool_number = next_number(Tool, fund=fund)
        into = f"tool:{tool_number}" if pocket is None else pocket.account
        draft = Draft(
            journal.Deed.CAPITAL_RECEIVED if tool is None else journal.Deed.TOOL_GIVEN,
            on,
            (Line(into, amount), Line(f"capital:gift-{number}", -amount)),
            key=key,
            memo=_memo(kind, is_tool=tool is not None),
            document=visible(document),
        )
        refusals += against_entry(held, draft, amount)
        refusals += against_pocket(fund, pocket)
        refusals += [] if visible(giver) else [Unnamed("giver")]
        refusals += against_length((giver, 200), (conditions, LONGEST_CONDITIONS))
        refusals += against_tool(fund, tool) if tool is not None else []
        refusals += _against_reports(reports, on)
        if refusals:
            return NotDone(tuple(dict.fromkeys(refusals)))
        entry = written(held, draft, by)
        if isinstance(entry, NotDone):
            return entry
        if tool is not None:
            make_tool(fund, tool_number, tool, value=amount, on=on, entry=entry, by=by)
        Gift.objects.create(
            fund=fund,
            number=number,
            kind=kind,
            giver=visible(giver),
            agency_id=agency_id,
            received_on=on,
            amount=amount,
            in_kind=visible(tool.name) if tool is not None else "",
            tool_number=None if tool is None else tool_number,
            conditions=conditions.strip(),
            document=draft.document,
            entry_number=entry,
            recorded_by_id=by.user_id,
            recorded_at=timezone.now(),
        )
        OwedReport.objects.bulk_create(
            OwedReport(
                fund=fund,
                gift_number=number,
                place=place,
                words=visible(each.words),
                due_on=each.due_on,
            )
            for place, each in enumerate(reports, start=1)
        )
        _record("receive_gift", fund, by, number, entry=entry, kind=str(kind))
    return GiftKept(number, entry, None if tool is None else tool_number)


def hand_in_report(
    number: int, place: int, *, fund: Fund, on: date, by: Reach, file: Path | None = None
) -> GiftKept | NotDone:
    """Note that a report was handed in, with a copy of it if there is one."""
    with transaction.atomic():
        hold_pen(fund, [])
        gift, refusals = _standing(number, fund, by)
        report = OwedReport.objects.filter(fund=fund, gift_number=number, place=place)
        row = report.first()
        if gift is not None:
            refusals += against_future(on)
            if row is None:
                refusals.append(NoSuchReport(number, place))
            elif row.handed_in_on is not None:
                refusals.append(ReportThere(place, row.handed_in_on))
            if on < gift.received_on:
                refusals.append(BeforeItWas("gift", number, gift.received_on, on))
        if refusals or gift is None:
            return NotDone(tuple(refusals))
        sha256 = ""
        if file is not None:
            sha256 = keep_paper(
                file,
                fund_id=fund.pk,
                area_code=fund.area_code,
                subject=f"gift {number} report {place}",
                user_id=by.user_id,
            )
        report.update(handed_in_on=on, evidence=sha256)
        _record("hand_in_report", fund, by, number, place=place, sha256=sha256)
    return GiftKept(number, gift.entry_number, gift.tool_number)


def thank(number: int, *, fund: Fund, on: date, by: Reach) -> GiftKept | NotDone:
    """Note that the letter of thanks went out."""
    with transaction.atomic():
        hold_pen(fund, [])
        gift, refusals = _standing(number, fund, by)
        if gift is not None:
            refusals += against_future(on)
            if gift.thanked_on is not None:
                refusals.append(ThankedBefore(gift.thanked_on))
            if on < gift.received_on:
                refusals.append(BeforeItWas("gift", number, gift.received_on, on))
        if refusals or gift is None:
            return NotDone(tuple(refusals))
        Gift.objects.filter(fund=fund, number=number).update(thanked_on=on)
        _record("thank", fund, by, number)
    return GiftKept(number, gift.entry_number, gift.tool_number)


def take_back_gift(
    number: int, *, fund: Fund, reason: str, key: str, by: Reach
) -> GiftKept | NotDone:
    """Take a gift back, as if it had never been; it stays readable.

    Only while the money is still there, and a tool untouched: not worn, lent or gone.
    """
    with transaction.atomic():
        held = hold_pen(fund, [key])
        refusals = entitlement(fund, by, Deed.KEEP_MEANS)
        gift = Gift.objects.filter(fund=fund, number=number).first()
        if gift is None:
            return NotDone((*refusals, NoSuch("gift", number)))
        if key not in held.known:
            refusals += against_reason(reason)
            refusals += _against_taking_back(fund, gift)
        if refusals:
            return NotDone(tuple(refusals))
        entry = turned_round(gift.entry_number, fund=fund, key=key, by=by)
        if isinstance(entry, NotDone):
            return entry
        if key not in held.known:
            note, now = visible(reason), timezone.now()
            Gift.objects.filter(fund=fund, number=number).update(
                withdrawn_at=now, withdrawn_note=note
            )
            if gift.tool_number is not None:
                Tool.objects.filter(fund=fund, number=gift.tool_number).update(
                    gone_on=gift.received_on, gone_words=f"กลับรายการรับ: {note}"[:LONGEST_WORDS]
                )
            _record("take_back_gift", fund, by, number, entry=entry, reason=note)
    return GiftKept(number, entry, gift.tool_number)


# --- below the line ----------------------------------------------------------------------------


def _memo(kind: SourceKind, *, is_tool: bool) -> str:
    what = "เครื่องมือ" if is_tool else "เงิน"
    return f"รับ{what}{'สนับสนุน' if kind == SourceKind.GRANT else 'บริจาค'}"


def _as_before(
    fund: Fund, entry: int, key: str, kind: SourceKind, amount: Money, on: date
) -> GiftKept | NotDone:
    gift = Gift.objects.filter(fund=fund, entry_number=entry).first()
    if gift is None or (gift.kind, gift.amount, gift.received_on) != (kind, amount, on):
        return NotDone((KeyTaken(key, entry),))
    return GiftKept(gift.number, entry, gift.tool_number)


def _against_reports(reports: Sequence[ReportSaid], on: date) -> list[MeansRefusal]:
    found: list[MeansRefusal] = []
    for place, each in enumerate(reports, start=1):
        found += [] if visible(each.words) else [Unnamed("report")]
        if each.due_on < on:
            found.append(ReportDueTooEarly(place, each.due_on, on))
    return found + against_length(*((each.words, 200) for each in reports))


def _standing(number: int, fund: Fund, by: Reach) -> tuple[Gift | None, list[MeansRefusal]]:
    """The gift, if it was not taken back, and what stands against touching it."""
    refusals = entitlement(fund, by, Deed.KEEP_MEANS)
    gift = Gift.objects.filter(fund=fund, number=number).first()
    if gift is None:
        return None, [*refusals, NoSuch("gift", number)]
    if gift.withdrawn_at is not None:
        return None, [*refusals, TakenBackBefore("gift", number)]
    return gift, refusals


def _against_taking_back(fund: Fund, gift: Gift) -> list[MeansRefusal]:
    if gift.withdrawn_at is not None:
        return [TakenBackBefore("gift", gift.number)]
    found: list[MeansRefusal] = []
    if gift.tool_number is not None:
        is_same = is_untouched(fund, gift.tool_number)
        return [] if is_same else [ToolChanged(gift.tool_number)]
    for line in WrittenLine.objects.filter(fund=fund, entry_number=gift.entry_number):
        if line.account == CASH or line.account.startswith("bank:"):
            found += against_paying(fund, line.account, line.amount, gift.received_on)
    return found


def _record(deed: str, fund: Fund, by: Reach, number: int, **details: object) -> None:
    record_deed(
        deed,
        user_id=by.user_id,
        area_code=fund.area_code,
        fund_id=fund.pk,
        subject=f"gift {number}",
        details=details,
    )
