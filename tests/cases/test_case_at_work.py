"""The road as the other tests walk it: each stage is reached by the deeds that lead to it."""

from __future__ import annotations

import pytest

from kongthun.domain.casework import Stage

from .case_at_work import ROAD, case_at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("stage", ROAD)
def test_a_case_comes_to_each_stage_by_the_deeds_before_it(stage: Stage) -> None:
    assert case_at(stage).stage is stage
