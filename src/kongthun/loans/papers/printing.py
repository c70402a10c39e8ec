"""The papers of a loan, printed."""

from __future__ import annotations

from collections.abc import Sequence

from kongthun.domain.money import total
from kongthun.papers import Digits, as_data, as_fields, qr_svg, to_pdf

from .values import (
    CollectionSheet,
    ContractCopy,
    ContractPaper,
    PayOutPaper,
    ProposalPaper,
    ReceiptPaper,
    RequestPaper,
)


def print_proposal(paper: ProposalPaper, *, digits: Digits) -> bytes:
    """แบบเสนอโครงการของครัวเรือนเป้าหมาย, one page."""
    return to_pdf("proposal", as_fields(paper, digits), digits)


def print_request(paper: RequestPaper, *, digits: Digits) -> bytes:
    """แบบขอยืมเงินทุน, one page."""
    return to_pdf("request", as_fields(paper, digits), digits)


def print_contract(
    paper: ContractPaper, *, digits: Digits, copies: Sequence[ContractCopy] = tuple(ContractCopy)
) -> bytes:
    """สัญญายืมเงินทุน, a page for each copy asked for, in that order.

    Raises ValueError when no copy is asked for.
    """
    if not copies:
        raise ValueError("a contract is printed for somebody")
    data = as_fields(paper, digits) | {"copies": [copy.value for copy in copies]}
    return to_pdf("contract", data, digits)


def print_pay_out(paper: PayOutPaper, *, digits: Digits) -> bytes:
    """แบบรับเงินยืม, one page."""
    return to_pdf("pay_out", as_fields(paper, digits), digits)


def print_receipt(paper: ReceiptPaper, *, digits: Digits) -> bytes:
    """แบบรับคืนเงินยืม (ใบเสร็จ), one page with the payer's half and the committee's.

    Raises ValueError when the text to check by is too long for a QR code (about 2,300 letters of
    ASCII).
    """
    picture = qr_svg(paper.proof.check) if paper.proof and paper.proof.check else ""
    return to_pdf("receipt", as_fields(paper, digits), digits, qr=picture)


def print_collection_sheet(sheet: CollectionSheet, *, digits: Digits) -> bytes:
    """ใบรวมก่อนประชุม, A4 on its side; head and totals stand on every page."""
    sums = {
        "due": total(row.due for row in sheet.rows),
        "overdue": total(row.overdue for row in sheet.rows),
        "outstanding": total(row.outstanding for row in sheet.rows),
    }
    data = as_fields(sheet, digits) | {
        "sums": {name: as_data(sum_, digits) for name, sum_ in sums.items()},
        "count": as_data(len(sheet.rows), digits),
    }
    return to_pdf("collection", data, digits)
