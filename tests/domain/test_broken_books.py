"""Books that are lost or contradict each other (docs/rules/broken_books.md)."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kongthun.domain.broken_books import (
    EXAMPLE_CONFIRMS_FROM,
    GRADE_ORDER,
    PLACES,
    Claim,
    Grade,
    Interval,
    OpeningLine,
    PlaceFound,
    Reconstruction,
    SetAside,
    Why,
    as_opening_lines,
    reconstruct,
    what_would_settle,
    why_set_aside,
)
from kongthun.domain.fund_position import FundPosition, movements, position_of
from kongthun.domain.journal import AccountKind, Deed, Draft, Line, refusals_of
from kongthun.domain.money import ZERO, Money, total

LOAN, BANK, CASH, CLAIM = AccountKind.LOAN, AccountKind.BANK, AccountKind.CASH, AccountKind.CLAIM
NONE, WITNESS, PASSBOOK, SIGNED, BOTH_SIGNED = Grade
THAT_DAY = date(2025, 9, 30)
CAPITAL = Money.baht(280_000)


def says(
    place: AccountKind,
    number: int | None,
    baht: int,
    grade: Grade,
    by: str = "household",
    satang: int = 0,
) -> Claim:
    amount = Money.baht(baht, satang)
    return Claim(place, number, amount, grade, by, THAT_DAY, f"words:{by}:{number}:{baht}")


def only(*claims: Claim, confirms_from: Grade = EXAMPLE_CONFIRMS_FROM) -> PlaceFound:
    """The one place that these claims speak of."""
    [found] = reconstruct(CAPITAL, claims, confirms_from=confirms_from).places
    return found


def interval(least: int, most: int) -> Interval:
    return Interval(Money.baht(least), Money.baht(most))


# --------------------------------------------------------------------------------- one village

# The passbook is found, the book of loans is lost, nine households have borrowed: the table of
# docs/rules/broken_books.md.
VILLAGE = [
    says(BANK, 1, 61_156, PASSBOOK, "bank", satang=19),
    says(CASH, None, 3_400, SIGNED, "treasurer"),
    says(LOAN, 1, 30_000, SIGNED),
    says(LOAN, 2, 25_000, SIGNED),
    says(LOAN, 3, 20_000, SIGNED),
    says(LOAN, 4, 12_000, WITNESS, "committee's list"),
    says(LOAN, 4, 7_000, WITNESS, "neighbour"),
    says(LOAN, 5, 30_000, SIGNED),
    says(LOAN, 5, 15_000, NONE, "heir"),
    says(LOAN, 6, 22_000, WITNESS, "committee's list"),
    says(LOAN, 6, 22_000, WITNESS, "neighbour"),
    says(LOAN, 7, 25_000, SIGNED),
    says(LOAN, 7, 18_000, SIGNED, "receipt of the treasurer"),
    says(LOAN, 8, 28_000, NONE, "loose sheet"),
    says(LOAN, 9, 15_000, WITNESS, "committee's list"),
    says(LOAN, 9, 0, NONE),
]
INTEREST = Money.baht(1_156, 19)


def village(*arrived: Claim) -> Reconstruction:
    return reconstruct(CAPITAL, [*VILLAGE, *arrived], interest=INTEREST)


def sums(found: Reconstruction) -> tuple[str, str, str]:
    return found.confirmed.text, found.disputed.text, found.unexplained.text


def test_a_village_whose_book_of_loans_is_lost_knows_between_what_and_what_its_money_is() -> None:
    found = village()
    assert [(each.account, each.least.text, each.most.text) for each in found.places] == [
        ("loan:1", "30,000", "30,000"),
        ("loan:2", "25,000", "25,000"),
        ("loan:3", "20,000", "20,000"),
        ("loan:4", "7,000", "12,000"),
        ("loan:5", "30,000", "30,000"),
        ("loan:6", "22,000", "22,000"),
        ("loan:7", "18,000", "25,000"),
        ("loan:8", "0", "28,000"),
        ("loan:9", "15,000", "15,000"),
        ("bank:1", "61,156.19", "61,156.19"),
        ("cash", "3,400", "3,400"),
    ]
    assert sums(found) == ("231,556.19", "40,000", "9,600")
    assert found.confirmed + found.disputed + found.unexplained == found.entrusted
    assert found.entrusted == CAPITAL + INTEREST
    assert found.interval_of_money_found == Interval(
        Money.baht(231_556, 19), Money.baht(271_556, 19)
    )
    assert found.interval_of_unexplained == interval(9_600, 49_600)
    assert not found.claims_exceed_capital


def test_the_village_is_told_what_to_ask_next() -> None:
    asked = [
        (each.account, each.disputed.text, each.moves.text, each.settled_by)
        for each in what_would_settle(village())
    ]
    assert asked == [
        ("loan:8", "28,000", "28,000", WITNESS),
        ("loan:7", "7,000", "7,000", BOTH_SIGNED),
        ("loan:4", "5,000", "5,000", PASSBOOK),
        ("loan:5", "0", "15,000", BOTH_SIGNED),
        ("loan:9", "0", "15,000", PASSBOOK),
    ]


def test_what_the_village_does_not_know_shrinks_with_every_answer() -> None:
    eight = says(LOAN, 8, 26_000, SIGNED)
    seven = says(LOAN, 7, 18_000, BOTH_SIGNED, "meeting 3")
    four = says(LOAN, 4, 9_000, BOTH_SIGNED, "meeting 3")
    chairman = says(CLAIM, 1, 15_600, SIGNED, "former chairman")
    steps = [village(), village(eight), village(eight, seven), village(eight, seven, four)]
    steps.append(village(eight, seven, four, chairman))
    assert [sums(step) for step in steps] == [
        ("231,556.19", "40,000", "9,600"),
        ("257,556.19", "12,000", "11,600"),  # 2,000 less than the sheet said are nobody's now
        ("257,556.19", "5,000", "18,600"),
        ("259,556.19", "0", "21,600"),
        ("275,156.19", "0", "6,000"),
    ]
    assert [step.not_confirmed.text for step in steps] == [
        "49,600",
        "23,600",
        "23,600",
        "21,600",
        "6,000",
    ]


def test_the_village_opens_its_new_books_with_what_is_confirmed() -> None:
    lines = as_opening_lines(village())
    assert [(each.account, each.amount.text, each.grade) for each in lines] == [
        ("loan:1", "30,000", SIGNED),
        ("loan:2", "25,000", SIGNED),
        ("loan:3", "20,000", SIGNED),
        ("loan:4", "7,000", WITNESS),
        ("loan:5", "30,000", SIGNED),
        ("loan:6", "22,000", WITNESS),
        ("loan:7", "18,000", SIGNED),
        ("loan:9", "15,000", WITNESS),
        ("bank:1", "61,156.19", PASSBOOK),
        ("cash", "3,400", SIGNED),
        ("unexplained", "49,600", None),
        ("capital:state", "-280,000", None),
        ("interest", "-1,156.19", None),
    ]
    position = position_of([(Deed.CAPITAL_CONFIRMED, [each.line for each in lines])])
    assert position == FundPosition(
        capital=CAPITAL,
        interest=INTEREST,
        households=Money.baht(167_000),
        bank=Money.baht(61_156, 19),
        cash=Money.baht(3_400),
        unexplained=Money.baht(49_600),
    )
    assert position.is_conserved


def test_the_journal_lets_the_opening_entry_in() -> None:
    lines = tuple(each.line for each in as_opening_lines(village()))
    draft = Draft(Deed.CAPITAL_CONFIRMED, THAT_DAY, lines, key="opening")
    assert refusals_of(draft, kinds=frozenset(AccountKind), today=THAT_DAY) == []


def test_loans_opened_each_as_a_pay_out_of_its_own_leave_lent_right_as_well() -> None:
    lines = as_opening_lines(village())
    loans = [each.line for each in lines if each.kind == LOAN]
    others = [each.line for each in lines if each.kind not in (LOAN, AccountKind.UNEXPLAINED)]
    rest = Line("unexplained", -total(line.amount for line in others))
    pay_outs = [(Deed.LOAN_PAID_OUT, [line, Line("unexplained", -line.amount)]) for line in loans]
    position = position_of([(Deed.CAPITAL_CONFIRMED, [*others, rest]), *pay_outs])
    assert position.households == position.lent == Money.baht(167_000)
    assert position.unexplained == Money.baht(49_600)


# --------------------------------------------------------------------------------- one place


def test_one_claim_alone_is_confirmed_when_its_grade_confirms() -> None:
    found = only(says(LOAN, 12, 5_000, WITNESS))
    assert (found.confirmed, found.disputed) == (Money.baht(5_000), ZERO)


def test_words_alone_confirm_nothing_and_all_of_it_is_disputed() -> None:
    found = only(says(LOAN, 12, 5_000, NONE), says(LOAN, 12, 3_000, NONE, "neighbour"))
    assert found.interval == interval(0, 5_000)
    assert (found.confirmed, found.disputed) == (ZERO, Money.baht(5_000))


def test_an_office_may_ask_for_more_than_a_witness() -> None:
    found = only(says(LOAN, 12, 5_000, WITNESS), confirms_from=PASSBOOK)
    assert found.interval == interval(0, 5_000)
    assert found.settled_by == PASSBOOK


@pytest.mark.parametrize("grade", [WITNESS, PASSBOOK, SIGNED, BOTH_SIGNED])
def test_two_claims_of_one_grade_are_confirmed_as_far_as_they_agree(grade: Grade) -> None:
    found = only(says(LOAN, 12, 12_000, grade), says(LOAN, 12, 5_000, grade))
    assert (found.confirmed, found.disputed) == (Money.baht(5_000), Money.baht(7_000))


@pytest.mark.parametrize("word", [0, 5_000, 20_000])
def test_a_weaker_claim_changes_nothing_and_is_kept_and_shown(word: int) -> None:
    strong, weak = says(LOAN, 12, 12_000, SIGNED), says(LOAN, 12, word, WITNESS, "neighbour")
    found = only(weak, strong)
    assert found.interval == interval(12_000, 12_000)
    assert found.claims == (strong, weak)
    assert found.deciding == (strong,)
    assert found.contradicting == (weak,)


def test_a_weaker_claim_inside_the_interval_contradicts_nothing() -> None:
    found = only(
        says(LOAN, 12, 12_000, SIGNED),
        says(LOAN, 12, 5_000, SIGNED, "receipt"),
        says(LOAN, 12, 5_000, NONE),
        says(LOAN, 12, 12_000, WITNESS),
    )
    assert found.contradicting == ()


def test_the_claims_of_a_place_are_kept_strongest_first() -> None:
    claims = [says(LOAN, 12, 1_000 + grade, grade) for grade in Grade]
    found = only(*claims)
    assert tuple(claim.grade for claim in found.claims) == GRADE_ORDER
    assert GRADE_ORDER == (BOTH_SIGNED, SIGNED, PASSBOOK, WITNESS, NONE)


def test_a_signed_paper_that_nothing_is_owed_is_a_claim_like_any_other() -> None:
    found = only(
        says(LOAN, 12, 0, SIGNED, "receipt of the treasurer"),
        says(LOAN, 12, 12_000, WITNESS, "neighbour"),
    )
    assert found.interval == interval(0, 0)
    assert as_opening_lines(reconstruct(ZERO, found.claims)) == ()


def test_places_are_told_apart_by_kind_and_number() -> None:
    found = reconstruct(
        CAPITAL,
        [
            says(BANK, 1, 1, PASSBOOK),
            says(LOAN, 10, 2, SIGNED),
            says(LOAN, 2, 3, SIGNED),
            says(CASH, None, 4, SIGNED),
            says(CLAIM, 2, 5, SIGNED),
        ],
    )
    accounts = [each.account for each in found.places]
    assert accounts == ["loan:2", "loan:10", "bank:1", "cash", "claim:2"]
    assert {claim.account for each in found.places for claim in each.claims} == set(accounts)


def test_claims_beyond_the_capital_leave_less_than_nothing_unexplained() -> None:
    found = reconstruct(CAPITAL, [says(LOAN, 1, 281_000, SIGNED)])
    assert found.unexplained == Money.baht(-1_000)
    assert found.claims_exceed_capital
    [line] = [each for each in as_opening_lines(found) if each.kind == AccountKind.UNEXPLAINED]
    assert line == OpeningLine("unexplained", Money.baht(-1_000), None)


def test_claims_that_come_to_the_capital_exactly_do_not_exceed_it() -> None:
    found = reconstruct(CAPITAL, [says(LOAN, 1, 280_000, SIGNED)])
    assert found.unexplained == ZERO
    assert not found.claims_exceed_capital


def test_a_fund_of_which_nobody_says_anything_is_wholly_unexplained() -> None:
    found = reconstruct(CAPITAL, [])
    assert (found.confirmed, found.disputed, found.unexplained) == (ZERO, ZERO, CAPITAL)
    assert found.interval_of_money_found == interval(0, 0)
    assert what_would_settle(found) == []


def test_a_sum_that_is_with_one_or_the_other_is_disputed_at_both() -> None:
    """So the interval is too wide, never too narrow."""
    found = reconstruct(
        Money.baht(12_000),
        [
            says(LOAN, 1, 12_000, WITNESS, "committee's list"),
            says(LOAN, 1, 7_000, WITNESS, "neighbour"),
            says(CLAIM, 1, 5_000, NONE, "neighbour"),
        ],
    )
    assert sums(found) == ("7,000", "10,000", "-5,000")
    assert found.claims_exceed_capital


@pytest.mark.parametrize("field", ["on", "said_by", "evidence"])
def test_claims_that_differ_in_one_thing_alone_are_still_kept_in_one_order(field: str) -> None:
    told = says(LOAN, 12, 5_000, SIGNED)
    # Eight, so that no order comes about by chance.
    values: list[Any] = [
        date(2025, 9, day) if field == "on" else f"paper {day}" for day in range(1, 9)
    ]
    claims = [dataclasses.replace(told, **{field: value}) for value in values]
    assert only(*reversed(claims)).claims == tuple(claims)


# --------------------------------------------------------------------------------- what to ask


def test_of_two_places_alike_in_dispute_the_one_that_may_move_further_is_asked_first() -> None:
    claims = [
        *(says(LOAN, number, 5_000, WITNESS) for number in (1, 2, 3)),
        *(says(LOAN, number, 5_000 + off, NONE) for number, off in ((1, 10), (2, 900), (3, 10))),
    ]
    asked = what_would_settle(reconstruct(CAPITAL, claims))
    assert [each.account for each in asked] == ["loan:2", "loan:1", "loan:3"]


def test_nothing_is_asked_where_nobody_contradicts() -> None:
    found = reconstruct(CAPITAL, [says(LOAN, 1, 5_000, WITNESS), says(LOAN, 1, 5_000, NONE)])
    assert what_would_settle(found) == []


def test_a_paper_of_both_sides_closes_the_question() -> None:
    claims = [says(LOAN, 1, 5_000, SIGNED), says(LOAN, 1, 2_000, SIGNED, "receipt")]
    assert what_would_settle(reconstruct(CAPITAL, claims))
    claims.append(says(LOAN, 1, 3_000, BOTH_SIGNED, "meeting 3"))
    assert what_would_settle(reconstruct(CAPITAL, claims)) == []


def test_two_papers_of_both_sides_that_differ_are_for_a_meeting_to_settle() -> None:
    claims = [says(LOAN, 1, 5_000, BOTH_SIGNED), says(LOAN, 1, 2_000, BOTH_SIGNED)]
    [found] = what_would_settle(reconstruct(CAPITAL, claims))
    assert found.settled_by is None


# --------------------------------------------------------------------------------- set aside


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        (says(AccountKind.CAPITAL, 1, 5, SIGNED), (Why.NOT_A_PLACE,)),
        (says(AccountKind.UNEXPLAINED, None, 5, SIGNED), (Why.NOT_A_PLACE,)),
        (says(LOAN, None, 5, SIGNED), (Why.WRONG_NUMBER,)),
        (says(LOAN, 0, 5, SIGNED), (Why.WRONG_NUMBER,)),
        (says(BANK, None, 5, PASSBOOK), (Why.WRONG_NUMBER,)),
        (says(CASH, 1, 5, SIGNED), (Why.WRONG_NUMBER,)),
        (says(AccountKind.LOSS, 1, 5, SIGNED), (Why.WRONG_NUMBER,)),
        (says(LOAN, 1, -5, SIGNED), (Why.BELOW_NOTHING,)),
        (says(LOAN, 1, 5, SIGNED, by=" "), (Why.SAID_BY_NOBODY,)),
        (Claim(LOAN, 1, Money(5), PASSBOOK, "bank", THAT_DAY, " "), (Why.NO_EVIDENCE,)),
        (
            Claim(LOAN, None, Money(-5), SIGNED, "", THAT_DAY),
            (Why.WRONG_NUMBER, Why.BELOW_NOTHING, Why.SAID_BY_NOBODY, Why.NO_EVIDENCE),
        ),
        (Claim(LOAN, 1, Money(5), WITNESS, "neighbour", THAT_DAY), ()),
        (Claim(LOAN, 1, ZERO, NONE, "household", THAT_DAY), ()),
        (says(CASH, None, 0, SIGNED), ()),
        (says(AccountKind.LOSS, None, 5, SIGNED), ()),
    ],
)
def test_a_claim_is_set_aside_for_all_its_reasons_at_once(
    claim: Claim, why: tuple[Why, ...]
) -> None:
    assert why_set_aside(claim) == why
    found = reconstruct(CAPITAL, [claim])
    assert found.set_aside == ((SetAside(claim, why),) if why else ())
    assert len(found.places) == (0 if why else 1)


def test_what_is_set_aside_moves_no_sum() -> None:
    found = village(says(LOAN, 1, -5, BOTH_SIGNED), says(LOAN, None, 900, BOTH_SIGNED))
    assert len(found.set_aside) == 2
    assert dataclasses.replace(found, set_aside=()) == village()


def test_a_place_is_what_a_debit_raises_but_for_what_is_not_explained() -> None:
    raised = {
        kind
        for kind in AccountKind
        if list(movements(Deed.CASH_COUNTED, [Line(kind, Money(1))]).values()) == [1]
    }
    assert set(PLACES) == raised - {AccountKind.UNEXPLAINED}


# --------------------------------------------------------------------------------- laws

SATANG = st.integers(0, 400_000_00)
MONEY = SATANG.map(Money)
GRADES = st.sampled_from(Grade)
CONFIRMING = st.sampled_from(Grade)
# Few places, so that claims meet.
SPOTS = st.sampled_from(
    [(LOAN, 1), (LOAN, 2), (LOAN, 3), (BANK, 1), (CASH, None), (CLAIM, 1), (AccountKind.LOSS, None)]
)
SPEAKERS = st.sampled_from(["household", "committee's list", "neighbour"])


@st.composite
def claims_about(
    draw: st.DrawFn, spots: st.SearchStrategy[tuple[AccountKind, int | None]] = SPOTS
) -> Claim:
    place, number = draw(spots)
    return Claim(place, number, draw(MONEY), draw(GRADES), draw(SPEAKERS), THAT_DAY, "words:1")


CLAIMS = st.lists(claims_about(), max_size=12)
# Some are no claims at all.
ANYTHING = CLAIMS | st.lists(
    st.builds(
        Claim,
        st.sampled_from(AccountKind),
        st.none() | st.integers(-1, 2),
        st.integers(-500, 500).map(Money),
        GRADES,
        st.sampled_from(["", "household"]),
        st.just(THAT_DAY),
        st.sampled_from(["", "words:1"]),
    ),
    max_size=12,
)


def at(found: Reconstruction, claim: Claim) -> PlaceFound | None:
    """The place a claim speaks of."""
    return {each.account: each for each in found.places}.get(claim.account)


def within(inner: Interval, outer: Interval) -> bool:
    return outer.least <= inner.least and inner.most <= outer.most


@given(MONEY, MONEY, ANYTHING, CONFIRMING)
def test_confirmed_disputed_and_unexplained_are_the_capital_always(
    capital: Money, interest: Money, claims: list[Claim], confirms_from: Grade
) -> None:
    found = reconstruct(capital, claims, interest=interest, confirms_from=confirms_from)
    assert found.confirmed + found.disputed + found.unexplained == capital + interest
    # The parts are no remainders of each other: each is counted from the claims.
    by_hand: dict[str, list[Claim]] = {}
    for claim in claims:
        if not why_set_aside(claim):
            by_hand.setdefault(claim.account, []).append(claim)
    least, most = 0, 0
    for said in by_hand.values():
        grade = max(claim.grade for claim in said)
        strongest = sorted(claim.amount.satang for claim in said if claim.grade == grade)
        least += strongest[0] if grade >= confirms_from else 0
        most += strongest[-1]
    assert found.interval_of_money_found == Interval(Money(least), Money(most))
    assert found.interval_of_unexplained.width == found.interval_of_money_found.width
    assert found.claims_exceed_capital == (most > (capital + interest).satang)


@given(ANYTHING.flatmap(lambda claims: st.tuples(st.just(claims), st.permutations(claims))))
def test_the_order_of_claims_does_not_matter(both: tuple[list[Claim], list[Claim]]) -> None:
    first, then = both
    assert reconstruct(CAPITAL, first) == reconstruct(CAPITAL, then)
    assert reconstruct(CAPITAL, [*first, *then]) == reconstruct(CAPITAL, first)


@given(ANYTHING)
def test_every_claim_is_kept_or_set_aside(claims: list[Claim]) -> None:
    found = reconstruct(CAPITAL, claims)
    kept = [claim for each in found.places for claim in each.claims]
    aside = [each.claim for each in found.set_aside]
    assert len(kept) + len(aside) == len(set(claims))
    assert {*kept, *aside} == set(claims)


@given(CLAIMS, claims_about(), CONFIRMING)
def test_an_agreeing_stronger_claim_never_widens_any_interval(
    claims: list[Claim], arrived: Claim, confirms_from: Grade
) -> None:
    before = reconstruct(CAPITAL, claims, confirms_from=confirms_from)
    told = at(before, arrived)
    if told is not None:
        # Brought into the interval and up to the grade, so that it agrees and is as strong.
        amount = min(max(arrived.amount, told.least), told.most)
        grade = max(arrived.grade, told.grade)
        arrived = dataclasses.replace(arrived, amount=amount, grade=grade)
        after = reconstruct(CAPITAL, [*claims, arrived], confirms_from=confirms_from)
        for old, new in zip(before.places, after.places, strict=True):
            assert within(new.interval, old.interval)
        assert within(after.interval_of_money_found, before.interval_of_money_found)
        assert within(after.interval_of_unexplained, before.interval_of_unexplained)


@given(CLAIMS, claims_about())
def test_a_weaker_claim_moves_no_sum(claims: list[Claim], arrived: Claim) -> None:
    before = reconstruct(CAPITAL, claims)
    told = at(before, arrived)
    if told is not None and arrived.grade < told.grade:
        after = reconstruct(CAPITAL, [*claims, arrived])
        assert [each.interval for each in after.places] == [each.interval for each in before.places]


@given(CLAIMS, claims_about(), CONFIRMING)
def test_a_true_claim_as_strong_as_any_brings_the_truth_inside_whatever_was_said_before(
    claims: list[Claim], true: Claim, confirms_from: Grade
) -> None:
    told = at(reconstruct(CAPITAL, claims), true)
    if told is not None:
        true = dataclasses.replace(true, grade=max(true.grade, told.grade))
    after = at(reconstruct(CAPITAL, [*claims, true], confirms_from=confirms_from), true)
    assert after is not None
    assert after.confirmed <= true.amount
    assert after.interval.holds(true.amount)


@given(CLAIMS, CONFIRMING, st.data())
def test_a_stronger_paper_that_bears_one_claim_out_settles_and_moves_as_was_said(
    claims: list[Claim], confirms_from: Grade, data: st.DataObject
) -> None:
    before = reconstruct(CAPITAL, claims, confirms_from=confirms_from)
    asked = what_would_settle(before)
    assert [each.disputed for each in asked] == sorted(
        (each.disputed for each in asked), reverse=True
    )
    left_out = [each for each in before.places if each not in asked]
    for each in left_out:
        assert not each.disputed
        assert not each.contradicting or each.grade == BOTH_SIGNED
    settling = [each for each in asked if each.settled_by is not None]
    if settling:
        place = data.draw(st.sampled_from(settling))
        assert place.settled_by is not None
        moves = []
        for borne_out in place.claims:
            paper = dataclasses.replace(borne_out, grade=place.settled_by)
            after = at(reconstruct(CAPITAL, [*claims, paper], confirms_from=confirms_from), paper)
            assert after is not None
            assert after.interval == Interval(paper.amount, paper.amount)
            moves.append(abs(after.confirmed - place.confirmed))
        assert max(moves) == place.moves


@given(MONEY, MONEY, ANYTHING, CONFIRMING)
def test_opening_books_obey_the_law_of_the_position(
    capital: Money, interest: Money, claims: list[Claim], confirms_from: Grade
) -> None:
    found = reconstruct(capital, claims, interest=interest, confirms_from=confirms_from)
    lines = as_opening_lines(found)
    assert total(each.amount for each in lines) == ZERO
    assert all(each.amount for each in lines)
    graded = {each.account: each.grade for each in lines if each.grade is not None}
    assert graded == {each.account: each.grade for each in found.places if each.confirmed}
    position = position_of([(Deed.CAPITAL_CONFIRMED, [each.line for each in lines])])
    assert position.is_conserved
    assert position.entrusted == capital + interest
    assert position.unexplained == found.disputed + found.unexplained
    assert position.accounted - position.unexplained == found.confirmed


# --------------------------------------------------------------------------------- known truth


@dataclasses.dataclass(frozen=True)
class Simulated:
    """A fund of which we know where every satang is, and what people say of it."""

    truth: dict[int, Money]  # by contract; all of it is the capital
    claims: list[Claim]

    @property
    def capital(self) -> Money:
        return total(self.truth.values())

    @property
    def spoken_of(self) -> set[int]:
        return {claim.number for claim in self.claims if claim.number is not None}


def about(number: int, amount: Money, grade: Grade, by: str = "household") -> Claim:
    return Claim(LOAN, number, amount, grade, by, THAT_DAY, f"words:{by}")


@st.composite
def simulated_funds(draw: st.DrawFn) -> Simulated:
    """Honest strongest claims, anything at all below them; of some places nobody speaks.

    The assumption: the strongest claims of a place have the truth between their lowest and their
    highest (or tell it themselves). Where there are but words, one of them says enough.
    """
    shares = draw(st.lists(SATANG, min_size=1, max_size=6))
    truth = {number: Money(satang) for number, satang in enumerate(shares, start=1)}
    claims: list[Claim] = []
    for number, true in truth.items():
        strongest = draw(st.none() | GRADES)
        if strongest is None:
            continue
        off = draw(st.lists(st.integers(0, 9_000_00), max_size=2))
        above = [Money(true.satang + by) for by in off]
        below = [Money(max(0, true.satang - by)) for by in draw(st.permutations(off))]
        hows = ["told", "told among others", "bracketed"]
        # Where nothing confirms, it is enough that nobody would have had to say more.
        how = draw(st.sampled_from([*hows, "too much"] if strongest == NONE else hows))
        told: list[Money] = {
            "told": [true],
            "told among others": [true, *draw(st.lists(MONEY, max_size=2))],
            "bracketed": [*above, *below] or [true],
            "too much": above or [true],
        }[how]
        claims += [about(number, each, strongest) for each in told]
        weaker = [grade for grade in Grade if grade < strongest]
        if weaker:
            for each in draw(st.lists(MONEY, max_size=2)):
                claims.append(about(number, each, draw(st.sampled_from(weaker)), "rumour"))
    return Simulated(truth, draw(st.permutations(claims)))


@given(simulated_funds(), CONFIRMING)
def test_the_truth_is_always_inside(fund: Simulated, confirms_from: Grade) -> None:
    found = reconstruct(fund.capital, fund.claims, confirms_from=max(confirms_from, WITNESS))
    for each in found.places:
        assert each.number is not None
        assert each.interval.holds(fund.truth[each.number])
    spoken_of = total(fund.truth[number] for number in fund.spoken_of)
    assert found.interval_of_money_found.holds(spoken_of)
    assert found.interval_of_unexplained.holds(fund.capital - spoken_of)


@given(simulated_funds(), st.data())
def test_what_is_not_explained_only_shrinks_as_true_evidence_arrives(
    fund: Simulated, data: st.DataObject
) -> None:
    claims = list(fund.claims)
    before = reconstruct(fund.capital, claims)
    for number in data.draw(st.permutations(sorted(fund.truth))):
        true = fund.truth[number]
        is_new = number not in {claim.number for claim in claims}
        claims.append(about(number, true, data.draw(GRADES), "true evidence"))
        after = reconstruct(fund.capital, claims)
        # What the books would call not yet explained, wherever the evidence arrives.
        assert after.not_confirmed <= before.not_confirmed
        if is_new:
            assert after.unexplained == before.unexplained - true
        else:
            assert within(after.interval_of_unexplained, before.interval_of_unexplained)
        before = after
    assert before.interval_of_unexplained.holds(ZERO)


@given(simulated_funds())
def test_when_both_sides_signed_the_truth_everywhere_all_is_known(fund: Simulated) -> None:
    settled = [about(number, true, BOTH_SIGNED) for number, true in fund.truth.items()]
    lower = [dataclasses.replace(claim, grade=min(claim.grade, SIGNED)) for claim in fund.claims]
    found = reconstruct(fund.capital, [*lower, *settled])
    assert (found.confirmed, found.disputed, found.unexplained) == (fund.capital, ZERO, ZERO)
    assert what_would_settle(found) == []
