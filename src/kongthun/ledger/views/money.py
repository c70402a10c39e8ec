"""The desk of cash and bank: what is there, and recording what moved it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed, Reach
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.domain.money import Money, in_words, total
from kongthun.domain.rule_set import RuleSet
from kongthun.domain.thai_calendar import long
from kongthun.groups.queries.committee import in_force_terms, standing_terms
from kongthun.groups.queries.rules import rules_of

from ..bank import (
    CASH,
    DESK_DEEDS,
    Counted,
    Giver,
    Purse,
    Recorded,
    bank_account,
    count_cash,
    deposit_cash,
    latest_count,
    pay_bank_fee,
    pay_expense,
    receive_bank_interest,
    receive_capital,
    receive_income,
    take_back,
    withdraw_cash,
)
from ..forms import (
    CapitalForm,
    CostForm,
    CountForm,
    DepositForm,
    DeskForm,
    IncomeForm,
    InterestForm,
    TakeBackForm,
    WithdrawalForm,
    day_typed,
    term_words,
)
from ..models import Entry, Fund
from ..queries import MoneyEntry, balance_of, latest_money_entries, whole_entries
from ..refusals import NotDone
from .asking import (
    books_of,
    fund_to_read,
    fund_to_write,
    may_write,
    say_on,
    shows_names,
)

LATEST = 8

Outcome = Recorded | Counted | NotDone
Answers = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Door:
    """Something the desk records: its words, its questions, its action, and what is read back."""

    title: str
    lead: str
    form: type[DeskForm]
    act: Callable[[Fund, Answers, Reach], Outcome]
    say: Callable[[Answers, Outcome], str]


@scoped(Deed.SEE_FUND)
@require_safe
def money(request: ScopedRequest, code: str) -> HttpResponse:
    """Cash in hand, money in the bank, what is there to lend; and the latest movements."""
    fund = fund_to_read(request, code)
    books = [(book, balance_of(fund.pk, bank_account(book.number))) for book in books_of(fund)]
    cash = balance_of(fund.pk, CASH)
    in_bank = total(balance for _, balance in books)
    entries = latest_money_entries(fund.pk, count=LATEST)
    context = {
        "fund": fund,
        "code": code,
        "cash": cash,
        "in_bank": in_bank,
        "available": cash + in_bank,
        "books": books,
        "entries": [(entry, _may_be_taken_back(entry)) for entry in entries],
        "has_doors": any(_may_be_taken_back(entry) for entry in entries),
        "counted": latest_count(fund),
        "may_write": may_write(request, fund),
        "today": timezone.localdate(),
    }
    return render(request, "ledger/money.html", context)


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: ScopedRequest, code: str, what: str) -> HttpResponse:
    """Ask, read back in words what will be recorded, and record it when it is said to be so."""
    fund = fund_to_write(request, code)
    door = DOORS[what]
    form = _form_of(door, request, fund)
    if request.method == "POST" and "edit" not in request.POST and form.is_valid():
        answers = form.cleaned_data
        if "confirmed" in request.POST:
            outcome = door.act(fund, answers, request.reach)
            if not isinstance(outcome, NotDone):
                messages.success(request, f"บันทึกแล้ว {door.say(answers, outcome)}")
                return redirect("ledger:money", code=code)
        else:
            outcome, after = _rehearsed(fund, lambda: door.act(fund, answers, request.reach))
            if not isinstance(outcome, NotDone):
                context = _head(fund, door) | {
                    "form": form,
                    "sentence": door.say(answers, outcome),
                    "lines": _read_back(answers, request, fund),
                    "after": after,
                }
                return render(request, "ledger/read_back.html", context)
        say_on(form, outcome.refusals)
    status = 422 if form.errors and "edit" not in request.POST else 200
    return render(request, "ledger/record.html", _head(fund, door) | {"form": form}, status=status)


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back_entry(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Show an entry of this desk again, ask why, and take it back."""
    fund = fund_to_write(request, code)
    entry = Entry.objects.filter(fund=fund, number=number).first()
    if entry is None:
        raise Http404
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = take_back(
            number,
            fund=fund,
            reason=form.cleaned_data["reason"],
            key=form.cleaned_data["key"],
            by=request.reach,
        )
        if not isinstance(outcome, NotDone):
            messages.success(request, f"กลับรายการที่ {number} แล้ว รายการเดิมยังเปิดอ่านได้เสมอ")
            return redirect("ledger:money", code=code)
        say_on(form, outcome.refusals)
    whole = whole_entries(fund.pk, [number])[number]
    moved = [
        (account, Money(satang))
        for account, satang in whole.lines
        if account == CASH or account.startswith("bank:")
    ]
    context = {"fund": fund, "code": code, "entry": entry, "moved": moved, "form": form}
    return render(request, "ledger/take_back.html", context, status=422 if form.errors else 200)


# --- what each door asks of its action, and how it is read back -------------------------------


def _deposit(fund: Fund, answers: Answers, by: Reach) -> Outcome:
    return deposit_cash(
        fund=fund, slip=answers["document"], by=by, **_taken(answers, "on", "amount", "key")
    )


def _withdraw(fund: Fund, answers: Answers, by: Reach) -> Outcome:
    return withdraw_cash(
        fund=fund, by=by, **_taken(answers, "on", "amount", "key", "document", "signers")
    )


def _interest(fund: Fund, answers: Answers, by: Reach) -> Outcome:
    return receive_bank_interest(
        fund=fund, by=by, **_taken(answers, "on", "amount", "key", "document")
    )


def _cost(fund: Fund, answers: Answers, by: Reach) -> Outcome:
    taken = _taken(answers, "on", "amount", "key", "document", "words")
    if answers["cost"] == "fee":
        return pay_bank_fee(fund=fund, by=by, **taken)
    return pay_expense(fund=fund, by=by, purse=Purse(answers["cost"]), **taken)


def _income(fund: Fund, answers: Answers, by: Reach) -> Outcome:
    return receive_income(
        fund=fund,
        by=by,
        purse=Purse(answers["purse"]),
        **_taken(answers, "on", "amount", "key", "document", "words"),
    )


def _capital(fund: Fund, answers: Answers, by: Reach) -> Outcome:
    return receive_capital(
        fund=fund,
        by=by,
        purse=Purse(answers["purse"]),
        giver=Giver(answers["giver"]),
        **_taken(answers, "on", "amount", "key", "document"),
    )


def _count(fund: Fund, answers: Answers, by: Reach) -> Outcome:
    return count_cash(
        fund=fund,
        by=by,
        counted=answers["counted"],
        on=answers["on"],
        key=answers["key"],
        note=answers["note"],
    )


def _taken(answers: Answers, *names: str) -> Answers:
    """These answers as the action calls them, with the passbook if it was asked."""
    kept = {name: answers[name] for name in names}
    return kept | {"bank_book": answers["bank_book"]} if "bank_book" in answers else kept


def _say_count(answers: Answers, outcome: Outcome) -> str:
    counted = f"นับเงินสดได้ {answers['counted'].text} บาท เมื่อสิ้นวันที่ {long(answers['on'])}"
    if not isinstance(outcome, Counted) or not outcome.difference:
        return f"{counted} ตรงกับสมุดบัญชี"
    more = "มากกว่า" if outcome.difference > Money(0) else "น้อยกว่า"
    return f"{counted} {more}สมุดบัญชี {abs(outcome.difference).text} บาท ส่วนต่างพักไว้เป็นเงินที่ยังอธิบายไม่ได้"


def _say(words: str) -> Callable[[Answers, Outcome], str]:
    return lambda answers, _: words.format(sum=answers["amount"].text, on=long(answers["on"]))


def _say_cost(answers: Answers, outcome: Outcome) -> str:
    words = {
        "fee": "ธนาคารหักค่าธรรมเนียม {sum} บาท จากบัญชี วันที่ {on}",
        "cash": "จ่ายค่าใช้จ่าย {sum} บาท จากเงินสดในมือ วันที่ {on}",
        "bank": "จ่ายค่าใช้จ่าย {sum} บาท จากบัญชีธนาคาร วันที่ {on}",
    }
    return _say(words[answers["cost"]])(answers, outcome)


def _say_into(words: str) -> Callable[[Answers, Outcome], str]:
    purses = {Purse.CASH: "เป็นเงินสดในมือ", Purse.BANK: "เข้าบัญชีธนาคาร"}
    return lambda answers, outcome: _say(f"{words} {purses[Purse(answers['purse'])]} วันที่ {{on}}")(
        answers, outcome
    )


DOORS = {
    "deposit": Door(
        "นำฝาก",
        "นำเงินสดในมือฝากเข้าธนาคาร",
        DepositForm,
        _deposit,
        _say("นำเงินสด {sum} บาท ฝากเข้าธนาคาร วันที่ {on}"),
    ),
    "withdraw": Door(
        "ถอน",
        "ถอนเงินจากธนาคารมาเป็นเงินสดในมือ",
        WithdrawalForm,
        _withdraw,
        _say("ถอนเงิน {sum} บาท จากธนาคารเป็นเงินสด วันที่ {on}"),
    ),
    "interest": Door(
        "ดอกเบี้ย",
        "ดอกเบี้ยที่ธนาคารลงให้ในสมุดเงินฝาก เก็บแยกจากเงินทุน",
        InterestForm,
        _interest,
        _say("ธนาคารให้ดอกเบี้ย {sum} บาท วันที่ {on}"),
    ),
    "cost": Door(
        "ค่าธรรมเนียมและค่าใช้จ่าย",
        "เงินที่ธนาคารหัก หรือที่กองทุนจ่ายไป",
        CostForm,
        _cost,
        _say_cost,
    ),
    "income": Door(
        "รายได้อื่น",
        "เงินที่กองทุนได้รับ นอกจากดอกเบี้ยเงินฝากและเงินที่ส่งคืน",
        IncomeForm,
        _income,
        _say_into("รับรายได้อื่น {sum} บาท"),
    ),
    "capital": Door(
        "รับเงินทุน",
        "เงินที่รัฐ สมาชิก หรือผู้บริจาคให้กองทุนไว้ให้ยืม",
        CapitalForm,
        _capital,
        _say_into("รับเงินทุน {sum} บาท"),
    ),
    "count": Door(
        "นับเงินสด",
        "นับเงินสดในมือเมื่อสิ้นวัน แล้วเทียบกับสมุดบัญชี",
        CountForm,
        _count,
        _say_count,
    ),
}


# --- below the line ---------------------------------------------------------------------------


def _form_of(door: Door, request: ScopedRequest, fund: Fund) -> DeskForm:
    """The form of a door; a link may bring day, sum and document along."""
    today = timezone.localdate()
    asked = {name: request.GET[name] for name in ("on", "amount", "document", "cost", "bank_book")
             if name in request.GET}  # fmt: skip
    options: dict[str, Any] = {
        "books": books_of(fund),
        "initial": {"on": day_typed(today)} | asked,
    }
    if door.form is WithdrawalForm:
        options |= _signer_options(request, fund, today)
    return door.form(request.POST or None, **options)


def _signer_options(request: ScopedRequest, fund: Fund, today: date) -> dict[str, Any]:
    def rules_on(day: date) -> RuleSet:
        return rules_of(group_id=fund.pk, kind=fund.group.kind, area_code=fund.area_code, day=day)

    def in_office(day: date) -> set[int]:
        years = rules_on(day)["committee_years"].count
        return {term.number for term in in_force_terms(fund.pk, day, years=years)}

    return {
        "terms": list(standing_terms(fund.pk)),
        "in_office": in_office,
        "with_names": shows_names(request, fund),
        "needed": rules_on(today)["withdrawal_signers"].count,
        "today": today,
    }


def _rehearsed(fund: Fund, act: Callable[[], Outcome]) -> tuple[Outcome, dict[str, Money]]:
    """What would come of it, and what would be in hand and in the bank; nothing is kept."""
    with transaction.atomic():
        outcome = act()
        banks = [balance_of(fund.pk, bank_account(book.number)) for book in books_of(fund)]
        after = {"cash": balance_of(fund.pk, CASH), "bank": total(banks)}
        transaction.set_rollback(True)
    return outcome, after


def _read_back(answers: Answers, request: ScopedRequest, fund: Fund) -> list[tuple[str, str]]:
    """What was understood, line by line, in the words of the slip."""
    sum_: Money = answers.get("amount") or answers.get("counted") or Money(0)
    lines = [("จำนวนเงิน", f"{sum_.text} บาท"), ("ตัวอักษร", in_words(sum_))]
    if answers.get("document"):
        lines.append(("เลขที่เอกสาร", answers["document"]))
    if answers.get("signers"):
        named = {term.number: term for term in standing_terms(fund.pk)}
        with_names = shows_names(request, fund)
        lines.append(
            (
                "ผู้ลงนาม",
                " และ ".join(
                    term_words(named[number], with_names=with_names)
                    for number in answers["signers"]
                ),
            )
        )
    words = answers.get("words") or answers.get("note")
    if words:
        lines.append(("บันทึกไว้ว่า", words))
    return lines


def _head(fund: Fund, door: Door) -> dict[str, Any]:
    return {"fund": fund, "code": fund.code, "door": door}


def _may_be_taken_back(entry: MoneyEntry) -> bool:
    is_ours = entry.deed in DESK_DEEDS and not entry.source
    return is_ours and entry.reverses is None and not entry.is_taken_back
