"""What is asked about lists, committees and rules: one question a line, in the paper's order.

Refusals of a deed come back to the field they speak of; nothing typed is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from kongthun.domain.money import Money
from kongthun.domain.ordered_list import ListedHousehold, OrderFault, Placed
from kongthun.domain.rule_set import LIMITS as ALL_LIMITS
from kongthun.domain.rule_set import RuleSet
from kongthun.domain.thai_text import arabic_digits, visible
from kongthun.web.answers import DayAnswer, MoneyAnswer

from . import refusals as why
from .actions import TypedLimit
from .models import (
    CommitteePosition,
    CommitteeTerm,
    HouseholdEventKind,
    Membership,
    Relation,
)
from .queries.households import Resident
from .refusals import GroupRefusal
from .wording import CHOICES, LIMITS, NO_LIMIT, YES_NO, as_typed, refusal_in_thai, unit_of

Kind = HouseholdEventKind

_LONGEST_NAME = 200
_LONGEST_NOTE = 300
_LONGEST_RESOLUTION = 200
_NO_NUMBER = "พิมพ์เป็นจำนวนเต็ม เช่น 4"


class NumberAnswer(forms.CharField):
    """A whole number in Thai or Arabic digits, cleaned to ``int``; empty, to ``None``."""

    def __init__(self, *, least: int = 0, most: int = 32_000, **options: Any) -> None:  # noqa: ANN401
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric"}))
        options.setdefault("max_length", 20)
        super().__init__(**options)
        self.least, self.most = least, most

    def clean(self, value: Any) -> int | None:  # noqa: ANN401
        typed = arabic_digits(visible(super().clean(value))).replace(",", "")
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit()) or not self.least <= int(typed) <= self.most:
            raise forms.ValidationError(_NO_NUMBER)
        return int(typed)


def _words(label: str, longest: int = _LONGEST_NAME, **options: Any) -> forms.CharField:  # noqa: ANN401
    field = forms.CharField(label=label, max_length=longest, **options)
    field.error_messages["max_length"] = f"ยาวเกิน {longest} ตัวอักษร ลองย่อให้สั้นลง"
    for validator in field.validators:
        if getattr(validator, "code", "") == "max_length":
            validator.message = field.error_messages["max_length"]  # type: ignore[attr-defined]
    return field


def _note(label: str = "รู้ได้อย่างไร") -> forms.CharField:
    return _words(
        label,
        _LONGEST_NOTE,
        help_text="เช่น เทียบกับรายงานการประชุมหน้า 3 หรือถามผู้ใหญ่บ้านแล้ว",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Paper(forms.Form):
    """A form that can say beside a field why a deed was not done.

    ``speaks_at`` tells which field a refusal is about; others stand above the form.
    """

    use_required_attribute = False  # what is missing is said in our words, beside the field
    speaks_at: ClassVar[Mapping[type, str]] = {}

    def refuse(self, refusals: Iterable[GroupRefusal]) -> None:
        """Put every refusal where it speaks."""
        for refusal in refusals:
            at = self.speaks_at.get(type(refusal))
            self.add_error(at if at in self.fields else None, refusal_in_thai(refusal))

    def questions(self) -> Iterator[Question]:
        """The questions one a line."""
        for name in self.fields:
            unit = "บาท" if isinstance(self.fields[name], MoneyAnswer) else ""
            yield Question(self[name], self.units.get(name, unit))

    units: ClassVar[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Question:
    """A field of a form with the unit of its answer."""

    bound: BoundField
    unit: str = ""


# ---- the list ------------------------------------------------------------------------------------


class HouseholdForm(Paper):
    """A household that joins the list."""

    name = _words("ชื่อ – สกุล หัวหน้าครัวเรือน", help_text="พร้อมคำนำหน้า เช่น นางสาวมาลี ใจดี")
    house_number = _words("บ้านเลขที่", 40, required=False)
    size = NumberAnswer(label="จำนวนคนในครัวเรือน", least=1, most=99, required=False)
    income_before = MoneyAnswer(
        label="รายได้เฉลี่ยต่อคนต่อปี ก่อนยืม",
        help_text="ตามการสำรวจ จปฐ. หากยังไม่รู้ เว้นว่างไว้",
        least=0,
        required=False,
    )
    on = DayAnswer(label="เข้าบัญชีรายชื่อตั้งแต่")

    speaks_at = {
        why.NameMissing: "name",
        why.AlreadyListed: "house_number",
        why.InTheFuture: "on",
    }
    units = {"size": "คน"}


class PersonForm(Paper):
    """Somebody who lives, or lived, in a household."""

    name = _words("ชื่อ – สกุล", help_text="พร้อมคำนำหน้า เช่น นายสมชาย ใจดี")
    relation = forms.ChoiceField(
        label="เป็นอะไรกับหัวหน้าครัวเรือน", choices=Relation.choices, widget=forms.RadioSelect
    )
    starts_on = DayAnswer(label="อยู่ในครัวเรือนตั้งแต่", required=False)
    ends_on = DayAnswer(label="ถึงวันที่", help_text="เว้นว่างไว้หากยังอยู่", required=False)

    speaks_at = {
        why.NameMissing: "name",
        why.LivesThereAlready: "name",
        why.EndsBeforeItStarts: "ends_on",
    }


class LeavingForm(Paper):
    """The last day somebody lived in a household."""

    on = DayAnswer(label="วันสุดท้ายที่อยู่ในครัวเรือน")

    speaks_at = {
        why.InTheFuture: "on",
        why.EndsBeforeItStarts: "on",
        why.AlreadyEnded: "on",
    }


_ABOUT_WHOM = {
    Kind.DEATH: "ผู้เสียชีวิต",
    Kind.NEW_HEAD: "หัวหน้าครัวเรือนคนใหม่",
    Kind.SPLIT: "หัวหน้าของครัวเรือนที่แยกออกมา",
}


class EventForm(Paper):
    """What happened to a household; each kind of event asks only what it needs."""

    def __init__(
        self,
        kind: HouseholdEventKind,
        residents: Sequence[tuple[Resident, str]],
        others: Sequence[tuple[int, str]],
        data: QueryDict | None = None,
    ) -> None:
        super().__init__(data)
        self.kind = kind
        self.fields["on"] = DayAnswer(label="เกิดขึ้นเมื่อวันที่")
        if kind in _ABOUT_WHOM:
            people = [(str(r.person.pk), name) for r, name in residents if r.died_on is None]
            self.fields["person"] = forms.ChoiceField(
                label=_ABOUT_WHOM[kind],
                choices=[*people, ("", "คนอื่น พิมพ์ชื่อในช่องถัดไป")],
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields["name"] = _words(
                "ชื่อ – สกุล หากไม่มีในรายชื่อ", required=False, help_text="พร้อมคำนำหน้า"
            )
        if kind == Kind.SPLIT:
            self.fields["house_number"] = _words("บ้านเลขที่ของครัวเรือนใหม่", 40, required=False)
            moving = [(str(r.stay), name) for r, name in residents if r.is_open]
            if moving:
                self.fields["moving"] = forms.MultipleChoiceField(
                    label="ใครย้ายไปอยู่ด้วย",
                    choices=moving,
                    widget=forms.CheckboxSelectMultiple,
                    required=False,
                )
        if kind == Kind.MERGED:
            self.fields["other"] = forms.TypedChoiceField(
                label="ไปรวมกับครัวเรือน",
                choices=[("", "เลือกครัวเรือน"), *others],
                coerce=int,
                empty_value=None,
                required=False,
            )
        self.fields["known_on"] = DayAnswer(
            label="คณะกรรมการรู้เมื่อวันที่", help_text="เวลาตามกฎหมายบางเรื่องนับจากวันนี้"
        )
        self.fields["words"] = _words(
            "รายละเอียด",
            _LONGEST_NOTE,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    speaks_at = {
        why.InTheFuture: "on",
        why.KnownBeforeItHappened: "known_on",
        why.PersonMissing: "person",
        why.AlreadyDead: "person",
        why.HeadMovesOut: "person",
        why.AlreadyListed: "name",
        why.NotLivingThere: "person",
        why.OtherHouseholdMissing: "other",
        why.MergedIntoItself: "other",
        why.AlreadyAway: "on",
        why.NotAway: "on",
    }

    @property
    def answers(self) -> dict[str, Any]:
        """What the action is asked to record."""
        said = self.cleaned_data
        return {
            "on": said["on"],
            "known_on": said["known_on"],
            "person_id": int(said["person"]) if said.get("person") else None,
            "name": said.get("name", ""),
            "other_number": said.get("other"),
            "moving": [int(stay) for stay in said.get("moving", [])],
            "house_number": said.get("house_number", ""),
            "words": said["words"],
        }


class TakeBackForm(Paper):
    """Why something recorded was not so."""

    note = _note()

    speaks_at = {why.NoteMissing: "note"}


_YEARS = (
    ("0", "ก่อนยืม"),
    ("1", "หลังยืม 1 ปี"),
    ("2", "หลังยืม 2 ปี"),
    ("3", "หลังยืม 3 ปี"),
)


class IncomeForm(Paper):
    """What a household lives on, before borrowing or 1 to 3 years after."""

    years_after = forms.TypedChoiceField(
        label="รายได้ของช่วงใด", choices=_YEARS, coerce=int, widget=forms.RadioSelect
    )
    contract_number = NumberAnswer(
        label="หลังยืมตามสัญญาลำดับที่",
        help_text="เลขลำดับของสัญญาในระบบ ไม่ต้องกรอกหากเป็นรายได้ก่อนยืม",
        least=1,
        most=2_000_000,
        required=False,
    )
    amount = MoneyAnswer(label="รายได้เฉลี่ยต่อคนต่อปี", least=0)
    survey_year = NumberAnswer(
        label="ปีที่สำรวจ (พ.ศ.)", help_text="สี่หลัก เช่น 2564", least=1, most=9_999
    )
    basis = _words("รู้จากอะไร", required=False, help_text="เช่น แบบ จปฐ. ของหมู่บ้าน หรือถามหัวหน้าครัวเรือน")
    on = DayAnswer(label="รู้เมื่อวันที่")

    speaks_at = {
        why.IncomeOfNoYear: "years_after",
        why.ContractMissing: "contract_number",
        why.SurveyYearUnlikely: "survey_year",
        why.IncomeBelowZero: "amount",
        why.InTheFuture: "on",
    }


@dataclass(frozen=True, slots=True)
class PlaceQuestion:
    """A household in the form of the order: where it stands, why, and what is wrong with that."""

    member: Membership
    income: Money | None
    survey_year: int | None
    place: BoundField
    reason: BoundField


class OrderForm(Paper):
    """The order a meeting adopted: a place and, where income does not give it, a reason each.

    Whoever is given another place than the one proposed moves there; the others close up around.
    """

    def __init__(
        self,
        households: Sequence[tuple[Membership, ListedHousehold]],
        data: QueryDict | None = None,
    ) -> None:
        super().__init__(data)
        self.households = households
        self.fields["on"] = DayAnswer(label="วันที่ประชุม")
        self.fields["by_resolution"] = _words(
            "มติที่ประชุม", _LONGEST_RESOLUTION, help_text="เช่น มติที่ประชุมครั้งที่ 2/2569 วาระที่ 3"
        )
        for place, (member, _) in enumerate(households, start=1):
            self.fields[f"place_{member.number}"] = NumberAnswer(
                label="ลำดับใหม่", least=1, most=len(households), initial=place
            )
            self.fields[f"reason_{member.number}"] = _words("เหตุผล", _LONGEST_NOTE, required=False)

    speaks_at = {
        why.InTheFuture: "on",
        why.LaterListStands: "on",
        why.ResolutionMissing: "by_resolution",
    }

    def head(self) -> Iterator[Question]:
        """The questions about the meeting."""
        yield Question(self["on"])
        yield Question(self["by_resolution"])

    def places(self) -> list[PlaceQuestion]:
        """A line a household, in the order of the form."""
        return [
            PlaceQuestion(
                member,
                household.income,
                household.survey_year,
                self[f"place_{member.number}"],
                self[f"reason_{member.number}"],
            )
            for member, household in self.households
        ]

    def clean(self) -> dict[str, Any]:
        """Two households can not be moved to one place."""
        said = super().clean() or self.cleaned_data
        taken: dict[int, int] = {}
        for number, place in self._moved(said):
            if place in taken:
                self.add_error(
                    f"place_{number}",
                    f"ลำดับ {place} ให้ครัวเรือนลำดับที่ {taken[place]} ไปแล้ว ใช้ลำดับอื่น",
                )
            taken.setdefault(place, number)
        return said

    @property
    def placed(self) -> list[Placed]:
        """The order as it was answered."""
        said = self.cleaned_data
        at = {place: number for number, place in self._moved(said)}
        moved = set(at.values())
        staying = (m.number for m, _ in self.households if m.number not in moved)
        order = [at.get(place) or next(staying) for place in range(1, len(self.households) + 1)]
        return [Placed(number, said[f"reason_{number}"]) for number in order]

    def _moved(self, said: Mapping[str, Any]) -> list[tuple[int, int]]:
        """Who was given another place than the one proposed, and which."""
        asked = [
            (member.number, said.get(f"place_{member.number}"), proposed)
            for proposed, (member, _) in enumerate(self.households, start=1)
        ]
        return [
            (number, place)
            for number, place, proposed in asked
            if place is not None and place != proposed
        ]

    def refuse(self, refusals: Iterable[GroupRefusal]) -> None:
        """A fault of the order is said beside the household it is about."""
        for refusal in refusals:
            if isinstance(refusal, why.OrderNotClear):
                at = _field_of(refusal.fault)
                self.add_error(at if at in self.fields else None, refusal_in_thai(refusal))
            else:
                super().refuse([refusal])


def _field_of(fault: OrderFault) -> str:
    return f"reason_{fault.number}"


# ---- the committee -------------------------------------------------------------------------------


class TermForm(Paper):
    """A person's place on a committee set."""

    set_number = NumberAnswer(label="ชุดที่", least=1, most=99, required=False)
    name = _words("ชื่อ – สกุล", help_text="พร้อมคำนำหน้า เช่น นายสมชาย ใจดี")
    position = forms.ChoiceField(
        label="ตำแหน่ง", choices=CommitteePosition.choices, widget=forms.RadioSelect
    )
    position_words = _words(
        "ตำแหน่งตามที่เขียนในเอกสาร",
        100,
        required=False,
        help_text="เช่น กรรมการฝ่ายการตลาด เว้นว่างไว้หากตรงกับข้างบน",
    )
    starts_on = DayAnswer(label="เริ่มวาระ", required=False)
    ends_on = DayAnswer(
        label="วันสุดท้ายของวาระ",
        required=False,
        help_text="เว้นว่างไว้ ระบบนับตามวาระในชุดระเบียบ พิมพ์ได้ทั้ง 30/9/2568 และ ๓๐ ก.ย. ๖๘",
    )

    speaks_at = {
        why.NameMissing: "name",
        why.TermTwice: "name",
        why.InTheFuture: "starts_on",
        why.EndsBeforeItStarts: "ends_on",
        why.NoteMissing: "note",
    }

    @property
    def answers(self) -> dict[str, Any]:
        """What the action is asked to record."""
        names = ("set_number", "name", "position_words", "starts_on", "ends_on")
        said = {name: self.cleaned_data[name] for name in names}
        return said | {"position": CommitteePosition(self.cleaned_data["position"])}


class TermCorrectionForm(TermForm):
    """A term put right, and how that is known."""

    note = _note()

    def __init__(self, term: CommitteeTerm, data: QueryDict | None = None) -> None:
        super().__init__(
            data,
            initial={
                "set_number": term.set_number,
                "name": term.person.name.full,
                "position": term.position,
                "position_words": term.position_words,
                "starts_on": term.starts_on,
                "ends_on": term.ends_on,
            },
        )


# ---- rules ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LimitQuestion:
    """A limit in the form of rules: its value, and where that is written."""

    name: str
    value: BoundField
    unit: str
    clause: BoundField
    source: BoundField
    is_checked: BoundField


class RulesForm(Paper):
    """A rule set to adopt. It begins with the rules in force; an empty value sets no limit."""

    def __init__(self, rules: RuleSet, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["name"] = _words("ชื่อชุดระเบียบ", initial=rules.name)
        self.fields["starts_on"] = DayAnswer(label="ใช้ตั้งแต่วันที่")
        self.fields["by_resolution"] = _words(
            "ใช้ตามมติหรือคำสั่ง", _LONGEST_RESOLUTION, help_text="เช่น มติที่ประชุมครั้งที่ 2/2569"
        )
        self.fields["source"] = _words(
            "เอกสารที่มา", _LONGEST_NOTE, required=False, help_text="เช่น ระเบียบกลุ่มฉบับพิมพ์ พ.ศ. 2565"
        )
        for name in ALL_LIMITS:
            limit = rules[name]
            self.fields[f"{name}_value"] = _limit_field(name, as_typed(limit))
            self.fields[f"{name}_clause"] = _words("ข้อ", 100, required=False, initial=limit.clause)
            self.fields[f"{name}_source"] = _words("ที่มา", required=False, initial=limit.source)
            self.fields[f"{name}_checked"] = forms.BooleanField(
                label="ตรวจกับตัวบทแล้ว", required=False, initial=limit.is_checked
            )

    speaks_at = {
        why.NameMissing: "name",
        why.ResolutionMissing: "by_resolution",
    }

    def head(self) -> Iterator[Question]:
        """The questions about the set as a whole."""
        for name in ("name", "starts_on", "by_resolution", "source"):
            yield Question(self[name])

    def limits(self) -> Iterator[LimitQuestion]:
        """The questions of each limit, in the order of the page."""
        for name in ALL_LIMITS:
            yield LimitQuestion(
                name,
                self[f"{name}_value"],
                unit_of(name),
                self[f"{name}_clause"],
                self[f"{name}_source"],
                self[f"{name}_checked"],
            )

    @property
    def typed(self) -> dict[str, TypedLimit]:
        """Every limit as it was answered."""
        said = self.cleaned_data
        return {
            name: TypedLimit(
                said[f"{name}_value"],
                said[f"{name}_clause"],
                said[f"{name}_source"],
                is_checked=said[f"{name}_checked"],
            )
            for name in ALL_LIMITS
        }

    def refuse(self, refusals: Iterable[GroupRefusal]) -> None:
        """A fault of a limit is said beside it."""
        for refusal in refusals:
            at = _limit_field_of(refusal)
            if at in self.fields:
                self.add_error(at, refusal_in_thai(refusal))
            else:
                super().refuse([refusal])


def _limit_field_of(refusal: GroupRefusal) -> str:
    match refusal:
        case why.LimitUnreadable(name=name):
            return f"{name}_value"
        case why.CheckedWithoutClause(name=name):
            return f"{name}_clause"
        case why.CommitteeLimitsCross():
            return "committee_least_value"
        case why.SurplusSplitNotWhole():
            return "surplus_dividend_value"
    return ""


def _limit_field(name: str, initial: str) -> forms.CharField | forms.ChoiceField:
    kind, choices = ALL_LIMITS[name]
    if kind == "choice":
        words = [(choice, CHOICES[name][choice]) for choice in choices]
    elif kind == "yes_no":
        words = list(YES_NO.items())
    else:
        field = _words(LIMITS[name], 40, required=False, initial=initial)
        field.widget.attrs["inputmode"] = "decimal"
        return field
    return forms.ChoiceField(
        label=LIMITS[name],
        choices=[("", NO_LIMIT), *words],
        required=False,
        initial=initial,
    )
