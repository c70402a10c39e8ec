"""Every reason why a year was not closed, or its surplus not paid, is said in Thai."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, get_args

import pytest

from kongthun.accounts.reach import Deed, NotEntitled
from kongthun.activities.refusals import MeetingStillOpen, NoSuchMeeting
from kongthun.domain.journal import YearClosed
from kongthun.domain.money import Money
from kongthun.domain.rule_set import Limit
from kongthun.domain.surplus import Purpose
from kongthun.funding import closing_refusals as no
from kongthun.funding.closing_wording import NOBODY, PURPOSES, refusal_in_thai
from kongthun.ledger.refusals import MoreThanThere, WordsNeeded

DAY = date(2024, 12, 31)
BAHT = Money.baht(1_000)
LIMIT = Limit("year_end_month", None, "", "", is_checked=False)

OURS: list[Any] = [
    no.KeepsNoSurplus(),
    no.NothingToClose(),
    no.YearEndUnsaid(LIMIT, "ระเบียบของกลุ่ม"),
    no.YearNotOver(DAY, DAY),
    no.YearClosedBefore(2567),
    no.EarlierYearOpen(2567, DAY),
    no.MeetingBeforeYearEnd(3, DAY, DAY),
    no.MoneyUnexplained(BAHT, DAY),
    no.SurplusUnsaid("ระเบียบของกลุ่ม"),
    no.SurplusUneven(9_550, "ระเบียบของกลุ่ม"),
    no.ClosedOtherwise(1),
    no.NoSuchClosing(7),
    no.ClosingTakenBack(1),
    no.NotTheLatest(2568),
    no.PaidOutSince((1, 2), ("due:committee",)),
    no.PaidOutSince(tuple(range(1, 9)), ()),
    no.PaidOutSince((), ("reserve:welfare", "reserve:reserve")),
    no.NobodyTicked(),
    no.NoSlip(3),
    no.SlipPaid(3, "ป.1"),
    no.MoreThanHeld(3, BAHT, Money(5)),
    no.MoreThanDue(BAHT, Money(5)),
    no.MoreThanReserved("welfare", BAHT, Money(5)),
    no.PaidOtherwise("ป.1"),
    no.NoPaymentOfThis(7),
]
BELOW = [
    NotEntitled(Deed.CLOSE_YEAR, DAY),
    YearClosed(DAY, DAY),
    NoSuchMeeting(3),
    MeetingStillOpen(3),
    WordsNeeded(),
    MoreThanThere("cash", BAHT, DAY, Money(0), DAY),
]


@pytest.mark.parametrize("refusal", [*OURS, *BELOW], ids=lambda r: type(r).__name__)
def test_every_refusal_says_what_is_wrong_and_what_to_do(refusal: no.ClosingRefusal) -> None:
    said = refusal_in_thai(refusal)
    assert len(said) > 40
    assert not re.search(r"[!{}<>]|None|  ", said), said


def test_no_refusal_is_forgotten_here() -> None:
    assert {type(each) for each in OURS} == set(get_args(no.OfClosing))
    written = {
        kind
        for kind in vars(no).values()
        if isinstance(kind, type) and kind.__module__ == no.__name__ and kind is not no.NotDone
    }
    assert written == set(get_args(no.OfClosing))


def test_a_refusal_without_words_is_an_error() -> None:
    with pytest.raises(NotImplementedError):
        refusal_in_thai(object())  # type: ignore[arg-type]


def test_many_who_were_paid_are_counted_and_rates_are_said_in_per_cent() -> None:
    assert "1, 2, 3, 4, 5 และอีก 3 คน" in refusal_in_thai(OURS[15])
    assert "ร้อยละ 95.50" in refusal_in_thai(no.SurplusUneven(9_550, "ระเบียบ"))


def test_every_purpose_has_words() -> None:
    assert set(PURPOSES) == set(Purpose)
    assert set(NOBODY) == {Purpose.DIVIDEND, Purpose.TRADE_RETURN}
