"""How heavy the phone is: JavaScript and CSS, gzipped."""

from __future__ import annotations

import gzip
from pathlib import Path

from tests.phone.stand.server import BUILT as DIST

BOUND_BYTES = 150_000


def run() -> None:
    """Print the first load (what the page itself names) and the whole, worker and later pieces included."""
    page = (DIST / "index.html").read_text()
    pieces = [path for path in DIST.rglob("*") if path.suffix in (".js", ".css")]
    files = {path.relative_to(DIST).as_posix(): _packed(path) for path in pieces}
    first = sum(size for name, size in files.items() if name in page)
    print(f"  first load {first / 1000:.1f} kB gzipped (bound {BOUND_BYTES / 1000:.0f}); "
          f"with the worker and all later pieces {sum(files.values()) / 1000:.1f} kB")  # fmt: skip


def _packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))
