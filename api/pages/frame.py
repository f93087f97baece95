"""The frame of every page: language, words, navigation by role, and the headers that keep strangers' code out."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, current_app, g, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from api.boundary import caller, now
from api.compact import squeezed
from api.config import Config
from api.tiles import tile_origins
from field_app_schema.refusals import REFUSALS, Refusal
from field_app_schema.words import collect_words
from stations.people.access import may
from stations.records.days import day_in_china
from web_map.modules import words_said
from web_map.pages import PageFrame, render_page

LANGUAGE_COOKIE = "cunzhan_lang"
A_YEAR_S = 365 * 24 * 3600

# (word, address, action): a door is shown to whom its action admits.
DOORS = (
    ("staff.nav.map", "/", "map.read"),
    ("staff.nav.stations", "/stations", "station.read"),
    ("staff.nav.months", "/months", "figures.read"),
    ("staff.nav.figures", "/figures", "figures.read"),
    ("staff.nav.survival", "/survival", "figures.read"),
    ("staff.nav.coverage", "/coverage", "coverage.read"),
    ("staff.nav.doubts", "/doubts", "figures.read"),
    ("staff.nav.planning", "/planning", "coverage.read"),
    ("staff.nav.review", "/review", "visit.review"),
    ("staff.nav.ledger", "/ledger", "ledger.export"),
    ("staff.nav.network", "/network", "network.read"),
    ("staff.nav.places", "/places", "network.read"),
    ("staff.nav.quarantine", "/quarantine", "quarantine.settle"),
    ("staff.nav.visit_tasks", "/visit-tasks", "visit.assign"),
    ("channel.title", "/report-channels", "channel.set"),
    ("staff.nav.found", "/found-stations", "found.read"),
    ("staff.nav.findings", "/findings", "finding.read"),
    ("staff.nav.devices", "/devices", "device.manage"),
    ("staff.nav.jobs", "/jobs", "job.read"),
)

# On a wide screen these stand behind «more», so that the head keeps to one row.
SELDOM = frozenset({
    "/ledger", "/network", "/places", "/quarantine", "/visit-tasks", "/found-stations", "/findings",
    "/report-channels",
    "/devices", "/jobs",
})  # fmt: skip

# The phone's words stay with the phone; the rest is what pages say.
WORDS = {key: pair for key, pair in collect_words().items() if not key.startswith(("phone.", "paper.", "pack."))} | {
    f"refusal.{code}": (kind.zh, kind.en) for code, kind in REFUSALS.items()
}


def config() -> Config:
    """Give the application's checked settings."""
    found: Config = current_app.extensions["cunzhan_config"]
    return found


def language() -> str:
    """Give `zh` or `en`: what the address asks, else the cookie, else Chinese."""
    asked = request.args.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    return "en" if asked == "en" else "zh"


def new_nonce() -> str:
    """Give the random word that marks this page's own scripts and styles."""
    return secrets.token_urlsafe(16)


def page_frame(nonce: str) -> PageFrame:
    """Give the frame for who is asking; the CSRF token is the browser's own."""
    asking = caller()
    doors = [(word, address) for word, address, action in DOORS if may(asking, action)]
    return PageFrame(
        nonce=nonce, lang=language(), words=WORDS, csrf_token=g.get("csrf_token", ""), role=asking.role,
        unit=asking.unit_code, today=day_in_china(now()).isoformat(),
        doors=[door for door in doors if door[1] not in SELDOM] if asking.account_id is not None else (),
        more=[door for door in doors if door[1] in SELDOM] if asking.account_id is not None else (), here=request.path,
        is_demonstration=config().demo_accounts_file.exists(),
    )  # fmt: skip


def show(
    template: str, *, nonce: str = "", status: int = 200, modules: Sequence[str] = (), **plain: Any
) -> Response:  # fmt: skip
    """Answer with a page under its Content-Security-Policy; `plain` never holds a user's text.

    A page that names its `modules` carries their words only.
    """
    nonce = nonce or new_nonce()
    frame = page_frame(nonce)
    if modules:
        frame = replace(frame, spoken_keys=words_said(modules, WORDS))
    response = make_response(render_page(template, frame, modules=modules, **plain), status)
    response.headers["Content-Security-Policy"] = page_policy(nonce)
    response.headers["Cache-Control"] = "no-store"
    if "lang" in request.args:
        response.set_cookie(LANGUAGE_COOKIE, language(), max_age=A_YEAR_S, samesite="Lax",
                            secure=config().cookie_secure, httponly=True)  # fmt: skip
    return squeezed(response)


def page_policy(nonce: str) -> str:
    """Give the policy of a staff page: only our own files, marked scripts, no text turned into code or markup."""
    tiles = tile_origins(config().tiles)
    return "; ".join((
        "default-src 'none'", f"script-src 'self' 'nonce-{nonce}'", f"style-src 'self' 'nonce-{nonce}'",
        f"img-src 'self' data: blob: {tiles}".rstrip(), "connect-src 'self'", "font-src 'self'", "manifest-src 'self'",
        "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'",
        "trusted-types default",
    ))  # fmt: skip


def install_refusals(pages: Blueprint) -> None:
    """Answer a refusal as a page: who is not signed in goes to the sign-in page, others read why."""

    @pages.errorhandler(Refusal)
    def on_refusal(refusal: Refusal) -> AnyResponse:
        if refusal.code == "NOT_SIGNED_IN":
            # The question goes with the address: a link to a map is a map with its filters.
            here = request.full_path if request.query_string else request.path
            return redirect(f"/login?next={quote(here)}")
        kind, chinese = refusal.kind, language() == "zh"
        return show("refused.html", status=kind.status, message=kind.zh if chinese else kind.en,
                    hint=kind.hint_zh if chinese else kind.hint_en)  # fmt: skip
