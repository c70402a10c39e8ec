"""The papers of a meeting as PDF: minutes, the letter that calls it, the sheet to sign."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.areas.queries import names_of
from kongthun.domain.thai_calendar import thai_year
from kongthun.domain.thai_text import visible
from kongthun.groups.models import CommitteePosition, Group
from kongthun.groups.queries.members import members_on
from kongthun.groups.queries.rules import rules_of
from kongthun.groups.views.asking import group_or_404, may, namer
from kongthun.papers import Digits

from ..actions.meetings import agenda_lines
from ..forms_plans import time_words
from ..models import Call, Meeting, MeetingKind, Resolution
from ..papers import (
    AttendanceSheet,
    Came,
    Invitation,
    Minutes,
    Resolved,
    print_attendance,
    print_invitation,
    print_minutes,
)
from ..queries import (
    Seat,
    attendance_of,
    committee_of,
    members_there,
    person_key,
    quorum_on,
    resolutions_of,
)
from ..queries import meeting as meeting_of
from ..queries.calls import call_of
from ..wording import quorum_in_thai
from ..wording_members import members_in_thai

SPARE_LINES = 5
_INVITED = {
    MeetingKind.COMMITTEE: "กรรมการทุกท่าน",
    MeetingKind.HOUSEHOLDS: "หัวหน้าครัวเรือนเป้าหมายทุกท่าน",
    MeetingKind.GENERAL: "สมาชิกทุกท่าน",
}


@scoped(Deed.SEE_FUND)
@require_safe
def minutes(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """รายงานการประชุม. Words that may hold names are left out for who sees none."""
    group = group_or_404(request, code, Deed.SEE_FUND)
    meeting = meeting_of(group, number)
    if meeting is None:
        raise Http404
    paper = _minutes(request, group, meeting)
    return _pdf(print_minutes(paper, digits=_digits(request)), f"{code}-meeting-{number}.pdf")


@scoped(Deed.HOLD_MEETINGS)
@require_safe
def invitation(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """หนังสือเชิญประชุม of a call."""
    group = group_or_404(request, code, Deed.HOLD_MEETINGS)
    call = _call_or_404(group, number)
    namer(request, group, f"call {number}")  # the chairman's is read: that is written down
    sees_names = may(request, Deed.SEE_NAMES, group)
    chairman = next(
        (
            seat
            for seat in _seats(group, call.called_on)
            if seat.term.position == CommitteePosition.CHAIRMAN
        ),
        None,
    )
    paper = Invitation(
        group=group.name,
        village=_village(group),
        called_on=call.called_on,
        what=str(MeetingKind(call.kind).label),
        invited=_INVITED[MeetingKind(call.kind)],
        meets_on=call.meets_on,
        meets_at=time_words(call.meets_at) if call.meets_at else None,
        place=call.place or None,
        agenda=tuple(agenda_lines(call.agenda)),
        chairman=_name(chairman, sees_names) if chairman is not None else None,
    )
    return _pdf(print_invitation(paper, digits=_digits(request)), f"{code}-call-{number}.pdf")


@scoped(Deed.HOLD_MEETINGS)
@require_safe
def sheet(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """ใบลงลายมือชื่อ of a call: the committee, or the members of today's list."""
    group = group_or_404(request, code, Deed.HOLD_MEETINGS)
    call = _call_or_404(group, number)
    people = _to_sign(request, group, call)
    paper = AttendanceSheet(
        group=group.name,
        what=str(MeetingKind(call.kind).label),
        meets_on=call.meets_on,
        meets_at=time_words(call.meets_at) if call.meets_at else None,
        place=call.place or None,
        people=tuple(who for who, _ in people),
        numbers=tuple(member_number for _, member_number in people),
        spare=SPARE_LINES,
    )
    return _pdf(print_attendance(paper, digits=_digits(request)), f"{code}-call-{number}-sheet.pdf")


# --- below the line -------------------------------------------------------------------------


def _digits(request: ScopedRequest) -> Digits:
    """Thai digits, as committees write; Arabic ones if the address asks for them."""
    return "arabic" if request.GET.get("digits") == "arabic" else "thai"


def _pdf(pdf: bytes, name: str) -> HttpResponse:
    disposition = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=disposition)


def _call_or_404(group: Group, number: int) -> Call:
    found = call_of(group, number)
    if found is None:
        raise Http404
    return found


def _name(seat: Seat, sees_names: bool) -> str:
    return seat.name if sees_names else seat.masked_name


def _seats(group: Group, day: date) -> list[Seat]:
    """Who is in office on a day, each person once, in the order papers list them."""
    rules = rules_of(group_id=group.pk, kind=group.kind, area_code=group.area_code, day=day)
    seats = committee_of(group).seats_on(day, years=rules["committee_years"].count)
    return list({seat.term.person_key: seat for seat in reversed(seats)}.values())[::-1]


def _village(group: Group) -> str | None:
    """Where the group is at home, as letters write it."""
    code = group.area_code
    names = names_of([code, code[:6], code[:4], code[:2]])
    parts = (
        (names.get(code), ""),
        (names.get(code[:6]), "ตำบล"),
        (names.get(code[:4]), "อำเภอ"),
        (names.get(code[:2]), "จังหวัด"),
    )
    return " ".join(f"{before}{name}" for name, before in parts if name) or None


def _to_sign(request: ScopedRequest, group: Group, call: Call) -> list[tuple[Came, str]]:
    """The lines of the sheet, each with the member's number where the person is a member."""
    called = namer(request, group, f"call {call.number}")
    sees_names = may(request, Deed.SEE_NAMES, group)
    members = members_on(group, request.reach.day)
    number_of = {person_key(each.row.person): str(each.number) for each in members.values()}
    seats = _seats(group, max(call.meets_on, request.reach.day))
    if call.kind == MeetingKind.COMMITTEE:
        return [
            (
                Came(_name(seat, sees_names), seat.term.words),
                number_of.get(seat.term.person_key, ""),
            )
            for seat in seats
        ]
    words = {seat.term.person_key: seat.term.words for seat in seats}
    return [
        (
            Came(called(each.row.person), words.get(person_key(each.row.person), "สมาชิก")),
            str(each.number),
        )
        for each in members.values()
    ]


def _minutes(request: ScopedRequest, group: Group, meeting: Meeting) -> Minutes:
    day, number = meeting.held_on, meeting.number
    sees_names = may(request, Deed.SEE_NAMES, group)
    called = namer(request, group, f"meeting {number}")
    rules = rules_of(group_id=group.pk, kind=group.kind, area_code=group.area_code, day=day)
    committee, ticks = committee_of(group), attendance_of(group, number)
    years = rules["committee_years"].count
    there = committee.seats_of(ticks, day=day, years=years)
    here = {seat.term.person_key for seat in there}
    in_office = _seats(group, day)
    came = [Came(_name(seat, sees_names), seat.term.words) for seat in there]
    stayed: list[Came] = []
    said = quorum_in_thai(quorum_on(committee, ticks, day=day, rules=rules))
    if meeting.kind != MeetingKind.COMMITTEE:
        counted = members_there(group, meeting, rules)
        said = members_in_thai(counted)
        office = {seat.term.person_key: seat.term.words for seat in in_office}
        for each in (
            members_on(group, day, before_meeting=meeting.number).values() if counted.named else ()
        ):
            key = person_key(each.row.person)
            if each.number in counted.named and key not in here:
                here.add(key)
                came.append(Came(called(each.row.person), office.get(key, "สมาชิก")))
            elif key not in here and key not in office:
                stayed.append(Came(called(each.row.person), "สมาชิก"))
    absent = [
        Came(_name(seat, sees_names), seat.term.words)
        for seat in in_office
        if seat.term.person_key not in here
    ]
    others = f"ผู้อื่นที่มา {meeting.others_came:,} คน" if meeting.others_came else ""
    return Minutes(
        title=f"รายงานการ{MeetingKind(meeting.kind).label}",
        group=group.name,
        which=f"{number}/{thai_year(day)}",
        held_on=day,
        place=meeting.place or None,
        quorum=said,
        came=tuple(came),
        absent=(*absent, *stayed),
        others=others,
        agenda=tuple(agenda_lines(meeting.agenda)) if sees_names else (),
        talked=_paragraphs(meeting.minutes) if sees_names else (),
        resolved=tuple(_resolved(each, sees_names) for each in resolutions_of(group, number)),
        is_draft=meeting.closed_at is None,
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(said for line in text.splitlines() if (said := visible(line)))


def _resolved(resolution: Resolution, sees_names: bool) -> Resolved:
    votes = ""
    if resolution.in_favour is not None or resolution.against is not None:
        votes = f"เห็นด้วย {resolution.in_favour or 0} ไม่เห็นด้วย {resolution.against or 0}"
    words = resolution.words if sees_names else "(ข้อความปิดไว้ เพราะอาจมีชื่อบุคคล)"
    return Resolved(resolution.sequence, words, votes)
