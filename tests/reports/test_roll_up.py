"""The roll-up says what the entries say: at every node, on every day, within every reach."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from kongthun.accounts.models import Role
from kongthun.accounts.reach import MAY, Deed, Holding, Reach
from kongthun.domain.arrears import Part
from kongthun.domain.fund_position import position_of
from kongthun.domain.journal import AccountKind, Draft, Line
from kongthun.domain.journal import Deed as BookDeed
from kongthun.domain.money import Money
from kongthun.ledger.models import Fund
from kongthun.loans.models import Contract, Instalment
from kongthun.reports.queries.roll_up import (
    StatusRow,
    roll_up_by_fund,
    roll_up_by_node,
    total_of,
)
from reports.small_district import SmallDistrict, signed_in
from reports.small_histories import (
    CODES,
    PAST,
    TODAY,
    Expected,
    History,
    Loan,
    expected_of,
    histories,
    undone,
    write,
)

pytestmark = pytest.mark.django_db

NODES = ("", "80", "8016", "801601", "80160101", "99")
EVERYTHING: Reach | None = None


def figures(row: StatusRow) -> Expected:
    return Expected(
        row.sums,
        row.overdue,
        row.overdue_by_band,
        row.late_by_band,
        row.late_contracts,
        row.set_aside_rows,
    )


def under(node: str, written: list[History]) -> list[History]:
    return [history for history in written if history.code.startswith(node)]


@given(written=histories(), day=st.sampled_from(PAST))
@settings(max_examples=40, deadline=None)
def test_every_roll_up_is_what_the_domain_makes_of_the_entries(
    written: list[History], day: date
) -> None:
    with undone():
        for history in written:
            write(history)
        for as_of in {day, TODAY}:
            for node in NODES:
                _check_node(node, under(node, written), as_of)


def _check_node(node: str, within: list[History], as_of: date) -> None:
    by_fund = roll_up_by_fund(node, as_of=as_of, today=TODAY, reach=EVERYTHING)
    assert [row.code for row in by_fund.rows] == sorted(history.code for history in within)
    for history in within:
        (row,) = (row for row in by_fund.rows if row.code == history.code)
        assert figures(row) == expected_of([history], as_of)
        assert row.funds == 1
        assert row.name == f"กข.คจ. {history.code}"
        assert row.last_movement_on == history.last_movement_on(as_of)
        assert row.reported_on == max(
            (day for day in history.reported_on if day <= as_of), default=None
        )
        assert row.sums.is_conserved
    by_node = roll_up_by_node(node, as_of=as_of, today=TODAY, reach=EVERYTHING)
    below = {history.code[: len(node) + 2] for history in within}
    assert [row.code for row in by_node.rows] == sorted(below)
    for row in by_node.rows:
        assert figures(row) == expected_of(under(row.code, within), as_of)
        assert row.funds == len(under(row.code, within))
    alone = total_of(node, as_of=as_of, today=TODAY, reach=EVERYTHING)
    for total in (by_fund.total, by_node.total, alone):
        assert figures(total) == expected_of(within, as_of)
        assert total.funds == len(within)


@st.composite
def reaches(draw: st.DrawFn) -> list[tuple[Role, str, int | None]]:
    """Some appointments: a role over an area, or on the committee or list of the n-th fund."""
    areas = st.sampled_from(["", "80", "8016", "801601", "80160101", "32", "8017"])
    return [
        (role, "", draw(st.integers(0, len(CODES) - 1)))
        if role in {Role.CHAIRMAN, Role.TREASURER, Role.MEMBER}
        else (role, draw(areas), None)
        for role in draw(st.lists(st.sampled_from(Role), max_size=3))
    ]


@given(held=reaches(), node=st.sampled_from(NODES), day=st.sampled_from(PAST[:3]))
@example(held=[], node="", day=TODAY)
@example(held=[(Role.MEMBER, "", 0)], node="", day=TODAY)
@settings(max_examples=40, deadline=None)
def test_no_row_and_no_sum_comes_from_outside_the_reach(
    held: list[tuple[Role, str, int | None]], node: str, day: date
) -> None:
    with undone():
        written = [History(code) for code in CODES]
        for place, history in enumerate(written):
            lines = Line("bank:1", Money(2**place)), Line("capital:state", -Money(2**place))
            history.drafts.append(Draft(BookDeed.CAPITAL_RECEIVED, PAST[-1], lines, key="1"))
        funds = [write(history) for history in written]
        holdings = tuple(
            Holding(role, area, None if place is None else funds[place].pk, None)
            for role, area, place in held
        )
        reach = Reach(1, "", day, holdings)
        for roll_up, deed in ((roll_up_by_fund, Deed.SEE_FUND), (roll_up_by_node, Deed.SEE_AREA)):
            seen = [
                place
                for place, code in enumerate(CODES)
                if code.startswith(node)
                and any(
                    deed in MAY[role] and (code.startswith(area) if own is None else own == place)
                    for role, area, own in held
                )
            ]
            found = roll_up(node, as_of=day, today=TODAY, reach=reach)
            # Every fund holds a power of two: the sum names the funds it is made of.
            assert found.total.sums.bank == Money(sum(2**place for place in seen))
            assert found.total.funds == len(seen)
            assert sum(row.funds for row in found.rows) == len(seen)
            length = 8 if roll_up is roll_up_by_fund else len(node) + 2
            assert {row.code for row in found.rows} == {CODES[place][:length] for place in seen}


def test_the_sums_of_a_day_agree_with_the_domain_for_every_kind_of_account_and_every_deed() -> None:
    histories_ = []
    yesterday = TODAY - timedelta(days=1)
    for place, (deed, kind, number) in enumerate(
        (deed, kind, number) for deed in BookDeed for kind in AccountKind for number in ("", ":1")
    ):
        amount = Money(1_000 + place)
        other = "cash" if kind == AccountKind.UNEXPLAINED else "unexplained"
        lines = Line(f"{kind}{number}", amount), Line(other, -amount)
        draft = Draft(deed, yesterday, lines, key="1")
        histories_.append(History(f"8016{place:04}", drafts=[draft]))
    for history in histories_:
        write(history)
    before = roll_up_by_fund("", as_of=yesterday, today=TODAY, reach=EVERYTHING)
    now = roll_up_by_fund("", as_of=TODAY, today=TODAY, reach=EVERYTHING)
    assert len(before.rows) == len(now.rows) == len(histories_)
    for history, row, row_now in zip(histories_, before.rows, now.rows, strict=True):
        (draft,) = history.drafts
        assert row.code == row_now.code == history.code
        assert row.sums == position_of([(draft.deed, draft.lines)]), draft
        assert row_now.sums == row.sums


def one_loan(*plan: tuple[int, int], repaid: int = 0) -> History:
    """A loan by a plan of (days from today, baht), of which so much came back long ago."""
    parts = [Part(TODAY + timedelta(days=days), Money.baht(baht)) for days, baht in plan]
    loan = Loan(1, parts)
    history = History("80160101", loans=[loan])
    long_ago = PAST[-1] - timedelta(days=800)
    out = Line("loan:1", loan.principal), Line("bank:1", -loan.principal)
    history.drafts.append(Draft(BookDeed.LOAN_PAID_OUT, long_ago, out, key="1"))
    if repaid:
        back = Line("cash", Money.baht(repaid)), Line("loan:1", -Money.baht(repaid))
        history.drafts.append(Draft(BookDeed.REPAYMENT_RECEIVED, long_ago, back, key="2"))
    return history


def status(history: History, *, days_later: int = 0) -> StatusRow:
    write(history)
    # The day after tomorrow is asked of the positions as they stand, a day before of the entries.
    as_of = TODAY + timedelta(days=days_later)
    return total_of("8016", as_of=as_of, today=TODAY, reach=EVERYTHING)


def baht(row: StatusRow) -> list[str]:
    return [band.text for band in row.overdue_by_band]


def test_a_contract_due_today_is_not_late() -> None:
    row = status(one_loan((0, 10_000)))
    assert (row.overdue, row.late_contracts) == (Money(0), 0)
    assert baht(row) == ["0", "0", "0", "0"]


def test_a_contract_due_yesterday_is_late_by_one_day() -> None:
    row = status(one_loan((-1, 10_000), repaid=4_000))
    assert row.overdue == Money.baht(6_000)
    assert baht(row) == ["6,000", "0", "0", "0"]
    assert row.late_by_band == (1, 0, 0, 0)


def test_what_came_back_settles_the_oldest_instalment_first() -> None:
    row = status(one_loan((-1, 3_000), (-400, 3_000), (-100, 3_000), (30, 1_000), repaid=4_000))
    # 3,000 of the oldest and 1,000 of the next are settled; the last is not due yet.
    assert baht(row) == ["3,000", "2,000", "0", "0"]
    assert row.overdue == Money.baht(5_000)
    assert row.late_by_band == (1, 1, 0, 0)
    assert row.late_contracts == 1


@pytest.mark.parametrize(
    ("days_late", "band"), [(1, 0), (90, 0), (91, 1), (365, 1), (366, 2), (1095, 2), (1096, 3)]
)
@pytest.mark.parametrize("days_later", [0, -1])
def test_a_band_ends_where_the_domain_says(days_late: int, band: int, days_later: int) -> None:
    row = status(one_loan((days_later - days_late, 10_000)), days_later=days_later)
    expected = ["0"] * 4
    expected[band] = "10,000"
    assert baht(row) == expected


def test_a_loan_repaid_in_full_is_late_nowhere_but_on_the_days_before() -> None:
    history = one_loan((-50, 10_000))
    back = Line("cash", Money.baht(10_000)), Line("loan:1", -Money.baht(10_000))
    history.drafts.append(
        Draft(BookDeed.REPAYMENT_RECEIVED, TODAY - timedelta(days=5), back, key="2")
    )
    assert status(history).overdue == Money(0)
    six_days_ago = TODAY - timedelta(days=6)
    before = total_of("8016", as_of=six_days_ago, today=TODAY, reach=EVERYTHING)
    assert before.overdue == Money.baht(10_000)


def test_a_contract_that_was_read_wrongly_is_late_nowhere() -> None:
    """Also in the moment before its money is turned back."""
    history = one_loan((-50, 10_000))
    history.loans[0].is_withdrawn = True
    row = status(history)
    assert (row.overdue, row.late_contracts) == (Money(0), 0)


def test_a_contract_without_a_day_is_never_late() -> None:
    history = one_loan((-50, 10_000))
    write(history)
    Contract.objects.update(due_on=None)
    Instalment.objects.all().delete()
    row = total_of("", as_of=TODAY, today=TODAY, reach=EVERYTHING)
    assert row.overdue == Money(0)
    assert row.sums.households == Money.baht(10_000)


def test_a_fund_without_an_entry_stands_in_the_list_with_nothing() -> None:
    write(History("80160101"))
    for as_of in (TODAY, TODAY - timedelta(days=900)):
        (row,) = roll_up_by_fund("", as_of=as_of, today=TODAY, reach=EVERYTHING).rows
        assert figures(row) == expected_of([], as_of)
        assert row.last_movement_on is None


# ---- how many statements -------------------------------------------------------------------------


@pytest.mark.parametrize("days_ago", [0, 30])
def test_the_number_of_statements_does_not_grow_with_the_funds(
    django_assert_num_queries: DjangoAssertNumQueries, days_ago: int
) -> None:
    as_of = TODAY - timedelta(days=days_ago)
    for count in (2, 4):
        for place in range(count):
            history = one_loan((-40, 10_000), repaid=place * 100)
            history.code = f"80160{count}0{place}"
            history.rows_set_aside = place
            write(history)
        with django_assert_num_queries(6):
            by_fund = roll_up_by_fund("8016", as_of=as_of, today=TODAY, reach=EVERYTHING)
        with django_assert_num_queries(4):
            roll_up_by_node("8016", as_of=as_of, today=TODAY, reach=EVERYTHING)
        with django_assert_num_queries(3):
            total_of("8016", as_of=as_of, today=TODAY, reach=EVERYTHING)
    assert len(by_fund.rows) == 6


AREA_PAGE = 11
FUND_PAGE = 16


def test_the_pages_of_an_area_and_a_fund_take_as_many_statements_when_the_funds_double(
    district: SmallDistrict, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(district.cast.officer)
    area, fund = "/area/8016/", f"/funds/{district.codes[0]}/"
    assert client.get(area).status_code == client.get(fund).status_code == 200
    for rounds in (0, 1):
        with django_assert_num_queries(AREA_PAGE):
            client.get(area)
        with django_assert_num_queries(FUND_PAGE):
            client.get(fund)
        if rounds == 0:
            for place in range(4):
                history = one_loan((-40, 10_000))
                history.code = f"8016010{place + 2}"
                write(history)
    assert Fund.objects.filter(code__startswith="8016").count() == 8
