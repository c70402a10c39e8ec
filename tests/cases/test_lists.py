"""Lists of cases: of a fund, of an area, and the funds that a case could be proposed for."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role as Held
from kongthun.accounts.reach import reach_of
from kongthun.briefings.actions.briefings import RowKept
from kongthun.briefings.actions.voices import record_voice
from kongthun.briefings.models import SaidBy, VoiceKind
from kongthun.cases.queries.lists import candidates_of, cases_of_area
from kongthun.domain.casework import CaseKind, Stage, WorkKind

from .case_at_work import (
    CaseAtWork,
    case_at,
    consent,
    days_ago,
    form_team,
    propose,
    today,
    village_with_team,
)
from .test_proposals import lose

pytestmark = pytest.mark.django_db


def client_of(work: CaseAtWork, who: str) -> Client:
    client = Client()
    client.force_login(work.village.users[who])
    return client


def page_of(work: CaseAtWork, who: str, name: str, *at: str) -> tuple[int, str]:
    answer = client_of(work, who).get(reverse(f"cases:{name}", args=at))
    return answer.status_code, answer.content.decode()


def test_an_area_lists_its_cases_with_what_is_to_be_done_first() -> None:
    work = case_at(Stage.CONSENTED)
    (line,) = cases_of_area("8016", work.village.district)
    assert line.state.key == (work.village.fund.pk, 1)
    assert line.due is not None
    assert line.due.kind is WorkKind.TEAM


def test_an_area_lists_no_case_of_another() -> None:
    work = case_at(Stage.PROPOSED)
    other = case_at(Stage.PROPOSED, code="80120101")
    assert len(cases_of_area("80", work.province)) == 2
    assert len(cases_of_area("80", work.village.district)) == 1
    assert cases_of_area("8012", work.village.district) == []
    assert page_of(work, "amphoe", "of_area", "8012")[0] == 404
    assert page_of(work, "changwat", "of_area", "8012")[0] == 200
    assert page_of(other, "amphoe", "of_area", "8016")[0] == 404


def test_whoever_reaches_a_part_of_an_area_sees_the_part() -> None:
    work = case_at(Stage.PROPOSED)
    case_at(Stage.PROPOSED, code="80160201")
    status, page = page_of(work, "phatthanakon", "of_area", "80")
    assert status == 200
    assert page.count('class="ledger__name"') == 1


def test_people_of_one_fund_have_no_list_of_an_area() -> None:
    work = case_at(Stage.PROPOSED)
    assert page_of(work, "prathan", "of_area", "8016")[0] == 404
    assert page_of(work, "prathan", "of_fund", work.code)[0] == 200


def test_a_list_shows_no_sealed_case_to_whoever_may_not_see_it() -> None:
    work = case_at(Stage.PROPOSED, kind=CaseKind.FRAUD)
    for who in ("prathan", "khrueakhai", "changwat"):
        assert "เรื่องที่ 1" not in page_of(work, who, "of_fund", work.code)[1]
    for who in ("khrueakhai", "changwat"):
        assert "ledger__name" not in page_of(work, who, "of_area", "80")[1]
    assert "เรื่องที่ 1" in page_of(work, "amphoe", "of_fund", work.code)[1]


def test_a_list_can_be_kept_to_what_waits_for_the_village() -> None:
    work = case_at(Stage.CONSENTED)
    case_at(Stage.PROPOSED, code="80160102")
    where = reverse("cases:of_area", args=["8016"])
    client = client_of(work, "amphoe")
    names = 'class="ledger__name"'
    assert client.get(where).content.decode().count(names) == 2
    assert client.get(where, {"show": "proposed"}).content.decode().count(names) == 1
    assert client.get(where, {"show": "closed"}).content.decode().count(names) == 0


def test_funds_whose_books_warn_are_offered_and_none_is_ranked() -> None:
    calm = village_with_team("80160101")
    missing = village_with_team("80160102")
    lose(missing, 50_000)
    found = candidates_of("8016", missing.village.district)
    assert [(each.fund.status.code, each.needs_look) for each in found] == [
        (calm.code, False),
        (missing.code, True),
    ]
    _, page = page_of(missing, "amphoe", "candidates", "8016")
    assert page.count('class="ledger__name"') == 1


def test_a_fund_with_an_unfinished_case_leads_to_it_and_not_to_another_proposal() -> None:
    work = case_at(Stage.CONSENTED)
    lose(work, 50_000)
    _, page = page_of(work, "amphoe", "candidates", "8016")
    assert reverse("cases:case", args=[work.code, 1]) in page
    assert reverse("cases:propose", args=[work.code]) not in page


def test_after_a_closing_a_fund_may_be_proposed_again() -> None:
    work = case_at(Stage.CLOSED)
    lose(work, 50_000)
    _, page = page_of(work, "amphoe", "candidates", "8016")
    assert reverse("cases:propose", args=[work.code]) in page


@pytest.mark.parametrize("who", ["prathan", "herannyik", "phutruat", "changwat"])
def test_those_who_do_not_work_on_cases_choose_no_funds(who: str) -> None:
    work = village_with_team()
    assert page_of(work, who, "candidates", "8016")[0] in {403, 404}


def test_an_area_that_is_not_there_is_not_found() -> None:
    work = village_with_team()
    assert page_of(work, "amphoe", "of_area", "801699")[0] == 404


@pytest.mark.parametrize("name", ["of_area", "candidates"])
def test_the_statements_do_not_grow_with_the_number_of_funds(name: str) -> None:
    work = case_at(Stage.TEAM_FORMED)
    where = reverse(f"cases:{name}", args=["8016"])
    client = client_of(work, "amphoe")
    client.get(where)

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(where).status_code == 200
        return len(asked)

    few = statements()
    for place in range(2, 8):
        more = village_with_team(f"801601{place:02}")
        propose(more)
        consent(more)
        form_team(more)
        lose(more, 50_000)
    assert statements() == few


def test_what_was_voiced_of_a_fund_gives_a_reason_to_look_though_its_books_are_calm() -> None:
    work = village_with_team()
    (calm,) = candidates_of("8016", work.officer)
    assert not calm.needs_look
    heard = record_voice(
        group=work.group,
        kind=VoiceKind.PROBLEM,
        said_by=SaidBy.CHAIRMAN,
        words="ครัวเรือนไม่ส่งคืนสามปี",
        by=work.officer,
        on=today(),
    )
    assert isinstance(heard, RowKept), heard
    (voiced,) = candidates_of("8016", work.officer)
    assert [each.words for each in voiced.voices] == ["ครัวเรือนไม่ส่งคืนสามปี"]
    assert voiced.needs_look
    assert "ครัวเรือนไม่ส่งคืนสามปี" in page_of(work, "phatthanakon", "candidates", "8016")[1]


def test_who_only_sees_the_cases_of_a_fund_is_not_offered_it_to_propose_for() -> None:
    work = village_with_team("80160101")
    village_with_team("80120101")
    both = work.village.users["khrueakhai"]
    appoint(user=both, role=Held.PROVINCE, by_order="คำสั่ง", starts_on=days_ago(9), area_code="80")
    found = candidates_of("80", reach_of(both, today()))
    assert [each.fund.status.code for each in found] == ["80160101"]
