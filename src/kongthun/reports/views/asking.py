"""What a page is asked for in its address: a day, a sort, a filter. Bad input falls back gently."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

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
