"""Pages of written rules: read by all of the group, written by few, and nothing typed is lost."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from five.occupation_group import MEMBERS, OccupationGroup, founded_group
from kongthun.activities.actions import WrittenRulesAdopted, adopt_written_rules
from kongthun.audit.models import AuditLine
from kongthun.domain.rule_set import LIMITS
from kongthun.groups.actions import (
    ArticleKept,
    RulesDrafted,
    RulesKnownNow,
    acknowledge_by_sheet,
    add_household,
    change_article,
    draft_rules,
    take_out_article,
)
from kongthun.groups.forms_written_rules import SUBJECTS
from kongthun.groups.models import Article, KnownBy, RulesKnown, WrittenRules
from kongthun.groups.queries.rules import rules_of
from kongthun.groups.queries.written_rules import articles_of

MET = date(2024, 2, 1)
SHARES = 8  # the article of the template that sets the price of a share
TITLE = "ข้อบังคับกลุ่มแม่บ้านแปรรูปข้าว"


@pytest.fixture
def ours(db: None) -> OccupationGroup:  # noqa: ARG001
    return founded_group()


@pytest.fixture
def adopted(ours: OccupationGroup) -> OccupationGroup:
    """The group with a first version in force since a meeting of all."""
    drafted(ours, from_template="occupation_group")
    meeting = ours.meet(MET, "รับข้อบังคับ")
    done = adopt_written_rules(
        group=ours.group,
        number=1,
        meeting_number=meeting,
        resolution=1,
        starts_on=MET,
        by=ours.chairman,
    )
    assert isinstance(done, WrittenRulesAdopted), done
    return ours


def drafted(ours: OccupationGroup, **options: Any) -> int:  # noqa: ANN401
    done = draft_rules(group=ours.group, title=TITLE, by=ours.chairman, **options)
    assert isinstance(done, RulesDrafted), done
    return done.number


def at(ours: OccupationGroup, who: str) -> Client:
    client = Client()
    client.force_login(ours.users[who])
    return client


def page(ours: OccupationGroup, rest: str = "") -> str:
    return f"/funds/{ours.code}/written-rules/{rest}"


def text(answer: HttpResponse) -> str:
    body = re.sub(r"(?s)<(head|script|style)\b.*?</\1>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", unescape(re.sub(r"<wbr>|<[^>]+>", " ", body)))


# ---- who reads, who writes -----------------------------------------------------------------------


def test_before_there_are_rules_the_page_says_how_to_begin(ours: OccupationGroup) -> None:
    answer = at(ours, "chairman").get(page(ours))
    assert "ยังไม่มีระเบียบที่ที่ประชุมรับ" in text(answer)
    assert page(ours, "new/") in answer.content.decode()
    assert "เริ่มร่างระเบียบ" not in text(at(ours, "treasurer").get(page(ours)))


@pytest.mark.parametrize("who", ["chairman", "treasurer", "field_worker", "district", "member"])
@pytest.mark.parametrize("rest", ["", "1/", "1/paper/"])
def test_everybody_of_the_group_reads_its_rules(
    adopted: OccupationGroup, who: str, rest: str
) -> None:
    assert at(adopted, who).get(page(adopted, rest)).status_code == 200


@pytest.mark.parametrize(
    "rest", ["", "1/", "1/paper/", "1/known/", "1/difference/", "2/edit/", "2/adopt/", "new/"]
)
def test_who_works_elsewhere_finds_nothing(adopted: OccupationGroup, rest: str) -> None:
    drafted(adopted, from_version=1)
    assert at(adopted, "stranger").get(page(adopted, rest)).status_code in {403, 404}


def test_a_draft_is_for_the_office_until_it_is_adopted(adopted: OccupationGroup) -> None:
    drafted(adopted, from_version=1)
    for rest in ("2/", "2/paper/", "2/difference/", "2/acknowledge/"):
        assert at(adopted, "member").get(page(adopted, rest)).status_code == 404
    assert "ฉบับที่ 2" not in text(at(adopted, "member").get(page(adopted)))
    assert "ร่าง ยังไม่ใช้" in text(at(adopted, "treasurer").get(page(adopted, "2/")))


@pytest.mark.parametrize(
    "rest", ["new/", "2/edit/", "2/edit/add/", "2/edit/8/", "2/drop/", "2/adopt/"]
)
def test_only_who_keeps_rules_writes_in_a_draft(adopted: OccupationGroup, rest: str) -> None:
    drafted(adopted, from_version=1)
    assert at(adopted, "chairman").get(page(adopted, rest)).status_code == 200
    assert at(adopted, "treasurer").get(page(adopted, rest)).status_code == 403
    assert at(adopted, "member").get(page(adopted, rest)).status_code == 403


@pytest.mark.parametrize("rest", ["1/edit/", "1/edit/8/", "1/adopt/", "1/drop/", "9/", "9/known/"])
def test_an_adopted_version_has_no_form_and_an_unknown_one_no_page(
    adopted: OccupationGroup, rest: str
) -> None:
    assert at(adopted, "chairman").get(page(adopted, rest)).status_code == 404


# ---- writing -------------------------------------------------------------------------------------


def test_the_chairman_begins_with_rules_written_beforehand(ours: OccupationGroup) -> None:
    client = at(ours, "chairman")
    answer = client.get(page(ours, "new/"))
    assert "ระเบียบตัวอย่าง" in text(answer)
    sent = client.post(
        page(ours, "new/"), {"begins_from": "template:occupation_group", "title": TITLE}
    )
    assert sent.headers["Location"] == page(ours, "1/edit/")
    said = text(client.get(page(ours, "1/edit/")))
    assert "หุ้นหนึ่งมีมูลค่า 100 บาท" in said
    again = client.post(page(ours, "new/"), {"begins_from": "", "title": "ข้อบังคับใหม่"})
    assert again.status_code == 422
    assert "มีร่างฉบับที่ 1 ที่ยังเขียนอยู่" in text(again)
    assert "ข้อบังคับใหม่" in again.content.decode()


def test_an_article_is_written_with_what_it_sets(ours: OccupationGroup) -> None:
    drafted(ours)
    client = at(ours, "chairman")
    said = {"words": "หุ้นละ 70 บาท\n(1) ชำระครั้งเดียว", "chapter": "หมวด 1", "limit_share_price": "70"}
    assert client.post(page(ours, "1/edit/add/"), said).status_code == 302
    assert Article.objects.get().limits == {"share_price": "70"}
    again = client.post(page(ours, "1/edit/1/"), said | {"limit_committee_years": "สองปี"})
    assert again.status_code == 422
    body = again.content.decode()
    assert "วาระกรรมการ: ยังอ่าน “สองปี” ไม่ได้" in text(again)
    assert 'value="สองปี"' in body
    assert "(1) ชำระครั้งเดียว" in body
    other = client.get(page(ours, "1/edit/add/"))
    assert "หุ้นละ: กำหนดไว้ที่ข้อ 1" in text(other)
    assert "limit_share_price" not in other.content.decode()
    empty = client.post(page(ours, "1/edit/add/"), {"words": " ", "chapter": "หมวด 9"})
    assert empty.status_code == 422
    assert "หมวด 9" in empty.content.decode()


def test_an_article_is_put_after_the_one_that_is_asked_for(ours: OccupationGroup) -> None:
    drafted(ours, from_template="occupation_group")
    client = at(ours, "chairman")
    client.post(page(ours, "1/edit/add/?after=2"), {"words": "ข้อใหม่", "chapter": "หมวด 2 สมาชิก"})
    assert articles_of(ours.group.pk, 1)[2].words == "ข้อใหม่"
    client.post(page(ours, "1/edit/add/?after=x"), {"words": "ข้อท้าย"})
    assert articles_of(ours.group.pk, 1)[-1].words == "ข้อท้าย"


def test_an_article_is_moved_and_taken_out(ours: OccupationGroup) -> None:
    drafted(ours, from_template="occupation_group")
    client = at(ours, "chairman")
    before = [each.words for each in articles_of(ours.group.pk, 1)]
    moved = client.post(page(ours, "1/edit/8/move/"), {"to": "๑"})
    assert moved.status_code == 302
    assert articles_of(ours.group.pk, 1)[0].words == before[7]
    refused = client.post(page(ours, "1/edit/1/move/"), {"to": "99"})
    assert refused.status_code == 422
    client.post(page(ours, "1/edit/1/take-out/"))
    assert [each.words for each in articles_of(ours.group.pk, 1)] == before[:7] + before[8:]
    assert client.post(page(ours, "1/edit/99/take-out/"), follow=True).status_code == 200


def test_a_draft_is_named_and_given_up(ours: OccupationGroup) -> None:
    drafted(ours)
    client = at(ours, "chairman")
    client.post(page(ours, "1/edit/"), {"title": "ระเบียบใหม่"})
    assert WrittenRules.objects.get().title == "ระเบียบใหม่"
    assert client.post(page(ours, "1/edit/"), {"title": ""}).status_code == 422
    client.post(page(ours, "1/drop/"))
    assert WrittenRules.objects.get().dropped_at is not None
    assert "เลิกร่าง" in text(client.get(page(ours)))
    assert client.get(page(ours, "1/")).status_code == 200


def test_what_would_be_enforced_is_read_back_before_it_is(adopted: OccupationGroup) -> None:
    drafted(adopted, from_version=1)
    done = change_article(
        group=adopted.group,
        number=2,
        place=SHARES,
        words="หุ้นละ 50 บาท",
        limits={"share_price": "50"},
        by=adopted.chairman,
    )
    assert isinstance(done, ArticleKept)
    for rest in ("2/edit/", "2/adopt/"):
        said = text(at(adopted, "chairman").get(page(adopted, rest)))
        assert "100 บาท" in said
        assert "50 บาท" in said
    take_out_article(group=adopted.group, number=2, place=SHARES, by=adopted.chairman)
    said = text(at(adopted, "chairman").get(page(adopted, "2/adopt/")))
    assert "ฉบับนี้ไม่ได้เขียน จึงใช้ค่าเดิมต่อไป: หุ้นละ" in said


def test_a_version_that_sets_no_limit_any_more_says_what_goes_on_as_it_is(
    adopted: OccupationGroup,
) -> None:
    drafted(adopted)
    at(adopted, "chairman").post(page(adopted, "2/edit/add/"), {"words": "รักกัน"})
    said = text(at(adopted, "chairman").get(page(adopted, "2/adopt/")))
    assert "จึงใช้ค่าเดิมต่อไป: กรรมการอย่างน้อย" in said
    assert "เทียบค่าที่ระบบจะใช้" not in said


def test_what_is_wrong_with_the_limits_is_said_while_drafting(ours: OccupationGroup) -> None:
    drafted(ours)
    client = at(ours, "chairman")
    client.post(page(ours, "1/edit/add/"), {"words": "ปันผล", "limit_surplus_dividend": "60"})
    for rest in ("1/edit/", "1/adopt/"):
        assert "รวมกันได้ 60% ยังขาด 40%" in text(client.get(page(ours, rest)))


def test_every_limit_can_be_set_beside_an_article() -> None:
    offered = [name for names in SUBJECTS.values() for name in names]
    assert sorted(offered) == sorted(LIMITS)


# ---- adopting ------------------------------------------------------------------------------------


def test_the_chairman_writes_down_that_the_meeting_adopted_them(ours: OccupationGroup) -> None:
    drafted(ours, from_template="occupation_group")
    client = at(ours, "chairman")
    assert "ยังไม่มีมติให้อ้าง" in text(client.get(page(ours, "1/adopt/")))
    meeting = ours.meet(MET, "เลือกสี", "รับข้อบังคับ")
    said = {"ground": f"{meeting}-2", "starts_on": "31/1/2567", "has_checked": "on"}
    early = client.post(page(ours, "1/adopt/"), said)
    assert early.status_code == 422
    assert "มาก่อนวันที่ที่ประชุมรับ" in text(early)
    assert "31/1/2567" in early.content.decode()
    paper = SimpleUploadedFile("signed.pdf", b"%PDF-1.4 signed")
    sent = client.post(page(ours, "1/adopt/"), said | {"starts_on": "1/2/2567", "paper": paper})
    assert sent.headers["Location"] == page(ours, "1/")
    version = WrittenRules.objects.get()
    assert (version.resolution, version.starts_on, bool(version.evidence)) == (2, MET, True)
    shown = client.get(page(ours, "1/"))
    assert "ฉบับที่ลงนาม" in text(shown)
    kept = client.get(page(ours, f"1/evidence/{version.evidence}/"))
    assert kept.content == b"%PDF-1.4 signed"
    assert AuditLine.objects.filter(deed="export_rules_evidence").exists()
    assert at(ours, "member").get(page(ours, f"1/evidence/{version.evidence}/")).status_code == 403
    assert client.get(page(ours, f"1/evidence/{'0' * 64}/")).status_code == 404


def test_a_file_that_is_no_paper_is_refused(ours: OccupationGroup) -> None:
    drafted(ours, from_template="occupation_group")
    meeting = ours.meet(MET, "รับข้อบังคับ")
    file = SimpleUploadedFile("signed.pdf", b"MZ not a paper")
    answer = at(ours, "chairman").post(
        page(ours, "1/adopt/"),
        {"ground": f"{meeting}-1", "starts_on": "1/2/2567", "paper": file},
    )
    assert answer.status_code == 422
    assert WrittenRules.objects.get().adopted_on is None


def test_the_page_of_rules_leads_from_a_limit_to_its_article(adopted: OccupationGroup) -> None:
    answer = at(adopted, "member").get(f"/funds/{adopted.code}/rules/")
    href = f'href="{page(adopted, "1/")}#article-{SHARES}"'
    assert href in answer.content.decode()
    shown = at(adopted, "member").get(page(adopted, "1/")).content.decode()
    assert f'id="article-{SHARES}"' in shown
    assert "ระบบใช้ตามข้อนี้: หุ้นละ 100 บาท" in re.sub(r"</?b>", "", shown)


def test_a_limit_that_is_not_enforced_as_written_is_shown_so(adopted: OccupationGroup) -> None:
    group = adopted.group
    Article.objects.filter(group=group, place=SHARES).update(limits={"share_price": "70"})
    shown = re.sub(r"</?b>", "", at(adopted, "member").get(page(adopted, "1/")).content.decode())
    assert "หุ้นละ 70 บาท (ขณะนี้ใช้ 100 บาท)" in shown
    rules = at(adopted, "member").get(f"/funds/{adopted.code}/rules/").content.decode()
    assert f"#article-{SHARES}" not in rules
    day = adopted.member.day
    price = rules_of(group_id=group.pk, kind=group.kind, area_code=group.area_code, day=day)
    assert price["share_price"].clause == f"ข้อ {SHARES}"


def test_differences_are_marked_word_by_word(adopted: OccupationGroup) -> None:
    drafted(adopted, from_version=1)
    words = articles_of(adopted.group.pk, 2)[SHARES - 1].words
    change_article(
        group=adopted.group,
        number=2,
        place=SHARES,
        words=words.replace("100", "50"),
        limits={"share_price": "50"},
        by=adopted.chairman,
    )
    take_out_article(group=adopted.group, number=2, place=1, by=adopted.chairman)
    answer = at(adopted, "chairman").get(page(adopted, "2/difference/"))
    body = answer.content.decode()
    assert "<del>100</del><ins>50</ins>" in body
    said = text(answer)
    assert "แก้ไข 1 ข้อ · ตัดออก 1 ข้อ" in said
    assert "ข้อ 7 · แก้ไข เดิมข้อ 8" in said
    assert "หุ้นละ จาก 100 บาท เป็น 50 บาท" in said
    assert at(adopted, "chairman").get(page(adopted, "1/difference/")).status_code == 404


# ---- knowing them --------------------------------------------------------------------------------


def test_a_member_reads_the_rules_and_says_so(adopted: OccupationGroup) -> None:
    client = at(adopted, "member")
    assert page(adopted, "1/acknowledge/") in client.get(page(adopted)).content.decode()
    shown = client.get(page(adopted, "1/acknowledge/"))
    assert "หุ้นหนึ่งมีมูลค่า 100 บาท" in text(shown)
    sent = client.post(page(adopted, "1/acknowledge/"))
    assert sent.headers["Location"] == page(adopted, "1/")
    row = RulesKnown.objects.get()
    assert (row.member_number, row.by_means) == (6, KnownBy.ON_SCREEN)
    again = client.post(page(adopted, "1/acknowledge/"))
    assert again.status_code == 422
    assert "บันทึกว่ารับทราบฉบับนี้แล้ว" in text(again)
    assert page(adopted, "1/acknowledge/") not in client.get(page(adopted)).content.decode()
    assert at(adopted, "chairman").get(page(adopted, "1/acknowledge/")).status_code == 403


def test_the_treasurer_ticks_who_signed_and_keeps_the_sheet(adopted: OccupationGroup) -> None:
    client = at(adopted, "treasurer")
    assert "ใครรับทราบ" in text(client.get(page(adopted, "1/known/")))
    nobody = client.post(page(adopted, "1/known/"), {"on": "1/3/2567"})
    assert nobody.status_code == 422
    assert "ยังไม่ได้เลือกสมาชิก" in text(nobody)
    sheet = SimpleUploadedFile("sheet.jpg", b"\xff\xd8\xff signed")
    said = {"on": "1/1/2567", "members": ["1", "3"]}
    early = client.post(page(adopted, "1/known/"), said)
    assert early.status_code == 422
    assert "มาก่อนวันที่ที่ประชุมรับระเบียบ" in text(early)
    assert len(re.findall(r'value="\d"[^>]*checked', early.content.decode())) == 2
    sent = client.post(page(adopted, "1/known/"), said | {"on": "1/3/2567", "paper": sheet})
    assert sent.status_code == 302
    rows = RulesKnown.objects.all()
    assert [(row.member_number, row.known_on) for row in rows.order_by("member_number")] == [
        (1, date(2024, 3, 1)),
        (3, date(2024, 3, 1)),
    ]
    kept = client.get(page(adopted, f"1/evidence/{rows[0].evidence}/"))
    assert kept.headers["Content-Type"] == "image/jpeg"
    twice = client.post(page(adopted, "1/known/"), said | {"on": "1/3/2567"})
    assert twice.status_code == 422


def test_the_chairman_ticks_who_heard_them_at_a_meeting(adopted: OccupationGroup) -> None:
    client = at(adopted, "chairman")
    shown = client.get(page(adopted, "1/known/?means=read_out"))
    assert "อ่านในการประชุม" in text(shown)
    sent = client.post(
        page(adopted, "1/known/?means=read_out"), {"meeting": "1", "members": ["2", "8"]}
    )
    assert sent.status_code == 302
    row = RulesKnown.objects.get(member_number=8)
    assert (row.by_means, row.meeting_number, row.known_on) == (KnownBy.READ_OUT, 1, MET)
    missing = client.post(page(adopted, "1/known/?means=read_out"), {"members": ["1"]})
    assert missing.status_code == 422
    assert "เลือกการประชุมที่อ่านระเบียบ" in text(missing)


def test_who_does_not_know_yet_is_named_only_to_who_may_read_names(
    adopted: OccupationGroup,
) -> None:
    last = MEMBERS[0].split()[-1]
    assert last in text(at(adopted, "treasurer").get(page(adopted, "1/known/")))
    assert AuditLine.objects.filter(deed="read_names", subject="written rules 1 known").exists()
    assert at(adopted, "member").get(page(adopted, "1/known/")).status_code == 403
    for rest in ("", "1/"):
        assert last not in text(at(adopted, "member").get(page(adopted, rest)))


def test_the_paper_is_a_pdf_and_a_member_gets_no_list_of_names(adopted: OccupationGroup) -> None:
    noted = AuditLine.objects.filter(deed="read_names", subject="written rules 1 sheet")
    mine = at(adopted, "member").get(page(adopted, "1/paper/?digits=thai"))
    assert mine.content.startswith(b"%PDF-")
    assert not noted.exists()
    full = at(adopted, "treasurer").get(page(adopted, "1/paper/"))
    assert full.headers["Content-Type"] == "application/pdf"
    assert noted.exists()
    assert len(full.content) > len(mine.content)
    drafted(adopted, from_version=1)
    assert at(adopted, "chairman").get(page(adopted, "2/paper/")).status_code == 200


def test_the_share_who_know_is_shown_and_leads_to_those_who_do_not(
    adopted: OccupationGroup,
) -> None:
    done = acknowledge_by_sheet(
        group=adopted.group, number=1, members=[1, 2, 3], on=MET, by=adopted.treasurer
    )
    assert isinstance(done, RulesKnownNow)
    answer = at(adopted, "treasurer").get(page(adopted))
    assert "สมาชิกรับทราบแล้ว 3 จาก 8" in text(answer)
    assert page(adopted, "1/known/") in answer.content.decode()


def test_the_page_of_who_knows_takes_as_many_statements_for_three_as_for_thirty(
    adopted: OccupationGroup,
) -> None:
    client = at(adopted, "treasurer")

    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(page(adopted, "1/known/")).status_code == 200
        return len(seen)

    few = statements()
    for house in range(30):
        add_household(
            group=adopted.group,
            name=f"นางสมาชิก  คนที่{house}",
            house_number=f"{house}/9",
            size=None,
            income_before=None,
            on=MET,
            by=adopted.field_worker,
        )
    done = acknowledge_by_sheet(
        group=adopted.group, number=1, members=range(1, 20), on=MET, by=adopted.treasurer
    )
    assert isinstance(done, RulesKnownNow)
    assert statements() == few
