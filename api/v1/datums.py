"""The datum guard: check a unit's coordinates, mend one fault as one act, see the repairs, take one back."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import current_app
from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from api.config import Config
from field_app_schema.datums import (
    DatumCheckSchema,
    DatumMendedSchema,
    DatumQuerySchema,
    DatumRepairSchema,
    DatumRepairsSchema,
    WishedRepairSchema,
)
from geo.areas import Areas
from stations.logistics.datums.checking import check_unit
from stations.logistics.datums.repairing import repair
from stations.logistics.datums.undoing import list_repairs, undo
from web_map.outlines import county_areas, outlines_source

blp = Blueprint("datums", __name__, description="坐标检查与修复 / the datum guard")


def _outlines(codes: Collection[str]) -> Areas:
    config: Config = current_app.extensions["cunzhan_config"]
    return county_areas(outlines_source(config.outlines_file), codes)


@blp.route("/datum-checks")
@may("network.read")
@blp.arguments(DatumQuerySchema, location="query")
@blp.response(200, DatumCheckSchema)
def check(asked: dict[str, Any]) -> dict[str, Any]:
    """Every county of a unit: are its stations' coordinates in the datum they are said to be in, and in it at all."""
    return check_unit(session(), caller(), asked.get("ou"), now=now(), outlines=_outlines)


@blp.route("/datum-repairs", methods=["POST"])
@may("datum.repair")
@blp.arguments(WishedRepairSchema)
@blp.response(200, DatumMendedSchema)
def mend(wish: dict[str, Any]) -> dict[str, Any]:
    """Show what mending a fault would change, or mend it: each county is one repair that can be undone."""
    ou, fault = wish.pop("ou", None), wish.pop("fault")
    return repair(session(), caller(), ou, fault, now=now(), outlines=_outlines, **wish)


@blp.route("/datum-repairs")
@may("network.read")
@blp.arguments(DatumQuerySchema, location="query")
@blp.response(200, DatumRepairsSchema)
def repairs(asked: dict[str, Any]) -> dict[str, Any]:
    """The repairs of a unit, newest first."""
    return list_repairs(session(), caller(), asked.get("ou"))


@blp.route("/datum-repairs/<int:repair_id>/undo", methods=["POST"])
@may("datum.repair")
@blp.response(200, DatumRepairSchema)
def take_back(repair_id: int) -> dict[str, Any]:
    """Bring back exactly the pairs before a repair, unless stations were placed anew since."""
    return undo(session(), caller(), repair_id, now=now())
