"""Why an area was not recorded or renamed. Each refusal carries data; `wording` says it in Thai.

They are raised one at a time: each makes the next question pointless.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


class AreaRefusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A deed on areas that was not done; nothing was written."""


@dataclass(eq=False)
class NotAVillageCode(AreaRefusal):
    """Not eight digits 0-9, or หมู่ 00."""

    code: str


@dataclass(eq=False)
class TambonUnknown(AreaRefusal):
    """No tambon has this code on the day the village would begin."""

    code: str


@dataclass(eq=False)
class VillageNameMissing(AreaRefusal):
    code: str


@dataclass(eq=False)
class VillageNameTooLong(AreaRefusal):
    code: str
    longest: int


@dataclass(eq=False)
class VillageUnknown(AreaRefusal):
    """No village has this code on the day of the renaming."""

    code: str
    on: date


@dataclass(eq=False)
class VillageNameChangesLater(AreaRefusal):
    """The name in use on that day already has an end, so a renaming would contradict it."""

    code: str
    on: date
    changes_on: date


@dataclass(eq=False)
class VillageNameBeganThatDay(AreaRefusal):
    """The name in use began on that very day; ending it would leave it no day at all."""

    code: str
    on: date


@dataclass(eq=False)
class VillageCodeRetired(AreaRefusal):
    """The code belonged to a village that has ended, and the new one does not begin after it."""

    code: str
    ended_on: date
