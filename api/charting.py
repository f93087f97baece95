"""Figures as pictures: the same answers that the JSON doors give, with their words, handed to the charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response

from field_app_schema.words import collect_words
from web_map.charts.bars import draw_vitality
from web_map.charts.lines import Line, draw_rates
from web_map.charts.plot import NARROW, WIDE, Words, month_name, percent
from web_map.charts.steps import CurveNames, Curves, draw_survival
from web_map.charts.texture import STATES

SVG = "image/svg+xml; charset=utf-8"
WORDS = collect_words()
Answer = Mapping[str, Any]


def say(key: str, lang: str, **filled: object) -> str:
    """Give a word in a language, with what stands in its braces; an unknown key raises KeyError."""
    words = WORDS[key][0 if lang == "zh" else 1]
    return words.format(**filled) if filled else words


def svg(content: bytes) -> Response:
    """Answer a picture; it depends on who asks, and is asked for anew each time."""
    return Response(content, content_type=SVG)


def width_of(size: str) -> int:
    """Give the width in px of «wide» or «narrow»."""
    return NARROW if size == "narrow" else WIDE


def rates_picture(answer: Answer, lang: str, size: str) -> bytes:
    """Draw an answer of the reporting rates by month."""
    rows = answer["rows"]
    months = [int(row["period"]) for row in rows]
    lines = [
        Line(say(f"figure.{code}", lang), [row[name] for row in rows])
        for code, name in (
            ("reporting_rate", "rate"), ("reporting_rate_on_time", "rate_on_time"), ("proxy_share", "proxy_share"),
        )
    ]  # fmt: skip
    words = Words(rates_title(answer, lang), rates_said(rows, lang), lang, say("chart.rates_nothing", lang))
    return draw_rates(months, lines, words, width=width_of(size))


def rates_title(answer: Answer, lang: str) -> str:
    """Say of which unit and months the rates are."""
    unit, periods = answer["frame"]["unit"]["name"], answer["frame"]["periods"]
    first, last = periods[0], periods[-1]
    key = "chart.rates_one" if first == last else "chart.rates"
    return say(key, lang, unit=unit, **{"from": month_name(int(first), lang), "to": month_name(int(last), lang)})


def rates_said(rows: Sequence[Answer], lang: str) -> str:
    """Say in a sentence what the picture of the rates shows."""
    owed = [row for row in rows if row["rate"] is not None]
    if not owed:
        return say("chart.rates_nothing", lang)
    rates, newest = [row["rate"] for row in owed], owed[-1]
    return say(
        "chart.rates_said", lang, low=percent(min(rates)), high=percent(max(rates)), newest=percent(newest["rate"]),
        to=month_name(int(newest["period"]), lang), expected=newest["expected"], actual=newest["actual"],
    )  # fmt: skip


def survival_picture(answer: Answer, lang: str, size: str) -> bytes:
    """Draw the three curves of an answer of survival."""
    curve, unit = answer["curve"], answer["frame"]["unit"]["name"]
    at = {f"at{row['months']}": _between(row, lang) for row in answer["milestones"]}
    words = Words(
        say("chart.survival", lang, unit=unit, as_of=answer["frame"]["as_of"]),
        say("chart.survival_said", lang, built=answer["headline"]["built"], **at),
        lang, say("chart.survival_nothing", lang),
    )  # fmt: skip
    names = CurveNames(*(say(f"chart.{name}", lang) for name in ("earliest", "latest", "turnbull", "months_since")))
    curves = Curves(curve["earliest"], curve["latest"], curve["turnbull"])
    return draw_survival(curves, names, words, width=width_of(size))


def _between(milestone: Answer, lang: str) -> str:
    if milestone["low"] is None:
        return say("chart.survival_none", lang)
    return say("chart.survival_between", lang, low=percent(milestone["low"]), high=percent(milestone["high"]))


def vitality_picture(answer: Answer, lang: str, size: str) -> bytes:
    """Draw an answer of the states by month."""
    months, unit = answer["months"], answer["frame"]["unit"]["name"]
    periods = [int(month["period"]) for month in months]
    names = {state: say(f"vitality.{state}", lang) for state in STATES}
    newest = months[-1]["counts"]
    told = (", " if lang == "en" else "、").join(f"{names[state]} {newest.get(state, 0)}" for state in STATES[:-1])
    said = say(
        "chart.vitality_said", lang, to=month_name(periods[-1], lang), built=months[-1]["built"], states=told,
        **{"from": month_name(periods[0], lang)},
    )  # fmt: skip
    # Nobody asked the rule in those months: that is not the same as no station.
    silent = "survival.without_answer" if any(month["without_answer"] for month in months) else "chart.vitality_nothing"
    words = Words(say("chart.vitality", lang, unit=unit), said, lang, say(silent, lang))
    return draw_vitality(periods, [month["counts"] for month in months], names, words, width=width_of(size))
