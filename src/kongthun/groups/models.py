"""ก1 members and households, ก2 committees. (ก3, the rules, joins them with the loans.)

People and households belong to no fund: a person may be in many groups, a household may change
its head. What a group keeps about them (number on its list, income, position) hangs on the group.
"""

from __future__ import annotations

from django.db import models
from django.db.models import CompositePrimaryKey

from kongthun.db.money_field import OptionalMoneyField
from kongthun.domain.thai_text import PersonName


class Group(models.Model):
    """A group of a village. A กข.คจ. fund is one kind; kinds differ by data, not by class."""

    code = models.CharField(
        max_length=16, unique=True, help_text="For กข.คจ. the village's 8-digit code."
    )
    kind = models.CharField(max_length=16, help_text="Names its chart of accounts: kkk, …")
    area_code = models.CharField(max_length=8, help_text="The village, 8 digits.")
    name = models.CharField(max_length=200)
    granted_fiscal_year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="พ.ศ. of the fiscal year the capital was granted."
    )

    class Meta:
        verbose_name = "กลุ่ม"
        indexes = [models.Index(fields=["area_code"], name="group_area")]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """A person, known by name. The national ID is not asked for here."""

    title = models.CharField(max_length=40, blank=True)
    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100, blank=True)
    name_key = models.CharField(
        max_length=200, help_text="Name without title, spaces and slips evened out."
    )

    class Meta:
        verbose_name = "บุคคล"
        indexes = [models.Index(fields=["name_key"], name="person_name_key")]

    def __str__(self) -> str:
        return self.name.full

    @property
    def name(self) -> PersonName:
        """The name as a value: full, masked, comparable."""
        return PersonName(self.title, self.first_name, self.last_name)


class Household(models.Model):
    """A house of a village and whoever heads it."""

    area_code = models.CharField(max_length=8)
    house_number = models.CharField(max_length=40, blank=True)
    head = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "ครัวเรือน"
        indexes = [models.Index(fields=["area_code"], name="household_area")]


class Membership(models.Model):
    """A household on a group's list. For กข.คจ.: the ordered list, poorest first.

    Income is baht per head per year as the จปฐ. survey reckons it.
    """

    pk = CompositePrimaryKey("group_id", "number")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="memberships")
    number = models.PositiveIntegerField(help_text="ลำดับที่ครัวเรือนเป้าหมาย")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    household_size = models.PositiveSmallIntegerField(null=True)
    income_before = OptionalMoneyField()
    income_after_1 = OptionalMoneyField()
    income_after_2 = OptionalMoneyField()
    income_after_3 = OptionalMoneyField()

    class Meta:
        verbose_name = "สมาชิก"


class CommitteePosition(models.TextChoices):
    """Positions on a committee, in the order papers list them."""

    CHAIRMAN = "chairman", "ประธาน"
    VICE_CHAIRMAN = "vice_chairman", "รองประธาน"
    SECRETARY = "secretary", "เลขานุการ"
    TREASURER = "treasurer", "เหรัญญิก"
    MEMBER = "member", "กรรมการ"


class CommitteeTerm(models.Model):
    """A person's place on one committee set (ชุดที่), from a day to a day."""

    pk = CompositePrimaryKey("group_id", "number")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="committee_terms")
    number = models.PositiveIntegerField()
    set_number = models.PositiveSmallIntegerField(null=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    position = models.CharField(max_length=20, choices=CommitteePosition.choices)
    position_words = models.CharField(max_length=100, help_text="As the paper writes it.")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    class Meta:
        verbose_name = "วาระกรรมการ"
