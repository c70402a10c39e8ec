"""Pages of one fund in a round: what the books say, what was found, and why nobody got there."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.audit.answers import paper_answer
from kongthun.groups.models import Group

from ..actions.findings import confirm_snapshot, note_not_reached
from ..figures import NAMES, Figures, figures_from_data, not_looked_at
from ..forms import FindingForm, NoteForm
from ..models import FindingPhoto, Round
from ..queries.books import books_of
from ..queries.rounds import Checked, findings_of
from ..refusals import NotDone
from ..wording import FIGURES, refusal_in_thai, value_in_thai
from .asking import ask, fund_or_404, opens, place_of, round_or_404


@scoped(Deed.SEE_AREA)
@require_safe
def fund_page(request: ScopedRequest, code: str, number: int, fund: str) -> HttpResponse:
    """One fund: the books beside what was found, and whether the books say so by now."""
    found = round_or_404(request, code, number)
    checked = fund_or_404(request, found, fund)
    sees_names = _may(request, Deed.SEE_NAMES, checked)
    history = findings_of(found, checked.group_id)
    context = {
        "round": found,
        "place": place_of(code),
        "code": code,
        "fund": checked,
        "lines": _lines(checked, _books_by_now(request, found, checked)),
        "history": [
            (row, photos, [FIGURES[name] for name in NAMES if _differs(checked, row.found, name)])
            for row, photos in history
        ],
        "sees_names": sees_names,
        "answers": found.locked_on is None and _may(request, Deed.ANSWER_SURVEYS, checked),
        "opens": opens(request, code),
        "may_note": found.locked_on is None
        and checked.finding is None
        and (_may(request, Deed.ANSWER_SURVEYS, checked) or opens(request, code)),
    }
    return render(request, "surveys/fund.html", context)


@scoped(Deed.ANSWER_SURVEYS)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: ScopedRequest, code: str, number: int, fund: str) -> HttpResponse:
    """Confirm what the books say, or put it right, at the village."""
    found = round_or_404(request, code, number, Deed.ANSWER_SURVEYS)
    checked = fund_or_404(request, found, fund)
    if not _may(request, Deed.ANSWER_SURVEYS, checked):
        raise Http404
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FindingForm(checked, *sent, initial={"found_on": request.reach.day})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        figures = form.found
        done = confirm_snapshot(
            round=found,
            group=Group.objects.get(pk=checked.group_id),
            by=request.reach,
            on=typed["found_on"],
            found=None if figures == checked.by_books else figures,
            words=typed["words"],
            photos=typed["photos"],
        )
        if not isinstance(done, NotDone):
            differ = len(done.differences)
            rest = len(not_looked_at(checked.by_books, figures))
            said = f"ต่างจากสมุด {differ} ข้อ" if differ else "ตรงกับสมุดทุกข้อที่ตรวจ"
            left = f" ยังไม่ได้ตรวจ {rest} ข้อ" if rest else ""
            messages.success(request, f"บันทึกผลแล้ว {said}{left}")
            return redirect("surveys:fund", code, number, fund)
        form.refuse(done.refusals, refusal_in_thai)
    words = {
        "title": "ผลที่พบในหมู่บ้าน",
        "lead": checked.name,
        "what": "แก้เฉพาะข้อที่ต่างจากสมุด",
        "button": "บันทึกผล",
        "fund": checked.code,
        "fund_name": checked.name,
    }
    return ask(request, form, words, found=found, place=place_of(code), sends_files=True)


@scoped(Deed.ANSWER_SURVEYS, Deed.OPEN_SURVEYS)
@require_http_methods(["GET", "HEAD", "POST"])
def not_reached(request: ScopedRequest, code: str, number: int, fund: str) -> HttpResponse:
    """Say why a fund could not be checked in this round."""
    found = round_or_404(request, code, number)
    checked = fund_or_404(request, found, fund)
    if not (_may(request, Deed.ANSWER_SURVEYS, checked) or opens(request, code)):
        raise Http404
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = note_not_reached(
            round=found,
            group=Group.objects.get(pk=checked.group_id),
            words=form.cleaned_data["note"],
            by=request.reach,
        )
        if not isinstance(done, NotDone):
            messages.success(request, "บันทึกเหตุแล้ว เมื่อไปสำรวจได้ บันทึกผลแทนได้")
            return redirect("surveys:round", code, number)
        form.refuse(done.refusals, refusal_in_thai)
    words = {
        "title": "ยังสำรวจไม่ได้",
        "lead": checked.name,
        "what": "เช่น ถนนขาด หรือยังนัดกรรมการไม่ได้",
        "button": "บันทึกเหตุ",
        "fund": checked.code,
        "fund_name": checked.name,
    }
    return ask(request, form, words, found=found, place=place_of(code))


@scoped(Deed.SEE_NAMES)
@require_safe
def photo(
    request: ScopedRequest, code: str, number: int, fund: str, finding: int, place: int
) -> HttpResponse:
    """A photo taken at the village."""
    found = round_or_404(request, code, number)
    checked = fund_or_404(request, found, fund)
    if not _may(request, Deed.SEE_NAMES, checked):
        raise Http404
    kept = FindingPhoto.objects.filter(
        round=found, group_id=checked.group_id, finding_number=finding, place=place
    ).first()
    if kept is None:
        raise Http404
    name = f"{checked.code}-survey-{found.pk}-{finding}-{place}"
    return paper_answer(checked.group_id, kept.sha256, name, shows_photos=True)


# --- below the line -------------------------------------------------------------------------


def _may(request: ScopedRequest, deed: Deed, fund: Checked) -> bool:
    return request.reach.may(deed, area_code=fund.area_code, group_id=fund.group_id)


def _books_by_now(request: ScopedRequest, found: Round, fund: Checked) -> Figures | None:
    """What the books say of the round's day by now; asked only where there is a difference."""
    if not fund.differences:
        return None
    books = books_of(fund.area_code, as_of=found.as_of, today=request.reach.day)
    return books[fund.group_id].figures if fund.group_id in books else None


def _lines(fund: Checked, by_now: Figures | None) -> list[dict[str, object]]:
    """Figure by figure: the books, the village, and whether the books were put right since."""
    otherwise = {each.name for each in fund.differences}
    lines: list[dict[str, object]] = []
    for name in NAMES:
        found = getattr(fund.found, name) if fund.found else None
        lines.append(
            {
                "words": FIGURES[name],
                "by_books": value_in_thai(name, getattr(fund.by_books, name)),
                "found": value_in_thai(name, found),
                "differs": name in otherwise,
                "is_same": found is not None and found == getattr(fund.by_books, name),
                "is_mended": by_now is not None
                and name in otherwise
                and getattr(by_now, name) == found,
            }
        )
    return lines


def _differs(fund: Checked, data: dict[str, object], name: str) -> bool:
    theirs, ours = getattr(figures_from_data(data), name), getattr(fund.by_books, name)
    return ours is not None and theirs is not None and ours != theirs
