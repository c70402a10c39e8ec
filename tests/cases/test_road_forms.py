"""The forms of the road: who may open them, what a refusal keeps, and where they lead."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from kongthun.cases.models import Case, Cause, Consent, PlanStep, Teammate
from kongthun.domain.casework import CaseKind, Stage
from kongthun.domain.thai_calendar import numeric

from .case_at_work import CaseAtWork, case_at, days_ago, meet_households, today, village_with_team

pytestmark = pytest.mark.django_db

UNPROCESSABLE = 422
LATELY, SOON = numeric(days_ago(20)), numeric(days_ago(-60))
# What is written with each form of a case that is planned, as a whole answer.
FORMS = {
    "record_consent": {"resolution": "3:1", "answer": "yes"},
    "join_team": {"person": "network:", "name": "นางพร  ใจดี", "on": LATELY},
    "add_cause": {
        "words": "สมุดหาย",
        "kind": "books_lacking",
        "meeting": "2",
        "speakers": ["leaders"],
    },
    "add_step": {
        "words": "ทำสมุดใหม่",
        "owner": "committee:",
        "due_on": SOON,
        "shown_by": "สมุดที่ทำใหม่",
        "on": LATELY,
    },
}
PLACES = {
    "take_back_consent": {"note": "จดผิด"},
    "leave_team": {"on": LATELY},
    "take_back_teammate": {"note": "คนละคน"},
    "say_cause": {"meeting": "2", "speaker": "leaders"},
    "take_back_cause": {"note": "เขียนใหม่"},
    "give_up_step": {"on": LATELY, "note": "น้ำท่วม"},
}


def client_of(work: CaseAtWork, who: str = "phatthanakon") -> Client:
    client = Client()
    client.force_login(work.village.users[who])
    return client


def address(work: CaseAtWork, name: str) -> str:
    place = [2] if name in PLACES else []
    return reverse(f"cases:{name}", args=[work.code, work.number, *place])


@pytest.mark.parametrize("name", [*FORMS, *PLACES])
def test_a_form_of_the_road_opens_for_who_works_on_the_case(name: str) -> None:
    work = case_at(Stage.PLANNED)
    assert client_of(work).get(address(work, name)).status_code == 200


@pytest.mark.parametrize("who", ["prathan", "herannyik", "phutruat", "changwat"])
@pytest.mark.parametrize("name", [*FORMS, *PLACES])
def test_a_form_of_the_road_is_refused_to_everybody_else(name: str, who: str) -> None:
    work = case_at(Stage.PLANNED)
    client = client_of(work, who)
    answer = client.get(address(work, name))
    sent = client.post(address(work, name), (FORMS | PLACES)[name])
    assert {answer.status_code, sent.status_code} <= {403, 404}


@pytest.mark.parametrize("name", [*FORMS, *PLACES])
def test_nothing_handed_in_is_kept_and_nothing_is_written(name: str) -> None:
    work = case_at(Stage.PLANNED)
    before = [model.objects.count() for model in (Consent, Teammate, Cause, PlanStep)]
    answer = client_of(work).post(address(work, name), {})
    assert answer.status_code == UNPROCESSABLE
    assert "ยังบันทึกไม่ได้" in answer.content.decode()
    assert [model.objects.count() for model in (Consent, Teammate, Cause, PlanStep)] == before


@pytest.mark.parametrize("name", [*FORMS, *PLACES])
def test_a_whole_answer_goes_back_to_the_case(name: str) -> None:
    work = case_at(Stage.PLANNED)
    meet_households(work, days_ago(30))
    said = (FORMS | PLACES)[name]
    where = address(work, name)
    if name == "take_back_consent":
        where = reverse("cases:take_back_consent", args=[work.code, work.number, 1])
    answer = client_of(work).post(where, said)
    assert answer.status_code == 302, answer.content.decode()
    page = reverse("cases:case", args=[work.code, work.number])
    assert answer.headers["Location"].startswith(f"{page}#")


def test_what_was_typed_stands_in_a_form_that_was_refused() -> None:
    work = case_at(Stage.PLANNED)
    said = FORMS["add_cause"] | {"words": "นางแดง มีทรัพย์ ไม่มา"}
    answer = client_of(work).post(address(work, "add_cause"), said)
    page = answer.content.decode()
    assert answer.status_code == UNPROCESSABLE
    assert "นางแดง มีทรัพย์ ไม่มา" in page
    assert "ไม่พูดถึงตัวบุคคล" in page


def test_a_refusal_of_words_stands_at_the_question_it_was_asked_in() -> None:
    work = case_at(Stage.PLANNED)
    said = FORMS["add_step"] | {"shown_by": "ก" * 201}
    page = client_of(work).post(address(work, "add_step"), said).content.decode()
    assert 'id="id_shown_by_error"' in page
    assert 'id="id_words_error"' not in page


def test_a_meeting_chosen_by_hand_that_is_not_offered_is_refused() -> None:
    work = case_at(Stage.PLANNED)
    said = FORMS["record_consent"] | {"resolution": "99:1"}
    assert client_of(work).post(address(work, "record_consent"), said).status_code == UNPROCESSABLE


def test_a_proposal_is_made_on_screen_and_leads_to_its_page() -> None:
    work = village_with_team()
    where = reverse("cases:propose", args=[work.code])
    said = {"kind": "stalled", "words": "กรรมการขอให้ช่วย", "on": numeric(today())}
    answer = client_of(work).post(where, said)
    assert answer.headers["Location"] == reverse("cases:case", args=[work.code, 1])
    again = client_of(work).post(where, said)
    assert again.status_code == UNPROCESSABLE
    assert "เรื่องที่ 1" in again.content.decode()


def test_the_network_is_not_offered_to_propose_what_it_may_not_see() -> None:
    work = village_with_team()
    where = reverse("cases:propose", args=[work.code])
    assert 'value="fraud"' in client_of(work).get(where).content.decode()
    network = client_of(work, "khrueakhai")
    assert 'value="fraud"' not in network.get(where).content.decode()
    sent = network.post(where, {"kind": "fraud", "words": "สงสัย", "on": numeric(today())})
    assert sent.status_code == UNPROCESSABLE
    assert not Case.objects.exists()


@pytest.mark.parametrize("who", ["prathan", "herannyik", "phutruat", "changwat"])
def test_proposing_is_refused_to_everybody_else(who: str) -> None:
    work = village_with_team()
    where = reverse("cases:propose", args=[work.code])
    assert client_of(work, who).get(where).status_code in {403, 404}


def test_a_proposal_is_taken_back_on_screen_and_an_open_case_is_not() -> None:
    work = case_at(Stage.PROPOSED)
    client = client_of(work)
    where = reverse("cases:withdraw_case", args=[work.code, 1])
    assert client.post(where, {"note": ""}).status_code == UNPROCESSABLE
    done = client.post(where, {"note": "เสนอซ้ำ"})
    assert done.headers["Location"] == reverse("cases:of_fund", args=[work.code])
    assert client.get(where).status_code == 404
    other = case_at(Stage.CONSENTED, code="80160102")
    still = reverse("cases:withdraw_case", args=[other.code, 1])
    assert client_of(other).post(still, {"note": "ถอน"}).status_code == 404


def test_the_forms_of_a_sealed_case_are_not_there_for_the_network() -> None:
    work = case_at(Stage.PLANNED, kind=CaseKind.FRAUD)
    network = client_of(work, "khrueakhai")
    for name in (*FORMS, *PLACES):
        assert network.get(address(work, name)).status_code == 404
        assert network.post(address(work, name), (FORMS | PLACES)[name]).status_code == 404
