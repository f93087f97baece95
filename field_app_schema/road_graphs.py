"""Road networks on the wire: how a file is to be read, what its check found, and those that are kept."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from field_app_schema.fields import PlainText
from field_app_schema.frames import FramedUnitSchema
from field_app_schema.ledgers import LedgerProblemSchema
from field_app_schema.station_changes import Strict
from field_app_schema.stations import code
from field_app_schema.vocab import CoordSystem


class RoadGraphQuerySchema(Strict):
    """For which unit the roads are, what they are called, and the datum of the degrees; by default nothing is saved."""

    unit = code(load_default=None, metadata={"description": "为哪个单位导入,不写即本单位 / the unit the roads are for"})
    name = PlainText(load_default="", validate=validate.Length(max=120), metadata={"description": "名称 / its name"})
    file = PlainText(load_default="", validate=validate.Length(max=200), metadata={"description": "文件名 / its file"})
    dry_run = fields.Boolean(load_default=True)
    coord_system = fields.Enum(CoordSystem, by_value=True, load_default=CoordSystem.CGCS2000)
    layer = PlainText(
        load_default=None, validate=validate.Length(1, 100),
        metadata={"description": "有多个工作表或图层时指定 / which sheet or layer, where there are several"},
    )  # fmt: skip


class RoadGraphsQuerySchema(Strict):
    """Of which unit, the caller's own without one."""

    ou = code()


class RoadCheckSchema(Schema):
    """What the check found: connectivity, units, speeds; the rows named are those of the file, at most twenty."""

    nodes = fields.Integer(required=True)
    edges = fields.Integer(required=True)
    components = fields.Integer(required=True, metadata={"description": "互不相通的片数 / parts that do not meet"})
    share_in_largest = fields.Float(required=True, allow_none=True)
    apart = fields.List(fields.String(), required=True)
    length_km = fields.Float(required=True)
    derived = fields.Integer(required=True, metadata={"description": "没填分钟的路段 / edges without minutes"})
    unknown_classes = fields.Integer(required=True)
    median_speed_km_h = fields.Float(required=True, allow_none=True)
    odd_lengths = fields.Integer(required=True)
    odd_length_rows = fields.List(fields.Integer(), required=True)
    odd_speeds = fields.Integer(required=True)
    odd_speed_rows = fields.List(fields.Integer(), required=True)
    unusable = fields.List(fields.String(), required=True)


class RoadsTakenSchema(Schema):
    """What came of a road file; `errors` names at most 500 cells, the count is whole."""

    id = fields.Integer(required=True, allow_none=True)
    unit = fields.String(required=True)
    dry_run = fields.Boolean(required=True)
    saved = fields.Boolean(required=True)
    usable = fields.Boolean(required=True)
    check = fields.Nested(RoadCheckSchema, required=True)
    reasons = fields.List(fields.Nested(LedgerProblemSchema), required=True)
    notices = fields.List(fields.Nested(LedgerProblemSchema), required=True)
    error_count = fields.Integer(required=True)
    errors = fields.List(fields.Nested(LedgerProblemSchema), required=True)


class RoadGraphSchema(Schema):
    """A network that is kept."""

    id = fields.Integer(required=True)
    unit = fields.String(required=True)
    unit_name = fields.String(required=True)
    name = fields.String(required=True)
    file_name = fields.String(required=True)
    sha256 = fields.String(required=True)
    check = fields.Nested(RoadCheckSchema, required=True)
    imported_at = fields.AwareDateTime(required=True)
    imported_by = fields.String(required=True, allow_none=True)
    withdrawn_at = fields.AwareDateTime(required=True, allow_none=True)


class RoadGraphsSchema(Schema):
    """The newest 200 networks of a unit and of those below it.

    Figures of a unit use its newest network in use, else that of the nearest unit above it.
    """

    unit = fields.Nested(FramedUnitSchema, required=True)
    graphs = fields.List(fields.Nested(RoadGraphSchema), required=True)
    permissions = fields.Dict(keys=fields.String(), values=fields.Boolean(), required=True)
