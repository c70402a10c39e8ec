"""Who was on the committee on a day, as it is known now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import F, QuerySet

from kongthun.domain.authority import Term
from kongthun.domain.committee import CommitteeRules, CommitteeWarning, Sitting, warnings_on
from kongthun.domain.rule_set import RuleSet
from kongthun.domain.thai_calendar import add_years

from ..models import CommitteeTerm, Group
from .rules import rules_of


def standing_terms(group_id: int) -> QuerySet[CommitteeTerm]:
    """The terms no correction has replaced, newest set first, in the order papers list them."""
    return (
        CommitteeTerm.objects.filter(group_id=group_id, withdrawn_at=None)
        .select_related("person")
        .order_by(F("set_number").desc(nulls_last=True), "number")
    )


def in_force_terms(group_id: int, day: date, *, years: int | None) -> list[CommitteeTerm]:
    """The terms in force on a day, as they are known now. One statement.

    Both ends count. A term without a first day was in force from always; one without a last day
    ends ``years`` (the rule set's committee_years) after its first, the day before the
    anniversary, or is open where either is not known.
    """
    return [
        term
        for term in standing_terms(group_id)
        if (term.starts_on is None or term.starts_on <= day)
        and ((last := last_day_of(term, years=years)) is None or day <= last)
    ]


def last_day_of(term: CommitteeTerm, *, years: int | None) -> date | None:
    """The last day of a term: the written one, else reckoned; None while it is open."""
    if term.ends_on is not None:
        return term.ends_on
    if term.starts_on is None or years is None:
        return None
    return date.fromordinal(add_years(term.starts_on, years).toordinal() - 1)


def latest_of(group_id: int, term_number: int) -> CommitteeTerm | None:
    """The term that now stands where this one was recorded. One statement.

    None for a number that was never given. Corrections of corrections are followed to the end.
    """
    terms = {
        term.number: term
        for term in CommitteeTerm.objects.filter(group_id=group_id).select_related("person")
    }
    replaced_by = {term.corrects: term for term in terms.values() if term.corrects is not None}
    latest = terms.get(term_number)
    # A correction has a higher number than what it corrects, so this comes to an end.
    while latest is not None and (later := replaced_by.get(latest.number)) is not None:
        latest = later
    return latest


def all_terms(group_id: int) -> list[CommitteeTerm]:
    """Every term that was ever recorded, also those put right since. One statement."""
    return list(
        CommitteeTerm.objects.filter(group_id=group_id)
        .select_related("person", "recorded_by")
        .order_by(F("set_number").desc(nulls_last=True), "number")
    )


def committee_warnings(group: Group, day: date) -> list[CommitteeWarning]:
    """What to look after in a group's committee on a day, the most pressing first.

    Two statements. `groups.committee_wording.warning_in_thai` says each in words.
    """
    rules = rules_of(group_id=group.pk, kind=group.kind, area_code=group.area_code, day=day)
    return warnings_of(standing_terms(group.pk), rules, day)


def warnings_of(
    terms: Iterable[CommitteeTerm], rules: RuleSet, day: date
) -> list[CommitteeWarning]:
    """The same for terms and rules that were asked for already."""
    sittings = [Sitting(term.set_number, as_term(term)) for term in terms]
    return warnings_on(sittings, committee_rules(rules), day)


def committee_rules(rules: RuleSet) -> CommitteeRules:
    """What a rule set says of committees."""
    return CommitteeRules(
        least=rules["committee_least"].count,
        most=rules["committee_most"].count,
        years=rules["committee_years"].count,
        warning_days=rules["term_warning_days"].count,
    )


def as_term(term: CommitteeTerm) -> Term:
    """A term as the rules know it: one person is known again by the name.

    Somebody whose name could not be read is nobody else.
    """
    key = term.person.name_key or f"person {term.person_id}"
    words = term.position_words
    return Term(term.number, key, term.position, term.starts_on, term.ends_on, words)
