"""Tools: bought, kept, lent, worn, gone; docs/rules/tools.md."""

from __future__ import annotations

import pytest

from five.occupation_group import OccupationGroup, founded_group
from funding.means_group import MILL, baht, day, entries, held, refused, sold, sound
from kongthun.accounts.reach import NotEntitled
from kongthun.funding.actions.tools import (
    EventNoted,
    ToolKept,
    ToolSaid,
    Worn,
    buy_tool,
    change_keeper,
    check_tool,
    lend_tool,
    retire_tool,
    return_tool,
    take_back_tool,
    take_back_wear,
    wear_tool,
    wear_tools,
)
from kongthun.funding.means_refusals import (
    BeforeItWas,
    BeforeTheLatest,
    DueBackTooEarly,
    LentOut,
    MoreThanWorth,
    NoSuch,
    NothingToWear,
    NotLent,
    NotOfTheseDeeds,
    ToolChanged,
    ToolGone,
    Unnamed,
    YearsUnsaid,
)
from kongthun.funding.models import ToolState
from kongthun.funding.posting import Mended, Pocket
from kongthun.funding.queries.tools import events_of, tool, tools, tools_lent
from kongthun.ledger.actions import AlreadyReversed, KeyTaken
from kongthun.ledger.models import Entry
from kongthun.ledger.refusals import MoreThanThere

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours() -> OccupationGroup:
    group = founded_group()
    sold(group, 1, 500, day(1, 2))  # 50,000 baht in hand
    return group


def bought(ours: OccupationGroup, said: ToolSaid = MILL, *, baht_: int = 24_000) -> int:
    done = buy_tool(
        fund=ours.fund,
        tool=said,
        value=baht(baht_),
        on=day(1, 10),
        pocket=Pocket(),
        key=f"buy-{said.name}-{baht_}",
        by=ours.treasurer,
    )
    assert isinstance(done, ToolKept), done
    return done.number


def test_the_example_of_the_rule_page(ours: OccupationGroup) -> None:
    fund, by = ours.fund, ours.treasurer
    bought(ours)
    assert (held(fund, "cash"), held(fund, "tool:1")) == (baht(26_000), baht(24_000))
    worn = wear_tool(1, fund=fund, on=day(12, 31), key="w", by=by)
    assert isinstance(worn, Worn)
    assert worn.amounts == ((1, baht(4_400)),)  # eleven whole months of 400
    next_year = wear_tool(1, fund=fund, on=day(6, 10, 2026), key="w2", by=by)
    assert isinstance(next_year, Worn)
    assert next_year.amounts == ((1, baht(2_400)),)
    gone = retire_tool(
        1,
        fund=fund,
        on=day(7, 1, 2026),
        words="ขายให้โรงสี",
        sold_for=baht(10_000),
        key="r",
        by=by,
    )
    assert isinstance(gone, ToolKept)
    assert held(fund, "tool:1") == baht(0)
    assert held(fund, "expense:wear") == baht(6_800)
    assert held(fund, "expense:tools") == baht(7_200)
    assert held(fund, "cash") == baht(36_000)
    sound(fund)


def test_a_tool_is_not_bought_with_money_that_is_not_there(ours: OccupationGroup) -> None:
    done = buy_tool(
        fund=ours.fund,
        tool=ToolSaid(""),
        value=baht(60_000),
        on=day(1, 10),
        pocket=Pocket(),
        key="b",
        by=ours.treasurer,
    )
    assert {type(each) for each in refused(done)} == {MoreThanThere, Unnamed}
    assert entries(ours.fund) == 1


def test_a_purchase_sent_twice_buys_one(ours: OccupationGroup) -> None:
    assert bought(ours) == bought(ours) == 1
    other = buy_tool(
        fund=ours.fund,
        tool=MILL,
        value=baht(5),
        on=day(1, 10),
        pocket=Pocket(),
        key="buy-เครื่องสีข้าว-24000",
        by=ours.treasurer,
    )
    assert [type(each) for each in refused(other)] == [KeyTaken]


def test_what_is_lent_is_not_lent_twice(ours: OccupationGroup) -> None:
    fund, by = ours.fund, ours.treasurer
    bought(ours)
    lent = lend_tool(1, fund=fund, on=day(2, 1), by=by, member_number=5, due_back_on=day(2, 8))
    assert lent == EventNoted(1)
    again = lend_tool(1, fund=fund, on=day(2, 3), by=by, person="ครูสมศรี")
    assert refused(again) == (LentOut(1, day(2, 1), day(2, 8)),)
    (out,) = tools_lent(fund, with_names=True)
    assert out.lent is not None
    assert (out.lent.whom.words, out.lent.is_late(day(2, 9))) == ("นายวิเชียร  นาคบุตร", True)
    assert not out.lent.is_late(day(2, 8))
    early = return_tool(1, fund=fund, on=day(1, 31), by=by, state=ToolState.GOOD)
    assert refused(early) == (BeforeTheLatest(day(1, 31), day(2, 1)),)
    back = return_tool(1, fund=fund, on=day(2, 7), by=by, state=ToolState.WORN)
    assert isinstance(back, EventNoted)
    assert tools_lent(fund) == []
    found = tool(fund, 1, with_names=True)
    assert found is not None
    assert found.state == ToolState.WORN
    none = return_tool(1, fund=fund, on=day(2, 8), by=by, state=ToolState.GOOD)
    assert refused(none) == (NotLent(1),)


def test_lending_asks_to_whom_and_until_when(ours: OccupationGroup) -> None:
    bought(ours)
    done = lend_tool(1, fund=ours.fund, on=day(1, 9), by=ours.treasurer, due_back_on=day(1, 8))
    assert set(refused(done)) == {
        BeforeItWas("tool", 1, day(1, 10), day(1, 9)),
        DueBackTooEarly(day(1, 8), day(1, 9)),
        Unnamed("borrower"),
    }


def test_a_new_keeper_and_a_check_are_written_down(ours: OccupationGroup) -> None:
    fund, by = ours.fund, ours.treasurer
    bought(ours)
    kept = change_keeper(1, fund=fund, on=day(3, 1), by=by, member_number=6)
    assert isinstance(kept, EventNoted)
    check_tool(1, fund=fund, state=ToolState.BROKEN, on=day(3, 2), by=by, words="สายพานขาด")
    check_tool(1, fund=fund, state=ToolState.GOOD, on=day(3, 9), by=by, repaired=True)
    found = tool(fund, 1, with_names=False)
    assert found is not None
    assert found.keeper.member_number == 6
    assert "ณ นคร" not in found.keeper.words
    assert (found.state, found.checked_on) == (ToolState.GOOD, day(3, 9))
    assert [event.row.kind for event in events_of(fund, 1, with_names=True)] == [
        *("repaired", "checked", "kept_by"),
    ]


def test_wear_never_goes_below_nothing(ours: OccupationGroup) -> None:
    fund, by = ours.fund, ours.treasurer
    bought(ours)
    too_much = wear_tool(1, fund=fund, on=day(6, 10), key="w", by=by, amount=baht(24_001))
    assert refused(too_much) == (MoreThanWorth(1, baht(24_001), baht(24_000)),)
    wear_tool(1, fund=fund, on=day(6, 10), key="w", by=by, amount=baht(23_900))
    nothing = wear_tool(1, fund=fund, on=day(12, 31), key="w2", by=by)
    assert refused(nothing) == (NothingToWear(day(12, 31)),)
    last = wear_tool(1, fund=fund, on=day(12, 31), key="w3", by=by, amount=baht(100))
    assert isinstance(last, Worn)
    assert held(fund, "tool:1") == baht(0)
    sound(fund)


def test_wear_of_a_tool_without_years_must_be_said(ours: OccupationGroup) -> None:
    bought(ours, ToolSaid("โต๊ะ", keeper="ที่ทำการกลุ่ม"), baht_=900)
    done = wear_tool(1, fund=ours.fund, on=day(12, 31), key="w", by=ours.treasurer)
    assert refused(done) == (YearsUnsaid(1),)


def test_all_tools_are_worn_at_once_and_only_once(ours: OccupationGroup) -> None:
    fund, by = ours.fund, ours.treasurer
    bought(ours)
    bought(ours, ToolSaid("เครื่องซีล", keeper="ร้านค้า", useful_years=3), baht_=3_600)
    bought(ours, ToolSaid("โต๊ะ", keeper="ร้านค้า"), baht_=900)
    done = wear_tools(fund=fund, on=day(12, 31), key="year", by=by)
    assert isinstance(done, Worn)
    assert done.amounts == ((1, baht(4_400)), (2, baht(1_100)))
    assert wear_tools(fund=fund, on=day(12, 31), key="year", by=by) == done
    assert refused(wear_tools(fund=fund, on=day(12, 31), key="other", by=by)) == (
        NothingToWear(day(12, 31)),
    )
    assert held(fund, "expense:wear") == baht(5_500)
    sound(fund)


def test_wear_is_taken_back(ours: OccupationGroup) -> None:
    fund, by = ours.fund, ours.treasurer
    bought(ours)
    worn = wear_tool(1, fund=fund, on=day(12, 31), key="w", by=by)
    assert isinstance(worn, Worn)
    assert wear_tool(1, fund=fund, on=day(12, 31), key="w", by=by) == worn
    (entry,) = worn.entries
    back = take_back_wear(entry, fund=fund, reason="ผิดวัน", key="b", by=by)
    assert back == Mended(entry + 1)
    assert held(fund, "tool:1") == baht(24_000)
    twice = take_back_wear(entry, fund=fund, reason="ผิดวัน", key="b2", by=by)
    assert refused(twice) == (AlreadyReversed(entry, entry + 1),)
    other = take_back_wear(1, fund=fund, reason="ผิดวัน", key="b3", by=by)
    assert refused(other) == (NotOfTheseDeeds(1),)
    sound(fund)


def test_a_tool_sold_above_its_worth_earns(ours: OccupationGroup) -> None:
    fund, by = ours.fund, ours.treasurer
    bought(ours)
    retire_tool(1, fund=fund, on=day(2, 1), words="ขาย", sold_for=baht(25_000), key="r", by=by)
    assert held(fund, "income:tools") == baht(-1_000)
    assert held(fund, "tool:1") == baht(0)
    sound(fund)


def test_a_tool_that_is_worth_nothing_goes_without_an_entry(ours: OccupationGroup) -> None:
    fund, by = ours.fund, ours.treasurer
    bought(ours)
    wear_tool(1, fund=fund, on=day(2, 1), key="w", by=by, amount=baht(24_000))
    before = entries(fund)
    done = retire_tool(1, fund=fund, on=day(3, 1), words="ผุพัง", key="r", by=by)
    assert done == ToolKept(1)
    assert entries(fund) == before
    assert tools(fund, with_names=True) == []
    again = retire_tool(1, fund=fund, on=day(3, 2), words="ผุพัง", key="r2", by=by)
    assert refused(again) == (ToolGone(1, day(3, 1)),)


def test_what_is_lent_out_or_gone_can_not_go(ours: OccupationGroup) -> None:
    fund, by = ours.fund, ours.treasurer
    bought(ours)
    lend_tool(1, fund=fund, on=day(2, 1), by=by, person="ครูสมศรี")
    done = retire_tool(1, fund=fund, on=day(2, 2), words="หาย", key="r", by=by)
    assert refused(done) == (LentOut(1, day(2, 1), None),)
    return_tool(1, fund=fund, on=day(2, 3), by=by, state=ToolState.BROKEN)
    gone = retire_tool(1, fund=fund, on=day(2, 4), words="พัง", key="r", by=by)
    assert isinstance(gone, ToolKept)
    assert retire_tool(1, fund=fund, on=day(2, 4), words="พัง", key="r", by=by) == gone
    for deed in (
        check_tool(1, fund=fund, state=ToolState.GOOD, on=day(2, 5), by=by),
        wear_tool(1, fund=fund, on=day(2, 5), key="w", by=by, amount=baht(1)),
    ):
        assert ToolGone(1, day(2, 4)) in refused(deed)


def test_a_purchase_is_taken_back_while_nothing_happened_to_the_tool(
    ours: OccupationGroup,
) -> None:
    fund, by = ours.fund, ours.treasurer
    bought(ours)
    check_tool(1, fund=fund, state=ToolState.GOOD, on=day(2, 1), by=by)
    no = take_back_tool(1, fund=fund, reason="ลงซ้ำ", key="b", by=by)
    assert refused(no) == (ToolChanged(1),)
    bought(ours, baht_=1_000)
    done = take_back_tool(2, fund=fund, reason="ลงซ้ำ", key="b2", by=by)
    assert isinstance(done, ToolKept)
    assert take_back_tool(2, fund=fund, reason="ลงซ้ำ", key="b2", by=by) == done
    assert held(fund, "cash") == baht(26_000)
    sound(fund)


def test_the_wrong_person_and_the_wrong_number_are_refused(ours: OccupationGroup) -> None:
    done = check_tool(9, fund=ours.fund, state=ToolState.GOOD, on=day(2, 1), by=ours.chairman)
    assert {type(each) for each in refused(done)} == {NotEntitled, NoSuch}
    assert refused(wear_tool(9, fund=ours.fund, on=day(2, 1), key="w", by=ours.treasurer)) == (
        NoSuch("tool", 9),
    )


def test_no_name_comes_into_the_books(ours: OccupationGroup) -> None:
    bought(ours, ToolSaid("เครื่องซีล", keeper="นายสมพร แซ่ลิ้ม", useful_years=3))
    words = "".join(e.memo + e.document for e in Entry.objects.filter(fund=ours.fund))
    assert "สมพร" not in words
    assert "เครื่องซีล" not in words
