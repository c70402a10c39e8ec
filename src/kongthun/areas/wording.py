"""What the areas app says in Thai when it cannot do what was asked: what is so, what to do."""

from __future__ import annotations

from kongthun.areas.refusals import (
    AreaRefusal,
    NotAVillageCode,
    TambonUnknown,
    VillageCodeRetired,
    VillageNameBeganThatDay,
    VillageNameChangesLater,
    VillageNameMissing,
    VillageNameTooLong,
    VillageUnknown,
)
from kongthun.domain.thai_calendar import long


def refusal_in_thai(refusal: AreaRefusal) -> str:
    """One or two plain sentences. Raises NotImplementedError for a refusal without words."""
    match refusal:
        case NotAVillageCode(code=code):
            return f"รหัสหมู่บ้าน “{code}” ยังไม่ถูกต้อง รหัสมีตัวเลข 8 หลัก สองหลักท้ายคือหมู่ที่ เริ่มจาก 01"
        case TambonUnknown(code=code):
            return f"ไม่พบตำบลรหัส {code} กรุณาตรวจรหัสหกหลักแรกอีกครั้ง"
        case VillageNameMissing(code=code):
            return f"ยังไม่มีชื่อหมู่บ้านของรหัส {code} กรุณากรอกชื่อ"
        case VillageNameTooLong(longest=longest):
            return f"ชื่อหมู่บ้านยาวเกิน {longest} ตัวอักษร กรุณาย่อให้สั้นลง"
        case VillageUnknown(code=code, on=on):
            return f"ไม่พบหมู่บ้านรหัส {code} ในวันที่ {long(on)} กรุณาบันทึกหมู่บ้านก่อน"
        case VillageNameChangesLater(on=on, changes_on=changes_on):
            return (
                f"ชื่อที่ใช้ในวันที่ {long(on)} มีบันทึกว่าเปลี่ยนในวันที่ {long(changes_on)} อยู่แล้ว "
                "กรุณาใช้วันที่ตั้งแต่วันนั้นเป็นต้นไป"
            )
        case VillageNameBeganThatDay(on=on):
            return f"ชื่อปัจจุบันเริ่มใช้ในวันที่ {long(on)} พอดี ชื่อใหม่เริ่มใช้ได้ตั้งแต่วันถัดไป"
        case VillageCodeRetired(code=code, ended_on=ended_on):
            return (
                f"รหัส {code} เป็นของหมู่บ้านที่สิ้นสุดเมื่อวันที่ {long(ended_on)} "
                "หากเป็นหมู่บ้านใหม่ กรุณาระบุวันเริ่มใช้ตั้งแต่วันนั้นเป็นต้นไป"
            )
    raise NotImplementedError(f"no Thai words for {type(refusal).__name__}")
