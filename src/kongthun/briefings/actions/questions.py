"""Short questions asked before and after a briefing, and the answer sheets counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Reach
from kongthun.db.numbers import next_number
from kongthun.domain.thai_text import visible

from ..models import Attendee, Briefing, Moment, Question, Tally
from ..refusals import (
    AnswerTwice,
    AskedAlready,
    BriefingRefusal,
    MoreSheetsThanPeople,
    NoRightAnswer,
    NoSuchRow,
    NotDone,
    NothingCounted,
    RightMoreThanAnswered,
    TooFewAnswers,
)
from .briefings import RowKept
from .writing import LONGEST_NOTE, entitled, fits, held, said, stands, take, write_down

LONGEST_QUESTION = 300
LONGEST_ANSWER = 200
FEWEST_ANSWERS, MOST_ANSWERS = 2, 4


@transaction.atomic
def ask_question(
    *, briefing: Briefing, words: str, answers: Sequence[str], right: int, by: Reach
) -> RowKept | NotDone:
    """Add a question with two to four answers; ``right`` says which, counted from 1."""
    found = take(briefing)
    given = [visible(answer) for answer in answers if visible(answer)]
    twin = Question.objects.filter(briefing=found, words=visible(words), withdrawn_at=None).first()
    refusals: list[BriefingRefusal] = [
        *entitled(found.area_code, by),
        *stands(found),
        *said("คำถาม", words, LONGEST_QUESTION),
        *([] if FEWEST_ANSWERS <= len(given) <= MOST_ANSWERS else [TooFewAnswers(len(given))]),
        *(AnswerTwice(each) for each in dict.fromkeys(given) if given.count(each) > 1),
        *(fault for each in given for fault in fits("คำตอบ", each, LONGEST_ANSWER)),
        *([] if 1 <= right <= len(given) else [NoRightAnswer(right)]),
        *([AskedAlready(twin.number)] if twin else []),
    ]
    if refusals:
        return NotDone(tuple(dict.fromkeys(refusals)))
    number = next_number(Question, briefing=found)
    Question.objects.create(
        area_code=found.area_code,
        briefing=found,
        number=number,
        words=visible(words),
        answers=given,
        right=right,
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    write_down("ask_question", found, by, number=number)
    return RowKept(number)


@transaction.atomic
def take_back_question(
    *, briefing: Briefing, number: int, note: str, by: Reach
) -> RowKept | NotDone:
    """Take back a question; what was counted of it stays with it and counts no more."""
    found = take(briefing)
    row = Question.objects.filter(briefing=found, number=number, withdrawn_at=None)
    refusals: list[BriefingRefusal] = [
        *entitled(found.area_code, by),
        *stands(found),
        *([] if row.exists() else [NoSuchRow("คำถามข้อ", number)]),
        *said("เหตุที่ถอน", note, LONGEST_NOTE),
    ]
    if refusals:
        return NotDone(tuple(refusals))
    row.update(withdrawn_at=timezone.now(), withdrawn_note=visible(note))
    write_down("take_back_question", found, by, number=number)
    return RowKept(number)


@transaction.atomic
def count_sheets(
    *, briefing: Briefing, moment: Moment, answered: int, right: Mapping[int, int], by: Reach
) -> RowKept | NotDone:
    """Write down how many sheets came back at a moment, and how many were right, by question.

    Counting again puts the new count in place of the former one, which stays readable.
    """
    found = take(briefing)
    questions = set(
        Question.objects.filter(briefing=found, withdrawn_at=None).values_list("number", flat=True)
    )
    came = Attendee.objects.filter(briefing=found, withdrawn_at=None).count()
    refusals: list[BriefingRefusal] = [
        *entitled(found.area_code, by),
        *held(found, by),
        *([] if answered > 0 and right else [NothingCounted()]),
        *(NoSuchRow("คำถามข้อ", number) for number in sorted(right) if number not in questions),
        *(
            RightMoreThanAnswered(number, count, answered)
            for number, count in sorted(right.items())
            if count > answered
        ),
        *([MoreSheetsThanPeople(answered, came)] if answered > came else []),
    ]
    if refusals:
        return NotDone(tuple(refusals))
    first = next_number(Tally, briefing=found)
    now = timezone.now()
    Tally.objects.bulk_create(
        Tally(
            area_code=found.area_code,
            briefing=found,
            number=place,
            question_number=question,
            moment=moment,
            answered=answered,
            right=count,
            recorded_by_id=by.user_id,
            recorded_at=now,
        )
        for place, (question, count) in enumerate(sorted(right.items()), start=first)
    )
    write_down("count_sheets", found, by, moment=str(moment), answered=answered)
    return RowKept(first + len(right) - 1)
