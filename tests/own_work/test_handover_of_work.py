"""A field worker hands an area over: what is open is told, both sign, nothing ends by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.lesson_village import HelpedVillage, helped_village
from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Appointment, Role, User
from kongthun.accounts.reach import Reach, reach_of
from kongthun.audit.models import AuditLine
from kongthun.domain.money import Money
from kongthun.own_work import refusals as why
from kongthun.own_work.actions.handovers import (
    HandoverKept,
    draw_up_handover,
    sign_handover,
    withdraw_handover,
)
from kongthun.own_work.models import Handover
from kongthun.own_work.queries.handovers import Told, givers_for, told_of
from kongthun.own_work.queries.todos import todos_of
from kongthun.own_work.refusals import NotDone, WorkRefusal
from kongthun.own_work.wording import ALARMS, refusal_in_thai

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
TAMBON = "801601"


@pytest.fixture
def helped() -> HelpedVillage:
    found = helped_village()
    new = User.objects.create(username="new", display_name="พัฒนากรใหม่")
    appoint(
        user=new,
        role=Role.FIELD_WORKER,
        by_order="คำสั่งที่ 9/2569",
        starts_on=TODAY,
        area_code="801602",
    )
    found.users["new"] = new
    return found


def reach(helped: HelpedVillage, who: str) -> Reach:
    return reach_of(helped.users[who], TODAY)


def draw(helped: HelpedVillage, by: Reach | None = None, **other: object) -> HandoverKept | NotDone:
    said: dict[str, object] = {
        "area_code": TAMBON,
        "from_user": helped.users["phatthanakon"].pk,
        "to_user": helped.users["new"].pk,
        "on": TODAY,
        "words": "หมู่ 1 ควรไปก่อน",
    }
    return draw_up_handover(by=by or helped.village.field_worker, **(said | other))  # type: ignore[arg-type]


def drawn(helped: HelpedVillage) -> int:
    done = draw(helped)
    assert isinstance(done, HandoverKept), done
    return done.pk


def refused(done: object) -> set[str]:
    assert isinstance(done, NotDone), done
    return {type(refusal).__name__ for refusal in done.refusals}


# ---- what is told -------------------------------------------------------------------------------


def test_it_tells_every_fund_and_everything_open(helped: HelpedVillage) -> None:
    helped.village.lend(1, 12_000, date(2021, 1, 10))
    told = Told.from_data(Handover.objects.get(pk=drawn(helped)).told)
    [fund] = told.funds
    assert (fund.money("capital"), fund.money("households"), fund.money("bank")) == (
        Money.baht(280_000),
        Money.baht(12_000),
        Money.baht(268_000),
    )
    assert fund.money("overdue") == Money.baht(12_000)
    assert [each.words for each in told.open] == [
        each.words for each in todos_of(helped.village.field_worker) if each.sort != "handover"
    ]
    assert any("แผน" in each.words and each.is_own for each in told.open)
    assert {each.words for each in told.ends} == {
        "พัฒนากรผู้รับผิดชอบตำบล รหัสพื้นที่ 801601",
        "ทีมงานเรื่องที่ 1",
    }


def test_it_says_what_stood_that_day_whatever_comes_after(helped: HelpedVillage) -> None:
    pk = drawn(helped)
    helped.village.lend(1, 12_000, date(2021, 1, 10))
    told = Told.from_data(Handover.objects.get(pk=pk).told)
    assert told.total("households") == Money(0)


def test_it_names_no_household(helped: HelpedVillage) -> None:
    helped.village.lend(1, 12_000, date(2021, 1, 10))
    assert "มีทรัพย์" not in str(Handover.objects.get(pk=drawn(helped)).told)


def test_it_ends_no_appointment(helped: HelpedVillage) -> None:
    pk = drawn(helped)
    sign_handover(pk=pk, by=helped.village.field_worker)
    sign_handover(pk=pk, by=reach(helped, "new"))
    held = Appointment.objects.filter(user=helped.users["phatthanakon"])
    assert [each.ends_on for each in held] == [None]


def test_telling_of_six_funds_takes_as_many_statements_as_of_two(helped: HelpedVillage) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            told = told_of(TAMBON, helped.users["phatthanakon"], TODAY)
        counted.append(len(told.funds))
        return len(asked)

    counted: list[int] = []
    helped_village("80160102")
    few = statements()
    for number in range(3, 7):
        helped_village(f"801601{number:02}")
    assert statements() == few
    assert counted == [2, 6]


# ---- signing ------------------------------------------------------------------------------------


def test_both_sign_and_the_giver_first(helped: HelpedVillage) -> None:
    pk = drawn(helped)
    assert refused(sign_handover(pk=pk, by=reach(helped, "new"))) == {"GiverFirst"}
    assert sign_handover(pk=pk, by=helped.village.field_worker) == HandoverKept(pk)
    assert refused(sign_handover(pk=pk, by=helped.village.field_worker)) == {"SignedAlready"}
    assert sign_handover(pk=pk, by=reach(helped, "new")) == HandoverKept(pk)
    assert refused(sign_handover(pk=pk, by=reach(helped, "new"))) == {"BothSigned"}
    deeds = AuditLine.objects.filter(subject="handover of work 1").order_by("pk")
    assert list(deeds.values_list("deed", flat=True)) == [
        "draw_up_handover",
        "sign_handover_of_work",
        "sign_handover_of_work",
    ]


def test_nobody_signs_for_another(helped: HelpedVillage) -> None:
    pk = drawn(helped)
    assert refused(sign_handover(pk=pk, by=helped.village.district)) == {"NotASide"}
    assert refused(sign_handover(pk=pk, by=helped.elsewhere)) == {"HandoverUnknown"}


def test_what_waits_for_a_signature_is_work_of_that_side(helped: HelpedVillage) -> None:
    pk = drawn(helped)

    def waits(who: str) -> bool:
        address = reverse("own_work:handover", args=[pk])
        return any(todo.address == address for todo in todos_of(reach(helped, who)))

    assert waits("phatthanakon")
    sign_handover(pk=pk, by=helped.village.field_worker)
    assert (waits("phatthanakon"), waits("new")) == (False, True)
    sign_handover(pk=pk, by=reach(helped, "new"))
    assert not waits("new")


def test_withdrawn_it_waits_for_nobody_and_another_can_be_drawn_up(
    helped: HelpedVillage,
) -> None:
    pk = drawn(helped)
    assert refused(draw(helped)) == {"HandoverWaits"}
    by = helped.village.field_worker
    assert refused(withdraw_handover(pk=pk, note="", by=by)) == {"WithdrawNoteMissing"}
    assert withdraw_handover(pk=pk, note="ยอดเปลี่ยน", by=by) == HandoverKept(pk)
    assert refused(sign_handover(pk=pk, by=by)) == {"HandoverUnknown"}
    again = draw(helped)
    assert isinstance(again, HandoverKept)
    assert Handover.objects.get(pk=again.pk).number == 2


def test_signed_by_both_it_is_not_withdrawn(helped: HelpedVillage) -> None:
    pk = drawn(helped)
    sign_handover(pk=pk, by=helped.village.field_worker)
    sign_handover(pk=pk, by=reach(helped, "new"))
    done = withdraw_handover(pk=pk, note="เปลี่ยนใจ", by=helped.village.district)
    assert refused(done) == {"BothSigned"}


# ---- who ----------------------------------------------------------------------------------------


def test_everything_wrong_is_told_at_once(helped: HelpedVillage) -> None:
    done = draw(
        helped,
        from_user=helped.users["amphoe"].pk,
        to_user=helped.users["elsewhere"].pk,
        on=TODAY + timedelta(days=1),
        words="ก" * 501,
    )
    assert refused(done) == {
        "NotFieldWorkerThere",
        "TakerUnknown",
        "HandoverNotYet",
        "HandoverWordsTooLong",
    }


@pytest.mark.parametrize("who", ["herannyik", "network", "province", "elsewhere"])
def test_others_do_not_hand_over(helped: HelpedVillage, who: str) -> None:
    assert "NotEntitled" in refused(draw(helped, by=reach(helped, who)))


def test_the_district_draws_up_for_a_field_worker_who_has_left(helped: HelpedVillage) -> None:
    left = TODAY - timedelta(days=30)
    Appointment.objects.filter(user=helped.users["phatthanakon"]).update(ends_on=left)
    done = draw(helped, by=helped.village.district)
    assert isinstance(done, HandoverKept)
    signed = sign_handover(pk=done.pk, by=reach(helped, "phatthanakon"))
    assert isinstance(signed, HandoverKept)


def test_a_field_worker_does_not_draw_up_for_another(helped: HelpedVillage) -> None:
    done = draw(helped, by=reach(helped, "new"))
    assert refused(done) == {"NotEntitled", "NotFieldWorkerThere"}


def test_nobody_hands_over_to_themselves(helped: HelpedVillage) -> None:
    assert refused(draw(helped, to_user=helped.users["phatthanakon"].pk)) == {"SamePerson"}


# ---- pages --------------------------------------------------------------------------------------


def browser(helped: HelpedVillage, who: str) -> Client:
    client = Client()
    client.force_login(helped.users[who])
    return client


def test_it_is_drawn_up_signed_and_printed_on_screen(helped: HelpedVillage) -> None:
    giver, taker = browser(helped, "phatthanakon"), browser(helped, "new")
    sent = giver.post(
        reverse("own_work:handover_new"),
        {
            "giver": f"{helped.users['phatthanakon'].pk}:{TAMBON}",
            "taker": str(helped.users["new"].pk),
            "on": TODAY.strftime("%d/%m/%Y"),
            "words": "ฝากหมู่ 1",
        },
    )
    assert sent.status_code == 302, sent.content.decode()
    pk = Handover.objects.get().pk
    page, paper = (
        reverse(f"own_work:{name}", args=[pk]) for name in ("handover", "handover_paper")
    )
    assert "ฝากหมู่ 1" in taker.get(page).content.decode()
    early = taker.get(paper)
    assert early.status_code == 422
    assert "ผู้ส่งมอบ และผู้รับมอบยังไม่ได้ลงชื่อ" in early.content.decode()
    sign = reverse("own_work:handover_sign", args=[pk])
    assert taker.post(sign).status_code == 422
    assert giver.post(sign).status_code == 302
    assert taker.post(sign).status_code == 302
    printed = taker.get(paper)
    assert printed["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF")


def test_what_was_typed_is_not_lost(helped: HelpedVillage) -> None:
    sent = browser(helped, "phatthanakon").post(
        reverse("own_work:handover_new"), {"giver": "", "taker": "", "on": "", "words": "ฝากด้วย"}
    )
    assert sent.status_code == 422
    assert "ฝากด้วย" in sent.content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [("phatthanakon", 200), ("new", 200), ("amphoe", 200), ("elsewhere", 404), ("herannyik", 404)],
)
def test_it_is_opened_by_its_sides_and_those_above(
    helped: HelpedVillage, who: str, status: int
) -> None:
    pk = drawn(helped)
    client = browser(helped, who)
    for name in ("handover", "handover_paper"):
        found = client.get(reverse(f"own_work:{name}", args=[pk])).status_code
        assert found == (422 if name == "handover_paper" and status == 200 else status)
    assert client.post(reverse("own_work:handover_sign", args=[pk])).status_code != 500
    listed = client.get(reverse("own_work:handovers")).content.decode()
    assert (reverse("own_work:handover", args=[pk]) in listed) is (status == 200)


def test_every_refusal_and_every_alarm_has_words() -> None:
    given = {
        why.NotEntitled: None,
        why.HandoverWaits: why.HandoverWaits(1, TODAY),
        why.HandoverNotYet: why.HandoverNotYet(TODAY),
        why.HandoverWordsTooLong: why.HandoverWordsTooLong(500),
        why.NotBothSigned: why.NotBothSigned(lacks_giver=True, lacks_taker=True),
    }
    for kind in get_args(WorkRefusal):
        each = given.get(kind, kind() if kind not in given else None)
        if each is not None:
            words = refusal_in_thai(each)
            assert words.strip() == words
            assert "None" not in words
    assert len(set(ALARMS.values())) == 4


def test_a_reader_without_any_office_has_no_work(helped: HelpedVillage) -> None:
    nobody = replace(helped.elsewhere, holdings=())
    assert todos_of(nobody) == []


def test_who_has_left_is_offered_nothing_and_the_district_may_do_it_for_them(
    helped: HelpedVillage,
) -> None:
    assert [each.area_code for each in givers_for(reach(helped, "phatthanakon"))] == [TAMBON]
    left = TODAY - timedelta(days=30)
    Appointment.objects.filter(user=helped.users["phatthanakon"]).update(ends_on=left)
    assert givers_for(reach(helped, "phatthanakon")) == []
    assert TAMBON in {each.area_code for each in givers_for(helped.village.district)}
