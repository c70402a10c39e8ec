"""When it goes wrong: delays, agreements, what is noted of a debt, claims, losses and what returns.

The regulation is a tool for asking cooperation: every record here is dated, says its ground, and
leaves what was before it readable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kongthun.accounts.models import Role
from kongthun.accounts.reach import Deed, NotEntitled, Reach
from kongthun.audit.actions import record_deed
from kongthun.domain.journal import Deed as BookDeed
from kongthun.domain.journal import Draft, Line
from kongthun.domain.money import ZERO, Money
from kongthun.domain.plan import PlannedPart, faults_of, months_between
from kongthun.domain.rule_set import Limit, RuleSet
from kongthun.domain.thai_text import visible
from kongthun.groups.queries.rules import rules_of
from kongthun.ledger.actions import KeyTaken, NotPosted, hold_pen, write_down
from kongthun.ledger.models import Account, Entry, Fund
from kongthun.ledger.models import Line as BookLine
from kongthun.ledger.queries import balance_on, lowest_balance_since

from ..models import (
    Claim,
    Contract,
    DebtEvent,
    DebtEventKind,
    Deferral,
    Instalment,
    Plan,
)
from ..refusals import (
    AccountTooSmall,
    AgainstPlan,
    AnyRefusal,
    BeforeStepBefore,
    DeferredTooLong,
    EndsBeforeItStarts,
    InFuture,
    MoreThanOwed,
    NoSuchContract,
    NoSuchRecord,
    NotAboveZero,
    NotDone,
    NothingOwed,
    NotTheirWord,
    ReasonNeeded,
)


@dataclass(frozen=True, slots=True)
class Noted:
    """A record was added, under this number."""

    number: int


@dataclass(frozen=True, slots=True)
class Moved:
    """Money was moved by this entry; ``number`` is the claim's or the contract's."""

    number: int
    entry_number: int


@dataclass(slots=True)
class _Debt:
    """A contract with what was owed on it, now or on the day asked about; the pen is in hand."""

    fund: Fund
    contract: Contract
    balance: Money
    now: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)


# --- delays and agreements --------------------------------------------------------------------


def grant_deferral(
    contract_number: int,
    *,
    fund: Fund,
    ground: str,
    starts_on: date,
    ends_on: date,
    meeting_number: int | None,
    by: Reach,
    evidence: str = "",
) -> Noted | NotDone:
    """ผ่อนผัน: grant a delay from a day to a day. Overdue is shown with it and without it."""
    with transaction.atomic():
        debt, refusals = _debt(contract_number, fund, by, Deed.SETTLE_DEBTS)
        if debt is None:
            return NotDone(tuple(refusals))
        rules = _rules(fund, starts_on)
        if not visible(ground):
            refusals.append(ReasonNeeded("deferral"))
        if ends_on < starts_on:
            refusals.append(EndsBeforeItStarts(starts_on, ends_on))
        else:
            limit = rules["deferral_months"]
            months = months_between(starts_on, ends_on)
            if limit.count is not None and months > limit.count:
                refusals.append(DeferredTooLong(months, limit))
        if starts_on > debt.today:
            refusals.append(InFuture(starts_on, debt.today))
        refusals.extend(_before(starts_on, debt.contract.paid_out_on))
        if refusals:
            return NotDone(tuple(refusals))
        deferral = Deferral.objects.create(
            fund=fund,
            number=_next(Deferral.objects.filter(fund=fund).aggregate(last=Max("number"))),
            contract_number=contract_number,
            ground=visible(ground)[:300],
            starts_on=starts_on,
            ends_on=ends_on,
            meeting_number=meeting_number,
            evidence=evidence,
            judged_by=rules.as_json(),
            recorded_by_id=by.user_id,
            recorded_at=debt.now,
        )
        _note(fund, by, "grant_deferral", f"contract {contract_number}")
    return Noted(deferral.number)


def withdraw_deferral(number: int, *, fund: Fund, by: Reach) -> Noted | NotDone:
    """A delay that was written down wrongly counts no more; its row stays readable."""
    with transaction.atomic():
        refusals = _not_entitled(fund, by, Deed.SETTLE_DEBTS)
        standing = Deferral.objects.filter(fund=fund, number=number, withdrawn_at__isnull=True)
        if not standing.exists():
            refusals.append(NoSuchRecord(number))
        if refusals:
            return NotDone(tuple(refusals))
        standing.update(withdrawn_at=timezone.now())
        _note(fund, by, "withdraw_deferral", f"deferral {number}")
    return Noted(number)


def agree_on_plan(
    contract_number: int,
    *,
    fund: Fund,
    on: date,
    parts: Sequence[PlannedPart],
    words: str,
    meeting_number: int | None,
    by: Reach,
    evidence: str = "",
) -> Noted | NotDone:
    """ข้อตกลงส่งคืน: a new plan for what is still owed, from a day on. The old plan stays readable.

    The parts make what is owed now to the satang; interest that the old plan asked for is not part
    of it.
    """
    with transaction.atomic():
        debt, refusals = _debt(contract_number, fund, by, Deed.SETTLE_DEBTS)
        if debt is None:
            return NotDone(tuple(refusals))
        if on > debt.today:
            refusals.append(InFuture(on, debt.today))
        latest = (
            Plan.objects.filter(fund=fund, contract_number=contract_number)
            .order_by("-number")
            .first()
        )
        before = latest.starts_on if latest is not None else debt.contract.paid_out_on
        refusals.extend(_before(on, before))
        faults = faults_of(parts, principal=debt.balance, paid_out_on=on)
        refusals.extend(AgainstPlan(fault) for fault in faults)
        if refusals:
            return NotDone(tuple(refusals))
        number = (latest.number if latest is not None else 1) + 1
        Plan.objects.create(
            fund=fund,
            contract_number=contract_number,
            number=number,
            starts_on=on,
            words=visible(words)[:300],
            meeting_number=meeting_number,
            evidence=evidence,
            judged_by=_rules(fund, on).as_json(),
            recorded_by_id=by.user_id,
            recorded_at=debt.now,
        )
        earlier = Instalment.objects.filter(fund=fund, contract_number=contract_number)
        first = (earlier.aggregate(last=Max("sequence"))["last"] or 0) + 1
        Instalment.objects.bulk_create(
            Instalment(
                fund=fund,
                contract_number=contract_number,
                sequence=sequence,
                plan=number,
                due_on=part.due_on,
                amount=part.principal,
            )
            for sequence, part in enumerate(sorted(parts), start=first)
        )
        _note(fund, by, "agree_on_plan", f"contract {contract_number}")
    return Noted(number)


# --- what is noted of a debt ------------------------------------------------------------------


def note_debt(
    contract_number: int,
    kind: DebtEventKind,
    *,
    fund: Fund,
    on: date,
    words: str = "",
    meeting_number: int | None = None,
    evidence: str = "",
    by: Reach,
) -> Noted | NotDone:
    """Write down an acknowledgement, a resolution on breach, an heir, a claim that was filed.

    What is acknowledged is what is owed that day by the books.
    """
    with transaction.atomic():
        debt, refusals = _debt(contract_number, fund, by, Deed.SETTLE_DEBTS, on=on)
        if debt is None:
            return NotDone(tuple(refusals))
        if on > debt.today:
            refusals.append(InFuture(on, debt.today))
        if kind != DebtEventKind.ACKNOWLEDGED and not visible(words):
            refusals.append(ReasonNeeded(kind.value))
        if refusals:
            return NotDone(tuple(refusals))
        number = _write_event(
            debt,
            kind,
            on=on,
            words=words,
            meeting_number=meeting_number,
            evidence=evidence,
            balance=debt.balance,
            by=by,
        )
    return Noted(number)


def answer_balance(
    contract_number: int,
    *,
    fund: Fund,
    on: date,
    agrees: bool,
    said: Money | None = None,
    words: str = "",
    on_paper: bool = True,
    by: Reach,
) -> Noted | NotDone:
    """A household confirms its balance, or says what it is in its own books.

    On paper it is typed by the desk; on screen the household itself answers for its own contract.
    The balance is that of the day they answered for, whatever was sent back since.
    """
    deed = Deed.RECEIVE_MONEY if on_paper else Deed.CONFIRM_BALANCE
    with transaction.atomic():
        debt, refusals = _debt(contract_number, fund, by, deed, on=on)
        if debt is None:
            return NotDone(tuple(refusals))
        if not on_paper and by.own_membership() != (fund.pk, debt.contract.member_number):
            return NotDone((NoSuchContract(contract_number),))
        if on > debt.today:
            refusals.append(InFuture(on, debt.today))
        if not agrees and said is None and not visible(words):
            refusals.append(ReasonNeeded("dispute"))
        if refusals:
            return NotDone(tuple(refusals))
        kind = DebtEventKind.CONFIRMED if agrees else DebtEventKind.DISPUTED
        number = _write_event(
            debt,
            kind,
            on=on,
            words=words,
            balance=debt.balance,
            said=said,
            on_paper=on_paper,
            by=by,
        )
    return Noted(number)


def settle_dispute(number: int, *, fund: Fund, on: date, words: str, by: Reach) -> Noted | NotDone:
    """Say how a disputed balance was settled. A wrong receipt is cancelled beside this."""
    with transaction.atomic():
        refusals = _not_entitled(fund, by, Deed.SETTLE_DEBTS)
        hold_pen(fund, [])
        dispute = DebtEvent.objects.filter(
            fund=fund, number=number, kind=DebtEventKind.DISPUTED
        ).first()
        settled = DebtEvent.objects.filter(fund=fund, answers=number).exists()
        if dispute is None or settled:
            refusals.append(NoSuchRecord(number))
        if not visible(words):
            refusals.append(ReasonNeeded("settle_dispute"))
        if on > timezone.localdate():
            refusals.append(InFuture(on, timezone.localdate()))
        if dispute is None or refusals:
            return NotDone(tuple(refusals))
        contract = Contract.objects.get(fund=fund, number=dispute.contract_number)
        balance = balance_on(fund.pk, contract.account, on)
        debt = _Debt(fund, contract, balance, timezone.now())
        made = _write_event(
            debt,
            DebtEventKind.DISPUTE_SETTLED,
            on=on,
            words=words,
            balance=balance,
            answers=number,
            by=by,
        )
    return Noted(made)


# --- claims, losses, and what returns -----------------------------------------------------------


def recognise_claim(
    *,
    fund: Fund,
    source: str,
    amount: Money,
    person_name: str,
    words: str,
    on: date,
    meeting_number: int | None,
    key: str,
    by: Reach,
    evidence: str = "",
) -> Moved | NotDone:
    """A person has to give money back: it moves from where the books have it to a claim.

    ``source`` is ``loan:<n>``, ``cash``, ``bank:1`` or ``unexplained``. The name stands with the
    claim, never in the chain.
    """
    with transaction.atomic():
        refusals = _not_entitled(fund, by, Deed.SETTLE_DEBTS)
        hold_pen(fund, [])
        number = _next(Claim.objects.filter(fund=fund).aggregate(last=Max("number")))

        if not visible(person_name) or not visible(words):
            refusals.append(ReasonNeeded("claim"))
        memo = f"บันทึกสิทธิเรียกคืนที่ {number}"
        moved = _move(
            fund,
            BookDeed.CLAIM_RECOGNISED,
            source,
            f"claim:{number}",
            amount,
            on,
            memo,
            key,
            by,
            refusals,
        )
        if isinstance(moved, NotDone):
            return moved
        entry_number, is_again = moved
        if is_again:
            return Moved(_claim_of(fund, key), entry_number)
        Claim.objects.create(
            fund=fund,
            number=number,
            person_name=visible(person_name)[:200],
            words=visible(words)[:300],
            recognised_on=on,
            meeting_number=meeting_number,
            evidence=evidence,
            recorded_by_id=by.user_id,
            recorded_at=timezone.now(),
        )
        _note(fund, by, "recognise_claim", f"claim {number}")
    return Moved(number, entry_number)


def receive_claim(
    number: int, *, fund: Fund, amount: Money, on: date, key: str, by: Reach
) -> Moved | NotDone:
    """Somebody gives back what was claimed from them: into the cash in hand."""
    with transaction.atomic():
        refusals = _not_entitled(fund, by, Deed.RECEIVE_MONEY)
        if not Claim.objects.filter(fund=fund, number=number).exists():
            refusals.append(NoSuchRecord(number))
        source = f"claim:{number}"
        moved = _move(
            fund,
            BookDeed.CLAIM_REPAID,
            source,
            "cash",
            amount,
            on,
            f"รับเงินตามสิทธิเรียกคืนที่ {number}",
            key,
            by,
            refusals,
        )
        if isinstance(moved, NotDone):
            return moved
        entry_number, is_again = moved
        if not is_again:
            _note(fund, by, "receive_claim", f"claim {number}")
    return Moved(number, entry_number)


def write_off(
    contract_number: int,
    *,
    fund: Fund,
    amount: Money,
    words: str,
    on: date,
    key: str,
    by: Reach,
) -> Moved | NotDone:
    """Recognise a loss, by the word of whom the rules name. The household is asked no more for it.

    What is recovered later comes back by `recover_loss`.
    """
    with transaction.atomic():
        refusals = _not_entitled(fund, by, Deed.WRITE_OFF)
        limit = _rules(fund, on)["write_off_by"]
        if not _has_their_word(by, fund, limit):
            refusals.append(NotTheirWord(limit))
        if not visible(words):
            refusals.append(ReasonNeeded("write_off"))
        source = f"loan:{contract_number}"
        moved = _move(
            fund,
            BookDeed.LOSS_RECOGNISED,
            source,
            f"loss:{contract_number}",
            amount,
            on,
            f"รับรู้หนี้สูญ สัญญาลำดับที่ {contract_number}",
            key,
            by,
            refusals,
        )
        if isinstance(moved, NotDone):
            return moved
        entry_number, is_again = moved
        if not is_again:
            _note(fund, by, "write_off", f"contract {contract_number}", words=words)
    return Moved(contract_number, entry_number)


def recover_loss(
    contract_number: int, *, fund: Fund, amount: Money, on: date, key: str, by: Reach
) -> Moved | NotDone:
    """Money comes in on a loan that was recognised as lost: the loss grows smaller."""
    with transaction.atomic():
        source = f"loss:{contract_number}"
        moved = _move(
            fund,
            BookDeed.LOSS_RECOVERED,
            source,
            "cash",
            amount,
            on,
            f"ได้รับคืนหลังรับรู้หนี้สูญ สัญญาลำดับที่ {contract_number}",
            key,
            by,
            _not_entitled(fund, by, Deed.RECEIVE_MONEY),
        )
        if isinstance(moved, NotDone):
            return moved
        entry_number, is_again = moved
        if not is_again:
            _note(fund, by, "recover_loss", f"contract {contract_number}")
    return Moved(contract_number, entry_number)


def return_held(
    member: str, *, fund: Fund, amount: Money, on: date, key: str, by: Reach
) -> Moved | NotDone:
    """Give back what is held for a household (``member`` as in ``held:<member>``), out of cash."""
    with transaction.atomic():
        refusals = _not_entitled(fund, by, Deed.RECEIVE_MONEY)
        hold_pen(fund, [])
        held = -_balance(fund, f"held:{member}")
        if amount > held:
            refusals.append(MoreThanOwed(amount, held))
        moved = _move(
            fund,
            BookDeed.HELD_RETURNED,
            "cash",
            f"held:{member}",
            amount,
            on,
            "คืนเงินรับฝากส่วนที่ส่งเกิน",
            key,
            by,
            refusals,
        )
        if isinstance(moved, NotDone):
            return moved
        entry_number, is_again = moved
        if not is_again:
            _note(fund, by, "return_held", f"held {member}")
    return Moved(0, entry_number)


# --- below the line ---------------------------------------------------------------------------


def _move(
    fund: Fund,
    deed: BookDeed,
    source: str,
    goes_to: str,
    amount: Money,
    on: date,
    memo: str,
    key: str,
    by: Reach,
    refusals: list[AnyRefusal],
) -> tuple[int, bool] | NotDone:
    """Write an entry out of ``source``, not more than it held that day or holds on any day since.

    Answers with the entry and whether it was there: the same key for the same money again.
    """
    now = timezone.now()
    held = hold_pen(fund, [key])
    known = held.known.get(key)
    if known is not None and not any(isinstance(no, NotEntitled) for no in refusals):
        if _is_again(fund, known, deed, source, amount, on):
            return known, True
        return NotDone((KeyTaken(key, known),))
    today = timezone.localdate(now)
    if amount <= ZERO:
        refusals.append(NotAboveZero())
    if on > today:
        refusals.append(InFuture(on, today))
    holds = lowest_balance_since(fund.pk, source, on).balance
    if amount > holds:
        refusals.append(AccountTooSmall(source, amount, holds))
    if refusals:
        return NotDone(tuple(refusals))
    lines = (Line(goes_to, amount), Line(source, -amount))
    draft = Draft(deed, on, lines, key, memo, "")
    entry = write_down(held, draft, recorded_by=by.user_id, recorded_at=now)
    return NotDone(entry.refusals) if isinstance(entry, NotPosted) else (entry.number, False)


def _is_again(
    fund: Fund, number: int, deed: BookDeed, source: str, amount: Money, on: date
) -> bool:
    """Whether an entry is this deed, so that its key is handed in a second time."""
    entry = Entry.objects.get(fund=fund, number=number)
    took = BookLine.objects.filter(fund=fund, entry_number=number, account=source, amount=-amount)
    return entry.deed == deed and entry.happened_on == on and took.exists()


def _debt(
    contract_number: int, fund: Fund, by: Reach, deed: Deed, *, on: date | None = None
) -> tuple[_Debt | None, list[AnyRefusal]]:
    """A contract that is owed on, now or ``on`` a day; or everything that stands against it."""
    refusals = _not_entitled(fund, by, deed)
    hold_pen(fund, [])
    contract = Contract.objects.filter(
        fund=fund,
        number=contract_number,
        withdrawn_at__isnull=True,
        paid_out_on__isnull=False,
    ).first()
    if contract is None:
        return None, [*refusals, NoSuchContract(contract_number)]
    if on is not None and contract.paid_out_on is not None and on < contract.paid_out_on:
        return None, [*refusals, BeforeStepBefore(on, contract.paid_out_on)]
    balance = (
        _balance(fund, contract.account)
        if on is None
        else balance_on(fund.pk, contract.account, on)
    )
    if not balance:
        return None, [*refusals, NothingOwed(contract.paper_number)]
    return _Debt(fund, contract, balance, timezone.now()), refusals


def _before(day: date, before: date | None) -> list[AnyRefusal]:
    """A day before what it follows."""
    return [BeforeStepBefore(day, before)] if before is not None and day < before else []


def _write_event(
    debt: _Debt,
    kind: DebtEventKind,
    *,
    on: date,
    words: str,
    by: Reach,
    balance: Money | None = None,
    said: Money | None = None,
    meeting_number: int | None = None,
    evidence: str = "",
    on_paper: bool = True,
    answers: int | None = None,
) -> int:
    fund = debt.fund
    number = _next(DebtEvent.objects.filter(fund=fund).aggregate(last=Max("number")))
    DebtEvent.objects.create(
        fund=fund,
        number=number,
        contract_number=debt.contract.number,
        kind=kind,
        happened_on=on,
        balance=balance,
        said=said,
        words=visible(words)[:300],
        on_paper=on_paper,
        meeting_number=meeting_number,
        answers=answers,
        evidence=evidence,
        recorded_by_id=by.user_id,
        recorded_at=debt.now,
    )
    _note(fund, by, f"debt_{kind.value}", f"contract {debt.contract.number}")
    return number


def _has_their_word(by: Reach, fund: Fund, limit: Limit) -> bool:
    """Whether somebody's word is the one the rules ask for. Who stands higher may speak as well."""
    ladder = {
        "committee": {Role.CHAIRMAN, Role.DISTRICT, Role.PROVINCE},
        "district": {Role.DISTRICT, Role.PROVINCE},
        "province": {Role.PROVINCE},
    }
    roles = ladder.get(str(limit.value), set(Role))
    return any(
        holding.role in roles
        for holding in by.holding_with(Deed.WRITE_OFF)
        if holding.group_id == fund.pk
        or (holding.group_id is None and fund.area_code.startswith(holding.area_code))
    )


def _claim_of(fund: Fund, key: str) -> int:
    """The number of the claim that an entry with this key recognised."""
    entry = fund.entries.get(key=key)
    return int(entry.memo.rpartition(" ")[2])


def _not_entitled(fund: Fund, by: Reach, deed: Deed) -> list[AnyRefusal]:
    return [*by.refusals(deed, area_code=fund.area_code, group_id=fund.pk)]


def _balance(fund: Fund, account: str) -> Money:
    found = Account.objects.filter(fund=fund, code=account).first()
    return found.balance if found is not None else ZERO


def _rules(fund: Fund, day: date) -> RuleSet:
    return rules_of(group_id=fund.pk, kind=fund.chart, area_code=fund.area_code, day=day)


def _next(found: dict[str, int | None]) -> int:
    return (found["last"] or 0) + 1


def _note(fund: Fund, by: Reach, deed: str, subject: str, *, words: str = "") -> None:
    """What was typed stays here and with the rows, never in the chain (ADR 0006)."""
    record_deed(
        deed,
        user_id=by.user_id,
        area_code=fund.area_code,
        fund_id=fund.pk,
        subject=subject,
        details={"words": visible(words)[:300]} if words else None,
    )
