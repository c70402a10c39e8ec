"""Questionnaires: read by an officer, answered by the books and by people, judged the same always.

docs/rules/assessment.md works the example of the fund below.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kongthun.domain.assessment import (
    Answered,
    Assessment,
    Became,
    Better,
    BoundMisplaced,
    BoundsNotInOrder,
    Choice,
    CodeTwice,
    FieldMissing,
    FieldUnknown,
    FieldUnreadable,
    Item,
    Kind,
    Level,
    LevelsNotFromNothing,
    LevelsNotRising,
    Measure,
    Measured,
    MeasureTwoWays,
    Missing,
    NumberOutOfRange,
    PointsNotFalling,
    QualityBounds,
    QualityMark,
    Questionnaire,
    Section,
    Step,
    TooFew,
    Unit,
    WordUnknown,
    as_data,
    assess,
    compare,
    one_step,
    read_questionnaire,
)

MEASURES = (
    "unexplained_share",
    "overdue_share",
    "overdue_share_without_deferral",
    "days_since_movement",
    "committee_in_term",
    "meeting_within_days",
    "books_up_to_date_days",
    "bank_reconciled_days",
    "balances_confirmed_share",
    "rows_set_aside",
)

# Shares are hundredths of a per cent: 200 is 2 %.
FUND_HEALTH = """
code = "fund-health"
year = 2569
title = "แบบประเมินสุขภาพเงินทุน (กข.คจ.)"
note = "ตัวอย่าง – ไม่ใช่เกณฑ์ทางการ"

levels = [
    { code = "1", name = "ควรปรับปรุง", at_least = 0 },
    { code = "2", name = "พอใช้", at_least = 6000 },
    { code = "3", name = "ดี", at_least = 8000 },
]

[[sections]]
code = "money"
title = "เงินทุน"

[[sections.items]]
code = "unexplained"
question = "เงินทุนที่ยังอธิบายไม่ได้เป็นส่วนเท่าใดของเงินทุน"
weight = 4
kind = "auto"
measure = "unexplained_share"
unit = "share"
better = "lower"
choices = [
    { code = "none", bound = 0, points = 3, words = "ไม่มี" },
    { code = "some", bound = 200, points = 1, words = "ไม่เกิน 2 %" },
    { code = "much", points = 0, words = "เกิน 2 %" },
]

[[sections.items]]
code = "overdue"
question = "เกินกำหนด ไม่นับที่ผ่อนผัน เป็นส่วนเท่าใดของเงินทุน"
weight = 3
kind = "auto"
measure = "overdue_share_without_deferral"
unit = "share"
better = "lower"
choices = [
    { code = "little", bound = 1000, points = 3, words = "ไม่เกิน 10 %" },
    { code = "some", bound = 3000, points = 2, words = "ไม่เกิน 30 %" },
    { code = "much", points = 0, words = "เกิน 30 %" },
]

[[sections.items]]
code = "moves"
question = "เงินทุนเคลื่อนไหวครั้งหลังสุดเมื่อกี่วันก่อน"
weight = 1
kind = "auto"
measure = "days_since_movement"
unit = "days"
better = "lower"
choices = [
    { code = "year", bound = 365, points = 1, words = "ภายในหนึ่งปี" },
    { code = "still", points = 0, words = "นานกว่าหนึ่งปี" },
]

[[sections]]
code = "people"
title = "คณะกรรมการและสมุดบัญชี"

[[sections.items]]
code = "in-term"
question = "คณะกรรมการอยู่ในวาระและครบหรือไม่"
weight = 2
kind = "auto"
measure = "committee_in_term"
unit = "yes_no"
better = "higher"
choices = [
    { code = "yes", bound = 1, points = 1, words = "ครบและอยู่ในวาระ" },
    { code = "no", points = 0, words = "ไม่ครบหรือหมดวาระ" },
]

[[sections.items]]
code = "confirmed"
question = "ครัวเรือนยืนยันยอดแล้วเป็นส่วนเท่าใด"
weight = 2
kind = "auto"
measure = "balances_confirmed_share"
unit = "share"
better = "higher"
choices = [
    { code = "most", bound = 9000, points = 2, words = "ตั้งแต่ 90 %" },
    { code = "half", bound = 5000, points = 1, words = "ตั้งแต่ 50 %" },
    { code = "few", points = 0, words = "ไม่ถึง 50 %" },
]

[[sections.items]]
code = "duty"
question = "กรรมการอธิบายหน้าที่ของตนได้หรือไม่"
weight = 2
kind = "manual"
evidence = true
choices = [
    { code = "all", points = 2, words = "ได้ทุกคน" },
    { code = "some", points = 1, words = "ได้บางคน" },
    { code = "none", points = 0, words = "ไม่ได้" },
]
"""

FIVE = """
code = "five"
year = 2569
title = "ความเข้มแข็งของกลุ่มตามห้า ก"
note = "ตัวอย่าง – ไม่ใช่เกณฑ์ทางการ"
levels = [
    { code = "C", name = "เริ่มต้น", at_least = 0 },
    { code = "B", name = "กำลังพัฒนา", at_least = 5000 },
    { code = "A", name = "เข้มแข็ง", at_least = 7500 },
]

[[sections]]
code = "k1"
title = "กลุ่ม/สมาชิก"
[[sections.items]]
code = "own-will"
question = "สมาชิกเข้ามาด้วยความสมัครใจหรือไม่"
weight = 1
kind = "manual"
choices = [
    { code = "all", points = 2, words = "ทุกคน" },
    { code = "most", points = 1, words = "ส่วนใหญ่" },
    { code = "few", points = 0, words = "ส่วนน้อย" },
]

[[sections]]
code = "k2"
title = "กรรมการ"
[[sections.items]]
code = "in-term"
question = "คณะกรรมการอยู่ในวาระหรือไม่"
weight = 1
kind = "auto"
measure = "committee_in_term"
unit = "yes_no"
better = "higher"
choices = [{ code = "yes", bound = 1, points = 1 }, { code = "no", points = 0 }]

[[sections]]
code = "k3"
title = "กฎ กติกา ระเบียบข้อบังคับ"
[[sections.items]]
code = "known"
question = "สมาชิกรู้ระเบียบของกลุ่มหรือไม่"
weight = 1
kind = "manual"
evidence = true
choices = [
    { code = "yes", points = 1, words = "รู้ และมีลายมือชื่อรับทราบ" },
    { code = "no", points = 0, words = "ยังไม่รู้ทุกคน" },
]

[[sections]]
code = "k4"
title = "กองทุน"
[[sections.items]]
code = "unexplained"
question = "เงินทุนที่ยังอธิบายไม่ได้"
weight = 1
kind = "auto"
measure = "unexplained_share"
unit = "share"
better = "lower"
choices = [{ code = "none", bound = 0, points = 1 }, { code = "some", points = 0 }]

[[sections]]
code = "k5"
title = "กิจกรรม"
[[sections.items]]
code = "met"
question = "ประชุมครั้งหลังสุดเมื่อกี่วันก่อน"
weight = 1
kind = "auto"
measure = "meeting_within_days"
unit = "days"
better = "lower"
choices = [
    { code = "quarter", bound = 90, points = 2 },
    { code = "year", bound = 365, points = 1 },
    { code = "long", points = 0 },
]
"""

DAY = date(2026, 1, 31)
FACTS = {
    "unexplained_share": Measured(150, date(2026, 1, 31), "4,200 จาก 280,000"),
    "overdue_share_without_deferral": Measured(2500, date(2026, 1, 31), "70,000 จาก 280,000"),
    "days_since_movement": Measured(40, date(2026, 1, 31)),
    "committee_in_term": Measured(1, date(2025, 9, 30)),
    "balances_confirmed_share": Measured(None),
}
ANSWERS = {
    "duty": Answered("some", "ภาพถ่ายการประชุม", "พัฒนากร", date(2026, 1, 20)),
    "unexplained": Answered("none", "", "ประธาน", date(2026, 1, 20)),
}


def read(text: str) -> Questionnaire:
    made = read_questionnaire(tomllib.loads(text), measures=MEASURES)
    assert isinstance(made, Questionnaire), made
    return made


def fund_data() -> dict[str, Any]:
    return tomllib.loads(FUND_HEALTH)


def faults(data: dict[str, Any], **said: Any) -> list[object]:  # noqa: ANN401
    made = read_questionnaire(data, **said)
    assert isinstance(made, list), "nothing was found"
    return list(made)


# ------------------------------------------------------------------------------ the example


def test_the_example_of_the_page() -> None:
    done = assess(read(FUND_HEALTH), FACTS, ANSWERS, as_of=DAY)
    assert [
        (each.code, each.points, each.item.possible, each.item.weight, each.choice)
        for each in done.items
    ] == [
        ("unexplained", 1, 3, 4, "some"),
        ("overdue", 2, 3, 3, "some"),
        ("moves", 1, 1, 1, "year"),
        ("in-term", 1, 1, 2, "yes"),
        ("confirmed", None, 2, 2, None),
        ("duty", 1, 2, 2, "some"),
    ]
    # 4/3 + 2 + 1 + 2 + 1 = 7 1/3 of 12 known, 14 asked.
    assert done.score == Fraction(22, 36)
    assert done.hundredths == 6111
    assert done.level == Level("2", "พอใช้", 6000)
    assert (done.at_least, done.at_most) == (Fraction(22, 42), Fraction(28, 42))
    assert done.sure_level.code == "1"
    assert done.weakest == "money"  # 4 1/3 of 8 is less than 3 of 4
    assert [section.share for section in done.sections] == [Fraction(13, 24), Fraction(3, 4)]
    assert (done.quality.known_share, done.quality.fresh_share) == (8571, 7142)
    assert done.quality.mark is QualityMark.FAIR
    assert done.items[4].missing is Missing.NOT_MEASURED
    assert (done.questionnaire, done.year, done.as_of) == ("fund-health", 2569, DAY)


def test_the_one_step_of_the_page() -> None:
    step = one_step(read(FUND_HEALTH), FACTS, ANSWERS, as_of=DAY)
    assert step is not None
    assert (step.item, step.section, step.before, step.to) == (
        "unexplained",
        "money",
        "some",
        "none",
    )
    assert (step.measure, step.value) == ("unexplained_share", 0)
    assert (step.score_before, step.score_after) == (Fraction(22, 36), Fraction(10, 12))
    assert step.raises_level
    assert (step.level_before.code, step.level_after.code) == ("2", "3")


def test_what_a_person_says_of_a_measured_item_stands_beside_it() -> None:
    form = read(FUND_HEALTH)
    done = assess(form, FACTS, ANSWERS, as_of=DAY)
    said = done.items[0]
    assert (said.points, said.claimed, said.gap) == (1, 3, 2)
    assert said.answered == ANSWERS["unexplained"]
    assert said.measured == FACTS["unexplained_share"]
    without = assess(form, FACTS, {"duty": ANSWERS["duty"]}, as_of=DAY)
    assert without.score == done.score
    assert (without.items[0].claimed, without.items[0].gap) == (None, None)
    # Where the books do not know, a person's word does not stand in for them.
    unsure = assess(form, FACTS, {"confirmed": Answered("most")}, as_of=DAY).items[4]
    assert (unsure.points, unsure.claimed, unsure.gap) == (None, 2, None)
    assert done.items[5].gap is None  # a manual item has nothing to differ from


@pytest.mark.parametrize(
    ("answer", "missing"),
    [
        (None, Missing.NOT_ANSWERED),
        (Answered("perhaps", "x"), Missing.NO_SUCH_OPTION),
        (Answered("all", "  "), Missing.NO_EVIDENCE),
        (Answered("all", "x", as_of=DAY + timedelta(days=1)), Missing.FROM_LATER),
        (Answered("all", "x", as_of=DAY), None),
        (Answered("all", "x"), None),
    ],
)
def test_why_an_answer_is_not_known(answer: Answered | None, missing: Missing | None) -> None:
    answers = {} if answer is None else {"duty": answer}
    item = assess(read(FUND_HEALTH), FACTS, answers, as_of=DAY).items[5]
    assert item.missing is missing
    assert item.points == (None if missing else 2)


def test_a_measure_of_a_later_day_is_not_known_yet() -> None:
    late = {"days_since_movement": Measured(3, DAY + timedelta(days=1))}
    item = assess(read(FUND_HEALTH), late, {}, as_of=DAY).items[2]
    assert (item.missing, item.points, item.days_old) == (Missing.FROM_LATER, None, -1)


def test_with_nothing_known_there_is_no_score_and_no_step() -> None:
    form = read(FIVE)
    done = assess(form, {}, {}, as_of=DAY)
    assert (done.score, done.hundredths, done.level, done.weakest) == (None, None, None, None)
    assert (done.at_least, done.at_most) == (Fraction(0), Fraction(1))
    assert (done.explanation.score, done.explanation.level) == (None, None)
    assert done.sections[0].share is None
    assert done.quality.mark is QualityMark.POOR
    assert one_step(form, {}, {}, as_of=DAY) is None


def test_with_all_reached_nothing_is_weak_and_no_step_is_left() -> None:
    form = read(FIVE)
    facts = {
        "committee_in_term": Measured(1, DAY - timedelta(days=90)),
        "unexplained_share": Measured(0, DAY),
        "meeting_within_days": Measured(90, DAY),
    }
    answers = {
        "own-will": Answered("all", as_of=DAY),
        "known": Answered("yes", "ใบรับทราบ", as_of=DAY),
    }
    done = assess(form, facts, answers, as_of=DAY)
    assert done.score == 1
    assert (done.weakest, done.quality.mark) == (None, QualityMark.GOOD)
    assert done.level is not None
    assert done.level.code == "A"
    assert one_step(form, facts, answers, as_of=DAY) is None
    # A day older and a fifth of it is no longer fresh.
    stale = assess(form, facts, answers, as_of=DAY + timedelta(days=1))
    assert stale.quality.fresh == 4
    assert stale.quality.mark is QualityMark.FAIR
    strict = QualityBounds(fresh_days=91, good=10_000)
    assert (
        assess(form, facts, answers, as_of=DAY + timedelta(days=1), bounds=strict).quality.mark
        is QualityMark.GOOD
    )


def test_where_no_step_raises_the_level_the_score_decides() -> None:
    facts = {"unexplained_share": Measured(9000), "overdue_share_without_deferral": Measured(9000)}
    step = one_step(read(FUND_HEALTH), facts, {}, as_of=DAY)
    assert step is not None
    # 3 x 2/3 beats 4 x 1/3; neither is 60 per cent.
    assert (step.item, step.to, step.value, step.raises_level) == ("overdue", "some", 3000, False)


def test_a_step_of_a_manual_item_names_its_option() -> None:
    form = read(FIVE)
    answers = {"own-will": Answered("few")}
    step = one_step(form, {}, answers, as_of=DAY)
    assert step is not None
    assert (step.item, step.to, step.measure, step.value) == ("own-will", "most", None, None)
    assert (step.level_before.code, step.level_after.code) == ("C", "B")
    # The evidence of the answer stays with it: without, the better answer would not be known.
    step = one_step(form, {}, {"known": Answered("no", "บันทึกการประชุม")}, as_of=DAY)
    assert step is not None
    assert step.to == "yes"
    assert step.score_after == 1


@pytest.mark.parametrize("is_turned", [False, True])
def test_of_equal_ones_the_first_is_the_weakest_and_the_step(is_turned: bool) -> None:
    form = read(FIVE)
    if is_turned:
        form = replace(form, sections=form.sections[::-1])
    facts = {"committee_in_term": Measured(0), "unexplained_share": Measured(1)}
    step = one_step(form, facts, {}, as_of=DAY)
    assert step is not None
    first = "k4" if is_turned else "k2"
    assert (assess(form, facts, {}, as_of=DAY).weakest, step.section) == (first, first)


@pytest.mark.parametrize(("known", "mark"), [(2, QualityMark.POOR), (3, QualityMark.FAIR)])
def test_data_are_fair_from_the_bound_on(known: int, mark: QualityMark) -> None:
    """60 per cent of the weight is three items of five; without a day none is fresh."""
    names = ["committee_in_term", "unexplained_share", "meeting_within_days"][:known]
    quality = assess(read(FIVE), dict.fromkeys(names, Measured(1)), {}, as_of=DAY).quality
    assert (quality.known, quality.fresh, quality.mark) == (known, 0, mark)


def test_a_share_that_is_known_is_never_rounded_up() -> None:
    facts = {"unexplained_share": Measured(0), "committee_in_term": Measured(1)}
    assert assess(read(FUND_HEALTH), facts, {}, as_of=DAY).quality.known_share == 4285  # of 6/14


def test_answers_to_what_is_not_asked_are_named() -> None:
    answers = {"zeal": Answered("all"), "beauty": Answered("all"), **ANSWERS}
    assert assess(read(FUND_HEALTH), FACTS, answers, as_of=DAY).strangers == ("beauty", "zeal")


# ---------------------------------------------------------------------------- year on year


def test_this_year_beside_last_year() -> None:
    form = read(FUND_HEALTH)
    before = assess(form, FACTS, ANSWERS, as_of=DAY)
    data = fund_data()
    data["year"] = 2570
    people = data["sections"][1]["items"]
    del people[2]
    data["sections"][0]["items"][2]["weight"] = 2
    people.append(tomllib.loads(FIVE)["sections"][0]["items"][0])
    changed = read_questionnaire(data)
    assert isinstance(changed, Questionnaire)
    facts = {
        "unexplained_share": Measured(0),
        "overdue_share_without_deferral": Measured(3001),
        "days_since_movement": Measured(1),
        "balances_confirmed_share": Measured(1),
    }
    after = assess(changed, facts, {}, as_of=DAY)
    assert [(each.code, each.became, each.is_asked_alike) for each in compare(before, after)] == [
        ("unexplained", Became.BETTER, True),
        ("overdue", Became.WORSE, True),
        ("moves", Became.SAME, False),
        ("in-term", Became.NO_LONGER_KNOWN, True),
        ("confirmed", Became.NOW_KNOWN, True),
        ("own-will", Became.NEW, False),
        ("duty", Became.GONE, False),
    ]


@pytest.mark.parametrize(
    ("field", "said", "is_alike"),
    [
        ("question", "ถามใหม่", True),
        ("weight", 5, False),
        ("measure", "overdue_share", False),
        (
            "choices",
            [{"code": "none", "bound": 0, "points": 3}, {"code": "much", "points": 0}],
            False,
        ),
    ],
)
def test_what_was_asked_otherwise_last_year_is_told(
    field: str, said: object, is_alike: bool
) -> None:
    data = fund_data()
    data["sections"][0]["items"][0][field] = said
    other = read_questionnaire(data)
    assert isinstance(other, Questionnaire)
    before = assess(read(FUND_HEALTH), {}, {}, as_of=DAY)
    assert compare(before, assess(other, {}, {}, as_of=DAY))[0].is_asked_alike is is_alike


def test_another_bound_or_other_points_are_another_question() -> None:
    before = assess(read(FUND_HEALTH), {}, {}, as_of=DAY)
    for field in ("bound", "points", "words"):
        data = fund_data()
        choice = data["sections"][0]["items"][0]["choices"][1]
        choice[field] = "ไม่เกินร้อยละสอง" if field == "words" else 2
        other = read_questionnaire(data)
        assert isinstance(other, Questionnaire)
        [first, *_] = compare(before, assess(other, {}, {}, as_of=DAY))
        assert first.is_asked_alike is (field == "words")


# ----------------------------------------------------------------------------------- reading


def test_both_samples_can_be_read() -> None:
    form = read(FUND_HEALTH)
    assert form.note == "ตัวอย่าง – ไม่ใช่เกณฑ์ทางการ"
    assert [item.kind for item in form.items] == [Kind.AUTO] * 5 + [Kind.MANUAL]
    assert form.items[0].measure == Measure("unexplained_share", Unit.SHARE, Better.LOWER)
    assert form.items[0].choices[1] == Choice("some", 1, "ไม่เกิน 2 %", 200)
    assert read(FIVE).sections[0].title == "กลุ่ม/สมาชิก"
    assert len(read(FIVE).sections) == 5


def test_everything_wrong_is_said_together() -> None:
    data = fund_data()
    money, people = data["sections"]
    data["year"] = 2026
    data["titel"] = data.pop("title")
    money["items"][0]["weight"] = 0
    money["items"][0]["choices"][1]["points"] = 3
    money["items"][1]["choices"][1]["bound"] = 1000
    money["items"][2]["choices"][1]["bound"] = 900
    people["code"] = "money"
    people["items"][0]["code"] = "overdue"
    people["items"][0]["kind"] = "automatic"
    people["items"][1]["better"] = "more"
    people["items"][2]["choices"][2]["code"] = "all"
    people["items"][2]["choices"][2]["points"] = -1
    people["items"][2]["evidence"] = "yes"
    data["levels"][0]["at_least"] = 100
    data["levels"][2]["at_least"] = 6000
    assert set(faults(data)) == {
        NumberOutOfRange("", "year", 2026, 2400, 2800),
        FieldUnknown("", "titel"),
        FieldMissing("", "title"),
        NumberOutOfRange("sections.1.items.1", "weight", 0, 1, None),
        PointsNotFalling("sections.1.items.1.choices.2", 3, 3),
        BoundsNotInOrder("sections.1.items.2.choices.2", 1000, 1000),
        BoundMisplaced("sections.1.items.3.choices.2", has_bound=True),
        CodeTwice("sections.2", "money"),
        CodeTwice("sections.2.items.1", "overdue"),
        WordUnknown("sections.2.items.1", "kind", "automatic", ("auto", "manual")),
        WordUnknown("sections.2.items.2", "better", "more", ("higher", "lower")),
        CodeTwice("sections.2.items.3.choices.3", "all"),
        NumberOutOfRange("sections.2.items.3.choices.3", "points", -1, 0, None),
        FieldUnreadable("sections.2.items.3", "evidence", "yes"),
        LevelsNotFromNothing("levels.1", 100),
        LevelsNotRising("levels.3", 6000, 6000),
    }


SECTION, ITEM, CHOICE = "sections.1", "sections.1.items.1", "sections.1.items.1.choices.1"
MANUAL, OPTION = "sections.2.items.3", "sections.2.items.3.choices.1"
HIGHER, CUT = "sections.2.items.2", "sections.2.items.2.choices.2"
OVERDUE = "overdue_share_without_deferral"


@pytest.mark.parametrize(
    ("where", "field", "said", "found"),
    [
        ("", "sections", None, FieldMissing("", "sections")),
        ("", "sections", [], TooFew("", "sections", 0, 1)),
        ("", "sections", "none", FieldUnreadable("", "sections", "none")),
        ("", "levels", [], TooFew("", "levels", 0, 1)),
        ("", "levels", [7], FieldUnreadable("levels.1", "", "7")),
        ("", "note", 1, FieldUnreadable("", "note", "1")),
        ("", "code", "fund health", FieldUnreadable("", "code", "fund health")),
        (SECTION, "items", [], TooFew(SECTION, "items", 0, 1)),
        (SECTION, "title", "  ", FieldUnreadable(SECTION, "title", "  ")),
        (SECTION, "weight", 2, FieldUnknown(SECTION, "weight")),
        (
            "levels.3",
            "at_least",
            10_001,
            NumberOutOfRange("levels.3", "at_least", 10_001, 0, 10_000),
        ),
        ("levels.2", "at_least", None, FieldMissing("levels.2", "at_least")),
        ("levels.2", "name", 3, FieldUnreadable("levels.2", "name", "3")),
        ("levels.2", "colour", "red", FieldUnknown("levels.2", "colour")),
        (ITEM, "code", "", FieldUnreadable(ITEM, "code", "")),
        (ITEM, "weight", True, FieldUnreadable(ITEM, "weight", "True")),
        (ITEM, "weight", 1.5, FieldUnreadable(ITEM, "weight", "1.5")),
        (ITEM, "evidence", True, FieldUnknown(ITEM, "evidence")),
        (ITEM, "measure", None, FieldMissing(ITEM, "measure")),
        (ITEM, "measure", "luck", WordUnknown(ITEM, "measure", "luck", tuple(sorted(MEASURES)))),
        (ITEM, "unit", "baht", WordUnknown(ITEM, "unit", "baht", tuple(Unit))),
        (ITEM, "choices", [{"code": "a", "points": 1}], TooFew(ITEM, "choices", 1, 2)),
        (CHOICE, "bound", None, BoundMisplaced(CHOICE, has_bound=False)),
        (CHOICE, "bound", "no", FieldUnreadable(CHOICE, "bound", "no")),
        (CHOICE, "points", None, FieldMissing(CHOICE, "points")),
        (CHOICE, "hint", "x", FieldUnknown(CHOICE, "hint")),
        (OPTION, "bound", 1, FieldUnknown(OPTION, "bound")),
        (OPTION, "words", None, FieldMissing(OPTION, "words")),
        (MANUAL, "measure", "luck", FieldUnknown(MANUAL, "measure")),
        (CUT, "bound", 9000, BoundsNotInOrder(CUT, 9000, 9000)),
        (HIGHER, "measure", OVERDUE, MeasureTwoWays(HIGHER, OVERDUE)),
    ],
)
def test_one_thing_wrong_is_named_where_it_stands(
    where: str, field: str, said: object, found: object
) -> None:
    data = fund_data()
    place: Any = data
    for step in where.split(".") if where else []:
        place = place[int(step) - 1] if step.isdigit() else place[step]
    place[field] = said
    assert faults(data, measures=MEASURES) == [found]


def test_a_note_and_evidence_may_be_left_out() -> None:
    data = fund_data()
    del data["note"]
    del data["sections"][1]["items"][2]["evidence"]
    made = read_questionnaire(data)
    assert isinstance(made, Questionnaire)
    assert made.note == ""
    assert not made.items[5].needs_evidence


def test_without_a_list_of_measures_any_name_is_taken() -> None:
    data = fund_data()
    data["sections"][0]["items"][0]["measure"] = "luck"
    assert isinstance(read_questionnaire(data), Questionnaire)


leaves = st.none() | st.booleans() | st.integers(-2, 12_000) | st.text(max_size=3) | st.floats()
fields = st.sampled_from(
    ["code", "year", "title", "sections", "items", "levels", "choices", "kind", "bound", "weight"]
)


@given(
    st.dictionaries(
        fields,
        st.recursive(
            leaves,
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(fields, inner, max_size=4),
            max_leaves=12,
        ),
    )
)
@settings(max_examples=60, deadline=None)
def test_reading_never_breaks(data: dict[str, object]) -> None:
    assert isinstance(read_questionnaire(data), list)


# ------------------------------------------------------------------------------------- laws

MOST = 12  # values and bounds are drawn from 0 to here, so that they meet


@st.composite
def items(draw: st.DrawFn, number: int, measures: dict[str, Measure]) -> Item:
    size = draw(st.integers(2, 4))
    points = sorted(draw(st.sets(st.integers(0, 9), min_size=size, max_size=size)), reverse=True)
    measure = measures[draw(st.sampled_from(sorted(measures)))] if draw(st.booleans()) else None
    bounds: list[int | None] = [None] * size
    if measure:
        cuts = draw(st.sets(st.integers(0, MOST), min_size=size - 1, max_size=size - 1))
        bounds = [*sorted(cuts, reverse=measure.better is Better.HIGHER), None]
    return Item(
        f"i{number}",
        "ถาม",
        draw(st.integers(1, 5)),
        tuple(Choice(f"c{n}", points[n], "ตอบ", bounds[n]) for n in range(size)),
        measure,
        needs_evidence=measure is None and draw(st.booleans()),
    )


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    measures = {
        name: Measure(name, Unit.COUNT, draw(st.sampled_from(Better))) for name in ("m1", "m2")
    }
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    sections = []
    number = 0
    for at, size in enumerate(sizes):
        made = tuple(draw(items(number + n, measures)) for n in range(size))
        number += size
        sections.append(Section(f"s{at}", "หมวด", made))
    rising = sorted(draw(st.sets(st.integers(1, 10_000), max_size=4)))
    levels = tuple(Level(f"l{n}", "ระดับ", share) for n, share in enumerate([0, *rising]))
    return Questionnaire("q", 2569, "แบบ", "ตัวอย่าง", tuple(sections), levels)


days = st.none() | st.integers(-200, 1).map(lambda n: DAY + timedelta(days=n))
measured = st.builds(Measured, st.none() | st.integers(0, MOST), days)
answered = st.builds(
    Answered,
    st.sampled_from(["c0", "c1", "c2", "c3", "c9"]),
    st.sampled_from(["", "ภาพ", "ภาพ"]),
    st.just(""),
    days,
)
facts_said = st.dictionaries(st.sampled_from(["m1", "m2", "m3"]), measured)
answers_said = st.dictionaries(st.sampled_from([f"i{n}" for n in range(10)]), answered, max_size=10)
cases = st.tuples(questionnaires(), facts_said, answers_said)
Case = tuple[Questionnaire, dict[str, Measured], dict[str, Answered]]
law = settings(max_examples=40, deadline=None)


def judged(
    form: Questionnaire, facts: dict[str, Measured], said: dict[str, Answered]
) -> Assessment:
    return assess(form, facts, said, as_of=DAY)


def height(level: Level | None) -> int:
    return -1 if level is None else level.at_least


@given(questionnaires())
@law
def test_what_was_written_reads_back_equal(form: Questionnaire) -> None:
    data = as_data(form)
    assert read_questionnaire(data) == form
    assert read_questionnaire(json.loads(json.dumps(data))) == form


@given(cases, st.randoms(use_true_random=False))
@law
def test_the_order_in_which_it_is_told_does_not_matter(case: Case, chance: Any) -> None:  # noqa: ANN401
    form, facts, said = case
    other = list(facts.items()), list(said.items())
    for each in other:
        chance.shuffle(each)
    assert judged(form, facts, said) == judged(form, dict(other[0]), dict(other[1]))
    assert one_step(form, facts, said, as_of=DAY) == one_step(
        form, dict(other[0]), dict(other[1]), as_of=DAY
    )


def not_worse(before: Assessment, after: Assessment) -> None:
    assert (after.score is None) == (before.score is None)
    assert (after.score or 0) >= (before.score or 0)
    assert height(after.level) >= height(before.level)
    assert after.at_least >= before.at_least
    assert after.at_most >= before.at_most
    assert height(after.sure_level) >= height(before.sure_level)
    assert after.quality == before.quality


@given(cases, st.sampled_from(["m1", "m2"]), st.integers(0, MOST))
@law
def test_a_better_fact_never_makes_it_worse(case: Case, name: str, by: int) -> None:
    form, facts, said = case
    ways = {
        item.measure.better for item in form.items if item.measure and item.measure.name == name
    }
    fact = facts.get(name, Measured(5, DAY))
    facts = {**facts, name: fact}
    if fact.value is None or not ways:
        return
    [better] = ways
    moved = fact.value + by if better is Better.HIGHER else fact.value - by
    not_worse(
        judged(form, facts, said),
        judged(form, {**facts, name: replace(fact, value=moved)}, said),
    )


@given(cases, st.data())
@law
def test_a_better_answer_never_makes_it_worse(case: Case, data: st.DataObject) -> None:
    form, facts, said = case
    code = data.draw(st.sampled_from([item.code for item in form.items]))
    item = next(each for each in form.items if each.code == code)
    low = data.draw(st.integers(0, len(item.choices) - 1))
    high = data.draw(st.integers(0, low))
    was = {**said, code: Answered(f"c{low}", "ภาพ")}
    now = {**said, code: Answered(f"c{high}", "ภาพ")}
    not_worse(judged(form, facts, was), judged(form, facts, now))


@given(cases)
@law
def test_the_explanation_gives_score_and_level_again(case: Case) -> None:
    done = judged(*case)
    told = json.loads(json.dumps(asdict(done.explanation)))  # words and whole numbers only
    known = [line for line in told["lines"] if line["points"] is not None]
    weight = sum(line["weight"] for line in known)
    scale = 1
    for line in known:
        scale *= line["possible"]
    got = sum(line["weight"] * line["points"] * scale // line["possible"] for line in known)
    if not known:
        assert (done.score, done.level, done.hundredths) == (None, None, None)
        return
    assert done.score == Fraction(got, weight * scale)
    assert done.hundredths == got * 10_000 // (weight * scale)
    reached = [each for each in told["levels"] if done.hundredths >= each["at_least"]]
    assert done.level is not None
    assert asdict(done.level) == reached[-1]
    assert (done.explanation.score, done.explanation.level) == (done.score, done.level)


@given(cases, st.data())
@law
def test_whatever_is_learned_stays_within_what_was_said(case: Case, data: st.DataObject) -> None:
    form, facts, said = case
    done = judged(form, facts, said)
    known = sorted({*facts, *said})
    keep = data.draw(st.sets(st.sampled_from(known))) if known else set()
    less = judged(
        form,
        {name: fact for name, fact in facts.items() if name in keep},
        {code: answer for code, answer in said.items() if code in keep},
    )
    for each in (less, done):
        quality = each.quality
        assert 0 <= quality.fresh <= quality.known <= quality.weight
        assert 0 <= each.at_least <= each.at_most <= 1
        assert (each.score is None) == (quality.known == 0)
        if quality.known == quality.weight:
            assert each.at_least == each.score == each.at_most
        if each.score is not None:
            assert less.at_least <= each.score <= less.at_most
            assert height(less.sure_level) <= height(each.level)
    # Hiding makes nothing surer.
    assert less.at_least <= done.at_least <= done.at_most <= less.at_most
    assert height(less.sure_level) <= height(done.sure_level)
    assert less.quality.known <= done.quality.known


@given(cases)
@law
def test_what_people_say_of_measured_items_moves_nothing(case: Case) -> None:
    form, facts, said = case
    measured_codes = {item.code for item in form.items if item.measure}
    without = {code: answer for code, answer in said.items() if code not in measured_codes}
    done, plain = judged(form, facts, said), judged(form, facts, without)
    assert (done.score, done.quality, done.at_least) == (plain.score, plain.quality, plain.at_least)
    for item in done.items:
        if item.gap is not None:
            assert item.code in measured_codes
            assert item.claimed == (item.points or 0) + item.gap


def tried(case: Case, step: tuple[str, str, str | None, int | None]) -> Assessment:
    """The case again, with one item at another choice."""
    form, facts, said = case
    code, to, measure, value = step
    if measure is None:
        return judged(form, facts, {**said, code: replace(said[code], option=to)})
    return judged(form, {**facts, measure: replace(facts[measure], value=value)}, said)


@given(cases)
@law
def test_the_one_step_is_true_and_no_other_is_better(case: Case) -> None:
    form, facts, said = case
    now = judged(form, facts, said)
    step = one_step(form, facts, said, as_of=DAY)
    others = []
    for item, result in zip(form.items, now.items, strict=True):
        if result.choice not in {None, "c0"}:
            to = item.choices[int(str(result.choice)[1:]) - 1]
            name = item.measure.name if item.measure else None
            then = tried(case, (item.code, to.code, name, to.bound))
            others.append((height(then.level), then.score or 0))
    if step is None:
        assert others == []
        return
    assert isinstance(step, Step)
    then = tried(case, (step.item, step.to, step.measure, step.value))
    assert (step.score_before, step.level_before) == (now.score, now.level)
    assert (step.score_after, step.level_after) == (then.score, then.level)
    assert step.score_after > step.score_before
    assert next(each for each in then.items if each.code == step.item).choice == step.to
    assert (height(step.level_after), step.score_after) == max(others)
    assert step.raises_level == (height(then.level) > height(now.level))


@given(cases, facts_said, answers_said)
@law
def test_compared_the_other_way_round_better_is_worse(
    case: Case, facts: dict[str, Measured], said: dict[str, Answered]
) -> None:
    form = case[0]
    before, after = judged(*case), judged(form, facts, said)
    mirror = {
        Became.BETTER: Became.WORSE,
        Became.WORSE: Became.BETTER,
        Became.NOW_KNOWN: Became.NO_LONGER_KNOWN,
        Became.NO_LONGER_KNOWN: Became.NOW_KNOWN,
        Became.SAME: Became.SAME,
    }
    there, back = compare(before, after), compare(after, before)
    assert [mirror[each.became] for each in there] == [each.became for each in back]
    assert {each.became for each in compare(before, before)} == {Became.SAME}
