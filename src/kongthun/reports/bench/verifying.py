"""How many entries a second are proved beside canonical bytes and SHA-256 alone.

The floor walks the same entries, already in memory, and does nothing but make each one's canonical
bytes and link. Both are measured on one core and with every core.

Size: ``funds``, ``entries`` in each.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context

import django

from kongthun.domain.chain import GENESIS, canonical, link, moment_text
from kongthun.domain.journal import Deed, Draft, Line
from kongthun.domain.money import Money

from . import Measured, answer, asked, cores

RECORDED_AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
_OneFund = tuple[str, Sequence[Draft]]


def measure(*, funds: int, entries: int) -> list[Measured]:
    """Fill the database at hand, then prove it and walk the floor, on one core and on all."""
    from django.db import connection  # noqa: PLC0415 (needs Django set up)

    books = _filled(funds, entries)
    total = funds * entries
    found = []
    for jobs in dict.fromkeys((1, cores())):
        floor = _seconds_of_floor(books, jobs)
        proof = _seconds_to_verify(total, jobs)
        found.append(
            Measured(
                name=f"verify, {jobs} core{'s' if jobs > 1 else ''}",
                database=connection.vendor,
                figures={
                    "funds": funds,
                    "entries": total,
                    "entries_per_second": round(total / proof),
                },
                floor={"entries_per_second": round(total / floor)},
                ratio=round(floor / proof, 3),
                ratio_is="entries proved / entries hashed alone, at least",
                aim=0.6,
            )
        )
    return found


def _filled(funds: int, entries: int) -> list[_OneFund]:
    from kongthun.groups.actions import open_group  # noqa: PLC0415 (needs Django set up)
    from kongthun.ledger.actions import Posted, open_books, post_entries  # noqa: PLC0415

    books: list[_OneFund] = []
    for place in range(funds):
        code = f"8012{place // 99 + 1:02}{place % 99 + 1:02}"
        group = open_group(code=code, kind="kkk", area_code=code, name=f"bench {code}")
        fund = open_books(
            group_id=group.pk, code=code, area_code=code, chart_code="kkk", name=group.name
        )
        drafts = [_draft(number) for number in range(1, entries + 1)]
        posted = post_entries(drafts, fund=fund, recorded_by=None, recorded_at=RECORDED_AT)
        if not isinstance(posted, Posted):
            raise TypeError("the entries were refused")
        books.append((code, drafts))
    return books


def _draft(number: int) -> Draft:
    """Loans paid out and sent back in turns, as a fund's books look."""
    contract = (number + 1) // 2
    amount = Money(5_000_00 + number * 25)
    is_loan = number % 2 == 1
    there, here = f"loan:{contract}", "cash"
    lines = (Line(there, amount), Line(here, -amount))
    return Draft(
        Deed.LOAN_PAID_OUT if is_loan else Deed.REPAYMENT_RECEIVED,
        date(1997, 10, 1) + timedelta(days=number % 9_000),
        lines if is_loan else (lines[1]._replace(amount=amount), lines[0]._replace(amount=-amount)),
        key=f"bench:{number:024}/1",
        memo=f"{'จ่ายเงินยืม' if is_loan else 'รับคืนเงินยืม'} สัญญาที่ {contract}",
        document=f"{number}/2545",
        source=f"0123456789ab:2:{number}",
    )


def _seconds_of_floor(books: Sequence[_OneFund], jobs: int) -> float:
    plain = [(code, [_places(draft) for draft in drafts]) for code, drafts in books]
    if jobs == 1:
        started = time.perf_counter()
        for fund in plain:
            _walk(fund)
        return time.perf_counter() - started
    global _shares  # noqa: PLW0603 (forked processes find it in memory, nothing is sent)
    _shares = [plain[first::jobs] for first in range(jobs)]
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as processes:
        list(processes.map(_nothing, range(jobs)))  # the processes are there before the clock runs
        started = time.perf_counter()
        list(processes.map(_walk_share, range(jobs)))
        return time.perf_counter() - started


_Places = tuple[str, str, str, str, int | None, int | None, str, str, list[tuple[str, int]]]
_shares: list[list[tuple[str, list[_Places]]]] = []


def _nothing(_: int) -> None:
    time.sleep(0.05)


def _walk_share(share: int) -> None:
    for fund in _shares[share]:
        _walk(fund)


def _places(draft: Draft) -> _Places:
    return (
        draft.deed.value,
        draft.happened_on.isoformat(),
        draft.memo,
        draft.document,
        draft.reverses,
        None,
        draft.key,
        draft.source,
        [(account, amount.satang) for account, amount in draft.lines],
    )


def _walk(fund: tuple[str, list[_Places]]) -> None:
    code, entries = fund
    before, moment = GENESIS, moment_text(RECORDED_AT)
    for number, entry in enumerate(entries, start=1):
        deed, day, memo, document, reverses, recorded_by, key, source, lines = entry
        before = link(
            before,
            canonical(
                code,
                number,
                deed,
                day,
                moment,
                memo,
                document,
                reverses,
                recorded_by,
                key,
                source,
                lines,
            ),
        )


def _seconds_to_verify(entries: int, jobs: int) -> float:
    from kongthun.ledger.verification import verify_all  # noqa: PLC0415 (needs Django set up)

    started = time.perf_counter()
    verification = verify_all(jobs=jobs)
    seconds = time.perf_counter() - started
    if not verification.is_sound or verification.entries != entries:
        raise RuntimeError(f"the books are not sound: {verification.faults[:3]}")
    return seconds


def main() -> None:
    """Measure what was asked for and answer."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    size = asked()
    call_command("migrate", verbosity=0)
    answer(measure(funds=int(size.get("funds", 40)), entries=int(size.get("entries", 1_000))))


if __name__ == "__main__":
    main()
