"""Coverage as it was computed: kept with its input's hash, made again, and explained against another run."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from api.version import VERSION
from field_app_schema.coverage_runs import (
    CoverageRunAgainSchema,
    CoverageRunAskedSchema,
    CoverageRunSchema,
    CoverageRunsQuerySchema,
    CoverageRunsSchema,
    RunDifferencesQuerySchema,
    RunDifferencesSchema,
)
from stations.coverage.asking import CoverageQuestion
from stations.coverage.runs.comparing import run_differences
from stations.coverage.runs.keeping import list_runs, make_run, read_run, run_again

blp = Blueprint("coverage_runs", __name__, description="覆盖计算存档 / coverage runs on file")


@blp.route("/coverage-runs", methods=["POST"])
@may("coverage.run")
@blp.arguments(CoverageRunAskedSchema)
@blp.response(201, CoverageRunSchema)
def run(asked: dict[str, Any]) -> dict[str, Any]:
    """Compute coverage once and keep it with parameters, hash of the input and version of the code."""
    if "services" in asked:
        asked["services"] = tuple(asked["services"])
    return make_run(session(), caller(), CoverageQuestion(**asked), code_version=VERSION, now=now())


@blp.route("/coverage-runs")
@may("coverage.read")
@blp.arguments(CoverageRunsQuerySchema, location="query")
@blp.response(200, CoverageRunsSchema)
def runs_of_a_unit(asked: dict[str, Any]) -> dict[str, Any]:
    """The runs on file of a unit, newest first."""
    return list_runs(session(), caller(), ou=asked.get("ou"), below=asked["below"])


@blp.route("/coverage-runs/<int:run_id>")
@may("coverage.read")
@blp.response(200, CoverageRunSchema)
def one_run(run_id: int) -> dict[str, Any]:
    """A run exactly as it was kept."""
    return read_run(session(), caller(), run_id)


@blp.route("/coverage-runs/<int:run_id>/again", methods=["POST"])
@may("coverage.run")
@blp.response(201, CoverageRunAgainSchema)
def again(run_id: int) -> dict[str, Any]:
    """The same question as known at the same instant; says whether input and figures are the same, and if not, why."""
    return run_again(session(), caller(), run_id, code_version=VERSION, now=now())


@blp.route("/coverage-runs/<int:run_id>/differences")
@may("coverage.read")
@blp.arguments(RunDifferencesQuerySchema, location="query")
@blp.response(200, RunDifferencesSchema)
def differences_between_runs(asked: dict[str, Any], run_id: int) -> dict[str, Any]:
    """Village by village, what this run says otherwise than the one before it, and why."""
    return run_differences(session(), caller(), run_id, **asked)
