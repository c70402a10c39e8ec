"""งานของฉัน: who sees what waits for whom, by day; planted alarms fire, clean cases are silent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.lesson_village import HelpedVillage, helped_village
from kongthun.accounts.reach import Reach
from kongthun.activities.models import Call
from kongthun.cases.models import Case, CaseAdvice, CaseEvent, PlanStep
from kongthun.funding.models import Gift, OwedReport, SourceKind
from kongthun.own_work.queries.todos import Sort, ToDo, todos_of
from kongthun.own_work.views.todos import sections_of
from loans.village_at_work import Village, working_village

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
LENT = date(2020, 10, 5)


@pytest.fixture
def helped() -> HelpedVillage:
    return helped_village()


def of(reach: Reach, sort: Sort) -> list[ToDo]:
    return [todo for todo in todos_of(reach) if todo.sort == sort]


def words(reach: Reach, sort: Sort) -> list[str]:
    return [todo.words for todo in of(reach, sort)]


# ---- cases --------------------------------------------------------------------------------------


def test_a_step_of_the_plan_waits_for_its_owner_and_is_late(helped: HelpedVillage) -> None:
    steps = [each for each in of(helped.village.field_worker, Sort.CASE) if "แผน" in each.words]
    [step] = steps
    assert step.is_own
    assert step.due_on == date(2026, 4, 20)
    assert step.is_late(TODAY)
    [same] = [each for each in of(helped.network, Sort.CASE) if "แผน" in each.words]
    assert not same.is_own
    assert same.waits_for == "เจ้าหน้าที่พัฒนาชุมชน"


def test_the_province_sees_what_waits_for_its_guidance_alone(helped: HelpedVillage) -> None:
    assert words(helped.province, Sort.CASE) == ["ให้คำแนะนำต่อรายงาน"]


def test_a_committee_sees_its_own_step_alone(helped: HelpedVillage) -> None:
    assert of(helped.village.treasurer, Sort.CASE) == []
    PlanStep.objects.filter(number=1).update(owner_role="committee", owner_user=None)
    assert len(of(helped.village.treasurer, Sort.CASE)) == 1


def test_advice_that_asks_for_an_answer_waits_with_its_day(helped: HelpedVillage) -> None:
    CaseAdvice.objects.create(
        group=helped.group,
        case_number=1,
        number=1,
        advised_on=date(2026, 5, 10),
        report_number=1,
        words="ขอทราบผลรายเดือน",
        answer_by=TODAY,
        recorded_at=timezone.now(),
    )
    [answer] = [e for e in of(helped.village.field_worker, Sort.CASE) if "คำแนะนำ" in e.words]
    assert answer.due_on == TODAY
    assert not answer.is_late(TODAY)


def test_another_district_sees_nothing(helped: HelpedVillage) -> None:
    assert helped.case.number == 1
    assert todos_of(helped.elsewhere) == []


# ---- alarms: fraud, death, prescription ---------------------------------------------------------


def fraud(helped: HelpedVillage, *events: tuple[str, date]) -> None:
    Case.objects.filter(group=helped.group).update(kind="fraud")
    for number, (name, on) in enumerate(events, start=1):
        CaseEvent.objects.create(
            group=helped.group,
            case_number=1,
            number=number,
            name=name,
            happened_on=on,
            recorded_at=timezone.now(),
        )


def test_a_planted_fraud_case_fires_with_its_last_day(helped: HelpedVillage) -> None:
    fraud(helped, ("found", TODAY - timedelta(days=3)), ("offender_known", TODAY))
    told = {each.words: each.due_on for each in of(helped.village.field_worker, Sort.LAW)}
    assert told == {
        "รายงานผู้บังคับบัญชาว่าพบเรื่อง": TODAY + timedelta(days=4),
        "ร้องทุกข์": TODAY + timedelta(days=89),
    }


def test_a_fraud_case_is_kept_from_those_who_may_not_see_it(helped: HelpedVillage) -> None:
    fraud(helped, ("found", TODAY))
    for reader in (helped.village.treasurer, helped.village.chairman, helped.network):
        assert of(reader, Sort.LAW) == []
        assert of(reader, Sort.CASE) == []


def test_a_fraud_deadline_that_was_met_is_silent(helped: HelpedVillage) -> None:
    fraud(helped, ("found", TODAY - timedelta(days=3)), ("superior_told", TODAY))
    assert of(helped.village.field_worker, Sort.LAW) == []


def test_a_stalled_case_has_no_deadline_of_law(helped: HelpedVillage) -> None:
    assert of(helped.village.field_worker, Sort.LAW) == []
    assert of(helped.village.district, Sort.LAW) == []


def test_a_planted_prescription_is_told_to_those_who_settle_debts() -> None:
    village = working_village()
    due_on = TODAY.replace(year=TODAY.year - 5) + timedelta(days=20)
    village.lend(1, 6_000, LENT, parts=((due_on, 6_000),))
    for reader in (village.field_worker, village.chairman, village.district):
        [alarm] = of(reader, Sort.LAW)
        assert "อายุความ" in alarm.words
        assert alarm.note == "1 สัญญา"
        assert alarm.due_on is not None
        assert 0 <= (alarm.due_on - TODAY).days <= 20
    assert of(village.treasurer, Sort.LAW) == []


def test_a_limit_that_has_passed_presses_nobody() -> None:
    village = working_village()
    village.lend(1, 6_000, LENT, parts=((date(2021, 1, 10), 6_000),))
    [alarm] = of(village.field_worker, Sort.LAW)
    assert alarm.words.startswith("พ้นกำหนด")
    assert alarm.due_on is None


# ---- the fund at work ---------------------------------------------------------------------------


def test_a_request_waits_for_who_takes_the_next_step() -> None:
    village = working_village()
    village.ask(1, 10_000, date(2024, 1, 10))
    assert words(village.chairman, Sort.DESK) == ["คำขอยืม: พิจารณาในที่ประชุม"]
    assert of(village.field_worker, Sort.DESK) == []
    assert of(village.treasurer, Sort.DESK) == []


def test_a_call_is_a_meeting_on_its_day_and_a_record_to_write_after_it() -> None:
    village = working_village()
    for number, days in ((1, 3), (2, -3)):
        Call.objects.create(
            group=village.fund.group,
            number=number,
            kind="committee",
            meets_on=TODAY + timedelta(days=days),
            agenda="เรื่องแจ้ง",
            called_on=TODAY - timedelta(days=9),
            recorded_at=timezone.now(),
        )
    assert words(village.treasurer, Sort.MEETING) == ["บันทึกการประชุมที่นัดไว้", "ประชุมตามนัด"]
    Call.objects.update(cancelled_at=timezone.now())
    assert of(village.treasurer, Sort.MEETING) == []


def test_a_committee_whose_term_ended_is_told_with_the_day_it_ended() -> None:
    village = working_village()
    [ended] = of(village.district, Sort.COMMITTEE)
    assert "ครบวาระแล้ว" in ended.words
    assert ended.due_on == date(2024, 9, 30)


def test_a_report_owed_to_a_giver_is_told_a_month_ahead() -> None:
    village = working_village()
    Gift.objects.create(
        fund=village.fund,
        number=1,
        kind=SourceKind.values[0],
        giver="อบต.",
        received_on=date(2026, 1, 5),
        amount=1_000_00,
        entry_number=1,
        recorded_at=timezone.now(),
    )
    for place, days in ((1, 30), (2, 31)):
        OwedReport.objects.create(
            fund=village.fund,
            gift_number=1,
            place=place,
            words=f"รายงาน {place}",
            due_on=TODAY + timedelta(days=days),
        )
    assert [todo.note for todo in of(village.treasurer, Sort.SUPPORT)] == ["รายงาน 1"]


def test_a_fund_nobody_assessed_this_year_is_told_to_who_assesses() -> None:
    village = working_village()
    assert len(of(village.field_worker, Sort.HEALTH)) == 1
    assert of(village.treasurer, Sort.HEALTH) == []


# ---- by day -------------------------------------------------------------------------------------


def todo(due_on: date | None, words: str = "เรื่อง") -> ToDo:
    return ToDo(Sort.CASE, words, "กองทุน", "/", due_on=due_on)


def test_what_is_due_today_is_not_late() -> None:
    days = [-1, 0, 7, 8, 31]
    sections = sections_of(
        [*(todo(TODAY + timedelta(days=days)) for days in days), todo(None)], TODAY
    )
    assert [(each.title, each.count) for each in sections] == [
        ("เลยกำหนดแล้ว", 1),
        ("วันนี้", 1),
        ("ใน 7 วัน", 1),
        ("ใน 30 วัน", 1),
        ("หลังจากนั้น", 1),
        ("ไม่มีกำหนดวัน", 1),
    ]


def test_the_same_words_at_many_places_are_told_together() -> None:
    [section] = sections_of([todo(None), todo(None), todo(None, "อื่น")], TODAY)
    assert [len(told.todos) for told in section.told] == [2, 1]
    assert section.count == 3


# ---- statements and pages -----------------------------------------------------------------------


def _busy(number: int) -> Village:
    """A fund with a case, an alarm, a call, and a request that waits."""
    helped = helped_village(f"801601{number:02}")
    village = helped.village
    village.lend(1, 6_000, LENT, parts=((date(2021, 12, 20), 6_000),))
    village.ask(2, 10_000, date(2024, 1, 10))
    Call.objects.create(
        group=helped.group,
        number=1,
        kind="committee",
        meets_on=TODAY,
        agenda="เรื่องแจ้ง",
        called_on=TODAY,
        recorded_at=timezone.now(),
    )
    return village


def test_thirty_funds_take_as_many_statements_as_three() -> None:
    district = _busy(1).district
    for number in (2, 3):
        _busy(number)

    def statements() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as asked:
            found = todos_of(district)
        return len(asked), len(found)

    few, told = statements()
    for number in range(4, 31):
        _busy(number)
    many, told_of_many = statements()
    assert many == few
    assert told_of_many >= 9 * told


@pytest.mark.parametrize("who", ["phatthanakon", "amphoe", "herannyik", "prathan", "province"])
def test_each_role_has_a_page(helped: HelpedVillage, who: str) -> None:
    client = Client()
    client.force_login(helped.users[who])
    page = client.get(reverse("own_work:my_work"))
    assert page.status_code == 200
    only = client.get(reverse("own_work:my_work"), {"of": "case"})
    assert only.status_code == 200
    assert client.get(reverse("own_work:my_work"), {"of": "nothing"}).status_code == 200


def test_the_page_names_no_household(helped: HelpedVillage) -> None:
    helped.village.lend(1, 6_000, LENT, parts=((date(2021, 12, 20), 6_000),))
    client = Client()
    client.force_login(helped.users["phatthanakon"])
    page = client.get(reverse("own_work:my_work")).content.decode()
    assert "อายุความ" in page
    assert "มีทรัพย์" not in page
