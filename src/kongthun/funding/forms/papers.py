"""The one question of a page that takes a paper or a photo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kongthun.activities.pictures import PhotoAnswer

from .means import HandInForm, MeansForm

_NOTHING_CHOSEN = "ยังไม่ได้เลือกไฟล์ เลือกไฟล์แล้วกดเก็บอีกครั้ง"


class PaperForm(HandInForm):
    """A photo or a PDF of a paper."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        del self.fields["on"]
        file = self.fields["file"]
        file.label, file.required = "ไฟล์", True
        file.help_text = "ภาพถ่าย (.jpg .png) หรือ .pdf ขนาดไม่เกิน 10 MB"
        file.error_messages["required"] = _NOTHING_CHOSEN


class ToolPhotoForm(MeansForm):
    """A photo."""

    file = PhotoAnswer(label="ภาพ", required=True, error_messages={"required": _NOTHING_CHOSEN})

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        del self.fields["on"]

    @property
    def path(self) -> Path:
        """Where the photo waits to be kept. The form must be valid."""
        waiting: Path = self.cleaned_data["file"]
        return waiting
