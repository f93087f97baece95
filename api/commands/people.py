"""Commands for people: make an account, let a phone in, turn one away. Whoever may run them may do all of it."""

from __future__ import annotations

import click
import segno
from flask import current_app
from flask.cli import with_appcontext

from api.config import Config
from db import writing
from field_app_schema.refusals import Refusal
from field_app_schema.vocab import Role
from stations.people.access import Caller
from stations.people.accounts import NewAccount, create_account
from stations.people.devices import revoke_device
from stations.people.enrolling import make_enrolment
from stations.people.profile import find_account_id
from stations.register.lookup.reading import find_station

# The machine's own hand: bounded by nothing, and without an account in the audit trail.
OPERATOR = Caller(account_id=None, role=Role.PROVINCE, unit_code="CN", unit_path="/", display_name="flask")
ROLES = [role.value for role in Role if role is not Role.PUBLIC]


def say_no(refusal: Refusal) -> click.ClickException:
    """Give a refusal as the error of a command."""
    reasons = "; ".join(f"{field}: {messages}" for field, messages in refusal.errors.items())
    return click.ClickException(f"{refusal.code} {refusal.kind.zh} {refusal.kind.en} {reasons}".strip())


@click.command("add-account")
@click.argument("username")
@click.option("--name", "display_name", required=True, help="显示的姓名 / the name shown")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--unit", "unit_code", required=True, help="单位代码 / code of the unit, e.g. 431125")
@click.option("--station", help="站长的站点编号 / the owner's station code")
@click.option("--password", help="不给则提示输入;站长、检查员可留空 / asked for when not given")
@with_appcontext
def add_account(
    *, username: str, display_name: str, role: str, unit_code: str, station: str | None, password: str | None
) -> None:
    """新建账号。Make an account."""
    if password is None:
        password = click.prompt("密码 / password", default="", hide_input=True, show_default=False)
    now = current_app.extensions["cunzhan_clock"]()
    try:
        with writing(current_app.extensions["cunzhan_sessions"]) as session:
            found = find_station(session, OPERATOR, station) if station else None
            wanted = NewAccount(
                username, display_name, Role(role), unit_code, password or None,
                found.id if found else None, found.unit_path if found else "",
            )  # fmt: skip
            made = create_account(session, OPERATOR, wanted, now=now)
    except Refusal as refusal:
        raise say_no(refusal) from refusal
    click.echo(f"已建账号 / made account {made.username} ({made.role}, {made.unit_name})")


@click.command("enrol")
@click.argument("username")
@click.option("--base-url", help="手机打开的地址 / the address phones open, e.g. https://example.org")
@with_appcontext
def enrol(username: str, base_url: str | None) -> None:
    """为某人的手机生成一次性登记码。Make a one-time code for somebody's phone."""
    config: Config = current_app.extensions["cunzhan_config"]
    now = current_app.extensions["cunzhan_clock"]()
    try:
        with writing(current_app.extensions["cunzhan_sessions"]) as session:
            account_id = find_account_id(session, username)
            new = make_enrolment(session, OPERATOR, account_id, now=now, minutes=config.enrolment_minutes)
    except Refusal as refusal:
        raise say_no(refusal) from refusal
    link = f"{(base_url or f'http://{config.host}:{config.port}').rstrip('/')}/app/#enrol={new.code}"
    segno.make(link, error="m", micro=False).terminal(compact=True)
    click.echo(f"登记码 / code  {new.code}\n地址 / link    {link}\n有效至 / until  {new.expires_at.isoformat()}")


@click.command("revoke-device")
@click.argument("device_id", type=int)
@with_appcontext
def revoke(device_id: int) -> None:
    """收回一台手机的授权,下一次请求即生效。Revoke a phone from its next request on."""
    now = current_app.extensions["cunzhan_clock"]()
    try:
        with writing(current_app.extensions["cunzhan_sessions"]) as session:
            revoke_device(session, OPERATOR, device_id, now=now)
    except Refusal as refusal:
        raise say_no(refusal) from refusal
    click.echo(f"已收回 / revoked device {device_id}")


PEOPLE_COMMANDS = [add_account, enrol, revoke]
