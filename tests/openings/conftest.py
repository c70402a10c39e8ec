"""A fund whose books are lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from openings.lost_books import LostBooks, lost_books


@pytest.fixture
def fund(db: None, tmp_path: Path) -> LostBooks:  # noqa: ARG001
    return lost_books(tmp_path)
