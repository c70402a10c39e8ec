"""Committee terms as the rules of authority read them."""

from __future__ import annotations

from dataclasses import dataclass

from kongthun.domain.authority import Term
from kongthun.groups.models import CommitteeTerm


@dataclass(frozen=True, slots=True)
class Offices:
    """Every term of a group that counts today, and which numbers were put right by which."""

    terms: tuple[Term, ...]
    replaced_by: dict[int, int]
    people: dict[int, CommitteeTerm]

    def now(self, number: int) -> CommitteeTerm:
        """The term that counts instead of one that was put right since its number was read.

        KeyError for a number that was never given.
        """
        while (later := self.replaced_by.get(number, number)) > number:
            number = later
        return self.people[number]


def term_of(term: CommitteeTerm) -> Term:
    """A term as a value. Its person is known by the name, as papers know people."""
    return Term(
        term.number,
        term.person.name_key,
        term.position,
        term.starts_on,
        term.ends_on,
        term.position_words,
    )


def offices_of(group_id: int) -> Offices:
    """All terms of a group, in one statement."""
    rows = list(
        CommitteeTerm.objects.filter(group_id=group_id).select_related("person").order_by("number")
    )
    standing = [term for term in rows if term.withdrawn_at is None]
    return Offices(
        tuple(term_of(term) for term in standing),
        {term.corrects: term.number for term in rows if term.corrects is not None},
        {term.number: term for term in standing},
    )
