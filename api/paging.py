"""How far a list may be turned: behind the last page of any of them lies nothing, and no database counts that far."""

from __future__ import annotations

from flask import Flask, request

from field_app_schema.refusals import Refusal

LAST_PAGE = 1_000_000


def install_paging(app: Flask) -> None:
    """Refuse with BAD_INPUT a page behind all pages, whatever the list; what is no number each list refuses itself."""

    @app.before_request
    def turn_so_far() -> None:
        try:
            page = int(request.args.get("page", "1"))
        except ValueError:
            return
        if page > LAST_PAGE:
            raise Refusal("BAD_INPUT", errors={"page": ["没有这一页 / there is no such page"]})
