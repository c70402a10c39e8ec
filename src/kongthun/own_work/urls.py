"""The addresses of one's own work."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import handovers, steps, todos

app_name = "own_work"
urlpatterns: list[URLPattern] = [
    path("area/<digits:code>/steps/", steps.steps, name="steps"),
    path("my-work/", todos.my_work, name="my_work"),
    path("my-work/handovers/", handovers.handovers, name="handovers"),
    path("my-work/handovers/new/", handovers.new, name="handover_new"),
    path("my-work/handovers/<int:pk>/", handovers.handover, name="handover"),
    path("my-work/handovers/<int:pk>/sign/", handovers.sign, name="handover_sign"),
    path("my-work/handovers/<int:pk>/withdraw/", handovers.withdraw, name="handover_withdraw"),
    path("my-work/handovers/<int:pk>/handover.pdf", handovers.paper, name="handover_paper"),
]
