"""A receipt checked by anybody: on the public page, and on the command line without the books."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoDbBlocker, Settings

from kongthun.domain.money import Money
from kongthun.domain.receipt_seal import SealedReceipt, public_key_of, read_seal, seal
from kongthun.ledger.models import Entry
from kongthun.loans import receipt_keys
from kongthun.loans.actions.repayments import cancel_receipt
from kongthun.loans.models import Contract, Receipt, ReceiptKey
from kongthun.loans.queries.receipts import Finding, checked_code
from kongthun.loans.receipt_keys import private_key, public_keys

from .test_pages_receipts import LENT_ON, at_desk, said
from .village_at_work import Village, new_key, working_village

db = pytest.mark.django_db

KEY = bytes(range(32))
SAID = SealedReceipt(
    "80160101",
    57,
    date(2026, 11, 22),
    Money.baht(5_000),
    Money.baht(7_000),
    "12/2567",
    131,
    "9f" * 8,
)


def paid(village: Village) -> Receipt:
    contract = village.lend(1, 12_000, LENT_ON)
    return village.take(contract, 5_000, date(2026, 3, 1))


def resealed(village: Village, receipt: Receipt, **change: Any) -> str:  # noqa: ANN401
    """A code that the fund's own key sealed, saying something else."""
    truth = read_seal(receipt.seal)
    assert isinstance(truth, SealedReceipt)
    return seal(replace(truth, **change), private_key(village.fund.code))


# --- the page ----------------------------------------------------------------------------------


@db
def test_anybody_can_check_a_receipt_and_reads_nobody_s_name() -> None:
    village = working_village()
    receipt = paid(village)
    page = Client().get(reverse("loans:check", args=[receipt.seal]))
    assert page.status_code == 200
    words = said(page)
    for there in (
        "ใบเสร็จถูกต้อง",
        "เล่มที่/เลขที่ 1/1",
        "1 มีนาคม 2569",
        "5,000 บาท (ห้าพันบาทถ้วน)",
        "สัญญาเลขที่ 1/2567",
        "คงเหลือหลังรับเงิน 7,000 บาท",
    ):
        assert there in words
    assert public_keys(village.fund)[0] in re.sub("<wbr>", "", page.content.decode())
    for name in ("แดง", "มีทรัพย์", "สุนีย์", "แก้วเกตุ", "herannyik"):
        assert name not in words
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex"


@db
def test_the_qr_of_the_receipt_leads_to_the_page() -> None:
    village = working_village()
    receipt = paid(village)
    page = at_desk(village).get(reverse("loans:receipt", args=[village.fund.code, 1]))
    found = re.search(r'href="(http://testserver/check/[^"]+)"', page.content.decode())
    assert found
    assert found[1] == f"http://testserver/check/{receipt.seal}/"
    assert "ใบเสร็จถูกต้อง" in said(Client().get(found[1]))


@db
def test_a_cancelled_receipt_says_so_but_not_why() -> None:
    village = working_village()
    receipt = paid(village)
    cancel_receipt(1, fund=village.fund, reason="นางแดงขอแก้", key=new_key(), by=village.treasurer)
    words = said(Client().get(reverse("loans:check", args=[receipt.seal])))
    assert "ยกเลิกแล้ว" in words
    assert "ใบเสร็จถูกต้อง" not in words
    assert "นางแดง" not in words


@db
@pytest.mark.parametrize(
    "change",
    [
        {"amount": Money.baht(50_000)},
        {"left": Money(0)},
        {"number": 2},
        {"entry": 1},
        {"entry": 999},
        {"link": "0" * 16},
        {"paid_on": date(2026, 3, 2)},
    ],
    ids=str,
)
def test_a_sealed_code_that_says_something_else_than_the_books_is_found(
    change: dict[str, Any],
) -> None:
    village = working_village()
    code = resealed(village, paid(village), **change)
    assert checked_code(code).finding == Finding.NOT_IN_BOOKS
    assert "ตรวจแล้วไม่ตรงกับสมุด" in said(Client().get(reverse("loans:check", args=[code])))


@db
def test_a_code_sealed_with_another_key_shows_nothing_of_the_fund() -> None:
    village = working_village()
    truth = read_seal(paid(village).seal)
    assert isinstance(truth, SealedReceipt)
    forged = seal(truth, KEY)
    for_nobody = seal(SAID, KEY)
    for code in (forged, for_nobody):
        words = said(Client().get(reverse("loans:check", args=[code])))
        assert "ตรวจแล้วไม่ตรงกับสมุด" in words
        for hidden_fact in ("บ้านทุ่งใหญ่", "5,000", "1/2567"):
            assert hidden_fact not in words


@db
def test_an_unknown_fund_and_a_broken_seal_answer_alike() -> None:
    village = working_village()
    truth = read_seal(paid(village).seal)
    assert isinstance(truth, SealedReceipt)
    broken = said(Client().get(reverse("loans:check", args=[seal(truth, KEY)])))
    unknown_code = seal(replace(truth, fund="99999999"), KEY)
    unknown = said(Client().get(reverse("loans:check", args=[unknown_code])))
    assert broken == unknown


@db
@pytest.mark.parametrize("typed", ["1/1", "KT1", "80160101", "KT1.x.y", "ใบเสร็จ", "[" * 3_000])
def test_only_a_whole_code_finds_anything(typed: str) -> None:
    paid(working_village())
    with CaptureQueriesContext(connection) as caught:
        words = said(Client().get(reverse("loans:check"), {"code": typed}))
    assert "อ่านรหัสไม่ออก" in words
    assert not [query for query in caught if "loans_" in query["sql"]]


@db
def test_a_code_can_be_pasted_as_the_address_a_messenger_passes_on() -> None:
    receipt = paid(working_village())
    for pasted in (
        receipt.seal,
        f" {receipt.seal[:50]}\n{receipt.seal[50:]} ",
        f"https://example.org/check/{receipt.seal}/?fbclid=abc#top",
    ):
        words = said(Client().get(reverse("loans:check"), {"code": pasted}))
        assert "ใบเสร็จถูกต้อง" in words
    assert "วางรหัสจากใบเสร็จ" in said(Client().get(reverse("loans:check")))


@db
def test_receipts_still_check_after_the_secret_was_changed(settings: Settings) -> None:
    receipt_keys.make_public.cache_clear()
    village = working_village()
    receipt = paid(village)
    before = public_keys(village.fund)
    settings.RECEIPT_SECRET = "A" * 43
    receipt_keys.private_key.cache_clear()
    receipt_keys.make_public.cache_clear()
    try:
        after = public_keys(village.fund)
        assert after[0] != before[0]
        assert before[0] in after
        assert checked_code(receipt.seal).finding == Finding.GOOD
    finally:
        receipt_keys.private_key.cache_clear()
        receipt_keys.make_public.cache_clear()


@db
def test_a_receipt_checks_also_where_the_key_was_remembered_but_never_kept() -> None:
    village = working_village()
    receipt = paid(village)
    ReceiptKey.objects.all().delete()
    assert checked_code(receipt.seal).finding == Finding.GOOD
    assert not ReceiptKey.objects.exists()  # a page that is read writes nothing


# --- the command line ---------------------------------------------------------------------------


def run(*arguments: str) -> tuple[int, str]:
    """Exit code and words of `kongthun check-receipt`."""
    out = StringIO()
    try:
        call_command("check_receipt", *arguments, stdout=out)
    except SystemExit as left:
        assert isinstance(left.code, int)
        return left.code, out.getvalue()
    return 0, out.getvalue()


def test_a_receipt_checks_without_any_database(django_db_blocker: DjangoDbBlocker) -> None:
    code = seal(SAID, KEY)
    with django_db_blocker.block():
        exit_code, words = run(code, "--key", public_key_of(KEY))
    assert exit_code == 0
    for there in ("ลายเซ็นถูกต้อง", "2/7", "5,000 บาท (ห้าพันบาทถ้วน)", "12/2567", "ค้างหลังรับเงิน 7,000"):
        assert there in words


def test_what_another_key_sealed_or_a_sign_was_changed_in_is_broken() -> None:
    code = seal(SAID, KEY)
    assert run(code, "--key", public_key_of(bytes(32)))[0] == 1
    signature = code.rpartition(".")[2]
    other = seal(replace(SAID, amount=Money(1)), KEY)
    assert run(f"KT1.{other.split('.')[1]}.{signature}", "--key", public_key_of(KEY))[0] == 1


def test_what_is_no_code_or_no_key_can_not_be_read() -> None:
    exit_code, words = run("KT1.abc", "--key", public_key_of(KEY))
    assert exit_code == 2
    assert "อ่านรหัสไม่ออก" in words
    exit_code, words = run(seal(SAID, KEY), "--key", "key")
    assert exit_code == 2
    assert "อ่านกุญแจไม่ออก" in words


def test_the_json_keeps_its_shape() -> None:
    code, key = seal(SAID, KEY), public_key_of(KEY)
    says = {
        "fund": "80160101",
        "receipt": 57,
        "document": "2/7",
        "paid_on": "2026-11-22",
        "amount": "5000.00",
        "balance_left": "7000.00",
        "contract": "12/2567",
        "entry": 131,
        "link": "9f9f9f9f9f9f9f9f",
    }
    for arguments, expected in (
        ((code, "--key", key), (0, {"seal": "good", "says": says})),
        ((code, "--key", public_key_of(bytes(32))), (1, {"seal": "broken", "says": says})),
        (("x", "--key", key), (2, {"seal": "unreadable", "says": None})),
        ((code, "--key", "x"), (2, {"seal": "no_key", "says": None})),
    ):
        exit_code, words = run(*arguments, "--json")
        assert (exit_code, json.loads(words)) == expected


@db
def test_the_printed_key_checks_the_fund_s_receipts_offline() -> None:
    village = working_village()
    receipt = paid(village)
    out = StringIO()
    call_command("receipt_key", "--fund", village.fund.code, stdout=out)
    assert run(receipt.seal, "--key", out.getvalue())[0] == 0
    everything = StringIO()
    call_command("receipt_key", "--fund", village.fund.code, "--all", stdout=everything)
    assert everything.getvalue().split() == public_keys(village.fund)
    with pytest.raises(CommandError, match="ไม่พบกองทุน"):
        call_command("receipt_key", "--fund", "99")


@db
def test_the_link_on_the_receipt_is_the_link_of_its_entry() -> None:
    village = working_village()
    receipt = paid(village)
    said_ = read_seal(receipt.seal)
    assert isinstance(said_, SealedReceipt)
    entry = Entry.objects.get(fund=village.fund, number=receipt.entry_number)
    assert bytes(entry.link).hex().startswith(said_.link)
    assert Contract.objects.get(number=1).paper_number == said_.contract
