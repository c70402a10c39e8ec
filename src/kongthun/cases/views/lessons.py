"""Lessons learned: the list for everybody, one lesson, writing it, reading it, printing it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.audit.actions import record_deed
from kongthun.groups.models import Group
from kongthun.papers import Digits

from ..actions.lessons import (
    LessonKept,
    change_lesson,
    hand_in_lesson,
    publish_lesson,
    send_lesson_back,
    take_lesson_down,
    write_lesson,
)
from ..forms_lessons import LessonForm, LessonNoteForm
from ..lesson_papers import FigureOnPaper, LessonPaper, print_lesson
from ..lesson_refusals import LessonRefusal, NotDone, PartsEmpty
from ..lesson_wording import figures_in_thai, refusal_in_thai
from ..models import Lesson
from ..queries.facts import case_in_reach
from ..queries.lessons import (
    LessonFacts,
    LessonWords,
    begun_from,
    excerpt_of,
    facts_for_lesson,
    lesson_in_reach,
    lessons_being_written,
    lessons_of,
    lessons_to_read,
    may_see_case,
    parts_of,
    place_of,
    places_of,
    published_lessons,
    reads,
    works_on,
)

LESSONS_A_PAGE = 20


@scoped(Deed.READ_LIBRARY)
@require_safe
def lessons(request: ScopedRequest) -> HttpResponse:
    """What was published, the newest first or with the words looked for; and what waits."""
    words = request.GET.get("q", "").strip()[:100]
    page = Paginator(published_lessons(words), LESSONS_A_PAGE).get_page(request.GET.get("page"))
    listed = list(page.object_list)
    places = places_of(lesson.group for lesson in listed)
    context = {
        "words": words,
        "page_obj": page,
        "found": [
            (lesson, places.get(lesson.group_id, ""), excerpt_of(lesson, words))
            for lesson in listed
        ],
        "to_read": lessons_to_read(request.reach),
        "being_written": lessons_being_written(request.reach),
    }
    return render(request, "cases/lessons.html", context)


@scoped(Deed.READ_LIBRARY)
@require_safe
def lesson(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """One lesson, with the figures behind it and what its reader may do next."""
    found = _lesson_or_404(request, code, number)
    return _one(request, found)


@scoped(Deed.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: ScopedRequest, code: str, case_number: int) -> HttpResponse:
    """Begin a lesson from a case: what is known of it stands there already."""
    state = case_in_reach(code, case_number, request.reach, Deed.WORK_CASES)
    if state is None:
        raise Http404
    if request.method == "POST":
        form = LessonForm(request.POST)
        if form.is_valid():
            done = write_lesson(state=state, words=form.words, by=request.reach)
            if isinstance(done, LessonKept):
                messages.success(request, "เก็บร่างบทเรียนแล้ว เขียนต่อเมื่อไรก็ได้")
                return redirect("cases:lesson", code, done.number)
            form.refuse(done.refusals)
    else:
        known = lessons_of(state, request.reach)
        waiting = next((each for each in known.lessons if each.published_on is None), None)
        if waiting is not None:
            return redirect("cases:lesson", code, waiting.number)
        begun = begun_from(
            state, facts_for_lesson(state, request.reach.day), author_name=request.reach.name
        )
        form = LessonForm(initial=begun.by_name())
    return _form(
        request,
        state.case.group,
        form,
        title="ถอดบทเรียน",
        lead="ระบบเติมสิ่งที่รู้จากเรื่องและสมุดไว้ให้แล้ว อ่านทวน เล่าต่อด้วยคำของท่าน",
    )


@scoped(Deed.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Write on at a draft."""
    found = _lesson_or_404(request, code, number)
    if not works_on(found.group, request.reach):
        raise Http404
    if request.method == "POST":
        form = LessonForm(request.POST)
        if form.is_valid():
            done = change_lesson(
                group=found.group, number=number, words=form.words, by=request.reach
            )
            if isinstance(done, LessonKept):
                messages.success(request, "เก็บร่างบทเรียนแล้ว")
                return redirect("cases:lesson", code, number)
            form.refuse(done.refusals)
    elif found.handed_in_on is not None or found.taken_down_at is not None:
        return redirect("cases:lesson", code, number)
    else:
        form = LessonForm(initial=LessonWords.of(found).by_name())
    return _form(request, found.group, form, title="เขียนบทเรียนต่อ", lead=found.read_note)


@scoped(Deed.WORK_CASES)
@require_POST
def hand_in(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Give a draft to be read."""
    found = _lesson_or_404(request, code, number)
    if not works_on(found.group, request.reach):
        raise Http404
    done = hand_in_lesson(group=found.group, number=number, by=request.reach)
    return _after(request, found, done, "ส่งบทเรียนแล้ว รอผู้อื่นอ่านก่อนเผยแพร่")


@scoped(Deed.PUBLISH_LESSONS)
@require_POST
def publish(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Let everybody read it."""
    found = _lesson_or_404(request, code, number)
    if not reads(found.group, request.reach):
        raise Http404
    done = publish_lesson(group=found.group, number=number, by=request.reach)
    return _after(request, found, done, "เผยแพร่แล้ว ทุกคนที่ลงชื่อเข้าใช้อ่านได้")


@scoped(Deed.PUBLISH_LESSONS)
@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Give it back to be written on, with what would make it better."""
    found = _lesson_or_404(request, code, number)
    if not reads(found.group, request.reach):
        raise Http404
    return _with_note(
        request,
        found,
        lambda note: send_lesson_back(
            group=found.group, number=number, note=note, by=request.reach
        ),
        title="ส่งบทเรียนกลับ",
        button="ส่งกลับ",
        lead="บอกสิ่งที่ดีอยู่แล้ว และสิ่งที่ควรเพิ่ม ผู้เขียนจะเห็นข้อความนี้",
        words="ส่งกลับให้ผู้เขียนแล้ว",
    )


@scoped(Deed.PUBLISH_LESSONS, Deed.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def take_down(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Take a published lesson down, or give up a draft."""
    found = _lesson_or_404(request, code, number)
    if not _may_take_down(found, request):
        raise Http404
    is_out = found.published_on is not None
    return _with_note(
        request,
        found,
        lambda note: take_lesson_down(
            group=found.group, number=number, note=note, by=request.reach
        ),
        title="นำบทเรียนลง" if is_out else "เลิกเขียนฉบับนี้",
        button="นำลง" if is_out else "เลิกเขียน",
        lead="ข้อความเดิมยังเก็บไว้ แต่ไม่แสดงให้คนทั่วไปอ่าน",
        words="นำลงแล้ว",
    )


@scoped(Deed.READ_LIBRARY)
@require_safe
def paper(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """The lesson as a PDF."""
    found = _lesson_or_404(request, code, number)
    facts = LessonFacts.from_data(found.facts)
    digits: Digits = "thai" if request.GET.get("digits") == "thai" else "arabic"
    pdf = print_lesson(
        LessonPaper(
            title=found.title,
            author_name=found.author_name,
            office=found.office,
            place=place_of(found.group),
            published_on=found.published_on,
            facts_on=facts.on("day") if facts else None,
            parts=tuple(parts_of(found)),
            figures=tuple(FigureOnPaper(*each) for each in figures_in_thai(facts)) if facts else (),
        ),
        digits=digits,
    )
    record_deed(
        "export_lesson",
        user_id=request.reach.user_id,
        area_code=found.group.area_code,
        fund_id=found.group_id,
        subject=f"lesson {number}",
    )
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="lesson-{code}-{number}.pdf"'},
    )


# --- below the line -------------------------------------------------------------------------


def _lesson_or_404(request: ScopedRequest, code: str, number: int) -> Lesson:
    found = lesson_in_reach(code, number, request.reach)
    if found is None:
        raise Http404
    return found


def _may_take_down(found: Lesson, request: ScopedRequest) -> bool:
    if found.taken_down_at is not None:
        return False
    if found.published_on is not None:
        return reads(found.group, request.reach)
    return found.handed_in_on is None and works_on(found.group, request.reach)


def _one(
    request: ScopedRequest, found: Lesson, refusals: tuple[LessonRefusal, ...] = ()
) -> HttpResponse:
    reach = request.reach
    facts = LessonFacts.from_data(found.facts)
    is_standing = found.taken_down_at is None
    is_draft = is_standing and found.handed_in_on is None
    is_waiting = is_standing and found.handed_in_on is not None and found.published_on is None
    is_own = found.written_by_id == reach.user_id
    works = works_on(found.group, reach)
    context = {
        "lesson": found,
        "code": found.group.code,
        "place": place_of(found.group),
        "parts": parts_of(found),
        "facts_on": facts.on("day") if facts else None,
        "figures": figures_in_thai(facts) if facts else [],
        "refused": [refusal_in_thai(refusal) for refusal in refusals],
        "lacks_parts": any(isinstance(each, PartsEmpty) for each in refusals),
        "may_write": is_draft and works,
        "may_answer": is_waiting and not is_own and reads(found.group, reach),
        "may_take_down": _may_take_down(found, request),
        "is_waiting": is_waiting,
        "is_draft": is_draft,
        "sees_case": (works or reads(found.group, reach)) and may_see_case(found, reach),
    }
    return render(request, "cases/lesson.html", context, status=422 if refusals else 200)


def _after(
    request: ScopedRequest, found: Lesson, done: LessonKept | NotDone, words: str
) -> HttpResponse:
    if isinstance(done, NotDone):
        return _one(request, found, done.refusals)
    messages.success(request, words)
    return redirect("cases:lesson", found.group.code, found.number)


def _with_note(
    request: ScopedRequest,
    found: Lesson,
    deed: Callable[[str], LessonKept | NotDone],
    *,
    title: str,
    button: str,
    lead: str,
    words: str,
) -> HttpResponse:
    form = LessonNoteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = deed(form.cleaned_data["note"])
        if isinstance(done, LessonKept):
            messages.success(request, words)
            return redirect("cases:lessons")
        form.refuse(done.refusals)
    return _form(
        request,
        found.group,
        form,
        title=title,
        lead=lead,
        button=button,
        step=(found.title, reverse("cases:lesson", args=[found.group.code, found.number])),
    )


def _form(
    request: ScopedRequest,
    group: Group,
    form: LessonForm | LessonNoteForm,
    *,
    title: str,
    lead: str = "",
    button: str = "เก็บร่าง",
    step: tuple[str, str] | None = None,
) -> HttpResponse:
    context = {
        "group": group,
        "form": form,
        "title": title,
        "lead": lead,
        "button": button,
        "step": step,
    }
    status = 422 if form.is_bound else 200
    return render(request, "cases/lesson_form.html", context, status=status)
