"""What is asked on the road of a case, in the order people tell it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from kongthun.accounts.models import User
from kongthun.accounts.reach import NotEntitled
from kongthun.activities import refusals as of_meetings
from kongthun.activities.models import Meeting, Resolution
from kongthun.domain.casework import (
    CaseKind,
    CauseKind,
    CauseTwice,
    CauseUnsaid,
    CauseWithoutWords,
    ParentUnknown,
    Role,
    Speaker,
)
from kongthun.domain.casework import Cause as CauseFact
from kongthun.domain.thai_calendar import short
from kongthun.web.answers import DayAnswer

from . import refusals as why
from .actions.causes import Said
from .models import Teammate
from .queries.facts import SEALED_KINDS
from .refusals import RoadRefusal
from .wording import CAUSE_KINDS, KINDS, ROLES, SPEAKERS, refusal_in_thai

_SHOWN = 70  # letters of a resolution in a list


def _words(label: str, longest: int, *, rows: int = 0, **options: Any) -> forms.CharField:  # noqa: ANN401
    widget = (
        forms.Textarea(attrs={"rows": rows, "maxlength": longest})
        if rows
        else forms.TextInput(attrs={"maxlength": longest})
    )
    return forms.CharField(label=label, widget=widget, **options)


def meeting_label(meeting: Meeting) -> str:
    """A meeting as it stands in a list to choose from."""
    return f"ครั้งที่ {meeting.number} · {short(meeting.held_on)} · {meeting.get_kind_display()}"


class CaseForm(forms.Form):
    """A form whose deed may refuse: each refusal stands at the question it speaks of."""

    use_required_attribute = False
    speaks_at: ClassVar[Mapping[type, str]] = {}

    def refuse(self, refusals: Iterable[RoadRefusal]) -> None:
        """Put every refusal where it speaks, the others above the form."""
        for refusal in refusals:
            at = self.speaks_at.get(type(refusal))
            self.add_error(at if at in self.fields else None, refusal_in_thai(refusal))

    def questions(self) -> Iterator[BoundField]:
        """Each question of the form."""
        for name in self.fields:
            yield self[name]

    def choose(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        """Give a question what there is to choose from."""
        field: Any = self.fields[name]
        field.choices = list(choices)


class ProposalForm(CaseForm):
    """Why a fund should be helped."""

    speaks_at = {
        why.WordsMissing: "words",
        why.WordsTooLong: "words",
        why.HappensLater: "on",
        why.CaseThere: "kind",
        NotEntitled: "kind",
    }

    kind = forms.ChoiceField(label="เรื่องแบบใด", widget=forms.RadioSelect)
    words = _words(
        "เสนอเพราะอะไร",
        500,
        rows=3,
        help_text="เช่น คณะกรรมการขอให้ช่วย ครัวเรือนหยุดส่งคืนมาสามปี",
    )
    on = DayAnswer(label="เสนอวันที่")

    def __init__(self, data: QueryDict | None = None, *, sees_sealed: bool, today: date) -> None:
        super().__init__(data, initial={"kind": CaseKind.STALLED.value, "on": today})
        kinds = [kind for kind in CaseKind if sees_sealed or kind not in SEALED_KINDS]
        self.choose("kind", [(kind.value, KINDS[kind]) for kind in kinds])


class ConsentForm(CaseForm):
    """What a meeting of the village answered."""

    YES, NO = "yes", "no"
    speaks_at = {
        why.AnsweredBeforeAsked: "resolution",
        why.AnsweredAlready: "resolution",
        of_meetings.NoSuchMeeting: "resolution",
        of_meetings.MeetingStillOpen: "resolution",
        of_meetings.CannotDecideThis: "resolution",
        of_meetings.NoSuchResolution: "resolution",
    }

    resolution = forms.ChoiceField(label="ตอบด้วยมติใด", widget=forms.RadioSelect)
    answer = forms.ChoiceField(
        label="หมู่บ้านตอบว่าอย่างไร",
        choices=[(YES, "สมัครใจ ให้ทีมมาช่วยแก้ไขด้วยกัน"), (NO, "ยังไม่พร้อม")],
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        said: Iterable[tuple[Meeting, Resolution]],
        data: QueryDict | None = None,
    ) -> None:
        super().__init__(data)
        self.choose(
            "resolution",
            [
                (
                    f"{meeting.number}:{row.sequence}",
                    f"{meeting_label(meeting)} · มติที่ {row.sequence} “{row.words[:_SHOWN]}”",
                )
                for meeting, row in said
            ],
        )

    @property
    def chosen(self) -> tuple[int, int]:
        """The meeting and its resolution."""
        meeting, resolution = self.cleaned_data["resolution"].split(":")
        return int(meeting), int(resolution)


class TeammateForm(CaseForm):
    """Somebody who joins the team."""

    speaks_at = {
        why.NotInThatRole: "person",
        why.OnTeamAlready: "person",
        why.WordsMissing: "name",
        why.WordsTooLong: "name",
        why.HappensLater: "on",
    }

    person = forms.ChoiceField(label="ใครร่วมทีม", widget=forms.RadioSelect)
    name = _words("ชื่อผู้ที่ไม่ได้ลงชื่อเข้าใช้", 150, required=False, help_text="เขียนเมื่อเลือก “ผู้อื่น” ข้างบน")
    on = DayAnswer(label="ร่วมทีมตั้งแต่วันที่")

    def __init__(
        self,
        people: Mapping[Role, Iterable[User]],
        data: QueryDict | None = None,
        *,
        today: date,
    ) -> None:
        super().__init__(data, initial={"on": today})
        choices = [
            (f"{role.value}:{person.pk}", f"{person} · {ROLES[role]}")
            for role in people
            for person in people[role]
        ]
        others = [(f"{role.value}:", f"ผู้อื่น · {ROLES[role]}") for role in people]
        self.choose("person", [*choices, *others])

    @property
    def role(self) -> Role:
        """As what the person joins."""
        return Role(self.cleaned_data["person"].partition(":")[0])

    @property
    def user_id(self) -> int | None:
        """Who it is, if they sign in."""
        number = self.cleaned_data["person"].partition(":")[2]
        return int(number) if number else None


class CauseForm(CaseForm):
    """A cause, who said it, and what it brings about."""

    speaks_at = {
        why.WordsMissing: "words",
        why.WordsTooLong: "words",
        why.NamesSomebody: "words",
        why.CauseThere: "words",
        CauseWithoutWords: "words",
        CauseTwice: "words",
        CauseUnsaid: "speakers",
        ParentUnknown: "parent",
        of_meetings.NoSuchMeeting: "meeting",
        of_meetings.MeetingStillOpen: "meeting",
    }

    words = _words(
        "สาเหตุ",
        300,
        rows=2,
        help_text="พูดถึงเรื่อง ไม่ใส่ชื่อคน และไม่พูดว่าใครอยู่ฝ่ายใด",
    )
    kind = forms.ChoiceField(
        label="เป็นเรื่องอะไร", choices=[(kind.value, CAUSE_KINDS[kind]) for kind in CauseKind]
    )
    parent = forms.ChoiceField(label="ทำให้เกิดเรื่องใดต่อ", required=False)
    meeting = forms.ChoiceField(label="พูดกันในการประชุมใด")
    speakers = forms.MultipleChoiceField(
        label="ใครพูด",
        choices=[(each.value, SPEAKERS[each]) for each in Speaker],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self,
        meetings: Iterable[Meeting],
        causes: Iterable[CauseFact],
        data: QueryDict | None = None,
        *,
        parent: str = "",
    ) -> None:
        super().__init__(data, initial={"parent": parent})
        self.choose("meeting", [(str(each.number), meeting_label(each)) for each in meetings])
        below = [(str(each.number), f"{each.number}. {each.words[:_SHOWN]}") for each in causes]
        self.choose("parent", [("", "เป็นเรื่องต้น ไม่อยู่ใต้ข้อใด"), *below])
        if not below:
            self.fields["parent"].widget = forms.HiddenInput()

    def said(self) -> list[Said]:
        """Who said it, where."""
        meeting = int(self.cleaned_data["meeting"])
        return [Said(Speaker(each), meeting) for each in self.cleaned_data["speakers"]]


class SayingForm(CaseForm):
    """Another group of people says a cause."""

    speaks_at = {
        why.SaidAlready: "speaker",
        of_meetings.NoSuchMeeting: "meeting",
        of_meetings.MeetingStillOpen: "meeting",
    }

    meeting = forms.ChoiceField(label="พูดกันในการประชุมใด")
    speaker = forms.ChoiceField(
        label="ใครพูด",
        choices=[(each.value, SPEAKERS[each]) for each in Speaker],
        widget=forms.RadioSelect,
    )

    def __init__(self, meetings: Iterable[Meeting], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.choose("meeting", [(str(each.number), meeting_label(each)) for each in meetings])


class StepForm(CaseForm):
    """A step of the plan."""

    speaks_at = {
        why.StepThere: "words",
        why.NotInThatRole: "owner",
        why.DueBeforePlanned: "due_on",
        why.BeforeItOpened: "on",
        why.HappensLater: "on",
    }
    _OF_WORDS: ClassVar[Mapping[str, str]] = {
        "สิ่งที่จะทำ": "words",
        "สิ่งที่จะแสดงว่าทำแล้ว": "shown_by",
        "ผู้รับผิดชอบ": "owner_words",
    }

    words = _words("จะทำอะไร", 300, rows=2)
    owner = forms.ChoiceField(label="ใครรับผิดชอบ")
    owner_words = _words(
        "ตำแหน่งหรือกลุ่มที่รับผิดชอบ",
        150,
        required=False,
        help_text="เช่น เหรัญญิก หรือ ผู้ใหญ่บ้าน ไม่ต้องใส่ชื่อครัวเรือน",
    )
    due_on = DayAnswer(label="ภายในวันที่")
    shown_by = _words("อะไรจะแสดงว่าทำแล้ว", 200, help_text="เช่น ภาพการประชุมและใบลงชื่อ")
    on = DayAnswer(label="ตกลงกันเมื่อวันที่")

    def __init__(
        self, team: Sequence[Teammate], data: QueryDict | None = None, *, today: date
    ) -> None:
        super().__init__(data, initial={"on": today})
        named = [
            (f"{each.role}:{each.user_id}", f"{each.name} · {ROLES[Role(each.role)]}")
            for each in team
            if each.user_id is not None and each.left_on is None
        ]
        roles = [(f"{role.value}:", ROLES[role]) for role in Role]
        self.choose("owner", [*named, *roles])

    def refuse(self, refusals: Iterable[RoadRefusal]) -> None:
        """Words that are missing stand at the question they were asked in."""
        for refusal in refusals:
            at = self.speaks_at.get(type(refusal))
            if isinstance(refusal, why.WordsMissing | why.WordsTooLong):
                at = self._OF_WORDS.get(refusal.what)
            self.add_error(at, refusal_in_thai(refusal))

    @property
    def owner_role(self) -> Role:
        """As what somebody is responsible."""
        return Role(self.cleaned_data["owner"].partition(":")[0])

    @property
    def owner_user_id(self) -> int | None:
        """Who it is, if they sign in."""
        number = self.cleaned_data["owner"].partition(":")[2]
        return int(number) if number else None


class LeavingForm(CaseForm):
    """The last day of somebody on the team."""

    speaks_at = {why.LeftBeforeJoined: "on", why.LeftAlready: "on", why.HappensLater: "on"}

    on = DayAnswer(label="อยู่ในทีมถึงวันที่")

    def __init__(self, data: QueryDict | None = None, *, today: date) -> None:
        super().__init__(data, initial={"on": today})


class GivingUpForm(CaseForm):
    """Why a step is not done after all."""

    speaks_at = {
        why.WordsMissing: "note",
        why.WordsTooLong: "note",
        why.HappensLater: "on",
        why.DueBeforePlanned: "on",
    }

    on = DayAnswer(label="ตกลงเมื่อวันที่")
    note = _words("ไม่ทำแล้วเพราะอะไร", 300, rows=2)

    def __init__(self, data: QueryDict | None = None, *, today: date) -> None:
        super().__init__(data, initial={"on": today})


class TakingBackForm(CaseForm):
    """Why something that was written down is taken back."""

    speaks_at = {why.WordsMissing: "note", why.WordsTooLong: "note"}

    note = _words("ถอนเพราะอะไร", 300, rows=2, help_text="ข้อความเดิมยังเก็บไว้พร้อมเหตุที่ถอน")
