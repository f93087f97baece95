"""Parts of the answer on coverage that are figures of their own: places, what was checked, access, closing."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from field_app_schema.survival import share


class PlacedVillagesSchema(Schema):
    """How well the villages' places are known; one without a place is never near anything."""

    covered = fields.Float(required=True)
    of = fields.Float(required=True)
    exact_share = share("有自己的坐标,不是乡镇驻地 / a place of their own, not their township's seat")
    by_quality: Any = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    unplaced = fields.List(fields.String(), required=True, metadata={"description": "前 100 个 / the first 100"})
    # Last, because it hides the function of its name.
    share = share("covered/of")


class CheckedStationsSchema(Schema):
    """Of the listed stations that somebody verified, those alive, with Wilson's 95 % bounds: what a sample says."""

    alive = fields.Integer(required=True)
    checked = fields.Integer(required=True)
    low = fields.Float(required=True)
    high = fields.Float(required=True)
    share = share("alive/checked")


class AccessSchema(Schema):
    """E2SFCA: parcels a day that fall to a thousand people, and how unequally."""

    catchment = fields.Float(required=True, metadata={"description": "米或分钟 / metres or minutes"})
    mean_per_thousand = fields.Float(required=True, allow_none=True)
    capacity_known = share("知道快件数的在营站点 / living stations whose parcels are known")
    unreachable = fields.Integer(required=True, metadata={"description": "圈内没有站点的村 / villages without any"})
    unreachable_villages = fields.List(fields.String(), required=True)
    gini = fields.Float(required=True, allow_none=True)


class ClosingSchema(Schema):
    """Moran's I of the townships' closing rates, with the permutations that its p rests on."""

    townships = fields.Integer(required=True)
    moran_i = fields.Float(required=True, allow_none=True)
    expected = fields.Float(required=True, allow_none=True)
    p = fields.Float(required=True, allow_none=True)
    permutations = fields.Integer(required=True)
    seed = fields.Integer(required=True)
