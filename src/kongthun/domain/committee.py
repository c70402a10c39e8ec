"""What to look after in a committee before it hurts: a term that ends, a chair that is empty.

Judged on one day by the terms as they are known and by the rules of that day. A warning is a value
with what a sentence needs; none of them stops anything. What each person in office may do follows
from the position and the same rules. (docs/rules/committee.md)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .authority import CHAIRMAN, Term, in_force, last_day

TREASURER = "treasurer"
SECRETARY = "secretary"
# Posts that one person holds, and that a group can not go on without.
SINGLE_POSTS = (CHAIRMAN, TREASURER, SECRETARY)


@dataclass(frozen=True, slots=True)
class Sitting:
    """A term with the set (ชุดที่) it belongs to; a paper may not say which."""

    set_number: int | None
    term: Term


@dataclass(frozen=True, slots=True)
class CommitteeRules:
    """What the rules of the day say of committees. Empty where they say nothing."""

    least: int | None
    most: int | None
    years: int | None
    warning_days: int | None


# ---------------------------------------------------------------------------------- warnings


@dataclass(frozen=True, slots=True)
class NoCommittee:
    """Nobody was ever written down as sitting on a committee."""


@dataclass(frozen=True, slots=True)
class TermEnds:
    """The committee in office has so many days left, today not counted, and no other is elected."""

    set_number: int | None
    last_day: date
    days_left: int


@dataclass(frozen=True, slots=True)
class TermEnded:
    """Nobody is in office. ``begins_on`` is the first day of those already elected, if any are.

    ``last_day`` is the last on which somebody was; empty where all of them are still to begin.
    """

    set_number: int | None
    last_day: date | None
    begins_on: date | None


@dataclass(frozen=True, slots=True)
class TooFewInOffice:
    """Fewer people in office than the rules ask for."""

    in_office: int
    least: int


@dataclass(frozen=True, slots=True)
class TooManyInOffice:
    """More people in office than the rules allow."""

    in_office: int
    most: int


@dataclass(frozen=True, slots=True)
class PostVacant:
    """Nobody in office is chairman, treasurer or secretary."""

    position: str


@dataclass(frozen=True, slots=True)
class TwoPosts:
    """One person holds these terms, which are different posts."""

    term_numbers: tuple[int, ...]
    posts: tuple[str, ...]


CommitteeWarning = (
    NoCommittee | TermEnds | TermEnded | TooFewInOffice | TooManyInOffice | PostVacant | TwoPosts
)


def warnings_on(
    sittings: Sequence[Sitting], rules: CommitteeRules, day: date
) -> list[CommitteeWarning]:
    """Everything to look after on a day, the most pressing first.

    People are counted, not seats. While nobody is in office that alone is said: empty posts and
    missing people follow from it.
    """
    if not sittings:
        return [NoCommittee()]
    terms = [sitting.term for sitting in sittings]
    office = in_force(terms, day, rules.years)
    if not office:
        return [_ended(sittings, rules, day)]
    found: list[CommitteeWarning] = list(_ending(sittings, office, rules, day))
    people = len({term.person_key for term in office})
    if rules.least is not None and people < rules.least:
        found.append(TooFewInOffice(people, rules.least))
    if rules.most is not None and people > rules.most:
        found.append(TooManyInOffice(people, rules.most))
    held = {term.position for term in office}
    found.extend(PostVacant(post) for post in SINGLE_POSTS if post not in held)
    found.extend(two_posts(office))
    return found


def two_posts(office: Iterable[Term]) -> list[TwoPosts]:
    """Who holds more than one post. The same post written twice is one post."""
    of_person: dict[str, dict[tuple[str, str], Term]] = {}
    for term in office:
        posts = of_person.setdefault(term.person_key, {})
        posts.setdefault((term.position, term.words), term)
    return [
        TwoPosts(
            tuple(term.number for term in posts.values()),
            tuple(term.words or term.position for term in posts.values()),
        )
        for posts in of_person.values()
        if len(posts) > 1
    ]


# ------------------------------------------------------------------------------------ powers


class Power(StrEnum):
    """What a place on the committee lets a person do while it lasts."""

    DECIDES = "decides"
    PAYS_OUT = "pays_out"
    SIGNS = "signs"


def powers_of(position: str, *, witnesses: int | None, signers: int | None) -> tuple[Power, ...]:
    """What the rules let somebody in this position do.

    Everybody decides with the others. Where the rules ask for ``witnesses`` the group hands money
    out before them, and the chairman does; where they ask for ``signers`` whoever is in office may
    sign at the bank.

    >>> powers_of("treasurer", witnesses=2, signers=2)
    (<Power.DECIDES: 'decides'>, <Power.SIGNS: 'signs'>)
    """
    powers = [Power.DECIDES]
    if position == CHAIRMAN and witnesses:
        powers.append(Power.PAYS_OUT)
    if signers:
        powers.append(Power.SIGNS)
    return tuple(powers)


# ---------------------------------------------------------------------------- below the line


def _ending(
    sittings: Sequence[Sitting], office: Sequence[Term], rules: CommitteeRules, day: date
) -> list[TermEnds]:
    """The end of those in office, if it is near and nobody was elected to go on from there.

    A committee ends with the last of its people; one whose end nobody knows does not end.
    """
    ends = [last_day(term, years=rules.years) for term in office]
    known = [end for end in ends if end is not None]
    if rules.warning_days is None or len(known) < len(ends):
        return []
    end = max(known)
    left = (end - day).days
    next_day = end + timedelta(days=1)
    goes_on = any(
        day < starts_on <= next_day
        for sitting in sittings
        if (starts_on := sitting.term.starts_on) is not None
    )
    if left > rules.warning_days or goes_on:
        return []
    last = {term.number for term, its_end in zip(office, known, strict=True) if its_end == end}
    return [TermEnds(_newest(s for s in sittings if s.term.number in last), end, left)]


def _ended(sittings: Sequence[Sitting], rules: CommitteeRules, day: date) -> TermEnded:
    terms = [sitting.term for sitting in sittings]
    begins = [t.starts_on for t in terms if t.starts_on is not None and t.starts_on > day]
    # Whoever is not in office and has begun has ended, on a day that is known.
    ends = {
        term.number: end
        for term in terms
        if (end := last_day(term, years=rules.years)) is not None and end < day
    }
    last = max(ends.values(), default=None)
    were_last = {number for number, end in ends.items() if end == last}
    newest = _newest(s for s in sittings if s.term.number in were_last)
    return TermEnded(newest, last, min(begins, default=None))


def _newest(sittings: Iterable[Sitting]) -> int | None:
    return max((s.set_number for s in sittings if s.set_number is not None), default=None)
