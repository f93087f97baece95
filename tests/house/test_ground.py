"""The ground holds on both databases."""

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import in_box
from stations.records.tables import StationVersion
from tests.world import World


def test_box_finds_the_two_stations_of_jiangyong(world: World, session: Session) -> None:
    box = (111.0, 25.0, 111.5, 25.5)
    where = in_box(session, StationVersion.point, StationVersion.lon, StationVersion.lat, box)
    found = session.scalars(select(StationVersion).where(where).order_by(StationVersion.id)).all()
    assert [row.name for row in found] == ["何家湾服务站", "夏湾服务站"]
    assert found[0].point == (111.342, 25.271)


def test_unknown_address_is_answered_in_the_one_shape(client: FlaskClient) -> None:
    answer = client.get("/api/v1/nothing")
    assert answer.status_code == 404
    assert answer.json is not None
    assert answer.json["code"] == "NOT_FOUND"
