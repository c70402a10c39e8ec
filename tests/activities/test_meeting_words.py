"""Every refusal about meetings and authority is said in Thai, whole, and says what to do."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest

from activities.village import MEETING
from kongthun.accounts.reach import Deed, NotEntitled
from kongthun.activities.refusals import (
    DraftOpenAlready,
    HeldLater,
    MeetingClosed,
    MeetingRefusal,
    MoreVotesThanPeople,
    NobodyCame,
    NoSuchMeeting,
    NoSuchResolution,
    NothingResolved,
    ResolvedAlready,
    TooLong,
)
from kongthun.activities.wording import (
    authority_found_in_thai,
    authority_in_thai,
    refusal_in_thai,
)
from kongthun.domain.authority import (
    AuthorityRefusal,
    NobodyInOffice,
    NoQuorum,
    NotDecided,
    OwnHousehold,
    PayerNotChairman,
    RecorderDecides,
    SignersMissing,
    TermNotInForce,
    TooFewRemain,
    WitnessesMissing,
    WitnessIsParty,
    WitnessTwice,
)

ABOUT_MEETINGS = [
    NotEntitled(Deed.HOLD_MEETINGS, MEETING),
    NoSuchMeeting(7),
    MeetingClosed(7),
    HeldLater(MEETING, MEETING),
    DraftOpenAlready(7, MEETING),
    TermNotInForce(3, "ประธาน", MEETING),
    NobodyCame(7, needs_committee=True),
    NobodyCame(7, needs_committee=False),
    NothingResolved(),
    ResolvedAlready(2),
    NoSuchResolution(2),
    MoreVotesThanPeople(2, 6, 5),
    TooLong("มติ", 500),
]
ABOUT_AUTHORITY = [
    NobodyInOffice(MEETING),
    NoQuorum(4, 5, 8),
    TooFewRemain(4, 5, 8),
    TermNotInForce(3, "ประธาน", MEETING),
    TermNotInForce(3, "", MEETING),
    OwnHousehold(5, "กรรมการ"),
    OwnHousehold(5, ""),
    RecorderDecides(7),
    PayerNotChairman("เหรัญญิก"),
    PayerNotChairman(""),
    WitnessesMissing(1, 2),
    WitnessTwice("นางมาลี แก้วเกตุ"),
    WitnessIsParty("นายสมชาย ใจดี"),
    SignersMissing(1, 2),
    NotDecided(MEETING),
]


def reads_well(words: str) -> None:
    assert re.search("[ก-๙]", words), words
    assert not re.search(r"[!{}<>]|None|\(\)", words), words
    assert words == " ".join(words.split())


@pytest.mark.parametrize("refusal", ABOUT_MEETINGS, ids=repr)
def test_every_refusal_about_a_meeting_has_words(refusal: Any) -> None:  # noqa: ANN401
    reads_well(refusal_in_thai(refusal))


@pytest.mark.parametrize("refusal", ABOUT_AUTHORITY, ids=repr)
def test_every_refusal_about_authority_has_words(refusal: Any) -> None:  # noqa: ANN401
    reads_well(authority_in_thai(refusal))


def test_no_refusal_is_forgotten_here() -> None:
    assert {type(refusal) for refusal in ABOUT_MEETINGS} == set(get_args(MeetingRefusal))
    assert {type(refusal) for refusal in ABOUT_AUTHORITY} == set(get_args(AuthorityRefusal))


@pytest.mark.parametrize("refusal", ABOUT_AUTHORITY, ids=repr)
def test_of_what_was_done_already_it_is_said_what_was_found(refusal: Any) -> None:  # noqa: ANN401
    found = authority_found_in_thai(refusal)
    reads_well(found)
    assert not re.search("เลือก|เพิ่ม|นัด|ให้ครบ", found)  # nothing to do about it any more


@pytest.mark.parametrize("say", [refusal_in_thai, authority_in_thai])
def test_a_refusal_without_words_is_an_error_and_no_empty_page(say: Any) -> None:  # noqa: ANN401
    with pytest.raises(NotImplementedError):
        say(object())


def test_a_term_out_of_force_is_named_by_position_and_day() -> None:
    assert authority_in_thai(TermNotInForce(3, "ประธาน", MEETING)).startswith(
        "ประธานไม่อยู่ในวาระเมื่อ 5 มีนาคม 2569"
    )
