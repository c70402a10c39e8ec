from __future__ import annotations

from django.apps import AppConfig


class OpeningsConfig(AppConfig):
    name = "kongthun.openings"
    label = "openings"
