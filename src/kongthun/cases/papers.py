"""The papers of a case: the memo to a superior with its annexes, and the head of the evidence.

A memo is words through and through: what it said is kept as it was said, so that the same paper
can be printed for ever, whatever the books learn later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kongthun.papers import Digits, MachineRead, as_fields, to_pdf


@dataclass(frozen=True, slots=True)
class ThenAndNow:
    """A figure when the case was opened, and on the day of the paper."""

    label: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class CauseOnPaper:
    """A cause and the groups of people that said it; ``indent`` has an element a step down."""

    number: str
    indent: tuple[bool, ...]
    words: str
    said: str


@dataclass(frozen=True, slots=True)
class StepOnPaper:
    """A step of the plan and how it stands."""

    number: str
    words: str
    owner: str
    due: str
    state: str


@dataclass(frozen=True, slots=True)
class VisitOnPaper:
    """A visit: when, formally or not, what was seen and advised."""

    on: str
    how: str
    seen: str
    advised: str


@dataclass(frozen=True, slots=True)
class AgreedOnPaper:
    """An agreement made since the case was opened: by the contract's number, never by name."""

    contract: str
    on: str
    amount: str
    paid: str


@dataclass(frozen=True, slots=True)
class CriterionOnPaper:
    """What came of it by the books: a criterion, its answer, its figures."""

    label: str
    answer: str
    figures: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Annexes:
    """What stands behind a memo or a bundle: the fund then and now, and all that was done."""

    opened_on: str
    as_of: str
    position: tuple[ThenAndNow, ...]
    causes: tuple[CauseOnPaper, ...]
    steps: tuple[StepOnPaper, ...]
    visits: tuple[VisitOnPaper, ...]
    agreed: tuple[AgreedOnPaper, ...]
    level: str
    outcome: tuple[CriterionOnPaper, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Memo:
    """บันทึกข้อความ. Empty words become a dotted line."""

    office: str
    paper_number: str
    dated_on: str
    subject: str
    addressed_to: str
    paragraphs: tuple[str, ...]
    signer: str
    signer_position: str
    annexes: Annexes


@dataclass(frozen=True, slots=True)
class EventOnPaper:
    """Something that happened, and the deadline that counts from it or was met by it."""

    on: str
    words: str


@dataclass(frozen=True, slots=True)
class FileName(MachineRead):
    """A file's name as it is in the bundle, so its digits stay what they are."""

    name: str


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """A file of the bundle: its name there and what it is."""

    file: FileName
    words: str
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The first paper of a file of evidence: which case, what happened, what lies in it."""

    group: str
    place: str
    title: str
    stage: str
    made_on: str
    words: str
    events: tuple[EventOnPaper, ...]
    deadlines: tuple[EventOnPaper, ...]
    papers: tuple[ListedPaper, ...]
    annexes: Annexes


def memo_as_data(memo: Memo) -> dict[str, Any]:
    """What a memo says, as it is kept in the row."""
    return {"version": 1, **asdict(memo)}


def memo_from_data(data: Mapping[str, Any]) -> Memo:
    """The memo that was kept. Raises KeyError or TypeError for anything else."""
    said = {name: value for name, value in data.items() if name != "version"}
    annexes = dict(said["annexes"])
    for name, kind in _LINES.items():
        annexes[name] = tuple(kind(**_whole(line)) for line in annexes[name])
    return Memo(**said | {"paragraphs": tuple(said["paragraphs"]), "annexes": Annexes(**annexes)})


def print_memo(memo: Memo, *, digits: Digits) -> bytes:
    """บันทึกข้อความ with its annexes, A4, as many pages as it takes."""
    return to_pdf("case_memo", as_fields(memo, digits), digits)


def print_summary(summary: Summary, *, digits: Digits) -> bytes:
    """The head of a file of evidence, A4, as many pages as it takes."""
    return to_pdf("case_summary", as_fields(summary, digits), digits)


# --- below the line -------------------------------------------------------------------------

_LINES: dict[str, type[Any]] = {
    "position": ThenAndNow,
    "causes": CauseOnPaper,
    "steps": StepOnPaper,
    "visits": VisitOnPaper,
    "agreed": AgreedOnPaper,
    "outcome": CriterionOnPaper,
}


def _whole(line: Mapping[str, Any]) -> dict[str, Any]:
    """A line read back: what was a tuple is one again."""
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in line.items()
    }
