"""A file of evidence as one zip: a summary, the memos, every paper, and a list that seals them.

What was redacted is named in the summary and is not in the zip. The files are listed with their
hashes in ``manifest.txt`` (`domain.casework.manifest`), which ``sha256sum -c`` can check anywhere.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from tempfile import TemporaryFile
from typing import IO

from kongthun.accounts.reach import Reach
from kongthun.audit.answers import kind_of_paper
from kongthun.audit.papers import paper_of
from kongthun.domain.casework import EXAMPLE_DEADLINES, CaseKind, deadlines_of, manifest
from kongthun.domain.thai_calendar import long, short

from .models import CaseEvent, CasePaper, CaseReport, StepShown
from .papers import (
    EventOnPaper,
    FileName,
    ListedPaper,
    Summary,
    memo_from_data,
    print_memo,
    print_summary,
)
from .queries.facts import CaseState
from .queries.follow_up import rows_of, visits_of
from .queries.memos import annexes_of, office_of, subject_of
from .wording import DEADLINES, EVENTS, STAGES

# The same files make the same zip, whenever it is packed.
_STILL = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Bundle:
    """The zip, how many files the list holds, the list's last line, and what was redacted."""

    content: IO[bytes]
    files: int
    seal: str
    redacted: int


class NotAsKeptError(ValueError):
    """A paper is not on the disk, or is no longer what it was kept as. Says which."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A kept paper that belongs in: where it goes without its suffix, what it is, of which day."""

    name: str
    sha256: str
    words: str
    on: date


def bundle_of(state: CaseState, *, by: Reach) -> Bundle:
    """Everything that a case can show, packed today. Whoever takes it closes its content.

    Raises NotAsKeptError: a file of evidence is whole or it is not handed over.
    """
    content: IO[bytes] = TemporaryFile()  # noqa: SIM115 (handed on; closed by who takes it)
    try:
        with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
            packing = _Packing(archive)
            _pack(packing, state, by)
            seal = packing.seal()
    except BaseException:
        content.close()
        raise
    content.seek(0)
    return Bundle(content, len(packing.entries), seal, packing.redacted)


# --- below the line -------------------------------------------------------------------------


@dataclass(slots=True)
class _Packing:
    """A zip being packed, with the list of what lies in it."""

    archive: zipfile.ZipFile
    entries: list[tuple[str, str, int]] = field(default_factory=list)
    redacted: int = 0

    def put(self, name: str, content: bytes) -> None:
        """A file, under its name and in the list."""
        self.archive.writestr(zipfile.ZipInfo(name, _STILL), content)
        self.entries.append((name, hashlib.sha256(content).hexdigest(), len(content)))

    def seal(self) -> str:
        """The list itself, last of all; its own hash."""
        sealed = manifest(self.entries)
        self.archive.writestr(zipfile.ZipInfo("manifest.txt", _STILL), sealed)
        return sealed.decode().splitlines()[-1].rpartition(" ")[2]


def _pack(packing: _Packing, state: CaseState, by: Reach) -> None:
    listed: list[ListedPaper] = []
    for wanted in _wanted(state):
        content = _content(state, wanted)
        if content is None:
            packing.redacted += 1
            listed.append(ListedPaper(FileName("ปิดเนื้อหาแล้ว"), wanted.words, short(wanted.on)))
            continue
        name = f"{wanted.name}{_suffix(content)}"
        packing.put(name, content)
        listed.append(ListedPaper(FileName(name), wanted.words, short(wanted.on)))
    for report in rows_of(CaseReport, state).order_by("number"):
        if report.told:
            name = f"memos/memo-{report.number:02}.pdf"
            packing.put(name, print_memo(memo_from_data(report.told), digits="thai"))
            listed.append(ListedPaper(FileName(name), "บันทึกข้อความ", short(report.reported_on)))
    packing.put("summary.pdf", print_summary(_summary(state, by, tuple(listed)), digits="thai"))


def _wanted(state: CaseState) -> Iterator[_Wanted]:
    for paper in rows_of(CasePaper, state).order_by("number"):
        name = f"papers/paper-{paper.number:02}"
        yield _Wanted(name, paper.sha256, paper.words, paper.dated_on)
    for shown in rows_of(StepShown, state).order_by("step_number", "number"):
        name = f"steps/step-{shown.step_number:02}-{shown.number}"
        words = f"แผนข้อ {shown.step_number} {shown.words}".strip()
        yield _Wanted(name, shown.sha256, words, shown.shown_on)
    for told in reversed(visits_of(state)):
        for photo in told.photos:
            name = f"visits/visit-{told.row.number:02}-{photo.place:02}"
            words = f"ภาพการลงพื้นที่ครั้งที่ {told.row.number}"
            yield _Wanted(name, photo.sha256, words, told.row.visited_on)


def _content(state: CaseState, wanted: _Wanted) -> bytes | None:
    """What was kept; None for what was redacted."""
    paper = paper_of(state.case.group_id, wanted.sha256)
    if paper is not None and paper.redaction is not None:
        return None
    content = paper.path.read_bytes() if paper is not None and paper.path is not None else b""
    if hashlib.sha256(content).hexdigest() != wanted.sha256:
        raise NotAsKeptError(wanted.words)
    return content


def _suffix(content: bytes) -> str:
    kind = kind_of_paper(content[:12])
    return kind[1] if kind is not None else ".bin"


def _summary(state: CaseState, by: Reach, papers: tuple[ListedPaper, ...]) -> Summary:
    case = state.case
    events = rows_of(CaseEvent, state).order_by("happened_on", "number")
    deadlines = deadlines_of(CaseKind(case.kind), state.facts.events, EXAMPLE_DEADLINES, by.day)
    return Summary(
        group=case.group.name,
        place=office_of(case.group),
        title=f"ชุดหลักฐาน {subject_of(case)}",
        stage=STAGES[state.stage],
        made_on=long(by.day),
        words=case.words,
        events=tuple(
            EventOnPaper(
                short(each.happened_on),
                " ".join(part for part in (EVENTS.get(each.name, each.name), each.words) if part),
            )
            for each in events
        ),
        deadlines=tuple(
            EventOnPaper(
                short(each.due_on),
                " · ".join(
                    part
                    for part in (
                        DEADLINES.get(each.limit.what, each.limit.what),
                        each.limit.clause,
                        f"ทำแล้วเมื่อ {short(each.met_on)}" if each.met_on else "ยังไม่ได้ทำ",
                    )
                    if part
                ),
            )
            for each in deadlines
        ),
        papers=papers,
        annexes=annexes_of(state, by=by),
    )
