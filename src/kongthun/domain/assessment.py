"""A questionnaire answered by the books and by people: a fund's health, the strength of five ก.

One engine for all of them. What is asked, what it weighs and where the levels lie is data of a year
that an officer can read; nothing of it stands here. The official criteria were not found [U], so
each set that ships calls itself an example in its ``note``. It is a sign where help is useful, no
ranking. (docs/rules/assessment.md)

Shares are Fractions from 0 to 1 where they are reckoned and hundredths of a per cent, rounded down,
where they are shown; a level is reached by the exact share and by the shown one alike.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

WHOLE = 10_000  # hundredths of a per cent
_YEARS = (2400, 2800)  # พ.ศ.; a year of the common era lies outside


# ------------------------------------------------------------------------------ what is asked


class Kind(StrEnum):
    """Who answers: the books, or a person."""

    AUTO = "auto"
    MANUAL = "manual"


class Unit(StrEnum):
    """What the whole number of a measure counts."""

    SHARE = "share"  # hundredths of a per cent
    DAYS = "days"
    COUNT = "count"
    SATANG = "satang"
    YES_NO = "yes_no"  # 1 or 0


class Better(StrEnum):
    """Which way a measure gets better."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure the books know by name."""

    name: str
    unit: Unit
    better: Better


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer and its points. ``bound`` is the worst value that still has it, itself included.

    Only measured items have bounds; their last choice has none and takes every other value.
    """

    code: str
    points: int
    words: str = ""
    bound: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A question. ``choices`` come best first, each with fewer points than the one before.

    How many points the best one has makes no item heavier: only ``weight`` does.
    """

    code: str
    question: str
    weight: int
    choices: tuple[Choice, ...]
    measure: Measure | None = None
    needs_evidence: bool = False

    @property
    def kind(self) -> Kind:
        """Answered by the books if they have a measure for it."""
        return Kind.AUTO if self.measure else Kind.MANUAL

    @property
    def possible(self) -> int:
        """The points of the best choice."""
        return self.choices[0].points

    def chosen(self, code: str) -> Choice | None:
        """The choice of this code."""
        return next((choice for choice in self.choices if choice.code == code), None)


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that belong together."""

    code: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A level and the share of points from which it is reached, hundredths of a per cent."""

    code: str
    name: str
    at_least: int


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """What is asked in a year (พ.ศ.); levels rise from 0. ``read_questionnaire`` makes them."""

    code: str
    year: int
    title: str
    note: str
    sections: tuple[Section, ...]
    levels: tuple[Level, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Every question, in order."""
        return tuple(item for section in self.sections for item in section.items)


# ------------------------------------------------------------------------- what is wrong with it

# ``where`` is the way to the place, counted from 1: ``sections.1.items.2.choices.3``.


@dataclass(frozen=True, slots=True)
class FieldMissing:
    """Something has to stand here."""

    where: str
    field: str


@dataclass(frozen=True, slots=True)
class FieldUnknown:
    """Nobody reads a field of this name here: a slip of the pen, or of the other kind of item."""

    where: str
    field: str


@dataclass(frozen=True, slots=True)
class FieldUnreadable:
    """Not the kind of value that has to stand here, blank, or a code with a space in it."""

    where: str
    field: str
    said: str


@dataclass(frozen=True, slots=True)
class NumberOutOfRange:
    """Below ``least`` or above ``most``: a weight, points, a year, the share of a level."""

    where: str
    field: str
    said: int
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class WordUnknown:
    """A word that is none of those known here: a kind, a unit, a direction, a measure."""

    where: str
    field: str
    said: str
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodeTwice:
    """This code stands at an earlier place as well. Codes of items are told apart everywhere."""

    where: str
    code: str


@dataclass(frozen=True, slots=True)
class TooFew:
    """Fewer sections, items, choices or levels than make sense."""

    where: str
    field: str
    count: int
    least: int


@dataclass(frozen=True, slots=True)
class PointsNotFalling:
    """A choice with as many points as the one before it, or more."""

    where: str
    points: int
    before: int


@dataclass(frozen=True, slots=True)
class BoundsNotInOrder:
    """A choice with fewer points asks as much as the one before it, or more."""

    where: str
    bound: int
    before: int


@dataclass(frozen=True, slots=True)
class BoundMisplaced:
    """Of a measured item each choice has a bound but the last, which takes all that is left."""

    where: str
    has_bound: bool


@dataclass(frozen=True, slots=True)
class MeasureTwoWays:
    """A measure with another unit or direction than at an earlier place."""

    where: str
    measure: str


@dataclass(frozen=True, slots=True)
class LevelsNotFromNothing:
    """The lowest level has to be reached by everybody: it begins at 0."""

    where: str
    at_least: int


@dataclass(frozen=True, slots=True)
class LevelsNotRising:
    """A level that begins where the one before it does, or lower."""

    where: str
    at_least: int
    before: int


QuestionnaireFault = (
    FieldMissing
    | FieldUnknown
    | FieldUnreadable
    | NumberOutOfRange
    | WordUnknown
    | CodeTwice
    | TooFew
    | PointsNotFalling
    | BoundsNotInOrder
    | BoundMisplaced
    | MeasureTwoWays
    | LevelsNotFromNothing
    | LevelsNotRising
)


def read_questionnaire(
    data: Mapping[str, object], *, measures: Collection[str] | None = None
) -> Questionnaire | list[QuestionnaireFault]:
    """A questionnaire as TOML or a form on screen hands it over, or everything wrong with it.

    ``measures`` are the names the books know; without them any name is taken. Never raises.
    """
    reading = _Reading(measures)
    top = _Place(data, "", reading)
    read = Questionnaire(
        code=top.code(set()),
        year=top.number("year", *_YEARS) or 0,
        title=top.text("title"),
        note=top.text("note", is_needed=False),
        sections=_sections(top),
        levels=_levels(top),
    )
    top.nothing_else()
    return reading.faults or read


def as_data(questionnaire: Questionnaire) -> dict[str, object]:
    """Words and whole numbers only, for keeping; ``read_questionnaire`` reads an equal one back."""
    return {
        "code": questionnaire.code,
        "year": questionnaire.year,
        "title": questionnaire.title,
        "note": questionnaire.note,
        "levels": [
            {"code": level.code, "name": level.name, "at_least": level.at_least}
            for level in questionnaire.levels
        ],
        "sections": [
            {
                "code": section.code,
                "title": section.title,
                "items": [_item_as_data(item) for item in section.items],
            }
            for section in questionnaire.sections
        ],
    }


# -------------------------------------------------------------------------- what was answered


@dataclass(frozen=True, slots=True)
class Measured:
    """What the books say of a measure, in its unit, as of a day; empty where they do not know.

    ``words`` say from what it was reckoned, or where to look.
    """

    value: int | None
    as_of: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a person chose, on what evidence (words or a hash), who says so, and on what day.

    ``option`` is the code of a choice, of a measured item too.
    """

    option: str
    evidence: str = ""
    by: str = ""
    as_of: date | None = None


class Missing(StrEnum):
    """Why an item is not known."""

    NOT_MEASURED = "not_measured"
    NOT_ANSWERED = "not_answered"
    NO_SUCH_OPTION = "no_such_option"
    NO_EVIDENCE = "no_evidence"  # asked for, and not there
    FROM_LATER = "from_later"  # of a day after the one judged


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What became of one item.

    ``points`` and ``choice`` are empty where it is not known, and ``missing`` says why. An item of
    kind AUTO is answered by its measure alone: what a person says of it stands in ``answered``, is
    worth ``claimed`` points, and differs by ``gap`` (claimed less measured). ``days_old`` is empty
    where no day is known.
    """

    item: Item
    section: str
    points: int | None
    choice: str | None
    missing: Missing | None
    measured: Measured | None
    answered: Answered | None
    claimed: int | None
    days_old: int | None

    @property
    def code(self) -> str:
        """The item's code."""
        return self.item.code

    @property
    def gap(self) -> int | None:
        """Points a person gives more than the books do, below 0 fewer; empty without both."""
        if self.item.kind is Kind.MANUAL or self.points is None or self.claimed is None:
            return None
        return self.claimed - self.points

    @property
    def share(self) -> Fraction | None:
        """What was reached of what could be, 0 to 1."""
        return None if self.points is None else Fraction(self.points, self.item.possible)


@dataclass(frozen=True, slots=True)
class SectionResult:
    """What a section reached: ``got`` of ``known``, the weight that is known of its ``weight``."""

    code: str
    weight: int
    known: int
    got: Fraction

    @property
    def share(self) -> Fraction | None:
        """Empty where nothing of it is known."""
        return self.got / self.known if self.known else None


class QualityMark(StrEnum):
    """How far the figures behind a result can be relied on."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


@dataclass(frozen=True, slots=True)
class QualityBounds:
    """What good and fair data are; examples, no official criteria.

    A fact is fresh up to and with ``fresh_days`` before the day. Good: so much of the weight is
    known and fresh. Fair: so much is known. Hundredths of a per cent, ``good`` not below ``fair``.
    """

    fresh_days: int = 90
    good: int = 9_000
    fair: int = 6_000


EXAMPLE_BOUNDS = QualityBounds()


@dataclass(frozen=True, slots=True)
class Quality:
    """Of all that was asked how much weight is known, and how much of that is fresh."""

    weight: int
    known: int
    fresh: int
    mark: QualityMark

    @property
    def known_share(self) -> int:
        """Hundredths of a per cent, rounded down."""
        return self.known * WHOLE // self.weight

    @property
    def fresh_share(self) -> int:
        """Of all that was asked, known and fresh; hundredths of a per cent, rounded down."""
        return self.fresh * WHOLE // self.weight


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """An item as it counts: ``weight`` times ``points`` of ``possible``, or not at all."""

    code: str
    section: str
    weight: int
    points: int | None
    possible: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything a result follows from, in whole numbers and words, and how it follows."""

    lines: tuple[ExplainedLine, ...]
    levels: tuple[Level, ...]

    @property
    def score(self) -> Fraction | None:
        """Weighed points by the weight that is known, 0 to 1; empty where nothing is."""
        known = [line for line in self.lines if line.points is not None]
        if not known:
            return None
        got = sum(
            (Fraction(line.weight * (line.points or 0), line.possible) for line in known),
            Fraction(0),
        )
        return got / sum(line.weight for line in known)

    @property
    def level(self) -> Level | None:
        """The highest level that the score reaches."""
        return _level_of(self.score, self.levels)


@dataclass(frozen=True, slots=True)
class Assessment:
    """A questionnaire answered as of a day.

    ``score`` is of what is known. What is not known is neither good nor bad, so it is left out of
    the share. How far that may mislead is said beside it: the score lies from ``at_least`` to
    ``at_most``, whatever is learned of the rest, and ``sure_level`` is reached in any case.
    ``weakest`` is the section that reached the smallest share, of equal ones the first; empty
    where nothing is known or nothing is lacking. ``strangers`` are answers to what is not asked.
    """

    questionnaire: str
    year: int
    as_of: date
    score: Fraction | None
    level: Level | None
    at_least: Fraction
    at_most: Fraction
    sure_level: Level
    quality: Quality
    weakest: str | None
    sections: tuple[SectionResult, ...]
    items: tuple[ItemResult, ...]
    explanation: Explanation
    strangers: tuple[str, ...]

    @property
    def hundredths(self) -> int | None:
        """The score in hundredths of a per cent, rounded down."""
        return None if self.score is None else int(self.score * WHOLE)


def assess(
    questionnaire: Questionnaire,
    facts: Mapping[str, Measured],
    answers: Mapping[str, Answered],
    *,
    as_of: date,
    bounds: QualityBounds = EXAMPLE_BOUNDS,
) -> Assessment:
    """Judge by measures (by name) and answers (by code of item) as of a day.

    A better fact or answer never makes a result worse. Learning what was not known may, but never
    below ``at_least``; hiding what is known never raises it. What is of a later day than ``as_of``
    is not known yet. The questionnaire is a sound one, as ``read_questionnaire`` hands it out.
    """
    items = tuple(
        _answered(item, section.code, facts, answers.get(item.code), as_of)
        for section in questionnaire.sections
        for item in section.items
    )
    sections = tuple(
        _section_result(section.code, [item for item in items if item.section == section.code])
        for section in questionnaire.sections
    )
    weight = sum(section.weight for section in sections)
    known = sum(section.known for section in sections)
    got = sum((section.got for section in sections), Fraction(0))
    score = got / known if known else None
    at_least = got / weight
    return Assessment(
        questionnaire=questionnaire.code,
        year=questionnaire.year,
        as_of=as_of,
        score=score,
        level=_level_of(score, questionnaire.levels),
        at_least=at_least,
        at_most=(got + weight - known) / weight,
        sure_level=_level_reached(at_least, questionnaire.levels),
        quality=_quality(items, weight, known, bounds),
        weakest=_weakest(sections),
        sections=sections,
        items=items,
        explanation=Explanation(
            tuple(
                ExplainedLine(
                    each.code, each.section, each.item.weight, each.points, each.item.possible
                )
                for each in items
            ),
            questionnaire.levels,
        ),
        strangers=tuple(sorted(set(answers) - {item.code for item in items})),
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One item to its next better choice, and what comes of it.

    For a measured item ``measure`` and ``value`` say what the books would have to show at the
    worst; for another one ``to`` is the option. Other items that use the same measure move with it.
    """

    item: str
    section: str
    before: str
    to: str
    measure: str | None
    value: int | None
    score_before: Fraction
    score_after: Fraction
    level_before: Level
    level_after: Level

    @property
    def raises_level(self) -> bool:
        """Whether this one step is enough for a higher level."""
        return self.level_after != self.level_before


def one_step(
    questionnaire: Questionnaire,
    facts: Mapping[str, Measured],
    answers: Mapping[str, Answered],
    *,
    as_of: date,
) -> Step | None:
    """The one improvement that brings the highest score, and so the highest level one can bring.

    Each is tried by assessing again with it, so what is promised is what will be. Of equal ones the
    first. Only what is known can be improved; empty where nothing known can.
    """
    now = assess(questionnaire, facts, answers, as_of=as_of)
    best: Step | None = None
    for item, is_now in zip(questionnaire.items, now.items, strict=True):
        step = _tried(questionnaire, item, is_now, now, facts, answers)
        if step is not None and (best is None or step.score_after > best.score_after):
            best = step
    return best


class Became(StrEnum):
    """What became of an item from one assessment to another."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    NEW = "new"  # was not asked before
    GONE = "gone"  # is asked no more
    NOW_KNOWN = "now_known"
    NO_LONGER_KNOWN = "no_longer_known"


@dataclass(frozen=True, slots=True)
class Compared:
    """An item in two assessments. ``is_asked_alike``: same weight, measure, points and bounds."""

    code: str
    became: Became
    before: ItemResult | None
    after: ItemResult | None
    is_asked_alike: bool


def compare(before: Assessment, after: Assessment) -> tuple[Compared, ...]:
    """Every item of both, in the order of the later one; those asked no more come last.

    Compared is the share of the possible points: another scale alone makes nothing better or worse.
    """
    old = {item.code: item for item in before.items}
    new = {item.code: item for item in after.items}
    gone = (code for code in old if code not in new)
    return tuple(_compared(code, old.get(code), new.get(code)) for code in (*new, *gone))


# ------------------------------------------------------------------ below the line: judging


def _answered(
    item: Item,
    section: str,
    facts: Mapping[str, Measured],
    answered: Answered | None,
    as_of: date,
) -> ItemResult:
    said = item.chosen(answered.option) if answered else None
    measured = facts.get(item.measure.name) if item.measure else None
    if item.measure:
        source: Measured | Answered | None = measured
        choice, missing = _by_measure(item, item.measure, measured)
    else:
        source = answered
        choice, missing = _by_person(item, answered, said)
    seen_on = source.as_of if source else None
    days_old = (as_of - seen_on).days if seen_on else None
    if choice and days_old is not None and days_old < 0:
        choice, missing = None, Missing.FROM_LATER
    return ItemResult(
        item=item,
        section=section,
        points=choice.points if choice else None,
        choice=choice.code if choice else None,
        missing=missing,
        measured=measured,
        answered=answered,
        claimed=said.points if said else None,
        days_old=days_old,
    )


def _by_measure(
    item: Item, measure: Measure, measured: Measured | None
) -> tuple[Choice | None, Missing | None]:
    if measured is None or measured.value is None:
        return None, Missing.NOT_MEASURED
    return next(c for c in item.choices if _reaches(measured.value, c.bound, measure.better)), None


def _reaches(value: int, bound: int | None, better: Better) -> bool:
    if bound is None:
        return True
    return value <= bound if better is Better.LOWER else value >= bound


def _by_person(
    item: Item, answered: Answered | None, said: Choice | None
) -> tuple[Choice | None, Missing | None]:
    if answered is None:
        return None, Missing.NOT_ANSWERED
    if said is None:
        return None, Missing.NO_SUCH_OPTION
    if item.needs_evidence and not answered.evidence.strip():
        return None, Missing.NO_EVIDENCE
    return said, None


def _section_result(code: str, items: Sequence[ItemResult]) -> SectionResult:
    known = [each for each in items if each.missing is None]
    return SectionResult(
        code,
        weight=sum(each.item.weight for each in items),
        known=sum(each.item.weight for each in known),
        got=sum((each.item.weight * (each.share or Fraction(0)) for each in known), Fraction(0)),
    )


def _quality(
    items: Sequence[ItemResult], weight: int, known: int, bounds: QualityBounds
) -> Quality:
    fresh = sum(
        each.item.weight
        for each in items
        if each.missing is None and each.days_old is not None and each.days_old <= bounds.fresh_days
    )
    if fresh * WHOLE >= bounds.good * weight:
        mark = QualityMark.GOOD
    else:
        mark = QualityMark.FAIR if known * WHOLE >= bounds.fair * weight else QualityMark.POOR
    return Quality(weight, known, fresh, mark)


def _weakest(sections: Sequence[SectionResult]) -> str | None:
    lacking = [
        (share, section.code)
        for section in sections
        if (share := section.share) is not None and share < 1
    ]
    return min(lacking, key=lambda each: each[0])[1] if lacking else None


def _level_of(score: Fraction | None, levels: Sequence[Level]) -> Level | None:
    return None if score is None else _level_reached(score, levels)


def _level_reached(score: Fraction, levels: Sequence[Level]) -> Level:
    return max(
        (level for level in levels if score * WHOLE >= level.at_least),
        key=lambda level: level.at_least,
    )


def _tried(
    questionnaire: Questionnaire,
    item: Item,
    is_now: ItemResult,
    now: Assessment,
    facts: Mapping[str, Measured],
    answers: Mapping[str, Answered],
) -> Step | None:
    """The item at its next better choice, assessed again; empty where it has none."""
    places = [choice.code for choice in item.choices]
    if is_now.choice is None or is_now.choice == places[0]:
        return None
    to = item.choices[places.index(is_now.choice) - 1]
    if item.measure and is_now.measured:
        name: str | None = item.measure.name
        facts = {**facts, item.measure.name: replace(is_now.measured, value=to.bound)}
    else:
        name = None
        answers = {**answers, item.code: replace(answers[item.code], option=to.code)}
    then = assess(questionnaire, facts, answers, as_of=now.as_of)
    before, after = now.score or Fraction(0), then.score or Fraction(0)
    return Step(
        item=item.code,
        section=is_now.section,
        before=is_now.choice,
        to=to.code,
        measure=name,
        value=to.bound,
        score_before=before,
        score_after=after,
        level_before=_level_reached(before, questionnaire.levels),
        level_after=_level_reached(after, questionnaire.levels),
    )


def _compared(code: str, old: ItemResult | None, new: ItemResult | None) -> Compared:
    if old is None or new is None:
        return Compared(code, Became.NEW if old is None else Became.GONE, old, new, False)
    is_alike = _scale(old.item) == _scale(new.item)
    return Compared(code, _became(old.share, new.share), old, new, is_alike)


def _scale(item: Item) -> object:
    choices = tuple((choice.code, choice.points, choice.bound) for choice in item.choices)
    return item.weight, item.measure, choices


def _became(old: Fraction | None, new: Fraction | None) -> Became:
    if old == new:
        return Became.SAME
    if old is None:
        return Became.NOW_KNOWN
    if new is None:
        return Became.NO_LONGER_KNOWN
    return Became.BETTER if new > old else Became.WORSE


# ------------------------------------------------------------------ below the line: reading


def _item_as_data(item: Item) -> dict[str, object]:
    said: dict[str, object] = {
        "code": item.code,
        "question": item.question,
        "weight": item.weight,
        "kind": item.kind.value,
    }
    if item.measure:
        said["measure"] = item.measure.name
        said["unit"] = item.measure.unit.value
        said["better"] = item.measure.better.value
    else:
        said["evidence"] = item.needs_evidence
    said["choices"] = [
        {"code": choice.code, "points": choice.points, "words": choice.words}
        | ({} if choice.bound is None else {"bound": choice.bound})
        for choice in item.choices
    ]
    return said


def _sections(top: _Place) -> tuple[Section, ...]:
    taken: set[str] = set()
    found: list[Section] = []
    for place in top.places("sections", least=1):
        found.append(
            Section(
                place.code(taken),
                place.text("title"),
                tuple(_item(each) for each in place.places("items", least=1)),
            )
        )
        place.nothing_else()
    return tuple(found)


def _item(place: _Place) -> Item:
    kind = place.word("kind", list(Kind))
    measure = _measure(place) if kind == Kind.AUTO else None
    evidence = place.flag("evidence") if kind == Kind.MANUAL else False
    read = Item(
        code=place.code(place.reading.item_codes),
        question=place.text("question"),
        weight=place.number("weight", 1) or 0,
        choices=_choices(place, kind, measure),
        measure=measure,
        needs_evidence=evidence,
    )
    if kind is not None:  # of another kind nobody knows what belongs to it
        place.nothing_else()
    return read


def _measure(place: _Place) -> Measure | None:
    known = place.reading.measures
    name = place.code(set(), "measure")
    if name and known is not None and name not in known:
        place.fault(WordUnknown(place.where, "measure", name, tuple(sorted(known))))
    unit = place.word("unit", list(Unit))
    better = place.word("better", list(Better))
    if not name or unit is None or better is None:
        return None
    read = Measure(name, Unit(unit), Better(better))
    if place.reading.measures_seen.setdefault(name, read) != read:
        place.fault(MeasureTwoWays(place.where, name))
    return read


def _choices(item: _Place, kind: str | None, measure: Measure | None) -> tuple[Choice, ...]:
    taken: set[str] = set()
    found: list[Choice] = []
    places = item.places("choices", least=2)
    points_before: int | None = None
    bound_before: int | None = None
    for place in places:
        code = place.code(taken)
        points = place.number("points", 0)
        words = place.text("words", is_needed=kind == Kind.MANUAL)
        bound = place.whole("bound", is_needed=False) if kind != Kind.MANUAL else None
        place.nothing_else()
        if points is not None and points_before is not None and points >= points_before:
            place.fault(PointsNotFalling(place.where, points, points_before))
        has_bound = place.data.get("bound") is not None
        if kind == Kind.AUTO and has_bound is (place is places[-1]):
            place.fault(BoundMisplaced(place.where, has_bound))
        if (
            measure is not None
            and bound is not None
            and bound_before is not None
            and _reaches(bound, bound_before, measure.better)
        ):
            place.fault(BoundsNotInOrder(place.where, bound, bound_before))
        points_before = points
        bound_before = bound
        found.append(Choice(code, points or 0, words, bound))
    return tuple(found)


def _levels(top: _Place) -> tuple[Level, ...]:
    taken: set[str] = set()
    found: list[Level] = []
    before: int | None = None
    for place in top.places("levels", least=1):
        code, name = place.code(taken), place.text("name")
        at_least = place.number("at_least", 0, WHOLE)
        place.nothing_else()
        if at_least and not found:
            place.fault(LevelsNotFromNothing(place.where, at_least))
        if at_least is not None and before is not None and at_least <= before:
            place.fault(LevelsNotRising(place.where, at_least, before))
        before = at_least
        found.append(Level(code, name, at_least or 0))
    return tuple(found)


class _Reading:
    """What is found while a questionnaire is read."""

    def __init__(self, measures: Collection[str] | None) -> None:
        self.measures = measures
        self.faults: list[QuestionnaireFault] = []
        self.item_codes: set[str] = set()
        self.measures_seen: dict[str, Measure] = {}


class _Place:
    """A table of the data. What can not be read is noted, and something harmless stands for it.

    With a fault noted nothing that was read is handed out.
    """

    def __init__(self, data: Mapping[str, object], where: str, reading: _Reading) -> None:
        self.data = data
        self.where = where
        self.reading = reading
        self.asked: set[str] = set()

    def fault(self, fault: QuestionnaireFault) -> None:
        self.reading.faults.append(fault)

    def code(self, taken: set[str], field: str = "code") -> str:
        """A text without a space in it, added to those taken."""
        said = self.text(field)
        if any(sign.isspace() for sign in said):
            self.fault(FieldUnreadable(self.where, field, said))
        elif said in taken:
            self.fault(CodeTwice(self.where, said))
        elif said:
            taken.add(said)
        return said

    def text(self, field: str, *, is_needed: bool = True) -> str:
        """A text; one that is needed is not blank."""
        said = self._said(field, is_needed=is_needed)
        if isinstance(said, str) and (said.strip() or not is_needed):
            return said
        if said is not None:
            self.fault(FieldUnreadable(self.where, field, str(said)))
        return ""

    def word(self, field: str, known: Sequence[str]) -> str | None:
        """One of the words known; none where it is another."""
        said = self.text(field)
        if said and said not in known:
            self.fault(WordUnknown(self.where, field, said, tuple(str(each) for each in known)))
        return said if said in known else None

    def whole(self, field: str, *, is_needed: bool = True) -> int | None:
        """A whole number; none where there is none or it can not be read."""
        said = self._said(field, is_needed=is_needed)
        if isinstance(said, int) and not isinstance(said, bool):
            return said
        if said is not None:
            self.fault(FieldUnreadable(self.where, field, str(said)))
        return None

    def number(self, field: str, least: int, most: int | None = None) -> int | None:
        """A whole number that has to be there, from ``least`` to ``most``."""
        said = self.whole(field)
        if said is not None and (said < least or (most is not None and said > most)):
            self.fault(NumberOutOfRange(self.where, field, said, least, most))
        return said

    def flag(self, field: str) -> bool:
        """Yes or no; no where nothing is said."""
        said = self._said(field, is_needed=False)
        if said is not None and not isinstance(said, bool):
            self.fault(FieldUnreadable(self.where, field, str(said)))
        return said is True

    def places(self, field: str, *, least: int) -> list[_Place]:
        """The tables of a list, at least so many."""
        said = self._said(field)
        if said is None:
            return []
        if not isinstance(said, list | tuple):
            self.fault(FieldUnreadable(self.where, field, str(said)))
            return []
        if len(said) < least:
            self.fault(TooFew(self.where, field, len(said), least))
        found: list[_Place] = []
        for number, each in enumerate(said, start=1):
            where = f"{self.where}.{field}.{number}".removeprefix(".")
            if isinstance(each, Mapping):
                found.append(_Place(each, where, self.reading))
            else:
                self.fault(FieldUnreadable(where, "", str(each)))
        return found

    def nothing_else(self) -> None:
        """Note every field that nobody asked for."""
        for field in self.data:
            if field not in self.asked:
                self.fault(FieldUnknown(self.where, str(field)))

    def _said(self, field: str, *, is_needed: bool = True) -> object:
        self.asked.add(field)
        said = self.data.get(field)
        if said is None and is_needed:
            self.fault(FieldMissing(self.where, field))
        return said
