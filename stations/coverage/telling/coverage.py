"""Coverage of a unit as plain values: the report of the pure figures with names and the notice's target beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from field_app_schema.vocab import UnitLevel
from geo.coverage.report import figures_of
from stations.coverage.basis import Basis
from stations.coverage.outcome import Figures

DEFINITIONS = (
    "built_coverage", "listed_coverage", "geo_coverage", "alive_coverage", "service_coverage", "evidenced_coverage",
    "hollow_rate", "coverage_bounds", "poor_coverage", "tilt", "pop_coverage", "e2sfca", "gini", "moran_i",
    "gap_reason", "single_point", "redundant", "paper_only", "vitality",
)  # fmt: skip
# A list of names in an answer is a beginning; the count beside it is the whole.
NAMED = 200
# Into which units the villages of a unit are rolled up, by how many digits of their code.
_DIGITS_BELOW: dict[str, int] = {UnitLevel.NATION: 2, UnitLevel.PROVINCE: 6, UnitLevel.PREFECTURE: 6}
_TOWNSHIP_DIGITS = 9


def codes_below(level: str, villages: Sequence[str]) -> tuple[str, ...]:
    """Give for each village the unit it is rolled up into: provinces of the nation, counties, else townships."""
    digits = _DIGITS_BELOW.get(level, _TOWNSHIP_DIGITS)
    return tuple(code[:digits] for code in villages)


def told_coverage(basis: Basis, figures: Figures, units: Sequence[str], names: Mapping[str, str]) -> dict[str, Any]:
    """Give every figure of coverage; `units` is the unit of each village, `names` those of the units by code.

    The target is compared with and never passed or failed: its gap is share - target.
    """
    situation = basis.situation
    told = figures_of(situation, basis.rules, basis.measure, figures.stages, figures.reasons, units)
    called = dict(zip(situation.stations.code, basis.station_names, strict=True))
    redundant = told["redundant"]
    return told | {
        "villages": len(situation.villages.code),
        "stations": len(situation.stations.code),
        "target": _target(basis, told),
        "single_points": told["single_points"] | {
            "stations": [one | {"name": called[one["code"]]} for one in told["single_points"]["stations"]]
        },
        "redundant": [{"code": code, "name": called[code]} for code in redundant[:NAMED]],
        "redundant_count": len(redundant),
        "units": [one | {"name": names.get(one["code"], one["code"])} for one in told["units"]],
    }  # fmt: skip


def _target(basis: Basis, told: Mapping[str, Any]) -> dict[str, Any]:
    value = basis.policy.target
    shares = {"admin_villages": _service(told["funnel"]), "poverty_villages": _service(told["poor"]["funnel"])}
    return {
        "value": value,
        "source": basis.policy.target_source,
        "compared": [
            {"of": of, "share": share, "gap": None if share is None else share - value}
            for of, share in shares.items()
        ],
    }  # fmt: skip


def _service(funnel: Sequence[Mapping[str, Any]]) -> float | None:
    found: float | None = next(stage["share"] for stage in funnel if stage["stage"] == "service")
    return found
