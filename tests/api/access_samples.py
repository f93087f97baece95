"""For the access test: things of two counties, and for every route how it is asked for one of them."""

from __future__ import annotations

import json
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

import jobs
from stations.people.tables import Account, Device
from stations.register.ledger.tables import LedgerImport
from tests.api import (
    samples_channels,
    samples_coverage,
    samples_coverage_runs,
    samples_datums,
    samples_figures,
    samples_filing,
    samples_gis,
    samples_layers,
    samples_life,
    samples_maps,
    samples_my_months,
    samples_network,
    samples_papers,
    samples_phone,
    samples_phones,
    samples_returns,
    samples_review,
    samples_reviewing,
    samples_upward,
)
from tests.api.sampling import HIDDEN, KEPT, OPEN, REFUSED, Sample
from tests.conftest import NOON
from tests.visit_making import ID_A, ID_B, ID_C, claim, jpeg, sha, visit
from tests.world import World

STATION = {"code": "station"}
VISIT = {"inspection_id": "visit"}
MULTIPART = {"Content-Type": "multipart/form-data; boundary=cut"}
MATCH = {"If-Match": '"1"'}
PROPOSAL = {
    "name": "新站", "village_code": "{village}", "kind": "village_point", "host_type": "shop", "nearby_checked": True,
}  # fmt: skip
ACCOUNT = {"username": "somebody", "display_name": "某人", "role": "inspector", "unit_code": "{unit}"}
MOVE = {"to": "suspended", "effective_on": "2026-11-20", "reason_code": "closed_for_now", "evidence_ids": []}
ASKED = {"records": [{"id": "{visit}", "sha256": "0" * 64}], "media": []}

SAMPLES: dict[str, Sample] = {
    "api-docs.openapi_json": Sample(foreign=OPEN),
    "api-docs.openapi_swagger_ui": Sample(foreign=OPEN),
    "health.healthz": Sample(foreign=OPEN),
    "files.static_file": Sample(path={"path": "icon"}, foreign=OPEN),
    "files.phone_door": Sample(foreign=OPEN),
    "files.phone": Sample(path={"path": "icon"}, foreign=OPEN, also=(503,)),
    # Pages are empty frames: their modules ask the API.
    "staff.login": Sample(foreign=OPEN),
    "staff.stations": Sample(foreign=HIDDEN),
    "staff.station": Sample(path=STATION, foreign=HIDDEN),
    "staff.ledger": Sample(foreign=HIDDEN),
    "staff.quarantine": Sample(foreign=HIDDEN),
    "staff.devices": Sample(foreign=HIDDEN),
    "staff.jobs": Sample(foreign=HIDDEN),
    # people
    "session.read_session": Sample(foreign=HIDDEN),
    "session.sign_in": Sample(json={"username": "nobody", "password": "no"}, foreign=OPEN, also=(401,)),
    "session.sign_out": Sample(foreign=HIDDEN),
    "people.accounts": Sample(foreign=HIDDEN),
    "people.add_account": Sample(json=ACCOUNT),
    "people.add_accounts": Sample(json={"accounts": [ACCOUNT]}),
    "people.close": Sample(path={"account_id": "account"}),
    "people.set_password": Sample(path={"account_id": "account"}, json={"password": "brand new 88"}),
    "devices.enrol": Sample(json={"account_id": "{account}"}),
    "devices.admit": Sample(json={"code": "NONE", "device_label": "x"}, foreign=OPEN, also=(403,)),
    "devices.my_device": Sample(foreign=OPEN, also=(404,)),
    "devices.devices": Sample(foreign=HIDDEN),
    "devices.revoke": Sample(path={"device_id": "device"}),
    "jobs.jobs": Sample(query="kind={kind}", foreign=HIDDEN),
    "jobs.job_counts": Sample(foreign=HIDDEN),
    "jobs.job": Sample(path={"job_id": "job"}),
    "jobs.revive": Sample(path={"job_id": "job"}),
    # visits
    "inspections.put_inspection": Sample(path={"inspection_id": "new_visit"}, data=b"{visit_body}", foreign=KEPT),
    "inspections.get_inspections": Sample(query="station={station}", foreign=HIDDEN),
    "inspections.get_inspection": Sample(path=VISIT, makers_only=True),
    "inspections.get_photo": Sample(path=VISIT | {"sha256": "photo"}, query="size=full", makers_only=True),
    "media.head_medium": Sample(path={"sha256": "photo"}, foreign=OPEN),
    "media.put_medium": Sample(path={"sha256": "photo"}, data=b"{photo_body}", foreign=OPEN),
    "sync.post_plan": Sample(json=ASKED, foreign=OPEN),
    "sync.post_records": Sample(json={"records": [{"id": "{new_visit}", "body": "{visit_body}"}]}, foreign=OPEN),
    "forms.get_forms": Sample(foreign=OPEN),
    "policy.policy_rules": Sample(query="kind=deadline&on=2026-11-20", foreign=OPEN),
    "quarantine.get_quarantine": Sample(foreign=HIDDEN),
    "quarantine.get_kept": Sample(path={"kept_id": "kept"}),
    "quarantine.get_kept_body": Sample(path={"kept_id": "kept"}),
    "quarantine.post_settlement": Sample(path={"kept_id": "kept"}, json={"decision": "rejected", "note": "核对"}),
    # stations and maps
    "stations.stations_of_a_unit": Sample(query="ou={unit}", foreign=HIDDEN, also=(403,)),
    "stations.stations_as_features": Sample(query="ou={unit}", foreign=HIDDEN, also=(403,)),
    "stations.stations_nearby": Sample(query="lon={lon}&lat={lat}", foreign=HIDDEN),
    "stations.one_station": Sample(path=STATION),
    "stations.timeline": Sample(path=STATION),
    "stations.observations": Sample(path=STATION),
    "stations.stations_for_my_phone": Sample(foreign=HIDDEN),
    "stations.stations_for_anybody": Sample(foreign=OPEN),
    "station_changes.propose": Sample(json=PROPOSAL),
    "station_changes.revise": Sample(path=STATION, json={"hours": "8-18"}, headers=MATCH, also=(409, 412)),
    "station_changes.change": Sample(path=STATION, json=MOVE, headers=MATCH, also=(409, 412, 422)),
    # names of units are public facts
    "units.units_listed": Sample(query="parent={unit}", foreign=OPEN),
    "units.unit_resolved": Sample(query="name={unit}", foreign=OPEN),
    "units.unit_shown": Sample(path={"code": "unit"}, foreign=OPEN),
    # the ledger: a trial says no word of what stands elsewhere
    "ledgers.template": Sample(foreign=OPEN),
    "ledgers.take": Sample(data=b"{ledger_body}", headers=MULTIPART, foreign=HIDDEN),
    "ledgers.kept_import": Sample(path={"import_id": "ledger"}),
    "ledgers.export": Sample(query="county={unit}"),
    "maps.stations_as_columns": Sample(query="unit={unit}", foreign=REFUSED),
    "maps.shares_for_units": Sample(query="unit={unit}", foreign=REFUSED),
    "maps.county_outlines": Sample(query="unit={unit}", foreign=REFUSED),
    "maps.names_of_stations": Sample(query="id={station_id}", foreign=HIDDEN),
    "maps.one_station": Sample(path={"station_id": "station_id"}),
}
# Rooms with many doors keep their samples beside their tests; `make` adds the things that these doors speak of.
ROOMS = (samples_filing, samples_review, samples_returns, samples_figures, samples_life, samples_papers, samples_phones,
         samples_coverage, samples_coverage_runs, samples_maps, samples_datums,
         samples_reviewing,
         samples_gis, samples_layers, samples_network, samples_phone, samples_upward, samples_my_months,
         samples_channels)  # fmt: skip
for room in ROOMS:
    SAMPLES |= room.SAMPLES


def build_things(client: FlaskClient, world: World, sessions: sessionmaker[Session]) -> dict[str, dict[str, Any]]:
    """Make, in Jiangyong (`own`) and in Taojiang (`foreign`), one of everything that has an address."""
    own = {"station": "JY001", "unit": "431125", "village": "431125100202", "lon": 111.342, "lat": 25.271,
           "kind": "own_work", "visit": ID_A, "path": "/CN/43/4311/431125/", "by": "chen"}  # fmt: skip
    foreign = {"station": "TJ001", "unit": "430922", "village": "430922100200", "lon": 112.15, "lat": 28.52,
               "kind": "foreign_work", "visit": ID_B, "path": "/CN/43/4309/430922/", "by": "zhou"}  # fmt: skip
    for number, things in enumerate((own, foreign)):
        things.update({"station_id": world.stations[things["station"]], "new_visit": ID_C})
        with sessions.begin() as session:
            things.update(_person_of(session, f"target{number}", things))
        things.update(_visit_of(client, world, number, things))
        with sessions.begin() as session:
            for room in ROOMS:
                things.update(room.make(session, things))
    # An owner's own county has stations of others too.
    return {"own": own, "foreign": foreign, "neighbour": foreign | {"station": "JY002", "village": own["village"],
            "station_id": world.stations["JY002"], "unit": "431125101"}}  # fmt: skip


def _person_of(session: Session, username: str, things: dict[str, Any]) -> dict[str, Any]:
    account = Account(username=username, display_name=username, role="inspector", unit_code=things["unit"],
                      created_at=NOON)  # fmt: skip
    session.add(account)
    session.flush()
    device = Device(account_id=account.id, label=username, token_sha256=username * 8, enrolled_at=NOON)
    session.add(device)
    job = jobs.ask(session, things["kind"], {}, now=NOON, unit_path=things["path"])
    kept = LedgerImport(unit_code=things["unit"], unit_path=things["path"], file_name="t", file_sha256="0" * 64,
                        content=b"", options={}, asked_at=NOON)  # fmt: skip
    session.add(kept)
    session.flush()
    ledger = ("--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"t.csv\"\r\n\r\n"
              f"站点名称,村代码\n新站,{things['village']}\r\n--cut--\r\n")  # fmt: skip
    return {"account": account.id, "device": device.id, "job": job.id, "ledger": kept.id, "ledger_body": ledger}


def _visit_of(client: FlaskClient, world: World, number: int, things: dict[str, Any]) -> dict[str, Any]:
    picture, phone = jpeg(number + 1), world.as_phone(things["by"])
    body = visit(station_code=things["station"], photos=[claim(picture)])
    made = client.put(f"/api/v1/inspections/{things['visit']}", json=body, headers=phone)
    assert made.status_code == 201, made.json
    sent = client.put(f"/api/v1/media/{sha(picture)}", data=picture, headers=phone)
    assert sent.status_code in (200, 201), sent.json
    kept = client.put(f"/api/v1/inspections/{ID_C}", data=f"not a visit {number}", headers=phone)
    assert kept.status_code == 202, kept.json
    assert kept.json is not None
    return {"photo": sha(picture), "photo_body": picture, "kept": kept.json["quarantine_id"],
            "visit_body": json.dumps(visit(station_code=things["station"]))}  # fmt: skip
