"""What stands on a marked photo: pure sentences of what is known, and of what proves it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from inspections.chain.codes import short_code, written
from stations.records.days import CHINA


@dataclass(frozen=True)
class MarkedFacts:
    """A photo's facts: moments aware, place from the county down, distance and accuracy in metres.

    `taken_at` None: nobody said when; `is_file`: the phone says that it was chosen from its pictures, so that nothing
    is known of when it was taken.
    """

    sha256: str
    taken_at: dt.datetime | None
    visited_at: dt.datetime
    # The newest server time that the phone proved to have heard; when the server first held the record or the photo.
    heard_at: dt.datetime | None
    received_at: dt.datetime
    place: str
    station: str
    on_site: str
    distance_m: float | None
    accuracy_m: float | None
    inspector: str
    # «https://host» of this installation, or '' where the operator named none.
    public_url: str = ""
    is_file: bool = False


def verify_address(facts: MarkedFacts) -> str:
    """Give the address that tells whoever holds a print whether it is true; without a host only its path."""
    return f"{facts.public_url}/verify/{short_code(facts.sha256)}"


def lines_of(facts: MarkedFacts, words: Mapping[str, str]) -> list[str]:
    """Give the lines from the top; `words` are those of `mark.…` in one language, `{…}` filled in here."""
    proof = "mark.proof" if facts.heard_at is not None else "mark.proof_after"
    known = facts.distance_m is not None and facts.accuracy_m is not None
    distance = "mark.distance" if known else "mark.no_distance"
    filled = {
        "taken": _minute(facts.taken_at), "visited": _minute(facts.visited_at),
        "before": _minute(facts.heard_at), "after": _minute(facts.received_at),
        "place": facts.place, "station": facts.station, "inspector": facts.inspector,
        "verdict": words[f"on_site.{facts.on_site}"], "distance": f"{facts.distance_m or 0:.0f}",
        "accuracy": f"{facts.accuracy_m or 0:.0f}", "code": written(short_code(facts.sha256)),
        "address": verify_address(facts).partition("://")[2] or verify_address(facts),
    }  # fmt: skip
    taken = "mark.visited_file" if facts.is_file else "mark.taken" if facts.taken_at is not None else "mark.visited"
    keys = (taken, proof, "mark.place", distance, "mark.inspector")
    return [words[key].format_map(filled) for key in keys]


def _minute(moment: dt.datetime | None) -> str:
    return "" if moment is None else f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"
