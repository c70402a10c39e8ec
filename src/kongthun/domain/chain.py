"""One chain of hashes per fund: what was written can not be changed unseen.

The bytes that are hashed are frozen. Version 1 of an entry is the RFC 8785 (JSON Canonicalization
Scheme) form of an array, its places fixed for ever:

    [fund code, number, deed, happened on, recorded at, memo, document, reverses or null,
     recorded by or null, key, source, account, satang, account, satang, ...]

days as ``YYYY-MM-DD`` in CE, moments as ``YYYY-MM-DDTHH:MM:SS.ffffffZ`` in UTC, money in whole
satang, lines in their order. The link is ``SHA-256(0x01 || link before (32 bytes) || those
bytes)``; the first byte says the version, and the first link of a fund follows 32 zero bytes. A
later version gets a later first byte and never touches what version 1 means. Golden vectors stand
in the tests.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import rfc8785

from .journal import Draft, Line
from .money import Money

VERSION_1 = b"\x01"
GENESIS = bytes(32)


@dataclass(frozen=True, slots=True)
class Head:
    """Where a fund's chain ends: the last number written and its link."""

    number: int
    link: bytes

    @classmethod
    def genesis(cls) -> Head:
        """The head of a fund in which nothing is written yet."""
        return cls(0, GENESIS)


@dataclass(frozen=True, slots=True)
class SealedEntry:
    """A draft with its number, the moment it was recorded, and its link."""

    number: int
    draft: Draft
    recorded_at: datetime
    recorded_by: int | None
    link: bytes


def canonical(
    fund: str,
    number: int,
    deed: str,
    happened_on: str,
    recorded_at: str,
    memo: str,
    document: str,
    reverses: int | None,
    recorded_by: int | None,
    key: str,
    source: str,
    lines: Iterable[tuple[str, int]],
) -> bytes:
    """The version 1 bytes of one entry. ``lines`` are (account, satang).

    Raises ValueError for what JSON can not carry everywhere: a number beyond ±(2**53 − 1), or half
    a letter (a lone surrogate).
    """
    entry: list[str | int | None] = [
        fund,
        number,
        deed,
        happened_on,
        recorded_at,
        memo,
        document,
        reverses,
        recorded_by,
        key,
        source,
    ]
    for account, satang in lines:
        entry.append(account)
        entry.append(satang)
    return rfc8785.dumps(entry)


def link(before: bytes, body: bytes) -> bytes:
    """The link that binds ``body`` to everything written before it."""
    return hashlib.sha256(VERSION_1 + before + body).digest()


def moment_text(moment: datetime) -> str:
    """A moment as the chain writes it: UTC, microseconds always, ``Z`` at the end.

    >>> moment_text(datetime(2026, 11, 22, 9, 0, tzinfo=UTC))
    '2026-11-22T09:00:00.000000Z'
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def seal(
    fund: str,
    head: Head,
    drafts: Sequence[Draft],
    *,
    recorded_at: datetime,
    recorded_by: int | None,
) -> Iterator[SealedEntry]:
    """Number the drafts on from ``head`` and chain them, in the order given."""
    number, before = head.number, head.link
    moment = moment_text(recorded_at)
    for draft in drafts:
        number += 1
        body = canonical(
            fund,
            number,
            draft.deed.value,
            draft.happened_on.isoformat(),
            moment,
            draft.memo,
            draft.document,
            draft.reverses,
            recorded_by,
            draft.key,
            draft.source,
            ((account, amount.satang) for account, amount in draft.lines),
        )
        before = link(before, body)
        yield SealedEntry(number, draft, recorded_at, recorded_by, before)


@dataclass(frozen=True, slots=True)
class WrittenEntry:
    """An entry as it is found in the books, to be checked."""

    number: int
    deed: str
    happened_on: str
    recorded_at: str
    memo: str
    document: str
    reverses: int | None
    recorded_by: int | None
    key: str
    source: str
    lines: Sequence[tuple[str, int]]
    link: bytes


@dataclass(frozen=True, slots=True)
class ChainFault:
    """The first place where a chain does not hold, and what was expected there."""

    number: int
    what: Literal["gap", "few_lines", "balance", "changed", "head"]


def first_fault(fund: str, written: Iterable[WrittenEntry], head: Head) -> ChainFault | None:
    """Walk a fund's chain and name the first entry that is not as it was written.

    ``gap``: a number is missing or out of order. ``few_lines``, ``balance``: not an entry at all.
    ``changed``: content and link disagree, so something was flipped, reordered or inserted.
    ``head``: the chain is sound but does not end where the fund says it ends, so entries were cut
    off or added at the end.
    """
    number, before = 0, GENESIS
    for entry in written:
        number += 1
        if entry.number != number:
            return ChainFault(number, "gap")
        if len(entry.lines) < 2:
            return ChainFault(number, "few_lines")
        if sum(satang for _, satang in entry.lines):
            return ChainFault(number, "balance")
        try:
            body = canonical(
                fund,
                number,
                entry.deed,
                entry.happened_on,
                entry.recorded_at,
                entry.memo,
                entry.document,
                entry.reverses,
                entry.recorded_by,
                entry.key,
                entry.source,
                entry.lines,
            )
        except ValueError:  # what never could be sealed was not sealed by us
            return ChainFault(number, "changed")
        before = link(before, body)
        if before != entry.link:
            return ChainFault(number, "changed")
    if (number, before) != (head.number, head.link):
        return ChainFault(number, "head")
    return None


def as_lines(lines: Iterable[tuple[str, int]]) -> tuple[Line, ...]:
    """Lines as the journal wears them, from account codes and satang."""
    return tuple(Line(account, Money(satang)) for account, satang in lines)
