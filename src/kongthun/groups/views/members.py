"""ก1: the register of members, one member with all that happened, and what may be written down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.audit.actions import record_deed
from kongthun.audit.answers import paper_answer
from kongthun.domain.membership import share_words

from ..actions.members import (
    MemberEventKept,
    apply_for_membership,
    change_member_kind,
    keep_member_photo,
    leave_group,
    name_beneficiaries,
    withdraw_member_event,
)
from ..forms_members import (
    ApplicationForm,
    BeneficiariesForm,
    MemberKindForm,
    MemberLeavingForm,
    MemberTakeBackForm,
    PhotoForm,
    ReturnForm,
)
from ..member_refusals import NotDone
from ..member_wording import kind_in_thai, standing_in_thai, told_in_thai
from ..models import Group, MemberKind, Person
from ..queries.committee import in_force_terms
from ..queries.members import (
    MemberOn,
    Order,
    RegisterRow,
    Show,
    beneficiaries_of,
    found_in,
    in_order,
    is_of_target_households,
    latest_standing,
    member_events_of,
    member_on,
    register_of,
)
from ..queries.pairs import memberships_of_person
from ..queries.rules import rules_of
from .asking import form_page, group_or_404, may, namer

PER_PAGE = 30
_SHOWN: dict[Show, str] = {
    Show.MEMBERS: "สมาชิก",
    Show.ORDINARY: "สามัญ",
    Show.HONORARY: "กิตติมศักดิ์",
    Show.ASSOCIATE: "สมทบ",
    Show.WAITING: "รอที่ประชุม",
    Show.GONE: "ไม่ได้เป็นสมาชิก",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A part of the register to choose."""

    label: str
    href: str
    count: int | None
    current: bool


# ---- the register --------------------------------------------------------------------------------


@scoped(Deed.SEE_FUND)
@require_safe
def members(request: ScopedRequest, code: str) -> HttpResponse:
    """The register: part of it, by number or by name, or those who fit what was typed.

    What was typed is looked for among everybody, so that somebody who left is found as well.
    """
    group = group_or_404(request, code, Deed.SEE_FUND)
    words = request.GET.get("q", "").strip()
    asked, ordered = request.GET.get("show", ""), request.GET.get("order", "")
    everyone = Show.ALL if words else Show.MEMBERS
    show = Show(asked) if asked in {part.value for part in Show} else everyone
    order = Order(ordered) if ordered in {each.value for each in Order} else Order.NUMBER
    whole = register_of(group, request.reach.day, namer(request, group, "members"))
    chosen = [row for row in found_in(whole, words) if row.is_of(show)]
    rows = in_order(chosen, order)
    by_list = is_of_target_households(group)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "group": group,
        "code": code,
        "words": words,
        "page": page,
        "rows": [(row, standing_in_thai(row.standing, by_list=by_list)) for row in page],
        "found": len(rows),
        "members": sum(row.is_of(Show.MEMBERS) for row in whole),
        "waiting": sum(row.is_of(Show.WAITING) for row in whole),
        "is_empty": not whole,
        "chips": _chips(whole, show, order),
        "orders": _orders(show, order, words),
        "by_list": by_list,
        "keeps_lists": may(request, Deed.KEEP_LISTS, group),
        "holds_meetings": may(request, Deed.HOLD_MEETINGS, group),
    }
    return render(request, "groups/members.html", context)


def _chips(whole: Sequence[RegisterRow], show: Show, order: Order) -> list[Chip]:
    """The parts that hold somebody; all members always."""
    counts = {part: sum(row.is_of(part) for row in whole) for part in _SHOWN}
    # One kind alone needs no choosing.
    kinds = (Show.ORDINARY, Show.HONORARY, Show.ASSOCIATE)
    hidden = set(kinds) if sum(bool(counts[kind]) for kind in kinds) <= 1 else set()
    return [
        Chip(label, _href(show=part, order=order), counts[part], part == show)
        for part, label in _SHOWN.items()
        if part in {Show.MEMBERS, show} or (counts[part] and part not in hidden)
    ]


def _orders(show: Show, order: Order, words: str) -> list[Chip]:
    return [
        Chip(label, _href(show=show, order=each, words=words), None, each == order)
        for each, label in ((Order.NUMBER, "ตามเลขที่"), (Order.NAME, "ตามชื่อ ก–ฮ"))
    ]


def _href(*, show: Show, order: Order, words: str = "") -> str:
    asked = {"show": show.value, "order": order.value} | ({"q": words} if words else {})
    return f"?{urlencode(asked)}"


# ---- one member ----------------------------------------------------------------------------------


@scoped(Deed.SEE_FUND)
@require_safe
def member(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """One member: what they are to the group, what happened, whom they name, with the doors."""
    place = _place_or_404(request, code, number, Deed.SEE_FUND)
    return _member_page(request, place, PhotoForm())


def _member_page(request: ScopedRequest, place: _Place, photo_form: PhotoForm) -> HttpResponse:
    group, found = place.group, place.found
    events = member_events_of(group.pk, found.number)
    latest = latest_standing(events)
    sets = beneficiaries_of(group.pk, found.number)
    keeps_lists = may(request, Deed.KEEP_LISTS, group)
    context = {
        **_head(place),
        "standing": found.standing,
        "standing_words": standing_in_thai(found.standing, by_list=is_of_target_households(group)),
        "waits_as": kind_in_thai(found.standing.waits_as) if found.standing.waits_as else "",
        "events": [
            (event, told_in_thai(event), event == latest and keeps_lists) for event in events
        ],
        "named_on": sets[0].named_on if sets else None,
        "beneficiaries": [
            (place.called(each.person), each.relation, share_words(each.share))
            for each in (sets[0].people if sets else ())
        ],
        "sets_before": len(sets) - 1,
        "photo_form": photo_form,
        "keeps_lists": keeps_lists,
        "holds_meetings": may(request, Deed.HOLD_MEETINGS, group),
        "sees_names": may(request, Deed.SEE_NAMES, group),
        "elsewhere": [
            each
            for each in memberships_of_person(found.row.person_id, request.reach)
            if (each.group_id, each.number) != (group.pk, found.number)
        ],
    }
    status = 422 if photo_form.is_bound else 200
    return render(request, "groups/member.html", context, status=status)


@scoped(Deed.KEEP_LISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: ScopedRequest, code: str) -> HttpResponse:
    """Somebody new applies."""
    group = group_or_404(request, code, Deed.KEEP_LISTS)
    if is_of_target_households(group):
        return redirect("groups:household_add", code=code)
    form = ApplicationForm(
        request.POST if request.method == "POST" else None,
        initial={"kind": MemberKind.ORDINARY, "on": request.reach.day},
    )
    if form.is_valid():
        said = form.cleaned_data | {"kind": MemberKind(form.cleaned_data["kind"])}
        done = apply_for_membership(group=group, by=request.reach, **said)
        if not isinstance(done, NotDone):
            messages.success(request, f"รับใบสมัครแล้ว ได้เลขที่ {done.member_number} รอที่ประชุมพิจารณา")
            return redirect("groups:member", code=code, number=done.member_number)
        form.refuse(done.refusals)
    return form_page(request, "groups/member_apply.html", form, {"group": group, "code": code})


@scoped(Deed.KEEP_LISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def apply_again(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Who left, or was not taken in, applies under the same number."""
    place = _place_or_404(request, code, number, Deed.KEEP_LISTS)
    form = ReturnForm(
        request.POST if request.method == "POST" else None,
        initial={
            "kind": place.found.standing.kind or MemberKind.ORDINARY,
            "on": request.reach.day,
        },
    )
    if form.is_valid():
        done = apply_for_membership(
            group=place.group,
            number=number,
            kind=MemberKind(form.cleaned_data["kind"]),
            on=form.cleaned_data["on"],
            by=request.reach,
        )
        if not isinstance(done, NotDone):
            return _back(request, place, "รับใบสมัครแล้ว รอที่ประชุมพิจารณา")
        form.refuse(done.refusals)
    return form_page(request, "groups/member_return.html", form, _head(place))


@scoped(Deed.KEEP_LISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """The last day of a membership, with the way to what they still have in the group."""
    place = _place_or_404(request, code, number, Deed.KEEP_LISTS)
    form = MemberLeavingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = leave_group(group=place.group, number=number, by=request.reach, **form.cleaned_data)
        if isinstance(done, MemberEventKept):
            return _back(request, place, "บันทึกการพ้นจากสมาชิกแล้ว เงินและหนี้ในกลุ่มยังอยู่ในสมุดตามเดิม")
        form.refuse(done.refusals)
    context = {**_head(place), "seats": _seats(place, request.reach.day)}
    return form_page(request, "groups/member_leave.html", form, context)


def _seats(place: _Place, day: date) -> list[str]:
    """The posts the member holds on the committee of a day, as the paper calls them."""
    group, key = place.group, place.found.row.person.name_key
    rules = rules_of(group_id=group.pk, kind=group.kind, area_code=group.area_code, day=day)
    terms = in_force_terms(group.pk, day, years=rules["committee_years"].count)
    return [term.position_words for term in terms if key and term.person.name_key == key]


@scoped(Deed.KEEP_LISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_kind(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Another kind of member."""
    place = _place_or_404(request, code, number, Deed.KEEP_LISTS)
    form = MemberKindForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data | {"kind": MemberKind(form.cleaned_data["kind"])}
        done = change_member_kind(group=place.group, number=number, by=request.reach, **said)
        if isinstance(done, MemberEventKept):
            return _back(request, place, f"เปลี่ยนเป็น{kind_in_thai(said['kind'])}แล้ว")
        form.refuse(done.refusals)
    context = {**_head(place), "now": standing_in_thai(place.found.standing)}
    return form_page(request, "groups/member_kind.html", form, context)


@scoped(Deed.KEEP_LISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_event(request: ScopedRequest, code: str, number: int, event: int) -> HttpResponse:
    """The latest that was written down was not so."""
    place = _place_or_404(request, code, number, Deed.KEEP_LISTS)
    found = next(
        (
            each
            for each in member_events_of(place.group.pk, number)
            if each.number == event and each.withdrawn_at is None
        ),
        None,
    )
    if found is None:
        raise Http404
    form = MemberTakeBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = withdraw_member_event(
            group=place.group, event=event, note=form.cleaned_data["note"], by=request.reach
        )
        if not isinstance(done, NotDone):
            return _back(request, place, "ถอนบันทึกแล้ว ยังอ่านย้อนหลังได้")
        form.refuse(done.refusals)
    context = {**_head(place), "event": found, "told": told_in_thai(found)}
    return form_page(request, "groups/member_event_withdraw.html", form, context)


@scoped(Deed.KEEP_LISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def beneficiaries(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Whom a member names, as a whole set; “one more” asks about another person."""
    place = _place_or_404(request, code, number, Deed.KEEP_LISTS)
    if request.method != "POST":
        sets = beneficiaries_of(place.group.pk, number)
        stands = sets[0] if sets else None
        people = stands.people if stands else ()
        named = [place.called(each.person) for each in people]
        answers = BeneficiariesForm.as_named(stands, named) | {"on": request.reach.day}
        form = BeneficiariesForm(len(people), initial=answers)
        return form_page(request, "groups/beneficiaries.html", form, _head(place))
    lines = sum(key.startswith("name_") for key in request.POST)
    if "one_more" in request.POST:
        form = BeneficiariesForm(lines + 1, initial=request.POST.dict())
        return form_page(request, "groups/beneficiaries.html", form, _head(place))
    form = BeneficiariesForm(lines, request.POST)
    if form.is_valid():
        done = name_beneficiaries(
            group=place.group,
            number=number,
            named=form.named,
            on=form.cleaned_data["on"],
            by=request.reach,
        )
        if not isinstance(done, NotDone):
            return _back(request, place, "บันทึกผู้รับผลประโยชน์แล้ว ใช้แทนรายชื่อเดิมทั้งหมด")
        form.refuse(done.refusals)
    return form_page(request, "groups/beneficiaries.html", form, _head(place))


@scoped(Deed.SEE_NAMES, Deed.KEEP_LISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def photo(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Keep a photo (POST), or show it (GET) to those who see names; each is written down."""
    if request.method == "POST":
        return _keep_photo(request, _place_or_404(request, code, number, Deed.KEEP_LISTS))
    place = _place_or_404(request, code, number, Deed.SEE_NAMES)
    sha256 = place.found.row.photo
    answer = paper_answer(place.group.pk, sha256, f"{code}-member-{number}", shows_photos=True)
    record_deed(
        "read_photo",
        user_id=request.reach.user_id,
        area_code=place.group.area_code,
        fund_id=place.group.pk,
        subject=f"member {number}",
        details={"sha256": sha256},
    )
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


def _keep_photo(request: ScopedRequest, place: _Place) -> HttpResponse:
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        done = keep_member_photo(
            group=place.group, number=place.found.number, file=form.path, by=request.reach
        )
        if not isinstance(done, NotDone):
            return _back(request, place, "เก็บภาพถ่ายแล้ว")
        form.refuse(done.refusals)
    return _member_page(request, place, form)


# --- below the line -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """A member with what every page about them shows at its head."""

    group: Group
    found: MemberOn
    called: Callable[[Person], str]


def _place_or_404(request: ScopedRequest, code: str, number: int, deed: Deed) -> _Place:
    group = group_or_404(request, code, deed)
    found = member_on(group, number, request.reach.day)
    if found is None:
        raise Http404
    return _Place(group, found, namer(request, group, f"member {number}"))


def _head(place: _Place) -> dict[str, object]:
    return {
        "group": place.group,
        "code": place.group.code,
        "number": place.found.number,
        "member": place.found.row,
        "name": place.called(place.found.row.person),
        "by_list": is_of_target_households(place.group),
    }


def _back(request: ScopedRequest, place: _Place, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("groups:member", code=place.group.code, number=place.found.number)
