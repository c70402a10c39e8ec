"""Rows of the paper books: the ones that wait for a person, and one row with its history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from kongthun.accounts.reach import Deed, Reach
from kongthun.areas.queries import within
from kongthun.domain.money import Money
from kongthun.domain.register_rows import Reason
from kongthun.ledger.models import Fund
from kongthun.ledger.queries import WholeEntry, whole_entries

from ..books import Kind
from ..models import PaperRow, RowEntry, Verdict, Workbook
from ..wording import advice_in_thai, column_in_thai, kind_in_thai, reason_in_thai
from .places import may, places_of
from .typed import (
    BOOK_OF,
    Typed,
    all_typed,
    fields_at_fault,
    masked_text,
    names_people,
    typed_at_fault,
)

ROWS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A row set aside, as a line of the list. It shows what is at fault, never a name."""

    row: PaperRow
    place: str
    kind: str
    book: str
    typed: list[Typed]
    reason: str
    advice: str


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How many rows wait for a reason."""

    reason: str
    label: str
    count: int


def waiting_rows(reach: Reach, *, area: str = "", fund: Fund | None = None) -> QuerySet[PaperRow]:
    """The rows set aside at the funds that the reader may see, within an area or at one fund."""
    rows = PaperRow.objects.filter(
        reach.funds(Deed.SEE_FUND, prefix="fund__"),
        replaced_at__isnull=True,
        verdict=Verdict.SET_ASIDE,
    )
    if area:
        rows = rows.filter(within("fund__area_code", area))
    return rows if fund is None else rows.filter(fund=fund)


def reasons_of(rows: QuerySet[PaperRow]) -> list[ReasonCount]:
    """How many of these rows wait for which reason; the most frequent first."""
    counts = rows.order_by().values_list("reason").annotate(count=Count("number"))
    return [
        ReasonCount(reason, reason_in_thai(reason), count)
        for reason, count in sorted(counts, key=lambda pair: (-pair[1], pair[0]))
    ]


def waiting_page(rows: QuerySet[PaperRow], *, reason: str, page: str | None) -> Page[WaitingRow]:
    """A page of these rows, fund by fund and in the order of the sheets."""
    chosen = rows.filter(reason=reason) if reason else rows
    ordered = chosen.select_related("fund").order_by("fund__code", "sheet_place", "row", "number")
    shown: Page[Any] = Paginator(ordered, ROWS_A_PAGE).get_page(page)
    places = places_of(row.fund.area_code for row in shown.object_list)
    shown.object_list = [
        WaitingRow(
            row=row,
            place=places[row.fund.area_code],
            kind=kind_in_thai(row.kind),
            book=BOOK_OF[row.kind],
            typed=typed_at_fault(row.kind, row.reason, row.said),
            reason=reason_in_thai(row.reason),
            advice=advice_in_thai(row.reason),
        )
        for row in shown.object_list
    ]
    return shown


@dataclass(frozen=True, slots=True)
class Change:
    """A field that a person put right."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a row: it was read in a file, or put right by a person."""

    at: datetime
    workbook: Workbook | None = None
    row: PaperRow | None = None  # the row as that file had it, if it is not the one shown
    typed: list[Typed] | None = None
    changes: list[Change] | None = None
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PostedAs:
    """The entry a row is in the books as."""

    entry: WholeEntry
    amount: Money


@dataclass(frozen=True, slots=True)
class RowPage:
    """Everything about a row that its reader may know."""

    row: PaperRow
    fund: Fund
    place: str
    kind: str
    book: str
    heading: str
    typed: list[Typed]
    reason: str
    advice: str
    workbook: Workbook | None
    posted_as: PostedAs | None
    times_posted: int
    contract: PaperRow | None
    waiting_for_it: int
    events: list[Event]
    with_names: bool
    names_people: bool
    can_correct: bool

    @property
    def is_replaced(self) -> bool:
        """Whether a newer file has another row in its place."""
        return self.row.replaced_at is not None

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for a person."""
        return self.row.verdict == Verdict.SET_ASIDE and not self.is_replaced


# Nothing typed in the row itself can help: its contract has to be put right, or be there at all.
_FAULT_LIES_ELSEWHERE = frozenset({Reason.LOAN_REJECTED, Reason.NO_CONTRACT})


def row_page(reach: Reach, fund: Fund, number: int) -> RowPage | None:
    """A row of a fund that the reader may see, in a constant number of statements."""
    row = PaperRow.objects.filter(fund=fund, number=number).select_related("corrected_by").first()
    if row is None:
        return None
    with_names = may(reach, Deed.SEE_NAMES, fund)
    kin = _kin(row)
    workbooks = _workbooks(fund, [row, *kin.earlier])
    posted_as, times_posted = _posted_as(row)
    is_its_own_fault = bool(row.reason) and row.reason not in _FAULT_LIES_ELSEWHERE
    wrong = fields_at_fault(row.kind, row.reason, row.said) if is_its_own_fault else ()
    can_correct = (
        is_its_own_fault and row.replaced_at is None and may(reach, Deed.CORRECT_ROWS, fund)
    )
    return RowPage(
        row=row,
        fund=fund,
        place=places_of([fund.area_code])[fund.area_code],
        kind=kind_in_thai(row.kind),
        book=BOOK_OF[row.kind],
        heading=_heading(row),
        typed=all_typed(row.kind, row.fields, at_fault=wrong, with_names=with_names),
        reason=reason_in_thai(row.reason) if row.reason else "",
        advice=advice_in_thai(row.reason) if row.reason else "",
        workbook=workbooks.get(row.workbook_number),
        posted_as=posted_as,
        times_posted=times_posted,
        contract=kin.contract,
        waiting_for_it=kin.waiting,
        events=_events(row, kin.earlier, workbooks, with_names=with_names),
        with_names=with_names,
        names_people=names_people(row.said),
        can_correct=can_correct,
    )


@dataclass(frozen=True, slots=True)
class _Kin:
    contract: PaperRow | None
    waiting: int
    earlier: list[PaperRow]


def _kin(row: PaperRow) -> _Kin:
    """The contract a receipt belongs to, receipts waiting for a contract, and the row before."""
    same_fact = Q(key=row.key)
    contract = Q(key=row.parent_key, replaced_at__isnull=True) if row.parent_key else Q()
    receipts = (
        Q(parent_key=row.key, replaced_at__isnull=True, reason=Reason.LOAN_REJECTED)
        if row.kind == Kind.CONTRACT
        else Q()
    )
    asked = [condition for condition in (same_fact, contract, receipts) if condition]
    condition = asked[0]
    for other in asked[1:]:
        condition |= other
    found = list(
        PaperRow.objects.filter(condition, fund=row.fund_id)
        .exclude(number=row.number)
        .select_related("corrected_by")
        .order_by("number")
    )
    return _Kin(
        contract=next((r for r in found if row.parent_key and r.key == row.parent_key), None),
        waiting=sum(1 for r in found if r.parent_key and r.parent_key == row.key),
        earlier=[r for r in found if r.key == row.key],
    )


def _workbooks(fund: Fund, rows: Iterable[PaperRow]) -> dict[int, Workbook]:
    numbers = {row.workbook_number for row in rows}
    found = Workbook.objects.filter(fund=fund, number__in=numbers).defer("receipt")
    return {workbook.number: workbook for workbook in found}


def _posted_as(row: PaperRow) -> tuple[PostedAs | None, int]:
    """The entry the row stands in the books as, and how often its fact was posted in all."""
    if row.kind not in {Kind.CONTRACT, Kind.RECEIPT, Kind.BANK}:
        return None, 0
    known = RowEntry.objects.filter(fund=row.fund_id, key=row.key).first()
    if known is None:
        return None, 0
    if known.entry_number is None or row.replaced_at is not None:
        return None, known.generation
    entry = whole_entries(row.fund_id, [known.entry_number])[known.entry_number]
    amount = Money(sum(satang for _, satang in entry.lines if satang > 0))
    return PostedAs(entry, amount), known.generation


def _heading(row: PaperRow) -> str:
    """What the row is called on its page: by number or label, never by a person's name."""
    said = row.said
    if row.kind == Kind.STATUS:
        return said.get("label", "") or kind_in_thai(row.kind)
    for name in ("paper_number", "receipt_number", "document", "number", "set_number"):
        if row.kind != Kind.CONTRACT or name == "paper_number":
            text = masked_text(name, said.get(name, ""))
            if text:
                return f"{kind_in_thai(row.kind)} · {column_in_thai(name, row.kind)} {text}"
    return kind_in_thai(row.kind)


def _events(
    row: PaperRow, earlier: list[PaperRow], workbooks: dict[int, Workbook], *, with_names: bool
) -> list[Event]:
    """In the order of time: read, put right, read anew."""
    events = []
    for one in (*earlier, row):
        workbook = workbooks.get(one.workbook_number)
        if workbook is not None:
            events.append(
                Event(
                    at=workbook.imported_at,
                    workbook=workbook,
                    row=None if one is row else one,
                    typed=None
                    if one is row
                    else all_typed(one.kind, one.fields, at_fault=(), with_names=with_names),
                )
            )
        if one.corrected_at is not None:
            events.append(_correction(one, one.corrected_at, with_names=with_names))
    return sorted(events, key=lambda event: event.at)


def _correction(row: PaperRow, at: datetime, *, with_names: bool) -> Event:
    def shown(name: str, text: str) -> str:
        return text if with_names else masked_text(name, text)

    return Event(
        at=at,
        changes=[
            Change(
                column_in_thai(name, row.kind),
                shown(name, row.fields.get(name, "")),
                shown(name, text),
            )
            for name, text in (row.correction or {}).items()
        ],
        by=str(row.corrected_by) if row.corrected_by else "",
        note=shown("note", row.correction_note),
    )
