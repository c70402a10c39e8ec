"""Who did what, when, on what evidence; and who read what about whom. Append-only."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class AuditLine(models.Model):
    """One deed or one reading of personal data. Rows are never changed or taken out."""

    happened_at = models.DateTimeField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    deed = models.CharField(max_length=40)
    area_code = models.CharField(max_length=8, blank=True)
    fund_id = models.BigIntegerField(null=True)
    subject = models.CharField(
        max_length=120, blank=True, help_text="What it was done to, by number, never by name."
    )
    details = models.JSONField(default=dict)

    class Meta:
        verbose_name = "บันทึกการทำงาน"
        indexes = [
            models.Index(fields=["area_code", "happened_at"], name="audit_area"),
            models.Index(fields=["fund_id", "happened_at"], name="audit_fund"),
        ]


class Evidence(models.Model):
    """A file kept once under its SHA-256, in KONGTHUN_HOME/evidence."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    kept_at = models.DateTimeField()

    class Meta:
        verbose_name = "หลักฐาน"
