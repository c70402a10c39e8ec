"""Where workbooks are handed in: who may, what is refused and how, what was brought in before."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kongthun.accounts.models import Role
from kongthun.ledger.models import Entry, Fund
from kongthun.registers import forms
from kongthun.registers.actions import import_workbook
from kongthun.registers.batches import waiting_path
from kongthun.registers.demo import DemoVillage
from kongthun.registers.models import Batch, Workbook

from .conftest import DISTRICT, OTHER_DISTRICT, SignIn

INBOX = "/registers/"


def workbook(village: DemoVillage, name: str = "") -> SimpleUploadedFile:
    return SimpleUploadedFile(name or village.path.name, village.path.read_bytes())


def text(page: object) -> str:
    return page.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_only_who_brings_books_in_finds_the_inbox(sign_in: SignIn, funds: list[Fund]) -> None:
    assert sign_in(Role.DISTRICT, area=DISTRICT).get(INBOX).status_code == 200
    assert sign_in(Role.FIELD_WORKER, area="801601").get(INBOX).status_code == 200
    for client in (
        sign_in(Role.MEMBER, fund=funds[0]),
        sign_in(Role.CHAIRMAN, fund=funds[0]),
        sign_in(Role.PROVINCE, area="80"),
        sign_in(Role.AUDITOR, area=DISTRICT),
        sign_in(None),
    ):
        refused = client.get(INBOX)
        assert refused.status_code == 403
        assert "นอกพื้นที่หรือหน้าที่ของท่าน" in text(refused)
    signed_out = Client().get(INBOX)
    assert signed_out.status_code == 302
    assert signed_out.headers["Location"].startswith(reverse("accounts:sign_in"))


def test_an_empty_inbox_says_what_will_be_there_and_how_to_begin(officer: Client) -> None:
    page = text(officer.get(INBOX))
    assert "ยังไม่มีสมุดที่นำเข้า" in page
    assert "ยังไม่มีรายการใดลงบัญชีจนกว่าจะกดยืนยัน" in page
    assert 'accept=".xlsx,.xls"' in page
    assert "multiple" in page
    assert 'enctype="multipart/form-data"' in page


def test_handing_in_needs_the_forms_own_token(sign_in: SignIn, district: list[DemoVillage]) -> None:
    client = sign_in(Role.DISTRICT, area=DISTRICT, csrf=True)
    refused = client.post(INBOX, {"workbooks": [workbook(district[0])]})
    assert refused.status_code == 403
    assert not Batch.objects.exists()
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text(client.get(INBOX)))
    assert found
    taken = client.post(
        INBOX, {"workbooks": [workbook(district[0])], "csrfmiddlewaretoken": found[1]}
    )
    assert taken.status_code == 302
    assert Batch.objects.count() == 1


def test_nothing_chosen_is_said_beside_the_field(officer: Client) -> None:
    page = officer.post(INBOX, {})
    assert page.status_code == 422
    assert "ยังไม่ได้เลือกไฟล์" in text(page)


def test_a_file_that_is_no_workbook_is_refused_by_name(officer: Client) -> None:
    page = officer.post(INBOX, {"workbooks": [SimpleUploadedFile("รายงาน.docx", b"PK")]})
    assert page.status_code == 422
    assert "“รายงาน.docx” ไม่ใช่ไฟล์ .xlsx หรือ .xls" in text(page)
    assert not Batch.objects.exists()


def test_one_wrong_file_does_not_lose_the_good_ones(
    officer: Client, district: list[DemoVillage]
) -> None:
    chosen = [workbook(district[0]), SimpleUploadedFile("photo.jpg", b"x"), workbook(district[1])]
    page = officer.post(INBOX, {"workbooks": chosen}, follow=True)
    assert "ไม่ได้รับไฟล์นี้: “photo.jpg”" in text(page)
    assert sorted(Batch.objects.get().files.values_list("file_name", flat=True)) == [
        "80160101.xlsx",
        "80160201.xlsx",
    ]


def test_a_file_too_large_is_refused_with_its_size(
    officer: Client, monkeypatch: pytest.MonkeyPatch, district: list[DemoVillage]
) -> None:
    monkeypatch.setattr(forms, "MOST_BYTES", 1000)
    page = officer.post(INBOX, {"workbooks": [workbook(district[0])]})
    assert page.status_code == 422
    assert "เกิน 20 MB" in text(page)


def test_more_files_than_a_batch_holds_are_refused_with_both_numbers(
    officer: Client, monkeypatch: pytest.MonkeyPatch, district: list[DemoVillage]
) -> None:
    monkeypatch.setattr(forms, "MOST_FILES", 2)
    page = officer.post(INBOX, {"workbooks": [workbook(village) for village in district]})
    assert page.status_code == 422
    assert "เลือกมา 3 ไฟล์ ส่งได้ครั้งละไม่เกิน 2 ไฟล์" in text(page)
    assert not Batch.objects.exists()


def test_handing_in_keeps_the_files_waiting_and_posts_nothing(
    officer: Client, district: list[DemoVillage]
) -> None:
    twice = [workbook(district[0]), workbook(district[0])]
    answer = officer.post(INBOX, {"workbooks": twice})
    batch = Batch.objects.get()
    assert answer.headers["Location"] == f"/registers/batches/{batch.pk}/"
    file = batch.files.get()  # the same file chosen twice is one file
    assert waiting_path(file.sha256).read_bytes() == district[0].path.read_bytes()
    assert not Workbook.objects.exists()
    assert not Entry.objects.exists()
    assert "รอท่านตัดสินใจ" in text(officer.get(INBOX))


def test_a_name_that_tries_to_be_a_path_is_only_a_name(
    officer: Client, district: list[DemoVillage]
) -> None:
    file = workbook(district[0], name="../../80160101.xlsx")
    officer.post(INBOX, {"workbooks": [file]})
    assert Batch.objects.get().files.get().file_name == "80160101.xlsx"


def test_the_list_holds_the_workbooks_within_reach_and_no_others(
    sign_in: SignIn, funds: list[Fund]
) -> None:
    page = text(sign_in(Role.FIELD_WORKER, area=funds[0].area_code[:6]).get(INBOX))
    assert funds[0].name in page
    assert funds[1].name not in page
    assert f"/registers/receipts/{funds[0].code}/1/" in page
    assert "ยังไม่มีสมุดที่นำเข้า" in text(sign_in(Role.DISTRICT, area=OTHER_DISTRICT).get(INBOX))


def test_the_newest_import_comes_first(officer: Client, funds: list[Fund]) -> None:
    page = text(officer.get(INBOX))
    places = [page.index(fund.name) for fund in funds]
    assert places == sorted(places, reverse=True)


@pytest.mark.usefixtures("db")
def test_a_longer_list_asks_no_more_of_the_database(
    officer: Client, district: list[DemoVillage]
) -> None:
    def statements(path: Path) -> int:
        import_workbook(path, user_id=None)
        with CaptureQueriesContext(connection) as asked:
            assert officer.get(INBOX).status_code == 200
        return len(asked)

    officer.get(INBOX)
    assert len({statements(village.path) for village in district}) == 1
