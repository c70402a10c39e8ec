"""ก3: written rules: their versions, reading them, drafting article by article, knowing them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.areas.queries import path_to
from kongthun.audit.actions import record_deed
from kongthun.audit.answers import paper_answer
from kongthun.domain.articles import Article, Became, differences
from kongthun.domain.rule_set import Limit, RuleSet, read_value

from ..actions import (
    acknowledge_on_screen,
    add_article,
    change_article,
    draft_rules,
    drop_draft,
    move_article,
    name_draft,
    own_number,
    take_out_article,
)
from ..actions.written_rules import limit_changes, limits_to_adopt
from ..forms_written_rules import ArticleForm, NewDraftForm, PlaceForm, TitleForm
from ..models import Group, RulesKnown, WrittenRules
from ..queries.members import members_on
from ..queries.rules import rules_of
from ..queries.written_rules import (
    articles_of,
    draft_among,
    in_force_among,
    is_draft,
    known_of,
    version_before,
    version_of,
    versions_of,
)
from ..wording import LIMITS, value_in_thai
from ..written_rules import template, template_kinds
from ..written_rules_papers import (
    SignerOnPaper,
    WrittenRulesPaper,
    chapters_of,
    print_written_rules,
)
from ..written_rules_refusals import NotDone
from ..written_rules_wording import BECAME, refusal_in_thai
from .asking import form_page, group_or_404, may, namer


@scoped(Deed.SEE_FUND, Deed.SEE_OWN_HOUSEHOLD)
@require_safe
def versions(request: ScopedRequest, code: str) -> HttpResponse:
    """Every version, the one in force, how many members know it, and what to do next."""
    group = group_or_404(request, code, Deed.SEE_FUND, Deed.SEE_OWN_HOUSEHOLD)
    day = request.reach.day
    every = versions_of(group.pk)
    in_force = in_force_among(every, day)
    sees_fund = may(request, Deed.SEE_FUND, group)
    own = own_number(group, request.reach)
    context = {
        **_head(group),
        "in_force": in_force,
        "known": known_of(group, in_force, day),
        "draft": draft_among(every) if sees_fund else None,
        "versions": [each for each in reversed(every) if each.adopted_on is not None or sees_fund],
        "keeps_rules": may(request, Deed.KEEP_RULES, group),
        "notes_known": _notes_known(request, group),
        "sees_fund": sees_fund,
        "to_read": _to_read(group, in_force, own) if in_force else None,
    }
    return render(request, "groups/written_rules.html", context)


@scoped(Deed.KEEP_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: ScopedRequest, code: str) -> HttpResponse:
    """Begin the next version."""
    group = group_or_404(request, code, Deed.KEEP_RULES)
    every = versions_of(group.pk)
    beginnings, title = _beginnings(group, every)
    form = NewDraftForm(beginnings, title, request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = draft_rules(
            group=group, title=form.cleaned_data["title"], by=request.reach, **form.beginning
        )
        if not isinstance(done, NotDone):
            messages.success(request, f"เริ่มร่างฉบับที่ {done.number} แล้ว อ่านทีละข้อ แล้วปรับให้ตรงกับที่ตกลงกัน")
            return redirect("groups:written_rules_edit", code, done.number)
        form.say(done.refusals)
    return form_page(request, "groups/written_rules_draft.html", form, _head(group))


@scoped(Deed.SEE_FUND, Deed.SEE_OWN_HOUSEHOLD)
@require_safe
def version(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """A version to be read: chapters, articles, and what the software enforces by each."""
    group, found = _version_or_404(request, code, number)
    day = request.reach.day
    every = versions_of(group.pk)
    in_force = in_force_among(every, day)
    is_in_force = in_force is not None and in_force.number == number
    before = version_before(every, found)
    articles = articles_of(group.pk, number)
    enforced = _rules_today(request, group) if is_in_force else None
    own = own_number(group, request.reach)
    context = {
        **_head(group),
        "version": found,
        "chapters": [*_chapters(articles, enforced)],
        "is_in_force": is_in_force,
        "is_draft": is_draft(found),
        "is_to_come": found.starts_on is not None and found.starts_on > day,
        "before": before,
        "known": known_of(group, found, day) if found.adopted_on else None,
        "keeps_rules": may(request, Deed.KEEP_RULES, group),
        "notes_known": _notes_known(request, group),
        "sees_fund": may(request, Deed.SEE_FUND, group),
        "to_read": _to_read(group, found, own) if found.adopted_on else None,
        "sees_paper": bool(found.evidence) and may(request, Deed.SEE_NAMES, group),
    }
    return render(request, "groups/written_rules_version.html", context)


@scoped(Deed.SEE_FUND, Deed.SEE_OWN_HOUSEHOLD)
@require_safe
def difference(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """What a version changes of the one before it, word by word."""
    group, found = _version_or_404(request, code, number)
    before = version_before(versions_of(group.pk), found)
    if before is None:
        raise Http404
    made = differences(articles_of(group.pk, before.number), articles_of(group.pk, number))
    changed = [each for each in made if each.became is not Became.SAME]
    context = {
        **_head(group),
        "version": found,
        "before": before,
        "changes": [
            (
                BECAME[each.became],
                each,
                [(LIMITS.get(n, n), _typed(n, old), _typed(n, new)) for n, old, new in each.limits],
            )
            for each in changed
        ],
        "counts": [
            (BECAME[became], sum(each.became is became for each in made))
            for became in (Became.CHANGED, Became.ADDED, Became.TAKEN_OUT, Became.MOVED)
        ],
        "unchanged": len(made) - len(changed),
    }
    return render(request, "groups/written_rules_difference.html", context)


@scoped(Deed.KEEP_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """A draft: its title, its articles, and what the software would enforce by them."""
    group, found = _draft_or_404(request, code, number)
    form = TitleForm(
        request.POST if request.method == "POST" else None, initial={"title": found.title}
    )
    if form.is_valid():
        done = name_draft(
            group=group, number=number, title=form.cleaned_data["title"], by=request.reach
        )
        if not isinstance(done, NotDone):
            messages.success(request, "เปลี่ยนชื่อระเบียบแล้ว")
            return redirect("groups:written_rules_edit", code, number)
        form.say(done.refusals)
    articles = articles_of(group.pk, number)
    today = request.reach.day
    limits, faults = limits_to_adopt(group, found, articles, starts_on=today)
    context = {
        **_head(group),
        "version": found,
        "chapters": [*_chapters(articles, None)],
        "count": len(articles),
        "faults": [refusal_in_thai(fault) for fault in faults],
        "changes": [
            (LIMITS[each.after.name], value_in_thai(each.before), value_in_thai(each.after))
            for each in limit_changes(_rules_today(request, group), limits)
            if each.is_new_value
        ],
        "before": version_before(versions_of(group.pk), found),
    }
    return form_page(request, "groups/written_rules_edit.html", form, context)


@scoped(Deed.KEEP_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def article_add(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Another article of a draft, after one of those that are there or at the end."""
    group, found = _draft_or_404(request, code, number)
    articles = articles_of(group.pk, number)
    after = _after_asked(request, len(articles))
    chapter = articles[after - 1].chapter if after else ""
    form = ArticleForm(
        Article(after + 1, "", chapter),
        articles,
        request.POST if request.method == "POST" else None,
    )
    if form.is_valid():
        done = add_article(
            group=group, number=number, place=after + 1, by=request.reach, **form.answers
        )
        if not isinstance(done, NotDone):
            messages.success(request, f"เพิ่มข้อ {done.place} แล้ว")
            return redirect("groups:written_rules_edit", code, number)
        form.say(done.refusals)
    context = {
        **_head(group),
        "version": found,
        "place": after + 1,
        "chapters": _names_of_chapters(articles),
    }
    return form_page(request, "groups/written_rules_article.html", form, context)


@scoped(Deed.KEEP_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def article(request: ScopedRequest, code: str, number: int, place: int) -> HttpResponse:
    """One article of a draft: written anew, moved, or taken out."""
    group, found = _draft_or_404(request, code, number)
    form, articles = _article_form(request, group, number, place, is_sent=request.method == "POST")
    if form.is_valid():
        done = change_article(
            group=group, number=number, place=place, by=request.reach, **form.answers
        )
        if not isinstance(done, NotDone):
            messages.success(request, f"บันทึกข้อ {place} แล้ว")
            return redirect("groups:written_rules_edit", code, number)
        form.say(done.refusals)
    return _article_page(request, group, found, place, form, articles)


@scoped(Deed.KEEP_RULES)
@require_POST
def article_move(request: ScopedRequest, code: str, number: int, place: int) -> HttpResponse:
    """An article of a draft goes to another place."""
    group, found = _draft_or_404(request, code, number)
    form, articles = _article_form(request, group, number, place)
    where = PlaceForm(len(articles), request.POST)
    if where.is_valid():
        to = where.cleaned_data["to"]
        done = move_article(group=group, number=number, place=place, to=to, by=request.reach)
        if not isinstance(done, NotDone):
            messages.success(request, f"ย้ายไปเป็นข้อ {to} แล้ว")
            return redirect("groups:written_rules_edit", code, number)
        where.say(done.refusals)
    return _article_page(request, group, found, place, form, articles, where)


@scoped(Deed.KEEP_RULES)
@require_POST
def article_take_out(request: ScopedRequest, code: str, number: int, place: int) -> HttpResponse:
    """An article of a draft is taken out."""
    group, _ = _draft_or_404(request, code, number)
    done = take_out_article(group=group, number=number, place=place, by=request.reach)
    if isinstance(done, NotDone):
        messages.error(request, " ".join(map(refusal_in_thai, done.refusals)))
    else:
        messages.success(request, f"ตัดข้อ {place} ออกแล้ว ข้อถัดไปเลื่อนขึ้นมา")
    return redirect("groups:written_rules_edit", code, number)


@scoped(Deed.KEEP_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Give a draft up."""
    group, found = _draft_or_404(request, code, number)
    if request.method == "POST":
        done = drop_draft(group=group, number=number, by=request.reach)
        if isinstance(done, NotDone):
            messages.error(request, " ".join(map(refusal_in_thai, done.refusals)))
        else:
            messages.success(request, f"เลิกร่างฉบับที่ {number} แล้ว ยังเปิดอ่านได้")
        return redirect("groups:written_rules", code)
    return render(request, "groups/written_rules_drop.html", {**_head(group), "version": found})


@scoped(Deed.KNOW_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def acknowledge(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """A member reads a version and says so."""
    group = group_or_404(request, code, Deed.KNOW_RULES)
    found = version_of(group.pk, number)
    if found is None or found.adopted_on is None:
        raise Http404
    refused: list[str] = []
    if request.method == "POST":
        done = acknowledge_on_screen(group=group, number=number, by=request.reach)
        if not isinstance(done, NotDone):
            messages.success(request, "บันทึกว่าท่านรับทราบระเบียบฉบับนี้แล้ว")
            return redirect("groups:written_rules_version", code, number)
        refused = [refusal_in_thai(refusal) for refusal in done.refusals]
    own = own_number(group, request.reach)
    context = {
        **_head(group),
        "version": found,
        "chapters": [*_chapters(articles_of(group.pk, number), None)],
        "refused": refused,
        "row": _own_row(group, number, own),
    }
    return render(
        request, "groups/written_rules_acknowledge.html", context, status=422 if refused else 200
    )


@scoped(Deed.SEE_FUND, Deed.SEE_OWN_HOUSEHOLD)
@require_safe
def paper(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """The rules on paper, with the sheet for those to sign who do not know them yet."""
    group, found = _version_or_404(request, code, number)
    place = " ".join(node.full_name for node in reversed(path_to(group.area_code)[1:]))
    pdf = print_written_rules(
        WrittenRulesPaper(
            title=found.title,
            number=number,
            group=group.name,
            place=place,
            adopted_on=found.adopted_on,
            starts_on=found.starts_on,
            meeting_number=found.meeting_number,
            resolution=found.resolution,
            chapters=chapters_of(articles_of(group.pk, number)),
            signers=_signers(request, group, found),
        ),
        digits="thai" if request.GET.get("digits") == "thai" else "arabic",
    )
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{code}-rules-{number}.pdf"'},
    )


@scoped(Deed.SEE_FUND)
@require_safe
def evidence(request: ScopedRequest, code: str, number: int, sha256: str) -> HttpResponse:
    """A signed paper of this version, or a sheet of those who know it: each taking is noted."""
    group = group_or_404(request, code, Deed.SEE_FUND)
    of_version = WrittenRules.objects.filter(group=group, number=number, evidence=sha256)
    of_sheets = RulesKnown.objects.filter(group=group, rules_number=number, evidence=sha256)
    if not may(request, Deed.SEE_NAMES, group) or not (of_version.exists() or of_sheets.exists()):
        raise Http404
    answer = paper_answer(group.pk, sha256, f"{code}-rules-{number}-{sha256[:8]}")
    record_deed(
        "export_rules_evidence",
        user_id=request.reach.user_id,
        area_code=group.area_code,
        fund_id=group.pk,
        subject=f"written rules {number}",
        details={"sha256": sha256},
    )
    return answer


# ---- below the line ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LimitOfArticle:
    """A limit that an article sets, in words; ``instead`` what is enforced, if it is not that."""

    name: str
    value: str
    instead: str


@dataclass(frozen=True, slots=True)
class ArticleToRead:
    """An article with its paragraphs and its limits."""

    place: int
    lines: list[str]
    limits: list[LimitOfArticle]


def _head(group: Group) -> dict[str, object]:
    return {"group": group, "code": group.code}


def _rules_today(request: ScopedRequest, group: Group) -> RuleSet:
    return rules_of(
        group_id=group.pk, kind=group.kind, area_code=group.area_code, day=request.reach.day
    )


def _notes_known(request: ScopedRequest, group: Group) -> bool:
    return may(request, Deed.KEEP_LISTS, group) or may(request, Deed.HOLD_MEETINGS, group)


def _version_or_404(request: ScopedRequest, code: str, number: int) -> tuple[Group, WrittenRules]:
    """The version, if they may read it: adopted rules are there for all, drafts for the office."""
    group = group_or_404(request, code, Deed.SEE_FUND, Deed.SEE_OWN_HOUSEHOLD)
    found = version_of(group.pk, number)
    if found is None or not (found.adopted_on or may(request, Deed.SEE_FUND, group)):
        raise Http404
    return group, found


def _draft_or_404(request: ScopedRequest, code: str, number: int) -> tuple[Group, WrittenRules]:
    group = group_or_404(request, code, Deed.KEEP_RULES)
    found = version_of(group.pk, number)
    if found is None or not is_draft(found):
        raise Http404
    return group, found


def _chapters(
    articles: Sequence[Article], enforced: RuleSet | None
) -> Iterator[tuple[str, list[ArticleToRead]]]:
    """Articles under their chapters; with ``enforced``, whether what they set is so."""
    for name, of_chapter in groupby(articles, key=lambda each: each.chapter):
        yield (
            name,
            [
                ArticleToRead(each.place, each.words.splitlines(), _limits(each, enforced))
                for each in of_chapter
            ],
        )


def _limits(article: Article, enforced: RuleSet | None) -> list[LimitOfArticle]:
    found = []
    for name, raw in article.limits.items():
        value = read_value(name, raw)
        is_so = enforced is None or enforced[name].value == value
        instead = "" if is_so or enforced is None else value_in_thai(enforced[name])
        found.append(LimitOfArticle(LIMITS[name], _typed(name, raw), instead))
    return found


def _typed(name: str, raw: str) -> str:
    """A limit as typed, in words; empty stays empty."""
    value = read_value(name, raw) if raw else None
    if not isinstance(value, int | str):
        return raw
    return value_in_thai(Limit(name, value, "", "", is_checked=False))


def _beginnings(group: Group, every: Sequence[WrittenRules]) -> tuple[list[tuple[str, str]], str]:
    """What a draft may begin from, the likeliest first, and the title it would have."""
    adopted = [each for each in every if each.adopted_on is not None]
    found = [(f"version:{each.number}", f"ฉบับที่ {each.number} {each.title}") for each in adopted]
    found.reverse()
    title = adopted[-1].title if adopted else ""
    if group.kind in template_kinds():
        written = template(group.kind)
        title = title or written.title_for(group.name)
        found.append((f"template:{group.kind}", f"ระเบียบตัวอย่าง {len(written.articles)} ข้อ"))
    return [*found, ("", "ฉบับว่าง เขียนเองทุกข้อ")], title


def _after_asked(request: ScopedRequest, last: int) -> int:
    """The article after which another is put: the last, unless the address says otherwise."""
    asked = request.GET.get("after", "")
    return min(int(asked), last) if asked.isascii() and asked.isdigit() else last


def _names_of_chapters(articles: Sequence[Article]) -> list[str]:
    return [*dict.fromkeys(each.chapter for each in articles if each.chapter)]


def _article_form(
    request: ScopedRequest, group: Group, number: int, place: int, *, is_sent: bool = False
) -> tuple[ArticleForm, list[Article]]:
    articles = articles_of(group.pk, number)
    if not 1 <= place <= len(articles):
        raise Http404
    others = [each for each in articles if each.place != place]
    return ArticleForm(articles[place - 1], others, request.POST if is_sent else None), articles


def _article_page(
    request: ScopedRequest,
    group: Group,
    found: WrittenRules,
    place: int,
    form: ArticleForm,
    articles: Sequence[Article],
    where: PlaceForm | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        **_head(group),
        "version": found,
        "place": place,
        "chapters": _names_of_chapters(articles),
        "where": where or PlaceForm(len(articles)),
        "stands": True,
        "form": form,
    }
    is_refused = form.is_bound or where is not None
    return render(
        request, "groups/written_rules_article.html", context, status=422 if is_refused else 200
    )


def _own_row(group: Group, number: int, own: int | None) -> RulesKnown | None:
    rows = RulesKnown.objects.filter(group=group, rules_number=number, member_number=own or 0)
    return rows.first()


def _to_read(group: Group, found: WrittenRules, own: int | None) -> Mapping[str, Any] | None:
    """For a member: whether they said that they know this version, and since when."""
    if own is None:
        return None
    return {"number": own, "row": _own_row(group, found.number, own)}


def _signers(
    request: ScopedRequest, group: Group, found: WrittenRules
) -> tuple[SignerOnPaper, ...]:
    """The members of today who do not know the version yet; names for those who may read them."""
    if found.adopted_on is None or not may(request, Deed.SEE_FUND, group):
        return ()
    known = set(
        RulesKnown.objects.filter(group=group, rules_number=found.number).values_list(
            "member_number", flat=True
        )
    )
    with_names = may(request, Deed.SEE_NAMES, group)
    called = namer(request, group, f"written rules {found.number} sheet") if with_names else None
    return tuple(
        SignerOnPaper(number, called(member.row.person) if called else "")
        for number, member in members_on(group, request.reach.day).items()
        if number not in known
    )
