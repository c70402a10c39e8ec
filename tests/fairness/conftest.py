"""People who look at how debtors are treated."""

from __future__ import annotations

import pytest

from fairness.alike import Cast, cast


@pytest.fixture
def people(db: None) -> Cast:  # noqa: ARG001
    return cast()
