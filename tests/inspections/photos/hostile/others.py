"""Files that are no picture of an accepted kind, whatever their name says."""

from __future__ import annotations

import gzip
import struct
from collections.abc import Callable

from tests.inspections.photos.hostile.pieces import archive, box, drawn, film

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><x>&b;</x>"""
FORMAT = "PHOTO_FORMAT"

OTHERS: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", FORMAT),
    "one byte": (lambda: b"\xff", FORMAT),
    "svg": (lambda: SVG, FORMAT),
    "svg behind a byte order mark": (lambda: b"\xef\xbb\xbf" + SVG, FORMAT),
    "svg, packed": (lambda: gzip.compress(SVG, mtime=0), FORMAT),
    "svg of two bytes a letter": (lambda: SVG.decode().encode("utf-16"), FORMAT),
    "xml with entities": (lambda: ENTITIES, FORMAT),
    "html": (lambda: b"<!doctype html><script>alert(1)</script>", FORMAT),
    "html that begins like half a jpeg": (lambda: b"\xff\xd8<script>alert(1)</script>", FORMAT),
    "pdf": (lambda: b"%PDF-1.4\n%%EOF", FORMAT),
    "postscript": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n(%pipe%id) (w) file\n", FORMAT),
    "postscript in a frame for windows": (lambda: b"\xc5\xd0\xd3\xc6" + b"\0" * 26 + b"%!PS\n", FORMAT),
    "gif": (lambda: drawn("GIF"), FORMAT),
    "gif that is also a script": (lambda: b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)", FORMAT),
    "gif that is also a jar": (lambda: drawn("GIF") + archive(), FORMAT),
    "bmp": (lambda: drawn("BMP"), FORMAT),
    "ico": (lambda: drawn("ICO"), FORMAT),
    "tiff": (lambda: drawn("TIFF"), FORMAT),
    "dng": (lambda: b"MM\0*\0\0\0\x08" + b"\0" * 200, FORMAT),
    "tiff of big offsets": (lambda: b"II+\0\x08\0\0\0" + b"\0" * 200, FORMAT),
    "psd": (lambda: b"8BPS\0\1" + b"\0" * 6 + struct.pack(">HIIHH", 3, 64, 96, 8, 3) + b"\0" * 40, FORMAT),
    "avif": (lambda: drawn("AVIF"), FORMAT),
    "jpeg 2000": (lambda: drawn("JPEG2000"), FORMAT),
    "jpeg xl": (lambda: b"\0\0\0\x0cJXL \r\n\x87\n" + b"\0" * 40, FORMAT),
    "mp4": (film, FORMAT),
    "mp4 of a phone": (lambda: box(b"ftyp", b"isom\0\0\2\0isomiso2avc1mp41") + box(b"mdat", b"\0" * 50), FORMAT),
    "program for windows": (lambda: b"MZ" + b"\x90\0" * 100, FORMAT),
    "program for linux": (lambda: b"\x7fELF\2\1\1" + b"\0" * 100, FORMAT),
    "zip": (archive, FORMAT),
    "sound in a riff": (lambda: b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 28, FORMAT),
    "cursor in a riff": (lambda: b"RIFF\x24\0\0\0ACON" + b"\0" * 28, FORMAT),
    "mng": (lambda: b"\x8aMNG\r\n\x1a\n" + b"\0" * 40, FORMAT),
    "tga with nothing in front": (lambda: b"\0\0\2" + b"\0" * 9 + b"\x60\0\x40\0\x18\0" + b"\0" * 100, FORMAT),
    "a playlist that names a file": (lambda: b"#EXTM3U\nfile:///etc/passwd\n", FORMAT),
    "drawing commands": (lambda: b"push graphic-context\nfill 'url(https://x/|id)'\npop graphic-context", FORMAT),
}  # fmt: skip
