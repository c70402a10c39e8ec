"""Overdue on any day, kept by due day (docs/rules/due_ladder.md)."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kongthun.domain.arrears import BANDS, Part, arrears_of, band_of
from kongthun.domain.due_ladder import (
    Deferred,
    Delay,
    Ladder,
    Late,
    Rail,
    Rung,
    by_band,
    deferred_by_band,
    difference,
    ladder_of,
    late_on,
    overdue_on,
    total_of,
    windows_on,
)
from kongthun.domain.money import ZERO, Money, total

law = settings(max_examples=60, deadline=None)


# ---------------------------------------------------------------------------------- a fund's leaves


@dataclass(frozen=True)
class Leaf:
    """A contract as the books know it: its plan in force, what is settled, its delays."""

    plan: tuple[Part, ...] = ()
    settled: Money = ZERO
    delays: tuple[Delay, ...] = ()

    @property
    def ladder(self) -> Ladder:
        return ladder_of(self.plan, self.settled, self.delays)

    @property
    def open_days(self) -> list[date]:
        return [rung.due_on for rung in self.ladder.rungs]


@dataclass(frozen=True)
class Answers:
    """All that is asked of a fund on a day."""

    overdue: Money
    by_band: tuple[Money, ...]
    late: Late
    deferred: tuple[Money, ...]


def by_ladder(ladder: Ladder, day: date) -> Answers:
    return Answers(
        overdue_on(ladder, day),
        by_band(ladder, day),
        late_on(ladder, day),
        deferred_by_band(ladder, day),
    )


def by_leaves(leaves: Sequence[Leaf], day: date) -> Answers:
    """The same from every contract's arrears, one by one; a delay by its own two days."""
    late = [arrears_of(leaf.plan, leaf.settled, as_of=day) for leaf in leaves]
    waiting = [
        arrears
        for leaf, arrears in zip(leaves, late, strict=True)
        if any(delay.starts_on <= day <= delay.ends_on for delay in leaf.delays)
    ]
    bands = range(BANDS)
    return Answers(
        total(arrears.overdue for arrears in late),
        tuple(total(arrears.by_band[band] for arrears in late) for band in bands),
        Late(
            sum(1 for arrears in late if arrears.overdue),
            tuple(sum(1 for arrears in late if arrears.by_band[band]) for band in bands),
        ),
        tuple(total(arrears.by_band[band] for arrears in waiting) for band in bands),
    )


# ---------------------------------------------------------------------------------- the page


FIRST = Leaf(
    (
        Part(date(2023, 9, 30), Money.baht(4_000)),
        Part(date(2024, 9, 30), Money.baht(4_000)),
        Part(date(2025, 9, 30), Money.baht(4_000)),
    ),
    Money.baht(5_000),
)
SECOND = Leaf((Part(date(2025, 9, 30), Money.baht(6_000)),))
THIRD = Leaf(
    (Part(date(2025, 3, 1), Money.baht(1_000)), Part(date(2025, 7, 1), Money.baht(1_500))),
    delays=(Delay(date(2025, 10, 1), date(2025, 12, 31)),),
)
FUND = total_of(leaf.ladder for leaf in (FIRST, SECOND, THIRD))
LATER = replace(FIRST, settled=Money.baht(10_000))


def test_the_fund_of_the_page_has_these_rungs_and_rails() -> None:
    october, december = date(2025, 10, 1), date(2025, 12, 31)
    assert (
        Ladder(
            rungs=(
                Rung(date(2024, 9, 30), Money.baht(3_000), 1),
                Rung(date(2025, 3, 1), Money.baht(1_000), 1),
                Rung(date(2025, 7, 1), Money.baht(1_500), 0),
                Rung(date(2025, 9, 30), Money.baht(10_000), 1),
            ),
            rails=(
                Rail(date(2024, 9, 30), date(2025, 9, 30), 1),
                Rail(date(2025, 3, 1), date(2025, 7, 1), 1),
            ),
            deferred=(
                Deferred(date(2025, 3, 1), october, december, Money.baht(1_000)),
                Deferred(date(2025, 7, 1), october, december, Money.baht(1_500)),
            ),
        )
        == FUND
    )


@pytest.mark.parametrize(
    ("day", "overdue", "late", "bands", "late_by_band", "deferred"),
    [
        (date(2025, 9, 30), 5_500, 2, (0, 5_500, 0, 0), (0, 2, 0, 0), 0),
        (date(2025, 10, 1), 15_500, 3, (10_000, 2_500, 3_000, 0), (2, 1, 1, 0), 2_500),
        (date(2025, 12, 31), 15_500, 3, (0, 12_500, 3_000, 0), (0, 3, 1, 0), 2_500),
        (date(2026, 1, 1), 15_500, 3, (0, 12_500, 3_000, 0), (0, 3, 1, 0), 0),
    ],
)
def test_the_fund_of_the_page_ages_as_the_page_says(
    day: date,
    overdue: int,
    late: int,
    bands: tuple[int, ...],
    late_by_band: tuple[int, ...],
    deferred: int,
) -> None:
    assert overdue_on(FUND, day) == Money.baht(overdue)
    assert by_band(FUND, day) == tuple(map(Money.baht, bands))
    assert late_on(FUND, day) == Late(late, late_by_band)
    assert total(deferred_by_band(FUND, day)) == Money.baht(deferred)


def test_a_receipt_of_the_page_touches_two_rungs_and_a_rail() -> None:
    change = difference(FIRST.ladder, LATER.ladder)
    assert change == Ladder(
        rungs=(
            Rung(date(2024, 9, 30), Money.baht(-3_000), -1),
            Rung(date(2025, 9, 30), Money.baht(-2_000), 1),
        ),
        rails=(Rail(date(2024, 9, 30), date(2025, 9, 30), -1),),
    )
    after = FUND + change
    assert overdue_on(after, date(2026, 1, 1)) == Money.baht(10_500)
    assert late_on(after, date(2026, 1, 1)) == Late(3, (0, 3, 0, 0))


# ---------------------------------------------------------------------------------- the edges

DUE = date(2025, 9, 30)


def test_a_part_due_today_is_not_late() -> None:
    ladder = ladder_of([Part(DUE, Money(1))], ZERO)
    assert by_ladder(ladder, DUE) == by_leaves([], DUE)
    assert late_on(ladder, DUE + timedelta(days=1)) == Late(1, (1, 0, 0, 0))


@pytest.mark.parametrize("days_late", [1, 90, 91, 365, 366, 1_095, 1_096, 20_000])
def test_a_part_moves_to_the_next_band_by_the_day_alone(days_late: int) -> None:
    ladder = ladder_of([Part(DUE, Money(5))], ZERO)
    day = DUE + timedelta(days=days_late)
    here = [band == band_of(days_late) for band in range(BANDS)]
    assert by_band(ladder, day) == tuple(Money(5 * stands) for stands in here)
    assert late_on(ladder, day).by_band == tuple(here)


def test_a_part_that_is_settled_to_the_satang_leaves_no_rung() -> None:
    assert Leaf(FIRST.plan, Money.baht(12_000)).ladder == Ladder()
    assert ladder_of([], ZERO, [Delay(DUE, DUE)]) == Ladder()


def test_parts_of_one_day_are_one_rung_and_one_contract() -> None:
    plan = [Part(DUE, Money(3)), Part(DUE, Money(4))]
    assert ladder_of(plan, Money(1)) == Ladder((Rung(DUE, Money(6), 1),))


def test_a_contract_with_two_parts_in_one_band_counts_once_in_it() -> None:
    plan = [Part(DUE, Money(1)), Part(DUE + timedelta(days=30), Money(1))]
    day = DUE + timedelta(days=60)
    assert late_on(ladder_of(plan, ZERO), day) == Late(1, (1, 0, 0, 0))


def test_a_contract_with_a_part_in_two_bands_counts_in_both_and_once_in_all() -> None:
    plan = [Part(DUE, Money(1)), Part(DUE + timedelta(days=60), Money(1))]
    day = DUE + timedelta(days=100)
    assert late_on(ladder_of(plan, ZERO), day) == Late(1, (1, 1, 0, 0))


def test_a_delay_counts_on_its_first_day_and_on_its_last() -> None:
    delay = Delay(DUE + timedelta(days=10), DUE + timedelta(days=20))
    ladder = ladder_of([Part(DUE, Money(7))], ZERO, [delay])
    running = [
        total(deferred_by_band(ladder, DUE + timedelta(days=days))) for days in (9, 10, 20, 21)
    ]
    assert running == [ZERO, Money(7), Money(7), ZERO]
    assert overdue_on(ladder, DUE + timedelta(days=15)) == Money(7)


def test_delays_that_overlap_count_a_day_once() -> None:
    long = Delay(DUE, DUE + timedelta(days=40))
    inside = Delay(DUE + timedelta(days=10), DUE + timedelta(days=20))
    after = Delay(long.ends_on, DUE + timedelta(days=60))
    apart = Delay(DUE + timedelta(days=80), DUE + timedelta(days=90))
    ladder = ladder_of([Part(DUE, Money(7))], ZERO, [apart, after, inside, long])
    assert ladder.deferred == (
        Deferred(DUE, long.starts_on, after.ends_on, Money(7)),
        Deferred(DUE, apart.starts_on, apart.ends_on, Money(7)),
    )
    assert total(deferred_by_band(ladder, long.ends_on)) == Money(7)


def test_a_delay_of_one_day_is_one_and_one_that_ends_before_it_starts_is_an_error() -> None:
    assert Delay(DUE, DUE).ends_on == DUE
    with pytest.raises(ValueError, match="does not end on"):
        Delay(DUE, DUE - timedelta(days=1))


def test_a_delay_touches_no_rung() -> None:
    leaf = replace(FIRST, delays=(Delay(DUE, DUE),))
    change = difference(FIRST.ladder, leaf.ladder)
    assert (change.rungs, change.rails) == ((), ())
    assert len(change.deferred) == len(leaf.open_days)


# ---------------------------------------------------------------------------------- laws

# Due days and delays lie at distances that meet the ends of the bands and miss them by a day.
GAPS = st.sampled_from([0, 1, 30, 89, 90, 91, 274, 275, 276, 365, 366, 729, 730, 731, 1_096])
BEGIN = date(2020, 2, 29)
SUMS = st.integers(0, 500).map(Money)


@st.composite
def days_of(draw: st.DrawFn) -> date:
    return BEGIN + timedelta(days=sum(draw(st.lists(GAPS, max_size=3))))


@st.composite
def plans_of(draw: st.DrawFn) -> tuple[Part, ...]:
    parts = draw(st.lists(st.builds(Part, days_of(), SUMS), max_size=4))
    return tuple(parts)


DELAYS = st.lists(
    st.builds(
        lambda first, days: Delay(first, first + timedelta(days=days)),
        days_of(),
        st.integers(0, 400),
    ),
    max_size=3,
).map(tuple)
LEAVES = st.builds(Leaf, plans_of(), SUMS, DELAYS)
FUNDS = st.lists(LEAVES, max_size=5)


@st.composite
def asked_of(draw: st.DrawFn) -> date:
    """A day to ask about: around the days on which something changes, or well after them."""
    late = draw(st.sampled_from([-1, 0, 1, 2, 90, 91, 92, 365, 366, 367, 1_095, 1_096, 1_097]))
    return draw(days_of()) + timedelta(days=late)


ASKED = st.lists(asked_of(), min_size=1, max_size=6)


@st.composite
def edited(draw: st.DrawFn, leaf: Leaf) -> Leaf:
    """What one deed makes of a contract."""
    deed = draw(st.sampled_from(["receipt", "cancel", "agree", "delay", "withdraw", "other"]))
    if deed == "receipt":  # A write-off settles just the same.
        return replace(leaf, settled=leaf.settled + draw(SUMS))
    if deed == "cancel":
        return replace(leaf, settled=Money(draw(st.integers(0, leaf.settled.satang))))
    if deed == "agree":
        return replace(leaf, plan=draw(plans_of()), settled=ZERO)
    if deed == "delay":
        return replace(leaf, delays=draw(DELAYS))
    return Leaf() if deed == "withdraw" else draw(LEAVES)


@law
@given(FUNDS, ASKED)
def test_a_ladder_answers_what_the_arrears_of_its_contracts_add_up_to(
    leaves: list[Leaf], days: list[date]
) -> None:
    ladder = total_of(leaf.ladder for leaf in leaves)
    for day in days:
        assert by_ladder(ladder, day) == by_leaves(leaves, day)


@law
@given(st.data(), st.lists(LEAVES, min_size=1, max_size=4), ASKED)
def test_a_ladder_kept_by_differences_is_right_after_every_deed_in_any_order(
    data: st.DataObject, leaves: list[Leaf], days: list[date]
) -> None:
    kept = begun = total_of(leaf.ladder for leaf in leaves)
    changes = []
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(leaves) - 1))
        after = data.draw(edited(leaves[place]))
        changes.append(difference(leaves[place].ladder, after.ladder))
        leaves[place] = after
        kept += changes[-1]
        assert kept == total_of(leaf.ladder for leaf in leaves)
        for day in days:
            assert by_ladder(kept, day) == by_leaves(leaves, day)
    assert total_of([*data.draw(st.permutations(changes)), begun]) == kept


@law
@given(LEAVES, LEAVES, LEAVES)
def test_differences_compose_and_a_deed_taken_back_leaves_nothing(
    one: Leaf, two: Leaf, three: Leaf
) -> None:
    first, second = (
        difference(one.ladder, two.ladder),
        difference(two.ladder, three.ladder),
    )
    assert first + second == difference(one.ladder, three.ladder)
    assert one.ladder + first == two.ladder
    assert first + difference(two.ladder, one.ladder) == Ladder()
    assert difference(one.ladder, one.ladder) == Ladder()
    assert one.ladder + -one.ladder == Ladder()


@law
@given(st.lists(FUNDS, max_size=3), ASKED)
def test_a_node_is_its_funds_and_its_figures_are_theirs_together(
    funds: list[list[Leaf]], days: list[date]
) -> None:
    ladders = [total_of(leaf.ladder for leaf in fund) for fund in funds]
    node = total_of(ladders)
    assert node == total_of(leaf.ladder for fund in funds for leaf in fund)
    assert node == sum(ladders, Ladder())
    for day in days:
        assert overdue_on(node, day) == total(overdue_on(ladder, day) for ladder in ladders)
        assert late_on(node, day).contracts == sum(
            late_on(ladder, day).contracts for ladder in ladders
        )


@law
@given(st.data(), st.lists(LEAVES, min_size=1, max_size=6))
def test_a_node_with_differences_not_yet_folded_is_right_wherever_folding_stopped(
    data: st.DataObject, leaves: list[Leaf]
) -> None:
    appended = [difference(Ladder(), leaf.ladder) for leaf in leaves]
    folded = data.draw(st.integers(0, len(appended)))
    kept = total_of(appended[:folded])
    assert total_of([kept, *appended[folded:]]) == total_of(leaf.ladder for leaf in leaves)


@law
@given(FUNDS)
def test_a_fund_has_no_more_rows_than_what_is_open(leaves: list[Leaf]) -> None:
    ladder = total_of(leaf.ladder for leaf in leaves)
    assert {rung.due_on for rung in ladder.rungs} == {
        day for leaf in leaves for day in leaf.open_days
    }
    assert len(ladder.rungs) == len({rung.due_on for rung in ladder.rungs})
    several = sum(len(leaf.open_days) - 1 for leaf in leaves if leaf.open_days)
    assert len(ladder.rails) <= several
    assert len(ladder.deferred) <= sum(len(leaf.open_days) * len(leaf.delays) for leaf in leaves)
    assert all(rung.lacking > ZERO and rung.contracts >= 0 for rung in ladder.rungs)
    assert all(rail.contracts > 0 and rail.older_on < rail.due_on for rail in ladder.rails)
    assert all(each.lacking > ZERO for each in ladder.deferred)


@law
@given(LEAVES, SUMS)
def test_a_receipt_costs_rows_by_the_due_days_it_settles_and_not_by_the_fund(
    leaf: Leaf, received: Money
) -> None:
    after = replace(leaf, settled=leaf.settled + received)
    change = difference(leaf.ladder, after.ladder)
    settled = len(leaf.open_days) - len(after.open_days)
    assert len(change.rungs) <= settled + 1
    assert len(change.rails) <= settled
    assert len(change.deferred) <= (settled + 1) * len(leaf.delays)


@law
@given(asked_of(), st.integers(0, 4_000))
def test_every_day_before_stands_in_one_window_and_none_from_the_day_on(
    day: date, days_late: int
) -> None:
    windows = windows_on(day)
    due_on = day - timedelta(days=days_late)
    standing = [band for band, window in enumerate(windows) if window.holds(due_on)]
    assert standing == ([band_of(days_late)] if days_late else [])


# ---------------------------------------------------------------------------------- the past


def test_of_what_is_open_now_an_earlier_day_can_be_asked_but_not_what_stood_then() -> None:
    new_year = date(2025, 1, 1)
    assert overdue_on(LATER.ladder, new_year) == ZERO
    assert overdue_on(FIRST.ladder, new_year) == Money.baht(3_000)


# 4,000 that came in March are written down first, then 1,000 that came in February.
BEGUN = replace(FIRST, settled=ZERO).ladder
MARCH = replace(FIRST, settled=Money.baht(4_000)).ladder
WRITTEN = [difference(BEGUN, MARCH), difference(MARCH, FIRST.ladder)]


def test_differences_in_the_order_of_writing_tell_what_was_known() -> None:
    known = [total_of([BEGUN, *WRITTEN[:deeds]]) for deeds in range(3)]
    assert known == [BEGUN, MARCH, FIRST.ladder]


def test_differences_by_the_day_it_happened_do_not_make_the_past() -> None:
    in_february = replace(FIRST, settled=Money.baht(1_000)).ladder
    day = date(2024, 3, 1)
    assert overdue_on(in_february, day) == Money.baht(3_000)
    assert overdue_on(BEGUN + WRITTEN[1], day) == Money.baht(4_000)


# ---------------------------------------------------------------------------------- the statements

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules" / "due_ladder.md"
TABLES, RUNGS, RAILS, DEFERRED = re.findall(
    r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL
)
FUND_ID = 7


@pytest.fixture
def books() -> Iterator[sqlite3.Connection]:
    with opened() as books:
        yield books


@contextmanager
def opened() -> Iterator[sqlite3.Connection]:
    """The tables of the page, with nothing in them."""
    with closing(sqlite3.connect(":memory:")) as books:
        books.executescript(TABLES)
        yield books


def write(books: sqlite3.Connection, changes: Sequence[Ladder]) -> None:
    """Differences written as the page says: add, insert where nothing is, delete what is zero."""
    for change in changes:
        for due_on, lacking, contracts in change.rungs:
            _add(books, "due_rung", {"due_on": due_on}, (lacking.satang, contracts))
        for older_on, due_on, contracts in change.rails:
            _add(books, "due_rail", {"due_on": due_on, "older_on": older_on}, (contracts,))
        for due_on, starts_on, ends_on, lacking in change.deferred:
            days = {"due_on": due_on, "starts_on": starts_on, "ends_on": ends_on}
            _add(books, "due_deferred", days, (lacking.satang,))


SUMS_OF = {
    "due_rung": ("satang", "contracts"),
    "due_rail": ("contracts",),
    "due_deferred": ("satang",),
}


def _add(
    books: sqlite3.Connection, table: str, days: dict[str, date], sums: tuple[int, ...]
) -> None:
    key = {"fund_id": FUND_ID} | {name: day.isoformat() for name, day in days.items()}
    row = " AND ".join(f"{name} = :{name}" for name in key)
    names = SUMS_OF[table]
    added = ", ".join(f"{name} = {name} + :{name}" for name in names)
    values = key | dict(zip(names, sums, strict=True))
    if not books.execute(f"UPDATE {table} SET {added} WHERE {row}", values).rowcount:  # noqa: S608
        columns, places = ", ".join(values), ", ".join(f":{name}" for name in values)
        books.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", values)  # noqa: S608
    nothing = " AND ".join(f"{name} = 0" for name in names)
    books.execute(f"DELETE FROM {table} WHERE {row} AND {nothing}", values)  # noqa: S608


def by_statements(books: sqlite3.Connection, day: date) -> Answers:
    def asked(statement: str, first: date, before: date) -> list[int]:
        values = {"fund": FUND_ID, "first": first.isoformat(), "before": before.isoformat()}
        row = books.execute(statement, values | {"day": day.isoformat()}).fetchone()
        return [each or 0 for each in row]

    windows = windows_on(day)
    bands = [asked(RUNGS, *window) for window in windows]
    overdue, late = asked(RUNGS, date.min, day)
    return Answers(
        Money(overdue),
        tuple(Money(satang) for satang, _ in bands),
        Late(
            late,
            tuple(
                contracts + asked(RAILS, *window)[0]
                for (_, contracts), window in zip(bands, windows, strict=True)
            ),
        ),
        tuple(Money(asked(DEFERRED, *window)[0]) for window in windows),
    )


@settings(max_examples=25, deadline=None)
@given(st.data(), st.lists(LEAVES, min_size=1, max_size=3), ASKED)
def test_the_statements_of_the_page_keep_and_answer_the_same(
    data: st.DataObject, leaves: list[Leaf], days: list[date]
) -> None:
    changes = [difference(Ladder(), leaf.ladder) for leaf in leaves]
    for place, leaf in enumerate(leaves):
        after = data.draw(edited(leaf))
        changes.append(difference(leaf.ladder, after.ladder))
        leaves[place] = after
    with opened() as books:
        write(books, changes)
        rows = books.execute("SELECT count(*) FROM due_rung").fetchone()[0]
        assert rows == len({day for leaf in leaves for day in leaf.open_days})
        for day in days:
            assert by_statements(books, day) == by_leaves(leaves, day)


@pytest.mark.parametrize("statement", [RUNGS, RAILS, DEFERRED])
def test_a_band_is_one_range_of_an_index(books: sqlite3.Connection, statement: str) -> None:
    values = dict.fromkeys(("fund", "first", "before", "day"), "")
    (way,) = (row[3] for row in books.execute(f"EXPLAIN QUERY PLAN {statement}", values))
    assert "(fund_id=? AND due_on>? AND due_on<?)" in way


@pytest.mark.parametrize("day", [date(2025, 9, 30), date(2025, 10, 1), date(2025, 12, 31)])
def test_the_statements_of_the_page_tell_its_example(books: sqlite3.Connection, day: date) -> None:
    write(books, [FIRST.ladder, SECOND.ladder, THIRD.ladder])
    assert by_statements(books, day) == by_ladder(FUND, day)
    write(books, [difference(FIRST.ladder, LATER.ladder)])
    assert by_statements(books, day) == by_leaves([LATER, SECOND, THIRD], day)


@pytest.mark.parametrize(
    "taken_twice",
    [
        Ladder(rungs=(Rung(date(2025, 3, 1), Money.baht(-600), 0),)),
        Ladder(rungs=(Rung(date(2025, 3, 1), ZERO, -1),)),
        Ladder(rails=(Rail(date(2025, 3, 1), date(2025, 7, 1), -1),)),
        Ladder(
            deferred=(
                Deferred(date(2025, 3, 1), date(2025, 10, 1), date(2025, 12, 31), Money.baht(-600)),
            )
        ),
    ],
)
def test_a_row_that_would_fall_below_zero_stops_the_deed(
    books: sqlite3.Connection, taken_twice: Ladder
) -> None:
    write(books, [THIRD.ladder, taken_twice])
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        write(books, [taken_twice])
