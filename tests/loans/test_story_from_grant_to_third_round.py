"""A fund from its grant to the third round, retold as its committee would: in baht, by day.

บ้านทุ่งใหญ่ was given 280,000 baht. Three households borrow and send back; one is late and agrees on
a new plan, one is flooded and is given a delay, one borrower dies and her son answers for the debt,
and in the end a loss is recognised and some of it comes back all the same. A household finds its
balance wrong, and it was. After every chapter the books are proved.
"""

from __future__ import annotations

from datetime import date

import pytest

from kongthun.domain.money import Money
from kongthun.domain.plan import PlannedPart
from kongthun.groups.actions import (
    EventRecorded,
    ListedTerm,
    keep_committee,
    record_household_event,
)
from kongthun.groups.models import HouseholdEventKind
from kongthun.groups.queries.households import member_of
from kongthun.ledger.bank import Recorded, deposit_cash, receive_bank_interest
from kongthun.ledger.models import Position
from kongthun.ledger.verification import verify_fund
from kongthun.loans.actions.debts import (
    Moved,
    Noted,
    agree_on_plan,
    answer_balance,
    grant_deferral,
    note_debt,
    recover_loss,
    settle_dispute,
    write_off,
)
from kongthun.loans.actions.pay_outs import ContractPaper, HandingOver, make_contract, pay_out_loan
from kongthun.loans.actions.repayments import ReceiptTakenBack, cancel_receipt
from kongthun.loans.actions.requests import (
    RequestFacts,
    decide_request,
    hand_in_request,
    save_draft,
)
from kongthun.loans.actions.steps import StepTaken
from kongthun.loans.models import Contract, DebtEvent, DebtEventKind, Receipt, Request
from kongthun.loans.queries.contracts import contract_states
from kongthun.loans.queries.oversight import unentitled_pay_outs
from kongthun.reports.queries.roll_up import roll_up_by_fund

from .village_at_work import COMMITTEE, WITNESSES, Village, new_key, refused, working_village

pytestmark = pytest.mark.django_db

DAENG, DAM, KHAO = 1, 2, 3  # households by their number on the list
SECOND_SET = date(2024, 10, 1)  # the day after the first committee's four years


def stands(village: Village, **baht: int) -> None:
    """Where the money is now, all of it, and the proof finds nothing wrong."""
    position = Position.objects.get(fund=village.fund)
    sums = position.sums
    names = ("households", "bank", "cash", "claims", "loss", "capital", "interest", "members")
    found = {name: getattr(sums, name).satang // 100 for name in names if getattr(sums, name)}
    assert found == baht
    assert sums.is_conserved
    assert verify_fund(village.fund) == []
    assert unentitled_pay_outs(village.fund) == []


def late(village: Village, on: date) -> tuple[int, int]:
    """What is overdue on a day in baht: by the plans, and with granted delays taken into account.

    The roll-up of the district says the same as the fund's own contracts.
    """
    states = contract_states(village.fund, as_of=on, with_names=False)
    overdue = sum(state.arrears.overdue.satang for state in states) // 100
    not_deferred = sum(state.overdue_not_deferred.satang for state in states) // 100
    today = village.treasurer.day
    (row,) = roll_up_by_fund("8016", as_of=on, today=today, reach=village.district).rows
    assert row.overdue == Money.baht(overdue)
    assert row.overdue - row.deferred == Money.baht(not_deferred)
    return overdue, not_deferred


def carry_to_bank(village: Village, baht: int, on: date) -> None:
    slip = f"{on.day}/{on.month}"
    done = deposit_cash(
        fund=village.fund,
        amount=Money.baht(baht),
        on=on,
        slip=slip,
        key=new_key(),
        by=village.treasurer,
    )
    assert isinstance(done, Recorded), done


def lend_by_the_second_set(village: Village, member: int, on: date) -> Contract:
    """20,000 baht for two years, by the committee that came into office after four years."""
    fund, chairman, treasurer = village.fund, 8, 11
    number = village.ask(member, 20_000, on).number
    decided = decide_request(
        number,
        fund=fund,
        meeting_number=village.meet(on, (8, 9, 10, 11)),
        is_approved=True,
        amount=Money.baht(20_000),
        words="",
        by=village.chairman,
    )
    assert isinstance(decided, StepTaken), decided
    parts = (PlannedPart(on.replace(year=on.year + 2), Money.baht(20_000)),)
    paper = ContractPaper(on, parts, chairman, WITNESSES)
    signed = make_contract(number, paper, fund=fund, by=village.treasurer)
    assert isinstance(signed, StepTaken), signed
    how = HandingOver(on, "bank:1", chairman, WITNESSES, (chairman, treasurer))
    paid = pay_out_loan(number, how, fund=fund, key=new_key(), by=village.treasurer)
    assert isinstance(paid, StepTaken), paid
    return Contract.objects.get(fund=fund, number=paid.step.contract_number)


def test_a_fund_from_its_grant_to_the_third_round() -> None:
    village = working_village()
    fund = village.fund
    keep_committee(
        fund.group,
        [ListedTerm(2, name, position, SECOND_SET, None) for position, name in COMMITTEE],
    )

    # The grant, 1 ต.ค. 2563.
    stands(village, bank=280_000, capital=280_000)

    # The first round, 1 มี.ค. 2564: three households, half after one year, half after two.
    lent_on = date(2021, 3, 1)
    first = {
        member: village.lend(
            member,
            baht,
            lent_on,
            parts=((date(2022, 3, 1), baht // 2), (date(2023, 3, 1), baht // 2)),
        )
        for member, baht in ((DAENG, 12_000), (DAM, 20_000), (KHAO, 18_000))
    }
    assert [contract.paper_number for contract in first.values()] == ["1/2564", "2/2564", "3/2564"]
    stands(village, households=50_000, bank=230_000, capital=280_000)

    # แดง is in time; ดำ brings 4,000 of 10,000; ขาว was flooded.
    village.take(first[DAENG], 6_000, date(2022, 3, 1))
    village.take(first[DAM], 4_000, date(2022, 3, 15))
    assert late(village, date(2022, 3, 1)) == (0, 0)
    assert late(village, date(2022, 3, 2)) == (10_000 + 9_000, 19_000)
    assert late(village, date(2022, 3, 15)) == (6_000 + 9_000, 15_000)
    delay = grant_deferral(
        first[KHAO].number,
        fund=fund,
        ground="น้ำท่วมนา",
        starts_on=date(2022, 4, 1),
        ends_on=date(2023, 3, 31),
        meeting_number=None,
        by=village.chairman,
    )
    assert isinstance(delay, Noted)
    assert late(village, date(2022, 4, 1)) == (15_000, 6_000)
    carry_to_bank(village, 10_000, date(2022, 3, 20))
    stands(village, households=40_000, bank=240_000, capital=280_000)

    # 1 มี.ค. 2566: แดง has sent everything back. ขาว's delay ends on the 31st.
    village.take(first[DAENG], 6_000, date(2023, 3, 1))
    assert late(village, date(2023, 3, 31)) == (16_000 + 18_000, 16_000)
    assert late(village, date(2023, 4, 1)) == (34_000, 34_000)
    village.take(first[KHAO], 18_000, date(2023, 5, 1))
    stands(village, households=16_000, bank=240_000, cash=24_000, capital=280_000)

    # ดำ can not; they agree on 4,000 a year from 1 มิ.ย. 2566.
    agreed = agree_on_plan(
        first[DAM].number,
        fund=fund,
        on=date(2023, 6, 1),
        parts=[PlannedPart(date(year, 6, 1), Money.baht(4_000)) for year in range(2024, 2028)],
        words="ส่งปีละ 4,000 บาท",
        meeting_number=None,
        by=village.chairman,
    )
    assert isinstance(agreed, Noted)
    assert late(village, date(2023, 5, 31)) == (16_000, 16_000)
    assert late(village, date(2023, 6, 1)) == (0, 0)

    # The bank's interest is kept apart.
    earned = receive_bank_interest(
        fund=fund,
        amount=Money.baht(600),
        on=date(2023, 6, 30),
        key=new_key(),
        by=village.treasurer,
    )
    assert isinstance(earned, Recorded)

    # The second round, 1 ก.ค. 2566: แดง and ขาว. ดำ asks as well, and is told why not yet.
    again_on = date(2023, 7, 1)
    second = {
        member: village.lend(member, 15_000, again_on, parts=((date(2025, 7, 1), 15_000),))
        for member in (DAENG, KHAO)
    }
    assert [contract.round for contract in second.values()] == [2, 2]
    wish = save_draft(
        RequestFacts(DAM, project="เลี้ยงเป็ด", asked=Money.baht(10_000)),
        fund=fund,
        by=village.treasurer,
    )
    assert isinstance(wish, Request)
    not_yet = hand_in_request(wish.number, fund=fund, on=again_on, by=village.treasurer)
    assert refused(not_yet) == {"LoanStillOpen"}
    stands(village, households=46_000, bank=210_600, cash=24_000, capital=280_000, interest=600)

    # แดง dies on 10 ม.ค. 2567; her son answers for what she owes.
    member = member_of(fund.group, DAENG)
    assert member is not None
    died = record_household_event(
        group=fund.group,
        number=DAENG,
        kind=HouseholdEventKind.DEATH,
        on=date(2024, 1, 10),
        known_on=date(2024, 1, 15),
        person_id=member.person_id,
        by=village.treasurer,
    )
    assert isinstance(died, EventRecorded), died
    heir = note_debt(
        second[DAENG].number,
        DebtEventKind.HEIR_NAMED,
        fund=fund,
        on=date(2024, 2, 1),
        words="นายเด่น บุตร รับผิดชอบแทน",
        by=village.chairman,
    )
    assert isinstance(heir, Noted)
    by_the_son = village.take(second[DAENG], 5_000, date(2024, 12, 1))
    assert by_the_son.balance_left == Money.baht(10_000)

    # 30 ก.ย. 2567: every household is asked for its balance. ขาว's own book has 13,000, and it is
    # right: 2,000 of 1 ก.ย. were written on แดง's contract.
    wrong = village.take(second[DAENG], 2_000, date(2024, 9, 1))
    asked_on = date(2024, 9, 30)
    disputed = answer_balance(
        second[KHAO].number,
        fund=fund,
        on=asked_on,
        agrees=False,
        said=Money.baht(13_000),
        by=village.treasurer,
    )
    assert isinstance(disputed, Noted)
    assert DebtEvent.objects.get(number=disputed.number).balance == Money.baht(15_000)
    cancelled = cancel_receipt(
        wrong.number, fund=fund, reason="เขียนผิดสัญญา", key=new_key(), by=village.treasurer
    )
    assert isinstance(cancelled, ReceiptTakenBack)
    village.take(second[KHAO], 2_000, date(2024, 9, 1))
    settled = settle_dispute(
        disputed.number,
        fund=fund,
        on=date(2024, 12, 15),
        words="พบใบเสร็จเขียนผิดสัญญา ยกเลิกและเขียนใหม่แล้ว",
        by=village.chairman,
    )
    assert isinstance(settled, Noted)
    assert DebtEvent.objects.get(number=settled.number).balance == Money.baht(13_000)
    stands(village, households=39_000, bank=210_600, cash=31_000, capital=280_000, interest=600)

    # ดำ keeps the agreement once and no more.
    village.take(first[DAM], 4_000, date(2024, 6, 1))
    assert late(village, date(2025, 6, 1)) == (0, 0)
    assert late(village, date(2025, 6, 2)) == (4_000, 4_000)
    village.take(second[KHAO], 13_000, date(2025, 7, 1))
    assert late(village, date(2025, 7, 2)) == (4_000 + 10_000, 14_000)

    # The son can pay 3,000 more; the rest of แดง's loan the district recognises as lost.
    village.take(second[DAENG], 3_000, date(2025, 8, 1))
    said = {"fund": fund, "amount": Money.baht(7_000), "on": date(2025, 12, 1)}
    by_the_committee = write_off(
        second[DAENG].number, **said, words="ไม่มีทรัพย์มรดก", key=new_key(), by=village.chairman
    )
    assert refused(by_the_committee) == {"NotTheirWord"}
    lost = write_off(
        second[DAENG].number, **said, words="ไม่มีทรัพย์มรดก", key=new_key(), by=village.district
    )
    assert isinstance(lost, Moved)
    assert late(village, date(2025, 11, 30)) == (4_000 + 7_000, 11_000)
    assert late(village, date(2025, 12, 1)) == (4_000, 4_000)
    stands(
        village,
        households=12_000,
        bank=210_600,
        cash=51_000,
        loss=7_000,
        capital=280_000,
        interest=600,
    )

    # The third round, 1 มี.ค. 2569: ขาว again, and แดง's household, which owes nothing any more.
    carry_to_bank(village, 51_000, date(2026, 2, 1))
    third_on = date(2026, 3, 1)
    third = [lend_by_the_second_set(village, member, third_on) for member in (KHAO, DAENG)]
    assert [contract.round for contract in third] == [3, 3]
    # The son comes once more, with 1,500 that nobody counted on.
    back = recover_loss(
        second[DAENG].number,
        fund=fund,
        amount=Money.baht(1_500),
        on=date(2026, 5, 1),
        key=new_key(),
        by=village.treasurer,
    )
    assert isinstance(back, Moved)
    stands(
        village,
        households=52_000,
        bank=221_600,
        cash=1_500,
        loss=5_500,
        capital=280_000,
        interest=600,
    )

    # What was true on a day is still true of that day.
    assert late(village, date(2022, 4, 1)) == (15_000, 6_000)
    numbers = Receipt.objects.filter(fund=fund).order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 11))
    assert Contract.objects.filter(fund=fund).count() == 7
