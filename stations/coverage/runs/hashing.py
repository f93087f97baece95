"""One word for a whole input: equal facts give an equal hash, in whatever order the database handed them out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.coverage.situation import Situation

Columns = dict[str, NDArray[Any] | tuple[str, ...]]


def table_hashes(situation: Situation, roads_sha256: str | None = None) -> dict[str, str]:
    """Give the SHA-256 of each table's columns, of what is asked («question»), and of the road graph («roads»).

    Villages, stations and nodes are put in order of their codes, references rewritten to that order; links, routes,
    villages served and parcels are sorted by all their columns. Columns follow by name; floats are little-endian
    doubles with one nan and one zero, integers 64 bits, words JSON.
    """
    question = json.dumps([list(situation.service_bits), situation.as_of_day])
    found = {"question": sha256(question.encode()).hexdigest()}
    if roads_sha256:
        found["roads"] = roads_sha256
    for table, columns in _in_order(situation).items():
        digest = sha256()
        for name, column in sorted(columns.items()):
            content = _bytes(column)
            digest.update(f"\n{name} {len(column)} {len(content)}\n".encode())
            digest.update(content)
        found[table] = digest.hexdigest()
    return found


def input_sha256(tables: Mapping[str, str]) -> str:
    """Give the one hash of a whole input from the hashes of its tables."""
    return sha256(json.dumps(sorted(tables.items())).encode()).hexdigest()


def _in_order(situation: Situation) -> dict[str, Columns]:
    villages, village_rank = _by_code(situation.villages)
    stations, station_rank = _by_code(situation.stations, {"village": village_rank})
    nodes, node_rank = _by_code(situation.nodes, {"village": village_rank})
    whole = {"station": station_rank, "village": village_rank}
    return {
        "villages": villages, "stations": stations, "nodes": nodes,
        "links": _sorted(situation.links, whole),
        "routes": _sorted(situation.routes, {"start": node_rank, "end": node_rank}),
        "served": _sorted(situation.served, {"start": node_rank, "end": village_rank}),
        "traces": _sorted(situation.traces, whole),
    }  # fmt: skip


def _columns(table: Any, ranks: Mapping[str, NDArray[np.int64]]) -> Columns:
    found: Columns = {}
    for field in fields(table):
        column = getattr(table, field.name)
        rank = ranks.get(field.name)
        found[field.name] = column if rank is None else _ranked(np.asarray(column), rank)
    return found


def _ranked(rows: NDArray[np.int64], rank: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give ranks for row numbers; -1, «none», stays."""
    out = np.full(len(rows), -1, dtype=np.int64)
    out[rows >= 0] = rank[rows[rows >= 0]]
    return out


def _by_code(table: Any, ranks: Mapping[str, NDArray[np.int64]] | None = None) -> tuple[Columns, NDArray[np.int64]]:
    """Give the columns in order of the code, and for each old row its new one."""
    order = np.asarray(sorted(range(len(table.code)), key=table.code.__getitem__), dtype=np.int64)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return {name: _take(column, order) for name, column in _columns(table, ranks or {}).items()}, rank


def _sorted(table: Any, ranks: Mapping[str, NDArray[np.int64]]) -> Columns:
    columns = _columns(table, ranks)
    order = np.lexsort([_plain(np.asarray(columns[name])) for name in sorted(columns, reverse=True)])
    return {name: _take(column, order) for name, column in columns.items()}


def _take(column: NDArray[Any] | tuple[str, ...], order: NDArray[np.int64]) -> NDArray[Any] | tuple[str, ...]:
    if isinstance(column, tuple):
        return tuple(column[row] for row in order)
    return np.asarray(column)[order]


def _plain(column: NDArray[Any]) -> NDArray[Any]:
    if column.dtype.kind != "f":
        return column.astype("<i8")
    # One nan and one zero, whatever computation they came from.
    return np.where(np.isnan(column), np.nan, column + 0.0).astype("<f8")


def _bytes(column: NDArray[Any] | Sequence[str]) -> bytes:
    if isinstance(column, tuple):
        return json.dumps(column, ensure_ascii=True).encode()
    return _plain(np.asarray(column)).tobytes()
