"""Why the content of a group's paper was not taken away; `paper_wording` says it."""

from __future__ import annotations

from dataclasses import dataclass

from kongthun.accounts.reach import NotEntitled
from kongthun.audit.papers import PaperRefusal

PaperNotRedacted = NotEntitled | PaperRefusal


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was taken away, for all these reasons together."""

    refusals: tuple[PaperNotRedacted, ...]
