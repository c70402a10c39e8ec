"""The audit trail is written and never changed; evidence is kept once by its content."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from kongthun.audit.actions import evidence_path, keep_evidence, record_deed, sha256_of
from kongthun.audit.models import AuditLine, Evidence

pytestmark = pytest.mark.django_db


def test_a_line_says_who_what_where_and_when() -> None:
    line = record_deed(
        "export_workbook", user_id=None, area_code="80160101", fund_id=7, details={"rows": 3}
    )
    kept = AuditLine.objects.get(pk=line.pk)
    assert (kept.deed, kept.area_code, kept.fund_id, kept.subject) == (
        *("export_workbook", "80160101", 7),
        "",
    )
    assert kept.details == {"rows": 3}
    assert kept.happened_at.tzinfo is not None


def test_a_line_is_never_changed() -> None:
    line = record_deed("sign_in", user_id=None)
    with pytest.raises(DatabaseError, match="audit"), transaction.atomic():
        AuditLine.objects.filter(pk=line.pk).update(deed="sign_out")
    with pytest.raises(DatabaseError, match="audit"), transaction.atomic():
        line.deed = "sign_out"
        line.save()
    assert AuditLine.objects.get(pk=line.pk).deed == "sign_in"


def test_a_line_is_never_taken_out() -> None:
    record_deed("sign_in", user_id=None)
    with pytest.raises(DatabaseError, match="audit"), transaction.atomic():
        AuditLine.objects.all().delete()
    assert AuditLine.objects.count() == 1


def test_a_line_falls_with_the_deed_it_speaks_of() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        record_deed("import_workbook", user_id=None)
        raise RuntimeError
    assert not AuditLine.objects.exists()


def test_evidence_is_kept_once_under_its_content(tmp_path: Path) -> None:
    paper = tmp_path / "สมุด.xlsx"
    paper.write_bytes(b"three thousand baht")
    content = sha256_of(paper)
    assert content == sha256(b"three thousand baht").hexdigest()
    keep_evidence(paper, content)
    keep_evidence(paper, content)
    assert evidence_path(content).read_bytes() == b"three thousand baht"
    kept = Evidence.objects.get()
    assert (kept.sha256, kept.size) == (content, 19)
    # Nothing half-written lies beside it.
    assert [file.name for file in evidence_path(content).parent.iterdir()] == [content[2:]]
