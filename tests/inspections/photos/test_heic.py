"""HEIC is an extra: with its decoder a photo like others, without it refused in words that say what to do."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from field_app_schema.refusals import Refusal
from inspections.photos.pictures.looking import look_at
from inspections.photos.pictures.small import make_small, upright
from tests.inspections.photos.hostile.pieces import heic_like
from tests.inspections.photos.hostile.webps import real_heic

pillow_heif = pytest.importorskip("pillow_heif")


def test_it_is_a_photo_like_others() -> None:
    body = real_heic()
    picture = look_at(body)
    assert (picture.mime, picture.width_px, picture.height_px) == ("image/heic", 96, 64)
    assert make_small(body)[8:12] == b"WEBP"


def test_it_is_turned_as_its_own_structure_says() -> None:
    image = Image.new("RGB", (200, 120), (0, 0, 255))
    image.paste((255, 0, 0), (0, 80, 40, 120))
    given = Image.Exif()
    given[0x0112] = 6
    out = io.BytesIO()
    pillow_heif.from_pillow(image)
    image.info["exif"] = given.tobytes()
    pillow_heif.register_heif_opener()
    image.save(out, "HEIF", quality=90)
    seen = upright(out.getvalue())
    assert seen.size == (120, 200)
    red, _green, blue = seen.getpixel((5, 5))
    assert (red > 200, blue < 60) == (True, True)


def test_what_only_looks_like_it_is_said_to_be_damaged_when_it_is_decoded() -> None:
    hollow = heic_like()
    assert look_at(hollow).mime == "image/heic"
    with pytest.raises(Refusal) as refused:
        make_small(hollow)
    assert refused.value.code == "PHOTO_DAMAGED"


def test_without_the_decoder_it_is_refused_and_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(Refusal) as refused:
        look_at(real_heic())
    assert refused.value.code == "PHOTO_HEIC_UNREADABLE"
    assert "JPEG" in refused.value.kind.hint_zh
    # Damage is said before, for no decoder would help.
    with pytest.raises(Refusal) as refused:
        look_at(real_heic()[:-40])
    assert refused.value.code == "PHOTO_TRUNCATED"
