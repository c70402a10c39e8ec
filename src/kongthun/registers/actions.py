"""Bringing the paper books in: one workbook is one transaction, and never half an import."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from kongthun.areas.actions import record_village
from kongthun.areas.address import read_address
from kongthun.areas.queries import find_village_by_words
from kongthun.areas.refusals import AreaRefusal
from kongthun.audit.actions import keep_evidence, record_deed, sha256_of
from kongthun.domain.chain import as_lines
from kongthun.domain.fund_position import FundPosition
from kongthun.domain.journal import Deed, Draft, reversal_of
from kongthun.domain.register_books import entries_of
from kongthun.domain.register_rows import ContractFact
from kongthun.domain.thai_text import arabic_digits, name_key
from kongthun.groups.actions import keep_committee, keep_members, make_persons, open_group
from kongthun.groups.models import Group, Person
from kongthun.ledger import pen
from kongthun.ledger.actions import NotPosted, open_books, post_entries
from kongthun.ledger.models import BankBook, Fund, Position
from kongthun.ledger.queries import WholeEntry, whole_entries
from kongthun.loans.actions import (
    ContractTerms,
    enter_contracts,
    next_contract_number,
    withdraw_contracts,
)
from kongthun.loans.models import Contract

from . import paper_rows
from .books import Kind, Reading, recognise
from .judging import Judged, LiveRow, judge
from .models import PaperRow, StatusSnapshot, Workbook
from .reading import Unreadable, read_cells
from .receipts import Difference, Receipt, receipt_of

KIND_OF_GROUP = "kkk"


class BooksDoNotTakeIt(Exception):  # noqa: N818 (names what happened)
    """An accepted row was refused by the ledger: a fault of ours, nothing was written."""


@dataclass(frozen=True, slots=True)
class RowUnknown:
    """There is no such row any more: a newer file replaced it."""

    number: int


@dataclass(frozen=True, slots=True)
class StillSetAside:
    """With what was typed the row can still not be posted, and why."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class RowPosted:
    """The row stands now; ``others`` came along (receipts of a contract that was put right)."""

    number: int
    others: int


def import_workbook(
    path: Path, *, user_id: int | None, file_name: str = "", is_rehearsal: bool = False
) -> Receipt | Unreadable:
    """Bring one workbook in: read, judge, post, and keep the file and the reconciliation receipt.

    The same file again changes nothing; a changed file changes only what differs, by reversal and
    new entry. A rehearsal does all of it and takes it back: the receipt says what would happen.
    """
    name = file_name or path.name
    cells = read_cells(path)
    if isinstance(cells, Unreadable):
        return Unreadable(name, cells.why, cells.detail)
    reading = recognise(cells)
    if not reading.books:
        return Unreadable(name, "no_book", ", ".join(reading.unrecognised)[:200])
    code = village_code(name, reading)
    if code is None:
        return Unreadable(name, "no_village", reading.heading[:200])
    content = sha256_of(path)
    with transaction.atomic():
        try:
            fund = _open_fund(code, reading)
        except AreaRefusal:
            return Unreadable(name, "unknown_village", code)
        pen.take(fund.pk)
        latest = Workbook.objects.filter(fund=fund).order_by("-number").first()
        if latest is not None and latest.sha256 == content:
            return Receipt.unchanged(latest.receipt, name, paper_rows.live(fund.pk))
        number = 1 if latest is None else latest.number + 1
        now = timezone.now()
        rows, difference = _merged(fund.pk, reading, number, is_first=latest is None)
        settled = _settle(fund, rows, content[:12], user_id=user_id, now=now)
        paper_rows.write(fund.pk, rows)
        _keep_bank_book(fund, reading)
        receipt = receipt_of(
            file=name,
            code=code,
            sha256=content,
            at=now,
            user_id=user_id,
            reading=reading,
            rows=rows,
            difference=difference,
            entries=settled.entries,
            reversals=settled.reversals,
            position=settled.position,
            snapshot=settled.judged.snapshot,
        )
        if is_rehearsal:
            transaction.set_rollback(True)
            return receipt
        keep_evidence(path, content)
        Workbook.objects.create(
            fund=fund,
            number=number,
            file_name=name[:200],
            sha256=content,
            imported_at=now,
            imported_by_id=user_id,
            receipt=receipt.as_json(),
        )
        record_deed(
            "import_workbook",
            user_id=user_id,
            area_code=fund.area_code,
            fund_id=fund.pk,
            subject=f"workbook {number}",
            details={"sha256": content, "posted": receipt.posted_rows},
        )
    return receipt


def correct_row(
    *,
    fund: Fund,
    number: int,
    correction: dict[str, str],
    note: str,
    user_id: int | None,
) -> RowPosted | StillSetAside | RowUnknown:
    """Put a row right that was set aside, and post it with everything that waited for it.

    What the sheet said stays beside what was typed. If the row can still not be posted, nothing
    changes and the reason is answered.
    """
    with transaction.atomic():
        pen.take(fund.pk)
        rows = paper_rows.live(fund.pk)
        row = next((r for r in rows if r.number == number), None)
        if row is None:
            return RowUnknown(number)
        before = sum(1 for r in rows if r.reason)
        row.correction = {k: v for k, v in correction.items() if v != row.fields.get(k, "")}
        row.is_changed = True
        workbook = Workbook.objects.filter(fund=fund).order_by("-number").first()
        source = workbook.sha256[:12] if workbook is not None else ""
        now = timezone.now()
        _settle(fund, rows, source, user_id=user_id, now=now)
        if row.reason:
            transaction.set_rollback(True)
            return StillSetAside(number, row.reason)
        paper_rows.write(fund.pk, rows)
        PaperRow.objects.filter(fund=fund, number=number).update(
            corrected_by_id=user_id, corrected_at=now, correction_note=note[:300]
        )
        record_deed(
            "correct_row",
            user_id=user_id,
            area_code=fund.area_code,
            fund_id=fund.pk,
            subject=f"row {number}",
            details={"fields": sorted(row.correction)},
        )
        after = sum(1 for r in rows if r.reason)
    return RowPosted(number, before - after - 1)


_EIGHT_DIGITS = re.compile(r"(?<![0-9])([0-9]{8})(?![0-9])")


def village_code(file_name: str, reading: Reading) -> str | None:
    """Whose books these are: the 8-digit code in the file's name, else the heading's words."""
    named = _EIGHT_DIGITS.search(arabic_digits(file_name))
    if named is not None:
        return named.group(1)
    return find_village_by_words(reading.heading) if reading.heading else None


def _open_fund(code: str, reading: Reading) -> Fund:
    words = read_address(reading.heading)
    village = record_village(code=code, name_th=words.village or f"หมู่ {int(code[6:])}")
    name = f"กข.คจ. {village.name_th}"
    group = open_group(code=code, kind=KIND_OF_GROUP, area_code=code, name=name)
    return open_books(
        group_id=group.pk, code=code, area_code=code, chart_code=KIND_OF_GROUP, name=name
    )


def _merged(
    fund_id: int, reading: Reading, workbook_number: int, *, is_first: bool
) -> tuple[list[LiveRow], Difference]:
    """The rows of the fund with this file laid over them, and what that changed.

    A row the file no longer has is withdrawn, but only within the books the file holds at all.
    """
    before = {} if is_first else {row.key: row for row in paper_rows.live(fund_id)}
    difference = Difference()
    rows: list[LiveRow] = []
    kinds: set[str] = set()
    for sheet in reading.books:
        for record in sheet.records:
            kinds.add(record.kind)
            known = before.pop(record.key, None)
            row = LiveRow(
                number=0,
                workbook_number=workbook_number,
                kind=record.kind,
                key=record.key,
                parent_key=record.parent or "",
                sheet=sheet.sheet,
                sheet_place=sheet.place,
                row=record.row,
                fields=record.fields,
                is_changed=True,
            )
            if known is None:
                difference.added += 1
            elif known.fields == record.fields and known.parent_key == row.parent_key:
                difference.unchanged += 1
                row.number, row.correction = known.number, known.correction
                row.reason, row.contract_number = known.reason, known.contract_number
            else:
                difference.changed += 1
                difference.replaced.append(known)
                row.contract_number = known.contract_number
            rows.append(row)
    for row in before.values():
        if row.kind in kinds:
            difference.withdrawn += 1
            difference.replaced.append(row)
        else:
            rows.append(row)
    if difference.replaced:
        paper_rows.replace(fund_id, difference.replaced, timezone.now())
    return rows, difference


@dataclass(frozen=True, slots=True)
class _Settled:
    judged: Judged
    entries: int
    reversals: int
    position: FundPosition


def _settle(
    fund: Fund, rows: list[LiveRow], source: str, *, user_id: int | None, now: datetime
) -> _Settled:
    """Judge all rows and bring people, contracts and entries to what they say. The pen is held."""
    judged = judge(rows, today=timezone.localdate(now))
    group = fund.group
    year = judged.snapshot.count("granted_fiscal_year")
    if year is not None and group.granted_fiscal_year != year:
        Group.objects.filter(pk=group.pk).update(granted_fiscal_year=year)
    people = keep_members(group, judged.households)
    keep_committee(group, judged.committee)
    _settle_contracts(fund.pk, rows, judged, people, now)
    numbers = {r.key: r.contract_number for r in rows if r.contract_number is not None}
    sources = {
        r.key: f"{source}:{r.sheet_place}:{r.row}" for r in rows if not r.reason
    }
    drafts = entries_of(judged.witnessed(numbers, sources))
    entries, reversals = _settle_entries(fund, drafts, user_id=user_id, now=now)
    _keep_snapshot(fund, judged, now)
    position = Position.objects.get(fund=fund).sums
    return _Settled(judged, entries, reversals, position)


def _settle_contracts(
    fund_id: int,
    rows: Iterable[LiveRow],
    judged: Judged,
    people: dict[int, Person],
    now: datetime,
) -> None:
    """Every contract that stands has its number; one that changed or fell has been withdrawn."""
    known = {c.number: c for c in Contract.objects.filter(fund_id=fund_id, withdrawn_at=None)}
    number = next_contract_number(fund_id)
    standing: set[int] = set()
    new: list[tuple[LiveRow, ContractFact]] = []
    for row in rows:
        if row.kind != Kind.CONTRACT:
            continue
        fact = judged.contracts.get(row.key)
        contract = known.get(row.contract_number) if row.contract_number is not None else None
        if fact is None:
            row.contract_number = None
        elif contract is not None and _says_the_same(contract, fact):
            standing.add(contract.number)
        else:
            row.contract_number, row.is_changed = number, True
            new.append((row, fact))
            number += 1
    gone = [number for number in known if number not in standing]
    if gone:
        withdraw_contracts(fund_id, gone, at=now)
    if new:
        borrowers = _borrowers(new, people)
        enter_contracts(
            fund_id,
            [
                (row.contract_number or 0, _terms(fact, *borrowers[name_key(fact.name)]))
                for row, fact in new
            ],
        )


def _says_the_same(contract: Contract, fact: ContractFact) -> bool:
    return (
        contract.principal == fact.principal
        and contract.paid_out_on == fact.paid_out_on
        and contract.due_on == fact.due_on
        and contract.paper_number == fact.paper_number[:40]
    )


def _borrowers(
    new: Sequence[tuple[LiveRow, ContractFact]], people: dict[int, Person]
) -> dict[str, tuple[int, int | None]]:
    """Person and list number by name; a name that fits no household, or two, gets no number."""
    on_list: dict[str, list[tuple[int, int]]] = {}
    for number, person in people.items():
        on_list.setdefault(person.name_key, []).append((person.pk, number))
    found: dict[str, tuple[int, int | None]] = {
        key: fits[0] for key, fits in on_list.items() if len(fits) == 1
    }
    strangers = {name_key(fact.name): fact.name for _, fact in new}
    unknown = {key: name for key, name in strangers.items() if key not in found}
    for key, person in zip(unknown, make_persons(unknown.values()), strict=True):
        found[key] = (person.pk, None)
    return found


def _terms(fact: ContractFact, borrower_id: int, member_number: int | None) -> ContractTerms:
    return ContractTerms(
        paper_number=fact.paper_number,
        round=fact.round,
        borrower_id=borrower_id,
        member_number=member_number,
        principal=fact.principal,
        paid_out_on=fact.paid_out_on,
        due_on=fact.due_on,
        occupation=fact.occupation,
    )


def _settle_entries(
    fund: Fund, drafts: dict[str, Draft], *, user_id: int | None, now: datetime
) -> tuple[int, int]:
    """Bring the ledger to these entries: what differs is taken back, what is missing is written."""
    standing = paper_rows.entries(fund.pk)
    written = whole_entries(fund.pk, [n for _, n in standing.values() if n is not None])
    to_post: list[Draft] = []
    keys: list[tuple[str, int, bool]] = []
    taken_back: list[Draft] = []
    for key, (generation, number) in standing.items():
        if number is None or (key in drafts and _is_written(written[number], drafts[key])):
            continue
        entry = written[number]
        taken_back.append(
            reversal_of(
                number,
                Deed(entry.deed),
                as_lines(entry.lines),
                happened_on=entry.happened_on,
                key=f"{_idempotency_key(key, generation)}-",
                memo="กลับรายการ: สมุดที่อ่านใหม่ไม่เหมือนเดิม",
                document=entry.document,
            )
        )
        keys.append((key, generation, False))
    for key, draft in drafts.items():
        generation, number = standing.get(key, (0, None))
        if number is not None and _is_written(written[number], draft):
            continue
        to_post.append(
            Draft(
                draft.deed,
                draft.happened_on,
                draft.lines,
                _idempotency_key(key, generation + 1),
                draft.memo,
                draft.document,
                draft.source,
            )
        )
        keys.append((key, generation + 1, True))
    if not keys:
        return 0, 0
    posted = post_entries(
        [*taken_back, *to_post], fund=fund, recorded_by=user_id, recorded_at=now
    )
    if isinstance(posted, NotPosted):
        raise BooksDoNotTakeIt(posted.refusals)
    paper_rows.remember_entries(
        fund.pk,
        {
            key: (generation, number if is_standing else None)
            for (key, generation, is_standing), number in zip(keys, posted.numbers, strict=True)
        },
    )
    return len(to_post), len(taken_back)


def _is_written(entry: WholeEntry, draft: Draft) -> bool:
    return (
        entry.deed == draft.deed
        and entry.happened_on == draft.happened_on
        and entry.document == draft.document
        and entry.memo == draft.memo
        and entry.lines == [(account, amount.satang) for account, amount in draft.lines]
    )


def _idempotency_key(key: str, generation: int) -> str:
    """A row's key may hold words of the paper; the chain gets a digest of it."""
    return f"reg:{sha256(key.encode()).hexdigest()[:24]}/{generation}"


def _keep_bank_book(fund: Fund, reading: Reading) -> None:
    head = reading.bank
    if head:
        BankBook.objects.update_or_create(
            fund=fund,
            number=1,
            defaults={
                "bank": head.get("bank", "")[:100],
                "branch": head.get("branch", "")[:100],
                "account_number": head.get("account_number", "")[:40],
                "account_name": head.get("account_name", "")[:200],
            },
        )


_FIGURES = (
    "as_of",
    "granted_fiscal_year",
    "granted",
    "target_households",
    "lent_households",
    "repaying_households",
    "households_sum",
    "bank_sum",
    "cash_sum",
    "in_breach_households",
    "in_breach_sum",
)
_WORDS = ("purple_book", "green_book", "yellow_book", "note")


def _keep_snapshot(fund: Fund, judged: Judged, now: datetime) -> None:
    """Keep what the brown book says, if it says something new."""
    figures = judged.snapshot.figures
    if not figures:
        return
    said = {name: figures.get(name) for name in _FIGURES}
    said |= {name: judged.snapshot.words(name)[:60] for name in _WORDS}
    latest = StatusSnapshot.objects.filter(fund=fund).order_by("-number").first()
    if latest is not None and all(getattr(latest, name) == value for name, value in said.items()):
        return
    StatusSnapshot.objects.create(
        fund=fund, number=1 if latest is None else latest.number + 1, read_at=now, **said
    )
