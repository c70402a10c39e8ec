"""Books whose commits are real, on either database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture
def real_commits(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001
    """The test database without a transaction around the test: for COMMIT and for locks.

    Afterwards only what tests of the books write is taken out; the official areas stay.
    """
    from kongthun.ledger import guards

    with django_db_blocker.unblock():
        yield
        guards.take_off()
        _empty()
        guards.put_back()


def _empty() -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        for table in ("line", "entry", "account", "position", "fund"):
            cursor.execute(f"DELETE FROM ledger_{table}")  # noqa: S608 (our own names)
        cursor.execute("DELETE FROM groups_group")
