"""What the doors of the map share: the question out of a query, what an answer depends on, the datum of the tiles."""

from __future__ import annotations

from typing import Any

from flask import current_app

from api.boundary import caller, now, session
from api.config import Config
from stations.records.days import day_in_china
from stations.register.lookup.map_rows import MapQuestion, register_revision

# Changes with the shape of the answers, so that no browser keeps an old one.
EDITION = 4


def map_question(query: dict[str, Any]) -> MapQuestion:
    """Give the question of a checked query; lists become sorted tuples, so that one question has one name."""
    given: dict[str, Any] = {name: tuple(sorted(v)) if isinstance(v, list) else v for name, v in query.items()}
    return MapQuestion(**given)


def answer_names(*question: object) -> tuple[object, ...]:
    """Give all that an answer depends on: who sees what, the question, the day, the register, the datum."""
    asking = caller()
    return (EDITION, asking.role, asking.unit_path, asking.station_id, *question, day_in_china(now()),
            register_revision(session()), shown_datum())  # fmt: skip


def config() -> Config:
    """Give the application's checked settings."""
    found: Config = current_app.extensions["cunzhan_config"]
    return found


def shown_datum() -> str:
    """Give the datum of the base tiles, to which all that lies over them is shifted; CGCS2000 without tiles."""
    return config().tiles.datum
