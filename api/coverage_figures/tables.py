"""Coverage as tables for a file: every figure with its code, units, villages, levels, pairs, orphans, days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from api.charting import say
from api.coverage_figures.notes import notes_of_coverage, within
from api.figure_tables import figure_table
from api.sheets import Cell, FigureTable, Plain

Answer = Mapping[str, Any]
Rows = list[list[Cell]]
_BY_STAGE = {
    "built": "built_coverage", "listed": "listed_coverage", "geographic": "geo_coverage", "alive": "alive_coverage",
    "service": "service_coverage", "evidenced": "evidenced_coverage",
}  # fmt: skip
_UNIT = ("covered", "of", "share", "built_share", "listed_share", "evidenced_share", "hollow_rate")


def coverage_table(answer: Answer, lang: str, which: str) -> FigureTable:
    """Give all figures of a unit («figures»), or the units below («units»)."""
    if which == "units":
        headers = ["figures.code", "cover.unit", "cover.covered", "cover.of_all", "cover.service", "cover.built",
                   "cover.listed", "cover.evidenced", "cover.hollow", "cover.gini"]  # fmt: skip
        rows: Rows = [
            [one["code"], one["name"], *(one[name] for name in _UNIT), _plain(one["gini"])] for one in answer["units"]
        ]
        return _sheet(answer, lang, "cover.units", "coverage-units", headers, rows)
    headers = ["figures.code", "cover.figure", "cover.group_of", "cover.covered", "cover.of_all", "cover.share",
               "cover.value"]  # fmt: skip
    return _sheet(answer, lang, "cover.title", "coverage", headers, list(_figures(answer, lang)))


def _figures(answer: Answer, lang: str) -> Iterable[list[Cell]]:
    """Give one row a figure: its code and name, among whom, numerator, denominator, share, or a plain value."""
    every, poor = say("cover.list_all", lang), say("cover.poor", lang)

    def row(code: str, among: str, counted: Answer | None = None, value: Cell = None) -> list[Cell]:
        told = counted or _only(None)
        return [
            code,
            say(f"figure.{code}", lang),
            among,
            _whole(told["covered"]),
            _whole(told["of"]),
            told["share"],
            value,
        ]

    for among, group in ((every, answer), (poor, answer["poor"]), (say("cover.people", lang), answer["people"])):
        for one in group["funnel"]:
            yield row(_BY_STAGE[one["stage"]], among, one)
    yield row("hollow_rate", every, _only(answer["hollow_rate"]))
    for among, bounds in ((every, answer["interval"]), (poor, answer["poor"]["interval"])):
        for end in ("low", "high"):
            yield row("coverage_bounds", f"{among} · {say(f'survival.{end}', lang)}", _only(bounds[end]))
    yield row("tilt", poor, value=_plain(answer["poor"]["tilt"]))
    for one in answer["floors"]:
        floor = say(f"cover.floor.{one['confidence']}", lang)
        yield row("service_coverage", say("cover.counted_floor", lang, floor=floor), one)
    for one in answer["geographic"]:
        minutes = "radius_min" in one
        yield row("geo_coverage", within(one["radius_min" if minutes else "radius_m"], minutes, lang), one)
    yield row("paper_only", every, _only(answer["paper"]["paper_only"]))
    yield row("e2sfca", every, value=_plain(answer["access"]["mean_per_thousand"]))
    yield row("gini", every, value=_plain(answer["access"]["gini"]))
    closing = answer["closing"]
    basis = say("cover.closing_basis", lang, n=closing["townships"], seed=closing["seed"])
    yield row("moran_i", basis, value=_plain(closing["moran_i"]))
    yield row("moran_i", "p", value=_plain(closing["p"]))
    for reason, many in answer["gaps"].items():
        share = many / answer["villages"] if answer["villages"] else None
        yield row("gap_reason", say(f"gap_reason.{reason}", lang),
                  {"covered": many, "of": answer["villages"], "share": share})  # fmt: skip
    single = answer["single_points"]
    yield row("single_point", say("cover.villages", lang), value=single["villages"])
    yield row("single_point", say("cover.station", lang), value=single["of_stations"])
    yield row("redundant", say("cover.station", lang), value=answer["redundant_count"])


def villages_table(answer: Answer, lang: str) -> FigureTable:
    """Give one row a village: what it reached, what it lacks first, who serves it."""
    stages = list(_BY_STAGE)
    headers = ["figures.code", "cover.village", "cover.township", "cover.is_poor", "cover.remote", "cover.people",
               *(f"coverage_stage.{stage}" for stage in stages), "cover.lacks", "cover.nearest", "cover.distance",
               "cover.served_by"]  # fmt: skip
    yes = say("planning.yes", lang)
    rows: Rows = [
        [one["code"], one["name"], one["township_name"], yes if one["is_poor"] else None,
         yes if one["is_remote"] else None, one["people"],
         *(yes if one["stages"][stage] else None for stage in stages),
         say(f"gap_reason.{one['reason']}", lang) if one["reason"] else say("cover.nothing", lang),
         one["nearest_station"], _away(one, lang),
         " ".join(f"{station['code']}({say('vitality.' + station['life'], lang)})" for station in one["stations"])]
        for one in answer["villages"]
    ]  # fmt: skip
    return _sheet(answer, lang, "cover.list_title", "coverage-villages", headers, rows)


def alignment_table(answer: Answer, lang: str, which: str) -> FigureTable:
    """Give the levels («levels»), the pairs («pairs»), or the orphans of both sides («orphans»)."""
    if which == "pairs":
        headers = ["align.level", "figures.code", "cover.station", "figures.code", "align.node", "align.distance",
                   "align.is_colocated"]  # fmt: skip
        rows: Rows = [
            [_level(one, lang), one["station"], one["station_name"], one["node"], one["node_name"],
             _plain(one["distance_m"]), say("planning.yes", lang) if one["is_colocated"] else None]
            for one in answer["pairs"]
        ]  # fmt: skip
        return _sheet(answer, lang, "align.pairs", "alignment-pairs", headers, rows)
    if which == "orphans":
        headers = ["align.what", "align.level", "figures.code", "align.what", "align.village"]
        rows = [
            [say(f"align.{side}", lang), _level(one, lang), one["code"], one["name"], one["village"]]
            for side in ("orphan_stations", "orphan_nodes") for one in answer[side]
        ]  # fmt: skip
        return _sheet(answer, lang, "align.orphan_stations", "alignment-orphans", headers, rows)
    shares = ("f_score", "station_match", "logistics_match", "colocated_share")
    headers = ["align.level", "align.stations", "align.nodes", "align.matched", "align.f", "align.station_match",
               "align.logistics_match", "align.colocated", "align.verdict", "align.loose", "align.orphan_stations",
               "align.orphan_nodes"]  # fmt: skip
    rows = [
        [_level(one, lang), one["stations"], one["nodes"], one["matched"], *(one[name] for name in shares),
         say(f"alignment_colour.{one['colour']}", lang) if one["colour"] else None, one["loose"]["alignment"],
         one["orphan_stations"], one["orphan_nodes"]]
        for one in answer["levels"]
    ]  # fmt: skip
    return _sheet(answer, lang, "align.title", "alignment", headers, rows)


def delivery_table(answer: Answer, lang: str) -> FigureTable:
    """Give all, remote and other villages together, then one row a village; an open percentile is said in words."""
    limit = answer["limit_days"]
    headers = [say("figures.code", lang), say("deliver.group", lang), say("deliver.parcels", lang),
               say("deliver.on_time", lang, n=limit), say("deliver.km", lang, n=limit), say("deliver.median", lang),
               say("deliver.p90", lang), say("deliver.village_on_time", lang), say("deliver.promise", lang),
               say("deliver.verdict", lang)]  # fmt: skip
    rows: Rows = [
        [None, say(f"deliver.{group}", lang), told["parcels"], told["on_time"], told["km_on_time"],
         _days(told, "median_days", lang), _days(told, "p90_days", lang), told["village_on_time"], None, None]
        for group, told in (("all", answer), ("remote", answer["remote"]), ("others", answer["others"]))
    ]  # fmt: skip
    rows += [
        [one["code"], one["name"], one["parcels"], None, None, _days(one, "median_days", lang),
         _days(one, "p90_days", lang), None, _plain(one["promised_days"]), say(f"deliver.{judged(one)}", lang)]
        for one in answer["villages"]
    ]  # fmt: skip
    return _noted(figure_table(answer, lang, "deliver.title", "delivery-days", headers, rows), answer, lang)


def judged(village: Answer) -> str:
    """Give how a village's days read: «late», «in_time», or «few» where there are too few parcels."""
    if not village["judged"]:
        return "few"
    return "late" if village["late"] else "in_time"


def _sheet(answer: Answer, lang: str, title: str, name: str, headers: list[str], rows: Rows) -> FigureTable:
    return _noted(figure_table(answer, lang, title, name, [say(key, lang) for key in headers], rows), answer, lang)


def _noted(table: FigureTable, answer: Answer, lang: str) -> FigureTable:
    return replace(table, notes=[*table.notes, *notes_of_coverage(answer["frame"], lang)])


def _level(one: Answer, lang: str) -> str:
    return say(f"logistics_level.{one['level']}", lang)


def _days(told: Answer, name: str, lang: str) -> Cell:
    return say("deliver.open", lang) if told[f"{name}_is_open"] else _plain(told[name])


def _away(one: Answer, lang: str) -> Cell:
    if one["nearest_m"] is not None:
        return say("cover.metres", lang, n=round(one["nearest_m"]))
    return None if one["nearest_min"] is None else say("cover.mins", lang, n=round(one["nearest_min"]))


def _only(share: float | None) -> Answer:
    return {"covered": None, "of": None, "share": share}


def _whole(number: float | None) -> Cell:
    return None if number is None else int(number)


def _plain(number: float | None) -> Cell:
    return None if number is None else Plain(round(number, 4))
