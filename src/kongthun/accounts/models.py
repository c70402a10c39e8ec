"""People who sign in, and what was entrusted to them, where and when."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q


class User(AbstractUser):
    """Somebody who signs in. What they may do comes from their appointments, not from here."""

    first_name = None  # type: ignore[assignment]  # Thai names are one field on screen
    last_name = None  # type: ignore[assignment]
    display_name = models.CharField(max_length=150, blank=True)
    person = models.ForeignKey(
        "groups.Person",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who this is in the registers, where that is known.",
    )

    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = "ผู้ใช้"

    def __str__(self) -> str:
        return self.display_name or self.username


class Role(models.TextChoices):
    """Who works here, down the ladder (docs/rules/roles.md says what each may do)."""

    DEPARTMENT = "department", "กรมการพัฒนาชุมชน"
    PROVINCE = "province", "พัฒนาการจังหวัด"
    DISTRICT = "district", "พัฒนาการอำเภอ"
    FIELD_WORKER = "field_worker", "พัฒนากรผู้รับผิดชอบตำบล"
    CHAIRMAN = "chairman", "ประธานกรรมการ"
    TREASURER = "treasurer", "เหรัญญิก"
    MEMBER = "member", "สมาชิก"
    AUDITOR = "auditor", "ผู้ตรวจสอบ"
    AGENCY = "agency", "หน่วยงานสนับสนุน"
    NETWORK = "network", "คณะกรรมการเครือข่าย กข.คจ."


class Appointment(models.Model):
    """A role held over an area or a group, from a day to a day, by an order or a resolution."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=20, choices=Role.choices)
    area_code = models.CharField(
        max_length=8,
        blank=True,
        help_text="Everything whose code begins so; empty for the nation.",
    )
    group = models.ForeignKey(
        "groups.Group", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    member_number = models.PositiveIntegerField(
        null=True, blank=True, help_text="For a member: the number on the group's list."
    )
    by_order = models.CharField(max_length=200, help_text="The order or resolution that appoints.")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The last day; empty if open.")

    class Meta:
        verbose_name = "การแต่งตั้ง"
        constraints = [
            models.CheckConstraint(
                name="appointment_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
            ),
            models.CheckConstraint(
                name="appointment_member_has_group",
                condition=Q(member_number__isnull=True) | Q(group__isnull=False),
            ),
            # An empty area is the nation: held on purpose, never because a field stayed empty.
            models.CheckConstraint(
                name="appointment_is_somewhere",
                condition=Q(group__isnull=False)
                | Q(role__in=["department", "auditor"])
                | (
                    Q(role__in=["province", "district", "field_worker", "agency", "network"])
                    & ~Q(area_code="")
                ),
            ),
        ]

    def holds_on(self, day: date) -> bool:
        """Whether the appointment is in force on ``day`` (both ends count)."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
