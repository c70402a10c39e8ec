"""Cases of a fund or an area, and the funds that a case could be proposed for.

The number of statements does not depend on how many funds or cases there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.accounts.reach import Deed, Reach
from kongthun.areas.queries import within
from kongthun.assessments.queries.results import Result, latest_of
from kongthun.briefings.models import Voice
from kongthun.briefings.queries.voices import voices_of
from kongthun.domain.casework import Due, Stage
from kongthun.domain.early_warning import Care
from kongthun.groups.models import Group
from kongthun.surveys.queries.rounds import Chosen, chosen_of

from .dues import dues_of
from .facts import CaseState, cases_in_reach, states_of, states_of_area
from .warnings import WarnedFund, warnings_of_area


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list, with what is to be done first in it."""

    state: CaseState
    due: Due | None

    @property
    def group_of_list(self) -> str:
        """Where it stands in a list: waiting for the village, being worked on, or closed."""
        if self.state.stage is Stage.PROPOSED:
            return "proposed"
        return "closed" if self.state.stage is Stage.CLOSED else "open"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fund with what the books warn of, its health check, what was voiced and its case.

    ``chosen`` is the round of the survey in which it was chosen for support; ``case`` the one that
    is not finished.
    """

    fund: WarnedFund
    group_id: int
    result: Result | None
    chosen: Chosen | None
    voices: tuple[Voice, ...]
    case: CaseState | None

    @property
    def needs_look(self) -> bool:
        """Whether the books or what was voiced give a reason to look."""
        return self.fund.warning.care > Care.OK or bool(self.voices)


def cases_of_fund(group: Group, reach: Reach) -> list[CaseLine]:
    """The cases of one fund that the reader may see, the latest first."""
    rows = cases_in_reach(reach).filter(group=group).order_by("-number")
    return _lines(states_of(rows, reach.day), reach.day)


def cases_of_area(area_code: str, reach: Reach) -> list[CaseLine]:
    """The cases of an area that the reader may see, by the codes of their funds."""
    return _lines(states_of_area(area_code, reach), reach.day)


def candidates_of(area_code: str, reach: Reach) -> list[Candidate]:
    """The funds of an area where the reader may propose a case, by their codes."""
    groups = {
        group.code: group.pk
        for group in Group.objects.filter(
            reach.funds(Deed.WORK_CASES), within("area_code", area_code)
        )
    }
    funds = [each for each in warnings_of_area(area_code, reach) if each.status.code in groups]
    results = latest_of(list(groups.values()), reach.day)
    chosen = chosen_of(groups.values())
    voices = voices_of(groups.values(), reach.day)
    unfinished = {
        state.case.group_id: state
        for state in states_of_area(area_code, reach)
        if state.stage is not Stage.CLOSED
    }
    return [
        Candidate(
            each,
            pk,
            results.get(pk),
            chosen.get(pk),
            tuple(voices.get(pk, ())),
            unfinished.get(pk),
        )
        for each in funds
        for pk in [groups[each.status.code]]
    ]


def _lines(states: list[CaseState], day: date) -> list[CaseLine]:
    first: dict[tuple[int, int], Due] = {}
    for state, due in dues_of(states, day):
        first.setdefault(state.key, due)
    return [CaseLine(state, first.get(state.key)) for state in states]
