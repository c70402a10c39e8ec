"""What a household lives on, as it was asked, before borrowing and 1 to 3 years after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kongthun.accounts.reach import Reach
from kongthun.audit.actions import record_deed
from kongthun.domain.money import ZERO, Money
from kongthun.domain.ordered_list import INCOME_YEARS
from kongthun.domain.thai_calendar import thai_year
from kongthun.domain.thai_text import visible

from ..models import Group, Income
from ..queries.households import member_of
from ..refusals import (
    ContractMissing,
    GroupRefusal,
    IncomeBelowZero,
    IncomeOfNoYear,
    InTheFuture,
    NotDone,
    NotListed,
    SurveyYearUnlikely,
)
from .groups import hold_group
from .households import may_keep_lists

# The survey of basic needs has been held since about then.
FIRST_SURVEY_YEAR = 2528


@dataclass(frozen=True, slots=True)
class IncomeRecorded:
    """The income has this number."""

    number: int


@transaction.atomic
def record_income(
    *,
    group: Group,
    number: int,
    years_after: int,
    contract_number: int | None,
    amount: Money,
    survey_year: int,
    basis: str,
    on: date,
    by: Reach,
) -> IncomeRecorded | NotDone:
    """Write down an income, baht per head per year, of the survey of a พ.ศ. year.

    ``years_after`` is 0 before borrowing, else 1, 2 or 3 years after ``contract_number``; ``on`` is
    the day it was learned. A later row for the same question puts an earlier one right.
    """
    hold_group(group)
    refusals: list[GroupRefusal] = list(may_keep_lists(by, group))
    if on > by.day:
        refusals.append(InTheFuture(on))
    if member_of(group, number) is None:
        refusals.append(NotListed(number))
    if years_after not in {0, *INCOME_YEARS}:
        refusals.append(IncomeOfNoYear(years_after))
    elif years_after and contract_number is None:
        refusals.append(ContractMissing(years_after))
    if not FIRST_SURVEY_YEAR <= survey_year <= thai_year(by.day):
        refusals.append(SurveyYearUnlikely(survey_year))
    if amount < ZERO:
        refusals.append(IncomeBelowZero())
    if refusals:
        return NotDone(tuple(refusals))
    last = Income.objects.filter(group=group).aggregate(last=Max("number"))["last"] or 0
    Income.objects.create(
        group=group,
        number=last + 1,
        member_number=number,
        contract_number=contract_number if years_after else None,
        years_after=years_after,
        amount=amount,
        survey_year=survey_year,
        learned_on=on,
        basis=visible(basis),
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    record_deed(
        "record_income",
        user_id=by.user_id,
        area_code=group.area_code,
        fund_id=group.pk,
        subject=f"household {number}",
        details={"income": last + 1, "years_after": years_after, "survey_year": survey_year},
    )
    return IncomeRecorded(last + 1)
