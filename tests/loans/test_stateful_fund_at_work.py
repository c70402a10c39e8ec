"""Whatever a committee does, in any order, rightly or wrongly: laws that hold after every deed.

Random deeds through the real actions on a real database, by people who may and people who may not,
on days that fit and days that do not. The machine keeps its own small book of what was answered and
holds the fund's books against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kongthun.accounts.reach import Reach
from kongthun.domain.authority import PaidContract, PayOut, Term, is_in_force, unentitled
from kongthun.domain.fund_position import position_of
from kongthun.domain.journal import Line
from kongthun.domain.money import Money
from kongthun.domain.plan import PlannedPart
from kongthun.domain.receipt_seal import SealedReceipt, check_seal
from kongthun.domain.rule_set import rule_set_of
from kongthun.groups.actions import ListedTerm, TermCorrected, correct_term, keep_committee
from kongthun.groups.models import CommitteeTerm
from kongthun.ledger import bank
from kongthun.ledger.models import Account, Entry, Position
from kongthun.ledger.models import Line as BookLine
from kongthun.ledger.queries import lowest_balance_since
from kongthun.ledger.refusals import NotDone as BankNotDone
from kongthun.ledger.verification import verify_fund
from kongthun.loans.actions.debts import (
    Moved,
    agree_on_plan,
    answer_balance,
    grant_deferral,
    note_debt,
    receive_claim,
    recognise_claim,
    recover_loss,
    return_held,
    settle_dispute,
    withdraw_deferral,
    write_off,
)
from kongthun.loans.actions.pay_outs import ContractPaper, HandingOver, make_contract, pay_out_loan
from kongthun.loans.actions.repayments import (
    ReceiptTakenBack,
    RepaymentRecorded,
    Visit,
    cancel_receipt,
    record_repayments,
)
from kongthun.loans.actions.requests import (
    RequestFacts,
    decide_request,
    drop_request,
    give_opinion,
    hand_in_request,
    save_draft,
)
from kongthun.loans.actions.steps import StepTaken
from kongthun.loans.actions.taking_back import take_back_step
from kongthun.loans.models import (
    Contract,
    DebtEvent,
    DebtEventKind,
    Deferral,
    Receipt,
    Request,
    Signatory,
    SignedAs,
    Stage,
    Step,
    StepKind,
)
from kongthun.loans.queries.contracts import contract_states
from kongthun.loans.queries.decisions import decision_of_step
from kongthun.loans.queries.offices import offices_of
from kongthun.loans.queries.oversight import unentitled_pay_outs
from kongthun.loans.queries.requests import standing_steps
from kongthun.loans.receipt_keys import public_keys
from kongthun.loans.refusals import NotDone
from kongthun.loans.wording import refusal_in_thai
from kongthun.reports.queries.roll_up import roll_up_by_fund

from .village_at_work import (
    COMMITTEE,
    GRANTED_ON,
    WITNESSES,
    Village,
    new_key,
    working_village,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
TOMORROW = TODAY + timedelta(days=1)
SECOND_SET, THIRD_SET = date(2022, 10, 1), date(2024, 10, 1)
DAYS = [
    date(2020, 9, 30),  # the day before the money came
    date(2021, 2, 1),
    date(2021, 8, 15),
    date(2022, 9, 30),
    date(2023, 6, 30),
    date(2024, 9, 30),
    date(2025, 5, 5),
    date(2026, 10, 1),
    TODAY,
    TOMORROW,
]
LOANS = [4_000, 12_000, 60_000, 270_000]  # baht; the last is nearly all there is
SHARES = ["whole", "whole", "half", "half", "little", "over", "nothing", "too much for anybody"]
GUARANTORS = ("นายค้ำ  หนึ่ง", "นางค้ำ  สอง")

people = st.sampled_from(["right"] * 9 + ["treasurer", "chairman", "field_worker", "stranger"])
days = st.sampled_from(DAYS)
good_days = st.sampled_from(DAYS[1:-1])
loans = st.sampled_from(LOANS).map(Money.baht)
shares = st.sampled_from(SHARES)
# A place among the contracts (or requests, receipts) there are; the last one is past them all.
places = st.integers(0, 9)
members = st.integers(1, 5)
reasons = st.sampled_from(["", "ผิด", "ผิด"])
TABLES = (
    *("loans_request", "loans_requestitem", "loans_step", "loans_contract", "loans_plan"),
    *("loans_instalment", "loans_signatory", "loans_receipt", "loans_deferral", "loans_debtevent"),
    *("loans_claim", "ledger_entry", "ledger_line", "audit_auditline", "groups_committeeterm"),
)


@dataclass
class Book:
    """What was lent and what became of it, by contract, in satang; kept from the answers alone."""

    lent: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    repaid: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    written_off: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    claimed: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    cash: int = 0
    bank: int = 280_000_00
    # Sums handed over by receipt number; a cancelled one stays, as nothing.
    receipts: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Correction:
    """A term before and after it was put right, and which contracts were paid out by then."""

    before: Term
    after: Term
    paid: frozenset[int]


class FundAtWork(RuleBasedStateMachine):
    """A กข.คจ. fund: no interest, one loan a household, the district's word for a write-off."""

    kind = "kkk"

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.village: Village = working_village(kind=self.kind)
        self.fund = self.village.fund
        for starts_on in (SECOND_SET, THIRD_SET):
            keep_committee(
                self.fund.group,
                [
                    ListedTerm(starts_on.year, name, position, starts_on, None)
                    for position, name in COMMITTEE
                ],
            )
        self.stranger = Reach(self.village.users["amphoe"].pk, "คนนอก", TODAY, ())
        self.book = Book()
        self.again: list[tuple[Callable[[], Any], Any]] = []
        self.corrections: list[Correction] = []
        self.has_moved = True

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    # --- how deeds are done here --------------------------------------------------------------

    def by(self, who: str, right: Reach) -> Reach:
        if who == "right":
            return right
        return self.stranger if who == "stranger" else getattr(self.village, who)

    def seat(self, day: date, place: int = 0) -> int:
        """The number of a seat in the set that is in office on a day."""
        later = 14 if day >= THIRD_SET else 7 if day >= SECOND_SET else 0
        return later + place + 1

    def do(self, deed: Callable[[], Any], *, with_key: bool = False) -> Any:  # noqa: ANN401
        """Do it. What is refused has words and leaves no trace; what is answered, is again."""
        before = self.everything()
        done = deed()
        if isinstance(done, NotDone | BankNotDone):
            assert done.refusals
            if isinstance(done, NotDone):
                assert all(refusal_in_thai(refusal) for refusal in done.refusals)
            assert self.everything() == before, done
            return done
        self.has_moved = True
        if with_key:
            self.again.append((deed, self.answer_of(done)))
        return done

    def pick(self, place: int) -> int:
        """The number of a contract whose money went out; or one that there is not."""
        paid = [number for number, lent in self.book.lent.items() if lent]
        return paid[place % len(paid)] if paid and place < 9 else place

    def share_of(self, share: str, satang: int) -> Money:
        """So much of what there is."""
        return {
            "whole": Money(satang),
            "half": Money(satang // 2),
            "little": Money(min(satang, 1_01)),
            "over": Money(satang + 25_00),
            "nothing": Money(0),
        }.get(share, Money.baht(300_000))

    def everything(self) -> tuple[Any, ...]:
        """Where the books are, how many rows stand beside them, and how far each request is."""
        counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in TABLES)  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {counts}")
            rows = cursor.fetchone()
        stages = Request.objects.order_by("number").values_list("number", "stage", "asked")
        contracts = Contract.objects.order_by("number").values_list("paid_out_on", "withdrawn_at")
        position = Position.objects.get(fund=self.fund)
        return rows, tuple(stages), tuple(contracts), position.head, position.sums

    def answer_of(self, done: Any) -> Any:  # noqa: ANN401
        match done:
            case list():
                return [self.answer_of(each) for each in done]
            case RepaymentRecorded(receipt=receipt):
                return receipt.number
            case StepTaken(step=step):
                return step.sequence
            case _:
                return done

    # --- from a request to the money ------------------------------------------------------------

    @initialize()
    def lend_one(self) -> None:
        self.lend(1, Money.baht(12_000), date(2021, 2, 1), 2, self.village.chairman)

    def lend(self, member: int, amount: Money, on: date, parts: int, decides: Reach) -> None:
        """All steps on one day, as far as they go."""
        village, fund = self.village, self.fund
        facts = RequestFacts(member, project="เลี้ยงปลา", asked=amount)
        draft = self.do(partial(save_draft, facts, fund=fund, by=village.treasurer))
        number = draft.number
        taken = self.do(partial(hand_in_request, number, fund=fund, on=on, by=village.treasurer))
        if isinstance(taken, StepTaken) and self.kind == "kkk":
            self.opine(number, on, is_favourable=True, who="right")
        if isinstance(taken, StepTaken):
            self._decide(number, on, amount, 5, decides)
            self._contract(number, on, parts, village.treasurer)
            self._pay_out(number, on, "bank:1", "right")

    @rule(member=members, amount=loans, on=good_days, parts=st.integers(1, 3))
    def lend_on_a_day(self, member: int, amount: Money, on: date, parts: int) -> None:
        self.lend(member, amount, on, parts, self.village.chairman)

    @rule(member=st.integers(1, 6), amount=loans, place=st.none() | places, who=people)
    def draft(self, member: int, amount: Money, place: int | None, who: str) -> None:
        facts = RequestFacts(member, project="ทำสวน", items=(("ปุ๋ย", amount),), asked=amount)
        by = self.by(who, self.village.treasurer)
        number = None if place is None else self.pick_request(place)
        self.do(partial(save_draft, facts, fund=self.fund, by=by, number=number))

    def pick_request(self, place: int) -> int:
        """A request, the latest first; or one that there is not."""
        count = Request.objects.filter(fund=self.fund).count()
        return count - place % count if place < 9 else count + 1

    @rule(place=places, on=days, amount=loans, came=st.integers(3, 7), who=people)
    def take_the_next_step(self, place: int, on: date, amount: Money, came: int, who: str) -> None:
        """Whatever comes next for this request, or as often as not something else."""
        number = self.pick_request(place)
        request = Request.objects.filter(fund=self.fund, number=number).first()
        stage = request.stage if request is not None else Stage.REQUESTED
        asked = request.asked if request is not None and place % 3 else None
        match stage:
            case Stage.DRAFT:
                by = self.by(who, self.village.treasurer)
                self.do(partial(hand_in_request, number, fund=self.fund, on=on, by=by))
            case Stage.REQUESTED:
                self.opine(number, on, is_favourable=bool(place % 2), who=who)
            case Stage.OPINED:
                by = self.by(who, self.village.chairman)
                self._decide(number, on, asked or amount, came, by)
            case Stage.APPROVED:
                self._contract(number, on, 2, self.by(who, self.village.treasurer))
            case _:
                self._pay_out(number, on, "cash" if place % 2 else "bank:1", who)

    def opine(self, number: int, on: date, *, is_favourable: bool, who: str) -> None:
        self.do(
            partial(
                give_opinion,
                number,
                fund=self.fund,
                on=on,
                is_favourable=is_favourable,
                words="ไปดูที่ทำกินแล้ว",
                by=self.by(who, self.village.field_worker),
            )
        )

    def _decide(self, number: int, on: date, amount: Money, came: int, by: Reach) -> None:
        if on > TODAY:
            return
        meeting = self.village.meet(on, tuple(self.seat(on, place) for place in range(came)))
        self.do(
            partial(
                decide_request,
                number,
                fund=self.fund,
                meeting_number=meeting,
                is_approved=True,
                amount=amount,
                words="ตามที่ประชุม",
                by=by,
            )
        )

    def _contract(self, number: int, on: date, parts: int, by: Reach) -> None:
        request = Request.objects.filter(fund=self.fund, number=number).first()
        steps = standing_steps(self.fund.pk, number)
        decided = next((step.amount for step in reversed(steps) if step.amount), None)
        principal = decided or (request.asked if request is not None else None) or Money(2)
        each = Money(principal.satang // parts)
        rest = principal - Money(each.satang * (parts - 1))
        plan = [
            PlannedPart(on + timedelta(days=200 * (place + 1)), each if place < parts - 1 else rest)
            for place in range(parts)
        ]
        paper = ContractPaper(on, tuple(plan), self.seat(on), WITNESSES, guarantors=GUARANTORS)
        self.do(partial(make_contract, number, paper, fund=self.fund, by=by))

    def _pay_out(self, number: int, on: date, source: str, who: str) -> None:
        payer = self.seat(on, 1) if who == "chairman" else self.seat(on)
        how = HandingOver(on, source, payer, WITNESSES, (self.seat(on), self.seat(on, 3)))
        by = self.by(who, self.village.treasurer)
        paid = self.do(
            partial(pay_out_loan, number, how, fund=self.fund, key=new_key(), by=by), with_key=True
        )
        if isinstance(paid, StepTaken):
            contract, amount = paid.step.contract_number, paid.step.amount
            assert contract is not None
            assert amount is not None
            assert contract not in self.listed_as_unentitled()
            self.book.lent[contract] = amount.satang
            self.spend(source, amount.satang)

    def spend(self, source: str, satang: int) -> None:
        if source == "cash":
            self.book.cash -= satang
        else:
            self.book.bank -= satang

    @rule(place=places, on=days, who=people)
    def drop(self, place: int, on: date, who: str) -> None:
        number = self.pick_request(place)
        by = self.by(who, self.village.treasurer)
        self.do(partial(drop_request, number, fund=self.fund, on=on, words="ไม่ยืมแล้ว", by=by))

    @rule(place=places, back=st.sampled_from([0, 0, 1, 3]), who=people, reason=reasons)
    def take_back(self, place: int, back: int, who: str, reason: str) -> None:
        """A step is taken back; with the pay-out the money is where it was."""
        number = self.pick_request(place)
        steps = standing_steps(self.fund.pk, number)
        assume(len(steps) > back)
        sequence = steps[-1 - back].sequence
        out = next((step for step in steps if step.kind == StepKind.PAID_OUT), None)
        source = self.source_of(out)
        by = self.by(who, self.village.chairman)
        done = self.do(
            partial(
                take_back_step,
                number,
                fund=self.fund,
                sequence=sequence,
                reason=reason,
                key=new_key(),
                by=by,
            )
        )
        if isinstance(done, StepTaken) and out is not None:
            assert out.contract_number is not None
            self.spend(source, -self.book.lent[out.contract_number])
            self.book.lent[out.contract_number] = 0

    def source_of(self, out: Step | None) -> str:
        if out is None:
            return ""
        lines = BookLine.objects.filter(fund=self.fund, entry_number=out.entry_number)
        return next(line.account for line in lines if line.amount.satang < 0)

    # --- money sent back ----------------------------------------------------------------------

    @rule(
        visits=st.lists(
            st.tuples(places, shares, days, st.booleans(), st.booleans()), min_size=1, max_size=2
        ),
        who=people,
    )
    def repay(self, visits: list[tuple[int, str, date, bool, bool]], who: str) -> None:
        handed_in = [
            Visit(
                self.pick(place),
                self.share_of(share, self.balance(f"loan:{self.pick(place)}")),
                on,
                new_key(),
                receiver_term=self.seat(on, 3) if holds else None,
                holds_over=holds,
                early_interest=early,
            )
            for place, share, on, holds, early in visits
        ]
        by = self.by(who, self.village.treasurer)
        done = self.do(partial(record_repayments, handed_in, fund=self.fund, by=by), with_key=True)
        if isinstance(done, list):
            for each in done:
                receipt = each.receipt
                assert receipt.contract_number is not None
                self.book.receipts[receipt.number] = receipt.amount.satang
                self.book.cash += receipt.amount.satang
                self.book.repaid[receipt.contract_number] += receipt.principal.satang

    @rule(place=places, share=shares, on=good_days)
    def send_back(self, place: int, share: str, on: date) -> None:
        """Somebody brings money, and what is too much is held for them."""
        self.repay([(place, share, on, True, False)], "right")

    @precondition(lambda self: self.book.receipts)
    @rule(place=places, who=people)
    def cancel(self, place: int, who: str) -> None:
        count = len(self.book.receipts)
        number = count - place % count if count and place < 9 else count + 1
        by = self.by(who, self.village.treasurer)
        done = self.do(
            partial(cancel_receipt, number, fund=self.fund, reason="เขียนผิด", key=new_key(), by=by),
            with_key=True,
        )
        if isinstance(done, ReceiptTakenBack):
            receipt = Receipt.objects.get(fund=self.fund, number=number)
            assert receipt.contract_number is not None
            self.book.receipts[number] = 0
            self.book.cash -= receipt.amount.satang
            self.book.repaid[receipt.contract_number] -= receipt.principal.satang

    @precondition(lambda self: self.book.cash)
    @rule(share=shares, on=days, is_deposit=st.booleans(), who=people)
    def carry(self, share: str, on: date, *, is_deposit: bool, who: str) -> None:
        """From hand to bank, or a little of it the other way."""
        amount = self.share_of(share, self.book.cash if is_deposit else self.book.bank // 4)
        by = self.by(who, self.village.treasurer)
        if is_deposit:
            deed = partial(bank.deposit_cash, slip="12", amount=amount, on=on)
        else:
            signers = (self.seat(on), self.seat(on, 3))
            deed = partial(bank.withdraw_cash, document="13", signers=signers, amount=amount, on=on)
        done = self.do(partial(deed, fund=self.fund, key=new_key(), by=by), with_key=True)
        if isinstance(done, bank.Recorded):
            moved = amount.satang if is_deposit else -amount.satang
            self.book.cash -= moved
            self.book.bank += moved

    # --- when it goes wrong -------------------------------------------------------------------

    @rule(place=places, on=days, days_long=st.integers(-1, 500), who=people)
    def defer(self, place: int, on: date, days_long: int, who: str) -> None:
        contract = self.pick(place)
        self.do(
            partial(
                grant_deferral,
                contract,
                fund=self.fund,
                ground="น้ำท่วม",
                starts_on=on,
                ends_on=on + timedelta(days=days_long),
                meeting_number=None,
                by=self.by(who, self.village.chairman),
            )
        )

    @precondition(lambda self: Deferral.objects.filter(fund=self.fund).exists())
    @rule(number=st.integers(1, 3), who=people)
    def end_deferral(self, number: int, who: str) -> None:
        by = self.by(who, self.village.chairman)
        self.do(partial(withdraw_deferral, number, fund=self.fund, by=by))

    @rule(place=places, on=days, parts=st.integers(1, 2), who=people)
    def agree(self, place: int, on: date, parts: int, who: str) -> None:
        contract = self.pick(place)
        balance = self.balance(f"loan:{contract}")
        first = Money(balance // parts)
        plan = [PlannedPart(on + timedelta(days=90), first)]
        if parts == 2:
            plan.append(PlannedPart(on + timedelta(days=180), Money(balance) - first))
        self.do(
            partial(
                agree_on_plan,
                contract,
                fund=self.fund,
                on=on,
                parts=plan,
                words="ตกลงกันใหม่",
                meeting_number=None,
                by=self.by(who, self.village.chairman),
            )
        )

    @rule(
        place=places,
        kind=st.sampled_from([DebtEventKind.ACKNOWLEDGED, DebtEventKind.HEIR_NAMED]),
        on=days,
        who=people,
    )
    def note(self, place: int, kind: DebtEventKind, on: date, who: str) -> None:
        contract = self.pick(place)
        by = self.by(who, self.village.chairman)
        self.do(partial(note_debt, contract, kind, fund=self.fund, on=on, words="บุตร", by=by))

    @rule(place=places, on=days, agrees=st.booleans(), said=loans, who=people)
    def answer(self, place: int, on: date, *, agrees: bool, said: Money, who: str) -> None:
        self.do(
            partial(
                answer_balance,
                self.pick(place),
                fund=self.fund,
                on=on,
                agrees=agrees,
                said=None if agrees else said,
                words="",
                by=self.by(who, self.village.treasurer),
            )
        )

    @precondition(lambda self: DebtEvent.objects.filter(fund=self.fund).exists())
    @rule(number=st.integers(1, 4), on=days, who=people)
    def settle(self, number: int, on: date, who: str) -> None:
        by = self.by(who, self.village.chairman)
        self.do(partial(settle_dispute, number, fund=self.fund, on=on, words="ดูใบเสร็จด้วยกัน", by=by))

    @rule(
        kind=st.sampled_from(["loan", "loan", "cash", "bank:1", "unexplained"]),
        place=places,
        share=shares,
        on=days,
        who=people,
    )
    def claim(self, kind: str, place: int, share: str, on: date, who: str) -> None:
        source = f"loan:{self.pick(place)}" if kind == "loan" else kind
        amount = self.share_of(share, min(self.balance(source), 3_000_00))
        done = self.do(
            partial(
                recognise_claim,
                fund=self.fund,
                source=source,
                amount=amount,
                person_name="นายคนหนึ่ง",
                words="รับเงินไปแล้วยังไม่นำส่ง",
                on=on,
                meeting_number=None,
                key=new_key(),
                by=self.by(who, self.village.chairman),
            ),
            with_key=True,
        )
        if isinstance(done, Moved):
            kind, _, number = source.partition(":")
            if kind == "loan":
                self.book.claimed[int(number)] += amount.satang
            else:
                self.spend(source, amount.satang)

    @precondition(lambda self: self.balance("claim:1"))
    @rule(number=st.integers(1, 2), share=shares, on=days, who=people)
    def claim_comes_back(self, number: int, share: str, on: date, who: str) -> None:
        amount = self.share_of(share, self.balance(f"claim:{number}"))
        self._comes_in(partial(receive_claim, number), amount, on, who)

    @rule(place=places, share=shares, on=days, who=people)
    def lose(self, place: int, share: str, on: date, who: str) -> None:
        contract = self.pick(place)
        amount = self.share_of(share, self.balance(f"loan:{contract}"))
        done = self.do(
            partial(
                write_off,
                contract,
                fund=self.fund,
                amount=amount,
                words="ไม่มีทายาท ไม่มีทรัพย์สิน",
                on=on,
                key=new_key(),
                by=self.by(who, self.village.district),
            ),
            with_key=True,
        )
        if isinstance(done, Moved):
            self.book.written_off[contract] += amount.satang

    @precondition(lambda self: any(self.book.written_off.values()))
    @rule(place=places, share=shares, on=days, who=people)
    def loss_comes_back(self, place: int, share: str, on: date, who: str) -> None:
        contract = self.pick(place)
        amount = self.share_of(share, self.balance(f"loss:{contract}"))
        self._comes_in(partial(recover_loss, contract), amount, on, who)

    @precondition(lambda self: Position.objects.get(fund=self.fund).members)
    @rule(member=members, share=shares, on=days, who=people)
    def give_back(self, member: int, share: str, on: date, who: str) -> None:
        amount = self.share_of(share, -self.balance(f"held:{member}"))
        self._comes_in(partial(return_held, str(member)), amount, on, who, sign=-1)

    def _comes_in(
        self, deed: Callable[..., Any], amount: Money, on: date, who: str, sign: int = 1
    ) -> None:
        by = self.by(who, self.village.treasurer)
        ready = partial(deed, fund=self.fund, amount=amount, on=on, key=new_key(), by=by)
        if isinstance(self.do(ready, with_key=True), Moved):
            self.book.cash += sign * amount.satang

    # --- putting right ------------------------------------------------------------------------

    @rule(place=st.integers(0, 4), which=st.integers(0, 2), starts_on=days)
    def put_a_term_right(self, place: int, which: int, starts_on: date) -> None:
        """It turns out that somebody came into office on another day than the papers said."""
        first = (GRANTED_ON, SECOND_SET, THIRD_SET)[which]
        old = CommitteeTerm.objects.filter(
            group=self.fund.group, withdrawn_at=None, starts_on=first
        ).order_by("number")
        assume(len(old) > place)
        term = old[place]
        before = next(t for t in offices_of(self.fund.pk).terms if t.number == term.number)
        paid = frozenset(number for number, lent in self.book.lent.items() if lent)
        done = correct_term(
            group=self.fund.group,
            number=term.number,
            set_number=term.set_number,
            name=term.person.name.full,
            position=term.position,  # type: ignore[arg-type]
            starts_on=starts_on,
            ends_on=None,
            note="ดูจากประกาศแต่งตั้ง",
            by=self.village.district,
        )
        if isinstance(done, TermCorrected):
            after = replace(before, number=done.number, starts_on=starts_on)
            self.corrections.append(Correction(before, after, paid))
            self.has_moved = True

    @rule(which=st.integers(0, 20))
    def send_the_form_again(self, which: int) -> None:
        """A form sent twice: the same answer, and nothing more is written."""
        assume(self.again)
        deed, answer = self.again[which % len(self.again)]
        before = self.everything()
        assert self.answer_of(deed()) == answer
        assert self.everything() == before

    # --- the laws -----------------------------------------------------------------------------

    @invariant()
    def the_laws_hold(self) -> None:
        """Looked at whenever something was written; a refusal was seen to write nothing."""
        if not self.has_moved:
            return
        self.has_moved = False
        self.all_money_is_somewhere_and_every_sum_is_the_entries()
        self.what_is_owed_is_what_was_lent_less_what_became_of_it()
        self.receipts_run_without_gaps_and_each_stands_in_the_books_once()
        self.money_in_hand_and_in_the_bank_is_known_and_never_below_nothing()
        self.nobody_paid_out_without_being_entitled()
        self.one_contract_after_another_makes_the_roll_up()

    def all_money_is_somewhere_and_every_sum_is_the_entries(self) -> None:
        position = Position.objects.get(fund=self.fund)
        assert position.sums.is_conserved
        lines: dict[int, list[Line]] = defaultdict(list)
        for line in BookLine.objects.filter(fund=self.fund):
            lines[line.entry_number].append(Line(line.account, line.amount))
        entries = Entry.objects.filter(fund=self.fund)
        assert position.sums == position_of((e.deed, lines[e.number]) for e in entries)
        assert verify_fund(self.fund) == []

    def what_is_owed_is_what_was_lent_less_what_became_of_it(self) -> None:
        book = self.book
        for contract in Contract.objects.filter(fund=self.fund):
            number = contract.number
            owed = self.balance(contract.account)
            assert owed >= 0
            assert owed == (
                book.lent[number]
                - self.repaid_on(number)
                - book.written_off[number]
                - book.claimed[number]
            )

    def repaid_on(self, contract: int) -> int:
        """Of the principal, by the receipts that stand."""
        return self.book.repaid[contract]

    def balance(self, account: str) -> int:
        found = Account.objects.filter(fund=self.fund, code=account).first()
        return found.balance.satang if found is not None else 0

    def receipts_run_without_gaps_and_each_stands_in_the_books_once(self) -> None:
        receipts = list(Receipt.objects.filter(fund=self.fund).order_by("number"))
        assert [receipt.number for receipt in receipts] == list(range(1, len(receipts) + 1))
        assert {receipt.number for receipt in receipts} == set(self.book.receipts)
        entries = Entry.objects.filter(fund=self.fund).in_bulk(
            [(self.fund.pk, receipt.entry_number) for receipt in receipts]
        )
        assert len(entries) == len(receipts)
        cancelled = set(
            Entry.objects.filter(fund=self.fund, reverses__isnull=False).values_list(
                "reverses", flat=True
            )
        )
        for receipt in receipts:
            entry = entries[(self.fund.pk, receipt.entry_number)]
            assert entry.happened_on == receipt.paid_on
            stands = 0 if receipt.entry_number in cancelled else receipt.amount.satang
            assert self.book.receipts[receipt.number] == stands
            parts = receipt.principal + receipt.interest + receipt.penalty + receipt.held
            assert parts == receipt.amount
            said = check_seal(receipt.seal, public_keys(self.fund)[0])
            assert isinstance(said, SealedReceipt)
            assert said.left == receipt.balance_left

    def money_in_hand_and_in_the_bank_is_known_and_never_below_nothing(self) -> None:
        position = Position.objects.get(fund=self.fund)
        assert (position.cash.satang, position.bank.satang) == (self.book.cash, self.book.bank)
        accounts = Account.objects.filter(fund=self.fund).values_list("code", flat=True)
        for code in accounts:
            if code.partition(":")[0] in {"cash", "bank", "loan", "claim", "loss"}:
                lowest = lowest_balance_since(self.fund.pk, code, date(1993, 1, 1))
                assert lowest.balance >= Money(0), (code, lowest)
            elif code.startswith("held:"):
                assert self.balance(code) <= 0, code

    def nobody_paid_out_without_being_entitled(self) -> None:
        """Empty; after a term was put right, only what that term touched."""
        listed = self.listed_as_unentitled()
        assert listed == {each.contract_number for each in unentitled_pay_outs(self.fund)}
        touched: set[int] = set()
        for correction in self.corrections:
            touched |= {
                number
                for number in correction.paid
                if any(self.tells_apart(correction, day) for day in self.days_of(number))
            }
        assert listed <= touched

    def tells_apart(self, correction: Correction, day: date) -> bool:
        years = 4 if self.kind == "kkk" else 2
        return is_in_force(correction.before, day, years=years) != is_in_force(
            correction.after, day, years=years
        )

    def days_of(self, contract: int) -> set[date]:
        request = Request.objects.get(fund=self.fund, contract_number=contract)
        steps = standing_steps(self.fund.pk, request.number)
        return {step.happened_on for step in steps}

    def listed_as_unentitled(self) -> set[int]:
        """Every pay-out that stands, judged again from the rows as they are now."""
        offices = offices_of(self.fund.pk)
        paid = []
        for request in Request.objects.filter(fund=self.fund, contract_number__isnull=False):
            steps = standing_steps(self.fund.pk, request.number)
            kinds = {step.kind: step for step in steps}
            out, decided = kinds.get(StepKind.PAID_OUT), kinds.get(StepKind.DECIDED)
            if out is None or out.contract_number is None:
                continue
            signed = Signatory.objects.filter(
                fund=self.fund, contract_number=out.contract_number, withdrawn_at=None
            )
            rules = rule_set_of(out.judged_by or {})
            is_from_bank = self.source_of(out) != "cash"
            pay_out = PayOut(
                day=out.happened_on,
                payer=signed.get(signed_as=SignedAs.PAYER).term_number or 0,
                witnesses=tuple(
                    signed.filter(signed_as=SignedAs.PAY_WITNESS).values_list("name", flat=True)
                ),
                signers=frozenset(
                    signed.filter(signed_as=SignedAs.SIGNER).values_list("term_number", flat=True)
                ),
                parties=frozenset({request.borrower.name_key}),
                years=rules["committee_years"].count,
                witnesses_needed=rules["witnesses"].count,
                signers_needed=rules["withdrawal_signers"].count if is_from_bank else None,
            )
            decision = decided and decision_of_step(self.fund, request, decided, steps)
            paid.append(PaidContract(out.contract_number, decision, pay_out))
        return {
            each.contract_number for each in unentitled(paid, offices.terms, offices.replaced_by)
        }

    def one_contract_after_another_makes_the_roll_up(self) -> None:
        for day in (date(2023, 6, 30), TODAY):
            states = contract_states(self.fund, as_of=day, with_names=False)
            (row,) = roll_up_by_fund(self.fund.area_code, as_of=day, today=TODAY, reach=None).rows
            assert row.overdue == Money(sum(s.arrears.overdue.satang for s in states))
            assert row.deferred == Money(
                sum(s.arrears.overdue.satang for s in states if s.deferred_until is not None)
            )
            assert row.late_contracts == sum(1 for s in states if s.arrears.overdue)


class FundWithInterest(FundAtWork):
    """A village fund: flat interest, two loans a household, guarantors, the committee's word."""

    kind = "village_fund"

    def repaid_on(self, contract: int) -> int:
        """Of the principal: all receipts that stand, less what the books have as interest."""
        receipts = Receipt.objects.filter(fund=self.fund, contract_number=contract)
        paid = sum(
            receipt.amount.satang - receipt.held.satang
            for receipt in receipts
            if self.book.receipts[receipt.number]
        )
        interest = -self.balance(f"income:interest-{contract}")
        assert interest >= 0
        return paid - interest


ran = settings(
    max_examples=8,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


def test_the_laws_hold_whatever_a_fund_without_interest_does() -> None:
    run_state_machine_as_test(FundAtWork, settings=ran)  # type: ignore[no-untyped-call]


def test_the_laws_hold_whatever_a_fund_with_interest_does() -> None:
    run_state_machine_as_test(FundWithInterest, settings=ran)  # type: ignore[no-untyped-call]
