"""Where the phone says it was, against where the station is registered; three-valued, because a fix has a radius."""

from __future__ import annotations

import re

from geo.distance import haversine_m
from geo.onsite import AWAY, UNCLEAR, judge_on_site
from inspections.plausibility.grounds.datum import suspected_datum
from inspections.plausibility.grounds.facts import OLDEST_FIX_S, Fix, Neighbour, Reason, VisitFacts
from inspections.plausibility.grounds.thresholds import PlausibilityPolicy
from stations.records.days import day_in_china

_MOCK = re.compile("mock|fake|simulat", re.IGNORECASE)


def fix_reasons(facts: VisitFacts, policy: PlausibilityPolicy) -> list[Reason]:
    """Say what the fix itself leaves open: none at all, old, wide, or made by a program; never of a call or papers."""
    if not facts.is_on_the_spot:
        return []
    fix = facts.fix
    if fix is None:
        return [Reason("no_fix", policy.weights["no_fix"], None, {})]
    found = []
    if fix.provider is not None and _MOCK.search(fix.provider):
        found.append(Reason("fix_mocked", policy.weights["fix_mocked"], None, {"provider": fix.provider}))
    if fix.age_s is not None and fix.age_s > policy.fix_old_minutes * 60:
        found.append(
            Reason("fix_old", policy.weights["fix_old"], None, {"minutes": round(min(fix.age_s, OLDEST_FIX_S) / 60)})
        )
    if _is_vague(fix, policy):
        figures = {"accuracy_m": round(fix.accuracy_m or 0.0)}
        found.append(Reason("fix_vague", policy.weights["fix_vague"], None, figures))
    return found


def place_reasons(facts: VisitFacts, policy: PlausibilityPolicy) -> list[Reason]:
    """Say that the fix is away from the registered point, or that it cannot be told; a datum that explains it is said
    instead.
    """
    fix, station = facts.fix, facts.station_point
    if not facts.is_on_the_spot or fix is None or station is None:
        return []
    test = judge_on_site((fix.lon, fix.lat), station, fix.accuracy_m, policy.on_site_radius_m)
    if test.distance_m is None:
        return []
    figures = {"distance_m": round(test.distance_m), "radius_m": round(policy.on_site_radius_m),
               "accuracy_m": None if fix.accuracy_m is None else round(fix.accuracy_m)}  # fmt: skip
    if test.verdict == AWAY or (fix.accuracy_m is None and test.distance_m > policy.on_site_radius_m):
        datum = suspected_datum(fix, station, policy)
        if datum is not None:
            return [Reason("datum_suspected", policy.weights["datum_suspected"], None, datum)]
    if test.verdict == AWAY:
        return [Reason("place_away", policy.weights["place_away"], None, figures)]
    # Of a fix within the circle only its edge may lie outside: most honest ones in a valley are so. A wide one is said
    # to be wide, once.
    is_outside = test.distance_m > policy.on_site_radius_m
    if test.verdict == UNCLEAR and is_outside and not _is_vague(fix, policy):
        return [Reason("place_unclear", policy.weights["place_unclear"], None, figures)]
    return []


def repeated_reasons(facts: VisitFacts, policy: PlausibilityPolicy) -> list[Reason]:
    """Say when the person's coordinates at another place, or on another day, are the same to the last digit.

    A receiver never gives the same seventh decimal twice; the place of a mast does, so wide fixes say nothing.
    """
    fix = facts.fix
    if not facts.is_on_the_spot or fix is None or not _is_narrow(fix, policy):
        return []
    same = sorted(
        (near for near in facts.neighbours if _is_repeated(facts, fix, near, policy)), key=lambda near: near.visit
    )
    if not same:
        return []
    stations = {facts.station} | {near.station for near in same}
    days = {day_in_china(facts.clock.claimed_at)} | {day_in_china(near.clock.claimed_at) for near in same}
    figures = {"visits": len(same) + 1, "stations": len(stations), "days": len(days), "lon": fix.lon, "lat": fix.lat,
               "visit": same[0].visit}  # fmt: skip
    partners = tuple(near.visit for near in same)
    return [Reason("fix_repeated", policy.weights["fix_repeated"], None, figures, partners)]


def _is_repeated(facts: VisitFacts, fix: Fix, near: Neighbour, policy: PlausibilityPolicy) -> bool:
    there = near.fix
    if not near.is_on_the_spot or there is None or not _is_narrow(there, policy):
        return False
    if (there.lon, there.lat) != (fix.lon, fix.lat):
        return False
    if day_in_china(near.clock.claimed_at) != day_in_china(facts.clock.claimed_at):
        return True
    if near.station == facts.station:
        return False
    # Two stations in one building have their coordinates in common; where they stand must be known.
    if near.station_point is None or facts.station_point is None:
        return False
    return float(haversine_m(*near.station_point, *facts.station_point)) > policy.repeated_apart_m


def _is_narrow(fix: Fix, policy: PlausibilityPolicy) -> bool:
    return fix.accuracy_m is None or fix.accuracy_m <= policy.repeated_accuracy_m


def _is_vague(fix: Fix, policy: PlausibilityPolicy) -> bool:
    return fix.accuracy_m is not None and fix.accuracy_m > policy.fix_vague_m
