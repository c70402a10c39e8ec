"""A village fund with a committee and a treasurer, for trying money between hand and bank."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role, User
from kongthun.accounts.reach import Reach, reach_of
from kongthun.domain.money import Money
from kongthun.groups.actions import ListedTerm, keep_committee
from kongthun.ledger.models import Entry, Fund, Line
from kongthun.ledger.refusals import NotDone
from ledger.village import village_fund

NEXT_DOOR = "80120102"
GRANT_DAY = date(2024, 10, 1)
TREASURER, CHAIRMAN, SECRETARY, FORMER = 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class Desk:
    """The fund and who sits at it. ``stranger`` holds nothing there, ``auditor`` only reads."""

    fund: Fund
    treasurer: Reach
    stranger: Reach
    users: dict[str, User]


def open_desk() -> Desk:
    fund = village_fund()
    keep_committee(
        fund.group,
        [
            ListedTerm(3, "นายดี ใจงาม", "เหรัญญิก", date(2023, 1, 1), date(2026, 12, 31)),
            ListedTerm(3, "นางสาวมี สุขใจ", "ประธาน", date(2023, 1, 1), None),
            ListedTerm(3, "นายดำ ทองแท้", "เลขานุการ", date(2025, 6, 1), date(2099, 5, 31)),
            ListedTerm(2, "นางแดง พวงแก้ว", "ประธาน", date(2019, 1, 1), date(2022, 12, 31)),
        ],
    )
    users = {
        "treasurer": _holding("treasurer", Role.TREASURER, group_id=fund.pk),
        "auditor": _holding("auditor", Role.AUDITOR, area_code="8012"),
        "stranger": _holding("stranger", Role.TREASURER, group_id=village_fund(NEXT_DOOR).pk),
        "member": _holding("member", Role.MEMBER, group_id=fund.pk, member_number=1),
    }
    today = timezone.localdate()
    return Desk(
        fund, reach_of(users["treasurer"], today), reach_of(users["stranger"], today), users
    )


def _holding(name: str, role: Role, **place: str | int) -> User:
    user = User.objects.create(username=name, display_name=f"คุณ{name}")
    appoint(
        user=user,
        role=role,
        by_order="คำสั่งที่ 1/2566",
        starts_on=date(2023, 1, 1),
        **place,  # type: ignore[arg-type]
    )
    return user


def baht(sum_: int) -> Money:
    return Money.baht(sum_)


def lines_of(fund: Fund, number: int) -> dict[str, int]:
    """The lines of an entry in whole satang, by account."""
    rows = Line.objects.filter(fund=fund, entry_number=number)
    return {line.account: line.amount.satang for line in rows}


def entry_count(fund: Fund) -> int:
    return Entry.objects.filter(fund=fund).count()


def refused(outcome: object) -> list[str]:
    """The names of all refusals."""
    assert isinstance(outcome, NotDone), outcome
    return [type(refusal).__name__ for refusal in outcome.refusals]
