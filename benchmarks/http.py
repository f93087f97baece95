"""What a request costs: CPU-milliseconds of the server processes, ours against a bare floor in the same run.

The floor is the least that could answer at all: Flask and sqlite3 without sign-in, scope, validation or schema, served
by the same gunicorn with the same `synchronous=FULL`. The ratio says what all the rest costs.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers import FLOOR
from benchmarks.seeding import Seeded, seed

ROOT = Path(__file__).resolve().parent.parent
CLIENTS = 4
REQUESTS = 600
ROUNDS = 3
TICK_S = 1 / os.sysconf("SC_CLK_TCK")


@dataclass
class Cost:
    """CPU-milliseconds a request, requests a second and the 99th percentile of latency in ms."""

    cpu_ms: float
    rps: float
    p99_ms: float


Ask = Callable[[http.client.HTTPConnection, int], int]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        seeded = seed(Path(folder), stations=2000)
        floor_env = {FLOOR: str(Path(folder) / "floor.db")}
        with (
            served("api.app:create_app()", 8871, seeded.env) as ours,
            served("benchmarks.peers:app", 8872, floor_env) as floor,
        ):
            compare("PUT inspection", put_visit(seeded), put_floor(seeded), ours, floor)
            alone("map JSON, 2,000 stations, whole", get("/api/v1/maps/stations.json", seeded, 200), ours)
            alone("map JSON, nothing new (304)", get_unchanged("/api/v1/maps/stations.json", seeded), ours)
            alone("phone's stations, nothing new (304)", get_unchanged("/api/v1/my/stations", seeded), ours)
            alone("healthz", get("/healthz", seeded, 200), ours)


def compare(what: str, ask: Ask, ask_floor: Ask, ours: int, floor: int) -> None:
    rounds = [(measure(ask, 8871, ours), measure(ask_floor, 8872, floor)) for _ in range(ROUNDS)]
    mine, bare = (sorted(pair[side].cpu_ms for pair in rounds)[ROUNDS // 2] for side in (0, 1))
    best = rounds[0][0]
    print(f"{what:40} {mine:6.2f} CPU-ms  floor {bare:5.2f}  ratio {mine / bare:4.1f}   "
          f"{best.rps:5.0f}/s  p99 {best.p99_ms:.0f} ms")  # fmt: skip


def alone(what: str, ask: Ask, pid: int) -> None:
    cost = measure(ask, 8871, pid)
    print(f"{what:40} {cost.cpu_ms:6.2f} CPU-ms  {cost.rps:5.0f}/s  p99 {cost.p99_ms:.0f} ms")


def measure(ask: Ask, port: int, pid: int) -> Cost:
    """Ask REQUESTS times with CLIENTS keep-alive clients; every answer must be the expected one."""
    before, started = tree_cpu_s(pid), time.perf_counter()
    latencies: list[float] = []
    wrong: list[int] = []

    def client(first: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for number in range(first, REQUESTS, CLIENTS):
            begun = time.perf_counter()
            status = ask(connection, number)
            latencies.append(time.perf_counter() - begun)
            if status not in (200, 201, 304):
                wrong.append(status)
        connection.close()

    threads = [threading.Thread(target=client, args=(first,)) for first in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - started
    if wrong:
        raise SystemExit(f"{len(wrong)} wrong answers, first {wrong[0]}")
    cpu_ms = 1000 * (tree_cpu_s(pid) - before) / REQUESTS
    return Cost(cpu_ms, REQUESTS / took, 1000 * sorted(latencies)[int(0.99 * REQUESTS)])


def put_visit(seeded: Seeded) -> Ask:
    def ask(connection: http.client.HTTPConnection, number: int) -> int:
        body = json.dumps(seeded.visit(number)).encode()
        return send(connection, "PUT", f"/api/v1/inspections/{uuid.uuid4()}", body, seeded.phone)

    return ask


def put_floor(seeded: Seeded) -> Ask:
    def ask(connection: http.client.HTTPConnection, number: int) -> int:
        return send(connection, "PUT", f"/records/{uuid.uuid4()}", json.dumps(seeded.visit(number)).encode(), {})

    return ask


def get(path: str, seeded: Seeded, expected: int) -> Ask:
    def ask(connection: http.client.HTTPConnection, _number: int) -> int:
        status = send(connection, "GET", path, None, seeded.phone | {"Accept-Encoding": "gzip"})
        return status if status == expected else -status

    return ask


def get_unchanged(path: str, seeded: Seeded) -> Ask:
    connection = http.client.HTTPConnection("127.0.0.1", 8871, timeout=30)
    connection.request("GET", path, headers=seeded.phone)
    answer = connection.getresponse()
    answer.read()
    tag = {"If-None-Match": answer.headers["ETag"]}

    def ask(held: http.client.HTTPConnection, _number: int) -> int:
        status = send(held, "GET", path, None, seeded.phone | tag)
        return status if status == 304 else -status

    return ask


def send(
    connection: http.client.HTTPConnection, method: str, path: str, body: bytes | None, headers: dict[str, str]
) -> int:
    connection.request(method, path, body, {"Content-Type": "application/json"} | headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


@contextmanager
def served(target: str, port: int, env: dict[str, str]) -> Iterator[int]:
    """Run gunicorn with two workers of eight threads and give its process id."""
    command = [sys.executable, "-m", "gunicorn", "-k", "gthread", "-w", "2", "--threads", "8", "--log-level", "error",
               "-b", f"127.0.0.1:{port}", target]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | env)
    try:
        wait_for(port)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def wait_for(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"nothing answers on port {port}")


def tree_cpu_s(pid: int) -> float:
    """Give the CPU seconds of a process and all below it."""
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(stat.parent.name) == pid or int(fields[1]) == pid:
            total += (int(fields[11]) + int(fields[12])) * TICK_S
    return total


if __name__ == "__main__":
    main()
