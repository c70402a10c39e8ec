"""The pages of support, for the group and for the agency; nobody else finds them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from five.occupation_group import OccupationGroup, founded_group
from kongthun.accounts.models import User
from kongthun.accounts.reach import Reach
from kongthun.domain.money import Money
from kongthun.domain.thai_calendar import numeric
from kongthun.funding.actions.gifts import GiftKept, receive_gift
from kongthun.funding.actions.tools import ToolSaid
from kongthun.funding.models import SourceKind
from kongthun.support import refusals as why
from kongthun.support.models import Agency, SupportRequest, SupportStepKind
from kongthun.support.queries.requests import support_of
from support.test_ask_and_answer import asked, recorded, seated, step, why_not

TODAY = timezone.localdate()


@pytest.fixture
def ours(db: None) -> OccupationGroup:  # noqa: ARG001
    return founded_group(founded=TODAY - timedelta(days=300))


@pytest.fixture
def agency(ours: OccupationGroup) -> Agency:
    return recorded(ours, "สำนักงานเกษตรอำเภอหัวไทร")


@pytest.fixture
def officer(agency: Agency) -> Reach:
    return seated(agency, "kaset-test")


def client_of(user_id: int) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user_id))
    return client


def test_a_request_is_asked_answered_and_told_on_screen(
    ours: OccupationGroup, agency: Agency, officer: Reach
) -> None:
    treasurer, theirs = client_of(ours.treasurer.user_id), client_of(officer.user_id)
    home = f"/funds/{ours.code}/support/"
    assert "ยังไม่ได้ขอรับการสนับสนุน" in treasurer.get(home).content.decode()
    answer = treasurer.post(
        f"{home}ask/",
        {
            "agency": agency.pk,
            "kind": "equipment",
            "words": "เครื่องสีข้าว",
            "amount": "๔๕,๐๐๐",
            "on": numeric(TODAY),
            "meeting": "",
        },
        follow=True,
    )
    assert "45,000" in answer.content.decode()
    inbox = theirs.get("/", follow=True)
    assert "เครื่องสีข้าว" in inbox.content.decode()
    assert ours.group.name in inbox.content.decode()
    for what, words in (
        ("answer", {"kind": "agreed", "words": "สนับสนุนได้เดือนหน้า", "on": numeric(TODAY)}),
        ("given", {"kind": "given", "words": "ส่งมอบแล้ว", "amount": "", "on": numeric(TODAY)}),
        ("came-of-it", {"kind": "came_of_it", "words": "สีข้าวได้เอง", "on": numeric(TODAY)}),
    ):
        told = theirs.post(f"{home}1/{what}/", words, follow=True)
        assert told.status_code == 200, told.content.decode()
        assert words["words"] in told.content.decode()
    (state,) = support_of(ours.group)
    assert len(state.steps) == 3


def test_what_was_typed_stays_when_it_is_refused(ours: OccupationGroup, agency: Agency) -> None:
    tomorrow = TODAY + timedelta(days=1)
    answer = client_of(ours.treasurer.user_id).post(
        f"/funds/{ours.code}/support/ask/",
        {"agency": agency.pk, "kind": "budget", "words": "ทุนหมุนเวียน", "on": numeric(tomorrow)},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "ยังมาไม่ถึง" in page
    assert "ทุนหมุนเวียน" in page
    assert not SupportRequest.objects.exists()


def test_an_agency_sees_its_own_and_no_books(
    ours: OccupationGroup, agency: Agency, officer: Reach
) -> None:
    asked(ours, agency)
    theirs = client_of(officer.user_id)
    for path, status in (
        (f"/support/{ours.code}/", 200),
        (f"/funds/{ours.code}/support/1/", 200),
        (f"/funds/{ours.code}/support/", 403),
        (f"/funds/{ours.code}/", 403),
        (f"/funds/{ours.code}/support/2/", 404),
        ("/support/80160199/", 404),
    ):
        assert theirs.get(path).status_code == status, path


@pytest.mark.parametrize("who", ["member", "stranger"])
def test_others_find_none_of_it(ours: OccupationGroup, agency: Agency, who: str) -> None:
    asked(ours, agency)
    reach: Reach = getattr(ours, who)
    for path in ("", "ask/", "1/", "1/answer/", "standards/new/", "invite/", "agencies/new/"):
        answer = client_of(reach.user_id).get(f"/funds/{ours.code}/support/{path}")
        assert answer.status_code in {403, 404}, path


def test_standards_and_invitations_are_kept_on_screen(
    ours: OccupationGroup, agency: Agency
) -> None:
    client, home = client_of(ours.treasurer.user_id), f"/funds/{ours.code}/support/"
    standard = {
        "scheme": "OTOP",
        "product": "ข้าวกล้องงอก",
        "level": "4 ดาว",
        "granted_on": numeric(TODAY - timedelta(days=800)),
        "expires_on": numeric(TODAY - timedelta(days=1)),
    }
    page = client.post(f"{home}standards/new/", standard, follow=True).content.decode()
    assert "ข้าวกล้องงอก" in page
    assert "หมดอายุแล้ว" in page
    invitation = {"agency": agency.pk, "starts_on": numeric(TODAY), "words": "ช่วยดูฉลาก"}
    page = client.post(f"{home}invite/", invitation, follow=True).content.decode()
    assert "ช่วยดูฉลาก" in page
    ended = client.post(f"{home}invitations/1/end/", {"on": numeric(TODAY)}, follow=True)
    assert "กำหนดวันสุดท้ายแล้ว" in ended.content.decode()
    gone = client.post(f"{home}standards/1/take-back/", {"note": "ผิดกลุ่ม"}, follow=True)
    assert "ข้าวกล้องงอก" not in gone.content.decode()


def test_what_was_given_names_the_gift_in_the_books_once(
    ours: OccupationGroup, agency: Agency, officer: Reach
) -> None:
    asked(ours, agency)
    step(ours, SupportStepKind.AGREED, officer)
    assert why_not(step(ours, SupportStepKind.GIVEN, officer, gift_number=1)) == [why.GiftUnknown]
    received = receive_gift(
        fund=ours.fund,
        kind=SourceKind.GRANT,
        giver=agency.name,
        amount=Money.baht(45_000),
        on=TODAY,
        tool=ToolSaid("เครื่องสีข้าว", keeper="ที่ทำการกลุ่ม"),
        key="mill",
        by=ours.treasurer,
    )
    assert isinstance(received, GiftKept), received
    home = f"/funds/{ours.code}/support/1/"
    client = client_of(ours.treasurer.user_id)
    assert "45,000 บาท จากสำนักงานเกษตร" in client.get(f"{home}given/").content.decode()
    offered = client_of(officer.user_id).get(f"{home}given/").content.decode()
    assert 'name="gift"' not in offered  # an agency sees nothing of the books
    told = {"kind": "given", "words": "ส่งมอบเครื่อง", "on": numeric(TODAY), "gift": "1"}
    page = client.post(f"{home}given/", told, follow=True).content.decode()
    assert f"/funds/{ours.code}/gifts/1/" in page
    theirs = client_of(officer.user_id).get(home).content.decode()
    assert f"/funds/{ours.code}/gifts/1/" not in theirs
    again = step(ours, SupportStepKind.GIVEN, ours.treasurer, gift_number=1)
    assert why_not(again) == [why.GiftUnknown]
