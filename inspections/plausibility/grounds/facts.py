"""What is known of a visit when it is judged: plain values, fetched elsewhere. Points are lon, lat in CGCS2000 degrees.

Instants are aware. What a phone says of its own clock is a claim; what the server signed or received is not.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

# A phone may claim any age for its fix; ten years of seconds are enough to reckon with.
OLDEST_FIX_S = 315_360_000.0


@dataclass(frozen=True)
class Reason:
    """One reason to look twice: its code, how much it weighs, which photo it is about (None: the visit), its figures.

    `partners` names other visits whose own reasons may change with this one; it is told to nobody.
    """

    code: str
    weight: int
    photo: str | None
    figures: dict[str, Any]
    partners: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fix:
    """Where a phone says it was; metres of accuracy and seconds of age, None where it does not say."""

    lon: float
    lat: float
    accuracy_m: float | None = None
    age_s: float | None = None
    provider: str | None = None


@dataclass(frozen=True)
class Clock:
    """What is known of when something was done: what the phone claims, and what can be proved of it.

    `signed_at` is the newest server time the phone proved to have heard, `steady_ms` how long its steady clock ran
    since; `no_later_than` the first moment at which the server had it. `device` names the phone whose clock it is.
    """

    claimed_at: dt.datetime
    no_later_than: dt.datetime
    wall: dt.datetime | None = None
    signed_at: dt.datetime | None = None
    steady_ms: float | None = None
    device: int | None = None


@dataclass(frozen=True)
class Use:
    """Another visit's use of the same picture (`bits` 0) or one like it; `by` says whether file or original agree."""

    visit: str
    station: str
    same_station: bool
    same_inspector: bool
    is_earlier: bool
    on: dt.date
    bits: int = 0
    by: str = "file"


@dataclass(frozen=True)
class Reading:
    """What the machine read on a sign: its class and words, and whether it is sure."""

    sign_class: str | None
    wording: str | None
    is_sure: bool


@dataclass(frozen=True)
class PhotoFacts:
    """A photo of the visit; `is_carried` says it came along from the returned visit that this one makes good."""

    sha256: str
    purpose: str = "sign"
    taken_at: dt.datetime | None = None
    exif_at: dt.datetime | None = None
    exif_point: tuple[float, float] | None = None
    known_by: dt.datetime | None = None
    is_carried: bool = False
    kept_anyway: bool = False
    sharpness: float | None = None
    brightness: float | None = None
    uses: tuple[Use, ...] = ()
    reading: Reading | None = None
    # From its seal, where one is valid.
    seal_fix: Fix | None = None
    seal_clock: Clock | None = None


@dataclass(frozen=True)
class Neighbour:
    """Another visit by the same person, as far as it matters: where, when, for which station."""

    visit: str
    station: str
    clock: Clock
    fix: Fix | None = None
    station_point: tuple[float, float] | None = None
    is_on_the_spot: bool = True


@dataclass(frozen=True)
class Break:
    """Where the chain of seals does not hold: a code of its own reasons, the photo, and figures."""

    code: str
    photo: str | None
    figures: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class VisitFacts:
    """One visit with all that is looked at; no list's order means anything."""

    visit: str
    station: str
    clock: Clock
    is_on_the_spot: bool = True
    fix: Fix | None = None
    station_point: tuple[float, float] | None = None
    sign_wording: str | None = None
    photos: tuple[PhotoFacts, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    breaks: tuple[Break, ...] = ()
