"""What is asked when a meeting adopts rules, and when members come to know them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from kongthun.domain.thai_calendar import short
from kongthun.groups import written_rules_refusals as why
from kongthun.groups.forms import Paper
from kongthun.groups.models import KnownBy
from kongthun.groups.refusals import InTheFuture
from kongthun.web.answers import DayAnswer

from .adoption_refusals import AdoptionRefusal
from .adoption_wording import refusal_in_thai
from .forms import MOST_BYTES, SUFFIXES, kind_of_file
from .models import Meeting
from .queries.elections import ResolutionToChoose
from .refusals import (
    CannotDecideThis,
    MeetingStillOpen,
    MeetingWithoutQuorum,
    NoSuchMeeting,
    NoSuchResolution,
)

_LONGEST_WORDS = 60
Files = MultiValueDict[str, Any]


def _paper(label: str) -> forms.FileField:
    return forms.FileField(
        label=label,
        required=False,
        help_text="ภาพถ่าย (.jpg .png) หรือ .pdf ขนาดไม่เกิน 10 MB",
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
        max_length=200,
        error_messages={
            "empty": "ไฟล์นี้ว่างเปล่า ลองถ่ายภาพหรือบันทึกไฟล์ใหม่ แล้วส่งอีกครั้ง",
            "max_length": "ชื่อไฟล์ยาวเกินไป ตั้งชื่อให้สั้นลง แล้วส่งอีกครั้ง",
        },
    )


class AdoptionPaper(Paper):
    """A form whose deed may be refused, each refusal where it speaks; it may carry a paper."""

    def say(self, refusals: Iterable[AdoptionRefusal]) -> None:
        """Put every refusal where it speaks."""
        for refusal in refusals:
            at = self.speaks_at.get(type(refusal))
            self.add_error(at if at in self.fields else None, refusal_in_thai(refusal))

    def clean_paper(self) -> TemporaryUploadedFile | None:
        """The file, if it is a picture or a PDF of a size that can be kept."""
        file: TemporaryUploadedFile | None = self.cleaned_data["paper"]
        if file is None:
            return None
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError("ไฟล์ใหญ่เกิน 10 MB ลองถ่ายภาพใหม่ให้เล็กลง")
        beginning = file.read(16)
        file.seek(0)
        if not (file.name or "").lower().endswith(SUFFIXES) or kind_of_file(beginning) is None:
            raise forms.ValidationError("ไม่ใช่ภาพ .jpg .png หรือไฟล์ .pdf ลองถ่ายภาพกระดาษ แล้วส่งภาพนั้น")
        return file

    @property
    def path(self) -> Path | None:
        """Where the paper waits to be kept, if one was sent."""
        file: TemporaryUploadedFile | None = self.cleaned_data.get("paper")
        return Path(file.temporary_file_path()) if file else None


class AdoptForm(AdoptionPaper):
    """By which resolution, and from which day."""

    speaks_at = {
        NoSuchMeeting: "ground",
        MeetingStillOpen: "ground",
        CannotDecideThis: "ground",
        MeetingWithoutQuorum: "ground",
        NoSuchResolution: "ground",
        why.StartsBeforeAdopted: "starts_on",
    }

    def __init__(
        self,
        grounds: Sequence[ResolutionToChoose],
        *,
        sets_limits: bool,
        data: QueryDict | None = None,
        files: Files | None = None,
    ) -> None:
        super().__init__(data, files)
        self.has_grounds = bool(grounds)
        self.fields["ground"] = forms.ChoiceField(
            label="มติที่รับระเบียบ",
            choices=[("", "เลือกการประชุมและมติ"), *((g.value, _ground(g)) for g in grounds)],
            error_messages={
                "required": "ยังไม่ได้เลือกมติ เลือกการประชุมที่มีมติรับระเบียบ",
                "invalid_choice": "มตินี้ไม่อยู่ในรายการ เลือกอีกครั้ง",
            },
        )
        self.fields["starts_on"] = DayAnswer(
            label="ใช้ตั้งแต่วันที่", help_text="วันประชุม หรือวันหลังจากนั้นตามมติ"
        )
        if sets_limits:
            self.fields["has_checked"] = forms.BooleanField(
                label="เทียบค่าที่ระบบจะใช้กับข้อความแต่ละข้อแล้ว ตรงกัน", required=False
            )
        self.fields["paper"] = _paper("ภาพระเบียบที่ลงนามแล้ว")

    @property
    def answers(self) -> dict[str, Any]:
        """What the action is asked to do."""
        meeting, _, resolution = self.cleaned_data["ground"].partition("-")
        return {
            "meeting_number": int(meeting),
            "resolution": int(resolution),
            "starts_on": self.cleaned_data["starts_on"],
            "has_checked": self.cleaned_data.get("has_checked", False),
            "paper": self.path,
        }


class KnownForm(AdoptionPaper):
    """Who knows the rules since when: by a sheet they signed, or by hearing them at a meeting."""

    speaks_at = {
        NoSuchMeeting: "meeting",
        MeetingStillOpen: "meeting",
        why.NotAtTheMeeting: "members",
        why.NobodyNamed: "members",
        why.NotMembersThen: "members",
        why.KnowAlready: "members",
        InTheFuture: "on",
        why.KnownBeforeAdopted: "on",
        why.ReplacedByThen: "on",
    }

    def __init__(
        self,
        means: KnownBy,
        meetings: Sequence[Meeting],
        members: Sequence[tuple[int, str]],
        data: QueryDict | None = None,
        files: Files | None = None,
    ) -> None:
        super().__init__(data, files)
        self.means = means
        if means == KnownBy.READ_OUT:
            self.fields["meeting"] = forms.TypedChoiceField(
                label="อ่านในการประชุม",
                choices=[("", "เลือกการประชุม"), *((m.number, _meeting(m)) for m in meetings)],
                coerce=int,
                error_messages={
                    "required": "เลือกการประชุมที่อ่านระเบียบ",
                    "invalid_choice": "การประชุมนี้ไม่อยู่ในรายการ เลือกอีกครั้ง",
                },
            )
        else:
            self.fields["on"] = DayAnswer(label="วันที่ลงชื่อ")
        self.fields["members"] = forms.TypedMultipleChoiceField(
            label="ใครรับทราบ",
            choices=[*members],
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": refusal_in_thai(why.NobodyNamed()),
                "invalid_choice": "มีเลขที่ที่บันทึกไปแล้วหรือไม่เป็นสมาชิก ลองเลือกใหม่",
            },
        )
        if means == KnownBy.SIGNED:
            self.fields["paper"] = _paper("ภาพใบลงชื่อ")


def _ground(each: ResolutionToChoose) -> str:
    words = each.words
    cut = words if len(words) <= _LONGEST_WORDS else f"{words[:_LONGEST_WORDS]}…"
    return f"{short(each.held_on)} · ครั้งที่ {each.meeting_number} มติที่ {each.sequence} · {cut}"


def _meeting(each: Meeting) -> str:
    return f"{short(each.held_on)} · {each.get_kind_display()} ครั้งที่ {each.number}"
