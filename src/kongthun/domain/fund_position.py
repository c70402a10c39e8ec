"""Where a fund's money is, and the law that it is all somewhere.

    with households + bank + cash + goods + tools + customers
            + claims + recognised loss + not yet explained
        = capital received + interest kept + money of members + owed to others

(The field's form 26(1) sums households, bank and "in hand or elsewhere" and calls the gap to the
capital เงินทุนขาดหายไป; here the gap is split into what is claimed, what is recognised as lost, and
what nobody has explained yet. A กข.คจ. fund has no money of members but what it holds for somebody
who paid too much, and neither goods nor tools, customers nor creditors.) What is not yet explained
may be below zero: the books then hold more than the fund was given, which is just as much a
question.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from .journal import AccountKind, Deed, Line, kind_of
from .money import ZERO, Money


@dataclass(frozen=True, slots=True)
class FundPosition:
    """The sums of one fund, or of all funds under a node, as of a day. Whole satang.

    ``households`` is what borrowers owe now; ``lent`` and ``repaid`` are all that was ever lent
    and sent back, so households = lent − repaid − what moved to claims and loss.
    ``interest`` is what was kept: deposit interest and other income less expenses such as fees.
    ``members`` is what belongs to members one by one: shares, savings, sums held for them.
    ``goods`` are materials, goods and unfinished batches at cost, ``tools`` at what they are still
    worth, ``customers`` what was sold and not yet paid. ``creditors`` is what the group itself
    owes: to suppliers, to those it borrowed from, and what was resolved and not yet paid out.
    """

    capital: Money = ZERO
    interest: Money = ZERO
    lent: Money = ZERO
    repaid: Money = ZERO
    households: Money = ZERO
    bank: Money = ZERO
    cash: Money = ZERO
    claims: Money = ZERO
    loss: Money = ZERO
    unexplained: Money = ZERO
    members: Money = ZERO
    goods: Money = ZERO
    tools: Money = ZERO
    customers: Money = ZERO
    creditors: Money = ZERO

    def __add__(self, other: FundPosition) -> FundPosition:
        return FundPosition(
            *(getattr(self, name) + getattr(other, name) for name in POSITION_FIELDS)
        )

    @property
    def accounted(self) -> Money:
        """The left side of the law: everywhere the money is, with what is not yet explained."""
        means = self.bank + self.cash + self.goods + self.tools + self.customers
        return self.households + means + self.claims + self.loss + self.unexplained

    @property
    def entrusted(self) -> Money:
        """The right side of the law: what was given, earned, put in by members, owed to others."""
        return self.capital + self.interest + self.members + self.creditors

    @property
    def is_conserved(self) -> bool:
        """Whether both sides of the law agree to the satang."""
        return self.accounted == self.entrusted


POSITION_FIELDS = tuple(field.name for field in fields(FundPosition))

# Which sum a line moves, and whether a debit raises or lowers it.
_PLACE: dict[str, tuple[str, int]] = {
    AccountKind.LOAN: ("households", 1),
    AccountKind.BANK: ("bank", 1),
    AccountKind.CASH: ("cash", 1),
    AccountKind.CLAIM: ("claims", 1),
    AccountKind.LOSS: ("loss", 1),
    AccountKind.UNEXPLAINED: ("unexplained", 1),
    AccountKind.CAPITAL: ("capital", -1),
    AccountKind.INTEREST: ("interest", -1),
    AccountKind.INCOME: ("interest", -1),
    AccountKind.EXPENSE: ("interest", -1),
    AccountKind.SHARE: ("members", -1),
    AccountKind.SAVING: ("members", -1),
    AccountKind.HELD: ("members", -1),
    AccountKind.STOCK: ("goods", 1),
    AccountKind.MAKING: ("goods", 1),
    AccountKind.TOOL: ("tools", 1),
    AccountKind.CUSTOMER: ("customers", 1),
    AccountKind.RESERVE: ("interest", -1),
    AccountKind.SURPLUS: ("interest", -1),
    AccountKind.SUPPLIER: ("creditors", -1),
    AccountKind.LENDER: ("creditors", -1),
    AccountKind.DUE: ("creditors", -1),
}


def movements(deed: str, lines: Iterable[Line]) -> dict[str, int]:
    """By how many satang each sum of the position moves when these lines are written.

    Raises KeyError for an account kind that no position knows; `refusals_of` keeps those out.
    A reversal has the deed of the entry it takes back and turned lines, so ``lent`` and ``repaid``
    come back by themselves.
    """
    moved: dict[str, int] = {}
    for account, amount in lines:
        kind = kind_of(account)
        place, sign = _PLACE[kind]
        moved[place] = moved.get(place, 0) + sign * amount.satang
        if kind == AccountKind.LOAN:
            if deed == Deed.LOAN_PAID_OUT:
                moved["lent"] = moved.get("lent", 0) + amount.satang
            elif deed == Deed.REPAYMENT_RECEIVED:
                moved["repaid"] = moved.get("repaid", 0) - amount.satang
    return moved


def position_of(entries: Iterable[tuple[str, Iterable[Line]]]) -> FundPosition:
    """The position that a run of (deed, lines) leads to, from nothing."""
    sums = dict.fromkeys(POSITION_FIELDS, 0)
    for deed, lines in entries:
        for place, satang in movements(deed, lines).items():
            sums[place] += satang
    return FundPosition(**{name: Money(satang) for name, satang in sums.items()})
