"""`kongthun bench`: our speed beside a floor measured in the same run."""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kongthun.reports.bench import NAMES, Measured, run


class Command(BaseCommand):
    """Runs in databases made for it; the operator's own is never touched."""

    help = "วัดความเร็ว (import, post, verify, repay, http) เทียบกับเครื่องมือเปล่าบนเครื่องเดียวกันในรอบเดียวกัน"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("names", nargs="*", choices=[*NAMES, []], metavar="|".join(NAMES))
        parser.add_argument("--json", action="store_true", help="one JSON object a bench")
        parser.add_argument("--folder", default="", help="import: workbooks to use")
        parser.add_argument("--jobs", default="", help="import: workbooks read at a time")
        parser.add_argument(
            "--postgres",
            default=os.environ.get("KONGTHUN_DATABASE_URL", ""),
            metavar="URL",
            help="measure on this PostgreSQL server too, in a database of its own",
        )
        parser.add_argument(
            "--size", action="append", default=[], metavar="NAME=NUMBER", help="do more or less"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002
        size = dict(given.split("=", 1) for given in options["size"] if "=" in given)
        size |= {name: options[name] for name in ("folder", "jobs") if options[name]}
        postgres = str(options["postgres"])
        urls = [None, *([postgres] if postgres.startswith("postgres") else [])]
        if postgres and len(urls) == 1:
            raise CommandError("--postgres: ใช้ที่อยู่แบบ postgres://ผู้ใช้@เครื่อง:พอร์ต/ฐานข้อมูล")
        for name in options["names"] or NAMES:
            for url in urls:
                measured, machine = run(name, database_url=url, size=size)
                for one in measured:
                    if options["json"]:
                        self.stdout.write(
                            json.dumps(_as_contract(one, machine), ensure_ascii=False)
                        )
                    else:
                        self._show(one, machine)

    def _show(self, one: Measured, machine: dict[str, object]) -> None:
        write = self.stdout.write
        write(f"{one.name} ({one.database})")
        for name, figure in one.figures.items():
            floor = f"{one.floor[name]:>16,}" if name in one.floor else ""
            write(f"  {name.replace('_', ' '):<24}{figure:>16,}{floor}")
        write(f"  {'ratio to the floor':<24}{one.ratio:>16,}   ({one.ratio_is} {one.aim:g})")
        write(f"  {machine['processor']}, {machine['cores']} cores, load {machine['load']}\n")


def _as_contract(one: Measured, machine: dict[str, object]) -> dict[str, object]:
    """The published shape (docs/interfaces.md)."""
    return {
        "name": one.name,
        "database": one.database,
        "figures": one.figures,
        "floor": one.floor,
        "ratio": one.ratio,
        "ratio_is": one.ratio_is,
        "aim": one.aim,
        "machine": machine,
    }
