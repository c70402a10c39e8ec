"""Undoing steps of a request: by a row that names them, money by its reversal."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.domain.thai_text import visible
from kongthun.ledger.actions import KeyTaken, NotPosted, hold_pen, reverse_entry
from kongthun.ledger.models import Account, Fund

from ..models import (
    Contract,
    DebtEvent,
    Deferral,
    Plan,
    Receipt,
    Request,
    Signatory,
    SignedAs,
    Stage,
    Step,
    StepKind,
)
from ..queries.requests import standing_steps
from ..refusals import (
    AnyRefusal,
    NoSuchRecord,
    NotDone,
    NothingToTakeBack,
    NotYours,
    ReasonNeeded,
    StandsOnIt,
)
from .steps import Desk, StepTaken, last_sequence, take_step

# What somebody must be entitled to who takes a step of this kind back.
_DEED_OF = {
    StepKind.REQUESTED: Deed.RECORD_LOANS,
    StepKind.OPINED: Deed.GIVE_OPINION,
    StepKind.DECIDED: Deed.DECIDE_LOANS,
    StepKind.CONTRACTED: Deed.RECORD_LOANS,
    StepKind.PAID_OUT: Deed.RECORD_LOANS,
    StepKind.DROPPED: Deed.RECORD_LOANS,
}


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
        desk = Desk(fund, request, standing_steps(fund.pk, number), timezone.now())
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
        back = last_sequence(fund.pk, number)
        return StepTaken(request, Step.objects.get(fund=fund, request_number=number, sequence=back))


def _against_taking_back(
    desk: Desk, going: Sequence[Step], reason: str, by: Reach
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


def _undo(desk: Desk, step: Step, reason: str, key: str, by: Reach) -> NotDone | None:
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
    take_step(
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
