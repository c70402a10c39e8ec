"""Rule sets (ชุดระเบียบ): every limit as dated data, with its clause and whether it was checked.

The clauses of the 2553 regulation could not be read in full, so no limit is a constant of the code:
each stands in a rule set that names its clause (ข้อ), its source and whether somebody has held it
against the text. A decision keeps the whole rule set it was judged by (`as_json`), so that it can
be judged again, years later, as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from .money import Money, UnreadableMoney, read_money

Kind = Literal["money", "count", "months", "days", "years", "rate", "choice", "yes_no"]

# Every limit there is: what its value is, and for a choice what it may be. The order is the page's.
LIMITS: Mapping[str, tuple[Kind, tuple[str, ...]]] = {
    "committee_least": ("count", ()),
    "committee_most": ("count", ()),
    "committee_years": ("years", ()),
    "quorum_per_cent": ("count", ()),  # more than this share of those in office must be there
    "largest_loan": ("money", ()),
    "open_loans_per_household": ("count", ()),
    "must_be_listed": ("yes_no", ()),
    "opinion_needed": ("yes_no", ()),
    "term_months": ("months", ()),
    "instalments_most": ("count", ()),
    "contract_copies": ("count", ()),
    "witnesses": ("count", ()),
    "guarantors": ("count", ()),
    "withdrawal_signers": ("count", ()),
    "interest_method": ("choice", ("none", "flat", "declining")),
    "interest_rate": ("rate", ()),  # hundredths of a per cent a year
    "penalty_rate": ("rate", ()),  # hundredths of a per cent a month on what is late
    "penalty_free_days": ("days", ()),
    "allocation_order": ("choice", ("penalty,interest,principal", "interest,principal,penalty",
                                    "principal,interest,penalty")),
    "overpayment": ("choice", ("refuse", "hold")),
    "share_price": ("money", ()),
    "deferral_months": ("months", ()),
    "write_off_by": ("choice", ("committee", "district", "province")),
    "general_quorum_per_cent": ("count", ()),  # of members, at a general meeting
    "term_warning_days": ("days", ()),
    "year_end_month": ("count", ()),  # the year closes on this month's last day
    "surplus_dividend": ("rate", ()),  # how a year's surplus is shared out, per cent times 100
    "surplus_trade_return": ("rate", ()),
    "surplus_reserve": ("rate", ()),
    "surplus_welfare": ("rate", ()),
    "surplus_committee": ("rate", ()),
    "surplus_carried": ("rate", ()),  # stays undivided; all of these make 100 or are not there
    "roll_over_days": ("days", ()),
    "prescription_years": ("years", ()),
    "instalment_prescription_years": ("years", ()),
    "death_claim_days": ("days", ()),
    "evidence_above": ("money", ()),
}  # fmt: skip

# How a year's surplus is shared out. One split: none of these is there, or they make the whole.
SURPLUS = (
    "surplus_dividend",
    "surplus_trade_return",
    "surplus_reserve",
    "surplus_welfare",
    "surplus_committee",
    "surplus_carried",
)
WHOLE = 10_000  # hundredths of a per cent
_WITHIN: Mapping[str, range] = {"year_end_month": range(1, 13)}


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: its value, where it is written, and whether that was held against the text.

    ``value`` is empty where the rules set no such limit. Sums are whole satang, rates hundredths of
    a per cent a year, terms as the name says.
    """

    name: str
    value: int | str | None
    clause: str
    source: str
    is_checked: bool

    @property
    def money(self) -> Money | None:
        """The value as a sum."""
        return Money(self.value) if isinstance(self.value, int) else None

    @property
    def count(self) -> int | None:
        """The value as a whole number."""
        return self.value if isinstance(self.value, int) else None

    @property
    def says_yes(self) -> bool:
        """Whether a yes-or-no limit is on."""
        return self.value == 1


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of one kind of group from a day on. A limit that is not written sets no limit."""

    code: str
    name: str
    starts_on: date
    limits: Mapping[str, Limit]

    def __getitem__(self, name: str) -> Limit:
        """The limit of this name, empty where the rules are silent. KeyError for no such name."""
        if name not in LIMITS:
            raise KeyError(name)
        return self.limits.get(name) or Limit(name, None, "", "", is_checked=False)

    def as_json(self) -> dict[str, Any]:
        """Everything, for keeping beside a decision; `rule_set_of` reads it back."""
        return {
            "code": self.code,
            "name": self.name,
            "starts_on": self.starts_on.isoformat(),
            "limits": {
                name: {
                    "value": limit.value,
                    "clause": limit.clause,
                    "source": limit.source,
                    "checked": limit.is_checked,
                }
                for name, limit in self.limits.items()
            },
        }


@dataclass(frozen=True, slots=True)
class UnknownLimit:
    """A name that no rule knows."""

    name: str


@dataclass(frozen=True, slots=True)
class BadValue:
    """A value that this limit can not have."""

    name: str
    raw: str


@dataclass(frozen=True, slots=True)
class SurplusNotWhole:
    """The parts of a year's surplus make more or less than all of it; hundredths of a per cent."""

    parts: int

    @property
    def over(self) -> int:
        """How much too much; below zero what is missing."""
        return self.parts - WHOLE


RuleFault = UnknownLimit | BadValue | SurplusNotWhole


def rule_set_of(kept: Mapping[str, Any]) -> RuleSet:
    """The rule set that `as_json` wrote. KeyError or ValueError for what it did not write."""
    return RuleSet(
        str(kept["code"]),
        str(kept["name"]),
        date.fromisoformat(str(kept["starts_on"])),
        {
            name: Limit(
                name,
                said["value"],
                str(said.get("clause", "")),
                str(said.get("source", "")),
                is_checked=bool(said.get("checked", False)),
            )
            for name, said in kept["limits"].items()
        },
    )


def faults_of(limits: Mapping[str, Limit]) -> list[RuleFault]:
    """Everything wrong with a set of limits, all together."""
    found: list[RuleFault] = []
    for name, limit in limits.items():
        if name not in LIMITS:
            found.append(UnknownLimit(name))
            continue
        kind, choices = LIMITS[name]
        value = limit.value
        if value is None:
            continue
        is_fit = (
            value in choices
            if kind == "choice"
            else type(value) is int
            and value >= 0
            and (kind != "yes_no" or value in {0, 1})
            and value in _WITHIN.get(name, (value,))
        )
        if not is_fit:
            found.append(BadValue(name, str(value)))
    return [*found, *_faults_of_split(limits)]


def _faults_of_split(limits: Mapping[str, Limit]) -> list[RuleFault]:
    """Whether a year's surplus goes somewhere to the last hundredth of a per cent."""
    said = [limits[name].value for name in SURPLUS if name in limits]
    parts = [value for value in said if isinstance(value, int)]
    return [SurplusNotWhole(sum(parts))] if parts and sum(parts) != WHOLE else []


def read_value(name: str, raw: str) -> int | str | BadValue | None:
    """A limit's value as a person types it: baht for sums, per cent for rates, ใช่ or ไม่ใช่.

    >>> read_value("largest_loan", "20,000"), read_value("interest_rate", "6.5")
    (2000000, 650)
    >>> read_value("largest_loan", "") is None
    True
    """
    kind, choices = LIMITS[name]
    typed = raw.strip()
    if not typed:
        return None
    if kind == "choice":
        return typed if typed in choices else BadValue(name, raw)
    if kind == "yes_no":
        return {"1": 1, "0": 0, "ใช่": 1, "ไม่ใช่": 0}.get(typed, BadValue(name, raw))
    read = read_money(typed)
    if isinstance(read, UnreadableMoney) or read.satang < 0:
        return BadValue(name, raw)
    if kind in {"money", "rate"}:  # both count in hundredths
        return read.satang
    whole, rest = divmod(read.satang, 100)
    return BadValue(name, raw) if rest or whole not in _WITHIN.get(name, (whole,)) else whole


def in_force(rule_sets: Iterable[RuleSet], day: date) -> RuleSet | None:
    """The rule set of a day: of those that had begun the latest; the later one of two given."""
    begun = [rules for rules in rule_sets if rules.starts_on <= day]
    return (
        max(enumerate(begun), key=lambda each: (each[1].starts_on, each[0]))[1] if begun else None
    )
