"""What each may see and do: the whole table, cell by cell, inside and outside of what is held."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction

from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Appointment, Role, User
from kongthun.accounts.reach import MAY, Deed, Holding, Reach, reach_of
from kongthun.audit.models import AuditLine
from kongthun.groups.actions import open_group
from kongthun.ledger.models import Fund
from reports.small_district import SmallDistrict

# The same table as docs/rules/roles.md, written out once more so that a change is on purpose.
# What is read: area, fund, names, own household; bringing in and correcting papers.
# What is written: opening groups, lists, committee, rules, meetings, loans, opinion, decision,
# money, debts, losses, own balance.
# Of the five ก: knowing the rules, plans, trade, means, closing a year, asking and giving support.
# Of the eight steps: reading the library, own work, keeping library and questionnaires, assessing,
# opening and answering surveys, briefings;
# cases: seeing, sealed ones, working on, helping, advising; publishing lessons, saying and settling
# balances, fairness and explaining, handing over, redacting.
TABLE = {
    Role.DEPARTMENT: "yes yes no no no no"
    + " no no no yes no no no no no no no no"
    + " no no no no no no no"
    + " yes yes yes yes no no no no"
    + " no no no no no no no no no no no no",
    Role.PROVINCE: "yes yes no no no no"
    + " no no no no no no no no no no yes no"
    + " no no no no no no no"
    + " yes yes no no no yes no yes"
    + " yes no no no yes yes no no yes no no no",
    Role.DISTRICT: "yes yes yes no yes yes"
    + " yes yes yes yes no no yes no no no yes no"
    + " no no no no no no no"
    + " yes yes yes yes yes yes yes yes"
    + " yes yes yes no yes yes no yes yes yes yes yes",
    Role.FIELD_WORKER: "yes yes yes no yes yes"
    + " yes yes yes no yes yes yes no yes yes no no"
    + " no yes yes yes no yes no"
    + " yes yes no no yes no yes yes"
    + " yes yes yes no no no yes no yes yes yes no",
    Role.CHAIRMAN: "no yes yes no no no"
    + " no no no yes yes no no yes yes yes yes no"
    + " no yes no no yes yes no"
    + " yes yes no no no no no no"
    + " yes no no yes no no no no no no no no",
    Role.TREASURER: "no yes yes no no no"
    + " no yes no no yes yes no no yes no no no"
    + " no yes yes yes no yes no"
    + " yes yes no no no no no no"
    + " yes no no yes no no yes no no no no no",
    Role.MEMBER: "no no no yes no no"
    + " no no no no no no no no no no no yes"
    + " yes no no no no no no"
    + " yes yes no no no no no no"
    + " no no no no no no no no no no no no",
    Role.AUDITOR: "yes yes yes no no no"
    + " no no no no no no no no no no no no"
    + " no no no no no no no"
    + " yes yes no no no no no no"
    + " yes yes no no no no no no yes no no no",
    Role.AGENCY: "no no no no no no"
    + " no no no no no no no no no no no no"
    + " no no no no no no yes"
    + " yes yes no no no no no no"
    + " no no no no no no no no no no no no",
    Role.NETWORK: "yes yes no no no no"
    + " no no no no no no no no no no no no"
    + " no no no no no no no"
    + " yes yes no no yes no no no"
    + " yes no yes no no no no no no no no no",
}
COLUMNS = (
    Deed.SEE_AREA,
    Deed.SEE_FUND,
    Deed.SEE_NAMES,
    Deed.SEE_OWN_HOUSEHOLD,
    Deed.IMPORT_REGISTERS,
    Deed.CORRECT_ROWS,
    Deed.OPEN_GROUPS,
    Deed.KEEP_LISTS,
    Deed.KEEP_COMMITTEE,
    Deed.KEEP_RULES,
    Deed.HOLD_MEETINGS,
    Deed.RECORD_LOANS,
    Deed.GIVE_OPINION,
    Deed.DECIDE_LOANS,
    Deed.RECEIVE_MONEY,
    Deed.SETTLE_DEBTS,
    Deed.WRITE_OFF,
    Deed.CONFIRM_BALANCE,
    Deed.KNOW_RULES,
    Deed.KEEP_PLANS,
    Deed.KEEP_TRADE,
    Deed.KEEP_MEANS,
    Deed.CLOSE_YEAR,
    Deed.SEEK_SUPPORT,
    Deed.ANSWER_SUPPORT,
    Deed.READ_LIBRARY,
    Deed.SEE_OWN_WORK,
    Deed.KEEP_LIBRARY,
    Deed.KEEP_QUESTIONNAIRES,
    Deed.ASSESS,
    Deed.OPEN_SURVEYS,
    Deed.ANSWER_SURVEYS,
    Deed.HOLD_BRIEFINGS,
    Deed.SEE_CASES,
    Deed.SEE_SEALED,
    Deed.WORK_CASES,
    Deed.HELP_CASES,
    Deed.ADVISE_CASES,
    Deed.PUBLISH_LESSONS,
    Deed.SAY_BALANCES,
    Deed.SETTLE_BALANCES,
    Deed.SEE_FAIRNESS,
    Deed.EXPLAIN_GAPS,
    Deed.HAND_OVER,
    Deed.REDACT_EVIDENCE,
)
CELLS = [
    (role, deed, word == "yes")
    for role, words in TABLE.items()
    for deed, word in zip(COLUMNS, words.split(), strict=True)
]
OF_A_GROUP = {Role.CHAIRMAN, Role.TREASURER, Role.MEMBER}

STARTS, ENDS = date(2568 - 543, 10, 1), date(2569 - 543, 9, 30)
DAYS = {
    "the day before it starts": (STARTS - timedelta(days=1), False),
    "the first day": (STARTS, True),
    "the last day": (ENDS, True),
    "the day after it ends": (ENDS + timedelta(days=1), False),
}


def test_the_table_speaks_of_every_role_and_every_deed() -> None:
    assert set(TABLE) == set(Role) == set(MAY)
    assert set(COLUMNS) == set(Deed)
    assert len(CELLS) == len(Role) * len(Deed)


@pytest.mark.parametrize(("role", "deed", "allowed"), CELLS)
def test_a_cell_of_the_table(
    db: None,  # noqa: ARG001
    role: Role,
    deed: Deed,
    allowed: bool,
) -> None:
    own = open_group(code="80160101", kind="kkk", area_code="80160101", name="บ้านเรา").pk
    other = own + 1
    is_of_a_group = role in OF_A_GROUP
    user = User.objects.create(username="somebody")
    appointment = appoint(
        user=user,
        role=role,
        by_order="คำสั่งที่ 1/2568",
        starts_on=STARTS,
        ends_on=ENDS,
        area_code="" if is_of_a_group else "8016",
        group_id=own if is_of_a_group else None,
    )
    for when, (day, in_term) in DAYS.items():
        reach = reach_of(user, day)
        expected = allowed and in_term
        assert appointment.holds_on(day) is in_term, when
        assert reach.may(deed, area_code="80160101", group_id=own) is expected, when
        assert reach.may_anywhere(deed) is expected, when
        assert not reach.may(deed, area_code="80170101", group_id=other), when  # next district
        assert not reach.may(deed, area_code="80"), when  # the province above
        beside = reach.may(deed, area_code="80160102", group_id=other)  # the fund next door
        assert beside is (expected and not is_of_a_group), when
        village = reach.may(deed, area_code="80160101")  # a village without its fund
        assert village is (expected and not is_of_a_group), when


def test_a_committee_member_s_reach_is_read_from_the_appointment(district: SmallDistrict) -> None:
    today = date.today()  # noqa: DTZ011
    fund = district.first
    reach = reach_of(district.cast.treasurer, today)
    assert [h.group_id for h in reach.holdings] == [fund.pk]
    assert reach.may(Deed.SEE_FUND, area_code=fund.area_code, group_id=fund.pk)
    assert reach.title_words == "เหรัญญิก"
    assert reach.home_group() == fund.pk
    assert reach.home_area() is None
    own = reach_of(district.cast.member, today)
    assert own.own_membership() == (fund.pk, district.own)
    assert reach.own_membership() is None


def test_an_open_appointment_has_no_last_day() -> None:
    open_ended = Appointment(starts_on=STARTS, ends_on=None)
    assert open_ended.holds_on(date(2100, 1, 1))
    assert not open_ended.holds_on(STARTS - timedelta(days=1))


@pytest.mark.parametrize("name", ["officer", "field_worker", "chairman", "member", "province"])
@pytest.mark.parametrize("deed", list(Deed))
def test_the_funds_of_a_reach_are_those_it_may_one_by_one(
    district: SmallDistrict, name: str, deed: Deed
) -> None:
    reach = reach_of(getattr(district.cast, name), date.today())  # noqa: DTZ011
    funds = Fund.objects.filter(reach.funds(deed))
    one_by_one = {
        fund.code
        for fund in Fund.objects.all()
        if reach.may(deed, area_code=fund.area_code, group_id=fund.pk)
    }
    assert {fund.code for fund in funds} == one_by_one
    assert one_by_one <= district.reachable(name)


def test_the_nation_is_every_fund(district: SmallDistrict) -> None:
    reach = reach_of(district.cast.department, date.today())  # noqa: DTZ011
    assert Fund.objects.filter(reach.funds(Deed.SEE_FUND)).count() == Fund.objects.count()
    assert not Fund.objects.filter(reach.funds(Deed.SEE_NAMES)).exists()
    assert reach.home_area() == ""


def test_several_appointments_add_up(district: SmallDistrict) -> None:
    user = district.cast.field_worker
    appoint(
        user=user,
        role=Role.CHAIRMAN,
        by_order="มติที่ประชุม",
        starts_on=STARTS,
        group_id=Fund.objects.get(code=district.codes[-1]).pk,
    )
    reach = reach_of(user, date.today())  # noqa: DTZ011
    codes = set(Fund.objects.filter(reach.funds(Deed.SEE_FUND)).values_list("code", flat=True))
    assert codes == district.reachable("field_worker") | {district.codes[-1]}
    # A chairman imports nothing, also when the same person imports elsewhere.
    imports = Fund.objects.filter(reach.funds(Deed.IMPORT_REGISTERS)).values_list("code", flat=True)
    assert set(imports) == district.reachable("field_worker")
    assert "พัฒนากรผู้รับผิดชอบตำบล" in reach.title_words
    assert "ประธานกรรมการ" in reach.title_words


def test_a_reach_is_read_in_one_statement(
    district: SmallDistrict,
    django_assert_num_queries: object,
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        reach_of(district.cast.field_worker, date.today())  # noqa: DTZ011


def test_appointing_is_written_down(district: SmallDistrict) -> None:
    appoint(
        user=district.cast.retired,
        role=Role.AUDITOR,
        by_order="คำสั่งที่ 2/2569",
        starts_on=STARTS,
        area_code="8016",
        appointed_by=district.cast.province.pk,
    )
    line = AuditLine.objects.filter(deed="appoint").latest("pk")
    assert line.user_id == district.cast.province.pk
    assert line.area_code == "8016"
    assert line.subject == f"user {district.cast.retired.pk}"
    assert line.details == {"role": "auditor", "starts_on": STARTS.isoformat()}


@pytest.mark.parametrize("role", sorted(OF_A_GROUP))
def test_nobody_sits_on_the_committee_of_no_group(
    db: None,  # noqa: ARG001
    role: Role,
) -> None:
    """Without a group the area would decide, and an empty area is the nation."""
    user = User.objects.create(username="somebody")
    for area in ("", "80160101"):
        with pytest.raises(IntegrityError), transaction.atomic():
            appoint(user=user, role=role, by_order="มติ", starts_on=STARTS, area_code=area)


@pytest.mark.parametrize("role", [Role.PROVINCE, Role.DISTRICT, Role.FIELD_WORKER])
def test_nobody_gets_the_nation_because_a_field_stayed_empty(
    db: None,  # noqa: ARG001
    role: Role,
) -> None:
    user = User.objects.create(username="somebody")
    with pytest.raises(IntegrityError), transaction.atomic():
        appoint(user=user, role=role, by_order="คำสั่งที่ 3/2569", starts_on=STARTS)


def test_an_appointment_ends_after_it_starts_and_a_number_needs_its_list(
    db: None,  # noqa: ARG001
) -> None:
    user = User.objects.create(username="somebody")
    backwards = {"starts_on": ENDS, "ends_on": STARTS, "area_code": "8016"}
    with pytest.raises(IntegrityError), transaction.atomic():
        appoint(user=user, role=Role.AUDITOR, by_order="คำสั่ง", **backwards)  # type: ignore[arg-type]
    with pytest.raises(IntegrityError), transaction.atomic():
        appoint(user=user, role=Role.AUDITOR, by_order="คำสั่ง", starts_on=STARTS, member_number=1)


def test_no_reach_falls_out_of_the_table_by_combining_places() -> None:
    """Over all pairs of holdings a deed is allowed exactly where one of them allows it alone."""
    places = [("8016", None), ("801601", None), ("", 7), ("", 8)]
    holdings = [
        Holding(role, area, group, None)
        for role in Role
        for area, group in places
        if (group is not None) == (role in OF_A_GROUP)
    ]
    asked = [("80160101", 7), ("80160201", 8), ("80170101", 9)]
    for first, second in product(holdings, repeat=2):
        both = Reach(1, "", STARTS, (first, second))
        for deed, (area, group) in product(Deed, asked):
            alone = [
                Reach(1, "", STARTS, (one,)).may(deed, area_code=area, group_id=group)
                for one in (first, second)
            ]
            assert both.may(deed, area_code=area, group_id=group) is any(alone)
