"""Which funds a reader may open, and how the place of a fund is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kongthun.accounts.models import Role
from kongthun.accounts.reach import Deed, Reach
from kongthun.areas.models import Node, is_digits
from kongthun.areas.queries import names_of, within
from kongthun.ledger.models import Fund


def fund_open_to(reach: Reach, code: str, deed: Deed) -> Fund | None:
    """The fund of this code, if the reader may do the deed there; None whether or not it exists."""
    return Fund.objects.filter(reach.funds(deed), code=code).first()


def may(reach: Reach, deed: Deed, fund: Fund) -> bool:
    """Whether the reader may do the deed at this fund."""
    return reach.may(deed, area_code=fund.area_code, group_id=fund.pk)


def may_take_workbooks(reach: Reach, fund: Fund) -> bool:
    """Whether the kept file itself may be taken away: by who imports here, or who audits here."""
    as_auditor = replace(reach, holdings=tuple(h for h in reach.holdings if h.role == Role.AUDITOR))
    return may(reach, Deed.IMPORT_REGISTERS, fund) or may(as_auditor, Deed.SEE_FUND, fund)


def is_area_open_to(reach: Reach, code: str, deed: Deed) -> bool:
    """Whether the reader holds this area, or some fund in it."""
    if not is_digits(code) or len(code) not in {2, 4, 6, 8}:
        return False
    if reach.may(deed, area_code=code):
        return True
    return Fund.objects.filter(reach.funds(deed), within("area_code", code)).exists()


def places_of(codes: Iterable[str]) -> dict[str, str]:
    """The places of villages in words, by their code: "หมู่ 4 ตำบลคลองน้อย อำเภอปากพนัง".

    Without the village's name: funds carry it. One query, however many.
    """
    wanted = set(codes)
    names = names_of({code[:digits] for code in wanted for digits in (4, 6)})
    return {code: _place(code, names) for code in wanted}


def _place(code: str, names: dict[str, str]) -> str:
    parts = [f"หมู่ {int(code[6:])}"] if len(code) == 8 else []
    for digits in (6, 4):
        name = names.get(code[:digits])
        if name and len(code) >= digits:
            parts.append(Node(code[:digits], name).full_name)
    return " ".join(parts) or code
