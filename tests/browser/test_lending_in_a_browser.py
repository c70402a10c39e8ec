"""The life of a loan, pressed through in a real Chromium by the people of the demo district.

One household from paying back its old loan to the receipts of its new one, every step by the right
person; at every step somebody else tries, and is refused in Thai. Treasurer and household hold a
phone, the others sit at a desk. The story is one test, as each step stands on the one before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kongthun.domain.thai_calendar import long, numeric, short

from .sound_pages import faults_of

Look = Callable[..., Any]

pytestmark = pytest.mark.browser

PHONE, DESK = 360, 1280
WIDTHS = {"herannyik": PHONE, "samachik": PHONE}
FUND = "/funds/80160101"
WITNESSES = ("นายธีระ  พรหมแก้ว", "นางสาวปรียา  จันทร์แจ่ม")

# The two ways to say no: a duty you do not hold, a place that is not yours.
NOT_YOURS = re.compile("หน้าที่ที่ท่านได้รับแต่งตั้งไม่รวม|อยู่นอกพื้นที่หรือหน้าที่ของท่าน")


@dataclass
class Person:
    """Somebody of the cast before their screen. Every page that comes up is looked over."""

    window: Any
    wrong: list[str] = field(default_factory=list)

    @property
    def page(self) -> Any:  # noqa: ANN401
        return self.window.page

    @property
    def words(self) -> str:
        """What the page says, in one line."""
        return " ".join(self.page.locator("main").inner_text().split())

    def at(self, address: str, *, status: int = 200) -> None:
        """Go to an address."""
        with self._coming(status):
            self.page.goto(f"{self.window.server}{address}", wait_until="commit")

    def press(self, name: str, *, status: int = 200) -> None:
        """Press a button or a link that says this, and wait for the page it brings."""
        role = self.page.get_by_role
        either = role("button", name=name, exact=True).or_(role("link", name=name, exact=True))
        self.follow(either.first, status=status)

    def follow(self, link: Any, *, status: int = 200) -> None:  # noqa: ANN401
        """Press this."""
        with self._coming(status):
            link.click()

    def write(self, **answers: str) -> None:
        """Fill in answers by the names of their questions."""
        for name, answer in answers.items():
            self.page.locator(f'[name="{name}"]').fill(answer)

    def choose(self, name: str, value: str) -> None:
        """Choose one of several."""
        self.page.locator(f'input[name="{name}"][value="{value}"]').check()

    def wrote(self, name: str) -> str:
        """What stands in an answer."""
        return str(self.page.locator(f'[name="{name}"]').input_value())

    def sends(self, address: str, status: int, **answers: str) -> None:
        """Send a form that no page gave this person, as somebody would who knows the address."""
        if not self.window.address.startswith("/"):
            self.at("/")
        with self._coming(status):
            self.page.evaluate(
                """([address, answers]) => {
                  const form = document.createElement("form");
                  const headers = JSON.parse(document.body.getAttribute("hx-headers"));
                  const all = {...answers, csrfmiddlewaretoken: headers["X-CSRFToken"]};
                  for (const [name, value] of Object.entries(all)) {
                    const input = document.createElement("input");
                    Object.assign(input, {type: "hidden", name, value});
                    form.append(input);
                  }
                  Object.assign(form, {method: "post", action: address});
                  document.body.append(form);
                  form.submit();
                }""",
                [address, answers],
            )

    def is_refused(self, address: str, **answers: str) -> None:
        """Opening a page, or sending it a form, is answered with a refusal in Thai."""
        if answers:
            self.sends(address, 403, **answers)
        else:
            self.at(address, status=403)
        assert NOT_YOURS.search(self.words), self.words

    @contextmanager
    def _coming(self, status: int) -> Iterator[None]:
        with self.page.expect_navigation(wait_until="domcontentloaded") as coming:
            yield
        answer = coming.value
        assert answer is not None
        assert answer.status == status, f"{answer.status} {self.window.address}: {self.words}"
        self._hears_what_is_no_fault(status)
        faults = faults_of(self.page)
        self.wrong += [f"{self.window.address} ({status}): {fault}" for fault in faults]

    def _hears_what_is_no_fault(self, status: int) -> None:
        """A refused page is told of by the browser, a preview that was left behind by htmx."""
        harmless = [f"status of {status}"] if status >= 400 else []
        if any("htmx:sendAbort" in said for said in self.window.complaints):
            harmless += ["htmx:sendAbort", "htmx:afterRequest"]
        self.window.complaints[:] = [
            said for said in self.window.complaints if not any(each in said for each in harmless)
        ]


@pytest.fixture
def people(look: Look) -> Iterator[Callable[[str], Person]]:
    """The cast by name, each with a window of their own; at the end every window was clean."""
    there: dict[str, Person] = {}

    def person(name: str) -> Person:
        if name not in there:
            there[name] = Person(look(name, width=WIDTHS.get(name, DESK)))
        return there[name]

    yield person
    for each in there.values():
        assert each.wrong == []
        each.window.is_clean()


Cast = Callable[[str], Person]


def test_a_loan_from_the_old_debt_to_the_cancelled_receipt(people: Cast, look: Look) -> None:
    household = _number_of(people("samachik"))
    _the_meeting_pays_at_once(people, household)
    request = _a_draft_is_written_and_handed_in(people, household)
    _the_field_worker_agrees(people, request)
    _the_committee_meets(people)
    _the_chairman_approves_less(people, request)
    _the_contract_is_made(people, request)
    contract = _the_money_is_paid_out(people, request)
    receipt, proof = _a_part_comes_back(people, contract)
    stranger = Person(look(width=PHONE))
    _anybody_checks_the_receipt(stranger, proof, people)
    _the_cash_goes_to_the_bank(people)
    _the_household_confirms_its_balance(people, contract)
    _the_receipt_is_cancelled(people, receipt)
    _the_check_says_cancelled(stranger, proof)
    _the_round_shows_at_the_oversight(people, contract)


# --- the chapters -------------------------------------------------------------------------------


def _number_of(member: Person) -> int:
    """The number of the member's own household, whose page is where they begin."""
    member.at("/")
    found = re.search(r"/households/(\d+)/", member.window.address)
    assert found is not None
    return int(found[1])


def _the_meeting_pays_at_once(people: Cast, household: int) -> None:
    """Before: who owes what. After: the receipts of all who paid, the old loan to its last baht."""
    treasurer = people("herannyik")
    treasurer.at(f"{FUND}/loans/collection/")
    assert "ควรได้รับในการประชุม" in treasurer.words
    treasurer.press("ใส่ยอดที่รับ")
    rows = treasurer.page.locator("table.ledger tbody tr")
    own = rows.filter(has_text=re.compile(rf"^\s*{household}\. ")).first
    owed = own.locator('[data-label="ค้างทั้งหมด"]').inner_text()
    others = rows.filter(has_not_text=re.compile(rf"^\s*{household}\. "))
    own.locator("input").fill(owed)
    others.nth(0).locator("input").fill("๒๐๐")
    others.nth(1).locator("input").fill("999,999")
    coming = treasurer.page.locator("#next")
    coming.filter(has_text="รับ 3 ราย").wait_for()  # as it is typed
    treasurer.press("บันทึกทุกรายพร้อมกัน", status=422)
    assert "ยังไม่ได้บันทึกแม้แต่รายเดียว" in treasurer.words
    assert "มากกว่าที่ค้างอยู่" in treasurer.words
    assert own.locator("input").input_value() == owed
    others.nth(1).locator("input").fill("300")
    coming.filter(has_text="เงินสดในมือหลังบันทึกควรนับได้").wait_for()
    treasurer.press("บันทึกทุกรายพร้อมกัน")
    assert "ออกใบเสร็จ 3 ใบแล้ว" in treasurer.words
    assert treasurer.page.locator("article.slip").count() == 3

    people("phutruat").at(f"{FUND}/loans/collection/")
    people("phutruat").is_refused(f"{FUND}/loans/collection/receive/")
    people("samachik").is_refused(f"{FUND}/loans/collection/")
    people("samachik").is_refused(f"{FUND}/loans/collection/receive/", paid_on="1/1/2569")


def _a_draft_is_written_and_handed_in(people: Cast, household: int) -> int:
    """Left and come back to, with the items read back. The number of the request."""
    treasurer = people("herannyik")
    treasurer.at(f"{FUND}/work/")
    treasurer.at(f"{FUND}/loans/requests/")
    treasurer.press("เขียนคำขอใหม่")
    treasurer.write(q=str(household))
    treasurer.press("ค้นหา")
    rows = treasurer.page.locator("table.ledger tbody tr")
    found = rows.filter(has=treasurer.page.locator(f'a[href$="member={household}"]'))
    assert "ไม่มี" in found.locator('[data-label="ค้างส่งคืน"]').inner_text()
    treasurer.follow(found.locator("a"))
    treasurer.write(project="เลี้ยงเป็ดไข่", asked="๖,๐๐๐", what_1="ลูกเป็ด", sum_1="4,000")
    treasurer.page.locator('[name="sum_1"]').blur()
    total = treasurer.page.locator("#items-total")
    total.filter(has_text="ยังไม่ตรงกับที่ขอ 6,000").wait_for()
    assert "รายการรวม 4,000 บาท (สี่พันบาทถ้วน)" in " ".join(total.inner_text().split())
    treasurer.press("เก็บร่างไว้ก่อน")
    assert "กลับมาเขียนต่อได้" in treasurer.words
    found_in = re.search(r"/requests/(\d+)/", treasurer.window.address)
    assert found_in is not None
    number = int(found_in[1])

    treasurer.at(f"{FUND}/loans/requests/?stage=draft")
    treasurer.at(f"{FUND}/loans/requests/{number}/")
    treasurer.press("เขียนต่อ")
    assert treasurer.wrote("project") == "เลี้ยงเป็ดไข่"
    assert treasurer.wrote("asked") == "6,000"
    treasurer.press("ยื่นคำขอ", status=422)  # the items do not make the sum
    assert "ยังไม่ได้ยื่นคำขอ" in treasurer.words
    assert treasurer.wrote("what_1") == "ลูกเป็ด"
    treasurer.write(what_2="อาหารเป็ด", sum_2="2,000")
    treasurer.page.locator('[name="sum_2"]').blur()
    total.filter(has_text="ตรงกับจำนวนที่ขอ").wait_for()
    treasurer.press("ยื่นคำขอ")
    assert "ยื่นคำขอแล้ว ขั้นต่อไป: พัฒนากรให้ความเห็น" in treasurer.words

    # The chairman, who will decide, may not write a request either.
    for name in ("prathan", "amphoe", "phutruat", "samachik"):
        people(name).is_refused(f"{FUND}/loans/requests/new/")
    return number


def _the_field_worker_agrees(people: Cast, number: int) -> None:
    """The treasurer may not speak for the field worker, nor the chairman, nor the household."""
    request = f"{FUND}/loans/requests/{number}/"
    opinion = {"is_favourable": "1", "words": "เห็นด้วย", "on": _today()}
    for name in ("herannyik", "prathan", "phutruat"):
        other = people(name)
        other.at(request)
        assert "ขั้นนี้บันทึกได้เฉพาะผู้มีหน้าที่" in other.words
        assert other.page.locator("#opinion-form").count() == 0
        other.is_refused(f"{request}opinion/", **opinion)
    people("samachik").is_refused(request)
    field_worker = people("phatthanakon")
    field_worker.at(request)
    field_worker.press("บันทึกความเห็น", status=422)
    field_worker.choose("is_favourable", "1")
    field_worker.write(words="มีบ่อน้ำและเล้าเดิม ขายไข่ที่ตลาดนัดได้")
    field_worker.press("บันทึกความเห็น")
    assert "บันทึกความเห็นแล้ว" in field_worker.words


def _the_committee_meets(people: Cast) -> None:
    """The draft of today's meeting: who came, quorum as it is ticked, what was resolved, closed."""
    chairman = people("prathan")
    chairman.at(f"{FUND}/meetings/")
    chairman.press("บันทึกการประชุม")
    chairman.press("เปิดร่างการประชุม", status=422)
    assert "เปิดร่างนั้นทำต่อ" in chairman.words
    chairman.at(f"{FUND}/meetings/")
    row = chairman.page.locator("table.ledger tbody tr").filter(has_text="ยังเป็นร่าง").first
    chairman.follow(row.locator("a"))
    meeting = chairman.window.address
    ticks = chairman.page.locator("#attendance-form input[type=checkbox]")
    quorum = chairman.page.locator("#quorum")
    ticks.nth(0).check()
    quorum.filter(has_text="ยังไม่ครบ").wait_for()
    for place in range(1, ticks.count() - 1):
        ticks.nth(place).check()
    quorum.filter(has_text="ครบองค์ประชุม").wait_for()
    chairman.write(others_came="3")
    chairman.press("บันทึกผู้ที่มา")
    chairman.write(words="อนุมัติเงินยืมหนึ่งราย", in_favour="7", against="1")
    chairman.press("จดมติ")
    chairman.press("อ่านทวนและปิด")
    assert "อ่านทวนก่อนปิดการประชุม" in chairman.words
    people("phutruat").at(meeting)
    people("phutruat").is_refused(f"{meeting}close/")
    people("amphoe").is_refused(f"{meeting}attendance/", others_came="9")
    people("samachik").is_refused(meeting)
    chairman.press("ปิดการประชุม")
    assert "ปิดแล้ว" in chairman.words
    chairman.press("ดูบนจอ")
    assert "อนุมัติเงินยืมหนึ่งราย" in chairman.words

    treasurer = people("herannyik")  # the next meeting can be begun
    treasurer.at(f"{FUND}/meetings/new/")
    treasurer.press("เปิดร่างการประชุม")
    assert "เปิดร่างการประชุมครั้งที่" in treasurer.words


def _the_chairman_approves_less(people: Cast, number: int) -> None:
    """Another sum needs a reason; what was typed stays while it is asked for."""
    request = f"{FUND}/loans/requests/{number}/"
    for name in ("herannyik", "phatthanakon", "amphoe", "phutruat", "samachik"):
        other = people(name)
        other.is_refused(f"{request}decision/", is_approved="1", amount="6,000", words="ดี")
    chairman = people("prathan")
    chairman.at(request)
    assert "ครบองค์ประชุม" in chairman.words
    chairman.choose("is_approved", "1")
    chairman.write(amount="๕,๕๐๐")
    chairman.press("บันทึกผลการพิจารณา", status=422)
    assert "สิ่งที่พิมพ์ไว้ยังอยู่ครบ" in chairman.words
    assert chairman.wrote("amount") == "๕,๕๐๐"
    assert chairman.page.locator('[name="is_approved"][value="1"]').is_checked()
    assert chairman.page.locator(".field--wrong").count() == 1
    chairman.write(words="อาหารเป็ดซื้อรวมกับกลุ่มได้ถูกกว่า")
    chairman.press("บันทึกผลการพิจารณา")
    assert "ขั้นต่อไป: เหรัญญิกทำสัญญา" in chairman.words


def _the_contract_is_made(people: Cast, number: int) -> None:
    """In four equal parts, with two witnesses."""
    request = f"{FUND}/loans/requests/{number}/"
    for name in ("prathan", "amphoe", "phutruat", "samachik"):
        people(name).is_refused(f"{request}contract/", on=_today())
    treasurer = people("herannyik")
    treasurer.at(request)
    treasurer.page.locator("summary", has_text="แบ่งงวดเท่ากันให้").click()
    treasurer.write(count="4", every_months="6")
    treasurer.press("แบ่งงวดเท่ากัน")
    assert [treasurer.wrote(f"part_{place}") for place in range(1, 5)] == ["1,375"] * 4
    treasurer.write(witness_1=WITNESSES[0], witness_2=WITNESSES[1])
    treasurer.press("บันทึกสัญญา")
    assert "ขั้นต่อไป: ประธานจ่ายเงิน" in treasurer.words


def _the_money_is_paid_out(people: Cast, number: int) -> int:
    """From the bank, read back first. The number of the contract."""
    request = f"{FUND}/loans/requests/{number}/"
    for name in ("prathan", "amphoe", "phutruat", "samachik"):
        people(name).is_refused(f"{request}pay-out/", on=_today(), sure="1")
    treasurer = people("herannyik")
    treasurer.at(request)
    treasurer.choose("source", "bank:1")
    treasurer.press("ตรวจทานก่อนจ่าย", status=422)  # nobody is named as witness
    treasurer.write(witness_1=WITNESSES[0], witness_2=WITNESSES[1])
    treasurer.press("ตรวจทานก่อนจ่าย")
    assert "จ่ายเงินยืม 5,500 บาท ห้าพันห้าร้อยบาทถ้วน" in treasurer.words
    treasurer.press("จ่ายเงินและลงบัญชี")
    assert "จ่ายเงินยืมแล้ว" in treasurer.words or "จ่ายเงินแล้ว" in treasurer.words
    link = treasurer.page.locator('a[href*="/contracts/"]').first
    treasurer.follow(link)
    found = re.search(r"/contracts/(\d+)/", treasurer.window.address)
    assert found is not None
    return int(found[1])


def _a_part_comes_back(people: Cast, contract: int) -> tuple[str, str]:
    """Too much is refused with what is left over; then a receipt. Its page and its proof."""
    receive = f"{FUND}/loans/receive/{contract}/"
    for name in ("amphoe", "phutruat", "samachik"):
        people(name).is_refused(receive, amount="1,000", paid_on=_today())
    treasurer = people("herannyik")
    treasurer.at(f"{FUND}/loans/receive/")
    treasurer.at(receive)
    preview = treasurer.page.locator("#preview")
    treasurer.write(amount="6,000")
    preview.filter(has_text="มากกว่าที่ค้างอยู่ 5,500 บาท อยู่ 500 บาท").wait_for()
    treasurer.press("ตรวจก่อน", status=422)
    assert treasurer.wrote("amount") == "6,000"
    treasurer.write(amount="1,000", paid_by="นายสมคิด  มานะ")
    preview.filter(has_text="เหลือค้าง 4,500 บาท").wait_for()
    treasurer.press("บันทึกและออกใบเสร็จ")
    assert "ออกใบเสร็จเลขที่" in treasurer.words
    assert "หนึ่งพันบาทถ้วน" in treasurer.words
    receipt = treasurer.window.address
    proof = treasurer.page.locator(".slip__proof a").get_attribute("href")
    assert treasurer.page.locator(".slip__proof svg").bounding_box()["width"] >= 120
    treasurer.at(f"{FUND}/loans/receipts/")
    return receipt, str(proof).removeprefix(treasurer.window.server)


def _anybody_checks_the_receipt(stranger: Person, proof: str, people: Cast) -> None:
    """Without signing in, and without a name of anybody."""
    stranger.at(proof)
    assert "ใบเสร็จถูกต้อง" in stranger.words
    assert "1,000 บาท" in stranger.words
    treasurer = people("herannyik")
    treasurer.at(f"{FUND}/loans/requests/?stage=paid_out")
    names = treasurer.page.locator("table.ledger tbody th a").all_inner_texts()
    for name in [*names, "มานะ", "แก้วเกตุ", "ทองขาว", *WITNESSES]:
        assert name.split()[-1] not in stranger.words
    stranger.at("/check/")
    stranger.write(code=proof.removeprefix("/check/").removesuffix("/")[:-4] + "AAAA")
    stranger.press("ตรวจใบเสร็จ")
    assert "ใบเสร็จถูกต้อง" not in stranger.words


def _the_cash_goes_to_the_bank(people: Cast) -> None:
    for name in ("amphoe", "phutruat", "samachik"):
        people(name).is_refused(f"{FUND}/money/deposit/")
    treasurer = people("herannyik")
    treasurer.at(f"{FUND}/money/")
    treasurer.press("นำฝาก")
    treasurer.write(on=_today(), amount="1,000", document="0417/2569")
    treasurer.press("อ่านทวน")
    assert "อ่านทวนก่อนลงบัญชี" in treasurer.words
    treasurer.press("บันทึกลงบัญชี")
    assert "บันทึกแล้ว" in treasurer.words


def _the_household_confirms_its_balance(people: Cast, contract: int) -> None:
    """On its own screen, and nobody else's."""
    own = f"{FUND}/loans/confirmations/own/"
    for name in ("herannyik", "prathan", "phutruat"):
        people(name).is_refused(own)
    member = people("samachik")
    member.at(f"{FUND}/households/{_number_of(member) + 1}/", status=404)
    assert "ไม่พบหน้านี้ในสมุด" in member.words
    member.is_refused(f"{FUND}/loans/contracts/{contract}/care/")
    member.at(own)
    assert "ค้างอยู่ 4,500 บาท" in member.words
    member.choose(f"contract_{contract}-answer", "agrees")
    member.press("ส่งคำตอบ")
    assert "บันทึกคำตอบของท่านแล้ว" in member.words
    treasurer = people("herannyik")
    treasurer.at(f"{FUND}/loans/confirmations/")
    row = treasurer.page.locator("table.ledger tbody tr").filter(
        has=treasurer.page.locator(f'a[href$="/contracts/{contract}/care/"]')
    )
    assert "ยืนยันแล้ว" in row.inner_text()
    assert "บนจอ" in row.inner_text()


def _the_receipt_is_cancelled(people: Cast, receipt: str) -> None:
    """Only with a reason."""
    for name in ("amphoe", "phutruat", "samachik"):
        people(name).is_refused(f"{receipt}cancel/", reason="ลบให้")
    treasurer = people("herannyik")
    treasurer.at(receipt)
    treasurer.press("ยกเลิกใบเสร็จนี้")
    treasurer.press("ยกเลิกใบเสร็จ", status=422)
    treasurer.write(reason="เขียนจำนวนเงินผิด")
    treasurer.press("ยกเลิกใบเสร็จ")
    assert "ใบเสร็จนี้ยกเลิกแล้ว" in treasurer.words


def _the_check_says_cancelled(stranger: Person, proof: str) -> None:
    stranger.at(proof)
    assert "ยกเลิกแล้ว" in stranger.words
    assert "ใบเสร็จถูกต้อง" not in stranger.words
    assert stranger.wrong == []
    stranger.window.is_clean()


def _the_round_shows_at_the_oversight(people: Cast, contract: int) -> None:
    """Paid off and lent again on one day: said there, as something to ask about."""
    people("samachik").is_refused(f"{FUND}/loans/oversight/")
    for name in ("phutruat", "amphoe"):
        other = people(name)
        other.at(f"{FUND}/loans/oversight/")
        assert other.page.locator(f'a[href$="/contracts/{contract}/care/"]').count() > 0


# --- what stands on nothing before ---------------------------------------------------------------


def test_a_delay_and_an_agreement_are_read_back_and_stay_with_those_who_may(people: Cast) -> None:
    chairman, field_worker = people("prathan"), people("phatthanakon")
    chairman.at(f"{FUND}/loans/debts/?show=overdue")
    rows = chairman.page.locator("table.ledger tbody tr")
    untouched = rows.filter(has=chairman.page.locator('[data-label="ดูแลแล้ว"] div:text-is("–")'))
    first, second = [
        str(untouched.nth(place).locator("th a").get_attribute("href")) for place in (0, 1)
    ]
    for name in ("herannyik", "amphoe", "phutruat", "samachik"):
        people(name).is_refused(f"{first}deferral/")
        people(name).is_refused(f"{second}agreement/", on=_today())

    chairman.at(first)
    chairman.press("ผ่อนผัน")
    chairman.press("อ่านทวน", status=422)
    last_day = _day() + timedelta(days=150)
    chairman.write(ground="นาถูกน้ำท่วม", starts_on=_today(), ends_on=short(last_day))
    chairman.press("อ่านทวน")
    assert long(last_day) in chairman.words
    chairman.press("กลับไปแก้")
    assert chairman.wrote("ground") == "นาถูกน้ำท่วม"
    chairman.press("อ่านทวน")
    chairman.press("บันทึก")
    assert "บันทึกการผ่อนผันแล้ว" in chairman.words

    field_worker.at(second)
    field_worker.press("ข้อตกลงส่งคืน")
    field_worker.press("อ่านทวน")
    assert "เท่ากับยอดที่ค้างอยู่" in field_worker.words
    field_worker.press("บันทึก")
    assert "บันทึกข้อตกลงส่งคืนแล้ว" in field_worker.words
    people("herannyik").at(first)
    people("herannyik").at(second)
    assert "แผนเดิม เก็บไว้อ่าน" in people("herannyik").words


READ = (
    *(f"{FUND}/rules/", f"{FUND}/list/", f"{FUND}/committee/", f"{FUND}/loans/oversight/"),
    *(f"{FUND}/work/", f"{FUND}/loans/debts/", f"{FUND}/loans/claims/", f"{FUND}/loans/what-if/"),
    *(f"{FUND}/loans/confirmations/", f"{FUND}/money/passbook/", f"{FUND}/money/passbook/check/"),
)


@pytest.mark.parametrize("name", ["herannyik", "phutruat"])
def test_rules_list_and_oversight_are_open_to_those_of_the_fund(people: Cast, name: str) -> None:
    for address in READ:
        people(name).at(address)


def test_a_household_reads_the_rules_it_borrows_by_and_nothing_of_others(people: Cast) -> None:
    member = people("samachik")
    rules, *others = READ
    member.at(rules)
    for address in others:
        member.is_refused(address)


def test_rules_are_changed_by_the_chairman_and_not_by_the_treasurer(people: Cast) -> None:
    people("prathan").at(f"{FUND}/rules/adopt/")
    for name in ("herannyik", "phatthanakon", "phutruat", "samachik"):
        people(name).is_refused(f"{FUND}/rules/adopt/")


def _today() -> str:
    """Today as people type it."""
    return numeric(_day())


def _day() -> date:
    return datetime.now(ZoneInfo("Asia/Bangkok")).date()
