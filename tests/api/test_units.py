"""Administrative units by HTTP."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.world import World


def test_children_of_a_unit_are_listed_and_unchanged_is_304(client: FlaskClient, world: World) -> None:
    headers = world.as_phone("chen")
    answer = client.get("/api/v1/org-units?parent=431125", headers=headers)
    assert answer.json is not None
    assert [unit["name"] for unit in answer.json["units"]] == ["潇浦镇", "上江圩镇"]
    assert answer.json["total"] == 2
    again = client.get("/api/v1/org-units?parent=431125", headers=headers | {"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_printed_name_resolves_for_whoever_is_signed_in(client: FlaskClient, world: World) -> None:
    answer = client.get("/api/v1/org-units/resolve?name=江永&province=湖南省", headers=world.as_phone("zhou"))
    assert answer.json is not None
    assert (answer.json["outcome"], answer.json["unit"]["code"]) == ("resolved", "431125")
    assert client.get("/api/v1/org-units/resolve?name=江永").status_code == 401


def test_one_unit_and_an_unknown_one(client: FlaskClient, world: World) -> None:
    answer = client.get("/api/v1/org-units/431125", headers=world.as_phone("jiang"))
    assert answer.json is not None
    assert answer.json["unit"]["path"] == "/CN/43/4311/431125/"
    missing = client.get("/api/v1/org-units/999999", headers=world.as_phone("jiang"))
    assert missing.json is not None
    assert (missing.status_code, missing.json["code"]) == (422, "UNIT_UNKNOWN")


def test_nonsense_in_the_query_is_named(client: FlaskClient, world: World) -> None:
    answer = client.get("/api/v1/org-units?level=galaxy&updated_since=soon", headers=world.as_phone("jiang"))
    assert answer.json is not None
    assert (answer.status_code, answer.json["code"]) == (422, "BAD_INPUT")
