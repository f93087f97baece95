"""Phones: a one-time code made by staff, swapped for a token of the phone's own, which staff can revoke."""

from __future__ import annotations

from typing import Any

import segno
from flask import current_app, request
from flask_smorest import Blueprint
from flask_smorest.pagination import PaginationParameters

from api.boundary import caller, may, now, session
from api.config import Config
from api.papers.cards import enrolment_link
from field_app_schema.people import (
    AdmittedSchema,
    DeviceQuerySchema,
    DeviceSchema,
    EnrolmentSchema,
    NewDeviceSchema,
    NewEnrolmentSchema,
    NewKeySchema,
    RegisteredKeySchema,
    RevokeQuerySchema,
    WatchedSchema,
)
from inspections.chain.keys import RegisteredKey, register_key
from stations.people.devices import DeviceRow, Watched, list_devices, revoke_device, watch_device
from stations.people.enrolling import admit_device, make_enrolment
from stations.people.profile import person_of
from stations.people.signing_in import caller_of

blp = Blueprint("devices", __name__, description="手机登记 / phones")


@blp.route("/enrolments", methods=["POST"])
@may("device.manage")
@blp.arguments(NewEnrolmentSchema)
@blp.response(201, EnrolmentSchema)
def enrol(asked: dict[str, int]) -> dict[str, Any]:
    """Make a one-time code for somebody's phone, with its QR picture; it is shown only in this answer."""
    config: Config = current_app.extensions["cunzhan_config"]
    new = make_enrolment(session(), caller(), asked["account_id"], now=now(), minutes=config.enrolment_minutes)
    link = enrolment_link(request.host_url, new.code)
    return vars(new) | {"link": link, "qr_svg": qr_picture(link)}


@blp.route("/devices", methods=["POST"])
@may("anyone")
@blp.arguments(NewDeviceSchema)
@blp.response(201, AdmittedSchema)
def admit(asked: dict[str, Any]) -> dict[str, Any]:
    """Swap a one-time code for this phone's own token, once and in time; again for the same `secret` alone.

    With its `public_key` the seals of its photos can be checked; an older phone has none.
    """
    admitted = admit_device(session(), asked["code"], asked["device_label"], now=now(), secret=asked["secret"])
    if asked["public_key"] is not None:
        phone = caller_of(admitted.account, admitted.unit.path, admitted.device_id)
        register_key(session(), phone, asked["public_key"], now=now())
    account = person_of(admitted.account, admitted.unit)
    return vars(admitted) | {"account": account, "server_time": now()}


@blp.route("/my/device")
@may("anyone")
@blp.response(200, WatchedSchema)
def my_device() -> Watched:
    """Is this phone revoked? Asked by a phone locked by its PIN, with `Authorization: Watch <watch_token>`."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return watch_device(session(), token.strip() if scheme == "Watch" else "")


@blp.route("/my/device/key", methods=["PUT"])
@may("visit.record")
@blp.arguments(NewKeySchema)
@blp.response(200, RegisteredKeySchema)
def put_key(asked: dict[str, str]) -> RegisteredKey:
    """Register the key of a phone that was enrolled before it had one; the same again changes nothing."""
    return register_key(session(), caller(), asked["public_key"], now=now())


@blp.route("/devices")
@may("device.manage")
@blp.arguments(DeviceQuerySchema, location="query")
@blp.response(200, DeviceSchema(many=True))
@blp.paginate(page_size=50, max_page_size=500)
def devices(query: dict[str, Any], pagination_parameters: PaginationParameters) -> list[DeviceRow]:
    """The phones in my area, newest first, revoked ones too; or those of one person."""
    page = pagination_parameters
    rows, page.item_count = list_devices(session(), caller(), limit=page.page_size, offset=page.first_item, **query)
    return rows


@blp.route("/devices/<int:device_id>", methods=["DELETE"])
@may("device.manage")
@blp.arguments(RevokeQuerySchema, location="query")
@blp.response(204)
def revoke(query: dict[str, bool], device_id: int) -> None:
    """Revoke a phone from its next request on; a lost one erases also what it never sent. Again changes nothing."""
    revoke_device(session(), caller(), device_id, now=now(), **query)


def qr_picture(link: str) -> str:
    """Give the link as a QR code, an SVG in a `data:` address for <img src>."""
    picture: str = segno.make(link, error="m", micro=False).svg_data_uri(scale=5, border=4)
    return picture
