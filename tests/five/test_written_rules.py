"""Written rules: drafted, adopted by the members, enforced by their articles, and known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from five.occupation_group import MEMBERS, OccupationGroup, founded_group
from kongthun.accounts.reach import Deed, NotEntitled
from kongthun.activities import adoption_refusals
from kongthun.activities.actions import (
    MeetingKept,
    WrittenRulesAdopted,
    adopt_written_rules,
    open_meeting,
    read_out_at_meeting,
)
from kongthun.activities.adoption_refusals import AdoptionRefusal
from kongthun.activities.adoption_wording import refusal_in_thai
from kongthun.activities.models import MeetingKind, MemberAttendance
from kongthun.activities.refusals import (
    CannotDecideThis,
    MeetingStillOpen,
    MeetingWithoutQuorum,
    NoSuchMeeting,
    NoSuchResolution,
)
from kongthun.audit.models import AuditLine, Evidence
from kongthun.groups import written_rules_refusals as why
from kongthun.groups.actions import (
    ArticleKept,
    DraftGivenUp,
    RulesDrafted,
    RulesKnownNow,
    RulesPlace,
    TypedLimit,
    acknowledge_by_sheet,
    acknowledge_on_screen,
    add_article,
    add_household,
    adopt_rules,
    change_article,
    draft_rules,
    drop_draft,
    move_article,
    name_draft,
    take_out_article,
)
from kongthun.groups.models import AdoptedRules, Article, KnownBy, RulesKnown, WrittenRules
from kongthun.groups.queries.rules import rules_of
from kongthun.groups.queries.written_rules import (
    WhereWritten,
    articles_of,
    in_force_among,
    rules_known,
    version_before,
    versions_of,
    where_written,
)
from kongthun.groups.refusals import (
    CommitteeLimitsCross,
    InTheFuture,
    LimitUnknown,
    LimitUnreadable,
    SurplusSplitNotWhole,
)

MET = date(2024, 2, 1)
LATER = date(2024, 3, 1)
TITLE = "ข้อบังคับกลุ่มแม่บ้านแปรรูปข้าว"


@pytest.fixture
def ours(db: None) -> OccupationGroup:  # noqa: ARG001
    return founded_group()


def refusals(done: Any) -> list[Any]:  # noqa: ANN401
    assert isinstance(done, why.NotDone | adoption_refusals.NotDone), done
    return list(done.refusals)


def drafted(ours: OccupationGroup, **options: Any) -> int:  # noqa: ANN401
    done = draft_rules(group=ours.group, title=TITLE, by=ours.chairman, **options)
    assert isinstance(done, RulesDrafted), done
    return done.number


def written(ours: OccupationGroup, number: int, words: str, **options: Any) -> int:  # noqa: ANN401
    done = add_article(group=ours.group, number=number, words=words, by=ours.chairman, **options)
    assert isinstance(done, ArticleKept), done
    return done.place


def adopts(ours: OccupationGroup, number: int, meeting: int, **options: Any) -> Any:  # noqa: ANN401
    options.setdefault("starts_on", MET)
    options.setdefault("resolution", 1)
    options.setdefault("by", ours.chairman)
    return adopt_written_rules(group=ours.group, number=number, meeting_number=meeting, **options)


def adopted(ours: OccupationGroup, *, on: date = MET, **options: Any) -> int:  # noqa: ANN401
    """A version from the template that a meeting of all members adopted on a day."""
    number = drafted(ours, **(options or {"from_template": "occupation_group"}))
    meeting = ours.meet(on, f"รับข้อบังคับฉบับที่ {number}")
    done = adopts(ours, number, meeting, starts_on=on)
    assert isinstance(done, WrittenRulesAdopted), done
    return number


def words_of(ours: OccupationGroup, number: int) -> list[str]:
    return [each.words for each in articles_of(ours.group.pk, number)]


def limits_on(ours: OccupationGroup, day: date) -> Any:  # noqa: ANN401
    group = ours.group
    return rules_of(group_id=group.pk, kind=group.kind, area_code=group.area_code, day=day)


# ---- drafting ------------------------------------------------------------------------------------


def test_a_draft_begins_from_rules_written_beforehand_in_the_name_of_the_group(
    ours: OccupationGroup,
) -> None:
    number = drafted(ours, from_template="occupation_group")
    articles = articles_of(ours.group.pk, number)
    assert number == 1
    assert len(articles) >= 20
    assert ours.group.name in articles[0].words
    assert [each.place for each in articles] == [*range(1, len(articles) + 1)]
    assert AuditLine.objects.get(deed="draft_rules").subject == "written rules 1"


def test_a_draft_may_begin_from_an_earlier_version_or_empty(ours: OccupationGroup) -> None:
    first = adopted(ours)
    second = drafted(ours, from_version=first)
    assert words_of(ours, second) == words_of(ours, first)
    drop_draft(group=ours.group, number=second, by=ours.chairman)
    assert words_of(ours, drafted(ours)) == []


def test_one_draft_is_written_at_a_time_and_a_number_is_given_out_once(
    ours: OccupationGroup,
) -> None:
    first = drafted(ours)
    again = draft_rules(group=ours.group, title=TITLE, by=ours.chairman)
    assert refusals(again) == [why.DraftStands(first)]
    given_up = drop_draft(group=ours.group, number=first, by=ours.chairman)
    assert given_up == DraftGivenUp(first)
    assert drafted(ours) == first + 1


def test_all_that_is_wrong_with_a_beginning_is_said_together(ours: OccupationGroup) -> None:
    done = draft_rules(
        group=ours.group, title=" ", by=ours.treasurer, from_template="bank", from_version=7
    )
    assert refusals(done) == [
        NotEntitled(Deed.KEEP_RULES, ours.treasurer.day),
        why.TitleMissing(),
        why.TemplateUnknown("bank"),
        why.VersionUnknown(7),
    ]
    assert not WrittenRules.objects.exists()


def test_articles_are_put_in_changed_moved_and_taken_out_without_gaps(
    ours: OccupationGroup,
) -> None:
    number = drafted(ours)
    for words in ("หนึ่ง", "สอง", "สาม"):
        written(ours, number, words, chapter="หมวด 1")
    assert written(ours, number, "ศูนย์", chapter="หมวด ต้น", place=1) == 1
    at = {"group": ours.group, "number": number, "by": ours.chairman}
    change_article(**at, place=3, words="สอง\n (1) ใหม่ ", chapter="หมวด 1")
    assert words_of(ours, number) == ["ศูนย์", "หนึ่ง", "สอง\n(1) ใหม่", "สาม"]
    assert move_article(**at, place=4, to=1) == ArticleKept(number, 1)
    assert words_of(ours, number) == ["สาม", "ศูนย์", "หนึ่ง", "สอง\n(1) ใหม่"]
    assert articles_of(ours.group.pk, number)[0].chapter == "หมวด ต้น"
    move_article(**at, place=1, to=3)
    take_out_article(**at, place=1)
    found = articles_of(ours.group.pk, number)
    assert [(each.place, each.words) for each in found] == [
        (1, "หนึ่ง"),
        (2, "สาม"),
        (3, "สอง\n(1) ใหม่"),
    ]
    assert {each.chapter for each in found} == {"หมวด 1"}
    assert refusals(take_out_article(**at, place=4)) == [why.ArticleUnknown(4)]
    assert refusals(move_article(**at, place=1, to=9)) == [why.ArticleUnknown(9)]
    assert refusals(change_article(**at, place=9, words="x")) == [why.ArticleUnknown(9)]


def test_an_article_says_something_and_not_too_much(ours: OccupationGroup) -> None:
    number = drafted(ours)
    at = {"group": ours.group, "number": number, "by": ours.chairman}
    assert refusals(add_article(**at, words=" \n ")) == [why.ArticleEmpty()]
    assert refusals(add_article(**at, words="ก" * 4001, chapter="ข" * 121)) == [
        why.WordsTooLong("ข้อความของข้อ", 4000),
        why.WordsTooLong("ชื่อหมวด", 120),
    ]
    assert refusals(name_draft(**at, title="ก" * 151)) == [why.WordsTooLong("ชื่อระเบียบ", 150)]
    assert name_draft(**at, title="ข้อบังคับใหม่") == RulesDrafted(number)


def test_a_limit_is_read_as_typed_and_stands_in_one_article_only(ours: OccupationGroup) -> None:
    number = drafted(ours)
    first = written(ours, number, "หุ้นละ 50 บาท", limits={"share_price": "๕๐", "term_months": " "})
    at = {"group": ours.group, "number": number, "by": ours.chairman}
    assert Article.objects.get(rules_number=number).limits == {"share_price": "๕๐"}
    again = add_article(
        **at,
        words="หุ้น",
        limits={"share_price": "100", "largest_lone": "1", "committee_years": "สอง"},
    )
    assert refusals(again) == [
        why.LimitInTwoArticles("share_price", first),
        LimitUnknown("largest_lone"),
        LimitUnreadable("committee_years", "สอง"),
    ]
    # The article itself may say its limit anew.
    done = change_article(**at, place=first, words="หุ้นละ 60", limits={"share_price": "60"})
    assert done == ArticleKept(number, first)


def test_only_a_draft_is_written_in_and_only_by_who_keeps_rules(ours: OccupationGroup) -> None:
    number = adopted(ours)
    deeds: list[Callable[..., Any]] = [
        lambda **at: add_article(**at, words="x"),
        lambda **at: change_article(**at, place=1, words="x"),
        lambda **at: move_article(**at, place=1, to=2),
        lambda **at: take_out_article(**at, place=1),
        lambda **at: name_draft(**at, title="x"),
        drop_draft,
    ]
    before = words_of(ours, number)
    for deed in deeds:
        done = deed(group=ours.group, number=number, by=ours.chairman)
        assert refusals(done) == [why.NoDraft(number)]
        done = deed(group=ours.group, number=number, by=ours.stranger)
        assert NotEntitled(Deed.KEEP_RULES, ours.stranger.day) in refusals(done)
    assert words_of(ours, number) == before
    dropped = drafted(ours)
    drop_draft(group=ours.group, number=dropped, by=ours.chairman)
    again = drop_draft(group=ours.group, number=dropped, by=ours.chairman)
    assert refusals(again) == [why.DraftDropped(dropped)]


# ---- adopting ------------------------------------------------------------------------------------


def test_members_adopt_rules_and_the_software_enforces_what_they_say(
    ours: OccupationGroup,
) -> None:
    number = drafted(ours)
    written(ours, number, "กลุ่มนี้ชื่อกลุ่มแม่บ้าน")
    written(ours, number, "หุ้นละ 50 บาท", limits={"share_price": "50"})
    meeting = ours.meet(MET, "รับข้อบังคับ")
    done = adopts(ours, number, meeting, starts_on=LATER, has_checked=True)
    assert isinstance(done, WrittenRulesAdopted)
    version = WrittenRules.objects.get(number=number)
    assert (version.adopted_on, version.starts_on) == (MET, LATER)
    assert (version.meeting_number, version.resolution) == (meeting, 1)
    assert version.rules_id == done.rules_pk
    price = limits_on(ours, LATER)["share_price"]
    assert (price.value, price.clause, price.source) == (50_00, "ข้อ 2", f"{TITLE} (ฉบับที่ 1)")
    assert price.is_checked
    # The day before, and what no article names, is as it was.
    assert limits_on(ours, LATER - timedelta(days=1))["share_price"].value == 100_00
    assert limits_on(ours, LATER)["committee_years"].value == 2
    assert limits_on(ours, LATER)["committee_years"].clause == ""
    assert AdoptedRules.objects.get().by_resolution.startswith("มติที่ 1 ของการประชุมครั้งที่ 1")
    assert where_written(ours.group.pk, limits_on(ours, LATER)) == {
        "share_price": WhereWritten(number, 2)
    }


def test_a_limit_keeps_its_article_until_another_value_stands_in_its_place(
    ours: OccupationGroup,
) -> None:
    number = drafted(ours)
    written(ours, number, "หุ้นละ 50 บาท วาระ 3 ปี", limits={"share_price": "50"})
    adopts(ours, number, ours.meet(MET, "รับข้อบังคับ"))
    second = drafted(ours)
    written(ours, second, "กรรมการวาระ 3 ปี", limits={"committee_years": "3"})
    adopts(ours, second, ours.meet(LATER, "แก้ข้อบังคับ"), starts_on=LATER)
    assert where_written(ours.group.pk, limits_on(ours, LATER)) == {
        "share_price": WhereWritten(1, 1),
        "committee_years": WhereWritten(2, 1),
    }
    by_hand = adopt_rules(
        place=RulesPlace.of(ours.group),
        name="แก้ค่าหุ้น",
        starts_on=LATER,
        by_resolution="คำสั่ง",
        source="",
        limits={"share_price": TypedLimit("70", "ข้อ 1", f"{TITLE} (ฉบับที่ 1)")},
        by=ours.chairman,
    )
    assert not isinstance(by_hand, why.NotDone)
    # Its citation says so, but the article says 50.
    assert where_written(ours.group.pk, limits_on(ours, LATER)) == {}


def test_the_whole_template_is_adopted_with_its_limits(ours: OccupationGroup) -> None:
    number = adopted(ours)
    rules = limits_on(ours, MET)
    named = {name for each in articles_of(ours.group.pk, number) for name in each.limits}
    assert set(where_written(ours.group.pk, rules)) == named
    assert rules["surplus_dividend"].clause == rules["surplus_committee"].clause
    assert not rules["share_price"].is_checked
    assert rules["prescription_years"].clause == "ป.พ.พ. 193/30"


def test_rules_without_a_limit_leave_the_rule_set_as_it_is(ours: OccupationGroup) -> None:
    number = drafted(ours)
    written(ours, number, "รักกัน")
    done = adopts(ours, number, ours.meet(MET, "รับข้อบังคับ"))
    assert done == WrittenRulesAdopted(number, None)
    assert not AdoptedRules.objects.exists()


def test_a_split_of_the_surplus_is_that_of_the_articles_alone_and_whole(
    ours: OccupationGroup,
) -> None:
    number = drafted(ours)
    place = written(
        ours, number, "ปันผล", limits={"surplus_dividend": "60", "surplus_reserve": "35"}
    )
    meeting = ours.meet(MET, "รับข้อบังคับ")
    assert refusals(adopts(ours, number, meeting)) == [SurplusSplitNotWhole(95_00)]
    change_article(
        group=ours.group,
        number=number,
        place=place,
        words="ปันผล",
        limits={"surplus_dividend": "60", "surplus_reserve": "40"},
        by=ours.chairman,
    )
    assert isinstance(adopts(ours, number, meeting), WrittenRulesAdopted)
    rules = limits_on(ours, MET)
    assert rules["surplus_dividend"].value == 60_00
    assert rules["surplus_trade_return"].value is None  # 30 per cent before


def test_a_rule_set_whose_split_does_not_make_the_whole_is_refused(ours: OccupationGroup) -> None:
    done = adopt_rules(
        place=RulesPlace.of(ours.group),
        name="ระเบียบ",
        starts_on=MET,
        by_resolution="มติ",
        source="",
        limits={"surplus_dividend": TypedLimit("60"), "surplus_reserve": TypedLimit("50")},
        by=ours.chairman,
    )
    assert done.refusals == (SurplusSplitNotWhole(110_00),)  # type: ignore[union-attr]
    done = adopt_rules(
        place=RulesPlace.of(ours.group),
        name="ระเบียบ",
        starts_on=MET,
        by_resolution="มติ",
        source="",
        limits={"surplus_dividend": TypedLimit("มาก"), "surplus_reserve": TypedLimit("50")},
        by=ours.chairman,
    )
    assert done.refusals == (LimitUnreadable("surplus_dividend", "มาก"),)  # type: ignore[union-attr]


def test_rules_are_adopted_by_members_with_quorum_and_once(ours: OccupationGroup) -> None:
    number = drafted(ours)
    empty = adopts(ours, number, 99)
    assert refusals(empty) == [why.NothingWritten(), NoSuchMeeting(99)]
    written(ours, number, "หุ้นละ 50 บาท", limits={"share_price": "50"})
    committee = ours.meet(MET, "รับข้อบังคับ", kind=MeetingKind.COMMITTEE)
    assert refusals(adopts(ours, number, committee)) == [
        CannotDecideThis(committee, "ประชุมคณะกรรมการ")
    ]
    few = ours.meet(MET, "รับข้อบังคับ", others=4)
    assert refusals(adopts(ours, number, few, resolution=3)) == [
        MeetingWithoutQuorum(few, 4, 5, 8),
        NoSuchResolution(3),
    ]
    enough = ours.meet(LATER, "รับข้อบังคับ")
    assert refusals(adopts(ours, number, enough, by=ours.treasurer, starts_on=MET)) == [
        NotEntitled(Deed.KEEP_RULES, ours.treasurer.day),
        why.StartsBeforeAdopted(MET, LATER),
    ]
    assert not AdoptedRules.objects.exists()
    assert isinstance(adopts(ours, number, enough, starts_on=LATER), WrittenRulesAdopted)
    again = adopts(ours, number, enough, starts_on=LATER)
    assert refusals(again) == [why.NoDraft(number)]
    assert AdoptedRules.objects.count() == 1
    assert refusals(adopts(ours, 7, enough, starts_on=LATER))[0] == why.VersionUnknown(7)


def test_what_limits_can_not_be_together_is_refused(ours: OccupationGroup) -> None:
    number = drafted(ours)
    written(ours, number, "กรรมการไม่เกิน 4 คน", limits={"committee_most": "4"})
    done = adopts(ours, number, ours.meet(MET, "รับข้อบังคับ"))
    assert refusals(done) == [CommitteeLimitsCross(5, 4)]


def test_a_signed_paper_is_kept_with_the_version(ours: OccupationGroup, tmp_path: Path) -> None:
    paper = tmp_path / "signed.pdf"
    paper.write_bytes(b"%PDF-1.4 signed")
    number = drafted(ours, from_template="occupation_group")
    adopts(ours, number, ours.meet(MET, "รับข้อบังคับ"), paper=paper)
    assert WrittenRules.objects.get(number=number).evidence == Evidence.objects.get().sha256


def test_the_version_in_force_is_the_one_that_began_last(ours: OccupationGroup) -> None:
    first = adopted(ours)
    second = adopted(ours, on=LATER, from_version=first)
    third = drafted(ours)
    versions = versions_of(ours.group.pk)
    days = {MET - timedelta(days=1): None, MET: first, LATER: second, ours.chairman.day: second}
    for day, number in days.items():
        found = in_force_among(versions, day)
        assert (found.number if found else None) == number
    before = [version_before(versions, each) for each in versions]
    assert [each.number if each else None for each in before] == [None, first, second]
    assert third == 3


# ---- knowing them --------------------------------------------------------------------------------


def test_members_come_to_know_the_rules_by_three_means(ours: OccupationGroup) -> None:
    number = adopted(ours)
    meeting = ours.meet(LATER, "อ่านข้อบังคับ")
    heard = read_out_at_meeting(
        group=ours.group, number=number, members=[2, 1], meeting_number=meeting, by=ours.treasurer
    )
    assert heard == RulesKnownNow(number, (1, 2))
    signed = acknowledge_by_sheet(
        group=ours.group, number=number, members=[3], on=LATER, by=ours.field_worker
    )
    assert signed == RulesKnownNow(number, (3,))
    own = acknowledge_on_screen(group=ours.group, number=number, by=ours.member)
    assert own == RulesKnownNow(number, (6,))
    today = ours.member.day
    rows = {row.member_number: row for row in RulesKnown.objects.all()}
    assert (rows[1].known_on, rows[1].by_means, rows[1].meeting_number) == (
        LATER,
        KnownBy.READ_OUT,
        meeting,
    )
    assert (rows[6].known_on, rows[6].by_means) == (today, KnownBy.ON_SCREEN)
    known = rules_known(ours.group, today)
    assert known.version is not None
    assert (known.version.number, known.members, known.known, known.share) == (1, 8, 4, 50_00)
    assert known.by_means == {KnownBy.READ_OUT: 2, KnownBy.SIGNED: 1, KnownBy.ON_SCREEN: 1}
    assert [each.number for each in known.not_yet] == [4, 5, 7, 8]
    then = rules_known(ours.group, LATER)
    assert (then.known, [each.number for each in then.not_yet]) == (3, [4, 5, 6, 7, 8])


def test_a_share_is_never_rounded_up_to_everybody(ours: OccupationGroup) -> None:
    number = adopted(ours)
    acknowledge_by_sheet(
        group=ours.group, number=number, members=[1, 2, 3], on=LATER, by=ours.treasurer
    )
    assert rules_known(ours.group, LATER).share == 37_50
    assert rules_known(ours.group, date(2024, 1, 20)).share == 0
    assert rules_known(ours.group, date(2024, 1, 20)).version is None


def test_a_sheet_is_kept_as_evidence(ours: OccupationGroup, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.jpg"
    sheet.write_bytes(b"\xff\xd8\xff signed")
    number = adopted(ours)
    acknowledge_by_sheet(
        group=ours.group, number=number, members=[1, 2], on=LATER, by=ours.treasurer, sheet=sheet
    )
    assert {row.evidence for row in RulesKnown.objects.all()} == {Evidence.objects.get().sha256}


def test_who_can_not_know_the_rules_is_refused_and_nobody_else_is_written_down(
    ours: OccupationGroup,
) -> None:
    number = adopted(ours)
    late = add_household(
        group=ours.group,
        name="นางสาวมาทีหลัง  ใจดี",
        house_number="99",
        size=None,
        income_before=None,
        on=LATER,
        by=ours.field_worker,
    )
    assert late
    at = {"group": ours.group, "number": number, "by": ours.treasurer}
    acknowledge_by_sheet(**at, members=[1], on=LATER)
    done = acknowledge_by_sheet(**at, members=[77, 1, 2], on=MET - timedelta(days=1))
    assert refusals(done) == [
        why.KnownBeforeAdopted(MET - timedelta(days=1), MET),
        why.NotMembersThen((77,), MET - timedelta(days=1)),
        why.KnowAlready((1,)),
    ]
    assert RulesKnown.objects.count() == 1
    tomorrow = ours.treasurer.day + timedelta(days=1)
    assert refusals(acknowledge_by_sheet(**at, members=[], on=tomorrow)) == [
        InTheFuture(tomorrow),
        why.NobodyNamed(),
    ]
    unknown = acknowledge_by_sheet(
        group=ours.group, number=9, members=[2], on=LATER, by=ours.stranger
    )
    assert refusals(unknown) == [
        NotEntitled(Deed.KEEP_LISTS, ours.stranger.day),
        why.VersionUnknown(9),
    ]


def test_a_draft_is_not_known_as_rules(ours: OccupationGroup) -> None:
    number = drafted(ours, from_template="occupation_group")
    done = acknowledge_on_screen(group=ours.group, number=number, by=ours.member)
    assert refusals(done) == [why.NotAdopted(number)]


def test_rules_that_were_replaced_are_known_only_by_a_sheet_of_their_time(
    ours: OccupationGroup,
) -> None:
    first = adopted(ours)
    second = adopted(ours, on=LATER, from_version=first)
    at = {"group": ours.group, "number": first}
    assert refusals(acknowledge_on_screen(**at, by=ours.member)) == [
        why.ReplacedByThen(first, second, LATER)
    ]
    before = LATER - timedelta(days=1)
    late = acknowledge_by_sheet(**at, members=[6], on=before, by=ours.treasurer)
    assert late == RulesKnownNow(first, (6,))
    # Who knew the version before does not know this one by that.
    assert rules_known(ours.group, ours.member.day).known == 0


def test_rules_to_come_may_be_known_from_the_day_they_are_adopted(ours: OccupationGroup) -> None:
    first = adopted(ours)
    second = drafted(ours, from_version=first)
    adopts(ours, second, ours.meet(LATER, "แก้"), starts_on=date(2099, 1, 1))
    done = acknowledge_on_screen(group=ours.group, number=second, by=ours.member)
    assert done == RulesKnownNow(second, (6,))
    assert rules_known(ours.group, ours.member.day).version.number == first  # type: ignore[union-attr]


def test_a_member_says_it_for_themselves_alone_and_once(ours: OccupationGroup) -> None:
    number = adopted(ours)
    assert acknowledge_on_screen(group=ours.group, number=number, by=ours.member) == RulesKnownNow(
        number, (6,)
    )
    again = acknowledge_on_screen(group=ours.group, number=number, by=ours.member)
    assert refusals(again) == [why.KnowAlready((6,))]
    chairman = acknowledge_on_screen(group=ours.group, number=number, by=ours.chairman)
    assert refusals(chairman) == [
        NotEntitled(Deed.KNOW_RULES, ours.chairman.day),
        why.NoOwnNumber(),
    ]
    for_others = acknowledge_by_sheet(
        group=ours.group, number=number, members=[1], on=LATER, by=ours.member
    )
    assert refusals(for_others) == [NotEntitled(Deed.KEEP_LISTS, ours.member.day)]


def test_rules_are_heard_at_a_meeting_that_was_held_by_those_who_were_there(
    ours: OccupationGroup,
) -> None:
    number = adopted(ours)
    at = {"group": ours.group, "number": number, "by": ours.treasurer}
    nowhere = read_out_at_meeting(**at, members=[1], meeting_number=99)
    assert refusals(nowhere) == [NoSuchMeeting(99)]
    opened = open_meeting(
        group=ours.group, by=ours.treasurer, kind=MeetingKind.GENERAL, on=date(2024, 4, 1)
    )
    assert isinstance(opened, MeetingKept)
    still_open = read_out_at_meeting(**at, members=[1], meeting_number=opened.number)
    assert refusals(still_open) == [MeetingStillOpen(opened.number)]
    meeting = ours.meet(LATER, "อ่านข้อบังคับ")
    MemberAttendance.objects.create(group=ours.group, meeting_number=meeting, member_number=1)
    absent = read_out_at_meeting(**at, members=[1, 2, 77], meeting_number=meeting)
    assert refusals(absent) == [
        why.NotMembersThen((77,), LATER),
        why.NotAtTheMeeting((2, 77), meeting),
    ]
    assert not RulesKnown.objects.exists()
    assert read_out_at_meeting(**at, members=[1], meeting_number=meeting) == RulesKnownNow(
        number, (1,)
    )


def test_asking_who_knows_takes_as_many_statements_for_three_as_for_thirty(
    ours: OccupationGroup,
) -> None:
    adopted(ours)

    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            rules_known(ours.group, ours.member.day)
        return len(seen)

    few = statements()
    for house in range(30):
        add_household(
            group=ours.group,
            name=f"นางสมาชิก  คนที่{house}",
            house_number=f"{house}/9",
            size=None,
            income_before=None,
            on=MET,
            by=ours.field_worker,
        )
    assert rules_known(ours.group, ours.member.day).members == len(MEMBERS) + 30
    assert statements() == few == 5


# ---- words ---------------------------------------------------------------------------------------

DAY = date(2026, 11, 22)
SAID: list[AdoptionRefusal] = [
    NotEntitled(Deed.KEEP_RULES, DAY),
    InTheFuture(DAY),
    LimitUnknown("largest_lone"),
    LimitUnreadable("share_price", "มาก"),
    CommitteeLimitsCross(9, 7),
    SurplusSplitNotWhole(95_00),
    why.TitleMissing(),
    why.TemplateUnknown("bank"),
    why.VersionUnknown(7),
    why.DraftStands(2),
    why.NoDraft(1),
    why.DraftDropped(2),
    why.ArticleUnknown(9),
    why.ArticleEmpty(),
    why.WordsTooLong("ชื่อหมวด", 120),
    why.LimitInTwoArticles("share_price", 8),
    why.TooManyArticles(200),
    why.NothingWritten(),
    why.StartsBeforeAdopted(DAY, DAY),
    why.NotAdopted(2),
    why.KnownBeforeAdopted(DAY, DAY),
    why.ReplacedByThen(1, 2, DAY),
    why.NobodyNamed(),
    why.NotMembersThen(tuple(range(1, 12)), DAY),
    why.KnowAlready((1, 2)),
    why.NoOwnNumber(),
    why.NotAtTheMeeting((3,), 4),
    NoSuchMeeting(4),
    MeetingStillOpen(4),
    CannotDecideThis(4, "ประชุมคณะกรรมการ"),
    MeetingWithoutQuorum(4, 3, 5, 8),
    NoSuchResolution(2),
]


def test_every_refusal_has_words() -> None:
    assert {type(each) for each in SAID} == set(get_args(AdoptionRefusal))
    for each in SAID:
        words = refusal_in_thai(each)
        assert len(words) > 15
        assert "None" not in words
        assert "  " not in words
    assert "และอีก 3 คน" in refusal_in_thai(why.NotMembersThen(tuple(range(1, 12)), DAY))
    with pytest.raises(NotImplementedError):
        refusal_in_thai(object())  # type: ignore[arg-type]
