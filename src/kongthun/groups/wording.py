"""What lists, committees and rules are called in Thai, and what is said when a deed is not done.

Every limit of a rule set has its name and its way of saying a value here; the page of rules and
refusals that cite a limit read from one place.
"""

from __future__ import annotations

from collections.abc import Mapping

from kongthun.accounts.reach import NotEntitled
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.domain.money import Money
from kongthun.domain.ordered_list import (
    IncomeUnknownNeedsReason,
    Missing,
    NeedsReason,
    OrderFault,
    Stranger,
    TieNeedsReason,
    Twice,
)
from kongthun.domain.rule_set import LIMITS as ALL_LIMITS
from kongthun.domain.rule_set import WHOLE, Kind, Limit
from kongthun.domain.thai_calendar import MONTHS_LONG, long

from . import refusals as why
from .models import HouseholdEventKind

# ---- rules ---------------------------------------------------------------------------------------

LIMITS: Mapping[str, str] = {
    "committee_least": "กรรมการอย่างน้อย",
    "committee_most": "กรรมการไม่เกิน",
    "committee_years": "วาระกรรมการ",
    "quorum_per_cent": "องค์ประชุม กรรมการต้องมามากกว่า",
    "largest_loan": "ยืมได้ไม่เกินครั้งละ",
    "open_loans_per_household": "ครัวเรือนหนึ่งมีสัญญาค้างพร้อมกันได้ไม่เกิน",
    "must_be_listed": "ผู้ยืมต้องอยู่ในบัญชีรายชื่อ",
    "opinion_needed": "ต้องมีความเห็นของพัฒนากรก่อนพิจารณา",
    "term_months": "ส่งคืนครบภายใน",
    "instalments_most": "แบ่งส่งคืนได้ไม่เกิน",
    "contract_copies": "สัญญาทำไว้",
    "witnesses": "พยานในสัญญาและการจ่ายเงิน",
    "guarantors": "ผู้ค้ำประกัน",
    "withdrawal_signers": "ผู้ลงชื่อถอนเงินจากธนาคาร",
    "interest_method": "วิธีคิดดอกเบี้ย",
    "interest_rate": "อัตราดอกเบี้ย",
    "penalty_rate": "อัตราค่าปรับเงินที่ส่งช้า",
    "penalty_free_days": "ส่งช้าได้โดยไม่คิดค่าปรับ",
    "allocation_order": "เงินที่ส่งคืนตัดตามลำดับ",
    "overpayment": "เมื่อส่งเงินเกินยอดที่ค้าง",
    "share_price": "หุ้นละ",
    "deferral_months": "ผ่อนผันได้ไม่เกิน",
    "write_off_by": "ผู้มีอำนาจรับรู้หนี้สูญ",
    "general_quorum_per_cent": "องค์ประชุมใหญ่ สมาชิกต้องมามากกว่า",
    "term_warning_days": "เตือนก่อนกรรมการครบวาระ",
    "year_end_month": "ปีบัญชีสิ้นสุดเมื่อสิ้นเดือน",
    "surplus_dividend": "แบ่งผลกำไรเป็นเงินปันผลตามหุ้น",
    "surplus_trade_return": "แบ่งผลกำไรเป็นเงินเฉลี่ยคืนตามยอดซื้อขาย",
    "surplus_reserve": "แบ่งผลกำไรเป็นทุนสำรอง",
    "surplus_welfare": "แบ่งผลกำไรเป็นสวัสดิการ",
    "surplus_committee": "แบ่งผลกำไรเป็นค่าตอบแทนกรรมการ",
    "surplus_carried": "ผลกำไรที่ยกไปปีหน้า",
    "roll_over_days": "เฝ้าดูการส่งคืนแล้วยืมใหม่ภายใน",
    "prescription_years": "อายุความของเงินยืม",
    "instalment_prescription_years": "อายุความของแต่ละงวด",
    "death_claim_days": "เรียกจากทายาทภายใน",
    "evidence_above": "ต้องมีหลักฐานเป็นหนังสือเมื่อเกิน",
}

CHOICES: Mapping[str, Mapping[str, str]] = {
    "interest_method": {
        "none": "ไม่คิดดอกเบี้ย",
        "flat": "คงที่จากเงินต้นเดิม",
        "declining": "ลดต้นลดดอก",
    },
    "allocation_order": {
        "penalty,interest,principal": "ค่าปรับ ดอกเบี้ย แล้วเงินต้น",
        "interest,principal,penalty": "ดอกเบี้ย เงินต้น แล้วค่าปรับ",
        "principal,interest,penalty": "เงินต้น ดอกเบี้ย แล้วค่าปรับ",
    },
    "overpayment": {
        "refuse": "ไม่รับส่วนที่เกิน",
        "hold": "รับฝากไว้ในชื่อผู้ส่ง",
    },
    "write_off_by": {
        "committee": "คณะกรรมการ โดยมติที่ประชุม",
        "district": "อำเภอ",
        "province": "จังหวัด",
    },
}

_COUNTED: Mapping[str, str] = {
    "committee_least": "คน",
    "committee_most": "คน",
    "quorum_per_cent": "% ของกรรมการที่อยู่ในวาระ",
    "open_loans_per_household": "สัญญา",
    "instalments_most": "งวด",
    "contract_copies": "ฉบับ",
    "witnesses": "คน",
    "guarantors": "คน",
    "withdrawal_signers": "คน",
    "penalty_rate": "% ต่อเดือน",
    "general_quorum_per_cent": "% ของสมาชิก",
    "year_end_month": "(มกราคมคือ 1)",
    "surplus_dividend": "% ของผลกำไร",
    "surplus_trade_return": "% ของผลกำไร",
    "surplus_reserve": "% ของผลกำไร",
    "surplus_welfare": "% ของผลกำไร",
    "surplus_committee": "% ของผลกำไร",
    "surplus_carried": "% ของผลกำไร",
}
_UNIT_OF_KIND: Mapping[Kind, str] = {
    "money": "บาท",
    "months": "เดือน",
    "days": "วัน",
    "years": "ปี",
    "rate": "% ต่อปี",
}
YES_NO: Mapping[str, str] = {"1": "ใช่", "0": "ไม่ใช่"}
NO_LIMIT = "ไม่ได้กำหนด"
CHECKED = "ตรวจกับตัวบทแล้ว"
NOT_CHECKED = "ยังไม่ได้ตรวจกับตัวบท"

KINDS: Mapping[str, str] = {
    "kkk": "กองทุน กข.คจ.",
    "saving_group": "กลุ่มออมทรัพย์เพื่อการผลิต",
    "village_fund": "กองทุนหมู่บ้าน",
    "occupation_group": "กลุ่มอาชีพ",
    "community_enterprise": "วิสาหกิจชุมชน",
}


def kind_in_thai(kind: str) -> str:
    """What a kind of group is called; its own name while it has no other."""
    return KINDS.get(kind, kind)


def unit_of(name: str) -> str:
    """What a limit is counted in; empty for choices and yes or no. KeyError for no limit."""
    return _COUNTED.get(name) or _UNIT_OF_KIND.get(ALL_LIMITS[name][0], "")


def value_in_thai(limit: Limit) -> str:
    """A limit's value in words.

    >>> from kongthun.domain.rule_set import Limit
    >>> value_in_thai(Limit("interest_rate", 650, "", "", is_checked=False))
    '6.5% ต่อปี'
    """
    if limit.value is None:
        return NO_LIMIT
    kind, _ = ALL_LIMITS[limit.name]
    if kind == "choice":
        return CHOICES[limit.name].get(str(limit.value), str(limit.value))
    if kind == "yes_no":
        return YES_NO["1" if limit.says_yes else "0"]
    if limit.name == "year_end_month" and limit.count in range(1, 13):
        return MONTHS_LONG[int(limit.value) - 1]
    unit = unit_of(limit.name)
    return f"{_figure(limit)}{unit}" if unit.startswith("%") else f"{_figure(limit)} {unit}"


def as_typed(limit: Limit) -> str:
    """A limit's value as it would be typed: `kongthun.domain.rule_set.read_value` reads it back."""
    if limit.value is None:
        return ""
    return str(limit.value) if isinstance(limit.value, str) else _figure(limit)


def _figure(limit: Limit) -> str:
    kind, _ = ALL_LIMITS[limit.name]
    if kind not in {"money", "rate"}:
        return f"{limit.value:,}"
    text = Money(int(limit.value or 0)).text  # both count in hundredths
    return _per_cent(int(limit.value or 0))[:-1] if kind == "rate" else text


def _per_cent(hundredths: int) -> str:
    text = Money(hundredths).text
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"


def mark_of(limit: Limit) -> str:
    """Whether somebody has held the limit against the text."""
    return CHECKED if limit.is_checked else NOT_CHECKED


# ---- events --------------------------------------------------------------------------------------

# What each event means for the debt; docs/rules/households.md is the long form.
WHO_ANSWERS: Mapping[HouseholdEventKind, str] = {
    HouseholdEventKind.DEATH: (
        "สัญญาที่ผู้เสียชีวิตทำไว้ยังอยู่ครบ ทายาทรับช่วงต่อเท่าที่รับมรดก "
        "วันที่คณะกรรมการรู้สำคัญ เพราะเวลาเรียกจากทายาทนับจากวันนั้น"
    ),
    HouseholdEventKind.MOVED_AWAY: ("เงินยืมที่ค้างอยู่ยังเป็นของครัวเรือนเดิม และหยุดให้ยืมใหม่จนกว่าจะย้ายกลับ"),
    HouseholdEventKind.CAME_BACK: "กลับมาอยู่ในบัญชีรายชื่อลำดับเดิม เงินยืมที่ค้างอยู่ไม่เปลี่ยน",
    HouseholdEventKind.SPLIT: (
        "เงินยืมอยู่กับครัวเรือนเดิมที่ยืมไว้ทั้งหมด ครัวเรือนที่แยกออกมาได้ลำดับใหม่และเริ่มโดยไม่มีหนี้"
    ),
    HouseholdEventKind.MERGED: "ครัวเรือนที่ไปรวมด้วยดูแลเงินยืมต่อ สัญญาเดิมยังอ่านได้ใต้ลำดับเดิม",
    HouseholdEventKind.NEW_HEAD: "เงินยืมยังเป็นของครัวเรือนเดิม เปลี่ยนเฉพาะผู้เป็นหัวหน้า",
    HouseholdEventKind.LEFT_LIST: "หยุดให้ยืมใหม่ เงินยืมที่ค้างอยู่ยังต้องส่งคืนตามสัญญา",
}


# ---- why not -------------------------------------------------------------------------------------


def refusal_in_thai(refusal: why.GroupRefusal) -> str:
    """What is wrong and what to do. NotImplementedError for a refusal without words."""
    match refusal:
        case NotEntitled():
            return not_entitled_in_thai(refusal)
        case why.InTheFuture(day=day):
            return f"วันที่ {long(day)} ยังมาไม่ถึง บันทึกได้ตั้งแต่วันนั้นเป็นต้นไป"
        case why.EndsBeforeItStarts(starts_on=first, ends_on=last):
            return f"วันสิ้นสุด {long(last)} มาก่อนวันเริ่ม {long(first)} ลองดูวันที่ทั้งสองอีกครั้ง"
        case why.NameMissing():
            return "ยังไม่มีชื่อ พิมพ์ชื่อแล้วส่งอีกครั้ง"
        case why.NoteMissing():
            return "ยังไม่ได้บอกว่ารู้ได้อย่างไร เขียนสั้น ๆ ว่าดูจากเอกสารใดหรือถามใคร ผู้ตรวจภายหลังจะได้ตามได้"
        case why.ResolutionMissing():
            return "ยังไม่ได้บอกว่าใช้ตามมติหรือคำสั่งใด เช่น มติที่ประชุมครั้งที่ 2/2569"
    return (
        _of_households(refusal)
        or _of_events(refusal)
        or _of_incomes_and_order(refusal)
        or _of_committee(refusal)
        or _of_rules(refusal)
        or _no_words(refusal)
    )


def _no_words(refusal: object) -> str:
    raise NotImplementedError(f"no Thai words for {type(refusal).__name__}")


def _of_households(refusal: why.GroupRefusal) -> str:
    match refusal:
        case why.NotListed(number=number):
            return f"ไม่พบครัวเรือนลำดับที่ {number} ในบัญชีรายชื่อ ลองดูลำดับที่อีกครั้ง"
        case why.AlreadyListed(number=number):
            return (
                f"ชื่อและบ้านเลขที่นี้อยู่ในบัญชีรายชื่อแล้ว เป็นลำดับที่ {number} "
                "หากเป็นคนละครัวเรือน พิมพ์บ้านเลขที่ให้ต่างกัน"
            )
        case why.NotOnTheList(number=number, merged_into=None):
            return (
                f"ครัวเรือนลำดับที่ {number} ออกจากบัญชีรายชื่อแล้ว "
                "หากบันทึกผิด ถอนเหตุการณ์นั้นก่อน แล้วทำรายการนี้อีกครั้ง"
            )
        case why.NotOnTheList(number=number, merged_into=into):
            return (
                f"ครัวเรือนลำดับที่ {number} รวมเข้ากับลำดับที่ {into} แล้ว บันทึกที่ลำดับที่ {into} แทน "
                "หรือถอนการรวมก่อนหากบันทึกผิด"
            )
        case why.NotLivingThere(number=number):
            return (
                f"ไม่พบบุคคลที่เลือกในครัวเรือนลำดับที่ {number} หรือบุคคลนั้นออกจากครัวเรือนแล้ว "
                "ลองเปิดหน้าครัวเรือนแล้วเลือกอีกครั้ง"
            )
        case why.LivesThereAlready(number=number):
            return f"ชื่อนี้อยู่ในครัวเรือนลำดับที่ {number} อยู่แล้ว ไม่ต้องเพิ่มซ้ำ"
        case why.AlreadyEnded(ends_on=day):
            return f"บันทึกไว้แล้วว่าอยู่ในครัวเรือนถึงวันที่ {long(day)}"
    return ""


def _of_events(refusal: why.GroupRefusal) -> str:
    match refusal:
        case why.KnownBeforeItHappened(happened_on=happened, known_on=known):
            return f"วันที่คณะกรรมการรู้ {long(known)} มาก่อนวันที่เกิดเหตุ {long(happened)} ลองดูวันที่ทั้งสองอีกครั้ง"
        case why.PersonMissing(kind=kind):
            label = HouseholdEventKind(kind).label
            return f"เหตุการณ์ “{label}” ต้องบอกว่าเป็นใคร เลือกจากรายชื่อ หรือพิมพ์ชื่อ"
        case why.HeadMovesOut():
            return "หัวหน้าครัวเรือนยังแยกออกไม่ได้ บันทึกหัวหน้าครัวเรือนคนใหม่ก่อน แล้วจึงบันทึกการแยก"
        case why.AlreadyDead():
            return "บันทึกการเสียชีวิตของบุคคลนี้ไว้แล้ว ดูได้ในเหตุการณ์ของครัวเรือน"
        case why.OtherHouseholdMissing():
            return "ยังไม่ได้บอกว่าไปรวมกับครัวเรือนลำดับที่ใด เลือกครัวเรือนแล้วส่งอีกครั้ง"
        case why.MergedIntoItself(number=number):
            return f"ครัวเรือนลำดับที่ {number} เป็นครัวเรือนเดียวกัน หรือรวมเข้ามากับครัวเรือนนี้แล้ว เลือกครัวเรือนอื่น"
        case why.AlreadyAway(since=day):
            return f"บันทึกไว้แล้วว่าครัวเรือนนี้ย้ายออกเมื่อวันที่ {long(day)}"
        case why.NotAway():
            return "ยังไม่มีบันทึกว่าครัวเรือนนี้ย้ายออก จึงบันทึกว่าย้ายกลับไม่ได้ บันทึกการย้ายออกก่อน"
        case why.EventUnknown(number=number):
            return f"ไม่พบเหตุการณ์ที่ {number} ของกลุ่มนี้"
        case why.EventWithdrawn(number=number):
            return f"เหตุการณ์ที่ {number} ถอนไปแล้ว"
        case why.SplitStands(number=number, new_number=new):
            return (
                f"การแยกครัวเรือนถอนไม่ได้ เพราะครัวเรือนลำดับที่ {new} อาจยืมเงินไปแล้ว "
                f"หากบันทึกผิด บันทึกที่ลำดับที่ {new} ว่ารวมเข้ากับลำดับที่ {number}"
            )
    return ""


def _of_incomes_and_order(refusal: why.GroupRefusal) -> str:
    match refusal:
        case why.IncomeOfNoYear():
            return "รายได้ถามเฉพาะก่อนยืม และหลังยืม 1 2 และ 3 ปี เลือกปีใดปีหนึ่ง"
        case why.ContractMissing(years_after=years):
            return f"รายได้หลังยืม {years} ปีเป็นของสัญญาใดสัญญาหนึ่ง พิมพ์เลขลำดับของสัญญาในระบบ"
        case why.SurveyYearUnlikely(year=year):
            return f"ปีสำรวจ {year} ไม่น่าใช่ พิมพ์เป็นปี พ.ศ. สี่หลัก และไม่เกินปีนี้ เช่น 2564"
        case why.IncomeBelowZero():
            return "รายได้ต่ำกว่าศูนย์ไม่ได้ หากไม่มีรายได้ พิมพ์ 0"
        case why.OrderNotClear(fault=fault):
            return _of_order(fault)
        case why.ListEmpty():
            return "วันนั้นยังไม่มีครัวเรือนในบัญชีรายชื่อ เพิ่มครัวเรือนก่อน"
        case why.LaterListStands(drawn_on=day):
            return f"มีบัญชีลำดับที่จัดเมื่อวันที่ {long(day)} ซึ่งใหม่กว่าอยู่แล้ว ใช้วันที่ตั้งแต่วันนั้นเป็นต้นไป"
    return ""


def _of_order(fault: OrderFault) -> str:
    match fault:
        case Missing(number=number):
            return f"ครัวเรือนลำดับที่ {number} ยังไม่มีที่ในบัญชี ใส่ลำดับให้ก่อน"
        case Twice(number=number):
            return f"ครัวเรือนลำดับที่ {number} มีที่ในบัญชีมากกว่าหนึ่งแห่ง เหลือไว้แห่งเดียว"
        case Stranger(number=number):
            return f"ลำดับที่ {number} ไม่ใช่ครัวเรือนเป้าหมายของวันนั้น นำออกจากบัญชีก่อน"
        case NeedsReason(number=number, poorer=poorer):
            return (
                f"ครัวเรือนลำดับที่ {number} อยู่ก่อนครัวเรือนที่รายได้น้อยกว่า "
                f"(ลำดับที่ {_listed(poorer)}) บอกเหตุผลของที่ประชุมไว้ข้างชื่อ"
            )
        case TieNeedsReason(number=number, equals=equals):
            return f"ครัวเรือนลำดับที่ {number} รายได้เท่ากับลำดับที่ {_listed(equals)} บอกเหตุผลที่ให้อยู่ก่อน"
        case IncomeUnknownNeedsReason(number=number):
            return f"ยังไม่รู้รายได้ของครัวเรือนลำดับที่ {number} บันทึกรายได้ก่อน หรือบอกเหตุผลที่ให้อยู่ที่นี้"


_MOST_NAMED = 5


def _listed(numbers: tuple[int, ...]) -> str:
    """A few numbers, and how many more."""
    named = ", ".join(str(number) for number in numbers[:_MOST_NAMED])
    rest = len(numbers) - _MOST_NAMED
    return f"{named} และอีก {rest} ครัวเรือน" if rest > 0 else named


def _of_committee(refusal: why.GroupRefusal) -> str:
    match refusal:
        case why.TermUnknown(number=number):
            return f"ไม่พบวาระที่ {number} ในทะเบียนกรรมการ"
        case why.TermWithdrawn(corrected_by=number):
            return f"วาระนี้ถูกแก้ไปแล้ว ที่ใช้อยู่คือวาระที่ {number} แก้ที่วาระนั้นแทน"
        case why.TermTwice(number=number):
            return f"ชื่อ ตำแหน่ง ชุดที่ และวันเริ่มตรงกับวาระที่ {number} ที่บันทึกไว้แล้ว ไม่ต้องเพิ่มซ้ำ"
        case why.NothingCorrected():
            return "ยังไม่ได้เปลี่ยนอะไรจากที่บันทึกไว้ แก้ช่องที่ไม่ตรง แล้วส่งอีกครั้ง"
    return ""


def _of_rules(refusal: why.GroupRefusal) -> str:
    match refusal:
        case why.KindUnknown(kind=kind):
            return f"ยังไม่มีชุดระเบียบของกลุ่มประเภท “{kind}” ติดต่อผู้ดูแลระบบ"
        case why.LimitUnknown(name=name):
            return f"ไม่มีข้อกำหนดชื่อ “{name}” ในชุดระเบียบ"
        case why.LimitUnreadable(name=name, raw=raw):
            unit = unit_of(name)
            if name == "year_end_month":
                return f"{LIMITS[name]}: “{raw}” ไม่ใช่เดือน พิมพ์เลขเดือน 1 ถึง 12 (มกราคมคือ 1)"
            how = f"พิมพ์เป็นตัวเลข หน่วยเป็น{unit}" if unit else "เลือกจากรายการ"
            return f"{LIMITS[name]}: ยังอ่าน “{raw}” ไม่ได้ {how} หรือเว้นว่างไว้หากไม่ได้กำหนด"
        case why.CommitteeLimitsCross(least=least, most=most):
            return f"กรรมการอย่างน้อย {least} คน มากกว่าจำนวนสูงสุด {most} คน ลองดูทั้งสองช่องอีกครั้ง"
        case why.SurplusSplitNotWhole(parts=parts):
            over = parts - WHOLE
            wrong = f"เกินไป {_per_cent(over)}" if over > 0 else f"ยังขาด {_per_cent(-over)}"
            return (
                f"ส่วนแบ่งผลกำไรทุกส่วนรวมกันได้ {_per_cent(parts)} {wrong} "
                "ปรับให้รวมเป็น 100% พอดี หรือเว้นว่างทุกส่วนหากไม่ได้กำหนด"
            )
        case why.CheckedWithoutClause(name=name):
            return f"{LIMITS[name]}: บอกว่าตรวจกับตัวบทแล้ว แต่ยังไม่มีเลขข้อ พิมพ์เลขข้อที่ตรวจ"
        case why.RulesUnknown():
            return "ไม่พบชุดระเบียบนี้ในที่นี้ ลองเปิดหน้าระเบียบอีกครั้ง"
        case why.RulesWithdrawn():
            return "ชุดระเบียบนี้ถอนไปแล้ว"
    return ""
