"""The map through time: the days on which something changed, and what is different between two days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from api.compact import answer_compactly
from api.map_asking import answer_names, map_question, shown_datum
from field_app_schema.map_days import (
    ChangeDaysSchema,
    DaysQuerySchema,
    DifferencesQuerySchema,
    MapDifferencesSchema,
)
from stations.records.frames import frame_of, unit_asked
from stations.register.lookup.map_days import days_of_change, map_difference
from stations.register.lookup.map_rows import MapQuestion, MapRow, map_rows
from web_map.packing import count_states, shares_of, shifted

blp = Blueprint("map_days", __name__, description="地图的日期 / the map through time")

MOST_NAMED = 2000


@blp.route("/maps/days.json")
@may("map.read")
@blp.arguments(DaysQuerySchema, location="query")
@blp.response(200, ChangeDaysSchema)
def days_with_changes(query: dict[str, Any]) -> Response:
    """The days on which stations of a unit changed, with counts by the state they took; ETag."""
    unit = query.get("unit")
    return answer_compactly(answer_names("days", unit), lambda: _days(unit))


@blp.route("/maps/differences.json")
@may("map.read")
@blp.arguments(DifferencesQuerySchema, location="query")
@blp.response(200, MapDifferencesSchema)
def differences_between_days(query: dict[str, Any]) -> Response:
    """How many stations died, revived or became unknown between two days, and which; ETag."""
    a, b = query.pop("a"), query.pop("b")
    question = map_question(query)
    return answer_compactly(answer_names("differences", a, b, question), lambda: _differences(question, a, b))


def _days(unit: str | None) -> dict[str, Any]:
    found = days_of_change(session(), caller(), unit, now=now())
    frame = frame_of(unit_asked(session(), caller(), unit), now=now(), definitions=["vitality"],
                     sources={"vitality_states": sum(sum(one.counts.values()) for one in found),
                              "listing_decisions": sum(one.listings for one in found)})  # fmt: skip
    return {"frame": frame, "days": [asdict(one) | {"changes": one.changes} for one in found]}


def _differences(question: MapQuestion, a: dt.date, b: dt.date) -> dict[str, Any]:
    before, after = (map_rows(session(), caller(), replace(question, as_of=day), now=now()) for day in (a, b))
    difference = map_difference(before, after)
    named = difference.changed[:MOST_NAMED]
    places = shifted([(one.lon, one.lat) for one in named], shown_datum())
    then, day = _day(a, before), _day(b, after)
    frame = frame_of(unit_asked(session(), caller(), question.unit), now=now(), as_of=b, known_at=question.known_at,
                     definitions=["vitality", "survival_share_built"], sources={"stations": len(after)},
                     unknown_share=day["survival"]["unknown_share"])  # fmt: skip
    return {
        "frame": frame, "a": then, "b": day, "died": difference.died, "revived": difference.revived,
        "became_unknown": difference.became_unknown, "came": difference.came, "left": difference.left,
        "moves": [{"before": x, "after": y, "n": n} for (x, y), n in difference.moves.items()],
        "changed": len(difference.changed),
        "stations": [{"id": one.station_id, "lon": lon, "lat": lat, "before": one.before, "after": one.after}
                     for one, (lon, lat) in zip(named, places, strict=True)],
    }  # fmt: skip


def _day(as_of: dt.date, rows: Sequence[MapRow]) -> dict[str, Any]:
    counts = count_states(row.vitality for row in rows)
    return {"as_of": as_of, "n": len(rows), "counts": counts, "survival": shares_of(counts)}
