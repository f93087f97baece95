"""Hostile and odd JPEGs: what is made, and what is said of it."""

from __future__ import annotations

import struct
from collections.abc import Callable

from tests.inspections.photos.hostile.pieces import (
    after_start,
    archive,
    cut_out,
    drawn,
    film,
    find_segment,
    frame_of,
    jpeg,
    segment,
    with_frame,
)

ACCEPTED = "accepted"
PAGE = b"<html><script>alert(document.cookie)</script></html>"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def before_scan(more: bytes) -> bytes:
    """Put bytes before the first scan of a JPEG."""
    body = jpeg()
    first, _end = find_segment(body, 0xDA)
    return body[:first] + more + body[first:]


def with_scans(count: int) -> bytes:
    """Give a JPEG whose one scan comes so many times."""
    body = jpeg()
    first, _end = find_segment(body, 0xDA)
    return body[:first] + body[first:-2] * count + body[-2:]


def samsung(block: bytes, *, lie: int = 0) -> bytes:
    """Give what a Samsung phone puts behind a photo: a marked block and its directory."""
    data = b"\0\0\x01\x0a" + struct.pack("<I", 14) + b"Image_UTC_Data" + block
    listed = struct.pack("<HHII", 0, 0x0A01, len(data) + lie, len(data))
    directory = b"SEFH" + struct.pack("<II", 107, 1) + listed
    return data + directory + struct.pack("<I", len(directory)) + b"SEFT"


def vivo(notes: bytes) -> bytes:
    """Give what a vivo phone puts behind a photo."""
    return b"vivo" + notes + b"\x00\x01" * 20 + bytes.fromhex("ffffffff1b2a39485766758493a2b1")


def oppo() -> bytes:
    """Give what an OPPO phone puts behind a photo: a block, and the list of its blocks."""
    listed = b'[{"length":4,"name":"private.emptyspace","offset":4,"version":1}]'
    return b"\1\2\3\4" + listed + b"jxrs" + struct.pack("<I", len(listed) + 8)


def announced_film() -> bytes:
    """Give an XMP that says a film of the moment follows."""
    return segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + b'<x:xmpmeta GCamera:MotionPhoto="1"/>')


def nested_thumbnail() -> bytes:
    """Give a photo whose EXIF holds a whole small JPEG, its end marker included."""
    return after_start(jpeg(), segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0" + drawn("JPEG", (16, 16))))


JPEGS: dict[str, tuple[Callable[[], bytes], str]] = {
    "jpeg cut in the middle of its scan": (lambda: jpeg()[: len(jpeg()) // 2 + 300], "PHOTO_TRUNCATED"),
    "jpeg without its last byte": (lambda: jpeg()[:-1], "PHOTO_TRUNCATED"),
    "jpeg cut within a table": (lambda: jpeg()[:60], "PHOTO_TRUNCATED"),
    "jpeg, only its three first bytes": (lambda: b"\xff\xd8\xff", "PHOTO_TRUNCATED"),
    "jpeg of filling without end": (lambda: b"\xff\xd8" + b"\xff" * 100_000, "PHOTO_TRUNCATED"),
    "jpeg and a zip": (lambda: jpeg() + archive(), "PHOTO_MORE_THAN_A_PICTURE"),
    "jpeg with a zip in its comment": (lambda: after_start(jpeg(), segment(0xFE, archive())),
                                       "PHOTO_MORE_THAN_A_PICTURE"),
    "jpeg and a page": (lambda: jpeg() + PAGE, "PHOTO_MORE_THAN_A_PICTURE"),
    "jpeg with a page in its comment": (lambda: after_start(jpeg(), segment(0xFE, PAGE)), "PHOTO_MORE_THAN_A_PICTURE"),
    "jpeg with php in a part of unknown make": (
        lambda: after_start(jpeg(), segment(0xEA, b"x<?php system($_GET[0]); ?>")), "PHOTO_MORE_THAN_A_PICTURE"),
    "jpeg that is a pdf": (lambda: after_start(jpeg(), segment(0xFE, PDF)), "PHOTO_MORE_THAN_A_PICTURE"),
    "jpeg and a pdf": (lambda: jpeg() + PDF, "PHOTO_MORE_THAN_A_PICTURE"),
    "jpeg and a phar": (lambda: jpeg() + b"<?php __HALT_COMPILER(); ?>" + b"\0" * 40, "PHOTO_MORE_THAN_A_PICTURE"),
    "jpeg and a shell script": (lambda: jpeg() + b"\n#!/bin/sh\nrm -rf /\n", "PHOTO_MORE_THAN_A_PICTURE"),
    "jpeg and a program": (lambda: jpeg() + b"MZ" + b"\x90\0" * 200, "PHOTO_MORE_THAN_A_PICTURE"),
    "jpeg and half a second jpeg": (lambda: jpeg() + jpeg()[:400], "PHOTO_MORE_THAN_A_PICTURE"),
    "jpeg and a film that nothing announces": (lambda: jpeg() + film(), "PHOTO_MORE_THAN_A_PICTURE"),
    "jpeg and a broken film that is announced": (
        lambda: after_start(jpeg(), announced_film()) + film() + b"tail", "PHOTO_MORE_THAN_A_PICTURE"),
    "jpeg and a samsung directory that lies": (
        lambda: jpeg() + samsung(b"x" * 40, lie=9_999), "PHOTO_MORE_THAN_A_PICTURE"),
    "jpeg and a zip as a samsung block": (lambda: jpeg() + samsung(archive()), "PHOTO_MORE_THAN_A_PICTURE"),
    "jpeg and a page as a vivo's notes": (lambda: jpeg() + vivo(PAGE), "PHOTO_MORE_THAN_A_PICTURE"),
    "jpeg and a shell script as an oppo's notes": (
        lambda: jpeg() + b"#!/bin/sh\nid\n" + b"jxrs\x10\0\0\0", "PHOTO_MORE_THAN_A_PICTURE"),
    "jpeg bomb of 65535 x 65535": (lambda: with_frame(frame_of(65_535, 65_535)), "PHOTO_TOO_LARGE"),
    "jpeg of 2 x 25 million": (lambda: with_frame(frame_of(65_535, 20)), "PHOTO_TOO_LARGE"),
    "jpeg without height": (lambda: with_frame(frame_of(96, 0)), "PHOTO_DAMAGED"),
    "jpeg of one pixel": (lambda: drawn("JPEG", (1, 1)), "PHOTO_TOO_SMALL"),
    "jpeg, arithmetic coding": (lambda: with_frame(frame_of(96, 64, marker=0xC9)), "PHOTO_FORMAT"),
    "jpeg, twelve bits": (lambda: with_frame(frame_of(96, 64, precision=12)), "PHOTO_FORMAT"),
    "jpeg, lossless": (lambda: with_frame(frame_of(96, 64, marker=0xC3)), "PHOTO_FORMAT"),
    "jpeg, progressive of 49 megapixels": (
        lambda: with_frame(frame_of(7_000, 7_000, marker=0xC2)), "PHOTO_TOO_LARGE"),
    "jpeg of a thousand scans": (lambda: with_scans(1_000), "PHOTO_OVERLOADED"),
    "jpeg of ten thousand comments": (
        lambda: after_start(jpeg(), segment(0xFE, b"") * 10_000), "PHOTO_OVERLOADED"),
    "jpeg with two frames": (lambda: before_scan(frame_of(96, 64)), "PHOTO_DAMAGED"),
    "jpeg without a frame": (lambda: cut_out(jpeg(), 0xC0), "PHOTO_DAMAGED"),
    "jpeg without a scan": (lambda: jpeg()[: find_segment(jpeg(), 0xDA)[0]] + b"\xff\xd9", "PHOTO_DAMAGED"),
    "jpeg with a segment shorter than its own length": (lambda: before_scan(b"\xff\xe5\0\0"), "PHOTO_DAMAGED"),
    "jpeg with junk between segments": (lambda: before_scan(b"junk"), "PHOTO_DAMAGED"),
    "jpeg, plain": (jpeg, ACCEPTED),
    "jpeg, progressive": (lambda: jpeg(progressive=True), ACCEPTED),
    "jpeg, grey": (lambda: jpeg(mode="L"), ACCEPTED),
    "jpeg, four inks": (lambda: jpeg(mode="CMYK"), ACCEPTED),
    "jpeg with restarts": (lambda: jpeg(restart_marker_blocks=1), ACCEPTED),
    "jpeg with a small one inside its exif": (nested_thumbnail, ACCEPTED),
    "jpeg and a smaller copy": (lambda: jpeg() + b"\0" * 5 + drawn("JPEG", (48, 32)), ACCEPTED),
    "jpeg filled up to a block": (lambda: jpeg() + b"\0" * 4_000, ACCEPTED),
    "jpeg of a samsung": (lambda: jpeg() + samsung(b"1763000000000"), ACCEPTED),
    "jpeg of a vivo": (lambda: jpeg() + vivo(b'{"sceneMode":1}'), ACCEPTED),
    "jpeg of an oppo": (lambda: jpeg() + oppo(), ACCEPTED),
    "jpeg and its announced film": (lambda: after_start(jpeg(), announced_film()) + film(), ACCEPTED),
    "jpeg with filling before its markers": (
        lambda: after_start(jpeg(), b"\xff\xff\xff" + segment(0xFE, "拍摄".encode())), ACCEPTED),
}  # fmt: skip
