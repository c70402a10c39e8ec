"""The addresses of buying, making and selling."""

from __future__ import annotations

from django.urls import path

from .views import batches, deeds, desk

_HERE = "funds/<slug:code>/trade"

app_name = "trade"
urlpatterns = [
    path(f"{_HERE}/", desk.front, name="front"),
    path(f"{_HERE}/buy/", deeds.buy, name="buy"),
    path(f"{_HERE}/sell/", deeds.sell, name="sell"),
    path(f"{_HERE}/gift/", deeds.gift, name="gift"),
    path(f"{_HERE}/count/", deeds.count, name="count"),
    path(f"{_HERE}/deals/", desk.deals, name="deals"),
    path(f"{_HERE}/deals/<int:number>/", desk.deal, name="deal"),
    path(f"{_HERE}/entries/<int:number>/take-back/", deeds.mend, name="take_back"),
    path(f"{_HERE}/batches/", batches.batches, name="batches"),
    path(f"{_HERE}/batches/new/", batches.begin, name="batch_new"),
    path(f"{_HERE}/batches/<int:number>/", batches.batch, name="batch"),
    path(f"{_HERE}/batches/<int:number>/use/", batches.use, name="batch_use"),
    path(f"{_HERE}/batches/<int:number>/cost/", batches.cost, name="batch_cost"),
    path(f"{_HERE}/batches/<int:number>/finish/", batches.finish, name="batch_finish"),
    path(f"{_HERE}/items/", desk.items, name="items"),
    path(f"{_HERE}/items/new/", desk.item_new, name="item_new"),
    path(f"{_HERE}/items/<int:number>/stop/", desk.item_stop, name="item_stop"),
    path(f"{_HERE}/parties/", desk.parties, name="parties"),
    path(f"{_HERE}/parties/new/", desk.party_new, name="party_new"),
    path(f"{_HERE}/parties/<int:number>/", desk.party, name="party"),
    *(
        path(f"{_HERE}/parties/<int:number>/{what}/", deeds.settle, {"what": what}, name=what)
        for what in ("receive", "pay")
    ),
]
