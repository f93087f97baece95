"""Quarters as they were published, and what they would say today."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from field_app_schema.survival import (
    DifferencesSchema,
    SnapshotSchema,
    SnapshotsQuerySchema,
    SnapshotsSchema,
    TakeSnapshotSchema,
)
from stations.survival.quarters.differences import differences
from stations.survival.quarters.freezing import list_snapshots, read_snapshot, take_snapshot

blp = Blueprint("snapshots", __name__, description="季度存档 / quarters as published")


@blp.route("/snapshots", methods=["POST"])
@may("snapshot.take")
@blp.arguments(TakeSnapshotSchema)
@blp.response(201, SnapshotSchema)
def freeze(asked: dict[str, Any]) -> dict[str, Any]:
    """Freeze an ended quarter of a unit, once."""
    return take_snapshot(session(), caller(), ou=asked.get("ou"), quarter=asked["quarter"], now=now())


@blp.route("/snapshots")
@may("figures.read")
@blp.arguments(SnapshotsQuerySchema, location="query")
@blp.response(200, SnapshotsSchema)
def snapshots_of_a_unit(asked: dict[str, Any]) -> dict[str, Any]:
    """The quarters on file of a unit, newest first."""
    return list_snapshots(session(), caller(), ou=asked.get("ou"), below=asked["below"])


@blp.route("/snapshots/<int:snapshot_id>")
@may("figures.read")
@blp.response(200, SnapshotSchema)
def one_snapshot(snapshot_id: int) -> dict[str, Any]:
    """A quarter exactly as it was published."""
    return read_snapshot(session(), caller(), snapshot_id)


@blp.route("/snapshots/<int:snapshot_id>/differences")
@may("figures.read")
@blp.response(200, DifferencesSchema)
def differences_from_now(snapshot_id: int) -> dict[str, Any]:
    """Station by station, what the quarter would say today and why."""
    return differences(session(), caller(), snapshot_id, now=now())
