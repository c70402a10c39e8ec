"""The addresses of support from agencies."""

from __future__ import annotations

from django.urls import path

from .views import agencies, cards, requests, standards

app_name = "support"
urlpatterns = [
    path("support/", agencies.asked, name="asked"),
    path("support/<slug:code>/", agencies.concerned, name="concerned"),
    path("g/<slug:code>/", cards.card, name="card"),
    path("funds/<slug:code>/card/", cards.own_card, name="own_card"),
    path("funds/<slug:code>/card/write/", cards.write_card, name="write_card"),
    path("funds/<slug:code>/card/take-off/", cards.take_off, name="take_card_off"),
    path("funds/<slug:code>/card/card.pdf", cards.card_paper, name="card_paper"),
    path("funds/<slug:code>/support/", requests.support, name="support"),
    path("funds/<slug:code>/support/ask/", requests.ask, name="ask"),
    path("funds/<slug:code>/support/agencies/new/", requests.new_agency, name="new_agency"),
    path("funds/<slug:code>/support/standards/new/", standards.new_standard, name="new_standard"),
    path(
        "funds/<slug:code>/support/standards/<int:number>/take-back/",
        standards.take_back_standard,
        name="take_back_standard",
    ),
    path("funds/<slug:code>/support/invite/", standards.invite, name="invite"),
    path(
        "funds/<slug:code>/support/invitations/<int:number>/end/",
        standards.end,
        name="end_invitation",
    ),
    path("funds/<slug:code>/support/<int:number>/", requests.one_request, name="request"),
    path("funds/<slug:code>/support/<int:number>/take-back/", requests.take_back, name="take_back"),
    path(
        "funds/<slug:code>/support/<int:number>/steps/<int:place>/take-back/",
        requests.take_back_step,
        name="take_back_step",
    ),
    path("funds/<slug:code>/support/<int:number>/<slug:what>/", requests.step, name="step"),
]
