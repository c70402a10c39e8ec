"""Start-up of the house: registers the system checks."""

from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The top floor; it only wires."""

    name = "kongthun.config"
    label = "config"

    def ready(self) -> None:
        from . import checks  # noqa: F401, PLC0415 (registered by being imported)
