"""A private PostgreSQL + PostGIS on a socket in a temporary folder, started and stopped by the suite, also as root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, Table, text

BIN = Path("/usr/lib/postgresql/15/bin")
PACKAGES = "postgresql-15 postgresql-15-postgis-3"
_LARGE = 1_000_000  # bytes


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
    # Nor would it ever be worth a vacuum, and rows come in the order in which they were written only without one.
    settings = (
        f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c full_page_writes=off "
        "-c synchronous_commit=off -c autovacuum=off -c max_connections=120"
    )
    _run(as_user, BIN / "pg_ctl", "-w", "-D", data, "-l", log, "-o", settings, "start")
    try:
        url = f"postgresql+psycopg://app@/template_gis?host={folder}"
        _run(as_user, BIN / "createdb", "-h", folder, "-U", "app", "template_gis")
        _run(as_user, BIN / "psql", "-q", "-h", folder, "-U", "app", "template_gis", "-c", "create extension postgis")
        yield url
    finally:
        _run(as_user, BIN / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def empty(engine: Engine, tables: Sequence[Table]) -> None:
    """Delete all rows and start the numbers anew.

    Truncating makes new files for each table and each index, 50 ms for all; a test fills a dozen. What a large test
    left is truncated all the same, since a deleted row stays in its file.
    """
    names = [table.name for table in tables]
    asked = [f"select '{name}', exists (select from {name}), pg_relation_size('{name}') > {_LARGE}" for name in names]
    with engine.begin() as connection:
        rows = connection.execute(text(" union all ".join(asked))).all()
        if any(large for _, _, large in rows):
            connection.execute(text(f"truncate {', '.join(names)} restart identity cascade"))
            return
        # Everything goes, so no reference needs to be followed.
        wishes = ["set local session_replication_role = replica"]
        wishes += [f"delete from {name}" for name, filled, _ in rows if filled]
        used = connection.scalars(text("select sequencename from pg_sequences where last_value is not null")).all()
        wishes += [f"alter sequence {name} restart" for name in used]
        connection.exec_driver_sql("; ".join(wishes))


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
