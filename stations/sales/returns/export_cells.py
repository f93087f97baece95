"""One row of the export: figures as the columns ask for them. Pure; nothing missing becomes a nought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from field_app_schema.vocab_months import FigureUnit, ReturnFigure
from stations.sales.returns.columns import Column

# Money is a Decimal in the column's unit, counts are whole, None is an empty cell.
Cell = str | int | Decimal | None
# What is known for one row: money in whole fen.
Facts = Mapping[ReturnFigure, str | int | None]
_FEN_IN_WAN_YUAN = 1_000_000


def row_of(facts: Facts, columns: Sequence[Column]) -> list[Cell]:
    """Give the cells of one row."""
    return [cell_of(facts, column) for column in columns]


def cell_of(facts: Facts, column: Column) -> Cell:
    """Give one cell; 万元 keep every fen (at least two, at most six places), so that nothing is rounded."""
    if column.figure is ReturnFigure.CONSTANT:
        return column.constant
    value = facts.get(column.figure)
    if value is None or isinstance(value, str):
        return value
    if column.unit is FigureUnit.YUAN:
        return Decimal(value).scaleb(-2)
    if column.unit is FigureUnit.WAN_YUAN:
        return _trimmed(value)
    return value


def _trimmed(fen: int) -> Decimal:
    places = 6
    while places > 2 and fen % 10 == 0:
        fen, places = fen // 10, places - 1
    return Decimal(fen).scaleb(-places)


def as_text(cell: Cell) -> str:
    """Write a number as it is read by people and machines, an empty cell as nothing."""
    return "" if cell is None else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
