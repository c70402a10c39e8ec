"""People as they are named; the same name twice may be two people."""

from __future__ import annotations

from collections.abc import Iterable

from kongthun.domain.thai_text import name_key, read_name

from ..models import Person


def make_persons(names: Iterable[str]) -> list[Person]:
    """A person for each name as written, in order."""
    persons = []
    for written in names:
        name = read_name(written)
        persons.append(
            Person(
                title=name.title,
                first_name=name.first,
                last_name=name.last,
                name_key=name_key(written),
            )
        )
    return Person.objects.bulk_create(persons)
