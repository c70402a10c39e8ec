"""Share certificates: sold once, handed on, given back, lost; docs/rules/share_certificates.md."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from five.occupation_group import OccupationGroup, founded_group
from funding.means_group import baht, certified, day, entries, held, refused, sold, sound
from kongthun.accounts.reach import NotEntitled
from kongthun.audit.models import AuditLine
from kongthun.domain.journal import HappensLater
from kongthun.funding.actions.certificates import (
    Certified,
    cancel_certificate,
    issue_for_held,
    replace_certificate,
    return_certificate,
    sell_shares,
    take_back_sale,
    transfer_certificate,
)
from kongthun.funding.means_refusals import (
    BeforeItWas,
    CertificateEnded,
    FewerWithoutCertificate,
    MoreThanOnIt,
    NoShares,
    NoSuch,
    NotAMemberThen,
    NotDone,
    NotFromASale,
    ToThemselves,
)
from kongthun.funding.models import ShareCertificate
from kongthun.funding.queries.shares import share_register
from kongthun.ledger.actions import KeyTaken
from kongthun.ledger.models import Entry
from kongthun.ledger.refusals import MoreThanThere, WordsNeeded
from kongthun.ledger.savings import Kept, NotWholeShares, buy_shares
from kongthun.ledger.savings import return_shares as return_shares_at_the_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours() -> OccupationGroup:
    return founded_group()


def test_the_example_of_the_rule_page(ours: OccupationGroup) -> None:
    fund, by = ours.fund, ours.treasurer
    assert sold(ours, 1, 20, day(1, 5)) == 1
    assert sold(ours, 2, 10, day(1, 5)) == 2
    moved = transfer_certificate(1, fund=fund, to_member=3, shares=8, on=day(3, 1), key="t", by=by)
    assert isinstance(moved, Certified)
    assert moved.numbers == (3, 4)
    lost = replace_certificate(2, fund=fund, on=day(4, 1), words="น้ำท่วมบ้าน", by=by)
    assert isinstance(lost, Certified)
    assert lost.numbers == (5,)
    back = return_certificate(4, fund=fund, shares=2, on=day(5, 1), key="r", by=by)
    assert isinstance(back, Certified)
    assert (back.numbers, back.document) == ((6,), "จ.1")
    sums = {each.member_number: (each.kept, each.shares) for each in share_register(fund)}
    assert sums[1] == (baht(1_000), 10)
    assert sums[2] == (baht(1_000), 10)
    assert sums[3] == (baht(800), 8)
    assert held(fund, "cash") == baht(2_800)
    for number in (1, 2, 3):
        assert certified(fund, number) == -held(fund, f"share:{number}")
    sound(fund)


def test_a_sale_is_the_entry_of_the_savings_desk_with_a_certificate(ours: OccupationGroup) -> None:
    done = sell_shares(
        fund=ours.fund, member_number=1, shares=5, on=day(1, 5), key="s", by=ours.treasurer
    )
    assert isinstance(done, Certified)
    entry = Entry.objects.get(fund=ours.fund, number=done.entry_number)
    assert (entry.deed, entry.document) == ("shares_received", "ส.1")
    row = ShareCertificate.objects.get(fund=ours.fund, number=1)
    assert (row.shares, row.price, row.entry_number) == (5, baht(100), entry.number)
    assert AuditLine.objects.filter(deed="sell_shares", subject="certificate 1").count() == 1


def test_a_sale_sent_twice_gives_one_certificate(ours: OccupationGroup) -> None:
    said = {"fund": ours.fund, "member_number": 1, "on": day(1, 5), "key": "s"}
    first = sell_shares(**said, shares=5, by=ours.treasurer)  # type: ignore[arg-type]
    assert sell_shares(**said, shares=5, by=ours.treasurer) == first  # type: ignore[arg-type]
    other = sell_shares(**said, shares=6, by=ours.treasurer)  # type: ignore[arg-type]
    assert [type(each) for each in refused(other)] == [KeyTaken]
    assert ShareCertificate.objects.filter(fund=ours.fund).count() == 1


def test_a_certificate_sold_twice_is_refused_with_where_the_shares_are(
    ours: OccupationGroup,
) -> None:
    sold(ours, 1, 20, day(1, 5))
    said = {"fund": ours.fund, "on": day(3, 1), "by": ours.treasurer}
    transfer_certificate(1, to_member=3, key="first", **said)  # type: ignore[arg-type]
    before = entries(ours.fund)
    again = transfer_certificate(1, to_member=4, key="second", **said)  # type: ignore[arg-type]
    assert CertificateEnded(1, day(3, 1), "โอนให้สมาชิกเลขที่ 3", (2,)) in refused(again)
    back = return_certificate(1, key="third", **said)  # type: ignore[arg-type]
    assert CertificateEnded(1, day(3, 1), "โอนให้สมาชิกเลขที่ 3", (2,)) in refused(back)
    assert entries(ours.fund) == before


def test_a_transfer_sent_twice_is_one_and_another_under_its_key_is_none(
    ours: OccupationGroup,
) -> None:
    sold(ours, 1, 20, day(1, 5))
    said = {"fund": ours.fund, "on": day(3, 1), "key": "t", "by": ours.treasurer}
    first = transfer_certificate(1, to_member=3, shares=5, **said)  # type: ignore[arg-type]
    assert isinstance(first, Certified)
    assert transfer_certificate(1, to_member=3, shares=5, **said) == first  # type: ignore[arg-type]
    other = transfer_certificate(1, to_member=4, shares=5, **said)  # type: ignore[arg-type]
    assert [type(each) for each in refused(other)] == [KeyTaken]
    sound(ours.fund)


def test_all_that_is_against_a_transfer_is_said_together(ours: OccupationGroup) -> None:
    sold(ours, 1, 5, day(3, 1))
    said = {"fund": ours.fund, "key": "t", "by": ours.treasurer}
    done = transfer_certificate(1, to_member=99, shares=6, on=day(2, 1), **said)  # type: ignore[arg-type]
    kinds = {type(each) for each in refused(done)}
    assert {BeforeItWas, MoreThanOnIt, NotAMemberThen} <= kinds
    own = transfer_certificate(1, to_member=1, shares=0, on=day(3, 2), **said)  # type: ignore[arg-type]
    assert {NoShares, ToThemselves} <= {type(each) for each in refused(own)}
    tomorrow = timezone.localdate() + timedelta(days=1)
    later = transfer_certificate(1, to_member=2, on=tomorrow, **said)  # type: ignore[arg-type]
    assert [type(each) for each in refused(later)] == [HappensLater]


def test_shares_bought_without_a_certificate_get_one_later_and_only_once(
    ours: OccupationGroup,
) -> None:
    fund, by = ours.fund, ours.treasurer
    bought = buy_shares(
        fund=fund, member_number=4, amount=baht(700), on=day(1, 5), key="old", by=by
    )
    assert isinstance(bought, Kept)
    (row,) = (each for each in share_register(fund) if each.member_number == 4)
    assert (row.certified, row.without) == (baht(0), baht(700))
    done = issue_for_held(fund=fund, member_number=4, on=day(2, 1), by=by)
    assert isinstance(done, Certified)
    kept = ShareCertificate.objects.get(fund=fund, number=done.numbers[0])
    assert (kept.shares, kept.entry_number) == (7, bought.numbers[0])
    again = issue_for_held(fund=fund, member_number=4, on=day(2, 1), by=by)
    assert refused(again) == (FewerWithoutCertificate(4, baht(0), baht(0)),)
    assert entries(fund) == 1


def test_shares_paid_at_another_price_get_their_certificate_at_that_price(
    ours: OccupationGroup,
) -> None:
    fund, by = ours.fund, ours.treasurer
    buy_shares(fund=fund, member_number=4, amount=baht(700), on=day(1, 5), key="old", by=by)
    back = return_shares_at_the_desk(
        fund=fund, member_number=4, amount=baht(550), on=day(1, 6), key="b", by=by
    )
    assert isinstance(back, Kept)
    uneven = issue_for_held(fund=fund, member_number=4, on=day(2, 1), by=by)
    assert [type(each) for each in refused(uneven)] == [NotWholeShares]
    done = issue_for_held(fund=fund, member_number=4, on=day(2, 1), by=by, price=baht(50))
    assert isinstance(done, Certified)
    assert certified(fund, 4) == baht(150) == -held(fund, "share:4")


def test_more_shares_than_are_there_get_no_certificate(ours: OccupationGroup) -> None:
    fund, by = ours.fund, ours.treasurer
    buy_shares(fund=fund, member_number=4, amount=baht(300), on=day(1, 5), key="old", by=by)
    done = issue_for_held(fund=fund, member_number=4, shares=4, on=day(2, 1), by=by)
    assert refused(done) == (FewerWithoutCertificate(4, baht(400), baht(300)),)
    early = issue_for_held(fund=fund, member_number=4, shares=3, on=day(1, 4), by=by)
    assert refused(early) == (FewerWithoutCertificate(4, baht(300), baht(0)),)


def test_giving_shares_back_needs_the_cash_and_takes_nothing_when_refused(
    ours: OccupationGroup,
) -> None:
    from kongthun.ledger.bank import deposit_cash

    fund, by = ours.fund, ours.treasurer
    sold(ours, 1, 10, day(1, 5))
    deposit_cash(fund=fund, amount=baht(900), on=day(1, 6), slip="ฝ.1", key="d", by=by)
    before = entries(fund)
    done = return_certificate(1, fund=fund, on=day(2, 1), key="r", by=by)
    assert [type(each) for each in refused(done)] == [MoreThanThere]
    assert entries(fund) == before
    assert ShareCertificate.objects.get(fund=fund, number=1).ended_on is None


def test_shares_given_back_twice_by_one_form_are_given_back_once(ours: OccupationGroup) -> None:
    sold(ours, 1, 10, day(1, 5))
    said = {"fund": ours.fund, "shares": 4, "on": day(2, 1), "key": "r", "by": ours.treasurer}
    first = return_certificate(1, **said)  # type: ignore[arg-type]
    assert isinstance(first, Certified)
    assert return_certificate(1, **said) == first  # type: ignore[arg-type]
    assert held(ours.fund, "cash") == baht(600)
    sound(ours.fund)


def test_a_lost_certificate_is_void_and_names_the_one_instead(ours: OccupationGroup) -> None:
    fund, by = ours.fund, ours.treasurer
    sold(ours, 1, 10, day(1, 5))
    unsaid = replace_certificate(1, fund=fund, on=day(2, 1), words=" ", by=by)
    assert refused(unsaid) == (WordsNeeded(),)
    done = replace_certificate(1, fund=fund, on=day(2, 1), words="หาย", by=by)
    assert isinstance(done, Certified)
    found = return_certificate(1, fund=fund, on=day(3, 1), key="r", by=by)
    assert CertificateEnded(1, day(2, 1), "หาย", done.numbers) in refused(found)
    assert entries(fund) == 1
    sound(fund)


def test_a_cancelled_certificate_leaves_the_shares_with_the_member(ours: OccupationGroup) -> None:
    fund, by = ours.fund, ours.treasurer
    sold(ours, 1, 10, day(1, 5))
    done = cancel_certificate(1, fund=fund, on=day(2, 1), words="พิมพ์ชื่อผิด", by=by)
    assert done == Certified((), 1)
    (row,) = (each for each in share_register(fund) if each.member_number == 1)
    assert row.without == baht(1_000)


def test_a_sale_is_taken_back_while_the_certificate_stands_as_sold(ours: OccupationGroup) -> None:
    fund, by = ours.fund, ours.treasurer
    sold(ours, 1, 10, day(1, 5))
    sold(ours, 2, 10, day(1, 5))
    done = take_back_sale(1, fund=fund, reason="พิมพ์ผิดคน", key="b", by=by)
    assert isinstance(done, Certified)
    assert take_back_sale(1, fund=fund, reason="พิมพ์ผิดคน", key="b", by=by) == done
    assert held(fund, "share:1") == baht(0)
    assert ShareCertificate.objects.get(fund=fund, number=1).ended_on == day(1, 5)
    replace_certificate(2, fund=fund, on=day(2, 1), words="หาย", by=by)
    for number, kind in ((2, CertificateEnded), (3, NotFromASale)):
        no = take_back_sale(number, fund=fund, reason="ผิด", key=f"b{number}", by=by)
        assert kind in {type(each) for each in refused(no)}
    sound(fund)


def test_the_wrong_person_and_the_wrong_number_are_refused(ours: OccupationGroup) -> None:
    fund = ours.fund
    done = sell_shares(fund=fund, member_number=1, shares=1, on=day(1, 5), key="s", by=ours.member)
    assert {type(each) for each in refused(done)} == {NotEntitled}
    for deed in (
        transfer_certificate(7, fund=fund, to_member=2, on=day(1, 5), key="t", by=ours.treasurer),
        return_certificate(7, fund=fund, on=day(1, 5), key="r", by=ours.treasurer),
        replace_certificate(7, fund=fund, on=day(1, 5), words="หาย", by=ours.treasurer),
        take_back_sale(7, fund=fund, reason="ผิด", key="b", by=ours.treasurer),
    ):
        assert refused(deed) == (NoSuch("certificate", 7),)
    chairman = replace_certificate(7, fund=fund, on=day(1, 5), words="หาย", by=ours.chairman)
    assert isinstance(chairman, NotDone)
    assert {type(each) for each in chairman.refusals} == {NotEntitled, NoSuch}
    nobody = sell_shares(
        fund=fund, member_number=99, shares=0, on=day(1, 5), key="s", by=ours.treasurer
    )
    assert {type(each) for each in refused(nobody)} == {NotAMemberThen, NoShares}
    assert entries(fund) == 0
