"""Addresses of a case: proposing, consent, team, causes, plan."""

from __future__ import annotations

from django.urls import URLPattern

patterns: list[URLPattern] = []
