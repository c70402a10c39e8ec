"""Sums and days as people type them, read, refused and read back."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.template import Context, Template
from django.test import Client

from kongthun.domain.money import Money
from kongthun.web.answers import DayAnswer, MoneyAnswer, read_back


class Asked(forms.Form):
    amount = MoneyAnswer(label="จำนวนเงิน")
    more = MoneyAnswer(label="อีก", required=False, least=0)
    on = DayAnswer(label="วันที่")
    until = DayAnswer(label="ถึง", required=False)


def asked(**said: str) -> Asked:
    return Asked({"amount": "5,000", "on": "30/9/2568"} | said)


def test_what_is_typed_becomes_money_and_a_day() -> None:
    form = asked(amount="๕,๐๐๐.๕๐", on="๓๐ ก.ย. ๖๘")
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "amount": Money.baht(5_000, 50),
        "more": None,
        "on": date(2025, 9, 30),
        "until": None,
    }


def test_nothing_typed_where_it_may_be_is_nothing_and_a_dash_too() -> None:
    form = asked(more="-")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["more"] is None


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("amount", "ห้าพัน", "ยังอ่านเป็นจำนวนเงินไม่ได้"),
        ("amount", "0", "มากกว่าศูนย์"),
        ("amount", "-5", "มากกว่าศูนย์"),
        ("amount", "5.001", "หนึ่งสตางค์"),
        ("on", "31/2/2568", "ไม่มีวันนี้ในปฏิทิน"),
        ("on", "พรุ่งนี้", "ยังอ่านเป็นวันที่ไม่ได้"),
    ],
)
def test_what_can_not_be_read_is_answered_with_what_to_type(
    field: str, typed: str, words: str
) -> None:
    form = asked(**{field: typed})
    assert not form.is_valid()
    assert words in str(form.errors[field])
    assert form[field].value() == typed  # nothing typed is lost


def test_a_sum_of_nothing_may_be_asked_for() -> None:
    form = asked(more="0")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["more"] == Money(0)


def test_what_is_there_beforehand_is_shown_as_people_type_it() -> None:
    form = Asked(initial={"amount": Money.baht(280_000), "on": date(2025, 9, 30)})
    assert 'value="280,000"' in str(form["amount"])
    assert 'value="30/9/2568"' in str(form["on"])


@pytest.mark.parametrize(
    ("reads_as", "typed", "words"),
    [
        ("money", "5,000", "ห้าพันบาทถ้วน"),
        ("money", "", ""),
        ("money", "ห้าพัน", "ยังอ่านเป็นจำนวนเงินไม่ได้ พิมพ์เป็นตัวเลข เช่น 5,000"),
        ("day", "30/9/2568", "วันอังคารที่ 30 กันยายน 2568"),
        ("day", "x", "ยังอ่านเป็นวันที่ไม่ได้ พิมพ์เช่น 30/9/2568 หรือ ๓๐ ก.ย. ๖๘"),
        ("weather", "sunny", ""),
    ],
)
def test_what_was_typed_is_read_back_in_words(reads_as: str, typed: str, words: str) -> None:
    assert read_back(reads_as, typed) == words


def test_a_field_reads_itself_back_while_somebody_types(client: Client) -> None:
    drawn = Template("{% field form.amount unit='บาท' %}").render(Context({"form": asked()}))
    assert "ห้าพันบาทถ้วน" in drawn
    address = "/read-back/?of=amount&amp;as=money"
    assert f'hx-get="{address}"' in drawn
    said = client.get("/read-back/", {"of": "amount", "as": "money", "amount": "21"})
    assert said.content.decode() == "ยี่สิบเอ็ดบาทถ้วน"
