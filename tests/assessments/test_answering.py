"""A visit: answered section by section, closed with the books of its day, never changed since."""

from __future__ import annotations

import struct
import zlib
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from five.occupation_group import OccupationGroup, founded_group
from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role, User
from kongthun.accounts.reach import Reach, reach_of
from kongthun.assessments import refusals as why
from kongthun.assessments.actions import (
    AnswersKept,
    Begun,
    Finished,
    Said,
    VersionKept,
    answer_section,
    begin_assessment,
    finish_assessment,
    save_questionnaire,
    withdraw_assessment,
)
from kongthun.assessments.measures import MEASURES
from kongthun.assessments.models import Assessment
from kongthun.assessments.queries.frozen import answers_of, facts_of, judged_again, questionnaire_of
from kongthun.assessments.queries.measures import measures_of
from kongthun.assessments.queries.questionnaires import asked_in
from kongthun.assessments.queries.results import FIVE, HEALTH, latest_of, one_before
from kongthun.assessments.verification import results_as_judged
from kongthun.audit.models import AuditLine
from kongthun.domain.assessment import Missing, QualityMark, Questionnaire, as_data, one_step
from kongthun.domain.thai_calendar import fiscal_year
from loans.village_at_work import Village, working_village

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
SECTIONS = {
    "money": {"passbook_seen": "seen"},
    "books": {"four_books": "all"},
    "people": {"knows_duty": "some", "knows_debt": "most", "agrees_to_pay": "all"},
}


@pytest.fixture
def village() -> Village:
    return working_village()


def network(area: str = "8016") -> Reach:
    user = User.objects.create(username=f"khrueakhai-{area}", display_name="เครือข่าย")
    appoint(
        user=user,
        role=Role.NETWORK,
        by_order="คำสั่ง",
        starts_on=TODAY - timedelta(days=10),
        area_code=area,
    )
    return reach_of(user, TODAY)


def begun(village: Village, by: Reach | None = None) -> int:
    done = begin_assessment(
        group=village.fund.group, code=HEALTH, by=by or village.field_worker, on=TODAY
    )
    assert isinstance(done, Begun), done
    return done.number


def answered(village: Village, number: int, section: str, on: date = TODAY, **said: Said) -> None:
    done = answer_section(
        group=village.fund.group,
        number=number,
        section=section,
        said=said,
        by=village.field_worker,
        on=on,
    )
    assert isinstance(done, AnswersKept), done


def visited(village: Village, on: date = TODAY) -> Assessment:
    number = begun(village)
    for section, options in SECTIONS.items():
        said = {code: Said(option, "เห็นที่บ้านเหรัญญิก") for code, option in options.items()}
        answered(village, number, section, **said)
    done = finish_assessment(
        group=village.fund.group, number=number, by=village.field_worker, on=on
    )
    assert isinstance(done, Finished), done
    return Assessment.objects.select_related("version").get(number=number)


def _asked(row: Assessment) -> Questionnaire:
    return questionnaire_of(row.version.data)


def refused(done: object) -> set[str]:
    assert isinstance(done, why.NotDone), done
    return {type(each).__name__ for each in done.refusals}


def a_photo(folder: Path) -> Path:
    def chunk(kind: bytes, data: bytes) -> bytes:
        told = kind + data
        return struct.pack(">I", len(data)) + told + struct.pack(">I", zlib.crc32(told))

    pixel = zlib.compress(b"\x00\xff\xff\xff")
    place = folder / "passbook.png"
    place.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", pixel)
        + chunk(b"IEND", b"")
    )
    return place


def test_a_visit_ends_in_a_result_that_can_be_made_again(village: Village) -> None:
    row = visited(village)
    found = judged_again(row)
    assert (row.score, row.level) == (found.hundredths, found.level.code if found.level else "")
    asked = {item.measure.name for item in _asked(row).items if item.measure}
    assert set(row.facts) == asked < set(MEASURES)  # what is not asked is not kept
    assert answers_of(row)["knows_duty"].by == Role.FIELD_WORKER.label  # never who
    told = [line.deed for line in AuditLine.objects.filter(fund_id=village.fund.pk).order_by("pk")]
    assert told.count("begin_assessment") == told.count("finish_assessment") == 1
    assert list(results_as_judged(None)) == list(results_as_judged(village.fund)) == []


def test_what_happens_later_changes_no_result(village: Village) -> None:
    row = visited(village)
    before = (row.score, row.level, row.facts)
    village.fund.group.committee_terms.all().delete()
    asked = asked_in(HEALTH, "8016", fiscal_year(TODAY))
    assert asked is not None
    data = as_data(asked.questionnaire)
    data["sections"][0]["items"][0]["weight"] = 40  # type: ignore[index]
    done = save_questionnaire(data=data, area_code="8016", words="ลอง", by=village.district)
    assert isinstance(done, VersionKept)
    row.refresh_from_db()
    assert (row.score, row.level, row.facts) == before
    assert judged_again(row).hundredths == row.score


@pytest.mark.parametrize(
    "spoiled",
    [
        {"score": 9_999},
        {"level": "good"},
        {"quality": "good"},
        {"weakest": "debts"},
        {"facts": {}},
        {"answers": {"knows_duty": {}}},
    ],
    ids=str,
)
def test_a_result_that_was_changed_behind_our_back_is_found(
    village: Village, spoiled: dict[str, object]
) -> None:
    row = visited(village)
    assert (row.quality, row.weakest) != ("good", "debts")
    Assessment.objects.filter(number=row.number).update(**spoiled)
    (fault,) = results_as_judged(village.fund)
    assert (fault.fund, fault.what, fault.name) == (village.fund.code, "assessment", "1")


def test_what_people_say_against_the_books_stands_beside_and_moves_nothing(
    village: Village,
) -> None:
    village.fund.group.committee_terms.update(ends_on=TODAY - timedelta(days=1))
    number = begun(village)
    answered(
        village, number, "people", in_term=Said("yes", "ผู้ใหญ่บ้านว่ายังอยู่"), knows_duty=Said("all")
    )
    finish_assessment(group=village.fund.group, number=number, by=village.field_worker, on=TODAY)
    row = Assessment.objects.select_related("version").get(number=number)
    (item,) = [each for each in judged_again(row).items if each.code == "in_term"]
    assert (item.choice, item.claimed, item.gap) == ("no", 1, 1)


def test_an_answer_without_the_evidence_asked_for_is_not_known(
    village: Village, tmp_path: Path
) -> None:
    number = begun(village)
    answered(village, number, "money", passbook_seen=Said("seen"))
    answered(village, number, "books", four_books=Said("all", photo=a_photo(tmp_path)))
    finish_assessment(group=village.fund.group, number=number, by=village.field_worker, on=TODAY)
    row = Assessment.objects.select_related("version").get(number=number)
    found = {item.code: item.missing for item in judged_again(row).items}
    assert found["passbook_seen"] is Missing.NO_EVIDENCE
    assert found["four_books"] is None
    assert len(answers_of(row)["four_books"].photo) == 64


def test_a_photo_stays_until_another_comes(village: Village, tmp_path: Path) -> None:
    number = begun(village)
    answered(village, number, "books", four_books=Said("all", photo=a_photo(tmp_path)))
    kept = answers_of(Assessment.objects.get(number=number))["four_books"].photo
    answered(village, number, "books", four_books=Said("some", "หายหนึ่งเล่ม"))
    now = answers_of(Assessment.objects.get(number=number))["four_books"]
    assert (now.option, now.photo) == ("some", kept)
    answered(village, number, "books", four_books=Said(""))
    assert answers_of(Assessment.objects.get(number=number)) == {}


def test_what_is_typed_the_day_after_was_said_at_the_visit(village: Village) -> None:
    yesterday = TODAY - timedelta(days=1)
    row = visited(village, on=yesterday)
    assert row.assessed_on == yesterday
    assert {answer.on for answer in answers_of(row).values()} == {yesterday}
    known = [item for item in judged_again(row).items if item.code == "knows_duty"]
    assert known[0].missing is None


def test_one_visit_at_a_time_is_answered(village: Village) -> None:
    assert begun(village) == begun(village, village.district) == 1
    answered(village, 1, "people", knows_duty=Said("all"))
    finish_assessment(group=village.fund.group, number=1, by=village.field_worker, on=TODAY)
    assert begun(village) == 2


def test_everything_in_the_way_is_said_at_once(village: Village) -> None:
    number = begun(village)
    tomorrow = TODAY + timedelta(days=1)
    done = answer_section(
        group=village.fund.group,
        number=number,
        section="people",
        said={"knows_duty": Said("perfect", "ก" * 400), "four_books": Said("all")},
        by=village.treasurer,
        on=tomorrow,
    )
    assert refused(done) == {"NotEntitled", "InTheFuture", "NoSuchChoice", "TooLong"}
    done = finish_assessment(
        group=village.fund.group, number=number, by=village.treasurer, on=tomorrow
    )
    assert refused(done) == {"NotEntitled", "InTheFuture", "NothingAnswered"}
    assert not answers_of(Assessment.objects.get(number=number))


def test_a_result_is_never_answered_or_finished_again(village: Village) -> None:
    row = visited(village)
    group, by = village.fund.group, village.field_worker
    done = answer_section(
        group=group, number=row.number, section="people", said={}, by=by, on=TODAY
    )
    assert refused(done) == {"NoDraft"}
    assert refused(finish_assessment(group=group, number=row.number, by=by, on=TODAY)) == {
        "NoDraft"
    }


def test_a_result_taken_back_counts_no_more_and_stays(village: Village) -> None:
    row = visited(village)
    group = village.fund.group
    assert latest_of([group.pk], TODAY)[group.pk].number == row.number
    done = withdraw_assessment(group=group, number=row.number, words=" ", by=village.chairman)
    assert refused(done) == {"NotEntitled", "NoteMissing"}
    done = withdraw_assessment(
        group=group, number=row.number, words="ตอบผิดกลุ่ม", by=village.district
    )
    assert isinstance(done, Finished)
    assert latest_of([group.pk], TODAY) == {}
    assert Assessment.objects.count() == 1
    done = withdraw_assessment(group=group, number=row.number, words="อีก", by=village.district)
    assert refused(done) == {"NoResult"}


def test_the_network_may_answer_and_the_committee_may_not(village: Village) -> None:
    assert begun(village, network()) == 1
    for who in (village.treasurer, village.chairman, network("8017")):
        done = begin_assessment(group=village.fund.group, code=HEALTH, by=who, on=TODAY)
        assert refused(done) == {"NotEntitled"}


def test_a_fund_is_not_asked_about_its_five(village: Village) -> None:
    done = begin_assessment(group=village.fund.group, code=FIVE, by=village.field_worker, on=TODAY)
    assert refused(done) == {"NotForThisKind"}
    done = begin_assessment(
        group=village.fund.group, code="beauty", by=village.field_worker, on=TODAY
    )
    assert refused(done) == {"NoSuchQuestionnaire"}


def test_an_occupation_group_is_asked_about_its_five() -> None:
    rice: OccupationGroup = founded_group()
    done = begin_assessment(group=rice.group, code=FIVE, by=rice.field_worker, on=TODAY)
    assert isinstance(done, Begun)
    answer_section(
        group=rice.group,
        number=done.number,
        section="members",
        said={"takes_part": Said("most")},
        by=rice.field_worker,
        on=TODAY,
    )
    finish_assessment(group=rice.group, number=done.number, by=rice.field_worker, on=TODAY)
    result = latest_of([rice.group.pk], TODAY, FIVE)[rice.group.pk]
    assert result.code == FIVE
    assert result.levels == 3
    assert result.quality in set(QualityMark)


def test_the_one_step_keeps_its_promise_on_kept_figures(village: Village) -> None:
    row = visited(village)
    found = judged_again(row)
    asked = asked_in(HEALTH, "8016", fiscal_year(TODAY))
    assert asked is not None
    told = {code: each.answered for code, each in answers_of(row).items()}
    step = one_step(asked.questionnaire, facts_of(row), told, as_of=found.as_of)
    assert step is not None
    assert found.score is not None
    assert step.score_after > found.score


def test_a_result_is_compared_with_the_last_one_of_an_earlier_year(village: Village) -> None:
    first = visited(village, on=TODAY - timedelta(days=30))
    second = visited(village, on=TODAY - timedelta(days=20))
    third = visited(village)
    assert one_before(third) == second
    Assessment.objects.filter(number=first.number).update(year=first.year - 1)
    assert one_before(third) == first
    assert one_before(Assessment.objects.get(number=first.number)) is None


def test_the_latest_result_is_of_the_latest_day_and_not_the_one_written_down_last(
    village: Village,
) -> None:
    group = village.fund.group
    now = visited(village)
    typed_later = begun(village)
    answered(village, typed_later, "money", passbook_seen=Said("seen", "เห็น"))
    before = TODAY - timedelta(days=30)
    done = finish_assessment(group=group, number=typed_later, by=village.field_worker, on=before)
    assert done == Finished(typed_later)
    assert typed_later > now.number
    assert latest_of([group.pk], TODAY)[group.pk].number == now.number
    assert latest_of([group.pk], before)[group.pk].number == typed_later


def test_the_figures_are_those_of_the_day_of_the_visit_and_not_of_the_day_of_typing(
    village: Village,
) -> None:
    village.meet(TODAY - timedelta(days=60))
    row = visited(village, on=TODAY - timedelta(days=30))
    then = measures_of([village.fund.pk], TODAY - timedelta(days=30))[village.fund.pk]
    now = measures_of([village.fund.pk], TODAY)[village.fund.pk]
    kept = facts_of(row)
    assert kept == {name: then[name] for name in kept}
    assert kept != {name: now[name] for name in kept}


def test_the_level_that_is_sure_is_held_against_the_facts_too(village: Village) -> None:
    row = visited(village)
    others = [each.code for each in _asked(row).levels if each.code != row.sure_level]
    Assessment.objects.filter(number=row.number).update(sure_level=others[-1])
    (fault,) = results_as_judged(village.fund)
    assert (fault.fund, fault.what, fault.name) == (village.fund.code, "assessment", "1")
