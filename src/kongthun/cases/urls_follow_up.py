"""Addresses of a case: visits, reports, advice, evidence, outcome, deadlines."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import case_papers, outcome, reports, visits

_ONE = "funds/<slug:code>/cases/<int:number>/"
_SHOWN = f"{_ONE}steps/<int:step>/shown/"

patterns: list[URLPattern] = [
    path(f"{_ONE}visits/new/", visits.visit_new, name="record_visit"),
    path(f"{_ONE}visits/<int:visit>/", visits.visit, name="visit"),
    path(f"{_ONE}visits/<int:visit>/withdraw/", visits.visit_withdraw, name="visit_withdraw"),
    path(f"{_ONE}visits/<int:visit>/photos/<int:place>/", visits.visit_photo, name="visit_photo"),
    path(_SHOWN, visits.step_show, name="step_show"),
    path(f"{_SHOWN}<int:shown>/", visits.step_shown, name="step_shown"),
    path(f"{_SHOWN}<int:shown>/withdraw/", visits.shown_withdraw, name="shown_withdraw"),
    path(f"{_ONE}reports/new/", reports.report_new, name="report"),
    path(f"{_ONE}reports/<int:report>/memo.pdf", reports.memo, name="memo"),
    path(f"{_ONE}advice/new/", reports.advise, name="advise"),
    path(f"{_ONE}advice/<int:advice>/answer/", reports.advice_answer, name="advice_answer"),
    path(f"{_ONE}events/new/", case_papers.event_new, name="event_new"),
    path(f"{_ONE}events/<int:event>/withdraw/", case_papers.event_withdraw, name="event_withdraw"),
    path(f"{_ONE}papers/", case_papers.papers, name="papers"),
    path(f"{_ONE}papers/<int:paper>/", case_papers.paper, name="paper"),
    path(f"{_ONE}papers/<int:paper>/withdraw/", case_papers.paper_withdraw, name="paper_withdraw"),
    path(f"{_ONE}evidence.zip", case_papers.bundle, name="bundle"),
    path(f"{_ONE}outcome/", outcome.outcome, name="outcome"),
    path(f"{_ONE}close/", outcome.close, name="close"),
    path(f"{_ONE}reopen/", outcome.reopen, name="reopen"),
]
