"""Members apply, leave, change their kind, name who receives what is theirs. All of it is dated.

Who is admitted is decided by a meeting: `kongthun.activities.actions.admissions`. What happens to
one member is written in the order of days, so that the latest can be taken back on its own.
(docs/rules/members.md)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import record_deed
from kongthun.audit.papers import keep_paper
from kongthun.db.numbers import next_number
from kongthun.domain.membership import read_share, shares_missing
from kongthun.domain.thai_text import name_key, visible

from ..member_refusals import (
    AlreadyMember,
    AlreadyWaits,
    BeneficiaryNameMissing,
    HouseholdGone,
    LaterSetStands,
    LaterStands,
    MemberRefusal,
    NamedTwice,
    NobodyNamed,
    NoMember,
    NoPicture,
    NoSuchMember,
    NotDone,
    NotTheLatest,
    OwnBeneficiary,
    PictureTooLarge,
    ReasonMissing,
    SameKind,
    SameNameIsMember,
    SameNameWaits,
    SameNameWasThere,
    SharesNotWhole,
    ShareUnreadable,
    TargetHouseholds,
)
from ..models import (
    Beneficiary,
    Group,
    MemberEvent,
    MemberEventKind,
    MemberKind,
    Membership,
    Person,
    PersonPair,
)
from ..queries.households import HouseholdState, household_states, member_of
from ..queries.members import (
    MemberOn,
    beneficiaries_of,
    everybody,
    is_of_target_households,
    latest_standing,
    member_events_of,
    member_on,
)
from ..refusals import EventUnknown, EventWithdrawn, InTheFuture, NameMissing, NoteMissing
from .groups import hold_group
from .households import list_household
from .persons import make_persons

MOST_PHOTO_BYTES = 5 * 1024 * 1024
ANOTHER_PERSON = "คนละคนกัน เพราะ"
# What a picture begins with: its name may say anything.
_BEGINNINGS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


@dataclass(frozen=True, slots=True)
class MemberEventKept:
    """What happened stands as event ``event`` of this member."""

    member_number: int
    event: int


@dataclass(frozen=True, slots=True)
class MemberEventTakenBack:
    """The event counts for nothing any more; it can still be read."""

    member_number: int
    event: int


@dataclass(frozen=True, slots=True)
class NamedBeneficiary:
    """A line of a set as typed: ``share`` in per cent, such as ``33.34``."""

    name: str
    share: str
    relation: str = ""


@dataclass(frozen=True, slots=True)
class BeneficiariesNamed:
    """The set stands and replaces the one before it whole."""

    member_number: int
    set_number: int


@dataclass(frozen=True, slots=True)
class PhotoKept:
    """The photo is kept under its content."""

    member_number: int
    sha256: str


# ---- applying ------------------------------------------------------------------------------------


@transaction.atomic
def apply_for_membership(
    *,
    group: Group,
    kind: MemberKind,
    on: date,
    by: Reach,
    name: str = "",
    house_number: str = "",
    another_person_because: str = "",
    number: int | None = None,
) -> MemberEventKept | NotDone:
    """Take an application: of somebody new, under the next number, or of a ``number`` that left.

    The name of somebody who has a number already is refused, so that no member becomes two people;
    ``another_person_because`` says how it is known that this is another of the same name, and is
    kept as a decision about the two.
    """
    hold_group(group)
    refusals = [*_may_keep(by, group), *_may_apply(group), *_has_come(on, by)]
    if number is not None:
        return _apply_again(group, number, kind, on, by, refusals)
    because = visible(another_person_because)
    alike: list[MemberOn] = []
    if not name_key(name):
        refusals.append(NameMissing())
    else:
        alike = _of_the_same_name(group, name, by.day)
        if alike and not because:
            refusals.append(_same_name(alike))
    if refusals:
        return NotDone(tuple(refusals))
    (person,) = make_persons([name])
    # Since when they live in the house is not asked.
    member = list_household(
        group=group,
        head=person,
        house_number=visible(house_number),
        size=None,
        income_before=None,
        on=None,
    )
    _two_people(group, person, alike, because, by)
    words = f"{ANOTHER_PERSON}{because}" if alike else ""
    return _keep(group, member.number, MemberEventKind.APPLIED, on, by, kind=kind, words=words)


def _apply_again(
    group: Group,
    number: int,
    kind: MemberKind,
    on: date,
    by: Reach,
    refusals: list[MemberRefusal],
) -> MemberEventKept | NotDone:
    at_the_end = member_on(group, number, date.max)
    if at_the_end is None:
        return NotDone((*refusals, NoSuchMember(number)))
    standing = at_the_end.standing
    if not household_states(group.pk, by.day).get(number, HouseholdState()).is_on_list:
        refusals.append(HouseholdGone(number))
    elif standing.waits_since is not None:
        refusals.append(AlreadyWaits(number, standing.waits_since))
    elif standing.is_member:
        refusals.append(AlreadyMember(number))
    refusals += _nothing_later(group, number, on)
    if refusals:
        return NotDone(tuple(refusals))
    return _keep(group, number, MemberEventKind.APPLIED, on, by, kind=kind)


def _may_apply(group: Group) -> list[MemberRefusal]:
    return [TargetHouseholds()] if is_of_target_households(group) else []


def _of_the_same_name(group: Group, name: str, day: date) -> list[MemberOn]:
    """Numbers of people of this name; a household that left the list joins under a new number."""
    key = name_key(name)
    states = household_states(group.pk, day)
    gone = {
        number
        for number, state in states.items()
        if state.left_on is not None or state.merged_into is not None
    }
    return [
        each
        for each in everybody(group, day)
        if each.row.person.name_key == key and each.number not in gone
    ]


def _same_name(alike: Sequence[MemberOn]) -> MemberRefusal:
    for each in alike:
        if each.standing.is_member:
            return SameNameIsMember(each.number)
    for each in alike:
        if each.standing.waits_since is not None:
            return SameNameWaits(each.number, each.standing.waits_since)
    return SameNameWasThere(alike[0].number)


def _two_people(
    group: Group, person: Person, alike: Sequence[MemberOn], because: str, by: Reach
) -> None:
    """Said here, it is not asked again where names that look alike are gone through."""
    PersonPair.objects.bulk_create(
        PersonPair(
            first=each.row.person,
            second=person,
            area_code=group.area_code,
            is_same=False,
            note=because,
            decided_on=by.day,
            recorded_by_id=by.user_id,
            recorded_at=timezone.now(),
        )
        for each in alike
    )


# ---- leaving, changing, taking back --------------------------------------------------------------


@transaction.atomic
def leave_group(
    *, group: Group, number: int, reason: str, on: date, by: Reach
) -> MemberEventKept | NotDone:
    """Write down the last day of a membership, and why it ended.

    What the member still has in the group (shares, savings, loans) stays theirs and is no reason
    to refuse: the books go on under the number.
    """
    hold_group(group)
    refusals = [*_may_keep(by, group), *_may_apply(group), *_has_come(on, by)]
    if not visible(reason):
        refusals.append(ReasonMissing())
    refusals += _is_member(group, number, on)
    if refusals:
        return NotDone(tuple(refusals))
    return _keep(group, number, MemberEventKind.LEFT, on, by, words=visible(reason))


@transaction.atomic
def change_member_kind(
    *, group: Group, number: int, kind: MemberKind, on: date, by: Reach, words: str = ""
) -> MemberEventKept | NotDone:
    """A member becomes one of another kind from a day on."""
    hold_group(group)
    refusals = [*_may_keep(by, group), *_may_apply(group), *_has_come(on, by)]
    refusals += _is_member(group, number, on)
    standing = member_on(group, number, date.max)
    if standing is not None and standing.standing.kind == kind:
        refusals.append(SameKind(kind.value))
    if refusals:
        return NotDone(tuple(refusals))
    return _keep(group, number, MemberEventKind.CHANGED, on, by, kind=kind, words=visible(words))


@transaction.atomic
def withdraw_member_event(
    *, group: Group, event: int, note: str, by: Reach
) -> MemberEventTakenBack | NotDone:
    """Take back what was written down wrongly: the latest that stands of its member, with a note.

    An application taken back leaves the number on the list; who holds it is no member.
    """
    hold_group(group)
    refusals = [*_may_keep(by, group)]
    found = MemberEvent.objects.filter(group=group, number=event).first()
    if found is None:
        refusals.append(EventUnknown(event))
    elif found.withdrawn_at is not None:
        refusals.append(EventWithdrawn(event))
    else:
        latest = latest_standing(member_events_of(group.pk, found.member_number))
        if latest is not None and latest.number != event:
            refusals.append(NotTheLatest(event, latest.number))
    if not visible(note):
        refusals.append(NoteMissing())
    if found is None or refusals:
        return NotDone(tuple(refusals))
    MemberEvent.objects.filter(group=group, number=event).update(
        withdrawn_at=timezone.now(), withdrawn_note=visible(note)
    )
    _write_down("withdraw_member_event", group, by, found.member_number, {"event": event})
    return MemberEventTakenBack(found.member_number, event)


# ---- beneficiaries and photos --------------------------------------------------------------------


@transaction.atomic
def name_beneficiaries(
    *, group: Group, number: int, named: Sequence[NamedBeneficiary], on: date, by: Reach
) -> BeneficiariesNamed | NotDone:
    """Keep whom a member names to receive what is theirs: a whole set, which makes 100 per cent.

    A line without name and share is passed over. Places in refusals count from 1, as typed.
    """
    hold_group(group)
    refusals = [*_may_keep(by, group), *_has_come(on, by)]
    member = member_on(group, number, on)
    if member is None:
        return NotDone((*refusals, NoSuchMember(number)))
    if not member.standing.is_member and member.standing.waits_since is None:
        refusals.append(NoMember(number, on))
    before = beneficiaries_of(group.pk, number)
    if before and on < before[0].named_on:
        refusals.append(LaterSetStands(before[0].named_on))
    lines = [
        (place, each)
        for place, each in enumerate(named, start=1)
        if visible(each.name) or visible(each.share)
    ]
    shares = {place: read_share(each.share) or 0 for place, each in lines}
    refusals += _faults_of(lines, shares, own=member.row.person.name_key)
    if refusals:
        return NotDone(tuple(refusals))
    set_number = before[0].number + 1 if before else 1
    persons = make_persons([each.name for _, each in lines])
    Beneficiary.objects.bulk_create(
        Beneficiary(
            group=group,
            member_number=number,
            set_number=set_number,
            place=place,
            person=person,
            relation=visible(each.relation),
            share=shares[typed_at],
            named_on=on,
            recorded_by_id=by.user_id,
            recorded_at=timezone.now(),
        )
        for place, ((typed_at, each), person) in enumerate(
            zip(lines, persons, strict=True), start=1
        )
    )
    _write_down("name_beneficiaries", group, by, number, {"set": set_number, "of": len(lines)})
    return BeneficiariesNamed(number, set_number)


def _faults_of(
    lines: Sequence[tuple[int, NamedBeneficiary]], shares: Mapping[int, int], *, own: str
) -> list[MemberRefusal]:
    """Everything against a set; a share that was not read is 0."""
    if not lines:
        return [NobodyNamed()]
    found: list[MemberRefusal] = []
    first_at: dict[str, int] = {}
    for place, each in lines:
        key = name_key(each.name)
        if not key:
            found.append(BeneficiaryNameMissing(place))
        elif key == own:
            found.append(OwnBeneficiary(place))
        elif key in first_at:
            found.append(NamedTwice(place, first_at[key]))
        first_at.setdefault(key, place)
        if not shares[place]:
            found.append(ShareUnreadable(place, visible(each.share)))
    if all(shares.values()) and (missing := shares_missing(list(shares.values()))):
        found.append(SharesNotWhole(missing))
    return found


@transaction.atomic
def keep_member_photo(*, group: Group, number: int, file: Path, by: Reach) -> PhotoKept | NotDone:
    """Keep a photo of a member, JPEG or PNG. One kept before stays kept, unnamed."""
    hold_group(group)
    refusals = [*_may_keep(by, group)]
    if member_of(group, number) is None:
        refusals.append(NoSuchMember(number))
    size = file.stat().st_size
    if size > MOST_PHOTO_BYTES:
        refusals.append(PictureTooLarge(size, MOST_PHOTO_BYTES))
    with file.open("rb") as opened:
        if picture_type(opened.read(16)) is None:
            refusals.append(NoPicture())
    if refusals:
        return NotDone(tuple(refusals))
    sha256 = keep_paper(
        file,
        fund_id=group.pk,
        area_code=group.area_code,
        subject=f"member {number} photo",
        user_id=by.user_id,
    )
    Membership.objects.filter(group=group, number=number).update(photo=sha256)
    _write_down("keep_member_photo", group, by, number, {"sha256": sha256})
    return PhotoKept(number, sha256)


def picture_type(beginning: bytes) -> str | None:
    """The media type of a picture, by how it begins; None for any other file."""
    return next((kind for mark, kind in _BEGINNINGS.items() if beginning.startswith(mark)), None)


# --- below the line -------------------------------------------------------------------------


def _may_keep(by: Reach, group: Group) -> list[MemberRefusal]:
    return [*by.refusals(Deed.KEEP_LISTS, area_code=group.area_code, group_id=group.pk)]


def _has_come(day: date, by: Reach) -> list[MemberRefusal]:
    return [InTheFuture(day)] if day > by.day else []


def _is_member(group: Group, number: int, on: date) -> list[MemberRefusal]:
    """Nothing, or why a membership can not end or change on a day."""
    then = member_on(group, number, on)
    if then is None:
        return [NoSuchMember(number)]
    later = _nothing_later(group, number, on)
    at_the_end = member_on(group, number, date.max)
    is_member = at_the_end is not None and at_the_end.standing.is_member
    # Who left on the day is a member on it still; they do not leave twice.
    if not then.standing.is_member or not (later or is_member):
        return [NoMember(number, on), *later]
    return later


def _nothing_later(group: Group, number: int, on: date) -> list[MemberRefusal]:
    latest = latest_standing(member_events_of(group.pk, number))
    if latest is not None and latest.happened_on > on:
        return [LaterStands(number, latest.happened_on)]
    return []


def _keep(
    group: Group,
    member_number: int,
    event: MemberEventKind,
    on: date,
    by: Reach,
    *,
    kind: MemberKind | None = None,
    words: str = "",
) -> MemberEventKept:
    kept = write_member_event(
        group=group, member_number=member_number, event=event, on=on, by=by, kind=kind, words=words
    )
    deed = {
        MemberEventKind.APPLIED: "apply_for_membership",
        MemberEventKind.LEFT: "leave_group",
        MemberEventKind.CHANGED: "change_member_kind",
    }[event]
    details = {"event": kept.event, "on": on.isoformat(), "kind": kind.value if kind else ""}
    _write_down(deed, group, by, member_number, details)
    return kept


def write_member_event(
    *,
    group: Group,
    member_number: int,
    event: MemberEventKind,
    on: date,
    by: Reach,
    kind: MemberKind | None = None,
    words: str = "",
    meeting_number: int | None = None,
    resolution: int | None = None,
) -> MemberEventKept:
    """Write an event under the next number. Inside the transaction of a deed that has judged it,
    with the group held; the deed writes its own audit line."""
    number = next_number(MemberEvent, group=group)
    MemberEvent.objects.create(
        group=group,
        number=number,
        member_number=member_number,
        kind=event,
        member_kind=kind.value if kind else "",
        happened_on=on,
        meeting_number=meeting_number,
        resolution=resolution,
        words=words,
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    return MemberEventKept(member_number, number)


def _write_down(
    deed: str, group: Group, by: Reach, number: int, details: dict[str, object]
) -> None:
    record_deed(
        deed,
        user_id=by.user_id,
        area_code=group.area_code,
        fund_id=group.pk,
        subject=f"member {number}",
        details=details,
    )
