"""Reminders: what was asked for and when, and where a county's letter goes."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from field_app_schema.county_returns import UnitQuerySchema
from field_app_schema.reminders import MailboxSchema, MailboxToldSchema, RemindersQuerySchema, RemindersSchema
from stations.records.periods import parse_period
from stations.sales.reminders.listing import list_reminders, set_mailbox, tell_mailbox

blp = Blueprint("reminders", __name__, description="催报 / reminders")


@blp.route("/reminders")
@may("return.read")
@blp.arguments(RemindersQuerySchema, location="query")
@blp.response(200, RemindersSchema)
def reminders(query: dict[str, Any]) -> dict[str, Any]:
    """Which stations of a unit were reminded of a month, when and in which way."""
    size = query["page_size"]
    return list_reminders(session(), caller(), query["ou"], parse_period(query["period"]), limit=size,
                          offset=(query["page"] - 1) * size, now=now())  # fmt: skip


@blp.route("/reminders/mailbox")
@may("return.read")
@blp.arguments(UnitQuerySchema, location="query")
@blp.response(200, MailboxSchema)
def mailbox(query: dict[str, Any]) -> dict[str, Any]:
    """The office address to which a county's letter goes."""
    return tell_mailbox(session(), caller(), query["ou"])


@blp.route("/reminders/mailbox", methods=["PUT"])
@may("reminder.address")
@blp.arguments(UnitQuerySchema, location="query")
@blp.arguments(MailboxToldSchema)
@blp.response(200, MailboxSchema)
def put_mailbox(query: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """Let a county's letter go to an address of its office, or to none."""
    set_mailbox(session(), caller(), query["ou"], told["address"], now=now())
    return tell_mailbox(session(), caller(), query["ou"])
