"""`kongthun import`: what it prints and how it exits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.db.migrations.executor import MigrationExecutor

from kongthun.areas.models import Area
from kongthun.audit.models import AuditLine, Evidence
from kongthun.groups.models import Group
from kongthun.ledger.models import Entry
from kongthun.registers.models import PaperRow, Workbook
from registers.hands import BOOKS, CODE, YELLOW, with_yellow, write_book

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("db")]

KEYS = ["file", "code", "posted_rows", "set_aside", "lent", "repaid", "bank", "cash", "interest"]
BAD = with_yellow([*YELLOW[:2], [*YELLOW[2][:4], "#REF!", *YELLOW[2][5:]], YELLOW[3]])


def run(*arguments: object) -> tuple[int, str]:
    printed = StringIO()
    try:
        call_command("import", *map(str, arguments), stdout=printed)
    except SystemExit as stopped:
        return int(str(stopped.code)), printed.getvalue()
    return 0, printed.getvalue()


def objects(printed: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.splitlines()]


def test_one_object_a_workbook_with_just_the_keys_that_were_promised(tmp_path: Path) -> None:
    code, printed = run(write_book(tmp_path, BOOKS), "--json")
    (line,) = objects(printed)
    assert list(line) == KEYS
    assert line == {
        "file": f"{CODE}.xlsx",
        "code": CODE,
        "posted_rows": 2 + 2 + 2 + 4 + 7 + 1,
        "set_aside": [],
        "lent": "30000.00",
        "repaid": "12000.00",
        "bank": "263250.50",
        "cash": "0.00",
        "interest": "1250.50",
    }
    assert code == 0


def test_a_row_set_aside_is_named_and_the_exit_code_says_so(tmp_path: Path) -> None:
    code, printed = run(write_book(tmp_path, BAD), "--json")
    (line,) = objects(printed)
    assert line["set_aside"] == [
        {"sheet": "เหลือง 1", "row": 3, "reason": "cell_error"},
        {"sheet": "เหลือง 1", "row": 3, "reason": "loan_rejected"},
    ]
    assert (line["lent"], line["repaid"]) == ("10000.00", "4000.00")
    assert code == 3


def test_an_unreadable_file_says_why_and_outweighs_rows_set_aside(tmp_path: Path) -> None:
    write_book(tmp_path, BAD)
    (tmp_path / "80120102.xlsx").write_bytes(b"PK\x03\x04 not really")
    code, printed = run(tmp_path, "--json")
    readable, unreadable = objects(printed)
    assert readable["file"] == f"{CODE}.xlsx"
    assert list(unreadable) == [*KEYS, "unreadable"]
    assert {key: unreadable[key] for key in KEYS} == {
        **dict.fromkeys(KEYS),
        "file": "80120102.xlsx",
        "posted_rows": 0,
        "set_aside": [],
    }
    assert unreadable["unreadable"]["reason"] == "damaged"
    assert "ไฟล์เสีย" in unreadable["unreadable"]["message"]
    assert code == 2


def test_a_folder_stands_for_its_workbooks_by_name(tmp_path: Path) -> None:
    for name in ("80120103.xlsx", "80120102.XLSX"):
        write_book(tmp_path, BOOKS, name=name)
    (tmp_path / "~$80120102.xlsx").write_bytes(b"lock")
    (tmp_path / "truth.json").write_text("{}")
    _, printed = run(tmp_path, "--json")
    assert [line["file"] for line in objects(printed)] == ["80120102.XLSX", "80120103.xlsx"]


def test_a_folder_without_workbooks_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="ไม่พบไฟล์"):
        run(tmp_path)


def test_a_dry_run_prints_the_same_and_writes_nothing(tmp_path: Path) -> None:
    path = write_book(tmp_path, BAD)
    models = (Area, Group, Entry, PaperRow, Workbook, AuditLine, Evidence)
    before = [model._default_manager.count() for model in models]
    rehearsed = run(path, "--json", "--dry-run")
    assert [model._default_manager.count() for model in models] == before
    assert not list(Path(django_settings.EVIDENCE_ROOT).rglob("*"))
    assert rehearsed == run(path, "--json")


def test_without_json_it_tells_people_what_became_of_each_file_and_of_all(tmp_path: Path) -> None:
    write_book(tmp_path, BAD)
    (tmp_path / "80120102.xlsx").touch()
    code, printed = run(tmp_path)
    assert f"[1/2] {CODE}.xlsx  ลงบัญชี 16 แถว  ควรตรวจสอบ 2 แถว" in printed
    assert "เหลือง 1 แถว 3: ช่องในชีตขึ้นข้อความผิดพลาด" in printed
    assert "[2/2] 80120102.xlsx  นำเข้าไม่ได้: ไฟล์ว่างเปล่า" in printed
    assert "อ่านได้ 1 ไฟล์  ลงบัญชี 16 แถว  ควรตรวจสอบ 2 แถว  อ่านไม่ได้ 1 ไฟล์" in printed
    assert "ให้ยืม 10,000 บาท  ส่งคืน 4,000 บาท  ในธนาคาร 263,250.50 บาท" in printed
    assert code == 2


def test_a_workbook_that_breaks_off_is_reported_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kongthun.registers import actions

    first, second = (write_book(tmp_path, BOOKS, name=f"801201{n}.xlsx") for n in ("01", "02"))
    settle = actions._settle

    def broken_for_the_first(fund: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        if fund.code == CODE:
            raise RuntimeError("the power went")
        return settle(fund, *args, **kwargs)

    monkeypatch.setattr(actions, "_settle", broken_for_the_first)
    code, printed = run(first, second, "--json")
    broken, whole = objects(printed)
    assert broken["unreadable"]["reason"] == "broken_off"
    assert (whole["code"], whole["lent"]) == ("80120102", "30000.00")
    assert code == 2
    assert not Group.objects.filter(code=CODE).exists()


def test_a_database_that_is_behind_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_book(tmp_path, BOOKS)
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: ["one more"])
    with pytest.raises(CommandError, match="kongthun migrate"):
        run(path)


def test_a_database_that_does_not_answer_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_: object) -> None:
        raise DatabaseError("connection refused")

    path = write_book(tmp_path, BOOKS)
    monkeypatch.setattr(MigrationExecutor, "__init__", silent)
    with pytest.raises(CommandError, match="ต่อฐานข้อมูลไม่ได้"):
        run(path)


# --- several at a time, in processes of their own ------------------------------------------------


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house of its own: workers see a database on disk, not the tests' one."""
    home = tmp_path_factory.mktemp("home")
    done = kongthun(home, "migrate")
    assert done.returncode == 0, done.stderr
    return home


def python(home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if "KONGTHUN" not in name}
    environment |= {
        "KONGTHUN_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "kongthun.config.settings",
    }
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def kongthun(home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return python(home, "-m", "kongthun.config.cli", *arguments)


def test_workers_bring_in_many_workbooks_and_answer_in_the_order_of_the_files(
    home: Path, tmp_path: Path
) -> None:
    names = [f"801201{number:02}.xlsx" for number in range(1, 9)]
    for name in names:
        write_book(tmp_path, BOOKS, name=name)
    (tmp_path / names[2]).write_bytes(b"")
    done = kongthun(home, "import", tmp_path, "--json", "--jobs", "3")
    lines = objects(done.stdout)
    assert [line["file"] for line in lines] == names
    assert [line["lent"] for line in lines] == ["30000.00", "30000.00", None, *["30000.00"] * 5]
    assert done.returncode == 2
    again = objects(kongthun(home, "import", tmp_path, "--json", "--jobs", "3").stdout)
    assert {line["posted_rows"] for line in again} == {0}


KILLED_BY_ONE = """
import importlib, os, signal
import django
django.setup()
from kongthun.registers import actions
command = importlib.import_module("kongthun.registers.management.commands.import")
whole = command.import_workbook
def deadly(path, **kwargs):
    if path.name.startswith("80120203"):
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(path, **kwargs)
command.import_workbook = deadly
from django.core.management import call_command
call_command("import", *{arguments!r})
"""


def test_a_workbook_that_kills_its_worker_takes_no_other_with_it(
    home: Path, tmp_path: Path
) -> None:
    for number in range(1, 7):
        write_book(tmp_path, BOOKS, name=f"801202{number:02}.xlsx")
    script = KILLED_BY_ONE.format(arguments=[str(tmp_path), "--json", "--jobs", "2"])
    done = python(home, "-c", script)
    lines = objects(done.stdout)
    assert len(lines) == 6, done.stderr
    assert [line["file"] for line in lines if "unreadable" in line] == ["80120203.xlsx"]
    assert {line["lent"] for line in lines if "unreadable" not in line} == {"30000.00"}
    assert done.returncode == 2
