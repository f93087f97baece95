"""What the map's slider of days and the comparison of two days ask and are answered."""

from __future__ import annotations

from marshmallow import RAISE, Schema, fields, validate

from field_app_schema.frames import FrameSchema
from field_app_schema.maps import MapFiltersSchema, SurvivalSchema


class DaysQuerySchema(Schema):
    """Of which unit; by default the caller's own."""

    class Meta:
        unknown = RAISE

    unit = fields.String(validate=validate.Length(min=2, max=12))


class ChangeDaySchema(Schema):
    """A day with changes: how many stations took which state, how many had their listing changed, both together."""

    day = fields.Date()
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    listings = fields.Integer()
    changes = fields.Integer()


class ChangeDaysSchema(Schema):
    """The days with changes, oldest first."""

    frame = fields.Nested(FrameSchema)
    days = fields.List(fields.Nested(ChangeDaySchema))


class DifferencesQuerySchema(MapFiltersSchema):
    """The filters of the map, and the two days in place of one."""

    a = fields.Date(required=True)
    b = fields.Date(required=True)


class MapDaySchema(Schema):
    """One of the two days: how many stations, in which states, and the survival figures."""

    as_of = fields.Date()
    n = fields.Integer()
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    survival = fields.Nested(SurvivalSchema)


class MoveSchema(Schema):
    """How many stations went from one state to another; an empty state is «not on the map that day»."""

    before = fields.String()
    after = fields.String()
    n = fields.Integer()


class ChangedStationSchema(Schema):
    """One station that is another on the second day; lon and lat in the datum of the tiles."""

    id = fields.Integer()
    lon = fields.Float(allow_none=True)
    lat = fields.Float(allow_none=True)
    before = fields.String()
    after = fields.String()


class MapDifferencesSchema(Schema):
    """What is different between two days, counted and station by station (at most 2,000 of them)."""

    frame = fields.Nested(FrameSchema)
    a = fields.Nested(MapDaySchema)
    b = fields.Nested(MapDaySchema)
    died = fields.Integer()
    revived = fields.Integer()
    became_unknown = fields.Integer()
    came = fields.Integer()
    left = fields.Integer()
    moves = fields.List(fields.Nested(MoveSchema))
    changed = fields.Integer()
    stations = fields.List(fields.Nested(ChangedStationSchema))
