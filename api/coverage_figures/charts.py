"""Coverage as pictures: the funnel, what villages lack, and how stations and logistics agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.charting import say, width_of
from web_map.charts.plot import Words, percent
from web_map.charts.rows import Ground, Mark, Row, Surface, draw_rows

Answer = Mapping[str, Any]

# What stands on paper is striped, what is only near is level, what was found in truth is solid.
_PAPER, _NEAR, _TRUE = ("#55625e", "stripes"), ("#0072b2", "level"), ("#0b5d4b", "solid")
STAGES = {
    "built": _PAPER, "listed": _PAPER, "geographic": _NEAR, "alive": _TRUE, "service": _TRUE, "evidenced": _TRUE,
}  # fmt: skip
# The colours of the map of gaps (web_map/static/map/themes/gaps.js).
REASONS = {
    "no_station": ("#33413c", "upright"), "station_dead": ("#d55e00", "crossed"),
    "station_unknown": ("#5b6663", "dots"), "missing_service": ("#e69f00", "stripes"),
    "no_evidence": ("#0072b2", "level"), "no_logistics": ("#b0307f", "stripes"), "late": ("#6a3d9a", "solid"),
}  # fmt: skip
COLOURS = {"green": ("#0b5d4b", "solid"), "amber": ("#9a6a00", "stripes"), "red": ("#a3290f", "crossed")}


def funnel_picture(answer: Answer, lang: str, size: str) -> bytes:
    """Draw the funnel of all villages, below each bar that of poor ones; the unsure lengthen the bar of service."""
    frame, target = answer["frame"], percent(answer["target"]["value"])
    poor = {row["stage"]: row for row in answer["poor"]["funnel"] if row["of"]}
    of = answer["villages"]
    rows = [
        Row(
            say(f"coverage_stage.{row['stage']}", lang), row["share"], _counted(row, lang),
            Surface(f"stage-{row['stage']}", *STAGES[row["stage"]]),
            upto=answer["interval"]["high"] if row["stage"] == "service" else None,
            second=poor[row["stage"]]["share"] if row["stage"] in poor else None,
            second_said=_counted(poor[row["stage"]], lang) if row["stage"] in poor else "",
        )
        for row in (answer["funnel"] if of else ())
    ]  # fmt: skip
    high = answer["interval"]["high"]
    said = say(
        "chart.coverage_funnel_said", lang, of=of, stages=_listed([f"{row.name} {row.said}" for row in rows], lang),
        high="—" if high is None else percent(high), target=target,
    )  # fmt: skip
    legend = [say(f"chart.{what}", lang) for what in ("all_villages", "poor_villages", "bounds")]
    legend[1] = legend[1] if poor else ""
    words = _words("chart.coverage_funnel", frame, said if rows else say("chart.coverage_none", lang), lang)
    ground = Ground(marks=[Mark(answer["target"]["value"], say("chart.target", lang, target=target))], legend=legend)
    return draw_rows(rows, words, ground if rows else Ground(), width=width_of(size))


def gaps_picture(answer: Answer, lang: str, size: str) -> bytes:
    """Draw how many villages lack what first; every reason has its row, also where no village has it."""
    frame, of = answer["frame"], answer["villages"]
    most = max(answer["gaps"].values(), default=0)
    rows = [
        Row(say(f"gap_reason.{reason}", lang), many / most if most else None,
            _counted({"covered": many, "of": of, "share": many / of}, lang), Surface(f"gap-{reason}", *REASONS[reason]))
        for reason, many in answer["gaps"].items()
    ] if of else []  # fmt: skip
    told = _listed([f"{row.name} {row.said}" for row in rows], lang)
    said = say("chart.coverage_gaps_said", lang, of=of, reasons=told) if rows else say("chart.coverage_none", lang)
    words = _words("chart.coverage_gaps", frame, said, lang)
    return draw_rows(rows, words, Ground(has_scale=False), width=width_of(size))


def alignment_picture(answer: Answer, lang: str, size: str) -> bytes:
    """Draw F of each level with the limits of its colours; the colour is said in words and has a texture."""
    limits = answer["limits"]
    rows = [
        Row(say(f"logistics_level.{row['level']}", lang), row["f_score"], _agreed(row, lang),
            Surface(f"colour-{row['colour']}", *COLOURS[row["colour"]]))
        for row in answer["levels"] if row["f_score"] is not None
    ]  # fmt: skip
    told = _listed([f"{row.name} {row.said}" for row in rows], lang)
    said = say("chart.alignment_said", lang, levels=told) if rows else say("chart.alignment_none", lang)
    marks = [
        Mark(limits[colour], say("chart.from", lang, share=percent(limits[colour]),
                                 colour=say(f"alignment_colour.{colour}", lang)))
        for colour in ("amber", "green")
    ]  # fmt: skip
    words = _words("chart.alignment", answer["frame"], said, lang, "chart.alignment_none")
    return draw_rows(rows, words, Ground(marks=marks if rows else ()), width=width_of(size))


def _words(title: str, frame: Answer, said: str, lang: str, nothing: str = "chart.coverage_none") -> Words:
    named = say(title, lang, unit=frame["unit"]["name"], as_of=frame["as_of"])
    return Words(named, said, lang, say(nothing, lang))


def _counted(row: Answer, lang: str) -> str:
    share = "—" if row["share"] is None else percent(row["share"])
    return f"{row['covered']:.0f} / {row['of']:.0f} · {share}"


def _agreed(row: Answer, lang: str) -> str:
    return f"{percent(row['f_score'])} · {say('alignment_colour.' + row['colour'], lang)}"


def _listed(many: list[str], lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(many)
