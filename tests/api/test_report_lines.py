"""The SMS path: a county pastes what owners sent, looks at how it is read, and files it in their place, once."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from stations.records.months import SalesReport, SalesReportVersion
from tests.conftest import Clock
from tests.months_seed import SIXTH, seed_months
from tests.world import World

# JY102 and JY105 have filed nothing of October; JY106 has.
TEXT = """JY102 202610 销1.2万 件35
0746-5705123 202610 零

JY106 202610 收9
夏湾 202610 收9
TJ001 202610 收9
JY102 202610 谢谢"""


@pytest.fixture(autouse=True)
def a_year_of_months(world: World, sessions: sessionmaker[Session], clock: Clock) -> None:
    clock.at = SIXTH
    with sessions.begin() as session:
        seed_months(session, world)


def send(client: FlaskClient, world: World, person: str = "jiang", **told: Any) -> Any:
    return client.post("/api/v1/report-lines", json={"text": TEXT} | told, headers=world.as_phone(person))


def of_october(sessions: sessionmaker[Session], world: World, code: str) -> SalesReport | None:
    with sessions() as session:
        asked = select(SalesReport).where(
            SalesReport.station_id == world.stations[code], SalesReport.period == 202610
        )  # fmt: skip
        return session.scalars(asked).one_or_none()


def test_a_trial_stores_nothing_and_says_how_each_line_is_read(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    told = send(client, world).get_json()
    assert told["counts"] == {"ready": 2, "filed": 0, "same": 0, "refused": 4}
    first = told["lines"][0]
    assert (first["line"], first["status"], first["station"], first["period"]) == (1, "ready", "JY102", "202610")
    assert (first["figures"]["online_sales_out"], first["figures"]["parcels_in"]) == ("12000.00", 35)
    assert [(line["line"], line["station"], (line["refusal"] or {}).get("code")) for line in told["lines"][1:]] == [
        (2, "JY105", None), (4, "JY106", "CONFLICT_VERSION"), (5, None, "STATION_UNKNOWN"),
        (6, None, "STATION_UNKNOWN"), (7, None, "LINE_UNREAD"),
    ]  # fmt: skip
    assert of_october(sessions, world, "JY102") is None


def test_filed_in_the_owners_place_and_never_twice(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    assert send(client, world, dry_run=False).get_json()["counts"]["filed"] == 2
    again = send(client, world, dry_run=False).get_json()
    assert again["counts"] == {"ready": 0, "filed": 0, "same": 2, "refused": 4}
    report = of_october(sessions, world, "JY102")
    assert report is not None
    assert (report.source, report.version) == ("proxy", 1)
    assert (report.online_sales_out_fen, report.parcels_in) == (1_200_000, 35)
    nil = of_october(sessions, world, "JY105")
    assert nil is not None
    assert nil.is_nil
    with sessions() as session:
        asked = select(func.count()).select_from(SalesReportVersion)
        assert session.scalar(asked.where(SalesReportVersion.report_id.in_([report.id, nil.id]))) == 2
        note = session.scalars(select(SalesReportVersion.note).where(SalesReportVersion.report_id == nil.id)).one()
    # The telephone that the line began with is not kept in the report.
    assert note == "短信:202610 零"


def test_a_correction_names_its_reason(client: FlaskClient, world: World, sessions: sessionmaker[Session]) -> None:
    send(client, world, text="JY102 202610 收3", dry_run=False)
    told = send(client, world, text="JY102 202610 收4 更正 漏记一件", dry_run=False).get_json()
    assert told["counts"]["filed"] == 1
    report = of_october(sessions, world, "JY102")
    assert report is not None
    assert (report.version, report.parcels_in) == (2, 4)


def test_lines_that_name_nobody_are_of_the_station_chosen(client: FlaskClient, world: World) -> None:
    told = send(client, world, text="202610 收3", station="JY102").get_json()
    assert [(line["station"], line["status"]) for line in told["lines"]] == [("JY102", "ready")]
    assert send(client, world, text="202610 收3").get_json()["lines"][0]["refusal"]["code"] == "STATION_UNKNOWN"


def test_a_stranger_reaches_no_station_of_the_county(client: FlaskClient, world: World) -> None:
    told = send(client, world, person="zhou").get_json()
    assert "JY102" not in str([line["station"] for line in told["lines"]])
    assert told["counts"]["ready"] == 0


def test_too_many_lines_are_refused(client: FlaskClient, world: World) -> None:
    answer = send(client, world, text="JY102 202610 零\n" * 201)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "BAD_INPUT")
