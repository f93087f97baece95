"""`make test-faults`: kill -9 and power cuts under load; what was acknowledged must be there afterwards.

Power cut (as root): the server runs on an ext4 image; the image is copied while the server is stopped in mid-write, so
the copy holds only what had reached the disk; it is mounted and compared with the acknowledgements. The bare floor
with `synchronous=OFF` is the control: if it loses nothing, the rig is broken.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from benchmarks.http import ROOT, wait_for
from benchmarks.load import Acknowledged, Load
from benchmarks.peers import FLOOR, OFF
from benchmarks.seeding import Seeded, seed

KILLS = int(os.environ.get("KILLS", "20"))
CUTS = int(os.environ.get("CUTS", "6"))
PORT = 8873


def main() -> None:
    print(f"kill -9 x {KILLS}, then power cut x {CUTS} (KILLS=, CUTS= change them)")
    lost = kill_campaign(KILLS)
    if os.geteuid() == 0:
        lost += power_campaign(CUTS)
    else:
        print("power cuts NOT RUN: mounting an image needs root")
    sys.exit(1 if lost else 0)


def kill_campaign(kills: int) -> int:
    """Kill the whole server at moments that drift through its work, and compare once at the end."""
    with tempfile.TemporaryDirectory() as folder:
        seeded = seed(Path(folder), stations=50)
        acknowledged = Acknowledged()
        for number in range(kills):
            with server("api.app:create_app()", seeded.env) as process, Load(PORT, seeded, acknowledged):
                time.sleep(0.4 + 0.11 * (number % 13))
                os.killpg(process.pid, signal.SIGKILL)
        return report("kill -9", Path(folder), acknowledged)


def power_campaign(cuts: int) -> int:
    """Cut the power `cuts` times under the server, and as often under the control."""
    lost = 0
    totals = Acknowledged()
    for number in range(cuts):
        with disk() as mounted:
            seeded = seed(mounted, stations=50)
            os.sync()
            found = cut(mounted, "api.app:create_app()", seeded.env, seeded, 1.0 + 0.3 * number)
            totals.add(found.acknowledged)
            lost += report(f"power cut {number + 1}", found.folder, found.acknowledged)
            found.close()
    control = control_loss(cuts)
    print(f"power cuts: {len(totals.visits)} visits and {len(totals.photos)} photos acknowledged, {lost} lost; "
          f"control with synchronous=OFF lost {control}")  # fmt: skip
    if control == 0:
        print("THE CONTROL LOST NOTHING: the rig proves nothing")
        return lost + 1
    return lost


def control_loss(cuts: int) -> int:
    lost = 0
    for number in range(cuts):
        with disk() as mounted:
            seeded = Seeded({}, {}, ["B000001"])
            env = {FLOOR: str(mounted / "floor.db"), OFF: "1"}
            found = cut(mounted, "benchmarks.peers:app", env, seeded, 1.0 + 0.3 * number, floor=True)
            kept = rows(found.folder / "floor.db", "select id from record")
            lost += len(found.acknowledged.visits - kept)
            found.close()
    return lost


class Cut:
    """What was left on the disk after a cut, mounted, and what had been acknowledged before it."""

    def __init__(self, folder: Path, image: Path, acknowledged: Acknowledged) -> None:
        self.folder, self.image, self.acknowledged = folder, image, acknowledged

    def close(self) -> None:
        subprocess.run(["umount", self.folder], check=True)
        self.image.unlink()


def cut(
    mounted: Path, target: str, env: dict[str, str], seeded: Seeded, after_s: float, *, floor: bool = False
) -> Cut:
    """Run the server on the mounted disk, stop it dead after `after_s` seconds, and mount what the disk held."""
    acknowledged = Acknowledged()
    image = mounted.with_suffix(".img")
    copy = image.with_suffix(".copy")
    with server(target, env) as process, Load(PORT, seeded, acknowledged, floor=floor):
        time.sleep(after_s)
        os.killpg(process.pid, signal.SIGSTOP)
        settled = acknowledged.copy()
        shutil.copyfile(image, copy)
        os.killpg(process.pid, signal.SIGKILL)
    left = copy.with_suffix(".left")
    left.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop", copy, left], check=True)
    return Cut(left, copy, settled)


@contextmanager
def disk() -> Iterator[Path]:
    """Make and mount a fresh ext4 image of 256 MB."""
    folder = Path(tempfile.mkdtemp())
    image, mounted = folder / "disk.img", folder / "disk"
    with image.open("wb") as file:
        file.truncate(256 << 20)
    subprocess.run(["mkfs.ext4", "-q", image], check=True)
    mounted.mkdir()
    subprocess.run(["mount", "-o", "loop", image, mounted], check=True)
    try:
        yield mounted
    finally:
        subprocess.run(["umount", mounted], check=True)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def server(target: str, env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run gunicorn in a process group of its own, so that one signal reaches all of it."""
    command = [sys.executable, "-m", "gunicorn", "-k", "gthread", "-w", "2", "--threads", "8",
               "--log-level", "critical", "-b", f"127.0.0.1:{PORT}", target]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | env, start_new_session=True)
    try:
        wait_for(PORT)
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=30)


def report(what: str, folder: Path, acknowledged: Acknowledged) -> int:
    """Compare the acknowledgements with database and photo files; print and give how many are missing."""
    database = folder / "bench.db"
    visits = len(acknowledged.visits - rows(database, "select id from inspection"))
    photos = len(acknowledged.photos - rows(database, "select sha256 from medium"))
    files = {sha256(path.read_bytes()).hexdigest() for path in (folder / "photos").rglob("*") if path.is_file()}
    torn = len(acknowledged.photos - files)
    whole = rows(database, "pragma integrity_check") == {"ok"}
    print(f"{what:14} {len(acknowledged.visits)} visits, {len(acknowledged.photos)} photos acknowledged; "
          f"lost {visits} visits, {photos} photo rows, {torn} photo files; database {'whole' if whole else 'DAMAGED'}",
          flush=True)  # fmt: skip
    return visits + photos + torn + (0 if whole else 1)


def rows(database: Path, sql: str) -> set[str]:
    connection = sqlite3.connect(database)
    try:
        return {row[0] for row in connection.execute(sql)}
    except sqlite3.OperationalError:
        # Not even the table reached the disk: everything acknowledged is lost, and is counted so.
        return set()
    finally:
        connection.close()


if __name__ == "__main__":
    main()
