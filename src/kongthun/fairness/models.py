"""Whether debtors who are alike were treated alike."""

from __future__ import annotations
