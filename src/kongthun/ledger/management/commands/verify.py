"""`kongthun verify`: prove that the books are as they were written."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kongthun.ledger.models import Fund
from kongthun.ledger.verification import (
    Verification,
    verification_of,
    verify_all,
    with_what_stands_beside,
)
from kongthun.ledger.wording import fault_in_thai


class Command(BaseCommand):
    """Exit code 0: sound. 1: something is wrong, and it is named. 2: could not be asked so.

    The JSON keys are a contract (docs/interfaces.md).
    """

    help = "ตรวจสมุดบัญชี: ทุกรายการอยู่ครบตามที่บันทึก และทุกยอดมาจากรายการ"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fund", default="", help="code of one fund; empty: all of them")
        parser.add_argument("--jobs", type=int, default=_cores(), help="processes; default: cores")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002
        jobs = int(options["jobs"])
        if jobs < 1:
            raise CommandError(f"--jobs {jobs} ไม่ถูกต้อง: ใช้เลขตั้งแต่ 1 ขึ้นไป", returncode=2)
        code = str(options["fund"])
        fund = _fund(code) if code else None
        verification = verification_of(fund) if fund else verify_all(jobs=jobs)
        verification = with_what_stands_beside(verification, fund)
        if options["json"]:
            self.stdout.write(json.dumps(as_contract(verification), ensure_ascii=False))
        else:
            self._print(verification)
        if not verification.is_sound:
            sys.exit(1)

    def _print(self, verification: Verification) -> None:
        looked_at = f"{verification.funds:,} กองทุน {verification.entries:,} รายการ"
        if verification.is_sound:
            self.stdout.write(f"ตรวจแล้ว {looked_at}: ครบถ้วนตามที่บันทึก ทุกยอดตรงกับรายการ")
            return
        for fault in verification.faults:
            self.stdout.write(fault_in_thai(fault))
        self.stdout.write(
            f"ตรวจแล้ว {looked_at}: พบจุดที่ไม่ตรง {len(verification.faults):,} จุด "
            "กรุณาเก็บฐานข้อมูลนี้ไว้ตามสภาพ และเทียบกับชุดสำรองก่อนแก้ไข"
        )


def _fund(code: str) -> Fund:
    fund = Fund.objects.filter(code=code).first()
    if fund is None:
        raise CommandError(f"ไม่พบกองทุนรหัส {code} กรุณาตรวจรหัสอีกครั้ง", returncode=2)
    return fund


def _cores() -> int:
    """The cores this process may use, which in a container are fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def as_contract(verification: Verification) -> dict[str, object]:
    """The published shape."""
    return {
        "ok": verification.is_sound,
        "funds": verification.funds,
        "entries": verification.entries,
        "faults": [
            {
                "fund": fault.fund,
                "what": fault.what,
                "entry": fault.entry,
                "detail": fault_in_thai(fault),
            }
            for fault in verification.faults
        ],
    }
