"""Committee terms: adding, putting right, and who is in force on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from groups.village import keeper, kinds, reach_for, refused, three_households
from kongthun.accounts.models import Role
from kongthun.audit.models import AuditLine
from kongthun.groups.actions import (
    ListedTerm,
    TermAdded,
    TermCorrected,
    add_term,
    correct_term,
    keep_committee,
)
from kongthun.groups.models import CommitteePosition, CommitteeTerm, Group
from kongthun.groups.queries.committee import in_force_terms, latest_of, standing_terms
from kongthun.groups.refusals import NothingCorrected, TermTwice, TermUnknown, TermWithdrawn

pytestmark = pytest.mark.django_db
STARTS = date(2022, 3, 1)
ENDS = date(2026, 2, 28)


@pytest.fixture
def group() -> Group:
    return three_households()


def said(**other: Any) -> dict[str, Any]:  # noqa: ANN401
    first: dict[str, Any] = {
        "set_number": 2,
        "name": "นายสมหมาย ทองขาว",
        "position": CommitteePosition.CHAIRMAN,
        "starts_on": STARTS,
        "ends_on": ENDS,
    }
    return first | other


def joins(group: Group, **other: Any) -> Any:  # noqa: ANN401
    return add_term(group=group, **({"by": keeper(group)} | said(**other)))


def put_right(group: Group, number: int = 1, **other: Any) -> Any:  # noqa: ANN401
    more = {"by": keeper(group), "note": "เทียบกับรายงานการประชุมแล้ว"}
    return correct_term(group=group, number=number, **(more | said(**other)))


def in_force(group: Group, day: date, years: int | None = 4) -> list[int]:
    return [term.number for term in in_force_terms(group.pk, day, years=years)]


def test_a_term_counts_from_its_first_day_to_its_last(group: Group) -> None:
    assert joins(group) == TermAdded(1)
    term = CommitteeTerm.objects.get(group=group, number=1)
    assert term.position_words == "ประธาน"
    assert term.recorded_by_id is not None
    assert in_force(group, STARTS - timedelta(days=1)) == []
    assert in_force(group, STARTS) == in_force(group, ENDS) == [1]
    assert in_force(group, ENDS + timedelta(days=1)) == []
    assert AuditLine.objects.get(deed="add_term").subject == "committee term 1"


def test_a_term_without_a_last_day_ends_with_the_years_of_the_rules(group: Group) -> None:
    joins(group, ends_on=None)
    assert in_force(group, date(2026, 2, 28)) == [1]
    assert in_force(group, date(2026, 3, 1)) == []
    assert in_force(group, date(2036, 3, 1), years=None) == [1]


def test_a_term_without_a_first_day_was_in_force_from_always(group: Group) -> None:
    joins(group, starts_on=None)
    joins(group, starts_on=None, ends_on=None, name="นางเปิด ใจดี")
    assert in_force(group, date(1990, 1, 1)) == [1, 2]
    assert in_force(group, date(2030, 1, 1)) == [2]


def test_a_correction_stands_beside_what_it_puts_right(group: Group) -> None:
    joins(group)
    assert put_right(group, ends_on=date(2024, 1, 31)) == TermCorrected(2, 1)
    wrong, right = CommitteeTerm.objects.filter(group=group).order_by("number")
    assert wrong.withdrawn_at is not None
    assert wrong.ends_on == ENDS  # as it was written
    assert (right.corrects, right.ends_on) == (1, date(2024, 1, 31))
    assert right.correction_note == "เทียบกับรายงานการประชุมแล้ว"
    assert right.person_id == wrong.person_id
    assert in_force(group, date(2025, 1, 1)) == []
    assert in_force(group, date(2024, 1, 31)) == [2]
    assert list(standing_terms(group.pk)) == [right]
    assert AuditLine.objects.get(deed="correct_term").details["corrects"] == 1


def test_corrections_of_corrections_are_followed_to_the_end(group: Group) -> None:
    joins(group)
    put_right(group, 1, ends_on=date(2024, 1, 31))
    put_right(group, 2, ends_on=date(2025, 1, 31))
    latest = latest_of(group.pk, 1)
    assert latest is not None
    assert latest == latest_of(group.pk, 2) == latest_of(group.pk, 3)
    assert (latest.number, latest.ends_on) == (3, date(2025, 1, 31))
    assert latest_of(group.pk, 9) is None


def test_somebody_else_may_have_held_the_term(group: Group) -> None:
    joins(group)
    put_right(group, name="นายสมหวัง ทองขาว")
    latest = latest_of(group.pk, 1)
    assert latest is not None
    assert latest.person.name_key == "สมหวัง ทองขาว"
    assert CommitteeTerm.objects.get(group=group, number=1).person.name_key == "สมหมาย ทองขาว"


def test_what_was_put_right_is_put_right_where_it_stands(group: Group) -> None:
    joins(group)
    put_right(group, ends_on=date(2024, 1, 31))
    assert refused(put_right(group, 1, ends_on=date(2023, 1, 31))) == [TermWithdrawn(1, 2)]
    assert refused(put_right(group, 9, name="นายอื่น ใจดี")) == [TermUnknown(9)]
    assert refused(put_right(group, 2, ends_on=date(2024, 1, 31))) == [NothingCorrected(2)]
    assert kinds(put_right(group, 2, note="")) == ["NoteMissing"]


def test_the_same_term_is_not_added_twice_but_may_be_put_right(group: Group) -> None:
    joins(group)
    assert refused(joins(group, name="สมหมาย ทองขาว", ends_on=None)) == [TermTwice(1)]
    assert joins(group, set_number=3) == TermAdded(2)
    assert put_right(group, 1, ends_on=None) == TermCorrected(3, 1)


def test_what_is_wrong_with_a_term_is_said_all_together(group: Group) -> None:
    tomorrow = keeper(group).day + timedelta(days=1)
    wrong = joins(
        group,
        name="",
        starts_on=tomorrow,
        ends_on=STARTS,
        by=reach_for(Role.TREASURER, group),
    )
    assert kinds(wrong) == ["NotEntitled", "InTheFuture", "EndsBeforeItStarts", "NameMissing"]
    assert not CommitteeTerm.objects.exists()


def test_a_chairman_does_not_write_the_committee_down(group: Group) -> None:
    joins(group)
    by = reach_for(Role.CHAIRMAN, group)
    assert kinds(joins(group, by=by, set_number=3)) == ["NotEntitled"]
    assert kinds(put_right(group, by=by, ends_on=None)) == ["NotEntitled"]


def on_paper(group: Group, *terms: ListedTerm) -> None:
    keep_committee(group, terms)


def test_the_paper_does_not_bring_back_what_was_put_right(group: Group) -> None:
    listed = ListedTerm(2, "นายสมหมาย ทองขาว", "ประธาน", STARTS, ENDS)
    on_paper(group, listed)
    put_right(group, ends_on=date(2024, 1, 31))
    on_paper(group, listed)
    assert [term.number for term in standing_terms(group.pk)] == [2]


def test_new_terms_of_the_paper_follow_all_numbers_that_were_given(group: Group) -> None:
    on_paper(group, ListedTerm(2, "นายสมหมาย ทองขาว", "ประธาน", STARTS, ENDS))
    put_right(group, ends_on=date(2024, 1, 31))
    put_right(group, 2, ends_on=date(2024, 2, 28))
    on_paper(group, ListedTerm(2, "นางสุนีย์ แก้วเกตุ", "เหรัญญิก", STARTS, ENDS))
    assert sorted(term.number for term in standing_terms(group.pk)) == [3, 4]


def test_who_is_in_force_is_asked_in_one_statement(
    group: Group,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    for name in ("นายหนึ่ง ใจดี", "นายสอง ใจดี", "นายสาม ใจดี"):
        joins(group, name=name)
    with django_assert_num_queries(1):
        terms = in_force_terms(group.pk, STARTS, years=4)
        assert len({term.person.name_key for term in terms}) == 3
    with django_assert_num_queries(1):
        latest_of(group.pk, 1)
