"""An outcome as it is frozen with a closing, and read back exactly."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kongthun.domain.casework import (
    Explained,
    Kept,
    KeptShare,
    Moving,
    Outcome,
    OutcomeCriteria,
)
from kongthun.domain.money import Money


def outcome_as_data(outcome: Outcome) -> dict[str, Any]:
    """Words and whole numbers only; sums in satang, days as they sort."""
    criteria, moving, kept = outcome.criteria, outcome.moving, outcome.kept
    return {
        "day": outcome.day.isoformat(),
        "counted_from": outcome.counted_from.isoformat(),
        "criteria": {
            "holds_from": criteria.holds_from.isoformat(),
            "months_resumed": criteria.months_resumed,
            "agreements_kept_bp": criteria.agreements_kept_bp,
            "missing_explained_bp": criteria.missing_explained_bp,
            "grace_days": criteria.grace_days,
            "relapse_months": criteria.relapse_months,
            "clause": criteria.clause,
            "source": criteria.source,
            "is_checked": criteria.is_checked,
        },
        "moving": {
            "months": moving.months,
            "wanted": moving.wanted,
            "is_anything_overdue": moving.is_anything_overdue,
            "has_lent_again": moving.has_lent_again,
        },
        "kept": {
            "agreed": kept.agreed,
            "due": kept.share.due,
            "kept": kept.share.kept,
            "due_sum": kept.share.due_sum.satang,
            "kept_sum": kept.share.kept_sum.satang,
            "wanted_bp": kept.wanted_bp,
            "is_anything_overdue": kept.is_anything_overdue,
        },
        "explained": {
            "at_opening": outcome.explained.at_opening.satang,
            "now": outcome.explained.now.satang,
            "wanted_bp": outcome.explained.wanted_bp,
        },
    }


def outcome_from_data(data: Mapping[str, Any]) -> Outcome:
    """The outcome that was frozen. Raises KeyError or ValueError for anything else."""
    criteria, kept, explained = dict(data["criteria"]), data["kept"], data["explained"]
    criteria["holds_from"] = date.fromisoformat(criteria["holds_from"])
    return Outcome(
        day=date.fromisoformat(data["day"]),
        counted_from=date.fromisoformat(data["counted_from"]),
        criteria=OutcomeCriteria(**criteria),
        moving=Moving(**data["moving"]),
        kept=Kept(
            kept["agreed"],
            KeptShare(kept["due"], kept["kept"], Money(kept["due_sum"]), Money(kept["kept_sum"])),
            kept["wanted_bp"],
            kept["is_anything_overdue"],
        ),
        explained=Explained(
            Money(explained["at_opening"]), Money(explained["now"]), explained["wanted_bp"]
        ),
    )
