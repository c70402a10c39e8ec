"""Bringing a group's own member register in: one file is one transaction, or nothing of it."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import evidence_path, keep_evidence, record_deed, sha256_of
from kongthun.domain.member_rows import (
    AlreadyThere,
    KnownMember,
    SetAside,
    Taken,
    Verdict,
    judge_members,
)
from kongthun.groups.actions.groups import hold_group
from kongthun.groups.actions.member_lists import ListedMember, NamedOnPaper, list_members
from kongthun.groups.models import Group
from kongthun.groups.queries.members import everybody, is_of_target_households

from .member_refusals import (
    ListOfHouseholds,
    MemberRefusal,
    NoMemberTable,
    NotImported,
    TooManyMembers,
)
from .member_sheet import MemberSheet, read_members
from .reading import Unreadable, read_cells

MOST_MEMBERS = 5_000
FROM_THE_REGISTER = "จากทะเบียนเดิม"
DEED = "import_members"
DAYS_A_FILE_WAITS = 7


@dataclass(frozen=True, slots=True)
class MembersImported:
    """What the file said and what became of it: every row is in exactly one of the three."""

    sha256: str
    sheet: MemberSheet
    taken: tuple[Taken, ...]
    already_there: tuple[AlreadyThere, ...]
    set_aside: tuple[SetAside, ...]

    @property
    def rows_read(self) -> int:
        """Rows of members that the file holds, headings and sums apart."""
        return len(self.sheet.rows)

    @property
    def holds(self) -> bool:
        """Whether no row got lost: read = taken + already there + set aside."""
        return self.rows_read == len(self.taken) + len(self.already_there) + len(self.set_aside)


def import_members(
    *, file: Path, group: Group, by: Reach, is_rehearsal: bool = False
) -> MembersImported | NotImported:
    """Bring the member register in ``file`` in: who is new joins the list under the paper's number.

    Whoever stands there already stays as they are, so the same file again adds nothing and a
    corrected one brings in just what was set aside. A rehearsal does all of it and takes it back.
    """
    refusals: list[MemberRefusal] = [
        *by.refusals(Deed.KEEP_LISTS, area_code=group.area_code, group_id=group.pk)
    ]
    if is_of_target_households(group):
        refusals.append(ListOfHouseholds())
    sheet = _read(file)
    if not isinstance(sheet, MemberSheet):
        refusals.append(sheet)
    if refusals or not isinstance(sheet, MemberSheet):
        return NotImported(tuple(refusals))
    content = sha256_of(file)
    with transaction.atomic():
        hold_group(group)
        done = _sorted(
            content, sheet, judge_members(sheet.rows, _known(group, by.day), today=by.day)
        )
        if done.taken:
            _take_in(group, done, by)
            if is_rehearsal:
                transaction.set_rollback(True)
            else:
                keep_evidence(file, content)  # last: what breaks off before leaves no file behind
    return done


def look_at_members(file: Path, group: Group, *, day: date) -> MembersImported | NotImported:
    """How the file stands to the group's list today. Writes nothing and holds nobody up."""
    sheet = _read(file)
    if not isinstance(sheet, MemberSheet):
        return NotImported((sheet,))
    verdicts = judge_members(sheet.rows, _known(group, day), today=day)
    return _sorted(sha256_of(file), sheet, verdicts)


def _read(file: Path) -> MemberSheet | Unreadable | NoMemberTable | TooManyMembers:
    cells = read_cells(file)
    if isinstance(cells, Unreadable):
        return cells
    sheet = read_members(cells)
    if sheet is None:
        return NoMemberTable(tuple(each.name for each in cells.sheets))
    if len(sheet.rows) > MOST_MEMBERS:
        return TooManyMembers(len(sheet.rows), MOST_MEMBERS)
    return sheet


def _known(group: Group, day: date) -> list[KnownMember]:
    return [
        KnownMember(
            each.number,
            each.row.person.name_key,
            is_member=each.standing.is_member,
            waits=not each.standing.is_member and each.standing.waits_since is not None,
        )
        for each in everybody(group, day)
    ]


def _sorted(content: str, sheet: MemberSheet, verdicts: Sequence[Verdict]) -> MembersImported:
    return MembersImported(
        content,
        sheet,
        tuple(each for each in verdicts if isinstance(each, Taken)),
        tuple(each for each in verdicts if isinstance(each, AlreadyThere)),
        tuple(each for each in verdicts if isinstance(each, SetAside)),
    )


def _take_in(group: Group, done: MembersImported, by: Reach) -> None:
    listed = [
        ListedMember(
            number=each.number,
            name=each.row.name,
            house_number=each.house_number,
            member_kind=each.kind,
            since=each.since,
            beneficiaries=tuple(
                NamedOnPaper(named.name, named.relation, named.share)
                for named in each.beneficiaries
            ),
        )
        for each in done.taken
    ]
    list_members(group, listed, words=FROM_THE_REGISTER, on=by.day, user_id=by.user_id)
    numbers = [each.number for each in done.taken]
    record_deed(
        DEED,
        user_id=by.user_id,
        area_code=group.area_code,
        fund_id=group.pk,
        subject=f"members {min(numbers)}–{max(numbers)}",
        details={
            "sha256": done.sha256,
            "read": done.rows_read,
            "taken": len(done.taken),
            "already_there": len(done.already_there),
            "set_aside": len(done.set_aside),
            "passed_over": done.sheet.passed_over,
            "reasons": dict(Counter(str(each.reason) for each in done.set_aside)),
        },
    )


# ---- files between the rehearsal and the yes -----------------------------------------------------

_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def keep_waiting(file: Path, group: Group) -> str:
    """Keep a file of this group until somebody says yes or no; its fingerprint.

    Files nobody decided on for a week are forgotten: they name people.
    """
    _forget_old()
    sha256 = sha256_of(file)
    place = _waiting_place(group, sha256)
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_suffix(".new")
    shutil.copyfile(file, beside)
    beside.replace(place)
    return sha256


def waiting_file(group: Group, sha256: str) -> Path | None:
    """The file of this group that waits under this fingerprint, if one does."""
    place = _waiting_place(group, sha256) if _FINGERPRINT.fullmatch(sha256) else None
    return place if place is not None and place.exists() else None


def forget_waiting(group: Group, sha256: str) -> None:
    """Take the waiting file away: it was brought in, or nobody wants it."""
    place = waiting_file(group, sha256)
    if place is not None:
        place.unlink(missing_ok=True)


def imported_file(sha256: str) -> Path | None:
    """The register kept as evidence under this fingerprint."""
    place = evidence_path(sha256) if _FINGERPRINT.fullmatch(sha256) else None
    return place if place is not None and place.exists() else None


def _waiting_place(group: Group, sha256: str) -> Path:
    return _waiting_room() / f"{group.pk}-{sha256}"


def _waiting_room() -> Path:
    return Path(settings.EVIDENCE_ROOT) / "waiting-members"


def _forget_old() -> None:
    room = _waiting_room()
    before = timezone.now().timestamp() - DAYS_A_FILE_WAITS * 86_400
    for place in room.iterdir() if room.exists() else ():
        if place.stat().st_mtime < before:
            place.unlink(missing_ok=True)
