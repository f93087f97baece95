"""What every answer tells the browser not to do; a page that needs more says so itself, and its word stands."""

from __future__ import annotations

from flask import Flask, Response, current_app, request

from api.config import Config

# An answer that is data: nothing in it may ever run, load or be framed.
NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": NOTHING,
}
A_YEAR = "max-age=31536000"


def install_headers(app: Flask) -> None:
    """Give every answer the headers it did not set itself."""

    @app.after_request
    def guard(response: Response) -> Response:
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if request.path.startswith(("/api/", "/healthz")):
            # A list with an ETag may be kept by its owner's browser, but asked about each time; the rest never.
            kept = response.headers.get("ETag") is not None and request.method in ("GET", "HEAD")
            response.headers.setdefault("Cache-Control", "private, no-cache" if kept else "no-store")
            if kept:
                # The same address answers each caller differently.
                response.vary.update(("Cookie", "Authorization"))
        config: Config = current_app.extensions["cunzhan_config"]
        if config.cookie_secure:
            response.headers.setdefault("Strict-Transport-Security", A_YEAR)
        return response
