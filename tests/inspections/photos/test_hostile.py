"""Hostile files are refused by their structure, each with its reason; odd honest pictures are not."""

from __future__ import annotations

import json

import pytest

from field_app_schema.refusals import Refusal
from inspections.photos.pictures.exif import read_exif
from inspections.photos.pictures.looking import look_at
from inspections.photos.pictures.small import make_small
from tests.inspections.photos.hostile.corpus import CORPUS, HONEST, REFUSED, made


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
