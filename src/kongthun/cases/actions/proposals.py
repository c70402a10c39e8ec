"""A case is proposed from what the books warn of, and may be taken back until it is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from kongthun.accounts.reach import Deed, Reach
from kongthun.activities.actions.writing import entitled, take, write_down
from kongthun.db.numbers import next_number
from kongthun.domain.casework import CaseKind, Stage
from kongthun.domain.thai_text import visible
from kongthun.groups.models import Group

from ..models import Case
from ..queries.facts import SEALED_KINDS, states_of
from ..queries.warnings import warning_of_fund
from ..refusals import CaseIsOpen, CaseThere, NotDone, RoadRefusal
from .writing import (
    LONGEST_NOTE,
    FactTakenBack,
    case_to_work,
    day_has_come,
    fit_words,
    strike,
    written_by,
)

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class CaseProposed:
    """The proposal has this number in the group."""

    number: int


def propose_case(
    *,
    group: Group,
    kind: CaseKind,
    words: str,
    on: date,
    by: Reach,
    survey_round: int | None = None,
) -> CaseProposed | NotDone:
    """Propose to help a fund, with why in own words. It is not open before the village consents.

    The signs of the early warning and the sum nobody could explain are what the books show of that
    day; nobody types them. A legal or fraud case is proposed by who may see sealed ones, and a
    second case of a kind waits until the first is closed.
    """
    with transaction.atomic():
        take(group)
        refusals: list[RoadRefusal] = [*entitled(group, by, Deed.WORK_CASES)]
        sealed = entitled(group, by, Deed.SEE_SEALED) if kind in SEALED_KINDS else []
        refusals += [*sealed, *fit_words("เหตุที่เสนอ", words, LONGEST_REASON)]
        refusals += day_has_come(on, by)
        if not sealed:  # whoever may not see a sealed case does not learn of it here
            refusals += _there(group, kind, by)
        if refusals:
            return NotDone(tuple(refusals))
        warned = warning_of_fund(group, day=on, today=by.day)
        number = next_number(Case, group=group)
        Case.objects.create(
            group=group,
            number=number,
            kind=kind,
            proposed_on=on,
            reasons=[sign.value for sign in warned.signs],
            words=visible(words),
            survey_round=survey_round,
            missing_then=warned.missing.satang,
            **written_by(by),
        )
        write_down("propose_case", group, by, f"case {number}", kind=kind.value)
    return CaseProposed(number)


def withdraw_case(
    *, group: Group, case_number: int, note: str, by: Reach
) -> FactTakenBack | NotDone:
    """Take a proposal back, with why. A case that is open is worked to its end."""
    with transaction.atomic():
        state, refusals = case_to_work(group, case_number, by, must_be_open=False)
        refusals += fit_words("เหตุที่ถอน", note, LONGEST_NOTE)
        if state is not None and state.is_open:
            refusals.append(CaseIsOpen(case_number))
        if refusals:
            return NotDone(tuple(refusals))
        strike(Case, note, group=group, number=case_number)
        write_down("withdraw_case", group, by, f"case {case_number}")
    return FactTakenBack(case_number)


def _there(group: Group, kind: CaseKind, by: Reach) -> list[RoadRefusal]:
    rows = Case.objects.filter(group=group, kind=kind, withdrawn_at=None)
    unfinished = [each for each in states_of(rows, by.day) if each.stage is not Stage.CLOSED]
    return [CaseThere(each.case.number) for each in unfinished[:1]]
