"""Entries, lines and accounts stand in tables written by hand: their models must say the same."""

from __future__ import annotations

import pytest
from django.db import connection, models
from django.db.backends.base.introspection import FieldInfo

from kongthun.ledger.models import Account, Entry, Line

BY_HAND = [Account, Entry, Line]

# What the database may call the column of such a field.
KINDS = {
    "BigIntegerField": {"BigIntegerField", "IntegerField"},
    "PositiveSmallIntegerField": {"SmallIntegerField", "IntegerField"},
    "ForeignKey": {"BigIntegerField", "IntegerField"},
    "OneToOneField": {"BigIntegerField", "IntegerField"},
    "CharField": {"CharField", "TextField"},
    "DateField": {"DateField", "TextField"},
    "DateTimeField": {"DateTimeField", "TextField"},
    "BinaryField": {"BinaryField"},
}

pytestmark = pytest.mark.django_db


def columns(model: type[models.Model]) -> dict[str, FieldInfo]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, model._meta.db_table)
    return {info.name: info for info in found}


def fields(model: type[models.Model]) -> dict[str, models.Field[object, object]]:
    return {str(field.column): field for field in model._meta.concrete_fields if field.column}


@pytest.mark.parametrize("model", BY_HAND)
def test_the_model_has_the_columns_of_the_table(model: type[models.Model]) -> None:
    assert set(fields(model)) == set(columns(model))


@pytest.mark.parametrize("model", BY_HAND)
def test_what_may_be_empty_may_be_empty_in_both(model: type[models.Model]) -> None:
    found = columns(model)
    for name, field in fields(model).items():
        assert bool(found[name].null_ok) == field.null, name


@pytest.mark.parametrize("model", BY_HAND)
def test_a_field_is_of_its_columns_kind_and_length(model: type[models.Model]) -> None:
    found = columns(model)
    for name, field in fields(model).items():
        kind = connection.introspection.get_field_type(found[name].type_code, found[name])
        assert kind in KINDS[field.get_internal_type()], name
        if connection.vendor == "postgresql" and isinstance(field, models.CharField):
            assert found[name].display_size == field.max_length, name


@pytest.mark.parametrize("model", BY_HAND)
def test_the_key_of_the_model_is_the_key_of_the_table(model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, model._meta.db_table)
    keys = [found["columns"] for found in constraints.values() if found["primary_key"]]
    assert keys == [[field.column for field in model._meta.pk_fields]]


def test_only_these_tables_are_written_by_hand() -> None:
    from django.apps import apps

    by_hand = [model for model in apps.get_models() if not model._meta.managed]
    assert sorted(
        model.__name__ for model in by_hand if model.__module__.startswith("kongthun.ledger")
    ) == sorted(model.__name__ for model in BY_HAND)
