"""The state of all funds of an area: from the village to the nation, and back down to a fund."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.audit.actions import record_deed
from kongthun.domain.early_warning import Care, EarlyWarning, Sign, warning_of
from kongthun.domain.fund_position import FundPosition
from kongthun.domain.money import Money
from kongthun.domain.thai_calendar import fiscal_year, fiscal_year_end
from kongthun.domain.thai_text import search_key
from kongthun.ledger.models import Fund
from kongthun.web.aging_chart import AgingChart, Band
from kongthun.web.as_of import day_asked, on_day
from kongthun.web.position_bar import ORDER, Kind, PositionBar, bar_of, position_sentence

from ..queries.funds import other_groups
from ..queries.roll_up import RollUp, StatusRow, roll_up_by_fund, roll_up_by_node
from ..spreadsheet import district_workbook
from ..wording import BANDS, CARE_STATES, CARE_WORDS, PLACES, SIGNS
from .asking import as_of_asked, path_in_reach

KIND = "kkk"  # what districts report on; neighbour groups are listed beside, never summed in
FUND_LIST_DIGITS = 4  # a district and below list their funds; above, the areas below


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the area's table: a fund or an area below."""

    status: StatusRow
    href: str
    bar: PositionBar
    warning: EarlyWarning
    has_reported: bool

    @property
    def state(self) -> str:
        """The mark of the early warning."""
        return CARE_STATES[self.warning.care]

    @property
    def care_words(self) -> str:
        """The early warning in words."""
        return CARE_WORDS[self.warning.care]

    @property
    def signs(self) -> str:
        """What was seen, in words, where no column of the table says it already."""
        return " · ".join(SIGNS[sign] for sign in self.warning.signs if sign not in _IN_COLUMNS)


_IN_COLUMNS = {Sign.MISSING, Sign.SOME_OVERDUE, Sign.ROWS_SET_ASIDE}
_SORTS = {
    "code": lambda row: row.status.code,
    "households": lambda row: row.status.sums.households,
    "bank": lambda row: row.status.sums.bank,
    "cash": lambda row: row.status.sums.cash,
    "unexplained": lambda row: row.status.sums.unexplained,
    "overdue": lambda row: row.status.overdue,
    "moved": lambda row: row.status.last_movement_on or date.min,
    "rows": lambda row: row.status.set_aside_rows,
}


@scoped(Deed.SEE_AREA, Deed.SEE_FUND, Deed.SEE_OWN_HOUSEHOLD, Deed.ANSWER_SUPPORT)
def home(request: ScopedRequest) -> HttpResponse:
    """Each person's first page: the area held, the fund served, or the own household."""
    reach = request.reach
    held = [holding.area_code for holding in reach.holding_with(Deed.SEE_AREA)]
    if held:
        return redirect(_area_href(_shared(held)))
    if reach.may_anywhere(Deed.ANSWER_SUPPORT):
        return redirect("support:asked")
    own = reach.own_membership()
    fund = Fund.objects.filter(pk=own[0] if own is not None else reach.home_group()).first()
    if fund is None:
        raise PermissionDenied  # appointed to a group whose books are not open yet
    if own is not None and fund.chart != KIND:
        return redirect("ledger:member_book", code=fund.code, number=own[1])
    if own is not None:
        return redirect("reports:household", code=fund.code, number=own[1])
    if fund.chart != KIND:
        return redirect("reports:group", code=fund.code)
    return redirect("reports:fund", code=fund.code)


@scoped(Deed.SEE_AREA)
def area(request: ScopedRequest, code: str = "") -> HttpResponse:
    """One page for any node: where its money is, and its funds or the areas below it."""
    path = path_in_reach(request.reach, code)
    as_of = as_of_asked(request)
    today = timezone.localdate()
    is_list = len(code) >= FUND_LIST_DIGITS
    if is_list:
        roll_up = roll_up_by_fund(code, as_of=as_of, today=today, reach=request.reach, kind=KIND)
    else:
        roll_up = roll_up_by_node(code, as_of=as_of, today=today, reach=request.reach, kind=KIND)
    rows = _rows(roll_up, is_list=is_list)
    shown = _filtered(rows, request)
    sort = request.GET.get("sort", "")
    context = {
        "code": code,
        "node": path[-1],
        "path": path,
        "as_of": as_of,
        "is_today": as_of == today,
        "as_of_text": request.GET.get("as_of", ""),
        "all_href": on_day(request.path, as_of),
        "is_list": is_list,
        "is_part": not _covers(request.reach, code),
        "total": roll_up.total,
        "rows": _sorted(shown, sort),
        "row_count": len(rows),
        "sort": sort,
        "others": other_groups(code, request.reach) if is_list else [],
        "query": request.GET.get("q", ""),
        "bar": _bar(
            roll_up.total.sums,
            as_of,
            of=path[-1].full_name,
            links={
                place: on_day(_figure_href(code, place, is_fund=False), as_of) for place in ORDER
            },
        ),
        "aging": _aging(roll_up.total, as_of),
        "chips": _chips(rows, request, as_of),
        "not_reported_href": on_day("?care=unreported#funds", as_of),
        "not_reported": sum(1 for row in rows if not row.has_reported) if is_list else 0,
        "fiscal_year": fiscal_year(as_of),
        "export_href": on_day(reverse("reports:area_export", kwargs={"code": code}), as_of)
        if is_list
        else "",
        "set_aside_href": _set_aside_href(code),
        "steps_href": reverse("own_work:steps", args=[code]) if code else "",
        "health_href": reverse("assessments:health", args=[code]) if code else "",
    }
    if request.headers.get("HX-Request") and request.headers.get("HX-Target") == "funds":
        return render(request, "reports/parts/fund_table.html", context)
    return render(request, "reports/area.html", context)


@scoped(Deed.SEE_AREA)
def area_figure(request: ScopedRequest, place: str, code: str = "") -> HttpResponse:
    """What a figure of an area is made of: fund by fund (or area by area), then on to entries."""
    path = path_in_reach(request.reach, code)
    if place not in PLACES and place != "overdue":
        raise Http404
    as_of = as_of_asked(request)
    today = timezone.localdate()
    is_list = len(code) >= FUND_LIST_DIGITS
    look = roll_up_by_fund if is_list else roll_up_by_node
    roll_up = look(code, as_of=as_of, today=today, reach=request.reach, kind=KIND)
    parts = []
    for row in roll_up.rows:
        amount = _figure(row, place)
        if amount:
            href = on_day(_figure_href(row.code, place, is_fund=is_list), as_of)
            parts.append((row, amount, href))
    parts.sort(key=lambda part: -abs(part[1]).satang)
    context = {
        "path": path,
        "node": path[-1],
        "code": code,
        "place": place,
        "words": PLACES.get(place, "เงินเกินกำหนด"),
        "as_of": as_of,
        "parts": parts,
        "total": _figure(roll_up.total, place),
        "area_href": on_day(_area_href(code), as_of),
    }
    return render(request, "reports/area_figure.html", context)


@scoped(Deed.SEE_AREA)
def area_export(request: ScopedRequest, code: str) -> HttpResponse:
    """The table of a district or tambon as an Excel workbook, sums as live formulas."""
    path = path_in_reach(request.reach, code)
    if len(code) < FUND_LIST_DIGITS:
        raise Http404
    as_of = as_of_asked(request)
    roll_up = roll_up_by_fund(
        code, as_of=as_of, today=timezone.localdate(), reach=request.reach, kind=KIND
    )
    content = district_workbook(roll_up, place=path[-1].full_name)
    record_deed(
        "export_area",
        user_id=request.reach.user_id,
        area_code=code,
        subject=f"area {code}",
        details={"as_of": as_of.isoformat()},
    )
    response = HttpResponse(
        content,
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = (
        f'attachment; filename="kongthun-{code}-{as_of.isoformat()}.xlsx"'
    )
    return response


# ---- the pieces ---------------------------------------------------------------------------------


def _shared(codes: list[str]) -> str:
    """The node that holds all of these: their common beginning, in whole pairs of digits."""
    same = takewhile(lambda digits: len(set(digits)) == 1, zip(*codes, strict=False))
    length = sum(1 for _ in same)
    return codes[0][: length // 2 * 2]


def _covers(reach: Reach, code: str) -> bool:
    return any(code.startswith(h.area_code) for h in reach.holding_with(Deed.SEE_AREA))


def _area_href(code: str) -> str:
    return reverse("reports:area", kwargs={"code": code}) if code else reverse("reports:nation")


def _set_aside_href(code: str) -> str:
    return f"{reverse('registers:set_aside')}?{urlencode({'area': code})}"


def _figure(row: StatusRow, place: str) -> Money:
    if place == "overdue":
        return row.overdue
    amount: Money = getattr(row.sums, place)
    return amount


def _figure_href(code: str, place: str, *, is_fund: bool) -> str:
    if not code:
        return reverse("reports:nation_figure", kwargs={"place": place})
    if not is_fund:
        return reverse("reports:area_figure", kwargs={"code": code, "place": place})
    if place == "overdue":
        return reverse("reports:yellow", kwargs={"code": code}) + "?show=overdue"
    return reverse("reports:figure", kwargs={"code": code, "place": place})


def _bar(
    sums: FundPosition, as_of: date, *, of: str, links: dict[Kind, str] | None = None
) -> PositionBar:
    return bar_of(
        sums,
        as_of=as_of,
        sentence=position_sentence(sums, of=of),
        links=links,
    )


def _rows(roll_up: RollUp, *, is_list: bool) -> list[Row]:
    year_end = fiscal_year_end(fiscal_year(roll_up.as_of) - 1)
    rows = []
    for status in roll_up.rows:
        warning = warning_of(
            status.sums,
            status.overdue,
            last_movement_on=status.last_movement_on,
            rows_set_aside=status.set_aside_rows,
            as_of=roll_up.as_of,
        )
        href = (
            reverse("reports:fund", kwargs={"code": status.code})
            if is_list
            else _area_href(status.code)
        )
        rows.append(
            Row(
                status=status,
                href=on_day(href, roll_up.as_of),
                bar=_bar(status.sums, roll_up.as_of, of=status.name),
                warning=warning,
                has_reported=status.reported_on is not None and status.reported_on >= year_end,
            )
        )
    return rows


def _by_care(row: Row) -> tuple[int, int, str]:
    concern = abs(row.status.sums.unexplained).satang + row.status.overdue.satang
    return (-row.warning.care, -concern, row.status.code)


def _sorted(rows: list[Row], sort: str) -> list[Row]:
    key = _SORTS.get(sort.removeprefix("-"))
    if key is None:
        return sorted(rows, key=_by_care)
    return sorted(rows, key=key, reverse=sort.startswith("-"))


def _filtered(rows: list[Row], request: HttpRequest) -> list[Row]:
    query = search_key(request.GET.get("q", ""))
    care = request.GET.get("care", "")
    if query:
        rows = [
            row for row in rows if query in search_key(row.status.name) or query in row.status.code
        ]
    if care in _CARES:
        rows = [row for row in rows if row.warning.care == _CARES[care]]
    elif care == "rows":
        rows = [row for row in rows if row.status.set_aside_rows]
    elif care == "unreported":
        rows = [row for row in rows if not row.has_reported]
    return rows


_CARES = {"unexplained": Care.UNEXPLAINED, "visit": Care.VISIT, "watch": Care.WATCH, "ok": Care.OK}


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter with how many rows it shows."""

    label: str
    count: int
    href: str
    current: bool


def _chips(rows: list[Row], request: HttpRequest, as_of: date) -> list[Chip]:
    now = request.GET.get("care", "")
    kept = {name: request.GET[name] for name in ("sort", "q") if request.GET.get(name)}
    kept |= day_asked(as_of)
    counts = {
        "": len(rows),
        **{slug: sum(1 for r in rows if r.warning.care == care) for slug, care in _CARES.items()},
        "rows": sum(1 for r in rows if r.status.set_aside_rows),
        "unreported": sum(1 for r in rows if not r.has_reported),
    }
    labels = {
        "": "ทั้งหมด",
        **{slug: CARE_WORDS[care] for slug, care in _CARES.items()},
        "rows": "มีแถวควรตรวจสอบ",
        "unreported": "ยังไม่รายงานปีล่าสุด",
    }
    return [
        Chip(
            labels[slug],
            count,
            "?" + urlencode({**kept, **({"care": slug} if slug else {})}),
            now == slug,
        )
        for slug, count in counts.items()
        if count or slug in {"", now}
    ]


def _aging(row: StatusRow, as_of: date) -> AgingChart:
    return AgingChart(
        bands=[
            Band(label=label, amount=amount, deferred=deferred, loans=loans)
            for label, amount, deferred, loans in zip(
                BANDS, row.overdue_by_band, row.deferred_by_band, row.late_by_band, strict=True
            )
        ],
        as_of=as_of,
    )
