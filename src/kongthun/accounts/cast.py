"""The demo cast: one person a role, over the demo district. They exist only in demo data."""

from __future__ import annotations

from dataclasses import dataclass

from .models import Role

# Not a secret: it opens only the demo district, which holds invented people.
DEMO_PASSWORD = "kongthun-demo"  # noqa: S105

DEMO_DISTRICT = "8016"


@dataclass(frozen=True, slots=True)
class CastMember:
    """A person of the demo, what they hold and what that lets them see."""

    username: str
    name: str
    role: Role
    place: str
    sees: str
    area_code: str = ""
    fund_index: int | None = None  # which demo fund, in the order of their codes
    tambons: tuple[str, ...] = ()
    is_of_other_group: bool = False  # appointed when the demo's occupation group is founded

    @property
    def role_words(self) -> str:
        """The role in Thai."""
        return str(self.role.label)


CAST: tuple[CastMember, ...] = (
    CastMember(
        "amphoe",
        "วิไล ศรีสงคราม",
        Role.DISTRICT,
        "อำเภอหัวไทร",
        "กองทุนทั้ง 68 แห่งของอำเภอ นำเข้าสมุด และแก้แถวที่ควรตรวจสอบ",
        "8016",
    ),
    CastMember(
        "phatthanakon",
        "ธนกร จิตรักษ์",
        Role.FIELD_WORKER,
        "ตำบลในความรับผิดชอบ",
        "เฉพาะกองทุนในตำบลที่รับผิดชอบ",
        tambons=("801601", "801602"),
    ),
    CastMember(
        "prathan",
        "สมหมาย ทองขาว",
        Role.CHAIRMAN,
        "กองทุนของหมู่บ้านหนึ่ง",
        "สมุดทั้งสี่เล่มของกองทุนตน",
        fund_index=0,
    ),
    CastMember(
        "herannyik",
        "สุนีย์ แก้วเกตุ",
        Role.TREASURER,
        "กองทุนของหมู่บ้านหนึ่ง",
        "สมุดทั้งสี่เล่มของกองทุนตน",
        fund_index=0,
    ),
    CastMember(
        "klum",
        "ลำไย สุขสวัสดิ์",
        Role.TREASURER,
        "กลุ่มอาชีพของหมู่บ้านเดียวกัน",
        "ห้า ก ของกลุ่มแปรรูปข้าว: สมาชิก ระเบียบ หุ้น การผลิต การขาย",
        is_of_other_group=True,
    ),
    CastMember(
        "samachik",
        "ครัวเรือนเป้าหมาย",
        Role.MEMBER,
        "ครัวเรือนหนึ่งในหมู่บ้าน",
        "เงินยืมและใบเสร็จของครัวเรือนตนเท่านั้น",
        fund_index=0,
    ),
    CastMember(
        "changwat",
        "ปรีชา วงศ์เมือง",
        Role.PROVINCE,
        "จังหวัดนครศรีธรรมราช",
        "ยอดรวมทุกอำเภอ และสมุดกองทุนโดยปิดชื่อบุคคล",
        "80",
    ),
    CastMember(
        "krom",
        "อรุณี พัฒนกุล",
        Role.DEPARTMENT,
        "ทั่วประเทศ",
        "ยอดรวมทั้งประเทศ และสมุดกองทุนโดยปิดชื่อบุคคล",
        "",
    ),
    CastMember(
        "phutruat",
        "กิตติ ตรวจสอบดี",
        Role.AUDITOR,
        "อำเภอหัวไทร",
        "อ่านได้ทุกอย่างในอำเภอ เขียนไม่ได้",
        "8016",
    ),
    CastMember(
        "kaset",
        "จารุวรรณ ไร่นา",
        Role.AGENCY,
        "เกษตรอำเภอหัวไทร",
        "คำขอที่กลุ่มส่งถึงหน่วยงาน และเรื่องของกลุ่มที่เชิญไว้",
        "8016",
    ),
    CastMember(
        "khrueakhai",
        "เจริญ มั่นคง",
        Role.NETWORK,
        "อำเภอหัวไทร",
        "ยอดของกองทุนและเรื่องแก้ไขปัญหา ไปช่วยหมู่บ้านพร้อมเจ้าหน้าที่",
        "8016",
    ),
)

# They chair funds and groups near by, so that something happens there; nobody signs in as them.
NEIGHBOUR_CHAIRMEN = ("บุญส่ง รักษ์ถิ่น", "สำเริง ทองสง", "ประทีป แสงอรุณ", "สุวิทย์ ชูศรี")


def cast_member(username: str) -> CastMember:
    """The one of the cast who signs in by this name. Raises StopIteration for a stranger."""
    return next(person for person in CAST if person.username == username)
