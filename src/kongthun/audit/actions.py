"""Writing the audit trail, and keeping evidence by its content."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import transaction
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
    """Keep a file under its content's name, for as long as the house stands; never kept twice.

    For files that are no fund's paper. Papers and photos of a fund: `papers.keep_paper`.
    """
    with transaction.atomic():
        put_in_place(path, sha256, is_of_papers_only=False)


def put_in_place(file: Path | bytes, sha256: str, *, is_of_papers_only: bool) -> None:
    """Put the file on the disk and the row beside it, inside a transaction that holds the row.

    The file is on the disk before the row says so: a crash in between leaves a file without a row,
    never a row without a file. Whoever would take the file away waits for the row (`papers`).
    """
    place = evidence_path(sha256)
    now = timezone.now()
    size = len(file) if isinstance(file, bytes) else file.stat().st_size
    kept, is_new = Evidence.objects.get_or_create(
        sha256=sha256,
        defaults={"size": size, "kept_at": now, "is_of_papers_only": is_of_papers_only},
    )
    if not is_new:
        kept = Evidence.objects.select_for_update().get(sha256=sha256)
        if kept.is_of_papers_only and not is_of_papers_only:
            Evidence.objects.filter(sha256=sha256).update(is_of_papers_only=False)
    if not place.exists():
        _write(file, place)


def _write(file: Path | bytes, place: Path) -> None:
    """Whole or not at all, and on the disk before it is said to be there."""
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f"{place.name}.{uuid4().hex}")
    try:
        if isinstance(file, bytes):
            beside.write_bytes(file)
        else:
            shutil.copyfile(file, beside)
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)


def evidence_path(sha256: str) -> Path:
    """Where the evidence of this content is kept."""
    return Path(settings.EVIDENCE_ROOT) / sha256[:2] / sha256[2:]
