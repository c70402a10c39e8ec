"""The demo district at work: every stage is there, all of it by real deeds, and only once."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps
from django.utils import timezone

from kongthun.accounts.actions import appoint_demo_cast
from kongthun.accounts.models import Appointment, Role, User
from kongthun.activities.models import Meeting, MeetingKind, Resolution
from kongthun.domain.money import ZERO
from kongthun.domain.roll_over import RollOverKind
from kongthun.groups.models import CommitteeTerm, HouseholdEvent, HouseholdEventKind, Income
from kongthun.ledger.models import Entry, Fund, Position
from kongthun.ledger.verification import verify_all
from kongthun.loans.models import (
    Contract,
    DebtEvent,
    DebtEventKind,
    Instalment,
    Receipt,
    Request,
    Stage,
    Step,
    StepKind,
)
from kongthun.loans.queries.contracts import contract_states
from kongthun.loans.queries.debts import debts_of
from kongthun.loans.queries.oversight import unentitled_pay_outs
from kongthun.loans.queries.roll_overs import roll_overs_of
from kongthun.reports import demo_life
from kongthun.reports.demo_life import DeedRefusedError, bring_to_life
from reports.small_district import SmallDistrict


def at_work(today: date) -> tuple[str, ...]:
    appoint_demo_cast(today=today)
    return bring_to_life(today)


def everything_kept() -> dict[str, int]:
    """How many rows every table of ours holds."""
    return {
        model._meta.label: model._default_manager.count()
        for config in apps.get_app_configs()
        if config.name.startswith("kongthun.")
        for model in config.get_models()
    }


def test_every_stage_of_a_request_and_every_trouble_is_there_and_the_books_are_sound(
    district: SmallDistrict,
) -> None:
    today = timezone.localdate()
    told = at_work(today)
    home = district.first
    assert [line.split(":")[0] for line in told[:2]] == [home.name, home.name]
    assert set(Request.objects.filter(fund=home).values_list("stage", flat=True)) == set(Stage)
    _a_committee_of_two_years_is_in_office(home, today)
    _loans_are_out_and_coming_back(home, today)
    _debts_are_cared_for(home, today)
    assert not verify_all(jobs=1).faults


def _a_committee_of_two_years_is_in_office(home: Fund, today: date) -> None:
    terms = CommitteeTerm.objects.filter(
        group_id=home.pk, withdrawn_at=None, starts_on__lte=today, ends_on__gte=today
    )
    assert terms.count() == 9
    assert (today - min(day for day in terms.values_list("starts_on", flat=True) if day)).days > 365
    for username in ("prathan", "herannyik"):
        person = User.objects.get(username=username).person
        assert person is not None
        assert terms.filter(person=person).exists(), username
    stepped_out = Step.objects.filter(fund=home, kind=StepKind.DECIDED).exclude(stepped_out=[])
    assert stepped_out.exists()
    committee_meetings = Meeting.objects.filter(group_id=home.pk, kind=MeetingKind.COMMITTEE)
    assert committee_meetings.filter(closed_at=None).count() == 1
    closed = set(committee_meetings.exclude(closed_at=None).values_list("number", flat=True))
    resolved = Resolution.objects.filter(group_id=home.pk)
    assert closed <= set(resolved.values_list("meeting_number", flat=True))
    assert Income.objects.filter(group_id=home.pk).exists()


def _loans_are_out_and_coming_back(home: Fund, today: date) -> None:
    on_screen = Contract.objects.filter(fund=home, signed_on__isnull=False)
    numbers = on_screen.exclude(paid_out_on=None).values_list("number", flat=True)
    parts = Instalment.objects.filter(fund=home, contract_number__in=list(numbers))
    assert parts.count() > 2 * len(numbers)
    receipts = Receipt.objects.filter(fund=home)
    assert set(receipts.values_list("number", flat=True)) == set(range(1, receipts.count() + 1))
    assert receipts.exclude(paid_by="").exists()
    cancelled = Entry.objects.filter(
        fund=home, reverses__in=list(receipts.values_list("entry_number", flat=True))
    )
    assert cancelled.count() == 1
    paid_early = [
        state
        for state in contract_states(home, as_of=today, with_names=False)
        if any(part.part.due_on > today and part.settled for part in state.plan)
    ]
    assert paid_early
    position = Position.objects.get(fund=home)
    assert position.cash > ZERO
    assert position.bank > ZERO
    assert position.sums.is_conserved


def _debts_are_cared_for(home: Fund, today: date) -> None:
    debts = debts_of(home, as_of=today, with_names=False)
    assert any(care.deferral for care in debts.cares)
    assert any(care.agreement for care in debts.cares)
    assert any(care.acknowledged for care in debts.cares)
    assert any(care.disputes for care in debts.cares)
    assert any(care.death and care.alarms for care in debts.cares)
    assert ZERO < debts.recovered < debts.lost
    (claim,) = debts.claims
    assert ZERO < claim.owed < claim.recognised
    death = HouseholdEvent.objects.get(group_id=home.pk, kind=HouseholdEventKind.DEATH)
    assert 240 < (today - death.known_on).days < 300
    own = DebtEvent.objects.get(fund=home, kind=DebtEventKind.CONFIRMED, on_paper=False)
    member = Appointment.objects.get(user__username="samachik")
    contract = Contract.objects.get(fund=home, number=own.contract_number)
    assert contract.member_number == member.member_number


def test_bringing_to_life_a_second_time_changes_nothing(district: SmallDistrict) -> None:
    today = timezone.localdate()
    assert at_work(today)
    kept = everything_kept()
    assert at_work(today) == ()
    assert everything_kept() == kept
    assert Request.objects.filter(fund=district.first).exists()


def test_near_by_a_late_loan_was_lent_again_and_a_chairman_was_appointed_later(
    district: SmallDistrict,
) -> None:
    today = timezone.localdate()
    at_work(today)
    near = [
        fund
        for fund in Fund.objects.filter(code__in=district.codes[1:])
        if fund.area_code.startswith(demo_life.FIELD_WORKER_AT)
    ]
    assert near
    lent_on_screen = set(
        Contract.objects.filter(fund__in=near, signed_on__isnull=False).values_list(
            "fund_id", "number"
        )
    )
    again = [
        hit
        for fund in near
        for hit in roll_overs_of(fund, as_of=today, with_names=False).hits
        if hit.roll_over.kind == RollOverKind.SAME_HOUSEHOLD
        and (fund.pk, hit.states[-1].contract.number) in lent_on_screen
    ]
    assert again
    assert [fund for fund in near if unentitled_pay_outs(fund)]
    # The fund of the cast itself did nothing that is not in order.
    assert not unentitled_pay_outs(district.first)


def test_a_group_that_saves_and_a_village_fund_stand_beside_the_state_s_fund(
    district: SmallDistrict,
) -> None:
    at_work(timezone.localdate())
    groups = Fund.objects.filter(area_code__in=district.codes).exclude(chart="kkk")
    assert set(groups.values_list("chart", flat=True)) == {"saving_group", "village_fund"}
    for fund in groups:
        deeds = set(Entry.objects.filter(fund=fund).values_list("deed", flat=True))
        assert {"shares_received", "savings_received", "repayment_received"} <= deeds
        assert Receipt.objects.filter(fund=fund, interest__gt=0).exists()
        chairman = Appointment.objects.get(group_id=fund.pk, role=Role.CHAIRMAN).user
        assert not chairman.has_usable_password()


def test_a_deed_that_is_refused_is_told_loudly_and_nothing_is_kept(
    district: SmallDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = timezone.localdate()
    appoint_demo_cast(today=today)
    kept = everything_kept()
    monkeypatch.setattr(demo_life, "WITNESSES", ("นายคนเดียว  พยาน",))
    with pytest.raises(DeedRefusedError, match="WitnessesMissing"):
        bring_to_life(today)
    assert everything_kept() == kept
    assert not Request.objects.filter(fund=district.first).exists()


def test_without_the_cast_nothing_happens(district: SmallDistrict) -> None:
    assert bring_to_life(timezone.localdate()) == ()
    assert not Request.objects.filter(fund=district.first).exists()
