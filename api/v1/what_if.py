"""What delisting would cost, before it is decided."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from field_app_schema.planning import WhatIfAnswerSchema, WhatIfSchema
from stations.coverage.what_if import Removal, delisting_loss

blp = Blueprint("what_if", __name__, description="摘牌影响试算 / what delisting would cost")


@blp.route("/coverage/what-if", methods=["POST"])
@may("coverage.read")
@blp.arguments(WhatIfSchema)
@blp.response(200, WhatIfAnswerSchema)
def what_if(asked: dict[str, Any]) -> dict[str, Any]:
    """Shares before and after, and the villages that lose service, poor first; nothing is stored."""
    asked["remove"] = tuple(asked["remove"])
    return delisting_loss(session(), caller(), Removal(**asked), now=now())
