"""What is asked when a member register is brought in: the file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile

from .forms import MOST_BYTES, SUFFIXES
from .member_refusals import MemberRefusal
from .member_wording import refusal_in_thai


class MemberFileForm(forms.Form):
    """One workbook with the group's member register. Nothing is written by sending it."""

    register = forms.FileField(
        label="ไฟล์ทะเบียนสมาชิก",
        help_text="ไฟล์ .xlsx หรือ .xls หนึ่งไฟล์ ไม่เกิน 20 MB",
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
        max_length=200,
        error_messages={
            "required": "ยังไม่ได้เลือกไฟล์ เลือกไฟล์ Excel แล้วกดส่งอีกครั้ง",
            "empty": "ไฟล์นี้ว่างเปล่า ลองบันทึกไฟล์ใหม่ แล้วส่งอีกครั้ง",
            "max_length": "ชื่อไฟล์ยาวเกินไป ตั้งชื่อให้สั้นลง แล้วส่งอีกครั้ง",
        },
    )

    def clean_register(self) -> TemporaryUploadedFile:
        """The file, if its name and size are those of a workbook."""
        file: TemporaryUploadedFile = self.cleaned_data["register"]
        name = file.name or ""
        if not name.lower().endswith(SUFFIXES):
            raise forms.ValidationError(
                f"“{name}” ไม่ใช่ไฟล์ .xlsx หรือ .xls ถ้าเป็นทะเบียน ลองเปิดแล้วบันทึกเป็น .xlsx ก่อนส่ง"
            )
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(f"“{name}” ใหญ่เกิน 20 MB ลองลบรูปภาพหรือชีตที่ไม่ใช่รายชื่อสมาชิกออก")
        return file

    @property
    def path(self) -> Path:
        """Where the file that was sent lies for now."""
        file: TemporaryUploadedFile = self.cleaned_data["register"]
        return Path(file.temporary_file_path())

    def refuse(self, refusals: Iterable[MemberRefusal]) -> None:
        """Say beside the file why it can not be brought in."""
        for refusal in refusals:
            self.add_error("register", refusal_in_thai(refusal))
