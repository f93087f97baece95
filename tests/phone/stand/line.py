"""The line between phone and server: an HTTP proxy on a port of its own that counts bytes and breaks as it is told.

One request a connection, so that every break is exactly one request's. A thread of its own keeps it moving while the
test drives the browser.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from dataclasses import dataclass, field

from tests.phone.stand.exchanges import Cut, CutAnswer, CutRequest, Exchange, Fault, HoldAnswer, HoldRequest, Say, Slow

_CHUNK = 16 * 1024
_MOST_HEAD = 64 * 1024


class Broken(Exception):
    """The line breaks here."""


@dataclass
class _Pace:
    """Both ways have a fixed width, shared by all connections."""

    free_at: dict[str, float] = field(default_factory=dict)

    async def wait(self, way: str, count: int, bytes_per_s: float) -> None:
        now = asyncio.get_running_loop().time()
        self.free_at[way] = max(now, self.free_at.get(way, 0.0)) + count / bytes_per_s
        await asyncio.sleep(self.free_at[way] - now)


class Line:
    """`faults` may be set at any time; `exchanges` is what passed, in order of arrival."""

    def __init__(self, upstream: str, tls: ssl.SSLContext | None = None) -> None:
        self.upstream, self.tls = upstream, tls
        self.faults: list[Fault] = []
        self.exchanges: list[Exchange] = []
        self._pace = _Pace()
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self._do(asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=tls, limit=_MOST_HEAD))
        self.port: int = self._server.sockets[0].getsockname()[1]
        self.address = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"

    def fail(self, *faults: Fault) -> None:
        """Replace what goes wrong from now on."""
        self.faults = list(faults)

    def cut(self) -> None:
        """No signal: what is under way breaks, what comes is refused."""
        self.fail(Cut())
        self.break_open()

    def heal(self) -> None:
        """Nothing goes wrong any more; what was held is broken off."""
        self.fail()
        self.break_open()

    def break_open(self) -> None:
        """Close every connection that is open."""

        async def close() -> None:
            for writer in list(self._open):
                writer.transport.abort()

        self._do(close())

    def sent(self, method: str, path: str) -> list[Exchange]:
        """Give the exchanges of a door, a path beginning so."""
        return [one for one in list(self.exchanges) if one.method == method and one.path.startswith(path)]

    def close(self) -> None:
        async def end() -> None:
            self._server.close()
            for writer in list(self._open):
                writer.transport.abort()
            others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)

        self._do(end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, work: object) -> object:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)  # type: ignore[arg-type]

    async def _serve(self, phone: asyncio.StreamReader, to_phone: asyncio.StreamWriter) -> None:
        self._open.add(to_phone)
        try:
            head = await phone.readuntil(b"\r\n\r\n")
            exchange = _read_head(head)
            self.exchanges.append(exchange)
            # Of several faults the first that fits happens; a slow line is slow for whatever else happens on it.
            slow = next((one for one in self.faults if isinstance(one, Slow) and one.takes(exchange)), None)
            fault = next((one for one in self.faults if not isinstance(one, Slow) and one.takes(exchange)), None)
            await _Carry(self, exchange, fault, slow, self._pace).carry(head, phone, to_phone)
        except (Broken, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ssl.SSLError):
            to_phone.transport.abort()
        finally:
            self._open.discard(to_phone)
            to_phone.close()


@dataclass
class _Carry:
    """One request carried over, its answer carried back."""

    line: Line
    exchange: Exchange
    fault: Fault | None
    slow: Slow | None
    pace: _Pace

    async def carry(self, head: bytes, phone: asyncio.StreamReader, to_phone: asyncio.StreamWriter) -> None:
        fault = self.fault
        if isinstance(fault, Cut):
            fault.reached.set()
            raise Broken
        if self.slow:
            self.slow.reached.set()
            await asyncio.sleep(self.slow.latency_s)
        if isinstance(fault, Say):
            await self._swallow(head, phone)
            fault.reached.set()
            await self._back(to_phone, fault.answer())
            return
        server, to_server = await asyncio.open_unix_connection(self.line.upstream)
        try:
            await self._over(head, phone, to_server)
            if isinstance(fault, HoldAnswer | CutAnswer):
                answer = await server.read()
                fault.reached.set()
                if isinstance(fault, HoldAnswer):
                    await phone.read()
                    raise Broken
                await self._back(to_phone, answer[: fault.after])
                raise Broken
            while answer := await server.read(_CHUNK):
                await self._back(to_phone, answer)
        finally:
            to_server.close()

    async def _over(self, head: bytes, phone: asyncio.StreamReader, to_server: asyncio.StreamWriter) -> None:
        """Carry head and body; a fault that breaks in the body lets its first bytes through."""
        await self._up(len(head))
        to_server.write(_close_after(head))
        left = self.exchange.length
        breaks = self.fault if isinstance(self.fault, CutRequest | HoldRequest) else None
        until = left - min(left, breaks.after) if breaks else 0
        while left > until:
            chunk = await phone.read(min(_CHUNK, left - until))
            if not chunk:
                raise Broken
            await self._up(len(chunk))
            self.exchange.up_body += len(chunk)
            to_server.write(chunk)
            await to_server.drain()
            left -= len(chunk)
        if breaks:
            breaks.reached.set()
            if isinstance(breaks, HoldRequest):
                while await phone.read(_CHUNK):
                    pass
            raise Broken

    async def _swallow(self, head: bytes, phone: asyncio.StreamReader) -> None:
        self.exchange.up_body = len(await phone.readexactly(self.exchange.length))
        await self._up(len(head) + self.exchange.up_body)

    async def _up(self, count: int) -> None:
        self.exchange.up += count
        if self.slow:
            await self.pace.wait("up", count, self.slow.bytes_per_s)

    async def _back(self, to_phone: asyncio.StreamWriter, answer: bytes) -> None:
        if self.exchange.status == 0 and answer.startswith(b"HTTP/1.1 "):
            self.exchange.status = int(answer[9:12])
        self.exchange.down += len(answer)
        if self.slow:
            await self.pace.wait("down", len(answer), self.slow.bytes_per_s)
        to_phone.write(answer)
        await to_phone.drain()


def _read_head(head: bytes) -> Exchange:
    text = head.decode("latin-1")
    method, path, _ = text.split(" ", 2)
    return Exchange(method, path, text)


def _close_after(head: bytes) -> bytes:
    first, *rest = head.split(b"\r\n")
    kept = [line for line in rest if line and not line.lower().startswith(b"connection:")]
    return b"\r\n".join([first, *kept, b"Connection: close", b"", b""])
