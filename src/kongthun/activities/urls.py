"""The addresses of meetings."""

from __future__ import annotations

from django.urls import path

from .views import (
    admissions,
    adoptions,
    attending,
    calendar,
    calls,
    elections,
    handovers,
    meetings,
    plans,
    printing,
    trainings,
)

app_name = "activities"
urlpatterns = [
    path(
        "funds/<slug:code>/written-rules/<int:number>/adopt/",
        adoptions.adopt,
        name="rules_adopt_written",
    ),
    path(
        "funds/<slug:code>/written-rules/<int:number>/known/",
        adoptions.known,
        name="rules_known",
    ),
    path("funds/<slug:code>/members/admit/", admissions.admit, name="admit"),
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
    path("funds/<slug:code>/meetings/<int:number>/members/", attending.members, name="members"),
    path("funds/<slug:code>/meetings/<int:number>/photos/", attending.photos, name="photos"),
    path(
        "funds/<slug:code>/meetings/<int:number>/photos/<int:place>/", attending.photo, name="photo"
    ),
    path(
        "funds/<slug:code>/meetings/<int:number>/photos/<int:place>/take-out/",
        attending.take_out,
        name="take_out_photo",
    ),
    path(
        "funds/<slug:code>/meetings/<int:number>/minutes.pdf", printing.minutes, name="minutes_pdf"
    ),
    path("funds/<slug:code>/calls/new/", calls.call, name="call"),
    path("funds/<slug:code>/calls/<int:number>/", calls.called, name="called"),
    path("funds/<slug:code>/calls/<int:number>/cancel/", calls.cancel, name="cancel_call"),
    path("funds/<slug:code>/calls/<int:number>/hold/", calls.hold, name="hold_call"),
    path(
        "funds/<slug:code>/calls/<int:number>/invitation.pdf",
        printing.invitation,
        name="invitation",
    ),
    path("funds/<slug:code>/calls/<int:number>/sheet.pdf", printing.sheet, name="sheet"),
    path("funds/<slug:code>/plan/", plans.plan, name="plan"),
    path("funds/<slug:code>/plan/add/", plans.add, name="plan_add"),
    path("funds/<slug:code>/plan/done/", plans.done, name="done"),
    path("funds/<slug:code>/plan/<int:number>/replace/", plans.replace, name="plan_replace"),
    path("funds/<slug:code>/plan/<int:number>/drop/", plans.drop, name="plan_drop"),
    path("funds/<slug:code>/plan/<int:number>/done/", plans.done_of_plan, name="done_of_plan"),
    path("funds/<slug:code>/done/<int:number>/withdraw/", plans.withdraw, name="done_withdraw"),
    path("funds/<slug:code>/done/<int:number>/evidence/", plans.evidence, name="done_evidence"),
    path("funds/<slug:code>/trainings/", trainings.trainings, name="trainings"),
    path("funds/<slug:code>/trainings/new/", trainings.record, name="training_new"),
    path("funds/<slug:code>/trainings/<int:number>/", trainings.training, name="training"),
    path(
        "funds/<slug:code>/trainings/<int:number>/withdraw/",
        trainings.withdraw,
        name="training_withdraw",
    ),
    path(
        "funds/<slug:code>/trainings/<int:number>/evidence/",
        trainings.evidence,
        name="training_evidence",
    ),
    path("funds/<slug:code>/calendar/", calendar.calendar, name="calendar"),
    path("funds/<slug:code>/calendar/<str:token>.ics", calendar.feed, name="feed"),
    path("funds/<slug:code>/committee/elect/", elections.elect, name="elect"),
    path("funds/<slug:code>/committee/vacancy/", elections.vacancy, name="vacancy"),
    path("funds/<slug:code>/committee/handovers/", handovers.handovers, name="handovers"),
    path("funds/<slug:code>/committee/handovers/new/", handovers.new, name="handover_new"),
    path("funds/<slug:code>/committee/handovers/<int:number>/", handovers.one, name="handover"),
    path(
        "funds/<slug:code>/committee/handovers/<int:number>/change/",
        handovers.change,
        name="handover_change",
    ),
    path(
        "funds/<slug:code>/committee/handovers/<int:number>/tick/",
        handovers.tick,
        name="handover_tick",
    ),
    path(
        "funds/<slug:code>/committee/handovers/<int:number>/things/",
        handovers.add,
        name="handover_add",
    ),
    path(
        "funds/<slug:code>/committee/handovers/<int:number>/things/<int:place>/take-out/",
        handovers.take_out,
        name="handover_take_out",
    ),
    path(
        "funds/<slug:code>/committee/handovers/<int:number>/sheet/",
        handovers.sheet,
        name="handover_sheet",
    ),
    path(
        "funds/<slug:code>/committee/handovers/<int:number>/sign/",
        handovers.sign,
        name="handover_sign",
    ),
    path(
        "funds/<slug:code>/committee/handovers/<int:number>/print/",
        handovers.print_list,
        name="handover_print",
    ),
]
