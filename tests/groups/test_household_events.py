"""What happens to a household, who answers for its debt then, and whose own household it is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from groups.village import keeper, kinds, reach_for, refused, three_households
from kongthun.accounts.models import Role
from kongthun.audit.models import AuditLine
from kongthun.groups.actions import (
    EventRecorded,
    EventTakenBack,
    ListedHousehold,
    add_household_member,
    keep_members,
    record_household_event,
    withdraw_household_event,
)
from kongthun.groups.models import (
    Group,
    HouseholdEvent,
    HouseholdEventKind,
    HouseholdMember,
    Membership,
    Relation,
)
from kongthun.groups.queries.households import (
    answering_member,
    household_states,
    last_of,
    people_of,
)
from kongthun.groups.refusals import (
    AlreadyAway,
    AlreadyDead,
    AlreadyListed,
    EventUnknown,
    EventWithdrawn,
    HeadMovesOut,
    KnownBeforeItHappened,
    MergedIntoItself,
    NotAway,
    NotListed,
    NotLivingThere,
    NotOnTheList,
    OtherHouseholdMissing,
    PersonMissing,
    SplitStands,
)

pytestmark = pytest.mark.django_db
Kind = HouseholdEventKind
ON = date(2025, 3, 1)
NEXT_DAY = ON + timedelta(days=1)


@pytest.fixture
def group() -> Group:
    return three_households()


def happens(group: Group, kind: Kind, number: int = 1, *, on: date = ON, **other: Any) -> Any:  # noqa: ANN401
    said: dict[str, Any] = {"known_on": on, "by": keeper(group)}
    return record_household_event(group=group, number=number, kind=kind, on=on, **(said | other))


def takes_back(group: Group, number: int, note: str = "ถามผู้ใหญ่บ้านแล้ว") -> Any:  # noqa: ANN401
    return withdraw_household_event(group=group, number=number, note=note, by=keeper(group))


def lives(group: Group, name: str, number: int = 1, relation: Relation = Relation.CHILD) -> int:
    done = add_household_member(
        group=group,
        number=number,
        name=name,
        relation=relation,
        starts_on=date(2010, 1, 1),
        by=keeper(group),
    )
    return done.stay  # type: ignore[union-attr]


def head_of(group: Group, number: int = 1) -> str:
    return Membership.objects.get(group=group, number=number).household.head.name_key


# ---- death and the head --------------------------------------------------------------------------


def test_a_death_is_of_a_day_and_known_on_another(group: Group) -> None:
    head = Membership.objects.get(group=group, number=1).person_id
    done = happens(
        group, Kind.DEATH, person_id=head, known_on=date(2025, 5, 9), words=" ที่โรงพยาบาล "
    )
    assert done == EventRecorded(1)
    event = HouseholdEvent.objects.get(group=group, number=1)
    assert (event.happened_on, event.known_on) == (ON, date(2025, 5, 9))
    assert (event.person_id, event.member_number, event.words) == (head, 1, "ที่โรงพยาบาล")
    assert answering_member(group.pk, 1, NEXT_DAY) == 1  # the debt stays; heirs answer


def test_a_death_needs_to_say_whose(group: Group) -> None:
    assert refused(happens(group, Kind.DEATH)) == [PersonMissing("death")]
    stranger = Membership.objects.get(group=group, number=2).person_id
    assert refused(happens(group, Kind.DEATH, person_id=stranger)) == [NotLivingThere(1)]


def test_nobody_dies_twice(group: Group) -> None:
    assert happens(group, Kind.DEATH, name="มาลี ใจดี") == EventRecorded(1)
    assert refused(happens(group, Kind.DEATH, name="นางมาลี ใจดี")) == [AlreadyDead(1)]
    assert takes_back(group, 1) == EventTakenBack(1)
    assert happens(group, Kind.DEATH, name="นางมาลี ใจดี") == EventRecorded(2)


def test_somebody_the_registers_did_not_know_may_die(group: Group) -> None:
    assert happens(group, Kind.DEATH, name="นายเฒ่า ใจดี") == EventRecorded(1)
    assert "เฒ่า ใจดี" in people_of(group.pk, 1, ON)
    assert "เฒ่า ใจดี" not in people_of(group.pk, 1, NEXT_DAY)


def test_a_new_head_takes_over_on_the_day_and_the_paper_does_not_undo_it(group: Group) -> None:
    lives(group, "นายประเสริฐ ใจดี")
    assert happens(group, Kind.NEW_HEAD, name="ประเสริฐ ใจดี") == EventRecorded(1)
    assert head_of(group) == "ประเสริฐ ใจดี"
    renamed = ListedHousehold(1, "นางมาลี ใจงาม", "1/1", 4, None, (None, None, None))
    keep_members(group, [renamed])  # the same paper, a surname put right
    assert head_of(group) == "ประเสริฐ ใจดี"
    assert takes_back(group, 1) == EventTakenBack(1)
    assert head_of(group) == "มาลี ใจงาม"


def test_the_head_of_a_later_day_stays_when_an_earlier_one_is_learned_of_late(
    group: Group,
) -> None:
    happens(group, Kind.NEW_HEAD, name="นายหลัง ใจดี", on=date(2025, 6, 1))
    happens(group, Kind.NEW_HEAD, name="นายก่อน ใจดี", on=date(2024, 6, 1))
    assert head_of(group) == "หลัง ใจดี"
    takes_back(group, 1)
    assert head_of(group) == "ก่อน ใจดี"


def test_the_dead_do_not_become_head(group: Group) -> None:
    lives(group, "นายประเสริฐ ใจดี")
    happens(group, Kind.DEATH, name="ประเสริฐ ใจดี")
    head = happens(group, Kind.NEW_HEAD, name="ประเสริฐ ใจดี", on=NEXT_DAY)
    assert refused(head) == [AlreadyDead(1)]


# ---- moving away and leaving ---------------------------------------------------------------------


def test_a_household_moves_away_and_comes_back(group: Group) -> None:
    assert refused(happens(group, Kind.CAME_BACK)) == [NotAway()]
    happens(group, Kind.MOVED_AWAY)
    assert refused(happens(group, Kind.MOVED_AWAY, on=NEXT_DAY)) == [AlreadyAway(ON)]
    assert not household_states(group.pk, ON)[1].is_on_list
    assert answering_member(group.pk, 1, NEXT_DAY) == 1
    happens(group, Kind.CAME_BACK, on=date(2025, 9, 1))
    assert household_states(group.pk, date(2025, 9, 1))[1].is_on_list
    assert not household_states(group.pk, date(2025, 8, 31))[1].is_on_list


def test_a_household_leaves_the_list_once(group: Group) -> None:
    happens(group, Kind.LEFT_LIST)
    assert refused(happens(group, Kind.LEFT_LIST, on=NEXT_DAY)) == [NotOnTheList(1, None)]
    # A death is still written down: the contracts are still open.
    assert happens(group, Kind.DEATH, name="มาลี ใจดี", on=NEXT_DAY) == EventRecorded(2)
    assert answering_member(group.pk, 1, NEXT_DAY) == 1


# ---- merging and splitting -----------------------------------------------------------------------


def test_a_merged_households_debt_is_answered_for_by_the_one_it_joined(group: Group) -> None:
    assert happens(group, Kind.MERGED, other_number=2) == EventRecorded(1)
    assert answering_member(group.pk, 1, ON - timedelta(days=1)) == 1
    assert answering_member(group.pk, 1, ON) == 2
    happens(group, Kind.MERGED, 2, other_number=3, on=NEXT_DAY)
    assert answering_member(group.pk, 1, ON) == 2
    assert answering_member(group.pk, 1, NEXT_DAY) == 3
    assert answering_member(group.pk, 3, NEXT_DAY) == 3


def test_one_debt_is_everybodys_own_in_a_merged_household(group: Group) -> None:
    lives(group, "นายประเสริฐ ใจดี")
    happens(group, Kind.MERGED, other_number=2)
    everybody = {"มาลี ใจดี", "ประเสริฐ ใจดี", "สมชาย ทองขาว"}
    assert people_of(group.pk, 1, ON) == people_of(group.pk, 2, ON) == everybody
    assert people_of(group.pk, 2, ON - timedelta(days=1)) == {"สมชาย ทองขาว"}


def test_the_people_of_a_merged_household_are_among_those_of_the_one_it_joined(
    group: Group,
) -> None:
    stay = lives(group, "นายประเสริฐ ใจดี")
    happens(group, Kind.MERGED, other_number=2)
    head = Membership.objects.get(group=group, number=1).person_id
    assert happens(group, Kind.DEATH, 2, on=NEXT_DAY, person_id=head) == EventRecorded(2)
    assert refused(happens(group, Kind.DEATH, 2, on=NEXT_DAY, name="มาลี ใจดี")) == [AlreadyDead(2)]
    done = happens(group, Kind.SPLIT, 2, on=NEXT_DAY, name="ประเสริฐ ใจดี")
    assert done == EventRecorded(3, new_member_number=4)
    assert HouseholdMember.objects.get(pk=stay).ends_on == NEXT_DAY
    assert people_of(group.pk, 4, NEXT_DAY) == {"ประเสริฐ ใจดี"}
    # Before the merger they are not.
    before = happens(group, Kind.DEATH, 2, on=date(2024, 1, 1), person_id=head)
    assert refused(before) == [NotLivingThere(2)]


def test_a_merger_taken_back_gives_the_debt_back(group: Group) -> None:
    happens(group, Kind.MERGED, other_number=2)
    takes_back(group, 1)
    assert answering_member(group.pk, 1, NEXT_DAY) == 1
    assert people_of(group.pk, 2, NEXT_DAY) == {"สมชาย ทองขาว"}


def test_mergers_never_run_in_a_circle(group: Group) -> None:
    assert refused(happens(group, Kind.MERGED)) == [OtherHouseholdMissing()]
    assert refused(happens(group, Kind.MERGED, other_number=1)) == [MergedIntoItself(1)]
    assert refused(happens(group, Kind.MERGED, other_number=8)) == [NotListed(8)]
    happens(group, Kind.MERGED, other_number=2)
    # On an earlier day nothing has merged yet, and still the circle would close on the next.
    earlier = happens(group, Kind.MERGED, 2, other_number=1, on=date(2024, 1, 1))
    assert refused(earlier) == [MergedIntoItself(1)]
    assert refused(happens(group, Kind.MERGED, 3, other_number=1)) == [NotOnTheList(1, 2)]


def test_following_mergers_comes_to_an_end_even_in_a_circle_of_the_tables() -> None:
    assert last_of(1, {1: 2, 2: 1}) == 2
    assert last_of(1, {1: 1}) == 1


def test_a_merged_household_has_no_more_events_of_its_own(group: Group) -> None:
    happens(group, Kind.MERGED, other_number=2)
    for kind in (Kind.DEATH, Kind.MOVED_AWAY, Kind.SPLIT, Kind.LEFT_LIST, Kind.MERGED):
        done = happens(group, kind, on=NEXT_DAY, name="นายใหม่ ใจดี", other_number=3)
        assert refused(done) == [NotOnTheList(1, 2)], kind
    # What happened before is still written down.
    assert happens(group, Kind.DEATH, on=date(2025, 1, 1), name="มาลี ใจดี") == EventRecorded(2)
    # But not another end.
    twice = happens(group, Kind.MERGED, other_number=3, on=date(2025, 1, 1))
    assert refused(twice) == [NotOnTheList(1, 2)]


def test_a_split_makes_a_household_that_begins_without_debt(group: Group) -> None:
    lives(group, "นายประเสริฐ ใจดี")
    child = lives(group, "เด็กหญิงมะลิ ใจดี")
    lives(group, "นายคงอยู่ ใจดี")
    done = happens(group, Kind.SPLIT, name="นายประเสริฐ ใจดี", moving=[child], house_number="1/2")
    assert done == EventRecorded(1, new_member_number=4)
    assert answering_member(group.pk, 1, NEXT_DAY) == 1
    assert answering_member(group.pk, 4, NEXT_DAY) == 4
    assert people_of(group.pk, 4, NEXT_DAY) == {"ประเสริฐ ใจดี", "มะลิ ใจดี"}
    assert people_of(group.pk, 1, NEXT_DAY) == {"มาลี ใจดี", "คงอยู่ ใจดี"}
    assert "มะลิ ใจดี" in people_of(group.pk, 1, ON)  # on the day itself in both
    new = Membership.objects.select_related("household").get(group=group, number=4)
    assert (new.household.house_number, new.household_size) == ("1/2", 2)
    assert HouseholdEvent.objects.get(group=group, number=1).other_member_number == 4


def test_only_who_lives_there_moves_out_with_a_split(group: Group) -> None:
    elsewhere = lives(group, "นายประเสริฐ ทองขาว", 2)
    done = happens(group, Kind.SPLIT, name="นายใหม่ ใจดี", moving=[elsewhere])
    assert refused(done) == [NotLivingThere(1)]
    assert Membership.objects.filter(group=group).count() == 3
    assert HouseholdMember.objects.get(pk=elsewhere).ends_on is None


def test_the_head_does_not_split_off_before_there_is_another(group: Group) -> None:
    lives(group, "นายประเสริฐ ใจดี")
    assert refused(happens(group, Kind.SPLIT, name="มาลี ใจดี")) == [HeadMovesOut()]
    as_head = lives(group, "นางมาลี ใจดี", relation=Relation.HEAD)
    along = happens(group, Kind.SPLIT, name="ประเสริฐ ใจดี", moving=[as_head])
    assert refused(along) == [HeadMovesOut()]
    happens(group, Kind.NEW_HEAD, name="ประเสริฐ ใจดี")
    split = happens(group, Kind.SPLIT, name="มาลี ใจดี", house_number="1/9")
    assert split == EventRecorded(2, new_member_number=4)


def test_one_split_is_not_recorded_twice(group: Group) -> None:
    lives(group, "นายประเสริฐ ใจดี")
    for name, refusals in (
        ("นายประเสริฐ ใจดี", [NotLivingThere(1), AlreadyListed(4)]),
        ("นายใหม่ ใจดี", [AlreadyListed(5)]),  # of whom nothing was written down before
    ):
        assert isinstance(happens(group, Kind.SPLIT, name=name, house_number="7"), EventRecorded)
        again = happens(group, Kind.SPLIT, name=name, house_number="7")
        assert refused(again) == refusals


def test_a_split_is_not_taken_back_but_merged_back(group: Group) -> None:
    happens(group, Kind.SPLIT, name="นายใหม่ ใจดี")
    assert refused(takes_back(group, 1)) == [SplitStands(1, 4)]
    happens(group, Kind.MERGED, 4, other_number=1, on=NEXT_DAY)
    assert answering_member(group.pk, 4, NEXT_DAY) == 1


# ---- days, taking back, who may ------------------------------------------------------------------


def test_nobody_knows_before_it_happened_and_nothing_happens_tomorrow(group: Group) -> None:
    early = happens(group, Kind.MOVED_AWAY, known_on=ON - timedelta(days=1))
    assert refused(early) == [KnownBeforeItHappened(ON, ON - timedelta(days=1))]
    tomorrow = keeper(group).day + timedelta(days=1)
    assert kinds(happens(group, Kind.MOVED_AWAY, on=tomorrow)) == ["InTheFuture", "InTheFuture"]


def test_taking_back_keeps_the_event_readable_and_says_how_it_is_known(group: Group) -> None:
    happens(group, Kind.MOVED_AWAY)
    assert kinds(takes_back(group, 1, note=" ")) == ["NoteMissing"]
    assert takes_back(group, 1) == EventTakenBack(1)
    event = HouseholdEvent.objects.get(group=group, number=1)
    assert event.withdrawn_at is not None
    assert event.withdrawn_note == "ถามผู้ใหญ่บ้านแล้ว"
    assert 1 not in household_states(group.pk, NEXT_DAY)
    assert refused(takes_back(group, 1)) == [EventWithdrawn(1)]
    assert refused(takes_back(group, 9)) == [EventUnknown(9)]
    assert AuditLine.objects.filter(deed="withdraw_household_event").count() == 1


@pytest.mark.parametrize("role", [Role.CHAIRMAN, Role.AUDITOR, Role.DEPARTMENT])
def test_who_keeps_no_lists_records_no_events(group: Group, role: Role) -> None:
    by = reach_for(role, group)
    assert kinds(happens(group, Kind.MOVED_AWAY, by=by)) == ["NotEntitled"]
    happens(group, Kind.MOVED_AWAY)
    done = withdraw_household_event(group=group, number=1, note="ดูแล้ว", by=by)
    assert kinds(done) == ["NotEntitled"]


def test_an_event_of_no_household_is_refused(group: Group) -> None:
    assert refused(happens(group, Kind.MOVED_AWAY, 9)) == [NotListed(9)]
    assert people_of(group.pk, 9, ON) == set()


def test_whose_own_household_it_is_is_asked_in_four_statements(
    group: Group,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    with django_assert_num_queries(4):
        people_of(group.pk, 1, ON)
    for number in (1, 2):
        for name in ("นายหนึ่ง ใจดี", "นายสอง ใจดี", "นายสาม ใจดี"):
            lives(group, name, number)
    happens(group, Kind.MERGED, other_number=2)
    with django_assert_num_queries(4):
        assert len(people_of(group.pk, 1, ON)) == 5
    with django_assert_num_queries(1):
        answering_member(group.pk, 1, ON)
