"""Chromium 66, the browser inside Android 9, spoken to over its own DevTools protocol: Playwright needs a newer one.

It comes from npm as a brotli file, is unpacked once beside its package, and runs without a screen.
"""

from __future__ import annotations

import base64
import itertools
import json
import os
import shutil
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.conftest import missing

HERE = Path(__file__).resolve().parent
PACKED = HERE / "node_modules/chrome-aws-lambda/bin/chromium.br"
CHROMIUM_66 = HERE / "node_modules/.chromium-66"
UNPACK = """const [packed, own] = process.argv.slice(1), { readFileSync, writeFileSync } = require('fs')
writeFileSync(own, require('zlib').brotliDecompressSync(readFileSync(packed)), { mode: 0o755 })"""
PATIENCE_S = 30
FLAGS = [
    "--headless", "--no-sandbox", "--no-zygote", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
    "--remote-debugging-port=0", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
    "--window-size=360,800", "--lang=zh-CN",
]  # fmt: skip
# Looks until something holds, by the page's own frames; nobody sleeps here.
UNTIL = """new Promise((found, lost) => {
  const started = performance.now()
  const look = () => {
    let held
    try { held = (%s) } catch (error) { held = false }
    if (held) found(held === true ? true : String(held))
    else if (performance.now() - started > 20000) lost(new Error('never: ' + %s))
    else requestAnimationFrame(look)
  }
  look()
})"""


def find_browser() -> Path:
    """Give the unpacked browser, unpacking it at the first call; several test processes may ask at once."""
    if not PACKED.is_file():
        missing("Chromium 66 (npm ci in tests/android9)")
    if not CHROMIUM_66.is_file():
        own = CHROMIUM_66.with_suffix(f".{os.getpid()}")
        subprocess.run(["node", "-e", UNPACK, str(PACKED), str(own)], check=True, timeout=120)
        own.replace(CHROMIUM_66)
    return CHROMIUM_66


class OldPage:
    """One page of the old browser; every script is awaited, every complaint of the page kept."""

    def __init__(self, line: ClientConnection) -> None:
        self._line = line
        self._numbers = itertools.count(1)
        self.complaints: list[str] = []
        for domain in ("Page", "Runtime", "Log", "DOM"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Call the browser and give its answer; what it says in between is listened to."""
        number = next(self._numbers)
        self._line.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            said = json.loads(self._line.recv(timeout=PATIENCE_S))
            if said.get("id") == number:
                if "error" in said:
                    raise RuntimeError(f"{method}: {said['error']}")
                answer: dict[str, Any] = said["result"]
                return answer
            self._hear(said)

    def _hear(self, said: dict[str, Any]) -> None:
        told = said.get("params", {})
        if said.get("method") == "Runtime.exceptionThrown":
            details = told["exceptionDetails"]
            self.complaints.append(details.get("exception", {}).get("description") or details["text"])
        elif said.get("method") == "Runtime.consoleAPICalled" and told["type"] in ("error", "warning"):
            self.complaints.append(str([one.get("description") or one.get("value") for one in told["args"]]))
        elif said.get("method") == "Log.entryAdded" and told["entry"]["level"] == "error":
            self.complaints.append(f"{told['entry']['text']} {told['entry'].get('url', '')}")

    def run(self, script: str) -> Any:
        """Run an expression in the page and give its value, awaited; raises RuntimeError where it throws."""
        told = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in told:
            raise RuntimeError(told["exceptionDetails"].get("exception", {}).get("description", script))
        return told["result"].get("value")

    def go(self, address: str) -> None:
        self.call("Page.navigate", url=address)

    def until(self, holds: str) -> Any:
        """Wait until an expression is true in the page; also across a load, which forgets what was waited for."""
        for _turn in range(3):
            try:
                return self.run(UNTIL % (holds, json.dumps(holds)))
            except RuntimeError as error:
                if "context" not in str(error) and "navigat" not in str(error):
                    raise
        raise RuntimeError(f"never: {holds}")

    def see(self, testid: str) -> None:
        self.until(f"document.querySelector('[data-testid=\"{testid}\"]')")

    def tap(self, testid: str) -> None:
        self.see(testid)
        self.run(f"document.querySelector('[data-testid=\"{testid}\"]').click()")

    def fill(self, testid: str, text: str) -> None:
        self.see(testid)
        self.run(
            f"(() => {{ const box = document.querySelector('[data-testid=\"{testid}\"]')\n"
            f"box.value = {json.dumps(text)}\nbox.dispatchEvent(new Event('input', {{ bubbles: true }})) }})()"
        )

    def choose_file(self, testid: str, path: Path) -> None:
        self.see(testid)
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        found = self.call("DOM.querySelector", nodeId=root, selector=f'[data-testid="{testid}"]')
        self.call("DOM.setFileInputFiles", nodeId=found["nodeId"], files=[str(path)])

    def picture(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))


@contextmanager
def old_phone(folder: Path) -> Iterator[OldPage]:
    """Start the old browser with a profile in `folder`, and give its first page."""
    command = [str(find_browser()), *FLAGS, f"--user-data-dir={folder}", "about:blank"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    try:
        page = _new_page(_port_of(process))
        # It answers no ping, and is taken for dead after twenty seconds otherwise.
        with connect(page, max_size=None, ping_interval=None) as line:
            yield OldPage(line)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stderr:
            process.stderr.close()
        shutil.rmtree(folder, ignore_errors=True)


def _port_of(process: subprocess.Popen[str]) -> int:
    assert process.stderr is not None
    for said in process.stderr:
        if "DevTools listening on" in said:
            return int(said.split("127.0.0.1:")[1].split("/")[0])
    raise RuntimeError("the old browser did not start")


def _new_page(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/new?about:blank", timeout=PATIENCE_S) as answer:
        return str(json.load(answer)["webSocketDebuggerUrl"])
