"""Pages of members: finding people, applying, deciding, leaving; for the right people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from five.occupation_group import MEMBERS, OccupationGroup, founded_group
from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role, User
from kongthun.audit.models import AuditLine
from kongthun.groups.actions.members import (
    MemberEventKept,
    apply_for_membership,
    change_member_kind,
    leave_group,
)
from kongthun.groups.models import (
    CommitteeTerm,
    Group,
    MemberEvent,
    MemberKind,
    Membership,
    PersonPair,
)
from kongthun.groups.queries.members import beneficiaries_of, members_on

MET = date(2024, 3, 5)
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 40


@pytest.fixture
def ours(db: None) -> Iterator[OccupationGroup]:  # noqa: ARG001
    return founded_group()


@pytest.fixture
def register(ours: OccupationGroup) -> str:
    return reverse("groups:members", args=[ours.code])


def at(ours: OccupationGroup, who: str) -> Client:
    client = Client()
    client.force_login(ours.users[who])
    return client


def province_officer() -> Client:
    user = User.objects.create(username="province")
    appoint(
        user=user,
        role=Role.PROVINCE,
        by_order="คำสั่ง",
        starts_on=timezone.localdate() - timedelta(days=30),
        area_code="80",
    )
    client = Client()
    client.force_login(user)
    return client


def text(response: HttpResponse) -> str:
    return unescape(response.content.decode())


def numbers(response: Any) -> list[int]:  # noqa: ANN401
    return [row.member.number for row, _ in response.context["rows"]]


def asks(ours: OccupationGroup, name: str = "นายสมชาย  มั่นคง", **told: Any) -> int:  # noqa: ANN401
    asked = {"kind": MemberKind.ORDINARY, "on": date(2024, 2, 5), "by": ours.treasurer} | told
    done = apply_for_membership(group=ours.group, name=name, **asked)
    assert isinstance(done, MemberEventKept), done
    return done.member_number


# ---- the register --------------------------------------------------------------------------------


def test_the_register_tells_number_name_kind_and_since(
    ours: OccupationGroup, register: str
) -> None:
    change_member_kind(
        group=ours.group, number=2, kind=MemberKind.HONORARY, on=MET, by=ours.treasurer
    )
    leave_group(group=ours.group, number=3, reason="ลาออก", on=MET, by=ours.treasurer)
    page = at(ours, "treasurer").get(register)
    said = text(page)
    assert numbers(page) == [1, 2, 4, 5, 6, 7, 8]
    assert "นายประจวบ  คงทอง" in said
    assert "สมาชิกกิตติมศักดิ์" in said
    assert "นางอุไร" not in said
    assert "สมาชิกวันนี้ 7 คน" in said
    assert AuditLine.objects.filter(deed="read_names", subject="members").exists()
    assert numbers(at(ours, "treasurer").get(register, {"show": "honorary"})) == [2]
    assert numbers(at(ours, "treasurer").get(register, {"show": "gone"})) == [3]
    assert numbers(at(ours, "treasurer").get(register, {"show": "สามี"})) == [1, 2, 4, 5, 6, 7, 8]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ประจวบ", [2]),
        ("นายประจวบ", [2]),
        ("นาย ประจวบ คง", [2]),
        ("เพชรรัตน", [3]),
        ("จันทรแจม", [7]),
        ("ณ  นคร", [6]),
        ("แซ่ลิม", [8]),
        ("นายส", [8]),
        ("นาง", [3, 4, 6]),
        ("๖", [6]),
        ("7", [7]),
        ("สุข", [4]),
        ("ไม่มีใคร", []),
    ],
)
def test_a_name_is_found_by_part_with_or_without_title_and_tone_marks(
    ours: OccupationGroup, register: str, typed: str, found: list[int]
) -> None:
    page = at(ours, "treasurer").get(register, {"q": typed})
    assert numbers(page) == found
    assert page.status_code == 200


def test_who_left_is_found_by_name_too(ours: OccupationGroup, register: str) -> None:
    leave_group(group=ours.group, number=3, reason="ลาออก", on=MET, by=ours.treasurer)
    page = at(ours, "treasurer").get(register, {"q": "อุไร"})
    assert numbers(page) == [3]
    assert "พ้นจากสมาชิกแล้ว" in text(page)


def test_names_stand_as_in_a_thai_dictionary_without_their_titles(
    ours: OccupationGroup, register: str
) -> None:
    page = at(ours, "treasurer").get(register, {"order": "name"})
    # เตือนใจ ต, บุญเรือน บ, ประจวบ ปรียา ป, ลำไย ล, วิเชียร ว, สมพร ส, อุไร อ
    assert numbers(page) == [6, 1, 2, 7, 4, 5, 8, 3]


def test_a_reader_without_names_sees_and_finds_only_what_is_shown(
    ours: OccupationGroup, register: str
) -> None:
    province = province_officer()
    said = text(province.get(register))
    assert "นายประจวบ  ค…" in said
    assert "คงทอง" not in said
    assert numbers(province.get(register, {"q": "ประจวบ"})) == [2]
    assert numbers(province.get(register, {"q": "คงทอง"})) == []
    assert not AuditLine.objects.filter(deed="read_names").exists()
    assert "คงทอง" not in text(province.get(reverse("groups:member", args=[ours.code, 2])))


def test_the_register_asks_as_many_statements_for_thirty_as_for_three(
    ours: OccupationGroup, register: str
) -> None:
    client = at(ours, "treasurer")
    client.get(register)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(register, {"order": "name"})
    for n in range(30):
        asks(ours, f"นายสมชาย  มั่นคง{n}")
    with CaptureQueriesContext(connection) as many:
        page = client.get(register, {"order": "name", "show": "all"})
    assert page.context["found"] == 38
    assert len(many) == len(few)


def test_strangers_and_households_do_not_see_the_register(
    ours: OccupationGroup, register: str
) -> None:
    assert at(ours, "stranger").get(register).status_code == 404
    assert at(ours, "member").get(register).status_code in {403, 404}


def test_the_register_of_a_kkk_fund_leads_to_its_list(ours: OccupationGroup, register: str) -> None:
    Group.objects.filter(pk=ours.group.pk).update(kind="kkk")
    client = at(ours, "treasurer")
    said = text(client.get(register))
    assert reverse("groups:list", args=[ours.code]) in said
    assert reverse("groups:member_apply", args=[ours.code]) not in said
    assert "สมาชิกวันนี้ 8 ครัวเรือน" in said
    assert "สมาชิกสามัญ" not in said
    to_add = client.get(reverse("groups:member_apply", args=[ours.code]))
    assert to_add.headers["Location"] == reverse("groups:household_add", args=[ours.code])
    one = text(client.get(reverse("groups:member", args=[ours.code, 1])))
    assert "พ้นจากการเป็นสมาชิก</a>" not in one
    assert client.get(reverse("groups:list", args=[ours.code])).status_code == 200


# ---- applying ------------------------------------------------------------------------------------


def test_an_application_asks_about_the_name_only_when_it_matters(ours: OccupationGroup) -> None:
    client = at(ours, "treasurer")
    address = reverse("groups:member_apply", args=[ours.code])
    assert "คนละคนกัน เพราะ" not in text(client.get(address))
    typed = {"name": MEMBERS[0], "house_number": "99/9", "kind": "associate", "on": "5/2/2567"}
    refused = client.post(address, typed)
    said = text(refused)
    assert refused.status_code == 422
    assert "เป็นสมาชิกอยู่แล้ว เลขที่ 1" in said
    assert "99/9" in said
    assert 'name="another_person_because"' in said
    kept = client.post(address, typed | {"another_person_because": "คนละบ้าน"})
    assert kept.headers["Location"] == reverse("groups:member", args=[ours.code, 9])
    assert PersonPair.objects.get().note == "คนละบ้าน"
    one = text(client.get(kept.headers["Location"]))
    assert "สมัครเป็นสมาชิกสมทบ" in one
    assert "5 กุมภาพันธ์ 2567" in one


def test_forms_are_not_for_those_who_only_read(ours: OccupationGroup) -> None:
    for name, args in (
        ("groups:member_apply", []),
        ("groups:member_leave", [1]),
        ("groups:member_kind", [1]),
        ("groups:beneficiaries", [1]),
        ("groups:member_apply_again", [1]),
    ):
        address = reverse(name, args=[ours.code, *args])
        assert at(ours, "chairman").get(address).status_code in {403, 404}
        assert at(ours, "treasurer").get(address).status_code == 200
        assert at(ours, "stranger").get(address).status_code == 404


# ---- deciding ------------------------------------------------------------------------------------


def test_a_decision_is_written_down_by_choosing_a_resolution(ours: OccupationGroup) -> None:
    address = reverse("activities:admit", args=[ours.code])
    client = at(ours, "chairman")
    assert "ไม่มีใบสมัครที่รอพิจารณา" in text(client.get(address))
    first, second, third = asks(ours), asks(ours, "นางมณี  แก้วใส"), asks(ours, "นายดำ  ขำดี")
    assert "ยังไม่มีมติให้อ้าง" in text(client.get(address))
    meeting = ours.meet(MET, "รับสมาชิกใหม่ตามใบสมัคร")
    shown = text(client.get(address))
    assert f'value="{meeting}-1"' in shown
    assert "นางมณี  แก้วใส" in shown
    typed = {
        f"decision_{first}": "admit",
        f"decision_{second}": "decline",
        f"reason_{second}": "",
        f"decision_{third}": "later",
    }
    refused = client.post(address, typed)
    assert refused.status_code == 422
    assert "ยังไม่ได้เลือกมติ" in text(refused)
    refused = client.post(address, typed | {"ground": f"{meeting}-1"})
    assert refused.status_code == 422
    assert "ยังไม่ได้บอกเหตุที่ยังไม่รับ" in text(refused)
    assert not MemberEvent.objects.filter(kind="admitted").exists()
    done = client.post(
        address, typed | {"ground": f"{meeting}-1", f"reason_{second}": "ขอเอกสารเพิ่ม"}, follow=True
    )
    assert "รับเป็นสมาชิก 1 คน" in text(done)
    assert first in members_on(ours.group, MET)
    assert "รอที่ประชุม 1 คน" in text(done)
    one = text(client.get(reverse("groups:member", args=[ours.code, first])))
    assert reverse("activities:meeting", args=[ours.code, meeting]) in one


def test_a_meeting_without_quorum_is_refused_beside_the_resolution(ours: OccupationGroup) -> None:
    number = asks(ours)
    meeting = ours.meet(MET, "รับสมาชิกใหม่", others=4)
    refused = at(ours, "chairman").post(
        reverse("activities:admit", args=[ours.code]),
        {"ground": f"{meeting}-1", f"decision_{number}": "admit"},
    )
    assert refused.status_code == 422
    assert "มา 4 จาก 8 คน องค์ประชุมคือ 5 คน" in text(refused)
    assert (
        at(ours, "stranger").get(reverse("activities:admit", args=[ours.code])).status_code == 404
    )


# ---- one member ----------------------------------------------------------------------------------


def test_leaving_shows_where_the_money_is_and_keeps_what_was_typed(ours: OccupationGroup) -> None:
    client = at(ours, "treasurer")
    address = reverse("groups:member_leave", args=[ours.code, 4])
    assert reverse("ledger:member_book", args=[ours.code, 4]) in text(client.get(address))
    refused = client.post(address, {"reason": "ย้ายไปอยู่ระนอง", "on": "1/1/2599"})
    assert refused.status_code == 422
    assert "ย้ายไปอยู่ระนอง" in text(refused)
    done = client.post(address, {"reason": "ย้ายไปอยู่ระนอง", "on": "5/3/2567"}, follow=True)
    said = text(done)
    assert "ย้ายไปอยู่ระนอง" in said
    assert "พ้นจากสมาชิกแล้ว" in said
    event = MemberEvent.objects.get(member_number=4)
    back = reverse("groups:member_event_withdraw", args=[ours.code, 4, event.number])
    assert back in said
    assert client.post(back, {"note": ""}).status_code == 422
    mended = text(client.post(back, {"note": "ดูใบลาออกแล้วเป็นคนอื่น"}, follow=True))
    assert "timeline__event--mended" in mended
    assert "ดูใบลาออกแล้วเป็นคนอื่น" in mended
    assert client.get(back).status_code == 404
    assert 4 in members_on(ours.group, timezone.localdate())


def test_leaving_reminds_of_a_post_on_the_committee(ours: OccupationGroup) -> None:
    client = at(ours, "treasurer")
    today = timezone.localdate()
    term = CommitteeTerm.objects.get(group=ours.group, position="treasurer")
    CommitteeTerm.objects.filter(group=ours.group, number=term.number).update(starts_on=today)
    holder = Membership.objects.get(group=ours.group, person__name_key=term.person.name_key)
    reminded = text(client.get(reverse("groups:member_leave", args=[ours.code, holder.number])))
    assert "วันนี้เป็นเหรัญญิก" in reminded
    other = text(client.get(reverse("groups:member_leave", args=[ours.code, 8])))
    assert "ยังอยู่ในคณะกรรมการ" not in other


def test_who_left_applies_again_from_their_page(ours: OccupationGroup) -> None:
    leave_group(group=ours.group, number=4, reason="ลาออก", on=MET, by=ours.treasurer)
    client = at(ours, "treasurer")
    address = reverse("groups:member_apply_again", args=[ours.code, 4])
    assert address in text(client.get(reverse("groups:member", args=[ours.code, 4])))
    assert client.post(address, {"kind": "ordinary", "on": "1/3/2567"}).status_code == 422
    done = client.post(address, {"kind": "associate", "on": "6/3/2567"}, follow=True)
    assert "รอที่ประชุมพิจารณา" in text(done)


def test_the_kind_is_changed_from_the_page(ours: OccupationGroup) -> None:
    client = at(ours, "treasurer")
    address = reverse("groups:member_kind", args=[ours.code, 4])
    same = client.post(address, {"kind": "ordinary", "on": "6/3/2567", "words": "อายุครบ"})
    assert same.status_code == 422
    assert "อายุครบ" in text(same)
    done = client.post(address, {"kind": "honorary", "on": "6/3/2567", "words": ""}, follow=True)
    assert "เปลี่ยนเป็นสมาชิกกิตติมศักดิ์" in text(done)


def test_beneficiaries_are_typed_as_a_set_and_nothing_typed_is_lost(ours: OccupationGroup) -> None:
    client = at(ours, "treasurer")
    address = reverse("groups:beneficiaries", args=[ours.code, 1])
    typed = {
        "name_1": "นายแดง ศรีวิไล",
        "relation_1": "บุตร",
        "share_1": "๕๐",
        "name_2": "นางดำ ศรีวิไล",
        "relation_2": "น้องสาว",
        "share_2": "40",
        "name_3": "",
        "relation_3": "",
        "share_3": "",
        "on": "5/3/2567",
    }
    refused = client.post(address, typed)
    assert refused.status_code == 422
    assert "รวมกันได้ 90% ยังขาดอีก 10%" in text(refused)
    assert "น้องสาว" in text(refused)
    grown = client.post(address, typed | {"one_more": "1"})
    assert 'name="name_4"' in text(grown)
    assert "นายแดง ศรีวิไล" in text(grown)
    twice = client.post(address, typed | {"name_3": "แดง ศรีวิไล", "share_3": "10"})
    assert "คนที่ 3 ชื่อเดียวกับคนที่ 1" in text(twice)
    assert not beneficiaries_of(ours.group.pk, 1)
    done = text(client.post(address, typed | {"share_2": "50"}, follow=True))
    assert "นายแดง  ศรีวิไล" in done
    assert "50%" in done
    again = text(client.get(address))
    assert 'value="50"' in again
    assert "น้องสาว" in again


def test_a_photo_is_kept_and_shown_to_those_who_see_names(ours: OccupationGroup) -> None:
    client = at(ours, "treasurer")
    address = reverse("groups:member_photo", args=[ours.code, 1])
    assert client.get(address).status_code == 404
    wrong = client.post(address, {"photo": SimpleUploadedFile("รูป.jpg", b"GIF89a" + b"0" * 20)})
    assert wrong.status_code == 422
    assert "ไม่ใช่ภาพ" in text(wrong)
    assert client.post(address).status_code == 422
    done = client.post(address, {"photo": SimpleUploadedFile("รูป.jpg", JPEG)}, follow=True)
    assert address in text(done)
    shown = client.get(address)
    assert (shown.content, shown.headers["Content-Type"]) == (JPEG, "image/jpeg")
    assert AuditLine.objects.filter(deed="read_photo", subject="member 1").count() == 1
    province = province_officer()
    assert province.get(address).status_code in {403, 404}
    member = text(province.get(reverse("groups:member", args=[ours.code, 1])))
    assert address not in member


def test_a_number_nobody_has_is_not_found(ours: OccupationGroup) -> None:
    assert Membership.objects.filter(group=ours.group).count() == len(MEMBERS)
    page = reverse("groups:member", args=[ours.code, 99])
    assert at(ours, "treasurer").get(page).status_code == 404
