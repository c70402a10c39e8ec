"""The asset register: what the group has, what it is worth, who keeps it, with whom it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kongthun.domain.money import ZERO, Money
from kongthun.domain.thai_text import read_name
from kongthun.groups.models import Membership
from kongthun.ledger.models import Account, Fund

from ..models import Tool, ToolEvent, ToolEventKind, ToolState


@dataclass(frozen=True, slots=True)
class Whom:
    """A member by number, or somebody as written; how they are called is for the reader's eyes."""

    words: str
    member_number: int | None = None


@dataclass(frozen=True, slots=True)
class Lent:
    """With whom a tool is, and since when."""

    whom: Whom
    since: date
    due_back_on: date | None

    def is_late(self, day: date) -> bool:
        """Whether it should be back by now."""
        return self.due_back_on is not None and self.due_back_on < day


@dataclass(frozen=True, slots=True)
class ToolOn:
    """A tool as it stands: what it is worth, its state, its keeper, to whom it is lent."""

    row: Tool
    worth: Money
    keeper: Whom
    state: str
    checked_on: date | None
    lent: Lent | None

    @property
    def state_words(self) -> str:
        """The state in words; nobody has looked yet, if it is empty."""
        return str(ToolState(self.state).label) if self.state else "ยังไม่ได้ตรวจ"


@dataclass(frozen=True, slots=True)
class EventRow:
    """Something that happened to a tool, with who it was about."""

    row: ToolEvent
    whom: Whom

    @property
    def state_words(self) -> str:
        """The state that was found."""
        return str(ToolState(self.row.state).label) if self.row.state else ""


def tools(fund: Fund, *, with_names: bool, with_gone: bool = False) -> list[ToolOn]:
    """The tools by number, as they stand by all that is written. Four statements."""
    rows = Tool.objects.filter(fund=fund)
    if not with_gone:
        rows = rows.filter(gone_on=None)
    return _as_they_stand(fund, list(rows.order_by("number")), with_names=with_names)


def tool(fund: Fund, number: int, *, with_names: bool) -> ToolOn | None:
    """One tool, gone or not."""
    rows = list(Tool.objects.filter(fund=fund, number=number))
    return next(iter(_as_they_stand(fund, rows, with_names=with_names)), None)


def tools_lent(fund: Fund, *, with_names: bool = False) -> list[ToolOn]:
    """The tools that are with somebody, the one due back first first. Four statements."""
    lent = [each for each in tools(fund, with_names=with_names) if each.lent is not None]
    return sorted(lent, key=lambda each: (_due(each), each.row.number))


def events_of(fund: Fund, number: int, *, with_names: bool) -> list[EventRow]:
    """What happened to a tool, the latest first. Two statements."""
    names = _names(fund, with_names=with_names)
    events = ToolEvent.objects.filter(fund=fund, tool_number=number)
    return [
        EventRow(event, _whom(event.person, event.member_number, names, with_names=with_names))
        for event in events.order_by("-happened_on", "-number")
    ]


# --- below the line ----------------------------------------------------------------------------


def _due(each: ToolOn) -> date:
    due = each.lent.due_back_on if each.lent is not None else None
    return due or date.max


def _names(fund: Fund, *, with_names: bool) -> dict[int, str]:
    members = Membership.objects.filter(group_id=fund.pk).select_related("person")
    return {
        member.number: member.person.name.full if with_names else member.person.name.masked
        for member in members
    }


def _whom(
    person: str, member_number: int | None, names: dict[int, str], *, with_names: bool
) -> Whom:
    if member_number is not None:
        return Whom(names.get(member_number, ""), member_number)
    return Whom(person if with_names or not person else read_name(person).masked)


def _as_they_stand(fund: Fund, rows: Sequence[Tool], *, with_names: bool) -> list[ToolOn]:
    names = _names(fund, with_names=with_names)
    worth: dict[str, Money] = dict(
        Account.objects.filter(fund=fund, kind="tool").values_list("code", "balance")
    )
    events: dict[int, list[ToolEvent]] = {}
    for event in ToolEvent.objects.filter(fund=fund).order_by("happened_on", "number"):
        events.setdefault(event.tool_number, []).append(event)
    return [
        _on(
            row,
            worth.get(f"tool:{row.number}", ZERO),
            events.get(row.number, ()),
            names,
            with_names=with_names,
        )
        for row in rows
    ]


def _on(
    row: Tool,
    worth: Money,
    events: Sequence[ToolEvent],
    names: dict[int, str],
    *,
    with_names: bool,
) -> ToolOn:
    keeper = _whom(row.keeper, row.member_number, names, with_names=with_names)
    state, checked_on, lent = "", None, None
    for event in events:
        whom = _whom(event.person, event.member_number, names, with_names=with_names)
        if event.state:
            state, checked_on = event.state, event.happened_on
        match event.kind:
            case ToolEventKind.KEPT_BY:
                keeper = whom
            case ToolEventKind.LENT:
                lent = Lent(whom, event.happened_on, event.due_back_on)
            case ToolEventKind.RETURNED:
                lent = None
    return ToolOn(row, worth, keeper, state, checked_on, lent)
