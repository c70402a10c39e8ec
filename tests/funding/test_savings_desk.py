"""The savings desk leaves no certificate over shares that are gone."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from five.occupation_group import OccupationGroup, founded_group
from kongthun.accounts.models import User
from kongthun.domain.money import Money
from kongthun.funding.actions.certificates import Certified, sell_shares
from kongthun.ledger.savings import Kept, buy_shares

ON = date(2024, 2, 1)


@pytest.fixture
def ours(db: None) -> OccupationGroup:  # noqa: ARG001
    return founded_group()


def treasurer(ours: OccupationGroup) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=ours.treasurer.user_id))
    return client


def test_shares_with_a_certificate_are_given_back_by_it(ours: OccupationGroup) -> None:
    sold = sell_shares(
        fund=ours.fund, member_number=1, shares=3, on=ON, key=str(uuid4()), by=ours.treasurer
    )
    assert isinstance(sold, Certified), sold
    home = f"/funds/{ours.code}/savings/1"
    answer = treasurer(ours).get(f"{home}/return-shares/", follow=True)
    assert answer.request["PATH_INFO"] == f"/funds/{ours.code}/shares/members/1/"
    assert "มีใบหุ้น" in answer.content.decode()
    back = treasurer(ours).get(f"{home}/entries/{sold.entry_number}/take-back/", follow=True)
    assert back.request["PATH_INFO"] == f"/funds/{ours.code}/shares/{sold.numbers[0]}/"


def test_shares_without_one_are_given_back_at_the_desk_as_ever(ours: OccupationGroup) -> None:
    kept = buy_shares(
        fund=ours.fund,
        member_number=2,
        amount=Money.baht(300),
        on=ON,
        key=str(uuid4()),
        by=ours.treasurer,
    )
    assert isinstance(kept, Kept), kept
    home = f"/funds/{ours.code}/savings/2"
    assert treasurer(ours).get(f"{home}/return-shares/").status_code == 200
    assert treasurer(ours).get(f"{home}/entries/{kept.numbers[0]}/take-back/").status_code == 200


def test_a_stranger_finds_neither_door(ours: OccupationGroup) -> None:
    client = Client()
    client.force_login(User.objects.get(pk=ours.stranger.user_id))
    assert client.get(f"/funds/{ours.code}/savings/1/return-shares/").status_code == 404
