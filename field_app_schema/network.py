"""The logistics network on the wire: how a file is to be read, what came of it, and the lists of what stands."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from field_app_schema.fields import PlainText
from field_app_schema.frames import FramedUnitSchema, FrameSchema
from field_app_schema.ledgers import LedgerProblemSchema
from field_app_schema.station_changes import Strict
from field_app_schema.stations import DatesQuerySchema, code, word
from field_app_schema.vocab import CoordQuality, CoordSystem
from field_app_schema.vocab_network import Handover, LogisticsLevel, NetworkFile


class NetworkImportQuerySchema(Strict):
    """What the body holds and how to read it; by default nothing is saved."""

    kind = fields.Enum(NetworkFile, by_value=True, required=True)
    unit = code(load_default=None, metadata={"description": "为哪个单位导入,不写即本单位 / the unit the file is for"})
    dry_run = fields.Boolean(load_default=True)
    name = PlainText(load_default="", validate=validate.Length(max=200), metadata={"description": "文件名 / its name"})
    coord_system = fields.Enum(
        CoordSystem, by_value=True, load_default=CoordSystem.CGCS2000,
        metadata={"description": "没有写坐标系的行按它读取 / the datum of rows that name none"},
    )  # fmt: skip
    layer = PlainText(
        load_default=None, validate=validate.Length(1, 100),
        metadata={"description": "有多个工作表或图层时指定 / which sheet or layer, where there are several"},
    )  # fmt: skip


class NetworkCountsSchema(Schema):
    """Rows of a file by what became, or would become, of them."""

    rows = fields.Integer(required=True)
    new = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    same = fields.Integer(required=True)
    ended = fields.Integer(required=True)
    wrong = fields.Integer(required=True)


class NetworkTakenSchema(Schema):
    """What came of a file; `errors` and `notices` name at most 500 of each, the counts are whole."""

    import_id = fields.Integer(required=True, allow_none=True)
    kind = word(NetworkFile)
    unit = fields.Nested(FramedUnitSchema, required=True)
    dry_run = fields.Boolean(required=True)
    saved = fields.Boolean(required=True)
    counts = fields.Nested(NetworkCountsSchema, required=True)
    error_count = fields.Integer(required=True)
    errors = fields.List(fields.Nested(LedgerProblemSchema), required=True)
    notices = fields.List(fields.Nested(LedgerProblemSchema), required=True)


class NetworkQuerySchema(DatesQuerySchema, Strict):
    """Of which unit and day, as known when; which page."""

    ou = code()
    page = fields.Integer(load_default=1, validate=validate.Range(1, 1_000_000))
    page_size = fields.Integer(load_default=100, validate=validate.Range(1, 1000))


class NodesQuerySchema(NetworkQuerySchema):
    """The same, of one level."""

    level = fields.Enum(LogisticsLevel, by_value=True, load_default=None, allow_none=True)


class PagedAnswerSchema(Schema):
    """One page of a list, with its frame."""

    frame = fields.Nested(FrameSchema, required=True)
    total = fields.Integer(required=True)
    page = fields.Integer(required=True)
    page_size = fields.Integer(required=True)


def said(**more: Any) -> fields.String:
    """A text that may be missing."""
    return fields.String(required=True, allow_none=True, **more)


def amount(**more: Any) -> fields.Float:
    """A number that may be missing."""
    return fields.Float(required=True, allow_none=True, **more)


class DatedRowSchema(Schema):
    """From when to when a row holds (the end excluded), and when it was recorded."""

    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)


class NodeSchema(DatedRowSchema):
    """A logistics node; degrees of CGCS2000."""

    code = fields.String(required=True)
    level = word(LogisticsLevel)
    name = fields.String(required=True)
    operator = said()
    unit_code = fields.String(required=True)
    unit_name = fields.String(required=True)
    address = said()
    lon = amount()
    lat = amount()
    coord_quality = word(CoordQuality)
    promised_days = amount()
    parcels_a_day = amount()
    villages_served = fields.List(fields.String(), required=True)


class NodesSchema(PagedAnswerSchema):
    rows = fields.List(fields.Nested(NodeSchema), required=True)


class RouteSchema(DatedRowSchema):
    """A route between two nodes."""

    from_code = fields.String(required=True)
    from_name = said()
    to_code = fields.String(required=True)
    to_name = said()
    operator = said()
    trips_per_week = amount()
    days = amount()


class RoutesSchema(PagedAnswerSchema):
    rows = fields.List(fields.Nested(RouteSchema), required=True)


class CourierSchema(DatedRowSchema):
    """A courier company's service of a village."""

    village_code = fields.String(required=True)
    village_name = fields.String(required=True)
    courier = fields.String(required=True)
    handover = word(Handover)
    trips_per_week = amount()
    promised_days = amount()


class CouriersSchema(PagedAnswerSchema):
    rows = fields.List(fields.Nested(CourierSchema), required=True)


class PeopleCountSchema(Schema):
    """People of a village by the count of a year."""

    year = fields.Integer(required=True)
    people = fields.Integer(required=True)


class VillageLinkSchema(Schema):
    """A station serves the village."""

    station = fields.String(required=True)
    services = fields.List(fields.String(), required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True, allow_none=True)


class NetworkVillageSchema(Schema):
    """A village; without a place of its own it lies where its township does, and `placed_by` says so."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    township_code = said()
    township_name = said()
    village_class = said()
    people = fields.List(fields.Nested(PeopleCountSchema), required=True)
    poor_years = fields.List(fields.Integer(), required=True)
    is_remote = fields.Boolean(required=True)
    lon = amount()
    lat = amount()
    coord_quality = word(CoordQuality)
    placed_by = fields.String(
        required=True, validate=validate.OneOf(["own", "township_seat", "nowhere"])
    )
    links = fields.List(fields.Nested(VillageLinkSchema), required=True)


class NetworkVillagesSchema(PagedAnswerSchema):
    rows = fields.List(fields.Nested(NetworkVillageSchema), required=True)


class NetworkImportSchema(Schema):
    """A file that was taken in."""

    id = fields.Integer(required=True)
    kind = word(NetworkFile)
    unit_code = fields.String(required=True)
    unit_name = fields.String(required=True)
    file_name = fields.String(required=True)
    sha256 = fields.String(required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    imported_by = said()
    imported_at = fields.AwareDateTime(required=True)


class NetworkImportsSchema(PagedAnswerSchema):
    """Imports, newest first, and counts of what stands on the day."""

    rows = fields.List(fields.Nested(NetworkImportSchema), required=True)
    standing = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
