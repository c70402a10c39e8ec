"""Judging the rows of the paper books: each reason by an example like the paper."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kongthun.domain.money import Money
from kongthun.domain.register_rows import (
    BankFact,
    BankRow,
    ContractFact,
    ContractRow,
    Reason,
    ReceiptFact,
    ReceiptRow,
    judge_bank,
    judge_contract,
    judge_receipts,
    plain_number,
    read_day,
    read_sum,
)

TODAY = date(2026, 11, 22)


def contract_row(
    principal: str = "10,000.-", received_on: str = "1 ต.ค. 2567", due_on: str = "30 ก.ย. 2569"
) -> ContractRow:
    return ContractRow(
        key="contract:1/1",
        paper_number="1",
        round="๑",
        name="นายสมพร ใจดี",
        principal=principal,
        received_on=received_on,
        due_on=due_on,
        occupation="เลี้ยงโค",
    )


def receipt_row(
    number: str = "12",
    paid_on: str = "15 ม.ค. 68",
    amount: str = "2,000",
    contract_key: str | None = "contract:1/1",
    key: str = "",
) -> ReceiptRow:
    return ReceiptRow(key or f"receipt:{number}", contract_key, number, paid_on, amount)


def bank_row(paid_in: str = "", paid_out: str = "", on: str = "16/1/2568") -> BankRow:
    return BankRow("bank:1", on, "รค.12", "นำฝากเงินรับคืน", paid_in, paid_out, balance="#REF!")


def judged_contract(
    principal: str = "10,000.-", received_on: str = "1 ต.ค. 2567", due_on: str = "30 ก.ย. 2569"
) -> ContractFact | Reason:
    return judge_contract(contract_row(principal, received_on, due_on), today=TODAY)


STANDING = judged_contract()


def judged(*rows: ReceiptRow, contract: ContractFact | Reason = STANDING) -> list[object]:
    """Each receipt's key if it stands, else the reason."""
    verdicts = judge_receipts(rows, {"contract:1/1": contract}, today=TODAY)
    return [v.key if isinstance(v, ReceiptFact) else v for v in verdicts]


NOT_A_SUM = [
    ("#REF!", Reason.CELL_ERROR),
    ("#N/A", Reason.CELL_ERROR),
    ("#VALUE!", Reason.CELL_ERROR),
    ("หนึ่งหมื่น", Reason.AMOUNT_TEXT),
    ("", Reason.AMOUNT_TEXT),
    ("-", Reason.AMOUNT_TEXT),
    ("0", Reason.AMOUNT_TEXT),
    ("1.000", Reason.AMOUNT_TEXT),
    ("1,000,000,000.01", Reason.AMOUNT_TEXT),
    ("99999999999999999999", Reason.AMOUNT_TEXT),
    ("-5,000", Reason.NEGATIVE),
    ("(5,000)", Reason.NEGATIVE),
]
NOT_A_DAY = [
    ("#REF!", Reason.CELL_ERROR),
    ("", Reason.DATE_UNREADABLE),
    ("31/2/2546", Reason.DATE_UNREADABLE),
    ("12/5/14", Reason.DATE_UNREADABLE),
    ("ต้นปี", Reason.DATE_UNREADABLE),
    ("23 พ.ย. 2569", Reason.DATE_IN_FUTURE),
]


# ----------------------------------------------------------------------------------- cells


@pytest.mark.parametrize(
    ("text", "sum_"),
    [
        ("10,000.-", Money.baht(10_000)),
        ("๑๐,๐๐๐", Money.baht(10_000)),
        ("281,156.19", Money.baht(281_156, 19)),
        ("1,000,000,000", Money.baht(1_000_000_000)),
        ("0", Money(0)),
    ],
)
def test_a_sum_is_read_as_people_write_it(text: str, sum_: Money) -> None:
    assert read_sum(text) == sum_


def test_today_has_been_and_tomorrow_has_not() -> None:
    assert read_day("22 พ.ย. 2569", today=TODAY) == TODAY
    assert read_day("23 พ.ย. 2569", today=TODAY) is Reason.DATE_IN_FUTURE


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        ("๓", 3),
        (" 3.0 ", 3),
        ("ครั้งที่ 3", 3),
        ("รอบที่๒", 2),
        ("ชุดที่ 4", 4),
        ("0", 0),
        ("2543", 2543),
        ("9,999", 9999),
        ("10,000", None),
        ("99999999999", None),
        ("3.5", None),
        ("-3", None),
        ("สาม", None),
        ("", None),
        ("#REF!", None),
    ],
)
def test_a_number_of_rounds_or_people_is_small_and_whole(text: str, number: int | None) -> None:
    assert plain_number(text) == number


# ----------------------------------------------------------------------------------- contracts


def test_a_contract_stands_when_its_sum_and_its_day_are_sure() -> None:
    assert judged_contract() == ContractFact(
        key="contract:1/1",
        paper_number="1",
        round=1,
        name="นายสมพร ใจดี",
        principal=Money.baht(10_000),
        paid_out_on=date(2024, 10, 1),
        due_on=date(2026, 9, 30),
        occupation="เลี้ยงโค",
    )


@pytest.mark.parametrize(("principal", "reason"), NOT_A_SUM)
def test_a_contract_without_a_sure_sum_is_set_aside(principal: str, reason: Reason) -> None:
    assert judged_contract(principal) is reason


@pytest.mark.parametrize(("received_on", "reason"), NOT_A_DAY)
def test_a_contract_without_a_sure_day_is_set_aside(received_on: str, reason: Reason) -> None:
    assert judged_contract(received_on=received_on) is reason


def test_the_sum_of_a_contract_is_judged_before_its_day() -> None:
    assert judged_contract("หนึ่งหมื่น", "31/2/2546") is Reason.AMOUNT_TEXT


@pytest.mark.parametrize("due_on", ["", "#REF!", "สิ้นปี"])
def test_a_contract_whose_last_day_is_unknown_stands_without_one(due_on: str) -> None:
    contract = judged_contract(due_on=due_on)
    assert isinstance(contract, ContractFact)
    assert contract.due_on is None


def test_a_contract_may_fall_due_later_than_today() -> None:
    contract = judged_contract(due_on="30 ก.ย. 2575")
    assert isinstance(contract, ContractFact)
    assert contract.due_on == date(2032, 9, 30)


# ----------------------------------------------------------------------------------- receipts


def test_a_receipt_stands_on_a_contract_that_stands() -> None:
    assert judge_receipts([receipt_row()], {"contract:1/1": STANDING}, today=TODAY) == [
        ReceiptFact("receipt:12", "contract:1/1", "12", date(2025, 1, 15), Money.baht(2_000))
    ]


@pytest.mark.parametrize("contract_key", [None, "contract:2/1"])
def test_a_receipt_that_belongs_to_no_contract_is_set_aside(contract_key: str | None) -> None:
    assert judged(receipt_row(contract_key=contract_key)) == [Reason.NO_CONTRACT]


def test_what_hangs_on_a_contract_set_aside_is_set_aside_with_it() -> None:
    contract = judged_contract("#REF!")
    assert judged(receipt_row("12"), receipt_row("13"), contract=contract) == [
        Reason.LOAN_REJECTED,
        Reason.LOAN_REJECTED,
    ]


@pytest.mark.parametrize(("amount", "reason"), NOT_A_SUM)
def test_a_receipt_without_a_sure_sum_is_set_aside(amount: str, reason: Reason) -> None:
    assert judged(receipt_row(amount=amount)) == [reason]


@pytest.mark.parametrize(("paid_on", "reason"), NOT_A_DAY)
def test_a_receipt_without_a_sure_day_is_set_aside(paid_on: str, reason: Reason) -> None:
    assert judged(receipt_row(paid_on=paid_on)) == [reason]


def test_money_can_not_be_sent_back_before_it_was_lent() -> None:
    assert judged(receipt_row(paid_on="30 ก.ย. 2567")) == [Reason.BEFORE_LOAN]


def test_money_may_be_sent_back_on_the_day_it_was_lent() -> None:
    assert judged(receipt_row(paid_on="1 ต.ค. 2567")) == ["receipt:12"]


def test_a_receipt_is_judged_by_contract_then_sum_then_day() -> None:
    unsure = receipt_row(amount="สองพัน", paid_on="31/2/2546")
    assert judged(unsure, contract=Reason.CELL_ERROR) == [Reason.LOAN_REJECTED]
    assert judged(unsure) == [Reason.AMOUNT_TEXT]
    assert judged(receipt_row(paid_on="31/2/2546", amount="20,000")) == [Reason.DATE_UNREADABLE]
    assert judged(receipt_row(paid_on="1 ม.ค. 2567", amount="20,000")) == [Reason.BEFORE_LOAN]


def test_the_first_of_receipts_alike_stands() -> None:
    assert judged(
        receipt_row(key="first"), receipt_row(key="again"), receipt_row(key="and again")
    ) == ["first", Reason.DUPLICATE_RECEIPT, Reason.DUPLICATE_RECEIPT]


def test_receipts_are_alike_however_day_sum_and_number_are_written() -> None:
    assert judged(
        receipt_row("12", "15 ม.ค. 68", "2,000"),
        receipt_row("๑๒", "15/1/2568", "2000.00", key="again"),
    ) == ["receipt:12", Reason.DUPLICATE_RECEIPT]


@pytest.mark.parametrize(
    "other",
    [
        receipt_row("13", key="other"),
        receipt_row(paid_on="16 ม.ค. 68", key="other"),
        receipt_row(amount="2,001", key="other"),
    ],
)
def test_receipts_that_differ_in_number_day_or_sum_both_stand(other: ReceiptRow) -> None:
    assert judged(receipt_row(), other) == ["receipt:12", "other"]


def test_the_same_receipt_on_another_contract_is_another_receipt() -> None:
    assert isinstance(STANDING, ContractFact)
    other = judge_contract(
        ContractRow("contract:2/1", "2", "1", "", "5,000", "1 ต.ค. 2567", "", ""), today=TODAY
    )
    verdicts = judge_receipts(
        [receipt_row(), receipt_row(contract_key="contract:2/1")],
        {"contract:1/1": STANDING, "contract:2/1": other},
        today=TODAY,
    )
    assert all(isinstance(verdict, ReceiptFact) for verdict in verdicts)


def test_a_receipt_set_aside_makes_no_later_one_a_duplicate() -> None:
    """The first could not be read, so the second is the only witness there is."""
    assert judged(receipt_row(paid_on=""), receipt_row(key="second")) == [
        Reason.DATE_UNREADABLE,
        "second",
    ]


def test_the_whole_of_a_loan_may_be_sent_back() -> None:
    assert judged(receipt_row("1", amount="6,000"), receipt_row("2", amount="4,000")) == [
        "receipt:1",
        "receipt:2",
    ]


def test_a_receipt_beyond_what_was_lent_is_set_aside_and_not_cut_down() -> None:
    assert judged(
        receipt_row("1", amount="6,000"),
        receipt_row("2", amount="4,000.01"),
        receipt_row("3", amount="4,000"),
        receipt_row("4", amount="0.01"),
    ) == ["receipt:1", Reason.OVERPAID, "receipt:3", Reason.OVERPAID]


def test_a_receipt_typed_twice_is_a_duplicate_before_it_is_too_much() -> None:
    assert judged(receipt_row(amount="6,000", key="first"), receipt_row(amount="6,000")) == [
        "first",
        Reason.DUPLICATE_RECEIPT,
    ]


# ----------------------------------------------------------------------------------- the bank


def test_what_the_bank_took_in_is_above_zero_and_what_it_gave_out_below() -> None:
    day = date(2025, 1, 16)
    assert judge_bank(bank_row(paid_in="2,000"), today=TODAY) == BankFact(
        "bank:1", day, "รค.12", "นำฝากเงินรับคืน", Money.baht(2_000)
    )
    assert judge_bank(bank_row(paid_out="2,000"), today=TODAY) == BankFact(
        "bank:1", day, "รค.12", "นำฝากเงินรับคืน", -Money.baht(2_000)
    )


@pytest.mark.parametrize("nothing", ["", "-", "0", "0.00"])
def test_the_other_side_of_a_movement_may_hold_a_dash_or_nought(nothing: str) -> None:
    for row in (bank_row("2,000", nothing), bank_row(nothing, "2,000")):
        assert isinstance(judge_bank(row, today=TODAY), BankFact)


@pytest.mark.parametrize(("paid_in", "paid_out"), [("", ""), ("0", "-"), ("500", "500")])
def test_a_movement_of_no_side_or_of_both_is_set_aside(paid_in: str, paid_out: str) -> None:
    assert judge_bank(bank_row(paid_in, paid_out), today=TODAY) is Reason.AMOUNT_TEXT


@pytest.mark.parametrize(
    ("sum_", "reason"),
    [
        ("#REF!", Reason.CELL_ERROR),
        ("สองพัน", Reason.AMOUNT_TEXT),
        ("-2,000", Reason.NEGATIVE),
        ("99999999999999999999", Reason.AMOUNT_TEXT),
    ],
)
def test_a_movement_with_an_unsure_side_is_set_aside(sum_: str, reason: Reason) -> None:
    assert judge_bank(bank_row(paid_in=sum_), today=TODAY) is reason
    assert judge_bank(bank_row(paid_out=sum_), today=TODAY) is reason
    assert judge_bank(bank_row("2,000", sum_), today=TODAY) is reason
    assert judge_bank(bank_row(sum_, "2,000"), today=TODAY) is reason


@pytest.mark.parametrize(("on", "reason"), NOT_A_DAY)
def test_a_movement_without_a_sure_day_is_set_aside(on: str, reason: Reason) -> None:
    assert judge_bank(bank_row("2,000", on=on), today=TODAY) is reason


def test_the_sum_of_a_movement_is_judged_before_its_day() -> None:
    assert judge_bank(bank_row("สองพัน", on="31/2/2546"), today=TODAY) is Reason.AMOUNT_TEXT
    assert judge_bank(bank_row(on="31/2/2546"), today=TODAY) is Reason.AMOUNT_TEXT


# ----------------------------------------------------------------------------------- laws

RECEIPT_ROWS = st.lists(
    st.builds(
        lambda number, day, baht, contract_key, key: receipt_row(
            str(number), f"{day}/1/2568", str(baht), contract_key, f"{key}"
        ),
        st.integers(1, 3),
        st.integers(1, 32),
        st.integers(-500, 6_000),
        st.sampled_from([None, "contract:1/1", "contract:2/1", "contract:3/1"]),
        st.integers(0, 10**9),
    ),
    max_size=12,
    unique_by=lambda row: row.key,
)
assert isinstance(STANDING, ContractFact)
CONTRACTS: dict[str, ContractFact | Reason] = {
    "contract:1/1": STANDING,
    "contract:2/1": ContractFact(
        "contract:2/1", "2", 1, "", Money.baht(5_000), date(2025, 1, 10), None, ""
    ),
    "contract:3/1": Reason.CELL_ERROR,
}


@given(RECEIPT_ROWS)
def test_every_receipt_has_one_verdict_in_its_place(rows: list[ReceiptRow]) -> None:
    verdicts = judge_receipts(rows, CONTRACTS, today=TODAY)
    assert len(verdicts) == len(rows)
    for row, verdict in zip(rows, verdicts, strict=True):
        assert isinstance(verdict, Reason) or (
            (verdict.key, verdict.contract_key) == (row.key, row.contract_key)
        )


@given(RECEIPT_ROWS)
def test_never_more_is_accepted_on_a_contract_than_was_lent(rows: list[ReceiptRow]) -> None:
    sent_back = dict.fromkeys(CONTRACTS, 0)
    for verdict in judge_receipts(rows, CONTRACTS, today=TODAY):
        if isinstance(verdict, ReceiptFact):
            sent_back[verdict.contract_key] += verdict.amount.satang
    for key, contract in CONTRACTS.items():
        lent = contract.principal.satang if isinstance(contract, ContractFact) else 0
        assert sent_back[key] <= lent


@given(RECEIPT_ROWS)
def test_the_receipts_of_one_contract_are_judged_as_if_they_were_alone(
    rows: list[ReceiptRow],
) -> None:
    together = judge_receipts(rows, CONTRACTS, today=TODAY)
    for key in (None, *CONTRACTS):
        own = [row for row in rows if row.contract_key == key]
        alone = judge_receipts(own, CONTRACTS, today=TODAY)
        assert alone == [
            verdict for row, verdict in zip(rows, together, strict=True) if row.contract_key == key
        ]


@given(RECEIPT_ROWS)
def test_what_was_accepted_is_accepted_again_without_what_was_set_aside(
    rows: list[ReceiptRow],
) -> None:
    verdicts = judge_receipts(rows, CONTRACTS, today=TODAY)
    accepted = [
        row for row, verdict in zip(rows, verdicts, strict=True) if isinstance(verdict, ReceiptFact)
    ]
    again = judge_receipts(accepted, CONTRACTS, today=TODAY)
    assert all(isinstance(verdict, ReceiptFact) for verdict in again)
