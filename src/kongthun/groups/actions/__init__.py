"""What is done to groups: their lists and households, their committees, their rules."""

from __future__ import annotations

from .committee import TermAdded, TermCorrected, add_term, correct_term
from .events import (
    EventRecorded,
    EventTakenBack,
    record_household_event,
    withdraw_household_event,
)
from .groups import open_group
from .households import (
    HouseholdAdded,
    PersonJoined,
    PersonLeft,
    add_household,
    add_household_member,
    end_household_member,
)
from .incomes import IncomeRecorded, record_income
from .ordered_lists import ListDrawnUp, draw_up_list
from .papers import ListedHousehold, ListedTerm, keep_committee, keep_members, position_of
from .persons import make_persons
from .rules import (
    RulesAdopted,
    RulesPlace,
    RulesTakenBack,
    TypedLimit,
    adopt_rules,
    withdraw_rules,
)

__all__ = [
    "EventRecorded",
    "EventTakenBack",
    "HouseholdAdded",
    "IncomeRecorded",
    "ListDrawnUp",
    "ListedHousehold",
    "ListedTerm",
    "PersonJoined",
    "PersonLeft",
    "RulesAdopted",
    "RulesPlace",
    "RulesTakenBack",
    "TermAdded",
    "TermCorrected",
    "TypedLimit",
    "add_household",
    "add_household_member",
    "add_term",
    "adopt_rules",
    "correct_term",
    "draw_up_list",
    "end_household_member",
    "keep_committee",
    "keep_members",
    "make_persons",
    "open_group",
    "position_of",
    "record_household_event",
    "record_income",
    "withdraw_household_event",
    "withdraw_rules",
]
