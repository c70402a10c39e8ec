"""Whatever ก4 refuses is said in Thai: what is wrong and what to do."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, get_args

import pytest

from kongthun.domain import plan
from kongthun.domain.money import Money
from kongthun.funding import means_refusals as no
from kongthun.funding.means_wording import means_refusal_in_thai
from kongthun.ledger.refusals import NotAboveZero
from kongthun.ledger.savings import SavingsRefusal

DAY, LATER = date(2025, 1, 5), date(2025, 2, 5)
BAHT = Money.baht(100)
SAID: list[Any] = [
    *(no.NoSuch(what, 7) for what in get_args(no.What)),
    *(no.TakenBackBefore(what, 7) for what in get_args(no.What)),
    no.BeforeItWas("certificate", 7, LATER, DAY),
    *(no.Unnamed(what) for what in ("giver", "lender", "tool", "keeper", "borrower", "report")),
    no.NoShares(),
    no.NotAMemberThen(9, DAY),
    no.CertificateEnded(1, DAY, "หาย", (2, 3)),
    no.CertificateEnded(1, DAY, "หาย", ()),
    no.MoreThanOnIt(1, 12, 10),
    no.ToThemselves(1),
    no.FewerWithoutCertificate(1, BAHT, Money(0)),
    no.FewerWithoutCertificate(1, BAHT, Money.baht(50)),
    no.NotFromASale(1),
    no.ReportDueTooEarly(1, DAY, LATER),
    no.NoSuchReport(1, 2),
    no.ReportThere(1, DAY),
    no.ThankedBefore(DAY),
    no.ToolChanged(1),
    no.AgainstPlan(plan.NoParts()),
    no.AgainstPlan(plan.PartOfNothing(1)),
    no.AgainstPlan(plan.PartBeforePayOut(1, DAY)),
    no.AgainstPlan(plan.PartTwiceOnOneDay(DAY)),
    no.AgainstPlan(plan.DoesNotAddUp(BAHT)),
    no.AgainstPlan(plan.DoesNotAddUp(-BAHT)),
    no.NoMeetingThere(3),
    no.MoreThanOwed(1, BAHT, Money(0), DAY),
    no.RepaidSince(1),
    no.NotOfTheseDeeds(4),
    no.ToolGone(1, DAY),
    no.LentOut(1, DAY, LATER),
    no.LentOut(1, DAY, None),
    no.NotLent(1),
    no.DueBackTooEarly(DAY, LATER),
    no.BeforeTheLatest(DAY, LATER),
    no.MoreThanWorth(1, BAHT, Money(0)),
    no.NothingToWear(DAY),
    no.YearsUnsaid(1),
]


@pytest.mark.parametrize("refusal", SAID, ids=lambda each: type(each).__name__)
def test_every_refusal_of_the_means_has_words(refusal: Any) -> None:  # noqa: ANN401
    words = means_refusal_in_thai(refusal)
    assert len(words) > 20
    assert not re.search(r"[!{}<>]|None|  ", words), words


def test_no_refusal_of_the_means_is_forgotten_here() -> None:
    own = set(get_args(no.MeansRefusal)) - set(get_args(SavingsRefusal))
    assert {type(each) for each in SAID} == own


def test_a_sum_above_or_below_is_said_as_such() -> None:
    assert "เกิน" in means_refusal_in_thai(no.AgainstPlan(plan.DoesNotAddUp(BAHT)))
    assert "ขาด" in means_refusal_in_thai(no.AgainstPlan(plan.DoesNotAddUp(-BAHT)))


def test_what_the_books_refuse_is_said_in_their_words_and_the_unknown_is_an_error() -> None:
    assert "มากกว่าศูนย์" in means_refusal_in_thai(NotAboveZero(Money(0)))
    with pytest.raises(NotImplementedError):
        means_refusal_in_thai(no.AgainstPlan(plan.TooManyParts(3, 2)))
    with pytest.raises(NotImplementedError):
        means_refusal_in_thai(object())  # type: ignore[arg-type]
