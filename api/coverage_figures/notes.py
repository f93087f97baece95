"""How the villages of a file were counted, in words: lists, services, distance, places, and why it is soft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.charting import say
from web_map.charts.plot import percent

Answer = Mapping[str, Any]


def notes_of_coverage(frame: Answer, lang: str) -> list[tuple[str, str]]:
    """Give what a frame of coverage says beyond that of every figure; nothing unknown is made up."""
    services, denominator, placed = frame["services"], frame["denominator"], frame["placed_share"]
    apart = "、" if lang == "zh" else ", "
    named = [say(f"service.{one}", lang) for one in services["all_of"]]
    if services["any_of"]:
        named.append(say("cover.or", lang).join(say(f"service.{one}", lang) for one in services["any_of"]))
    told = [
        ("cover.base_year", frame["base_year"]),
        ("cover.villages", denominator["counted"] if denominator else None),
        ("cover.poor_year", frame["poor_year"]),
        ("cover.required", apart.join(named)),
        ("cover.confidence", say(f"cover.floor.{frame['confidence']}", lang)),
        ("cover.distance", say(f"distance.{frame['distance']}", lang)),
        ("cover.near_radius", within(frame["geographic_within"], frame["distance"] == "road", lang)),
        ("cover.placed", None if placed is None else percent(placed)),
        ("cover.roads", frame["roads_sha256"]),
    ]
    told += [("cover.note", note[lang]) for note in frame["notes"]]
    return [(say(key, lang), str(said)) for key, said in told if said is not None]


def within(radius: float, is_minutes: bool, lang: str) -> str:
    """Say a radius: minutes along roads, else metres as kilometres."""
    if is_minutes:
        return say("cover.minutes", lang, n=f"{radius:g}")
    return say("cover.km", lang, n=f"{radius / 1000:g}")
