"""Meetings of a group, who was there, and whether that was quorum on the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kongthun.domain.authority import Term, TermNotInForce, in_force, people_of, quorum_needed
from kongthun.domain.rule_set import Limit, RuleSet
from kongthun.groups.models import CommitteeTerm, Group, Person

from ..models import Attendance, Meeting, Resolution

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Seat:
    """A committee term with what a page says of it."""

    term: Term
    set_number: int | None
    name: str
    masked_name: str


@dataclass(frozen=True, slots=True)
class Committee:
    """Everybody who ever sat on a group's committee, as it is known now.

    ``replaced_by`` leads from the number of a term that was put right to the one that counts
    instead, so that an attendance kept under the old number still finds its person.
    """

    seats: tuple[Seat, ...]
    replaced_by: Mapping[int, int]

    @property
    def terms(self) -> list[Term]:
        """The terms that count today."""
        return [seat.term for seat in self.seats]

    def seats_on(self, day: date, *, years: int | None) -> list[Seat]:
        """The seats in force on a day, set by set, in the order papers list them."""
        holding = {term.number for term in in_force(self.terms, day, years)}
        return [seat for seat in self.seats if seat.term.number in holding]

    def seats_of(self, numbers: Iterable[int], *, day: date, years: int | None) -> list[Seat]:
        """The seats of those who were there, each person once, in the order papers list them."""
        there, _ = people_of(numbers, self.terms, self.replaced_by, day=day, years=years)
        came = {term.number for term in there}
        return [seat for seat in self.seats if seat.term.number in came]


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many of the committee came, of how many in office, and how many were needed.

    People are counted, not seats. ``not_in_force`` are those marked as there whose term, as it is
    known now, did not hold on the day; they are not counted.
    """

    came: int
    in_office: int
    needed: int
    limit: Limit
    not_in_force: tuple[TermNotInForce, ...]

    @property
    def is_met(self) -> bool:
        """Whether enough were there."""
        return self.in_office > 0 and self.came >= self.needed


def meeting(group: Group, number: int) -> Meeting | None:
    """The meeting of this number, with who recorded it."""
    return Meeting.objects.filter(group=group, number=number).select_related("recorded_by").first()


def meetings_page(group: Group, page: str | None) -> Page[Meeting]:
    """The meetings of a group, the latest first, with ``committee_came`` and ``resolved``."""
    return Paginator(_listed(group), PER_PAGE).get_page(page)


def closed_meetings(group: Group) -> QuerySet[Meeting]:
    """The closed meetings of a group, the latest first: those a decision can stand on."""
    return Meeting.objects.filter(group=group, closed_at__isnull=False).order_by(
        "-held_on", "-number"
    )


def attendance_of(group: Group, number: int) -> frozenset[int]:
    """The numbers of the terms that were marked as there."""
    return frozenset(
        Attendance.objects.filter(group=group, meeting_number=number).values_list(
            "term_number", flat=True
        )
    )


def resolutions_of(group: Group, number: int) -> list[Resolution]:
    """What a meeting resolved, in order."""
    return list(Resolution.objects.filter(group=group, meeting_number=number).order_by("sequence"))


def committee_of(group: Group) -> Committee:
    """Everybody who ever sat on the committee, as it is known now. One statement."""
    rows = list(
        CommitteeTerm.objects.filter(group=group).select_related("person").order_by("number")
    )
    places = {position: place for place, position in enumerate(_POSITIONS)}
    counting = sorted(
        (row for row in rows if row.withdrawn_at is None),
        key=lambda row: (-(row.set_number or 0), places.get(row.position, len(places)), row.number),
    )
    return Committee(
        tuple(
            Seat(_term(row), row.set_number, row.person.name.full, row.person.name.masked)
            for row in counting
        ),
        {row.corrects: row.number for row in rows if row.corrects is not None},
    )


def person_key(person: Person) -> str:
    """Equal for one person wherever the books name them: the rules of authority compare by it.

    Books brought in make a person a book, so one person is known again by the name. Somebody whose
    name could not be read is nobody else.
    """
    return person.name_key or f"person {person.pk}"


def quorum_of(group: Group, meeting: Meeting, rules: RuleSet) -> Quorum:
    """Whether a meeting was quorum on its day, by these rules and the terms as known now."""
    return quorum_on(
        committee_of(group),
        attendance_of(group, meeting.number),
        day=meeting.held_on,
        rules=rules,
    )


def quorum_on(committee: Committee, came: Iterable[int], *, day: date, rules: RuleSet) -> Quorum:
    """Whether these terms would be quorum on a day."""
    years, limit = rules["committee_years"].count, rules["quorum_per_cent"]
    there, refused = people_of(came, committee.terms, committee.replaced_by, day=day, years=years)
    office = {term.person_key for term in in_force(committee.terms, day, years)}
    return Quorum(
        len(there), len(office), quorum_needed(len(office), limit.count), limit, tuple(refused)
    )


# --- below the line -------------------------------------------------------------------------

_POSITIONS = [value for value, _ in CommitteeTerm._meta.get_field("position").flatchoices]


def _term(row: CommitteeTerm) -> Term:
    key = person_key(row.person)
    return Term(row.number, key, row.position, row.starts_on, row.ends_on, row.position_words)


def _listed(group: Group) -> QuerySet[Meeting]:
    def count_of(model: type[Attendance] | type[Resolution]) -> Coalesce:
        rows = model.objects.filter(
            group_id=OuterRef("group_id"), meeting_number=OuterRef("number")
        )
        counted = rows.order_by().values("group_id").annotate(n=Count("meeting_number")).values("n")
        return Coalesce(Subquery(counted, output_field=IntegerField()), 0)

    return (
        Meeting.objects.filter(group=group)
        .annotate(committee_came=count_of(Attendance), resolved=count_of(Resolution))
        .order_by("-number")
    )
