"""A theme's layer comes by URL with all that a map prints, is sent once, and stays inside the caller's area."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.world import World

THEMES = {
    "funnel": ["evidenced", "service", "alive", "geographic", "listed", "built", "none"],
    "paper": ["live", "paper_unknown", "paper_only", "none"],
    "gaps": ["covered", "no_station", "station_dead", "station_unknown", "missing_service", "no_evidence",
             "no_logistics", "late"],
    "alignment": ["station_paired", "station_near", "station_orphan", "node_paired", "node_near", "node_orphan"],
    "delivery": ["on_time", "late", "few", "promised", "none"],
}  # fmt: skip


def test_every_theme_has_its_layer(client: FlaskClient, world: World) -> None:
    for theme, classes in THEMES.items():
        answer = client.get(f"/api/v1/maps/layers/{theme}.json", headers=world.as_phone("jiang"))
        assert answer.status_code == 200, answer.get_data(as_text=True)
        told = answer.get_json()
        assert told["classes"] == classes
        assert list(told["counts"]) == classes
        assert (told["level"], told["frame"]["unit"]["code"]) == ("township", "431125")
        assert (told["frame"]["base_year"], told["frame"]["as_of"]) == (2023, "2026-11-20")
        assert told["definition_zh"]
        if theme != "alignment":
            # None of the three villages has a place, nor have the seats of their townships.
            assert (told["n"], told["unplaced"], told["points"][0]["x"]) == (3, 3, [])


def test_a_layer_is_sent_once(client: FlaskClient, world: World) -> None:
    headers = world.as_phone("jiang")
    tag = client.get("/api/v1/maps/layers/gaps.json", headers=headers).headers["ETag"]
    assert client.get("/api/v1/maps/layers/gaps.json", headers=headers | {"If-None-Match": tag}).status_code == 304
    other = client.get("/api/v1/maps/layers/gaps.json?confidence=verified", headers=headers | {"If-None-Match": tag})
    assert other.status_code == 200


def test_what_cannot_be_drawn_is_refused(client: FlaskClient, world: World) -> None:
    for url, status, code in [
        ("vitality.json", 404, "NOT_FOUND"),
        ("nothing.json", 404, "NOT_FOUND"),
        ("gaps.json?unit=430922", 403, "OUT_OF_SCOPE"),
        ("gaps.json?base_year=2011", 422, "BASE_YEAR_UNKNOWN"),
        ("gaps.json?confidence=sure", 422, "BAD_INPUT"),
    ]:
        answer = client.get(f"/api/v1/maps/layers/{url}", headers=world.as_phone("jiang"))
        assert (answer.status_code, answer.get_json().get("code")) == (status, code), url
