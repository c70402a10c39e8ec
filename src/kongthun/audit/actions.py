"""Writing the audit trail, and keeping evidence by its content."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from .models import AuditLine, Evidence


def record_deed(
    deed: str,
    *,
    user_id: int | None,
    area_code: str = "",
    fund_id: int | None = None,
    subject: str = "",
    details: dict[str, object] | None = None,
) -> AuditLine:
    """Write one line of who did what. Called inside the deed's own transaction."""
    return AuditLine.objects.create(
        happened_at=timezone.now(),
        user_id=user_id,
        deed=deed,
        area_code=area_code,
        fund_id=fund_id,
        subject=subject,
        details=details or {},
    )


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's content, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep_evidence(path: Path, sha256: str) -> None:
    """Keep a file under its content's name; a file kept before is not kept twice.

    The file is on the disk before the row says so: a crash in between leaves a file without a row,
    never a row without a file.
    """
    place = evidence_path(sha256)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_suffix(f".{os.getpid()}")
        shutil.copyfile(path, beside)
        beside.replace(place)
    Evidence.objects.get_or_create(
        sha256=sha256, defaults={"size": place.stat().st_size, "kept_at": timezone.now()}
    )


def evidence_path(sha256: str) -> Path:
    """Where the evidence of this content is kept."""
    return Path(settings.EVIDENCE_ROOT) / sha256[:2] / sha256[2:]
