"""`kongthun import`: workbooks of the paper books in, one transaction each."""  # noqa: N999

from __future__ import annotations

import json
import logging
import os
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from kongthun.domain.money import ZERO, Money
from kongthun.registers.actions import import_workbook
from kongthun.registers.reading import Unreadable
from kongthun.registers.wording import reason_in_thai, trouble_in_thai

FIGURES = ("lent", "repaid", "bank", "cash", "interest")
SOMETHING_UNREADABLE = 2
SOMETHING_SET_ASIDE = 3
STOPPED = 130
MOST_ROWS_SHOWN = 12

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one workbook. ``trouble`` is empty for one that was read."""

    file: str
    code: str | None = None
    posted_rows: int = 0
    is_unchanged: bool = False
    set_aside: tuple[tuple[str, int, str], ...] = ()  # sheet, row, reason
    figures: tuple[Money, ...] = ()
    trouble: str = ""
    detail: str = ""

    def as_contract(self) -> dict[str, object]:
        """The published shape (docs/interfaces.md): money as baht strings with two decimals."""
        figures: list[str | None] = [sum_.plain for sum_ in self.figures]
        shape: dict[str, object] = {
            "file": self.file,
            "code": self.code,
            "posted_rows": self.posted_rows,
            "set_aside": [
                {"sheet": sheet, "row": row, "reason": reason}
                for sheet, row, reason in self.set_aside
            ],
            **dict(zip(FIGURES, figures or [None] * len(FIGURES), strict=True)),
        }
        if self.trouble:
            words = trouble_in_thai(self.trouble, self.detail)
            shape["unreadable"] = {"reason": self.trouble, "message": words}
        return shape


class Command(BaseCommand):
    """Bring workbooks in. The JSON keys and exit codes are a contract (docs/interfaces.md)."""

    help = "นำสมุดทะเบียน (Excel) ของกองทุนเข้าระบบ: ไฟล์เดิมซ้ำไม่เปลี่ยนอะไร แถวที่ไม่แน่ใจแยกไว้ให้ตรวจ"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a workbook, or a folder")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be; write nothing"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object a workbook")
        parser.add_argument(
            "--jobs", type=int, default=0, help="workbooks read at a time; default: the cores"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002
        paths = _workbooks_of(Path(path) for path in options["paths"])
        _insist_on_tables()
        is_rehearsal, as_json = bool(options["dry_run"]), bool(options["json"])
        shows_count = as_json and self.stderr.isatty()  # otherwise the lines themselves count
        outcomes: list[Outcome] = []
        try:
            for outcome in _outcomes(paths, jobs=options["jobs"], is_rehearsal=is_rehearsal):
                outcomes.append(outcome)
                if as_json:
                    self.stdout.write(json.dumps(outcome.as_contract(), ensure_ascii=False))
                else:
                    self._show(outcome, f"[{len(outcomes)}/{len(paths)}]")
                self.stdout.flush()
                if shows_count:
                    self.stderr.write(f"\r{len(outcomes)}/{len(paths)} ", ending="")
        except KeyboardInterrupt:
            self.stderr.write("หยุดตามที่สั่ง ไฟล์ที่แจ้งผลแล้วบันทึกครบ ไฟล์ที่เหลือสั่งนำเข้าอีกครั้งได้ ไม่ซ้ำ")
            sys.exit(STOPPED)
        if not is_rehearsal:
            _refresh_statistics()
        if not as_json:
            self._show_summary(outcomes, is_rehearsal=is_rehearsal)
        if any(outcome.trouble for outcome in outcomes):
            sys.exit(SOMETHING_UNREADABLE)
        if any(outcome.set_aside for outcome in outcomes):
            sys.exit(SOMETHING_SET_ASIDE)

    def _show(self, outcome: Outcome, count: str) -> None:
        write = self.stdout.write
        if outcome.trouble:
            words = trouble_in_thai(outcome.trouble, outcome.detail)
            write(f"{count} {outcome.file}  นำเข้าไม่ได้: {words}")
            return
        posted = (
            "ไฟล์เดิม ไม่มีอะไรเปลี่ยน" if outcome.is_unchanged else f"ลงบัญชี {outcome.posted_rows:,} แถว"
        )
        aside = f"  ควรตรวจสอบ {len(outcome.set_aside):,} แถว" if outcome.set_aside else ""
        write(f"{count} {outcome.file}  {posted}{aside}")
        for sheet, row, reason in outcome.set_aside[:MOST_ROWS_SHOWN]:
            write(f"        {sheet} แถว {row}: {reason_in_thai(reason)}")
        if len(outcome.set_aside) > MOST_ROWS_SHOWN:
            write(f"        และอีก {len(outcome.set_aside) - MOST_ROWS_SHOWN:,} แถว")

    def _show_summary(self, outcomes: Sequence[Outcome], *, is_rehearsal: bool) -> None:
        write = self.stdout.write
        read = [outcome for outcome in outcomes if not outcome.trouble]
        write("")
        write(
            f"{'ลองดูก่อน ยังไม่ได้บันทึกอะไร: ' if is_rehearsal else ''}อ่านได้ {len(read):,} ไฟล์"
            f"  ลงบัญชี {sum(outcome.posted_rows for outcome in read):,} แถว"
            f"  ควรตรวจสอบ {sum(len(outcome.set_aside) for outcome in read):,} แถว"
            f"  อ่านไม่ได้ {len(outcomes) - len(read):,} ไฟล์"
        )
        # Two files of one village are one fund: its sums are counted once, as they stood last.
        last_of_fund = {outcome.code: outcome.figures for outcome in read}
        lent, repaid, bank, cash, interest = (
            sum((figures[place] for figures in last_of_fund.values()), ZERO)
            for place in range(len(FIGURES))
        )
        write(
            f"ให้ยืม {lent} บาท  ส่งคืน {repaid} บาท  ในธนาคาร {bank} บาท"
            f"  เงินสดหรืออยู่ที่อื่น {cash} บาท  ดอกเบี้ย {interest} บาท"
        )


def _workbooks_of(given: Iterable[Path]) -> list[Path]:
    """The files to bring in: a folder stands for the workbooks in it, by name."""
    paths: list[Path] = []
    for path in given:
        if path.is_dir():
            paths += sorted(
                inside
                for inside in path.iterdir()
                # Excel leaves ~$name.xlsx beside a workbook that is open.
                if inside.suffix.lower() in {".xlsx", ".xls"} and not inside.name.startswith("~$")
            )
        else:
            paths.append(path)
    if not paths:
        raise CommandError("ไม่พบไฟล์ .xlsx หรือ .xls ในโฟลเดอร์ที่ให้มา ลองตรวจที่อยู่ของโฟลเดอร์")
    return paths


def _refresh_statistics() -> None:
    """Tell PostgreSQL how full the tables are now: plans made for empty ones take minutes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _insist_on_tables() -> None:
    """An import never migrates by itself: it says what to do, in a sentence."""
    try:
        executor = MigrationExecutor(connection)
        is_behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        raise CommandError(
            f"ต่อฐานข้อมูลไม่ได้ ลองตรวจ KONGTHUN_DATABASE_URL หรือ KONGTHUN_HOME ({error})"
        ) from error
    if is_behind:
        raise CommandError("ฐานข้อมูลยังไม่พร้อมสำหรับรุ่นนี้ สั่ง kongthun migrate ก่อน แล้วสั่งนำเข้าอีกครั้ง")


def _outcomes(paths: Sequence[Path], *, jobs: int, is_rehearsal: bool) -> Iterator[Outcome]:
    """What became of each workbook, in the order of the files, as soon as that is known."""
    workers = min(jobs if jobs > 0 else _cores(), len(paths))
    if workers == 1 or not _can_be_shared():
        for path in paths:
            yield _import(path, is_rehearsal)
        return
    connections.close_all()  # a connection is never shared by two processes
    with _workers(workers) as pool:
        try:
            futures = [pool.submit(_import, path, is_rehearsal) for path in paths]
            for path, future in zip(paths, futures, strict=True):
                try:
                    yield future.result()
                except BrokenProcessPool:
                    yield _import_alone(path, is_rehearsal)
        finally:
            pool.shutdown(cancel_futures=True)


def _workers(count: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(count, initializer=_begin_work)


def _begin_work() -> None:
    # Ctrl-C is for the parent: a worker finishes the workbook it has in hand.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    django.setup()


def _import_alone(path: Path, is_rehearsal: bool) -> Outcome:
    """A worker was killed, perhaps by this very workbook: the others must not go down with it.

    What the dead worker had already brought in is then known as the same file again.
    """
    with _workers(1) as pool:
        try:
            return pool.submit(_import, path, is_rehearsal).result()
        except BrokenProcessPool:
            return Outcome(path.name, trouble="broken_off")


def _import(path: Path, is_rehearsal: bool) -> Outcome:
    try:
        receipt = import_workbook(path, user_id=None, is_rehearsal=is_rehearsal)
    except Exception:
        log.exception("the import of %s broke off; nothing of it was written", path.name)
        return Outcome(path.name, trouble="broken_off")
    if isinstance(receipt, Unreadable):
        return Outcome(receipt.file, trouble=receipt.why, detail=receipt.detail)
    return Outcome(
        file=receipt.file,
        code=receipt.code,
        posted_rows=receipt.posted_rows,
        is_unchanged=receipt.is_unchanged,
        set_aside=tuple((row.sheet, row.row, row.reason) for row in receipt.set_aside),
        figures=tuple(Money(receipt.position[name]) for name in FIGURES),
    )


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _can_be_shared() -> bool:
    """Whether another process would see what this one sees."""
    lives_in_memory = "memory" in str(connection.settings_dict["NAME"])
    return not connection.in_atomic_block and not lives_in_memory
