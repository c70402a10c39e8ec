"""The addresses of bringing the paper books in."""

from __future__ import annotations

from django.urls import path

from .views import batches, receipts, rows

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
]
