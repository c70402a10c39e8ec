"""The addresses of meetings."""

from __future__ import annotations

from django.urls import path

from .views import meetings

app_name = "activities"
urlpatterns = [
    path("funds/<slug:code>/meetings/", meetings.meetings, name="meetings"),
    path("funds/<slug:code>/meetings/new/", meetings.new, name="new"),
    path("funds/<slug:code>/meetings/<int:number>/", meetings.meeting, name="meeting"),
    path("funds/<slug:code>/meetings/<int:number>/change/", meetings.change, name="change"),
    path(
        "funds/<slug:code>/meetings/<int:number>/attendance/",
        meetings.attendance,
        name="attendance",
    ),
    path("funds/<slug:code>/meetings/<int:number>/quorum/", meetings.quorum, name="quorum"),
    path(
        "funds/<slug:code>/meetings/<int:number>/resolutions/",
        meetings.resolve,
        name="resolve",
    ),
    path(
        "funds/<slug:code>/meetings/<int:number>/resolutions/<int:sequence>/",
        meetings.resolution,
        name="resolution",
    ),
    path(
        "funds/<slug:code>/meetings/<int:number>/resolutions/<int:sequence>/take-out/",
        meetings.take_out,
        name="take_out",
    ),
    path("funds/<slug:code>/meetings/<int:number>/close/", meetings.close, name="close"),
    path("funds/<slug:code>/meetings/<int:number>/file/", meetings.file, name="file"),
    path("funds/<slug:code>/meetings/<int:number>/minutes/", meetings.minutes, name="minutes"),
]
