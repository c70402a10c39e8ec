"""A real Chromium before the real server: what people press, on a phone and on a desk."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from kongthun.accounts.cast import CAST

from .sound_pages import faults_of

Look = Callable[..., Any]

pytestmark = pytest.mark.browser

PHONE, DESK = 360, 1280

HOMES = {
    "amphoe": "/area/8016/",
    "phatthanakon": "/area/8016/",
    "prathan": "/funds/80160101/",
    "herannyik": "/funds/80160101/",
    "klum": "/funds/80160101-2/five/",
    "kaset": "/support/",
    "samachik": "/funds/80160101/households/",
    "changwat": "/area/80/",
    "krom": "/area/",
    "phutruat": "/area/8016/",
    "khrueakhai": "/area/8016/",
}

FUND = "/funds/80160101/"
PAGES = [
    *("/area/", "/area/80/", "/area/8016/", "/area/801601/", "/area/8016/figures/households/"),
    *("/area/8016/figures/claims/", "/area/8016/?q=ไม่มีหมู่บ้านนี้", "/area/8016/?as_of=30/9/2567"),
    *(FUND, f"{FUND}purple/", f"{FUND}yellow/?show=all", f"{FUND}green/", f"{FUND}brown/"),
    *(f"{FUND}figures/unexplained/", f"{FUND}figures/repaid/", f"{FUND}contracts/1/"),
    *(f"{FUND}households/1/", f"{FUND}entries/1/", f"{FUND}?as_of=เมื่อวาน"),
    *("/definitions/unexplained/", "/registers/", "/registers/set-aside/"),
    *("/registers/set-aside/?fund=80160101", "/registers/receipts/80160101/1/"),
]


@pytest.mark.parametrize("person", [person.username for person in CAST])
def test_each_of_the_cast_signs_in_with_one_press(look: Look, person: str) -> None:
    window = look(person, width=PHONE, fresh=True)
    assert window.address.startswith(HOMES[person])
    assert window.page.locator("h1").count() == 1
    assert window.page.locator(".top__demo").inner_text() == "ตัวอย่าง"
    window.is_clean()


@pytest.mark.looks
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_page_scrolls_sideways_complains_or_leaves_somebody_out(look: Look, width: int) -> None:
    window = look("amphoe", width=width)
    wrong = []
    stranger = look(width=width)
    for address in ["/sign-in/", *PAGES]:
        page = (stranger if address == "/sign-in/" else window).open(address)
        wrong += [(address, one) for one in faults_of(page)]
    assert wrong == []
    window.is_clean()


@pytest.mark.looks
def test_the_letters_are_our_own_and_nothing_comes_from_elsewhere(look: Look) -> None:
    window = look("amphoe")
    page = window.open("/area/8016/")
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate(
        "[...document.fonts].filter((font) => font.status === 'loaded').map((font) => font.family)"
    )
    assert any("Looped" in family for family in loaded)
    fonts = [url for url in window.asked if url.endswith(".woff2")]
    assert fonts
    assert all(url.startswith(window.server) for url in fonts)
    window.is_clean()


def test_from_the_district_to_the_row_on_the_sheet_by_pressing(look: Look) -> None:
    window = look("amphoe")
    page = window.open("/area/8016/")
    page.locator("#funds tbody tr th a").first.click()
    page.wait_for_url(re.compile(r"/funds/\d{8}/$"))
    page.get_by_role("link", name=re.compile("ลูกหนี้")).first.click()
    page.wait_for_url(re.compile("/yellow/"))
    page.get_by_role("link", name="ทั้งหมด").first.click()
    page.wait_for_url(re.compile("show=all"))
    page.locator("table tbody tr th a").first.click()
    page.wait_for_url(re.compile(r"/contracts/\d+/"))
    page.locator('a[href*="/entries/"]').last.click()
    page.wait_for_url(re.compile(r"/entries/\d+/"))
    assert "รับคืนเงินยืม" in page.locator("h1").inner_text()
    page.locator('a[href*="/registers/rows/"]').first.click()
    page.wait_for_url(re.compile(r"/registers/rows/\d{8}/\d+/"))
    assert "ในไฟล์พิมพ์ไว้ว่า" in page.locator("main").inner_text()
    window.is_clean()


def test_typing_a_village_narrows_the_table_and_the_address_follows(look: Look) -> None:
    window = look("amphoe")
    page = window.open("/area/8016/")
    rows = page.locator("#funds tbody tr")
    assert rows.count() == 5
    name = rows.nth(2).locator("th a").inner_text().removeprefix("กข.คจ. ")
    page.locator("#fund-words").press_sequentially(name, delay=20)
    rows.nth(1).wait_for(state="detached")
    assert rows.count() == 1
    assert name in rows.first.inner_text()
    page.wait_for_url(re.compile(r"\?q="))
    page.reload(wait_until="networkidle")
    assert page.locator("#fund-words").input_value() == name
    assert page.locator("#funds tbody tr").count() == 1
    window.is_clean()


def test_a_column_is_sorted_by_pressing_its_head(look: Look) -> None:
    window = look("amphoe")
    page = window.open("/area/8016/")
    head = page.locator("#funds thead a", has_text="ธนาคาร")

    def sums() -> list[float]:
        cells = page.locator("#funds tbody td[data-label=ธนาคาร]").all_inner_texts()
        return [float(cell.replace(",", "").replace("−", "-")) for cell in cells]

    head.click()
    page.wait_for_url(re.compile("sort=bank"))
    assert sums() == sorted(sums())
    page.locator("#funds thead a", has_text="ธนาคาร").click()
    page.wait_for_url(re.compile("sort=-bank"))
    assert sums() == sorted(sums(), reverse=True)
    window.is_clean()


def test_everything_works_without_scripts(look: Look) -> None:
    window = look("amphoe", scripts=False, fresh=True)
    page = window.page
    assert window.address.startswith("/area/8016/")
    name = page.locator("#funds tbody tr th a").first.inner_text().removeprefix("กข.คจ. ")
    page.locator("#fund-words").fill(name)
    page.locator('form[role="search"] button').click()
    page.wait_for_url(re.compile(r"\?q="))
    assert page.locator("#funds tbody tr").count() == 1
    page.locator("#as-of").fill("30/9/2567")
    page.get_by_role("button", name="ดู ณ วันนั้น").click()
    page.wait_for_url(re.compile("as_of="))
    assert "30 กันยายน 2567" in page.locator("main").inner_text()
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="ออกจากระบบ").click()
    page.wait_for_url(re.compile("/sign-in/"))


@pytest.mark.looks
def test_the_keyboard_alone_finds_its_way(look: Look) -> None:
    window = look("amphoe")
    page = window.open("/area/8016/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "ข้ามไปที่เนื้อหา"
    page.wait_for_timeout(500)
    assert skip.bounding_box()["y"] >= 0  # it has come into sight
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    seen = 0
    for _ in range(25):
        page.keyboard.press("Tab")
        mark = page.evaluate(
            """() => {
              const e = document.activeElement, s = getComputedStyle(e);
              const line = parseFloat(s.outlineWidth) > 0 && s.outlineStyle !== "none";
              return {tag: e.tagName, line, shadow: s.boxShadow !== "none"};
            }"""
        )
        if mark["tag"] != "BODY":
            seen += 1
            assert mark["line"] or mark["shadow"], mark
    assert seen > 10


def test_a_thumb_finds_the_one_next_thing(look: Look) -> None:
    page = look("amphoe", width=PHONE).open("/area/8016/")
    button = page.locator(".next .button").first
    box = button.bounding_box()
    assert box["height"] >= 48
    assert "แถวที่ควรตรวจสอบ" in button.inner_text()


FIRST_LOAD = 150_000  # bytes, letters and all


@pytest.mark.looks
def test_the_first_page_of_a_district_is_light(look: Look) -> None:
    """Everything a phone fetches at its first visit, as the browser counted it on the wire."""
    window = look("amphoe", width=PHONE)
    wire = window.page.context.new_cdp_session(window.page)
    wire.send("Network.enable")
    wire.send("Network.clearBrowserCache")  # signing in has brought the letters and styles already
    answers: dict[str, Any] = {}
    sizes: dict[str, int] = {}
    wire.on("Network.responseReceived", lambda said: answers.update({said["requestId"]: said}))
    wire.on(
        "Network.loadingFinished",
        lambda said: sizes.update({said["requestId"]: int(said["encodedDataLength"])}),
    )
    window.open("/area/8016/")
    assert set(sizes) == set(answers)
    fetched = {one["response"]["url"]: sizes[number] for number, one in answers.items()}
    kept = [one for one in answers.values() if one["response"].get("fromDiskCache")]
    assert not kept
    assert len(fetched) > 10
    assert min(fetched.values()) > 0  # nothing came for free
    assert sum(fetched.values()) <= FIRST_LOAD, sorted(fetched.items(), key=lambda one: -one[1])
