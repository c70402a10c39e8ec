"""One chain a fund: whatever was written can not be changed unseen.

The frozen bytes themselves are held by golden vectors in the ledger's tests; here is the law.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kongthun.domain.chain import (
    GENESIS,
    ChainFault,
    Head,
    SealedEntry,
    WrittenEntry,
    as_lines,
    canonical,
    first_fault,
    link,
    moment_text,
    seal,
)
from kongthun.domain.journal import Deed, Draft, Line
from kongthun.domain.money import Money

FUND = "80120101"
MOMENT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def draft(number: int, satang: int = 70_000) -> Draft:
    amount = Money(satang)
    return Draft(
        Deed.REPAYMENT_RECEIVED,
        date(2026, 11, number),
        (Line("cash", amount), Line(f"loan:{number}", -amount)),
        key=f"row {number}",
        memo=f"รับคืนเงินยืม สัญญาที่ {number}",
        document=f"รค.{number}",
        source=f"062b7a7c6948:1:{number}",
    )


def sealed(*drafts: Draft, head: Head | None = None) -> list[SealedEntry]:
    return list(
        seal(FUND, head or Head.genesis(), drafts, recorded_at=MOMENT, recorded_by=5)
    )  # fmt: skip


def written(entry: SealedEntry) -> WrittenEntry:
    """The entry as the database gives it back."""
    return WrittenEntry(
        number=entry.number,
        deed=entry.draft.deed.value,
        happened_on=entry.draft.happened_on.isoformat(),
        recorded_at=moment_text(entry.recorded_at),
        memo=entry.draft.memo,
        document=entry.draft.document,
        reverses=entry.draft.reverses,
        recorded_by=entry.recorded_by,
        key=entry.draft.key,
        source=entry.draft.source,
        lines=[(account, amount.satang) for account, amount in entry.draft.lines],
        link=entry.link,
    )


ENTRIES = sealed(draft(1), draft(2), draft(3))
BOOKS = [written(entry) for entry in ENTRIES]
HEAD = Head(3, ENTRIES[-1].link)


def fault(books: list[WrittenEntry], head: Head = HEAD) -> ChainFault | None:
    return first_fault(FUND, books, head)


# ----------------------------------------------------------------------------------- sealing


def test_entries_are_numbered_on_from_the_head() -> None:
    assert [entry.number for entry in ENTRIES] == [1, 2, 3]
    after = sealed(draft(4), draft(5), head=HEAD)
    assert [entry.number for entry in after] == [4, 5]


def test_entries_stand_in_the_order_they_were_handed_in() -> None:
    assert [entry.draft for entry in sealed(draft(9), draft(2))] == [draft(9), draft(2)]


def test_who_recorded_it_and_when_is_kept() -> None:
    assert {(entry.recorded_at, entry.recorded_by) for entry in ENTRIES} == {(MOMENT, 5)}


def test_a_new_fund_starts_from_thirty_two_zero_bytes() -> None:
    assert Head.genesis() == Head(0, GENESIS)
    assert GENESIS == b"\0" * 32


def test_a_link_is_the_digest_of_version_link_before_and_content() -> None:
    before, body = bytes(range(32)), b'["80120101"]'
    assert link(before, body) == hashlib.sha256(b"\x01" + before + body).digest()


def test_what_is_hashed_is_everything_that_was_written_in_its_fixed_place() -> None:
    body = canonical(
        FUND,
        7,
        "repayment_received",
        "2026-11-22",
        "2026-11-22T09:00:00.000000Z",
        "บันทึก",
        "รค.12",
        3,
        None,
        "row 7",
        "062b7a7c6948:1:12",
        [("cash", 70_000), ("loan:12", -70_000)],
    )
    assert json.loads(body) == [
        "80120101", 7, "repayment_received", "2026-11-22", "2026-11-22T09:00:00.000000Z",
        "บันทึก", "รค.12", 3, None, "row 7", "062b7a7c6948:1:12",
        "cash", 70_000, "loan:12", -70_000,
    ]  # fmt: skip
    assert "บันทึก".encode() in body
    assert b" " not in body.replace(b"row 7", b"")


def test_each_link_follows_from_the_one_before() -> None:
    first, second, _ = BOOKS
    assert first.link != second.link
    body = canonical(
        FUND, 2, second.deed, second.happened_on, second.recorded_at, second.memo, second.document,
        second.reverses, second.recorded_by, second.key, second.source, second.lines,
    )  # fmt: skip
    assert second.link == link(first.link, body)


@given(st.integers(0, 3))
def test_handing_in_all_at_once_or_in_two_goes_gives_the_same_chain(first: int) -> None:
    drafts = [draft(1), draft(2), draft(3)]
    one = sealed(*drafts[:first])
    head = Head(one[-1].number, one[-1].link) if one else Head.genesis()
    assert [*one, *sealed(*drafts[first:], head=head)] == ENTRIES


def test_the_same_entries_in_another_fund_have_other_links() -> None:
    elsewhere = seal("80120102", Head.genesis(), [draft(1)], recorded_at=MOMENT, recorded_by=5)
    assert next(elsewhere).link != ENTRIES[0].link


def test_a_moment_is_written_in_utc_with_its_microseconds() -> None:
    bangkok = timezone(timedelta(hours=7))
    assert moment_text(datetime(2026, 11, 22, 16, 5, tzinfo=bangkok)) == (
        "2026-11-22T09:05:00.000000Z"
    )
    assert moment_text(datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)) == (
        "2026-01-02T03:04:05.000006Z"
    )


@pytest.mark.parametrize("satang", [2**53, -(2**53)])
def test_a_sum_that_not_every_reader_reads_alike_is_never_sealed(satang: int) -> None:
    with pytest.raises(ValueError, match="domain"):
        sealed(draft(1, satang))
    assert sealed(draft(1, 2**53 - 1))


def test_lines_come_back_from_the_books_as_the_journal_has_them() -> None:
    assert as_lines(BOOKS[0].lines) == draft(1).lines


# ----------------------------------------------------------------------------------- faults


def test_a_chain_as_it_was_written_has_no_fault() -> None:
    assert fault(BOOKS) is None
    assert fault([], Head.genesis()) is None


def test_a_missing_entry_leaves_a_gap() -> None:
    assert fault([BOOKS[0], BOOKS[2]]) == ChainFault(2, "gap")


def test_a_missing_beginning_leaves_a_gap() -> None:
    assert fault(BOOKS[1:]) == ChainFault(1, "gap")


def test_an_entry_that_stands_twice_leaves_a_gap() -> None:
    assert fault([BOOKS[0], BOOKS[0], BOOKS[1]]) == ChainFault(2, "gap")


@pytest.mark.parametrize("lines", [[], [("cash", 0)]])
def test_an_entry_that_lost_its_lines_is_named(lines: list[tuple[str, int]]) -> None:
    assert fault([BOOKS[0], replace(BOOKS[1], lines=lines)]) == ChainFault(2, "few_lines")


def test_an_entry_that_is_out_by_a_satang_is_named() -> None:
    lines = [("cash", 70_001), ("loan:2", -70_000)]
    assert fault([BOOKS[0], replace(BOOKS[1], lines=lines)]) == ChainFault(2, "balance")


CHANGES: dict[str, Callable[[WrittenEntry], WrittenEntry]] = {
    "sum": lambda entry: replace(entry, lines=[("cash", 60_000), ("loan:2", -60_000)]),
    "account": lambda entry: replace(entry, lines=[("cash", 70_000), ("loan:9", -70_000)]),
    "order of lines": lambda entry: replace(entry, lines=list(reversed(entry.lines))),
    "deed": lambda entry: replace(entry, deed="loan_paid_out"),
    "day": lambda entry: replace(entry, happened_on="2026-11-01"),
    "moment": lambda entry: replace(entry, recorded_at="2026-11-22T09:00:00.000001Z"),
    "memo": lambda entry: replace(entry, memo=entry.memo + " "),
    "document": lambda entry: replace(entry, document="รค.9"),
    "taken back": lambda entry: replace(entry, reverses=1),
    "who": lambda entry: replace(entry, recorded_by=6),
    "nobody": lambda entry: replace(entry, recorded_by=None),
    "key": lambda entry: replace(entry, key="row 9"),
    "source": lambda entry: replace(entry, source=""),
    "link": lambda entry: replace(entry, link=GENESIS),
    "a sum too great": lambda entry: replace(entry, lines=[("cash", 2**60), ("loan:2", -(2**60))]),
    "half a letter": lambda entry: replace(entry, memo="\ud83d"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_is_changed_afterwards_is_named(what: str) -> None:
    changed = CHANGES[what](BOOKS[1])
    assert fault([BOOKS[0], changed, BOOKS[2]]) == ChainFault(2, "changed")


def test_two_entries_that_changed_places_are_named() -> None:
    swapped = [BOOKS[0], replace(BOOKS[2], number=2), replace(BOOKS[1], number=3)]
    assert fault(swapped) == ChainFault(2, "changed")


def test_an_entry_pushed_in_between_is_named() -> None:
    """Even one that is sealed well itself: those after it no longer follow."""
    first, *others = BOOKS
    forged = written(sealed(draft(9), head=Head(1, first.link))[0])
    moved_on = [replace(entry, number=entry.number + 1) for entry in others]
    assert fault([first, forged, *moved_on]) == ChainFault(3, "changed")


def test_books_of_another_fund_are_named_from_the_start() -> None:
    assert first_fault("80120102", BOOKS, HEAD) == ChainFault(1, "changed")


def test_an_end_that_was_cut_off_is_named() -> None:
    assert fault(BOOKS[:2]) == ChainFault(2, "head")
    assert fault([]) == ChainFault(0, "head")


def test_an_entry_written_on_past_the_head_is_named() -> None:
    more = written(sealed(draft(4), head=HEAD)[0])
    assert fault([*BOOKS, more]) == ChainFault(4, "head")


def test_a_head_with_the_right_number_and_a_wrong_link_is_named() -> None:
    assert fault(BOOKS, Head(3, GENESIS)) == ChainFault(3, "head")


def test_a_head_with_the_right_link_and_a_wrong_number_is_named() -> None:
    assert fault(BOOKS, Head(4, HEAD.link)) == ChainFault(3, "head")


def test_of_several_faults_the_first_is_named() -> None:
    books = [BOOKS[0], CHANGES["memo"](BOOKS[1]), replace(BOOKS[2], lines=[])]
    assert fault(books) == ChainFault(2, "changed")


# ----------------------------------------------------------------------------------- laws

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
DRAFTS = st.builds(
    lambda deed, day, satang, key, memo, reverses: replace(
        draft(1, satang), deed=deed, happened_on=day, key=key, memo=memo, reverses=reverses
    ),
    st.sampled_from(Deed),
    st.dates(),
    st.integers(-(2**53) + 1, 2**53 - 1),
    TEXTS,
    TEXTS,
    st.none() | st.integers(1, 9),
)


@given(st.lists(DRAFTS, max_size=6))
def test_whatever_is_sealed_is_found_sound(drafts: list[Draft]) -> None:
    entries = sealed(*drafts)
    head = Head(len(entries), entries[-1].link) if entries else Head.genesis()
    assert fault([written(entry) for entry in entries], head) is None


@given(st.data(), st.lists(DRAFTS, min_size=2, max_size=6))
def test_no_other_order_of_the_same_entries_is_sound(
    data: st.DataObject, drafts: list[Draft]
) -> None:
    drafts = [replace(one, key=f"row {number}") for number, one in enumerate(drafts)]
    entries = sealed(*drafts)
    jumbled = data.draw(st.permutations(entries).filter(lambda order: order != entries))
    books = [replace(written(entry), number=at) for at, entry in enumerate(jumbled, start=1)]
    assert fault(books, Head(len(entries), entries[-1].link)) is not None
