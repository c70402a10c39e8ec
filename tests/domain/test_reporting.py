"""Reports that go up: what was told stays told, what nobody knows is not nought."""

from __future__ import annotations

import doctest
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import FrozenInstanceError, replace
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kongthun.domain import reporting as rule
from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.reporting import (
    DUTIES,
    EXAMPLE,
    EXAMPLE_REMINDERS,
    OVERDUE,
    OVERDUE_HOUSEHOLDS,
    OVERDUE_HOUSEHOLDS_NOT_DEFERRED,
    OVERDUE_NOT_DEFERRED,
    UNKNOWN,
    Act,
    AlreadySigned,
    AreaOffLadder,
    Book,
    Cell,
    Checked,
    CollectedTwice,
    Column,
    ColumnSilent,
    ColumnTwice,
    CutBeforeDay,
    DayTooEarly,
    DoesNotAddUp,
    DueDay,
    DueTooEarly,
    Figures,
    InFuture,
    Kind,
    LeftOut,
    Level,
    Locked,
    NoColumn,
    NoDueDay,
    NoDuty,
    NothingPrepared,
    NotLocked,
    NotReported,
    NotSent,
    NoVillage,
    NoWords,
    OtherColumns,
    OtherCut,
    OtherReport,
    OtherVersion,
    Overtaken,
    Period,
    Prepared,
    Ref,
    Refusal,
    Refused,
    ReminderLimits,
    Reopened,
    Report,
    Restatement,
    Role,
    Sent,
    SheetChanged,
    Signed,
    Signer,
    Stage,
    StandsAlone,
    Told,
    Unchecked,
    UnknownUnit,
    Unsent,
    Unsigned,
    VillageOutside,
    Without,
    WrongRole,
    book_of,
    collection_of,
    faults_of_period,
    figures_of,
    late,
    level_of,
    limits_on,
    missing_of,
    not_reported,
    refusals_of,
    reminders_on,
    restated,
    restatements_of,
    rolled_up,
    share_confirmed,
    standing_of,
    standings,
    summed,
)

THAI = timezone(timedelta(hours=7))
A, B, C = "80120101", "80120102", "80120203"
PAK_PHANANG = "8012"
OUTSTANDING, BANK = Column("outstanding", Kind.SATANG), Column("bank", Kind.SATANG)
COLUMNS = (OUTSTANDING, OVERDUE, OVERDUE_NOT_DEFERRED, BANK)
AS_OF, CUT = date(2025, 9, 30), datetime(2025, 10, 5, tzinfo=THAI)
LATER_CUT = datetime(2026, 2, 1, tzinfo=THAI)


def day(of_month: int, month: int = 10, year: int = 2025) -> date:
    return date(year, month, of_month)


TREASURER, CHAIRMAN = Signer(Role.TREASURER, 4), Signer(Role.CHAIRMAN, 1)
WORKER, HEAD = Signer(Role.FIELD_WORKER, 3), Signer(Role.DISTRICT, 1)

# The period of docs/rules/reporting.md.
PERIOD = Period(
    PAK_PHANANG,
    "26(1)",
    day(1, 9),
    AS_OF,
    CUT,
    (DueDay(Level.VILLAGE, day(10)), DueDay(Level.DISTRICT, day(20))),
    (A, B, C),
    COLUMNS,
)


def baht(sum_: int | None) -> Cell:
    return UNKNOWN if sum_ is None else Cell(sum_ * 100)


def borrower(
    row: str, outstanding: int | None, overdue: int | None, not_deferred: int | None
) -> dict[tuple[str, str], Cell | int | None]:
    return {
        (row, "outstanding"): baht(outstanding),
        (row, "overdue"): baht(overdue),
        (row, "overdue_not_deferred"): baht(not_deferred),
    }


def sheet(
    unit: str, *rows: Mapping[tuple[str, str], Cell | int | None], cut: datetime = CUT
) -> Figures:
    cells = {key: cell for row in rows for key, cell in row.items()}
    return figures_of(unit, as_of=AS_OF, data_cut=cut, columns=COLUMNS, cells=cells)


SHEET_A = sheet(
    A,
    borrower("1", 6_000, 2_000, 2_000),
    borrower("2", 4_000, 1_500, 0),
    {("fund", "bank"): baht(270_000)},
)
SHEET_B = sheet(
    B,
    borrower("1", 12_000, 0, 0),
    borrower("2", None, None, None),
    {("fund", "bank"): baht(260_000)},
)
SHEET_C = sheet(C, borrower("1", 5_000, 1_000, 1_000), {("fund", "bank"): baht(275_000)})
DISTRICT_SHEET = rolled_up(
    PAK_PHANANG, {A: SHEET_A, B: SHEET_B, C: None}, as_of=AS_OF, data_cut=CUT, columns=COLUMNS
)
A1, B1, C1, D1 = Ref(A, 1), Ref(B, 1), Ref(C, 1), Ref(PAK_PHANANG, 1)
FLOOD = Without(C, "น้ำท่วม สมุดอยู่ที่อำเภอ")

FROM_A: tuple[Act, ...] = (
    Prepared(1, A1, day(6), TREASURER, SHEET_A),
    Signed(2, A1, day(7), CHAIRMAN, sheet=1),
    Checked(3, A1, day(8), WORKER, sheet=1),
    Sent(4, A1, day(8), WORKER),
)
FROM_B: tuple[Act, ...] = (
    Prepared(5, B1, day(9), WORKER, SHEET_B),
    Signed(6, B1, day(10), CHAIRMAN, sheet=5),
    Checked(7, B1, day(12), WORKER, sheet=5),
    Sent(8, B1, day(12), WORKER),
)
COLLECTED = Prepared(9, D1, day(15), WORKER, DISTRICT_SHEET, (A1, B1), (FLOOD,))
FROM_DISTRICT: tuple[Act, ...] = (
    COLLECTED,
    Signed(10, D1, day(16), WORKER, sheet=9),
    Signed(11, D1, day(16), HEAD, sheet=9),
    Sent(12, D1, day(16), HEAD, memo="นศ 0019/123"),
)
ACTS = (*FROM_A, *FROM_B, *FROM_DISTRICT)


def village_acts(first: int, ref: Ref, figures: Figures, on: date) -> tuple[Act, ...]:
    return (
        Prepared(first, ref, on, WORKER, figures),
        Signed(first + 1, ref, on, CHAIRMAN, sheet=first),
        Checked(first + 2, ref, on, WORKER, sheet=first),
        Sent(first + 3, ref, on, WORKER),
    )


def book(*acts: Act, on: date = date(2025, 10, 20), period: Period = PERIOD) -> Book:
    made = book_of(period, acts, on)
    assert made.refused == ()
    return made


def against(made: Book, act: Act) -> tuple[Refusal, ...]:
    return refusals_of(made, act)


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(rule).failed == 0


# ------------------------------------------------------------------------------ the example


def test_the_period_of_the_example_goes_up_step_by_step() -> None:
    stages = {
        on: [standing.stage for standing in standings(book(*ACTS, on=day(on)))]
        for on in (5, 6, 7, 8, 9, 10, 12, 15, 16)
    }
    none, made, signed, sent = Stage.NOT_BEGUN, Stage.PREPARED, Stage.SIGNED, Stage.SENT
    assert stages == {
        5: [none, none, none, none],
        6: [made, none, none, none],
        7: [signed, none, none, none],
        8: [sent, none, none, none],
        9: [sent, made, none, none],
        10: [sent, signed, none, none],
        12: [sent, sent, none, none],
        15: [sent, sent, none, made],
        16: [sent, sent, none, sent],
    }


def test_the_sheet_of_the_example_says_what_is_known_and_how_much_is_not() -> None:
    rows = {(each.row, each.column): each.cell for each in DISTRICT_SHEET.cells}
    assert [rows[A, column.key] for column in COLUMNS] == [
        Cell(1_000_000), Cell(350_000), Cell(200_000), Cell(27_000_000),
    ]  # fmt: skip
    assert [rows[B, column.key] for column in COLUMNS] == [
        Cell(1_200_000, 1), Cell(0, 1), Cell(0, 1), Cell(26_000_000),
    ]  # fmt: skip
    assert {rows[C, column.key] for column in COLUMNS} == {UNKNOWN}
    whole = DISTRICT_SHEET.total_of("outstanding")
    assert (whole, whole.value) == (Cell(2_200_000, 2), None)
    assert [DISTRICT_SHEET.total_of(column.key) for column in COLUMNS[1:]] == [
        Cell(350_000, 2), Cell(200_000, 2), Cell(53_000_000, 1),
    ]  # fmt: skip


def test_who_has_not_reported_and_who_is_late_in_the_example() -> None:
    on_the_day, after, at_the_end = (book(*ACTS, on=day(each)) for each in (10, 11, 20))
    assert [each.unit for each in not_reported(on_the_day)] == [B, C, PAK_PHANANG]
    assert late(on_the_day) == []
    assert [(each.unit, each.days_late) for each in late(after)] == [(B, 1), (C, 1)]
    assert [(each.unit, each.days_late) for each in late(at_the_end)] == [(C, 10)]
    # Who sent late has reported; that it was late stays to be seen.
    assert standing_of(at_the_end, B).days_late == 2
    assert standing_of(at_the_end, A).days_late == 0
    assert standing_of(at_the_end, PAK_PHANANG).days_late == 0


def test_the_restatements_of_the_example() -> None:
    now_a = sheet(
        A,
        borrower("1", 5_500, 1_500, 1_500),
        borrower("2", 4_000, 1_500, 0),
        borrower("3", 1_000, 0, 0),
        {("fund", "bank"): baht(270_000)},
        cut=LATER_CUT,
    )
    now_b = sheet(
        B,
        borrower("1", 12_000, 0, 0),
        borrower("2", 8_000, 0, 0),
        {("fund", "bank"): baht(260_000)},
        cut=LATER_CUT,
    )
    now = rolled_up(
        PAK_PHANANG, {A: now_a, B: now_b, C: SHEET_C},
        as_of=AS_OF, data_cut=LATER_CUT, columns=COLUMNS,
    )  # fmt: skip
    told = restatements_of(DISTRICT_SHEET, now)
    assert [(each.row, each.column, each.difference) for each in told] == [
        (A, "outstanding", baht(500)),
        (A, "overdue", baht(-500)),
        (A, "overdue_not_deferred", baht(-500)),
        (B, "outstanding", Cell(800_000, -1)),
        (B, "overdue", Cell(0, -1)),
        (B, "overdue_not_deferred", Cell(0, -1)),
        (C, "bank", Cell(27_500_000, -1)),
        (C, "outstanding", Cell(500_000, -1)),
        (C, "overdue", Cell(100_000, -1)),
        (C, "overdue_not_deferred", Cell(100_000, -1)),
    ]
    assert told[0].before == baht(10_000)
    assert told[0].after == baht(10_500)
    assert now.total_of("outstanding") == baht(35_500)
    assert restated(DISTRICT_SHEET, told, data_cut=LATER_CUT) == now
    # In the village itself a row came to light, and its cells were not there before.
    appeared = [each for each in restatements_of(SHEET_A, now_a) if each.row == "3"]
    assert [(each.before, each.after) for each in appeared] == [
        (None, baht(1_000)),
        (None, baht(0)),
        (None, baht(0)),
    ]


def test_the_reminders_of_the_example() -> None:
    def reminded(of_month: int, month: int = 10) -> list[tuple[str, Role, int]]:
        made = book(*ACTS, on=day(of_month, month))
        return [(each.unit, each.role, each.days_left) for each in reminders_on(made)]

    nobody_yet = [(A, Role.TREASURER, 7), (B, Role.TREASURER, 7), (C, Role.TREASURER, 7)]
    assert reminded(3) == nobody_yet
    assert reminded(4) == []
    assert reminded(9) == [(B, Role.CHAIRMAN, 1), (C, Role.TREASURER, 1)]
    assert reminded(10) == []
    assert reminded(13) == [(PAK_PHANANG, Role.FIELD_WORKER, 7)]
    assert reminded(17) == [(C, Role.TREASURER, -7)]
    assert reminded(18) == []
    assert reminded(24) == [(C, Role.TREASURER, -14)]


def test_the_share_of_the_example_that_evidence_confirms() -> None:
    sums = [(Money.baht(10_000), 20), (Money.baht(12_000), 100), (Money.baht(8_000), None)]
    told = share_confirmed(sums)
    assert [(each.within_days, each.share) for each in told] == [
        (30, Fraction(1, 3)),
        (90, Fraction(1, 3)),
        (365, Fraction(11, 15)),
    ]
    assert [each.silent for each in told] == [Money.baht(each) for each in (20_000, 20_000, 8_000)]


# ---------------------------------------------------------------------------------- missing


def test_everything_missing_for_the_next_step_is_told_together() -> None:
    missing = {on: missing_of(book(*ACTS, on=day(on)), PAK_PHANANG) for on in (5, 11, 15, 16)}
    assert missing[5] == (
        NotReported(A, Stage.NOT_BEGUN, day(10), 0),
        NotReported(B, Stage.NOT_BEGUN, day(10), 0),
        NotReported(C, Stage.NOT_BEGUN, day(10), 0),
        NothingPrepared(D1),
    )
    assert missing[11] == (
        NotReported(B, Stage.SIGNED, day(10), 1),
        NotReported(C, Stage.NOT_BEGUN, day(10), 1),
        NothingPrepared(D1),
    )
    assert missing[15] == (Unsigned(D1, Role.FIELD_WORKER), Unsigned(D1, Role.DISTRICT))
    assert missing[16] == ()


def test_each_step_of_a_village_waits_for_somebody() -> None:
    made = [book(*FROM_A[:steps]) for steps in range(5)]
    assert [missing_of(each, A) for each in made] == [
        (NothingPrepared(A1),),
        (Unsigned(A1, Role.CHAIRMAN),),
        (Unchecked(A1, (Role.FIELD_WORKER,)),),
        (Unsent(A1),),
        (),
    ]
    assert [standing_of(each, A).waits_for for each in made] == [
        (Role.TREASURER, Role.CHAIRMAN, Role.FIELD_WORKER),
        (Role.CHAIRMAN,),
        (Role.FIELD_WORKER,),
        (Role.FIELD_WORKER, Role.CHAIRMAN),
        (),
    ]
    assert [standing_of(each, A).has_reported for each in made] == [False] * 4 + [True]


def test_a_district_waits_for_the_signature_that_lacks() -> None:
    made = book(*FROM_A, *FROM_B, COLLECTED, FROM_DISTRICT[1])
    assert missing_of(made, PAK_PHANANG) == (Unsigned(D1, Role.DISTRICT),)
    assert standing_of(made, PAK_PHANANG).waits_for == (Role.DISTRICT,)


def test_a_district_without_a_checker_is_locked_by_its_last_signature() -> None:
    made = book(*FROM_A, *FROM_B, *FROM_DISTRICT[:3])
    assert standing_of(made, PAK_PHANANG).stage is Stage.LOCKED
    assert missing_of(made, PAK_PHANANG) == (Unsent(D1),)


# --------------------------------------------------------------------------------- refusals


def test_a_locked_report_refuses_every_change_by_value() -> None:
    locked, sent = book(*FROM_A[:3]), book(*FROM_A)
    for made, stage in ((locked, Stage.LOCKED), (sent, Stage.SENT)):
        for act in (
            Prepared(20, A1, day(9), TREASURER, SHEET_A),
            Signed(20, A1, day(9), CHAIRMAN, sheet=1),
            Checked(20, A1, day(9), WORKER, sheet=1),
        ):
            assert against(made, act) == (Locked(A1, stage),)
    assert against(locked, Sent(20, A1, day(9), CHAIRMAN)) == ()
    assert against(sent, Sent(20, A1, day(9), CHAIRMAN)) == (Locked(A1, Stage.SENT),)


def test_an_act_that_is_refused_changes_nothing_and_is_told() -> None:
    other = sheet(A, borrower("1", 1, 0, 0), {("fund", "bank"): baht(1)})
    too_late = Prepared(20, A1, day(9), TREASURER, other)
    made = book_of(PERIOD, [*FROM_A, too_late], day(20))
    assert made.refused == (Refused(too_late, (Locked(A1, Stage.SENT),)),)
    assert made.versions == book(*FROM_A).versions
    assert made.current(A).figures == SHEET_A
    with pytest.raises(FrozenInstanceError):
        made.current(A).prepared = too_late  # type: ignore[misc]
    with pytest.raises(TypeError):
        made.versions[A] = ()  # type: ignore[index]


def test_preparing_again_before_the_lock_takes_the_signatures_off() -> None:
    again = Prepared(20, A1, day(9), TREASURER, SHEET_A)
    made = book(*FROM_A[:2], again)
    assert missing_of(made, A) == (Unsigned(A1, Role.CHAIRMAN),)
    assert against(made, Signed(21, A1, day(9), CHAIRMAN, sheet=1)) == (SheetChanged(1, 20),)
    assert against(made, Checked(21, A1, day(9), WORKER, sheet=1)) == (
        SheetChanged(1, 20),
        Unsigned(A1, Role.CHAIRMAN),
    )
    assert against(made, Signed(21, A1, day(9), CHAIRMAN, sheet=20)) == ()


def test_no_step_is_taken_before_the_one_it_needs() -> None:
    none, made, signed = book(), book(*FROM_A[:1]), book(*FROM_A[:2])
    sign, check = Signed(20, A1, day(9), CHAIRMAN, 1), Checked(20, A1, day(9), WORKER, 1)
    send = Sent(20, A1, day(9), WORKER)
    for act in (sign, check, send):
        assert against(none, act) == (NothingPrepared(A1),)
    assert against(made, check) == (Unsigned(A1, Role.CHAIRMAN),)
    assert against(made, send) == (
        Unsigned(A1, Role.CHAIRMAN),
        Unchecked(A1, (Role.FIELD_WORKER,)),
    )
    assert against(signed, sign) == (AlreadySigned(Role.CHAIRMAN),)
    assert against(signed, send) == (Unchecked(A1, (Role.FIELD_WORKER,)),)


def test_everything_against_an_act_is_told_together() -> None:
    made = book(*FROM_A[:1], on=day(8))
    act = Signed(20, Ref(A, 2), day(5), Signer(Role.DISTRICT, 1), sheet=7)
    assert against(made, act) == (
        OtherVersion(2, 1),
        DayTooEarly(day(5), day(6)),
        WrongRole(Role.DISTRICT, (Role.CHAIRMAN,)),
        SheetChanged(7, 1),
    )
    assert against(made, Signed(20, A1, day(9), CHAIRMAN, 1)) == (InFuture(day(9), day(8)),)
    assert against(made, Signed(20, Ref("80120109", 1), day(7), CHAIRMAN, 1)) == (
        UnknownUnit("80120109"),
    )


def test_nobody_checks_a_district() -> None:
    made = book(*FROM_A, *FROM_B, *FROM_DISTRICT[:2])
    refused = against(made, Checked(20, D1, day(16), WORKER, sheet=9))
    assert WrongRole(Role.FIELD_WORKER, ()) in refused


@pytest.mark.parametrize(
    ("act", "wanted"),
    [
        (Prepared(20, C1, day(9), HEAD, SHEET_C), DUTIES[0].prepares),
        (Signed(20, C1, day(9), WORKER, 1), DUTIES[0].signs),
        (Checked(20, C1, day(9), CHAIRMAN, 1), DUTIES[0].checks),
        (Sent(20, C1, day(9), TREASURER), DUTIES[0].sends),
        (Reopened(20, C1, day(9), TREASURER, "พบใบเสร็จ"), (Role.CHAIRMAN, Role.FIELD_WORKER)),
    ],
)
def test_each_step_is_done_by_those_it_belongs_to(act: Act, wanted: tuple[Role, ...]) -> None:
    assert WrongRole(act.by.role, wanted) in against(book(), act)


def test_a_sheet_is_not_made_before_its_data_cut_nor_before_the_period() -> None:
    act = Prepared(1, A1, day(4), TREASURER, SHEET_A)
    assert against(book(), act) == (DayTooEarly(day(4), day(5)),)
    early = replace(PERIOD, opened_on=day(7))
    assert against(book(period=early), replace(act, on=day(6))) == (DayTooEarly(day(6), day(7)),)


def test_no_step_is_dated_before_the_one_before_it() -> None:
    for steps_, act in enumerate(FROM_A[1:], 1):
        last = FROM_A[steps_ - 1].on
        made, day_before = book(*FROM_A[:steps_]), last - timedelta(days=1)
        assert against(made, replace(act, on=day_before)) == (DayTooEarly(day_before, last),)
        assert against(made, replace(act, on=last)) == ()
    # A new version is worked on from the day it was opened, and opened after the old one was sent.
    sent_next_day = book(*FROM_A[:3], replace(FROM_A[3], on=day(9)))
    assert against(sent_next_day, replace(AGAIN_A, on=day(8))) == (DayTooEarly(day(8), day(9)),)
    again = Prepared(21, A2, day(16), WORKER, SHEET_A)
    assert against(book(*FROM_A, AGAIN_A), again) == (DayTooEarly(day(16), day(17)),)


def test_a_sheet_is_of_its_unit_its_day_and_its_cut() -> None:
    other = replace(SHEET_B, as_of=day(29, 9), data_cut=CUT + timedelta(hours=1))
    assert against(book(), Prepared(1, A1, day(9), TREASURER, other)) == (
        OtherReport(B, day(29, 9)),
        OtherCut(CUT + timedelta(hours=1), CUT),
    )
    of_other_day = replace(SHEET_A, as_of=day(29, 9))
    assert against(book(), Prepared(1, A1, day(9), TREASURER, of_other_day)) == (
        OtherReport(A, day(29, 9)),
    )


def test_a_sheet_has_the_columns_of_the_period_and_is_silent_in_none() -> None:
    cash = Column("cash", Kind.SATANG)
    other = figures_of(
        A, as_of=AS_OF, data_cut=CUT, columns=(*COLUMNS[:3], cash), cells={("1", "cash"): 1}
    )
    assert against(book(), Prepared(1, A1, day(9), TREASURER, other)) == (
        OtherColumns(("bank",), ("cash",)),
    )
    redefined = replace(SHEET_A, columns=(*COLUMNS[:3], replace(BANK, definition=2)))
    assert against(book(), Prepared(1, A1, day(9), TREASURER, redefined)) == (
        OtherColumns(("bank",), ("bank",)),
    )
    silent = sheet(A, borrower("1", 6_000, 2_000, 2_000))
    assert against(book(), Prepared(1, A1, day(9), TREASURER, silent)) == (ColumnSilent("bank"),)


def test_a_village_collects_nothing() -> None:
    act = Prepared(20, C1, day(9), TREASURER, SHEET_C, collected=(A1,))
    assert against(book(*FROM_A), act) == (NotSent(A1),)
    with pytest.raises(ValueError, match="nothing is collected"):
        collection_of(book(), A)


# ------------------------------------------------------------------------------- collecting


def test_what_a_district_would_collect_is_what_it_may_prepare() -> None:
    made = book(*FROM_A, *FROM_B)
    figures, collected, lacking = collection_of(made, PAK_PHANANG)
    assert figures == DISTRICT_SHEET
    assert collected == (A1, B1)
    assert lacking == (NotReported(C, Stage.NOT_BEGUN, day(10), 10),)
    assert against(made, COLLECTED) == ()


def test_nobody_is_collected_without_in_silence() -> None:
    made = book(*FROM_A, *FROM_B)
    assert against(made, replace(COLLECTED, without=())) == (
        NotReported(C, Stage.NOT_BEGUN, day(10), 10),
    )
    wordless = replace(COLLECTED, without=(Without(C, " "),))
    assert against(made, wordless) == (NoWords(C),)


def test_figures_can_not_be_made_up_for_who_has_not_reported() -> None:
    cells = {**DISTRICT_SHEET.by_key, (C, "bank"): baht(0)}
    figures = figures_of(PAK_PHANANG, as_of=AS_OF, data_cut=CUT, columns=COLUMNS, cells=cells)
    assert against(book(*FROM_A, *FROM_B), replace(COLLECTED, figures=figures)) == (
        DoesNotAddUp(C, "bank", baht(0), UNKNOWN),
    )


def test_a_cell_that_is_not_the_sum_of_its_village_is_named_with_both_figures() -> None:
    cells: dict[tuple[str, str], Cell | int | None] = {**DISTRICT_SHEET.by_key}
    cells[A, "overdue"] = baht(2_000)
    del cells[B, "bank"]
    cells["80120109", "bank"] = baht(1)
    figures = figures_of(PAK_PHANANG, as_of=AS_OF, data_cut=CUT, columns=COLUMNS, cells=cells)
    assert against(book(*FROM_A, *FROM_B), replace(COLLECTED, figures=figures)) == (
        DoesNotAddUp(A, "overdue", baht(2_000), baht(3_500)),
        DoesNotAddUp(B, "bank", None, baht(260_000)),
        DoesNotAddUp("80120109", "bank", baht(1), None),
    )


def test_who_has_reported_is_not_left_out() -> None:
    made = book(*FROM_A, *FROM_B)
    refused = against(made, replace(COLLECTED, collected=(A1,), without=(FLOOD, Without(B, "ช้า"))))
    assert refused == (LeftOut(B1),)


def test_nothing_is_collected_that_was_not_sent() -> None:
    made = book(*FROM_A, *FROM_B[:3])
    stranger, village_2 = Ref("80120109", 1), Ref(A, 2)
    act = replace(
        COLLECTED,
        collected=(village_2, B1, stranger),
        without=(FLOOD, Without("80120110", "ไม่มี")),
    )
    assert against(made, act)[:4] == (
        NotSent(stranger),
        UnknownUnit("80120110"),
        NotSent(village_2),
        NotSent(B1),
    )
    # A sheet of the 11th can not hold what was sent on the 12th.
    early = replace(COLLECTED, on=day(11))
    assert NotSent(B1) in against(book(*FROM_A, *FROM_B), early)


def test_nobody_is_collected_twice() -> None:
    act = replace(COLLECTED, collected=(A1, B1, B1), without=(FLOOD, Without(A, "ช้า")))
    assert against(book(*FROM_A, *FROM_B), act)[:2] == (CollectedTwice(A), CollectedTwice(B))


# -------------------------------------------------------------------------------- versions

AGAIN_A = Reopened(20, A1, day(17), WORKER, "พบใบเสร็จที่ไม่ได้ลง")
A2 = Ref(A, 2)
SHEET_A2 = replace(
    sheet(
        A,
        borrower("1", 5_500, 1_500, 1_500),
        borrower("2", 4_000, 1_500, 0),
        {("fund", "bank"): baht(270_000)},
    ),
    data_cut=datetime(2025, 10, 17, tzinfo=THAI),
)


def test_a_new_version_names_the_old_which_stays_as_it_was() -> None:
    made = book(*ACTS, AGAIN_A)
    old, new = made.versions[A]
    assert old == book(*ACTS).current(A)
    assert (new.ref, new.replaces, new.why) == (A2, A1, "พบใบเสร็จที่ไม่ได้ลง")
    standing = standing_of(made, A)
    assert standing.stage is Stage.NOT_BEGUN
    # What was told stands until the new one is sent, and nobody is late for the second time.
    assert standing.told == old
    assert standing.has_reported
    assert standing.days_late == 0
    assert A not in {each.unit for each in not_reported(made)}


def test_only_what_is_locked_is_opened_anew_and_with_a_reason() -> None:
    assert against(book(*FROM_A[:2]), replace(AGAIN_A, on=day(8))) == (NotLocked(A1),)
    assert against(book(*FROM_A), replace(AGAIN_A, why="  ")) == (NoWords(A),)
    assert against(book(*FROM_A), AGAIN_A) == ()
    assert against(book(*FROM_A[:3]), AGAIN_A) == ()
    # The next version is opened over the last one, and never beside it.
    made = book(*FROM_A, AGAIN_A)
    assert against(made, replace(AGAIN_A, number=21)) == (OtherVersion(1, 2), NotLocked(A2))


def test_a_new_version_has_a_cut_of_its_own_that_does_not_go_back() -> None:
    made = book(*FROM_A, AGAIN_A)
    act = Prepared(21, A2, day(17), WORKER, SHEET_A2)
    assert against(made, act) == ()
    back = replace(SHEET_A, data_cut=CUT - timedelta(days=1))
    assert against(made, replace(act, figures=back)) == (OtherCut(back.data_cut, CUT),)
    assert against(made, replace(act, on=day(16))) == (DayTooEarly(day(16), day(17)),)


def test_a_district_is_told_what_was_sent_since_and_stays_as_it_was() -> None:
    village = (AGAIN_A, *village_acts(21, A2, SHEET_A2, day(18)))
    made = book(*ACTS, *village, *village_acts(30, C1, SHEET_C, day(19)))
    standing = standing_of(made, PAK_PHANANG)
    assert standing.since == (Overtaken(A1, A2), LeftOut(C1))
    assert standing.stage is Stage.SENT
    assert standing.missing == ()
    assert made.current(PAK_PHANANG) == book(*ACTS).current(PAK_PHANANG)
    # Only a version of the district's own takes them in, with the latest cut in it.
    again = Reopened(40, D1, day(19), HEAD, "สามหมู่บ้านครบแล้ว")
    figures, collected, lacking = collection_of(book(*made_from(made), again), PAK_PHANANG)
    assert (collected, lacking) == ((A2, B1, C1), ())
    assert figures.data_cut == SHEET_A2.data_cut
    act = Prepared(41, Ref(PAK_PHANANG, 2), day(19), WORKER, figures, collected)
    done = book(*made_from(made), again, act)
    assert against(done, replace(act, number=42, figures=replace(figures, data_cut=CUT))) == (
        OtherCut(CUT, SHEET_A2.data_cut),
    )
    assert Overtaken(A1, A2) in against(done, replace(act, number=42, collected=(A1, B1, C1)))


def made_from(made: Book) -> tuple[Act, ...]:
    """The acts that made a book."""
    acts: list[Act] = []
    for versions in made.versions.values():
        for report in versions:
            if report.replaces is not None:
                acts.append(AGAIN_A)
            steps = (report.prepared, *report.signed, report.checked, report.sent)
            acts += [each for each in steps if each is not None]
    return tuple(acts)


def test_nobody_signs_a_sheet_that_was_overtaken() -> None:
    village = (
        replace(AGAIN_A, on=day(15)),
        *village_acts(21, A2, replace(SHEET_A2, data_cut=CUT), day(16)),
    )
    made = book(*FROM_A, *FROM_B, COLLECTED, FROM_DISTRICT[1], *village)
    sign = Signed(40, D1, day(16), HEAD, sheet=9)
    assert against(made, sign) == (Overtaken(A1, A2),)
    assert missing_of(made, PAK_PHANANG) == (Overtaken(A1, A2), Unsigned(D1, Role.DISTRICT))
    standing = standing_of(made, PAK_PHANANG)
    # The next move is to prepare again, not to sign.
    assert standing.waits_for == DUTIES[1].prepares
    assert standing.since == ()
    # What was signed on paper the day before was not overtaken yet.
    late_village = village_acts(30, C1, SHEET_C, day(17))
    assert against(book(*FROM_A, *FROM_B, COLLECTED, *late_village), sign) == ()


# ------------------------------------------------------------------- higher rungs of the ladder

NATION_PERIOD = Period(
    "",
    "26(2)",
    day(1, 9),
    AS_OF,
    CUT,
    tuple(DueDay(level, day(10 + 5 * at)) for at, level in enumerate(Level)),
    ("80120101", "80120102", "80130101", "90010101"),
    (BANK,),
)


def test_the_ladder_goes_from_the_village_to_the_department() -> None:
    made = book(period=NATION_PERIOD)
    assert list(made.below) == [
        "80120101", "80120102", "80130101", "90010101", "8012", "8013", "9001", "80", "90", "",
    ]  # fmt: skip
    assert made.below[""] == ("80", "90")
    assert made.below["80"] == ("8012", "8013")
    assert [level_of(each).value for each in ("", "80", "8012", A)] == [
        "department", "province", "district", "village",
    ]  # fmt: skip
    assert [made.period.due_on(each) for each in ("", "80", "8012", A)] == [
        day(25), day(20), day(15), day(10),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="no rung"):
        level_of("801201")


def test_one_village_alone_may_be_asked() -> None:
    alone = replace(PERIOD, area=A, villages=(A,), due=(DueDay(Level.VILLAGE, day(10)),))
    assert list(book(*FROM_A, period=alone).below) == [A]


# ------------------------------------------------------------------------------------ period


def test_the_period_of_the_example_has_no_fault() -> None:
    assert faults_of_period(PERIOD) == []


def test_everything_against_a_period_is_told_together() -> None:
    period = replace(
        PERIOD,
        villages=(A, A, "90010101", "801201"),
        data_cut=datetime(2025, 9, 30, 23, 59, tzinfo=THAI),
        due=(DueDay(Level.VILLAGE, day(10)), DueDay(Level.DISTRICT, day(9))),
        columns=(BANK, BANK, OVERDUE, OVERDUE_HOUSEHOLDS_NOT_DEFERRED),
        duties=(DUTIES[0], replace(DUTIES[1], signs=())),
    )
    assert faults_of_period(period) == [
        VillageOutside("801201"),
        VillageOutside(A),
        VillageOutside("90010101"),
        CutBeforeDay(AS_OF, period.data_cut),
        DueTooEarly(Level.DISTRICT, day(9), day(10)),
        NoDuty(Level.DISTRICT),
        ColumnTwice("bank"),
        StandsAlone("overdue", "overdue_not_deferred"),
        StandsAlone("overdue_households_not_deferred", "overdue_households"),
    ]
    with pytest.raises(ValueError, match="can not be opened"):
        book_of(period, [], day(20))


def test_a_period_needs_an_area_of_the_ladder_villages_columns_and_due_days() -> None:
    assert faults_of_period(replace(PERIOD, area="801201", villages=(), columns=())) == [
        AreaOffLadder("801201"),
        NoVillage(),
        NoColumn(),
    ]
    assert faults_of_period(replace(PERIOD, due=(), duties=DUTIES[:1])) == [
        NoDueDay(Level.VILLAGE),
        NoDueDay(Level.DISTRICT),
        NoDuty(Level.DISTRICT),
    ]


def test_no_rung_is_due_before_the_cut_or_the_opening() -> None:
    cut_day = (DueDay(Level.VILLAGE, day(5)), DueDay(Level.DISTRICT, day(5)))
    assert faults_of_period(replace(PERIOD, due=cut_day)) == []
    before = (DueDay(Level.VILLAGE, day(4)), DueDay(Level.DISTRICT, day(5)))
    assert faults_of_period(replace(PERIOD, due=before)) == [
        DueTooEarly(Level.VILLAGE, day(4), day(5))
    ]
    assert faults_of_period(replace(PERIOD, opened_on=day(6), due=cut_day)) == [
        DueTooEarly(Level.VILLAGE, day(5), day(6)),
        DueTooEarly(Level.DISTRICT, day(5), day(6)),
    ]


def test_a_data_cut_is_a_moment_with_its_time_zone() -> None:
    local = datetime(2025, 10, 5)  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        replace(PERIOD, data_cut=local)
    with pytest.raises(ValueError, match="time zone"):
        replace(SHEET_A, data_cut=local)


def test_the_two_definitions_of_overdue_stand_side_by_side_and_are_never_added() -> None:
    pair = (OVERDUE_HOUSEHOLDS, OVERDUE_HOUSEHOLDS_NOT_DEFERRED)
    assert faults_of_period(replace(PERIOD, columns=(*COLUMNS, *pair))) == []
    assert faults_of_period(replace(PERIOD, columns=(BANK,))) == []
    for one, other in (pair, pair[::-1], (OVERDUE, OVERDUE_NOT_DEFERRED)):
        assert faults_of_period(replace(PERIOD, columns=(BANK, one))) == [
            StandsAlone(one.key, other.key)
        ]
    assert SHEET_A.total_of("overdue") == baht(3_500)
    assert SHEET_A.total_of("overdue_not_deferred") == baht(2_000)


# ------------------------------------------------------------------------------------- sheets


def test_a_cell_holds_whole_numbers_only() -> None:
    for known, unknown in ((True, 0), (1.0, 0), (1, False)):
        with pytest.raises(TypeError):
            Cell(known, unknown)  # type: ignore[arg-type]


def test_what_is_not_known_is_never_nought() -> None:
    assert summed([Cell(5), UNKNOWN, Cell(7)]) == Cell(12, 1)
    assert summed([Cell(5), UNKNOWN]).value is None
    assert summed([]).value == 0


def test_a_sheet_that_is_no_sheet_is_not_made() -> None:
    one, two = Told("1", "bank", Cell(1)), Told("2", "bank", Cell(2))
    for cells, why in (
        ((two, one), "each once"),
        ((one, one), "each once"),
        ((Told("1", "cash", Cell(1)),), "no column"),
        ((Told("1", "bank", Cell(1, -1)),), "less than no part"),
    ):
        with pytest.raises(ValueError, match=why):
            Figures(A, AS_OF, CUT, COLUMNS, cells)
    assert figures_of(
        A, as_of=AS_OF, data_cut=CUT, columns=COLUMNS, cells={("2", "bank"): 2, ("1", "bank"): 1}
    ) == Figures(A, AS_OF, CUT, COLUMNS, (one, two))


# ------------------------------------------------------------------------------- restatements


@pytest.mark.parametrize(
    "other",
    [
        replace(SHEET_A, unit=B),
        replace(SHEET_A, as_of=day(29, 9)),
        replace(SHEET_A, columns=(*COLUMNS[:3], replace(BANK, definition=2))),
        replace(SHEET_A, data_cut=CUT - timedelta(seconds=1)),
    ],
)
def test_only_the_same_report_with_a_later_cut_restates(other: Figures) -> None:
    with pytest.raises(ValueError, match=r"not one report|goes back"):
        restatements_of(SHEET_A, other)


def test_a_restatement_is_told_once_and_of_its_own_report() -> None:
    told = restatements_of(SHEET_A, SHEET_A2)
    assert [(each.row, each.column) for each in told] == [
        ("1", "outstanding"), ("1", "overdue"), ("1", "overdue_not_deferred"),
    ]  # fmt: skip
    now = restated(SHEET_A, told, data_cut=SHEET_A2.data_cut)
    assert now == SHEET_A2
    assert restatements_of(now, SHEET_A2) == ()
    with pytest.raises(ValueError, match="does not begin"):
        restated(now, told, data_cut=LATER_CUT)
    for other in (replace(told[0], unit=B), replace(told[0], as_of=day(29, 9))):
        with pytest.raises(ValueError, match="does not begin"):
            restated(SHEET_A, [other], data_cut=LATER_CUT)


def test_a_row_that_should_never_have_been_there_is_taken_out_and_not_set_to_nought() -> None:
    now = sheet(A, borrower("1", 6_000, 2_000, 2_000), {("fund", "bank"): baht(270_000)})
    told = restatements_of(SHEET_A, now)
    assert told[0] == Restatement(A, AS_OF, "2", "outstanding", baht(4_000), None)
    assert told[0].difference == baht(-4_000)
    assert restated(SHEET_A, told, data_cut=CUT) == now


cells = st.one_of(st.none(), st.integers(-500, 500), st.builds(Cell, st.integers(), st.just(2)))
keys = st.tuples(st.sampled_from(["1", "2", "3"]), st.sampled_from([c.key for c in COLUMNS]))
grids = st.dictionaries(keys, cells, max_size=8)


def at(grid: Mapping[tuple[str, str], Cell | int | None], hours: int = 0) -> Figures:
    cut = CUT + timedelta(hours=hours)
    return figures_of(A, as_of=AS_OF, data_cut=cut, columns=COLUMNS, cells=grid)


@given(grids, grids)
def test_the_old_report_and_its_restatements_make_the_new_one(
    old: dict[tuple[str, str], Cell | int | None], new: dict[tuple[str, str], Cell | int | None]
) -> None:
    sent, now = at(old), at(new, 1)
    told = restatements_of(sent, now)
    assert restated(sent, told, data_cut=now.data_cut) == now
    for column in COLUMNS:
        differences = [each.difference for each in told if each.column == column.key]
        # Known money and parts not known, each by itself.
        was, is_ = sent.total_of(column.key), now.total_of(column.key)
        assert was.known + sum(each.known for each in differences) == is_.known
        assert was.unknown + sum(each.unknown for each in differences) == is_.unknown
    assert all(each.before != each.after for each in told)
    assert (told == ()) == (sent.cells == now.cells)


@given(st.lists(grids, min_size=2, max_size=5))
def test_over_a_chain_of_reports_every_restatement_is_told_once(
    chain: list[dict[tuple[str, str], Cell | int | None]],
) -> None:
    told_by_now = sent = at(chain[0])
    sums: dict[tuple[str, str], Cell] = defaultdict(lambda: Cell(0))
    for hours, grid in enumerate(chain[1:], 1):
        now = at(grid, hours)
        told = restatements_of(told_by_now, now)
        for each in told:
            sums[each.row, each.column] += each.difference
        told_by_now = restated(told_by_now, told, data_cut=now.data_cut)
        assert told_by_now == now
    at_once = {(e.row, e.column): e.difference for e in restatements_of(sent, told_by_now)}
    nothing = Cell(0)
    assert {key: each for key, each in sums.items() if each != nothing} == {
        key: each for key, each in at_once.items() if each != nothing
    }


# ----------------------------------------------------------------------------------- roll-up

VILLAGES = ("80120101", "80120102", "80120203", "80130101", "80130102")
reports = st.dictionaries(st.sampled_from(VILLAGES), grids)


@given(reports, st.sampled_from([column.key for column in COLUMNS]))
def test_every_cell_above_is_the_sum_of_the_leaves_of_its_own_column(
    told: dict[str, dict[tuple[str, str], Cell | int | None]], column: str
) -> None:
    def up(unit: str, below: Mapping[str, Figures | None]) -> Figures:
        return rolled_up(unit, below, as_of=AS_OF, data_cut=CUT, columns=COLUMNS)

    leaves: dict[str, Figures | None] = {
        each: replace(at(told[each]), unit=each) if each in told else None for each in VILLAGES
    }
    districts = {
        code: up(code, {v: each for v, each in leaves.items() if v.startswith(code)})
        for code in ("8012", "8013")
    }
    province = up("80", districts)
    for code in ("8012", "8013"):
        known = unknown = 0
        for village in (each for each in VILLAGES if each.startswith(code)):
            if village not in told:
                unknown += 1
            for (_, key), cell in told.get(village, {}).items():
                if key == column:
                    known += cell.known if isinstance(cell, Cell) else cell or 0
                    unknown += cell.unknown if isinstance(cell, Cell) else cell is None
        assert province.by_key[code, column] == Cell(known, unknown)
        assert districts[code].total_of(column) == Cell(known, unknown)
    assert {row for row, _ in province.by_key} == {"8012", "8013"}


@given(st.dictionaries(st.sampled_from([A, B, C]), st.lists(cells, min_size=1, max_size=3)))
@settings(max_examples=50)
def test_what_is_collected_from_sent_reports_adds_up_and_is_taken(
    told: dict[str, list[Cell | int | None]],
) -> None:
    period = replace(PERIOD, columns=(BANK,))
    acts: list[Act] = []
    for at_, (unit, values) in enumerate(told.items()):
        figures = figures_of(
            unit, as_of=AS_OF, data_cut=CUT, columns=(BANK,),
            cells={(str(row), "bank"): value for row, value in enumerate(values)},
        )  # fmt: skip
        acts += village_acts(1 + 4 * at_, Ref(unit, 1), figures, day(9))
    made = book(*acts, period=period)
    figures, collected, lacking = collection_of(made, PAK_PHANANG)
    for unit, values in told.items():
        known = [value for value in values if value is not None]
        plain = sum(each.known if isinstance(each, Cell) else each for each in known)
        assert figures.by_key[unit, "bank"].known == plain
    without = tuple(Without(each.unit, "ยังไม่ส่ง") for each in lacking)
    act = Prepared(90, D1, day(15), WORKER, figures, collected, without)
    assert against(made, act) == ()


# ----------------------------------------------------------------------------- laws of the book


@given(st.randoms(use_true_random=False), st.integers(0, 30))
@settings(max_examples=30)
def test_the_order_in_which_acts_are_handed_in_tells_nothing(chance: Random, days: int) -> None:
    mixed = list(ACTS)
    chance.shuffle(mixed)
    on = day(1) + timedelta(days)
    # A record with nothing against it has nothing against it on any earlier day.
    assert book_of(PERIOD, mixed, on) == book(*ACTS, on=on)


def test_a_number_stands_for_one_act() -> None:
    with pytest.raises(ValueError, match="one number"):
        book_of(PERIOD, [FROM_A[0], replace(FROM_B[0], number=1)], day(6))


NEXT: dict[Stage, tuple[type[Act], Signer]] = {
    Stage.NOT_BEGUN: (Prepared, TREASURER),
    Stage.PREPARED: (Signed, CHAIRMAN),
    Stage.SIGNED: (Checked, WORKER),
    Stage.LOCKED: (Sent, WORKER),
    Stage.SENT: (Reopened, WORKER),
}
steps = st.tuples(
    st.sampled_from(["on the road", "on the road", "anything", "any sheet"]),
    st.sampled_from([Prepared, Signed, Checked, Sent, Reopened]),
    st.sampled_from([TREASURER, CHAIRMAN, WORKER]),
    st.integers(0, 1),  # versions back
    st.integers(0, 2),  # days on
    st.integers(0, 9),  # money
)


StepTold = tuple[str, type[Act], Signer, int, int, int]


def act_told(number: int, on: date, report: Report, told: StepTold) -> Act:
    """The next right act, any act, or one on the sheet before, upon a report as it stands."""
    way, kind, by, back, _, sum_ = told
    ref, sheet_ = report.ref, report.prepared.number if report.prepared else 1
    if way == "on the road":
        kind, by = NEXT[report.stage]
    elif way == "anything":
        ref = Ref(A, report.ref.version - back)
    else:
        sheet_ -= 1
    if kind is Prepared:
        figures = figures_of(
            A, as_of=AS_OF, data_cut=CUT, columns=(BANK,), cells={("fund", "bank"): sum_}
        )
        return Prepared(number, ref, on, by, figures)
    if kind is Sent:
        return Sent(number, ref, on, by)
    if kind is Reopened:
        return Reopened(number, ref, on, by, "พบหลักฐานเพิ่ม")
    return (Signed if kind is Signed else Checked)(number, ref, on, by, sheet_)


@given(st.lists(steps, min_size=8, max_size=24))
@settings(max_examples=60)
def test_what_was_locked_or_sent_never_changes_whatever_comes_after(
    told: Sequence[StepTold],
) -> None:
    period = replace(PERIOD, columns=(BANK,))
    on, made = day(6), book(period=period)
    acts: list[Act] = []
    for number, each in enumerate(told, 1):
        on += timedelta(each[4])
        acts.append(act_told(number, on, made.current(A), each))
        before, made = made, book_of(period, acts, day(31, 12, 2026))
        for was, is_ in zip(before.versions[A], made.versions[A], strict=False):
            if was.sent is not None:
                assert is_ == was
            elif was.is_locked:
                assert replace(is_, sent=None) == was
        *old, last = made.versions[A]
        assert all(report.is_locked for report in old)
        assert [report.replaces for report in (*old, last)] == [
            None, *(report.ref for report in old),
        ]  # fmt: skip
        for report in (*old, last):
            if report.is_locked:
                assert report.prepared is not None
                assert report.checked is not None
                assert {each.sheet for each in report.signed} == {report.prepared.number}
                assert {each.by.role for each in report.signed} == {Role.CHAIRMAN}
                assert report.checked.sheet == report.prepared.number


# ---------------------------------------------------------------------------------- reminders


def test_the_limits_that_ship_say_that_they_are_examples() -> None:
    assert EXAMPLE_REMINDERS.source == EXAMPLE == "ตัวอย่าง – ไม่ใช่เกณฑ์ทางการ"
    assert not EXAMPLE_REMINDERS.is_checked


def test_the_limits_in_force_on_the_day_count() -> None:
    newer = ReminderLimits(day(1), days_before=(0,), every_days_after=1)
    known = (newer, EXAMPLE_REMINDERS)
    assert limits_on(known, day(30, 9)) == EXAMPLE_REMINDERS
    assert limits_on(known, day(1)) == newer
    assert limits_on(known, date(1990, 1, 1)) is None
    assert [each.unit for each in reminders_on(book(on=day(10)), newer)] == [A, B, C]
    assert [each.days_left for each in reminders_on(book(on=day(11)), newer)] == [-1, -1, -1]


def test_a_reminder_says_all_that_lacks() -> None:
    made = book(*FROM_A, *FROM_B[:1], on=day(13))
    assert reminders_on(made)[0].missing == (
        NotReported(B, Stage.PREPARED, day(10), 3),
        NotReported(C, Stage.NOT_BEGUN, day(10), 3),
        NothingPrepared(D1),
    )


def test_nobody_is_reminded_before_the_period_is_opened_nor_after_reporting() -> None:
    early = ReminderLimits(day(1, 1), days_before=(40,))
    opened = replace(PERIOD, opened_on=day(31, 8))
    assert reminders_on(book(on=day(31, 8)), early) == []
    assert [each.unit for each in reminders_on(book(on=day(31, 8), period=opened), early)] == [
        A, B, C,
    ]  # fmt: skip
    always = ReminderLimits(day(1, 1), days_before=(), every_days_after=1)
    assert [each.unit for each in reminders_on(book(*ACTS, on=day(30)), always)] == [C]


def test_limits_that_are_none_are_refused() -> None:
    for days_before, every in (((-1,), 7), ((7,), 0)):
        with pytest.raises(ValueError, match="no days"):
            ReminderLimits(day(1), days_before, every)


# ----------------------------------------------------------------------------------- evidence


def test_where_there_is_no_money_no_share_is_confirmed() -> None:
    assert [each.share for each in share_confirmed([])] == [None, None, None]
    assert [each.share for each in share_confirmed([(ZERO, 1)])] == [None, None, None]


def test_silence_confirms_nothing() -> None:
    told = share_confirmed([(Money.baht(280_000), None)])
    assert [each.share for each in told] == [0, 0, 0]


def test_evidence_on_the_bound_itself_counts() -> None:
    assert [each.share for each in share_confirmed([(Money(1), 90)])] == [0, 1, 1]
    assert share_confirmed([(Money(1), 0)], bounds=(0,))[0].share == 1


def test_what_is_no_evidence_is_refused() -> None:
    for sums, bounds in (
        ([(Money(-1), 1)], (30,)),
        ([(Money(1), -1)], (30,)),
        ([(Money(1), 1)], (90, 30)),
        ([(Money(1), 1)], (30, 30)),
        ([(Money(1), 1)], (-1, 30)),
    ):
        with pytest.raises(ValueError, match=r"below zero|do not rise"):
            share_confirmed(sums, bounds)


@given(
    st.lists(st.tuples(st.integers(0, 10**9).map(Money), st.one_of(st.none(), st.integers(0, 800))))
)
def test_more_days_never_confirm_less_and_never_more_than_there_is(
    sums: list[tuple[Money, int | None]],
) -> None:
    told = share_confirmed(sums)
    confirmed = [each.confirmed for each in told]
    assert confirmed == sorted(confirmed)
    for each in told:
        assert each.confirmed + each.silent == each.whole == total(sum_ for sum_, _ in sums)
        assert each.share is None or 0 <= each.share <= 1


def test_a_cut_in_another_zone_is_the_same_moment() -> None:
    assert replace(SHEET_A, data_cut=CUT.astimezone(UTC)) == SHEET_A
