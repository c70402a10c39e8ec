"""Everything that can be missing or refused on the road has words that say what helps."""

from __future__ import annotations

import dataclasses
import types
import typing
from datetime import date
from typing import Any, get_args

import pytest

from kongthun.accounts.reach import Deed
from kongthun.cases import wording
from kongthun.cases.refusals import RoadRefusal
from kongthun.domain import casework
from kongthun.domain.casework import (
    EXAMPLE_CRITERIA,
    CaseKind,
    CauseKind,
    Missing,
    Movement,
    Role,
    Speaker,
    Stage,
    StepState,
    WorkKind,
    outcome_of,
)
from kongthun.domain.early_warning import Sign

DAY = date(2026, 9, 30)
_VALUES: dict[Any, Any] = {
    int: 3,
    str: "เหตุที่เสนอ",
    bool: True,
    date: DAY,
    tuple[int, ...]: (1, 2, 3),
    Role: Role.NETWORK,
    Speaker: Speaker.COMMITTEE,
    Deed: Deed.WORK_CASES,
    casework.Outcome: outcome_of(EXAMPLE_CRITERIA, Movement(DAY), DAY),
}


def members(union: Any) -> list[type]:  # noqa: ANN401
    """Every class of a union, unions within it opened."""
    if isinstance(union, types.UnionType):
        return [each for part in get_args(union) for each in members(part)]
    return [union]


def example(kind: type) -> Any:  # noqa: ANN401
    """One of this class, with something in each field."""
    hints = typing.get_type_hints(kind)
    return kind(*(_VALUES[hints[field.name]] for field in dataclasses.fields(kind)))


@pytest.mark.parametrize("kind", members(RoadRefusal), ids=lambda kind: kind.__name__)
def test_every_refusal_of_the_road_has_words(kind: type) -> None:
    words = wording.refusal_in_thai(example(kind))
    assert len(words) > 10
    assert "!" not in words


@pytest.mark.parametrize("kind", members(Missing), ids=lambda kind: kind.__name__)
def test_everything_that_can_be_missing_has_words(kind: type) -> None:
    words = wording.missing_in_thai(example(kind))
    assert len(words) > 10
    assert "!" not in words


def test_a_lack_or_refusal_without_words_is_an_error_and_no_empty_page() -> None:
    with pytest.raises(NotImplementedError):
        wording.missing_in_thai(typing.cast("Any", object()))
    with pytest.raises(NotImplementedError):
        wording.refusal_in_thai(typing.cast("Any", object()))


def test_everything_a_case_is_made_of_has_words() -> None:
    assert set(wording.STAGES) == set(Stage)
    assert set(wording.ON_THE_WAY) == set(Stage) - {Stage.RELAPSED}
    assert set(wording.KINDS) == set(CaseKind)
    assert set(wording.ROLES) == set(Role)
    assert set(wording.CAUSE_KINDS) == set(CauseKind)
    assert set(wording.SPEAKERS) == set(Speaker)
    assert set(wording.STEP_STATES) == set(StepState)
    assert set(wording.WORKS) == set(WorkKind)
    assert set(wording.LEVELS) == set(casework.Level)
    assert set(wording.ANSWERS) == set(casework.Answer)
    assert all(wording.sign_in_thai(sign.value) for sign in Sign)


def test_every_deadline_and_event_that_ships_has_words() -> None:
    limits = casework.EXAMPLE_DEADLINES
    assert {limit.what for limit in limits} <= set(wording.DEADLINES)
    assert {n for limit in limits for n in (limit.event, limit.met_by)} <= set(wording.EVENTS)


def test_a_step_says_each_thing_that_it_lacks() -> None:
    lacks = casework.StepLacks(2, words=False, owner=True, due_on=True, shown_by=False)
    words = wording.missing_in_thai(lacks)
    assert "แผนข้อ 2" in words
    assert "ใครรับผิดชอบ" in words
    assert "ภายในวันไหน" in words
    assert "จะทำอะไร" not in words
