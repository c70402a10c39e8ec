"""Explaining a difference in a note, and taking a note back. docs/rules/fairness.md tells why."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import record_deed
from kongthun.domain.fairness import Gap, Pattern
from kongthun.domain.thai_text import visible

from ..models import Explanation
from ..queries.looks import Look
from ..refusals import (
    ExplainedBefore,
    FairnessRefusal,
    NoSuchExplanation,
    NotDone,
    WordsNeeded,
    WordsTooLong,
)

LONGEST_WORDS = 500


@dataclass(frozen=True, slots=True)
class Explained:
    """The number of the note."""

    number: int


def explain_gap(gap: Gap, *, look: Look, words: str, by: Reach) -> Explained | NotDone:
    """Say why one household was treated otherwise than those alike, as this look found it."""
    who = look.who(gap)
    fund = look.facts.funds[who.fund_id]
    row = Explanation(
        area_code=fund.area_code,
        group_id=fund.pk,
        debtor=who.reference,
        deed=gap.deed.value,
        way=gap.way.value,
    )
    subject = f"{who.reference} {gap.deed.value} {gap.way.value}"
    return _written(row, gap, words=words, by=by, fund_id=fund.pk, subject=subject)


def explain_pattern(pattern: Pattern, *, look: Look, words: str, by: Reach) -> Explained | NotDone:
    """Say why a circle was treated otherwise than the rest of this area."""
    circle = pattern.circle
    row = Explanation(
        area_code=look.area_code,
        circle_kind=circle.kind.value,
        circle_number=circle.number,
        question=pattern.question.value,
    )
    subject = f"{circle.kind.value} {circle.number} {pattern.question.value}"
    return _written(row, pattern, words=words, by=by, fund_id=None, subject=subject)


def withdraw_explanation(number: int, *, note: str, by: Reach) -> Explained | NotDone:
    """Take a note back that was wrong; it stays readable, and the question is asked again."""
    with transaction.atomic():
        row = Explanation.objects.select_for_update().filter(pk=number, withdrawn_at=None).first()
        if row is None:
            return NotDone((NoSuchExplanation(number),))
        refusals: list[FairnessRefusal] = [
            *by.refusals(Deed.EXPLAIN_GAPS, area_code=row.area_code, group_id=row.group_id),
            *_against_words(note, 300),
        ]
        if refusals:
            return NotDone(tuple(refusals))
        Explanation.objects.filter(pk=number).update(
            withdrawn_at=timezone.now(), withdrawn_note=visible(note)
        )
        record_deed(
            "withdraw_explanation",
            user_id=by.user_id,
            area_code=row.area_code,
            fund_id=row.group_id,
            subject=f"explanation {number}",
        )
    return Explained(number)


# --- below the line ------------------------------------------------------------------------------


def _written(
    row: Explanation,
    found: Gap | Pattern,
    *,
    words: str,
    by: Reach,
    fund_id: int | None,
    subject: str,
) -> Explained | NotDone:
    """One note, unless something stands against it; today's, so that it speaks of this period."""
    with transaction.atomic():
        refusals: list[FairnessRefusal] = [
            *by.refusals(Deed.EXPLAIN_GAPS, area_code=row.area_code, group_id=fund_id),
            *_against_words(words, LONGEST_WORDS),
        ]
        if found.explained_by is not None:
            refusals.append(ExplainedBefore(found.explained_by.note_number))
        if refusals:
            return NotDone(tuple(refusals))
        row.words = visible(words)
        row.told_on = timezone.localdate()
        row.told_by_id = by.user_id
        row.recorded_at = timezone.now()
        row.save()
        record_deed(
            "explain_difference",
            user_id=by.user_id,
            area_code=row.area_code,
            fund_id=fund_id,
            subject=subject,
            details={"explanation": row.pk},
        )
    return Explained(row.pk)


def _against_words(words: str, longest: int) -> list[FairnessRefusal]:
    if not visible(words):
        return [WordsNeeded()]
    return [WordsTooLong(longest)] if len(visible(words)) > longest else []
