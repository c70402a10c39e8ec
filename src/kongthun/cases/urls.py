"""The addresses of cases and of the lessons they taught."""

from __future__ import annotations

from . import urls_follow_up, urls_lessons, urls_road

app_name = "cases"
urlpatterns = [*urls_lessons.patterns, *urls_follow_up.patterns, *urls_road.patterns]
