"""Stations on the wire: what is answered, and the questions that may be asked of lists."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from field_app_schema.fields import Instant, PlainText
from field_app_schema.report_channels import ShownChannelSchema
from field_app_schema.vocab import CoordSystem, ListingStatus, ObservedState, Service, StationKind, Vitality


class Box(fields.Field[tuple[float, float, float, float]]):
    """`west,south,east,north` in CGCS2000 degrees, as OGC API Features writes it; the date line is not crossed."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Any, **kwargs: Any
    ) -> tuple[float, float, float, float]:
        said = "应为 西,南,东,北 / must be west,south,east,north in degrees"
        try:
            west, south, east, north = (float(part) for part in str(value).split(","))
        except ValueError as error:
            raise ValidationError(said) from error
        if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
            raise ValidationError(said)
        return (west, south, east, north)


def code(**more: Any) -> PlainText:
    """A unit or station code."""
    return PlainText(validate=validate.Length(1, 40), **more)


def word(words: type[StrEnum], **more: Any) -> fields.String:
    """A word of a closed list in an answer; the register holds it as text."""
    return fields.String(required=True, validate=validate.OneOf([one.value for one in words]), **more)


class DatesQuerySchema(Schema):
    """Which day, and what was known when; nothing means now."""

    as_of = fields.Date(metadata={"description": "有效日期(中国) / the day in China"})
    known_at = Instant(metadata={"description": "按该时刻已知的情况 / as known at this instant"})


class FilterQuerySchema(DatesQuerySchema):
    ou = code()
    ou_mode = fields.String(validate=validate.OneOf(["SELECTED", "CHILDREN", "DESCENDANTS"]))
    listing_status = fields.List(fields.Enum(ListingStatus, by_value=True))
    vitality = fields.List(fields.Enum(Vitality, by_value=True))
    kind = fields.List(fields.Enum(StationKind, by_value=True))
    q = PlainText(validate=validate.Length(1, 60), metadata={"description": "名称、编号或村 / name, code or village"})
    unseen_since = fields.Date(metadata={"description": "此日起没人看过,含从未看过 / unseen from this day on"})


class FeaturesQuerySchema(FilterQuerySchema):
    bbox = Box(metadata={"type": "string", "description": "west,south,east,north"})
    limit = fields.Integer(load_default=1000, validate=validate.Range(1, 5000))
    offset = fields.Integer(load_default=0, validate=validate.Range(0, 10_000_000))


class NearQuerySchema(Schema):
    """Where somebody stands: degrees in `coord_system`, metres."""

    lon = fields.Float(required=True)
    lat = fields.Float(required=True)
    coord_system = fields.Enum(CoordSystem, by_value=True, load_default=CoordSystem.WGS84)
    accuracy = fields.Float(load_default=0.0, validate=validate.Range(0, 10_000))
    radius = fields.Float(load_default=2000.0, validate=validate.Range(1, 50_000))
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 500))


class NearStationSchema(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)
    village_code = fields.String(required=True)
    kind = fields.String(required=True)
    listing_status = fields.String(required=True)
    lon = fields.Float(required=True, allow_none=True)
    lat = fields.Float(required=True, allow_none=True)
    distance_m = fields.Float(required=True, allow_none=True)
    why = fields.List(fields.String(), required=True)


class NearAnswerSchema(Schema):
    stations = fields.List(fields.Nested(NearStationSchema), required=True)


class StationSchema(Schema):
    """A station as it stands or stood; the phone of its head only for those who may see it."""

    code = fields.String(required=True)
    kind = word(StationKind)
    name = fields.String(required=True)
    host_type = fields.String(required=True)
    operator = fields.String(required=True, allow_none=True)
    is_subsidised = fields.Boolean(required=True, allow_none=True)
    village_code = fields.String(required=True)
    village_name = fields.String(required=True)
    township_name = fields.String(required=True, allow_none=True)
    address = fields.String(required=True, allow_none=True)
    lon = fields.Float(required=True, allow_none=True)
    lat = fields.Float(required=True, allow_none=True)
    coord_quality = fields.String(required=True)
    services = fields.List(word(Service), required=True)
    head_name = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)
    hours = fields.String(required=True, allow_none=True)
    listing_status = word(ListingStatus)
    vitality = word(Vitality)
    vitality_confidence = fields.String(required=True, allow_none=True)
    vitality_reason = fields.String(required=True)
    vitality_since = fields.Date(required=True, allow_none=True)
    vitality_recheck_on = fields.Date(required=True, allow_none=True)
    vitality_rule_version = fields.String(required=True, allow_none=True)
    last_observed_at = fields.AwareDateTime(required=True, allow_none=True)
    last_observed_state = word(ObservedState, allow_none=True)
    revision = fields.Integer(required=True)


class StationPageSchema(Schema):
    stations = fields.List(fields.Nested(StationSchema), required=True)
    total = fields.Integer(required=True)
    as_of = fields.Date(required=True)


class VillageServedSchema(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)
    services = fields.List(fields.String(), required=True)


class StationDetailSchema(StationSchema):
    """One station with what it was told with, whom it serves, and what the asker may do."""

    lon_raw = fields.Float(required=True, allow_none=True)
    lat_raw = fields.Float(required=True, allow_none=True)
    coord_system = fields.String(required=True, allow_none=True)
    extra = fields.Dict(required=True)
    villages_served = fields.List(fields.Nested(VillageServedSchema), required=True)
    permissions = fields.Dict(keys=fields.String(), values=fields.Boolean(), required=True)
    as_of = fields.Date(required=True)


class PhoneQuerySchema(Schema):
    after = fields.Integer(load_default=0, validate=validate.Range(0, 2**31 - 1))
    limit = fields.Integer(load_default=200, validate=validate.Range(1, 500))


class PhoneStationSchema(StationSchema):
    class Meta:
        fields = (
            "code", "name", "kind", "village_code", "village_name", "township_name", "lon", "lat", "services",
            "listing_status", "vitality", "vitality_since", "last_observed_at", "last_observed_state",
        )  # fmt: skip


class PhonePageSchema(Schema):
    """Stations a phone may visit; `next` goes back as `after`, null at the end."""

    stations = fields.List(fields.Nested(PhoneStationSchema), required=True)
    next = fields.Integer(required=True, allow_none=True)
    as_of = fields.Date(required=True)


class PublicQuerySchema(Schema):
    unit = code()


class PublicStationSchema(Schema):
    """What anybody may know of a listed station: no person, no number, no state."""

    name = fields.String(required=True)
    kind = word(StationKind)
    village_code = fields.String(required=True)
    village_name = fields.String(required=True)
    township_name = fields.String(required=True, allow_none=True)
    services = fields.List(word(Service), required=True)


class SettledSignSchema(Schema):
    """What the sign says by the last approved visit; `not_required`: none is there and none is asked for."""

    sign_class = fields.String(required=True)
    seen_on = fields.Date(required=True)


class SignedStationSchema(PublicStationSchema):
    """The station whose plaque was scanned; one that is not listed any more names no service."""

    class Meta:
        exclude = ("village_code",)

    code = fields.String(required=True)
    is_listed = fields.Boolean(required=True)
    sign = fields.Nested(SettledSignSchema, required=True, allow_none=True)
    channels = fields.List(fields.Nested(ShownChannelSchema), required=True)


class PublicPageSchema(Schema):
    stations = fields.List(fields.Nested(PublicStationSchema), required=True)
    total = fields.Integer(required=True)
