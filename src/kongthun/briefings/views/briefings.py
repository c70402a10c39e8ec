"""Pages of briefings: the list, calling one, what came of it, its materials and papers."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.activities.forms_plans import time_words
from kongthun.areas.models import Level
from kongthun.audit.actions import evidence_path
from kongthun.audit.answers import kind_of_paper
from kongthun.papers import Digits

from ..actions.briefings import add_material, hold_briefing, take_back_row, withdraw_briefing
from ..forms import BriefingForm, MaterialForm, NoteForm
from ..models import Audience, Briefing, Material
from ..papers import (
    BriefingInvitation,
    BriefingSheet,
    ToSign,
    print_briefing_invitation,
    print_briefing_sheet,
)
from ..queries.briefings import (
    asked_at,
    attendees_of,
    briefings_in_reach,
    invited_to,
    learned,
    materials_of,
)
from ..queries.chairmen import chairmen_of
from ..queries.voices import voices_at
from ..refusals import NotDone
from ..wording import refusal_in_thai
from .asking import area_or_404, ask, briefing_or_404, holds, place_of, reads_names

PER_PAGE = 20
SPARE_LINES = 6
_INVITED = {
    Audience.OFFICERS: "เจ้าหน้าที่พัฒนาชุมชนและคณะกรรมการเครือข่าย กข.คจ.",
    Audience.CHAIRMEN: "ประธานคณะกรรมการกองทุน กข.คจ. ทุกหมู่บ้าน",
}


@scoped(Deed.SEE_AREA)
@require_safe
def briefings(request: ScopedRequest, code: str) -> HttpResponse:
    """The briefings of an area, the latest first."""
    place = area_or_404(request, code)
    listed = briefings_in_reach(code, request.reach)
    context = {
        "place": place,
        "code": code,
        "page": Paginator(listed, PER_PAGE).get_page(request.GET.get("page")),
        "may_hold": holds(request.reach, code),
        "today": request.reach.day,
    }
    return render(request, "briefings/briefings.html", context)


@scoped(Deed.HOLD_BRIEFINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: ScopedRequest, code: str) -> HttpResponse:
    """Call a briefing, or write down one that was held."""
    place = area_or_404(request, code, Deed.HOLD_BRIEFINGS)
    form = BriefingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        done = hold_briefing(
            area_code=code,
            topic=typed["topic"],
            audience=Audience(typed["audience"]),
            on=typed["held_on"],
            by=request.reach,
            starts_at=typed["starts_at"],
            place=typed["place"],
            agenda=typed["agenda"],
        )
        if not isinstance(done, NotDone):
            messages.success(request, "บันทึกการชี้แจงแล้ว")
            return redirect("briefings:briefing", code, done.briefing.number)
        form.refuse(done.refusals, refusal_in_thai)
    words = {
        "title": "ประชุมชี้แจง",
        "lead": place.full_name,
        "what": "นัดไว้ก่อนหรือจดย้อนหลังก็ได้",
        "button": "บันทึกการชี้แจง",
    }
    return ask(request, form, words, place=place)


@scoped(Deed.SEE_AREA)
@require_safe
def briefing(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """One briefing: who came, what was learned, what was voiced."""
    found = briefing_or_404(request, code, number)
    asked = asked_at(found)
    with_names = reads_names(request, found, "who came")
    people = attendees_of(found)
    context = {
        "briefing": found,
        "place": place_of(code),
        "code": code,
        "agenda": found.agenda.splitlines(),
        "materials": materials_of(found),
        "people": people,
        "funds_there": len({each.group_id for each in people if each.group_id}),
        "funds_called": len(invited_to(found)) if found.audience == Audience.CHAIRMEN else 0,
        "with_names": with_names,
        "asked": asked,
        "learned": learned(asked),
        "voices": voices_at(found, request.reach),
        "holds": holds(request.reach, code),
        "is_held": found.held_on <= request.reach.day,
    }
    return render(request, "briefings/briefing.html", context)


@scoped(Deed.HOLD_BRIEFINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Take back a briefing that was not held, or written down by mistake."""
    found = briefing_or_404(request, code, number, Deed.HOLD_BRIEFINGS)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = withdraw_briefing(briefing=found, note=form.cleaned_data["note"], by=request.reach)
        if not isinstance(done, NotDone):
            messages.success(request, "ถอนการชี้แจงนั้นแล้ว ยังเก็บไว้พร้อมเหตุผล")
            return redirect("briefings:briefings", code)
        form.refuse(done.refusals, refusal_in_thai)
    words = {
        "title": "ถอนการชี้แจง",
        "lead": found.topic,
        "what": "บอกว่าไม่ได้จัด หรือจดผิดอย่างไร",
        "button": "ถอนการชี้แจง",
    }
    return ask(request, form, words, found=found, place=place_of(code))


@scoped(Deed.HOLD_BRIEFINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_file(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Keep a file that is handed out or shown."""
    found = briefing_or_404(request, code, number, Deed.HOLD_BRIEFINGS)
    is_sent = request.method == "POST"
    form = MaterialForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and form.is_valid():
        typed = form.cleaned_data
        done = add_material(
            briefing=found, title=typed["title"], file=typed["file"], by=request.reach
        )
        if not isinstance(done, NotDone):
            messages.success(request, "เก็บเอกสารแล้ว")
            return redirect("briefings:briefing", code, number)
        form.refuse(done.refusals, refusal_in_thai)
    words = {
        "title": "เพิ่มเอกสารประกอบ",
        "lead": found.topic,
        "what": "เลือกไฟล์ PDF หรือภาพ",
        "button": "เก็บเอกสาร",
    }
    return ask(request, form, words, found=found, place=place_of(code))


@scoped(Deed.SEE_AREA)
@require_safe
def file(request: ScopedRequest, code: str, number: int, place: int) -> HttpResponse:
    """A material, to be taken away under its number."""
    found = briefing_or_404(request, code, number)
    kept = next((each for each in materials_of(found) if each.number == place), None)
    where = evidence_path(kept.sha256) if kept else None
    if where is None or not where.exists():
        raise Http404
    content = where.read_bytes()
    kind = kind_of_paper(content[:12])
    if kind is None:
        raise Http404
    name = f"briefing-{code}-{number}-{place}{kind[1]}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=kind[0], headers=headers)


@scoped(Deed.HOLD_BRIEFINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back_file(request: ScopedRequest, code: str, number: int, place: int) -> HttpResponse:
    """Take back a material that was added by mistake."""
    found = briefing_or_404(request, code, number, Deed.HOLD_BRIEFINGS)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = take_back_row(
            briefing=found,
            what=Material,
            number=place,
            note=form.cleaned_data["note"],
            by=request.reach,
        )
        if not isinstance(done, NotDone):
            messages.success(request, "ถอนเอกสารแล้ว")
            return redirect("briefings:briefing", code, number)
        form.refuse(done.refusals, refusal_in_thai)
    words = {
        "title": "ถอนเอกสาร",
        "lead": found.topic,
        "what": "บอกเหตุที่ถอน",
        "button": "ถอนเอกสาร",
    }
    return ask(request, form, words, found=found, place=place_of(code))


@scoped(Deed.HOLD_BRIEFINGS)
@require_safe
def invitation(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """หนังสือเชิญประชุมชี้แจง as PDF; who signs is left to be written."""
    found = briefing_or_404(request, code, number, Deed.HOLD_BRIEFINGS)
    paper = BriefingInvitation(
        office=_office(code),
        called_on=min(found.held_on, request.reach.day),
        topic=found.topic,
        invited=_INVITED[Audience(found.audience)],
        held_on=found.held_on,
        starts_at=time_words(found.starts_at) if found.starts_at else None,
        place=found.place or None,
        agenda=tuple(found.agenda.splitlines()),
        signer=None,
        title="พัฒนาการจังหวัด" if len(code) < Level.DISTRICT.value else "พัฒนาการอำเภอ",
    )
    pdf = print_briefing_invitation(paper, digits=_digits(request))
    return _pdf(pdf, f"briefing-{code}-{number}-invitation.pdf")


@scoped(Deed.HOLD_BRIEFINGS)
@require_safe
def sheet(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """ใบลงลายมือชื่อ as PDF: who came, or the chairmen who are called, and lines for others."""
    found = briefing_or_404(request, code, number, Deed.HOLD_BRIEFINGS)
    reads_names(request, found, "sheet")
    paper = BriefingSheet(
        office=_office(code),
        topic=found.topic,
        held_on=found.held_on,
        starts_at=time_words(found.starts_at) if found.starts_at else None,
        place=found.place or None,
        people=_to_sign(request, found),
        spare=SPARE_LINES,
    )
    pdf = print_briefing_sheet(paper, digits=_digits(request))
    return _pdf(pdf, f"briefing-{code}-{number}-sheet.pdf")


# --- below the line -------------------------------------------------------------------------


def _to_sign(request: ScopedRequest, found: Briefing) -> tuple[ToSign, ...]:
    people = attendees_of(found)
    if people:
        return tuple(
            ToSign(each.name, each.position, each.group.name if each.group else "")
            for each in people
        )
    if found.audience != Audience.CHAIRMEN:
        return tuple(ToSign(None, "", "") for _ in range(SPARE_LINES))
    funds = invited_to(found)
    chairmen = chairmen_of([fund.pk for fund in funds], found.held_on)
    may = request.reach.may
    lines = []
    for fund in funds:
        person = chairmen.get(fund.pk)
        is_named = person is not None and may(
            Deed.SEE_NAMES, area_code=fund.area_code, group_id=fund.pk
        )
        name = person.name.full if person is not None and is_named else None
        lines.append(ToSign(name, "ประธานกรรมการ", fund.name))
    return tuple(lines)


def _office(code: str) -> str:
    """The office that calls: of the district, or of the province for a briefing of a province."""
    return f"สำนักงานพัฒนาชุมชน{place_of(code[: Level.DISTRICT.value]).full_name}"


def _digits(request: ScopedRequest) -> Digits:
    return "arabic" if request.GET.get("digits") == "arabic" else "thai"


def _pdf(pdf: bytes, name: str) -> HttpResponse:
    disposition = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=disposition)
