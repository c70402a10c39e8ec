"""What is asked about support, in the order people tell it: of whom, what, when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from kongthun.areas.queries import path_to
from kongthun.groups.models import Group
from kongthun.web.answers import DayAnswer, MoneyAnswer

from . import refusals as why
from .models import AgencyKind, SupportKind, SupportStepKind
from .queries.requests import agencies_for
from .refusals import SupportRefusal
from .wording import refusal_in_thai


def _words(label: str, longest: int, *, rows: int = 0, **options: Any) -> forms.CharField:  # noqa: ANN401
    if rows:
        options["widget"] = forms.Textarea(attrs={"rows": rows, "maxlength": longest})
    else:
        options["widget"] = forms.TextInput(attrs={"maxlength": longest})
    return forms.CharField(label=label, **options)


class SupportForm(forms.Form):
    """A form whose deed may refuse: each refusal stands at the question it speaks of."""

    use_required_attribute = False
    speaks_at: ClassVar[Mapping[type, str]] = {}

    def refuse(self, refusals: Iterable[SupportRefusal]) -> None:
        """Put every refusal where it speaks, the others above the form."""
        for refusal in refusals:
            at = self.speaks_at.get(type(refusal))
            self.add_error(at if at in self.fields else None, refusal_in_thai(refusal))

    def questions(self) -> Iterator[tuple[BoundField, str]]:
        """Each question with the unit of its answer."""
        for name, field in self.fields.items():
            yield self[name], "บาท" if isinstance(field, MoneyAnswer) else ""


class AgencyForm(SupportForm):
    """An agency that joins the register."""

    speaks_at = {
        why.WordsMissing: "name",
        why.WordsTooLong: "name",
        why.AgencyThere: "name",
        why.AreaElsewhere: "area_code",
    }

    name = _words("ชื่อหน่วยงาน", 200, help_text="เช่น สำนักงานเกษตรอำเภอหัวไทร")
    kind = forms.ChoiceField(label="เป็นหน่วยงานด้านใด", choices=AgencyKind.choices)
    area_code = forms.ChoiceField(label="ดูแลพื้นที่")
    phone = _words("โทรศัพท์ของหน่วยงาน", 60, required=False)
    address = _words("ที่ตั้ง", 300, required=False)

    def __init__(self, group: Group, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"area_code": group.area_code[:4]})
        nodes = [node for node in path_to(group.area_code) if len(node.code) in {2, 4, 6}]
        areas: Any = self.fields["area_code"]
        areas.choices = [(node.code, node.full_name) for node in reversed(nodes)]


class AskForm(SupportForm):
    """A request to an agency."""

    speaks_at = {
        why.AgencyUnknown: "agency",
        why.WordsMissing: "words",
        why.WordsTooLong: "words",
        why.HappensLater: "on",
        why.MeetingUnfit: "meeting",
    }

    agency = forms.ChoiceField(label="ขอจากหน่วยงาน")
    kind = forms.ChoiceField(label="ขอเรื่อง", choices=SupportKind.choices)
    words = _words("ขออะไร เพื่ออะไร", 500, rows=3)
    amount = MoneyAnswer(label="จำนวนเงิน หากขอเป็นเงิน", required=False)
    on = DayAnswer(label="ยื่นเมื่อวันที่")
    meeting = forms.ChoiceField(label="ที่ประชุมที่มีมติให้ขอ", required=False)

    def __init__(
        self, group: Group, meetings: Iterable[tuple[str, str]], data: QueryDict | None = None
    ) -> None:
        super().__init__(data)
        agencies: Any = self.fields["agency"]
        agencies.choices = [(str(each.pk), each.name) for each in agencies_for(group.area_code)]
        held: Any = self.fields["meeting"]
        held.choices = [("", "ไม่ได้ขอตามมติที่ประชุม"), *meetings]


class StepForm(SupportForm):
    """An answer, something given, or what came of it."""

    speaks_at = {
        why.WordsMissing: "words",
        why.WordsTooLong: "words",
        why.HappensLater: "on",
        why.BeforeItWasAsked: "on",
        why.AnsweredAlready: "kind",
        why.NothingPromised: "kind",
        why.NothingGiven: "kind",
        why.GiftUnknown: "gift",
    }
    LABELS: ClassVar[Mapping[str, str]] = {
        "answer": "หน่วยงานตอบว่าอย่างไร",
        SupportStepKind.GIVEN: "ได้รับอะไร",
        SupportStepKind.CAME_OF_IT: "เกิดผลอะไร",
    }

    kind = forms.ChoiceField(label="คำตอบ", widget=forms.RadioSelect)
    words = _words("รายละเอียด", 500, rows=3)
    amount = MoneyAnswer(label="จำนวนเงินหรือมูลค่า", required=False)
    on = DayAnswer(label="เมื่อวันที่")
    gift = forms.ChoiceField(label="ลงบัญชีไว้เป็น", required=False)

    def __init__(
        self,
        kinds: Iterable[SupportStepKind],
        data: QueryDict | None = None,
        *,
        gifts: Iterable[tuple[str, str]] = (),
    ) -> None:
        kinds = tuple(kinds)
        gifts = list(gifts)
        super().__init__(data, initial={"kind": kinds[0]})
        choices: Any = self.fields["kind"]
        choices.choices = [(str(kind), str(kind.label)) for kind in kinds]
        if len(kinds) == 1:
            choices.widget = forms.HiddenInput()
        self.fields["words"].label = self.LABELS.get(kinds[0], self.LABELS["answer"])
        if kinds == (SupportStepKind.CAME_OF_IT,):
            del self.fields["amount"]
        if not gifts:
            del self.fields["gift"]
        else:
            booked: Any = self.fields["gift"]
            booked.choices = [("", "ยังไม่ได้ลงบัญชี หรือไม่ใช่เงินและสิ่งของ"), *gifts]


class InvitationForm(SupportForm):
    """An agency is let in, from a day to a day."""

    speaks_at = {
        why.AgencyUnknown: "agency",
        why.InvitedAlready: "agency",
        why.EndsBeforeItStarts: "ends_on",
        why.WordsTooLong: "words",
    }

    agency = forms.ChoiceField(label="เชิญหน่วยงาน")
    starts_on = DayAnswer(label="ตั้งแต่วันที่")
    ends_on = DayAnswer(label="ถึงวันที่", required=False)
    words = _words("เพื่ออะไร", 300, required=False, rows=2)

    def __init__(self, group: Group, data: QueryDict | None = None) -> None:
        super().__init__(data)
        agencies: Any = self.fields["agency"]
        agencies.choices = [(str(each.pk), each.name) for each in agencies_for(group.area_code)]


class StandardForm(SupportForm):
    """A certificate, or stars, of a product."""

    speaks_at = {
        why.HappensLater: "granted_on",
        why.EndsBeforeItStarts: "expires_on",
        why.StandardThere: "certificate",
    }

    scheme = _words("มาตรฐาน", 60, help_text="เช่น มผช. มชช. อย. ฮาลาล OTOP")
    product = _words("สินค้า", 150)
    level = _words("ระดับหรือจำนวนดาว", 60, required=False, help_text="เช่น 4 ดาว")
    certificate = _words("เลขที่ใบรับรอง", 60, required=False)
    granted_on = DayAnswer(label="ได้รับเมื่อวันที่")
    expires_on = DayAnswer(label="หมดอายุวันที่", required=False)


class CardForm(SupportForm):
    """What a group tells everybody about itself."""

    speaks_at = {why.WordsMissing: "about"}

    about = _words("กลุ่มของเราทำอะไร", 600, rows=4)
    products = _words("สินค้าและงานของกลุ่ม", 400, rows=4, required=False, help_text="บรรทัดละอย่าง")
    contact = _words(
        "ติดต่อกลุ่มได้ที่",
        200,
        required=False,
        help_text="เช่น ที่ทำการกลุ่ม ศาลาหมู่บ้าน หรือ เพจของกลุ่ม",
    )


class NoteForm(SupportForm):
    """Why something is taken back."""

    speaks_at = {why.WordsMissing: "note", why.WordsTooLong: "note"}

    note = _words("เพราะอะไร", 300, rows=2)


class EndForm(SupportForm):
    """The last day of an invitation."""

    speaks_at = {why.EndsBeforeItStarts: "on"}

    on = DayAnswer(label="วันสุดท้ายที่หน่วยงานเห็นได้")
