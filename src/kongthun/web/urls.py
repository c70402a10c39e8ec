"""The addresses of the web app itself: the page of components and the icon."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "web"
urlpatterns = [
    path("style/", views.style, name="style"),
    path("read-back/", views.read_back, name="read_back"),
    path("favicon.ico", views.icon, name="icon"),
]
