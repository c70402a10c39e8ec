"""A meeting from its first line to its closing: what stands, what is refused, what is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from activities.village import FIVE, MEETING, START, Village, closed, draft, last_deed, sits
from kongthun.accounts.reach import Deed, NotEntitled, Reach, reach_of
from kongthun.activities.actions import (
    MeetingKept,
    ResolutionKept,
    add_resolution,
    change_meeting,
    change_resolution,
    close_meeting,
    keep_minutes,
    mark_attendance,
    open_meeting,
    take_out_resolution,
)
from kongthun.activities.models import Attendance, Meeting, MeetingKind, Resolution
from kongthun.activities.queries import attendance_of, meeting, resolutions_of
from kongthun.activities.refusals import (
    DraftOpenAlready,
    HeldLater,
    MeetingClosed,
    MoreVotesThanPeople,
    NobodyCame,
    NoSuchMeeting,
    NoSuchResolution,
    NotDone,
    NothingResolved,
    ResolvedAlready,
    TooLong,
)
from kongthun.audit.actions import evidence_path
from kongthun.audit.models import AuditLine, Evidence
from kongthun.domain.authority import TermNotInForce

COMMITTEE = MeetingKind.COMMITTEE


def resolve(village: Village, number: int, words: str, **votes: int) -> ResolutionKept | NotDone:
    return add_resolution(group=village.group, number=number, by=village.by, words=words, **votes)


def said(village: Village, number: int) -> list[tuple[int, str]]:
    return [(each.sequence, each.words) for each in resolutions_of(village.group, number)]


# ---- opening and putting right ----------------------------------------------------------------


def test_meetings_are_numbered_in_the_group_without_gaps(village: Village) -> None:
    assert [closed(village), closed(village), draft(village)] == [1, 2, 3]
    refused = open_meeting(group=village.group, by=village.by, kind=COMMITTEE, on=MEETING)
    assert isinstance(refused, NotDone)
    elsewhere = draft(village, on=MEETING - timedelta(days=1))
    assert elsewhere == 4


def test_a_draft_says_what_was_told_and_who_told_it(village: Village) -> None:
    number = draft(village)
    kept = meeting(village.group, number)
    assert kept is not None
    assert (kept.kind, kept.held_on, kept.place) == ("committee", MEETING, "ศาลาหมู่บ้าน")
    assert kept.recorded_by == village.treasurer
    assert kept.closed_at is None
    line = last_deed()
    assert (line.deed, line.subject, line.user_id) == (
        "open_meeting",
        "meeting 1",
        village.treasurer.pk,
    )
    assert (line.area_code, line.fund_id) == (village.group.area_code, village.group.pk)


def test_a_form_sent_twice_opens_one_meeting(village: Village) -> None:
    number = draft(village)
    again = open_meeting(group=village.group, by=village.by, kind=COMMITTEE, on=MEETING)
    assert again == NotDone((DraftOpenAlready(number, MEETING),))
    other_kind = open_meeting(
        group=village.group, by=village.by, kind=MeetingKind.GENERAL, on=MEETING
    )
    assert other_kind == MeetingKept(2)


def test_a_meeting_of_tomorrow_is_not_recorded_today(village: Village) -> None:
    today = timezone.localdate()
    tomorrow = today + timedelta(days=1)
    refused = open_meeting(
        group=village.group, by=village.by, kind=COMMITTEE, on=tomorrow, place="ศ" * 201
    )
    assert refused == NotDone((HeldLater(tomorrow, today), TooLong("สถานที่ประชุม", 200)))
    assert isinstance(
        open_meeting(group=village.group, by=village.by, kind=COMMITTEE, on=today), MeetingKept
    )


def test_a_draft_is_put_right(village: Village) -> None:
    number = draft(village)
    kept = change_meeting(
        group=village.group,
        number=number,
        by=village.by,
        kind=MeetingKind.HOUSEHOLDS,
        on=MEETING - timedelta(days=1),
        place=" วัด  ท่าเรือ ",
        minutes=" คุยเรื่องเงินยืม ",
    )
    assert kept == MeetingKept(number)
    row = Meeting.objects.get(group=village.group, number=number)
    assert (row.kind, row.held_on) == ("households", MEETING - timedelta(days=1))
    assert (row.place, row.minutes) == ("วัด ท่าเรือ", "คุยเรื่องเงินยืม")
    assert last_deed().deed == "change_meeting"


def test_a_new_day_must_fit_those_who_are_marked_as_there(village: Village) -> None:
    number = draft(village, came=[11, 12])
    before = START - timedelta(days=1)
    refused = change_meeting(
        group=village.group,
        number=number,
        by=village.by,
        kind=COMMITTEE,
        on=before,
        minutes="ก" * 20_001,
    )
    assert refused == NotDone(
        (
            TooLong("บันทึกการประชุม", 20_000),
            TermNotInForce(11, "ประธาน", before),
            TermNotInForce(12, "รองประธาน", before),
        )
    )
    assert Meeting.objects.get(group=village.group, number=number).held_on == MEETING


# ---- who was there ----------------------------------------------------------------------------


def test_attendance_is_the_set_ticked_last(village: Village) -> None:
    number = draft(village, came=[11, 12, 13])
    assert attendance_of(village.group, number) == {11, 12, 13}
    kept = mark_attendance(
        group=village.group, number=number, by=village.by, terms={11, 14}, others_came=32
    )
    assert kept == MeetingKept(number)
    assert attendance_of(village.group, number) == {11, 14}
    assert Meeting.objects.get(group=village.group, number=number).others_came == 32
    assert last_deed().details == {"terms": [11, 14], "others_came": 32}


def test_somebody_whose_term_does_not_hold_that_day_was_not_there_as_committee(
    village: Village,
) -> None:
    number = draft(village, came=[11])
    refused = mark_attendance(group=village.group, number=number, by=village.by, terms={1, 12, 99})
    assert refused == NotDone(
        (TermNotInForce(1, "กรรมการ", MEETING), TermNotInForce(99, "", MEETING))
    )
    assert attendance_of(village.group, number) == {11}


def test_the_earlier_committee_sat_at_an_earlier_meeting(village: Village) -> None:
    number = draft(village, on=START - timedelta(days=1), came=[1, 2])
    assert attendance_of(village.group, number) == {1, 2}


def test_a_term_ends_after_the_years_of_the_rules(village: Village) -> None:
    sits(village.group, 21, "นายเกิน วาระ", starts_on=date(2020, 1, 1))  # four years, no end written
    number = draft(village)
    refused = mark_attendance(group=village.group, number=number, by=village.by, terms={21})
    assert refused == NotDone((TermNotInForce(21, "กรรมการ", MEETING),))


def test_a_withdrawn_term_is_ticked_as_the_one_that_replaced_it(village: Village) -> None:
    sits(village.group, 19, "นายสมชาย ใจดี", starts_on=START, corrects=11)
    number = draft(village, came=[11, 12])
    assert attendance_of(village.group, number) == {12, 19}


# ---- what was resolved ------------------------------------------------------------------------


def test_resolutions_stand_in_the_order_they_were_made(village: Village) -> None:
    number = draft(village, came=FIVE)
    assert resolve(village, number, "ให้ยืม  12,000 บาท", in_favour=5, against=0) == ResolutionKept(
        number, 1
    )
    assert resolve(village, number, "ผ่อนผันหนึ่งปี") == ResolutionKept(number, 2)
    assert said(village, number) == [(1, "ให้ยืม 12,000 บาท"), (2, "ผ่อนผันหนึ่งปี")]
    first = Resolution.objects.get(group=village.group, meeting_number=number, sequence=1)
    assert (first.in_favour, first.against) == (5, 0)
    assert last_deed().details == {"sequence": 2}


def test_the_same_words_are_one_resolution(village: Village) -> None:
    number = draft(village)
    resolve(village, number, "ผ่อนผันหนึ่งปี")
    assert resolve(village, number, " ผ่อนผันหนึ่งปี ") == NotDone((ResolvedAlready(1),))
    assert resolve(village, number, "  ") == NotDone((NothingResolved(),))
    assert resolve(village, number, "ก" * 501) == NotDone((TooLong("มติ", 500),))


def test_more_votes_than_people_are_asked_about(village: Village) -> None:
    number = draft(village)
    # Nobody is marked as there yet: the votes are held against the people at the closing.
    assert isinstance(resolve(village, number, "ก่อน", in_favour=6), ResolutionKept)
    mark_attendance(group=village.group, number=number, by=village.by, terms=FIVE)
    assert resolve(village, number, "หลัง", in_favour=5, against=1) == NotDone(
        (MoreVotesThanPeople(2, 6, 5),)
    )
    assert close_meeting(group=village.group, number=number, by=village.by) == NotDone(
        (MoreVotesThanPeople(1, 6, 5),)
    )
    mark_attendance(group=village.group, number=number, by=village.by, terms=FIVE, others_came=1)
    assert isinstance(resolve(village, number, "หลัง", in_favour=5, against=1), ResolutionKept)
    assert isinstance(close_meeting(group=village.group, number=number, by=village.by), MeetingKept)


def test_a_resolution_of_a_draft_is_put_right(village: Village) -> None:
    number = draft(village, came=FIVE)
    resolve(village, number, "หนึ่ง")
    resolve(village, number, "สอง")

    def change(sequence: int, words: str, in_favour: int | None = None) -> ResolutionKept | NotDone:
        return change_resolution(
            group=village.group,
            number=number,
            sequence=sequence,
            by=village.by,
            words=words,
            in_favour=in_favour,
        )

    assert change(2, "สองที่ถูก", 4) == ResolutionKept(number, 2)
    assert change(2, "สองที่ถูก", 5) == ResolutionKept(number, 2)  # the same words are its own
    assert change(2, "หนึ่ง", 6) == NotDone((ResolvedAlready(1), MoreVotesThanPeople(2, 6, 5)))
    assert change(3, "สาม") == NotDone((NoSuchResolution(3),))
    assert said(village, number) == [(1, "หนึ่ง"), (2, "สองที่ถูก")]


def test_taking_a_resolution_out_leaves_no_gap(village: Village) -> None:
    number = draft(village)
    for words in ("หนึ่ง", "สอง", "สาม", "สี่"):
        resolve(village, number, words)

    def take_out(sequence: int) -> MeetingKept | NotDone:
        return take_out_resolution(
            group=village.group, number=number, sequence=sequence, by=village.by
        )

    assert take_out(2) == MeetingKept(number)
    assert said(village, number) == [(1, "หนึ่ง"), (2, "สาม"), (3, "สี่")]
    assert take_out(4) == NotDone((NoSuchResolution(4),))


# ---- closing ----------------------------------------------------------------------------------


def test_a_closed_meeting_is_closed(village: Village) -> None:
    number = closed(village)
    kept = meeting(village.group, number)
    assert kept is not None
    assert kept.closed_at is not None
    assert last_deed().deed == "close_meeting"


def test_nobody_came_so_nothing_is_closed(village: Village) -> None:
    number = draft(village)
    mark_attendance(group=village.group, number=number, by=village.by, terms=[], others_came=9)
    assert close_meeting(group=village.group, number=number, by=village.by) == NotDone(
        (NobodyCame(number, needs_committee=True),)
    )


@pytest.mark.parametrize("kind", [MeetingKind.HOUSEHOLDS, MeetingKind.GENERAL])
def test_a_meeting_of_households_needs_somebody_but_no_committee(
    village: Village, kind: MeetingKind
) -> None:
    opened = open_meeting(group=village.group, by=village.by, kind=kind, on=MEETING)
    assert isinstance(opened, MeetingKept)
    number = opened.number
    assert close_meeting(group=village.group, number=number, by=village.by) == NotDone(
        (NobodyCame(number, needs_committee=False),)
    )
    mark_attendance(group=village.group, number=number, by=village.by, terms=[], others_came=40)
    assert isinstance(close_meeting(group=village.group, number=number, by=village.by), MeetingKept)


def test_a_meeting_without_quorum_was_held_all_the_same(village: Village) -> None:
    number = draft(village, came=[11])
    assert isinstance(close_meeting(group=village.group, number=number, by=village.by), MeetingKept)


def test_a_term_put_right_while_the_meeting_is_a_draft_is_seen_at_the_closing(
    village: Village,
) -> None:
    number = draft(village, came=FIVE)
    ended = MEETING - timedelta(days=1)
    sits(
        village.group,
        19,
        "นายสมชาย ใจดี",
        words="ประธาน",
        starts_on=START,
        ends_on=ended,
        corrects=11,
    )
    assert close_meeting(group=village.group, number=number, by=village.by) == NotDone(
        (TermNotInForce(19, "ประธาน", MEETING),)
    )


Act = Callable[[Village, int, Reach], object]


def _change(village: Village, number: int, by: Reach) -> object:
    return change_meeting(group=village.group, number=number, by=by, kind=COMMITTEE, on=MEETING)


def _mark(village: Village, number: int, by: Reach) -> object:
    return mark_attendance(group=village.group, number=number, by=by, terms=[11])


def _add(village: Village, number: int, by: Reach) -> object:
    return add_resolution(group=village.group, number=number, by=by, words="อีกเรื่องหนึ่ง")


def _mend(village: Village, number: int, by: Reach) -> object:
    return change_resolution(
        group=village.group, number=number, sequence=1, by=by, words="อีกเรื่องหนึ่ง"
    )


def _take_out(village: Village, number: int, by: Reach) -> object:
    return take_out_resolution(group=village.group, number=number, sequence=1, by=by)


def _keep(village: Village, number: int, by: Reach) -> object:
    return keep_minutes(group=village.group, number=number, by=by, file=Path(__file__))


def _close(village: Village, number: int, by: Reach) -> object:
    return close_meeting(group=village.group, number=number, by=by)


ACTS = [_change, _mark, _add, _mend, _take_out, _keep, _close]


def _snapshot(village: Village) -> list[object]:
    return [
        list(model.objects.filter(group=village.group).order_by("pk").values())
        for model in (Meeting, Attendance, Resolution)
    ] + [Evidence.objects.count(), AuditLine.objects.count()]


@pytest.mark.parametrize("act", ACTS)
def test_nothing_changes_in_a_closed_meeting(village: Village, act: Act) -> None:
    number = closed(village)
    before = _snapshot(village)
    assert act(village, number, village.by) == NotDone((MeetingClosed(number),))
    assert _snapshot(village) == before


@pytest.mark.parametrize("act", ACTS)
def test_a_meeting_that_is_not_there_is_not_written_in(village: Village, act: Act) -> None:
    assert act(village, 7, village.by) == NotDone((NoSuchMeeting(7),))


@pytest.mark.parametrize("name", ["province", "auditor", "neighbour", "member"])
@pytest.mark.parametrize("act", ACTS)
def test_the_wrong_person_writes_nothing(village: Village, act: Act, name: str) -> None:
    number = draft(village, came=FIVE)
    resolve(village, number, "หนึ่ง")
    today = timezone.localdate()
    before = _snapshot(village)
    refused = act(village, number, reach_of(getattr(village, name), today))
    assert refused == NotDone((NotEntitled(Deed.HOLD_MEETINGS, today),))
    assert _snapshot(village) == before


def test_the_wrong_person_opens_no_meeting(village: Village) -> None:
    today = timezone.localdate()
    by = reach_of(village.neighbour, today)
    refused = open_meeting(group=village.group, by=by, kind=COMMITTEE, on=MEETING)
    assert refused == NotDone((NotEntitled(Deed.HOLD_MEETINGS, today),))
    assert not Meeting.objects.exists()


# ---- the paper --------------------------------------------------------------------------------


def test_a_photo_of_the_minutes_is_kept_under_its_content(village: Village, tmp_path: Path) -> None:
    number = draft(village)
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"\xff\xd8\xff the minutes")
    assert isinstance(
        keep_minutes(group=village.group, number=number, by=village.by, file=photo), MeetingKept
    )
    kept = meeting(village.group, number)
    assert kept is not None
    assert evidence_path(kept.evidence).read_bytes() == photo.read_bytes()
    assert Evidence.objects.get().sha256 == kept.evidence
    assert last_deed().details == {"sha256": kept.evidence}
