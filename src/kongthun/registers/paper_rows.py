"""The paper rows of a fund, in and out of the database a fund at a time, with few statements."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Max

from .judging import LiveRow
from .models import PaperRow, RowEntry, Verdict


def live(fund_id: int) -> list[LiveRow]:
    """Every row of the fund that counts today."""
    rows = PaperRow.objects.filter(fund_id=fund_id, replaced_at__isnull=True).order_by("number")
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
        for row in rows
    ]


def replace(fund_id: int, rows: Iterable[LiveRow], at: datetime) -> None:
    """Mark rows as replaced by a newer file. They stay readable with the file they came from."""
    PaperRow.objects.filter(fund_id=fund_id, number__in=[row.number for row in rows]).update(
        replaced_at=at
    )


def write(fund_id: int, rows: Sequence[LiveRow]) -> None:
    """Write new rows and what changed of known ones; new ones get their numbers."""
    changed = [row for row in rows if row.is_changed]
    new = [row for row in changed if row.number == 0]
    known = [row for row in changed if row.number > 0]
    last = 0
    if new:
        last = PaperRow.objects.filter(fund_id=fund_id).aggregate(m=Max("number"))["m"] or 0
    for number, row in enumerate(new, start=last + 1):
        row.number = number
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO registers_paperrow (fund_id, number, workbook_number, kind, key,"
            ' parent_key, sheet, sheet_place, "row", fields, correction_note, verdict, reason,'
            " contract_number)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '', %s, %s, %s)",
            [
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
                    json.dumps(row.fields, ensure_ascii=False),
                    Verdict.SET_ASIDE.value if row.reason else Verdict.POSTED.value,
                    row.reason,
                    row.contract_number,
                )
                for row in new
            ],
        )
        cursor.executemany(
            "UPDATE registers_paperrow SET workbook_number = %s, sheet = %s, sheet_place = %s,"
            ' "row" = %s, correction = %s, verdict = %s, reason = %s, contract_number = %s'
            " WHERE fund_id = %s AND number = %s",
            [
                (
                    row.workbook_number,
                    row.sheet[:60],
                    row.sheet_place,
                    row.row,
                    None
                    if row.correction is None
                    else json.dumps(row.correction, ensure_ascii=False),
                    Verdict.SET_ASIDE.value if row.reason else Verdict.POSTED.value,
                    row.reason,
                    row.contract_number,
                    fund_id,
                    row.number,
                )
                for row in known
            ],
        )


def entries(fund_id: int) -> dict[str, tuple[int, int | None]]:
    """By row key: how often it was posted, and the entry it is in the books as today."""
    return {
        key: (generation, number)
        for key, generation, number in RowEntry.objects.filter(fund_id=fund_id).values_list(
            "key", "generation", "entry_number"
        )
    }


def remember_entries(fund_id: int, entries: Mapping[str, tuple[int, int | None]]) -> None:
    """Remember which entry each row key is in the books as."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO registers_rowentry (fund_id, key, generation, entry_number)"
            " VALUES (%s, %s, %s, %s) ON CONFLICT (fund_id, key) DO UPDATE"
            " SET generation = excluded.generation, entry_number = excluded.entry_number",
            [
                (fund_id, key, generation, number)
                for key, (generation, number) in entries.items()
            ],
        )
