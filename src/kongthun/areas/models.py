"""Thailand's areas under their official codes, each row true between two days.

A code is digits only, two for each level: province 80, district 8012, tambon 801201,
village 80120101. The code of a parent is the code without its last two digits, so
"everything in my district" is a prefix. The nation is the empty code and has no row.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

BANGKOK = "10"
NATION = ""
LONGEST_NAME = 120  # letters


class Level(Enum):
    """A level of the tree; the value is the number of digits in its codes."""

    NATION = 0
    PROVINCE = 2
    DISTRICT = 4
    TAMBON = 6
    VILLAGE = 8

    def word(self, *, bangkok: bool = False) -> str:
        """The Thai word for the level; Bangkok has its own for three of them.

        >>> Level.DISTRICT.word(), Level.DISTRICT.word(bangkok=True)
        ('อำเภอ', 'เขต')
        """
        if bangkok and self in _BANGKOK_WORDS:
            return _BANGKOK_WORDS[self]
        return _WORDS[self]


_WORDS = {
    Level.NATION: "ประเทศ",
    Level.PROVINCE: "จังหวัด",
    Level.DISTRICT: "อำเภอ",
    Level.TAMBON: "ตำบล",
    Level.VILLAGE: "หมู่บ้าน",
}
# กรุงเทพมหานคร is a special administration, not a จังหวัด: its name stands alone.
_BANGKOK_WORDS = {Level.PROVINCE: "", Level.DISTRICT: "เขต", Level.TAMBON: "แขวง"}


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the tree: an area as it was called on some day, or the nation.

    Raises ValueError for a code that no level of the tree could carry.
    """

    code: str
    name_th: str

    def __post_init__(self) -> None:
        level_of(self.code)

    @property
    def level(self) -> Level:
        return level_of(self.code)

    @property
    def parent_code(self) -> str | None:
        """The code one level up: "" (the nation) above a province, None above the nation."""
        return self.code[:-2] if self.code else None

    @property
    def moo(self) -> int | None:
        """The หมู่ number of a village; None for every other level."""
        return int(self.code[-2:]) if self.level is Level.VILLAGE else None

    @property
    def level_word(self) -> str:
        """The Thai word for its level, as Bangkok or the rest of the country says it."""
        return self.level.word(bangkok=self.code[:2] == BANGKOK)

    @property
    def full_name(self) -> str:
        """The name with the word for its level, as Thai papers write it.

        >>> Node("8012", "ปากพนัง").full_name, Node("1001", "พระนคร").full_name
        ('อำเภอปากพนัง', 'เขตพระนคร')
        >>> Node("80120101", "บ้านทุ่งใหญ่").full_name
        'หมู่ 1 บ้านทุ่งใหญ่'
        """
        if self.level is Level.NATION:
            return self.name_th
        if self.level is Level.VILLAGE:
            return f"หมู่ {self.moo} {self.name_th}"
        return f"{self.level_word}{self.name_th}"


def level_of(code: str) -> Level:
    """The level a code belongs to, by its length.

    Raises ValueError when it is not 0, 2, 4, 6 or 8 of the digits 0-9.
    """
    if not is_digits(code) and code != NATION:
        raise ValueError(f"an area code is digits 0-9 only: {code!r}")
    return Level(len(code))


def is_digits(text: str) -> bool:
    """Whether every character is 0-9; Thai digits and the empty text are not."""
    # str.isdigit alone accepts the digits of every script.
    return text.isascii() and text.isdigit()


THE_NATION = Node(NATION, "ประเทศไทย")


class Area(models.Model):
    """One name of one official code, true from `valid_from` until the day before `valid_to`.

    A code that was renamed has several rows, of which at most one is open-ended. Names of
    provinces, districts and tambons are bare (ปากพนัง); a village keeps the whole name its
    papers give it (บ้านทุ่งใหญ่).
    """

    code = models.CharField(max_length=8)
    name_th = models.CharField(max_length=LONGEST_NAME)
    valid_from = models.DateField(null=True, blank=True, help_text="null: since before our data")
    valid_to = models.DateField(null=True, blank=True, help_text="exclusive end; null: still valid")

    class Meta:
        indexes = (
            # LIKE 'prefix%' on PostgreSQL; ranges (queries.within) use the unique index.
            models.Index(
                fields=["code"], name="areas_area_code_prefix", opclasses=["varchar_pattern_ops"]
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=["code", "valid_from"], name="areas_area_one_start"),
            # Nulls are distinct to a unique constraint, on SQLite always.
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(valid_from__isnull=True),
                name="areas_area_one_unknown_start",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(valid_to__isnull=True),
                name="areas_area_one_open_end",
            ),
            models.CheckConstraint(
                condition=(
                    Q(Exact(Length("code"), 2))
                    | Q(Exact(Length("code"), 4))
                    | Q(Exact(Length("code"), 6))
                    | Q(Exact(Length("code"), 8))
                ),
                name="areas_area_code_length",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
                name="areas_area_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return self.node.full_name

    @property
    def node(self) -> Node:
        """The same place as a plain value."""
        return Node(self.code, self.name_th)

    @property
    def level(self) -> Level:
        return self.node.level

    @property
    def parent_code(self) -> str:
        """The code one level up; "" (the nation) above a province."""
        return self.code[:-2]

    @property
    def moo(self) -> int | None:
        """The หมู่ number of a village; None for every other level."""
        return self.node.moo

    @property
    def full_name(self) -> str:
        """The name with the word for its level: "อำเภอปากพนัง", "หมู่ 1 บ้านทุ่งใหญ่"."""
        return self.node.full_name
