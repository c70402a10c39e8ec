"""One committee hands over to the next: what is listed, what was there, what may not change."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest

from five.occupation_group import MEMBERS, OccupationGroup, founded_group
from kongthun.accounts.reach import Deed, NotEntitled
from kongthun.activities.handover_paper import HandoverPaper, ThingOnPaper, print_handover
from kongthun.activities.queries.handovers import things_to_hand_over
from kongthun.audit.actions import evidence_path
from kongthun.groups import handover_refusals as why
from kongthun.groups.actions.handovers import (
    Found,
    HandoverKept,
    Sides,
    Thing,
    add_thing,
    change_handover,
    draft_handover,
    keep_signed_sheet,
    note_found,
    sign_handover,
    take_out_thing,
)
from kongthun.groups.handover_wording import refusal_in_thai
from kongthun.groups.models import Handover, HandoverItem
from kongthun.groups.queries.handovers import handovers_of, things_of
from kongthun.groups.refusals import InTheFuture
from kongthun.ledger.models import BankBook

DAY = date(2026, 1, 20)
SIDES = Sides(from_set=1, to_set=2, given_by=MEMBERS[0], taken_by=MEMBERS[1])
THINGS = (Thing("ทะเบียนสมาชิก"), Thing("สมุดเงินฝาก", "1,200 บาท"), Thing("ตราประทับ", "1 อัน"))


@pytest.fixture
def ours(db: None) -> OccupationGroup:  # noqa: ARG001
    return founded_group()


def draft(ours: OccupationGroup, **said: Any) -> Any:  # noqa: ANN401
    asked: dict[str, Any] = {"sides": SIDES, "things": THINGS, "on": DAY, "by": ours.treasurer}
    return draft_handover(group=ours.group, **asked | said)


def do(deed: Any, ours: OccupationGroup, number: int = 1, **said: Any) -> Any:  # noqa: ANN401
    return deed(group=ours.group, number=number, **{"by": ours.treasurer} | said)


def refused(done: Any) -> list[Any]:  # noqa: ANN401
    assert isinstance(done, why.NotDone), done
    return list(done.refusals)


def look_at_all(ours: OccupationGroup, **but: Found) -> None:
    found = {item.place: Found(is_there=True) for item in things_of(ours.group, 1)}
    found |= {int(place.removeprefix("at_")): each for place, each in but.items()}
    assert do(note_found, ours, found=found) == HandoverKept(1)


# ---- the list ------------------------------------------------------------------------------------


def test_a_list_begins_with_nothing_looked_at(ours: OccupationGroup) -> None:
    assert draft(ours) == HandoverKept(1)
    items = things_of(ours.group, 1)
    assert [(item.words, item.by_the_books) for item in items] == [
        ("ทะเบียนสมาชิก", ""),
        ("สมุดเงินฝาก", "1,200 บาท"),
        ("ตราประทับ", "1 อัน"),
    ]
    assert {item.is_there for item in items} == {None}


def test_one_list_at_a_time_waits_to_be_signed(ours: OccupationGroup) -> None:
    draft(ours)
    assert refused(draft(ours)) == [why.HandoverOpen(1, DAY)]
    look_at_all(ours)
    do(sign_handover, ours)
    assert draft(ours) == HandoverKept(2)


def test_all_that_is_against_a_list_is_said_together(ours: OccupationGroup) -> None:
    tomorrow = ours.district.day + timedelta(days=1)
    found = refused(
        draft(
            ours,
            by=ours.district,
            on=tomorrow,
            sides=Sides(from_set=2, to_set=2, given_by="ก" * 151),
            things=(Thing(" "), Thing("ตรา"), Thing("ตรา", "ก" * 101)),
        )
    )
    assert found == [
        NotEntitled(Deed.HOLD_MEETINGS, ours.district.day),
        InTheFuture(tomorrow),
        why.SameSetTwice(2),
        why.HandoverTextTooLong("ชื่อผู้ลงนาม", 150),
        why.ThingUnnamed(),
        why.HandoverTextTooLong("ตามบัญชี", 100),
        why.ThingListedAlready(3),
    ]
    assert refused(draft(ours, things=())) == [why.NothingToHandOver()]
    assert not Handover.objects.exists()


def test_things_are_added_and_taken_out_while_it_is_a_draft(ours: OccupationGroup) -> None:
    draft(ours)
    do(note_found, ours, found={3: Found(is_there=True, as_found="ดี")})
    assert refused(do(add_thing, ours, thing=Thing("ตราประทับ"))) == [why.ThingListedAlready(3)]
    do(add_thing, ours, thing=Thing("กุญแจตู้", "2 ดอก"))
    do(take_out_thing, ours, place=2)
    assert [(item.place, item.words) for item in things_of(ours.group, 1)] == [
        (1, "ทะเบียนสมาชิก"),
        (2, "ตราประทับ"),
        (3, "กุญแจตู้"),
    ]
    assert things_of(ours.group, 1)[1].as_found == "ดี"  # what was found moves up with the thing
    assert refused(do(take_out_thing, ours, place=9)) == [why.ThingUnknown(9)]
    assert refused(do(note_found, ours, found={9: Found(is_there=True)})) == [why.ThingUnknown(9)]


def test_another_day_brings_what_the_books_say_on_it(ours: OccupationGroup) -> None:
    draft(ours)
    do(
        change_handover,
        ours,
        sides=SIDES,
        on=date(2026, 1, 21),
        books={"สมุดเงินฝาก": "1,500 บาท", "อื่น": "9"},
    )
    assert [item.by_the_books for item in things_of(ours.group, 1)] == ["", "1,500 บาท", "1 อัน"]
    assert Handover.objects.get(group=ours.group).handed_on == date(2026, 1, 21)


def test_the_list_to_begin_with_says_what_the_books_say(ours: OccupationGroup) -> None:
    BankBook.objects.create(fund=ours.fund, number=2, bank="ธ.ก.ส.", account_number="0123456789")
    ours.meet(date(2025, 12, 20), "เลือกคณะกรรมการ")
    said = {each.words: each.by_the_books for each in things_to_hand_over(ours.group, DAY)}
    assert said["เงินสดในมือ"] == "0 บาท"
    assert said["บันทึกการประชุม"] == "1 ครั้ง"
    assert said["สมุดเงินฝาก ธ.ก.ส. เลขที่ xxx-x-x6789 (เล่มที่ 2)"] == "0 บาท"
    assert "0123456789" not in str(said)
    early = {
        each.words: each.by_the_books
        for each in things_to_hand_over(ours.group, date(2025, 12, 19))
    }
    assert early["บันทึกการประชุม"] == "0 ครั้ง"


# ---- signing -------------------------------------------------------------------------------------


def test_everything_is_looked_at_before_it_is_signed(ours: OccupationGroup) -> None:
    draft(ours)
    assert refused(do(sign_handover, ours)) == [why.NotLookedAt((1, 2, 3))]
    do(note_found, ours, found={1: Found(is_there=True), 2: Found(is_there=False)})
    assert refused(do(sign_handover, ours)) == [why.NotLookedAt((3,)), why.MissingUnsaid((2,))]
    look_at_all(ours, at_2=Found(is_there=False, as_found="ธนาคารเก็บไว้"))
    assert do(sign_handover, ours) == HandoverKept(1)
    (summary,) = handovers_of(ours.group)
    assert (summary.things, summary.missing) == (3, 1)


def test_both_sides_sign_and_nobody_signs_twice(ours: OccupationGroup) -> None:
    draft(ours, sides=Sides(from_set=None, to_set=None))
    look_at_all(ours)
    assert refused(do(sign_handover, ours)) == [
        why.SignatureMissing(gives=True),
        why.SignatureMissing(gives=False),
    ]
    same = Sides(
        from_set=1,
        to_set=2,
        given_by="นายประจวบ คงทอง",
        taken_by="ก ข",
        witnessed_by="ประจวบ คงทอง",
    )
    do(change_handover, ours, sides=same, on=DAY, books={})
    assert refused(do(sign_handover, ours)) == [why.SignsTwice("ประจวบ คงทอง")]


def test_signed_nothing_changes_any_more(ours: OccupationGroup, tmp_path: Path) -> None:
    draft(ours)
    look_at_all(ours)
    do(sign_handover, ours)
    before = list(HandoverItem.objects.values()), list(Handover.objects.values())
    paper = tmp_path / "sheet.pdf"
    paper.write_bytes(b"%PDF-1.7")
    for deed, said in (
        (change_handover, {"sides": SIDES, "on": DAY, "books": {}}),
        (add_thing, {"thing": Thing("กุญแจ")}),
        (take_out_thing, {"place": 1}),
        (note_found, {"found": {1: Found(is_there=False)}}),
        (keep_signed_sheet, {"file": paper}),
        (sign_handover, {}),
    ):
        assert refused(do(deed, ours, **said)) == [why.HandoverSigned(1)]
    assert (list(HandoverItem.objects.values()), list(Handover.objects.values())) == before


def test_the_signed_sheet_is_kept_under_its_content(ours: OccupationGroup, tmp_path: Path) -> None:
    draft(ours)
    paper = tmp_path / "sheet.pdf"
    paper.write_bytes(b"%PDF-1.7 signed")
    do(keep_signed_sheet, ours, file=paper)
    kept = Handover.objects.get(group=ours.group).evidence
    assert evidence_path(kept).read_bytes() == b"%PDF-1.7 signed"


def test_a_stranger_touches_no_handover(ours: OccupationGroup) -> None:
    draft(ours)
    not_theirs = NotEntitled(Deed.HOLD_MEETINGS, ours.stranger.day)
    assert not_theirs in refused(do(sign_handover, ours, by=ours.stranger))
    assert not_theirs in refused(do(add_thing, ours, by=ours.stranger, thing=Thing("กุญแจ")))
    assert refused(do(sign_handover, ours, 9)) == [why.NoSuchHandover(9)]


# ---- the paper and the words ---------------------------------------------------------------------


def test_the_same_list_prints_the_same_bytes() -> None:
    paper = HandoverPaper(
        group_name="กลุ่มแม่บ้านแปรรูปข้าว บ้านในไร่",
        village="หมู่ 1 บ้านในไร่",
        number=1,
        handed_on=DAY,
        giving="คณะกรรมการชุดที่ 1",
        taking="คณะกรรมการชุดที่ 2",
        given_by=MEMBERS[0],
        taken_by="",
        witnessed_by="",
        things=tuple(
            ThingOnPaper(f"ของชิ้นที่ {n}", "1,200 บาท", (None, True, False)[n % 3], "")
            for n in range(60)
        ),
    )
    printed = print_handover(paper, digits="arabic")
    assert printed.startswith(b"%PDF-")
    assert print_handover(paper, digits="arabic") == printed
    assert print_handover(paper, digits="thai") != printed


def test_every_refusal_of_a_handover_has_words() -> None:
    said: list[Any] = [
        NotEntitled(Deed.HOLD_MEETINGS, DAY),
        InTheFuture(DAY),
        why.NoSuchHandover(1),
        why.HandoverSigned(1),
        why.HandoverOpen(1, DAY),
        why.SameSetTwice(2),
        why.NothingToHandOver(),
        why.ThingUnnamed(),
        why.ThingListedAlready(3),
        why.ThingUnknown(9),
        why.NotLookedAt((1, 2)),
        why.MissingUnsaid((2,)),
        why.SignatureMissing(gives=True),
        why.SignsTwice("นายประจวบ คงทอง"),
        why.HandoverTextTooLong("ตามบัญชี", 100),
    ]
    assert {type(each) for each in said} == set(get_args(why.HandoverRefusal))
    for each in said:
        words = refusal_in_thai(each)
        assert len(words) > 20
        assert "  " not in words
    assert refusal_in_thai(why.SignatureMissing(gives=False)).startswith("ยังไม่มีชื่อผู้รับมอบ")
