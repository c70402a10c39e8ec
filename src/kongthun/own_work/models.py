"""What each person does next, and handing all of it over."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Handover(models.Model):
    """A field worker hands the work of an area over to the next (สมุดน้ำตาล ตอนการส่งมอบ) [S].

    ``told`` is everything open and every fund's figures as they stood when it was drawn up; it is
    never changed. It stands once both have signed, and ends no appointment by itself.
    """

    area_code = models.CharField(max_length=8, help_text="Everything whose code begins so.")
    number = models.PositiveIntegerField(help_text="Running, of the area.")
    from_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    from_position = models.CharField(max_length=150)
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    to_position = models.CharField(max_length=150)
    handed_on = models.DateField()
    words = models.CharField(max_length=500, blank=True)
    told = models.JSONField(help_text="Frozen (`queries.handovers`).")
    from_signed_at = models.DateTimeField(null=True)
    to_signed_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "การส่งมอบงานของพัฒนากร"
        constraints = [
            models.UniqueConstraint(fields=["area_code", "number"], name="handover_of_work_number"),
            models.CheckConstraint(
                name="handover_of_work_two_people",
                condition=~models.Q(from_user=models.F("to_user")),
            ),
        ]
        indexes = [
            models.Index(fields=["from_user"], name="handover_work_from"),
            models.Index(fields=["to_user"], name="handover_work_to"),
        ]
