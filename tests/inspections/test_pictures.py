"""Pictures are judged by their bytes, before they are decoded."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from field_app_schema.refusals import Refusal
from inspections.photos.pictures.looking import look_at
from inspections.photos.pictures.small import make_small
from tests.api.test_media import huge_png
from tests.visit_making import jpeg


def drawn(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (10, 200, 30)).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "mime"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_three_formats_are_accepted(kind: str, mime: str) -> None:
    picture = look_at(drawn(kind))
    assert (picture.mime, picture.width_px, picture.height_px) == (mime, 40, 30)


@pytest.mark.parametrize("body", [drawn("GIF"), drawn("BMP"), drawn("TIFF"), b"", b"RIFF1234", b"%PDF-1.4"])
def test_others_are_not(body: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        look_at(body)
    assert refused.value.code == "PHOTO_FORMAT"


def test_a_bomb_is_refused_without_being_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_args: object, **_more: object) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", never)
    with pytest.raises(Refusal) as refused:
        look_at(huge_png())
    assert refused.value.code == "PHOTO_TOO_LARGE"


def test_the_small_one_is_upright_small_and_bare() -> None:
    marks = Image.Exif()
    marks[0x0112] = 6
    marks[0x010F] = "SecretMaker"
    out = io.BytesIO()
    Image.new("RGB", (1200, 600), (90, 90, 90)).save(out, "JPEG", exif=marks)
    with Image.open(io.BytesIO(make_small(out.getvalue()))) as small:
        assert (small.format, small.size) == ("WEBP", (160, 320))
        assert dict(small.getexif()) == {}


def test_a_torn_picture_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        make_small(jpeg(4, (640, 480))[:700])
    assert refused.value.code == "PHOTO_TRUNCATED"
