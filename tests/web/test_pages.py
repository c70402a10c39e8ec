"""Pages of the web app: the page of parts, signing in, and the pages that say no."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.contrib import messages
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path
from django.views.decorators.http import require_POST

from kongthun.web import views, wording
from kongthun.web.context import page
from kongthun.web.public import public


class Somebody:
    is_authenticated = True

    def __str__(self) -> str:
        return "นางสาวสมพิศ  แก้วประดิษฐ์"


def _home(request: HttpRequest, slug: str = "") -> HttpResponse:  # noqa: ARG001
    request.user = Somebody()  # type: ignore[assignment]
    request.reach = SimpleNamespace(
        title_words="เหรัญญิก บ้านท่าเรือ", brings_papers_in="officer" in request.GET
    )  # type: ignore[attr-defined]
    messages.success(request, "รับเงินแล้ว ใบเสร็จเลขที่ 27/2569")
    messages.error(request, "ยังรับเงินไม่ได้")
    return render(request, "web/base.html")


def _sign_in(request: HttpRequest) -> HttpResponse:
    cast = [
        {
            "username": "treasurer",
            "name": "นางสาวสมพิศ  แก้วประดิษฐ์",
            "role_words": "เหรัญญิก",
            "place": "บ้านท่าเรือ",
            "sees": "สมุดของหมู่บ้านตนเอง",
        }
    ]
    form = AuthenticationForm(request)
    return render(
        request,
        "web/sign_in.html",
        {"form": form, "cast": cast if "demo" in request.GET else [], "demo_password": "open-book"},
    )


def _forbidden(request: HttpRequest) -> HttpResponse:
    own = wording.Refusal(title="ปิดงวดแล้ว", happened="ก", safe="ข", do="ค", who="ง")
    raise PermissionDenied(own) if "own" in request.GET else PermissionDenied("secret detail")


def _missing(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    raise Http404("secret detail")


def _broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    raise RuntimeError("secret detail")


def _odd(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    raise SuspiciousOperation("secret detail")


urlpatterns = [
    path("", include("kongthun.web.urls")),
    path(
        "",
        include(
            (
                [path("home/", _home, name="home"), path("def/<slug>/", _home, name="definition")],
                "reports",
            )
        ),
    ),
    path("", include(([path("inbox/", _home, name="inbox")], "registers"))),
    path(
        "",
        include(
            (
                [path("in/", _sign_in, name="sign_in"), path("out/", _home, name="sign_out")],
                "accounts",
            )
        ),
    ),
    path("forbidden/", _forbidden),
    path("missing/", _missing),
    path("broken/", _broken),
    path("odd/", _odd),
    path("form/", require_POST(_home)),
]
handler400 = "kongthun.web.views.bad_request"
handler403 = "kongthun.web.views.permission_denied"
handler404 = "kongthun.web.views.page_not_found"
handler500 = "kongthun.web.views.server_error"

pytestmark = [
    pytest.mark.urls(__name__),
    # The folder of collected files is an operator's choice; without it the finders serve.
    pytest.mark.filterwarnings("ignore:No directory at"),
]


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture(autouse=True)
def _quiet() -> object:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_the_page_of_parts_needs_nobody_and_no_database(visitor: Client) -> None:
    answer = visitor.get("/style/?sort=-owing&page=3")
    assert answer.status_code == 200
    html = answer.content.decode()
    assert '<html lang="th">' in html
    assert 'aria-sort="descending"' in html
    assert "หน้า 3 จาก 7" in html
    assert "/def/overdue/" in html


def test_ids_on_the_page_of_parts_are_unique_but_for_the_two_example_forms(
    visitor: Client,
) -> None:
    html = visitor.get("/style/").content.decode()
    ids = [name for name in re.findall(r'\bid="([^"]+)"', html) if not name.startswith("id_")]
    assert sorted(ids) == sorted(set(ids))


def test_public_pages_say_so() -> None:
    assert views.style.public  # type: ignore[attr-defined]
    assert views.icon.public  # type: ignore[attr-defined]
    assert not hasattr(_home, "public")
    assert public(_missing).public  # type: ignore[attr-defined]


def test_the_icon_is_served_to_browsers_that_ask_by_themselves(visitor: Client) -> None:
    answer = visitor.get("/favicon.ico")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg")


def test_the_header_says_who_is_reading_and_signs_out_by_post(visitor: Client) -> None:
    html = visitor.get("/home/").content.decode()
    assert "นางสาวสมพิศ  แก้วประดิษฐ์" in html
    assert "เหรัญญิก บ้านท่าเรือ" in html
    assert re.search(r'<form method="post" action="/out/"><input type="hidden" name="csrf', html)
    assert 'href="/home/" aria-current="page"' in html


def test_the_door_to_bringing_papers_in_is_shown_to_those_it_opens_for(visitor: Client) -> None:
    assert 'href="/inbox/"' in visitor.get("/home/?officer=1").content.decode()
    assert 'href="/inbox/"' not in visitor.get("/home/").content.decode()


def test_messages_are_notices_with_a_shape_and_a_word(visitor: Client) -> None:
    html = visitor.get("/home/").content.decode()
    assert "notice--done" in html
    assert "notice--trouble" in html
    assert "<p>ยังรับเงินไม่ได้</p>" in html


def test_htmx_adds_no_style_and_runs_no_text(visitor: Client) -> None:
    html = visitor.get("/style/").content.decode()
    assert '"includeIndicatorStyles": false' in html
    assert '"allowEval": false' in html
    assert "django_htmx/htmx-2.min.js" in html


def test_a_stranger_is_shown_the_way_in_and_nobody_s_name(visitor: Client) -> None:
    html = visitor.get("/missing/").content.decode()
    assert 'href="/in/"' in html
    assert "ออกจากระบบ" not in html


@pytest.mark.parametrize(
    ("address", "status", "refusal"),
    [
        ("/forbidden/", 403, wording.NO_PERMISSION),
        ("/missing/", 404, wording.NOT_FOUND),
        ("/nowhere/", 404, wording.NOT_FOUND),
        ("/odd/", 400, wording.NOT_UNDERSTOOD),
        ("/broken/", 500, wording.WE_FAILED),
    ],
)
def test_a_page_that_says_no_says_what_is_safe_what_to_do_and_who_can_help(
    visitor: Client, address: str, status: int, refusal: wording.Refusal
) -> None:
    answer = visitor.get(address)
    html = answer.content.decode()
    assert answer.status_code == status
    for words in (refusal.title, refusal.happened, refusal.safe, refusal.do, refusal.who):
        assert words in html
    assert "secret detail" not in html


def test_the_address_of_a_form_opened_as_a_page_says_so(visitor: Client) -> None:
    answer = visitor.get("/form/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert wording.ONLY_TAKES_FORMS.do in answer.content.decode()
    assert visitor.post("/form/").status_code == 200


def test_a_refusal_of_ones_own_is_said_in_its_own_words(visitor: Client) -> None:
    assert "ปิดงวดแล้ว" in visitor.get("/forbidden/?own").content.decode()


class FailingRequest(HttpRequest):
    """A request on a day when asking who is there breaks, as with a database that is down."""

    @property
    def user(self) -> object:  # type: ignore[override]
        raise AssertionError("the database is down")


@pytest.mark.urls("kongthun.web.urls")
@pytest.mark.parametrize("view", [views.server_error, views.bad_request])
def test_the_page_for_our_own_failure_asks_nobody_who_is_there(
    view: Callable[[HttpRequest], HttpResponse],
) -> None:
    answer = view(FailingRequest())
    assert answer.content.decode().count("<h1>") == 1


def test_a_form_opened_before_signing_in_is_refused_kindly() -> None:
    careful = Client(enforce_csrf_checks=True)
    answer = careful.post("/home/", {"amount": "5,000"})
    assert answer.status_code == 403
    assert wording.FORM_GREW_OLD.safe in answer.content.decode()


def test_signing_in_for_real_shows_two_fields_and_no_cast(visitor: Client) -> None:
    html = visitor.get("/in/").content.decode()
    assert 'name="username"' in html
    assert 'autocomplete="current-password"' in html
    assert "autofocus" not in html
    assert "ตัวอย่าง" not in html.split("<main")[1].split("<footer")[0]


def test_the_demo_cast_signs_in_with_one_press_and_is_called_an_example(visitor: Client) -> None:
    html = visitor.get("/in/?demo=1&next=/home/").content.decode()
    assert "ตัวอย่าง" in html
    assert '<input type="hidden" name="username" value="treasurer">' in html
    assert '<input type="hidden" name="password" value="open-book">' in html
    assert html.count("csrfmiddlewaretoken") == 2
    assert 'action="/in/?demo=1&amp;next=/home/"' in html


def test_missing_addresses_do_not_break_the_frame() -> None:
    with override_settings(ROOT_URLCONF="kongthun.web.urls"):
        request = RequestFactory().get("/")
        assert "กองทุน" in render_to_string("web/base.html", {"request": request})
        assert "กองทุน" in render_to_string("web/refused.html", {"refusal": wording.NOT_FOUND})


def test_a_request_refused_before_anybody_was_recognised_still_has_a_frame() -> None:
    found = page(RequestFactory().get("/"))
    viewer = found["viewer"]
    assert viewer == {
        "is_signed_in": False,
        "name": "",
        "role_words": "",
        "brings_papers_in": False,
        "opens_groups": False,
    }


@pytest.mark.parametrize("demo", [True, False])
def test_a_demo_is_marked_on_every_page(visitor: Client, demo: bool) -> None:
    with override_settings(DEMO=demo):
        assert ("top__demo" in visitor.get("/style/").content.decode()) is demo
