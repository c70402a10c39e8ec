"""Rules to begin with: every kind of group has some, and they say what the software enforces."""

from __future__ import annotations

import pytest

from kongthun.domain.rule_set import LIMITS, SURPLUS, WHOLE, read_value
from kongthun.groups.actions import (
    LONGEST_ARTICLE,
    LONGEST_CHAPTER,
    LONGEST_TITLE,
)
from kongthun.groups.rule_sets import shipped, shipped_kinds
from kongthun.groups.written_rules import template, template_kinds

KINDS = shipped_kinds()


def test_every_kind_of_group_has_rules_to_begin_with() -> None:
    assert template_kinds() == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_they_read_as_rules_do(kind: str) -> None:
    found = template(kind)
    assert len(found.articles) >= (20 if kind in {"occupation_group", "saving_group"} else 12)
    assert [each.place for each in found.articles] == [*range(1, len(found.articles) + 1)]
    for each in found.articles:
        assert each.chapter.startswith("หมวด ")
        assert len(each.chapter) <= LONGEST_CHAPTER
        assert len(each.words) <= LONGEST_ARTICLE
        assert "  " not in each.words
        assert not set(each.words) & set("!<>")


@pytest.mark.parametrize("kind", KINDS)
def test_they_name_the_group(kind: str) -> None:
    name = "กลุ่มแม่บ้านแปรรูปข้าว บ้านในไร่"
    found = template(kind)
    assert name in found.title_for(name)
    assert len(found.title_for(name)) <= LONGEST_TITLE
    assert name in found.articles_for(name)[0].words
    assert "{" not in "".join(each.words for each in found.articles_for(name))


@pytest.mark.parametrize("kind", KINDS)
def test_what_they_set_is_what_the_shipped_rule_set_says(kind: str) -> None:
    rules = shipped(kind)[-1]
    said = {name: raw for each in template(kind).articles for name, raw in each.limits.items()}
    assert len(said) >= 10
    assert {name: read_value(name, raw) for name, raw in said.items()} == {
        name: rules[name].value for name in said
    }


@pytest.mark.parametrize("kind", KINDS)
def test_the_words_hold_the_number_that_is_enforced(kind: str) -> None:
    for each in template(kind).articles:
        for name, raw in each.limits.items():
            if LIMITS[name][0] in {"choice", "yes_no"} or raw == "0" or name in {
                "year_end_month",  # said by its name
                "contract_copies",  # said in words
            }:  # fmt: skip
                continue
            assert f"{int(raw):,} " in f"{each.words} ".replace("\n", " "), (name, each.words)


@pytest.mark.parametrize("kind", KINDS)
def test_a_split_of_the_surplus_is_whole_within_one_article(kind: str) -> None:
    splits = [
        [int(raw) * 100 for name, raw in each.limits.items() if name in SURPLUS]
        for each in template(kind).articles
    ]
    whole = [sum(parts) for parts in splits if parts]
    assert whole == ([] if kind == "kkk" else [WHOLE])


def test_those_of_a_regulation_say_that_they_are_an_example_to_be_checked() -> None:
    assert "ตัวอย่าง ต้องตรวจกับระเบียบ" in template("kkk").title
