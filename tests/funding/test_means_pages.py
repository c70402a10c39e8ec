"""ก4 on screen: read back before it is recorded, the right people, the right kinds of group."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from five.occupation_group import OccupationGroup, founded_group
from funding.means_group import MILL, baht, day, entries, held, sold, sound
from kongthun.audit.models import AuditLine
from kongthun.domain.plan import PlannedPart
from kongthun.funding.actions.borrowings import borrow, repay_borrowing
from kongthun.funding.actions.certificates import replace_certificate
from kongthun.funding.actions.gifts import ReportSaid, receive_gift
from kongthun.funding.actions.tools import lend_tool, wear_tool
from kongthun.funding.models import Borrowing, Gift, OwedReport, ShareCertificate, SourceKind, Tool
from kongthun.funding.posting import Pocket
from kongthun.funding.queries import borrowings, gifts, means, shares, tools
from kongthun.ledger.savings import buy_shares

pytestmark = pytest.mark.django_db

TO_READ = (
    *(
        "means/",
        "shares/",
        "shares/?certificates=1",
        "shares/1/",
        "shares/members/1/",
        "gifts/",
        "gifts/1/",
        "gifts/2/",
    ),
    *("borrowings/", "borrowings/1/", "tools/", "tools/1/", "tools/?gone=1"),
)
TO_PRINT = ("shares/1.pdf", "gifts/1/letter.pdf")
TO_WRITE = (
    *("shares/sell/", "shares/members/4/issue/", "shares/1/transfer/", "shares/1/return/"),
    *("shares/1/replace/", "shares/1/cancel/", "shares/1/take-back/"),
    *("gifts/new/", "gifts/new-tool/", "gifts/1/thanked/", "gifts/1/reports/1/"),
    *("gifts/1/take-back/", "borrowings/new/", "borrowings/1/repay/", "borrowings/1/take-back/"),
    *("borrowings/1/sent/6/take-back/", "tools/buy/", "tools/wear/", "tools/1/check/"),
    *("tools/1/lend/", "tools/1/return/", "tools/1/keeper/", "tools/1/wear/", "tools/1/retire/"),
    *("tools/1/take-back/", "tools/1/wear/7/take-back/"),
)


@pytest.fixture
def ours() -> OccupationGroup:
    return founded_group()


@pytest.fixture
def busy(ours: OccupationGroup) -> OccupationGroup:
    """A group with a bit of everything: entries 1 to 7."""
    fund, by = ours.fund, ours.treasurer
    sold(ours, 1, 300, day(1, 2))
    buy_shares(fund=fund, member_number=4, amount=baht(500), on=day(1, 3), key="old", by=by)
    receive_gift(
        fund=fund,
        kind=SourceKind.GRANT,
        giver="สำนักงานพัฒนาชุมชน",
        amount=baht(30_000),
        on=day(2, 1),
        key="grant",
        by=by,
        reports=[ReportSaid("รายงานการใช้เงิน", day(6, 30))],
    )
    receive_gift(
        fund=fund,
        kind=SourceKind.DONATION,
        giver="นายใจดี มีสุข",
        amount=baht(24_000),
        on=day(2, 2),
        key="mill",
        by=by,
        tool=MILL,
    )
    borrow(
        fund=fund,
        lender="กองทุนสตรี",
        amount=baht(10_000),
        on=day(2, 3),
        pocket=Pocket(),
        parts=[PlannedPart(day(8, 1), baht(10_000), baht(200))],
        key="loan",
        by=by,
    )
    repay_borrowing(
        1,
        fund=fund,
        on=day(3, 1),
        principal=baht(1_000),
        interest=baht(50),
        pocket=Pocket(),
        key="sent",
        by=by,
    )
    wear_tool(1, fund=fund, on=day(4, 2), key="wear", by=by)
    assert entries(fund) == 7
    return ours


def browser(group: OccupationGroup, name: str = "treasurer") -> Client:
    client = Client()
    client.force_login(group.users[name])
    return client


def text(answer: HttpResponse) -> str:
    """The words of a page as they are read."""
    html = re.sub(r"(?s)<(head|script|style)\b.*?</\1>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", unescape(re.sub(r"<wbr>|<[^>]+>", " ", html)))


def at(group: OccupationGroup, page: str) -> str:
    return f"/funds/{group.code}/{page}"


def test_those_who_see_the_books_read_and_those_who_keep_the_means_record(
    busy: OccupationGroup,
) -> None:
    treasurer, chairman = browser(busy), browser(busy, "chairman")
    stranger = browser(busy, "stranger")
    for page in (*TO_READ, *TO_WRITE, *TO_PRINT):
        assert treasurer.get(at(busy, page)).status_code == 200, page
        assert stranger.get(at(busy, page)).status_code == 404, page
        expected = 403 if page in TO_WRITE else 200
        assert chairman.get(at(busy, page)).status_code == expected, page


def test_a_household_fund_has_none_of_these_pages() -> None:
    other = founded_group(kind="kkk", name="กองทุน กข.คจ. บ้านในไร่")
    client = browser(other)
    for page in ("means/", "shares/", "gifts/", "borrowings/", "tools/", "shares/sell/"):
        assert client.get(at(other, page)).status_code == 404, page


def test_what_is_not_there_is_not_found(busy: OccupationGroup) -> None:
    client = browser(busy)
    for page in (
        *("shares/99/", "shares/99.pdf", "shares/members/99/", "shares/1/sell/", "gifts/99/"),
        *("gifts/1/reports/9/", "gifts/1/reports/1/file/", "borrowings/9/", "tools/9/"),
        *("tools/1/burn/", "borrowings/1/sent/1/take-back/", "tools/1/wear/1/take-back/"),
    ):
        assert client.get(at(busy, page)).status_code == 404, page


def test_a_member_sees_their_own_shares_and_no_others(busy: OccupationGroup) -> None:
    number = sold(busy, 6, 3, day(3, 1))
    member = browser(busy, "member")
    own = member.get(at(busy, "shares/members/6/"))
    assert own.status_code == 200
    assert "ขายหุ้น" not in text(own)
    assert member.get(at(busy, f"shares/{number}/")).status_code == 200
    assert member.get(at(busy, f"shares/{number}.pdf")).content.startswith(b"%PDF")
    for page in ("shares/members/1/", "shares/1/", "shares/1.pdf", "shares/", "means/"):
        assert member.get(at(busy, page)).status_code in {403, 404}, page


def test_reading_names_is_written_down(busy: OccupationGroup) -> None:
    browser(busy).get(at(busy, "shares/"))
    assert AuditLine.objects.filter(deed="read_names", subject="shares").count() == 1
    browser(busy).get(at(busy, "shares/1.pdf"))
    assert AuditLine.objects.filter(deed="print_certificate").count() == 1


def done(client: Client, address: str, said: dict[str, Any]) -> HttpResponse:
    """Sent, read back, confirmed; the page after it."""
    seen = client.post(address, said)
    assert seen.status_code == 200, text(seen)
    assert "อ่านทวน" in text(seen)
    assert "ยังไม่มีอะไรถูกบันทึก" in text(seen)
    answer = client.post(address, said | {"confirmed": "yes"}, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain, text(answer)
    return answer


def test_shares_are_read_back_and_then_sold(ours: OccupationGroup) -> None:
    client = browser(ours)
    said = {"key": "k", "on": "5/1/2568", "member": "1", "shares": "๒๐", "document": ""}
    seen = client.post(at(ours, "shares/sell/"), said)
    assert "20 หุ้น" in text(seen)
    assert "ใบหุ้นเลขที่ 1" in text(seen)
    assert entries(ours.fund) == 0
    after = done(client, at(ours, "shares/sell/"), said)
    assert "ใบหุ้นเลขที่ 1 ใบรับ ส.1" in text(after)
    again = client.post(at(ours, "shares/sell/"), said | {"confirmed": "yes"})
    assert again.status_code == 302
    assert ShareCertificate.objects.filter(fund=ours.fund).count() == 1


def test_going_back_to_mend_keeps_what_was_typed_and_says_nothing_wrong(
    ours: OccupationGroup,
) -> None:
    said = {"key": "k", "on": "5/1/2568", "member": "", "shares": "20", "edit": "yes"}
    seen = browser(ours).post(at(ours, "shares/sell/"), said)
    assert seen.status_code == 200
    assert 'value="20"' in seen.content.decode()
    assert "ยังไม่ได้บันทึก" not in text(seen)


def test_what_is_refused_is_said_beside_its_question_and_nothing_typed_is_lost(
    busy: OccupationGroup,
) -> None:
    client = browser(busy)
    said = {"key": "k", "on": "5/3/2568", "member": "2", "shares": "301"}
    seen = client.post(at(busy, "shares/1/transfer/"), said)
    assert seen.status_code == 422
    assert "มี 300 หุ้น ไม่พอสำหรับ 301 หุ้น" in text(seen)
    assert 'value="301"' in seen.content.decode()
    replace_certificate(1, fund=busy.fund, on=day(5, 1), words="หาย", by=busy.treasurer)
    twice = client.post(at(busy, "shares/1/transfer/"), said | {"shares": "", "on": "6/5/2568"})
    assert "ขณะนี้คือใบหุ้นเลขที่ 2" in text(twice)


def test_certificates_are_handed_on_replaced_and_given_back_on_screen(
    busy: OccupationGroup,
) -> None:
    client, fund = browser(busy), busy.fund
    done(
        client,
        at(busy, "shares/1/transfer/"),
        {"key": "a", "on": "1/5/2568", "member": "2", "shares": "100"},
    )
    done(client, at(busy, "shares/2/replace/"), {"key": "b", "on": "2/5/2568", "words": "หาย"})
    done(client, at(busy, "shares/4/return/"), {"key": "c", "on": "3/5/2568", "shares": "10"})
    done(client, at(busy, "shares/3/cancel/"), {"key": "d", "on": "3/5/2568", "words": "ผิด"})
    done(
        client,
        at(busy, "shares/members/1/issue/"),
        {"key": "e", "on": "4/5/2568", "shares": "", "price": ""},
    )
    standing = ShareCertificate.objects.filter(fund=fund, ended_on=None)
    assert {(c.member_number, c.shares) for c in standing} == {(1, 200), (2, 90)}
    sound(fund)


def test_a_sale_is_taken_back_on_screen(busy: OccupationGroup) -> None:
    number = sold(busy, 5, 2, day(3, 1))
    client = browser(busy)
    done(client, at(busy, f"shares/{number}/take-back/"), {"key": "k", "reason": "พิมพ์ผิดคน"})
    assert held(busy.fund, "share:5") == baht(0)


def test_a_gift_is_received_reported_on_and_thanked_for_on_screen(ours: OccupationGroup) -> None:
    client, fund = browser(ours), ours.fund
    said = {"key": "g", "on": "1/2/2568", "kind": "grant", "giver": "อบต.", "amount": "30,000"}
    more = {"purse": "bank", "report_1": "รายงานการใช้เงิน", "due_1": "30/6/2568"}
    missing = client.post(at(ours, "gifts/new/"), said | more | {"due_1": ""})
    assert missing.status_code == 422
    assert "ยังไม่ได้บอกวันกำหนดส่ง" in text(missing)
    done(client, at(ours, "gifts/new/"), said | more)
    assert held(fund, "bank:1") == baht(30_000)
    paper = SimpleUploadedFile("r.pdf", b"%PDF-1.7 x", content_type="application/pdf")
    wrong = SimpleUploadedFile("r.pdf", b"hello", content_type="application/pdf")
    bad = client.post(at(ours, "gifts/1/reports/1/"), {"key": "x", "on": "1/6/2568", "file": wrong})
    assert bad.status_code == 422
    sent = client.post(
        at(ours, "gifts/1/reports/1/"), {"key": "x", "on": "1/6/2568", "file": paper}
    )
    assert sent.status_code == 302
    assert OwedReport.objects.get(fund=fund).handed_in_on == day(6, 1)
    kept = client.get(at(ours, "gifts/1/reports/1/file/"))
    assert kept.content == b"%PDF-1.7 x"
    assert client.get(at(ours, "gifts/1/letter.pdf")).content.startswith(b"%PDF")
    client.post(at(ours, "gifts/1/thanked/"), {"key": "y", "on": "3/2/2568"})
    assert Gift.objects.get(fund=fund).thanked_on == day(2, 3)
    done(client, at(ours, "gifts/1/take-back/"), {"key": "z", "reason": "ลงผิดกลุ่ม"})
    assert client.get(at(ours, "gifts/1/letter.pdf")).status_code == 404


def test_a_rice_mill_is_given_on_screen(ours: OccupationGroup) -> None:
    client = browser(ours)
    said = {
        **{"key": "g", "on": "1/2/2568", "kind": "donation", "giver": "วัดในไร่"},
        **{"name": "เครื่องสีข้าว", "amount": "24,000", "useful_years": "5", "member": "3"},
    }
    nobody = client.post(at(ours, "gifts/new-tool/"), said | {"member": ""})
    assert nobody.status_code == 422
    assert "ยังไม่ได้บอกว่าใครดูแล" in text(nobody)
    done(client, at(ours, "gifts/new-tool/"), said)
    assert Tool.objects.get(fund=ours.fund).member_number == 3
    assert held(ours.fund, "tool:1") == baht(24_000)


def test_a_borrowing_is_typed_part_by_part_and_sent_back(ours: OccupationGroup) -> None:
    client, fund = browser(ours), ours.fund
    said = {
        **{"key": "b", "on": "10/1/2568", "lender": "กองทุนสตรี", "amount": "20,000"},
        **{"purse": "cash", "rate": "3", "rows": "4"},
        **{"due_1": "30/6/2568", "principal_1": "10,000", "interest_1": "300"},
        **{"due_2": "31/12/2568", "principal_2": "9,000"},
    }
    short = client.post(at(ours, "borrowings/new/"), said)
    assert short.status_code == 422
    assert "ขาดจากที่กู้ 1,000 บาท" in text(short)
    more = client.post(at(ours, "borrowings/new/"), said | {"more": "yes"})
    assert more.status_code == 200
    assert 'name="due_8"' in more.content.decode()
    assert 'value="9,000"' in more.content.decode()
    said["principal_2"] = "10,000"
    said["principal_3"] = "5"
    dayless = client.post(at(ours, "borrowings/new/"), said)
    assert "งวดที่ 3 ยังไม่มีวันกำหนดส่ง" in text(dayless)
    del said["principal_3"]
    done(client, at(ours, "borrowings/new/"), said)
    assert Borrowing.objects.get(fund=fund).rate_bp == 300
    offered = client.get(at(ours, "borrowings/1/repay/"))
    assert 'value="10,000"' in offered.content.decode()
    back = {"key": "r", "on": "30/6/2568", "principal": "10,000", "interest": "300"}
    done(client, at(ours, "borrowings/1/repay/"), back | {"purse": "cash"})
    assert held(fund, "lender:1") == baht(-10_000)
    mend = {"key": "m", "reason": "ผิด"}
    done(client, at(ours, "borrowings/1/sent/2/take-back/"), mend)
    done(client, at(ours, "borrowings/1/take-back/"), mend | {"key": "n"})
    assert held(fund, "cash") == baht(0)


def test_a_tool_is_bought_lent_returned_worn_and_sold_on_screen(ours: OccupationGroup) -> None:
    client, fund = browser(ours), ours.fund
    sold(ours, 1, 100, day(1, 2))
    said = {
        **{"key": "t", "on": "10/1/2568", "name": "เครื่องซีล", "amount": "3,600"},
        **{"purse": "cash", "useful_years": "3", "person": "ร้านค้ากลุ่ม"},
    }
    done(client, at(ours, "tools/buy/"), said)
    for what, answers in (
        ("lend", {"on": "1/2/2568", "member": "5", "due_back_on": "8/2/2568"}),
        ("return", {"on": "7/2/2568", "state": "worn"}),
        ("check", {"on": "9/2/2568", "state": "good", "repaired": "on"}),
        ("keeper", {"on": "10/2/2568", "member": "6"}),
    ):
        sent = client.post(at(ours, f"tools/1/{what}/"), {"key": what} | answers)
        assert sent.status_code == 302, (what, text(sent))
    late = client.post(at(ours, "tools/1/return/"), {"key": "x", "on": "8/2/2568", "state": "good"})
    assert "ไม่ได้ให้ใครยืมอยู่" in text(late)
    seen = client.post(at(ours, "tools/wear/"), {"key": "w", "on": "10/7/2568"})
    assert "600 บาท" in text(seen)
    assert entries(fund) == 2
    done(client, at(ours, "tools/wear/"), {"key": "w", "on": "10/7/2568"})
    done(client, at(ours, "tools/1/wear/3/take-back/"), {"key": "wb", "reason": "ผิดวัน"})
    done(client, at(ours, "tools/1/wear/"), {"key": "w1", "on": "10/7/2568", "amount": ""})
    gone = {"key": "r", "on": "1/8/2568", "words": "ขาย", "sold_for": "1,000", "purse": "cash"}
    done(client, at(ours, "tools/1/retire/"), gone)
    assert held(fund, "tool:1") == baht(0)
    assert "เลิกใช้แล้ว" in text(client.get(at(ours, "tools/?gone=1")))
    sound(fund)


def test_the_front_page_says_what_waits(busy: OccupationGroup) -> None:
    lend_tool(
        1,
        fund=busy.fund,
        on=day(5, 1),
        by=busy.treasurer,
        person="ครูสมศรี",
        due_back_on=day(5, 8),
    )
    words = text(browser(busy).get(at(busy, "means/")))
    for said in (
        *("สมาชิกลงหุ้น", "30,500", "ส่งรายงานการใช้เงิน", "เลยกำหนด", "ส่งคืน กองทุนสตรี 9,150"),
        *("ขอบคุณ นายใจดี มีสุข", "ออกใบหุ้น 1 คน", "ทวงคืน เครื่องสีข้าว"),
    ):
        assert said in words, said


def test_a_donor_is_not_named_to_who_may_not_read_names(busy: OccupationGroup) -> None:
    from kongthun.accounts.actions import appoint
    from kongthun.accounts.models import Role, User

    user = User.objects.create(username="province", display_name="จังหวัด")
    appoint(user=user, role=Role.PROVINCE, by_order="คำสั่ง", starts_on=day(1, 1), area_code="80")
    client = Client()
    client.force_login(user)
    for page in ("gifts/", "gifts/2/", "means/", "shares/", "shares/1/", "tools/", "tools/1/"):
        words = text(client.get(at(busy, page)))
        for name in ("มีสุข", "ศรีวิไล", "เพชรรัตน์"):
            assert name not in words, (page, name)
    for page in TO_PRINT:
        assert client.get(at(busy, page)).status_code == 404, page


def test_lists_take_as_many_statements_for_many_rows_as_for_few(
    ours: OccupationGroup,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    fund, by = ours.fund, ours.treasurer

    def fill(times: range) -> None:
        for n in times:
            sold(ours, 1 + n % 8, 100, day(1, 2), key=f"sell{n}")
            receive_gift(
                fund=fund,
                kind=SourceKind.GRANT,
                giver="อบต.",
                amount=baht(1_000),
                on=day(2, 1),
                key=f"gift{n}",
                by=by,
                tool=MILL,
                reports=[ReportSaid("รายงาน", day(6, 30))],
            )
            borrow(
                fund=fund,
                lender="ธนาคาร",
                amount=baht(100),
                on=day(2, 1),
                pocket=Pocket(),
                parts=[PlannedPart(day(3, 1), baht(100))],
                key=f"loan{n}",
                by=by,
            )
            lend_tool(n + 1, fund=fund, on=day(3, 1), by=by, person="ครู")

    def ask() -> None:
        with django_assert_num_queries(2):
            means.means_of(fund, day(12, 31))
        with django_assert_num_queries(2):
            gifts.reports_due(fund, day(12, 31))
        with django_assert_num_queries(3):
            borrowings.parts_due(fund, day(12, 31))
        with django_assert_num_queries(4):
            tools.tools_lent(fund, with_names=True)
        with django_assert_num_queries(3):
            shares.share_register(fund)

    fill(range(3))
    ask()
    fill(range(3, 15))
    ask()
