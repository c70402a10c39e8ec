"""The paper a gift or a borrowing came with, and the photo of a tool.

One at a time is named; one kept before stays in the group's record of papers, unnamed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import record_deed
from kongthun.audit.papers import keep_paper
from kongthun.ledger.actions import hold_pen
from kongthun.ledger.models import Fund

from ..means_refusals import MeansRefusal, NoSuch, NotDone, TakenBackBefore, ToolGone, What
from ..models import Borrowing, Gift, Tool
from ..posting import entitlement


@dataclass(frozen=True, slots=True)
class PaperKept:
    """The SHA-256 of what is kept."""

    sha256: str


def keep_gift_paper(number: int, *, fund: Fund, file: Path, by: Reach) -> PaperKept | NotDone:
    """Keep the giver's letter or the deed of gift."""
    with transaction.atomic():
        hold_pen(fund, [])
        rows = Gift.objects.filter(fund=fund, number=number)
        refusals = [
            *entitlement(fund, by, Deed.KEEP_MEANS),
            *_against("gift", number, rows.first()),
        ]
        if refusals:
            return NotDone(tuple(refusals))
        sha256 = _keep("keep_gift_paper", f"gift {number}", fund, file, by)
        rows.update(evidence=sha256)
    return PaperKept(sha256)


def keep_borrowing_paper(number: int, *, fund: Fund, file: Path, by: Reach) -> PaperKept | NotDone:
    """Keep the contract with the lender."""
    with transaction.atomic():
        hold_pen(fund, [])
        rows = Borrowing.objects.filter(fund=fund, number=number)
        against = _against("borrowing", number, rows.first())
        refusals = [*entitlement(fund, by, Deed.KEEP_MEANS), *against]
        if refusals:
            return NotDone(tuple(refusals))
        sha256 = _keep("keep_borrowing_paper", f"borrowing {number}", fund, file, by)
        rows.update(evidence=sha256)
    return PaperKept(sha256)


def keep_tool_photo(number: int, *, fund: Fund, file: Path, by: Reach) -> PaperKept | NotDone:
    """Keep a photo by which a tool is known again."""
    with transaction.atomic():
        hold_pen(fund, [])
        rows = Tool.objects.filter(fund=fund, number=number)
        tool = rows.first()
        refusals = entitlement(fund, by, Deed.KEEP_MEANS)
        if tool is None:
            refusals.append(NoSuch("tool", number))
        elif tool.gone_on is not None:
            refusals.append(ToolGone(number, tool.gone_on))
        if refusals:
            return NotDone(tuple(refusals))
        sha256 = _keep("keep_tool_photo", f"tool {number}", fund, file, by)
        rows.update(photo=sha256)
    return PaperKept(sha256)


def _against(what: What, number: int, row: Gift | Borrowing | None) -> list[MeansRefusal]:
    if row is None:
        return [NoSuch(what, number)]
    return [TakenBackBefore(what, number)] if row.withdrawn_at is not None else []


def _keep(deed: str, subject: str, fund: Fund, file: Path, by: Reach) -> str:
    sha256 = keep_paper(
        file,
        fund_id=fund.pk,
        area_code=fund.area_code,
        subject=subject,
        user_id=by.user_id,
    )
    record_deed(
        deed,
        user_id=by.user_id,
        area_code=fund.area_code,
        fund_id=fund.pk,
        subject=subject,
        details={"sha256": sha256},
    )
    return sha256
