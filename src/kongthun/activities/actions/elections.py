"""Electing: members choose a new committee, or somebody for the rest of a committee's time.

Each stands on a resolution of a closed meeting with quorum (docs/rules/committee.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import record_deed
from kongthun.domain.authority import in_force, last_day
from kongthun.domain.committee import SINGLE_POSTS
from kongthun.domain.rule_set import RuleSet
from kongthun.domain.thai_calendar import add_years
from kongthun.domain.thai_text import name_key, visible
from kongthun.groups.actions.committee import give_end, next_term_number
from kongthun.groups.actions.groups import hold_group
from kongthun.groups.actions.persons import make_persons
from kongthun.groups.models import CommitteePosition, CommitteeTerm, Group, Person
from kongthun.groups.queries.committee import as_term, last_day_of, standing_terms
from kongthun.groups.queries.members import members_on
from kongthun.groups.queries.rules import rules_of
from kongthun.groups.refusals import EndsBeforeItStarts

from ..election_refusals import (
    ElectionRefusal,
    ElectionTextTooLong,
    EndsPastTheRules,
    FewerThanLeast,
    InTwoPosts,
    MoreThanMost,
    NobodyNamed,
    NoMemberOfThisNumber,
    NoSetInOffice,
    NotDone,
    OneNameTwoMembers,
    OnePostTwoPeople,
    PostHeld,
    SeatUnnamed,
    SetBeganAlready,
    StartsBeforeMeeting,
    StartsLongAfter,
)
from ..queries.grounds import BY_ANY, BY_MEMBERS, Ground, ground_of

LONGEST_NAME = 100
LONGEST_SECTION = 60
LONGEST_POST = 100
LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class SeatProposed:
    """Who sits where: a member by number, or anybody by name.

    ``section`` is the ฝ่าย without that word; ``position_words`` how the paper writes the post,
    the plain name where it is empty.
    """

    who: str | int
    position: CommitteePosition
    section: str = ""
    position_words: str = ""

    @property
    def words(self) -> str:
        """The post as it is read out."""
        if visible(self.position_words):
            return visible(self.position_words)
        section = section_of(self.section)
        label = str(CommitteePosition(self.position).label)
        if section and self.position == CommitteePosition.MEMBER:
            return f"{label}ฝ่าย{section}"
        return label


@dataclass(frozen=True, slots=True)
class CommitteeElected:
    """The new set, the numbers of its terms, and those that ended for it."""

    set_number: int
    numbers: tuple[int, ...]
    ended: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class VacancyFilled:
    """The term of who came in, and its last day if the set's is known."""

    number: int
    set_number: int | None
    ends_on: date | None


@transaction.atomic
def elect_committee(
    *,
    group: Group,
    meeting_number: int,
    resolution: int,
    seats: Sequence[SeatProposed],
    starts_on: date,
    by: Reach,
    ends_on: date | None = None,
    in_two_posts_note: str = "",
) -> CommitteeElected | NotDone:
    """A meeting of members chose a new set. Whoever is in office by then ends the day before.

    A term without ``ends_on`` lasts as long as the rules say. ``in_two_posts_note`` is why the
    meeting wanted one person in two posts.
    """
    hold_group(group)
    ground = ground_of(group, meeting_number, resolution, kinds=BY_MEMBERS)
    rules = _rules(group, starts_on)
    standing = list(standing_terms(group.pk))
    refusals = [*_entitled(group, by), *_ground_against(ground, starts_on)]
    refusals.extend(_end_against(starts_on, ends_on, rules))
    refusals.extend(
        SetBeganAlready(number, first)
        for number, first in sorted(
            {
                (term.set_number, term.starts_on)
                for term in standing
                if term.starts_on is not None and term.starts_on >= starts_on
            },
            key=lambda each: (each[1], each[0] or 0),
        )[:1]
    )
    chosen, against = _choose(group, seats, starts_on, standing)
    refusals.extend([*against, *_texts_against(seats, in_two_posts_note)])
    if not seats:
        refusals.append(NobodyNamed())
    unknown = len(seats) - len(chosen)
    refusals.extend(_number_against(unknown + len({each.key for each in chosen}), rules))
    refusals.extend(_single_posts_against(chosen))
    doubled = _doubled(chosen)
    if not visible(in_two_posts_note):
        refusals.extend(doubled.values())
    if refusals:
        return NotDone(tuple(refusals))
    set_number = 1 + max((term.set_number or 0 for term in standing), default=0)
    why = f"ชุดที่ {set_number} ได้รับเลือกในการประชุมครั้งที่ {meeting_number}"
    ended = _end_before(standing, starts_on, rules, why, by)
    numbers = _seat(
        group,
        chosen,
        CommitteeTerm(
            group=group,
            set_number=set_number,
            meeting_number=meeting_number,
            starts_on=starts_on,
            ends_on=ends_on,
            recorded_by_id=by.user_id,
        ),
        notes=dict.fromkeys(doubled, visible(in_two_posts_note)),
    )
    details = {
        "set": set_number,
        "meeting": meeting_number,
        "resolution": resolution,
        "starts_on": starts_on.isoformat(),
        "terms": list(numbers),
        "ended": list(ended),
    }
    _record("elect_committee", group, by, f"committee set {set_number}", details)
    return CommitteeElected(set_number, numbers, ended)


@transaction.atomic
def fill_vacancy(
    *,
    group: Group,
    meeting_number: int,
    resolution: int,
    seat: SeatProposed,
    starts_on: date,
    by: Reach,
    in_two_posts_note: str = "",
) -> VacancyFilled | NotDone:
    """A meeting, of members or of the committee, chose somebody for the rest of a set's time."""
    hold_group(group)
    ground = ground_of(group, meeting_number, resolution, kinds=BY_ANY)
    rules = _rules(group, starts_on)
    years = rules["committee_years"].count
    standing = list(standing_terms(group.pk))
    refusals = [*_entitled(group, by), *_ground_against(ground, starts_on)]
    holding = {each.number for each in in_force(map(as_term, standing), starts_on, years)}
    office = [term for term in standing if term.number in holding]
    if not office:
        refusals.append(NoSetInOffice(starts_on))
    chosen, against = _choose(group, [seat], starts_on, standing)
    refusals.extend([*against, *_texts_against([seat], in_two_posts_note)])
    if seat.position in SINGLE_POSTS and any(term.position == seat.position for term in office):
        refusals.append(PostHeld(seat.position))
    in_office = {as_term(term).person_key: term for term in office}
    most = rules["committee_most"].count
    after = len(in_office.keys() | {each.key for each in chosen})
    if most is not None and after > most and after > len(in_office):
        refusals.append(MoreThanMost(after, most))
    sits = {each.key: each for each in chosen if each.key in in_office}
    if not visible(in_two_posts_note):
        refusals.extend(
            InTwoPosts(each.name, (in_office[key].position_words, seat.words))
            for key, each in sits.items()
        )
    if refusals:
        return NotDone(tuple(refusals))
    newest = max((term.set_number or 0 for term in office), default=0) or None
    of_set = [as_term(term) for term in office if term.set_number == newest]
    ends = [last_day(term, years=years) for term in of_set]
    ends_on = None if None in ends else max(end for end in ends if end is not None)
    (number,) = _seat(
        group,
        chosen,
        CommitteeTerm(
            group=group,
            set_number=newest,
            meeting_number=meeting_number,
            starts_on=starts_on,
            ends_on=ends_on,
            recorded_by_id=by.user_id,
        ),
        notes=dict.fromkeys(sits, visible(in_two_posts_note)),
    )
    details: dict[str, object] = {
        "set": newest,
        "meeting": meeting_number,
        "resolution": resolution,
        "starts_on": starts_on.isoformat(),
        "position": str(seat.position),
    }
    _record("fill_vacancy", group, by, f"committee term {number}", details)
    return VacancyFilled(number, newest, ends_on)


def section_of(typed: str) -> str:
    """A section without the word ฝ่าย, as it is kept.

    >>> section_of("ฝ่ายการตลาด"), section_of(" การผลิต ")
    ('การตลาด', 'การผลิต')
    """
    return visible(visible(typed).removeprefix("ฝ่าย"))


# --- below the line -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A seat with its person; nobody yet for a name that stands nowhere.

    ``key`` is equal for one person wherever the papers name them.
    """

    key: str
    seat: SeatProposed
    person: Person | None

    @property
    def name(self) -> str:
        """The name as it is known, else as it was typed."""
        return self.person.name.full if self.person is not None else visible(str(self.seat.who))


def _entitled(group: Group, by: Reach) -> list[ElectionRefusal]:
    return list(by.refusals(Deed.KEEP_COMMITTEE, area_code=group.area_code, group_id=group.pk))


def _rules(group: Group, day: date) -> RuleSet:
    return rules_of(group_id=group.pk, kind=group.kind, area_code=group.area_code, day=day)


def _ground_against(
    ground: Ground | Collection[ElectionRefusal], starts_on: date
) -> list[ElectionRefusal]:
    if not isinstance(ground, Ground):
        return list(ground)
    if starts_on < ground.on:
        return [StartsBeforeMeeting(starts_on, ground.on)]
    if starts_on > add_years(ground.on, 1):
        return [StartsLongAfter(starts_on, ground.on)]
    return []


def _end_against(starts_on: date, ends_on: date | None, rules: RuleSet) -> list[ElectionRefusal]:
    if ends_on is None:
        return []
    if ends_on < starts_on:
        return [EndsBeforeItStarts(starts_on, ends_on)]
    years = rules["committee_years"].count
    if years is not None:
        last = add_years(starts_on, years) - timedelta(days=1)
        if ends_on > last:
            return [EndsPastTheRules(ends_on, last, years)]
    return []


def _choose(
    group: Group, seats: Sequence[SeatProposed], day: date, standing: Iterable[CommitteeTerm]
) -> tuple[list[_Chosen], list[ElectionRefusal]]:
    """Who is meant by each number and name, and which of them mean nobody, or two.

    A name that the list of members knows is that member; else whoever sat under it before; else
    somebody new.
    """
    members = members_on(group, day)
    by_name: dict[str, list[int]] = {}
    for number, member in members.items():
        by_name.setdefault(member.row.person.name_key, []).append(number)
    sat = {term.person.name_key: term.person for term in standing}
    chosen: list[_Chosen] = []
    refusals: list[ElectionRefusal] = []
    for place, seat in enumerate(seats, start=1):
        key = name_key(str(seat.who))
        numbers = [seat.who] if isinstance(seat.who, int) else by_name.get(key, [])
        if not key and not numbers:
            refusals.append(SeatUnnamed(place, str(seat.position)))
        elif len(numbers) > 1:
            refusals.append(OneNameTwoMembers(visible(str(seat.who)), tuple(numbers)))
        elif not numbers:
            chosen.append(_Chosen(key, seat, sat.get(key)))
        elif numbers[0] not in members:
            refusals.append(NoMemberOfThisNumber(numbers[0]))
        else:
            person = members[numbers[0]].row.person
            chosen.append(_Chosen(person.name_key or f"person {person.pk}", seat, person))
    return chosen, list(dict.fromkeys(refusals))


def _texts_against(seats: Iterable[SeatProposed], note: str) -> list[ElectionRefusal]:
    found: dict[ElectionRefusal, None] = {}
    for seat in seats:
        if isinstance(seat.who, str) and len(visible(seat.who)) > LONGEST_NAME:
            found[ElectionTextTooLong("ชื่อ", LONGEST_NAME)] = None
        if len(section_of(seat.section)) > LONGEST_SECTION:
            found[ElectionTextTooLong("ชื่อฝ่าย", LONGEST_SECTION)] = None
        if len(seat.words) > LONGEST_POST:
            found[ElectionTextTooLong("ตำแหน่งตามเอกสาร", LONGEST_POST)] = None
    if len(visible(note)) > LONGEST_NOTE:
        found[ElectionTextTooLong("เหตุที่อยู่สองตำแหน่ง", LONGEST_NOTE)] = None
    return list(found)


def _number_against(people: int, rules: RuleSet) -> list[ElectionRefusal]:
    least, most = rules["committee_least"].count, rules["committee_most"].count
    if least is not None and 0 < people < least:
        return [FewerThanLeast(people, least)]
    if most is not None and people > most:
        return [MoreThanMost(people, most)]
    return []


def _single_posts_against(chosen: Sequence[_Chosen]) -> list[ElectionRefusal]:
    found: list[ElectionRefusal] = []
    for post in SINGLE_POSTS:
        names = {each.key: each.name for each in chosen if each.seat.position == post}
        if len(names) > 1:
            found.append(OnePostTwoPeople(post, tuple(names.values())))
    return found


def _doubled(chosen: Iterable[_Chosen]) -> dict[str, InTwoPosts]:
    """Those who are given more than one seat, by their key."""
    seats_of: dict[str, list[_Chosen]] = {}
    for each in chosen:
        seats_of.setdefault(each.key, []).append(each)
    return {
        key: InTwoPosts(seats[0].name, tuple(each.seat.words for each in seats))
        for key, seats in seats_of.items()
        if len(seats) > 1
    }


def _end_before(
    standing: Iterable[CommitteeTerm], starts_on: date, rules: RuleSet, why: str, by: Reach
) -> tuple[int, ...]:
    """End whoever would still be in office when the new set begins; the numbers that now stand."""
    eve = starts_on - timedelta(days=1)
    years = rules["committee_years"].count
    return tuple(
        give_end(term, eve, why, by).number
        for term in standing
        if (last := last_day_of(term, years=years)) is None or last > eve
    )


def _seat(
    group: Group, chosen: Iterable[_Chosen], like: CommitteeTerm, *, notes: dict[str, str]
) -> tuple[int, ...]:
    """Write a term for each seat; who is nowhere written down yet becomes a person first."""
    new: dict[str, Person] = {}
    rows = []
    for number, each in enumerate(chosen, start=next_term_number(group.pk)):
        person = each.person or new.get(each.key)
        if person is None:
            person = new[each.key] = make_persons([str(each.seat.who)])[0]
        rows.append(
            CommitteeTerm(
                group=group,
                number=number,
                set_number=like.set_number,
                person=person,
                position=each.seat.position,
                position_words=each.seat.words,
                section=section_of(each.seat.section),
                meeting_number=like.meeting_number,
                starts_on=like.starts_on,
                ends_on=like.ends_on,
                correction_note=notes.get(each.key, ""),
                recorded_by_id=like.recorded_by_id,
            )
        )
    return tuple(row.number for row in CommitteeTerm.objects.bulk_create(rows))


def _record(deed: str, group: Group, by: Reach, subject: str, details: dict[str, object]) -> None:
    record_deed(
        deed,
        user_id=by.user_id,
        area_code=group.area_code,
        fund_id=group.pk,
        subject=subject,
        details=details,
    )
