"""The addresses of briefings."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "briefings"
urlpatterns: list[URLPattern] = []
