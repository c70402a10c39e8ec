"""A lesson is written from a case, handed in, read by somebody else, published or sent back.

docs/rules/lessons.md tells the whole way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.activities.actions.writing import entitled, take, write_down
from kongthun.audit.models import AuditLine
from kongthun.db.numbers import next_number
from kongthun.domain.casework import Stage
from kongthun.domain.thai_text import arabic_digits, visible
from kongthun.groups.models import CommitteeTerm, Group, HouseholdMember, Membership
from kongthun.library.finding import folded

from ..lesson_refusals import (
    CaseIsSealed,
    CaseNotOpened,
    HandedInAlready,
    HoldsAnId,
    LessonRefusal,
    LessonUnknown,
    LessonWaits,
    NamesAMember,
    NotDone,
    NoteMissing,
    NotHandedIn,
    PartsEmpty,
    PartTooLong,
    PublishedAlready,
    ReadsOwn,
)
from ..lesson_wording import HEAD_WORDS, PART_WORDS
from ..models import Case, Lesson
from ..queries.facts import SEALED_KINDS, CaseState, states_of
from ..queries.lessons import LessonWords, facts_for_lesson, waiting_lesson

LONGEST_PART = 8_000
LONGEST = {"title": 200, "author_name": 150, "office": 200}
LONGEST_BACK = 500
LONGEST_DOWN = 300
_ID = re.compile(r"[0-9](?:[\s-]?[0-9]){12}")
_WRITING = ("write_lesson", "change_lesson")


@dataclass(frozen=True, slots=True)
class LessonKept:
    """The lesson stands as asked, under its number in the group."""

    number: int


def write_lesson(*, state: CaseState, words: LessonWords, by: Reach) -> LessonKept | NotDone:
    """Begin a lesson of a case. It is a draft: parts may be empty, whoever works there goes on."""
    group = state.case.group
    with transaction.atomic():
        take(group)
        refusals: list[LessonRefusal] = [
            *entitled(group, by, Deed.WORK_CASES),
            *_of_case(state),
            *_fit(words),
        ]
        waiting = waiting_lesson(group.pk, state.case.number)
        if waiting is not None:
            refusals.append(LessonWaits(waiting.number))
        if refusals:
            return NotDone(tuple(refusals))
        number = next_number(Lesson, group=group)
        Lesson.objects.create(
            group=group,
            number=number,
            case_number=state.case.number,
            **_tidied(words),
            written_by_id=by.user_id,
            written_at=timezone.now(),
        )
        write_down(
            "write_lesson", group, by, _subject(number), case=state.case.number, **_sizes(words)
        )
    return LessonKept(number)


def change_lesson(
    *, group: Group, number: int, words: LessonWords, by: Reach
) -> LessonKept | NotDone:
    """Write on at a draft."""
    with transaction.atomic():
        take(group)
        lesson, refusals = _lesson(group, number, by, Deed.WORK_CASES)
        refusals += _fit(words)
        if lesson is not None and lesson.handed_in_on is not None:
            refusals.append(HandedInAlready(number))
        if refusals:
            return NotDone(tuple(refusals))
        _rows(group, number).update(**_tidied(words))
        write_down("change_lesson", group, by, _subject(number), **_sizes(words))
    return LessonKept(number)


def hand_in_lesson(*, group: Group, number: int, by: Reach) -> LessonKept | NotDone:
    """Give a draft to be read. From here its words stand and the case's figures are frozen.

    All parts say something; nobody of the group is named, and no national ID is in it.
    """
    with transaction.atomic():
        take(group)
        lesson, refusals = _lesson(group, number, by, Deed.WORK_CASES)
        state = _state_of(lesson, by) if lesson is not None else None
        if lesson is not None:
            words = LessonWords.of(lesson)
            refusals += [*(_of_case(state) if state else [CaseNotOpened()]), *_whole(words)]
            refusals += _private(group, words)
            if lesson.handed_in_on is not None:
                refusals.append(HandedInAlready(number))
        if refusals or state is None:
            return NotDone(tuple(refusals))
        _rows(group, number).update(
            handed_in_on=by.day,
            facts=facts_for_lesson(state, by.day).as_data(),
            search_text=folded(" ".join(words.by_name().values())),
            read_by=None,
            read_note="",
        )
        write_down("hand_in_lesson", group, by, _subject(number))
    return LessonKept(number)


def publish_lesson(*, group: Group, number: int, by: Reach) -> LessonKept | NotDone:
    """Let everybody who signs in read it. Whoever wrote at it does not publish it."""
    with transaction.atomic():
        take(group)
        refusals = _reading(group, number, by)
        if refusals:
            return NotDone(tuple(refusals))
        _rows(group, number).update(published_on=by.day, read_by=by.user_id)
        write_down("publish_lesson", group, by, _subject(number))
    return LessonKept(number)


def send_lesson_back(*, group: Group, number: int, note: str, by: Reach) -> LessonKept | NotDone:
    """Give it back to be written on, with what would make it better."""
    with transaction.atomic():
        take(group)
        refusals = [*_reading(group, number, by), *_fit_note(note, LONGEST_BACK)]
        if refusals:
            return NotDone(tuple(refusals))
        _rows(group, number).update(
            handed_in_on=None, facts={}, read_by=by.user_id, read_note=visible(note)
        )
        write_down("send_lesson_back", group, by, _subject(number))
    return LessonKept(number)


def take_lesson_down(*, group: Group, number: int, note: str, by: Reach) -> LessonKept | NotDone:
    """Show a published lesson to nobody any more, or give up a draft. The row stays, with why.

    A draft is given up by those who write; a published lesson is taken down by those who publish.
    """
    with transaction.atomic():
        take(group)
        found = _standing(group, number)
        is_out = found is not None and found.published_on is not None
        deed = Deed.PUBLISH_LESSONS if is_out else Deed.WORK_CASES
        lesson, refusals = _lesson(group, number, by, deed)
        refusals += _fit_note(note, LONGEST_DOWN)
        if lesson is not None and not is_out and lesson.handed_in_on is not None:
            refusals.append(HandedInAlready(number))
        if refusals:
            return NotDone(tuple(refusals))
        _rows(group, number).update(taken_down_at=timezone.now(), taken_down_note=visible(note))
        write_down("take_lesson_down", group, by, _subject(number))
    return LessonKept(number)


# --- below the line -------------------------------------------------------------------------


def _lesson(
    group: Group, number: int, by: Reach, deed: Deed
) -> tuple[Lesson | None, list[LessonRefusal]]:
    lesson = _standing(group, number)
    unknown: list[LessonRefusal] = [LessonUnknown(number)] if lesson is None else []
    return lesson, [*entitled(group, by, deed), *unknown]


def _standing(group: Group, number: int) -> Lesson | None:
    return _rows(group, number).filter(taken_down_at=None).first()


def _rows(group: Group, number: int) -> QuerySet[Lesson]:
    return Lesson.objects.filter(group=group, number=number)


def _state_of(lesson: Lesson, by: Reach) -> CaseState | None:
    cases = Case.objects.filter(
        group_id=lesson.group_id, number=lesson.case_number, withdrawn_at=None
    ).select_related("group")
    return next(iter(states_of(cases, by.day)), None)


def _of_case(state: CaseState) -> list[LessonRefusal]:
    found: list[LessonRefusal] = []
    if state.stage is Stage.PROPOSED:
        found.append(CaseNotOpened())
    if state.case.kind in SEALED_KINDS:
        found.append(CaseIsSealed())
    return found


def _reading(group: Group, number: int, by: Reach) -> list[LessonRefusal]:
    """Whether this person may answer a lesson that was handed in."""
    lesson, refusals = _lesson(group, number, by, Deed.PUBLISH_LESSONS)
    if lesson is None:
        return refusals
    if lesson.published_on is not None:
        refusals.append(PublishedAlready(number))
    elif lesson.handed_in_on is None:
        refusals.append(NotHandedIn(number))
    wrote = AuditLine.objects.filter(
        fund_id=group.pk, deed__in=_WRITING, subject=_subject(number), user_id=by.user_id
    )
    if lesson.written_by_id == by.user_id or wrote.exists():
        refusals.append(ReadsOwn())
    return refusals


def _fit(words: LessonWords) -> list[LessonRefusal]:
    """The head is there, and everything has room."""
    said = _tidied(words)
    empty = tuple(name for name in HEAD_WORDS if not said[name])
    found: list[LessonRefusal] = [PartsEmpty(empty)] if empty else []
    for name, text in said.items():
        longest = LONGEST.get(name, LONGEST_PART)
        if len(text) > longest:
            found.append(PartTooLong(name, longest))
    return found


def _whole(words: LessonWords) -> list[LessonRefusal]:
    said = words.by_name()
    empty = tuple(name for name in (*HEAD_WORDS, *PART_WORDS) if not visible(said[name]))
    return [PartsEmpty(empty)] if empty else []


def _fit_note(note: str, longest: int) -> list[LessonRefusal]:
    return [] if 0 < len(visible(note)) <= longest else [NoteMissing()]


def _private(group: Group, words: LessonWords) -> list[LessonRefusal]:
    """What would tell of somebody: full names of the group's people, national IDs.

    The author's own line is theirs to sign.
    """
    members = Membership.objects.filter(group=group).select_related("person")
    terms = CommitteeTerm.objects.filter(group=group).select_related("person")
    stays = HouseholdMember.objects.filter(
        household__in=members.values("household")
    ).select_related("person")
    people = [row.person for rows in (members, terms, stays) for row in rows]
    names = {folded(f"{each.first_name} {each.last_name}") for each in people if each.last_name}
    found: list[LessonRefusal] = []
    for name, text in words.by_name().items():
        if name == "author_name":
            continue
        key = folded(text)
        if any(each in key for each in names):
            found.append(NamesAMember(name))
        if _ID.search(arabic_digits(text)):
            found.append(HoldsAnId(name))
    return found


def _tidied(words: LessonWords) -> dict[str, str]:
    """One line in the head; line by line in the parts."""
    return {
        name: visible(text)
        if name in HEAD_WORDS
        else "\n".join(line for each in text.splitlines() if (line := visible(each)))
        for name, text in words.by_name().items()
    }


def _sizes(words: LessonWords) -> dict[str, object]:
    """How many letters a part has: the audit trail tells that it was written, not what."""
    return {name: len(text) for name, text in words.by_name().items() if text}


def _subject(number: int) -> str:
    return f"lesson {number}"
