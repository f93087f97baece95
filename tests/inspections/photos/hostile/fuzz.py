"""Honest pictures spoilt at random: whatever comes of it is a picture or a refusal, never anything else."""

from __future__ import annotations

import json
import random

from field_app_schema.refusals import Refusal
from inspections.photos.pictures.exif import read_exif
from inspections.photos.pictures.looking import look_at
from inspections.photos.pictures.small import make_small
from tests.inspections.photos.hostile.corpus import HONEST, made
from tests.inspections.photos.hostile.pieces import PNG_MARK, chunk

ALLOWED = {"PHOTO_FORMAT", "PHOTO_TRUNCATED", "PHOTO_DAMAGED", "PHOTO_ANIMATED", "PHOTO_OVERLOADED", "PHOTO_TOO_LARGE",
           "PHOTO_TOO_SMALL", "PHOTO_MORE_THAN_A_PICTURE"}  # fmt: skip


def spoilt(body: bytes, dice: random.Random) -> bytes:
    """Flip, cut out, double or put in a few bytes."""
    work = bytearray(body)
    for _ in range(dice.randint(1, 6)):
        at, many = dice.randrange(len(work) + 1), dice.choice((1, 1, 2, 4, 30, 300))
        match dice.randrange(5):
            case 0:
                work[at : at + 1] = dice.randbytes(1)
            case 1:
                del work[at : at + many]
            case 2:
                work[at:at] = work[at : at + many]
            case 3:
                work[at:at] = dice.choice((dice.randbytes(many), b"\0" * many, b"\xff" * many))
            case _:
                work[at : at + 4] = dice.choice((b"\xff" * 4, b"\0" * 4, b"\x7f\xff\xff\xff", b"\xff\xd8\xff"))
    return mended(bytes(work)) if dice.random() < 0.5 else bytes(work)


def mended(body: bytes) -> bytes:
    """Give a spoilt PNG its right checksums again, so that what is behind them is reached."""
    if not body.startswith(PNG_MARK):
        return body
    parts, at = [PNG_MARK], len(PNG_MARK)
    while at + 12 <= len(body) and at + 12 + (length := int.from_bytes(body[at : at + 4], "big")) <= len(body):
        parts.append(chunk(body[at + 4 : at + 8], body[at + 8 : at + 8 + length]))
        at += 12 + length
    return b"".join(parts) + body[at:]


def judged(body: bytes) -> str:
    """Say what became of a file, all the way to its small picture; raises on anything but picture or refusal."""
    json.dumps(read_exif(body), allow_nan=False)
    try:
        look_at(body)
        return "accepted" if make_small(body)[8:12] == b"WEBP" else "no small picture"
    except Refusal as refusal:
        return refusal.code


def campaign(rounds: int, seed: int) -> dict[str, int]:
    """Spoil each honest picture so many times and count what became of it."""
    found: dict[str, int] = {}
    for name in HONEST:
        body, dice = made(name), random.Random(f"{seed} {name}")
        for _ in range(rounds):
            said = judged(spoilt(body, dice))
            found[said] = found.get(said, 0) + 1
    return found
