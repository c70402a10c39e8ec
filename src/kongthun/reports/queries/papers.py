"""The papers of a group that a reader may know of."""

from __future__ import annotations

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.papers import Paper, papers_of
from kongthun.groups.models import Group

_OF_A_CASE = "case "


def papers_in_reach(group: Group, reach: Reach) -> list[Paper]:
    """The group's papers, the latest first. Two statements.

    Papers of cases are among them only for those who see sealed cases: which case is sealed is not
    known on this floor, and a committee that a case is about must not find its evidence here.
    """
    sees_cases = reach.may(Deed.SEE_SEALED, area_code=group.area_code, group_id=group.pk)
    return [
        each
        for each in papers_of(group.pk)
        if sees_cases or not each.kept.subject.startswith(_OF_A_CASE)
    ]


def paper_in_reach(group: Group, number: int, reach: Reach) -> Paper | None:
    """One of them by its number in the group's record."""
    found = (each for each in papers_in_reach(group, reach) if each.kept.number == number)
    return next(found, None)
