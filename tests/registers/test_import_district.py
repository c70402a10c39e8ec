"""Five workbooks of a real-looking district against what their sheets really say.

Together they hold both layouts of the yellow book and every reason to set a row aside.
"""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from kongthun.domain.money import Money
from kongthun.ledger.models import Position

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("db")]

DATA = Path(__file__).parent / "data"
TRUTH: list[dict[str, Any]] = json.loads((DATA / "truth.json").read_text(encoding="utf-8"))


def imported(*arguments: str) -> tuple[int, dict[str, dict[str, Any]]]:
    """Exit code, and the printed objects by file."""
    printed = StringIO()
    code = 0
    try:
        call_command("import", *arguments, "--json", stdout=printed)
    except SystemExit as stopped:
        code = int(str(stopped.code))
    lines = [json.loads(line) for line in printed.getvalue().splitlines()]
    return code, {line["file"]: line for line in lines}


def as_plain(baht: float) -> str:
    return Money(round(baht * 100)).plain


@pytest.fixture
def lines() -> dict[str, dict[str, Any]]:
    code, found = imported(str(DATA))
    assert code == 3
    return found


def test_the_data_shows_both_layouts_and_every_reason() -> None:
    reasons = {row["reason"] for workbook in TRUTH for row in workbook["check"]}
    assert len(reasons) == 7
    assert len(TRUTH) == len(list(DATA.glob("*.xlsx"))) == 5


def test_every_row_the_sheets_get_wrong_is_set_aside_and_no_other(
    lines: dict[str, dict[str, Any]],
) -> None:
    for truth in TRUTH:
        expected = sorted((row["sheet"], row["row"], row["reason"]) for row in truth["check"])
        found = [(r["sheet"], r["row"], r["reason"]) for r in lines[truth["file"]]["set_aside"]]
        assert sorted(found) == expected, truth["file"]


def test_the_figures_of_each_fund_are_right_to_the_satang(
    lines: dict[str, dict[str, Any]],
) -> None:
    for truth in TRUTH:
        line = lines[truth["file"]]
        assert line["code"] == truth["code"]
        for ours, theirs in (
            ("lent", "lent"),
            ("repaid", "repaid"),
            ("bank", "bank"),
            ("cash", "cash"),
            ("interest", "deposit_interest"),
        ):
            assert line[ours] == as_plain(truth[theirs]), (truth["file"], ours)


def test_the_money_is_conserved_in_every_fund(lines: dict[str, dict[str, Any]]) -> None:
    assert len(lines) == 5
    for truth in TRUTH:
        position = Position.objects.get(fund__code=truth["code"]).sums
        assert position.is_conserved
        assert position.capital == Money(round(truth["granted"] * 100))


def test_the_same_folder_again_posts_nothing_and_says_the_same(
    lines: dict[str, dict[str, Any]],
) -> None:
    code, again = imported(str(DATA))
    assert code == 3
    assert again == {file: {**line, "posted_rows": 0} for file, line in lines.items()}
    assert all(line["posted_rows"] > 0 for line in lines.values())
