"""What a person may see and do today: one table, and the reach it gives over the tree.

The table below is the whole of it. A view asks for one deed; a query takes the reach and can not
return what lies outside (docs/rules/roles.md shows the same table for people).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import reduce
from operator import or_

from django.db.models import Q

from kongthun.areas.queries import touching, within

from .models import Appointment, Role, User


class Deed(StrEnum):
    """What can be asked of the system."""

    SEE_AREA = "see_area"  # sums of an area, its list of funds
    SEE_FUND = "see_fund"  # a fund's books
    SEE_NAMES = "see_names"  # borrowers by name; otherwise names are masked
    SEE_OWN_HOUSEHOLD = "see_own_household"
    IMPORT_REGISTERS = "import_registers"
    CORRECT_ROWS = "correct_rows"
    OPEN_GROUPS = "open_groups"  # a new group's books
    KEEP_LISTS = "keep_lists"  # households, incomes, the ordered list
    KEEP_COMMITTEE = "keep_committee"  # committee terms, and putting one right
    KEEP_RULES = "keep_rules"  # rule sets of a group or an area
    HOLD_MEETINGS = "hold_meetings"  # who came, what was resolved
    RECORD_LOANS = "record_loans"  # requests, contracts, pay-outs
    GIVE_OPINION = "give_opinion"  # the field worker's, before the committee meets
    DECIDE_LOANS = "decide_loans"  # the committee's decision
    RECEIVE_MONEY = "receive_money"  # receipts, deposits, cash in hand, the passbook
    SETTLE_DEBTS = "settle_debts"  # deferrals, agreements, acknowledgements, breach, claims
    WRITE_OFF = "write_off"  # the rule set says whose word it takes
    CONFIRM_BALANCE = "confirm_balance"  # of one's own household, once a year
    KNOW_RULES = "know_rules"  # a member says: I have read the rules in force
    KEEP_PLANS = "keep_plans"  # the year's plan, trainings, what was done
    KEEP_TRADE = "keep_trade"  # purchases, production, stock, sales, tools
    KEEP_MEANS = "keep_means"  # share certificates, grants, borrowings, donations
    CLOSE_YEAR = "close_year"  # share out a year's surplus by the rules
    SEEK_SUPPORT = "seek_support"  # ask agencies, write down what came of it
    ANSWER_SUPPORT = "answer_support"  # an agency: what it was asked, where it is invited
    READ_LIBRARY = "read_library"  # regulations, guidelines, lessons that were published
    SEE_OWN_WORK = "see_own_work"  # what waits for oneself
    KEEP_LIBRARY = "keep_library"  # a new regulation, guideline or version of one
    KEEP_QUESTIONNAIRES = "keep_questionnaires"  # what is asked in a year
    ASSESS = "assess"  # answering a questionnaire at a visit
    OPEN_SURVEYS = "open_surveys"  # a round in which all funds of an area are checked
    ANSWER_SURVEYS = "answer_surveys"  # what was found at the village
    HOLD_BRIEFINGS = "hold_briefings"  # sessions, who came, what was voiced
    SEE_CASES = "see_cases"
    SEE_SEALED = "see_sealed"  # legal and fraud cases, and their evidence
    WORK_CASES = "work_cases"  # propose, consent, team, causes, plan, visits, reports
    HELP_CASES = "help_cases"  # a committee brings what shows that its step was done
    ADVISE_CASES = "advise_cases"  # guidance from above
    PUBLISH_LESSONS = "publish_lessons"  # somebody else's lesson, after reading it
    SAY_BALANCES = "say_balances"  # what is claimed where books are lost
    SETTLE_BALANCES = "settle_balances"  # putting what is confirmed into the books
    SEE_FAIRNESS = "see_fairness"
    EXPLAIN_GAPS = "explain_gaps"  # why one was treated otherwise than those alike
    HAND_OVER = "hand_over"  # a field worker's work to the next
    REDACT_EVIDENCE = "redact_evidence"  # take a kept paper's content away, its place stays


_OFFICE = frozenset({Deed.SEE_AREA, Deed.SEE_FUND})
_NAMED = frozenset({Deed.SEE_FUND, Deed.SEE_NAMES})
_DESK = frozenset({Deed.KEEP_LISTS, Deed.HOLD_MEETINGS, Deed.RECORD_LOANS, Deed.RECEIVE_MONEY})
_WORK = frozenset({Deed.KEEP_PLANS, Deed.KEEP_TRADE, Deed.KEEP_MEANS, Deed.SEEK_SUPPORT})
_PAPERS = frozenset({Deed.IMPORT_REGISTERS, Deed.CORRECT_ROWS})
_EVERYBODY = frozenset({Deed.READ_LIBRARY, Deed.SEE_OWN_WORK})
_TEAM = frozenset({Deed.SEE_CASES, Deed.WORK_CASES, Deed.ASSESS})
# Who goes to the villages for the office.
_FIELD = _TEAM | {
    Deed.SEE_SEALED,
    Deed.ANSWER_SURVEYS,
    Deed.HOLD_BRIEFINGS,
    Deed.SEE_FAIRNESS,
    Deed.EXPLAIN_GAPS,
    Deed.HAND_OVER,
}
# Who they report to.
_ABOVE = frozenset(
    {Deed.SEE_CASES, Deed.ADVISE_CASES, Deed.PUBLISH_LESSONS, Deed.SEE_FAIRNESS}
    | {Deed.OPEN_SURVEYS, Deed.HOLD_BRIEFINGS}
)
_SOURCES = frozenset({Deed.KEEP_LIBRARY, Deed.KEEP_QUESTIONNAIRES})
_COUNSEL = frozenset({Deed.OPEN_GROUPS, Deed.KEEP_LISTS, Deed.KEEP_COMMITTEE, Deed.GIVE_OPINION})

_DUTIES: dict[Role, frozenset[Deed]] = {
    Role.DEPARTMENT: _OFFICE | _SOURCES | {Deed.KEEP_RULES},
    Role.PROVINCE: _OFFICE | _ABOVE | {Deed.WRITE_OFF},
    Role.DISTRICT: _OFFICE
    | (_NAMED | _PAPERS | _COUNSEL | _FIELD | _ABOVE | _SOURCES)
    | {Deed.KEEP_RULES, Deed.WRITE_OFF, Deed.SETTLE_BALANCES, Deed.REDACT_EVIDENCE},
    # Types for villages that still keep paper; decides nothing.
    Role.FIELD_WORKER: _OFFICE
    | (_NAMED | _PAPERS | _COUNSEL | _DESK | _WORK | _FIELD)
    | {Deed.SETTLE_DEBTS, Deed.SAY_BALANCES},
    Role.CHAIRMAN: _NAMED
    | {Deed.KEEP_RULES, Deed.HOLD_MEETINGS, Deed.DECIDE_LOANS, Deed.RECEIVE_MONEY}
    | {Deed.SETTLE_DEBTS, Deed.WRITE_OFF, Deed.CLOSE_YEAR}
    | {Deed.KEEP_PLANS, Deed.SEEK_SUPPORT, Deed.SEE_CASES, Deed.HELP_CASES},
    Role.TREASURER: _NAMED | (_DESK | _WORK) | {Deed.SEE_CASES, Deed.HELP_CASES, Deed.SAY_BALANCES},
    Role.MEMBER: frozenset({Deed.SEE_OWN_HOUSEHOLD, Deed.CONFIRM_BALANCE, Deed.KNOW_RULES}),
    Role.AGENCY: frozenset({Deed.ANSWER_SUPPORT}),
    Role.AUDITOR: _OFFICE | {Deed.SEE_NAMES, Deed.SEE_CASES, Deed.SEE_SEALED, Deed.SEE_FAIRNESS},
    # Goes out with officers; sees sums and cases, never a household by name.
    Role.NETWORK: _OFFICE | _TEAM,
}
MAY: dict[Role, frozenset[Deed]] = {role: duties | _EVERYBODY for role, duties in _DUTIES.items()}


@dataclass(frozen=True, slots=True)
class Holding:
    """One appointment in force: a role over an area, or over one group."""

    role: Role
    area_code: str
    group_id: int | None
    member_number: int | None


@dataclass(frozen=True, slots=True)
class NotEntitled:
    """Nothing this person holds on this day lets them do the deed at this place."""

    deed: Deed
    day: date


@dataclass(frozen=True, slots=True)
class Reach:
    """Everything a signed-in person holds on a day."""

    user_id: int
    name: str
    day: date
    holdings: tuple[Holding, ...]

    @property
    def title_words(self) -> str:
        """The roles in words, for the head of the page."""
        return " · ".join(dict.fromkeys(holding.role.label for holding in self.holdings))

    def holding_with(self, deed: Deed) -> Iterable[Holding]:
        """The appointments that allow a deed somewhere."""
        return (h for h in self.holdings if deed in MAY[h.role])

    def may(self, deed: Deed, *, area_code: str, group_id: int | None = None) -> bool:
        """Whether the deed is allowed at this place: inside an area held, or in a group held."""
        return any(
            group_id == holding.group_id
            if holding.group_id is not None
            else area_code.startswith(holding.area_code)
            for holding in self.holding_with(deed)
        )

    def refusals(
        self, deed: Deed, *, area_code: str, group_id: int | None = None
    ) -> list[NotEntitled]:
        """Nothing, or the one reason why an action may not go on."""
        is_open = self.may(deed, area_code=area_code, group_id=group_id)
        return [] if is_open else [NotEntitled(deed, self.day)]

    def may_anywhere(self, deed: Deed) -> bool:
        """Whether the deed is allowed at any place at all (to show or hide a door)."""
        return any(True for _ in self.holding_with(deed))

    @property
    def brings_papers_in(self) -> bool:
        """Whether the menu shows the door to bringing the paper books in."""
        return self.may_anywhere(Deed.IMPORT_REGISTERS)

    @property
    def opens_groups(self) -> bool:
        """Whether the menu shows the door to opening a group's books."""
        return self.may_anywhere(Deed.OPEN_GROUPS)

    def home_area(self) -> str | None:
        """The highest area held, for the first page; none for people of one fund."""
        areas = [h.area_code for h in self.holding_with(Deed.SEE_AREA)]
        return min(areas, key=len, default=None)

    def home_group(self) -> int | None:
        """The group of a committee member or a household."""
        return next((h.group_id for h in self.holdings if h.group_id is not None), None)

    def own_membership(self) -> tuple[int, int] | None:
        """Group and list number of the person's own household, for a member."""
        for holding in self.holding_with(Deed.SEE_OWN_HOUSEHOLD):
            if holding.group_id is not None and holding.member_number is not None:
                return holding.group_id, holding.member_number
        return None

    def funds(self, deed: Deed, *, prefix: str = "") -> Q:
        """The funds at which a deed is allowed, as a condition on `ledger.Fund` (or ``prefix``)."""
        conditions = [
            Q(**{f"{prefix}pk": holding.group_id})
            if holding.group_id is not None
            else within(f"{prefix}area_code", holding.area_code)
            for holding in self.holding_with(deed)
        ]
        if not conditions:
            return Q(pk__in=[])
        if any(not condition for condition in conditions):  # the nation: no condition at all
            return Q()
        return reduce(or_, conditions)

    def rows_of_areas(self, deed: Deed, field: str = "area_code") -> Q:
        """Rows of an area that the reader holds the deed in, wholly or in part, or above it.

        People of one group hold no area, so they see none of these.
        """
        codes = [h.area_code for h in self.holding_with(deed) if h.group_id is None]
        if "" in codes:  # the nation: no condition at all
            return Q()
        return reduce(or_, (touching(field, code) for code in codes), Q(pk__in=[]))


def reach_of(user: User, day: date) -> Reach:
    """What this person holds on this day. One statement."""
    held = Appointment.objects.filter(user=user, starts_on__lte=day).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    )
    return Reach(
        user_id=user.pk,
        name=str(user),
        day=day,
        holdings=tuple(
            Holding(Role(a.role), a.area_code, a.group_id, a.member_number)
            for a in held.order_by("area_code", "pk")
        ),
    )
