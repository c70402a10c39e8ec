"""ก3: written rules are drafted article by article, and known by each member with a day and means.

Adopting them takes a meeting and is a deed of `kongthun.activities.actions.adoptions`.
(docs/rules/written_rules.md)
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import record_deed
from kongthun.audit.papers import keep_paper
from kongthun.domain.articles import Article as ArticleText
from kongthun.domain.articles import as_written
from kongthun.domain.rule_set import LIMITS, SURPLUS, BadValue, Limit, RuleSet, read_value
from kongthun.domain.thai_text import visible

from ..models import Article, Group, KnownBy, RulesKnown, WrittenRules
from ..queries.members import members_on
from ..queries.rules import rules_of
from ..queries.written_rules import (
    articles_of,
    clause_of,
    draft_among,
    in_force_among,
    source_of,
    version_of,
    versions_of,
)
from ..refusals import (
    CommitteeLimitsCross,
    InTheFuture,
    LimitUnknown,
    LimitUnreadable,
    SurplusSplitNotWhole,
)
from ..wording import as_typed
from ..written_rules import template, template_kinds
from ..written_rules_refusals import (
    ArticleEmpty,
    ArticleUnknown,
    DraftDropped,
    DraftStands,
    KnowAlready,
    KnownBeforeAdopted,
    LimitInTwoArticles,
    NobodyNamed,
    NoDraft,
    NoOwnNumber,
    NotAdopted,
    NotDone,
    NotMembersThen,
    ReplacedByThen,
    TemplateUnknown,
    TitleMissing,
    TooManyArticles,
    VersionUnknown,
    WordsTooLong,
    WrittenRulesRefusal,
)
from .groups import hold_group
from .rules import TypedLimit, read_limits

LONGEST_TITLE = 150
LONGEST_CHAPTER = 120
LONGEST_ARTICLE = 4_000
MOST_ARTICLES = 200


@dataclass(frozen=True, slots=True)
class RulesDrafted:
    """The draft stands as asked, under its number (ฉบับที่)."""

    number: int


@dataclass(frozen=True, slots=True)
class ArticleKept:
    """The article stands at this place of the draft."""

    number: int
    place: int


@dataclass(frozen=True, slots=True)
class DraftGivenUp:
    """The draft counts for nothing any more; its number is not given out again."""

    number: int


@dataclass(frozen=True, slots=True)
class RulesKnownNow:
    """These members know the version."""

    number: int
    members: tuple[int, ...]


# ---- drafting ------------------------------------------------------------------------------------


@transaction.atomic
def draft_rules(
    *, group: Group, title: str, by: Reach, from_template: str = "", from_version: int | None = None
) -> RulesDrafted | NotDone:
    """Begin the next version, from rules written beforehand, from an earlier version, or empty.

    One draft is written at a time.
    """
    hold_group(group)
    refusals = [*_may_draft(group, by), *_faults_of_title(title)]
    versions = versions_of(group.pk)
    standing = draft_among(versions)
    if standing is not None:
        refusals.append(DraftStands(standing.number))
    articles: Sequence[ArticleText] = ()
    if from_template:
        if from_template in template_kinds():
            articles = template(from_template).articles_for(group.name)
        else:
            refusals.append(TemplateUnknown(from_template))
    if from_version is not None:
        if any(each.number == from_version for each in versions):
            articles = articles_of(group.pk, from_version)
        else:
            refusals.append(VersionUnknown(from_version))
    if refusals:
        return NotDone(tuple(refusals))
    number = 1 + max((each.number for each in versions), default=0)
    WrittenRules.objects.create(
        group=group,
        number=number,
        title=visible(title),
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    _write_articles(group, number, articles)
    _write_down("draft_rules", group, number, by, articles=len(articles))
    return RulesDrafted(number)


@transaction.atomic
def name_draft(*, group: Group, number: int, title: str, by: Reach) -> RulesDrafted | NotDone:
    """Give a draft another title."""
    refusals = [*_draft_refusals(group, number, by), *_faults_of_title(title)]
    if refusals:
        return NotDone(tuple(refusals))
    _row(group, number).update(title=visible(title))
    _write_down("name_draft_rules", group, number, by)
    return RulesDrafted(number)


@transaction.atomic
def add_article(
    *,
    group: Group,
    number: int,
    words: str,
    by: Reach,
    chapter: str = "",
    limits: Mapping[str, str] | None = None,
    place: int | None = None,
) -> ArticleKept | NotDone:
    """Put an article into a draft, at a place or at the end; those after it move on by one."""
    refusals = _draft_refusals(group, number, by)
    articles = articles_of(group.pk, number)
    at = min(max(place or len(articles) + 1, 1), len(articles) + 1)
    set_here, faults = _limits_set(limits or {}, articles)
    refusals += [*_faults_of_article(words, chapter), *faults]
    if len(articles) >= MOST_ARTICLES:
        refusals.append(TooManyArticles(MOST_ARTICLES))
    if refusals:
        return NotDone(tuple(refusals))
    new = ArticleText(at, as_written(words), visible(chapter), set_here)
    _rewrite(group, number, [*articles[: at - 1], new, *articles[at - 1 :]])
    _write_down("add_article", group, number, by, place=at)
    return ArticleKept(number, at)


@transaction.atomic
def change_article(
    *,
    group: Group,
    number: int,
    place: int,
    words: str,
    by: Reach,
    chapter: str = "",
    limits: Mapping[str, str] | None = None,
) -> ArticleKept | NotDone:
    """Write an article of a draft anew: its words, its chapter and the limits it sets."""
    refusals = _draft_refusals(group, number, by)
    articles = articles_of(group.pk, number)
    others = [each for each in articles if each.place != place]
    if len(others) == len(articles):
        refusals.append(ArticleUnknown(place))
    set_here, faults = _limits_set(limits or {}, others)
    refusals += [*_faults_of_article(words, chapter), *faults]
    if refusals:
        return NotDone(tuple(refusals))
    Article.objects.filter(group=group, rules_number=number, place=place).update(
        words=as_written(words), chapter=visible(chapter), limits=set_here
    )
    _write_down("change_article", group, number, by, place=place)
    return ArticleKept(number, place)


@transaction.atomic
def move_article(
    *, group: Group, number: int, place: int, to: int, by: Reach
) -> ArticleKept | NotDone:
    """Move an article of a draft to another place, into the chapter of what stood there."""
    refusals = _draft_refusals(group, number, by)
    articles = articles_of(group.pk, number)
    refusals += [ArticleUnknown(each) for each in (place, to) if not 1 <= each <= len(articles)]
    if refusals:
        return NotDone(tuple(refusals))
    moved = articles[place - 1]
    stood_there = articles[to - 1]
    del articles[place - 1]
    articles.insert(to - 1, ArticleText(to, moved.words, stood_there.chapter, moved.limits))
    _rewrite(group, number, articles)
    _write_down("move_article", group, number, by, place=place, to=to)
    return ArticleKept(number, to)


@transaction.atomic
def take_out_article(*, group: Group, number: int, place: int, by: Reach) -> RulesDrafted | NotDone:
    """Take an article out of a draft; those after it move up by one."""
    refusals = _draft_refusals(group, number, by)
    articles = articles_of(group.pk, number)
    if not 1 <= place <= len(articles):
        refusals.append(ArticleUnknown(place))
    if refusals:
        return NotDone(tuple(refusals))
    del articles[place - 1]
    _rewrite(group, number, articles)
    _write_down("take_out_article", group, number, by, place=place)
    return RulesDrafted(number)


@transaction.atomic
def drop_draft(*, group: Group, number: int, by: Reach) -> DraftGivenUp | NotDone:
    """Give a draft up. It stays readable under its number."""
    refusals = _draft_refusals(group, number, by)
    if refusals:
        return NotDone(tuple(refusals))
    _row(group, number).update(dropped_at=timezone.now())
    _write_down("drop_draft_rules", group, number, by)
    return DraftGivenUp(number)


# ---- what the software enforces by them ----------------------------------------------------------


def limits_to_adopt(
    group: Group,
    version: WrittenRules,
    articles: Sequence[ArticleText],
    *,
    starts_on: date,
    has_checked: bool = False,
) -> tuple[dict[str, TypedLimit], list[WrittenRulesRefusal]]:
    """The whole rule set that a version makes from a day on, and everything wrong with it.

    What its articles set cites them; the rest stays as it stands on that day. A split of the
    surplus is one thing: where articles name a part of it, the parts they do not name are none.
    Nothing where no article sets a limit: the rules of the day stay as they are.
    """
    here = {
        name: TypedLimit(value, clause_of(each.place), source_of(version), is_checked=has_checked)
        for each in articles
        for name, value in each.limits.items()
    }
    if not here:
        return {}, []
    carried = rules_of(group_id=group.pk, kind=group.kind, area_code=group.area_code, day=starts_on)
    stays = {
        name: TypedLimit(as_typed(limit), limit.clause, limit.source, is_checked=limit.is_checked)
        for name, limit in carried.limits.items()
        if name not in SURPLUS or not here.keys() & set(SURPLUS)
    }
    limits = stays | here
    _, faults = read_limits(limits)
    return limits, [fault for fault in faults if isinstance(fault, _OF_LIMITS)]


# What can be wrong with limits that were read one by one before.
_OF_LIMITS = (LimitUnknown, LimitUnreadable, CommitteeLimitsCross, SurplusSplitNotWhole)


@dataclass(frozen=True, slots=True)
class LimitChange:
    """A limit before and after: a version changes it, or begins to say where it is written."""

    before: Limit
    after: Limit

    @property
    def is_new_value(self) -> bool:
        """Whether something else is enforced from then on."""
        return self.before.value != self.after.value


def limit_changes(before: RuleSet, limits: Mapping[str, TypedLimit]) -> list[LimitChange]:
    """What a rule set would change, in the order of the page; nothing for no limits."""
    after, _ = read_limits(limits)
    if not limits:
        return []
    found = []
    for name in LIMITS:
        new = after.get(name) or Limit(name, None, "", "", is_checked=False)
        old = before[name]
        if (old.value, old.clause, old.source) != (new.value, new.clause, new.source):
            found.append(LimitChange(old, new))
    return found


# ---- knowing them --------------------------------------------------------------------------------


@transaction.atomic
def acknowledge_by_sheet(
    *,
    group: Group,
    number: int,
    members: Collection[int],
    on: date,
    by: Reach,
    sheet: Path | None = None,
) -> RulesKnownNow | NotDone:
    """Members who signed on a day that they know a version, with a photo of the sheet if any."""
    return _acknowledge(
        group, number, members, on, by, KnownBy.SIGNED, _may_note(group, by), sheet=sheet
    )


@transaction.atomic
def acknowledge_read_out(
    *,
    group: Group,
    number: int,
    members: Collection[int],
    meeting_number: int,
    on: date,
    by: Reach,
) -> RulesKnownNow | NotDone:
    """Members who were there when a version was read out at a meeting.

    Whether the meeting was held is asked by `kongthun.activities.actions.read_out_at_meeting`.
    """
    return _acknowledge(
        group,
        number,
        members,
        on,
        by,
        KnownBy.READ_OUT,
        _may_note(group, by),
        meeting_number=meeting_number,
    )


@transaction.atomic
def acknowledge_on_screen(*, group: Group, number: int, by: Reach) -> RulesKnownNow | NotDone:
    """A member says for themselves, today: I have read this version."""
    refusals: list[WrittenRulesRefusal] = [
        *by.refusals(Deed.KNOW_RULES, area_code=group.area_code, group_id=group.pk)
    ]
    own = own_number(group, by)
    if own is None:
        return NotDone((*refusals, NoOwnNumber()))
    return _acknowledge(group, number, [own], by.day, by, KnownBy.ON_SCREEN, refusals)


def own_number(group: Group, by: Reach) -> int | None:
    """The number under which somebody is a member of the group, if they sign in as one."""
    for holding in by.holding_with(Deed.KNOW_RULES):
        if holding.group_id == group.pk and holding.member_number is not None:
            return holding.member_number
    return None


def _acknowledge(
    group: Group,
    number: int,
    members: Collection[int],
    on: date,
    by: Reach,
    means: KnownBy,
    refusals: list[WrittenRulesRefusal],
    *,
    meeting_number: int | None = None,
    sheet: Path | None = None,
) -> RulesKnownNow | NotDone:
    hold_group(group)
    named = tuple(sorted(set(members)))
    refusals = [*refusals, *_faults_of_knowing(group, number, on, by)]
    if not named:
        refusals.append(NobodyNamed())
    standing = members_on(group, on)
    strangers = tuple(each for each in named if each not in standing)
    if strangers:
        refusals.append(NotMembersThen(strangers, on))
    known = RulesKnown.objects.filter(group=group, rules_number=number, member_number__in=named)
    already = tuple(known.order_by("member_number").values_list("member_number", flat=True))
    if already:
        refusals.append(KnowAlready(already))
    if refusals:
        return NotDone(tuple(refusals))
    sha256 = ""
    if sheet is not None:
        sha256 = keep_paper(
            sheet,
            fund_id=group.pk,
            area_code=group.area_code,
            subject=f"written rules {number} known",
            user_id=by.user_id,
        )
    RulesKnown.objects.bulk_create(
        RulesKnown(
            group=group,
            rules_number=number,
            member_number=each,
            known_on=on,
            by_means=means,
            meeting_number=meeting_number,
            evidence=sha256,
            recorded_by_id=by.user_id,
            recorded_at=timezone.now(),
        )
        for each in named
    )
    _write_down(
        "know_rules",
        group,
        number,
        by,
        members=list(named),
        known_on=on.isoformat(),
        means=str(means),
        meeting=meeting_number,
        sha256=sha256,
    )
    return RulesKnownNow(number, named)


def _faults_of_knowing(group: Group, number: int, on: date, by: Reach) -> list[WrittenRulesRefusal]:
    """Whether a version can have been known on a day: adopted, not replaced, the day has come."""
    found: list[WrittenRulesRefusal] = [InTheFuture(on)] if on > by.day else []
    versions = versions_of(group.pk)
    version = next((each for each in versions if each.number == number), None)
    if version is None:
        return [*found, VersionUnknown(number)]
    if version.adopted_on is None or version.starts_on is None:
        return [*found, NotAdopted(number)]
    if on < version.adopted_on:
        found.append(KnownBeforeAdopted(on, version.adopted_on))
    then = in_force_among(versions, on)
    since = then.starts_on if then is not None else None
    if then and since and (since, then.number) > (version.starts_on, number):
        found.append(ReplacedByThen(number, then.number, since))
    return found


# ---- below the line ------------------------------------------------------------------------------


def _may_draft(group: Group, by: Reach) -> list[WrittenRulesRefusal]:
    return [*by.refusals(Deed.KEEP_RULES, area_code=group.area_code, group_id=group.pk)]


def _may_note(group: Group, by: Reach) -> list[WrittenRulesRefusal]:
    if by.may(Deed.HOLD_MEETINGS, area_code=group.area_code, group_id=group.pk):
        return []
    return [*by.refusals(Deed.KEEP_LISTS, area_code=group.area_code, group_id=group.pk)]


def _draft_refusals(group: Group, number: int, by: Reach) -> list[WrittenRulesRefusal]:
    """Why this is no draft for them to write in; the group is held meanwhile."""
    hold_group(group)
    found = _may_draft(group, by)
    version = version_of(group.pk, number)
    if version is None:
        found.append(VersionUnknown(number))
    elif version.adopted_on is not None:
        found.append(NoDraft(number))
    elif version.dropped_at is not None:
        found.append(DraftDropped(number))
    return found


def _faults_of_title(title: str) -> list[WrittenRulesRefusal]:
    said = visible(title)
    if not said:
        return [TitleMissing()]
    return [WordsTooLong("ชื่อระเบียบ", LONGEST_TITLE)] if len(said) > LONGEST_TITLE else []


def _faults_of_article(words: str, chapter: str) -> list[WrittenRulesRefusal]:
    said = as_written(words)
    found: list[WrittenRulesRefusal] = [] if said else [ArticleEmpty()]
    if len(said) > LONGEST_ARTICLE:
        found.append(WordsTooLong("ข้อความของข้อ", LONGEST_ARTICLE))
    if len(visible(chapter)) > LONGEST_CHAPTER:
        found.append(WordsTooLong("ชื่อหมวด", LONGEST_CHAPTER))
    return found


def _limits_set(
    typed: Mapping[str, str], others: Iterable[ArticleText]
) -> tuple[dict[str, str], list[WrittenRulesRefusal]]:
    """The limits that an article sets, as typed, and everything wrong with them."""
    taken = {name: each.place for each in others for name in each.limits}
    found: list[WrittenRulesRefusal] = []
    said: dict[str, str] = {}
    for name, raw in typed.items():
        value = visible(raw)
        if name not in LIMITS:
            found.append(LimitUnknown(name))
            continue
        if not value:
            continue
        if isinstance(read_value(name, value), BadValue):
            found.append(LimitUnreadable(name, raw))
        if name in taken:
            found.append(LimitInTwoArticles(name, taken[name]))
        said[name] = value
    return said, found


def _rewrite(group: Group, number: int, articles: Sequence[ArticleText]) -> None:
    """The articles of a draft anew: their place is part of what they are."""
    Article.objects.filter(group=group, rules_number=number).delete()
    _write_articles(group, number, articles)


def _write_articles(group: Group, number: int, articles: Sequence[ArticleText]) -> None:
    Article.objects.bulk_create(
        Article(
            group=group,
            rules_number=number,
            place=place,
            chapter=each.chapter,
            words=each.words,
            limits=dict(each.limits),
        )
        for place, each in enumerate(articles, start=1)
    )


def _row(group: Group, number: int) -> QuerySet[WrittenRules]:
    return WrittenRules.objects.filter(group=group, number=number)


def _write_down(deed: str, group: Group, number: int, by: Reach, **details: object) -> None:
    record_deed(
        deed,
        user_id=by.user_id,
        area_code=group.area_code,
        fund_id=group.pk,
        subject=f"written rules {number}",
        details=details,
    )
