"""The page of a case: the road, what is missing with its doors, and who may see it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kongthun.cases.actions.causes import Said, add_cause
from kongthun.cases.actions.plans import plan_step
from kongthun.domain.casework import CaseKind, CauseKind, Role, Speaker, Stage

from .case_at_work import (
    ROAD,
    CaseAtWork,
    case_at,
    consent,
    days_ago,
    meet_households,
    show_steps,
)

pytestmark = pytest.mark.django_db


def page_of(work: CaseAtWork, who: str = "phatthanakon") -> tuple[int, str]:
    """How the page answers this person, and what it says."""
    answer = client_of(work, who).get(reverse("cases:case", args=[work.code, work.number]))
    return answer.status_code, answer.content.decode()


def client_of(work: CaseAtWork, who: str) -> Client:
    client = Client()
    client.force_login(work.village.users[who])
    return client


@pytest.mark.parametrize("stage", ROAD)
def test_the_page_can_be_read_at_every_stage(stage: Stage) -> None:
    status, page = page_of(case_at(stage))
    assert status == 200
    assert page.count('class="road__stop ') == 8


@pytest.mark.parametrize(
    ("stage", "behind"),
    [(Stage.PROPOSED, 1), (Stage.PLANNED, 5), (Stage.CLOSED, 8), (Stage.RELAPSED, 4)],
)
def test_the_road_shows_what_is_behind_and_what_is_being_done(stage: Stage, behind: int) -> None:
    _, page = page_of(case_at(stage))
    assert page.count("road__stop--done") == behind
    assert page.count('aria-current="step"') == (0 if stage is Stage.CLOSED else 1)


def test_a_proposal_says_that_the_village_has_not_answered_and_opens_the_door_to_it() -> None:
    work = case_at(Stage.PROPOSED)
    _, page = page_of(work)
    assert "หมู่บ้านยังไม่ได้ตอบ" in page
    assert reverse("cases:record_consent", args=[work.code, work.number]) in page
    assert reverse("cases:add_step", args=[work.code, work.number]) not in page


def test_everything_missing_stands_together() -> None:
    _, page = page_of(case_at(Stage.CONSENTED))
    assert "ยังไม่มีเจ้าหน้าที่พัฒนาชุมชน" in page
    assert "ยังไม่มีคณะกรรมการเครือข่าย" in page


def test_a_cause_that_one_side_alone_has_said_is_marked() -> None:
    _, page = page_of(case_at(Stage.CAUSES_FOUND))
    assert page.count("ยังฟังฝ่ายเดียว") == 2  # the first was said by two groups


def test_the_plan_stands_once_with_what_shows_each_step_and_the_door_to_show_it() -> None:
    work = case_at(Stage.PLANNED)
    show_steps(work, 1)
    of = [work.code, work.number]
    _, page = page_of(work)
    _, _, plan = page.partition('id="plan"')
    plan, _, after = plan.partition("</section>")
    for address in (
        reverse("cases:step_shown", args=[*of, 1, 1]),
        reverse("cases:shown_withdraw", args=[*of, 1, 1]),
        reverse("cases:step_show", args=[*of, 1]),
    ):
        assert f'href="{address}"' in plan
        assert f'href="{address}"' not in after
    assert plan.count("เพิ่มหลักฐาน") == 1
    assert plan.count("แสดงว่าทำแล้ว") == 1
    assert "หลักฐานตามแผน" not in page


def test_who_sees_no_names_reads_of_evidence_only_that_it_is_kept() -> None:
    work = case_at(Stage.PLANNED)
    show_steps(work, 1)
    _, page = page_of(work, "khrueakhai")
    assert "เก็บหลักฐานไว้แล้ว" in page
    address = reverse("cases:step_shown", args=[work.code, work.number, 1, 1])
    assert f'href="{address}"' not in page


def test_a_committee_reads_the_case_and_finds_no_door_to_write() -> None:
    work = case_at(Stage.PLANNED)
    status, page = page_of(work, "prathan")
    assert status == 200
    for door in ("record_consent", "join_team", "add_cause", "add_step"):
        assert reverse(f"cases:{door}", args=[work.code, work.number]) not in page


@pytest.mark.parametrize("who", ["prathan", "herannyik", "khrueakhai", "changwat"])
@pytest.mark.parametrize("kind", [CaseKind.LEGAL, CaseKind.FRAUD])
def test_a_sealed_case_is_not_there_for_committee_network_and_province(
    who: str, kind: CaseKind
) -> None:
    assert page_of(case_at(Stage.PROPOSED, kind=kind), who)[0] == 404


@pytest.mark.parametrize("who", ["phatthanakon", "amphoe", "phutruat"])
def test_a_sealed_case_is_there_for_the_office_and_the_auditor(who: str) -> None:
    status, page = page_of(case_at(Stage.PROPOSED, kind=CaseKind.FRAUD), who)
    assert status == 200
    assert "เรื่องปิดผนึก" in page


def test_a_case_of_another_district_is_not_there() -> None:
    here = case_at(Stage.PROPOSED)
    there = case_at(Stage.PROPOSED, code="80120101")
    address = reverse("cases:case", args=[there.code, there.number])
    for who in ("phatthanakon", "prathan", "khrueakhai", "amphoe", "phutruat"):
        assert client_of(here, who).get(address).status_code == 404
    assert client_of(here, "changwat").get(address).status_code == 200  # one province


def test_a_case_that_was_never_proposed_is_not_there() -> None:
    work = case_at(Stage.PROPOSED)
    client = client_of(work, "phatthanakon")
    assert client.get(reverse("cases:case", args=[work.code, 2])).status_code == 404


def test_the_page_takes_the_same_statements_however_much_stands_in_the_case() -> None:
    work = case_at(Stage.PLANNED)
    address = reverse("cases:case", args=[work.code, work.number])
    client = client_of(work, "phatthanakon")
    client.get(address)

    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    few = statements()
    meeting = meet_households(work, days_ago(200))
    for place in range(12):
        add_cause(
            **work.of,
            words=f"เรื่องที่พูดกันข้อ {place}",
            kind=CauseKind.OTHER,
            said=[Said(speaker, meeting) for speaker in Speaker],
            by=work.officer,
        )
    plan_more(work)
    consent(work, on=days_ago(150))
    assert statements() == few


def plan_more(work: CaseAtWork) -> None:
    for place in range(10):
        plan_step(
            **work.of,
            words=f"ขั้นตอนเพิ่ม {place}",
            owner_role=Role.OFFICER,
            owner_user_id=work.village.users["phatthanakon"].pk,
            on=days_ago(100),
            due_on=days_ago(50),
            shown_by="ภาพ",
            by=work.officer,
        )
