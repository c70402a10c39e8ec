"""A committee is elected by members, a vacancy filled, a term ended; and what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest

from five.occupation_group import COMMITTEE, MEMBERS, OccupationGroup, founded_group
from kongthun.accounts.reach import Deed, NotEntitled
from kongthun.activities import election_refusals as why
from kongthun.activities.actions.elections import (
    CommitteeElected,
    SeatProposed,
    VacancyFilled,
    elect_committee,
    fill_vacancy,
)
from kongthun.activities.election_wording import refusal_in_thai
from kongthun.activities.models import MeetingKind
from kongthun.activities.queries import quorum_of
from kongthun.activities.queries.meetings import meeting
from kongthun.activities.refusals import (
    CannotDecideThis,
    MeetingStillOpen,
    MeetingWithoutQuorum,
    NoSuchMeeting,
    NoSuchResolution,
)
from kongthun.audit.models import AuditLine
from kongthun.groups import committee_refusals
from kongthun.groups.actions import TermEnded, add_household, correct_term, end_term
from kongthun.groups.committee_refusals import EndedBefore, ReasonMissing
from kongthun.groups.committee_wording import refusal_in_thai as committee_refusal_in_thai
from kongthun.groups.models import CommitteePosition as P
from kongthun.groups.models import CommitteeTerm, Person
from kongthun.groups.queries.committee import in_force_terms, standing_terms
from kongthun.groups.queries.rules import rules_of
from kongthun.groups.refusals import EndsBeforeItStarts, InTheFuture, TermUnknown, TermWithdrawn

MET = date(2025, 12, 20)
STARTS = date(2026, 1, 1)
EVE = date(2025, 12, 31)
PROPOSED = tuple(
    SeatProposed(number, position)
    for number, position in zip((2, 1, 3, 6, 7), COMMITTEE, strict=True)
)


@pytest.fixture
def ours(db: None) -> OccupationGroup:  # noqa: ARG001
    return founded_group()


def elect(ours: OccupationGroup, **said: Any) -> Any:  # noqa: ANN401
    asked: dict[str, Any] = {
        "group": ours.group,
        "meeting_number": 1,
        "resolution": 1,
        "seats": PROPOSED,
        "starts_on": STARTS,
        "by": ours.field_worker,
    }
    return elect_committee(**asked | said)


def fill(ours: OccupationGroup, **said: Any) -> Any:  # noqa: ANN401
    asked: dict[str, Any] = {
        "group": ours.group,
        "meeting_number": 1,
        "resolution": 1,
        "seat": SeatProposed(6, P.TREASURER),
        "starts_on": date(2024, 7, 1),
        "by": ours.field_worker,
    }
    return fill_vacancy(**asked | said)


def end(ours: OccupationGroup, number: int, on: date, words: str = "ลาออก") -> Any:  # noqa: ANN401
    return end_term(group=ours.group, number=number, on=on, words=words, by=ours.field_worker)


def refused(done: Any) -> list[Any]:  # noqa: ANN401
    assert isinstance(done, why.NotDone | committee_refusals.NotDone), done
    return list(done.refusals)


def term(ours: OccupationGroup, number: int) -> CommitteeTerm:
    return CommitteeTerm.objects.select_related("person").get(group=ours.group, number=number)


def in_office(ours: OccupationGroup, day: date) -> set[tuple[int | None, str]]:
    rules = rules_of(
        group_id=ours.group.pk, kind=ours.group.kind, area_code=ours.group.area_code, day=day
    )
    held = in_force_terms(ours.group.pk, day, years=rules["committee_years"].count)
    return {(each.set_number, each.person.name.full) for each in held}


# ---- a new set -----------------------------------------------------------------------------------


def test_the_new_set_begins_where_the_old_one_ends(ours: OccupationGroup) -> None:
    ours.meet(MET, "เลือกคณะกรรมการชุดที่ 2")
    done = elect(ours)
    assert done == CommitteeElected(2, (6, 7, 8, 9, 10), (1, 2, 3, 4, 5))
    assert {number for number, _ in in_office(ours, EVE)} == {1}
    assert {number for number, _ in in_office(ours, STARTS)} == {2}
    assert len(in_office(ours, STARTS)) == 5
    first = term(ours, 6)
    assert (first.position, first.person.name.full) == ("chairman", MEMBERS[1])
    assert (first.meeting_number, first.ends_on) == (1, None)


def test_a_term_without_an_end_takes_it_once_and_is_not_replaced(ours: OccupationGroup) -> None:
    ours.meet(MET, "เลือกคณะกรรมการชุดที่ 2")
    elect(ours)
    old = term(ours, 1)
    assert (old.ends_on, old.withdrawn_at) == (EVE, None)
    assert old.correction_note == "ชุดที่ 2 ได้รับเลือกในการประชุมครั้งที่ 1"


def test_a_written_end_stays_readable_beside_the_new_one(ours: OccupationGroup) -> None:
    written = date(2026, 6, 30)
    correct_term(
        group=ours.group,
        number=1,
        set_number=1,
        name=MEMBERS[0],
        position=P.CHAIRMAN,
        starts_on=date(2024, 1, 15),
        ends_on=written,
        note="ตามประกาศ",
        by=ours.field_worker,
    )
    ours.meet(MET, "เลือกคณะกรรมการชุดที่ 2")
    done = elect(ours)
    assert done.ended == (2, 3, 4, 5, 7)
    assert (term(ours, 6).ends_on, term(ours, 6).withdrawn_at is None) == (written, False)
    assert (term(ours, 7).ends_on, term(ours, 7).corrects) == (EVE, 6)


def test_terms_that_end_by_themselves_before_are_left_alone(ours: OccupationGroup) -> None:
    ours.meet(MET, "เลือกคณะกรรมการชุดที่ 2")
    done = elect(ours, starts_on=date(2026, 1, 15))  # the first set ends on the 14th by the rules
    assert done.ended == ()
    assert term(ours, 1).ends_on is None


def test_a_member_stays_the_same_person_by_number_and_by_name(ours: OccupationGroup) -> None:
    ours.meet(MET, "เลือกคณะกรรมการชุดที่ 2")
    before = Person.objects.count()
    seats = [
        SeatProposed("ลำไย สุขสวัสดิ์", P.CHAIRMAN),  # member 4, without the title
        SeatProposed(5, P.SECRETARY),
        SeatProposed(6, P.TREASURER),
        SeatProposed(7, P.MEMBER, "ฝ่ายการตลาด"),
        SeatProposed("นายนอก บัญชี", P.MEMBER),
    ]
    done = elect(ours, seats=seats)
    assert isinstance(done, CommitteeElected), done
    assert Person.objects.count() == before + 1
    assert term(ours, 6).person_id == ours.group.memberships.get(number=4).person_id
    assert (term(ours, 9).section, term(ours, 9).position_words) == ("การตลาด", "กรรมการฝ่ายการตลาด")


def test_what_was_decided_before_keeps_its_quorum(ours: OccupationGroup) -> None:
    held = ours.meet(date(2025, 3, 1), "จัดซื้อ", kind=MeetingKind.COMMITTEE, terms=(1, 2, 3))
    elected_at = ours.meet(MET, "เลือกคณะกรรมการชุดที่ 2")
    elect(ours, meeting_number=elected_at)
    kept = meeting(ours.group, held)
    assert kept is not None
    rules = rules_of(
        group_id=ours.group.pk, kind=ours.group.kind, area_code=ours.group.area_code, day=MET
    )
    assert quorum_of(ours.group, kept, rules).is_met


def test_the_audit_line_names_no_one(ours: OccupationGroup) -> None:
    ours.meet(MET, "เลือกคณะกรรมการชุดที่ 2")
    elect(ours)
    line = AuditLine.objects.get(deed="elect_committee")
    assert line.details == {
        "set": 2,
        "meeting": 1,
        "resolution": 1,
        "starts_on": "2026-01-01",
        "terms": [6, 7, 8, 9, 10],
        "ended": [1, 2, 3, 4, 5],
    }


# ---- refusals of an election ---------------------------------------------------------------------


def test_without_quorum_nobody_is_elected(ours: OccupationGroup) -> None:
    ours.meet(MET, "เลือกคณะกรรมการชุดที่ 2", others=4)
    assert refused(elect(ours)) == [MeetingWithoutQuorum(1, 4, 5, 8)]
    assert standing_terms(ours.group.pk).count() == 5


def test_a_committee_can_not_elect_the_next_one(ours: OccupationGroup) -> None:
    ours.meet(MET, "เลือกคณะกรรมการชุดที่ 2", kind=MeetingKind.COMMITTEE)
    assert refused(elect(ours)) == [CannotDecideThis(1, "ประชุมคณะกรรมการ")]


def test_all_that_is_against_an_election_is_said_together(ours: OccupationGroup) -> None:
    ours.meet(MET, "เลือกคณะกรรมการชุดที่ 2")
    seats = [
        SeatProposed(1, P.CHAIRMAN),
        SeatProposed(2, P.CHAIRMAN),
        SeatProposed(1, P.TREASURER),
        SeatProposed(99, P.MEMBER),
        SeatProposed("  ", P.MEMBER),
        SeatProposed(3, P.MEMBER, section="ก" * 61),
    ]
    found = refused(
        elect(
            ours,
            by=ours.treasurer,
            resolution=2,
            seats=seats[:4],
            starts_on=date(2025, 12, 19),
            ends_on=date(2028, 1, 1),
        )
    )
    assert found == [
        NotEntitled(Deed.KEEP_COMMITTEE, ours.treasurer.day),
        NoSuchResolution(2),
        why.EndsPastTheRules(date(2028, 1, 1), date(2027, 12, 18), 2),
        why.NoMemberOfThisNumber(99),
        why.FewerThanLeast(3, 5),
        why.OnePostTwoPeople("chairman", (MEMBERS[0], MEMBERS[1])),
        why.InTwoPosts(MEMBERS[0], ("ประธาน", "เหรัญญิก")),
    ]
    more = refused(elect(ours, seats=seats, starts_on=date(2025, 12, 19)))
    assert more[0] == why.StartsBeforeMeeting(date(2025, 12, 19), MET)
    assert why.SeatUnnamed(5, "member") in more
    assert why.ElectionTextTooLong("ชื่อฝ่าย", 60) in more


def test_nobody_named_is_refused(ours: OccupationGroup) -> None:
    ours.meet(MET, "เลือกคณะกรรมการชุดที่ 2")
    assert refused(elect(ours, seats=[])) == [why.NobodyNamed()]


def test_the_least_number_is_enough_and_the_most_can_be_passed(ours: OccupationGroup) -> None:
    ours.meet(MET, "เลือกคณะกรรมการชุดที่ 2")
    many = [SeatProposed(f"นายคนที่ ลำดับ{number}", P.MEMBER) for number in range(16)]
    assert refused(elect(ours, seats=many)) == [why.MoreThanMost(16, 15)]
    assert refused(elect(ours, seats=PROPOSED[:4])) == [why.FewerThanLeast(4, 5)]
    assert isinstance(elect(ours), CommitteeElected)


def test_one_person_in_two_posts_needs_a_word_why(ours: OccupationGroup) -> None:
    ours.meet(MET, "เลือกคณะกรรมการชุดที่ 2")
    seats = [*PROPOSED, SeatProposed(2, P.MEMBER, "การผลิต")]
    assert refused(elect(ours, seats=seats)) == [
        why.InTwoPosts(MEMBERS[1], ("ประธาน", "กรรมการฝ่ายการผลิต"))
    ]
    done = elect(ours, seats=seats, in_two_posts_note="ที่ประชุมให้ดูแลการผลิตไปก่อน")
    assert isinstance(done, CommitteeElected)
    assert term(ours, done.numbers[-1]).correction_note == "ที่ประชุมให้ดูแลการผลิตไปก่อน"
    assert term(ours, done.numbers[1]).correction_note == ""


def test_a_name_of_two_members_is_asked_for_by_number(ours: OccupationGroup) -> None:
    add_household(
        group=ours.group,
        name="นายประจวบ คงทอง",
        house_number="99",
        size=None,
        income_before=None,
        on=date(2024, 2, 1),
        by=ours.field_worker,
    )
    ours.meet(MET, "เลือกคณะกรรมการชุดที่ 2")
    seats = [SeatProposed("ประจวบ คงทอง", P.CHAIRMAN), *PROPOSED[1:]]
    assert refused(elect(ours, seats=seats)) == [why.OneNameTwoMembers("ประจวบ คงทอง", (2, 9))]


def test_a_set_sent_twice_is_elected_once(ours: OccupationGroup) -> None:
    ours.meet(MET, "เลือกคณะกรรมการชุดที่ 2")
    elect(ours)
    assert refused(elect(ours)) == [why.SetBeganAlready(2, STARTS)]
    assert refused(elect(ours, starts_on=date(2025, 12, 25))) == [why.SetBeganAlready(2, STARTS)]


@pytest.mark.parametrize(
    ("starts_on", "is_refused"), [(date(2026, 12, 20), False), (date(2026, 12, 21), True)]
)
def test_a_start_a_year_after_the_meeting_is_a_slip(
    ours: OccupationGroup, starts_on: date, is_refused: bool
) -> None:
    ours.meet(MET, "เลือกคณะกรรมการชุดที่ 2")
    done = elect(ours, starts_on=starts_on)
    assert isinstance(done, why.NotDone) is is_refused


def test_an_end_before_the_start_is_refused(ours: OccupationGroup) -> None:
    ours.meet(MET, "เลือกคณะกรรมการชุดที่ 2")
    assert refused(elect(ours, ends_on=EVE)) == [EndsBeforeItStarts(STARTS, EVE)]


# ---- somebody leaves, somebody comes in ----------------------------------------------------------


def test_who_resigned_is_in_office_to_the_last_day(ours: OccupationGroup) -> None:
    assert end(ours, 4, date(2024, 6, 15)) == TermEnded(4, date(2024, 6, 15))
    assert (1, MEMBERS[3]) in in_office(ours, date(2024, 6, 15))
    assert (1, MEMBERS[3]) not in in_office(ours, date(2024, 6, 16))
    assert term(ours, 4).correction_note == "ลาออก"


def test_what_speaks_against_ending_a_term(ours: OccupationGroup) -> None:
    today = ours.field_worker.day
    later = date(today.year + 1, 1, 1)
    assert refused(end(ours, 99, date(2024, 6, 15))) == [TermUnknown(99)]
    assert refused(end(ours, 4, date(2024, 1, 14), " ")) == [
        ReasonMissing(),
        EndsBeforeItStarts(date(2024, 1, 15), date(2024, 1, 14)),
    ]
    assert refused(end(ours, 4, date(2026, 1, 14))) == [EndedBefore(date(2026, 1, 14))]
    assert InTheFuture(later) in refused(end(ours, 4, later))
    end(ours, 4, date(2024, 6, 15))
    end(ours, 4, date(2024, 6, 10), "หนังสือลงวันที่ 10")  # known better: a row beside it
    assert term(ours, 6).corrects == 4
    assert TermWithdrawn(4, 6) in refused(end(ours, 4, date(2024, 6, 1)))


def test_a_vacancy_is_filled_for_the_rest_of_the_sets_time(ours: OccupationGroup) -> None:
    end(ours, 4, date(2024, 6, 15))
    ours.meet(date(2024, 6, 20), "เลือกเหรัญญิกแทน", kind=MeetingKind.COMMITTEE, terms=(1, 2, 3))
    done = fill(ours)
    assert done == VacancyFilled(6, 1, date(2026, 1, 14))  # with the others, not two years from now
    assert (1, MEMBERS[5]) in in_office(ours, date(2024, 7, 1))


def test_a_general_meeting_fills_a_vacancy_too(ours: OccupationGroup) -> None:
    end(ours, 4, date(2024, 6, 15))
    ours.meet(date(2024, 6, 20), "เลือกเหรัญญิกแทน", terms=(1, 2, 3))
    assert isinstance(fill(ours), VacancyFilled)


def test_a_post_that_is_held_is_no_vacancy(ours: OccupationGroup) -> None:
    ours.meet(date(2024, 6, 20), "เลือกเหรัญญิกแทน")
    assert refused(fill(ours)) == [why.PostHeld("treasurer")]
    assert isinstance(fill(ours, seat=SeatProposed(6, P.MEMBER, "การผลิต")), VacancyFilled)


def test_nobody_comes_in_where_no_committee_is_in_office(ours: OccupationGroup) -> None:
    ours.meet(date(2026, 2, 1), "เลือกเหรัญญิกแทน", terms=())
    day = date(2026, 2, 1)
    assert refused(fill(ours, starts_on=day)) == [why.NoSetInOffice(day)]


def test_who_sits_already_comes_in_again_only_with_a_word_why(ours: OccupationGroup) -> None:
    end(ours, 4, date(2024, 6, 15))
    ours.meet(date(2024, 6, 20), "เลือกเหรัญญิกแทน", terms=(1, 2, 3))
    seat = SeatProposed(3, P.TREASURER)
    assert refused(fill(ours, seat=seat)) == [why.InTwoPosts(MEMBERS[2], ("เลขานุการ", "เหรัญญิก"))]
    done = fill(ours, seat=seat, in_two_posts_note="ไม่มีผู้อื่นรับ")
    assert term(ours, done.number).correction_note == "ไม่มีผู้อื่นรับ"


def test_a_stranger_neither_elects_nor_ends(ours: OccupationGroup) -> None:
    ours.meet(MET, "เลือกคณะกรรมการชุดที่ 2")
    not_theirs = NotEntitled(Deed.KEEP_COMMITTEE, ours.stranger.day)
    assert not_theirs in refused(elect(ours, by=ours.stranger))
    assert not_theirs in refused(fill(ours, by=ours.stranger))
    assert not_theirs in refused(
        end_term(group=ours.group, number=1, on=date(2024, 6, 15), words="ลาออก", by=ours.stranger)
    )


# ---- words ---------------------------------------------------------------------------------------

DAY = date(2026, 1, 1)
SAID: list[Any] = [
    NotEntitled(Deed.KEEP_COMMITTEE, DAY),
    NoSuchMeeting(3),
    MeetingStillOpen(3),
    CannotDecideThis(3, "ประชุมคณะกรรมการ"),
    MeetingWithoutQuorum(3, 4, 5, 8),
    NoSuchResolution(2),
    EndsBeforeItStarts(DAY, DAY),
    why.NobodyNamed(),
    why.SeatUnnamed(5, "member"),
    why.NoMemberOfThisNumber(9),
    why.OneNameTwoMembers("นายประจวบ คงทอง", (2, 9)),
    why.FewerThanLeast(4, 5),
    why.MoreThanMost(16, 15),
    why.OnePostTwoPeople("chairman", ("ก", "ข")),
    why.InTwoPosts("นายประจวบ คงทอง", ("ประธาน", "เหรัญญิก")),
    why.StartsBeforeMeeting(DAY, DAY),
    why.StartsLongAfter(DAY, DAY),
    why.EndsPastTheRules(DAY, DAY, 2),
    why.SetBeganAlready(2, DAY),
    why.NoSetInOffice(DAY),
    why.PostHeld("treasurer"),
    why.ElectionTextTooLong("ชื่อ", 100),
]


def test_every_refusal_of_an_election_has_words() -> None:
    assert {type(each) for each in SAID} == set(get_args(why.ElectionRefusal))
    for each in SAID:
        words = refusal_in_thai(each)
        assert len(words) > 20
        assert "  " not in words


def test_every_refusal_of_ending_a_term_has_words() -> None:
    said: list[Any] = [
        NotEntitled(Deed.KEEP_COMMITTEE, DAY),
        InTheFuture(DAY),
        EndsBeforeItStarts(DAY, DAY),
        TermUnknown(3),
        TermWithdrawn(3, 4),
        EndedBefore(DAY),
        ReasonMissing(),
        committee_refusals.ReasonTooLong(300),
    ]
    assert {type(each) for each in said} == set(get_args(committee_refusals.CommitteeRefusal))
    for each in said:
        assert len(committee_refusal_in_thai(each)) > 15
