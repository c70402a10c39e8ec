"""From a household's request to the money in its hands: one function a step.

The order is the forms': proposal and request, the field worker's opinion, the committee's decision
at a meeting, the contract, the pay-out. A step stands until it is taken back; nothing is rewritten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.activities.models import Attendance, Meeting, MeetingKind
from kongthun.audit.actions import record_deed
from kongthun.domain.authority import Decision, PayOut, judge_decision, judge_pay_out
from kongthun.domain.journal import Deed as BookDeed
from kongthun.domain.journal import Draft, Line
from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.plan import (
    EndsTooLate,
    Interest,
    InterestTerms,
    PlannedPart,
    TooManyParts,
    faults_of,
    months_later,
    with_interest,
)
from kongthun.domain.rule_set import RuleSet, rule_set_of
from kongthun.domain.thai_calendar import fiscal_year
from kongthun.domain.thai_text import name_key, visible
from kongthun.groups.models import Membership
from kongthun.groups.queries.households import (
    answering_members,
    household_states,
    people_of,
)
from kongthun.groups.queries.rules import rules_of
from kongthun.ledger.actions import KeyTaken, NotPosted, hold_pen, reverse_entry, write_down
from kongthun.ledger.models import Account, Fund
from kongthun.ledger.queries import lowest_balance_since

from ..models import (
    Contract,
    DebtEvent,
    Deferral,
    Instalment,
    Plan,
    Receipt,
    Request,
    RequestItem,
    Signatory,
    SignedAs,
    Stage,
    Step,
    StepKind,
)
from ..queries.offices import offices_of
from ..queries.requests import available_money, open_loans, standing_steps
from ..refusals import (
    AccountTooSmall,
    AgainstPlan,
    AnyRefusal,
    BeforeStepBefore,
    DecidedNothing,
    InFuture,
    ItemsDoNotAddUp,
    LoanStillOpen,
    MeetingBeforeRequest,
    NoSuchMeeting,
    NoSuchRecord,
    NotDone,
    NotEnoughMoney,
    NothingAsked,
    NothingToTakeBack,
    NotOnList,
    NotYours,
    OutOfTurn,
    ReasonNeeded,
    RequestStillOpen,
    StandsOnIt,
    TooFewGuarantors,
    TooMuch,
)
from .contracts import next_contract_number


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """What a household writes on forms 1 and 2. A draft may leave any of it empty."""

    member_number: int
    project: str = ""
    occupation: str = ""
    consenter_name: str = ""
    items: tuple[tuple[str, Money], ...] = ()
    asked: Money | None = None
    made_on: date | None = None


@dataclass(frozen=True, slots=True)
class ContractPaper:
    """What stands on the contract beside the decision: the plan and who signs.

    ``parts`` are days and sums of the principal; interest is added by the rules.
    """

    signed_on: date
    parts: tuple[PlannedPart, ...]
    lender_term: int
    witnesses: tuple[str, ...]
    consenter: str = ""
    guarantors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HandingOver:
    """How the money of a contract is handed over. ``source`` is ``cash`` or ``bank:1``."""

    on: date
    source: str
    payer_term: int
    witnesses: tuple[str, ...]
    signer_terms: tuple[int, ...] = ()
    document: str = ""


@dataclass(frozen=True, slots=True)
class StepTaken:
    """The request as it stands now."""

    request: Request
    step: Step


@dataclass(slots=True)
class _Desk:
    """A request with what its next step is judged by; the fund's pen is in hand."""

    fund: Fund
    request: Request
    steps: list[Step]
    now: datetime
    refusals: list[AnyRefusal] = field(default_factory=list)

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @property
    def last_day(self) -> date | None:
        return self.steps[-1].happened_on if self.steps else None

    def standing(self, kind: StepKind) -> Step | None:
        return next((step for step in reversed(self.steps) if step.kind == kind), None)


# --- forms 1 and 2 ------------------------------------------------------------------------------


def save_draft(
    facts: RequestFacts, *, fund: Fund, by: Reach, number: int | None = None
) -> Request | NotDone:
    """Keep a request as far as it is written. A draft may be changed; a request handed in not."""
    refusals: list[AnyRefusal] = [
        *by.refusals(Deed.RECORD_LOANS, area_code=fund.area_code, group_id=fund.pk)
    ]
    if refusals:
        return NotDone(tuple(refusals))
    with transaction.atomic():
        hold_pen(fund, [])
        member = _member(fund, facts.member_number)
        if member is None:
            rules = _rules(fund, timezone.localdate())
            return NotDone((NotOnList(facts.member_number, rules["must_be_listed"]),))
        request = _draft(fund, number)
        if request is None:
            return NotDone((OutOfTurn(""),))
        request.member_number = facts.member_number
        request.borrower_id = member.person_id
        request.project = visible(facts.project)[:200]
        request.occupation = visible(facts.occupation)[:100]
        request.consenter_name = visible(facts.consenter_name)[:200]
        request.asked = facts.asked
        request.made_on = facts.made_on
        request.recorded_by_id = by.user_id
        request.recorded_at = timezone.now()
        request.save()
        RequestItem.objects.filter(fund=fund, request_number=request.number).delete()
        RequestItem.objects.bulk_create(
            RequestItem(
                fund=fund,
                request_number=request.number,
                sequence=sequence,
                words=visible(words)[:200],
                amount=amount,
            )
            for sequence, (words, amount) in enumerate(facts.items, start=1)
        )
        _note(fund, by, "save_request_draft", request)
    return request


def hand_in_request(number: int, *, fund: Fund, on: date, by: Reach) -> StepTaken | NotDone:
    """Hand the forms in: from now on they are not changed, and the field worker gives an opinion.

    Judged by the rules of the day: on the list, items that add up, no loan still open, not more
    than the rules allow (หมวด 4 ข้อ 16 of the 2553 regulation, as far as forms show it).
    """
    with transaction.atomic():
        desk = _desk(number, fund, by, Deed.RECORD_LOANS, {Stage.DRAFT}, on)
        if isinstance(desk, NotDone):
            return desk
        request = desk.request
        rules = _rules(fund, on)
        items = list(RequestItem.objects.filter(fund=fund, request_number=number))
        asked = request.asked or ZERO
        if asked <= ZERO or not request.project:
            desk.refusals.append(NothingAsked())
        items_make = total(item.amount for item in items)
        if items and items_make != asked:
            desk.refusals.append(ItemsDoNotAddUp(items_make, asked))
        if rules["must_be_listed"].says_yes and not _is_listed(fund, request, on):
            desk.refusals.append(NotOnList(request.member_number, rules["must_be_listed"]))
        desk.refusals.extend(_against_sum(asked, rules))
        desk.refusals.extend(_against_open_loans(fund, request, rules))
        if desk.refusals:
            return NotDone(tuple(desk.refusals))
        if request.paper_number is None:
            last = Request.objects.filter(fund=fund).aggregate(last=Max("paper_number"))["last"]
            request.paper_number = (last or 0) + 1
        request.made_on = request.made_on or on
        needs_opinion = rules["opinion_needed"].says_yes
        stage = Stage.REQUESTED if needs_opinion else Stage.OPINED
        return _take(desk, StepKind.REQUESTED, stage, on, by, amount=asked, rules=rules)


def give_opinion(
    number: int, *, fund: Fund, on: date, is_favourable: bool, words: str, by: Reach
) -> StepTaken | NotDone:
    """The field worker agrees or does not, with a reason; the committee decides either way."""
    with transaction.atomic():
        desk = _desk(number, fund, by, Deed.GIVE_OPINION, {Stage.REQUESTED}, on)
        if isinstance(desk, NotDone):
            return desk
        if not is_favourable and not visible(words):
            desk.refusals.append(ReasonNeeded("opinion"))
        if desk.refusals:
            return NotDone(tuple(desk.refusals))
        return _take(
            desk, StepKind.OPINED, Stage.OPINED, on, by, is_favourable=is_favourable, words=words
        )


def decide_request(
    number: int,
    *,
    fund: Fund,
    meeting_number: int | None,
    is_approved: bool,
    amount: Money | None,
    words: str,
    stepped_out: Sequence[int] = (),
    by: Reach,
) -> StepTaken | NotDone:
    """Record what a closed committee meeting decided. The sum may differ from the one asked for.

    Judged on the day of the meeting: terms in force, quorum, nobody on their own household, who
    recorded the request does not decide, and the fund has the money (ADR 0010, rules/authority.md).
    """
    with transaction.atomic():
        meeting = Meeting.objects.filter(
            group_id=fund.pk, number=meeting_number or 0, closed_at__isnull=False
        ).first()
        if meeting is None or meeting.kind != MeetingKind.COMMITTEE:
            on = timezone.localdate()
        else:
            on = meeting.held_on
        desk = _desk(number, fund, by, Deed.DECIDE_LOANS, {Stage.OPINED}, on)
        if isinstance(desk, NotDone):
            return desk
        request, rules = desk.request, _rules(fund, on)
        if meeting is None or meeting.kind != MeetingKind.COMMITTEE:
            desk.refusals.append(NoSuchMeeting(meeting_number))
            return NotDone(tuple(desk.refusals))
        last = desk.last_day
        if last is not None and on < last:
            desk.refusals.remove(BeforeStepBefore(on, last))
            desk.refusals.append(MeetingBeforeRequest(on, last))
        decision = decision_of(
            fund, request, meeting, stepped_out, rules, decided_by=by.user_id, steps=desk.steps
        )
        offices = offices_of(fund.pk)
        desk.refusals.extend(judge_decision(decision, offices.terms, offices.replaced_by))
        asked = request.asked or ZERO
        if is_approved:
            desk.refusals.extend(_against_approval(desk, amount, asked, words, rules))
        elif not visible(words):
            desk.refusals.append(ReasonNeeded("refusal"))
        if desk.refusals:
            return NotDone(tuple(desk.refusals))
        return _take(
            desk,
            StepKind.DECIDED,
            Stage.APPROVED if is_approved else Stage.REFUSED,
            on,
            by,
            is_favourable=is_approved,
            amount=amount if is_approved else None,
            words=words,
            meeting_number=meeting.number,
            stepped_out=sorted(stepped_out),
            rules=rules,
        )


def make_contract(
    number: int, paper: ContractPaper, *, fund: Fund, by: Reach
) -> StepTaken | NotDone:
    """Draw the contract up from the decision: instalments on free days, signatures, copies."""
    on = paper.signed_on
    with transaction.atomic():
        desk = _desk(number, fund, by, Deed.RECORD_LOANS, {Stage.APPROVED}, on)
        if isinstance(desk, NotDone):
            return desk
        request, rules = desk.request, _rules(fund, on)
        decided = desk.standing(StepKind.DECIDED)
        principal = (decided.amount if decided is not None else None) or ZERO
        desk.refusals.extend(_against_plan(paper.parts, principal, on, rules))
        parties = {request.borrower.name_key, name_key(paper.consenter)} - {""}
        signed = PayOut(
            day=on,
            payer=paper.lender_term,
            witnesses=paper.witnesses,
            parties=frozenset(parties),
            years=rules["committee_years"].count,
            witnesses_needed=rules["witnesses"].count,
            signers_needed=None,
        )
        offices = offices_of(fund.pk)
        desk.refusals.extend(judge_pay_out(signed, offices.terms, offices.replaced_by))
        guarantors = {name_key(name) for name in paper.guarantors} - {""} - parties
        if len(guarantors) < (rules["guarantors"].count or 0):
            desk.refusals.append(TooFewGuarantors(len(guarantors), rules["guarantors"]))
        desk.refusals.extend(_against_open_loans(fund, request, rules))
        if desk.refusals:
            return NotDone(tuple(desk.refusals))
        contract = _draw_up(desk, paper, principal, rules)
        lender = offices.now(paper.lender_term)
        signatures = [
            (SignedAs.BORROWER, request.borrower.name.full, None),
            (SignedAs.CONSENTER, paper.consenter, None),
            (SignedAs.LENDER, lender.person.name.full, lender.number),
            *((SignedAs.WITNESS, name, None) for name in paper.witnesses),
            *((SignedAs.GUARANTOR, name, None) for name in paper.guarantors),
        ]
        _sign(contract, on, signatures)
        request.contract_number = contract.number
        return _take(
            desk,
            StepKind.CONTRACTED,
            Stage.CONTRACTED,
            on,
            by,
            amount=principal,
            contract_number=contract.number,
            rules=rules,
        )


def pay_out_loan(
    number: int, how: HandingOver, *, fund: Fund, key: str, by: Reach
) -> StepTaken | NotDone:
    """Hand the money over: the chairman pays, witnesses see it, the books say so at once.

    From the bank it takes as many signers as the rules ask for. The same key again answers with
    the step that is there.
    """
    with transaction.atomic():
        held = hold_pen(fund, [key])
        if key in held.known:
            again = Step.objects.filter(
                fund=fund, request_number=number, entry_number=held.known[key]
            ).first()
            if again is not None:
                return StepTaken(Request.objects.get(fund=fund, number=number), again)
        desk = _desk(number, fund, by, Deed.RECORD_LOANS, {Stage.CONTRACTED}, how.on)
        if isinstance(desk, NotDone):
            return desk
        request, rules = desk.request, _rules(fund, how.on)
        contract = Contract.objects.get(fund=fund, number=request.contract_number or 0)
        from_bank = how.source.startswith("bank")
        handed = PayOut(
            day=how.on,
            payer=how.payer_term,
            witnesses=how.witnesses,
            signers=frozenset(how.signer_terms),
            parties=frozenset({request.borrower.name_key}),
            years=rules["committee_years"].count,
            witnesses_needed=rules["witnesses"].count,
            signers_needed=rules["withdrawal_signers"].count if from_bank else None,
        )
        offices = offices_of(fund.pk)
        desk.refusals.extend(judge_pay_out(handed, offices.terms, offices.replaced_by))
        decided = desk.standing(StepKind.DECIDED)
        if decided is not None:
            # Judged again as it is known now: a term may have been put right in the meantime.
            decision = decision_of_step(fund, request, decided, desk.steps)
            desk.refusals.extend(judge_decision(decision, offices.terms, offices.replaced_by))
        holds = lowest_balance_since(fund.pk, how.source, how.on).balance
        if holds < contract.principal:
            desk.refusals.append(AccountTooSmall(how.source, contract.principal, holds))
        desk.refusals.extend(_against_open_loans(fund, request, rules, but=contract.number))
        if desk.refusals:
            return NotDone(tuple(desk.refusals))
        draft = Draft(
            BookDeed.LOAN_PAID_OUT,
            how.on,
            (Line(contract.account, contract.principal), Line(how.source, -contract.principal)),
            key,
            f"จ่ายเงินยืม สัญญาที่ {contract.paper_number}",
            (how.document or contract.paper_number)[:60],
        )
        entry = write_down(held, draft, recorded_by=by.user_id, recorded_at=desk.now)
        if isinstance(entry, NotPosted):
            return NotDone(entry.refusals)
        Contract.objects.filter(fund=fund, number=contract.number).update(paid_out_on=how.on)
        payer = offices.now(how.payer_term)
        signers = [offices.now(number) for number in how.signer_terms]
        signatures = [
            (SignedAs.PAYER, payer.person.name.full, payer.number),
            (SignedAs.PAYEE, request.borrower.name.full, None),
            *((SignedAs.PAY_WITNESS, name, None) for name in how.witnesses),
            *((SignedAs.SIGNER, term.person.name.full, term.number) for term in signers),
        ]
        _sign(contract, how.on, signatures)
        return _take(
            desk,
            StepKind.PAID_OUT,
            Stage.PAID_OUT,
            how.on,
            by,
            amount=contract.principal,
            contract_number=contract.number,
            entry_number=entry.number,
            rules=rules,
        )


def drop_request(
    number: int, *, fund: Fund, on: date, words: str, by: Reach
) -> StepTaken | NotDone:
    """The household withdraws its request, at any time before the contract is signed."""
    early = {Stage.DRAFT, Stage.REQUESTED, Stage.OPINED, Stage.APPROVED}
    with transaction.atomic():
        desk = _desk(number, fund, by, Deed.RECORD_LOANS, early, on)
        if isinstance(desk, NotDone):
            return desk
        if desk.refusals:
            return NotDone(tuple(desk.refusals))
        return _take(desk, StepKind.DROPPED, Stage.DROPPED, on, by, words=words)


# --- taking back ----------------------------------------------------------------------------------


def take_back_step(
    number: int, *, fund: Fund, sequence: int, reason: str, key: str, by: Reach
) -> StepTaken | NotDone:
    """Undo a step: the last one plainly by who took it, an earlier one or money with a reason.

    Later steps go with it, newest first. A pay-out is reversed in the books, and not while
    something was built on the loan. Whoever takes back may still do today what they did then. The
    key of money taken back answers again with the step that is there.
    """
    with transaction.atomic():
        held = hold_pen(fund, [key])
        request = Request.objects.filter(fund=fund, number=number).first()
        if request is None:
            return NotDone((NoSuchRecord(number),))
        if key in held.known:
            again = Step.objects.filter(
                fund=fund, request_number=number, entry_number=held.known[key]
            ).first()
            if again is not None and again.kind == StepKind.TAKEN_BACK:
                return StepTaken(request, again)
            return NotDone((KeyTaken(key, held.known[key]),))
        desk = _Desk(fund, request, standing_steps(fund.pk, number), timezone.now())
        going = [step for step in desk.steps if step.sequence >= sequence]
        if not going or going[0].sequence != sequence:
            return NotDone((NothingToTakeBack(),))
        desk.refusals.extend(_against_taking_back(desk, going, reason, by))
        if desk.refusals:
            return NotDone(tuple(desk.refusals))
        for step in reversed(going):
            refused = _undo(desk, step, reason, key, by)
            if refused is not None:
                transaction.set_rollback(True)
                return refused
        back = _last_sequence(fund.pk, number)
        return StepTaken(request, Step.objects.get(fund=fund, request_number=number, sequence=back))


_DEED_OF = {
    StepKind.REQUESTED: Deed.RECORD_LOANS,
    StepKind.OPINED: Deed.GIVE_OPINION,
    StepKind.DECIDED: Deed.DECIDE_LOANS,
    StepKind.CONTRACTED: Deed.RECORD_LOANS,
    StepKind.PAID_OUT: Deed.RECORD_LOANS,
    StepKind.DROPPED: Deed.RECORD_LOANS,
}


def _against_taking_back(
    desk: _Desk, going: Sequence[Step], reason: str, by: Reach
) -> list[AnyRefusal]:
    fund = desk.fund
    refusals: list[AnyRefusal] = []
    is_chairman = by.may(Deed.DECIDE_LOANS, area_code=fund.area_code, group_id=fund.pk)
    if not is_chairman:
        if any(step.recorded_by_id != by.user_id for step in going):
            refusals.append(NotYours())
        for deed in dict.fromkeys(_DEED_OF[StepKind(step.kind)] for step in going):
            refusals.extend(by.refusals(deed, area_code=fund.area_code, group_id=fund.pk))
    is_money = any(step.kind == StepKind.PAID_OUT for step in going)
    if (len(going) > 1 or is_money) and not visible(reason):
        refusals.append(ReasonNeeded("take_back"))
    contract = desk.request.contract_number
    if is_money and contract is not None and _is_built_on(fund, contract):
        refusals.append(StandsOnIt("contract"))
    return refusals


def _is_built_on(fund: Fund, contract_number: int) -> bool:
    """Whether anything later stands on a contract: money moved, or something agreed."""
    contract = Contract.objects.get(fund=fund, number=contract_number)
    account = Account.objects.filter(fund=fund, code=contract.account).first()
    if account is None or account.balance != contract.principal:
        return True
    return any(
        rows.filter(fund=fund, contract_number=contract_number).exists()
        for rows in (
            Plan.objects.all(),
            Deferral.objects.filter(withdrawn_at__isnull=True),
            DebtEvent.objects.filter(withdrawn_at__isnull=True),
        )
    ) or _has_receipts(fund, contract_number)


def _has_receipts(fund: Fund, contract_number: int) -> bool:
    """Whether a receipt stands that was not cancelled; money back to the last satang counts too."""
    receipts = Receipt.objects.filter(fund=fund, contract_number=contract_number)
    numbers = list(receipts.values_list("entry_number", flat=True))
    reversed_ = fund.entries.filter(reverses__in=numbers).count()
    return len(numbers) > reversed_


def _undo(desk: _Desk, step: Step, reason: str, key: str, by: Reach) -> NotDone | None:
    fund, request = desk.fund, desk.request
    contract_number = step.contract_number or 0
    entry_number = None
    if step.kind == StepKind.PAID_OUT and step.entry_number is not None:
        posted = reverse_entry(
            step.entry_number,
            fund=fund,
            reason="ถอนการจ่ายเงินยืม",  # why stands with the step, never in the chain
            key=key,
            recorded_by=by.user_id,
        )
        if isinstance(posted, NotPosted):
            return NotDone(posted.refusals)
        entry_number = posted.numbers[0]
        Contract.objects.filter(fund=fund, number=contract_number).update(paid_out_on=None)
        Signatory.objects.filter(
            fund=fund,
            contract_number=contract_number,
            signed_as__in=[SignedAs.PAYER, SignedAs.PAYEE, SignedAs.PAY_WITNESS, SignedAs.SIGNER],
        ).update(withdrawn_at=desk.now)
    if step.kind == StepKind.CONTRACTED:
        Contract.objects.filter(fund=fund, number=contract_number).update(withdrawn_at=desk.now)
        request.contract_number = None
    desk.steps = [kept for kept in desk.steps if kept.sequence != step.sequence]
    _take(
        desk,
        StepKind.TAKEN_BACK,
        _stage_after(desk.steps),
        step.happened_on,
        by,
        words=reason,
        entry_number=entry_number,
        takes_back=step.sequence,
    )
    return None


def _stage_after(steps: Sequence[Step]) -> Stage:
    """How far a request has come when these steps stand."""
    if not steps:
        return Stage.DRAFT
    last = steps[-1]
    if last.kind == StepKind.REQUESTED:
        asked_for = (last.judged_by or {}).get("limits", {}).get("opinion_needed", {})
        return Stage.REQUESTED if asked_for.get("value") == 1 else Stage.OPINED
    if last.kind == StepKind.DECIDED:
        return Stage.APPROVED if last.is_favourable else Stage.REFUSED
    return {
        StepKind.OPINED: Stage.OPINED,
        StepKind.CONTRACTED: Stage.CONTRACTED,
        StepKind.PAID_OUT: Stage.PAID_OUT,
        StepKind.DROPPED: Stage.DROPPED,
    }[StepKind(last.kind)]


# --- what a decision was, for judging it again ------------------------------------------------


def decision_of(
    fund: Fund,
    request: Request,
    meeting: Meeting,
    stepped_out: Sequence[int],
    rules: RuleSet,
    *,
    decided_by: int | None,
    steps: Sequence[Step],
) -> Decision:
    """A decision as the rules of authority judge it."""
    came = Attendance.objects.filter(group_id=fund.pk, meeting_number=meeting.number)
    handed_in = next((step for step in steps if step.kind == StepKind.REQUESTED), None)
    return Decision(
        day=meeting.held_on,
        came=frozenset(came.values_list("term_number", flat=True)),
        stepped_out=frozenset(stepped_out),
        household=frozenset(people_of(fund.pk, request.member_number, meeting.held_on))
        | {request.borrower.name_key},
        requested_by=handed_in.recorded_by_id if handed_in is not None else None,
        decided_by=decided_by,
        years=rules["committee_years"].count,
        per_cent=rules["quorum_per_cent"].count,
    )


def decision_of_step(
    fund: Fund, request: Request, decided: Step, steps: Sequence[Step]
) -> Decision:
    """The decision that a step recorded, by the rules kept with it."""
    meeting = Meeting.objects.get(group_id=fund.pk, number=decided.meeting_number or 0)
    rules = rule_set_of(decided.judged_by or {})
    return decision_of(
        fund,
        request,
        meeting,
        decided.stepped_out,
        rules,
        decided_by=decided.recorded_by_id,
        steps=steps,
    )


# --- judging ----------------------------------------------------------------------------------


def _against_sum(amount: Money, rules: RuleSet) -> list[AnyRefusal]:
    limit = rules["largest_loan"]
    if limit.money is not None and amount > limit.money:
        return [TooMuch(amount, limit)]
    return []


def _against_open_loans(
    fund: Fund, request: Request, rules: RuleSet, *, but: int | None = None
) -> list[AnyRefusal]:
    """One household, so many open loans, those it took over by a merger among them; and one
    request at a time."""
    refusals: list[AnyRefusal] = []
    limit = rules["open_loans_per_household"]
    own = request.member_number
    merged = [
        number
        for number, answering in answering_members(fund.pk, timezone.localdate()).items()
        if answering == own
    ]
    contracts = [
        contract for contract in open_loans(fund.pk, own, *merged) if contract.number != but
    ]
    if limit.count is not None and len(contracts) >= limit.count:
        owed = total(contract.owed for contract in contracts)
        papers = tuple(contract.paper_number for contract in contracts)
        refusals.append(LoanStillOpen(papers, owed, limit))
    others = Request.objects.filter(
        fund=fund,
        member_number=request.member_number,
        stage__in=[Stage.REQUESTED, Stage.OPINED, Stage.APPROVED, Stage.CONTRACTED],
    ).exclude(number=request.number)
    if limit.count is not None:
        waiting = list(others.order_by("number").values_list("number", flat=True))
        if waiting and len(contracts) + len(waiting) >= limit.count:
            refusals.append(RequestStillOpen(waiting[0]))
    return refusals


def _against_approval(
    desk: _Desk, amount: Money | None, asked: Money, words: str, rules: RuleSet
) -> list[AnyRefusal]:
    if amount is None or amount <= ZERO:
        return [DecidedNothing()]
    refusals: list[AnyRefusal] = []
    if amount != asked and not visible(words):
        refusals.append(ReasonNeeded("other_sum"))
    refusals.extend(_against_sum(amount, rules))
    money = available_money(desk.fund.pk, but=desk.request.number)
    if amount > money.available:
        refusals.append(NotEnoughMoney(amount, money.available, money.promised))
    refusals.extend(_against_open_loans(desk.fund, desk.request, rules))
    return refusals


def _against_plan(
    parts: Sequence[PlannedPart], principal: Money, on: date, rules: RuleSet
) -> list[AnyRefusal]:
    term, most = rules["term_months"], rules["instalments_most"]
    faults = faults_of(
        parts,
        principal=principal,
        paid_out_on=on,
        last_allowed=months_later(on, term.count) if term.count is not None else None,
        max_parts=most.count,
    )
    limits = {EndsTooLate: term, TooManyParts: most}
    return [AgainstPlan(fault, limits.get(type(fault))) for fault in faults]


# --- writing ----------------------------------------------------------------------------------


def _desk(
    number: int, fund: Fund, by: Reach, deed: Deed, stages: set[Stage], on: date
) -> _Desk | NotDone:
    """The request with the pen in hand, and what speaks against any step of it on this day."""
    entitled = by.refusals(deed, area_code=fund.area_code, group_id=fund.pk)
    hold_pen(fund, [])
    request = Request.objects.select_related("borrower").filter(fund=fund, number=number).first()
    if request is None:
        return NotDone((*entitled, NoSuchRecord(number)))
    if request.stage not in stages:
        return NotDone((*entitled, OutOfTurn(request.stage)))
    desk = _Desk(fund, request, standing_steps(fund.pk, number), timezone.now())
    desk.refusals.extend(entitled)
    if on > desk.today:
        desk.refusals.append(InFuture(on, desk.today))
    if desk.last_day is not None and on < desk.last_day:
        desk.refusals.append(BeforeStepBefore(on, desk.last_day))
    return desk


def _take(
    desk: _Desk,
    kind: StepKind,
    stage: Stage,
    on: date,
    by: Reach,
    *,
    is_favourable: bool | None = None,
    amount: Money | None = None,
    words: str = "",
    meeting_number: int | None = None,
    contract_number: int | None = None,
    entry_number: int | None = None,
    stepped_out: Sequence[int] = (),
    takes_back: int | None = None,
    rules: RuleSet | None = None,
) -> StepTaken:
    fund, request = desk.fund, desk.request
    step = Step(
        fund=fund,
        request_number=request.number,
        sequence=_last_sequence(fund.pk, request.number) + 1,
        kind=kind,
        happened_on=on,
        is_favourable=is_favourable,
        amount=amount,
        words=visible(words)[:300],
        meeting_number=meeting_number,
        contract_number=contract_number,
        entry_number=entry_number,
        stepped_out=list(stepped_out),
        takes_back=takes_back,
        judged_by=rules.as_json() if rules is not None else None,
        recorded_by_id=by.user_id,
        recorded_at=desk.now,
    )
    step.save(force_insert=True)
    request.stage = stage
    request.save(force_update=True)
    _note(fund, by, f"request_{kind.value}", request)
    return StepTaken(request, step)


def _last_sequence(fund_id: int, number: int) -> int:
    steps = Step.objects.filter(fund_id=fund_id, request_number=number)
    return int(steps.aggregate(last=Max("sequence"))["last"] or 0)


def _draw_up(desk: _Desk, paper: ContractPaper, principal: Money, rules: RuleSet) -> Contract:
    fund, request = desk.fund, desk.request
    method = Interest(str(rules["interest_method"].value or Interest.NONE.value))
    rate = (rules["interest_rate"].count or 0) if method != Interest.NONE else 0
    parts = with_interest(
        paper.parts, paid_out_on=paper.signed_on, terms=InterestTerms(method, rate)
    )
    rounds = Contract.objects.filter(
        fund=fund, member_number=request.member_number, withdrawn_at__isnull=True
    )
    contract = Contract(
        fund=fund,
        number=next_contract_number(fund.pk),
        paper_number=_next_paper_number(fund.pk, paper.signed_on),
        round=max(rounds.count(), rounds.aggregate(last=Max("round"))["last"] or 0) + 1,
        borrower_id=request.borrower_id,
        member_number=request.member_number,
        principal=principal,
        signed_on=paper.signed_on,
        due_on=max(part.due_on for part in parts),
        occupation=request.occupation,
        interest_method=method.value,
        interest_rate=rate,
        copies=rules["contract_copies"].count,
    )
    contract.save(force_insert=True)
    Instalment.objects.bulk_create(
        Instalment(
            fund=fund,
            contract_number=contract.number,
            sequence=sequence,
            due_on=part.due_on,
            amount=part.principal,
            interest=part.interest,
        )
        for sequence, part in enumerate(parts, start=1)
    )
    return contract


def _next_paper_number(fund_id: int, day: date) -> str:
    """สัญญาเลขที่: running within the fiscal year, past whatever the paper books used."""
    year = fiscal_year(day)
    used = Contract.objects.filter(fund_id=fund_id, paper_number__endswith=f"/{year}")
    numbers = [
        int(head)
        for paper in used.values_list("paper_number", flat=True)
        if (head := paper.partition("/")[0]).isascii() and head.isdecimal()
    ]
    return f"{max(numbers, default=0) + 1}/{year}"


def _sign(
    contract: Contract, on: date, signatures: Sequence[tuple[SignedAs, str, int | None]]
) -> None:
    kept = Signatory.objects.filter(fund_id=contract.fund_id, contract_number=contract.number)
    first = (kept.aggregate(last=Max("sequence"))["last"] or 0) + 1
    named = [(kind, visible(name), term) for kind, name, term in signatures if visible(name)]
    Signatory.objects.bulk_create(
        Signatory(
            fund_id=contract.fund_id,
            contract_number=contract.number,
            sequence=sequence,
            signed_as=kind,
            name=name[:200],
            term_number=term,
            signed_on=on,
        )
        for sequence, (kind, name, term) in enumerate(named, start=first)
    )


def _draft(fund: Fund, number: int | None) -> Request | None:
    """The draft of this number, or a new one; nothing when it was handed in already."""
    if number is not None:
        return Request.objects.filter(fund=fund, number=number, stage=Stage.DRAFT).first()
    last = Request.objects.filter(fund=fund).aggregate(last=Max("number"))["last"]
    return Request(fund=fund, number=(last or 0) + 1)


def _is_listed(fund: Fund, request: Request, on: date) -> bool:
    """Whether the household stands on the list that day: not merged, moved away or left."""
    if _member(fund, request.member_number) is None:
        return False
    state = household_states(fund.pk, on).get(request.member_number)
    return state is None or state.is_on_list


def _member(fund: Fund, number: int) -> Membership | None:
    return Membership.objects.filter(group_id=fund.pk, number=number).first()


def _rules(fund: Fund, day: date) -> RuleSet:
    return rules_of(group_id=fund.pk, kind=fund.chart, area_code=fund.area_code, day=day)


def _note(fund: Fund, by: Reach, deed: str, request: Request) -> None:
    record_deed(
        deed,
        user_id=by.user_id,
        area_code=fund.area_code,
        fund_id=fund.pk,
        subject=f"request {request.number}",
    )
