"""`make run`: bring the database up to date, fill an empty one with the demonstration, serve, and work off jobs.

One parent keeps two children: the web server (gunicorn) and the job worker. The worker is started again when it dies;
when the server ends, all ends.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from types import FrameType
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from api.app import create_app
from api.config import Config, ConfigError, config_from_env
from api.demonstration.loading import load_if_empty, read_accounts
from api.demonstration.people import DemoAccounts
from api.schema import upgrade
from api.worker import work_until_told

# A worker that dies at once must not be started in a tight loop.
PAUSE_BEFORE_RESTART_S = 2.0


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn around an application that is already built, so that starting imports everything once."""

    def __init__(self, app: Flask, config: Config) -> None:
        self.app = app
        self.settings = {
            "bind": f"{config.host}:{config.port}",
            "worker_class": "gthread",
            "workers": config.web_workers,
            "threads": 8,
            "preload_app": True,
            "timeout": 120,
            "accesslog": None,
            "errorlog": "-",
            "loglevel": "warning",
            "post_fork": _forget_connections,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app


def _forget_connections(server: Any, _worker: Any) -> None:
    # A database connection must never be shared across a fork.
    server.app.app.extensions["cunzhan_engine"].dispose(close=False)


def prepare(app: Flask) -> DemoAccounts | None:
    """Bring the schema up to date and, in an empty database, load the shipped facts and the demonstration."""
    config: Config = app.extensions["cunzhan_config"]
    config.var_dir.mkdir(parents=True, exist_ok=True)
    upgrade(app.extensions["cunzhan_engine"])
    load_if_empty(app, config)
    app.extensions["cunzhan_engine"].dispose()
    return read_accounts(config)


def announce(config: Config, accounts: DemoAccounts | None) -> None:
    """Print where to go and, for the demonstration, as whom."""
    base = f"http://{config.host}:{config.port}"
    print(f"\n村站通 / Cunzhan\n  地图 map        {base}/\n  手机端 phone     {base}/app/")
    print(f"  接口文档 API     {base}/api/docs")
    if accounts:
        print(f"\n演示账号 / demonstration accounts ({config.demo_accounts_file})")
        for line in accounts.lines():
            print(f"  {line}")
    print("\n按 Ctrl-C 停止 / press Ctrl-C to stop\n", flush=True)


def serve(app: Flask, config: Config) -> int:
    """Keep the server and the worker running until a signal or the server's end; give the exit status."""
    server = _fork(lambda: Server(app, config).run())
    worker = _fork(lambda: work_until_told(app))
    children = {"server": server, "worker": worker}

    def stop(signum: int, _frame: FrameType | None) -> None:
        for pid in children.values():
            _kill(pid, signum)

    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, stop)
    stopped = 0
    while True:
        pid, status = os.wait()
        if pid == children["server"]:
            _kill(children["worker"], signal.SIGTERM)
            return os.waitstatus_to_exitcode(status)
        stopped = os.waitstatus_to_exitcode(status)
        if stopped == 0:
            continue
        logging.getLogger("cunzhan").warning("the job worker ended with %s and is started again", stopped)
        time.sleep(PAUSE_BEFORE_RESTART_S)
        children["worker"] = _fork(lambda: work_until_told(app))


def _fork(run: Any) -> int:
    pid = os.fork()
    if pid:
        return pid
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, signal.SIG_DFL)
    status = 1
    try:
        run()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    finally:
        sys.stdout.flush()
        # Not sys.exit: the parent's own exit work is not this child's.
        os._exit(status)


def _kill(pid: int, signum: int) -> None:
    try:
        os.kill(pid, signum)
    except ProcessLookupError:
        return


def main() -> int:
    """Run `make run`'s second half; a wrong setting is one clear line and exit status 2."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        config = config_from_env()
    except ConfigError as wrong:
        print(f"设置有误 / wrong setting: {wrong}", file=sys.stderr)
        return 2
    app = create_app(config)
    announce(config, prepare(app))
    return serve(app, config)


if __name__ == "__main__":
    sys.exit(main())
