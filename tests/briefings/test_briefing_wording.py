"""Whatever is refused at a briefing is said in Thai."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, get_args

import pytest

from kongthun.accounts.reach import Deed, NotEntitled
from kongthun.briefings import refusals as no
from kongthun.briefings.wording import refusal_in_thai

DAY = date(2026, 11, 22)
REFUSALS: list[no.BriefingRefusal] = [
    NotEntitled(Deed.HOLD_BRIEFINGS, DAY),
    no.WordsMissing("เรื่อง"),
    no.TooLong("เรื่อง", 200),
    no.NoSuchArea("8099"),
    no.CalledAlready(1),
    no.BriefingGone(1),
    no.NotHeldYet(DAY),
    no.HasHappened(3, 1),
    no.NobodyNamed(),
    no.NamedTwice("นายหนึ่ง"),
    no.NotInArea("กองทุนบ้านไกล"),
    no.TooFewAnswers(1),
    no.AnswerTwice("3 ปี"),
    no.NoRightAnswer(5),
    no.AskedAlready(1),
    no.NoSuchRow("คำถามข้อ", 9),
    no.NothingCounted(),
    no.RightMoreThanAnswered(1, 5, 4),
    no.MoreSheetsThanPeople(4, 3),
    no.InFuture(DAY, DAY),
    no.SaidAlready(1),
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: type(refusal).__name__)
def test_every_refusal_of_a_briefing_has_words(refusal: no.BriefingRefusal) -> None:
    words = refusal_in_thai(refusal)
    assert re.search("[ก-๙]", words)
    assert not re.search(r"[!{}<>]|None|  ", words), words


def test_no_refusal_of_a_briefing_is_forgotten_here() -> None:
    assert {type(refusal) for refusal in REFUSALS} == set(get_args(no.BriefingRefusal))


def test_a_refusal_without_words_is_an_error() -> None:
    wrong: Any = object()
    with pytest.raises(NotImplementedError):
        refusal_in_thai(wrong)
