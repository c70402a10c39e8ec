"""The same fund's workbook a second time: unchanged, changed, corrected, or broken off half-way."""

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kongthun.areas.models import Area
from kongthun.audit.models import AuditLine, Evidence
from kongthun.domain.chain import WrittenEntry, first_fault, moment_text
from kongthun.groups.models import Group, Person
from kongthun.ledger.models import Account, Entry, Fund, Line, Position
from kongthun.loans.models import Contract
from kongthun.registers import actions
from kongthun.registers.actions import RowPosted, StillSetAside, correct_row, import_workbook
from kongthun.registers.models import PaperRow, RowEntry, Workbook
from registers.hands import BOOKS, CODE, YELLOW, Cell, Rows, bring_in, with_yellow, write_book

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("db")]


def changed(rows: Sequence[Sequence[Cell]], at: int, column: int, cell: Cell) -> Rows:
    copy = [list(row) for row in rows]
    copy[at][column] = cell
    return copy


def state() -> dict[str, Any]:
    """What the fund's books come to, whatever the way that led there."""
    fund = Fund.objects.get(code=CODE)
    position = Position.objects.get(fund=fund)
    contracts = Contract.objects.filter(fund=fund, withdrawn_at=None).select_related("borrower")
    called = {
        f"loan:{contract.number}": (
            contract.paper_number,
            contract.round,
            contract.borrower.name_key,
            contract.member_number,
            contract.principal,
            contract.paid_out_on,
            contract.due_on,
            contract.occupation,
        )
        for contract in contracts
    }
    balances = Account.objects.filter(fund=fund).exclude(balance=0).values_list("code", "balance")
    rows = PaperRow.objects.filter(fund=fund, replaced_at=None)
    return {
        "position": position.sums,
        "contracts": sorted(called.values(), key=repr),
        "balances": sorted(((called.get(code, code), sum_) for code, sum_ in balances), key=repr),
        "rows": sorted(rows.values_list("sheet", "row", "kind", "reason")),
    }


def fault_in_chain() -> object:
    fund = Fund.objects.get(code=CODE)
    lines: dict[int, list[tuple[str, int]]] = {}
    for line in Line.objects.filter(fund=fund).order_by("entry_number", "place"):
        lines.setdefault(line.entry_number, []).append((line.account, line.amount.satang))
    written = [
        WrittenEntry(
            number=entry.number,
            deed=entry.deed,
            happened_on=entry.happened_on.isoformat(),
            recorded_at=moment_text(entry.recorded_at),
            memo=entry.memo,
            document=entry.document,
            reverses=entry.reverses,
            recorded_by=entry.recorded_by_id,
            key=entry.key,
            source=entry.source,
            lines=lines[entry.number],
            link=bytes(entry.link),
        )
        for entry in Entry.objects.filter(fund=fund).order_by("number")
    ]
    return first_fault(CODE, written, Position.objects.get(fund=fund).head)


# --- the same file ------------------------------------------------------------------------------


def test_the_same_file_again_is_known_without_opening_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_book(tmp_path, BOOKS)
    first = bring_in(path)
    before = Entry.objects.count()

    def opened(_: Path) -> None:
        raise AssertionError("the cells were read")

    monkeypatch.setattr(actions, "read_cells", opened)
    again = bring_in(path)
    assert (again.is_unchanged, again.posted_rows, again.entries) == (True, 0, 0)
    assert again.position == first.position
    assert Entry.objects.count() == before
    assert Workbook.objects.count() == 1


def test_the_same_content_under_a_name_without_a_code_is_known_too(tmp_path: Path) -> None:
    bring_in(write_book(tmp_path, BOOKS))
    again = bring_in(write_book(tmp_path, BOOKS, name="สมุด.xlsx"))
    assert again.is_unchanged
    assert Workbook.objects.count() == 1


def test_a_file_that_comes_back_after_another_is_brought_in_again(tmp_path: Path) -> None:
    first = write_book(tmp_path, BOOKS)
    bring_in(first)
    after_first = state()
    (tmp_path / "b").mkdir()
    bring_in(write_book(tmp_path / "b", with_yellow(changed(YELLOW, 2, 9, 9_000))))
    back = bring_in(first)
    assert not back.is_unchanged
    # The receipt; and after it the deposit that speaks of it, and the count of the cash.
    assert (back.posted_rows, back.reversals) == (1, 3)
    assert state() == after_first


# --- a changed file -----------------------------------------------------------------------------

MORE: Rows = [
    *YELLOW,
    [*[None] * 7, "3", "7/11/2540", 1_000, 5_000],
    [*[None] * 7, "4", "8/11/2540", 500, 4_500],
]


def test_a_changed_file_changes_only_what_differs(tmp_path: Path) -> None:
    bring_in(write_book(tmp_path, with_yellow(MORE)))
    before = {number for (number,) in Entry.objects.values_list("number")}
    numbers = dict(Entry.objects.exclude(document="").values_list("document", "number"))
    second: Rows = [
        *YELLOW,
        [*[None] * 7, "3", "7/11/2540", 1_500, 4_500],  # changed
        [*[None] * 7, "5", "9/11/2540", 700, 3_800],  # added; receipt 4 is gone
    ]
    receipt = bring_in(write_book(tmp_path, with_yellow(second)))
    assert (receipt.added, receipt.changed, receipt.withdrawn) == (1, 1, 1)
    assert receipt.posted_rows == 2
    new = Entry.objects.exclude(number__in=before)
    of_receipts = new.exclude(deed="cash_counted")
    taken_back = set(of_receipts.exclude(reverses=None).values_list("reverses", flat=True))
    assert taken_back == {numbers["3"], numbers["4"]}
    posted = of_receipts.filter(reverses=None).values_list("document", flat=True)
    assert sorted(posted) == ["3", "5"]
    assert receipt.reversals == 2 + 1  # what the brown book counted follows
    assert receipt.entries == 2 + 1
    assert fault_in_chain() is None


def test_a_row_that_was_set_aside_and_is_put_right_in_the_file_brings_its_receipts_along(
    tmp_path: Path,
) -> None:
    bad = changed(YELLOW, 2, 4, "#REF!")
    first = bring_in(write_book(tmp_path, with_yellow(bad)))
    assert [row.reason for row in first.set_aside] == ["cell_error", "loan_rejected"]
    second = bring_in(write_book(tmp_path, with_yellow(YELLOW)))
    assert second.set_aside == []
    assert second.posted_rows == 2
    assert second.changed == 1


def test_a_borrower_whose_name_was_typed_wrongly_is_the_other_person_now(tmp_path: Path) -> None:
    bring_in(write_book(tmp_path, with_yellow(changed(YELLOW, 2, 1, "นายขาว ใจดี"))))
    bring_in(write_book(tmp_path, with_yellow(YELLOW)))
    names = Contract.objects.filter(withdrawn_at=None).values_list("borrower__name_key", flat=True)
    assert sorted(names) == ["ดำ ใจดี", "แดง มีสุข"]


def test_taking_all_receipts_out_of_the_yellow_book_takes_them_out_of_the_books(
    tmp_path: Path,
) -> None:
    bring_in(write_book(tmp_path, with_yellow(YELLOW)))
    bare = [row[:7] if len(row) > 7 and at > 1 else row for at, row in enumerate(YELLOW)]
    receipt = bring_in(write_book(tmp_path, with_yellow(bare)))
    assert receipt.position["repaid"] == 0
    assert receipt.withdrawn == 2


CELLS: list[Cell] = [
    *(
        "",
        "#REF!",
        "31/2/2546",
        "12/5/14",
        "ห้าร้อย",
        -500,
        0,
        250,
        4_000,
        25_000,
        "5/11/2540",
        "6/11/2538",
    ),
    *("1/2539", "2/2539", "นายดำ ใจดี", "9", "รวม", "ดอกเบี้ย", "ถอนจ่ายเงินยืม", "30/9/2599"),
]
BASE: dict[str, Rows] = {
    "ม่วง": [list(row) for row in BOOKS["ม่วง"]],
    "เหลือง": [
        *MORE,
        [3, "นายเทา", "3/2540", 2, 5_000, "1/12/2540", None, "6", "1/12/2541", 5_000, 0],
        [4, "นางแดง มีสุข", "4/2541", 2, 2_000, "1/2/2541", None, None, None, None, None, "ใหม่"],
    ],
    "เขียว": [list(row) for row in BOOKS["เขียว"]],
    "น้ำตาล": [list(row) for row in BOOKS["น้ำตาล"]],
}
FIRST_DATA_ROW = {"ม่วง": 3, "เหลือง": 2, "เขียว": 3, "น้ำตาล": 1}

edit = st.sampled_from(sorted(BASE)).flatmap(
    lambda sheet: st.tuples(
        st.just(sheet),
        st.sampled_from(["change", "change", "remove", "repeat", "swap"]),
        st.integers(FIRST_DATA_ROW[sheet], len(BASE[sheet]) - 1),
        st.integers(0, 10),
        st.sampled_from(CELLS),
    )
)


def edited(books: dict[str, Rows], edits: list[tuple[str, str, int, int, Cell]]) -> dict[str, Rows]:
    books = deepcopy(books)
    for sheet, how, place, column, cell in edits:
        rows = books[sheet]
        at = min(place, len(rows) - 1)
        if how == "change" and column < len(rows[at]):
            rows[at][column] = cell
        elif how == "remove" and len(rows) > FIRST_DATA_ROW[sheet] + 1:
            del rows[at]
        elif how == "repeat":
            rows.insert(at, list(rows[at]))
        elif how == "swap":
            rows.insert(at, rows.pop())
    return books


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(before=st.lists(edit, max_size=3), after=st.lists(edit, max_size=4))
def test_a_second_file_leads_where_it_alone_would_have_led(
    tmp_path: Path,
    before: list[tuple[str, str, int, int, Cell]],
    after: list[tuple[str, str, int, int, Cell]],
) -> None:
    first = edited(BASE, before)
    second = edited(first, after)
    with transaction.atomic():
        bring_in(write_book(tmp_path, second))
        alone = state()
        transaction.set_rollback(True)
    with transaction.atomic():
        bring_in(write_book(tmp_path, first))
        receipt = bring_in(write_book(tmp_path, second))
        assert state() == alone
        assert fault_in_chain() is None
        assert all(total.holds for sheet in receipt.sheets for total in sheet.totals)
        connection.check_constraints()
        transaction.set_rollback(True)


# --- broken off ---------------------------------------------------------------------------------

TABLES = (Area, Group, Fund, Person, Contract, Entry, Line, Account, PaperRow, RowEntry, Workbook)
KEPT = (AuditLine, Evidence)


def everything() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in (*TABLES, *KEPT)}


def files_of_evidence() -> list[Path]:
    return [path for path in Path(django_settings.EVIDENCE_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "step",
    ["_settle_contracts", "_settle_entries", "_keep_snapshot", "_keep_bank_book", "record_deed"],
)
def test_an_import_that_breaks_off_leaves_nothing(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything()

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(actions, step, broken)
    with pytest.raises(RuntimeError):
        import_workbook(write_book(tmp_path, BOOKS), user_id=None)
    assert everything() == before
    assert files_of_evidence() == []


def test_a_change_that_breaks_off_leaves_the_books_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(write_book(tmp_path, with_yellow(MORE)))
    before, counted = state(), everything()
    with monkeypatch.context() as patched:
        patched.setattr(actions.paper_rows, "write", lambda *_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            import_workbook(write_book(tmp_path, with_yellow(YELLOW)), user_id=None)
    assert (state(), everything()) == (before, counted)
    assert not bring_in(write_book(tmp_path, with_yellow(YELLOW))).is_unchanged


def test_a_rehearsal_says_what_would_be_and_writes_nothing(tmp_path: Path) -> None:
    path = write_book(tmp_path, BOOKS)
    before = everything()
    rehearsed = import_workbook(path, user_id=None, is_rehearsal=True)
    assert everything() == before
    assert files_of_evidence() == []
    done = bring_in(path)
    assert rehearsed.posted_rows == done.posted_rows > 0  # type: ignore[union-attr]
    assert rehearsed.position == done.position  # type: ignore[union-attr]


# --- corrected rows -----------------------------------------------------------------------------


def row_set_aside() -> int:
    return PaperRow.objects.get(replaced_at=None, verdict="set_aside", kind="contract").number


def put_right(**correction: str) -> RowPosted | StillSetAside | object:
    return correct_row(
        fund=Fund.objects.get(code=CODE),
        number=row_set_aside(),
        correction=correction,
        note="ตามสมุดเล่มจริง",
        user_id=None,
    )


def test_a_corrected_row_stays_corrected_when_the_file_says_the_same_again(tmp_path: Path) -> None:
    bad = changed(YELLOW, 2, 4, "#REF!")
    bring_in(write_book(tmp_path, with_yellow(bad)))
    assert put_right(principal="20,000") == RowPosted(row_set_aside_number(), 1)
    corrected = state()
    again = bring_in(write_book(tmp_path, with_yellow(bad)))
    assert again.is_unchanged
    assert again.set_aside == []
    assert again.position["lent"] == 30_000_00  # as it stands today, not as it stood then
    more = changed(bad, 3, 10, 5_999)  # another row says something else now
    receipt = bring_in(write_book(tmp_path, with_yellow(more)))
    assert receipt.set_aside == []
    assert state() == corrected


def row_set_aside_number() -> int:
    return PaperRow.objects.get(kind="contract", correction__isnull=False).number


def test_a_correction_gives_way_when_the_file_says_something_else(tmp_path: Path) -> None:
    bring_in(write_book(tmp_path, with_yellow(changed(YELLOW, 2, 4, "#REF!"))))
    put_right(principal="20,000")
    bring_in(write_book(tmp_path, with_yellow(changed(YELLOW, 2, 4, 21_000))))
    assert Position.objects.get().lent.satang == 31_000_00
    alone = json.dumps(sorted(map(repr, state()["contracts"])), ensure_ascii=False)
    assert "2100000" in alone


def test_a_correction_that_can_not_stand_changes_nothing(tmp_path: Path) -> None:
    bring_in(write_book(tmp_path, with_yellow(changed(YELLOW, 2, 4, "#REF!"))))
    before = state()
    assert put_right(principal="สองหมื่น") == StillSetAside(row_set_aside(), "amount_text")
    assert state() == before
