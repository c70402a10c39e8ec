"""A case is proposed from what the books warn of, and is not open before the village consents."""

from __future__ import annotations

import pytest

from kongthun.audit.models import AuditLine
from kongthun.cases.actions.proposals import CaseProposed, propose_case, withdraw_case
from kongthun.cases.actions.writing import FactTakenBack
from kongthun.cases.models import Case
from kongthun.cases.queries.facts import case_in_reach
from kongthun.cases.refusals import NotDone
from kongthun.domain.casework import CaseKind, Stage
from kongthun.domain.journal import Deed, Draft, Line
from kongthun.domain.money import Money
from kongthun.ledger.actions import Posted, post_entry

from .case_at_work import CaseAtWork, case_at, days_ago, propose, today, village_with_team

pytestmark = pytest.mark.django_db

WORDS = "กรรมการขอให้ช่วย"


def refused(done: object) -> set[str]:
    """The names of everything a deed was refused for."""
    assert isinstance(done, NotDone), done
    return {type(refusal).__name__ for refusal in done.refusals}


def lose(work: CaseAtWork, baht: int) -> None:
    """So much of what is at the bank is not there, and nobody knows why."""
    draft = Draft(
        Deed.BANK_UNEXPLAINED,
        days_ago(500),
        (Line("unexplained", Money.baht(baht)), Line("bank:1", Money.baht(-baht))),
        "lost",
        "ยังไม่ทราบ",
    )
    assert isinstance(post_entry(draft, fund=work.village.fund, recorded_by=None), Posted)


def test_a_proposal_is_not_open() -> None:
    work = village_with_team()
    propose(work)
    assert work.stage is Stage.PROPOSED
    assert not work.state().is_open


def test_signs_and_the_missing_sum_are_what_the_books_showed_that_day() -> None:
    work = village_with_team()
    lose(work, 12_345)
    propose(work)
    assert work.case.reasons == ["missing"]
    assert work.case.missing_then == Money.baht(12_345).satang


def test_what_went_missing_after_the_proposal_is_not_told_by_it() -> None:
    work = village_with_team()
    done = propose_case(
        group=work.group,
        kind=CaseKind.STALLED,
        words=WORDS,
        on=days_ago(700),
        by=work.officer,
    )
    lose(work, 500)
    assert isinstance(done, CaseProposed)
    work.number = done.number
    assert work.case.missing_then == 0


def test_everything_against_a_proposal_is_said_together() -> None:
    work = case_at(Stage.PROPOSED)
    done = propose_case(
        group=work.group,
        kind=CaseKind.STALLED,
        words="  ",
        on=days_ago(-1),
        by=work.village.treasurer,
    )
    assert refused(done) == {"NotEntitled", "WordsMissing", "HappensLater", "CaseThere"}
    assert Case.objects.count() == 1


def test_words_have_room_for_five_hundred_letters() -> None:
    work = village_with_team()
    done = propose_case(
        group=work.group, kind=CaseKind.STALLED, words="ก" * 501, on=today(), by=work.officer
    )
    assert refused(done) == {"WordsTooLong"}


@pytest.mark.parametrize("who", ["treasurer", "chairman"])
def test_a_committee_does_not_propose(who: str) -> None:
    work = village_with_team()
    done = propose_case(
        group=work.group,
        kind=CaseKind.STALLED,
        words=WORDS,
        on=today(),
        by=getattr(work.village, who),
    )
    assert refused(done) == {"NotEntitled"}


def test_the_auditor_and_the_province_do_not_propose() -> None:
    work = village_with_team()
    for by in (work.auditor, work.province):
        done = propose_case(group=work.group, kind=CaseKind.STALLED, words=WORDS, on=today(), by=by)
        assert refused(done) == {"NotEntitled"}


def test_the_network_proposes_but_nothing_that_it_may_not_see() -> None:
    work = village_with_team()
    first = propose_case(
        group=work.group, kind=CaseKind.STALLED, words=WORDS, on=today(), by=work.network
    )
    assert isinstance(first, CaseProposed)
    sealed = propose_case(
        group=work.group, kind=CaseKind.FRAUD, words=WORDS, on=today(), by=work.network
    )
    assert refused(sealed) == {"NotEntitled"}


def test_a_sealed_case_is_not_betrayed_by_proposing_another() -> None:
    work = village_with_team()
    propose(work, CaseKind.FRAUD)
    done = propose_case(
        group=work.group, kind=CaseKind.FRAUD, words=WORDS, on=today(), by=work.network
    )
    assert refused(done) == {"NotEntitled"}  # and no CaseThere


def test_a_second_case_of_a_kind_waits_until_the_first_is_closed() -> None:
    work = case_at(Stage.REPORTED)
    again = {
        "group": work.group,
        "kind": CaseKind.STALLED,
        "words": WORDS,
        "on": today(),
        "by": work.officer,
    }
    assert refused(propose_case(**again)) == {"CaseThere"}
    other = propose_case(**(again | {"kind": CaseKind.LEGAL}))
    assert isinstance(other, CaseProposed)


def test_after_a_closing_another_case_may_be_proposed() -> None:
    work = case_at(Stage.CLOSED)
    assert propose(work) == 2


def test_a_proposal_is_taken_back_with_why_and_its_number_is_not_given_again() -> None:
    work = case_at(Stage.PROPOSED)
    done = withdraw_case(**work.of, note="เสนอซ้ำ", by=work.officer)
    assert isinstance(done, FactTakenBack)
    row = Case.objects.get(group_id=work.village.fund.pk, number=1)
    assert row.withdrawn_note == "เสนอซ้ำ"
    assert case_in_reach(work.code, 1, work.officer) is None
    assert propose(work) == 2


def test_an_open_case_is_not_taken_back() -> None:
    work = case_at(Stage.CONSENTED)
    done = withdraw_case(**work.of, note="", by=work.officer)
    assert refused(done) == {"CaseIsOpen", "WordsMissing"}


def test_a_closed_case_is_not_taken_back() -> None:
    work = case_at(Stage.CLOSED)
    assert refused(withdraw_case(**work.of, note="ลบ", by=work.officer)) == {"CaseIsClosed"}


def test_proposing_and_taking_back_are_written_down_once_each() -> None:
    work = case_at(Stage.PROPOSED)
    withdraw_case(**work.of, note="เสนอซ้ำ", by=work.officer)
    lines = AuditLine.objects.filter(subject="case 1").order_by("pk")
    assert [line.deed for line in lines] == ["propose_case", "withdraw_case"]
    assert {line.user_id for line in lines} == {work.officer.user_id}


def test_a_refused_proposal_leaves_no_line() -> None:
    work = village_with_team()
    before = AuditLine.objects.count()
    propose_case(group=work.group, kind=CaseKind.STALLED, words="", on=today(), by=work.officer)
    assert AuditLine.objects.count() == before
