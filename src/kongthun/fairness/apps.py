from __future__ import annotations

from django.apps import AppConfig


class FairnessConfig(AppConfig):
    name = "kongthun.fairness"
    label = "fairness"
