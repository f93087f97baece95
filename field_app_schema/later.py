"""Work that is done later, as staff see it."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from field_app_schema.vocab import JobState


class JobQuerySchema(Schema):
    state = fields.Enum(JobState, by_value=True, load_default=None)
    kind = fields.String(load_default=None, validate=validate.Length(1, 40))


class JobSchema(Schema):
    """A job without its payload, which may hold what its reader may not see."""

    id = fields.Integer(required=True)
    kind = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf([state.value for state in JobState]))
    run_at = fields.AwareDateTime(required=True)
    attempt = fields.Integer(required=True)
    max_attempts = fields.Integer(required=True)
    progress_done = fields.Integer(required=True)
    progress_total = fields.Integer(required=True, allow_none=True)
    result = fields.Dict(required=True, allow_none=True)
    last_error = fields.String(required=True, allow_none=True)
    asked_at = fields.AwareDateTime(required=True)
    finished_at = fields.AwareDateTime(required=True, allow_none=True)


class JobCountsSchema(Schema):
    """How many jobs of the caller's area are in each state."""

    waiting = fields.Integer(required=True)
    running = fields.Integer(required=True)
    done = fields.Integer(required=True)
    dead = fields.Integer(required=True)
