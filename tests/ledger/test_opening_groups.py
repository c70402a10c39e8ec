"""Opening the books of a group: which code it bears, who may, and that nothing opens twice."""

from __future__ import annotations

import io
import re
from html import unescape

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from kongthun.accounts.models import Role, User
from kongthun.accounts.reach import Reach
from kongthun.areas.models import Area
from kongthun.audit.models import AuditLine
from kongthun.groups.models import Group
from kongthun.ledger.models import Fund, Position
from kongthun.ledger.savings import BooksOpened, NotDone, open_group_books
from ledger.saving_group import VILLAGE, SavingGroup, _holding, reach, refused, saving_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return _holding("amphoe", Role.DISTRICT, area_code="8016")


def opened(
    by: Reach,
    name: str = "กลุ่มออมทรัพย์บ้านทุ่งใหญ่",
    *,
    kind: str = "saving_group",
    village: str = VILLAGE,
    key: str = "",
) -> BooksOpened | NotDone:
    return open_group_books(
        kind=kind,
        village_code=village,
        village_name="บ้านทุ่งใหญ่",
        name=name,
        key=key or f"{kind}-{name}-{village}",
        by=by,
    )


def code_of(done: BooksOpened | NotDone) -> str:
    assert isinstance(done, BooksOpened), done
    return done.fund.code


def text(answer: HttpResponse) -> str:
    """The words of a page as they are read."""
    html = re.sub(r"(?s)<(head|script|style)\b.*?</\1>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", unescape(re.sub(r"<wbr>|<[^>]+>", " ", html)))


# ---- the deed ----------------------------------------------------------------------------------


def test_groups_of_a_village_bear_its_code_and_a_number_and_its_own_fund_the_code_alone(
    officer: User,
) -> None:
    by = reach(officer)
    assert code_of(opened(by)) == "80160101-2"
    assert code_of(opened(by, "กองทุนหมู่บ้านทุ่งใหญ่", kind="village_fund")) == "80160101-3"
    assert code_of(opened(by, "กข.คจ. บ้านทุ่งใหญ่", kind="kkk")) == "80160101"
    assert code_of(opened(by, "กลุ่มออมทรัพย์สตรี")) == "80160101-4"
    fund = Fund.objects.get(code="80160101-2")
    assert (fund.chart, fund.area_code) == ("saving_group", VILLAGE)
    group = Group.objects.get(code="80160101-2")
    assert (group.pk, group.kind) == (fund.pk, "saving_group")
    assert Position.objects.get(fund=fund).sums.is_conserved


def test_the_village_is_recorded_if_it_was_not_known_and_keeps_its_name_if_it_was(
    officer: User,
) -> None:
    code_of(opened(reach(officer)))
    assert Area.objects.get(code=VILLAGE).name_th == "บ้านทุ่งใหญ่"
    done = open_group_books(
        kind="village_fund",
        village_code=VILLAGE,
        village_name="บ้านอื่น",
        name="กองทุนหมู่บ้าน",
        key="other",
        by=reach(officer),
    )
    assert isinstance(done, BooksOpened)
    assert Area.objects.get(code=VILLAGE).name_th == "บ้านทุ่งใหญ่"


def test_the_same_form_sent_twice_opens_one_group(officer: User) -> None:
    by = reach(officer)
    first, again = opened(by, key="k"), opened(by, key="k")
    assert code_of(first) == code_of(again)
    assert refused(opened(by, "ชื่ออื่น", key="k")) == ["OpenedOtherwise"]
    assert Group.objects.count() == 1
    assert AuditLine.objects.filter(deed="open_group_books").count() == 1


def test_the_same_group_is_not_opened_a_second_time(officer: User) -> None:
    by = reach(officer)
    code_of(opened(by))
    assert refused(opened(by, key="again")) == ["GroupThere"]
    code_of(opened(by, "กข.คจ.", kind="kkk"))
    assert refused(opened(by, "กข.คจ. อีกชื่อ", kind="kkk")) == ["GroupThere"]
    assert code_of(opened(by, "กลุ่มออมทรัพย์", village="80160102")) == "80160102-2"


def test_all_that_is_wrong_is_said_together(officer: User) -> None:
    by = reach(officer)
    assert refused(opened(by, " ", kind="gold")) == ["KindUnknown", "GroupUnnamed"]
    assert refused(opened(by, village="80169901")) == ["PlaceUnfit"]
    assert refused(opened(by, village="801601")) == ["PlaceUnfit"]
    assert not Group.objects.exists()


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.FIELD_WORKER, {"area_code": "801602"}),
        (Role.PROVINCE, {"area_code": "80"}),
        (Role.AUDITOR, {"area_code": ""}),
    ],
)
def test_nobody_opens_books_outside_their_area_or_without_that_duty(
    role: Role, place: dict[str, str]
) -> None:
    by = reach(_holding("somebody", role, **place))
    assert refused(opened(by)) == ["NotEntitled"]
    assert not Fund.objects.exists()


# ---- the page ----------------------------------------------------------------------------------

ANSWERS = {
    "key": "screen:1",
    "kind": "saving_group",
    "tambon": "801601",
    "moo": "๓",
    "village_name": "บ้านนา",
    "name": "กลุ่มออมทรัพย์บ้านนา",
}


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_an_officer_opens_a_group_on_screen_and_goes_on_to_its_people(officer: User) -> None:
    client = browser(officer)
    page = client.get("/groups/open/")
    assert page.status_code == 200
    assert "กลุ่มออมทรัพย์เพื่อการผลิต" in text(page)
    assert "กองทุนหมู่บ้าน" in text(page)
    done = client.post("/groups/open/", ANSWERS, follow=True)
    assert done.status_code == 200
    assert "รหัส 80160103-2" in text(done)
    assert "ยังไม่มีสมาชิก" in text(done)


def test_what_was_typed_is_kept_and_the_refusal_stands_beside_it(officer: User) -> None:
    client = browser(officer)
    wrong = client.post("/groups/open/", ANSWERS | {"moo": "สาม"})
    assert wrong.status_code == 422
    assert "หมู่ที่เป็นตัวเลข 1 ถึง 99" in text(wrong)
    assert "กลุ่มออมทรัพย์บ้านนา" in wrong.content.decode()
    unsaid = client.post("/groups/open/", ANSWERS | {"tambon": ""})
    assert unsaid.status_code == 422
    assert not Fund.objects.exists()
    client.post("/groups/open/", ANSWERS)
    twice = client.post("/groups/open/", ANSWERS | {"key": "screen:2"})
    assert twice.status_code == 422
    assert "หมู่บ้านนี้มีกลุ่มออมทรัพย์บ้านนาอยู่แล้ว รหัส 80160103-2" in text(twice)


def test_a_field_worker_is_offered_their_own_tambons_alone() -> None:
    worker = _holding("worker", Role.FIELD_WORKER, area_code="801602")
    page = browser(worker).get("/groups/open/").content.decode()
    assert 'value="801602"' in page
    assert 'value="801601"' not in page
    sent = browser(worker).post("/groups/open/", ANSWERS)
    assert sent.status_code == 422
    assert not Fund.objects.exists()


def test_who_may_open_nothing_does_not_get_the_page() -> None:
    group = saving_group()
    assert browser(group.users["treasurer"]).get("/groups/open/").status_code == 403
    assert browser(group.users["member"]).get("/groups/open/").status_code == 403


# ---- a code with a dash ------------------------------------------------------------------------


def addresses_of_funds() -> list[str]:
    """Every address that is a fund's and asks for nothing but its code."""
    from django.urls import URLPattern, get_resolver

    found = []
    for resolver in get_resolver().url_patterns:
        for pattern in getattr(resolver, "url_patterns", ()):
            if isinstance(pattern, URLPattern) and pattern.name:
                asked = pattern.pattern.regex.groupindex.keys() - pattern.default_args.keys()
                if asked == {"code"} and str(pattern.pattern).startswith("funds/"):
                    found.append(f"{resolver.app_name}:{pattern.name}")
    return found


def test_a_code_with_a_dash_is_answered_at_every_page_like_one_without() -> None:
    group = saving_group()
    client = browser(group.users["officer"])
    plain = code_of(opened(reach(group.users["officer"]), "กข.คจ. บ้านทุ่งใหญ่", kind="kkk"))
    # Shares, means and a year to close are of groups whose chart of accounts has them; households
    # do not apply, they are put on the list.
    of_members = ("ledger:savings", "funding:", "trade:", "groups:member_apply")
    names = [name for name in addresses_of_funds() if not name.startswith(of_members)]
    assert len(names) > 20
    for name in names:
        with_dash = client.get(reverse(name, args=[group.fund.code])).status_code
        assert with_dash == client.get(reverse(name, args=[plain])).status_code, name
        assert with_dash < 500, name
    for page in ("savings/", "savings/sheet/", "savings/1/"):
        assert client.get(f"/funds/{group.fund.code}/{page}").status_code == 200
        assert client.get(f"/funds/{plain}/{page}").status_code == 404


def test_the_commands_know_a_fund_by_a_code_with_a_dash() -> None:
    group: SavingGroup = saving_group()
    code = group.fund.code
    for command, *asked in (
        ("verify", "--fund", code),
        ("export_journal", "--fund", code, "--format", "hledger"),
        ("export_journal", "--fund", code, "--format", "beancount"),
        ("receipt_key", "--fund", code),
        ("status", "--area", VILLAGE, "--by", "fund", "--kind", "saving_group", "--json"),
    ):
        said = io.StringIO()
        call_command(command, *asked, stdout=said)
        assert said.getvalue(), command
        if command == "status":
            assert code in said.getvalue()
