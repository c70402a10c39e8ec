"""The texts that come with the product: summaries that say so, and every clause we cite."""

from __future__ import annotations

from datetime import date

import pytest

from kongthun.domain.alarms import CLAUSE
from kongthun.groups.rule_sets import shipped as shipped_rules
from kongthun.groups.rule_sets import shipped_kinds
from kongthun.library.citing import pieces, read_citation
from kongthun.library.editions import Worth, in_force
from kongthun.library.queries.passages import article_on
from kongthun.library.texts import shipped
from kongthun.library.wording import NO_LABEL, name_of

TODAY = date(2026, 11, 22)
# Clauses that the product cites and the library can not show. Empty: every one can be read.
NOT_THERE: set[str] = set()

CITED_BY_RULES = sorted(
    {
        (rules.starts_on, limit.clause)
        for kind in shipped_kinds()
        if kind.startswith("kkk")
        for rules in shipped_rules(kind)
        for limit in rules.limits.values()
        if limit.clause
    }
)


def test_no_text_that_ships_says_it_was_held_against_the_regulation() -> None:
    editions = [each for work in shipped() for each in work.editions]
    assert len(editions) >= 6
    assert {each.worth for each in editions} == {Worth.SUMMARY}
    assert "ยังไม่ได้ตรวจกับตัวบท" in Worth.SUMMARY.label


def test_every_passage_says_where_it_was_seen() -> None:
    for work in shipped():
        for edition in work.editions:
            for passage in edition.passages:
                assert passage.words
                assert passage.source, (work.slug, passage)


def test_only_labels_that_were_seen_are_given_to_the_regulation_of_2553() -> None:
    work = next(each for each in shipped() if each.slug == "kkk")
    edition = in_force(work.editions, TODAY, ("",))
    assert edition is not None
    labels = [each.label for each in edition.passages if each.label]
    assert labels == ["ข้อ 16", "ข้อ 21", "ข้อ 26(1)", "ข้อ 26(2)", "ข้อ 27"]
    chapters = [(each.label, each.chapter) for each in edition.passages if "หมวด" in each.chapter]
    assert chapters == [("ข้อ 16", "หมวด 4")]
    assert {name_of(each, edition) for each in edition.passages if not each.label} == {NO_LABEL}


def test_every_passage_that_ships_is_called_something() -> None:
    for work in shipped():
        for edition in work.editions:
            assert all(name_of(each, edition) for each in edition.passages), work.slug


def test_editions_of_the_regulation_begin_when_the_rule_sets_begin() -> None:
    work = next(each for each in shipped() if each.slug == "kkk")
    assert [each.starts_on for each in work.editions] == [
        rules.starts_on for rules in shipped_rules("kkk")
    ]
    assert not any(each.is_day_known for each in work.editions)


@pytest.mark.django_db
@pytest.mark.parametrize(("day", "clause"), CITED_BY_RULES)
def test_every_clause_that_the_rule_sets_cite_is_found_or_listed_as_not_there(
    day: date, clause: str
) -> None:
    citation = read_citation(clause)
    assert citation is not None, clause
    found = article_on(citation.work or "kkk", citation.label, day)
    assert (found is None) is (clause in NOT_THERE), clause


def test_the_list_of_clauses_that_are_not_there_is_not_stale() -> None:
    assert {clause for _, clause in CITED_BY_RULES} >= NOT_THERE
    assert "ข้อ 21" in {clause for _, clause in CITED_BY_RULES}


@pytest.mark.django_db
@pytest.mark.parametrize("clause", sorted({*CLAUSE.values()}))
def test_every_clause_of_law_that_an_alarm_cites_is_found(clause: str) -> None:
    linked = [words for words, address in pieces(clause) if address]
    assert len(linked) == 1, clause
    citation = read_citation(linked[0])
    assert citation is not None
    assert article_on(citation.work, citation.label, TODAY) is not None


@pytest.mark.django_db
def test_the_article_of_a_day_is_that_of_its_edition() -> None:
    now = article_on("kkk", "ข้อ ๒๑", TODAY)
    assert now is not None
    assert now.passage.words == "ผู้ยืมส่งคืนให้ครบภายใน 3 ปีนับจากวันทำสัญญา"
    assert now.cited == "ระเบียบ กข.คจ. พ.ศ. 2553 ข้อ 21 (สรุปความ ยังไม่ได้ตรวจกับตัวบท)"
    assert article_on("kkk", "ข้อ 21", date(2005, 1, 1)) is None  # not known of the old regulation
    assert article_on("kkk", "ข้อ 99", TODAY) is None
    assert article_on("nothing", "ข้อ 21", TODAY) is None
