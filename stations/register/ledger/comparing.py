"""What a row would change of a station that stands: only what the row states and what does not fold to the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stations.register.entry.coordinates import Place
from stations.register.entry.facts import StationFacts
from stations.register.entry.rows import place_columns
from stations.register.ledger.cells import fold
from stations.register.ledger.standing import Standing

# Two points closer than this are one: about a centimetre, well above the rounding of a spreadsheet.
SAME_DEG = 1e-7
_TEXTS = ("name", "address", "head_name", "phone", "hours")


def changes_of(
    standing: Standing, stated: frozenset[str], facts: StationFacts, place: Place | None
) -> tuple[dict[str, Any], dict[str, Any], tuple[str, ...] | None]:
    """Give (columns of a new version, columns of the station, villages served or None), all empty when nothing differs.

    A blank cell states nothing, so it erases nothing; text is compared folded, so full width is no change.
    """
    before = standing.version
    version: dict[str, Any] = {}
    for name in _TEXTS:
        if name in stated and fold(before[name] or "") != fold(getattr(facts, name) or ""):
            version[name] = getattr(facts, name)
    if facts.village_code != before["village_code"]:
        version["village_code"] = facts.village_code
    if "services" in stated and set(facts.services) != set(before["services"]):
        version["services"] = list(facts.services)
    version |= _place_changes(before, stated, facts, place)
    extra = merged_extra(before["extra"] or {}, facts.extra)
    if extra is not None:
        version["extra"] = extra
    own: dict[str, Any] = {name: getattr(facts, name) for name in ("host_type", "operator", "is_subsidised")
           if name in stated and _differs(getattr(standing, name), getattr(facts, name))}  # fmt: skip
    served = None
    if facts.villages_served is not None and set(facts.villages_served) != {link[1] for link in standing.served}:
        served = facts.villages_served
    return version, own, served


def merged_extra(before: Mapping[str, Any], told: Mapping[str, str]) -> dict[str, Any] | None:
    """Give the extra columns with what is told, or None when that adds nothing."""
    names = {fold(name): name for name in before}
    merged = dict(before)
    for header, text in told.items():
        name = names.get(fold(header), header)
        if name not in merged or fold(str(merged[name])) != text:
            merged[name] = text
    return None if merged == dict(before) else merged


def _place_changes(
    before: Mapping[str, Any], stated: frozenset[str], facts: StationFacts, place: Place | None
) -> dict[str, Any]:
    told_quality = facts.coord_quality if "coord_quality" in stated and facts.coord_quality != "missing" else None
    if place is None:
        differs = told_quality is not None and before["lon"] is not None and told_quality != before["coord_quality"]
        return {"coord_quality": told_quality} if differs else {}
    if before["lon"] is not None and abs(place.lon - before["lon"]) < SAME_DEG and (
        abs(place.lat - before["lat"]) < SAME_DEG
    ):
        return {} if told_quality in {None, before["coord_quality"]} else {"coord_quality": told_quality}
    kept = before["coord_quality"] if before["lon"] is not None else "gps"
    return place_columns(place, told_quality or kept)


def _differs(before: Any, told: Any) -> bool:
    if isinstance(before, str) or isinstance(told, str):
        return fold(before or "") != fold(told or "")
    return bool(before is not told)
