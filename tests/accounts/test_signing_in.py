"""Signing in and out: what is said, what is written down, what is left behind."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings as live
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from kongthun.accounts.cast import CAST, DEMO_PASSWORD
from kongthun.audit.models import AuditLine
from reports.small_district import PASSWORD, SmallDistrict, signed_in

SIGN_IN = "/sign-in/"


def press(client: Client, username: str, password: str, address: str = SIGN_IN) -> str:
    answer = client.post(address, {"username": username, "password": password})
    assert answer.status_code in {200, 302}
    return answer.headers.get("Location") or answer.content.decode()


def test_the_right_words_open_the_first_page_and_are_written_down(
    district: SmallDistrict,
) -> None:
    client = Client()
    assert press(client, "officer", PASSWORD) == reverse("reports:home")
    line = AuditLine.objects.get(deed="sign_in")
    assert line.user_id == district.cast.officer.pk
    assert client.get(reverse("reports:home")).headers["Location"] == "/area/8016/"


def test_signing_in_leads_on_to_the_page_that_was_asked_for_but_never_to_another_house(
    district: SmallDistrict,  # noqa: ARG001
) -> None:
    inside = f"{SIGN_IN}?next=/area/8016/"
    assert press(Client(), "officer", PASSWORD, inside) == "/area/8016/"
    outside = f"{SIGN_IN}?next=https://example.org/"
    assert press(Client(), "officer", PASSWORD, outside) == reverse("reports:home")


def test_a_wrong_name_and_a_wrong_password_are_answered_with_the_same_words(
    district: SmallDistrict,
) -> None:
    def words(username: str, password: str) -> str:
        html = press(Client(), username, password)
        notice = html.split('<div class="notice notice--trouble"')[1].split("</form>")[0]
        assert "ชื่อผู้ใช้หรือรหัสผ่านไม่ตรงกับที่บันทึกไว้" in notice
        return notice.replace(username, "…")

    district.cast.retired.is_active = False
    district.cast.retired.save()
    wrong_name = words("nobody-here", PASSWORD)
    assert wrong_name == words("officer", "ไม่ใช่รหัสนี้แน่")
    # An account that was closed is not told apart either.
    assert wrong_name == words("retired", PASSWORD)
    assert not AuditLine.objects.filter(deed="sign_in").exists()


def test_an_empty_form_says_beside_each_field_what_is_missing(db: None) -> None:  # noqa: ARG001
    html = press(Client(), "", "")
    assert "กรอกชื่อผู้ใช้ก่อน" in html
    assert "กรอกรหัสผ่านก่อน" in html
    assert "This field" not in html


def test_what_was_typed_as_a_name_stays_and_the_password_does_not(
    db: None,  # noqa: ARG001
) -> None:
    html = press(Client(), "somsri", "a-secret-word")
    assert 'value="somsri"' in html
    assert "a-secret-word" not in html


def test_somebody_signed_in_is_led_on_from_the_sign_in_page(district: SmallDistrict) -> None:
    answer = signed_in(district.cast.officer).get(SIGN_IN)
    assert answer.headers["Location"] == reverse("reports:home")


def test_signing_out_ends_the_session_and_clears_the_browser(district: SmallDistrict) -> None:
    client = signed_in(district.cast.treasurer)
    assert client.get("/sign-out/").status_code == 405  # a link in a letter signs nobody out
    answer = client.post("/sign-out/")
    assert answer.headers["Location"] == SIGN_IN
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert live.SESSION_COOKIE_NAME not in {
        name for name, cookie in client.cookies.items() if cookie.value
    }
    assert AuditLine.objects.get(deed="sign_out").user_id == district.cast.treasurer.pk
    assert client.get("/").headers["Location"].startswith(SIGN_IN)


def test_signing_out_twice_harms_nobody(db: None) -> None:  # noqa: ARG001
    assert Client().post("/sign-out/").headers["Location"] == SIGN_IN
    assert not AuditLine.objects.filter(deed="sign_out").exists()


@pytest.mark.parametrize("is_demo", [True, False])
def test_the_cast_is_shown_only_in_the_demo(
    db: None,  # noqa: ARG001
    settings: Settings,
    is_demo: bool,
) -> None:
    settings.DEMO = is_demo
    html = Client().get(SIGN_IN).content.decode()
    assert (DEMO_PASSWORD in html) is is_demo
    for person in CAST:
        assert (person.name in html) is is_demo
        assert (f'value="{person.username}"' in html) is is_demo


def test_personal_pages_are_kept_by_no_cache(district: SmallDistrict) -> None:
    answer = signed_in(district.cast.officer).get("/area/8016/")
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("http://testserver/funds/80160101/cases/1/", "/funds/80160101/cases/1/"),
        ("https://example.org/funds/", "/"),
        ("", "/"),
    ],
)
def test_a_form_sent_after_the_sign_in_ran_out_leads_back_to_its_page(
    client: Client, came_from: str, leads_to: str
) -> None:
    answer = client.post("/area/8016/health/assess/", headers={"referer": came_from})
    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer["Location"]).query)["next"] == [leads_to]
