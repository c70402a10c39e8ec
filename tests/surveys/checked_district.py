"""A round over the small district, and who answers it, each with what they hold today."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role, User
from kongthun.accounts.reach import Reach, reach_of
from kongthun.areas.models import Area
from kongthun.groups.models import Group
from kongthun.surveys.actions.findings import SnapshotAnswered, confirm_snapshot
from kongthun.surveys.actions.rounds import RoundKept, open_round
from kongthun.surveys.figures import Figures
from kongthun.surveys.models import Round
from kongthun.surveys.queries.rounds import Checked, state_of
from reports.small_district import DISTRICT, SmallDistrict


def reach(user: User) -> Reach:
    """What somebody holds today."""
    return reach_of(user, timezone.localdate())


def network_member(area_code: str = DISTRICT) -> User:
    """Somebody of the district's network committee."""
    user = User.objects.create(username="network", display_name="คุณเครือข่าย")
    appoint(
        user=user,
        role=Role.NETWORK,
        by_order="คำสั่งที่ 2/2569",
        starts_on=date(2020, 1, 1),
        area_code=area_code,
    )
    return user


@dataclass(frozen=True, slots=True)
class CheckedDistrict:
    """An open round over the district."""

    district: SmallDistrict
    round: Round

    @property
    def today(self) -> date:
        """The day of everybody here."""
        return timezone.localdate()

    @property
    def officer(self) -> Reach:
        """พัฒนาการอำเภอ."""
        return reach(self.district.cast.officer)

    @property
    def field_worker(self) -> Reach:
        """พัฒนากร of two tambons."""
        return reach(self.district.cast.field_worker)

    def group(self, place: int = 0) -> Group:
        """A group of the district, by its place in the order of codes."""
        return Group.objects.get(code=sorted(self.district.codes)[place])

    def checked(self, group: Group) -> Checked:
        """A fund as it stands in the round."""
        state = state_of(self.round, None, group_ids=[group.pk])
        return state.funds[0]

    def confirm(
        self, group: Group, words: str = "", by: Reach | None = None, **otherwise: object
    ) -> SnapshotAnswered:
        """What was found at the village: as the books say, but for what is named."""
        books = self.checked(group).by_books
        found = replace(books, **otherwise) if otherwise else None  # type: ignore[arg-type]
        done = confirm_snapshot(
            round=self.round,
            group=group,
            by=by or self.officer,
            on=self.today,
            found=found,
            words=words,
        )
        assert isinstance(done, SnapshotAnswered), done
        return done

    def figures(self, group: Group) -> Figures:
        """What the books said of a fund when the round opened."""
        return self.checked(group).by_books


def opened(district: SmallDistrict) -> CheckedDistrict:
    """A round that the district's officer opened today over all four funds."""
    assert Area.objects.filter(code=DISTRICT).exists()
    today = timezone.localdate()
    done = open_round(
        area_code=DISTRICT,
        as_of=today,
        words="ตรวจสถานะกองทุนทั้งอำเภอ",
        by=reach(district.cast.officer),
        on=today,
    )
    assert isinstance(done, RoundKept), done
    return CheckedDistrict(district, done.round)
