"""`kongthun demo`: a district of 68 funds on paper, brought in as any is, and then at work."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kongthun.accounts.actions import appoint_demo_cast
from kongthun.accounts.cast import DEMO_DISTRICT
from kongthun.cases.demo_road import bring_the_road
from kongthun.ledger.models import Fund
from kongthun.registers.demo import write_district
from kongthun.reports.demo_groups import bring_groups_to_life
from kongthun.reports.demo_life import bring_to_life


class Command(BaseCommand):
    """Write the demo district's workbooks, import them, and let the demo cast work. Idempotent."""

    help = "สร้างอำเภอตัวอย่าง 68 กองทุน จากสมุดสี่เล่ม แล้วนำเข้าผ่านทางเดียวกับของจริง"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--funds", type=int, default=68, help="how many villages to write")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002
        if not settings.DEMO:
            raise CommandError(
                "คำสั่งนี้สร้างข้อมูลและผู้ใช้ตัวอย่างที่รู้รหัสผ่านกันทั่วไป "
                "ถ้าต้องการจริง ให้ตั้ง KONGTHUN_DEMO=1 แล้วสั่งอีกครั้ง"
            )
        folder = Path(settings.HOME) / "demo"
        count = int(options["funds"])
        if self._funds_there() >= count:
            self.stdout.write("มีอำเภอตัวอย่างอยู่แล้ว")
        else:
            folder.mkdir(parents=True, exist_ok=True)
            self.stdout.write(f"เขียนสมุดสี่เล่มของ {count} หมู่บ้าน …")
            write_district(folder, villages=count, progress=self._say)
            self.stdout.write("\nนำเข้าสมุด …")
            try:
                call_command("import", str(folder), stdout=self.stdout, stderr=self.stderr)
            except SystemExit as left:
                # 3: rows were set aside, as they should be. Anything else is a fault.
                if left.code not in {0, 3}:
                    raise
        today = timezone.localdate()
        appoint_demo_cast(today=today)
        told = bring_to_life(today) + bring_groups_to_life(today) + bring_the_road(today)
        if told:
            self.stdout.write("งานของกองทุนในตำบลตัวอย่างจนถึงวันนี้")
        for line in told:
            self.stdout.write(f"  {line}")
        self.stdout.write(self.style.SUCCESS("อำเภอตัวอย่างพร้อมแล้ว"))

    def _funds_there(self) -> int:
        """How many กข.คจ. funds there are; groups of other kinds are no village of the papers."""
        return Fund.objects.filter(area_code__startswith=DEMO_DISTRICT, chart="kkk").count()

    def _say(self, done: int, of: int, name: str) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r  {done}/{of} {name:<30}", ending="")
            self.stdout.flush()
