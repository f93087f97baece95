"""Findings over HTTP: what approved visits found wrong, as a list and as a file."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_smorest import Blueprint
from flask_smorest.pagination import PaginationParameters

from api.boundary import caller, may, now, session
from api.sheets import FigureTable, sheet_answer
from field_app_schema.findings import FindingsFileSchema, FindingsQuerySchema, FindingsSchema
from field_app_schema.problems import problem_of
from field_app_schema.words import collect_words
from inspections.review.findings.listing import FindingLine, FindingWish, list_findings
from stations.records.days import CHINA, day_in_china
from stations.register.ledger.writing_sheet import XLSX

blp = Blueprint("findings", __name__, description="检查发现的问题 / findings")
WORDS = collect_words()
# A spreadsheet of more is nobody's to read.
MOST_ROWS = 20_000
COLUMNS = ("findings.county", "findings.township", "findings.station", "figures.station", "findings.kind",
           "findings.problem", "findings.rule", "findings.seen_on", "findings.found_at", "findings.by",
           "findings.visit_id")  # fmt: skip


def wish_of(asked: dict[str, Any], offset: int, limit: int) -> FindingWish:
    """Give the wish behind a query."""
    kind = asked["kind"].value if asked["kind"] else None
    return FindingWish(asked["ou"], kind, asked["open"], asked["since"], offset, limit)


@blp.route("/findings")
@may("finding.read")
@blp.arguments(FindingsQuerySchema, location="query")
@blp.response(200, FindingsSchema)
@blp.paginate(page=1, page_size=100, max_page_size=500)
def findings(asked: dict[str, Any], pagination_parameters: PaginationParameters) -> dict[str, Any]:
    """What approved visits found wrong, newest first; each would be an item of a rectification list. 问题清单。"""
    wish = wish_of(asked, pagination_parameters.first_item, pagination_parameters.page_size)
    found, count = list_findings(session(), caller(), wish)
    pagination_parameters.item_count = count
    return {"findings": found, "count": count}


@blp.route("/tables/findings")
@may("finding.read")
@blp.arguments(FindingsFileSchema, location="query")
@blp.response(200, {"type": "string", "format": "binary"}, content_type=XLSX)
def findings_file(asked: dict[str, Any]) -> Response:
    """The same as a file. 问题清单文件。"""
    lang = 0 if asked["lang"] == "zh" else 1
    found, count = list_findings(session(), caller(), wish_of(asked, 0, MOST_ROWS))
    notes = [(WORDS["findings.known_at"][lang], now().astimezone(CHINA).strftime("%Y-%m-%d %H:%M")),
             (WORDS["findings.in_all"][lang], str(count))]  # fmt: skip
    headers = [WORDS[key][lang] for key in COLUMNS]
    table = FigureTable("问题清单", "findings", headers, [_row(one, asked["lang"], lang) for one in found], notes)
    return sheet_answer(table, asked["format"])


def _row(one: FindingLine, lang: str, at: int) -> list[str]:
    return [
        one.county, one.township, one.station_code, one.station_name, WORDS[f"finding_kind.{one.kind}"][at],
        problem_of(one.kind, one.details)[lang], one.rule or "", day_in_china(one.captured_at).isoformat(),
        day_in_china(one.created_at).isoformat(), one.created_by or "", one.inspection_id,
    ]  # fmt: skip
