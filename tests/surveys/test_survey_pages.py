"""The pages of a round, as each role finds them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role, User
from kongthun.groups.models import Group
from kongthun.surveys.actions.findings import confirm_snapshot
from kongthun.surveys.figures import NAMES
from kongthun.surveys.models import (
    Choice,
    Finding,
    FindingPhoto,
    NotReached,
    Round,
    Snapshot,
)
from reports.small_district import DISTRICT, NEXT_DOOR, SmallDistrict, signed_in
from surveys.checked_district import CheckedDistrict, network_member
from surveys.test_rounds import PNG

STAFF = ("officer", "field_worker", "province", "department", "auditor")
OTHERS = ("chairman", "treasurer", "member", "neighbour", "retired")


def at(name: str, *more: object, code: str = DISTRICT) -> str:
    """An address of the surveys of the district."""
    return reverse(f"surveys:{name}", args=[code, *more])


def words_of(page: HttpResponse) -> str:
    """What a page says."""
    return page.content.decode()


def answers(survey: CheckedDistrict, **otherwise: str) -> dict[str, str]:
    """The form of the first fund as it is shown, but for what is named."""
    page = signed_in(survey.district.cast.officer).get(at("answer", 1, survey.group().code))
    form = page.context["form"]
    typed = {name: form[name].value() for name in (*NAMES, "found_on", "words")}
    shown = {name: "" if value is None else str(value) for name, value in typed.items()}
    for name in ("purple", "yellow", "green"):
        if typed[name] is not None:
            shown[name] = str(getattr(typed[name], "value", typed[name]))
    return shown | otherwise


# ---- who sees what ------------------------------------------------------------------------------


@pytest.mark.parametrize("who", STAFF)
def test_whoever_sees_the_area_reads_the_round(survey: CheckedDistrict, who: str) -> None:
    client = signed_in(getattr(survey.district.cast, who))
    group = survey.group()
    pages = [at("rounds"), at("round", 1), at("fund", 1, group.code), at("summary", 1)]
    if group.code not in survey.district.reachable(who):
        pages.remove(at("fund", 1, group.code))
    for page in pages:
        assert client.get(page).status_code == 200, page


@pytest.mark.parametrize("who", OTHERS)
def test_whoever_does_not_finds_nothing(survey: CheckedDistrict, who: str) -> None:
    client = signed_in(getattr(survey.district.cast, who))
    for page in (at("rounds"), at("round", 1), at("fund", 1, survey.group().code)):
        assert client.get(page).status_code in {403, 404}, page
    assert client.get(at("summary", 1)).status_code in {403, 404}


@pytest.mark.parametrize("page", ["open", "lock", "withdraw", "choose"])
@pytest.mark.parametrize("who", ["field_worker", "auditor", "department", *OTHERS])
def test_the_desk_of_a_round_is_the_districts(survey: CheckedDistrict, page: str, who: str) -> None:
    more = () if page == "open" else (1,)
    client = signed_in(getattr(survey.district.cast, who))
    assert client.get(at(page, *more)).status_code in {403, 404}
    assert client.post(at(page, *more)).status_code in {403, 404}


def test_a_field_worker_answers_only_in_their_own_tambons(survey: CheckedDistrict) -> None:
    client = signed_in(survey.district.cast.field_worker)
    mine = survey.district.reachable("field_worker")
    for code in survey.district.codes:
        expected = 200 if code in mine else 404
        assert client.get(at("answer", 1, code)).status_code == expected
    assert client.get(at("answer", 1, NEXT_DOOR)).status_code == 404


def test_a_field_worker_reads_their_funds_of_the_round_and_no_others(
    survey: CheckedDistrict,
) -> None:
    page = signed_in(survey.district.cast.field_worker).get(at("round", 1))
    mine = survey.district.reachable("field_worker")
    assert {fund.code for fund in page.context["funds"]} == mine


def test_the_network_reads_sums_and_no_photo_or_words_of_the_village(
    survey: CheckedDistrict, tmp_path: Path
) -> None:
    group = survey.group()
    photo = tmp_path / "photo.png"
    photo.write_bytes(PNG)
    confirm_snapshot(
        round=survey.round,
        group=group,
        by=survey.officer,
        on=survey.today,
        words="คุยกับนายสมชาย",
        photos=[photo],
    )
    seen, hidden = (
        words_of(signed_in(user).get(at("fund", 1, group.code)))
        for user in (survey.district.cast.officer, network_member())
    )
    assert "คุยกับนายสมชาย" in seen
    assert "คุยกับนายสมชาย" not in hidden
    picture = at("photo", 1, group.code, 1, 1)
    assert signed_in(survey.district.cast.officer).get(picture).status_code == 200
    assert signed_in(User.objects.get(username="network")).get(picture).status_code == 403
    assert signed_in(survey.district.cast.neighbour).get(picture).status_code == 404


def test_what_somebody_may_elsewhere_opens_nothing_here(
    survey: CheckedDistrict, tmp_path: Path
) -> None:
    """One of the network is chairman next door, and field worker of one tambon."""
    user = network_member()
    holding = {"user": user, "by_order": "คำสั่ง", "starts_on": date(2020, 1, 1)}
    next_door = Group.objects.get(code=NEXT_DOOR).pk
    appoint(role=Role.CHAIRMAN, group_id=next_door, **holding)
    appoint(role=Role.FIELD_WORKER, area_code=survey.group(0).code[:6], **holding)
    photo = tmp_path / "photo.png"
    photo.write_bytes(PNG)
    elsewhere = next(
        survey.group(place)
        for place in range(4)
        if survey.group(place).code[:6] != survey.group(0).code[:6]
    )
    for group in (survey.group(0), elsewhere):
        confirm_snapshot(
            round=survey.round, group=group, by=survey.officer, on=survey.today, photos=[photo]
        )
    client = signed_in(user)
    for group, expected in ((survey.group(0), 200), (elsewhere, 404)):
        assert client.get(at("fund", 1, group.code)).status_code == 200
        assert client.get(at("photo", 1, group.code, 1, 1)).status_code == expected
        assert client.get(at("answer", 1, group.code)).status_code == expected
        assert client.get(at("not_reached", 1, group.code)).status_code == expected


# ---- opening, answering -------------------------------------------------------------------------


def test_the_officer_opens_a_round_on_screen(district: SmallDistrict) -> None:
    client = signed_in(district.cast.officer)
    page = client.post(at("open"), {"words": "ตรวจปี 2569", "as_of": "30/9/2568"}, follow=True)
    assert page.status_code == 200
    assert Round.objects.get().as_of.isoformat() == "2025-09-30"
    assert "4" in words_of(page)


def test_what_is_wrong_with_a_round_is_said_and_nothing_typed_is_lost(
    district: SmallDistrict,
) -> None:
    client = signed_in(district.cast.officer)
    page = client.post(at("open"), {"words": "ตรวจปี 2569", "as_of": "30/9/2668"})
    assert page.status_code == 422
    assert "ยังมาไม่ถึง" in words_of(page)
    assert "ตรวจปี 2569" in words_of(page)
    assert not Round.objects.exists()


def test_a_fund_is_confirmed_as_the_books_say_by_sending_the_form_as_it_is(
    survey: CheckedDistrict,
) -> None:
    client = signed_in(survey.district.cast.officer)
    page = client.post(at("answer", 1, survey.group().code), answers(survey), follow=True)
    assert page.status_code == 200, page.context["form"].errors
    assert Finding.objects.get().is_confirmed
    assert "ตรงกับสมุดทุกข้อ" in words_of(page)


def test_what_differs_is_shown_beside_the_books(survey: CheckedDistrict) -> None:
    client = signed_in(survey.district.cast.officer)
    typed = answers(survey, bank="๑,๒๓๔.๕๐", words="ดูสมุดธนาคารหน้าล่าสุด")
    page = client.post(at("answer", 1, survey.group().code), typed, follow=True)
    assert "1,234.50 บาท" in words_of(page)
    assert "ต่างกัน" in words_of(page)
    assert [each.name for each in survey.checked(survey.group()).differences] == ["bank"]


def test_a_difference_without_words_is_asked_about_and_nothing_typed_is_lost(
    survey: CheckedDistrict,
) -> None:
    client = signed_in(survey.district.cast.officer)
    page = client.post(at("answer", 1, survey.group().code), answers(survey, bank="1,234.50"))
    assert page.status_code == 422
    assert "เห็นจากอะไร" in words_of(page)
    assert "1,234.50" in words_of(page)
    assert not Finding.objects.exists()


def test_photos_of_the_village_are_kept_and_a_page_is_no_photo(survey: CheckedDistrict) -> None:
    client = signed_in(survey.district.cast.officer)
    where = at("answer", 1, survey.group().code)
    page = SimpleUploadedFile("photo.png", b"<svg onload=alert(1)>")
    refused = client.post(where, answers(survey) | {"photos": page})
    assert refused.status_code == 422
    photo = SimpleUploadedFile("photo.png", PNG)
    assert client.post(where, answers(survey) | {"photos": photo}).status_code == 302
    assert FindingPhoto.objects.count() == 1


def test_why_a_fund_was_not_reached_is_noted(survey: CheckedDistrict) -> None:
    client = signed_in(survey.district.cast.officer)
    where = at("not_reached", 1, survey.group().code)
    assert client.post(where, {"note": ""}).status_code == 422
    assert client.post(where, {"note": "ถนนขาด"}).status_code == 302
    assert NotReached.objects.get().words == "ถนนขาด"


# ---- choosing, locking --------------------------------------------------------------------------


def test_the_officer_chooses_funds_after_the_check_and_says_why(survey: CheckedDistrict) -> None:
    first, second = survey.group(0), survey.group(1)
    survey.confirm(first)
    client = signed_in(survey.district.cast.officer)
    page = client.get(at("choose", 1))
    assert [fund.code for fund, *_ in page.context["lines"]] == [first.code]
    typed = {"chosen_on": "22/11/2569", f"pick_{first.pk}": "on", f"why_{first.pk}": ""}
    refused = client.post(at("choose", 1), typed)
    assert refused.status_code == 422
    assert first.name in words_of(refused)
    typed |= {"chosen_on": f"{survey.today:%d/%m/%Y}", f"why_{first.pk}": "หยุดสามปี"}
    assert client.post(at("choose", 1), typed).status_code == 302
    assert Choice.objects.get().why == "หยุดสามปี"
    assert f"pick_{second.pk}" not in page.context["form"].fields
    back = at("unchoose", 1, first.code)
    assert client.post(back, {"note": "เลือกผิด"}).status_code == 302
    assert Choice.objects.get().withdrawn_note == "เลือกผิด"


def test_a_round_that_waits_is_not_locked_and_says_for_whom(survey: CheckedDistrict) -> None:
    client = signed_in(survey.district.cast.officer)
    day = {"on": f"{survey.today:%d/%m/%Y}"}
    refused = client.post(at("lock", 1), day)
    assert refused.status_code == 422
    assert survey.group().name in words_of(refused)
    for place in range(4):
        survey.confirm(survey.group(place))
    assert client.post(at("lock", 1), day).status_code == 302
    assert Round.objects.get().locked_on == survey.today


def test_a_round_opened_by_mistake_is_taken_back_on_screen(survey: CheckedDistrict) -> None:
    client = signed_in(survey.district.cast.officer)
    assert client.post(at("withdraw", 1), {"note": "เลือกวันผิด"}).status_code == 302
    assert client.get(at("round", 1)).status_code == 404


# ---- how much it asks the database --------------------------------------------------------------


@pytest.mark.parametrize("name", ["round", "choose", "summary"])
def test_a_page_asks_the_same_for_one_fund_as_for_four(survey: CheckedDistrict, name: str) -> None:
    for place in range(4):
        survey.confirm(survey.group(place))
    client = signed_in(survey.district.cast.officer)

    def statements() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(at(name, 1)).status_code == 200
        return len(caught)

    client.get(at(name, 1))
    with_four = statements()
    Snapshot.objects.exclude(group=survey.group()).delete()
    assert statements() == with_four


def test_the_summary_is_a_pdf(survey: CheckedDistrict) -> None:
    survey.confirm(survey.group(), "นับใหม่", target_households=3)
    page: Any = signed_in(survey.district.cast.officer).get(at("summary", 1))
    assert page.headers["Content-Type"] == "application/pdf"
    assert page.content.startswith(b"%PDF-")
