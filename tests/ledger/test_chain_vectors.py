"""The bytes of the chain are frozen: whatever changes them breaks every chain ever written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from kongthun.domain.chain import GENESIS, Head, canonical, link, moment_text, seal
from kongthun.domain.journal import Deed, Draft, Line
from kongthun.domain.money import Money

PLAIN = (
    "80120101", 1, "capital_received", "2002-05-12", "2026-11-22T09:00:00.123456Z", "", "",
    None, None, "received", "", [("bank:1", 28_000_000), ("capital:state", -28_000_000)],
)  # fmt: skip
# Thai, both quotes, every kind of escape, a letter beyond the first plane, a zero-width space.
SAID = "จ่าย \"เงินยืม\"\\ 'ที่ 1'\n\t\b\f\r\x00\x1f\x7f/\u200b\u2028𝟙é"
RICH = (
    "80120101", 2, "loan_paid_out", "2002-06-01", "2026-11-22T09:00:00.000000Z", SAID, "๑/๒๕๔๕",
    1, 42, "lent-1", "0123456789ab:เหลือง:7",
    [("loan:1", 1), ("cash", -9_007_199_254_740_991), ("unexplained", 9_007_199_254_740_990)],
)  # fmt: skip

RICH_HEX = (
    "5b223830313230313031222c322c226c6f616e5f706169645f6f7574222c22323030322d30362d30"
    "31222c22323032362d31312d32325430393a30303a30302e3030303030305a222c22e0b888e0b988"
    "e0b8b2e0b8a2205c22e0b980e0b887e0b8b4e0b899e0b8a2e0b8b7e0b8a15c225c5c2027e0b897e0"
    "b8b5e0b9882031275c6e5c745c625c665c725c75303030305c75303031667f2fe2808be280a8f09d"
    "9f99c3a9222c22e0b9912fe0b992e0b995e0b994e0b995222c312c34322c226c656e742d31222c22"
    "3031323334353637383961623ae0b980e0b8abe0b8a5e0b8b7e0b8ade0b8873a37222c226c6f616e"
    "3a31222c312c2263617368222c2d393030373139393235343734303939312c22756e6578706c6169"
    "6e6564222c393030373139393235343734303939305d"
)
FIRST_LINK = "dd1f8efcf3db269043914bd64a6bd07e5c817d230383ce4403d5109763ba2c8d"
SECOND_LINK = "903b5fa1d69ae491bb900d0f7f7c0f58e840c4617cde8a98e85a3a5ef6e4d8ef"


def test_the_plain_entry_is_the_array_that_the_docstring_promises() -> None:
    assert canonical(*PLAIN) == (
        b'["80120101",1,"capital_received","2002-05-12","2026-11-22T09:00:00.123456Z","","",'
        b'null,null,"received","","bank:1",28000000,"capital:state",-28000000]'
    )


def test_thai_stands_as_utf_8_and_only_quotes_backslashes_and_controls_are_escaped() -> None:
    assert (
        canonical(*RICH)
        == (
            '["80120101",2,"loan_paid_out","2002-06-01","2026-11-22T09:00:00.000000Z",'
            '"จ่าย \\"เงินยืม\\"\\\\ \'ที่ 1\'\\n\\t\\b\\f\\r\\u0000\\u001f\x7f/\u200b\u2028𝟙é",'
            '"๑/๒๕๔๕",1,42,"lent-1","0123456789ab:เหลือง:7","loan:1",1,"cash",-9007199254740991,'
            '"unexplained",9007199254740990]'
        ).encode()
    )


def test_the_rich_entry_is_these_bytes_to_the_last_bit() -> None:
    assert canonical(*RICH).hex() == RICH_HEX


def test_the_links_are_these_to_the_last_bit() -> None:
    first = link(GENESIS, canonical(*PLAIN))
    assert first.hex() == FIRST_LINK
    assert link(first, canonical(*RICH)).hex() == SECOND_LINK


def test_a_link_is_sha_256_over_the_version_the_link_before_and_the_bytes() -> None:
    import hashlib

    body = canonical(*PLAIN)
    assert link(GENESIS, body) == hashlib.sha256(b"\x01" + bytes(32) + body).digest()


def test_letters_put_together_differently_are_different_bytes() -> None:
    composed, in_pieces = [(*PLAIN[:5], memo, *PLAIN[6:]) for memo in ("é", "e\u0301")]
    assert canonical(*composed) != canonical(*in_pieces)


@pytest.mark.parametrize("satang", [2**53, -(2**53)])
def test_a_sum_that_some_programs_can_not_hold_is_never_sealed(satang: int) -> None:
    with pytest.raises(ValueError, match="exceeds"):
        canonical(*PLAIN[:-1], [("cash", satang), ("bank:1", -satang)])


def test_half_a_letter_is_never_sealed() -> None:
    with pytest.raises(ValueError, match="UTF-8"):
        canonical(*PLAIN[:5], "\ud800", *PLAIN[6:])


def test_a_moment_is_written_in_utc_with_all_its_microseconds() -> None:
    bangkok = timezone(timedelta(hours=7))
    assert moment_text(datetime(2026, 1, 1, 5, 0, tzinfo=bangkok)) == "2025-12-31T22:00:00.000000Z"


def test_sealing_numbers_on_from_the_head_and_makes_these_very_links() -> None:
    received = Draft(
        Deed.CAPITAL_RECEIVED,
        date(2002, 5, 12),
        (Line("bank:1", Money(28_000_000)), Line("capital:state", Money(-28_000_000))),
        key="received",
    )
    moment = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)
    (sealed,) = seal("80120101", Head.genesis(), [received], recorded_at=moment, recorded_by=None)
    assert (sealed.number, sealed.link.hex()) == (1, FIRST_LINK)
    (second,) = seal(
        "80120101", Head(1, sealed.link), [received], recorded_at=moment, recorded_by=None
    )
    assert second.number == 2
    assert second.link != sealed.link


def test_the_rules_page_shows_the_golden_vector() -> None:
    page = Path(__file__).parents[2] / "docs" / "rules" / "chain.md"
    lines = [line.strip() for line in page.read_text(encoding="utf-8").splitlines()]
    assert canonical(*PLAIN).decode() in lines
    assert FIRST_LINK in lines
