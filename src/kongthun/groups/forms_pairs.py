"""What is asked of two names that may be one person: one or two, and how that is known."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from . import pair_refusals as why
from .pair_refusals import PairRefusal
from .pair_wording import ONE, TWO, refusal_in_thai
from .refusals import NoteMissing

_LONGEST_NOTE = 300


def _note(example: str) -> forms.CharField:
    too_long = f"ยาวเกิน {_LONGEST_NOTE} ตัวอักษร ลองย่อให้สั้นลง"
    return forms.CharField(
        label="รู้ได้อย่างไร",
        help_text=example,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": _LONGEST_NOTE}),
        max_length=_LONGEST_NOTE,
        error_messages={"max_length": too_long, "required": refusal_in_thai(NoteMissing())},
    )


class _PairForm(forms.Form):
    """A form that says beside a field why a deed was not done."""

    use_required_attribute = False  # what is missing is said in our words, beside the field

    def refuse(self, refusals: Iterable[PairRefusal]) -> None:
        """Put every refusal where it speaks."""
        for refusal in refusals:
            field = "note" if isinstance(refusal, NoteMissing) else None
            if isinstance(refusal, why.SpeaksAgainst) and "is_same" in self.fields:
                field = "is_same"
            self.add_error(field, refusal_in_thai(refusal))


class PairForm(_PairForm):
    """One person, or two."""

    is_same = forms.ChoiceField(
        label="สองชื่อนี้",
        choices=[("one", ONE), ("two", TWO)],
        widget=forms.RadioSelect,
        error_messages={"required": "เลือกว่าเป็นคนเดียวกันหรือคนละคน"},
    )
    note = _note("เช่น ถามเจ้าตัวแล้ว หรือเทียบทะเบียนบ้านแล้ว")

    @property
    def says_same(self) -> bool:
        """Whether the answer is: one person."""
        return bool(self.cleaned_data["is_same"] == "one")


class PairWithdrawForm(_PairForm):
    """A decision was found not to be so."""

    note = _note("เช่น ถามเพื่อนบ้านแล้ว เป็นพ่อกับลูกชื่อเหมือนกัน")
