"""Where the next stations should stand: asked for, computed by a job, kept with the proof of how good it is."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from api.version import VERSION
from field_app_schema.planning import (
    SitingAskedSchema,
    SitingBegunSchema,
    SitingQuerySchema,
    SitingSchema,
    SitingsSchema,
)
from stations.coverage.studies.asking import StudyWish, ask_study, list_studies, read_study

blp = Blueprint("siting", __name__, description="选址研究 / siting studies")


@blp.route("/siting-studies", methods=["POST"])
@may("coverage.study")
@blp.arguments(SitingAskedSchema)
@blp.response(202, SitingBegunSchema)
def study(asked: dict[str, Any]) -> dict[str, Any]:
    """Ask where the next k stations should stand; a job computes it."""
    return ask_study(session(), caller(), StudyWish(**asked), code_version=VERSION, now=now())


@blp.route("/siting-studies")
@may("coverage.read")
@blp.arguments(SitingQuerySchema, location="query")
@blp.response(200, SitingsSchema)
def studies_of_a_unit(asked: dict[str, Any]) -> dict[str, Any]:
    """The studies of a unit, newest first."""
    return list_studies(session(), caller(), ou=asked.get("ou"))


@blp.route("/siting-studies/<int:study_id>")
@may("coverage.read")
@blp.response(200, SitingSchema)
def one_study(study_id: int) -> dict[str, Any]:
    """A study, with its answer once it is there."""
    return read_study(session(), caller(), study_id)
