"""Members apply, are admitted by a meeting, change, leave, and name who gets what is theirs."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest

from five.occupation_group import FOUNDED, MEMBERS, OccupationGroup, founded_group
from kongthun.accounts.reach import Deed, NotEntitled, Reach
from kongthun.activities import admission_wording
from kongthun.activities.actions.admissions import ApplicationsDecided, decide_applications
from kongthun.activities.admission_refusals import (
    AdmissionRefusal,
    AppliedLater,
    BothWays,
    NobodyDecidedOn,
    NotWaiting,
    WhyNotMissing,
)
from kongthun.activities.admission_refusals import NotDone as NotAdmitted
from kongthun.activities.models import MeetingKind
from kongthun.activities.refusals import MeetingWithoutQuorum, NoSuchResolution
from kongthun.audit.actions import evidence_path
from kongthun.audit.models import AuditLine
from kongthun.groups import member_wording
from kongthun.groups.actions.events import record_household_event
from kongthun.groups.actions.members import (
    MOST_PHOTO_BYTES,
    BeneficiariesNamed,
    MemberEventKept,
    MemberEventTakenBack,
    NamedBeneficiary,
    PhotoKept,
    apply_for_membership,
    change_member_kind,
    keep_member_photo,
    leave_group,
    name_beneficiaries,
    withdraw_member_event,
)
from kongthun.groups.member_refusals import (
    AlreadyMember,
    AlreadyWaits,
    BeneficiaryNameMissing,
    HouseholdGone,
    LaterSetStands,
    LaterStands,
    MemberRefusal,
    NamedTwice,
    NobodyNamed,
    NoMember,
    NoPicture,
    NoSuchMember,
    NotDone,
    NotTheLatest,
    OwnBeneficiary,
    PictureTooLarge,
    ReasonMissing,
    SameKind,
    SameNameIsMember,
    SameNameWaits,
    SameNameWasThere,
    SharesNotWhole,
    ShareUnreadable,
    TargetHouseholds,
)
from kongthun.groups.models import (
    Beneficiary,
    Group,
    HouseholdEventKind,
    MemberEvent,
    MemberKind,
    Membership,
    PersonPair,
)
from kongthun.groups.queries.members import beneficiaries_of, everybody, member_on, members_on
from kongthun.groups.refusals import (
    EventUnknown,
    EventWithdrawn,
    InTheFuture,
    NameMissing,
    NoteMissing,
)

K = MemberKind
ASKED, MET, LATER, LAST = (date(2024, month, 5) for month in (2, 3, 4, 5))
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 40
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@pytest.fixture
def ours(db: None) -> OccupationGroup:  # noqa: ARG001
    return founded_group()


def asks(ours: OccupationGroup, name: str = "นางสาวมาลี  ใจดี", **told: Any) -> int:  # noqa: ANN401
    done = apply_for_membership(
        **{"group": ours.group, "name": name, "kind": K.ORDINARY, "on": ASKED}
        | {"by": ours.treasurer}
        | told
    )
    assert isinstance(done, MemberEventKept), done
    return done.member_number


def not_done(done: object) -> tuple[MemberRefusal, ...]:
    assert isinstance(done, NotDone), done
    return done.refusals


def taken_in(ours: OccupationGroup, *numbers: int, on: date = MET) -> int:
    meeting = ours.meet(on, "รับสมาชิกใหม่ตามใบสมัคร")
    done = decide_applications(
        group=ours.group, meeting_number=meeting, resolution=1, admitted=numbers, by=ours.treasurer
    )
    assert isinstance(done, ApplicationsDecided), done
    return meeting


def standing(ours: OccupationGroup, number: int, day: date) -> tuple[bool, str, date | None]:
    found = member_on(ours.group, number, day)
    assert found is not None
    return found.standing.is_member, found.standing.kind, found.standing.since


# ---- applying and being admitted -----------------------------------------------------------------


def test_an_applicant_gets_the_next_number_and_is_no_member_yet(ours: OccupationGroup) -> None:
    number = asks(ours, house_number=" 41 ", kind=K.ASSOCIATE)
    assert number == len(MEMBERS) + 1
    member = member_on(ours.group, number, ASKED)
    assert member is not None
    assert (member.standing.is_member, member.standing.waits_since) == (False, ASKED)
    assert member.standing.waits_as == "associate"
    assert member.row.household.house_number == "41"
    assert member.row.person.name.full == "นางสาวมาลี  ใจดี"
    assert number not in members_on(ours.group, LAST)
    line = AuditLine.objects.get(deed="apply_for_membership")
    assert line.subject == f"member {number}"
    assert "มาลี" not in str(line.details)


def test_a_resolution_makes_a_member_from_the_day_of_the_meeting(ours: OccupationGroup) -> None:
    first, second = asks(ours, kind=K.HONORARY), asks(ours, "นายสมชาย  มั่นคง")
    meeting = ours.meet(MET, "เรื่องอื่น", "รับสมาชิก 1 คน")
    done = decide_applications(
        group=ours.group,
        meeting_number=meeting,
        resolution=2,
        admitted=[first],
        declined={second: "ยังไม่ได้ย้ายเข้าหมู่บ้าน"},
        by=ours.chairman,
    )
    assert done == ApplicationsDecided(MET, (first,), (second,))
    assert standing(ours, first, MET - timedelta(days=1)) == (False, "", None)
    assert standing(ours, first, MET) == (True, "honorary", MET)
    assert standing(ours, second, LAST) == (False, "", None)
    told = MemberEvent.objects.filter(group=ours.group, meeting_number=meeting)
    assert {(each.member_number, each.kind, each.resolution) for each in told} == {
        (first, "admitted", 2),
        (second, "declined", 2),
    }


def test_a_committee_may_admit_too(ours: OccupationGroup) -> None:
    number = asks(ours)
    meeting = ours.meet(MET, "รับสมาชิกใหม่", kind=MeetingKind.COMMITTEE, terms=(1, 2, 3))
    decide_applications(
        group=ours.group, meeting_number=meeting, resolution=1, admitted=[number], by=ours.treasurer
    )
    assert standing(ours, number, MET) == (True, "ordinary", MET)


def test_without_quorum_nobody_is_admitted_and_everything_against_it_is_said(
    ours: OccupationGroup,
) -> None:
    late, early = asks(ours, on=LATER), asks(ours, "นายสมชาย  มั่นคง")
    meeting = ours.meet(MET, "รับสมาชิกใหม่", others=4)
    done = decide_applications(
        group=ours.group,
        meeting_number=meeting,
        resolution=7,
        admitted=[late, early, 1, 77],
        declined={early: " "},
        by=ours.stranger,
    )
    assert isinstance(done, NotAdmitted)
    assert done.refusals == (
        NotEntitled(Deed.HOLD_MEETINGS, ours.stranger.day),
        MeetingWithoutQuorum(meeting, 4, 5, 8),
        NoSuchResolution(7),
        BothWays(early),
        WhyNotMissing(early),
        NotWaiting(1, is_member=True),
        NotWaiting(77, is_member=False),
    )
    assert not MemberEvent.objects.filter(group=ours.group).exclude(kind="applied").exists()


def test_whom_a_meeting_took_in_were_no_members_when_it_counted_its_quorum(
    ours: OccupationGroup,
) -> None:
    number = asks(ours)
    meeting = taken_in(ours, number)
    assert number in members_on(ours.group, MET)
    assert sorted(members_on(ours.group, MET, before_meeting=meeting)) == list(range(1, 9))
    assert number in members_on(ours.group, MET, before_meeting=meeting + 1)


def test_who_applied_after_the_meeting_waits_for_the_next_one(ours: OccupationGroup) -> None:
    number = asks(ours, on=LATER)
    meeting = ours.meet(MET, "รับสมาชิกใหม่")
    done = decide_applications(
        group=ours.group, meeting_number=meeting, resolution=1, admitted=[number], by=ours.chairman
    )
    assert isinstance(done, NotAdmitted)
    assert done.refusals == (AppliedLater(number, LATER, MET),)
    taken_in(ours, number, on=LATER)
    assert standing(ours, number, LATER)[0]


def test_a_decision_names_somebody(ours: OccupationGroup) -> None:
    meeting = ours.meet(MET, "รับสมาชิกใหม่")
    done = decide_applications(
        group=ours.group, meeting_number=meeting, resolution=1, admitted=[], by=ours.chairman
    )
    assert isinstance(done, NotAdmitted)
    assert done.refusals == (NobodyDecidedOn(),)


def test_who_was_declined_applies_again_under_the_same_number(ours: OccupationGroup) -> None:
    number = asks(ours)
    meeting = ours.meet(MET, "ยังไม่รับ")
    decide_applications(
        group=ours.group,
        meeting_number=meeting,
        resolution=1,
        admitted=[],
        declined={number: "ขอดูผลการร่วมกิจกรรมก่อน"},
        by=ours.chairman,
    )
    assert asks(ours, number=number, on=LATER) == number
    taken_in(ours, number, on=LAST)
    assert standing(ours, number, LAST) == (True, "ordinary", LAST)


# ---- a member who is two people ------------------------------------------------------------------


def test_a_name_that_is_a_member_is_refused_with_the_number(ours: OccupationGroup) -> None:
    done = apply_for_membership(
        group=ours.group,
        name="น.ส. บุญเรือน ศรีวิไล",
        kind=K.ORDINARY,
        on=ASKED,
        by=ours.treasurer,
    )
    assert not_done(done) == (SameNameIsMember(1),)
    words = member_wording.refusal_in_thai(SameNameIsMember(1))
    assert "เลขที่ 1" in words
    assert "คนละคนกัน เพราะ" in words
    assert Membership.objects.filter(group=ours.group).count() == len(MEMBERS)


def test_another_person_of_the_same_name_needs_a_reason_which_is_kept(
    ours: OccupationGroup,
) -> None:
    number = asks(ours, MEMBERS[0], another_person_because="คนละบ้าน อีกคนเป็นหลานของผู้ใหญ่ทอง")
    assert number == len(MEMBERS) + 1
    pair = PersonPair.objects.get()
    assert not pair.is_same
    assert pair.first == Membership.objects.get(group=ours.group, number=1).person
    assert pair.second == Membership.objects.get(group=ours.group, number=number).person
    assert "หลานของผู้ใหญ่ทอง" in pair.note
    event = MemberEvent.objects.get(group=ours.group, member_number=number)
    assert event.words.startswith("คนละคนกัน เพราะ")


def test_a_reason_that_nothing_calls_for_makes_no_pair(ours: OccupationGroup) -> None:
    asks(ours, another_person_because="ไม่มีใครชื่อนี้")
    assert not PersonPair.objects.exists()


def test_a_second_application_of_one_name_finds_the_first(ours: OccupationGroup) -> None:
    number = asks(ours)
    done = apply_for_membership(
        group=ours.group, name="มาลี ใจดี", kind=K.ORDINARY, on=LATER, by=ours.treasurer
    )
    assert not_done(done) == (SameNameWaits(number, ASKED),)


def test_who_left_is_sent_to_their_old_number(ours: OccupationGroup) -> None:
    leave_group(group=ours.group, number=2, reason="ลาออก", on=ASKED, by=ours.treasurer)
    done = apply_for_membership(
        group=ours.group, name=MEMBERS[1], kind=K.ORDINARY, on=MET, by=ours.treasurer
    )
    assert not_done(done) == (SameNameWasThere(2),)
    assert asks(ours, number=2, on=MET) == 2
    taken_in(ours, 2, on=LATER)
    assert standing(ours, 2, LATER) == (True, "ordinary", LATER)


def test_who_left_with_their_household_joins_under_a_new_number(ours: OccupationGroup) -> None:
    record_household_event(
        group=ours.group,
        number=2,
        kind=HouseholdEventKind.LEFT_LIST,
        on=ASKED,
        known_on=ASKED,
        by=ours.treasurer,
    )
    again = apply_for_membership(
        group=ours.group, number=2, kind=K.ORDINARY, on=MET, by=ours.treasurer
    )
    assert not_done(again) == (HouseholdGone(2),)
    assert asks(ours, MEMBERS[1], on=MET) == len(MEMBERS) + 1


# ---- refused -------------------------------------------------------------------------------------


def test_everything_against_an_application_is_said_together(ours: OccupationGroup) -> None:
    tomorrow = ours.stranger.day + timedelta(days=1)
    done = apply_for_membership(
        group=ours.group, name=" น.ส. ", kind=K.ORDINARY, on=tomorrow, by=ours.stranger
    )
    assert not_done(done) == (
        NotEntitled(Deed.KEEP_LISTS, ours.stranger.day),
        InTheFuture(tomorrow),
        NameMissing(),
    )


def test_a_member_and_an_applicant_do_not_apply_again(ours: OccupationGroup) -> None:
    number = asks(ours)

    def again(which: int) -> tuple[MemberRefusal, ...]:
        return not_done(
            apply_for_membership(
                group=ours.group, number=which, kind=K.ORDINARY, on=LATER, by=ours.treasurer
            )
        )

    assert again(1) == (AlreadyMember(1),)
    assert again(number) == (AlreadyWaits(number, ASKED),)
    assert again(99) == (NoSuchMember(99),)


def test_households_of_a_kkk_fund_do_not_apply_leave_or_change(ours: OccupationGroup) -> None:
    Group.objects.filter(pk=ours.group.pk).update(kind="kkk")
    ours.group.refresh_from_db()
    deeds: list[object] = [
        apply_for_membership(
            group=ours.group, name="นายสมชาย", kind=K.ORDINARY, on=ASKED, by=ours.treasurer
        ),
        leave_group(group=ours.group, number=1, reason="ลาออก", on=ASKED, by=ours.treasurer),
        change_member_kind(
            group=ours.group, number=1, kind=K.HONORARY, on=ASKED, by=ours.treasurer
        ),
    ]
    assert [not_done(each) for each in deeds] == [(TargetHouseholds(),)] * 3


# ---- leaving, changing, taking back --------------------------------------------------------------


def test_who_leaves_is_a_member_on_that_day_still(ours: OccupationGroup) -> None:
    done = leave_group(group=ours.group, number=3, reason="ย้ายไปอยู่กับลูก", on=MET, by=ours.treasurer)
    assert isinstance(done, MemberEventKept)
    assert 3 in members_on(ours.group, MET)
    assert 3 not in members_on(ours.group, MET + timedelta(days=1))


def test_leaving_is_refused_for_who_is_no_member_without_reason_or_after_a_later_day(
    ours: OccupationGroup,
) -> None:
    def leave(number: int, on: date, reason: str = "ลาออก") -> tuple[MemberRefusal, ...]:
        return not_done(
            leave_group(group=ours.group, number=number, reason=reason, on=on, by=ours.treasurer)
        )

    number = asks(ours)
    assert leave(number, MET, " ") == (ReasonMissing(), NoMember(number, MET))
    assert leave(99, MET) == (NoSuchMember(99),)
    change_member_kind(group=ours.group, number=4, kind=K.HONORARY, on=MET, by=ours.treasurer)
    assert leave(4, ASKED) == (LaterStands(4, MET),)
    leave_group(group=ours.group, number=4, reason="ลาออก", on=LATER, by=ours.treasurer)
    assert leave(4, LATER) == (NoMember(4, LATER),)
    assert leave(4, LAST) == (NoMember(4, LAST),)
    assert leave(4, ASKED) == (LaterStands(4, LATER),)
    taken_in(ours, number, on=LATER)
    assert leave(number, MET) == (NoMember(number, MET), LaterStands(number, LATER))


def test_a_wrong_person_can_do_none_of_it(ours: OccupationGroup) -> None:
    def all_of(by: Reach) -> list[object]:
        return [
            leave_group(group=ours.group, number=1, reason="ลาออก", on=MET, by=by),
            change_member_kind(group=ours.group, number=1, kind=K.HONORARY, on=MET, by=by),
            name_beneficiaries(
                group=ours.group,
                number=1,
                named=[NamedBeneficiary("นายแดง ศรีวิไล", "100")],
                on=MET,
                by=by,
            ),
        ]

    for by in (ours.stranger, ours.member, ours.chairman):
        for done in all_of(by):
            assert not_done(done) == (NotEntitled(Deed.KEEP_LISTS, by.day),)


def test_a_change_of_kind_counts_from_its_day_and_must_be_one(ours: OccupationGroup) -> None:
    def change(kind: MemberKind, on: date) -> object:
        return change_member_kind(
            group=ours.group, number=5, kind=kind, on=on, by=ours.treasurer, words="ครบ 60 ปี"
        )

    assert not_done(change(K.ORDINARY, MET)) == (SameKind("ordinary"),)
    assert isinstance(change(K.HONORARY, MET), MemberEventKept)
    assert standing(ours, 5, ASKED)[1] == "ordinary"
    assert standing(ours, 5, MET)[1] == "honorary"
    assert not_done(change(K.HONORARY, LATER)) == (SameKind("honorary"),)


def test_only_the_latest_is_taken_back_once_and_with_a_note(ours: OccupationGroup) -> None:
    number = asks(ours)
    taken_in(ours, number)
    applied, admitted = MemberEvent.objects.filter(member_number=number).order_by("number")

    def back(event: int, note: str = "จดผิดคน ดูรายงานการประชุมแล้ว") -> object:
        return withdraw_member_event(group=ours.group, event=event, note=note, by=ours.treasurer)

    assert not_done(back(applied.number, "")) == (
        NotTheLatest(applied.number, admitted.number),
        NoteMissing(),
    )
    assert not_done(back(88)) == (EventUnknown(88),)
    assert back(admitted.number) == MemberEventTakenBack(number, admitted.number)
    assert not_done(back(admitted.number)) == (EventWithdrawn(admitted.number),)
    waits = member_on(ours.group, number, LAST)
    assert waits is not None
    assert waits.standing.waits_since == ASKED


def test_an_application_taken_back_leaves_no_member_behind(ours: OccupationGroup) -> None:
    number = asks(ours)
    event = MemberEvent.objects.get(member_number=number)
    withdraw_member_event(
        group=ours.group, event=event.number, note="ผู้สมัครขอคืนใบสมัคร", by=ours.treasurer
    )
    assert number not in members_on(ours.group, LAST)
    assert [each.number for each in everybody(ours.group, LAST)][-1] == number
    assert asks(ours, number=number, on=LATER) == number


def test_a_leaving_of_a_paper_member_taken_back_makes_them_a_member_again(
    ours: OccupationGroup,
) -> None:
    left = leave_group(group=ours.group, number=6, reason="ลาออก", on=MET, by=ours.treasurer)
    assert isinstance(left, MemberEventKept)
    withdraw_member_event(
        group=ours.group, event=left.event, note="คนละคน ดูใบลาออกแล้ว", by=ours.treasurer
    )
    assert standing(ours, 6, LAST) == (True, "ordinary", None)


def test_a_paper_member_of_whom_all_was_taken_back_is_a_member_of_the_paper_again(
    ours: OccupationGroup,
) -> None:
    by = ours.treasurer
    leave_group(group=ours.group, number=6, reason="ลาออก", on=MET, by=by)
    asks(ours, number=6, on=LATER)
    for event in MemberEvent.objects.filter(member_number=6).order_by("-number"):
        done = withdraw_member_event(group=ours.group, event=event.number, note="จดผิดคน", by=by)
        assert isinstance(done, MemberEventTakenBack)
    assert standing(ours, 6, LAST) == (True, "ordinary", None)
    assert 6 in members_on(ours.group, LAST)


def test_the_example_of_the_rule_holds(ours: OccupationGroup) -> None:
    number = asks(ours, kind=K.ASSOCIATE, on=date(2024, 2, 5))
    taken_in(ours, number, on=date(2024, 3, 5))
    by, group = ours.treasurer, ours.group
    change_member_kind(group=group, number=number, kind=K.ORDINARY, on=date(2024, 4, 1), by=by)
    leave_group(group=group, number=number, reason="ย้ายบ้าน", on=date(2024, 5, 1), by=by)
    assert asks(ours, number=number, on=date(2024, 5, 10)) == number == 9

    def told(month: int, day: int) -> tuple[bool, str, int]:
        on = date(2024, month, day)
        is_member, kind, _ = standing(ours, number, on)
        return is_member, kind, len(members_on(group, on))

    assert told(3, 4) == (False, "", 8)
    assert told(3, 5) == (True, "associate", 9)
    assert told(4, 1) == (True, "ordinary", 9)
    assert told(5, 1) == (True, "ordinary", 9)
    assert told(5, 2) == (False, "ordinary", 8)
    assert told(5, 10) == (False, "ordinary", 8)
    again = member_on(group, number, date(2024, 5, 10))
    assert again is not None
    assert again.standing.left_on == date(2024, 5, 1)
    assert again.standing.waits_since == date(2024, 5, 10)
    assert standing(ours, number, date(2024, 5, 1))[2] == date(2024, 3, 5)
    named = name(ours, ("นายแดง ใจดี", "33.33"), ("นางดำ ใจดี", "66.66"), number=number, on=MET)
    assert not_done(named) == (SharesNotWhole(1),)


# ---- beneficiaries -------------------------------------------------------------------------------


def name(ours: OccupationGroup, *lines: tuple[str, str], number: int = 1, on: date = MET) -> object:
    named = [NamedBeneficiary(who, share, "บุตร") for who, share in lines]
    return name_beneficiaries(
        group=ours.group, number=number, named=named, on=on, by=ours.treasurer
    )


def test_a_set_makes_a_hundred_per_cent_and_the_next_replaces_it_whole(
    ours: OccupationGroup,
) -> None:
    first = name(ours, ("นายแดง ศรีวิไล", "๓๓.๓๓"), ("", " "), ("นางดำ ศรีวิไล", "66.67%"))
    assert first == BeneficiariesNamed(1, 1)
    assert name(ours, ("นางดำ ศรีวิไล", "100"), on=LATER) == BeneficiariesNamed(1, 2)
    now, before = beneficiaries_of(ours.group.pk, 1)
    assert [(each.place, each.share) for each in before.people] == [(1, 3_333), (2, 6_667)]
    assert [(each.person.name.first, each.share) for each in now.people] == [("ดำ", 10_000)]
    assert now.people[0].relation == "บุตร"
    assert now.named_on == LATER


def test_what_is_missing_or_over_is_said(ours: OccupationGroup) -> None:
    short = not_done(name(ours, ("นายแดง", "50"), ("นางดำ", "37.5")))
    assert short == (SharesNotWhole(1_250),)
    assert "ยังขาดอีก 12.5%" in member_wording.refusal_in_thai(short[0])
    over = not_done(name(ours, ("นายแดง", "50"), ("นางดำ", "50.01")))
    assert over == (SharesNotWhole(-1),)
    assert "เกินไป 0.01%" in member_wording.refusal_in_thai(over[0])
    assert not Beneficiary.objects.exists()


def test_every_line_of_a_set_is_judged(ours: OccupationGroup) -> None:
    done = name(
        ours,
        ("นางสาวบุญเรือน ศรีวิไล", "20"),
        ("นายแดง ศรีวิไล", "ครึ่ง"),
        ("", "20"),
        ("แดง ศรีวิไล", "20"),
    )
    assert not_done(done) == (
        OwnBeneficiary(1),
        ShareUnreadable(2, "ครึ่ง"),
        BeneficiaryNameMissing(3),
        NamedTwice(4, 2),
    )
    assert not_done(name(ours, ("", ""))) == (NobodyNamed(),)


def test_a_set_belongs_to_a_member_or_an_applicant_and_follows_the_one_before(
    ours: OccupationGroup,
) -> None:
    number = asks(ours)
    assert isinstance(name(ours, ("นายแดง", "100"), number=number), BeneficiariesNamed)
    leave_group(group=ours.group, number=2, reason="ลาออก", on=ASKED, by=ours.treasurer)
    assert not_done(name(ours, ("นายแดง", "100"), number=2)) == (NoMember(2, MET),)
    assert not_done(name(ours, ("นายแดง", "100"), number=99)) == (NoSuchMember(99),)
    assert not_done(name(ours, ("นายแดง", "100"), number=number, on=ASKED)) == (
        LaterSetStands(MET),
    )


# ---- photos --------------------------------------------------------------------------------------


def test_a_photo_is_kept_by_its_content_and_the_one_before_stays(
    ours: OccupationGroup, tmp_path: Path
) -> None:
    kept = []
    for beginning in (JPEG, PNG):
        file = tmp_path / "photo"
        file.write_bytes(beginning)
        done = keep_member_photo(group=ours.group, number=1, file=file, by=ours.treasurer)
        assert isinstance(done, PhotoKept)
        kept.append(done.sha256)
    assert Membership.objects.get(group=ours.group, number=1).photo == kept[1]
    assert all(evidence_path(sha256).exists() for sha256 in kept)


def test_what_is_no_picture_or_too_large_is_not_kept(ours: OccupationGroup, tmp_path: Path) -> None:
    file = tmp_path / "photo.jpg"
    file.write_bytes(b"%PDF-1.7" + b"\0" * MOST_PHOTO_BYTES)
    done = keep_member_photo(group=ours.group, number=99, file=file, by=ours.stranger)
    assert not_done(done) == (
        NotEntitled(Deed.KEEP_LISTS, ours.stranger.day),
        NoSuchMember(99),
        PictureTooLarge(MOST_PHOTO_BYTES + 8, MOST_PHOTO_BYTES),
        NoPicture(),
    )


# ---- words ---------------------------------------------------------------------------------------

GIVEN: dict[str, Any] = {
    "number": 3,
    "latest": 4,
    "place": 2,
    "first": 1,
    "kind": "honorary",
    "raw": "ครึ่ง",
    "missing": 1_250,
    "size": 7_000_000,
    "most": MOST_PHOTO_BYTES,
    "deed": Deed.KEEP_LISTS,
    "is_member": True,
    "came": 4,
    "needed": 5,
    "of": 8,
    "sequence": 2,
}


@pytest.mark.parametrize(
    ("kind", "said_by"),
    [
        *((kind, member_wording.refusal_in_thai) for kind in get_args(MemberRefusal)),
        *((kind, admission_wording.refusal_in_thai) for kind in get_args(AdmissionRefusal)),
    ],
    ids=lambda each: each.__name__,
)
def test_every_refusal_has_words(kind: type, said_by: Any) -> None:  # noqa: ANN401
    fields = kind.__dataclass_fields__  # type: ignore[attr-defined]
    words = said_by(kind(**{name: GIVEN.get(name, MET) for name in fields}))
    assert re.search("[ก-๙]{8}", words), words
    assert not re.search(r"[!{}<>]|None|Traceback|\.$|  ", words), words
    assert words == words.strip()


def test_both_ways_of_not_waiting_and_an_empty_share_have_their_own_words() -> None:
    said = admission_wording.refusal_in_thai
    assert said(NotWaiting(3, is_member=True)) != said(NotWaiting(3, is_member=False))
    assert "ยังไม่ได้ใส่ร้อยละ" in member_wording.refusal_in_thai(ShareUnreadable(1, ""))


def test_a_refusal_without_words_is_noticed() -> None:
    with pytest.raises(NotImplementedError):
        member_wording.refusal_in_thai(FOUNDED)  # type: ignore[arg-type]
