"""Written rules: versions, the one in force on a day, its articles, and who knows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kongthun.domain.articles import Article as ArticleText
from kongthun.domain.rule_set import WHOLE, RuleSet, read_value

from ..models import Article, Group, KnownBy, RulesKnown, WrittenRules
from .members import MemberOn, members_on


def versions_of(group_id: int) -> list[WrittenRules]:
    """Every version of a group, drafts and those given up too, in the order of numbers."""
    return list(
        WrittenRules.objects.filter(group_id=group_id)
        .select_related("recorded_by", "rules")
        .order_by("number")
    )


def version_of(group_id: int, number: int) -> WrittenRules | None:
    """One version. One statement."""
    found = WrittenRules.objects.filter(group_id=group_id, number=number)
    return found.select_related("recorded_by", "rules").first()


def in_force_among(versions: Iterable[WrittenRules], day: date) -> WrittenRules | None:
    """The version of a day: of those that had begun the latest; of two, the later number."""
    begun = [
        (each.starts_on, each.number, each)
        for each in versions
        if each.starts_on is not None and each.starts_on <= day
    ]
    return max(begun, key=lambda each: each[:2])[2] if begun else None


def draft_among(versions: Iterable[WrittenRules]) -> WrittenRules | None:
    """The draft that is being written, of which there is one at most."""
    return next((each for each in versions if is_draft(each)), None)


def is_draft(version: WrittenRules) -> bool:
    """Whether the version may still be changed."""
    return version.adopted_on is None and version.dropped_at is None


def version_before(versions: Sequence[WrittenRules], of: WrittenRules) -> WrittenRules | None:
    """The version that this one replaces, or will: the adopted one that began last before it."""
    adopted = [each for each in versions if each.starts_on is not None and each.number != of.number]
    if of.starts_on is not None:
        began = (of.starts_on, of.number)
        adopted = [each for each in adopted if (each.starts_on, each.number) < began]
    return max(adopted, key=lambda each: (each.starts_on, each.number), default=None)


def articles_of(group_id: int, number: int) -> list[ArticleText]:
    """The articles of a version as values, in their order. One statement."""
    rows = Article.objects.filter(group_id=group_id, rules_number=number).order_by("place")
    return [as_value(row) for row in rows]


def as_value(row: Article) -> ArticleText:
    """An article as `kongthun.domain.articles` reads it."""
    return ArticleText(row.place, row.words, row.chapter, dict(row.limits))


# ---- what the software enforces by them ----------------------------------------------------------


def clause_of(place: int) -> str:
    """How a limit cites an article."""
    return f"ข้อ {place}"


def source_of(version: WrittenRules) -> str:
    """How a limit cites a version: by title, and by number, since a title stays the same."""
    return f"{version.title} (ฉบับที่ {version.number})"


@dataclass(frozen=True, slots=True)
class WhereWritten:
    """The article of a group's own rules that a limit comes from."""

    version: int
    place: int


def where_written(group_id: int, rules: RuleSet) -> Mapping[str, WhereWritten]:
    """The article of each limit of a rule set that cites one and says what it says.

    A limit keeps its article when a later rule set carries it over. Two statements.
    """
    adopted = WrittenRules.objects.filter(group_id=group_id, adopted_on__isnull=False)
    sources = {source_of(each): each.number for each in adopted}
    rows = Article.objects.filter(group_id=group_id, rules_number__in=sources.values())
    at = {(row.rules_number, clause_of(row.place)): row for row in rows if row.limits}
    found = {}
    for name, limit in rules.limits.items():
        row = at.get((sources.get(limit.source, 0), limit.clause))
        said = row.limits.get(name) if row is not None else None
        if row is not None and said and read_value(name, str(said)) == limit.value:
            found[name] = WhereWritten(row.rules_number, row.place)
    return found


# ---- who knows them ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RulesKnownOn:
    """How far the rules in force on a day are known. Empty ``version``: none was in force.

    ``share`` is hundredths of a per cent of the members of the day; ``not_yet`` are those members
    of whom nothing says that they know, by number.
    """

    day: date
    version: WrittenRules | None
    members: int
    known: int
    by_means: Mapping[KnownBy, int]
    not_yet: tuple[MemberOn, ...]

    @property
    def share(self) -> int:
        """The share who know, in hundredths of a per cent, never rounded up to all of them."""
        return self.known * WHOLE // self.members if self.members else 0


def rules_known(group: Group, day: date) -> RulesKnownOn:
    """Who of the members of a day knows the rules in force on it. Five statements."""
    version = in_force_among(versions_of(group.pk), day)
    return known_of(group, version, day)


def known_of(group: Group, version: WrittenRules | None, day: date) -> RulesKnownOn:
    """Who of the members of a day knows this version by then. Four statements."""
    members = members_on(group, day)
    means = {
        row.member_number: KnownBy(row.by_means)
        for row in (known_rows(group.pk, version.number) if version else ())
        if row.known_on <= day and row.member_number in members
    }
    return RulesKnownOn(
        day,
        version,
        len(members),
        len(means),
        Counter(means.values()),
        tuple(member for number, member in members.items() if number not in means),
    )


def known_rows(group_id: int, number: int) -> list[RulesKnown]:
    """Everybody who ever said or signed that they know a version, by number. One statement."""
    rows = RulesKnown.objects.filter(group_id=group_id, rules_number=number)
    return list(rows.order_by("member_number"))
