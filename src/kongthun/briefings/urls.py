"""The addresses of briefings."""

from __future__ import annotations

from django.urls import path

from .views import briefings, people

_AREA = "area/<digits:code>/briefings/"
_ONE = f"{_AREA}<int:number>/"

app_name = "briefings"
urlpatterns = [
    path(_AREA, briefings.briefings, name="briefings"),
    path(f"{_AREA}new/", briefings.hold, name="hold"),
    path(_ONE, briefings.briefing, name="briefing"),
    path(f"{_ONE}withdraw/", briefings.withdraw, name="withdraw"),
    path(f"{_ONE}invitation.pdf", briefings.invitation, name="invitation"),
    path(f"{_ONE}sheet.pdf", briefings.sheet, name="sheet"),
    path(f"{_ONE}files/add/", briefings.add_file, name="add_file"),
    path(f"{_ONE}files/<int:place>/", briefings.file, name="file"),
    path(f"{_ONE}files/<int:place>/take-back/", briefings.take_back_file, name="take_back_file"),
    path(f"{_ONE}came/", people.came, name="came"),
    path(f"{_ONE}came/<int:place>/take-back/", people.not_there, name="not_there"),
    path(f"{_ONE}questions/add/", people.question, name="question"),
    path(f"{_ONE}questions/<int:place>/take-back/", people.no_question, name="no_question"),
    path(f"{_ONE}sheets/", people.sheets, name="sheets"),
    path(f"{_ONE}voices/add/", people.voice, name="voice"),
    path(f"{_ONE}voices/<slug:fund>/<int:place>/take-back/", people.no_voice, name="no_voice"),
]
