"""A file for the tests: rows as text, taken in by Jiang of Jiangyong at a moment."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab_network import NetworkFile
from stations.logistics.taking_in.importing import NetworkWish, take_network
from tests.conftest import NOON
from tests.world import World


def take(
    session: Session, world: World, kind: str, text: str, *, by: str = "jiang", now: dt.datetime = NOON, **wish: Any
) -> dict[str, Any]:
    """Take a CSV in, for good unless `dry_run` says otherwise; several blanks of the text's lines are cut."""
    content = "\n".join(line.strip() for line in text.strip().splitlines()).encode()
    told = NetworkWish(NetworkFile(kind), **({"dry_run": False, "name": f"{kind}.csv"} | wish))
    taken = take_network(session, world.callers[by], told, content, now=now)
    session.flush()
    session.expire_all()
    return taken


def counts(taken: dict[str, Any]) -> dict[str, int]:
    """Give the counts that are not nothing."""
    return {key: count for key, count in taken["counts"].items() if count and key != "rows"}


def wrong(session: Session, world: World, kind: str, text: str, **how: Any) -> list[tuple[int | None, str | None, str]]:
    """Give (row, column, code) of every error; the import itself must be refused with the same."""
    tried = take(session, world, kind, text, **how, dry_run=True)
    with pytest.raises(Refusal) as refused:
        take(session, world, kind, text, **how)
    assert refused.value.code == "NETWORK_ROWS"
    assert refused.value.details["result"]["errors"] == tried["errors"]
    return [(one["row"], one["column"], one["code"]) for one in tried["errors"]]
