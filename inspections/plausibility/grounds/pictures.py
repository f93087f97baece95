"""What the pictures say: used before, taken elsewhere, another sign than was ticked, kept though they are bad."""

from __future__ import annotations

from collections.abc import Callable

from geo.china import PLAUSIBLE, check_pair
from geo.datum import DATUMS, to_cgcs2000
from geo.distance import haversine_m
from inspections.plausibility.grounds.facts import PhotoFacts, Reason, Use, VisitFacts
from inspections.plausibility.grounds.thresholds import PlausibilityPolicy


def reuse_reasons(facts: VisitFacts, policy: PlausibilityPolicy) -> list[Reason]:
    """Say of each photo where it, or one that is nearly the same, was used in an earlier visit.

    The same file weighs more than a likeness, another station more than another person, and that more than the same
    person's earlier visit: one door looks like itself.
    """
    found = []
    for photo in facts.photos:
        earlier = [use for use in photo.uses if use.is_earlier]
        same = [use for use in earlier if use.bits == 0 and use.by != "likeness"]
        like = [use for use in earlier if use not in same and use.bits <= policy.like_most_bits]
        if same:
            found.append(_reuse(photo, same, "photo_same", policy))
        elif like:
            found.append(_reuse(photo, like, "photo_like", policy))
    return found


def _reuse(photo: PhotoFacts, uses: list[Use], kind: str, policy: PlausibilityPolicy) -> Reason:
    def rank(use: Use) -> tuple[object, ...]:
        return (-policy.weights[f"{kind}_{_whose(use)}"], use.bits, use.on, use.visit)

    use = min(uses, key=rank)
    code = f"{kind}_{_whose(use)}"
    figures = {"visit": use.visit, "station": use.station, "on": use.on.isoformat(), "bits": use.bits, "by": use.by,
               "percent": round(100 * (1 - use.bits / policy.like_of_bits)),
               "visits": len({one.visit for one in uses})}  # fmt: skip
    return Reason(code, policy.weights[code], photo.sha256, figures)


def _whose(use: Use) -> str:
    if not use.same_station:
        return "elsewhere"
    return "before" if use.same_inspector else "other_person"


def exif_place_reasons(facts: VisitFacts, policy: PlausibilityPolicy) -> list[Reason]:
    """Say which photos carry a place far from the visit's fix, or, without one, from the registered point.

    Some phones write GCJ-02 or BD-09 into EXIF: the nearest of the three readings counts.
    """
    fix, station = facts.fix, facts.station_point
    found = []
    for photo in facts.photos:
        if photo.is_carried or photo.exif_point is None:
            continue
        point, code, accuracy_m = station, "exif_away_station", 0.0
        if fix is not None:
            point, code, accuracy_m = (fix.lon, fix.lat), "exif_away", fix.accuracy_m or 0.0
        if point is None or not facts.is_on_the_spot:
            continue
        away_m = _nearest_m(photo.exif_point, point)
        if away_m - accuracy_m > policy.exif_away_m:
            found.append(Reason(code, policy.weights[code], photo.sha256, {"distance_m": round(away_m)}))
    return found


def _nearest_m(told: tuple[float, float], point: tuple[float, float]) -> float:
    # The shifts are made for China and run wild at the poles.
    datums = DATUMS if check_pair(*told) == PLAUSIBLE else ("cgcs2000",)
    return min(float(haversine_m(*to_cgcs2000(*told, datum), *point)) for datum in datums)


def seal_place_reasons(facts: VisitFacts, policy: PlausibilityPolicy) -> list[Reason]:
    """Say which photos were sealed far from where the visit was filled in."""
    fix = facts.fix
    if fix is None or not facts.is_on_the_spot:
        return []
    found = []
    for photo in facts.photos:
        there = photo.seal_fix
        if photo.is_carried or there is None:
            continue
        distance_m = float(haversine_m(fix.lon, fix.lat, there.lon, there.lat))
        if distance_m - (fix.accuracy_m or 0.0) - (there.accuracy_m or 0.0) > policy.exif_away_m:
            figures = {"distance_m": round(distance_m)}
            found.append(Reason("photo_place_away", policy.weights["photo_place_away"], photo.sha256, figures))
    return found


def sign_reasons(facts: VisitFacts, policy: PlausibilityPolicy) -> list[Reason]:
    """Say that the machine is sure of another class than the inspector's, unless a photo of the visit bears him out."""
    sure = [
        (photo, read) for photo in facts.photos
        if (read := photo.reading) is not None and read.is_sure and read.sign_class is not None
    ]  # fmt: skip
    if facts.sign_wording is None or any(read.sign_class == facts.sign_wording for _, read in sure):
        return []
    return [
        Reason("sign_says_otherwise", policy.weights["sign_says_otherwise"], photo.sha256,
               {"read": read.sign_class, "said": facts.sign_wording, "wording": read.wording})
        for photo, read in sure
    ]  # fmt: skip


def quality_reasons(facts: VisitFacts, policy: PlausibilityPolicy) -> list[Reason]:
    """Say which photos were kept though the phone warned of them."""
    return [
        Reason("kept_anyway", policy.weights["kept_anyway"], photo.sha256,
               {"sharpness": photo.sharpness, "brightness": photo.brightness})
        for photo in facts.photos
        if photo.kept_anyway and not photo.is_carried
    ]  # fmt: skip


PICTURE_RULES: tuple[Callable[[VisitFacts, PlausibilityPolicy], list[Reason]], ...] = (
    reuse_reasons, exif_place_reasons, seal_place_reasons, sign_reasons, quality_reasons,
)  # fmt: skip
