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
    is_of_papers_only = models.BooleanField(
        default=False,
        help_text="Kept as papers of funds and for nothing else: redacted everywhere, it goes.",
    )

    class Meta:
        verbose_name = "หลักฐาน"


class PaperRecord(models.Model):
    """Where a fund's chain of papers ends; held while a line is added. It only ever grows."""

    fund_id = models.BigIntegerField(primary_key=True)
    lines = models.BigIntegerField(help_text="Papers kept and redactions together.")
    link = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = "สมุดเอกสารของกลุ่ม"


class KeptPaper(models.Model):
    """A photo or paper of a fund, by its content: a line of the fund's chain (rules/evidence.md).

    Rows are never changed or taken out. ``sha256`` is that of the file as it is kept.
    """

    fund_id = models.BigIntegerField()
    number = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    subject = models.CharField(
        max_length=120, blank=True, help_text="What it belongs to, by number, never by name."
    )
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    link = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = "เอกสารที่เก็บไว้"
        constraints = [
            models.UniqueConstraint(fields=["fund_id", "number"], name="audit_paper_number")
        ]
        indexes = [models.Index(fields=["sha256", "fund_id"], name="audit_paper_content")]


class Redaction(models.Model):
    """The content of a fund's paper was taken away, and why: a line of the same chain.

    It speaks of every line before it that names this content. Rows are never changed or taken out.
    """

    fund_id = models.BigIntegerField()
    number = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    reason = models.CharField(max_length=300)
    redacted_at = models.DateTimeField()
    redacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    link = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = "การปิดเนื้อหาเอกสาร"
        constraints = [
            models.UniqueConstraint(fields=["fund_id", "number"], name="audit_redaction_number")
        ]
        indexes = [models.Index(fields=["sha256", "fund_id"], name="audit_redaction_content")]
