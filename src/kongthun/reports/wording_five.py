"""What the page of a group says of its five ก: one line a ก, what stands behind it, what helps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kongthun.accounts.reach import Deed
from kongthun.domain.five import Why

NAMES: Mapping[str, tuple[str, str]] = {
    "members": ("ก1", "กลุ่มและสมาชิก"),
    "office": ("ก2", "กรรมการ"),
    "rules": ("ก3", "กฎ กติกา ระเบียบ"),
    "means": ("ก4", "กองทุน"),
    "activities": ("ก5", "กิจกรรม"),
}


@dataclass(frozen=True, slots=True)
class Advice:
    """What decided a ก in words, and what helps: a button to an address for who may do it."""

    says: str
    helps: str = ""
    button: str = ""
    address: str = ""
    deed: Deed = Deed.SEE_FUND


ADVICE: Mapping[str, Mapping[Why, Advice]] = {
    "members": {
        Why.FINE: Advice("มีสมาชิกและไม่มีใบสมัครค้าง"),
        Why.NO_MEMBERS: Advice(
            "ยังไม่มีสมาชิกในทะเบียน",
            "รับสมัครสมาชิก หรือนำทะเบียนเดิมเข้าจากไฟล์",
            "เปิดทะเบียนสมาชิก",
            "groups:members",
            Deed.KEEP_LISTS,
        ),
        Why.APPLICATIONS_WAIT: Advice(
            "มีผู้สมัครรอมติที่ประชุม",
            "นำใบสมัครเข้าที่ประชุม แล้วบันทึกมติ",
            "บันทึกมติรับสมาชิก",
            "activities:admit",
            Deed.KEEP_LISTS,
        ),
    },
    "office": {
        Why.FINE: Advice("กรรมการอยู่ในวาระและครบตำแหน่ง"),
        Why.NOBODY_IN_OFFICE: Advice(
            "วันนี้ไม่มีกรรมการอยู่ในวาระ",
            "นัดประชุมสมาชิกเลือกกรรมการ แล้วบันทึกจากมติ",
            "ดูคณะกรรมการ",
            "groups:committee",
        ),
        Why.COMMITTEE_INCOMPLETE: Advice(
            "กรรมการไม่ครบ", "เลือกกรรมการแทนตำแหน่งที่ว่าง", "ดูคณะกรรมการ", "groups:committee"
        ),
        Why.COMMITTEE_WARNED: Advice(
            "มีเรื่องของคณะกรรมการที่ควรดู", "ดูว่าเรื่องใด", "ดูคณะกรรมการ", "groups:committee"
        ),
    },
    "rules": {
        Why.FINE: Advice("มีระเบียบเป็นลายลักษณ์อักษร และสมาชิกรับทราบครบ"),
        Why.NOT_WRITTEN: Advice(
            "ยังไม่มีระเบียบที่ที่ประชุมรับรอง",
            "ร่างระเบียบจากแบบตัวอย่าง แล้วให้ที่ประชุมรับรอง",
            "เปิดระเบียบของกลุ่ม",
            "groups:written_rules",
        ),
        Why.NOT_KNOWN: Advice(
            "สมาชิกบางคนยังไม่ได้รับทราบระเบียบ",
            "อ่านให้ฟังในที่ประชุม หรือให้ลงชื่อรับทราบ",
            "เปิดระเบียบของกลุ่ม",
            "groups:written_rules",
        ),
    },
    "means": {
        Why.FINE: Advice("เงินและของอธิบายได้ครบ ไม่มีสิ่งที่รับปากไว้แล้วเลยวัน"),
        Why.UNEXPLAINED: Advice(
            "มีเงินที่ยังอธิบายไม่ได้", "ดูว่ามาจากรายการใด", "ดูฐานะเงินทุน", "reports:fund"
        ),
        Why.PROMISE_LATE: Advice(
            "มีรายงานหรืองวดเงินกู้ที่เลยวันแล้ว",
            "ส่งรายงานหรือส่งคืนงวดนั้น",
            "เปิดทุนของกลุ่ม",
            "funding:means",
        ),
        Why.PROMISE_SOON: Advice(
            "มีรายงานหรืองวดเงินกู้ถึงกำหนดภายในเดือนนี้",
            "เตรียมส่งก่อนวันนั้น",
            "เปิดทุนของกลุ่ม",
            "funding:means",
        ),
    },
    "activities": {
        Why.FINE: Advice("ประชุมและทำตามแผน"),
        Why.NEVER_MET: Advice(
            "ยังไม่มีการประชุมที่บันทึกไว้",
            "นัดประชุม แล้วบันทึกว่าใครมาและมีมติอะไร",
            "เปิดการประชุม",
            "activities:meetings",
        ),
        Why.LONG_NOT_MET: Advice(
            "ไม่ได้ประชุมเกินหนึ่งปี",
            "นัดประชุมครั้งต่อไป",
            "เปิดการประชุม",
            "activities:meetings",
        ),
        Why.PLAN_LATE: Advice(
            "มีเรื่องในแผนที่เลยวันแล้วยังไม่ได้บันทึกว่าทำ",
            "บันทึกว่าทำแล้ว เลื่อน หรือเลิก",
            "เปิดแผนกิจกรรม",
            "activities:plan",
        ),
        Why.NO_PLAN: Advice(
            "ยังไม่มีแผนของปีนี้",
            "เขียนแผนปีนี้ไม่กี่เรื่อง มีผู้รับผิดชอบและวัน",
            "เปิดแผนกิจกรรม",
            "activities:plan",
        ),
    },
}
