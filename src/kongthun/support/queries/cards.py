"""The public card of a group, and what is told beside it: numbers, and products with standards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.areas.models import Node
from kongthun.areas.queries import path_to
from kongthun.groups.models import Group
from kongthun.groups.queries.members import members_on

from ..models import Card, Standard
from .requests import standards_of

FEWEST_COUNTED = 5  # fewer members than this are not counted aloud


@dataclass(frozen=True, slots=True)
class PublicCard:
    """Everything that anybody may know of a group."""

    group: Group
    card: Card
    path: list[Node]
    members: int
    standards: list[Standard]

    @property
    def place(self) -> str:
        """Where the group is, from its village up."""
        return " ".join(node.full_name for node in reversed(self.path) if node.code)

    @property
    def members_told(self) -> int | None:
        """How many members, where there are enough of them that it tells of nobody."""
        return self.members if self.members >= FEWEST_COUNTED else None

    @property
    def products(self) -> list[str]:
        """The products, a line each."""
        return self.card.products.splitlines()


def card_of(group: Group) -> Card | None:
    """The card that is shown, if one is."""
    return Card.objects.filter(group=group, taken_off_at=None).order_by("-number").first()


def public_card(code: str, day: date) -> PublicCard | None:
    """What anybody may see of the group of this code; nothing unless it shows a card.

    Standards that have expired are left out.
    """
    group = Group.objects.filter(code=code).first()
    card = card_of(group) if group is not None else None
    if group is None or card is None:
        return None
    standing = [
        each for each in standards_of(group) if each.expires_on is None or each.expires_on >= day
    ]
    return PublicCard(group, card, path_to(group.area_code), len(members_on(group, day)), standing)
