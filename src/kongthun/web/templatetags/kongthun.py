"""The words and parts every template may use. Loaded as a builtin: no ``{% load %}`` needed.

Filters turn domain values into Thai text. Tags draw the components that the page at ``web:style``
shows and docs/look.md explains.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput, Textarea
from django.forms import Field as FormField
from django.forms import FileInput as FileWidget
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString, mark_safe

from kongthun.domain import money as money_rules
from kongthun.domain import thai_calendar, thai_text
from kongthun.domain.money import Money

from .. import answers, shares, wording
from ..aging_chart import AgingChart
from ..as_of import on_day
from ..position_bar import PositionBar

register = template.Library()

NOTHING = "–"

# A template hands over "" for a name it does not know.
Missing: TypeAlias = Literal[""] | None

BOOKS = {
    "purple": "เล่มม่วง ครัวเรือนเป้าหมาย",
    "yellow": "เล่มเหลือง คุมลูกหนี้",
    "green": "เล่มเขียว คุมเงินฝากธนาคาร",
    "brown": "เล่มน้ำตาล สถานะหมู่บ้าน",
}

STATES = {
    "ok": "ปกติ",
    "watch": "ควรดู",
    "visit": "ควรไปเยี่ยม",
    "unexplained": "เงินยังอธิบายไม่ได้",
}

NOTICES = {
    "info": "บอกให้ทราบ",
    "careful": "ควรระวัง",
    "trouble": "ทำต่อไม่ได้",
    "done": "เรียบร้อย",
}

MESSAGE_KINDS = {"success": "done", "warning": "careful", "error": "trouble"}


# ---- filters -------------------------------------------------------------------------------


@register.filter
def money(value: Money | int | Missing) -> str:
    """Baht with commas, satang only when there are any; a dash for a sum nobody knows.

    A bare integer is whole satang, as it comes from a sum in the database.
    """
    known = _as_money(value)
    return NOTHING if known is None else known.text


@register.filter
def money_words(value: Money | int | Missing) -> str:
    """The sum in Thai words, as it is written on a receipt."""
    known = _as_money(value)
    return NOTHING if known is None else money_rules.in_words(known)


@register.filter
def thai_date(value: date | datetime | Missing) -> str:
    """30 ก.ย. 2568"""
    day = _as_day(value)
    return NOTHING if day is None else thai_calendar.short(day)


@register.filter
def thai_date_long(value: date | datetime | Missing) -> str:
    """30 กันยายน 2568"""
    day = _as_day(value)
    return NOTHING if day is None else thai_calendar.long(day)


@register.filter
def thai_time(value: datetime | Missing) -> str:
    """22 พ.ย. 2569 17:05 น., on the clock of Thailand."""
    if value is None or value == "":
        return NOTHING
    return thai_calendar.time_text(timezone.localtime(value) if timezone.is_aware(value) else value)


@register.filter
def thai_digits(value: object) -> str:
    """The same text with ๐–๙, for papers that ask for them."""
    return thai_text.thai_digits(str(value))


@register.filter
def cited(words: object) -> str:
    """The same words, with every clause they cite led to where it can be read.

    Who knows the clauses is said in the settings (`CITES`): a text becomes pieces of words and
    addresses. A page of its own opens, so that what is being typed stays. Words that are HTML
    already are left as they are.
    """
    if isinstance(words, SafeString):
        return words
    pieces = import_string(settings.CITES)(str(words)) if settings.CITES else [(str(words), "")]
    return format_html_join(
        "",
        "{}",
        (
            (
                format_html(
                    '<a href="{}" target="_blank" rel="noopener">{}'
                    '<span class="unseen"> (เปิดหน้าใหม่)</span></a>',
                    address,
                    said,
                )
                if address
                else said,
            )
            for said, address in pieces
        ),
    )


@register.filter
def percent(value: Fraction | Decimal | float | Missing) -> str:
    """A ratio (0.625) as 62.5%; a dash where there is none."""
    if value is None or value == "":
        return NOTHING
    return shares.percent_text(Fraction(value))


@register.filter
def counted(value: int | Missing) -> str:
    """A count with commas: 39,646."""
    return NOTHING if value is None or value == "" else f"{int(value):,}"


@register.filter
def at(found: Mapping[Any, Any], key: object) -> object:
    """What a mapping holds under a key, or nothing."""
    return found.get(key)


@register.filter
def breakable(value: object) -> SafeString:
    """A long code that may break at the end of a line: after its marks, else every four signs.

    Only break points are added; what is copied from the page is the code itself.
    """
    pieces = re.findall(r"[^\-/.,:_|]{1,4}[\-/.,:_|]*|[\-/.,:_|]+", str(value))
    if len(str(value)) <= _SHORT_CODE:
        pieces = re.findall(r"[^\-/:_|]+[\-/:_|]*|[\-/:_|]+", str(value))
    return mark_safe("<wbr>".join(conditional_escape(piece) for piece in pieces))  # noqa: S308


_SHORT_CODE = 16


@register.filter
def notice_kind(tags: str) -> str:
    """Which notice a message of Django's is: its level's tag to info, careful, trouble, done."""
    for tag in str(tags).split():
        if tag in MESSAGE_KINDS:
            return MESSAGE_KINDS[tag]
    return "info"


# ---- money pictures --------------------------------------------------------------------------


@register.inclusion_tag("web/components/position_bar.html")
def position_bar(bar: PositionBar) -> dict[str, Any]:
    """Where the money is: the bar, its sentence, its legend and the table behind."""
    return {"bar": bar}


@register.inclusion_tag("web/components/position_bar_small.html")
def position_bar_small(bar: PositionBar) -> dict[str, Any]:
    """The same bar in one line of a table, without words."""
    return {"bar": bar}


@register.inclusion_tag("web/components/aging_chart.html")
def aging_chart(chart: AgingChart) -> dict[str, Any]:
    """Overdue money by lateness, with and without deferral, and the table behind."""
    return {"chart": chart}


@register.inclusion_tag("web/components/figure.html")
def figure(
    label: str,
    amount: Money | int | Missing,
    href: str = "",
    definition_slug: str = "",
    unit: str = "",
    note: str = "",
) -> dict[str, Any]:
    """A number that can be asked: it leads to its parts, and a "?" to its definition.

    ``amount`` is money unless ``unit`` names what is counted ("กองทุน", "ครัวเรือน").
    """
    return {
        "label": label,
        "value": counted(amount) if unit and not isinstance(amount, Money) else money(amount),
        "unit": unit or "บาท",
        "href": href,
        "definition_href": _definition(definition_slug),
        "note": note,
    }


# ---- marks ------------------------------------------------------------------------------------


@register.inclusion_tag("web/components/state.html")
def state(kind: str, word: str = "") -> dict[str, Any]:
    """A shape and a word: ok ●, watch ◆, visit ▲, unexplained (hatched, red)."""
    return {"kind": kind, "word": word or STATES[kind]}


@register.inclusion_tag("web/components/book.html")
def book(colour: str, words: str = "") -> dict[str, Any]:
    """The name of one of the four books with its spine: purple, yellow, green, brown."""
    return {"colour": colour, "words": words or BOOKS[colour]}


@register.simple_block_tag
def notice(content: str, kind: str, title: str = "") -> str:
    """A box that says something: info, careful, trouble or done."""
    return render_to_string(
        "web/components/notice.html",
        {"kind": kind, "title": title, "word": NOTICES[kind], "content": content},
    )


@register.simple_block_tag
def empty_state(content: str, title: str) -> str:
    """What will be here and how to begin."""
    return render_to_string("web/components/empty_state.html", {"title": title, "content": content})


@register.inclusion_tag("web/components/progress.html")
def progress(label: str, done: int, total: int) -> dict[str, Any]:
    """How far a long work is, with its count."""
    return {"label": label, "done": done, "total": total}


# ---- finding one's way ------------------------------------------------------------------------


@register.inclusion_tag("web/components/crumbs.html")
def crumbs(*labels_and_hrefs: str) -> dict[str, Any]:
    """Where am I: label and address in turn, and last the label of this page alone."""
    pairs = list(zip(labels_and_hrefs[0:-1:2], labels_and_hrefs[1:-1:2], strict=True))
    return {"steps": pairs, "here": labels_and_hrefs[-1]}


@register.simple_tag(takes_context=True)
def url_on_day(context: Context, name: str, *args: object) -> str:
    """``{% url %}`` to a page of the books, on the day this page is about (its ``as_of``)."""
    return on_day(reverse(name, args=args), context["as_of"])


@register.inclusion_tag("web/components/next.html")
def next_thing(
    what: str,
    button: str = "",
    href: str = "",
    form: str = "",
    who: str = "",
    by: date | None = None,
) -> dict[str, Any]:
    """The one next thing of a page: what, by whom, by when, and its one main button.

    The button is a link to ``href``, or sends the form whose id is ``form``.
    """
    return {"what": what, "button": button, "href": href, "form": form, "who": who, "by": by}


@register.inclusion_tag("web/components/sort_header.html", takes_context=True)
def sort_header(context: Context, label: str, key: str, classes: str = "") -> dict[str, Any]:
    """A column head that sorts: ``?sort=key`` and, pressed again, ``?sort=-key``."""
    request: HttpRequest = context["request"]
    now = request.GET.get("sort", "")
    turned = f"-{key}" if now == key else key
    direction = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    return {
        "label": label,
        "href": _same_page(request, sort=turned, page=None),
        "direction": direction,
        "classes": classes,
    }


@register.inclusion_tag("web/components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Before and after, and which of how many; the rest of the address stays."""
    request: HttpRequest = context["request"]
    return {
        "page": page,
        "previous_href": (
            _same_page(request, page=str(page.previous_page_number()))
            if page.has_previous()
            else ""
        ),
        "next_href": (
            _same_page(request, page=str(page.next_page_number())) if page.has_next() else ""
        ),
    }


# ---- forms ------------------------------------------------------------------------------------


@register.inclusion_tag("web/components/field.html")
def field(
    bound: BoundField, unit: str = "", read_back: str = "", read_back_url: str = ""
) -> dict[str, Any]:
    """One question of a form: label, help, answer, what was understood, what is wrong.

    ``read_back`` is what we understood so far (a sum in words, a date in full); with
    ``read_back_url`` it is asked for again while the person types. Answers of `web.answers` bring
    both along.
    """
    widget = bound.field.widget
    reads_as = _READS_AS.get(type(bound.field))
    if reads_as and not read_back_url:
        read_back_url = answers.read_back_url(bound.html_name, reads_as)
        read_back = read_back or answers.read_back(reads_as, str(bound.value() or ""))
    is_tick = isinstance(widget, CheckboxInput)
    is_group = bool(widget.use_fieldset) and not is_tick
    # A phone whose keyboard jumps up by itself hides what the page says first.
    attrs: dict[str, Any] = {"autofocus": False}
    if not is_tick and not is_group:
        attrs["class"] = "field__input"
    if isinstance(widget, Textarea) and widget.attrs.get("rows") == _ROWS_OF_DJANGO:
        attrs["rows"] = 4
    if "autocomplete" not in widget.attrs:
        attrs["autocomplete"] = "off"  # phones are shared; a name typed here is nobody else's hint
    read_back_id = f"{bound.auto_id}_read_back"
    if read_back_url:
        attrs |= {
            "hx-get": read_back_url,
            "hx-trigger": "change, keyup changed delay:400ms",
            "hx-target": f"#{read_back_id}",
        }
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=attrs),
        "is_tick": is_tick,
        "is_group": is_group,
        "errors": _said(bound),
        "unit": unit,
        "read_back": read_back,
        "read_back_id": read_back_id if read_back or read_back_url else "",
    }


@register.inclusion_tag("web/components/file_drop.html")
def file_drop(bound: BoundField, what: str = "ไฟล์", multiple: bool = True) -> dict[str, Any]:
    """A place to drop files on, or to press and choose them; the names chosen are listed."""
    attrs: dict[str, Any] = {"class": "drop__input"}
    if multiple and isinstance(bound.field.widget, FileWidget):
        attrs["multiple"] = True
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=attrs),
        "errors": _said(bound),
        "what": what,
    }


# ---- below the line ---------------------------------------------------------------------------


def _as_money(value: Money | int | Missing) -> Money | None:
    if value is None or value == "":
        return None
    if isinstance(value, Money):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Money(value)
    raise TypeError(f"not a sum of money: {value!r}")


def _as_day(value: date | datetime | Missing) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


_READS_AS = {answers.MoneyAnswer: "money", answers.DayAnswer: "day"}
_ROWS_OF_DJANGO = "10"
_REQUIRED_BY_DJANGO = str(FormField.default_error_messages["required"])


def _said(bound: BoundField) -> list[str]:
    """What is wrong with an answer; an empty one in our words unless the form has its own."""
    return [
        wording.ANSWER_NEEDED if str(error) == _REQUIRED_BY_DJANGO else str(error)
        for error in bound.errors
    ]


def _definition(slug: str) -> str:
    """The address of a definition, or nothing where the page of definitions is not installed."""
    if not slug:
        return ""
    try:
        return reverse("reports:definition", args=[slug])
    except NoReverseMatch:
        return ""


def _same_page(request: HttpRequest, **changed: str | None) -> str:
    """This address with some of its questions changed, or taken out with None."""
    query = request.GET.copy()
    for name, value in changed.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}"
