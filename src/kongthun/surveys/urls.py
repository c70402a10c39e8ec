"""The addresses of surveys."""

from __future__ import annotations

from django.urls import path

from .views import choices, findings, rounds

_AREA = "area/<digits:code>/surveys/"
_ROUND = f"{_AREA}<int:number>/"
_FUND = f"{_ROUND}funds/<slug:fund>/"

app_name = "surveys"
urlpatterns = [
    path(_AREA, rounds.rounds, name="rounds"),
    path(f"{_AREA}open/", rounds.open_new, name="open"),
    path(_ROUND, rounds.round_page, name="round"),
    path(f"{_ROUND}lock/", rounds.lock, name="lock"),
    path(f"{_ROUND}withdraw/", rounds.withdraw, name="withdraw"),
    path(f"{_ROUND}summary.pdf", rounds.summary, name="summary"),
    path(f"{_ROUND}choose/", choices.choose, name="choose"),
    path(_FUND, findings.fund_page, name="fund"),
    path(f"{_FUND}answer/", findings.answer, name="answer"),
    path(f"{_FUND}not-reached/", findings.not_reached, name="not_reached"),
    path(f"{_FUND}unchoose/", choices.unchoose, name="unchoose"),
    path(f"{_FUND}photos/<int:finding>/<int:place>/", findings.photo, name="photo"),
]
