"""Which members came to a meeting, and the photos that show it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.papers import keep_paper, sha256_as_kept
from kongthun.domain.thai_text import visible
from kongthun.groups.models import Group
from kongthun.groups.queries.members import members_on

from ..calls_refusals import (
    CallRefusal,
    NoSuchPhoto,
    NotAMember,
    NotDone,
    PhotoKeptAlready,
    TooManyPhotos,
)
from ..models import Meeting, MeetingPhoto, MemberAttendance
from ..refusals import NoSuchMeeting, TooLong
from .meetings import draft_to_write_in
from .writing import entitled, take, write_down

MOST_PHOTOS = 12
LONGEST_CAPTION = 200


@dataclass(frozen=True, slots=True)
class MembersMarked:
    """The members who are marked as there now, by number."""

    meeting_number: int
    came: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PhotoKept:
    """The photo stands with the meeting under this number."""

    meeting_number: int
    place: int


@transaction.atomic
def mark_members(
    *,
    group: Group,
    number: int,
    by: Reach,
    came: Collection[int],
    shown: Collection[int] | None = None,
) -> MembersMarked | NotDone:
    """Mark who of the members was there, by their numbers.

    Speaks for the numbers in ``shown``, where a page shows a part of the list, else for the whole
    list: the others stay as they were. Who was no member on the day is refused.
    """
    draft, meeting_refusals = draft_to_write_in(group, number, by)
    refusals: list[CallRefusal] = [*meeting_refusals]
    ticked = set(came)
    if draft is not None:
        members = members_on(group, draft.held_on)
        refusals.extend(
            NotAMember(each, draft.held_on) for each in sorted(ticked) if each not in members
        )
    if refusals or draft is None:
        return NotDone(tuple(refusals))
    rows = MemberAttendance.objects.filter(group=group, meeting_number=number)
    before = set(rows.values_list("member_number", flat=True))
    after = ticked if shown is None else (before - set(shown)) | ticked
    if after != before:
        rows.filter(member_number__in=before - after).delete()
        MemberAttendance.objects.bulk_create(
            MemberAttendance(group=group, meeting_number=number, member_number=each)
            for each in sorted(after - before)
        )
        write_down("mark_members", group, by, f"meeting {number}", members=sorted(after))
    return MembersMarked(number, tuple(sorted(after)))


@transaction.atomic
def keep_photo(
    *, group: Group, number: int, by: Reach, file: Path, words: str = ""
) -> PhotoKept | NotDone:
    """Keep a photo of a meeting. A closed meeting takes photos too: nothing in it changes."""
    take(group)
    refusals: list[CallRefusal] = list(entitled(group, by, Deed.HOLD_MEETINGS))
    if not Meeting.objects.filter(group=group, number=number).exists():
        refusals.append(NoSuchMeeting(number))
    if len(visible(words)) > LONGEST_CAPTION:
        refusals.append(TooLong("คำบรรยายภาพ", LONGEST_CAPTION))
    sha256 = sha256_as_kept(file)
    kept = {each.sha256: each.place for each in _photos(group, number)}
    if sha256 in kept:
        refusals.append(PhotoKeptAlready(kept[sha256]))
    elif len(kept) >= MOST_PHOTOS:
        refusals.append(TooManyPhotos(MOST_PHOTOS))
    if refusals:
        return NotDone(tuple(refusals))
    keep_paper(
        file,
        fund_id=group.pk,
        area_code=group.area_code,
        subject=f"meeting {number} photo",
        user_id=by.user_id,
    )
    place = max(kept.values(), default=0) + 1
    MeetingPhoto.objects.create(
        group=group, meeting_number=number, place=place, sha256=sha256, words=visible(words)
    )
    write_down("keep_meeting_photo", group, by, f"meeting {number}", place=place, sha256=sha256)
    return PhotoKept(number, place)


@transaction.atomic
def take_out_photo(*, group: Group, number: int, place: int, by: Reach) -> PhotoKept | NotDone:
    """Take a photo out of a draft. The file itself stays kept, unnamed."""
    draft, meeting_refusals = draft_to_write_in(group, number, by)
    refusals: list[CallRefusal] = [*meeting_refusals]
    found = MeetingPhoto.objects.filter(group=group, meeting_number=number, place=place)
    if draft is not None and not found.exists():
        refusals.append(NoSuchPhoto(place))
    if refusals:
        return NotDone(tuple(refusals))
    found.delete()
    write_down("take_out_meeting_photo", group, by, f"meeting {number}", place=place)
    return PhotoKept(number, place)


# --- below the line -------------------------------------------------------------------------


def _photos(group: Group, number: int) -> list[MeetingPhoto]:
    return list(MeetingPhoto.objects.filter(group=group, meeting_number=number))
