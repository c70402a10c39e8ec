"""What each paper of a loan holds, in the order its fields are printed.

Everything has a default: an empty text, None or nothing in a tuple becomes a dotted line to be
filled in by hand, so `ContractPaper()` is a blank form. Sums that contradict each other are not
printed at all: making the value raises `DoesNotAddUp`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kongthun.domain.money import Money, total
from kongthun.papers import MachineRead


class DoesNotAddUp(ValueError):  # noqa: N818 (names what happened)
    """Parts on a paper that do not make its sum; carries both."""

    def __init__(self, said: Money, parts: Money) -> None:
        super().__init__(f"the parts make {parts}, the paper says {said}")
        self.said = said
        self.parts = parts


def _add_up(said: Money | None, parts: list[Money]) -> None:
    if said is not None and parts and total(parts) != said:
        raise DoesNotAddUp(said, total(parts))


@dataclass(frozen=True, slots=True)
class FundOnPaper:
    """Whose committee the paper is of. Place names are bare, only the village keeps its บ้าน."""

    name: str = "โครงการแก้ไขปัญหาความยากจน (กข.คจ.)"
    committee: str = "คณะกรรมการ กข.คจ."
    village: str = ""
    moo: str = ""
    tambon: str = ""
    amphoe: str = ""
    province: str = ""


@dataclass(frozen=True, slots=True)
class PersonOnPaper:
    """A person as a form asks for them.

    `title_and_name` as official papers write it. `national_id` is printed as given: masked, in
    full for those entitled to it, or empty to be filled in by hand. `list_number` is ลำดับที่ on
    the ordered list of target households.
    """

    title_and_name: str = ""
    age: int | None = None
    national_id: str = ""
    house_number: str = ""
    moo: str = ""
    village: str = ""
    tambon: str = ""
    amphoe: str = ""
    province: str = ""
    occupation: str = ""
    list_number: int | None = None


@dataclass(frozen=True, slots=True)
class FieldWorkerOpinion:
    """What the พัฒนากร says; `agrees` is None while both boxes stay empty."""

    agrees: bool | None = None
    reason: str = ""
    name: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class CommitteeDecision:
    """What the committee decided, by its chairman. The sum may differ from the sum asked.

    `reason` is why it was not approved, or why the sum differs.
    """

    approved: bool | None = None
    amount: Money | None = None
    reason: str = ""
    chairman: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class ProposalItem:
    """One of 2.1, 2.2, …: what the money is for."""

    what: str
    amount: Money


@dataclass(frozen=True, slots=True)
class ProposalPaper:
    """แบบเสนอโครงการของครัวเรือนเป้าหมาย. The items must make the total."""

    fund: FundOnPaper = FundOnPaper()
    book_number: str = ""
    project_number: str = ""
    proposer: PersonOnPaper = PersonOnPaper()
    project: str = ""
    total: Money | None = None
    items: tuple[ProposalItem, ...] = ()
    signed_on: date | None = None
    opinion: FieldWorkerOpinion = FieldWorkerOpinion()
    decision: CommitteeDecision = CommitteeDecision()

    def __post_init__(self) -> None:
        _add_up(self.total, [item.amount for item in self.items])


@dataclass(frozen=True, slots=True)
class RequestPaper:
    """แบบขอยืมเงินทุน. `consenting` is the spouse or heir, named in brackets under the line."""

    fund: FundOnPaper = FundOnPaper()
    book_number: str = ""
    number: str = ""
    written_at: str = ""
    on: date | None = None
    borrower: PersonOnPaper = PersonOnPaper()
    amount: Money | None = None
    consenting: str = ""
    opinion: FieldWorkerOpinion = FieldWorkerOpinion()
    decision: CommitteeDecision = CommitteeDecision()


class ContractCopy(StrEnum):
    """Whose copy of a contract a page is; each is an original to sign."""

    LENDER = "คู่ฉบับผู้ให้ยืม"
    BORROWER = "คู่ฉบับผู้ยืม"
    DISTRICT = "คู่ฉบับอำเภอ"


@dataclass(frozen=True, slots=True)
class InstalmentOnPaper:
    """One of 3.1, 3.2, …: this much by that day."""

    due_on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class ContractPaper:
    """สัญญายืมเงินทุน. The instalments must make the sum.

    Only the instalments there are get a line, so that none can be written in later; a contract
    without any has six empty ones. `interest` stands behind the sum, for funds that charge some.
    `breach` replaces our wording of clause 4.
    """

    fund: FundOnPaper = FundOnPaper()
    book_number: str = ""
    number: str = ""
    written_at: str = ""
    on: date | None = None
    borrower: PersonOnPaper = PersonOnPaper()
    chairman: str = ""
    amount: Money | None = None
    interest: str = "โดยไม่มีดอกเบี้ย"
    purpose: str = ""
    instalments: tuple[InstalmentOnPaper, ...] = ()
    breach: str = ""
    consenting: str = ""
    witnesses: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _add_up(self.amount, [part.amount for part in self.instalments])


@dataclass(frozen=True, slots=True)
class PayOutPaper:
    """แบบรับเงินยืม: that the money was handed over, before two witnesses."""

    fund: FundOnPaper = FundOnPaper()
    book_number: str = ""
    number: str = ""
    on: date | None = None
    payee: PersonOnPaper = PersonOnPaper()
    contract_number: str = ""
    amount: Money | None = None
    payer: str = ""
    witnesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiptProof(MachineRead):
    """What lets anyone check a receipt. Never written in Thai digits.

    `check` is what the QR says, an address or a text. `fingerprint` is the short form of the
    chain's link. `signature` is printed in groups of eight, so who types it off may leave out the
    spaces.
    """

    check: str
    fingerprint: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """แบบรับคืนเงินยืม (ใบเสร็จ), twice on one page: for the payer and for the committee.

    `borrower` is printed when somebody else paid. `balance_left` is what the contract still owes
    after this receipt; zero is printed as paid in full. `instalment_number` is a text because one
    sum may settle several: "2–3".
    """

    fund: FundOnPaper = FundOnPaper()
    book_number: str = ""
    number: str = ""
    on: date | None = None
    payer: str = ""
    borrower: str = ""
    contract_number: str = ""
    instalment_number: str = ""
    amount: Money | None = None
    balance_left: Money | None = None
    receiver: str = ""
    chairman: str = ""
    proof: ReceiptProof | None = None


@dataclass(frozen=True, slots=True)
class CollectionRow:
    """What one contract owes at a meeting.

    `due` is the instalment that falls due up to the meeting's day without being late; `overdue`
    is what is late; both are parts of `outstanding`.
    """

    name: str
    contract_number: str
    due: Money
    overdue: Money
    outstanding: Money
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class CollectionSheet:
    """ใบรวมก่อนประชุม: who owes what, with room to write what was received."""

    fund: FundOnPaper = FundOnPaper()
    meeting_on: date | None = None
    as_of: date | None = None
    rows: tuple[CollectionRow, ...] = ()
