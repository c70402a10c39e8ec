"""The public card of a group: shown to all, kept by the group, printed with its code."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.groups.wording import kind_in_thai
from kongthun.papers import Digits
from kongthun.web.public import public

from ..actions.cards import publish_card, take_card_off
from ..forms import CardForm
from ..papers import CardPaper, print_card
from ..queries.cards import PublicCard, card_of, public_card
from ..refusals import NotDone
from .asking import form_page, group_or_404, may_seek


@public
@require_safe
def card(request: HttpRequest, code: str) -> HttpResponse:
    """What a group tells everybody about itself."""
    shown = public_card(code, timezone.localdate())
    if shown is None:
        raise Http404
    context = {"shown": shown, "kind": kind_in_thai(shown.group.kind)}
    return render(request, "support/card.html", context)


@scoped(Deed.SEE_FUND, Deed.SEEK_SUPPORT)
@require_safe
def own_card(request: ScopedRequest, code: str) -> HttpResponse:
    """The card as the group sees it: whether it is shown, where, and how to print it."""
    group = group_or_404(request, code, Deed.SEE_FUND, Deed.SEEK_SUPPORT)
    context = {
        "group": group,
        "code": code,
        "shown": public_card(code, request.reach.day),
        "address": request.build_absolute_uri(reverse("support:card", args=[code])),
        "keeps": may_seek(request, group),
    }
    return render(request, "support/own_card.html", context)


@scoped(Deed.SEEK_SUPPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def write_card(request: ScopedRequest, code: str) -> HttpResponse:
    """Write the card and show it."""
    group = group_or_404(request, code, Deed.SEEK_SUPPORT)
    standing = card_of(group)
    begin = {name: getattr(standing, name, "") for name in ("about", "products", "contact")}
    form = CardForm(request.POST if request.method == "POST" else None, initial=begin)
    if form.is_valid():
        done = publish_card(group=group, by=request.reach, **form.cleaned_data)
        if not isinstance(done, NotDone):
            messages.success(request, "บัตรแนะนำกลุ่มเปิดให้ดูแล้ว พิมพ์ไปติดได้")
            return redirect("support:own_card", code=code)
        form.refuse(done.refusals)
    return form_page(
        request,
        group,
        form,
        title="เขียนบัตรแนะนำกลุ่ม",
        button="เปิดให้ดู",
        lead="บัตรนี้ใครก็เปิดดูได้ บอกเฉพาะเรื่องของกลุ่ม ไม่ใส่ชื่อหรือเบอร์โทรศัพท์ของบุคคล",
        step=["บัตรแนะนำกลุ่ม", reverse("support:own_card", args=[code])],
    )


@scoped(Deed.SEEK_SUPPORT)
@require_POST
def take_off(request: ScopedRequest, code: str) -> HttpResponse:
    """Show the card to nobody any more."""
    group = group_or_404(request, code, Deed.SEEK_SUPPORT)
    done = take_card_off(group=group, by=request.reach)
    if not isinstance(done, NotDone):
        messages.success(request, "ปิดบัตรแล้ว ไม่มีใครเปิดดูได้")
    return redirect("support:own_card", code=code)


@scoped(Deed.SEE_FUND, Deed.SEEK_SUPPORT)
@require_safe
def card_paper(request: ScopedRequest, code: str) -> HttpResponse:
    """The card on one A5 page."""
    group_or_404(request, code, Deed.SEE_FUND, Deed.SEEK_SUPPORT)
    shown = public_card(code, request.reach.day)
    if shown is None:
        raise Http404
    address = request.build_absolute_uri(reverse("support:card", args=[code]))
    digits: Digits = "thai" if request.GET.get("digits") == "thai" else "arabic"
    pdf = print_card(_paper(shown, address), digits=digits)
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="card-{code}.pdf"'},
    )


def _paper(shown: PublicCard, address: str) -> CardPaper:
    return CardPaper(
        name=shown.group.name,
        kind=kind_in_thai(shown.group.kind),
        place=shown.place,
        about=shown.card.about,
        products=tuple(shown.products),
        standards=tuple(
            " ".join(part for part in (each.product, each.scheme, each.level) if part)
            for each in shown.standards
        ),
        contact=shown.card.contact,
        address=address,
    )
