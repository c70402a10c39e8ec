from __future__ import annotations

from django.urls import path

from .views import areas, funds, group, papers

app_name = "reports"
urlpatterns = [
    path("", areas.home, name="home"),
    path("area/", areas.area, name="nation"),
    path("area/<digits:code>/", areas.area, name="area"),
    path("area/figures/<slug:place>/", areas.area_figure, name="nation_figure"),
    path("area/<digits:code>/figures/<slug:place>/", areas.area_figure, name="area_figure"),
    path("area/<digits:code>/export.xlsx", areas.area_export, name="area_export"),
    path("funds/<slug:code>/", funds.fund, name="fund"),
    path("funds/<slug:code>/five/", group.group, name="group"),
    path("funds/<slug:code>/papers/", papers.index, name="papers"),
    path("funds/<slug:code>/papers/<int:number>/", papers.file, name="paper_file"),
    path("funds/<slug:code>/papers/<int:number>/redact/", papers.take_away, name="paper_redaction"),
    path("funds/<slug:code>/purple/", funds.purple, name="purple"),
    path("funds/<slug:code>/yellow/", funds.yellow, name="yellow"),
    path("funds/<slug:code>/green/", funds.green, name="green"),
    path("funds/<slug:code>/brown/", funds.brown, name="brown"),
    path("funds/<slug:code>/figures/<slug:place>/", funds.figure, name="figure"),
    path("funds/<slug:code>/contracts/<int:number>/", funds.contract, name="contract"),
    path("funds/<slug:code>/households/<int:number>/", funds.household, name="household"),
    path("funds/<slug:code>/entries/<int:number>/", funds.entry, name="entry"),
    path("definitions/<slug:slug>/", funds.definition, name="definition"),
]
