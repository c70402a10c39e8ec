"""What is asked about an election: which resolution, from when, and who sits where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from kongthun.domain.thai_calendar import short
from kongthun.domain.thai_text import arabic_digits, visible
from kongthun.groups.committee_wording import SECTIONS
from kongthun.groups.models import CommitteePosition
from kongthun.groups.refusals import EndsBeforeItStarts
from kongthun.web.answers import DayAnswer

from . import election_refusals as why
from .actions.elections import (
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_POST,
    LONGEST_SECTION,
    SeatProposed,
)
from .election_refusals import ElectionRefusal
from .election_wording import refusal_in_thai
from .queries.elections import ResolutionToChoose
from .refusals import (
    CannotDecideThis,
    MeetingStillOpen,
    MeetingWithoutQuorum,
    NoSuchMeeting,
    NoSuchResolution,
)

POSTS = (
    CommitteePosition.CHAIRMAN,
    CommitteePosition.VICE_CHAIRMAN,
    CommitteePosition.SECRETARY,
    CommitteePosition.TREASURER,
)
MOST_ROWS = 30
_MOST_WORDS = 60
_NUMBER = re.compile(r"(?:เลขที่|เลขสมาชิก)?\s*(\d{1,6})(?!\d)")


def who_of(typed: str) -> str | int:
    """A member's number if one leads what was typed, else the name.

    >>> who_of("6 นางเตือนใจ ณ นคร"), who_of("เลขที่ ๖"), who_of("นายสมพร แซ่ลิ้ม")
    (6, 6, 'นายสมพร แซ่ลิ้ม')
    """
    said = visible(typed)
    number = _NUMBER.match(arabic_digits(said))
    return int(number.group(1)) if number else said


class OpenAnswer(forms.CharField):
    """An answer that may stay empty, in a list too long to call each of them optional."""

    def validate(self, value: Any) -> None:  # noqa: ANN401
        """Nothing is missing: what is needed is asked of the whole list."""


def _words(label: str, longest: int, **options: Any) -> forms.CharField:  # noqa: ANN401
    field = forms.CharField(label=label, max_length=longest, required=False, **options)
    for validator in field.validators:
        if getattr(validator, "code", "") == "max_length":
            validator.message = f"ยาวเกิน {longest} ตัวอักษร ลองย่อให้สั้นลง"  # type: ignore[attr-defined]
    return field


def _who(label: str, **options: Any) -> forms.CharField:  # noqa: ANN401
    # What is picked holds a number before the name.
    widget = forms.TextInput(attrs={"list": "members", "maxlength": LONGEST_NAME + 8})
    return OpenAnswer(label=label, widget=widget, **options)


def _section(label: str = "ฝ่าย") -> forms.CharField:
    widget = forms.TextInput(attrs={"list": "sections", "maxlength": LONGEST_SECTION})
    return OpenAnswer(label=label, widget=widget)


class ElectionForm(forms.Form):
    """A form whose election may be refused: what is wrong is said where it speaks."""

    use_required_attribute = False  # what is missing is said in our words, beside the field
    sections = SECTIONS
    speaks_at: ClassVar[Mapping[type, str]] = {
        NoSuchMeeting: "ground",
        MeetingStillOpen: "ground",
        CannotDecideThis: "ground",
        MeetingWithoutQuorum: "ground",
        NoSuchResolution: "ground",
        why.StartsBeforeMeeting: "starts_on",
        why.StartsLongAfter: "starts_on",
        why.SetBeganAlready: "starts_on",
        why.NoSetInOffice: "starts_on",
        why.EndsPastTheRules: "ends_on",
        EndsBeforeItStarts: "ends_on",
        why.PostHeld: "position",
        why.InTwoPosts: "in_two_posts_note",
    }

    def __init__(
        self,
        grounds: Sequence[ResolutionToChoose],
        members: Sequence[tuple[int, str]],
        data: QueryDict | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.members = members
        self.has_grounds = bool(grounds)
        self.fields["ground"] = forms.ChoiceField(
            label="มติที่เลือก",
            choices=[("", "เลือกการประชุมและมติ"), *((g.value, _ground_words(g)) for g in grounds)],
            error_messages={
                "required": "ยังไม่ได้เลือกมติ เลือกการประชุมที่มีมติเรื่องนี้",
                "invalid_choice": "มตินี้ไม่อยู่ในรายการ เลือกอีกครั้ง",
            },
        )

    @property
    def ground(self) -> dict[str, int]:
        """The meeting and the resolution that were chosen."""
        meeting, _, sequence = self.cleaned_data["ground"].partition("-")
        return {"meeting_number": int(meeting), "resolution": int(sequence)}

    def refuse(self, refusals: Iterable[ElectionRefusal]) -> None:
        """Put every refusal where it speaks."""
        for refusal in refusals:
            self.add_error(self._place_of(refusal), refusal_in_thai(refusal))

    def _place_of(self, refusal: ElectionRefusal) -> str | None:
        field = self.speaks_at.get(type(refusal))
        if isinstance(refusal, why.NoMemberOfThisNumber):
            field = self._where(refusal.number)
        elif isinstance(refusal, why.OneNameTwoMembers):
            field = self._where(refusal.name)
        return field if field in self.fields else None

    def _where(self, who: str | int) -> str | None:
        typed = (name for name in self.fields if name.startswith("who"))
        return next((n for n in typed if who_of(self.cleaned_data.get(n, "")) == who), None)


@dataclass(frozen=True, slots=True)
class SeatQuestion:
    """A seat without a post of its own: who, and of which section."""

    who: BoundField
    section: BoundField


class ElectForm(ElectionForm):
    """A whole committee: the four posts, then as many members as the rules allow."""

    def __init__(
        self,
        grounds: Sequence[ResolutionToChoose],
        members: Sequence[tuple[int, str]],
        data: QueryDict | None = None,
        *,
        before: Mapping[str, str],
        shown: int,
        most: int | None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(grounds, members, data, initial)
        self.fields["starts_on"] = DayAnswer(
            label="เริ่มวาระ", help_text="วันประชุม หรือวันหลังจากนั้นตามมติ"
        )
        self.fields["ends_on"] = DayAnswer(
            label="วันสุดท้ายของวาระ", required=False, help_text="เว้นว่างไว้ ระบบนับตามวาระในชุดระเบียบ"
        )
        for post in POSTS:
            held = before.get(post.value, "")
            self.fields[f"who_{post.value}"] = _who(
                str(post.label), help_text=f"ชุดก่อน {held}" if held else ""
            )
        self._shown = shown
        rows = min(most if most is not None else MOST_ROWS, MOST_ROWS) - len(POSTS)
        self._rows = max(rows, shown)
        for row in range(1, self._rows + 1):
            self.fields[f"who_{row}"] = _who(f"กรรมการ คนที่ {row}")
            self.fields[f"section_{row}"] = _section(f"ฝ่าย ของคนที่ {row}")
        self.fields["in_two_posts_note"] = _words(
            "ถ้ามีคนเดียวอยู่สองตำแหน่ง ที่ประชุมให้เหตุผลว่า", LONGEST_NOTE
        )

    @property
    def posts(self) -> list[BoundField]:
        """The questions of the four posts."""
        return [self[f"who_{post.value}"] for post in POSTS]

    @property
    def first_rows(self) -> list[SeatQuestion]:
        """As many seats as the committee before had, or the rules ask for."""
        return self._questions(range(1, self._shown + 1))

    @property
    def more_rows(self) -> list[SeatQuestion]:
        """The seats that the rules allow besides."""
        return self._questions(range(self._shown + 1, self._rows + 1))

    @property
    def has_more_said(self) -> bool:
        """Whether something stands in those further seats, so that they are shown open."""
        return any(row.who.value() or row.section.value() for row in self.more_rows)

    @property
    def seats(self) -> list[SeatProposed]:
        """The seats that somebody was given."""
        said = self.cleaned_data
        seats = [
            SeatProposed(who_of(said[f"who_{post.value}"]), post)
            for post in POSTS
            if said.get(f"who_{post.value}")
        ]
        return seats + [
            SeatProposed(
                who_of(said[f"who_{row}"]), CommitteePosition.MEMBER, said.get(f"section_{row}", "")
            )
            for row in range(1, self._rows + 1)
            if said.get(f"who_{row}")
        ]

    def clean(self) -> dict[str, Any]:
        """A section given to nobody is said beside the name that is missing."""
        said = super().clean() or self.cleaned_data
        for row in range(1, self._rows + 1):
            if said.get(f"section_{row}") and not said.get(f"who_{row}"):
                self.add_error(f"who_{row}", "มีฝ่ายแล้วแต่ยังไม่มีชื่อ พิมพ์ชื่อหรือเลขสมาชิก")
        return said

    def _questions(self, rows: Iterable[int]) -> list[SeatQuestion]:
        return [SeatQuestion(self[f"who_{row}"], self[f"section_{row}"]) for row in rows]


class VacancyForm(ElectionForm):
    """One person for the rest of a set's time."""

    def __init__(
        self,
        grounds: Sequence[ResolutionToChoose],
        members: Sequence[tuple[int, str]],
        data: QueryDict | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(grounds, members, data, initial)
        self.fields["position"] = forms.ChoiceField(
            label="ตำแหน่ง",
            choices=CommitteePosition.choices,
            widget=forms.RadioSelect,
            error_messages={"required": "ยังไม่ได้เลือกตำแหน่ง"},
        )
        self.fields["who"] = _who("ใครเข้ามาแทน", help_text="พิมพ์เลขสมาชิกหรือชื่อ แล้วเลือกจากรายการ")
        self.fields["section"] = _section()
        self.fields["position_words"] = _words(
            "ตำแหน่งตามที่เขียนในเอกสาร", LONGEST_POST, help_text="เว้นว่างไว้หากตรงกับข้างบน"
        )
        self.fields["starts_on"] = DayAnswer(label="เริ่มวันที่", help_text="อยู่จนครบวาระของชุดนี้พร้อมคนอื่น")
        self.fields["in_two_posts_note"] = _words(
            "ถ้าคนนี้เป็นกรรมการอยู่แล้ว ที่ประชุมให้เหตุผลว่า", LONGEST_NOTE
        )

    speaks_at = {**ElectionForm.speaks_at, why.SeatUnnamed: "who"}

    @property
    def seat(self) -> SeatProposed:
        """The seat and who takes it."""
        said = self.cleaned_data
        return SeatProposed(
            who_of(said["who"]),
            CommitteePosition(said["position"]),
            said["section"],
            said["position_words"],
        )


# --- below the line -------------------------------------------------------------------------


def _ground_words(ground: ResolutionToChoose) -> str:
    words = ground.words
    if len(words) > _MOST_WORDS:
        words = f"{words[:_MOST_WORDS]}…"
    when = short(ground.held_on)
    return f"ครั้งที่ {ground.meeting_number} ({when}) มติที่ {ground.sequence} {words}"
