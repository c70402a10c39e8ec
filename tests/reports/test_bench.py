"""`kongthun bench` works, on as little as shows it. What it measures is not judged here."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from registers.hands import BOOKS, write_book

KEYS = ["name", "database", "figures", "floor", "ratio", "ratio_is", "aim", "machine"]


def measured(*arguments: str) -> list[dict[str, Any]]:
    printed = StringIO()
    call_command("bench", *arguments, "--postgres", "", "--json", stdout=printed)
    lines = [json.loads(line) for line in printed.getvalue().splitlines()]
    assert all(list(line) == KEYS for line in lines)
    assert all(line["ratio"] > 0 for line in lines)
    return lines


def test_the_import_is_measured_beside_the_reader_of_the_cells(tmp_path: Path) -> None:
    for number in (1, 2):
        write_book(tmp_path, BOOKS, name=f"8012010{number}.xlsx")
    (line,) = measured("import", "--folder", str(tmp_path), "--jobs", "1")
    assert (line["name"], line["database"]) == ("import", "sqlite")
    assert (line["figures"]["workbooks"], line["figures"]["rows"]) == (2, 36)
    assert line["figures"]["peak_megabytes"] > 10
    assert line["floor"]["seconds"] > 0


def test_posting_is_measured_beside_plain_sql() -> None:
    (line,) = measured("post", "--size", "count=5", "--size", "rounds=2")
    assert line["figures"]["postings"] == 10
    assert line["floor"]["postings_per_second"] > 0


def test_the_proof_is_measured_beside_the_bare_hash_on_one_core_and_on_all() -> None:
    lines = measured("verify", "--size", "funds=3", "--size", "entries=20")
    assert {line["figures"]["entries"] for line in lines} == {60}
    assert len(lines) in {1, 2}  # a machine may have one core only


def test_a_server_that_is_no_postgresql_is_refused_in_a_sentence() -> None:
    with pytest.raises(CommandError, match="postgres://"):
        call_command("bench", "post", "--postgres", "mysql://localhost/x")


def test_a_repayment_is_measured_with_its_statements_beside_plain_sql() -> None:
    (line,) = measured("repay", "--size", "count=10", "--size", "rounds=2")
    assert line["figures"]["repayments"] == 20
    assert line["figures"]["p50_milliseconds"] <= line["figures"]["p95_milliseconds"]
    assert 5 <= line["figures"]["statements_each"] <= 12
    assert line["floor"]["repayments_per_second"] > 0


def test_a_repayment_over_http_is_measured_signed_in_and_with_its_token() -> None:
    (line,) = measured("http", "--size", "count=25")
    assert line["figures"]["repayments"] == 25
    assert line["figures"]["p50_milliseconds"] > line["floor"]["p50_milliseconds"]
