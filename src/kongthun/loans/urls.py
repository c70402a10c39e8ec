"""The addresses of lending. A part each: requests, receipts, collection, debts."""

from __future__ import annotations

from django.urls import path

from .views import (
    checking,
    collection,
    confirmations,
    debts,
    desk,
    oversight,
    receipts,
    request_steps,
    requests,
)

app_name = "loans"
urlpatterns = [
    path("funds/<slug:code>/work/", desk.desk, name="desk"),
    path("funds/<slug:code>/loans/requests/", requests.requests, name="requests"),
    path("funds/<slug:code>/loans/requests/new/", requests.new, name="request_new"),
    path("funds/<slug:code>/loans/requests/total/", requests.total_of_items, name="items_total"),
    path("funds/<slug:code>/loans/requests/<int:number>/", request_steps.one, name="request"),
    path("funds/<slug:code>/loans/requests/<int:number>/edit/", requests.edit, name="request_edit"),
    path(
        "funds/<slug:code>/loans/requests/<int:number>/hand-in/",
        request_steps.hand_in,
        name="hand_in",
    ),
    path(
        "funds/<slug:code>/loans/requests/<int:number>/opinion/",
        request_steps.opinion,
        name="opinion",
    ),
    path(
        "funds/<slug:code>/loans/requests/<int:number>/decision/",
        request_steps.decision,
        name="decision",
    ),
    path(
        "funds/<slug:code>/loans/requests/<int:number>/contract/",
        request_steps.contract,
        name="contract",
    ),
    path(
        "funds/<slug:code>/loans/requests/<int:number>/pay-out/",
        request_steps.pay_out,
        name="pay_out",
    ),
    path("funds/<slug:code>/loans/requests/<int:number>/drop/", request_steps.drop, name="drop"),
    path(
        "funds/<slug:code>/loans/requests/<int:number>/take-back/",
        request_steps.take_back,
        name="take_back",
    ),
    path(
        "funds/<slug:code>/loans/requests/<int:number>/papers/<slug:which>.pdf",
        requests.paper,
        name="paper",
    ),
    # receipts
    path("funds/<slug:code>/loans/receive/", receipts.receive, name="receive"),
    path("funds/<slug:code>/loans/receive/<int:number>/", receipts.receive_on, name="receive_on"),
    path(
        "funds/<slug:code>/loans/receive/<int:number>/preview/",
        receipts.receive_preview,
        name="receive_preview",
    ),
    path("funds/<slug:code>/loans/receipts/", receipts.receipts, name="receipts"),
    path("funds/<slug:code>/loans/receipts/slips/", receipts.slips, name="slips"),
    path("funds/<slug:code>/loans/receipts/<int:number>/", receipts.receipt, name="receipt"),
    path(
        "funds/<slug:code>/loans/receipts/<int:number>/pdf/",
        receipts.receipt_pdf,
        name="receipt_pdf",
    ),
    path(
        "funds/<slug:code>/loans/receipts/<int:number>/cancel/",
        receipts.cancel,
        name="cancel_receipt",
    ),
    # the collection sheet
    path("funds/<slug:code>/loans/collection/", collection.collection, name="collection"),
    path(
        "funds/<slug:code>/loans/collection/pdf/",
        collection.collection_pdf,
        name="collection_pdf",
    ),
    path("funds/<slug:code>/loans/collection/receive/", collection.collect, name="collect"),
    path(
        "funds/<slug:code>/loans/collection/total/",
        collection.collect_total,
        name="collect_total",
    ),
    # debts that need care
    path("funds/<slug:code>/loans/debts/", debts.debts, name="debts"),
    path("funds/<slug:code>/loans/contracts/<int:number>/care/", debts.debt, name="debt"),
    path(
        "funds/<slug:code>/loans/contracts/<int:number>/care/<slug:slug>/",
        debts.debt_deed,
        name="debt_deed",
    ),
    path("funds/<slug:code>/loans/evidence/<slug:sha256>/", debts.evidence, name="debt_evidence"),
    path(
        "funds/<slug:code>/loans/deferrals/<int:number>/withdraw/",
        debts.withdraw,
        name="deferral_withdraw",
    ),
    path("funds/<slug:code>/loans/claims/", debts.claims, name="claims"),
    path("funds/<slug:code>/loans/claims/new/", debts.claim_new, name="claim_new"),
    path(
        "funds/<slug:code>/loans/claims/<int:number>/receive/",
        debts.claim_receive,
        name="claim_receive",
    ),
    path(
        "funds/<slug:code>/loans/held/<slug:member>/return/", debts.held_return, name="held_return"
    ),
    path(
        "funds/<slug:code>/loans/disputes/<int:number>/settle/", debts.settle, name="settle_dispute"
    ),
    path(
        "funds/<slug:code>/loans/confirmations/", confirmations.confirmations, name="confirmations"
    ),
    path(
        "funds/<slug:code>/loans/confirmations/type/",
        confirmations.type_answers,
        name="confirmations_type",
    ),
    path(
        "funds/<slug:code>/loans/confirmations/letters/",
        confirmations.letters,
        name="confirmation_letters",
    ),
    path(
        "funds/<slug:code>/loans/confirmations/letters/<int:number>/",
        confirmations.letters,
        name="confirmation_letter",
    ),
    path(
        "funds/<slug:code>/loans/confirmations/own/",
        confirmations.confirm_own,
        name="confirm_own",
    ),
    # looked at from outside
    path("funds/<slug:code>/loans/oversight/", oversight.oversight, name="oversight"),
    path("funds/<slug:code>/loans/what-if/", oversight.what_if_page, name="what_if"),
    # checking a receipt, open to all
    path("check/", checking.check, name="check"),
    path("check/<str:code>/", checking.check, name="check"),
]
