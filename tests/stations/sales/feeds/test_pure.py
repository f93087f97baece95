"""A feed's signature and sums: exact to the second, to the byte and to the fen."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from field_app_schema.refusals import Refusal
from field_app_schema.vocab_months import TransactionKind
from stations.sales.feeds.figures import Transaction, figures_of
from stations.sales.feeds.signature import check_signature, signature_of
from tests.conftest import NOON

SECRET, BODY = "key", b'{"transactions":[]}'
AT = str(int(NOON.timestamp()))


def test_the_signature_is_the_one_anybody_can_compute() -> None:
    # printf '1795147200.{"transactions":[]}' | openssl dgst -sha256 -hmac key
    assert AT == "1795147200"
    assert signature_of(SECRET, AT, BODY) == ("fbc02e8da5db9777eddc8a2c110c9934303cb83aa70c28951a6bb71bcef2ba0b")


@pytest.mark.parametrize(("seconds", "good"), [(0, True), (300, True), (-300, True), (301, False), (-301, False)])
def test_five_minutes_either_way_are_good(seconds: int, good: bool) -> None:
    stamp = str(int(NOON.timestamp()) + seconds)
    signature = signature_of(SECRET, stamp, BODY)
    if good:
        check_signature(SECRET, stamp, signature, BODY, now=NOON)
        return
    with pytest.raises(Refusal) as caught:
        check_signature(SECRET, stamp, signature, BODY, now=NOON)
    assert (caught.value.code, caught.value.details) == ("FEED_SIGNATURE", {"server_time": 1795147200})


@pytest.mark.parametrize("stamp", ["", "now", "-1", "1795147200.0", " 1795147200", "٣", "1" * 13])
def test_what_is_no_instant_signs_nothing(stamp: str) -> None:
    with pytest.raises(Refusal):
        check_signature(SECRET, stamp, signature_of(SECRET, stamp, BODY), BODY, now=NOON)


@settings(derandomize=True, deadline=None)
@given(st.binary(max_size=60), st.binary(max_size=60), st.text(max_size=70))
def test_another_body_or_signature_is_refused(body: bytes, other: bytes, signature: str) -> None:
    right = signature_of(SECRET, AT, body)
    check_signature(SECRET, AT, right, body, now=NOON)
    for given_signature, sent in ((right, other), (signature, body), (right.upper() + "0", body)):
        if given_signature == right and sent == body:
            continue
        with pytest.raises(Refusal):
            check_signature(SECRET, AT, given_signature, sent, now=NOON)


def test_sums_go_to_the_figure_of_their_kind() -> None:
    figures = figures_of([
        ("sale_out", 100_00, 3), ("upstream_sale", 40_00, 1), ("purchase_agency", 7_50, 1), ("parcel_in", 0, 35),
    ])  # fmt: skip
    assert figures.on_the_wire() == {
        "online_sales_out": "140.00", "purchase_agency_amount": "7.50", "upstream_sales": "40.00",
        "parcels_in": 35, "parcels_out": None,
    }  # fmt: skip
    assert figures_of([("sale_out", -5_00, 1)]).on_the_wire()["online_sales_out"] == "-5.00"
    assert figures_of([]).is_blank


SUMS = st.lists(
    st.tuples(st.sampled_from([one.value for one in TransactionKind]), st.integers(-(10**9), 10**9),
              st.integers(0, 10**4)),
    max_size=12,
)  # fmt: skip


@settings(derandomize=True, deadline=None)
@given(SUMS)
def test_the_order_of_transactions_changes_no_sum(sums: list[tuple[str, int, int]]) -> None:
    assert figures_of(sums) == figures_of(sums[::-1]) == figures_of(sorted(sums))
    fen = sum(amount for kind, amount, _ in sums if kind in ("sale_out", "upstream_sale"))
    assert (figures_of(sums).online_sales_out_fen or 0) == fen


def test_a_transaction_counts_in_its_month_in_china() -> None:
    last = Transaction("t", "s", dt.datetime(2026, 10, 31, 15, 59, 59, tzinfo=dt.UTC), TransactionKind.SALE_OUT, 1, 0)
    first = Transaction("t", "s", dt.datetime(2026, 10, 31, 16, 0, tzinfo=dt.UTC), TransactionKind.SALE_OUT, 1, 0)
    assert (last.period, first.period) == (202610, 202611)
    same = Transaction("t", "s", last.occurred_at.astimezone(dt.timezone(dt.timedelta(hours=8))), last.kind, 1, 0)
    assert same.sha256() == last.sha256() != first.sha256()
