"""Debts that need care: the list, one contract's care, and every deed, read back before it is done.

Each deed is asked twice: the first time nothing is written, what would be is rehearsed and said
back in words; only the second time, with the paper beside it if there is one, is it done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import BoundField
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.activities.models import Meeting
from kongthun.activities.queries import closed_meetings
from kongthun.audit.actions import record_deed
from kongthun.audit.answers import paper_answer
from kongthun.audit.papers import keep_paper, sha256_as_kept
from kongthun.domain.alarms import Alarm, AlarmKind
from kongthun.domain.money import Money
from kongthun.domain.plan import PlannedPart, due_days, equal_parts, months_later
from kongthun.domain.rule_set import RuleSet
from kongthun.groups.models import Membership
from kongthun.groups.queries.rules import rules_of
from kongthun.groups.wording import mark_of, value_in_thai
from kongthun.ledger.models import Fund

from ..actions.debts import (
    agree_on_plan,
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
from ..forms.debts import (
    AgreementForm,
    CareForm,
    ClaimForm,
    DeferralForm,
    EvidenceForm,
    MoneyForm,
    NoteForm,
    SettleForm,
    Told,
    WriteOffForm,
    baht,
)
from ..forms.requests import DivideForm
from ..models import Claim, DebtEvent, DebtEventKind, Deferral, Plan
from ..queries.contracts import contract_states
from ..queries.debts import (
    Care,
    Held,
    care_of,
    claims_of,
    contract_of,
    debts_of,
    held_of,
    open_disputes,
    plans_of,
    timeline_of,
)
from ..refusals import NotDone
from .asking import fund_or_404, may, names

Kind = DebtEventKind
_PARTS_PROPOSED, _MONTHS_BETWEEN = 3, 12

ALARM_WORDS = {
    AlarmKind.HEIRS: "เวลาเรียกร้องต่อทายาท",
    AlarmKind.INSTALMENT: "อายุความของงวด",
    AlarmKind.CONTRACT: "อายุความของสัญญา",
    AlarmKind.EVIDENCE: "ยังไม่พบหลักฐานที่ผู้ยืมลงชื่อ",
}

# What a list of debts can be narrowed to: the words, and what is then shown.
_WAYS: Mapping[str, tuple[str, Callable[[Care], bool]]] = {
    "all": ("ทั้งหมด", lambda care: True),  # noqa: ARG005
    "overdue": ("เกินกำหนด", lambda care: bool(care.state.arrears.overdue)),
    "deferred": ("ผ่อนผันอยู่", lambda care: care.deferral is not None),
    "agreed": ("มีข้อตกลงส่งคืน", lambda care: care.agreement is not None),
    "acknowledged": ("รับสภาพหนี้แล้ว", lambda care: care.acknowledged is not None),
    "breach": ("มีมติผิดสัญญา", lambda care: care.breach is not None),
    "disputed": ("ยอดไม่ตรง", lambda care: bool(care.disputes)),
    "lost": ("รับรู้หนี้สูญ", lambda care: bool(care.lost)),
    "alarms": ("เตือนข้อกฎหมาย", lambda care: bool(care.alarms_to_heed)),
}


# ---- pages that show -----------------------------------------------------------------------------


@scoped(Deed.SEE_FUND)
@require_safe
def debts(request: ScopedRequest, code: str) -> HttpResponse:
    """The debts of a fund that need care, in the order of their contracts."""
    fund = fund_or_404(request, code)
    with_names = names(request, fund, "debts")
    found = debts_of(fund, as_of=request.reach.day, with_names=with_names)
    shown = request.GET.get("show", "all")
    if shown not in _WAYS:
        shown = "all"
    ways = {way: [care for care in found.cares if is_so(care)] for way, (_, is_so) in _WAYS.items()}
    context = {
        **head(request, fund),
        "debts": found,
        "rows": ways[shown],
        "chips": [
            {
                "label": _WAYS[way][0],
                "count": len(cares),
                "href": f"?show={way}",
                "current": way == shown,
            }
            for way, cares in ways.items()
        ],
        "alarms": _alarms(found.cares, passed=False),
        "alarms_passed": _alarms(found.cares, passed=True),
        "held": _held_named(fund, found.held, with_names=with_names),
        "receives": may(request, fund, Deed.RECEIVE_MONEY),
    }
    return render(request, "loans/debts.html", context)


def _alarms(cares: Sequence[Care], *, passed: bool) -> list[tuple[Care, Alarm, str]]:
    """Alarms with what they warn of, the nearest limit first; lacking papers after all limits."""
    found = [
        (care, alarm, ALARM_WORDS[alarm.kind])
        for care in cares
        for alarm in care.alarms
        if alarm.is_passed == passed
    ]
    if passed:
        return found
    return sorted(found, key=lambda each: (each[1].days_left is None, each[1].days_left or 0))


@scoped(Deed.SEE_FUND)
@require_safe
def debt(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """One contract's care: what happened in the order of days, its plans, and what may be done."""
    fund = fund_or_404(request, code)
    with_names = names(request, fund, f"contract {number}")
    care = care_of(fund, number, as_of=request.reach.day, with_names=with_names)
    if care is None:
        raise Http404
    context = {
        **head(request, fund),
        "care": care,
        "state": care.state,
        "alarms": [(alarm, ALARM_WORDS[alarm.kind]) for alarm in care.alarms],
        "plans": plans_of(fund, care.state),
        "timeline": timeline_of(fund, care),
        "doors": _doors(request, fund, care),
        "with_names": with_names,
        "settles": may(request, fund, Deed.SETTLE_DEBTS),
    }
    return render(request, "loans/debt.html", context)


@dataclass(frozen=True, slots=True)
class Door:
    """A deed that may be done on a contract now, and what it is for."""

    label: str
    slug: str
    what: str


_DOORS: tuple[tuple[str, Deed, str, str], ...] = (
    ("deferral", Deed.SETTLE_DEBTS, "ผ่อนผัน", "ให้เวลาเพิ่ม โดยแผนเดิมยังอยู่"),
    ("agreement", Deed.SETTLE_DEBTS, "ข้อตกลงส่งคืน", "วางแผนใหม่สำหรับยอดที่ยังค้าง"),
    (
        "acknowledgement",
        Deed.SETTLE_DEBTS,
        "รับสภาพหนี้",
        "ผู้ยืมลงชื่อเป็นหนังสือว่ายอดนี้ยังค้าง",
    ),
    ("breach", Deed.SETTLE_DEBTS, "มติผิดสัญญา", "บันทึกมติที่ประชุมตามข้อเท็จจริง"),
    ("breach-lifted", Deed.SETTLE_DEBTS, "ยกเลิกมติผิดสัญญา", "เมื่อที่ประชุมเห็นว่าไม่ถือแล้ว"),
    ("heir", Deed.SETTLE_DEBTS, "ทายาท", "ใครรับช่วงดูแลการส่งคืน เท่าที่รับมรดก"),
    ("claim-filed", Deed.SETTLE_DEBTS, "เรียกร้องหรือฟ้อง", "บันทึกหนังสือที่ส่งหรือคดีที่ยื่น"),
    ("write-off", Deed.WRITE_OFF, "รับรู้หนี้สูญ", "เมื่อผู้มีอำนาจตามชุดระเบียบเห็นว่าเก็บไม่ได้"),
    ("recovery", Deed.RECEIVE_MONEY, "รับคืนหลังรับรู้หนี้สูญ", "มีผู้ส่งคืนส่วนที่รับรู้เป็นหนี้สูญแล้ว"),
)


def _doors(request: ScopedRequest, fund: Fund, care: Care) -> list[Door]:
    """What can be done on this contract by this reader."""
    owed = not care.state.is_settled
    is_open = {
        "breach": owed and care.breach is None,
        "breach-lifted": owed and care.breach is not None,
        "heir": owed and care.death is not None,
        "recovery": bool(care.lost_now),
    }
    return [
        Door(label, slug, what)
        for slug, deed, label, what in _DOORS
        if is_open.get(slug, owed) and may(request, fund, deed)
    ]


@scoped(Deed.SEE_FUND)
@require_safe
def claims(request: ScopedRequest, code: str) -> HttpResponse:
    """Money that people have to give back to the fund."""
    fund = fund_or_404(request, code)
    with_names = names(request, fund, "claims")
    context = {
        **head(request, fund),
        "claims": claims_of(fund, as_of=request.reach.day),
        "with_names": with_names,
        "settles": may(request, fund, Deed.SETTLE_DEBTS),
        "receives": may(request, fund, Deed.RECEIVE_MONEY),
    }
    return render(request, "loans/debt_claims.html", context)


@scoped(Deed.SEE_FUND)
@require_safe
def evidence(request: ScopedRequest, code: str, sha256: str) -> HttpResponse:
    """A paper kept beside a record of this fund; each taking is written down."""
    fund = fund_or_404(request, code)
    is_kept = any(
        rows.filter(fund=fund, evidence=sha256).exists()
        for rows in (
            Deferral.objects.all(),
            Plan.objects.all(),
            DebtEvent.objects.all(),
            Claim.objects.all(),
        )
    )
    if not sha256 or not is_kept or not may(request, fund, Deed.SEE_NAMES):
        raise Http404
    answer = paper_answer(fund.pk, sha256, f"{code}-{sha256[:12]}")
    record_deed(
        "export_evidence",
        user_id=request.reach.user_id,
        area_code=fund.area_code,
        fund_id=fund.pk,
        subject=f"evidence {sha256[:12]}",
    )
    return answer


# ---- deeds on a contract -------------------------------------------------------------------------


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def debt_deed(request: ScopedRequest, code: str, number: int, slug: str) -> HttpResponse:
    """A form about one contract, read back before it is done."""
    fund = fund_or_404(request, code)
    make = _PAPERS.get(slug)
    contract = contract_of(fund, number)
    if make is None or contract is None or contract.paid_out_on is None:
        raise Http404
    with_names = names(request, fund, f"contract {number}")
    care = care_of(fund, number, as_of=request.reach.day, with_names=with_names)
    if care is None:
        raise Http404
    return _asked_twice(request, fund, make(_Desk(request, fund, care)))


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who asks, and about which contract."""

    request: ScopedRequest
    fund: Fund
    care: Care

    @property
    def data(self) -> QueryDict | None:
        """What was typed, if anything was sent."""
        return self.request.POST if self.request.method == "POST" else None

    @property
    def number(self) -> int:
        return self.care.state.contract.number

    @property
    def today(self) -> date:
        return self.request.reach.day

    @property
    def meetings(self) -> Sequence[Meeting]:
        return _meetings(self.fund)

    @property
    def rules(self) -> RuleSet:
        fund = self.fund
        return rules_of(group_id=fund.pk, kind=fund.chart, area_code=fund.area_code, day=self.today)

    @property
    def name(self) -> str:
        return f"สัญญาเลขที่ {self.care.state.contract.paper_number} · {self.care.state.borrower}"

    @property
    def href(self) -> str:
        return reverse("loans:debt", args=[self.fund.code, self.number])


@dataclass(frozen=True, slots=True)
class _Paper:
    """A deed as a page asks for it: ``do`` gets the evidence's SHA-256 or nothing."""

    title: str
    about: str
    deed: Deed
    form: CareForm
    do: Callable[[str], object]
    done: str
    back: str
    back_words: str
    intro: Sequence[str] = ()
    keeps_evidence: bool = True
    more: Mapping[str, Any] = field(default_factory=dict)
    belongs_to: str = ""  # what its paper belongs to, by number: the fund's record says so


def _deferral(desk: _Desk) -> _Paper:
    form = DeferralForm(desk.meetings, desk.data)
    limit = desk.rules["deferral_months"]
    return _on_contract(
        desk,
        "ผ่อนผัน",
        Deed.SETTLE_DEBTS,
        form,
        lambda kept: grant_deferral(
            desk.number,
            fund=desk.fund,
            ground=form.cleaned_data["ground"],
            starts_on=form.cleaned_data["starts_on"],
            ends_on=form.cleaned_data["ends_on"],
            meeting_number=form.meeting_number,
            by=desk.request.reach,
            evidence=kept,
        ),
        "บันทึกการผ่อนผันแล้ว",
        (f"ชุดระเบียบให้ผ่อนผันได้: {value_in_thai(limit)} ({mark_of(limit)})",),
    )


def _agreement(desk: _Desk) -> _Paper:
    owed = desk.care.state.balance
    asked = DivideForm(desk.request.GET if "count" in desk.request.GET else None)
    asked.initial = {
        "count": _PARTS_PROPOSED,
        "first_due": months_later(desk.today, _MONTHS_BETWEEN),
        "every_months": _MONTHS_BETWEEN,
    }
    how = asked.cleaned_data if asked.is_bound and asked.is_valid() else asked.initial
    form = AgreementForm(
        desk.meetings,
        owed,
        desk.data,
        proposed=_proposed(owed, how["first_due"], how["count"], how["every_months"]),
        on=desk.today,
    )
    return _on_contract(
        desk,
        "ข้อตกลงส่งคืน",
        Deed.SETTLE_DEBTS,
        form,
        lambda kept: agree_on_plan(
            desk.number,
            fund=desk.fund,
            on=form.cleaned_data["on"],
            parts=form.parts,
            words=form.cleaned_data["words"],
            meeting_number=form.meeting_number,
            by=desk.request.reach,
            evidence=kept,
        ),
        "บันทึกข้อตกลงส่งคืนแล้ว แผนเดิมยังอ่านได้",
        (f"ยอดที่ค้างอยู่ {baht(owed)} ทุกงวดรวมกันต้องเท่ากับยอดนี้",),
        more={"divide": asked},
    )


def _proposed(owed: Money, first: date, count: int, every: int) -> list[PlannedPart]:
    """Equal parts of what is owed; none where the calendar ends before the last of them."""
    try:
        return equal_parts(owed, due_days(first, count=count, every_months=every))
    except ValueError:
        return []


_NOTES: Mapping[str, tuple[Kind, str, tuple[str, ...]]] = {
    "acknowledgement": (
        Kind.ACKNOWLEDGED,
        "บันทึกการรับสภาพหนี้แล้ว",
        ("ผู้ยืมหรือทายาทลงชื่อในหนังสือ ยอดที่รับสภาพคือยอดตามบัญชีของวันนั้น",),
    ),
    "breach": (
        Kind.IN_BREACH,
        "บันทึกมติแล้ว",
        ("มตินี้ไม่เปลี่ยนยอดเงิน และยกเลิกได้เมื่อที่ประชุมเห็นควร",),
    ),
    "breach-lifted": (Kind.BREACH_LIFTED, "บันทึกการยกเลิกมติแล้ว", ()),
    "heir": (
        Kind.HEIR_NAMED,
        "บันทึกทายาทแล้ว",
        ("ทายาทรับช่วงต่อเท่าที่รับมรดก ยอดของสัญญายังอยู่ครบ",),
    ),
    "claim-filed": (Kind.CLAIM_FILED, "บันทึกการเรียกร้องแล้ว", ()),
}


def _note(slug: str) -> Callable[[_Desk], _Paper]:
    kind, done, intro = _NOTES[slug]

    def paper(desk: _Desk) -> _Paper:
        form = NoteForm(kind, desk.meetings, desk.data, on=desk.today)
        return _on_contract(
            desk,
            str(kind.label),
            Deed.SETTLE_DEBTS,
            form,
            lambda kept: note_debt(
                desk.number,
                kind,
                fund=desk.fund,
                on=form.cleaned_data["on"],
                words=form.cleaned_data["words"],
                meeting_number=form.meeting_number,
                evidence=kept,
                by=desk.request.reach,
            ),
            done,
            intro,
        )

    return paper


def _write_off(desk: _Desk) -> _Paper:
    form = WriteOffForm(
        ("หนี้สูญที่รับรู้แล้วเพิ่มขึ้น", "ยอดของสัญญายืมลดลง"),
        desk.data,
        amount=desk.care.state.balance,
        on=desk.today,
    )
    limit = desk.rules["write_off_by"]
    return _on_contract(
        desk,
        "รับรู้หนี้สูญ",
        Deed.WRITE_OFF,
        form,
        lambda kept: write_off(  # noqa: ARG005
            desk.number,
            fund=desk.fund,
            amount=form.cleaned_data["amount"],
            words=form.cleaned_data["words"],
            on=form.cleaned_data["on"],
            key=form.cleaned_data["key"],
            by=desk.request.reach,
        ),
        "รับรู้หนี้สูญแล้ว",
        (
            f"ยอดที่ค้างอยู่ {baht(desk.care.state.balance)}",
            f"ผู้มีอำนาจตามชุดระเบียบ: {value_in_thai(limit)} ({mark_of(limit)})",
        ),
        keeps_evidence=False,
    )


def _recovery(desk: _Desk) -> _Paper:
    form = MoneyForm(
        ("เงินสดในมือเพิ่มขึ้น", "หนี้สูญที่รับรู้แล้วลดลง"),
        desk.data,
        amount=desk.care.lost_now,
        on=desk.today,
    )
    return _on_contract(
        desk,
        "รับคืนหลังรับรู้หนี้สูญ",
        Deed.RECEIVE_MONEY,
        form,
        lambda kept: recover_loss(  # noqa: ARG005
            desk.number,
            fund=desk.fund,
            amount=form.cleaned_data["amount"],
            on=form.cleaned_data["on"],
            key=form.cleaned_data["key"],
            by=desk.request.reach,
        ),
        "บันทึกเงินที่รับคืนแล้ว",
        (f"รับรู้เป็นหนี้สูญไว้และยังไม่ได้คืน {baht(desk.care.lost_now)}",),
        keeps_evidence=False,
    )


def _on_contract(
    desk: _Desk,
    title: str,
    deed: Deed,
    form: CareForm,
    do: Callable[[str], object],
    done: str,
    intro: Sequence[str],
    *,
    keeps_evidence: bool = True,
    more: Mapping[str, Any] | None = None,
) -> _Paper:
    return _Paper(
        title,
        desk.name,
        deed,
        form,
        do,
        done,
        desk.href,
        "ดูแลหนี้ของสัญญา",
        intro,
        keeps_evidence,
        more or {},
        f"contract {desk.number}",
    )


_PAPERS: Mapping[str, Callable[[_Desk], _Paper]] = {
    "deferral": _deferral,
    "agreement": _agreement,
    **{slug: _note(slug) for slug in _NOTES},
    "write-off": _write_off,
    "recovery": _recovery,
}


# ---- other deeds ---------------------------------------------------------------------------------


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """A delay that was written down wrongly counts no more."""
    fund = fund_or_404(request, code)
    found = Deferral.objects.filter(fund=fund, number=number).first()
    if found is None:
        raise Http404
    back = reverse("loans:debt", args=[code, found.contract_number])
    form = _WithdrawForm(found, request.POST if request.method == "POST" else None)
    paper = _Paper(
        "ถอนการผ่อนผัน",
        f"สัญญาลำดับที่ {found.contract_number}",
        Deed.SETTLE_DEBTS,
        form,
        lambda kept: withdraw_deferral(number, fund=fund, by=request.reach),  # noqa: ARG005
        "ถอนการผ่อนผันแล้ว ที่บันทึกไว้เดิมยังอ่านได้",
        back,
        "ดูแลหนี้ของสัญญา",
        ("ถอนเมื่อบันทึกผิดเท่านั้น การผ่อนผันที่ให้ไปจริงไม่ต้องถอน",),
        keeps_evidence=False,
    )
    return _asked_twice(request, fund, paper)


class _WithdrawForm(CareForm):
    """Nothing to ask: only whether it is meant."""

    def __init__(self, deferral: Deferral, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.deferral = deferral

    def told(self) -> Told:
        return [
            ("ถอนการผ่อนผัน", self.deferral.ground),
            ("ต่อจากนี้", "ยอดเกินกำหนดของสัญญานี้แสดงตามแผน โดยไม่มีการผ่อนผันครั้งนี้"),
        ]


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Say how a balance that a household disputed was settled."""
    fund = fund_or_404(request, code)
    found = next((each for each in open_disputes(fund) if each.number == number), None)
    if found is None:
        raise Http404
    contract = contract_of(fund, found.contract_number)
    if contract is None:
        raise Http404
    with_names = names(request, fund, f"dispute {number}")
    form = SettleForm(
        request.POST if request.method == "POST" else None, initial={"on": request.reach.day}
    )
    intro = [f"ยอดตามบัญชีวันที่แจ้ง {found.balance.text if found.balance is not None else '–'} บาท"]
    if found.said is not None:
        intro.append(f"ครัวเรือนบอกว่า {baht(found.said)}")
    if found.words and with_names:
        intro.append(f"ครัวเรือนเล่าว่า {found.words}")
    name = contract.borrower.name
    paper = _Paper(
        "ตกลงเรื่องยอดที่ไม่ตรง",
        f"สัญญาเลขที่ {contract.paper_number} · {name.full if with_names else name.masked}",
        Deed.SETTLE_DEBTS,
        form,
        lambda kept: settle_dispute(  # noqa: ARG005
            number,
            fund=fund,
            on=form.cleaned_data["on"],
            words=form.cleaned_data["words"],
            by=request.reach,
        ),
        "บันทึกข้อตกลงเรื่องยอดแล้ว",
        reverse("loans:confirmations", args=[code]),
        "ยืนยันยอดประจำปี",
        intro,
        keeps_evidence=False,
    )
    return _asked_twice(request, fund, paper)


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def claim_new(request: ScopedRequest, code: str) -> HttpResponse:
    """A person has to give money back: it moves from where the books have it to a claim."""
    fund = fund_or_404(request, code)
    with_names = names(request, fund, "open contracts")
    states = contract_states(fund, as_of=request.reach.day, with_names=with_names)
    owed = [
        (
            state.contract.number,
            f"เลขที่ {state.contract.paper_number} {state.borrower} ค้างอยู่ {state.balance.text} บาท",
        )
        for state in states
        if not state.is_settled
    ]
    form = ClaimForm(_meetings(fund), owed, request.POST if request.method == "POST" else None)
    paper = _Paper(
        "บันทึกเงินที่ต้องเรียกคืนจากบุคคล",
        fund.name,
        Deed.SETTLE_DEBTS,
        form,
        lambda kept: recognise_claim(
            fund=fund,
            source=form.account,
            amount=form.cleaned_data["amount"],
            person_name=form.cleaned_data["person_name"],
            words=form.cleaned_data["words"],
            on=form.cleaned_data["on"],
            meeting_number=form.meeting_number,
            key=form.cleaned_data["key"],
            by=request.reach,
            evidence=kept,
        ),
        "บันทึกเงินที่ต้องเรียกคืนแล้ว",
        reverse("loans:claims", args=[code]),
        "เงินที่ต้องเรียกคืนจากบุคคล",
        ("บันทึกเฉพาะที่รู้แน่และมีมติหรือหลักฐาน ใช้ถ้อยคำตามจริง ไม่กล่าวหา",),
        belongs_to="claim",
    )
    return _asked_twice(request, fund, paper)


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def claim_receive(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Somebody gives back what was claimed from them."""
    fund = fund_or_404(request, code)
    found = next(
        (each for each in claims_of(fund, as_of=request.reach.day) if each.claim.number == number),
        None,
    )
    if found is None:
        raise Http404
    with_names = names(request, fund, f"claim {number}")
    form = MoneyForm(
        ("เงินสดในมือเพิ่มขึ้น", "เงินที่ต้องเรียกคืนจากบุคคลลดลง"),
        request.POST if request.method == "POST" else None,
        amount=found.owed,
        on=request.reach.day,
    )
    paper = _Paper(
        "รับเงินคืนจากบุคคล",
        found.claim.person_name if with_names else f"รายการที่ {number}",
        Deed.RECEIVE_MONEY,
        form,
        lambda kept: receive_claim(  # noqa: ARG005
            number,
            fund=fund,
            amount=form.cleaned_data["amount"],
            on=form.cleaned_data["on"],
            key=form.cleaned_data["key"],
            by=request.reach,
        ),
        "บันทึกเงินที่ได้รับคืนแล้ว",
        reverse("loans:claims", args=[code]),
        "เงินที่ต้องเรียกคืนจากบุคคล",
        (f"ยังต้องเรียกคืน {baht(found.owed)}",),
        keeps_evidence=False,
    )
    return _asked_twice(request, fund, paper)


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def held_return(request: ScopedRequest, code: str, member: str) -> HttpResponse:
    """Give back what is held for a household."""
    fund = fund_or_404(request, code)
    found = next(
        (each for each in held_of(fund, as_of=request.reach.day) if each.member == member), None
    )
    if found is None:
        raise Http404
    with_names = names(request, fund, f"held {member}")
    [(_, name, _)] = _held_named(fund, [found], with_names=with_names)
    form = MoneyForm(
        ("เงินรับฝากของครัวเรือนลดลง", "เงินสดในมือลดลง"),
        request.POST if request.method == "POST" else None,
        amount=found.amount,
        on=request.reach.day,
    )
    paper = _Paper(
        "คืนเงินรับฝาก",
        name,
        Deed.RECEIVE_MONEY,
        form,
        lambda kept: return_held(  # noqa: ARG005
            member,
            fund=fund,
            amount=form.cleaned_data["amount"],
            on=form.cleaned_data["on"],
            key=form.cleaned_data["key"],
            by=request.reach,
        ),
        "บันทึกการคืนเงินรับฝากแล้ว",
        reverse("loans:debts", args=[code]),
        "หนี้ที่ต้องดูแล",
        (f"รับฝากไว้ {baht(found.amount)} จ่ายคืนจากเงินสดในมือ",),
        keeps_evidence=False,
    )
    return _asked_twice(request, fund, paper)


# ---- asking twice --------------------------------------------------------------------------------


def _asked_twice(request: ScopedRequest, fund: Fund, paper: _Paper) -> HttpResponse:
    """Show the form; read it back once it may be done; do it when that is confirmed."""
    context = {**head(request, fund), "paper": paper, "form": paper.form, **paper.more}
    entitled = request.reach.refusals(paper.deed, area_code=fund.area_code, group_id=fund.pk)
    if entitled:
        context["refused"] = [not_entitled_in_thai(refusal) for refusal in entitled]
        return render(request, "loans/debt_form.html", context, status=403)
    form = paper.form
    is_sent = request.method == "POST" and "mend" not in request.POST
    if is_sent and form.is_valid():
        is_confirmed = "confirmed" in request.POST
        beside = EvidenceForm(request.POST, request.FILES) if is_confirmed else EvidenceForm()
        done: object = None
        if is_confirmed and beside.is_valid():
            done = _do(request, fund, paper, beside)
            if not isinstance(done, NotDone):
                messages.success(request, paper.done)
                return redirect(paper.back)
        elif not is_confirmed:
            done = _rehearsed(paper)
        if not isinstance(done, NotDone):
            context |= {"told": form.told(), "evidence": beside, "typed": _typed(form)}
            status = 422 if is_confirmed else 200
            return render(request, "loans/debt_read_back.html", context, status=status)
        form.refuse(done)
    status = 422 if is_sent else 200
    return render(request, "loans/debt_form.html", context, status=status)


def _rehearsed(paper: _Paper) -> object:
    """What would become of the deed, all refusals included; nothing of it stays."""
    with transaction.atomic():
        done = paper.do("")
        transaction.set_rollback(True)
    return done


def _do(request: ScopedRequest, fund: Fund, paper: _Paper, beside: EvidenceForm) -> object:
    """The deed, with its paper kept beside it, both or neither."""
    path = beside.path if paper.keeps_evidence else None
    if path is None:
        return paper.do("")
    with transaction.atomic():
        done = paper.do(sha256_as_kept(path))
        if not isinstance(done, NotDone):
            keep_paper(
                path,
                fund_id=fund.pk,
                area_code=fund.area_code,
                subject=paper.belongs_to,
                user_id=request.reach.user_id,
            )
    return done


def _typed(form: CareForm) -> list[BoundField]:
    """Everything that was typed, to be sent again."""
    return list(form)


# ---- what every page asks first ------------------------------------------------------------------


def head(request: ScopedRequest, fund: Fund) -> dict[str, Any]:
    """What every template of these pages needs."""
    return {"fund": fund, "code": fund.code, "as_of": request.reach.day}


def _meetings(fund: Fund) -> Sequence[Meeting]:
    return list(closed_meetings(fund.group)[:24])


def _held_named(
    fund: Fund, held: Sequence[Held], *, with_names: bool
) -> list[tuple[Held, str, int | None]]:
    """Sums that are held, with whose they are. One statement, none where nothing is held."""
    numbers = [each.member_number for each in held if each.member_number is not None]
    names = {}
    if numbers:
        members = Membership.objects.filter(group_id=fund.pk, number__in=numbers)
        for member in members.select_related("person"):
            name = member.person.name
            names[member.number] = name.full if with_names else name.masked
    return [
        (
            each,
            names.get(each.member_number or 0) or f"ผู้ส่งคืนในสัญญาลำดับที่ {each.contract_number}",
            each.member_number,
        )
        for each in held
    ]
