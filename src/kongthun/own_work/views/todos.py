"""งานของฉัน: what waits for the reader, by day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped

from ..queries.todos import Sort, ToDo, todos_of
from ..wording import SORTS

WEEK, MONTH = 7, 30


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be done in the same words, here or at many places."""

    todos: tuple[ToDo, ...]

    @property
    def first(self) -> ToDo:
        """The most pressing of them."""
        return self.todos[0]

    @property
    def sort_words(self) -> str:
        """Where it comes from."""
        return SORTS[self.first.sort]


@dataclass(frozen=True, slots=True)
class Section:
    """What is due within a stretch of days."""

    title: str
    is_late: bool
    told: tuple[Told, ...]

    @property
    def has_days(self) -> bool:
        """Whether what is here has a day."""
        return self.title != _NO_DAY

    @property
    def count(self) -> int:
        """How many things."""
        return sum(len(each.todos) for each in self.told)


@scoped(Deed.SEE_OWN_WORK)
@require_safe
def my_work(request: ScopedRequest) -> HttpResponse:
    """Everything that waits for the reader; all, one sort of it, or what is in their own name."""
    everything = todos_of(request.reach)
    asked = request.GET.get("of", "")
    chosen = _chosen(everything, asked)
    first = _first(chosen)
    context = {
        "day": request.reach.day,
        "sections": sections_of(chosen, request.reach.day),
        "count": len(everything),
        "late": sum(todo.is_late(request.reach.day) for todo in everything),
        "chips": _chips(everything, asked),
        "first": first,
        "next_words": f"{first.words} {first.place}" if first else "",
        "hands_over": request.reach.may_anywhere(Deed.HAND_OVER),
        "is_side": any(todo.sort is Sort.HANDOVER for todo in everything),
    }
    return render(request, "own_work/my_work.html", context)


def sections_of(todos: Iterable[ToDo], day: date) -> list[Section]:
    """Things to do by how near they are; in each, those of the same words together."""
    found: dict[str, list[ToDo]] = {}
    for todo in todos:
        found.setdefault(_when(todo, day), []).append(todo)
    return [
        Section(title, title == _LATE, _told(found[title])) for title in _TITLES if title in found
    ]


_LATE, _TODAY, _WEEK = "เลยกำหนดแล้ว", "วันนี้", "ใน 7 วัน"
_MONTH, _LATER, _NO_DAY = "ใน 30 วัน", "หลังจากนั้น", "ไม่มีกำหนดวัน"
_TITLES = (_LATE, _TODAY, _WEEK, _MONTH, _LATER, _NO_DAY)


def _first(todos: list[ToDo]) -> ToDo | None:
    """What the reader does next: what is in their own name before what anybody may do."""
    theirs = [todo for todo in todos if not todo.waits_for]
    return next((todo for todo in theirs if todo.is_own), next(iter(theirs), None))


def _when(todo: ToDo, day: date) -> str:
    if todo.due_on is None:
        return _NO_DAY
    if todo.due_on < day:
        return _LATE
    if todo.due_on == day:
        return _TODAY
    if todo.due_on <= day + timedelta(days=WEEK):
        return _WEEK
    return _MONTH if todo.due_on <= day + timedelta(days=MONTH) else _LATER


def _told(todos: Iterable[ToDo]) -> tuple[Told, ...]:
    alike: dict[tuple[Sort, str], list[ToDo]] = {}
    for todo in todos:
        alike.setdefault((todo.sort, todo.words), []).append(todo)
    return tuple(Told(tuple(each)) for each in alike.values())


def _chosen(todos: list[ToDo], asked: str) -> list[ToDo]:
    if asked == "mine":
        return [todo for todo in todos if todo.is_own]
    return [todo for todo in todos if todo.sort == asked] if asked in SORTS else todos


def _chips(todos: list[ToDo], asked: str) -> list[dict[str, object]]:
    here = reverse("own_work:my_work")
    counts = {sort: sum(todo.sort == sort for todo in todos) for sort in Sort}
    own = sum(todo.is_own for todo in todos)
    is_all = asked != "mine" and asked not in SORTS
    chips: list[dict[str, object]] = [
        {"label": "ทั้งหมด", "href": here, "count": len(todos), "current": is_all}
    ]
    if own:
        chips.append(
            {
                "label": "ในชื่อของท่าน",
                "href": f"{here}?of=mine",
                "count": own,
                "current": asked == "mine",
            }
        )
    chips += [
        {
            "label": SORTS[sort],
            "href": f"{here}?of={sort}",
            "count": count,
            "current": asked == sort,
        }
        for sort, count in counts.items()
        if count
    ]
    return chips
