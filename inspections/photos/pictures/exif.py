"""Everything that EXIF says in a picture's bytes, as plain values by name."""

from __future__ import annotations

import codecs
from typing import Any

from PIL import ExifTags

from field_app_schema.refusals import Refusal
from inspections.photos.pictures.library import heic_exif
from inspections.photos.pictures.structure.walking import HEIC, walk
from inspections.photos.pictures.tags.place import place_of
from inspections.photos.pictures.tags.tiff import Tag, Tiff

_ORIENTATION, _EXIF_IFD, _GPS_IFD, _INTEROP_IFD = 0x0112, 0x8769, 0x8825, 0xA005
_MOST_LETTERS, _MOST_HEX_BYTES = 256, 32
_USER_COMMENT = 0x9286
# Windows writes its own texts in UTF-16.
_WIDE_TEXTS = range(0x9C9B, 0x9CA0)
_INTEROP_NAMES = {tag.value: tag.name for tag in ExifTags.Interop}


def read_exif(body: bytes) -> dict[str, Any]:
    """Give all tags of a picture by name, as JSON can hold them; {} where there are none.

    Beside them: `gps` {lon, lat in decimal degrees, at as an ISO moment in UTC, each where it is told}, `thumbnail`
    {tags of the small picture inside}, `xmp`, `iptc` and `damaged`: true where those are so. A text is cut at 256
    letters, a list at 32 numbers; bytes are told in hex. Never raises, whatever the bytes are.
    """
    try:
        walked = walk(body)
    except Refusal:
        return {"damaged": True}
    block = heic_exif(body) if walked.mime == HEIC else walked.exif
    told = _all_tags(block)
    if walked.has_xmp:
        told["xmp"] = True
    if walked.has_iptc:
        told["iptc"] = True
    return told


def orientation_of(block: bytes) -> int:
    """Give how the picture is to be turned, 1 to 8, of an EXIF block; 1 where nothing or nonsense is said."""
    tiff = Tiff(block)
    tags, _next = tiff.directory(tiff.first())
    told = next((tag.numbers[0] for tag in tags if tag.number == _ORIENTATION and tag.numbers), None)
    return told if isinstance(told, int) and 1 <= told <= 8 else 1


def _all_tags(block: bytes) -> dict[str, Any]:
    tiff = Tiff(block)
    told: dict[str, Any] = {}
    main, after = tiff.directory(tiff.first())
    inner = _inner(tiff, main, _EXIF_IFD)
    place = _inner(tiff, main, _GPS_IFD)
    _tell(told, [*main, *inner], ExifTags.TAGS)
    _tell(told, place, ExifTags.GPSTAGS)
    _tell(told, _inner(tiff, inner, _INTEROP_IFD), _INTEROP_NAMES)
    thumbnail: dict[str, Any] = {}
    _tell(thumbnail, tiff.directory(after)[0] if after else [], ExifTags.TAGS)
    gps = place_of({tag.number: tag for tag in reversed(place)})
    beside = {"thumbnail": thumbnail, "gps": gps, "damaged": tiff.damaged}
    return told | {name: value for name, value in beside.items() if value}


def _inner(tiff: Tiff, tags: list[Tag], pointer: int) -> list[Tag]:
    """Give the tags of the directory that a tag points to."""
    for tag in tags:
        if tag.number == pointer and tag.numbers and isinstance(tag.numbers[0], int):
            return tiff.directory(tag.numbers[0])[0]
    return []


def _tell(told: dict[str, Any], tags: list[Tag], names: dict[int, str]) -> None:
    """Add tags by name; of two with one name the first counts."""
    for tag in tags:
        if tag.number in (_EXIF_IFD, _GPS_IFD, _INTEROP_IFD):
            continue
        told.setdefault(names.get(tag.number, f"tag_{tag.number:04x}"), _plain(tag))


def _plain(tag: Tag) -> str | int | float | list[int | float | None] | None:
    if tag.raw is not None:
        return _text(tag.number, tag.raw)
    return tag.numbers[0] if len(tag.numbers) == 1 else list(tag.numbers)


def _text(number: int, raw: bytes) -> str:
    """Give bytes as the text they are, or as hex where they are none."""
    cut = raw[: 4 * _MOST_LETTERS]
    if number in _WIDE_TEXTS:
        return _clean(cut.decode("utf-16-le", "replace"))
    if number == _USER_COMMENT:
        kind, cut = cut[:8].rstrip(b"\0 "), cut[8:]
        if kind == b"UNICODE":
            return _clean(cut.decode("utf-16", "replace"))
    for coding in ("utf-8", "gb18030"):
        try:
            # A letter cut in two at the end is left out.
            text = codecs.getincrementaldecoder(coding)().decode(cut, final=len(raw) <= len(cut))
        except UnicodeDecodeError:
            continue
        if all(sign.isprintable() or sign in "\0\t\r\n" for sign in text):
            return _clean(text)
    return raw[:_MOST_HEX_BYTES].hex() + ("…" if len(raw) > _MOST_HEX_BYTES else "")


def _clean(text: str) -> str:
    """Take out what no table of the database takes, and cut."""
    plain = "".join(sign for sign in text if sign != "\0" and not "\ud800" <= sign <= "\udfff").strip()
    return plain[:_MOST_LETTERS] + ("…" if len(plain) > _MOST_LETTERS else "")
