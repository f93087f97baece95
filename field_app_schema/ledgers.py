"""The ledger on the wire: how a file is to be read, what came of it, and which ledger is asked for."""

from __future__ import annotations

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from field_app_schema.fields import Instant, PlainText
from field_app_schema.vocab import CoordSystem


def is_file(value: object) -> None:
    """Refuse a text field where a file should be."""
    if not hasattr(value, "read"):
        raise ValidationError("应为文件 / must be a file")


class LedgerFormSchema(Schema):
    """A file and how to read it; by default nothing is saved. `coord_system` is the datum of rows that name none."""

    class Meta:
        unknown = RAISE

    file = fields.Raw(required=True, validate=is_file, metadata={"type": "string", "format": "binary"})
    dry_run = fields.Boolean(load_default=True)
    save_good_rows = fields.Boolean(load_default=False)
    coord_system = fields.Enum(CoordSystem, by_value=True, load_default=CoordSystem.CGCS2000)


class LedgerJobQuerySchema(Schema):
    class Meta:
        unknown = RAISE

    as_job = fields.Boolean(
        load_default=False,
        metadata={"description": "后台处理;2000 行以上总是如此 / do it later; always so beyond 2,000 rows"},
    )


class LedgerProblemSchema(Schema):
    """One finding where the person sees it: sheet, row from 1, column letter, header and what stood there."""

    sheet = fields.String(required=True)
    row = fields.Integer(required=True, allow_none=True)
    column = fields.String(required=True, allow_none=True)
    header = fields.String(required=True, allow_none=True)
    value = fields.String(required=True, allow_none=True)
    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)
    what_to_do_zh = fields.String(required=True)


class LedgerDuplicateSchema(Schema):
    """A row that would be added and the station (`other_code`) or earlier row (`other_row`) it may repeat."""

    sheet = fields.String(required=True)
    row = fields.Integer(required=True)
    name = fields.String(required=True)
    other_code = fields.String(required=True, allow_none=True)
    other_row = fields.Integer(required=True, allow_none=True)
    other_name = fields.String(required=True)
    distance_m = fields.Float(required=True, allow_none=True)
    why = fields.List(fields.String(), required=True)


class LedgerSummarySchema(Schema):
    """Counts; the lists beside it name at most 500 of each kind."""

    dry_run = fields.Boolean(required=True)
    saved = fields.Boolean(required=True)
    rows = fields.Integer(required=True)
    added = fields.Integer(required=True)
    revised = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    wrong_rows = fields.Integer(required=True)
    error_count = fields.Integer(required=True)
    notice_count = fields.Integer(required=True)
    possible_duplicate_count = fields.Integer(required=True)


class LedgerResultSchema(Schema):
    summary = fields.Nested(LedgerSummarySchema, required=True)
    errors = fields.List(fields.Nested(LedgerProblemSchema), required=True)
    notices = fields.List(fields.Nested(LedgerProblemSchema), required=True)
    possible_duplicates = fields.List(fields.Nested(LedgerDuplicateSchema), required=True)


class LedgerTakenSchema(Schema):
    """The result, or the number of the job that will make one; `import_id` names the import if it was kept."""

    import_id = fields.Integer(required=True, allow_none=True)
    job_id = fields.Integer(required=True, allow_none=True)
    result = fields.Nested(LedgerResultSchema, required=True, allow_none=True)


class LedgerImportSchema(Schema):
    """A kept import; `result` is null while its job waits."""

    id = fields.Integer(required=True)
    unit_code = fields.String(required=True)
    file_name = fields.String(required=True)
    file_sha256 = fields.String(required=True)
    options = fields.Dict(required=True)
    result = fields.Nested(LedgerResultSchema, required=True, allow_none=True)
    asked_at = fields.AwareDateTime(required=True)
    finished_at = fields.AwareDateTime(required=True, allow_none=True)


class LedgerExportQuerySchema(Schema):
    """Which ledger, of which day in China, as known when; nothing means the caller's own unit, today, all known."""

    class Meta:
        unknown = RAISE

    county = PlainText(validate=validate.Length(2, 12), load_default=None)
    as_of = fields.Date(load_default=None)
    known_at = Instant(load_default=None)
    format = fields.String(load_default="xlsx", validate=validate.OneOf(["xlsx", "csv"]))
