"""Whatever a person can meet is said in Thai: refusals, reasons, kinds of account, deeds, signs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

import kongthun
from kongthun.areas import refusals as area_refusals
from kongthun.areas.refusals import AreaRefusal
from kongthun.areas.wording import refusal_in_thai as area_refusal_in_thai
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
)
from kongthun.domain.money import Money
from kongthun.domain.register_rows import Reason
from kongthun.ledger.actions import AlreadyReversed, KeyTaken, NoSuchEntry
from kongthun.ledger.charts import chart
from kongthun.ledger.verification import Fault, What
from kongthun.ledger.wording import fault_in_thai, refusal_in_thai
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
def test_every_kind_of_account_is_named_in_every_chart(code: str) -> None:
    covers(AccountKind, chart(code).words, reads_well)


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
