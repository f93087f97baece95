"""The page that the code on a print opens, for anybody."""

from __future__ import annotations

from flask import Blueprint, Response

from api.boundary import may
from api.pages.frame import install_refusals, show
from web_map.modules import modules_of

verify_pages = Blueprint("verify", __name__)
install_refusals(verify_pages)


@verify_pages.get("/verify")
@may("anyone")
def verify() -> Response:
    """Type the code of a print."""
    return show("verify.html", modules=modules_of("pages/verify.js"))


@verify_pages.get("/verify/<string:code>")
@may("anyone")
def verify_code(code: str) -> Response:
    """What was received under a code; it stays in the address, the page's module reads it there."""
    return show("verify.html", modules=modules_of("pages/verify.js"))
