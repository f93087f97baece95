"""Papers over HTTP: the month's bulletin and the inspection pack of a county, to print, stamp and file."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from api.downloads import download, download_pieces
from api.papers.bulletin import bulletin_pdf
from api.papers.cards import plaque_cards
from api.papers.inspection_pack import inspection_pack
from field_app_schema.papers import PackQuerySchema, PaperQuerySchema, PlaquesQuerySchema
from stations.records.periods import parse_period
from stations.register.lookup.plaques import plaques_of
from web_map.papers.pack import ZIP
from web_map.papers.paper import PDF

blp = Blueprint("papers", __name__, description="通报与检查材料 / papers")
BINARY = {"type": "string", "format": "binary"}


@blp.route("/papers/bulletin")
@may("figures.read")
@blp.arguments(PaperQuerySchema, location="query")
@blp.response(200, BINARY, content_type=PDF)
def bulletin(query: dict[str, Any]) -> Response:
    """The bulletin of a unit's month as PDF: coverage, rates, survival, who is missing. 月度通报。"""
    unit, period = query["county"] or caller().unit_code, parse_period(query["period"])
    content = bulletin_pdf(session(), caller(), unit, period, now=now(), lang=query["lang"])
    return download(content, PDF, f"通报-{unit}-{period}.pdf", f"bulletin-{unit}-{period}.pdf")


@blp.route("/papers/inspection-pack")
@may("ledger.export")
@blp.arguments(PackQuerySchema, location="query")
@blp.response(200, BINARY, content_type=ZIP)
def pack(query: dict[str, Any]) -> Response:
    """Ledger, bulletin, state of reports, rates, survival and definitions of a county as one ZIP. 检查材料。"""
    unit, period = query["county"] or caller().unit_code, parse_period(query["period"])
    pieces = inspection_pack(session(), caller(), unit, period, now=now())
    return download_pieces(pieces, ZIP, f"检查材料-{unit}-{period}.zip", f"inspection-pack-{unit}-{period}.zip")


@blp.route("/papers/plaques")
@may("ledger.export")
@blp.arguments(PlaquesQuerySchema, location="query")
@blp.response(200, BINARY, content_type=PDF)
def plaques(query: dict[str, Any]) -> Response:
    """A plaque with a QR code for each listed station of a unit, to cut out and put up. 站点铭牌。"""
    unit = query["ou"] or caller().unit_code
    name, found = plaques_of(session(), caller(), unit)
    content = plaque_cards(found, host_url=request.host_url, unit_name=name, now=now(), lang=query["lang"])
    return download(content, PDF, f"铭牌-{unit}.pdf", f"plaques-{unit}.pdf")
