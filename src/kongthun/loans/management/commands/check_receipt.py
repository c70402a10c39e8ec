"""`kongthun check-receipt`: a printed receipt checked with the fund's public key, nothing else."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from kongthun.domain.money import in_words
from kongthun.domain.receipt_seal import BrokenSeal, SealedReceipt, UnreadableSeal, check_seal
from kongthun.domain.thai_calendar import long
from kongthun.loans.queries.receipts import document_of

BROKEN, UNREADABLE = 1, 2


class Command(BaseCommand):
    """Exit code 0: this key sealed it. 1: it did not. 2: code or key can not be read.

    Asks no database. So it can not know whether the receipt was cancelled later. The JSON keys are
    a contract (docs/interfaces.md).
    """

    help = "ตรวจใบเสร็จจากรหัส ด้วยกุญแจสาธารณะของกองทุน ไม่ใช้ฐานข้อมูลและอินเทอร์เน็ต"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="CODE", help="the code, or the address in the QR")
        parser.add_argument("--key", required=True, metavar="PUBLICKEY", help="of the fund")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002
        try:
            checked = check_seal(str(options["code"]), str(options["key"]))
        except ValueError:
            checked = None
        if options["json"]:
            self.stdout.write(json.dumps(as_contract(checked), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_words(checked)))
        match checked:
            case BrokenSeal():
                sys.exit(BROKEN)
            case UnreadableSeal() | None:
                sys.exit(UNREADABLE)


def as_contract(checked: SealedReceipt | BrokenSeal | UnreadableSeal | None) -> dict[str, object]:
    """The published shape; ``checked`` is None for a key that is none."""
    match checked:
        case SealedReceipt():
            return {"seal": "good", "says": _said(checked)}
        case BrokenSeal(said=said):
            return {"seal": "broken", "says": _said(said)}
        case UnreadableSeal():
            return {"seal": "unreadable", "says": None}
        case None:
            return {"seal": "no_key", "says": None}


def _said(said: SealedReceipt) -> dict[str, object]:
    return {
        "fund": said.fund,
        "receipt": said.number,
        "document": document_of(said.number),
        "paid_on": said.paid_on.isoformat(),
        "amount": said.amount.plain,
        "balance_left": said.left.plain,
        "contract": said.contract,
        "entry": said.entry,
        "link": said.link,
    }


def _words(checked: SealedReceipt | BrokenSeal | UnreadableSeal | None) -> list[str]:
    match checked:
        case SealedReceipt() as said:
            return [
                "ลายเซ็นถูกต้อง กองทุนเจ้าของกุญแจนี้ออกใบเสร็จจริง",
                f"กองทุนรหัส {said.fund} ใบเสร็จเลขที่ {document_of(said.number)}",
                f"รับเมื่อ {long(said.paid_on)} สัญญาเลขที่ {said.contract}",
                f"จำนวน {said.amount.text} บาท ({in_words(said.amount)})",
                f"ค้างหลังรับเงิน {said.left.text} บาท",
                f"รายการในสมุดที่ {said.entry} ลายนิ้วมือ {said.link}",
                "ใบเสร็จอาจยกเลิกภายหลังได้ ตรวจกับสมุดของกองทุนเมื่อต่ออินเทอร์เน็ต",
            ]
        case BrokenSeal():
            return [
                "ลายเซ็นไม่ตรงกับกุญแจนี้ รหัสอาจถูกแก้ หรือกุญแจเป็นของกองทุนอื่น",
                "ตรวจว่ากุญแจเป็นของกองทุนนี้ แล้วลองจาก QR บนใบเสร็จอีกครั้ง ถ้ายังไม่ตรง แจ้งพัฒนาการอำเภอ",
            ]
        case UnreadableSeal():
            return ["อ่านรหัสไม่ออก รหัสอาจไม่ครบ ลองคัดลอกจาก QR อีกครั้งทั้งบรรทัด ขึ้นต้นด้วย KT1"]
        case None:
            return ["อ่านกุญแจไม่ออก กุญแจสาธารณะของกองทุนยาว 43 ตัวอักษร ดูได้ที่หน้าใบเสร็จของกองทุน"]
