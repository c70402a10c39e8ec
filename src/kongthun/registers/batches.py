"""Workbooks handed in on screen: looked at first, confirmed or dropped by a person afterwards.

Nothing of a batch is in the books before it is confirmed. Its files wait in a folder of their own
and become evidence when they are imported; files that are not imported are not kept.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.areas.address import read_address
from kongthun.areas.queries import names_of
from kongthun.audit.actions import record_deed, sha256_of

from .actions import import_workbook, village_code
from .books import recognise
from .models import Batch, BatchFile, Workbook
from .reading import Unreadable, read_cells

logger = logging.getLogger(__name__)


class BooksOfAnother(Exception):  # noqa: N818 (names what happened)
    """A file was taken for the books of another village than the one it was let in for."""


class Outcome(StrEnum):
    """How far a file of a batch has come."""

    WAITING = ""  # not looked at yet
    READY = "ready"  # looked at: this is what would be posted
    SAME = "same"  # looked at: its content is in the books already
    UNREADABLE = "unreadable"
    OUT_OF_REACH = "out_of_reach"  # of a place that is not entrusted to who handed it in
    FAILED = "failed"  # a fault of ours; nothing of it was written
    CONFIRMED = "confirmed"  # a person said yes; not imported yet
    IMPORTED = "imported"
    DROPPED = "dropped"


LOOKED_AT_AND_GOOD = (Outcome.READY, Outcome.SAME)


def hand_in(files: Iterable[tuple[str, Path]], *, user_id: int) -> Batch:
    """Keep these files (name, where it is now) as a new batch. They are not read yet.

    The same content under the same name is kept once.
    """
    kept = [(name[:200], _keep_waiting(path)) for name, path in files]
    with transaction.atomic():
        batch = Batch.objects.create(handed_in_by_id=user_id, handed_in_at=timezone.now())
        BatchFile.objects.bulk_create(
            BatchFile(batch=batch, file_name=name, sha256=sha256, preview={})
            for name, sha256 in dict.fromkeys(kept)
        )
        record_deed(
            "hand_in_batch",
            user_id=user_id,
            subject=f"batch {batch.pk}",
            details={"files": len(set(kept))},
        )
    return batch


def look_at_next(batch: Batch, *, reach: Reach) -> BatchFile | None:
    """Rehearse the next file that nobody looked at yet, and keep what would happen.

    None when all were looked at. Two who look at the same file write the same.
    """
    file = batch.files.filter(outcome=Outcome.WAITING).order_by("pk").first()
    if file is None or batch.settled_at is not None:
        return None
    file.outcome, file.preview = _looked_at(file, reach)
    # Only if it still waits: a batch dropped in the meantime stays dropped.
    BatchFile.objects.filter(pk=file.pk, outcome=Outcome.WAITING).update(
        outcome=file.outcome, preview=file.preview
    )
    return file


def confirm(batch: Batch, *, user_id: int) -> int:
    """Say yes to everything good in a batch, and count it. `import_next` then brings it in.

    A batch that is settled already, or not looked at to the end, is left as it is and counts 0.
    """
    with transaction.atomic():
        locked = Batch.objects.select_for_update().get(pk=batch.pk)
        files = BatchFile.objects.filter(batch=locked)
        if locked.settled_at is not None or files.filter(outcome=Outcome.WAITING).exists():
            return 0
        confirmed = files.filter(outcome__in=LOOKED_AT_AND_GOOD).update(outcome=Outcome.CONFIRMED)
        if not confirmed:
            return 0
        _settle(locked, "confirm_batch", user_id=user_id, files=confirmed)
    _forget_waiting(batch)
    return confirmed


def import_next(batch: Batch, *, reach: Reach) -> BatchFile | None:
    """Bring the next confirmed workbook in: one workbook, one transaction. None when all are in.

    Whoever comes second, by a second press or a second window, waits and takes the next one.
    """
    failed: int | None = None
    try:
        with transaction.atomic():
            Batch.objects.select_for_update().get(pk=batch.pk)
            file = batch.files.filter(outcome=Outcome.CONFIRMED).order_by("pk").first()
            if file is None:
                return None
            failed = file.pk
            file.outcome, file.preview = _imported(file, reach)
            file.save(update_fields=["outcome", "preview"])
    except Exception:  # one workbook that trips us must not stop the others of the district
        if failed is None:
            raise
        logger.exception("batch file %s could not be imported", failed)
        BatchFile.objects.filter(pk=failed).update(outcome=Outcome.FAILED)
        file = BatchFile.objects.get(pk=failed)
    _forget_waiting(batch)
    return file


def drop(batch: Batch, *, user_id: int) -> bool:
    """Do not import a batch: its files are forgotten. False if it was settled before."""
    with transaction.atomic():
        locked = Batch.objects.select_for_update().get(pk=batch.pk)
        if locked.settled_at is not None:
            return False
        files = BatchFile.objects.filter(batch=locked)
        # What a preview showed of people goes with the file.
        files.update(outcome=Outcome.DROPPED, preview={})
        _settle(locked, "drop_batch", user_id=user_id, files=files.count())
    _forget_waiting(batch)
    return True


@dataclass(frozen=True, slots=True)
class Owner:
    """The village a workbook speaks of: its 8-digit code, and its name if the sheets say it."""

    code: str
    village: str


def whose_books(path: Path, file_name: str) -> Owner | Unreadable:
    """Whose books a workbook holds, before anything is done with it."""
    cells = read_cells(path)
    if isinstance(cells, Unreadable):
        return Unreadable(file_name, cells.why, cells.detail)
    reading = recognise(cells)
    if not reading.books:
        return Unreadable(file_name, "no_book")
    code = village_code(file_name, reading)
    if code is None:
        return Unreadable(file_name, "no_village")
    return Owner(code, read_address(reading.heading).village or "")


def waiting_path(sha256: str) -> Path:
    """Where a file waits under its content's name until its batch is settled."""
    return Path(settings.EVIDENCE_ROOT) / "waiting" / sha256


# --- below the line -------------------------------------------------------------------------

_Found: TypeAlias = tuple[Outcome, dict[str, object]]  # and what the page shows of it


def _looked_at(file: BatchFile, reach: Reach) -> _Found:
    try:
        owner = _owner_in_reach(file, reach)
        if not isinstance(owner, Owner):
            return owner
        receipt = import_workbook(
            waiting_path(file.sha256),
            user_id=reach.user_id,
            file_name=file.file_name,
            is_rehearsal=True,
        )
    except Exception:  # as above: the other files go on
        logger.exception("batch file %s could not be rehearsed", file.pk)
        return Outcome.FAILED, {}
    if isinstance(receipt, Unreadable):
        return _unreadable(receipt)
    if receipt.code != owner.code:
        logger.error("batch file %s names several villages", file.pk)
        return Outcome.FAILED, {}
    outcome = Outcome.SAME if receipt.is_unchanged else Outcome.READY
    return outcome, {"receipt": receipt.as_json(), "village": owner.village}


def _imported(file: BatchFile, reach: Reach) -> _Found:
    """Reach is asked again: an appointment may have ended since the file was looked at."""
    owner = _owner_in_reach(file, reach)
    if not isinstance(owner, Owner):
        return owner
    receipt = import_workbook(
        waiting_path(file.sha256), user_id=reach.user_id, file_name=file.file_name
    )
    if isinstance(receipt, Unreadable):
        return _unreadable(receipt)
    if receipt.code != owner.code:
        raise BooksOfAnother(receipt.code)
    workbook = Workbook.objects.filter(fund__code=receipt.code, sha256=receipt.sha256)
    number = workbook.order_by("-number").values_list("number", flat=True)[0]
    outcome = Outcome.SAME if receipt.is_unchanged else Outcome.IMPORTED
    found = {"receipt": receipt.as_json(), "village": owner.village, "workbook": number}
    return outcome, found


def _owner_in_reach(file: BatchFile, reach: Reach) -> Owner | _Found:
    """Whose books they are, or why the file goes no further before any book is touched."""
    owner = whose_books(waiting_path(file.sha256), file.file_name)
    if isinstance(owner, Unreadable):
        return _unreadable(owner)
    if reach.may(Deed.IMPORT_REGISTERS, area_code=owner.code):
        return owner
    if not names_of([owner.code[:6]]):
        return _unreadable(Unreadable(file.file_name, "unknown_village", owner.code))
    return Outcome.OUT_OF_REACH, {"out_of_reach": owner.code}


def _unreadable(file: Unreadable) -> _Found:
    return Outcome.UNREADABLE, {"unreadable": {"why": file.why, "detail": file.detail}}


def _settle(batch: Batch, deed: str, *, user_id: int, files: int) -> None:
    batch.settled_at = timezone.now()
    batch.save(update_fields=["settled_at"])
    record_deed(deed, user_id=user_id, subject=f"batch {batch.pk}", details={"files": files})


def _keep_waiting(path: Path) -> str:
    """Keep a file under its content's name; whole or not at all."""
    sha256 = sha256_of(path)
    place = waiting_path(sha256)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_suffix(f".{os.getpid()}")
        shutil.copyfile(path, beside)
        beside.replace(place)
    return sha256


_STILL_NEEDED = (Outcome.WAITING, *LOOKED_AT_AND_GOOD, Outcome.CONFIRMED)


def _forget_waiting(batch: Batch) -> None:
    """Take away the waiting files of a settled batch that no open batch needs any more."""
    mine = set(batch.files.values_list("sha256", flat=True))
    needed = BatchFile.objects.filter(sha256__in=mine, outcome__in=_STILL_NEEDED)
    for sha256 in mine - set(needed.values_list("sha256", flat=True)):
        waiting_path(sha256).unlink(missing_ok=True)
