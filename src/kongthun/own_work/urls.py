"""The addresses of own work."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "own_work"
urlpatterns: list[URLPattern] = []
