"""Addresses of a case: lessons learned."""

from __future__ import annotations

from django.urls import URLPattern

patterns: list[URLPattern] = []
