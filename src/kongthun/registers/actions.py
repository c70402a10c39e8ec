"""Bringing the paper books in: one workbook is one transaction, and never half an import."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from kongthun.areas.actions import record_village
from kongthun.areas.address import read_address
from kongthun.areas.models import LONGEST_NAME
from kongthun.areas.queries import find_village_by_words, names_of
from kongthun.areas.refusals import AreaRefusal
from kongthun.audit.actions import keep_evidence, record_deed, sha256_of
from kongthun.domain.chain import as_lines
from kongthun.domain.fund_position import FundPosition
from kongthun.domain.journal import AccountKind, Deed, Draft, reversal_of
from kongthun.domain.money import Money
from kongthun.domain.register_books import (
    CAPITAL_CONFIRMED,
    CASH_CONFIRMED,
    PASSBOOK_CONFIRMED,
    entries_of,
)
from kongthun.domain.register_rows import ContractFact, Reason
from kongthun.domain.thai_text import arabic_digits, name_key
from kongthun.groups.actions import keep_committee, keep_members, make_persons, open_group
from kongthun.groups.models import Group, Person
from kongthun.ledger import pen
from kongthun.ledger.actions import NotPosted, open_books, post_entries
from kongthun.ledger.models import Account, BankBook, Entry, Fund, Position
from kongthun.ledger.queries import WholeEntry, whole_entries
from kongthun.loans.actions.contracts import (
    ContractTerms,
    enter_contracts,
    next_contract_number,
    withdraw_contracts,
)
from kongthun.loans.models import Contract

from . import paper_rows
from .books import Book, Kind, Reading, recognise
from .judging import Judged, LiveRow, judge
from .models import PaperRow, StatusSnapshot, Workbook
from .reading import Unreadable, read_cells
from .receipts import Difference, Receipt, receipt_of

KIND_OF_GROUP = "kkk"
KEY_OF_PAPER = "reg:"  # how the keys of entries begin that were read from paper


class BooksDoNotTakeIt(Exception):  # noqa: N818 (names what happened)
    """An accepted row was refused by the ledger: a fault of ours, nothing was written."""


@dataclass(frozen=True, slots=True)
class RowUnknown:
    """No such row waits any more: a newer file replaced it, or somebody was quicker."""

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
    content = _content_of(path)
    same = _same_again(_codes_in(name), content, name)
    if same is not None:
        return same
    cells = read_cells(path)
    if isinstance(cells, Unreadable):
        return Unreadable(name, cells.why, cells.detail)
    reading = recognise(cells)
    if not reading.books:
        return Unreadable(name, "no_book", ", ".join(reading.unrecognised)[:200])
    code = village_code(name, reading)
    if code is None:
        return Unreadable(name, "no_village", reading.heading[:200])
    now = timezone.now()
    rows = _rows_of(reading)
    # As if nothing were known of the fund: most often so, and then nobody waits for this.
    plan = _planned(rows, content, now=now)
    with transaction.atomic():
        try:
            fund = _open_fund(code, reading)
        except AreaRefusal:
            return Unreadable(name, "unknown_village", code)
        head = pen.take(fund.pk)
        latest = Workbook.objects.filter(fund=fund).order_by("-number").first()
        if latest is not None and latest.sha256 == content:
            return _unchanged(latest, name)
        if _is_kept_here(fund):
            return Unreadable(name, "kept_here", fund.name)
        number = 1 if latest is None else latest.number + 1
        for row in rows:
            row.workbook_number = number
        difference = Difference(added=len(rows))
        if head.number or latest is not None:
            rows, difference = _merged(fund.pk, rows, reading)
            plan = _planned_anew(fund.pk, rows, difference.contracts, content, now=now)
        settled = _settle(fund, plan, user_id=user_id, now=now)
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
            workbook_number=number,
            difference=difference,
            entries=settled.entries,
            reversals=settled.reversals,
            position=settled.position,
            snapshot=plan.judged.snapshot,
        )
        if is_rehearsal:
            transaction.set_rollback(True)
            return receipt
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
        keep_evidence(path, content)  # last: what breaks off before leaves no file behind
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
        if row is None or not row.reason:
            return RowUnknown(number)
        before = sum(1 for r in rows if r.reason)
        row.correction = {k: v for k, v in correction.items() if v != row.fields.get(k, "")}
        row.is_changed = True
        workbook = Workbook.objects.filter(fund=fund).order_by("-number").first()
        content = workbook.sha256 if workbook is not None else ""
        now = timezone.now()
        overpaid = _overpaid(fund)
        contracts = {r.contract_number for r in rows if r.contract_number is not None}
        plan = _planned_anew(fund.pk, rows, contracts, content, now=now)
        _settle(fund, plan, user_id=user_id, now=now)
        if not row.reason and _overpaid(fund) - overpaid:
            # The papers alone allow it, but the rest came back on screen in the meantime.
            row.reason = Reason.OVERPAID
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


def _is_kept_here(fund: Fund) -> bool:
    """Whether money was ever written on screen: from then on paper books would tell it twice."""
    return Entry.objects.filter(fund=fund).exclude(key__startswith=KEY_OF_PAPER).exists()


def _overpaid(fund: Fund) -> set[str]:
    """The contracts that more came back on than was lent, as the books stand."""
    accounts = Account.objects.filter(fund=fund, kind=AccountKind.LOAN, balance__lt=Money(0))
    return set(accounts.values_list("code", flat=True))


_EIGHT_DIGITS = re.compile(r"(?<![0-9])([0-9]{8})(?![0-9])")


def village_code(file_name: str, reading: Reading) -> str | None:
    """Whose books these are: the 8-digit code in the file's name, else the heading's words.

    Eight digits may be a day (20251130): of several the first that is in a tambon counts.
    """
    codes = _codes_in(file_name)
    tambons = names_of(code[:6] for code in codes)
    named = next((code for code in codes if code[:6] in tambons), None)
    if named is not None:
        return named
    by_words = find_village_by_words(reading.heading) if reading.heading else None
    return by_words or next(iter(codes), None)


def _codes_in(file_name: str) -> list[str]:
    return _EIGHT_DIGITS.findall(arabic_digits(file_name))


def _content_of(path: Path) -> str:
    """The SHA-256 of a file; nothing, if it can not be opened: reading it will say why."""
    try:
        return sha256_of(path)
    except OSError:
        return ""


def _same_again(codes: Sequence[str], content: str, file: str) -> Receipt | None:
    """The receipt of a file that is what its fund last brought in, without opening it."""
    for code in codes:
        latest = Workbook.objects.filter(fund__code=code).order_by("-number").first()
        if latest is not None and latest.sha256 == content:
            return _unchanged(latest, file)
    return None


def _unchanged(latest: Workbook, file: str) -> Receipt:
    return Receipt.of_same_file(
        latest.receipt,
        file=file,
        rows=paper_rows.set_aside(latest.fund_id),
        position=Position.objects.get(fund=latest.fund_id).sums,
    )


def _open_fund(code: str, reading: Reading) -> Fund:
    known = Fund.objects.select_related("group").filter(code=code).first()
    if known is not None:
        return known
    in_words = read_address(reading.heading).village or ""
    is_a_name = 0 < len(in_words) <= LONGEST_NAME
    village = record_village(code=code, name_th=in_words if is_a_name else f"หมู่ {int(code[6:])}")
    name = f"กข.คจ. {village.name_th}"
    group = open_group(code=code, kind=KIND_OF_GROUP, area_code=code, name=name)
    return open_books(
        group_id=group.pk, code=code, area_code=code, chart_code=KIND_OF_GROUP, name=name
    )


def _rows_of(reading: Reading) -> list[LiveRow]:
    """The rows of a workbook, none of them written yet."""
    return [
        LiveRow(
            number=0,
            workbook_number=0,
            kind=record.kind,
            key=record.key,
            parent_key=record.parent or "",
            sheet=sheet.sheet,
            sheet_place=sheet.place,
            row=record.row,
            fields=record.fields,
            is_changed=True,
            rows=record.rows,
        )
        for sheet in reading.books
        for record in sheet.records
    ]


# Which kinds of rows each book holds, whether or not there are any.
_KINDS_OF_BOOK = {
    Book.PURPLE: (Kind.HOUSEHOLD,),
    Book.YELLOW: (Kind.CONTRACT, Kind.RECEIPT),
    Book.GREEN: (Kind.BANK,),
    Book.BROWN: (Kind.STATUS, Kind.COMMITTEE),
}


def _merged(
    fund_id: int, read: Sequence[LiveRow], reading: Reading
) -> tuple[list[LiveRow], Difference]:
    """The rows of the fund with a file's rows laid over them, and what that changes.

    A row the file no longer has is withdrawn, but only within the books the file holds at all.
    """
    before = {row.key: row for row in paper_rows.live(fund_id)}
    difference = Difference(
        contracts={r.contract_number for r in before.values() if r.contract_number is not None}
    )
    rows = list(read)
    for row in rows:
        known = before.pop(row.key, None)
        if known is None:
            difference.added += 1
        elif known.fields == row.fields and known.parent_key == row.parent_key:
            difference.unchanged += 1
            row.number, row.correction = known.number, known.correction
            row.contract_number = known.contract_number
            if not known.reason:
                difference.stood.add(row.key)
        else:
            difference.changed += 1
            difference.replaced.append(known)
            row.contract_number = known.contract_number
    kinds = {kind for sheet in reading.books for kind in _KINDS_OF_BOOK[sheet.book]}
    for row in before.values():
        if row.kind in kinds:
            difference.withdrawn += 1
            difference.replaced.append(row)
        else:
            rows.append(row)
            if not row.reason:
                difference.stood.add(row.key)
    if difference.replaced:
        paper_rows.replace(fund_id, difference.replaced, timezone.now())
    return rows, difference


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the rows come to: who stands, which contracts are new or gone, and all entries."""

    judged: Judged
    new: list[tuple[int, ContractFact]]
    standing: list[tuple[Contract, ContractFact]]
    gone: list[int]
    drafts: dict[str, Draft]


def _planned_anew(
    fund_id: int, rows: Sequence[LiveRow], contracts: set[int], content: str, *, now: datetime
) -> _Plan:
    """The plan for a fund whose rows had these contracts so far. The pen is held."""
    found = Contract.objects.filter(fund_id=fund_id, withdrawn_at=None).select_related("borrower")
    known = {contract.number: contract for contract in found if contract.number in contracts}
    return _planned(rows, content, now=now, known=known, number=next_contract_number(fund_id))


def _planned(
    rows: Sequence[LiveRow],
    content: str,
    *,
    now: datetime,
    known: Mapping[int, Contract] | None = None,
    number: int = 1,
) -> _Plan:
    """Judge all rows, number the contracts on from ``number``, and say what entries they make.

    A contract that is known and says the same keeps its number.
    """
    judged = judge(rows, today=timezone.localdate(now))
    gone = dict(known or {})
    new: list[tuple[int, ContractFact]] = []
    standing: list[tuple[Contract, ContractFact]] = []
    for row in rows:
        if row.kind != Kind.CONTRACT:
            continue
        fact = judged.contracts.get(row.key)
        contract = gone.get(row.contract_number) if row.contract_number is not None else None
        if fact is None:
            row.contract_number = None
        elif contract is not None and _says_the_same(contract, fact):
            standing.append((contract, fact))
            del gone[contract.number]
        else:
            row.contract_number, row.is_changed = number, True
            new.append((number, fact))
            number += 1
    numbers = {r.key: r.contract_number for r in rows if r.contract_number is not None}
    sources = {r.key: f"{content[:12]}:{r.sheet_place}:{r.row}" for r in rows if not r.reason}
    for figure, key in (
        (CAPITAL_CONFIRMED, "status:granted"),
        (PASSBOOK_CONFIRMED, judged.passbook_key),
        (CASH_CONFIRMED, "status:cash_sum"),
    ):
        sources[figure] = sources.get(key, "")
    drafts = entries_of(judged.witnessed(numbers, sources))
    return _Plan(judged, new, standing, list(gone), drafts)


@dataclass(frozen=True, slots=True)
class _Settled:
    entries: int
    reversals: int
    position: FundPosition


def _settle(fund: Fund, plan: _Plan, *, user_id: int | None, now: datetime) -> _Settled:
    """Bring people, contracts and entries to what was planned. The pen is held."""
    judged, group = plan.judged, fund.group
    year = judged.snapshot.count("granted_fiscal_year")
    if year is not None and group.granted_fiscal_year != year:
        Group.objects.filter(pk=group.pk).update(granted_fiscal_year=year)
    people = keep_members(group, judged.households)
    keep_committee(group, judged.committee)
    listed = {household.number: people[household.number] for household in judged.households}
    _settle_contracts(fund.pk, plan, _on_list(listed), now)
    entries, reversals = _settle_entries(fund, plan.drafts, user_id=user_id, now=now)
    _keep_snapshot(fund, judged, now)
    position = Position.objects.get(fund=fund).sums
    return _Settled(entries, reversals, position)


def _settle_contracts(
    fund_id: int, plan: _Plan, on_list: Mapping[str, tuple[Person, int]], now: datetime
) -> None:
    """Withdraw the contracts that fell, enter the new ones, and follow the list's numbering."""
    if plan.gone:
        withdraw_contracts(fund_id, plan.gone, at=now)
    for contract, fact in plan.standing:
        _follow_list(contract, on_list.get(name_key(fact.name)))
    strangers = {name_key(fact.name): fact.name for _, fact in plan.new}
    unknown = {key: name for key, name in strangers.items() if key not in on_list}
    made = make_persons(unknown.values())
    borrowers: dict[str, tuple[int, int | None]] = {
        **{key: (person.pk, place) for key, (person, place) in on_list.items()},
        **{key: (person.pk, None) for key, person in zip(unknown, made, strict=True)},
    }
    enter_contracts(
        fund_id,
        [(number, _terms(fact, *borrowers[name_key(fact.name)])) for number, fact in plan.new],
    )


def _says_the_same(contract: Contract, fact: ContractFact) -> bool:
    return (
        contract.principal == fact.principal
        and contract.paid_out_on == fact.paid_out_on
        and contract.due_on == fact.due_on
        and contract.paper_number == fact.paper_number[:40]
        and contract.round == fact.round
        and contract.occupation == fact.occupation[:100]
        and contract.borrower.name_key == name_key(fact.name)
    )


def _on_list(listed: Mapping[int, Person]) -> dict[str, tuple[Person, int]]:
    """Person and number by name; a name that two households bear names neither."""
    fits: dict[str, list[tuple[Person, int]]] = {}
    for number, person in listed.items():
        fits.setdefault(person.name_key, []).append((person, number))
    return {key: found[0] for key, found in fits.items() if len(found) == 1}


def _follow_list(contract: Contract, place: tuple[Person, int] | None) -> None:
    """The list's numbering may change under a contract that does not."""
    number = None if place is None else place[1]
    if contract.member_number != number:
        Contract.objects.filter(fund_id=contract.fund_id, number=contract.number).update(
            member_number=number
        )


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
    posted = post_entries([*taken_back, *to_post], fund=fund, recorded_by=user_id, recorded_at=now)
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
    return f"{KEY_OF_PAPER}{sha256(key.encode()).hexdigest()[:24]}/{generation}"


def _keep_bank_book(fund: Fund, reading: Reading) -> None:
    head = reading.bank
    if not head:
        return
    said = {
        "bank": head.get("bank", "")[:100],
        "branch": head.get("branch", "")[:100],
        "account_number": head.get("account_number", "")[:40],
        "account_name": head.get("account_name", "")[:200],
    }
    known = BankBook.objects.filter(fund=fund, number=1)
    book = known.first()
    if book is None:
        BankBook.objects.create(fund=fund, number=1, **said)
    elif any(getattr(book, name) != value for name, value in said.items()):
        known.update(**said)


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
