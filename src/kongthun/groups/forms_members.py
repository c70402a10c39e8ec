"""What is asked about members: applying, leaving, their kind, beneficiaries, a photo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.forms import BoundField
from django.http import QueryDict

from kongthun.domain.membership import share_words
from kongthun.web.answers import DayAnswer

from . import member_refusals as why
from . import refusals as group_why
from .actions.members import ANOTHER_PERSON, NamedBeneficiary
from .forms import Paper, Question, TakeBackForm
from .member_refusals import MemberRefusal
from .member_wording import refusal_in_thai
from .models import MemberKind
from .queries.members import NamedSet

_LONGEST_NAME = 200
_LONGEST_NOTE = 280  # room is left for the words that go before it
MOST_BENEFICIARIES = 10
LEAST_LINES = 3


def _words(label: str, longest: int, **options: Any) -> forms.CharField:  # noqa: ANN401
    too_long = f"ยาวเกิน {longest} ตัวอักษร ลองย่อให้สั้นลง"
    return forms.CharField(
        label=label, max_length=longest, error_messages={"max_length": too_long}, **options
    )


class LineAnswer(forms.CharField):
    """A question of a line that may stay empty as a whole; the deed says what is missing in it."""

    def __init__(self, label: str, longest: int, **options: Any) -> None:  # noqa: ANN401
        too_long = f"ยาวเกิน {longest} ตัวอักษร ลองย่อให้สั้นลง"
        super().__init__(
            label=label, max_length=longest, error_messages={"max_length": too_long}, **options
        )

    def validate(self, value: str) -> None:
        """Nothing is missing as far as one field can tell."""


def _kind() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="เป็นสมาชิกประเภท",
        choices=MemberKind.choices,
        widget=forms.RadioSelect,
        help_text="สิทธิของแต่ละประเภทเป็นไปตามระเบียบของกลุ่ม",
    )


class MemberPaper(Paper):
    """A form whose refusals are those of members."""

    def refuse(self, refusals: Iterable[Any]) -> None:
        """Put every refusal where it speaks."""
        for refusal in refusals:
            at = self.speaks_at.get(type(refusal))
            self.add_error(at if at in self.fields else None, refusal_in_thai(refusal))


class ApplicationForm(MemberPaper):
    """Somebody new applies. Why they are not who they seem to be is asked when it matters."""

    name = _words("ชื่อ – สกุล ผู้สมัคร", _LONGEST_NAME, help_text="พร้อมคำนำหน้า เช่น นางสาวมาลี ใจดี")
    another_person_because = _words(
        ANOTHER_PERSON,
        _LONGEST_NOTE,
        required=False,
        help_text="เช่น คนละบ้านเลขที่ คนละพ่อแม่ ถามผู้ใหญ่บ้านแล้ว",
    )
    house_number = _words("บ้านเลขที่", 40, required=False)
    kind = _kind()
    on = DayAnswer(label="ยื่นใบสมัครเมื่อวันที่")

    speaks_at = {
        group_why.NameMissing: "name",
        group_why.InTheFuture: "on",
        why.SameNameIsMember: "name",
        why.SameNameWaits: "name",
        why.SameNameWasThere: "name",
    }
    _SAME_NAME: ClassVar = (why.SameNameIsMember, why.SameNameWaits, why.SameNameWasThere)

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:  # noqa: ANN401
        super().__init__(data, **options)
        self.asks_why = data is not None and "another_person_because" in data

    def refuse(self, refusals: Iterable[Any]) -> None:
        """Put every refusal where it speaks, and ask about the name where that is the matter."""
        refused: tuple[MemberRefusal, ...] = tuple(refusals)
        self.asks_why |= any(isinstance(each, self._SAME_NAME) for each in refused)
        super().refuse(refused)

    def questions(self) -> Iterator[Question]:
        """The questions one a line."""
        for question in super().questions():
            if question.bound.name != "another_person_because" or self.asks_why:
                yield question


class ReturnForm(MemberPaper):
    """Who left, or was not taken in, applies under the number they have."""

    kind = _kind()
    on = DayAnswer(label="ยื่นใบสมัครเมื่อวันที่")

    speaks_at = {group_why.InTheFuture: "on", why.LaterStands: "on"}


class MemberLeavingForm(MemberPaper):
    """The last day of a membership, and why it ended."""

    reason = _words(
        "พ้นจากสมาชิกเพราะ", _LONGEST_NOTE, help_text="เช่น ลาออก ย้ายไปอยู่ที่อื่น เสียชีวิต หรือที่ประชุมมีมติ"
    )
    on = DayAnswer(label="เป็นสมาชิกวันสุดท้าย")

    speaks_at = {
        why.ReasonMissing: "reason",
        why.NoMember: "on",
        why.LaterStands: "on",
        group_why.InTheFuture: "on",
    }


class MemberKindForm(MemberPaper):
    """Another kind of member from a day on."""

    kind = _kind()
    on = DayAnswer(label="ตั้งแต่วันที่")
    words = _words("หมายเหตุ", _LONGEST_NOTE, required=False)

    speaks_at = {
        why.SameKind: "kind",
        why.NoMember: "on",
        why.LaterStands: "on",
        group_why.InTheFuture: "on",
    }


class MemberTakeBackForm(MemberPaper, TakeBackForm):
    """Why something written down of a member was not so."""


class PhotoForm(MemberPaper):
    """A photo of a member."""

    photo = forms.FileField(
        label="ภาพถ่ายสมาชิก",
        help_text="ไฟล์ .jpg หรือ .png ไม่เกิน 5 MB ใส่หรือไม่ใส่ก็ได้ตามที่สมาชิกยินยอม",
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png"}),
        max_length=200,
        error_messages={
            "required": "ยังไม่ได้เลือกภาพ เลือกภาพแล้วกดส่งอีกครั้ง",
            "empty": "ไฟล์นี้ว่างเปล่า ลองถ่ายภาพใหม่ แล้วส่งอีกครั้ง",
            "max_length": "ชื่อไฟล์ยาวเกินไป ตั้งชื่อให้สั้นลง แล้วส่งอีกครั้ง",
        },
    )

    speaks_at = {why.NoPicture: "photo", why.PictureTooLarge: "photo"}

    @property
    def path(self) -> Path:
        """Where the file waits to be kept."""
        file: TemporaryUploadedFile = self.cleaned_data["photo"]
        return Path(file.temporary_file_path())


# ---- beneficiaries -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BeneficiaryLine:
    """The three questions about one beneficiary."""

    place: int
    name: BoundField
    relation: BoundField
    share: BoundField


class BeneficiariesForm(MemberPaper):
    """A whole set: a name, who they are to the member, and their share, for each."""

    def __init__(
        self, lines: int, data: QueryDict | None = None, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.places = range(1, min(max(lines, LEAST_LINES), MOST_BENEFICIARIES) + 1)
        for place in self.places:
            self.fields[f"name_{place}"] = LineAnswer("ชื่อ – สกุล", _LONGEST_NAME)
            self.fields[f"relation_{place}"] = _words(
                "เกี่ยวข้องเป็น", 60, required=False, help_text="เช่น บุตร คู่สมรส"
            )
            self.fields[f"share_{place}"] = LineAnswer(
                "ส่วนแบ่ง",
                20,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )
        self.fields["on"] = DayAnswer(label="ระบุไว้เมื่อวันที่")

    speaks_at = {group_why.InTheFuture: "on", why.LaterSetStands: "on", why.NoMember: "on"}

    @staticmethod
    def as_named(named: NamedSet | None, called: Sequence[str]) -> dict[str, Any]:
        """The answers as the set that counts has them."""
        answers: dict[str, Any] = {}
        people = named.people if named else ()
        for place, (each, name) in enumerate(zip(people, called, strict=True), start=1):
            answers |= {
                f"name_{place}": name,
                f"relation_{place}": each.relation,
                f"share_{place}": share_words(each.share).rstrip("%"),
            }
        return answers

    @property
    def lines(self) -> list[BeneficiaryLine]:
        """The questions, person by person."""
        return [
            BeneficiaryLine(
                place,
                self[f"name_{place}"],
                self[f"relation_{place}"],
                self[f"share_{place}"],
            )
            for place in self.places
        ]

    @property
    def may_grow(self) -> bool:
        """Whether one more person can be asked about."""
        return len(self.places) < MOST_BENEFICIARIES

    @property
    def named(self) -> list[NamedBeneficiary]:
        """What was typed, line by line."""
        said = self.cleaned_data
        return [
            NamedBeneficiary(said[f"name_{p}"], said[f"share_{p}"], said[f"relation_{p}"])
            for p in self.places
        ]

    def refuse(self, refusals: Iterable[Any]) -> None:
        """Put what is about one person beside that person."""
        others = []
        for refusal in refusals:
            match refusal:
                case why.ShareUnreadable(place=place):
                    self.add_error(f"share_{place}", refusal_in_thai(refusal))
                case (
                    why.BeneficiaryNameMissing(place=place)
                    | why.NamedTwice(place=place)
                    | why.OwnBeneficiary(place=place)
                ):
                    self.add_error(f"name_{place}", refusal_in_thai(refusal))
                case _:
                    others.append(refusal)
        super().refuse(others)
