"""A meeting is called for a day to come, cancelled or held; members are ticked, photos kept."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from five.occupation_group import OccupationGroup, founded_group
from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Appointment, Role
from kongthun.accounts.reach import NotEntitled
from kongthun.activities import calls_refusals as no
from kongthun.activities.actions import (
    CallBecameMeeting,
    CallKept,
    MeetingKept,
    MembersMarked,
    PhotoKept,
    ResolutionKept,
    add_resolution,
    call_meeting,
    cancel_call,
    change_meeting,
    close_meeting,
    hold_call,
    keep_photo,
    mark_attendance,
    mark_members,
    open_meeting,
    take_out_photo,
)
from kongthun.activities.actions.attending import MOST_PHOTOS
from kongthun.activities.models import Call, Meeting, MeetingKind, MemberAttendance
from kongthun.activities.queries import Ground, ground_of, members_there, next_events
from kongthun.activities.queries.attending import found_members, photos_of
from kongthun.activities.queries.calls import call_behind, call_of, waiting_calls
from kongthun.activities.refusals import (
    HeldLater,
    MeetingClosed,
    MeetingWithoutQuorum,
    MoreVotesThanPeople,
    NobodyCame,
    NoSuchMeeting,
    TooLong,
)
from kongthun.audit.actions import evidence_path
from kongthun.audit.models import AuditLine
from kongthun.groups.queries.members import members_on
from kongthun.groups.queries.rules import rules_of

MET = date(2024, 2, 1)  # within the first committee's two years
JPEG = b"\xff\xd8\xff\xe0 a photo "
AGENDA = "รับรองรายงานครั้งก่อน\n\n  ซื้อเครื่องสีข้าว  \nเรื่องอื่น ๆ"


@pytest.fixture
def ours(db: None) -> OccupationGroup:  # noqa: ARG001
    return founded_group()


def today() -> date:
    return timezone.localdate()


def call(ours: OccupationGroup, **given: Any) -> Any:  # noqa: ANN401
    values: dict[str, Any] = {
        "group": ours.group,
        "by": ours.treasurer,
        "kind": MeetingKind.GENERAL,
        "meets_on": today() + timedelta(days=7),
        "agenda": AGENDA,
    }
    return call_meeting(**(values | given))


def draft(ours: OccupationGroup, on: date = MET, kind: MeetingKind = MeetingKind.GENERAL) -> int:
    opened = open_meeting(group=ours.group, by=ours.treasurer, kind=kind, on=on)
    assert isinstance(opened, MeetingKept), opened
    return opened.number


def mark(ours: OccupationGroup, number: int, *came: int, **given: Any) -> Any:  # noqa: ANN401
    return mark_members(group=ours.group, number=number, by=ours.treasurer, came=came, **given)


def photo(tmp_path: Path, name: str = "a.jpg", content: bytes = JPEG) -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


# ---- calls --------------------------------------------------------------------------------------


def test_a_call_keeps_day_hour_place_and_its_agenda_line_by_line(ours: OccupationGroup) -> None:
    assert call(ours, meets_at=time(13, 0), place=" ศาลา ") == CallKept(1)
    kept = call_of(ours.group, 1)
    assert kept is not None
    assert (kept.meets_at, kept.place, kept.called_on) == (time(13, 0), "ศาลา", today())
    assert kept.agenda == "รับรองรายงานครั้งก่อน\nซื้อเครื่องสีข้าว\nเรื่องอื่น ๆ"
    line = AuditLine.objects.get(deed="call_meeting")
    assert (line.fund_id, line.subject) == (ours.group.pk, "call 1")


def test_a_meeting_may_be_called_for_today_but_not_for_yesterday(ours: OccupationGroup) -> None:
    assert call(ours, meets_on=today()) == CallKept(1)
    yesterday = today() - timedelta(days=1)
    assert call(ours, meets_on=yesterday).refusals == (no.CalledForPast(yesterday, today()),)


def test_everything_against_a_call_is_said_together(ours: OccupationGroup) -> None:
    call(ours)
    refused = call(ours, agenda=" \n ", place="ย" * 201, by=ours.stranger)
    assert {type(each) for each in refused.refusals} == {
        NotEntitled,
        no.AgendaMissing,
        TooLong,
        no.CalledTwice,
    }
    assert Call.objects.count() == 1


def test_the_same_day_may_be_called_for_another_kind_or_again_once_cancelled(
    ours: OccupationGroup,
) -> None:
    call(ours)
    assert call(ours).refusals == (no.CalledTwice(1, today() + timedelta(days=7)),)
    assert call(ours, kind=MeetingKind.COMMITTEE) == CallKept(2)
    cancel_call(group=ours.group, number=1, note="น้ำท่วม", by=ours.treasurer)
    assert call(ours) == CallKept(3)
    assert [each.number for each in waiting_calls(ours.group)] == [2, 3]


def test_a_call_is_cancelled_with_a_word_and_stays_readable(ours: OccupationGroup) -> None:
    call(ours)
    silent = cancel_call(group=ours.group, number=1, note=" ", by=ours.treasurer)
    assert silent.refusals == (no.ReasonMissing(),)  # type: ignore[union-attr]
    long = cancel_call(group=ours.group, number=1, note="ก" * 301, by=ours.treasurer)
    assert [type(each) for each in long.refusals] == [TooLong]  # type: ignore[union-attr]
    assert cancel_call(group=ours.group, number=1, note="น้ำท่วม", by=ours.treasurer) == CallKept(1)
    kept = call_of(ours.group, 1)
    assert kept is not None
    assert kept.cancelled_note == "น้ำท่วม"
    again = cancel_call(group=ours.group, number=1, note="น้ำท่วม", by=ours.treasurer)
    assert again.refusals == (no.CallCancelled(1),)  # type: ignore[union-attr]
    held = hold_call(group=ours.group, number=1, by=ours.treasurer)
    assert held.refusals == (no.CallCancelled(1),)  # type: ignore[union-attr]
    nothing = cancel_call(group=ours.group, number=9, note="น้ำท่วม", by=ours.treasurer)
    assert nothing.refusals == (no.NoSuchCall(9),)  # type: ignore[union-attr]


def test_a_meeting_is_held_from_its_call_with_the_agenda(ours: OccupationGroup) -> None:
    call(ours, meets_on=today(), place="ศาลา")
    assert hold_call(group=ours.group, number=1, by=ours.treasurer) == CallBecameMeeting(1, 1)
    held = Meeting.objects.get(group=ours.group, number=1)
    assert (held.kind, held.held_on, held.place) == (MeetingKind.GENERAL, today(), "ศาลา")
    assert held.agenda.splitlines()[1] == "ซื้อเครื่องสีข้าว"
    behind = call_behind(ours.group, 1)
    assert behind is not None
    assert behind.number == 1
    again = hold_call(group=ours.group, number=1, by=ours.treasurer)
    assert again.refusals == (no.CallHeld(1, 1),)  # type: ignore[union-attr]
    assert waiting_calls(ours.group) == []


def test_a_call_is_not_held_before_its_day(ours: OccupationGroup) -> None:
    call(ours)
    coming = today() + timedelta(days=7)
    early = hold_call(group=ours.group, number=1, by=ours.treasurer)
    assert early.refusals == (HeldLater(coming, today()),)  # type: ignore[union-attr]
    assert call_of(ours.group, 1).meeting_number is None  # type: ignore[union-attr]
    moved = hold_call(group=ours.group, number=1, by=ours.treasurer, on=today())
    assert moved == CallBecameMeeting(1, 1)


def test_an_agenda_not_given_stays_and_a_new_one_replaces_it(ours: OccupationGroup) -> None:
    call(ours, meets_on=today())
    hold_call(group=ours.group, number=1, by=ours.treasurer)

    def change(**given: Any) -> str:  # noqa: ANN401
        change_meeting(
            group=ours.group,
            number=1,
            by=ours.treasurer,
            kind=MeetingKind.GENERAL,
            on=today(),
            **given,
        )
        return Meeting.objects.get(group=ours.group, number=1).agenda

    assert change().startswith("รับรอง")
    assert change(agenda=" เรื่องเดียว \n\n") == "เรื่องเดียว"
    assert change(agenda="") == ""


# ---- members who came ------------------------------------------------------------------------


def test_ticked_members_are_quorum_by_the_count_that_deeds_stand_on(ours: OccupationGroup) -> None:
    number = draft(ours)
    add_resolution(group=ours.group, number=number, by=ours.treasurer, words="รับสมาชิก")
    assert mark(ours, number, 1, 2, 3, 4) == MembersMarked(number, (1, 2, 3, 4))
    close_meeting(group=ours.group, number=number, by=ours.treasurer)
    assert ground_of(ours.group, number, 1) == [MeetingWithoutQuorum(number, 4, 5, 8)]
    held = Meeting.objects.get(group=ours.group, number=number)
    rules = rules_of(
        group_id=ours.group.pk, kind=ours.group.kind, area_code=ours.group.area_code, day=MET
    )
    there = members_there(ours.group, held, rules)
    assert (there.came, there.of, there.needed, there.is_met) == (4, 8, 5, False)
    closed = mark(ours, number, 5)
    assert closed.refusals == (MeetingClosed(number),)

    five = draft(ours, on=date(2024, 2, 2))
    add_resolution(group=ours.group, number=five, by=ours.treasurer, words="รับสมาชิก")
    mark(ours, five, 1, 2, 3, 4, 8)
    close_meeting(group=ours.group, number=five, by=ours.treasurer)
    assert isinstance(ground_of(ours.group, five, 1), Ground)


def test_a_number_that_is_no_member_is_refused_and_nothing_is_ticked(
    ours: OccupationGroup,
) -> None:
    number = draft(ours)
    refused = mark(ours, number, 1, 9, 77)
    assert refused.refusals == (no.NotAMember(9, MET), no.NotAMember(77, MET))
    assert not MemberAttendance.objects.exists()
    assert mark(ours, 5, 1).refusals == (NoSuchMeeting(5),)


def test_a_part_of_the_list_speaks_for_that_part_only(ours: OccupationGroup) -> None:
    number = draft(ours)
    mark(ours, number, 1, 2)
    lines = AuditLine.objects.filter(deed="mark_members").count()
    assert mark(ours, number, 6, shown=[5, 6, 7]).came == (1, 2, 6)
    assert mark(ours, number, shown=[2]).came == (1, 6)
    assert mark(ours, number, shown=[2]).came == (1, 6)  # nothing new: no line
    assert AuditLine.objects.filter(deed="mark_members").count() == lines + 2


def test_a_general_meeting_closes_on_ticked_members_and_a_committee_one_does_not(
    ours: OccupationGroup,
) -> None:
    general = draft(ours)
    mark(ours, general, 1)
    assert close_meeting(group=ours.group, number=general, by=ours.treasurer) == MeetingKept(1)
    committee = draft(ours, kind=MeetingKind.COMMITTEE)
    mark(ours, committee, 1)
    refused = close_meeting(group=ours.group, number=committee, by=ours.treasurer)
    assert refused.refusals == (NobodyCame(committee, True),)  # type: ignore[union-attr]


def test_votes_are_held_against_people_named_once(ours: OccupationGroup) -> None:
    number = draft(ours)
    mark_attendance(group=ours.group, number=number, by=ours.treasurer, terms=(1, 2, 3))
    mark(ours, number, 1, 2, 3, 6, 7)  # three of them sit on the committee

    def vote(in_favour: int, words: str) -> Any:  # noqa: ANN401
        return add_resolution(
            group=ours.group, number=number, by=ours.treasurer, words=words, in_favour=in_favour
        )

    assert vote(6, "หก").refusals == (MoreVotesThanPeople(1, 6, 5),)
    assert vote(5, "ห้า") == ResolutionKept(number, 1)


def test_a_member_is_found_by_number_by_part_of_a_name_and_with_a_slip_of_a_mark(
    ours: OccupationGroup,
) -> None:
    listed = members_on(ours.group, MET).values()

    def found(words: str, by_name: bool = True) -> list[int]:
        return [each.number for each in found_members(listed, words, by_name=by_name)]

    assert found("") == [1, 2, 3, 4, 5, 6, 7, 8]
    assert found("๔") == [4]
    assert found("เพชรรัตน") == [3]
    assert found("นาง อุไร") == found("อุไร") == [3]
    assert found("ไม่มีใคร") == []
    assert found("อุไร", by_name=False) == []


# ---- photos --------------------------------------------------------------------------------------


def test_photos_are_kept_by_their_content_also_of_a_closed_meeting(
    ours: OccupationGroup, tmp_path: Path
) -> None:
    number = ours.meet(MET, "รับสมาชิก")

    def keep(path: Path, **given: Any) -> Any:  # noqa: ANN401
        values = {"group": ours.group, "number": number, "by": ours.treasurer, "file": path}
        return keep_photo(**(values | given))

    assert keep(photo(tmp_path), words=" ลงมติ ") == PhotoKept(number, 1)
    [kept] = photos_of(ours.group, number)
    assert kept.words == "ลงมติ"
    assert evidence_path(kept.sha256).read_bytes() == JPEG
    assert keep(photo(tmp_path)).refusals == (no.PhotoKeptAlready(1),)
    assert keep(photo(tmp_path), number=9).refusals == (NoSuchMeeting(9),)
    for n in range(MOST_PHOTOS - 1):
        keep(photo(tmp_path, "b.jpg", JPEG + bytes([n])))
    full = keep(photo(tmp_path, "c.jpg", JPEG + b"one more"), by=ours.stranger, words="ก" * 201)
    assert {type(each) for each in full.refusals} == {NotEntitled, no.TooManyPhotos, TooLong}
    closed = take_out_photo(group=ours.group, number=number, place=1, by=ours.treasurer)
    assert closed.refusals == (MeetingClosed(number),)  # type: ignore[union-attr]


def test_a_photo_is_taken_out_of_a_draft_while_its_file_stays(
    ours: OccupationGroup, tmp_path: Path
) -> None:
    number = draft(ours)
    for n in range(2):
        path = photo(tmp_path, content=JPEG + bytes([n]))
        keep_photo(group=ours.group, number=number, by=ours.treasurer, file=path)
    first, _ = photos_of(ours.group, number)
    out = take_out_photo(group=ours.group, number=number, place=1, by=ours.treasurer)
    assert out == PhotoKept(number, 1)
    assert [each.place for each in photos_of(ours.group, number)] == [2]
    assert evidence_path(first.sha256).exists()
    again = take_out_photo(group=ours.group, number=number, place=1, by=ours.treasurer)
    assert again.refusals == (no.NoSuchPhoto(1),)  # type: ignore[union-attr]


# ---- what comes next --------------------------------------------------------------------------


def test_the_next_things_leave_out_what_was_cancelled_or_held(ours: OccupationGroup) -> None:
    call(ours, meets_on=today())
    call(ours, meets_on=today() + timedelta(days=2))
    call(ours, meets_on=today() + timedelta(days=1))
    hold_call(group=ours.group, number=1, by=ours.treasurer)
    cancel_call(group=ours.group, number=2, note="น้ำท่วม", by=ours.treasurer)
    assert [(each.kind.value, each.number) for each in next_events(ours.group, today(), 5)] == [
        ("call", 3)
    ]
    assert next_events(ours.group, today(), 0) == []


# ---- pages --------------------------------------------------------------------------------------


def browser(ours: OccupationGroup, who: str = "treasurer") -> Client:
    client = Client()
    client.force_login(ours.users[who])
    return client


def province(ours: OccupationGroup) -> None:
    """Let the stranger see the books of the whole province, and no names."""
    appoint(
        user=ours.users["stranger"],
        role=Role.PROVINCE,
        by_order="คำสั่ง",
        starts_on=date(2020, 1, 1),
        area_code="80",
    )


def test_who_sees_no_names_sees_no_words_that_may_hold_one(ours: OccupationGroup) -> None:
    call(ours)
    cancel_call(group=ours.group, number=1, note="นางดำป่วย", by=ours.treasurer)
    province(ours)
    page = browser(ours, "stranger").get(f"/funds/{ours.code}/calls/1/").content.decode()
    assert "มี 3 วาระ" in page
    assert "เครื่องสีข้าว" not in page
    assert "นางดำ" not in page


def test_a_treasurer_calls_prints_and_holds_a_meeting_on_screen(ours: OccupationGroup) -> None:
    desk, at = browser(ours), f"/funds/{ours.code}"
    typed = {
        "kind": "general",
        "meets_on": f"{today():%d/%m}/{today().year + 543}",
        "meets_at": "๑๓.๓๐ น.",
        "place": "ศาลา",
        "agenda": AGENDA,
    }
    wrong = desk.post(f"{at}/calls/new/", typed | {"meets_at": "25.00", "agenda": ""})
    assert wrong.status_code == 422
    assert "ยังอ่านเป็นเวลาไม่ได้" in wrong.content.decode()
    assert "ศาลา" in wrong.content.decode()  # nothing typed is lost
    made = desk.post(f"{at}/calls/new/", typed)
    assert made["Location"] == f"{at}/calls/1/"
    page = desk.get(f"{at}/calls/1/").content.decode()
    assert "เวลา 13.30 น." in page
    assert "ซื้อเครื่องสีข้าว" in page
    for paper in ("invitation", "sheet"):
        pdf = desk.get(f"{at}/calls/1/{paper}.pdf")
        assert pdf["Content-Type"] == "application/pdf"
        assert pdf.content.startswith(b"%PDF-")
    assert "/calls/1/" in desk.get(f"{at}/meetings/").content.decode()
    held = desk.post(f"{at}/calls/1/hold/", {"on": typed["meets_on"]})
    assert held["Location"] == f"{at}/meetings/1/"
    assert "ซื้อเครื่องสีข้าว" in desk.get(f"{at}/meetings/1/").content.decode()
    assert desk.post(f"{at}/calls/1/cancel/", {"note": "น้ำท่วม"}).status_code == 422


def test_members_are_ticked_on_screen_and_looking_for_one_keeps_the_ticks(
    ours: OccupationGroup,
) -> None:
    desk = browser(ours)
    at = f"/funds/{ours.code}/meetings/{draft(ours)}/members/"
    sent = {"came": ["1", "2"], "shown": [str(n) for n in range(1, 9)], "then": "find", "q": "อุไร"}
    found = desk.post(at, sent)
    assert found["Location"].startswith(f"{at}?q=")
    page = desk.get(found["Location"]).content.decode()
    assert "อุไร" in page
    assert "ประจวบ" not in page
    assert "สมาชิกมา 2 จาก 8 คน ยังไม่ครบองค์ประชุม (ต้องมากกว่ากึ่งหนึ่ง คือ 5 คน)" in page
    done = desk.post(f"{at}?q=x", {"came": ["3"], "shown": ["3"]}, follow=True)
    assert "สมาชิกมา 3 จาก 8 คน" in done.content.decode()
    refused = desk.post(at, {"came": ["88"], "shown": ["88"]})
    assert refused.status_code == 422
    assert "เลขที่ 88 ไม่ได้เป็นสมาชิก" in refused.content.decode()


def test_photos_come_by_content_all_or_none_and_only_who_sees_names_sees_them(
    ours: OccupationGroup, tmp_path: Path
) -> None:
    desk = browser(ours)
    number = ours.meet(MET, "รับสมาชิก")
    at = f"/funds/{ours.code}/meetings/{number}/photos/"
    good = photo(tmp_path, "a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ")
    bad = photo(tmp_path, "b.jpg", b"%PDF-1.7 not a photo")
    with good.open("rb") as one, bad.open("rb") as two:
        refused = desk.post(at, {"file": [one, two]})
    assert refused.status_code == 422
    assert "“b.jpg” ไม่ใช่ภาพ" in refused.content.decode()
    assert photos_of(ours.group, number) == []
    assert desk.post(at, {}).status_code == 422
    second = photo(tmp_path, "c.jpg")
    with good.open("rb") as one, second.open("rb") as two:
        kept = desk.post(at, {"file": [one, two], "words": "ลงมติ"})
    assert kept.status_code == 302
    assert len(photos_of(ours.group, number)) == 2
    with good.open("rb") as one, photo(tmp_path, "d.jpg", JPEG + b"x").open("rb") as two:
        assert desk.post(at, {"file": [two, one]}).status_code == 422  # one is kept already
    assert len(photos_of(ours.group, number)) == 2
    answer = desk.get(f"{at}1/")
    assert answer["Content-Type"] == "image/webp"
    assert answer.content == good.read_bytes()
    assert desk.get(f"{at}9/").status_code == 404
    province(ours)
    assert (
        browser(ours, "stranger").get(f"/funds/{ours.code}/meetings/{number}/").status_code == 200
    )
    assert browser(ours, "stranger").get(f"{at}1/").status_code in {403, 404}
    Appointment.objects.filter(user=ours.users["stranger"], role=Role.PROVINCE).delete()
    assert browser(ours, "stranger").get(f"{at}1/").status_code == 404
    assert browser(ours, "member").get(f"{at}1/").status_code == 403


def test_the_pages_of_calls_are_closed_to_others(ours: OccupationGroup) -> None:
    call(ours)
    at = f"/funds/{ours.code}"
    for where in ("calls/new/", "calls/1/", "calls/1/hold/", "calls/1/sheet.pdf"):
        assert browser(ours, "stranger").get(f"{at}/{where}").status_code == 404, where
        assert browser(ours, "member").get(f"{at}/{where}").status_code == 403, where
        assert Client().get(f"{at}/{where}").status_code == 302, where
    assert browser(ours).get(f"{at}/calls/9/").status_code == 404
