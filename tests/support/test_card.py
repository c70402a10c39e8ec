"""The public card tells of a group and of nobody in it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from five.occupation_group import MEMBERS, OccupationGroup, founded_group
from kongthun.accounts.models import User
from kongthun.accounts.reach import NotEntitled
from kongthun.groups.models import Membership
from kongthun.support import refusals as why
from kongthun.support.actions.cards import CardShown, CardTakenOff, publish_card, take_card_off
from kongthun.support.actions.standards import record_standard
from support.test_ask_and_answer import why_not

TODAY = timezone.localdate()
ABOUT = "เราสีข้าวและแปรรูปข้าวพื้นเมือง ขายในตำบลและตลาดนัดอำเภอ"


@pytest.fixture
def ours(db: None) -> OccupationGroup:  # noqa: ARG001
    return founded_group(founded=TODAY - timedelta(days=300))


def test_a_card_is_shown_to_all_until_it_is_taken_off(ours: OccupationGroup) -> None:
    anybody = Client()
    assert anybody.get(f"/g/{ours.code}/").status_code == 404
    shown = publish_card(
        group=ours.group, about=ABOUT, products="ข้าวกล้อง\n\nน้ำข้าว", by=ours.treasurer
    )
    assert shown == CardShown(1)
    for product, days in (("ข้าวกล้องงอก", 100), ("ข้าวเม่า", -1)):
        record_standard(
            group=ours.group,
            scheme="มผช.",
            product=product,
            granted_on=TODAY - timedelta(days=500),
            expires_on=TODAY + timedelta(days=days),
            by=ours.treasurer,
        )
    page = anybody.get(f"/g/{ours.code}/").content.decode()
    assert ABOUT in page
    assert "สมาชิก 8 คน" in page
    assert "ข้าวกล้องงอก" in page
    assert "ข้าวเม่า" not in page  # its standard has expired
    assert take_card_off(group=ours.group, by=ours.chairman) == CardTakenOff()
    assert anybody.get(f"/g/{ours.code}/").status_code == 404
    assert why_not(take_card_off(group=ours.group, by=ours.chairman)) == [why.NoCard]


def test_nobody_is_named_on_it(ours: OccupationGroup) -> None:
    publish_card(group=ours.group, about=ABOUT, by=ours.treasurer)
    page = Client().get(f"/g/{ours.code}/").content.decode()
    for name in MEMBERS:
        assert not [part for part in name.split() if len(part) > 3 and part in page]
    given = {"group": ours.group, "by": ours.treasurer}
    contact = publish_card(about=ABOUT, contact="ติดต่อ บุญเรือน ศรีวิไล", **given)  # type: ignore[arg-type]
    assert why_not(contact) == [why.NamesSomebody]
    slip = publish_card(about="โทรหา ประจวบ คงท้อง", **given)  # type: ignore[arg-type]
    assert why_not(slip) == [why.NamesSomebody]  # a slip of the tone mark names him all the same
    digits = publish_card(about="เลข ๑-๒๓๔๕-๖๗๘๙๐-๑๒-๓", products="ข้าว", **given)  # type: ignore[arg-type]
    assert why_not(digits) == [why.LooksLikeId]
    assert why_not(publish_card(about=" ", **given)) == [why.WordsMissing]  # type: ignore[arg-type]
    stranger = publish_card(group=ours.group, about=ABOUT, by=ours.stranger)
    assert why_not(stranger) == [NotEntitled]


def test_four_members_are_not_counted_aloud(ours: OccupationGroup) -> None:
    publish_card(group=ours.group, about=ABOUT, by=ours.treasurer)
    Membership.objects.filter(group=ours.group, number__gt=4).delete()
    assert "คน</p>" not in Client().get(f"/g/{ours.code}/").content.decode()


def test_the_card_is_written_on_screen_and_printed(ours: OccupationGroup) -> None:
    client = Client()
    client.force_login(User.objects.get(pk=ours.treasurer.user_id))
    home = f"/funds/{ours.code}/card/"
    assert client.get(f"{home}card.pdf").status_code == 404
    page = client.post(f"{home}write/", {"about": ABOUT, "products": "ข้าวกล้อง"}, follow=True)
    assert f"/g/{ours.code}/" in page.content.decode()
    pdf = client.get(f"{home}card.pdf")
    assert pdf.content.startswith(b"%PDF-")
    refused = client.post(f"{home}write/", {"about": MEMBERS[0]})
    assert refused.status_code == 422
    assert MEMBERS[0].split()[1] in refused.content.decode()
    client.post(f"{home}take-off/")
    assert Client().get(f"/g/{ours.code}/").status_code == 404
