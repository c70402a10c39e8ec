"""The papers of a loan as people sign them: plain values in, PDF bytes out.

Whoever prints fills in a value and calls its function::

    print_receipt(ReceiptPaper(fund=fund, number="57", ...), digits="thai")

Nothing here reads the books: what is printed is what the caller says, so a caller who may not see a
name passes it masked. The same values make the same bytes.
"""

from __future__ import annotations

from kongthun.papers import Digits

from .printing import (
    print_collection_sheet,
    print_contract,
    print_pay_out,
    print_proposal,
    print_receipt,
    print_request,
)
from .values import (
    CollectionRow,
    CollectionSheet,
    CommitteeDecision,
    ContractCopy,
    ContractPaper,
    DoesNotAddUp,
    FieldWorkerOpinion,
    FundOnPaper,
    InstalmentOnPaper,
    PayOutPaper,
    PersonOnPaper,
    ProposalItem,
    ProposalPaper,
    ReceiptPaper,
    ReceiptProof,
    RequestPaper,
)

__all__ = [
    "CollectionRow",
    "CollectionSheet",
    "CommitteeDecision",
    "ContractCopy",
    "ContractPaper",
    "Digits",
    "DoesNotAddUp",
    "FieldWorkerOpinion",
    "FundOnPaper",
    "InstalmentOnPaper",
    "PayOutPaper",
    "PersonOnPaper",
    "ProposalItem",
    "ProposalPaper",
    "ReceiptPaper",
    "ReceiptProof",
    "RequestPaper",
    "print_collection_sheet",
    "print_contract",
    "print_pay_out",
    "print_proposal",
    "print_receipt",
    "print_request",
]
