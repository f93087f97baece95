"""The headline of a theme of coverage in words, the same as over the page's legend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.charting import say
from field_app_schema.vocab_network import MapTheme
from web_map.charts.plot import percent

Told = Mapping[str, Any]


def headline_words(theme: MapTheme, told: Told, lang: str) -> str:
    """Give the headline and the line below it as one sentence; a share of nothing is a dash."""
    value, *lines = {
        MapTheme.FUNNEL: _funnel, MapTheme.PAPER: _paper, MapTheme.GAPS: _gaps, MapTheme.ALIGNMENT: _alignment,
        MapTheme.DELIVERY: _delivery, MapTheme.SITING: _siting,
    }[theme](told, lang)  # fmt: skip
    after = {"zh": (";", "。"), "en": ("; ", ".")}[lang]
    return after[0].join((f"{_title(theme, told, lang)} {value}", *lines)) + after[1]


def _title(theme: MapTheme, told: Told, lang: str) -> str:
    if theme is MapTheme.SITING and told["study"] is not None:
        return say("theme.siting_title", lang, n=told["suggested"])
    return say("theme.siting_now" if theme is MapTheme.SITING else f"theme.{theme.value}_title", lang)


def _funnel(told: Told, lang: str) -> list[str]:
    stages = told["stages"]
    service, shares = stages["service"], {"hollow": told["hollow_rate"], "low": told["low"], "high": told["high"]}
    return [
        _share(service["share"]),
        say("theme.of_villages", lang, covered=service["covered"], of=service["of"]),
        say("theme.funnel_bounds", lang, built=_share(stages["built"]["share"]),
            **{name: _share(share) for name, share in shares.items()}),
    ]  # fmt: skip


def _paper(told: Told, lang: str) -> list[str]:
    line = say("theme.paper_line", lang, listed=_share(told["listed_share"]), live=_share(told["live_share"]))
    return [_share(told["paper_only"]), line]


def _gaps(told: Told, lang: str) -> list[str]:
    lacking = told["share"]
    line = say("theme.gaps_line", lang, gaps=told["gaps"], of=told["of"])
    return [_share(None if lacking is None else 1 - lacking), line]


def _alignment(told: Told, lang: str) -> list[str]:
    levels = told["levels"]
    return [_share(levels[-1]["f_score"] if levels else None), *(
        say("theme.alignment_line", lang, level=say(f"logistics_level.{one['level']}", lang),
            stations=one["stations"], nodes=one["nodes"], matched=one["matched"])
        for one in levels
    )]  # fmt: skip


def _delivery(told: Told, lang: str) -> list[str]:
    line = say("theme.delivery_line", lang, parcels=f"{told['parcels']:,}", transit=f"{told['in_transit']:,}",
               on_time=_share(told["on_time"]), km=_share(told["km_on_time"]))  # fmt: skip
    leg = told["slowest_leg"]
    slowest = [say("theme.delivery_slowest", lang, leg=say(f"theme.leg.{leg}", lang))] if leg else []
    return [_share(told["village_on_time"]), line, *slowest]


def _siting(told: Told, lang: str) -> list[str]:
    line = say("theme.siting_line", lang, before=told["before"], after=told["after"], of=told["of"])
    value = _share(told["after"] / told["of"] if told["of"] else None)
    if told["study"] is None:
        return [value, line, say("theme.siting_none", lang).rstrip("。.")]
    good = "theme.siting_best" if told["is_proven"] else "theme.siting_gap"
    return [value, line, say(good, lang, gap=_share(told["gap"]))]


def _share(share: float | None) -> str:
    return "—" if share is None else percent(share)
