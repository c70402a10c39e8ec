"""Rows of a member register: every one ends in exactly one of three ways, and none is guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kongthun.domain.member_rows import (
    AlreadyThere,
    BeneficiaryCells,
    KnownMember,
    MemberReason,
    MemberRow,
    NamedShare,
    SetAside,
    Taken,
    Verdict,
    judge_members,
    read_kind,
)
from kongthun.domain.membership import WHOLE
from kongthun.domain.thai_text import name_key

R = MemberReason
TODAY = date(2026, 11, 22)
MALI = MemberRow("s", 5, "นางสาวมาลี ใจดี", "9", "12/1", "สามัญ", "1/2/2567")


def one(row: MemberRow, *known: KnownMember) -> Verdict:
    (verdict,) = judge_members([row], known, today=TODAY)
    return verdict


def reason(row: MemberRow, *known: KnownMember) -> tuple[MemberReason, int | None]:
    verdict = one(row, *known)
    assert isinstance(verdict, SetAside), verdict
    return verdict.reason, verdict.about


def taken(row: MemberRow, *known: KnownMember) -> Taken:
    verdict = one(row, *known)
    assert isinstance(verdict, Taken), verdict
    return verdict


def somebody(number: int, name: str = "มาลี ใจดี", *, waits: bool = False) -> KnownMember:
    return KnownMember(number, name_key(name), is_member=not waits, waits=waits)


def left(number: int) -> KnownMember:
    return KnownMember(number, name_key("มาลี ใจดี"), is_member=False)


def test_a_row_that_is_sure_is_taken_under_the_papers_number() -> None:
    assert taken(MALI) == Taken(MALI, 9, "ordinary", date(2024, 2, 1), "12/1", ())


@pytest.mark.parametrize("number", ["๙", "009", "9.", " 9 "])
def test_a_number_is_read_as_people_type_it(number: str) -> None:
    assert taken(replace(MALI, number=number)).number == 9


@pytest.mark.parametrize("number", ["0", "ก9", "9/2", "-1", "1000000", "9.5", "99999999999"])
def test_what_is_no_number_is_not_guessed(number: str) -> None:
    assert reason(replace(MALI, number=number)) == (R.NUMBER_UNREADABLE, None)


def test_who_brings_no_number_comes_behind_everybody_of_list_and_sheet() -> None:
    rows = [replace(MALI, number=""), replace(MALI, name="ดำ ใจดี", number="30"), MALI]
    rows.append(replace(MALI, name="แดง ใจดี", number=""))
    first, second, _, last = judge_members(rows, [somebody(12, "ขาว ใจดี")], today=TODAY)
    assert [each.number for each in (first, second, last)] == [31, 30, 32]  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["", "  ", "นาง", "12345", "…"])
def test_a_row_without_a_name_waits(name: str) -> None:
    assert reason(replace(MALI, name=name)) == (R.NAME_MISSING, None)


@pytest.mark.parametrize(
    "name", ["ก" * 101, "มาลี " + "ก" * 101, "ด.ช." * 9 + "มาลี ใจดี", "ก" * 100 + " " + "ก" * 100]
)
def test_an_essay_is_no_name(name: str) -> None:
    assert reason(replace(MALI, name=name)) == (R.NAME_TOO_LONG, None)


@pytest.mark.parametrize("field", ["number", "name", "house_number", "kind", "since"])
def test_an_error_of_the_sheet_is_seen_in_every_cell(field: str) -> None:
    assert reason(replace(MALI, **{field: "#REF!"})) == (R.CELL_ERROR, None)
    named = replace(MALI, beneficiaries=(BeneficiaryCells("ดำ ใจดี", "#N/A"),))
    assert reason(named) == (R.CELL_ERROR, None)


# ---- who is there already ------------------------------------------------------------------------


def test_the_same_name_under_the_same_number_or_none_is_there_already() -> None:
    for number in ("9", ""):
        row = replace(MALI, number=number, since="no day")
        assert one(row, somebody(9)) == AlreadyThere(row, 9)


def test_a_name_under_another_number_and_a_number_of_another_wait() -> None:
    assert reason(MALI, somebody(4)) == (R.NAME_OTHER_NUMBER, 4)
    assert reason(MALI, somebody(9, "ดำ ใจดี")) == (R.NUMBER_OF_ANOTHER, 9)
    assert reason(MALI, somebody(9, "มาลี่ ใจดี")) == (R.NUMBER_OF_ANOTHER, 9)


@pytest.mark.parametrize("number", ["9", "", "10"])
def test_who_applied_waits_for_the_meeting(number: str) -> None:
    assert reason(replace(MALI, number=number), somebody(9, waits=True)) == (R.NAME_WAITS, 9)


def test_who_left_may_join_again_under_a_new_number_only() -> None:
    assert reason(replace(MALI, number=""), left(4)) == (R.NAME_HAS_LEFT, 4)
    assert one(replace(MALI, number="4"), left(4)) == AlreadyThere(replace(MALI, number="4"), 4)
    assert taken(MALI, left(4)).number == 9
    assert one(replace(MALI, number=""), left(4), somebody(6)) == AlreadyThere(
        replace(MALI, number=""), 6
    )


def test_of_rows_alike_the_first_that_stands_is_taken() -> None:
    bad = replace(MALI, row=4, since="31/2/2567")
    again = replace(MALI, row=6, number="10")
    other = replace(MALI, row=7, name="ดำ ใจดี")
    verdicts = judge_members([bad, MALI, again, other], [], today=TODAY)
    assert verdicts[0] == SetAside(bad, R.DATE_UNREADABLE)
    assert isinstance(verdicts[1], Taken)
    assert verdicts[2:] == [SetAside(again, R.NAME_TWICE, 5), SetAside(other, R.NUMBER_TWICE, 5)]


def test_a_name_there_already_does_not_let_a_second_row_in() -> None:
    again = replace(MALI, row=6, number="10")
    for number in (left(9), somebody(9)):
        verdicts = judge_members([MALI, again, MALI], [number], today=TODAY)
        assert verdicts == [
            AlreadyThere(MALI, 9),
            SetAside(again, R.NAME_TWICE, 5),
            SetAside(MALI, R.NAME_TWICE, 5),
        ]


def test_one_who_left_and_came_back_is_there_under_both_numbers() -> None:
    back = replace(MALI, row=6, number="12")
    verdicts = judge_members([MALI, back], [left(9), somebody(12)], today=TODAY)
    assert verdicts == [AlreadyThere(MALI, 9), AlreadyThere(back, 12)]


# ---- the other cells -----------------------------------------------------------------------------


def test_what_the_paper_says_of_leaving_and_of_houses_is_not_overlooked() -> None:
    assert reason(replace(MALI, left="ลาออก")) == (R.LEFT_ON_PAPER, None)
    assert reason(replace(MALI, is_house_a_day=True)) == (R.HOUSE_IS_A_DAY, None)
    assert reason(replace(MALI, house_number="1" * 41)) == (R.HOUSE_TOO_LONG, None)
    assert taken(replace(MALI, house_number="")).house_number == ""


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("", "ordinary"),
        ("สามัญ", "ordinary"),
        ("ประเภทสมาชิกสามัญ", "ordinary"),
        ("กิตติมศักดิ์", "honorary"),
        ("กิติมศักดิ์", "honorary"),
        ("สมาชิก สมทบ", "associate"),
        ("วิสามัญ", None),
        ("ประธาน", None),
    ],
)
def test_kinds_are_read_as_people_write_them(typed: str, kind: str | None) -> None:
    assert read_kind(typed) == kind
    row = replace(MALI, kind=typed)
    if kind is None:
        assert reason(row) == (R.KIND_UNKNOWN, None)
    else:
        assert taken(row).kind == kind


def test_days_are_read_or_said_to_be_no_days() -> None:
    assert reason(replace(MALI, since="12/5/14")) == (R.DATE_UNREADABLE, None)
    assert reason(replace(MALI, since="1967-01-15")) == (R.DATE_TOO_EARLY, None)
    assert reason(replace(MALI, since="23/11/2569")) == (R.DATE_IN_FUTURE, None)
    assert taken(replace(MALI, since="22/11/2569")).since == TODAY
    assert taken(replace(MALI, since="1/1/2513")).since == date(1970, 1, 1)


def test_only_an_ordinary_member_may_be_one_since_nobody_knows_when() -> None:
    assert taken(replace(MALI, since="")).since is None
    assert reason(replace(MALI, since="-", kind="สมทบ")) == (R.DATE_MISSING, None)


B = BeneficiaryCells


@pytest.mark.parametrize(
    ("cells", "shares"),
    [
        ((), ()),
        ((B("ดำ ใจดี"),), (("ดำ ใจดี", "", WHOLE),)),
        ((B("ดำ ใจดี", "100%", "บุตร"),), (("ดำ ใจดี", "บุตร", WHOLE),)),
        ((B("ดำ ใจดี", "1"),), (("ดำ ใจดี", "", WHOLE),)),
        (
            (B("ดำ ใจดี, แดง ใจดี", "๖๐/๔๐", "บุตร"),),
            (("ดำ ใจดี", "บุตร", 6_000), ("แดง ใจดี", "บุตร", 4_000)),
        ),
        (
            (B("ดำ ใจดี\nแดง ใจดี", "ร้อยละ 33.33\n66.67", "บุตร, หลาน"),),
            (("ดำ ใจดี", "บุตร", 3_333), ("แดง ใจดี", "หลาน", 6_667)),
        ),
        (
            (B("ดำ ใจดี และ แดง ใจดี", "0.5;0.5"),),
            (("ดำ ใจดี", "", 5_000), ("แดง ใจดี", "", 5_000)),
        ),
        (
            (B("ดำ ใจดี", "50", "บุตร"), B("แดง ใจดี", "50")),
            (("ดำ ใจดี", "บุตร", 5_000), ("แดง ใจดี", "", 5_000)),
        ),
    ],
)
def test_beneficiaries_are_read_with_shares_that_make_the_whole(
    cells: tuple[BeneficiaryCells, ...], shares: tuple[tuple[str, str, int], ...]
) -> None:
    row = replace(MALI, beneficiaries=cells)
    assert taken(row).beneficiaries == tuple(NamedShare(*share) for share in shares)


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ((B("", "50"),), R.SHARES_UNREADABLE),
        ((B("ดำ ใจดี, แดง ใจดี", "100"),), R.SHARES_UNREADABLE),
        ((B("ดำ ใจดี", "ทั้งหมด"),), R.SHARES_UNREADABLE),
        ((B("ดำ ใจดี", "99.999, "),), R.SHARES_UNREADABLE),
        ((B("ดำ ใจดี, แดง ใจดี", "100, 0"),), R.SHARES_UNREADABLE),
        ((B("12", "100"),), R.SHARES_UNREADABLE),
        ((B("ก" * 101, "100"),), R.SHARES_UNREADABLE),
        ((B("ดำ ใจดี, แดง ใจดี"),), R.SHARES_NOT_WHOLE),
        ((B("ดำ ใจดี, แดง ใจดี", "60, 50"),), R.SHARES_NOT_WHOLE),
        ((B("ดำ ใจดี", "60"), B("แดง ใจดี")), R.SHARES_NOT_WHOLE),
    ],
)
def test_beneficiaries_that_do_not_make_the_whole_wait(
    cells: tuple[BeneficiaryCells, ...], why: MemberReason
) -> None:
    assert reason(replace(MALI, beneficiaries=cells)) == (why, None)


# ---- whatever is typed ---------------------------------------------------------------------------

names = st.sampled_from(["มาลี ใจดี", "น.ส.มาลี ใจดี", "ดำ ใจดี", "แดง", "ขาว บุญมา", "", "#N/A", "12"])
rows = st.builds(
    MemberRow,
    sheet=st.just("s"),
    row=st.integers(1, 99),
    name=names | st.text(max_size=8),
    number=st.sampled_from(["", "1", "2", "๓", "4", "5", "0", "x"]),
    kind=st.sampled_from(["", "สามัญ", "สมทบ", "อื่น"]),
    since=st.sampled_from(["", "1/2/2567", "31/2/2567", "1/2/2599", "-"]),
    left=st.sampled_from(["", "", "", "ลาออก"]),
)
lists = st.lists(
    st.builds(
        KnownMember,
        number=st.integers(1, 6),
        name_key=names.map(name_key),
        is_member=st.booleans(),
        waits=st.booleans(),
    ).map(lambda each: replace(each, waits=each.waits and not each.is_member)),
    max_size=5,
    unique_by=lambda each: each.number,
)


@given(st.lists(rows, max_size=12), lists)
def test_every_row_ends_in_one_way_and_no_number_is_given_twice(
    sheet: list[MemberRow], known: list[KnownMember]
) -> None:
    verdicts = judge_members(sheet, known, today=TODAY)
    assert [verdict.row for verdict in verdicts] == sheet
    numbers = [verdict.number for verdict in verdicts if isinstance(verdict, Taken)]
    assert len(numbers) == len(set(numbers))
    assert not set(numbers) & {each.number for each in known}


@given(st.lists(rows, max_size=12), lists)
def test_the_same_rows_again_add_nothing(sheet: list[MemberRow], known: list[KnownMember]) -> None:
    first = judge_members(sheet, known, today=TODAY)
    joined = [
        KnownMember(verdict.number, name_key(verdict.row.name))
        for verdict in first
        if isinstance(verdict, Taken)
    ]
    again = judge_members(sheet, [*known, *joined], today=TODAY)
    assert not [verdict for verdict in again if isinstance(verdict, Taken)]
