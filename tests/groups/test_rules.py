"""Rule sets: adopting, withdrawing, and which of them holds where and when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from groups.village import kinds, reach_for, refused, three_households, village
from kongthun.accounts.models import Role
from kongthun.accounts.reach import Reach
from kongthun.audit.models import AuditLine
from kongthun.domain.rule_set import LIMITS, RuleSet
from kongthun.groups.actions import (
    RulesAdopted,
    RulesPlace,
    RulesTakenBack,
    TypedLimit,
    adopt_rules,
    withdraw_rules,
)
from kongthun.groups.models import AdoptedRules, Group
from kongthun.groups.queries.rules import rules_history, rules_of, rules_of_area
from kongthun.groups.refusals import (
    CheckedWithoutClause,
    CommitteeLimitsCross,
    LimitUnknown,
    LimitUnreadable,
    RulesUnknown,
    RulesWithdrawn,
)
from kongthun.groups.rule_sets import shipped, shipped_kinds
from kongthun.groups.wording import as_typed

pytestmark = pytest.mark.django_db
FROM = date(2025, 1, 1)


@pytest.fixture
def group() -> Group:
    return three_households()


@pytest.fixture
def chairman(group: Group) -> Reach:
    return reach_for(Role.CHAIRMAN, group)


def adopts(place: RulesPlace, by: Reach, *, on: date = FROM, **limits: str | TypedLimit) -> Any:  # noqa: ANN401
    return adopt_rules(
        place=place,
        name="ระเบียบของเรา",
        starts_on=on,
        by_resolution="มติที่ประชุมครั้งที่ 2/2567",
        source="ฉบับพิมพ์ พ.ศ. 2567",
        limits={
            name: TypedLimit(said) if isinstance(said, str) else said
            for name, said in limits.items()
        },
        by=by,
    )


def holds(group: Group, day: date = FROM) -> RuleSet:
    return rules_of(group_id=group.pk, kind=group.kind, area_code=group.area_code, day=day)


def test_a_group_adopts_rules_that_hold_from_their_day(group: Group, chairman: Reach) -> None:
    done = adopts(
        RulesPlace.of(group),
        chairman,
        largest_loan=TypedLimit("20,000", "ข้อ 9", "ระเบียบ", is_checked=True),
        term_months="24",
        interest_rate="6.5",
        opinion_needed="ไม่ใช่",
        overpayment="hold",
        witnesses="",
    )
    assert isinstance(done, RulesAdopted)
    rules = holds(group)
    assert rules.code == f"adopted/{done.pk}"
    assert rules["largest_loan"].value == 2_000_000
    assert (rules["largest_loan"].clause, rules["largest_loan"].is_checked) == ("ข้อ 9", True)
    assert rules["interest_rate"].value == 650
    assert rules["opinion_needed"].value == 0
    assert rules["overpayment"].value == "hold"
    assert rules["witnesses"].value is None
    assert "witnesses" not in rules.limits
    assert holds(group, date(2024, 12, 31)).code == "kkk/2"
    line = AuditLine.objects.get(deed="adopt_rules")
    assert (line.subject, line.fund_id) == (f"rules {done.pk}", group.pk)


def test_every_shipped_rule_set_reads_back_as_it_is_typed(group: Group, chairman: Reach) -> None:
    for kind in shipped_kinds():
        for rules in shipped(kind):
            said = {
                name: TypedLimit(as_typed(rules[name]), rules[name].clause, rules[name].source)
                for name in LIMITS
            }
            adopts(RulesPlace.of(group), chairman, **said)
            assert holds(group).limits == rules.limits


def test_what_is_wrong_with_rules_is_said_all_together(group: Group) -> None:
    done = adopt_rules(
        place=RulesPlace("no_kind", "80120101", group),
        name=" ",
        starts_on=FROM,
        by_resolution="",
        source="",
        limits={
            "nothing": TypedLimit("1"),
            "largest_loan": TypedLimit("มาก"),
            "term_months": TypedLimit("2.5"),
            "interest_method": TypedLimit("compound"),
            "must_be_listed": TypedLimit("2"),
            "committee_least": TypedLimit("9"),
            "committee_most": TypedLimit("7"),
            "witnesses": TypedLimit("2", is_checked=True),
        },
        by=reach_for(Role.FIELD_WORKER, group),
    )
    assert kinds(done)[:4] == ["NotEntitled", "KindUnknown", "NameMissing", "ResolutionMissing"]
    assert refused(done)[4:] == [
        LimitUnknown("nothing"),
        LimitUnreadable("largest_loan", "มาก"),
        LimitUnreadable("must_be_listed", "2"),
        LimitUnreadable("term_months", "2.5"),
        CheckedWithoutClause("witnesses"),
        LimitUnreadable("interest_method", "compound"),
        CommitteeLimitsCross(9, 7),
    ]
    assert not AdoptedRules.objects.exists()


def test_the_groups_own_rules_go_before_the_districts_and_those_before_the_nations(
    group: Group, chairman: Reach
) -> None:
    other = village("80120102")
    district, nation = RulesPlace("kkk", "8012"), RulesPlace("kkk", "")
    for_nation = adopts(nation, reach_for(Role.DEPARTMENT, group), witnesses="5")
    assert holds(group).code == f"adopted/{for_nation.pk}"
    officer = reach_for(Role.DISTRICT, group)
    for_district = adopts(district, officer, on=date(2020, 1, 1), witnesses="4")
    assert holds(group).code == holds(other).code == f"adopted/{for_district.pk}"
    own = adopts(RulesPlace.of(group), chairman, on=date(2019, 1, 1), witnesses="3")
    assert holds(group)["witnesses"].count == 3
    assert holds(other)["witnesses"].count == 4
    assert rules_of_area(kind="kkk", area_code="8012", day=FROM)["witnesses"].count == 4
    assert rules_of_area(kind="kkk", area_code="8016", day=FROM)["witnesses"].count == 5
    assert rules_of_area(kind="kkk", area_code="8012", day=date(2015, 1, 1)).code == "kkk/2"
    seen = rules_history(group_id=group.pk, kind="kkk", area_code=group.area_code)
    assert [each.rules.code for each in seen] == [
        f"adopted/{own.pk}",
        f"adopted/{for_district.pk}",
        f"adopted/{for_nation.pk}",
        "kkk/2",
        "kkk/1",
    ]
    of_other = rules_history(group_id=other.pk, kind="kkk", area_code=other.area_code)
    assert f"adopted/{own.pk}" not in [each.rules.code for each in of_other]


def test_rules_taken_back_let_those_before_hold_again(group: Group, chairman: Reach) -> None:
    place = RulesPlace.of(group)
    done = adopts(place, chairman, witnesses="3")

    def takes_back(pk: int = done.pk, of: RulesPlace = place, note: str = "พิมพ์ผิดวัน") -> Any:  # noqa: ANN401
        return withdraw_rules(place=of, pk=pk, note=note, by=chairman)

    assert kinds(takes_back(note="")) == ["NoteMissing"]
    assert refused(takes_back(pk=done.pk + 1)) == [RulesUnknown(done.pk + 1)]
    assert takes_back() == RulesTakenBack(done.pk)
    assert holds(group).code == "kkk/2"
    assert refused(takes_back()) == [RulesWithdrawn(done.pk)]
    history = rules_history(group_id=group.pk, kind="kkk", area_code=group.area_code)
    assert history[0].rules.code == f"adopted/{done.pk}"  # still to be read
    assert AuditLine.objects.get(deed="withdraw_rules").details["note"] == "พิมพ์ผิดวัน"


def test_a_chairman_takes_back_nothing_of_the_district(group: Group, chairman: Reach) -> None:
    district = RulesPlace("kkk", "8012")
    done = adopts(district, reach_for(Role.DISTRICT, group), witnesses="4")
    at_district = withdraw_rules(place=district, pk=done.pk, note="ไม่เอา", by=chairman)
    assert kinds(at_district) == ["NotEntitled"]
    as_own = withdraw_rules(place=RulesPlace.of(group), pk=done.pk, note="ไม่เอา", by=chairman)
    assert refused(as_own) == [RulesUnknown(done.pk)]
    assert AdoptedRules.objects.get(pk=done.pk).withdrawn_at is None


@pytest.mark.parametrize(
    ("role", "at"),
    [
        (Role.CHAIRMAN, "8012"),
        (Role.DISTRICT, ""),
        (Role.DISTRICT, "80"),
        (Role.DISTRICT, "8016"),
        (Role.FIELD_WORKER, "801201"),
        (Role.PROVINCE, "80"),
    ],
)
def test_nobody_adopts_rules_for_a_place_they_do_not_hold(
    group: Group, role: Role, at: str
) -> None:
    by = reach_for(role, group, area={Role.PROVINCE: "80", Role.FIELD_WORKER: "801201"}.get(role))
    assert kinds(adopts(RulesPlace("kkk", at), by, witnesses="1")) == ["NotEntitled"]


def test_a_chairman_of_another_group_adopts_nothing_here(group: Group) -> None:
    stranger = reach_for(Role.CHAIRMAN, village("80120102"))
    assert kinds(adopts(RulesPlace.of(group), stranger, witnesses="1")) == ["NotEntitled"]


def test_rules_are_read_in_one_statement(
    group: Group,
    chairman: Reach,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    for witnesses in ("1", "2", "3"):
        adopts(RulesPlace.of(group), chairman, witnesses=witnesses)
    with django_assert_num_queries(1):
        assert holds(group)["witnesses"].count == 3  # of one day, the one adopted last
    with django_assert_num_queries(1):
        history = rules_history(group_id=group.pk, kind="kkk", area_code=group.area_code)
        assert all(each.adopted.recorded_by for each in history if each.adopted)
