"""What the library says to people."""

from __future__ import annotations

from collections.abc import Sequence

from kongthun.accounts.reach import MAY, NotEntitled
from kongthun.accounts.wording import DEEDS
from kongthun.domain.thai_calendar import long

from . import refusals as why
from .editions import Edition, Kind, Passage

TITLE, NAME, SOURCE, TEXT, NOTE = "ชื่อเรื่อง", "ฉบับ", "ที่มา", "ข้อความ", "เหตุที่นำออก"
CHAPTER, ARTICLE = "ชื่อหมวด", "ข้อความ"
NO_LABEL = "ยังไม่ทราบเลขข้อ"
OPENING = "ความนำ"


def name_of(passage: Passage, edition: Edition | None) -> str:
    """How a passage is called: by its label; of what ships without one, that none is known.

    A guideline has no clauses, so its passages are called by their chapter.

    In a text that an office added (or is about to, without edition) everything has its place.
    """
    if passage.label:
        return passage.label
    if edition is not None and edition.pk is None:
        has_clauses = edition.kind in {Kind.REGULATION, Kind.LAW}
        return NO_LABEL if has_clauses else passage.chapter
    return OPENING if passage.place == 1 else f"ย่อหน้าที่ {passage.place}"


def read_in_thai(passages: Sequence[Passage]) -> str:
    """What was read out of a text, so that somebody sees what is missing."""
    labels = [each.label for each in passages if each.label]
    if not labels:
        return f"อ่านได้ {len(passages):,} ย่อหน้า ไม่พบเลขข้อ"
    return f"อ่านได้ {len(labels):,} ข้อ ตั้งแต่{labels[0]} ถึง{labels[-1]}"


def starts_in_thai(edition: Edition) -> str:
    """Since when an edition counts; honest about a day nobody has found."""
    if not edition.is_day_known:
        return "ยังไม่ทราบวันเริ่มใช้ที่แน่นอน"
    return f"ใช้ตั้งแต่ {long(edition.starts_on)}"


def refusal_in_thai(refusal: why.LibraryRefusal) -> str:
    """What is wrong and what to do. NotImplementedError for a refusal without words."""
    match refusal:
        case NotEntitled(deed=deed, day=day):
            who = " หรือ".join(str(role.label) for role, deeds in MAY.items() if deed in deeds)
            return f"ณ วันที่ {long(day)} หน้าที่ของท่านไม่รวมการ{DEEDS[deed]}ของพื้นที่นี้ ผู้ที่ทำได้คือ{who}"
        case why.WordsMissing(what=what):
            return f"ยังไม่ได้พิมพ์{what} พิมพ์แล้วส่งอีกครั้ง"
        case why.WordsTooLong(what=what, longest=longest, label=label):
            of_article = f"{label}: " if label else ""
            return f"{of_article}{what}ยาวเกิน {longest:,} ตัวอักษร แบ่งหรือย่อให้สั้นลง"
        case why.WorkUnknown():
            return "ไม่พบเรื่องนี้ในคลังความรู้ เลือกจากรายการ หรือเพิ่มเป็นเรื่องใหม่"
        case why.ReplacedUnknown():
            return "ไม่พบฉบับที่จะใช้แทนในเรื่องนี้ เลือกฉบับของเรื่องเดียวกันที่ใช้ในพื้นที่นี้ หรือเลือกว่าไม่แทนฉบับใด"
    return _of_articles(refusal) or _of_editions(refusal) or _none(refusal)


def _of_articles(refusal: why.LibraryRefusal) -> str:
    match refusal:
        case why.NothingRead():
            return "ยังอ่านข้อความไม่ได้แม้แต่ข้อเดียว วางข้อความ แล้วขึ้นบรรทัดใหม่ก่อนคำว่า ข้อ ของทุกข้อ"
        case why.ArticleEmpty(label=label):
            return f"{label} ยังไม่มีข้อความ พิมพ์ต่อจากเลขข้อ หรือตัดบรรทัดนั้นออก"
        case why.LabelTwice(label=label):
            return f"มี{label} สองแห่ง รวมเป็นข้อเดียว หรือแก้เลขข้อให้ตรงกับตัวบท"
        case why.TooManyArticles(count=count, most=most):
            return f"อ่านได้ {count:,} ข้อ ฉบับหนึ่งเก็บได้ไม่เกิน {most:,} ข้อ แบ่งเป็นหลายเรื่อง"
    return ""


def _of_editions(refusal: why.LibraryRefusal) -> str:
    match refusal:
        case why.EditionThere(name=name):
            return f"พื้นที่นี้เพิ่มฉบับ “{name}” ของวันเริ่มใช้นี้ไว้แล้ว เปิดฉบับนั้น หรือนำออกก่อนแล้วเพิ่มใหม่"
        case why.EditionUnknown():
            return "ไม่พบฉบับนี้ เปิดจากหน้าคลังความรู้อีกครั้ง"
        case why.TakenDown(name=name):
            return f"ฉบับ “{name}” นำออกไปแล้ว หากต้องใช้ ให้เพิ่มเป็นฉบับใหม่"
        case why.PaperThere(name=name):
            return f"ฉบับ “{name}” มีไฟล์อยู่แล้ว ไฟล์เดิมคงไว้ หากเป็นคนละฉบับ ให้เพิ่มฉบับใหม่"
    return ""


def _none(refusal: object) -> str:
    raise NotImplementedError(f"no Thai words for {type(refusal).__name__}")
