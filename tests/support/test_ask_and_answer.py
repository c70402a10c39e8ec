"""A group asks an agency; the answer, what was given and what came of it follow in their order."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from typing import Any, get_args

import pytest
from django.utils import timezone

from five.occupation_group import OccupationGroup, founded_group
from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role, User
from kongthun.accounts.reach import Deed, NotEntitled, Reach, reach_of
from kongthun.audit.models import AuditLine
from kongthun.domain.money import Money
from kongthun.support import refusals as why
from kongthun.support.actions.agencies import (
    AgencyRecorded,
    Invited,
    end_invitation,
    invite_agency,
    record_agency,
    seat_person,
)
from kongthun.support.actions.requests import (
    Asked,
    StepAdded,
    TakenBack,
    add_step,
    ask_support,
    withdraw_request,
    withdraw_step,
)
from kongthun.support.actions.standards import StandardKept, record_standard, withdraw_standard
from kongthun.support.models import Agency, AgencyKind, SupportKind, SupportRequest, SupportStepKind
from kongthun.support.queries.requests import (
    agencies_for,
    asked_of,
    group_for_agency,
    request_of,
    standards_of,
    support_of,
)
from kongthun.support.refusals import NotDone, SupportRefusal
from kongthun.support.wording import refusal_in_thai

TODAY = timezone.localdate()
ASKED_ON = TODAY - timedelta(days=30)
STEP = SupportStepKind


@pytest.fixture
def ours(db: None) -> OccupationGroup:  # noqa: ARG001
    return founded_group(founded=TODAY - timedelta(days=300))


@pytest.fixture
def agency(ours: OccupationGroup) -> Agency:
    return recorded(ours, "สำนักงานเกษตรอำเภอหัวไทร")


@pytest.fixture
def officer(agency: Agency) -> Reach:
    return seated(agency, "kaset-test")


def recorded(ours: OccupationGroup, name: str, area: str = "8016") -> Agency:
    done = record_agency(
        group=ours.group,
        name=name,
        kind=AgencyKind.AGRICULTURE,
        area_code=area,
        by=ours.field_worker,
    )
    assert isinstance(done, AgencyRecorded), done
    return Agency.objects.get(pk=done.pk)


def seated(agency: Agency, username: str, *, since: date | None = None) -> Reach:
    user = User.objects.create(username=username, display_name=username)
    since = since or TODAY - timedelta(days=90)
    appoint(user=user, role=Role.AGENCY, by_order="คำสั่ง", starts_on=since, area_code="8016")
    seat_person(agency=agency, user=user, starts_on=since)
    return reach_of(user, TODAY)


def asked(ours: OccupationGroup, agency: Agency, **changed: Any) -> Any:  # noqa: ANN401
    given = {
        "agency_id": agency.pk,
        "kind": SupportKind.EQUIPMENT,
        "words": "เครื่องสีข้าวขนาดเล็ก 1 เครื่อง",
        "on": ASKED_ON,
        "by": ours.treasurer,
        "amount": Money.baht(45_000),
    }
    return ask_support(group=ours.group, **(given | changed))


def step(ours: OccupationGroup, kind: SupportStepKind, by: Reach, **changed: Any) -> Any:  # noqa: ANN401
    given = {"request_number": 1, "words": "ตามหนังสือของสำนักงาน", "on": TODAY}
    return add_step(group=ours.group, kind=kind, by=by, **(given | changed))


def why_not(done: Any) -> list[type]:  # noqa: ANN401
    assert isinstance(done, NotDone), done
    return [type(refusal) for refusal in done.refusals]


def test_a_request_goes_its_way_to_what_came_of_it(
    ours: OccupationGroup, agency: Agency, officer: Reach
) -> None:
    assert asked(ours, agency) == Asked(1)
    assert [state.waits for state in support_of(ours.group)] == ["agency"]
    assert [each.request.number for each in asked_of(officer)] == [1]
    assert step(ours, STEP.AGREED, officer) == StepAdded(1, 1)
    assert step(ours, STEP.GIVEN, ours.treasurer, amount=Money.baht(40_000)) == StepAdded(1, 2)
    state = request_of(ours.group, 1)
    assert state is not None
    assert (state.waits, state.given_sum) == ("group", Money.baht(40_000))
    assert step(ours, STEP.CAME_OF_IT, ours.chairman, words="สีข้าวได้วันละ 200 กก.") == StepAdded(1, 3)
    (state,) = support_of(ours.group)
    assert (state.waits, len(state.steps)) == ("", 3)
    assert AuditLine.objects.filter(deed="add_support_step", fund_id=ours.group.pk).count() == 3


def test_steps_are_refused_out_of_their_turn(
    ours: OccupationGroup, agency: Agency, officer: Reach
) -> None:
    asked(ours, agency)
    assert why_not(step(ours, STEP.GIVEN, officer)) == [why.NothingPromised]
    assert why_not(step(ours, STEP.CAME_OF_IT, officer)) == [why.NothingGiven]
    assert why_not(step(ours, STEP.AGREED, officer, on=ASKED_ON - timedelta(days=1))) == [
        why.BeforeItWasAsked
    ]
    step(ours, STEP.DECLINED, officer)
    assert why_not(step(ours, STEP.AGREED, officer)) == [why.AnsweredAlready]
    assert why_not(step(ours, STEP.GIVEN, officer)) == [why.NothingPromised]
    tomorrow = TODAY + timedelta(days=1)
    assert why_not(step(ours, STEP.AGREED, officer, words=" ", on=tomorrow)) == [
        why.WordsMissing,
        why.HappensLater,
        why.AnsweredAlready,
    ]


def test_another_agency_neither_sees_nor_answers(
    ours: OccupationGroup, agency: Agency, officer: Reach
) -> None:
    asked(ours, agency)
    other = seated(recorded(ours, "สำนักงานอุตสาหกรรมจังหวัด", "80"), "utsahakam")
    assert asked_of(other) == []
    assert group_for_agency(ours.code, other) is None
    assert group_for_agency(ours.code, officer) == ours.group
    assert why_not(step(ours, STEP.AGREED, other)) == [why.NotYourAgency]
    assert why_not(step(ours, STEP.AGREED, ours.member)) == [NotEntitled]
    assert why_not(step(ours, STEP.AGREED, ours.stranger)) == [NotEntitled]


def test_who_has_left_the_agency_answers_no_more(ours: OccupationGroup, agency: Agency) -> None:
    asked(ours, agency)
    reach = seated(agency, "left")
    agency.seats.update(ends_on=TODAY - timedelta(days=1))
    assert asked_of(reach) == []
    assert why_not(step(ours, STEP.AGREED, reach)) == [why.NotYourAgency]


def test_an_invitation_opens_a_group_to_an_agency_and_closes_again(
    ours: OccupationGroup, agency: Agency, officer: Reach
) -> None:
    assert group_for_agency(ours.code, officer) is None
    days = {"starts_on": TODAY - timedelta(days=5), "ends_on": None}
    invited = invite_agency(group=ours.group, agency_id=agency.pk, by=ours.chairman, **days)  # type: ignore[arg-type]
    assert invited == Invited(1)
    assert group_for_agency(ours.code, officer) == ours.group
    again = invite_agency(group=ours.group, agency_id=agency.pk, by=ours.chairman, **days)  # type: ignore[arg-type]
    assert why_not(again) == [why.InvitedAlready]
    yesterday = TODAY - timedelta(days=1)
    end_invitation(group=ours.group, number=1, on=yesterday, by=ours.chairman)
    assert group_for_agency(ours.code, officer) is None
    ended = end_invitation(group=ours.group, number=1, on=TODAY, by=ours.chairman)
    assert why_not(ended) == [why.InvitationUnknown]


def test_asking_says_all_that_is_against_it(ours: OccupationGroup, agency: Agency) -> None:
    tomorrow = TODAY + timedelta(days=1)
    against = asked(ours, agency, words="", on=tomorrow, agency_id=0, meeting_number=4)
    assert why_not(against) == [
        why.WordsMissing,
        why.HappensLater,
        why.AgencyUnknown,
        why.MeetingUnfit,
    ]
    assert why_not(asked(ours, agency, by=ours.stranger)) == [NotEntitled]
    assert not SupportRequest.objects.exists()
    met = ours.meet(ASKED_ON - timedelta(days=1), "ขอเครื่องสีข้าว")
    assert asked(ours, agency, meeting_number=met) == Asked(1)


def test_what_was_written_wrongly_is_taken_back_last_first(
    ours: OccupationGroup, agency: Agency, officer: Reach
) -> None:
    asked(ours, agency)
    step(ours, STEP.AGREED, officer)
    step(ours, STEP.GIVEN, officer)
    back = {"group": ours.group, "request_number": 1, "note": "บันทึกผิดคำขอ", "by": officer}
    assert why_not(withdraw_step(number=1, **back)) == [why.LaterStepsStand]  # type: ignore[arg-type]
    whole = withdraw_request(group=ours.group, number=1, note="ผิด", by=ours.treasurer)
    assert why_not(whole) == [why.HasSteps]
    assert withdraw_step(number=2, **back) == TakenBack(2)  # type: ignore[arg-type]
    assert withdraw_step(number=1, **back) == TakenBack(1)  # type: ignore[arg-type]
    assert why_not(withdraw_step(number=1, **back)) == [why.StepUnknown]  # type: ignore[arg-type]
    assert step(ours, STEP.PARTLY, officer) == StepAdded(1, 3)  # numbers are never used twice
    withdraw_step(number=3, **back)  # type: ignore[arg-type]
    whole = withdraw_request(group=ours.group, number=1, note="ผิด", by=ours.treasurer)
    assert whole == TakenBack(1)
    assert support_of(ours.group) == []


def test_an_agency_stands_once_and_reaches_where_it_serves(
    ours: OccupationGroup, agency: Agency
) -> None:
    twin = record_agency(
        group=ours.group,
        name="สำนักงานเกษตรอำเภอหัวไทร ",
        kind=AgencyKind.AGRICULTURE,
        area_code="8016",
        by=ours.treasurer,
    )
    assert why_not(twin) == [why.AgencyThere]
    far = record_agency(
        group=ours.group,
        name="",
        kind=AgencyKind.LOCAL,
        area_code="801602",
        by=ours.treasurer,
    )
    assert why_not(far) == [why.WordsMissing, why.AreaElsewhere]
    assert list(agencies_for("80160101")) == [agency]
    assert list(agencies_for("80150101")) == []


def test_a_standard_has_its_days_and_stands_once(ours: OccupationGroup) -> None:
    given = {"group": ours.group, "scheme": "มผช.", "product": "ข้าวกล้อง", "by": ours.treasurer}
    days = {"granted_on": ASKED_ON, "expires_on": ASKED_ON + timedelta(days=1_000)}
    first = record_standard(certificate="345-2/2566", **given, **days)  # type: ignore[arg-type]
    assert first == StandardKept(1)
    twin = record_standard(certificate=" 345-2/2566 ", **given, **days)  # type: ignore[arg-type]
    assert why_not(twin) == [why.StandardThere]
    turned = {"granted_on": ASKED_ON, "expires_on": ASKED_ON - timedelta(days=1)}
    assert why_not(record_standard(**given, **turned)) == [why.EndsBeforeItStarts]  # type: ignore[arg-type]
    withdraw_standard(group=ours.group, number=1, note="ใบของกลุ่มอื่น", by=ours.treasurer)
    assert standards_of(ours.group) == []
    again = withdraw_standard(group=ours.group, number=1, note="อีกครั้ง", by=ours.treasurer)
    assert why_not(again) == [why.StandardUnknown]


def test_the_list_asks_no_more_of_thirty_requests_than_of_three(
    ours: OccupationGroup,
    agency: Agency,
    officer: Reach,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    for count in (3, 27):
        for _ in range(count):
            asked(ours, agency)
        with django_assert_num_queries(2):
            support_of(ours.group)
        with django_assert_num_queries(2):
            asked_of(officer)


GIVEN: dict[str, Any] = {
    "on": TODAY,
    "asked_on": ASKED_ON,
    "starts_on": TODAY,
    "ends_on": ASKED_ON,
    "number": 3,
    "longest": 300,
    "deed": Deed.SEEK_SUPPORT,
    "day": TODAY,
}


@pytest.mark.parametrize("kind", get_args(SupportRefusal))
def test_every_refusal_has_words(kind: Any) -> None:  # noqa: ANN401
    said = refusal_in_thai(kind(**{f.name: GIVEN.get(f.name, "หน่วยงาน") for f in fields(kind)}))
    assert len(said) > 20
    with pytest.raises(NotImplementedError):
        refusal_in_thai(object())  # type: ignore[arg-type]
