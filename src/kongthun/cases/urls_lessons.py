"""Addresses of a case: lessons learned."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import lessons

_CASE = "funds/<slug:code>/cases/<int:case_number>/lessons/"
_ONE = "lessons/<slug:code>/<int:number>/"

patterns: list[URLPattern] = [
    path("lessons/", lessons.lessons, name="lessons"),
    path(f"{_CASE}write/", lessons.write, name="write_lesson"),
    path(_ONE, lessons.lesson, name="lesson"),
    path(f"{_ONE}change/", lessons.change, name="change_lesson"),
    path(f"{_ONE}hand-in/", lessons.hand_in, name="hand_in_lesson"),
    path(f"{_ONE}publish/", lessons.publish, name="publish_lesson"),
    path(f"{_ONE}send-back/", lessons.send_back, name="send_lesson_back"),
    path(f"{_ONE}take-down/", lessons.take_down, name="take_lesson_down"),
    path(f"{_ONE}lesson.pdf", lessons.paper, name="lesson_paper"),
]
