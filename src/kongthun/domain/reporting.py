"""The chain of reporting: village, district, province, department; who has told what, and when.

A period is opened for an area; every unit of it tells its sheet once, and what was told stays told.
How far each has come follows from dated acts and is never typed in. A sheet is frozen with its data
cut: what was learned later is a restatement, never another figure in the old sheet.

What nobody knows is counted as not known and never as nought, so that silence is not read as
health. People are roles and numbers, never names. It reminds and asks; it ranks nobody.
(docs/rules/reporting.md works an example)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from .money import ZERO, Money, total
from .thai_text import visible

EXAMPLE = "ตัวอย่าง – ไม่ใช่เกณฑ์ทางการ"


# ------------------------------------------------------------------------------------- ladder


class Level(StrEnum):
    """The rungs a report goes up, from the lowest."""

    VILLAGE = "village"
    DISTRICT = "district"
    PROVINCE = "province"
    DEPARTMENT = "department"


LADDER = tuple(Level)
_LEVEL_OF_DIGITS = dict(zip((8, 4, 2, 0), LADDER, strict=True))
_DIGITS_OF_LEVEL = {level: digits for digits, level in _LEVEL_OF_DIGITS.items()}


def level_of(unit: str) -> Level:
    """The rung of a unit by its area code. A tambon is none: ValueError.

    >>> level_of("8012").value
    'district'
    """
    level = _LEVEL_OF_DIGITS.get(len(unit))
    if level is None:
        raise ValueError(f"no rung of the ladder: {unit!r}")
    return level


class Role(StrEnum):
    """Who does something in the chain."""

    TREASURER = "treasurer"
    CHAIRMAN = "chairman"
    FIELD_WORKER = "field_worker"
    DISTRICT = "district"
    PROVINCE = "province"
    DEPARTMENT = "department"


class Signer(NamedTuple):
    """Who did it: a role and the number they have in it. Never a name."""

    role: Role
    number: int


@dataclass(frozen=True, slots=True)
class Duty:
    """Who does what on one rung; of several, the first is the one reminded.

    All of ``signs`` have to sign; then ``checks``, where anybody does, and the sheet is locked.
    """

    level: Level
    prepares: tuple[Role, ...]
    signs: tuple[Role, ...]
    checks: tuple[Role, ...]
    sends: tuple[Role, ...]

    @property
    def reopens(self) -> tuple[Role, ...]:
        """Who may open a new version: those who answered for the old one."""
        return self.signs + self.checks


# Signers as on published copies of forms 26(1) and 26(2) [F]; the rest is ours [D].
DUTIES = (
    Duty(
        Level.VILLAGE,
        prepares=(Role.TREASURER, Role.CHAIRMAN, Role.FIELD_WORKER),
        signs=(Role.CHAIRMAN,),
        checks=(Role.FIELD_WORKER,),
        sends=(Role.FIELD_WORKER, Role.CHAIRMAN),
    ),
    Duty(
        Level.DISTRICT,
        prepares=(Role.FIELD_WORKER, Role.DISTRICT),
        signs=(Role.FIELD_WORKER, Role.DISTRICT),
        checks=(),
        sends=(Role.DISTRICT,),
    ),
    Duty(
        Level.PROVINCE,
        prepares=(Role.PROVINCE,),
        signs=(Role.DISTRICT, Role.PROVINCE),
        checks=(),
        sends=(Role.PROVINCE,),
    ),
    Duty(
        Level.DEPARTMENT,
        prepares=(Role.DEPARTMENT,),
        signs=(Role.DEPARTMENT,),
        checks=(),
        sends=(Role.DEPARTMENT,),
    ),
)


# -------------------------------------------------------------------------------------- sheets


class Kind(StrEnum):
    """What the whole numbers of a column are."""

    SATANG = "satang"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Column:
    """A figure that adds up over units, by one definition. Another meaning is another column.

    Shares and averages do not add up; they are reckoned from columns and are none.
    """

    key: str
    kind: Kind
    definition: int = 1


# Overdue by the plans in force, and the same without what stands under a granted delay (ข้อ 27
# counts the latter [F]). Whoever tells one tells the other; nothing here ever adds the two.
OVERDUE = Column("overdue", Kind.SATANG)
OVERDUE_NOT_DEFERRED = Column("overdue_not_deferred", Kind.SATANG)
OVERDUE_HOUSEHOLDS = Column("overdue_households", Kind.COUNT)
OVERDUE_HOUSEHOLDS_NOT_DEFERRED = Column("overdue_households_not_deferred", Kind.COUNT)
SIDE_BY_SIDE = (
    (OVERDUE.key, OVERDUE_NOT_DEFERRED.key),
    (OVERDUE_HOUSEHOLDS.key, OVERDUE_HOUSEHOLDS_NOT_DEFERRED.key),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known, in whole satang or as a count, and how many of its parts are not known.

    Cells add and take away part by part, so nothing unknown is lost on the way up. As a difference
    either number may be below zero. Raises TypeError for anything but ints.
    """

    known: int
    unknown: int = 0

    def __post_init__(self) -> None:
        if type(self.known) is not int or type(self.unknown) is not int:
            raise TypeError(f"a cell is whole numbers, not {self.known!r}, {self.unknown!r}")

    def __add__(self, other: Cell) -> Cell:
        return Cell(self.known + other.known, self.unknown + other.unknown)

    def __sub__(self, other: Cell) -> Cell:
        return Cell(self.known - other.known, self.unknown - other.unknown)

    @property
    def value(self) -> int | None:
        """The whole of it; None while any part is not known."""
        return None if self.unknown else self.known


NOTHING = Cell(0)
UNKNOWN = Cell(0, 1)


def cell_of(value: int | None) -> Cell:
    """A cell of one part: its value, or None where nobody knows it."""
    return UNKNOWN if value is None else Cell(value)


def summed(cells: Iterable[Cell]) -> Cell:
    """The sum of all; of none it is nothing."""
    return sum(cells, NOTHING)


class Told(NamedTuple):
    """One cell of a sheet."""

    row: str
    column: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a unit as of a day, from what was recorded up to the data cut.

    Cells go by row and column, each once; `figures_of` puts them so. A cell that is not there is
    not in the report, which is another thing than not known.

    Raises ValueError for a data cut without its time zone, cells out of order, twice, or in no
    column, and less than no part unknown.
    """

    unit: str
    as_of: date
    data_cut: datetime
    columns: tuple[Column, ...]
    cells: tuple[Told, ...]

    def __post_init__(self) -> None:
        _refuse_local(self.data_cut)
        keys = [(each.row, each.column) for each in self.cells]
        if keys != sorted(set(keys)):
            raise ValueError("cells go by row and column, each once")
        if {column for _, column in keys} - {each.key for each in self.columns}:
            raise ValueError("a cell stands in no column")
        if any(each.cell.unknown < 0 for each in self.cells):
            raise ValueError("less than no part is unknown")

    @property
    def by_key(self) -> dict[tuple[str, str], Cell]:
        """The cells under row and column."""
        return {(each.row, each.column): each.cell for each in self.cells}

    def total_of(self, column: str) -> Cell:
        """The sum of one column, never of two."""
        return summed(each.cell for each in self.cells if each.column == column)


def figures_of(
    unit: str,
    *,
    as_of: date,
    data_cut: datetime,
    columns: tuple[Column, ...],
    cells: Mapping[tuple[str, str], Cell | int | None],
) -> Figures:
    """A sheet from cells under row and column, in any order; None is what nobody knows."""
    told = tuple(
        Told(row, column, each if isinstance(each, Cell) else cell_of(each))
        for (row, column), each in sorted(cells.items(), key=lambda item: item[0])
    )
    return Figures(unit, as_of, data_cut, columns, told)


def rolled_up(
    unit: str,
    below: Mapping[str, Figures | None],
    *,
    as_of: date,
    data_cut: datetime,
    columns: tuple[Column, ...],
) -> Figures:
    """The sheet of a unit: a row a unit below, each cell the sum of that sheet's same column.

    A unit without a sheet is one part not known in every column.
    """
    cells: dict[tuple[str, str], Cell | int | None] = {
        (each, column.key): UNKNOWN if sheet is None else sheet.total_of(column.key)
        for each, sheet in below.items()
        for column in columns
    }
    return figures_of(unit, as_of=as_of, data_cut=data_cut, columns=columns, cells=cells)


def _refuse_local(moment: datetime) -> None:
    if moment.tzinfo is None:
        raise ValueError(f"a data cut without its time zone: {moment}")


# -------------------------------------------------------------------------------- restatements


@dataclass(frozen=True, slots=True)
class Restatement:
    """A cell of a report that was told, as it would be told now; None where it is not in it."""

    unit: str
    as_of: date
    row: str
    column: str
    before: Cell | None
    after: Cell | None

    @property
    def difference(self) -> Cell:
        """After less before. What is not in a report adds nothing to it.

        A cell that became known has one part unknown less and its value more.
        """
        return (self.after or NOTHING) - (self.before or NOTHING)


def restatements_of(sent: Figures, now: Figures) -> tuple[Restatement, ...]:
    """Every cell that late facts have changed since a report was sent, by row and column.

    ``now`` is the same report reckoned again with a later data cut. The old report and all
    restatements make the new one (`restated`), and nothing that did not change is listed.

    Raises ValueError where the two are not one report: another unit, day or columns, or a cut that
    goes back.
    """
    if (sent.unit, sent.as_of, sent.columns) != (now.unit, now.as_of, now.columns):
        raise ValueError(f"not one report: {sent.unit} {sent.as_of}, {now.unit} {now.as_of}")
    if now.data_cut < sent.data_cut:
        raise ValueError(f"the cut goes back from {sent.data_cut} to {now.data_cut}")
    before, after = sent.by_key, now.by_key
    return tuple(
        Restatement(sent.unit, sent.as_of, *key, before.get(key), after.get(key))
        for key in sorted({*before, *after})
        if before.get(key) != after.get(key)
    )


def restated(sent: Figures, told: Iterable[Restatement], *, data_cut: datetime) -> Figures:
    """What has been told of a report by now: the report with restatements listed in a later one.

    The next restatements are reckoned from this, so that none is told twice.
    Raises ValueError for a restatement of another report, or one that does not begin where the
    report stands.
    """
    cells: dict[tuple[str, str], Cell | int | None] = {**sent.by_key}
    for each in told:
        key = (each.row, each.column)
        is_its_own = (each.unit, each.as_of) == (sent.unit, sent.as_of)
        if not is_its_own or cells.get(key) != each.before:
            raise ValueError(f"does not begin where the report stands: {each}")
        if each.after is None:
            del cells[key]
        else:
            cells[key] = (each.before or NOTHING) + each.difference
    return figures_of(
        sent.unit, as_of=sent.as_of, data_cut=data_cut, columns=sent.columns, cells=cells
    )


# -------------------------------------------------------------------------------------- period


class DueDay(NamedTuple):
    """The last day on which units of a rung are in time."""

    level: Level
    on: date


@dataclass(frozen=True, slots=True)
class Period:
    """Reports asked of an area, as of a day, from what is recorded up to the data cut.

    ``villages`` are those expected to report. Of the rungs up to the area each has its due day.
    """

    area: str
    form: str
    opened_on: date
    as_of: date
    data_cut: datetime
    due: tuple[DueDay, ...]
    villages: tuple[str, ...]
    columns: tuple[Column, ...]
    duties: tuple[Duty, ...] = DUTIES

    def __post_init__(self) -> None:
        _refuse_local(self.data_cut)

    def duty_of(self, level: Level) -> Duty:
        """Who does what on a rung."""
        return next(each for each in self.duties if each.level is level)

    def due_on(self, unit: str) -> date:
        """The last day on which a unit is in time."""
        return dict(self.due)[level_of(unit)]


@dataclass(frozen=True, slots=True)
class AreaOffLadder:
    """No reports are collected for such an area, a tambon for one."""

    area: str


@dataclass(frozen=True, slots=True)
class NoVillage:
    """Nobody is asked to report."""


@dataclass(frozen=True, slots=True)
class VillageOutside:
    """This is no village of the area, or it is named twice."""

    village: str


@dataclass(frozen=True, slots=True)
class CutBeforeDay:
    """The data cut comes before the day the report is of has ended."""

    as_of: date
    data_cut: datetime


@dataclass(frozen=True, slots=True)
class NoDueDay:
    """A rung has no due day."""

    level: Level


@dataclass(frozen=True, slots=True)
class DueTooEarly:
    """A rung is due before it could be in time."""

    level: Level
    due_on: date
    not_before: date


@dataclass(frozen=True, slots=True)
class NoDuty:
    """Nothing says who prepares, signs or sends on a rung."""

    level: Level


@dataclass(frozen=True, slots=True)
class NoColumn:
    """Nothing is asked."""


@dataclass(frozen=True, slots=True)
class ColumnTwice:
    """Two columns have one key, so their figures would be merged."""

    column: str


@dataclass(frozen=True, slots=True)
class StandsAlone:
    """One definition of overdue without the other that belongs beside it."""

    column: str
    wants: str


PeriodFault = (
    AreaOffLadder
    | NoVillage
    | VillageOutside
    | CutBeforeDay
    | NoDueDay
    | DueTooEarly
    | NoDuty
    | NoColumn
    | ColumnTwice
    | StandsAlone
)


def faults_of_period(period: Period) -> list[PeriodFault]:
    """Everything for which a period can not be opened."""
    faults: list[PeriodFault] = []
    rungs = _rungs_of(period.area)
    if not rungs:
        faults.append(AreaOffLadder(period.area))
    if not period.villages:
        faults.append(NoVillage())
    times = Counter(period.villages)
    faults += [
        VillageOutside(each)
        for each in sorted(times)
        if len(each) != _DIGITS_OF_LEVEL[Level.VILLAGE]
        or not each.startswith(period.area)
        or times[each] > 1
    ]
    # The day itself has to be over; in the zone of the cut, which the caller chooses.
    if period.data_cut.date() <= period.as_of:
        faults.append(CutBeforeDay(period.as_of, period.data_cut))
    due, not_before = dict(period.due), max(period.opened_on, period.data_cut.date())
    for level in rungs:
        on = due.get(level)
        if on is None:
            faults.append(NoDueDay(level))
        elif on < not_before:
            faults.append(DueTooEarly(level, on, not_before))
        else:
            not_before = on
    for level in rungs:
        duty = next((each for each in period.duties if each.level is level), None)
        if duty is None or not (duty.prepares and duty.signs and duty.sends):
            faults.append(NoDuty(level))
    return faults + _faults_of_columns(period.columns)


def _faults_of_columns(columns: Sequence[Column]) -> list[PeriodFault]:
    keys = Counter(each.key for each in columns)
    faults: list[PeriodFault] = [] if columns else [NoColumn()]
    faults += [ColumnTwice(key) for key in sorted(keys) if keys[key] > 1]
    faults += [
        StandsAlone(one, other)
        for pair in SIDE_BY_SIDE
        for one, other in (pair, pair[::-1])
        if one in keys and other not in keys
    ]
    return faults


def _rungs_of(area: str) -> tuple[Level, ...]:
    """The rungs from the village up to an area; none for an area that is no rung."""
    level = _LEVEL_OF_DIGITS.get(len(area))
    return LADDER[: LADDER.index(level) + 1] if level else ()


# ---------------------------------------------------------------------------------------- acts


class Ref(NamedTuple):
    """One version of the report of a unit."""

    unit: str
    version: int


@dataclass(frozen=True, slots=True)
class Without:
    """A unit that has not reported and is collected without, and why."""

    unit: str
    why: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A sheet was made. Above the village: from these versions of those below, without the others.

    ``number`` is the running number of the act in the period. Preparing again before the lock
    takes the signatures off.
    """

    number: int
    report: Ref
    on: date
    by: Signer
    figures: Figures
    collected: tuple[Ref, ...] = ()
    without: tuple[Without, ...] = ()


@dataclass(frozen=True, slots=True)
class Signed:
    """Somebody signed one sheet, named by the number of the act that prepared it."""

    number: int
    report: Ref
    on: date
    by: Signer
    sheet: int


@dataclass(frozen=True, slots=True)
class Checked:
    """Somebody held a signed sheet against the books."""

    number: int
    report: Ref
    on: date
    by: Signer
    sheet: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A locked report went up; ``memo`` is the number of the paper it went with, where one did."""

    number: int
    report: Ref
    on: date
    by: Signer
    memo: str = ""


@dataclass(frozen=True, slots=True)
class Reopened:
    """A new version beside the locked one, which ``report`` names and which stays as it is."""

    number: int
    report: Ref
    on: date
    by: Signer
    why: str


Act = Prepared | Signed | Checked | Sent | Reopened


class Stage(StrEnum):
    """How far a report has come."""

    NOT_BEGUN = "not_begun"
    PREPARED = "prepared"
    SIGNED = "signed"  # by all who sign; the check is waited for
    LOCKED = "locked"  # changes are refused from here on
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Report:
    """One version of a unit's report as the acts make it; ``replaces`` is the version before."""

    ref: Ref
    duty: Duty
    opened_on: date
    replaces: Ref | None = None
    why: str = ""
    cut_not_before: datetime | None = None
    prepared: Prepared | None = None
    signed: tuple[Signed, ...] = ()
    checked: Checked | None = None
    sent: Sent | None = None

    @property
    def figures(self) -> Figures | None:
        """Its sheet, with the data cut; of a locked report it is frozen."""
        return self.prepared.figures if self.prepared else None

    @property
    def unsigned(self) -> tuple[Role, ...]:
        """Who still has to sign."""
        done = {each.by.role for each in self.signed}
        return tuple(role for role in self.duty.signs if role not in done)

    @property
    def stage(self) -> Stage:
        """Follows from what was done alone."""
        if self.sent is not None:
            return Stage.SENT
        if self.prepared is None:
            return Stage.NOT_BEGUN
        if self.unsigned:
            return Stage.PREPARED
        return Stage.SIGNED if self.duty.checks and self.checked is None else Stage.LOCKED

    @property
    def is_locked(self) -> bool:
        """Whether its sheet can not change any more."""
        return self.stage in {Stage.LOCKED, Stage.SENT}

    @property
    def last_on(self) -> date:
        """The day of the last thing done to it, or of its opening."""
        acts: list[Act | None] = [self.prepared, *self.signed, self.checked, self.sent]
        return max([self.opened_on, *(each.on for each in acts if each is not None)])


# ------------------------------------------------------------------------------------ refusals


@dataclass(frozen=True, slots=True)
class UnknownUnit:
    """Nobody is asked of this unit in the period."""

    unit: str


@dataclass(frozen=True, slots=True)
class OtherVersion:
    """Another version is the one being worked on."""

    said: int
    current: int


@dataclass(frozen=True, slots=True)
class InFuture:
    """Dated after today."""

    on: date
    today: date


@dataclass(frozen=True, slots=True)
class DayTooEarly:
    """Dated before something it needs."""

    on: date
    not_before: date


@dataclass(frozen=True, slots=True)
class WrongRole:
    """Not theirs to do; these are asked. With nobody wanted the step is not part of this rung."""

    role: Role
    wanted: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Locked:
    """The report is signed and locked; what was learned later goes into a new version."""

    report: Ref
    stage: Stage


@dataclass(frozen=True, slots=True)
class NotLocked:
    """The report is still open, so it is prepared again and needs no new version."""

    report: Ref


@dataclass(frozen=True, slots=True)
class NoWords:
    """A reason is wanted: for a new version, or for collecting without this unit."""

    unit: str


@dataclass(frozen=True, slots=True)
class NothingPrepared:
    """No sheet is made yet."""

    report: Ref


@dataclass(frozen=True, slots=True)
class SheetChanged:
    """The sheet that is meant is not the one that stands."""

    said: int
    current: int


@dataclass(frozen=True, slots=True)
class AlreadySigned:
    """This role has signed this sheet."""

    role: Role


@dataclass(frozen=True, slots=True)
class Unsigned:
    """This role has not signed yet."""

    report: Ref
    role: Role


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Nobody of these has checked it yet."""

    report: Ref
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Unsent:
    """Locked, and not sent yet."""

    report: Ref


@dataclass(frozen=True, slots=True)
class OtherReport:
    """The sheet is of another unit or day."""

    unit: str
    as_of: date


@dataclass(frozen=True, slots=True)
class OtherCut:
    """The sheet has another data cut than it should, or one before that of the version before."""

    said: datetime
    wanted: datetime


@dataclass(frozen=True, slots=True)
class OtherColumns:
    """The sheet has not the columns of the period, or one of another definition."""

    lacking: tuple[str, ...]
    beyond: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColumnSilent:
    """A column has no cell at all; what is not known has to be said to be so."""

    column: str


@dataclass(frozen=True, slots=True)
class NotReported:
    """A unit below has sent nothing; ``days_late`` is nought up to its due day."""

    unit: str
    stage: Stage
    due_on: date
    days_late: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A unit below has reported, and is not collected."""

    report: Ref


@dataclass(frozen=True, slots=True)
class NotSent:
    """A version is collected that was not sent by that day, or is of no unit below."""

    report: Ref


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A version is collected after which a later one was sent."""

    report: Ref
    latest: Ref


@dataclass(frozen=True, slots=True)
class CollectedTwice:
    """A unit is collected, or left out with a reason, more than once."""

    unit: str


@dataclass(frozen=True, slots=True)
class DoesNotAddUp:
    """A cell is not the sum of what the unit below sent in that column; None: it is not there."""

    row: str
    column: str
    said: Cell | None
    summed: Cell | None


Refusal = (
    UnknownUnit
    | OtherVersion
    | InFuture
    | DayTooEarly
    | WrongRole
    | Locked
    | NotLocked
    | NoWords
    | NothingPrepared
    | SheetChanged
    | AlreadySigned
    | Unsigned
    | Unchecked
    | Unsent
    | OtherReport
    | OtherCut
    | OtherColumns
    | ColumnSilent
    | NotReported
    | LeftOut
    | NotSent
    | Overtaken
    | CollectedTwice
    | DoesNotAddUp
)
# What is missing is told in the same values as what is refused for the lack of it.
Missing = NothingPrepared | Unsigned | Unchecked | Unsent | NotReported | Overtaken | LeftOut


# ---------------------------------------------------------------------------------------- book


@dataclass(frozen=True, slots=True)
class Refused:
    """An act that does not count, and everything for which it does not."""

    act: Act
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """All reports of a period at the end of a day: ``versions`` of every unit, the latest last.

    ``below`` holds the units right below each. ``refused`` acts changed nothing.
    """

    period: Period
    day: date
    versions: Mapping[str, tuple[Report, ...]]
    below: Mapping[str, tuple[str, ...]]
    refused: tuple[Refused, ...] = ()

    def current(self, unit: str) -> Report:
        """The version being worked on, or the last one."""
        return self.versions[unit][-1]

    def sent_by(self, unit: str, on: date | None = None) -> Report | None:
        """The latest version a unit had sent by a day, or by the book's own.

        While a new one is open the old one stands.
        """
        day = on or self.day
        sent = [each for each in self.versions[unit] if each.sent and each.sent.on <= day]
        return sent[-1] if sent else None


def book_of(period: Period, acts: Iterable[Act], day: date) -> Book:
    """How a period stands at the end of a day, by the acts in the order of their numbers.

    What is dated later is not known yet. An act with anything against it changes nothing, so a
    locked report stays as it is whatever comes after.
    Raises ValueError for a period that can not be opened, and for a number that stands twice.
    """
    faults = faults_of_period(period)
    if faults:
        raise ValueError(f"can not be opened: {faults}")
    numbered = sorted(acts, key=lambda each: each.number)
    if len({each.number for each in numbered}) < len(numbered):
        raise ValueError("two acts have one number")
    below = _units_below(period)
    versions: dict[str, tuple[Report, ...]] = {
        unit: (Report(Ref(unit, 1), period.duty_of(level_of(unit)), period.opened_on),)
        for unit in below
    }
    refused: list[Refused] = []
    book = Book(period, day, MappingProxyType(versions), MappingProxyType(below))
    for act in (each for each in numbered if each.on <= day):
        refusals = refusals_of(book, act)
        if refusals:
            refused.append(Refused(act, refusals))
        else:
            unit = act.report.unit
            versions[unit] = (*versions[unit][:-1], *_done(versions[unit][-1], act))
    return replace(book, refused=tuple(refused))


def _units_below(period: Period) -> dict[str, tuple[str, ...]]:
    """Every unit with those right below it, the lowest rung first."""
    below: dict[str, tuple[str, ...]] = dict.fromkeys(sorted(period.villages), ())
    units = list(below)
    for level in _rungs_of(period.area)[1:]:
        rows: dict[str, list[str]] = {}
        for each in units:
            rows.setdefault(each[: _DIGITS_OF_LEVEL[level]], []).append(each)
        below |= {unit: tuple(each) for unit, each in rows.items()}
        units = list(rows)
    return below


def _done(report: Report, act: Act) -> tuple[Report, ...]:
    """A report after an act nothing stands against; with the new version where it opens one."""
    if isinstance(act, Prepared):
        return (replace(report, prepared=act, signed=()),)
    if isinstance(act, Signed):
        return (replace(report, signed=(*report.signed, act)),)
    if isinstance(act, Checked):
        return (replace(report, checked=act),)
    if isinstance(act, Sent):
        return (replace(report, sent=act),)
    cut = report.figures.data_cut if report.figures else None
    new = Ref(report.ref.unit, report.ref.version + 1)
    return (report, Report(new, report.duty, act.on, report.ref, act.why, cut))


def refusals_of(book: Book, act: Act) -> tuple[Refusal, ...]:
    """Everything that stands against an act, all together; nothing when it may be done."""
    unit = act.report.unit
    if unit not in book.versions:
        return (UnknownUnit(unit),)
    report = book.current(unit)
    found: list[Refusal] = []
    if act.report.version != report.ref.version:
        found.append(OtherVersion(act.report.version, report.ref.version))
    if act.on > book.day:
        found.append(InFuture(act.on, book.day))
    not_before = report.last_on
    if isinstance(act, Prepared):
        not_before = max(not_before, act.figures.data_cut.date())
    if act.on < not_before:
        found.append(DayTooEarly(act.on, not_before))
    wanted = _wanted(report.duty, act)
    if act.by.role not in wanted:
        found.append(WrongRole(act.by.role, wanted))
    if isinstance(act, Reopened):
        if not report.is_locked:
            found.append(NotLocked(report.ref))
        if not visible(act.why):
            found.append(NoWords(unit))
    elif report.stage is Stage.SENT or (report.is_locked and not isinstance(act, Sent)):
        found.append(Locked(report.ref, report.stage))
    elif isinstance(act, Prepared):
        found += _against_sheet(book, report, act)
    else:
        found += _against_step(book, report, act)
    return tuple(found)


def _wanted(duty: Duty, act: Act) -> tuple[Role, ...]:
    if isinstance(act, Prepared):
        return duty.prepares
    if isinstance(act, Signed):
        return duty.signs
    if isinstance(act, Checked):
        return duty.checks
    return duty.sends if isinstance(act, Sent) else duty.reopens


def _against_step(book: Book, report: Report, act: Signed | Checked | Sent) -> list[Refusal]:
    if report.prepared is None:
        return [NothingPrepared(report.ref)]
    found: list[Refusal] = []
    if isinstance(act, Sent):
        return [*_unsigned(report), *_unchecked(report)]
    if act.sheet != report.prepared.number:
        found.append(SheetChanged(act.sheet, report.prepared.number))
    if isinstance(act, Checked):
        return [*found, *_unsigned(report)]
    if any(each.by.role is act.by.role for each in report.signed):
        found.append(AlreadySigned(act.by.role))
    return [*found, *_since_then(book, report, act.on)]


def _unsigned(report: Report) -> list[Unsigned]:
    return [Unsigned(report.ref, role) for role in report.unsigned]


def _unchecked(report: Report) -> list[Unchecked]:
    lacks = bool(report.duty.checks) and report.checked is None
    return [Unchecked(report.ref, report.duty.checks)] if lacks else []


def _since_then(book: Book, report: Report, on: date) -> list[Overtaken | LeftOut]:
    """What those below had sent by a day that the sheet of a report was made without."""
    if report.prepared is None:
        return []
    collected = {ref.unit: ref for ref in report.prepared.collected}
    found: list[Overtaken | LeftOut] = []
    for unit in book.below[report.ref.unit]:
        sent, ref = book.sent_by(unit, on), collected.get(unit)
        if sent is not None and sent.ref != ref:
            found.append(LeftOut(sent.ref) if ref is None else Overtaken(ref, sent.ref))
    return found


def _against_sheet(book: Book, report: Report, act: Prepared) -> list[Refusal]:
    period, sheet, unit = book.period, act.figures, act.report.unit
    found: list[Refusal] = []
    if (sheet.unit, sheet.as_of) != (unit, period.as_of):
        found.append(OtherReport(sheet.unit, sheet.as_of))
    found += _against_columns(period, sheet)
    if level_of(unit) is not Level.VILLAGE:
        return [*found, *_against_collected(book, act)]
    if report.cut_not_before is None:
        if sheet.data_cut != period.data_cut:
            found.append(OtherCut(sheet.data_cut, period.data_cut))
    elif sheet.data_cut < report.cut_not_before:
        found.append(OtherCut(sheet.data_cut, report.cut_not_before))
    return found + [NotSent(ref) for ref in act.collected]


def _against_columns(period: Period, sheet: Figures) -> list[Refusal]:
    asked, has = set(period.columns), set(sheet.columns)
    if period.columns != sheet.columns:
        lacking = sorted(each.key for each in asked - has)
        return [OtherColumns(tuple(lacking), tuple(sorted(each.key for each in has - asked)))]
    told = {each.column for each in sheet.cells}
    return [ColumnSilent(each.key) for each in period.columns if each.key not in told]


def _against_collected(book: Book, act: Prepared) -> list[Refusal]:
    """What stands against a sheet made from those below: who is lacking, and what adds up not."""
    unit, period = act.report.unit, book.period
    times = Counter([*(ref.unit for ref in act.collected), *(each.unit for each in act.without)])
    found: list[Refusal] = [CollectedTwice(each) for each in sorted(times) if times[each] > 1]
    reasons = {each.unit: each.why for each in act.without}
    collected = {ref.unit: ref for ref in act.collected}
    strangers = sorted({*times} - {*book.below[unit]})
    found += [NotSent(collected[each]) for each in strangers if each in collected]
    found += [UnknownUnit(each) for each in strangers if each in reasons]
    sheets: dict[str, Figures | None] = {}
    for each in book.below[unit]:
        sent, ref = book.sent_by(each, act.on), collected.get(each)
        sheets[each] = sent.figures if sent else None
        if sent is None:
            if ref is not None:
                found.append(NotSent(ref))
            elif each not in reasons:
                found.append(_not_reported(book, each))
            elif not visible(reasons[each]):
                found.append(NoWords(each))
        elif ref is None:
            found.append(LeftOut(sent.ref))
        elif ref != sent.ref:
            is_older = ref.version < sent.ref.version
            found.append(Overtaken(ref, sent.ref) if is_older else NotSent(ref))
    sheet = act.figures
    right = _collected(period, unit, sheets)
    if sheet.data_cut != right.data_cut:
        found.append(OtherCut(sheet.data_cut, right.data_cut))
    said, sums = sheet.by_key, right.by_key
    return found + [
        DoesNotAddUp(*key, said.get(key), sums.get(key))
        for key in sorted({*said, *sums})
        if said.get(key) != sums.get(key)
    ]


def _collected(period: Period, unit: str, sheets: Mapping[str, Figures | None]) -> Figures:
    # Nothing in the sheet was learned after its cut: that of the latest sheet in it.
    cut = max([period.data_cut, *(each.data_cut for each in sheets.values() if each is not None)])
    return rolled_up(unit, sheets, as_of=period.as_of, data_cut=cut, columns=period.columns)


def _not_reported(book: Book, unit: str) -> NotReported:
    due_on = book.period.due_on(unit)
    return NotReported(unit, book.current(unit).stage, due_on, _days_late(due_on, book.day))


def _days_late(due_on: date, day: date) -> int:
    """Due today is not late."""
    return (day - due_on).days if day > due_on else 0


class Collection(NamedTuple):
    """The sheet a unit above the village would make today, what it is from, and who is lacking."""

    figures: Figures
    collected: tuple[Ref, ...]
    lacking: tuple[NotReported, ...]


def collection_of(book: Book, unit: str) -> Collection:
    """What those right below a unit have sent by the book's day, rolled up.

    Each cell is the sum of the same column of what was sent; who has not sent is not known in every
    column. Of a village there is nothing to collect: ValueError.
    """
    if not book.below[unit]:
        raise ValueError(f"nothing is collected by {unit}")
    sent = {each: book.sent_by(each) for each in book.below[unit]}
    sheets = {each: report.figures if report else None for each, report in sent.items()}
    return Collection(
        _collected(book.period, unit, sheets),
        tuple(report.ref for report in sent.values() if report),
        tuple(_not_reported(book, each) for each, report in sent.items() if not report),
    )


# ------------------------------------------------------------------------------------ standing


@dataclass(frozen=True, slots=True)
class Standing:
    """How a unit stands at the end of the book's day.

    ``told`` is the latest version sent, which stands while a new one is open. ``days_late`` counts
    to the day the first version was sent, or to today: nought up to the due day. ``waits_for`` are
    those whose move it is, the first to be reminded. ``since``: what those below have sent since a
    report was locked, to be told as restatements or in a new version.
    """

    unit: str
    level: Level
    report: Report
    told: Report | None
    due_on: date
    days_late: int
    missing: tuple[Missing, ...]
    waits_for: tuple[Role, ...]
    since: tuple[Overtaken | LeftOut, ...]

    @property
    def stage(self) -> Stage:
        """Of the version being worked on."""
        return self.report.stage

    @property
    def has_reported(self) -> bool:
        """Whether any version was sent."""
        return self.told is not None


def standing_of(book: Book, unit: str) -> Standing:
    """How one unit stands, with everything missing for its next step, all together."""
    report = book.current(unit)
    due_on = book.period.due_on(unit)
    first = next((each.sent for each in book.versions[unit] if each.sent), None)
    missing = missing_of(book, unit)
    since = tuple(_since_then(book, report, book.day))
    return Standing(
        unit,
        level_of(unit),
        report,
        book.sent_by(unit),
        due_on,
        _days_late(due_on, first.on if first else book.day),
        missing,
        _waits_for(report, has_to_redo=bool(since)),
        since if report.is_locked else (),
    )


def missing_of(book: Book, unit: str) -> tuple[Missing, ...]:
    """Everything that lacks for the next step of a unit's report; nothing once it is sent."""
    report = book.current(unit)
    if report.stage is Stage.NOT_BEGUN:
        lacking = [each for each in book.below[unit] if book.sent_by(each) is None]
        return (*(_not_reported(book, each) for each in lacking), NothingPrepared(report.ref))
    if report.stage is Stage.PREPARED:
        return (*_since_then(book, report, book.day), *_unsigned(report))
    if report.stage is Stage.SIGNED:
        return tuple(_unchecked(report))
    return (Unsent(report.ref),) if report.stage is Stage.LOCKED else ()


def _waits_for(report: Report, *, has_to_redo: bool) -> tuple[Role, ...]:
    if report.stage is Stage.NOT_BEGUN or (report.stage is Stage.PREPARED and has_to_redo):
        return report.duty.prepares
    if report.stage is Stage.PREPARED:
        return report.unsigned
    if report.stage is Stage.SIGNED:
        return report.duty.checks
    return report.duty.sends if report.stage is Stage.LOCKED else ()


def standings(book: Book) -> list[Standing]:
    """Every unit of the period by rung and code, which is no ranking."""
    return [standing_of(book, unit) for unit in book.below]


def not_reported(book: Book) -> list[Standing]:
    """Who has sent nothing yet, late or not."""
    return [each for each in standings(book) if not each.has_reported]


def late(book: Book) -> list[Standing]:
    """Who has sent nothing and whose day has passed. Who sent late has reported."""
    return [each for each in not_reported(book) if each.days_late]


# ----------------------------------------------------------------------------------- reminders


@dataclass(frozen=True, slots=True)
class ReminderLimits:
    """On which days somebody is reminded, as data in force from a day. All defaults are examples.

    ``days_before`` the due day, nought being the day itself; ``every_days_after`` it.
    Raises ValueError for a day after among those before, and for a rhythm of less than a day.
    """

    holds_from: date
    days_before: tuple[int, ...] = (7, 1)
    every_days_after: int = 7
    clause: str = ""
    source: str = EXAMPLE
    is_checked: bool = False

    def __post_init__(self) -> None:
        if any(days < 0 for days in self.days_before) or self.every_days_after < 1:
            raise ValueError(f"no days to remind on: {self.days_before}, {self.every_days_after}")


EXAMPLE_REMINDERS = ReminderLimits(date(1993, 1, 1))


def limits_on(known: Iterable[ReminderLimits], day: date) -> ReminderLimits | None:
    """The limits in force on a day, or None where none were yet."""
    began = [each for each in known if each.holds_from <= day]
    return max(began, key=lambda each: each.holds_from, default=None)


@dataclass(frozen=True, slots=True)
class Reminder:
    """Somebody to be reminded, kindly: of what lacks, by when. ``days_left`` below zero: late."""

    unit: str
    role: Role
    due_on: date
    days_left: int
    missing: tuple[Missing, ...]


def reminders_on(book: Book, limits: ReminderLimits = EXAMPLE_REMINDERS) -> list[Reminder]:
    """Whom to remind on the book's day: of each unit that has not reported, whose move it is.

    Before the period is opened nobody is.
    """
    if book.day < book.period.opened_on:
        return []
    found = []
    for each in not_reported(book):
        left = (each.due_on - book.day).days
        is_day = left in limits.days_before if left >= 0 else left % limits.every_days_after == 0
        if is_day:
            found.append(Reminder(each.unit, each.waits_for[0], each.due_on, left, each.missing))
    return found


# ------------------------------------------------------------------------------------ evidence

EXAMPLE_BOUNDS = (30, 90, 365)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What of the money evidence of no more than so many days ago confirms."""

    within_days: int
    confirmed: Money
    whole: Money

    @property
    def share(self) -> Fraction | None:
        """From 0 to 1; None where there is no money to confirm, which is not the same as all."""
        return Fraction(self.confirmed.satang, self.whole.satang) if self.whole else None

    @property
    def silent(self) -> Money:
        """What nothing of these days speaks of."""
        return self.whole - self.confirmed


def share_confirmed(
    evidence: Iterable[tuple[Money, int | None]], bounds: Sequence[int] = EXAMPLE_BOUNDS
) -> tuple[Confirmed, ...]:
    """The share of the money that evidence confirms, within each bound of days.

    ``evidence``: each sum with the age in days of what last confirmed it, None where nothing ever
    has; such a sum is in the whole and in no part. A bound's own day counts. The bounds are
    examples, no official criteria.
    Raises ValueError for a sum below zero, evidence of days to come, and bounds that do not rise.

    >>> half = [(Money.baht(100), 30), (Money.baht(100), None)]
    >>> [str(each.share) for each in share_confirmed(half, (29, 30))]
    ['0', '1/2']
    """
    sums = list(evidence)
    if any(amount < ZERO or (days is not None and days < 0) for amount, days in sums):
        raise ValueError("a sum below zero, or evidence of days to come")
    if list(bounds) != sorted(set(bounds)) or any(days < 0 for days in bounds):
        raise ValueError(f"bounds do not rise: {bounds}")
    whole = total(amount for amount, _ in sums)
    return tuple(
        Confirmed(
            bound,
            total(amount for amount, days in sums if days is not None and days <= bound),
            whole,
        )
        for bound in bounds
    )
