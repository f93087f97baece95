"""Every route, every role, own and foreign county: who may, may; who may not is refused; nothing foreign is told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.routing import Rule

from field_app_schema.vocab import Role
from stations.people.access import ACTIONS
from tests.api.access_samples import SAMPLES, build_things
from tests.api.sampling import HIDDEN, KEPT, OPEN, Sample
from tests.conftest import Backend
from tests.world import PEOPLE, World

ROLES = {name: role for name, _, role, _, _ in PEOPLE} | {"nobody": Role.PUBLIC}
# What only the foreign county's things are called.
FOREIGN_WORDS = ("TJ001", "崆峒服务站", "target1", "foreign_work", "周外县")
NEIGHBOUR_WORDS = ("JY002", "夏湾服务站")
PAGES = ("staff.", "figure_pages.", "map_pages.")
# Zhou is at home in Taojiang; the province covers both counties.
AT_HOME = {"zhou": ("foreign",), "xiang": ("own", "foreign")}


def rules_of(app: Flask) -> list[tuple[Rule, str]]:
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))
    return [(rule, _method(rule)) for rule in rules]


def _method(rule: Rule) -> str:
    real = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    assert len(real) <= 1, f"{rule.rule} answers several methods with one view: the matrix asks only one"
    return real[0] if real else "HEAD"


def action_of(app: Flask, rule: Rule) -> str | None:
    return getattr(app.view_functions[rule.endpoint], "access_action", None)


def test_every_route_names_an_action_and_has_a_sample(app: Flask) -> None:
    routes = rules_of(app)
    assert [rule.endpoint for rule, _ in routes if action_of(app, rule) not in ACTIONS] == []
    assert sorted({rule.endpoint for rule, _ in routes} - set(SAMPLES)) == []


@pytest.fixture
def things(app: Flask, world: World, sessions: sessionmaker[Session]) -> dict[str, dict[str, Any]]:
    return build_things(app.test_client(), world, sessions)


@pytest.fixture
def undone(app: Flask, backend: Backend, things: dict[str, dict[str, Any]]) -> Iterator[Connection]:
    """Let the application work inside one transaction, so that each request of the matrix can be undone."""
    assert things
    with backend.engine.connect() as connection:
        outer = connection.begin()
        app.extensions["cunzhan_sessions"] = sessionmaker(
            connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
        )
        yield connection
        outer.rollback()


def fill(value: Any, things: dict[str, Any]) -> Any:
    """Put the county's things in for their names in braces."""
    if isinstance(value, dict):
        return {key: fill(one, things) for key, one in value.items()}
    if isinstance(value, list):
        return [fill(one, things) for one in value]
    if isinstance(value, bytes):
        named = things[value.decode()[1:-1]] if value else b""
        return named.encode() if isinstance(named, str) else named
    if not isinstance(value, str):
        return value
    whole = re.fullmatch(r"\{(\w+)\}", value)
    return things[whole[1]] if whole else re.sub(r"\{(\w+)\}", lambda found: str(things[found[1]]), value)


def ask(
    app: Flask, connection: Connection, rule: Rule, method: str, sample: Sample, things: dict[str, Any],
    headers: dict[str, str],
) -> tuple[int, str]:  # fmt: skip
    """Ask once and undo what it did; gives status and body."""
    path = {name: things.get(sample.path.get(name, name), "icon.svg") for name in rule.arguments}
    if rule.endpoint == "staff.station":
        path = {"code": things["station"]}
    with app.test_request_context():
        url = app.url_map.bind("localhost").build(rule.endpoint, path, method=method)
    body: dict[str, Any] = {"data": fill(sample.data, things)} if sample.data else {}
    if sample.json is not None:
        body = {"json": fill(sample.json, things)}
    point = connection.begin_nested()
    answer = app.test_client().open(
        url, method=method, query_string=fill(sample.query, things), headers=headers | sample.headers, **body
    )
    text = answer.get_data(as_text=False).decode("utf-8", "replace")
    answer.close()
    point.rollback()
    if answer.mimetype == "application/json" and text:
        text = json.dumps(json.loads(text), ensure_ascii=False)
    return answer.status_code, text


def judge(sample: Sample, *, allowed: bool, page: bool, person: str, side: str, status: int, text: str) -> str | None:
    """Say what is wrong with an answer, or nothing."""
    if status >= 500 and status not in sample.also:
        return "failed"
    if not allowed:
        expected = (302 if page else 401) if person == "nobody" else 403
        return None if status == expected else f"must be {expected}"
    # A third party sees the visits it made itself, and here it made none.
    at_home = side in AT_HOME.get(person, ("own",)) and not (sample.makers_only and person == "ping")
    if at_home or sample.foreign == OPEN:
        return None if status < 400 or status in sample.also else "must be allowed"
    if sample.foreign == KEPT:
        return None if status == 202 else "must be kept aside"
    if sample.foreign == HIDDEN:
        words = () if person == "zhou" else NEIGHBOUR_WORDS if side == "neighbour" else FOREIGN_WORDS
        told = [word for word in words if word in text]
        return f"tells {told}" if told or status not in (200, 204, 302, 403, 404) else None
    return None if status in (403, 404) else "must be refused"


@pytest.mark.parametrize("person", ROLES)
def test_whoever_asks_gets_what_the_table_says(
    app: Flask, world: World, things: dict[str, dict[str, Any]], undone: Connection, person: str
) -> None:
    headers = {} if person == "nobody" else world.as_phone(person)
    sides = ("own", "foreign", "neighbour") if person == "tang" else ("own", "foreign")
    wrong, asked = [], 0
    for rule, method in rules_of(app):
        sample, action = SAMPLES[rule.endpoint], action_of(app, rule) or ""
        for side in sides:
            status, text = ask(app, undone, rule, method, sample, things[side], headers)
            asked += 1
            found = judge(
                sample, allowed=ROLES[person] in ACTIONS[action], page=rule.endpoint.startswith(PAGES),
                person=person, side=side, status=status, text=text,
            )  # fmt: skip
            if found:
                wrong.append(f"{person} {method} {rule.rule} ({side}, {action}): {found}, got {status} {text[:160]}")
    assert not wrong, "\n".join(wrong)
    assert asked >= 100
