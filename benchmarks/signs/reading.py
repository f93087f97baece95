"""Have a folder's pictures read in a process of its own: what was suggested, how long, how much memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Got:
    """What the reader made of one picture; `peak_mb` of its process so far; lines as read, for whoever looks why."""

    file: str
    sign_class: str
    wording: str | None
    confidence: float
    is_sure: bool
    channels: list[dict[str, Any]]
    lines: list[str]
    width_px: int
    height_px: int
    ms: float
    peak_mb: float


def read_apart(folder: Path, files: list[str]) -> Iterator[Got]:
    """Give what a child process, pinned to one core, reads; raises CalledProcessError when it dies."""
    command = [sys.executable, "-m", "benchmarks.signs.child", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write("\n".join(files))
        child.stdin.close()
        for line in child.stdout:
            yield Got(**json.loads(line))
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
