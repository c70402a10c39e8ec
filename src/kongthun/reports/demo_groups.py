"""Two groups beside the demo funds, so that the five ก have something to show.

An occupation group that makes and sells rice: founded in the year before last year's end, its year
closed and shared out, another one under way. And a community enterprise that has only begun, for
which nearly every door asks for something. All of it by the deeds that people do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import transaction

from kongthun.accounts.actions import appoint, appoint_neighbour
from kongthun.accounts.cast import DEMO_DISTRICT
from kongthun.accounts.models import Role, User
from kongthun.accounts.reach import Reach, reach_of
from kongthun.activities.actions import (
    MeetingKept,
    ResolutionKept,
    add_resolution,
    close_meeting,
    mark_attendance,
    open_meeting,
)
from kongthun.activities.actions.adoptions import WrittenRulesAdopted, adopt_written_rules
from kongthun.activities.actions.calls import CallKept, call_meeting
from kongthun.activities.actions.plans import DoneKept, PlanKept, plan_activity, record_done
from kongthun.activities.actions.trainings import TrainingKept, record_training
from kongthun.activities.models import ActivityKind, MeetingKind
from kongthun.domain.money import Money
from kongthun.domain.plan import PlannedPart
from kongthun.domain.thai_calendar import thai_year
from kongthun.funding.actions.borrowings import (
    Borrowed,
    BorrowingRepaid,
    borrow,
    repay_borrowing,
)
from kongthun.funding.actions.certificates import Certified, sell_shares
from kongthun.funding.actions.closing import Paid, YearShared, close_year, pay_out_slips
from kongthun.funding.actions.gifts import GiftKept, ReportSaid, receive_gift
from kongthun.funding.actions.tools import EventNoted, ToolSaid, lend_tool
from kongthun.funding.models import SourceKind
from kongthun.funding.posting import Pocket
from kongthun.groups.actions import HouseholdAdded, TermAdded, add_household, add_term
from kongthun.groups.actions.members import MemberEventKept, apply_for_membership
from kongthun.groups.actions.written_rules import (
    RulesDrafted,
    RulesKnownNow,
    acknowledge_by_sheet,
    draft_rules,
)
from kongthun.groups.models import CommitteePosition, Group, MemberKind
from kongthun.ledger.models import Fund
from kongthun.ledger.savings import BooksOpened, open_group_books
from kongthun.support.actions.agencies import AgencyRecorded, record_agency, seat_person
from kongthun.support.actions.cards import CardShown, publish_card
from kongthun.support.actions.requests import Asked, StepAdded, add_step, ask_support
from kongthun.support.actions.standards import StandardKept, record_standard
from kongthun.support.models import Agency, AgencyKind, SupportKind, SupportStepKind
from kongthun.trade.actions.batches import (
    BatchBegun,
    Finished,
    Quantity,
    add_batch_cost,
    finish_batch,
    start_batch,
    use_materials,
)
from kongthun.trade.actions.deals import BoughtLine, Dealt, SoldLine, buy_goods, sell_goods
from kongthun.trade.actions.lists import ItemKept, PartyKept, add_item, add_party
from kongthun.trade.actions.payments import receive_from_customer
from kongthun.trade.actions.writing import Booked
from kongthun.trade.models import ItemKind

from .demo_life import DeedRefusedError

T = TypeVar("T")
P = CommitteePosition
KIND = "occupation_group"
GROUP_TREASURER = "klum"  # of the cast
CHAIRMAN = "บุญเรือน ศรีวิไล"
MEMBERS = (
    "นางสาวบุญเรือน  ศรีวิไล",
    "นายประจวบ  คงทอง",
    "นางอุไร  เพชรรัตน์",
    "นางลำไย  สุขสวัสดิ์",
    "นายวิเชียร  นาคบุตร",
    "นางเตือนใจ  ณ นคร",
    "นางสาวปรียา  จันทร์แจ่ม",
    "นายสมพร  แซ่ลิ้ม",
    "นางกัลยา  ทองเอียด",
    "นางสาวจิราภรณ์  หนูแก้ว",
)
BEGINNERS = ("นายธำรง  ชูแก้ว", "นางพิมพ์ใจ  รัตนะ", "นางสาวสายฝน  บัวทอง", "นายอำนวย  เกษตรสุข")
SEATS = (P.CHAIRMAN, P.VICE_CHAIRMAN, P.SECRETARY, P.TREASURER, P.MEMBER)
PADDY, RICE = 1, 2
CASH = Pocket()


def bring_groups_to_life(today: date) -> tuple[str, ...]:
    """Tell the story of the two groups until today; answers in Thai with what was done.

    Told once, whole or not at all. Raises `DeedRefusedError` when a deed was refused.
    """
    host = Fund.objects.filter(area_code__startswith=DEMO_DISTRICT, chart="kkk").order_by("code")
    fund, field_worker = host.first(), User.objects.filter(username="phatthanakon").first()
    if fund is None or field_worker is None:
        return ()
    if Group.objects.filter(kind=KIND, area_code__startswith=DEMO_DISTRICT).exists():
        return ()
    with transaction.atomic():
        makers = _found(fund, reach_of(field_worker, today), KIND, "กลุ่มแปรรูปข้าว", today)
        beginners = _found(
            fund, reach_of(field_worker, today), "community_enterprise", "วิสาหกิจชุมชนทอเสื่อ", today
        )
        return (_live(makers), _begin(beginners))


def _ok(done: object, kind: type[T]) -> T:
    """What a deed brought about. Raises `DeedRefusedError` with what stood against it."""
    if not isinstance(done, kind):
        raise DeedRefusedError(repr(done))
    return done


@dataclass
class _Story:
    """A group with those who act for it."""

    fund: Fund
    chairman: Reach
    treasurer: Reach
    field_worker: Reach
    today: date
    told: int = 0

    @property
    def group(self) -> Group:
        return self.fund.group

    @property
    def closed_year(self) -> int:
        """The year that was closed: it ended at least two months ago."""
        return (self.today - timedelta(days=60)).year - 1

    @property
    def of_group(self) -> dict[str, Any]:
        return {"group": self.group, "by": self.treasurer}

    @property
    def of_fund(self) -> dict[str, Any]:
        self.told += 1
        key = f"demo:{self.fund.code}:{self.told}"
        return {"fund": self.fund, "by": self.treasurer, "key": key}

    def day(self, years: int, month: int, day: int) -> date:
        """A day so many years after the closed one, never after today."""
        return min(date(self.closed_year + years, month, day), self.today)

    def meet(self, on: date, *words: str) -> int:
        """A meeting of all, held and closed; its number."""
        opened = open_meeting(kind=MeetingKind.GENERAL, on=on, place="ศาลาหมู่บ้าน", **self.of_group)
        number = _ok(opened, MeetingKept).number
        seats = range(1, len(SEATS) + 1)
        there = mark_attendance(number=number, terms=seats, others_came=8, **self.of_group)
        _ok(there, MeetingKept)
        for said in words:
            _ok(add_resolution(number=number, words=said, **self.of_group), ResolutionKept)
        _ok(close_meeting(number=number, **self.of_group), MeetingKept)
        return number

    def make_rice(self, on: date, *, paddy: int, wages: int, rice: int) -> None:
        """A round of production, from paddy to rice on the shelf; without rice it goes on."""
        begun = start_batch(fund=self.fund, words="สีและบรรจุข้าวกล้อง", on=on, by=self.treasurer)
        of: dict[str, Any] = {"batch_number": _ok(begun, BatchBegun).number, "on": on}
        _ok(use_materials([Quantity(PADDY, paddy * 1_000)], **of, **self.of_fund), Booked)
        wage = add_batch_cost(words="ค่าแรง", amount=Money.baht(wages), **of, **self.of_fund)
        _ok(wage, Booked)
        if rice:
            _ok(finish_batch([Quantity(RICE, rice * 1_000)], **of, **self.of_fund), Finished)

    def sell(self, on: date, kilograms: int, baht: int, **to: Any) -> None:  # noqa: ANN401
        lines = [SoldLine(RICE, kilograms * 1_000, Money.baht(baht))]
        _ok(sell_goods(lines, on=on, **to, **self.of_fund), Dealt)


def _found(host: Fund, field_worker: Reach, kind: str, name: str, today: date) -> _Story:
    """The group with its members, its first committee and who signs in for it."""
    place = host.name.removeprefix("กข.คจ.").strip()
    opened = open_group_books(
        kind=kind,
        village_code=host.area_code,
        village_name=place,
        name=f"{name} {place}",
        key=f"demo:{kind}",
        by=field_worker,
    )
    fund = Fund.objects.select_related("group").get(pk=_ok(opened, BooksOpened).fund.pk)
    is_first = kind == KIND
    names = MEMBERS if is_first else BEGINNERS
    founded = date((today - timedelta(days=60)).year - 1, 1, 15) if is_first else today
    for house, member in enumerate(names, start=1):
        added = add_household(
            group=fund.group,
            name=member,
            house_number=f"{house + (0 if is_first else 50)}/1",
            size=None,
            income_before=None,
            on=founded,
            by=field_worker,
        )
        _ok(added, HouseholdAdded)
    for member, position in zip(names, SEATS if is_first else SEATS[:2], strict=False):
        term = add_term(
            group=fund.group,
            set_number=1,
            name=member,
            position=position,
            starts_on=founded,
            ends_on=None,
            by=field_worker,
        )
        _ok(term, TermAdded)
    since = founded - timedelta(days=1)
    user = appoint_neighbour(
        group_id=fund.pk,
        code=fund.code,
        name=CHAIRMAN if is_first else "ธำรง ชูแก้ว",
        since=since,
    )
    treasurer = field_worker
    member_of_cast = User.objects.filter(username=GROUP_TREASURER).first()
    if is_first and member_of_cast is not None:
        appoint(
            user=member_of_cast,
            role=Role.TREASURER,
            by_order="ผู้ใช้ตัวอย่าง",
            starts_on=since,
            group_id=fund.pk,
        )
        treasurer = reach_of(member_of_cast, today)
    return _Story(fund, reach_of(user, today), treasurer, field_worker, today)


# --- the group that makes rice -------------------------------------------------------------------


def _live(story: _Story) -> str:
    _adopt_rules(story)
    _gather_means(story)
    _first_year(story)
    _share_out(story)
    _this_year(story)
    return f"{story.fund.name}: หุ้น เครื่องสีข้าว ผลิต ขาย ปิดบัญชีปี {thai_year(story.day(0, 6, 1))}"


def _adopt_rules(story: _Story) -> None:
    title = f"ข้อบังคับ{story.fund.name}"
    drafted = draft_rules(group=story.group, title=title, from_template=KIND, by=story.chairman)
    number = _ok(drafted, RulesDrafted).number
    met = story.meet(story.day(0, 1, 20), "รับรองข้อบังคับของกลุ่ม")
    adopted = adopt_written_rules(
        group=story.group,
        number=number,
        meeting_number=met,
        resolution=1,
        starts_on=story.day(0, 1, 21),
        by=story.chairman,
    )
    _ok(adopted, WrittenRulesAdopted)
    known = acknowledge_by_sheet(
        number=number, members=range(1, 9), on=story.day(0, 1, 21), **story.of_group
    )
    _ok(known, RulesKnownNow)


def _gather_means(story: _Story) -> None:
    for member in range(1, len(MEMBERS) + 1):
        shares = 30 if member <= len(SEATS) else 20
        sold = sell_shares(
            member_number=member, shares=shares, on=story.day(0, 2, 1), **story.of_fund
        )
        _ok(sold, Certified)
    grant = receive_gift(
        kind=SourceKind.GRANT,
        giver="องค์การบริหารส่วนตำบล",
        amount=Money.baht(30_000),
        on=story.day(0, 2, 10),
        pocket=CASH,
        conditions="ใช้ซื้อข้าวเปลือกและถุงบรรจุ",
        reports=[ReportSaid("รายงานการใช้เงินอุดหนุน", story.today + timedelta(days=20))],
        **story.of_fund,
    )
    _ok(grant, GiftKept)
    agency = _agency(story)
    met = story.meet(story.day(0, 2, 12), "ขอรับเครื่องสีข้าวจากเกษตรอำเภอ")
    asked = ask_support(
        agency_id=agency.pk,
        kind=SupportKind.EQUIPMENT,
        words="เครื่องสีข้าวขนาดเล็ก 1 เครื่อง เพื่อสีข้าวของสมาชิก",
        on=story.day(0, 2, 13),
        meeting_number=met,
        **story.of_group,
    )
    _ok(asked, Asked)
    mill = receive_gift(
        kind=SourceKind.GRANT,
        giver=agency.name,
        amount=Money.baht(45_000),
        on=story.day(0, 3, 20),
        tool=ToolSaid("เครื่องสีข้าว", member_number=5, keeper=MEMBERS[4], useful_years=10),
        agency_id=agency.pk,
        **story.of_fund,
    )
    gift = _ok(mill, GiftKept).number
    for kind, words, gift_number, amount in (
        (SupportStepKind.AGREED, "สนับสนุนได้ ส่งมอบเดือนมีนาคม", None, None),
        (SupportStepKind.GIVEN, "ส่งมอบเครื่องสีข้าว 1 เครื่อง", gift, Money.baht(45_000)),
        (SupportStepKind.CAME_OF_IT, "สีข้าวได้เองวันละ 200 กก. ไม่ต้องจ้างสี", None, None),
    ):
        step = add_step(
            request_number=1,
            kind=kind,
            words=words,
            on=story.day(0, 3, 20),
            gift_number=gift_number,
            amount=amount,
            **story.of_group,
        )
        _ok(step, StepAdded)
    loan = borrow(
        lender="กองทุนหมู่บ้าน",
        amount=Money.baht(10_000),
        on=story.day(0, 3, 1),
        pocket=CASH,
        parts=[
            PlannedPart(story.day(0, 9, 1), Money.baht(5_000), Money.baht(300)),
            PlannedPart(date(story.closed_year + 1, 3, 1), Money.baht(5_000), Money.baht(150)),
        ],
        rate_bp=600,
        purpose="ซื้อข้าวเปลือก",
        **story.of_fund,
    )
    _ok(loan, Borrowed)


def _agency(story: _Story) -> Agency:
    recorded = record_agency(
        group=story.group,
        name="สำนักงานเกษตรอำเภอหัวไทร",
        kind=AgencyKind.AGRICULTURE,
        area_code=DEMO_DISTRICT,
        by=story.field_worker,
    )
    agency = Agency.objects.get(pk=_ok(recorded, AgencyRecorded).pk)
    officer = User.objects.filter(username="kaset").first()
    if officer is not None:
        seat_person(agency=agency, user=officer, starts_on=story.today - timedelta(days=365))
    return agency


def _first_year(story: _Story) -> None:
    keep: dict[str, Any] = {"fund": story.fund, "by": story.treasurer}
    for name, kind, price in (
        ("ข้าวเปลือกพันธุ์พื้นเมือง", ItemKind.MATERIAL, None),
        ("ข้าวกล้องบรรจุถุง", ItemKind.PRODUCT, Money.baht(35)),
    ):
        _ok(add_item(name=name, unit="กก.", kind=kind, price=price, **keep), ItemKept)
    shop = _ok(add_party(name="ร้านค้าชุมชนบ้านหนองบัว", **keep), PartyKept).number
    paddy = [BoughtLine(PADDY, 1_500_000, Money.baht(18_000))]
    _ok(buy_goods(paddy, on=story.day(0, 4, 1), **story.of_fund), Dealt)
    story.make_rice(story.day(0, 4, 5), paddy=800, wages=1_200, rice=480)
    story.sell(story.day(0, 4, 10), 60, 35, member_number=6)
    story.sell(story.day(0, 5, 12), 220, 35)
    story.sell(
        story.day(0, 6, 20),
        150,
        35,
        party_number=shop,
        paid_now=Money(0),
        due_on=story.day(0, 7, 31),
    )
    paid = receive_from_customer(
        party_number=shop, amount=Money.baht(5_250), on=story.day(0, 7, 30), **story.of_fund
    )
    _ok(paid, Booked)
    story.make_rice(story.day(0, 8, 1), paddy=600, wages=900, rice=360)
    story.sell(story.day(0, 9, 15), 300, 36)
    story.sell(story.day(0, 11, 2), 80, 36, member_number=7)
    back = repay_borrowing(
        1,
        on=story.day(0, 9, 1),
        principal=Money.baht(5_000),
        interest=Money.baht(300),
        pocket=CASH,
        **story.of_fund,
    )
    _ok(back, BorrowingRepaid)
    training = record_training(
        on=story.day(0, 3, 10),
        topic="คัดเมล็ดพันธุ์และควบคุมความชื้น",
        taught_by="สำนักงานเกษตรอำเภอหัวไทร",
        hours=6,
        place="ศาลาหมู่บ้าน",
        came={1: "คัดเมล็ดพันธุ์", 5: "ดูแลเครื่องสี", 6: "", 7: "วัดความชื้น"},
        **story.of_group,
    )
    _ok(training, TrainingKept)


def _share_out(story: _Story) -> None:
    year = thai_year(story.day(0, 6, 1))
    met = story.meet(story.day(1, 1, 12), f"ปิดบัญชีและจัดสรรผลกำไรปี {year}")
    shared = close_year(
        fund=story.fund,
        year=year,
        meeting_number=met,
        resolution=1,
        key=f"demo:{story.fund.code}:close",
        by=story.chairman,
    )
    paid = pay_out_slips(
        closing=_ok(shared, YearShared).number,
        members=range(1, 8),
        on=story.day(1, 1, 20),
        **story.of_fund,
    )
    _ok(paid, Paid)


def _this_year(story: _Story) -> None:
    """A plan of which some is done, a round going on, somebody who applied, a tool lent."""
    today, year = story.today, thai_year(story.today)
    back = repay_borrowing(
        1,
        on=story.day(1, 2, 27),
        principal=Money.baht(5_000),
        interest=Money.baht(150),
        pocket=CASH,
        **story.of_fund,
    )
    _ok(back, BorrowingRepaid)
    paddy = [BoughtLine(PADDY, 900_000, Money.baht(11_250))]
    _ok(buy_goods(paddy, on=story.day(1, 2, 28), **story.of_fund), Dealt)
    story.make_rice(today, paddy=500, wages=700, rice=0)
    for number, (kind, words, who, starts, ends) in enumerate(
        (
            (ActivityKind.PRODUCTION, "สีข้าวรอบแรกของปี", "ฝ่ายการผลิต", -40, -20),
            (ActivityKind.SALE, "ออกร้านงานประจำอำเภอ", "ฝ่ายการตลาด", -15, -10),
            (ActivityKind.TRAINING, "เรียนรู้การทำฉลากสินค้า", "เลขานุการ", 20, 21),
        ),
        start=1,
    ):
        plan = plan_activity(
            year=year,
            kind=kind,
            words=words,
            starts_on=today + timedelta(days=starts),
            ends_on=today + timedelta(days=ends),
            responsible=who,
            budget=Money.baht(1_500),
            **story.of_group,
        )
        _ok(plan, PlanKept)
        if number == 1:
            done = record_done(
                on=today - timedelta(days=20),
                words="สีข้าวได้ตามแผน",
                kind=kind,
                plan_number=1,
                spent=Money.baht(1_200),
                **story.of_group,
            )
            _ok(done, DoneKept)
    applied = apply_for_membership(
        name="นางสาวกานดา  พูลสวัสดิ์",
        house_number="11/1",
        kind=MemberKind.ORDINARY,
        on=today - timedelta(days=6),
        **story.of_group,
    )
    _ok(applied, MemberEventKept)
    lent = lend_tool(
        1,
        fund=story.fund,
        on=today - timedelta(days=3),
        person="กลุ่มข้าวบ้านหนองบัว",
        due_back_on=today + timedelta(days=7),
        by=story.treasurer,
    )
    _ok(lent, EventNoted)
    call = call_meeting(
        kind=MeetingKind.GENERAL,
        meets_on=today + timedelta(days=14),
        place="ศาลาหมู่บ้าน",
        agenda="รับสมาชิกใหม่\nแผนปีหน้า",
        **story.of_group,
    )
    _ok(call, CallKept)
    standard = record_standard(
        scheme="มผช.",
        product="ข้าวกล้องบรรจุถุง",
        certificate="ตัวอย่าง-1",
        granted_on=story.day(0, 10, 1),
        expires_on=story.day(0, 10, 1) + timedelta(days=1_095),
        **story.of_group,
    )
    _ok(standard, StandardKept)
    asked = ask_support(
        agency_id=Agency.objects.get(name="สำนักงานเกษตรอำเภอหัวไทร").pk,
        kind=SupportKind.KNOWLEDGE,
        words="ผู้รู้เรื่องฉลากและบรรจุภัณฑ์ มาแนะนำกลุ่มหนึ่งวัน",
        on=today - timedelta(days=12),
        **story.of_group,
    )
    _ok(asked, Asked)
    card = publish_card(
        about="เราสีและบรรจุข้าวพื้นเมืองของสมาชิก ขายในตำบล ตลาดนัด และร้านค้าชุมชน",
        products="ข้าวกล้องพื้นเมืองบรรจุถุง",
        contact="ที่ทำการกลุ่ม ศาลาหมู่บ้าน ทุกวันพุธ",
        **story.of_group,
    )
    _ok(card, CardShown)


# --- the enterprise that begins ------------------------------------------------------------------


def _begin(story: _Story) -> str:
    applied = apply_for_membership(
        name="นางสาวอรทัย  แก้วศรี",
        house_number="55",
        kind=MemberKind.ASSOCIATE,
        on=story.today,
        **story.of_group,
    )
    _ok(applied, MemberEventKept)
    sold = sell_shares(member_number=1, shares=10, on=story.today, **story.of_fund)
    _ok(sold, Certified)
    return f"{story.fund.name}: เริ่มตั้งกลุ่ม ยังไม่มีระเบียบและยังไม่ได้ประชุม"
