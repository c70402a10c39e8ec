"""What happens in the demo district after its papers end, so that every page has something to show.

All of it is done by the deeds that people do, each by whom it is entrusted to; nothing is written
past them. The days count back from today. The story is told whole or not at all, and once: where
somebody has asked for a loan on screen at the fund of the cast, everything stays as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import cycle, islice
from typing import TypeVar

from django.db import transaction

from kongthun.accounts.actions import appoint_neighbour, recognise_demo_cast
from kongthun.accounts.cast import DEMO_DISTRICT, NEIGHBOUR_CHAIRMEN, cast_member
from kongthun.accounts.models import User
from kongthun.accounts.reach import Reach, reach_of
from kongthun.activities import refusals as meeting_refusals
from kongthun.activities.actions import (
    add_resolution,
    change_meeting,
    close_meeting,
    mark_attendance,
    open_meeting,
)
from kongthun.activities.models import MeetingKind
from kongthun.domain.money import ZERO, Money
from kongthun.domain.plan import PlannedPart, due_days, equal_parts, months_later
from kongthun.domain.thai_calendar import thai_year
from kongthun.groups import refusals as group_refusals
from kongthun.groups.actions import (
    add_household,
    add_household_member,
    add_term,
    correct_term,
    record_household_event,
    record_income,
)
from kongthun.groups.models import (
    CommitteePosition,
    CommitteeTerm,
    Group,
    HouseholdEventKind,
    Membership,
    Relation,
)
from kongthun.ledger import refusals as money_refusals
from kongthun.ledger import savings as savings_books
from kongthun.ledger.bank import (
    Giver,
    Purse,
    count_cash,
    deposit_cash,
    receive_bank_interest,
    receive_capital,
)
from kongthun.ledger.models import Account, Fund
from kongthun.ledger.queries import lowest_balance_since
from kongthun.ledger.savings import MemberSum, buy_shares, open_group_books, receive_savings
from kongthun.loans import refusals as loan_refusals
from kongthun.loans.actions.debts import (
    agree_on_plan,
    answer_balance,
    grant_deferral,
    note_debt,
    receive_claim,
    recognise_claim,
    recover_loss,
    write_off,
)
from kongthun.loans.actions.pay_outs import ContractPaper, HandingOver, make_contract, pay_out_loan
from kongthun.loans.actions.repayments import Visit, cancel_receipt, record_repayments
from kongthun.loans.actions.requests import (
    RequestFacts,
    decide_request,
    drop_request,
    give_opinion,
    hand_in_request,
    save_draft,
)
from kongthun.loans.models import Contract, DebtEventKind, Receipt, Request
from kongthun.loans.queries.contracts import contract_states
from kongthun.loans.queries.requests import available_money, open_loans

Done = TypeVar("Done")
AnyNotDone = (
    group_refusals.NotDone
    | meeting_refusals.NotDone
    | money_refusals.NotDone
    | savings_books.NotDone
    | loan_refusals.NotDone
)

FIELD_WORKER_AT = ("801601", "801602")
TERM_YEARS = 4
_FRIDAY = 4
OTHER_GROUPS = (
    ("saving_group", "กลุ่มออมทรัพย์เพื่อการผลิต"),
    ("village_fund", "กองทุนหมู่บ้าน"),
)
WITNESSES = ("นายธีระ  พรหมแก้ว", "นางสาวปรียา  จันทร์แจ่ม")

P = CommitteePosition

# Who sits on the new committees beside those of the cast and of the households.
SEATS: tuple[tuple[CommitteePosition, str], ...] = (
    (P.SECRETARY, "นางสาวจันทร์เพ็ญ  ศรีวิไล"),
    (P.MEMBER, "นายประเสริฐ  นาคบุตร"),
    (P.MEMBER, "นางลำไย  สุขสวัสดิ์"),
    (P.MEMBER, "นายวิเชียร  คงทอง"),
    (P.MEMBER, "นางอุไร  เพชรรัตน์"),
)
NEW_HOUSEHOLDS = (
    "นายบุญเลิศ  แซ่ลิ่ม",
    "นางสมจิตร  ทองนุ่น",
    "นายอนันต์  ชูช่วย",
    "นางวรรณา  ปานแก้ว",
    "นายสุชาติ  หนูเอียด",
    "นางสาวมาลี  ฤทธิเดช",
    "นายจำรัส  ขวัญเมือง",
    "นางเพ็ญแข  ไชยภักดี",
    "นายถาวร  เกื้อสกุล",
    "นางละออ  จันทร์ทิพย์",
    "นายไพโรจน์  สงขาว",
    "นางสาวศิริพร  เอียดเหตุ",
)
PROJECTS: tuple[tuple[str, str, str], ...] = (
    ("เลี้ยงวัวขุน", "เลี้ยงสัตว์", "ซื้อลูกวัว"),
    ("เพาะเห็ดนางฟ้า", "เกษตรกรรม", "โรงเรือนและก้อนเชื้อเห็ด"),
    ("ทำเครื่องแกง", "ค้าขาย", "เครื่องบดและวัตถุดิบ"),
    ("ปลูกพริกและผักสวนครัว", "เกษตรกรรม", "เมล็ดพันธุ์และปุ๋ย"),
    ("เลี้ยงปลาดุกในบ่อ", "ประมง", "พันธุ์ปลาและอาหารปลา"),
    ("ตัดเย็บเสื้อผ้า", "รับจ้าง", "จักรเย็บผ้า"),
    ("เลี้ยงไก่ไข่", "เลี้ยงสัตว์", "แม่ไก่และกรง"),
    ("สานเสื่อกระจูด", "หัตถกรรม", "กระจูดและสีย้อม"),
)


class DeedRefusedError(RuntimeError):
    """A deed of the demo was refused, so the story does not hold: nothing of the fund is kept."""


def bring_to_life(today: date) -> tuple[str, ...]:
    """Tell what happened at the demo funds until today; answers in Thai with what was done.

    Idempotent: told once. Raises `DeedRefusedError` when a deed was refused.
    """
    users = {user.username: user for user in User.objects.filter(username__in=_ACTORS)}
    funds = list(
        Fund.objects.filter(area_code__startswith=DEMO_DISTRICT, chart="kkk")
        .select_related("group")
        .order_by("code")
    )
    if not funds or len(users) < len(_ACTORS):
        return ()
    cast = {name: reach_of(user, today) for name, user in users.items()}
    home = village_of(funds[0], cast["prathan"], cast, today)
    if Request.objects.filter(fund=home.fund).exists():
        return ()
    near = [fund for fund in funds[1:] if fund.area_code.startswith(FIELD_WORKER_AT)]
    with transaction.atomic():
        told = _at_home(home, cast["samachik"])
        recognise_demo_cast()
        villages = [
            neighbour(fund, name, cast, today)
            for fund, name in zip(near, NEIGHBOUR_CHAIRMEN[:2], strict=False)
        ]
        if villages:
            told += [_lent_again(villages[0]), _appointed_later(villages[-1])]
        told += [
            _saving_group(villages[0] if villages else home, cast, kind, name, chairman)
            for (kind, name), chairman in zip(OTHER_GROUPS, NEIGHBOUR_CHAIRMEN[2:], strict=True)
        ]
    return tuple(told)


_ACTORS = ("prathan", "herannyik", "phatthanakon", "amphoe", "samachik")


def done(outcome: Done | AnyNotDone) -> Done:
    """What a deed brought about. Raises `DeedRefusedError` with every reason."""
    if isinstance(outcome, AnyNotDone):
        raise DeedRefusedError("; ".join(repr(refusal) for refusal in outcome.refusals))
    return outcome


# --- a village and those who act there ----------------------------------------------------------


@dataclass
class VillageAtWork:
    """A fund with the people who act for it; ``terms`` are the numbers of its new committee."""

    fund: Fund
    chairman: Reach
    treasurer: Reach
    field_worker: Reach
    district: Reach
    today: date
    terms: list[int] = field(default_factory=list)
    asked_for: int = 0

    @property
    def group(self) -> Group:
        return self.fund.group

    def ago(self, days: int) -> date:
        """So many days before today, put off to Monday from a weekend; below zero yet to come."""
        day = self.today - timedelta(days=days)
        day += timedelta(days=max(7 - day.weekday(), 0) if day.weekday() > _FRIDAY else 0)
        return min(day, self.today) if days >= 0 else day

    def key(self, what: str) -> str:
        return f"demo:{self.fund.code}:{what}"

    # committee and meetings

    def choose_committee(
        self,
        seats: Sequence[tuple[CommitteePosition, str]],
        on: date,
        *,
        years: int = TERM_YEARS,
    ) -> None:
        """A new committee takes office; whoever was in office leaves the day before."""
        standing = CommitteeTerm.objects.filter(group=self.group, withdrawn_at=None)
        for term in standing.select_related("person").order_by("number"):
            if term.ends_on is not None and term.ends_on < on:
                continue
            done(
                correct_term(
                    group=self.group,
                    number=term.number,
                    set_number=term.set_number,
                    name=term.person.name.full,
                    position=P(term.position),
                    position_words=term.position_words,
                    starts_on=term.starts_on,
                    ends_on=on - timedelta(days=1),
                    note="ที่ประชุมใหญ่เลือกคณะกรรมการชุดใหม่ก่อนครบวาระ",
                    by=self.district,
                )
            )
        sets = [number or 0 for number in standing.values_list("set_number", flat=True)]
        last_day = months_later(on, 12 * years) - timedelta(days=1)
        for position, name in seats:
            added = add_term(
                group=self.group,
                set_number=max(sets, default=0) + 1,
                name=name,
                position=position,
                starts_on=on,
                ends_on=last_day,
                by=self.field_worker,
            )
            self.terms.append(done(added).number)

    def new_term_day(self) -> date:
        """About two years ago, but after every term the papers know has begun."""
        starts = CommitteeTerm.objects.filter(group=self.group, withdrawn_at=None)
        known = [day for day in starts.values_list("starts_on", flat=True) if day is not None]
        two_years_ago = months_later(self.today.replace(day=1), -24)
        return max([two_years_ago, *(day + timedelta(days=1) for day in known)])

    def meet(
        self,
        days_ago: int,
        resolved: Sequence[str],
        *,
        kind: MeetingKind = MeetingKind.COMMITTEE,
        others_came: int = 0,
        absent: Sequence[int] = (),
    ) -> int:
        """A meeting that was held and closed; its number."""
        place = f"ศาลาประชาคม{self.fund.name.removeprefix('กข.คจ.').strip()}"
        number = done(
            open_meeting(
                group=self.group, by=self._desk, kind=kind, on=self.ago(days_ago), place=place
            )
        ).number
        came = [term for term in self.terms if term not in absent]
        done(
            mark_attendance(
                group=self.group,
                number=number,
                by=self._desk,
                terms=came,
                others_came=others_came,
            )
        )
        for words in resolved:
            votes = None if kind != MeetingKind.COMMITTEE else len(came)
            done(
                add_resolution(
                    group=self.group, number=number, by=self._desk, words=words, in_favour=votes
                )
            )
        done(close_meeting(group=self.group, number=number, by=self._desk))
        return number

    @property
    def _desk(self) -> Reach:
        return self.treasurer

    # requests and loans

    def draft(self, member: int, baht: int, on: date | None) -> int:
        """Forms 1 and 2 as far as they are written; the number of the request."""
        self.asked_for += 1
        project, occupation, what = PROJECTS[self.asked_for % len(PROJECTS)]
        whole = Money.baht(baht)
        rest = Money.baht(baht // 5 // 100 * 100)
        items = ((what, whole - rest), ("ค่าใช้จ่ายในการเริ่มต้น", rest)) if rest else ((what, whole),)
        facts = RequestFacts(
            member, project, occupation, self._consenter(member), items, asked=whole, made_on=on
        )
        return done(save_draft(facts, fund=self.fund, by=self._desk)).number

    def _consenter(self, member: int) -> str:
        household = Membership.objects.get(group=self.group, number=member).household
        spouse = household.members.filter(relation=Relation.SPOUSE).first()
        return spouse.person.name.full if spouse is not None else ""

    def ask(self, member: int, baht: int, days_ago: int) -> int:
        """A request handed in, waiting for the field worker."""
        on = self.ago(days_ago)
        number = self.draft(member, baht, on)
        done(hand_in_request(number, fund=self.fund, on=on, by=self._desk))
        return number

    def opine(self, number: int, days_ago: int, words: str, *, is_favourable: bool = True) -> None:
        done(
            give_opinion(
                number,
                fund=self.fund,
                on=self.ago(days_ago),
                is_favourable=is_favourable,
                words=words,
                by=self.field_worker,
            )
        )

    def approve(self, number: int, meeting: int, *, stepped_out: Sequence[int] = ()) -> None:
        asked = Request.objects.get(fund=self.fund, number=number).asked
        done(
            decide_request(
                number,
                fund=self.fund,
                meeting_number=meeting,
                is_approved=True,
                amount=asked,
                words="",
                stepped_out=stepped_out,
                by=self.chairman,
            )
        )

    def sign(
        self, number: int, days_ago: int, due: Iterable[date], *, guarantors: tuple[str, ...] = ()
    ) -> int:
        """Draw the contract up in equal parts; the number of the contract."""
        request = Request.objects.get(fund=self.fund, number=number)
        parts = equal_parts(request.asked or ZERO, due)
        paper = ContractPaper(
            self.ago(days_ago),
            tuple(parts),
            self.terms[0],
            WITNESSES,
            consenter=request.consenter_name,
            guarantors=guarantors,
        )
        taken = done(make_contract(number, paper, fund=self.fund, by=self._desk))
        return taken.request.contract_number or 0

    def hand_over(self, number: int, days_ago: int) -> None:
        """Out of the bank if it is there, else out of the cash in hand."""
        on = self.ago(days_ago)
        asked = Request.objects.get(fund=self.fund, number=number).asked or ZERO
        in_bank = lowest_balance_since(self.fund.pk, "bank:1", on).balance
        source = "bank:1" if in_bank >= asked else "cash"
        signers = tuple(self.terms[:2]) if source == "bank:1" else ()
        how = HandingOver(on, source, self.terms[0], WITNESSES, signers)
        done(
            pay_out_loan(
                number, how, fund=self.fund, key=self.key(f"pay-out-{number}"), by=self._desk
            )
        )

    def affordable(self, baht: int) -> int:
        """This sum, or half of what there is to lend where that is less; whole hundreds."""
        has = available_money(self.fund.pk).available.satang // 100
        return max(min(baht, has // 2) // 100 * 100, 1_000)

    def balance(self, contract: int) -> Money:
        account = Account.objects.filter(fund=self.fund, code=f"loan:{contract}").first()
        return account.balance if account is not None else ZERO

    # money sent back

    def take(self, visits: Sequence[tuple[int, Money, str]], days_ago: int) -> list[Receipt]:
        """Money of several households on one day: contract, sum, and who came if not the borrower.

        A contract of which nothing is owed any more is passed over.
        """
        asked = [
            Visit(
                contract,
                min(sum_, self.balance(contract)),
                self.ago(days_ago),
                self.key(f"receipt-{days_ago}-{place}"),
                paid_by=paid_by,
                receiver_term=self.receiver,
            )
            for place, (contract, sum_, paid_by) in enumerate(visits)
            if self.balance(contract) > ZERO
        ]
        return [
            recorded.receipt
            for recorded in done(record_repayments(asked, fund=self.fund, by=self._desk))
        ]

    @property
    def receiver(self) -> int:
        """The term of who takes the money: the treasurer's."""
        return self.terms[1]

    def part_of(self, contract: int, share: int) -> Money:
        """What is owed, divided by ``share``, in whole hundreds of baht; all of it when less."""
        owed = self.balance(contract)
        hundreds = owed.satang // share // 10_000
        return Money(hundreds * 10_000) if hundreds else owed

    def bank(self, days_ago: int, *, keep: int = 0) -> None:
        """Carry the cash in hand to the bank but for so many baht, on a day it is open."""
        on = self.ago(days_ago)
        has = lowest_balance_since(self.fund.pk, "cash", on).balance - Money.baht(keep)
        if has > ZERO:
            done(
                deposit_cash(
                    fund=self.fund,
                    amount=has,
                    on=on,
                    slip=f"{on:%m}{on:%d}/{thai_year(on)}",
                    key=self.key(f"deposit-{days_ago}"),
                    by=self._desk,
                )
            )


def village_of(fund: Fund, chairman: Reach, cast: dict[str, Reach], today: date) -> VillageAtWork:
    """The village with those who act there. Where nobody types, the field worker does."""
    treasurer = cast["herannyik"]
    at_desk = treasurer if treasurer.home_group() == fund.pk else cast["phatthanakon"]
    return VillageAtWork(fund, chairman, at_desk, cast["phatthanakon"], cast["amphoe"], today)


# --- the fund of the cast -----------------------------------------------------------------------


def _at_home(village: VillageAtWork, member: Reach) -> list[str]:
    """Two years of a fund that works: every stage of a request, and every kind of trouble."""
    fund = village.fund
    own = (member.own_membership() or (fund.pk, 1))[1]
    free = _free_households(village, least=16, but=own)
    kin, deputys = free.pop(0), free.pop(0)
    _choose_the_committee_of_the_cast(village, kin=kin, deputys=deputys)
    _tell_of_households(village, [own, *free[:6]])

    old = _paper_loans(village, but=own)
    village.take([(number, village.part_of(number, 3), "") for number in old[:6]], 398)
    village.bank(396)
    early = _lend_at_first(village, own, free, already=len(old))
    pool = [*old, *early]
    own_loan = open_loans(fund.pk, own)[0].number
    care = list(islice((n for n in pool if n != own_loan), 7))
    others = [number for number in pool if number not in {*care, own_loan}] or care[-1:]
    died, moved, deferred, agreed, admitted, disputed, claimed = _seven(care)

    _tell_of_death_and_leaving(village, died, moved)
    village.meet(
        335,
        ["รับรองรายชื่อครัวเรือนเป้าหมายของปีนี้", "ให้เหรัญญิกรับเงินส่งคืนได้ทุกวันทำการ"],
        kind=MeetingKind.HOUSEHOLDS,
        others_came=26,
    )
    lent = [
        _lend_whole(village, free.pop(0), 12_000, 320, due=(183, -15, -180, -350)),
        _lend_whole(
            village, kin, 9_000, 235, due=(50, -130, -310), stepped_out=(village.terms[5],)
        ),
        _lend_whole(village, free.pop(0), 15_000, 140, due=(-40, -220, -400, -580)),
    ]
    village.take([(number, village.part_of(number, 4), "") for number in others[:4]], 205)
    village.take([(own_loan, village.part_of(own_loan, 4), "")], 190)
    village.bank(189)
    village.take([(lent[0], Money.baht(3_000), "")], 150)  # a month after it was due
    _receive_interest(village)

    dropped = village.ask(free[-1], 5_000, 75)
    refused = village.ask(free[-2], 20_000, 75)
    village.opine(refused, 70, "ยังไม่มีแผนขายผลผลิต ควรเริ่มจากจำนวนที่น้อยกว่านี้", is_favourable=False)
    _agree(village, agreed)
    meeting = village.meet(
        62,
        [
            "ไม่อนุมัติคำขอที่ยังไม่มีแผนขายผลผลิต ให้พัฒนากรช่วยทำแผนแล้วยื่นใหม่",
            "ผ่อนผันให้ครัวเรือนที่นาถูกน้ำท่วมจนถึงฤดูเก็บเกี่ยวหน้า",
            "ขอความร่วมมือผู้รับเงินคนก่อนคืนเงินที่รับฝากไว้",
        ],
        absent=village.terms[-1:],
    )
    done(
        decide_request(
            refused,
            fund=fund,
            meeting_number=meeting,
            is_approved=False,
            amount=None,
            words="ยังไม่มีแผนขายผลผลิต ขอให้ทำแผนกับพัฒนากรแล้วยื่นใหม่",
            by=village.chairman,
        )
    )
    _receive_lately(village, lent, others)
    _settle(village, meeting, deferred=deferred, admitted=admitted, claimed=claimed, lost=moved)
    village.take([(agreed, village.part_of(agreed, 4), "")], 38)
    done(
        drop_request(
            dropped, fund=fund, on=village.ago(37), words="ได้งานประจำแล้ว", by=village.treasurer
        )
    )
    village.bank(33, keep=1_500)
    village.take([(number, village.part_of(number, 2), "") for number in others[1:4]], 20)
    village.take([(lent[0], Money.baht(3_000), "")], 18)  # a month before it is due
    _answer_balances(village, member, own_loan, confirmed=lent[2], disputed=disputed)
    _requests_on_their_way(village, free, deputys)
    village.take([(agreed, village.part_of(agreed, 6), "")], 5)
    village.take([(own_loan, village.part_of(own_loan, 5), "")], 4)
    cash = lowest_balance_since(fund.pk, "cash", village.ago(2)).balance
    done(
        count_cash(
            fund=fund,
            counted=cash,
            on=village.ago(2),
            key=village.key("count"),
            by=village.treasurer,
        )
    )
    draft = done(
        open_meeting(
            group=village.group,
            by=village.treasurer,
            kind=MeetingKind.COMMITTEE,
            on=village.today,
            place="ศาลาประชาคม",
        )
    )
    done(
        change_meeting(
            group=village.group,
            number=draft.number,
            by=village.treasurer,
            kind=MeetingKind.COMMITTEE,
            on=village.today,
            place="ศาลาประชาคม",
            minutes="วาระ 1 พิจารณาคำขอยืมที่พัฒนากรให้ความเห็นแล้ว\nวาระ 2 ติดตามข้อตกลงส่งคืน",
        )
    )
    return [
        f"{fund.name}: คณะกรรมการชุดใหม่ {len(village.terms)} คน "
        f"คำขอยืม {Request.objects.filter(fund=fund).count()} คำขอ ทุกขั้นตอน",
        f"{fund.name}: ใบเสร็จ {Receipt.objects.filter(fund=fund).count()} ใบ ผ่อนผัน ข้อตกลงส่งคืน "
        "รับสภาพหนี้ ยืนยันยอด สิทธิเรียกคืน และหนี้สูญ อย่างละเรื่อง",
    ]


def _seven(numbers: Sequence[int]) -> list[int]:
    """Seven contracts to tell of; where there are fewer, one is told of more than once."""
    return list(islice(cycle(numbers), 7))


def _paper_loans(village: VillageAtWork, *, but: int) -> list[int]:
    """The contracts of the papers that are still owed on, by number, without one household's."""
    states = contract_states(village.fund, as_of=village.today, with_names=False)
    return sorted(
        state.contract.number
        for state in states
        if state.balance > Money.baht(1_000) and state.contract.member_number not in {None, but}
    )


def _free_households(village: VillageAtWork, *, least: int, but: int) -> list[int]:
    """The households that may borrow, in the order of the list; new ones join if there are few."""
    fund = village.fund
    numbers = Membership.objects.filter(group=village.group).order_by("number")
    free = [
        number
        for number in numbers.values_list("number", flat=True)
        if number != but and not open_loans(fund.pk, number)
    ]
    for place, name in enumerate(NEW_HOUSEHOLDS[: max(least - len(free), 0)], start=1):
        added = add_household(
            group=village.group,
            name=name,
            house_number=f"{200 + place}",
            size=3 + place % 3,
            income_before=Money.baht(19_000 + 700 * place),
            on=village.ago(402),
            by=village.treasurer,
        )
        free.append(done(added).number)
    return free


def _choose_the_committee_of_the_cast(village: VillageAtWork, *, kin: int, deputys: int) -> None:
    """Nine people: two of the cast, the head of a household, and the daughter of another's."""
    deputy = Membership.objects.get(group=village.group, number=deputys).person.name
    head = Membership.objects.get(group=village.group, number=kin).person.name
    daughter = f"นางสาวสายใจ  {head.last}"
    on = village.new_term_day()
    village.choose_committee(
        [
            (P.CHAIRMAN, f"นาย{spaced(cast_member('prathan').name)}"),
            (P.TREASURER, f"นาง{spaced(cast_member('herannyik').name)}"),
            (P.VICE_CHAIRMAN, deputy.full),
            *SEATS[:2],
            (P.MEMBER, daughter),
            *SEATS[2:],
        ],
        on,
    )
    done(
        add_household_member(
            group=village.group,
            number=kin,
            name=daughter,
            relation=Relation.CHILD,
            starts_on=None,
            by=village.treasurer,
        )
    )


def spaced(name: str) -> str:
    return name.replace(" ", "  ", 1)


def _tell_of_households(village: VillageAtWork, numbers: Sequence[int]) -> None:
    """Who lives in some households, and what they live on as the last survey asked."""
    year = thai_year(village.today) - 1
    members = Membership.objects.filter(group=village.group, number__in=numbers)
    for place, member in enumerate(members.select_related("person").order_by("number")):
        last = member.person.name.last
        family = [(f"นายสมคิด  {last}", Relation.CHILD)]
        if member.person.name.title == "นาย":
            family.append((f"นางบุญเรือน  {last}", Relation.SPOUSE))
        for name, relation in family:
            done(
                add_household_member(
                    group=village.group,
                    number=member.number,
                    name=name,
                    relation=relation,
                    starts_on=None,
                    by=village.treasurer,
                )
            )
        done(
            record_income(
                group=village.group,
                number=member.number,
                years_after=0,
                contract_number=None,
                amount=_grown(member.income_before or Money.baht(21_000), place),
                survey_year=year,
                basis=f"แบบสอบถาม จปฐ. ปี {year}",
                on=village.ago(401),
                by=village.treasurer,
            )
        )


def _grown(income: Money, place: int) -> Money:
    """An income asked anew: some per cent more than before, in whole tens of baht."""
    return Money.baht(income.satang * (104 + place) // 100_000 * 10)


def _lend_at_first(village: VillageAtWork, own: int, free: list[int], *, already: int) -> list[int]:
    """The new committee's first loans: the member's own if it has none, and a few more."""
    fund = village.fund
    borrowers = [] if open_loans(fund.pk, own) else [own]
    while len(borrowers) + already < 8 or len(borrowers) < 2:
        borrowers.append(free.pop(0))
    requests = []
    for member in borrowers:
        number = village.ask(member, village.affordable(6_000), 394)
        village.opine(number, 392, "ครัวเรือนมีแรงงานและที่ทำกิน โครงการพอทำได้")
        requests.append(number)
    meeting = village.meet(390, ["อนุมัติเงินยืมตามลำดับบัญชีครัวเรือนเป้าหมาย"])
    contracts = []
    for number in requests:
        village.approve(number, meeting)
        due = [village.ago(days) for days in (205, 25, -160)]
        contracts.append(village.sign(number, 388, due))
        village.hand_over(number, 386)
    return contracts


def _lend_whole(
    village: VillageAtWork,
    member: int,
    baht: int,
    days_ago: int,
    *,
    due: Sequence[int],
    stepped_out: Sequence[int] = (),
) -> int:
    """A loan from the forms to the money in hand, within two weeks; the number of the contract."""
    number = village.ask(member, village.affordable(baht), days_ago + 9)
    village.opine(number, days_ago + 6, "โครงการเหมาะกับครัวเรือน มีตลาดในตำบล")
    words = ["อนุมัติเงินยืมหนึ่งราย"]
    if stepped_out:
        words.append("กรรมการที่อยู่ในครัวเรือนผู้ยืมออกจากที่ประชุมระหว่างพิจารณา")
    meeting = village.meet(days_ago, words)
    village.approve(number, meeting, stepped_out=stepped_out)
    contract = village.sign(number, days_ago - 2, [village.ago(days) for days in due])
    village.hand_over(number, days_ago - 5)
    return contract


def _tell_of_death_and_leaving(village: VillageAtWork, died: int, moved: int) -> None:
    """One borrower has died, another household works far away; what they owe stays."""
    contracts = {c.number: c for c in Contract.objects.filter(fund=village.fund)}
    done(
        record_household_event(
            group=village.group,
            number=contracts[died].member_number or 0,
            kind=HouseholdEventKind.DEATH,
            on=village.ago(290),
            known_on=village.ago(274),
            name=contracts[died].borrower.name.full,
            words="ญาติแจ้งต่อคณะกรรมการ",
            by=village.treasurer,
        )
    )
    if moved != died:
        done(
            record_household_event(
                group=village.group,
                number=contracts[moved].member_number or 0,
                kind=HouseholdEventKind.MOVED_AWAY,
                on=village.ago(300),
                known_on=village.ago(280),
                words="ย้ายไปทำงานต่างจังหวัดทั้งครัวเรือน",
                by=village.treasurer,
            )
        )


def _receive_interest(village: VillageAtWork) -> None:
    """The bank's interest on the last day of June or December."""
    today = village.today
    days = [date(today.year, 6, 30), date(today.year - 1, 12, 31)]
    on = next(day for day in days if day <= today)
    done(
        receive_bank_interest(
            fund=village.fund,
            amount=Money(18_745),
            on=on,
            key=village.key("interest"),
            by=village.treasurer,
        )
    )


def _agree(village: VillageAtWork, contract: int) -> None:
    """A repayment agreement: what is still owed, in four parts a month apart."""
    on = village.ago(70)
    days = due_days(village.ago(40), count=4, every_months=1)
    parts: list[PlannedPart] = equal_parts(village.balance(contract), days)
    done(
        agree_on_plan(
            contract,
            fund=village.fund,
            on=on,
            parts=parts,
            words="ตกลงส่งเป็นรายเดือนหลังขายผลผลิต",
            meeting_number=None,
            by=village.chairman,
        )
    )


def _receive_lately(village: VillageAtWork, lent: Sequence[int], others: Sequence[int]) -> None:
    """By somebody else, a receipt cancelled and written anew, some households to the last baht."""
    daughter = "นางสาวอรทัย  (บุตรสาวผู้ยืม)"
    village.take([(others[0], village.part_of(others[0], 3), daughter)], 60)
    (wrong,) = village.take([(lent[1], Money.baht(300), "")], 58)
    done(
        cancel_receipt(
            wrong.number,
            fund=village.fund,
            reason="เขียนจำนวนเงินผิด ออกใบเสร็จใหม่ให้แล้ว",
            key=village.key("cancel"),
            by=village.treasurer,
        )
    )
    village.take([(lent[1], Money.baht(3_000), "")], 57)
    in_full = others[4::2][:6]  # before the day they are due
    village.take([(number, village.balance(number), "") for number in in_full], 53)


def _settle(
    village: VillageAtWork, meeting: int, *, deferred: int, admitted: int, claimed: int, lost: int
) -> None:
    """A claim partly given back, a loss partly returned, a delay and an acknowledgement."""
    fund, chairman = village.fund, village.chairman
    done(
        recognise_claim(
            fund=fund,
            source=f"loan:{claimed}",
            amount=min(Money.baht(2_000), village.part_of(claimed, 2)),
            person_name="นายอำนวย  สุขเกษม",
            words="ครัวเรือนส่งคืนผ่านผู้รับเงินคนก่อน เงินส่วนนี้ยังไม่ถึงกองทุน",
            on=village.ago(50),
            meeting_number=meeting,
            key=village.key("claim"),
            by=chairman,
        )
    )
    done(
        write_off(
            lost,
            fund=fund,
            amount=min(Money.baht(1_000), village.part_of(lost, 2)),
            words="ติดตามที่อยู่ใหม่แล้วไม่พบ ตามมติและความเห็นชอบของอำเภอ",
            on=village.ago(46),
            key=village.key("loss"),
            by=village.district,
        )
    )
    done(
        grant_deferral(
            deferred,
            fund=fund,
            ground="นาถูกน้ำท่วม รอเก็บเกี่ยวฤดูหน้า",
            starts_on=village.ago(60),
            ends_on=village.ago(-120),
            meeting_number=meeting,
            by=chairman,
        )
    )
    done(
        note_debt(
            admitted,
            DebtEventKind.ACKNOWLEDGED,
            fund=fund,
            on=village.ago(40),
            words="ผู้ยืมลงชื่อรับสภาพหนี้ต่อหน้าประธาน",
            by=chairman,
        )
    )
    done(
        recover_loss(
            lost,
            fund=fund,
            amount=Money.baht(300),
            on=village.ago(36),
            key=village.key("recovered"),
            by=village.treasurer,
        )
    )
    done(
        receive_claim(
            1,
            fund=fund,
            amount=Money.baht(800),
            on=village.ago(35),
            key=village.key("claim-back"),
            by=village.treasurer,
        )
    )


def _answer_balances(
    village: VillageAtWork, member: Reach, own_loan: int, *, confirmed: int, disputed: int
) -> None:
    """Once a year every household says whether the balance is right."""
    fund = village.fund
    done(
        answer_balance(confirmed, fund=fund, on=village.ago(15), agrees=True, by=village.treasurer)
    )
    owed = village.balance(disputed)
    done(
        answer_balance(
            disputed,
            fund=fund,
            on=village.ago(14),
            agrees=False,
            said=owed - min(Money.baht(500), owed),
            words="จำได้ว่าส่งคืนไว้อีกครั้งหนึ่ง กำลังหาใบเสร็จ",
            by=village.treasurer,
        )
    )
    done(
        answer_balance(
            own_loan, fund=fund, on=village.ago(13), agrees=True, on_paper=False, by=member
        )
    )


def _requests_on_their_way(village: VillageAtWork, free: list[int], deputys: int) -> None:
    """Waiting for its pay-out, its contract, the committee, the field worker; and a draft."""
    signed = village.ask(free.pop(0), village.affordable(8_000), 24)
    village.opine(signed, 21, "มีประสบการณ์ ทำมาแล้วสองปี")
    approved = village.ask(free.pop(0), village.affordable(6_000), 22)
    village.opine(approved, 20, "มีตลาดรับซื้อในหมู่บ้าน")
    meeting = village.meet(12, ["อนุมัติเงินยืมสองราย", "นัดทำสัญญาที่ศาลาประชาคม"])
    village.approve(signed, meeting)
    village.approve(approved, meeting)
    village.sign(signed, 6, due_days(village.ago(-180), count=4, every_months=6))
    heard = village.ask(deputys, 5_000, 9)
    village.opine(heard, 5, "เคยยืมและส่งคืนครบ โครงการต่อเนื่อง")
    village.ask(free.pop(0), 7_000, 4)
    village.draft(free.pop(0), 4_500, None)


# --- the neighbours -----------------------------------------------------------------------------


def neighbour(fund: Fund, name: str, cast: dict[str, Reach], today: date) -> VillageAtWork:
    """A village near by where seven people take office; the field worker types for them."""
    since = today - timedelta(days=365)
    chairman = appoint_neighbour(group_id=fund.pk, code=fund.code, name=name, since=since)
    village = village_of(fund, reach_of(chairman, today), cast, today)
    seats = [(P.CHAIRMAN, f"นาย{spaced(name)}"), (P.TREASURER, "นางวันเพ็ญ  สุวรรณรัตน์"), *SEATS]
    village.choose_committee(seats, village.new_term_day())
    return village


def _lent_again(village: VillageAtWork) -> str:
    """A late loan is paid off and lent again within days to the same household."""
    states = contract_states(village.fund, as_of=village.ago(80), with_names=False)
    late = [
        (state.balance.satang, state.contract.number)
        for state in states
        if state.arrears.overdue > ZERO
        and state.balance >= Money.baht(2_000)
        and state.contract.member_number is not None
        and len(open_loans(village.fund.pk, state.contract.member_number)) == 1
    ]
    if late:
        _, contract = min(late)
    else:
        (free, *_) = _free_households(village, least=1, but=0)
        contract = _lend_whole(village, free, 6_000, 340, due=(150,))
    member = Contract.objects.get(fund=village.fund, number=contract).member_number or 0
    owed = village.balance(contract)
    village.take([(contract, owed, "")], 76)
    number = village.ask(member, owed.satang // 100, 75)
    village.opine(number, 74, "ครัวเรือนขอทำโครงการเดิมต่อ")
    village.approve(number, village.meet(73, ["อนุมัติเงินยืมหนึ่งราย"]))
    village.sign(number, 73, due_days(village.ago(-290), count=2, every_months=12))
    village.hand_over(number, 72)
    return f"{village.fund.name}: เงินยืมที่ล่าช้าส่งคืนครบ แล้วให้ครัวเรือนเดิมยืมใหม่ภายในไม่กี่วัน"


def _appointed_later(village: VillageAtWork) -> str:
    """A loan was paid out; later the order is found that the chairman took office only after it."""
    free, *_ = _free_households(village, least=1, but=0)
    _lend_whole(village, free, 8_000, 105, due=(-75, -260))
    term = CommitteeTerm.objects.select_related("person").get(
        group=village.group, number=village.terms[0]
    )
    done(
        correct_term(
            group=village.group,
            number=term.number,
            set_number=term.set_number,
            name=term.person.name.full,
            position=P.CHAIRMAN,
            starts_on=village.ago(85),
            ends_on=term.ends_on,
            note="พบคำสั่งแต่งตั้งฉบับจริง วันเริ่มวาระช้ากว่าที่บันทึกไว้",
            by=village.district,
        )
    )
    return f"{village.fund.name}: จ่ายเงินยืมก่อนวันเริ่มวาระของประธานตามคำสั่งที่พบภายหลัง"


# --- groups of other kinds ----------------------------------------------------------------------


def _saving_group(
    host: VillageAtWork, cast: dict[str, Reach], kind: str, name: str, chairman: str
) -> str:
    """Another group of a village: members, shares, monthly savings, a loan with interest."""
    field_worker, today = host.field_worker, host.today
    place = host.fund.name.removeprefix("กข.คจ.").strip()
    opened = done(
        open_group_books(
            kind=kind,
            village_code=host.fund.area_code,
            village_name=place,
            name=f"{name} {place}",
            key=host.key(f"open-{kind}"),
            by=field_worker,
        )
    )
    fund = Fund.objects.select_related("group").get(pk=opened.fund.pk)
    user = appoint_neighbour(
        group_id=fund.pk, code=fund.code, name=chairman, since=today - timedelta(days=365)
    )
    group = village_of(fund, reach_of(user, today), cast, today)
    seats = [
        (P.CHAIRMAN, f"นาย{spaced(chairman)}"),
        (P.TREASURER, "นางอำไพ  จันทรัตน์"),
        (P.VICE_CHAIRMAN, "นางสาวกรรณิการ์  สุขใส"),
        (P.MEMBER, "นายสมชาย  ศรีทอง"),
        *SEATS,
    ]
    group.choose_committee(seats, months_later(today.replace(day=1), -12), years=2)
    members = _join(group)
    if kind == "village_fund":
        done(
            receive_capital(
                fund=fund,
                amount=Money.baht(1_000_000),
                on=group.ago(300),
                purse=Purse.BANK,
                giver=Giver.STATE,
                key=group.key("capital"),
                by=field_worker,
            )
        )
    _save_monthly(group, members, months=range(9, 6, -1))
    _borrow_with_interest(group, members)
    _save_monthly(group, members, months=range(6, 0, -1))
    return f"{fund.name}: สมาชิก {len(members)} ครัวเรือน หุ้น สัจจะรายเดือน และเงินกู้มีดอกเบี้ย"


def _join(group: VillageAtWork) -> list[int]:
    """Members join, each with ten shares."""
    members = []
    for place, name in enumerate(NEW_HOUSEHOLDS[:8], start=1):
        added = add_household(
            group=group.group,
            name=name,
            house_number=f"{300 + place}",
            size=2 + place % 4,
            income_before=None,
            on=group.ago(310),
            by=group.field_worker,
        )
        number = done(added).number
        done(
            buy_shares(
                fund=group.fund,
                member_number=number,
                amount=Money.baht(500),
                on=group.ago(305),
                key=group.key(f"shares-{number}"),
                by=group.field_worker,
            )
        )
        members.append(number)
    return members


def _save_monthly(group: VillageAtWork, members: Sequence[int], *, months: range) -> None:
    """The promised savings (สัจจะ), on the fifth of each month so many months back."""
    for back in months:
        on = months_later(group.today.replace(day=5), -back)
        sums = [MemberSum(number, Money.baht(100 + number % 3 * 100)) for number in members]
        done(
            receive_savings(
                sums, fund=group.fund, on=on, key=group.key(f"saved-{back}"), by=group.field_worker
            )
        )


def _borrow_with_interest(group: VillageAtWork, members: Sequence[int]) -> None:
    """One member borrows with two guarantors and sends two parts back, the second a little late."""
    number = group.ask(members[2], group.affordable(6_000), 172)
    group.approve(number, group.meet(170, ["อนุมัติเงินกู้หนึ่งราย มีผู้ค้ำประกันสองคน"]))
    due = due_days(group.ago(80), count=4, every_months=2)
    names = Membership.objects.filter(group=group.group, number__in=members[3:5])
    guarantors = tuple(member.person.name.full for member in names.select_related("person"))
    contract = group.sign(number, 168, due, guarantors=guarantors)
    group.hand_over(number, 166)
    group.take([(contract, Money.baht(1_600), "")], 82)
    group.take([(contract, Money.baht(1_700), "")], 6)
