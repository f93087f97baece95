"""Times that cannot be: claimed before they can have been, and days that were filled in at one sitting."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from inspections.plausibility.grounds.bounds import Bounds, bounds
from inspections.plausibility.grounds.facts import Clock, PhotoFacts, Reason, VisitFacts
from inspections.plausibility.grounds.slow_clock import slow_clock
from inspections.plausibility.grounds.thresholds import PlausibilityPolicy
from stations.records.days import day_in_china

# So many of a person's backdated visits, the nearest ones, are looked at together.
_MOST = 60


@dataclass(frozen=True)
class _Told:
    visit: str
    claimed_at: dt.datetime
    proved: Bounds
    not_before: dt.datetime


def clock_reasons(facts: VisitFacts, policy: PlausibilityPolicy) -> list[Reason]:
    """Say when the claimed time or the phone's clock lies outside what is proved; on an earlier day: backdated.

    A photo's own seal is judged alike, where its visit is not said to be backdated already. Of a phone that is slow by
    as much on other days, only that its clock is wrong.
    """
    found, slow = _outside(facts.clock, None, policy), None
    if any(one.code == "backdated" for one in found):
        slow = slow_clock(facts, policy)
        if slow is None:
            return found
        found = [Reason("clock_wrong", policy.weights["clock_wrong"], None, one.figures, slow.partners)
                 for one in found]  # fmt: skip
    for photo in facts.photos:
        if photo.seal_clock is None or photo.is_carried:
            continue
        if slow is None or not slow.explains(photo.seal_clock, policy):
            found += [one for one in _outside(photo.seal_clock, photo.sha256, policy) if one.code == "backdated"]
    return found


def _outside(clock: Clock, photo: str | None, policy: PlausibilityPolicy) -> list[Reason]:
    proved = bounds(clock, drift_ppm=policy.steady_drift_ppm)
    tolerance = dt.timedelta(minutes=policy.clock_tolerance_minutes)
    for at in (clock.claimed_at, clock.wall):
        if at is None:
            continue
        off = proved.past(at)
        if off > tolerance:
            figures = {"claimed_at": at.isoformat(), "received_at": proved.not_after.isoformat(),
                       "minutes": round(off / dt.timedelta(minutes=1))}  # fmt: skip
            return [Reason("ahead_of_receipt", policy.weights["ahead_of_receipt"], photo, figures)]
        if off < -tolerance and proved.not_before is not None:
            code = "backdated" if day_in_china(at) < day_in_china(proved.not_before) else "clock_wrong"
            figures = {"claimed_at": at.isoformat(), "not_before_at": proved.not_before.isoformat(),
                       "minutes": round(-off / dt.timedelta(minutes=1)),
                       "days": (day_in_china(proved.not_before) - day_in_china(at)).days}  # fmt: skip
            return [Reason(code, policy.weights[code], photo, figures)]
    return []


def together_reasons(facts: VisitFacts, policy: PlausibilityPolicy) -> list[Reason]:
    """Say when this and other backdated visits of the person were made within a fraction of the days they claim.

    Visits that only arrived together are not meant: days without signal end like that, and prove nothing.
    """
    own = _told(facts.visit, facts.clock, policy)
    if own is None:
        return []
    others = [one for near in facts.neighbours if (one := _told(near.visit, near.clock, policy)) is not None]
    others.sort(key=lambda one: (abs(one.not_before - own.not_before), one.visit))
    told = [own, *others[: _MOST - 1]]
    ends = sorted({one.proved.not_after for one in told if one.proved.not_after >= own.proved.not_after})
    sittings = [
        (start, end, inside)
        for start in sorted({one.not_before for one in told if one.not_before <= own.not_before})
        for end in ends
        if _is_together(inside := _inside(told, start, end), end - start, policy)
    ]
    if not sittings:
        return []
    # The most visits; of as many, the shortest stretch, then the earliest.
    start, end, inside = max(sittings, key=lambda one: (len(one[2]), one[0] - one[1], -one[0].timestamp()))
    return [_together(own, inside, start, end, policy)]


def _inside(told: list[_Told], start: dt.datetime, end: dt.datetime) -> list[_Told]:
    return [one for one in told if one.not_before >= start and one.proved.not_after <= end]


def _is_together(inside: list[_Told], stretch: dt.timedelta, policy: PlausibilityPolicy) -> bool:
    if len(inside) < policy.together_visits or len(_days(inside)) < policy.together_days:
        return False
    claimed = [one.claimed_at for one in inside]
    return stretch <= policy.together_share * (max(claimed) - min(claimed))


def _together(
    own: _Told, inside: list[_Told], start: dt.datetime, end: dt.datetime, policy: PlausibilityPolicy
) -> Reason:
    days = _days(inside)
    figures = {"visits": len(inside), "days": len(days), "first": days[0].isoformat(), "last": days[-1].isoformat(),
               "not_before_at": start.isoformat(), "not_after_at": end.isoformat(),
               "hours": round((end - start) / dt.timedelta(hours=1), 1)}  # fmt: skip
    partners = tuple(sorted(one.visit for one in inside if one.visit != own.visit))
    return Reason("filled_together", policy.weights["filled_together"], None, figures, partners)


def _days(inside: list[_Told]) -> list[dt.date]:
    return sorted({day_in_china(one.claimed_at) for one in inside})


def _told(visit: str, clock: Clock, policy: PlausibilityPolicy) -> _Told | None:
    proved = bounds(clock, drift_ppm=policy.steady_drift_ppm)
    is_past = proved.past(clock.claimed_at) < -dt.timedelta(minutes=policy.clock_tolerance_minutes)
    if proved.not_before is None or not is_past:
        return None
    return _Told(visit, clock.claimed_at, proved, proved.not_before)


def photo_time_reasons(facts: VisitFacts, policy: PlausibilityPolicy) -> list[Reason]:
    """Say which photos call themselves older than the visit's day, or more than a day away from it (F5)."""
    found = []
    for photo in facts.photos:
        # One that came along from the visit this one corrects was taken then, and judged there.
        if not photo.is_carried and (reason := _photo_time(photo, facts.clock.claimed_at, policy)) is not None:
            found.append(reason)
    return found


def _photo_time(photo: PhotoFacts, claimed_at: dt.datetime, policy: PlausibilityPolicy) -> Reason | None:
    told = [at for at in (photo.exif_at, photo.taken_at) if at is not None]
    if not told:
        return None
    at = max(told, key=lambda one: (abs(one - claimed_at), one))
    apart = abs(at - claimed_at)
    figures = {"taken_at": at.isoformat(), "claimed_at": claimed_at.isoformat(),
               "hours": round(apart / dt.timedelta(hours=1), 1),
               "days": abs((day_in_china(claimed_at) - day_in_china(at)).days)}  # fmt: skip
    # Two ends of one night are no two days.
    is_before = at < claimed_at - dt.timedelta(minutes=policy.clock_tolerance_minutes)
    if is_before and day_in_china(at) < day_in_china(claimed_at):
        return Reason("photo_before_day", policy.weights["photo_before_day"], photo.sha256, figures)
    if apart > dt.timedelta(hours=policy.photo_apart_hours):
        return Reason("photo_time_away", policy.weights["photo_time_away"], photo.sha256, figures)
    return None
