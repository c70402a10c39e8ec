"""From the decision to the money in the household's hands: the contract and its pay-out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from kongthun.accounts.reach import Deed, Reach
from kongthun.domain.authority import PayOut, judge_decision, judge_pay_out
from kongthun.domain.journal import Deed as BookDeed
from kongthun.domain.journal import Draft, Line
from kongthun.domain.money import ZERO, Money
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
from kongthun.domain.rule_set import RuleSet
from kongthun.domain.thai_calendar import fiscal_year
from kongthun.domain.thai_text import name_key, visible
from kongthun.ledger.actions import NotPosted, hold_pen, write_down
from kongthun.ledger.models import Fund
from kongthun.ledger.queries import lowest_balance_since

from ..models import (
    Contract,
    Instalment,
    Request,
    Signatory,
    SignedAs,
    Stage,
    Step,
    StepKind,
)
from ..queries.decisions import decision_of_step
from ..queries.offices import offices_of
from ..refusals import (
    AccountTooSmall,
    AgainstPlan,
    AnyRefusal,
    NotDone,
    TooFewGuarantors,
)
from .contracts import next_contract_number
from .steps import Desk, StepTaken, against_open_loans, open_desk, rules_on, take_step


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


def make_contract(
    number: int, paper: ContractPaper, *, fund: Fund, by: Reach
) -> StepTaken | NotDone:
    """Draw the contract up from the decision: instalments on free days, signatures, copies."""
    on = paper.signed_on
    with transaction.atomic():
        desk = open_desk(number, fund, by, Deed.RECORD_LOANS, {Stage.APPROVED}, on)
        if isinstance(desk, NotDone):
            return desk
        request, rules = desk.request, rules_on(fund, on)
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
        desk.refusals.extend(against_open_loans(fund, request, rules))
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
        return take_step(
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
        desk = open_desk(number, fund, by, Deed.RECORD_LOANS, {Stage.CONTRACTED}, how.on)
        if isinstance(desk, NotDone):
            return desk
        request, rules = desk.request, rules_on(fund, how.on)
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
        desk.refusals.extend(against_open_loans(fund, request, rules, but=contract.number))
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
        return take_step(
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


def _draw_up(desk: Desk, paper: ContractPaper, principal: Money, rules: RuleSet) -> Contract:
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
