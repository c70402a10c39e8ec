"""Own reports: what is wrong is said at once, sums are of the leaves, few are not told apart.

docs/rules/own_reports.md works the district below.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kongthun.domain.assessment import (
    CodeTwice,
    FieldMissing,
    FieldUnknown,
    FieldUnreadable,
    NumberOutOfRange,
    WordUnknown,
)
from kongthun.domain.own_report import (
    DIMENSIONS,
    MEASURES,
    Adds,
    Cell,
    Compares,
    DaysTurned,
    Dimension,
    DimensionFilter,
    Filter,
    Leaf,
    Measure,
    MeasureFilter,
    NotOneOfTwo,
    Order,
    Period,
    PeriodKind,
    ReportDesign,
    Row,
    RowKind,
    Table,
    TellsOfHouseholds,
    Unit,
    Way,
    Withheld,
    as_data,
    days_of,
    read_report,
    table_as_data,
    table_bytes,
    table_of,
)

law = settings(max_examples=60, deadline=None)
BAHT = 100


def overdue_by_village() -> dict[str, Any]:
    return {
        "code": "overdue-by-village",
        "title": "เงินเกินกำหนดรายหมู่บ้าน",
        "rows": ["tambon", "village"],
        "measures": ["households", "overdue", "late", "overdue_share"],
        "period": {"kind": "today"},
    }


def village(code: str, owed: int, owing: int, overdue: int | None, late: int | None) -> Leaf:
    """A fund of a village, money in baht."""
    return Leaf(
        code,
        {"tambon": code[:6], "village": code, "kind": "kkk"},
        {
            "households": owed * BAHT,
            "owing": owing,
            "overdue": None if overdue is None else overdue * BAHT,
            "late": late,
        },
    )


DISTRICT = (
    village("80060101", 200_000, 20, 50_000, 8),
    village("80060102", 120_000, 12, 6_000, 2),
    village("80060103", 180_000, 15, None, None),
    village("80060201", 90_000, 9, 0, 0),
    village("80060202", 210_000, 22, 90_000, 14),
)


def read(data: dict[str, Any]) -> ReportDesign:
    design = read_report(data)
    assert isinstance(design, ReportDesign), design
    return design


def row_at(table: Table, *path: str | None, kind: RowKind | None = None) -> Row:
    [found] = [row for row in table.rows if row.path == path and (kind is None or row.kind is kind)]
    return found


def baht(*sums: int | None) -> list[int | None]:
    return [None if each is None else each * BAHT for each in sums]


# ------------------------------------------------------------------------------- the example


def test_the_example_of_the_rule_page() -> None:
    table = table_of(read(overdue_by_village()), DISTRICT)
    assert [(row.kind, row.path) for row in table.rows] == [
        (RowKind.ROW, ("800601", "80060101")),
        (RowKind.ROW, ("800601", "80060102")),
        (RowKind.ROW, ("800601", "80060103")),
        (RowKind.SUBTOTAL, ("800601",)),
        (RowKind.ROW, ("800602", "80060201")),
        (RowKind.ROW, ("800602", "80060202")),
        (RowKind.SUBTOTAL, ("800602",)),
        (RowKind.TOTAL, ()),
    ]
    owed, overdue, late, share = zip(*(row.cells for row in table.rows), strict=True)
    assert [cell.value for cell in owed] == baht(
        200_000, 120_000, 180_000, 500_000, 90_000, 210_000, 300_000, 800_000
    )
    assert [cell.value for cell in overdue] == baht(
        50_000, 6_000, None, 56_000, 0, 90_000, 90_000, 146_000
    )
    assert [cell.value for cell in late] == [8, 2, None, 10, 0, 14, 14, 24]
    assert [cell.not_known for cell in overdue] == [0, 0, 1, 1, 0, 0, 0, 1]
    # 56,000 of the 320,000 of which both are known; the mean of 25 % and 5 % would be 15 %.
    assert [cell.value for cell in share] == [2500, 500, None, 1750, 0, 4286, 3000, 2355]
    assert [cell.not_known for cell in share] == [0, 0, 1, 1, 0, 0, 0, 1]
    assert [row.leaves for row in table.rows] == [1, 1, 1, 3, 1, 1, 2, 5]
    assert table.total.path == ()
    assert {table.words_of(cell) for row in table.rows for cell in row.cells} == {""}


def test_the_notice_board_of_the_rule_page() -> None:
    data = overdue_by_village() | {"notice_board": 3}
    table = table_of(read(data), DISTRICT)
    fewer, beside = Cell(None, 0, Withheld.FEWER), Cell(None, 0, Withheld.BESIDE)
    few = row_at(table, "800601", "80060102").cells
    assert few == (Cell(12_000_000), fewer, fewer, fewer)
    assert [table.words_of(cell) for cell in few[:2]] == ["", "น้อยกว่า 3"]
    with_it = row_at(table, "800601", "80060101").cells
    assert with_it == (Cell(20_000_000), beside, beside, beside)
    assert table.words_of(beside) == "ไม่แสดง"
    plain = table_of(read(overdue_by_village()), DISTRICT)
    shown = [row for row in table.rows if not any(cell.withheld for cell in row.cells)]
    assert [row.path for row in shown] == [
        ("800601", "80060103"),
        ("800601",),
        ("800602", "80060201"),
        ("800602", "80060202"),
        ("800602",),
        (),
    ]
    assert all(row in plain.rows for row in shown)


# ------------------------------------------------------------------------- what can be asked


def test_what_can_be_asked_has_names_of_its_own() -> None:
    names = [each.name for each in (*MEASURES, *DIMENSIONS)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "words",
    [
        {"unit": Unit.SHARE},
        {"unit": Unit.SHARE, "adds": Adds.RATIO},
        {"unit": Unit.SATANG, "adds": Adds.RATIO, "part": MEASURES[0], "whole": MEASURES[1]},
        {"unit": Unit.SHARE, "adds": Adds.RATIO, "part": MEASURES[0]},
        {"unit": Unit.COUNT, "part": MEASURES[0], "whole": MEASURES[1]},
        {"unit": Unit.SHARE, "adds": Adds.RATIO, "part": MEASURES[0], "whole": MEASURES[-1]},
        {
            "unit": Unit.SHARE,
            "adds": Adds.RATIO,
            "part": MEASURES[0],
            "whole": MEASURES[1],
            "over": "owing",
        },
    ],
)
def test_a_measure_that_could_not_be_reckoned_is_none(words: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="odd: a share"):
        Measure("odd", **words)


def test_a_design_names_the_facts_it_needs() -> None:
    data = overdue_by_village() | {
        "measures": ["overdue_share"],
        "filters": [
            {"measure": "set_aside", "compares": "at_most", "value": 0},
            {"dimension": "kind", "compares": "is", "values": ["kkk"]},
        ],
    }
    assert read(data).facts == ("overdue", "households", "set_aside")
    assert read(data).dimensions == ("tambon", "village", "kind")
    board = read(data | {"notice_board": 5})
    assert board.facts == ("overdue", "households", "set_aside", "late", "owing")


# ------------------------------------------------------------------------------------ reading


def test_a_whole_design_is_read() -> None:
    data = overdue_by_village() | {
        "period": {"kind": "days", "first": date(2025, 10, 1), "last": "2026-09-30"},
        "filters": [
            {"dimension": "care", "compares": "is_not", "values": ["ok"]},
            {"measure": "overdue_share", "compares": "more_than", "value": 1000},
        ],
        "order": {"by": "overdue", "way": "falling"},
        "top": 3,
        "limit": 50,
    }
    by_name = {each.name: each for each in MEASURES}
    dimensions = {each.name: each for each in DIMENSIONS}
    assert read(data) == ReportDesign(
        code="overdue-by-village",
        title="เงินเกินกำหนดรายหมู่บ้าน",
        rows=(dimensions["tambon"], dimensions["village"]),
        measures=tuple(by_name[name] for name in data["measures"]),
        period=Period(PeriodKind.DAYS, None, date(2025, 10, 1), date(2026, 9, 30)),
        filters=(
            DimensionFilter(dimensions["care"], Compares.IS_NOT, ("ok",)),
            MeasureFilter(by_name["overdue_share"], Compares.MORE_THAN, 1000),
        ),
        order=Order(by_name["overdue"], Way.FALLING),
        top=3,
        limit=50,
    )


def test_everything_wrong_is_said_at_once_with_its_place() -> None:
    faults = read_report(
        {
            "code": " ",
            "rows": ["village", "village", "street", 7, ""],
            "measures": ["wealth", "overdue"],
            "period": {"kind": "fiscal_year", "year": 2026, "month": 1},
            "filters": [
                {},
                {"dimension": "care", "measure": "overdue"},
                {"dimension": "care", "compares": "at_least", "values": ["bad", "ok"]},
                {"dimension": "hamlet", "compares": "is", "values": []},
                {"measure": "luck", "compares": "is", "value": 1.5, "unit": "baht"},
                "all",
            ],
            "order": {"by": "bank", "way": "sideways", "then": "code"},
            "top": 0,
            "limit": 10_001,
            "notice_board": 2,
            "sql": "select",
        }
    )
    names, places = tuple(each.name for each in MEASURES), tuple(each.name for each in DIMENSIONS)
    care = ("ok", "watch", "visit", "unexplained")
    compared = ("at_least", "at_most", "more_than", "less_than")
    assert faults == [
        FieldUnreadable("", "code", " "),
        FieldMissing("", "title"),
        NumberOutOfRange("", "rows", 5, 0, 4),
        CodeTwice("rows.2", "village"),
        WordUnknown("rows.3", "", "street", places),
        FieldUnreadable("rows.4", "", "7"),
        FieldUnreadable("rows.5", "", ""),
        WordUnknown("measures.1", "", "wealth", names),
        NumberOutOfRange("period", "year", 2026, 2400, 2800),
        FieldUnknown("period", "month"),
        NotOneOfTwo("filters.1", ("dimension", "measure")),
        NotOneOfTwo("filters.2", ("dimension", "measure")),
        WordUnknown("filters.3", "compares", "at_least", ("is", "is_not")),
        WordUnknown("filters.3.values.1", "", "bad", care),
        WordUnknown("filters.4", "dimension", "hamlet", places),
        NumberOutOfRange("filters.4", "values", 0, 1, 10_000),
        WordUnknown("filters.5", "measure", "luck", names),
        WordUnknown("filters.5", "compares", "is", compared),
        FieldUnreadable("filters.5", "value", "1.5"),
        FieldUnknown("filters.5", "unit"),
        FieldUnreadable("filters.6", "", "all"),
        WordUnknown("order", "by", "bank", ("overdue", "village")),
        WordUnknown("order", "way", "sideways", ("rising", "falling")),
        FieldUnknown("order", "then"),
        NumberOutOfRange("", "top", 0, 1, 1_000),
        NumberOutOfRange("", "limit", 10_001, 1, 10_000),
        NumberOutOfRange("", "notice_board", 2, 3, 1_000),
        FieldUnknown("", "sql"),
    ]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"period": None}, FieldMissing("", "period")),
        ({"period": "today"}, FieldUnreadable("", "period", "today")),
        ({"period": {}}, FieldMissing("period", "kind")),
        ({"period": {"kind": "today", "year": 2569}}, FieldUnknown("period", "year")),
        ({"period": {"kind": "fiscal_year"}}, FieldMissing("period", "year")),
        (
            {"period": {"kind": "days", "first": "2026-02-02", "last": "2026-02-01"}},
            DaysTurned("period", date(2026, 2, 2), date(2026, 2, 1)),
        ),
        (
            {"period": {"kind": "days", "first": "1 ม.ค. 2569", "last": "2026-02-01"}},
            FieldUnreadable("period", "first", "1 ม.ค. 2569"),
        ),
        (
            {"period": {"kind": "days", "first": date(2026, 1, 1)}},
            FieldMissing("period", "last"),
        ),
        (
            {
                "period": {
                    "kind": "days",
                    "first": datetime(2026, 1, 1, 8, 0),  # noqa: DTZ001
                    "last": "2026-02-01",
                }
            },
            FieldUnreadable("period", "first", "2026-01-01 08:00:00"),
        ),
        ({"rows": "village"}, FieldUnreadable("", "rows", "village")),
        ({"measures": None}, FieldMissing("", "measures")),
        ({"measures": []}, NumberOutOfRange("", "measures", 0, 1, 20)),
        ({"order": "overdue"}, FieldUnreadable("", "order", "overdue")),
        ({"top": True}, FieldUnreadable("", "top", "True")),
        ({"filters": {}}, FieldUnreadable("", "filters", "{}")),
    ],
)
def test_one_slip_is_one_fault(change: dict[str, Any], fault: object) -> None:
    assert read_report(overdue_by_village() | change) == [fault]


def test_a_notice_board_shows_no_extreme_and_no_place_of_few() -> None:
    data = overdue_by_village() | {
        "measures": ["overdue", "days_late", "movement_days"],
        "filters": [
            {"measure": "overdue_share", "compares": "at_least", "value": 1},
            {"measure": "bank", "compares": "at_least", "value": 1},
        ],
        "order": {"by": "overdue", "way": "falling"},
    }
    assert isinstance(read_report(data), ReportDesign)
    assert read_report(data | {"notice_board": 5}) == [
        TellsOfHouseholds("measures.2", "days_late"),
        TellsOfHouseholds("filters.1", "overdue_share"),
        TellsOfHouseholds("order", "overdue"),
    ]
    by_place = {"order": {"by": "village", "way": "falling"}, "filters": []}
    plain = data | by_place | {"measures": ["overdue", "movement_days"], "notice_board": 5}
    assert read(plain).notice_board == 5
    assert read(plain | {"order": {"by": "movement_days", "way": "rising"}}).notice_board == 5


# ----------------------------------------------------------------------------------- the days


@pytest.mark.parametrize(
    ("period", "days"),
    [
        (Period(PeriodKind.TODAY), (None, date(2026, 3, 31))),
        (Period(PeriodKind.THIS_MONTH), (date(2026, 3, 1), date(2026, 3, 31))),
        (Period(PeriodKind.LAST_MONTH), (date(2026, 2, 1), date(2026, 2, 28))),
        (Period(PeriodKind.THIS_FISCAL_YEAR), (date(2025, 10, 1), date(2026, 3, 31))),
        (Period(PeriodKind.LAST_FISCAL_YEAR), (date(2024, 10, 1), date(2025, 9, 30))),
        (Period(PeriodKind.FISCAL_YEAR, 2568), (date(2024, 10, 1), date(2025, 9, 30))),
        (Period(PeriodKind.FISCAL_YEAR, 2569), (date(2025, 10, 1), date(2026, 3, 31))),
        (
            Period(PeriodKind.DAYS, None, date(2026, 1, 1), date(2026, 1, 1)),
            (date(2026, 1, 1), date(2026, 1, 1)),
        ),
    ],
)
def test_the_days_of_a_period(period: Period, days: tuple[date | None, date]) -> None:
    assert days_of(period, today=date(2026, 3, 31)) == days


# ---------------------------------------------------------------------------------- the table


def test_without_leaves_there_is_a_total_of_nothing() -> None:
    data = overdue_by_village() | {"measures": ["households", "overdue_share", "movement_days"]}
    table = table_of(read(data), [])
    assert table.rows == (Row(RowKind.TOTAL, (), 0, (Cell(0), Cell(None), Cell(None))),)


def test_without_rows_there_is_only_the_total() -> None:
    table = table_of(read(overdue_by_village() | {"rows": []}), DISTRICT)
    assert [row.kind for row in table.rows] == [RowKind.TOTAL]
    assert table.total.cells[0] == Cell(80_000_000)


def test_a_share_of_nothing_is_no_share() -> None:
    data = overdue_by_village() | {"measures": ["overdue_share"], "rows": []}
    assert table_of(read(data), [village("80060101", 0, 0, 0, 0)]).total.cells == (Cell(None),)


def test_a_share_is_rounded_down_or_up_as_its_measure_says() -> None:
    part, whole = Measure("part", Unit.COUNT), Measure("whole", Unit.COUNT)
    down = Measure("down", Unit.SHARE, Adds.RATIO, part=part, whole=whole)
    up = replace(down, name="up", rounds_up=True)
    design = ReportDesign("x", "x", (), (down, up), Period(PeriodKind.TODAY))
    for facts, expected in (((1, 3), (3333, 3334)), ((0, 3), (0, 0)), ((-1, 3), (-3334, -3333))):
        leaf = Leaf("a", {}, {"part": facts[0], "whole": facts[1]})
        assert tuple(cell.value for cell in table_of(design, [leaf]).total.cells) == expected


def ordered(order: dict[str, str] | None, **more: object) -> list[tuple[RowKind, str | None]]:
    data = overdue_by_village() | {"rows": ["village"], "order": order} | more
    rows = table_of(read(data), DISTRICT).rows[:-1]
    return [(row.kind, row.path[-1][-3:] if row.path and row.path[-1] else None) for row in rows]


def test_rows_stand_in_the_order_asked_and_the_unknown_last() -> None:
    def codes(order: dict[str, str] | None) -> list[str | None]:
        return [code for _, code in ordered(order)]

    assert codes(None) == ["101", "102", "103", "201", "202"]
    assert codes({"by": "village", "way": "falling"}) == ["202", "201", "103", "102", "101"]
    assert codes({"by": "overdue", "way": "rising"}) == ["201", "102", "101", "202", "103"]
    assert codes({"by": "overdue", "way": "falling"}) == ["202", "101", "102", "201", "103"]
    assert codes({"by": "overdue_share", "way": "falling"}) == ["202", "101", "102", "201", "103"]


def test_equal_rows_stand_in_the_order_of_their_dimension_either_way() -> None:
    leaves = [replace(leaf, facts=DISTRICT[0].facts) for leaf in DISTRICT]
    for way in Way:
        order = {"by": "overdue", "way": way.value}
        data = overdue_by_village() | {"rows": ["village"], "order": order}
        paths = [row.path for row in table_of(read(data), leaves).rows if row.kind is RowKind.ROW]
        assert paths == sorted(paths)


def test_a_dimension_has_its_own_order_and_what_is_not_known_comes_last() -> None:
    said = ["visit", None, "odd", "ok", "aside", "watch"]
    leaves = [Leaf(str(n), {"care": care}, {"funds": 1}) for n, care in enumerate(said)]
    data = overdue_by_village() | {"rows": ["care"], "measures": ["funds"]}
    table = table_of(read(data), leaves)
    assert [row.path for row in table.rows[:-1]] == [
        ("ok",), ("watch",), ("visit",), ("aside",), ("odd",), (None,),
    ]  # fmt: skip
    falling = table_of(read(data | {"order": {"by": "care", "way": "falling"}}), leaves)
    assert [row.path[0] for row in falling.rows[:-1]] == [
        "odd", "aside", "visit", "watch", "ok", None,
    ]  # fmt: skip


def test_the_rows_beyond_the_top_are_gathered() -> None:
    data = overdue_by_village() | {"top": 1, "order": {"by": "households", "way": "falling"}}
    table = table_of(read(data), DISTRICT)
    assert [(row.kind, row.path, row.gathered, row.cells[0].value) for row in table.rows] == [
        (RowKind.ROW, ("800601", "80060101"), 0, 20_000_000),
        (RowKind.REST, ("800601",), 2, 30_000_000),
        (RowKind.SUBTOTAL, ("800601",), 0, 50_000_000),
        (RowKind.ROW, ("800602", "80060202"), 0, 21_000_000),
        (RowKind.REST, ("800602",), 1, 9_000_000),
        (RowKind.SUBTOTAL, ("800602",), 0, 30_000_000),
        (RowKind.TOTAL, (), 0, 80_000_000),
    ]


def test_the_rows_beyond_the_limit_are_gathered_over_the_whole_table() -> None:
    table = table_of(read(overdue_by_village() | {"limit": 2}), DISTRICT)
    assert [(row.kind, row.gathered) for row in table.rows] == [
        (RowKind.ROW, 0),
        (RowKind.ROW, 0),
        (RowKind.REST, 1),
        (RowKind.SUBTOTAL, 0),
        (RowKind.REST, 2),
        (RowKind.SUBTOTAL, 0),
        (RowKind.TOTAL, 0),
    ]


@pytest.mark.parametrize(
    ("asked", "kept", "not_judged"),
    [
        ({"dimension": "village", "compares": "is", "values": ["80060101"]}, "101", 0),
        (
            {"dimension": "village", "compares": "is_not", "values": ["80060101", "80060201"]},
            "102 103 202",
            0,
        ),
        ({"measure": "overdue", "compares": "at_least", "value": 5_000_000}, "101 202", 1),
        ({"measure": "overdue", "compares": "more_than", "value": 5_000_000}, "202", 1),
        ({"measure": "overdue", "compares": "at_most", "value": 600_000}, "102 201", 1),
        ({"measure": "overdue", "compares": "less_than", "value": 600_000}, "201", 1),
        # 90,000 of 210,000 is 42.857… %, and so is not at most 42.85 %.
        ({"measure": "overdue_share", "compares": "at_most", "value": 4285}, "101 102 201", 1),
        (
            {"measure": "overdue_share", "compares": "less_than", "value": 4286},
            "101 102 201 202",
            1,
        ),
    ],
)  # fmt: skip
def test_a_filter_keeps_what_is_known_to_fit(
    asked: dict[str, Any], kept: str, not_judged: int
) -> None:
    data = overdue_by_village() | {"rows": ["village"], "filters": [asked]}
    table = table_of(read(data), DISTRICT)
    assert [str(row.path[0])[-3:] for row in table.rows[:-1]] == kept.split()
    assert table.not_judged == not_judged


def test_a_leaf_kept_out_for_another_reason_is_not_counted_as_not_judged() -> None:
    filters: list[Filter] = [
        MeasureFilter(next(m for m in MEASURES if m.name == "overdue"), Compares.AT_LEAST, 0),
        DimensionFilter(DIMENSIONS[3], Compares.IS, ("80060101",)),
    ]
    design = read(overdue_by_village())
    for each in (filters, filters[::-1]):
        table = table_of(replace(design, filters=tuple(each)), DISTRICT)
        assert (table.total.leaves, table.not_judged) == (1, 0)
    nowhere = Leaf("x", {**DISTRICT[0].dimensions, "village": None}, DISTRICT[0].facts)
    table = table_of(replace(design, filters=tuple(filters)), [nowhere])
    assert (table.total.leaves, table.not_judged) == (0, 1)


def test_a_leaf_counts_once_and_says_what_is_asked() -> None:
    design = read(overdue_by_village())
    with pytest.raises(ValueError, match="80060101: a leaf counts once"):
        table_of(design, [*DISTRICT, DISTRICT[0]])
    for slip in (Leaf("x", {}, DISTRICT[0].facts), Leaf("x", DISTRICT[0].dimensions, {})):
        with pytest.raises(KeyError):
            table_of(design, [slip])


def test_the_bytes_of_a_table_do_not_change() -> None:
    data = overdue_by_village() | {"rows": [], "measures": ["households"], "notice_board": 3}
    table = table_of(read(data), DISTRICT)
    assert table_bytes(table).decode() == (
        '{"code":"overdue-by-village","dimensions":[],"measures":[{"adds":"sum","name":'
        '"households","unit":"satang"}],"not_judged":0,"notice_board":3,"rows":[{"cells":['
        '{"not_known":0,"value":80000000,"withheld":null}],"gathered":0,"kind":"total",'
        '"leaves":5,"path":[]}],"title":"เงินเกินกำหนดรายหมู่บ้าน"}'
    )


# ------------------------------------------------------------------- withholding, case by case

COUNT = Measure("late", Unit.COUNT, over="late")
MONEY = Measure("money", Unit.SATANG, over="late")
GROUP, PART = Dimension("group"), Dimension("part")


def board(*counts: tuple[str, int | None], fewest: int = 3, levels: int = 1) -> list[str]:
    """What a board shows of groups (``a`` or ``a.b``) and of so many households in each."""
    leaves = [
        Leaf(
            str(number),
            {"group": name.split(".")[0], "part": name},
            {"late": count, "money": None if count is None else count * 7},
        )
        for number, (name, count) in enumerate(counts)
    ]
    design = ReportDesign(
        "x", "x", (GROUP, PART)[:levels], (COUNT, MONEY), Period(PeriodKind.TODAY),
        notice_board=fewest,
    )  # fmt: skip
    table = table_of(design, leaves)
    for row in table.rows:
        assert row.cells[0].withheld is row.cells[1].withheld
    return [
        {Withheld.FEWER: "<", Withheld.BESIDE: "-", None: str(row.cells[0].value)}[
            row.cells[0].withheld
        ]
        for row in table.rows
    ]


def test_nothing_is_withheld_where_nobody_is_few() -> None:
    assert board(("a", 3), ("b", 5), ("c", 0)) == ["3", "5", "0", "8"]


def test_three_are_withheld_together_by_the_order_of_rows() -> None:
    assert board(("a", 9), ("b", 2), ("c", 0), ("d", 6), ("e", 7), ("f", 3)) == [
        *("9", "<", "0", "-", "-", "3"),
        "27",
    ]
    assert board(("a", 9), ("b", 4), ("c", 5), ("d", 2)) == ["-", "-", "5", "<", "20"]
    assert board(("a", 2), ("b", 1), ("c", 2), ("d", 4), ("e", 8)) == [
        "<",
        "<",
        "<",
        "-",
        "8",
        "17",
    ]
    assert board(("a", 9), ("b", 2)) == ["-", "<", "11"]


def test_a_sum_that_leaves_only_one_way_is_withheld_too() -> None:
    """Of fewer than 3 and no fewer than 3, 5 is 2 + 3 or 1 + 4; 4 is 1 + 3 and nothing else."""
    assert board(("a", 2), ("b", 3)) == ["<", "-", "5"]
    assert board(("a", 1), ("b", 3)) == ["-", "-", "-"]
    assert board(("a", 2), ("b", 3), ("c", 3)) == ["<", "-", "-", "8"]
    assert board(("a", 1), ("b", 3), ("c", 3)) == ["-", "-", "-", "-"]


def test_few_that_fill_their_marks_close_their_group() -> None:
    """Two groups of fewer than 3 that make 4 together are two of 2; three that make 3, of 1."""
    assert board(("a", 2), ("b", 2)) == ["-", "-", "-"]
    assert board(("a", 1), ("b", 1), ("c", 1)) == ["-", "-", "-", "-"]
    assert board(("a", 1), ("b", 2)) == ["<", "<", "3"]


def test_a_total_of_few_says_nothing_of_anybody() -> None:
    assert board(("a", 1), ("b", 0)) == ["<", "<", "<"]


def test_a_sub_total_that_can_not_be_shown_takes_another_with_it() -> None:
    shown = board(("a.1", 2), ("a.2", 2), ("b.1", 9), ("b.2", 4), ("c.1", 5), levels=2)
    assert shown == ["-"] * 8 + ["22"]


def test_a_sub_total_withheld_beside_is_withheld_with_all_in_it() -> None:
    shown = board(("a.1", 1), ("b.1", 9), ("b.2", 1), ("c.1", 5), ("d.1", 4), levels=2)
    assert shown == ["<", "<", "-", "-", "-", "-", "-", "4", "4", "20"]


def test_a_count_not_known_is_not_called_fewer() -> None:
    assert board(("a", None), ("b", 5), ("c", 4)) == ["None", "5", "4", "9"]
    # What is known of a is of 2; that there are no more nobody knows.
    assert board(("a", None), ("a", 2), ("b", 5), ("c", 4)) == ["-", "-", "-", "11"]
    assert board(("a", 2), ("b", None), ("c", 4)) == ["<", "None", "-", "6"]


def with_money(*rows: tuple[str, int | None, int | None], whole: bool = False) -> list[str]:
    """What a board shows of the money of groups: name, households, money."""
    per = Measure("per", Unit.COUNT)
    share = Measure("share", Unit.SHARE, Adds.RATIO, part=per if whole else MONEY,
                    whole=MONEY if whole else per)  # fmt: skip
    leaves = [
        Leaf(f"{number}", {"group": name}, {"late": count, "money": money, "per": 100})
        for number, (name, count, money) in enumerate(rows)
    ]
    design = ReportDesign(
        "x", "x", (GROUP,), (MONEY, share), Period(PeriodKind.TODAY), notice_board=3
    )
    table = table_of(design, leaves)
    for row in table.rows:
        assert row.cells[0].withheld is row.cells[1].withheld
    return [str(row.cells[0].withheld or row.cells[0].value) for row in table.rows]


@pytest.mark.parametrize("whole", [False, True])
def test_a_figure_known_only_of_few_is_withheld_though_many_stand_behind(whole: bool) -> None:
    assert with_money(
        ("a", 9, None), ("a", 2, 70), ("b", 5, 50), ("c", 8, 20), ("d", 3, 30), whole=whole
    ) == [*["beside"] * 3, "30", "170"]


def test_where_nothing_is_left_over_each_has_nothing_and_so_it_is_withheld() -> None:
    assert with_money(("a", 2, 0), ("b", 5, 0), ("c", 8, 1)) == ["fewer", "beside", "beside", "1"]
    assert with_money(("a", 2, 0), ("b", 5, 0)) == ["beside", "beside", "beside"]


def test_money_known_only_of_few_is_not_hidden_behind_what_is_not_known() -> None:
    shown = with_money(("a", 1, 70), ("b", 5, None), ("c", 8, None), ("d", 4, 30))
    assert shown == ["beside"] * 5


def test_money_of_people_whose_number_is_not_known_is_withheld() -> None:
    shown = with_money(("a", None, 40), ("b", 5, 50), ("c", 8, 20), ("d", 3, 30))
    assert shown == ["beside", "beside", "beside", "30", "140"]


def test_a_rest_of_few_is_withheld_like_any_row() -> None:
    data = overdue_by_village() | {"top": 1, "rows": ["village"], "notice_board": 3}
    leaves = [village(f"8006010{n}", 1_000, 5, 100, late) for n, late in enumerate((8, 1, 1), 1)]
    table = table_of(read(data), leaves)
    assert [row.cells[1].withheld for row in table.rows] == [
        Withheld.BESIDE,
        Withheld.FEWER,
        None,
    ]
    assert table.rows[1].kind is RowKind.REST


def test_a_share_is_withheld_with_either_of_its_sums() -> None:
    late, all_of = MONEY, Measure("owed", Unit.SATANG, over="owing")
    share = Measure("share", Unit.SHARE, Adds.RATIO, part=all_of, whole=late)
    leaves = [
        Leaf(name, {"group": name}, {"late": few, "owing": many, "money": 9, "owed": 11})
        for name, few, many in (("a", 9, 2), ("b", 9, 9), ("c", 2, 9), ("d", 9, 9), ("e", 9, 9))
    ]
    design = ReportDesign(
        "x", "x", (GROUP,), (late, all_of, share), Period(PeriodKind.TODAY), notice_board=3
    )
    marks = [tuple(cell.withheld for cell in row.cells) for row in table_of(design, leaves).rows]
    fewer, beside = Withheld.FEWER, Withheld.BESIDE
    assert marks == [
        (None, fewer, fewer),
        (None, beside, beside),
        (fewer, beside, fewer),
        (beside, None, beside),
        (beside, None, beside),
        (None, None, None),
    ]


# --------------------------------------------------------------------------------------- laws

HEADS = Measure("heads", Unit.COUNT, over="heads")
OWED = Measure("owed", Unit.SATANG, over="heads")
PAID = Measure("paid", Unit.SATANG, over="late")
STATE = Measure("state", Unit.SATANG)
SHARE = Measure("share", Unit.SHARE, Adds.RATIO, part=PAID, whole=OWED)
OPEN = Measure("open", Unit.SHARE, Adds.RATIO, part=STATE, whole=OWED, rounds_up=True)
LEAST = Measure("least", Unit.DAYS, Adds.LEAST)
MOST = Measure("most", Unit.DAYS, Adds.MOST)
EXTREME = Measure("extreme", Unit.DAYS, Adds.MOST, over="late")
LAW_MEASURES = (COUNT, MONEY, HEADS, OWED, PAID, STATE, SHARE, OPEN, LEAST, MOST, EXTREME)
LAW_DIMENSIONS = (GROUP, PART, Dimension("size", ("small", "middle", "large")))
BOARD_MEASURES = (COUNT, MONEY, HEADS, OWED, PAID, STATE, SHARE, OPEN, LEAST, MOST)

few = st.one_of(st.integers(0, 5), st.integers(0, 5), st.none())
sums = st.one_of(st.integers(-50, 900), st.none())


@st.composite
def leaf_lists(draw: st.DrawFn, *, most: int = 9, is_known: bool = False) -> list[Leaf]:
    """Some leaves; where ``is_known`` every fact is, and each household has money of its own."""
    found = []
    for number in range(draw(st.integers(0, most))):
        late = draw(st.sampled_from([0, 1, 2, 3, 4, 5, 9]) if is_known else few)
        facts: dict[str, int | None] = {
            "late": late,
            "heads": draw(few),
            "money": draw(sums),
            **{name: draw(sums) for name in ("owed", "paid", "state")},
            **{name: draw(few) for name in ("least", "most", "extreme")},
        }
        if is_known:
            said_of = (late or 0) + draw(st.integers(0, 3))
            facts |= {"heads": said_of, "owed": said_of * 11, "money": (late or 0) * 5}
            facts |= {"paid": (late or 0) * 7, "state": 100}
        said: dict[str, str | None] = {
            "group": draw(st.sampled_from(["a", "b", "c"])),
            "part": draw(st.sampled_from(["1", "2", "3", None])),
            "size": draw(st.sampled_from(["large", "small"])),
        }
        found.append(Leaf(f"{number:02}", said, facts))
    return found


board_leaves = st.one_of(leaf_lists(), leaf_lists(most=12, is_known=True))

dimension_filters = st.builds(
    DimensionFilter,
    st.sampled_from(LAW_DIMENSIONS[:2]),
    st.sampled_from([Compares.IS, Compares.IS_NOT]),
    st.lists(st.sampled_from(["a", "b", "1", "2"]), min_size=1, max_size=3, unique=True).map(tuple),
)


def measure_filters(measures: Sequence[Measure]) -> st.SearchStrategy[MeasureFilter]:
    compares = [each for each in Compares if each not in {Compares.IS, Compares.IS_NOT}]
    return st.builds(
        MeasureFilter, st.sampled_from(measures), st.sampled_from(compares), st.integers(-20, 600)
    )


@st.composite
def designs(draw: st.DrawFn, *, is_board: bool = False) -> ReportDesign:
    """Any design that can be read."""
    able = BOARD_MEASURES if is_board else LAW_MEASURES
    open_ones = [each for each in able if not (is_board and each.overs)]
    rows = draw(
        st.lists(st.sampled_from(LAW_DIMENSIONS), min_size=int(is_board), max_size=3, unique=True)
    )
    measures = draw(st.lists(st.sampled_from(able), min_size=1, max_size=5, unique=True))
    by = [*(each for each in measures if each in open_ones), *rows]
    orders = st.builds(Order, st.sampled_from(by), st.sampled_from(Way)) if by else st.none()
    first = draw(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
    periods = st.one_of(
        st.sampled_from([each for each in PeriodKind if each not in {"fiscal_year", "days"}]).map(
            Period
        ),
        st.integers(2500, 2600).map(lambda year: Period(PeriodKind.FISCAL_YEAR, year)),
        st.integers(0, 900).map(
            lambda days: Period(PeriodKind.DAYS, None, first, first + timedelta(days=days))
        ),
    )
    return ReportDesign(
        code="any",
        title="รายงาน",
        rows=tuple(rows),
        measures=tuple(measures),
        period=draw(periods),
        filters=tuple(
            draw(st.lists(st.one_of(dimension_filters, measure_filters(open_ones)), max_size=3))
        ),
        order=draw(st.one_of(st.none(), orders)),
        top=draw(st.one_of(st.none(), st.integers(1, 3))),
        limit=draw(st.one_of(st.integers(1, 4), st.just(1_000))),
        notice_board=draw(st.integers(3, 5)) if is_board else None,
    )


any_design = st.one_of(designs(), designs(is_board=True))


@given(any_design)
@law
def test_a_design_that_was_kept_is_read_back(design: ReportDesign) -> None:
    kept = json.loads(json.dumps(as_data(design)))
    assert read_report(kept, LAW_MEASURES, LAW_DIMENSIONS) == design


anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=4), st.just("group")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["kind", "by", "way", "measure", "dimension", "compares", "values"]),
            inner,
        ),
    ),
    max_leaves=6,
)


fields = (
    *("code", "title", "rows", "measures", "period", "filters", "order"),
    *("top", "limit", "notice_board", "sql"),
)


@given(designs(), st.dictionaries(st.sampled_from(fields), anything))
@law
def test_whatever_is_handed_over_is_read_or_refused(
    design: ReportDesign, odd: dict[str, object]
) -> None:
    read_back = read_report(as_data(design) | odd, LAW_MEASURES, LAW_DIMENSIONS)
    if isinstance(read_back, ReportDesign):
        assert read_report(as_data(read_back), LAW_MEASURES, LAW_DIMENSIONS) == read_back
    else:
        assert read_back  # at least one fault


def fits(leaf: Leaf, asked: Filter) -> bool | None:
    """The filter, said once more in other words."""
    if isinstance(asked, DimensionFilter):
        value = leaf.dimensions[asked.dimension.name]
        if value is None:
            return None
        return value in asked.values if asked.compares == "is" else value not in asked.values
    figure = figure_of(asked.measure, [leaf])
    if figure is None:
        return None
    return {
        Compares.AT_LEAST: figure >= asked.value,
        Compares.AT_MOST: figure <= asked.value,
        Compares.MORE_THAN: figure > asked.value,
        Compares.LESS_THAN: figure < asked.value,
    }[asked.compares]


def figure_of(measure: Measure, leaves: Sequence[Leaf]) -> Fraction | None:
    """A measure straight from the leaves."""
    if measure.part and measure.whole:
        part = whole = 0
        for leaf in leaves:
            one, other = leaf.facts[measure.part.name], leaf.facts[measure.whole.name]
            if one is not None and other is not None:
                part, whole = part + one, whole + other
        return Fraction(part * 10_000, whole) if whole > 0 else None
    said = [fact for leaf in leaves if (fact := leaf.facts[measure.name]) is not None]
    if measure.adds is Adds.SUM:
        return Fraction(sum(said)) if said or not leaves else None
    if not said:
        return None
    return Fraction(min(said) if measure.adds is Adds.LEAST else max(said))


def behind(table: Table, leaves: Sequence[Leaf]) -> Iterator[tuple[Row, list[Leaf]]]:
    """Every row with the leaves that belong to it; a rest has what stands in no other row."""
    alone = {row.path for row in table.rows if row.kind is RowKind.ROW}
    for row in table.rows:
        under = [
            leaf
            for leaf in leaves
            if all(
                leaf.dimensions[name] == value
                for name, value in zip(table.dimensions, row.path, strict=False)
            )
        ]
        if row.kind is RowKind.REST:
            under = [
                leaf
                for leaf in under
                if tuple(leaf.dimensions[name] for name in table.dimensions) not in alone
            ]
        yield row, under


@given(any_design, board_leaves)
@law
def test_a_cell_is_the_sum_of_the_leaves_behind_it(
    design: ReportDesign, leaves: list[Leaf]
) -> None:
    kept = [leaf for leaf in leaves if all(fits(leaf, each) for each in design.filters)]
    table = table_of(design, leaves)
    for row, under in behind(table, kept):
        assert row.leaves == len(under)
        for measure, cell in zip(table.measures, row.cells, strict=True):
            if cell.withheld:
                assert (cell.value, cell.not_known) == (None, 0)
                assert measure.overs
                assert design.notice_board is not None
                continue
            exact = figure_of(measure, under)
            if exact is None:
                assert cell.value is None
            else:
                assert cell.value is not None
                off = cell.value - exact
                assert 0 <= off < 1 if measure.rounds_up else -1 < off <= 0
            facts = [part.name for part in measure.sums]
            assert cell.not_known == sum(
                any(leaf.facts[name] is None for name in facts) for leaf in under
            )
    assert table.not_judged == sum(
        False not in judged and None in judged
        for leaf in leaves
        for judged in [[fits(leaf, each) for each in design.filters]]
    )


def parents(table: Table) -> Iterator[tuple[Row, list[Row]]]:
    """Every sum with the rows it sums up, by where they stand."""
    for place, row in enumerate(table.rows):
        if row.kind in {RowKind.SUBTOTAL, RowKind.TOTAL} and table.dimensions:
            depth = len(row.path)
            yield (
                row,
                [
                    each
                    for each in table.rows[:place]
                    if each.path[:depth] == row.path
                    and (len(each.path) == depth + 1 or each.kind is RowKind.REST)
                    and (each.kind is not RowKind.REST or len(each.path) == depth)
                ],
            )


@given(designs(), leaf_lists())
@law
def test_a_total_is_the_sum_of_its_rows(design: ReportDesign, leaves: list[Leaf]) -> None:
    table = table_of(design, leaves)
    for row, beneath in parents(table):
        assert row.leaves == sum(each.leaves for each in beneath)
        for place, measure in enumerate(table.measures):
            cells = [each.cells[place] for each in beneath]
            assert row.cells[place].not_known == sum(cell.not_known for cell in cells)
            known = [cell.value for cell in cells if cell.value is not None]
            if measure.adds is Adds.SUM:
                assert (row.cells[place].value or 0) == sum(known)
            elif known and measure.adds is not Adds.RATIO:
                joined = min(known) if measure.adds is Adds.LEAST else max(known)
                assert row.cells[place].value == joined
            elif known and all((leaf.facts["owed"] or 1) > 0 for leaf in leaves):
                said = row.cells[place].value
                assert said is not None
                assert min(known) <= said <= max(known)


@given(any_design, leaf_lists(), st.randoms(use_true_random=False))
@law
def test_the_same_design_and_leaves_give_the_same_bytes(
    design: ReportDesign, leaves: list[Leaf], random: Random
) -> None:
    table = table_of(design, leaves)
    turned = [replace(leaf, facts=dict(sorted(leaf.facts.items()))) for leaf in leaves]
    random.shuffle(turned)
    filters = list(design.filters)
    random.shuffle(filters)
    again = table_of(replace(design, filters=tuple(filters)), turned)
    assert again == table
    assert table_bytes(again) == table_bytes(table)
    assert json.loads(table_bytes(table)) == table_as_data(table)


@given(any_design, leaf_lists())
@law
def test_filters_one_after_the_other_keep_what_they_keep_together(
    design: ReportDesign, leaves: list[Leaf]
) -> None:
    whole = table_of(design, leaves)
    rest = leaves
    for each in design.filters:
        rest = [leaf for leaf in rest if fits(leaf, each)]
    one_by_one = table_of(replace(design, filters=()), rest)
    assert one_by_one.rows == whole.rows


@given(any_design, leaf_lists(), st.data())
@law
def test_a_report_of_a_scope_holds_only_leaves_of_the_scope(
    design: ReportDesign, leaves: list[Leaf], data: st.DataObject
) -> None:
    inside = [leaf for leaf in leaves if data.draw(st.booleans())]
    table_of(design, leaves)
    table = table_of(design, iter(inside))
    names = table.dimensions
    for row in table.rows:
        assert row.kind is RowKind.TOTAL or any(
            tuple(leaf.dimensions[name] for name in names[: len(row.path)]) == row.path
            for leaf in inside
        )
        assert row.leaves <= len(inside)
    kept = [leaf for leaf in inside if all(fits(leaf, each) for each in design.filters)]
    assert table.total.leaves == len(kept)
    # Money of leaves that were not handed in leaves no trace.
    for place, measure in enumerate(table.measures):
        if measure.adds is Adds.SUM and not table.total.cells[place].withheld:
            told = table.total.cells[place].value or 0
            assert told == sum(leaf.facts[measure.name] or 0 for leaf in kept)


# -------------------------------------------------------------- laws: what nobody can reckon back


def row_space(equations: list[list[Fraction]]) -> list[list[Fraction]]:
    """The equations in steps: each begins at a place where all later ones have nought."""
    steps: list[list[Fraction]] = []
    for equation in equations:
        left = reduced(equation, steps)
        if any(left):
            lead = next(each for each in left if each)
            steps.append([each / lead for each in left])
    return steps


def reduced(equation: list[Fraction], steps: list[list[Fraction]]) -> list[Fraction]:
    """What the steps do not say of it; all nought where they say it all."""
    for step in steps:
        lead = next(place for place, each in enumerate(step) if each)
        equation = [one - equation[lead] * other for one, other in zip(equation, step, strict=True)]
    return equation


@given(designs(is_board=True), board_leaves)
@settings(max_examples=80, deadline=None)
def test_what_is_withheld_can_not_be_reckoned_back_from_rows_and_sums(
    design: ReportDesign, leaves: list[Leaf]
) -> None:
    """Each leaf that is counted is an unknown, each figure shown an equation.

    Leaves of one row always stand together, so an answer for a row is an answer for its sum.
    """
    kept = [leaf for leaf in leaves if all(fits(leaf, each) for each in design.filters)]
    table = table_of(design, leaves)
    rows = list(behind(table, kept))
    for place, measure in enumerate(table.measures):
        shown = [
            [Fraction(leaf in under) for leaf in kept]
            for row, under in rows
            if not row.cells[place].withheld
        ]
        steps = row_space(shown)
        for row, under in rows:
            if row.cells[place].withheld:
                assert any(reduced([Fraction(leaf in under) for leaf in kept], steps)), measure


@given(designs(is_board=True), board_leaves)
@settings(max_examples=80, deadline=None)
def test_whatever_can_be_reckoned_is_over_enough_households(
    design: ReportDesign, leaves: list[Leaf]
) -> None:
    """What a sum leaves over when all that is shown beneath it is taken away is shown as well."""
    fewest = design.notice_board or 0
    kept = [leaf for leaf in leaves if all(fits(leaf, each) for each in design.filters)]
    table = table_of(design, leaves)
    rows = list(behind(table, kept))
    for place, measure in enumerate(table.measures):
        shown = [under for row, under in rows if not row.cells[place].withheld]
        for under in shown:
            smaller = [each for each in shown if len(each) < len(under)]
            taken = {leaf.key for each in smaller for leaf in each if all(x in under for x in each)}
            for left in (under, [leaf for leaf in under if leaf.key not in taken]):
                known = [
                    leaf
                    for leaf in left
                    if all(leaf.facts[each.name] is not None for each in measure.sums)
                ]
                for over in measure.overs:
                    if any(leaf.facts[over] != 0 for leaf in known):
                        assert sum(leaf.facts[over] or 0 for leaf in known) >= fewest


@given(designs(is_board=True), board_leaves)
@law
def test_few_are_never_shown_and_only_few_are_called_few(
    design: ReportDesign, leaves: list[Leaf]
) -> None:
    fewest = design.notice_board or 0
    kept = [leaf for leaf in leaves if all(fits(leaf, each) for each in design.filters)]
    table = table_of(design, leaves)
    for row, under in behind(table, kept):
        for measure, cell in zip(table.measures, row.cells, strict=True):
            counts = {over: [leaf.facts[over] for leaf in under] for over in measure.overs}
            is_few = {
                over: None not in said and sum(each or 0 for each in said) < fewest
                for over, said in counts.items()
            }
            if cell.withheld is Withheld.FEWER:
                assert any(is_few.values())
            elif cell.withheld is None:
                facts = [[leaf.facts[each.name] for each in measure.sums] for leaf in under]
                if all(None not in each for each in facts):
                    assert all(
                        any(said) is False
                        for over, said in counts.items()
                        if is_few[over]
                    )  # fmt: skip


def moved(leaves: list[Leaf], *, name: str, giver: int, taker: int, by: int) -> list[Leaf]:
    """The leaves with so much of a fact, and of the money that goes with it, at another."""
    found = list(leaves)
    for place, change in ((giver, -by), (taker, by)):
        facts = dict(found[place].facts)
        facts[name] = (facts[name] or 0) + change
        if name == "late":
            facts["money"] = (facts["money"] or 0) + change * 5
        found[place] = replace(found[place], facts=facts)
    return found


@given(
    leaf_lists(most=5, is_known=True),
    st.integers(3, 4),
    st.sampled_from([(GROUP,), (GROUP, PART), (PART, GROUP)]),
    st.one_of(st.none(), st.integers(1, 2)),
)
@law
def test_behind_the_same_board_each_count_of_few_could_be_another(
    leaves: list[Leaf], fewest: int, rows: tuple[Dimension, ...], top: int | None
) -> None:
    """Also for who knows the rule: other households would have made the very same table."""
    design = ReportDesign(
        "x", "x", rows, (COUNT, MONEY), Period(PeriodKind.TODAY), top=top, notice_board=fewest
    )
    table = table_of(design, leaves)
    if table.total.cells[0].withheld:
        return  # nothing is said of anybody
    seen = table_bytes(table)
    places = range(len(leaves))
    others = [
        world
        for giver in places
        for taker in places
        for by in (1, 2, 3)
        if giver != taker and (leaves[giver].facts["late"] or 0) >= by
        for world in [moved(leaves, name="late", giver=giver, taker=taker, by=by)]
        if table_bytes(table_of(design, world)) == seen
    ]
    for number, (row, under) in enumerate(behind(table, leaves)):
        mine = sum(leaf.facts["late"] or 0 for leaf in under)
        if row.cells[0].withheld and mine < fewest:
            assert any(
                sum(leaf.facts["late"] or 0 for leaf in theirs) != mine
                for world in others
                for theirs in [list(behind(table, world))[number][1]]
            ), board_text(table)


def board_text(table: Table) -> list[str]:
    """A board as somebody reads it."""
    return [
        f"{row.path} {table.words_of(row.cells[0]) or row.cells[0].value}" for row in table.rows
    ]
