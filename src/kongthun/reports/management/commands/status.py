"""`kongthun status`: where the money under a node is, as of a day."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kongthun.domain.thai_calendar import UnreadableDate, read_date, short
from kongthun.reports.queries.roll_up import RollUp, StatusRow, roll_up_by_fund, total_of


class Command(BaseCommand):
    """Sums of an area, or of each fund in it. The JSON keys are a contract (docs/interfaces.md)."""

    help = "ฐานะเงินทุนของพื้นที่: เงินอยู่ที่ไหน ค้างเท่าไร ยังอธิบายไม่ได้เท่าไร"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--area", default="", help="area code prefix; empty: the nation")
        parser.add_argument("--as-of", default="", help="2025-09-30 or 30/9/2568; default today")
        parser.add_argument("--by", choices=["fund"], help="one row a fund")
        parser.add_argument("--kind", default="kkk", help="kind of fund; default กข.คจ.")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002
        area = str(options["area"])
        if area and (not area.isascii() or not area.isdigit() or len(area) not in {2, 4, 6, 8}):
            raise CommandError(
                f"รหัสพื้นที่ {area} ไม่ถูกต้อง: ใช้เลข 2, 4, 6 หรือ 8 หลัก เช่น 80, 8012, 801201, 80120101"
            )
        today = timezone.localdate()
        as_of = _day(str(options["as_of"]), today)
        by_fund = options["by"] == "fund"
        kind = str(options["kind"])
        roll_up = (
            roll_up_by_fund(area, as_of=as_of, today=today, reach=None, kind=kind)
            if by_fund
            else RollUp(
                area, as_of, [], total_of(area, as_of=as_of, today=today, reach=None, kind=kind)
            )
        )
        if options["json"]:
            self.stdout.write(json.dumps(as_contract(roll_up, by_fund=by_fund), ensure_ascii=False))
        else:
            self._print(roll_up)

    def _print(self, roll_up: RollUp) -> None:
        write = self.stdout.write
        write(f"พื้นที่ {roll_up.area_code or 'ทั้งประเทศ'} ณ วันที่ {short(roll_up.as_of)}")
        for row in [*roll_up.rows, roll_up.total]:
            sums = row.sums
            write(
                f"{row.code or 'รวม':<8}  ทุน {sums.capital.text:>15}  ครัวเรือน"
                f" {sums.households.text:>15}  ธนาคาร {sums.bank.text:>15}  เงินสด/ที่อื่น"
                f" {sums.cash.text:>12}  ยังอธิบายไม่ได้ {sums.unexplained.text:>12}"
                f"  เกินกำหนด {row.overdue.text:>13}  ควรตรวจสอบ {row.set_aside_rows} แถว"
            )


def _day(text: str, today: date) -> date:
    if not text:
        return today
    day = read_date(text)
    if isinstance(day, UnreadableDate):
        raise CommandError(f"อ่านวันที่ {text} ไม่ได้: พิมพ์เช่น 2025-09-30 หรือ 30/9/2568")
    return day


def as_contract(roll_up: RollUp, *, by_fund: bool) -> dict[str, object]:
    """The published shape: money as baht strings with two decimals."""
    body: dict[str, object] = {
        "area": roll_up.area_code,
        "as_of": roll_up.as_of.isoformat(),
        **_figures(roll_up.total),
    }
    if by_fund:
        body["rows"] = [{"code": row.code, **_figures(row)} for row in roll_up.rows]
    return body


def _figures(row: StatusRow) -> dict[str, object]:
    sums = row.sums
    return {
        "funds": row.funds,
        "granted": sums.capital.plain,
        "interest": sums.interest.plain,
        "lent": sums.lent.plain,
        "repaid": sums.repaid.plain,
        "outstanding": sums.households.plain,
        "bank": sums.bank.plain,
        "cash": sums.cash.plain,
        "claims": sums.claims.plain,
        "recognised_loss": sums.loss.plain,
        "unexplained": sums.unexplained.plain,
        "overdue": row.overdue.plain,
        "set_aside_rows": row.set_aside_rows,
        "deferred": row.deferred.plain,
        "members": sums.members.plain,
        "goods": sums.goods.plain,
        "tools": sums.tools.plain,
        "customers": sums.customers.plain,
        "creditors": sums.creditors.plain,
    }
