"""The sealed file of evidence: whole, checkable with ordinary tools, for who may have it."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from django.http import StreamingHttpResponse
from django.urls import reverse

from kongthun.audit.actions import evidence_path
from kongthun.audit.models import AuditLine, KeptPaper
from kongthun.audit.papers import PaperRedacted
from kongthun.cases.actions.events import tell_event
from kongthun.cases.actions.papers import file_paper
from kongthun.cases.actions.reports import report_case
from kongthun.cases.actions.visits import tell_visit
from kongthun.cases.bundle import NotAsKeptError, bundle_of
from kongthun.cases.models import CasePaper
from kongthun.domain.casework import CaseKind, Stage, check_manifest
from kongthun.groups.actions.redacting import redact

from .case_at_work import CaseAtWork, case_at, days_ago
from .following import PDF, a_pdf, a_photo, client_of, png

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(tmp_path: Path) -> CaseAtWork:
    """A fraud case with two papers, a visit with a photo, an event and a memo."""
    case = case_at(Stage.PLANNED, kind=CaseKind.FRAUD)
    for words in ("สำเนาสมุดเงินฝาก", "บันทึกคำบอกเล่า"):
        file_paper(
            state=case.state(),
            by=case.officer,
            words=words,
            dated_on=days_ago(9),
            file=a_pdf(tmp_path, words),
        )
    tell_visit(
        state=case.state(),
        by=case.officer,
        on=days_ago(5),
        is_formal=True,
        seen="สมุดอยู่กับกรรมการชุดก่อน",
        photos=[a_photo(tmp_path)],
    )
    tell_event(state=case.state(), by=case.officer, name="found", on=days_ago(9))
    report_case(state=case.state(), by=case.officer, addressed_to="นายอำเภอ", words="โปรดทราบ")
    return case


def unpacked(work: CaseAtWork) -> dict[str, bytes]:
    packed = bundle_of(work.state(), by=work.officer)
    with packed.content as content, zipfile.ZipFile(content) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_everything_of_the_case_lies_in_it_under_a_true_list(work: CaseAtWork) -> None:
    files = unpacked(work)
    listed = files.pop("manifest.txt")
    assert set(files) == {
        "memos/memo-01.pdf",
        "papers/paper-01.pdf",
        "papers/paper-02.pdf",
        "summary.pdf",
        "visits/visit-01-01.png",
    }
    assert files["papers/paper-01.pdf"] == PDF + "สำเนาสมุดเงินฝาก".encode()
    assert files["visits/visit-01-01.png"] == png()
    found = [(name, hashlib.sha256(body).hexdigest(), len(body)) for name, body in files.items()]
    assert check_manifest(listed, found) == []
    wrong = [(name, sha256, size + 1) for name, sha256, size in found]
    assert len(check_manifest(listed, wrong)) == len(files)


def test_ordinary_tools_check_it(work: CaseAtWork, tmp_path: Path) -> None:
    place = tmp_path / "unpacked"
    packed = bundle_of(work.state(), by=work.officer)
    with packed.content as content, zipfile.ZipFile(content) as archive:
        archive.extractall(place)
    tool = shutil.which("sha256sum")
    assert tool is not None
    check = [tool, "-c", "--quiet", "manifest.txt"]
    assert subprocess.run(check, cwd=place, check=False).returncode == 0
    (place / "papers/paper-01.pdf").write_bytes(PDF + b"changed")
    told = subprocess.run(check, cwd=place, check=False, capture_output=True)
    assert told.returncode != 0


def test_the_same_case_makes_the_same_bundle(work: CaseAtWork) -> None:
    first = bundle_of(work.state(), by=work.officer)
    again = bundle_of(work.state(), by=work.officer)
    with first.content as one, again.content as other:
        assert one.read() == other.read()
    assert first.seal == again.seal
    assert (first.files, first.redacted) == (5, 0)


def test_what_is_no_longer_as_it_was_kept_stops_it(work: CaseAtWork) -> None:
    sha256 = CasePaper.objects.get(number=2).sha256
    evidence_path(sha256).unlink()
    with pytest.raises(NotAsKeptError, match="บันทึกคำบอกเล่า"):
        bundle_of(work.state(), by=work.officer)
    at = reverse("cases:bundle", args=[work.code, work.number])
    answer = client_of(work.officer).get(at)
    assert answer.status_code == 422
    assert "บันทึกคำบอกเล่า" in answer.content.decode()
    assert not AuditLine.objects.filter(deed="export_bundle").exists()


def test_it_is_handed_out_to_who_sees_sealed_cases_and_each_taking_is_written_down(
    work: CaseAtWork,
) -> None:
    at = reverse("cases:bundle", args=[work.code, work.number])
    for reach in (work.officer, work.village.district, work.auditor):
        answer = client_of(reach).get(at)
        assert isinstance(answer, StreamingHttpResponse)
        content = b"".join(answer.streaming_content)  # type: ignore[arg-type]
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert archive.testzip() is None
            seal = archive.read("manifest.txt").decode().splitlines()[-1].split()[-1]
    lines = AuditLine.objects.filter(deed="export_bundle", fund_id=work.group.pk)
    assert [line.user_id for line in lines] == [
        work.officer.user_id,
        work.village.district.user_id,
        work.auditor.user_id,
    ]
    assert all(line.details["files"] == 5 for line in lines)
    assert lines[2].details["seal"] == seal
    for reach in (work.network, work.province, work.village.chairman, work.village.treasurer):
        assert client_of(reach).get(at).status_code in {403, 404}


def test_a_paper_that_was_redacted_is_named_and_does_not_lie_in_it(work: CaseAtWork) -> None:
    sha256 = CasePaper.objects.get(number=1).sha256
    number = KeptPaper.objects.get(fund_id=work.group.pk, sha256=sha256).number
    done = redact(
        group=work.group, number=number, reason="เห็นเลขบัตรประชาชน", by=work.village.district
    )
    assert isinstance(done, PaperRedacted), done
    packed = bundle_of(work.state(), by=work.officer)
    with packed.content as content, zipfile.ZipFile(content) as archive:
        assert "papers/paper-01.pdf" not in archive.namelist()
        assert "papers/paper-02.pdf" in archive.namelist()
    assert packed.redacted == 1
    at = reverse("cases:paper", args=[work.code, work.number, 1])
    answer = client_of(work.officer).get(at)
    assert answer.status_code == 404
    assert "ปิดแล้ว" in answer.content.decode()


def test_a_paper_that_was_changed_on_the_disk_stops_it(work: CaseAtWork) -> None:
    place = evidence_path(CasePaper.objects.get(number=1).sha256)
    place.chmod(0o600)
    place.write_bytes(PDF + b"somebody else's words")
    with pytest.raises(NotAsKeptError, match="สำเนาสมุดเงินฝาก"):
        bundle_of(work.state(), by=work.officer)
