"""What each person does next, and handing all of it over."""

from __future__ import annotations
