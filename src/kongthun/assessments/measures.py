"""The figures that the books know by name: what a questionnaire may ask of them.

Each has its unit, which way is better, its words, and the page on which it can be looked into.
What each is reckoned from stands in `queries.measures` and docs/rules/assessment.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from kongthun.domain.assessment import Better, Measure, Unit


@dataclass(frozen=True, slots=True)
class KnownMeasure:
    """A figure with its words. ``page`` is an address of the fund; ``place`` follows its code."""

    measure: Measure
    name: str
    page: str
    place: str = ""
    asked: str = ""

    def href(self, code: str) -> str:
        """Where a reader looks into this figure of a fund."""
        if self.page == "registers:set_aside":
            return f"{reverse(self.page)}?{urlencode({'fund': code})}"
        args = [code, self.place] if self.place else [code]
        return reverse(self.page, args=args) + self.asked


def _known(
    name: str,
    unit: Unit,
    better: Better,
    words: str,
    page: str,
    *,
    place: str = "",
    asked: str = "",
) -> KnownMeasure:
    return KnownMeasure(Measure(name, unit, better), words, page, place, asked)


_UP, _DOWN = Better.HIGHER, Better.LOWER
_ALL = (
    _known(
        "unexplained_share",
        Unit.SHARE,
        _DOWN,
        "เงินที่ยังอธิบายไม่ได้ ต่อทุนและดอกเบี้ย",
        "reports:figure",
        place="unexplained",
    ),
    _known(
        "overdue_share",
        Unit.SHARE,
        _DOWN,
        "เงินเกินกำหนด รวมที่ผ่อนผัน ต่อทุนและดอกเบี้ย",
        "reports:yellow",
        asked="?show=overdue",
    ),
    _known(
        "overdue_share_without_deferral",
        Unit.SHARE,
        _DOWN,
        "เงินเกินกำหนด ไม่นับที่ผ่อนผัน ต่อทุนและดอกเบี้ย",
        "reports:yellow",
        asked="?show=overdue",
    ),
    _known(
        "roll_over_share",
        Unit.SHARE,
        _DOWN,
        "เงินยืมที่ต่อจากหนี้เกินกำหนด ต่อเงินที่อยู่กับครัวเรือน",
        "loans:oversight",
    ),
    _known("movement_days", Unit.DAYS, _DOWN, "ให้ยืมหรือรับคืนครั้งล่าสุด", "reports:yellow"),
    _known("books_days", Unit.DAYS, _DOWN, "สมุดลงถึงวันที่", "reports:fund"),
    _known("report_days", Unit.DAYS, _DOWN, "รายงานสถานะ (เล่มน้ำตาล) ล่าสุด", "reports:brown"),
    _known(
        "bank_difference",
        Unit.SATANG,
        _DOWN,
        "ยอดธนาคารในบัญชีต่างจากสมุดเงินฝาก",
        "ledger:passbook",
    ),
    _known("passbook_days", Unit.DAYS, _DOWN, "เทียบสมุดเงินฝากครั้งล่าสุด", "ledger:passbook"),
    _known(
        "balances_confirmed_share",
        Unit.SHARE,
        _UP,
        "สัญญาที่ครัวเรือนยืนยันยอดแล้วในปีงบประมาณนี้",
        "loans:confirmations",
    ),
    _known("rows_set_aside", Unit.COUNT, _DOWN, "แถวในสมุดที่ควรตรวจสอบ", "registers:set_aside"),
    _known("committee_in_term", Unit.YES_NO, _UP, "มีกรรมการอยู่ในวาระ", "groups:committee"),
    _known(
        "committee_complete",
        Unit.YES_NO,
        _UP,
        "กรรมการครบจำนวน มีประธาน เลขานุการ เหรัญญิก",
        "groups:committee",
    ),
    _known("meeting_days", Unit.DAYS, _DOWN, "ประชุมครั้งล่าสุด", "activities:meetings"),
    _known("members", Unit.COUNT, _UP, "สมาชิก", "groups:members"),
    _known("members_waiting", Unit.COUNT, _DOWN, "ผู้สมัครที่รอคำตอบ", "groups:members"),
    _known("rules_written", Unit.YES_NO, _UP, "มีระเบียบของกลุ่มที่ใช้อยู่", "groups:written_rules"),
    _known("rules_known_share", Unit.SHARE, _UP, "สมาชิกที่รับทราบระเบียบ", "groups:written_rules"),
    _known("reports_late", Unit.COUNT, _DOWN, "รายงานต่อผู้สนับสนุนที่เลยกำหนด", "funding:gifts"),
    _known("plan_lines", Unit.COUNT, _UP, "เรื่องในแผนกิจกรรมปีนี้", "activities:plan"),
    _known("plan_late", Unit.COUNT, _DOWN, "เรื่องในแผนที่เลยกำหนด", "activities:plan"),
    _known("trainings", Unit.COUNT, _UP, "การอบรมใน 12 เดือน", "activities:trainings"),
)
MEASURES = {known.measure.name: known for known in _ALL}
