"""Why something about a lesson was not done, as values; `lesson_wording` says them in Thai."""

from __future__ import annotations

from dataclasses import dataclass

from kongthun.accounts.reach import NotEntitled


@dataclass(frozen=True, slots=True)
class CaseNotOpened:
    """The village never consented, so there is nothing to have learned from yet."""


@dataclass(frozen=True, slots=True)
class CaseIsSealed:
    """A legal or fraud case is told to nobody; a lesson is told to everybody."""


@dataclass(frozen=True, slots=True)
class LessonWaits:
    """Another lesson of this case is being written or read."""

    number: int


@dataclass(frozen=True, slots=True)
class LessonUnknown:
    """The group has no such lesson, or it was taken down."""

    number: int


@dataclass(frozen=True, slots=True)
class HandedInAlready:
    """It is being read, or published: its words stay as they are."""

    number: int


@dataclass(frozen=True, slots=True)
class NotHandedIn:
    """It is still being written, so there is nothing to answer."""

    number: int


@dataclass(frozen=True, slots=True)
class PublishedAlready:
    """Everybody can read it already."""

    number: int


@dataclass(frozen=True, slots=True)
class PartsEmpty:
    """These parts of the lesson say nothing yet, by their names in the row."""

    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartTooLong:
    """More letters than there is room for."""

    part: str
    longest: int


@dataclass(frozen=True, slots=True)
class NamesAMember:
    """A part holds the full name of somebody of the group; a lesson tells of nobody."""

    part: str


@dataclass(frozen=True, slots=True)
class HoldsAnId:
    """A part holds digits that look like a national ID."""

    part: str


@dataclass(frozen=True, slots=True)
class ReadsOwn:
    """Whoever wrote a lesson or changed it is not the one who publishes it."""


@dataclass(frozen=True, slots=True)
class NoteMissing:
    """Sending back and taking down say why."""


LessonRefusal = (
    NotEntitled
    | CaseNotOpened
    | CaseIsSealed
    | LessonWaits
    | LessonUnknown
    | HandedInAlready
    | NotHandedIn
    | PublishedAlready
    | PartsEmpty
    | PartTooLong
    | NamesAMember
    | HoldsAnId
    | ReadsOwn
    | NoteMissing
)


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was written, for all these reasons together."""

    refusals: tuple[LessonRefusal, ...]
