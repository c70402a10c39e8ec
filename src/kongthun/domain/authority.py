"""Who may decide and pay: terms in force on the day, quorum, nobody on their own household.

Everything is judged by what was true on the day itself, as it is known now: when a term is put
right later, what was decided under it is judged again (`unentitled`). Who is counted are people,
not seats: somebody who stands twice on a committee comes once. docs/rules/authority.md works an
example and says which rules were not held against the text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from .thai_calendar import add_years
from .thai_text import name_key

CHAIRMAN = "chairman"
NOTHING_REPLACED: Mapping[int, int] = MappingProxyType({})


# ---------------------------------------------------------------------------------------- terms


@dataclass(frozen=True, slots=True)
class Term:
    """A person's place on a committee. Both days count; either may be unknown.

    ``person_key`` is equal for one person wherever the papers name them, ``words`` is the position
    as the paper writes it.
    """

    number: int
    person_key: str
    position: str
    starts_on: date | None
    ends_on: date | None
    words: str = ""


def last_day(term: Term, *, years: int | None) -> date | None:
    """The last day of a term: as written, else so many years from its start; empty if open.

    >>> last_day(Term(1, "k", "chairman", date(2024, 10, 1), None), years=4)
    datetime.date(2028, 9, 30)
    """
    if term.ends_on is not None or term.starts_on is None or years is None:
        return term.ends_on
    try:
        return add_years(term.starts_on, years) - timedelta(days=1)
    except ValueError:  # past the end of the calendar
        return None


def is_in_force(term: Term, day: date, *, years: int | None) -> bool:
    """Whether a term holds on a day. A start nobody knows lies before every day."""
    if term.starts_on is not None and day < term.starts_on:
        return False
    end = last_day(term, years=years)
    return end is None or day <= end


def in_force(terms: Iterable[Term], day: date, years: int | None) -> list[Term]:
    """The terms that hold on a day, in the order given."""
    return [term for term in terms if is_in_force(term, day, years=years)]


def quorum_needed(count_in_office: int, per_cent: int | None) -> int:
    """How many must be there: more than this share of those in office, and never nobody.

    All of those in office are always enough. Rules that say nothing ask for one.

    >>> quorum_needed(8, 50), quorum_needed(7, 50), quorum_needed(9, 100), quorum_needed(7, None)
    (5, 4, 9, 1)
    """
    more_than = count_in_office * (per_cent or 0) // 100 + 1
    return min(more_than, max(count_in_office, 1))


# ------------------------------------------------------------------------------------- refusals


@dataclass(frozen=True, slots=True)
class NobodyInOffice:
    """No term was in force on the day."""

    day: date


@dataclass(frozen=True, slots=True)
class NoQuorum:
    """Fewer came than must be there."""

    came: int
    needed: int
    in_office: int


@dataclass(frozen=True, slots=True)
class TooFewRemain:
    """Quorum came, but without those of the borrower's household it is none."""

    remain: int
    needed: int
    in_office: int


@dataclass(frozen=True, slots=True)
class TermNotInForce:
    """Somebody counted as there, paying or signing whose term did not hold on the day."""

    term_number: int
    words: str
    day: date


@dataclass(frozen=True, slots=True)
class OwnHousehold:
    """A committee member of the borrower's household was counted in the decision."""

    term_number: int
    words: str


@dataclass(frozen=True, slots=True)
class RecorderDecides:
    """Who recorded the request also records the decision."""

    user_id: int


@dataclass(frozen=True, slots=True)
class PayerNotChairman:
    """Who hands the money over is not the chairman; ``words`` is what they are."""

    words: str


@dataclass(frozen=True, slots=True)
class WitnessesMissing:
    """Fewer people can count as witnesses than the rules ask for."""

    have: int
    needed: int


@dataclass(frozen=True, slots=True)
class WitnessTwice:
    """One person is named as witness twice."""

    name: str


@dataclass(frozen=True, slots=True)
class WitnessIsParty:
    """A witness is one of those whose deed is witnessed."""

    name: str


@dataclass(frozen=True, slots=True)
class SignersMissing:
    """Fewer people in office signed the withdrawal than the rules ask for."""

    have: int
    needed: int


@dataclass(frozen=True, slots=True)
class NotDecided:
    """Money was handed over without a decision."""

    day: date


DecisionRefusal = (
    NobodyInOffice | NoQuorum | TooFewRemain | TermNotInForce | OwnHousehold | RecorderDecides
)
PayOutRefusal = (
    TermNotInForce
    | PayerNotChairman
    | WitnessesMissing
    | WitnessTwice
    | WitnessIsParty
    | SignersMissing
)
AuthorityRefusal = DecisionRefusal | PayOutRefusal | NotDecided


# -------------------------------------------------------------------------------------- judging


def people_of(
    numbers: Iterable[int],
    terms: Iterable[Term],
    replaced_by: Mapping[int, int] = NOTHING_REPLACED,
    *,
    day: date,
    years: int | None,
) -> tuple[list[Term], list[TermNotInForce]]:
    """The people behind some numbers of terms, each once, and those not in office on the day."""
    known = {term.number: term for term in terms}
    there, refused = _sorted_out(numbers, known, replaced_by, day=day, years=years)
    return list(there.values()), refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What happened when the committee decided on a request, with the rules of its day.

    ``came`` and ``stepped_out`` are numbers of terms; ``household`` the person keys of everybody
    who lived in the borrower's household on the day, the borrower and a spouse among them.
    ``requested_by`` and ``decided_by`` are the users who recorded each.
    """

    day: date
    came: frozenset[int]
    stepped_out: frozenset[int] = frozenset()
    household: frozenset[str] = frozenset()
    requested_by: int | None
    decided_by: int | None
    years: int | None
    per_cent: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PayOut:
    """What happened when the money of a contract was handed over, with the rules of its day.

    ``payer`` and ``signers`` are numbers of terms, ``witnesses`` names as written, ``parties`` the
    person keys of those who sign for the household. Signers are asked for where the money comes
    out of a bank account: ``signers_needed`` is empty or nought elsewhere.
    """

    day: date
    payer: int
    witnesses: tuple[str, ...]
    signers: frozenset[int] = frozenset()
    parties: frozenset[str] = frozenset()
    years: int | None
    witnesses_needed: int | None
    signers_needed: int | None


def judge_decision(
    decision: Decision,
    terms: Iterable[Term],
    replaced_by: Mapping[int, int] = NOTHING_REPLACED,
) -> list[DecisionRefusal]:
    """Everything that speaks against a decision, all together; nothing when it stands.

    ``terms`` are those that count today, ``replaced_by`` leads from the number of a term that was
    put right to the number of the one that counts instead.
    """
    known = {term.number: term for term in terms}
    office = {term.person_key for term in in_force(known.values(), decision.day, decision.years)}
    refusals: list[DecisionRefusal] = [] if office else [NobodyInOffice(decision.day)]
    there, not_in_force = _sorted_out(
        decision.came, known, replaced_by, day=decision.day, years=decision.years
    )
    refusals.extend(not_in_force)
    outside = {
        term.person_key
        for number in decision.stepped_out
        if (term := known.get(_number_now(number, replaced_by))) is not None
    }
    stayed = {key: term for key, term in there.items() if key not in outside}
    own = {key: term for key, term in stayed.items() if key in decision.household}
    needed = quorum_needed(len(office), decision.per_cent)
    remain = len(stayed) - len(own)
    if office and len(there) < needed:
        refusals.append(NoQuorum(len(there), needed, len(office)))
    elif office and remain < needed:
        refusals.append(TooFewRemain(remain, needed, len(office)))
    refusals.extend(OwnHousehold(term.number, term.words) for term in own.values())
    if decision.decided_by is not None and decision.decided_by == decision.requested_by:
        refusals.append(RecorderDecides(decision.decided_by))
    return refusals


def judge_pay_out(
    pay_out: PayOut,
    terms: Iterable[Term],
    replaced_by: Mapping[int, int] = NOTHING_REPLACED,
) -> list[PayOutRefusal]:
    """Everything that speaks against handing the money over, all together.

    A witness named twice counts once, a witness who is a party (the household or who pays) does not
    count; a signer out of office does not count.
    """
    known = {term.number: term for term in terms}
    day, years = pay_out.day, pay_out.years
    _, paid_wrongly = _sorted_out([pay_out.payer], known, replaced_by, day=day, years=years)
    signing, signed_wrongly = _sorted_out(pay_out.signers, known, replaced_by, day=day, years=years)
    refusals: list[PayOutRefusal] = list(dict.fromkeys([*paid_wrongly, *signed_wrongly]))
    payer = known.get(_number_now(pay_out.payer, replaced_by))
    if payer is not None and payer.position != CHAIRMAN:
        refusals.append(PayerNotChairman(payer.words))
    parties = pay_out.parties | ({payer.person_key} if payer is not None else set())
    wrong, have = _witnesses(pay_out.witnesses, parties)
    refusals.extend(wrong)
    if have < (pay_out.witnesses_needed or 0):
        refusals.append(WitnessesMissing(have, pay_out.witnesses_needed or 0))
    if len(signing) < (pay_out.signers_needed or 0):
        refusals.append(SignersMissing(len(signing), pay_out.signers_needed or 0))
    return refusals


@dataclass(frozen=True, slots=True)
class PaidContract:
    """A contract whose money was handed over: by which decision, and how."""

    contract_number: int
    decision: Decision | None
    pay_out: PayOut


@dataclass(frozen=True, slots=True)
class Unentitled:
    """A pay-out that would be refused by what is known now, with every reason."""

    contract_number: int
    refusals: tuple[AuthorityRefusal, ...]


def unentitled(
    paid: Iterable[PaidContract],
    terms: Sequence[Term],
    replaced_by: Mapping[int, int] = NOTHING_REPLACED,
) -> list[Unentitled]:
    """The pay-outs that those who decided or paid were not entitled to on their day.

    Judged by the terms as they are known now and by the rules kept with each decision. Empty when
    every pay-out was judged before it was made and no term was put right since.
    """
    found = []
    for contract in paid:
        reasons: list[AuthorityRefusal] = []
        if contract.decision is None:
            reasons.append(NotDecided(contract.pay_out.day))
        else:
            reasons.extend(judge_decision(contract.decision, terms, replaced_by))
        reasons.extend(judge_pay_out(contract.pay_out, terms, replaced_by))
        if reasons:
            found.append(Unentitled(contract.contract_number, tuple(reasons)))
    return found


# ------------------------------------------------------------------------------- below the line


def _sorted_out(
    numbers: Iterable[int],
    known: Mapping[int, Term],
    replaced_by: Mapping[int, int],
    *,
    day: date,
    years: int | None,
) -> tuple[dict[str, Term], list[TermNotInForce]]:
    there: dict[str, Term] = {}
    refused: dict[TermNotInForce, None] = {}  # each once, in the order of their numbers
    for number in sorted(numbers):
        term = known.get(_number_now(number, replaced_by))
        if term is None:
            refused[TermNotInForce(number, "", day)] = None
        elif is_in_force(term, day, years=years):
            there.setdefault(term.person_key, term)
        else:
            refused[TermNotInForce(term.number, term.words, day)] = None
    return there, list(refused)


def _number_now(number: int, replaced_by: Mapping[int, int]) -> int:
    """The number of the term that counts instead. What puts right always has a higher number."""
    while (later := replaced_by.get(number, number)) > number:
        number = later
    return number


def _witnesses(
    names: Iterable[str], parties: Collection[str]
) -> tuple[list[WitnessTwice | WitnessIsParty], int]:
    """What is wrong with the witnesses named, and how many count. Blank names are nobody."""
    wrong: list[WitnessTwice | WitnessIsParty] = []
    seen: set[str] = set()
    counting = 0
    for name in names:
        key = name_key(name)
        if not key:
            continue
        if key in seen:
            wrong.append(WitnessTwice(name))
        elif key in parties:
            wrong.append(WitnessIsParty(name))
        else:
            counting += 1
        seen.add(key)
    return wrong, counting
