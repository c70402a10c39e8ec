"""A clause in words leads to where it can be read, and never to another's article."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django import forms
from django.template import Context, Template
from django.utils.safestring import mark_safe

from kongthun.accounts.models import Role, User
from kongthun.domain.money import Money
from kongthun.domain.rule_set import Limit, in_force
from kongthun.groups.rule_sets import shipped
from kongthun.library.citing import Citation, pieces, read_citation
from kongthun.loans import refusals as no
from kongthun.loans.wording import refusal_in_thai
from kongthun.web.templatetags.kongthun import cited
from library.readers import HERE, NATION, added, signed_in, user_with

RULES = in_force(shipped("kkk"), date(2026, 11, 22))
assert RULES is not None


def linked(text: str) -> list[str]:
    return [words for words, address in pieces(text) if address]


def led_to(text: str) -> list[str]:
    """What each link asks for."""
    return [parse_qs(urlsplit(to).query)["words"][0] for _, to in pieces(text) if to]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("เพิ่มครัวเรือนก่อน (หมวด 4 ข้อ 16 ยังไม่ได้ตรวจกับตัวบท)", ["หมวด 4 ข้อ 16"]),
        ("ราคาหุ้นละ 100 บาท ตามข้อ 5 (ยังไม่ได้ตรวจ)", ["ข้อ 5"]),
        ("มี 1 คน ตามระเบียบ กข.คจ. ข้อ 26(1) เลือกผู้ลงนาม", ["ระเบียบ กข.คจ. ข้อ 26(1)"]),
        ("ระเบียบ กข.คจ. พ.ศ. 2536 (แก้ไข 2539) ข้อ ๗", ["ระเบียบ กข.คจ. พ.ศ. 2536 (แก้ไข 2539) ข้อ ๗"]),
        ("หลักฐานตาม ป.พ.พ. 653 และ ป.พ.พ. มาตรา 193/30", ["ป.พ.พ. 653", "ป.พ.พ. มาตรา 193/30"]),
        # Not citations: articles of the draft at hand, and counting.
        ("ฉบับนี้ไม่มีข้อ 5 ลองเปิดร่างอีกครั้ง", []),
        ("กำหนดไว้ที่ข้อ 3 แล้ว แก้ที่ข้อ 3", []),
        ("อ่านได้ 27 ข้อ 5 คน", []),
        ("", []),
    ],
)  # fmt: skip
def test_only_what_is_cited_becomes_a_link(text: str, expected: list[str]) -> None:
    assert linked(text) == expected
    assert led_to(text) == expected
    assert "".join(words for words, _ in pieces(text)) == text


@pytest.mark.parametrize(
    ("words", "citation"),
    [
        ("หมวด 4 ข้อ 16", Citation("หมวด 4 ข้อ 16", "ข้อ 16")),
        ("ข้อ ๒๖(๑)", Citation("ข้อ ๒๖(๑)", "ข้อ 26(1)")),
        ("ป.พ.พ. 193/30", Citation("ป.พ.พ. 193/30", "มาตรา 193/30", "ccc")),
        (
            "ระเบียบ กข.คจ. พ.ศ. 2553 ข้อ 21",
            Citation("ระเบียบ กข.คจ. พ.ศ. 2553 ข้อ 21", "ข้อ 21", "kkk", "2553"),
        ),
        ("ข้อ 21 ของใคร", None),
        ("ส่งคืน", None),
        ("", None),
    ],
)
def test_a_citation_is_read_back(words: str, citation: Citation | None) -> None:
    assert read_citation(words) == citation


@pytest.mark.parametrize("name", ["must_be_listed", "term_months"])
def test_the_clause_of_a_refusal_of_lending_is_a_link(name: str) -> None:
    limit: Limit = RULES[name]  # type: ignore[index]
    words = refusal_in_thai(no.TooMuch(Money.baht(1), limit))
    assert linked(words) == [limit.clause]


class _Asking(forms.Form):
    amount = forms.CharField(label="จำนวน")


def test_the_clause_in_an_error_beside_a_field_is_a_link_that_keeps_the_page() -> None:
    form = _Asking({"amount": "9"})
    form.add_error("amount", "เกิน <b>กำหนด</b> (ข้อ 21 ยังไม่ได้ตรวจกับตัวบท)")
    drawn = Template("{% field form.amount %}").render(Context({"form": form}))
    assert (
        'target="_blank" rel="noopener">ข้อ 21<span class="unseen"> (เปิดหน้าใหม่)</span></a>' in drawn
    )
    assert "&lt;b&gt;กำหนด&lt;/b&gt;" in drawn
    assert "<b>กำหนด" not in drawn


def test_what_is_html_already_stays_as_it_is() -> None:
    html = mark_safe("<b>(ข้อ 21)</b>")
    assert cited(html) == html


def test_without_anybody_who_knows_clauses_words_stay_words(settings: object) -> None:
    settings.CITES = ""  # type: ignore[attr-defined]
    assert cited("<i>(ข้อ 21)</i>") == "&lt;i&gt;(ข้อ 21)&lt;/i&gt;"


# ---- where the links lead ------------------------------------------------------------------------


@pytest.fixture
def reader(db: None) -> User:  # noqa: ARG001
    return user_with(Role.FIELD_WORKER, f"{HERE}01")


def test_a_clause_with_the_name_of_its_work_leads_to_the_article(reader: User) -> None:
    client = signed_in(reader)
    page = client.get("/library/cited/", {"words": "ระเบียบ กข.คจ. พ.ศ. 2553 ข้อ 21"})
    assert page.status_code == 302
    assert page["Location"] == "/library/kkk/21/?in=2553"
    assert client.get("/library/cited/", {"words": "ป.พ.พ. 193/30"})["Location"] == (
        "/library/ccc/193_30/?in=now"
    )


def test_a_bare_clause_shows_what_may_be_meant_and_says_that_it_may_be_another_s(
    reader: User,
) -> None:
    page = signed_in(reader).get("/library/cited/", {"words": "หมวด 4 ข้อ 16"})
    said = page.content.decode()
    assert page.status_code == 200
    assert "แบบเสนอโครงการ" in said
    assert "หากกลุ่มมีระเบียบข้อบังคับของตนเอง" in said
    assert "สรุปความ ยังไม่ได้ตรวจกับตัวบท" in said


def test_an_article_of_which_only_parts_are_known_shows_the_parts(reader: User) -> None:
    said = signed_in(reader).get("/library/cited/", {"words": "ข้อ 26"}).content.decode()
    assert "ข้อ 26(1)" in said
    assert "ข้อ 26(2)" in said


def test_a_part_of_an_article_shows_the_article_where_the_text_is_kept_whole(reader: User) -> None:
    department = user_with(Role.DEPARTMENT, NATION)
    added(
        department, area_code=NATION, work="kkk", title="", name="ตัวบท", replaces="2553",
        text="ข้อ 26 ให้รายงาน (1) หมู่บ้าน (2) จังหวัด",
    )  # fmt: skip
    client = signed_in(reader)
    bare = client.get("/library/cited/", {"words": "ข้อ 26(1)"}).content.decode()
    assert "ให้รายงาน (1) หมู่บ้าน" in bare
    named = client.get("/library/cited/", {"words": "ระเบียบ กข.คจ. ข้อ 26(1)"})
    assert named["Location"].startswith("/library/kkk/26/")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("ข้อ 99", "ยังไม่มีข้อนี้ในคลังความรู้"),
        ("ระเบียบ กข.คจ. พ.ศ. 2553 ข้อ 5", "ในคลังยังไม่มีข้อ 5"),
        ("ป.พ.พ. 999", "ในคลังยังไม่มีมาตรา 999"),
    ],
)
def test_a_clause_that_is_not_there_says_so(reader: User, words: str, says: str) -> None:
    assert says in signed_in(reader).get("/library/cited/", {"words": words}).content.decode()


def test_article_7_of_a_regulation_is_not_section_7_of_a_law(reader: User) -> None:
    said = signed_in(reader).get("/library/cited/", {"words": "ข้อ 653"}).content.decode()
    assert "ยังไม่มีข้อนี้" in said


def test_words_that_cite_nothing_are_searched(reader: User) -> None:
    page = signed_in(reader).get("/library/cited/", {"words": "ส่งคืน"})
    assert page["Location"].startswith("/library/?q=")


def test_the_year_of_a_citation_chooses_the_edition(reader: User) -> None:
    department = user_with(Role.DEPARTMENT, NATION)
    added(
        department, area_code=NATION, work="kkk", title="", name="พ.ศ. ๒๕๗๐",
        starts_on=date(2026, 1, 1), text="ข้อ 21 ใหม่",
    )  # fmt: skip
    client = signed_in(reader)
    old = client.get("/library/cited/", {"words": "ระเบียบ กข.คจ. พ.ศ. 2553 ข้อ 21"})
    assert old["Location"] == "/library/kkk/21/?in=2553"
    new = client.get("/library/cited/", {"words": "ระเบียบ กข.คจ. พ.ศ. 2570 ข้อ 21"})
    assert "in=added-" in new["Location"]
    assert "ใหม่" in client.get(new["Location"]).content.decode()
