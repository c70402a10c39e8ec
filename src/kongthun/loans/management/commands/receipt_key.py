"""`kongthun receipt-key`: the public key a fund's receipts are checked with."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kongthun.ledger.models import Fund
from kongthun.loans.receipt_keys import public_keys


class Command(BaseCommand):
    """Print today's key; with ``--all`` every key the fund ever sealed with, today's first."""

    help = "แสดงกุญแจสาธารณะสำหรับตรวจใบเสร็จของกองทุน"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fund", required=True, metavar="CODE", help="code of the fund")
        parser.add_argument("--all", action="store_true", help="earlier keys too, a line each")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002
        code = str(options["fund"])
        fund = Fund.objects.filter(code=code).first()
        if fund is None:
            raise CommandError(f"ไม่พบกองทุนรหัส {code} กรุณาตรวจรหัสอีกครั้ง", returncode=2)
        keys = public_keys(fund)
        self.stdout.write("\n".join(keys if options["all"] else keys[:1]))
