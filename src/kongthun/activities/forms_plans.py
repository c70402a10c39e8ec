"""What is asked about calls, plans, what was done and trainings: one question a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from django import forms
from django.forms import BoundField

from kongthun.domain.thai_text import arabic_digits, visible
from kongthun.groups.forms import NumberAnswer
from kongthun.web import answers as web_answers
from kongthun.web.answers import DayAnswer, MoneyAnswer

from . import calls_refusals as of_calls
from . import plans_refusals as of_plans
from .actions.attending import LONGEST_CAPTION
from .actions.calls import LONGEST_REASON
from .actions.meetings import LONGEST_AGENDA, LONGEST_PLACE
from .actions.plans import LONGEST_DONE, LONGEST_NOTE, LONGEST_PLAN, LONGEST_RESPONSIBLE
from .actions.trainings import (
    LONGEST_LEARNED,
    LONGEST_ROOM,
    LONGEST_TEACHER,
    LONGEST_TOPIC,
    LONGEST_WHY,
)
from .models import ActivityKind, MeetingKind, PlannedActivity
from .pictures import PhotoAnswer, PhotosAnswer
from .plans_wording import plan_refusal_in_thai
from .refusals import HeldLater, NoSuchMeeting

_TIME = re.compile(r"([0-9]{1,2})[.:]([0-9]{2})(?: ?น\.?)?")
_NO_TIME = "ยังอ่านเป็นเวลาไม่ได้ พิมพ์เช่น 13.00 หรือ ๙.๓๐ น."


class TimeAnswer(forms.CharField):
    """A time of the day, cleaned to ``time``; empty and not required, to ``None``."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        options.setdefault("help_text", "พิมพ์เช่น 13.00 หรือ ๙.๓๐ น.")
        options.setdefault("widget", forms.TextInput(attrs={"maxlength": 20}))
        super().__init__(**options)

    def clean(self, value: Any) -> time | None:  # noqa: ANN401
        typed = arabic_digits(visible(super().clean(value)))
        if not typed:
            return None
        found = _TIME.fullmatch(typed)
        try:
            return time(int(found[1]), int(found[2])) if found else self._unread()
        except ValueError:
            return self._unread()

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401
        return time_words(value) if isinstance(value, time) else value

    @staticmethod
    def _unread() -> time:
        raise forms.ValidationError(_NO_TIME)


def time_words(at: time) -> str:
    """13.00, as Thai papers write it."""
    return f"{at:%H.%M}"


def _words(label: str, longest: int, **options: Any) -> forms.CharField:  # noqa: ANN401
    field = forms.CharField(label=label, max_length=longest, **options)
    said = f"ยาวเกิน {longest:,} ตัวอักษร ลองย่อให้สั้นลง"
    for validator in field.validators:
        if getattr(validator, "code", "") == "max_length":
            validator.message = said  # type: ignore[attr-defined]
    return field


def _lines(label: str, longest: int, rows: int = 3, **options: Any) -> forms.CharField:  # noqa: ANN401
    return _words(label, longest, widget=forms.Textarea(attrs={"rows": rows}), **options)


class Answers(web_answers.Answers):
    """A form of calls, plans and trainings, whose refusals are said in their words."""

    def refuse(
        self,
        refusals: Iterable[object],
        in_thai: Callable[[Any], str] = plan_refusal_in_thai,
    ) -> None:
        """Put every refusal where it speaks."""
        super().refuse(refusals, in_thai)


# ---- calls and photos ----------------------------------------------------------------------------


class CallForm(Answers):
    """A meeting for a day to come."""

    speaks_at = {
        of_calls.CalledForPast: "meets_on",
        of_calls.CalledTwice: "meets_on",
        of_calls.AgendaMissing: "agenda",
    }

    kind = forms.ChoiceField(
        label="ประชุมใคร", choices=MeetingKind.choices, widget=forms.RadioSelect
    )
    meets_on = DayAnswer(label="ประชุมวันที่")
    meets_at = TimeAnswer(label="เวลา", required=False)
    place = _words("ที่ไหน", LONGEST_PLACE, required=False, help_text="เช่น ศาลาหมู่บ้าน")
    agenda = _lines(
        "ระเบียบวาระ",
        LONGEST_AGENDA,
        5,
        help_text="เรื่องละหนึ่งบรรทัด ไม่ต้องใส่เลขวาระ",
    )
    units = {"meets_at": "น."}


class CancelForm(Answers):
    """Why a call is cancelled."""

    speaks_at = {of_calls.ReasonMissing: "note"}
    note = _lines("งดประชุมเพราะอะไร", LONGEST_REASON, help_text="เช่น ประธานติดประชุมอำเภอ จะนัดใหม่")


class HoldForm(Answers):
    """On which day a called meeting was held."""

    speaks_at = {HeldLater: "on"}
    on = DayAnswer(label="ประชุมวันที่")


class PhotosForm(Answers):
    """Photos of a meeting, with one caption for all of them."""

    file = PhotosAnswer(label="ภาพการประชุม")
    words = _words(
        "คำบรรยายภาพ",
        LONGEST_CAPTION,
        required=False,
        help_text="เช่น สมาชิกลงมติเรื่องเครื่องสีข้าว",
    )


# ---- plans ---------------------------------------------------------------------------------------


class PlanForm(Answers):
    """A line of a year's plan."""

    speaks_at = {
        of_plans.EndsBeforeItStarts: "ends_on",
        of_plans.OutsideYear: "starts_on",
        of_plans.NoSuchYear: "year",
        of_plans.NoSuchTerm: "term",
        of_plans.PlannedTwice: "words",
    }
    units = {"year": ""}

    year = NumberAnswer(label="แผนของปี พ.ศ.", most=9_000)
    kind = forms.ChoiceField(label="เรื่องใด", choices=ActivityKind.choices, widget=forms.RadioSelect)
    words = _words(
        "จะทำอะไร", LONGEST_PLAN, help_text="เช่น สีข้าวรอบที่สอง ไม่ต้องใส่ชื่อคน เพราะขึ้นในปฏิทินของกลุ่ม"
    )
    starts_on = DayAnswer(label="เริ่มวันที่")
    ends_on = DayAnswer(label="ถึงวันที่", required=False, help_text="เว้นว่างไว้ถ้าทำวันเดียว")
    term = forms.TypedChoiceField(
        label="กรรมการผู้รับผิดชอบ", required=False, coerce=int, empty_value=None
    )
    responsible = _words(
        "หรือผู้รับผิดชอบอื่น",
        LONGEST_RESPONSIBLE,
        required=False,
        help_text="เขียนชื่อ เมื่อไม่ใช่กรรมการ",
    )
    budget = MoneyAnswer(label="งบที่ตั้งไว้", required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        terms: Sequence[tuple[int, str]] = (),
        **options: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **options)
        term = self.fields["term"]
        assert isinstance(term, forms.TypedChoiceField)  # noqa: S101 (declared above)
        term.choices = [("", "ไม่ใช่กรรมการ"), *((str(number), who) for number, who in terms)]
        term.error_messages["invalid_choice"] = "กรรมการที่เลือกไม่อยู่ในรายชื่อ เลือกอีกครั้ง"

    @classmethod
    def of(cls, plan: PlannedActivity, *, sees_names: bool) -> dict[str, Any]:
        """The answers of a line as they stand."""
        return {
            "year": plan.year,
            "kind": plan.kind,
            "words": plan.words,
            "starts_on": plan.starts_on,
            "ends_on": plan.ends_on,
            "term": plan.term_number,
            "responsible": plan.responsible if sees_names and plan.term_number is None else "",
            "budget": plan.budget,
        }


class NoteForm(Answers):
    """Why something is given up or taken back."""

    speaks_at = {of_plans.WordsMissing: "note"}
    note = _lines(
        "เพราะอะไร",
        min(LONGEST_NOTE, LONGEST_WHY),
        help_text="เขียนสั้น ๆ ให้คนที่อ่านทีหลังเข้าใจ",
    )


class DoneForm(Answers):
    """Something that was done."""

    speaks_at = {
        of_plans.InTheFuture: "on",
        of_plans.DoneTwice: "words",
        of_plans.NoSuchTraining: "training",
        of_plans.TrainingWithdrawn: "training",
        NoSuchMeeting: "meeting",
    }

    kind = forms.ChoiceField(label="เรื่องใด", choices=ActivityKind.choices, widget=forms.RadioSelect)
    on = DayAnswer(label="ทำเมื่อวันที่")
    words = _lines(
        "ทำอะไร ได้ผลอย่างไร",
        LONGEST_DONE,
        help_text="เช่น สีข้าว 400 กิโลกรัม ได้ข้าวสาร 250 กิโลกรัม",
    )
    spent = MoneyAnswer(label="ใช้เงินไป", required=False, help_text="ตามที่บอกเล่า ไม่ได้ลงบัญชีให้")
    meeting = forms.TypedChoiceField(
        label="เกี่ยวกับการประชุม", required=False, coerce=int, empty_value=None
    )
    training = forms.TypedChoiceField(
        label="เกี่ยวกับการอบรม", required=False, coerce=int, empty_value=None
    )
    batch = NumberAnswer(label="รอบการผลิตที่", least=1, most=30_000, required=False)
    photo = PhotoAnswer(label="ภาพที่แสดงว่าทำแล้ว")

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        meetings: Sequence[tuple[int, str]] = (),
        trainings: Sequence[tuple[int, str]] = (),
        **options: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **options)
        for name, known in (("meeting", meetings), ("training", trainings)):
            field = self.fields[name]
            assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 (declared above)
            field.choices = [("", "ไม่เกี่ยว"), *((str(number), said) for number, said in known)]
            field.error_messages["invalid_choice"] = "ที่เลือกไว้ไม่อยู่ในรายการ เลือกอีกครั้ง"
            if not known:
                del self.fields[name]


# ---- trainings -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LearnerLine:
    """A member of the list: the tick, and what they took home."""

    number: int
    called: str
    ticked: BoundField
    learned: BoundField


class TrainingForm(Answers):
    """What was learned, from whom, and by whom."""

    speaks_at = {of_plans.InTheFuture: "on", of_plans.TrainedTwice: "topic"}
    units = {"hours": "ชั่วโมง"}

    topic = _words("อบรมเรื่อง", LONGEST_TOPIC, help_text="เช่น การทำบัญชีกลุ่ม ไม่ต้องใส่ชื่อคน")
    on = DayAnswer(label="วันที่")
    taught_by = _words("ใครให้ความรู้", LONGEST_TEACHER, help_text="ชื่อหน่วยงานหรือวิทยากร")
    hours = NumberAnswer(label="กี่ชั่วโมง", least=1, most=999, required=False)
    place = _words("ที่ไหน", LONGEST_ROOM, required=False)
    cost = MoneyAnswer(label="ค่าใช้จ่าย", least=0, required=False, help_text="ตามที่บอกเล่า ไม่ได้ลงบัญชีให้")
    photo = PhotoAnswer(label="ภาพการอบรม")
    learned = _words(
        "ได้เรียนรู้อะไร",
        LONGEST_LEARNED,
        required=False,
        help_text="ใช้กับทุกคนที่มา คนที่ได้ต่างออกไป เขียนข้างชื่อด้านล่าง",
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        members: Sequence[tuple[int, str]] = (),
        **options: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **options)
        self._members = members
        for number, called in members:
            self.fields[f"came_{number}"] = forms.BooleanField(label=called, required=False)
            self.fields[f"learned_{number}"] = _words(
                f"{called} ได้เรียนรู้อะไร",
                LONGEST_LEARNED,
                required=False,
                widget=forms.TextInput(attrs={"class": "field__input", "autocomplete": "off"}),
            )

    def questions(self) -> Iterator[web_answers.AnswerLine]:
        """The questions about the training itself."""
        own = set(self.base_fields)
        return (question for question in super().questions() if question.bound.name in own)

    def people(self) -> list[LearnerLine]:
        """A line a member."""
        return [
            LearnerLine(number, called, self[f"came_{number}"], self[f"learned_{number}"])
            for number, called in self._members
        ]

    @property
    def came(self) -> dict[int, str]:
        """Who came, and what each learned: what stands beside the name, else what all learned.

        Something written beside a name says that this member came.
        """
        data = self.cleaned_data
        return {
            number: data[f"learned_{number}"] or data["learned"]
            for number, _ in self._members
            if data[f"came_{number}"] or data[f"learned_{number}"]
        }
