"""Whatever a person can meet is said in Thai: refusals, reasons, kinds of account, deeds, signs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

import kongthun
from kongthun.accounts import reach
from kongthun.accounts.reach import NotEntitled
from kongthun.areas import refusals as area_refusals
from kongthun.areas.refusals import AreaRefusal
from kongthun.areas.wording import refusal_in_thai as area_refusal_in_thai
from kongthun.domain import authority as who
from kongthun.domain import plan as plans
from kongthun.domain.early_warning import Care, Sign
from kongthun.domain.fund_position import POSITION_FIELDS
from kongthun.domain.journal import (
    AccountKind,
    Deed,
    EmptyLine,
    EntryRefusal,
    HappensLater,
    KeyTwice,
    OutOfBalance,
    TooFewLines,
    TooLarge,
    UnknownAccountKind,
    YearClosed,
)
from kongthun.domain.money import Money
from kongthun.domain.register_rows import Reason
from kongthun.domain.rule_set import LIMITS, Limit
from kongthun.ledger.actions import AlreadyReversed, KeyTaken, NoSuchEntry
from kongthun.ledger.charts import chart
from kongthun.ledger.verification import Fault, What
from kongthun.ledger.wording import fault_in_thai, refusal_in_thai
from kongthun.loans import refusals as no
from kongthun.loans.models import DebtEventKind, Stage
from kongthun.loans.wording import refusal_in_thai as lending_refusal_in_thai
from kongthun.registers.reading import Trouble
from kongthun.registers.wording import advice_in_thai, reason_in_thai, trouble_in_thai
from kongthun.reports import wording as reports_wording
from kongthun.reports.definitions import DEFINITIONS
from kongthun.web import wording as web_wording

SOURCE = Path(kongthun.__file__).parent
THAI = re.compile("[ก-๙]")
DAY = date(2026, 11, 22)

REFUSALS = [
    OutOfBalance(Money(1)),
    TooFewLines(1),
    EmptyLine("cash"),
    UnknownAccountKind("gold"),
    TooLarge("cash", Money(2**53)),
    KeyTwice("key"),
    HappensLater(DAY, DAY),
    YearClosed(DAY, DAY),
    KeyTaken("key", 7),
    AlreadyReversed(7, 8),
    NoSuchEntry(7),
]


def reads_well(words: str) -> None:
    """Thai, whole, and in the voice of the house."""
    assert THAI.search(words), words
    said = words.replace("#REF!", "")  # what the sheet itself shows
    assert not re.search(r"[!{}<>]|None|Traceback", said), words
    assert words == words.strip()
    assert "  " not in words


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda r: type(r).__name__)
def test_every_refusal_of_the_books_has_words(refusal: Any) -> None:  # noqa: ANN401
    reads_well(refusal_in_thai(refusal))


def test_no_refusal_of_the_books_is_forgotten_here() -> None:
    kinds = {*get_args(EntryRefusal), KeyTaken, AlreadyReversed, NoSuchEntry}
    assert {type(refusal) for refusal in REFUSALS} == kinds


def test_a_refusal_without_words_is_an_error_and_no_empty_page() -> None:
    with pytest.raises(NotImplementedError):
        refusal_in_thai(object())  # type: ignore[arg-type]


def test_every_refusal_of_areas_has_words() -> None:
    kinds = [
        kind
        for kind in vars(area_refusals).values()
        if isinstance(kind, type) and issubclass(kind, AreaRefusal) and kind is not AreaRefusal
    ]
    assert len(kinds) >= 8
    given: dict[str, Any] = {"code": "80160101", "longest": 60}
    for kind in kinds:
        fields = {
            name: given.get(name, DAY)
            for name in kind.__dataclass_fields__  # type: ignore[attr-defined]
        }
        reads_well(area_refusal_in_thai(kind(**fields)))


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_to_set_a_row_aside_says_what_is_wrong_and_what_helps(reason: Reason) -> None:
    reads_well(reason_in_thai(reason))
    reads_well(advice_in_thai(reason))


@pytest.mark.parametrize("trouble", get_args(Trouble))
def test_every_trouble_with_a_file_has_words(trouble: str) -> None:
    reads_well(trouble_in_thai(trouble, "80160101"))


@pytest.mark.parametrize("what", get_args(What))
def test_every_fault_of_the_books_has_words(what: str) -> None:
    fault = Fault(
        "80160101",
        what,
        7,
        name="bank",
        stored=Money(1),
        found=Money(2),  # type: ignore[arg-type]
    )
    reads_well(fault_in_thai(fault))


def covers(named: Iterable[object], words: dict[Any, str], read: Callable[[str], None]) -> None:
    """Every name has words, and no words are left over for a name that is gone."""
    assert {str(name) for name in words} == {str(name) for name in named}
    for said in words.values():
        read(said)


def test_every_deed_has_words() -> None:
    covers(Deed, reports_wording.DEEDS, reads_well)
    assert set(reports_wording.WHY_UNEXPLAINED) <= set(Deed)


@pytest.mark.parametrize(
    "code", sorted(file.stem for file in (SOURCE / "ledger/charts").glob("*.toml"))
)
def test_a_chart_names_only_kinds_of_account_that_there_are(code: str) -> None:
    """A fund may do without shares or goods; it does not do without what every fund has."""
    words = chart(code).words
    K = AccountKind  # noqa: N806 (read as a table)
    every = {K.BANK, K.CASH, K.CLAIM, K.LOSS, K.UNEXPLAINED, K.CAPITAL, K.HELD}
    assert every | {K.INTEREST, K.INCOME, K.EXPENSE} <= {*words}
    assert set(words) <= set(AccountKind)
    assert chart(code).kinds == set(words)
    for said in words.values():
        reads_well(said)


def test_shares_and_savings_are_kept_somewhere() -> None:
    codes = [file.stem for file in (SOURCE / "ledger/charts").glob("*.toml")]
    assert set(AccountKind) == {kind for code in codes for kind in chart(code).words}


# --- lending ------------------------------------------------------------------------------------

LIMIT = Limit("open_loans_per_household", 1, "ข้อ 16", "แบบฟอร์ม", is_checked=False)
BAHT = Money.baht(1_000)
PLAN_FAULTS: list[plans.PlanFault] = [
    plans.NoParts(),
    plans.TooManyParts(7, 6),
    plans.PartOfNothing(2),
    plans.PartBeforePayOut(1, DAY),
    plans.PartTwiceOnOneDay(DAY),
    plans.EndsTooLate(DAY, DAY),
    plans.DoesNotAddUp(BAHT),
    plans.DoesNotAddUp(-BAHT),
]
AUTHORITY: list[who.AuthorityRefusal] = [
    who.NobodyInOffice(DAY),
    who.NoQuorum(3, 4, 7),
    who.TooFewRemain(3, 4, 7),
    who.TermNotInForce(1, "ประธาน", DAY),
    who.TermNotInForce(99, "", DAY),
    who.OwnHousehold(1, "ประธาน"),
    who.RecorderDecides(7),
    who.PayerNotChairman("เหรัญญิก"),
    who.PayerNotChairman(""),
    who.WitnessesMissing(1, 2),
    who.WitnessTwice("นายพยาน หนึ่ง"),
    who.WitnessIsParty("นายพยาน หนึ่ง"),
    who.SignersMissing(1, 2),
    who.NotDecided(DAY),
]
# What a reason or a thing in the way may be called; each has words of its own.
REASONS = sorted(
    {
        *("opinion", "refusal", "other_sum", "take_back", "cancel_receipt", "deferral"),
        *("in_breach", "breach_lifted", "heir_named", "claim_filed"),
        *("dispute", "settle_dispute", "claim", "write_off"),
    }
)
LENDING: list[no.AnyRefusal] = [
    no.InFuture(DAY, DAY),
    no.BeforeStepBefore(DAY, DAY),
    *(no.OutOfTurn(stage) for stage in ["", *Stage.values]),
    no.NotOnList(7, LIMIT),
    no.NothingAsked(),
    no.ItemsDoNotAddUp(BAHT, Money.baht(900)),
    no.TooMuch(BAHT, replace(LIMIT, name="largest_loan", value=500_00)),
    no.LoanStillOpen(("1/2566", "2/2566"), BAHT, LIMIT),
    no.RequestStillOpen(7),
    no.NotEnoughMoney(BAHT, Money.baht(10), Money(0)),
    *(
        no.AccountTooSmall(account, BAHT, Money(0))
        for account in ["cash", "bank:1", "loan:7", "loss:7", "claim:1", "unexplained", "held:1"]
    ),
    *(no.ReasonNeeded(what) for what in REASONS),
    no.DecidedNothing(),
    no.NoSuchMeeting(None),
    no.MeetingBeforeRequest(DAY, DAY),
    no.TooFewGuarantors(1, replace(LIMIT, name="guarantors", value=2)),
    *(no.AgainstPlan(fault) for fault in PLAN_FAULTS),
    *(no.AgainstPlan(fault, LIMIT) for fault in PLAN_FAULTS),
    no.NoSuchContract(7),
    no.PaidBeforeLent(DAY, DAY),
    no.NothingOwed("1/2566"),
    no.PaidTooMuch(BAHT, Money.baht(900), Money.baht(100)),
    no.NotAboveZero(),
    no.ReceiverNotInOffice(None, DAY),
    no.NoSuchReceipt(7),
    no.ReceiptCancelled(7),
    no.StandsOnIt("contract"),
    no.NotYours(),
    no.NothingToTakeBack(),
    no.DeferredTooLong(14, replace(LIMIT, name="deferral_months", value=12)),
    no.EndsBeforeItStarts(DAY, DAY),
    *(
        no.NotTheirWord(replace(LIMIT, name="write_off_by", value=whose))
        for whose in LIMITS["write_off_by"][1]
    ),
    no.MoreThanOwed(BAHT, Money.baht(900)),
    no.NoSuchRecord(7),
]


@pytest.mark.parametrize(
    "refusal",
    [*LENDING, *AUTHORITY, *REFUSALS, *(NotEntitled(deed, DAY) for deed in reach.Deed)],
    ids=lambda refusal: type(refusal).__name__,
)
def test_every_refusal_of_lending_has_words(refusal: Any) -> None:  # noqa: ANN401
    reads_well(lending_refusal_in_thai(refusal))


def test_no_refusal_of_lending_is_forgotten_here() -> None:
    assert {type(refusal) for refusal in LENDING} == set(get_args(no.Refusal))
    assert {type(refusal) for refusal in AUTHORITY} == set(get_args(who.AuthorityRefusal))
    assert {type(fault) for fault in PLAN_FAULTS} == set(get_args(plans.PlanFault))
    told = {NotEntitled, *get_args(no.Refusal), *get_args(who.AuthorityRefusal)}
    assert set(get_args(no.AnyRefusal)) == told | {type(refusal) for refusal in REFUSALS}


def test_every_refusal_written_down_for_lending_is_among_its_refusals() -> None:
    written = {
        kind
        for kind in vars(no).values()
        if isinstance(kind, type) and kind.__module__ == no.__name__ and kind is not no.NotDone
    }
    assert written == set(get_args(no.Refusal))


def test_every_reason_that_lending_asks_for_has_words() -> None:
    asked = set()
    for file in (SOURCE / "loans/actions").glob("*.py"):
        text = file.read_text(encoding="utf-8")
        asked |= set(re.findall(r'ReasonNeeded\("(\w+)"\)', text))
    told = {kind.value for kind in DebtEventKind} & set(REASONS)  # by the kind of what is noted
    assert asked | told == set(REASONS)


def test_a_limit_that_was_not_held_against_the_text_says_so() -> None:
    said = lending_refusal_in_thai(no.NotOnList(7, LIMIT))
    assert "(ข้อ 16 ยังไม่ได้ตรวจกับตัวบท)" in said
    checked = replace(LIMIT, is_checked=True)
    assert "ตรวจกับตัวบท" not in lending_refusal_in_thai(no.NotOnList(7, checked))


def test_a_refusal_that_lending_does_not_know_is_an_error() -> None:
    with pytest.raises(NotImplementedError):
        lending_refusal_in_thai(object())  # type: ignore[arg-type]


def test_every_sum_of_a_position_has_words_and_a_definition() -> None:
    covers(POSITION_FIELDS, reports_wording.PLACES, reads_well)
    assert set(POSITION_FIELDS) <= set(DEFINITIONS)
    for slug, definition in DEFINITIONS.items():
        assert slug == definition.slug
        for words in (definition.name, definition.meaning, definition.formula, definition.source):
            reads_well(words)


def test_every_sign_and_every_care_has_words() -> None:
    covers(Sign, reports_wording.SIGNS, reads_well)
    assert set(reports_wording.CARE_WORDS) == set(reports_wording.CARE_STATES) == set(Care)


def test_a_figure_on_a_page_asks_for_a_definition_that_exists() -> None:
    asked = set()
    for template in SOURCE.glob("*/templates/**/*.html"):
        if template.name != "style.html":
            text = template.read_text(encoding="utf-8")
            asked |= set(re.findall(r"\{% figure [^%]*\"([a-z_]+)\"(?: unit=[^%]*)? ?%\}", text))
            asked |= set(re.findall(r"reports:definition' '([a-z_]+)'", text))
    assert "overdue" in asked
    assert asked <= set(DEFINITIONS)


def test_pages_that_say_no_say_all_five_things() -> None:
    refusals = [
        refusal
        for refusal in vars(web_wording).values()
        if isinstance(refusal, web_wording.Refusal)
    ]
    assert len(refusals) >= 6
    for refusal in refusals:
        for part in (refusal.title, refusal.happened, refusal.safe, refusal.do, refusal.who):
            reads_well(part)
