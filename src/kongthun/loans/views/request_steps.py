"""The one page of a request: its papers, its steps so far, and the next for whoever may take it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.activities.models import Meeting, MeetingKind
from kongthun.activities.queries import (
    attendance_of,
    closed_meetings,
    committee_of,
    meeting,
    quorum_on,
)
from kongthun.activities.wording import quorum_in_thai
from kongthun.domain.money import ZERO
from kongthun.domain.plan import due_days, equal_parts, months_later
from kongthun.domain.thai_calendar import numeric
from kongthun.domain.thai_text import read_name
from kongthun.groups.models import CommitteePosition, CommitteeTerm
from kongthun.groups.queries.committee import in_force_terms, standing_terms
from kongthun.groups.queries.households import people_of
from kongthun.groups.queries.rules import rules_of
from kongthun.ledger.models import Account

from ..actions.pay_outs import ContractPaper, HandingOver, make_contract, pay_out_loan
from ..actions.requests import decide_request, drop_request, give_opinion, hand_in_request
from ..actions.steps import StepTaken
from ..actions.taking_back import take_back_step
from ..forms import RefusableForm
from ..forms.requests import (
    MOST_PARTS,
    PARTS_AT_FIRST,
    ContractForm,
    DecisionForm,
    DivideForm,
    DropForm,
    OpinionForm,
    PayOutForm,
    SeatChoice,
    TakeBackForm,
    lines_sent,
)
from ..models import Contract, Stage
from ..queries.desk import may_take, next_step_of
from ..queries.requests import (
    available_money,
    items_of,
)
from ..refusals import NotDone
from ..wording import refusal_in_thai
from .asking import (
    RequestPlace,
    head,
    names,
    place_or_404,
    stepped,
)

MONTHS_A_YEAR = 12
MEETINGS_OFFERED = 6

# --- one request --------------------------------------------------------------------------------


@scoped(Deed.SEE_FUND)
@require_safe
def one(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """A request: its papers, every step so far, and the next one for whoever may take it."""
    return _page(request, place_or_404(request, code, number))


@scoped(Deed.SEE_FUND)
@require_POST
def hand_in(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Hand a draft in as it was saved."""
    place = place_or_404(request, code, number)
    if not place.may(Deed.RECORD_LOANS):
        return _not_theirs(request, place, Deed.RECORD_LOANS)
    on = place.request.made_on or request.reach.day
    done = hand_in_request(number, fund=place.fund, on=on, by=request.reach)
    if isinstance(done, StepTaken):
        return stepped(request, place.fund, done, "ยื่นคำขอแล้ว")
    return _page(request, place, refused=_said(done))


@scoped(Deed.SEE_FUND)
@require_POST
def opinion(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """The field worker's opinion."""
    place = place_or_404(request, code, number)
    form = OpinionForm(request.POST)
    if not place.may(Deed.GIVE_OPINION):
        return _not_theirs(request, place, Deed.GIVE_OPINION)
    if form.is_valid():
        done = give_opinion(
            number,
            fund=place.fund,
            on=form.cleaned_data["on"],
            is_favourable=form.cleaned_data["is_favourable"],
            words=form.cleaned_data["words"],
            by=request.reach,
        )
        if isinstance(done, StepTaken):
            return stepped(request, place.fund, done, "บันทึกความเห็นแล้ว")
        form.refuse(done)
    return _page(request, place, form=form)


@scoped(Deed.SEE_FUND)
@require_POST
def decision(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """What the committee decided."""
    place = place_or_404(request, code, number)
    if not place.may(Deed.DECIDE_LOANS):
        return _not_theirs(request, place, Deed.DECIDE_LOANS)
    sitting = _sitting(place, request.POST.get("meeting", ""))
    form = DecisionForm(sitting.seats if sitting else [], request.POST)
    if form.is_valid():
        done = decide_request(
            number,
            fund=place.fund,
            meeting_number=sitting.meeting.number if sitting else None,
            is_approved=form.cleaned_data["is_approved"],
            amount=form.cleaned_data["amount"],
            words=form.cleaned_data["words"],
            stepped_out=form.cleaned_data["stepped_out"],
            by=request.reach,
        )
        if isinstance(done, StepTaken):
            return stepped(request, place.fund, done, "บันทึกผลการพิจารณาแล้ว")
        form.refuse(done)
    return _page(request, place, form=form, sitting=sitting)


@scoped(Deed.SEE_FUND)
@require_POST
def contract(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Draw the contract up; or, with ``divide`` or ``more``, only fill in or add instalments."""
    place = place_or_404(request, code, number)
    if not place.may(Deed.RECORD_LOANS):
        return _not_theirs(request, place, Deed.RECORD_LOANS)
    if "divide" in request.POST:
        return _divide(request, place)
    if "more" in request.POST:
        lines = lines_sent(request.POST) + PARTS_AT_FIRST
        return _page(request, place, form=_read(_contract_form(place, request.POST, lines=lines)))
    form = _contract_form(place, request.POST)
    if form.is_valid():
        on = form.cleaned_data["on"]
        chairman = next(iter(_chairmen(place, on)), None)
        paper = ContractPaper(
            on,
            form.parts,
            chairman.number if chairman is not None else 0,
            form.witnesses,
            form.cleaned_data["consenter"],
            form.guarantors,
        )
        done = make_contract(number, paper, fund=place.fund, by=request.reach)
        if isinstance(done, StepTaken):
            return stepped(request, place.fund, done, "ทำสัญญาแล้ว พิมพ์ให้ทุกฝ่ายลงนามได้")
        form.refuse(done)
    return _page(request, place, form=form)


@scoped(Deed.SEE_FUND)
@require_POST
def pay_out(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Hand the money over: first read back what will be written in the books, then write it."""
    place = place_or_404(request, code, number)
    if not place.may(Deed.RECORD_LOANS):
        return _not_theirs(request, place, Deed.RECORD_LOANS)
    form = _pay_out_form(place, request.POST)
    if "edit" in request.POST or not form.is_valid():
        return _page(request, place, form=form)
    how = HandingOver(
        form.cleaned_data["on"],
        form.cleaned_data["source"],
        form.cleaned_data["payer"],
        form.witnesses,
        tuple(form.cleaned_data["signers"]) if form.is_from_bank else (),
        form.cleaned_data["document"],
    )
    key = form.cleaned_data["key"]
    is_sure = "sure" in request.POST
    with transaction.atomic():
        done = pay_out_loan(number, how, fund=place.fund, key=key, by=request.reach)
        # Asked the first time, it is only tried, so that what is read back can also be done.
        transaction.set_rollback(not is_sure)
    if isinstance(done, NotDone):
        form.refuse(done)
        return _page(request, place, form=form)
    if is_sure:
        return stepped(request, place.fund, done, "จ่ายเงินยืมและลงบัญชีแล้ว")
    return _read_back(request, place, form, how)


@scoped(Deed.SEE_FUND)
@require_POST
def drop(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """The household withdraws its request."""
    place = place_or_404(request, code, number)
    if not place.may(Deed.RECORD_LOANS):
        return _not_theirs(request, place, Deed.RECORD_LOANS)
    form = DropForm(request.POST, prefix="drop")
    if form.is_valid():
        done = drop_request(
            number,
            fund=place.fund,
            on=form.cleaned_data["on"],
            words=form.cleaned_data["words"],
            by=request.reach,
        )
        if isinstance(done, StepTaken):
            return stepped(request, place.fund, done, "บันทึกว่าครัวเรือนถอนคำขอแล้ว")
        form.refuse(done)
    return _page(request, place, drop_form=form)


@scoped(Deed.SEE_FUND)
@require_POST
def take_back(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Undo a step."""
    place = place_or_404(request, code, number)
    form = TakeBackForm(request.POST, prefix="back")
    if form.is_valid():
        done = take_back_step(
            number,
            fund=place.fund,
            sequence=form.cleaned_data["sequence"],
            reason=form.cleaned_data["reason"],
            key=form.cleaned_data["key"],
            by=request.reach,
        )
        if isinstance(done, StepTaken):
            return stepped(request, place.fund, done, "ถอนขั้นตอนแล้ว")
        form.refuse(done)
    return _page(request, place, back_form=form)


# --- below the line -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sitting:
    """A meeting that could decide: who was there, and whether that was quorum."""

    meeting: Meeting
    seats: list[SeatChoice]
    is_quorum: bool
    quorum_words: str


def _said(not_done: NotDone) -> list[str]:
    return [refusal_in_thai(refusal) for refusal in not_done.refusals]


def _not_theirs(request: ScopedRequest, place: RequestPlace, deed: Deed) -> HttpResponse:
    """The page for somebody who may look but not do this: in words, and who may."""
    refusals = request.reach.refusals(deed, area_code=place.fund.area_code, group_id=place.fund.pk)
    return _page(request, place, refused=_said(NotDone(tuple(refusals))), status=403)


def _page(
    request: ScopedRequest,
    place: RequestPlace,
    *,
    form: RefusableForm | None = None,
    sitting: _Sitting | None = None,
    drop_form: DropForm | None = None,
    back_form: TakeBackForm | None = None,
    refused: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    """The page of a request; with a form that was refused, that form as it was typed."""
    fund, found = place.fund, place.request
    with_names = names(request, fund, f"request {found.number}")
    step = next_step_of(found.stage)
    is_readers = step is not None and may_take(step, fund, request.reach)
    sent = [each for each in (form, drop_form, back_form) if each is not None]
    said = [*refused, *(words for each in sent for words in each.non_field_errors())]
    context = head(fund) | {
        "request_": found,
        "stage": place.stage.value,
        "stage_label": place.stage.label,
        "name": place.called(found.borrower.name),
        "consenter": place.called(read_name(found.consenter_name)) if found.consenter_name else "",
        "items": items_of(fund.pk, found.number),
        "history": place.history,
        "sees_names": with_names,
        "step": step,
        "is_readers": is_readers,
        "contract": _contract_of(place),
        "money": available_money(fund.pk, but=found.number),
        "decided": place.decided,
        **_undoing(place, drop_form, back_form),
    }
    if is_readers:
        context |= _step_context(request, place, form, sitting)
    if form is not None and context.get("step_form") is not form:
        # Somebody else took the step while this form was being filled in.
        said += [str(error) for errors in form.errors.values() for error in errors]
    context |= {
        "refused": list(dict.fromkeys(said)),
        "has_marks": any(each.errors.keys() - {"__all__"} for each in sent),
    }
    if status == 200 and (said or any(each.errors for each in sent)):
        status = 422
    return render(request, "loans/request.html", context, status=status)


def _undoing(
    place: RequestPlace, drop_form: DropForm | None, back_form: TakeBackForm | None
) -> dict[str, Any]:
    """What may be undone: the last step by who took it or the chairman; a request, dropped."""
    last = place.last
    may_undo = last is not None and (
        last.step.recorded_by_id == place.user_id or place.may(Deed.DECIDE_LOANS)
    )
    early = {Stage.DRAFT, Stage.REQUESTED, Stage.OPINED, Stage.APPROVED}
    may_drop = place.stage in early and place.may(Deed.RECORD_LOANS)
    if last is not None and may_undo and back_form is None:
        back_form = TakeBackForm(
            prefix="back", initial={"sequence": last.step.sequence, "key": str(uuid4())}
        )
    if may_drop and drop_form is None:
        drop_form = DropForm(prefix="drop", initial={"on": place.today})
    return {
        "last": last,
        "back_form": back_form if may_undo else None,
        "drop_form": drop_form if may_drop else None,
    }


def _step_context(
    request: ScopedRequest,
    place: RequestPlace,
    form: RefusableForm | None,
    sitting: _Sitting | None,
) -> dict[str, Any]:
    """The one form for the next step."""
    match place.stage:
        case Stage.REQUESTED:
            is_sent = isinstance(form, OpinionForm)
            return {"step_form": form if is_sent else OpinionForm(initial={"on": place.today})}
        case Stage.OPINED:
            return _decision_context(request, place, form, sitting)
        case Stage.APPROVED:
            return _contract_context(place, form)
        case Stage.CONTRACTED:
            is_sent = isinstance(form, PayOutForm)
            asked = PayOutForm.day_in(request.GET)
            return {"step_form": form if is_sent else _pay_out_form(place, day=asked)}
    return {}


# --- the decision -----------------------------------------------------------------------------


def _decision_context(
    request: ScopedRequest,
    place: RequestPlace,
    form: RefusableForm | None,
    sitting: _Sitting | None,
) -> dict[str, Any]:
    since = place.last.step.happened_on if place.last is not None else place.today
    meetings = list(
        closed_meetings(place.fund.group).filter(kind=MeetingKind.COMMITTEE, held_on__gte=since)[
            :MEETINGS_OFFERED
        ]
    )
    if sitting is None:
        chosen = request.GET.get("meeting") or (str(meetings[0].number) if meetings else "")
        sitting = _sitting(place, chosen)
    is_sent = isinstance(form, DecisionForm)
    return {
        "since": since,
        "sitting": sitting,
        "meeting_chips": [
            {
                "label": f"ครั้งที่ {each.number} · {numeric(each.held_on)}",
                "href": f"?meeting={each.number}",
                "current": sitting is not None and each.number == sitting.meeting.number,
            }
            for each in meetings
        ],
        "step_form": form
        if is_sent
        else DecisionForm(sitting.seats if sitting else [], asked=place.request.asked),
    }


def _sitting(place: RequestPlace, typed: str) -> _Sitting | None:
    """The meeting of this number with those who came, the borrower's own people marked."""
    if not (typed.isascii() and typed.isdecimal()):
        return None
    group = place.fund.group
    found = meeting(group, int(typed[:9]))
    if found is None or found.closed_at is None:
        return None
    rules = rules_of(
        group_id=group.pk, kind=group.kind, area_code=group.area_code, day=found.held_on
    )
    committee, came = committee_of(group), attendance_of(group, found.number)
    quorum = quorum_on(committee, came, day=found.held_on, rules=rules)
    own = people_of(group.pk, place.request.member_number, found.held_on)
    own.add(place.request.borrower.name_key)
    there = committee.seats_of(came, day=found.held_on, years=rules["committee_years"].count)
    return _Sitting(
        found,
        [
            SeatChoice(
                seat.term.number,
                f"{seat.name if place.sees_names else seat.masked_name} · {seat.term.words}",
                is_own=seat.term.person_key in own,
            )
            for seat in there
        ],
        quorum.is_met,
        quorum_in_thai(quorum),
    )


# --- the contract -------------------------------------------------------------------------------


def _contract_context(place: RequestPlace, form: RefusableForm | None) -> dict[str, Any]:
    is_sent = isinstance(form, ContractForm)
    data = form.data if is_sent and form is not None else None
    on = form.cleaned_data.get("on") if data is not None and form is not None else None
    chairman = next(iter(_chairmen(place, on or place.today)), None)
    return {
        "step_form": form if is_sent else _contract_form(place),
        "divide_form": DivideForm(data) if data else DivideForm(initial=_usual_plan(place)),
        "lender": place.called(chairman.person.name) if chairman is not None else "",
        "most_parts": place.rules["instalments_most"],
        "term": place.rules["term_months"],
    }


def _usual_plan(place: RequestPlace) -> dict[str, Any]:
    """Yearly parts to the end of what the rules allow; the treasurer changes what is not so."""
    years = (place.rules["term_months"].count or MONTHS_A_YEAR) // MONTHS_A_YEAR
    most = place.rules["instalments_most"].count or years
    return {
        "count": max(1, min(years, most)),
        "first_due": months_later(place.today, MONTHS_A_YEAR),
        "every_months": MONTHS_A_YEAR,
    }


def _contract_form(
    place: RequestPlace,
    data: QueryDict | None = None,
    *,
    lines: int = 0,
) -> ContractForm:
    rules = place.rules
    usual = min(rules["instalments_most"].count or PARTS_AT_FIRST, PARTS_AT_FIRST)
    sent = lines_sent(data) if data is not None else 0
    return ContractForm(
        data,
        part_lines=min(max(usual, sent, lines), MOST_PARTS),
        witnesses=rules["witnesses"].count or 0,
        guarantors=rules["guarantors"].count or 0,
        initial={"on": place.today, "consenter": place.request.consenter_name},
    )


def _divide(request: ScopedRequest, place: RequestPlace) -> HttpResponse:
    """Fill the instalments in with equal parts. Nothing is kept."""
    divide = DivideForm(request.POST)
    data = request.POST.copy()
    count = 0
    if divide.is_valid():
        count = divide.cleaned_data["count"]
        days = due_days(
            divide.cleaned_data["first_due"],
            count=count,
            every_months=divide.cleaned_data["every_months"],
        )
        parts = equal_parts(place.decided, days)
        for place_, part in enumerate(parts, start=1):
            data[f"due_{place_}"] = numeric(part.due_on)
            data[f"part_{place_}"] = part.principal.text
        for place_ in range(count + 1, MOST_PARTS + 1):
            data[f"due_{place_}"] = data[f"part_{place_}"] = ""
    data["lines"] = str(max(count, 0))
    return _page(request, place, form=_read(_contract_form(place, data, lines=count)))


def _read(form: ContractForm) -> ContractForm:
    """The form with its answers read, but nothing done."""
    form.full_clean()
    return form


def _chairmen(place: RequestPlace, day: date) -> list[CommitteeTerm]:
    """Who is chairman on a day; more than one only where two committees overlap."""
    return [term for term in _in_office(place, day) if term.position == CommitteePosition.CHAIRMAN]


def _in_office(place: RequestPlace, day: date) -> list[CommitteeTerm]:
    rules = rules_of(
        group_id=place.fund.pk,
        kind=place.fund.chart,
        area_code=place.fund.area_code,
        day=day,
    )
    return in_force_terms(place.fund.pk, day, years=rules["committee_years"].count)


# --- the pay-out --------------------------------------------------------------------------------


def _contract_of(place: RequestPlace) -> Contract | None:
    number = place.request.contract_number
    return (
        Contract.objects.filter(fund=place.fund, number=number).first()
        if number is not None
        else None
    )


def _pay_out_form(
    place: RequestPlace, data: QueryDict | None = None, *, day: date | None = None
) -> PayOutForm:
    """The form with the committee of its day; who was chosen on an earlier page stays to choose."""
    day = PayOutForm.day_in(data) or day or place.today
    office = _in_office(place, day)
    chosen = PayOutForm.terms_in(data) - {term.number for term in office}
    away = [term for term in standing_terms(place.fund.pk) if term.number in chosen]
    seats = [SeatChoice(term.number, _seat_words(place, term)) for term in office]
    seats += [
        SeatChoice(term.number, f"{_seat_words(place, term)} (ไม่อยู่ในวาระวันนั้น)") for term in away
    ]
    chairman = next((t for t in office if t.position == CommitteePosition.CHAIRMAN), None)
    rules = place.rules
    signers = rules["withdrawal_signers"].count or 0
    treasurer = next((t for t in office if t.position == CommitteePosition.TREASURER), None)
    usual = [term.number for term in (chairman, treasurer) if term is not None][:signers]
    return PayOutForm(
        data,
        sources=_sources(place),
        seats=seats,
        signers_needed=signers,
        witnesses=rules["witnesses"].count or 0,
        initial={
            "on": day,
            "source": "bank:1",
            "payer": chairman.number if chairman is not None else None,
            "signers": usual,
            "key": str(uuid4()),
        },
    )


def _seat_words(place: RequestPlace, term: CommitteeTerm) -> str:
    return f"{place.called(term.person.name)} · {term.position_words}"


def _sources(place: RequestPlace) -> list[tuple[str, str]]:
    """Bank and cash with what they hold now, and what is left after this."""
    held = {
        account.code: account.balance
        for account in Account.objects.filter(
            Q(code="cash") | Q(code__startswith="bank:"), fund=place.fund
        )
    }
    amount = place.decided
    said = []
    for code in [*sorted({"bank:1", *held} - {"cash"}), "cash"]:
        balance = held.get(code, ZERO)
        name = "เงินสดในมือ" if code == "cash" else "บัญชีธนาคาร"
        if code not in {"cash", "bank:1"}:
            name += f"ที่ {code.partition(':')[2]}"
        left = balance - amount
        after = f"จ่ายแล้วเหลือ {left.text} บาท" if left >= ZERO else "ไม่พอจ่าย"
        said.append((code, f"{name} มี {balance.text} บาท {after}"))
    return said


def _read_back(
    request: ScopedRequest, place: RequestPlace, form: PayOutForm, how: HandingOver
) -> HttpResponse:
    """What will be written in the books, in words, before it is."""
    named = {term.number: term for term in standing_terms(place.fund.pk)}
    contract_ = _contract_of(place)
    context = head(place.fund) | {
        "request_": place.request,
        "form": form,
        "name": place.called(place.request.borrower.name),
        "contract": contract_,
        "amount": place.decided,
        "how": how,
        "from_where": dict(_sources(place)).get(how.source, ""),
        "payer": _seat_words(place, named[how.payer_term]),
        "signers": [_seat_words(place, named[number]) for number in how.signer_terms],
    }
    names(request, place.fund, f"request {place.request.number}")
    return render(request, "loans/pay_out.html", context)
