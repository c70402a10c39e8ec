"""A lesson is written from a case, read by somebody else, and published; it tells of nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from django.urls import reverse
from django.utils import timezone

from kongthun.audit.models import AuditLine
from kongthun.cases import lesson_refusals as why
from kongthun.cases.actions.lessons import (
    LessonKept,
    change_lesson,
    hand_in_lesson,
    publish_lesson,
    send_lesson_back,
    take_lesson_down,
    write_lesson,
)
from kongthun.cases.lesson_refusals import LessonRefusal, NotDone
from kongthun.cases.lesson_wording import PART_WORDS, refusal_in_thai
from kongthun.cases.models import Consent, Lesson
from kongthun.cases.queries.lessons import (
    LessonFacts,
    begun_from,
    facts_for_lesson,
    found,
    lesson_in_reach,
    lessons_of,
    lessons_to_read,
    published_lessons,
)
from kongthun.domain.money import Money

from .lesson_village import OPENED_ON, HelpedVillage, helped_village, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def helped() -> HelpedVillage:
    return helped_village()


def refused(done: object) -> set[str]:
    assert isinstance(done, NotDone), done
    return {type(refusal).__name__ for refusal in done.refusals}


def published(helped: HelpedVillage) -> Lesson:
    number = helped.handed_in()
    done = publish_lesson(group=helped.group, number=number, by=helped.village.district)
    assert done == LessonKept(number)
    return Lesson.objects.get(group=helped.group, number=number)


# ---- the way ------------------------------------------------------------------------------------


def test_a_lesson_goes_from_draft_to_everybody(helped: HelpedVillage) -> None:
    number = helped.written()
    assert lesson_in_reach(helped.group.code, number, helped.elsewhere) is None
    worker, district = helped.village.field_worker, helped.village.district
    assert hand_in_lesson(group=helped.group, number=number, by=worker) == LessonKept(number)
    assert [each.number for each in lessons_to_read(district)] == [number]
    assert publish_lesson(group=helped.group, number=number, by=district) == LessonKept(number)
    for reader in (helped.elsewhere, helped.village.treasurer, helped.province):
        assert lesson_in_reach(helped.group.code, number, reader) is not None
    deeds = AuditLine.objects.filter(subject=f"lesson {number}").order_by("pk")
    assert list(deeds.values_list("deed", flat=True)) == [
        "write_lesson",
        "hand_in_lesson",
        "publish_lesson",
    ]


def test_nobody_publishes_their_own_lesson(helped: HelpedVillage) -> None:
    done = write_lesson(state=helped.state, words=whole(), by=helped.village.district)
    assert isinstance(done, LessonKept)
    hand_in_lesson(group=helped.group, number=done.number, by=helped.village.district)
    own = publish_lesson(group=helped.group, number=done.number, by=helped.village.district)
    assert refused(own) == {"ReadsOwn"}
    assert not lessons_to_read(helped.village.district)
    by_another = publish_lesson(group=helped.group, number=done.number, by=helped.province)
    assert isinstance(by_another, LessonKept)


def test_who_wrote_at_a_lesson_of_another_does_not_publish_it(helped: HelpedVillage) -> None:
    number = helped.written()
    district = helped.village.district
    changed = change_lesson(group=helped.group, number=number, words=whole(), by=district)
    assert isinstance(changed, LessonKept)
    hand_in_lesson(group=helped.group, number=number, by=helped.village.field_worker)
    done = publish_lesson(group=helped.group, number=number, by=district)
    assert refused(done) == {"ReadsOwn"}


def test_a_lesson_sent_back_is_written_on_and_handed_in_again(helped: HelpedVillage) -> None:
    number = helped.handed_in()
    worker, district = helped.village.field_worker, helped.village.district
    without_why = send_lesson_back(group=helped.group, number=number, note=" ", by=district)
    assert refused(without_why) == {"NoteMissing"}
    send_lesson_back(group=helped.group, number=number, note="เล่าเรื่องแผนอีกนิด", by=district)
    back = Lesson.objects.get(group=helped.group, number=number)
    assert (back.handed_in_on, back.read_note, back.facts) == (None, "เล่าเรื่องแผนอีกนิด", {})
    changed = change_lesson(
        group=helped.group, number=number, words=whole(process="แผนมีสามขั้น"), by=worker
    )
    assert isinstance(changed, LessonKept)
    assert isinstance(hand_in_lesson(group=helped.group, number=number, by=worker), LessonKept)


def test_words_stand_once_handed_in(helped: HelpedVillage) -> None:
    number = helped.handed_in()
    worker = helped.village.field_worker
    changed = change_lesson(group=helped.group, number=number, words=whole(title="อื่น"), by=worker)
    assert refused(changed) == {"HandedInAlready"}
    assert Lesson.objects.get(group=helped.group, number=number).title == whole().title


def test_every_empty_part_is_told_at_once(helped: HelpedVillage) -> None:
    number = helped.written(whole(techniques="", cautions=" "))
    done = hand_in_lesson(group=helped.group, number=number, by=helped.village.field_worker)
    assert isinstance(done, NotDone)
    assert done.refusals == (why.PartsEmpty(("techniques", "cautions")),)


def test_one_lesson_of_a_case_is_written_at_a_time(helped: HelpedVillage) -> None:
    number = helped.written()
    again = write_lesson(state=helped.state, words=whole(), by=helped.village.field_worker)
    assert isinstance(again, NotDone)
    assert again.refusals == (why.LessonWaits(number),)


def test_before_consent_there_is_nothing_to_have_learned(helped: HelpedVillage) -> None:
    Consent.objects.all().delete()
    done = write_lesson(state=helped.state, words=whole(), by=helped.village.field_worker)
    assert refused(done) == {"CaseNotOpened"}


def test_a_sealed_case_is_told_to_nobody() -> None:
    sealed = helped_village(kind="fraud")
    done = write_lesson(state=sealed.state, words=whole(), by=sealed.village.field_worker)
    assert refused(done) == {"CaseIsSealed"}
    assert not lessons_of(sealed.state, sealed.village.field_worker).may_begin


@pytest.mark.parametrize("who", ["treasurer", "chairman"])
def test_a_committee_does_not_write_lessons(helped: HelpedVillage, who: str) -> None:
    done = write_lesson(state=helped.state, words=whole(), by=getattr(helped.village, who))
    assert refused(done) == {"NotEntitled"}


def test_a_field_worker_does_not_publish(helped: HelpedVillage) -> None:
    number = helped.handed_in()
    done = publish_lesson(group=helped.group, number=number, by=helped.village.field_worker)
    assert refused(done) == {"NotEntitled", "ReadsOwn"}


def test_taken_down_it_is_found_by_nobody_and_says_why(helped: HelpedVillage) -> None:
    lesson = published(helped)
    done = take_lesson_down(
        group=helped.group, number=lesson.number, note="ตัวเลขไม่ตรง", by=helped.village.district
    )
    assert isinstance(done, LessonKept)
    assert lesson_in_reach(helped.group.code, lesson.number, helped.elsewhere) is None
    assert not published_lessons()
    lesson.refresh_from_db()
    assert lesson.taken_down_note == "ตัวเลขไม่ตรง"


# ---- it tells of nobody -------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["นางแดง  มีทรัพย์", "คุณแดง มีทรัพย์", "แดงมีทรัพย์ ช่วยมาก"])
def test_a_lesson_that_names_a_household_is_not_handed_in(
    helped: HelpedVillage, typed: str
) -> None:
    number = helped.written(whole(problems=f"{typed} ยังไม่ส่ง"))
    done = hand_in_lesson(group=helped.group, number=number, by=helped.village.field_worker)
    assert isinstance(done, NotDone)
    assert done.refusals == (why.NamesAMember("problems"),)


def test_a_national_id_is_not_handed_in(helped: HelpedVillage) -> None:
    number = helped.written(whole(results="บัตร ๑-๒๓๔๕-๖๗๘๙๐-๑๒-๓"))
    done = hand_in_lesson(group=helped.group, number=number, by=helped.village.field_worker)
    assert refused(done) == {"HoldsAnId"}


def test_what_a_lesson_begins_with_names_neither_village_nor_people(
    helped: HelpedVillage,
) -> None:
    facts = facts_for_lesson(helped.state, timezone.localdate())
    begun = begun_from(helped.state, facts, author_name="พัฒนากร")
    told = " ".join(begun.by_name().values())
    assert "บ้านทุ่งใหญ่" not in told
    assert "1 มีนาคม 2569" in begun.process
    assert "ไม่เข้าใจระเบียบ" in begun.problems
    assert "4,000" in begun.background


# ---- the figures --------------------------------------------------------------------------------


def test_the_figures_are_those_of_the_case_and_the_books() -> None:
    helped = helped_village()
    contract = helped.village.lend(1, 12_000, date(2021, 1, 10))
    helped.village.take(contract, 500, date(2026, 2, 10))  # before the village consented
    helped.village.take(contract, 1_000, date(2026, 4, 10))
    helped.village.take(contract, 700, date(2026, 4, 20))
    facts = facts_for_lesson(helped.state, date(2026, 6, 1))
    assert facts.on("opened_on") == OPENED_ON
    assert (facts.money("repaid"), facts.months) == (Money.baht(1_700), 1)
    assert facts.money("capital") == Money.baht(280_000)
    assert facts.money("households") == Money.baht(12_000 - 2_200)
    assert facts.money("overdue") == Money.baht(12_000 - 2_200)
    assert facts.money("missing_then") == Money.baht(4_000)
    assert (facts.officers, facts.network, facts.causes, facts.meetings) == (1, 1, 1, 2)
    assert (facts.steps, facts.steps_done) == (1, 0)
    assert (facts.visits_formal, facts.visits_informal, facts.households_met) == (1, 1, 1)
    assert facts.reports == 1


def test_figures_are_frozen_when_it_is_handed_in(helped: HelpedVillage) -> None:
    contract = helped.village.lend(1, 12_000, date(2021, 1, 10))
    number = helped.handed_in()
    helped.village.take(contract, 1_000, date(2026, 4, 10))
    row = Lesson.objects.get(group=helped.group, number=number)
    facts = LessonFacts.from_data(row.facts)
    assert facts is not None
    assert facts.money("repaid") == Money(0)


# ---- finding ------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["ครัวเรือน", "ระเบียบ ๒๕๕๓", "ข้อตกลง", "ขอตกลง", "เครืองมือ"])
def test_a_lesson_is_found_by_part_of_a_word_with_slips(helped: HelpedVillage, typed: str) -> None:
    lesson = published(helped)
    assert [each.number for each in published_lessons(typed)] == [lesson.number]
    hits = found(typed, helped.elsewhere)
    assert [hit.address for hit in hits] == [
        reverse("cases:lesson", args=[helped.group.code, lesson.number])
    ]


def test_a_word_that_is_not_there_finds_nothing(helped: HelpedVillage) -> None:
    published(helped)
    assert not published_lessons("เรือประมง")
    assert found("เรือประมง", helped.elsewhere) == []


def test_the_library_finds_no_draft(helped: HelpedVillage) -> None:
    helped.handed_in()
    assert found("ครัวเรือน", helped.village.field_worker) == []


def test_who_holds_nothing_today_finds_nothing(helped: HelpedVillage) -> None:
    published(helped)
    nobody = replace(helped.elsewhere, holdings=())
    assert found("ครัวเรือน", nobody) == []


# ---- words --------------------------------------------------------------------------------------


def test_every_refusal_has_words() -> None:
    given = {
        why.NotEntitled: None,
        why.PartsEmpty: why.PartsEmpty(("title", *PART_WORDS)),
        why.PartTooLong: why.PartTooLong("rules", 8_000),
        why.NamesAMember: why.NamesAMember("problems"),
        why.HoldsAnId: why.HoldsAnId("results"),
        why.LessonWaits: why.LessonWaits(2),
        why.LessonUnknown: why.LessonUnknown(2),
        why.HandedInAlready: why.HandedInAlready(2),
        why.NotHandedIn: why.NotHandedIn(2),
        why.PublishedAlready: why.PublishedAlready(2),
    }
    for kind in get_args(LessonRefusal):
        each = given.get(kind, kind() if kind not in given else None)
        if each is None:
            continue
        words = refusal_in_thai(each)
        assert words.strip() == words
        assert "None" not in words
        assert "!" not in words
