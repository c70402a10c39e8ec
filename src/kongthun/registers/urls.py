"""The addresses of bringing the paper books in."""

from __future__ import annotations

from django.urls import path

from .views import batches, members, receipts, rows

app_name = "registers"
urlpatterns = [
    path("registers/", batches.inbox, name="inbox"),
    path("registers/batches/<int:pk>/", batches.batch, name="batch"),
    path("registers/batches/<int:pk>/look/", batches.look, name="batch_look"),
    path("registers/batches/<int:pk>/confirm/", batches.confirm_batch, name="batch_confirm"),
    path("registers/batches/<int:pk>/drop/", batches.drop_batch, name="batch_drop"),
    path("registers/batches/<int:pk>/import/", batches.go_on, name="batch_import"),
    path("registers/batches/<int:pk>/done/", batches.done, name="batch_done"),
    path("registers/receipts/<str:code>/<int:number>/", receipts.receipt, name="receipt"),
    path("registers/files/<str:code>/<int:number>/", receipts.file, name="file"),
    path("registers/set-aside/", rows.set_aside, name="set_aside"),
    path("registers/rows/<str:code>/<int:number>/", rows.row, name="row"),
    path("registers/read-back/", rows.read_back, name="read_back"),
    path("funds/<slug:code>/members/import/", members.hand_in, name="members_import"),
    path("funds/<slug:code>/members/import/form.xlsx", members.template, name="members_template"),
    path(
        "funds/<slug:code>/members/import/<slug:sha256>/",
        members.rehearsal,
        name="members_rehearsal",
    ),
    path("funds/<slug:code>/members/import/<slug:sha256>/drop/", members.drop, name="members_drop"),
    path(
        "funds/<slug:code>/members/import/<slug:sha256>/done/",
        members.imported,
        name="members_imported",
    ),
    path(
        "funds/<slug:code>/members/import/<slug:sha256>/set-aside.xlsx",
        members.set_aside,
        name="members_set_aside",
    ),
]
