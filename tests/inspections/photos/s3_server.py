"""A real server that speaks S3, asks for keys and checks signatures, on free ports and files of its own.

SeaweedFS; its parts speak with each other on the port ten thousand above each one's own.
"""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

WEED = Path(sys.executable).parent / "weed"
KEY, SECRET = "cunzhan-tests", "only-of-this-run"
BUCKET = "photos"
# A test run that is broken off must leave no server behind: PR_SET_PDEATHSIG of prctl(2), then the server itself.
_UNTIL_WE_END = "import ctypes, os, sys; ctypes.CDLL(None).prctl(1, 9); os.execv(sys.argv[1], sys.argv[1:])"
_WITHIN_S, _ATTEMPTS = 60, 3


@dataclass(frozen=True)
class S3Server:
    """Where it listens; `url` names a folder in its bucket as the product's setting does."""

    endpoint: str

    def url(self, prefix: str) -> str:
        return f"s3://{BUCKET}/{prefix}?endpoint={self.endpoint}"


@contextmanager
def s3_server() -> Iterator[S3Server]:
    """Start it, wait until it answers, and kill it after: what it kept is thrown away."""
    with tempfile.TemporaryDirectory(prefix="cunzhan-s3-") as folder, ExitStack() as ends:
        for attempt in range(_ATTEMPTS):
            place = Path(folder) / str(attempt)
            process, port = _start(place)
            ends.callback(_stop, process)
            if _is_ready(process, port):
                yield S3Server(f"http://127.0.0.1:{port}")
                return
        raise RuntimeError(f"the S3 server did not start: {(place / 'log').read_text(errors='replace')[-2000:]}")


def _start(folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    keys = {"name": "tests", "credentials": [{"accessKey": KEY, "secretKey": SECRET}],
            "actions": ["Admin", "Read", "Write", "List"]}  # fmt: skip
    (folder / "data").mkdir(parents=True)
    (folder / "keys.json").write_text(json.dumps({"identities": [keys]}))
    master, volume, filer, s3 = _free_ports(4)
    command = [
        str(WEED), "server", f"-dir={folder / 'data'}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
        "-master.telemetry=false", f"-master.port={master}", f"-volume.port={volume}", "-filer", f"-filer.port={filer}",
        "-volume.max=8", "-master.volumeSizeLimitMB=64", "-s3", f"-s3.port={s3}",
        "-s3.port.iceberg=0", "-s3.port.lance=0", f"-s3.config={folder / 'keys.json'}", "-iam=false",
    ]  # fmt: skip
    with (folder / "log").open("wb") as log:
        start = [sys.executable, "-c", _UNTIL_WE_END, *command]
        return subprocess.Popen(start, stdout=log, stderr=log, cwd=folder), s3


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait(30)


def _is_ready(process: subprocess.Popen[bytes], port: int) -> bool:
    """Wait for its first answer; False where it ended, as it does when a port was taken meanwhile."""
    until = time.monotonic() + _WITHIN_S
    pause = threading.Event()
    while time.monotonic() < until and process.poll() is None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        with closing(line), suppress(OSError, http.client.HTTPException):
            line.request("GET", "/status")
            if line.getresponse().status == 200:
                return True
        pause.wait(0.05)
    return False


def _free_ports(count: int) -> list[int]:
    """Give ports that are free together with their twins, below those the system hands out by itself."""
    held: list[socket.socket] = []
    found: list[int] = []
    try:
        for port in range(10_000 + time.time_ns() % 9_000, 22_000):
            pair = [socket.socket(), socket.socket()]
            held += pair
            with suppress(OSError):
                for one, at in zip(pair, (port, port + 10_000), strict=True):
                    one.bind(("127.0.0.1", at))
                found.append(port)
            if len(found) == count:
                return found
        raise RuntimeError("no free ports")
    finally:
        for one in held:
            one.close()
