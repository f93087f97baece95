"""Photos in an S3 bucket: the same door, and still nothing is overwritten."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from inspections.photos.store import PhotoStore


class Bucket(BaseHTTPRequestHandler):
    """Enough of S3 to put once and get."""

    protocol_version = "HTTP/1.1"
    objects: dict[str, bytes] = {}

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path in self.objects and self.headers.get("If-None-Match") == "*":
            self._answer(412, b"")
            return
        self.objects[self.path] = body
        self._answer(200, b"")

    def do_GET(self) -> None:
        found = self.objects.get(self.path)
        self._answer(404 if found is None else 200, found or b"")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"1"')
        self.send_header("Last-Modified", "Fri, 20 Nov 2026 04:00:00 GMT")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    Bucket.objects = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bucket)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"s3://photos/kept?endpoint=http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_put_once_and_get(bucket: str) -> None:
    store = PhotoStore(bucket)
    store.put_new("aa/x", b"first")
    store.put_new("aa/x", b"other")
    assert store.get("aa/x") == b"first"
    assert store.get("aa/y") is None
    assert list(Bucket.objects) == ["/photos/kept/aa/x"]


def test_other_addresses_are_no_store() -> None:
    with pytest.raises(ValueError, match="file:///folder or s3://bucket"):
        PhotoStore("ftp://somewhere")
