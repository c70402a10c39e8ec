"""Support from agencies: who they are, what was asked, what was given, what came of it [S]."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CompositePrimaryKey

from kongthun.db.money_field import OptionalMoneyField


class AgencyKind(models.TextChoices):
    """Agencies as the field names them [S]."""

    LOCAL = "local", "อบต. เทศบาล อบจ."
    COMMUNITY_DEVELOPMENT = "community", "พัฒนาชุมชน"
    AGRICULTURE = "agriculture", "เกษตร"
    LEARNING = "learning", "สกร. (กศน.)"
    INDUSTRY = "industry", "อุตสาหกรรม"
    COMMERCE = "commerce", "พาณิชย์"
    SCHOOL = "school", "สถาบันการศึกษา"
    FUND = "fund", "กองทุนต่าง ๆ"
    OTHER = "other", "หน่วยงานอื่น"


class Agency(models.Model):
    """An agency that supports groups of an area."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=AgencyKind.choices)
    area_code = models.CharField(max_length=8, help_text="Everything whose code begins so.")
    phone = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=300, blank=True)
    closed_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "หน่วยงานสนับสนุน"
        indexes = [models.Index(fields=["area_code"], name="agency_area")]


class AgencySeat(models.Model):
    """Somebody who signs in for an agency, from a day to a day."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="seats")
    area_code = models.CharField(max_length=8, help_text="The agency's.")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        verbose_name = "ผู้แทนหน่วยงาน"


class Invitation(models.Model):
    """A group lets an agency see what concerns it, from a day to a day."""

    pk = CompositePrimaryKey("group_id", "number")
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="invitations")
    number = models.PositiveIntegerField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="invitations")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    words = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "การเชิญหน่วยงาน"


class SupportKind(models.TextChoices):
    """What support can be [S]."""

    KNOWLEDGE = "knowledge", "วิชาการ"
    MATERIAL = "material", "วัสดุ"
    EQUIPMENT = "equipment", "อุปกรณ์"
    BUDGET = "budget", "งบประมาณ"
    STANDARD = "standard", "คุณภาพและมาตรฐานสินค้า"


class SupportRequest(models.Model):
    """What a group asks an agency for."""

    pk = CompositePrimaryKey("group_id", "number")
    group = models.ForeignKey(
        "groups.Group", on_delete=models.PROTECT, related_name="support_requests"
    )
    number = models.PositiveIntegerField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=10, choices=SupportKind.choices)
    words = models.CharField(max_length=500)
    amount = OptionalMoneyField()
    asked_on = models.DateField()
    meeting_number = models.PositiveIntegerField(
        null=True, help_text="The meeting that decided it."
    )
    evidence = models.CharField(max_length=64, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "คำขอรับการสนับสนุน"


class SupportStepKind(models.TextChoices):
    """What becomes of a request."""

    AGREED = "agreed", "รับสนับสนุน"
    PARTLY = "partly", "สนับสนุนบางส่วน"
    DECLINED = "declined", "ยังสนับสนุนไม่ได้"
    GIVEN = "given", "ให้การสนับสนุนแล้ว"
    CAME_OF_IT = "came_of_it", "ผลที่เกิดขึ้น"


class SupportStep(models.Model):
    """An answer, something given, or what came of it: added, never changed."""

    pk = CompositePrimaryKey("group_id", "request_number", "number")
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="+")
    request_number = models.PositiveIntegerField()
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=SupportStepKind.choices)
    happened_on = models.DateField()
    words = models.CharField(max_length=500)
    amount = OptionalMoneyField()
    gift_number = models.PositiveIntegerField(
        null=True, help_text="The gift it is in the books as."
    )
    evidence = models.CharField(max_length=64, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "ขั้นของคำขอ"


class Standard(models.Model):
    """A product of the group meets a standard, or has its OTOP stars: shown by a paper."""

    pk = CompositePrimaryKey("group_id", "number")
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="standards")
    number = models.PositiveIntegerField()
    scheme = models.CharField(max_length=60, help_text="มผช., มชช., อย., ฮาลาล, OTOP …")
    product = models.CharField(max_length=150)
    level = models.CharField(max_length=60, blank=True, help_text="Stars or class, as written.")
    certificate = models.CharField(max_length=60, blank=True)
    granted_on = models.DateField()
    expires_on = models.DateField(null=True)
    evidence = models.CharField(max_length=64, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "มาตรฐานสินค้า"


class Card(models.Model):
    """What a group tells everybody about itself: of the group alone, of nobody in it.

    A later card replaces an earlier one; a card taken off is shown to nobody.
    """

    pk = CompositePrimaryKey("group_id", "number")
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="cards")
    number = models.PositiveIntegerField()
    about = models.CharField(max_length=600, help_text="What the group does, in its own words.")
    products = models.CharField(max_length=400, blank=True, help_text="A line a product.")
    contact = models.CharField(max_length=200, blank=True, help_text="Of the group, not a person.")
    published_on = models.DateField()
    taken_off_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "บัตรแนะนำกลุ่ม"
