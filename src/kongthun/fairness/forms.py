"""What is asked about a difference: why."""

from __future__ import annotations

from django import forms

from .actions.explanations import LONGEST_WORDS
from .refusals import NotDone
from .wording import refusal_in_thai


class WordsForm(forms.Form):
    """A note in own words, without a name."""

    use_required_attribute = False  # what is missing is said in our words, beside the field

    words = forms.CharField(
        label="เพราะอะไร",
        required=False,
        max_length=LONGEST_WORDS,
        help_text="เขียนสิ่งที่ทำให้ต้องทำต่างกัน เช่น ทางขาด นัดไว้ในที่ประชุม ไม่ต้องใส่ชื่อบุคคล",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def refuse(self, not_done: NotDone) -> None:
        """Put the refusals of an action on the form."""
        for refusal in not_done.refusals:
            self.add_error("words", refusal_in_thai(refusal))
