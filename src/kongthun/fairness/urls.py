"""The addresses of fairness: one page an area."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import fairness

app_name = "fairness"
urlpatterns: list[URLPattern] = [
    path("area/<digits:code>/fairness/", fairness.index, name="fairness"),
    path("area/<digits:code>/fairness/sheet.pdf", fairness.sheet, name="sheet"),
    path(
        "area/<digits:code>/fairness/households/<slug:fund>/<slug:who>/<slug:deed>/<slug:way>/",
        fairness.of_household,
        name="of_household",
    ),
    path(
        "area/<digits:code>/fairness/circles/<slug:kind>/<int:number>/<slug:question>/",
        fairness.of_circle,
        name="of_circle",
    ),
    path(
        "area/<digits:code>/fairness/notes/<int:number>/take-back/",
        fairness.note_back,
        name="note_back",
    ),
]
