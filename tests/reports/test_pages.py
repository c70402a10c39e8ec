"""The reading pages: open to those in reach, right in their totals, kind about odd questions."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.http import HttpResponse
from django.utils import timezone

from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role, User
from kongthun.domain.thai_calendar import long, short
from kongthun.groups.actions import open_group
from kongthun.groups.models import Membership
from kongthun.ledger.models import Entry, Fund, Position
from kongthun.loans.models import Contract
from kongthun.loans.queries.contracts import contract_states
from kongthun.reports.definitions import DEFINITIONS
from kongthun.reports.queries.funds import KINDS_OF_PLACE
from kongthun.reports.queries.roll_up import StatusRow, total_of
from kongthun.reports.wording import PLACES
from kongthun.web import wording
from kongthun.web.position_bar import position_sentence
from reports.small_district import FAR_AWAY, NEXT_DOOR, SmallDistrict, signed_in

AREA_PAGES = ("/area/8016/", "/area/801601/", "/area/80160101/", "/area/80/", "/area/")


def pages_of_fund(code: str) -> list[str]:
    """Every kind of page a fund has."""
    fund = Fund.objects.get(code=code)
    contract = Contract.objects.filter(fund=fund, withdrawn_at=None).order_by("number")[0]
    member = Membership.objects.filter(group_id=fund.pk).order_by("number")[0]
    entry = Entry.objects.filter(fund=fund).order_by("number")[0]
    books = [f"/funds/{code}/{book}" for book in ("", "purple/", "yellow/", "green/", "brown/")]
    return [
        *books,
        *(f"/funds/{code}/figures/{place}/" for place in ("bank", "unexplained")),
        f"/funds/{code}/contracts/{contract.number}/",
        f"/funds/{code}/households/{member.number}/",
        f"/funds/{code}/entries/{entry.number}/",
    ]


def pages_of_area(code: str) -> list[str]:
    """Every kind of page an area has."""
    area = f"/area/{code}/" if code else "/area/"
    return [area, *(f"{area}figures/{place}/" for place in ("households", "overdue"))]


def text(answer: HttpResponse) -> str:
    """The words of a page as they are read."""
    html = answer.content.decode()
    body = re.sub(r"(?s)<(head|script|style)\b.*?</\1>", " ", html)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<wbr>|<[^>]+>", " ", body)))


def spaced(name: str) -> str:
    """A name as `text` has it: one space for two."""
    return " ".join(name.split())


def total_under(code: str, as_of: date | None = None) -> StatusRow:
    today = timezone.localdate()
    return total_of(code, as_of=as_of or today, today=today, reach=None)


# ---- who sees what -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["officer", "field_worker", "chairman", "treasurer", "province", "department", "auditor"],
)
def test_every_page_of_a_fund_is_open_to_those_in_reach_and_not_found_by_others(
    district: SmallDistrict, name: str
) -> None:
    client = signed_in(getattr(district.cast, name))
    in_reach = district.reachable(name)
    for code in (district.codes[0], NEXT_DOOR):
        expected = 200 if code in in_reach else 404
        for page in pages_of_fund(code):
            assert client.get(page).status_code == expected, page


@pytest.mark.parametrize(
    ("name", "opened"),
    [
        ("officer", ("", "80", "8016", "801601", "80160101")),
        ("auditor", ("", "80", "8016", "801601", "80160101")),
        ("field_worker", ("", "80", "8016", "801601", "80160101")),
        ("province", ("", "80", "8016", "801601", "80160101", "8012", "80120101")),
        ("department", ("", "80", "8016", "801601", "80160101", "8012", "80120101", "32")),
        ("neighbour", ("", "80", "8012", "80120101")),
    ],
)
def test_every_page_of_an_area_is_open_above_and_below_what_is_held_and_nowhere_else(
    district: SmallDistrict, name: str, opened: tuple[str, ...]
) -> None:
    client = signed_in(getattr(district.cast, name))
    for code in ("", "80", "8016", "801601", "80160101", "8012", "80120101", "32", FAR_AWAY[:4]):
        is_open = code in opened or (name == "department" and code == FAR_AWAY[:4])
        for page in pages_of_area(code):
            assert client.get(page).status_code == (200 if is_open else 404), page


def test_above_what_is_held_only_the_own_part_is_summed_and_the_page_says_so(
    district: SmallDistrict,
) -> None:
    own = [row for code in district.codes[:2] for row in [total_under(code)]]
    assert {code[:6] for code in district.codes[:2]} == {"801601", "801602"}
    for code in ("8016", "80", ""):
        words = text(signed_in(district.cast.field_worker).get(f"/area/{code}/".replace("//", "/")))
        assert "แสดงเฉพาะพื้นที่ในความรับผิดชอบของท่าน" in words
        assert f"ข้อมูล ณ {long(timezone.localdate())}" in words
        assert (own[0].sums + own[1].sums).households.text in words
        assert total_under(code).sums.households.text not in words
    whole = text(signed_in(district.cast.officer).get("/area/8016/"))
    assert "แสดงเฉพาะพื้นที่" not in whole


@pytest.mark.parametrize("page", ["/area/8016/", "/area/8016/export.xlsx", "/", "/area/"])
def test_people_of_one_fund_are_told_who_can_help_with_areas(
    district: SmallDistrict, page: str
) -> None:
    answer = signed_in(district.cast.chairman).get(page)
    if page == "/":
        assert answer.headers["Location"] == f"/funds/{district.codes[0]}/"
    else:
        assert answer.status_code == 403
        assert wording.NO_PERMISSION.who in text(answer)


def test_each_is_led_to_their_own_first_page(district: SmallDistrict) -> None:
    first = f"/funds/{district.codes[0]}/"
    homes = {
        "officer": "/area/8016/",
        "auditor": "/area/8016/",
        "field_worker": "/area/8016/",
        "province": "/area/80/",
        "department": "/area/",
        "neighbour": "/area/8012/",
        "chairman": first,
        "treasurer": first,
        "member": f"{first}households/{district.own}/",
    }
    for name, home in homes.items():
        client = signed_in(getattr(district.cast, name))
        assert client.get("/").headers["Location"] == home, name
        assert client.get(home).status_code == 200, name


def test_the_treasurer_of_a_group_without_books_yet_is_told_who_can_help(
    district: SmallDistrict,
) -> None:
    group = open_group(code="80160909", kind="kkk", area_code="80160909", name="กลุ่มใหม่")
    user = User.objects.create(username="new-treasurer")
    appoint(
        user=user,
        role=Role.TREASURER,
        by_order="มติที่ประชุม",
        starts_on=date(2020, 1, 1),
        group_id=group.pk,
    )
    answer = signed_in(user).get("/")
    assert answer.status_code == 403
    assert wording.NO_PERMISSION.who in text(answer)
    assert "80160909" not in district.codes


@pytest.mark.parametrize(
    "page",
    [
        *("/", "/area/", "/area/8016/", "/area/8016/figures/bank/", "/area/8016/export.xlsx"),
        *("/funds/80160101/", "/funds/80160101/contracts/1/", "/definitions/bank/"),
    ],
)
def test_somebody_signed_out_is_asked_to_sign_in_and_led_back(
    district: SmallDistrict,
    client: object,
    page: str,
) -> None:
    assert district.codes[0] == "80160101"
    answer = client.get(page)  # type: ignore[attr-defined]
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/sign-in/?next={page}"


def test_an_appointment_that_ended_shows_nothing_but_who_can_help(
    district: SmallDistrict,
) -> None:
    client = signed_in(district.cast.retired)
    for page in ["/", *AREA_PAGES, "/definitions/bank/", *pages_of_fund(district.codes[0])]:
        answer = client.get(page)
        assert answer.status_code == 403, page
        words = text(answer)
        assert wording.NO_PERMISSION.title in words
        assert wording.NO_PERMISSION.who in words
        assert district.villages[0].name not in words


def test_an_unknown_code_and_one_out_of_reach_are_answered_alike(
    district: SmallDistrict,
) -> None:
    client = signed_in(district.cast.officer)

    def page(address: str) -> str:
        answer = client.get(address)
        assert answer.status_code == 404, address
        html = answer.content.decode()
        return re.sub(r'"X-CSRFToken": "\w+"|value="\w{64}"', "", html)

    strangers = [
        *(f"/funds/{NEXT_DOOR}/", "/funds/80129999/", f"/funds/{NEXT_DOOR}/contracts/1/"),
        *("/funds/99/contracts/1/", "/area/8012/", "/area/8099/", "/area/99/"),
        *("/area/8012/figures/bank/", "/area/8016/figures/nonsense/", "/definitions/nonsense/"),
        f"/funds/{district.codes[0]}/contracts/99999/",
        f"/funds/{district.codes[0]}/entries/99999/",
        f"/funds/{district.codes[0]}/households/99999/",
        f"/funds/{district.codes[0]}/figures/nonsense/",
    ]
    answers = {page(address) for address in strangers}
    assert len(answers) == 1
    (html,) = answers
    assert wording.NOT_FOUND.title in html


def test_the_export_of_a_province_is_not_a_page(district: SmallDistrict) -> None:
    client = signed_in(district.cast.province)
    assert client.get("/area/80/export.xlsx").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/area/801/", "/area/8016x/", "/area/๘๐๑๖/", "/area/8016010101/", "/funds/80160101/figures/"],
)
def test_what_can_be_no_address_is_not_found(district: SmallDistrict, address: str) -> None:
    assert signed_in(district.cast.officer).get(address).status_code == 404


# ---- right totals --------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["8016", "801601", "80160101", "80", ""])
@pytest.mark.parametrize("days_ago", [0, 400])
def test_an_area_prints_its_totals(district: SmallDistrict, code: str, days_ago: int) -> None:
    as_of = timezone.localdate() - timedelta(days=days_ago)
    client = signed_in(district.cast.department)
    answer = client.get(f"/area/{code}/".replace("//", "/"), {"as_of": as_of.isoformat()})
    words = text(answer)
    total = total_under(code, as_of)
    foot = words.split(f"รวม {total.funds:,} กองทุน")[1].split("ดูข้อมูลย้อนหลัง")[0].split()
    sums = total.sums
    columns = [sums.capital, sums.households, sums.bank, sums.cash, sums.unexplained]
    printed = [f"{total.funds:,}"] if len(code) < 4 else []
    printed += [*(amount.text for amount in columns), total.overdue.text]
    assert foot[: len(printed)] == printed
    assert f"{total.set_aside_rows:,}" in foot
    place = "ทั้งประเทศ" if not code else answer.context["node"].full_name
    assert position_sentence(sums, of=place) in words
    assert sums.is_conserved


@pytest.mark.parametrize("place", [*PLACES, "overdue"])
def test_the_parts_of_an_area_s_figure_add_up_to_it(district: SmallDistrict, place: str) -> None:
    client = signed_in(district.cast.officer)
    answer = client.get(f"/area/8016/figures/{place}/")
    context = answer.context
    parts = [amount.satang for _, amount, _ in context["parts"]]
    total = total_under("8016")
    expected = total.overdue if place == "overdue" else getattr(total.sums, place)
    assert context["total"] == expected
    assert sum(parts) == expected.satang
    if parts:
        assert text(answer).count(expected.text) >= 2  # the figure and the foot of its parts
        hrefs = [href for _, _, href in context["parts"]]
        assert len(set(hrefs)) == len(parts)
    else:
        assert "ไม่มียอดนี้ในพื้นที่" in text(answer)


@pytest.mark.parametrize("place", list(KINDS_OF_PLACE))
def test_the_entries_of_a_fund_s_figure_add_up_to_it(district: SmallDistrict, place: str) -> None:
    for code in district.codes:
        client = signed_in(district.cast.officer)
        address = f"/funds/{code}/figures/{place}/"
        answer = client.get(address)
        expected = getattr(Position.objects.get(fund__code=code).sums, place)
        page = answer.context["page"]
        assert answer.context["total"] == expected
        assert expected.text in text(answer)
        amounts = []
        for number in page.paginator.page_range:
            lines = list(client.get(address, {"page": number}).context["page"])
            amounts += [line.amount.satang for line in lines]
        assert sum(amounts) == expected.satang
        if page.paginator.count:
            assert page[0].balance == expected  # the newest stands first


def test_what_is_not_explained_is_told_by_its_causes(district: SmallDistrict) -> None:
    client = signed_in(district.cast.officer)
    told = 0
    for code in district.codes:
        answer = client.get(f"/funds/{code}/figures/unexplained/")
        why = answer.context["why"]
        total = Position.objects.get(fund__code=code).sums.unexplained
        assert sum(amount.satang for _, amount, _, _ in why) == total.satang
        for deed, amount, _, words in why:
            told += 1
            assert words, deed
            assert words in text(answer)
            assert amount.text in text(answer)
    assert told


def test_a_fund_in_one_look_answers_where_its_money_is(district: SmallDistrict) -> None:
    for code in district.codes:
        words = text(signed_in(district.cast.treasurer if code == district.codes[0] else
                               district.cast.officer).get(f"/funds/{code}/"))  # fmt: skip
        status = total_under(code)
        assert f"{status.sums.capital.text} บาท อยู่ที่ไหน" in words
        assert position_sentence(status.sums) in words
        assert status.overdue.text in words


def test_the_yellow_book_lists_the_contracts_of_each_kind(district: SmallDistrict) -> None:
    fund = district.first
    client = signed_in(district.cast.chairman)
    today = timezone.localdate()
    states = contract_states(fund, as_of=today, with_names=True)
    expected = {
        "all": states,
        "open": [state for state in states if state.balance],
        "settled": [state for state in states if not state.balance],
        "overdue": [state for state in states if state.arrears.overdue],
    }
    assert expected["overdue"]
    for show, wanted in expected.items():
        answer = client.get(f"/funds/{fund.code}/yellow/", {"show": show})
        rows = answer.context["rows"]
        assert {row.contract.number for row in rows} == {row.contract.number for row in wanted}
        balance = sum(row.balance.satang for row in wanted)
        assert answer.context["totals"]["balance"].satang == balance
        assert f"{len(wanted):,} สัญญา" in text(answer)
    late = client.get(f"/funds/{fund.code}/yellow/", {"show": "overdue"}).context["rows"]
    assert late == sorted(late, key=lambda state: -state.arrears.days_late)
    total = total_under(fund.code)
    assert sum(state.arrears.overdue.satang for state in states) == total.overdue.satang
    assert sum(state.balance.satang for state in states) == total.sums.households.satang
    # A way of looking that does not exist falls back to what is owed.
    odd = client.get(f"/funds/{fund.code}/yellow/", {"show": "nonsense"})
    assert odd.context["shown"] == "open"


def test_a_contract_shows_what_was_lent_what_came_back_and_the_balance_after_each(
    district: SmallDistrict,
) -> None:
    fund = district.first
    client = signed_in(district.cast.treasurer)
    states = contract_states(fund, as_of=timezone.localdate(), with_names=True)
    state = max(states, key=lambda one: (bool(one.balance), one.repaid))
    answer = client.get(f"/funds/{fund.code}/contracts/{state.contract.number}/")
    words = text(answer)
    for printed in (
        state.contract.paper_number,
        spaced(state.borrower),
        f"{state.contract.principal.text} บาท",
        state.balance.text,
        state.repaid.text,
        long(state.contract.paid_out_on),
    ):
        assert printed in words
    balances = [movement.balance for movement, _ in answer.context["movements"]]
    assert balances[0] == state.contract.principal
    assert balances[-1] == state.balance


def test_a_household_shows_all_it_ever_borrowed(district: SmallDistrict) -> None:
    fund, number = district.first, district.own
    answer = signed_in(district.cast.member).get(f"/funds/{fund.code}/households/{number}/")
    states = contract_states(
        fund, as_of=timezone.localdate(), with_names=True, member_number=number
    )
    assert states
    words = text(answer)
    balance = sum(state.balance.satang for state in states)
    assert answer.context["totals"]["balance"].satang == balance
    for state in states:
        assert state.contract.paper_number in words
    member = Membership.objects.get(group_id=fund.pk, number=number)
    assert spaced(member.person.name.full) in words
    assert "ครัวเรือนของท่าน" in words


def test_the_purple_book_lists_everybody_and_adds_up_what_they_owe(
    district: SmallDistrict,
) -> None:
    fund = district.first
    answer = signed_in(district.cast.chairman).get(f"/funds/{fund.code}/purple/")
    assert len(answer.context["rows"]) == Membership.objects.filter(group_id=fund.pk).count()
    states = contract_states(fund, as_of=timezone.localdate(), with_names=False)
    owed = sum(s.balance.satang for s in states if s.contract.member_number is not None)
    assert answer.context["owed_total"].satang == owed


def test_the_green_book_ends_with_the_balance_of_the_paper(district: SmallDistrict) -> None:
    for village in district.villages:
        words = text(signed_in(district.cast.officer).get(f"/funds/{village.code}/green/"))
        assert f"{village.truth.bank.text} บาท" in words


def test_the_brown_book_stands_beside_the_books_of_the_same_day(district: SmallDistrict) -> None:
    answer = signed_in(district.cast.officer).get(f"/funds/{district.codes[0]}/brown/")
    beside = {words: (paper, ours, gap) for words, paper, ours, gap in answer.context["beside"]}
    day = answer.context["snapshot"].as_of
    on_that_day = total_under(district.codes[0], day)
    assert beside["เงินอยู่กับครัวเรือน"][1] == on_that_day.sums.households
    assert beside["เงินที่ผิดสัญญา (เกินกำหนด)"][1] == on_that_day.overdue
    for paper, ours, gap in beside.values():
        assert gap is None if paper is None else gap == ours - paper


def test_an_entry_shows_its_lines_its_paper_and_its_link(district: SmallDistrict) -> None:
    fund = district.first
    entry = Entry.objects.filter(fund=fund, deed="repayment_received").order_by("number")[0]
    words = text(
        signed_in(district.cast.treasurer).get(f"/funds/{fund.code}/entries/{entry.number}/")
    )
    assert "รับคืนเงินยืม" in words
    assert long(entry.happened_on) in words
    assert "แถวที่" in words
    assert bytes(entry.link).hex() in words.replace(" ", "")


def test_every_definition_can_be_read_by_everybody(district: SmallDistrict) -> None:
    for name in ("officer", "chairman", "member", "department"):
        client = signed_in(getattr(district.cast, name))
        for slug, definition in DEFINITIONS.items():
            words = text(client.get(f"/definitions/{slug}/"))
            assert definition.meaning in words
            assert definition.formula in words


# ---- the words of a question ---------------------------------------------------------------------


def listed(answer: HttpResponse) -> list[str]:
    return [row.status.code for row in answer.context["rows"]]  # type: ignore[attr-defined]


def test_the_list_is_in_the_order_of_who_needs_help_first(district: SmallDistrict) -> None:
    rows = signed_in(district.cast.officer).get("/area/8016/").context["rows"]
    cares = [row.warning.care for row in rows]
    assert cares == sorted(cares, reverse=True)
    assert sorted(row.status.code for row in rows) == district.codes


@pytest.mark.parametrize(
    ("sort", "of"),
    [
        ("code", lambda row: row.status.code),
        ("households", lambda row: row.status.sums.households),
        ("bank", lambda row: row.status.sums.bank),
        ("cash", lambda row: row.status.sums.cash),
        ("unexplained", lambda row: row.status.sums.unexplained),
        ("overdue", lambda row: row.status.overdue),
        ("moved", lambda row: row.status.last_movement_on),
        ("rows", lambda row: row.status.set_aside_rows),
    ],
)
def test_a_column_sorts_both_ways(district: SmallDistrict, sort: str, of: object) -> None:
    client = signed_in(district.cast.officer)
    up = client.get("/area/8016/", {"sort": sort})
    values = [of(row) for row in up.context["rows"]]  # type: ignore[operator]
    assert values == sorted(values)
    assert f"?sort=-{sort}" in up.content.decode()
    assert 'aria-sort="ascending"' in up.content.decode()
    down = client.get("/area/8016/", {"sort": f"-{sort}"})
    assert [of(row) for row in down.context["rows"]] == sorted(values, reverse=True)  # type: ignore[operator]


def test_a_sort_that_does_not_exist_falls_back(district: SmallDistrict) -> None:
    client = signed_in(district.cast.officer)
    assert listed(client.get("/area/8016/", {"sort": "password"})) == listed(
        client.get("/area/8016/")
    )


def test_a_fund_is_found_by_part_of_its_name_its_code_and_with_slips_of_tone_marks(
    district: SmallDistrict,
) -> None:
    client = signed_in(district.cast.officer)
    tone_marks = re.compile("[่้๊๋็]")  # ่ ้ ๊ ๋ ็
    for village in district.villages:
        for query in (village.name, village.code, village.name[:6], f"  {village.name} "):
            assert village.code in listed(client.get("/area/8016/", {"q": query})), query
        slipped = tone_marks.sub("", village.name)
        assert village.code in listed(client.get("/area/8016/", {"q": slipped})), slipped
    assert any(tone_marks.search(village.name) for village in district.villages)


def test_a_search_that_finds_nothing_says_so_and_leads_back(district: SmallDistrict) -> None:
    answer = signed_in(district.cast.officer).get("/area/8016/", {"q": "ไม่มีหมู่บ้านนี้"})
    assert listed(answer) == []
    assert "ไม่พบกองทุนตามที่ค้นหา" in text(answer)
    assert 'href="/area/8016/"' in answer.content.decode()


def test_what_was_searched_for_comes_back_as_text_and_never_as_a_page(
    district: SmallDistrict,
) -> None:
    wicked = '"><script>alert(1)</script>'
    for name in ("q", "as_of", "care", "sort", "show"):
        html = signed_in(district.cast.officer).get("/area/8016/", {name: wicked}).content.decode()
        assert "<script>alert" not in html, name


@pytest.mark.parametrize("care", ["unexplained", "visit", "watch", "ok", "rows", "unreported"])
def test_a_filter_shows_as_many_as_its_chip_promises(district: SmallDistrict, care: str) -> None:
    client = signed_in(district.cast.officer)
    counts = {chip.href: chip.count for chip in client.get("/area/8016/").context["chips"]}
    answer = client.get("/area/8016/", {"care": care})
    assert len(listed(answer)) == counts.get(f"?care={care}", 0)
    assert {chip.href: chip.count for chip in answer.context["chips"] if chip.count} == {
        href: count for href, count in counts.items() if count
    }


def test_a_filter_and_a_search_together_show_what_fits_both(district: SmallDistrict) -> None:
    client = signed_in(district.cast.officer)
    code = listed(client.get("/area/8016/", {"care": "rows"}))[0]
    assert listed(client.get("/area/8016/", {"care": "rows", "q": code})) == [code]
    other = next(c for c in district.codes if c != code)
    assert listed(client.get("/area/8016/", {"care": "rows", "q": code + other})) == []


def test_only_the_table_comes_when_only_the_table_is_asked_for(district: SmallDistrict) -> None:
    client = signed_in(district.cast.officer)
    asked = {"HX-Request": "true", "HX-Target": "funds"}
    part = client.get("/area/8016/", {"q": district.codes[0]}, headers=asked).content.decode()
    assert part.lstrip().startswith('<div id="funds">')
    assert "<html" not in part
    assert district.codes[0] in part
    assert district.codes[1] not in part


@pytest.mark.parametrize(
    "page", ["/area/8016/", "/area/80/", "/area/8016/figures/bank/", "/funds/80160101/yellow/"]
)
@pytest.mark.parametrize("asked", ["เมื่อวาน", "31/2/2568", "12/5/14", "2568", "\u0000", "9" * 60])
def test_a_day_that_cannot_be_read_is_said_in_thai_and_today_is_shown(
    district: SmallDistrict, page: str, asked: str
) -> None:
    answer = signed_in(district.cast.officer).get(page, {"as_of": asked})
    assert answer.status_code == 200
    words = text(answer)
    assert "ไม่ได้ จึงแสดงข้อมูลของวันนี้" in words
    assert f"ข้อมูล ณ {long(timezone.localdate())}" in words


@pytest.mark.parametrize("asked", ["1/1/2590", "31/12/2600"])
def test_a_day_to_come_is_said_in_thai_and_today_is_shown(
    district: SmallDistrict, asked: str
) -> None:
    answer = signed_in(district.cast.officer).get("/area/8016/", {"as_of": asked})
    assert "วันที่ที่ขอยังมาไม่ถึง จึงแสดงข้อมูลของวันนี้" in text(answer)


@pytest.mark.parametrize("asked", ["1/1/544", "1/1/2400", "0001-01-01", "30/9/2460"])
@pytest.mark.parametrize(
    "page", ["/area/8016/", "/area/80/", "/funds/80160101/", "/area/8016/export.xlsx"]
)
def test_a_day_before_all_funds_shows_nothing_or_says_why_not(
    district: SmallDistrict, page: str, asked: str
) -> None:
    assert signed_in(district.cast.officer).get(page, {"as_of": asked}).status_code == 200


@pytest.mark.parametrize("asked", ["30/9/2568", "๓๐ ก.ย. ๖๘", "30 กันยายน 2568", "2025-09-30"])
def test_a_day_is_asked_for_in_any_spelling_of_the_field(
    district: SmallDistrict, asked: str
) -> None:
    answer = signed_in(district.cast.officer).get("/area/8016/", {"as_of": asked})
    assert answer.context["as_of"] == date(2025, 9, 30)
    assert f"ข้อมูล ณ {long(date(2025, 9, 30))}" in text(answer)
    assert short(date(2025, 9, 30)) in text(answer)


@pytest.mark.parametrize("page", ["0", "-1", "x", "9999999999", "๒", ""])
def test_a_page_that_does_not_exist_falls_back(district: SmallDistrict, page: str) -> None:
    client = signed_in(district.cast.officer)
    answer = client.get(f"/funds/{district.codes[0]}/green/", {"page": page})
    assert answer.status_code == 200
    assert answer.context["page"].object_list
