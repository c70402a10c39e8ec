"""Who was entitled on the day, judged again as it is known now; and what new rules would touch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from kongthun.activities.models import Attendance, Meeting
from kongthun.domain.authority import Decision, PaidContract, PayOut, Unentitled, unentitled
from kongthun.domain.money import ZERO
from kongthun.domain.plan import months_between
from kongthun.domain.rule_set import RuleSet, rule_set_of
from kongthun.domain.what_if import Standing, Touched, touched_by
from kongthun.groups.models import (
    HouseholdEvent,
    HouseholdEventKind,
    HouseholdMember,
    Membership,
    Person,
)
from kongthun.groups.queries.households import last_of, standing_events
from kongthun.ledger.models import Fund, Line

from ..models import (
    Contract,
    Deferral,
    Instalment,
    Request,
    Signatory,
    SignedAs,
    Stage,
    Step,
    StepKind,
)
from .contracts import on_accounts
from .offices import offices_of

_NO_CONTRACT = 0


# ---- who was entitled ----------------------------------------------------------------------------


def unentitled_pay_outs(fund: Fund) -> list[Unentitled]:
    """Pay-outs that would be refused by what is known now, with every reason. Ten statements.

    Of contracts paid out on screen, each by the rules kept with its own steps: what only the paper
    knows has no steps to judge. Empty while no term is put right afterwards.
    """
    requests = {
        request.number: request
        for request in Request.objects.filter(fund=fund, stage=Stage.PAID_OUT).select_related(
            "borrower"
        )
    }
    steps = _standing_steps(fund.pk)
    meetings = dict(Meeting.objects.filter(group_id=fund.pk).values_list("number", "held_on"))
    came: dict[int, set[int]] = defaultdict(set)
    seats = Attendance.objects.filter(group_id=fund.pk)
    for meeting, term in seats.values_list("meeting_number", "term_number"):
        came[meeting].add(term)
    signed = _signatures(fund.pk)
    from_bank = set(
        Line.objects.filter(fund=fund, account__startswith="bank:", amount__lt=0).values_list(
            "entry_number", flat=True
        )
    )
    offices = offices_of(fund.pk)
    people = _PeopleOfGroup.read(fund.pk)
    paid = []
    for number, request in requests.items():
        by_kind = {StepKind(step.kind): step for step in steps.get(number, [])}
        handed = by_kind.get(StepKind.PAID_OUT)
        if handed is None:
            continue
        contract = handed.contract_number or request.contract_number or _NO_CONTRACT
        handed_in, decided = by_kind.get(StepKind.REQUESTED), by_kind.get(StepKind.DECIDED)
        decision = None
        if decided is not None and decided.meeting_number in meetings:
            held_on = meetings[decided.meeting_number]
            rules = rule_set_of(decided.judged_by or _NO_RULES)
            decision = Decision(
                day=held_on,
                came=frozenset(came[decided.meeting_number]),
                stepped_out=frozenset(decided.stepped_out),
                household=frozenset(people.of(request.member_number, held_on))
                | {request.borrower.name_key},
                requested_by=handed_in.recorded_by_id if handed_in is not None else None,
                decided_by=decided.recorded_by_id,
                years=rules["committee_years"].count,
                per_cent=rules["quorum_per_cent"].count,
            )
        rules = rule_set_of(handed.judged_by or _NO_RULES)
        out_of_bank = handed.entry_number in from_bank
        papers = signed.get(contract, _Signed())
        pay_out = PayOut(
            day=handed.happened_on,
            payer=papers.payer,
            witnesses=tuple(papers.witnesses),
            signers=frozenset(papers.signers),
            parties=frozenset({request.borrower.name_key}),
            years=rules["committee_years"].count,
            witnesses_needed=rules["witnesses"].count,
            signers_needed=rules["withdrawal_signers"].count if out_of_bank else None,
        )
        paid.append(PaidContract(contract, decision, pay_out))
    return unentitled(paid, offices.terms, offices.replaced_by)


_NO_RULES: Mapping[str, object] = {"code": "", "name": "", "starts_on": "0001-01-01", "limits": {}}


@dataclass(slots=True)
class _Signed:
    """Who signed the pay-out of a contract. Nobody is term 0, which is never given."""

    payer: int = 0
    signers: set[int] = field(default_factory=set)
    witnesses: list[str] = field(default_factory=list)


def _signatures(fund_id: int) -> dict[int, _Signed]:
    found: dict[int, _Signed] = defaultdict(_Signed)
    kinds = [SignedAs.PAYER, SignedAs.SIGNER, SignedAs.PAY_WITNESS]
    rows = Signatory.objects.filter(
        fund_id=fund_id, signed_as__in=kinds, withdrawn_at__isnull=True
    ).order_by("contract_number", "sequence")
    for row in rows:
        papers = found[row.contract_number]
        if row.signed_as == SignedAs.PAYER:
            papers.payer = row.term_number or 0
        elif row.signed_as == SignedAs.SIGNER:
            papers.signers.add(row.term_number or 0)
        else:
            papers.witnesses.append(row.name)
    return found


def _standing_steps(fund_id: int) -> dict[int, list[Step]]:
    """The steps of every request that were not taken back, in their order. One statement."""
    steps: dict[int, list[Step]] = defaultdict(list)
    for step in Step.objects.filter(fund_id=fund_id).order_by("request_number", "sequence"):
        steps[step.request_number].append(step)
    standing = {}
    for number, taken in steps.items():
        gone = {step.takes_back for step in taken}
        standing[number] = [
            step for step in taken if step.sequence not in gone and step.kind != StepKind.TAKEN_BACK
        ]
    return standing


@dataclass(slots=True)
class _PeopleOfGroup:
    """Whose own household a number of the list is on any day: `people_of` for a whole group.

    `kongthun.groups.queries.households.people_of` asks for one household and says what counts; a
    test holds the two against each other.
    """

    members: list[Membership]
    events: list[HouseholdEvent]
    stays: dict[int, list[HouseholdMember]]

    @classmethod
    def read(cls, group_id: int) -> _PeopleOfGroup:
        """Everything there is to know. Three statements."""
        members = list(
            Membership.objects.filter(group_id=group_id).select_related("person", "household__head")
        )
        events = list(standing_events(group_id).select_related("person"))
        stays: dict[int, list[HouseholdMember]] = defaultdict(list)
        houses = Membership.objects.filter(group_id=group_id).values("household_id")
        for stay in HouseholdMember.objects.filter(household_id__in=houses).select_related(
            "person"
        ):
            stays[stay.household_id].append(stay)
        return cls(members, events, stays)

    def of(self, number: int, day: date) -> set[str]:
        """The name keys of everybody whose own household this is on a day."""
        known = [event for event in self.events if event.happened_on <= day]
        into = {
            event.member_number: event.other_member_number
            for event in known
            if event.kind == HouseholdEventKind.MERGED and event.other_member_number is not None
        }
        answering = last_of(number, into)
        numbers = {answering, *(each for each in into if last_of(each, into) == answering)}
        keys: set[str] = set()
        dead: set[int | None] = set()
        for event in known:
            if event.member_number not in numbers:
                continue
            if event.kind == HouseholdEventKind.DEATH and event.happened_on < day:
                dead.add(event.person_id)
            elif event.kind == HouseholdEventKind.NEW_HEAD and event.person is not None:
                keys.add(event.person.name_key)
        for member in self.members:
            if member.number not in numbers:
                continue
            keys |= {member.person.name_key, member.household.head.name_key}
            keys |= {
                stay.person.name_key
                for stay in self.stays.get(member.household_id, [])
                if stay.person_id not in dead
                and (stay.starts_on is None or stay.starts_on <= day)
                and (stay.ends_on is None or stay.ends_on >= day)
            }
        return keys


# ---- what new rules would touch ------------------------------------------------------------------

_UNDER_WAY = (Stage.REQUESTED, Stage.OPINED, Stage.APPROVED, Stage.CONTRACTED)


@dataclass(frozen=True, slots=True)
class TouchedPaper:
    """What a proposed rule set would touch, with the paper it stands on."""

    touched: Touched
    paper_number: str
    borrower: str


def what_if(
    fund: Fund, rules: RuleSet, *, as_of: date, with_names: bool
) -> tuple[list[TouchedPaper], int]:
    """Open contracts and requests that these rules would not allow, and how many there are in all.

    A contract counts from its signing until nothing is owed on it; a request from the day it is
    handed in until its money is paid out, and from its contract on as that contract. Seven
    statements.
    """
    accounts = on_accounts(fund.pk, as_of=as_of)
    listed = set(Membership.objects.filter(group_id=fund.pk).values_list("number", flat=True))
    parts: dict[int, list[date]] = defaultdict(list)
    for number, due_on in Instalment.objects.filter(fund=fund, plan=1).values_list(
        "contract_number", "due_on"
    ):
        parts[number].append(due_on)
    guarantors: dict[int, int] = defaultdict(int)
    signed: set[int] = set()
    for row in Signatory.objects.filter(fund=fund, withdrawn_at__isnull=True):
        signed.add(row.contract_number)
        guarantors[row.contract_number] += row.signed_as == SignedAs.GUARANTOR
    delays: dict[int, int] = {}
    for delay in Deferral.objects.filter(
        fund=fund, withdrawn_at__isnull=True, starts_on__lte=as_of, ends_on__gte=as_of
    ):
        months = months_between(delay.starts_on, delay.ends_on)
        delays[delay.contract_number] = max(months, delays.get(delay.contract_number, 0))
    standing: list[Standing] = []
    papers: list[tuple[str, str]] = []

    def called(person: Person) -> str:
        return person.name.full if with_names else person.name.masked

    contracts = (
        Contract.objects.filter(fund=fund, withdrawn_at__isnull=True)
        .filter(Q(paid_out_on__isnull=True) | Q(paid_out_on__lte=as_of))
        .select_related("borrower")
    )
    for contract in contracts.order_by("number"):
        account = accounts.get(contract.number)
        is_open = contract.paid_out_on is None or (account is not None and bool(account.balance))
        if not is_open:
            continue
        due = parts.get(contract.number)
        member = contract.member_number
        standing.append(
            Standing(
                number=contract.number,
                is_request=False,
                household=member if member is not None else -contract.borrower_id,
                amount=contract.principal,
                begins_on=contract.signed_on or contract.paid_out_on,
                last_due_on=max(due) if due else contract.due_on,
                parts=len(due) if due else None,
                guarantors=guarantors[contract.number] if contract.number in signed else None,
                is_listed=member in listed,
                interest_method=contract.interest_method,
                interest_rate=contract.interest_rate,
                deferred_months=delays.get(contract.number),
            )
        )
        papers.append((contract.paper_number, called(contract.borrower)))
    requests = Request.objects.filter(
        fund=fund, stage__in=_UNDER_WAY, contract_number__isnull=True
    ).select_related("borrower")
    for request in requests.order_by("number"):
        standing.append(
            Standing(
                number=request.number,
                is_request=True,
                household=request.member_number,
                amount=request.asked or ZERO,
                is_listed=request.member_number in listed,
            )
        )
        papers.append((str(request.paper_number or ""), called(request.borrower)))
    paper_of = {
        (each.is_request, each.number): paper for each, paper in zip(standing, papers, strict=True)
    }
    found = [
        TouchedPaper(each, *paper_of[each.standing.is_request, each.standing.number])
        for each in touched_by(rules, standing)
    ]
    return found, len(standing)
