"""The document from which the phone's types are drawn: made of nothing, and of one piece with what is answered."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from marshmallow import Schema
from werkzeug.test import TestResponse

from api.document import openapi_document
from field_app_schema.people import AdmittedSchema
from field_app_schema.stations import PhonePageSchema
from field_app_schema.sync import KeptMediumSchema, KeptReceiptSchema, MediumStatusSchema, PlanSchema, ReceiptSchema
from tests.visit_making import ID_A, claim, jpeg, sent, sha
from tests.world import World

ROOT = Path(__file__).parents[2]


def test_it_is_the_document_that_is_served(app: Flask) -> None:
    assert openapi_document() == app.test_client().get("/api/openapi.json").json


def test_it_is_made_without_database_folder_or_settings(tmp_path: Path) -> None:
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "DATABASE_URL": "nonsense", "CUNZHAN_VAR": "/nowhere"}
    made = subprocess.run(
        [sys.executable, "-B", "-m", "api.document"], cwd=tmp_path, env=env, capture_output=True, check=True
    )
    assert json.loads(made.stdout)["paths"].keys() >= {"/api/v1/forms", "/api/v1/sync/plan", "/api/v1/my/stations"}
    assert list(tmp_path.iterdir()) == []


def fits(schema: Schema, answer: TestResponse, status: int) -> Any:
    """Say whether an answer has every documented field, as documented, and no other."""
    assert answer.status_code == status
    assert schema.validate(answer.json or {}) == {}
    return answer.json


def test_what_a_phone_is_answered_has_the_documented_fields(client: FlaskClient, world: World) -> None:
    phone, picture = world.as_phone("chen"), jpeg(3)
    spoilt = b"no picture at all, whatever it is called"
    visit = sent(photos=[claim(picture), claim(spoilt, "front")])
    fits(ReceiptSchema(), client.put(f"/api/v1/inspections/{ID_A}", data=visit, headers=phone), 201)
    other = client.put(f"/api/v1/inspections/{ID_A}", data=sent(note="not the same"), headers=phone)
    assert fits(KeptReceiptSchema(), other, 202)["code"] == "KEPT_ASIDE"
    fits(MediumStatusSchema(), client.put(f"/api/v1/media/{sha(picture)}", data=picture, headers=phone), 201)
    aside = fits(KeptMediumSchema(), client.put(f"/api/v1/media/{sha(spoilt)}", data=spoilt, headers=phone), 202)
    assert (aside["complete"], aside["received_bytes"]) == (True, len(spoilt))
    asked = {"records": [{"id": ID_A, "sha256": sha(visit)}], "media": [{"sha256": sha(picture), "size": 9}]}
    fits(PlanSchema(), client.post("/api/v1/sync/plan", json=asked, headers=phone), 200)
    fits(PhonePageSchema(), client.get("/api/v1/my/stations", headers=phone), 200)


def test_what_a_phone_is_admitted_with_has_the_documented_fields(client: FlaskClient, world: World) -> None:
    person = {"account_id": world.accounts["chen"].id}
    enrolment = client.post("/api/v1/enrolments", json=person, headers=world.as_phone("jiang")).json
    assert enrolment is not None
    asked = {"code": enrolment["code"], "device_label": "备用机"}
    fits(AdmittedSchema(), client.post("/api/v1/devices", json=asked), 201)
