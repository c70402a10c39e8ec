"""What is asked about written rules: a draft's title, an article, and the limits it sets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from kongthun.domain.articles import Article
from kongthun.domain.rule_set import LIMITS as ALL_LIMITS

from . import written_rules_refusals as why
from .actions import LONGEST_ARTICLE, LONGEST_CHAPTER, LONGEST_TITLE
from .forms import NumberAnswer, Paper
from .refusals import LimitUnreadable
from .wording import CHOICES, LIMITS, NO_LIMIT, YES_NO, unit_of
from .written_rules_refusals import WrittenRulesRefusal
from .written_rules_wording import refusal_in_thai

# The subjects under which limits are offered beside an article.
SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "กรรมการและการประชุม": (
        "committee_least",
        "committee_most",
        "committee_years",
        "term_warning_days",
        "quorum_per_cent",
        "general_quorum_per_cent",
    ),
    "หุ้น บัญชี และผลกำไร": (
        "share_price",
        "year_end_month",
        "surplus_dividend",
        "surplus_trade_return",
        "surplus_reserve",
        "surplus_welfare",
        "surplus_committee",
        "surplus_carried",
    ),
    "เงินและหลักฐาน": (
        "withdrawal_signers",
        "evidence_above",
        "overpayment",
        "write_off_by",
    ),
    "เงินยืมหรือเงินกู้": (
        "must_be_listed",
        "open_loans_per_household",
        "largest_loan",
        "term_months",
        "instalments_most",
        "interest_method",
        "interest_rate",
        "penalty_rate",
        "penalty_free_days",
        "allocation_order",
        "opinion_needed",
        "contract_copies",
        "witnesses",
        "guarantors",
        "deferral_months",
    ),
    "กำหนดเวลาอื่น": (
        "roll_over_days",
        "prescription_years",
        "instalment_prescription_years",
        "death_claim_days",
    ),
}


def _words(label: str, longest: int, **options: Any) -> forms.CharField:  # noqa: ANN401
    field = forms.CharField(label=label, max_length=longest, **options)
    field.error_messages["required"] = "ยังไม่ได้พิมพ์ช่องนี้"
    for validator in field.validators:
        if getattr(validator, "code", "") == "max_length":
            validator.message = f"ยาวเกิน {longest:,} ตัวอักษร ลองย่อให้สั้นลง"  # type: ignore[attr-defined]
    return field


class RulesPaper(Paper):
    """A form whose deed on written rules may be refused, each refusal where it speaks."""

    def say(self, refusals: Iterable[WrittenRulesRefusal]) -> None:
        """Put every refusal where it speaks."""
        for refusal in refusals:
            at = self.speaks_at.get(type(refusal))
            self.add_error(at if at in self.fields else None, refusal_in_thai(refusal))


class NewDraftForm(RulesPaper):
    """What the next version begins from, and its title."""

    speaks_at = {
        why.TitleMissing: "title",
        why.WordsTooLong: "title",
        why.TemplateUnknown: "begins_from",
        why.VersionUnknown: "begins_from",
    }

    def __init__(
        self,
        beginnings: Sequence[tuple[str, str]],
        title: str,
        data: QueryDict | None = None,
    ) -> None:
        super().__init__(data)
        self.fields["begins_from"] = forms.ChoiceField(
            label="เริ่มจาก",
            choices=beginnings,
            initial=beginnings[0][0],
            widget=forms.RadioSelect,
            required=False,
        )
        self.fields["title"] = _words("ชื่อระเบียบ", LONGEST_TITLE, initial=title)

    @property
    def beginning(self) -> dict[str, Any]:
        """The template or the version that was chosen; nothing for an empty draft."""
        what, _, which = self.cleaned_data["begins_from"].partition(":")
        if what == "version":
            return {"from_version": int(which)}
        return {"from_template": which} if what == "template" else {}


class TitleForm(RulesPaper):
    """Another title for a draft."""

    title = _words("ชื่อระเบียบ", LONGEST_TITLE)

    speaks_at = {why.TitleMissing: "title", why.WordsTooLong: "title"}


@dataclass(frozen=True, slots=True)
class SubjectQuestions:
    """The limits of a subject: those to be asked here, and those that another article sets."""

    name: str
    questions: list[tuple[BoundField, str]]
    elsewhere: list[tuple[str, int]]
    is_open: bool


class ArticleForm(RulesPaper):
    """An article: its words, its chapter, and what the software enforces by it."""

    chapter = _words(
        "หมวด",
        LONGEST_CHAPTER,
        required=False,
        help_text="เลือกหมวดที่มีแล้ว หรือพิมพ์หมวดใหม่",
        widget=forms.TextInput(attrs={"list": "chapters"}),
    )
    words = _words(
        "ข้อความ",
        LONGEST_ARTICLE,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="หนึ่งบรรทัดต่อหนึ่งวรรคหรือหนึ่งข้อย่อย",
    )

    speaks_at: ClassVar[Mapping[type, str]] = {
        why.ArticleEmpty: "words",
        why.WordsTooLong: "words",
    }

    def __init__(
        self,
        article: Article,
        others: Sequence[Article],
        data: QueryDict | None = None,
    ) -> None:
        super().__init__(data, initial={"chapter": article.chapter, "words": article.words})
        self.elsewhere = {name: each.place for each in others for name in each.limits}
        for name in ALL_LIMITS:
            if name not in self.elsewhere:
                self.fields[f"limit_{name}"] = _limit_field(name, article.limits.get(name, ""))

    def subjects(self) -> list[SubjectQuestions]:
        """The limits by subject; a subject with something set or wrong stands open."""
        found = []
        for subject, names in SUBJECTS.items():
            asked = [name for name in names if f"limit_{name}" in self.fields]
            questions = [(self[f"limit_{name}"], unit_of(name)) for name in asked]
            is_open = any(bound.errors or bound.value() for bound, _ in questions)
            elsewhere = [
                (LIMITS[name], self.elsewhere[name]) for name in names if name in self.elsewhere
            ]
            found.append(SubjectQuestions(subject, questions, elsewhere, is_open))
        return found

    @property
    def answers(self) -> dict[str, Any]:
        """What the action is asked to write."""
        said = self.cleaned_data
        limits = {name: said[f"limit_{name}"] for name in ALL_LIMITS if said.get(f"limit_{name}")}
        return {"words": said["words"], "chapter": said["chapter"], "limits": limits}

    def say(self, refusals: Iterable[WrittenRulesRefusal]) -> None:
        """A fault of a limit is said beside it."""
        for refusal in refusals:
            at = f"limit_{refusal.name}" if isinstance(refusal, LimitUnreadable) else ""
            if at in self.fields:
                self.add_error(at, refusal_in_thai(refusal))
            else:
                super().say([refusal])


class PlaceForm(RulesPaper):
    """Where an article goes."""

    speaks_at = {why.ArticleUnknown: "to"}

    def __init__(self, last: int, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["to"] = NumberAnswer(label="ย้ายไปเป็นข้อที่", least=1, most=last)


def _limit_field(name: str, initial: str) -> forms.CharField | forms.ChoiceField:
    kind, choices = ALL_LIMITS[name]
    if kind in {"choice", "yes_no"}:
        words = (
            [(choice, CHOICES[name][choice]) for choice in choices]
            if kind == "choice"
            else [*YES_NO.items()]
        )
        return forms.ChoiceField(
            label=LIMITS[name],
            choices=[("", NO_LIMIT), *words],
            required=False,
            initial=initial,
        )
    field = _words(LIMITS[name], 40, required=False, initial=initial)
    field.widget.attrs["inputmode"] = "decimal"
    return field
