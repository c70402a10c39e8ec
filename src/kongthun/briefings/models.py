"""Steps 2 and 3: officers, the network and the chairmen learn the regulation and are heard [S].

A briefing belongs to an area, what a chairman voices belongs to the fund it is about. Nothing is
changed once written: it is added to, and taken back with a note. Who was there is kept as typed on
the sheet; what was voiced is kept by role, never by name.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CompositePrimaryKey, Q


class _Written(models.Model):
    """Who wrote a row down, and when."""

    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


class _Fact(_Written):
    """A fact that stands until it is taken back, with why."""

    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_note = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


class Audience(models.TextChoices):
    """Who is called together [S]: step 2, and step 3."""

    OFFICERS = "officers", "เจ้าหน้าที่พัฒนาชุมชนและคณะกรรมการเครือข่าย"
    CHAIRMEN = "chairmen", "ประธานคณะกรรมการกองทุนทุกหมู่บ้าน"


class Briefing(_Fact):
    """A session for an area: called for a day to come, or written down afterwards."""

    area_code = models.CharField(max_length=8, help_text="Everything whose code begins so.")
    number = models.PositiveIntegerField(help_text="ครั้งที่ of the area.")
    held_on = models.DateField()
    starts_at = models.TimeField(null=True)
    topic = models.CharField(max_length=200)
    audience = models.CharField(max_length=8, choices=Audience.choices)
    place = models.CharField(max_length=200, blank=True)
    agenda = models.TextField(blank=True, help_text="A line a point.")

    class Meta:
        verbose_name = "การประชุมชี้แจง"
        constraints = [
            models.UniqueConstraint(fields=["area_code", "number"], name="briefing_number")
        ]

    def __str__(self) -> str:
        return self.topic


class _OfBriefing(models.Model):
    """A row of one briefing, at its place."""

    area_code = models.CharField(max_length=8, help_text="The briefing's.")
    briefing = models.ForeignKey(Briefing, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True


class Material(_OfBriefing, _Fact):
    """A file that was handed out or shown."""

    pk = CompositePrimaryKey("briefing_id", "number")
    title = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "เอกสารประกอบการชี้แจง"


class Attendee(_OfBriefing, _Fact):
    """Somebody who came: by name as on the sheet, and the fund they speak for, if any."""

    pk = CompositePrimaryKey("briefing_id", "number")
    name = models.CharField(max_length=150)
    position = models.CharField(max_length=100, blank=True)
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "ผู้มาประชุมชี้แจง"


class Question(_OfBriefing, _Fact):
    """A short question, asked before and after, with the answers to choose from."""

    pk = CompositePrimaryKey("briefing_id", "number")
    words = models.CharField(max_length=300)
    answers = models.JSONField(help_text="Two to four, as text.")
    right = models.PositiveSmallIntegerField(help_text="Which of them, counted from 1.")

    class Meta:
        verbose_name = "คำถามก่อนและหลังการชี้แจง"


class Moment(models.TextChoices):
    """When a question was answered."""

    BEFORE = "before", "ก่อนชี้แจง"
    AFTER = "after", "หลังชี้แจง"


class Tally(_OfBriefing, _Written):
    """The answer sheets to one question, counted. A later count stands in place of the former."""

    pk = CompositePrimaryKey("briefing_id", "number")
    question_number = models.PositiveSmallIntegerField()
    moment = models.CharField(max_length=6, choices=Moment.choices)
    answered = models.PositiveSmallIntegerField()
    right = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "ผลคำถาม"
        constraints = [
            models.CheckConstraint(
                name="briefing_tally_right", condition=Q(right__lte=models.F("answered"))
            )
        ]


class VoiceKind(models.TextChoices):
    """What a committee tells [S]."""

    PROBLEM = "problem", "ปัญหาอุปสรรค"
    WISH = "wish", "ความต้องการ"


class SaidBy(models.TextChoices):
    """As what somebody speaks. Never by name."""

    CHAIRMAN = "chairman", "ประธานกรรมการ"
    COMMITTEE = "committee", "กรรมการ"
    HOUSEHOLD = "household", "ครัวเรือนเป้าหมาย"
    LEADER = "leader", "ผู้นำชุมชน"
    OFFICER = "officer", "เจ้าหน้าที่"


class Voice(_Fact):
    """A problem or a wish of one fund, in the words it was said in; a case starts from it."""

    pk = CompositePrimaryKey("group_id", "number")
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    briefing = models.ForeignKey(Briefing, on_delete=models.PROTECT, null=True, related_name="+")
    said_on = models.DateField()
    kind = models.CharField(max_length=7, choices=VoiceKind.choices)
    said_by = models.CharField(max_length=9, choices=SaidBy.choices)
    words = models.CharField(max_length=500)

    class Meta:
        verbose_name = "เสียงจากกองทุน"
