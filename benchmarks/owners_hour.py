"""The last hour before the due instant: 15,000 owners report, some twice, some cut off in the middle of the answer.

The server is the one of `make run` (two workers of eight threads, and the job worker), the clients share its machine.
Owners arrive whether or not earlier ones were answered (open loop): a latency is counted from the instant at which the
owner wanted to send. The hour is compressed to RATE owners a second; the real hour brings 4.2. Afterwards the database
must hold exactly one report and one version of each owner, with the figures that were sent.
`python -m benchmarks.owners_hour [owners a second]`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import http.client
import json
import os
import random
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine, delete, func, insert, select, update

from benchmarks.http import ROOT, TICK_S, wait_for
from benchmarks.months_seed import PROVINCE, seeded
from db import make_engine
from field_app_schema.vocab import Role
from stations.people.tables import Account, Device
from stations.records.months import LockException, PeriodExcuse, SalesReport, SalesReportVersion
from stations.records.periods import last_ended
from stations.records.tables import ReportingObligation, Station

OWNERS, RATE, PORT, SENDERS = 15_000, 20.0, 8873, 48
REPEATED, CUT_OFF = 0.20, 0.05
# Above the accounts that the seed makes.
FIRST_ACCOUNT = 100
FORMS = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Sending:
    """One wish to send: when (seconds after the start), whose report, and whether the line breaks in the answer."""

    at_s: float
    owner: int
    is_cut: bool


@dataclass
class Told:
    """What came of the sendings: seconds from wish to answer, answers by status, lines that broke and were retried."""

    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    broken: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def main() -> None:
    rate = float(sys.argv[1]) if len(sys.argv) > 1 else RATE
    for backend in ("sqlite", "postgis"):
        engine = make_engine(seeded(backend, "province", months=13))
        period = last_ended(dt.datetime.now(dt.UTC))
        codes = open_the_hour(engine, period)
        engine.dispose()
        with tempfile.TemporaryDirectory() as folder, served(engine, Path(folder)) as pid:
            run(backend, codes, period, rate, pid)
        check(engine, period)
        engine.dispose()


def open_the_hour(engine: Engine, period: int) -> list[str]:
    """Let every station owe the month and have an owner with a phone; give the codes, in the owners' order."""
    now = dt.datetime.now(dt.UTC)
    with engine.begin() as connection:
        connection.execute(delete(PeriodExcuse).where(PeriodExcuse.period == period))
        connection.execute(delete(SalesReport).where(SalesReport.period == period))
        connection.execute(update(ReportingObligation).values(starts_on=dt.date(2023, 1, 1), ends_on=None))
        connection.execute(update(Station).values(listing_status="active", reporting_mode="form"))
        # The day on which this runs is any day: the month may be locked already.
        connection.execute(insert(LockException), [{
            "unit_code": PROVINCE, "unit_path": f"/CN/{PROVINCE}/", "period": period, "reason": "bench",
            "granted_at": now, "expires_at": now + dt.timedelta(days=1),
        }])  # fmt: skip
        stations = connection.execute(select(Station.id, Station.code, Station.unit_code).order_by(Station.id)).all()
        connection.execute(insert(Account), [
            {"id": FIRST_ACCOUNT + n, "username": f"owner{n}", "display_name": "站长", "role": Role.OWNER,
             "unit_code": one.unit_code, "station_id": one.id, "created_at": now} for n, one in enumerate(stations)
        ])  # fmt: skip
        connection.execute(insert(Device), [
            {"account_id": FIRST_ACCOUNT + n, "label": "bench", "enrolled_at": now,
             "token_sha256": hashlib.sha256(f"owner{n}".encode()).hexdigest()} for n in range(len(stations))
        ])  # fmt: skip
    assert len(stations) >= OWNERS
    return [one.code for one in stations]


def run(backend: str, codes: list[str], period: int, rate: float, pid: int) -> None:
    """Send everything, each at its instant, and print what it took."""
    plan = sendings(rate)
    told, waiting = Told(), iter(plan)
    cpu_before, begun = sum(cpu_s(one) for one in family(pid)), time.perf_counter()

    def sender() -> None:
        while True:
            with told.lock:
                one = next(waiting, None)
            if one is None:
                return
            time.sleep(max(0.0, begun + one.at_s - time.perf_counter()))
            send(one, codes, period, told)
            with told.lock:
                told.latencies.append(time.perf_counter() - begun - one.at_s)

    senders = [threading.Thread(target=sender) for _ in range(SENDERS)]
    for each in senders:
        each.start()
    most_mb = 0.0
    while any(each.is_alive() for each in senders):
        most_mb = max(most_mb, sum(pss_mb(one) for one in family(pid)))
        senders[-1].join(timeout=3)
    took = time.perf_counter() - begun
    cpu_ms = 1000 * (sum(cpu_s(one) for one in family(pid)) - cpu_before) / sum(told.statuses.values())
    late = sorted(told.latencies)
    p50, p99 = (1000 * late[int(share * len(late))] for share in (0.5, 0.99))
    print(f"{backend:8} {len(plan):,} sendings of {OWNERS:,} owners in {took:.0f} s ({len(plan) / took:.0f}/s)  "
          f"p50 {p50:.0f} ms  p99 {p99:.0f} ms  worst {1000 * late[-1]:.0f} ms  {cpu_ms:.1f} CPU-ms a request  "
          f"server at most {most_mb:.0f} MB  answers {dict(told.statuses)}  lines broken {told.broken}"
          f"{'' if p99 <= 1000 else '  SLOWER THAN THE GOAL'}", flush=True)  # fmt: skip


def sendings(rate: float) -> list[Sending]:
    """Plan the hour: owners in any order, some of them again within seconds under the same key, some cut off."""
    dice = random.Random(20)
    owners = list(range(OWNERS))
    dice.shuffle(owners)
    plan = []
    for number, owner in enumerate(owners):
        at_s = number / rate
        plan.append(Sending(at_s, owner, dice.random() < CUT_OFF))
        if dice.random() < REPEATED:
            # Half of them while the first may still be on its way.
            plan.append(Sending(at_s + dice.choice((0.0, 0.0, 1.0, 5.0)), owner, is_cut=False))
    return sorted(plan, key=lambda one: one.at_s)


def send(one: Sending, codes: list[str], period: int, told: Told) -> None:
    """Send until an answer says that the report is kept; a broken line is tried again under the same key."""
    path = f"/api/v1/sales-reports/{codes[one.owner]}/{period}"
    headers = FORMS | {"Authorization": f"Bearer owner{one.owner}",
                       "Idempotency-Key": str(uuid.UUID(int=one.owner + (4 << 76) + (8 << 60)))}  # fmt: skip
    figures = {"online_sales_out": f"{1000 + one.owner}.25", "parcels_in": one.owner % 300}
    body = json.dumps(figures).encode()
    is_cut = one.is_cut
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        try:
            connection.request("PUT", path, body, headers)
            if is_cut:
                is_cut = False
                cut(connection)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            with told.lock:
                told.broken += 1
            continue
        finally:
            connection.close()
        with told.lock:
            told.statuses[answer.status] += 1
        if answer.status in (200, 201):
            return
        if answer.status not in (429, 503):
            return
        time.sleep(0.2)


def cut(connection: http.client.HTTPConnection) -> None:
    """Break the line without a word after the request has gone, before or within the answer."""
    held = connection.sock
    assert held is not None
    time.sleep(0.004)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    held.close()
    raise ConnectionResetError


def check(engine: Engine, period: int) -> None:
    """See that every owner's report is there once, in one version, with the figures that were sent."""
    row, version = SalesReport, SalesReportVersion
    with engine.connect() as connection:
        kept = connection.execute(
            select(row.entered_by, row.online_sales_out_fen, row.parcels_in, func.count(version.id))
            .join(version, version.report_id == row.id).where(row.period == period)
            .group_by(row.id, row.entered_by, row.online_sales_out_fen, row.parcels_in)
        ).all()  # fmt: skip
    found = sorted(((by or 0) - FIRST_ACCOUNT, fen, parcels, versions) for by, fen, parcels, versions in kept)
    wanted = [(owner, 100 * (1000 + owner) + 25, owner % 300, 1) for owner in range(OWNERS)]
    if found != wanted:
        raise SystemExit(f"{len(found):,} reports instead of {OWNERS:,}, or not as they were sent")
    print(f"         {len(found):,} reports, each once and as sent: none lost, none doubled", flush=True)


@contextmanager
def served(engine: Engine, folder: Path) -> Iterator[int]:
    """Run the server as `make run` does and give its process id."""
    env = {"DATABASE_URL": engine.url.render_as_string(hide_password=False).replace("+psycopg", ""),
           "CUNZHAN_VAR": str(folder), "PORT": str(PORT)}  # fmt: skip
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "api.serving"], cwd=ROOT, env=os.environ | env,
                                   stdout=log, stderr=log)  # fmt: skip
    try:
        wait_for(PORT)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def family(pid: int) -> list[int]:
    """Give a process and all below it."""
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in below for one in family(int(child)))]


def cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * TICK_S


def pss_mb(pid: int) -> float:
    """Give the memory of a process, what it shares counted by its part."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


if __name__ == "__main__":
    main()
