"""A year's plan held against what was done, as docs/rules/plans_and_activities.md says."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from five.occupation_group import OccupationGroup, founded_group
from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role
from kongthun.accounts.reach import Deed, NotEntitled
from kongthun.activities import calls_refusals as of_calls
from kongthun.activities import plans_refusals as no
from kongthun.activities.actions import (
    DoneKept,
    PlanKept,
    drop_plan,
    plan_activity,
    record_done,
    record_training,
    replace_plan,
    withdraw_done,
    withdraw_training,
)
from kongthun.activities.calls_wording import call_refusal_in_thai
from kongthun.activities.models import ActivityDone, ActivityKind, PlannedActivity
from kongthun.activities.plans_wording import STATES, plan_refusal_in_thai
from kongthun.activities.queries import plan_against_done, plan_summary
from kongthun.activities.queries.plans import standing_plan_of, year_of_group
from kongthun.activities.refusals import MeetingRefusal, NoSuchMeeting, TooLong
from kongthun.audit.actions import evidence_path
from kongthun.audit.models import AuditLine
from kongthun.domain.money import Money
from kongthun.domain.plans_done import PlanState

YEAR = 2568  # the calendar year 2025
JUNE = date(2025, 6, 30)
BAHT = Money.baht


@pytest.fixture
def ours(db: None) -> OccupationGroup:  # noqa: ARG001
    return founded_group()


def plan(ours: OccupationGroup, **given: Any) -> Any:  # noqa: ANN401
    values: dict[str, Any] = {
        "group": ours.group,
        "by": ours.treasurer,
        "year": YEAR,
        "kind": ActivityKind.PRODUCTION,
        "words": "สีข้าวรอบแรก",
        "starts_on": date(2025, 3, 1),
        "ends_on": date(2025, 3, 31),
        "term_number": 4,
        "budget": BAHT(5_000),
    }
    return plan_activity(**(values | given))


def do(ours: OccupationGroup, **given: Any) -> Any:  # noqa: ANN401
    values: dict[str, Any] = {
        "group": ours.group,
        "by": ours.treasurer,
        "on": date(2025, 3, 10),
        "words": "สีข้าว 400 กิโลกรัม",
        "kind": ActivityKind.PRODUCTION,
        "plan_number": 1,
    }
    return record_done(**(values | given))


def states(ours: OccupationGroup, day: date = JUNE) -> dict[str, str]:
    found = plan_against_done(ours.group, YEAR, day)
    return {line.row.words: line.state.value for line in found.lines}


def worked_example(ours: OccupationGroup) -> None:
    plan(ours)
    plan(
        ours,
        words="อบรมทำบัญชี",
        kind=ActivityKind.TRAINING,
        starts_on=date(2025, 5, 1),
        ends_on=date(2025, 5, 31),
        budget=None,
    )
    plan(
        ours,
        words="ออกร้านงานประจำปี",
        kind=ActivityKind.SALE,
        starts_on=date(2025, 6, 25),
        ends_on=date(2025, 7, 5),
        budget=BAHT(1_200),
    )
    plan(ours, words="สีข้าวรอบสอง", starts_on=date(2025, 11, 1), ends_on=date(2025, 11, 30))
    plan(ours, words="ศึกษาดูงาน", starts_on=date(2025, 8, 1), ends_on=None, budget=BAHT(9_000))
    drop_plan(group=ours.group, number=5, note="งบไม่พอ", by=ours.treasurer)
    do(ours, spent=BAHT(4_300))
    do(
        ours,
        plan_number=None,
        words="ทำความสะอาดโรงสี",
        on=date(2025, 4, 2),
        spent=BAHT(150),
        kind=ActivityKind.OTHER,
    )


# ---- plan against done ----------------------------------------------------------------------


def test_the_worked_example_of_a_plan_at_the_end_of_june(ours: OccupationGroup) -> None:
    worked_example(ours)
    assert states(ours) == {
        "สีข้าวรอบแรก": "done",
        "อบรมทำบัญชี": "late",
        "ออกร้านงานประจำปี": "now",
        "ศึกษาดูงาน": "dropped",
        "สีข้าวรอบสอง": "coming",
    }
    found = plan_summary(ours.group, YEAR, JUNE)
    assert (found.planned, found.done, found.late, found.now) == (4, 1, 1, 1)
    assert (found.coming, found.dropped, found.beside) == (1, 1, 1)
    assert (found.budget, found.told) == (BAHT(11_200), BAHT(4_450))
    waiting = plan_against_done(ours.group, YEAR, JUNE).waiting
    assert [line.row.words for line in waiting] == ["อบรมทำบัญชี", "ออกร้านงานประจำปี"]


def test_a_line_that_changed_stands_once_as_it_is_now(ours: OccupationGroup) -> None:
    plan(ours)
    changed = replace_plan(
        group=ours.group,
        number=1,
        by=ours.treasurer,
        year=YEAR,
        kind=ActivityKind.PRODUCTION,
        words="สีข้าวรอบแรก",
        starts_on=date(2025, 3, 1),
        ends_on=date(2025, 3, 31),
        responsible="นายดำ",
    )
    assert changed == PlanKept(2)
    [line] = plan_against_done(ours.group, YEAR, JUNE).lines
    assert (line.row.number, line.row.replaces, line.row.responsible) == (2, 1, "นายดำ")
    assert PlannedActivity.objects.count() == 2
    assert standing_plan_of(ours.group, 1) is None
    refused = do(ours, plan_number=1)
    assert refused.refusals == (no.PlanReplaced(1, 2),)


def test_a_line_moved_to_another_year_leaves_the_old_one(ours: OccupationGroup) -> None:
    plan(ours)
    replace_plan(
        group=ours.group,
        number=1,
        by=ours.treasurer,
        year=2569,
        kind=ActivityKind.PRODUCTION,
        words="สีข้าวรอบแรก",
        starts_on=date(2026, 3, 1),
        term_number=4,
    )
    assert plan_against_done(ours.group, YEAR, JUNE).lines == ()
    [line] = plan_against_done(ours.group, 2569, JUNE).lines
    assert (line.row.ends_on, line.state) == (date(2026, 3, 1), PlanState.COMING)


def test_what_was_taken_back_shows_nothing_any_more(ours: OccupationGroup) -> None:
    plan(ours)
    do(ours)
    assert states(ours) == {"สีข้าวรอบแรก": "done"}
    taken = withdraw_done(group=ours.group, number=1, note="คนละกลุ่ม", by=ours.treasurer)
    assert taken == DoneKept(1)
    assert states(ours) == {"สีข้าวรอบแรก": "late"}
    assert ActivityDone.objects.get(number=1).withdrawn_note == "คนละกลุ่ม"
    again = withdraw_done(group=ours.group, number=1, note="", by=ours.treasurer)
    assert set(again.refusals) == {  # type: ignore[union-attr]
        no.DoneWithdrawn(1),
        no.WordsMissing("เหตุที่ถอน"),
    }
    nothing = withdraw_done(group=ours.group, number=7, note="ผิด", by=ours.treasurer)
    assert nothing.refusals == (no.NoSuchDone(7),)  # type: ignore[union-attr]


def test_as_many_statements_however_long_the_plan(ours: OccupationGroup) -> None:
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            plan_summary(ours.group, YEAR, JUNE)
        return len(asked)

    for n in range(3):
        plan(ours, words=f"งานที่ {n}")
        do(ours, words=f"ทำงานที่ {n}", plan_number=n + 1)
    few = statements()
    for n in range(3, 30):
        plan(ours, words=f"งานที่ {n}")
        do(ours, words=f"ทำงานที่ {n}", plan_number=n + 1)
    assert statements() == few <= 4


def test_the_group_has_a_year_of_its_own(ours: OccupationGroup) -> None:
    assert year_of_group(ours.group, date(2025, 12, 31)) == 2568
    assert year_of_group(ours.group, date(2026, 1, 1)) == 2569


# ---- what is refused ----------------------------------------------------------------------------


def test_everything_against_a_line_is_said_together(ours: OccupationGroup) -> None:
    refused = plan(
        ours,
        words=" ",
        starts_on=date(2025, 3, 31),
        ends_on=date(2024, 3, 1),
        term_number=77,
        responsible="ก" * 151,
        by=ours.stranger,
    )
    assert {type(each) for each in refused.refusals} == {
        NotEntitled,
        no.WordsMissing,
        no.NoSuchTerm,
        no.EndsBeforeItStarts,
        no.OutsideYear,
        TooLong,
    }
    assert not PlannedActivity.objects.exists()


def test_days_lie_in_the_year_and_the_year_near_today(ours: OccupationGroup) -> None:
    outside = plan(ours, starts_on=date(2024, 12, 31), ends_on=date(2025, 1, 1))
    assert outside.refusals == (
        no.OutsideYear(date(2024, 12, 31), YEAR, date(2025, 1, 1), date(2025, 12, 31)),
    )
    assert plan(ours, starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31)) == PlanKept(1)
    this_year = year_of_group(ours.group, timezone.localdate())
    far = plan(ours, year=this_year + 11)
    assert far.refusals == (no.NoSuchYear(this_year + 11, this_year - 20, this_year + 10),)


def test_somebody_sees_to_it(ours: OccupationGroup) -> None:
    assert plan(ours, term_number=None).refusals == (no.WordsMissing("ผู้รับผิดชอบ"),)
    assert plan(ours, term_number=None, responsible=" นางดำ ") == PlanKept(1)
    plan(ours, words="รอบสอง")
    assert [each.responsible for each in PlannedActivity.objects.order_by("number")] == [
        "นางดำ",
        "เหรัญญิก",
    ]


def test_the_same_line_stands_once_for_the_same_days(ours: OccupationGroup) -> None:
    plan(ours)
    assert plan(ours).refusals == (no.PlannedTwice(1),)
    assert plan(ours, ends_on=date(2025, 3, 30)) == PlanKept(2)
    drop_plan(group=ours.group, number=1, note="ฝนแล้ง", by=ours.treasurer)
    assert plan(ours) == PlanKept(3)


def test_what_was_done_is_neither_replaced_nor_given_up(ours: OccupationGroup) -> None:
    plan(ours)
    do(ours)
    dropped = drop_plan(group=ours.group, number=1, note="ฝนแล้ง", by=ours.treasurer)
    assert dropped.refusals == (no.PlanDone(1, 1),)  # type: ignore[union-attr]
    assert do(ours, words="สีต่ออีก 100 กิโลกรัม") == DoneKept(2)  # a part may follow


def test_nothing_follows_from_a_line_given_up_or_unknown(ours: OccupationGroup) -> None:
    plan(ours)
    silent = drop_plan(group=ours.group, number=1, note="", by=ours.treasurer)
    assert silent.refusals == (no.WordsMissing("เหตุที่ไม่ทำ"),)  # type: ignore[union-attr]
    drop_plan(group=ours.group, number=1, note="ฝนแล้ง", by=ours.treasurer)
    assert do(ours).refusals == (no.PlanDropped(1),)
    assert do(ours, plan_number=9).refusals == (no.NoSuchPlan(9),)


def test_what_is_done_is_over_and_shown_by_what_there_is(ours: OccupationGroup) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    refused = do(ours, plan_number=None, on=tomorrow, words="", meeting_number=9, training_number=8)
    assert set(refused.refusals) == {
        no.InTheFuture(tomorrow, timezone.localdate()),
        no.WordsMissing("ว่าทำอะไร"),
        NoSuchMeeting(9),
        no.NoSuchTraining(8),
    }
    met = ours.meet(date(2024, 2, 1), "สีข้าว")
    kept = do(ours, plan_number=None, meeting_number=met, batch_number=3)
    assert kept == DoneKept(1)
    assert do(ours, plan_number=None).refusals == (no.DoneTwice(1),)


def test_a_training_that_shows_something_done_is_not_taken_back(ours: OccupationGroup) -> None:
    trained = {
        "group": ours.group,
        "by": ours.treasurer,
        "on": date(2025, 3, 5),
        "topic": "ทำบัญชี",
        "taught_by": "พัฒนาชุมชน",
        "came": {1: ""},
    }
    record_training(**trained)  # type: ignore[arg-type]
    do(ours, plan_number=None, training_number=1)
    refused = withdraw_training(group=ours.group, number=1, note="ผิด", by=ours.treasurer)
    assert refused.refusals == (no.TrainingCounted(1, 1),)  # type: ignore[union-attr]
    withdraw_done(group=ours.group, number=1, note="ผิด", by=ours.treasurer)
    withdraw_training(group=ours.group, number=1, note="ผิด", by=ours.treasurer)
    again = do(ours, plan_number=None, training_number=1)
    assert again.refusals == (no.TrainingWithdrawn(1),)


def test_evidence_is_kept_by_its_content(ours: OccupationGroup, tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"\xff\xd8\xff photo")
    do(ours, plan_number=None, evidence=path)
    sha256 = ActivityDone.objects.get().evidence
    assert evidence_path(sha256).read_bytes() == path.read_bytes()
    assert AuditLine.objects.get(deed="record_done").subject == "activity 1"


# ---- words --------------------------------------------------------------------------------------

DAY = date(2026, 3, 5)
OF_CALLS: list[Any] = [
    of_calls.NoSuchCall(3),
    of_calls.CallCancelled(3),
    of_calls.CallHeld(3, 4),
    of_calls.CalledForPast(DAY, DAY),
    of_calls.CalledTwice(3, DAY),
    of_calls.AgendaMissing(),
    of_calls.ReasonMissing(),
    of_calls.NotAMember(3, DAY),
    of_calls.TooManyPhotos(12),
    of_calls.PhotoKeptAlready(1),
    of_calls.NoSuchPhoto(1),
]
OF_PLANS: list[Any] = [
    no.WordsMissing("กิจกรรมที่จะทำ"),
    no.InTheFuture(DAY, DAY),
    no.EndsBeforeItStarts(DAY, DAY),
    no.OutsideYear(DAY, 2569, DAY, DAY),
    no.NoSuchYear(2600, 2549, 2579),
    no.NoSuchTerm(3),
    no.PlannedTwice(3),
    no.NoSuchPlan(3),
    no.PlanDropped(3),
    no.PlanReplaced(3, 4),
    no.PlanDone(3, 4),
    no.DoneTwice(3),
    no.NoSuchDone(3),
    no.DoneWithdrawn(3),
    no.NoSuchTraining(3),
    no.TrainingWithdrawn(3),
    no.TrainedTwice(3),
    no.NobodyLearned(),
    no.TrainingCounted(3, 4),
]


def test_no_refusal_is_forgotten_here() -> None:
    assert {type(each) for each in OF_CALLS} == set(get_args(of_calls.OwnCallRefusal))
    assert {type(each) for each in OF_PLANS} == set(get_args(no.OwnPlanRefusal))
    assert set(get_args(MeetingRefusal)) <= set(get_args(of_calls.CallRefusal))


@pytest.mark.parametrize("refusal", [*OF_CALLS, *OF_PLANS], ids=lambda each: type(each).__name__)
def test_every_refusal_says_what_is_wrong_and_what_to_do(refusal: Any) -> None:  # noqa: ANN401
    said = plan_refusal_in_thai(refusal)
    assert len(said) > 25
    assert said == " ".join(said.split())
    assert not set("!{}<>") & set(said)
    assert "None" not in said


def test_refusals_of_meetings_are_said_as_ever_and_unknown_ones_are_an_error() -> None:
    assert "การประชุมครั้งที่ 7" in call_refusal_in_thai(NoSuchMeeting(7))
    assert plan_refusal_in_thai(NotEntitled(Deed.KEEP_PLANS, DAY))
    with pytest.raises(NotImplementedError):
        plan_refusal_in_thai(object())  # type: ignore[arg-type]


def test_every_state_has_a_mark_and_a_word() -> None:
    assert set(STATES) == set(PlanState)
    assert {mark for mark, _ in STATES.values()} <= {"ok", "watch"}  # nobody is blamed


# ---- pages --------------------------------------------------------------------------------------


def browser(ours: OccupationGroup, who: str = "treasurer") -> Client:
    client = Client()
    client.force_login(ours.users[who])
    return client


def test_a_treasurer_plans_changes_does_and_takes_back_on_screen(
    ours: OccupationGroup, tmp_path: Path
) -> None:
    desk, at = browser(ours), f"/funds/{ours.code}/plan/"
    today = timezone.localdate()
    year = today.year + 543
    assert "ยังไม่มีแผนของปีนี้" in desk.get(at).content.decode()
    typed = {
        "year": str(year),
        "kind": "production",
        "words": "สีข้าวรอบแรก",
        "starts_on": f"1/1/{year}",
        "ends_on": f"31/12/{year}",
        "term": "",
        "responsible": "นางดำ คงทอง",
        "budget": "๕,๐๐๐",
    }
    refused = desk.post(f"{at}add/", typed | {"ends_on": f"1/1/{year + 1}"})
    assert refused.status_code == 422
    assert "อยู่นอกปี" in refused.content.decode()
    made = desk.post(f"{at}add/", typed)
    assert made["Location"] == f"{at}?year={year}"
    page = desk.get(at).content.decode()
    assert "นางดำ คงทอง" in page
    assert "ถึงช่วงที่ทำ" in page
    assert 'value="นางดำ คงทอง"' in desk.get(f"{at}1/replace/").content.decode()
    assert desk.post(f"{at}1/replace/", typed | {"words": "สีข้าวใหม่"}).status_code == 302
    assert desk.get(f"{at}1/done/").status_code == 404  # another line stands in its place

    photo = tmp_path / "a.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n photo")
    done = {"kind": "production", "on": f"{today:%d/%m}/{year}", "words": "สีแล้ว", "spent": "4300"}
    with photo.open("rb") as file:
        kept = desk.post(f"{at}2/done/", done | {"photo": file})
    assert kept.status_code == 302
    page = desk.get(at).content.decode()
    assert "ทำแล้ว" in page
    assert "4,300" in page
    answer = desk.get(f"/funds/{ours.code}/done/1/evidence/")
    assert answer.content == photo.read_bytes()
    assert desk.post(f"{at}2/drop/", {"note": "เลิก"}).status_code == 422
    back = desk.post(f"/funds/{ours.code}/done/1/withdraw/", {"note": "บันทึกผิดกลุ่ม"})
    assert back["Location"] == f"{at}?year={year}"
    assert desk.get(f"/funds/{ours.code}/done/1/evidence/").status_code == 404
    assert desk.post(f"{at}2/drop/", {"note": "เลิก"}).status_code == 302
    assert "ไม่ทำแล้ว" in desk.get(at).content.decode()


def test_a_name_in_a_plan_is_read_only_by_who_sees_names(ours: OccupationGroup) -> None:
    this_year = year_of_group(ours.group, timezone.localdate())
    plan(ours, term_number=None, responsible="นางดำ คงทอง")
    plan(ours, words="รอบสอง")
    at = f"/funds/{ours.code}/plan/?year={YEAR}"
    seen = browser(ours).get(at).content.decode()
    assert "นางดำ คงทอง" in seen
    assert "ลำไย" in seen
    assert AuditLine.objects.filter(deed="read_names", subject=f"plan {YEAR}").count() == 1
    assert browser(ours, "stranger").get(at).status_code == 404
    assert browser(ours, "member").get(at).status_code == 403
    appoint(
        user=ours.users["stranger"],
        role=Role.PROVINCE,
        by_order="คำสั่ง",
        starts_on=date(2020, 1, 1),
        area_code="80",
    )
    do(ours, words="นางดำสีข้าว", spent=BAHT(4_300))
    masked = browser(ours, "stranger").get(at).content.decode()
    assert "4,300" in masked
    assert "นางดำ" not in masked
    assert "สุขสวัสดิ์" not in masked
    assert browser(ours, "stranger").get(f"/funds/{ours.code}/done/1/evidence/").status_code in {
        403,
        404,
    }
    assert browser(ours, "district").get(f"/funds/{ours.code}/plan/add/").status_code == 403
    assert f"ปี {this_year}" in browser(ours).get(at.replace(str(YEAR), "9999")).content.decode()
