"""A calendar by RFC 5545, read back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from five.ics import read_back, unescaped
from kongthun.domain.calendar_feed import FeedEvent, escaped, feed_of, folded

BANGKOK = timezone(timedelta(hours=7))
STAMP = datetime(2026, 3, 1, 9, 30, tzinfo=BANGKOK)
DAY = date(2026, 3, 5)


def event(**given_values: object) -> FeedEvent:
    values: dict[str, object] = {
        "uid": "call-1.g@kongthun",
        "stamp": STAMP,
        "summary": "ประชุมใหญ่สมาชิก",
        "first": DAY,
        "last": DAY,
    }
    return FeedEvent(**(values | given_values))  # type: ignore[arg-type]


def test_a_whole_day_ends_the_day_after() -> None:
    head, [found] = read_back(feed_of("กลุ่ม", [event(last=date(2026, 3, 31))]))
    assert head["VERSION"] == "2.0"
    assert head["PRODID"]
    assert head["X-WR-CALNAME"] == "กลุ่ม"
    assert found["DTSTART"] == ("DTSTART", {"VALUE": "DATE"}, "20260305")
    assert found["DTEND"] == ("DTEND", {"VALUE": "DATE"}, "20260401")
    assert found["SUMMARY"][2] == "ประชุมใหญ่สมาชิก"
    assert found["TRANSP"][2] == "TRANSPARENT"
    assert "LOCATION" not in found


def test_a_moment_is_written_in_utc() -> None:
    at = datetime(2026, 3, 5, 6, 15, tzinfo=BANGKOK)
    _, [found] = read_back(feed_of("กลุ่ม", [event(at=at, place="ศาลา")]))
    assert found["DTSTART"] == ("DTSTART", {}, "20260304T231500Z")
    assert found["DTSTAMP"][2] == "20260301T023000Z"
    assert found["LOCATION"][2] == "ศาลา"
    assert "DTEND" not in found
    assert "TRANSP" not in found


def test_what_is_cancelled_says_so() -> None:
    _, [off, on] = read_back(feed_of("กลุ่ม", [event(is_cancelled=True), event(uid="b")]))
    assert (off["STATUS"][2], off["SEQUENCE"][2]) == ("CANCELLED", "1")
    assert on["STATUS"][2] == "CONFIRMED"
    assert "SEQUENCE" not in on


def test_an_empty_calendar_is_a_calendar() -> None:
    head, events = read_back(feed_of("กลุ่ม", []))
    assert events == []
    assert head["CALSCALE"] == "GREGORIAN"


def test_signs_that_mean_something_are_marked() -> None:
    said = "ข้าว; ปลา, น้ำ\\ปลา\nพรุ่งนี้"
    assert escaped(said) == "ข้าว\\; ปลา\\, น้ำ\\\\ปลา\\nพรุ่งนี้"
    assert unescaped(escaped(said)) == said
    assert escaped("a\r\nBEGIN:VALARM\x07") == "a\\nBEGIN:VALARM"


def test_a_line_is_folded_at_75_octets_and_never_inside_a_letter() -> None:
    line = "SUMMARY:" + "ก" * 60
    pieces = folded(line).split("\r\n ")
    assert "".join(pieces) == line
    assert [len(piece.encode()) for piece in pieces] == [74, 72, 42]
    assert folded("A" * 75) == "A" * 75
    assert folded("A" * 76) == "A" * 75 + "\r\n A"


def test_a_moment_of_no_time_zone_is_an_error() -> None:
    with pytest.raises(ValueError, match="time zone"):
        feed_of("กลุ่ม", [event(stamp=datetime(2026, 3, 1, tzinfo=UTC).replace(tzinfo=None))])


@given(st.text(), st.text(max_size=200))
def test_whatever_is_typed_comes_back_and_breaks_no_line(summary: str, place: str) -> None:
    _, [found] = read_back(feed_of(summary, [event(summary=summary, place=place)]))
    seen = "\n".join(
        "".join(sign for sign in line if sign.isprintable()) for line in summary.splitlines()
    )
    assert found["SUMMARY"][2] == seen
