"""Officers, the network and the chairmen are taught and heard: what stands, what is refused."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from kongthun.accounts.models import User
from kongthun.accounts.reach import Deed, NotEntitled, Reach, reach_of
from kongthun.audit.models import AuditLine, Evidence
from kongthun.briefings.actions.briefings import (
    BriefingKept,
    RowKept,
    WhoCame,
    add_material,
    hold_briefing,
    mark_attendees,
    take_back_row,
    withdraw_briefing,
)
from kongthun.briefings.actions.questions import ask_question, count_sheets, take_back_question
from kongthun.briefings.actions.voices import record_voice, take_back_voice
from kongthun.briefings.models import (
    Attendee,
    Audience,
    Briefing,
    Material,
    Moment,
    SaidBy,
    Tally,
    Voice,
    VoiceKind,
)
from kongthun.briefings.queries.briefings import (
    asked_at,
    attendees_of,
    briefing_in_reach,
    briefings_in_reach,
    invited_to,
    learned,
    materials_of,
)
from kongthun.briefings.queries.chairmen import chairmen_of
from kongthun.briefings.queries.voices import voices_at, voices_of
from kongthun.briefings.refusals import (
    AnswerTwice,
    AskedAlready,
    BriefingGone,
    CalledAlready,
    HasHappened,
    InFuture,
    MoreSheetsThanPeople,
    NamedTwice,
    NobodyNamed,
    NoRightAnswer,
    NoSuchArea,
    NoSuchRow,
    NotDone,
    NotHeldYet,
    NothingCounted,
    NotInArea,
    RightMoreThanAnswered,
    SaidAlready,
    TooFewAnswers,
    TooLong,
    WordsMissing,
)
from kongthun.groups.models import Group
from reports.small_district import DISTRICT, NEXT_DOOR, SmallDistrict

TOPIC = "ระเบียบ พ.ศ. 2553"


def reach(user: User) -> Reach:
    """What somebody holds today."""
    return reach_of(user, timezone.localdate())


def refusals(done: object) -> list[Any]:
    """What was refused, all together."""
    assert isinstance(done, NotDone), done
    return list(done.refusals)


def group_of(district: SmallDistrict, place: int = 0) -> Group:
    """A group of the district, by its place in the order of codes."""
    return Group.objects.get(code=sorted(district.codes)[place])


def number_of(done: object) -> int:
    """The number of a row that was kept."""
    assert isinstance(done, RowKept), done
    return done.number


@pytest.fixture
def officer(district: SmallDistrict) -> Reach:
    """พัฒนาการอำเภอ."""
    return reach(district.cast.officer)


@pytest.fixture
def briefing(officer: Reach) -> Briefing:
    """The chairmen are called for today."""
    done = hold_briefing(
        area_code=DISTRICT,
        topic=TOPIC,
        audience=Audience.CHAIRMEN,
        on=officer.day,
        by=officer,
        place="หอประชุมอำเภอ",
    )
    assert isinstance(done, BriefingKept), done
    return done.briefing


@pytest.fixture
def attended(district: SmallDistrict, officer: Reach, briefing: Briefing) -> Briefing:
    """Two chairmen and an officer came."""
    came = [
        WhoCame("นายหนึ่ง  มาแล้ว", "ประธานกรรมการ", group_of(district, 0)),
        WhoCame("นายสอง  มาแล้ว", "ประธานกรรมการ", group_of(district, 1)),
        WhoCame("นางสาวสาม  มาด้วย", "พัฒนากร"),
    ]
    assert mark_attendees(briefing=briefing, came=came, by=officer) == RowKept(3)
    return briefing


# ---- calling ------------------------------------------------------------------------------------


def test_a_briefing_can_be_called_for_a_day_to_come(officer: Reach) -> None:
    later = officer.day + timedelta(days=14)
    done = hold_briefing(
        area_code=DISTRICT,
        topic=TOPIC,
        audience=Audience.OFFICERS,
        on=later,
        by=officer,
        agenda="  ระเบียบ \n\n แนวทาง",
    )
    assert isinstance(done, BriefingKept)
    assert done.briefing.number == 1
    assert done.briefing.agenda == "ระเบียบ\nแนวทาง"


def test_a_briefing_is_refused_with_every_reason_at_once(
    district: SmallDistrict, briefing: Briefing
) -> None:
    by = reach(district.cast.chairman)
    done = hold_briefing(
        area_code=DISTRICT,
        topic=TOPIC,
        audience=Audience.CHAIRMEN,
        on=briefing.held_on,
        by=by,
        place="ก" * 201,
    )
    assert refusals(done) == [
        NotEntitled(Deed.HOLD_BRIEFINGS, by.day),
        TooLong("สถานที่", 200),
        CalledAlready(1),
    ]


def test_a_briefing_needs_a_topic_and_a_place_on_the_map(district: SmallDistrict) -> None:
    province = reach(district.cast.province)
    done = hold_briefing(
        area_code="8099", topic=" ", audience=Audience.OFFICERS, on=province.day, by=province
    )
    assert refusals(done) == [NoSuchArea("8099"), WordsMissing("เรื่อง")]


@pytest.mark.parametrize(
    ("who", "area", "may"),
    [
        ("officer", DISTRICT, True),
        ("field_worker", DISTRICT, True),  # together with the whole district
        ("field_worker", "801601", True),
        ("field_worker", "80", False),
        ("province", "80", True),
        ("province", DISTRICT, True),
        ("officer", NEXT_DOOR[:4], False),
        ("neighbour", DISTRICT, False),
        ("chairman", DISTRICT, False),
        ("treasurer", DISTRICT, False),
        ("auditor", DISTRICT, False),
        ("department", DISTRICT, False),
        ("retired", DISTRICT, False),
    ],
)
def test_who_may_keep_a_briefing_of_which_area(
    district: SmallDistrict, who: str, area: str, may: bool
) -> None:
    by = reach(getattr(district.cast, who))
    done = hold_briefing(area_code=area, topic=TOPIC, audience=Audience.OFFICERS, on=by.day, by=by)
    if may:
        assert isinstance(done, BriefingKept)
    else:
        assert refusals(done) == [NotEntitled(Deed.HOLD_BRIEFINGS, by.day)]


def test_chairmen_of_every_fund_of_the_area_are_called(
    district: SmallDistrict, briefing: Briefing
) -> None:
    funds = invited_to(briefing)
    assert [fund.code for fund in funds] == sorted(district.codes)
    chairmen = chairmen_of([fund.pk for fund in funds], briefing.held_on)
    assert set(chairmen) <= {fund.pk for fund in funds}
    assert chairmen


# ---- who came -----------------------------------------------------------------------------------


def test_who_came_stands_as_on_the_sheet(attended: Briefing) -> None:
    people = attendees_of(attended)
    assert [each.number for each in people] == [1, 2, 3]
    assert [each.group is not None for each in people] == [True, True, False]


def test_nobody_was_at_a_briefing_whose_day_has_not_come(officer: Reach) -> None:
    later = officer.day + timedelta(days=1)
    called = hold_briefing(
        area_code=DISTRICT, topic=TOPIC, audience=Audience.OFFICERS, on=later, by=officer
    )
    assert isinstance(called, BriefingKept)
    done = mark_attendees(briefing=called.briefing, came=[], by=officer)
    assert refusals(done) == [NotHeldYet(later), NobodyNamed()]


def test_who_came_is_refused_with_every_reason_at_once(
    district: SmallDistrict, attended: Briefing
) -> None:
    by = reach(district.cast.neighbour)
    outside = Group.objects.get(code=NEXT_DOOR)
    came = [
        WhoCame("นางสาวสาม มาด้วย", "พัฒนากร"),
        WhoCame(" ", "ก" * 101),
        WhoCame("นายไกล", "", outside),
    ]
    assert refusals(mark_attendees(briefing=attended, came=came, by=by)) == [
        NotEntitled(Deed.HOLD_BRIEFINGS, by.day),
        NamedTwice("นางสาวสาม มาด้วย"),
        WordsMissing("ชื่อผู้มา"),
        TooLong("ตำแหน่ง", 100),
        NotInArea(outside.name),
    ]


def test_somebody_written_down_by_mistake_is_taken_back_and_stays_readable(
    officer: Reach, attended: Briefing
) -> None:
    back = {"briefing": attended, "what": Attendee, "number": 2, "by": officer}
    assert take_back_row(note="ลงชื่อผิดวัน", **back) == RowKept(2)
    assert [each.number for each in attendees_of(attended)] == [1, 3]
    assert Attendee.objects.get(briefing=attended, number=2).withdrawn_note == "ลงชื่อผิดวัน"
    assert refusals(take_back_row(note="", **back)) == [
        NoSuchRow("ผู้มาประชุมชี้แจง", 2),
        WordsMissing("เหตุที่ถอน"),
    ]


def test_a_briefing_where_people_came_is_not_taken_back(officer: Reach, attended: Briefing) -> None:
    done = withdraw_briefing(briefing=attended, note="จดผิด", by=officer)
    assert refusals(done) == [HasHappened(3, 0)]


def test_a_briefing_that_was_not_held_is_taken_back_and_found_no_more(
    officer: Reach, briefing: Briefing
) -> None:
    assert isinstance(
        withdraw_briefing(briefing=briefing, note="ฝนตกหนัก งดประชุม", by=officer), BriefingKept
    )
    assert briefing_in_reach(DISTRICT, 1, officer) is None
    done = mark_attendees(briefing=briefing, came=[WhoCame("นายหนึ่ง")], by=officer)
    assert refusals(done) == [BriefingGone(1)]


# ---- materials ----------------------------------------------------------------------------------


def test_a_material_is_kept_by_its_content(
    officer: Reach, briefing: Briefing, tmp_path: Path
) -> None:
    file = tmp_path / "manual.pdf"
    file.write_bytes(b"%PDF-1.4 manual")
    assert add_material(briefing=briefing, title="คู่มือ", file=file, by=officer) == RowKept(1)
    kept = materials_of(briefing)[0]
    assert Evidence.objects.filter(sha256=kept.sha256).exists()
    back = take_back_row(briefing=briefing, what=Material, number=1, note="ผิดไฟล์", by=officer)
    assert back == RowKept(1)
    assert materials_of(briefing) == []


def test_a_material_needs_a_title(officer: Reach, briefing: Briefing, tmp_path: Path) -> None:
    done = add_material(briefing=briefing, title="", file=tmp_path / "none", by=officer)
    assert refusals(done) == [WordsMissing("ชื่อเอกสาร")]


# ---- questions ----------------------------------------------------------------------------------


def asked(briefing: Briefing, by: Reach, words: str = "สัญญาทำกี่ฉบับ") -> int:
    """A question with three answers, the last of which is right."""
    return number_of(
        ask_question(briefing=briefing, words=words, answers=["1", "2", "3"], right=3, by=by)
    )


def test_what_was_learned_is_the_share_that_was_right_before_and_after(
    officer: Reach, attended: Briefing
) -> None:
    first, second = asked(attended, officer), asked(attended, officer, "ส่งคืนภายในกี่ปี")
    both = {"briefing": attended, "answered": 3, "by": officer}
    number_of(count_sheets(moment=Moment.BEFORE, right={first: 1, second: 0}, **both))
    number_of(count_sheets(moment=Moment.AFTER, right={first: 3, second: 1}, **both))
    result = learned(asked_at(attended))
    assert result is not None
    assert result.before.share == Fraction(1, 6)
    assert result.after.share == Fraction(4, 6)


def test_a_question_answered_only_before_does_not_count_as_learned(
    officer: Reach, attended: Briefing
) -> None:
    number = asked(attended, officer)
    count_sheets(briefing=attended, moment=Moment.BEFORE, answered=3, right={number: 2}, by=officer)
    assert asked_at(attended)[0].before is not None
    assert learned(asked_at(attended)) is None


def test_counting_again_stands_in_place_of_the_former_count(
    officer: Reach, attended: Briefing
) -> None:
    number = asked(attended, officer)
    for right in (1, 2):
        count_sheets(
            briefing=attended, moment=Moment.AFTER, answered=3, right={number: right}, by=officer
        )
    after = asked_at(attended)[0].after
    assert after is not None
    assert after.right == 2
    assert Tally.objects.count() == 2


def test_sheets_are_refused_with_every_reason_at_once(officer: Reach, attended: Briefing) -> None:
    number = asked(attended, officer)
    done = count_sheets(
        briefing=attended,
        moment=Moment.BEFORE,
        answered=4,
        right={number: 5, 9: 1},
        by=officer,
    )
    assert refusals(done) == [
        NoSuchRow("คำถามข้อ", 9),
        RightMoreThanAnswered(number, 5, 4),
        MoreSheetsThanPeople(4, 3),
    ]
    none = count_sheets(briefing=attended, moment=Moment.BEFORE, answered=0, right={}, by=officer)
    assert refusals(none) == [NothingCounted()]


def test_a_question_is_refused_with_every_reason_at_once(
    officer: Reach, briefing: Briefing
) -> None:
    asked(briefing, officer)
    ask = {"briefing": briefing, "by": officer}
    again = ask_question(words="สัญญาทำกี่ฉบับ", answers=["1", "1", " "], right=3, **ask)
    assert refusals(again) == [AnswerTwice("1"), NoRightAnswer(3), AskedAlready(1)]
    assert refusals(ask_question(words="", answers=["1"], right=1, **ask)) == [
        WordsMissing("คำถาม"),
        TooFewAnswers(1),
    ]


def test_a_question_taken_back_counts_no_more(officer: Reach, attended: Briefing) -> None:
    number = asked(attended, officer)
    back = take_back_question(briefing=attended, number=number, note="ถามกำกวม", by=officer)
    assert back == RowKept(number)
    assert asked_at(attended) == []
    twice = take_back_question(briefing=attended, number=number, note="ซ้ำ", by=officer)
    assert refusals(twice) == [NoSuchRow("คำถามข้อ", number)]


# ---- voices -------------------------------------------------------------------------------------


def voiced(group: Group, by: Reach, briefing: Briefing | None = None, **more: Any) -> object:  # noqa: ANN401
    """A chairman tells a problem."""
    said = {"words": "ครัวเรือนไม่ส่งคืนสามปี", "on": by.day, "kind": VoiceKind.PROBLEM} | more
    return record_voice(group=group, said_by=SaidBy.CHAIRMAN, by=by, briefing=briefing, **said)


def test_what_a_chairman_tells_is_carried_with_the_fund(
    district: SmallDistrict, officer: Reach, attended: Briefing
) -> None:
    first, second = group_of(district, 0), group_of(district, 1)
    assert voiced(first, officer, attended) == RowKept(1)
    assert voiced(first, officer, attended, kind=VoiceKind.WISH, words="อยากให้ทีมมาช่วย") == RowKept(
        2
    )
    found = voices_of([first.pk, second.pk])
    assert [each.words for each in found[first.pk]] == ["อยากให้ทีมมาช่วย", "ครัวเรือนไม่ส่งคืนสามปี"]
    assert second.pk not in found
    assert voices_of([first.pk], officer.day - timedelta(days=1)) == {}
    assert [each.number for each in voices_at(attended, officer)] == [1, 2]


def test_voices_of_any_number_of_funds_take_one_statement(
    district: SmallDistrict,
    officer: Reach,
    attended: Briefing,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    groups = [group_of(district, place) for place in range(4)]
    for group in groups:
        number_of(voiced(group, officer, attended))
    for asked_of in (groups[:1], groups):
        with django_assert_num_queries(1):
            found = voices_of([group.pk for group in asked_of])
            assert all(each.briefing for rows in found.values() for each in rows)


def test_a_voice_can_be_heard_on_its_own(district: SmallDistrict) -> None:
    by = reach(district.cast.field_worker)
    group = Group.objects.get(code=min(district.reachable("field_worker")))
    assert voiced(group, by) == RowKept(1)
    tomorrow = by.day + timedelta(days=1)
    assert refusals(voiced(group, by, on=tomorrow)) == [InFuture(tomorrow, by.day)]


def test_a_voice_is_refused_with_every_reason_at_once(
    district: SmallDistrict, officer: Reach, attended: Briefing
) -> None:
    outside = Group.objects.get(code=NEXT_DOOR)
    assert refusals(voiced(outside, officer, attended, words=" ")) == [
        NotEntitled(Deed.HOLD_BRIEFINGS, officer.day),
        WordsMissing("สิ่งที่พูด"),
        NotInArea(outside.name),
    ]
    group = group_of(district)
    number_of(voiced(group, officer, attended))
    assert refusals(voiced(group, officer, attended)) == [SaidAlready(1)]


def test_a_voice_taken_back_is_carried_no_further(
    district: SmallDistrict, officer: Reach, attended: Briefing
) -> None:
    group = group_of(district)
    number = number_of(voiced(group, officer, attended))
    back = {"group": group, "number": number, "by": officer}
    assert take_back_voice(note="เป็นของอีกหมู่บ้าน", **back) == RowKept(number)
    assert voices_of([group.pk]) == {}
    assert Voice.objects.get(group=group).withdrawn_note == "เป็นของอีกหมู่บ้าน"
    assert refusals(take_back_voice(note="", **back)) == [
        NoSuchRow("เสียงจากกองทุนเรื่องที่", number),
        WordsMissing("เหตุที่ถอน"),
    ]


@pytest.mark.parametrize("who", ["chairman", "treasurer", "auditor", "neighbour", "department"])
def test_only_who_keeps_briefings_writes_voices_down(
    district: SmallDistrict, who: str, briefing: Briefing
) -> None:
    by = reach(getattr(district.cast, who))
    assert refusals(voiced(group_of(district), by, briefing)) == [
        NotEntitled(Deed.HOLD_BRIEFINGS, by.day)
    ]


# ---- who sees it --------------------------------------------------------------------------------


def test_a_briefing_is_seen_from_within_its_area_and_above(
    district: SmallDistrict, briefing: Briefing
) -> None:
    for who in ("officer", "field_worker", "province", "department", "auditor"):
        by = reach(getattr(district.cast, who))
        assert briefing_in_reach(DISTRICT, 1, by) == briefing
        assert list(briefings_in_reach(DISTRICT, by)) == [briefing]
    for who in ("neighbour", "chairman", "member", "retired"):
        by = reach(getattr(district.cast, who))
        assert briefing_in_reach(DISTRICT, 1, by) is None
        assert list(briefings_in_reach(DISTRICT, by)) == []


def test_a_field_worker_hears_the_voices_of_their_own_funds(
    district: SmallDistrict, officer: Reach, attended: Briefing
) -> None:
    for place in range(4):
        number_of(voiced(group_of(district, place), officer, attended))
    heard = voices_at(attended, reach(district.cast.field_worker))
    assert {each.group.code for each in heard} == district.reachable("field_worker")


def test_every_deed_of_a_briefing_leaves_one_line_without_a_name(
    district: SmallDistrict, officer: Reach, attended: Briefing
) -> None:
    number_of(voiced(group_of(district), officer, attended))
    lines = AuditLine.objects.filter(deed__in=["hold_briefing", "mark_attendees", "record_voice"])
    assert lines.count() == 3
    assert "หนึ่ง" not in str(list(lines.values_list("subject", "details")))
