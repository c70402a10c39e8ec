"""Taking the append-only triggers off and putting them back.

For two purposes only: tests that tamper with the books to see `verify` find it, and tests that
must empty a database between them. The product never calls this.
"""

from __future__ import annotations

import re

from django.db import connection

from kongthun.db.written_sql import statements

_TRIGGER = re.compile(r"^CREATE TRIGGER (\w+) .*? ON (\w+)", re.S)


def _triggers() -> dict[str, tuple[str, str]]:
    """By name: the table, and the statement that makes it."""
    found = {}
    for package in ("kongthun.ledger.sql", "kongthun.audit.sql", "kongthun.audit.sql.papers"):
        for statement in statements(package, connection.vendor):
            at = statement.find("CREATE TRIGGER")
            if at >= 0 and (named := _TRIGGER.match(statement[at:])) is not None:
                found[named.group(1)] = (named.group(2), statement)
    return found


def take_off() -> None:
    """Drop every trigger that guards the books."""
    with connection.cursor() as cursor:
        for name, (table, _) in _triggers().items():
            where = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{where}")


def put_back() -> None:
    """Make them again."""
    with connection.cursor() as cursor:
        for _, statement in _triggers().values():
            cursor.execute(statement)
