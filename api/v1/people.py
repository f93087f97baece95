"""Accounts: made, listed, closed and given a new password by the staff above them."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint
from flask_smorest.pagination import PaginationParameters

from api.boundary import caller, may, now, session
from field_app_schema.people import (
    AccountQuerySchema,
    AccountSchema,
    NewAccountSchema,
    NewAccountsSchema,
    NewPasswordSchema,
)
from stations.people.accounts import (
    AccountRow,
    NewAccount,
    close_account,
    create_account,
    create_accounts,
    list_accounts,
    reset_password,
)
from stations.register.lookup.reading import find_station

blp = Blueprint("people", __name__, description="账号 / accounts")


@blp.route("/accounts")
@may("account.manage")
@blp.arguments(AccountQuerySchema, location="query")
@blp.response(200, AccountSchema(many=True))
@blp.paginate(page_size=50, max_page_size=500)
def accounts(query: dict[str, Any], pagination_parameters: PaginationParameters) -> list[AccountRow]:
    """The accounts in my area, by user name, closed ones too."""
    page = pagination_parameters
    rows, page.item_count = list_accounts(session(), caller(), limit=page.page_size, offset=page.first_item, **query)
    return rows


@blp.route("/accounts", methods=["POST"])
@may("account.manage")
@blp.arguments(NewAccountSchema)
@blp.response(201, AccountSchema)
def add_account(facts: dict[str, Any]) -> AccountRow:
    """Make an account, never above my own role and inside my area."""
    return create_account(session(), caller(), _wanted(facts), now=now())


@blp.route("/accounts/bulk", methods=["POST"])
@may("account.manage")
@blp.arguments(NewAccountsSchema)
@blp.response(201, AccountSchema(many=True))
def add_accounts(asked: dict[str, Any]) -> list[AccountRow]:
    """Make up to 200 accounts, all or none; a refusal names its row."""
    return create_accounts(session(), caller(), [_wanted(facts) for facts in asked["accounts"]], now=now())


@blp.route("/accounts/<int:account_id>", methods=["DELETE"])
@may("account.manage")
@blp.response(204)
def close(account_id: int) -> None:
    """Close an account; its browsers and phones are turned away from the next request on."""
    close_account(session(), caller(), account_id, now=now())


@blp.route("/accounts/<int:account_id>/password", methods=["PUT"])
@may("account.manage")
@blp.arguments(NewPasswordSchema)
@blp.response(204)
def set_password(asked: dict[str, str], account_id: int) -> None:
    """Give an account a new password and sign it out everywhere."""
    reset_password(session(), caller(), account_id, asked["password"], now=now())


def _wanted(facts: dict[str, Any]) -> NewAccount:
    code = facts.pop("station_code", None)
    if code is None:
        return NewAccount(**facts)
    station = find_station(session(), caller(), code)
    return NewAccount(**facts, station_id=station.id, station_path=station.unit_path)
