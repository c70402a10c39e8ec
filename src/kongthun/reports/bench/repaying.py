"""How long one repayment takes through its action, and how many statements that asks for.

A repayment is a receipt with its number and seal, an entry with its place in the chain, balances,
the position and a line of the audit trail, in one transaction. The floor is plain SQL that posts
two lines (`posting`), in turns with ours in the same run. Every statement is counted, those that
the ledger speaks to the driver directly too; BEGIN and COMMIT are not.

Size: ``count`` of repayments in a round, ``rounds``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from statistics import median, quantiles
from typing import Any

import django
import psycopg

from kongthun.domain.money import Money

from . import Measured, answer, asked
from .posting import FLOORS

LENT_ON = date(2024, 10, 1)
PAID_ON = date(2025, 9, 30)
CONTRACTS = 50
LENT = Money.baht(5_000_000)  # enough for every repayment of a run
PAID = Money.baht(10)
_NOT_COUNTED = ("--", "BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


@dataclass(frozen=True, slots=True)
class BenchVillage:
    """A fund with open contracts, and somebody who may take money there."""

    fund: Any
    by: Any
    username: str
    password: str
    receiver: int


def village_with_contracts() -> BenchVillage:
    """A fund whose households owe, as a village of today would have it."""
    from django.utils import timezone  # noqa: PLC0415 (needs Django set up)

    from kongthun.accounts.actions import appoint  # noqa: PLC0415
    from kongthun.accounts.models import Role, User  # noqa: PLC0415
    from kongthun.accounts.reach import reach_of  # noqa: PLC0415
    from kongthun.domain.journal import Deed, Draft, Line  # noqa: PLC0415
    from kongthun.groups.actions import (  # noqa: PLC0415
        ListedHousehold,
        ListedTerm,
        keep_committee,
        keep_members,
        open_group,
    )
    from kongthun.ledger.actions import Posted, open_books, post_entries  # noqa: PLC0415
    from kongthun.loans.actions.contracts import ContractTerms, enter_contracts  # noqa: PLC0415

    code = "80160101"
    group = open_group(code=code, kind="kkk", area_code=code, name="กข.คจ. บ้านทดสอบความเร็ว")
    fund = open_books(
        group_id=group.pk, code=code, area_code=code, chart_code="kkk", name=group.name
    )
    nothing = (None, None, None)
    people = keep_members(
        group,
        [
            ListedHousehold(number, f"นายทดสอบ  ลำดับที่{number}", str(number), 4, None, nothing)
            for number in range(1, CONTRACTS + 1)
        ],
    )
    keep_committee(group, [ListedTerm(1, "นางเหรัญญิก  ทดสอบ", "เหรัญญิก", LENT_ON, None)])
    enter_contracts(
        fund.pk,
        [
            (
                number,
                ContractTerms(
                    f"{number}/2568", 1, people[number].pk, number, LENT, LENT_ON, PAID_ON, "ทำนา"
                ),
            )
            for number in range(1, CONTRACTS + 1)
        ],
    )
    drafts = [
        Draft(
            Deed.CAPITAL_RECEIVED,
            LENT_ON,
            (Line("bank:1", LENT * CONTRACTS), Line("capital:state", -LENT * CONTRACTS)),
            "granted",
        ),
        *(
            Draft(
                Deed.LOAN_PAID_OUT,
                LENT_ON,
                (Line(f"loan:{number}", LENT), Line("bank:1", -LENT)),
                f"lent-{number}",
            )
            for number in range(1, CONTRACTS + 1)
        ),
    ]
    if not isinstance(post_entries(drafts, fund=fund, recorded_by=None), Posted):
        raise TypeError("the village could not be made")
    password = "bench-village"  # noqa: S105 (of a database thrown away afterwards)
    user = User.objects.create_user(username="bench", password=password)
    appoint(user=user, role=Role.TREASURER, by_order="bench", starts_on=LENT_ON, group_id=group.pk)
    return BenchVillage(fund, reach_of(user, timezone.localdate()), "bench", password, 1)


def measure(*, count: int, rounds: int) -> Measured:
    """Take so many repayments in turns with the floor, in the database at hand."""
    from django.db import connection  # noqa: PLC0415

    village = village_with_contracts()
    repay, post_bare = our_repayment(village), FLOORS[connection.vendor]()
    for number in range(1, 11):
        repay(number)  # warms up: prepared statements, keys
        post_bare(number)
    with _counted_statements() as statements:
        repay(11)
    each: list[float] = []
    floor = 0.0
    first = 12
    for _ in range(rounds):
        started = time.perf_counter()
        for number in range(first, first + count):
            post_bare(number)
        floor += time.perf_counter() - started
        for number in range(first, first + count):
            started = time.perf_counter()
            repay(number)
            each.append(time.perf_counter() - started)
        first += count
    done = count * rounds
    return Measured(
        name="repay",
        database=connection.vendor,
        figures={
            "repayments": done,
            "repayments_per_second": round(done / sum(each), 1),
            "p50_milliseconds": round(median(each) * 1000, 2),
            "p95_milliseconds": round(quantiles(each, n=20)[-1] * 1000, 2),
            "statements_each": statements[0],
        },
        floor={"repayments_per_second": round(done / floor, 1)},
        ratio=round(floor / sum(each), 3),
        ratio_is="our repayments / plain SQL's postings, at least",
        aim=0.05,
    )


def our_repayment(village: BenchVillage) -> Callable[[int], None]:
    """One repayment through its action, by number."""
    from kongthun.loans.actions.repayments import (  # noqa: PLC0415
        RepaymentRecorded,
        Visit,
        record_repayment,
    )

    def repay(number: int) -> None:
        visit = Visit(
            number % CONTRACTS + 1, PAID, PAID_ON, f"bench:{number}", receiver_term=village.receiver
        )
        done = record_repayment(visit, fund=village.fund, by=village.by)
        if not isinstance(done, RepaymentRecorded):
            raise TypeError(f"the repayment was refused: {done}")

    return repay


@contextmanager
def _counted_statements() -> Iterator[list[int]]:
    """Count every statement that reaches the database, however it was sent."""
    from django.db import connection  # noqa: PLC0415

    counted = [0]
    if connection.vendor == "sqlite":
        last = [""]

        def note(statement: str) -> None:
            # A statement is told again for each trigger that it fires.
            if not statement.startswith(_NOT_COUNTED) and statement != last[0]:
                counted[0] += 1
            last[0] = statement

        connection.ensure_connection()
        driver: Any = connection.connection
        driver.set_trace_callback(note)
        try:
            yield counted
        finally:
            driver.set_trace_callback(None)
        return
    plain = psycopg.Cursor.execute

    def execute(cursor: Any, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401
        counted[0] += 1
        return plain(cursor, *arguments, **options)

    psycopg.Cursor.execute = execute  # type: ignore[assignment,method-assign]
    try:
        yield counted
    finally:
        psycopg.Cursor.execute = plain  # type: ignore[method-assign]


def main() -> None:
    """Measure what was asked for and answer."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    size = asked()
    call_command("migrate", verbosity=0)
    answer([measure(count=int(size.get("count", 200)), rounds=int(size.get("rounds", 4)))])


if __name__ == "__main__":
    main()
