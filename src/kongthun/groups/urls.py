from __future__ import annotations

from django.urls import path

from .views import committee, households, lists, members, pairs, rules, written_rules

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
    path("funds/<slug:code>/members/", members.members, name="members"),
    path("funds/<slug:code>/members/apply/", members.apply, name="member_apply"),
    path("funds/<slug:code>/members/<int:number>/", members.member, name="member"),
    path(
        "funds/<slug:code>/members/<int:number>/apply/",
        members.apply_again,
        name="member_apply_again",
    ),
    path("funds/<slug:code>/members/<int:number>/leave/", members.leave, name="member_leave"),
    path("funds/<slug:code>/members/<int:number>/kind/", members.change_kind, name="member_kind"),
    path(
        "funds/<slug:code>/members/<int:number>/events/<int:event>/withdraw/",
        members.withdraw_event,
        name="member_event_withdraw",
    ),
    path(
        "funds/<slug:code>/members/<int:number>/beneficiaries/",
        members.beneficiaries,
        name="beneficiaries",
    ),
    path("funds/<slug:code>/members/<int:number>/photo/", members.photo, name="member_photo"),
    path("funds/<slug:code>/committee/", committee.committee, name="committee"),
    path("funds/<slug:code>/committee/add/", committee.add, name="term_add"),
    path(
        "funds/<slug:code>/committee/<int:number>/correct/", committee.correct, name="term_correct"
    ),
    path("funds/<slug:code>/committee/<int:number>/end/", committee.end, name="term_end"),
    path("funds/<slug:code>/rules/", rules.group_rules, name="rules"),
    path("funds/<slug:code>/rules/adopt/", rules.adopt_for_group, name="rules_adopt"),
    path(
        "funds/<slug:code>/rules/<int:pk>/withdraw/",
        rules.withdraw_from_group,
        name="rules_withdraw",
    ),
    path("funds/<slug:code>/written-rules/", written_rules.versions, name="written_rules"),
    path("funds/<slug:code>/written-rules/new/", written_rules.draft, name="written_rules_draft"),
    path(
        "funds/<slug:code>/written-rules/<int:number>/",
        written_rules.version,
        name="written_rules_version",
    ),
    path(
        "funds/<slug:code>/written-rules/<int:number>/difference/",
        written_rules.difference,
        name="written_rules_difference",
    ),
    path(
        "funds/<slug:code>/written-rules/<int:number>/edit/",
        written_rules.edit,
        name="written_rules_edit",
    ),
    path(
        "funds/<slug:code>/written-rules/<int:number>/edit/add/",
        written_rules.article_add,
        name="written_rules_article_add",
    ),
    path(
        "funds/<slug:code>/written-rules/<int:number>/edit/<int:place>/",
        written_rules.article,
        name="written_rules_article",
    ),
    path(
        "funds/<slug:code>/written-rules/<int:number>/edit/<int:place>/move/",
        written_rules.article_move,
        name="written_rules_article_move",
    ),
    path(
        "funds/<slug:code>/written-rules/<int:number>/edit/<int:place>/take-out/",
        written_rules.article_take_out,
        name="written_rules_article_take_out",
    ),
    path(
        "funds/<slug:code>/written-rules/<int:number>/drop/",
        written_rules.drop,
        name="written_rules_drop",
    ),
    path(
        "funds/<slug:code>/written-rules/<int:number>/acknowledge/",
        written_rules.acknowledge,
        name="written_rules_acknowledge",
    ),
    path(
        "funds/<slug:code>/written-rules/<int:number>/paper/",
        written_rules.paper,
        name="written_rules_paper",
    ),
    path(
        "funds/<slug:code>/written-rules/<int:number>/evidence/<slug:sha256>/",
        written_rules.evidence,
        name="written_rules_evidence",
    ),
    path("funds/<slug:code>/people/same/", pairs.pairs, name="pairs"),
    path(
        "funds/<slug:code>/people/same/<int:first>/<int:second>/",
        pairs.decide,
        name="pair_decide",
    ),
    path(
        "funds/<slug:code>/people/same/<int:pair>/withdraw/",
        pairs.withdraw,
        name="pair_withdraw",
    ),
    path("area/rules/<slug:kind>/", rules.area_rules, name="nation_rules"),
    path("area/rules/<slug:kind>/adopt/", rules.adopt_for_area, name="nation_rules_adopt"),
    path(
        "area/rules/<slug:kind>/<int:pk>/withdraw/",
        rules.withdraw_from_area,
        name="nation_rules_withdraw",
    ),
    path("area/<digits:code>/rules/<slug:kind>/", rules.area_rules, name="area_rules"),
    path(
        "area/<digits:code>/rules/<slug:kind>/adopt/",
        rules.adopt_for_area,
        name="area_rules_adopt",
    ),
    path(
        "area/<digits:code>/rules/<slug:kind>/<int:pk>/withdraw/",
        rules.withdraw_from_area,
        name="area_rules_withdraw",
    ),
]
