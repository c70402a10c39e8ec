"""Reading the place out of a heading, and finding the village it speaks of."""

from __future__ import annotations

import pytest

from kongthun.areas.address import AddressWords, read_address
from kongthun.areas.models import Area
from kongthun.areas.queries import find_village_by_words

PAK_PHANANG = AddressWords(1, "บ้านทุ่งใหญ่", "ปากพนัง", "ปากพนัง", "นครศรีธรรมราช")


@pytest.mark.parametrize(
    "text",
    [
        "หมู่ที่ 1 บ้านทุ่งใหญ่ ตำบลปากพนัง อำเภอปากพนัง จังหวัดนครศรีธรรมราช",
        "หมู่ที่ ๑ บ้าน ทุ่งใหญ่ ตำบล ปากพนัง อำเภอ ปากพนัง จังหวัด นครศรีธรรมราช",
        "บ้านทุ่งใหญ่ ม.1 ต.ปากพนัง อ.ปากพนัง จ.นครศรีธรรมราช 80140",
        "บ้านทุ่งใหญ่ ม. ๐๑ ต. ปากพนัง อ. ปากพนัง จ. นครศรีธรรมราช",
        "หมู่ที่1บ้านทุ่งใหญ่ ตำบลปากพนังอำเภอปากพนังจังหวัดนครศรีธรรมราช",
        "บ้านทุ่งใหญ่ ม.1ต.ปากพนังอ.ปากพนังจ.นครศรีธรรมราช",
        "หมู่บ้านทุ่งใหญ่ หมู่ที่...1... ตำบล...ปากพนัง... อำเภอ…ปากพนัง จังหวัด__นครศรีธรรมราช__",
        "จังหวัดนครศรีธรรมราช อำเภอปากพนัง ตำบลปากพนัง หมู่ 1 บ้านทุ่งใหญ่",
        "บ้านเลขที่ 12/3 หมู่ 1 บ้านทุ่งใหญ่, ต.ปากพนัง, อ.ปากพนัง, จ.นครศรีธรรมราช",
        "อบต.หูล่อง หมู่ 1 บ้านทุ่งใหญ่ ต.ปากพนัง อ.ปากพนัง จ.นครศรีธรรมราช",
    ],
)
def test_one_address_is_read_the_same_however_it_is_written(text: str) -> None:
    assert read_address(text) == PAK_PHANANG


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", AddressWords()),
        ("ยอดยืม 1,000 บาท", AddressWords()),
        ("ตำบลบ้านนา อำเภอบ้านนา", AddressWords(tambon="บ้านนา", district="บ้านนา")),
        ("ต.บ้านนาอ.บ้านนา", AddressWords(tambon="บ้านนา", district="บ้านนา")),
        ("ตำบลสามตำบลอำเภอจุฬาภรณ์", AddressWords(tambon="สามตำบล", district="จุฬาภรณ์")),
        (
            "อำเภอสนามชัยเขตจังหวัดฉะเชิงเทรา",
            AddressWords(district="สนามชัยเขต", province="ฉะเชิงเทรา"),
        ),
        ("ตำบลปรางหมู่ หมู่ที่ 2", AddressWords(moo=2, tambon="ปรางหมู่")),
        ("ม.3 ต.จ.ป.ร. อ.กระบุรี จ.ระนอง", AddressWords(3, None, "จ.ป.ร.", "กระบุรี", "ระนอง")),
        (
            "แขวงลุมพินีเขตปทุมวันกรุงเทพมหานคร",
            AddressWords(tambon="ลุมพินี", district="ปทุมวัน", province="กรุงเทพมหานคร"),
        ),
        (
            "แขวงลุมพินี เขตปทุมวัน กทม.",
            AddressWords(tambon="ลุมพินี", district="ปทุมวัน", province="กรุงเทพมหานคร"),
        ),
        ("หมู่บ้านบ้านทุ่งใหญ่ ม.1", AddressWords(moo=1, village="บ้านทุ่งใหญ่")),
        ("ตำบลปากพนัง ติดต่อตำบลบางพระ", AddressWords(tambon="ปากพนัง")),
        ("จังหวัดกรุงเทพมหานคร", AddressWords(province="กรุงเทพมหานคร")),
        ("ต.น\u0e4d\u0e49าแคม", AddressWords(tambon="น้ำแคม")),
    ],
)
def test_names_that_look_like_markers_are_read_as_names(text: str, words: AddressWords) -> None:
    assert read_address(text) == words


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("หมู่ที่ 1 บ้านทุ่งใหญ่ ตำบลปากพนัง อำเภอปากพนัง จังหวัดนครศรีธรรมราช", "80120101"),
        ("ม.๑๒ ต.ปากพนัง อ.ปากพนัง จ.นครศรีธรรมราช", "80120112"),
        ("ม.4 ต.ปากพูน อ.เมือง จ.นครศรีธรรมราช", "80012004"),
        ("ม.4 ต.ปากพูน อ.เมืองนครศรีธรรมราช", "80012004"),
        ("หมู่ 2 แขวงลุมพินี เขตปทุมวัน กรุงเทพฯ", "10070402"),
        ("ม.3 ต.จ.ป.ร. อ.กระบุรี จ.ระนอง", "85040603"),
    ],
)
def test_a_heading_leads_to_one_village(text: str, code: str) -> None:
    assert find_village_by_words(text) == code


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "ตำบลปากพนัง อำเภอปากพนัง จังหวัดนครศรีธรรมราช",  # no หมู่
        "หมู่ 0 ตำบลปากพนัง อำเภอปากพนัง",
        "หมู่ 100 ตำบลปากพนัง อำเภอปากพนัง",
        "หมู่ 1 อำเภอปากพนัง จังหวัดนครศรีธรรมราช",  # no tambon
        "หมู่ 1 ตำบลในเมือง",  # many
        "หมู่ 1 ตำบลปากพนัง อำเภอปากพนัง จังหวัดสงขลา",  # another province
        "หมู่ 1 ตำบลปากพนัง อำเภอเมือง จังหวัดนครศรีธรรมราช",  # another district
        "หมู่ 1 ตำบลปากพะนังง อำเภอปากพนัง",  # misspelt
        "",
    ],
)
def test_a_heading_that_does_not_fit_exactly_one_tambon_leads_nowhere(text: str) -> None:
    assert find_village_by_words(text) is None


@pytest.mark.django_db
def test_a_village_named_like_its_tambon_does_not_confuse() -> None:
    Area.objects.create(code="80120101", name_th="ปากพนัง")
    assert find_village_by_words("หมู่ 2 ตำบลปากพนัง อำเภอปากพนัง") == "80120102"


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["ม.1 ต.{} อ.{} จ.{}", "หมู่ที่ 1 ตำบล{}อำเภอ{}จังหวัด{}"])
def test_every_official_name_is_read_back_whole(form: str) -> None:
    names = dict(Area.objects.values_list("code", "name_th"))
    read_wrong = []
    for code, tambon in names.items():
        if len(code) == 6 and code[:2] != "10":
            district, province = names[code[:4]], names[code[:2]]
            words = read_address(form.format(tambon, district, province))
            if words != AddressWords(1, None, tambon, district, province):
                read_wrong.append((code, words))
    assert read_wrong == []
