from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "kongthun.reports"
    label = "reports"
