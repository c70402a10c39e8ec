"""From the nation down to the paper row by pressing what is underlined, and never out of reach."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from kongthun.domain.money import Money
from kongthun.ledger.models import Entry, Fund
from kongthun.registers.models import PaperRow, RowEntry
from reports.small_district import SmallDistrict, signed_in

# Pages of one kind at one fund are alike; so many of each are opened, and every link is resolved.
OF_A_KIND = 2
NOT_FOLLOWED = {"web:style"}  # shows examples of everything, with examples of addresses


_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')


def links(html: str, at: str) -> list[str]:
    """The addresses on this host that a page leads to."""
    found = []
    for href in _LINK.findall(html):
        address = urlsplit(urljoin(f"http://testserver{at}", unescape(href)))
        assert address.netloc == "testserver", f"{at} leads out of the house: {href}"
        found.append(address.path + (f"?{address.query}" if address.query else ""))
    return found


def crawl(client: Client, start: str, codes_out_of_reach: set[str]) -> tuple[set[str], list[str]]:
    """Follow every link from ``start``; answer with what was opened and what was wrong."""
    wrong: list[str] = []
    opened: set[str] = set()
    kinds: Counter[str] = Counter()
    to_open = deque([start])
    seen = {start}
    while to_open:
        at = to_open.popleft()
        answer = client.get(at)
        opened.add(at)
        if answer.status_code in {301, 302}:
            answer = client.get(at, follow=True)
        if answer.status_code != 200:
            wrong.append(f"{answer.status_code} {at}")
            continue
        if "html" not in answer.headers["Content-Type"]:
            continue
        html = answer.content.decode()
        wrong += [f"{at} shows {code}" for code in codes_out_of_reach if code in html]
        for href in links(html, answer.request["PATH_INFO"]):
            if href in seen:
                continue
            seen.add(href)
            view = resolve(urlsplit(href).path).view_name  # a link to nowhere is an error here
            kind = _kind(view, href)
            if view not in NOT_FOLLOWED and kinds[kind] < OF_A_KIND:
                kinds[kind] += 1
                to_open.append(href)
    return opened, wrong


def _kind(view: str, href: str) -> str:
    """Which pages are alike: the same address but for numbers, asked the same questions.

    Every fund has its books opened; that a figure is made of entries is seen at two funds.
    """
    address = urlsplit(href)
    alike = re.sub(r"[0-9]+", "#", address.path)
    asked = sorted(part.partition("=")[0] for part in address.query.split("&") if part)
    fund = re.search(r"/([0-9]{8})/", address.path)
    of_fund = fund.group(1) if fund and view != "reports:figure" and not asked else ""
    return " ".join([view, alike, of_fund, *asked])


@pytest.mark.parametrize(
    "name",
    [
        *("officer", "field_worker", "chairman", "treasurer", "member"),
        *("province", "department", "auditor", "neighbour"),
    ],
)
def test_every_link_opens_and_none_leads_out_of_reach(district: SmallDistrict, name: str) -> None:
    in_reach = district.reachable(name)
    everywhere = set(Fund.objects.values_list("code", flat=True))
    client = signed_in(getattr(district.cast, name))
    opened, wrong = crawl(client, "/", everywhere - in_reach)
    assert wrong == []
    reached = {code for code in everywhere if any(f"/{code}/" in at for at in opened)}
    assert reached == in_reach
    views = {resolve(urlsplit(at).path).view_name for at in opened}
    books = {f"reports:{book}" for book in ("fund", "purple", "yellow", "green", "brown")}
    depth = {"reports:figure", "reports:entry", "registers:row", "registers:receipt"}
    if name == "member":
        assert {"reports:household", "reports:contract", "reports:definition"} <= views
        assert not (books | depth) & views
    else:
        assert books | depth | {"reports:contract", "reports:household"} <= views


def follow(client: Client, at: str, wanted: Callable[[str], bool]) -> str:
    """Press the first link of this page that is wanted."""
    answer = client.get(at)
    assert answer.status_code == 200, at
    found = [href for href in links(answer.content.decode(), at) if wanted(href)]
    assert found, f"{at} has no such link"
    return found[0]


@pytest.mark.parametrize("start", ["/area/", "/area/80/", "/area/8016/"])
def test_a_sum_of_the_district_leads_to_the_paper_it_was_read_from(
    district: SmallDistrict, start: str
) -> None:
    """280,000 อยู่ที่ไหน, asked down to the row on the sheet."""
    client = signed_in(district.cast.officer)
    at = follow(client, start, lambda href: "/figures/households/" in href)
    steps = [at]
    while at.startswith("/area/"):
        at = follow(client, at, lambda href: "/figures/households/" in href and href not in steps)
        steps.append(at)
    fund = Fund.objects.get(code=at.split("/")[2])
    entry = follow(client, at, lambda href: "/entries/" in href)
    row = follow(client, entry, lambda href: "/registers/rows/" in href)
    assert client.get(row).status_code == 200
    number = int(entry.rstrip("/").rsplit("/", 1)[1])
    key = RowEntry.objects.get(fund=fund, entry_number=number).key
    kept = PaperRow.objects.get(fund=fund, key=key, replaced_at=None)
    assert row == f"/registers/rows/{fund.code}/{kept.number}/"


def test_every_entry_that_was_read_from_a_row_leads_to_that_row(district: SmallDistrict) -> None:
    """And one made from several books together says so instead."""
    fund = Fund.objects.get(code=min(district.codes, key=lambda code: Entry.objects.filter(
        fund__code=code).count()))  # fmt: skip
    client = signed_in(district.cast.officer)
    of_rows = dict(
        RowEntry.objects.filter(fund=fund, entry_number__isnull=False).values_list(
            "entry_number", "key"
        )
    )
    told = 0
    for entry in Entry.objects.filter(fund=fund).order_by("number")[::7]:
        answer = client.get(f"/funds/{fund.code}/entries/{entry.number}/")
        papers = [row.key for row, _ in answer.context["papers"]]
        if entry.source:
            assert papers, entry.number
            told += 1
            if entry.number in of_rows and papers:
                row = PaperRow.objects.filter(fund=fund, key=papers[0], replaced_at=None).get()
                assert entry.source.split(":")[2] == str(row.row)
        else:
            assert "คำนวณจาก" in answer.content.decode()
    assert told > 10


def test_what_an_area_says_is_what_its_funds_say(district: SmallDistrict) -> None:
    """The same figure by two ways: the roll-up, and the sum over the pages of the funds."""
    client = signed_in(district.cast.officer)
    of_area = client.get("/area/8016/").context["total"]
    total = 0
    for code in district.codes:
        status = client.get(f"/funds/{code}/").context["status"]
        total += status.sums.households.satang
        assert status.sums.is_conserved
    assert Money(total) == of_area.sums.households
    assert client.get("/area/8016/").context["as_of"] == timezone.localdate()


# ---- asked about an earlier day ------------------------------------------------------------------

DAYS_AGO = 900
# Pages whose figures are those of a day. All else is of no day (a definition) or of now (a row).
OF_A_DAY = {
    f"reports:{name}"
    for name in (
        *("nation", "area", "nation_figure", "area_figure", "area_export", "fund", "figure"),
        *("purple", "yellow", "green", "brown", "contract", "household", "entry"),
    )
}
SUM_PAGES = {"reports:nation_figure", "reports:area_figure", "reports:figure", "reports:yellow"}
BACK_TO_TODAY = "กลับมาวันนี้"

_PRESSED = re.compile(r'(?s)<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)</a>')
_SUM_ON_IT = re.compile(
    r'legend__amount">(?P<legend>[^<]*)<'
    r"|(?P<part>\S+) บาท</title>"
    r"|\A\s*(?P<figure>-?[\d,]+(?:\.\d\d)?)\s*\Z"
)


def pressed(html: str, at: str) -> list[tuple[str, str, str]]:
    """Each link of a page: where it leads, its words, and the sum of money written on it or ""."""
    found = []
    for href, inside in _PRESSED.findall(html):
        address = urlsplit(urljoin(f"http://testserver{at}", unescape(href)))
        told = _SUM_ON_IT.search(inside)
        amount = next((one for one in told.groups() if one), "") if told else ""
        words = " ".join(re.sub(r"<[^>]+>", " ", inside).split())
        asked = f"?{address.query}" if address.query else ""
        found.append((f"{address.path}{asked}", words, amount))
    return found


def sum_shown(answer: HttpResponse) -> str:
    """The sum a page is about: in the yellow book what is overdue, else the figure at its head."""
    if "totals" in answer.context:  # type: ignore[attr-defined]
        return str(answer.context["totals"]["overdue"].text)  # type: ignore[attr-defined]
    shown = re.search(r'class="figure__value">([^<]*)<', answer.content.decode())
    assert shown
    return shown.group(1)


@pytest.mark.parametrize(
    ("name", "start", "days_ago"),
    [
        *(("officer", "/area/8016/", DAYS_AGO), ("chairman", "/funds/{code}/", DAYS_AGO)),
        *(("member", "/funds/{code}/households/{own}/", DAYS_AGO), ("officer", "/area/8016/", 0)),
    ],
)
def test_the_day_asked_about_goes_along_wherever_a_link_leads(
    district: SmallDistrict, name: str, start: str, days_ago: int
) -> None:
    """A sum of an earlier day opens into the entries of that day; today's addresses are clean."""
    client = signed_in(getattr(district.cast, name))
    day = timezone.localdate() - timedelta(days=days_ago)
    wanted = [day.isoformat()] if days_ago else []
    first = start.format(code=district.codes[0], own=district.own)
    to_open = deque([first + (f"?as_of={day.isoformat()}" if days_ago else "")])
    seen, kinds, views = set(to_open), Counter[str](), set[str]()
    shown: dict[str, str] = {}
    while to_open:
        at = to_open.popleft()
        answer = client.get(at)
        assert answer.status_code == 200, at
        views.add(resolve(urlsplit(at).path).view_name)
        if "html" not in answer.headers["Content-Type"]:
            assert day.isoformat() in answer.headers["Content-Disposition"]
            continue
        assert answer.context["as_of"] == day, at
        for href, words, amount in pressed(answer.content.decode(), at):
            address = urlsplit(href)
            view = resolve(address.path).view_name
            if view not in OF_A_DAY or words == BACK_TO_TODAY:
                continue
            assert parse_qs(address.query).get("as_of", []) == wanted, f"{at} leads to {href}"
            if amount and view in SUM_PAGES:
                if href not in shown:
                    shown[href] = sum_shown(client.get(href))
                assert shown[href] == amount, f"{at} leads to {href}"
            kind = _kind(view, href)
            if href not in seen and kinds[kind] < OF_A_KIND:
                seen.add(href)
                kinds[kind] += 1
                to_open.append(href)
    of_areas = {view for view in OF_A_DAY if "area" in view or "nation" in view}
    of_a_household = {"reports:household", "reports:contract"}
    reached = {"member": of_a_household, "chairman": OF_A_DAY - of_areas, "officer": OF_A_DAY}
    assert views == reached[name]
    assert len(shown) >= 10 or name == "member"


def test_the_day_of_the_crawl_is_one_on_which_the_sums_were_others(
    district: SmallDistrict,
) -> None:
    client = signed_in(district.cast.officer)
    day = timezone.localdate() - timedelta(days=DAYS_AGO)
    then = client.get("/area/8016/", {"as_of": day.isoformat()}).context["total"]
    now = client.get("/area/8016/").context["total"]
    for place in ("households", "bank", "cash", "interest", "repaid"):
        assert getattr(then.sums, place) != getattr(now.sums, place), place
    assert then.overdue != now.overdue


def test_a_fund_on_an_earlier_day_tells_nothing_that_happened_later(
    district: SmallDistrict,
) -> None:
    client = signed_in(district.cast.officer)
    day = timezone.localdate() - timedelta(days=DAYS_AGO)
    for code in district.codes:
        address = f"/funds/{code}/"
        told = client.get(address, {"as_of": day.isoformat()}).context["timeline"]
        assert told
        assert all(entry.happened_on <= day for entry, _, _ in told)
        newest = client.get(address).context["timeline"][0][0]
        assert newest.happened_on > day


def test_the_next_thing_of_a_fund_leads_to_what_was_not_explained_on_that_day(
    district: SmallDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kongthun.reports.views.funds.set_aside_count", lambda _: 0)
    client = signed_in(district.cast.officer)
    day = timezone.localdate() - timedelta(days=DAYS_AGO)
    led = 0
    for code in district.codes:
        at = f"/funds/{code}/?as_of={day.isoformat()}"
        html = client.get(at).content.decode()
        for href in [href for href, words, _ in pressed(html, at) if words == "ดูที่มา"]:
            assert href == f"/funds/{code}/figures/unexplained/?as_of={day.isoformat()}"
            led += 1
    assert led


@pytest.mark.parametrize("page", ["/area/8016/", "/funds/{code}/purple/"])
def test_searching_keeps_the_day_that_was_asked_about(district: SmallDistrict, page: str) -> None:
    client = signed_in(district.cast.officer)
    day = timezone.localdate() - timedelta(days=DAYS_AGO)
    address = page.format(code=district.codes[0])
    kept = f'<input type="hidden" name="as_of" value="{day.isoformat()}">'
    # Asked in the field's spelling, the day goes on in one that every page can read.
    thai = f"{day.day}/{day.month}/{day.year + 543}"
    for query in ("", "ไม่มีใครชื่อนี้"):
        html = client.get(address, {"as_of": thai, "q": query}).content.decode()
        assert html.count(kept) == 1
        whole = [href for href, words, _ in pressed(html, address) if "ดูทั้งหมด" in words]
        assert whole == ([f"{address}?as_of={day.isoformat()}"] if query else [])
    assert 'name="as_of" value="' not in client.get(f"{address}?q=1").content.decode().replace(
        'id="as-of" name="as_of" value="', ""
    )
