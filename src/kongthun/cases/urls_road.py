"""Addresses of a case: proposing, consent, team, causes, plan."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import causes, consents, lists, plans, proposals, road, teams

_AREA = "area/<digits:code>/cases/"
_CASES = "funds/<slug:code>/cases/"
_ONE = f"{_CASES}<int:number>/"

patterns: list[URLPattern] = [
    path("area/cases/", lists.of_area, name="of_nation"),
    path(_AREA, lists.of_area, name="of_area"),
    path(f"{_AREA}propose/", lists.candidates, name="candidates"),
    path(_CASES, lists.of_fund, name="of_fund"),
    path(f"{_CASES}propose/", proposals.propose, name="propose"),
    path(_ONE, road.case, name="case"),
    path(f"{_ONE}withdraw/", proposals.withdraw, name="withdraw_case"),
    path(f"{_ONE}answers/new/", consents.record, name="record_consent"),
    path(f"{_ONE}answers/<int:place>/take-back/", consents.take_back, name="take_back_consent"),
    path(f"{_ONE}team/join/", teams.join, name="join_team"),
    path(f"{_ONE}team/<int:place>/leave/", teams.leave, name="leave_team"),
    path(f"{_ONE}team/<int:place>/take-back/", teams.take_back, name="take_back_teammate"),
    path(f"{_ONE}causes/add/", causes.add, name="add_cause"),
    path(f"{_ONE}causes/<int:place>/say/", causes.say, name="say_cause"),
    path(f"{_ONE}causes/<int:place>/take-back/", causes.take_back, name="take_back_cause"),
    path(f"{_ONE}plan/add/", plans.add, name="add_step"),
    path(f"{_ONE}plan/<int:place>/give-up/", plans.give_up, name="give_up_step"),
]
