"""Books found anew: claims side by side, what is confirmed comes into the books, and no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kongthun.audit.models import AuditLine, KeptPaper
from kongthun.domain.journal import Deed, Draft, Line
from kongthun.domain.money import ZERO, Money, total
from kongthun.ledger.actions import (
    Posted,
    close_books_until,
    hold_pen,
    post_entry,
    reverse_entry,
)
from kongthun.ledger.models import Entry, Fund, Position
from kongthun.ledger.queries import balance_of
from kongthun.ledger.verification import verify_fund
from kongthun.loans.models import Claim, Contract
from kongthun.loans.queries.contracts import contract_states
from kongthun.openings.actions.openings import (
    ClaimKept,
    OpeningKept,
    begin_opening,
    say_balance,
    withdraw_claim,
    withdraw_opening,
)
from kongthun.openings.actions.settling import BalancesSettled, settle_balances
from kongthun.openings.models import OpeningClaim, Place, SaidBy, SettledPlace
from kongthun.openings.queries.openings import how_it_shrank, opening_state
from kongthun.openings.refusals import NotDone
from loans.village_at_work import GRANTED_ON, working_village
from openings.lost_books import (
    BANK,
    BOTH_SIGNED,
    CASH,
    CLAIM,
    LOAN,
    NONE,
    OPENS_ON,
    PASSBOOK,
    SIGNED,
    WITNESS,
    LostBooks,
    lost_books,
    new_key,
    refused,
)

pytestmark = pytest.mark.django_db


def sums(fund: LostBooks) -> dict[str, str]:
    """What stands in the books."""
    position = Position.objects.get(fund=fund.fund).sums
    assert position.is_conserved
    names = ("capital", "interest", "households", "bank", "cash", "claims", "unexplained", "lent")
    return {name: getattr(position, name).text for name in names}


# ---- the example of the rule's page --------------------------------------------------------------


def test_the_example_comes_into_the_books_place_by_place(fund: LostBooks) -> None:
    fund.say_all_of_the_example()
    found = fund.state.found
    assert (found.confirmed.text, found.disputed.text, found.unexplained.text) == (
        "231,556.19", "40,000", "9,600",
    )  # fmt: skip
    assert [each.number for each in fund.state.ask_next] == [8, 7, 4, 5, 9]
    assert not fund.state.is_settled
    entries = fund.settle()
    assert len(entries) == 11  # what was given, the bank, the cash, eight loans
    assert fund.state.is_settled
    assert sums(fund) == {
        "capital": "280,000",
        "interest": "1,156.19",
        "households": "167,000",
        "bank": "61,156.19",
        "cash": "3,400",
        "claims": "0",
        "unexplained": "49,600",
        "lent": "167,000",
    }
    assert verify_fund(fund.fund) == []


def test_evidence_that_arrives_shrinks_what_is_not_confirmed_as_the_page_tells(
    fund: LostBooks,
) -> None:
    fund.say_all_of_the_example()
    fund.settle()
    for step, unexplained in (
        ((LOAN, 8, 26_000, SIGNED), "23,600"),
        ((LOAN, 7, 18_000, BOTH_SIGNED), "23,600"),
        ((LOAN, 4, 9_000, BOTH_SIGNED), "21,600"),
    ):
        fund.say(*step)
        if fund.state.is_settled:  # what was confirmed already is confirmed anew
            assert unexplained == sums(fund)["unexplained"]
            continue
        fund.settle()
        assert sums(fund)["unexplained"] == unexplained
    fund.say(CLAIM, None, 15_600, SIGNED, SaidBy.PERSON, person="นายเก่า  ประธานเดิม")
    fund.settle()
    assert sums(fund)["unexplained"] == "6,000"
    assert sums(fund)["claims"] == "15,600"
    assert verify_fund(fund.fund) == []


def test_only_what_differs_is_taken_back_and_written_anew(fund: LostBooks) -> None:
    fund.say_all_of_the_example()
    fund.settle()
    before = Entry.objects.filter(fund=fund.fund).count()
    fund.say(LOAN, 4, 9_000, BOTH_SIGNED)
    [written] = fund.settle()
    new = Entry.objects.filter(fund=fund.fund, number__gt=before).order_by("number")
    assert [(each.deed, each.reverses is not None) for each in new] == [
        ("loan_paid_out", True),
        ("loan_paid_out", False),
    ]
    assert {each.happened_on for each in new} == {OPENS_ON}
    assert written == before + 2
    contract = Contract.objects.get(fund=fund.fund, member_number=4, withdrawn_at=None)
    assert contract.principal == balance_of(fund.fund.pk, contract.account) == Money.baht(9_000)


def test_a_household_gets_a_contract_whose_day_nobody_knows_and_so_is_not_late(
    fund: LostBooks,
) -> None:
    fund.begin()
    fund.say(LOAN, 2, 25_000, SIGNED)
    fund.settle()
    [state] = contract_states(fund.fund, as_of=timezone.localdate(), with_names=True)
    assert state.contract.member_number == 2
    assert state.borrower == "นายดำ  ขยันยิ่ง"
    assert (state.balance.text, state.arrears.overdue, state.moved_on) == ("25,000", ZERO, ZERO)


def test_a_person_stands_by_name_beside_the_claim_and_never_in_the_chain(fund: LostBooks) -> None:
    fund.begin()
    fund.say(CLAIM, None, 15_600, SIGNED, SaidBy.PERSON, person="นายเก่า  ประธานเดิม")
    fund.say(CLAIM, None, 15_600, WITNESS, SaidBy.NEIGHBOUR, person="เก่า ประธานเดิม")
    assert len(fund.state.found.places) == 1  # one person, though written another way
    fund.settle()
    assert Claim.objects.get(fund=fund.fund).person_name == "นายเก่า ประธานเดิม"
    for entry in Entry.objects.filter(fund=fund.fund):
        assert "เก่า" not in f"{entry.memo}{entry.document}{entry.key}{entry.source}"


def test_a_claim_taken_back_takes_its_sum_out_of_the_books_again(fund: LostBooks) -> None:
    fund.begin()
    number = fund.say(LOAN, 2, 25_000, SIGNED)
    fund.settle()
    done = withdraw_claim(number, fund=fund.fund, note="อ่านผิดคน", by=fund.treasurer)
    assert isinstance(done, ClaimKept)
    assert not fund.state.is_settled
    assert fund.settle() == ()
    assert (sums(fund)["households"], sums(fund)["lent"]) == ("0", "0")
    assert sums(fund)["unexplained"] == "280,000"
    assert Contract.objects.get(fund=fund.fund).withdrawn_at is not None
    fund.say(LOAN, 2, 25_000, SIGNED)  # and it may be confirmed again
    fund.settle()
    assert sums(fund)["households"] == "25,000"
    assert verify_fund(fund.fund) == []


def test_an_entry_taken_back_at_another_desk_is_put_there_again(fund: LostBooks) -> None:
    fund.begin()
    fund.say(CASH, None, 3_400, SIGNED, SaidBy.TREASURER)
    _, cash = fund.settle()
    undone = reverse_entry(cash, fund=fund.fund, reason="ผิด", key="desk", recorded_by=None)
    assert isinstance(undone, Posted)
    assert not fund.state.is_settled
    fund.settle()
    assert sums(fund)["cash"] == "3,400"


# ---- books that know something themselves -----------------------------------------------------


def test_what_the_books_know_is_not_said_again_and_the_rest_is_found(tmp_path: Path) -> None:
    village = working_village()
    lost = lost_books(tmp_path)
    fund, by = village.fund, village.field_worker
    whole = begin_opening(
        fund=fund,
        opens_on=GRANTED_ON,
        capital=Money.baht(280_000),
        interest=ZERO,
        words="หนังสือ",
        by=by,
    )
    assert refused(whole) == {"CapitalInBooks"}
    begun = begin_opening(
        fund=fund, opens_on=GRANTED_ON, capital=ZERO, interest=ZERO, words="", by=by
    )
    assert isinstance(begun, OpeningKept)
    gone = Draft(
        Deed.BANK_UNEXPLAINED,
        GRANTED_ON,
        (Line("unexplained", Money.baht(40_000)), Line("bank:1", Money.baht(-40_000))),
        "gone",
    )
    assert isinstance(post_entry(gone, fund=fund, recorded_by=None), Posted)
    state = opening_state(fund)
    assert state is not None
    assert (state.known.text, state.found.unexplained.text) == ("240,000", "40,000")
    over = say_balance(lost.saying(BANK, 1, 1, PASSBOOK), fund=fund, key=new_key(), by=by)
    assert refused(over) == {"PlaceInBooks"}
    kept = say_balance(lost.saying(LOAN, 1, 30_000, SIGNED), fund=fund, key=new_key(), by=by)
    assert isinstance(kept, ClaimKept)
    settled = settle_balances(fund=fund, key=new_key(), by=village.district)
    assert isinstance(settled, BalancesSettled), settled
    position = Position.objects.get(fund=fund).sums
    assert (position.capital.text, position.bank.text) == ("280,000", "240,000")
    assert (position.households.text, position.unexplained.text) == ("30,000", "10,000")
    state = opening_state(fund)
    assert state is not None
    found = state.found
    assert state.known + found.confirmed + found.disputed + found.unexplained == state.entrusted
    assert state.entrusted.text == "280,000"


def test_a_household_whose_loan_stands_in_the_books_is_not_spoken_over(tmp_path: Path) -> None:
    village, lost = working_village(), lost_books(tmp_path)
    village.lend(1, 20_000, date(2022, 1, 10))
    begun = begin_opening(
        fund=village.fund, opens_on=OPENS_ON, capital=ZERO, interest=ZERO, words="",
        by=village.field_worker,
    )  # fmt: skip
    assert isinstance(begun, OpeningKept)
    saying = lost.saying(LOAN, 1, 30_000, SIGNED)
    done = say_balance(saying, fund=village.fund, key=new_key(), by=village.field_worker)
    assert refused(done) == {"HouseholdInBooks"}


def test_books_that_learn_of_a_place_after_the_claim_keep_it(fund: LostBooks) -> None:
    fund.begin()
    fund.say(CASH, None, 3_400, SIGNED, SaidBy.TREASURER)
    own = Draft(
        Deed.CASH_COUNTED,
        OPENS_ON,
        (Line("cash", Money.baht(100)), Line("unexplained", Money.baht(-100))),
        "own",
    )
    assert isinstance(post_entry(own, fund=fund.fund, recorded_by=None), Posted)
    assert refused(settle_balances(fund=fund.fund, key=new_key(), by=fund.district)) == {
        "PlaceInBooks"
    }


def test_less_than_was_sent_back_since_can_not_be_what_was_owed(fund: LostBooks) -> None:
    fund.begin()
    fund.say(LOAN, 2, 25_000, SIGNED)
    fund.settle()
    contract = Contract.objects.get(fund=fund.fund)
    back = Draft(
        Deed.REPAYMENT_RECEIVED,
        OPENS_ON + timedelta(days=30),
        (Line("cash", Money.baht(10_000)), Line(contract.account, Money.baht(-10_000))),
        "back",
    )
    assert isinstance(post_entry(back, fund=fund.fund, recorded_by=None), Posted)
    assert not fund.state.books.sums.households  # what happened later is no business of the opening
    fund.say(LOAN, 2, 8_000, BOTH_SIGNED)
    before = sums(fund)
    assert refused(settle_balances(fund=fund.fund, key=new_key(), by=fund.district)) == {
        "MoreGoneSince"
    }
    assert sums(fund) == before
    fund.say(LOAN, 2, 8_000, BOTH_SIGNED)
    assert withdraw_claim(3, fund=fund.fund, note="ผิด", by=fund.treasurer)
    assert withdraw_claim(2, fund=fund.fund, note="ผิด", by=fund.treasurer)
    fund.say(LOAN, 2, 12_000, BOTH_SIGNED)
    fund.settle()
    assert sums(fund)["households"] == "2,000"
    assert sums(fund)["lent"] == "12,000"


def test_a_year_that_was_closed_is_not_opened_anew(fund: LostBooks) -> None:
    fund.begin()
    fund.say(LOAN, 2, 25_000, SIGNED)
    with transaction.atomic():
        close_books_until(hold_pen(fund.fund, []), OPENS_ON)
    assert refused(settle_balances(fund=fund.fund, key=new_key(), by=fund.district)) == {
        "YearClosed"
    }
    assert not Contract.objects.filter(fund=fund.fund).exists()


# ---- who may, and what is refused ----------------------------------------------------------------


def test_only_those_entitled_say_and_settle(fund: LostBooks) -> None:
    for by in (fund.chairman, fund.district, fund.network, fund.stranger):
        begun = begin_opening(
            fund=fund.fund,
            opens_on=OPENS_ON,
            capital=Money.baht(1),
            interest=ZERO,
            words="ก",
            by=by,
        )
        assert refused(begun) == {"NotEntitled"}
    fund.begin()
    number = fund.say(CASH, None, 10, SIGNED)
    saying = fund.saying(CASH, None, 10, WITNESS)
    for by in (fund.chairman, fund.district, fund.network, fund.stranger):
        assert refused(say_balance(saying, fund=fund.fund, key=new_key(), by=by)) == {"NotEntitled"}
        assert refused(withdraw_claim(number, fund=fund.fund, note="ก", by=by)) == {"NotEntitled"}
        assert refused(withdraw_opening(fund=fund.fund, note="ก", by=by)) == {"NotEntitled"}
    for by in (fund.treasurer, fund.chairman, fund.field_worker, fund.network, fund.stranger):
        assert refused(settle_balances(fund=fund.fund, key=new_key(), by=by)) == {"NotEntitled"}
    assert not Entry.objects.filter(fund=fund.fund).exists()


def test_a_claim_is_refused_for_all_its_reasons_together(fund: LostBooks) -> None:
    saying = fund.saying(LOAN, None, Money(-1), SIGNED, paper=False)
    done = say_balance(saying, fund=fund.fund, key=new_key(), by=fund.treasurer)
    assert isinstance(done, NotDone)
    whys = [refusal.why for refusal in done.refusals if hasattr(refusal, "why")]
    assert whys == ["wrong_number", "below_nothing", "no_evidence"]
    assert "NoOpening" in refused(done)
    fund.begin()
    for bad, name in (
        (fund.saying(LOAN, 99, 10, WITNESS), "NotOnList"),
        (fund.saying(CLAIM, None, 10, WITNESS), "PersonUnnamed"),
    ):
        done = say_balance(bad, fund=fund.fund, key=new_key(), by=fund.treasurer)
        assert name in refused(done)
    assert not OpeningClaim.objects.exists()


def test_a_group_that_lends_nothing_has_no_households_that_owe(fund: LostBooks) -> None:
    fund.begin()
    Fund.objects.filter(pk=fund.fund.pk).update(chart="occupation_group")
    fund.fund.refresh_from_db()
    saying = fund.saying(LOAN, 2, 10, WITNESS)
    assert refused(say_balance(saying, fund=fund.fund, key=new_key(), by=fund.treasurer)) == {
        "NotAPlaceHere"
    }


def test_an_opening_asks_for_capital_its_source_and_a_day_that_has_come(fund: LostBooks) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    done = begin_opening(
        fund=fund.fund, opens_on=tomorrow, capital=ZERO, interest=ZERO, words=" ", by=fund.treasurer
    )
    assert refused(done) == {"HappensLater", "CapitalUnsaid", "WordsNeeded"}
    fund.begin()
    again = begin_opening(
        fund=fund.fund, opens_on=OPENS_ON, capital=Money.baht(5), interest=ZERO, words="ก",
        by=fund.treasurer,
    )  # fmt: skip
    assert refused(again) == {"OpeningThere"}


def test_an_opening_goes_back_only_while_nothing_of_it_is_in_the_books(fund: LostBooks) -> None:
    assert refused(withdraw_opening(fund=fund.fund, note="ก", by=fund.treasurer)) == {"NoOpening"}
    fund.begin(1)
    fund.say(CASH, None, 1, WITNESS)
    assert refused(withdraw_opening(fund=fund.fund, note=" ", by=fund.treasurer)) == {"WordsNeeded"}
    assert isinstance(withdraw_opening(fund=fund.fund, note="ทุนผิด", by=fund.treasurer), OpeningKept)
    fund.begin()
    assert fund.state.claims == []
    fund.settle()
    assert refused(withdraw_opening(fund=fund.fund, note="ก", by=fund.treasurer)) == {"Settled"}


def test_the_same_form_sent_twice_writes_once(fund: LostBooks) -> None:
    fund.begin()
    key, paper = new_key(), fund.paper("one")
    saying = replace(fund.saying(LOAN, 2, 100, SIGNED), paper=paper)
    first = say_balance(saying, fund=fund.fund, key=key, by=fund.treasurer)
    again = say_balance(saying, fund=fund.fund, key=key, by=fund.treasurer)
    assert first == again
    other = replace(saying, amount=Money.baht(101))
    assert refused(say_balance(other, fund=fund.fund, key=key, by=fund.treasurer)) == {
        "ClaimedOtherwise"
    }
    settled = settle_balances(fund=fund.fund, key=key, by=fund.district)
    assert settle_balances(fund=fund.fund, key=key, by=fund.district) == settled
    assert OpeningClaim.objects.count() == 1
    assert Entry.objects.filter(fund=fund.fund).count() == SettledPlace.objects.count() == 2
    assert refused(settle_balances(fund=fund.fund, key=new_key(), by=fund.district)) == {
        "NothingToSettle"
    }


def test_papers_are_chained_into_the_funds_record_and_each_deed_leaves_a_line(
    fund: LostBooks,
) -> None:
    fund.begin()
    number = fund.say(LOAN, 2, 100, SIGNED)
    fund.settle()
    withdraw_claim(number, fund=fund.fund, note="ผิด", by=fund.treasurer)
    claim = OpeningClaim.objects.get()
    kept = KeptPaper.objects.get(fund_id=fund.fund.pk)
    assert (kept.sha256, kept.subject) == (claim.evidence, f"opening claim {number}")
    deeds = set(AuditLine.objects.filter(fund_id=fund.fund.pk).values_list("deed", flat=True))
    assert deeds >= {"begin_opening", "say_balance", "settle_balances", "withdraw_claim"}


# ---- over time, and however many ----------------------------------------------------------------


def test_what_is_not_confirmed_is_told_day_by_day(fund: LostBooks) -> None:
    fund.begin()
    days = [timezone.now() - timedelta(days=back) for back in (9, 6, 3)]
    numbers = [
        fund.say(LOAN, 1, 30_000, NONE),
        fund.say(LOAN, 1, 20_000, SIGNED),
        fund.say(CASH, None, 5_000, WITNESS),
    ]
    for number, day in zip(numbers, days, strict=True):
        OpeningClaim.objects.filter(number=number).update(recorded_at=day)
    withdraw_claim(numbers[2], fund=fund.fund, note="นับผิด", by=fund.treasurer)
    told = how_it_shrank(fund.state)
    assert [each.not_confirmed.text for each in told] == [
        "280,000", "260,000", "255,000", "260,000",
    ]  # fmt: skip
    assert [each.claims for each in told] == [1, 2, 3, 2]


def test_the_state_takes_as_many_statements_for_thirty_claims_as_for_three(
    fund: LostBooks,
) -> None:
    fund.begin()
    for number in range(1, 4):
        fund.say(LOAN, number, 1_000, WITNESS)
    fund.settle()
    with CaptureQueriesContext(connection) as few:
        opening_state(fund.fund)
    for number in range(27):
        fund.say(LOAN, number % 9 + 1, 1_000 + number, WITNESS)
    fund.settle()
    with CaptureQueriesContext(connection) as many:
        opening_state(fund.fund)
    assert len(many) == len(few)


# ---- simulated funds of which the truth is known ----------------------------------------------

_TRUTH = st.dictionaries(st.integers(1, 9), st.integers(0, 40_000), min_size=1, max_size=6)
_SLIPS = st.lists(
    st.tuples(st.integers(1, 9), st.sampled_from([NONE, WITNESS, SIGNED]), st.integers(0, 50_000)),
    max_size=6,
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(truth=_TRUTH, bank=st.integers(0, 60_000), slips=_SLIPS)
def test_the_truth_lies_inside_and_no_baht_is_made_or_lost_in_the_books(
    fund: LostBooks, truth: dict[int, int], bank: int, slips: list[tuple[int, object, int]]
) -> None:
    """Whatever was said before: once every place has its true paper, the books hold the truth."""
    with transaction.atomic():
        fund.begin(300_000)
        for number, grade, baht in slips:
            fund.say(LOAN, number, baht, grade)  # type: ignore[arg-type]
        fund.settle()
        _conserved(fund)
        for number, baht in truth.items():
            fund.say(LOAN, number, baht, BOTH_SIGNED)
        fund.say(BANK, 1, bank, PASSBOOK, SaidBy.BANK)
        if not fund.state.is_settled:
            fund.settle()
        _conserved(fund)
        for each in fund.state.found.places:
            if each.place.value == "loan" and each.number in truth:
                assert each.interval.holds(Money.baht(truth[each.number]))
        owed = {
            contract.member_number: balance_of(fund.fund.pk, contract.account)
            for contract in Contract.objects.filter(fund=fund.fund, withdrawn_at=None)
        }
        for number, baht in truth.items():
            assert owed.get(number, ZERO) == Money.baht(baht)
        assert verify_fund(fund.fund) == []
        transaction.set_rollback(True)


def _conserved(fund: LostBooks) -> None:
    """The books hold what is confirmed, and the law of the rule is the law of the books."""
    state, position = fund.state, Position.objects.get(fund=fund.fund).sums
    assert position.is_conserved
    assert state.is_settled
    assert position.unexplained == state.found.not_confirmed
    assert position.households == total(
        each.confirmed for each in state.found.places if each.place.value == "loan"
    )
    assert position.lent == position.households


@pytest.mark.parametrize(
    ("place", "number", "account"), [(CASH, None, "cash"), (BANK, 1, "bank:1")]
)
def test_less_than_was_spent_since_can_not_have_lain_there(
    fund: LostBooks, place: Place, number: int | None, account: str
) -> None:
    fund.begin()
    said = fund.say(place, number, 30_000, BOTH_SIGNED)
    fund.settle()
    spent = Draft(
        Deed.EXPENSE_PAID,
        OPENS_ON + timedelta(days=30),
        (Line("expense", Money.baht(10_000)), Line(account, Money.baht(-10_000))),
        "spent",
    )
    assert isinstance(post_entry(spent, fund=fund.fund, recorded_by=None), Posted)
    assert withdraw_claim(said, fund=fund.fund, note="ผิด", by=fund.treasurer)
    fund.say(place, number, 9_999, BOTH_SIGNED)
    done = settle_balances(fund=fund.fund, key=new_key(), by=fund.district)
    assert refused(done) == {"MoreGoneSince"}
    assert fund.state.in_books_now == Money.baht(30_000)


def test_what_changed_in_the_books_since_it_was_read_is_read_again_first(fund: LostBooks) -> None:
    fund.begin()
    fund.say(CASH, None, 3_000, BOTH_SIGNED)
    fund.settle()
    fund.say(LOAN, 2, 25_000, SIGNED)
    read = fund.state.seen
    entry = fund.state.posted["cash", None].entry_number
    back = reverse_entry(
        entry, fund=fund.fund, reason="เขียนผิดวัน", key="another-desk", recorded_by=None
    )
    assert isinstance(back, Posted)
    done = settle_balances(fund=fund.fund, key=new_key(), by=fund.district, seen=read)
    assert refused(done) == {"ChangedSince"}
    again = settle_balances(fund=fund.fund, key=new_key(), by=fund.district, seen=fund.state.seen)
    assert isinstance(again, BalancesSettled)
