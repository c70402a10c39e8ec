"""The addresses of money in hand and in the bank."""

from __future__ import annotations

from django.urls import path

from .views import bank_books, money, opening, passbook, savings

app_name = "ledger"
urlpatterns = [
    path("funds/<slug:code>/money/", money.money, name="money"),
    *(
        path(f"funds/<slug:code>/money/{what}/", money.record, {"what": what}, name=what)
        for what in ("deposit", "withdraw", "interest", "cost", "income", "capital", "count")
    ),
    path(
        "funds/<slug:code>/money/entries/<int:number>/take-back/",
        money.take_back_entry,
        name="take_back",
    ),
    path("funds/<slug:code>/money/bank-books/new/", bank_books.new, name="open_bank_book"),
    path("funds/<slug:code>/money/bank-books/<int:number>/", bank_books.describe, name="bank_book"),
    path("funds/<slug:code>/money/passbook/", passbook.passbook, name="passbook"),
    path("funds/<slug:code>/money/passbook/opening/", passbook.opening, name="opening"),
    path(
        "funds/<slug:code>/money/passbook/lines/<int:number>/withdraw/",
        passbook.withdraw_line,
        name="withdraw_line",
    ),
    path("funds/<slug:code>/money/passbook/check/", passbook.check, name="check"),
    path("groups/open/", opening.open_group, name="open_group"),
    path("funds/<slug:code>/savings/", savings.savings, name="savings"),
    path("funds/<slug:code>/savings/sheet/", savings.sheet, name="savings_sheet"),
    path("funds/<slug:code>/savings/<int:number>/", savings.book, name="member_book"),
    *(
        path(
            f"funds/<slug:code>/savings/<int:number>/{what}/",
            savings.record,
            {"what": what},
            name=f"savings_{what.replace('-', '_')}",
        )
        for what in ("save", "withdraw", "buy-shares", "return-shares")
    ),
    path(
        "funds/<slug:code>/savings/<int:number>/entries/<int:entry>/take-back/",
        savings.take_back,
        name="savings_take_back",
    ),
]
