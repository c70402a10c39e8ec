"""Pages on who came, the short questions before and after, and what was voiced."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.groups.models import Group

from ..actions.briefings import mark_attendees, take_back_row
from ..actions.questions import ask_question, count_sheets, take_back_question
from ..actions.voices import record_voice, take_back_voice
from ..forms import CameForm, NoteForm, QuestionForm, SheetsForm, VoiceForm
from ..models import Attendee, Audience, Briefing, Moment, SaidBy, VoiceKind
from ..queries.briefings import asked_at, attendees_of, invited_to
from ..queries.chairmen import chairmen_of
from ..queries.voices import voice_in_reach
from ..refusals import NotDone
from ..wording import refusal_in_thai
from .asking import ask, briefing_or_404, place_of, reads_names


@scoped(Deed.HOLD_BRIEFINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def came(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Write down who came: chairmen fund by fund, others as on the sheet."""
    found = briefing_or_404(request, code, number, Deed.HOLD_BRIEFINGS)
    is_sent = request.method == "POST"
    form = CameForm(_still_to_come(request, found), request.POST if is_sent else None)
    if is_sent and form.is_valid():
        done = mark_attendees(briefing=found, came=form.came, by=request.reach)
        if not isinstance(done, NotDone):
            messages.success(request, f"บันทึกผู้มาแล้ว {len(form.came):,} คน")
            return redirect("briefings:briefing", code, number)
        form.refuse(done.refusals, refusal_in_thai)
    reads_names(request, found, "who is called")
    context = {"briefing": found, "place": place_of(code), "code": code, "form": form}
    return render(request, "briefings/came.html", context, status=422 if form.errors else 200)


@scoped(Deed.HOLD_BRIEFINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def not_there(request: ScopedRequest, code: str, number: int, place: int) -> HttpResponse:
    """Take back somebody written down by mistake."""
    found = briefing_or_404(request, code, number, Deed.HOLD_BRIEFINGS)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = take_back_row(
            briefing=found,
            what=Attendee,
            number=place,
            note=form.cleaned_data["note"],
            by=request.reach,
        )
        if not isinstance(done, NotDone):
            messages.success(request, "ถอนชื่อนั้นแล้ว")
            return redirect("briefings:briefing", code, number)
        form.refuse(done.refusals, refusal_in_thai)
    words = {
        "title": "ถอนชื่อที่จดผิด",
        "lead": f"ลำดับที่ {place} ในรายชื่อ",
        "what": "บอกว่ารู้ได้อย่างไร",
        "button": "ถอนชื่อ",
    }
    return ask(request, form, words, found=found, place=place_of(code))


@scoped(Deed.HOLD_BRIEFINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Add a short question."""
    found = briefing_or_404(request, code, number, Deed.HOLD_BRIEFINGS)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        done = ask_question(
            briefing=found,
            words=typed["words"],
            answers=typed["answers"].splitlines(),
            right=typed["right"],
            by=request.reach,
        )
        if not isinstance(done, NotDone):
            messages.success(request, f"เพิ่มคำถามข้อ {done.number} แล้ว")
            return redirect("briefings:briefing", code, number)
        form.refuse(done.refusals, refusal_in_thai)
    words = {
        "title": "เพิ่มคำถาม",
        "lead": "ถามก่อนและหลังชี้แจงด้วยข้อเดียวกัน ไม่ต้องลงชื่อในแผ่นคำตอบ",
        "what": "คำถามสั้น ๆ สองถึงห้าข้อก็พอ",
        "button": "เพิ่มคำถาม",
    }
    return ask(request, form, words, found=found, place=place_of(code))


@scoped(Deed.HOLD_BRIEFINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def no_question(request: ScopedRequest, code: str, number: int, place: int) -> HttpResponse:
    """Take back a question."""
    found = briefing_or_404(request, code, number, Deed.HOLD_BRIEFINGS)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = take_back_question(
            briefing=found, number=place, note=form.cleaned_data["note"], by=request.reach
        )
        if not isinstance(done, NotDone):
            messages.success(request, "ถอนคำถามแล้ว")
            return redirect("briefings:briefing", code, number)
        form.refuse(done.refusals, refusal_in_thai)
    words = {
        "title": "ถอนคำถาม",
        "lead": f"ข้อ {place}",
        "what": "บอกเหตุที่ถอน",
        "button": "ถอนคำถาม",
    }
    return ask(request, form, words, found=found, place=place_of(code))


@scoped(Deed.HOLD_BRIEFINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def sheets(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Count the answer sheets of one moment."""
    found = briefing_or_404(request, code, number, Deed.HOLD_BRIEFINGS)
    asked = asked_at(found)
    if not asked:
        return redirect("briefings:question", code, number)
    is_sent = request.method == "POST"
    form = SheetsForm(asked, request.POST if is_sent else None, initial={"moment": Moment.BEFORE})
    if is_sent and form.is_valid():
        typed = form.cleaned_data
        done = count_sheets(
            briefing=found,
            moment=Moment(typed["moment"]),
            answered=typed["answered"],
            right=form.right,
            by=request.reach,
        )
        if not isinstance(done, NotDone):
            messages.success(request, "บันทึกผลคำตอบแล้ว")
            return redirect("briefings:briefing", code, number)
        form.refuse(done.refusals, refusal_in_thai)
    words = {
        "title": "นับแผ่นคำตอบ",
        "lead": "นับรวม ไม่ต้องรู้ว่าแผ่นใดของใคร",
        "what": "ใส่จำนวนแผ่น แล้วจำนวนที่ตอบถูกทีละข้อ",
        "button": "บันทึกผล",
    }
    return ask(request, form, words, found=found, place=place_of(code))


@scoped(Deed.HOLD_BRIEFINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def voice(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Write down a problem or a wish of a fund."""
    found = briefing_or_404(request, code, number, Deed.HOLD_BRIEFINGS)
    groups = Group.objects.filter(request.reach.funds(Deed.HOLD_BRIEFINGS))
    funds = {
        fund.code: fund
        for fund in invited_to(found)
        if request.reach.may(Deed.HOLD_BRIEFINGS, area_code=fund.area_code, group_id=fund.pk)
    }
    asked_for = request.GET.get("fund", "")
    form = VoiceForm(
        [(fund.code, fund.name) for fund in funds.values()],
        request.POST if request.method == "POST" else None,
        initial={
            "group": asked_for if asked_for in funds else "",
            "kind": VoiceKind.PROBLEM,
            "said_by": SaidBy.CHAIRMAN,
        },
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        done = record_voice(
            group=groups.get(code=typed["group"]),
            kind=VoiceKind(typed["kind"]),
            said_by=SaidBy(typed["said_by"]),
            words=typed["words"],
            by=request.reach,
            on=found.held_on,
            briefing=found,
        )
        if not isinstance(done, NotDone):
            messages.success(request, "จดไว้แล้ว เรื่องนี้จะตามไปถึงการแก้ไขปัญหาของกองทุน")
            return redirect("briefings:briefing", code, number)
        form.refuse(done.refusals, refusal_in_thai)
    words = {
        "title": "จดปัญหาและความต้องการ",
        "lead": found.topic,
        "what": "จดตามคำพูดของที่ประชุม",
        "button": "จดไว้",
    }
    return ask(request, form, words, found=found, place=place_of(code))


@scoped(Deed.HOLD_BRIEFINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def no_voice(request: ScopedRequest, code: str, number: int, fund: str, place: int) -> HttpResponse:
    """Take back what was written down by mistake."""
    found = briefing_or_404(request, code, number, Deed.HOLD_BRIEFINGS)
    said = voice_in_reach(fund, place, request.reach, Deed.HOLD_BRIEFINGS)
    if said is None or said.briefing_id != found.pk or said.withdrawn_at is not None:
        raise Http404
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = take_back_voice(
            group=said.group, number=place, note=form.cleaned_data["note"], by=request.reach
        )
        if not isinstance(done, NotDone):
            messages.success(request, "ถอนเรื่องนั้นแล้ว")
            return redirect("briefings:briefing", code, number)
        form.refuse(done.refusals, refusal_in_thai)
    words = {
        "title": "ถอนเรื่องที่จดผิด",
        "lead": f"{said.group.name}: {said.words}",
        "what": "บอกว่ารู้ได้อย่างไร",
        "button": "ถอนเรื่องนี้",
    }
    return ask(request, form, words, found=found, place=place_of(code))


# --- below the line -------------------------------------------------------------------------


def _still_to_come(request: ScopedRequest, found: Briefing) -> list[tuple[Group, str]]:
    """The funds whose chairman is called and not written down yet, each with who that is."""
    if found.audience != Audience.CHAIRMEN:
        return []
    there = {each.group_id for each in attendees_of(found)}
    funds = [fund for fund in invited_to(found) if fund.pk not in there]
    chairmen = chairmen_of([fund.pk for fund in funds], found.held_on)
    lines = []
    for fund in funds:
        person = chairmen.get(fund.pk)
        may = request.reach.may(Deed.SEE_NAMES, area_code=fund.area_code, group_id=fund.pk)
        lines.append((fund.group, person.name.full if person is not None and may else ""))
    return lines
