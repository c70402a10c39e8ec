"""The day a page was asked about goes along with its links, and today leaves them clean."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch
from django.utils import timezone

from kongthun.web.as_of import day_asked, on_day

DAY = date(2025, 9, 30)


@pytest.mark.parametrize(
    ("href", "carried"),
    [
        ("/funds/80160101/", "/funds/80160101/?as_of=2025-09-30"),
        ("/yellow/?show=overdue", "/yellow/?show=overdue&as_of=2025-09-30"),
        ("?care=unreported#funds", "?care=unreported&as_of=2025-09-30#funds"),
        ("/area/8016/#list", "/area/8016/?as_of=2025-09-30#list"),
        ("?q=%E0%B8%9A", "?q=%E0%B8%9A&as_of=2025-09-30"),
    ],
)
def test_an_earlier_day_goes_along_after_what_is_asked_and_before_the_place(
    href: str, carried: str
) -> None:
    assert on_day(href, DAY) == carried


@pytest.mark.parametrize("href", ["/area/", "?care=unreported#funds", "/x/?show=overdue"])
def test_an_address_on_today_stays_as_it_is(href: str) -> None:
    today = timezone.localdate()
    assert on_day(href, today) == href
    assert on_day(href, today - timedelta(days=1)) != href


def test_a_day_is_asked_for_only_when_it_is_not_today() -> None:
    assert day_asked(DAY) == {"as_of": "2025-09-30"}
    assert day_asked(timezone.localdate()) == {}


def test_a_template_leads_on_to_the_day_of_its_page() -> None:
    link = Template('<a href="{% url_on_day name %}">')
    assert link.render(Context({"name": "web:style", "as_of": DAY})) == (
        '<a href="/style/?as_of=2025-09-30">'
    )
    assert link.render(Context({"name": "web:style", "as_of": timezone.localdate()})) == (
        '<a href="/style/">'
    )
    kept = Template("{% url_on_day 'web:style' as there %}{{ there }}")
    assert kept.render(Context({"as_of": DAY})) == "/style/?as_of=2025-09-30"


def test_a_link_without_a_day_or_to_nowhere_is_a_mistake_of_the_page() -> None:
    with pytest.raises(KeyError):
        Template("{% url_on_day 'web:style' %}").render(Context())
    with pytest.raises(NoReverseMatch):
        Template("{% url_on_day 'web:nowhere' %}").render(Context({"as_of": DAY}))
