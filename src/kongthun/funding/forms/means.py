"""What is asked about ก4, in the order of the paper that lies beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.forms import BoundField

from kongthun.activities.forms import MOST_BYTES, SUFFIXES, kind_of_file
from kongthun.domain.journal import HappensLater, YearClosed
from kongthun.domain.money import ZERO, Money
from kongthun.domain.plan import PlannedPart
from kongthun.domain.thai_calendar import long
from kongthun.domain.thai_text import arabic_digits
from kongthun.ledger.bank import LONGEST_WORDS, Purse
from kongthun.ledger.forms import KeyedForm, book_words, day_typed
from kongthun.ledger.models import BankBook
from kongthun.ledger.refusals import (
    DocumentUnfit,
    MoreThanThere,
    NotAboveZero,
    WordsNeeded,
    WordsTooLong,
)
from kongthun.ledger.savings import DocumentOfOurs, MoreThanKept, NotAMember, NotWholeShares
from kongthun.web.answers import DayAnswer, MoneyAnswer

from .. import means_refusals as no
from ..actions.gifts import LONGEST_CONDITIONS, ReportSaid
from ..actions.tools import MOST_YEARS, ToolSaid
from ..means_refusals import MeansRefusal
from ..means_wording import means_refusal_in_thai
from ..models import SourceKind, ToolState
from ..posting import Pocket

_DOCUMENT_HELP = "เลขสั้น ๆ ไม่เกิน 8 หลัก เช่น 3/2569"
_REASON_HELP = "เขียนสั้น ๆ ให้ผู้อื่นเข้าใจภายหลัง"
_PURSES = ((Purse.CASH.value, "เงินสดในมือ"), (Purse.BANK.value, "บัญชีธนาคาร"))
_FEWEST_PARTS, _MOST_PARTS, _MORE_PARTS = 4, 60, 4
REPORTS = 3

# Beside which questions a refusal is said; the first that the form asks.
_BESIDE: dict[type, tuple[str, ...]] = {
    HappensLater: ("on",),
    YearClosed: ("on",),
    no.BeforeItWas: ("on",),
    no.BeforeTheLatest: ("on",),
    no.NothingToWear: ("on",),
    NotAboveZero: ("amount", "sold_for", "principal"),
    MoreThanThere: ("amount", "principal", "shares", "reason"),
    MoreThanKept: ("shares",),
    NotWholeShares: ("shares",),
    no.NoShares: ("shares",),
    no.MoreThanOnIt: ("shares",),
    no.FewerWithoutCertificate: ("shares",),
    no.NotAMemberThen: ("member",),
    no.ToThemselves: ("member",),
    NotAMember: ("member",),
    DocumentUnfit: ("document",),
    DocumentOfOurs: ("document",),
    WordsNeeded: ("words", "reason"),
    WordsTooLong: ("words", "reason"),
    no.MoreThanOwed: ("principal",),
    no.NoMeetingThere: ("meeting",),
    no.MoreThanWorth: ("amount",),
    no.YearsUnsaid: ("amount",),
    no.DueBackTooEarly: ("due_back_on",),
}
_UNNAMED = {"giver": "giver", "lender": "lender", "tool": "name", "keeper": "person"}


class CountAnswer(forms.CharField):
    """A whole number above zero, in either digits; empty and not required, None."""

    def __init__(self, *, most: int, **options: Any) -> None:  # noqa: ANN401
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric"}))
        super().__init__(max_length=20, **options)
        self.most = most

    def clean(self, value: Any) -> int | None:  # noqa: ANN401
        typed = arabic_digits(super().clean(value) or "").replace(",", "").strip()
        if not typed:
            return None
        is_count = typed.isascii() and typed.isdecimal()
        if not is_count or not 1 <= int(typed) <= self.most:
            raise forms.ValidationError(f"พิมพ์เป็นจำนวนเต็ม 1 ถึง {self.most:,} เช่น 10")
        return int(typed)


class RateAnswer(forms.CharField):
    """Per cent a year with at most two places, cleaned to hundredths of a per cent."""

    def clean(self, value: Any) -> int:  # noqa: ANN401
        typed = arabic_digits(super().clean(value) or "").replace("%", "").strip() or "0"
        whole, _, part = typed.partition(".")
        digits = f"{whole}{part:0<2}"
        if not (digits.isascii() and digits.isdecimal()) or len(part) > 2 or len(whole) > 2:
            raise forms.ValidationError("พิมพ์อัตราดอกเบี้ยร้อยละต่อปี เช่น 3 หรือ 6.5 ไม่มีดอกเบี้ยพิมพ์ 0")
        return int(digits)


class MeansForm(KeyedForm):
    """A day and what happened on it."""

    on = DayAnswer(label="วันที่")

    def __init__(self, *args: Any, day: date, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        if "on" in self.fields:
            self.fields["on"].initial = day_typed(day)

    def questions(self) -> list[tuple[BoundField, str]]:
        """Each question with its unit, in the order of the form."""
        units = {MoneyAnswer: "บาท", RateAnswer: "ต่อปี"}
        return [
            (bound, units.get(type(bound.field), getattr(bound.field, "unit", "")))
            for bound in self.visible_fields()
            if bound.name not in self.in_rows()
        ]

    def in_rows(self) -> frozenset[str]:
        """The questions that the page asks in a table of their own."""
        return frozenset()

    def refuse(self, refusals: Sequence[MeansRefusal]) -> None:
        """Put each refusal beside the question it is about."""
        for refusal in refusals:
            beside = _BESIDE.get(type(refusal), ())
            if isinstance(refusal, no.Unnamed):
                beside = (_UNNAMED.get(refusal.what, "person"),)
            name = next((name for name in beside if name in self.fields), None)
            self.add_error(name, means_refusal_in_thai(refusal))

    def lines(self) -> list[tuple[str, str]]:
        """What was understood, question by question, to be read back."""
        return [
            (str(bound.label), words)
            for bound in self.visible_fields()
            if bound.name not in self.in_rows()
            and (words := _as_read(bound.field, self.cleaned_data.get(bound.name)))
        ]


class _Pocketed(MeansForm):
    """Where money comes into or goes out of. Which passbook is asked only if there are several."""

    purse = forms.ChoiceField(label="เงินอยู่ที่ไหน", choices=_PURSES, widget=forms.RadioSelect)

    def __init__(self, *args: Any, books: Sequence[BankBook], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self.fields["purse"].initial = Purse.CASH.value
        if len(books) > 1:
            self.fields["bank_book"] = forms.TypedChoiceField(
                label="สมุดเงินฝาก",
                coerce=int,
                choices=[(book.number, book_words(book)) for book in books],
            )

    def pocket(self) -> Pocket:
        """The answer, as a value. The form must be valid."""
        answers = self.cleaned_data
        return Pocket(Purse(answers["purse"]), answers.get("bank_book", 1))


def _member(label: str, *, required: bool = True) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        coerce=int,
        empty_value=None,
        required=required,
        help_text="" if required else "เลือกสมาชิก หรือเขียนชื่อในช่องถัดไป",
    )


class _Members(MeansForm):
    """Asks for somebody of the list."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        members: Sequence[tuple[int, str]],
        **options: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **options)
        field = cast("forms.TypedChoiceField", self.fields["member"])
        field.choices = [("", "เลือกสมาชิก"), *members]


# --- shares ------------------------------------------------------------------------------------


def _shares(label: str, *, required: bool = True, help_text: str = "") -> CountAnswer:
    answer = CountAnswer(most=1_000_000, label=label, required=required, help_text=help_text)
    answer.unit = "หุ้น"  # type: ignore[attr-defined]
    return answer


class SellForm(_Members):
    """Shares sold for cash."""

    member = _member("ขายให้ใคร")
    shares = _shares("กี่หุ้น")
    document = forms.CharField(
        label="เลขที่ใบรับ",
        help_text="เว้นว่างไว้ ระบบจะให้เลขต่อจากใบก่อน หรือพิมพ์เลขบนเล่มที่ใช้อยู่",
        max_length=60,
        required=False,
    )


class TransferForm(_Members):
    """Shares handed on."""

    member = _member("โอนให้ใคร")
    shares = _shares("กี่หุ้น", required=False, help_text="เว้นว่างถ้าโอนทั้งใบ")


class ReturnForm(MeansForm):
    """Shares given back for cash."""

    shares = _shares("กี่หุ้น", required=False, help_text="เว้นว่างถ้าคืนทั้งใบ")


class WordsForm(MeansForm):
    """Why a certificate is replaced or ended."""

    words = forms.CharField(label="เพราะอะไร", help_text=_REASON_HELP, max_length=LONGEST_WORDS)


class IssueForm(MeansForm):
    """A certificate over shares held already."""

    shares = _shares("กี่หุ้น", required=False, help_text="เว้นว่างถ้าออกให้ครบทุกหุ้นที่ยังไม่มีใบ")
    price = MoneyAnswer(
        label="ราคาหุ้นละเท่าไร", required=False, help_text="เว้นว่างถ้าเท่ากับราคาในระเบียบวันนี้"
    )


class TakeBackForm(MeansForm):
    """Why something is taken back."""

    reason = forms.CharField(
        label="กลับรายการเพราะอะไร",
        help_text=_REASON_HELP,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        del self.fields["on"]


# --- gifts -------------------------------------------------------------------------------------


class _Given(MeansForm):
    """What is asked of every gift."""

    kind = forms.ChoiceField(
        label="ได้มาอย่างไร",
        choices=((SourceKind.GRANT.value, "หน่วยงานสนับสนุน"), (SourceKind.DONATION.value, "มีผู้บริจาค")),
        widget=forms.RadioSelect,
    )
    giver = forms.CharField(label="ใครให้", max_length=200)
    conditions = forms.CharField(
        label="เงื่อนไขของผู้ให้",
        help_text="เช่น ใช้ซื้อวัตถุดิบเท่านั้น ไม่มีเงื่อนไขเว้นว่าง",
        max_length=LONGEST_CONDITIONS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    document = forms.CharField(
        label="เลขที่หนังสือหรือใบรับ", help_text=_DOCUMENT_HELP, max_length=60, required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        for place in range(1, REPORTS + 1):
            self.fields[f"report_{place}"] = forms.CharField(
                label=f"รายงานที่ต้องส่ง ลำดับที่ {place}", max_length=200, required=False
            )
            self.fields[f"due_{place}"] = DayAnswer(label="กำหนดส่ง", required=False, help_text="")

    def clean(self) -> dict[str, Any]:
        """A report has its day, and a day its report."""
        answers = super().clean() or {}
        for place in range(1, REPORTS + 1):
            words, due = answers.get(f"report_{place}"), answers.get(f"due_{place}")
            if words and not due and f"due_{place}" not in self.errors:
                self.add_error(f"due_{place}", "ยังไม่ได้บอกวันกำหนดส่ง พิมพ์เช่น 30/9/2568")
            if due and not words:
                self.add_error(f"report_{place}", "ยังไม่ได้บอกว่ารายงานอะไร หรือลบวันที่ออก")
        return answers

    def reports(self) -> list[ReportSaid]:
        """The reports that were named. The form must be valid."""
        answers = self.cleaned_data
        return [
            ReportSaid(answers[f"report_{place}"], answers[f"due_{place}"])
            for place in range(1, REPORTS + 1)
            if answers[f"report_{place}"]
        ]

    def said(self) -> dict[str, Any]:
        """What the action is told, beside where the gift went. The form must be valid."""
        answers = self.cleaned_data
        return {
            "kind": SourceKind(answers["kind"]),
            "giver": answers["giver"],
            "amount": answers["amount"],
            "on": answers["on"],
            "key": answers["key"],
            "conditions": answers["conditions"],
            "document": answers["document"],
            "reports": self.reports(),
        }


class GiftForm(_Given, _Pocketed):
    """Money given to the group."""

    amount = MoneyAnswer(label="รับเงินเท่าไร")
    field_order = ("on", "kind", "giver", "amount", "purse", "bank_book", "conditions")


class _Tooled(MeansForm):
    """What is asked of every tool that comes."""

    name = forms.CharField(label="เครื่องมืออะไร", max_length=150)
    amount = MoneyAnswer(label="มูลค่าเท่าไร")
    useful_years = CountAnswer(
        most=MOST_YEARS,
        label="คาดว่าใช้ได้กี่ปี",
        required=False,
        help_text="ใช้คิดค่าเสื่อม เว้นว่างถ้าไม่คิด",
    )
    member = _member("ใครดูแล", required=False)
    person = forms.CharField(label="ผู้ดูแลที่ไม่ใช่สมาชิก", max_length=150, required=False)
    place = forms.CharField(label="เก็บไว้ที่ไหน", max_length=200, required=False)
    serial = forms.CharField(label="หมายเลขเครื่อง", max_length=60, required=False)

    def tool(self) -> ToolSaid:
        """The tool as a value. The form must be valid."""
        answers = self.cleaned_data
        return ToolSaid(
            name=answers["name"],
            keeper=answers["person"],
            member_number=answers["member"],
            serial=answers["serial"],
            place=answers["place"],
            useful_years=answers["useful_years"],
        )


class ToolGiftForm(_Given, _Tooled, _Members):
    """A tool given to the group."""

    field_order = (
        *("on", "kind", "giver", "name", "amount", "useful_years", "member", "person"),
        *("place", "serial", "conditions"),
    )


class ThankForm(MeansForm):
    """The day a letter of thanks went out."""


class HandInForm(MeansForm):
    """A report handed in, with a copy if there is one."""

    file = forms.FileField(
        label="สำเนารายงาน",
        required=False,
        help_text="ไม่บังคับ ภาพถ่าย (.jpg .png) หรือ .pdf ขนาดไม่เกิน 10 MB",
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
        max_length=200,
        error_messages={
            "empty": "ไฟล์นี้ว่างเปล่า ลองถ่ายภาพใหม่ แล้วส่งอีกครั้ง",
            "max_length": "ชื่อไฟล์ยาวเกินไป ตั้งชื่อให้สั้นลง แล้วส่งอีกครั้ง",
        },
    )

    def clean_file(self) -> TemporaryUploadedFile | None:
        """The file, if it is a picture or a PDF of a size that can be kept."""
        file: TemporaryUploadedFile | None = self.cleaned_data["file"]
        if not file:
            return None
        name, size = file.name or "", file.size or 0
        if size > MOST_BYTES:
            raise forms.ValidationError(f"“{name}” ใหญ่เกิน 10 MB ลองถ่ายภาพใหม่ให้เล็กลง")
        beginning = file.read(16)
        file.seek(0)
        if not name.lower().endswith(SUFFIXES) or kind_of_file(beginning) is None:
            raise forms.ValidationError(
                f"“{name}” ไม่ใช่ภาพ .jpg .png หรือไฟล์ .pdf ลองถ่ายภาพเอกสาร แล้วส่งภาพนั้น"
            )
        return file

    @property
    def path(self) -> Path | None:
        """Where the file waits to be kept, if one was handed in."""
        file: TemporaryUploadedFile | None = self.cleaned_data.get("file")
        return Path(file.temporary_file_path()) if file else None


# --- borrowings --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PartRow:
    """A row of the lender's plan, with the fields it is typed into."""

    place: int
    due_on: BoundField
    principal: BoundField
    interest: BoundField

    @property
    def errors(self) -> list[str]:
        """What is wrong in the row."""
        return [
            str(e) for each in (self.due_on, self.principal, self.interest) for e in each.errors
        ]


class BorrowForm(_Pocketed):
    """Money borrowed, and the lender's plan part by part."""

    lender = forms.CharField(label="กู้หรือยืมจากใคร", max_length=200)
    amount = MoneyAnswer(label="ได้รับเงินเท่าไร")
    rate = RateAnswer(
        label="ดอกเบี้ยร้อยละ", max_length=8, required=False, help_text="ไม่มีดอกเบี้ยเว้นว่าง"
    )
    purpose = forms.CharField(label="นำไปทำอะไร", max_length=300, required=False)
    meeting = CountAnswer(
        most=100_000, label="มติประชุมครั้งที่", required=False, help_text="ครั้งที่ประชุมซึ่งให้กู้ ถ้ามี"
    )
    document = forms.CharField(
        label="เลขที่สัญญา", help_text=_DOCUMENT_HELP, max_length=60, required=False
    )
    rows = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = ("on", "lender", "amount", "purse", "bank_book", "rate", "purpose")

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self.count = self._count()
        for place in range(1, self.count + 1):
            said = {
                "due": DayAnswer(label="กำหนดส่ง", required=False, help_text=""),
                "principal": MoneyAnswer(label="เงินต้น", required=False, least=0),
                "interest": MoneyAnswer(label="ดอกเบี้ย", required=False, least=0),
            }
            for name, field in said.items():
                field.widget.attrs |= {
                    "class": "field__input",
                    "autocomplete": "off",
                    "size": 10,
                    "aria-label": f"{field.label} งวดที่ {place}",
                }
                self.fields[f"{name}_{place}"] = field

    def _count(self) -> int:
        typed = str(self.data.get("rows") or "") if self.is_bound else ""
        count = int(typed) if typed.isascii() and typed.isdecimal() else _FEWEST_PARTS
        count += _MORE_PARTS if self.is_bound and "more" in self.data else 0
        return max(_FEWEST_PARTS, min(count, _MOST_PARTS))

    def in_rows(self) -> frozenset[str]:
        """The plan is a table of its own."""
        names = ("due", "principal", "interest")
        return frozenset(f"{name}_{n}" for name in names for n in range(1, self.count + 1))

    def part_rows(self) -> list[PartRow]:
        """The rows of the plan."""
        return [
            PartRow(n, self[f"due_{n}"], self[f"principal_{n}"], self[f"interest_{n}"])
            for n in range(1, self.count + 1)
        ]

    def clean(self) -> dict[str, Any]:
        """A part has a day. Rows left empty are passed over."""
        answers = super().clean() or {}
        for n in range(1, self.count + 1):
            has_sum = answers.get(f"principal_{n}") or answers.get(f"interest_{n}")
            if has_sum and not answers.get(f"due_{n}") and f"due_{n}" not in self.errors:
                self.add_error(f"due_{n}", f"งวดที่ {n} ยังไม่มีวันกำหนดส่ง")
        return answers

    def parts(self) -> list[PlannedPart]:
        """The plan as typed. The form must be valid."""
        answers = self.cleaned_data
        return [
            PlannedPart(
                answers[f"due_{n}"],
                answers.get(f"principal_{n}") or ZERO,
                answers.get(f"interest_{n}") or ZERO,
            )
            for n in range(1, self.count + 1)
            if answers.get(f"due_{n}")
        ]

    def lines(self) -> list[tuple[str, str]]:
        """The questions, then the plan."""
        plan = [
            (f"งวดที่ {n}", f"{day_typed(part.due_on)} {_part_words(part)}")
            for n, part in enumerate(sorted(self.parts()), start=1)
        ]
        return [*super().lines(), *plan]


def _part_words(part: PlannedPart) -> str:
    interest = f" ดอกเบี้ย {part.interest.text} บาท" if part.interest else ""
    return f"เงินต้น {part.principal.text} บาท{interest}"


class RepayForm(_Pocketed):
    """What is sent back to the lender."""

    principal = MoneyAnswer(label="ส่งคืนเงินต้นเท่าไร", least=0)
    interest = MoneyAnswer(label="ดอกเบี้ยเท่าไร", least=0, help_text="ไม่มีดอกเบี้ยพิมพ์ 0")
    document = forms.CharField(
        label="เลขที่ใบรับของผู้ให้กู้", help_text=_DOCUMENT_HELP, max_length=60, required=False
    )
    field_order = ("on", "principal", "interest", "purse", "bank_book", "document")


# --- tools -------------------------------------------------------------------------------------


class BuyToolForm(_Tooled, _Members, _Pocketed):
    """A tool bought."""

    document = forms.CharField(
        label="เลขที่ใบเสร็จ", help_text=_DOCUMENT_HELP, max_length=60, required=False
    )
    field_order = (
        *("on", "name", "amount", "purse", "bank_book", "document", "useful_years"),
        *("member", "person", "place", "serial"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self.fields["amount"].label = "ซื้อมาเท่าไร"


def _state() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="สภาพเป็นอย่างไร", choices=ToolState.choices, widget=forms.RadioSelect
    )


def _note() -> forms.CharField:
    return forms.CharField(label="บันทึกเพิ่ม", max_length=LONGEST_WORDS, required=False)


class CheckForm(MeansForm):
    """In what state a tool was found."""

    state = _state()
    repaired = forms.BooleanField(label="ซ่อมมาแล้ว", required=False)
    words = _note()


class LendForm(_Members):
    """To whom a tool is lent."""

    member = _member("ให้ใครยืม", required=False)
    person = forms.CharField(label="ผู้ยืมที่ไม่ใช่สมาชิก", max_length=150, required=False)
    due_back_on = DayAnswer(label="กำหนดคืน", required=False)
    words = _note()


class ToolBackForm(MeansForm):
    """A tool taken back."""

    state = _state()
    words = _note()


class KeeperForm(_Members):
    """A new keeper."""

    member = _member("ใครดูแลต่อ", required=False)
    person = forms.CharField(label="ผู้ดูแลที่ไม่ใช่สมาชิก", max_length=150, required=False)
    words = _note()


class WearForm(MeansForm):
    """What a tool has lost."""

    amount = MoneyAnswer(
        label="ตัดค่าเสื่อมเท่าไร", required=False, help_text="เว้นว่างให้คิดเฉลี่ยเท่ากันทุกเดือนตามจำนวนปีที่ใช้ได้"
    )


class WearAllForm(MeansForm):
    """By which day all tools are worn."""


class RetireForm(_Pocketed):
    """How a tool goes."""

    words = forms.CharField(
        label="เลิกใช้เพราะอะไร", help_text="เช่น ขายให้โรงสี หรือ พังซ่อมไม่ได้", max_length=LONGEST_WORDS
    )
    sold_for = MoneyAnswer(label="ขายได้เท่าไร", least=0, required=False, help_text="ไม่ได้ขายเว้นว่าง")
    document = forms.CharField(
        label="เลขที่ใบรับ", help_text=_DOCUMENT_HELP, max_length=60, required=False
    )
    field_order = ("on", "words", "sold_for", "purse", "bank_book", "document")


# --- reading back ------------------------------------------------------------------------------


def _as_read(field: forms.Field, value: object) -> str:
    """An answer as it was understood; empty for none."""
    if value is None or value == "" or isinstance(value, bool):
        return ""
    if isinstance(field, RateAnswer):
        return f"ร้อยละ {value // 100}.{value % 100:02} ต่อปี" if isinstance(value, int) else ""
    if isinstance(value, Money):
        return f"{value.text} บาท"
    if isinstance(value, date):
        return long(value)
    if isinstance(field, forms.ChoiceField):
        words: Mapping[str, str] = {str(k): str(v) for k, v in cast("Any", field.choices)}
        return words.get(str(value), "")
    unit = getattr(field, "unit", "")
    return f"{value:,} {unit}".strip() if isinstance(value, int) else str(value)
