"""The addresses of assessments."""

from __future__ import annotations

from django.urls import path

from .queries.results import FIVE, HEALTH
from .views import areas, assessments, questionnaires

app_name = "assessments"
urlpatterns = [
    path("area/<digits:code>/health/", areas.area, {"which": HEALTH}, name="health"),
    path(
        "area/<digits:code>/health/assess/",
        areas.from_books,
        {"which": HEALTH},
        name="health_from_books",
    ),
    path("area/<digits:code>/strength/", areas.area, {"which": FIVE}, name="strength"),
    path(
        "area/<digits:code>/strength/assess/",
        areas.from_books,
        {"which": FIVE},
        name="strength_from_books",
    ),
    path("funds/<slug:code>/assessments/", assessments.index, name="index"),
    path("funds/<slug:code>/assessments/begin/", assessments.begin, name="begin"),
    path("funds/<slug:code>/assessments/<int:number>/", assessments.result, name="result"),
    path(
        "funds/<slug:code>/assessments/<int:number>/answer/<slug:section>/",
        assessments.answer,
        name="answer",
    ),
    path("funds/<slug:code>/assessments/<int:number>/finish/", assessments.finish, name="finish"),
    path(
        "funds/<slug:code>/assessments/<int:number>/withdraw/",
        assessments.withdraw,
        name="withdraw",
    ),
    path(
        "funds/<slug:code>/assessments/<int:number>/photos/<slug:item>/",
        assessments.photo,
        name="photo",
    ),
    path("questionnaires/", questionnaires.index, name="questionnaires"),
    path("questionnaires/<slug:code>/", questionnaires.current, name="questionnaire"),
    path("questionnaires/<slug:code>/edit/", questionnaires.edit, name="edit"),
    path("questionnaires/versions/<int:pk>/", questionnaires.version, name="version"),
    path(
        "questionnaires/versions/<int:pk>/withdraw/",
        questionnaires.withdraw,
        name="version_withdraw",
    ),
]
