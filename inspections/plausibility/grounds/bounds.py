"""When something was done, as far as it can be proved: «not before» and «not after», without the phone's clock.

Not before: the phone carries a server time that was signed before, and its steady clock has run on since. Such a clock
(`performance.now`) may stop while the phone sleeps, so what it counted is too little, never too much but for its
drift; it is the phone's word, so it only ever moves the earliest moment on. Not after: the server had it by then.
Each piece of evidence narrows the interval; one that contradicts what stands is left out, so none ever widens it.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass

from inspections.plausibility.grounds.facts import Clock


@dataclass(frozen=True)
class Bounds:
    """Both ends belong to it; `not_before` None where nothing was proved."""

    not_before: dt.datetime | None
    not_after: dt.datetime

    def later_than(self, at: dt.datetime | None) -> Bounds:
        """Narrow it from below; what lies past the end contradicts and changes nothing."""
        if at is None or at > self.not_after or (self.not_before is not None and at <= self.not_before):
            return self
        return Bounds(at, self.not_after)

    def earlier_than(self, at: dt.datetime | None) -> Bounds:
        """Narrow it from above; what lies before the beginning contradicts and changes nothing."""
        if at is None or at >= self.not_after or (self.not_before is not None and at < self.not_before):
            return self
        return Bounds(self.not_before, at)

    def past(self, at: dt.datetime) -> dt.timedelta:
        """Give how far an instant lies outside: negative before the interval, positive after it, zero inside."""
        if self.not_before is not None and at < self.not_before:
            return at - self.not_before
        return max(at - self.not_after, dt.timedelta(0))


def bounds(clock: Clock, *, drift_ppm: float) -> Bounds:
    """Give the interval that receipt, signed time and steady clock prove, trusted in this order."""
    proved = Bounds(None, clock.no_later_than).later_than(clock.signed_at)
    return proved.later_than(_steady(clock, drift_ppm)) if proved.not_before == clock.signed_at else proved


def photo_bounds(visit: Bounds, seal: Clock | None, known_by: Iterable[dt.datetime], *, drift_ppm: float) -> Bounds:
    """Give the interval of a photo: it was taken before its visit ended, and before the server first had it.

    A visit's «not before» says nothing of its photos, which are older; only a seal of their own does.
    """
    proved = Bounds(None, visit.not_after)
    for at in sorted(known_by):
        proved = proved.earlier_than(at)
    if seal is None:
        return proved
    proved = proved.later_than(seal.signed_at)
    return proved.later_than(_steady(seal, drift_ppm)) if proved.not_before == seal.signed_at else proved


def _steady(clock: Clock, drift_ppm: float) -> dt.datetime | None:
    if clock.signed_at is None or clock.steady_ms is None or not math.isfinite(clock.steady_ms):
        return None
    counted_ms = max(clock.steady_ms, 0.0) * (1.0 - drift_ppm / 1e6)
    # A phone may say any number; what no calendar holds says nothing.
    if counted_ms > (clock.no_later_than - clock.signed_at) / dt.timedelta(milliseconds=1):
        return None
    return clock.signed_at + dt.timedelta(milliseconds=counted_ms)
