"""A household's request: written, handed in, heard by the field worker, decided by the committee.

The order is the forms'. A step stands until it is taken back; nothing is rewritten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.activities.models import Meeting, MeetingKind
from kongthun.domain.authority import judge_decision
from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.rule_set import RuleSet
from kongthun.domain.thai_text import visible
from kongthun.groups.models import Membership
from kongthun.groups.queries.members import member_on
from kongthun.ledger.actions import hold_pen
from kongthun.ledger.models import Fund

from ..models import (
    Request,
    RequestItem,
    Stage,
    StepKind,
)
from ..queries.decisions import decision_of
from ..queries.offices import offices_of
from ..queries.requests import available_money
from ..refusals import (
    AnyRefusal,
    BeforeStepBefore,
    DecidedNothing,
    ItemsDoNotAddUp,
    MeetingBeforeRequest,
    NoSuchMeeting,
    NotDone,
    NotEnoughMoney,
    NothingAsked,
    NotOnList,
    OutOfTurn,
    ReasonNeeded,
)
from .steps import (
    Desk,
    StepTaken,
    against_open_loans,
    against_sum,
    note_step,
    open_desk,
    rules_on,
    take_step,
)


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
            rules = rules_on(fund, timezone.localdate())
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
        note_step(fund, by, "save_request_draft", request)
    return request


def hand_in_request(number: int, *, fund: Fund, on: date, by: Reach) -> StepTaken | NotDone:
    """Hand the forms in: from now on they are not changed, and the field worker gives an opinion.

    Judged by the rules of the day: on the list, items that add up, no loan still open, not more
    than the rules allow (หมวด 4 ข้อ 16 of the 2553 regulation, as far as forms show it).
    """
    with transaction.atomic():
        desk = open_desk(number, fund, by, Deed.RECORD_LOANS, {Stage.DRAFT}, on)
        if isinstance(desk, NotDone):
            return desk
        request = desk.request
        rules = rules_on(fund, on)
        items = list(RequestItem.objects.filter(fund=fund, request_number=number))
        asked = request.asked or ZERO
        if asked <= ZERO or not request.project:
            desk.refusals.append(NothingAsked())
        items_make = total(item.amount for item in items)
        if items and items_make != asked:
            desk.refusals.append(ItemsDoNotAddUp(items_make, asked))
        if rules["must_be_listed"].says_yes and not _is_listed(fund, request, on):
            desk.refusals.append(NotOnList(request.member_number, rules["must_be_listed"]))
        desk.refusals.extend(against_sum(asked, rules))
        desk.refusals.extend(against_open_loans(fund, request, rules))
        if desk.refusals:
            return NotDone(tuple(desk.refusals))
        if request.paper_number is None:
            last = Request.objects.filter(fund=fund).aggregate(last=Max("paper_number"))["last"]
            request.paper_number = (last or 0) + 1
        request.made_on = request.made_on or on
        needs_opinion = rules["opinion_needed"].says_yes
        stage = Stage.REQUESTED if needs_opinion else Stage.OPINED
        return take_step(desk, StepKind.REQUESTED, stage, on, by, amount=asked, rules=rules)


def give_opinion(
    number: int, *, fund: Fund, on: date, is_favourable: bool, words: str, by: Reach
) -> StepTaken | NotDone:
    """The field worker agrees or does not, with a reason; the committee decides either way."""
    with transaction.atomic():
        desk = open_desk(number, fund, by, Deed.GIVE_OPINION, {Stage.REQUESTED}, on)
        if isinstance(desk, NotDone):
            return desk
        if not is_favourable and not visible(words):
            desk.refusals.append(ReasonNeeded("opinion"))
        if desk.refusals:
            return NotDone(tuple(desk.refusals))
        return take_step(
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
        desk = open_desk(number, fund, by, Deed.DECIDE_LOANS, {Stage.OPINED}, on)
        if isinstance(desk, NotDone):
            return desk
        request, rules = desk.request, rules_on(fund, on)
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
        return take_step(
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


def drop_request(
    number: int, *, fund: Fund, on: date, words: str, by: Reach
) -> StepTaken | NotDone:
    """The household withdraws its request, at any time before the contract is signed."""
    early = {Stage.DRAFT, Stage.REQUESTED, Stage.OPINED, Stage.APPROVED}
    with transaction.atomic():
        desk = open_desk(number, fund, by, Deed.RECORD_LOANS, early, on)
        if isinstance(desk, NotDone):
            return desk
        if desk.refusals:
            return NotDone(tuple(desk.refusals))
        return take_step(desk, StepKind.DROPPED, Stage.DROPPED, on, by, words=words)


def _against_approval(
    desk: Desk, amount: Money | None, asked: Money, words: str, rules: RuleSet
) -> list[AnyRefusal]:
    if amount is None or amount <= ZERO:
        return [DecidedNothing()]
    refusals: list[AnyRefusal] = []
    if amount != asked and not visible(words):
        refusals.append(ReasonNeeded("other_sum"))
    refusals.extend(against_sum(amount, rules))
    money = available_money(desk.fund.pk, but=desk.request.number)
    if amount > money.available:
        refusals.append(NotEnoughMoney(amount, money.available, money.promised))
    refusals.extend(against_open_loans(desk.fund, desk.request, rules))
    return refusals


def _draft(fund: Fund, number: int | None) -> Request | None:
    """The draft of this number, or a new one; nothing when it was handed in already."""
    if number is not None:
        return Request.objects.filter(fund=fund, number=number, stage=Stage.DRAFT).first()
    last = Request.objects.filter(fund=fund).aggregate(last=Max("number"))["last"]
    return Request(fund=fund, number=(last or 0) + 1)


def _is_listed(fund: Fund, request: Request, on: date) -> bool:
    """Whether it is a member on the day: on the list, not merged, moved away, left or waiting."""
    found = member_on(fund.group, request.member_number, on)
    return found is not None and found.standing.is_member


def _member(fund: Fund, number: int) -> Membership | None:
    return Membership.objects.filter(group_id=fund.pk, number=number).first()
