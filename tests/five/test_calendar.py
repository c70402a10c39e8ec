"""The calendar of a group: a month on screen, and the same for a phone without signing in."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.signing import Signer
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from five.ics import read_back
from five.occupation_group import MEMBERS, OccupationGroup, founded_group
from kongthun.accounts.models import Appointment
from kongthun.activities.actions import (
    CallKept,
    PlanKept,
    call_meeting,
    cancel_call,
    drop_plan,
    hold_call,
    plan_activity,
    record_done,
    record_training,
    replace_plan,
)
from kongthun.activities.feed_address import feed_reader, feed_token
from kongthun.activities.models import ActivityKind, MeetingKind
from kongthun.activities.queries import happenings, next_events

JANUARY, DECEMBER = date(2026, 1, 1), date(2026, 1, 31)


@pytest.fixture
def ours(db: None) -> OccupationGroup:  # noqa: ARG001
    return founded_group()


def today() -> date:
    return timezone.localdate()


def call(ours: OccupationGroup, in_days: int, **given: Any) -> int:  # noqa: ANN401
    values: dict[str, Any] = {
        "group": ours.group,
        "by": ours.treasurer,
        "kind": MeetingKind.GENERAL,
        "meets_on": today() + timedelta(days=in_days),
        "agenda": "เรื่องของนางลำไย สุขสวัสดิ์",
    }
    done = call_meeting(**(values | given))
    assert isinstance(done, CallKept), done
    return done.number


def plan(ours: OccupationGroup, words: str, first: date, last: date | None = None) -> int:
    done = plan_activity(
        group=ours.group,
        by=ours.treasurer,
        year=first.year + 543,
        kind=ActivityKind.SALE,
        words=words,
        starts_on=first,
        ends_on=last,
        term_number=4,
    )
    assert isinstance(done, PlanKept), done
    return done.number


def train(ours: OccupationGroup, on: date) -> None:
    record_training(
        group=ours.group,
        by=ours.treasurer,
        on=on,
        topic="ทำบัญชี",
        taught_by="นางครูใจ ดีงาม",
        came={1: "x"},
    )


def told(ours: OccupationGroup, first: date, last: date) -> list[tuple[str, date, str]]:
    return [
        (each.kind.value, each.first, each.words) for each in happenings(ours.group, first, last)
    ]


# ---- what stands in it ----------------------------------------------------------------------


def test_everything_of_the_days_stands_in_order(ours: OccupationGroup) -> None:
    ours.meet(date(2026, 1, 10), "รับสมาชิก", terms=())
    train(ours, date(2026, 1, 10))
    plan(ours, "ออกร้าน", date(2025, 12, 30), date(2025, 12, 31))
    assert told(ours, date(2025, 12, 31), date(2026, 1, 31)) == [
        ("plan", date(2025, 12, 30), "ออกร้าน"),
        ("meeting", date(2026, 1, 10), "ประชุมใหญ่สมาชิก ครั้งที่ 1"),
        ("training", date(2026, 1, 10), "ทำบัญชี"),
        # Two years from 15 ม.ค. 2567, by the rules: five people on one day.
        ("term_end", date(2026, 1, 14), "กรรมการชุดที่ 1 ครบวาระ 5 คน"),
    ]
    assert told(ours, date(2026, 1, 1), date(2026, 1, 9)) == []


def test_a_held_call_stands_as_its_meeting_and_a_cancelled_one_says_so(
    ours: OccupationGroup,
) -> None:
    held = call(ours, 0)
    off = call(ours, 1)
    hold_call(group=ours.group, number=held, by=ours.treasurer)
    cancel_call(group=ours.group, number=off, note="น้ำท่วม", by=ours.treasurer)
    found = happenings(ours.group, today(), today() + timedelta(days=3))
    assert [(each.kind.value, each.number, each.is_cancelled) for each in found] == [
        ("meeting", 1, False),
        ("call", off, True),
    ]


def test_a_plan_given_up_or_replaced_is_gone_and_a_done_one_says_so(ours: OccupationGroup) -> None:
    day = today()
    year = day.year + 543
    given_up, changed = plan(ours, "เลิก", day), plan(ours, "เก่า", day)
    done = plan(ours, "ทำแล้ว", day)
    drop_plan(group=ours.group, number=given_up, note="ฝน", by=ours.treasurer)
    replace_plan(
        group=ours.group,
        number=changed,
        by=ours.treasurer,
        year=year,
        kind=ActivityKind.SALE,
        words="ใหม่",
        starts_on=day,
        term_number=4,
    )
    record_done(
        group=ours.group,
        by=ours.treasurer,
        on=day,
        words="ทำ",
        kind=ActivityKind.SALE,
        plan_number=done,
    )
    found = happenings(ours.group, day, day)
    assert [(each.words, each.is_done) for each in found] == [("ทำแล้ว", True), ("ใหม่", False)]
    assert [each.words for each in next_events(ours.group, day, 9)] == ["ใหม่"]


def test_the_hour_orders_a_day(ours: OccupationGroup) -> None:
    call(ours, 1, meets_at=time(13, 0))
    call(ours, 1, kind=MeetingKind.COMMITTEE, meets_at=time(9, 0))
    call(ours, 1, kind=MeetingKind.HOUSEHOLDS)
    found = next_events(ours.group, today(), 9)
    assert [each.at for each in found] == [None, time(9, 0), time(13, 0)]


def test_as_many_statements_however_full_the_calendar(ours: OccupationGroup) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            happenings(ours.group, today(), today() + timedelta(days=60))
        return len(asked)

    call(ours, 1)
    few = statements()
    for n in range(2, 32):
        call(ours, n)
        call(ours, n, kind=MeetingKind.COMMITTEE)
    assert statements() == few <= 8


# ---- the page ------------------------------------------------------------------------------------


def browser(ours: OccupationGroup, who: str = "treasurer") -> Client:
    client = Client()
    client.force_login(ours.users[who])
    return client


def test_a_month_is_looked_at_and_turned(ours: OccupationGroup) -> None:
    at = f"/funds/{ours.code}/calendar/"
    train(ours, date(2026, 1, 10))
    page = browser(ours).get(f"{at}?month=2026-01").content.decode()
    assert "มกราคม 2569" in page
    assert ">ทำบัญชี</a>" in page
    assert "กรรมการชุดที่ 1 ครบวาระ 5 คน" in page
    assert 'href="?month=2025-12"' in page
    assert 'href="?month=2026-02"' in page
    december = browser(ours).get(f"{at}?month=2025-12").content.decode()
    assert "เดือนนี้ยังไม่มีนัดหมาย" in december
    for odd in ("x", "2026-13", "0001-01", "9999-12", "2026-1-1"):
        month = browser(ours).get(f"{at}?month={odd}")
        assert month.status_code == 200
        assert f"{today().year + 543}" in month.content.decode()


def test_a_member_sees_the_calendar_and_nobody_is_named_in_it(ours: OccupationGroup) -> None:
    call(ours, 0, place="ศาลา")
    train(ours, today())
    page = browser(ours, "member").get(f"/funds/{ours.code}/calendar/").content.decode()
    assert "ประชุมใหญ่สมาชิก" in page
    assert f"/funds/{ours.code}/calls/" not in page  # a door that is closed to a member
    for name in (*MEMBERS, "ครูใจ", "ลำไย"):
        assert name.split()[0] not in page
    assert browser(ours, "stranger").get(f"/funds/{ours.code}/calendar/").status_code == 404
    assert Client().get(f"/funds/{ours.code}/calendar/").status_code == 302


# ---- the feed ------------------------------------------------------------------------------------


def feed(ours: OccupationGroup, who: str = "treasurer", token: str | None = None) -> Any:  # noqa: ANN401
    told_token = token or feed_token(ours.users[who], ours.group)
    return Client().get(f"/funds/{ours.code}/calendar/{told_token}.ics")


def test_a_phone_reads_the_calendar_without_signing_in(ours: OccupationGroup) -> None:
    number = call(ours, 1, meets_at=time(13, 30), place="ศาลา, หมู่ 2; ข้างวัด")
    plan(ours, "ออกร้าน", today(), today())
    off = call(ours, 2)
    cancel_call(group=ours.group, number=off, note="น้ำท่วม", by=ours.treasurer)
    answer = feed(ours)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "public" not in answer["Cache-Control"]
    head, events = read_back(answer.content.decode())
    assert head["X-WR-CALNAME"] == ours.group.name
    by_uid = {event["UID"][2]: event for event in events}
    assert len(by_uid) == len(events)
    met = by_uid[f"call-{number}.{ours.code}@kongthun"]
    tomorrow = today() + timedelta(days=1)
    assert met["DTSTART"][2] == f"{tomorrow:%Y%m%d}T063000Z"
    assert met["LOCATION"][2] == "ศาลา, หมู่ 2; ข้างวัด"
    planned = by_uid[f"plan-1.{ours.code}@kongthun"]
    assert (planned["DTSTART"][2], planned["DTEND"][2]) == (
        f"{today():%Y%m%d}",
        f"{tomorrow:%Y%m%d}",
    )
    cancelled = by_uid[f"call-{off}.{ours.code}@kongthun"]
    assert cancelled["STATUS"][2] == "CANCELLED"
    assert cancelled["SUMMARY"][2].startswith("งดประชุม")
    assert feed(ours).content == answer.content  # the same things make the same bytes


def test_the_feed_names_nobody(ours: OccupationGroup) -> None:
    call(ours, 1)
    train(ours, today())
    _, events = read_back(feed(ours, "member").content.decode())
    said = " ".join(value for event in events for _, _, value in event.values())
    assert "อบรม ทำบัญชี" in said
    assert "ประชุมใหญ่สมาชิก" in said
    for name in (*MEMBERS, "ครูใจ", "ลำไย"):
        assert name.split()[0] not in said


def test_the_page_shows_the_address_of_its_reader(ours: OccupationGroup) -> None:
    page = browser(ours).get(f"/funds/{ours.code}/calendar/").content.decode()
    token = feed_token(ours.users["treasurer"], ours.group)
    assert f"/funds/{ours.code}/calendar/{token}.ics" in page
    assert token != feed_token(ours.users["chairman"], ours.group)


def test_an_appointment_that_ended_shuts_the_address(ours: OccupationGroup) -> None:
    assert feed(ours).status_code == 200
    Appointment.objects.filter(user=ours.users["treasurer"]).update(
        ends_on=today() - timedelta(days=1)
    )
    assert feed(ours).status_code == 404


def test_a_person_who_left_and_a_new_password_shut_the_address(ours: OccupationGroup) -> None:
    user = ours.users["treasurer"]
    old = feed_token(user, ours.group)
    user.set_password("ข้าวหอมมะลิ-2569")
    user.save()
    assert feed(ours, token=old).status_code == 404
    assert feed(ours).status_code == 200
    user.is_active = False
    user.save()
    assert feed(ours).status_code == 404


def test_an_address_opens_one_group_for_one_person(ours: OccupationGroup) -> None:
    other = founded_group(kind="saving_group", name="กลุ่มออมทรัพย์ บ้านในไร่")
    user = ours.users["treasurer"]
    assert feed_reader(feed_token(user, ours.group), ours.group, today()) is not None
    assert feed_reader(feed_token(user, ours.group), other.group, today()) is None
    # Signed for a group the person does not reach: nothing opens by itself.
    assert feed_reader(feed_token(user, other.group), other.group, today()) is None
    assert feed(ours, token=feed_token(user, other.group)).status_code == 404


def test_a_made_up_address_opens_nothing(ours: OccupationGroup) -> None:
    user, group = ours.users["treasurer"], ours.group
    user.set_password("ข้าวหอมมะลิ-2569")
    user.save()
    token = feed_token(user, group)
    chairman = ours.users["chairman"].pk
    forged = Signer(sep=".", salt="kongthun.calendar:").sign(f"{user.pk}-{group.pk}")
    for wrong in (
        token[:-1],
        f"{token}x",
        token.replace(f"{user.pk}-", f"{chairman}-", 1),
        forged,
        "x",
        "-1.x",
        f"{10**30}-1.x",
        "๑-1.x",
    ):
        assert feed(ours, token=wrong).status_code == 404, wrong
    assert Client().post(f"/funds/{ours.code}/calendar/{token}.ics").status_code == 405
    assert Client().get(f"/funds/nowhere/calendar/{token}.ics").status_code == 404
