"""A group is made known once, by its code."""

from __future__ import annotations

from ..models import Group


def open_group(
    *, code: str, kind: str, area_code: str, name: str, granted_fiscal_year: int | None = None
) -> Group:
    """The group of this code, made known if it is new. A year learned later is filled in."""
    group, _ = Group.objects.get_or_create(
        code=code,
        defaults={
            "kind": kind,
            "area_code": area_code,
            "name": name,
            "granted_fiscal_year": granted_fiscal_year,
        },
    )
    if granted_fiscal_year is not None and group.granted_fiscal_year != granted_fiscal_year:
        group.granted_fiscal_year = granted_fiscal_year
        group.save(update_fields=["granted_fiscal_year"])
    return group


def hold_group(group: Group) -> None:
    """Keep everybody else from giving out the group's next number until the deed is done.

    Called first inside the deed's transaction. SQLite has the whole file by then.
    """
    Group.objects.select_for_update().get(pk=group.pk)
