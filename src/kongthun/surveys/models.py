"""Step 1: rounds in which the state of every fund of an area is checked at the village [S].

A round holds a snapshot a fund, written from the books on the day it opens and never changed. What
was found at the village stands beside it; where they differ there is work to do.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CompositePrimaryKey, Q

from kongthun.db.money_field import MoneyField


class _Written(models.Model):
    """Who wrote a row down, and when."""

    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


class Round(_Written):
    """A check of all funds of an area. Locked, nothing in it is added any more but choices."""

    area_code = models.CharField(max_length=8, help_text="Everything whose code begins so.")
    number = models.PositiveIntegerField(help_text="รอบที่ of the area.")
    as_of = models.DateField(help_text="The day the figures are of.")
    opened_on = models.DateField()
    words = models.CharField(max_length=200, help_text="What the round is called.")
    locked_on = models.DateField(null=True)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "รอบสำรวจสถานะกองทุน"
        constraints = [
            models.UniqueConstraint(fields=["area_code", "number"], name="survey_round_number"),
            models.CheckConstraint(
                name="survey_round_after_its_day", condition=Q(opened_on__gte=models.F("as_of"))
            ),
        ]

    def __str__(self) -> str:
        return self.words


class _OfRound(models.Model):
    """A row of one fund in one round."""

    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Snapshot(_OfRound):
    """What the books said of a fund when the round opened: `figures.Figures` as data."""

    pk = CompositePrimaryKey("round_id", "group_id")
    by_books = models.JSONField(help_text="Counts, and sums in satang; empty where not known.")
    entrusted = MoneyField(help_text="Capital and interest kept, to hold the places against.")
    overdue = MoneyField()

    class Meta:
        verbose_name = "ภาพสถานะกองทุนตามสมุด"


class Finding(_OfRound, _Written):
    """What a field worker found at the village. A later one stands in place of the one before."""

    pk = CompositePrimaryKey("round_id", "group_id", "number")
    number = models.PositiveSmallIntegerField()
    found_on = models.DateField()
    found = models.JSONField(help_text="The same figures as they are at the village.")
    is_confirmed = models.BooleanField(help_text="Said to be as the books say, figure by figure.")
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "ผลที่พบในหมู่บ้าน"


class FindingPhoto(_OfRound):
    """A photo taken at the village, kept among the fund's papers."""

    pk = CompositePrimaryKey("round_id", "group_id", "finding_number", "place")
    finding_number = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "ภาพที่หมู่บ้าน"


class NotReached(_OfRound, _Written):
    """Why a fund could not be checked in this round. A round locks with it as with a finding."""

    pk = CompositePrimaryKey("round_id", "group_id", "number")
    number = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300)

    class Meta:
        verbose_name = "เหตุที่ยังสำรวจไม่ได้"


class Choice(_OfRound, _Written):
    """A fund chosen for support after the check, with why. Taken back with a note."""

    pk = CompositePrimaryKey("round_id", "group_id", "number")
    number = models.PositiveSmallIntegerField()
    chosen_on = models.DateField()
    why = models.CharField(max_length=300)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "กองทุนที่เลือกสนับสนุน"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "group"],
                condition=Q(withdrawn_at__isnull=True),
                name="survey_choice_once",
            )
        ]
