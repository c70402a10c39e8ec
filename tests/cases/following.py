"""What tests of following up share: who signs in, files to hand in, loans with an agreement."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.test import Client

from kongthun.accounts.models import User
from kongthun.accounts.reach import Reach
from kongthun.cases.follow_up_refusals import NotDone
from kongthun.domain.money import Money
from kongthun.domain.plan import PlannedPart
from kongthun.groups.models import CommitteeTerm
from kongthun.loans.actions.debts import Noted, agree_on_plan
from kongthun.loans.models import Contract

from .case_at_work import CaseAtWork, days_ago

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def refused(done: object) -> list[str]:
    """The names of everything a deed was refused for, in their order."""
    assert isinstance(done, NotDone), done
    return [type(refusal).__name__ for refusal in done.refusals]


def on_day(reach: Reach, day: date) -> Reach:
    """Somebody as they would have signed in on another day."""
    return replace(reach, day=day)


def client_of(reach: Reach) -> Client:
    """A browser at which this person has signed in."""
    client = Client()
    client.force_login(User.objects.get(pk=reach.user_id))
    return client


def a_pdf(folder: Path, words: str = "") -> Path:
    """A file that is a PDF by how it begins; other words make another file."""
    place = folder / f"{len(list(folder.iterdir()))}.pdf"
    place.write_bytes(PDF + words.encode())
    return place


def a_photo(folder: Path, shade: int = 0) -> Path:
    """A picture of one point, grey as asked."""
    place = folder / f"{len(list(folder.iterdir()))}.png"
    place.write_bytes(png(shade))
    return place


def png(shade: int = 0) -> bytes:
    """A PNG of one grey point."""

    def chunk(name: bytes, body: bytes) -> bytes:
        check = zlib.crc32(name + body)
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    point = zlib.compress(bytes([0, shade]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", point) + chunk(b"IEND", b"")


def agree(work: CaseAtWork, contract: Contract, on: date, *parts: tuple[date, int]) -> int:
    """A repayment agreement in so many parts, in baht; its number."""
    done = agree_on_plan(
        contract.number,
        fund=work.village.fund,
        on=on,
        parts=[PlannedPart(day, Money.baht(baht)) for day, baht in parts],
        words="ตกลงกันที่ศาลาหมู่บ้าน",
        meeting_number=None,
        by=work.village.field_worker,
    )
    assert isinstance(done, Noted), done
    return done.number


def seat_committee(work: CaseAtWork) -> None:
    """The committee is in office today, and has been for three years and more."""
    CommitteeTerm.objects.filter(group=work.group).update(starts_on=days_ago(1200))
