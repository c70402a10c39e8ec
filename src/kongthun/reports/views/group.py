"""One page a group: its five ก as five doors, the support around them, and what happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.areas.queries import path_to
from kongthun.domain.five import Judged, Strength
from kongthun.domain.membership import ORDINARY
from kongthun.domain.thai_calendar import short
from kongthun.funding.queries.means import keeps_means
from kongthun.groups.committee_wording import warning_in_thai
from kongthun.groups.models import Group, MemberKind
from kongthun.groups.queries.places import group_in_reach
from kongthun.groups.wording import kind_in_thai
from kongthun.ledger.charts import chart
from kongthun.web.position_bar import bar_of, position_sentence

from ..queries.five import FiveOfGroup, five_of
from ..queries.funds import lends
from ..queries.timeline import Moment, timeline_of
from ..wording_five import ADVICE, NAMES, Advice
from .asking import doors_of

MOMENTS = 14
# Where a moment of the timeline leads, for those that have a page of their own.
_PAGES = {
    "meeting": "activities:meeting",
    "rules": "groups:written_rules_version",
    "support": "support:request",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of evidence, and where it can be looked up."""

    words: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Door:
    """One ก: how it stands and what decided it, the evidence, what helps, and the ways in."""

    code: str
    name: str
    judged: Judged
    advice: Advice
    facts: list[Fact]
    ways: list[Fact]
    href: str = ""

    @property
    def is_in_order(self) -> bool:
        """Whether nothing asks for help here."""
        return self.judged.strength == Strength.IN_ORDER


@scoped(Deed.SEE_FUND)
@require_safe
def group(request: ScopedRequest, code: str) -> HttpResponse:
    """The group in one look: five doors, each with its state, evidence and the next thing to do."""
    found = group_in_reach(code, request.reach, Deed.SEE_FUND)
    if found is None:
        raise Http404
    day = request.reach.day
    five = five_of(found, day)
    fund = five.means.fund
    doors = [
        _door(request, found, "members", five.members.judged, *_members(found, five)),
        _door(request, found, "office", five.office.judged, *_office(found, five)),
        _door(request, found, "rules", five.rules.judged, *_rules(found, five)),
        _door(request, found, "means", five.means.judged, *_means(found, five)),
        _door(request, found, "activities", five.activities.judged, *_activities(found, five)),
    ]
    sums = five.means.sums
    context = {
        "doors_beside": doors_of(request.reach, found.area_code, found.pk, code),
        "group": found,
        "code": code,
        "kind": kind_in_thai(found.kind),
        "path": path_to(found.area_code)[1:],
        "doors": doors,
        "support": five.support,
        "first": next((door for door in _most_pressing(doors) if door.href), None),
        "bar": bar_of(
            sums,
            as_of=day,
            sentence=position_sentence(sums, of="กลุ่ม", lends=lends(fund)),
            lends=lends(fund),
        )
        if fund is not None
        else None,
        "moments": [
            (moment, _page_of(code, moment)) for moment in timeline_of(found, count=MOMENTS)
        ],
        "may_seek": request.reach.may(
            Deed.SEEK_SUPPORT, area_code=found.area_code, group_id=found.pk
        ),
    }
    return render(request, "reports/group.html", context)


def _door(
    request: ScopedRequest,
    found: Group,
    name: str,
    judged: Judged,
    facts: list[Fact],
    ways: list[Fact],
) -> Door:
    code, words = NAMES[name]
    advice = ADVICE[name][judged.why]
    reach = request.reach
    may = reach.may(advice.deed, area_code=found.area_code, group_id=found.pk)
    href = reverse(advice.address, args=[found.code]) if advice.address and may else ""
    return Door(code, words, judged, advice, facts, ways, href)


def _most_pressing(doors: list[Door]) -> Iterator[Door]:
    for strength in (Strength.HELP, Strength.LOOK):
        yield from (door for door in doors if door.judged.strength == strength)


def _to(name: str, code: str, words: str) -> Fact:
    return Fact(words, reverse(name, args=[code]))


def _members(found: Group, five: FiveOfGroup) -> tuple[list[Fact], list[Fact]]:
    members = five.members
    kinds = [
        f"{kind.label} {members.by_kind[kind]:,}"
        for kind in MemberKind
        if members.by_kind.get(kind)
    ]
    split = f" ({' · '.join(kinds)})" if set(members.by_kind) - {ORDINARY} else ""
    facts = [_to("groups:members", found.code, f"สมาชิก {members.count:,} คน{split}")]
    if members.waiting:
        facts.append(Fact(f"รอมติรับเข้า {members.waiting:,} คน"))
    return facts, [_to("groups:members", found.code, "ทะเบียนสมาชิก")]


def _office(found: Group, five: FiveOfGroup) -> tuple[list[Fact], list[Fact]]:
    office = five.office
    of_set = f" ชุดที่ {office.set_number}" if office.set_number else ""
    facts = [_to("groups:committee", found.code, f"อยู่ในวาระ {office.in_office:,} คน{of_set}")]
    facts += [Fact(warning_in_thai(each).so) for each in office.warnings[:3]]
    return facts, [_to("groups:committee", found.code, "คณะกรรมการ")]


def _rules(found: Group, five: FiveOfGroup) -> tuple[list[Fact], list[Fact]]:
    known = five.rules.known
    ways = [
        _to("groups:written_rules", found.code, "ระเบียบของกลุ่ม"),
        _to("groups:rules", found.code, "ข้อกำหนดที่ระบบใช้"),
    ]
    if known.version is None:
        return [], ways
    number, since = known.version.number, known.version.starts_on
    words = f"ระเบียบฉบับที่ {number}" + (f" ใช้ตั้งแต่ {short(since)}" if since else "")
    href = reverse("groups:written_rules_version", args=[found.code, number])
    told = Fact(f"รับทราบ {known.known:,} จาก {known.members:,} คน")
    return [Fact(words, href), told], ways


def _means(found: Group, five: FiveOfGroup) -> tuple[list[Fact], list[Fact]]:
    fund = five.means.fund
    if fund is None:
        return [Fact("ยังไม่ได้เปิดสมุดเงินของกลุ่ม")], []
    code, sums = found.code, five.means.sums
    facts = [_to("reports:fund", code, f"ทุนและสิ่งที่มี {sums.entrusted.text} บาท")]
    if sums.unexplained:
        facts.append(Fact(f"ยังอธิบายไม่ได้ {sums.unexplained.text} บาท"))
    facts += [
        Fact(f"ถึงกำหนด {short(each.due_on)}: {getattr(each, 'words', '') or 'งวดเงินกู้'}")
        for each in (*five.means.promises.late, *five.means.promises.soon)[:3]
    ]
    kinds = chart(fund.chart).kinds
    ways = [_to("ledger:money", code, "เงินสดและธนาคาร")]
    if keeps_means(fund):
        ways.append(_to("funding:means", code, "ที่มาของทุนและเครื่องมือ"))
    if "stock" in kinds:
        ways.append(_to("trade:front", code, "ซื้อ ผลิต ขาย"))
    if "saving" in kinds:
        ways.append(_to("ledger:savings", code, "หุ้นและเงินสัจจะ"))
    if "surplus" in kinds:
        ways.append(_to("funding:year", code, "ปิดบัญชีประจำปี"))
    if "loan" in kinds:
        ways.append(_to("loans:desk", code, "ยืมและส่งคืน"))
    return facts, ways


def _activities(found: Group, five: FiveOfGroup) -> tuple[list[Fact], list[Fact]]:
    done, code = five.activities, found.code
    facts = []
    if done.last_meeting is not None:
        href = reverse("activities:meeting", args=[code, done.last_meeting.number])
        facts.append(Fact(f"ประชุมล่าสุด {short(done.last_meeting.held_on)}", href))
    if done.plan.planned:
        words = f"แผนปี {done.plan.year} ทำแล้ว {done.plan.done:,} จาก {done.plan.planned:,} เรื่อง"
        facts.append(_to("activities:plan", code, words))
    facts += [Fact(f"{short(each.first)} {each.words}") for each in done.ahead]
    return facts, [
        _to("activities:meetings", code, "การประชุม"),
        _to("activities:plan", code, "แผนกิจกรรม"),
        _to("activities:trainings", code, "การอบรม"),
        _to("activities:calendar", code, "ปฏิทิน"),
    ]


def _page_of(code: str, moment: Moment) -> str:
    name = _PAGES.get(moment.kind)
    return reverse(name, args=[code, moment.number]) if name else ""
