"""Regulations and guidelines by version and article, to be searched and cited."""

from __future__ import annotations
