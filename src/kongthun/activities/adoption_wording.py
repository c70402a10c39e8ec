"""What is said when rules were not adopted, or not read out, at a meeting."""

from __future__ import annotations

from kongthun.groups.written_rules_wording import refusal_in_thai as written_rules_in_thai

from .adoption_refusals import AdoptionRefusal
from .refusals import (
    CannotDecideThis,
    MeetingStillOpen,
    MeetingWithoutQuorum,
    NoSuchMeeting,
    NoSuchResolution,
)
from .wording import ground_refusal_in_thai


def refusal_in_thai(refusal: AdoptionRefusal) -> str:
    """What is wrong and what to do. NotImplementedError for a refusal without words."""
    match refusal:
        case (
            NoSuchMeeting()
            | MeetingStillOpen()
            | CannotDecideThis()
            | MeetingWithoutQuorum()
            | NoSuchResolution()
        ):
            return ground_refusal_in_thai(refusal)
        case _:
            return written_rules_in_thai(refusal)
