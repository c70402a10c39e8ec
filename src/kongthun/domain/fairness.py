"""Whether debtors who are alike were treated alike: questions to ask, never an accusation.

Everyone is treated alike (เสมอภาค ไม่เลือกปฏิบัติ [S]). Debtors whose sum, age of debt and history
lie in the same bands at the beginning are alike. A **gap** is one debtor treated otherwise than
nearly all who are alike. A **pattern** is a circle (a hamlet, a field worker's households, those
who sit on the committee) treated otherwise than the rest, among those alike, by more than chance
explains. Either may have a good reason; somebody then explains it, and it is kept as explained.

A circle is one of three kinds and a number. There is no word in any value here, so that neither a
name nor a side in politics can stand in one. (docs/rules/fairness.md works an example.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import comb
from typing import NamedTuple

from .arrears import BAND_DAYS
from .money import ZERO, Money

# ------------------------------------------------------------------------------------- facts


class Flag(StrEnum):
    """What explains by itself that somebody is treated otherwise."""

    DECEASED = "deceased"
    MOVED = "moved"


class CircleKind(StrEnum):
    """What people may be asked about together. A closed list: another kind is a decision."""

    HAMLET = "hamlet"
    FIELD_WORKER = "field_worker"
    COMMITTEE = "committee"  # 1: the household sits on the committee; 0: it does not


@dataclass(frozen=True, slots=True, order=True)
class Circle:
    """One hamlet, one field worker's households, or the households of the committee."""

    kind: CircleKind
    number: int


@dataclass(frozen=True, slots=True)
class Debtor:
    """A debtor as they stood on the first day that is looked at.

    ``days_late`` is of the oldest part that lacks; ``parts_due`` and ``agreements`` are promises
    whose day had passed, and how many of them were kept. An empty circle is one nobody knows.
    """

    number: int
    owed: Money
    days_late: int
    parts_due: int = 0
    parts_kept: int = 0
    agreements: int = 0
    agreements_kept: int = 0
    flags: frozenset[Flag] = frozenset()
    hamlet: int | None = None
    field_worker: int | None = None
    on_committee: bool | None = None

    def circle_number(self, kind: CircleKind) -> int | None:
        """The number of this debtor's circle of a kind."""
        if kind is CircleKind.HAMLET:
            return self.hamlet
        if kind is CircleKind.FIELD_WORKER:
            return self.field_worker
        return None if self.on_committee is None else int(self.on_committee)


class Deed(StrEnum):
    """What was done with a debtor."""

    VISITED = "visited"
    WARNED = "warned"  # by letter
    DEFERRED = "deferred"  # its length is in days
    AGREED = "agreed"  # a plan of sending back; its length is in months
    TAKEN_TO_LAW = "taken_to_law"


_WITH_LENGTH = (Deed.DEFERRED, Deed.AGREED)


@dataclass(frozen=True, slots=True)
class Treatment:
    """What was done with a debtor on a day; ``length`` for a deferral and an agreement only."""

    number: int
    on: date
    deed: Deed
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Bands:
    """Who counts as alike, and from when a difference counts, from a day on.

    ``sum_ends`` and ``age_ends`` are upper ends, included, the last band open; ``kept_from`` are
    lower ends, in per cent of promises kept. ``nearly_all`` is in per cent. A term is much longer
    or shorter from ``times`` on. ``alpha`` is the share of neutral looks that may raise an alarm.
    """

    holds_from: date
    sum_ends: tuple[Money, ...]
    kept_from: tuple[int, ...]
    age_ends: tuple[int, ...] = BAND_DAYS
    least_alike: int = 4
    nearly_all: int = 90
    times: int = 2
    waited_days: int = 30
    alpha: Fraction = Fraction(1, 100)


# ตัวอย่าง – ไม่ใช่เกณฑ์ทางการ. Sums lie around the averages seen, 6,363 and 11,200 baht.
EXAMPLE_BANDS = (
    Bands(date(2010, 10, 1), sum_ends=(Money.baht(5_000), Money.baht(15_000)), kept_from=(50,)),
)


def bands_on(dated: Iterable[Bands], day: date) -> Bands | None:
    """The bands that hold on a day: the newest that have begun; none before the first.

    >>> bands_on(EXAMPLE_BANDS, date(2026, 11, 22)).least_alike
    4
    """
    begun = [bands for bands in dated if bands.holds_from <= day]
    return max(begun, key=lambda bands: bands.holds_from, default=None)


# ------------------------------------------------------------------------------------ faults


@dataclass(frozen=True, slots=True)
class DebtorTwice:
    """A number that comes more than once."""

    number: int


@dataclass(frozen=True, slots=True)
class FactsContradict:
    """Nothing owed, a count below nothing, or more promises kept than were made."""

    number: int


@dataclass(frozen=True, slots=True)
class OfNobody:
    """Something was done with a number that is not among the debtors."""

    treatment: Treatment


@dataclass(frozen=True, slots=True)
class LengthUnfit:
    """A deferral or an agreement without a length, or a length where there can be none."""

    treatment: Treatment


@dataclass(frozen=True, slots=True)
class BandsUnsound:
    """A field of the bands whose ends do not rise or whose value is out of its range."""

    field: str


Fault = DebtorTwice | FactsContradict | OfNobody | LengthUnfit | BandsUnsound


def faults_in(
    debtors: Sequence[Debtor], treatments: Iterable[Treatment], bands: Bands
) -> list[Fault]:
    """Everything that can not be as it was handed in, all together."""
    seen: set[int] = set()
    twice: dict[int, None] = {}
    for debtor in debtors:
        if debtor.number in seen:
            twice[debtor.number] = None
        seen.add(debtor.number)
    found: list[Fault] = [DebtorTwice(number) for number in twice]
    found += [FactsContradict(each.number) for each in debtors if not _facts_fit(each)]
    for treatment in treatments:
        if treatment.number not in seen:
            found.append(OfNobody(treatment))
        if not _length_fits(treatment):
            found.append(LengthUnfit(treatment))
    found += [BandsUnsound(field) for field, is_sound in _bounds(bands).items() if not is_sound]
    return found


def _facts_fit(debtor: Debtor) -> bool:
    return (
        debtor.owed > ZERO
        and debtor.days_late >= 0
        and 0 <= debtor.parts_kept <= debtor.parts_due
        and 0 <= debtor.agreements_kept <= debtor.agreements
    )


def _length_fits(treatment: Treatment) -> bool:
    if treatment.deed in _WITH_LENGTH:
        return treatment.length is not None and treatment.length > 0
    return treatment.length is None


def _bounds(bands: Bands) -> dict[str, bool]:
    return {
        "sum_ends": all(one < other for one, other in pairwise((ZERO, *bands.sum_ends))),
        "kept_from": all(one < other for one, other in pairwise((0, *bands.kept_from, 101))),
        "age_ends": all(one < other for one, other in pairwise((0, *bands.age_ends))),
        "least_alike": bands.least_alike >= 1,
        "nearly_all": 50 < bands.nearly_all <= 100,
        "times": bands.times > 1,
        "waited_days": bands.waited_days >= 1,
        "alpha": 0 < bands.alpha < 1,
    }


# ------------------------------------------------------------------------------- who is alike


class Reason(StrEnum):
    """Why somebody is held against nobody. It says something of us, and nothing of them."""

    DECEASED = "deceased"
    MOVED = "moved"
    NOT_LATE = "not_late"
    TOO_FEW_ALIKE = "too_few_alike"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A debtor held against nobody, why, and how many others would be alike."""

    number: int
    reasons: tuple[Reason, ...]
    alike: int


@dataclass(frozen=True, slots=True, order=True)
class Likeness:
    """The bands that debtors share, counted from 0; ``kept_band`` 0 is nothing promised so far."""

    sum_band: int
    age_band: int
    kept_band: int


@dataclass(frozen=True, slots=True)
class AlikeGroup:
    """Debtors who are alike, in the order of their numbers."""

    likeness: Likeness
    debtors: tuple[Debtor, ...]


def likeness_of(debtor: Debtor, bands: Bands) -> Likeness:
    """The bands a debtor lies in.

    >>> late = Debtor(7, Money.baht(6_000), days_late=400, parts_due=3, parts_kept=2)
    >>> likeness_of(late, EXAMPLE_BANDS[0])
    Likeness(sum_band=1, age_band=2, kept_band=2)
    """
    promised = debtor.parts_due + debtor.agreements
    kept = debtor.parts_kept + debtor.agreements_kept
    return Likeness(
        sum(debtor.owed > end for end in bands.sum_ends),
        sum(debtor.days_late > end for end in bands.age_ends),
        1 + sum(kept * 100 >= start * promised for start in bands.kept_from) if promised else 0,
    )


def alike_groups(debtors: Iterable[Debtor], bands: Bands) -> list[AlikeGroup]:
    """Debtors by likeness; those whom something explains, or who are not late, are in none."""
    found: dict[Likeness, list[Debtor]] = {}
    for debtor in sorted(debtors, key=lambda each: each.number):
        if not _reasons(debtor):
            found.setdefault(likeness_of(debtor, bands), []).append(debtor)
    return [AlikeGroup(likeness, tuple(found[likeness])) for likeness in sorted(found)]


def left_out(debtors: Sequence[Debtor], bands: Bands) -> list[LeftOut]:
    """Who can not be held against others one by one, in the order of numbers."""
    sizes = {group.likeness: len(group.debtors) for group in alike_groups(debtors, bands)}
    found = []
    for debtor in sorted(debtors, key=lambda each: each.number):
        reasons = _reasons(debtor)
        others = sizes.get(likeness_of(debtor, bands), 0) - (0 if reasons else 1)
        if others < bands.least_alike:
            reasons = (*reasons, Reason.TOO_FEW_ALIKE)
        if reasons:
            found.append(LeftOut(debtor.number, reasons, others))
    return found


def _reasons(debtor: Debtor) -> tuple[Reason, ...]:
    flags = tuple(Reason(flag.value) for flag in Flag if flag in debtor.flags)
    return flags if debtor.days_late else (*flags, Reason.NOT_LATE)


# ------------------------------------------------------------------------------ explanations


@dataclass(frozen=True, slots=True)
class GapKey:
    """Which gap: stays the same while figures change."""

    number: int
    deed: Deed
    way: Way


@dataclass(frozen=True, slots=True)
class PatternKey:
    """Which pattern: stays the same while figures change."""

    circle: Circle
    question: Question


@dataclass(frozen=True, slots=True)
class Explanation:
    """Somebody explained a gap or a pattern in a note; its words are kept elsewhere."""

    of: GapKey | PatternKey
    note_number: int
    told_on: date


def _notes(
    explanations: Iterable[Explanation], day: date
) -> dict[GapKey | PatternKey, Explanation]:
    """The newest explanation of each thing, as known on a day."""
    found: dict[GapKey | PatternKey, Explanation] = {}
    for each in sorted(explanations, key=lambda each: (each.told_on, each.note_number)):
        if each.told_on <= day:
            found[each.of] = each
    return found


# ------------------------------------------------------------------------------- single gaps


class Way(StrEnum):
    """How one debtor's treatment differs from that of those alike."""

    LACKING = "lacking"  # nearly all of them had it, this one had not
    ALONE = "alone"  # nearly none of them had it, this one had
    LONGER = "longer"  # a term much longer than any of theirs
    SHORTER = "shorter"
    LATER = "later"  # nearly all who waited for less were visited before


@dataclass(frozen=True, slots=True)
class Gap:
    """One debtor treated otherwise than those alike, with the figures that say so.

    ``alike`` is how many the debtor is held against: all who are alike; of a term, those with a
    term; of the order, those whose debt had waited for less. ``others`` are the numbers treated
    otherwise than this one, for the order in the order of their visits. ``own``, ``least`` and
    ``most`` are days of deferral, months of an agreement, or days late; empty where nothing is
    measured.
    """

    number: int
    deed: Deed
    way: Way
    likeness: Likeness
    alike: int
    others: tuple[int, ...]
    own: int | None = None
    least: int | None = None
    most: int | None = None
    explained_by: Explanation | None = None

    @property
    def key(self) -> GapKey:
        """What an explanation names."""
        return GapKey(self.number, self.deed, self.way)


def gaps_of(
    debtors: Sequence[Debtor],
    treatments: Sequence[Treatment],
    bands: Bands,
    day: date,
    explanations: Iterable[Explanation] = (),
) -> list[Gap]:
    """Every debtor treated otherwise than nearly all who are alike, by number.

    ``treatments`` are those since the debtors' facts were taken; what was done after ``day`` does
    not count. Who has too few alike has no gap, see ``left_out``. Explained gaps stay in, with
    what explains them. Raises ValueError for what ``faults_in`` names.
    """
    _refuse_faults(debtors, treatments, bands)
    records = _records(debtors, treatments, day)
    notes = _notes(explanations, day)
    gaps = [
        gap
        for group in alike_groups(debtors, bands)
        if len(group.debtors) > bands.least_alike
        for by_deed in [_by_deed(group, records)]
        for debtor in group.debtors
        for gap in _gaps_of_one(debtor, group, by_deed, records, bands)
    ]
    gaps.sort(key=lambda gap: gap.number)  # stable: of one debtor in the order of deeds
    return [replace(gap, explained_by=notes.get(gap.key)) for gap in gaps]


def _by_deed(
    group: AlikeGroup, records: Mapping[int, _Record]
) -> dict[Deed, tuple[list[int], list[int]]]:
    """Of each deed, who of the group had it and who had not."""
    numbers = [each.number for each in group.debtors]
    return {
        deed: (
            [number for number in numbers if records[number].had(deed)],
            [number for number in numbers if not records[number].had(deed)],
        )
        for deed in Deed
    }


def _gaps_of_one(
    debtor: Debtor,
    group: AlikeGroup,
    by_deed: Mapping[Deed, tuple[list[int], list[int]]],
    records: Mapping[int, _Record],
    bands: Bands,
) -> Iterator[Gap]:
    others = [each for each in group.debtors if each.number != debtor.number]
    own = records[debtor.number]
    is_unvisited = False
    for deed, (had, had_not) in by_deed.items():
        # Those unlike the debtor: the debtor is never among them.
        way, unlike = (Way.ALONE, had_not) if own.had(deed) else (Way.LACKING, had)
        if _is_nearly_all(len(unlike), len(others), bands):
            is_unvisited = is_unvisited or (deed, way) == (Deed.VISITED, Way.LACKING)
            yield Gap(debtor.number, deed, way, group.likeness, len(others), tuple(unlike))
        if deed in _WITH_LENGTH and own.had(deed) and len(had) > bands.least_alike:
            done = [number for number in had if number != debtor.number]
            yield from _gap_of_term(debtor.number, deed, done, group.likeness, records, bands)
    if not is_unvisited:  # who was not visited at all is asked about once
        yield from _gap_of_order(debtor, others, group.likeness, records, bands)


def _gap_of_term(
    number: int,
    deed: Deed,
    done: Sequence[int],
    likeness: Likeness,
    records: Mapping[int, _Record],
    bands: Bands,
) -> Iterator[Gap]:
    own = records[number].length(deed)
    lengths = [records[other].length(deed) for other in done]
    least, most = min(lengths), max(lengths)
    if own >= bands.times * most:
        way = Way.LONGER
    elif own * bands.times <= least:
        way = Way.SHORTER
    else:
        return
    yield Gap(number, deed, way, likeness, len(done), tuple(done), own, least, most)


def _gap_of_order(
    debtor: Debtor,
    others: Sequence[Debtor],
    likeness: Likeness,
    records: Mapping[int, _Record],
    bands: Bands,
) -> Iterator[Gap]:
    shorter = [each for each in others if each.days_late + bands.waited_days <= debtor.days_late]
    if len(shorter) < bands.least_alike:
        return
    own = records[debtor.number].first_visit
    before = sorted(
        (records[each.number].first_visit, each.number, each.days_late)
        for each in shorter
        if records[each.number].first_visit < own
    )
    if _is_nearly_all(len(before), len(shorter), bands):
        waited = [days for _, _, days in before]
        yield Gap(
            *(debtor.number, Deed.VISITED, Way.LATER, likeness, len(shorter)),
            others=tuple(number for _, number, _ in before),
            own=debtor.days_late,
            least=min(waited),
            most=max(waited),
        )


def _is_nearly_all(count: int, of: int, bands: Bands) -> bool:
    return count * 100 >= of * bands.nearly_all


# ---------------------------------------------------------------------------------- patterns


class Question(StrEnum):
    """What is asked of a circle. Each is a yes or a no of a debtor, or not asked of them."""

    VISITED = "visited"
    WARNED = "warned"
    DEFERRED = "deferred"
    AGREED = "agreed"
    TAKEN_TO_LAW = "taken_to_law"
    # Of those who had it: whether it was more than what the one in the middle of those alike had.
    LONG_DEFERRAL = "long_deferral"
    LONG_AGREEMENT = "long_agreement"
    # Of those visited: whether before the one in the middle of those alike.
    VISITED_EARLY = "visited_early"


class Table(NamedTuple):
    """Of a circle, and of the others alike: how many are yes, of how many asked about."""

    circle_yes: int
    circle: int
    others_yes: int
    others: int


class ExactP(NamedTuple):
    """A p-value, and the least that the same totals allow: that of the greatest difference."""

    p: Fraction
    least: Fraction


@dataclass(frozen=True, slots=True)
class Pattern:
    """A circle beside all others of its kind, among those alike, on one question.

    ``p`` is how often chance alone makes a difference at least so unlikely, if those alike are
    treated alike, and ``least_p`` the least it could be; ``corrected`` is ``p`` when everything
    that was looked at is counted (Holm). ``tables`` are the groups in which the circle and others
    both are.
    """

    circle: Circle
    question: Question
    tables: tuple[tuple[Likeness, Table], ...]
    p: Fraction
    least_p: Fraction
    corrected: Fraction
    explained_by: Explanation | None = None

    @property
    def key(self) -> PatternKey:
        """What an explanation names."""
        return PatternKey(self.circle, self.question)

    @property
    def together(self) -> Table:
        """The plain counts: so many of so many of the circle, so many of so many of the others."""
        tables = [table for _, table in self.tables]
        return Table(*(sum(table[place] for table in tables) for place in range(4)))

    @property
    def expected(self) -> Fraction:
        """How many yes the circle would have, were those alike treated alike."""
        return sum((_expected(table) for _, table in self.tables), Fraction(0))

    @property
    def is_more(self) -> bool:
        """Whether the circle has more yes than expected."""
        return self.together.circle_yes > self.expected

    @property
    def is_plain(self) -> bool:
        """Whether the plain counts alone point the same way.

        They need not where groups differ in size; then the tables have to be shown one by one.
        """
        seen = self.together
        apart = seen.circle_yes * seen.others - seen.others_yes * seen.circle
        return apart > 0 if self.is_more else apart < 0


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at, and the patterns found, the least likely by chance first.

    If those alike are treated alike, at most ``alpha`` of such looks finds anything at all.
    ``too_few`` are questions that so few debtors can not answer: silence there is no all-clear.
    """

    patterns: tuple[Pattern, ...]
    questions: int
    too_few: tuple[PatternKey, ...]
    alpha: Fraction


def pattern_of(
    debtors: Sequence[Debtor],
    treatments: Sequence[Treatment],
    circle: Circle,
    question: Question,
    bands: Bands,
    day: date,
) -> Pattern | None:
    """One circle on one question, looked at alone; None where nobody alike is outside it.

    The exact form of the Cochran–Mantel–Haenszel test. Whoever's circle is not known is not
    counted. Debtors with an explained gap are: else a circle could be explained away one by one.
    Raises ValueError for what ``faults_in`` names.
    """
    _refuse_faults(debtors, treatments, bands)
    return _pattern(circle, question, _asked(debtors, treatments, bands, day)[question])


def patterns_of(
    debtors: Sequence[Debtor],
    treatments: Sequence[Treatment],
    bands: Bands,
    day: date,
    explanations: Iterable[Explanation] = (),
) -> Looked:
    """Every circle on every question, and what is found under ``bands.alpha`` after Holm.

    Of two circles of a kind the one with the higher number is looked at, the other is its mirror.
    A question that all who are alike answer alike is not looked at. Neither choice knows who
    belongs to which circle, so the rate of false alarms holds. Explained patterns stay in, with
    what explains them. Raises ValueError for what ``faults_in`` names.
    """
    _refuse_faults(debtors, treatments, bands)
    asked = _asked(debtors, treatments, bands, day)
    keys = [
        PatternKey(circle, question)
        for circle in _circles(alike_groups(debtors, bands))
        for question in Question
        if any(len(set(group.answers.values())) == 2 for group in asked[question])
    ]
    tried = {key: _pattern(key.circle, key.question, asked[key.question]) for key in keys}
    p_values = [Fraction(1) if seen is None else seen.p for seen in tried.values()]
    notes = _notes(explanations, day)
    found = [
        replace(seen, corrected=corrected, explained_by=notes.get(key))
        for (key, seen), corrected in zip(tried.items(), corrected_by_holm(p_values), strict=True)
        if seen is not None and corrected <= bands.alpha
    ]
    found.sort(key=lambda pattern: pattern.p)
    too_few = tuple(
        key for key, seen in tried.items() if seen is None or seen.least_p * len(keys) > bands.alpha
    )
    return Looked(tuple(found), len(keys), too_few, bands.alpha)


def distribution_of(tables: Iterable[Table]) -> dict[int, Fraction]:
    """How likely each number of yes in the circle is, if chance alone chose whose they are.

    In each table the totals are as they were; tables are independent of each other.

    >>> {yes: str(p) for yes, p in distribution_of([Table(2, 2, 0, 2)]).items()}
    {0: '1/6', 1: '2/3', 2: '1/6'}
    """
    least, ways = _ways(tables)
    return {least + more: Fraction(way, sum(ways)) for more, way in enumerate(ways)}


def exact_p(tables: Sequence[Table]) -> ExactP:
    """How likely is what was seen or anything as unlikely, to either side.

    >>> str(exact_p([Table(3, 3, 0, 3)]).p), str(exact_p([Table(2, 3, 1, 3)]).p)
    ('1/10', '1')
    """
    least_yes, ways = _ways(tables)
    seen = ways[sum(table.circle_yes for table in tables) - least_yes]
    return ExactP(_no_likelier(ways, seen), _no_likelier(ways, min(ways)))


def corrected_by_holm(p_values: Sequence[Fraction]) -> list[Fraction]:
    """P-values as they count when all of them were looked at, in the order given.

    To take those up to alpha finds nothing in at least 1 - alpha of neutral looks, however the
    questions hang together.

    >>> [str(p) for p in corrected_by_holm([Fraction(1, 2), Fraction(1, 300), Fraction(1, 40)])]
    ['1/2', '1/100', '1/20']
    """
    corrected = [Fraction(1)] * len(p_values)
    so_far = Fraction(0)
    for done, place in enumerate(sorted(range(len(p_values)), key=lambda at: p_values[at])):
        so_far = max(so_far, min(Fraction(1), (len(p_values) - done) * p_values[place]))
        corrected[place] = so_far
    return corrected


def _ways(tables: Iterable[Table]) -> tuple[int, list[int]]:
    """The least number of yes in the circle, and in how many ways it and each one above can be."""
    least, ways = 0, [1]
    for table in tables:
        yes = table.circle_yes + table.others_yes
        low, high = max(0, yes - table.others), min(table.circle, yes)
        here = [
            comb(table.circle, taken) * comb(table.others, yes - taken)
            for taken in range(low, high + 1)
        ]
        summed = [0] * (len(ways) + len(here) - 1)
        for at, way in enumerate(ways):
            for more, other in enumerate(here):
                summed[at + more] += way * other
        least, ways = least + low, summed
    return least, ways


def _no_likelier(ways: Sequence[int], seen: int) -> Fraction:
    return Fraction(sum(way for way in ways if way <= seen), sum(ways))


def _expected(table: Table) -> Fraction:
    yes = table.circle_yes + table.others_yes
    return Fraction(table.circle * yes, table.circle + table.others)


class _AskedGroup(NamedTuple):
    """Debtors who are alike, and the answers of those of whom a question can be asked."""

    group: AlikeGroup
    answers: dict[int, bool]


def _asked(
    debtors: Sequence[Debtor], treatments: Iterable[Treatment], bands: Bands, day: date
) -> dict[Question, list[_AskedGroup]]:
    records = _records(debtors, treatments, day)
    groups = alike_groups(debtors, bands)
    return {
        question: [_AskedGroup(group, _answers(group, question, records)) for group in groups]
        for question in Question
    }


def _answers(
    group: AlikeGroup, question: Question, records: Mapping[int, _Record]
) -> dict[int, bool]:
    own = {each.number: records[each.number] for each in group.debtors}
    if question in (Question.LONG_DEFERRAL, Question.LONG_AGREEMENT):
        deed = Deed.DEFERRED if question is Question.LONG_DEFERRAL else Deed.AGREED
        lengths = {
            number: record.length(deed) for number, record in own.items() if record.had(deed)
        }
        middle = sorted(lengths.values())[(len(lengths) - 1) // 2] if lengths else 0
        return {number: length > middle for number, length in lengths.items()}
    if question is Question.VISITED_EARLY:
        days = {n: record.first_visit for n, record in own.items() if record.had(Deed.VISITED)}
        middle_day = sorted(days.values())[len(days) // 2] if days else date.max
        return {number: day < middle_day for number, day in days.items()}
    return {number: record.had(Deed(question.value)) for number, record in own.items()}


def _circles(groups: Iterable[AlikeGroup]) -> list[Circle]:
    """Circles to look at: of each kind every one there is, but of two only the higher."""
    debtors = [debtor for group in groups for debtor in group.debtors]
    found: list[Circle] = []
    for kind in CircleKind:
        numbers = {number for d in debtors if (number := d.circle_number(kind)) is not None}
        circles = [Circle(kind, number) for number in sorted(numbers)]
        found += circles[1:] if len(circles) <= 2 else circles
    return found


def _pattern(circle: Circle, question: Question, asked: Sequence[_AskedGroup]) -> Pattern | None:
    tables = []
    for group, answers in asked:
        counts = {True: [0, 0], False: [0, 0]}
        for debtor in group.debtors:
            number = debtor.circle_number(circle.kind)
            if number is not None and debtor.number in answers:
                of = counts[number == circle.number]
                of[0] += answers[debtor.number]
                of[1] += 1
        table = Table(*counts[True], *counts[False])
        if table.circle and table.others:
            tables.append((group.likeness, table))
    if not tables:
        return None
    p, least = exact_p([table for _, table in tables])
    return Pattern(circle, question, tuple(tables), p, least, corrected=p)


# --------------------------------------------------------------------------------- all of it


@dataclass(frozen=True, slots=True)
class Fairness:
    """All there is to say of a day: gaps, patterns, and who could be held against nobody."""

    day: date
    gaps: tuple[Gap, ...]
    looked: Looked
    left_out: tuple[LeftOut, ...]

    @property
    def unexplained(self) -> tuple[Gap | Pattern, ...]:
        """What goes to the supervisor: patterns, then gaps, that nobody has explained."""
        every: tuple[Gap | Pattern, ...] = (*self.looked.patterns, *self.gaps)
        return tuple(each for each in every if each.explained_by is None)

    @property
    def explained(self) -> tuple[Gap | Pattern, ...]:
        """What somebody has explained, each with what explains it."""
        every: tuple[Gap | Pattern, ...] = (*self.looked.patterns, *self.gaps)
        return tuple(each for each in every if each.explained_by is not None)


def fairness_on(
    debtors: Sequence[Debtor],
    treatments: Sequence[Treatment],
    bands: Bands,
    day: date,
    explanations: Sequence[Explanation] = (),
) -> Fairness | list[Fault]:
    """Gaps and patterns as of a day; or, where facts can not be so, all their faults."""
    if faults := faults_in(debtors, treatments, bands):
        return faults
    return Fairness(
        day,
        tuple(gaps_of(debtors, treatments, bands, day, explanations)),
        patterns_of(debtors, treatments, bands, day, explanations),
        tuple(left_out(debtors, bands)),
    )


# ---------------------------------------------------------------------------- below the line


@dataclass(frozen=True, slots=True)
class _Record:
    """What was done with one debtor up to a day, by deed, in the order of days."""

    deeds: Mapping[Deed, Sequence[Treatment]]

    def had(self, deed: Deed) -> bool:
        return deed in self.deeds

    def length(self, deed: Deed) -> int:
        """Days deferred in all; months of the newest agreement, of two on a day the longer."""
        lengths = [each.length or 0 for each in self.deeds[deed]]
        return lengths[-1] if deed is Deed.AGREED else sum(lengths)

    @property
    def first_visit(self) -> date:
        """The day of the first visit; the end of time where there was none."""
        visits = self.deeds.get(Deed.VISITED)
        return visits[0].on if visits else date.max


def _records(
    debtors: Iterable[Debtor], treatments: Iterable[Treatment], day: date
) -> dict[int, _Record]:
    found: dict[int, dict[Deed, list[Treatment]]] = {debtor.number: {} for debtor in debtors}
    for each in sorted(treatments, key=lambda each: (each.on, each.length or 0)):
        if each.on <= day:
            found[each.number].setdefault(each.deed, []).append(each)
    return {number: _Record(deeds) for number, deeds in found.items()}


def _refuse_faults(
    debtors: Sequence[Debtor], treatments: Iterable[Treatment], bands: Bands
) -> None:
    if faults := faults_in(debtors, treatments, bands):
        raise ValueError(f"can not be compared: {faults}")
