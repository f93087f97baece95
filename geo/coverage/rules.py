"""What counts as covered: the thresholds of one question, as plain numbers; whoever asks has read them from policy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from geo.coverage.situation import ALIVE, CONFIDENCES, WEAK, Bools, Floats, Ints, Stations

Floor = Literal["any", "reported", "verified"]
Bands = tuple[tuple[float, float], ...]

# A micrometre, or sixty microseconds of a minute.
HAIR = 1e-6
# From which confidence on a floor is met; a check by video link is a check.
FLOORS: dict[Floor, int] = {
    "any": CONFIDENCES.index("none"),
    "reported": CONFIDENCES.index("reported"),
    "verified": CONFIDENCES.index("verified_remote"),
}


@dataclass(frozen=True)
class CoverageRules:
    """The rules of one question (domain model F7); metres for great circles, minutes where roads measure.

    `required_all` and `required_any` are service bits: a link gives service when it has all of the first and at least
    one of the second (0 asks for nothing). `bands` are (limit, weight) of the catchment, nearest first: the weights of
    Luo & Qi 2009, whose minutes are `bands_min`. Every limit is inclusive (<=), every count a least (>=).
    """

    required_all: int = 0
    required_any: int = 0
    radii_m: tuple[float, ...] = (1000, 2000, 3000, 5000)
    geographic_m: float = 3000
    evidence_parcels: int = 3
    floor: Floor = "any"
    counts_weak: bool = True
    catchment_m: float = 5000
    bands: Bands = ((1000, 1.0), (3000, 0.68), (5000, 0.22))
    poor_weight: float = 2.0
    on_time_days: int = 3
    parcels_at_least: int = 5
    radii_min: tuple[float, ...] = (10, 20, 30, 60)
    geographic_min: float = 10
    catchment_min: float = 30
    bands_min: Bands = ((10, 1.0), (20, 0.68), (30, 0.22))

    def radii(self, unit: str) -> tuple[float, ...]:
        """Return the radii of geographic coverage in the unit of a measure, «m» or «min»."""
        return self.radii_min if unit == "min" else self.radii_m

    def geographic(self, unit: str) -> float:
        """Return the one radius of the funnel's geographic stage in the unit of a measure."""
        return self.geographic_min if unit == "min" else self.geographic_m

    def catchment(self, unit: str) -> float:
        """Return how far a station is looked for when access is weighed, in the unit of a measure."""
        return self.catchment_min if unit == "min" else self.catchment_m

    def weights(self, unit: str) -> Bands:
        """Return the (limit, weight) bands of access in the unit of a measure."""
        return self.bands_min if unit == "min" else self.bands

    def with_floor(self, floor: Floor) -> CoverageRules:
        """Return the same rules with another floor of confidence."""
        return replace(self, floor=floor)


def is_within(far: Floats, limit: float) -> Bools:
    """Return which distances are within a limit (<=): a hair more, so that rounding loses no point on the radius."""
    within: Bools = far <= limit + HAIR
    return within


def has_required(services: Ints, rules: CoverageRules) -> Bools:
    """Return for each row of service bits whether all of `required_all` and one of `required_any` are there."""
    has: Bools = (services & rules.required_all) == rules.required_all
    return has & ((services & rules.required_any) != 0) if rules.required_any else has


def alive_stations(stations: Stations, rules: CoverageRules) -> Bools:
    """Return which stations count as alive: S+ of the definitions.

    Listed, with a life of alive (or weak, where the rules count it), and as sure as the floor asks. A delisted station
    never counts, whatever was seen there.
    """
    lives = (stations.life == ALIVE) | (stations.life == WEAK) if rules.counts_weak else stations.life == ALIVE
    alive: Bools = stations.is_listed & lives & (stations.confidence >= FLOORS[rules.floor])
    return alive
