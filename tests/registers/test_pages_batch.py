"""From files handed in to books posted: the preview, the yes, the no, and what came of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kongthun.accounts.models import Appointment, Role
from kongthun.audit.models import AuditLine, Evidence
from kongthun.ledger.models import Entry, Fund
from kongthun.registers import batches
from kongthun.registers.actions import import_workbook
from kongthun.registers.batches import Outcome, waiting_path
from kongthun.registers.demo import DemoVillage
from kongthun.registers.models import Batch, Workbook

from .conftest import DISTRICT, OTHER_DISTRICT, SignIn

BROKEN = SimpleUploadedFile("80160401.xlsx", b"PK\x03\x04 half a file")


def hand_in(client: Client, villages: list[DemoVillage], *others: SimpleUploadedFile) -> Batch:
    files = [SimpleUploadedFile(v.path.name, v.path.read_bytes()) for v in villages]
    for other in others:
        other.seek(0)
    assert client.post("/registers/", {"workbooks": [*files, *others]}).status_code == 302
    return Batch.objects.latest("pk")


def press(client: Client, batch: Batch, what: str) -> str:
    """Press a button of the batch without JavaScript and read the page that comes."""
    return text(client.post(f"/registers/batches/{batch.pk}/{what}/", follow=True))


def text(page: object) -> str:
    return page.content.decode()  # type: ignore[attr-defined,no-any-return]


def main(page: str) -> str:
    """What a page says, without the token that differs each time."""
    return page[page.index("<main") : page.index("</main>")]


def outcomes(batch: Batch) -> dict[str, str]:
    return dict(batch.files.values_list("file_name", "outcome"))


def test_two_good_files_and_a_broken_one_from_preview_to_receipts(
    officer: Client, district: list[DemoVillage]
) -> None:
    healthy, doubtful = district[0], district[2]
    batch = hand_in(officer, [healthy, doubtful], BROKEN)
    waiting = text(officer.get(f"/registers/batches/{batch.pk}/"))
    assert "0 จาก 3" in waiting
    assert "ตรวจต่อ" in waiting
    assert "ยืนยันนำเข้า" not in waiting

    preview = press(officer, batch, "look")
    assert "ยืนยันนำเข้า 2 สมุด" in preview
    assert healthy.name in preview
    assert doubtful.name in preview
    assert "80160401.xlsx" in preview
    assert "ไฟล์เสียหรือคัดลอกมาไม่ครบ" in preview
    assert "✓ ตรงกัน" in preview
    assert "วันส่งคืนอยู่ก่อนวันรับเงินยืม" in preview  # a reason, and its advice:
    assert "ลองเทียบวันที่ในใบรับคืนเงินกับวันที่ในสัญญา" in preview
    assert "เทียบกับเล่มน้ำตาล" in preview
    assert "เงินอยู่ที่ไหน" in preview
    assert not Entry.objects.exists()
    assert not Workbook.objects.exists()
    assert not Fund.objects.exists()

    done = press(officer, batch, "confirm")
    assert "ลงบัญชีแล้ว" in done
    assert f"/registers/receipts/{healthy.code}/1/" in done
    assert f"/registers/receipts/{doubtful.code}/1/" in done
    assert f"/registers/set-aside/?fund={doubtful.code}" in done
    assert "ไฟล์เสียหรือคัดลอกมาไม่ครบ" in done
    assert outcomes(batch) == {
        "80160101.xlsx": Outcome.IMPORTED,
        "80160301.xlsx": Outcome.IMPORTED,
        "80160401.xlsx": Outcome.UNREADABLE,
    }
    for village in (healthy, doubtful):
        sums = Fund.objects.get(code=village.code).position
        assert sums.lent == village.truth.lent
        assert sums.repaid == village.truth.repaid
    assert Evidence.objects.count() == 2


def test_confirming_twice_posts_nothing_new(officer: Client, district: list[DemoVillage]) -> None:
    batch = hand_in(officer, district[:1])
    press(officer, batch, "look")
    first = press(officer, batch, "confirm")
    entries, lines = Entry.objects.count(), AuditLine.objects.filter(deed="import_workbook").count()
    assert main(press(officer, batch, "confirm")) == main(first)
    assert main(press(officer, batch, "import")) == main(first)
    assert "ผลการนำเข้า" in text(officer.get(f"/registers/batches/{batch.pk}/", follow=True))
    assert Entry.objects.count() == entries
    assert AuditLine.objects.filter(deed="import_workbook").count() == lines == 1
    assert Workbook.objects.count() == 1


def test_a_batch_can_not_be_confirmed_before_every_file_was_looked_at(
    officer: Client, district: list[DemoVillage]
) -> None:
    batch = hand_in(officer, district[:2])
    assert "รอให้ตรวจครบทุกไฟล์ก่อน" in press(officer, batch, "confirm")
    officer.post(f"/registers/batches/{batch.pk}/look/", headers={"HX-Request": "true"})
    assert "รอให้ตรวจครบทุกไฟล์ก่อน" in press(officer, batch, "confirm")
    assert not Entry.objects.exists()


def test_dropping_a_batch_imports_nothing_and_keeps_no_file(
    officer: Client, district: list[DemoVillage]
) -> None:
    batch = hand_in(officer, district[2:])
    press(officer, batch, "look")
    sha256 = batch.files.get().sha256
    assert "ไม่นำเข้าชุดนี้แล้ว" in press(officer, batch, "drop")
    assert not waiting_path(sha256).exists()
    assert not Entry.objects.exists()
    assert batch.files.get().preview == {}  # what it showed of people is gone as well
    assert outcomes(batch) == {"80160301.xlsx": Outcome.DROPPED}
    press(officer, batch, "confirm")
    assert not Entry.objects.exists()


def test_a_file_that_another_open_batch_needs_is_kept(
    officer: Client, district: list[DemoVillage]
) -> None:
    first, second = hand_in(officer, district[:1]), hand_in(officer, district[:1])
    press(officer, first, "drop")
    press(officer, second, "look")
    assert "ลงบัญชีแล้ว" in press(officer, second, "confirm")
    assert not waiting_path(second.files.get().sha256).exists()


def test_a_workbook_of_another_place_is_refused_by_the_places_name(
    sign_in: SignIn, district: list[DemoVillage]
) -> None:
    worker = sign_in(Role.FIELD_WORKER, area=district[0].code[:6])
    import_workbook(district[1].path, user_id=None)  # whether it is in the books must not show
    batch = hand_in(worker, district)
    preview = press(worker, batch, "look")
    assert "ยืนยันนำเข้า 1 สมุด" in preview
    assert "เป็นสมุดของหมู่ 1 ตำบลหน้าสตน อำเภอหัวไทร อยู่นอกพื้นที่ของท่าน" in preview
    for other in district[1:]:
        assert other.name not in preview
    done = press(worker, batch, "confirm")
    assert "ตำบลหน้าสตน" in done
    assert set(Fund.objects.values_list("code", flat=True)) == {district[0].code, district[1].code}
    assert Workbook.objects.count() == 2
    assert batch.files.get(file_name="80160201.xlsx").preview == {"out_of_reach": "80160201"}


def test_reach_that_ended_after_the_preview_is_asked_again(
    officer: Client, district: list[DemoVillage]
) -> None:
    batch = hand_in(officer, district[:2])
    press(officer, batch, "look")
    Appointment.objects.update(area_code=district[0].code[:6])
    press(officer, batch, "confirm")
    assert outcomes(batch)["80160101.xlsx"] == Outcome.IMPORTED
    assert outcomes(batch)["80160201.xlsx"] == Outcome.OUT_OF_REACH
    assert list(Fund.objects.values_list("code", flat=True)) == [district[0].code]


def test_a_batch_is_open_to_who_handed_it_in_and_nobody_else(
    sign_in: SignIn, officer: Client, district: list[DemoVillage]
) -> None:
    batch = hand_in(officer, district[:1])
    colleague = sign_in(Role.FIELD_WORKER, area="801601")
    for address in ("", "done/"):
        assert colleague.get(f"/registers/batches/{batch.pk}/{address}").status_code == 404
        assert colleague.get(f"/registers/batches/999999/{address}").status_code == 404
    for press_on in ("look", "confirm", "import", "drop"):
        assert colleague.post(f"/registers/batches/{batch.pk}/{press_on}/").status_code == 404
    batch.refresh_from_db()
    assert batch.settled_at is None
    assert outcomes(batch) == {"80160101.xlsx": Outcome.WAITING}


@pytest.mark.parametrize("role", [Role.CHAIRMAN, Role.MEMBER])
def test_people_of_a_fund_do_not_reach_batches(
    sign_in: SignIn, funds: list[Fund], role: Role
) -> None:
    client = sign_in(role, fund=funds[0])
    assert client.get("/registers/batches/1/").status_code == 403
    assert client.post("/registers/batches/1/confirm/").status_code == 403
    assert Client().post("/registers/batches/1/confirm/").status_code == 302  # to sign in


def test_a_link_alone_changes_nothing(officer: Client, district: list[DemoVillage]) -> None:
    batch = hand_in(officer, district[:1])
    for press_on in ("look", "confirm", "import", "drop"):
        assert officer.get(f"/registers/batches/{batch.pk}/{press_on}/").status_code == 405


def test_every_press_needs_the_pages_own_token(
    sign_in: SignIn, officer: Client, district: list[DemoVillage]
) -> None:
    batch = hand_in(officer, district[:1])
    press(officer, batch, "look")
    strict = sign_in(Role.DISTRICT, area=DISTRICT, csrf=True)
    for press_on in ("look", "confirm", "import", "drop"):
        assert strict.post(f"/registers/batches/{batch.pk}/{press_on}/").status_code == 403
    page = text(strict.get(f"/registers/batches/{batch.pk}/"))
    token = re.search(r'id="confirm"[^>]*>\s*<input[^>]*value="(\w+)"', page)
    assert token
    confirmed = strict.post(
        f"/registers/batches/{batch.pk}/confirm/", {"csrfmiddlewaretoken": token[1]}
    )
    assert confirmed.status_code == 302
    assert Workbook.objects.count() == 1


def test_a_part_of_the_page_looks_at_one_file_and_tells_the_count(
    officer: Client, district: list[DemoVillage]
) -> None:
    batch = hand_in(officer, district)
    address, part = f"/registers/batches/{batch.pk}/look/", {"HX-Request": "true"}
    assert "1 จาก 3" in text(officer.post(address, headers=part))
    assert "2 จาก 3" in text(officer.post(address, headers=part))
    last = officer.post(address, headers=part)
    assert last.headers["HX-Redirect"] == f"/registers/batches/{batch.pk}/"
    preview = officer.get(f"/registers/batches/{batch.pk}/")
    assert "ยืนยันนำเข้า 3 สมุด" in text(preview)


def test_a_long_import_goes_on_where_patience_ended(
    officer: Client, district: list[DemoVillage], monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = hand_in(officer, district)
    press(officer, batch, "look")
    monkeypatch.setattr("kongthun.registers.views.batches.PATIENCE", 0.0)
    page = press(officer, batch, "confirm")
    assert Workbook.objects.count() == 1
    assert "1 จาก 3" in page
    assert "ทำต่อ" in page
    part = officer.post(f"/registers/batches/{batch.pk}/import/", headers={"HX-Request": "true"})
    assert "2 จาก 3" in text(part)
    assert "ลงบัญชีแล้ว" in press(officer, batch, "import")
    assert Workbook.objects.count() == 3


def test_a_workbook_brought_in_before_is_said_to_be_the_same(
    officer: Client, district: list[DemoVillage], funds: list[Fund]
) -> None:
    batch = hand_in(officer, district[:1])
    preview = press(officer, batch, "look")
    assert "เหมือนที่มีอยู่แล้ว" in preview
    assert "ยืนยันนำเข้า" not in preview
    assert Workbook.objects.count() == len(funds)


def test_two_files_of_one_fund_are_pointed_out(
    officer: Client, district: list[DemoVillage]
) -> None:
    other = SimpleUploadedFile("80160101 ฉบับแก้.xlsx", district[1].path.read_bytes())
    batch = hand_in(officer, district[:1], other)
    assert "มีสมุดของกองทุนนี้มากกว่าหนึ่งไฟล์" in press(officer, batch, "look")


def test_a_workbook_that_trips_us_does_not_stop_the_others(
    officer: Client, district: list[DemoVillage], monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = hand_in(officer, district[:2])
    press(officer, batch, "look")
    real = batches.import_workbook

    def stumbles(path: Path, **asked: object) -> object:
        receipt = real(path, **asked)  # type: ignore[arg-type]
        if asked["file_name"] == "80160101.xlsx":
            raise RuntimeError("after the books were written")
        return receipt

    monkeypatch.setattr(batches, "import_workbook", stumbles)
    done = press(officer, batch, "confirm")
    assert "ระบบทำสมุดนี้ไม่สำเร็จ" in done
    assert outcomes(batch) == {
        "80160101.xlsx": Outcome.FAILED,
        "80160201.xlsx": Outcome.IMPORTED,
    }
    assert list(Fund.objects.values_list("code", flat=True)) == [district[1].code]


def test_a_larger_batch_asks_no_more_of_the_database(
    officer: Client, district: list[DemoVillage]
) -> None:
    def statements(batch: Batch, address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert officer.get(f"/registers/batches/{batch.pk}/{address}").status_code == 200
        return len(asked)

    small, large = hand_in(officer, district[:1]), hand_in(officer, district)
    for batch in (small, large):
        press(officer, batch, "look")
    assert statements(small, "") == statements(large, "")
    for batch in (small, large):
        press(officer, batch, "confirm")
    assert statements(small, "done/") == statements(large, "done/")


def test_a_file_that_names_two_villages_shows_nothing_of_the_one_out_of_reach(
    sign_in: SignIn, district: list[DemoVillage]
) -> None:
    import_workbook(district[1].path, user_id=None)
    worker = sign_in(Role.FIELD_WORKER, area=district[0].code[:6])
    both = f"{district[0].code} {district[1].code}.xlsx"
    batch = hand_in(worker, [], SimpleUploadedFile(both, district[1].path.read_bytes()))
    preview = press(worker, batch, "look")
    assert district[1].truth.lent.text not in preview
    assert "รายละเอียดของสมุดนี้" not in preview
    press(worker, batch, "confirm")
    assert Workbook.objects.count() == 1


def test_an_officer_of_another_district_imports_nothing_of_this_one(
    sign_in: SignIn, district: list[DemoVillage]
) -> None:
    stranger = sign_in(Role.DISTRICT, area=OTHER_DISTRICT)
    batch = hand_in(stranger, district)
    preview = press(stranger, batch, "look")
    assert "ยืนยันนำเข้า" not in preview
    press(stranger, batch, "confirm")
    assert not Fund.objects.exists()
