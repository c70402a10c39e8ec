"""What groups asked agencies for, what became of it, and what an agency may see of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from kongthun.accounts.reach import Deed, Reach
from kongthun.domain.money import Money
from kongthun.funding.models import Gift
from kongthun.groups.models import Group

from ..models import (
    Agency,
    AgencySeat,
    Invitation,
    Standard,
    SupportRequest,
    SupportStep,
    SupportStepKind,
)

ANSWERS = (SupportStepKind.AGREED, SupportStepKind.PARTLY, SupportStepKind.DECLINED)
PROMISES = (SupportStepKind.AGREED, SupportStepKind.PARTLY)


@dataclass(frozen=True, slots=True)
class RequestState:
    """A request with its steps that stand, in the order in which they were written."""

    request: SupportRequest
    steps: tuple[SupportStep, ...]

    @property
    def answer(self) -> SupportStep | None:
        """What the agency answered, once it did."""
        return next((step for step in self.steps if step.kind in ANSWERS), None)

    @property
    def is_promised(self) -> bool:
        """Whether the agency agreed, wholly or in part."""
        return self.answer is not None and self.answer.kind in PROMISES

    @property
    def given(self) -> tuple[SupportStep, ...]:
        """What was given."""
        return self._of(SupportStepKind.GIVEN)

    @property
    def came_of_it(self) -> tuple[SupportStep, ...]:
        """What came of it."""
        return self._of(SupportStepKind.CAME_OF_IT)

    @property
    def given_sum(self) -> Money:
        """What was given, in baht where the steps name a sum."""
        return Money(sum(step.amount.satang for step in self.given if step.amount is not None))

    @property
    def waits(self) -> str:
        """Who acts next: the ``agency`` answers or gives, the ``group`` tells what came of it."""
        if self.answer is None:
            return "agency"
        if not self.is_promised or self.came_of_it:
            return ""
        return "group" if self.given else "agency"

    def _of(self, kind: SupportStepKind) -> tuple[SupportStep, ...]:
        return tuple(step for step in self.steps if step.kind == kind)


def support_of(group: Group) -> list[RequestState]:
    """Every request of a group that stands, the newest first. Two statements."""
    requests = SupportRequest.objects.filter(group=group, withdrawn_at=None)
    return _with_steps(
        requests.select_related("agency", "group").order_by("-asked_on", "-number"),
        SupportStep.objects.filter(group=group),
    )


def request_of(group: Group, number: int) -> RequestState | None:
    """One request that stands."""
    return next((each for each in support_of(group) if each.request.number == number), None)


def asked_of(reach: Reach) -> list[RequestState]:
    """What the agencies that the reader answers for today are asked, the newest first."""
    agencies = agencies_of(reach)
    requests = SupportRequest.objects.filter(agency__in=agencies, withdrawn_at=None)
    groups = requests.values("group_id")
    return _with_steps(
        requests.select_related("agency", "group").order_by("-asked_on", "-number"),
        SupportStep.objects.filter(group_id__in=groups),
    )


def agencies_of(reach: Reach) -> QuerySet[Agency]:
    """The agencies the reader answers for today; none for whom no appointment says so."""
    if not reach.may_anywhere(Deed.ANSWER_SUPPORT):
        return Agency.objects.none()
    seats = AgencySeat.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=reach.day), user_id=reach.user_id, starts_on__lte=reach.day
    )
    return Agency.objects.filter(pk__in=seats.values("agency"))


def group_for_agency(code: str, reach: Reach) -> Group | None:
    """The group of this code, if it asked or invited an agency the reader answers for today."""
    group = Group.objects.filter(code=code).first()
    if group is None:
        return None
    agencies = agencies_of(reach)
    is_asked = SupportRequest.objects.filter(
        group=group, agency__in=agencies, withdrawn_at=None
    ).exists()
    return group if is_asked or is_invited(group, agencies, reach.day) else None


def is_invited(group: Group, agencies: Iterable[Agency], day: date) -> bool:
    """Whether the group lets one of these agencies see what concerns it on this day."""
    return invitations_on(group, day).filter(agency__in=agencies).exists()


def invitations_on(group: Group, day: date) -> QuerySet[Invitation]:
    """The invitations of a group in force on a day, or to come."""
    return (
        Invitation.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day), group=group)
        .select_related("agency")
        .order_by("number")
    )


def groups_that_invite(reach: Reach) -> list[Group]:
    """The groups that invite an agency of the reader today."""
    invited = Invitation.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=reach.day),
        agency__in=agencies_of(reach),
        starts_on__lte=reach.day,
    )
    return list(Group.objects.filter(pk__in=invited.values("group_id")).order_by("code"))


def agencies_for(area_code: str) -> QuerySet[Agency]:
    """The agencies that reach to a village: those of its tambon, district, province and nation."""
    codes = ["", *(area_code[:places] for places in (2, 4, 6, 8))]
    return Agency.objects.filter(area_code__in=codes, closed_on=None).order_by("kind", "name")


def gifts_to_name(group: Group) -> list[Gift]:
    """The gifts in the group's books that no step of a request stands for yet, the newest first."""
    named = SupportStep.objects.filter(group=group, withdrawn_at=None, gift_number__isnull=False)
    gifts = Gift.objects.filter(fund=group.pk, withdrawn_at=None)
    return list(
        gifts.exclude(number__in=named.values("gift_number")).order_by("-received_on", "-number")
    )


def standards_of(group: Group) -> list[Standard]:
    """The standards and stars of a group's products that stand, the newest first."""
    return list(
        Standard.objects.filter(group=group, withdrawn_at=None).order_by("-granted_on", "-number")
    )


def _with_steps(
    requests: Iterable[SupportRequest], steps: QuerySet[SupportStep]
) -> list[RequestState]:
    by_request: dict[tuple[int, int], list[SupportStep]] = {}
    for step in steps.filter(withdrawn_at=None).order_by("number"):
        by_request.setdefault((step.group_id, step.request_number), []).append(step)
    return [
        RequestState(each, tuple(by_request.get((each.group_id, each.number), ())))
        for each in requests
    ]
