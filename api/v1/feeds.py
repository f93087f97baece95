"""Automatic feeds: a county lets a sender in, sees and revokes it; the sender sends signed batches."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_smorest import Blueprint
from flask_smorest.pagination import PaginationParameters

from api.boundary import caller, may, now, session
from api.feed_signing import SIGNED_HEADERS, sending_feed, signed_by_feed
from field_app_schema.feeds import (
    FeedFormSchema,
    FeedListSchema,
    FeedRejectionSchema,
    FeedSecretSchema,
    FeedTakenSchema,
    TransactionBatchSchema,
)
from stations.sales.feeds.batch import FeedTaken, take_transactions
from stations.sales.feeds.figures import Transaction
from stations.sales.feeds.registering import add_feed, list_feeds, list_rejections, revoke_feed
from stations.sales.feeds.tables import Feed

blp = Blueprint("feeds", __name__, description="自动报送 / automatic feeds")
# Beyond this no database counts on, and nobody turns so many pages.
FARTHEST = 10_000_000


@blp.route("/feeds", methods=["POST"])
@may("feed.manage")
@blp.arguments(FeedFormSchema)
@blp.response(201, FeedSecretSchema)
def add(form: dict[str, Any]) -> Feed:
    """Let a sender speak for a unit's stations; the secret is shown in this answer and never again."""
    return add_feed(session(), caller(), form["name"], form["unit_code"], now=now())


@blp.route("/feeds")
@may("feed.manage")
@blp.response(200, FeedListSchema)
def feeds() -> dict[str, Any]:
    """The feeds of my area, with what they sent and what of it waits for a person."""
    return {"feeds": list_feeds(session(), caller())}


@blp.route("/feeds/<string:feed_id>", methods=["DELETE"])
@may("feed.manage")
@blp.response(204)
def revoke(feed_id: str) -> Response:
    """Turn a feed away from now on; what it sent stands."""
    revoke_feed(session(), caller(), feed_id, now=now())
    return Response(status=204)


@blp.route("/feeds/<string:feed_id>/rejections")
@may("feed.manage")
@blp.response(200, FeedRejectionSchema(many=True))
@blp.paginate(page_size=100, max_page_size=500)
def rejections(feed_id: str, pagination_parameters: PaginationParameters) -> Any:
    """What a feed sent and could not be taken in, newest first, whole."""
    page = pagination_parameters
    offset = min(page.first_item, FARTHEST)
    rows, page.item_count = list_rejections(session(), caller(), feed_id, offset=offset, limit=page.page_size)
    return rows


@blp.route("/feeds/transactions", methods=["POST"], parameters=SIGNED_HEADERS)
@may("anyone")
@signed_by_feed
@blp.arguments(TransactionBatchSchema)
@blp.response(200, FeedTakenSchema)
def take(batch: dict[str, Any]) -> FeedTaken:
    """Take in up to 1,000 signed transactions; a repeat changes nothing, one wrong spoils none of the others."""
    sent = [Transaction(**one) for one in batch["transactions"]]
    return take_transactions(session(), sending_feed(), sent, now=now())
