"""Who reads names: masked above the district, shown to those who serve, and every reading noted."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from kongthun.audit.models import AuditLine
from kongthun.groups.models import Membership, Person
from kongthun.ledger.models import Entry, Fund
from kongthun.loans.models import Contract
from kongthun.loans.queries.contracts import contract_states
from reports.small_district import NEXT_DOOR, SmallDistrict, signed_in

SEES_NAMES = ("officer", "field_worker", "chairman", "treasurer", "auditor")
SEES_NO_NAMES = ("province", "department")


def borrower(fund: Fund) -> Contract:
    """A contract with a borrower who is on the list."""
    return (
        Contract.objects.filter(fund=fund, withdrawn_at=None, member_number__isnull=False)
        .select_related("borrower")
        .order_by("number")[0]
    )


def pages_with_names(fund: Fund) -> list[str]:
    contract = borrower(fund)
    paid = Entry.objects.filter(fund=fund, deed="loan_paid_out", memo__contains="").order_by(
        "number"
    )
    home = f"/funds/{fund.code}/"
    return [
        f"{home}purple/",
        f"{home}yellow/?show=all",
        f"{home}contracts/{contract.number}/",
        f"{home}households/{contract.member_number}/",
        f"{home}entries/{paid[0].number}/",
    ]


def surnames(fund: Fund) -> set[str]:
    """Family names of everybody on this fund's papers. (A place may share a given name.)"""
    on_list = Membership.objects.filter(group_id=fund.pk).values_list("person_id", flat=True)
    borrowers = Contract.objects.filter(fund=fund).values_list("borrower_id", flat=True)
    people = Person.objects.filter(pk__in={*on_list, *borrowers})
    return {person.last_name for person in people if person.last_name}


@pytest.mark.parametrize("name", SEES_NO_NAMES)
def test_above_the_district_no_page_of_a_fund_names_anybody(
    district: SmallDistrict, name: str
) -> None:
    fund = district.first
    client = signed_in(getattr(district.cast, name))
    home = f"/funds/{fund.code}/"
    everything = [
        *pages_with_names(fund),
        *(home, f"{home}green/", f"{home}brown/", f"{home}figures/lent/", "/area/8016/"),
    ]
    hidden = surnames(fund)
    assert len(hidden) > 10
    for page in everything:
        html = client.get(page).content.decode()
        assert not [surname for surname in hidden if surname in html], page
    assert borrower(fund).borrower.name.masked in client.get(everything[2]).content.decode()
    assert not AuditLine.objects.filter(deed="read_names").exists()


@pytest.mark.parametrize("name", SEES_NO_NAMES)
def test_a_masked_list_cannot_be_asked_who_is_on_it(district: SmallDistrict, name: str) -> None:
    fund = district.first
    client = signed_in(getattr(district.cast, name))
    first_name = borrower(fund).borrower.first_name
    found = client.get(f"/funds/{fund.code}/purple/", {"q": first_name}).context["rows"]
    assert found == []


@pytest.mark.parametrize("name", SEES_NAMES)
def test_those_who_serve_a_fund_read_names_and_each_reading_is_written_down(
    district: SmallDistrict, name: str
) -> None:
    fund = district.first
    user = getattr(district.cast, name)
    client = signed_in(user)
    read = []
    for page in pages_with_names(fund):
        before = AuditLine.objects.count()
        html = client.get(page).content.decode()
        assert [surname for surname in surnames(fund) if surname in html], page
        (line,) = AuditLine.objects.order_by("pk")[before:]
        assert (line.deed, line.user_id) == ("read_names", user.pk), page
        assert (line.area_code, line.fund_id) == (fund.area_code, fund.pk), page
        read.append(line.subject)
    contract = borrower(fund)
    assert read[:4] == [
        "purple book",
        "yellow book",
        f"contract {contract.number}",
        f"household {contract.member_number}",
    ]
    assert read[4].startswith("entry ")


def test_the_trail_itself_names_nobody(district: SmallDistrict) -> None:
    fund = district.first
    client = signed_in(district.cast.officer)
    for page in pages_with_names(fund):
        client.get(page)
    for line in AuditLine.objects.all():
        written = f"{line.subject} {line.details}"
        assert not [surname for surname in surnames(fund) if surname in written]


def test_a_name_is_found_by_part_of_it(district: SmallDistrict) -> None:
    fund = district.first
    person = borrower(fund).borrower
    client = signed_in(district.cast.treasurer)
    rows = client.get(f"/funds/{fund.code}/purple/", {"q": person.last_name}).context["rows"]
    assert person.name.full in [name for _, name, _, _ in rows]
    assert len(rows) < Membership.objects.filter(group_id=fund.pk).count()


# ---- a member ------------------------------------------------------------------------------------


def test_a_member_sees_the_own_household_and_its_contracts(district: SmallDistrict) -> None:
    fund, own = district.first, district.own
    client = signed_in(district.cast.member)
    assert client.get(f"/funds/{fund.code}/households/{own}/").status_code == 200
    states = contract_states(fund, as_of=timezone.localdate(), with_names=True, member_number=own)
    for state in states:
        page = client.get(f"/funds/{fund.code}/contracts/{state.contract.number}/")
        assert page.status_code == 200
        assert state.borrower in page.content.decode()
        # A door that is closed is not shown.
        assert "/entries/" not in page.content.decode()
        assert "/registers/rows/" not in page.content.decode()


def test_a_member_finds_no_other_household_and_no_other_contract(
    district: SmallDistrict,
) -> None:
    fund, own = district.first, district.own
    client = signed_in(district.cast.member)
    others = Membership.objects.filter(group_id=fund.pk).exclude(number=own)
    assert others.count() > 5
    for number in others.values_list("number", flat=True):
        assert client.get(f"/funds/{fund.code}/households/{number}/").status_code == 404
    contracts = Contract.objects.filter(fund=fund).values_list("number", "member_number")
    for number, member_number in contracts:
        expected = 200 if member_number == own else 404
        answer = client.get(f"/funds/{fund.code}/contracts/{number}/")
        if expected == 404 or answer.status_code != 404:  # an own one may have been withdrawn
            assert answer.status_code == expected, number
    assert client.get(f"/funds/{NEXT_DOOR}/households/{own}/").status_code == 404


@pytest.mark.parametrize(
    "page",
    [
        *("", "purple/", "yellow/", "green/", "brown/", "figures/bank/", "entries/1/"),
    ],
)
def test_a_member_does_not_see_the_fund_s_books(district: SmallDistrict, page: str) -> None:
    answer = signed_in(district.cast.member).get(f"/funds/{district.codes[0]}/{page}")
    assert answer.status_code == 403


def test_a_contract_without_a_household_is_nobody_s_own(district: SmallDistrict) -> None:
    """A borrower found on no list has no number; a member must not pass for them."""
    fund = district.first
    contract = borrower(fund)
    Contract.objects.filter(fund=fund, number=contract.number).update(member_number=None)
    page = f"/funds/{fund.code}/contracts/{contract.number}/"
    assert signed_in(district.cast.member).get(page).status_code == 404
    assert signed_in(district.cast.treasurer).get(page).status_code == 200


def test_a_stranger_reads_nothing(district: SmallDistrict) -> None:
    for page in pages_with_names(district.first):
        answer = Client().get(page)
        assert answer.status_code == 302
        assert answer.content == b""
