"""Tools and machines: bought, kept, lent, checked, worn, and at the end gone.

Account ``tool:<number>`` holds what a tool is still worth. Whatever leaves it is an expense:
``expense:wear`` little by little, ``expense:tools`` when it goes (docs/rules/tools.md).
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
from kongthun.domain.journal import Draft, Line
from kongthun.domain.money import ZERO, Money
from kongthun.domain.thai_text import visible
from kongthun.domain.wear import wear_due
from kongthun.groups.models import Membership
from kongthun.ledger.actions import AlreadyReversed, KeyTaken, NotPosted, hold_pen, post_entries
from kongthun.ledger.bank import LONGEST_WORDS
from kongthun.ledger.models import Account, Entry, Fund
from kongthun.ledger.models import Line as WrittenLine
from kongthun.ledger.queries import balance_of, lowest_balance_since
from kongthun.ledger.refusals import NotAboveZero
from kongthun.ledger.savings import NotAMember

from ..means_refusals import (
    BeforeItWas,
    BeforeTheLatest,
    DueBackTooEarly,
    LentOut,
    MeansRefusal,
    MoreThanWorth,
    NoSuch,
    NotDone,
    NothingToWear,
    NotLent,
    NotOfTheseDeeds,
    ToolChanged,
    ToolGone,
    Unnamed,
    YearsUnsaid,
)
from ..models import Gift, Tool, ToolEvent, ToolEventKind, ToolState
from ..posting import (
    Mended,
    Pocket,
    against_entry,
    against_future,
    against_length,
    against_paying,
    against_pocket,
    against_reason,
    entitlement,
    is_taken_back,
    turned_round,
    written,
)

MOST_YEARS = 50
WEAR = "expense:wear"
WRITTEN_OFF = "expense:tools"
SOLD = "income:tools"


@dataclass(frozen=True, slots=True)
class ToolSaid:
    """What is said of a tool when it comes. The keeper is a member by number, or as written."""

    name: str
    keeper: str = ""
    member_number: int | None = None
    serial: str = ""
    place: str = ""
    useful_years: int | None = None


@dataclass(frozen=True, slots=True)
class ToolKept:
    """The tool's number, and the entry if money or worth moved."""

    number: int
    entry_number: int | None = None


@dataclass(frozen=True, slots=True)
class EventNoted:
    """The number of what was written down about a tool."""

    number: int


@dataclass(frozen=True, slots=True)
class Worn:
    """What was written off, a tool each."""

    amounts: tuple[tuple[int, Money], ...]
    entries: tuple[int, ...]


def buy_tool(
    *,
    fund: Fund,
    tool: ToolSaid,
    value: Money,
    on: date,
    pocket: Pocket,
    key: str,
    by: Reach,
    document: str = "",
) -> ToolKept | NotDone:
    """Pay for a tool out of cash or the bank: what was money is a tool now, at the same worth."""
    with transaction.atomic():
        held = hold_pen(fund, [key])
        refusals = _entitled(fund, by)
        if key in held.known and not refusals:
            return _bought_before(fund, held.known[key], key, value, on)
        number = next_number(Tool, fund=fund)
        draft = Draft(
            journal.Deed.TOOL_BOUGHT,
            on,
            (Line(f"tool:{number}", value), Line(pocket.account, -value)),
            key=key,
            memo=f"ซื้อเครื่องมือเลขที่ {number}",
            document=visible(document),
        )
        refusals += against_entry(held, draft, value)
        refusals += against_pocket(fund, pocket)
        refusals += against_paying(fund, pocket.account, value, on)
        refusals += against_tool(fund, tool)
        if refusals:
            return NotDone(tuple(dict.fromkeys(refusals)))
        entry = written(held, draft, by)
        if isinstance(entry, NotDone):
            return entry
        make_tool(fund, number, tool, value=value, on=on, entry=entry, by=by)
        _record("buy_tool", fund, by, number, entry=entry)
    return ToolKept(number, entry)


def check_tool(
    number: int,
    *,
    fund: Fund,
    state: ToolState,
    on: date,
    by: Reach,
    words: str = "",
    repaired: bool = False,
) -> EventNoted | NotDone:
    """Write down in what state a tool was found, or was after a repair."""
    kind = ToolEventKind.REPAIRED if repaired else ToolEventKind.CHECKED
    return _note(number, fund, by, kind, on, state=state, words=words)


def lend_tool(
    number: int,
    *,
    fund: Fund,
    on: date,
    by: Reach,
    person: str = "",
    member_number: int | None = None,
    due_back_on: date | None = None,
    words: str = "",
) -> EventNoted | NotDone:
    """Lend a tool to a member, or to somebody as written. What is lent is not lent again."""
    return _note(
        number,
        fund,
        by,
        ToolEventKind.LENT,
        on,
        person=person,
        member_number=member_number,
        due_back_on=due_back_on,
        words=words,
    )


def return_tool(
    number: int, *, fund: Fund, on: date, by: Reach, state: ToolState, words: str = ""
) -> EventNoted | NotDone:
    """Take a lent tool back, in the state it is in."""
    return _note(number, fund, by, ToolEventKind.RETURNED, on, state=state, words=words)


def change_keeper(
    number: int,
    *,
    fund: Fund,
    on: date,
    by: Reach,
    person: str = "",
    member_number: int | None = None,
    words: str = "",
) -> EventNoted | NotDone:
    """Hand a tool over to another keeper."""
    return _note(
        number,
        fund,
        by,
        ToolEventKind.KEPT_BY,
        on,
        person=person,
        member_number=member_number,
        words=words,
    )


def wear_tool(
    number: int, *, fund: Fund, on: date, key: str, by: Reach, amount: Money | None = None
) -> Worn | NotDone:
    """Write off what a tool has lost by a day; straight-line, unless ``amount`` says how much.

    Never more than it is still worth on that day and since.
    """
    with transaction.atomic():
        held = hold_pen(fund, [key])
        refusals = _entitled(fund, by)
        if key in held.known and not refusals:
            return _worn_before(fund, held.known[key], key, number, on, amount)
        tool = _tool(fund, number)
        if tool is None:
            return NotDone((*refusals, NoSuch("tool", number)))
        refusals += _against_standing(tool, on)
        left = balance_of(fund.pk, _account(number))
        if amount is None and tool.useful_years is None:
            return NotDone((*refusals, YearsUnsaid(number)))
        due = wear_due(tool.value, left, tool.useful_years or 1, tool.acquired_on, on)
        lost = amount if amount is not None else due
        if amount is None and not lost:
            return NotDone((*refusals, NothingToWear(on)))
        draft = _wear_draft(number, lost, on, key)
        refusals += against_entry(held, draft, lost)
        refusals += _more_than_worth(fund, number, lost, on)
        if refusals:
            return NotDone(tuple(dict.fromkeys(refusals)))
        entry = written(held, draft, by)
        if isinstance(entry, NotDone):
            return entry
        _record("wear_tool", fund, by, number, entry=entry, satang=lost.satang)
    return Worn(((number, lost),), (entry,))


def wear_tools(*, fund: Fund, on: date, key: str, by: Reach) -> Worn | NotDone:
    """Write off what all tools have lost by a day, an entry each; all of them or none."""
    with transaction.atomic():
        hold_pen(fund, [])
        refusals = [*_entitled(fund, by), *against_future(on)]
        again = list(Entry.objects.filter(fund=fund, key__startswith=f"{key}:", reverses=None))
        if again and not refusals:
            found = _wear_of(fund, again)
            return Worn(
                tuple((number, lost) for _, number, lost in found),
                tuple(entry.number for entry, _, _ in found),
            )
        proposed = proposed_wear(fund, on)
        drafts = [_wear_draft(number, lost, on, f"{key}:{number}") for number, lost in proposed]
        if not drafts:
            refusals.append(NothingToWear(on))
        if refusals:
            return NotDone(tuple(refusals))
        posted = post_entries(drafts, fund=fund, recorded_by=by.user_id)
        if isinstance(posted, NotPosted):
            return NotDone(posted.refusals)
        record_deed(
            "wear_tools",
            user_id=by.user_id,
            area_code=fund.area_code,
            fund_id=fund.pk,
            subject=f"entries {posted.numbers[0]}-{posted.numbers[-1]}",
            details={"on": on.isoformat(), "tools": [number for number, _ in proposed]},
        )
    return Worn(tuple(proposed), posted.numbers)


def proposed_wear(fund: Fund, on: date) -> list[tuple[int, Money]]:
    """What each tool has still to lose by a day, where it is something. Two statements."""
    left: dict[str, Money] = dict(
        Account.objects.filter(fund=fund, kind="tool").values_list("code", "balance")
    )
    found = []
    for tool in Tool.objects.filter(
        fund=fund, gone_on=None, acquired_on__lte=on, useful_years__isnull=False
    ).order_by("number"):
        years = tool.useful_years or 1
        rest = left.get(_account(tool.number), ZERO)
        due = wear_due(tool.value, rest, years, tool.acquired_on, on)
        if due:
            found.append((tool.number, due))
    return found


def retire_tool(
    number: int,
    *,
    fund: Fund,
    on: date,
    words: str,
    key: str,
    by: Reach,
    sold_for: Money = ZERO,
    pocket: Pocket | None = None,
    document: str = "",
) -> ToolKept | NotDone:
    """End a tool: sold for money, or broken, lost, given away for nothing. Its account is empty.

    What it was still worth beyond the price is an expense; what was paid beyond that, income.
    """
    with transaction.atomic():
        held = hold_pen(fund, [key])
        refusals = _entitled(fund, by)
        tool = _tool(fund, number)
        if tool is None:
            return NotDone((*refusals, NoSuch("tool", number)))
        if tool.gone_on == on and key in held.known and not refusals:
            return ToolKept(number, held.known[key])
        pocket = pocket or Pocket()
        left = balance_of(fund.pk, _account(number))
        refusals += _against_standing(tool, on)
        refusals += against_reason(words)
        refusals += against_pocket(fund, pocket)
        refusals += [NotAboveZero(sold_for)] if sold_for < ZERO else []
        events = _events(fund, number)
        refusals += _against_lent(number, events)
        refusals += _against_order(events, on)
        lines = _ending(number, left, sold_for, pocket)
        draft = Draft(
            journal.Deed.TOOL_GONE,
            on,
            lines,
            key=key,
            memo=f"{'ขาย' if sold_for else 'เลิกใช้'}เครื่องมือเลขที่ {number}",
            document=visible(document),
        )
        refusals += against_entry(held, draft) if lines else against_future(on)
        if refusals:
            return NotDone(tuple(dict.fromkeys(refusals)))
        entry = written(held, draft, by) if lines else None
        if isinstance(entry, NotDone):
            return entry
        Tool.objects.filter(fund=fund, number=number).update(gone_on=on, gone_words=visible(words))
        _record("retire_tool", fund, by, number, entry=entry, satang=sold_for.satang)
    return ToolKept(number, entry)


def take_back_tool(
    number: int, *, fund: Fund, reason: str, key: str, by: Reach
) -> ToolKept | NotDone:
    """Take a purchase back, as if it had never been. Only a tool nothing has happened to."""
    with transaction.atomic():
        held = hold_pen(fund, [key])
        refusals = _entitled(fund, by)
        tool = _tool(fund, number)
        if tool is None:
            return NotDone((*refusals, NoSuch("tool", number)))
        if key not in held.known:
            refusals += against_reason(reason)
            if tool.gone_on is not None:
                refusals.append(ToolGone(number, tool.gone_on))
            elif not is_untouched(fund, number):
                refusals.append(ToolChanged(number))
            elif Gift.objects.filter(fund=fund, tool_number=number).exists():
                refusals.append(NotOfTheseDeeds(tool.entry_number))
        if refusals:
            return NotDone(tuple(refusals))
        entry = turned_round(tool.entry_number, fund=fund, key=key, by=by)
        if isinstance(entry, NotDone):
            return entry
        if key not in held.known:
            said = f"กลับรายการซื้อ: {visible(reason)}"[:LONGEST_WORDS]
            Tool.objects.filter(fund=fund, number=number).update(
                gone_on=tool.acquired_on, gone_words=said
            )
            _record("take_back_tool", fund, by, number, entry=entry, reason=visible(reason))
    return ToolKept(number, entry)


def take_back_wear(
    entry_number: int, *, fund: Fund, reason: str, key: str, by: Reach
) -> Mended | NotDone:
    """Take back what was written off of a tool, while the group still has it."""
    with transaction.atomic():
        held = hold_pen(fund, [key])
        refusals = _entitled(fund, by)
        if key not in held.known:
            refusals += against_reason(reason)
            entry = Entry.objects.filter(fund=fund, number=entry_number).first()
            if entry is None or entry.deed != journal.Deed.TOOL_WORN or entry.reverses is not None:
                return NotDone((*refusals, NotOfTheseDeeds(entry_number)))
            back = Entry.objects.filter(fund=fund, reverses=entry_number).first()
            if back is not None:
                refusals.append(AlreadyReversed(entry_number, back.number))
            lines = WrittenLine.objects.filter(fund=fund, entry_number=entry_number)
            number = int(lines.get(account__startswith="tool:").account.partition(":")[2])
            tool = _tool(fund, number)
            if tool is not None and tool.gone_on is not None:
                refusals.append(ToolGone(number, tool.gone_on))
        if refusals:
            return NotDone(tuple(refusals))
        mended = turned_round(entry_number, fund=fund, key=key, by=by)
        if isinstance(mended, NotDone):
            return mended
        if key not in held.known:
            record_deed(
                "take_back_wear",
                user_id=by.user_id,
                area_code=fund.area_code,
                fund_id=fund.pk,
                subject=f"entry {entry_number}",
                details={"entry": mended, "reason": visible(reason)},
            )
    return Mended(mended)


# --- for gifts in kind -------------------------------------------------------------------------


def against_tool(fund: Fund, said: ToolSaid) -> list[MeansRefusal]:
    """What is missing in what is said of a tool."""
    found: list[MeansRefusal] = [] if visible(said.name) else [Unnamed("tool")]
    found += _against_person(fund, "keeper", said.keeper, said.member_number)
    years = said.useful_years
    if years is not None and not 1 <= years <= MOST_YEARS:
        found.append(NotAboveZero(ZERO))
    return found + against_length(
        (said.name, 150), (said.keeper, 150), (said.serial, 60), (said.place, 200)
    )


def make_tool(
    fund: Fund, number: int, said: ToolSaid, *, value: Money, on: date, entry: int, by: Reach
) -> None:
    """The row of a tool whose entry was just written."""
    Tool.objects.create(
        fund=fund,
        number=number,
        name=visible(said.name),
        serial=visible(said.serial),
        acquired_on=on,
        value=value,
        useful_years=said.useful_years,
        keeper=visible(said.keeper),
        member_number=said.member_number,
        place=visible(said.place),
        entry_number=entry,
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )


def is_untouched(fund: Fund, number: int) -> bool:
    """Whether a tool is as it came: nothing written off, nothing written down, not gone."""
    tool = Tool.objects.get(fund=fund, number=number)
    if tool.gone_on is not None or ToolEvent.objects.filter(fund=fund, tool_number=number).exists():
        return False
    entries = WrittenLine.objects.filter(fund=fund, account=_account(number)).values_list(
        "entry_number", flat=True
    )
    others = set(
        Entry.objects.filter(fund=fund, number__in=list(entries), reverses=None).values_list(
            "number", flat=True
        )
    ) - {tool.entry_number}
    return all(is_taken_back(fund, other) for other in others)


# --- below the line ----------------------------------------------------------------------------


def _entitled(fund: Fund, by: Reach) -> list[MeansRefusal]:
    """Who keeps the means, or the trade, keeps the tools."""
    return entitlement(fund, by, Deed.KEEP_MEANS, Deed.KEEP_TRADE)


def _account(number: int) -> str:
    return f"tool:{number}"


def _tool(fund: Fund, number: int) -> Tool | None:
    return Tool.objects.filter(fund=fund, number=number).first()


def _events(fund: Fund, number: int) -> list[ToolEvent]:
    """In the order of days, and as written on one day."""
    events = ToolEvent.objects.filter(fund=fund, tool_number=number)
    return list(events.order_by("happened_on", "number"))


def _bought_before(fund: Fund, entry: int, key: str, value: Money, on: date) -> ToolKept | NotDone:
    tool = Tool.objects.filter(fund=fund, entry_number=entry).first()
    if tool is None or (tool.value, tool.acquired_on) != (value, on):
        return NotDone((KeyTaken(key, entry),))
    return ToolKept(tool.number, entry)


def _worn_before(
    fund: Fund, number: int, key: str, tool: int, on: date, amount: Money | None
) -> Worn | NotDone:
    entry = Entry.objects.get(fund=fund, number=number)
    found = [(worn, lost) for _, worn, lost in _wear_of(fund, [entry])]
    is_same = bool(found) and found[0][0] == tool and entry.happened_on == on
    if not is_same or (amount is not None and amount != found[0][1]):
        return NotDone((KeyTaken(key, number),))
    return Worn(tuple(found), (number,))


def _wear_of(fund: Fund, entries: Sequence[Entry]) -> list[tuple[Entry, int, Money]]:
    """Entries of wear with their tools and sums."""
    by_number = {entry.number: entry for entry in entries}
    lines = WrittenLine.objects.filter(
        fund=fund, entry_number__in=list(by_number), account__startswith="tool:"
    ).order_by("entry_number")
    return [
        (by_number[line.entry_number], int(line.account.partition(":")[2]), -line.amount)
        for line in lines
        if by_number[line.entry_number].deed == journal.Deed.TOOL_WORN
    ]


def _wear_draft(number: int, lost: Money, on: date, key: str) -> Draft:
    lines = (Line(WEAR, lost), Line(_account(number), -lost))
    memo = f"ตัดค่าเสื่อมเครื่องมือเลขที่ {number}"
    return Draft(journal.Deed.TOOL_WORN, on, lines, key=key, memo=memo)


def _ending(number: int, left: Money, sold_for: Money, pocket: Pocket) -> tuple[Line, ...]:
    """The lines that empty a tool's account; none where it was empty and nothing was paid."""
    differs = left - sold_for
    rest = Line(WRITTEN_OFF if differs > ZERO else SOLD, differs)
    lines = (Line(pocket.account, sold_for), rest, Line(_account(number), -left))
    return tuple(line for line in lines if line.amount)


def _more_than_worth(fund: Fund, number: int, lost: Money, on: date) -> list[MeansRefusal]:
    left = lowest_balance_since(fund.pk, _account(number), on).balance
    return [MoreThanWorth(number, lost, left)] if lost > left else []


def _against_standing(tool: Tool, on: date) -> list[MeansRefusal]:
    if tool.gone_on is not None:
        return [ToolGone(tool.number, tool.gone_on)]
    if on < tool.acquired_on:
        return [BeforeItWas("tool", tool.number, tool.acquired_on, on)]
    return []


def _against_person(
    fund: Fund, what: str, person: str, member_number: int | None
) -> list[MeansRefusal]:
    if member_number is not None:
        is_listed = Membership.objects.filter(group_id=fund.pk, number=member_number).exists()
        return [] if is_listed else [NotAMember(member_number)]
    if visible(person):
        return []
    return [Unnamed("keeper" if what == "keeper" else "borrower")]


def _lent(events: Sequence[ToolEvent]) -> ToolEvent | None:
    """To whom it is lent now, by the events in their order."""
    last = None
    for event in events:
        if event.kind == ToolEventKind.LENT:
            last = event
        elif event.kind == ToolEventKind.RETURNED:
            last = None
    return last


def _against_lent(number: int, events: Sequence[ToolEvent]) -> list[MeansRefusal]:
    lent = _lent(events)
    return [LentOut(number, lent.happened_on, lent.due_back_on)] if lent is not None else []


_MOVES = (ToolEventKind.LENT, ToolEventKind.RETURNED)


def _against_order(events: Sequence[ToolEvent], on: date) -> list[MeansRefusal]:
    """Lending and taking back are written down in the order they happened."""
    latest = max((e.happened_on for e in events if e.kind in _MOVES), default=None)
    return [BeforeTheLatest(on, latest)] if latest is not None and on < latest else []


def _note(
    number: int,
    fund: Fund,
    by: Reach,
    kind: ToolEventKind,
    on: date,
    *,
    state: ToolState | None = None,
    person: str = "",
    member_number: int | None = None,
    due_back_on: date | None = None,
    words: str = "",
) -> EventNoted | NotDone:
    with transaction.atomic():
        hold_pen(fund, [])
        refusals = [*_entitled(fund, by), *against_future(on)]
        tool = _tool(fund, number)
        if tool is None:
            return NotDone((*refusals, NoSuch("tool", number)))
        refusals += _against_standing(tool, on)
        refusals += against_length((words, LONGEST_WORDS), (person, 150))
        events = _events(fund, number)
        if kind in _MOVES:
            refusals += _against_order(events, on)
        if kind == ToolEventKind.LENT:
            refusals += _against_lent(number, events)
            if due_back_on is not None and due_back_on < on:
                refusals.append(DueBackTooEarly(due_back_on, on))
        if kind == ToolEventKind.RETURNED and _lent(events) is None:
            refusals.append(NotLent(number))
        if kind in {ToolEventKind.LENT, ToolEventKind.KEPT_BY}:
            what = "borrower" if kind == ToolEventKind.LENT else "keeper"
            refusals += _against_person(fund, what, person, member_number)
        if refusals:
            return NotDone(tuple(dict.fromkeys(refusals)))
        event = next_number(ToolEvent, fund=fund)
        ToolEvent.objects.create(
            fund=fund,
            number=event,
            tool_number=number,
            kind=kind,
            happened_on=on,
            state=state or "",
            person=visible(person),
            member_number=member_number,
            due_back_on=due_back_on,
            words=visible(words),
            recorded_by_id=by.user_id,
            recorded_at=timezone.now(),
        )
        _record(f"tool_{kind}", fund, by, number, event=event)
    return EventNoted(event)


def _record(deed: str, fund: Fund, by: Reach, number: int, **details: object) -> None:
    record_deed(
        deed,
        user_id=by.user_id,
        area_code=fund.area_code,
        fund_id=fund.pk,
        subject=f"tool {number}",
        details=details,
    )
