"""`kongthun export-journal`: a fund's books for an independent program to check."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kongthun.ledger.journal_export import DIALECTS, journal_of
from kongthun.ledger.models import Fund


class Command(BaseCommand):
    """Writes the journal to standard output; hledger or beancount then checks it."""

    help = "ส่งออกสมุดบัญชีทั้งเล่มของกองทุน ให้โปรแกรมบัญชีอื่นตรวจได้ (hledger, beancount)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fund", required=True, help="code of the fund")
        parser.add_argument("--format", choices=DIALECTS, required=True)

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002
        code = str(options["fund"])
        fund = Fund.objects.filter(code=code).first()
        if fund is None:
            raise CommandError(f"ไม่พบกองทุนรหัส {code} กรุณาตรวจรหัสอีกครั้ง", returncode=2)
        for line in journal_of(fund, options["format"]):
            self.stdout.write(line)
