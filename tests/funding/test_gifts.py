"""Grants and donations, in money and in tools; docs/rules/gifts_and_borrowings.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from five.occupation_group import OccupationGroup, founded_group
from funding.means_group import MILL, baht, day, entries, held, refused, sound
from kongthun.accounts.reach import NotEntitled
from kongthun.audit.actions import evidence_path
from kongthun.funding.actions.gifts import (
    GiftKept,
    ReportSaid,
    hand_in_report,
    receive_gift,
    take_back_gift,
    thank,
)
from kongthun.funding.actions.tools import ToolSaid, check_tool, wear_tool
from kongthun.funding.means_refusals import (
    BeforeItWas,
    NoSuch,
    NoSuchReport,
    ReportDueTooEarly,
    ReportThere,
    TakenBackBefore,
    ThankedBefore,
    ToolChanged,
    Unnamed,
)
from kongthun.funding.models import Gift, SourceKind, Tool, ToolState
from kongthun.funding.posting import Pocket
from kongthun.funding.queries.gifts import not_thanked, reports_due, reports_owed
from kongthun.funding.queries.means import means_of
from kongthun.ledger.actions import KeyTaken
from kongthun.ledger.bank import Purse, deposit_cash
from kongthun.ledger.refusals import MoreThanThere, NoSuchBankBook, NotAboveZero

pytestmark = pytest.mark.django_db

REPORTS = (
    ReportSaid("รายงานการใช้เงินงวดแรก", day(6, 30)),
    ReportSaid("รายงานสรุปโครงการ", day(12, 31)),
)


@pytest.fixture
def ours() -> OccupationGroup:
    return founded_group()


def granted(ours: OccupationGroup, key: str = "g", **said: object) -> GiftKept:
    facts = {
        "kind": SourceKind.GRANT,
        "giver": "สำนักงานพัฒนาชุมชนอำเภอ",
        "amount": baht(30_000),
        "on": day(2, 1),
        "conditions": "ใช้ซื้อวัตถุดิบเท่านั้น",
        "reports": REPORTS,
    }
    done = receive_gift(fund=ours.fund, key=key, by=ours.treasurer, **(facts | said))  # type: ignore[arg-type]
    assert isinstance(done, GiftKept), done
    return done


def mill(ours: OccupationGroup) -> GiftKept:
    return granted(
        ours,
        key="mill",
        kind=SourceKind.DONATION,
        giver="วัดในไร่",
        amount=baht(24_000),
        tool=MILL,
        reports=(),
    )


def test_the_example_of_the_rule_page(ours: OccupationGroup) -> None:
    granted(ours, pocket=Pocket(Purse.BANK))
    assert mill(ours) == GiftKept(2, 2, 1)
    fund = ours.fund
    assert held(fund, "bank:1") == baht(30_000)
    assert held(fund, "capital:gift-1") == baht(-30_000)
    assert held(fund, "tool:1") == baht(24_000)
    means = means_of(fund, day(2, 1))
    assert means.source("grants").in_money == baht(30_000)
    assert means.source("donations").in_tools == baht(24_000)
    assert means.tools == baht(24_000)
    assert means_of(fund, day(1, 31)).together == baht(0)
    sound(fund)


def test_a_gift_in_kind_is_a_tool_with_its_keeper(ours: OccupationGroup) -> None:
    mill(ours)
    tool = Tool.objects.get(fund=ours.fund, number=1)
    assert (tool.name, tool.member_number, tool.value) == ("เครื่องสีข้าว", 3, baht(24_000))
    assert Gift.objects.get(fund=ours.fund).in_kind == "เครื่องสีข้าว"


def test_a_gift_sent_twice_is_received_once(ours: OccupationGroup) -> None:
    first = granted(ours)
    assert granted(ours) == first
    other = receive_gift(
        fund=ours.fund,
        kind=SourceKind.GRANT,
        giver="อบต.",
        amount=baht(1),
        on=day(2, 1),
        key="g",
        by=ours.treasurer,
    )
    assert [type(each) for each in refused(other)] == [KeyTaken]
    assert entries(ours.fund) == 1


def test_all_that_is_against_a_gift_is_said_together(ours: OccupationGroup) -> None:
    done = receive_gift(
        fund=ours.fund,
        kind=SourceKind.GRANT,
        giver=" ",
        amount=baht(0),
        on=day(2, 1),
        key="g",
        by=ours.chairman,
        pocket=Pocket(Purse.BANK, 4),
        reports=[ReportSaid("", day(1, 1))],
    )
    assert {type(each) for each in refused(done)} == {
        *(NotEntitled, NotAboveZero, Unnamed, NoSuchBankBook, ReportDueTooEarly)
    }
    thing = receive_gift(
        fund=ours.fund,
        kind=SourceKind.GRANT,
        giver="อบต.",
        amount=baht(10),
        on=day(2, 1),
        key="g",
        by=ours.treasurer,
        tool=ToolSaid(""),
    )
    assert refused(thing) == (Unnamed("tool"), Unnamed("keeper"))
    assert entries(ours.fund) == 0


def test_a_report_is_owed_until_it_is_handed_in_with_its_copy(
    ours: OccupationGroup, tmp_path: Path
) -> None:
    granted(ours)
    fund, by = ours.fund, ours.treasurer
    assert [each.place for each in reports_owed(fund)] == [1, 2]
    assert [each.place for each in reports_due(fund, day(6, 1))] == [1]
    assert reports_due(fund, day(5, 30)) == []
    (due,) = reports_due(fund, day(7, 1))
    assert due.is_late(day(7, 1))
    paper = tmp_path / "report.pdf"
    paper.write_bytes(b"%PDF-1.7 report")
    early = hand_in_report(1, 1, fund=fund, on=day(1, 1), by=by)
    assert [type(each) for each in refused(early)] == [BeforeItWas]
    done = hand_in_report(1, 1, fund=fund, on=day(6, 20), by=by, file=paper)
    assert isinstance(done, GiftKept)
    assert [each.place for each in reports_owed(fund)] == [2]
    again = hand_in_report(1, 1, fund=fund, on=day(6, 21), by=by)
    assert refused(again) == (ReportThere(1, day(6, 20)),)
    assert refused(hand_in_report(1, 9, fund=fund, on=day(6, 21), by=by)) == (NoSuchReport(1, 9),)
    assert refused(hand_in_report(9, 1, fund=fund, on=day(6, 21), by=by)) == (NoSuch("gift", 9),)
    from kongthun.funding.models import OwedReport

    row = OwedReport.objects.get(fund=fund, gift_number=1, place=1)
    assert evidence_path(row.evidence).read_bytes() == b"%PDF-1.7 report"


def test_thanks_are_sent_once(ours: OccupationGroup) -> None:
    granted(ours)
    fund, by = ours.fund, ours.treasurer
    assert [each.number for each in not_thanked(fund)] == [1]
    assert isinstance(thank(1, fund=fund, on=day(2, 3), by=by), GiftKept)
    assert not_thanked(fund) == []
    assert refused(thank(1, fund=fund, on=day(2, 4), by=by)) == (ThankedBefore(day(2, 3)),)


def test_a_gift_is_taken_back_while_its_money_is_there(ours: OccupationGroup) -> None:
    granted(ours)
    fund, by = ours.fund, ours.treasurer
    deposit_cash(fund=fund, amount=baht(20_000), on=day(2, 2), slip="ฝ.1", key="d", by=by)
    gone = take_back_gift(1, fund=fund, reason="ลงผิดกลุ่ม", key="b", by=by)
    assert [type(each) for each in refused(gone)] == [MoreThanThere]
    granted(ours, key="g2")
    done = take_back_gift(2, fund=fund, reason="ลงซ้ำ", key="b", by=by)
    assert take_back_gift(2, fund=fund, reason="ลงซ้ำ", key="b", by=by) == done
    assert held(fund, "capital:gift-2") == baht(0)
    assert [each.gift_number for each in reports_owed(fund)] == [1, 1]
    assert refused(thank(2, fund=fund, on=day(2, 3), by=by)) == (TakenBackBefore("gift", 2),)
    sound(fund)


def test_a_tool_given_is_taken_back_only_untouched(ours: OccupationGroup) -> None:
    mill(ours)
    fund, by = ours.fund, ours.treasurer
    worn = wear_tool(1, fund=fund, on=day(6, 30), key="w", by=by)
    assert type(worn).__name__ == "Worn"
    no = take_back_gift(1, fund=fund, reason="ผิด", key="b", by=by)
    assert refused(no) == (ToolChanged(1),)
    granted(ours, key="second", tool=MILL, reports=(), amount=baht(5_000))
    done = take_back_gift(2, fund=fund, reason="ผิด", key="b2", by=by)
    assert isinstance(done, GiftKept)
    assert held(fund, "tool:2") == baht(0)
    assert Tool.objects.get(fund=fund, number=2).gone_on == day(2, 1)
    granted(ours, key="third", tool=MILL, reports=(), amount=baht(5_000))
    check_tool(3, fund=fund, state=ToolState.GOOD, on=day(3, 1), by=by)
    looked = take_back_gift(3, fund=fund, reason="ผิด", key="b3", by=by)
    assert refused(looked) == (ToolChanged(3),)
    sound(fund)
