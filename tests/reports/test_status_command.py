"""`kongthun status`: what other programs read. Its keys and spelling of money are a contract."""

from __future__ import annotations

import json
import re
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from kongthun.domain.money import Money
from kongthun.reports.management.commands.status import as_contract
from kongthun.reports.queries.roll_up import RollUp, StatusRow, total_of
from reports.small_district import FAR_AWAY, SmallDistrict

FIGURES = {
    "funds": "funds",
    "granted": "capital",
    "interest": "interest",
    "lent": "lent",
    "repaid": "repaid",
    "outstanding": "households",
    "bank": "bank",
    "cash": "cash",
    "claims": "claims",
    "recognised_loss": "loss",
    "unexplained": "unexplained",
    "overdue": "overdue",
    "set_aside_rows": "set_aside_rows",
    "deferred": "deferred",
    "members": "members",
    "goods": "goods",
    "tools": "tools",
    "customers": "customers",
    "creditors": "creditors",
}


def status(*arguments: str) -> str:
    out = StringIO()
    call_command("status", *arguments, stdout=out)
    return out.getvalue()


def as_json(*arguments: str) -> dict[str, Any]:
    text = status("--json", *arguments)
    assert text.count("\n") == 1  # one object, one line
    return json.loads(text)  # type: ignore[no-any-return]


def agrees(figures: dict[str, Any], row: StatusRow) -> None:
    for key, name in FIGURES.items():
        if key in {"funds", "set_aside_rows"}:
            assert figures[key] == getattr(row, name), key
        else:
            of_row = key in {"overdue", "deferred"}
            amount = getattr(row if of_row else row.sums, name)
            assert figures[key] == amount.plain, key
            assert re.fullmatch(r"-?[0-9]+\.[0-9]{2}", figures[key]), key


def test_an_area_is_one_object_with_these_keys_in_this_order(district: SmallDistrict) -> None:
    body = as_json("--area", "8016")
    assert list(body) == ["area", "as_of", *FIGURES]
    today = timezone.localdate()
    assert (body["area"], body["as_of"]) == ("8016", today.isoformat())
    agrees(body, total_of("8016", as_of=today, today=today, reach=None))
    assert body["funds"] == len(district.codes)


def test_the_nation_is_asked_for_by_no_area_at_all(district: SmallDistrict) -> None:
    body = as_json()
    assert (body["area"], body["funds"]) == ("", len(district.codes) + 2)


def test_a_row_a_fund_adds_up_to_the_whole(district: SmallDistrict) -> None:
    body = as_json("--area", "8016", "--by", "fund")
    rows = body["rows"]
    assert list(body) == ["area", "as_of", *FIGURES, "rows"]
    assert [row["code"] for row in rows] == district.codes
    assert all(list(row) == ["code", *FIGURES] for row in rows)
    for key in FIGURES:
        if key in {"funds", "set_aside_rows"}:
            assert body[key] == sum(row[key] for row in rows)
        else:
            satang = [round(float(row[key]) * 100) for row in rows]
            assert body[key] == Money(sum(satang)).plain
    today = timezone.localdate()
    for row in rows:
        agrees(row, total_of(row["code"], as_of=today, today=today, reach=None))


@pytest.mark.parametrize("asked", ["2025-09-30", "30/9/2568", "๓๐ ก.ย. ๖๘"])
def test_an_earlier_day_is_asked_for_in_either_calendar(
    district: SmallDistrict,
    asked: str,
) -> None:
    assert district.codes
    body = as_json("--area", "8016", "--as-of", asked)
    assert body["as_of"] == "2025-09-30"
    today = timezone.localdate()
    agrees(body, total_of("8016", as_of=date(2025, 9, 30), today=today, reach=None))
    assert body["overdue"] != as_json("--area", "8016", "--as-of", "2567-09-30")["overdue"]


@pytest.mark.parametrize("area", ["1", "801", "80160", "๘๐", "8o", "801601011", "80 ", "-80", "%"])
def test_a_code_that_can_be_none_is_refused_in_thai(
    db: None,  # noqa: ARG001
    area: str,
) -> None:
    with pytest.raises(CommandError, match="ไม่ถูกต้อง: ใช้เลข 2, 4, 6 หรือ 8 หลัก"):
        status(f"--area={area}", "--json")


@pytest.mark.parametrize("day", ["yesterday", "31/2/2568", "12/5/14", "2025-13-01"])
def test_a_day_that_cannot_be_read_is_refused_in_thai(
    db: None,  # noqa: ARG001
    day: str,
) -> None:
    with pytest.raises(CommandError, match=f"อ่านวันที่ {day} ไม่ได้"):
        status("--as-of", day, "--json")


def test_an_area_without_funds_is_nothing_everywhere(
    db: None,  # noqa: ARG001
) -> None:
    body = as_json("--area", "99", "--by", "fund")
    assert body["funds"] == 0
    assert body["rows"] == []
    assert {body[key] for key in FIGURES} == {0, "0.00"}


def test_people_read_a_line_a_fund_and_a_total(district: SmallDistrict) -> None:
    text = status("--area", "8016", "--by", "fund")
    lines = text.strip().splitlines()
    assert lines[0].startswith("พื้นที่ 8016 ณ วันที่ ")
    assert [line.split()[0] for line in lines[1:]] == [*district.codes, "รวม"]
    assert FAR_AWAY not in text
    assert status().startswith("พื้นที่ ทั้งประเทศ")


def test_money_below_a_baht_and_below_nothing_is_spelt_out() -> None:
    row = StatusRow("", "", 1, total_sums(unexplained=-5, bank=100_000_000_005))
    body = as_contract(RollUp("", date(2026, 1, 1), [], row), by_fund=False)
    assert body["unexplained"] == "-0.05"
    assert body["bank"] == "1000000000.05"


def total_sums(**satang: int) -> Any:  # noqa: ANN401
    from kongthun.domain.fund_position import FundPosition

    return FundPosition(**{name: Money(amount) for name, amount in satang.items()})
