"""What the group learned together, and who learned what."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from five.occupation_group import OccupationGroup, founded_group
from kongthun.accounts.reach import NotEntitled
from kongthun.activities import plans_refusals as no
from kongthun.activities.actions import TrainingKept, record_training, withdraw_training
from kongthun.activities.calls_refusals import NotAMember
from kongthun.activities.models import Learner, Training
from kongthun.activities.queries.trainings import learners_of, trainings_page
from kongthun.activities.refusals import TooLong
from kongthun.audit.models import AuditLine
from kongthun.domain.money import Money

HELD = date(2025, 5, 10)


@pytest.fixture
def ours(db: None) -> OccupationGroup:  # noqa: ARG001
    return founded_group()


def train(ours: OccupationGroup, **given: Any) -> Any:  # noqa: ANN401
    values: dict[str, Any] = {
        "group": ours.group,
        "by": ours.treasurer,
        "on": HELD,
        "topic": "การทำบัญชีกลุ่ม",
        "taught_by": "สำนักงานพัฒนาชุมชน",
        "came": {4: "ทำงบกำไรขาดทุน", 1: " จดรายรับรายจ่าย "},
    }
    return record_training(**(values | given))


def withdraw(ours: OccupationGroup, number: int = 1, note: str = "บันทึกผิดกลุ่ม") -> Any:  # noqa: ANN401
    return withdraw_training(group=ours.group, number=number, note=note, by=ours.treasurer)


def test_a_training_keeps_who_learned_what(ours: OccupationGroup) -> None:
    assert train(ours, hours=6, place="ศาลา", cost=Money.baht(800)) == TrainingKept(1)
    kept = Training.objects.get(group=ours.group, number=1)
    assert (kept.hours, kept.place, kept.cost) == (6, "ศาลา", Money.baht(800))
    assert [
        (each.number, each.person.name.full if each.person else "", each.learned)
        for each in learners_of(ours.group, 1)
    ] == [
        (1, "นางสาวบุญเรือน  ศรีวิไล", "จดรายรับรายจ่าย"),
        (4, "นางลำไย  สุขสวัสดิ์", "ทำงบกำไรขาดทุน"),
    ]
    line = AuditLine.objects.get(deed="record_training")
    assert line.details["members"] == [1, 4]
    [row] = trainings_page(ours.group, None)
    assert row.learners == 2  # type: ignore[attr-defined]


def test_everything_against_a_training_is_said_together(ours: OccupationGroup) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    refused = train(
        ours,
        on=tomorrow,
        topic=" ",
        taught_by="ก" * 201,
        came={1: "ก" * 201, 9: ""},
        by=ours.member,
    )
    assert [type(each) for each in refused.refusals] == [
        NotEntitled,
        no.InTheFuture,
        no.WordsMissing,
        TooLong,
        NotAMember,
        TooLong,
    ]
    assert refused.refusals[4] == NotAMember(9, tomorrow)
    assert not Training.objects.exists()
    assert not Learner.objects.exists()


def test_a_training_without_anybody_is_none(ours: OccupationGroup) -> None:
    assert train(ours, came={}).refusals == (no.NobodyLearned(),)


def test_the_same_topic_stands_once_a_day_until_it_is_taken_back(ours: OccupationGroup) -> None:
    train(ours)
    assert train(ours).refusals == (no.TrainedTwice(1),)
    assert train(ours, on=date(2025, 5, 11)) == TrainingKept(2)
    assert withdraw(ours) == TrainingKept(1)
    assert train(ours) == TrainingKept(3)
    assert [row.number for row in trainings_page(ours.group, None)] == [2, 3]
    assert withdraw(ours).refusals == (no.TrainingWithdrawn(1),)
    assert withdraw(ours, 9, "").refusals == (no.WordsMissing("เหตุที่ถอน"), no.NoSuchTraining(9))


# ---- pages --------------------------------------------------------------------------------------


def browser(ours: OccupationGroup, who: str = "treasurer") -> Client:
    client = Client()
    client.force_login(ours.users[who])
    return client


def test_a_treasurer_records_a_training_on_screen(ours: OccupationGroup, tmp_path: Path) -> None:
    desk, at = browser(ours), f"/funds/{ours.code}/trainings/"
    assert "ยังไม่มีการอบรมในสมุด" in desk.get(at).content.decode()
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"\xff\xd8\xff photo")
    typed = {
        "topic": "การทำบัญชี",
        "on": "10/5/2568",
        "taught_by": "พัฒนาชุมชน",
        "hours": "๖",
        "cost": "0",
        "learned": "จดรายรับรายจ่าย",
        "came_2": "on",
        "learned_3": "ทำงบ",
    }
    nobody = desk.post(f"{at}new/", {**typed, "came_2": "", "learned_3": ""})
    assert nobody.status_code == 422
    assert "ใครมาอบรม" in nobody.content.decode()
    assert "พัฒนาชุมชน" in nobody.content.decode()
    with photo.open("rb") as file:
        made = desk.post(f"{at}new/", typed | {"photo": file})
    assert made["Location"] == f"{at}1/"
    assert {each.member_number: each.learned for each in Learner.objects.all()} == {
        2: "จดรายรับรายจ่าย",
        3: "ทำงบ",
    }
    page = desk.get(f"{at}1/").content.decode()
    assert "ประจวบ" in page
    assert "ทำงบ" in page
    assert f"/funds/{ours.code}/plan/done/?training=1" in page
    assert "การทำบัญชี" in desk.get(at).content.decode()
    answer = desk.get(f"{at}1/evidence/")
    assert answer.content == photo.read_bytes()
    chosen = desk.get(f"/funds/{ours.code}/plan/done/?training=1").content.decode()
    assert '<option value="1" selected>' in chosen
    assert desk.post(f"{at}1/withdraw/", {"note": "ผิดกลุ่ม"})["Location"] == at
    assert "ถอนแล้ว" in desk.get(f"{at}1/").content.decode()


def test_trainings_are_closed_to_others(ours: OccupationGroup) -> None:
    train(ours)
    at = f"/funds/{ours.code}/trainings/"
    for where in ("", "1/", "new/", "1/withdraw/", "1/evidence/"):
        assert browser(ours, "stranger").get(f"{at}{where}").status_code == 404, where
        assert browser(ours, "member").get(f"{at}{where}").status_code == 403, where
    assert browser(ours).get(f"{at}7/").status_code == 404
    assert browser(ours).get(f"{at}1/evidence/").status_code == 404  # none was handed in
