"""The papers of a fund on screen: who sees what, who takes a content away, and who can not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from django.test import Client
from django.utils import timezone

from audit.test_pictures import WITH_EXIF, jpeg, position_in
from kongthun.accounts.reach import Deed, NotEntitled, reach_of
from kongthun.audit.actions import evidence_path
from kongthun.audit.models import AuditLine, KeptPaper, Redaction
from kongthun.audit.papers import (
    NoReason,
    NoSuchPaper,
    ReasonTooLong,
    RedactedBefore,
    keep_paper,
)
from kongthun.groups.actions.redacting import redact
from kongthun.groups.models import Group, Membership
from kongthun.groups.paper_refusals import NotDone, PaperNotRedacted
from kongthun.groups.paper_wording import refusal_in_thai, subject_in_thai
from kongthun.ledger.kept_papers import papers_as_kept
from kongthun.ledger.models import Fund
from kongthun.ledger.wording import fault_in_thai
from reports.small_district import FAR_AWAY, NEXT_DOOR, SmallDistrict, signed_in

LETTER = b"%PDF-1.7 a letter"
EVERYBODY = [
    *("officer", "field_worker", "chairman", "treasurer", "member", "province", "department"),
    *("auditor", "neighbour", "retired"),
]
OFFICE = {"officer", "field_worker", "chairman", "treasurer", "auditor"}


def keep(folder: Path, fund: Fund, subject: str = "gift 1", content: bytes = LETTER) -> str:
    place = folder / "paper"
    place.write_bytes(content)
    return keep_paper(
        place, fund_id=fund.pk, area_code=fund.area_code, subject=subject, user_id=None
    )


@pytest.fixture
def at(district: SmallDistrict, tmp_path: Path) -> str:
    """The address of the papers of the first fund, which keeps one letter as number 1."""
    keep(tmp_path, district.first)
    return f"/funds/{district.first.code}/papers/"


@pytest.mark.parametrize("name", EVERYBODY)
def test_each_sees_the_list_and_the_papers_that_are_theirs(
    district: SmallDistrict, at: str, name: str
) -> None:
    browser = signed_in(district.cast.everyone()[name])
    sees_list = OFFICE | {"province", "department"}
    listed, taken = browser.get(at).status_code, browser.get(f"{at}1/").status_code
    asked = browser.get(f"{at}1/redact/").status_code
    assert (listed == 200) is (name in sees_list), listed
    assert (taken == 200) is (name in OFFICE), taken
    assert (asked == 200) is (name == "officer"), asked
    assert {listed, taken, asked} <= {200, 403, 404}
    said = AuditLine.objects.filter(deed="export_paper", subject="paper 1").count()
    assert said == (name in OFFICE)


def test_a_paper_is_handed_out_as_a_file_and_never_as_a_page(
    district: SmallDistrict, at: str
) -> None:
    answer = signed_in(district.cast.treasurer).get(f"{at}1/")
    assert answer.content == LETTER
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        f'attachment; filename="{district.first.code}-paper-1.pdf"'
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_papers_of_cases_are_only_for_those_who_see_sealed_cases(
    district: SmallDistrict, at: str, tmp_path: Path
) -> None:
    keep(tmp_path, district.first, "case 1 paper", b"%PDF-1.7 for the prosecutor")
    for name in ("officer", "field_worker", "auditor"):
        browser = signed_in(district.cast.everyone()[name])
        assert "เรื่องแก้ไขปัญหาที่ 1" in browser.get(at).content.decode()
        assert browser.get(f"{at}2/").status_code == 200
    for name in ("chairman", "treasurer", "province"):
        browser = signed_in(district.cast.everyone()[name])
        assert "เรื่องแก้ไขปัญหา" not in browser.get(at).content.decode()
        assert browser.get(f"{at}2/").status_code in {403, 404}


def test_an_officer_takes_a_content_away_with_a_reason(
    district: SmallDistrict,
    at: str,
    django_capture_on_commit_callbacks: Any,  # noqa: ANN401
) -> None:
    officer = signed_in(district.cast.officer)
    content = keep_in(district)
    for nothing in ("", "   "):
        refused = officer.post(f"{at}1/redact/", {"reason": nothing})
        assert refused.status_code == 422
        assert "ยังไม่ได้บอกเหตุผล" in refused.content.decode()
    long = "ก" * 301
    refused = officer.post(f"{at}1/redact/", {"reason": long})
    assert refused.status_code == 422
    assert long in refused.content.decode()
    assert not Redaction.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        done = officer.post(f"{at}1/redact/", {"reason": "เห็นเลขบัตร"}, follow=True)
    assert done.redirect_chain == [(at, 302)]
    assert "เห็นเลขบัตร" in done.content.decode()
    assert not evidence_path(content).exists()
    gone = officer.get(f"{at}1/")
    assert gone.status_code == 404
    assert "เนื้อหาของเอกสารนี้ปิดแล้ว" in gone.content.decode()
    again = officer.post(f"{at}1/redact/", {"reason": "อีกครั้ง"})
    assert again.status_code == 422
    assert "ปิดเนื้อหาแล้ว" in again.content.decode()
    assert "อีกครั้ง" in again.content.decode()
    # The reason is for those who see names; the rest sees that it is closed.
    province = signed_in(district.cast.province).get(at).content.decode()
    assert "ปิดเมื่อ" in province
    assert "เห็นเลขบัตร" not in province


def test_papers_of_the_same_content_are_said_to_close_together(
    district: SmallDistrict, at: str, tmp_path: Path
) -> None:
    officer = signed_in(district.cast.officer)
    assert "จะปิดพร้อมกัน" not in officer.get(f"{at}1/redact/").content.decode()
    keep(tmp_path, district.first, "gift 2")
    assert "ลำดับที่ 2 ด้วย จะปิดพร้อมกัน" in officer.get(f"{at}1/redact/").content.decode()


def keep_in(district: SmallDistrict) -> str:
    return KeptPaper.objects.get(fund_id=district.first.pk, number=1).sha256


@pytest.mark.parametrize("name", sorted(set(EVERYBODY) - {"officer"}))
def test_nobody_else_takes_a_content_away(district: SmallDistrict, at: str, name: str) -> None:
    user = district.cast.everyone()[name]
    answer = signed_in(user).post(f"{at}1/redact/", {"reason": "เห็นเลขบัตร"})
    assert answer.status_code in {403, 404}
    group = Group.objects.get(pk=district.first.pk)
    by = reach_of(user, timezone.localdate())
    done = redact(group=group, number=1, reason=" ", by=by)
    assert isinstance(done, NotDone)
    assert [type(each) for each in done.refusals] == [NotEntitled, NoReason]
    assert not Redaction.objects.exists()


# --- attacks --------------------------------------------------------------------------------


def test_the_paper_of_another_fund_is_not_found_under_ones_own(
    district: SmallDistrict, at: str, tmp_path: Path
) -> None:
    theirs = Fund.objects.get(code=NEXT_DOOR)
    for number in range(1, 4):
        keep(tmp_path, theirs, f"gift {number}", LETTER + b" of another %d" % number)
    chairman = signed_in(district.cast.chairman)
    assert chairman.get(f"/funds/{NEXT_DOOR}/papers/").status_code == 404
    for number in range(1, 4):
        assert chairman.get(f"/funds/{NEXT_DOOR}/papers/{number}/").status_code == 404
    for number in range(2, 6):  # theirs by number, asked for under our own fund
        assert chairman.get(f"{at}{number}/").status_code == 404


def test_naming_anothers_content_in_ones_own_row_opens_nothing(
    district: SmallDistrict, at: str, tmp_path: Path
) -> None:
    """Whoever gets a foreign fingerprint into a row of their own still is not handed the file."""
    theirs = keep(tmp_path, Fund.objects.get(code=FAR_AWAY), "member 1 photo", jpeg(WITH_EXIF))
    number = Membership.objects.filter(group_id=district.first.pk).values_list("number", flat=True)
    Membership.objects.filter(group_id=district.first.pk, number=number[0]).update(photo=theirs)
    chairman = signed_in(district.cast.chairman)
    there = f"/funds/{district.first.code}/members/{number[0]}/photo/"
    assert chairman.get(there).status_code == 404
    assert at


@pytest.mark.parametrize(
    "address",
    [
        "../../../../etc/passwd",
        "..%2f..%2fsecret.key",
        "1/../2/",
        "%00",
        "-1/",
        "99999999999999999999999/",
        "1.5/",
        "ก/",
        "evidence/",
    ],
)
def test_no_address_leads_out_of_the_list(district: SmallDistrict, at: str, address: str) -> None:
    for name in ("officer", "chairman"):
        browser = signed_in(district.cast.everyone()[name])
        assert browser.get(f"{at}{address}").status_code in {301, 404}


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script>",
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a<script>",
        b"PK\x03\x04",
        b"\x7fELF",
        b"",
    ],
)
def test_what_a_browser_might_run_is_not_handed_out_even_if_it_got_in(
    district: SmallDistrict, at: str, tmp_path: Path, content: bytes
) -> None:
    keep(tmp_path, district.first, "gift 2", content)
    assert signed_in(district.cast.treasurer).get(f"{at}2/").status_code == 404


def test_a_photo_that_hides_a_page_is_a_photo_to_every_browser(
    district: SmallDistrict, at: str, tmp_path: Path
) -> None:
    """A file that begins as a photo and goes on as a page keeps neither words nor tail."""
    page = b"<script>alert(1)</script>"
    hidden = jpeg(behind=page)
    keep(tmp_path, district.first, "meeting 1 photo", hidden)
    answer = signed_in(district.cast.treasurer).get(f"{at}2/")
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert page not in answer.content


def test_a_photo_taken_with_position_is_handed_out_without(
    district: SmallDistrict, at: str, tmp_path: Path
) -> None:
    keep(tmp_path, district.first, "meeting 1 photo", jpeg(WITH_EXIF))
    assert not position_in(signed_in(district.cast.treasurer).get(f"{at}2/").content)


def test_signed_out_nobody_sees_anything(at: str) -> None:
    for address in ("", "1/", "1/redact/"):
        answer = Client().get(f"{at}{address}")
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/")


# --- words and statements -------------------------------------------------------------------


def test_the_list_asks_as_little_for_thirty_papers_as_for_three(
    district: SmallDistrict,
    at: str,
    tmp_path: Path,
    django_assert_max_num_queries: Any,  # noqa: ANN401
) -> None:
    officer = signed_in(district.cast.officer)
    for number in range(2, 4):
        keep(tmp_path, district.first, f"gift {number}", LETTER + b"%d" % number)
    with django_assert_max_num_queries(30) as few:
        assert officer.get(at).status_code == 200
    for number in range(4, 31):
        keep(tmp_path, district.first, f"gift {number}", LETTER + b"%d" % number)
    with django_assert_max_num_queries(30) as many:
        assert "30 รายการ" in officer.get(at).content.decode()
    assert len(many) == len(few) <= 8


def test_every_refusal_has_words() -> None:
    refusals: list[PaperNotRedacted] = [
        NotEntitled(Deed.REDACT_EVIDENCE, date(2026, 11, 22)),
        NoSuchPaper(7),
        RedactedBefore(7, datetime(2026, 11, 22, tzinfo=UTC)),
        NoReason(),
        ReasonTooLong(300),
    ]
    assert {type(each) for each in refusals} == set(get_args(PaperNotRedacted))
    for each in refusals:
        assert refusal_in_thai(each)
    with pytest.raises(NotImplementedError):
        refusal_in_thai(object())  # type: ignore[arg-type]


def test_papers_are_called_by_what_they_belong_to() -> None:
    assert subject_in_thai("meeting 12 photo") == "ภาพการประชุมครั้งที่ 12"
    assert subject_in_thai("gift 3 report 2") == "รายงานที่ 2 ของเงินหรือสิ่งที่ได้รับลำดับที่ 3"
    assert subject_in_thai("case 4 step 2") == "เอกสารของเรื่องแก้ไขปัญหาที่ 4"
    assert subject_in_thai("of no kind we know") == "เอกสารของกลุ่ม"


@pytest.mark.usefixtures("at")
def test_verify_names_a_paper_that_is_lost_or_changed(district: SmallDistrict) -> None:
    assert list(papers_as_kept(district.first)) == []
    evidence_path(keep_in(district)).write_bytes(b"%PDF-1.7 another")
    [fault] = papers_as_kept(None)
    assert (fault.fund, fault.what, fault.name) == (district.first.code, "paper_content", "1")
    evidence_path(keep_in(district)).unlink()
    [fault] = papers_as_kept(district.first)
    assert fault.what == "paper_missing"
    assert "ไม่พบแฟ้มของเอกสารลำดับที่ 1" in fault_in_thai(fault)
