"""Fixtures that need the database. The domain's tests need nothing from here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _evidence_of_its_own(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Tests that touch the database keep their evidence in a folder of their own."""
    if not any(name in request.fixturenames for name in ("db", "transactional_db")):
        yield
        return
    settings = request.getfixturevalue("settings")
    settings.EVIDENCE_ROOT = Path(tmp_path_factory.mktemp("evidence"))
    yield


@pytest.fixture
def open_books(transactional_db: None, django_db_blocker: object) -> Iterator[None]:  # noqa: ARG001
    """A database whose commits are real: for tests of COMMIT, of locks, of two connections.

    The append-only triggers would refuse the emptying afterwards, so they are off just for that.
    """
    from kongthun.ledger import guards  # noqa: PLC0415 (needs Django set up)

    yield
    guards.take_off()
    _empty_books()
    guards.put_back()


def _empty_books() -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        for table in ("ledger_line", "ledger_entry", "ledger_account", "audit_auditline"):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 (our own names)
