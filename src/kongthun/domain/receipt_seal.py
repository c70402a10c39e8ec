"""The seal of a receipt: a short code that anyone can check, with the fund's public key alone.

The code is ``KT1.<what it says>.<signature>``, both base64url without padding. What it says is the
RFC 8785 form of an array whose places are fixed for ever:

    [fund code, receipt number, paid on, satang, satang left, contract paper number,
     entry number, first 16 hexadecimal digits of the entry's link]

and the signature is Ed25519 (RFC 8032) over ``kongthun receipt 1`` + a zero byte + those bytes. It
names nobody. The link binds the receipt to the chain: whoever has the books can see that the entry
is there and was not taken back; whoever has only the paper can see that the fund sealed it.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import date

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from .money import Money

VERSION = "KT1"
LINK_DIGITS = 16
_CONTEXT = b"kongthun receipt 1\x00"
_PLACES = 8
_SIGNATURE_BYTES = 64
# Ours are some 250 signs long. A limit, because anybody may hand anything in.
LONGEST_CODE = 600


@dataclass(frozen=True, slots=True)
class SealedReceipt:
    """What a receipt's code says. Sums are whole satang; ``left`` is of the principal."""

    fund: str
    number: int
    paid_on: date
    amount: Money
    left: Money
    contract: str
    entry: int
    link: str


@dataclass(frozen=True, slots=True)
class UnreadableSeal:
    """The code is not one of ours, or was copied badly: nothing can be said about the receipt."""

    raw: str


@dataclass(frozen=True, slots=True)
class BrokenSeal:
    """The code reads, but this key did not seal it: something was changed, or the key is wrong."""

    said: SealedReceipt


def seal(receipt: SealedReceipt, private_key: bytes) -> str:
    """The code of a receipt. ``private_key`` is the fund's Ed25519 seed, 32 bytes."""
    body = _body(receipt)
    signature = Ed25519PrivateKey.from_private_bytes(private_key).sign(_CONTEXT + body)
    return f"{VERSION}.{_text(body)}.{_text(signature)}"


def public_key_of(private_key: bytes) -> str:
    """The public half of a key, base64url: what is published beside the fund's name."""
    return _text(Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw())


def read_seal(code: str) -> SealedReceipt | UnreadableSeal:
    """What a code says, its signature not looked at. A whole address may be handed in."""
    parts = _parts(code)
    return UnreadableSeal(code) if parts is None else parts[0]


def check_seal(code: str, public_key: str) -> SealedReceipt | UnreadableSeal | BrokenSeal:
    """What a code says, if the fund's key sealed it. Raises ValueError for what is no key."""
    parts = _parts(code)
    if parts is None:
        return UnreadableSeal(code)
    said, body, signature = parts
    try:
        raw_key = _bytes(public_key.strip())
        key = Ed25519PublicKey.from_public_bytes(raw_key)
    except ValueError as error:
        raise ValueError(f"not a public key: {public_key!r}") from error
    try:
        key.verify(signature, _CONTEXT + body)
    except InvalidSignature:
        return BrokenSeal(said)
    return said


def _parts(code: str) -> tuple[SealedReceipt, bytes, bytes] | None:
    # An address ends with the code; people copy it with blanks and line ends inside.
    squeezed = "".join(code.split()).rstrip("/").rpartition("/")[2]
    pieces = squeezed.split(".")
    if len(squeezed) > LONGEST_CODE or len(pieces) != 3 or pieces[0] != VERSION:
        return None
    try:
        body, signature = _bytes(pieces[1]), _bytes(pieces[2])
        said = json.loads(body)
        if not isinstance(said, list) or len(said) != _PLACES:
            return None
        fund, number, paid_on, amount, left, contract, entry, link = said
        receipt = SealedReceipt(
            str(fund),
            int(number),
            date.fromisoformat(paid_on),
            Money(amount),
            Money(left),
            str(contract),
            int(entry),
            str(link),
        )
        # Only the canonical form counts: one receipt has one code. The last sign of a base64 text
        # has bits that decoding throws away.
        is_ours = [_text(_body(receipt)), _text(signature)] == pieces[1:]
        is_whole = len(signature) == _SIGNATURE_BYTES
    except (ValueError, TypeError, OverflowError):
        return None
    return (receipt, body, signature) if is_ours and is_whole else None


def _body(receipt: SealedReceipt) -> bytes:
    return rfc8785.dumps(
        [
            receipt.fund,
            receipt.number,
            receipt.paid_on.isoformat(),
            receipt.amount.satang,
            receipt.left.satang,
            receipt.contract,
            receipt.entry,
            receipt.link,
        ]
    )


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _bytes(text: str) -> bytes:
    padded = text + "=" * (-len(text) % 4)
    return base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True)
