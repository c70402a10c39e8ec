"""Photos without what a phone writes into them: where, when and with what they were taken.

Whole pieces of the file are left out; not one bit of the picture is touched, so nothing is decoded
and nothing gets worse. What says how to show it (which way is up, colours, transparency, movement)
stays. A file that breaks off in its picture is kept from there as it was handed in.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

_JPEG = b"\xff\xd8\xff"
_PNG = b"\x89PNG\r\n\x1a\n"
_UPRIGHT = 1


def is_picture(beginning: bytes) -> bool:
    """Whether a file is a photo of a kind we keep, by its first 12 bytes."""
    return beginning.startswith((_JPEG, _PNG)) or _is_webp(beginning)


def without_traces(picture: bytes) -> bytes:
    """The same picture without place, time, device, names and previews; other files unchanged."""
    if picture.startswith(_JPEG):
        return b"".join(_jpeg(picture))
    if picture.startswith(_PNG):
        return b"".join(_png(picture))
    if _is_webp(picture):
        return _webp(picture)
    return picture


def _is_webp(beginning: bytes) -> bool:
    return beginning[:4] == b"RIFF" and beginning[8:12] == b"WEBP"


# --- which way is up ------------------------------------------------------------------------


def _orientation(exif: bytes) -> int:
    """Which way is up, 1 to 8, as an Exif block says; 1 (upright) where it does not say."""
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(exif[:4])
    if order is None or len(exif) < 8:
        return _UPRIGHT
    (start,) = struct.unpack_from(f"{order}I", exif, 4)
    if start + 2 > len(exif):
        return _UPRIGHT
    (count,) = struct.unpack_from(f"{order}H", exif, start)
    for place in range(start + 2, min(start + 2 + 12 * count, len(exif) - 11), 12):
        tag, kind, many, value = struct.unpack_from(f"{order}HHIH", exif, place)
        if (tag, kind, many) == (0x0112, 3, 1) and 1 <= value <= 8:
            return int(value)
    return _UPRIGHT


def _only_orientation(value: int) -> bytes:
    """An Exif block that says which way is up, and nothing else."""
    return b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, value, 0, 0)


# --- JPEG -----------------------------------------------------------------------------------

_EXIF = b"Exif\x00\x00"
_START_OF_SCAN, _END, _EXIF_OR_XMP = 0xDA, 0xD9, 0xE1
_APP_FIRST, _APP_LAST, _COMMENT = 0xE0, 0xEF, 0xFE
# Blocks of applications that the picture is shown by: how dense, in which colours.
_NEEDED = {0xE0: b"JFIF\x00", 0xE2: b"ICC_PROFILE\x00", 0xEE: b"Adobe"}


def _jpeg(picture: bytes) -> Iterator[bytes]:
    """Its pieces up to the end of the first picture: phones hang more pictures behind it."""
    yield picture[:2]
    place, turned = 2, False
    while place < len(picture):
        if picture[place : place + 1] != b"\xff" or place + 4 > len(picture):
            if picture[place : place + 2] == b"\xff\xd9":
                yield b"\xff\xd9"
            else:
                yield picture[place:]  # broken off
            return
        marker = picture[place + 1]
        if marker == 0xFF:  # a marker may be filled up in front
            place += 1
            continue
        if marker == _END:
            yield b"\xff\xd9"
            return
        (length,) = struct.unpack_from(">H", picture, place + 2)
        end = place + 2 + length
        if length < 2 or end > len(picture):
            yield b"" if marker == _EXIF_OR_XMP else picture[place:]
            return
        body = picture[place + 4 : end]
        if marker == _EXIF_OR_XMP and body.startswith(_EXIF):
            value = _orientation(body[len(_EXIF) :])
            if value != _UPRIGHT and not turned:
                turned = True
                block = _EXIF + _only_orientation(value)
                yield struct.pack(">HH", 0xFFE1, len(block) + 2) + block
        elif _is_needed(marker, body):
            yield picture[place:end]
        place = end
        if marker == _START_OF_SCAN:
            end = _end_of_scan(picture, place)
            yield picture[place:end]
            place = end


def _is_needed(marker: int, body: bytes) -> bool:
    if _APP_FIRST <= marker <= _APP_LAST:
        return marker in _NEEDED and body.startswith(_NEEDED[marker])
    return marker != _COMMENT


def _end_of_scan(picture: bytes, place: int) -> int:
    """Where the next marker begins that is neither stuffing nor a restart."""
    while (place := picture.find(b"\xff", place)) >= 0:
        after = picture[place + 1 : place + 2]
        if after not in {b"", b"\x00", b"\xff"} and not b"\xd0" <= after <= b"\xd7":
            return place
        place += 1
    return len(picture)


# --- PNG ------------------------------------------------------------------------------------

# Besides what every reader must know (a capital first letter): colours, transparency, movement.
_PNG_NEEDED = frozenset(
    b"tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs hIST sPLT acTL fcTL fdAT cICP mDCV cLLI".split()
)


def _png(picture: bytes) -> Iterator[bytes]:
    yield _PNG
    place = len(_PNG)
    while place < len(picture):
        if place + 12 > len(picture):
            yield picture[place:]
            return
        (length,) = struct.unpack_from(">I", picture, place)
        name = picture[place + 4 : place + 8]
        end = place + 12 + length
        if end > len(picture):
            yield picture[place:] if _is_needed_in_png(name) else b""
            return
        if name == b"eXIf":
            value = _orientation(picture[place + 8 : end - 4])
            if value != _UPRIGHT:
                yield _png_chunk(b"eXIf", _only_orientation(value))
        elif _is_needed_in_png(name):
            yield picture[place:end]
        place = end
        if name == b"IEND":
            return


def _is_needed_in_png(name: bytes) -> bool:
    return name in _PNG_NEEDED or name[:1].isupper()


def _png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


# --- WebP -----------------------------------------------------------------------------------

_WEBP_NEEDED = frozenset((b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_HAS_EXIF, _HAS_XMP = 0x08, 0x04


def _webp(picture: bytes) -> bytes:
    (size,) = struct.unpack_from("<I", picture, 4)
    whole = min(8 + size, len(picture)) if size > len(b"WEBP") else len(picture)
    pieces: list[bytes] = []
    place, value = 12, _UPRIGHT
    while place + 8 <= whole:
        name = picture[place : place + 4]
        (length,) = struct.unpack_from("<I", picture, place + 4)
        end = place + 8 + length + length % 2
        if end > whole:
            break
        body = picture[place + 8 : place + 8 + length]
        if name == b"EXIF":
            value = _orientation(body.removeprefix(_EXIF))
        elif name in _WEBP_NEEDED:
            pieces.append(picture[place:end])
        place = end
    is_needed = picture[place : place + 4] in _WEBP_NEEDED
    broken_off = picture[place:whole] if is_needed or whole - place < 8 else b""
    if value != _UPRIGHT and not broken_off:
        block = _only_orientation(value)
        pieces.append(b"EXIF" + struct.pack("<I", len(block)) + block)
    says_exif = _HAS_EXIF if value != _UPRIGHT and not broken_off else 0
    pieces = [_with_flags(piece, says_exif) for piece in pieces]
    inside = b"WEBP" + b"".join(pieces) + broken_off
    if inside == picture[8:]:
        return picture
    return b"RIFF" + struct.pack("<I", len(inside)) + inside


def _with_flags(piece: bytes, says_exif: int) -> bytes:
    """The head of an extended file says what else is in it: no more than there is."""
    if not piece.startswith(b"VP8X") or len(piece) < 9:
        return piece
    flags = (piece[8] & ~(_HAS_EXIF | _HAS_XMP)) | says_exif
    return piece[:8] + bytes((flags,)) + piece[9:]
