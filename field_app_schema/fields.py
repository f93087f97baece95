"""Kinds of field that every schema here shares: text that any database can hold, and instants that mean something."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from marshmallow import ValidationError, fields

from field_app_schema.money import fen_of, yuan_of

# Control signs (but for tab and line ends) and halves of surrogate pairs: no database stores them alike.
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2200

SHA256 = re.compile(r"[0-9a-f]{64}")


class PlainText(fields.String):
    """Text without control signs; line ends and tabs may stand in it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        if _UNFIT.search(text):
            raise ValidationError("含有不可用的控制字符 / contains control characters")
        return text


class Instant(fields.AwareDateTime):
    """An ISO 8601 instant with its offset; one without an offset is refused because nobody can tell what it means."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dt.datetime:
        instant: dt.datetime = super()._deserialize(value, attr, data, **kwargs)
        if not _EARLIEST_YEAR <= instant.year <= _LATEST_YEAR:
            raise ValidationError("年份不合理 / not a sensible year")
        return instant


class Day(fields.Date):
    """A day of the calendar that any zone can tell; what lies before or after all records is no day that is meant."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dt.date:
        day: dt.date = super()._deserialize(value, attr, data, **kwargs)
        if not _EARLIEST_YEAR <= day.year <= _LATEST_YEAR:
            raise ValidationError("年份不合理 / not a sensible year")
        return day


class VersionMark(fields.Field[str]):
    """A version as text; a phone may also send it as a whole number."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int) or not re.fullmatch(r"[\w.-]{1,16}", str(value)):
            raise ValidationError("版本号不对 / not a version")
        return str(value)


class Yuan(fields.Field[int]):
    """Money as a decimal string in 元, «12000.50»; whole fen inside. A number of JSON is refused: it may be a float."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        fen = fen_of(value) if isinstance(value, str) else None
        if fen is None:
            raise ValidationError("应为金额文字,如 12000.00,不超过一亿元 / must be a decimal string like 12000.00")
        return fen

    def _serialize(self, value: int | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else yuan_of(value)
