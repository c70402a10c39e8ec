"""Fixtures that need the database. The domain's tests need nothing from here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker, Settings

    from kongthun.registers.demo import DemoVillage
    from reports.small_district import SmallDistrict


@pytest.fixture(autouse=True)
def _evidence_of_its_own(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Tests that touch the database keep their evidence in a folder of their own."""
    asks_for_it = any(name in request.fixturenames for name in ("db", "transactional_db"))
    if not asks_for_it and request.node.get_closest_marker("django_db") is None:
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
    from kongthun.ledger import guards

    yield
    guards.take_off()
    _empty_books()
    guards.put_back()


def _empty_books() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for table in ("ledger_line", "ledger_entry", "ledger_account", "audit_auditline"):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 (our own names)


# ---- a small district, brought in once a module -----------------------------------------


@pytest.fixture(scope="session")
def village_workbooks(tmp_path_factory: pytest.TempPathFactory) -> list[DemoVillage]:
    """Four villages of the demo district on paper. Copy a workbook before changing it."""
    from reports.small_district import write_small_district

    return write_small_district(tmp_path_factory.mktemp("district"))


@pytest.fixture(scope="module")
def _district_of_the_module(
    django_db_setup: None,  # noqa: ARG001
    django_db_blocker: DjangoDbBlocker,
    village_workbooks: list[DemoVillage],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[SmallDistrict]:
    """Committed once for all tests of a module, which each see it as it was; then taken out."""
    from django.test import override_settings

    from reports.small_district import bring_in, take_everything_out

    evidence = tmp_path_factory.mktemp("evidence-of-district")
    with django_db_blocker.unblock():
        try:
            with override_settings(EVIDENCE_ROOT=evidence):
                brought_in = bring_in(village_workbooks, evidence)
            yield brought_in
        finally:
            take_everything_out()


@pytest.fixture
def district(
    db: None,  # noqa: ARG001
    _district_of_the_module: SmallDistrict,
    settings: Settings,
) -> SmallDistrict:
    """Four funds, one next door, one far away, and the people around them. Changes are undone."""
    settings.EVIDENCE_ROOT = _district_of_the_module.evidence
    return _district_of_the_module
