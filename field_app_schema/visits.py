"""A visit as a phone sends it: one definition for the check on arrival, the OpenAPI document and the phone's form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from field_app_schema.asked import asked_fields
from field_app_schema.fields import SHA256, Instant, PlainText, VersionMark
from field_app_schema.messages import in_both_languages
from field_app_schema.records import check_photos, parse_record
from field_app_schema.refusals import Refusal
from field_app_schema.vocab import CheckAnswer, CoordSystem, ObservedState, PhotoPurpose, Service, VisitMethod


class SignWording(StrEnum):
    """The classes of wording an inspector can see on a sign (domain model F6)."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"
    OTHER_WORDING = "other_wording"
    UNREADABLE = "unreadable"
    ABSENT = "absent"


class VisitCheck(StrEnum):
    """Review point 3 of 2020, as far as a visitor can see it in ten minutes."""

    STAFF_PRESENT = "staff_present"
    ONLINE_SALES = "online_sales"
    PARCEL_SERVICE = "parcel_service"


WORKING_STATES = (ObservedState.OPEN_OPERATING, ObservedState.OPEN_WEAKENED)
OPEN_STATES = (*WORKING_STATES, ObservedState.OPEN_OTHER_BUSINESS)
WORKING = {"field": "observed_state", "in": list(WORKING_STATES)}
OPEN = {"field": "observed_state", "in": list(OPEN_STATES)}
# Calls and papers are judged at a desk, where no photo can be asked for; the phone offers what is done on the spot.
ON_THE_SPOT = [VisitMethod.SITE_VISIT, VisitMethod.UNANNOUNCED, VisitMethod.CROSS, VisitMethod.LOOK_BACK]


# What every question that is not demanded may be answered with instead.
LEFT_OPEN = [CheckAnswer.NOT_SEEN.value, CheckAnswer.NOT_APPLICABLE.value]
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class PhotoRule:
    """A photo a rule needs as evidence, and the observed states in which it does (domain §5: never without need).

    `is_demanded` False: the phone offers it in these states, and nobody must take it.
    """

    purpose: PhotoPurpose
    when_observed: tuple[ObservedState, ...]
    is_demanded: bool = True


PHOTO_RULES = (
    PhotoRule(PhotoPurpose.SIGN, OPEN_STATES),
    PhotoRule(PhotoPurpose.CLOSED_DOOR, (ObservedState.CLOSED_AT_VISIT,)),
    PhotoRule(PhotoPurpose.PLAQUE_REMOVED, (ObservedState.CLOSED_SIGN_REMOVED, ObservedState.GONE)),
    PhotoRule(PhotoPurpose.FRONT, (ObservedState.GONE, ObservedState.NOT_FOUND)),
    # One picture of the counter says more than three ticks, but the notices ask for the sign only.
    PhotoRule(PhotoPurpose.INSIDE, WORKING_STATES, is_demanded=False),
)


class Strict(Schema):
    """A schema to which an unknown field is an error: what nobody reads must not be thought received."""

    class Meta:
        unknown = RAISE


class AnswersSchema(Strict):
    """Answers to the questions that have no place of their own in the record."""

    services = fields.List(
        fields.Enum(Service, by_value=True), validate=validate.Length(max=len(Service)),
        metadata={"asked": 3, "show_when": WORKING, "left_open": LEFT_OPEN},
    )  # fmt: skip
    sign_wording = fields.Enum(
        SignWording, by_value=True, metadata={"asked": 4, "show_when": OPEN, "left_open": LEFT_OPEN}
    )
    # The wording itself, where it is neither of the two that the notices name (F6).
    other_wording = PlainText(
        validate=validate.Length(max=100),
        metadata={
            "asked": 4.5,
            "show_when": {"field": "sign_wording", "in": [SignWording.OTHER_WORDING]},
            "left_open": LEFT_OPEN,
        },
    )


class FixSchema(Strict):
    """Where the phone was: degrees in `coord_system`, metres, seconds since the fix. Judged by the domain."""

    lon = fields.Float(required=True)
    lat = fields.Float(required=True)
    accuracy_m = fields.Float(required=True, allow_none=True, validate=validate.Range(min=0, max=10_000_000))
    coord_system = fields.Enum(CoordSystem, by_value=True, required=True)
    provider = PlainText(allow_none=True, load_default=None, validate=validate.Length(max=40))
    age_s = fields.Float(allow_none=True, load_default=None, validate=validate.Range(min=0))


class ExifSchema(Strict):
    """What a chosen file said of itself before it was shrunk: EXIF 2.32 tags by name, plain values only."""

    tags = fields.Dict(
        keys=PlainText(validate=validate.Length(1, 40)), values=PlainText(validate=validate.Length(max=200)),
        required=True, validate=validate.Length(max=80),
    )  # fmt: skip


class CaptureSchema(Strict):
    """How the phone judged a picture, and what it was before it was shrunk; pixels, degrees off level, grey 0 to 255.

    `sharpness` is the variance of the Laplacian of the picture at 320 px; none of it is ever a reason to refuse.
    """

    source = fields.String(required=True, validate=validate.OneOf(["camera", "file"]))
    sharpness = fields.Float(load_default=None, allow_none=True, validate=validate.Range(min=0))
    brightness = fields.Float(load_default=None, allow_none=True, validate=validate.Range(0, 255))
    tilt_deg = fields.Float(load_default=None, allow_none=True, validate=validate.Range(-180, 180))
    kept_anyway = fields.Boolean(load_default=False)
    original_sha256 = fields.String(
        load_default=None, allow_none=True, validate=validate.Regexp(SHA256.pattern + r"\Z")
    )
    original_size = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 1_000_000_000)
    )


class SealSchema(Strict):
    """What the phone signed when it kept the photo, to the letter, and its signature (base64, IEEE P1363)."""

    payload = PlainText(required=True, validate=validate.Length(max=2000))
    signature = PlainText(required=True, validate=validate.Length(max=200))


class PhotoClaimSchema(Strict):
    """A photo the phone will send, named by its SHA-256."""

    sha256 = fields.String(required=True, validate=validate.Regexp(SHA256.pattern + r"\Z"))
    purpose = fields.Enum(PhotoPurpose, by_value=True, required=True)
    size = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=1_000_000_000))
    mime = PlainText(required=True, validate=validate.Length(min=1, max=24))
    taken_at = Instant(allow_none=True, load_default=None)
    exif = fields.Nested(ExifSchema, allow_none=True, load_default=None)
    capture = fields.Nested(CaptureSchema, allow_none=True, load_default=None)
    # Never a reason to refuse; older phones make none.
    seal = fields.Nested(SealSchema, allow_none=True, load_default=None)


class ClockSchema(Strict):
    """What the phone knew of the time; kept as evidence of how far its clock may be trusted."""

    wall = Instant(required=True)
    monotonic_ms_since_sync = fields.Float(allow_none=True, load_default=None)
    last_server_time = Instant(allow_none=True, load_default=None)
    # The server's own time as it signed it for this phone in the last plan; only with it is `last_server_time` proved.
    signed_time = PlainText(allow_none=True, load_default=None, validate=validate.Length(max=200))
    time_zone = PlainText(allow_none=True, load_default=None, validate=validate.Length(max=64))


class VisitSchema(Strict):
    """One visit; its photos' bytes come apart, named by SHA-256."""

    station_code = PlainText(required=True, validate=validate.Length(min=1, max=40))
    method = fields.Enum(VisitMethod, by_value=True, required=True, metadata={"asked": 1, "offered": ON_THE_SPOT})
    started_at = Instant(required=True)
    ended_at = Instant(required=True)
    captured_at = Instant(required=True)
    observed_state = fields.Enum(ObservedState, by_value=True, required=True, metadata={"asked": 2})
    answers = fields.Nested(AnswersSchema, required=True)
    checks = fields.Dict(
        keys=fields.Enum(VisitCheck, by_value=True), values=fields.Enum(CheckAnswer, by_value=True), load_default=dict,
        metadata={"asked": 5, "show_when": WORKING, "left_open": LEFT_OPEN},
    )  # fmt: skip
    fix = fields.Nested(FixSchema, required=True, allow_none=True)
    note = PlainText(allow_none=True, load_default=None, validate=validate.Length(max=500), metadata={"asked": 6})
    photos = fields.List(fields.Nested(PhotoClaimSchema), required=True, validate=validate.Length(max=20))
    clock = fields.Nested(ClockSchema, required=True)
    form_version = VersionMark(required=True, metadata={"type": ["string", "integer"]})
    # A question that may be left open, left open on purpose.
    not_answered = fields.Dict(
        keys=PlainText(validate=validate.Length(1, 40)), values=fields.String(validate=validate.OneOf(LEFT_OPEN)),
        load_default=dict, validate=validate.Length(max=40),
    )  # fmt: skip
    # The returned visit that this one makes good.
    replaces = fields.String(load_default=None, allow_none=True, validate=validate.Regexp(UUID.pattern + r"\Z"))


# Made once: it holds nothing of any one visit.
_VISIT = VisitSchema()
_ASKED = dict(asked_fields(_VISIT.fields))
# Every question of the visit by its name, and those that may be left open on purpose.
VISIT_QUESTIONS = frozenset(_ASKED)
MAY_STAY_OPEN = frozenset(name for name, field in _ASKED.items() if "left_open" in field.metadata)


def read_visit(body: bytes, corrections: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Read a visit from its bytes, `corrections` laid over its top-level fields.

    Refuses with BODY_MALFORMED where it is not a JSON object, with BAD_INPUT naming every wrong field.
    """
    content = {**parse_record(body, lenient=corrections is not None), **(corrections or {})}
    try:
        visit: dict[str, Any] = _VISIT.load(content)
    except ValidationError as error:
        raise Refusal("BAD_INPUT", errors=in_both_languages(error.messages_dict)) from error
    check_photos(visit)
    check_left_open(visit)
    return visit


def check_edit(answers: Mapping[str, Any], checks: Mapping[str, Any], not_answered: Mapping[str, str]) -> None:
    """Refuse with BAD_INPUT where an edit leaves a question both answered and open."""
    check_left_open({"answers": answers, "checks": checks, "not_answered": not_answered})


def check_left_open(visit: Mapping[str, Any]) -> None:
    """Refuse with BAD_INPUT, by its name, what cannot be left open and what is both left open and answered."""
    answered = visit["answers"].keys() | ({"checks"} if visit["checks"] else set())
    wrong = {
        name: ["已有回答,不能同时说没看到 / answered, and yet left open"] if name in answered
        else ["没有这个可以留空的问题 / no question that may be left open"]
        for name in visit["not_answered"]
        if name in answered or name not in MAY_STAY_OPEN
    }  # fmt: skip
    if wrong:
        raise Refusal("BAD_INPUT", errors={"not_answered": wrong})
