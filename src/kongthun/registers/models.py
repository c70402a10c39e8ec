"""The paper books as they were read: files, rows, and which entry each row became."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CompositePrimaryKey, Q

from kongthun.db.money_field import OptionalMoneyField


class Workbook(models.Model):
    """A workbook that was brought in, with its reconciliation receipt."""

    pk = CompositePrimaryKey("fund_id", "number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="workbooks")
    number = models.PositiveIntegerField()
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    receipt = models.JSONField(help_text="The reconciliation, as printed. Never changed.")

    class Meta:
        verbose_name = "สมุดที่นำเข้า"


class Verdict(models.TextChoices):
    """Every data row ends in exactly one of two ways."""

    POSTED = "posted", "ลงบัญชีแล้ว"
    SET_ASIDE = "set_aside", "ควรตรวจสอบ"


class PaperRow(models.Model):
    """One fact of the paper as typed, what became of it, and where it stands."""

    pk = CompositePrimaryKey("fund_id", "number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="paper_rows")
    number = models.PositiveIntegerField()
    workbook_number = models.PositiveIntegerField(help_text="The latest file it stands in.")
    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=160, help_text="Names the fact across files of the fund.")
    parent_key = models.CharField(max_length=160, blank=True)
    sheet = models.CharField(max_length=60)
    sheet_place = models.PositiveSmallIntegerField()
    row = models.PositiveIntegerField()
    fields = models.JSONField(help_text="As typed on the sheet.")
    correction = models.JSONField(null=True, help_text="What a person put right, by field.")
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    corrected_at = models.DateTimeField(null=True)
    correction_note = models.CharField(max_length=300, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.CharField(max_length=24, blank=True)
    contract_number = models.PositiveIntegerField(null=True)
    replaced_at = models.DateTimeField(null=True, help_text="When a changed file replaced it.")

    class Meta:
        verbose_name = "แถวในสมุด"
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "key"],
                condition=Q(replaced_at__isnull=True),
                name="paper_row_key",
            ),
            models.CheckConstraint(
                name="paper_row_reason",
                condition=Q(verdict="posted", reason="") | (Q(verdict="set_aside") & ~Q(reason="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["fund"],
                condition=Q(replaced_at__isnull=True, verdict="set_aside"),
                name="paper_row_set_aside",
            ),
            models.Index(fields=["fund", "contract_number"], name="paper_row_contract"),
        ]

    @property
    def said(self) -> dict[str, str]:
        """The fields as they count: as typed, with what a person put right."""
        return {**self.fields, **(self.correction or {})}


class RowEntry(models.Model):
    """Which entry of the ledger a paper row's key is in the books as, today."""

    pk = CompositePrimaryKey("fund_id", "key")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=160)
    generation = models.PositiveIntegerField(help_text="How often it was posted, reversals apart.")
    entry_number = models.BigIntegerField(null=True, help_text="Empty once it was taken back.")

    class Meta:
        verbose_name = "รายการของแถว"
        indexes = [models.Index(fields=["fund", "entry_number"], name="row_entry_number")]


class StatusSnapshot(models.Model):
    """What the brown book says of the village on a day: its own figures, kept beside ours."""

    pk = CompositePrimaryKey("fund_id", "number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="snapshots")
    number = models.PositiveIntegerField()
    as_of = models.DateField(null=True)
    granted_fiscal_year = models.PositiveSmallIntegerField(null=True)
    granted = OptionalMoneyField()
    target_households = models.PositiveIntegerField(null=True)
    lent_households = models.PositiveIntegerField(null=True)
    repaying_households = models.PositiveIntegerField(null=True)
    households_sum = OptionalMoneyField()
    bank_sum = OptionalMoneyField()
    cash_sum = OptionalMoneyField()
    in_breach_households = models.PositiveIntegerField(null=True)
    in_breach_sum = OptionalMoneyField()
    purple_book = models.CharField(max_length=60, blank=True)
    green_book = models.CharField(max_length=60, blank=True)
    yellow_book = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300, blank=True)
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = "สถานะหมู่บ้านตามสมุดน้ำตาล"
        get_latest_by = "number"


class Batch(models.Model):
    """Workbooks handed in on screen and not yet confirmed: the preview people look at."""

    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    handed_in_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, help_text="When it was confirmed or dropped.")

    class Meta:
        verbose_name = "ชุดสมุดที่รอยืนยัน"


class BatchFile(models.Model):
    """One workbook of a batch: kept as evidence, with its preview."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="files")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    preview = models.JSONField()
    outcome = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = "สมุดที่รอยืนยัน"
