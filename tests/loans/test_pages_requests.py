"""The desk of a fund, the list of requests, choosing a household, and the forms as PDF."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role, User
from kongthun.audit.models import AuditLine
from kongthun.domain.money import Money
from kongthun.groups.models import HouseholdEvent, HouseholdEventKind
from kongthun.loans.actions.requests import RequestFacts, decide_request, save_draft
from kongthun.loans.actions.taking_back import take_back_step
from kongthun.loans.models import Request
from kongthun.loans.queries.papers import (
    contract_paper,
    pay_out_paper,
    proposal_paper,
    request_paper,
)
from kongthun.loans.queries.requests import candidates, request_of

from .village_at_work import GRANTED_ON, WITNESSES, Village, new_key, working_village

pytestmark = pytest.mark.django_db

DAY = date(2024, 3, 1)


@pytest.fixture
def village() -> Village:
    return working_village()


def client_of(village: Village, who: str) -> Client:
    client = Client()
    client.force_login(village.users[who])
    return client


def somebody(role: Role, **place: Any) -> Client:  # noqa: ANN401
    user = User.objects.create(username=role.value, display_name=role.value)
    appoint(user=user, role=role, by_order="คำสั่ง", starts_on=GRANTED_ON, **place)
    client = Client()
    client.force_login(user)
    return client


def at(name: str, village: Village, *parts: object) -> str:
    return reverse(f"loans:{name}", args=[village.fund.code, *parts])


def said(response: Any) -> str:  # noqa: ANN401 (Django's test response)
    text = html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
    return re.sub(r"\s+", " ", text)


def approve(village: Village, member: int) -> int:
    number = village.ask(member, 10_000, DAY).number
    decide_request(
        number,
        fund=village.fund,
        meeting_number=village.meet(DAY),
        is_approved=True,
        amount=Money.baht(10_000),
        words="",
        by=village.chairman,
    )
    return number


# ---- the desk ----------------------------------------------------------------------------------


def test_the_desk_says_what_waits_for_the_reader_and_what_for_others(village: Village) -> None:
    approve(village, 1)
    village.ask(2, 5_000, DAY + timedelta(days=4))
    treasurer = said(client_of(village, "herannyik").get(at("desk", village)))
    chairman = said(client_of(village, "prathan").get(at("desk", village)))
    assert re.search("รอท่าน 1 เรื่อง .*ทำสัญญา.*10,000.*รอผู้อื่น 1 เรื่อง.*พิจารณาในที่ประชุม", treasurer)
    assert "ขั้นต่อไป ทำสัญญา: นางแดง มีทรัพย์" in treasurer
    assert re.search("รอท่าน 1 เรื่อง .*พิจารณาในที่ประชุม.*รอผู้อื่น 1 เรื่อง.*ทำสัญญา", chairman)
    assert "5 มี.ค. 2567" in chairman


def test_the_desk_shows_the_money_that_is_promised_already(village: Village) -> None:
    approve(village, 1)
    page = said(client_of(village, "herannyik").get(at("desk", village)))
    assert "เงินให้ยืมได้ตอนนี้ 270,000 บาท" in page
    assert re.search("กันไว้ให้คำขอที่อนุมัติแล้ว 10,000", page)


def test_the_desk_counts_what_is_overdue(village: Village) -> None:
    village.lend(1, 12_000, DAY)
    page = said(client_of(village, "herannyik").get(at("desk", village)))
    assert "เกินกำหนด 1 สัญญา" in page
    assert "12,000" in page


def test_an_idle_desk_offers_a_new_request_to_whoever_may_write_one(village: Village) -> None:
    door = f'href="{at("request_new", village)}"'
    assert door in client_of(village, "herannyik").get(at("desk", village)).content.decode()
    assert door not in client_of(village, "prathan").get(at("desk", village)).content.decode()


def test_doors_are_shown_to_those_who_may_open_them(village: Village) -> None:
    receive = f'href="{at("receive", village)}"'
    assert receive in client_of(village, "herannyik").get(at("desk", village)).content.decode()
    auditor = somebody(Role.AUDITOR, area_code="8016")
    assert receive not in auditor.get(at("desk", village)).content.decode()


def test_higher_offices_read_masked_names_everywhere(village: Village) -> None:
    number = village.ask(1, 12_000, DAY).number
    province = somebody(Role.PROVINCE, area_code="80")
    for page in ("desk", "requests"):
        assert "มีทรัพย์" not in said(province.get(at(page, village)))
    request = said(province.get(at("request", village, number)))
    assert "นางแดง ม…" in request
    assert "มีทรัพย์" not in request
    assert "มีที่ดินทำกิน" not in request
    assert not AuditLine.objects.filter(deed="read_names").exists()


# ---- the list ----------------------------------------------------------------------------------


def test_the_list_is_narrowed_to_a_stage(village: Village) -> None:
    approve(village, 1)
    village.ask(2, 5_000, DAY)
    client = client_of(village, "herannyik")
    everything = said(client.get(at("requests", village)))
    approved = said(client.get(at("requests", village), {"stage": "approved"}))
    assert "นางแดง" in everything and "นายดำ" in everything
    assert "นางแดง" in approved and "นายดำ" not in approved
    assert said(client.get(at("requests", village), {"stage": "no such"})).count("นายดำ") == 1
    assert "ไม่มีคำขอในขั้นนี้" in said(client.get(at("requests", village), {"stage": "ended"}))


@pytest.mark.parametrize("page", ["requests", "desk"])
def test_a_page_of_requests_takes_as_many_statements_for_two_as_for_twenty(
    village: Village, page: str
) -> None:
    client = client_of(village, "herannyik")
    village.ask(1, 5_000, DAY)
    village.ask(2, 5_000, DAY)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(at(page, village))
    for number in range(18):
        facts = RequestFacts(3 + number % 3, project=f"งานที่ {number}", asked=Money.baht(1_000))
        assert isinstance(save_draft(facts, fund=village.fund, by=village.treasurer), Request)
    with CaptureQueriesContext(connection) as many:
        answer = client.get(at(page, village))
    assert said(answer).count("คำขอที่ ") == 20
    assert len(many) == len(few)


# ---- choosing a household ----------------------------------------------------------------------


def test_a_household_is_found_by_a_part_of_its_name_or_its_number(village: Village) -> None:
    client = client_of(village, "herannyik")
    for words, found in (("ขยัน", "นายดำ"), ("๒", "นายดำ"), ("แดง", "นางแดง")):
        page = said(client.get(at("request_new", village), {"q": words}))
        assert found in page
        assert "นายเขียว" not in page
    assert "ไม่พบครัวเรือน" in said(client.get(at("request_new", village), {"q": "ไม่มีใคร"}))


def test_choosing_shows_income_and_what_is_still_owed(village: Village) -> None:
    contract = village.lend(1, 12_000, DAY)
    village.take(contract, 5_000, DAY + timedelta(days=30))
    client = client_of(village, "herannyik")
    chosen = said(client.get(at("request_new", village), {"q": "1"}))
    assert re.search(rf"12,000 .*7,000 สัญญา {contract.paper_number}", chosen)
    form = said(client.get(at("request_new", village), {"member": "1"}))
    assert f"7,000 บาท สัญญา {contract.paper_number}" in form


def test_a_household_that_left_the_list_is_not_offered(village: Village) -> None:
    today = timezone.localdate()
    HouseholdEvent.objects.create(
        group_id=village.fund.pk,
        number=1,
        member_number=2,
        kind=HouseholdEventKind.LEFT_LIST,
        happened_on=DAY,
        known_on=DAY,
        recorded_at=timezone.now(),
    )
    assert [each.number for each in candidates(village.fund, today)] == [1, 3, 4, 5]
    assert [each.number for each in candidates(village.fund, today, number=2)] == [2]


def test_a_draft_is_written_on_and_may_be_given_to_another_household(village: Village) -> None:
    facts = RequestFacts(2, project="ปลูกผัก", items=(("เมล็ดพันธุ์", Money.baht(700)),))
    draft = save_draft(facts, fund=village.fund, by=village.treasurer)
    assert isinstance(draft, Request)
    client = client_of(village, "herannyik")
    page = client.get(at("request_edit", village, draft.number)).content.decode()
    assert 'value="ปลูกผัก"' in page and 'value="700"' in page
    assert "นางขาว" in said(client.get(at("request_edit", village, draft.number), {"choose": "1"}))
    client.post(
        at("request_edit", village, draft.number),
        {"member": "3", "project": "ปลูกผัก", "lines": "6", "do": "save"},
    )
    changed = request_of(village.fund.pk, draft.number)
    assert changed is not None
    assert (changed.member_number, changed.borrower.name.first) == (3, "ขาว")
    assert Request.objects.count() == 1


# ---- papers ------------------------------------------------------------------------------------


def test_forms_one_to_four_come_as_pdf_and_who_read_the_names_is_written_down(
    village: Village,
) -> None:
    village.lend(1, 12_000, DAY)
    client = client_of(village, "herannyik")
    for which in ("proposal", "request", "contract", "pay-out"):
        for digits in ("thai", "arabic"):
            paper = client.get(at("paper", village, 1, which), {"digits": digits})
            assert paper.headers["Content-Type"] == "application/pdf"
            assert paper.content.startswith(b"%PDF")
        assert AuditLine.objects.filter(
            deed="read_names", subject=f"{which} of request 1", user_id=village.treasurer.user_id
        ).exists()


def test_a_paper_that_does_not_exist_yet_is_not_found(village: Village) -> None:
    number = village.ask(1, 12_000, DAY).number
    client = client_of(village, "herannyik")
    assert client.get(at("paper", village, number, "request")).status_code == 200
    for which in ("contract", "pay-out", "receipt"):
        assert client.get(at("paper", village, number, which)).status_code == 404


def test_the_papers_say_what_was_decided_signed_and_paid(village: Village) -> None:
    village.lend(1, 12_000, DAY, parts=((date(2025, 3, 1), 6_000), (date(2026, 3, 1), 6_000)))
    request = request_of(village.fund.pk, 1)
    assert request is not None
    proposal = proposal_paper(village.fund, request, with_names=True)
    assert [(item.what, item.amount.text) for item in proposal.items] == [
        ("ซื้อลูกวัว", "11,000"),
        ("อาหาร", "1,000"),
    ]
    assert (proposal.total, proposal.project_number) == (Money.baht(12_000), "1")
    assert (proposal.opinion.agrees, proposal.opinion.name) == (True, "phatthanakon")
    asked = request_paper(village.fund, request, with_names=True)
    assert (asked.decision.approved, asked.decision.chairman) == (True, "นายสมหมาย  ทองขาว")
    assert (asked.borrower.title_and_name, asked.borrower.list_number) == ("นางแดง  มีทรัพย์", 1)
    assert (asked.borrower.house_number, asked.fund.moo) == ("1", "1")
    assert asked.fund.amphoe == "หัวไทร"
    contract = contract_paper(village.fund, request, with_names=True)
    assert contract is not None
    assert [part.amount.text for part in contract.instalments] == ["6,000", "6,000"]
    assert (contract.number, contract.interest) == ("1/2567", "โดยไม่มีดอกเบี้ย")
    assert contract.witnesses == WITNESSES
    paid = pay_out_paper(village.fund, request, with_names=True)
    assert paid is not None
    assert (paid.on, paid.amount, paid.payer) == (DAY, Money.baht(12_000), "นายสมหมาย  ทองขาว")
    assert paid.contract_number == "1/2567"


def test_the_papers_of_a_reader_without_names_are_masked(village: Village) -> None:
    village.lend(1, 12_000, DAY)
    request = request_of(village.fund.pk, 1)
    assert request is not None
    contract = contract_paper(village.fund, request, with_names=False)
    assert contract is not None
    assert contract.borrower.title_and_name == "นางแดง  ม…"
    assert contract.borrower.house_number == ""
    assert contract.chairman == "นายสมหมาย  ท…"
    assert contract.witnesses == ("นายพยาน  ห…", "นางพยาน  ส…")
    province = somebody(Role.PROVINCE, area_code="80")
    assert province.get(at("paper", village, 1, "contract")).status_code == 200
    assert not AuditLine.objects.filter(deed="read_names").exists()


def test_a_draft_that_does_not_add_up_is_printed_with_its_sum_left_open(village: Village) -> None:
    facts = RequestFacts(1, items=(("ลูกวัว", Money.baht(9_000)),), asked=Money.baht(10_000))
    draft = save_draft(facts, fund=village.fund, by=village.treasurer)
    assert isinstance(draft, Request)
    assert proposal_paper(village.fund, draft, with_names=True).total is None
    answer = client_of(village, "herannyik").get(at("paper", village, draft.number, "proposal"))
    assert answer.status_code == 200


def test_a_decision_that_was_taken_back_counts_for_nothing(village: Village) -> None:
    number = village.ask(1, 10_000, DAY).number
    for amount, meeting in (("10,000", village.meet(DAY + timedelta(days=5))), ("9,000", None)):
        decided = client_of(village, "prathan").post(
            at("decision", village, number),
            {"meeting": meeting or 1, "is_approved": "1", "amount": amount, "words": "ตามมติ"},
        )
        assert decided.status_code == 302
        if meeting is not None:
            take_back_step(
                number, fund=village.fund, sequence=3, reason="", key="k", by=village.chairman
            )
            request = request_of(village.fund.pk, number)
            assert request is not None
            assert request_paper(village.fund, request, with_names=True).decision.approved is None
            listed = said(client_of(village, "herannyik").get(at("requests", village)))
            assert "1 มี.ค. 2567" in listed
            assert "6 มี.ค. 2567" not in listed
    page = said(client_of(village, "herannyik").get(at("request", village, number)))
    assert "อนุมัติ 9,000 บาท ทุกงวด" in re.sub(r" \(.*?\)", "", page)


def test_a_contract_that_was_taken_back_is_not_printed(village: Village) -> None:
    village.lend(1, 12_000, DAY)
    take_back_step(
        1, fund=village.fund, sequence=4, reason="ผิดคน", key=new_key(), by=village.chairman
    )
    client = client_of(village, "herannyik")
    assert client.get(at("paper", village, 1, "contract")).status_code == 404
    assert client.get(at("paper", village, 1, "pay-out")).status_code == 404
