"""How the money of one visit is divided (docs/rules/repayments.md)."""

from __future__ import annotations

import doctest
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kongthun.domain import allocation as allocation_module
from kongthun.domain.allocation import (
    DEFAULT_ORDER,
    NOTHING,
    Allocation,
    Kind,
    Owed,
    PenaltyTerms,
    SentBack,
    Share,
    allocate,
    allocate_all,
    owed,
    penalties_of,
)
from kongthun.domain.arrears import Part, settle
from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.plan import Interest, InterestTerms, PlannedPart, equal_parts, with_interest

PAID_OUT_ON = date(2025, 9, 30)
DUE_1, DUE_2, DUE_3 = DAYS = [date(2026, 9, 30), date(2027, 9, 30), date(2028, 9, 30)]
# A กข.คจ. loan of 12,000 baht in three parts, as docs/rules/repayments.md tells it.
PLAN = equal_parts(Money.baht(12_000), DAYS)
# The same of a fund that asks for 6 % a year flat: 4,000 and 720 a part.
WITH_INTEREST = with_interest(
    PLAN, paid_out_on=PAID_OUT_ON, terms=InterestTerms(Interest.FLAT, 600)
)
ONE_PER_CENT = PenaltyTerms(rate_bp=100)

# Mostly days that meet: the same day twice, a due day and the days its months of lateness are full.
SOME_DAYS = st.one_of(
    st.sampled_from([date(2026, 9, 30), date(2026, 10, 30), date(2026, 11, 30), date(2027, 9, 30)]),
    st.builds(date, st.integers(2026, 2027), st.integers(1, 12), st.sampled_from([1, 15, 28])),
    st.dates(date(2025, 1, 1), date(2030, 12, 31)),
)
SUMS = st.integers(0, 10**6).map(Money)
AMOUNTS = st.integers(1, 4 * 10**6).map(Money)
PLANS = st.lists(st.builds(PlannedPart, SOME_DAYS, SUMS, SUMS), max_size=6)
ORDERS = st.sampled_from(list(permutations(Kind)))
VISITS = st.lists(st.builds(SentBack, SOME_DAYS, AMOUNTS, st.booleans()), max_size=6)
TERMS = st.one_of(
    st.none(),
    st.builds(PenaltyTerms, rate_bp=st.integers(1, 500), free_days=st.integers(0, 60)),
    st.builds(PenaltyTerms, flat=st.integers(1, 10**4).map(Money), free_days=st.integers(0, 60)),
)


@st.composite
def contracts(draw: st.DrawFn) -> tuple[list[PlannedPart], list[Money]]:
    """A plan, and what each of its parts has run up in penalties."""
    plan = draw(PLANS)
    return plan, draw(st.lists(SUMS, min_size=len(plan), max_size=len(plan)))


def said(allocation: Allocation) -> list[tuple[int, str, str, str]]:
    return [
        (share.sequence, share.principal.text, share.interest.text, share.penalty.text)
        for share in allocation.by_part
    ]


def by_sequence(allocations: Sequence[Allocation]) -> Counter[tuple[int, Kind]]:
    """Satang by part and kind over several visits."""
    satang: Counter[tuple[int, Kind]] = Counter()
    for allocation in allocations:
        for share in allocation.by_part:
            satang[share.sequence, Kind.PRINCIPAL] += share.principal.satang
            satang[share.sequence, Kind.INTEREST] += share.interest.satang
            satang[share.sequence, Kind.PENALTY] += share.penalty.satang
    return +satang


def test_the_examples_in_the_docstrings_are_true() -> None:
    results = doctest.testmod(allocation_module)
    assert results.failed == 0
    assert results.attempted >= 10


# ----------------------------------------------------------------------------------- no interest


def test_a_part_sent_back_on_its_day_is_settled() -> None:
    visit = allocate(PLAN, Money.baht(4_000), on=DUE_1)
    assert said(visit) == [(1, "4,000", "0", "0")]
    assert visit.left_over == ZERO


def test_sent_back_late_it_is_the_same_sum() -> None:
    late = allocate(PLAN, Money.baht(4_000), on=date(2026, 10, 15))
    assert late == allocate(PLAN, Money.baht(4_000), on=DUE_1)


def test_a_smaller_sum_is_taken_and_the_next_one_goes_on_from_there() -> None:
    first = allocate(PLAN, Money.baht(1_500), on=DUE_1)
    assert said(first) == [(1, "1,500", "0", "0")]
    second = allocate(PLAN, Money.baht(3_000), on=date(2026, 12, 1), paid=first.taken)
    assert said(second) == [(1, "2,500", "0", "0"), (2, "500", "0", "0")]


def test_money_sent_back_early_counts_for_the_parts_to_come() -> None:
    early = allocate(PLAN, Money.baht(5_000), on=date(2026, 3, 1))
    assert said(early) == [(1, "4,000", "0", "0"), (2, "1,000", "0", "0")]


def test_several_parts_may_be_settled_in_one_visit() -> None:
    visit = allocate(PLAN, Money.baht(9_000), on=date(2027, 10, 15))
    assert said(visit) == [
        (1, "4,000", "0", "0"),
        (2, "4,000", "0", "0"),
        (3, "1,000", "0", "0"),
    ]


def test_what_is_too_much_comes_back_as_left_over() -> None:
    visit = allocate(PLAN, Money.baht(3_000), on=DUE_3, paid=Owed(Money.baht(10_000)))
    assert said(visit) == [(3, "2,000", "0", "0")]
    assert visit.left_over == Money.baht(1_000)


def test_nothing_is_taken_on_a_loan_that_is_settled() -> None:
    visit = allocate(PLAN, Money.baht(1), on=DUE_3, paid=Owed(Money.baht(12_000)))
    assert visit == Allocation((), Money.baht(1))


def test_a_contract_without_a_plan_takes_nothing() -> None:
    assert allocate([], Money.baht(1), on=DUE_1) == Allocation((), Money.baht(1))


def test_what_one_visit_took_adds_up_by_kind() -> None:
    visit = Allocation(
        (Share(1, Money(1), Money(20), Money(300)), Share(2, Money(4_000), Money(50_000))), ZERO
    )
    assert visit.taken == Owed(principal=Money(4_001), interest=Money(50_020), penalty=Money(300))
    assert (visit.principal, visit.interest, visit.penalty) == (
        Money(4_001),
        Money(50_020),
        Money(300),
    )
    assert visit.taken.total == Money(54_321)


# ----------------------------------------------------------------------------------- with interest


def test_a_part_due_takes_its_interest_before_its_principal() -> None:
    visit = allocate(WITH_INTEREST, Money.baht(1_000), on=DUE_1)
    assert said(visit) == [(1, "280", "720", "0")]


def test_the_order_is_the_funds_own() -> None:
    order = ("principal", "interest", "penalty")
    visit = allocate(WITH_INTEREST, Money.baht(4_100), on=DUE_1, order=order)
    assert said(visit) == [(1, "4,000", "100", "0")]


def test_an_older_part_is_settled_before_anything_of_a_newer_one_is_taken() -> None:
    visit = allocate(WITH_INTEREST, Money.baht(5_000), on=DUE_2)
    assert said(visit) == [(1, "4,000", "720", "0"), (2, "0", "280", "0")]


def test_interest_not_yet_due_is_not_taken() -> None:
    visit = allocate(WITH_INTEREST, Money.baht(5_000), on=DUE_1)
    assert said(visit) == [(1, "4,000", "720", "0"), (2, "280", "0", "0")]


def test_interest_is_due_on_the_day_of_its_part_and_not_the_day_before() -> None:
    on_the_day = allocate(WITH_INTEREST, Money.baht(720), on=DUE_1)
    assert said(on_the_day) == [(1, "0", "720", "0")]
    before = allocate(WITH_INTEREST, Money.baht(720), on=date(2026, 9, 29))
    assert said(before) == [(1, "720", "0", "0")]


def test_the_interest_of_principal_sent_back_early_stays_owed_on_its_day() -> None:
    early = allocate(WITH_INTEREST, Money.baht(12_720), on=DUE_1)
    assert early.taken == Owed(Money.baht(12_000), Money.baht(720))
    assert owed(WITH_INTEREST, on=DUE_1, paid=early.taken) == NOTHING
    assert owed(WITH_INTEREST, on=DUE_2, paid=early.taken) == Owed(interest=Money.baht(720))


def test_all_principal_early_leaves_over_what_is_meant_for_interest_to_come() -> None:
    visit = allocate(WITH_INTEREST, Money.baht(14_160), on=DUE_1)
    assert visit.taken == Owed(Money.baht(12_000), Money.baht(720))
    assert visit.left_over == Money.baht(1_440)


def test_a_payer_may_settle_parts_ahead_with_their_interest() -> None:
    visit = allocate(WITH_INTEREST, Money.baht(14_160), on=DUE_1, early_interest=True)
    assert said(visit) == [(place, "4,000", "720", "0") for place in (1, 2, 3)]
    assert visit.left_over == ZERO


def test_parts_of_a_plan_written_out_of_order_keep_their_numbers() -> None:
    jumbled = [PLAN[2], PLAN[0], PLAN[1]]
    visit = allocate(jumbled, Money.baht(9_000), on=DUE_1)
    assert [(share.sequence, share.principal.text) for share in visit.by_part] == [
        (2, "4,000"),
        (3, "4,000"),
        (1, "1,000"),
    ]


# ----------------------------------------------------------------------------------- what is owed


def test_before_its_day_nothing_of_a_part_can_be_asked_for() -> None:
    assert owed(WITH_INTEREST, on=date(2026, 9, 29)) == NOTHING
    assert owed(WITH_INTEREST, on=DUE_1) == Owed(Money.baht(4_000), Money.baht(720))


def test_what_is_owed_is_less_by_what_was_paid() -> None:
    paid = Owed(Money.baht(5_000), Money.baht(720), Money.baht(30))
    penalties = [Money.baht(40), ZERO, ZERO]
    assert owed(WITH_INTEREST, on=DUE_2, paid=paid, penalties=penalties) == Owed(
        Money.baht(3_000), Money.baht(720), Money.baht(10)
    )


# ----------------------------------------------------------------------------------- refused


@pytest.mark.parametrize("amount", [ZERO, Money(-1)])
def test_a_payment_is_above_zero(amount: Money) -> None:
    with pytest.raises(ValueError, match="above zero"):
        allocate(PLAN, amount, on=DUE_1)


@pytest.mark.parametrize(
    "order",
    [
        (),
        ("principal",),
        ("principal", "interest", "interest"),
        ("principal", "interest", "penalty", "penalty"),
    ],
)
def test_an_order_names_each_kind_once(order: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="each kind once"):
        allocate(PLAN, Money(1), on=DUE_1, order=order)


def test_an_order_names_no_other_kind() -> None:
    with pytest.raises(ValueError, match="fee"):
        allocate(PLAN, Money(1), on=DUE_1, order=("fee", "interest", "principal"))


@pytest.mark.parametrize(
    "paid",
    [
        Owed(principal=Money(1_200_001)),
        Owed(interest=Money(216_001)),
        Owed(penalty=Money(1)),
    ],
)
def test_more_paid_than_there_was_to_pay_is_never_passed_over(paid: Owed) -> None:
    with pytest.raises(ValueError, match=r"0\.01 more was paid"):
        allocate(WITH_INTEREST, Money(1), on=DUE_1, paid=paid)
    with pytest.raises(ValueError, match=r"0\.01 more was paid"):
        owed(WITH_INTEREST, on=DUE_1, paid=paid)


def test_less_than_nothing_paid_does_not_make_a_part_want_more() -> None:
    with pytest.raises(ValueError, match=r"less than nothing was paid: -0\.01"):
        owed(PLAN, on=DUE_1, paid=Owed(principal=Money(-1)))


def test_penalties_speak_of_every_part_of_the_plan() -> None:
    with pytest.raises(ValueError, match="shorter"):
        allocate(PLAN, Money(1), on=DUE_1, penalties=[Money(1)])


# ----------------------------------------------------------------------------------- penalties


def run_up(
    as_of: date,
    *sent_back: tuple[date, Money],
    terms: PenaltyTerms | None = ONE_PER_CENT,
    plan: Sequence[PlannedPart] = WITH_INTEREST,
) -> list[str]:
    return [sum_.text for sum_ in penalties_of(plan, sent_back, as_of=as_of, terms=terms)]


def test_no_fund_asks_for_penalties_unless_it_says_so() -> None:
    assert run_up(date(2050, 1, 1), terms=None) == ["0", "0", "0"]


@pytest.mark.parametrize(
    ("as_of", "first"),
    [
        (DUE_1, "0"),
        (date(2026, 10, 29), "0"),
        (date(2026, 10, 30), "40"),
        (date(2026, 11, 29), "40"),
        (date(2026, 11, 30), "80"),
    ],
)
def test_each_full_month_late_costs_once(as_of: date, first: str) -> None:
    assert run_up(as_of) == [first, "0", "0"]


def test_each_late_part_runs_up_its_own() -> None:
    assert run_up(date(2027, 10, 30)) == ["520", "40", "0"]


def test_only_the_principal_still_lacking_costs() -> None:
    assert run_up(date(2026, 11, 30), (date(2026, 11, 15), Money.baht(1_240))) == [
        "67.60",
        "0",
        "0",
    ]


def test_money_of_the_day_a_month_is_full_comes_too_late_for_that_month() -> None:
    full = date(2026, 10, 30)
    assert run_up(full, (full, Money.baht(4_000))) == ["40", "0", "0"]
    assert run_up(full, (date(2026, 10, 29), Money.baht(4_000))) == ["0", "0", "0"]


def test_a_settled_part_costs_nothing_more() -> None:
    assert run_up(date(2027, 9, 30), (date(2026, 11, 15), Money.baht(4_000))) == ["40", "0", "0"]


def test_money_sent_back_settles_the_oldest_part_whatever_its_place_in_the_plan() -> None:
    jumbled = [WITH_INTEREST[1], WITH_INTEREST[0], WITH_INTEREST[2]]
    sent_back = (date(2026, 11, 15), Money.baht(5_000))
    assert run_up(date(2027, 10, 30), sent_back, plan=jumbled) == ["30", "40", "0"]


def test_free_days_put_the_first_month_off() -> None:
    terms = PenaltyTerms(rate_bp=100, free_days=15)
    assert run_up(date(2026, 11, 14), terms=terms) == ["0", "0", "0"]
    assert run_up(date(2026, 11, 15), terms=terms) == ["40", "0", "0"]


def test_a_flat_penalty_is_the_same_however_little_is_lacking() -> None:
    terms = PenaltyTerms(flat=Money.baht(20))
    sent_back = (DUE_1, Money(399_999))
    assert run_up(date(2026, 11, 30), sent_back, terms=terms) == ["40", "0", "0"]


def test_half_a_satang_of_penalty_goes_up() -> None:
    plan = [PlannedPart(DUE_1, Money(50))]
    assert run_up(date(2026, 10, 30), plan=plan) == ["0.01"]
    plan = [PlannedPart(DUE_1, Money(49))]
    assert run_up(date(2026, 10, 30), plan=plan) == ["0"]


@pytest.mark.parametrize(
    "wrong",
    [{"rate_bp": -1}, {"flat": Money(-1)}, {"rate_bp": 1, "free_days": -1}],
)
def test_terms_of_a_penalty_are_not_below_zero(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="below zero"):
        PenaltyTerms(**wrong)  # type: ignore[arg-type]


def test_a_penalty_is_a_rate_or_a_flat_sum() -> None:
    with pytest.raises(ValueError, match="a rate or a flat sum"):
        PenaltyTerms()
    with pytest.raises(ValueError, match="a rate or a flat sum"):
        PenaltyTerms(rate_bp=100, flat=Money(1))


def test_a_penalty_comes_first_of_what_its_part_wants() -> None:
    late = date(2026, 11, 15)
    penalties = penalties_of(WITH_INTEREST, [], as_of=late, terms=ONE_PER_CENT)
    visit = allocate(WITH_INTEREST, Money.baht(2_000), on=late, penalties=penalties)
    assert said(visit) == [(1, "1,240", "720", "40")]


# ----------------------------------------------------------------------------------- all visits


def test_a_late_payer_with_penalties_as_the_page_tells_it() -> None:
    visits = [
        SentBack(date(2026, 11, 15), Money.baht(2_000)),
        SentBack(date(2026, 12, 30), Money.baht(3_000)),
    ]
    first, second = allocate_all(WITH_INTEREST, visits, penalty=ONE_PER_CENT)
    assert said(first) == [(1, "1,240", "720", "40")]
    assert said(second) == [(1, "2,760", "0", "55.20"), (2, "184.80", "0", "0")]


def test_a_receipt_found_later_takes_the_penalty_back_that_it_would_have_spared() -> None:
    in_time = SentBack(DUE_1, Money.baht(4_720))
    late = SentBack(date(2026, 11, 15), Money.baht(2_000))
    late_again, found = allocate_all(WITH_INTEREST, [late, in_time], penalty=ONE_PER_CENT)
    assert said(found) == [(1, "4,000", "720", "0")]
    assert said(late_again) == [(2, "2,000", "0", "0")]


def test_two_receipts_of_one_day_give_the_same_state_whichever_comes_first() -> None:
    # docs/rules/repayments.md: 3,000 and 2,500 on 30 Sep, then a paper of 1 March turns up.
    on_the_day = [SentBack(DUE_1, Money.baht(3_000)), SentBack(DUE_1, Money.baht(2_500))]
    one, other = allocate_all(PLAN, on_the_day)
    assert said(one) == [(1, "3,000", "0", "0")]
    assert said(other) == [(1, "1,000", "0", "0"), (2, "1,500", "0", "0")]
    other, one = allocate_all(PLAN, on_the_day[::-1])
    assert said(other) == [(1, "2,500", "0", "0")]
    assert said(one) == [(1, "1,500", "0", "0"), (2, "1,500", "0", "0")]
    back_dated = [*on_the_day, SentBack(date(2026, 3, 1), Money.baht(1_000))]
    one, other, early = allocate_all(PLAN, back_dated)
    assert said(early) == [(1, "1,000", "0", "0")]
    assert said(one) == [(1, "3,000", "0", "0")]
    assert said(other) == [(2, "2,500", "0", "0")]


def test_who_settles_interest_ahead_comes_last_on_a_day() -> None:
    ahead = SentBack(DUE_1, Money.baht(4_720 + 4_720), early_interest=True)
    plain = SentBack(DUE_1, Money.baht(4_720))
    for visits in ([ahead, plain], [plain, ahead]):
        allocations = dict(zip(visits, allocate_all(WITH_INTEREST, visits), strict=True))
        assert said(allocations[plain]) == [(1, "4,000", "720", "0")]
        assert said(allocations[ahead]) == [(2, "4,000", "720", "0"), (3, "4,000", "720", "0")]


def test_no_visits_are_no_allocations() -> None:
    assert allocate_all(PLAN, []) == []


# ----------------------------------------------------------------------------------- laws


@given(contracts(), AMOUNTS, SOME_DAYS, ORDERS, st.booleans())
def test_what_is_taken_and_what_is_left_over_are_the_amount(
    contract: tuple[list[PlannedPart], list[Money]],
    amount: Money,
    on: date,
    order: tuple[Kind, ...],
    early_interest: bool,
) -> None:
    plan, penalties = contract
    visit = allocate(
        plan, amount, on=on, penalties=penalties, order=order, early_interest=early_interest
    )
    assert visit.taken.total + visit.left_over == amount
    assert visit.left_over >= ZERO
    for share in visit.by_part:
        part = plan[share.sequence - 1]
        assert ZERO <= share.principal <= part.principal
        assert ZERO <= share.interest <= part.interest
        assert ZERO <= share.penalty <= penalties[share.sequence - 1]
        assert any(share[1:])
        assert early_interest or part.due_on <= on or not share.interest
    if visit.left_over:
        assert visit.principal == total(part.principal for part in plan)
        assert visit.penalty == total(penalties)


@given(contracts(), AMOUNTS, AMOUNTS, SOME_DAYS, ORDERS, st.booleans())
def test_two_visits_on_a_day_are_one(
    contract: tuple[list[PlannedPart], list[Money]],
    first: Money,
    second: Money,
    on: date,
    order: tuple[Kind, ...],
    early_interest: bool,
) -> None:
    plan, penalties = contract

    def visit(amount: Money, paid: Owed = NOTHING) -> Allocation:
        return allocate(
            plan,
            amount,
            on=on,
            paid=paid,
            penalties=penalties,
            order=order,
            early_interest=early_interest,
        )

    once = visit(first + second)
    one = visit(first)
    other = visit(second, one.taken)
    assert by_sequence([one, other]) == by_sequence([once])
    assert one.taken + other.taken == once.taken
    assert one.left_over + other.left_over == once.left_over


@given(
    st.lists(
        st.builds(
            PlannedPart,
            SOME_DAYS,
            st.integers(0, 9).map(Money),
            st.integers(0, 9).map(Money),
        ),
        max_size=4,
    ),
    st.integers(1, 99),
    SOME_DAYS,
    ORDERS,
)
def test_satang_by_satang_it_is_the_first_want_that_is_filled(
    plan: list[PlannedPart], satang: int, on: date, order: tuple[Kind, ...]
) -> None:
    """The rule told another way: each want a jar, the jars in a row, filled one after the other."""
    jars = []
    for sequence, part in sorted(enumerate(plan, start=1), key=lambda each: each[1].due_on):
        wants = {Kind.PENALTY: 0, Kind.INTEREST: 0, Kind.PRINCIPAL: part.principal.satang}
        if part.due_on <= on:
            wants[Kind.INTEREST] = part.interest.satang
        jars += [(sequence, kind) for kind in order for _ in range(wants[kind])]
    visit = allocate(plan, Money(satang), on=on, order=order)
    assert by_sequence([visit]) == Counter(jars[:satang])
    assert visit.left_over == Money(max(satang - len(jars), 0))


@given(contracts(), SOME_DAYS, ORDERS)
def test_paying_just_what_is_owed_leaves_nothing_due_and_nothing_over(
    contract: tuple[list[PlannedPart], list[Money]], on: date, order: tuple[Kind, ...]
) -> None:
    plan, run_up_so_far = contract
    # Only parts that are due can have run anything up.
    penalties = [
        sum_ if part.due_on <= on else ZERO for part, sum_ in zip(plan, run_up_so_far, strict=True)
    ]
    asked = owed(plan, on=on, penalties=penalties)
    if not asked.total:
        return
    visit = allocate(plan, asked.total, on=on, penalties=penalties, order=order)
    assert visit.taken == asked
    assert visit.left_over == ZERO
    assert owed(plan, on=on, paid=visit.taken, penalties=penalties) == NOTHING


@given(PLANS, VISITS)
def test_without_interest_it_settles_as_the_page_on_what_is_overdue_says(
    plan: list[PlannedPart], visits: list[SentBack]
) -> None:
    bare = sorted({part.due_on: part._replace(interest=ZERO) for part in plan}.values())
    allocations = allocate_all(bare, visits)
    came = total(allocation.principal for allocation in allocations)
    settled = settle([Part(part.due_on, part.principal) for part in bare], came)
    assert by_sequence(allocations) == +Counter(
        {
            (place, Kind.PRINCIPAL): state.settled.satang
            for place, state in enumerate(settled, start=1)
        }
    )
    left_over = total(allocation.left_over for allocation in allocations)
    assert came + left_over == total(visit.amount for visit in visits)


@given(st.data(), PLANS, VISITS, ORDERS, TERMS)
def test_any_order_of_arrival_gives_the_same_state_at_the_end_of_every_day(
    data: st.DataObject,
    plan: list[PlannedPart],
    visits: list[SentBack],
    order: tuple[Kind, ...],
    terms: PenaltyTerms | None,
) -> None:
    def by_day(arrived: list[SentBack]) -> dict[date, tuple[Owed, Money]]:
        days: dict[date, tuple[Owed, Money]] = {}
        allocations = allocate_all(plan, arrived, order=order, penalty=terms)
        for visit, allocation in zip(arrived, allocations, strict=True):
            assert allocation.taken.total + allocation.left_over == visit.amount
            taken, left_over = days.get(visit.on, (NOTHING, ZERO))
            days[visit.on] = (taken + allocation.taken, left_over + allocation.left_over)
        return days

    assert by_day(data.draw(st.permutations(visits))) == by_day(visits)


@given(st.data(), PLANS, VISITS, ORDERS, TERMS)
def test_cutting_a_visit_in_two_changes_nothing(
    data: st.DataObject,
    plan: list[PlannedPart],
    visits: list[SentBack],
    order: tuple[Kind, ...],
    terms: PenaltyTerms | None,
) -> None:
    cut = []
    for visit in visits:
        first = Money(data.draw(st.integers(0, visit.amount.satang - 1)))
        cut += [visit._replace(amount=first)] if first else []
        cut += [visit._replace(amount=visit.amount - first)]
    assert by_sequence(allocate_all(plan, cut, order=order, penalty=terms)) == by_sequence(
        allocate_all(plan, visits, order=order, penalty=terms)
    )


@given(PLANS, VISITS, ORDERS, TERMS)
def test_no_part_ever_gets_more_than_it_asks_for(
    plan: list[PlannedPart],
    visits: list[SentBack],
    order: tuple[Kind, ...],
    terms: PenaltyTerms | None,
) -> None:
    allocations = allocate_all(plan, visits, order=order, penalty=terms)
    for (sequence, kind), satang in by_sequence(allocations).items():
        part = plan[sequence - 1]
        if kind == Kind.PRINCIPAL:
            assert satang <= part.principal.satang
        elif kind == Kind.INTEREST:
            assert satang <= part.interest.satang
        else:
            assert terms is not None


@given(PLANS, st.lists(st.tuples(SOME_DAYS, SUMS), max_size=4), SOME_DAYS, TERMS)
def test_waiting_never_makes_a_penalty_less_and_sending_back_never_makes_it_more(
    plan: list[PlannedPart],
    sent_back: list[tuple[date, Money]],
    as_of: date,
    terms: PenaltyTerms | None,
) -> None:
    now = penalties_of(plan, sent_back, as_of=as_of, terms=terms)
    later = penalties_of(plan, sent_back, as_of=as_of + timedelta(days=100), terms=terms)
    assert all(before <= after for before, after in zip(now, later, strict=True))
    less_sent = penalties_of(plan, sent_back[1:], as_of=as_of, terms=terms)
    assert all(more <= less for more, less in zip(now, less_sent, strict=True))
    assert all(not sum_ for part, sum_ in zip(plan, now, strict=True) if part.due_on >= as_of)


@given(PLANS, st.lists(st.tuples(SOME_DAYS, SUMS), max_size=4), SOME_DAYS, SUMS, TERMS)
def test_what_comes_in_on_a_day_does_not_change_that_days_penalties(
    plan: list[PlannedPart],
    sent_back: list[tuple[date, Money]],
    as_of: date,
    amount: Money,
    terms: PenaltyTerms | None,
) -> None:
    assert penalties_of(plan, [*sent_back, (as_of, amount)], as_of=as_of, terms=terms) == (
        penalties_of(plan, sent_back, as_of=as_of, terms=terms)
    )


def test_the_order_is_penalty_interest_principal_unless_a_fund_says_otherwise() -> None:
    assert DEFAULT_ORDER == ("penalty", "interest", "principal")
