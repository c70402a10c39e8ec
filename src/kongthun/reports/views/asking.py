"""What a page is asked for in its address: a day, a sort, a filter. Bad input falls back gently."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.areas.models import Node
from kongthun.areas.queries import path_to
from kongthun.domain.thai_calendar import UnreadableDate, read_date


def as_of_asked(request: HttpRequest) -> date:
    """The day the reader asks about; today if they ask none, or one that can not be read."""
    today = timezone.localdate()
    text = request.GET.get("as_of", "").strip()
    if not text:
        return today
    day = read_date(text)
    if isinstance(day, UnreadableDate):
        messages.warning(
            request,
            f"อ่านวันที่ “{text[:40]}” ไม่ได้ จึงแสดงข้อมูลของวันนี้ ลองพิมพ์เช่น 30/9/2568 หรือ ๓๐ ก.ย. ๖๘",
        )
        return today
    if day > today:
        messages.warning(request, "วันที่ที่ขอยังมาไม่ถึง จึงแสดงข้อมูลของวันนี้")
        return today
    return day


def page_asked(request: HttpRequest) -> int:
    """Which page of a list; the first if the address says anything else."""
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def path_in_reach(reach: Reach, code: str, deed: Deed = Deed.SEE_AREA) -> list[Node]:
    """The way to an area that the reader holds the deed in, wholly or in part, or above it.

    Anything else is not found. People of one fund hold no area.
    """
    held = [each.area_code for each in reach.holding_with(deed) if each.group_id is None]
    if not any(code.startswith(area) or area.startswith(code) for area in held):
        raise Http404
    path = path_to(code)
    if path[-1].code != code:
        raise Http404
    return path


def doors_of(reach: Reach, area_code: str, group_id: int, code: str) -> list[tuple[str, str]]:
    """What stands beside a fund's books for this reader: words and address."""
    doors = [
        ("สุขภาพเงินทุน", "assessments:index", Deed.SEE_FUND),
        ("เรื่องแก้ไขปัญหา", "cases:of_fund", Deed.SEE_CASES),
        ("คำบอกยอดยกมา", "openings:openings", Deed.SEE_FUND),
        ("เอกสารที่เก็บไว้", "reports:papers", Deed.SEE_FUND),
    ]
    return [
        (words, reverse(name, args=[code]))
        for words, name, deed in doors
        if reach.may(deed, area_code=area_code, group_id=group_id)
    ]
