"""The parts: tags, and guards about the files they are drawn from."""

from __future__ import annotations

import importlib.util
import re
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import get_template
from django.test import RequestFactory

from kongthun.domain.money import Money

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "kongthun"
WEB = SOURCE / "web"
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))

# What a strict content policy forbids, and what would fail silently in a reader's browser.
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a script without a file": re.compile(r"<script(?![^>]*\ssrc=)", re.I),
    "a handler in an attribute": re.compile(r"<[^>]*\s(?:on[a-z]+|hx-on[:a-z-]*)\s*=", re.I),
    "an address that is a script": re.compile(r"javascript:", re.I),
}


class ReceiptForm(forms.Form):
    amount = forms.CharField(label="จำนวนเงิน", help_text="มีหรือไม่มีจุลภาคก็ได้")
    remark = forms.CharField(label="หมายเหตุ", required=False, widget=forms.Textarea)
    how = forms.ChoiceField(label="รับอย่างไร", choices=[("c", "สด")], widget=forms.RadioSelect)
    seen = forms.BooleanField(label="ตรวจแล้ว", error_messages={"required": "ตรวจยอดก่อน"})
    papers = forms.FileField(label="ภาพ", required=False)


def _said(template: str, **values: object) -> str:
    return Template(template).render(Context(values))


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda f: f.relative_to(SOURCE).as_posix())
def test_no_page_holds_style_or_script_of_its_own(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize(
    "sin",
    [
        '<p style="color:red">',
        "<style>",
        "<script>alert(1)</script>",
        '<a onclick="x()">',
        '<a hx-on:click="x()">',
        '<a href="javascript:x()">',
    ],
)
def test_the_guard_knows_what_it_looks_for(sin: str) -> None:
    assert any(pattern.search(sin) for pattern in FORBIDDEN.values())


@pytest.mark.parametrize(
    "file", sorted((WEB / "templates").glob("**/*.html")), ids=lambda f: f.name
)
def test_every_template_of_the_web_app_can_be_read(file: Path) -> None:
    get_template(file.relative_to(WEB / "templates").as_posix())


def test_every_class_a_template_names_has_a_rule() -> None:
    styles = "".join(f.read_text(encoding="utf-8") for f in (WEB / "static/web").glob("*.css"))
    ruled = set(re.findall(r"\.([a-z][\w-]*)", styles))
    named: set[str] = set()
    for file in (WEB / "templates").glob("**/*.html"):
        text = re.sub(r"\{%.*?%\}", " ", file.read_text(encoding="utf-8"))
        text = re.sub(r"[\w-]*\{\{.*?\}\}", "", text)
        for value in re.findall(r'\bclass="([^"]*)"', text):
            named |= set(value.split())
    assert named - ruled == UNSTYLED


# Names that only say what a thing is; the rule of the part around them is enough.
UNSTYLED = {
    "aging__label",
    "drop__words",
    "field--tick",
    "field__unit",
    "position__over",
    "progress",
    "progress__count",
    "spines",
}


def test_the_fonts_that_are_named_are_the_fonts_that_are_installed() -> None:
    spec = importlib.util.spec_from_file_location("fonts", ROOT / "scripts/install_fonts.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    installed = {file.name for _, file in script.font_files() if file.suffix == ".woff2"}
    styles = (WEB / "static/web/fonts.css").read_text(encoding="utf-8")
    assert set(re.findall(r'url\("fonts/([^"]+)"\)', styles)) == installed
    assert styles.count("font-display: swap") == styles.count("@font-face") == 8


def test_a_figure_leads_to_its_parts_and_says_its_unit() -> None:
    html = _said('{% figure "ในธนาคาร" m "/bank/" %}', m=Money.baht(113_493, 42))
    assert '<a class="figure__value" href="/bank/">113,493.42</a>' in html
    assert "บาท" in html
    assert ">39,646</span>" in _said('{% figure "กองทุน" 39646 unit="กองทุน" %}')


@pytest.mark.urls("kongthun.web.urls")
def test_a_figure_without_a_page_of_definitions_asks_nothing() -> None:
    assert "figure__ask" not in _said('{% figure "ในธนาคาร" m "" "bank" %}', m=Money(0))


@pytest.mark.parametrize("kind", ["ok", "watch", "visit", "unexplained"])
def test_a_state_is_a_shape_and_a_word(kind: str) -> None:
    html = _said("{% state kind %}", kind=kind)
    assert "<svg" in html
    assert re.sub(r"<[^>]+>", "", html).strip()


def test_a_notice_escapes_what_people_typed() -> None:
    html = _said('{% notice "careful" title %}{{ name }}{% endnotice %}', title="<b>", name="<i>")
    assert "&lt;b&gt;" in html
    assert "&lt;i&gt;" in html


def test_crumbs_lead_up_and_end_here() -> None:
    html = _said('{% crumbs "ปากพนัง" "/8012/" "บ้านท่าเรือ" %}')
    assert '<a href="/8012/">ปากพนัง</a>' in html
    assert '<span aria-current="page">บ้านท่าเรือ</span>' in html


def test_the_next_thing_is_a_link_or_sends_a_form() -> None:
    by = date(2026, 9, 30)
    link = _said('{% next_thing "ตรวจยอด" "เริ่ม" href="/check/" who="เหรัญญิก" by=by %}', by=by)
    assert '<a class="button" href="/check/">เริ่ม</a>' in link
    assert "ภายใน 30 ก.ย. 2569" in link
    form = _said('{% next_thing "บันทึก" "บันทึก" form="receipt" %}')
    assert '<button class="button" form="receipt">' in form


def test_sorting_turns_around_and_goes_back_to_the_first_page() -> None:
    head = '{% sort_header "เกินกำหนด" "overdue" "num" %}'
    asked = RequestFactory().get("/?sort=overdue&page=3&q=ท่าเรือ")
    html = _said(head, request=asked)
    assert 'aria-sort="ascending"' in html
    assert "sort=-overdue" in html
    assert "page=" not in html
    assert "q=%E0" in html


def test_pages_keep_the_rest_of_the_address() -> None:
    asked = RequestFactory().get("/?sort=name&page=2")
    html = _said("{% pagination p %}", request=asked, p=Paginator(range(60), 25).page(2))
    assert 'href="?sort=name&amp;page=1"' in html
    assert 'href="?sort=name&amp;page=3"' in html
    assert "รายการที่ 26–50 จาก 60" in html
    assert _said("{% pagination p %}", request=asked, p=Paginator([1], 25).page(1)).strip() == ""


def test_a_mistake_is_shown_beside_the_answer_and_the_answer_stays() -> None:
    form = ReceiptForm({"amount": "5,000"})
    form.add_error("amount", "มากกว่าที่ค้างอยู่ 4,200 บาท")
    html = _said('{% field form.amount unit="บาท" read_back="ห้าพันบาทถ้วน" %}', form=form)
    assert 'value="5,000"' in html
    assert 'aria-describedby="id_amount_helptext id_amount_error"' in html
    assert '<ul class="field__errors" id="id_amount_error"><li>มากกว่าที่ค้างอยู่' in html
    assert 'autocomplete="off"' in html
    assert ">ห้าพันบาทถ้วน</output>" in html


def test_an_empty_answer_is_asked_for_in_our_words_unless_the_form_has_its_own() -> None:
    form = ReceiptForm({})
    assert "ช่องนี้ยังว่างอยู่" in _said("{% field form.amount %}", form=form)
    own = _said("{% field form.seen %}", form=form)
    assert "ตรวจยอดก่อน" in own
    assert "ช่องนี้ยังว่างอยู่" not in own


def test_choices_are_one_group_with_a_name() -> None:
    html = _said("{% field form.how %}", form=ReceiptForm())
    assert html.count("<fieldset") == html.count("</fieldset>") == 1
    assert '<legend class="field__label">รับอย่างไร' in html


def test_an_answer_can_be_read_back_while_it_is_typed() -> None:
    html = _said('{% field form.amount read_back_url="/words/" %}', form=ReceiptForm())
    assert 'hx-get="/words/"' in html
    assert 'hx-target="#id_amount_read_back"' in html
    assert 'id="id_amount_read_back"' in html


def test_many_papers_can_be_dropped_at_once() -> None:
    assert " multiple" in _said('{% file_drop form.papers "ภาพ" %}', form=ReceiptForm())


def test_progress_counts() -> None:
    html = _said('{% progress "อ่านสมุด" 31 68 %}')
    assert "31 จาก 68" in html
    assert 'value="31" max="68"' in html
