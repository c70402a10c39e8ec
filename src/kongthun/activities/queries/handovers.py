"""What a committee has to hand over, with what the books say of it on a day."""

from __future__ import annotations

from datetime import date

from kongthun.domain.journal import AccountKind
from kongthun.domain.money import Money, total
from kongthun.groups.actions.handovers import Thing
from kongthun.groups.models import Group
from kongthun.ledger.models import Account, BankBook
from kongthun.ledger.queries import balance_on, bank_books

from .meetings import closed_meetings

_BOOKS = {
    "kkk": (
        "สมุดเล่มม่วง ทะเบียนครัวเรือนเป้าหมาย",
        "สมุดเล่มเหลือง ทะเบียนลูกหนี้",
        "สมุดเล่มเขียว ทะเบียนเงินฝากธนาคาร",
        "สมุดเล่มน้ำตาล สถานะหมู่บ้าน",
    ),
}
_BOOKS_OF_OTHERS = ("ทะเบียนสมาชิก", "สมุดบัญชีรับจ่าย")
_BESIDES = ("ระเบียบข้อบังคับ ฉบับที่ใช้อยู่", "ตราประทับ", "สมุดใบเสร็จรับเงิน")


def things_to_hand_over(group: Group, day: date) -> list[Thing]:
    """The list to begin with: books, papers, the cash and the passbooks by the books.

    Balances are those of ``day``; how many contracts are open is what is known today. A passbook is
    named with the last digits of its number only.
    """
    held = list(Account.objects.filter(fund_id=group.pk).order_by("code"))
    minutes = closed_meetings(group).filter(held_on__lte=day).count()
    loans = [
        account.balance
        for account in held
        if account.kind == AccountKind.LOAN and account.balance > Money(0)
    ]
    things = [Thing(words) for words in (*_BOOKS.get(group.kind, _BOOKS_OF_OTHERS), *_BESIDES)]
    things.append(Thing("บันทึกการประชุม", f"{minutes:,} ครั้ง"))
    if loans:
        owed = total(loans)
        things.append(Thing("สัญญายืมที่ยังค้าง", f"{len(loans):,} ฉบับ รวม {owed.text} บาท"))
    things.append(Thing("เงินสดในมือ", f"{balance_on(group.pk, 'cash', day).text} บาท"))
    described = {book.number: book for book in bank_books(group.pk)}
    used = {_number_of(account) for account in held if account.kind == AccountKind.BANK}
    for number in sorted(described.keys() | used):
        balance = balance_on(group.pk, f"bank:{number}", day)
        things.append(Thing(_passbook(number, described.get(number)), f"{balance.text} บาท"))
    return things


def _number_of(account: Account) -> int:
    _, _, number = account.code.partition(":")
    return int(number or 1)


def _passbook(number: int, book: BankBook | None) -> str:
    if book is None or not book.account_number:
        return f"สมุดเงินฝากธนาคาร เล่มที่ {number}"
    return f"สมุดเงินฝาก {book.bank or 'ธนาคาร'} เลขที่ {book.masked_number} (เล่มที่ {number})"
