"""Deciding everybody again under a new rule, on the wire: the thresholds that change, and the job that does it."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from field_app_schema.stations import code
from field_app_schema.visits import Strict
from field_app_schema.words.recomputations import THRESHOLDS


def _whole(name: str, least: int, most: int) -> fields.Integer:
    zh, en = THRESHOLDS[name]
    return fields.Integer(strict=True, validate=validate.Range(least, most), metadata={"description": f"{zh} / {en}"})


def _days(name: str) -> fields.Integer:
    return _whole(name, 0, 3650)


def _periods(name: str) -> fields.Integer:
    return _whole(name, 1, 60)


class AliveParametersSchema(Strict):
    """Thresholds of the alive rule; those not named stay as they are. Other thresholds need a version of their own."""

    rule_version = fields.String(
        validate=validate.Regexp(r"[A-Za-z0-9][A-Za-z0-9._-]{0,11}\Z"),
        metadata={"description": " / ".join(THRESHOLDS["rule_version"])},
    )
    site_visit_days = _days("site_visit_days")
    logistics_trace_days = _days("logistics_trace_days")
    video_link_days = _days("video_link_days")
    phone_callback_days = _days("phone_callback_days")
    document_review_days = _days("document_review_days")
    strike_gap_days = _days("strike_gap_days")
    fresh_periods = _periods("fresh_periods")
    dormant_periods = _periods("dormant_periods")
    presumed_dead_periods = _periods("presumed_dead_periods")
    closing_day = _whole("closing_day", 1, 28)


class RecomputationSchema(Strict):
    """What is wanted; without `dry_run: false` it is a trial that stores nothing."""

    parameters = fields.Nested(AliveParametersSchema, load_default=dict)
    unit = code(load_default=None, allow_none=True, metadata={"description": "范围,默认本省 / whose stations"})
    dry_run = fields.Boolean(load_default=True)


class RecomputationAskedSchema(Schema):
    """The job that was asked for; `GET /jobs/{job_id}` tells its progress and result."""

    job_id = fields.Integer(required=True)
    dry_run = fields.Boolean(required=True)
    rule_version = fields.String(required=True)
    unit = fields.String(required=True)
