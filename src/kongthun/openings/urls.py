"""The addresses of openings: lost books found anew."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import openings

app_name = "openings"
urlpatterns: list[URLPattern] = [
    path("funds/<slug:code>/openings/", openings.index, name="openings"),
    path("funds/<slug:code>/openings/begin/", openings.begin, name="begin"),
    path("funds/<slug:code>/openings/say/", openings.say, name="say"),
    path("funds/<slug:code>/openings/settle/", openings.settle, name="settle"),
    path("funds/<slug:code>/openings/take-back/", openings.opening_back, name="opening_back"),
    path(
        "funds/<slug:code>/openings/claims/<int:number>/take-back/",
        openings.claim_back,
        name="claim_back",
    ),
    path("funds/<slug:code>/openings/claims/<int:number>/paper/", openings.paper, name="paper"),
]
