"""One person under several rows is found and proposed; people decide, nothing merges by itself."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from five.occupation_group import VILLAGE, OccupationGroup, founded_group
from kongthun.accounts.reach import Deed, NotEntitled, Reach
from kongthun.audit.models import AuditLine
from kongthun.groups.actions import add_household, add_household_member, add_term
from kongthun.groups.actions.households import HouseholdAdded
from kongthun.groups.actions.pairs import PairDecided, PairTakenBack, decide_pair, withdraw_pair
from kongthun.groups.models import (
    CommitteePosition,
    Group,
    HouseholdMember,
    Membership,
    Person,
    PersonPair,
    Relation,
)
from kongthun.groups.pair_refusals import (
    AlreadyDecided,
    NotBothKnown,
    NotDone,
    PairRefusal,
    PairUnknown,
    PairWithdrawn,
    SamePersonTwice,
    SpeaksAgainst,
)
from kongthun.groups.pair_wording import refusal_in_thai
from kongthun.groups.queries.pairs import (
    Decided,
    Likeness,
    PairToLookAt,
    decided_pairs,
    memberships_of_person,
    pairs_to_look_at,
    same_person_ids,
)
from kongthun.groups.queries.pairs import _ones as ones_of
from kongthun.groups.refusals import NoteMissing

pytestmark = pytest.mark.django_db
HOW = "ถามเจ้าตัวแล้ว"


@pytest.fixture
def weavers() -> OccupationGroup:
    """Eight members, of whom five sit on the committee: each of these under two rows."""
    return founded_group()


@pytest.fixture
def savers(weavers: OccupationGroup) -> OccupationGroup:
    """A second group of the same village and the same people, under the same field worker."""
    other = founded_group(kind="saving_group", name="กลุ่มออมทรัพย์บ้านในไร่")
    assert other.group.area_code == weavers.group.area_code
    return other


def joined(of: OccupationGroup, name: str, house: str = "99") -> Person:
    """The person of somebody newly put on the list."""
    added = add_household(
        group=of.group,
        name=name,
        house_number=house,
        size=None,
        income_before=None,
        on=date(2025, 1, 1),
        by=of.field_worker,
    )
    assert isinstance(added, HouseholdAdded), added
    return (
        Membership.objects.select_related("person").get(group=of.group, number=added.number).person
    )


def of_name(pairs: list[PairToLookAt], name: str) -> list[PairToLookAt]:
    return [
        pair
        for pair in pairs
        if name in {pair.first.person.first_name, pair.second.person.first_name}
    ]


def waiting(of: OccupationGroup, name: str, by: Reach | None = None) -> list[PairToLookAt]:
    return of_name(pairs_to_look_at(of.group.area_code, by or of.field_worker), name)


def decided(of: OccupationGroup, pair: PairToLookAt, is_same: bool) -> int:
    done = decide_pair(
        group=of.group,
        first=pair.first.person.pk,
        second=pair.second.person.pk,
        is_same=is_same,
        note=HOW,
        by=of.field_worker,
    )
    assert isinstance(done, PairDecided), done
    return done.pair


def refused(done: object) -> list[PairRefusal]:
    assert isinstance(done, NotDone), done
    assert [refusal_in_thai(refusal) for refusal in done.refusals]
    return list(done.refusals)


# ---- what is proposed ----------------------------------------------------------------------------


def test_a_member_on_the_committee_is_proposed_as_one_person(weavers: OccupationGroup) -> None:
    pairs = pairs_to_look_at(VILLAGE, weavers.treasurer)
    assert len(pairs) == 5
    (pair,) = of_name(pairs, "ประจวบ")
    assert pair.likeness == Likeness.SAME
    assert not pair.twice_in_one_group
    told = [
        (at.role, at.number, at.house_number)
        for side in (pair.first, pair.second)
        for at in side.known
    ]
    assert told == [("member", 2, "2"), ("committee", 2, "")]


def test_a_slip_of_a_tone_mark_and_another_title_are_near(weavers: OccupationGroup) -> None:
    joined(weavers, "นางปรียา จันทร์แจม")
    joined(weavers, "นางสมพร แซ่ลิ้ม")
    (near,) = waiting(weavers, "ปรียา")
    assert near.likeness == Likeness.NEAR
    (same,) = waiting(weavers, "สมพร")
    assert (same.likeness, same.twice_in_one_group) == (Likeness.SAME, True)


def test_other_names_are_not_proposed(weavers: OccupationGroup) -> None:
    joined(weavers, "นางลำไย สุขสวัสดี")
    assert len(waiting(weavers, "ลำไย")) == 1  # as member and committee member only


def test_people_of_two_groups_are_proposed_to_who_keeps_both(
    weavers: OccupationGroup, savers: OccupationGroup
) -> None:
    (pair,) = waiting(weavers, "เตือนใจ")
    assert {at.group.pk for side in (pair.first, pair.second) for at in side.known} == {
        weavers.group.pk,
        savers.group.pk,
    }
    assert waiting(weavers, "เตือนใจ", weavers.treasurer) == []


def test_people_living_in_a_household_are_among_them(weavers: OccupationGroup) -> None:
    add_household_member(
        group=weavers.group,
        number=7,
        name="นายสมพร แซ่ลิ้ม",
        relation=Relation.OTHER,
        starts_on=None,
        by=weavers.field_worker,
    )
    (pair,) = waiting(weavers, "สมพร")
    assert [at.role for at in pair.second.known] == ["household"]


def test_a_person_of_another_village_is_not_proposed(weavers: OccupationGroup) -> None:
    before = len(pairs_to_look_at(VILLAGE, weavers.field_worker))
    far = Group.objects.create(code="x", kind="saving_group", area_code="80160102", name="ไกล")
    far_off = OccupationGroup(**{**vars(weavers), "group": far})
    joined(far_off, "นายสมพร แซ่ลิ้ม")
    assert len(pairs_to_look_at(VILLAGE, weavers.field_worker)) == before


# ---- deciding ------------------------------------------------------------------------------------


def test_deciding_touches_neither_row_and_takes_the_pair_off_the_list(
    weavers: OccupationGroup,
) -> None:
    people = list(Person.objects.order_by("pk").values())
    terms = list(weavers.group.committee_terms.order_by("number").values())
    (pair,) = waiting(weavers, "ประจวบ")
    number = decided(weavers, pair, is_same=True)
    assert list(Person.objects.order_by("pk").values()) == people
    assert list(weavers.group.committee_terms.order_by("number").values()) == terms
    assert waiting(weavers, "ประจวบ") == []
    stored = PersonPair.objects.get(pk=number)
    assert (stored.is_same, stored.note, stored.area_code) == (True, HOW, VILLAGE)
    line = AuditLine.objects.get(deed="decide_pair")
    assert line.subject == f"pair {number}"
    assert "ประจวบ" not in str(line.details)


def test_of_three_alike_one_pair_is_shown_at_a_time_until_all_are_decided(
    weavers: OccupationGroup,
) -> None:
    first = Membership.objects.get(group=weavers.group, number=8).person
    second = joined(weavers, "นายสมพร แซ่ลิ้ม", "50")
    third = joined(weavers, "นายสมพร แซ่ลิ้ม", "51")
    shown = waiting(weavers, "สมพร")
    assert [(p.first.person, p.second.person) for p in shown] == [(first, second), (first, third)]
    decided(weavers, shown[0], is_same=False)
    decided(weavers, shown[1], is_same=False)
    (last,) = waiting(weavers, "สมพร")
    assert (last.first.person, last.second.person) == (second, third)
    decided(weavers, last, is_same=True)
    assert waiting(weavers, "สมพร") == []


@pytest.mark.usefixtures("savers")
def test_who_is_one_with_two_makes_the_three_one(weavers: OccupationGroup) -> None:
    shown = waiting(weavers, "อุไร")  # four rows: member and committee of two groups
    assert len(shown) == 3
    for pair in shown:
        decided(weavers, pair, is_same=True)
    everybody = {p.person.pk for pair in shown for p in (pair.first, pair.second)}
    assert len(everybody) == 4
    for one in everybody:
        assert same_person_ids([one]) == {one: frozenset(everybody)}


def test_a_members_page_can_list_all_their_groups(
    weavers: OccupationGroup, savers: OccupationGroup
) -> None:
    (pair,) = waiting(weavers, "เตือนใจ")
    person = pair.first.person.pk
    alone = memberships_of_person(person, weavers.field_worker)
    assert len(alone) == 1
    decided(weavers, pair, is_same=True)
    with CaptureQueriesContext(connection) as taken:
        rows = memberships_of_person(person, weavers.field_worker)
    assert len(taken) == 2
    assert [(row.group.name, row.number, row.household.house_number) for row in rows] == [
        (weavers.group.name, 6, "6"),
        (savers.group.name, 6, "6"),
    ]
    assert len(memberships_of_person(person, weavers.treasurer)) == 1
    assert memberships_of_person(person, weavers.member) == []


def test_a_decision_taken_back_counts_no_more_and_stays_readable(
    weavers: OccupationGroup,
) -> None:
    (pair,) = waiting(weavers, "ประจวบ")
    number = decided(weavers, pair, is_same=True)
    done = withdraw_pair(group=weavers.group, pair=number, note="พ่อกับลูก", by=weavers.treasurer)
    assert done == PairTakenBack(number)
    assert waiting(weavers, "ประจวบ") == [pair]
    assert decided_pairs(VILLAGE, weavers.treasurer) == []
    stored = PersonPair.objects.get(pk=number)
    assert stored.withdrawn_note == "พ่อกับลูก"
    decided(weavers, pair, is_same=False)
    assert PersonPair.objects.count() == 2


# ---- why not -------------------------------------------------------------------------------------


def deciding(of: OccupationGroup, first: int, second: int, **other: object) -> object:
    said = {"is_same": True, "note": HOW, "by": of.treasurer} | other
    return decide_pair(group=of.group, first=first, second=second, **said)  # type: ignore[arg-type]


@pytest.mark.parametrize("who", ["chairman", "member", "stranger"])
def test_only_who_keeps_the_lists_decides(weavers: OccupationGroup, who: str) -> None:
    (pair,) = waiting(weavers, "ประจวบ")
    by: Reach = getattr(weavers, who)
    done = deciding(weavers, pair.first.person.pk, pair.second.person.pk, by=by)
    assert refused(done)[0] == NotEntitled(Deed.KEEP_LISTS, by.day)
    number = decided(weavers, pair, is_same=True)
    back = withdraw_pair(group=weavers.group, pair=number, note=HOW, by=by)
    assert refused(back)[0] == NotEntitled(Deed.KEEP_LISTS, by.day)
    assert PersonPair.objects.get().withdrawn_at is None


def test_all_that_is_wrong_is_said_together(weavers: OccupationGroup) -> None:
    person = Membership.objects.get(group=weavers.group, number=1).person_id
    done = deciding(weavers, person, person, note=" ")
    assert refused(done) == [SamePersonTwice(), NoteMissing()]


@pytest.mark.usefixtures("savers")
def test_somebody_out_of_reach_can_not_be_decided_on(weavers: OccupationGroup) -> None:
    (pair,) = waiting(weavers, "เตือนใจ")
    both = (pair.first.person.pk, pair.second.person.pk)
    assert refused(deciding(weavers, *both)) == [NotBothKnown()]
    assert refused(deciding(weavers, both[0], 999_999)) == [NotBothKnown()]
    number = decided(weavers, pair, is_same=True)
    back = withdraw_pair(group=weavers.group, pair=number, note=HOW, by=weavers.treasurer)
    assert refused(back) == [PairUnknown(number)]


def test_a_pair_is_decided_once_whichever_is_named_first(weavers: OccupationGroup) -> None:
    (pair,) = waiting(weavers, "ประจวบ")
    first, second = pair.first.person.pk, pair.second.person.pk
    number = decided(weavers, pair, is_same=False)
    for is_same in (True, False):
        again = deciding(weavers, second, first, is_same=is_same)
        assert refused(again) == [AlreadyDecided(is_same=False)]
    withdraw_pair(group=weavers.group, pair=number, note=HOW, by=weavers.treasurer)
    decided(weavers, pair, is_same=True)
    again = deciding(weavers, second, first, is_same=False)
    assert refused(again) == [AlreadyDecided(is_same=True)]


def test_a_member_can_not_be_two_people(weavers: OccupationGroup) -> None:
    first = Membership.objects.get(group=weavers.group, number=8).person.pk
    second = joined(weavers, "นายสมพร แซ่ลิ้ม", "50").pk
    third = joined(weavers, "นายสมพร แซ่ลิ้ม", "51").pk
    assert isinstance(deciding(weavers, first, second), PairDecided)
    two = deciding(weavers, second, third, is_same=False)
    assert isinstance(two, PairDecided)
    assert refused(deciding(weavers, first, third)) == [SpeaksAgainst(two.pair)]
    again = deciding(weavers, first, third, is_same=False)
    assert refused(again) == [AlreadyDecided(is_same=False)]


def test_a_decision_is_taken_back_once_and_with_a_word(weavers: OccupationGroup) -> None:
    (pair,) = waiting(weavers, "ประจวบ")
    number = decided(weavers, pair, is_same=True)

    def back(note: str, pair_number: int = number) -> object:
        return withdraw_pair(group=weavers.group, pair=pair_number, note=note, by=weavers.treasurer)

    assert refused(back("")) == [NoteMissing()]
    assert refused(back(HOW, number + 1)) == [PairUnknown(number + 1)]
    assert isinstance(back(HOW), PairTakenBack)
    assert refused(back(HOW)) == [PairWithdrawn(number)]


def test_every_refusal_says_what_to_do_in_thai() -> None:
    given_ones: dict[type, PairRefusal] = {
        NotEntitled: NotEntitled(Deed.KEEP_LISTS, date(2026, 11, 22)),
        NoteMissing: NoteMissing(),
        SamePersonTwice: SamePersonTwice(),
        NotBothKnown: NotBothKnown(),
        AlreadyDecided: AlreadyDecided(is_same=True),
        SpeaksAgainst: SpeaksAgainst(1),
        PairUnknown: PairUnknown(1),
        PairWithdrawn: PairWithdrawn(1),
    }
    assert set(given_ones) == set(get_args(PairRefusal))
    words = [refusal_in_thai(refusal) for refusal in given_ones.values()]
    assert len(set(words)) == len(words)
    with pytest.raises(NotImplementedError):
        refusal_in_thai("?")  # type: ignore[arg-type]


# ---- who is one with whom ------------------------------------------------------------------------

some = st.integers(1, 8)


@given(st.lists(st.tuples(some, some).filter(lambda pair: pair[0] != pair[1]), max_size=10))
def test_being_one_goes_both_ways_and_on(pairs: list[tuple[int, int]]) -> None:
    ones = ones_of(pairs)
    assert all(ones[first] == ones[second] for first, second in pairs)
    assert all(ones[one] == one for one in ones.values())
    # Nobody is one with somebody without a chain of decisions between them.
    for person, one in ones.items():
        reached = {person}
        while more := {b for p in pairs for a, b in (p, p[::-1]) if a in reached} - reached:
            reached |= more
        assert one in reached


def test_the_row_named_first_is_the_one_that_counts() -> None:
    assert ones_of([(1, 2), (3, 1), (4, 2)]) == {1: 4, 2: 4, 3: 4, 4: 4}
    assert Decided({2: 1}, {}).one_of(2) == 1


# ---- statements ----------------------------------------------------------------------------------


def test_the_list_costs_five_statements_for_three_alike_and_for_thirty(
    weavers: OccupationGroup,
) -> None:
    for count in (3, 30):
        for each in range(count):
            person = joined(weavers, f"นายคนที่{each} ชื่อซ้ำ", f"{count}/{each}")
            add_term(
                group=weavers.group,
                set_number=count,
                name=person.name.full,
                position=CommitteePosition.MEMBER,
                starts_on=None,
                ends_on=None,
                by=weavers.field_worker,
            )
        with CaptureQueriesContext(connection) as taken:
            pairs = pairs_to_look_at(VILLAGE, weavers.field_worker)
        assert len(pairs) >= count
        assert len(taken) == 5
    assert HouseholdMember.objects.count() > 30


# ---- pages ---------------------------------------------------------------------------------------


@pytest.fixture
def treasurer(weavers: OccupationGroup, client: Client) -> Client:
    client.force_login(weavers.users["treasurer"])
    return client


def test_a_treasurer_looks_decides_and_takes_back(
    weavers: OccupationGroup, treasurer: Client
) -> None:
    start = reverse("groups:pairs", args=[weavers.code])
    words = treasurer.get(start).content.decode()
    assert "นายประจวบ  คงทอง" in words
    assert "สมาชิกเลขที่ 2 บ้านเลขที่ 2" in words
    assert "กรรมการ" in words
    (pair,) = waiting(weavers, "ประจวบ")
    two = [pair.first.person.pk, pair.second.person.pk]
    address = reverse("groups:pair_decide", args=[weavers.code, *two])
    assert treasurer.get(address).status_code == 200
    done = treasurer.post(address, {"is_same": "one", "note": HOW})
    assert done["Location"] == start
    words = treasurer.get(start).content.decode()
    assert "คนเดียวกัน" in words
    assert HOW in words
    back = reverse("groups:pair_withdraw", args=[weavers.code, PersonPair.objects.get().pk])
    assert treasurer.get(back).status_code == 200
    assert treasurer.post(back, {"note": ""}).status_code == 422
    assert treasurer.post(back, {"note": "พ่อกับลูก"})["Location"] == start
    assert PersonPair.objects.get().withdrawn_note == "พ่อกับลูก"
    assert AuditLine.objects.filter(deed="read_names", subject="people alike").count() >= 3


def test_nothing_typed_is_lost_when_it_is_refused(
    weavers: OccupationGroup, treasurer: Client
) -> None:
    (pair,) = waiting(weavers, "ประจวบ")
    two = [pair.first.person.pk, pair.second.person.pk]
    address = reverse("groups:pair_decide", args=[weavers.code, *two])
    page = treasurer.post(address, {"note": "คนบ้านเหนือ"})
    assert page.status_code == 422
    assert "คนบ้านเหนือ" in page.content.decode()
    page = treasurer.post(address, {"is_same": "two", "note": ""})
    assert page.status_code == 422
    assert "รู้ได้อย่างไร" in page.content.decode()
    treasurer.post(address, {"is_same": "two", "note": HOW})
    page = treasurer.post(address, {"is_same": "one", "note": HOW})
    assert page.status_code == 422
    assert "ตัดสินไว้แล้วว่าเป็นคนละคน" in page.content.decode()


@pytest.mark.parametrize(("who", "status"), [("chairman", 403), ("member", 403), ("stranger", 404)])
def test_nobody_else_sees_the_pages(
    weavers: OccupationGroup, client: Client, who: str, status: int
) -> None:
    (pair,) = waiting(weavers, "ประจวบ")
    number = decided(weavers, pair, is_same=True)
    two = [pair.first.person.pk, pair.second.person.pk]
    client.force_login(weavers.users[who])
    for name, more in (("pairs", []), ("pair_decide", two), ("pair_withdraw", [number])):
        address = reverse(f"groups:{name}", args=[weavers.code, *more])
        assert client.get(address).status_code == status


@pytest.mark.usefixtures("savers")
def test_two_of_whom_one_is_out_of_reach_are_not_found(
    weavers: OccupationGroup, treasurer: Client
) -> None:
    (pair,) = waiting(weavers, "เตือนใจ")
    two = [pair.first.person.pk, pair.second.person.pk]
    number = decided(weavers, pair, is_same=True)
    for name, which in (("pair_decide", two), ("pair_withdraw", [number])):
        address = reverse(f"groups:{name}", args=[weavers.code, *which])
        assert treasurer.get(address).status_code == 404
