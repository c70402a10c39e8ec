"""A calendar as a phone subscribes to it: text by RFC 5545.

Lines end with CR LF and are folded at 75 octets of UTF-8, never inside a letter (§3.1); text is
escaped (§3.3.11). A whole day is a DATE whose end is the day after (§3.6.1); a moment is written in
UTC, so no time zone has to be described. The same events make the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST_LINE = 75
_END = "\r\n"


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """Something that stands in the calendar from a day to a day, or from a moment on that day.

    ``uid`` is the same for the same thing for ever; ``stamp`` is when it was last written down.
    """

    uid: str
    stamp: datetime
    summary: str
    first: date
    last: date
    at: datetime | None = None
    place: str = ""
    is_cancelled: bool = False


def feed_of(name: str, events: Iterable[FeedEvent]) -> str:
    """The whole calendar.

    Raises ValueError for a moment without its time zone, which would be read as anybody's.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kongthun//Calendar//TH",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
    ]
    for event in events:
        lines.extend(_event_lines(event))
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}{_END}" for line in lines)


def escaped(text: str) -> str:
    """Text as a value: backslash, semicolon and comma are marked, a line break is written ``\\n``.

    >>> print(escaped("ข้าว; ปลา, 1\\\\2"))
    ข้าว\\; ปลา\\, 1\\\\2
    """
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,")):
        text = text.replace(sign, written)
    lines = "\\n".join(text.splitlines())
    return "".join(sign for sign in lines if sign.isprintable())


def folded(line: str) -> str:
    """A line in pieces of no more than 75 octets; every piece but the first begins with a space."""
    return f"{_END} ".join(_pieces(line))


# --- below the line -------------------------------------------------------------------------


def _pieces(line: str) -> Iterator[str]:
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LONGEST_LINE:
            yield piece
            piece, size = "", 1  # the space that the next piece begins with
        piece += letter
        size += octets
    yield piece


def _event_lines(event: FeedEvent) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_moment(event.stamp)}"
    if event.at is not None:
        yield f"DTSTART:{_moment(event.at)}"
    else:
        yield f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.last + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(event.summary)}"
    if event.place:
        yield f"LOCATION:{escaped(event.place)}"
    yield f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}"
    if event.is_cancelled:
        yield "SEQUENCE:1"
    if event.at is None:
        yield "TRANSP:TRANSPARENT"  # a day of the plan keeps nobody from anything else
    yield "END:VEVENT"


def _moment(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
