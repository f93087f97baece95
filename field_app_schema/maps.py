"""What the map asks and is answered."""

from __future__ import annotations

from marshmallow import RAISE, Schema, fields, validate

from field_app_schema.vocab import ListingStatus, UnitLevel, Vitality

SHARE_LEVELS = (UnitLevel.PROVINCE, UnitLevel.PREFECTURE, UnitLevel.COUNTY, UnitLevel.TOWNSHIP)


class MapFiltersSchema(Schema):
    """Filters of the map; a list is a repeated parameter, and none means all."""

    class Meta:
        unknown = RAISE

    unit = fields.String(validate=validate.Length(min=2, max=12))
    vitality = fields.List(fields.Enum(Vitality, by_value=True))
    listing_status = fields.List(fields.Enum(ListingStatus, by_value=True))
    known_at = fields.AwareDateTime()


class MapQuerySchema(MapFiltersSchema):
    """The filters and the day."""

    as_of = fields.Date()


class StationsQuerySchema(MapQuerySchema):
    """The same, and which columns: all, those that a first drawing needs, or the ids for what is touched later."""

    parts = fields.String(load_default="all", validate=validate.OneOf(("all", "places", "ids")))


class SharesQuerySchema(MapQuerySchema):
    """The same, and for which level of units the shares are given; by default the level below the unit."""

    level = fields.Enum(UnitLevel, by_value=True, validate=validate.OneOf(SHARE_LEVELS))


class OutlinesQuerySchema(Schema):
    """Of which unit the counties are drawn (by default the caller's own), or its provinces."""

    class Meta:
        unknown = RAISE

    unit = fields.String(validate=validate.Length(min=2, max=12))
    level = fields.String(load_default="county", validate=validate.OneOf(("county", "province")))


class NamesQuerySchema(Schema):
    """Of which stations the names are wanted."""

    class Meta:
        unknown = RAISE

    id = fields.List(fields.Integer(strict=False), required=True, validate=validate.Length(min=1, max=100))


class SurvivalSchema(Schema):
    """Survival of F3: built B, living A, A/B with its bounds, and the share of B not known; null when B is 0."""

    built = fields.Integer()
    living = fields.Integer()
    share = fields.Float(allow_none=True)
    low = fields.Float(allow_none=True)
    high = fields.Float(allow_none=True)
    unknown_share = fields.Float(allow_none=True)


class MapAnswerSchema(Schema):
    """What every map answer says of itself: of which day, known when, by which definition, from which source."""

    as_of = fields.Date()
    known_at = fields.AwareDateTime(allow_none=True)
    revision = fields.Integer()
    datum = fields.String()
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    survival = fields.Nested(SurvivalSchema)
    definition_zh = fields.String()
    definition_en = fields.String()
    source_zh = fields.String()
    source_en = fields.String()


class ColumnsSchema(Schema):
    """Stations as columns: steps of lon and lat in units of 1 / per_degree, of ids, one digit for each state.

    `id` is left out where only places were asked for, all but `id` where only ids were; both in the same order.
    """

    per_degree = fields.Integer()
    x = fields.List(fields.Integer())
    y = fields.List(fields.Integer())
    id = fields.List(fields.Integer())
    s = fields.String()
    l = fields.String()  # noqa: E741  # short because it stands once for each column, not for clarity's sake
    states = fields.List(fields.String())
    listings = fields.List(fields.String())
    n = fields.Integer()
    unplaced = fields.Integer()


class StationColumnsSchema(MapAnswerSchema, ColumnsSchema):
    """All stations of a unit as columns, and what the answer says of itself."""


class TileColumnsSchema(ColumnsSchema):
    """The stations of one tile as columns, of which state of the register and in which datum."""

    revision = fields.Integer()
    datum = fields.String()


class UnitShareSchema(SurvivalSchema):
    """One unit: its point, how many stations, in which states, and its survival figures."""

    code = fields.String()
    name = fields.String()
    lon = fields.Float(allow_none=True)
    lat = fields.Float(allow_none=True)
    n = fields.Integer()
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())


class SharesSchema(MapAnswerSchema):
    """Shares for each unit of a level."""

    level = fields.Enum(UnitLevel, by_value=True)
    units = fields.List(fields.Nested(UnitShareSchema))
    n = fields.Integer()
    unplaced = fields.Integer()
    box = fields.List(fields.Float(), allow_none=True, metadata={"description": "west, south, east, north"})


class LastEvidenceSchema(Schema):
    """The newest observation of a station and its age."""

    observed_at = fields.AwareDateTime()
    observed_state = fields.String()
    method = fields.String()
    evidence_kind = fields.String()
    is_independent = fields.Boolean()
    age_days = fields.Integer()


class CardPhotoSchema(Schema):
    """The newest photo of a station."""

    inspection_id = fields.String()
    sha256 = fields.String()
    purpose = fields.String()
    captured_at = fields.AwareDateTime()
    thumbnail_url = fields.String()


class StationCardSchema(Schema):
    """What a click on a station shows."""

    id = fields.Integer()
    code = fields.String()
    name = fields.String()
    kind = fields.String()
    services = fields.List(fields.String())
    units = fields.List(fields.String())
    villages_served = fields.List(fields.String())
    coord_quality = fields.String()
    lon = fields.Float(allow_none=True)
    lat = fields.Float(allow_none=True)
    vitality = fields.String()
    vitality_confidence = fields.String(allow_none=True)
    vitality_reason = fields.String()
    vitality_since = fields.Date()
    listing_status = fields.String()
    listed_since = fields.Date(allow_none=True)
    last_evidence = fields.Nested(LastEvidenceSchema, allow_none=True)
    photo = fields.Nested(CardPhotoSchema, allow_none=True)
    as_of = fields.Date()


class StationNameSchema(Schema):
    """A station's name for a list."""

    id = fields.Integer()
    code = fields.String()
    name = fields.String()


class StationNamesSchema(Schema):
    """Names of the stations asked for."""

    stations = fields.List(fields.Nested(StationNameSchema))
