"""Any bytes at all: a picture or a refusal, and EXIF that JSON can hold."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from inspections.photos.pictures.exif import read_exif
from tests.inspections.photos.hostile.corpus import HONEST, made
from tests.inspections.photos.hostile.fuzz import ALLOWED, campaign, judged, spoilt
from tests.inspections.photos.hostile.pieces import exif_jpeg

PICTURES = {name: made(name) for name in HONEST}
BEGINNINGS = st.sampled_from(
    [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x20\0\0\0WEBPVP8L", b"\0\0\0\x18ftypheic"]
)


@given(BEGINNINGS, st.binary(max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_bytes_behind_any_beginning(beginning: bytes, rest: bytes) -> None:
    assert judged(beginning + rest) in ALLOWED | {"accepted"}


@given(st.sampled_from(HONEST), st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_a_spoilt_picture_is_a_picture_or_a_refusal(name: str, dice) -> None:
    assert judged(spoilt(PICTURES[name], dice)) in ALLOWED | {"accepted"}


@given(st.sampled_from([b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08", b""]), st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_exif_is_read_as_far_as_it_can_be(beginning: bytes, rest: bytes) -> None:
    assert isinstance(read_exif(exif_jpeg(beginning + rest)), dict)


def test_the_campaign_finds_nothing_in_a_few_rounds() -> None:
    assert set(campaign(2, seed=1)) <= ALLOWED | {"accepted"}
