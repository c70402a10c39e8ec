"""What every page of the desk asks first: which fund, and is it within this person's reach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.domain.journal import HappensLater
from kongthun.web.wording import Refusal

from ..models import BankBook, Fund
from ..queries import bank_books, fund_in_reach
from ..refusals import (
    AccountNumberTwice,
    BankUnnamed,
    DifferenceUnsaid,
    DocumentNeeded,
    DocumentUnfit,
    MoneyRefusal,
    MoreThanThere,
    NoSuchTerm,
    NotAboveZero,
    NotInTerm,
    SignedTwice,
    TooFewSigners,
    WordsNeeded,
    WordsTooLong,
)
from ..wording import refusal_in_thai

# Beside which questions a refusal is said; the first that the form asks.
_BESIDE: dict[type, tuple[str, ...]] = {
    MoreThanThere: ("amount", "counted"),
    NotAboveZero: ("amount", "counted"),
    HappensLater: ("on",),
    DocumentNeeded: ("document",),
    DocumentUnfit: ("document",),
    WordsNeeded: ("words", "reason"),
    WordsTooLong: ("words", "reason", "note"),
    DifferenceUnsaid: ("note",),
    TooFewSigners: ("signers",),
    NoSuchTerm: ("signers",),
    NotInTerm: ("signers",),
    SignedTwice: ("signers",),
    BankUnnamed: ("bank",),
    AccountNumberTwice: ("account_number",),
}


def fund_to_read(request: ScopedRequest, code: str) -> Fund:
    """The fund, for those who may see its books; otherwise it is not found."""
    found = fund_in_reach(code, request.reach, Deed.SEE_FUND)
    if found is None:
        raise Http404
    return found


def fund_to_write(request: ScopedRequest, code: str) -> Fund:
    """The fund, for those who may receive money there. Who may only read is told who can."""
    found = fund_to_read(request, code)
    refusals = request.reach.refusals(
        Deed.RECEIVE_MONEY, area_code=found.area_code, group_id=found.pk
    )
    for refusal in refusals:
        raise PermissionDenied(
            Refusal(
                title="หน้านี้เป็นของผู้รับเงินของกองทุน",
                happened=not_entitled_in_thai(refusal),
                safe="ยังไม่มีอะไรถูกบันทึก และท่านยังเปิดดูสมุดของกองทุนได้ตามเดิม",
                do="กลับไปหน้าเงินสดและธนาคารเพื่อดูยอด หรือแจ้งผู้ที่ทำได้ให้บันทึก",
                who="เหรัญญิก ประธาน หรือพัฒนากรผู้รับผิดชอบตำบล",
            )
        )
    return found


def may_write(request: ScopedRequest, fund: Fund) -> bool:
    """Whether the doors to recording are shown."""
    return request.reach.may(Deed.RECEIVE_MONEY, area_code=fund.area_code, group_id=fund.pk)


def shows_names(request: ScopedRequest, fund: Fund) -> bool:
    """Whether people are named to this reader here."""
    return request.reach.may(Deed.SEE_NAMES, area_code=fund.area_code, group_id=fund.pk)


def bank_book_asked(request: ScopedRequest, books: Sequence[BankBook]) -> int:
    """The passbook a page is about, ``?book=2``; the first, if none or an unknown one is named."""
    asked = request.GET.get("book", "")
    numbers = {str(book.number) for book in books}
    return int(asked) if asked in numbers else 1


def books_of(fund: Fund) -> list[BankBook]:
    """The fund's passbooks; the first one is there even while nobody has described it."""
    return bank_books(fund.pk) or [BankBook(fund=fund, number=1)]


def say_on(form: Form, refusals: Sequence[MoneyRefusal]) -> None:
    """Put each refusal beside the question it is about."""
    for refusal in refusals:
        beside = _BESIDE.get(type(refusal), ())
        name: Any = next((name for name in beside if name in form.fields), None)
        form.add_error(name, refusal_in_thai(refusal))
