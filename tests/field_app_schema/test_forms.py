"""The form that is sent is the form that is documented, to the field."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from flask.testing import FlaskClient
from marshmallow import ValidationError

from field_app_schema.drawing import draw_forms
from field_app_schema.forms import FormsSchema
from tests.world import World


def test_every_drawn_form_fits_its_schema_and_nothing_is_left_over(client: FlaskClient, world: World) -> None:
    answer = client.get("/api/v1/forms", headers=world.as_phone("chen"))
    assert answer.json == draw_forms()
    loaded = FormsSchema().load(answer.json)
    drawn = {form["name"]: [field["name"] for field in form["questions"]] for form in loaded["forms"]}
    assert drawn == {
        "inspection": ["method", "observed_state", "services", "sign_wording", "other_wording", "checks", "note"],
        "found_station": ["name", "village_code", "kind", "note"],
        "month": ["is_nil", "online_sales_out", "upstream_sales", "purchase_agency_amount", "parcels_in",
                  "parcels_out", "note"],
    }  # fmt: skip
    kinds = {field["name"]: field["type"] for form in loaded["forms"] for field in form["questions"]}
    assert (kinds["village_code"], kinds["online_sales_out"], kinds["other_wording"]) == ("village", "money", "text")
    slips = {form["name"]: form["slips"] for form in loaded["forms"]}
    assert (slips["inspection"], slips["found_station"]) == (None, None)
    assert [factor["factor"] for factor in slips["month"]["factors"]] == [10_000, 100, 10]


@pytest.mark.parametrize(
    ("where", "name", "value"),
    [("fields", "type", "colour"), ("fields", "max_length", "many"), ("fields", "surprise", 1),
     ("fields", "left_open", "not_seen"), ("photo_rules", "purpose", "selfie"),
     ("photo_rules", "required_when", {"field": "observed_state"}), ("photo_rules", "offered_when", "always")],
)  # fmt: skip
def test_what_a_phone_could_not_draw_does_not_fit(where: str, name: str, value: Any) -> None:
    forms = copy.deepcopy(draw_forms())
    forms["forms"][0][where][0][name] = value
    with pytest.raises(ValidationError):
        FormsSchema().load(forms)
