"""Let a feed's batch through only with its signature, asked before anything of it is read as data."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import g, request

from api.boundary import json_body_limit, now, session, sessions
from db import reading
from stations.sales.feeds.registering import live_feed
from stations.sales.feeds.signature import check_signature
from stations.sales.feeds.tables import Feed

P = ParamSpec("P")
T = TypeVar("T")


def _header(name: str, said: str) -> dict[str, Any]:
    return {"in": "header", "name": name, "required": True, "schema": {"type": "string"}, "description": said}


SIGNED_HEADERS = [
    _header("X-Cunzhan-Feed", "数据源编号 / the feed's id"),
    _header("X-Cunzhan-Timestamp", "发送时刻,unix 秒,与服务器相差不超过 300 秒 / unix seconds, within 300 s of ours"),
    _header("X-Cunzhan-Signature", "hex(HMAC-SHA256(secret, timestamp + \".\" + body))"),
]


def signed_by_feed(view: Callable[P, T]) -> Callable[P, T]:
    """Refuse with FEED_UNKNOWN or FEED_SIGNATURE before the view; `sending_feed` then gives the feed.

    The look is a short one of its own that only reads, so that nobody without the secret waits for a writer or makes
    one wait.
    """

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
        request.max_content_length = json_body_limit()
        body = request.get_data(cache=True)
        given = {name: request.headers.get(f"X-Cunzhan-{name}", "") for name in ("Feed", "Timestamp", "Signature")}
        with reading(sessions()) as own:
            secret = live_feed(own, given["Feed"]).secret
        check_signature(secret, given["Timestamp"], given["Signature"], body, now=now())
        g.feed_id = given["Feed"]
        return view(*args, **kwargs)

    return guarded


def sending_feed() -> Feed:
    """Give the feed that signed this request, in the request's own transaction; refuses one revoked meanwhile."""
    return live_feed(session(), g.feed_id)
