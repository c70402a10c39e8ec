"""What a share certificate and a letter of thanks say, and how they are printed.

Nothing here reads the books: who may not read a name hands it in masked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.areas.queries import names_of
from kongthun.domain.money import Money
from kongthun.ledger.models import Fund
from kongthun.papers import Digits, as_data, as_fields, to_pdf


@dataclass(frozen=True, slots=True)
class GroupOnPaper:
    """Whose paper it is; place names are bare, only the village keeps its บ้าน."""

    name: str = ""
    village: str = ""
    moo: str = ""
    tambon: str = ""
    amphoe: str = ""
    province: str = ""


@dataclass(frozen=True, slots=True)
class CertificatePaper:
    """ใบหุ้น. ``ended`` says why it is good no more; such a paper is only ever a copy."""

    group: GroupOnPaper
    number: int
    holder: str
    member_number: int
    shares: int
    price: Money
    amount: Money
    issued_on: date
    comes_from: int | None = None
    ended: str = ""
    chairman: str | None = None
    treasurer: str | None = None


@dataclass(frozen=True, slots=True)
class ThanksPaper:
    """หนังสือขอบคุณ, for money or for a thing."""

    group: GroupOnPaper
    number: int
    giver: str
    received_on: date
    written_on: date
    amount: Money
    thing: str = ""
    is_grant: bool = False
    reports: tuple[str, ...] = ()
    chairman: str | None = None


def group_on_paper(fund: Fund) -> GroupOnPaper:
    """Name and place of a group by the official names of today; what has no name stays open."""
    code = fund.area_code
    names = names_of([code[:2], code[:4], code[:6], code])
    return GroupOnPaper(
        fund.name,
        names.get(code, ""),
        str(int(code[6:8])),
        names.get(code[:6], ""),
        names.get(code[:4], ""),
        names.get(code[:2], ""),
    )


def print_certificate(paper: CertificatePaper, *, digits: Digits) -> bytes:
    """ใบหุ้น, one page on its side."""
    data = as_fields(paper, digits) | {"shares": as_data(f"{paper.shares:,}", digits)}
    return to_pdf("share_certificate", data, digits)


def print_thanks(paper: ThanksPaper, *, digits: Digits) -> bytes:
    """หนังสือขอบคุณ, one page."""
    return to_pdf("thanks", as_fields(paper, digits), digits)
