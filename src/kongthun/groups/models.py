"""ก1 members and households, ก2 committees, ก3 rules, written and enforced.

People and households belong to no fund: a person may be in many groups, a household may change
its head. What a group keeps about them (number on its list, income, position) hangs on the group.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CompositePrimaryKey, Q

from kongthun.db.money_field import MoneyField, OptionalMoneyField
from kongthun.domain.thai_text import PersonName


class Group(models.Model):
    """A group of a village. A กข.คจ. fund is one kind; kinds differ by data, not by class."""

    code = models.CharField(
        max_length=16, unique=True, help_text="For กข.คจ. the village's 8-digit code."
    )
    kind = models.CharField(max_length=24, help_text="Names its chart of accounts: kkk, …")
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
    photo = models.CharField(max_length=64, blank=True, help_text="SHA-256 of a photo, if given.")

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
    section = models.CharField(
        max_length=60, blank=True, help_text="ฝ่าย: การผลิต, การตลาด, ผลิตภัณฑ์ …"
    )
    meeting_number = models.PositiveIntegerField(
        null=True, help_text="The meeting of the group that elected them."
    )
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    corrects = models.PositiveIntegerField(
        null=True, help_text="The number of the term that this one puts right."
    )
    correction_note = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, help_text="When a correction replaced it.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "วาระกรรมการ"


class MemberKind(models.TextChoices):
    """The three kinds of member a group has [S]."""

    ORDINARY = "ordinary", "สามัญ"
    HONORARY = "honorary", "กิตติมศักดิ์"
    ASSOCIATE = "associate", "สมทบ"


class MemberEventKind(models.TextChoices):
    """How somebody becomes a member, and stops being one."""

    APPLIED = "applied", "ยื่นใบสมัคร"
    ADMITTED = "admitted", "รับเข้าเป็นสมาชิก"
    DECLINED = "declined", "ยังไม่รับเข้าเป็นสมาชิก"
    CHANGED = "changed", "เปลี่ยนประเภทสมาชิก"
    LEFT = "left", "พ้นจากการเป็นสมาชิก"


class MemberEvent(models.Model):
    """ก1: what happened to a membership on a day. Taken back, never changed.

    A number on the list without any event is an ordinary member since a day nobody wrote down:
    that is how paper registers come in. ``meeting_number`` and ``resolution`` name what decided.
    """

    pk = CompositePrimaryKey("group_id", "number")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="member_events")
    number = models.PositiveIntegerField()
    member_number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=MemberEventKind.choices)
    member_kind = models.CharField(max_length=10, choices=MemberKind.choices, blank=True)
    happened_on = models.DateField()
    meeting_number = models.PositiveIntegerField(null=True)
    resolution = models.PositiveSmallIntegerField(null=True)
    words = models.CharField(max_length=300, blank=True, help_text="A reason, a remark.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "เหตุการณ์ของสมาชิก"
        indexes = [models.Index(fields=["group", "member_number"], name="member_event_member")]


class Beneficiary(models.Model):
    """Whom a member names to receive what is theirs, with a share in hundredths of a per cent.

    Named as one set that makes 100 per cent; a later set (``set_number``) replaces it whole.
    """

    pk = CompositePrimaryKey("group_id", "member_number", "set_number", "place")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="beneficiaries")
    member_number = models.PositiveIntegerField()
    set_number = models.PositiveIntegerField()
    place = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=60, blank=True)
    share = models.PositiveIntegerField(help_text="Hundredths of a per cent.")
    named_on = models.DateField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "ผู้รับผลประโยชน์"
        constraints = [
            models.CheckConstraint(
                name="beneficiary_share", condition=Q(share__gte=1) & Q(share__lte=10_000)
            )
        ]


class PersonPair(models.Model):
    """What somebody decided about two people who look alike: one person, or two.

    Never merged silently: both rows stay, ``first`` is the one that counts when they are one.
    """

    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    area_code = models.CharField(max_length=8, help_text="The village where both are known.")
    is_same = models.BooleanField()
    note = models.CharField(max_length=300)
    decided_on = models.DateField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "ชื่อที่อาจเป็นคนเดียวกัน"
        indexes = [models.Index(fields=["area_code"], name="person_pair_area")]
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=Q(withdrawn_at__isnull=True),
                name="person_pair_once",
            ),
            models.CheckConstraint(
                name="person_pair_of_two", condition=~Q(first=models.F("second"))
            ),
        ]


class Handover(models.Model):
    """ก2: one committee hands over to the next, thing by thing, signed by both."""

    pk = CompositePrimaryKey("group_id", "number")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="handovers")
    number = models.PositiveIntegerField()
    from_set = models.PositiveSmallIntegerField(null=True)
    to_set = models.PositiveSmallIntegerField(null=True)
    handed_on = models.DateField()
    given_by = models.CharField(max_length=150, help_text="Names as signed.")
    taken_by = models.CharField(max_length=150)
    witnessed_by = models.CharField(max_length=150, blank=True)
    evidence = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the signed list.")
    signed_at = models.DateTimeField(null=True, help_text="From then on nothing in it changes.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "การส่งมอบงาน"


class HandoverItem(models.Model):
    """A thing on the list, such as a passbook: what the books say and what was there."""

    pk = CompositePrimaryKey("group_id", "handover_number", "place")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    handover_number = models.PositiveIntegerField()
    place = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=200)
    by_the_books = models.CharField(max_length=100, blank=True)
    as_found = models.CharField(max_length=100, blank=True)
    is_there = models.BooleanField(null=True)

    class Meta:
        verbose_name = "รายการส่งมอบ"


class Relation(models.TextChoices):
    """Who somebody is to the head of the household."""

    HEAD = "head", "หัวหน้าครัวเรือน"
    SPOUSE = "spouse", "คู่สมรส"
    CHILD = "child", "บุตร"
    PARENT = "parent", "บิดามารดา"
    OTHER = "other", "ผู้อาศัยในครัวเรือน"


class HouseholdMember(models.Model):
    """A person living in a household, from a day to a day. Both days may be unknown."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    area_code = models.CharField(max_length=8, help_text="The household's village.")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=8, choices=Relation.choices)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    class Meta:
        verbose_name = "สมาชิกในครัวเรือน"
        indexes = [models.Index(fields=["area_code"], name="household_member_area")]


class HouseholdEventKind(models.TextChoices):
    """What happens to a household of the list. What it owes stays whole through all of it."""

    DEATH = "death", "มีผู้เสียชีวิต"
    MOVED_AWAY = "moved_away", "ย้ายออกจากหมู่บ้าน"
    CAME_BACK = "came_back", "ย้ายกลับเข้าหมู่บ้าน"
    SPLIT = "split", "แยกครัวเรือน"
    MERGED = "merged", "รวมเข้ากับครัวเรือนอื่น"
    NEW_HEAD = "new_head", "เปลี่ยนหัวหน้าครัวเรือน"
    LEFT_LIST = "left_list", "ออกจากบัญชีรายชื่อ"


class HouseholdEvent(models.Model):
    """Something that happened to a household, on a day, and when the committee came to know."""

    pk = CompositePrimaryKey("group_id", "number")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="household_events")
    number = models.PositiveIntegerField()
    member_number = models.PositiveIntegerField(help_text="The household's number on the list.")
    kind = models.CharField(max_length=12, choices=HouseholdEventKind.choices)
    happened_on = models.DateField()
    known_on = models.DateField(help_text="The day the committee knew: the law counts from it.")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    other_member_number = models.PositiveIntegerField(
        null=True, help_text="The household split off, or the one merged into."
    )
    words = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, help_text="When it was found not to be so.")
    withdrawn_note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "เหตุการณ์ของครัวเรือน"
        indexes = [models.Index(fields=["group", "member_number"], name="household_event_member")]


class Income(models.Model):
    """Income of a household, baht per head per year as the จปฐ. survey reckons it.

    ``years_after`` is 0 before borrowing, else 1, 2 or 3 years after the loan of ``contract``.
    A later row for the same question puts an earlier one right; none is rewritten.
    """

    pk = CompositePrimaryKey("group_id", "number")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="incomes")
    number = models.PositiveIntegerField()
    member_number = models.PositiveIntegerField()
    contract_number = models.PositiveIntegerField(null=True)
    years_after = models.PositiveSmallIntegerField()
    amount = MoneyField()
    survey_year = models.PositiveSmallIntegerField(help_text="พ.ศ. of the survey.")
    learned_on = models.DateField()
    basis = models.CharField(max_length=200, blank=True, help_text="How it is known.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "รายได้ครัวเรือน"
        constraints = [
            models.CheckConstraint(name="income_years_after", condition=Q(years_after__lte=3))
        ]
        indexes = [models.Index(fields=["group", "member_number"], name="income_member")]


class OrderedList(models.Model):
    """The ordered list of target households as it was drawn up on a day, poorest first.

    Until one is drawn up on screen, the numbers of the purple book are the order.
    """

    pk = CompositePrimaryKey("group_id", "number")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="ordered_lists")
    number = models.PositiveIntegerField()
    drawn_on = models.DateField()
    survey_year = models.PositiveSmallIntegerField(null=True, help_text="พ.ศ. of the incomes.")
    by_resolution = models.CharField(max_length=200, help_text="The meeting that adopted it.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "บัญชีจัดลำดับครัวเรือนเป้าหมาย"


class ListPlace(models.Model):
    """A household's place on a list; a reason where income alone does not put it there."""

    pk = CompositePrimaryKey("group_id", "list_number", "place")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    list_number = models.PositiveIntegerField()
    place = models.PositiveIntegerField()
    member_number = models.PositiveIntegerField()
    income = OptionalMoneyField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "ลำดับในบัญชี"


class AdoptedRules(models.Model):
    """ก3: a rule set that replaces the one the kind came with, from a day on.

    Of one group, or of every group of its kind under an area; the nearest wins, then the latest.
    ``limits`` is what `kongthun.domain.rule_set` reads. Never changed: a later one replaces it.
    """

    kind = models.CharField(max_length=24)
    area_code = models.CharField(max_length=8, blank=True, help_text="Empty for the nation.")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="rule_sets")
    name = models.CharField(max_length=200)
    starts_on = models.DateField()
    by_resolution = models.CharField(max_length=200, help_text="What adopted it.")
    source = models.CharField(max_length=300, blank=True)
    limits = models.JSONField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "ชุดระเบียบ"
        indexes = [
            models.Index(fields=["kind", "area_code"], name="adopted_rules_area"),
        ]


class WrittenRules(models.Model):
    """ก3: a version of a group's written rules. A draft until a meeting adopts it.

    Adopted it is never changed: a later version replaces it from its ``starts_on``.
    """

    pk = CompositePrimaryKey("group_id", "number")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="written_rules")
    number = models.PositiveIntegerField(help_text="ฉบับที่")
    title = models.CharField(max_length=200)
    adopted_on = models.DateField(null=True)
    starts_on = models.DateField(null=True)
    meeting_number = models.PositiveIntegerField(null=True)
    resolution = models.PositiveSmallIntegerField(null=True)
    rules = models.ForeignKey(
        AdoptedRules,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="The limits that these articles set, as the software enforces them.",
    )
    evidence = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the signed paper.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, help_text="A draft that was given up.")

    class Meta:
        verbose_name = "ระเบียบข้อบังคับ"


class Article(models.Model):
    """An article of a version. ``limit`` names what the software enforces by it, if anything."""

    pk = CompositePrimaryKey("group_id", "rules_number", "place")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    rules_number = models.PositiveIntegerField()
    place = models.PositiveSmallIntegerField(help_text="ข้อ")
    chapter = models.CharField(max_length=120, blank=True)
    words = models.TextField()
    limits = models.JSONField(
        default=dict, help_text="Limit by limit what this article sets, as typed."
    )

    class Meta:
        verbose_name = "ข้อในระเบียบ"


class KnownBy(models.TextChoices):
    """How a member came to know the rules."""

    READ_OUT = "read_out", "ฟังการอ่านในที่ประชุม"
    SIGNED = "signed", "ลงชื่อรับทราบ"
    ON_SCREEN = "on_screen", "อ่านและกดรับทราบเอง"


class RulesKnown(models.Model):
    """A member knows a version of the rules: since when, by what means."""

    pk = CompositePrimaryKey("group_id", "rules_number", "member_number")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    rules_number = models.PositiveIntegerField()
    member_number = models.PositiveIntegerField()
    known_on = models.DateField()
    by_means = models.CharField(max_length=10, choices=KnownBy.choices)
    meeting_number = models.PositiveIntegerField(null=True)
    evidence = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the sheet.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "การรับทราบระเบียบ"
