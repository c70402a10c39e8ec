"""A round over all funds of a district: opened, answered, chosen from, locked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kongthun.accounts.reach import Deed, NotEntitled
from kongthun.audit.models import AuditLine
from kongthun.audit.papers import paper_of
from kongthun.domain.money import ZERO, Money
from kongthun.groups.models import Group
from kongthun.ledger.models import Fund
from kongthun.reports.queries.roll_up import roll_up_by_fund
from kongthun.surveys.actions.choices import FundsChosen, choose_funds, take_back_choice
from kongthun.surveys.actions.findings import (
    SnapshotAnswered,
    confirm_snapshot,
    note_not_reached,
)
from kongthun.surveys.actions.rounds import RoundKept, lock_round, open_round, withdraw_round
from kongthun.surveys.figures import (
    BookState,
    Figures,
    differences,
    figures_as_data,
    figures_from_data,
    read_book_state,
)
from kongthun.surveys.models import Choice, Finding, FindingPhoto, Round, Snapshot
from kongthun.surveys.queries.books import books_of
from kongthun.surveys.queries.rounds import (
    chosen_of,
    findings_of,
    round_in_reach,
    rounds_in_reach,
    state_of,
    waiting_for,
)
from kongthun.surveys.refusals import (
    BeforeItOpened,
    ChosenAlready,
    DifferenceUnexplained,
    FigureBelowZero,
    FoundBeforeItsDay,
    HasFindings,
    InFuture,
    NoFundsHere,
    NoSuchArea,
    NotCheckedYet,
    NotChosen,
    NotDone,
    NothingChosen,
    NothingFound,
    NotInRound,
    ReportedAlready,
    RoundGone,
    RoundLocked,
    RoundOpenAlready,
    StillWaiting,
    TooLong,
    WhyMissing,
    WordsMissing,
)
from reports.small_district import DISTRICT, NEXT_DOOR, SmallDistrict
from surveys.checked_district import CheckedDistrict, network_member, opened, reach

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc000000003000118dd8db00000000049454e44ae426082"
)


def refusals(done: object) -> list[Any]:
    """What was refused, all together."""
    assert isinstance(done, NotDone), done
    return list(done.refusals)


# ---- the figures --------------------------------------------------------------------------------


def test_what_is_missing_is_what_was_entrusted_less_the_three_places() -> None:
    found = Figures(
        households=Money.baht(150_000), bank=Money.baht(60_000), elsewhere=Money.baht(0)
    )
    assert found.missing(Money.baht(280_000)) == Money.baht(70_000)
    assert replace(found, bank=None).missing(Money.baht(280_000)) is None


def test_a_figure_nobody_knows_on_one_side_is_no_difference() -> None:
    books = Figures(target_households=44, bank=Money.baht(5_000), purple=None)
    found = Figures(target_households=None, bank=Money.baht(4_000), purple=BookState.NONE)
    assert [each.name for each in differences(books, found)] == ["bank"]


def test_figures_come_back_as_they_were_kept() -> None:
    figures = Figures(
        target_households=44, bank=Money(28_115_619), in_breach=ZERO, green=BookState.NOT_RIGHT
    )
    assert figures_from_data(figures_as_data(figures)) == figures


def test_the_brown_book_says_of_another_book_that_it_is_there_and_right() -> None:
    assert read_book_state("มี/ถูกต้อง") is BookState.RIGHT
    assert read_book_state("มี / ไม่ถูกต้อง") is BookState.NOT_RIGHT
    assert read_book_state("ไม่มี") is BookState.NONE
    assert read_book_state("") is None


def test_what_one_fund_has_too_much_hides_nothing_that_another_lacks(
    survey: CheckedDistrict,
) -> None:
    for place, bank in ((0, Money(0)), (1, Money.baht(900_000))):
        survey.confirm(survey.group(place), "สมุดบัญชีธนาคาร", bank=bank)
    pks = [survey.group(0).pk, survey.group(1).pk]
    state = state_of(survey.round, None, group_ids=pks)
    lacks, has_more = (fund.missing for fund in state.funds)
    assert lacks is not None
    assert has_more is not None
    assert lacks > ZERO > has_more
    assert (state.missing, state.over) == (lacks, -has_more)
    places = state.households + state.bank + state.elsewhere + state.missing
    assert places - state.over == state.funds[0].entrusted + state.funds[1].entrusted


# ---- opening ------------------------------------------------------------------------------------


def test_a_round_holds_every_fund_of_the_district_with_what_its_books_say(
    survey: CheckedDistrict,
) -> None:
    rows = roll_up_by_fund(
        DISTRICT, as_of=survey.today, today=survey.today, reach=None, kind="kkk"
    ).rows
    state = state_of(survey.round, None)
    assert [fund.code for fund in state.funds] == sorted(survey.district.codes)
    for fund, row in zip(state.funds, rows, strict=True):
        assert fund.by_books.households == row.sums.households
        assert fund.by_books.bank == row.sums.bank
        assert fund.by_books.elsewhere == row.sums.cash
        assert fund.entrusted == row.sums.capital + row.sums.interest
        # What lies nowhere is what the books call not explained, recognised lost or claimed.
        lost = row.sums.unexplained + row.sums.loss + row.sums.claims
        assert fund.missing == lost
        assert fund.by_books.green in set(BookState)
        assert fund.is_waiting


def test_households_with_money_are_counted_once_each(survey: CheckedDistrict) -> None:
    group = survey.group()
    owing = {
        contract.member_number or -contract.number
        for contract in Fund.objects.get(pk=group.pk).contracts.filter(withdrawn_at=None)
        for account in Fund.objects.get(pk=group.pk).accounts.filter(code=contract.account)
        if account.balance > ZERO
    }
    assert survey.figures(group).owing_households == len(owing) > 0


def test_figures_of_an_earlier_day_are_of_that_day(district: SmallDistrict) -> None:
    today = opened(district).today
    early = books_of(DISTRICT, as_of=date(1990, 1, 1), today=today)
    assert all(fund.figures.households == ZERO for fund in early.values())
    assert all(fund.figures.owing_households == 0 for fund in early.values())


def test_what_is_booked_after_a_round_opens_does_not_change_its_snapshot(
    survey: CheckedDistrict,
) -> None:
    group = survey.group()
    before = survey.figures(group)
    Snapshot.objects.filter(round=survey.round, group=group).get()
    assert books_of(group.area_code, as_of=survey.today, today=survey.today)
    assert survey.figures(group) == before


def test_a_round_is_refused_with_every_reason_at_once(district: SmallDistrict) -> None:
    officer = reach(district.cast.officer)
    tomorrow = officer.day + timedelta(days=1)
    done = open_round(area_code=DISTRICT, as_of=tomorrow, words=" ", by=officer, on=officer.day)
    assert refusals(done) == [InFuture(tomorrow, officer.day), WordsMissing("ชื่อรอบ")]


def test_a_second_round_over_the_same_funds_waits_for_the_first(survey: CheckedDistrict) -> None:
    again = {"as_of": survey.today, "words": "อีกรอบ", "on": survey.today}
    open_already = RoundOpenAlready(1, survey.round.words)
    for area in (DISTRICT, "80"):
        by = survey.officer if area == DISTRICT else reach(survey.district.cast.province)
        assert refusals(open_round(area_code=area, by=by, **again)) == [open_already]
    next_door = open_round(
        area_code=NEXT_DOOR[:4], by=reach(survey.district.cast.neighbour), **again
    )
    assert isinstance(next_door, RoundKept)
    assert next_door.funds == 1


def test_no_round_where_there_are_no_funds_and_none_where_there_is_no_place(
    district: SmallDistrict,
) -> None:
    province = reach(district.cast.province)
    empty = {"as_of": province.day, "words": "รอบ", "by": province, "on": province.day}
    assert refusals(open_round(area_code="8002", **empty)) == [NoFundsHere("8002")]
    assert refusals(open_round(area_code="8099", **empty)) == [NoSuchArea("8099")]


@pytest.mark.parametrize("who", ["field_worker", "chairman", "treasurer", "auditor", "neighbour"])
def test_a_round_is_opened_by_the_district_or_the_province_alone(
    district: SmallDistrict, who: str
) -> None:
    by = reach(getattr(district.cast, who))
    done = open_round(area_code=DISTRICT, as_of=by.day, words="รอบ", by=by, on=by.day)
    assert refusals(done) == [NotEntitled(Deed.OPEN_SURVEYS, by.day)]


def test_opening_takes_as_many_statements_for_one_fund_as_for_four(
    district: SmallDistrict,
) -> None:
    def statements(area: str) -> int:
        province = reach(district.cast.province)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            done = open_round(
                area_code=area, as_of=province.day, words="รอบ", by=province, on=province.day
            )
        assert isinstance(done, RoundKept), done
        return len(caught)

    assert statements(NEXT_DOOR[:4]) == statements(DISTRICT)


# ---- answering ----------------------------------------------------------------------------------


def test_a_fund_confirmed_as_the_books_say_has_no_differences(survey: CheckedDistrict) -> None:
    group = survey.group()
    assert survey.confirm(group, by=survey.field_worker).differences == ()
    found = survey.checked(group)
    assert found.finding is not None
    assert found.finding.is_confirmed
    assert found.found == found.by_books


def test_what_was_found_otherwise_stands_beside_the_books_and_is_work(
    survey: CheckedDistrict,
) -> None:
    group = survey.group()
    books = survey.figures(group)
    assert books.bank is not None
    less = books.bank - Money.baht(500)
    done = survey.confirm(group, "สมุดบัญชีหน้าล่าสุด", bank=less)
    assert [(each.name, each.by_books, each.found) for each in done.differences] == [
        ("bank", books.bank, less)
    ]
    fund = survey.checked(group)
    assert fund.by_books == books  # kept as the books said
    assert fund.shown.bank == less
    before = books.missing(fund.entrusted)
    assert before is not None
    assert fund.missing == before + Money.baht(500)
    assert [each.name for each in state_of(survey.round, None).differing] == [group.name]


def test_a_difference_needs_words_on_how_it_was_seen(survey: CheckedDistrict) -> None:
    group = survey.group()
    books = survey.figures(group)
    done = confirm_snapshot(
        round=survey.round,
        group=group,
        by=survey.officer,
        on=survey.today,
        found=replace(books, target_households=3, purple=BookState.NONE),
    )
    assert refusals(done) == [DifferenceUnexplained(("target_households", "purple"))]
    assert not Finding.objects.exists()


def test_a_later_finding_counts_and_the_former_stays_readable(survey: CheckedDistrict) -> None:
    group = survey.group()
    survey.confirm(group, "นับใหม่", target_households=3)
    survey.confirm(group)
    assert survey.checked(group).differences == ()
    assert [row.number for row, _ in findings_of(survey.round, group.pk)] == [2, 1]


def test_a_photo_of_the_village_is_kept_among_the_papers_of_the_fund(
    survey: CheckedDistrict, tmp_path: Path
) -> None:
    photo = tmp_path / "photo.png"
    photo.write_bytes(PNG)
    group = survey.group()
    done = confirm_snapshot(
        round=survey.round,
        group=group,
        by=survey.field_worker,
        on=survey.today,
        photos=[photo],
    )
    assert isinstance(done, SnapshotAnswered)
    kept = FindingPhoto.objects.get()
    assert paper_of(group.pk, kept.sha256) is not None
    assert paper_of(survey.group(1).pk, kept.sha256) is None


def test_an_answer_is_refused_with_every_reason_at_once(survey: CheckedDistrict) -> None:
    tomorrow = survey.today + timedelta(days=1)
    chairman = reach(survey.district.cast.chairman)
    done = confirm_snapshot(
        round=survey.round,
        group=survey.group(),
        by=chairman,
        on=tomorrow,
        found=Figures(bank=Money(-1)),
        words="ก" * 501,
    )
    said = refusals(done)
    assert said[:3] == [
        NotEntitled(Deed.ANSWER_SURVEYS, survey.today),
        InFuture(tomorrow, survey.today),
        TooLong("คำอธิบาย", 500),
    ]
    assert FigureBelowZero("bank") in said


def test_a_visit_before_the_day_of_the_figures_is_no_check_of_them(
    survey: CheckedDistrict,
) -> None:
    yesterday = survey.today - timedelta(days=1)
    done = confirm_snapshot(
        round=survey.round, group=survey.group(), by=survey.officer, on=yesterday
    )
    assert refusals(done) == [FoundBeforeItsDay(yesterday, survey.today)]


def test_an_answer_without_one_figure_is_none(survey: CheckedDistrict) -> None:
    done = confirm_snapshot(
        round=survey.round,
        group=survey.group(),
        by=survey.officer,
        on=survey.today,
        found=Figures(),
    )
    assert refusals(done) == [NothingFound()]


def test_a_fund_of_another_district_is_not_in_the_round(survey: CheckedDistrict) -> None:
    outside = Group.objects.get(code=NEXT_DOOR)
    done = confirm_snapshot(
        round=survey.round,
        group=outside,
        by=reach(survey.district.cast.neighbour),
        on=survey.today,
    )
    assert refusals(done) == [NotInRound(outside.name)]


@pytest.mark.parametrize("who", ["province", "chairman", "treasurer", "auditor", "neighbour"])
def test_only_who_goes_to_the_villages_answers(survey: CheckedDistrict, who: str) -> None:
    by = reach(getattr(survey.district.cast, who))
    done = confirm_snapshot(round=survey.round, group=survey.group(), by=by, on=survey.today)
    assert refusals(done) == [NotEntitled(Deed.ANSWER_SURVEYS, survey.today)]


def test_the_network_sees_a_round_and_answers_nothing(survey: CheckedDistrict) -> None:
    by = reach(network_member())
    assert round_in_reach(DISTRICT, 1, by) == survey.round
    done = confirm_snapshot(round=survey.round, group=survey.group(), by=by, on=survey.today)
    assert refusals(done) == [NotEntitled(Deed.ANSWER_SURVEYS, survey.today)]


# ---- who has not reported -----------------------------------------------------------------------


def test_a_field_worker_waits_for_the_funds_of_their_own_tambons(
    survey: CheckedDistrict,
) -> None:
    mine = survey.district.reachable("field_worker")
    assert {each.code for each in waiting_for(survey.field_worker)} == mine
    assert {each.code for each in waiting_for(survey.officer)} == set(survey.district.codes)
    for who in ("province", "chairman", "auditor", "neighbour", "retired"):
        assert waiting_for(reach(getattr(survey.district.cast, who))) == []


def test_a_fund_that_reported_or_is_noted_is_waited_for_no_more(survey: CheckedDistrict) -> None:
    survey.confirm(survey.group(0))
    noted = note_not_reached(
        round=survey.round, group=survey.group(1), words="น้ำท่วม เข้าหมู่บ้านไม่ได้", by=survey.officer
    )
    assert isinstance(noted, SnapshotAnswered)
    left = {each.code for each in waiting_for(survey.officer)}
    assert left == {survey.group(2).code, survey.group(3).code}


def test_nothing_is_excused_that_was_checked(survey: CheckedDistrict) -> None:
    survey.confirm(survey.group())
    done = note_not_reached(round=survey.round, group=survey.group(), words="", by=survey.officer)
    assert refusals(done) == [
        WordsMissing("เหตุที่ยังสำรวจไม่ได้"),
        ReportedAlready(survey.group().name),
    ]


def test_waiting_takes_two_statements(
    survey: CheckedDistrict,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    by = survey.officer
    with django_assert_num_queries(2):
        waiting_for(by)


def test_a_round_is_read_in_four_statements_however_many_funds(
    survey: CheckedDistrict,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    group, by = survey.group(), survey.officer
    survey.confirm(group)
    for group_ids in ([group.pk], None):
        with django_assert_num_queries(4):
            state_of(survey.round, by, group_ids=group_ids)


# ---- choosing -----------------------------------------------------------------------------------


def test_funds_are_chosen_after_the_check_each_with_why(survey: CheckedDistrict) -> None:
    first, second = survey.group(0), survey.group(1)
    survey.confirm(first)
    survey.confirm(second)
    whys = {first.pk: "หยุดเคลื่อนไหวสามปี", second.pk: "ขอความช่วยเหลือเอง"}
    done = choose_funds(round=survey.round, whys=whys, by=survey.officer, on=survey.today)
    assert done == FundsChosen(2)
    assert {key: each.why for key, each in chosen_of([first.pk, second.pk]).items()} == whys
    line = AuditLine.objects.get(deed="choose_funds")
    assert line.details["funds"] == sorted([first.code, second.code])


def test_a_choice_is_refused_with_every_reason_at_once(survey: CheckedDistrict) -> None:
    done = choose_funds(
        round=survey.round,
        whys={survey.group().pk: " ", 10**6: "ที่อื่น"},
        by=survey.field_worker,
        on=survey.today,
    )
    assert refusals(done) == [
        NotEntitled(Deed.OPEN_SURVEYS, survey.today),
        NotCheckedYet(survey.group().name),
        WhyMissing(survey.group().name),
        NotInRound("กองทุนเลขที่ 1000000"),
    ]
    nothing = choose_funds(round=survey.round, whys={}, by=survey.officer, on=survey.today)
    assert refusals(nothing) == [NothingChosen()]


def test_a_choice_taken_back_stays_readable_and_can_be_made_again(
    survey: CheckedDistrict,
) -> None:
    group = survey.group()
    survey.confirm(group)
    again = {"round": survey.round, "whys": {group.pk: "เหตุ"}, "on": survey.today}
    assert choose_funds(by=survey.officer, **again) == FundsChosen(1)
    assert refusals(choose_funds(by=survey.officer, **again)) == [ChosenAlready(group.name)]
    back = take_back_choice(round=survey.round, group=group, note="เลือกผิดหมู่บ้าน", by=survey.officer)
    assert back == FundsChosen(0)
    assert chosen_of([group.pk]) == {}
    twice = take_back_choice(round=survey.round, group=group, note="", by=survey.officer)
    assert refusals(twice) == [NotChosen(group.name), WordsMissing("เหตุที่ถอน")]
    assert choose_funds(by=survey.officer, **again) == FundsChosen(1)
    assert list(Choice.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


# ---- locking ------------------------------------------------------------------------------------


def test_a_round_locks_when_every_fund_reported_or_is_noted(survey: CheckedDistrict) -> None:
    for place in (0, 1, 2):
        survey.confirm(survey.group(place))
    lock = {"round": survey.round, "by": survey.officer, "on": survey.today}
    assert refusals(lock_round(**lock)) == [StillWaiting((survey.group(3).name,))]
    note_not_reached(
        round=survey.round, group=survey.group(3), words="ไม่มีผู้รับผิดชอบ", by=survey.officer
    )
    assert isinstance(lock_round(**lock), RoundKept)
    assert waiting_for(survey.officer) == []
    locked = RoundLocked(1, survey.today)
    assert refusals(lock_round(**lock)) == [locked]
    late = confirm_snapshot(
        round=survey.round, group=survey.group(3), by=survey.officer, on=survey.today
    )
    assert refusals(late) == [locked]
    chosen = choose_funds(
        round=survey.round,
        whys={survey.group(0).pk: "หยุดเคลื่อนไหว"},
        by=survey.officer,
        on=survey.today,
    )
    assert chosen == FundsChosen(1)  # choosing goes on after the lock


def test_a_field_worker_locks_nothing(survey: CheckedDistrict) -> None:
    done = lock_round(round=survey.round, by=survey.field_worker, on=survey.today)
    assert NotEntitled(Deed.OPEN_SURVEYS, survey.today) in refusals(done)


def test_a_round_opened_by_mistake_is_taken_back_while_nothing_was_found(
    survey: CheckedDistrict,
) -> None:
    note = "เลือกวันผิด"
    survey.confirm(survey.group())
    done = withdraw_round(round=survey.round, note=note, by=survey.officer)
    assert refusals(done) == [HasFindings(1)]
    Finding.objects.all().delete()
    assert isinstance(withdraw_round(round=survey.round, note=note, by=survey.officer), RoundKept)
    assert round_in_reach(DISTRICT, 1, survey.officer) is None
    assert waiting_for(survey.officer) == []
    gone = choose_funds(
        round=survey.round, whys={survey.group().pk: "เหตุ"}, by=survey.officer, on=survey.today
    )
    assert RoundGone(1) in refusals(gone)
    assert opened(survey.district).round.number == 2


# ---- who sees it --------------------------------------------------------------------------------


def test_a_reader_sees_the_round_and_of_it_their_own_funds(survey: CheckedDistrict) -> None:
    for who in ("officer", "field_worker", "province", "department", "auditor"):
        by = reach(getattr(survey.district.cast, who))
        assert round_in_reach(DISTRICT, 1, by) == survey.round
        assert list(rounds_in_reach(DISTRICT, by)) == [survey.round]
        seen = {fund.code for fund in state_of(survey.round, by).funds}
        assert seen == survey.district.reachable(who) & set(survey.district.codes)
    for who in ("neighbour", "chairman", "treasurer", "member", "retired"):
        by = reach(getattr(survey.district.cast, who))
        assert round_in_reach(DISTRICT, 1, by) is None
        assert list(rounds_in_reach(DISTRICT, by)) == []


def test_every_deed_of_a_round_leaves_one_line(survey: CheckedDistrict) -> None:
    survey.confirm(survey.group())
    deeds = list(
        AuditLine.objects.filter(subject__startswith="survey round").values_list("deed", flat=True)
    )
    assert deeds == ["open_survey_round", "confirm_snapshot"]
    assert Round.objects.count() == 1


def test_a_fund_that_could_not_be_reached_is_not_chosen(survey: CheckedDistrict) -> None:
    group = survey.group()
    note_not_reached(round=survey.round, group=group, words="น้ำท่วม", by=survey.officer)
    done = choose_funds(
        round=survey.round, whys={group.pk: "หยุดสามปี"}, by=survey.officer, on=survey.today
    )
    assert refusals(done) == [NotCheckedYet(group.name)]
    assert not Choice.objects.exists()


def test_nothing_of_a_round_is_done_before_it_was_opened(survey: CheckedDistrict) -> None:
    before = survey.round.opened_on - timedelta(days=1)
    for place in (0, 1, 2, 3):
        survey.confirm(survey.group(place))
    early = BeforeItOpened(before, survey.round.opened_on)
    assert refusals(lock_round(round=survey.round, by=survey.officer, on=before)) == [early]
    chosen = choose_funds(
        round=survey.round, whys={survey.group().pk: "ขอมา"}, by=survey.officer, on=before
    )
    assert refusals(chosen) == [early]


def test_a_figure_left_empty_at_the_village_is_neither_right_nor_otherwise(
    survey: CheckedDistrict,
) -> None:
    group = survey.group()
    survey.confirm(group, bank=None)
    checked = survey.checked(group)
    assert checked.differences == ()
    assert checked.not_looked_at == ("bank",)
    assert survey.checked(survey.group(1)).not_looked_at == ()  # nobody was there yet
