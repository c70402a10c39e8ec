"""The addresses of library."""

from __future__ import annotations

from django.urls import path

from .views import keeping, reading

app_name = "library"
urlpatterns = [
    path("library/", reading.home, name="home"),
    path("library/add/", keeping.add, name="add"),
    path("library/cited/", reading.cited, name="cited"),
    path("library/<slug:slug>/", reading.work, name="work"),
    path("library/<slug:slug>/editions/<slug:code>/", reading.edition, name="edition"),
    path(
        "library/<slug:slug>/editions/<slug:code>/difference/",
        reading.difference,
        name="difference",
    ),
    path("library/<slug:slug>/editions/<slug:code>/paper/", reading.paper, name="paper"),
    path(
        "library/<slug:slug>/editions/<slug:code>/paper/add/", keeping.paper_add, name="paper_add"
    ),
    path(
        "library/<slug:slug>/editions/<slug:code>/take-down/", keeping.take_down, name="take_down"
    ),
    path("library/<slug:slug>/<slug:key>/", reading.passage, name="passage"),
]
