"""What is asked when a meeting has decided on applications: which resolution, and who."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from kongthun.groups.forms_members import LineAnswer

from . import admission_refusals as why
from . import refusals as ground_why
from .admission_refusals import AdmissionRefusal
from .admission_wording import refusal_in_thai

_LONGEST_REASON = 280
ADMIT, DECLINE, LATER = "admit", "decline", "later"
_CHOICES = ((LATER, "ยังไม่ได้พิจารณา"), (ADMIT, "รับเป็นสมาชิก"), (DECLINE, "ยังไม่รับ"))


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody who waits, as the page shows them: the kind asked for and since when, in words."""

    number: int
    words: str


@dataclass(frozen=True, slots=True)
class ApplicantQuestions:
    """What is asked about one applicant."""

    decision: BoundField
    reason: BoundField


class AdmissionForm(forms.Form):
    """The resolution, and for every applicant what it says."""

    use_required_attribute = False  # what is missing is said in our words, beside the field

    def __init__(
        self,
        grounds: Sequence[tuple[str, str]],
        applicants: Sequence[Applicant],
        data: QueryDict | None = None,
    ) -> None:
        super().__init__(data)
        self._numbers = [applicant.number for applicant in applicants]
        self.fields["ground"] = forms.ChoiceField(
            label="ตามมติ",
            choices=[("", "เลือกการประชุมและมติ"), *grounds],
            error_messages={
                "required": "ยังไม่ได้เลือกมติ เลือกมติที่รับสมาชิก",
                "invalid_choice": "ไม่พบมตินี้ เลือกจากรายการอีกครั้ง",
            },
        )
        for applicant in applicants:
            self.fields[f"decision_{applicant.number}"] = forms.ChoiceField(
                label=applicant.words,
                choices=_CHOICES,
                widget=forms.RadioSelect,
                initial=LATER,
                error_messages={"required": "เลือกว่าที่ประชุมว่าอย่างไร หรือยังไม่ได้พิจารณา"},
            )
            self.fields[f"reason_{applicant.number}"] = LineAnswer(
                "เหตุที่ยังไม่รับ",
                _LONGEST_REASON,
                help_text="กรอกเมื่อยังไม่รับ",
            )

    @property
    def applicants(self) -> list[ApplicantQuestions]:
        """The questions, applicant by applicant."""
        return [
            ApplicantQuestions(self[f"decision_{number}"], self[f"reason_{number}"])
            for number in self._numbers
        ]

    @property
    def ground(self) -> tuple[int, int]:
        """Meeting and resolution."""
        meeting, _, resolution = self.cleaned_data["ground"].partition("-")
        return int(meeting), int(resolution)

    @property
    def admitted(self) -> list[int]:
        """Who was taken in."""
        return [n for n in self._numbers if self.cleaned_data[f"decision_{n}"] == ADMIT]

    @property
    def declined(self) -> dict[int, str]:
        """Who was not, and why."""
        said = self.cleaned_data
        return {n: said[f"reason_{n}"] for n in self._numbers if said[f"decision_{n}"] == DECLINE}

    def refuse(self, refusals: Iterable[AdmissionRefusal]) -> None:
        """Put every refusal beside what it is about."""
        for refusal in refusals:
            self.add_error(_field_of(refusal), refusal_in_thai(refusal))


def _field_of(refusal: AdmissionRefusal) -> str | None:
    match refusal:
        case why.WhyNotMissing(number=number):
            return f"reason_{number}"
        case why.AppliedLater(number=number) | why.NotWaiting(number=number):
            return f"decision_{number}"
        case (
            ground_why.NoSuchMeeting()
            | ground_why.MeetingStillOpen()
            | ground_why.CannotDecideThis()
            | ground_why.MeetingWithoutQuorum()
            | ground_why.NoSuchResolution()
        ):
            return "ground"
    return None
