"""What fairness asks, in words: questions with their figures, never an accusation."""

from __future__ import annotations

from fractions import Fraction

from kongthun.accounts.reach import NotEntitled
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.domain.fairness import (
    Bands,
    CircleKind,
    Deed,
    Gap,
    Likeness,
    Pattern,
    Question,
    Reason,
    Way,
)

from . import refusals as no

DEEDS: dict[Deed, str] = {
    Deed.VISITED: "ไปพบถึงบ้าน",
    Deed.WARNED: "มีมติว่าผิดสัญญา",
    Deed.DEFERRED: "ผ่อนผัน",
    Deed.AGREED: "ทำข้อตกลงส่งคืน",
    Deed.TAKEN_TO_LAW: "เรียกร้องหรือฟ้องคดี",
}
QUESTIONS: dict[Question, str] = {
    Question.VISITED: DEEDS[Deed.VISITED],
    Question.WARNED: DEEDS[Deed.WARNED],
    Question.DEFERRED: DEEDS[Deed.DEFERRED],
    Question.AGREED: DEEDS[Deed.AGREED],
    Question.TAKEN_TO_LAW: DEEDS[Deed.TAKEN_TO_LAW],
    Question.LONG_DEFERRAL: "ได้ผ่อนผันนานกว่าผู้ที่อยู่กลางกลุ่ม",
    Question.LONG_AGREEMENT: "ได้ข้อตกลงยาวกว่าผู้ที่อยู่กลางกลุ่ม",
    Question.VISITED_EARLY: "ได้ไปพบก่อนผู้ที่อยู่กลางกลุ่ม",
}
REASONS: dict[Reason, str] = {
    Reason.DECEASED: "ผู้ยืมเสียชีวิต",
    Reason.MOVED: "ย้ายออกจากหมู่บ้าน",
    Reason.NOT_LATE: "ไม่ได้ค้างเกินกำหนดในวันแรกที่ดู",
    Reason.TOO_FEW_ALIKE: "มีผู้อยู่ในสภาพเดียวกันน้อยเกินไป",
}
CIRCLES: dict[CircleKind, str] = {
    CircleKind.HAMLET: "หมู่บ้าน",
    CircleKind.FIELD_WORKER: "พื้นที่ของพัฒนากร",
    CircleKind.COMMITTEE: "ครัวเรือนของกรรมการ",
}
WAYS: dict[Way, str] = {
    Way.LACKING: "ยังไม่ได้รับเหมือนผู้อื่น",
    Way.ALONE: "ได้รับต่างจากผู้อื่น",
    Way.LONGER: "ได้ระยะเวลายาวกว่าผู้อื่น",
    Way.SHORTER: "ได้ระยะเวลาสั้นกว่าผู้อื่น",
    Way.LATER: "ได้รับช้ากว่าผู้อื่น",
}
_UNITS = {Deed.DEFERRED: "วัน", Deed.AGREED: "เดือน"}
_EXACT_CHANCES = 1_000_000


def gap_words(gap: Gap) -> str:
    """A gap with the figures that say so."""
    deed, unit = DEEDS[gap.deed], _UNITS.get(gap.deed, "วัน")
    count = f"{len(gap.others):,} จาก {gap.alike:,} ครัวเรือนที่อยู่ในสภาพเดียวกัน"
    match gap.way:
        case Way.LACKING:
            return f"ยังไม่มีการ{deed} ขณะที่ {count} มีแล้ว"
        case Way.ALONE:
            return f"มีการ{deed} ขณะที่ {count} ไม่มี"
        case Way.LATER:
            return (
                f"ค้างมา {gap.own:,} วัน และได้ไปพบหลัง {len(gap.others):,} จาก {gap.alike:,} ครัวเรือน"
                f"ที่ค้างสั้นกว่า ({_between(gap, unit)})"
            )
    longer = "นานกว่า" if gap.way is Way.LONGER else "สั้นกว่า"
    return f"{deed} {gap.own:,} {unit} {longer}ผู้อื่นที่ได้ {_between(gap, unit)}"


def _between(gap: Gap, unit: str) -> str:
    ends = f"{gap.least:,}" if gap.least == gap.most else f"{gap.least:,}–{gap.most:,}"
    return f"{ends} {unit}"


def pattern_words(pattern: Pattern) -> str:
    """A pattern with its plain counts and what would be expected."""
    seen = pattern.together
    return (
        f"{QUESTIONS[pattern.question]} {seen.circle_yes:,} จาก {seen.circle:,} ครัวเรือน "
        f"ส่วนที่อื่น {seen.others_yes:,} จาก {seen.others:,} "
        f"ถ้าดูแลผู้ที่อยู่ในสภาพเดียวกันเหมือนกัน คาดว่าราว {round(pattern.expected):,}"
    )


def chance_words(p: Fraction) -> str:
    """How seldom chance alone does as much."""
    times = round(1 / p)
    if times > _EXACT_CHANCES:
        return "น้อยกว่าหนึ่งในล้านครั้ง"
    return f"ราว 1 ใน {times:,} ครั้ง"


def likeness_words(likeness: Likeness, bands: Bands) -> str:
    """In what they are alike."""
    sums = [end.text for end in bands.sum_ends]
    kept = "ยังไม่มีนัดที่ถึงกำหนด"
    if likeness.kept_band:
        starts = (0, *bands.kept_from)
        kept = f"รักษานัดได้ร้อยละ {starts[likeness.kept_band - 1]} ขึ้นไป"
        if likeness.kept_band < len(starts):
            kept = f"รักษานัดได้ไม่ถึงร้อยละ {starts[likeness.kept_band]}"
    ages = [f"{end:,}" for end in bands.age_ends]
    return (
        f"ค้างยืม{_band(sums, likeness.sum_band, 'บาท')} "
        f"เกินกำหนด{_band(ages, likeness.age_band, 'วัน')} {kept}"
    )


def _band(ends: list[str], band: int, unit: str) -> str:
    if band < len(ends):
        return f"ไม่เกิน {ends[band]} {unit}"
    return f"เกิน {ends[-1]} {unit}"


def refusal_in_thai(refusal: no.FairnessRefusal) -> str:
    """What is wrong and what to do. Raises NotImplementedError for a refusal without words."""
    match refusal:
        case NotEntitled():
            return not_entitled_in_thai(refusal)
        case no.WordsNeeded():
            return "ยังไม่ได้เขียนคำชี้แจง กรุณาเขียนสั้น ๆ เช่น น้ำท่วมทางขาดช่วงเดือนตุลาคม"
        case no.WordsTooLong(longest=longest):
            return f"ข้อความยาวเกิน {longest} ตัวอักษร กรุณาย่อให้สั้นลง"
        case no.ExplainedBefore(number=number):
            return f"เรื่องนี้มีคำชี้แจงเลขที่ {number} อยู่แล้ว ถ้าจะแก้ กรุณาถอนคำชี้แจงเดิมก่อน"
        case no.NoSuchExplanation(number=number):
            return f"ไม่มีคำชี้แจงเลขที่ {number} หรือถูกถอนไปแล้ว กรุณาเลือกจากรายการ"
    raise NotImplementedError(f"no Thai words for {type(refusal).__name__}")
