"""Whatever a round refuses is said in Thai, and whatever it asks has a name."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, get_args

import pytest

from kongthun.accounts.reach import Deed, NotEntitled
from kongthun.domain.money import Money
from kongthun.surveys import refusals as no
from kongthun.surveys.figures import BOOKS, NAMES, BookState
from kongthun.surveys.wording import (
    BOOK_STATES,
    FIGURES,
    UNITS,
    refusal_in_thai,
    value_in_thai,
)

DAY = date(2026, 11, 22)
NAME = "กองทุนบ้านในไร่"
REFUSALS: list[no.SurveyRefusal] = [
    NotEntitled(Deed.OPEN_SURVEYS, DAY),
    no.WordsMissing("ชื่อรอบ"),
    no.TooLong("ชื่อรอบ", 200),
    no.InFuture(DAY, DAY),
    no.NoSuchArea("8099"),
    no.NoFundsHere("8002"),
    no.RoundOpenAlready(1, "ตรวจปี 2569"),
    no.RoundGone(1),
    no.RoundLocked(1, DAY),
    no.HasFindings(3),
    no.NotInRound(NAME),
    no.FoundBeforeItsDay(DAY, DAY),
    no.BeforeItOpened(DAY, DAY),
    *(no.FigureBelowZero(name) for name in NAMES),
    no.DifferenceUnexplained(NAMES),
    no.NothingFound(),
    no.ReportedAlready(NAME),
    no.NothingChosen(),
    no.WhyMissing(NAME),
    no.NotCheckedYet(NAME),
    no.ChosenAlready(NAME),
    no.NotChosen(NAME),
    no.StillWaiting((NAME,)),
    no.StillWaiting((NAME,) * 7),
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: type(refusal).__name__)
def test_every_refusal_of_a_round_has_words(refusal: no.SurveyRefusal) -> None:
    words = refusal_in_thai(refusal)
    assert re.search("[ก-๙]", words)
    assert not re.search(r"[!{}<>]|None|  ", words), words


def test_no_refusal_of_a_round_is_forgotten_here() -> None:
    assert {type(refusal) for refusal in REFUSALS} == set(get_args(no.SurveyRefusal))


def test_a_refusal_without_words_is_an_error() -> None:
    wrong: Any = object()
    with pytest.raises(NotImplementedError):
        refusal_in_thai(wrong)


def test_two_more_than_are_named_are_counted() -> None:
    assert "และอีก 2 กองทุน" in refusal_in_thai(no.StillWaiting((NAME,) * 7))


def test_every_figure_has_a_name_and_a_unit() -> None:
    assert set(FIGURES) == set(NAMES)
    assert set(UNITS) == set(NAMES) - BOOKS
    assert set(BOOK_STATES) == set(BookState)


def test_a_figure_is_said_with_its_unit() -> None:
    assert value_in_thai("bank", Money(28_115_619)) == "281,156.19 บาท"
    assert value_in_thai("target_households", 44) == "44 ครัวเรือน"
    assert value_in_thai("green", BookState.NOT_RIGHT) == "มี ยังไม่ถูกต้อง"
    assert value_in_thai("bank", None) == "–"
