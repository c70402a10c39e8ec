"""Steps 2 and 3: sessions that teach the regulation, and what chairmen say there."""

from __future__ import annotations
