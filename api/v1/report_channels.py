"""Report channels over HTTP: what offices publish; anybody reads them with a station."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from field_app_schema.report_channels import ChannelsSchema, NewChannelSchema, ShownChannelSchema
from stations.channels.keeping import ChannelWish, ShownChannel, channels_below, set_channel

blp = Blueprint("report_channels", __name__, description="举报监督渠道 / report channels")


@blp.route("/report-channels")
@may("channel.set")
@blp.response(200, ChannelsSchema)
def channels() -> dict[str, Any]:
    """The channels of your unit and of those below it. 本级及下级公布的举报渠道。"""
    return {"channels": channels_below(session(), caller())}


@blp.route("/report-channels/<string:unit>", methods=["PUT"])
@may("channel.set")
@blp.arguments(NewChannelSchema)
@blp.response(200, ShownChannelSchema)
def publish(told: dict[str, Any], unit: str) -> ShownChannel:
    """Publish a unit's channel; the former one stays in the record. 公布举报渠道。"""
    return set_channel(session(), caller(), unit, ChannelWish(**told), now=now())
