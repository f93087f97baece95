"""The rows of a road file, poured into columns one by one; nothing of a cell is kept but its number or its name."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.datum import to_cgcs2000
from geo.roads.edges import EdgeTable, Floats, NodeTable
from geo.roads.lines import Lines, lines_of
from stations.logistics.reading.table import unreadable
from stations.logistics.roads.columns import COLUMNS, ENDS
from stations.logistics.roads.problems import road_problem
from stations.register.ledger.cells import text_of
from stations.register.ledger.columns import column_letter
from stations.register.ledger.problems import Problem

Shape = bytes | str | None
_PORTION = 50_000
# So many wrong cells are kept; the rest are counted.
KEPT = 500
_NUMBERS = ("length_m", "minutes", *ENDS, "lon", "lat")
_NAMES = ("from", "to", "class", "node")
# Junctions of lines without names: their place to a decimetre.
_DIGITS = 6


class LineRows:
    """The lines of a file, row by row, measured in portions so that their points need not be held."""

    def __init__(self, shapes: Iterable[Shape] = ()) -> None:
        self._waiting: list[Shape] = []
        self._measured: list[Lines] = []
        for shape in shapes:
            self.add(shape)

    def add(self, shape: Shape) -> None:
        """Take the shape of the next row: WKB, GeoJSON text or None."""
        self._waiting.append(shape)
        if len(self._waiting) == _PORTION:
            self._measure()

    def all(self) -> Lines:
        """Give the lines of all rows."""
        self._measure()
        names = tuple(Lines.__dataclass_fields__)
        return Lines(*(np.concatenate([getattr(one, name) for one in self._measured]) for name in names))

    def _measure(self) -> None:
        if self._waiting:
            self._measured.append(lines_of(self._waiting))
            self._waiting = []


@dataclass
class Source:
    """Headings and rows (number, cells) of a file, whatever its kind; `lines` fill up as the rows are read."""

    name: str
    headings: tuple[str, ...]
    rows: Iterable[tuple[int, Sequence[Any]]]
    is_sheet: bool = True
    lines: LineRows | None = None


@dataclass
class RoadFile:
    """The edges of a file, and its junctions if it has rows of them; `numbers` are the rows as a person sees them.

    `errors` are the first wrong cells of `error_count`; `measured` lengths were taken from the lines.
    """

    source: Source
    at: dict[str, int]
    table: EdgeTable
    nodes: NodeTable | None
    numbers: NDArray[np.int64]
    errors: list[Problem] = field(default_factory=list)
    error_count: int = 0
    measured: int = 0

    def complain(self, row: int, column: str, reason: str) -> None:
        """Add what is wrong in a cell of an edge; rows of the table from 0."""
        self.error_count += 1
        if len(self.errors) < KEPT:
            place = place_of_cell(self.source, self.at, int(self.numbers[row]), column)
            self.errors.append(road_problem(reason, place, COLUMNS.get(column, (column,))[0]))


def place_of_cell(
    source: Source, at: dict[str, int], number: int, column: str, value: str | None = None
) -> dict[str, Any]:
    """Say where a cell stands as a person sees it."""
    index = at.get(column)
    letter = column_letter(index) if source.is_sheet and index is not None else None
    header = column if index is None else source.headings[index]
    return {"sheet": source.name, "row": number, "column": letter, "header": header, "value": value}


def fill(source: Source, at: dict[str, int], coord_system: str, *, most_edges: int) -> RoadFile:
    """Read every row; degrees are of `coord_system` and come out as CGCS2000. Refuses with NETWORK_FILE."""
    numbers = {key: array("d") for key in _NUMBERS if key in at}
    names: dict[str, list[str]] = {key: [] for key in _NAMES if key in at}
    texts = [(at[key], into.append) for key, into in names.items()]
    values = [(key, at[key], into.append) for key, into in numbers.items()]
    rows = array("q")
    wrong: list[tuple[int, str, str]] = []
    # One copy of each name: a junction stands in several rows.
    seen: dict[str, str] = {}
    width = max(at.values(), default=0) + 1
    for number, cells in source.rows:
        if len(rows) >= most_edges:
            raise unreadable(f"最多 {most_edges} 条路段", f"at most {most_edges} edges")
        rows.append(number)
        whole = cells if len(cells) >= width else [*cells, *[""] * (width - len(cells))]
        for index, append in texts:
            cell = whole[index]
            text = cell.strip() if isinstance(cell, str) else text_of(cell)
            append(seen.setdefault(text, text))
        for key, index, add in values:
            cell = whole[index]
            value = _number(cell)
            add(value)
            if math.isnan(value) and cell not in ("", None) and (text := text_of(cell)):
                wrong.append((number, key, text[:200]))
    many = len(rows)
    columns = {key: _column(numbers.get(key), many) for key in _NUMBERS}
    words = {key: names.get(key) or [""] * many for key in _NAMES}
    made = _made(source, at, columns, words, np.frombuffer(rows, dtype=np.int64).copy(), coord_system)
    made.errors[:0] = [road_problem("not_a_number", place_of_cell(source, at, *one), COLUMNS[one[1]][0])
                       for one in wrong[:KEPT]]  # fmt: skip
    made.error_count += len(wrong)
    return made


def _column(read: array[float] | None, many: int) -> Floats:
    return np.full(many, np.nan) if read is None else np.frombuffer(read, dtype=np.float64).copy()


def _number(cell: Any) -> float:
    """Give a finite number, NaN for anything else."""
    if isinstance(cell, str):
        try:
            value = float(cell)
        except ValueError:
            try:
                value = float(cell.replace(",", ""))
            except ValueError:
                return math.nan
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        value = float(cell)
    else:
        return math.nan
    return value if math.isfinite(value) else math.nan


def _made(
    source: Source, at: dict[str, int], columns: dict[str, Floats], names: dict[str, list[str]],
    rows: NDArray[np.int64], coord_system: str,
) -> RoadFile:  # fmt: skip
    lines = source.lines.all() if source.lines is not None and len(rows) else None
    measured = 0
    if lines is not None:
        columns |= {key: getattr(lines, key) for key in ENDS}
        unsaid = np.isnan(columns["length_m"]) & ~lines.is_wrong
        columns["length_m"] = np.where(unsaid, lines.length_m, columns["length_m"])
        measured = int(unsaid.sum())
    for lon, lat in (("from_lon", "from_lat"), ("to_lon", "to_lat"), ("lon", "lat")):
        columns[lon], columns[lat] = to_cgcs2000(columns[lon], columns[lat], coord_system)
    nodes = _junctions(at, names, columns)
    if lines is not None and not {"from", "to"} <= at.keys():
        names["from"], names["to"] = (_named_by_place(columns[f"{end}_lon"], columns[f"{end}_lat"])
                                      for end in ("from", "to"))  # fmt: skip
    # In a file with junctions of its own a row is an edge where it has an end.
    is_edge = np.array([bool(a or b) for a, b in zip(names["from"], names["to"], strict=True)], dtype=np.bool_)
    keep = np.flatnonzero(is_edge) if nodes is not None else np.arange(len(rows))
    start, end, classes = ([names[key][row] for row in keep] if nodes is not None else names[key]
                           for key in ("from", "to", "class"))  # fmt: skip
    some = {key: columns[key][keep] for key in ("length_m", "minutes", *ENDS)}
    table = EdgeTable(start, end, some["length_m"], classes, some["minutes"], *(some[key] for key in ENDS))
    made = RoadFile(source, at, table, nodes, rows[keep], measured=measured)
    if lines is not None:
        _complain_of_lines(made, lines, keep)
    return made


def _junctions(at: dict[str, int], names: dict[str, list[str]], columns: dict[str, Floats]) -> NodeTable | None:
    if not {"node", "lon", "lat"} <= at.keys():
        return None
    here = [row for row, name in enumerate(names["node"]) if name]
    return NodeTable([names["node"][row] for row in here], columns["lon"][here], columns["lat"][here]) if here else None


def _named_by_place(lon: Floats, lat: Floats) -> list[str]:
    pairs = zip(lon.tolist(), lat.tolist(), strict=True)
    return ["" if math.isnan(x) else f"{x:.{_DIGITS}f},{y:.{_DIGITS}f}" for x, y in pairs]


def _complain_of_lines(made: RoadFile, lines: Lines, keep: NDArray[np.int64]) -> None:
    for row in np.flatnonzero(lines.is_wrong[keep]).tolist():
        made.complain(row, "geometry", "not_a_line")
