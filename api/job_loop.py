"""The worker's loop: claim, give to the kind's function, keep the lease alive, finish; it ends politely on SIGTERM.

Threads run the functions; the main thread renews every lease they hold, writes their progress and asks for the daily
work. A function opens its own transactions, so that renewing never has to wait for it inside one process.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import secrets
import selectors
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

import jobs
from db import reading, writing
from field_app_schema.refusals import Refusal

log = logging.getLogger("cunzhan.worker")

BEIJING = dt.timezone(dt.timedelta(hours=8))
# Asked for once each Beijing day by whichever worker sees the day first; so no machine needs cron.
DAILY = (
    "feed_months", "vitality_recheck", "staging_sweep", "preview_sweep", "orphan_sweep", "derivative_catch_up",
    "job_sweep", "reminders",
)  # fmt: skip
MAX_TICK_S = 2.0


class LeaseLost(Exception):
    """Another worker has taken this job over; whoever still works on it should stop."""


class JobContext:
    """What a job's function is given beside its payload: the clock, and a place to say how far it has come."""

    def __init__(self, held: jobs.Claim, now: Callable[[], dt.datetime]) -> None:
        self.held = held
        self.now = now
        self.renewed_at = now()
        self.lost = False
        self.seen: tuple[int, int | None] = (0, None)
        self.written: tuple[int, int | None] = (0, None)

    def progress(self, done: int, total: int | None = None) -> None:
        """Say how far the work has come; cheap, written by the main thread; raises LeaseLost."""
        if self.lost:
            raise LeaseLost(f"job {self.held.id}, attempt {self.held.attempt}")
        self.seen = (done, total)


JobFunction = Callable[[sessionmaker[Session], dict[str, Any], JobContext], dict[str, Any] | None]


class Worker:
    """One process of workers on one database; `lease` and `idle_s` (seconds between looks) are short only in tests."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        functions: Mapping[str, JobFunction],
        clock: Callable[[], dt.datetime],
        *,
        lease: dt.timedelta = jobs.LEASE,
        idle_s: float = 1.0,
        daily: tuple[str, ...] = DAILY,
    ) -> None:
        self.sessions = sessions
        self.functions = functions
        self.clock = clock
        self.lease = lease
        self.idle_s = idle_s
        self.daily = daily
        self.name = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
        self._stopping = threading.Event()
        self._running: dict[str, JobContext] = {}
        self._crash: BaseException | None = None
        self._asked_on: dt.date | None = None

    def run_one(self, owner: str) -> bool:
        """Do the most urgent due job, if there is one, to its end; says whether there was one."""
        with reading(self.sessions) as session:
            if not jobs.is_due(session, self.functions, now=self.clock()):
                return False
        with writing(self.sessions) as session:
            held = jobs.claim(session, owner, self.functions, now=self.clock(), lease=self.lease)
        if held is None:
            return False
        context = JobContext(held, self.clock)
        self._running[owner] = context
        try:
            self._do(held, context)
        finally:
            del self._running[owner]
        return True

    def _do(self, held: jobs.Claim, context: JobContext) -> None:
        try:
            result = self.functions[held.kind](self.sessions, held.payload, context)
        except LeaseLost:
            log.warning("job %s was taken over by another worker", held.id)
            return
        except Refusal as refusal:
            self._put_back(held, f"{refusal}", for_good=not refusal.kind.retry)
            return
        except Exception as error:
            # Whatever goes wrong in one job must not end the others; the trace is in the log, the word on the row.
            log.exception("job %s (%s) failed, attempt %s", held.id, held.kind, held.attempt)
            self._put_back(held, f"{type(error).__name__}: {error}", for_good=False)
            return
        with writing(self.sessions) as session:
            jobs.report_progress(session, held, *context.seen)
            if not jobs.finish(session, held, result, now=self.clock()):
                log.warning("job %s was finished by another worker", held.id)

    def _put_back(self, held: jobs.Claim, error: str, *, for_good: bool) -> None:
        with writing(self.sessions) as session:
            if for_good:
                jobs.bury(session, held, error[:2000], now=self.clock())
            else:
                jobs.fail(session, held, error[:2000], now=self.clock(), seed=held.id * 1000 + held.attempt)

    def _thread(self, owner: str, wake: int, *, once: bool, until_empty: bool) -> None:
        try:
            while not self._stopping.is_set():
                try:
                    did = self.run_one(owner)
                except OperationalError:
                    # The database is away or locked: what was held comes back when its lease runs out.
                    log.exception("the database did not answer")
                    did = False
                if once or (until_empty and not did):
                    break
                if not did:
                    self._stopping.wait(self.idle_s)
        except BaseException as crash:  # a thread that dies silently would leave a worker that does nothing
            self._crash = crash
        finally:
            os.write(wake, b"e")

    def serve(self, *, threads: int = 1, once: bool = False, until_empty: bool = False) -> None:
        """Work until told to stop (SIGTERM, SIGINT), until one job is done, or until nothing is due."""
        tick_s = min(MAX_TICK_S, self.lease.total_seconds() / 4)
        with _waking() as (ear, wake), selectors.DefaultSelector() as listening:
            # Not select(): it refuses a descriptor above 1023, which a process with many files open may well get.
            listening.register(ear, selectors.EVENT_READ)
            team = [
                threading.Thread(
                    target=self._thread, args=(f"{self.name}:{number}", wake),
                    kwargs={"once": once, "until_empty": until_empty}, daemon=True,
                )
                for number in range(threads)
            ]  # fmt: skip
            for member in team:
                member.start()
            ended = 0
            while ended < threads:
                heard = os.read(ear, 64) if listening.select(tick_s) else b""
                ended += heard.count(b"e")
                if b"s" in heard or self._crash is not None:
                    self._stopping.set()
                self._tick(ask_daily=not (once or until_empty or self._stopping.is_set()))
            for member in team:
                member.join()
        if self._crash is not None:
            raise self._crash

    def _tick(self, *, ask_daily: bool) -> None:
        try:
            self._renew()
            if ask_daily:
                self.ask_daily()
        except OperationalError:
            # A long import holds SQLite's write lock: nobody else can claim meanwhile, and the next tick tries again.
            log.warning("leases not renewed this time: the database was busy")

    def _renew(self) -> None:
        now = self.clock()
        for context in list(self._running.values()):
            seen = context.seen
            if seen == context.written and now < context.renewed_at + self.lease / 4:
                continue
            with writing(self.sessions) as session:
                context.lost = not jobs.renew(session, context.held, now=now, lease=self.lease)
                jobs.report_progress(session, context.held, *seen)
            context.renewed_at, context.written = now, seen

    def ask_daily(self) -> None:
        """Ask for the work of this Beijing day unless somebody has; asked twice by a race it does no harm."""
        now = self.clock()
        day = now.astimezone(BEIJING).date()
        if day == self._asked_on:
            return
        since = dt.datetime.combine(day, dt.time(), BEIJING)
        for kind in self.daily:
            with reading(self.sessions) as session:
                if jobs.was_asked(session, kind, since=since):
                    continue
            with writing(self.sessions) as session:
                jobs.ask(session, kind, {"as_of": day.isoformat()}, now=now, unique_key=f"{kind}:{day}")
        self._asked_on = day


@contextmanager
def _waking() -> Iterator[tuple[int, int]]:
    """Give a pipe into which signals write `s`: a lock touched inside a signal handler could stop the process."""
    ear, wake = os.pipe()
    before = {}

    def hear(_number: int, _frame: object) -> None:
        os.write(wake, b"s")

    for number in (signal.SIGTERM, signal.SIGINT):
        before[number] = signal.signal(number, hear)
    try:
        yield ear, wake
    finally:
        for number, former in before.items():
            signal.signal(number, former)
        os.close(ear)
        os.close(wake)
