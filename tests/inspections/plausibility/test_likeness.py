"""Pictures found again: altered copies are, other shops are not, and the quick search says what a plain loop says."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from benchmarks.photo_scenes import MUST_FIND, jpeg, shop_front
from inspections.photos.pictures.prints import BYTES, PARTS, fingerprint
from inspections.plausibility.likeness import LAID_OVER, MOST_COARSE, Alike, PrintShelf

SHOPS = 4


@pytest.fixture(scope="module")
def fronts() -> list[Image.Image]:
    return [shop_front(seed) for seed in range(SHOPS)]


@pytest.fixture(scope="module")
def shelf(fronts: list[Image.Image]) -> PrintShelf:
    made = PrintShelf()
    made.add([f"shop {number}" for number in range(SHOPS)], [fingerprint(jpeg(front, 88)) for front in fronts])
    return made


@pytest.mark.parametrize("alteration", MUST_FIND)
def test_an_altered_copy_is_found_and_nothing_else(
    shelf: PrintShelf, fronts: list[Image.Image], alteration: str
) -> None:
    found = shelf.nearest(fingerprint(MUST_FIND[alteration](fronts[2])))
    assert [one.sha256 for one in found] == ["shop 2"]


def test_another_shop_with_the_same_wording_is_another_picture(shelf: PrintShelf) -> None:
    assert shelf.nearest(fingerprint(jpeg(shop_front(100)))) == []


def test_the_picture_itself_is_at_no_distance(shelf: PrintShelf, fronts: list[Image.Image]) -> None:
    assert shelf.nearest(fingerprint(jpeg(fronts[1], 88))) == [Alike("shop 1", 0)]


def test_a_picture_lying_on_its_side_is_seen_upright(shelf: PrintShelf, fronts: list[Image.Image]) -> None:
    turned = fronts[3].transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6  # «turn by 90 degrees clockwise to show»
    out = io.BytesIO()
    turned.save(out, "JPEG", quality=88, exif=exif)
    assert [one.sha256 for one in shelf.nearest(fingerprint(out.getvalue()))] == ["shop 3"]


def test_a_fingerprint_has_its_size() -> None:
    assert (BYTES, len(fingerprint(jpeg(Image.new("RGB", (64, 48), "white"))))) == (160, 160)
    with pytest.raises(ValueError, match="160 bytes"):
        PrintShelf().nearest(b"short")


def bits_apart(a: bytes, b: bytes) -> int:
    return (int.from_bytes(a, "big") ^ int.from_bytes(b, "big")).bit_count()


def plainly(known: list[bytes], asked: bytes, most: int) -> list[Alike]:
    """What `nearest` promises, by a loop over bytes."""
    parts = [[one[turn * 32 : turn * 32 + 32] for turn in range(len(PARTS))] for one in (*known, asked)]
    found = []
    for number, one in enumerate(parts[:-1]):
        pairs = [(parts[-1][mine], one[theirs]) for mine, theirs in LAID_OVER]
        seen = [bits_apart(a, b) for a, b in pairs if bits_apart(a[:8], b[:8]) <= MOST_COARSE]
        if seen and min(seen) <= most:
            found.append(Alike(str(number), min(seen)))
    return sorted(found, key=lambda one: (one.distance, one.sha256))


FLIPS = st.lists(st.lists(st.integers(0, BYTES * 8 - 1), max_size=150), max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=BYTES, max_size=BYTES), FLIPS)
def test_the_quick_search_says_what_a_plain_loop_says(asked: bytes, flips: list[list[int]]) -> None:
    known = []
    for places in flips:
        bits = int.from_bytes(asked, "big")
        for place in set(places):
            bits ^= 1 << place
        known.append(bits.to_bytes(BYTES, "big"))
    shelf = PrintShelf()
    shelf.add([str(number) for number in range(len(known))], known)
    assert shelf.nearest(asked) == plainly(known, asked, 60)


def test_a_shelf_grows_and_loses_nothing() -> None:
    shelf = PrintShelf()
    prints = [number.to_bytes(BYTES, "big") for number in range(5_000)]
    shelf.add(["first"], [b"\xff" * BYTES])
    shelf.add([str(number) for number in range(5_000)], prints)
    assert (len(shelf), shelf.nearest(b"\xff" * BYTES)) == (5_001, [Alike("first", 0)])
    assert Alike("4999", 0) in shelf.nearest(prints[4_999])
