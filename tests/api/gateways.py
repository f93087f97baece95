"""Real servers for the outgoing door: a gateway over HTTP or HTTPS that keeps what it got, and a mail relay."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Gateway:
    """A listening gateway: its port, the statuses it will answer with (200 when none is left), what it got."""

    port: int
    statuses: list[int] = field(default_factory=list)
    location: str = ""
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def gateway(ca: trustme.CA | None = None, name: str = "localhost") -> Iterator[Gateway]:
    """Listen on loopback; with an authority, by TLS under `name`."""
    held = Gateway(0)

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            held.got.append((self.path, dict(self.headers.items()), body))
            status = held.statuses.pop(0) if held.statuses else 200
            self.send_response(status)
            if held.location:
                self.send_header("Location", held.location)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_said: object) -> None:
            pass

    class Server(HTTPServer):
        def handle_error(self, *_what: object) -> None:
            # A client that refuses our certificate hangs up in the middle.
            pass

    server = Server(("127.0.0.1", 0), Door)
    if ca is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        ca.issue_cert(name).configure_cert(context)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    held.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Relay:
    """A listening mail relay: its port, and the letters handed to it with who signed in."""

    port: int
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    signed_in: list[tuple[str, str]] = field(default_factory=list)


@contextmanager
def relay(ca: trustme.CA | None) -> Iterator[Relay]:
    """Listen on loopback; with an authority STARTTLS is offered and needed, without one there is none."""
    held = Relay(0)

    class Office:
        async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
            letter = message_from_bytes(envelope.original_content or b"", policy=policy.default)
            assert isinstance(letter, EmailMessage)
            held.letters.append(letter)
            held.recipients += envelope.rcpt_tos
            return "250 kept"

    def sign_in(_server: Any, _session: Any, _envelope: Any, _mechanism: str, told: Any) -> AuthResult:
        assert isinstance(told, LoginPassword)
        held.signed_in.append((told.login.decode(), told.password.decode()))
        return AuthResult(success=True)

    options: dict[str, Any] = {}
    if ca is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        ca.issue_cert("localhost").configure_cert(context)
        options = {"tls_context": context, "require_starttls": True, "authenticator": sign_in}
    with socket.create_server(("127.0.0.1", 0)) as free:
        # The controller must be told a port: one that was free a moment ago.
        held.port = free.getsockname()[1]
    controller = Controller(Office(), hostname="127.0.0.1", port=held.port, **options)
    controller.start()
    try:
        yield held
    finally:
        controller.stop()
