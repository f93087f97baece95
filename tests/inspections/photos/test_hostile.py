"""Hostile files are refused by their structure, each with its reason; odd honest pictures are not."""

from __future__ import annotations

import json
import time

import pytest

from benchmarks.hostile_photos import looked_at
from field_app_schema.refusals import Refusal
from inspections.photos.pictures.exif import read_exif
from inspections.photos.pictures.looking import look_at
from inspections.photos.pictures.small import make_small
from tests.inspections.photos.hostile.corpus import CORPUS, HONEST, REFUSED, made
from tests.inspections.photos.hostile.pieces import jpeg


def test_the_corpus_is_large_and_says_everything() -> None:
    assert len(REFUSED) >= 120
    assert {said for _make, said in CORPUS.values()} == {
        "accepted", "PHOTO_FORMAT", "PHOTO_TRUNCATED", "PHOTO_DAMAGED", "PHOTO_ANIMATED", "PHOTO_OVERLOADED",
        "PHOTO_TOO_LARGE", "PHOTO_TOO_SMALL", "PHOTO_MORE_THAN_A_PICTURE"}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_undecoded(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    body = made(name)

    def never(*_args: object, **_more: object) -> None:
        raise AssertionError("the library was shown it")

    monkeypatch.setattr("PIL.Image.open", never)
    with pytest.raises(Refusal) as refused:
        look_at(body)
    assert refused.value.code == CORPUS[name][1]
    # What reads pictures elsewhere refuses as well, and EXIF is only ever read, never raised about.
    with pytest.raises(Refusal):
        make_small(body)
    assert read_exif(body) == {"damaged": True}


@pytest.mark.parametrize("name", HONEST)
def test_it_is_accepted_shown_and_read(name: str) -> None:
    body = made(name)
    picture = look_at(body)
    assert (picture.width_px, picture.height_px) == (96, 64)
    assert make_small(body)[8:12] == b"WEBP"
    json.dumps(read_exif(body), allow_nan=False)


def test_looking_at_all_of_it_takes_little_memory() -> None:
    # In a process of its own; the same through a real server is benchmarks/hostile_photos.py.
    assert looked_at() < 64


def test_a_large_honest_photo_is_looked_at_at_once() -> None:
    # Sixteen million bytes of scan without one marker: found through by the search of C, not byte by byte.
    body = jpeg()
    started = time.process_time()
    look_at(body[:-2] + b"\x12\xff\0\x34" * 4_000_000 + b"\xff\xd9")
    assert time.process_time() - started < 1
