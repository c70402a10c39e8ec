"""An occupation group from its first meeting to its second committee, under all five ก.

Founded, shares sold, a grant and a rice mill received, two rounds made and sold, a loan sent back,
a year closed and shared out, rules changed and known, a committee elected anew. At every step the
money is all somewhere, and at the end the books prove it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import uuid4

import pytest
from django.apps import apps

if not apps.ready:
    pytest.skip("the rules alone are being tested, without a database", allow_module_level=True)

from django.test import Client
from django.utils import timezone

from five.occupation_group import MEMBERS, OccupationGroup, founded_group
from kongthun.accounts.models import User
from kongthun.activities.actions.admissions import ApplicationsDecided, decide_applications
from kongthun.activities.actions.adoptions import (
    WrittenRulesAdopted,
    adopt_written_rules,
    read_out_at_meeting,
)
from kongthun.activities.actions.elections import (
    CommitteeElected,
    SeatProposed,
    elect_committee,
)
from kongthun.activities.actions.plans import DoneKept, PlanKept, plan_activity, record_done
from kongthun.activities.actions.trainings import TrainingKept, record_training
from kongthun.activities.models import ActivityKind
from kongthun.domain.five import Strength
from kongthun.domain.journal import YearClosed
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
from kongthun.funding.actions.closing import (
    Paid,
    YearShared,
    close_year,
    pay_due,
    pay_out_slips,
)
from kongthun.funding.actions.gifts import GiftKept, ReportSaid, hand_in_report, receive_gift
from kongthun.funding.actions.tools import ToolSaid
from kongthun.funding.models import MemberSlip, SourceKind, SurplusShare
from kongthun.funding.posting import Pocket
from kongthun.groups.actions.members import MemberEventKept, apply_for_membership
from kongthun.groups.actions.written_rules import (
    RulesDrafted,
    acknowledge_by_sheet,
    change_article,
    draft_rules,
)
from kongthun.groups.models import Article, CommitteePosition, MemberKind
from kongthun.groups.queries.members import members_on
from kongthun.groups.queries.rules import rules_of
from kongthun.groups.queries.written_rules import rules_known
from kongthun.ledger.bank import Purse, receive_income
from kongthun.ledger.models import Position
from kongthun.ledger.verification import verify_fund
from kongthun.reports.queries.five import five_of
from kongthun.support.actions.agencies import AgencyRecorded, record_agency
from kongthun.support.actions.requests import Asked, StepAdded, add_step, ask_support
from kongthun.support.models import AgencyKind, SupportKind, SupportStepKind
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

T = TypeVar("T")
P = CommitteePosition
# The year that is closed ended long enough ago for the meetings after it to have been held.
CLOSED = (timezone.localdate() - timedelta(days=60)).year - 1
FOUNDED = date(CLOSED, 1, 15)
PADDY, RICE = 1, 2
CASH = Pocket()


def baht(sum_: str | int) -> Money:
    return Money(round(float(sum_) * 100))


def ok(done: Any, kind: type[T]) -> T:  # noqa: ANN401
    """What was done; a story stops where something is refused."""
    assert isinstance(done, kind), done
    return done


def kg(amount: int) -> int:
    return amount * 1_000


class Story:
    """The group with what its treasurer does again and again."""

    def __init__(self, ours: OccupationGroup) -> None:
        self.ours, self.group, self.fund = ours, ours.group, ours.fund

    @property
    def of_fund(self) -> dict[str, Any]:
        return {"fund": self.fund, "by": self.ours.treasurer, "key": str(uuid4())}

    @property
    def of_group(self) -> dict[str, Any]:
        return {"group": self.group, "by": self.ours.treasurer}

    def whole(self) -> Position:
        """The position, after the law was held against it."""
        position = Position.objects.get(fund=self.fund)
        assert position.sums.is_conserved
        return position

    def make_rice(self, *, on: date, paddy: int, wages: int, rice: int) -> Finished:
        """A round of production."""
        begun = ok(
            start_batch(fund=self.fund, words="สีข้าว", on=on, by=self.ours.treasurer), BatchBegun
        )
        of = {"batch_number": begun.number, "on": on}
        ok(use_materials([Quantity(PADDY, kg(paddy))], **of, **self.of_fund), Booked)
        ok(add_batch_cost(words="ค่าแรง", amount=baht(wages), **of, **self.of_fund), Booked)
        return ok(finish_batch([Quantity(RICE, kg(rice))], **of, **self.of_fund), Finished)


@pytest.mark.django_db
def test_a_group_lives_through_its_five_k() -> None:
    story = Story(founded_group(founded=FOUNDED))
    adopt_first_rules(story)
    admit_a_ninth_member(story)
    gather_means(story)
    work_through_the_year(story)
    share_out_the_year(story)
    change_the_rules(story)
    elect_anew(story)
    assert verify_fund(story.fund) == []
    story.whole()
    see_it_on_screen(story)


def adopt_first_rules(story: Story) -> None:
    """ก3: written from the example, adopted at a meeting, known to all who were there."""
    drafted = ok(
        draft_rules(
            group=story.group,
            title="ข้อบังคับกลุ่ม",
            from_template="occupation_group",
            by=story.ours.chairman,
        ),
        RulesDrafted,
    )
    met = story.ours.meet(date(CLOSED, 1, 20), "รับรองข้อบังคับ")
    ok(
        adopt_written_rules(
            group=story.group,
            number=drafted.number,
            meeting_number=met,
            resolution=1,
            starts_on=date(CLOSED, 1, 21),
            by=story.ours.chairman,
        ),
        WrittenRulesAdopted,
    )
    acknowledge_by_sheet(
        number=drafted.number, members=range(1, 9), on=date(CLOSED, 1, 21), **story.of_group
    )
    known = rules_known(story.group, date(CLOSED, 1, 21))
    assert (known.members, known.known, known.share) == (8, 8, 10_000)


def admit_a_ninth_member(story: Story) -> None:
    """ก1: who applies is no member until a meeting says so."""
    applied = ok(
        apply_for_membership(
            name="นางสาวกานดา  พูลสวัสดิ์",
            house_number="9",
            kind=MemberKind.ORDINARY,
            on=date(CLOSED, 1, 25),
            **story.of_group,
        ),
        MemberEventKept,
    )
    assert applied.member_number == 9
    assert 9 not in members_on(story.group, date(CLOSED, 1, 31))
    met = story.ours.meet(date(CLOSED, 2, 1), "รับสมาชิกใหม่")
    decided = decide_applications(meeting_number=met, resolution=1, admitted=[9], **story.of_group)
    assert ok(decided, ApplicationsDecided).admitted == (9,)
    assert 9 in members_on(story.group, date(CLOSED, 2, 1))


def gather_means(story: Story) -> None:
    """ก4: shares, a grant with a report owed, a mill that was asked for and given, a loan."""
    for member in range(1, 10):
        sold = sell_shares(member_number=member, shares=20, on=date(CLOSED, 2, 1), **story.of_fund)
        assert len(ok(sold, Certified).numbers) == 1
    assert story.whole().members == baht(18_000)
    grant = receive_gift(
        kind=SourceKind.GRANT,
        giver="องค์การบริหารส่วนตำบล",
        amount=baht(30_000),
        on=date(CLOSED, 2, 10),
        pocket=CASH,
        conditions="ใช้ซื้อวัตถุดิบ",
        reports=[ReportSaid("รายงานการใช้เงิน", date(CLOSED, 8, 31))],
        **story.of_fund,
    )
    number = ok(grant, GiftKept).number
    ask_for_the_mill(story)
    loan = borrow(
        lender="กองทุนหมู่บ้าน",
        amount=baht(10_000),
        on=date(CLOSED, 3, 1),
        pocket=CASH,
        parts=[
            PlannedPart(date(CLOSED, 9, 1), baht(5_000), baht(300)),
            PlannedPart(date(CLOSED + 1, 3, 1), baht(5_000), baht(150)),
        ],
        rate_bp=600,
        **story.of_fund,
    )
    ok(loan, Borrowed)
    position = story.whole()
    assert (position.cash, position.tools) == (baht(58_000), baht(45_000))
    assert (position.capital, position.creditors) == (baht(75_000), baht(10_000))
    handed_in = hand_in_report(
        number, 1, fund=story.fund, on=date(CLOSED, 8, 20), by=story.ours.treasurer
    )
    ok(handed_in, GiftKept)


def ask_for_the_mill(story: Story) -> None:
    """Support: asked by resolution, promised, given, and in the books as a gift in kind."""
    agency = record_agency(
        group=story.group,
        name="สำนักงานเกษตรอำเภอ",
        kind=AgencyKind.AGRICULTURE,
        area_code="8016",
        by=story.ours.field_worker,
    )
    met = story.ours.meet(date(CLOSED, 2, 12), "ขอรับเครื่องสีข้าว")
    asked = ask_support(
        agency_id=ok(agency, AgencyRecorded).pk,
        kind=SupportKind.EQUIPMENT,
        words="เครื่องสีข้าวขนาดเล็ก",
        on=date(CLOSED, 2, 13),
        meeting_number=met,
        **story.of_group,
    )
    ok(asked, Asked)
    mill = receive_gift(
        kind=SourceKind.GRANT,
        giver="สำนักงานเกษตรอำเภอ",
        amount=baht(45_000),
        on=date(CLOSED, 2, 20),
        tool=ToolSaid("เครื่องสีข้าว", keeper=MEMBERS[4], member_number=5, useful_years=10),
        **story.of_fund,
    )
    gift = ok(mill, GiftKept).number
    for kind, gift_number in (
        (SupportStepKind.AGREED, None),
        (SupportStepKind.GIVEN, gift),
        (SupportStepKind.CAME_OF_IT, None),
    ):
        step = add_step(
            request_number=1,
            kind=kind,
            words="ตามหนังสือของสำนักงาน",
            on=date(CLOSED, 2, 20),
            gift_number=gift_number,
            **story.of_group,
        )
        ok(step, StepAdded)


def work_through_the_year(story: Story) -> None:
    """ก5: a plan, a training, two rounds, sales for cash and on credit, a part sent back."""
    treasurer = story.ours.treasurer
    ok(
        plan_activity(
            year=thai_year(FOUNDED),
            kind=ActivityKind.PRODUCTION,
            words="สีข้าวสองรอบ",
            starts_on=date(CLOSED, 4, 1),
            ends_on=date(CLOSED, 8, 31),
            responsible="ฝ่ายการผลิต",
            **story.of_group,
        ),
        PlanKept,
    )
    ok(
        record_training(
            on=date(CLOSED, 3, 10),
            topic="คัดเมล็ดพันธุ์",
            taught_by="เกษตรตำบล",
            came={1: "คัดเมล็ด", 6: ""},
            **story.of_group,
        ),
        TrainingKept,
    )
    keep = {"fund": story.fund, "by": treasurer}
    assert (
        ok(add_item(name="ข้าวเปลือก", unit="กก.", kind=ItemKind.MATERIAL, **keep), ItemKept).number
        == PADDY
    )
    assert (
        ok(add_item(name="ข้าวกล้อง", unit="กก.", kind=ItemKind.PRODUCT, **keep), ItemKept).number
        == RICE
    )
    shop = ok(add_party(name="ร้านค้าชุมชน", **keep), PartyKept).number
    bought = buy_goods(
        [BoughtLine(PADDY, kg(1_000), baht(12_000))], on=date(CLOSED, 4, 1), **story.of_fund
    )
    ok(bought, Dealt)
    first = story.make_rice(on=date(CLOSED, 4, 5), paddy=600, wages=800, rice=360)
    assert first.cost == baht(8_000)
    story.whole()
    sold = sell_goods(
        [SoldLine(RICE, kg(50), baht(35))], member_number=6, on=date(CLOSED, 4, 10), **story.of_fund
    )
    assert ok(sold, Dealt).total == baht(1_750)
    sold = sell_goods([SoldLine(RICE, kg(150), baht(35))], on=date(CLOSED, 4, 12), **story.of_fund)
    ok(sold, Dealt)
    credit = sell_goods(
        [SoldLine(RICE, kg(100), baht(35))],
        party_number=shop,
        paid_now=Money(0),
        due_on=date(CLOSED, 5, 31),
        on=date(CLOSED, 4, 20),
        **story.of_fund,
    )
    assert ok(credit, Dealt).rest == baht(3_500)
    ok(
        receive_from_customer(
            party_number=shop, amount=baht(2_000), on=date(CLOSED, 6, 1), **story.of_fund
        ),
        Booked,
    )
    assert story.whole().customers == baht(1_500)
    second = story.make_rice(on=date(CLOSED, 8, 1), paddy=400, wages=600, rice=240)
    assert second.cost == baht(5_400)
    sold = sell_goods([SoldLine(RICE, kg(150), baht(36))], on=date(CLOSED, 8, 15), **story.of_fund)
    assert ok(sold, Dealt).cost == baht("3366.67")  # 150 of 300 kg that cost 6,733.33
    back = repay_borrowing(
        1,
        on=date(CLOSED, 9, 1),
        principal=baht(5_000),
        interest=baht(300),
        pocket=CASH,
        **story.of_fund,
    )
    ok(back, BorrowingRepaid)
    ok(
        record_done(
            on=date(CLOSED, 8, 1),
            words="สีข้าวครบสองรอบ",
            kind=ActivityKind.PRODUCTION,
            plan_number=1,
            batch_number=2,
            **story.of_group,
        ),
        DoneKept,
    )
    position = story.whole()
    assert position.creditors == baht(5_000)
    assert position.goods == baht("3366.66")


def share_out_the_year(story: Story) -> None:
    """The surplus by the rules, to the satang; then its year is closed for good."""
    after = CLOSED + 1
    met = story.ours.meet(date(after, 1, 10), "ปิดบัญชีและจัดสรรผลกำไร")
    shared = close_year(
        fund=story.fund,
        year=thai_year(FOUNDED),
        meeting_number=met,
        resolution=1,
        key=str(uuid4()),
        by=story.ours.chairman,
    )
    closing = ok(shared, YearShared).number
    # Sold 15,900, which had cost 10,033.34; interest 300.
    surplus = baht("15900") - baht("10033.34") - baht(300)
    shares = dict(SurplusShare.objects.filter(fund=story.fund).values_list("purpose", "amount"))
    assert sum(share.satang for share in shares.values()) == surplus.satang
    slips = list(MemberSlip.objects.filter(fund=story.fund).order_by("member_number"))
    assert len(slips) == 9
    assert {slip.dividend for slip in slips} <= {baht("247.40"), baht("247.41"), baht("247.42")}
    assert [slip.trade for slip in slips if slip.trade] == [baht(1_750)]
    together = sum((slip.dividend + slip.trade_return).satang for slip in slips)
    paid = pay_out_slips(
        fund=story.fund,
        closing=closing,
        members=range(1, 10),
        on=date(after, 1, 15),
        key=str(uuid4()),
        by=story.ours.treasurer,
    )
    assert len(ok(paid, Paid).documents) == 9
    due = pay_due(
        fund=story.fund,
        amount=baht(100),
        words="ค่าตอบแทนเลขานุการ",
        on=date(after, 1, 15),
        key=str(uuid4()),
        by=story.ours.treasurer,
    )
    ok(due, Paid)
    position = story.whole()
    assert position.members == baht(18_000)  # shares alone: what was shared out has been paid
    assert position.interest.satang == surplus.satang - together - shares_of_committee(story)
    late = receive_income(
        amount=baht(10), fund=story.fund, on=date(CLOSED, 12, 31), **income_words(story)
    )
    assert [type(refusal) for refusal in late.refusals] == [YearClosed]  # type: ignore[union-attr]


def shares_of_committee(story: Story) -> int:
    share = SurplusShare.objects.get(fund=story.fund, purpose="committee")
    return int(share.amount.satang)


def income_words(story: Story) -> dict[str, Any]:
    return {
        "words": "ค่าเช่าเครื่อง",
        "purse": Purse.CASH,
        "document": "1",
        "key": str(uuid4()),
        "by": story.ours.treasurer,
    }


def change_the_rules(story: Story) -> None:
    """ก3 again: a new version says what it changes, and the software goes by it from its day."""
    after = CLOSED + 1
    drafted = ok(
        draft_rules(
            group=story.group, title="ข้อบังคับกลุ่ม แก้ไข", from_version=1, by=story.ours.chairman
        ),
        RulesDrafted,
    )
    articles = Article.objects.filter(group=story.group, rules_number=drafted.number)
    priced = next(each for each in articles if "share_price" in each.limits)
    change_article(
        group=story.group,
        number=drafted.number,
        place=priced.place,
        words=priced.words.replace("100", "50"),
        chapter=priced.chapter,
        limits=priced.limits | {"share_price": "50"},
        by=story.ours.chairman,
    )
    met = story.ours.meet(date(after, 1, 12), "แก้ไขข้อบังคับ ให้หุ้นละ 50 บาท", terms=(1, 2, 3, 4, 5))
    ok(
        adopt_written_rules(
            group=story.group,
            number=drafted.number,
            meeting_number=met,
            resolution=1,
            starts_on=date(after, 1, 13),
            by=story.ours.chairman,
        ),
        WrittenRulesAdopted,
    )
    read_out_at_meeting(
        number=drafted.number, members=[1, 2, 3], meeting_number=met, **story.of_group
    )
    rules = {
        day: rules_of(
            group_id=story.group.pk,
            kind=story.group.kind,
            area_code=story.group.area_code,
            day=day,
        )["share_price"]
        for day in (date(after, 1, 12), date(after, 1, 13))
    }
    assert [limit.money for limit in rules.values()] == [baht(100), baht(50)]
    assert rules[date(after, 1, 13)].clause == f"ข้อ {priced.place}"


def elect_anew(story: Story) -> None:
    """ก2: a second set, elected at a meeting of members, follows the first."""
    after = CLOSED + 1
    met = story.ours.meet(date(after, 1, 14), "เลือกคณะกรรมการชุดที่ 2")
    elected = elect_committee(
        group=story.group,
        meeting_number=met,
        resolution=1,
        seats=[
            SeatProposed(1, P.CHAIRMAN),
            SeatProposed(6, P.SECRETARY),
            SeatProposed(4, P.TREASURER),
            SeatProposed(7, P.MEMBER, section="การผลิต"),
            SeatProposed(9, P.MEMBER, section="การตลาด"),
        ],
        starts_on=date(after, 1, 15),
        by=story.ours.field_worker,
    )
    assert ok(elected, CommitteeElected).set_number == 2
    five = five_of(story.group, date(after, 2, 1))
    assert (five.office.in_office, five.office.set_number) == (5, 2)
    assert five.members.judged.strength == Strength.IN_ORDER
    assert five.rules.judged.strength == Strength.LOOK  # not everybody has heard the new version


def see_it_on_screen(story: Story) -> None:
    """The page of the group shows the five ก with no member's name on it."""
    client = Client()
    client.force_login(User.objects.get(pk=story.ours.treasurer.user_id))
    page = client.get(f"/funds/{story.ours.code}/five/")
    words = page.content.decode()
    assert page.status_code == 200
    for told in ("ก1", "ก5", "สมาชิก 9 คน", "ผลิตรอบที่ 2 เสร็จ", f"ปิดบัญชีปี {thai_year(FOUNDED)}"):
        assert told in words, told
    assert "เตือนใจ" not in words
