"""SQL written by hand, one file a database, run by migrations."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def run_written_sql(package: str) -> Callable[[Apps, BaseDatabaseSchemaEditor], None]:
    """A migration step that runs ``<package>/<vendor>.sql``; statements end in a line ``--;``."""

    def forwards(_: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in statements(package, editor.connection.vendor):
            editor.execute(statement, params=None)

    return forwards


def statements(package: str, vendor: str) -> list[str]:
    """The statements of a package's file for one database, in order."""
    text = (files(package) / f"{vendor}.sql").read_text(encoding="utf-8")
    return [part.strip() for part in text.split("\n--;\n") if part.strip()]
