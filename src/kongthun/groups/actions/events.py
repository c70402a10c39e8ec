"""What happens to a household of the list. What it owes stays on its contracts, whole.

docs/rules/households.md says who answers for the debt after each event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from kongthun.accounts.reach import Reach
from kongthun.audit.actions import record_deed
from kongthun.domain.thai_text import name_key, visible

from ..models import (
    Group,
    Household,
    HouseholdEvent,
    HouseholdEventKind,
    HouseholdMember,
    Membership,
    Person,
    Relation,
)
from ..queries.households import (
    HouseholdState,
    Resident,
    household_states,
    last_of,
    member_of,
    residents_of,
    standing_events,
    together_with,
)
from ..refusals import (
    AlreadyAway,
    AlreadyDead,
    AlreadyListed,
    EventUnknown,
    EventWithdrawn,
    GroupRefusal,
    HeadMovesOut,
    InTheFuture,
    KnownBeforeItHappened,
    MergedIntoItself,
    NotAway,
    NotDone,
    NoteMissing,
    NotListed,
    NotLivingThere,
    NotOnTheList,
    OtherHouseholdMissing,
    PersonMissing,
    SplitStands,
)
from .groups import hold_group
from .households import list_household, listed_as, may_keep_lists
from .persons import make_persons

Kind = HouseholdEventKind
ABOUT_A_PERSON = frozenset({Kind.DEATH, Kind.NEW_HEAD, Kind.SPLIT})


@dataclass(frozen=True, slots=True)
class EventRecorded:
    """The event has this number; a split has made a household under ``new_member_number``."""

    number: int
    new_member_number: int | None = None


@dataclass(frozen=True, slots=True)
class EventTakenBack:
    """The event counts for nothing any more; it can still be read."""

    number: int


@transaction.atomic
def record_household_event(
    *,
    group: Group,
    number: int,
    kind: HouseholdEventKind,
    on: date,
    known_on: date,
    by: Reach,
    person_id: int | None = None,
    name: str = "",
    other_number: int | None = None,
    moving: Sequence[int] = (),
    house_number: str = "",
    words: str = "",
) -> EventRecorded | NotDone:
    """Write down what happened to a household ``on`` a day, and when the committee knew.

    A death, a new head and a split name a person: one of the household (``person_id``), or somebody
    not written down yet (``name``). A merger names the household joined (``other_number``). A split
    makes a new household on the list with that person as its head; the stays ``moving`` (keys of
    household members) go along. No contract is touched by any of them.
    """
    hold_group(group)
    refusals: list[GroupRefusal] = list(may_keep_lists(by, group))
    refusals += [InTheFuture(day) for day in (on, known_on) if day > by.day]
    if known_on < on:
        refusals.append(KnownBeforeItHappened(on, known_on))
    states = household_states(group.pk, on)
    together = together_with(group, number, states)
    if not together:
        return NotDone((*refusals, NotListed(number)))
    member, state = together[0], states.get(number, HouseholdState())
    residents = residents_of(together, states)
    who = _who(residents, person_id, name)
    refusals += _against_state(group, number, kind, state)
    refusals += _against_person(number, kind, who, person_id, name, residents, group)
    if kind == Kind.SPLIT:
        refusals += _against_split(group, member, who, name, house_number, residents, moving, on)
    if kind == Kind.MERGED:
        refusals += _against_merger(group, number, other_number, on)
    if refusals:
        return NotDone(tuple(refusals))
    person = None
    if kind in ABOUT_A_PERSON:
        person = who or _newly_named(group, member, name, kind, on)
    new = (
        _split_off(group, together, person, house_number=house_number, moving=moving, on=on)
        if kind == Kind.SPLIT and person is not None
        else None
    )
    event = _next_event(group)
    event.member_number, event.kind = number, kind
    event.happened_on, event.known_on = on, known_on
    event.person = person
    event.other_member_number = (
        new.number if new is not None else other_number if kind == Kind.MERGED else None
    )
    event.words, event.recorded_by_id = visible(words), by.user_id
    event.save(force_insert=True)
    if kind == Kind.NEW_HEAD:
        settle_head(member.household_id, named_on_paper=member.person)
    _write_down("record_household_event", group, by, event)
    return EventRecorded(event.number, new.number if new is not None else None)


@transaction.atomic
def withdraw_household_event(
    *, group: Group, number: int, note: str, by: Reach
) -> EventTakenBack | NotDone:
    """Take back an event that was found not to be so, with a word about how that is known.

    A split can not be taken back: the new household may have borrowed by now. It is merged back.
    """
    hold_group(group)
    refusals: list[GroupRefusal] = list(may_keep_lists(by, group))
    if not visible(note):
        refusals.append(NoteMissing())
    event = HouseholdEvent.objects.filter(group=group, number=number).first()
    if event is None:
        refusals.append(EventUnknown(number))
    elif event.withdrawn_at is not None:
        refusals.append(EventWithdrawn(number))
    elif event.kind == Kind.SPLIT:
        refusals.append(SplitStands(event.member_number, event.other_member_number or 0))
    if event is None or refusals:
        return NotDone(tuple(refusals))
    HouseholdEvent.objects.filter(group=group, number=number).update(
        withdrawn_at=timezone.now(), withdrawn_note=visible(note)
    )
    if event.kind == Kind.NEW_HEAD:
        member = Membership.objects.select_related("person").get(
            group=group, number=event.member_number
        )
        settle_head(member.household_id, named_on_paper=member.person)
    _write_down("withdraw_household_event", group, by, event)
    return EventTakenBack(number)


def settle_head(household_id: int, *, named_on_paper: Person) -> None:
    """Bring the household's head up to its events: the latest new head, else whom the list names.

    The head is kept for quick reading; this is the only place that changes it.
    """
    of_this_house = Membership.objects.filter(
        group_id=OuterRef("group_id"), number=OuterRef("member_number"), household_id=household_id
    )
    latest = (
        HouseholdEvent.objects.filter(
            Exists(of_this_house), kind=Kind.NEW_HEAD, withdrawn_at=None, person__isnull=False
        )
        .order_by("-happened_on", "-number")
        .values_list("person_id", flat=True)
        .first()
    )
    Household.objects.filter(pk=household_id).update(head_id=latest or named_on_paper.pk)


# ---- why not -------------------------------------------------------------------------------------


def _against_state(
    group: Group, number: int, kind: HouseholdEventKind, state: HouseholdState
) -> list[GroupRefusal]:
    """What became of the household by then that leaves no room for this event.

    Of mergers and of leaving, also those of later days: a household does either only once.
    """
    ends = {Kind.MERGED, Kind.LEFT_LIST}
    kinds = ends if kind in ends | {Kind.SPLIT} else {Kind.MERGED}
    ended = standing_events(group.pk).filter(member_number=number, kind__in=kinds).first()
    if ended is not None and (kind in ends or state.merged_into or state.left_on):
        return [NotOnTheList(number, ended.other_member_number)]
    if kind == Kind.MOVED_AWAY and state.away_since is not None:
        return [AlreadyAway(state.away_since)]
    if kind == Kind.CAME_BACK and state.away_since is None:
        return [NotAway()]
    return []


def _against_person(
    number: int,
    kind: HouseholdEventKind,
    who: Person | None,
    person_id: int | None,
    name: str,
    residents: Sequence[Resident],
    group: Group,
) -> list[GroupRefusal]:
    if kind not in ABOUT_A_PERSON:
        return []
    if who is None:
        if person_id is not None:
            return [NotLivingThere(number)]
        return [] if name_key(name) else [PersonMissing(kind)]
    died = standing_events(group.pk).filter(kind=Kind.DEATH, person_id=who.pk).first()
    is_dead = any(each.died_on for each in residents if each.person.pk == who.pk)
    if died is not None and (kind == Kind.DEATH or is_dead):
        return [AlreadyDead(died.number)]
    return []


def _against_split(
    group: Group,
    member: Membership,
    who: Person | None,
    name: str,
    house_number: str,
    residents: Sequence[Resident],
    moving: Sequence[int],
    on: date,
) -> list[GroupRefusal]:
    """Who moves out lives there, the head stays, and the same split is not recorded twice."""
    refusals: list[GroupRefusal] = []
    open_stays = {each.stay: each.person.pk for each in residents if each.is_open}
    gone = {each.person.pk for each in residents if each.stay is not None and not each.is_open}
    head = member.household.head_id
    is_gone = who is not None and who.pk in gone - set(open_stays.values())
    if is_gone or not set(moving) <= set(open_stays):
        refusals.append(NotLivingThere(member.number))
    going = {open_stays.get(stay) for stay in moving} | {who.pk if who else None}
    if head in going:
        refusals.append(HeadMovesOut())
    called = who.name.full if who else name
    listed = listed_as(group, called, house_number, on) if name_key(called) else None
    if listed is not None and listed != member.number:
        refusals.append(AlreadyListed(listed))
    return refusals


def _against_merger(
    group: Group, number: int, other_number: int | None, on: date
) -> list[GroupRefusal]:
    if other_number is None:
        return [OtherHouseholdMissing()]
    if member_of(group, other_number) is None:
        return [NotListed(other_number)]
    merges = standing_events(group.pk).filter(kind=Kind.MERGED)
    into = {
        one: other
        for one, other in merges.values_list("member_number", "other_member_number")
        if other is not None
    }
    if number in {other_number, last_of(other_number, into)}:
        return [MergedIntoItself(other_number)]
    other = household_states(group.pk, on).get(other_number, HouseholdState())
    if other.merged_into is not None or other.left_on is not None:
        return [NotOnTheList(other_number, other.merged_into)]
    return []


# ---- doing it ------------------------------------------------------------------------------------


def _who(residents: Sequence[Resident], person_id: int | None, name: str) -> Person | None:
    """The person meant among the household's, by key or by name."""
    if person_id is not None:
        return next((r.person for r in residents if r.person.pk == person_id), None)
    key = name_key(name)
    return next((r.person for r in residents if key and r.person.name_key == key), None)


def _newly_named(
    group: Group, member: Membership, name: str, kind: HouseholdEventKind, on: date
) -> Person:
    """Somebody the registers did not know, with the stay that the event tells of."""
    (person,) = make_persons([name])
    if kind != Kind.SPLIT:  # who splits off gets a stay in the new household
        HouseholdMember.objects.create(
            household_id=member.household_id,
            area_code=group.area_code,
            person=person,
            relation=Relation.OTHER if kind == Kind.DEATH else Relation.HEAD,
            starts_on=on if kind == Kind.NEW_HEAD else None,
        )
    return person


def _split_off(
    group: Group,
    together: Sequence[Membership],
    head: Person,
    *,
    house_number: str,
    moving: Sequence[int],
    on: date,
) -> Membership:
    """The new household under the next number. Who moves lives on the day itself in both."""
    stays = HouseholdMember.objects.filter(
        household_id__in=[member.household_id for member in together], ends_on=None
    )
    going = list(stays.filter(pk__in=moving).exclude(person=head))
    new = list_household(
        group=group,
        head=head,
        house_number=visible(house_number),
        size=1 + len(going),
        income_before=None,
        on=on,
    )
    HouseholdMember.objects.bulk_create(
        HouseholdMember(
            household_id=new.household_id,
            area_code=group.area_code,
            person_id=stay.person_id,
            relation=Relation.OTHER if stay.relation == Relation.HEAD else stay.relation,
            starts_on=on,
        )
        for stay in going
    )
    stays.filter(pk__in=[stay.pk for stay in going]).update(ends_on=on)
    stays.filter(person=head).update(ends_on=on)
    return new


def _next_event(group: Group) -> HouseholdEvent:
    last = HouseholdEvent.objects.filter(group=group).aggregate(last=Max("number"))["last"] or 0
    return HouseholdEvent(group=group, number=last + 1, recorded_at=timezone.now())


def _write_down(deed: str, group: Group, by: Reach, event: HouseholdEvent) -> None:
    record_deed(
        deed,
        user_id=by.user_id,
        area_code=group.area_code,
        fund_id=group.pk,
        subject=f"household {event.member_number}",
        details={
            "event": event.number,
            "kind": str(event.kind),
            "on": event.happened_on.isoformat(),
            "known_on": event.known_on.isoformat(),
        },
    )
