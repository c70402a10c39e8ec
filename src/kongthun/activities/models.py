"""ก5 activities: meetings, who came, what was resolved. (Plans and trade join them later.)"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CompositePrimaryKey


class MeetingKind(models.TextChoices):
    """Who was called together."""

    COMMITTEE = "committee", "ประชุมคณะกรรมการ"
    HOUSEHOLDS = "households", "ประชุมครัวเรือนเป้าหมาย"
    GENERAL = "general", "ประชุมใหญ่สมาชิก"


class Meeting(models.Model):
    """A meeting of a group. A draft until it is closed; closed it is never changed."""

    pk = CompositePrimaryKey("group_id", "number")
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveIntegerField(help_text="ครั้งที่, running in the group.")
    kind = models.CharField(max_length=12, choices=MeetingKind.choices)
    held_on = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    minutes = models.TextField(blank=True)
    evidence = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the minutes.")
    others_came = models.PositiveIntegerField(
        default=0, help_text="How many came besides the committee."
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "การประชุม"


class Attendance(models.Model):
    """A committee member who was there, by their term."""

    pk = CompositePrimaryKey("group_id", "meeting_number", "term_number")
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="+")
    meeting_number = models.PositiveIntegerField()
    term_number = models.PositiveIntegerField()

    class Meta:
        verbose_name = "ผู้เข้าประชุม"


class Resolution(models.Model):
    """What a meeting resolved, in its own words."""

    pk = CompositePrimaryKey("group_id", "meeting_number", "sequence")
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="+")
    meeting_number = models.PositiveIntegerField()
    sequence = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=500)
    in_favour = models.PositiveSmallIntegerField(null=True)
    against = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = "มติ"
