"""Decide everybody again under a new rule: a trial first, then the real thing; both are jobs."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from field_app_schema.recomputations import RecomputationAskedSchema, RecomputationSchema
from stations.vitality.recomputing import Asked, Wish, ask_recomputation

blp = Blueprint("recomputations", __name__, description="按新规则重新判定 / deciding again under a new rule")


@blp.route("/vitality-recomputations", methods=["POST"])
@may("vitality.recompute")
@blp.arguments(RecomputationSchema)
@blp.response(202, RecomputationAskedSchema)
def recompute(wish: dict[str, Any]) -> Asked:
    """Ask what other thresholds would change, or store them and decide everybody again."""
    return ask_recomputation(session(), caller(), Wish(**wish), now=now())
