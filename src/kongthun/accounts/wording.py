"""What people are told when something is not theirs to do."""

from __future__ import annotations

from kongthun.domain.thai_calendar import long

from .reach import MAY, Deed, NotEntitled

DEEDS: dict[Deed, str] = {
    Deed.SEE_AREA: "ดูยอดรวมของพื้นที่",
    Deed.SEE_FUND: "ดูสมุดของกองทุน",
    Deed.SEE_NAMES: "ดูชื่อบุคคล",
    Deed.SEE_OWN_HOUSEHOLD: "ดูข้อมูลของครัวเรือนตน",
    Deed.IMPORT_REGISTERS: "นำเข้าสมุด",
    Deed.CORRECT_ROWS: "แก้แถวที่ควรตรวจสอบ",
    Deed.OPEN_GROUPS: "เปิดสมุดกลุ่มใหม่",
    Deed.KEEP_LISTS: "ดูแลบัญชีรายชื่อครัวเรือน",
    Deed.KEEP_COMMITTEE: "ดูแลทะเบียนกรรมการ",
    Deed.KEEP_RULES: "ปรับชุดระเบียบ",
    Deed.HOLD_MEETINGS: "บันทึกการประชุม",
    Deed.RECORD_LOANS: "บันทึกคำขอ สัญญา และการจ่ายเงินยืม",
    Deed.GIVE_OPINION: "ให้ความเห็นของพัฒนากร",
    Deed.DECIDE_LOANS: "บันทึกผลการพิจารณาของคณะกรรมการ",
    Deed.RECEIVE_MONEY: "รับเงินและออกใบเสร็จ",
    Deed.SETTLE_DEBTS: "บันทึกการผ่อนผันและข้อตกลงส่งคืน",
    Deed.WRITE_OFF: "รับรู้หนี้สูญ",
    Deed.CONFIRM_BALANCE: "ยืนยันยอดของครัวเรือนตน",
    Deed.KNOW_RULES: "รับทราบระเบียบของกลุ่ม",
    Deed.KEEP_PLANS: "ดูแลแผนและกิจกรรม",
    Deed.KEEP_TRADE: "บันทึกการซื้อ ผลิต ขาย และครุภัณฑ์",
    Deed.KEEP_MEANS: "ดูแลใบหุ้น เงินอุดหนุน เงินกู้ และเงินบริจาค",
    Deed.CLOSE_YEAR: "ปิดบัญชีประจำปีและจัดสรรผลกำไร",
    Deed.SEEK_SUPPORT: "ขอรับการสนับสนุนจากหน่วยงาน",
    Deed.ANSWER_SUPPORT: "ตอบคำขอรับการสนับสนุน",
    Deed.READ_LIBRARY: "เปิดคลังความรู้",
    Deed.SEE_OWN_WORK: "ดูงานของตน",
    Deed.KEEP_LIBRARY: "ดูแลระเบียบและแนวทางในคลังความรู้",
    Deed.KEEP_QUESTIONNAIRES: "ปรับแบบประเมินของปี",
    Deed.ASSESS: "ตอบแบบประเมิน",
    Deed.OPEN_SURVEYS: "เปิดรอบสำรวจสถานะ",
    Deed.ANSWER_SURVEYS: "บันทึกผลสำรวจที่หมู่บ้าน",
    Deed.HOLD_BRIEFINGS: "บันทึกการประชุมชี้แจง",
    Deed.SEE_CASES: "ดูเรื่องแก้ไขปัญหา",
    Deed.SEE_SEALED: "ดูเรื่องทางกฎหมาย",
    Deed.WORK_CASES: "ทำงานเรื่องแก้ไขปัญหา",
    Deed.HELP_CASES: "แสดงผลงานตามขั้นตอนของคณะกรรมการ",
    Deed.ADVISE_CASES: "ให้คำแนะนำในเรื่องแก้ไขปัญหา",
    Deed.PUBLISH_LESSONS: "เผยแพร่บทเรียน",
    Deed.SAY_BALANCES: "บันทึกคำบอกยอด",
    Deed.SETTLE_BALANCES: "ลงบัญชียอดที่ยืนยันแล้ว",
    Deed.SEE_FAIRNESS: "ดูความเสมอภาคในการดูแล",
    Deed.EXPLAIN_GAPS: "ชี้แจงความต่างในการดูแล",
    Deed.HAND_OVER: "ส่งมอบงานในหน้าที่",
    Deed.REDACT_EVIDENCE: "ปิดเนื้อหาของหลักฐาน",
}


def refusal_in_thai(refusal: NotEntitled) -> str:
    """Who can do it instead."""
    who = " หรือ".join(str(role.label) for role, deeds in MAY.items() if refusal.deed in deeds)
    return (
        f"ณ วันที่ {long(refusal.day)} หน้าที่ที่ท่านได้รับแต่งตั้งไม่รวมการ{DEEDS[refusal.deed]}"
        f"ของกองทุนนี้ ผู้ที่ทำได้คือ{who}"
    )
