"""Three real villages, told from their public figures through the four books.

The figures that were published are asserted; days, names, single sums and numbers of papers were
never published and are made up here so that they lead to those figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kongthun.domain.arrears import Arrears, Part, arrears_of
from kongthun.domain.fund_position import FundPosition, position_of
from kongthun.domain.journal import AccountKind, Draft, refusals_of
from kongthun.domain.money import Money, total
from kongthun.domain.register_books import Witnessed, entries_of
from kongthun.domain.register_rows import (
    BankFact,
    BankRow,
    ContractFact,
    ContractRow,
    ReceiptFact,
    ReceiptRow,
    judge_bank,
    judge_contract,
    judge_receipts,
    read_day,
    read_sum,
)
from kongthun.domain.thai_calendar import fiscal_year_start

TODAY = date(2026, 11, 22)
KINDS = frozenset(kind.value for kind in AccountKind)


@dataclass(frozen=True)
class Papers:
    """A village's books as typed. Receipts name their contract by number."""

    granted_fiscal_year: int
    yellow: Sequence[tuple[str, str, str, str, str]]  # number, lent, on, due, occupation
    receipts: Sequence[tuple[str, str, str, str]]  # contract, receipt, on, sum
    green: Sequence[tuple[str, str, str, str, str, str]]  # on, document, item, in, out, balance
    as_of: str
    in_hand: str


@dataclass(frozen=True)
class Village:
    """What the papers come to."""

    contracts: list[ContractFact]
    receipts: list[ReceiptFact]
    drafts: list[Draft]
    position: FundPosition

    def arrears(self, *, as_of: date) -> list[Arrears]:
        """Of each contract that owes anything, by its last day."""
        late = []
        for contract in self.contracts:
            assert contract.due_on is not None
            sent_back = total(r.amount for r in self.receipts if r.contract_key == contract.key)
            plan = [Part(contract.due_on, contract.principal)]
            late.append(arrears_of(plan, sent_back, as_of=as_of))
        return [one for one in late if one.overdue]


def bring_in(papers: Papers) -> Village:
    """Judge every row and make the entries; in these books no row is set aside."""
    contracts = [
        judge_contract(
            ContractRow(f"contract {number}", number, "1", "", lent, on, due, occupation),
            today=TODAY,
        )
        for number, lent, on, due, occupation in papers.yellow
    ]
    standing = [fact for fact in contracts if isinstance(fact, ContractFact)]
    assert standing == contracts
    receipts = judge_receipts(
        [
            ReceiptRow(f"receipt {number}", f"contract {contract}", number, on, sum_)
            for contract, number, on, sum_ in papers.receipts
        ],
        {fact.key: fact for fact in standing},
        today=TODAY,
    )
    sent_back = [fact for fact in receipts if isinstance(fact, ReceiptFact)]
    assert sent_back == receipts
    movements = [
        judge_bank(BankRow(f"bank {place}", *row), today=TODAY)
        for place, row in enumerate(papers.green)
    ]
    passbook = [fact for fact in movements if isinstance(fact, BankFact)]
    assert passbook == movements
    balance, counted, granted = (
        read_sum(text) for text in (papers.green[-1][-1], papers.in_hand, "280,000")
    )
    counted_on = read_day(papers.as_of, today=TODAY)
    assert isinstance(balance, Money)
    assert isinstance(counted, Money)
    assert isinstance(granted, Money)
    assert isinstance(counted_on, date)
    drafts = list(
        entries_of(
            Witnessed(
                contracts=standing,
                receipts=sent_back,
                bank=passbook,
                contract_numbers={fact.key: place for place, fact in enumerate(standing, 1)},
                sources={},
                counted_on=counted_on,
                counted_cash=counted,
                granted=granted,
                granted_on=fiscal_year_start(papers.granted_fiscal_year),
                passbook=(balance, frozenset(fact.key for fact in passbook)),
            )
        ).values()
    )
    assert not any(refusals_of(draft, kinds=KINDS, today=TODAY) for draft in drafts)
    position = position_of((draft.deed, draft.lines) for draft in drafts)
    assert position.is_conserved
    return Village(standing, sent_back, drafts, position)


# ------------------------------------------------------------------------------- บ้านเทนมีย์

THENMI = Papers(
    granted_fiscal_year=2543,
    # 44 borrowing households, 6,363 baht on average; 37 of them in agriculture.
    yellow=[
        (
            str(number),
            "6,400.-" if number <= 36 else "๖,๒๐๐",
            "15 ม.ค. 2567",
            "๑๕ มกราคม ๒๕๗๐",
            "การเกษตร" if number <= 37 else "ค้าขาย",
        )
        for number in range(1, 45)
    ],
    receipts=[],
    green=[
        ("3/11/2542", "", "รับเงินอุดหนุนโครงการ กข.คจ.", "280,000.00", "", "280,000.00"),
        ("30 มิ.ย. 66", "", "ดอกเบี้ยเงินฝาก", "1,156.19", "", "281,156.19"),
        ("12 ม.ค. 2567", "", "จ่ายเงินยืม สัญญาที่ 1-44", "", "280,000.00", "1,156.19"),
    ],
    as_of="30 ก.ย. 2567",
    in_hand="0",
)


def test_thenmi_lent_all_its_280_000_baht_to_44_households_and_keeps_the_interest() -> None:
    village = bring_in(THENMI)
    assert len(village.contracts) == 44
    assert sum(contract.occupation == "การเกษตร" for contract in village.contracts) == 37
    assert village.position == FundPosition(
        capital=Money.baht(280_000),
        interest=Money.baht(1_156, 19),
        lent=Money.baht(280_000),
        households=Money.baht(280_000),
        bank=Money.baht(1_156, 19),
    )


def test_the_fund_of_thenmi_is_281_156_19_baht_and_nothing_of_it_is_missing() -> None:
    position = bring_in(THENMI).position
    assert position.accounted.text == "281,156.19"
    assert (position.bank + position.cash).text == "1,156.19"
    assert not position.unexplained


def test_nobody_in_thenmi_is_late_before_the_contracts_end() -> None:
    village = bring_in(THENMI)
    assert village.arrears(as_of=date(2027, 1, 15)) == []
    assert len(village.arrears(as_of=date(2027, 1, 16))) == 44


def test_if_the_interest_of_thenmi_was_taken_out_it_would_be_looked_for_in_hand() -> None:
    taken_out = ("1/2/2567", "", "ถอนเงินสด", "", "1,156.19", "0.00")
    position = bring_in(
        Papers(2543, THENMI.yellow, [], [*THENMI.green, taken_out], "30 ก.ย. 2567", "1,156.19")
    ).position
    assert (position.bank, position.cash) == (Money(0), Money.baht(1_156, 19))
    assert not position.unexplained


# --------------------------------------------------------------------------------- บ้านท่าแค

THA_KHAE = Papers(
    granted_fiscal_year=2537,
    # 25 target households; 15 contracts hold all of the money, and all are past their last day.
    yellow=[
        (
            str(number),
            "18,000" if number <= 10 else "20,000",
            "1 มี.ค. 2555",
            "28 ก.พ. 2558",
            "เลี้ยงกุ้ง",
        )
        for number in range(1, 16)
    ],
    receipts=[],
    green=[
        ("20 ธ.ค. 2536", "", "รับโอนเงินโครงการ กข.คจ.", "280,000", "", "280,000"),
        ("30/06/2554", "", "ดบ.", "9,761.83", "", "289,761.83"),
        *(
            (
                "1 มี.ค. 2555",
                f"สญ.{number}",
                f"จ่ายเงินยืม สัญญาเลขที่ {number}",
                "",
                "18,000" if number <= 10 else "20,000",
                f"{289_761.83 - 18_000 * min(number, 10) - 20_000 * max(number - 10, 0):.2f}",
            )
            for number in range(1, 16)
        ),
    ],
    as_of="30 ก.ย. 2560",
    in_hand="0",
)


def test_tha_khae_has_15_contracts_and_280_000_baht_overdue() -> None:
    village = bring_in(THA_KHAE)
    late = village.arrears(as_of=date(2017, 9, 30))
    assert len(late) == len(village.contracts) == 15
    assert total(one.overdue for one in late) == Money.baht(280_000)
    assert {one.days_late for one in late} == {945}
    assert all(one.by_band[2] == one.overdue for one in late)  # from one to three years


def test_the_fund_of_tha_khae_is_289_761_83_baht_though_all_of_its_capital_is_late() -> None:
    position = bring_in(THA_KHAE).position
    assert position.accounted.text == position.entrusted.text == "289,761.83"
    assert position.households == Money.baht(280_000)
    assert position.bank == Money.baht(9_761, 83)
    assert not position.unexplained


# ------------------------------------------------------------------------------ บ้านหนองตะโก

NONG_TAKO = Papers(
    granted_fiscal_year=2544,
    # 27 members borrowed; 25 sent everything back and two nothing.
    yellow=[
        (str(number), "10,000", "๑ ตุลาคม ๒๕๖๕", "30 ก.ย. 2568", "ทำนา") for number in range(1, 28)
    ],
    receipts=[(str(number), f"{number}/2568", "15/9/2568", "10,000.-") for number in range(1, 26)],
    green=[
        ("9 เม.ย. 2544", "", "รับเงินอุดหนุนโครงการ กข.คจ.", "280,000", "", "280,000"),
        ("1 ต.ค. 2565", "", "จ่ายเงินยืม สัญญาที่ 1 ถึง 27", "", "270,000", "10,000"),
        ("16 ก.ย. 2568", "", "นำฝากเงินรับคืน", "250,000", "", "260,000"),
    ],
    as_of="30 ก.ย. 2568",
    in_hand="0",
)


def test_two_of_27_members_in_nong_tako_have_not_sent_back() -> None:
    village = bring_in(NONG_TAKO)
    assert len(village.contracts) == 27
    assert village.arrears(as_of=date(2025, 9, 30)) == []
    late = village.arrears(as_of=date(2025, 10, 1))
    assert len(late) == 2
    assert total(one.overdue for one in late) == village.position.households


def test_what_25_members_of_nong_tako_sent_back_reached_the_bank() -> None:
    position = bring_in(NONG_TAKO).position
    assert position.repaid == Money.baht(250_000)
    assert (position.bank, position.cash) == (Money.baht(260_000), Money(0))
    assert position.entrusted == Money.baht(280_000)
    assert not position.unexplained
