"""What is asked at a handover: between whom, when; and of each thing, whether it is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from kongthun.groups.actions.handovers import (
    LONGEST_FIGURE,
    LONGEST_NAME,
    LONGEST_WORDS,
    Found,
    Sides,
    Thing,
)
from kongthun.groups.handover_refusals import (
    HandoverRefusal,
    MissingUnsaid,
    NotLookedAt,
    SameSetTwice,
    SignatureMissing,
    ThingListedAlready,
    ThingUnnamed,
)
from kongthun.groups.handover_wording import refusal_in_thai
from kongthun.groups.models import Handover, HandoverItem
from kongthun.groups.refusals import InTheFuture
from kongthun.web.answers import DayAnswer

from .forms import MinutesForm
from .forms_elections import OpenAnswer

_MOST_SETS = 99
_TICKS = (("", "ยังไม่ได้ตรวจ"), ("yes", "มี"), ("no", "ไม่มี"))
_THERE = {True: "yes", False: "no", None: ""}


class HandoverForm(forms.Form):
    """A form whose deed may be refused: what is wrong is said where it speaks."""

    use_required_attribute = False  # what is missing is said in our words, beside the field
    speaks_at: ClassVar[Mapping[type, str]] = {}

    def refuse(self, refusals: Iterable[HandoverRefusal]) -> None:
        """Put every refusal where it speaks."""
        for refusal in refusals:
            self.add_error(self._place_of(refusal), refusal_in_thai(refusal))

    def _place_of(self, refusal: HandoverRefusal) -> str | None:
        return self.speaks_at.get(type(refusal))


def _words(label: str, longest: int, **options: Any) -> forms.CharField:  # noqa: ANN401
    field = forms.CharField(label=label, max_length=longest, required=False, **options)
    for validator in field.validators:
        if getattr(validator, "code", "") == "max_length":
            validator.message = f"ยาวเกิน {longest} ตัวอักษร ลองย่อให้สั้นลง"  # type: ignore[attr-defined]
    return field


def _set(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=1,
        max_value=_MOST_SETS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 2}),
        error_messages={
            "invalid": "พิมพ์เป็นจำนวนเต็ม เช่น 2",
            "min_value": "ชุดที่เริ่มจาก 1",
            "max_value": f"ชุดที่ไม่เกิน {_MOST_SETS}",
        },
    )


class SidesForm(HandoverForm):
    """Between whom, and on which day. Names may wait until the paper is signed."""

    handed_on = DayAnswer(label="ส่งมอบวันที่")
    from_set = _set("ผู้ส่งมอบ คณะกรรมการชุดที่")
    given_by = _words("ชื่อผู้ส่งมอบ", LONGEST_NAME)
    to_set = _set("ผู้รับมอบ คณะกรรมการชุดที่")
    taken_by = _words("ชื่อผู้รับมอบ", LONGEST_NAME)
    witnessed_by = _words("ชื่อพยาน", LONGEST_NAME, help_text="เช่น พัฒนากร หรือผู้ใหญ่บ้าน")

    speaks_at = {InTheFuture: "handed_on", SameSetTwice: "to_set"}

    def _place_of(self, refusal: HandoverRefusal) -> str | None:
        if isinstance(refusal, SignatureMissing):
            return "given_by" if refusal.gives else "taken_by"
        return super()._place_of(refusal)

    @classmethod
    def of(cls, handover: Handover) -> dict[str, Any]:
        """The answers as they stand."""
        return {name: getattr(handover, name) for name in cls.base_fields}

    @property
    def sides(self) -> Sides:
        """Between whom."""
        names = ("from_set", "to_set", "given_by", "taken_by", "witnessed_by")
        return Sides(**{name: self.cleaned_data[name] for name in names})


@dataclass(frozen=True, slots=True)
class ThingQuestion:
    """A thing of the list with what is asked of it."""

    item: HandoverItem
    is_there: BoundField
    as_found: BoundField


class FoundForm(HandoverForm):
    """Of each thing on the list: was it there, and how was it found."""

    def __init__(self, items: Sequence[HandoverItem], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self._items = items
        for item in items:
            self.fields[f"there_{item.place}"] = OpenAnswer(
                label="มีหรือไม่",
                widget=forms.Select(choices=_TICKS),
                initial=_THERE[item.is_there],
            )
            self.fields[f"found_{item.place}"] = OpenAnswer(
                label="พบอย่างไร",
                widget=forms.TextInput(attrs={"maxlength": LONGEST_FIGURE}),
                initial=item.as_found,
            )

    @property
    def things(self) -> list[ThingQuestion]:
        """The questions thing by thing."""
        return [
            ThingQuestion(item, self[f"there_{item.place}"], self[f"found_{item.place}"])
            for item in self._items
        ]

    @property
    def found(self) -> dict[int, Found]:
        """What was found, place by place."""
        said = self.cleaned_data
        answers = {"yes": True, "no": False}
        return {
            item.place: Found(answers.get(said[f"there_{item.place}"]), said[f"found_{item.place}"])
            for item in self._items
        }

    def _place_of(self, refusal: HandoverRefusal) -> str | None:
        match refusal:
            case NotLookedAt(places=places):
                return f"there_{places[0]}"
            case MissingUnsaid(places=places):
                return f"found_{places[0]}"
        return None


class ThingForm(HandoverForm):
    """One more thing to hand over."""

    words = OpenAnswer(
        label="สิ่งที่ส่งมอบ",
        help_text="เช่น กุญแจตู้เอกสาร เครื่องสีข้าว",
        widget=forms.TextInput(attrs={"maxlength": LONGEST_WORDS}),
    )
    by_the_books = _words("ตามบัญชี", LONGEST_FIGURE, help_text="จำนวน สภาพ หรือยอดเงิน ถ้ามี")

    speaks_at = {ThingUnnamed: "words", ThingListedAlready: "words"}

    @property
    def thing(self) -> Thing:
        """The thing and what the books say of it."""
        return Thing(self.cleaned_data["words"], self.cleaned_data["by_the_books"])


class SheetForm(MinutesForm):
    """A photo or PDF of the signed paper."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["file"].label = "ใบส่งมอบที่ลงนามแล้ว"
