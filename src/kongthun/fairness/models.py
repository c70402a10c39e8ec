"""Why somebody was treated otherwise than those alike, in somebody's words.

The question itself is reckoned anew from the registers each time and stored nowhere. What
explains it is a note: about one household, or about a circle of an area by its number.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from kongthun.domain.fairness import CircleKind, Deed, Question, Way


class Explanation(models.Model):
    """A note that explains one gap of a household, or one pattern of a circle. Never changed.

    ``told_on`` says which periods it speaks of: those that had begun by then. ``debtor`` is the
    household's number on the list or, of somebody whom no household fits, the contract's.
    """

    area_code = models.CharField(max_length=8, help_text="The fund's village, or the area asked.")
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, null=True, related_name="+")
    debtor = models.CharField(max_length=12, blank=True, help_text="h12: household; c3: contract.")
    deed = models.CharField(max_length=12, blank=True, choices=[(d.value, d.value) for d in Deed])
    way = models.CharField(max_length=8, blank=True, choices=[(w.value, w.value) for w in Way])
    circle_kind = models.CharField(
        max_length=12, blank=True, choices=[(k.value, k.value) for k in CircleKind]
    )
    circle_number = models.BigIntegerField(null=True)
    question = models.CharField(
        max_length=14, blank=True, choices=[(q.value, q.value) for q in Question]
    )
    words = models.CharField(max_length=500)
    told_on = models.DateField()
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "คำชี้แจงความต่างในการดูแล"
        indexes = [models.Index(fields=["area_code"], name="explanation_area")]
        constraints = [
            models.CheckConstraint(
                name="explanation_of_one_thing",
                condition=(Q(group__isnull=False) & ~Q(debtor="") & Q(circle_number__isnull=True))
                | (Q(group__isnull=True) & Q(debtor="") & Q(circle_number__isnull=False)),
            )
        ]
