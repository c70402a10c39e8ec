"""What is done to groups: their lists and households, their committees, their rules."""

from __future__ import annotations

from .committee import (
    TermAdded,
    TermCorrected,
    TermEnded,
    add_term,
    correct_term,
    end_term,
)
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
from .written_rules import (
    LONGEST_ARTICLE,
    LONGEST_CHAPTER,
    LONGEST_TITLE,
    ArticleKept,
    DraftGivenUp,
    RulesDrafted,
    RulesKnownNow,
    acknowledge_by_sheet,
    acknowledge_on_screen,
    acknowledge_read_out,
    add_article,
    change_article,
    draft_rules,
    drop_draft,
    move_article,
    name_draft,
    own_number,
    take_out_article,
)

__all__ = [
    "LONGEST_ARTICLE",
    "LONGEST_CHAPTER",
    "LONGEST_TITLE",
    "ArticleKept",
    "DraftGivenUp",
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
    "RulesDrafted",
    "RulesKnownNow",
    "RulesPlace",
    "RulesTakenBack",
    "TermAdded",
    "TermCorrected",
    "TermEnded",
    "TypedLimit",
    "acknowledge_by_sheet",
    "acknowledge_on_screen",
    "acknowledge_read_out",
    "add_article",
    "add_household",
    "add_household_member",
    "add_term",
    "adopt_rules",
    "change_article",
    "correct_term",
    "draft_rules",
    "draw_up_list",
    "drop_draft",
    "end_household_member",
    "end_term",
    "keep_committee",
    "keep_members",
    "make_persons",
    "move_article",
    "name_draft",
    "open_group",
    "own_number",
    "position_of",
    "record_household_event",
    "record_income",
    "take_out_article",
    "withdraw_household_event",
    "withdraw_rules",
]
