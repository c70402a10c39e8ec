"""A group's own member register comes in from Excel: what is sure joins, the rest waits."""

from __future__ import annotations

import os
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import get_args

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from five.member_register import (
    DOUBTFUL,
    HEADER,
    KNOWN,
    LIKE_A_SECRETARY,
    NEW,
    TITLE,
    Cell,
    written,
)
from five.occupation_group import OccupationGroup, founded_group
from kongthun.accounts.reach import Deed, NotEntitled
from kongthun.audit.actions import evidence_path, sha256_of
from kongthun.audit.models import AuditLine, Evidence
from kongthun.domain.member_rows import MemberReason, MemberRow, SetAside, judge_members
from kongthun.groups.models import (
    Beneficiary,
    Household,
    HouseholdMember,
    MemberEvent,
    Membership,
    Person,
)
from kongthun.groups.queries.members import members_on
from kongthun.registers.member_import import (
    MembersImported,
    import_members,
    keep_waiting,
    waiting_file,
)
from kongthun.registers.member_refusals import (
    ListOfHouseholds,
    MemberRefusal,
    NoMemberTable,
    NotImported,
    TooManyMembers,
)
from kongthun.registers.member_sheet import read_members
from kongthun.registers.member_wording import (
    advice_in_thai,
    reason_in_thai,
    refusal_in_thai,
    typed_at_fault,
)
from kongthun.registers.member_workbooks import empty_form, set_aside_workbook
from kongthun.registers.reading import Cells, Sheet, Unreadable

pytestmark = pytest.mark.django_db
R = MemberReason


@pytest.fixture(autouse=True)
def _evidence(settings: object, tmp_path: Path) -> None:
    settings.EVIDENCE_ROOT = tmp_path / "evidence"  # type: ignore[attr-defined]


@pytest.fixture
def village() -> OccupationGroup:
    return founded_group()


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return written(tmp_path / "ทะเบียน.xlsx", LIKE_A_SECRETARY)


def sheet_of(rows: list[list[object]]) -> Cells:
    kept = [(at, row) for at, row in enumerate(rows, start=1) if any(cell != "" for cell in row)]
    return Cells([Sheet("สมาชิก", 1, kept)])


def brought_in(
    village: OccupationGroup, file: Path, *, is_rehearsal: bool = False
) -> MembersImported:
    done = import_members(
        file=file, group=village.group, by=village.treasurer, is_rehearsal=is_rehearsal
    )
    assert isinstance(done, MembersImported), done
    assert done.holds
    return done


def sums(done: MembersImported) -> tuple[int, int, int]:
    return len(done.taken), len(done.already_there), len(done.set_aside)


def everything() -> list[int]:
    kinds = (Person, Household, HouseholdMember, Membership, MemberEvent, Beneficiary, AuditLine)
    return [kind._default_manager.count() for kind in (*kinds, Evidence)]


# ---- the deed ------------------------------------------------------------------------------------


def test_what_is_sure_joins_the_list_and_the_rest_waits_with_its_reason(
    village: OccupationGroup, register: Path
) -> None:
    done = brought_in(village, register)
    assert sums(done) == (5, 2, 6)
    assert done.sheet.passed_over == len(TITLE) + 1 + 2  # the header, the sum and the signature
    assert [(aside.reason, aside.about) for aside in done.set_aside] == [
        (R.NAME_MISSING, None),
        (R.NAME_TWICE, 6),
        (R.NAME_OTHER_NUMBER, 5),
        (R.DATE_UNREADABLE, None),
        (R.DATE_IN_FUTURE, None),
        (R.KIND_UNKNOWN, None),
    ]
    members = members_on(village.group, village.treasurer.day)
    joined = {
        number: (each.row.person.name.full, each.standing.kind, each.standing.since)
        for number, each in members.items()
        if number > 8
    }
    assert joined == {
        9: ("นางสาวมาลี  ใจดี", "ordinary", date(2024, 2, 1)),
        10: ("นายสมชาย  ทองขาว", "associate", date(2024, 3, 1)),
        11: ("นางวันเพ็ญ  แก้วเกตุ", "honorary", date(2024, 3, 1)),
        12: ("นายธงชัย  ณ นคร", "ordinary", None),
        19: ("นางปราณี  สุขใส", "ordinary", date(2025, 4, 5)),  # behind every number of the sheet
    }


def test_an_admission_says_where_it_is_known_from_and_an_unknown_day_makes_no_event(
    village: OccupationGroup, register: Path
) -> None:
    brought_in(village, register)
    events = MemberEvent.objects.filter(group=village.group, member_number__gt=8)
    assert {(e.member_number, e.kind, e.words) for e in events} == {
        (number, "admitted", "จากทะเบียนเดิม") for number in (9, 10, 11, 19)
    }
    assert {e.recorded_by_id for e in events} == {village.treasurer.user_id}


def test_everybody_taken_has_a_household_under_their_house_number(
    village: OccupationGroup, register: Path
) -> None:
    brought_in(village, register)
    member = Membership.objects.select_related("household__head", "person").get(
        group=village.group, number=9
    )
    assert member.household.house_number == "12/1"
    assert member.household.area_code == village.group.area_code
    assert member.household.head == member.person
    stay = HouseholdMember.objects.get(household=member.household)
    assert (stay.person, stay.starts_on) == (member.person, date(2024, 2, 1))


def test_beneficiaries_come_along_with_shares_that_make_the_whole(
    village: OccupationGroup, register: Path
) -> None:
    brought_in(village, register)
    named = Beneficiary.objects.select_related("person").order_by("member_number", "place")
    assert [(b.member_number, b.person.name.full, b.share, b.named_on) for b in named] == [
        (9, "นายดำ  ใจดี", 6_000, date(2024, 2, 1)),
        (9, "นางแดง  ใจดี", 4_000, date(2024, 2, 1)),
        (10, "นางบัว  ทองขาว", 10_000, date(2024, 3, 1)),
    ]


def test_one_audit_line_and_the_file_itself_are_kept(
    village: OccupationGroup, register: Path
) -> None:
    done = brought_in(village, register)
    line = AuditLine.objects.get(deed="import_members")
    assert (line.user_id, line.fund_id) == (village.treasurer.user_id, village.group.pk)
    assert line.details["sha256"] == done.sha256
    told = [line.details[name] for name in ("read", "taken", "already_there", "set_aside")]
    assert told == [13, 5, 2, 6]
    assert "มาลี" not in str(line.details)
    assert evidence_path(done.sha256).read_bytes() == register.read_bytes()
    assert Evidence.objects.filter(sha256=done.sha256).exists()


def test_a_rehearsal_changes_nothing_and_says_what_would_happen(
    village: OccupationGroup, register: Path
) -> None:
    before = everything()
    rehearsed = brought_in(village, register, is_rehearsal=True)
    assert everything() == before
    assert not evidence_path(rehearsed.sha256).exists()
    assert brought_in(village, register) == rehearsed


def test_the_same_file_again_adds_nothing(village: OccupationGroup, register: Path) -> None:
    brought_in(village, register)
    before = everything()
    again = brought_in(village, register)
    assert sums(again) == (0, 7, 6)
    assert everything() == before


def test_a_corrected_file_brings_in_just_what_was_set_aside(
    village: OccupationGroup, tmp_path: Path, register: Path
) -> None:
    brought_in(village, register)
    mended = [list(row) for row in DOUBTFUL]
    mended[0][1] = "นายอำนวย ศรีสุข"
    mended[3][4] = "28/2/2567"
    mended[5][3] = "สามัญ"
    file = written(tmp_path / "แก้แล้ว.xlsx", [*TITLE, HEADER, *KNOWN, *NEW, *mended])
    done = brought_in(village, file)
    assert [each.number for each in done.taken] == [13, 16, 18]
    assert sums(done) == (3, 7, 3)


def test_rows_set_aside_can_be_taken_away_put_right_and_sent_again(
    village: OccupationGroup, tmp_path: Path, register: Path
) -> None:
    done = brought_in(village, register)
    book = load_workbook(BytesIO(set_aside_workbook(done.set_aside)))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[5]][:5] == [
        *("16", "นายสำราญ บุญมา", "19", "สามัญ", "31/2/2567")
    ]
    sheet["E5"] = "28/2/2567"
    book.save(tmp_path / "แถวที่แก้.xlsx")
    again = brought_in(village, tmp_path / "แถวที่แก้.xlsx")
    assert [(each.number, each.row.name) for each in again.taken] == [(16, "นายสำราญ บุญมา")]
    assert again.rows_read == 6


def test_who_left_is_not_taken_back_by_an_old_register(
    village: OccupationGroup, register: Path
) -> None:
    brought_in(village, register)
    last = MemberEvent.objects.order_by("-number").first()
    assert last is not None
    MemberEvent.objects.create(
        group=village.group,
        number=last.number + 1,
        member_number=9,
        kind="left",
        happened_on=date(2025, 6, 1),
        recorded_at=last.recorded_at,
    )
    again = brought_in(village, register)
    assert len(again.taken) == 0
    assert 9 not in members_on(village.group, village.treasurer.day)


# ---- other hands ---------------------------------------------------------------------------------


def test_the_name_may_stand_in_three_columns_under_one_merged_header(
    village: OccupationGroup, tmp_path: Path
) -> None:
    rows: list[list[Cell]] = [
        ["เลขที่สมาชิก", "ชื่อ – สกุล", "", "", "วันที่เป็นสมาชิก"],
        [21, "นาย", "ก้อง", "ใจกล้า", "1/2/2567"],
    ]
    done = brought_in(village, written(tmp_path / "x.xlsx", rows))
    assert [each.row.name for each in done.taken] == ["นาย ก้อง ใจกล้า"]
    assert Person.objects.get(name_key="ก้อง ใจกล้า").title == "นาย"


@pytest.mark.parametrize(
    "header",
    [["คำนำหน้า", "ชื่อ", "สกุล"], ["คำนำหน้าชื่อ", "ชื่อตัว", "ชื่อสกุล"], ["คำนำหน้า", "ชื่อ", "นามสกุล"]],
)
def test_the_name_may_stand_in_columns_of_its_own(
    village: OccupationGroup, tmp_path: Path, header: list[Cell]
) -> None:
    rows: list[list[Cell]] = [
        [*header, "เลขทะเบียนสมาชิก", "ลำดับ"],
        ["นาง", "รวม", "ทองดี", "021", 1],
        ["", "รวม", "ใจดี", "022", ""],
        ["", "รวม", "", "", ""],
    ]
    done = brought_in(village, written(tmp_path / "x.xlsx", rows))
    called = [(each.number, each.row.name) for each in done.taken]
    assert called == [(21, "นาง รวม ทองดี"), (22, "รวม ใจดี")]
    assert (done.rows_read, done.sheet.passed_over) == (2, 2)


def test_a_header_of_two_lines_names_beneficiaries_under_one_cell(
    village: OccupationGroup, tmp_path: Path
) -> None:
    rows: list[list[Cell]] = [
        ["ที่", "ชื่อ-สกุล", "เป็นสมาชิกเมื่อ", "ผู้รับผลประโยชน์", "", ""],
        ["", "", "", "ชื่อ-สกุล", "ร้อยละ", "เกี่ยวข้องเป็น"],
        [1, 2, 3, 4, 5, 6],
        [21, "นายก้อง ใจกล้า", "1/2/2567", "นางแก้ว ใจกล้า", 1, "ภรรยา"],
    ]
    done = brought_in(village, written(tmp_path / "x.xlsx", rows))
    assert done.rows_read == 1
    named = Beneficiary.objects.select_related("person").get()
    assert (named.person.name.full, named.share) == ("นางแก้ว  ใจกล้า", 10_000)
    assert named.relation == "ภรรยา"


def test_a_heading_between_the_rows_tells_the_kind_of_those_below(
    village: OccupationGroup, tmp_path: Path
) -> None:
    rows: list[list[Cell]] = [
        ["ทะเบียนสมาชิก"],
        ["ลำดับที่", "ชื่อ-สกุล", "วันที่เป็นสมาชิก"],
        ["สมาชิกสามัญ"],
        [21, "นายก้อง ใจกล้า", "1/2/2567"],
        ["", "สมทบ"],
        [22, "นางแก้ว ใจกล้า", "1/2/2567"],
        [23, "", ""],
    ]
    done = brought_in(village, written(tmp_path / "x.xlsx", rows))
    assert [each.kind for each in done.taken] == ["ordinary", "associate"]
    assert (done.rows_read, done.sheet.passed_over) == (2, 5)


def test_a_committee_beside_the_register_is_not_read_as_members(
    village: OccupationGroup, tmp_path: Path
) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(tmp_path / "x.xlsx")) as book:
        committee = book.add_worksheet("กรรมการ")
        committee.write_row(0, 0, ["ที่", "ชื่อ-สกุล", "ตำแหน่ง"])
        committee.write_row(1, 0, [1, "นายประธาน คนเก่ง", "ประธาน"])
        members = book.add_worksheet("สมาชิก")
        members.write_row(0, 0, ["ที่", "ชื่อ-สกุล", "บ้านเลขที่"])
        members.write_row(1, 0, [21, "นายก้อง ใจกล้า", "5"])
    done = brought_in(village, tmp_path / "x.xlsx")
    assert [each.row.name for each in done.taken] == ["นายก้อง ใจกล้า"]
    assert done.sheet.other_sheets == ["กรรมการ"]


def test_a_house_number_that_became_a_day_and_a_member_who_left_wait(
    village: OccupationGroup, tmp_path: Path
) -> None:
    rows: list[list[Cell]] = [
        ["เลขที่สมาชิก", "ชื่อ-สกุล", "บ้านเลขที่", "วันที่เป็นสมาชิก", "วันที่ลาออก", "หมายเหตุ"],
        [21, "นายก้อง ใจกล้า", date(2026, 3, 12), "1/2/2567", "", ""],
        [22, "นางแก้ว ใจกล้า", "5", "1/2/2567", "1/3/2568", ""],
        [23, "นางกลอย ใจกล้า", "5", "1/2/2567", "", "ถึงแก่กรรม ปี 68"],
        [24, "นายไกร ใจกล้า", "5", date(1967, 2, 1), "", ""],
    ]
    done = brought_in(village, written(tmp_path / "x.xlsx", rows))
    assert [each.reason for each in done.set_aside] == [
        R.HOUSE_IS_A_DAY,
        R.LEFT_ON_PAPER,
        R.LEFT_ON_PAPER,
        R.DATE_TOO_EARLY,
    ]


def test_the_empty_form_is_read_as_a_register_without_rows(
    village: OccupationGroup, tmp_path: Path
) -> None:
    (tmp_path / "x.xlsx").write_bytes(empty_form())
    done = brought_in(village, tmp_path / "x.xlsx")
    assert (done.rows_read, done.sheet.unread) == (0, [])
    assert len(done.sheet.columns) == 8


words = st.sampled_from(
    [
        *("", "", 1, 2.0, "๓", "นายก้อง ใจกล้า", "นางแก้ว ใจกล้า", "รวม", "รวม 3 คน", "สมาชิกสมทบ"),
        *("1/2/2567", "#REF!", "-", "หมู่ที่ 3", "หมายเหตุ", "ลาออก", date(2024, 2, 1), "สามัญ"),
    ]
)


@given(st.lists(st.lists(words, min_size=5, max_size=5), max_size=12), st.booleans())
def test_whatever_is_typed_no_row_of_the_sheet_gets_lost(
    rows: list[list[object]], is_repeated: bool
) -> None:
    header: list[object] = ["ที่", "ชื่อ-สกุล", "บ้านเลขที่", "ประเภทสมาชิก", "วันที่เป็นสมาชิก"]
    cells = sheet_of([header, *rows, *([header] if is_repeated else [])])
    read = read_members(cells)
    assert read is not None
    assert len(read.rows) + read.passed_over == len(cells.sheets[0].rows)
    verdicts = judge_members(read.rows, [], today=date(2026, 11, 22))
    assert [verdict.row for verdict in verdicts] == read.rows
    assert "รวม" not in {row.name for row in read.rows if not row.number}


# ---- why not -------------------------------------------------------------------------------------


def refusals(village: OccupationGroup, file: Path, by: str = "treasurer") -> list[MemberRefusal]:
    before = everything()
    done = import_members(file=file, group=village.group, by=getattr(village, by))
    assert isinstance(done, NotImported)
    assert everything() == before
    return list(done.refusals)


@pytest.mark.parametrize("who", ["chairman", "member", "stranger"])
def test_only_who_keeps_the_lists_brings_members_in(
    village: OccupationGroup, register: Path, who: str
) -> None:
    day = village.treasurer.day
    assert refusals(village, register, who) == [NotEntitled(Deed.KEEP_LISTS, day)]


def test_a_file_that_is_no_workbook_is_refused_whole(
    village: OccupationGroup, tmp_path: Path
) -> None:
    file = tmp_path / "x.xlsx"
    file.write_text("ชื่อ,สกุล")
    assert refusals(village, file) == [Unreadable("x.xlsx", "text_renamed")]


def test_a_workbook_without_names_of_people_is_refused(
    village: OccupationGroup, tmp_path: Path
) -> None:
    file = written(
        tmp_path / "x.xlsx", [["วันที่", "รายการ", "จำนวนเงิน"], ["1/2/2567", "ขายข้าว", 500]]
    )
    assert refusals(village, file) == [NoMemberTable(("Sheet1",))]


def test_more_rows_than_a_village_has_people_are_refused(
    village: OccupationGroup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kongthun.registers.member_import.MOST_MEMBERS", 2)
    rows = [HEADER, *NEW]
    assert refusals(village, written(tmp_path / "x.xlsx", rows)) == [TooManyMembers(5, 2)]


def test_a_fund_of_target_households_takes_its_list_from_the_purple_book(register: Path) -> None:
    fund = founded_group(kind="kkk", name="กองทุน กข.คจ. บ้านในไร่")
    assert refusals(fund, register) == [ListOfHouseholds()]


def test_every_refusal_says_what_to_do_in_thai() -> None:
    given = {
        NotEntitled: NotEntitled(Deed.KEEP_LISTS, date(2026, 11, 22)),
        ListOfHouseholds: ListOfHouseholds(),
        Unreadable: Unreadable("x.xlsx", "damaged"),
        NoMemberTable: NoMemberTable(("Sheet1",)),
        TooManyMembers: TooManyMembers(9_000, 5_000),
    }
    assert set(given) == set(get_args(MemberRefusal))
    words = [refusal_in_thai(refusal) for refusal in given.values()]
    assert len(set(words)) == len(words)
    assert refusal_in_thai(Unreadable("x", "too_large")) not in words
    with pytest.raises(NotImplementedError):
        refusal_in_thai("?")  # type: ignore[arg-type]


@pytest.mark.parametrize("reason", list(MemberReason))
def test_every_reason_says_what_is_wrong_and_what_to_do(reason: MemberReason) -> None:
    aside = SetAside(MemberRow("s", 3, "นายดำ", number="x"), reason, about=7)
    assert "None" not in reason_in_thai(aside)
    assert "{" not in reason_in_thai(aside) + advice_in_thai(reason)
    assert len(advice_in_thai(reason)) > 10
    assert isinstance(typed_at_fault(aside), str)


# ---- statements ----------------------------------------------------------------------------------


def statements(village: OccupationGroup, file: Path) -> int:
    with CaptureQueriesContext(
        connection,
    ) as taken:
        brought_in(village, file)
    return len(taken)


def many(first: int, count: int) -> list[list[Cell]]:
    return [
        [number, f"นายสมาชิก คนที่{number}", "1", "สามัญ", "1/2/2567", "นางผู้รับ ใจดี", 100, "", ""]
        for number in range(first, first + count)
    ]


def test_thirty_members_cost_as_many_statements_as_three(
    village: OccupationGroup, tmp_path: Path
) -> None:
    few = statements(village, written(tmp_path / "3.xlsx", [HEADER, *many(101, 3)]))
    assert statements(village, written(tmp_path / "30.xlsx", [HEADER, *many(201, 30)])) == few


# ---- pages ---------------------------------------------------------------------------------------


@pytest.fixture
def treasurer(village: OccupationGroup, client: Client) -> Client:
    client.force_login(village.users["treasurer"])
    return client


def sent(client: Client, village: OccupationGroup, file: Path) -> object:
    with file.open("rb") as content:
        upload = SimpleUploadedFile("register.xlsx", content.read())
    return client.post(
        reverse("registers:members_import", args=[village.code]), {"register": upload}
    )


def test_a_treasurer_sends_looks_says_yes_and_sees_what_came_of_it(
    village: OccupationGroup, treasurer: Client, register: Path
) -> None:
    before = Membership.objects.count()
    looking = sent(treasurer, village, register)
    assert looking.status_code == 302  # type: ignore[attr-defined]
    address = looking["Location"]  # type: ignore[index]
    page = treasurer.get(address)
    words = page.content.decode()
    assert page.status_code == 200
    assert Membership.objects.count() == before
    for said in ("นางสาวมาลี ใจดี", "ชื่อซ้ำกับแถว 6", "31/2/2567", "ชื่อนี้เป็นสมาชิกเลขที่ 5 อยู่แล้ว"):
        assert said in words
    done = treasurer.post(address)
    assert Membership.objects.count() == before + 5
    result = treasurer.get(done["Location"])
    assert "ครบทุกแถว" in result.content.decode()
    # A second press finds it done.
    assert treasurer.post(address)["Location"] == done["Location"]
    assert Membership.objects.count() == before + 5


def test_saying_no_forgets_the_file(
    village: OccupationGroup, treasurer: Client, register: Path
) -> None:
    address = sent(treasurer, village, register)["Location"]  # type: ignore[index]
    treasurer.post(f"{address}drop/")
    back = treasurer.get(address)
    assert back["Location"] == reverse("registers:members_import", args=[village.code])
    assert AuditLine.objects.filter(deed="import_members").count() == 0


def test_a_file_that_can_not_be_read_comes_back_to_the_form_with_words(
    village: OccupationGroup, treasurer: Client, tmp_path: Path
) -> None:
    file = tmp_path / "x.xlsx"
    file.write_bytes(b"PK\x03\x04 and nothing more")
    page = sent(treasurer, village, file)
    assert page.status_code == 422  # type: ignore[attr-defined]
    assert "ไฟล์เสีย" in page.content.decode()  # type: ignore[attr-defined]


def test_rows_set_aside_and_the_empty_form_can_be_taken_away(
    village: OccupationGroup, treasurer: Client, register: Path
) -> None:
    address = sent(treasurer, village, register)["Location"]  # type: ignore[index]
    taken = treasurer.get(f"{address}set-aside.xlsx")
    assert load_workbook(BytesIO(taken.content)).worksheets[0].max_row == 7
    assert AuditLine.objects.filter(deed="export_set_aside_members").count() == 1
    form = treasurer.get(reverse("registers:members_template", args=[village.code]))
    assert load_workbook(BytesIO(form.content)).worksheets[0]["B1"].value == "ชื่อ-สกุล"


def test_looking_at_names_is_written_down(
    village: OccupationGroup, treasurer: Client, register: Path
) -> None:
    address = sent(treasurer, village, register)["Location"]  # type: ignore[index]
    treasurer.get(address)
    line = AuditLine.objects.get(deed="read_names")
    assert (line.user_id, line.subject) == (village.treasurer.user_id, "look at members")


@pytest.mark.parametrize(("who", "status"), [("chairman", 403), ("member", 403), ("stranger", 404)])
def test_nobody_else_sees_the_pages(
    village: OccupationGroup, client: Client, register: Path, who: str, status: int
) -> None:
    client.force_login(village.users["treasurer"])
    rehearsed = sent(client, village, register)["Location"]  # type: ignore[index]
    done = client.post(rehearsed)["Location"]
    client.force_login(village.users[who])
    start = reverse("registers:members_import", args=[village.code])
    for address in (start, f"{start}form.xlsx", rehearsed, done, f"{rehearsed}set-aside.xlsx"):
        assert client.get(address).status_code == status, address
    assert client.post(f"{rehearsed}drop/").status_code == status


def test_a_file_that_waits_for_one_group_is_not_found_by_another(
    village: OccupationGroup, treasurer: Client, register: Path
) -> None:
    sent(treasurer, village, register)
    other = founded_group(kind="saving_group", name="กลุ่มออมทรัพย์บ้านในไร่")
    sha256 = sha256_of(register)
    assert waiting_file(village.group, sha256) is not None
    assert waiting_file(other.group, sha256) is None
    assert waiting_file(village.group, "../" + sha256) is None


def test_a_file_nobody_decided_on_is_forgotten_after_a_week(
    village: OccupationGroup, register: Path
) -> None:
    sha256 = keep_waiting(register, village.group)
    place = waiting_file(village.group, sha256)
    assert place is not None
    other = register.with_name("other.xlsx")
    written(other, [HEADER, *NEW])
    keep_waiting(other, village.group)
    assert place.exists()
    week_ago = place.stat().st_mtime - 8 * 86_400
    os.utime(place, (week_ago, week_ago))
    keep_waiting(other, village.group)
    assert not place.exists()


def test_a_file_of_another_group_is_not_found_under_its_fingerprint(
    village: OccupationGroup, treasurer: Client, register: Path
) -> None:
    rehearsed = sent(treasurer, village, register)["Location"]  # type: ignore[index]
    treasurer.post(rehearsed)
    sha256 = AuditLine.objects.get(deed="import_members").details["sha256"]
    other = founded_group(kind="saving_group", name="กลุ่มออมทรัพย์บ้านในไร่")
    treasurer.force_login(other.users["treasurer"])
    for name in ("members_imported", "members_set_aside"):
        address = reverse(f"registers:{name}", args=[other.code, sha256])
        assert treasurer.get(address).status_code == 404
