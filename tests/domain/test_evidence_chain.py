"""A fund's record of papers: chained, so that none is slipped in, changed or lost unseen."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kongthun.domain.chain import GENESIS, Head
from kongthun.domain.evidence_chain import (
    PaperChainFault,
    PaperLine,
    WrittenPaperLine,
    canonical,
    first_fault,
    link,
    reason_words,
)

FUND = 7
# The worked example of docs/rules/evidence.md.
PHOTO = hashlib.sha256(b"photo of the meeting").hexdigest()
LETTER = hashlib.sha256(b"letter of the district").hexdigest()
LINES = [
    PaperLine(1, "kept", PHOTO, "meeting 4", "2026-11-22T09:00:00.123456Z", 5),
    PaperLine(2, "kept", LETTER, "gift 1", "2026-11-23T02:30:00.000000Z", None),
    PaperLine(3, "redacted", PHOTO, reason_words("เห็นเลขบัตร"), "2026-12-01T03:00:00.000000Z", 9),
]


def chained(lines: list[PaperLine], fund: int = FUND) -> tuple[list[WrittenPaperLine], Head]:
    before, written = GENESIS, []
    for line in lines:
        before = link(fund, before, line)
        written.append(WrittenPaperLine(line, before))
    return written, Head(len(lines), before)


RECORD, HEAD = chained(LINES)


def test_a_line_is_the_array_that_the_docstring_promises() -> None:
    assert canonical(FUND, LINES[0]) == (
        f'[7,1,"kept","{PHOTO}","meeting 4","2026-11-22T09:00:00.123456Z",5]'.encode()
    )
    assert canonical(FUND, LINES[1]).endswith(b'"2026-11-23T02:30:00.000000Z",null]')


def test_a_link_is_the_hash_of_mark_link_before_and_line() -> None:
    assert link(FUND, GENESIS, LINES[0]) == (
        hashlib.sha256(b"paper\x01" + bytes(32) + canonical(FUND, LINES[0])).digest()
    )


def test_the_bytes_of_version_1_are_frozen() -> None:
    assert [each.link.hex() for each in RECORD] == [
        "68c058ac2616135153bbbf33d87444a9822f2b2bdf9ecfe8f639fbdc271a7ebe",
        "a87e9ebebe341ae7882dec6a9f343cc75c4ce23ecaef85d7116512579eecaebd",
        "6f2c8d11aa9e9b6f69b87158c4504038be4a0ba0d23f06e78dc2e456661de4a4",
    ]


def test_a_reason_is_chained_by_its_fingerprint_and_not_by_its_words() -> None:
    assert reason_words("เห็นเลขบัตร") == hashlib.sha256("เห็นเลขบัตร".encode()).hexdigest()
    assert "เห็นเลขบัตร".encode() not in canonical(FUND, LINES[2])


def test_a_record_as_it_was_written_is_sound_redaction_and_all() -> None:
    assert first_fault(FUND, RECORD, HEAD) is None
    assert first_fault(FUND, [], Head.genesis()) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("deed", "kept"),
        ("sha256", LETTER),
        ("words", reason_words("another reason")),
        ("moment", "2026-12-01T03:00:00.000001Z"),
        ("by", None),
    ],
)
def test_a_line_that_was_changed_is_named(name: str, value: object) -> None:
    changed = replace(RECORD[2], line=replace(RECORD[2].line, **{name: value}))  # type: ignore[arg-type]
    assert first_fault(FUND, [*RECORD[:2], changed], HEAD) == PaperChainFault(3, "changed")


def test_a_line_that_was_taken_out_leaves_a_gap() -> None:
    assert first_fault(FUND, [RECORD[0], RECORD[2]], HEAD) == PaperChainFault(2, "gap")


def test_lines_cut_off_at_the_end_are_missed() -> None:
    assert first_fault(FUND, RECORD[:2], HEAD) == PaperChainFault(2, "head")


def test_a_line_added_at_the_end_is_more_than_the_fund_says() -> None:
    assert first_fault(FUND, RECORD, Head(2, RECORD[1].link)) == PaperChainFault(3, "head")


def test_a_redaction_slipped_in_and_chained_anew_ends_elsewhere() -> None:
    forged, _ = chained([*LINES[:2], replace(LINES[2], sha256=LETTER)])
    assert first_fault(FUND, forged, HEAD) == PaperChainFault(3, "head")


def test_the_record_of_one_fund_does_not_pass_for_that_of_another() -> None:
    assert first_fault(8, RECORD, HEAD) == PaperChainFault(1, "changed")


def test_what_could_never_be_sealed_is_named_and_no_error() -> None:
    broken = replace(RECORD[1], line=replace(RECORD[1].line, words="\ud800"))
    assert first_fault(FUND, [RECORD[0], broken], HEAD) == PaperChainFault(2, "changed")


WORDS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=2, max_size=6), st.data())
def test_whatever_is_exchanged_is_found(said: list[tuple[str, str]], data: st.DataObject) -> None:
    lines = [
        PaperLine(number, "kept", content, words, f"moment {number}", None)
        for number, (content, words) in enumerate(said, start=1)
    ]
    record, head = chained(lines)
    assert first_fault(FUND, record, head) is None
    at = data.draw(st.integers(0, len(record) - 1))
    other = data.draw(WORDS.filter(lambda words: words != record[at].line.words))
    record[at] = replace(record[at], line=replace(record[at].line, words=other))
    assert first_fault(FUND, record, head) == PaperChainFault(at + 1, "changed")
