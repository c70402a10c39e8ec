"""The day a page was asked about, carried on in the addresses it leads to.

A sum of an earlier day must open into entries that make that sum, so every link from a page of the
books to another goes through here. Today is what is shown when nothing is asked: such links stay
clean, and open tomorrow they show tomorrow.
"""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.utils import timezone


def day_asked(as_of: date) -> dict[str, str]:
    """The question about the day, for an address that is put together: none if it is today."""
    return {} if as_of == timezone.localdate() else {"as_of": as_of.isoformat()}


def on_day(href: str, as_of: date) -> str:
    """The same address, asked about this day. What it asks already and its fragment stay."""
    day = urlencode(day_asked(as_of))
    if not day:
        return href
    address = urlsplit(href)
    asked = f"{address.query}&{day}" if address.query else day
    return urlunsplit(address._replace(query=asked))
