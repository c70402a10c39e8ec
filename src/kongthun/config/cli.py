"""`kongthun …`: the one entry for operators.

Every subcommand is a management command; a hyphen in its name is an underscore in ours, so
`kongthun export-journal` runs `export_journal`. A database in which nothing is yet is made ready by
the first command that needs it: one village on a laptop has nothing to set up.
"""

from __future__ import annotations

import os
import sys

import django
from django.core.management import call_command, execute_from_command_line

# What an operator needs, in the order they will need it.
COMMANDS = {
    "import": "นำสมุดสี่เล่มเข้า: kongthun import โฟลเดอร์หรือแฟ้ม [--dry-run] [--json]",
    "status": "เงินอยู่ที่ไหน: kongthun status --area 8012 [--as-of 30/9/2568] [--by fund] [--json]",
    "verify": "พิสูจน์ว่าบัญชีไม่ถูกแก้: kongthun verify [--fund รหัส] [--json]",
    "check-receipt": "ตรวจใบเสร็จโดยไม่ต้องมีฐานข้อมูล: kongthun check-receipt รหัส --key กุญแจ [--json]",
    "receipt-key": "กุญแจที่ใช้ตรวจใบเสร็จ: kongthun receipt-key --fund รหัส",
    "export-journal": "ส่งออกให้โปรแกรมอื่นตรวจ: kongthun export-journal --fund รหัส --format hledger",
    "serve": "เปิดให้ใช้งานผ่านเบราว์เซอร์: kongthun serve [--port 8000]",
    "demo": "สร้างอำเภอตัวอย่าง 68 กองทุน (ต้องตั้ง KONGTHUN_DEMO=1)",
    "bench": "วัดความเร็วเทียบกับขีดต่ำสุดของเครื่อง: kongthun bench import|post|verify",
    "migrate": "ปรับฐานข้อมูลให้ตรงรุ่นของโปรแกรม",
}
NEED_DATABASE = {"import", "status", "verify", "export_journal", "serve", "demo", "receipt_key"}


def main() -> None:
    """Run one subcommand and exit with its code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kongthun.config.settings")
    arguments = list(sys.argv)
    if len(arguments) == 1 or arguments[1] in {"-h", "--help"}:
        print_commands()
        return
    arguments[1] = arguments[1].replace("-", "_")
    asks_for_help = "--help" in arguments or "-h" in arguments
    if arguments[1] in NEED_DATABASE and not asks_for_help:
        make_ready()
    execute_from_command_line(arguments)


def print_commands() -> None:
    """What can be done, in Thai."""
    width = max(len(name) for name in COMMANDS)
    lines = [f"  {name:<{width}}  {words}" for name, words in COMMANDS.items()]
    sys.stdout.write("กองทุน: คำสั่งสำหรับผู้ดูแล\n\n" + "\n".join(lines) + "\n")


def make_ready() -> None:
    """Make an empty database ready; one that holds anything is left as it is."""
    django.setup()
    from django.db import connection  # noqa: PLC0415 (settings first)

    if not connection.introspection.table_names():
        sys.stderr.write("เตรียมฐานข้อมูลครั้งแรก …\n")
        call_command("migrate", verbosity=0)
    connection.close()


if __name__ == "__main__":
    main()
