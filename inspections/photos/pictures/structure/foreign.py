"""Is a picture's file also another kind of file? Asked the way the other kind's readers find theirs.

A PDF reader looks for its mark in the first kilobyte, a ZIP reader (JAR, APK, DOCX are ZIPs) for its directory at the
end, a browser for markup in what stands before or behind. Other words inside metadata are only words: a photo is
served as the type we found, with nosniff and in a sandbox, and never run.
"""

from __future__ import annotations

import re

from inspections.photos.pictures.structure.walked import more_than_a_picture

_PDF_WITHIN = 1_024
# A ZIP's last record with the longest comment that may follow it.
_ZIP_WITHIN = 22 + 65_535
# The directory's mark, and both numbers of the disk nought, as in every ZIP of one piece.
_ZIP_END = re.compile(rb"PK\x05\x06\x00\x00\x00\x00|PK\x06\x07\x00\x00\x00\x00")
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|script|svg|iframe|\?php)[\s>/]|<\?(?:php|=)|__HALT_COMPILER", re.I)
# What a comment is searched for at most: a sniffer reads no further.
_SNIFFED = 1_445


def check_whole(body: bytes) -> None:
    """Refuse with PHOTO_MORE_THAN_A_PICTURE a file that is also a PDF or a ZIP."""
    if body.find(b"%PDF-", 0, _PDF_WITHIN) >= 0:
        more_than_a_picture("pdf")
    if _ZIP_END.search(body, max(0, len(body) - _ZIP_WITHIN)):
        more_than_a_picture("zip")


def check_comment(text: bytes) -> None:
    """Refuse markup in a comment or in a part of unknown make; EXIF and XMP hold any text and are not asked."""
    if _MARKUP.search(text, 0, _SNIFFED):
        more_than_a_picture("markup")


def check_behind(body: bytes, start: int) -> None:
    """Refuse markup or a program's archive anywhere in what stands behind the picture."""
    if _MARKUP.search(body, start):
        more_than_a_picture("markup")
