"""What is told where: typed reasons stay out of the chain, pages show what is known and asked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kongthun.domain.journal import Deed, Draft, Line
from kongthun.domain.money import Money
from kongthun.groups.models import AdoptedRules, Income
from kongthun.ledger.actions import Posted, post_entry
from kongthun.ledger.models import Entry
from kongthun.loans.actions.debts import Moved, write_off
from kongthun.loans.actions.repayments import ReceiptTakenBack, cancel_receipt
from kongthun.loans.queries.receipts import slips_of
from kongthun.reports.queries.roll_up import roll_up_by_fund

from .village_at_work import Village, new_key, working_village

pytestmark = pytest.mark.django_db

LENT_ON = date(2024, 3, 1)
PAID_ON = date(2025, 3, 1)
TYPED = "นางแดง มีทรัพย์ บอกว่าจ่ายผิดสัญญา"


@pytest.fixture
def village() -> Village:
    return working_village()


def page(village: Village, address: str, name: str = "herannyik") -> str:
    client = Client()
    client.force_login(village.users[name])
    answer = client.get(f"/funds/{village.fund.code}/{address}")
    assert answer.status_code == 200
    return answer.content.decode()


def in_the_chain(village: Village) -> str:
    return " ".join(Entry.objects.filter(fund=village.fund).values_list("memo", flat=True))


def test_why_a_receipt_was_cancelled_is_told_but_never_chained(village: Village) -> None:
    receipt = village.take(village.lend(1, 12_000, LENT_ON), 1_000, PAID_ON)
    done = cancel_receipt(
        receipt.number, fund=village.fund, reason=TYPED, key=new_key(), by=village.treasurer
    )
    assert isinstance(done, ReceiptTakenBack)
    assert TYPED not in in_the_chain(village)
    (slip,) = slips_of(village.fund, [receipt], with_names=True)
    assert slip.taken_back is not None
    assert slip.taken_back.reason == TYPED


def test_why_a_loss_was_recognised_is_never_chained(village: Village) -> None:
    contract = village.lend(1, 12_000, LENT_ON)
    done = write_off(
        contract.number,
        fund=village.fund,
        amount=Money.baht(500),
        words=TYPED,
        on=PAID_ON,
        key=new_key(),
        by=village.district,
    )
    assert isinstance(done, Moved)
    assert TYPED not in in_the_chain(village)


def test_dividing_anew_is_no_movement_of_money(village: Village) -> None:
    contract = village.lend(1, 12_000, LENT_ON)
    village.take(contract, 1_000, PAID_ON)
    anew = Draft(
        Deed.REPAYMENT_RECEIVED,
        PAID_ON + timedelta(days=90),
        (
            Line(contract.account, Money.baht(5)),
            Line(f"income:interest-{contract.number}", Money.baht(-5)),
        ),
        f"{new_key()}:anew:2025-05-30",
    )
    assert isinstance(post_entry(anew, fund=village.fund, recorded_by=None), Posted)
    today = timezone.localdate()
    (row,) = roll_up_by_fund(village.fund.area_code, as_of=today, today=today, reach=None).rows
    assert row.last_movement_on == PAID_ON


def test_the_desk_asks_for_incomes_that_are_due_and_leads_to_the_question(
    village: Village,
) -> None:
    contract = village.lend(1, 12_000, LENT_ON)
    due = f"list/1/income/?contract={contract.number}&amp;years=1"
    assert due in page(village, "work/")
    keep(village, contract.number, years_after=1)
    assert due not in page(village, "work/")


def test_an_income_that_was_asked_for_stands_on_the_page_of_the_household(village: Village) -> None:
    contract = village.lend(1, 12_000, LENT_ON)
    assert "33,333" not in page(village, "households/1/")
    keep(village, contract.number, years_after=1)
    assert "33,333" in page(village, "households/1/")


def keep(village: Village, contract_number: int, *, years_after: int) -> None:
    Income.objects.create(
        group_id=village.fund.pk,
        number=1,
        member_number=1,
        contract_number=contract_number,
        years_after=years_after,
        amount=Money.baht(33_333),
        survey_year=2568,
        learned_on=PAID_ON,
        recorded_at=timezone.now(),
    )


@pytest.mark.parametrize("usual", ["refuse", "hold"])
def test_taking_money_begins_with_what_the_rules_do_about_too_much(
    village: Village, usual: str
) -> None:
    contract = village.lend(1, 12_000, LENT_ON)
    AdoptedRules.objects.create(
        kind="kkk",
        group_id=village.fund.pk,
        name="ระเบียบของหมู่บ้าน",
        starts_on=date(2025, 1, 1),
        by_resolution="ที่ประชุม",
        limits={"overpayment": {"value": usual, "clause": "", "source": "", "checked": False}},
        recorded_at=timezone.now(),
    )
    asked = page(village, f"loans/receive/{contract.number}/")
    chosen = [part for part in asked.split("<input") if 'name="over"' in part and "checked" in part]
    assert len(chosen) == 1
    assert f'value="{usual}"' in chosen[0]
