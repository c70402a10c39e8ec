"""Which member registers a group brought in, as the audit lines tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from kongthun.audit.models import AuditLine
from kongthun.groups.models import Group

from ..member_import import DEED


@dataclass(frozen=True, slots=True)
class ImportedRegister:
    """A register that was brought in: when, by whom, and the sum of its rows then."""

    sha256: str
    at: datetime
    by: str
    read: int
    taken: int
    already_there: int
    set_aside: int
    passed_over: int

    @property
    def holds(self) -> bool:
        """Whether every row read is in exactly one of the three."""
        return self.read == self.taken + self.already_there + self.set_aside


def imported_registers(group: Group, *, most: int = 10) -> list[ImportedRegister]:
    """The latest registers that were brought in, the latest first. One statement."""
    return [_told(line) for line in _lines(group)[:most]]


def imported_register(group: Group, sha256: str) -> ImportedRegister | None:
    """The last time this file was brought in here, if it was. One statement."""
    line = _lines(group).filter(details__sha256=sha256).first()
    return _told(line) if line is not None else None


def _lines(group: Group) -> QuerySet[AuditLine]:
    return (
        AuditLine.objects.filter(fund_id=group.pk, deed=DEED)
        .select_related("user")
        .order_by("-happened_at", "-pk")
    )


def _told(line: AuditLine) -> ImportedRegister:
    said = line.details

    def count(name: str) -> int:
        return int(said.get(name, 0))

    return ImportedRegister(
        sha256=str(said.get("sha256", "")),
        at=line.happened_at,
        by=str(line.user) if line.user is not None else "ผู้ดูแลระบบ",
        read=count("read"),
        taken=count("taken"),
        already_there=count("already_there"),
        set_aside=count("set_aside"),
        passed_over=count("passed_over"),
    )
