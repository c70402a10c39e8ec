"""Steps 4 to 8: the road by which a stalled fund gets moving again, and the lesson of it [S].

A case is its facts; where it stands follows from them (`domain.casework`) and is stored nowhere.
Facts are added, and taken back with a note; none is changed. Causes are said by groups of people,
never by a name, and no side of any politics has a column.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CompositePrimaryKey

from kongthun.domain.casework import CaseKind, CauseKind, Role, Speaker


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


class Case(_Fact):
    """A proposal to help one fund, from the warnings seen. Open once the village consents."""

    pk = CompositePrimaryKey("group_id", "number")
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="cases")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in CaseKind])
    proposed_on = models.DateField()
    reasons = models.JSONField(default=list, help_text="Signs of the early warning, by name.")
    words = models.CharField(max_length=500, help_text="Why it is proposed, in own words.")
    survey_round = models.BigIntegerField(null=True, help_text="The round in which it was chosen.")
    missing_then = models.BigIntegerField(help_text="Satang not yet explained that day.")

    class Meta:
        verbose_name = "เรื่องแก้ไขปัญหากองทุน"


class _OfCase(models.Model):
    """A row of one case."""

    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="+")
    case_number = models.PositiveIntegerField()
    number = models.PositiveIntegerField()

    class Meta:
        abstract = True


class Consent(_OfCase, _Fact):
    """What a meeting of the village answered. Without a quorum it is kept and does not count."""

    pk = CompositePrimaryKey("group_id", "case_number", "number")
    meeting_number = models.PositiveIntegerField()
    resolution = models.PositiveSmallIntegerField()
    answered_on = models.DateField(help_text="The meeting's day.")
    is_yes = models.BooleanField()
    had_quorum = models.BooleanField()

    class Meta:
        verbose_name = "คำตอบของหมู่บ้าน"


class Teammate(_OfCase, _Fact):
    """An officer, or somebody of the network committee, on the team from a day to a day."""

    pk = CompositePrimaryKey("group_id", "case_number", "number")
    role = models.CharField(max_length=8, choices=[(r.value, r.value) for r in Role][:2])
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    name = models.CharField(max_length=150, help_text="As written; officers and network only.")
    joined_on = models.DateField()
    left_on = models.DateField(null=True, help_text="The last day; empty while on it.")

    class Meta:
        verbose_name = "ทีมงาน"
        indexes = [models.Index(fields=["user"], name="teammate_user")]


class Cause(_OfCase, _Fact):
    """A cause found together; ``parent`` is the cause that it brings about."""

    pk = CompositePrimaryKey("group_id", "case_number", "number")
    words = models.CharField(max_length=300)
    kind = models.CharField(max_length=18, choices=[(k.value, k.value) for k in CauseKind])
    parent = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = "สาเหตุ"


class Saying(_OfCase, _Written):
    """A group of people said a cause at a meeting of the fund."""

    pk = CompositePrimaryKey("group_id", "case_number", "cause_number", "number")
    cause_number = models.PositiveIntegerField()
    speaker = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Speaker])
    meeting_number = models.PositiveIntegerField()
    said_on = models.DateField(help_text="The meeting's day.")

    class Meta:
        verbose_name = "ผู้พูดถึงสาเหตุ"


class PlanStep(_OfCase, _Written):
    """A step of the plan: what, by whom, by when, and what will show that it is done.

    Another plan gets new steps; one given up says why and stays.
    """

    pk = CompositePrimaryKey("group_id", "case_number", "number")
    words = models.CharField(max_length=300)
    planned_on = models.DateField()
    due_on = models.DateField()
    shown_by = models.CharField(max_length=200)
    owner_role = models.CharField(max_length=13, choices=[(r.value, r.value) for r in Role])
    owner_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    owner_words = models.CharField(max_length=150, blank=True, help_text="Who it is, as written.")
    given_up_on = models.DateField(null=True)
    given_up_note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "ขั้นตอนตามแผนแก้ไข"
        indexes = [models.Index(fields=["owner_user"], name="plan_step_owner")]


class StepShown(_OfCase, _Fact):
    """What shows that a step was done: a photo or paper, kept under its SHA-256."""

    pk = CompositePrimaryKey("group_id", "case_number", "step_number", "number")
    step_number = models.PositiveIntegerField()
    shown_on = models.DateField()
    sha256 = models.CharField(max_length=64)
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "สิ่งที่แสดงว่าทำแล้ว"


class Visit(_OfCase, _Fact):
    """A follow-up, formal or not, what was seen and what was advised on the spot."""

    pk = CompositePrimaryKey("group_id", "case_number", "number")
    visited_on = models.DateField()
    is_formal = models.BooleanField()
    seen = models.TextField()
    advised = models.TextField(blank=True)

    class Meta:
        verbose_name = "การลงพื้นที่"


class VisitedHousehold(models.Model):
    """A household that was called on at a visit, by its number on the fund's list."""

    pk = CompositePrimaryKey("group_id", "case_number", "visit_number", "member_number")
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="+")
    case_number = models.PositiveIntegerField()
    visit_number = models.PositiveIntegerField()
    member_number = models.PositiveIntegerField()

    class Meta:
        verbose_name = "ครัวเรือนที่ไปพบ"


class VisitPhoto(models.Model):
    """A photo or paper of a visit, kept under its SHA-256."""

    pk = CompositePrimaryKey("group_id", "case_number", "visit_number", "place")
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="+")
    case_number = models.PositiveIntegerField()
    visit_number = models.PositiveIntegerField()
    place = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "ภาพการลงพื้นที่"


class CaseReport(_OfCase, _Written):
    """A memo to the superior, with everything it said frozen as of its day."""

    pk = CompositePrimaryKey("group_id", "case_number", "number")
    reported_on = models.DateField()
    addressed_to = models.CharField(max_length=150)
    paper_number = models.CharField(
        max_length=60, blank=True, help_text="The office's, as written."
    )
    words = models.TextField(help_text="What is asked of the superior.")
    told = models.JSONField(help_text="What the memo and its annexes said, in whole.")

    class Meta:
        verbose_name = "รายงานผู้บังคับบัญชา"


class CaseAdvice(_OfCase, _Written):
    """Advice from above, to a memo or of one's own accord; answered once."""

    pk = CompositePrimaryKey("group_id", "case_number", "number")
    advised_on = models.DateField()
    report_number = models.PositiveIntegerField(null=True)
    words = models.TextField()
    answer_by = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "คำแนะนำ"


class CaseEvent(_OfCase, _Fact):
    """Something from which a deadline counts, or that meets one (`casework.DeadlineLimit`)."""

    pk = CompositePrimaryKey("group_id", "case_number", "number")
    name = models.CharField(max_length=20)
    happened_on = models.DateField()
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "เหตุการณ์ของเรื่อง"


class CasePaper(_OfCase, _Fact):
    """A paper in the file of a case, for the superior or the prosecutor."""

    pk = CompositePrimaryKey("group_id", "case_number", "number")
    sha256 = models.CharField(max_length=64)
    words = models.CharField(max_length=200, help_text="What it is.")
    dated_on = models.DateField()

    class Meta:
        verbose_name = "เอกสารในเรื่อง"


class CaseClosing(_OfCase, _Written):
    """A case was closed on the outcome that the books showed that day."""

    pk = CompositePrimaryKey("group_id", "case_number", "number")
    closed_on = models.DateField()
    outcome = models.JSONField(help_text="Frozen (`queries.outcomes`).")
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "การปิดเรื่อง"


class CaseRelapse(_OfCase, _Written):
    """Payments stopped again: the case is open once more from this day."""

    pk = CompositePrimaryKey("group_id", "case_number", "number")
    relapsed_on = models.DateField()
    silent_since = models.DateField()
    months = models.PositiveSmallIntegerField()
    overdue = models.BigIntegerField(help_text="Satang.")

    class Meta:
        verbose_name = "การหยุดอีกครั้ง"


class Lesson(models.Model):
    """A lesson learned from a case, in the seed's own structure [S].

    A draft until it is handed in; then somebody else reads it, and it is published or sent back.
    Published it is never changed: a better one is another lesson.
    """

    pk = CompositePrimaryKey("group_id", "number")
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="lessons")
    number = models.PositiveIntegerField()
    case_number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    author_name = models.CharField(max_length=150)
    office = models.CharField(max_length=200)
    background = models.TextField(blank=True)
    process = models.TextField(blank=True)
    techniques = models.TextField(blank=True)
    cautions = models.TextField(blank=True)
    success_factors = models.TextField(blank=True)
    results = models.TextField(blank=True)
    problems = models.TextField(blank=True)
    rules = models.TextField(blank=True)
    facts = models.JSONField(default=dict, help_text="Figures of the case as of its handing in.")
    search_text = models.TextField(blank=True, help_text="All of it, folded for searching.")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    written_at = models.DateTimeField()
    handed_in_on = models.DateField(null=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    read_note = models.CharField(max_length=500, blank=True)
    published_on = models.DateField(null=True)
    taken_down_at = models.DateTimeField(null=True)
    taken_down_note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "บทเรียน"
        indexes = [models.Index(fields=["published_on"], name="lesson_published")]
