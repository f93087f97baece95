"""Review over HTTP: the queue, one visit with all that is known of it, and what is decided about it."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from api.compact import squeezed
from api.revisions import seen_revision, with_revision
from field_app_schema.review import (
    ApproveSchema,
    NewSignSchema,
    ReopenSchema,
    ReviewCountsQuerySchema,
    ReviewCountsSchema,
    ReviewItemSchema,
    ReviewQueueQuerySchema,
    ReviewQueueSchema,
    VisitEditSchema,
)
from field_app_schema.visits import check_edit
from inspections.review.deciding import Act, approve_visit, reopen_visit
from inspections.review.desk.item import review_item
from inspections.review.desk.queue import Counts, QueueWish, count_waiting, waiting_visits
from inspections.review.editing import edit_visit
from inspections.review.signs.correcting import correct_sign
from inspections.review.signs.holding import Sign
from inspections.visits.loaded import plain

blp = Blueprint("review", __name__, description="检查审核 / review of visits")
SEEN = {"in": "header", "name": "If-Match", "schema": {"type": "string"}, "required": True,
        "description": "ETag of the visit that was read; `*` is whatever it is now."}  # fmt: skip


def act_seen() -> Act:
    """Say who acts now and which revision was read; refuses with IF_MATCH_REQUIRED."""
    return Act(caller(), now(), seen_revision())


def item_answer(visit_id: str) -> Response:
    """Answer one visit with all that is known of it, its revision as ETag."""
    item = review_item(session(), caller(), visit_id)
    return squeezed(with_revision(ReviewItemSchema().dump(item), item.visit.revision))


@blp.route("/review/queue")
@may("visit.review")
@blp.arguments(ReviewQueueQuerySchema, location="query")
@blp.response(200, ReviewQueueSchema)
def queue(asked: dict[str, Any]) -> dict[str, Any]:
    """The visits that wait for the asker, the doubtful first; own visits wait for another. 待审核的检查。"""
    wish = QueueWish(asked["ou"], asked["reason"], asked["after"], asked["limit"])
    return {"waiting": waiting_visits(session(), caller(), wish)}


@blp.route("/review/counts")
@may("visit.review")
@blp.arguments(ReviewCountsQuerySchema, location="query")
@blp.response(200, ReviewCountsSchema)
def counts(asked: dict[str, Any]) -> Counts:
    """How many visits wait, by how they look. 待审核数。"""
    return count_waiting(session(), caller(), asked["ou"])


@blp.route("/review/visits/<string:inspection_id>")
@may("visit.review")
@blp.response(200, ReviewItemSchema)
def visit(inspection_id: str) -> Response:
    """One visit: what was answered, what speaks against it, the rules, the visit before. 审核一次检查。"""
    return item_answer(inspection_id)


@blp.route("/inspections/<string:inspection_id>/approve", methods=["POST"])
@may("visit.review")
@blp.doc(parameters=[SEEN])
@blp.arguments(ApproveSchema)
@blp.response(200, ReviewItemSchema)
def approve(told: dict[str, Any], inspection_id: str) -> Response:
    """Approve a visit; what it found wrong becomes findings; needs If-Match. 通过。"""
    approve_visit(session(), act_seen(), inspection_id, why=told["why"])
    return item_answer(inspection_id)


@blp.route("/inspections/<string:inspection_id>/reopen", methods=["POST"])
@may("visit.review")
@blp.doc(parameters=[SEEN])
@blp.arguments(ReopenSchema)
@blp.response(200, ReviewItemSchema)
def reopen(told: dict[str, Any], inspection_id: str) -> Response:
    """Take an approval back, its findings with it; needs If-Match. 撤回通过。"""
    reopen_visit(session(), act_seen(), inspection_id, told["why"])
    return item_answer(inspection_id)


@blp.route("/inspections/<string:inspection_id>/sign", methods=["POST"])
@may("visit.review")
@blp.doc(parameters=[SEEN])
@blp.arguments(NewSignSchema)
@blp.response(200, ReviewItemSchema)
def sign(told: dict[str, Any], inspection_id: str) -> Response:
    """Say what the sign is; a new version, and an approval is taken back; needs If-Match. 更正招牌类别。"""
    said = plain(told)
    held = Sign(said["sign_class"], said["wording"], said["position"], said["channel_levels"])
    correct_sign(session(), act_seen(), inspection_id, held, said["photo"], said["why"])
    return item_answer(inspection_id)


@blp.route("/inspections/<string:inspection_id>/edits", methods=["POST"])
@may("visit.edit")
@blp.doc(parameters=[SEEN])
@blp.arguments(VisitEditSchema)
@blp.response(204)
def edit(told: dict[str, Any], inspection_id: str) -> Response:
    """Set answers right after arrival; a new version, and an approval is taken back; needs If-Match. 更正答案。"""
    why = told.pop("why")
    edit_visit(session(), act_seen(), inspection_id, told, why, check=check_edit)
    return Response(status=204)
