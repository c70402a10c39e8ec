"""Reading: the shelf and its search, a work on a day, an edition, a passage, what is cited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.audit.actions import evidence_path, record_deed
from kongthun.domain.articles import Became, differences, pieces_of

from ..citing import read_citation
from ..editions import Edition, Passage, Work, Worth, as_articles
from ..finding import Found, piece_around, words_typed
from ..forms import OnDayForm
from ..queries.passages import (
    PassageOn,
    edition_of_year,
    in_every_edition,
    in_every_work,
    passage_in,
    passage_on,
    passages_meant,
)
from ..queries.search import MOST_FOUND, found
from ..queries.works import (
    area_words,
    by_day,
    edition_among,
    edition_before,
    in_force_at,
    kept_places,
    passages_of,
    places_of,
    work_of,
    works,
)
from ..wording import name_of, starts_in_thai

LONGEST_SEARCH = 120
BECAME = {
    Became.MOVED: "ย้ายที่",
    Became.CHANGED: "แก้ไข",
    Became.ADDED: "เพิ่มใหม่",
    Became.TAKEN_OUT: "ไม่มีแล้ว",
}


@scoped(Deed.READ_LIBRARY)
@require_safe
def home(request: ScopedRequest) -> HttpResponse:
    """Every work with the edition that counts today, or what was found."""
    typed = request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    places = places_of(request.reach)
    shelf = works(places)
    results = found(typed, request.reach) if typed else []
    context = {
        "typed": typed,
        "is_searched": bool(words_typed(typed)),
        "results": [_result(each, typed) for each in results],
        "is_cut": len(results) >= MOST_FOUND,
        "shelf": [
            (kind.label, [(work, in_force_at(work, request.reach.day, places)) for work in group])
            for kind, group in groupby(shelf, key=lambda work: work.kind)
        ],
        "keeps": bool(kept_places(request.reach)),
    }
    return render(request, "library/home.html", context)


@scoped(Deed.READ_LIBRARY)
@require_safe
def work(request: ScopedRequest, slug: str) -> HttpResponse:
    """A work as it reads on a day, and all its editions."""
    places = places_of(request.reach)
    this = _work_or_404(slug, places)
    form = OnDayForm(request.GET if "on" in request.GET else None)
    asked = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
    day = asked or request.reach.day
    counting = in_force_at(this, day, places)
    editions = by_day(this.editions)
    context = {
        "work": this,
        "form": form,
        "day": day,
        "is_today": day == request.reach.day,
        "edition": counting,
        "starts": starts_in_thai(counting) if counting else "",
        "chapters": chapters_of(passages_of(counting), counting) if counting else [],
        "editions": [(each, starts_in_thai(each)) for each in editions],
        "area_names": area_words(each.area_code for each in editions if each.area_code),
        "is_checked": counting is not None and counting.worth is Worth.CHECKED,
        "keeps": bool(kept_places(request.reach)),
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "library/work.html", context, status=status)


@scoped(Deed.READ_LIBRARY)
@require_safe
def edition(request: ScopedRequest, slug: str, code: str) -> HttpResponse:
    """One edition with all its passages, whether it counts today, and what came before it."""
    places = places_of(request.reach)
    this, shown = _edition_or_404(slug, code, places)
    counting = in_force_at(this, request.reach.day, places)
    context = {
        "work": this,
        "edition": shown,
        "starts": starts_in_thai(shown),
        "chapters": chapters_of(passages_of(shown), shown),
        "counts": counting is not None and counting.code == shown.code,
        "is_to_come": shown.starts_on > request.reach.day,
        "is_checked": shown.worth is Worth.CHECKED,
        "before": edition_before(this, shown),
        "replaced": edition_among(this, shown.replaces) if shown.replaces else None,
        "area_name": area_words([shown.area_code]).get(shown.area_code, ""),
        "keeps": _keeps(request, shown),
    }
    return render(request, "library/edition.html", context)


@scoped(Deed.READ_LIBRARY)
@require_safe
def difference(request: ScopedRequest, slug: str, code: str) -> HttpResponse:
    """What an edition says otherwise than the one before it, word by word."""
    this, shown = _edition_or_404(slug, code, places_of(request.reach))
    before = edition_before(this, shown)
    if before is None:
        raise Http404
    old, new = passages_of(before), passages_of(shown)
    made = differences(as_articles(old), as_articles(new))
    changed = [each for each in made if each.became is not Became.SAME]
    context = {
        "work": this,
        "edition": shown,
        "before": before,
        "changes": [
            (
                BECAME[each.became],
                _named(old, each.before.place, before) if each.before else "",
                _named(new, each.after.place, shown) if each.after else "",
                each,
            )
            for each in changed
        ],
        "counts": [
            (words, sum(each.became is became for each in made)) for became, words in BECAME.items()
        ],
        "unchanged": len(made) - len(changed),
    }
    return render(request, "library/difference.html", context)


@scoped(Deed.READ_LIBRARY)
@require_safe
def passage(request: ScopedRequest, slug: str, key: str) -> HttpResponse:
    """One passage as it reads today, or in the edition asked for, and in the other editions."""
    places = places_of(request.reach)
    this = _work_or_404(slug, places)
    code = request.GET.get("in", "")
    asked = edition_among(this, code) if code else None
    shown = passage_in(asked, key) if asked else passage_on(this, key, request.reach.day, places)
    if shown is None or (code and asked is None):
        raise Http404
    others = in_every_edition(this, key) if shown.passage.label else []
    context = {
        "work": this,
        "shown": shown,
        "named": name_of(shown.passage, shown.edition),
        "starts": starts_in_thai(shown.edition),
        "is_checked": shown.edition.worth is Worth.CHECKED,
        "others": [
            (each, pieces_of(each.passage.words, shown.passage.words))
            for each in others
            if each.edition.code != shown.edition.code
        ],
    }
    return render(request, "library/passage.html", context)


@scoped(Deed.READ_LIBRARY)
@require_safe
def cited(request: ScopedRequest) -> HttpResponse:
    """Where a citation leads: the passage, all that could be meant, or that it is not here."""
    words = request.GET.get("words", "")[:LONGEST_SEARCH].strip()
    citation = read_citation(words)
    if citation is None:
        return redirect(f"{reverse('library:home')}?{urlencode({'q': words})}")
    places = places_of(request.reach)
    this = work_of(citation.work, places) if citation.work else None
    if this is not None:
        of_year = edition_of_year(this, citation.year, request.reach.day, places)
        meant = passages_meant(of_year, citation.key) if of_year else []
        if len(meant) == 1:
            return redirect(f"{_address(meant[0])}?{urlencode({'in': meant[0].edition.code})}")
    else:
        meant = in_every_work(citation.label, request.reach.day, places)
    context = {
        "words": words,
        "label": citation.label,
        "work": this,
        "meant": [(each, starts_in_thai(each.edition)) for each in meant],
    }
    return render(request, "library/cited.html", context)


@scoped(Deed.READ_LIBRARY)
@require_safe
def paper(request: ScopedRequest, slug: str, code: str) -> HttpResponse:
    """The paper of an edition as it was handed in; each taking is noted."""
    _, shown = _edition_or_404(slug, code, places_of(request.reach))
    where = evidence_path(shown.evidence) if shown.evidence else None
    if where is None or not where.exists():
        raise Http404
    record_deed(
        "export_edition_paper",
        user_id=request.reach.user_id,
        area_code=shown.area_code,
        subject=f"edition {shown.pk}",
        details={"sha256": shown.evidence},
    )
    return HttpResponse(
        where.read_bytes(),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{slug}-{code}.pdf"'},
    )


# ---- below the line ------------------------------------------------------------------------------


def _work_or_404(slug: str, places: Sequence[str]) -> Work:
    this = work_of(slug, places)
    if this is None:
        raise Http404
    return this


def _edition_or_404(slug: str, code: str, places: Sequence[str]) -> tuple[Work, Edition]:
    this = _work_or_404(slug, places)
    shown = edition_among(this, code)
    if shown is None:
        raise Http404
    return this, shown


def _keeps(request: ScopedRequest, shown: Edition) -> bool:
    """Whether the reader may hand in the paper of an edition, or take it down."""
    is_row = shown.pk is not None and shown.stands
    return is_row and request.reach.may(Deed.KEEP_LIBRARY, area_code=shown.area_code)


def _result(each: Found, typed: str) -> dict[str, object]:
    words = words_typed(typed)
    return {
        "title": each.title,
        "kind": each.kind,
        "address": each.address,
        "pieces": piece_around(each.words, words),
    }


def chapters_of(
    passages: Iterable[Passage], shown: Edition | None
) -> list[tuple[str, list[tuple[str, Passage]]]]:
    """Passages under their chapters, each with how it is called."""
    return [
        (chapter, [(name_of(each, shown), each) for each in group])
        for chapter, group in groupby(passages, key=lambda each: each.chapter)
    ]


def _named(passages: Iterable[Passage], place: int, shown: Edition) -> str:
    return next(name_of(each, shown) for each in passages if each.place == place)


def _address(on: PassageOn) -> str:
    return reverse("library:passage", args=[on.edition.work, on.passage.key])
