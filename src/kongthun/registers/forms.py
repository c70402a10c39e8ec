"""What is asked of people: the workbooks they bring, and the cells they put right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.files import File
from django.core.validators import MaxLengthValidator
from django.forms import BoundField
from django.http import QueryDict
from django.urls import reverse

from kongthun.domain.register_rows import Reason
from kongthun.domain.thai_text import visible

from .books import Kind
from .models import PaperRow
from .queries.typed import DAYS, FIELDS, SUMS, field_to_speak_at, read_back, status_reads_as
from .wording import advice_in_thai, column_in_thai, reason_in_thai

MOST_FILES = 200
MOST_BYTES = 20 * 1024 * 1024
SUFFIXES = (".xlsx", ".xls")


class ManyFiles(forms.FileInput):
    """A file input that hands over all files that were chosen."""

    allow_multiple_selected = True


class WorkbooksField(forms.FileField):
    """One workbook or many. A file that is no workbook is refused by name; the others go on.

    ``refused`` holds what was said about those, in the order they were chosen.
    """

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[File[bytes]]:  # noqa: ARG002, ANN401
        chosen = [file for file in data or [] if file]
        if not chosen:
            raise forms.ValidationError("ยังไม่ได้เลือกไฟล์ เลือกสมุดอย่างน้อยหนึ่งไฟล์ แล้วกดส่งอีกครั้ง")
        if len(chosen) > MOST_FILES:
            raise forms.ValidationError(
                f"เลือกมา {len(chosen):,} ไฟล์ ส่งได้ครั้งละไม่เกิน {MOST_FILES} ไฟล์ ลองแบ่งส่งเป็นสองครั้ง"
            )
        self.refused = [why for file in chosen if (why := _refusal(file))]
        taken = [file for file in chosen if not _refusal(file)]
        if not taken:
            raise forms.ValidationError(self.refused)
        return taken


def _refusal(file: File[bytes]) -> str:
    """Why a file is not taken at all; empty when it is."""
    name = file.name or ""
    if not name.lower().endswith(SUFFIXES):
        return f"“{name}” ไม่ใช่ไฟล์ .xlsx หรือ .xls ถ้าเป็นสมุด ลองเปิดแล้วบันทึกเป็น .xlsx ก่อนส่ง"
    if (file.size or 0) > MOST_BYTES:
        size = (file.size or 0) / 1024 / 1024
        return (
            f"“{name}” ใหญ่ {size:,.0f} MB เกิน 20 MB สมุดของหมู่บ้านหนึ่งมักไม่ถึง 1 MB "
            "ลองลบรูปภาพหรือชีตที่ไม่ใช่สมุดสี่เล่มออก"
        )
    return ""


class WorkbooksForm(forms.Form):
    """Workbooks to look at. Nothing is posted by sending them."""

    workbooks = WorkbooksField(
        label="สมุดที่จะนำเข้า",
        help_text=(
            f"ไฟล์ .xlsx หรือ .xls หนึ่งไฟล์ต่อหนึ่งกองทุน ครั้งละไม่เกิน {MOST_FILES} ไฟล์ ไฟล์ละไม่เกิน 20 MB"
        ),
        widget=ManyFiles(attrs={"accept": ",".join(SUFFIXES)}),
    )

    @property
    def refused(self) -> list[str]:
        """What was said about files that were left out while others were taken."""
        refused: list[str] = getattr(self.fields["workbooks"], "refused", [])
        return refused


@dataclass(frozen=True, slots=True)
class Question:
    """A field of the correction form with its unit and how its answer reads so far."""

    bound: BoundField
    unit: str
    read_back: str
    read_back_href: str


_LONGEST_NOTE = 300
_SHORTEST_NOTE = 8
_LONGEST_CELL = 500
_DAY_HELP = "พิมพ์ได้ทั้ง 30/9/2568 และ ๓๐ ก.ย. ๖๘"


# Without these a row of the kind can never stand; the paper may leave the others empty.
_NEEDED: dict[str, frozenset[str]] = {
    Kind.HOUSEHOLD: frozenset({"name"}),
    Kind.CONTRACT: frozenset({"principal", "received_on"}),
    Kind.RECEIPT: frozenset({"paid_on", "amount"}),
    Kind.BANK: frozenset({"on"}),
    Kind.STATUS: frozenset({"value"}),
}


class CorrectionForm(forms.Form):
    """The cells of a row as typed, to be put right, and how that is known."""

    use_required_attribute = False  # what is missing is said in our words, beside the field

    def __init__(self, row: PaperRow, data: QueryDict | None = None) -> None:
        said = row.said
        initial = {name: said.get(name, "") for name in FIELDS[row.kind]}
        super().__init__(data, initial=initial)
        self.row = row
        for name in FIELDS[row.kind]:
            self.fields[name] = _cell(row, name)
        self.fields["how_known"] = forms.CharField(
            label="รู้ได้อย่างไร",
            help_text="เช่น เทียบกับสัญญาเล่มจริงหน้า 12 หรือถามเหรัญญิกและดูใบเสร็จแล้ว",
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.fields["how_known"].validators.append(_not_longer_than(_LONGEST_NOTE))

    @property
    def correction(self) -> dict[str, str]:
        """Every cell as it was answered."""
        return {name: self.cleaned_data[name] for name in FIELDS[self.row.kind]}

    @property
    def note(self) -> str:
        """How it is known."""
        return str(self.cleaned_data["how_known"])

    def questions(self) -> Iterator[Question]:
        """The questions one a line, the note last."""
        for name in self.fields:
            reads_as = self._reads_as(name)
            yield Question(
                bound=self[name],
                unit="บาท" if reads_as in SUMS else "",
                read_back=read_back(reads_as, str(self[name].value() or "")),
                read_back_href=_read_back_href(name, reads_as),
            )

    def clean_how_known(self) -> str:
        """A few words at least: whoever reads the history later has nothing else."""
        note = visible(str(self.cleaned_data["how_known"]))
        if len(note) < _SHORTEST_NOTE:
            raise forms.ValidationError(
                "เขียนเพิ่มอีกเล็กน้อย ว่าดูจากเอกสารใดหรือถามใคร ผู้ตรวจภายหลังจะได้ตามได้"
            )
        return note

    def refuse(self, reason: str) -> None:
        """Say beside the field it is about why the row can still not stand."""
        said = {**self.row.fields, **self.correction}
        at = field_to_speak_at(self.row.kind, reason, said)
        words = f"{reason_in_thai(reason)}: {advice_in_thai(reason)}"
        if reason == Reason.LOAN_REJECTED:
            words = f"แถวนี้อ่านได้แล้ว แต่{words}"
        self.add_error(at if at in self.fields else None, words)

    def _reads_as(self, name: str) -> str:
        return status_reads_as(self.row.key) if self.row.kind == Kind.STATUS else name


def _read_back_href(name: str, reads_as: str) -> str:
    if reads_as not in SUMS | DAYS:
        return ""
    return f"{reverse('registers:read_back')}?{urlencode({'of': name, 'as': reads_as})}"


def _cell(row: PaperRow, name: str) -> forms.CharField:
    reads_as = status_reads_as(row.key) if row.kind == Kind.STATUS else name
    attrs = {"inputmode": "decimal"} if reads_as in SUMS else {}
    label = row.said.get("label", "") if row.kind == Kind.STATUS else ""
    field = forms.CharField(
        label=label or column_in_thai(name, row.kind),
        help_text=_DAY_HELP if reads_as in DAYS else "",
        required=name in _NEEDED.get(row.kind, ()),
        widget=forms.TextInput(attrs=attrs),
    )
    field.validators.append(_not_longer_than(_LONGEST_CELL))
    return field


def _not_longer_than(letters: int) -> MaxLengthValidator:
    return MaxLengthValidator(letters, f"ยาวเกิน {letters} ตัวอักษร ลองย่อให้สั้นลง")
