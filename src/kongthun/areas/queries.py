"""Looking up areas. Every question takes the day it is asked about; None means today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from kongthun.areas.address import AddressWords, read_address
from kongthun.areas.models import NATION, THE_NATION, Area, Level, Node, is_digits, level_of

# SQLite takes 32,766 values in one statement; well before that, reading the whole tree is cheaper.
_CODES_ASKED_BY_NAME = 5_000


def area(code: str, on: date | None = None) -> Area | None:
    """The area under this code on that day; None for the nation and for unknown codes."""
    return _valid(on).filter(code=code).first()


def path_to(code: str, on: date | None = None) -> list[Node]:
    """The way down from the nation to this area, both included, in one query.

    An area that was not known on that day is left out; ask `area` for certainty.
    Raises ValueError for what cannot be a code.
    """
    level_of(code)
    ancestors = [code[:length] for length in range(2, len(code) + 1, 2)]
    rows = _valid(on).filter(code__in=ancestors).order_by("code") if ancestors else []
    return [THE_NATION, *(row.node for row in rows)]


def children(code: str, on: date | None = None) -> QuerySet[Area]:
    """The areas one level below, by code; for the nation, the provinces.

    Raises ValueError for what cannot be a code.
    """
    if level_of(code) is Level.VILLAGE:
        return Area.objects.none()
    # A hundred possible codes are a hundred looks into the index, on either database.
    return _valid(on).filter(code__in=[f"{code}{n:02}" for n in range(100)]).order_by("code")


def within(field: str, code: str) -> Q:
    """The condition that `field` holds this area's code or one below it.

    A range of the column, which a plain index serves on SQLite and PostgreSQL alike. The
    empty code is the nation: no condition. Raises ValueError for anything but digits 0-9, so
    that a bad scope never opens wider than it should.
    """
    if code == NATION:
        return Q()
    first, beyond = prefix_bounds(code)
    condition = Q(**{f"{field}__gte": first})
    return condition if beyond is None else condition & Q(**{f"{field}__lt": beyond})


def touching(field: str, code: str) -> Q:
    """The condition that `field` holds this area's code, one below it, or one above it."""
    above = [code[:digits] for digits in range(2, len(code), 2)]
    return within(field, code) | Q(**{f"{field}__in": above})


def prefix_bounds(code: str) -> tuple[str, str | None]:
    """The first digit-text that starts with `code`, and the first one beyond them all.

    The second is None when nothing lies beyond. Bounds are digits too, because a language's
    collation on PostgreSQL may sort other characters before digits.

    >>> prefix_bounds("8012"), prefix_bounds("8099"), prefix_bounds("99")
    (('8012', '8013'), ('8099', '81'), ('99', None))
    """
    if not is_digits(code):
        raise ValueError(f"an area code is digits 0-9 only: {code!r}")
    stem = code.rstrip("9")
    return code, f"{stem[:-1]}{int(stem[-1]) + 1}" if stem else None


def names_of(codes: Iterable[str], on: date | None = None) -> dict[str, str]:
    """The bare names of these areas on that day, by code, in one query.

    The empty code is the nation. Codes unknown on that day are left out.
    """
    wanted = set(codes)
    rows = _valid(on)
    if len(wanted) <= _CODES_ASKED_BY_NAME:
        rows = rows.filter(code__in=wanted - {NATION})
    names = {code: name for code, name in rows.values_list("code", "name_th") if code in wanted}
    if NATION in wanted:
        names[NATION] = THE_NATION.name_th
    return names


def find_village_by_words(text: str, on: date | None = None) -> str | None:
    """The 8-digit code of the village a heading speaks of.

    The code is the tambon's official code and the หมู่ number, whether or not that village is
    recorded yet. None when there is no หมู่ between 1 and 99, or when not exactly one tambon
    fits every word given.
    """
    words = read_address(text)
    if words.moo is None or not 1 <= words.moo <= 99:
        return None
    tambon_code = _only_tambon(words, on)
    return f"{tambon_code}{words.moo:02}" if tambon_code else None


def _only_tambon(words: AddressWords, on: date | None) -> str | None:
    if words.tambon is None:
        return None
    named = _valid(on).filter(name_th=words.tambon).values_list("code", flat=True)
    tambons = [code for code in named if level_of(code) is Level.TAMBON]
    above = names_of((code[:n] for code in tambons for n in (2, 4)), on)
    fitting = [
        code
        for code in tambons
        if _province_fits(words, above.get(code[:2]))
        and _district_fits(words, above.get(code[:4]), above.get(code[:2]))
    ]
    return fitting[0] if len(fitting) == 1 else None


def _province_fits(words: AddressWords, province: str | None) -> bool:
    return words.province is None or words.province == province


def _district_fits(words: AddressWords, district: str | None, province: str | None) -> bool:
    # "อำเภอเมือง" is how everybody writes the district of the provincial town.
    return words.district in {None, district} or (
        words.district == "เมือง" and district == f"เมือง{province}"
    )


def _valid(on: date | None) -> QuerySet[Area]:
    day = on or timezone.localdate()
    return Area.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        Q(valid_to__isnull=True) | Q(valid_to__gt=day),
    )
