"""A fund whose books are lost: nothing is written, nine households are on its list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

from django.utils import timezone

from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role, User
from kongthun.accounts.reach import Reach, reach_of
from kongthun.domain.broken_books import Grade
from kongthun.domain.money import Money
from kongthun.groups.actions import ListedHousehold, keep_members, open_group
from kongthun.ledger.actions import open_books
from kongthun.ledger.models import Fund
from kongthun.openings.actions.openings import (
    ClaimKept,
    OpeningKept,
    Saying,
    begin_opening,
    say_balance,
)
from kongthun.openings.actions.settling import BalancesSettled, settle_balances
from kongthun.openings.models import Place, SaidBy
from kongthun.openings.queries.openings import OpeningState, opening_state
from kongthun.openings.refusals import NotDone

CODE = "80160103"
OPENS_ON = date(2025, 9, 30)
NAMES = (
    "นางแดง  มีทรัพย์", "นายดำ  ขยันยิ่ง", "นางขาว  ใจงาม", "นายเขียว  ชื่นบาน", "นายสมหมาย  ทองขาว",
    "นางอารี  ศรีสุข", "นางสาวจันทร์  แก้วมณี", "นางสุนีย์  แก้วเกตุ", "นายประเสริฐ  ใจดี",
)  # fmt: skip
NONE, WITNESS, PASSBOOK, SIGNED, BOTH_SIGNED = Grade
LOAN, BANK, CASH, CLAIM = Place
PDF = b"%PDF-1.4 signed"


@dataclass
class LostBooks:
    """The fund, and who works there, each as of today."""

    fund: Fund
    treasurer: Reach
    chairman: Reach
    field_worker: Reach
    district: Reach
    network: Reach
    stranger: Reach
    users: dict[str, User]
    folder: Path

    def begin(self, baht: int = 280_000, interest: Money | None = None) -> None:
        """Set the day and the capital."""
        done = begin_opening(
            fund=self.fund,
            opens_on=OPENS_ON,
            capital=Money.baht(baht),
            interest=interest or Money(0),
            words="หนังสือจัดสรรปี 2540",
            by=self.field_worker,
        )
        assert isinstance(done, OpeningKept), done

    def paper(self, words: str = "") -> Path:
        """A paper to hand in; another one each time unless it says the same."""
        place = self.folder / f"{uuid4().hex}.pdf"
        place.write_bytes(PDF + (words or uuid4().hex).encode())
        return place

    def saying(
        self,
        place: Place,
        number: int | None,
        amount: int | Money,
        grade: Grade,
        by: SaidBy = SaidBy.HOUSEHOLD,
        *,
        person: str = "",
        paper: bool | None = None,
    ) -> Saying:
        """A claim; from a passbook upwards with a paper unless said otherwise."""
        with_paper = grade >= PASSBOOK if paper is None else paper
        return Saying(
            place,
            number,
            amount if isinstance(amount, Money) else Money.baht(amount),
            grade,
            by,
            OPENS_ON,
            person=person,
            paper=self.paper() if with_paper else None,
        )

    def say(
        self,
        place: Place,
        number: int | None,
        amount: int | Money,
        grade: Grade,
        by: SaidBy = SaidBy.HOUSEHOLD,
        *,
        person: str = "",
    ) -> int:
        """Write a claim down; its number."""
        saying = self.saying(place, number, amount, grade, by, person=person)
        done = say_balance(saying, fund=self.fund, key=new_key(), by=self.field_worker)
        assert isinstance(done, ClaimKept), done
        return done.number

    def settle(self) -> tuple[int, ...]:
        """Put what is confirmed into the books; the entries."""
        done = settle_balances(fund=self.fund, key=new_key(), by=self.district)
        assert isinstance(done, BalancesSettled), done
        return done.entries

    @property
    def state(self) -> OpeningState:
        """What is known now."""
        found = opening_state(self.fund)
        assert found is not None
        return found

    def say_all_of_the_example(self) -> None:
        """The village of docs/rules/broken_books.md."""
        self.begin(280_000, Money.baht(1_156, 19))
        self.say(BANK, 1, Money.baht(61_156, 19), PASSBOOK, SaidBy.BANK)
        self.say(CASH, None, 3_400, SIGNED, SaidBy.TREASURER)
        for number, baht in ((1, 30_000), (2, 25_000), (3, 20_000), (5, 30_000), (7, 25_000)):
            self.say(LOAN, number, baht, SIGNED)
        self.say(LOAN, 4, 12_000, WITNESS, SaidBy.COMMITTEE)
        self.say(LOAN, 4, 7_000, WITNESS, SaidBy.NEIGHBOUR)
        self.say(LOAN, 5, 15_000, NONE, SaidBy.HEIR)
        self.say(LOAN, 6, 22_000, WITNESS, SaidBy.COMMITTEE)
        self.say(LOAN, 6, 22_000, WITNESS, SaidBy.NEIGHBOUR)
        self.say(LOAN, 7, 18_000, SIGNED, SaidBy.TREASURER)
        self.say(LOAN, 8, 28_000, NONE, SaidBy.LOOSE_SHEET)
        self.say(LOAN, 9, 15_000, WITNESS, SaidBy.COMMITTEE)
        self.say(LOAN, 9, 0, NONE)


def lost_books(folder: Path, code: str = CODE) -> LostBooks:
    """A fund with nine households and not one entry."""
    group = open_group(code=code, kind="kkk", area_code=code, name="บ้านสมุดหาย")
    fund = open_books(
        group_id=group.pk, code=code, area_code=code, chart_code="kkk", name="บ้านสมุดหาย"
    )
    keep_members(
        group,
        [
            ListedHousehold(number, name, str(number), 4, None, (None, None, None))
            for number, name in enumerate(NAMES, start=1)
        ],
    )
    users, since = {}, date(2020, 10, 1)
    for who, role, place in (
        ("treasurer", Role.TREASURER, {"group_id": group.pk}),
        ("chairman", Role.CHAIRMAN, {"group_id": group.pk}),
        ("field_worker", Role.FIELD_WORKER, {"area_code": code[:6]}),
        ("district", Role.DISTRICT, {"area_code": code[:4]}),
        ("network", Role.NETWORK, {"area_code": code[:4]}),
        ("stranger", Role.FIELD_WORKER, {"area_code": "801699"}),
    ):
        users[who] = User.objects.create(username=f"{who}-{code}", display_name=who)
        appoint(user=users[who], role=role, by_order="คำสั่ง", starts_on=since, **place)  # type: ignore[arg-type]
    today = timezone.localdate()
    reaches = {who: reach_of(user, today) for who, user in users.items()}
    return LostBooks(fund=fund, users=users, folder=folder, **reaches)


def new_key() -> str:
    return f"screen:{uuid4().hex}"


def refused(done: object) -> set[str]:
    """The names of everything a deed was refused for."""
    assert isinstance(done, NotDone), done
    return {type(refusal).__name__ for refusal in done.refusals}
