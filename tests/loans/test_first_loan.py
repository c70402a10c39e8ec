"""The first loan of a village, from the request to the last satang sent back."""

from __future__ import annotations

from datetime import date

import pytest

from kongthun.domain.money import Money
from kongthun.ledger.models import Position
from kongthun.loans.queries.contracts import contract_state

from .village_at_work import working_village

pytestmark = pytest.mark.django_db


def test_a_loan_goes_out_and_comes_back_and_the_books_say_so() -> None:
    village = working_village()
    contract = village.lend(1, 12_000, date(2024, 3, 1))
    position = Position.objects.get(fund=village.fund)
    assert (position.bank, position.households) == (Money.baht(268_000), Money.baht(12_000))
    first = village.take(contract, 5_000, date(2025, 3, 1))
    last = village.take(contract, 7_000, date(2026, 3, 1))
    assert (first.number, first.balance_left) == (1, Money.baht(7_000))
    assert (last.number, last.balance_left) == (2, Money(0))
    state = contract_state(village.fund, contract.number, as_of=date(2026, 3, 1))
    assert state is not None
    assert state.is_settled
    assert state.repaid == Money.baht(12_000)
    position = Position.objects.get(fund=village.fund)
    assert (position.cash, position.households) == (Money.baht(12_000), Money(0))
    assert position.sums.is_conserved
