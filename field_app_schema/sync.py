"""What phone and server say to each other about what is missing: plan, batch, receipts."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from marshmallow import Schema, fields, validate

from field_app_schema.fields import SHA256, PlainText
from field_app_schema.refusals import Refusal
from field_app_schema.refused import RefusedSchema
from field_app_schema.visits import Strict
from field_app_schema.vocab import OnSite, PhotoPurpose

MOST_RECORDS = 50
_HASH = validate.Regexp(SHA256.pattern + r"\Z")


class RecordClaimSchema(Strict):
    """A record the phone holds."""

    id = PlainText(required=True, validate=validate.Length(min=1, max=64))
    sha256 = fields.String(required=True, validate=_HASH)


class MediumClaimSchema(Strict):
    """A photo the phone holds, size in bytes."""

    sha256 = fields.String(required=True, validate=_HASH)
    size = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))


class PlanRequestSchema(Strict):
    """What a phone holds and would send."""

    records = fields.List(fields.Nested(RecordClaimSchema), load_default=list, validate=validate.Length(max=500))
    media = fields.List(fields.Nested(MediumClaimSchema), load_default=list, validate=validate.Length(max=2000))
    previews = fields.List(fields.String(validate=_HASH), load_default=list, validate=validate.Length(max=2000))
    # What the phone has of what comes down; none: it has nothing, or is of a version that does not ask here.
    cursor = PlainText(load_default=None, allow_none=True, validate=validate.Length(max=120))
    forms = PlainText(load_default=None, allow_none=True, validate=validate.Length(max=80))
    months = PlainText(load_default=None, allow_none=True, validate=validate.Length(max=80))


class RecordStatusSchema(Schema):
    """Whether the server lacks a record, has it, or has another content under its id."""

    id = fields.String(required=True)
    status = fields.String(required=True, validate=validate.OneOf(["missing", "same", "conflict"]))


class MediumStatusSchema(Schema):
    """How many bytes of a photo the server holds for good, and whether that is all."""

    sha256 = fields.String(required=True)
    received_bytes = fields.Integer(required=True)
    complete = fields.Boolean(required=True)
    durable = fields.Boolean(required=True)


class PreviewStatusSchema(Schema):
    """Whether the server has this phone's preview of a photo, or the photo itself."""

    sha256 = fields.String(required=True)
    held = fields.Boolean(required=True)


class NewsSchema(Schema):
    """Whether it is worth asking: forms, changes of what the phone keeps, the owner's months."""

    forms = fields.Boolean(required=True)
    changes = fields.Boolean(required=True)
    months = fields.Boolean(required=True)


class PlanSchema(Schema):
    """What the server lacks, its time, that time signed for this phone, and whether there is news."""

    server_time = fields.AwareDateTime(required=True)
    signed_time = fields.String(required=True)
    previews = fields.List(fields.Nested(PreviewStatusSchema), required=True)
    news = fields.Nested(NewsSchema, required=True)
    records = fields.List(fields.Nested(RecordStatusSchema), required=True)
    media = fields.List(fields.Nested(MediumStatusSchema), required=True)


class PhotoReceiptSchema(Schema):
    """A photo a visit names, and whether its bytes are here for good."""

    sha256 = fields.String(required=True)
    purpose = fields.String(required=True, validate=validate.OneOf([one.value for one in PhotoPurpose]))
    received = fields.Boolean(required=True)


class ReceiptSchema(Schema):
    """The server holds this visit for good; distance in metres."""

    id = fields.String(required=True)
    state = fields.String(required=True)
    received_at = fields.AwareDateTime(required=True)
    sha256 = fields.String(required=True)
    durable = fields.Boolean(required=True)
    photos = fields.List(fields.Nested(PhotoReceiptSchema), required=True)
    on_site = fields.String(required=True, validate=validate.OneOf([one.value for one in OnSite]))
    distance_m = fields.Float(required=True, allow_none=True)


class PreviewReceiptSchema(Schema):
    """The preview of this photo is held."""

    sha256 = fields.String(required=True)
    durable = fields.Boolean(required=True)


class KeptReceiptSchema(Schema):
    """The body could not be accepted but is held for good; `reason` is the refusal in the one shape."""

    code = fields.String(required=True, validate=validate.OneOf(["KEPT_ASIDE"]))
    reason = fields.Nested(RefusedSchema, required=True)
    quarantine_id = fields.Integer(required=True)
    durable = fields.Boolean(required=True)
    sha256 = fields.String(required=True)


class KeptMediumSchema(KeptReceiptSchema):
    """The same of a photo: all its bytes are held, though not as a photo, and need not be sent again."""

    received_bytes = fields.Integer(required=True)
    complete = fields.Boolean(required=True)


class BatchItemSchema(Strict):
    """A record of a batch: its bytes as text, or in base64 where they are no text."""

    id = fields.String(required=True)
    body = fields.String()
    body_base64 = fields.String()


class BatchSchema(Strict):
    """Up to fifty records at once."""

    records = fields.List(fields.Nested(BatchItemSchema), required=True, validate=validate.Length(max=MOST_RECORDS))


class BatchReceiptSchema(Schema):
    """An answer for each record, in the order sent: the `status` and the body that a single PUT would have got."""

    receipts = fields.List(fields.Dict(keys=fields.String()))


def read_batch(body: bytes) -> list[tuple[str, bytes]]:
    """Give the id and the bytes of each record; a record that cannot be read is given as it stands in the batch.

    Refuses with BODY_MALFORMED or BAD_INPUT what is no batch at all.
    """
    try:
        content = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refusal("BODY_MALFORMED", errors={"body": [f"不是 JSON / not JSON: {error}"[:200]]}) from error
    records = content.get("records") if isinstance(content, dict) else None
    if not isinstance(records, list) or len(records) > MOST_RECORDS:
        said = f"应为至多 {MOST_RECORDS} 条记录的列表 / a list of at most {MOST_RECORDS} records"
        raise Refusal("BAD_INPUT", errors={"records": [said]})
    return [_read_item(item) for item in records]


def _read_item(item: Any) -> tuple[str, bytes]:
    found = item if isinstance(item, dict) else {}
    name = found["id"] if isinstance(found.get("id"), str) else ""
    if isinstance(found.get("body"), str):
        return name, found["body"].encode("utf-8", "surrogatepass")
    try:
        return name, base64.b64decode(found["body_base64"], validate=True)
    except (KeyError, TypeError, ValueError, binascii.Error):
        return name, json.dumps(item).encode()
