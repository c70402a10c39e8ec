"""The share register: what each member holds, and over how much of it certificates stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kongthun.domain.journal import AccountKind
from kongthun.domain.money import ZERO, Money, total
from kongthun.groups.models import Membership, Person
from kongthun.ledger.models import Account, Fund
from kongthun.ledger.savings_queries import least_kept_since, member_account

from ..models import ShareCertificate


@dataclass(frozen=True, slots=True)
class Holding:
    """A member's shares: by the books, and as far as certificates stand over them."""

    member_number: int
    person: Person
    kept: Money
    certified: Money
    shares: int
    certificates: int

    @property
    def without(self) -> Money:
        """What is held and stands on no certificate. Below zero: a certificate was not ended."""
        return self.kept - self.certified


def sum_of(certificate: ShareCertificate) -> Money:
    """What the shares of a certificate were paid with."""
    return certificate.price * certificate.shares


def share_register(fund: Fund) -> list[Holding]:
    """Everybody of the list by number, with what they hold now. Three statements."""
    prefix = f"{AccountKind.SHARE}:"
    kept: Mapping[str, Money] = dict(
        Account.objects.filter(fund=fund, kind=str(AccountKind.SHARE)).values_list(
            "code", "balance"
        )
    )
    standing: dict[int, list[ShareCertificate]] = {}
    for each in ShareCertificate.objects.filter(fund=fund, ended_on=None):
        standing.setdefault(each.member_number, []).append(each)
    rows = []
    members = Membership.objects.filter(group_id=fund.pk).select_related("person")
    for member in members.order_by("number"):
        own = standing.get(member.number, [])
        rows.append(
            Holding(
                member.number,
                member.person,
                -kept.get(f"{prefix}{member.number}", ZERO),
                total(sum_of(each) for each in own),
                sum(each.shares for each in own),
                len(own),
            )
        )
    return rows


def certificates(fund: Fund, *, member_number: int | None = None) -> list[ShareCertificate]:
    """All certificates there ever were, of one member if one is named; the latest first."""
    rows = ShareCertificate.objects.filter(fund=fund)
    if member_number is not None:
        rows = rows.filter(member_number=member_number)
    return list(rows.order_by("-number"))


def certificate(fund: Fund, number: int) -> ShareCertificate | None:
    """The certificate of this number, ended or not."""
    return ShareCertificate.objects.filter(fund=fund, number=number).first()


def followed_by(fund: Fund, number: int) -> tuple[int, ...]:
    """The certificates that took a certificate's place, by number."""
    after = ShareCertificate.objects.filter(fund=fund, comes_from=number).order_by("number")
    return tuple(after.values_list("number", flat=True))


def certified(fund: Fund, member_number: int) -> Money:
    """Over how much of a member's shares certificates stand now."""
    own = ShareCertificate.objects.filter(fund=fund, member_number=member_number, ended_on=None)
    return total(sum_of(each) for each in own)


def without_certificate(fund: Fund, member_number: int, day: date) -> Money:
    """What a member has held on a day and ever since, and stands on no certificate today."""
    account = member_account(AccountKind.SHARE, member_number)
    return least_kept_since(fund.pk, account, day).kept - certified(fund, member_number)
