"""What is said of how many members came."""

from __future__ import annotations

from .queries.attending import MembersThere

HALF = 50
ALL = 100


def members_in_thai(there: MembersThere) -> str:
    """How many members came and whether that is quorum of members, with the number it takes."""
    if not there.of:
        return "ยังไม่มีสมาชิกในทะเบียน ณ วันประชุม จึงยังนับองค์ประชุมไม่ได้"
    came = f"สมาชิกมา {there.came:,} จาก {there.of:,} คน"
    share = there.limit.count
    if share is None:
        return f"{came} (ชุดระเบียบไม่ได้กำหนดองค์ประชุมใหญ่)"
    whether = "ครบองค์ประชุม" if there.is_met else "ยังไม่ครบองค์ประชุม"
    if share >= ALL:
        return f"{came} {whether} (ต้องมาครบทุกคน คือ {there.needed:,} คน)"
    least = "กึ่งหนึ่ง" if share == HALF else f"ร้อยละ {share}"
    return f"{came} {whether} (ต้องมากกว่า{least} คือ {there.needed:,} คน)"
