"""Two desks at the same moment: each receipt once, no number twice, no money out twice.

Real processes against a database of their own, of the kind the run is about. Run as a program this
file is one desk: it says that it is ready, waits for a line, and works.

    python test_pen_and_keys.py open CODE            a fund that lent 12,000 baht
    python test_pen_and_keys.py repay CODE WHO N     N receipts with the keys WHO-0, WHO-1, …
    python test_pen_and_keys.py cancel CODE WHO      cancel receipt 1
    python test_pen_and_keys.py pay CODE WHO         hand out the money of request 2
    python test_pen_and_keys.py claim CODE WHO       recognise a claim
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
else:
    import dj_database_url
    import pytest

EACH = 8
DAY = date(2023, 3, 1)


# --- a desk -----------------------------------------------------------------------------------


def main(what: str, code: str, who: str = "", times: str = "1") -> None:
    """Work as one desk; what is written to the other side is what was answered."""
    import django

    django.setup()
    if what == "open":
        open_fund(code)
        return
    desk = Desk(code)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    answers = [getattr(desk, what)(f"{who}-{n}") for n in range(int(times))]
    sys.stdout.write(json.dumps(answers) + "\n")


def open_fund(code: str) -> None:
    from kongthun.domain.money import Money
    from kongthun.domain.plan import PlannedPart
    from kongthun.loans.actions.pay_outs import ContractPaper, make_contract
    from kongthun.loans.actions.requests import decide_request
    from kongthun.loans.actions.steps import StepTaken
    from loans.village_at_work import CHAIRMAN, WITNESSES, working_village

    village = working_village(code)
    village.lend(1, 12_000, DAY)
    request = village.ask(2, 5_000, DAY)
    decide_request(
        request.number,
        fund=village.fund,
        meeting_number=village.meet(DAY),
        is_approved=True,
        amount=Money.baht(5_000),
        words="",
        by=village.chairman,
    )
    parts = (PlannedPart(date(2024, 3, 1), Money.baht(5_000)),)
    signed = make_contract(
        request.number,
        ContractPaper(DAY, parts, CHAIRMAN, WITNESSES),
        fund=village.fund,
        by=village.treasurer,
    )
    if not isinstance(signed, StepTaken):
        raise TypeError(signed)


class Desk:
    """The deeds of one process, each by its key; answers as plain values."""

    def __init__(self, code: str) -> None:
        from django.utils import timezone

        from kongthun.accounts.models import User
        from kongthun.accounts.reach import reach_of
        from kongthun.ledger.models import Fund

        today = timezone.localdate()
        self.fund = Fund.objects.get(code=code)
        self.treasurer = reach_of(User.objects.get(username=f"herannyik-{code}"), today)
        self.chairman = reach_of(User.objects.get(username=f"prathan-{code}"), today)

    def repay(self, key: str) -> Any:  # noqa: ANN401
        from kongthun.domain.money import Money
        from kongthun.loans.actions.repayments import Visit, record_repayment

        visit = Visit(1, Money.baht(100), date(2024, 3, 1), key)
        done = record_repayment(visit, fund=self.fund, by=self.treasurer)
        return said(done) or [done.receipt.number, done.receipt.entry_number]  # type: ignore[union-attr]

    def cancel(self, key: str) -> Any:  # noqa: ANN401
        from kongthun.loans.actions.repayments import cancel_receipt

        done = cancel_receipt(1, fund=self.fund, reason="ผิด", key=key, by=self.treasurer)
        return said(done) or done.entry_number  # type: ignore[union-attr]

    def pay(self, key: str) -> Any:  # noqa: ANN401
        from kongthun.loans.actions.pay_outs import HandingOver, pay_out_loan
        from loans.village_at_work import CHAIRMAN, TREASURER, WITNESSES

        how = HandingOver(DAY, "bank:1", CHAIRMAN, WITNESSES, (CHAIRMAN, TREASURER))
        done = pay_out_loan(2, how, fund=self.fund, key=key, by=self.treasurer)
        return said(done) or done.step.sequence  # type: ignore[union-attr]

    def claim(self, key: str) -> Any:  # noqa: ANN401
        from kongthun.domain.money import Money
        from kongthun.loans.actions.debts import recognise_claim

        done = recognise_claim(
            fund=self.fund,
            source="loan:1",
            amount=Money.baht(10),
            person_name="นายคนหนึ่ง",
            words="รับเงินไปแล้วยังไม่นำส่ง",
            on=date(2024, 3, 1),
            meeting_number=None,
            key=key,
            by=self.chairman,
        )
        return said(done) or done.number  # type: ignore[union-attr]


def said(done: object) -> list[str]:
    """The names of what a deed was refused for, or nothing."""
    refusals = getattr(done, "refusals", ())
    return [type(refusal).__name__ for refusal in refusals]


# --- two desks ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Books:
    """A database that only processes of these tests touch."""

    environment: dict[str, str]

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, __file__, *arguments],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def kongthun(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kongthun.config.cli", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def both(self, *desks: tuple[str, ...]) -> list[Any]:
        """What each desk was answered; all begin when all are ready."""
        started = [self.start(*desk) for desk in desks]
        for process in started:
            assert process.stdout is not None
            ready = process.stdout.readline()
            assert ready == "ready\n", process.communicate()[1]
        answers = []
        for process in started:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        for process in started:
            answered, complaints = process.communicate(timeout=60)
            assert process.returncode == 0, complaints
            answers.append(json.loads(answered))
        return answers

    def is_sound(self, code: str) -> bool:
        return self.kongthun("verify", "--fund", code).returncode == 0


if __name__ != "__main__":

    @pytest.fixture(scope="module")
    def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Books]:
        home = tmp_path_factory.mktemp("desks")
        environment = os.environ | {
            "KONGTHUN_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "kongthun.config.settings",
        }
        url = os.environ.get("KONGTHUN_DATABASE_URL", "")
        is_sqlite = not url.startswith("postgres")
        if is_sqlite:
            environment.pop("KONGTHUN_DATABASE_URL", None)
        else:
            environment["KONGTHUN_DATABASE_URL"] = on_server(url, "DROP DATABASE IF EXISTS {0}")
            on_server(url, "CREATE DATABASE {0}")
        made = Books(environment)
        migrated = made.kongthun("migrate", "--verbosity", "0")
        assert migrated.returncode == 0, migrated.stderr
        yield made
        if not is_sqlite:
            on_server(url, "DROP DATABASE {0} WITH (FORCE)")

    @pytest.fixture
    def code(books: Books, request: pytest.FixtureRequest) -> str:
        """A fund that no other test has written in."""
        made = f"80{zlib.crc32(request.node.name.encode()) % 1_000_000:06}"
        opened = books.start("open", made)
        _, complaints = opened.communicate(timeout=60)
        assert opened.returncode == 0, complaints
        return made


def on_server(url: str, statement: str) -> str:
    """Run a statement about the tests' own database; answer with that database's address."""
    import psycopg

    name = f"kongthun_desks_{os.getpid()}"
    server = dj_database_url.parse(url)
    with psycopg.connect(
        host=server["HOST"],
        port=server["PORT"],
        user=server["USER"],
        password=server["PASSWORD"],
        dbname=server["NAME"],
        autocommit=True,
    ) as connection:
        connection.execute(statement.format(name))
    return f"{url.rpartition('/')[0]}/{name}"


def test_two_desks_give_out_every_receipt_number_once(books: Books, code: str) -> None:
    one, two = books.both(("repay", code, "one", str(EACH)), ("repay", code, "two", str(EACH)))
    numbers = sorted(number for number, _ in one + two)
    assert numbers == list(range(1, 2 * EACH + 1))
    assert books.is_sound(code)


def test_two_desks_with_the_same_keys_write_each_receipt_once(books: Books, code: str) -> None:
    one, two = books.both(("repay", code, "same", str(EACH)), ("repay", code, "same", str(EACH)))
    assert one == two
    assert sorted(number for number, _ in one) == list(range(1, EACH + 1))
    assert books.is_sound(code)


def test_two_desks_cancel_a_receipt_once(books: Books, code: str) -> None:
    books.both(("repay", code, "before"))
    answers = books.both(("cancel", code, "one"), ("cancel", code, "two"))
    assert ["ReceiptCancelled"] in [answer for (answer,) in answers]
    assert sum(isinstance(answer, int) for (answer,) in answers) == 1
    assert books.is_sound(code)


def test_two_desks_hand_the_money_of_a_contract_out_once(books: Books, code: str) -> None:
    answers = books.both(("pay", code, "one"), ("pay", code, "two"))
    assert sorted(str(answer) for (answer,) in answers) == ["5", "['OutOfTurn']"]
    assert books.is_sound(code)


def test_the_form_of_a_pay_out_sent_twice_at_once_pays_once(books: Books, code: str) -> None:
    assert books.both(("pay", code, "same"), ("pay", code, "same")) == [[5], [5]]
    assert books.is_sound(code)


def test_two_claims_at_once_have_two_numbers(books: Books, code: str) -> None:
    one, two = books.both(("claim", code, "one", "3"), ("claim", code, "two", "3"))
    assert sorted(one + two) == [1, 2, 3, 4, 5, 6]
    assert books.is_sound(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
