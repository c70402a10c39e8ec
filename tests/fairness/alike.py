"""A district of villages whose households all owe alike, and who goes to see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role, User
from kongthun.accounts.reach import Reach, reach_of
from kongthun.cases.models import Case, Visit, VisitedHousehold
from kongthun.domain.journal import Deed, Draft, Line
from kongthun.domain.money import Money
from kongthun.groups.actions import (
    ListedHousehold,
    ListedTerm,
    keep_committee,
    keep_members,
    open_group,
)
from kongthun.groups.models import Membership
from kongthun.ledger.actions import Posted, open_books, post_entries
from kongthun.ledger.models import Fund
from kongthun.loans.actions.contracts import ContractTerms, enter_contracts
from kongthun.loans.models import DebtEvent, DebtEventKind, Deferral, Instalment, Plan

DISTRICT = "8016"
LENT_ON = date(2023, 1, 10)
DUE_ON = date(2024, 8, 31)
SINCE = date(2025, 10, 1)
AS_OF = date(2026, 9, 30)
FIRST = ("แดง", "ดำ", "ขาว", "เขียว", "ม่วง", "ทอง", "เงิน", "ฟ้า", "ส้ม", "แสด")
LAST = ("มีทรัพย์", "ขยันยิ่ง", "ใจงาม", "ชื่นบาน")
PERIOD = "?since=1/10/2568&as_of=30/9/2569"


@dataclass
class Village:
    """A fund whose households all owe the same, since the same day."""

    fund: Fund
    households: int

    def visit(self, members: Iterable[int], on: date) -> None:
        """A visit of a case at these households."""
        case, _ = Case.objects.get_or_create(
            group_id=self.fund.pk,
            number=1,
            defaults={
                "kind": "stalled",
                "proposed_on": LENT_ON,
                "words": "หยุดส่งคืน",
                "missing_then": 0,
                "recorded_at": timezone.now(),
            },
        )
        number = Visit.objects.filter(group_id=self.fund.pk).count() + 1
        Visit.objects.create(
            group_id=self.fund.pk,
            case_number=case.number,
            number=number,
            visited_on=on,
            is_formal=True,
            seen="พบทุกคน",
            recorded_at=timezone.now(),
        )
        VisitedHousehold.objects.bulk_create(
            VisitedHousehold(
                group_id=self.fund.pk,
                case_number=case.number,
                visit_number=number,
                member_number=member,
            )
            for member in members
        )

    def defer(self, member: int, on: date, days: int) -> None:
        """A delay on a household's contract."""
        Deferral.objects.create(
            fund=self.fund,
            number=Deferral.objects.filter(fund=self.fund).count() + 1,
            contract_number=member,
            ground="น้ำท่วม",
            starts_on=on,
            ends_on=on + timedelta(days=days - 1),
            recorded_at=timezone.now(),
        )

    def agree(self, member: int, on: date, months: int) -> None:
        """A repayment agreement of one part."""
        number = Plan.objects.filter(fund=self.fund, contract_number=member).count() + 2
        Plan.objects.create(
            fund=self.fund,
            contract_number=member,
            number=number,
            starts_on=on,
            recorded_at=timezone.now(),
        )
        Instalment.objects.create(
            fund=self.fund,
            contract_number=member,
            sequence=number,
            plan=number,
            due_on=on + timedelta(days=31 * months),
            amount=Money.baht(8_000),
        )

    def note(self, member: int, kind: DebtEventKind, on: date) -> None:
        """Something noted of a household's debt."""
        DebtEvent.objects.create(
            fund=self.fund,
            number=DebtEvent.objects.filter(fund=self.fund).count() + 1,
            contract_number=member,
            kind=kind,
            happened_on=on,
            recorded_at=timezone.now(),
        )


def village(moo: int, *, households: int = 12, tambon: str = "801601") -> Village:
    """A fund that lent every household 8,000 baht, due on one day, of which nothing came back."""
    code = f"{tambon}{moo:02}"
    group = open_group(code=code, kind="kkk", area_code=code, name=f"บ้านที่ {moo}")
    fund = open_books(
        group_id=group.pk, code=code, area_code=code, chart_code="kkk", name=f"บ้านที่ {moo}"
    )
    listed = [
        ListedHousehold(number, _name(moo, number), str(number), 4, None, (None, None, None))
        for number in range(1, households + 1)
    ]
    keep_members(group, listed)
    keep_committee(group, [ListedTerm(1, _name(moo, 1), "ประธาน", LENT_ON, None)])
    people = dict(Membership.objects.filter(group=group).values_list("number", "person_id"))
    enter_contracts(
        fund.pk,
        [
            (
                number,
                ContractTerms(
                    f"{number}/2566",
                    1,
                    people[number],
                    number,
                    Money.baht(8_000),
                    LENT_ON,
                    DUE_ON,
                    "",
                ),
            )
            for number in people
        ],
    )
    posted = post_entries(
        [
            Draft(
                Deed.LOAN_PAID_OUT,
                LENT_ON,
                (
                    Line(f"loan:{number}", Money.baht(8_000)),
                    Line("unexplained", Money.baht(-8_000)),
                ),
                f"loan:{number}",
            )
            for number in people
        ],
        fund=fund,
        recorded_by=None,
    )
    assert isinstance(posted, Posted)
    return Village(fund, households)


def _name(moo: int, number: int) -> str:
    return f"นาง{FIRST[number % 10]}{moo}  {LAST[number // 10]}"


@dataclass
class Cast:
    """Who looks at it, each as of today."""

    users: dict[str, User]

    def reach(self, who: str) -> Reach:
        """What somebody holds today."""
        return reach_of(self.users[who], timezone.localdate())


def cast() -> Cast:
    """A district officer, two field workers, their province, and people of elsewhere."""
    users, since = {}, date(2020, 1, 1)
    for who, role, place in (
        ("district", Role.DISTRICT, "8016"),
        ("worker_1", Role.FIELD_WORKER, "801601"),
        ("worker_2", Role.FIELD_WORKER, "801602"),
        ("province", Role.PROVINCE, "80"),
        ("auditor", Role.AUDITOR, "8016"),
        ("network", Role.NETWORK, "8016"),
        ("department", Role.DEPARTMENT, ""),
        ("stranger", Role.DISTRICT, "8012"),
    ):
        users[who] = User.objects.create(username=who, display_name=f"คุณ{who}")
        appoint(user=users[who], role=role, by_order="คำสั่ง", starts_on=since, area_code=place)
    return Cast(users)
