"""Handing out a paper of a fund, to whoever a page has found entitled to it."""

from __future__ import annotations

from pathlib import Path

from django.http import Http404, HttpResponse
from django.utils import timezone

from kongthun.domain.thai_calendar import long
from kongthun.web.wording import Refusal

from .actions import evidence_path
from .models import Evidence, Redaction
from .papers import paper_of

# What a file begins with, and what it then is: its name may say anything. Nothing else is handed
# out, so that no kept file is ever read as a page (HTML, SVG) by a browser.
_PDF, _JPEG, _PNG = b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_KINDS = {
    _PDF: ("application/pdf", ".pdf"),
    _JPEG: ("image/jpeg", ".jpg"),
    _PNG: ("image/png", ".png"),
}


def kind_of_paper(beginning: bytes) -> tuple[str, str] | None:
    """Media type and suffix of a paper by its first 12 bytes; None for whatever we do not keep."""
    if beginning[:4] == b"RIFF" and beginning[8:12] == b"WEBP":
        return ("image/webp", ".webp")
    return next((kind for mark, kind in _KINDS.items() if beginning.startswith(mark)), None)


def paper_answer(
    fund_id: int, sha256: str, name: str, *, shows_photos: bool = False
) -> HttpResponse:
    """A paper of this fund to be taken away under ``name`` and its own suffix.

    ``shows_photos`` lets a photo be shown in a page instead. The page has asked before whether its
    reader may, and that its own row names this content. Raises Http404 where the fund keeps no such
    paper or its file is not there, with words of its own where the content was redacted.
    """
    place = _place_of(fund_id, sha256)
    content = place.read_bytes() if place is not None else b""
    kind = kind_of_paper(content[:12])
    if kind is None:
        raise Http404
    media_type, suffix = kind
    how = "inline" if shows_photos and media_type.startswith("image/") else "attachment"
    headers = {
        "Content-Disposition": f'{how}; filename="{name}{suffix}"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=media_type, headers=headers)


def _place_of(fund_id: int, sha256: str) -> Path | None:
    paper = paper_of(fund_id, sha256) if sha256 else None
    if paper is not None:
        if paper.redaction is not None:
            raise Http404(_redacted(paper.redaction))
        return paper.path
    # Kept before funds had a record of papers: no fund's paper, and never redacted.
    before = Evidence.objects.filter(sha256=sha256, is_of_papers_only=False)
    place = evidence_path(sha256) if sha256 and before.exists() else None
    return place if place is not None and place.exists() else None


def _redacted(redaction: Redaction) -> Refusal:
    on = timezone.localdate(redaction.redacted_at)
    return Refusal(
        title="เนื้อหาของเอกสารนี้ปิดแล้ว",
        happened=f"เนื้อหาถูกนำออกเมื่อ {long(on)} เหตุผลอยู่ในหน้าเอกสารของกลุ่ม",
        safe="รายการที่อ้างเอกสารนี้ยังอยู่ครบ และสมุดยังตรวจได้ว่าไม่มีสิ่งใดถูกแก้",
        do="หากยังต้องใช้ ขอฉบับเดิมจากผู้ที่ส่งเอกสารนี้ แล้วเก็บใหม่โดยปิดส่วนที่ไม่ควรเห็น",
        who="พัฒนาการอำเภอเป็นผู้ปิดเนื้อหาเอกสาร",
    )
