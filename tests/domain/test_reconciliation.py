"""The bank book against the passbook, the difference named (docs/rules/reconciliation.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.reconciliation import (
    BankLine,
    Pair,
    Reconciliation,
    Window,
    reconcile,
)

START = date(2025, 10, 1)


def line(key: str, day: int, baht: int, document: str = "") -> BankLine:
    """A line so many days after 30 September 2025."""
    return BankLine(key, START + timedelta(days=day - 1), Money.baht(baht), document)


def keys(pairs: Sequence[Pair]) -> list[tuple[str, str]]:
    return [(pair.books.key, pair.passbook.key) for pair in pairs]


# The example of docs/rules/reconciliation.md.
BOOKS = [
    line("b1", 1, 280_000, "เปิดบัญชี"),
    line("b2", 3, -20_000, "ถ.1"),
    line("b3", 10, 5_000, "รค.12"),
    line("b4", 12, 3_000, "รค.13"),
    line("b5", 20, 4_000, "รค.14"),
]
PASSBOOK = [
    line("p1", 1, 280_000),
    line("p2", 3, -20_000),
    line("p3", 13, 5_000),
    line("p4", 12, 3_100, "รค. ๑๓"),
    BankLine("p5", date(2025, 10, 31), Money(15_619), words="ดอกเบี้ย"),
]


def test_the_example_of_the_page() -> None:
    found = reconcile(BOOKS, PASSBOOK)
    assert keys(found.matched) == [("b1", "p1"), ("b2", "p2")]
    assert keys(found.day_differs) == [("b3", "p3")]
    assert [pair.days for pair in found.day_differs] == [3]
    assert keys(found.amount_differs) == [("b4", "p4")]
    assert [pair.difference for pair in found.amount_differs] == [Money.baht(-100)]
    assert [each.key for each in found.only_in_books] == ["b5"]
    assert [each.key for each in found.only_in_passbook] == ["p5"]
    assert found.books_balance == Money.baht(272_000)
    assert found.passbook_balance == Money.baht(268_256, 19)
    assert found.difference == Money(374_381)
    assert not found.agrees


def test_two_books_without_a_line_agree() -> None:
    nothing = reconcile([], [])
    assert nothing == Reconciliation((), (), (), (), ())
    assert nothing.agrees
    assert nothing.difference == ZERO


def test_other_days_alone_do_not_make_them_disagree() -> None:
    found = reconcile([line("b", 1, 500)], [line("p", 4, 500)])
    assert found.agrees
    assert found.difference == ZERO


def test_two_mistakes_that_hide_each_other_are_seen_all_the_same() -> None:
    found = reconcile([line("b", 1, 500)], [line("p", 60, 500)])
    assert found.difference == ZERO
    assert not found.agrees


@pytest.mark.parametrize(("day", "is_paired"), [(8, True), (9, False)])
def test_a_sum_alone_ties_lines_within_a_week(day: int, is_paired: bool) -> None:
    found = reconcile([line("b", 1, 500)], [line("p", day, 500)])
    assert bool(found.day_differs) is is_paired
    found = reconcile([line("b", day, 500)], [line("p", 1, 500)])
    assert bool(found.day_differs) is is_paired


@pytest.mark.parametrize(("day", "is_paired"), [(91, True), (92, False)])
def test_document_and_sum_tie_lines_within_a_quarter(day: int, is_paired: bool) -> None:
    found = reconcile([line("b", 1, 500, "รค.12")], [line("p", day, 500, "รค.12")])
    assert bool(found.day_differs) is is_paired


def test_a_wider_window_may_be_set() -> None:
    wide = Window(days=30, document_days=400)
    assert reconcile([line("b", 1, 500)], [line("p", 31, 500)], window=wide).agrees
    far = reconcile([line("b", 1, 500, "1")], [line("p", 401, 500, "1")], window=wide)
    assert far.agrees


def test_the_document_decides_among_lines_of_the_same_sum() -> None:
    books = [line("b12", 1, 500, "รค.12"), line("b13", 1, 500, "รค.13")]
    passbook = [line("p13", 1, 500, "รค.13"), line("p12", 5, 500, "รค.12")]
    found = reconcile(books, passbook)
    assert keys(found.matched) == [("b13", "p13")]
    assert keys(found.day_differs) == [("b12", "p12")]


def test_the_same_day_is_surer_than_a_day_nearby() -> None:
    books = [line("b1", 1, 500), line("b5", 5, 500)]
    passbook = [line("p5", 5, 500), line("p9", 9, 500)]
    found = reconcile(books, passbook)
    assert keys(found.matched) == [("b5", "p5")]
    assert [each.key for each in found.only_in_books] == ["b1"]


def test_the_same_day_is_surer_than_a_day_nearby_among_documents_too() -> None:
    books = [line("b1", 1, 500, "12"), line("b20", 20, 500, "12")]
    passbook = [line("p20", 20, 500, "12"), line("p40", 40, 500, "12")]
    found = reconcile(books, passbook)
    assert keys(found.matched) == [("b20", "p20")]
    assert keys(found.day_differs) == [("b1", "p40")]


def test_no_line_takes_the_nearest_when_that_leaves_another_without_any() -> None:
    # b4 is nearest to p6, yet only p6 can be b12's.
    books = [line("b4", 4, 500), line("b12", 12, 500)]
    passbook = [line("p1", 1, 500), line("p6", 6, 500)]
    assert keys(reconcile(books, passbook).day_differs) == [("b4", "p1"), ("b12", "p6")]


def test_of_as_many_pairs_the_nearest_are_taken() -> None:
    books = [line("b4", 4, 500)]
    passbook = [line("p1", 1, 500), line("p6", 6, 500), line("p8", 8, 500)]
    assert keys(reconcile(books, passbook).day_differs) == [("b4", "p6")]


def test_of_two_as_near_the_earlier_is_taken() -> None:
    found = reconcile([line("b4", 4, 500)], [line("p6", 6, 500), line("p2", 2, 500)])
    assert keys(found.day_differs) == [("b4", "p2")]
    found = reconcile([line("b6", 6, 500), line("b2", 2, 500)], [line("p4", 4, 500)])
    assert keys(found.day_differs) == [("b2", "p4")]


def test_money_in_is_never_paired_with_money_out() -> None:
    found = reconcile([line("b", 1, 500, "12")], [line("p", 1, -500, "12")])
    assert not found.amount_differs
    assert found.difference == Money.baht(1_000)


def test_another_sum_under_the_same_document_is_named_by_its_difference() -> None:
    found = reconcile([line("b", 1, -500, "ถ.1")], [line("p", 8, -450, "ถ.1")])
    assert [pair.difference for pair in found.amount_differs] == [Money.baht(-50)]
    later = reconcile([line("b", 1, -500, "ถ.1")], [line("p", 9, -450, "ถ.1")])
    assert later.amount_differs == ()


def test_the_same_sum_goes_before_the_same_document_with_another() -> None:
    books = [line("b12", 1, 900, "12")]
    passbook = [line("p12", 1, 800, "12"), line("p", 2, 900)]
    found = reconcile(books, passbook)
    assert keys(found.day_differs) == [("b12", "p")]
    assert found.amount_differs == ()


@pytest.mark.parametrize("written", ["RC 12", "rc12", "RC๑๒", " Rc\u200b 12 "])
def test_a_document_is_the_same_however_it_is_written(written: str) -> None:
    found = reconcile([line("b", 1, 500, "RC12")], [line("p", 1, 501, written)])
    assert len(found.amount_differs) == 1


def test_every_list_is_in_the_order_of_days() -> None:
    books = [line("b3", 3, 500, "12"), line("b1", 1, 600), line("b2", 2, 700), line("b0", 0, 800)]
    passbook = [line("p3", 3, 500, "12"), line("p1", 1, 600)]
    found = reconcile(books, passbook)
    assert keys(found.matched) == [("b1", "p1"), ("b3", "p3")]
    assert [each.key for each in found.only_in_books] == ["b0", "b2"]


def test_lines_without_a_document_are_not_tied_by_that() -> None:
    found = reconcile([line("b", 1, 500, " ")], [line("p", 1, 501, "")])
    assert found.amount_differs == ()


def test_one_movement_is_paired_once() -> None:
    found = reconcile([line("b", 1, 500)] * 2, [line("p", 1, 500)])
    assert len(found.matched) == 1
    assert len(found.only_in_books) == 1


# ----------------------------------------------------------------------------------- laws

LINES = st.lists(
    st.builds(
        line,
        st.sampled_from("abcdef"),
        st.integers(1, 30),
        st.sampled_from([500, 600, -500]),
        st.sampled_from(["", "", "1", "2"]),
    ),
    max_size=8,
)


@given(LINES, LINES)
def test_the_difference_is_always_named_in_full(
    books: list[BankLine], passbook: list[BankLine]
) -> None:
    found = reconcile(books, passbook)
    assert found.books_balance == total(each.amount for each in books)
    assert found.passbook_balance == total(each.amount for each in passbook)
    assert found.difference == found.books_balance - found.passbook_balance


@given(LINES, LINES)
def test_every_line_stands_in_just_one_place(
    books: list[BankLine], passbook: list[BankLine]
) -> None:
    found = reconcile(books, passbook)
    pairs = [*found.matched, *found.day_differs, *found.amount_differs]
    assert Counter([*(pair.books for pair in pairs), *found.only_in_books]) == Counter(books)
    assert Counter([*(pair.passbook for pair in pairs), *found.only_in_passbook]) == Counter(
        passbook
    )
    assert all(pair.difference == ZERO and pair.days == 0 for pair in found.matched)
    assert all(pair.difference == ZERO and pair.days != 0 for pair in found.day_differs)
    assert all(pair.difference != ZERO for pair in found.amount_differs)


@given(st.data(), LINES, LINES)
def test_the_order_in_which_lines_were_typed_tells_nothing(
    data: st.DataObject, books: list[BankLine], passbook: list[BankLine]
) -> None:
    jumbled = reconcile(data.draw(st.permutations(books)), data.draw(st.permutations(passbook)))
    assert jumbled == reconcile(books, passbook)


@given(LINES)
def test_a_book_held_against_itself_agrees_line_for_line(books: list[BankLine]) -> None:
    found = reconcile(books, books)
    assert found.agrees
    assert found.day_differs == ()


@given(LINES, LINES)
def test_nothing_that_could_be_paired_is_left_over(
    books: list[BankLine], passbook: list[BankLine]
) -> None:
    found = reconcile(books, passbook)
    for ours in found.only_in_books:
        for theirs in found.only_in_passbook:
            assert ours.amount != theirs.amount or abs((ours.on - theirs.on).days) > 7


ONE_SUM_DAYS = st.lists(st.integers(1, 40), max_size=5, unique=True)


@given(ONE_SUM_DAYS, ONE_SUM_DAYS)
def test_no_other_pairing_has_more_pairs_or_as_many_with_fewer_days(
    ours: list[int], theirs: list[int]
) -> None:
    # Days of one book are even, of the other odd: no two are the same.
    books = [line(f"b{day}", 2 * day, 500) for day in ours]
    passbook = [line(f"p{day}", 2 * day + 1, 500) for day in theirs]
    pairs = reconcile(books, passbook).day_differs
    count, days = len(pairs), sum(abs(pair.days) for pair in pairs)
    assert (count, -days) == _best_by_trying_all(
        [2 * day for day in ours], [2 * day + 1 for day in theirs]
    )


def _best_by_trying_all(ours: list[int], theirs: list[int]) -> tuple[int, int]:
    best = (0, 0)
    for count in range(1, min(len(ours), len(theirs)) + 1):
        for some in combinations(ours, count):
            for others in permutations(theirs, count):
                apart = [abs(one - other) for one, other in zip(some, others, strict=True)]
                if max(apart) <= 7:
                    best = max(best, (count, -sum(apart)))
    return best


@given(LINES, LINES, st.integers(1, 30))
def test_moving_both_books_by_as_many_days_changes_no_pair(
    books: list[BankLine], passbook: list[BankLine], days: int
) -> None:
    def moved(lines: list[BankLine]) -> list[BankLine]:
        return [replace(each, on=each.on + timedelta(days=days)) for each in lines]

    before, after = reconcile(books, passbook), reconcile(moved(books), moved(passbook))
    assert keys(after.matched) == keys(before.matched)
    assert keys(after.day_differs) == keys(before.day_differs)
    assert keys(after.amount_differs) == keys(before.amount_differs)
