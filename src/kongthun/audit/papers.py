"""Photos and papers of a fund: kept once by content, chained into its record, redacted with reason.

What is chained and why a redaction leaves the chain true: `domain.evidence_chain` and
docs/rules/evidence.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from kongthun.domain.chain import GENESIS, Head, moment_text
from kongthun.domain.evidence_chain import (
    PaperDeed,
    PaperLine,
    WrittenPaperLine,
    first_fault,
    link,
    reason_words,
)
from kongthun.domain.thai_text import visible

from .actions import evidence_path, put_in_place, record_deed, sha256_of
from .models import Evidence, KeptPaper, PaperRecord, Redaction
from .pictures import is_picture, without_traces

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Paper:
    """A content a fund keeps: the last line that says so, and the redaction since, if any."""

    kept: KeptPaper
    redaction: Redaction | None

    @property
    def path(self) -> Path | None:
        """Where the content lies; None where it was taken away or is not on the disk."""
        place = evidence_path(self.kept.sha256)
        return place if self.redaction is None and place.exists() else None


def keep_paper(
    path: Path,
    *,
    fund_id: int,
    area_code: str,
    subject: str,
    user_id: int | None,
    keeps_position: bool = False,
) -> str:
    """Keep a photo or paper of a fund and chain it into its record. The SHA-256 of what is kept.

    ``subject`` says what it belongs to by fixed words and numbers, never by name: it is chained.
    A photo loses what the phone wrote into it (place, time, device) unless ``keeps_position``; its
    picture stays bit for bit and upright. The same content for the same subject is one line. Part
    of the deed's transaction: call it when nothing is refused any more, last of all if you can.
    """
    content = _as_kept(path, keeps_position=keeps_position)
    sha256 = _sha256(content)
    with transaction.atomic():
        record = _hold_record(fund_id)
        put_in_place(content, sha256, is_of_papers_only=True)
        if _stands(fund_id, sha256, subject):
            return sha256
        now = timezone.now()
        number, sealed = _seal(record, "kept", sha256, subject, now, user_id)
        KeptPaper.objects.create(
            fund_id=fund_id,
            number=number,
            sha256=sha256,
            subject=subject,
            kept_at=now,
            kept_by_id=user_id,
            link=sealed,
        )
        _end_at(record, number, sealed)
        record_deed(
            "keep_paper",
            user_id=user_id,
            area_code=area_code,
            fund_id=fund_id,
            subject=subject,
            details={"number": number, "sha256": sha256},
        )
    return sha256


def sha256_as_kept(path: Path, *, keeps_position: bool = False) -> str:
    """The SHA-256 that `keep_paper` will answer with for this file."""
    return _sha256(_as_kept(path, keeps_position=keeps_position))


def paper_of(fund_id: int, sha256: str) -> Paper | None:
    """What this fund keeps under this content, redacted or not; None where it keeps no such paper.

    Kept anew after a redaction, it is there again, and the record tells all three.
    """
    lines = KeptPaper.objects.filter(fund_id=fund_id, sha256=sha256).order_by("-number")
    kept = lines.first()
    return None if kept is None else Paper(kept, _redaction_since(kept))


def papers_of(fund_id: int) -> list[Paper]:
    """Every paper a fund ever kept, the latest first, each with its redaction. Two statements."""
    redactions = list(Redaction.objects.filter(fund_id=fund_id).order_by("-number"))
    last: dict[str, Redaction] = {}
    for each in redactions:
        last.setdefault(each.sha256, each)
    return [
        Paper(kept, taken if taken is not None and taken.number > kept.number else None)
        for kept in KeptPaper.objects.filter(fund_id=fund_id).order_by("-number")
        for taken in [last.get(kept.sha256)]
    ]


# --- taking the content away ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NoSuchPaper:
    """The fund keeps no paper of this number."""

    number: int


@dataclass(frozen=True, slots=True)
class RedactedBefore:
    """Its content was taken away already."""

    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class NoReason:
    """Nothing says why the content is to be taken away."""


@dataclass(frozen=True, slots=True)
class ReasonTooLong:
    """The reason has more letters than there is room for."""

    longest: int


PaperRefusal = NoSuchPaper | RedactedBefore | NoReason | ReasonTooLong


@dataclass(frozen=True, slots=True)
class PaperRedacted:
    """Since this line of the fund's record the content can not be opened in this fund."""

    number: int


def redact_paper(
    number: int, *, fund_id: int, area_code: str, reason: str, user_id: int | None
) -> PaperRedacted | tuple[PaperRefusal, ...]:
    """Take the content of a fund's paper away; its line and its place in the chain stay.

    All lines of this fund with the same content are redacted together. The file leaves the disk
    when no fund wants it any more and nothing else was kept by this content. Whether somebody may
    is asked above (`groups.actions.redacting`).
    """
    with transaction.atomic():
        record = _hold_record(fund_id)
        kept = KeptPaper.objects.filter(fund_id=fund_id, number=number).first()
        refusals = refusals_of_redaction(number, fund_id=fund_id, reason=reason)
        if kept is not None and any(isinstance(each, RedactedBefore) for each in refusals):
            _take_away_after(kept.sha256)  # what a crash left on the disk goes now
        if refusals or kept is None:
            return refusals
        words, now = visible(reason), timezone.now()
        place, sealed = _seal(record, "redacted", kept.sha256, reason_words(words), now, user_id)
        Redaction.objects.create(
            fund_id=fund_id,
            number=place,
            sha256=kept.sha256,
            reason=words,
            redacted_at=now,
            redacted_by_id=user_id,
            link=sealed,
        )
        _end_at(record, place, sealed)
        record_deed(
            "redact_paper",
            user_id=user_id,
            area_code=area_code,
            fund_id=fund_id,
            subject=f"paper {number}",
            details={"number": place, "sha256": kept.sha256},
        )
        _take_away_after(kept.sha256)
    return PaperRedacted(place)


def refusals_of_redaction(number: int, *, fund_id: int, reason: str) -> tuple[PaperRefusal, ...]:
    """Everything that stands against taking this content away, but for who asks."""
    kept = KeptPaper.objects.filter(fund_id=fund_id, number=number).first()
    before = _redaction_since(kept) if kept is not None else None
    found: list[PaperRefusal] = []
    if kept is None:
        found.append(NoSuchPaper(number))
    elif before is not None:
        found.append(RedactedBefore(number, before.redacted_at))
    words = visible(reason)
    if not words:
        found.append(NoReason())
    elif len(words) > LONGEST_REASON:
        found.append(ReasonTooLong(LONGEST_REASON))
    return tuple(found)


# --- the proof ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PaperFault:
    """Something about a fund's papers that is not as it must be, at this line of its record.

    ``chain``: the record is not as it was written. ``missing``: the file is not there. ``content``:
    the file is another one. ``left``: redacted everywhere, and the file is still there.
    """

    fund_id: int
    what: Literal["chain", "missing", "content", "left"]
    number: int


def faults_of_papers(fund_id: int | None) -> Iterator[PaperFault]:
    """Everything wrong with the papers of one fund, or of all; every file is read."""
    of = {} if fund_id is None else {"fund_id": fund_id}
    heads = {
        each.fund_id: Head(each.lines, bytes(each.link))
        for each in PaperRecord.objects.filter(**of)
    }
    kept = list(KeptPaper.objects.filter(**of))
    redactions = list(Redaction.objects.filter(**of))
    lines: dict[int, list[WrittenPaperLine]] = {each: [] for each in heads}
    for line in [*map(_kept_line, kept), *map(_redacted_line, redactions)]:
        lines.setdefault(line[0], []).append(line[1])
    for each in sorted(lines):
        written = sorted(lines[each], key=lambda line: line.line.number)
        fault = first_fault(each, written, heads.get(each, Head.genesis()))
        if fault is not None:
            yield PaperFault(each, "chain", fault.number)
    yield from _faults_of_files(kept, redactions)


# --- below the line -------------------------------------------------------------------------


def _as_kept(path: Path, *, keeps_position: bool) -> Path | bytes:
    with path.open("rb") as file:
        is_photo = is_picture(file.read(16))
    if keeps_position or not is_photo:
        return path
    return without_traces(path.read_bytes())


def _sha256(content: Path | bytes) -> str:
    return hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else sha256_of(content)


def _hold_record(fund_id: int) -> PaperRecord:
    """The fund's record, held until the transaction ends; on SQLite the one write lock holds."""
    held = PaperRecord.objects.select_for_update().filter(fund_id=fund_id)
    found = held.first()
    if found is None:
        PaperRecord.objects.get_or_create(fund_id=fund_id, defaults={"lines": 0, "link": GENESIS})
        found = held.get()
    return found


def _seal(
    record: PaperRecord, deed: PaperDeed, sha256: str, words: str, at: datetime, by: int | None
) -> tuple[int, bytes]:
    number = record.lines + 1
    line = PaperLine(number, deed, sha256, words, moment_text(at), by)
    return number, link(record.fund_id, bytes(record.link), line)


def _end_at(record: PaperRecord, number: int, sealed: bytes) -> None:
    PaperRecord.objects.filter(fund_id=record.fund_id).update(lines=number, link=sealed)


def _redaction_since(kept: KeptPaper) -> Redaction | None:
    return (
        Redaction.objects.filter(fund_id=kept.fund_id, sha256=kept.sha256, number__gt=kept.number)
        .order_by("-number")
        .first()
    )


def _stands(fund_id: int, sha256: str, subject: str) -> bool:
    same = KeptPaper.objects.filter(fund_id=fund_id, sha256=sha256, subject=subject)
    last = same.order_by("-number").first()
    return last is not None and _redaction_since(last) is None


def _take_away_after(sha256: str) -> None:
    """Not before the redaction is in the books: what is rolled back took nothing away."""
    transaction.on_commit(lambda: _take_away(sha256), robust=True)


def _take_away(sha256: str) -> None:
    """Delete the file if no fund wants it; whoever keeps it anew at this moment waits, or is heard.

    Both hold the row of the content: who comes second sees what the first one did.
    """
    with transaction.atomic():
        held = Evidence.objects.select_for_update().filter(sha256=sha256).first()
        if held is not None and held.is_of_papers_only and not _is_wanted(sha256):
            evidence_path(sha256).unlink(missing_ok=True)


def _is_wanted(sha256: str) -> bool:
    def last(rows: QuerySet[KeptPaper] | QuerySet[Redaction]) -> dict[int, int]:
        by_fund = rows.order_by().values("fund_id").annotate(last=Max("number"))
        return {each["fund_id"]: each["last"] for each in by_fund}

    taken = last(Redaction.objects.filter(sha256=sha256))
    kept = last(KeptPaper.objects.filter(sha256=sha256))
    return any(number > taken.get(fund_id, 0) for fund_id, number in kept.items())


def _kept_line(row: KeptPaper) -> tuple[int, WrittenPaperLine]:
    moment = moment_text(row.kept_at)
    line = PaperLine(row.number, "kept", row.sha256, row.subject, moment, row.kept_by_id)
    return row.fund_id, WrittenPaperLine(line, bytes(row.link))


def _redacted_line(row: Redaction) -> tuple[int, WrittenPaperLine]:
    moment, words = moment_text(row.redacted_at), reason_words(row.reason)
    line = PaperLine(row.number, "redacted", row.sha256, words, moment, row.redacted_by_id)
    return row.fund_id, WrittenPaperLine(line, bytes(row.link))


def _faults_of_files(
    kept: Sequence[KeptPaper], redactions: Sequence[Redaction]
) -> Iterator[PaperFault]:
    taken: dict[tuple[int, str], int] = {}
    for each in redactions:
        content = (each.fund_id, each.sha256)
        taken[content] = max(each.number, taken.get(content, 0))
    wanted: list[KeptPaper] = []
    unwanted: list[KeptPaper] = []
    for row in sorted(kept, key=lambda row: (row.fund_id, row.number)):
        is_wanted = row.number > taken.get((row.fund_id, row.sha256), 0)
        (wanted if is_wanted else unwanted).append(row)
    looked_at: dict[str, Literal["missing", "content"] | None] = {}
    for row in wanted:
        if row.sha256 not in looked_at:
            looked_at[row.sha256] = _fault_of_file(row.sha256)
        fault = looked_at[row.sha256]
        if fault is not None:
            yield PaperFault(row.fund_id, fault, row.number)
    gone = {row.sha256 for row in unwanted} - looked_at.keys()
    of_papers = Evidence.objects.filter(sha256__in=gone, is_of_papers_only=True)
    left = {each.sha256 for each in of_papers if evidence_path(each.sha256).exists()}
    for row in unwanted:
        if row.sha256 in left and not _is_wanted(row.sha256):
            left.discard(row.sha256)
            yield PaperFault(row.fund_id, "left", row.number)


def _fault_of_file(sha256: str) -> Literal["missing", "content"] | None:
    place = evidence_path(sha256)
    if not place.exists():
        return "missing"
    return None if sha256_of(place) == sha256 else "content"
