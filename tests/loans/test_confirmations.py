"""Once a year each household says whether its balance is right, on paper or on its own screen."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kongthun.accounts.models import Role
from kongthun.domain.money import Money
from kongthun.domain.thai_calendar import fiscal_year
from kongthun.loans.actions.debts import answer_balance
from kongthun.loans.models import Contract, DebtEvent, DebtEventKind
from kongthun.loans.queries.debts import confirmations_of

from .test_debt_pages import a_user, browser, twice, words
from .village_at_work import CODE, Village, working_village

pytestmark = pytest.mark.django_db

LIST = f"/funds/{CODE}/loans/confirmations/"
YEAR = "?year=2567"  # its last day is 30 ก.ย. 2567
LAST_DAY = date(2024, 9, 30)


@pytest.fixture
def village() -> Village:
    return working_village()


@pytest.fixture
def contracts(village: Village) -> list[Contract]:
    """Households 1 and 2 owe 7,000 and 6,000 at the end of fiscal year 2567."""
    one = village.lend(1, 12_000, date(2023, 3, 1))
    two = village.lend(2, 6_000, date(2023, 3, 1))
    village.take(one, 5_000, date(2024, 3, 1))
    return [one, two]


@pytest.fixture
def treasurer(village: Village) -> Client:
    return browser(village.users["herannyik"])


@pytest.fixture
def chairman(village: Village) -> Client:
    return browser(village.users["prathan"])


@pytest.fixture
def member(village: Village) -> Client:
    return browser(a_user("samachik", Role.MEMBER, group_id=village.fund.pk, member_number=1))


def answers(**typed: str) -> dict[str, str]:
    return {"on": "30/9/2567", **typed}


@pytest.mark.usefixtures("contracts")
def test_a_letter_says_the_balance_in_figures_and_words_with_a_place_to_sign(
    treasurer: Client,
) -> None:
    letter = words(treasurer.get(f"{LIST}letters/1/{YEAR}"))
    assert "นางแดง มีทรัพย์ ครัวเรือนลำดับที่ 1" in letter
    assert "ณ 30 กันยายน 2567" in letter
    assert "รวมค้างอยู่ 7,000 บาท (เจ็ดพันบาทถ้วน)" in letter
    assert "ลงชื่อ" in letter
    assert "นายดำ" not in letter
    both = treasurer.get(f"{LIST}letters/{YEAR}")
    assert both.content.decode().count('<article class="letter') == 2
    assert treasurer.get(f"{LIST}letters/99/{YEAR}").status_code == 404


@pytest.mark.usefixtures("contracts")
def test_answers_are_typed_from_paper_in_one_go(treasurer: Client) -> None:
    page = words(treasurer.get(f"{LIST}{YEAR}"))
    assert "ยอด ณ 30 กันยายน 2567" in page
    assert "ครัวเรือนที่มียอด 2 ครัวเรือน" in page
    typed = answers(answer_1="agrees", answer_2="disputes", said_2="4,000", words_2="ส่งแล้วสองพัน")
    done = treasurer.post(f"{LIST}type/{YEAR}", typed)
    assert (done.status_code, done["Location"]) == (302, LIST)
    confirmed, disputed = DebtEvent.objects.order_by("number")
    assert (confirmed.kind, confirmed.balance) == (DebtEventKind.CONFIRMED, Money.baht(7_000))
    assert (disputed.kind, disputed.said) == (DebtEventKind.DISPUTED, Money.baht(4_000))
    assert confirmed.happened_on == LAST_DAY
    page = words(treasurer.get(f"{LIST}{YEAR}"))
    assert "ยืนยันแล้ว 1" in page
    assert "แจ้งว่าไม่ตรง 1" in page
    assert "ตอบครบทุกสัญญาแล้ว" in words(treasurer.get(f"{LIST}type/{YEAR}"))


@pytest.mark.usefixtures("contracts")
def test_typed_answers_are_kept_all_or_none(treasurer: Client) -> None:
    typed = answers(answer_1="agrees", answer_2="disputes")  # what is not right is not said
    wrong = treasurer.post(f"{LIST}type/{YEAR}", typed)
    assert wrong.status_code == 422
    assert "บอกยอดที่ครัวเรือนเห็นว่าถูก" in words(wrong)
    assert not DebtEvent.objects.exists()
    nothing = treasurer.post(f"{LIST}type/{YEAR}", answers())
    assert "ยังไม่ได้เลือกคำตอบของสัญญาใด" in words(nothing)


@pytest.mark.usefixtures("contracts")
def test_a_disputed_balance_becomes_work_until_it_is_settled(
    treasurer: Client, chairman: Client
) -> None:
    typed = answers(answer_2="disputes", said_2="4,000")
    assert treasurer.post(f"{LIST}type/{YEAR}", typed).status_code == 302
    assert "ประธานกรรมการหรือพัฒนากร" in words(treasurer.get(f"{LIST}{YEAR}"))
    settle = f"/funds/{CODE}/loans/disputes/1/settle/"
    assert settle in chairman.get(f"{LIST}{YEAR}").content.decode()
    refused_page = treasurer.post(settle, {"on": "1/10/2567", "words": "ดูใบเสร็จแล้ว"})
    assert refused_page.status_code == 403
    told = twice(chairman, settle, {"on": "1/10/2567", "words": "ดูใบเสร็จด้วยกันแล้ว ยอดบัญชีถูก"})
    assert "ดูใบเสร็จด้วยกันแล้ว ยอดบัญชีถูก" in told
    page = words(chairman.get(f"{LIST}{YEAR}"))
    assert "ยอดไม่ตรงที่รอตกลง" not in page
    assert "ไม่ตรง ตกลงแล้ว 1" in page
    assert chairman.get(settle).status_code == 404


@pytest.mark.usefixtures("contracts")
def test_a_household_confirms_on_its_own_screen_and_only_its_own(member: Client) -> None:
    own = words(member.get(f"{LIST}own/"))
    assert "ค้างอยู่ 7,000 บาท (เจ็ดพันบาทถ้วน)" in own
    assert "6,000" not in own
    sent = {"contract": "1", "contract_1-answer": "agrees"}
    done = member.post(f"{LIST}own/", sent, follow=True)
    assert "ขอบคุณ บันทึกคำตอบของท่านแล้ว" in words(done)
    event = DebtEvent.objects.get()
    assert (event.kind, event.on_paper) == (DebtEventKind.CONFIRMED, False)
    assert "ส่งคำตอบ" not in words(member.get(f"{LIST}own/"))
    of_another = {"contract": "2", "contract_2-answer": "agrees"}
    assert member.post(f"{LIST}own/", of_another).status_code == 404
    assert DebtEvent.objects.count() == 1


@pytest.mark.usefixtures("contracts")
def test_a_household_that_disputes_says_what_is_not_right(member: Client) -> None:
    sent = {"contract": "1", "contract_1-answer": "disputes"}
    silent = member.post(f"{LIST}own/", sent)
    assert silent.status_code == 422
    assert "บอกยอดที่ครัวเรือนเห็นว่าถูก" in words(silent)
    member.post(f"{LIST}own/", sent | {"contract_1-said": "5,500"})
    assert DebtEvent.objects.get().said == Money.baht(5_500)
    assert "คณะกรรมการกำลังดูให้" in words(member.get(f"{LIST}own/"))


def test_who_is_no_member_has_no_own_page_and_members_no_list(
    village: Village, contracts: list[Contract], member: Client, treasurer: Client
) -> None:
    assert treasurer.get(f"{LIST}own/").status_code == 403
    for href in (LIST, f"{LIST}letters/", f"{LIST}type/"):
        assert member.get(href).status_code == 403
    other = a_user("other", Role.MEMBER, group_id=village.fund.pk, member_number=2)
    assert "7,000" not in words(browser(other).get(f"{LIST}own/"))
    auditor = browser(a_user("phutruat", Role.AUDITOR, area_code="8016"))
    typed = auditor.post(f"{LIST}type/{YEAR}", answers(answer_1="agrees"))
    assert typed.status_code == 422
    assert "ไม่รวมการรับเงินและออกใบเสร็จ" in words(typed)
    assert contracts[0].fund_id == village.fund.pk
    assert not DebtEvent.objects.exists()


def test_an_answer_counts_in_the_fiscal_year_of_its_day_and_no_other(
    village: Village, contracts: list[Contract]
) -> None:
    answer_balance(1, fund=village.fund, on=date(2024, 10, 1), agrees=True, by=village.treasurer)

    def standing(day: date) -> list[str]:
        found = confirmations_of(village.fund, day=day, with_names=False)
        assert [each.state.contract.number for each in found] == [c.number for c in contracts]
        return [each.standing for each in found]

    assert standing(LAST_DAY) == ["not_yet", "not_yet"]
    assert standing(date(2025, 9, 30)) == ["confirmed", "not_yet"]


def test_a_letter_signed_before_the_rest_came_is_still_typed(
    village: Village, contracts: list[Contract], treasurer: Client
) -> None:
    village.take(contracts[1], 6_000, date(2025, 1, 5))
    assert treasurer.post(f"{LIST}type/{YEAR}", answers(answer_2="agrees")).status_code == 302
    assert DebtEvent.objects.get().balance == Money.baht(6_000)
    assert "นายดำ" not in words(treasurer.get(f"{LIST}?year=2568"))


@pytest.mark.usefixtures("contracts")
def test_without_a_year_the_page_is_about_today(treasurer: Client) -> None:
    year = fiscal_year(timezone.localdate())
    for asked in ("", "?year=nonsense", "?year=0001"):
        assert f"ปีงบประมาณ {year}" in words(treasurer.get(f"{LIST}{asked}"))


def test_the_page_takes_as_many_statements_for_many_households_as_for_one(
    village: Village, treasurer: Client
) -> None:
    village.lend(1, 12_000, date(2023, 3, 1))

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            treasurer.get(f"{LIST}{YEAR}")
        return len(seen)

    count()
    before = count()
    for number in (2, 3, 4):
        village.lend(number, 6_000, date(2023, 3, 1))
        answer_balance(
            number,
            fund=village.fund,
            on=LAST_DAY,
            agrees=False,
            words="ไม่ตรง",
            by=village.treasurer,
        )
    assert count() == before
