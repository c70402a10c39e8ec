"""A savings group whose books were opened on screen, with members and those who keep them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role, User
from kongthun.accounts.reach import Reach, reach_of
from kongthun.domain.money import Money
from kongthun.groups.actions import ListedHousehold, keep_members
from kongthun.ledger.models import Account, Entry, Fund, Position
from kongthun.ledger.savings import (
    BooksOpened,
    Kept,
    MemberSum,
    NotDone,
    open_group_books,
    receive_savings,
)

VILLAGE = "80160101"
MEMBERS = ("นางแดง  มีทรัพย์", "นายดำ  ขยันยิ่ง", "นางขาว  ใจงาม")
SINCE = date(2023, 1, 1)


@dataclass(frozen=True, slots=True)
class SavingGroup:
    """The group's books and who sits at them; users by what they are called here."""

    fund: Fund
    treasurer: Reach
    users: dict[str, User]

    def save(self, on: date, *sums: tuple[int, int], key: str) -> Kept | NotDone:
        """A sheet of (member, baht)."""
        paid = [MemberSum(number, Money.baht(baht)) for number, baht in sums]
        return receive_savings(paid, fund=self.fund, on=on, key=key, by=self.treasurer)


def saving_group(kind: str = "saving_group", *, village: str = VILLAGE) -> SavingGroup:
    """Books of three members. The auditor reads, the stranger keeps another village's fund."""
    users = {"officer": _holding(f"officer-{village}", Role.FIELD_WORKER, area_code=village[:6])}
    opened = open_group_books(
        kind=kind,
        village_code=village,
        village_name="บ้านทุ่งใหญ่",
        name="กลุ่มออมทรัพย์บ้านทุ่งใหญ่",
        key=f"open-{kind}-{village}",
        by=reach(users["officer"]),
    )
    assert isinstance(opened, BooksOpened), opened
    fund = opened.fund
    keep_members(
        fund.group,
        [
            ListedHousehold(number, name, str(number), 4, None, (None, None, None))
            for number, name in enumerate(MEMBERS, start=1)
        ],
    )
    users |= {
        "treasurer": _holding(f"treasurer-{village}", Role.TREASURER, group_id=fund.pk),
        "auditor": _holding(f"auditor-{village}", Role.AUDITOR, area_code=village[:4]),
        "stranger": _holding(f"stranger-{village}", Role.FIELD_WORKER, area_code="3201"),
        "member": _holding(f"member-{village}", Role.MEMBER, group_id=fund.pk, member_number=1),
    }
    return SavingGroup(fund, reach(users["treasurer"]), users)


def _holding(name: str, role: Role, **place: str | int) -> User:
    user = User.objects.create(username=name, display_name=f"คุณ{name}")
    appoint(user=user, role=role, by_order="คำสั่งที่ 1/2566", starts_on=SINCE, **place)  # type: ignore[arg-type]
    return user


def reach(user: User) -> Reach:
    return reach_of(user, timezone.localdate())


def baht(sum_: int) -> Money:
    return Money.baht(sum_)


def position(fund: Fund) -> Position:
    return Position.objects.get(fund=fund)


def kept(fund: Fund, account: str) -> Money:
    """What a member has in an account."""
    found = Account.objects.filter(fund=fund, code=account).first()
    return -found.balance if found is not None else Money(0)


def entry_count(fund: Fund) -> int:
    return Entry.objects.filter(fund=fund).count()


def refused(outcome: object) -> list[str]:
    """The names of all refusals."""
    assert isinstance(outcome, NotDone), outcome
    return [type(refusal).__name__ for refusal in outcome.refusals]
