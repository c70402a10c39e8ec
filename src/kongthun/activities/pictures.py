"""Photos people hand in: what they are by their content, and whether they can be kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile

from .forms import MOST_BYTES, kind_of_file

BEGINNING = 16
PHOTO_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")
PHOTOS = frozenset({"image/jpeg", "image/png", "image/webp"})
_MB = 1024 * 1024


def kind_of_picture(beginning: bytes) -> tuple[str, str] | None:
    """Media type and suffix of a photo or a PDF by how it begins; None for any other file."""
    if beginning[:4] == b"RIFF" and beginning[8:12] == b"WEBP":
        return ("image/webp", ".webp")
    return kind_of_file(beginning)


def faults_of_photo(file: UploadedFile[Any]) -> str:
    """Why a file can not be kept as a photo, with what to do; nothing where it can."""
    name, size = file.name or "", file.size or 0
    if size > MOST_BYTES:
        return f"“{name}” ใหญ่ {size / _MB:,.1f} MB เกิน 10 MB ลองถ่ายภาพใหม่ให้เล็กลง แล้วส่งอีกครั้ง"
    beginning = file.read(BEGINNING)
    file.seek(0)
    kind = kind_of_picture(beginning)
    if not name.lower().endswith(PHOTO_SUFFIXES) or kind is None or kind[0] not in PHOTOS:
        return f"“{name}” ไม่ใช่ภาพ .jpg .png หรือ .webp ลองถ่ายภาพใหม่ แล้วส่งภาพนั้น"
    return ""


class ManyFiles(forms.FileInput):
    """Several files in one answer."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ANN401, ARG002
        """Every file that was chosen."""
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class PhotosAnswer(forms.FileField):
    """Photos, cleaned to the list of where they wait to be kept."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        options.setdefault("widget", ManyFiles(attrs={"accept": ",".join(PHOTO_SUFFIXES)}))
        options.setdefault("help_text", "ภาพ .jpg .png .webp ขนาดไม่เกิน 10 MB ต่อภาพ")
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> list[Path]:  # noqa: ANN401, ARG002
        files = [each for each in (data or []) if each]
        if not files:
            if self.required:
                raise forms.ValidationError("ยังไม่ได้เลือกภาพ เลือกภาพแล้วกดส่งอีกครั้ง")
            return []
        faults = [fault for each in files if (fault := faults_of_photo(each))]
        if faults:
            raise forms.ValidationError(faults)
        return [where_it_waits(each) for each in files]


class PhotoAnswer(forms.FileField):
    """One photo, cleaned to where it waits to be kept; none, to None."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        options.setdefault("widget", forms.FileInput(attrs={"accept": ",".join(PHOTO_SUFFIXES)}))
        options.setdefault("help_text", "ภาพ .jpg .png .webp ขนาดไม่เกิน 10 MB")
        options.setdefault("required", False)
        super().__init__(**options)
        self.error_messages["empty"] = "ไฟล์นี้ว่างเปล่า ลองถ่ายภาพใหม่ แล้วส่งอีกครั้ง"

    def clean(self, data: Any, initial: Any = None) -> Path | None:  # noqa: ANN401
        file = super().clean(data, initial)
        if not file:
            return None
        fault = faults_of_photo(file)
        if fault:
            raise forms.ValidationError(fault)
        return where_it_waits(file)


def where_it_waits(file: UploadedFile[Any]) -> Path:
    """The file on the disk: everything handed in is written there first (settings)."""
    if not isinstance(file, TemporaryUploadedFile):
        raise TypeError("a file in memory")
    return Path(file.temporary_file_path())
