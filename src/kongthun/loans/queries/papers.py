"""What forms 1 to 4 say of a request, filled from the rows: proposal, request, contract, pay-out.

Names stand in full only for who may see them; for others they are masked and the house is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kongthun.areas.queries import names_of
from kongthun.domain.money import Money, total
from kongthun.domain.plan import Interest
from kongthun.domain.thai_text import PersonName, read_name
from kongthun.groups.models import CommitteePosition, Membership
from kongthun.groups.queries.committee import in_force_terms
from kongthun.groups.queries.rules import rules_of
from kongthun.ledger.models import Entry, Fund

from ..models import Contract, Instalment, Request, Signatory, SignedAs, Step, StepKind
from ..papers import (
    CommitteeDecision,
    ContractPaper,
    FieldWorkerOpinion,
    FundOnPaper,
    InstalmentOnPaper,
    PayOutPaper,
    PersonOnPaper,
    ProposalItem,
    ProposalPaper,
    RequestPaper,
)
from .receipts import document_of
from .requests import items_of, standing_steps


@dataclass(frozen=True, slots=True)
class _Papers:
    """Everything the four papers share."""

    fund: Fund
    request: Request
    steps: list[Step]
    with_names: bool
    on_paper: FundOnPaper
    borrower: PersonOnPaper

    def name(self, name: PersonName) -> str:
        return name.full if self.with_names else name.masked

    def written(self, name: str) -> str:
        return self.name(read_name(name)) if name else ""

    def step(self, kind: StepKind) -> Step | None:
        return next((step for step in reversed(self.steps) if step.kind == kind), None)

    @property
    def book_and_leaf(self) -> tuple[str, str]:
        """เล่มที่ and เลขที่ of the forms; both open in a draft."""
        number = self.request.paper_number
        if number is None:
            return "", ""
        book, _, leaf = document_of(number).partition("/")
        return book, leaf

    @property
    def opinion(self) -> FieldWorkerOpinion:
        step = self.step(StepKind.OPINED)
        if step is None:
            return FieldWorkerOpinion()
        return FieldWorkerOpinion(
            step.is_favourable,
            step.words if self.with_names else "",
            str(step.recorded_by or ""),
            step.happened_on,
        )

    @property
    def decision(self) -> CommitteeDecision:
        step = self.step(StepKind.DECIDED)
        if step is None:
            return CommitteeDecision()
        return CommitteeDecision(
            step.is_favourable,
            step.amount,
            step.words if self.with_names else "",
            self.chairman_on(step.happened_on),
            step.happened_on,
        )

    def chairman_on(self, day: date) -> str:
        rules = rules_of(
            group_id=self.fund.pk, kind=self.fund.chart, area_code=self.fund.area_code, day=day
        )
        terms = in_force_terms(self.fund.pk, day, years=rules["committee_years"].count)
        chairmen = [term for term in terms if term.position == CommitteePosition.CHAIRMAN]
        return self.name(chairmen[0].person.name) if chairmen else ""


def proposal_paper(fund: Fund, request: Request, *, with_names: bool) -> ProposalPaper:
    """Form 1. A draft whose items do not make the sum asked leaves the sum to be written in."""
    papers = _papers(fund, request, with_names=with_names)
    items = tuple(
        ProposalItem(item.words, item.amount) for item in items_of(fund.pk, request.number)
    )
    adds_up = not items or total(item.amount for item in items) == request.asked
    return ProposalPaper(
        fund=papers.on_paper,
        book_number=papers.book_and_leaf[0],
        project_number=papers.book_and_leaf[1],
        proposer=papers.borrower,
        project=request.project,
        total=request.asked if adds_up else None,
        items=items,
        signed_on=request.made_on,
        opinion=papers.opinion,
        decision=papers.decision,
    )


def request_paper(fund: Fund, request: Request, *, with_names: bool) -> RequestPaper:
    """Form 2."""
    papers = _papers(fund, request, with_names=with_names)
    return RequestPaper(
        fund=papers.on_paper,
        book_number=papers.book_and_leaf[0],
        number=papers.book_and_leaf[1],
        written_at=fund.name,
        on=request.made_on,
        borrower=papers.borrower,
        amount=request.asked,
        consenting=papers.written(request.consenter_name),
        opinion=papers.opinion,
        decision=papers.decision,
    )


def contract_paper(fund: Fund, request: Request, *, with_names: bool) -> ContractPaper | None:
    """Form 3, or nothing before the contract is drawn up."""
    contract = _contract(fund, request)
    if contract is None:
        return None
    papers = _papers(fund, request, with_names=with_names)
    signed = _signed(fund.pk, contract.number)
    parts = Instalment.objects.filter(fund=fund, contract_number=contract.number, plan=1)
    return ContractPaper(
        fund=papers.on_paper,
        book_number=_book_of(contract),
        number=contract.paper_number,
        written_at=fund.name,
        on=contract.signed_on,
        borrower=papers.borrower,
        chairman=papers.written(_first(signed, SignedAs.LENDER)),
        amount=contract.principal,
        interest=_interest_words(contract),
        purpose=request.project,
        instalments=tuple(
            InstalmentOnPaper(part.due_on, part.amount) for part in parts.order_by("sequence")
        ),
        consenting=papers.written(_first(signed, SignedAs.CONSENTER)),
        witnesses=tuple(map(papers.written, _all(signed, SignedAs.WITNESS))),
    )


def pay_out_paper(fund: Fund, request: Request, *, with_names: bool) -> PayOutPaper | None:
    """Form 4, or nothing before the money was handed over."""
    papers = _papers(fund, request, with_names=with_names)
    contract, step = _contract(fund, request), papers.step(StepKind.PAID_OUT)
    if contract is None or step is None:
        return None
    signed = _signed(fund.pk, contract.number)
    entry = Entry.objects.filter(fund=fund, number=step.entry_number or 0).first()
    return PayOutPaper(
        fund=papers.on_paper,
        book_number=_book_of(contract),
        number=entry.document if entry is not None else "",
        on=step.happened_on,
        payee=papers.borrower,
        contract_number=contract.paper_number,
        amount=contract.principal,
        payer=papers.written(_first(signed, SignedAs.PAYER)),
        witnesses=tuple(map(papers.written, _all(signed, SignedAs.PAY_WITNESS))),
    )


# --- below the line -------------------------------------------------------------------------


def _papers(fund: Fund, request: Request, *, with_names: bool) -> _Papers:
    place = fund_on_paper(fund)
    member = (
        Membership.objects.filter(group_id=fund.pk, number=request.member_number)
        .select_related("household")
        .first()
    )
    name = request.borrower.name
    house = member.household.house_number if member is not None and with_names else ""
    borrower = PersonOnPaper(
        title_and_name=name.full if with_names else name.masked,
        house_number=house,
        moo=place.moo,
        village=place.village,
        tambon=place.tambon,
        amphoe=place.amphoe,
        province=place.province,
        occupation=request.occupation,
        list_number=request.member_number,
    )
    return _Papers(
        fund, request, standing_steps(fund.pk, request.number), with_names, place, borrower
    )


def fund_on_paper(fund: Fund) -> FundOnPaper:
    """Name and place of a fund by the official names of today; what has no name stays open."""
    code = fund.area_code
    names = names_of([code[:2], code[:4], code[:6], code])
    words = FundOnPaper()
    is_kkk = fund.chart == "kkk"
    return FundOnPaper(
        name=words.name if is_kkk else fund.name,
        committee=words.committee if is_kkk else f"คณะกรรมการ{fund.name}",
        village=names.get(code, fund.name),
        moo=str(int(code[6:8])),
        tambon=names.get(code[:6], ""),
        amphoe=names.get(code[:4], ""),
        province=names.get(code[:2], ""),
    )


def _book_of(contract: Contract) -> str:
    """เล่มที่ of a contract numbered here, 12/2569; open for a number of the paper books."""
    running, _, year = contract.paper_number.partition("/")
    if not (running.isascii() and running.isdecimal() and year):
        return ""
    return document_of(int(running)).partition("/")[0]


def _contract(fund: Fund, request: Request) -> Contract | None:
    return Contract.objects.filter(
        fund=fund, number=request.contract_number or 0, withdrawn_at__isnull=True
    ).first()


def _signed(fund_id: int, contract_number: int) -> list[Signatory]:
    kept = Signatory.objects.filter(
        fund_id=fund_id, contract_number=contract_number, withdrawn_at__isnull=True
    )
    return list(kept.order_by("sequence"))


def _all(signed: Sequence[Signatory], role: SignedAs) -> list[str]:
    return [each.name for each in signed if each.signed_as == role]


def _first(signed: Sequence[Signatory], role: SignedAs) -> str:
    return next(iter(_all(signed, role)), "")


_METHODS = {Interest.FLAT: "คงที่", Interest.DECLINING: "ลดต้นลดดอก"}


def _interest_words(contract: Contract) -> str:
    """What stands behind the sum: without interest, or so much a year and how it is reckoned."""
    method = Interest(contract.interest_method)
    if method == Interest.NONE:
        return ContractPaper().interest
    rate = Money(contract.interest_rate).text  # hundredths of a per cent read like satang
    return f"โดยมีดอกเบี้ยร้อยละ {rate} ต่อปี แบบ{_METHODS[method]}"
