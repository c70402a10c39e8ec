"""A round that is open over the small district."""

from __future__ import annotations

import pytest

from reports.small_district import SmallDistrict
from surveys.checked_district import CheckedDistrict, opened


@pytest.fixture
def survey(district: SmallDistrict) -> CheckedDistrict:
    """Opened today, nothing found yet."""
    return opened(district)
