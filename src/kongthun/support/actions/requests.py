"""A group asks an agency; the answer, what was given and what came of it are added step by step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.activities.actions.writing import take, write_down
from kongthun.activities.queries import meeting
from kongthun.db.numbers import next_number
from kongthun.domain.money import Money
from kongthun.domain.thai_text import visible
from kongthun.groups.models import Group

from ..models import SupportKind, SupportRequest, SupportStep, SupportStepKind
from ..queries.requests import (
    ANSWERS,
    RequestState,
    agencies_for,
    agencies_of,
    gifts_to_name,
    request_of,
)
from ..refusals import (
    AgencyUnknown,
    AnsweredAlready,
    BeforeItWasAsked,
    GiftUnknown,
    HasSteps,
    LaterStepsStand,
    MeetingUnfit,
    NotDone,
    NothingGiven,
    NothingPromised,
    NotYourAgency,
    RequestUnknown,
    StepUnknown,
    SupportRefusal,
)
from .writing import (
    LONGEST_NOTE,
    day_has_come,
    fit_words,
    may_seek,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The request has this number in the group."""

    number: int


@dataclass(frozen=True, slots=True)
class StepAdded:
    """The step has this number in its request."""

    request_number: int
    number: int


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The request or the step counts for nothing any more; it stays to be read."""

    number: int


def ask_support(
    *,
    group: Group,
    agency_id: int,
    kind: SupportKind,
    words: str,
    on: date,
    by: Reach,
    amount: Money | None = None,
    meeting_number: int | None = None,
) -> Asked | NotDone:
    """Ask an agency that reaches to the group's village for something.

    ``meeting_number`` names the closed meeting that decided to ask, where one did.
    """
    with transaction.atomic():
        take(group)
        refusals = [*may_seek(by, group), *fit_words("สิ่งที่ขอ", words), *day_has_come(on, by)]
        if not agencies_for(group.area_code).filter(pk=agency_id).exists():
            refusals.append(AgencyUnknown())
        if meeting_number is not None:
            held = meeting(group, meeting_number)
            if held is None or held.closed_at is None or held.held_on > on:
                refusals.append(MeetingUnfit(meeting_number))
        if refusals:
            return NotDone(tuple(refusals))
        number = next_number(SupportRequest, group=group)
        SupportRequest.objects.create(
            group=group,
            number=number,
            agency_id=agency_id,
            kind=kind,
            words=visible(words),
            amount=amount,
            asked_on=on,
            meeting_number=meeting_number,
            recorded_by_id=by.user_id,
            recorded_at=timezone.now(),
        )
        write_down("ask_support", group, by, f"support request {number}", agency=agency_id)
    return Asked(number)


def withdraw_request(*, group: Group, number: int, note: str, by: Reach) -> TakenBack | NotDone:
    """Take a request back that nobody has answered."""
    with transaction.atomic():
        take(group)
        refusals = [*may_seek(by, group), *fit_words("เหตุผลที่ถอน", note, LONGEST_NOTE)]
        state = request_of(group, number)
        if state is None:
            refusals.append(RequestUnknown(number))
        elif state.steps:
            refusals.append(HasSteps(number))
        if refusals:
            return NotDone(tuple(refusals))
        SupportRequest.objects.filter(group=group, number=number).update(
            withdrawn_at=timezone.now(), withdrawn_note=visible(note)
        )
        write_down("withdraw_support_request", group, by, f"support request {number}")
    return TakenBack(number)


def add_step(
    *,
    group: Group,
    request_number: int,
    kind: SupportStepKind,
    words: str,
    on: date,
    by: Reach,
    amount: Money | None = None,
    gift_number: int | None = None,
) -> StepAdded | NotDone:
    """Add what became of a request: the answer, then what was given, then what came of it.

    An agency's own people answer and say what they gave; whoever keeps this for the group may write
    down an answer that came on paper. ``gift_number`` is the gift that it is in the books as.
    """
    with transaction.atomic():
        take(group)
        state = request_of(group, request_number)
        refusals = [*fit_words("รายละเอียด", words), *day_has_come(on, by)]
        if state is None:
            return NotDone((*_may_add(group, None, by), *refusals, RequestUnknown(request_number)))
        refusals = [*_may_add(group, state, by), *refusals, *_out_of_turn(state, kind, on)]
        known = {gift.number for gift in gifts_to_name(group)} if gift_number is not None else ()
        if gift_number is not None and gift_number not in known:
            refusals.append(GiftUnknown(gift_number))
        if refusals:
            return NotDone(tuple(refusals))
        number = next_number(SupportStep, group=group, request_number=request_number)
        SupportStep.objects.create(
            group=group,
            request_number=request_number,
            number=number,
            kind=kind,
            happened_on=on,
            words=visible(words),
            amount=amount,
            gift_number=gift_number,
            recorded_by_id=by.user_id,
            recorded_at=timezone.now(),
        )
        write_down("add_support_step", group, by, f"support request {request_number}", kind=kind)
    return StepAdded(request_number, number)


def withdraw_step(
    *, group: Group, request_number: int, number: int, note: str, by: Reach
) -> TakenBack | NotDone:
    """Take a step back that was written down wrongly; those that build on it go first."""
    with transaction.atomic():
        take(group)
        refusals = fit_words("เหตุผลที่ถอน", note, LONGEST_NOTE)
        state = request_of(group, request_number)
        refusals = [*_may_add(group, state, by), *refusals]
        steps = {step.number: step for step in state.steps} if state else {}
        if number not in steps:
            refusals.append(StepUnknown(number))
        elif later := [each for each in steps if each > number]:
            refusals.append(LaterStepsStand(later[-1]))
        if refusals:
            return NotDone(tuple(refusals))
        SupportStep.objects.filter(
            group=group, request_number=request_number, number=number
        ).update(withdrawn_at=timezone.now(), withdrawn_note=visible(note))
        write_down("withdraw_support_step", group, by, f"support request {request_number}")
    return TakenBack(number)


def _may_add(group: Group, state: RequestState | None, by: Reach) -> list[SupportRefusal]:
    """The group's own people, or those of the agency that was asked."""
    against = may_seek(by, group)
    if not against or not by.may_anywhere(Deed.ANSWER_SUPPORT):
        return against
    if state is None:
        return []
    agency = state.request.agency
    is_theirs = agencies_of(by).filter(pk=agency.pk).exists()
    return [] if is_theirs else [NotYourAgency(agency.name)]


def _out_of_turn(state: RequestState, kind: SupportStepKind, on: date) -> list[SupportRefusal]:
    asked_on = state.request.asked_on
    found: list[SupportRefusal] = [BeforeItWasAsked(on, asked_on)] if on < asked_on else []
    if kind in ANSWERS and state.answer is not None:
        found.append(AnsweredAlready(state.answer.happened_on))
    elif kind == SupportStepKind.GIVEN and not state.is_promised:
        found.append(NothingPromised())
    elif kind == SupportStepKind.CAME_OF_IT and not state.given:
        found.append(NothingGiven())
    return found
