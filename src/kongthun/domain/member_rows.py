"""Judging the rows of a group's own member register: taken, already there, or set aside.

Nothing is guessed: what can not be read whole, or may be somebody else, waits for a person.
The rules stand in docs/rules/member_import.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from .membership import ORDINARY, WHOLE, shares_missing
from .thai_calendar import UnreadableDate, read_date
from .thai_text import arabic_digits, mended, name_key, read_name, visible

LARGEST_NUMBER = 999_999
LONGEST_TITLE = 40
LONGEST_NAME = 100  # of a first name, of a surname; 200 together
LONGEST_HOUSE = 40
LONGEST_RELATION = 60
# No group of these kinds is older. A sheet turns 15/1/67, meant as พ.ศ., into a day of 1967.
FIRST_DAY = date(1970, 1, 1)


class MemberReason(StrEnum):
    """Why a row of the register is set aside."""

    CELL_ERROR = "cell_error"  # the sheet itself shows #REF!, #N/A, …
    NAME_MISSING = "name_missing"
    NAME_TOO_LONG = "name_too_long"
    NAME_TWICE = "name_twice"  # a row above of the same name is taken
    NAME_OTHER_NUMBER = "name_other_number"  # a member under another number has this name
    NAME_WAITS = "name_waits"  # applied on screen, no meeting has decided
    NAME_HAS_LEFT = "name_has_left"  # was a member under a number, and the row gives none
    NUMBER_UNREADABLE = "number_unreadable"
    NUMBER_TWICE = "number_twice"
    NUMBER_OF_ANOTHER = "number_of_another"
    LEFT_ON_PAPER = "left_on_paper"  # the register itself says that they left
    HOUSE_IS_A_DAY = "house_is_a_day"  # the sheet made a day of 12/3
    HOUSE_TOO_LONG = "house_too_long"
    KIND_UNKNOWN = "kind_unknown"
    DATE_UNREADABLE = "date_unreadable"
    DATE_TOO_EARLY = "date_too_early"
    DATE_IN_FUTURE = "date_in_future"
    DATE_MISSING = "date_missing"  # only an ordinary member may be one since nobody knows when
    SHARES_UNREADABLE = "shares_unreadable"
    SHARES_NOT_WHOLE = "shares_not_whole"


@dataclass(frozen=True, slots=True)
class BeneficiaryCells:
    """What a register says of beneficiaries in one group of columns, as typed."""

    name: str
    share: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A row of the register as typed, and where it stands."""

    sheet: str
    row: int
    name: str
    number: str = ""
    house_number: str = ""
    kind: str = ""
    since: str = ""
    left: str = ""
    beneficiaries: tuple[BeneficiaryCells, ...] = ()
    is_house_a_day: bool = False


@dataclass(frozen=True, slots=True)
class KnownMember:
    """Somebody on the group's list today. Neither a member nor waiting: they left."""

    number: int
    name_key: str
    is_member: bool = True
    waits: bool = False


@dataclass(frozen=True, slots=True)
class NamedShare:
    """A beneficiary with a share in hundredths of a per cent."""

    name: str
    relation: str
    share: int


@dataclass(frozen=True, slots=True)
class Taken:
    """This person becomes a member. ``since`` is empty where the paper is silent."""

    row: MemberRow
    number: int
    kind: str
    since: date | None
    house_number: str
    beneficiaries: tuple[NamedShare, ...]


@dataclass(frozen=True, slots=True)
class AlreadyThere:
    """This person stands on the group's list; nothing of it is changed."""

    row: MemberRow
    number: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """The row waits for a person. ``about`` is the number, or the row above, that it runs into."""

    row: MemberRow
    reason: MemberReason
    about: int | None = None


Verdict = Taken | AlreadyThere | SetAside


def judge_members(
    rows: Sequence[MemberRow], known: Iterable[KnownMember], *, today: date
) -> list[Verdict]:
    """One verdict a row, in the order of the rows. Numbers are given to those who bring none."""
    list_of_group = _List(known)
    free = max([*list_of_group.by_number, *(_read_number(row.number) or 0 for row in rows), 0]) + 1
    verdicts: list[Verdict] = []
    for row in rows:
        verdict = _judged(row, list_of_group, free, today)
        if not isinstance(verdict, SetAside):
            list_of_group.seen.setdefault(name_key(row.name), verdict)
        if isinstance(verdict, Taken):
            list_of_group.taken[verdict.number] = verdict
            free += verdict.number == free
        verdicts.append(verdict)
    return verdicts


@dataclass
class _List:
    """The group's list as it is known, and the rows of the sheet that stand so far."""

    known: Iterable[KnownMember]
    by_number: dict[int, KnownMember] = field(init=False)
    by_name: dict[str, list[KnownMember]] = field(init=False)
    seen: dict[str, Taken | AlreadyThere] = field(default_factory=dict)
    taken: dict[int, Taken] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_number, self.by_name = {}, {}
        for each in self.known:
            self.by_number[each.number] = each
            self.by_name.setdefault(each.name_key, []).append(each)


def _judged(row: MemberRow, group: _List, free: int, today: date) -> Verdict:
    fault = _fault_of_name(row)
    if fault is not None:
        return SetAside(row, fault)
    number = _read_number(row.number)
    if number is None and visible(row.number):
        return SetAside(row, MemberReason.NUMBER_UNREADABLE)
    met = _met(row, number, group)
    if met is not None:
        return met
    if row.left:
        return SetAside(row, MemberReason.LEFT_ON_PAPER)
    house = visible(row.house_number)
    if row.is_house_a_day:
        return SetAside(row, MemberReason.HOUSE_IS_A_DAY)
    if len(house) > LONGEST_HOUSE:
        return SetAside(row, MemberReason.HOUSE_TOO_LONG)
    kind = read_kind(row.kind)
    if kind is None:
        return SetAside(row, MemberReason.KIND_UNKNOWN)
    since = _read_since(row.since, kind, today)
    if isinstance(since, MemberReason):
        return SetAside(row, since)
    named = _read_beneficiaries(row.beneficiaries)
    if isinstance(named, MemberReason):
        return SetAside(row, named)
    return Taken(row, number or free, kind, since, house, named)


def _fault_of_name(row: MemberRow) -> MemberReason | None:
    cells = [row.number, row.name, row.house_number, row.kind, row.since]
    cells += [part for each in row.beneficiaries for part in (each.name, each.share, each.relation)]
    if any(cell.startswith("#") for cell in cells):
        return MemberReason.CELL_ERROR
    name = read_name(row.name)
    if _LETTER.search(name.first) is None:
        return MemberReason.NAME_MISSING
    return None if _fits(row.name) else MemberReason.NAME_TOO_LONG


_LETTER = re.compile(r"[ก-ฮa-zA-Z]")


def _fits(written: str) -> bool:
    """Whether a name is no longer than the register keeps; longer is no name but an essay."""
    name = read_name(written)
    return (
        len(name.title) <= LONGEST_TITLE
        and len(name.first) <= LONGEST_NAME
        and len(name.last) <= LONGEST_NAME
        and len(name.key) <= 2 * LONGEST_NAME
    )


def _met(row: MemberRow, number: int | None, group: _List) -> Verdict | None:
    """Who is there already under this number or this name, if that decides about the row."""
    key = name_key(row.name)
    standing = group.by_number.get(number) if number is not None else None
    is_theirs = standing is not None and standing.name_key == key
    above = group.seen.get(key)
    if above is not None and (not is_theirs or above.number == number):
        return SetAside(row, MemberReason.NAME_TWICE, above.row.row)
    if standing is None and number in group.taken:
        return SetAside(row, MemberReason.NUMBER_TWICE, group.taken[number].row.row)
    if standing is None:
        return _met_by_name(row, number, group.by_name.get(key, []))
    if not is_theirs:
        return SetAside(row, MemberReason.NUMBER_OF_ANOTHER, standing.number)
    if standing.waits:
        return SetAside(row, MemberReason.NAME_WAITS, standing.number)
    return AlreadyThere(row, standing.number)


def _met_by_name(
    row: MemberRow, number: int | None, same_name: Sequence[KnownMember]
) -> Verdict | None:
    """Under a number that nobody has, or none. Who left may join again, under a new number."""
    alive = next((each for each in same_name if each.is_member or each.waits), None)
    if alive is None:
        if same_name and number is None:
            return SetAside(row, MemberReason.NAME_HAS_LEFT, same_name[0].number)
        return None
    if alive.waits:
        return SetAside(row, MemberReason.NAME_WAITS, alive.number)
    if number is not None:
        return SetAside(row, MemberReason.NAME_OTHER_NUMBER, alive.number)
    return AlreadyThere(row, alive.number)


# ---- reading cells -------------------------------------------------------------------------------

_NUMBER = re.compile(r"[0-9]{1,9}")


def _read_number(text: str) -> int | None:
    typed = arabic_digits(visible(text)).removesuffix(".")
    if _NUMBER.fullmatch(typed) is None or not 1 <= int(typed) <= LARGEST_NUMBER:
        return None
    return int(typed)


_KINDS = {
    "": ORDINARY,
    "สามัญ": ORDINARY,
    "กิตติมศักดิ": "honorary",
    "กิติมศักดิ": "honorary",
    "สมทบ": "associate",
}


def read_kind(text: str) -> str | None:
    """The kind of member that is meant; ordinary where nothing is said, None for another word.

    >>> read_kind("สมาชิกสามัญ"), read_kind("กิติมศักดิ์"), read_kind(""), read_kind("วีไอพี")
    ('ordinary', 'honorary', 'ordinary', None)
    """
    word = mended(text).replace(" ", "").removeprefix("ประเภท").removeprefix("สมาชิก")
    return _KINDS.get(word.replace("์", ""))


def _read_since(text: str, kind: str, today: date) -> date | MemberReason | None:
    day = read_date(text)
    if isinstance(day, UnreadableDate):
        if day.why != "blank":
            return MemberReason.DATE_UNREADABLE
        # Nobody knows since when: so an ordinary member of a paper register stands, no other.
        return None if kind == ORDINARY else MemberReason.DATE_MISSING
    if day > today:
        return MemberReason.DATE_IN_FUTURE
    return day if day >= FIRST_DAY else MemberReason.DATE_TOO_EARLY


_BETWEEN_NAMES = re.compile(r"[\n\r,;]+| และ ?")
_BETWEEN_SHARES = re.compile(r"[\n\r,;/]+")
_SHARE = re.compile(r"[0-9]{1,3}(\.[0-9]{1,12})?")


def _read_beneficiaries(
    cells: tuple[BeneficiaryCells, ...],
) -> tuple[NamedShare, ...] | MemberReason:
    """Everybody named with a share, together the whole. One who stands alone needs no share."""
    names: list[str] = []
    relations: list[str] = []
    shares: list[str] = []
    for each in cells:
        in_cell = _parts(_BETWEEN_NAMES, each.name)
        told = _parts(_BETWEEN_SHARES, each.share)
        related = _parts(_BETWEEN_NAMES, each.relation)
        if told and len(told) != len(in_cell):
            return MemberReason.SHARES_UNREADABLE
        names += in_cell
        shares += told
        relations += related if len(related) == len(in_cell) else related[:1] * len(in_cell)
        relations += [""] * (len(names) - len(relations))
    if not names:
        return ()
    if any(_LETTER.search(name) is None or not _fits(name) for name in names):
        return MemberReason.SHARES_UNREADABLE
    if not shares and len(names) == 1:
        return (NamedShare(names[0], relations[0][:LONGEST_RELATION], WHOLE),)
    if len(shares) != len(names):
        return MemberReason.SHARES_NOT_WHOLE
    read = _hundredths(shares)
    if read is None:
        return MemberReason.SHARES_UNREADABLE
    if shares_missing(read):
        return MemberReason.SHARES_NOT_WHOLE
    return tuple(
        NamedShare(name, relation[:LONGEST_RELATION], share)
        for name, relation, share in zip(names, relations, read, strict=True)
    )


def _parts(between: re.Pattern[str], text: str) -> list[str]:
    return [part for piece in between.split(text) if (part := visible(piece))]


def _hundredths(typed: list[str]) -> list[int] | None:
    """Per cents as hundredths of one. A sheet keeps 50% as 0.5: then all of them make one."""
    plain = [arabic_digits(each).replace("ร้อยละ", "").replace("%", "").strip() for each in typed]
    if any(_SHARE.fullmatch(each) is None for each in plain):
        return None
    read = [Decimal(each) for each in plain]
    scale = WHOLE if sum(read) == 1 else WHOLE // 100
    scaled = [each * scale for each in read]
    if any(each != int(each) or each < 1 for each in scaled):
        return None
    return [int(each) for each in scaled]
