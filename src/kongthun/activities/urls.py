"""The addresses of meetings."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "activities"
urlpatterns = [
    path("funds/<slug:code>/meetings/", views.meetings, name="meetings"),
    path("funds/<slug:code>/meetings/new/", views.new, name="new"),
    path("funds/<slug:code>/meetings/<int:number>/", views.meeting, name="meeting"),
    path("funds/<slug:code>/meetings/<int:number>/change/", views.change, name="change"),
    path(
        "funds/<slug:code>/meetings/<int:number>/attendance/",
        views.attendance,
        name="attendance",
    ),
    path("funds/<slug:code>/meetings/<int:number>/quorum/", views.quorum, name="quorum"),
    path(
        "funds/<slug:code>/meetings/<int:number>/resolutions/",
        views.resolve,
        name="resolve",
    ),
    path(
        "funds/<slug:code>/meetings/<int:number>/resolutions/<int:sequence>/",
        views.resolution,
        name="resolution",
    ),
    path(
        "funds/<slug:code>/meetings/<int:number>/resolutions/<int:sequence>/take-out/",
        views.take_out,
        name="take_out",
    ),
    path("funds/<slug:code>/meetings/<int:number>/close/", views.close, name="close"),
    path("funds/<slug:code>/meetings/<int:number>/file/", views.file, name="file"),
    path("funds/<slug:code>/meetings/<int:number>/minutes/", views.minutes, name="minutes"),
]
