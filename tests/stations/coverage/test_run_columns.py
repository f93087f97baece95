"""A run's hash knows facts, not their order; its columns come back as they were; every difference has a cause."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.coverage.dependency import STAGES
from geo.coverage.gaps import has_logistics, reasons
from geo.coverage.rules import CoverageRules
from geo.coverage.situation import Situation
from geo.coverage.stages import stages_of
from geo.measure import GreatCircle
from stations.coverage.runs.explaining import Side, explain
from stations.coverage.runs.hashing import input_sha256, table_hashes
from stations.coverage.runs.packing import Kept, keep, pack, unpack
from tests.geo.coverage.making import RULES, laid, situations

QUICK = settings(max_examples=60, deadline=None, derandomize=True)


def hash_of(one: Situation) -> str:
    return input_sha256(table_hashes(one))


def taken(table: Any, order: np.ndarray, **references: np.ndarray) -> Any:
    """A table with its rows in another order, and its references to other tables renumbered."""
    columns = {}
    for field in fields(table):
        column = getattr(table, field.name)
        if field.name in references:
            column = np.where(column < 0, -1, references[field.name][column]) if len(column) else column
        columns[field.name] = tuple(column[row] for row in order) if isinstance(column, tuple) else column[order]
    return type(table)(**columns)


def shuffled(one: Situation, seed: int) -> Situation:
    dice = np.random.default_rng(seed)
    order = {name: dice.permutation(len(getattr(one, name).code)) for name in ("villages", "stations", "nodes")}
    rank = {name: np.append(np.argsort(rows), -1) for name, rows in order.items()}
    links = dice.permutation(len(one.links.station))
    return replace(
        one,
        villages=taken(one.villages, order["villages"]),
        stations=taken(one.stations, order["stations"], village=rank["villages"]),
        nodes=taken(one.nodes, order["nodes"], village=rank["villages"]),
        links=taken(one.links, links, station=rank["stations"], village=rank["villages"]),
    )


@QUICK
@given(situations(), st.integers(0, 2**16))
def test_the_order_of_rows_is_no_fact(one: Situation, seed: int) -> None:
    assert hash_of(shuffled(one, seed)) == hash_of(one)


def test_every_column_is_in_the_hash() -> None:
    one = laid((0.0, 2.0), ({"village": 0},), poor=(1,), nodes_in=(1,))
    seen = {hash_of(one), input_sha256(table_hashes(one, "roads"))}
    for table in ("villages", "stations", "links", "nodes"):
        for field in fields(getattr(one, table)):
            column = getattr(getattr(one, table), field.name)
            if isinstance(column, tuple):
                changed: Any = (f"{column[0]}x", *column[1:])
            else:
                changed = column.copy()
                changed[0] = not changed[0] if column.dtype == bool else -1
            seen.add(hash_of(replace(one, **{table: replace(getattr(one, table), **{field.name: changed})})))
    # Nine columns of villages, eleven of stations, four of links, eight of nodes, the whole, and the roads.
    assert len(seen) == 9 + 11 + 4 + 8 + 2


def kept_of(one: Situation, rules: CoverageRules = RULES) -> Kept:
    stages = stages_of(one, rules, GreatCircle())
    none = np.zeros(len(stages.built), dtype=bool)
    why = reasons(one, stages, rules, none, has_logistics(one))
    return keep(one, rules, stages, why, [f"村{code}" for code in one.villages.code])


@QUICK
@given(situations())
def test_columns_come_back_as_they_were(one: Situation) -> None:
    kept = kept_of(one)
    assert unpack(pack(kept)) == kept
    assert pack(kept) == pack(kept_of(one))
    for code, village in kept.by_village.items():
        row = one.villages.code.index(code)
        serving = {one.stations.code[s] for s, v in zip(one.links.station, one.links.village, strict=True) if v == row}
        assert set(kept.links_of.get(code, {})) == serving
        assert village.stages <= set(STAGES)


def test_another_layout_is_no_run() -> None:
    with pytest.raises(ValueError, match="layout"):
        unpack(pack(replace(kept_of(laid((0.0,))), layout="other")))


@settings(QUICK, max_examples=150)
@given(situations(), situations())
def test_every_difference_has_a_cause_and_the_sums_agree(one: Situation, other: Situation) -> None:
    before, after = kept_of(one), kept_of(other)
    told = explain(Side(before, {}, 2023, "1"), Side(after, {}, 2023, "1"))
    assert all(difference.causes for difference in told)
    # A stage never moves without a fact among the columns that a run keeps.
    assert "input" not in {cause.code for difference in told for cause in difference.causes}
    for stage in STAGES:
        was, is_ = (sum(stage in v.stages for v in kept.by_village.values()) for kept in (before, after))
        counted = Counter[str]()
        for one_of in told:
            counted["up"] += stage in one_of.gained
            counted["down"] += stage in one_of.lost
            counted["up"] += one_of.before is None and one_of.after is not None and stage in one_of.after.stages
            counted["down"] += one_of.after is None and one_of.before is not None and stage in one_of.before.stages
        assert was + counted["up"] - counted["down"] == is_
    assert explain(Side(before, {}, 2023, "1"), Side(before, {}, 2023, "2")) == []


def test_causes_of_a_loss_are_those_that_harm() -> None:
    good: dict[str, Any] = {"village": 0}
    one = laid((0.0, 2.0), (good, good | {"village": 1}), ((0, 0), (1, 0), (1, 1)), parcels=(5, 0, 0))
    two = laid((0.0, 2.0), (good | {"life": 4}, good | {"village": 1}), ((0, 0), (1, 1)), parcels=(5, 0))
    told = explain(Side(kept_of(one), {"k": 1}, 2023, "1"), Side(kept_of(two), {"k": 2}, 2023, "1"))
    assert [(each.code, each.change) for each in told] == [("V0", "lost")]
    assert [(cause.code, cause.station) for cause in told[0].causes] == [
        ("station_died", "S0"), ("link_ended", "S1"), ("parameter", ""),
    ]  # fmt: skip
    assert told[0].lost == ("alive", "service", "evidenced")
