"""The addresses of support from agencies."""

from __future__ import annotations

from django.urls import path

from .views import agencies

app_name = "support"
urlpatterns = [
    path("support/", agencies.asked, name="asked"),
]
