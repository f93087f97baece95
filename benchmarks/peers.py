"""The floor: the least server that keeps a body durably under an id. Nothing of the product is in it."""

from __future__ import annotations

import os
import sqlite3
import threading

from flask import Flask, request

FLOOR = "CUNZHAN_BENCH_FLOOR_DB"
# The control of the power-cut rig: with this set the floor does not wait for the disk, and must lose rows.
OFF = "CUNZHAN_BENCH_FLOOR_OFF"
app = Flask(__name__)
_local = threading.local()


def _database() -> sqlite3.Connection:
    if not hasattr(_local, "connection"):
        connection = sqlite3.connect(os.environ[FLOOR], timeout=15, isolation_level=None)
        synchronous = "OFF" if os.environ.get(OFF) else "FULL"
        connection.executescript(f"pragma journal_mode=WAL; pragma synchronous={synchronous}")
        connection.execute("create table if not exists record (id text primary key, body blob)")
        _local.connection = connection
    held: sqlite3.Connection = _local.connection
    return held


@app.put("/records/<record_id>")
def put(record_id: str) -> tuple[dict[str, str], int]:
    request.get_json()
    _database().execute("insert or ignore into record values (?, ?)", (record_id, request.get_data()))
    return {"id": record_id}, 201


@app.get("/healthz")
def healthz() -> dict[str, str]:
    return {"status": "ok"}
