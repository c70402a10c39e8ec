"""The public card of a group: of the group alone, of nobody in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Reach
from kongthun.activities.actions.writing import take, write_down
from kongthun.db.numbers import next_number
from kongthun.domain.thai_text import arabic_digits, search_key, visible
from kongthun.groups.models import CommitteeTerm, Group, Membership

from ..models import Card
from ..queries.cards import card_of
from ..refusals import LooksLikeId, NamesSomebody, NoCard, NotDone, SupportRefusal
from .writing import fit_words, may_seek

LONGEST = {"about": 600, "products": 400, "contact": 200}
_WHAT = {"about": "คำแนะนำกลุ่ม", "products": "สินค้า", "contact": "ที่ติดต่อ"}
_ID = re.compile(r"[0-9](?:[\s-]?[0-9]){12}")


@dataclass(frozen=True, slots=True)
class CardShown:
    """The card that everybody sees has this number."""

    number: int


@dataclass(frozen=True, slots=True)
class CardTakenOff:
    """Nobody sees a card any more."""


def publish_card(
    *, group: Group, about: str, by: Reach, products: str = "", contact: str = ""
) -> CardShown | NotDone:
    """Show everybody what the group says of itself; a card shown before is replaced.

    The full name of a member or of somebody on the committee, or what looks like a national ID, is
    refused: the card is open to all.
    """
    with transaction.atomic():
        take(group)
        said = {"about": about, "products": products, "contact": contact}
        refusals = [*may_seek(by, group), *fit_words(_WHAT["about"], about, LONGEST["about"])]
        for name in ("products", "contact"):
            if visible(said[name]):
                refusals += fit_words(_WHAT[name], said[name], LONGEST[name])
        refusals += _private(group, said)
        if refusals:
            return NotDone(tuple(refusals))
        Card.objects.filter(group=group, taken_off_at=None).update(taken_off_at=timezone.now())
        number = next_number(Card, group=group)
        Card.objects.create(
            group=group,
            number=number,
            about=visible(about),
            products="\n".join(line for each in products.splitlines() if (line := visible(each))),
            contact=visible(contact),
            published_on=by.day,
            recorded_by_id=by.user_id,
            recorded_at=timezone.now(),
        )
        write_down("publish_card", group, by, f"card {number}")
    return CardShown(number)


def take_card_off(*, group: Group, by: Reach) -> CardTakenOff | NotDone:
    """Show the card to nobody any more."""
    with transaction.atomic():
        take(group)
        refusals = may_seek(by, group)
        card = card_of(group)
        if card is None:
            refusals.append(NoCard())
        if card is None or refusals:
            return NotDone(tuple(refusals))
        Card.objects.filter(group=group, taken_off_at=None).update(taken_off_at=timezone.now())
        write_down("take_card_off", group, by, f"card {card.number}")
    return CardTakenOff()


def _private(group: Group, said: dict[str, str]) -> list[SupportRefusal]:
    members = Membership.objects.filter(group=group).select_related("person")
    terms = CommitteeTerm.objects.filter(group=group).select_related("person")
    people = [*(each.person for each in members), *(each.person for each in terms)]
    names = {search_key(person.name.full) for person in people if person.last_name}
    found: list[SupportRefusal] = []
    for name, words in said.items():
        key = search_key(words)
        if any(each in key for each in names):
            found.append(NamesSomebody(_WHAT[name]))
        if _ID.search(arabic_digits(words)):
            found.append(LooksLikeId(_WHAT[name]))
    return found
