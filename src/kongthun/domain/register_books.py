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
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from .journal import Deed, Draft, Line
from .money import Money
from .register_rows import BankFact, ContractFact, ReceiptFact
from .thai_text import arabic_digits

# The accounts of a fund whose papers are brought in; a contract's is ``loan:<our number of it>``.
CASH = "cash"
BANK = "bank:1"  # the one passbook that the green book copies; others would be bank:2, …
UNEXPLAINED = "unexplained"
CAPITAL = "capital:state"  # the state's grant; what members or donors give would be another source
INTEREST = "interest"
EXPENSE = "expense"

# Entries that no row of their own stands behind are called by what they confirm.
CAPITAL_CONFIRMED = "capital"
PASSBOOK_CONFIRMED = "passbook"
CASH_CONFIRMED = "cash"


@dataclass(frozen=True, slots=True)
class Witnessed:
    """Everything accepted of one fund's four books, in any order.

    Yellow book: ``contracts``, with our running number of each by its row key in
    ``contract_numbers``, and ``receipts`` of those contracts. Green book: ``bank``, and as
    ``passbook`` the last balance it shows with the keys of all rows down to that balance (rows that
    are set aside as well). Brown book: ``counted_cash`` is its "in hand or elsewhere" as of
    ``counted_on`` (a count needs both), ``granted`` the capital it names and ``granted_on`` the
    first day of the fiscal year of the grant, used only when no row has a day.

    ``sources`` says where each row stands, by row key; where the three figures stand, by
    ``CAPITAL_CONFIRMED``, ``PASSBOOK_CONFIRMED`` and ``CASH_CONFIRMED``. What is missing is empty.
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


# What a movement of the bank is about, by the words people write beside it.
_INTEREST = re.compile(r"ดอกเบี้ย|interest|(?<!\S)ดบ", re.I)
_FEE = re.compile(r"ค่าธรรมเนียม|ค่าสมุด|ค่ารักษาบัญชี|ภาษีหัก|หักภาษี")
_CAPITAL = re.compile(r"อุดหนุน|รับโอนเงินโครงการ|เงินโครงการ|งบประมาณ|เปิดบัญชี|รับเงินทุน|ทุนประเดิม|จัดสรร")
_LENT = re.compile(r"จ่ายเงินยืม|ให้ยืม|สัญญา|(?<!\S)สญ|ยืมเงิน|จ่ายยืม|ถอนจ่าย|เงินยืม")
_SENT_BACK = re.compile(r"ใบเสร็จ|รับคืน|ส่งคืน|ชำระคืน|ใบสำคัญ|(?<!\S)รค|คืนเงิน")
_NUMBERS = re.compile(r"([0-9]+(?:/[0-9]+)*)(?:\s*(?:-|–|ถึง)\s*([0-9]+)(?![0-9/]))?")


def numbers_named(text: str) -> list[str]:
    """Paper numbers named in a text; ``12-14`` names three, ``3/2545`` is one, ``007`` is 7.

    >>> numbers_named("นำฝากเงินรับคืน ใบเสร็จ ๑๒-14, 03/2545")
    ['12', '13', '14', '3/2545']
    """
    found: list[str] = []
    for first, last in _NUMBERS.findall(arabic_digits(text)):
        is_range = bool(last) and "/" not in first and len(first) < 10 and len(last) < 10
        if is_range and 0 < int(last) - int(first) < 100:
            found.extend(str(number) for number in range(int(first), int(last) + 1))
        else:
            found.extend(_bare(number) for number in (first, last) if number)
    return found


def _bare(number: str) -> str:
    return "/".join(part.lstrip("0") or "0" for part in number.split("/"))


def entries_of(witnessed: Witnessed) -> dict[str, Draft]:
    """The entries that these rows make, by row key, in the order of their days.

    A draft's key is the row's; whoever posts it makes an idempotency key of it. Cash in hand never
    falls below nothing: only what both books saw come in hand goes out of it again.
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
        meaning = meanings.of_bank[movement.key]
        drafts[movement.key] = Draft(
            meaning.deed,
            movement.on,
            (Line(BANK, movement.amount), *meaning.others),
            key=movement.key,
            memo=meaning.memo,
            document=document_text(movement.document),
            source=witnessed.sources.get(movement.key, ""),
        )
    drafts.update({draft.key: draft for draft in _confirmations(witnessed, drafts.values())})
    return dict(sorted(drafts.items(), key=lambda item: _in_order(item[1])))


def _in_order(draft: Draft) -> tuple[date, int, str]:
    """By day, and within a day money comes before it goes, and is counted when all has moved."""
    return draft.happened_on, _WITHIN_A_DAY[draft.deed], draft.key


_WITHIN_A_DAY = {
    deed: place
    for place, deed in enumerate(
        (
            Deed.CAPITAL_CONFIRMED,
            Deed.CAPITAL_RECEIVED,
            Deed.INTEREST_RECEIVED,
            Deed.CASH_WITHDRAWN,
            Deed.LOAN_PAID_OUT,
            Deed.REPAYMENT_RECEIVED,
            Deed.CASH_DEPOSITED,
            Deed.FEE_PAID,
            Deed.BANK_UNEXPLAINED,
            Deed.BANK_CONFIRMED,
            Deed.CASH_COUNTED,
        )
    )
}


class _Meaning(NamedTuple):
    """What a movement of the bank is, and the lines that stand against the bank's."""

    deed: Deed
    others: tuple[Line, ...]
    memo: str


class _Meanings:
    """Which movement of the bank speaks of which contract or receipt."""

    def __init__(self, witnessed: Witnessed) -> None:
        self._counted_on = witnessed.counted_on if witnessed.counted_cash is not None else None
        self._contracts = _Papers(
            _Paper(fact.paid_out_on, fact.key, fact.paper_number, fact.principal)
            for fact in witnessed.contracts
        )
        self._receipts = _Papers(
            _Paper(fact.paid_on, fact.key, fact.number, fact.amount) for fact in witnessed.receipts
        )
        self.paid_from_cash: set[str] = set()
        self.deposited_before_received: set[str] = set()
        self.of_bank = {
            movement.key: self._meaning(movement)
            for movement in sorted(witnessed.bank, key=lambda fact: (fact.on, fact.key))
        }

    def _meaning(self, movement: BankFact) -> _Meaning:
        words = f"{movement.document} {movement.item}"
        whole = movement.amount
        if whole.satang > 0:
            if _INTEREST.search(words):
                return _Meaning(Deed.INTEREST_RECEIVED, (Line(INTEREST, -whole),), "ดอกเบี้ยเงินฝาก")
            if _SENT_BACK.search(words):
                return _Meaning(Deed.CASH_DEPOSITED, self._deposit(movement), "นำฝากเงินรับคืน")
            if _CAPITAL.search(words):
                return _Meaning(
                    Deed.CAPITAL_RECEIVED,
                    (Line(CAPITAL, -whole),),
                    "รับเงินอุดหนุนโครงการ กข.คจ.",
                )
            memo = "เงินเข้าที่ยังไม่ทราบที่มา"
        else:
            if _FEE.search(words):
                return _Meaning(Deed.FEE_PAID, (Line(EXPENSE, -whole),), "ค่าธรรมเนียมธนาคาร")
            if _LENT.search(words):
                return _Meaning(Deed.CASH_WITHDRAWN, self._withdrawal(movement), "ถอนเพื่อจ่ายเงินยืม")
            memo = "เงินออกที่ยังไม่ทราบที่ไป"
        return _Meaning(Deed.BANK_UNEXPLAINED, (Line(UNEXPLAINED, -whole),), memo)

    def _deposit(self, movement: BankFact) -> tuple[Line, ...]:
        """Money carried to the bank: out of the cash of the receipts it names, if they stand."""
        receipts = self._receipts.fitting(movement, is_before=True)
        self.deposited_before_received.update(
            receipt.key for receipt in receipts if receipt.on > movement.on
        )
        in_hand = [paper for paper in receipts if self._in_one_go(paper.on, movement.on)]
        return _through_cash(movement, in_hand)

    def _withdrawal(self, movement: BankFact) -> tuple[Line, ...]:
        """Money taken out to be lent: into the cash that the contracts it names are paid from."""
        contracts = self._contracts.fitting(movement, is_before=False)
        in_hand = [paper for paper in contracts if self._in_one_go(movement.on, paper.on)]
        self.paid_from_cash.update(contract.key for contract in in_hand)
        return _through_cash(movement, in_hand)

    def _in_one_go(self, first: date, then: date) -> bool:
        """In order, and no count of the cash between the two."""
        counted = self._counted_on
        return first <= then and (counted is None or not first <= counted < then)


@dataclass(frozen=True, slots=True)
class _Paper:
    """A contract or receipt as a movement of the bank may name it."""

    on: date
    key: str
    number: str
    amount: Money


def _through_cash(movement: BankFact, papers: Iterable[_Paper]) -> tuple[Line, ...]:
    """Against the bank's line: through cash what these papers tell, the rest not yet explained."""
    sign = 1 if movement.amount.satang > 0 else -1
    in_hand = sum(paper.amount.satang for paper in papers) * sign
    parts = ((CASH, in_hand), (UNEXPLAINED, movement.amount.satang - in_hand))
    return tuple(Line(account, Money(-satang)) for account, satang in parts if satang)


class _Papers:
    """Papers waiting for their movement in the bank; each is matched once."""

    def __init__(self, papers: Iterable[_Paper]) -> None:
        by_day = sorted(papers, key=lambda paper: (paper.on, paper.key))
        self._waiting = {paper.key: paper for paper in by_day}
        self._by_number: dict[str, list[_Paper]] = defaultdict(list)
        for paper in by_day:
            for number in numbers_named(paper.number)[-1:]:
                self._by_number[number].append(paper)

    def fitting(self, movement: BankFact, *, is_before: bool) -> list[_Paper]:
        """The papers this movement speaks of, taken off the waiting list; none if unsure.

        By the numbers its document or else its item names, and only if the sum agrees. A movement
        that names no number speaks of the waiting papers before it (or, for a pay-out, from its
        day on) that add up to its sum, oldest first.
        """
        sum_ = abs(movement.amount)
        in_document = numbers_named(movement.document)
        found = self._named(in_document, movement.on, sum_)
        if not found:
            in_item = numbers_named(movement.item)
            found = (
                self._named(in_item, movement.on, sum_)
                if in_document or in_item
                else self._adding_up(movement.on, sum_, is_before=is_before)
            )
        for paper in found:
            del self._waiting[paper.key]
        return found

    def _named(self, numbers: Collection[str], on: date, sum_: Money) -> list[_Paper]:
        numbers = dict.fromkeys(numbers)
        found: list[_Paper] = []
        for number in numbers:
            candidates = [p for p in self._by_number[number] if p.key in self._waiting]
            if len(numbers) == 1:  # a number may come again in a later round: the sum tells
                candidates = [p for p in candidates if p.amount == sum_]
            if candidates:
                found.append(min(candidates, key=lambda p: abs((p.on - on).days)))
        return found if _adds_up(found, sum_) else []

    def _adding_up(self, on: date, sum_: Money, *, is_before: bool) -> list[_Paper]:
        fits = [p for p in self._waiting.values() if (p.on <= on if is_before else p.on >= on)]
        for paper in reversed(fits) if is_before else fits:  # the nearest one of just this sum
            if paper.amount == sum_:
                return [paper]
        found, so_far = [], 0
        for paper in fits:
            found.append(paper)
            so_far += paper.amount.satang
            if so_far >= sum_.satang:
                break
        return found if _adds_up(found, sum_) else []


def _adds_up(papers: Iterable[_Paper], sum_: Money) -> bool:
    return sum(paper.amount.satang for paper in papers) == sum_.satang


def _confirmations(witnessed: Witnessed, moved: Collection[Draft]) -> list[Draft]:
    """What the papers confirm by counting: capital, passbook balance, cash in hand.

    A figure is confirmed only where it differs from what the movements lead to. With no day at all
    on the papers nothing can be confirmed.
    """
    confirmed: list[Draft] = []

    def confirm(
        key: str, deed: Deed, on: date | None, *, to: str, from_: str, gap: int, memo: str
    ) -> None:
        if gap and on is not None:
            lines = (Line(to, Money(gap)), Line(from_, Money(-gap)))
            source = witnessed.sources.get(key, "")
            confirmed.append(Draft(deed, on, lines, key=key, memo=memo, source=source))

    days = [draft.happened_on for draft in moved]
    if witnessed.granted is not None:
        confirm(
            CAPITAL_CONFIRMED,
            Deed.CAPITAL_CONFIRMED,
            min(days, default=witnessed.granted_on or witnessed.counted_on),
            to=UNEXPLAINED,
            from_=CAPITAL,
            gap=witnessed.granted.satang + _balance(moved, CAPITAL),
            memo="เงินทุนตามสมุดสถานะหมู่บ้าน",
        )
    if witnessed.passbook is not None:
        balance, keys = witnessed.passbook
        seen = [fact for fact in witnessed.bank if fact.key in keys]
        last_day = max(days, default=witnessed.counted_on or witnessed.granted_on)
        confirm(
            PASSBOOK_CONFIRMED,
            Deed.BANK_CONFIRMED,
            max((fact.on for fact in seen), default=last_day),
            to=BANK,
            from_=UNEXPLAINED,
            gap=balance.satang - sum(fact.amount.satang for fact in seen),
            memo="ปรับให้ตรงยอดคงเหลือในสมุดธนาคาร",
        )
    if witnessed.counted_cash is not None and witnessed.counted_on is not None:
        before = [draft for draft in moved if draft.happened_on <= witnessed.counted_on]
        confirm(
            CASH_CONFIRMED,
            Deed.CASH_COUNTED,
            witnessed.counted_on,
            to=CASH,
            from_=UNEXPLAINED,
            gap=witnessed.counted_cash.satang - _balance(before, CASH),
            memo="เงินสดหรืออยู่ที่อื่นตามสมุดสถานะหมู่บ้าน",
        )
    return confirmed


def _balance(drafts: Iterable[Draft], account: str) -> int:
    return sum(
        line.amount.satang for draft in drafts for line in draft.lines if line.account == account
    )


# Letters stand before a paper's number as a short form: two consonants and a dot, or one that is
# known. Longer, or without the dot, they may be a name: "สมพร 12" is written with consonants alone.
_DOCUMENT = re.compile(
    r"(?:(?:[ก-ฮ]{1,2}\. ?){1,3}|(?:สญ|รค|No\.?|[A-Za-z]) ?)?[0-9๐-๙](?:[ /.-]{0,3}[0-9๐-๙])*"
)
_MOST_DIGITS = 8


def document_text(text: str) -> str:
    """A paper's number as it may stand in the chain: a number with its short prefix, no words.

    Whatever else was typed there may be a name, and a chain can not forget. So may more than eight
    digits: an identity card, a telephone, a passbook. The row itself keeps what was typed.

    >>> document_text("รค.12"), document_text("ฝากให้นายดำ"), document_text("3/2545")
    ('รค.12', '', '3/2545')
    >>> document_text("สมพร 12"), document_text("1-2345-67890-12-1")
    ('', '')
    """
    if not _DOCUMENT.fullmatch(text):
        return ""
    return text if sum(sign.isdigit() for sign in text) <= _MOST_DIGITS else ""
