"""The village of these tests."""

from __future__ import annotations

import pytest

from activities.village import Village, make_village


@pytest.fixture
def village(db: None) -> Village:  # noqa: ARG001
    """A group with a committee of eight, four years from 1 ต.ค. 2567."""
    return make_village()
