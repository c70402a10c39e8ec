"""Photos lose place, time and device, and not one bit of the picture; the right way up stays."""

from __future__ import annotations

import struct
import zlib

import pytest

from kongthun.audit.pictures import is_picture, without_traces

# A real GPS block as phones write it: turned (6), made by, and 8° 21' 0" N, 100° 12' 0" E.
MAKER = b"PhoneMaker\x00\x00"


def exif(orientation: int = 6, order: str = ">") -> bytes:
    """A directory with way up, maker and a GPS directory, in either byte order."""
    mark = b"MM\x00*" if order == ">" else b"II*\x00"
    degrees = struct.pack(f"{order}6I", 8, 1, 21, 1, 0, 1)
    east = struct.pack(f"{order}6I", 100, 1, 12, 1, 0, 1)
    first, gps, rest = 8, 8 + 2 + 3 * 12 + 4, 8 + 2 + 3 * 12 + 4 + 2 + 4 * 12 + 4

    def entry(tag: int, kind: int, count: int, value: bytes) -> bytes:
        return struct.pack(f"{order}HHI", tag, kind, count) + value.ljust(4, b"\x00")

    def long(value: int) -> bytes:
        return struct.pack(f"{order}I", value)

    head = mark + long(first) + struct.pack(f"{order}H", 3)
    head += entry(0x0112, 3, 1, struct.pack(f"{order}H", orientation))
    head += entry(0x010F, 2, len(MAKER), long(rest))
    head += entry(0x8825, 4, 1, long(gps)) + long(0)
    place = struct.pack(f"{order}H", 4) + entry(1, 2, 2, b"N\x00")
    place += entry(2, 5, 3, long(rest + len(MAKER))) + entry(3, 2, 2, b"E\x00")
    place += entry(4, 5, 3, long(rest + len(MAKER) + 24)) + long(0)
    return head + place + MAKER + degrees + east


def position_in(block: bytes) -> bool:
    """Whether a reader of photos would find a GPS directory with its degrees in these bytes."""
    for order in "<>":
        tag = struct.pack(f"{order}HHI", 0x8825, 4, 1)
        if tag in block or struct.pack(f"{order}6I", 8, 1, 21, 1, 0, 1) in block:
            return True
    return False


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">HH", 0xFF00 | marker, len(body) + 2) + body


QUANTISATION = segment(0xDB, b"\x00" + bytes(range(1, 65)))
SCAN = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56\xff\xda"[:7]
JFIF = segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
COLOURS = segment(0xE2, b"ICC_PROFILE\x00\x01\x01colours")
ADOBE = segment(0xEE, b"Adobe\x00\x64\x00\x00\x00\x00\x00")


def jpeg(*more: bytes, behind: bytes = b"") -> bytes:
    return b"".join((b"\xff\xd8", JFIF, *more, QUANTISATION, SCAN, b"\xff\xd9", behind))


WITH_EXIF = segment(0xE1, b"Exif\x00\x00" + exif())


def test_a_phones_photo_has_a_position_before_and_none_after() -> None:
    taken = jpeg(WITH_EXIF)
    assert position_in(taken)
    kept = without_traces(taken)
    assert not position_in(kept)
    assert MAKER.strip(b"\x00") not in kept


def test_the_picture_itself_is_the_same_bit_for_bit_and_the_right_way_up() -> None:
    kept = without_traces(jpeg(WITH_EXIF, COLOURS, ADOBE))
    block = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06"
    turned = segment(0xE1, block + bytes(6))
    assert kept == jpeg(turned, COLOURS, ADOBE)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("way", range(1, 9))
def test_each_way_up_is_kept_in_either_byte_order(order: str, way: int) -> None:
    kept = without_traces(jpeg(segment(0xE1, b"Exif\x00\x00" + exif(way, order))))
    told = struct.pack(">HHIHH", 0x0112, 3, 1, way, 0)
    assert (told in kept) is (way != 1)
    assert not position_in(kept)


@pytest.mark.parametrize(
    "trace",
    [
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>8,21N</x:xmpmeta>"),
        segment(0xED, b"Photoshop 3.0\x008BIM caption"),
        segment(0xE2, b"MPF\x00MM\x00*"),
        segment(0xE0, b"JFXX\x00\x10a small picture of the same place"),
        segment(0xE5, b"of a phone's own"),
        segment(0xFE, b"taken at 8.35 N"),
    ],
)
def test_what_else_phones_and_programs_write_goes_too(trace: bytes) -> None:
    assert without_traces(jpeg(trace)) == jpeg()


def test_pictures_hung_behind_the_picture_go_with_their_positions() -> None:
    assert without_traces(jpeg(behind=jpeg(WITH_EXIF))) == jpeg()


def test_what_comes_between_two_scans_is_looked_at_too() -> None:
    twice = SCAN + WITH_EXIF + QUANTISATION
    kept = without_traces(jpeg(twice))
    assert not position_in(kept)
    assert kept.count(SCAN) == 2
    assert kept.count(QUANTISATION) == 2


def test_a_photo_without_traces_stays_as_it_was() -> None:
    for each in (jpeg(COLOURS), png(), webp()):
        assert without_traces(each) == each


@pytest.mark.parametrize("cut", [1, 3, 9, 40, 200])
def test_a_photo_that_breaks_off_loses_its_position_all_the_same(cut: int) -> None:
    broken = jpeg(WITH_EXIF)[:-cut] if cut < 50 else jpeg(WITH_EXIF, QUANTISATION * 9)[:-cut]
    kept = without_traces(broken)
    assert not position_in(kept)
    assert kept.startswith(b"\xff\xd8" + JFIF)


def test_a_position_that_comes_twice_goes_twice_and_the_way_up_is_said_once() -> None:
    kept = without_traces(jpeg(WITH_EXIF, WITH_EXIF))
    assert kept.count(b"Exif\x00\x00") == 1
    assert not position_in(kept)


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(*more: bytes, behind: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    dots = chunk(b"IDAT", zlib.compress(b"\x00\x7f"))
    parts = (b"\x89PNG\r\n\x1a\n", head, *more, dots, chunk(b"IEND", b""), behind)
    return b"".join(parts)


def test_a_png_loses_exif_words_and_time_and_keeps_its_colours() -> None:
    traces = [
        chunk(b"tEXt", b"Comment\x008.35 N"),
        chunk(b"zTXt", b"x"),
        chunk(b"iTXt", b"XML:com.adobe.xmp"),
        chunk(b"tIME", bytes(7)),
    ]
    colours = chunk(b"gAMA", struct.pack(">I", 45455))
    assert without_traces(png(*traces, colours, behind=b"more")) == png(colours)
    turned = without_traces(png(chunk(b"eXIf", exif(6))))
    assert not position_in(turned)
    assert b"eXIfMM\x00*" in turned
    assert without_traces(png(chunk(b"eXIf", exif(1)))) == png()


def piece(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\x00" * (len(body) % 2)


def webp(flags: int = 0x10, *more: bytes) -> bytes:
    head = piece(b"VP8X", bytes((flags, 0, 0, 0)) + bytes(6))
    inside = b"WEBP" + head + piece(b"VP8L", b"\x2fdots") + b"".join(more)
    return b"RIFF" + struct.pack("<I", len(inside)) + inside


def test_a_webp_loses_exif_and_says_so_in_its_head() -> None:
    taken = webp(0x1C, piece(b"EXIF", exif(1)), piece(b"XMP ", b"<x/>"))
    assert position_in(taken)
    assert without_traces(taken) == webp(0x10)
    turned = without_traces(webp(0x1C, piece(b"EXIF", b"Exif\x00\x00" + exif(6))))
    assert not position_in(turned)
    assert turned[20] == 0x18
    assert struct.unpack_from("<I", turned, 4)[0] == len(turned) - 8


def test_what_is_said_behind_the_end_of_a_webp_goes() -> None:
    assert without_traces(webp() + exif()) == webp()


def test_other_files_stay_as_they_are() -> None:
    for other in (b"%PDF-1.7 x", b"", b"PK\x03\x04", b"RIFFxxxxWAVE"):
        assert not is_picture(other)
        assert without_traces(other) == other


@pytest.mark.parametrize(
    "whole",
    [
        jpeg(WITH_EXIF),
        png(chunk(b"eXIf", exif())),
        webp(0x1C, piece(b"EXIF", exif())),
        webp(0x1C, piece(b"EXIF", b"Exif\x00\x00" + exif())),
    ],
)
def test_wherever_a_picture_is_cut_no_position_stays(whole: bytes) -> None:
    assert position_in(whole)
    for length in range(12, len(whole)):
        assert not position_in(without_traces(whole[:length]))
        assert not position_in(without_traces(whole[:length] + b"\xff" * 7))


def test_what_is_no_exif_block_says_nothing_of_which_way_is_up() -> None:
    for odd in (b"", b"MM\x00*", b"XX\x00*" + bytes(20), b"MM\x00*\x00\x00\xff\xff" + bytes(20)):
        assert without_traces(png(chunk(b"eXIf", odd))) == png()
    (no_way_up,) = [exif(9)]
    assert without_traces(png(chunk(b"eXIf", no_way_up))) == png()


def test_a_webp_that_lies_about_its_size_is_read_to_its_end() -> None:
    lying = bytearray(webp(0x1C, piece(b"EXIF", exif(1))))
    lying[4:8] = bytes(4)
    assert without_traces(bytes(lying)) == webp()
