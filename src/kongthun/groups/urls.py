from __future__ import annotations

from django.urls import path, register_converter

from kongthun.web.converters import Digits

from .views import committee, households, lists, rules

register_converter(Digits, "area_code")

app_name = "groups"
urlpatterns = [
    path("funds/<slug:code>/list/", lists.ordered_list, name="list"),
    path("funds/<slug:code>/list/add/", lists.add, name="household_add"),
    path("funds/<slug:code>/list/draw-up/", lists.draw_up, name="draw_up"),
    path("funds/<slug:code>/list/<int:number>/", households.household, name="household"),
    path(
        "funds/<slug:code>/list/<int:number>/people/add/",
        households.add_person,
        name="person_add",
    ),
    path(
        "funds/<slug:code>/list/<int:number>/people/<int:stay>/end/",
        households.end_person,
        name="person_end",
    ),
    path(
        "funds/<slug:code>/list/<int:number>/events/<slug:kind>/",
        households.event,
        name="event",
    ),
    path(
        "funds/<slug:code>/list/<int:number>/events/<int:event>/withdraw/",
        households.withdraw_event,
        name="event_withdraw",
    ),
    path("funds/<slug:code>/list/<int:number>/income/", households.income, name="income"),
    path("funds/<slug:code>/committee/", committee.committee, name="committee"),
    path("funds/<slug:code>/committee/add/", committee.add, name="term_add"),
    path(
        "funds/<slug:code>/committee/<int:number>/correct/", committee.correct, name="term_correct"
    ),
    path("funds/<slug:code>/rules/", rules.group_rules, name="rules"),
    path("funds/<slug:code>/rules/adopt/", rules.adopt_for_group, name="rules_adopt"),
    path(
        "funds/<slug:code>/rules/<int:pk>/withdraw/",
        rules.withdraw_from_group,
        name="rules_withdraw",
    ),
    path("area/rules/<slug:kind>/", rules.area_rules, name="nation_rules"),
    path("area/rules/<slug:kind>/adopt/", rules.adopt_for_area, name="nation_rules_adopt"),
    path(
        "area/rules/<slug:kind>/<int:pk>/withdraw/",
        rules.withdraw_from_area,
        name="nation_rules_withdraw",
    ),
    path("area/<area_code:code>/rules/<slug:kind>/", rules.area_rules, name="area_rules"),
    path(
        "area/<area_code:code>/rules/<slug:kind>/adopt/",
        rules.adopt_for_area,
        name="area_rules_adopt",
    ),
    path(
        "area/<area_code:code>/rules/<slug:kind>/<int:pk>/withdraw/",
        rules.withdraw_from_area,
        name="area_rules_withdraw",
    ),
]
