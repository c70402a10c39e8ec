"""Addresses of a case: visits, reports, advice, evidence, outcome, deadlines."""

from __future__ import annotations

from django.urls import URLPattern

patterns: list[URLPattern] = []
