"""What is asked at a handover of work: from whom with which area, to whom, when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from kongthun.web.answers import DayAnswer

from . import refusals as why
from .actions.handovers import LONGEST_NOTE, LONGEST_WORDS
from .queries.handovers import Giver, place_names
from .refusals import WorkRefusal
from .wording import refusal_in_thai


class HandoverForm(forms.Form):
    """A handover to be drawn up."""

    use_required_attribute = False

    giver = forms.ChoiceField(
        label="ผู้ส่งมอบ และพื้นที่",
        error_messages={"required": "เลือกผู้ส่งมอบ", "invalid_choice": "เลือกจากรายการ"},
    )
    taker = forms.ChoiceField(
        label="ผู้รับมอบ", error_messages={"required": "เลือกผู้รับมอบ", "invalid_choice": "เลือกจากรายการ"}
    )
    on = DayAnswer(label="ส่งมอบวันที่")
    words = forms.CharField(
        label="เรื่องที่อยากฝาก",
        required=False,
        help_text="เช่น หมู่บ้านที่ควรไปก่อน ผู้ที่ช่วยประสาน ไม่ต้องใส่ชื่อผู้ยืม",
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_WORDS}),
    )

    def __init__(
        self,
        givers: Iterable[Giver],
        takers: Iterable[tuple[Any, str]],
        data: QueryDict | None = None,
        **options: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(data, **options)
        listed = list(givers)
        places = place_names({each.area_code for each in listed})
        giver: Any = self.fields["giver"]
        giver.choices = [
            (
                f"{each.user.pk}:{each.area_code}",
                f"{each.user} – {places.get(each.area_code, each.area_code)}",
            )
            for each in listed
        ]
        taker: Any = self.fields["taker"]
        taker.choices = [(str(user.pk), f"{user} – {position}") for user, position in takers]

    @property
    def said(self) -> dict[str, Any]:
        """The answers as the deed asks for them."""
        user, _, area_code = self.cleaned_data["giver"].partition(":")
        return {
            "from_user": int(user),
            "area_code": area_code,
            "to_user": int(self.cleaned_data["taker"]),
            "on": self.cleaned_data["on"],
            "words": self.cleaned_data["words"],
        }

    def refuse(self, refusals: Iterable[WorkRefusal]) -> None:
        """Put every refusal where it speaks."""
        for refusal in refusals:
            self.add_error(_SPEAKS_AT.get(type(refusal)), refusal_in_thai(refusal))


_SPEAKS_AT: dict[type, str] = {
    why.NotFieldWorkerThere: "giver",
    why.SamePerson: "taker",
    why.TakerUnknown: "taker",
    why.HandoverNotYet: "on",
    why.HandoverWordsTooLong: "words",
}


class WithdrawForm(forms.Form):
    """Why a handover is taken back."""

    use_required_attribute = False

    note = forms.CharField(
        label="เหตุผลที่ถอน",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_NOTE}),
    )

    def refuse(self, refusals: Iterable[WorkRefusal]) -> None:
        """Put every refusal where it speaks."""
        for refusal in refusals:
            at = "note" if isinstance(refusal, why.WithdrawNoteMissing) else None
            self.add_error(at, refusal_in_thai(refusal))
