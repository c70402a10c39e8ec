"""What is asked about debts that need care, a form a paper; each can say back what it will write.

``told`` is what a person reads before anything is written: the deed in words, sums in words beside
the figures, days in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.forms import BoundField
from django.http import QueryDict

from kongthun.activities.forms import MOST_BYTES, SUFFIXES, kind_of_file
from kongthun.activities.models import Meeting
from kongthun.domain.money import Money, in_words, total
from kongthun.domain.plan import PlannedPart, months_between
from kongthun.domain.rule_set import LIMITS as ALL_LIMITS
from kongthun.domain.rule_set import BadValue, Limit, RuleSet, read_value
from kongthun.domain.thai_calendar import long
from kongthun.groups.wording import CHOICES, LIMITS, YES_NO, as_typed, unit_of
from kongthun.web.answers import DayAnswer, MoneyAnswer

from ..models import DebtEventKind
from ..refusals import (
    AccountTooSmall,
    DeferredTooLong,
    EndsBeforeItStarts,
    InFuture,
    MoreThanOwed,
    NotAboveZero,
    NotDone,
    ReasonNeeded,
)
from ..wording import refusal_in_thai
from . import RefusableForm

LONGEST_WORDS = 300
LONGEST_NAME = 200
PARTS_AT_FIRST = 6
MOST_PARTS = 60
_NO_MEETING = "ไม่ได้ใช้มติที่ประชุม หรือยังไม่ได้บันทึกการประชุม"
_TOO_LONG = {"max_length": "ยาวเกิน %(limit_value)s ตัวอักษร ย่อให้สั้นลง"}

Told = list[tuple[str, str]]


def _words(label: str, help_text: str = "", *, longest: int = LONGEST_WORDS) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=_TOO_LONG,
    )


def baht(amount: Money) -> str:
    """A sum in figures and in words, as papers have it."""
    return f"{amount.text} บาท ({in_words(amount)})"


class CareForm(RefusableForm):
    """A form about a debt that reads itself back."""

    @property
    def questions(self) -> list[tuple[BoundField, str]]:
        """The questions one a line, each with the unit of its answer."""
        return [
            (bound, "บาท" if isinstance(bound.field, MoneyAnswer) else "")
            for bound in self.visible_fields()
            if bound.name not in self.apart
        ]

    # Questions that a page lays out by itself.
    apart: frozenset[str] = frozenset()

    def told(self) -> Told:
        """What will be written, line by line."""
        raise NotImplementedError

    def _add_meeting(self, meetings: Iterable[Meeting]) -> None:
        choices = [("", _NO_MEETING)]
        choices += [(str(each.number), meeting_words(each)) for each in meetings]
        self._offered = dict(choices)
        self.fields["meeting"] = forms.ChoiceField(
            label="ตามมติที่ประชุม",
            choices=choices,
            required=False,
            error_messages={"invalid_choice": "เลือกการประชุมจากรายการ"},
        )

    @property
    def meeting_number(self) -> int | None:
        """The meeting it stands on, if one was chosen."""
        chosen = self.cleaned_data.get("meeting") or ""
        return int(chosen) if chosen else None

    def _meeting_told(self) -> Told:
        if self.meeting_number is None:
            return []
        return [("ตามมติ", self._offered[str(self.meeting_number)])]


def meeting_words(meeting: Meeting) -> str:
    """A meeting as a form offers it."""
    return f"{meeting.get_kind_display()} ครั้งที่ {meeting.number} เมื่อ {long(meeting.held_on)}"


class DeferralForm(CareForm):
    """ผ่อนผัน: from a day to a day, and why."""

    speaks_at = {
        ReasonNeeded: "ground",
        EndsBeforeItStarts: "ends_on",
        DeferredTooLong: "ends_on",
        InFuture: "starts_on",
    }
    judged_later = ("ground",)

    ground = _words("เหตุที่ผ่อนผัน", "เช่น น้ำท่วมนา เจ็บป่วย ผลผลิตเสียหาย")
    starts_on = DayAnswer(label="ผ่อนผันตั้งแต่วันที่")
    ends_on = DayAnswer(label="ถึงวันที่", help_text="วันสุดท้ายของการผ่อนผัน วันถัดไปนับตามแผนเดิม")

    def __init__(self, meetings: Iterable[Meeting], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self._add_meeting(meetings)

    def told(self) -> Told:
        """The delay in words; what is owed stays what it is."""
        starts, ends = self.cleaned_data["starts_on"], self.cleaned_data["ends_on"]
        months = months_between(starts, ends)
        spell = f" (ครบ {months} เดือน)" if months else ""
        return [
            ("ผ่อนผัน", f"ตั้งแต่ {long(starts)} ถึง {long(ends)}{spell}"),
            ("เหตุ", self.cleaned_data["ground"]),
            *self._meeting_told(),
            ("ยอดที่ค้าง", "ไม่เปลี่ยน แผนส่งคืนเดิมยังอยู่ ยอดเกินกำหนดแสดงทั้งแบบนับและไม่นับการผ่อนผัน"),
        ]


@dataclass(frozen=True, slots=True)
class PartLine:
    """A line of the agreement: by when, how much."""

    number: int
    due_on: BoundField
    amount: BoundField


class AgreementForm(CareForm):
    """ข้อตกลงส่งคืน: when, in which parts, on which words."""

    speaks_at = {InFuture: "on"}

    on = DayAnswer(label="ตกลงกันเมื่อวันที่")

    def __init__(
        self,
        meetings: Iterable[Meeting],
        owed: Money,
        data: QueryDict | None = None,
        *,
        proposed: Sequence[PlannedPart] = (),
        on: date | None = None,
    ) -> None:
        initial: dict[str, Any] = {"on": on}
        lines = max(PARTS_AT_FIRST, len(proposed) + 2)
        if data is not None:
            sent = data.get("lines", "")
            is_count = sent.isascii() and sent.isdecimal() and len(sent) < 4
            lines = min(max(int(sent), 1), MOST_PARTS) if is_count else PARTS_AT_FIRST
        for place, part in enumerate(proposed, start=1):
            initial |= {f"due_{place}": part.due_on, f"part_{place}": part.principal}
        super().__init__(data, initial=initial)
        self.owed = owed
        self.line_count = lines
        for place in self._places:
            self.fields[f"due_{place}"] = DayAnswer(
                label=f"งวดที่ {place} ภายในวันที่", required=False, help_text=""
            )
            self.fields[f"part_{place}"] = MoneyAnswer(label="จำนวนเงิน", required=False)
        self.judged_later = tuple(
            f"{what}_{place}" for place in self._places for what in ("due", "part")
        )
        self.apart = frozenset(self.judged_later)
        self.fields["words"] = _words("ข้อตกลงอื่น", "เช่น ให้บุตรช่วยส่งคืน ส่งเป็นผลผลิตแล้วขาย")
        self.fields["words"].required = False
        self._add_meeting(meetings)

    @property
    def _places(self) -> range:
        return range(1, self.line_count + 1)

    def clean(self) -> dict[str, Any]:
        """Say of a line that is half written what is missing."""
        for place in self._places:
            due_on = self.cleaned_data.get(f"due_{place}")
            amount = self.cleaned_data.get(f"part_{place}")
            if due_on and not amount and f"part_{place}" not in self.errors:
                self.add_error(f"part_{place}", "งวดนี้ยังไม่มีจำนวนเงิน ใส่จำนวนเงินหรือลบวันออก")
            if amount and not due_on and f"due_{place}" not in self.errors:
                self.add_error(f"due_{place}", "งวดนี้ยังไม่มีวัน ใส่วันหรือลบจำนวนเงินออก")
        return self.cleaned_data

    @property
    def lines(self) -> list[PartLine]:
        """The parts, a line each."""
        return [PartLine(p, self[f"due_{p}"], self[f"part_{p}"]) for p in self._places]

    @property
    def parts(self) -> list[PlannedPart]:
        """The parts that were written."""
        said = self.cleaned_data
        return [
            PlannedPart(said[f"due_{place}"], said[f"part_{place}"])
            for place in self._places
            if said[f"due_{place}"] and said[f"part_{place}"]
        ]

    def told(self) -> Told:
        """Every part, what they make together, and that the old plan stays."""
        parts = sorted(self.parts)
        together = total(part.principal for part in parts)
        words = self.cleaned_data["words"]
        return [
            ("ตกลงกันเมื่อ", long(self.cleaned_data["on"])),
            *(
                (f"งวดที่ {place}", f"{baht(part.principal)} ภายใน {long(part.due_on)}")
                for place, part in enumerate(parts, start=1)
            ),
            ("รวมทุกงวด", f"{baht(together)} เท่ากับยอดที่ค้างอยู่"),
            *([("ข้อตกลงอื่น", words)] if words else []),
            *self._meeting_told(),
            ("แผนเดิม", "เก็บไว้อ่านได้ครบ การส่งคืนต่อจากนี้นับตามข้อตกลงใหม่"),
        ]


# What each record asks for besides its day, and what it says of itself once written.
_ASKS: dict[DebtEventKind, tuple[str, str]] = {
    DebtEventKind.ACKNOWLEDGED: ("บันทึกเพิ่มเติม", "เช่น ทำหนังสือที่ศาลาหมู่บ้านต่อหน้าผู้ใหญ่บ้าน"),
    DebtEventKind.IN_BREACH: ("มติและเหตุที่ถือว่าผิดสัญญา", "เขียนตามมติที่ประชุม บอกเฉพาะข้อเท็จจริง"),
    DebtEventKind.BREACH_LIFTED: ("มติและเหตุที่ยกเลิก", "เช่น ทำข้อตกลงส่งคืนแล้ว"),
    DebtEventKind.HEIR_NAMED: ("ชื่อทายาทและความสัมพันธ์", "เช่น นายสมชาย ใจดี บุตร"),
    DebtEventKind.CLAIM_FILED: (
        "เรียกร้องต่อใคร ด้วยหนังสือฉบับใด",
        "เช่น หนังสือถึงทายาทลงวันที่ หรือเลขคดี",
    ),
}
_ON: dict[DebtEventKind, str] = {
    DebtEventKind.ACKNOWLEDGED: "ลงชื่อรับสภาพหนี้เมื่อวันที่",
    DebtEventKind.IN_BREACH: "มีมติเมื่อวันที่",
    DebtEventKind.BREACH_LIFTED: "มีมติยกเลิกเมื่อวันที่",
    DebtEventKind.HEIR_NAMED: "ตกลงหรือทราบเมื่อวันที่",
    DebtEventKind.CLAIM_FILED: "เรียกร้องหรือยื่นฟ้องเมื่อวันที่",
}
_BY_MEETING = frozenset({DebtEventKind.IN_BREACH, DebtEventKind.BREACH_LIFTED})


class NoteForm(CareForm):
    """An acknowledgement, a resolution on breach, an heir, a claim that was filed."""

    speaks_at = {InFuture: "on", ReasonNeeded: "words"}

    on = DayAnswer(label="เมื่อวันที่")

    def __init__(
        self,
        kind: DebtEventKind,
        meetings: Iterable[Meeting],
        data: QueryDict | None = None,
        *,
        on: date | None = None,
    ) -> None:
        super().__init__(data, initial={"on": on})
        self.kind = kind
        self.fields["on"].label = _ON[kind]
        label, help_text = _ASKS[kind]
        self.fields["words"] = _words(label, help_text)
        if kind == DebtEventKind.ACKNOWLEDGED:
            self.fields["words"].required = False
        else:
            self.judged_later = ("words",)
        if kind in _BY_MEETING:
            self._add_meeting(meetings)

    def told(self) -> Told:
        """What will stand in the record of the contract."""
        words = self.cleaned_data["words"]
        told: Told = [(str(self.kind.label), long(self.cleaned_data["on"]))]
        if words:
            told.append((str(self.fields["words"].label), words))
        return told + (self._meeting_told() if self.kind in _BY_MEETING else [])


class SettleForm(CareForm):
    """How a balance that was disputed was settled."""

    speaks_at = {InFuture: "on", ReasonNeeded: "words"}
    judged_later = ("words",)

    on = DayAnswer(label="ตกลงกันเมื่อวันที่")
    words = _words("ตกลงกันว่าอย่างไร", "เช่น ดูใบเสร็จด้วยกันแล้ว ยอดตามบัญชีถูกต้อง")

    def told(self) -> Told:
        """The settlement in its own words."""
        return [
            ("ตกลงกันเมื่อ", long(self.cleaned_data["on"])),
            ("ตกลงว่า", self.cleaned_data["words"]),
            ("ยอดในบัญชี", "ไม่เปลี่ยนจากการบันทึกนี้ ถ้าใบเสร็จใดผิด ให้ยกเลิกใบเสร็จนั้นแล้วออกใหม่"),
        ]


# ---- money ---------------------------------------------------------------------------------------


def new_key() -> str:
    """A key that makes sending the same form twice write once."""
    return str(uuid4())


class MoneyForm(CareForm):
    """A sum on a day. ``posts`` tells what the books will say of it."""

    speaks_at = {
        InFuture: "on",
        NotAboveZero: "amount",
        AccountTooSmall: "amount",
        MoreThanOwed: "amount",
    }

    amount = MoneyAnswer(label="จำนวนเงิน")
    on = DayAnswer(label="วันที่")
    key = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=new_key)

    def __init__(
        self,
        posts: Sequence[str],
        data: QueryDict | None = None,
        *,
        amount: Money | None = None,
        on: date | None = None,
    ) -> None:
        super().__init__(data, initial={"amount": amount, "on": on, "key": new_key()})
        self.posts = posts

    def told(self) -> Told:
        """The sum, the day, and both sides of the entry in words."""
        amount = self.cleaned_data["amount"]
        return [
            ("จำนวนเงิน", baht(amount)),
            ("วันที่", long(self.cleaned_data["on"])),
            *(("ในสมุดบัญชี", f"{words} {amount.text} บาท") for words in self.posts),
        ]


class WriteOffForm(MoneyForm):
    """รับรู้หนี้สูญ: how much, why, by which resolution."""

    speaks_at = {**MoneyForm.speaks_at, ReasonNeeded: "words"}
    judged_later = ("words",)

    words = _words(
        "เหตุและมติที่ให้รับรู้หนี้สูญ",
        "ข้อความนี้อยู่ในสมุดบัญชีถาวร ไม่ต้องเขียนชื่อบุคคล",
        longest=150,
    )
    field_order = ["amount", "words", "on"]

    def told(self) -> Told:
        """The loss with its ground; the household is asked no more for it."""
        return [
            *super().told(),
            ("เหตุและมติ", self.cleaned_data["words"]),
            ("ต่อจากนี้", "ไม่ทวงถามครัวเรือนในส่วนนี้อีก ถ้ามีผู้ส่งคืนภายหลัง บันทึกรับคืนได้"),
        ]


_SOURCES = {
    "loan": "ยอดของสัญญายืม (มีผู้รับเงินส่งคืนไว้แต่ไม่ถึงกองทุน)",
    "cash": "เงินสดในมือ",
    "bank:1": "บัญชีธนาคาร",
    "unexplained": "เงินที่ยังอธิบายไม่ได้",
}
_LESS = {
    "loan": "ยอดของสัญญายืมลดลง",
    "cash": "เงินสดในมือลดลง",
    "bank:1": "เงินในบัญชีธนาคารลดลง",
    "unexplained": "เงินที่ยังอธิบายไม่ได้ลดลง",
}


class ClaimForm(MoneyForm):
    """A person has to give money back: who, how much, from where in the books."""

    speaks_at = {**MoneyForm.speaks_at, ReasonNeeded: "words"}
    judged_later = ("person_name", "words")

    person_name = forms.CharField(
        label="ชื่อ – สกุลของบุคคลที่ต้องคืนเงิน",
        max_length=LONGEST_NAME,
        help_text="พร้อมคำนำหน้า ชื่ออยู่กับรายการนี้ ไม่อยู่ในสายโซ่บัญชี",
        error_messages=_TOO_LONG,
    )
    words = _words("เรื่องที่เกิดขึ้น", "บอกตามจริงว่าเกิดอะไร เมื่อใด โดยไม่ตัดสิน")
    source = forms.ChoiceField(
        label="เงินจำนวนนี้อยู่ที่ใดในบัญชีตอนนี้",
        choices=list(_SOURCES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "เลือกว่าเงินอยู่ที่ใดในบัญชี"},
    )
    contract = forms.TypedChoiceField(
        label="สัญญาที่เงินจำนวนนี้เป็นของ",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="เลือกเมื่อเป็นยอดของสัญญายืม",
        error_messages={"invalid_choice": "เลือกสัญญาจากรายการ"},
    )
    field_order = ["person_name", "words", "source", "contract", "amount", "on"]

    def __init__(
        self,
        meetings: Iterable[Meeting],
        contracts: Iterable[tuple[int, str]],
        data: QueryDict | None = None,
    ) -> None:
        super().__init__((), data)
        chooser = self.fields["contract"]
        if isinstance(chooser, forms.TypedChoiceField):
            chooser.choices = [("", "–"), *contracts]
        self._add_meeting(meetings)

    def clean(self) -> dict[str, Any]:
        """A contract's own sum needs the contract named."""
        said = self.cleaned_data
        is_unnamed = said.get("source") == "loan" and not said.get("contract")
        if is_unnamed and "contract" not in self.errors:
            self.add_error("contract", "เลือกสัญญาที่เงินจำนวนนี้เป็นของ")
        return self.cleaned_data

    @property
    def account(self) -> str:
        """The account the money is taken from."""
        source = str(self.cleaned_data["source"])
        return f"loan:{self.cleaned_data['contract']}" if source == "loan" else source

    def told(self) -> Told:
        """Who, what, and both sides of the entry."""
        said = self.cleaned_data
        amount = said["amount"].text
        return [
            ("บุคคล", said["person_name"]),
            ("เรื่อง", said["words"]),
            *super().told(),
            ("ในสมุดบัญชี", f"เงินที่ต้องเรียกคืนจากบุคคลเพิ่มขึ้น {amount} บาท"),
            ("ในสมุดบัญชี", f"{_LESS[said['source']]} {amount} บาท"),
            *self._meeting_told(),
        ]


# ---- the paper beside it -------------------------------------------------------------------------


class EvidenceForm(forms.Form):
    """A photo or a scan of the paper, if there is one."""

    use_required_attribute = False

    file = forms.FileField(
        label="หลักฐาน",
        required=False,
        help_text="ไม่บังคับ ภาพถ่าย (.jpg .png) หรือ .pdf ขนาดไม่เกิน 10 MB",
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
        max_length=200,
        error_messages={
            "empty": "ไฟล์นี้ว่างเปล่า ลองถ่ายภาพหรือบันทึกไฟล์ใหม่ แล้วส่งอีกครั้ง",
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
            raise forms.ValidationError(
                f"“{name}” ใหญ่ {size / 1024 / 1024:,.1f} MB เกิน 10 MB ลองถ่ายภาพใหม่ให้เล็กลง"
            )
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


# ---- confirming balances -------------------------------------------------------------------------

AGREES, DISPUTES = "agrees", "disputes"
_ANSWERS = [(AGREES, "ยอดตรงกัน"), (DISPUTES, "ยอดไม่ตรง")]


class OwnAnswerForm(RefusableForm):
    """A household answers for one of its own contracts."""

    speaks_at = {ReasonNeeded: "words"}

    answer = forms.ChoiceField(
        label="ยอดนี้ตรงกับที่ท่านจำได้หรือจดไว้หรือไม่",
        choices=_ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": "เลือกว่ายอดตรงกันหรือไม่ตรง"},
    )
    said = MoneyAnswer(
        label="ถ้าไม่ตรง ยอดที่ถูกคือ",
        required=False,
        least=0,
        help_text="ถ้าไม่รู้จำนวน เว้นไว้แล้วเล่าในช่องถัดไป",
    )
    words = _words("ไม่ตรงตรงไหน", "เช่น ส่งคืน 1,000 บาทเมื่อเดือนมีนาคม แต่ไม่เห็นในบัญชี")

    def __init__(self, number: int, data: QueryDict | None = None) -> None:
        super().__init__(data, prefix=f"contract_{number}")
        self.fields["words"].required = False

    @property
    def agrees(self) -> bool:
        """Whether the household says the balance is right."""
        return bool(self.cleaned_data["answer"] == AGREES)


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A contract on the page for typing answers: three questions on a line."""

    number: int
    answer: BoundField
    said: BoundField
    words: BoundField


@dataclass(frozen=True, slots=True)
class Answer:
    """What a household wrote on its letter about one contract."""

    contract_number: int
    agrees: bool
    said: Money | None
    words: str


def _in_a_cell(label: str, number: int) -> dict[str, str]:
    """How a question looks in a table, where the head of the column is its label."""
    return {
        "class": "field__input",
        "autocomplete": "off",
        "aria-label": f"{label} สัญญาลำดับที่ {number}",
    }


class PaperAnswersForm(RefusableForm):
    """The answers of many letters, typed in one go. A line left alone is no answer."""

    on = DayAnswer(
        label="ยอด ณ วันที่",
        help_text="วันที่ในหนังสือยืนยันยอด ยอดที่เทียบคือยอดตามบัญชีของวันนั้น",
    )

    def __init__(
        self, numbers: Sequence[int], data: QueryDict | None = None, *, on: date | None = None
    ) -> None:
        super().__init__(data, initial={"on": on})
        self.numbers = list(numbers)
        for number in self.numbers:
            self.fields[f"answer_{number}"] = forms.ChoiceField(
                label="คำตอบ",
                choices=[("", "ยังไม่ตอบ"), *_ANSWERS],
                required=False,
                widget=forms.Select(attrs=_in_a_cell("คำตอบ", number)),
            )
            money = _in_a_cell("ยอดที่ครัวเรือนบอก", number) | {"inputmode": "decimal"}
            self.fields[f"said_{number}"] = MoneyAnswer(
                label="ยอดที่ครัวเรือนบอก",
                required=False,
                least=0,
                widget=forms.TextInput(attrs=money),
            )
            self.fields[f"words_{number}"] = forms.CharField(
                label="ไม่ตรงตรงไหน",
                required=False,
                max_length=LONGEST_WORDS,
                error_messages=_TOO_LONG,
                widget=forms.TextInput(attrs=_in_a_cell("ไม่ตรงตรงไหน", number)),
            )

    @property
    def lines(self) -> list[AnswerLine]:
        """The contracts, a line each."""
        return [
            AnswerLine(n, self[f"answer_{n}"], self[f"said_{n}"], self[f"words_{n}"])
            for n in self.numbers
        ]

    @property
    def answers(self) -> list[Answer]:
        """What was answered."""
        said = self.cleaned_data
        return [
            Answer(n, said[f"answer_{n}"] == AGREES, said[f"said_{n}"], said[f"words_{n}"])
            for n in self.numbers
            if said[f"answer_{n}"]
        ]

    def refuse_line(self, number: int, not_done: NotDone) -> None:
        """Put the refusals of one answer on its line."""
        for refusal in not_done.refusals:
            at = "on" if isinstance(refusal, InFuture) else f"answer_{number}"
            if isinstance(refusal, ReasonNeeded):
                at = f"words_{number}"
            self.add_error(at, refusal_in_thai(refusal))


# ---- what if -------------------------------------------------------------------------------------

# The limits that a contract or a request can stand outside of, in the order of the rules page.
ASKED_OF_LOANS = (
    "largest_loan",
    "open_loans_per_household",
    "must_be_listed",
    "term_months",
    "instalments_most",
    "guarantors",
    "interest_method",
    "interest_rate",
    "deferral_months",
)


class LimitAnswer(forms.CharField):
    """A limit as a person types it; cleaned to what `read_value` makes of it."""

    def __init__(self, name: str) -> None:
        kind, choices = ALL_LIMITS[name]
        widget: forms.Widget = forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 20})
        offered: list[tuple[str, str]] = []
        if kind == "choice":
            offered = [(value, CHOICES[name][value]) for value in choices]
        elif kind == "yes_no":
            offered = list(YES_NO.items())
        if offered:
            widget = forms.Select(choices=[("", "ไม่ได้กำหนด"), *offered])
        super().__init__(label=LIMITS[name], required=False, widget=widget)
        self.name = name

    def clean(self, value: Any) -> int | str | None:  # noqa: ANN401
        read = read_value(self.name, super().clean(value))
        if isinstance(read, BadValue):
            raise forms.ValidationError("ยังอ่านค่านี้ไม่ได้ พิมพ์เป็นตัวเลข เช่น 20,000 หรือ 24")
        return read


class WhatIfForm(forms.Form):
    """The limits of a rule set that is only proposed. What is left empty is not limited."""

    use_required_attribute = False

    def __init__(self, rules: RuleSet, data: QueryDict | None = None) -> None:
        typed = {
            name: str(limit.value)
            if ALL_LIMITS[name][0] in {"choice", "yes_no"} and limit.value is not None
            else as_typed(limit)
            for name in ASKED_OF_LOANS
            for limit in (rules[name],)
        }
        super().__init__(data, initial=typed)
        self.rules = rules
        for name in ASKED_OF_LOANS:
            self.fields[name] = LimitAnswer(name)

    @property
    def questions(self) -> list[tuple[BoundField, str]]:
        """The limits one a line, each with its unit."""
        return [(self[name], unit_of(name)) for name in ASKED_OF_LOANS]

    @property
    def proposed(self) -> RuleSet:
        """The rules with these limits instead of their own."""
        limits = dict(self.rules.limits)
        for name in ASKED_OF_LOANS:
            before = self.rules[name]
            limits[name] = Limit(
                name,
                self.cleaned_data[name],
                before.clause,
                before.source,
                is_checked=before.is_checked,
            )
        return RuleSet("proposed", "ชุดที่กำลังลอง", self.rules.starts_on, limits)
