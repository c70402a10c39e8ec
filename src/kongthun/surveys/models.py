"""Step 1: rounds in which the state of every fund of an area is checked at the village."""

from __future__ import annotations
