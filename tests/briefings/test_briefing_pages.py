"""The pages of a briefing, as each role finds them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from kongthun.accounts.models import User
from kongthun.accounts.reach import reach_of
from kongthun.audit.models import AuditLine
from kongthun.briefings.actions.briefings import BriefingKept, hold_briefing
from kongthun.briefings.models import Attendee, Audience, Briefing, Material, Question, Voice
from kongthun.briefings.queries.briefings import asked_at
from reports.small_district import DISTRICT, SmallDistrict, signed_in

TOPIC = "ระเบียบ พ.ศ. 2553"
STAFF = ("officer", "field_worker", "province", "department", "auditor")
OTHERS = ("chairman", "treasurer", "member", "neighbour", "retired")


def at(name: str, *more: object, code: str = DISTRICT) -> str:
    """An address of the briefings of the district."""
    return reverse(f"briefings:{name}", args=[code, *more])


def words_of(page: HttpResponse) -> str:
    """What a page says."""
    return page.content.decode()


def called(user: User, days: int = 0) -> Briefing:
    """The chairmen are called for so many days from today."""
    by = reach_of(user, timezone.localdate())
    done = hold_briefing(
        area_code=DISTRICT,
        topic=TOPIC,
        audience=Audience.CHAIRMEN,
        on=by.day + timedelta(days=days),
        by=by,
    )
    assert isinstance(done, BriefingKept), done
    return done.briefing


@pytest.fixture
def briefing(district: SmallDistrict) -> Briefing:
    """The chairmen are called for today."""
    return called(district.cast.officer)


@pytest.mark.parametrize("who", STAFF)
def test_whoever_sees_the_area_reads_its_briefings(
    district: SmallDistrict, briefing: Briefing, who: str
) -> None:
    client = signed_in(getattr(district.cast, who))
    assert TOPIC in words_of(client.get(at("briefings")))
    assert TOPIC in words_of(client.get(at("briefing", briefing.number)))


@pytest.mark.parametrize("who", OTHERS)
def test_whoever_does_not_finds_nothing(
    district: SmallDistrict, briefing: Briefing, who: str
) -> None:
    client = signed_in(getattr(district.cast, who))
    assert client.get(at("briefings")).status_code in {403, 404}
    assert client.get(at("briefing", briefing.number)).status_code in {403, 404}


DESK = ("withdraw", "invitation", "sheet", "add_file", "came", "question", "sheets", "voice")


@pytest.mark.parametrize("who", ["department", "auditor", *OTHERS])
def test_the_desk_is_closed_to_who_keeps_no_briefings(
    district: SmallDistrict, briefing: Briefing, who: str
) -> None:
    client = signed_in(getattr(district.cast, who))
    for name in DESK:
        assert client.get(at(name, briefing.number)).status_code in {403, 404}, name
    assert client.get(at("hold")).status_code in {403, 404}


@pytest.mark.parametrize("who", ["officer", "field_worker", "province"])
def test_the_desk_is_open_to_who_does(
    district: SmallDistrict, briefing: Briefing, who: str
) -> None:
    client = signed_in(getattr(district.cast, who))
    for name in DESK:
        assert client.get(at(name, briefing.number)).status_code in {200, 302}, name


def test_names_are_read_by_who_may_and_that_is_written_down(
    district: SmallDistrict, briefing: Briefing
) -> None:
    officer = signed_in(district.cast.officer)
    came = {"others": "นางสาวมาลี ใจดี, พัฒนากร"}
    assert officer.post(at("came", briefing.number), came).status_code == 302
    before = AuditLine.objects.filter(deed="read_names").count()
    assert "มาลี" in words_of(officer.get(at("briefing", briefing.number)))
    assert AuditLine.objects.filter(deed="read_names").count() == before + 1
    hidden = words_of(signed_in(district.cast.department).get(at("briefing", briefing.number)))
    above = words_of(signed_in(district.cast.province).get(at("briefing", briefing.number)))
    assert "มาลี" not in hidden + above  # a district's sheet, held by an office above it
    assert "ผู้มา 1 คน" in hidden


def test_chairmen_are_ticked_fund_by_fund(district: SmallDistrict, briefing: Briefing) -> None:
    client = signed_in(district.cast.officer)
    form = client.get(at("came", briefing.number)).context["form"]
    group, _, name = form.funds[0]
    typed = {
        f"came_{group.pk}": "on",
        f"name_{group.pk}": name.value() or "นายแทน มาแทน",
        "others": "",
    }
    assert client.post(at("came", briefing.number), typed).status_code == 302
    assert Attendee.objects.get().group == group
    again = client.get(at("came", briefing.number)).context["form"]
    assert group not in [each for each, *_ in again.funds]


def test_a_tick_without_a_name_is_asked_about_and_nothing_typed_is_lost(
    district: SmallDistrict, briefing: Briefing
) -> None:
    client = signed_in(district.cast.officer)
    group = client.get(at("came", briefing.number)).context["form"].funds[0][0]
    typed = {f"came_{group.pk}": "on", f"name_{group.pk}": "", "others": "นายอีกคน"}
    page = client.post(at("came", briefing.number), typed)
    assert page.status_code == 422
    assert "นายอีกคน" in words_of(page)
    assert not Attendee.objects.exists()


def test_a_briefing_is_kept_on_screen(district: SmallDistrict) -> None:
    client = signed_in(district.cast.field_worker)
    typed = {"audience": "officers", "topic": TOPIC, "held_on": "22/11/2569", "starts_at": "9.30"}
    assert client.post(at("hold"), typed).status_code == 302
    assert Briefing.objects.get().topic == TOPIC
    again = client.post(at("hold"), typed)
    assert again.status_code == 422
    assert "ครั้งที่ 1" in words_of(again)


def test_from_questions_to_what_was_learned(district: SmallDistrict, briefing: Briefing) -> None:
    client = signed_in(district.cast.officer)
    client.post(at("came", briefing.number), {"others": "นายหนึ่ง\nนายสอง"})
    asked = {"words": "สัญญาทำกี่ฉบับ", "answers": "1\n2\n3", "right": "๓"}
    assert client.post(at("question", briefing.number), asked).status_code == 302
    for moment, right in (("before", "0"), ("after", "2")):
        counted = {"moment": moment, "answered": "2", "right_1": right}
        assert client.post(at("sheets", briefing.number), counted).status_code == 302
    page = words_of(client.get(at("briefing", briefing.number)))
    assert "ก่อนชี้แจงตอบถูก 0% หลังชี้แจงตอบถูก 100%" in page
    too_many = {"moment": "after", "answered": "2", "right_1": "3"}
    assert client.post(at("sheets", briefing.number), too_many).status_code == 422
    gone = client.post(at("no_question", briefing.number, 1), {"note": "ถามกำกวม"})
    assert gone.status_code == 302
    assert asked_at(briefing) == []
    assert Question.objects.count() == 1


def test_a_voice_is_written_down_and_taken_back(
    district: SmallDistrict, briefing: Briefing
) -> None:
    client = signed_in(district.cast.officer)
    code = min(district.codes)
    typed = {"kind": "problem", "group": code, "said_by": "chairman", "words": "ไม่มีใครส่งคืน"}
    assert client.post(at("voice", briefing.number), typed).status_code == 302
    assert "ไม่มีใครส่งคืน" in words_of(client.get(at("briefing", briefing.number)))
    assert client.post(at("voice", briefing.number), typed).status_code == 422
    back = at("no_voice", briefing.number, code, 1)
    assert client.post(back, {"note": "เป็นของอีกหมู่บ้าน"}).status_code == 302
    assert "ไม่มีใครส่งคืน" not in words_of(client.get(at("briefing", briefing.number)))
    assert client.get(back).status_code == 404
    assert Voice.objects.count() == 1


def test_a_field_worker_writes_voices_of_their_own_tambons(
    district: SmallDistrict, briefing: Briefing
) -> None:
    client = signed_in(district.cast.field_worker)
    form = client.get(at("voice", briefing.number)).context["form"]
    offered = {code for code, _ in form.fields["group"].choices if code}
    assert offered == district.reachable("field_worker")


def test_a_material_is_a_pdf_or_a_photo_and_nothing_else(
    district: SmallDistrict, briefing: Briefing
) -> None:
    client = signed_in(district.cast.officer)
    where = at("add_file", briefing.number)
    page = SimpleUploadedFile("manual.pdf", b"<html><script>alert(1)</script>")
    assert client.post(where, {"title": "คู่มือ", "file": page}).status_code == 422
    paper = SimpleUploadedFile("manual.pdf", b"%PDF-1.4 manual")
    assert client.post(where, {"title": "คู่มือ", "file": paper}).status_code == 302
    there = client.get(at("file", briefing.number, 1))
    assert there.content == b"%PDF-1.4 manual"
    assert there.headers["Content-Disposition"].startswith("attachment")
    outside = signed_in(district.cast.neighbour)
    assert outside.get(at("file", briefing.number, 1)).status_code == 404
    gone = client.post(at("take_back_file", briefing.number, 1), {"note": "ผิดไฟล์"})
    assert gone.status_code == 302
    assert client.get(at("file", briefing.number, 1)).status_code == 404
    assert Material.objects.count() == 1


def test_a_briefing_that_was_not_held_is_taken_back_on_screen(
    district: SmallDistrict, briefing: Briefing
) -> None:
    client = signed_in(district.cast.officer)
    assert client.post(at("withdraw", briefing.number), {"note": ""}).status_code == 422
    assert client.post(at("withdraw", briefing.number), {"note": "งดประชุม"}).status_code == 302
    assert client.get(at("briefing", briefing.number)).status_code == 404


def test_the_papers_are_pdf_before_and_after_people_came(
    district: SmallDistrict, briefing: Briefing
) -> None:
    client = signed_in(district.cast.officer)
    for name in ("invitation", "sheet"):
        assert client.get(at(name, briefing.number)).content.startswith(b"%PDF-")
    client.post(at("came", briefing.number), {"others": "นายหนึ่ง\nนายสอง"})
    assert client.get(at("sheet", briefing.number)).content.startswith(b"%PDF-")


def test_nobody_is_asked_who_came_before_the_day(district: SmallDistrict) -> None:
    later = called(district.cast.officer, days=7)
    client = signed_in(district.cast.officer)
    assert "นัดไว้" in words_of(client.get(at("briefing", later.number)))
    page = client.post(at("came", later.number), {"others": "นายหนึ่ง"})
    assert page.status_code == 422
