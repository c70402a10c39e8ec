"""Places and people of the demo district: the tambons are real, everyone and every village is not.

The tambon codes and names are those of the official area list. Village names, people and house
numbers are invented, so no register of a real household can be mistaken for one of these.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

DISTRICT = "หัวไทร"
PROVINCE = "นครศรีธรรมราช"

# Tambons of อำเภอหัวไทร (8016).
TAMBONS = (
    ("801601", "หัวไทร"),
    ("801602", "หน้าสตน"),
    ("801603", "ทรายขาว"),
    ("801604", "แหลม"),
    ("801605", "เขาพังไกร"),
    ("801606", "บ้านราม"),
    ("801607", "บางนบ"),
    ("801608", "ท่าซอม"),
    ("801609", "ควนชะลิก"),
    ("801610", "รามแก้ว"),
    ("801611", "เกาะเพชร"),
)

_VILLAGE_HEADS = (
    *("หนอง", "ควน", "ทุ่ง", "โคก", "ห้วย", "เกาะ", "ท่า", "ปาก", "นา", "ไร่", "สวน", "ชาย"),
    *("บ่อ", "หัว"),
)
_VILLAGE_TAILS = (
    *("ลำเจียก", "ตาลคู่", "กระจูด", "ปลาไหล", "เสม็ดงาม", "จิกน้ำ", "ลูกคลัก", "หญ้าคม", "ขี้เหล็ก"),
    *("นกยาง", "พร้าวเดี่ยว", "ไม้ซุง", "เรือแห", "ตะแบก", "หอยขม", "ลานแซะ", "ดินสอ", "พลับพลึง"),
    *("ยอดหวาย", "สายบัว", "ผักริ้น", "ชะมวง", "หูกวาง", "ตีนนก", "ปรือ", "โพงพาง", "กุ้งฝอย"),
    *("ทุ้งทิ้ง", "เนียงแตก", "กะพ้อ", "สะตอเรียง", "ลูกเดือย", "ขนุนคู่", "นมแมว", "รังแตน", "ย่านนาง"),
)

_MEN = (
    *("สมปอง", "จำรัส", "ประสิทธิ์", "สุรินทร์", "วิเชียร", "ณรงค์", "โสภณ", "ปรีชา", "เฉลิม", "บรรจง"),
    *("ไสว", "เกษม", "สนั่น", "ทวี", "มนัส", "อุทัย", "กิตติ", "วินัย", "สมนึก", "ชูชาติ", "ประจวบ", "คล่อง"),
    *("เติม", "ปลื้ม", "ศักดา", "อนันต์"),
)
_WOMEN = (
    *("ละม้าย", "สมใจ", "พวงเพ็ญ", "จิตรา", "หนูเอียด", "สุภาพ", "ประนอม", "อำพร", "เพ็ญศรี", "กฤษณา"),
    *("จารุณี", "วาสนา", "สุนิสา", "ยุพิน", "ระเบียบ", "เรณู", "ปราณี", "ทัศนีย์", "นิตยา", "สาลี่"),
    *("พิกุล", "แฉล้ม", "วิไล", "เตือนใจ", "กาญจนา", "อาภรณ์"),
)
_SURNAMES = (
    *("ลมทะเล", "ชลธารี", "เกตุนคร", "คลื่นเย็น", "เรืองสมุทร", "นวลคีรี", "หนูนุ่น", "ขาวสะอาด", "ทองเกลี้ยง"),
    *("จันทร์ลอย", "ชูแสง", "รัตนไพร", "ดำรงนา", "เพชรวารี", "สังข์ขาว", "แป้นแก้ว", "อ่อนหวาน", "คงยืน"),
    *("บัวบาน", "เลื่อนลอย", "มากมี", "ศรีควน", "พลายชุม", "หมื่นละม้าย", "เส้งเอียด", "ไกรทอง", "นุ้ยเมือง"),
    *("ปลอดภัย", "ยอดหญ้า", "ตรึกตรอง"),
)

OCCUPATIONS = (
    *("เลี้ยงปูทะเล", "เลี้ยงปลากะพง", "เลี้ยงแพะ", "เลี้ยงเป็ดไข่", "เลี้ยงหมู", "ทำนาปรัง", "ปลูกแตงโม"),
    *("ปลูกพริก", "ทำไร่นาสวนผสม", "สานกระจูด", "ทำปลาเค็ม", "ทำกะปิ", "ขายของชำ", "ขายขนมจีน"),
    *("ซ่อมเครื่องเรือ", "ตัดเย็บเสื้อผ้า", "อวนปู", "ทำน้ำตาลจาก"),
)

BANKS = ("ธ.ก.ส.", "ออมสิน", "กรุงไทย")


@dataclass(frozen=True, slots=True)
class Place:
    """A village with its official-style code, 8 digits: tambon + หมู่."""

    code: str
    moo: int
    name: str
    tambon: str


@dataclass(frozen=True, slots=True)
class Person:
    title: str
    given: str
    surname: str


def draw_places(rng: Random, count: int) -> list[Place]:
    """Spread ``count`` villages over the tambons, in order of code, no two of one name.

    Raises ValueError when the district has no names left to give.
    """
    names = [head + tail for head in _VILLAGE_HEADS for tail in _VILLAGE_TAILS]
    if not 1 <= count <= len(names):
        message = f"the demo district has 1 to {len(names)} villages, not {count}"
        raise ValueError(message)
    places = []
    drawn = iter(rng.sample(names, count))
    share, left_over = divmod(count, len(TAMBONS))
    for index, (tambon_code, tambon) in enumerate(TAMBONS):
        moo = 0
        for _ in range(share + (index < left_over)):
            # Not every village of a tambon was granted a fund.
            moo += rng.choice((1, 1, 1, 2))
            places.append(Place(f"{tambon_code}{moo:02d}", moo, next(drawn), tambon))
    return places


def draw_people(rng: Random, count: int) -> list[Person]:
    """Draw people of whom no two share first name and surname, so a name is enough to tell them."""
    men = [(given, surname) for given in _MEN for surname in _SURNAMES]
    women = [(given, surname) for given in _WOMEN for surname in _SURNAMES]
    people = [Person("นาย", *name) for name in rng.sample(men, count // 2)]
    people += [
        Person(rng.choice(("นาง", "นาง", "นางสาว", "น.ส.")), *name)
        for name in rng.sample(women, count - count // 2)
    ]
    rng.shuffle(people)
    return people
