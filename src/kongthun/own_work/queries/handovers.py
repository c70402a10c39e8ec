"""Handing the work of a field worker over: what is told, who can, and who may look at it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from kongthun.accounts.models import Appointment, Role, User
from kongthun.accounts.reach import Deed, Holding, Reach
from kongthun.areas.models import Node
from kongthun.areas.queries import names_of, path_to, within
from kongthun.cases.models import Teammate
from kongthun.cases.queries.facts import cases_in_reach, states_of
from kongthun.domain.money import Money
from kongthun.reports.queries.roll_up import StatusRow, roll_up_by_fund

from ..models import Handover
from ..wording import SORTS
from .todos import todos_of

# Who left before the papers were drawn up can still hand over.
DAYS_SINCE_LEFT = 365
_OFFICES = (Role.FIELD_WORKER, Role.DISTRICT)
LONGEST_POSITION = 150


@dataclass(frozen=True, slots=True)
class FundTold:
    """A fund's figures as they stood. Sums in satang."""

    code: str
    name: str
    capital: int
    households: int
    bank: int
    elsewhere: int
    unexplained: int
    overdue: int
    set_aside_rows: int

    def money(self, name: str) -> Money:
        """A sum by its name."""
        return Money(int(getattr(self, name)))


@dataclass(frozen=True, slots=True)
class OpenTold:
    """Something open as it stood: what, where, by when, whose move. ``due_on`` empty: no day."""

    sort: str
    words: str
    place: str
    note: str
    due_on: str
    waits_for: str
    is_own: bool

    @property
    def day(self) -> date | None:
        """By when."""
        return date.fromisoformat(self.due_on) if self.due_on else None

    @property
    def sort_words(self) -> str:
        """Where it comes from."""
        return SORTS[self.sort]


@dataclass(frozen=True, slots=True)
class EndTold:
    """What ends, or passes on, with the work: an appointment, a seat on the team of a case."""

    words: str
    note: str


@dataclass(frozen=True, slots=True)
class Told:
    """Everything a handover says, as of its day."""

    on: date
    place: str
    funds: tuple[FundTold, ...]
    open: tuple[OpenTold, ...]
    ends: tuple[EndTold, ...]

    def as_data(self) -> dict[str, Any]:
        """As it is frozen."""
        return asdict(self) | {"on": self.on.isoformat()}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Told:
        """What was frozen."""
        return cls(
            date.fromisoformat(data["on"]),
            data["place"],
            tuple(FundTold(**each) for each in data["funds"]),
            tuple(OpenTold(**each) for each in data["open"]),
            tuple(EndTold(**each) for each in data["ends"]),
        )

    def total(self, name: str) -> Money:
        """A sum over all funds."""
        return Money(sum(int(getattr(fund, name)) for fund in self.funds))


def told_of(area_code: str, giver: User, day: date) -> Told:
    """Everything open at an area and every fund's figures, as its field worker sees them on a day.

    A constant number of statements, however many funds. Nobody of a village is named.
    """
    as_there = Reach(
        user_id=giver.pk,
        name=str(giver),
        day=day,
        holdings=(Holding(Role.FIELD_WORKER, area_code, None, None),),
    )
    roll_up = roll_up_by_fund(area_code, as_of=day, today=day, reach=as_there)
    return Told(
        on=day,
        place=" ".join(node.full_name for node in reversed(path_to(area_code, day)[1:])),
        funds=tuple(_fund(row) for row in roll_up.rows),
        open=tuple(
            OpenTold(
                todo.sort.value,
                todo.words,
                todo.place,
                todo.note,
                todo.due_on.isoformat() if todo.due_on else "",
                todo.waits_for,
                todo.is_own,
            )
            for todo in todos_of(as_there)
        ),
        ends=(*_appointments(giver, area_code, day), *_teams(giver, as_there)),
    )


def _fund(row: StatusRow) -> FundTold:
    sums = row.sums
    elsewhere = sums.cash.satang + sums.claims.satang
    return FundTold(
        row.code,
        row.name,
        sums.capital.satang,
        sums.households.satang,
        sums.bank.satang,
        elsewhere,
        sums.unexplained.satang,
        row.overdue.satang,
        row.set_aside_rows,
    )


def _appointments(giver: User, area_code: str, day: date) -> Iterable[EndTold]:
    for each in _held(day).filter(user=giver, role=Role.FIELD_WORKER).order_by("pk"):
        if each.area_code.startswith(area_code) or area_code.startswith(each.area_code):
            yield EndTold(f"{each.get_role_display()} รหัสพื้นที่ {each.area_code}", each.by_order)


def _teams(giver: User, as_there: Reach) -> Iterable[EndTold]:
    states = {state.key: state for state in states_of(cases_in_reach(as_there), as_there.day)}
    seats = Teammate.objects.filter(user=giver, withdrawn_at=None).filter(
        Q(left_on=None) | Q(left_on__gte=as_there.day)
    )
    for group_id, number in sorted(set(seats.values_list("group_id", "case_number"))):
        for key, state in states.items():
            if key == (group_id, number) and state.stage != "closed":
                yield EndTold(f"ทีมงานเรื่องที่ {number}", state.case.group.name)


# ---- who -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Giver:
    """Somebody who can hand an area over, and which."""

    user: User
    area_code: str
    position: str


def givers_for(reach: Reach) -> list[Giver]:
    """Field workers of the places where the reader may hand over, this year's and last year's.

    A field worker hands over their own work only, while they hold it; who stands above them, any of
    the district's, and that of somebody who has left already.
    """
    is_above = any(h.role is not Role.FIELD_WORKER for h in reach.holding_with(Deed.HAND_OVER))
    held = Appointment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=reach.day - timedelta(days=DAYS_SINCE_LEFT)),
        role=Role.FIELD_WORKER,
        starts_on__lte=reach.day,
    ).select_related("user")
    if not is_above:
        held = held.filter(user_id=reach.user_id)
    found = {
        (each.user_id, each.area_code): Giver(each.user, each.area_code, position_of([each]))
        for each in held.order_by("area_code", "user_id")
        if reach.may(Deed.HAND_OVER, area_code=each.area_code)
    }
    return list(found.values())


def takers_for(reach: Reach) -> list[tuple[User, str]]:
    """Who holds an office in the districts where the reader may hand over, with their position."""
    districts = {h.area_code[:4] for h in reach.holding_with(Deed.HAND_OVER)}
    by_user: dict[int, list[Appointment]] = {}
    held = _held(reach.day).filter(role__in=_OFFICES).select_related("user")
    for each in held.order_by("user_id", "area_code"):
        if each.area_code[:4] in districts:
            by_user.setdefault(each.user_id, []).append(each)
    return [(rows[0].user, position_of(rows)) for rows in by_user.values()]


def position_of(appointments: Iterable[Appointment]) -> str:
    """The offices as they stand on a paper."""
    words = dict.fromkeys(each.get_role_display() for each in appointments)
    return " ".join(words)[:LONGEST_POSITION]


def _held(day: date) -> QuerySet[Appointment]:
    return Appointment.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


# ---- what may be looked at -----------------------------------------------------------------------


def handovers_in_reach(reach: Reach) -> QuerySet[Handover]:
    """Handovers that the reader signs or signed, and those of the areas they stand above.

    A field worker of a part of an area sees the handovers of that part only where they are a side.
    """
    where = Q(from_user=reach.user_id) | Q(to_user=reach.user_id)
    for holding in reach.holding_with(Deed.HAND_OVER):
        if holding.group_id is None:
            where |= within("area_code", holding.area_code)
    return (
        Handover.objects.filter(where)
        .select_related("from_user", "to_user")
        .order_by("-handed_on", "-pk")
    )


def handover_in_reach(pk: int, reach: Reach) -> Handover | None:
    """One of them."""
    return handovers_in_reach(reach).filter(pk=pk).first()


def place_names(codes: Iterable[str]) -> dict[str, str]:
    """Areas as they are called. One statement."""
    names = names_of(codes)
    return {code: Node(code, name).full_name for code, name in names.items()}
