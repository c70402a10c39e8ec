"""The keys that seal receipts: one a fund, drawn from one secret of the installation.

The secret is 32 bytes in ``KONGTHUN_HOME/receipts.key`` (made once, mode 600) or, where several
machines serve one database, in the setting from ``KONGTHUN_RECEIPT_SECRET`` (base64url). A fund's
key is HKDF-SHA256 of it with the fund's code, so nothing more has to be kept; the public halves are
kept with the fund, so that receipts sealed before the secret was changed still check.
"""

from __future__ import annotations

import base64
import os
import secrets
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from kongthun.domain.receipt_seal import public_key_of
from kongthun.ledger.models import Fund

from .models import ReceiptKey


@lru_cache(maxsize=4096)
def private_key(fund_code: str) -> bytes:
    """The fund's Ed25519 seed. Never shown, never stored."""
    info = f"kongthun receipts {fund_code}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(_secret())


@lru_cache(maxsize=4096)
def make_public(fund_id: int, fund_code: str) -> str:
    """The fund's public key now, kept with the fund the first time it is used."""
    public_key = public_key_of(private_key(fund_code))
    kept = ReceiptKey.objects.filter(fund_id=fund_id)
    if not kept.filter(public_key=public_key).exists():
        # Two desks may take the first money of a fund at once; the key of both is the same.
        with suppress(IntegrityError), transaction.atomic():
            ReceiptKey.objects.create(
                fund_id=fund_id,
                number=kept.count() + 1,
                public_key=public_key,
                since=timezone.now(),
            )
    return public_key


def public_keys(fund: Fund) -> list[str]:
    """Every key the fund's receipts were ever sealed with, today's first. Writes nothing."""
    today = public_key_of(private_key(fund.code))
    kept = ReceiptKey.objects.filter(fund=fund).order_by("-number")
    return [today, *(key for key in kept.values_list("public_key", flat=True) if key != today)]


def _secret() -> bytes:
    given: str = settings.RECEIPT_SECRET
    if given:
        return base64.urlsafe_b64decode(given + "=" * (-len(given) % 4))
    kept = Path(settings.HOME) / "receipts.key"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process was first
            return kept.read_bytes()
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(32))
    return kept.read_bytes()
