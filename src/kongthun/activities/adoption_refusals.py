"""Why rules were not adopted or not read out at a meeting. `adoption_wording` says it."""

from __future__ import annotations

from dataclasses import dataclass

from kongthun.groups.written_rules_refusals import WrittenRulesRefusal

from .refusals import GroundRefusal

AdoptionRefusal = WrittenRulesRefusal | GroundRefusal


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was written, for these reasons, all of them."""

    refusals: tuple[AdoptionRefusal, ...]
