"""Reports that people make for themselves: named measures by named dimensions, added up truly.

Nobody types a formula. What can be asked is a list of measures and dimensions; a design picks from
it, and a table follows from the design and the facts of each fund. Three things are held to:

- A cell is the sum of the leaves behind it. A share is one sum by another, never a mean of shares,
  and an extreme is the extreme of the leaves.
- What is not known is not nought: how many leaves do not know it stands beside what is known.
- On a notice board nobody is told apart: a cell over few households is withheld, and so much
  beside it that it can not be reckoned back.

(docs/rules/own_reports.md)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

import rfc8785

from .assessment import (
    CodeTwice,
    FieldMissing,
    FieldUnknown,
    FieldUnreadable,
    NumberOutOfRange,
    WordUnknown,
)
from .thai_calendar import fiscal_year, fiscal_year_end, fiscal_year_start

WHOLE = 10_000  # hundredths of a per cent
MOST_ROWS = 10_000
_USUAL_ROWS = 1_000
_MOST_LEVELS = 4
_MOST_MEASURES = 20
_MOST_FILTERS = 20
_MOST_TOP = 1_000
# Fewer than 2 households is one household, and saying so would tell of it.
_LEAST_HOUSEHOLDS = 3
_MOST_HOUSEHOLDS = 1_000
_YEARS = (2400, 2800)  # พ.ศ.; a year of the common era lies outside


# --------------------------------------------------------------------------- what can be asked


class Unit(StrEnum):
    """What the whole number of a measure counts."""

    SATANG = "satang"
    COUNT = "count"
    SHARE = "share"  # hundredths of a per cent
    DAYS = "days"


class Adds(StrEnum):
    """How a measure of many leaves comes from theirs."""

    SUM = "sum"
    RATIO = "ratio"  # the sum of one measure by the sum of another
    LEAST = "least"  # not additive: the smallest of them
    MOST = "most"  # not additive: the largest of them


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure that can be asked for by name; the fact of this name is what a leaf says of it.

    ``over`` names the fact that counts the households a figure tells of: overdue money is over the
    households that are late, not over all that borrow. Empty, it tells of no household, as what is
    in the bank. Measures from which another follows (lent less repaid is what is owed) have the
    same ``over``. A ratio is of two sums, tells of the households of both and brings no fact of its
    own; it is rounded down, or up with ``rounds_up`` so that only nothing is nought.

    Raises ValueError for a measure that could not be reckoned.
    """

    name: str
    unit: Unit
    adds: Adds = Adds.SUM
    over: str | None = None
    part: Measure | None = None
    whole: Measure | None = None
    rounds_up: bool = False

    def __post_init__(self) -> None:
        is_ratio = self.adds is Adds.RATIO
        both = [each for each in (self.part, self.whole) if each is not None]
        if is_ratio is not (self.unit is Unit.SHARE) or len(both) != (2 if is_ratio else 0):
            raise ValueError(f"{self.name}: a share, and nothing else, is a part of a whole")
        if any(each.adds is not Adds.SUM for each in both):
            raise ValueError(f"{self.name}: a share is one sum by another")
        if is_ratio and self.over is not None:
            raise ValueError(f"{self.name}: a share tells of the households of its two sums")

    @property
    def sums(self) -> tuple[Measure, ...]:
        """What it is reckoned from: part and whole of a ratio, else itself."""
        return (self.part, self.whole) if self.part and self.whole else (self,)

    @property
    def overs(self) -> frozenset[str]:
        """The facts that count the households it tells of."""
        return frozenset(each.over for each in self.sums if each.over is not None)


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way to part the leaves. ``values`` are all there are, in their order; empty: any text."""

    name: str
    values: tuple[str, ...] = ()

    def rank(self, value: str) -> tuple[int, str]:
        """Where a value stands among others: in the order told, then by its letters."""
        if value in self.values:
            return self.values.index(value), ""
        return len(self.values), value


DIMENSIONS = (
    Dimension("province"),
    Dimension("district"),
    Dimension("tambon"),
    Dimension("village"),
    Dimension("fund"),
    Dimension("kind"),
    Dimension("care", ("ok", "watch", "visit", "unexplained")),
    Dimension("age_band", ("90", "365", "1095", "older")),  # of what is overdue, up to so many days
    Dimension("fiscal_year"),
)

_FUNDS = Measure("funds", Unit.COUNT)
_CAPITAL = Measure("capital", Unit.SATANG)
_OWED = Measure("households", Unit.SATANG, over="owing")
_OVERDUE = Measure("overdue", Unit.SATANG, over="late")
_UNEXPLAINED = Measure("unexplained", Unit.SATANG, over="owing")

# Names are those of reports.definitions where there is one. What follows from what is owed by the
# law of conservation, or together with it, tells of the same households.
MEASURES = (
    _FUNDS,
    _CAPITAL,
    Measure("interest", Unit.SATANG),
    Measure("members", Unit.SATANG, over="members_with_money"),
    Measure("bank", Unit.SATANG),
    Measure("cash", Unit.SATANG),
    Measure("claims", Unit.SATANG, over="claimed_of"),
    Measure("loss", Unit.SATANG, over="owing"),
    _OWED,
    _UNEXPLAINED,
    Measure("lent", Unit.SATANG, over="owing"),
    Measure("repaid", Unit.SATANG, over="owing"),
    Measure("owing", Unit.COUNT, over="owing"),
    _OVERDUE,
    Measure("late", Unit.COUNT, over="late"),
    Measure("set_aside", Unit.COUNT),
    Measure("days_late", Unit.DAYS, Adds.MOST, over="late"),
    Measure("movement_days", Unit.DAYS, Adds.MOST),
    Measure("report_days", Unit.DAYS, Adds.MOST),
    Measure("overdue_share", Unit.SHARE, Adds.RATIO, part=_OVERDUE, whole=_OWED, rounds_up=True),
    Measure(
        "unexplained_share",
        Unit.SHARE,
        Adds.RATIO,
        part=_UNEXPLAINED,
        whole=_CAPITAL,
        rounds_up=True,
    ),
)


class Compares(StrEnum):
    """How a filter holds what a leaf says against what is asked."""

    IS = "is"  # of a dimension: one of the values
    IS_NOT = "is_not"  # of a dimension: none of the values
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"


_OF_DIMENSIONS = (Compares.IS, Compares.IS_NOT)
_OF_MEASURES = (Compares.AT_LEAST, Compares.AT_MOST, Compares.MORE_THAN, Compares.LESS_THAN)
_HOLDS: Mapping[Compares, Callable[[Fraction, int], bool]] = {
    Compares.AT_LEAST: lambda said, bound: said >= bound,
    Compares.AT_MOST: lambda said, bound: said <= bound,
    Compares.MORE_THAN: lambda said, bound: said > bound,
    Compares.LESS_THAN: lambda said, bound: said < bound,
}


@dataclass(frozen=True, slots=True)
class DimensionFilter:
    """Keeps to leaves whose value is (or is not) one of these."""

    dimension: Dimension
    compares: Compares
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureFilter:
    """Keeps to leaves whose own figure compares so with ``value``, in the unit of the measure."""

    measure: Measure
    compares: Compares
    value: int


Filter = DimensionFilter | MeasureFilter


class PeriodKind(StrEnum):
    """Which days a report is of."""

    TODAY = "today"  # all that happened up to the day it is made
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THIS_FISCAL_YEAR = "this_fiscal_year"
    LAST_FISCAL_YEAR = "last_fiscal_year"
    FISCAL_YEAR = "fiscal_year"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Period:
    """``year`` (พ.ศ.) belongs to FISCAL_YEAR, ``first`` and ``last`` to DAYS, both included."""

    kind: PeriodKind
    year: int | None = None
    first: date | None = None
    last: date | None = None


def days_of(period: Period, *, today: date) -> tuple[date | None, date]:
    """First and last day, both included; the first is empty where it is from the beginning.

    What is still running ends today; a period yet to come ends on its own last day.
    """
    this = fiscal_year(today)
    match period.kind:
        case PeriodKind.TODAY:
            return None, today
        case PeriodKind.THIS_MONTH:
            return today.replace(day=1), today
        case PeriodKind.LAST_MONTH:
            end = today.replace(day=1) - timedelta(days=1)
            return end.replace(day=1), end
        case PeriodKind.THIS_FISCAL_YEAR:
            return fiscal_year_start(this), today
        case PeriodKind.LAST_FISCAL_YEAR:
            return fiscal_year_start(this - 1), fiscal_year_end(this - 1)
        case PeriodKind.FISCAL_YEAR:
            year = period.year or this
            return fiscal_year_start(year), today if year == this else fiscal_year_end(year)
        case _:
            return period.first, period.last or today


class Way(StrEnum):
    """Which way rows run."""

    RISING = "rising"
    FALLING = "falling"


@dataclass(frozen=True, slots=True)
class Order:
    """By what rows stand: a measure, on every level, or a dimension, on its own level.

    What is not known comes last either way, and equal ones in the order of their dimension.
    """

    by: Measure | Dimension
    way: Way = Way.RISING


@dataclass(frozen=True, slots=True)
class ReportDesign:
    """What somebody chose. ``rows`` go from the outermost to the innermost; without any there is
    only a total.

    ``top`` is how many rows of each innermost group stand alone, ``limit`` how many in the whole
    table; the others are gathered in one row, so that the sums stay whole. ``notice_board`` is the
    number of households below which a cell is withheld; empty for those who may see all.
    """

    code: str
    title: str
    rows: tuple[Dimension, ...]
    measures: tuple[Measure, ...]
    period: Period
    filters: tuple[Filter, ...] = ()
    order: Order | None = None
    top: int | None = None
    limit: int = _USUAL_ROWS
    notice_board: int | None = None

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions of which every leaf has to tell."""
        asked = [each.name for each in self.rows]
        asked += [each.dimension.name for each in self.filters if isinstance(each, DimensionFilter)]
        return tuple(dict.fromkeys(asked))

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts of which every leaf has to tell, those that count households included."""
        asked = list(self.measures)
        asked += [each.measure for each in self.filters if isinstance(each, MeasureFilter)]
        names = [part.name for each in asked for part in each.sums]
        if self.notice_board is not None:
            names += [name for each in self.measures for name in sorted(each.overs)]
        return tuple(dict.fromkeys(names))


# ------------------------------------------------------------------------ what is wrong with it

# ``where`` is the way to the place, counted from 1: ``filters.2.values.1``.


@dataclass(frozen=True, slots=True)
class NotOneOfTwo:
    """Of these fields exactly one has to stand here."""

    where: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DaysTurned:
    """A period that ends before it begins."""

    where: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class TellsOfHouseholds:
    """On a notice board a measure of households neither orders nor filters rows, and none shows its
    extreme: where a row stands tells of its figure, and the latest of all is somebody.
    """

    where: str
    measure: str


ReportFault = (
    CodeTwice
    | DaysTurned
    | FieldMissing
    | FieldUnknown
    | FieldUnreadable
    | NotOneOfTwo
    | NumberOutOfRange
    | TellsOfHouseholds
    | WordUnknown
)


def read_report(
    data: Mapping[str, object],
    measures: Collection[Measure] = MEASURES,
    dimensions: Collection[Dimension] = DIMENSIONS,
) -> ReportDesign | list[ReportFault]:
    """A design as a form on screen or a kept one hands it over, or everything wrong with it.

    Only ``measures`` and ``dimensions`` can be asked for. Never raises.
    """
    faults: list[ReportFault] = []
    by_measure = {each.name: each for each in measures}
    by_dimension = {each.name: each for each in dimensions}
    is_board = data.get("notice_board") is not None
    top = _Place(data, "", faults, is_board=is_board)
    code, title = top.text("code"), top.text("title")
    rows = [
        by_dimension[name] for _, name in top.words("rows", tuple(by_dimension), 0, _MOST_LEVELS)
    ]
    chosen: list[Measure] = []
    for where, name in top.words("measures", tuple(by_measure), 1, _MOST_MEASURES):
        chosen.append(by_measure[name])
        if by_measure[name].adds in {Adds.LEAST, Adds.MOST}:
            top.keep_apart(where, by_measure[name])
    period = _period(top)
    filters = tuple(_filters(top, by_measure, by_dimension))
    order = _order(top, [*chosen, *rows])
    read = ReportDesign(
        code=code,
        title=title,
        rows=tuple(rows),
        measures=tuple(chosen),
        period=period,
        filters=filters,
        order=order,
        top=top.number("top", 1, _MOST_TOP, is_needed=False),
        limit=top.number("limit", 1, MOST_ROWS, is_needed=False) or _USUAL_ROWS,
        notice_board=top.number(
            "notice_board", _LEAST_HOUSEHOLDS, _MOST_HOUSEHOLDS, is_needed=False
        ),
    )
    top.nothing_else()
    return faults or read


def as_data(design: ReportDesign) -> dict[str, object]:
    """Words and whole numbers only, for keeping; ``read_report`` reads an equal one back."""
    said: dict[str, object] = {
        "code": design.code,
        "title": design.title,
        "rows": [each.name for each in design.rows],
        "measures": [each.name for each in design.measures],
        "period": _period_as_data(design.period),
        "filters": [_filter_as_data(each) for each in design.filters],
        "limit": design.limit,
    }
    if design.order is not None:
        said["order"] = {"by": design.order.by.name, "way": design.order.way.value}
    if design.top is not None:
        said["top"] = design.top
    if design.notice_board is not None:
        said["notice_board"] = design.notice_board
    return said


# ---------------------------------------------------------------------------------- the table


@dataclass(frozen=True, slots=True)
class Leaf:
    """The facts of one fund, or of one part of it where a dimension parts it further.

    ``key`` is its own. None says that something is not known; what a design asks for and a leaf
    does not even name is a slip of who made the leaf.
    """

    key: str
    dimensions: Mapping[str, str | None]
    facts: Mapping[str, int | None]


class Withheld(StrEnum):
    """Why a cell of a notice board shows no figure."""

    FEWER = "fewer"  # it is over fewer households than the board asks for
    BESIDE = "beside"  # another could be reckoned back from it, or it tells of too few itself


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in the unit of its measure; empty where no leaf knows it or it is withheld.

    ``not_known`` is how many leaves do not know it, and so are not in it. A share has a value only
    of a whole above nought, and counts only leaves that know both of its sums.
    """

    value: int | None
    not_known: int = 0
    withheld: Withheld | None = None


class RowKind(StrEnum):
    """What a row of a table is."""

    ROW = "row"
    REST = "rest"  # the groups beyond ``top`` and ``limit``, gathered
    SUBTOTAL = "subtotal"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Row:
    """``path`` are the values of the dimensions, outermost first; None is a value not known.

    The path of a sub-total or a rest is that of the group it belongs to; a rest says in
    ``gathered`` how many groups it holds. ``leaves`` is how many leaves are in the row.
    """

    kind: RowKind
    path: tuple[str | None, ...]
    leaves: int
    cells: tuple[Cell, ...]
    gathered: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows, each sub-total beneath what it sums up, the total last.

    ``not_judged`` leaves are left out because a filter asks what is not known of them.
    """

    code: str
    title: str
    dimensions: tuple[str, ...]
    measures: tuple[Measure, ...]
    rows: tuple[Row, ...]
    not_judged: int
    notice_board: int | None

    @property
    def total(self) -> Row:
        """All that was counted."""
        return self.rows[-1]

    def words_of(self, cell: Cell) -> str:
        """What stands in the place of a figure that is withheld; blank where none is."""
        match cell.withheld:
            case Withheld.FEWER:
                return f"น้อยกว่า {self.notice_board}"
            case Withheld.BESIDE:
                return "ไม่แสดง"
            case _:
                return ""


def table_of(design: ReportDesign, leaves: Iterable[Leaf]) -> Table:
    """Group and add up the leaves handed in, and no others; their order does not matter.

    Raises ValueError for a key that comes twice, so that no money counts twice, and KeyError for a
    leaf that does not name what the design asks for.
    """
    handed_in = sorted(leaves, key=lambda leaf: leaf.key)
    for before, leaf in pairwise(handed_in):
        if before.key == leaf.key:
            raise ValueError(f"{leaf.key}: a leaf counts once")
    judged = [_passes(leaf, design.filters) for leaf in handed_in]
    kept = [leaf for leaf, passes in zip(handed_in, judged, strict=True) if passes]
    root = _Growing(design).grown(kept)
    withheld = _withheld_of(design, root)
    return Table(
        code=design.code,
        title=design.title,
        dimensions=tuple(each.name for each in design.rows),
        measures=design.measures,
        rows=tuple(_rows(design, root, withheld)),
        not_judged=judged.count(None),
        notice_board=design.notice_board,
    )


def table_as_data(table: Table) -> dict[str, object]:
    """Words, whole numbers and empty places only, for keeping and for sealing."""
    return {
        "code": table.code,
        "title": table.title,
        "dimensions": list(table.dimensions),
        "measures": [
            {"name": each.name, "unit": each.unit.value, "adds": each.adds.value}
            for each in table.measures
        ],
        "rows": [
            {
                "kind": row.kind.value,
                "path": list(row.path),
                "leaves": row.leaves,
                "gathered": row.gathered,
                "cells": [
                    {
                        "value": cell.value,
                        "not_known": cell.not_known,
                        "withheld": cell.withheld.value if cell.withheld else None,
                    }
                    for cell in row.cells
                ],
            }
            for row in table.rows
        ],
        "not_judged": table.not_judged,
        "notice_board": table.notice_board,
    }


def table_bytes(table: Table) -> bytes:
    """The canonical bytes (RFC 8785) of a table: the same design and leaves, the same bytes.

    Raises ValueError for a figure beyond ±(2**53 − 1), or half a letter.
    """
    return rfc8785.dumps(table_as_data(table))  # type: ignore[arg-type]


# ------------------------------------------------------------------- below the line: adding up


@dataclass(frozen=True, slots=True)
class _Sum:
    """A measure of some leaves, before it is rounded."""

    exact: Fraction | None
    not_known: int


def _sum_of(measure: Measure, leaves: Sequence[Leaf]) -> _Sum:
    said = [tuple(leaf.facts[each.name] for each in measure.sums) for leaf in leaves]
    known = [each for each in (_all_known(facts) for facts in said) if each is not None]
    return _Sum(_joined(measure, known, is_empty=not leaves), len(leaves) - len(known))


def _all_known(facts: tuple[int | None, ...]) -> tuple[int, ...] | None:
    known = tuple(each for each in facts if each is not None)
    return known if len(known) == len(facts) else None


def _joined(
    measure: Measure, known: Sequence[tuple[int, ...]], *, is_empty: bool
) -> Fraction | None:
    """``known`` are the facts of each leaf; of no leaf at all the sum is nought."""
    if not known:
        return Fraction(0) if is_empty and measure.adds is Adds.SUM else None
    first = [facts[0] for facts in known]
    match measure.adds:
        case Adds.SUM:
            return Fraction(sum(first))
        case Adds.LEAST:
            return Fraction(min(first))
        case Adds.MOST:
            return Fraction(max(first))
        case _:
            whole = sum(facts[1] for facts in known)
            return Fraction(sum(first) * WHOLE, whole) if whole > 0 else None


def _cell(measure: Measure, leaves: Sequence[Leaf]) -> Cell:
    reckoned = _sum_of(measure, leaves)
    exact = reckoned.exact
    if exact is None:
        return Cell(None, reckoned.not_known)
    rounded = -(-exact.numerator // exact.denominator) if measure.rounds_up else exact // 1
    return Cell(int(rounded), reckoned.not_known)


def _passes(leaf: Leaf, filters: Sequence[Filter]) -> bool | None:
    """Whether it is counted; empty where no filter keeps it out but one can not be judged."""
    judged = [_holds(leaf, each) for each in filters]
    if False in judged:
        return False
    return None if None in judged else True


def _holds(leaf: Leaf, asked: Filter) -> bool | None:
    if isinstance(asked, DimensionFilter):
        value = leaf.dimensions[asked.dimension.name]
        return None if value is None else (value in asked.values) is (asked.compares is Compares.IS)
    exact = _sum_of(asked.measure, [leaf]).exact
    return None if exact is None else _HOLDS[asked.compares](exact, asked.value)


# ------------------------------------------------------------------- below the line: grouping


@dataclass(slots=True, eq=False)
class _Node:
    """A group of leaves: a row, a rest, a sub-total or the total."""

    kind: RowKind
    path: tuple[str | None, ...]
    leaves: list[Leaf]
    children: list[_Node] = field(default_factory=list)
    gathered: int = 0


class _Growing:
    """The leaves as a tree, its rows in order, those beyond the limits gathered."""

    def __init__(self, design: ReportDesign) -> None:
        self.design = design
        self.room = design.limit

    def grown(self, leaves: list[Leaf]) -> _Node:
        return self._grow(_Node(RowKind.TOTAL, (), leaves))

    def _grow(self, node: _Node) -> _Node:
        left = self.design.rows[len(node.path) :]
        if not left:
            return node
        is_innermost = len(left) == 1
        kind = RowKind.ROW if is_innermost else RowKind.SUBTOTAL
        groups: dict[str | None, list[Leaf]] = {}
        for leaf in node.leaves:
            groups.setdefault(leaf.dimensions[left[0].name], []).append(leaf)
        found = [_Node(kind, (*node.path, value), group) for value, group in groups.items()]
        ordered = self._in_order(found, left[0])
        node.children = self._gathered(node, ordered) if is_innermost else ordered
        if not is_innermost:
            for child in ordered:
                self._grow(child)
        return node

    def _in_order(self, nodes: list[_Node], dimension: Dimension) -> list[_Node]:
        order = self.design.order
        is_falling = order is not None and order.way is Way.FALLING
        falls = is_falling and order is not None and order.by == dimension
        known = [
            (dimension.rank(node.path[-1]), node) for node in nodes if node.path[-1] is not None
        ]
        known.sort(key=lambda each: each[0], reverse=falls)
        ordered = [node for _, node in known]
        ordered += [node for node in nodes if node.path[-1] is None]
        if order is None or isinstance(order.by, Dimension):
            return ordered
        said = [(_sum_of(order.by, node.leaves).exact, node) for node in ordered]
        told = [(exact, node) for exact, node in said if exact is not None]
        told.sort(key=lambda each: each[0], reverse=is_falling)
        return [node for _, node in told] + [node for exact, node in said if exact is None]

    def _gathered(self, parent: _Node, rows: list[_Node]) -> list[_Node]:
        alone = min(len(rows), self.room, self.design.top or len(rows))
        self.room -= alone
        rest = rows[alone:]
        if not rest:
            return rows
        leaves = [leaf for node in rest for leaf in node.leaves]
        return [*rows[:alone], _Node(RowKind.REST, parent.path, leaves, gathered=len(rest))]


def _rows(
    design: ReportDesign, node: _Node, withheld: Mapping[str, Mapping[int, Withheld]]
) -> Iterator[Row]:
    for child in node.children:
        yield from _rows(design, child, withheld)
    cells = tuple(
        _shown(_cell(measure, node.leaves), _mark(measure, node, withheld))
        for measure in design.measures
    )
    yield Row(node.kind, node.path, len(node.leaves), cells, node.gathered)


def _mark(
    measure: Measure, node: _Node, withheld: Mapping[str, Mapping[int, Withheld]]
) -> Withheld | None:
    """Of a share whose two sums tell of different households, FEWER if either is."""
    marks = {marked.get(id(node)) for over in measure.overs if (marked := withheld.get(over))}
    marks.discard(None)
    return max(marks, key=lambda mark: mark is Withheld.FEWER) if marks else None


def _shown(cell: Cell, mark: Withheld | None) -> Cell:
    """How many leaves do not know it is withheld as well: it would tell what the others hold."""
    return cell if mark is None else Cell(None, 0, mark)


# ----------------------------------------------------------------- below the line: withholding


def _withheld_of(design: ReportDesign, root: _Node) -> dict[str, Mapping[int, Withheld]]:
    """By the fact that counts households: what is withheld of the measures over them."""
    if design.notice_board is None:
        return {}
    overs = sorted({over for measure in design.measures for over in measure.overs})
    return {over: _Withholding(design, over, root).marks for over in overs}


class _Withholding:
    """Which nodes say nothing of the measures over one kind of household.

    What is withheld in a group is seen from outside as one figure: what the group's own sum leaves
    over. So three at least are withheld together, and that one figure has to be one that could be
    shown itself, and to leave more than one count for each of them beside their marks. Else the
    group's sum is withheld too. Which others are taken goes by the order of rows and not by size,
    nor does how many: who knows the rule would learn the size from it. What is withheld is withheld
    with everything in it.
    """

    def __init__(self, design: ReportDesign, over: str, root: _Node) -> None:
        self.over = over
        self.fewest = design.notice_board or 0
        self.readings = _readings(design.measures, over)
        self.marks: dict[int, Withheld] = {}
        self.musts: dict[int, bool] = {}
        if self._must(root):
            self._withhold(root, self._mark(root))
        else:
            self._look_into(root)

    def _must(self, node: _Node) -> bool:
        """Whether it can not be shown, whatever is shown beside it."""
        if id(node) not in self.musts:
            together = self._together(node)
            self.musts[id(node)] = self._tells_of_few(node.leaves) or (
                bool(together) and not self._is_safe(together)
            )
        return self.musts[id(node)]

    def _together(self, node: _Node) -> list[_Node]:
        """What is withheld beneath a node that is shown: what must be, and the next after it."""
        musts = [child for child in node.children if self._must(child)]
        if not musts:
            return []
        first = node.children.index(musts[0])
        spare = [
            child
            for child in (*node.children[first:], *node.children[:first])
            if not self._must(child) and self._count(child.leaves)
        ]
        return musts + spare[: max(1, 3 - len(musts))]

    def _look_into(self, node: _Node) -> None:
        withheld = self._together(node)
        for child in node.children:
            if child in withheld:
                self._withhold(child, self._mark(child))
            else:
                self._look_into(child)

    def _withhold(self, node: _Node, mark: Withheld) -> None:
        self.marks[id(node)] = mark
        for child in node.children:
            self._withhold(child, mark)

    def _mark(self, node: _Node) -> Withheld:
        count = self._count(node.leaves)
        is_sure = all(leaf.facts[self.over] is not None for leaf in node.leaves)
        return Withheld.FEWER if is_sure and count < self.fewest else Withheld.BESIDE

    def _count(self, leaves: Iterable[Leaf]) -> int:
        return sum(leaf.facts[self.over] or 0 for leaf in leaves)

    def _tells_of_few(self, leaves: Sequence[Leaf]) -> bool:
        """Whether a figure over these leaves is of too few, where it is known of anybody."""
        for reading in self.readings:
            known = [leaf for leaf in leaves if reading(leaf) is not None]
            is_of_nobody = all(leaf.facts[self.over] == 0 for leaf in known)
            if not is_of_nobody and self._count(known) < self.fewest:
                return True
        return False

    def _is_safe(self, nodes: Sequence[_Node]) -> bool:
        """Whether these can be withheld with nothing else of their group: see the class."""
        leaves = [leaf for node in nodes for leaf in node.leaves]
        return (
            len(nodes) > 1
            and not self._tells_of_few(leaves)
            and not self._is_nought(leaves)
            and not self._fixes_a_count(nodes)
        )

    def _is_nought(self, leaves: Sequence[Leaf]) -> bool:
        """Whether a sum of nought is left over: then each of them has nought."""
        for reading in self.readings:
            known = [leaf for leaf in leaves if reading(leaf) is not None]
            is_of_nobody = all(leaf.facts[self.over] == 0 for leaf in known)
            if not is_of_nobody and sum(reading(leaf) or 0 for leaf in known) == 0:
                return True
        return False

    def _fixes_a_count(self, nodes: Sequence[_Node]) -> bool:
        """Whether the marks and the count left over leave only one count for any of them.

        FEWER is from 1 to one less than the board asks for: what tells of nobody is shown.
        """
        left_over = self._count(leaf for node in nodes for leaf in node.leaves)
        bounds = [self._bounds(node, left_over) for node in nodes]
        least, most = sum(low for low, _ in bounds), sum(high for _, high in bounds)
        return any(
            max(low, left_over - (most - high)) == min(high, left_over - (least - low))
            for low, high in bounds
        )

    def _bounds(self, node: _Node, left_over: int) -> tuple[int, int]:
        if self._mark(node) is Withheld.FEWER:
            return 1, self.fewest - 1
        return min(self.fewest, self._count(node.leaves)), left_over


_Reading = Callable[[Leaf], int | None]


def _readings(measures: Sequence[Measure], over: str) -> list[_Reading]:
    """Every sum the measures let anybody see of these households, and the count itself.

    A share lets its two sums be seen of the leaves that know both.
    """
    found: list[_Reading] = [_reading(over, over)]
    for measure in measures:
        for one, other in zip(measure.sums, reversed(measure.sums), strict=True):
            if one.over == over:
                found.append(_reading(one.name, other.name))
    return found


def _reading(name: str, beside: str) -> _Reading:
    return lambda leaf: leaf.facts[name] if leaf.facts[beside] is not None else None


# --------------------------------------------------------------------- below the line: reading


def _period(top: _Place) -> Period:
    place = top.table("period")
    if place is None:
        return Period(PeriodKind.TODAY)
    said = place.word("kind", tuple(PeriodKind))
    if said is None:  # of another kind nobody knows what belongs to it
        return Period(PeriodKind.TODAY)
    kind = PeriodKind(said)
    year = place.number("year", *_YEARS) if kind is PeriodKind.FISCAL_YEAR else None
    first, last = (
        (place.day("first"), place.day("last")) if kind is PeriodKind.DAYS else (None, None)
    )
    if first and last and last < first:
        place.fault(DaysTurned(place.where, first, last))
    place.nothing_else()
    return Period(kind, year, first, last)


def _period_as_data(period: Period) -> dict[str, object]:
    said: dict[str, object] = {"kind": period.kind.value}
    if period.year is not None:
        said["year"] = period.year
    if period.first is not None and period.last is not None:
        said["first"], said["last"] = period.first.isoformat(), period.last.isoformat()
    return said


def _filters(
    top: _Place, measures: Mapping[str, Measure], dimensions: Mapping[str, Dimension]
) -> Iterator[Filter]:
    for place in top.tables("filters", _MOST_FILTERS):
        has = [name for name in ("dimension", "measure") if place.data.get(name) is not None]
        if len(has) != 1:
            place.fault(NotOneOfTwo(place.where, ("dimension", "measure")))
            continue
        if has == ["dimension"]:
            name = place.word("dimension", tuple(dimensions))
            compares = place.word("compares", _OF_DIMENSIONS)
            dimension = dimensions.get(name or "", Dimension(""))
            values = place.words("values", dimension.values or None, 1, MOST_ROWS)
            yield DimensionFilter(
                dimension, Compares(compares or Compares.IS), tuple(value for _, value in values)
            )
        else:
            name = place.word("measure", tuple(measures))
            compares = place.word("compares", _OF_MEASURES)
            value = place.number("value", None, None)
            measure = measures.get(name or "", Measure("", Unit.COUNT))
            place.keep_apart(place.where, measure)
            yield MeasureFilter(measure, Compares(compares or Compares.AT_LEAST), value or 0)
        place.nothing_else()


def _filter_as_data(asked: Filter) -> dict[str, object]:
    if isinstance(asked, DimensionFilter):
        return {
            "dimension": asked.dimension.name,
            "compares": asked.compares.value,
            "values": list(asked.values),
        }
    return {"measure": asked.measure.name, "compares": asked.compares.value, "value": asked.value}


def _order(top: _Place, chosen: Sequence[Measure | Dimension]) -> Order | None:
    place = top.table("order", is_needed=False)
    if place is None:
        return None
    by = place.word("by", tuple(each.name for each in chosen))
    way = place.word("way", tuple(Way))
    place.nothing_else()
    found = [each for each in chosen if each.name == by]
    if found and isinstance(found[0], Measure):
        place.keep_apart(place.where, found[0])
    return Order(found[0], Way(way)) if found and way else None


class _Place:
    """A table of the data. What can not be read is noted, and something harmless stands for it.

    With a fault noted nothing that was read is handed out.
    """

    def __init__(
        self,
        data: Mapping[str, object],
        where: str,
        faults: list[ReportFault],
        *,
        is_board: bool,
    ) -> None:
        self.data = data
        self.where = where
        self.faults = faults
        self.is_board = is_board
        self.asked: set[str] = set()

    def fault(self, fault: ReportFault) -> None:
        self.faults.append(fault)

    def keep_apart(self, where: str, measure: Measure) -> None:
        """Note a use of a measure that would tell of single households on a notice board."""
        if self.is_board and measure.overs:
            self.fault(TellsOfHouseholds(where, measure.name))

    def text(self, field: str) -> str:
        """A text that is not blank."""
        said = self._said(field)
        if isinstance(said, str) and said.strip():
            return said
        if said is not None:
            self.fault(FieldUnreadable(self.where, field, str(said)))
        return ""

    def word(self, field: str, known: Sequence[str]) -> str | None:
        """One of the words known; none where it is another."""
        said = self.text(field)
        if said and said not in known:
            self.fault(WordUnknown(self.where, field, said, tuple(str(each) for each in known)))
        return said if said in known else None

    def words(
        self, field: str, known: Sequence[str] | None, least: int, most: int
    ) -> list[tuple[str, str]]:
        """The words of a list, each once and with its place; any text without ``known``."""
        found: list[tuple[str, str]] = []
        taken: set[str] = set()
        for where, said in self._listed(field, least, most):
            if not isinstance(said, str) or not said.strip():
                self.fault(FieldUnreadable(where, "", str(said)))
            elif known is not None and said not in known:
                self.fault(WordUnknown(where, "", said, tuple(known)))
            elif said in taken:
                self.fault(CodeTwice(where, said))
            else:
                taken.add(said)
                found.append((where, said))
        return found

    def number(
        self, field: str, least: int | None, most: int | None, *, is_needed: bool = True
    ) -> int | None:
        """A whole number, from ``least`` to ``most`` where they are told."""
        said = self._said(field, is_needed=is_needed)
        if said is None:
            return None
        if not isinstance(said, int) or isinstance(said, bool):
            self.fault(FieldUnreadable(self.where, field, str(said)))
            return None
        if least is not None and most is not None and not least <= said <= most:
            self.fault(NumberOutOfRange(self.where, field, said, least, most))
        return said

    def day(self, field: str) -> date | None:
        """A day, as such or as 2026-09-30."""
        said = self._said(field)
        if isinstance(said, str):
            try:
                return date.fromisoformat(said)
            except ValueError:
                pass
        elif isinstance(said, date) and not isinstance(said, datetime):
            return said
        if said is not None:
            self.fault(FieldUnreadable(self.where, field, str(said)))
        return None

    def table(self, field: str, *, is_needed: bool = True) -> _Place | None:
        """The table of this name."""
        said = self._said(field, is_needed=is_needed)
        if isinstance(said, Mapping):
            return self._place(said, f"{self.where}.{field}")
        if said is not None:
            self.fault(FieldUnreadable(self.where, field, str(said)))
        return None

    def tables(self, field: str, most: int) -> Iterator[_Place]:
        """The tables of a list; there may be none."""
        for where, said in self._listed(field, 0, most):
            if isinstance(said, Mapping):
                yield self._place(said, where)
            else:
                self.fault(FieldUnreadable(where, "", str(said)))

    def nothing_else(self) -> None:
        """Note every field that nobody asked for."""
        for name in self.data:
            if name not in self.asked:
                self.fault(FieldUnknown(self.where, str(name)))

    def _place(self, data: Mapping[str, object], where: str) -> _Place:
        return _Place(data, where.removeprefix("."), self.faults, is_board=self.is_board)

    def _listed(self, field: str, least: int, most: int) -> list[tuple[str, object]]:
        """The items of a list with their places."""
        said = self._said(field, is_needed=least > 0)
        if said is None:
            return []
        if not isinstance(said, list | tuple):
            self.fault(FieldUnreadable(self.where, field, str(said)))
            return []
        if not least <= len(said) <= most:
            self.fault(NumberOutOfRange(self.where, field, len(said), least, most))
        where = f"{self.where}.{field}".removeprefix(".")
        return [(f"{where}.{number}", each) for number, each in enumerate(said, start=1)]

    def _said(self, field: str, *, is_needed: bool = True) -> object:
        self.asked.add(field)
        said = self.data.get(field)
        if said is None and is_needed:
            self.fault(FieldMissing(self.where, field))
        return said
