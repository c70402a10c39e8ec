"""Rounds as a reader may see them: every fund with what the books said and what was found.

A round belongs to an area. It is shown to whoever holds a place in that area or above it, and of it
only the funds within what they hold; who holds nothing there does not find it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, QuerySet

from kongthun.accounts.reach import Deed, Reach
from kongthun.areas.queries import touching
from kongthun.domain.money import ZERO, Money, total
from kongthun.groups.models import Group

from ..figures import Difference, Figures, differences, figures_from_data, not_looked_at
from ..models import Choice, Finding, FindingPhoto, NotReached, Round, Snapshot


@dataclass(frozen=True, slots=True)
class Checked:
    """One fund in a round."""

    group_id: int
    code: str
    area_code: str
    name: str
    by_books: Figures
    entrusted: Money
    overdue: Money
    finding: Finding | None
    not_reached: NotReached | None
    choice: Choice | None

    @property
    def is_reported(self) -> bool:
        """Whether somebody was at the village and wrote down what was found."""
        return self.finding is not None

    @property
    def is_waiting(self) -> bool:
        """Neither checked nor noted why not."""
        return self.finding is None and self.not_reached is None

    @property
    def found(self) -> Figures | None:
        """What was found at the village, the last time somebody was there."""
        return None if self.finding is None else figures_from_data(self.finding.found)

    @property
    def shown(self) -> Figures:
        """What was found, else what the books said."""
        return self.found or self.by_books

    @property
    def missing(self) -> Money | None:
        """What lies in none of the three places by the figures shown."""
        return self.shown.missing(self.entrusted)

    @property
    def over(self) -> Money | None:
        """How much more was counted than was entrusted, where it was more."""
        return -self.missing if self.missing is not None and self.missing < ZERO else None

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Where the village is otherwise than the books: work to do."""
        return () if self.found is None else differences(self.by_books, self.found)

    @property
    def not_looked_at(self) -> tuple[str, ...]:
        """Figures of the books of which the village said nothing: neither right nor otherwise."""
        return () if self.found is None else not_looked_at(self.by_books, self.found)


@dataclass(frozen=True, slots=True)
class RoundState:
    """A round with the funds a reader may see of it, in the order of codes."""

    round: Round
    funds: tuple[Checked, ...]

    @property
    def waiting(self) -> list[Checked]:
        """Funds that have not reported."""
        return [fund for fund in self.funds if fund.is_waiting]

    @property
    def reported(self) -> list[Checked]:
        """Funds that were checked."""
        return [fund for fund in self.funds if fund.is_reported]

    @property
    def differing(self) -> list[Checked]:
        """Funds where something was found otherwise."""
        return [fund for fund in self.funds if fund.differences]

    @property
    def chosen(self) -> list[Checked]:
        """Funds chosen for support."""
        return [fund for fund in self.funds if fund.choice is not None]

    @property
    def households(self) -> Money:
        """What is with households, over the funds where it is known."""
        return _known(fund.shown.households for fund in self.funds)

    @property
    def bank(self) -> Money:
        """What is in the bank, over the funds where it is known."""
        return _known(fund.shown.bank for fund in self.funds)

    @property
    def elsewhere(self) -> Money:
        """What is in hand or elsewhere, over the funds where it is known."""
        return _known(fund.shown.elsewhere for fund in self.funds)

    @property
    def missing(self) -> Money:
        """What lies in none of the three, over the funds that lack something.

        Never held against what another fund has too much: see `over`.
        """
        return _known(fund.missing for fund in self.funds if fund.over is None)

    @property
    def over(self) -> Money:
        """What was counted beyond what was entrusted, over the funds where it was more."""
        return _known(fund.over for fund in self.funds)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A fund that has not reported in an open round, for whoever may answer there."""

    round_id: int
    round_area: str
    round_number: int
    words: str
    as_of: date
    opened_on: date
    group_id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """That a fund stands chosen for support, in which round and why."""

    round_id: int
    round_words: str
    group_id: int
    code: str
    name: str
    chosen_on: date
    why: str


def rounds_in_reach(area_code: str, reach: Reach) -> QuerySet[Round]:
    """The rounds that touch an area and the reader's own places, the latest first."""
    return (
        Round.objects.filter(
            touching("area_code", area_code), reach.rows_of_areas(Deed.SEE_AREA), withdrawn_at=None
        )
        .select_related("recorded_by", "locked_by")
        .order_by("-as_of", "-pk")
    )


def round_in_reach(
    area_code: str, number: int, reach: Reach, deed: Deed = Deed.SEE_AREA
) -> Round | None:
    """One round of an area, if the reader holds the deed somewhere in it or above it."""
    return (
        Round.objects.filter(
            reach.rows_of_areas(deed), area_code=area_code, number=number, withdrawn_at=None
        )
        .select_related("recorded_by", "locked_by")
        .first()
    )


def state_of(
    found: Round, reach: Reach | None, *, group_ids: Iterable[int] | None = None
) -> RoundState:
    """A round with its funds in reach (``reach`` None: all of them), or only those named.

    Four statements, however many funds.
    """
    rows = Snapshot.objects.filter(round=found).select_related("group")
    if reach is not None:
        rows = rows.filter(group__in=Group.objects.filter(reach.funds(Deed.SEE_FUND)))
    if group_ids is not None:
        rows = rows.filter(group_id__in=list(group_ids))
    findings = {
        row.group_id: row
        for row in Finding.objects.filter(round=found)
        .select_related("recorded_by")
        .order_by("number")
    }
    notes = {row.group_id: row for row in NotReached.objects.filter(round=found).order_by("number")}
    choices = {row.group_id: row for row in Choice.objects.filter(round=found, withdrawn_at=None)}
    return RoundState(
        found,
        tuple(
            Checked(
                group_id=row.group_id,
                code=row.group.code,
                area_code=row.group.area_code,
                name=row.group.name,
                by_books=figures_from_data(row.by_books),
                entrusted=row.entrusted,
                overdue=row.overdue,
                finding=findings.get(row.group_id),
                not_reached=notes.get(row.group_id),
                choice=choices.get(row.group_id),
            )
            for row in rows.order_by("group__code")
        ),
    )


def findings_of(found: Round, group_id: int) -> list[tuple[Finding, list[FindingPhoto]]]:
    """Everything that was found of one fund in a round, the latest first, with its photos."""
    photos: dict[int, list[FindingPhoto]] = defaultdict(list)
    for photo in FindingPhoto.objects.filter(round=found, group_id=group_id).order_by("place"):
        photos[photo.finding_number].append(photo)
    rows = Finding.objects.filter(round=found, group_id=group_id).select_related("recorded_by")
    return [(row, photos[row.number]) for row in rows.order_by("-number")]


def waiting_for(reach: Reach) -> list[Waiting]:
    """Funds that have not reported in open rounds, where the reader may answer. Two statements."""
    answered = Finding.objects.filter(**_OPEN).values_list("round_id", "group_id")
    noted = NotReached.objects.filter(**_OPEN).values_list("round_id", "group_id")
    done = set(answered.union(noted))
    rows = (
        Snapshot.objects.filter(
            group__in=Group.objects.filter(reach.funds(Deed.ANSWER_SURVEYS)), **_OPEN
        )
        .select_related("group", "round")
        .order_by("round_id", "group__code")
    )
    return [
        Waiting(
            round_id=row.round_id,
            round_area=row.round.area_code,
            round_number=row.round.number,
            words=row.round.words,
            as_of=row.round.as_of,
            opened_on=row.round.opened_on,
            group_id=row.group_id,
            code=row.group.code,
            name=row.group.name,
        )
        for row in rows
        if (row.round_id, row.group_id) not in done
    ]


_OPEN = {"round__withdrawn_at": None, "round__locked_on": None}


def chosen_of(group_ids: Iterable[int]) -> dict[int, Chosen]:
    """Which of these groups stand chosen for support, by the latest round. One statement."""
    rows = Choice.objects.filter(
        group_id__in=list(group_ids), withdrawn_at=None, round__withdrawn_at=None
    ).select_related("group", "round")
    return {
        row.group_id: Chosen(
            round_id=row.round_id,
            round_words=row.round.words,
            group_id=row.group_id,
            code=row.group.code,
            name=row.group.name,
            chosen_on=row.chosen_on,
            why=row.why,
        )
        for row in rows.order_by("round__as_of", "round_id")
    }


def last_reported(group_ids: Iterable[int]) -> dict[int, datetime]:
    """When something was last found at these groups in any round. One statement."""
    rows = (
        Finding.objects.filter(group_id__in=list(group_ids), round__withdrawn_at=None)
        .order_by()
        .values("group_id")
        .annotate(last=Max("recorded_at"))
    )
    return {row["group_id"]: row["last"] for row in rows}


def open_over(area_code: str) -> Round | None:
    """A round that is not locked over some of the same funds, if there is one."""
    return (
        Round.objects.filter(touching("area_code", area_code), withdrawn_at=None, locked_on=None)
        .order_by("pk")
        .first()
    )


def _known(sums: Iterable[Money | None]) -> Money:
    return total(each for each in sums if each is not None)
