"""A private PostgreSQL + PostGIS on a socket in a temporary folder, started and stopped by the suite, also as root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BIN = Path("/usr/lib/postgresql/15/bin")
PACKAGES = "postgresql-15 postgresql-15-postgis-3"


def is_installed() -> bool:
    """Say whether the server and PostGIS are there."""
    return (BIN / "initdb").exists() and Path("/usr/share/postgresql/15/extension/postgis.control").exists()


@contextmanager
def private_cluster() -> Iterator[str]:
    """Start a cluster and give the URL of its `template` database with PostGIS in it; remove everything after."""
    folder = Path(tempfile.mkdtemp(prefix="cunzhan-pg-"))
    folder.chmod(0o755)
    as_user = _drop_root(folder)
    data, log = folder / "data", folder / "log"
    _run(as_user, BIN / "initdb", "-N", "-A", "trust", "-U", "app", "-E", "UTF8", "--locale=C.UTF-8", "-D", data)
    # fsync off: these data are thrown away; durability has its own tests on its own cluster.
    settings = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c max_connections=120"
    _run(as_user, BIN / "pg_ctl", "-w", "-D", data, "-l", log, "-o", settings, "start")
    try:
        url = f"postgresql+psycopg://app@/template_gis?host={folder}"
        _run(as_user, BIN / "createdb", "-h", folder, "-U", "app", "template_gis")
        _run(as_user, BIN / "psql", "-q", "-h", folder, "-U", "app", "template_gis", "-c", "create extension postgis")
        yield url
    finally:
        _run(as_user, BIN / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _drop_root(folder: Path) -> list[str]:
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _run(as_user: list[str], *command: object) -> None:
    done = subprocess.run([*as_user, *map(str, command)], capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stdout}{done.stderr}")
