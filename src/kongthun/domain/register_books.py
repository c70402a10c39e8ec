"""From the rows of the paper books to entries: a pure function of what is accepted today.

The yellow book (what borrowers owe) and the green book (what the bank holds) are two witnesses of
one story. A loan leaves the bank as a withdrawal and reaches the household as a contract; money
sent back is received as cash and later carried to the bank. Where both witnesses speak of the same
sum, the money passes through cash in hand between the two days. Where one is silent (its row is
set aside, or there is none), the other side of the entry is *not yet explained*, and stays there
until the missing witness is found.

The brown book counts: what is in hand or elsewhere on its day. What should have been in hand and
was not is moved to *not yet explained* that day; after the count the past is closed, so a deposit
of money received before it explains the unexplained, not the cash.

Since the result depends only on the set of accepted rows, reading the papers in any order, twice,
or after corrections leads to the same books (docs/rules/registers.md works an example).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from .journal import Deed, Draft, Line
from .money import Money
from .register_rows import BankFact, ContractFact, ReceiptFact
from .thai_text import arabic_digits

CASH = "cash"
BANK = "bank:1"
UNEXPLAINED = "unexplained"
CAPITAL = "capital:state"
INTEREST = "interest"
EXPENSE = "expense"


@dataclass(frozen=True, slots=True)
class Witnessed:
    """Everything accepted of one fund's four books.

    ``contract_numbers`` gives our running number of each contract key. ``sources`` says, per row
    key, where the row stands. ``counted_on``/``counted_cash`` are the brown book's day and its
    "in hand or elsewhere"; ``granted`` the capital it names; ``passbook`` the last balance the
    green book shows and the keys of the movements up to that row.
    """

    contracts: Sequence[ContractFact]
    receipts: Sequence[ReceiptFact]
    bank: Sequence[BankFact]
    contract_numbers: Mapping[str, int]
    sources: Mapping[str, str]
    counted_on: date | None = None
    counted_cash: Money | None = None
    granted: Money | None = None
    granted_on: date | None = None
    passbook: tuple[Money, frozenset[str]] | None = None


_INTEREST = re.compile(r"ดอกเบี้ย|interest|^ดบ\.?", re.I)
_FEE = re.compile(r"ค่าธรรมเนียม|ค่าสมุด|ค่ารักษาบัญชี|ภาษีหัก|หักภาษี")
_CAPITAL = re.compile(
    r"อุดหนุน|รับโอนเงินโครงการ|เงินโครงการ|งบประมาณ|เปิดบัญชี|รับเงินทุน|ทุนประเดิม|จัดสรร"
)
_LENT = re.compile(r"จ่ายเงินยืม|ให้ยืม|สัญญา|^สญ|ยืมเงิน|จ่ายยืม|ถอนจ่าย|เงินยืม")
_SENT_BACK = re.compile(r"ใบเสร็จ|รับคืน|ส่งคืน|ชำระคืน|ใบสำคัญ|^รค|คืนเงิน")
_NUMBERS = re.compile(r"([0-9]+(?:/[0-9]+)*)(?:\s*(?:-|–|ถึง)\s*([0-9]+)(?![0-9/]))?")


def numbers_named(text: str) -> list[str]:
    """Paper numbers named in a text; ``12-14`` names three, ``3/2545`` is one.

    >>> numbers_named("นำฝากเงินรับคืน ใบเสร็จ ๑๒-14, 3/2545")
    ['12', '13', '14', '3/2545']
    """
    found: list[str] = []
    for first, last in _NUMBERS.findall(arabic_digits(text)):
        if last and "/" not in first and 0 < int(last) - int(first) < 100:
            found.extend(str(number) for number in range(int(first), int(last) + 1))
        else:
            found.extend(part for part in (first, last) if part)
    return found


def entries_of(witnessed: Witnessed) -> dict[str, Draft]:
    """The entries that these rows make, by row key, in the order of their days.

    A draft's key is the row's; whoever posts it makes an idempotency key of it.
    """
    meanings = _Meanings(witnessed)
    drafts: dict[str, Draft] = {}
    for contract in witnessed.contracts:
        number = witnessed.contract_numbers[contract.key]
        other = CASH if contract.key in meanings.paid_from_cash else UNEXPLAINED
        drafts[contract.key] = Draft(
            Deed.LOAN_PAID_OUT,
            contract.paid_out_on,
            (Line(f"loan:{number}", contract.principal), Line(other, -contract.principal)),
            key=contract.key,
            memo=f"จ่ายเงินยืม สัญญาที่ {number}",
            document=document_text(contract.paper_number),
            source=witnessed.sources.get(contract.key, ""),
        )
    for receipt in witnessed.receipts:
        number = witnessed.contract_numbers[receipt.contract_key]
        other = UNEXPLAINED if receipt.key in meanings.deposited_before_received else CASH
        drafts[receipt.key] = Draft(
            Deed.REPAYMENT_RECEIVED,
            receipt.paid_on,
            (Line(other, receipt.amount), Line(f"loan:{number}", -receipt.amount)),
            key=receipt.key,
            memo=f"รับคืนเงินยืม สัญญาที่ {number}",
            document=document_text(receipt.number),
            source=witnessed.sources.get(receipt.key, ""),
        )
    for movement in witnessed.bank:
        deed, other, memo = meanings.of_bank[movement.key]
        drafts[movement.key] = Draft(
            deed,
            movement.on,
            (Line(BANK, movement.amount), Line(other, -movement.amount)),
            key=movement.key,
            memo=memo,
            document=document_text(movement.document),
            source=witnessed.sources.get(movement.key, ""),
        )
    drafts.update(_confirmations(witnessed, drafts.values()))
    return dict(sorted(drafts.items(), key=lambda item: (item[1].happened_on, _ORDER[item[1].deed])))


# Within a day money comes before it goes.
_ORDER = {deed: place for place, deed in enumerate(Deed)}


class _Meanings:
    """Which movement of the bank speaks of which contract or receipt."""

    def __init__(self, witnessed: Witnessed) -> None:
        self._counted_on = witnessed.counted_on if witnessed.counted_cash is not None else None
        self._contracts = _Papers(
            _Paper(fact.key, fact.paper_number, fact.paid_out_on, fact.principal)
            for fact in witnessed.contracts
        )
        self._receipts = _Papers(
            _Paper(fact.key, fact.number, fact.paid_on, fact.amount) for fact in witnessed.receipts
        )
        self.paid_from_cash: set[str] = set()
        self.deposited_before_received: set[str] = set()
        self.of_bank = {
            movement.key: self._meaning(movement)
            for movement in sorted(witnessed.bank, key=lambda fact: fact.on)
        }

    def _meaning(self, movement: BankFact) -> tuple[Deed, str, str]:
        words = f"{movement.document} {movement.item}"
        if movement.amount.satang > 0:
            if _INTEREST.search(words):
                return Deed.INTEREST_RECEIVED, INTEREST, "ดอกเบี้ยเงินฝาก"
            if _SENT_BACK.search(words):
                return Deed.CASH_DEPOSITED, self._deposit(movement), "นำฝากเงินรับคืน"
            if _CAPITAL.search(words):
                return Deed.CAPITAL_RECEIVED, CAPITAL, "รับเงินอุดหนุนโครงการ กข.คจ."
            return Deed.BANK_UNEXPLAINED, UNEXPLAINED, "เงินเข้าที่ยังไม่ทราบที่มา"
        if _FEE.search(words):
            return Deed.FEE_PAID, EXPENSE, "ค่าธรรมเนียมธนาคาร"
        if _LENT.search(words):
            return Deed.CASH_WITHDRAWN, self._withdrawal(movement), "ถอนเพื่อจ่ายเงินยืม"
        return Deed.BANK_UNEXPLAINED, UNEXPLAINED, "เงินออกที่ยังไม่ทราบที่ไป"

    def _deposit(self, movement: BankFact) -> str:
        """Money carried to the bank: out of the cash of the receipts it names, if they stand."""
        receipts = self._receipts.fitting(movement, is_before=True)
        if not receipts:
            return UNEXPLAINED
        self.deposited_before_received.update(
            receipt.key for receipt in receipts if receipt.on > movement.on
        )
        is_in_order = all(self._in_one_go(receipt.on, movement.on) for receipt in receipts)
        return CASH if is_in_order else UNEXPLAINED

    def _withdrawal(self, movement: BankFact) -> str:
        """Money taken out to be lent: into the cash that the contracts it names are paid from."""
        contracts = self._contracts.fitting(movement, is_before=False)
        if not contracts or not all(
            self._in_one_go(movement.on, contract.on) for contract in contracts
        ):
            return UNEXPLAINED
        self.paid_from_cash.update(contract.key for contract in contracts)
        return CASH

    def _in_one_go(self, first: date, then: date) -> bool:
        """In order, and no count of the cash between the two."""
        counted = self._counted_on
        return first <= then and (counted is None or not first <= counted < then)


@dataclass(frozen=True, slots=True)
class _Paper:
    """A contract or receipt as a movement of the bank may name it."""

    key: str
    number: str
    on: date
    amount: Money


class _Papers:
    """Papers waiting for their movement in the bank; each is matched once."""

    def __init__(self, papers: Iterable[_Paper]) -> None:
        self._waiting = {paper.key: paper for paper in sorted(papers, key=lambda p: p.on)}
        self._by_number: dict[str, list[_Paper]] = defaultdict(list)
        for paper in self._waiting.values():
            for number in numbers_named(paper.number)[-1:]:
                self._by_number[number].append(paper)

    def fitting(self, movement: BankFact, *, is_before: bool) -> list[_Paper]:
        """The papers this movement speaks of, taken off the waiting list; none if unsure.

        By the numbers it names, and only if the sum agrees. A movement that names no number
        speaks of the waiting papers before it (or, for a pay-out, from its day on) that add up to
        its sum, oldest first.
        """
        named = numbers_named(movement.document) or numbers_named(movement.item)
        sum_ = abs(movement.amount)
        found = (
            self._named(named, movement.on, sum_)
            if named
            else self._adding_up(movement.on, sum_, is_before=is_before)
        )
        for paper in found:
            del self._waiting[paper.key]
        return found

    def _named(self, numbers: Sequence[str], on: date, sum_: Money) -> list[_Paper]:
        found: list[_Paper] = []
        for number in dict.fromkeys(numbers):
            candidates = [p for p in self._by_number[number] if p.key in self._waiting]
            if len(numbers) == 1:  # a number may come again in a later round: the sum tells
                candidates = [p for p in candidates if p.amount == sum_]
            if candidates:
                found.append(min(candidates, key=lambda p: abs((p.on - on).days)))
        return found if sum(p.amount.satang for p in found) == sum_.satang else []

    def _adding_up(self, on: date, sum_: Money, *, is_before: bool) -> list[_Paper]:
        fits = [p for p in self._waiting.values() if (p.on <= on if is_before else p.on >= on)]
        for paper in reversed(fits) if is_before else fits:
            if paper.amount == sum_:
                return [paper]
        found, so_far = [], 0
        for paper in fits:
            found.append(paper)
            so_far += paper.amount.satang
            if so_far >= sum_.satang:
                break
        return found if so_far == sum_.satang else []


def _confirmations(witnessed: Witnessed, drafts: Iterable[Draft]) -> dict[str, Draft]:
    """What the papers confirm by counting: capital, passbook balance, cash in hand."""
    drafts = list(drafts)
    confirmed: dict[str, Draft] = {}
    last_day = max((draft.happened_on for draft in drafts), default=None)
    if witnessed.granted is not None:
        day = min((d.happened_on for d in drafts), default=witnessed.granted_on)
        gap = witnessed.granted.satang + _balance(drafts, CAPITAL)
        if gap and day is not None:
            confirmed["capital"] = _moved(
                Deed.CAPITAL_CONFIRMED, day, UNEXPLAINED, CAPITAL, gap, "เงินทุนตามสมุดสถานะหมู่บ้าน"
            )
    if witnessed.passbook is not None and last_day is not None:
        balance, keys = witnessed.passbook
        seen = [fact for fact in witnessed.bank if fact.key in keys]
        gap = balance.satang - sum(fact.amount.satang for fact in seen)
        if gap:
            day = max((fact.on for fact in seen), default=last_day)
            confirmed["passbook"] = _moved(
                Deed.BANK_CONFIRMED, day, BANK, UNEXPLAINED, gap, "ปรับให้ตรงยอดคงเหลือในสมุดธนาคาร"
            )
    if witnessed.counted_cash is not None and witnessed.counted_on is not None:
        before = [d for d in drafts if d.happened_on <= witnessed.counted_on]
        gap = witnessed.counted_cash.satang - _balance(before, CASH)
        if gap:
            confirmed["cash"] = _moved(
                Deed.CASH_COUNTED,
                witnessed.counted_on,
                CASH,
                UNEXPLAINED,
                gap,
                "เงินสดหรืออยู่ที่อื่นตามสมุดสถานะหมู่บ้าน",
            )
    return {
        key: replace(draft, key=key, source=witnessed.sources.get(key, ""))
        for key, draft in confirmed.items()
    }


def _balance(drafts: Iterable[Draft], account: str) -> int:
    return sum(
        line.amount.satang for draft in drafts for line in draft.lines if line.account == account
    )


def _moved(deed: Deed, on: date, to: str, from_: str, satang: int, memo: str) -> Draft:
    amount = Money(satang)
    return Draft(deed, on, (Line(to, amount), Line(from_, -amount)), key="", memo=memo)


def document_text(text: str) -> str:
    """A paper's number as it may stand in the chain: a number with its short prefix, no words.

    Whatever else was typed there may be a name, and a chain can not forget.

    >>> document_text("รค.12"), document_text("ฝากให้นายดำ"), document_text("3/2545")
    ('รค.12', '', '3/2545')
    """
    return text if _DOCUMENT.fullmatch(text) else ""


_DOCUMENT = re.compile(r"(?:[A-Za-zก-ฮ]{1,3}\.? ?){0,2}[0-9๐-๙][0-9๐-๙/. -]{0,20}")
