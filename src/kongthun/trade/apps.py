from __future__ import annotations

from django.apps import AppConfig


class TradeConfig(AppConfig):
    name = "kongthun.trade"
    label = "trade"
