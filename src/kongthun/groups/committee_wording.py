"""What is said of committees: why not, what to look after and what to do, who may do what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kongthun.accounts.reach import NotEntitled
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.domain.committee import (
    CommitteeWarning,
    NoCommittee,
    PostVacant,
    Power,
    TermEnded,
    TermEnds,
    TooFewInOffice,
    TooManyInOffice,
    TwoPosts,
)
from kongthun.domain.rule_set import RuleSet
from kongthun.domain.thai_calendar import long

from . import refusals as of_groups
from .committee_refusals import CommitteeRefusal, EndedBefore, ReasonMissing, ReasonTooLong
from .models import CommitteePosition
from .wording import refusal_in_thai as group_refusal_in_thai

# ฝ่าย as groups name them; any other can be typed.
SECTIONS = ("การผลิต", "การตลาด", "ผลิตภัณฑ์", "การเงินและบัญชี", "จัดซื้อ", "ประชาสัมพันธ์", "ตรวจสอบ")


@dataclass(frozen=True, slots=True)
class Said:
    """A warning in words: a short title, what is so, what to do. ``is_pressing`` leads a list."""

    title: str
    so: str
    do: str
    is_pressing: bool = False

    def __str__(self) -> str:
        return f"{self.so} {self.do}"


def refusal_in_thai(refusal: CommitteeRefusal) -> str:
    """What is wrong and what to do. NotImplementedError for a refusal without words."""
    match refusal:
        case NotEntitled():
            return not_entitled_in_thai(refusal)
        case EndedBefore(last_day=last):
            return f"วาระนี้สิ้นสุดไปแล้วเมื่อ {long(last)} ลองดูวันที่อีกครั้ง"
        case ReasonMissing():
            return "ยังไม่ได้บอกว่าพ้นจากตำแหน่งเพราะอะไร เขียนสั้น ๆ เช่น ลาออกตามหนังสือลงวันที่ 1 มี.ค. 2569"
        case ReasonTooLong(longest=longest):
            return f"เหตุที่พ้นยาวเกิน {longest:,} ตัวอักษร ลองย่อให้สั้นลง"
        case (
            of_groups.InTheFuture()
            | of_groups.EndsBeforeItStarts()
            | of_groups.TermUnknown()
            | of_groups.TermWithdrawn()
        ):
            return group_refusal_in_thai(refusal)
        case _:
            raise NotImplementedError(refusal)


def set_in_thai(number: int | None) -> str:
    """A set as people call it.

    >>> set_in_thai(2), set_in_thai(None)
    ('คณะกรรมการชุดที่ 2', 'คณะกรรมการ')
    """
    return f"คณะกรรมการชุดที่ {number}" if number is not None else "คณะกรรมการ"


def warning_in_thai(warning: CommitteeWarning, names: Mapping[int, str] | None = None) -> Said:
    """A warning in words. ``names`` are people by number of term; without one, nobody is named."""
    match warning:
        case NoCommittee():
            return Said(
                "ยังไม่มีรายชื่อคณะกรรมการ",
                "ยังไม่มีผู้ใดบันทึกไว้เป็นกรรมการ",
                "เลือกกรรมการในที่ประชุมสมาชิก แล้วบันทึกจากมตินั้น หรือเพิ่มชื่อจากสมุดเดิม",
                is_pressing=True,
            )
        case TermEnds(set_number=number, last_day=last, days_left=left):
            when = f"อีก {left:,} วัน" if left else "วันนี้"
            return Said(
                "ใกล้ครบวาระ",
                f"{set_in_thai(number)} ครบวาระ{when} คือวันที่ {long(last)}",
                "นัดประชุมใหญ่สมาชิกเลือกชุดใหม่ก่อนวันนั้น งานจะได้ไม่ขาดช่วง",
            )
        case TermEnded(set_number=number, last_day=last, begins_on=begins):
            ended = f"{set_in_thai(number)} ครบวาระแล้วเมื่อ {long(last)}" if last else ""
            starts = f"ชุดใหม่เริ่มวันที่ {long(begins)}" if begins else "ยังไม่ได้บันทึกการเลือกชุดใหม่"
            return Said(
                "วันนี้ไม่มีกรรมการอยู่ในวาระ",
                f"{ended} {starts}".strip(),
                "เรื่องที่ต้องใช้มติกรรมการ ให้รอจนวันเริ่มวาระ"
                if begins
                else "นัดประชุมใหญ่สมาชิกเลือกชุดใหม่ หากเลือกแล้ว บันทึกจากมติของการประชุมนั้น",
                is_pressing=True,
            )
        case TooFewInOffice(in_office=office, least=least):
            return Said(
                "กรรมการในวาระไม่ครบ",
                f"ชุดระเบียบกำหนดอย่างน้อย {least} คน วันนี้มี {office} คน",
                "ประชุมเลือกกรรมการแทนตำแหน่งที่ว่าง หรือเพิ่มวาระที่ยังไม่ได้บันทึก",
            )
        case TooManyInOffice(in_office=office, most=most):
            return Said(
                "กรรมการเกินจำนวน",
                f"ชุดระเบียบกำหนดไม่เกิน {most} คน วันนี้มี {office} คน",
                "ตรวจว่ามีใครพ้นวาระแล้วแต่ยังไม่ได้บันทึกวันสุดท้าย",
            )
        case PostVacant(position=position):
            post = CommitteePosition(position).label
            return Said(
                f"ไม่มี{post}",
                f"วันนี้ไม่มีผู้ใดอยู่ในตำแหน่ง{post}",
                "เลือกผู้แทนจนครบวาระของชุดนี้ แล้วบันทึกจากมติที่ประชุม",
            )
        case TwoPosts(term_numbers=numbers, posts=posts):
            who = (names or {}).get(numbers[0], "") or "กรรมการคนหนึ่ง"
            return Said(
                "คนเดียวอยู่หลายตำแหน่ง",
                f"{who} อยู่ในตำแหน่ง {' และ '.join(posts)} พร้อมกัน",
                "หากที่ประชุมเห็นชอบไว้ ใช้ต่อไปได้ หากไม่ใช่ ให้สิ้นสุดตำแหน่งหนึ่งแล้วเลือกผู้อื่นแทน",
            )


def power_in_thai(power: Power, rules: RuleSet) -> str:
    """What a position may do while it lasts, with the number the rules ask for."""
    match power:
        case Power.DECIDES:
            return "ลงมติ"
        case Power.PAYS_OUT:
            return f"จ่ายเงินยืม ต่อหน้าพยาน {rules['witnesses'].count} คน"
        case Power.SIGNS:
            return f"ร่วมลงนามถอนเงิน ({rules['withdrawal_signers'].count} คน)"
