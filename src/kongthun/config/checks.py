"""System checks with ids and hints: what would hurt an operator later is said at the start."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register


@register(Tags.files)
def home_is_writable(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001
    **kwargs: Any,  # noqa: ANN401, ARG001
) -> list[CheckMessage]:
    """KONGTHUN_HOME must be a folder we can write to: the books live there."""
    try:
        settings.HOME.mkdir(parents=True, exist_ok=True)
        probe = settings.HOME / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        return [
            Error(
                f"KONGTHUN_HOME cannot be written to: {error}",
                hint="Set KONGTHUN_HOME to a folder of yours, e.g. KONGTHUN_HOME=~/kongthun",
                id="kongthun.E001",
            )
        ]
    return []


@register(Tags.database)
def sqlite_is_new_enough(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001
    **kwargs: Any,  # noqa: ANN401, ARG001
) -> list[CheckMessage]:
    """STRICT tables and RETURNING need SQLite 3.37."""
    if sqlite3.sqlite_version_info >= (3, 37):
        return []
    return [
        Error(
            f"SQLite {sqlite3.sqlite_version} is too old for the ledger's STRICT tables.",
            hint="Use a Python built with SQLite 3.37 or newer, or PostgreSQL.",
            id="kongthun.E002",
        )
    ]


@register(Tags.security)
def demo_is_not_for_real_books(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001
    **kwargs: Any,  # noqa: ANN401, ARG001
) -> list[CheckMessage]:
    """A demo cast with known passwords must never be served to others."""
    if settings.DEMO and settings.HTTPS:
        return [
            Warning(
                "KONGTHUN_DEMO is on behind HTTPS: anyone can sign in with a demo password.",
                hint="Unset KONGTHUN_DEMO where real books are kept.",
                id="kongthun.W001",
            )
        ]
    return []
