"""The paper of a gift or a borrowing and the photo of a tool: kept, opened, replaced, refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.test_pictures import WITH_EXIF, jpeg, png, position_in, webp
from five.occupation_group import OccupationGroup, founded_group
from funding.means_group import MILL, baht, day, refused
from funding.test_means_pages import at, browser, text
from kongthun.accounts.reach import NotEntitled
from kongthun.activities.forms import MOST_BYTES
from kongthun.audit.models import AuditLine, KeptPaper
from kongthun.domain.plan import PlannedPart
from kongthun.funding.actions.borrowings import borrow, take_back_borrowing
from kongthun.funding.actions.gifts import receive_gift, take_back_gift
from kongthun.funding.actions.papers import (
    PaperKept,
    keep_borrowing_paper,
    keep_gift_paper,
    keep_tool_photo,
)
from kongthun.funding.actions.tools import retire_tool
from kongthun.funding.means_refusals import NoSuch, TakenBackBefore, ToolGone
from kongthun.funding.models import Borrowing, Gift, SourceKind, Tool
from kongthun.funding.posting import Pocket

pytestmark = pytest.mark.django_db

KEEPS = (keep_gift_paper, keep_borrowing_paper, keep_tool_photo)
PAGES = {
    "gifts/1/paper/": "gift 1",
    "borrowings/1/paper/": "borrowing 1",
    "tools/1/photo/": "tool 1",
}
PHOTO = jpeg(WITH_EXIF)


@pytest.fixture
def ours() -> OccupationGroup:
    """A group that was given a mill (tool 1) and borrowed money."""
    group = founded_group()
    fund, by = group.fund, group.treasurer
    given = {"kind": SourceKind.DONATION, "giver": "วัดในไร่", "amount": baht(24_000)}
    receive_gift(fund=fund, on=day(2, 2), key="mill", by=by, tool=MILL, **given)  # type: ignore[arg-type]
    borrow(
        fund=fund,
        lender="กองทุนสตรี",
        amount=baht(10_000),
        on=day(2, 3),
        pocket=Pocket(),
        parts=[PlannedPart(day(8, 1), baht(10_000), baht(0))],
        key="loan",
        by=by,
    )
    return group


def sent(content: bytes, name: str = "p.jpg") -> dict[str, Any]:
    return {"key": "k", "file": SimpleUploadedFile(name, content)}


@pytest.mark.parametrize("keep", KEEPS)
def test_a_paper_is_chained_into_the_groups_record_without_its_position(
    ours: OccupationGroup,
    tmp_path: Path,
    keep: Any,  # noqa: ANN401
) -> None:
    photo = tmp_path / "p.jpg"
    photo.write_bytes(PHOTO)
    done = keep(1, fund=ours.fund, file=photo, by=ours.treasurer)
    assert isinstance(done, PaperKept)
    [row] = KeptPaper.objects.filter(fund_id=ours.fund.pk)
    assert row.sha256 == done.sha256
    assert AuditLine.objects.filter(deed=keep.__name__, subject=row.subject).exists()
    named = {
        Gift.objects.get(fund=ours.fund).evidence,
        Borrowing.objects.get(fund=ours.fund).evidence,
        Tool.objects.get(fund=ours.fund).photo,
    }
    assert named == {done.sha256, ""}
    photo.write_bytes(png())
    again = keep(1, fund=ours.fund, file=photo, by=ours.treasurer)
    assert again.sha256 != done.sha256
    assert KeptPaper.objects.filter(fund_id=ours.fund.pk).count() == 2


@pytest.mark.parametrize("keep", KEEPS)
def test_who_does_not_keep_the_means_is_told_everything_at_once(
    ours: OccupationGroup,
    tmp_path: Path,
    keep: Any,  # noqa: ANN401
) -> None:
    photo = tmp_path / "p.jpg"
    photo.write_bytes(PHOTO)
    found = refused(keep(9, fund=ours.fund, file=photo, by=ours.stranger))
    assert [type(each) for each in found] == [NotEntitled, NoSuch]
    assert not KeptPaper.objects.exists()


def test_what_was_taken_back_or_is_gone_takes_no_paper(
    ours: OccupationGroup, tmp_path: Path
) -> None:
    photo = tmp_path / "p.jpg"
    photo.write_bytes(PHOTO)
    of: dict[str, Any] = {"fund": ours.fund, "by": ours.treasurer}
    take_back_borrowing(1, reason="ผิด", key="b", **of)
    assert refused(keep_borrowing_paper(1, file=photo, **of)) == (TakenBackBefore("borrowing", 1),)
    retire_tool(1, on=day(5, 1), words="พัง", key="r", **of)
    assert refused(keep_tool_photo(1, file=photo, **of)) == (ToolGone(1, day(5, 1)),)


def test_a_gift_that_was_taken_back_takes_no_paper(ours: OccupationGroup, tmp_path: Path) -> None:
    photo = tmp_path / "p.jpg"
    photo.write_bytes(PHOTO)
    of: dict[str, Any] = {"fund": ours.fund, "by": ours.treasurer}
    take_back_gift(1, reason="ผิด", key="b", **of)
    assert refused(keep_gift_paper(1, file=photo, **of)) == (TakenBackBefore("gift", 1),)


@pytest.mark.parametrize("page", PAGES)
def test_a_treasurer_keeps_it_on_screen_and_opens_it_again(
    ours: OccupationGroup, page: str
) -> None:
    client = browser(ours)
    file = at(ours, f"{page}file/")
    assert client.get(file).status_code == 404
    assert client.get(at(ours, page)).status_code == 200
    nothing = client.post(at(ours, page), {"key": "k"})
    assert nothing.status_code == 422
    assert "ยังไม่ได้เลือกไฟล์" in text(nothing)
    kept = client.post(at(ours, page), sent(PHOTO), follow=True)
    assert kept.redirect_chain, text(kept)
    assert "เก็บไว้แล้ว" in text(kept)
    assert file in kept.content.decode()
    opened = client.get(file)
    assert opened["Content-Type"] == "image/jpeg"
    assert not position_in(opened.content)
    assert KeptPaper.objects.get().subject == PAGES[page]


@pytest.mark.parametrize("page", PAGES)
def test_others_do_not_keep_and_strangers_do_not_open(ours: OccupationGroup, page: str) -> None:
    browser(ours).post(at(ours, page), sent(PHOTO))
    chairman, stranger = browser(ours, "chairman"), browser(ours, "stranger")
    assert chairman.post(at(ours, page), sent(png())).status_code == 403
    assert chairman.get(at(ours, f"{page}file/")).status_code == 200
    assert stranger.post(at(ours, page), sent(png())).status_code in {403, 404}
    assert stranger.get(at(ours, f"{page}file/")).status_code == 404
    assert KeptPaper.objects.count() == 1


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "p.svg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "p.jpg"),
        (b"<html><script>alert(1)</script>", "p.png"),
        (b"<html><script>alert(1)</script>", "p.html"),
        (jpeg(), "p.html"),
        (jpeg(), "../../p.exe"),
        (b"GIF89a", "p.gif"),
        (b"", "p.jpg"),
        (b"\xff\xd8\xff" + bytes(MOST_BYTES), "p.jpg"),
    ],
)
def test_what_is_no_photo_or_paper_is_not_taken(
    ours: OccupationGroup, page: str, content: bytes, name: str
) -> None:
    answer = browser(ours).post(at(ours, page), sent(content, name))
    assert answer.status_code == 422
    assert not KeptPaper.objects.exists()


def test_a_phones_webp_is_a_photo_of_a_tool(ours: OccupationGroup) -> None:
    client = browser(ours)
    client.post(at(ours, "tools/1/photo/"), sent(webp(), "p.webp"))
    assert client.get(at(ours, "tools/1/photo/file/"))["Content-Type"] == "image/webp"


def test_a_name_that_climbs_out_of_the_folder_writes_nothing_elsewhere(
    ours: OccupationGroup,
    settings: Any,  # noqa: ANN401
) -> None:
    browser(ours).post(at(ours, "tools/1/photo/"), sent(jpeg(), "../../../up.jpg"))
    root = Path(settings.EVIDENCE_ROOT)
    [kept] = [each for each in root.rglob("*") if each.is_file()]
    assert kept.parent.parent == root
    assert not list(root.parent.glob("up.jpg"))
