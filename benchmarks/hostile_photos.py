"""Every hostile file through a real server: each answer is the expected one, and memory and CPU stay bounded.

The corpus is that of tests/inspections/photos/hostile, and beside it the largest bodies the door takes, one by one and
eight at once. Then honest pictures are spoilt at random, and the largest ones accepted are made small, each in a
process of its own. Prints the figures; exits with 1 where an answer is wrong or memory grows beyond its bound.
"""

from __future__ import annotations

import hashlib
import http.client
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pillow_heif
from PIL import Image

from benchmarks.http import ROOT, served, tree_cpu_s
from benchmarks.seeding import Seeded, seed
from field_app_schema.refusals import Refusal
from inspections.photos.pictures.looking import look_at
from inspections.photos.pictures.small import make_small
from tests.inspections.photos.hostile.corpus import CORPUS, made
from tests.inspections.photos.hostile.fuzz import ALLOWED, campaign
from tests.inspections.photos.hostile.jpegs import ACCEPTED
from tests.inspections.photos.hostile.pieces import black_png, chunk, header, jpeg, packed_zeros, png_of

PORT = 8877
AT_ONCE = 8
GROWTH_MB, MADE_SMALL_MB = 64, 450
ROUNDS = int(os.environ.get("ROUNDS", "1000"))
# The empty file is a BAD_INPUT to HTTP before it is anything to us.
NOT_SENT = ("nothing",)


@dataclass
class Figures:
    """What a run through the door cost: growth of the largest server process in MB, worst CPU a request in ms."""

    sent: int = 0
    growth_mb: float = 0.0
    worst_cpu_ms: float = 0.0
    worst: str = ""
    wrong: list[str] = field(default_factory=list)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        seeded = seed(Path(folder), stations=2)
        small = through_the_door(seeded, corpus(), at_once=1)
        told("the corpus, one by one", small)
        large = through_the_door(seeded, largest(), at_once=1)
        told("20 MB bodies, one by one", large)
        crowd = through_the_door(seeded, corpus(salt=b"8"), at_once=AT_ONCE)
        told(f"the corpus, {AT_ONCE} at once", crowd)
    print(f"the corpus looked at alone   +{looked_at():.1f} MB")
    found = campaign(ROUNDS, seed=7)
    print(f"spoilt at random: {sum(found.values())} files, {dict(sorted(found.items()))}")
    peaks = [made_small(name) for name in LARGE]
    wrong = small.wrong + large.wrong + crowd.wrong + sorted(set(found) - ALLOWED - {ACCEPTED})
    print(*wrong, sep="\n")
    grown = max(small.growth_mb, large.growth_mb, crowd.growth_mb) > GROWTH_MB
    sys.exit(bool(wrong) or grown or max(peaks) > MADE_SMALL_MB)


def told(what: str, figures: Figures) -> None:
    print(f"{what:28} {figures.sent:4} files  largest process +{figures.growth_mb:.0f} MB  "
          f"worst {figures.worst_cpu_ms:.0f} CPU-ms ({figures.worst})  wrong {len(figures.wrong)}")  # fmt: skip


def corpus(salt: bytes = b"") -> Iterator[tuple[str, bytes, str]]:
    """Give (name, bytes, what is expected); a salt makes other refused files, whose refusal may be another."""
    for name, (_make, said) in CORPUS.items():
        if name in NOT_SENT or (salt and said == ACCEPTED):
            continue
        yield name, made(name) + salt, "" if salt else said


def largest() -> Iterator[tuple[str, bytes, str]]:
    """Give the largest bodies the door takes, each made to be slow to look through."""
    body, dice = jpeg(), random.Random(7)
    yield "scan of stuffed bytes", body[:-2] + b"\xff\0" * 9_900_000 + b"\xff\xd9", ACCEPTED
    yield "scan without end", body[:-2] + b"\xff\0" * 9_900_000, "PHOTO_TRUNCATED"
    yield "filling behind", body + b"\0" * 19_900_000, ACCEPTED
    yield "noise behind", body + dice.randbytes(19_900_000), "PHOTO_MORE_THAN_A_PICTURE"
    yield "noise", dice.randbytes(19_900_000), "PHOTO_FORMAT"
    pixels = [chunk(b"IDAT", dice.randbytes(1_900))] * 9_000
    yield "png of nine thousand pieces", png_of(header(4_000, 3_000), *pixels), ACCEPTED


def through_the_door(seeded: Seeded, files: Iterator[tuple[str, bytes, str]], *, at_once: int) -> Figures:
    """Send files to a server just started and warmed; CPU a request is only told one by one."""
    figures = Figures()
    with served("api.app:create_app()", PORT, seeded.env) as server:
        with ThreadPoolExecutor(2 * AT_ONCE) as pool:
            warm = [jpeg(comment=f"{time.time()} {number}".encode()) for number in range(10 * AT_ONCE)]
            list(pool.map(lambda body: send(seeded, body), warm))
        before = peaks_reset(server)
        with ThreadPoolExecutor(at_once) as pool:
            for name, body, said, answer in pool.map(lambda one: (*one, timed(seeded, server, one[1])), files):
                note(figures, name, said, *answer, told_cpu=at_once == 1)
                del body
        after = peaks(server)
    figures.growth_mb = max(after[pid] - before.get(pid, 0) for pid in after) / 1024
    return figures


def note(figures: Figures, name: str, expected: str, said: str, cpu_ms: float, *, told_cpu: bool) -> None:
    figures.sent += 1
    if said == "INTERNAL" or (expected and said != expected):
        figures.wrong.append(f"{name}: {said}, not {expected}")
    if told_cpu and cpu_ms > figures.worst_cpu_ms:
        figures.worst_cpu_ms, figures.worst = cpu_ms, name


def timed(seeded: Seeded, server: int, body: bytes) -> tuple[str, float]:
    before = tree_cpu_s(server)
    said = send(seeded, body)
    return said, 1000 * (tree_cpu_s(server) - before)


def send(seeded: Seeded, body: bytes) -> str:
    """Send a whole photo and give «accepted» or the code of its refusal."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    connection.request("PUT", f"/api/v1/media/{hashlib.sha256(body).hexdigest()}", body, seeded.phone)
    answer = connection.getresponse()
    told = json.loads(answer.read())
    connection.close()
    return ACCEPTED if answer.status in (200, 201) else str(told.get("reason", told)["code"])


def peaks(server: int) -> dict[int, int]:
    """Give the peak resident memory in kB of each process below the server's."""
    found = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            parent, peak = _peak_kb(status)
        except (OSError, KeyError):
            continue
        if parent == server:
            found[int(status.parent.name)] = peak
    return found


def _peak_kb(status: Path) -> tuple[int, int]:
    """Give (parent, peak resident kB) of a process."""
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
    return int(lines["PPid"]), int(lines["VmHWM"].split()[0])


def peaks_reset(server: int) -> dict[int, int]:
    """Let the peaks begin anew, and give where they begin."""
    for pid in peaks(server):
        Path(f"/proc/{pid}/clear_refs").write_text("5")
    return peaks(server)


def _saved(mode: str, kind: str, side: int, **how: object) -> bytes:
    out = io.BytesIO()
    Image.radial_gradient("L").resize((side, side)).convert(mode).save(out, kind, **how)
    return out.getvalue()


# The largest that are accepted, by how their decoders hold them.
LARGE = {
    "jpeg, 49 MP": lambda: _saved("RGB", "JPEG", 7_000),
    "jpeg, progressive, 24 MP": lambda: _saved("RGB", "JPEG", 4_900, progressive=True, subsampling=0),
    "png, 49 MP": lambda: black_png(7_000),
    "png, see-through, 49 MP": lambda: _saved("RGBA", "PNG", 7_000, compress_level=1),
    "png, 16 bits, 49 MP": lambda: png_of(header(7_000, 7_000, 16, 6), chunk(b"IDAT", packed_zeros(7_000 * 56_001))),
    "webp, 19 MP": lambda: _saved("RGB", "WEBP", 4_400, method=0),
    "heic, 49 MP": lambda: _heic(7_000),
}


def _heic(side: int) -> bytes:
    pillow_heif.register_heif_opener()
    return _saved("RGB", "HEIF", side, quality=40)


def made_small(name: str) -> float:
    """Make one of the largest small in a process of its own; give by how many MB its memory grew at its peak."""
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(LARGE[name]())
        command = [sys.executable, "-m", "benchmarks.hostile_photos", "small", file.name]
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    cpu_s, grown_mb = map(float, done.stdout.split())
    print(f"made small: {name:26} {cpu_s:.2f} CPU-s  +{grown_mb:.0f} MB")
    return grown_mb


def looked_at() -> float:
    """Look at the whole corpus in a process of its own; give by how many MB its memory grew at its peak."""
    command = [sys.executable, "-m", "benchmarks.hostile_photos", "look"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return float(done.stdout)


def _small(path: str) -> None:
    body = Path(path).read_bytes()
    before, started = own_peak_kb(), time.process_time()
    make_small(body)
    print(time.process_time() - started, (own_peak_kb() - before) / 1024)


def _look() -> None:
    bodies = [made(name) for name in CORPUS]
    Path("/proc/self/clear_refs").write_text("5")
    before = own_peak_kb()
    for body in bodies:
        with suppress(Refusal):
            look_at(body)
    print((own_peak_kb() - before) / 1024)


def own_peak_kb() -> int:
    return _peak_kb(Path("/proc/self/status"))[1]


if __name__ == "__main__":
    if sys.argv[1:2] == ["small"]:
        _small(sys.argv[2])
    elif sys.argv[1:2] == ["look"]:
        _look()
    else:
        main()
