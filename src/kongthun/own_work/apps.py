from __future__ import annotations

from django.apps import AppConfig


class OwnWorkConfig(AppConfig):
    name = "kongthun.own_work"
    label = "own_work"
