"""An office adds an edition, hands in its paper, takes it down; nothing of it is changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from kongthun.accounts.models import Role, User
from kongthun.accounts.reach import Deed, NotEntitled
from kongthun.audit.actions import evidence_path
from kongthun.audit.models import AuditLine
from kongthun.library import refusals as why
from kongthun.library.actions.editions import (
    LONGEST_ARTICLE,
    LONGEST_TEXT,
    EditionTakenDown,
    PaperKept,
    keep_edition_paper,
    rehearse_edition,
    take_edition_down,
)
from kongthun.library.editions import Kind, Worth
from kongthun.library.models import AddedEdition, AddedPassage
from kongthun.library.queries.passages import article_on
from kongthun.library.queries.works import work_of
from kongthun.library.refusals import LibraryRefusal, NotDone
from kongthun.library.wording import NAME, NOTE, SOURCE, TITLE, refusal_in_thai
from library.readers import (
    HERE,
    NATION,
    NEXT_DOOR,
    TODAY,
    added,
    of_a_group_with,
    reach,
    refused,
    said,
    user_with,
)

WHOLE_TEXT = "\n".join(f"ข้อ {n} ตัวบทของข้อ {n}" for n in range(1, 28))


@pytest.fixture
def district(db: None) -> User:  # noqa: ARG001
    return user_with(Role.DISTRICT, HERE)


@pytest.fixture
def department(db: None) -> User:  # noqa: ARG001
    return user_with(Role.DEPARTMENT, NATION)


def test_an_edition_is_kept_article_by_article_with_one_line_of_audit(district: User) -> None:
    done = added(district)
    row = AddedEdition.objects.get()
    assert (row.pk, row.work, row.area_code) == (done.pk, done.work, HERE)
    assert done.passages == 4
    assert [*AddedPassage.objects.values_list("label", flat=True).order_by("place")] == [
        "",
        "ข้อ 1",
        "ข้อ 2",
        "ข้อ 3",
    ]
    line = AuditLine.objects.get(deed="add_edition")
    assert (line.user_id, line.area_code, line.subject) == (
        district.pk,
        HERE,
        f"edition {row.pk}",
    )


def test_the_whole_text_in_place_of_our_summary_is_what_is_cited(department: User) -> None:
    """The worked example of docs/rules/library.md."""
    done = added(
        department,
        area_code=NATION,
        work="kkk",
        title="",
        name="พ.ศ. 2553",
        starts_on=date(2009, 12, 1),
        worth=Worth.CHECKED,
        replaces="2553",
        text=WHOLE_TEXT,
    )
    found = article_on("kkk", "ข้อ 21", TODAY)
    assert found is not None
    assert found.edition.pk == done.pk
    assert found.cited == "ระเบียบ กข.คจ. พ.ศ. 2553 ข้อ 21"
    part = article_on("kkk", "ข้อ 26(1)", TODAY)  # the text has no passage for the part
    assert part is not None
    assert part.passage.label == "ข้อ 26"

    taken = take_edition_down(pk=done.pk, note="พิมพ์ผิดหลายข้อ", by=reach(department))
    assert isinstance(taken, EditionTakenDown)
    back = article_on("kkk", "ข้อ 21", TODAY)
    assert back is not None
    assert back.edition.code == "2553"
    assert back.edition.worth is Worth.SUMMARY


def test_a_district_s_edition_counts_in_the_district_only(district: User) -> None:
    added(district, work="kkk", title="", name="พ.ศ. 2553", replaces="2553", text=WHOLE_TEXT)
    at_home, next_door = (
        article_on("kkk", "ข้อ 21", TODAY, at=at) for at in (f"{HERE}0101", NEXT_DOOR)
    )
    assert at_home is not None
    assert at_home.passage.words == "ตัวบทของข้อ 21"
    assert next_door is not None
    assert next_door.edition.code == "2553"


def test_what_counts_in_one_district_is_not_replaced_for_the_nation(
    district: User, department: User
) -> None:
    """Elsewhere it never counted, so nothing would be put in its place."""
    of_here = added(district)
    found = refused(
        department,
        area_code=NATION,
        work=of_here.work,
        name="พ.ศ. 2561",
        replaces=f"added-{of_here.pk}",
    )
    assert why.ReplacedUnknown(f"added-{of_here.pk}") in found


def test_a_title_that_the_library_knows_is_that_work(district: User) -> None:
    first = added(district)
    second = added(district, name="พ.ศ. 2565", starts_on=date(2022, 1, 1))
    assert first.work == second.work
    summary = added(district, title="ระเบียบ กข.คจ.", name="ฉบับพิมพ์")
    assert summary.work == "kkk"
    row = AddedEdition.objects.get(pk=summary.pk)
    assert row.title.startswith("ระเบียบกระทรวงมหาดไทย")


def test_two_districts_that_add_one_title_add_to_one_work(district: User) -> None:
    neighbour = user_with(Role.DISTRICT, NEXT_DOOR)
    first = added(district)
    second = added(neighbour, area_code=NEXT_DOOR)
    assert first.work == second.work
    work = work_of(first.work, (NEXT_DOOR,))
    assert work is not None
    assert [each.pk for each in work.editions] == [second.pk]


def test_everything_wrong_is_said_at_once(district: User) -> None:
    found = refused(district, title=" ", name="", source="", text=" ", replaces="2553")
    assert set(found) == {
        why.WordsMissing(TITLE),
        why.WordsMissing(NAME),
        why.WordsMissing(SOURCE),
        why.ReplacedUnknown("2553"),
        why.NothingRead(),
    }
    assert not AddedEdition.objects.exists()
    assert not AuditLine.objects.filter(deed="add_edition").exists()


@pytest.mark.parametrize(
    ("other", "refusal"),
    [
        ({"work": "nothing"}, why.WorkUnknown("nothing")),
        ({"work": "kkk", "replaces": "seen"}, why.ReplacedUnknown("seen")),  # of another work
        ({"text": "ข้อ 1\nข้อ 2 ข"}, why.ArticleEmpty("ข้อ 1")),
        ({"text": "ข้อ 1 ก\nข้อ 1/2 ข\nข้อ 1/3 ค\nข้อ 1/2 ง"}, why.LabelTwice("ข้อ 1/2")),
        ({"name": "ก" * 121}, why.WordsTooLong(NAME, 120)),
        ({"text": "ก" * (LONGEST_TEXT + 1)}, why.WordsTooLong("ข้อความ", LONGEST_TEXT)),
        (
            {"text": "ข้อ 1 " + "ก" * (LONGEST_ARTICLE + 1)},
            why.WordsTooLong("ข้อความ", LONGEST_ARTICLE, "ข้อ 1"),
        ),
        (
            {"text": "\n".join(f"ข้อ {n} ก" for n in range(1, 502))},
            why.TooManyArticles(501, 500),
        ),
    ],
)
def test_what_can_not_be_cited_is_not_kept(
    district: User, other: dict[str, Any], refusal: LibraryRefusal
) -> None:
    assert refused(district, **other) == (refusal,)


def test_the_same_edition_is_not_added_twice_unless_it_was_taken_down(district: User) -> None:
    first = added(district)
    assert refused(district, text="ข้อ 1 อื่น") == (why.EditionThere("พ.ศ. 2560"),)
    take_edition_down(pk=first.pk, note="พิมพ์ผิด", by=reach(district))
    assert added(district, text="ข้อ 1 อื่น").pk != first.pk


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in {Role.DEPARTMENT, Role.DISTRICT}]
)
def test_who_does_not_keep_the_library_adds_nothing(db: None, role: Role) -> None:  # noqa: ARG001
    of_a_group = role in {Role.CHAIRMAN, Role.TREASURER, Role.MEMBER}
    somebody = of_a_group_with(role) if of_a_group else user_with(role, HERE)
    assert NotEntitled(Deed.KEEP_LIBRARY, TODAY) in refused(somebody)
    assert not AddedEdition.objects.exists()


def test_a_district_adds_neither_next_door_nor_for_the_nation(district: User) -> None:
    for area in (NEXT_DOOR, "80", NATION):
        assert NotEntitled(Deed.KEEP_LIBRARY, TODAY) in refused(district, area_code=area)


def test_a_district_takes_down_only_its_own(district: User, department: User) -> None:
    of_the_nation = added(department, area_code=NATION)
    done = take_edition_down(pk=of_the_nation.pk, note="ไม่ใช้", by=reach(district))
    assert done == NotDone((NotEntitled(Deed.KEEP_LIBRARY, TODAY),))


def test_taking_down_says_why_and_happens_once(district: User) -> None:
    edition = added(district)
    by = reach(district)
    assert take_edition_down(pk=edition.pk, note=" ", by=by) == NotDone((why.WordsMissing(NOTE),))
    assert isinstance(take_edition_down(pk=edition.pk, note="พิมพ์ผิด", by=by), EditionTakenDown)
    row = AddedEdition.objects.get()
    assert (row.withdrawn_note, row.withdrawn_by_id) == ("พิมพ์ผิด", district.pk)
    assert take_edition_down(pk=edition.pk, note="อีกครั้ง", by=by) == NotDone(
        (why.TakenDown("พ.ศ. 2560"),)
    )
    assert take_edition_down(pk=0, note="ก", by=by) == NotDone((why.EditionUnknown(0),))
    assert AddedPassage.objects.count() == 4  # still readable


def test_the_paper_is_kept_once_by_its_content(district: User, tmp_path: Path) -> None:
    edition = added(district)
    file = tmp_path / "text.pdf"
    file.write_bytes(b"%PDF-1.7 whole")
    done = keep_edition_paper(pk=edition.pk, paper=file, by=reach(district))
    assert isinstance(done, PaperKept)
    assert evidence_path(done.sha256).read_bytes() == b"%PDF-1.7 whole"
    assert AddedEdition.objects.get().evidence == done.sha256
    file.write_bytes(b"%PDF-1.7 other")
    again = keep_edition_paper(pk=edition.pk, paper=file, by=reach(district))
    assert again == NotDone((why.PaperThere("พ.ศ. 2560"),))
    assert AddedEdition.objects.get().evidence == done.sha256


def test_a_rehearsal_reads_everything_and_writes_nothing(district: User) -> None:
    read = rehearse_edition(by=reach(district), **said())  # type: ignore[arg-type]
    assert not isinstance(read, NotDone)
    assert [each.label for each in read] == ["", "ข้อ 1", "ข้อ 2", "ข้อ 3"]
    assert not AddedEdition.objects.exists()
    assert not AuditLine.objects.filter(deed="add_edition").exists()
    refusal = rehearse_edition(by=reach(district), **said(name=""))  # type: ignore[arg-type]
    assert refusal == NotDone((why.WordsMissing(NAME),))


REFUSALS: list[LibraryRefusal] = [
    NotEntitled(Deed.KEEP_LIBRARY, TODAY),
    why.WordsMissing(NAME),
    why.WordsTooLong(NAME, 120),
    why.WordsTooLong(NAME, 120, "ข้อ 1"),
    why.WorkUnknown("w"),
    why.ReplacedUnknown("w"),
    why.NothingRead(),
    why.ArticleEmpty("ข้อ 1"),
    why.LabelTwice("ข้อ 1"),
    why.TooManyArticles(501, 500),
    why.EditionThere("พ.ศ. 2553"),
    why.EditionUnknown(7),
    why.TakenDown("พ.ศ. 2553"),
    why.PaperThere("พ.ศ. 2553"),
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda each: type(each).__name__)
def test_every_refusal_of_the_library_has_words(refusal: LibraryRefusal) -> None:
    words = refusal_in_thai(refusal)
    assert words == words.strip()
    assert "None" not in words


def test_no_refusal_of_the_library_is_forgotten_here() -> None:
    assert {type(each) for each in REFUSALS} == set(get_args(LibraryRefusal))
    written = {
        kind
        for kind in vars(why).values()
        if isinstance(kind, type) and kind.__module__ == why.__name__ and kind is not NotDone
    }
    assert written | {NotEntitled} == set(get_args(LibraryRefusal))


def test_every_kind_and_worth_has_words() -> None:
    assert all(each.label for each in (*Kind, *Worth))
