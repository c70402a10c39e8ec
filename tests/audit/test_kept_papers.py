"""A fund's papers: kept once by content, chained, never changed, redacted only with a reason."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from audit.test_pictures import WITH_EXIF, jpeg, position_in
from kongthun.audit.actions import evidence_path, keep_evidence, sha256_of
from kongthun.audit.models import AuditLine, Evidence, KeptPaper, PaperRecord, Redaction
from kongthun.audit.papers import (
    NoReason,
    NoSuchPaper,
    PaperFault,
    PaperRedacted,
    ReasonTooLong,
    RedactedBefore,
    faults_of_papers,
    keep_paper,
    paper_of,
    papers_of,
    redact_paper,
    sha256_as_kept,
)
from kongthun.ledger import guards

pytestmark = pytest.mark.django_db

FUND, OTHER = 801601, 801602


def paper(folder: Path, words: str = "receipt", name: str = "paper.pdf") -> Path:
    place = folder / name
    place.write_bytes(b"%PDF-1.7 " + words.encode())
    return place


def kept(path: Path, *, fund_id: int = FUND, subject: str = "gift 1") -> str:
    return keep_paper(path, fund_id=fund_id, area_code="80160101", subject=subject, user_id=None)


def test_a_paper_is_kept_by_its_content_and_numbered_in_its_fund(tmp_path: Path) -> None:
    first, second = kept(paper(tmp_path)), kept(paper(tmp_path, "letter"), subject="gift 2")
    elsewhere = kept(paper(tmp_path, "letter"), fund_id=OTHER)
    assert first == sha256(b"%PDF-1.7 receipt").hexdigest()
    assert evidence_path(first).read_bytes() == b"%PDF-1.7 receipt"
    assert second == elsewhere
    assert list(KeptPaper.objects.order_by("pk").values_list("fund_id", "number")) == [
        (FUND, 1),
        (FUND, 2),
        (OTHER, 1),
    ]
    assert PaperRecord.objects.get(fund_id=FUND).lines == 2
    assert Evidence.objects.count() == 2
    assert AuditLine.objects.filter(deed="keep_paper").count() == 3


def test_the_same_paper_for_the_same_thing_is_one_line(tmp_path: Path) -> None:
    kept(paper(tmp_path))
    kept(paper(tmp_path))
    assert KeptPaper.objects.count() == 1
    kept(paper(tmp_path), subject="gift 2")
    assert KeptPaper.objects.count() == 2


def test_a_fund_keeps_what_it_was_given_and_nothing_of_another(tmp_path: Path) -> None:
    content = kept(paper(tmp_path))
    found = paper_of(FUND, content)
    assert found is not None
    assert found.path == evidence_path(content)
    assert paper_of(OTHER, content) is None
    assert paper_of(FUND, "../../etc/passwd") is None


# --- redaction ------------------------------------------------------------------------------


@pytest.fixture
def redact(django_capture_on_commit_callbacks: Any) -> Callable[..., Any]:  # noqa: ANN401
    """A redaction whose transaction ends, so that the file goes where it goes."""

    def deed(number: int, *, fund_id: int = FUND, reason: str = "เห็นเลขบัตรประชาชน") -> Any:  # noqa: ANN401
        with django_capture_on_commit_callbacks(execute=True):
            return redact_paper(
                number, fund_id=fund_id, area_code="80160101", reason=reason, user_id=None
            )

    return deed


def test_a_redacted_paper_is_gone_and_its_line_stays_true(
    tmp_path: Path, redact: Callable[..., Any]
) -> None:
    content = kept(paper(tmp_path))
    assert redact(1) == PaperRedacted(2)
    found = paper_of(FUND, content)
    assert found is not None
    assert found.path is None
    assert found.redaction is not None
    assert found.redaction.reason == "เห็นเลขบัตรประชาชน"
    assert not evidence_path(content).exists()
    assert KeptPaper.objects.filter(sha256=content).exists()
    assert faults() == []
    line = AuditLine.objects.get(deed="redact_paper")
    assert line.subject == "paper 1"
    assert "เลขบัตร" not in str(line.details)


def test_all_lines_of_the_content_are_redacted_together(
    tmp_path: Path, redact: Callable[..., Any]
) -> None:
    content = kept(paper(tmp_path))
    kept(paper(tmp_path), subject="gift 2")
    redact(1)
    assert [each.redaction is None for each in papers_of(FUND)] == [False, False]
    assert not evidence_path(content).exists()


def test_another_fund_keeps_what_it_holds_and_the_redacted_one_can_not_open_it(
    tmp_path: Path, redact: Callable[..., Any]
) -> None:
    content = kept(paper(tmp_path))
    kept(paper(tmp_path), fund_id=OTHER)
    redact(1)
    mine, theirs = paper_of(FUND, content), paper_of(OTHER, content)
    assert mine is not None
    assert theirs is not None
    assert mine.path is None
    assert theirs.path == evidence_path(content)
    assert faults() == []
    redact(1, fund_id=OTHER)
    assert not evidence_path(content).exists()
    assert faults() == []


def test_what_was_kept_for_something_else_too_stays_on_the_disk(
    tmp_path: Path, redact: Callable[..., Any]
) -> None:
    leaflet = paper(tmp_path, "leaflet of the library")
    content = kept(leaflet)
    keep_evidence(leaflet, content)
    redact(1)
    assert evidence_path(content).exists()
    found = paper_of(FUND, content)
    assert found is not None
    assert found.path is None
    assert faults() == []


def test_kept_anew_after_a_redaction_it_is_there_again_and_all_three_are_told(
    tmp_path: Path, redact: Callable[..., Any]
) -> None:
    content = kept(paper(tmp_path))
    redact(1)
    assert kept(paper(tmp_path)) == content
    found = paper_of(FUND, content)
    assert found is not None
    assert found.path is not None
    assert [each.redaction is None for each in papers_of(FUND)] == [True, False]
    assert PaperRecord.objects.get(fund_id=FUND).lines == 3
    assert faults() == []


def test_everything_against_a_redaction_is_said_together(
    tmp_path: Path, redact: Callable[..., Any]
) -> None:
    kept(paper(tmp_path))
    assert redact(9, reason=" \u200b ") == (NoSuchPaper(9), NoReason())
    assert redact(1, reason="ก" * 301) == (ReasonTooLong(300),)
    assert redact(1, fund_id=OTHER, reason="x") == (NoSuchPaper(1),)
    redact(1)
    again = redact(1, reason="")
    assert [type(each) for each in again] == [RedactedBefore, NoReason]
    assert Redaction.objects.count() == 1


def test_a_redaction_that_is_rolled_back_takes_nothing_away(tmp_path: Path) -> None:
    content = kept(paper(tmp_path))
    with pytest.raises(RuntimeError), transaction.atomic():
        redact_paper(1, fund_id=FUND, area_code="80160101", reason="x", user_id=None)
        raise RuntimeError
    found = paper_of(FUND, content)
    assert found is not None
    assert found.path is not None


def test_a_file_that_a_crash_left_behind_is_named_and_goes_when_asked_again(
    tmp_path: Path, redact: Callable[..., Any]
) -> None:
    content = kept(paper(tmp_path))
    redact(1)
    evidence_path(content).write_bytes(b"%PDF-1.7 receipt")
    assert faults() == [PaperFault(FUND, "left", 1)]
    assert isinstance(redact(1)[0], RedactedBefore)
    assert faults() == []


# --- the proof ------------------------------------------------------------------------------


def faults(fund_id: int | None = None) -> list[PaperFault]:
    return list(faults_of_papers(fund_id))


def test_a_file_that_is_lost_or_another_is_named_for_every_fund_that_keeps_it(
    tmp_path: Path,
) -> None:
    content = kept(paper(tmp_path))
    kept(paper(tmp_path), fund_id=OTHER)
    letter = kept(paper(tmp_path, "letter"), subject="gift 2")
    assert faults() == []
    evidence_path(content).unlink()
    evidence_path(letter).write_bytes(b"%PDF-1.7 another")
    assert faults() == [
        PaperFault(FUND, "missing", 1),
        PaperFault(FUND, "content", 2),
        PaperFault(OTHER, "missing", 1),
    ]
    assert faults(OTHER) == [PaperFault(OTHER, "missing", 1)]


def test_a_lost_file_that_is_kept_again_is_whole_again(tmp_path: Path) -> None:
    content = kept(paper(tmp_path))
    evidence_path(content).unlink()
    kept(paper(tmp_path))
    assert faults() == []


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ("UPDATE audit_keptpaper SET subject = 'gift 9' WHERE number = 1", 1),
        ("UPDATE audit_keptpaper SET kept_by_id = NULL, sha256 = '0' WHERE number = 1", 1),
        ("UPDATE audit_redaction SET reason = 'other words' WHERE number = 3", 3),
        ("DELETE FROM audit_redaction WHERE number = 3", 2),
        ("DELETE FROM audit_keptpaper WHERE number = 2", 2),
        ("UPDATE audit_paperrecord SET lines = 2", 3),
        ("DELETE FROM audit_paperrecord", 3),
    ],
)
def test_whoever_gets_past_the_triggers_is_found_out(
    tmp_path: Path, redact: Callable[..., Any], change: str, line: int
) -> None:
    kept(paper(tmp_path))
    kept(paper(tmp_path, "letter"), subject="gift 2")
    redact(1)
    with transaction.atomic():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            guards.take_off()
            cursor.execute(change)
        found = [each for each in faults() if each.what == "chain"]
        assert found == [PaperFault(FUND, "chain", line)]
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_keptpaper SET subject = 'x'",
        "DELETE FROM audit_keptpaper",
        "UPDATE audit_redaction SET reason = 'x'",
        "DELETE FROM audit_redaction",
        "DELETE FROM audit_paperrecord",
        "UPDATE audit_paperrecord SET lines = lines - 1",
        "UPDATE audit_paperrecord SET lines = lines + 2",
        "UPDATE audit_paperrecord SET lines = lines",
        "INSERT INTO audit_paperrecord (fund_id, lines, link) SELECT 5, 1, link"
        " FROM audit_paperrecord",
        "INSERT INTO audit_keptpaper (fund_id, number, sha256, subject, kept_at, link)"
        " SELECT fund_id, 1, 'x', '', kept_at, link FROM audit_keptpaper",
        "INSERT INTO audit_keptpaper (fund_id, number, sha256, subject, kept_at, link)"
        " SELECT fund_id, 4, 'x', '', kept_at, link FROM audit_keptpaper",
        "INSERT INTO audit_keptpaper (fund_id, number, sha256, subject, kept_at, link)"
        " SELECT 5, 1, 'x', '', kept_at, link FROM audit_keptpaper",
        "INSERT INTO audit_redaction (fund_id, number, sha256, reason, redacted_at, link)"
        " SELECT fund_id, 3, sha256, ' ', redacted_at, link FROM audit_redaction",
        "INSERT INTO audit_redaction (fund_id, number, sha256, reason, redacted_at, link)"
        " SELECT fund_id, 1, sha256, 'x', redacted_at, link FROM audit_redaction",
    ],
)
def test_the_database_itself_refuses_what_would_spoil_the_record(
    tmp_path: Path, redact: Callable[..., Any], change: str
) -> None:
    kept(paper(tmp_path))
    redact(1)
    with (
        pytest.raises(DatabaseError, match="audit"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
    assert faults() == []


def test_an_old_line_is_not_replaced_by_a_new_one(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("REPLACE is SQLite's own verb")
    kept(paper(tmp_path))
    with (
        pytest.raises(DatabaseError, match="audit"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT OR REPLACE INTO audit_keptpaper (id, fund_id, number, sha256, subject, kept_at,"
            " link) SELECT id, fund_id, 2, 'x', '', kept_at, link FROM audit_keptpaper"
        )


def test_the_proof_asks_as_little_of_many_funds_as_of_few(
    tmp_path: Path,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    for fund_id in range(3):
        kept(paper(tmp_path, str(fund_id)), fund_id=fund_id)
    with django_assert_num_queries(3):
        faults()
    for fund_id in range(3, 30):
        kept(paper(tmp_path, str(fund_id)), fund_id=fund_id)
    with django_assert_num_queries(3):
        faults()


def test_a_photo_is_kept_without_its_position_unless_that_is_wanted(tmp_path: Path) -> None:
    taken = tmp_path / "photo.jpg"
    taken.write_bytes(jpeg(WITH_EXIF))
    content = kept(taken)
    assert sha256_as_kept(taken) == content
    assert not position_in(evidence_path(content).read_bytes())
    whole = keep_paper(
        taken,
        fund_id=FUND,
        area_code="80160101",
        subject="visit 1",
        user_id=None,
        keeps_position=True,
    )
    assert whole == sha256_of(taken) == sha256_as_kept(taken, keeps_position=True) != content
    assert position_in(evidence_path(whole).read_bytes())


def test_nothing_half_written_lies_beside_a_paper(tmp_path: Path) -> None:
    content = kept(paper(tmp_path))
    assert [each.name for each in evidence_path(content).parent.iterdir()] == [content[2:]]


def test_a_paper_is_redacted_though_others_were_kept_after_it(
    tmp_path: Path, redact: Callable[..., Any]
) -> None:
    first = kept(paper(tmp_path))
    last = kept(paper(tmp_path, "letter"), subject="gift 2")
    assert redact(1) == PaperRedacted(3)
    older, newer = paper_of(FUND, first), paper_of(FUND, last)
    assert older is not None
    assert older.redaction is not None
    assert newer is not None
    assert newer.redaction is None
    again = redact(1)
    assert [type(each) for each in again] == [RedactedBefore]
    assert KeptPaper.objects.count() == 2
    kept(paper(tmp_path))
    assert KeptPaper.objects.count() == 3
