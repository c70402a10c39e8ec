"""A column of money: whole satang in the database, ``Money`` in the code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from kongthun.domain.money import Money

if TYPE_CHECKING:
    _Field = models.Field[Money | int, Money]
    _OptionalField = models.Field[Money | int | None, Money | None]
else:
    _Field = _OptionalField = models.Field  # the class itself takes no parameters at run time


class _Satang:
    """How money goes into a column and comes out of it."""

    def get_internal_type(self) -> str:
        return "BigIntegerField"

    def from_db_value(
        self,
        value: int | None,
        expression: Any,  # noqa: ANN401, ARG002 (Django's own signature)
        connection: BaseDatabaseWrapper,  # noqa: ARG002
    ) -> Money | None:
        return None if value is None else Money(value)

    def to_python(self, value: Any) -> Money | None:  # noqa: ANN401
        if value is None or isinstance(value, Money):
            return value
        return Money(int(value))

    def get_prep_value(self, value: Any) -> int | None:  # noqa: ANN401
        if isinstance(value, Money):
            return value.satang
        return None if value is None else int(value)


class MoneyField(_Satang, _Field):
    """Whole satang as a 64-bit integer: 92 thousand million million baht either way."""


class OptionalMoneyField(_Satang, _OptionalField):
    """The same where a paper may be silent: empty is not nothing."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        super().__init__(**{**options, "null": True})

    def deconstruct(self) -> Any:  # noqa: ANN401
        name, path, args, options = super().deconstruct()
        options.pop("null", None)
        return name, path, args, options
