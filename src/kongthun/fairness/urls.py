"""The addresses of fairness."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "fairness"
urlpatterns: list[URLPattern] = []
