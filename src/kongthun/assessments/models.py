"""Questionnaires of a year, answered by the books and by people.

A result is kept with everything it follows from: the questionnaire as it was, the figures as the
books told them that day, the answers with what shows them. `domain.assessment` makes level and
score of these again at any time; `kongthun verify` holds both against each other.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CompositePrimaryKey, Q


class QuestionnaireVersion(models.Model):
    """What is asked in a year, as it was adopted for an area. Never changed: another follows it.

    What ships is written here as it is used first (``is_shipped``), so that a later edition of the
    software changes no result that there is.
    """

    area_code = models.CharField(max_length=8, blank=True, help_text="Empty for the nation.")
    code = models.CharField(max_length=40, help_text="Which questionnaire: health_kkk, five_k.")
    year = models.PositiveSmallIntegerField(help_text="พ.ศ. of the fiscal year.")
    number = models.PositiveIntegerField(help_text="Running in the area, code and year.")
    data = models.JSONField(help_text="What `domain.assessment.read_questionnaire` reads.")
    is_shipped = models.BooleanField(default=False)
    words = models.CharField(max_length=300, blank=True, help_text="Why it was made anew.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "แบบประเมิน"
        constraints = [
            models.UniqueConstraint(
                fields=["area_code", "code", "year", "number"], name="questionnaire_number"
            )
        ]


class Assessment(models.Model):
    """A questionnaire answered for one group. A draft until it is finished, then never changed.

    ``facts`` and ``answers`` are frozen with it; ``level`` to ``weakest`` follow from them.
    """

    pk = CompositePrimaryKey("group_id", "number")
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="assessments")
    number = models.PositiveIntegerField()
    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    is_from_books = models.BooleanField(
        default=False, help_text="Made for a whole area at a desk, without a visit."
    )
    answers = models.JSONField(default=dict, help_text="Item by item (`queries.frozen`).")
    facts = models.JSONField(default=dict, help_text="Measure by measure, as of its day.")
    assessed_on = models.DateField(null=True)
    score = models.PositiveSmallIntegerField(
        null=True, help_text="Hundredths of a per cent; empty where nothing is known."
    )
    level = models.CharField(max_length=40, blank=True, help_text="Empty without a score.")
    sure_level = models.CharField(max_length=40, blank=True)
    quality = models.CharField(max_length=8, blank=True)
    weakest = models.CharField(max_length=40, blank=True, help_text="Code of a section.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "ผลประเมิน"
        indexes = [models.Index(fields=["group", "code", "assessed_on"], name="assessment_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "code"],
                condition=Q(finished_at__isnull=True, withdrawn_at__isnull=True),
                name="assessment_one_draft",
            ),
            models.CheckConstraint(
                name="assessment_finished_has_day",
                condition=Q(finished_at__isnull=True) | Q(assessed_on__isnull=False),
            ),
        ]
