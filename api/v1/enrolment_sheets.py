"""Sheets of enrolment codes: printed for many people at once, counted, and withdrawn when one is lost."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, request
from flask_smorest import Blueprint
from flask_smorest.pagination import PaginationParameters

from api.boundary import caller, may, now, session, sessions
from api.downloads import download
from api.papers.cards import enrolment_cards
from db import reading
from field_app_schema.enrolment_sheets import NewSheetSchema, SheetSchema, WithdrawnSchema
from stations.people.sheets.making import SheetWanted, draw_sheet, write_sheet
from stations.people.sheets.standing import SheetRow, list_sheets, withdraw_sheet
from stations.register.lookup.plaques import plaques_by_id
from web_map.papers.paper import PDF

blp = Blueprint("enrolment_sheets", __name__, description="成批登记码 / sheets of enrolment codes")
BINARY = {"type": "string", "format": "binary"}


@blp.route("/enrolment-sheets", methods=["POST"])
@may("device.manage")
@blp.arguments(NewSheetSchema)
@blp.response(201, BINARY, content_type=PDF)
def print_sheet(asked: dict[str, Any]) -> Response:
    """Print a one-time code for each of many people as PDF; the codes stand in the clear only in this answer.

    给多人成批打印登记码(PDF)。
    """
    lang = asked.pop("lang")
    # Set before the transaction begins: a paper of three hundred cards must not hold SQLite's write lock.
    with reading(sessions()) as own:
        new = draw_sheet(own, caller(), SheetWanted(**asked), now=now())
        stations = plaques_by_id(own, {card.station_id for card in new.cards if card.station_id is not None})
    content = enrolment_cards(new, stations, host_url=request.host_url, lang=lang)
    write_sheet(session(), caller(), new)
    response = download(content, PDF, f"登记码-{new.sheet[:8]}.pdf", f"enrolment-{new.sheet[:8]}.pdf")
    response.status_code = 201
    response.headers["Location"] = f"/api/v1/enrolment-sheets/{new.sheet}"
    return response


@blp.route("/enrolment-sheets")
@may("device.manage")
@blp.response(200, SheetSchema(many=True))
@blp.paginate(page_size=20, max_page_size=200)
def sheets(pagination_parameters: PaginationParameters) -> list[SheetRow]:
    """The sheets of my area, newest first: how many codes are unused, used, ended."""
    page = pagination_parameters
    rows, page.item_count = list_sheets(session(), caller(), now=now(), limit=page.page_size, offset=page.first_item)
    return rows


@blp.route("/enrolment-sheets/<uuid:sheet>", methods=["DELETE"])
@may("device.manage")
@blp.response(200, WithdrawnSchema)
def withdraw(sheet: UUID) -> dict[str, int]:
    """Withdraw what is unused of a lost sheet; phones already let in stay. Again changes nothing."""
    return {"withdrawn": withdraw_sheet(session(), caller(), str(sheet), now=now())}
