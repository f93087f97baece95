"""Answers with figures as tables for a file: the same columns as the pages show, and the frame as notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from api.charting import say
from api.sheets import Cell, FigureTable
from stations.policy.definitions import shipped_definitions
from web_map.charts.plot import percent
from web_map.charts.texture import STATES

Answer = Mapping[str, Any]
_RATE = ("expected", "actual", "rate", "actual_on_time", "rate_on_time", "late_sync", "late", "missing", "outstanding",
         "nil", "excused", "feed", "proxy_share")  # fmt: skip
_HEAD = ("built", "listed", "alive", "known_dead", "unsure", "share_built", "share_listed", "low", "high",
         "unknown_share")  # fmt: skip
_LISTED = ("station", "name", "township", "head_name", "phone")
_COVERED = ("expected", "reported", "with_figures", "nil", "missing", "outstanding", "late", "excused", "feed",
            "accepted", "unaccepted")  # fmt: skip
# Columns whose words stand under another name.
_WORD = {
    "actual_on_time": "figures.on_time", "station": "months.code", "name": "months.station", "head_name": "months.head",
    "township": "months.township", "phone": "months.phone",
}  # fmt: skip


def notes_of(frame: Answer, lang: str) -> list[tuple[str, str]]:
    """Give what stands beside every figure: unit, day, instant, months, sources, unknown, rule, definitions."""
    unit, unknown = frame["unit"], frame["unknown_share"]
    sources = [f"{say(f'source_mix.{name}', lang)} {many}" for name, many in frame["sources"].items() if many]
    notes = [
        ("frame.unit", f"{unit['name']} {unit['code']}"),
        ("frame.as_of", str(frame["as_of"])),
        ("frame.known_at", frame["known_at"].isoformat()),
        ("frame.periods", "、".join(frame["periods"] or [])),
        ("frame.sources", "、".join(sources)),
        ("frame.unknown_share", "" if unknown is None else percent(unknown)),
        ("frame.rule_version", frame["rule_version"] or ""),
    ]
    told = [(say(key, lang), said) for key, said in notes if said]
    known = shipped_definitions()
    for code in frame["definitions"]:
        one = known[code]
        told.append((say(f"figure.{code}", lang), one.zh if lang == "zh" else one.en))
    return told


def rates_table(answer: Answer, lang: str, by: str) -> FigureTable:
    """Give the rates, one row a month, unit or station, with the total as last row."""
    heads = {"period": ("period",), "unit": ("unit", "name"), "station": ("station", "name")}[by]
    total = [say("figures.total", lang), *[None] * (len(heads) - 1), *_cells(answer["total"], _RATE)]
    rows = [[*_cells(row, heads), *_cells(row, _RATE)] for row in answer["rows"]]
    headers = [say({"unit": "figures.code", "station": "figures.code"}.get(name, f"figures.{name}"), lang)
               for name in heads] + [_heading(name, "figures", lang) for name in _RATE]  # fmt: skip
    return figure_table(answer, lang, "figures.title", "reporting-rates", headers, [*rows, total])


def survival_table(answer: Answer, lang: str) -> FigureTable:
    """Give the headline as first row, then every group of every grouping."""
    rows: list[list[Cell]] = [[answer["frame"]["unit"]["name"], None, *_cells(answer["headline"], _HEAD), None]]
    for grouping, groups in answer["groups"].items():
        rows += [
            [say(f"survival.by.{grouping}", lang), group_name(grouping, group["key"], lang), *_cells(group, _HEAD),
             _plain_number(group["median_months_to_last_alive"])]
            for group in groups
        ]  # fmt: skip
    rows[0][-1] = _plain_number(answer["median_months_to_last_alive"])
    headers = [say("survival.groups", lang), say("survival.group", lang)]
    headers += [_heading(name, "survival", lang) for name in _HEAD]
    headers.append(say("figure.median_months_to_last_alive", lang))
    return figure_table(answer, lang, "survival.title", "survival", headers, rows)


def group_name(grouping: str, key: str, lang: str) -> str:
    """Give the name of a group: the operator's own, or a word for a key of ours."""
    if grouping == "host_type" and key != "unknown":
        return say(f"host_type.{key}", lang)
    return say(f"survival_key.{key}", lang) if key == "unknown" or grouping in ("subsidy", "sunset") else key


def vitality_table(answer: Answer, lang: str) -> FigureTable:
    """Give one row a month with the counts of every state."""
    states = STATES[:-1]
    headers = [say("figures.period", lang), *(say(f"vitality.{state}", lang) for state in states)]
    headers += [say("survival.built", lang), say("survival.unknown_share", lang), say("survival.without_answer", lang)]
    rows = [
        [month["period"], *(month["counts"].get(state, 0) for state in states),
         *_cells(month, ("built", "unknown_share", "without_answer"))]
        for month in answer["months"]
    ]  # fmt: skip
    return figure_table(answer, lang, "survival.history", "vitality-history", headers, rows)


def month_table(answer: Answer, lang: str, which: str) -> FigureTable:
    """Give one list of a month: stations to ring, or the counties one by one; a list that is not given is empty."""
    name = f"months-{answer['period']}-{which}"
    if which == "counties":
        headers = [say("figures.code", lang), say("months.county", lang)]
        headers += [say(f"coverage.{column}", lang) for column in _COVERED]
        headers.append(say("months.return", lang))
        rows = [
            [one["county"], one["name"], *_cells(one["coverage"], _COVERED),
             say(f"county_return_state.{one['county_return']['state']}", lang) if one["county_return"] else None]
            for one in answer["counties"] or []
        ]  # fmt: skip
        return figure_table(answer, lang, "months.counties", name, headers, rows)
    headers = [_heading(column, "months", lang) for column in _LISTED]
    listed = [one._asdict() if hasattr(one, "_asdict") else one for one in answer[which] or []]
    return figure_table(answer, lang, f"months.list.{which}", name, headers, [_cells(one, _LISTED) for one in listed])


def outliers_table(answer: Answer, lang: str) -> FigureTable:
    """Give one row an outlier: what was reported, what is usual, and how far apart they lie."""
    columns = ("station", "name", "period", "field", "value", "median", "last_year", "score", "looks_like", "follow_up")
    rows: list[list[Cell]] = [
        [*_cells(one, ("station", "name", "period")), say(f"report_field.{one['field']}", lang),
         *(None if one[name] is None else Decimal(one[name]) for name in ("value", "median", "same_month_last_year")),
         None if one["z"] is None else Decimal(str(round(one["z"], 2))), one[lang], _marked(one, lang)]
        for one in answer["outliers"]
    ]  # fmt: skip
    named = {"station": "figures.code", "name": "figures.station", "period": "figures.period", "median": "doubts.usual"}
    headers = [say(named.get(column, f"doubts.{column}"), lang) for column in columns]
    return figure_table(answer, lang, "doubts.outliers", "outliers", headers, rows)


def contradictions_table(answer: Answer, lang: str) -> FigureTable:
    """Give one row a contradiction, its evidence by the ids of its rows."""
    rows: list[list[Cell]] = [
        [*_cells(one, ("station", "name")), say(f"contradiction_code.{one['code']}", lang), one[lang],
         " ".join(evidence["id"] for evidence in one["evidence"]), _marked(one, lang)]
        for one in answer["contradictions"]
    ]  # fmt: skip
    headers = [say(key, lang) for key in ("figures.code", "figures.station", "doubts.what", "doubts.what",
                                          "doubts.evidence", "doubts.follow_up")]  # fmt: skip
    return figure_table(answer, lang, "doubts.contradictions", "contradictions", headers, rows)


def _marked(one: Answer, lang: str) -> str | None:
    mark = one["follow_up"]
    return None if mark is None else say(f"follow_up_reason.{mark['reason_code']}", lang)


def figure_table(
    answer: Answer, lang: str, title: str, ascii_name: str, headers: list[str], rows: list[list[Cell]]
) -> FigureTable:
    """Give a table under the word `title`, named after unit and day, with the answer's frame as notes."""
    frame = answer["frame"]
    name = f"{frame['unit']['name']}-{say(title, lang)}-{frame['as_of']}"
    sheets = ("数据", "说明") if lang == "zh" else ("figures", "notes")
    notes = [(say(title, lang), frame["unit"]["name"]), *notes_of(frame, lang)]
    return FigureTable(name, f"{ascii_name}-{frame['unit']['code']}-{frame['as_of']}", headers, rows, notes, *sheets)


def _heading(name: str, room: str, lang: str) -> str:
    return say(_WORD.get(name, f"{room}.{name}"), lang)


def _cells(row: Answer, names: Iterable[str]) -> list[Cell]:
    return [row[name] for name in names]


def _plain_number(number: float | None) -> Decimal | None:
    """Keep a float that is no share from being written as one."""
    return None if number is None else Decimal(str(number))
