"""ก5 activities: meetings, who came, what was resolved; plans, trainings, what was done."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CompositePrimaryKey

from kongthun.db.money_field import MoneyField, OptionalMoneyField


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
    agenda = models.TextField(blank=True, help_text="A line a point.")
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


class MemberAttendance(models.Model):
    """A member who was there, by their number on the list; a general meeting counts them."""

    pk = CompositePrimaryKey("group_id", "meeting_number", "member_number")
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="+")
    meeting_number = models.PositiveIntegerField()
    member_number = models.PositiveIntegerField()

    class Meta:
        verbose_name = "สมาชิกที่มาประชุม"


class MeetingPhoto(models.Model):
    """A photo of a meeting, kept under its SHA-256."""

    pk = CompositePrimaryKey("group_id", "meeting_number", "place")
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="+")
    meeting_number = models.PositiveIntegerField()
    place = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "ภาพการประชุม"


class Call(models.Model):
    """A meeting that is called for a day to come. Held, it is named by its ``meeting_number``."""

    pk = CompositePrimaryKey("group_id", "number")
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="calls")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=MeetingKind.choices)
    meets_on = models.DateField()
    meets_at = models.TimeField(null=True)
    place = models.CharField(max_length=200, blank=True)
    agenda = models.TextField(help_text="A line a point.")
    called_on = models.DateField()
    meeting_number = models.PositiveIntegerField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_note = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "การนัดประชุม"


class ActivityKind(models.TextChoices):
    """What a group does together [S]."""

    MEETING = "meeting", "ประชุม"
    PRODUCTION = "production", "การผลิต"
    SALE = "sale", "การจำหน่าย"
    TRAINING = "training", "การเสริมสร้างความรู้"
    OTHER = "other", "กิจกรรมอื่น"


class PlannedActivity(models.Model):
    """A line of a year's plan: what, when, who sees to it, for how much.

    A plan that changes gets a new line that ``replaces`` the old one; one given up says why.
    """

    pk = CompositePrimaryKey("group_id", "number")
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField(help_text="พ.ศ. of the group's own year.")
    kind = models.CharField(max_length=10, choices=ActivityKind.choices)
    words = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    responsible = models.CharField(max_length=150, help_text="Who sees to it, as written.")
    term_number = models.PositiveIntegerField(
        null=True, help_text="The committee term of who sees to it, if they sit on it."
    )
    budget = OptionalMoneyField()
    replaces = models.PositiveIntegerField(null=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_note = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "แผนกิจกรรม"
        indexes = [models.Index(fields=["group", "year"], name="planned_activity_year")]


class ActivityDone(models.Model):
    """Something that was done, of the plan or beside it, with what shows it."""

    pk = CompositePrimaryKey("group_id", "number")
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="activities")
    number = models.PositiveIntegerField()
    plan_number = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=10, choices=ActivityKind.choices)
    happened_on = models.DateField()
    words = models.CharField(max_length=300)
    spent = OptionalMoneyField(help_text="As told; what the books say stands in the books.")
    meeting_number = models.PositiveIntegerField(null=True)
    training_number = models.PositiveIntegerField(null=True)
    batch_number = models.PositiveIntegerField(null=True)
    evidence = models.CharField(max_length=64, blank=True, help_text="SHA-256 of a photo or paper.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "กิจกรรมที่ทำแล้ว"


class Training(models.Model):
    """The group learned something together: what, from whom, for how long."""

    pk = CompositePrimaryKey("group_id", "number")
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="trainings")
    number = models.PositiveIntegerField()
    held_on = models.DateField()
    topic = models.CharField(max_length=200)
    taught_by = models.CharField(max_length=200, help_text="A person or an agency, as written.")
    hours = models.PositiveSmallIntegerField(null=True)
    place = models.CharField(max_length=200, blank=True)
    cost = MoneyField(default=0)
    evidence = models.CharField(max_length=64, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "การอบรม"


class Learner(models.Model):
    """Who learned what at a training, by their number on the group's list."""

    pk = CompositePrimaryKey("group_id", "training_number", "member_number")
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="+")
    training_number = models.PositiveIntegerField()
    member_number = models.PositiveIntegerField()
    learned = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "ผู้เข้าอบรม"
