"""Every address of the product, a file of them an app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, register_converter

from kongthun.web.converters import Digits

register_converter(Digits, "digits")  # before the files below, which all speak of areas

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("kongthun.accounts.urls")),
    path("", include("kongthun.own_work.urls")),
    path("", include("kongthun.fairness.urls")),
    path("", include("kongthun.cases.urls")),
    path("", include("kongthun.openings.urls")),
    path("", include("kongthun.surveys.urls")),
    path("", include("kongthun.assessments.urls")),
    path("", include("kongthun.briefings.urls")),
    path("", include("kongthun.library.urls")),
    path("", include("kongthun.registers.urls")),
    path("", include("kongthun.loans.urls")),
    path("", include("kongthun.support.urls")),
    path("", include("kongthun.funding.urls")),
    path("", include("kongthun.trade.urls")),
    path("", include("kongthun.activities.urls")),
    path("", include("kongthun.ledger.urls")),
    path("", include("kongthun.groups.urls")),
    path("", include("kongthun.reports.urls")),
    path("", include("kongthun.web.urls")),
]

handler400 = "kongthun.web.views.bad_request"
handler403 = "kongthun.web.views.permission_denied"
handler404 = "kongthun.web.views.page_not_found"
handler500 = "kongthun.web.views.server_error"
