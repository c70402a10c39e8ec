"""What is said of plans, trainings and what was done: states, and refusals with what to do."""

from __future__ import annotations

from collections.abc import Mapping

from kongthun.domain.plans_done import PlanState
from kongthun.domain.thai_calendar import long

from .calls_refusals import CallRefusal
from .calls_wording import call_refusal_in_thai
from .plans_refusals import (
    DoneTwice,
    DoneWithdrawn,
    EndsBeforeItStarts,
    InTheFuture,
    NobodyLearned,
    NoSuchDone,
    NoSuchPlan,
    NoSuchTerm,
    NoSuchTraining,
    NoSuchYear,
    OutsideYear,
    PlanDone,
    PlanDropped,
    PlannedTwice,
    PlanRefusal,
    PlanReplaced,
    TrainedTwice,
    TrainingCounted,
    TrainingWithdrawn,
    WordsMissing,
)

# The mark beside a line, and its word.
STATES: Mapping[PlanState, tuple[str, str]] = {
    PlanState.DONE: ("ok", "ทำแล้ว"),
    PlanState.LATE: ("watch", "เลยกำหนด"),
    PlanState.NOW: ("watch", "ถึงช่วงที่ทำ"),
    PlanState.COMING: ("ok", "ยังไม่ถึง"),
    PlanState.DROPPED: ("ok", "ไม่ทำแล้ว"),
}


def plan_refusal_in_thai(refusal: PlanRefusal | CallRefusal) -> str:
    """What is wrong and what to do. Raises NotImplementedError for a refusal without words."""
    match refusal:
        case WordsMissing(what=what):
            return f"ยังไม่ได้บอก{what} เขียนสั้น ๆ แล้วบันทึกอีกครั้ง"
        case InTheFuture(day=day, today=today):
            return (
                f"วันที่ {long(day)} ยังมาไม่ถึง (วันนี้ {long(today)}) "
                "ลองตรวจวันที่ หรือใส่ไว้ในแผนก่อน แล้วบันทึกเมื่อทำแล้ว"
            )
        case EndsBeforeItStarts(starts_on=starts_on, ends_on=ends_on):
            return f"วันสิ้นสุด {long(ends_on)} มาก่อนวันเริ่ม {long(starts_on)} ลองตรวจวันทั้งสอง"
        case OutsideYear(day=day, year=year, first=first, last=last):
            return (
                f"วันที่ {long(day)} อยู่นอกปี {year} ของกลุ่ม ({long(first)} ถึง {long(last)}) "
                "ลองตรวจวันที่ หรือเลือกปีให้ตรง"
            )
        case NoSuchYear(year=year, earliest=earliest, latest=latest):
            return f"ปี {year} ไกลเกินกว่าจะวางแผน ใส่ พ.ศ. ตั้งแต่ {earliest} ถึง {latest}"
        case NoSuchTerm():
            return "กรรมการที่เลือกไม่อยู่ในทะเบียนกรรมการ เลือกจากรายชื่อ หรือเขียนชื่อผู้รับผิดชอบแทน"
        case NobodyLearned():
            return "ยังไม่ได้ทำเครื่องหมายว่าใครมาอบรม เลือกผู้ที่มาอย่างน้อยหนึ่งคน"
        case (
            PlannedTwice()
            | NoSuchPlan()
            | PlanDropped()
            | PlanReplaced()
            | PlanDone()
            | DoneTwice()
            | NoSuchDone()
            | DoneWithdrawn()
        ):
            return _of_a_plan(refusal)
        case NoSuchTraining() | TrainingWithdrawn() | TrainedTwice() | TrainingCounted():
            return _of_a_training(refusal)
        case _:
            return call_refusal_in_thai(refusal)


# --- below the line -------------------------------------------------------------------------


def _of_a_plan(
    refusal: PlannedTwice
    | NoSuchPlan
    | PlanDropped
    | PlanReplaced
    | PlanDone
    | DoneTwice
    | NoSuchDone
    | DoneWithdrawn,
) -> str:
    match refusal:
        case PlannedTwice(number=number):
            return f"กิจกรรมนี้อยู่ในแผนแล้วเป็นรายการที่ {number} ถ้าทำหลายครั้ง ใส่วันให้ต่างกัน"
        case NoSuchPlan(number=number):
            return f"ไม่มีรายการที่ {number} ในแผน ลองเปิดจากหน้าแผนอีกครั้ง"
        case PlanDropped(number=number):
            return f"แผนรายการที่ {number} ตกลงไม่ทำแล้ว หากกลับมาทำ ให้เพิ่มเป็นรายการใหม่"
        case PlanReplaced(number=number, by_number=by_number):
            return f"แผนรายการที่ {number} มีรายการที่ {by_number} แทนแล้ว เปิดรายการใหม่แล้วทำต่อ"
        case PlanDone(number=number, done_number=done_number):
            return (
                f"แผนรายการที่ {number} บันทึกว่าทำแล้ว (กิจกรรมที่ {done_number}) จึงคงไว้ตามเดิม "
                "หากบันทึกผิด ถอนกิจกรรมนั้นก่อน"
            )
        case DoneTwice(number=number):
            return (
                f"กิจกรรมข้อความนี้ของวันเดียวกันบันทึกไว้แล้ว (กิจกรรมที่ {number}) ถ้าเป็นคนละครั้ง เติมถ้อยคำให้ต่างกัน"
            )
        case NoSuchDone(number=number):
            return f"ไม่มีกิจกรรมที่ {number} ในสมุด ลองเปิดจากหน้าแผนอีกครั้ง"
        case DoneWithdrawn(number=number):
            return f"กิจกรรมที่ {number} ถอนไปแล้ว ไม่ต้องถอนซ้ำ"


def _of_a_training(
    refusal: NoSuchTraining | TrainingWithdrawn | TrainedTwice | TrainingCounted,
) -> str:
    match refusal:
        case NoSuchTraining(number=number):
            return f"ไม่มีการอบรมที่ {number} ลองเปิดจากหน้าการอบรมอีกครั้ง"
        case TrainingWithdrawn(number=number):
            return f"การอบรมที่ {number} ถอนไปแล้ว เลือกการอบรมอื่น หรือบันทึกใหม่"
        case TrainedTwice(number=number):
            return f"การอบรมเรื่องนี้ของวันเดียวกันบันทึกไว้แล้ว (การอบรมที่ {number}) เปิดดูรายการนั้นก่อน"
        case TrainingCounted(number=number, done_number=done_number):
            return (
                f"การอบรมที่ {number} เป็นหลักฐานของกิจกรรมที่ {done_number} อยู่ "
                "ถอนกิจกรรมนั้นก่อน แล้วจึงถอนการอบรม"
            )
