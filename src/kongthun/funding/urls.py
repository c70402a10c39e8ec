from __future__ import annotations

from django.urls import URLPattern, path

from .views import borrowings, closing, gifts, means, papers, savings_desk, shares, tools

app_name = "funding"
urlpatterns: list[URLPattern] = [
    path("funds/<slug:code>/year/", closing.year, name="year"),
    path("funds/<slug:code>/year/close/", closing.close, name="close"),
    path("funds/<slug:code>/year/committee/", closing.pay_committee, name="pay_committee"),
    path(
        "funds/<slug:code>/year/use/<slug:purpose>/", closing.pay_from_reserve, name="use_reserve"
    ),
    path(
        "funds/<slug:code>/year/paid/<int:entry>/take-back/",
        closing.take_back_paid,
        name="payment_back",
    ),
    path("funds/<slug:code>/year/<int:number>/", closing.closing, name="closing"),
    path(
        "funds/<slug:code>/year/<int:number>/take-back/",
        closing.take_back,
        name="take_back_closing",
    ),
    path("funds/<slug:code>/year/<int:number>/pay/", closing.pay_slips, name="pay_slips"),
    path("funds/<slug:code>/year/<int:number>/slips.pdf", closing.slips, name="slips"),
    path("funds/<slug:code>/year/<int:number>/sign.pdf", closing.slip_list, name="slip_list"),
    path("funds/<slug:code>/year/<int:number>/slips/<int:member>.pdf", closing.slip, name="slip"),
    path("funds/<slug:code>/means/", means.means, name="means"),
    path(
        "funds/<slug:code>/savings/<int:number>/return-shares/",
        savings_desk.return_shares,
        name="return_shares",
    ),
    path(
        "funds/<slug:code>/savings/<int:number>/entries/<int:entry>/take-back/",
        savings_desk.take_back,
        name="savings_take_back",
    ),
    path("funds/<slug:code>/shares/", shares.shares, name="shares"),
    path("funds/<slug:code>/shares/sell/", shares.sell, name="share_sell"),
    path("funds/<slug:code>/shares/members/<int:number>/", shares.member, name="share_member"),
    path("funds/<slug:code>/shares/members/<int:number>/issue/", shares.issue, name="share_issue"),
    path("funds/<slug:code>/shares/<int:number>/", shares.one, name="certificate"),
    path("funds/<slug:code>/shares/<int:number>.pdf", shares.pdf, name="certificate_pdf"),
    path(
        "funds/<slug:code>/shares/<int:number>/<slug:what>/", shares.deed, name="certificate_deed"
    ),
    path("funds/<slug:code>/gifts/", gifts.index, name="gifts"),
    path("funds/<slug:code>/gifts/new/", gifts.new, name="gift_new"),
    path("funds/<slug:code>/gifts/new-tool/", gifts.new_tool, name="gift_new_tool"),
    path("funds/<slug:code>/gifts/<int:number>/", gifts.one, name="gift"),
    path("funds/<slug:code>/gifts/<int:number>/letter.pdf", gifts.letter, name="gift_letter"),
    path("funds/<slug:code>/gifts/<int:number>/paper/", papers.gift_paper, name="gift_paper"),
    path(
        "funds/<slug:code>/gifts/<int:number>/paper/file/",
        papers.gift_paper_file,
        name="gift_paper_file",
    ),
    path("funds/<slug:code>/gifts/<int:number>/thanked/", gifts.thanked, name="gift_thanked"),
    path("funds/<slug:code>/gifts/<int:number>/take-back/", gifts.take_back, name="gift_back"),
    path(
        "funds/<slug:code>/gifts/<int:number>/reports/<int:place>/",
        gifts.hand_in,
        name="report_hand_in",
    ),
    path(
        "funds/<slug:code>/gifts/<int:number>/reports/<int:place>/file/",
        gifts.report_file,
        name="report_file",
    ),
    path("funds/<slug:code>/borrowings/", borrowings.index, name="borrowings"),
    path("funds/<slug:code>/borrowings/new/", borrowings.new, name="borrowing_new"),
    path("funds/<slug:code>/borrowings/<int:number>/", borrowings.one, name="borrowing"),
    path("funds/<slug:code>/borrowings/<int:number>/repay/", borrowings.repay, name="repay"),
    path(
        "funds/<slug:code>/borrowings/<int:number>/paper/",
        papers.borrowing_paper,
        name="borrowing_paper",
    ),
    path(
        "funds/<slug:code>/borrowings/<int:number>/paper/file/",
        papers.borrowing_paper_file,
        name="borrowing_paper_file",
    ),
    path(
        "funds/<slug:code>/borrowings/<int:number>/take-back/",
        borrowings.take_back,
        name="borrowing_back",
    ),
    path(
        "funds/<slug:code>/borrowings/<int:number>/sent/<int:entry>/take-back/",
        borrowings.take_back_part,
        name="repayment_back",
    ),
    path("funds/<slug:code>/tools/", tools.index, name="tools"),
    path("funds/<slug:code>/tools/buy/", tools.buy, name="tool_buy"),
    path("funds/<slug:code>/tools/wear/", tools.wear_all, name="tools_wear"),
    path("funds/<slug:code>/tools/<int:number>/", tools.one, name="tool"),
    path(
        "funds/<slug:code>/tools/<int:number>/wear/<int:entry>/take-back/",
        tools.wear_back,
        name="wear_back",
    ),
    path("funds/<slug:code>/tools/<int:number>/photo/", papers.tool_photo, name="tool_photo"),
    path(
        "funds/<slug:code>/tools/<int:number>/photo/file/",
        papers.tool_photo_file,
        name="tool_photo_file",
    ),
    path("funds/<slug:code>/tools/<int:number>/<slug:what>/", tools.deed, name="tool_deed"),
]
