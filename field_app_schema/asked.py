"""Which fields of a schema a person is asked, wherever they stand in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import fields


def asked_fields(among: Mapping[str, fields.Field[Any]]) -> Iterator[tuple[str, fields.Field[Any]]]:
    """Walk the fields a person is asked, those of nested schemas included, each with its name."""
    for name, field in among.items():
        if "asked" in field.metadata:
            yield name, field
        elif isinstance(field, fields.Nested):
            yield from asked_fields(field.schema.fields)
