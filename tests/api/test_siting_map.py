"""The map of a siting study: the newest of the unit, the one asked for, nobody else's, and none at all."""

from __future__ import annotations

import datetime as dt

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from stations.coverage.studies.asking import StudyWish, ask_study
from stations.coverage.studies.running import run_study
from stations.units.tables import OrgUnit
from stations.vitality.refreshing import refresh_vitality
from tests.conftest import NOON
from tests.coverage_seed import seen_open
from tests.world import World

URL = "/api/v1/maps/layers/siting.json"


class Quiet:
    """A job's context that says nothing."""

    def now(self) -> dt.datetime:
        return NOON

    def progress(self, done: int, total: int | None = None) -> None:
        return


@pytest.fixture
def places(sessions: sessionmaker[Session], world: World) -> None:
    """The three villages of Jiangyong far apart, one of them served by a living station."""
    with sessions.begin() as session:
        for code, lon, lat in (("431125100201", 111.342, 25.271), ("431125100202", 111.40, 25.30),
                               ("431125101200", 111.39, 25.36)):  # fmt: skip
            unit = session.get_one(OrgUnit, code)
            unit.lon, unit.lat, unit.coord_quality = lon, lat, "gps"
        seen_open(session, world.stations["JY001"])
        refresh_vitality(session, list(world.stations.values()), now=NOON)


@pytest.mark.usefixtures("places")
def test_a_study_is_drawn_with_what_it_would_newly_cover(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    headers = world.as_phone("jiang")
    before = client.get(URL, headers=headers)
    assert before.get_json()["counts"] == {"suggested": 0, "existing": 1, "newly": 0, "already": 1, "still": 2}
    assert before.get_json()["headline"] == {"study": None, "before": 1, "after": 1, "of": 3, "gap": None}
    with sessions.begin() as session:
        wish = StudyWish(k=1, exact=True, candidates="all_villages")
        study = ask_study(session, world.callers["jiang"], wish, code_version="1", now=NOON)["id"]
    run_study(sessions, {"study": study}, Quiet())
    after = client.get(URL, headers=headers | {"If-None-Match": before.headers["ETag"]}).get_json()
    assert after["counts"] == {"suggested": 1, "existing": 1, "newly": 1, "already": 1, "still": 1}
    assert (after["headline"]["study"], after["headline"]["after"], after["headline"]["gap"]) == (study, 2, 0.0)
    assert [(site["rank"], site["villages"]) for site in after["sites"]] == [(1, 1)]
    assert [points["what"] for points in after["points"]] == ["villages", "stations", "sites"]
    rings = {ring["code"]: ring["share"] for ring in after["units"]}
    assert sum(ring["n"] for ring in after["units"]) == 3
    assert set(rings) == {"431125100", "431125101"}
    again = client.get(f"{URL}?study={study}", headers=headers).get_json()
    assert again["headline"] == after["headline"]
    stranger = client.get(f"{URL}?study={study}", headers=world.as_phone("zhou"))
    assert (stranger.status_code, stranger.get_json()["code"]) == (404, "STUDY_UNKNOWN")
