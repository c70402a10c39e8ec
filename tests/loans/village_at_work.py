"""A village at work: a fund with money, households, a committee in office, people who sign in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.utils import timezone

from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role, User
from kongthun.accounts.reach import Reach, reach_of
from kongthun.activities.models import Attendance, Meeting, MeetingKind
from kongthun.domain.journal import Deed, Draft, Line
from kongthun.domain.money import Money
from kongthun.domain.plan import PlannedPart
from kongthun.groups.actions import (
    ListedHousehold,
    ListedTerm,
    keep_committee,
    keep_members,
    open_group,
)
from kongthun.ledger.actions import Posted, open_books, post_entry
from kongthun.ledger.models import Fund
from kongthun.loans.actions.pay_outs import ContractPaper, HandingOver, make_contract, pay_out_loan
from kongthun.loans.actions.repayments import RepaymentRecorded, Visit, record_repayment
from kongthun.loans.actions.requests import (
    RequestFacts,
    decide_request,
    give_opinion,
    hand_in_request,
    save_draft,
)
from kongthun.loans.actions.steps import StepTaken
from kongthun.loans.models import Contract, Receipt, Request
from kongthun.loans.refusals import NotDone

CODE = "80160101"
GRANTED_ON = date(2020, 10, 1)
COMMITTEE = (
    ("ประธาน", "นายสมหมาย  ทองขาว"),
    ("รองประธาน", "นางอารี  ศรีสุข"),
    ("เลขานุการ", "นางสาวจันทร์  แก้วมณี"),
    ("เหรัญญิก", "นางสุนีย์  แก้วเกตุ"),
    ("กรรมการ", "นายประเสริฐ  ใจดี"),
    ("กรรมการ", "นายวิชัย  บุญมา"),
    ("กรรมการ", "นางลำไย  สุขสวัสดิ์"),
)
HOUSEHOLDS = (
    ("นางแดง  มีทรัพย์", "1", 12_000),
    ("นายดำ  ขยันยิ่ง", "2", 15_000),
    ("นางขาว  ใจงาม", "3", 18_000),
    ("นายเขียว  ชื่นบาน", "4", 21_000),
    ("นายสมหมาย  ทองขาว", "5", 24_000),  # the chairman's own household
)
CHAIRMAN, TREASURER = 1, 4  # numbers of their terms
WITNESSES = ("นายพยาน  หนึ่ง", "นางพยาน  สอง")


@dataclass
class Village:
    """A fund and those who work there, each as of today."""

    fund: Fund
    treasurer: Reach
    chairman: Reach
    field_worker: Reach
    district: Reach
    users: dict[str, User]

    def meet(self, on: date, came: tuple[int, ...] = (1, 2, 3, 4, 5)) -> int:
        """A committee meeting that was held and closed; its number."""
        number = Meeting.objects.filter(group_id=self.fund.pk).count() + 1
        Meeting.objects.create(
            group_id=self.fund.pk,
            number=number,
            kind=MeetingKind.COMMITTEE,
            held_on=on,
            recorded_at=timezone.now(),
            closed_at=timezone.now(),
        )
        for term in came:
            Attendance.objects.create(
                group_id=self.fund.pk, meeting_number=number, term_number=term
            )
        return number

    def ask(self, member: int, baht: int, on: date) -> Request:
        """A request handed in and found good by the field worker."""
        facts = RequestFacts(
            member,
            project="เลี้ยงวัวขุน",
            occupation="เลี้ยงสัตว์",
            items=(("ซื้อลูกวัว", Money.baht(baht - 1_000)), ("อาหาร", Money.baht(1_000))),
            asked=Money.baht(baht),
        )
        draft = save_draft(facts, fund=self.fund, by=self.treasurer)
        assert isinstance(draft, Request), draft
        handed = hand_in_request(draft.number, fund=self.fund, on=on, by=self.treasurer)
        assert isinstance(handed, StepTaken), handed
        heard = give_opinion(
            draft.number,
            fund=self.fund,
            on=on,
            is_favourable=True,
            words="มีที่ดินทำกิน",
            by=self.field_worker,
        )
        assert isinstance(heard, StepTaken), heard
        return heard.request

    def lend(
        self,
        member: int,
        baht: int,
        on: date,
        *,
        parts: tuple[tuple[date, int], ...] = (),
        source: str = "bank:1",
    ) -> Contract:
        """A loan from request to pay-out on one day, sent back in one part after two years."""
        request = self.ask(member, baht, on)
        meeting = self.meet(on)
        decided = decide_request(
            request.number,
            fund=self.fund,
            meeting_number=meeting,
            is_approved=True,
            amount=Money.baht(baht),
            words="",
            stepped_out=(),
            by=self.chairman,
        )
        assert isinstance(decided, StepTaken), decided
        days = parts or ((on.replace(year=on.year + 2), baht),)
        signed = make_contract(
            request.number,
            ContractPaper(
                on,
                tuple(PlannedPart(day, Money.baht(sum_)) for day, sum_ in days),
                CHAIRMAN,
                WITNESSES,
            ),
            fund=self.fund,
            by=self.treasurer,
        )
        assert isinstance(signed, StepTaken), signed
        paid = pay_out_loan(
            request.number,
            HandingOver(on, source, CHAIRMAN, WITNESSES, signer_terms=(CHAIRMAN, TREASURER)),
            fund=self.fund,
            key=new_key(),
            by=self.treasurer,
        )
        assert isinstance(paid, StepTaken), paid
        return Contract.objects.get(fund=self.fund, number=paid.step.contract_number)

    def take(self, contract: Contract, baht: int, on: date) -> Receipt:
        """A repayment and its receipt."""
        visit = Visit(contract.number, Money.baht(baht), on, new_key(), receiver_term=TREASURER)
        done = record_repayment(visit, fund=self.fund, by=self.treasurer)
        assert isinstance(done, RepaymentRecorded), done
        return done.receipt


def working_village(code: str = CODE, *, kind: str = "kkk", baht: int = 280_000) -> Village:
    """A fund that was granted its capital, with a committee in office since then."""
    group = open_group(code=code, kind=kind, area_code=code[:8], name="บ้านทุ่งใหญ่")
    fund = open_books(
        group_id=group.pk, code=code, area_code=code[:8], chart_code=kind, name="บ้านทุ่งใหญ่"
    )
    keep_members(
        group,
        [
            ListedHousehold(number, name, house, 4, Money.baht(income), (None, None, None))
            for number, (name, house, income) in enumerate(HOUSEHOLDS, start=1)
        ],
    )
    keep_committee(
        group, [ListedTerm(1, name, position, GRANTED_ON, None) for position, name in COMMITTEE]
    )
    granted = Draft(
        Deed.CAPITAL_RECEIVED,
        GRANTED_ON,
        (Line("bank:1", Money.baht(baht)), Line("capital:state", Money.baht(-baht))),
        "granted",
        "รับเงินทุน",
    )
    assert isinstance(post_entry(granted, fund=fund, recorded_by=None), Posted)
    users = {}
    for name, role in (
        ("herannyik", Role.TREASURER),
        ("prathan", Role.CHAIRMAN),
        ("phatthanakon", Role.FIELD_WORKER),
        ("amphoe", Role.DISTRICT),
    ):
        user = User.objects.create(username=f"{name}-{code}", display_name=name)
        place: dict[str, object] = (
            {"group_id": group.pk}
            if role in {Role.TREASURER, Role.CHAIRMAN}
            else {"area_code": code[:6] if role == Role.FIELD_WORKER else code[:4]}
        )
        appoint(user=user, role=role, by_order="คำสั่ง", starts_on=GRANTED_ON, **place)  # type: ignore[arg-type]
        users[name] = user
    today = timezone.localdate()
    reaches = {name: reach_of(user, today) for name, user in users.items()}
    return Village(
        fund,
        reaches["herannyik"],
        reaches["prathan"],
        reaches["phatthanakon"],
        reaches["amphoe"],
        users,
    )


def new_key() -> str:
    return str(uuid4())


def refused(done: object) -> set[str]:
    """The names of everything a deed was refused for."""
    assert isinstance(done, NotDone), done
    return {type(refusal).__name__ for refusal in done.refusals}
