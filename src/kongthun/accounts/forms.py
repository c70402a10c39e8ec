"""The sign-in form."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm


class SignInForm(AuthenticationForm):
    """User name and password; what is wrong is said in Thai, and never which of the two."""

    error_messages = {
        "invalid_login": "ชื่อผู้ใช้หรือรหัสผ่านไม่ตรงกับที่บันทึกไว้ ลองพิมพ์ใหม่อีกครั้ง "
        "ถ้ายังเข้าไม่ได้ ขอรหัสใหม่ได้ที่สำนักงานพัฒนาชุมชนอำเภอ",
        "inactive": "บัญชีนี้ปิดใช้แล้ว สอบถามได้ที่สำนักงานพัฒนาชุมชนอำเภอ",
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["username"].label = "ชื่อผู้ใช้"
        self.fields["password"].label = "รหัสผ่าน"
        for field in self.fields.values():
            field.error_messages["required"] = f"กรอก{field.label}ก่อน"
