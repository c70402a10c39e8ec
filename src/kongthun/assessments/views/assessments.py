"""A group's assessments: answering one at a visit, section by section, and reading what came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.audit.answers import paper_answer
from kongthun.domain import assessment as judging
from kongthun.domain.assessment import (
    Became,
    Compared,
    ItemResult,
    Kind,
    Measured,
    Questionnaire,
    Section,
    assess,
    compare,
    one_step,
)
from kongthun.domain.thai_calendar import numeric
from kongthun.groups.models import Group

from ..actions import (
    AnswersKept,
    Begun,
    Finished,
    answer_section,
    begin_assessment,
    finish_assessment,
    withdraw_assessment,
)
from ..forms import FinishForm, Question, SectionForm, WithdrawForm
from ..measures import MEASURES
from ..models import Assessment
from ..queries.frozen import KeptAnswer, answers_of, facts_of, judged_again, questionnaire_of
from ..queries.measures import measures_of
from ..queries.results import (
    Result,
    code_for,
    draft_of,
    history_of,
    one_before,
    result_of,
)
from ..wording import (
    BECAME,
    MISSING,
    QUALITY,
    QUALITY_MEANS,
    choice_in_thai,
    refusal_in_thai,
    share_in_thai,
    state_of,
    step_in_thai,
    value_in_thai,
)
from .asking import assessment_or_404, draft_or_404, group_or_404, may

_BECAME_STATES = {Became.BETTER: "ok", Became.WORSE: "watch"}


@scoped(Deed.SEE_FUND)
@require_safe
def index(request: ScopedRequest, code: str) -> HttpResponse:
    """Every result of a group, the latest first, and the door to the next."""
    group = group_or_404(request, code, Deed.SEE_FUND)
    asked = code_for(group.kind)
    rows = history_of(group, asked)
    draft = draft_of(group, asked) if may(request, Deed.ASSESS, group) else None
    context = {
        **_head(group),
        "rows": [Line.of(result_of(row, questionnaire_of(row.version.data))) for row in rows],
        "draft": draft,
        "draft_href_section": _sections(draft)[0].code if draft is not None else "",
        "may_assess": may(request, Deed.ASSESS, group),
    }
    return render(request, "assessments/index.html", context)


@scoped(Deed.ASSESS)
@require_POST
def begin(request: ScopedRequest, code: str) -> HttpResponse:
    """Begin a visit, or go on with the one that was begun."""
    group = group_or_404(request, code, Deed.ASSESS)
    done = begin_assessment(
        group=group, code=code_for(group.kind), by=request.reach, on=request.reach.day
    )
    if isinstance(done, Begun):
        first = _sections(draft_or_404(group, done.number))[0]
        return redirect("assessments:answer", code, done.number, first.code)
    for refusal in done.refusals:
        messages.error(request, refusal_in_thai(refusal))
    return redirect("assessments:index", code)


@scoped(Deed.ASSESS)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: ScopedRequest, code: str, number: int, section: str) -> HttpResponse:
    """One section: what the books say, and what people do. Kept as one goes on to the next."""
    group = group_or_404(request, code, Deed.ASSESS)
    draft = draft_or_404(group, number)
    sections = _sections(draft)
    place = next((n for n, each in enumerate(sections) if each.code == section), None)
    if place is None:
        raise Http404
    is_sent = request.method == "POST"
    form = SectionForm(
        sections[place],
        answers_of(draft),
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
    )
    after = sections[place + 1].code if place + 1 < len(sections) else None
    if is_sent and form.is_valid():
        done = answer_section(
            group=group,
            number=number,
            section=section,
            said=form.said,
            by=request.reach,
            on=request.reach.day,
        )
        if isinstance(done, AnswersKept):
            if after is None:
                return redirect("assessments:finish", code, number)
            return redirect("assessments:answer", code, number, after)
        form.refuse(done.refusals)
    facts = measures_of([group.pk], request.reach.day)[group.pk]
    context = {
        **_head(group),
        "draft": draft,
        "form": form,
        "section": sections[place],
        "place": place + 1,
        "sections": sections,
        "before": sections[place - 1].code if place else None,
        "is_last": after is None,
        "questions": [
            (question, _figure_now(question, facts, code)) for question in form.questions
        ],
    }
    return render(request, "assessments/answer.html", context, status=422 if form.errors else 200)


@scoped(Deed.ASSESS)
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """What was answered and what was not; closed, nothing of it changes any more."""
    group = group_or_404(request, code, Deed.ASSESS)
    draft = draft_or_404(group, number)
    today = request.reach.day
    form = FinishForm(request.POST if request.method == "POST" else {"on": numeric(today)})
    if request.method == "POST" and form.is_valid():
        done = finish_assessment(
            group=group, number=number, by=request.reach, on=form.cleaned_data["on"]
        )
        if isinstance(done, Finished):
            messages.success(request, "บันทึกผลประเมินแล้ว")
            return redirect("assessments:result", code, number)
        form.refuse(done.refusals)
    asked = questionnaire_of(draft.version.data)
    answers = answers_of(draft)
    found = assess(
        asked,
        measures_of([group.pk], today)[group.pk],
        {item: kept.answered for item, kept in answers.items()},
        as_of=today,
    )
    context = {
        **_head(group),
        "draft": draft,
        "form": form,
        "answered": sum(1 for each in found.items if each.missing is None),
        "items": len(found.items),
        "open": [
            (each.item.question, MISSING[each.missing], each.section, each.item.kind is Kind.MANUAL)
            for each in found.items
            if each.missing is not None
        ],
        "last_section": asked.sections[-1].code,
    }
    is_refused = request.method == "POST" and form.errors
    return render(request, "assessments/finish.html", context, status=422 if is_refused else 200)


@scoped(Deed.SEE_FUND)
@require_safe
def result(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """What came of it: the level, how sure it is, what is weakest, the one step, every figure."""
    group = group_or_404(request, code, Deed.SEE_FUND)
    row = assessment_or_404(group, number)
    if row.finished_at is None:
        if not may(request, Deed.ASSESS, group):
            raise Http404
        return redirect("assessments:answer", code, number, _sections(row)[0].code)
    asked = questionnaire_of(row.version.data)
    found = judged_again(row)
    before = one_before(row)
    then = judged_again(before) if before is not None else None
    compared = {each.code: each for each in compare(then, found)} if then is not None else {}
    answers = answers_of(row)
    step = one_step(
        asked,
        facts_of(row),
        {item: kept.answered for item, kept in answers.items()},
        as_of=found.as_of,
    )
    sees_photos = may(request, Deed.SEE_NAMES, group)
    context = {
        **_head(group),
        "row": row,
        "asked": asked,
        "line": Line.of(result_of(row, asked)),
        "found": found,
        "at_least": _share(found.at_least),
        "at_most": _share(found.at_most),
        "sure": found.sure_level.name,
        "known": share_in_thai(found.quality.known_share),
        "fresh": share_in_thai(found.quality.fresh_share),
        "quality_means": QUALITY_MEANS[found.quality.mark],
        "step": step_in_thai(asked, step) if step is not None else "",
        "sections": [
            (
                section,
                _share(of.share) if of.share is not None else "ยังไม่รู้",
                [
                    _told(each, compared.get(each.code), answers, code, sees_photos=sees_photos)
                    for each in found.items
                    if each.section == section.code
                ],
            )
            for section, of in zip(asked.sections, found.sections, strict=True)
        ],
        "before": Line.of(result_of(before, questionnaire_of(before.version.data)))
        if before is not None
        else None,
        "changes": _changes(compared.values()),
        "may_assess": may(request, Deed.ASSESS, group),
    }
    return render(request, "assessments/result.html", context)


@scoped(Deed.ASSESS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Take back a result that was wrong, or give up a draft, saying why."""
    group = group_or_404(request, code, Deed.ASSESS)
    row = assessment_or_404(group, number)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = withdraw_assessment(
            group=group, number=number, words=form.cleaned_data["words"], by=request.reach
        )
        if isinstance(done, Finished | Begun):
            messages.success(request, "ถอนแล้ว ยังเก็บไว้ในบันทึก แต่ไม่นับเป็นผลประเมิน")
            return redirect("assessments:index", code)
        form.refuse(done.refusals)
    context = {**_head(group), "row": row, "form": form}
    return render(request, "assessments/withdraw.html", context, status=422 if form.errors else 200)


@scoped(Deed.SEE_NAMES)
@require_safe
def photo(request: ScopedRequest, code: str, number: int, item: str) -> HttpResponse:
    """What shows an answer. Faces are names: only who sees names sees them."""
    group = group_or_404(request, code, Deed.SEE_NAMES)
    kept = answers_of(assessment_or_404(group, number)).get(item)
    if kept is None or not kept.photo:
        raise Http404
    return paper_answer(
        group.pk, kept.photo, f"{code}-assessment-{number}-{item}", shows_photos=True
    )


# ---- the pieces ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A result as a list shows it."""

    result: Result
    state: str
    level: str
    share: str
    sure: str
    quality: str

    @classmethod
    def of(cls, result: Result) -> Line:
        return cls(
            result,
            state_of(result.place, result.levels) if result.level is not None else "watch",
            result.level.name if result.level is not None else "ยังไม่รู้",
            share_in_thai(result.hundredths),
            result.sure_level.name if result.sure_level is not None else "",
            QUALITY[result.quality],
        )


@dataclass(frozen=True, slots=True)
class FigureNow:
    """What the books say of an item today, and where to look into it."""

    name: str
    value: str
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Told:
    """An item of a result in words."""

    question: str
    weight: int
    choice: str
    points: str
    missing: str
    figure: FigureNow | None
    as_of: date | None
    is_old: bool
    said: str
    said_words: str
    said_on: date | None
    gap: int | None
    photo: str
    became: str
    became_state: str


def _head(group: Group) -> dict[str, object]:
    return {"group": group, "code": group.code}


def _sections(row: Assessment | None) -> tuple[Section, ...]:
    asked: Questionnaire = questionnaire_of(row.version.data)  # type: ignore[union-attr]
    return asked.sections


def _figure(name: str, measured: Measured, code: str) -> FigureNow:
    known = MEASURES[name]
    value = value_in_thai(known.measure.unit, measured.value)
    return FigureNow(known.name, value, measured.words, known.href(code))


def _figure_now(question: Question, facts: Mapping[str, Measured], code: str) -> FigureNow | None:
    measure = question.item.measure
    if measure is None:
        return None
    return _figure(measure.name, facts.get(measure.name, Measured(None)), code)


def _told(
    each: ItemResult,
    compared: Compared | None,
    answers: Mapping[str, KeptAnswer],
    code: str,
    *,
    sees_photos: bool,
) -> Told:
    item, kept = each.item, answers.get(each.code)
    measure = item.measure
    became = compared.became if compared is not None else None
    return Told(
        question=item.question,
        weight=item.weight,
        choice=choice_in_thai(item, each.choice),
        points=f"{each.points} จาก {item.possible}" if each.points is not None else "",
        missing=MISSING[each.missing] if each.missing is not None else "",
        figure=_figure(measure.name, each.measured or Measured(None), code)
        if measure is not None and measure.name in MEASURES
        else None,
        as_of=each.measured.as_of if each.measured is not None else None,
        is_old=bool(each.days_old),
        said=choice_in_thai(item, kept.option) if kept is not None else "",
        said_words=kept.words if kept is not None else "",
        said_on=kept.on if kept is not None else None,
        gap=each.gap or None,
        photo=each.code if kept is not None and kept.photo and sees_photos else "",
        became=BECAME[became] if became not in {None, Became.SAME} and became else "",
        became_state=_BECAME_STATES.get(became, "") if became else "",
    )


def _changes(compared: Iterable[Compared]) -> list[tuple[str, list[str]]]:
    """What became of the items, as short lists of questions: better first."""
    found: dict[Became, list[str]] = {}
    for each in compared:
        item = (each.after or each.before).item  # type: ignore[union-attr]
        found.setdefault(each.became, []).append(item.question)
    order = [became for became in Became if became is not Became.SAME]
    return [(BECAME[became], found[became]) for became in order if became in found]


def _share(share: Fraction) -> str:
    return share_in_thai(int(share * judging.WHOLE))
