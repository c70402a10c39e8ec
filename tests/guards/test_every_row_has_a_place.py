"""Every row of the database belongs to a place, so that a reach can decide about it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

# How a row of a model is placed: by its own area, or by following one of these.
LEADS_TO_A_PLACE = ("area_code", "fund", "fund_id", "group")

# Rows without a place of their own, and why that is right.
NO_PLACE = {
    "accounts.User": "a person; what is held where stands in the appointments",
    "areas.Area": "the places themselves, known to everybody",
    "audit.Evidence": "a file by its content; the workbook that names it has the place",
    "groups.Person": "in no group by itself; memberships, terms and contracts have the place",
    "registers.Batch": "handed in and not read yet; only who handed it in sees it",
    "registers.BatchFile": "of a batch",
}

OURS = [
    model
    for config in apps.get_app_configs()
    if config.name.startswith("kongthun.")
    for model in config.get_models()
]


def can_be_placed(model: type[models.Model]) -> bool:
    names = {field.name for field in model._meta.get_fields()}
    return any(name in names for name in LEADS_TO_A_PLACE)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_row_of_this_model_can_be_placed(model: type[models.Model]) -> None:
    is_excused = model._meta.label in NO_PLACE
    assert can_be_placed(model) is not is_excused, "placed and excused, or neither"


def test_no_excuse_is_stale() -> None:
    assert set(NO_PLACE) <= {model._meta.label for model in OURS}


def test_a_row_without_a_place_would_be_found() -> None:
    class Loose(models.Model):
        amount = models.IntegerField()

        class Meta:
            app_label = "nowhere"
            managed = False

    try:
        assert not can_be_placed(Loose)
    finally:
        del apps.all_models["nowhere"]


def test_what_money_hangs_on_carries_its_fund() -> None:
    """So that a fund can be moved to another server whole (fund_id first in every key)."""
    placed_by_fund = [model for model in OURS if model._meta.app_label in {"ledger", "loans"}]
    assert len(placed_by_fund) >= 7
    for model in placed_by_fund:
        names = {field.name for field in model._meta.get_fields()}
        assert names & {"fund", "group"}, model


@pytest.mark.django_db
def test_migrations_say_what_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
