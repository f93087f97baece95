"""Road networks through their doors: tried, refused with the check, kept, read, withdrawn."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from tests.stations.logistics.test_roads import CSV
from tests.world import World


def test_a_road_file_from_the_trial_to_its_withdrawal(client: FlaskClient, world: World) -> None:
    def ask(method: str, address: str, status: int = 200, **more: Any) -> Any:
        answer = client.open(f"/api/v1{address}", method=method, headers=world.as_phone("jiang"), **more)
        assert answer.status_code == status, answer.json
        return answer.json

    tried = ask("POST", "/road-graphs", data=CSV)
    assert (tried["dry_run"], tried["usable"], tried["check"]["components"]) == (True, True, 2)
    wrong = CSV.replace(b"1200", b"x")
    assert ask("POST", "/road-graphs", data=wrong)["errors"][0]["column"] == "C"
    refused = ask("POST", "/road-graphs?dry_run=false", 422, data=wrong)
    assert (refused["code"], refused["details"]["result"]["error_count"]) == ("ROADS_UNUSABLE", 2)
    kept = ask("POST", "/road-graphs?dry_run=false&name=江永道路&file=r.csv&unit=431125", data=CSV)
    one = ask("GET", f"/road-graphs/{kept['id']}")
    assert (one["name"], one["unit_name"], one["imported_by"]) == ("江永道路", "江永县", "蒋联络")
    assert ask("POST", f"/road-graphs/{kept['id']}/withdraw")["withdrawn_at"] is not None
    assert len(ask("GET", "/road-graphs?ou=431125")["graphs"]) == 1
    ask("POST", "/road-graphs?unit=430922&dry_run=false", 403, data=CSV)
    ask("POST", "/road-graphs?coord_system=mars", 422, data=CSV)
    assert ask("POST", "/road-graphs", 422, data=b"")["code"] == "NETWORK_FILE"
