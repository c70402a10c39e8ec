"""Workbooks that were brought in, and batches that still wait for a yes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.fields.json import KT

from kongthun.accounts.reach import Deed, Reach
from kongthun.ledger.models import Entry, Fund

from ..batches import LOOKED_AT_AND_GOOD, Outcome
from ..models import Batch, BatchFile, PaperRow, Verdict, Workbook
from ..wording import trouble_in_thai
from .places import places_of
from .reconciliation import Reconciliation, read_receipt

WORKBOOKS_A_PAGE = 25
FILES_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class ImportedLine:
    """A workbook that was brought in, as a line of the list."""

    workbook: Workbook
    place: str
    posted: int
    set_aside: int


def imported_page(reach: Reach, page: str | None) -> Page[ImportedLine]:
    """The workbooks of the funds where the reader brings books in, newest first."""
    workbooks = (
        Workbook.objects.filter(reach.funds(Deed.IMPORT_REGISTERS, prefix="fund__"))
        .select_related("fund", "imported_by")
        .order_by("-imported_at", "fund_id", "-number")
    )
    shown: Page[Any] = Paginator(workbooks, WORKBOOKS_A_PAGE).get_page(page)
    places = places_of(workbook.fund.area_code for workbook in shown.object_list)
    shown.object_list = [
        ImportedLine(
            workbook=workbook,
            place=places[workbook.fund.area_code],
            posted=sum(sheet["posted"] for sheet in workbook.receipt["sheets"]),
            set_aside=sum(sheet["set_aside"] for sheet in workbook.receipt["sheets"]),
        )
        for workbook in shown.object_list
    ]
    return shown


def open_batches(user_id: int) -> QuerySet[Batch]:
    """The batches this person handed in and has not settled, with ``total`` and ``seen`` files."""
    return (
        Batch.objects.filter(handed_in_by_id=user_id, settled_at__isnull=True)
        .annotate(
            total=Count("files"), seen=Count("files", filter=~Q(files__outcome=Outcome.WAITING))
        )
        .order_by("-handed_in_at", "-pk")
    )


def batch_of(user_id: int, pk: int) -> Batch | None:
    """A batch, for who handed it in and nobody else: it may hold books of several places."""
    return Batch.objects.filter(pk=pk, handed_in_by_id=user_id).first()


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of a batch: what would come of it, or what came of it."""

    file: BatchFile
    outcome: Outcome
    fund_name: str
    place: str
    trouble: str
    reconciliation: Reconciliation | None
    workbook: int | None
    is_twice: bool  # another file of the batch is of the same fund

    @property
    def code(self) -> str:
        """The code of the fund, if it is known whose books these are."""
        return self.reconciliation.receipt.code if self.reconciliation else ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch has come, counted in files.

    ``posted`` and ``set_aside`` are rows of the sheets, over the files that bring something new.
    """

    total: int
    waiting: int
    ready: int
    same: int
    confirmed: int
    imported: int
    troubled: int
    posted: int
    set_aside: int

    @property
    def seen(self) -> int:
        """Files that were looked at."""
        return self.total - self.waiting

    @property
    def settled_files(self) -> int:
        """Confirmed files that are through, one way or another."""
        return self.total - self.confirmed


_COUNTED = (Outcome.READY, Outcome.CONFIRMED, Outcome.IMPORTED)


def progress_of(batch: Batch) -> Progress:
    """Counts over all files of a batch, in one statement."""
    seen = batch.files.values_list("outcome", "preview__receipt__sheets")
    outcomes: Counter[str] = Counter()
    posted = set_aside = 0
    for outcome, sheets in seen:
        outcomes[outcome] += 1
        if outcome in _COUNTED:
            posted += sum(sheet["posted"] for sheet in sheets)
            set_aside += sum(sheet["set_aside"] for sheet in sheets)
    return Progress(
        total=outcomes.total(),
        waiting=outcomes[Outcome.WAITING],
        ready=outcomes[Outcome.READY],
        same=outcomes[Outcome.SAME],
        confirmed=outcomes[Outcome.CONFIRMED],
        imported=outcomes[Outcome.IMPORTED],
        troubled=outcomes[Outcome.UNREADABLE]
        + outcomes[Outcome.OUT_OF_REACH]
        + outcomes[Outcome.FAILED],
        posted=posted,
        set_aside=set_aside,
    )


# What needs a person comes first.
_FIRST = (Outcome.OUT_OF_REACH, Outcome.UNREADABLE, Outcome.FAILED)


def files_page(batch: Batch, reach: Reach, page: str | None) -> Page[FileLine]:
    """The files of a batch that were looked at; troubled ones first, then by name."""
    files = (
        batch.files.exclude(outcome=Outcome.WAITING)
        .annotate(
            place=Case(
                When(outcome__in=_FIRST, then=Value(0)),
                default=Value(1),
                output_field=IntegerField(),
            )
        )
        .order_by("place", "file_name", "pk")
    )
    shown: Page[Any] = Paginator(files, FILES_A_PAGE).get_page(page)
    of_funds = Counter(
        batch.files.filter(outcome__in=(*LOOKED_AT_AND_GOOD, Outcome.CONFIRMED))
        # As text: a key read as JSON would turn the digits of a code into a number.
        .annotate(code=KT("preview__receipt__code"))
        .values_list("code", flat=True)
    )
    codes = {code for file in shown.object_list if (code := _code_of(file))}
    places = places_of(codes)
    funds = dict(
        Fund.objects.filter(reach.funds(Deed.IMPORT_REGISTERS), code__in=codes).values_list(
            "code", "name"
        )
    )
    shown.object_list = [
        _file_line(file, places, funds, is_twice=of_funds[_code_of(file)] > 1)
        for file in shown.object_list
    ]
    return shown


def _code_of(file: BatchFile) -> str:
    receipt = file.preview.get("receipt")
    return str(receipt["code"] if receipt else file.preview.get("out_of_reach", ""))


def _file_line(
    file: BatchFile, places: dict[str, str], funds: dict[str, str], *, is_twice: bool
) -> FileLine:
    outcome = Outcome(file.outcome)
    code = _code_of(file)
    trouble = file.preview.get("unreadable")
    receipt = file.preview.get("receipt")
    return FileLine(
        file=file,
        outcome=outcome,
        fund_name=(funds.get(code) or file.preview.get("village", "")) if receipt else "",
        place=places.get(code, ""),
        trouble=trouble_in_thai(trouble["why"], trouble["detail"]) if trouble else "",
        reconciliation=read_receipt(receipt) if receipt else None,
        workbook=file.preview.get("workbook"),
        is_twice=is_twice,
    )


@dataclass(frozen=True, slots=True)
class KeptReceipt:
    """The receipt kept with a workbook, and what stands today."""

    workbook: Workbook
    reconciliation: Reconciliation
    place: str
    chain_number: int
    chain_link: str  # hex
    still_set_aside: int


def kept_receipt(fund: Fund, number: int) -> KeptReceipt | None:
    """The receipt of a workbook. The end of the chain is where the import left it."""
    workbook = (
        Workbook.objects.filter(fund=fund, number=number).select_related("imported_by").first()
    )
    if workbook is None:
        return None
    last = (
        Entry.objects.filter(fund=fund, recorded_at__lte=workbook.imported_at)
        .order_by("-number")
        .values_list("number", "link")
        .first()
    )
    return KeptReceipt(
        workbook=workbook,
        reconciliation=read_receipt(workbook.receipt),
        place=places_of([fund.area_code])[fund.area_code],
        chain_number=last[0] if last else 0,
        chain_link=bytes(last[1]).hex() if last else "",
        still_set_aside=PaperRow.objects.filter(
            fund=fund, replaced_at__isnull=True, verdict=Verdict.SET_ASIDE
        ).count(),
    )
