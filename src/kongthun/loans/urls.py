"""The addresses of lending. A part each: requests, receipts, collection, debts."""

from __future__ import annotations

from django.urls import path

from .views import desk

app_name = "loans"
urlpatterns = [
    path("funds/<slug:code>/work/", desk.desk, name="desk"),
]
