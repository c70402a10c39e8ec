"""Questionnaires of a year, answered by the books and by people."""

from __future__ import annotations
