"""One chain of hashes per fund over its papers: none is slipped in, changed or lost unseen.

What is chained is that a paper was kept, and that its content was taken away: never the content
itself, only its SHA-256. So a redaction leaves every link true. Version 1 of a line is the RFC 8785
(JSON Canonicalization Scheme) form of an array, its places fixed for ever:

    [fund, number, "kept" | "redacted", SHA-256 of the content, words, moment, by or null]

``fund`` is the fund's number in this house, ``number`` runs through both kinds of line together,
``words`` says what a kept paper belongs to (fixed words and numbers) and for a redaction is the
SHA-256 of its reason in UTF-8, since what people type may name somebody. The moment is
``YYYY-MM-DDTHH:MM:SS.ffffffZ`` in UTC. The link is ``SHA-256("paper" || 0x01 || link before (32
bytes) || those bytes)``; the first link of a fund follows 32 zero bytes. The mark at the front
keeps this chain apart from the chain of the books, and its last byte says the version. Golden
vectors stand in the tests.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import rfc8785

from .chain import GENESIS, Head

PAPER_1 = b"paper\x01"

PaperDeed = Literal["kept", "redacted"]


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line of a fund's record of papers, as it is to be sealed or was found."""

    number: int
    deed: PaperDeed
    sha256: str
    words: str
    moment: str
    by: int | None


@dataclass(frozen=True, slots=True)
class WrittenPaperLine:
    """A line with the link it carries, to be checked."""

    line: PaperLine
    link: bytes


@dataclass(frozen=True, slots=True)
class PaperChainFault:
    """The first place where a fund's record of papers does not hold."""

    number: int
    what: Literal["gap", "changed", "head"]


def reason_words(reason: str) -> str:
    """What the chain carries of a redaction's reason: its fingerprint, never its words.

    >>> reason_words("")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(reason.encode()).hexdigest()


def canonical(fund: int, line: PaperLine) -> bytes:
    """The version 1 bytes of one line.

    Raises ValueError for what JSON can not carry everywhere: a number beyond ±(2**53 − 1), or half
    a letter (a lone surrogate).
    """
    return rfc8785.dumps(
        [fund, line.number, line.deed, line.sha256, line.words, line.moment, line.by]
    )


def link(fund: int, before: bytes, line: PaperLine) -> bytes:
    """The link that binds a line to everything that was kept before it."""
    return hashlib.sha256(PAPER_1 + before + canonical(fund, line)).digest()


def first_fault(
    fund: int, written: Iterable[WrittenPaperLine], head: Head
) -> PaperChainFault | None:
    """Walk a fund's record of papers in order and name the first line that is not as written.

    ``gap``: a number is missing, twice or out of order. ``changed``: a line and its link disagree.
    ``head``: the chain is sound but ends elsewhere than the fund says, so lines were cut off or
    added at the end.
    """
    number, before = 0, GENESIS
    for each in written:
        number += 1
        if each.line.number != number:
            return PaperChainFault(number, "gap")
        try:
            before = link(fund, before, each.line)
        except ValueError:  # what never could be sealed was not sealed by us
            return PaperChainFault(number, "changed")
        if before != each.link:
            return PaperChainFault(number, "changed")
    if (number, before) != (head.number, head.link):
        return PaperChainFault(number, "head")
    return None
