"""Who may decide and pay. The village and its days are those of docs/rules/authority.md."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kongthun.domain.authority import (
    Decision,
    NobodyInOffice,
    NoQuorum,
    NotDecided,
    OwnHousehold,
    PaidContract,
    PayerNotChairman,
    PayOut,
    RecorderDecides,
    SignersMissing,
    Term,
    TermNotInForce,
    TooFewRemain,
    Unentitled,
    WitnessesMissing,
    WitnessIsParty,
    WitnessTwice,
    in_force,
    is_in_force,
    judge_decision,
    judge_pay_out,
    last_day,
    people_of,
    quorum_needed,
    unentitled,
)

START = date(2024, 10, 1)
LAST = date(2028, 9, 30)
MEETING = date(2026, 3, 5)
PAID = date(2026, 3, 12)

POSITIONS = ["chairman", "vice_chairman", "secretary", "treasurer", *["member"] * 4]
WORDS = ["ประธาน", "รองประธาน", "เลขานุการ", "เหรัญญิก", *["กรรมการ"] * 4]
NAMES = [
    *("สมชาย ใจดี", "มาลี แก้วเกตุ", "สุดา ทองคำ", "ประเสริฐ ศรีสุข"),
    *("วันดี บุญมา", "สมบูรณ์ คงทอง", "อารีย์ นวลศรี", "ชูชาติ เพชรรัตน์"),
]
COMMITTEE = [
    Term(number, name, position, START, None, words)
    for number, (name, position, words) in enumerate(
        zip(NAMES, POSITIONS, WORDS, strict=True), start=1
    )
]
FIVE = frozenset({1, 2, 3, 4, 5})
HOUSE_OF_WANDEE = frozenset({"วันดี บุญมา", "เสน่ห์ บุญมา"})

DECISION = Decision(day=MEETING, came=FIVE, requested_by=11, decided_by=12, years=4, per_cent=50)
PAY_OUT = PayOut(
    day=PAID,
    payer=1,
    witnesses=("นางมาลี แก้วเกตุ", "นายสมบูรณ์ คงทอง"),
    signers=frozenset({1, 4}),
    parties=frozenset({"เสน่ห์ บุญมา"}),
    years=4,
    witnesses_needed=2,
    signers_needed=2,
)

# ---- terms ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (START - timedelta(days=1), False),
        (START, True),
        (LAST, True),
        (LAST + timedelta(days=1), False),
    ],
)
def test_a_term_of_four_years_ends_the_day_before_the_fifth_begins(day: date, holds: bool) -> None:
    assert is_in_force(COMMITTEE[0], day, years=4) is holds


def test_a_written_end_goes_before_the_years_of_the_rules_and_counts_itself() -> None:
    term = replace(COMMITTEE[0], ends_on=date(2025, 6, 30))
    assert is_in_force(term, date(2025, 6, 30), years=4)
    assert not is_in_force(term, date(2025, 7, 1), years=4)


def test_a_start_nobody_knows_lies_before_every_day() -> None:
    term = replace(COMMITTEE[0], starts_on=None, ends_on=LAST)
    assert is_in_force(term, date(1993, 1, 1), years=4)
    assert not is_in_force(term, LAST + timedelta(days=1), years=4)


def test_a_term_is_open_where_start_or_years_are_not_known() -> None:
    assert last_day(replace(COMMITTEE[0], starts_on=None), years=4) is None
    assert last_day(COMMITTEE[0], years=None) is None
    assert is_in_force(COMMITTEE[0], date(2100, 1, 1), years=None)


def test_a_term_past_the_end_of_the_calendar_is_open_too() -> None:
    assert last_day(COMMITTEE[0], years=9000) is None


def test_a_term_begun_on_a_leap_day_ends_before_the_same_day_comes_back() -> None:
    assert last_day(replace(COMMITTEE[0], starts_on=date(2024, 2, 29)), years=4) == date(
        2028, 2, 28
    )


def test_terms_in_force_keep_their_order() -> None:
    earlier = Term(9, "ใครคนหนึ่ง", "chairman", None, START - timedelta(days=1))
    assert in_force([earlier, *COMMITTEE], MEETING, 4) == COMMITTEE
    assert in_force([earlier, *COMMITTEE], START - timedelta(days=1), 4) == [earlier]


# ---- quorum ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("in_office", "per_cent", "needed"),
    [
        (8, 50, 5),
        (7, 50, 4),
        (9, 50, 5),
        (1, 50, 1),
        (9, 66, 6),
        (9, 100, 9),
        (9, 0, 1),
        (9, None, 1),
        (0, 50, 1),
    ],
)
def test_quorum_is_more_than_the_share_of_those_in_office(
    in_office: int, per_cent: int | None, needed: int
) -> None:
    assert quorum_needed(in_office, per_cent) == needed


@given(in_office=st.integers(1, 60), per_cent=st.integers(0, 100))
def test_quorum_is_the_least_number_above_the_share_or_everybody(
    in_office: int, per_cent: int
) -> None:
    needed = quorum_needed(in_office, per_cent)
    assert 1 <= needed <= in_office
    assert needed * 100 > in_office * per_cent or needed == in_office
    assert (needed - 1) * 100 <= in_office * per_cent


# ---- deciding -------------------------------------------------------------------------------


def test_five_of_eight_decide() -> None:
    assert judge_decision(DECISION, COMMITTEE) == []


def test_five_who_do_not_live_with_the_borrower_decide() -> None:
    others = replace(DECISION, came=FIVE - {5} | {6}, household=HOUSE_OF_WANDEE)
    assert judge_decision(others, COMMITTEE) == []


def test_four_of_eight_are_not_more_than_half() -> None:
    four = replace(DECISION, came=frozenset({1, 2, 3, 4}))
    assert judge_decision(four, COMMITTEE) == [NoQuorum(4, 5, 8)]


def test_nobody_decides_when_no_term_was_in_force() -> None:
    late = replace(DECISION, day=LAST + timedelta(days=1), came=frozenset({1}))
    assert judge_decision(late, COMMITTEE) == [
        NobodyInOffice(late.day),
        TermNotInForce(1, "ประธาน", late.day),
    ]


def test_somebody_out_of_office_does_not_fill_the_quorum() -> None:
    gone = replace(COMMITTEE[4], ends_on=MEETING - timedelta(days=1))
    committee = [*COMMITTEE[:4], gone, *COMMITTEE[5:]]
    assert judge_decision(replace(DECISION, came=FIVE - {4}), committee) == [
        TermNotInForce(5, "กรรมการ", MEETING),
        NoQuorum(3, 4, 7),
    ]


def test_a_number_that_names_no_term_is_nobody() -> None:
    assert judge_decision(replace(DECISION, came=FIVE | {99}), COMMITTEE) == [
        TermNotInForce(99, "", MEETING)
    ]


def test_somebody_with_two_seats_comes_once() -> None:
    second_seat = Term(9, NAMES[0], "member", START, None, "กรรมการ")
    four_people = replace(DECISION, came=frozenset({1, 2, 3, 4, 9}))
    assert judge_decision(four_people, [*COMMITTEE, second_seat]) == [NoQuorum(4, 5, 8)]


def test_who_lives_with_the_borrower_may_not_be_counted_in_the_decision() -> None:
    own = replace(DECISION, came=FIVE | {6}, household=HOUSE_OF_WANDEE)
    assert judge_decision(own, COMMITTEE) == [OwnHousehold(5, "กรรมการ")]


def test_who_steps_out_counts_for_the_meeting_and_not_for_the_decision() -> None:
    six = replace(DECISION, came=FIVE | {6}, stepped_out=frozenset({5}), household=HOUSE_OF_WANDEE)
    assert judge_decision(six, COMMITTEE) == []


def test_those_who_remain_must_still_be_quorum() -> None:
    five = replace(DECISION, stepped_out=frozenset({5}), household=HOUSE_OF_WANDEE)
    assert judge_decision(five, COMMITTEE) == [TooFewRemain(4, 5, 8)]


def test_who_did_not_step_out_is_not_among_those_who_remain() -> None:
    five = replace(DECISION, household=HOUSE_OF_WANDEE)
    assert judge_decision(five, COMMITTEE) == [TooFewRemain(4, 5, 8), OwnHousehold(5, "กรรมการ")]


def test_stepping_out_by_one_of_two_seats_is_stepping_out() -> None:
    second_seat = Term(9, NAMES[4], "member", START, None, "กรรมการ")
    six = replace(
        DECISION, came=FIVE | {6, 9}, stepped_out=frozenset({9, 77}), household=HOUSE_OF_WANDEE
    )
    assert judge_decision(six, [*COMMITTEE, second_seat]) == []


def test_who_recorded_the_request_does_not_record_the_decision() -> None:
    assert judge_decision(replace(DECISION, decided_by=11), COMMITTEE) == [RecorderDecides(11)]
    unknown = replace(DECISION, decided_by=None, requested_by=None)
    assert judge_decision(unknown, COMMITTEE) == []


def test_all_that_speaks_against_a_decision_is_told_at_once() -> None:
    bad = replace(DECISION, came=frozenset({5, 99}), household=HOUSE_OF_WANDEE, decided_by=11)
    assert judge_decision(bad, COMMITTEE) == [
        TermNotInForce(99, "", MEETING),
        NoQuorum(1, 5, 8),
        OwnHousehold(5, "กรรมการ"),
        RecorderDecides(11),
    ]


@given(
    came=st.frozensets(st.integers(1, 8)),
    more=st.frozensets(st.integers(1, 8)),
    stepped_out=st.frozensets(st.integers(1, 8)),
    own=st.frozensets(st.sampled_from(NAMES)),
)
def test_a_decision_stands_only_by_a_quorum_of_people_who_do_not_live_with_the_borrower(
    came: frozenset[int], more: frozenset[int], stepped_out: frozenset[int], own: frozenset[str]
) -> None:
    decision = replace(DECISION, came=came, stepped_out=stepped_out, household=own)
    deciding = [t for t in COMMITTEE if t.number in came - stepped_out]
    is_right = len(deciding) >= 5 and not any(t.person_key in own for t in deciding)
    assert (judge_decision(decision, COMMITTEE) == []) is is_right
    if is_right:  # one more who has nothing to do with it never spoils a decision
        others = frozenset(n for n in more if NAMES[n - 1] not in own)
        assert judge_decision(replace(decision, came=came | others), COMMITTEE) == []


# ---- paying out -----------------------------------------------------------------------------


def test_the_chairman_pays_before_two_witnesses() -> None:
    assert judge_pay_out(PAY_OUT, COMMITTEE) == []


def test_somebody_else_of_the_committee_does_not_pay() -> None:
    by_treasurer = replace(PAY_OUT, payer=4)
    assert judge_pay_out(by_treasurer, COMMITTEE) == [PayerNotChairman("เหรัญญิก")]


def test_a_chairman_out_of_office_does_not_pay_and_does_not_sign() -> None:
    late = replace(PAY_OUT, day=LAST + timedelta(days=1))
    assert judge_pay_out(late, COMMITTEE) == [
        TermNotInForce(1, "ประธาน", late.day),
        TermNotInForce(4, "เหรัญญิก", late.day),
        SignersMissing(0, 2),
    ]


def test_a_payer_who_is_on_no_committee_is_refused_once() -> None:
    stranger = replace(PAY_OUT, payer=99)
    assert judge_pay_out(stranger, COMMITTEE) == [TermNotInForce(99, "", PAID)]


@pytest.mark.parametrize(
    ("witnesses", "refusals"),
    [
        ((), [WitnessesMissing(0, 2)]),
        (("", "นางมาลี แก้วเกตุ"), [WitnessesMissing(1, 2)]),
        (
            ("นางมาลี แก้วเกตุ", "น.ส.มาลี  แก้วเกตุ"),
            [WitnessTwice("น.ส.มาลี  แก้วเกตุ"), WitnessesMissing(1, 2)],
        ),
        (
            ("นายสมชาย ใจดี", "นายเสน่ห์ บุญมา"),
            [
                WitnessIsParty("นายสมชาย ใจดี"),
                WitnessIsParty("นายเสน่ห์ บุญมา"),
                WitnessesMissing(0, 2),
            ],
        ),
        (
            ("นายเสน่ห์ บุญมา", "นายเสน่ห์ บุญมา", "นางมาลี แก้วเกตุ", "นายชูชาติ เพชรรัตน์"),
            [WitnessIsParty("นายเสน่ห์ บุญมา"), WitnessTwice("นายเสน่ห์ บุญมา")],
        ),
    ],
)
def test_a_witness_is_somebody_else_and_counts_once(
    witnesses: tuple[str, ...], refusals: list[object]
) -> None:
    assert judge_pay_out(replace(PAY_OUT, witnesses=witnesses), COMMITTEE) == refusals


def test_two_people_sign_for_the_bank() -> None:
    alone = replace(PAY_OUT, signers=frozenset({1}))
    assert judge_pay_out(alone, COMMITTEE) == [SignersMissing(1, 2)]
    second_seat = Term(9, NAMES[0], "member", START, None, "กรรมการ")
    twice = replace(PAY_OUT, signers=frozenset({1, 9}))
    assert judge_pay_out(twice, [*COMMITTEE, second_seat]) == [SignersMissing(1, 2)]


def test_rules_that_say_nothing_ask_for_no_witness_and_no_signer() -> None:
    silent = replace(
        PAY_OUT,
        witnesses=(),
        signers=frozenset(),
        witnesses_needed=None,
        signers_needed=None,
    )
    assert judge_pay_out(silent, COMMITTEE) == []


# ---- what is learned later ------------------------------------------------------------------

PAID_CONTRACT = PaidContract(27, DECISION, PAY_OUT)


def test_a_pay_out_that_was_entitled_is_not_listed() -> None:
    assert unentitled([PAID_CONTRACT], COMMITTEE) == []


def test_a_term_put_right_later_lists_what_was_decided_and_paid_under_it() -> None:
    shorter = Term(9, NAMES[0], "chairman", START, date(2025, 12, 31), "ประธาน")
    now = [*COMMITTEE[1:], shorter]
    assert unentitled([PAID_CONTRACT], now, {1: 9}) == [
        Unentitled(
            27,
            (
                TermNotInForce(9, "ประธาน", MEETING),
                TermNotInForce(9, "ประธาน", PAID),
                SignersMissing(1, 2),
            ),
        )
    ]


def test_a_term_put_right_to_what_still_holds_lists_nothing() -> None:
    first = Term(9, NAMES[0], "chairman", START, date(2026, 12, 31), "ประธาน")
    second = replace(first, number=10, ends_on=LAST)
    assert unentitled([PAID_CONTRACT], [*COMMITTEE[1:], second], {1: 9, 9: 10}) == []


def test_a_term_that_never_was_is_not_in_force() -> None:
    assert unentitled([PAID_CONTRACT], COMMITTEE[1:])[0].refusals[0] == TermNotInForce(
        1, "", MEETING
    )


def test_people_added_to_the_committee_later_may_undo_a_quorum() -> None:
    more = [Term(number, f"คนที่ {number}", "member", START, None, "กรรมการ") for number in (9, 10)]
    assert unentitled([PAID_CONTRACT], [*COMMITTEE, *more]) == [
        Unentitled(27, (NoQuorum(5, 6, 10),))
    ]


def test_money_handed_over_without_a_decision_is_listed() -> None:
    assert unentitled([PaidContract(27, None, PAY_OUT)], COMMITTEE) == [
        Unentitled(27, (NotDecided(PAID),))
    ]


def test_what_puts_right_goes_forward_only_so_a_ring_ends() -> None:
    there, refused = people_of([1, 2], COMMITTEE, {1: 2, 2: 1}, day=MEETING, years=4)
    assert [term.number for term in there] == [2]
    assert refused == []


def test_the_same_seat_out_of_office_is_told_once() -> None:
    there, refused = people_of([1, 9], COMMITTEE, {}, day=date(2000, 1, 1), years=4)
    assert there == []
    assert refused == [
        TermNotInForce(1, "ประธาน", date(2000, 1, 1)),
        TermNotInForce(9, "", date(2000, 1, 1)),
    ]
    gone = Term(9, NAMES[7], "member", None, date(1999, 9, 30), "กรรมการ")
    _, once = people_of([8, 9], [*COMMITTEE[:7], gone], {8: 9}, day=date(2000, 1, 1), years=4)
    assert once == [TermNotInForce(9, "กรรมการ", date(2000, 1, 1))]


@given(
    ends=st.lists(st.none() | st.dates(START, LAST), min_size=8, max_size=8),
    day=st.dates(START, LAST),
)
def test_what_was_judged_before_it_was_done_is_never_listed_until_a_term_is_put_right(
    ends: list[date | None], day: date
) -> None:
    committee = [replace(t, ends_on=e) for t, e in zip(COMMITTEE, ends, strict=True)]
    came = frozenset(term.number for term in in_force(committee, day, 4))
    decision = replace(DECISION, day=day, came=came)
    pay_out = replace(PAY_OUT, day=day)
    if judge_decision(decision, committee) or judge_pay_out(pay_out, committee):
        return
    paid = PaidContract(1, decision, pay_out)
    assert unentitled([paid], committee) == []
    chairman_left = replace(committee[0], number=9, ends_on=day - timedelta(days=1))
    listed = unentitled([paid], [*committee[1:], chairman_left], {1: 9})
    assert [each.contract_number for each in listed] == [1]
