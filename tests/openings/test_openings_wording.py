"""Whatever openings refuse is said in Thai, and what to do with it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, get_args

import pytest

from kongthun.accounts.reach import Deed, NotEntitled
from kongthun.domain.broken_books import Grade, Why
from kongthun.domain.journal import EntryRefusal, HappensLater, YearClosed
from kongthun.domain.money import Money
from kongthun.ledger.actions import AlreadyReversed, KeyTaken, NoSuchEntry
from kongthun.openings import refusals as no
from kongthun.openings.models import Place
from kongthun.openings.wording import GRADES, SETTLED_BY, place_words, refusal_in_thai

DAY, BAHT = date(2026, 11, 22), Money.baht(5)

REFUSALS: list[Any] = [
    NotEntitled(Deed.SETTLE_BALANCES, DAY),
    HappensLater(DAY, DAY),
    YearClosed(DAY, DAY),
    no.OpeningThere(DAY),
    no.NoOpening(),
    no.CapitalUnsaid(),
    no.CapitalInBooks(BAHT),
    no.WordsNeeded("capital"),
    no.WordsNeeded("note"),
    no.WordsTooLong(300),
    *(no.ClaimUnfit(why) for why in Why),
    no.NotAPlaceHere(Place.CLAIM),
    no.NotOnList(7),
    no.PersonUnnamed(),
    no.PlaceInBooks("bank:1"),
    no.HouseholdInBooks(7, 3),
    no.NoSuchClaim(7),
    no.ClaimedOtherwise(7),
    no.SettledOtherwise(7),
    no.NothingToSettle(),
    no.Settled(7),
    no.ChangedSince(),
    no.MoreGoneSince("loan:3", BAHT, DAY, BAHT),
    no.MoreGoneSince("cash", BAHT, DAY, BAHT),
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=repr)
def test_every_refusal_has_words(refusal: Any) -> None:  # noqa: ANN401
    words = refusal_in_thai(refusal)
    assert re.search("[ก-๙]", words)
    assert not re.search(r"[!{}<>]|None", words)
    assert "  " not in words


def test_no_refusal_is_forgotten_here() -> None:
    of_the_books = {*get_args(EntryRefusal), KeyTaken, AlreadyReversed, NoSuchEntry}
    kinds = set(get_args(no.OpeningRefusal)) - of_the_books
    assert kinds <= {type(refusal) for refusal in REFUSALS}


def test_what_the_books_refuse_is_said_in_their_words() -> None:
    assert "7" in refusal_in_thai(KeyTaken("key", 7))


def test_grades_and_places_have_words() -> None:
    assert set(GRADES) == set(Grade)
    assert set(SETTLED_BY) == set(Grade) - {Grade.NONE}
    assert len({place_words(place.value, 2) for place in Place}) == len(Place)
