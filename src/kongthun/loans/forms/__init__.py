"""What is asked at the desk, in the order of the papers."""

from __future__ import annotations

from django import forms

from ..refusals import AnyRefusal, NotDone
from ..wording import refusal_in_thai

LONGEST_NAME = 200


class RefusableForm(forms.Form):
    """A form whose action may refuse: what is wrong is said beside the question it is about.

    What is about no single question stands above the form; nothing that was typed is lost.
    """

    use_required_attribute = False  # what is missing is said in our words, beside the field
    speaks_at: dict[type[AnyRefusal], str] = {}
    # Questions that need an answer, but whose absence the action names, together with all else.
    judged_later: tuple[str, ...] = ()

    def full_clean(self) -> None:
        """Read the answers; an empty one among those judged later is no mistake of typing."""
        for name in self.judged_later:
            self.fields[name].required = False
        super().full_clean()
        for name in self.judged_later:
            self.fields[name].required = True

    def refuse(self, not_done: NotDone) -> None:
        """Put all refusals of an action on the form."""
        for refusal in not_done.refusals:
            at = self.speaks_at.get(type(refusal))
            self.add_error(at if at in self.fields else None, refusal_in_thai(refusal))
