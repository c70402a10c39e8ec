"""The paper rows of a fund, in and out of the database a fund at a time, with few statements."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Max, QuerySet

from .judging import LiveRow
from .models import PaperRow, RowEntry, Verdict

_as_json = json.JSONEncoder(ensure_ascii=False).encode


def live(fund_id: int) -> list[LiveRow]:
    """Every row of the fund that counts today."""
    return _rows(PaperRow.objects.filter(fund_id=fund_id, replaced_at__isnull=True))


def set_aside(fund_id: int) -> list[LiveRow]:
    """The rows of the fund that wait for a person today."""
    return _rows(
        PaperRow.objects.filter(
            fund_id=fund_id, replaced_at__isnull=True, verdict=Verdict.SET_ASIDE
        )
    )


def _rows(found: QuerySet[PaperRow]) -> list[LiveRow]:
    return [
        LiveRow(
            number=row.number,
            workbook_number=row.workbook_number,
            kind=row.kind,
            key=row.key,
            parent_key=row.parent_key,
            sheet=row.sheet,
            sheet_place=row.sheet_place,
            row=row.row,
            fields=row.fields,
            correction=row.correction,
            reason=row.reason,
            contract_number=row.contract_number,
        )
        for row in found.order_by("number")
    ]


def replace(fund_id: int, rows: Iterable[LiveRow], at: datetime) -> None:
    """Mark rows as replaced by a newer file. They stay readable with the file they came from."""
    PaperRow.objects.filter(fund_id=fund_id, number__in=[row.number for row in rows]).update(
        replaced_at=at
    )


def write(fund_id: int, rows: Sequence[LiveRow]) -> None:
    """Write new rows and what changed of known ones; new ones get their numbers."""
    new = [row for row in rows if row.number == 0]
    known = [row for row in rows if row.number and row.is_changed]
    if new:
        last = PaperRow.objects.filter(fund_id=fund_id).aggregate(m=Max("number"))["m"] or 0
        for number, row in enumerate(new, start=last + 1):
            row.number = number
        _insert(fund_id, new)
    if known:
        _update(fund_id, known)


_NEW = (
    "(fund_id, number, workbook_number, kind, key, parent_key, sheet, sheet_place,"
    ' "row", fields, correction_note, verdict, reason, contract_number)'
)


def _insert(fund_id: int, rows: Iterable[LiveRow]) -> None:
    values = [
        (
            fund_id,
            row.number,
            row.workbook_number,
            str(row.kind),
            row.key,
            row.parent_key,
            row.sheet[:60],
            row.sheet_place,
            row.row,
            _as_json(row.fields),
            "",
            _verdict(row),
            row.reason,
            row.contract_number,
        )
        for row in rows
    ]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY registers_paperrow {_NEW} FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(values[0]))
            cursor.executemany(
                f"INSERT INTO registers_paperrow {_NEW} VALUES ({marks})",  # noqa: S608
                values,
            )


def _update(fund_id: int, rows: Iterable[LiveRow]) -> None:
    values = [
        (
            row.workbook_number,
            row.sheet[:60],
            row.sheet_place,
            row.row,
            None if row.correction is None else _as_json(row.correction),
            _verdict(row),
            row.reason,
            row.contract_number,
            row.number,
        )
        for row in rows
    ]
    assign = (
        "UPDATE registers_paperrow SET workbook_number = {}, sheet = {}, sheet_place = {},"
        ' "row" = {}, correction = {}, verdict = {}, reason = {}, contract_number = {}'
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            said = assign.format(*(f"said.c{place}" for place in range(1, 9)))
            columns = list(zip(*values, strict=True))
            cursor.execute(
                said + " FROM unnest(%s::int[], %s::text[], %s::int[], %s::int[], %s::jsonb[],"
                " %s::text[], %s::text[], %s::int[], %s::int[])"
                " AS said (c1, c2, c3, c4, c5, c6, c7, c8, number)"
                " WHERE fund_id = %s AND registers_paperrow.number = said.number",
                [*(list(column) for column in columns), fund_id],
            )
        else:
            cursor.executemany(
                assign.format(*["%s"] * 8) + " WHERE number = %s AND fund_id = %s",
                [(*row, fund_id) for row in values],
            )


def _verdict(row: LiveRow) -> str:
    return Verdict.SET_ASIDE.value if row.reason else Verdict.POSTED.value


def entries(fund_id: int) -> dict[str, tuple[int, int | None]]:
    """By row key: how often it was posted, and the entry it is in the books as today."""
    return {
        key: (generation, number)
        for key, generation, number in RowEntry.objects.filter(fund_id=fund_id).values_list(
            "key", "generation", "entry_number"
        )
    }


_REMEMBER = "INSERT INTO registers_rowentry (fund_id, key, generation, entry_number)"
_AGAIN = (
    "ON CONFLICT (fund_id, key) DO UPDATE"
    " SET generation = excluded.generation, entry_number = excluded.entry_number"
)


def remember_entries(fund_id: int, entries: Mapping[str, tuple[int, int | None]]) -> None:
    """Remember which entry each row key is in the books as."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"{_REMEMBER} SELECT %s, * FROM unnest(%s::text[], %s::int[], %s::bigint[])"  # noqa: S608
                f" {_AGAIN}",
                [
                    fund_id,
                    list(entries),
                    [generation for generation, _ in entries.values()],
                    [number for _, number in entries.values()],
                ],
            )
        else:
            cursor.executemany(
                f"{_REMEMBER} VALUES (%s, %s, %s, %s) {_AGAIN}",
                [
                    (fund_id, key, generation, number)
                    for key, (generation, number) in entries.items()
                ],
            )
