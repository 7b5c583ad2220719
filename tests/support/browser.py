"""Chromium, driven through a pipe: what a page loads, says and shows, with no package for it.

Chromium speaks its protocol on two file descriptors where ``--remote-debugging-pipe`` is given, as
JSON with a zero byte after each message.
"""

from __future__ import annotations

import fcntl
import gzip
import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# The shell is Chromium without its windows, and takes less of the processor.
NAMES = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome",
    "google-chrome-stable",
)  # fmt: skip
# The last two let the shell show what Chromium shows: glyphs as wide as the font says, not rounded
# to pixels, and pictures loaded as far ahead as on a line that it knows to be fast.
OPTIONS = (
    "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu",
    "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars",
    "--font-render-hinting=none", "--blink-settings=lazyLoadingImageMarginPxUnknown=1250",
)  # fmt: skip
TYPES = {
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".css": "text/css",
    ".html": "text/html",
}
PATIENCE = 120  # seconds for one answer; a busy machine takes ten times as long as an idle one


def found() -> str | None:
    """Return the browser of this machine, or None."""
    names = (os.environ.get("CHROMIUM", ""), *NAMES)
    return next((path for name in names if name and (path := shutil.which(name))), None)


class Handler(SimpleHTTPRequestHandler):
    """Serves files as hosts do: text compressed, everything to be kept for a while."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the file."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        self.send_response(200)
        if path.suffix in TYPES:
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", TYPES.get(path.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_) -> None:
        """Say nothing."""


def serve(site: Path, handler: type[Handler] = Handler) -> ThreadingHTTPServer:
    """Serve a folder on a port of its own, until it is shut down."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class Browser:
    """One running Chromium."""

    def __init__(self, path: str, profile: Path, options: Sequence[str] = OPTIONS) -> None:
        commands, self._write = os.pipe()
        answers, spoken = os.pipe()
        # High numbers, so that neither is overwritten when the other gets its own.
        read, write = (fcntl.fcntl(fd, fcntl.F_DUPFD, 10) for fd in (commands, spoken))
        command = [path, *options, f"--user-data-dir={profile}", "about:blank"]
        script = f'exec "$0" "$@" 3<&{read} 4>&{write}'
        self._process = subprocess.Popen(
            ["bash", "-c", script, *command], pass_fds=(read, write),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for fd in (commands, spoken, read, write):
            os.close(fd)
        self._answers = os.fdopen(answers, "rb", buffering=0)
        self._rest, self._number = b"", 0
        self.events: list[dict] = []

    def close(self) -> None:
        """End it."""
        self.call("Browser.close")
        self._process.wait(PATIENCE)
        self._answers.close()
        os.close(self._write)

    def call(self, method: str, session: str | None = None, **parameters) -> dict:
        """Return the answer to a command; what happens until then is kept in ``events``."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]

    def read(self) -> dict:
        """Return the next message; an event is kept too."""
        while b"\0" not in self._rest:
            piece = self._answers.read(1 << 16)
            if not piece:
                raise RuntimeError("Chromium has ended")
            self._rest += piece
        message, self._rest = self._rest.split(b"\0", 1)
        answer = json.loads(message)
        if "method" in answer:
            self.events.append(answer)
        return answer

    def page(self, width: int, dark: bool = False) -> Page:
        """Return a new page, of a reader who was never here."""
        return Page(self, width, dark)


class Page:
    """A page in a window of a width, for a reader who likes light or dark."""

    def __init__(self, browser: Browser, width: int, dark: bool) -> None:
        self._browser = browser
        self._context = browser.call("Target.createBrowserContext")["browserContextId"]
        target = browser.call(
            "Target.createTarget", url="about:blank", browserContextId=self._context
        )
        attached = browser.call("Target.attachToTarget", flatten=True, **target)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.shown(width, dark)

    def shown(self, width: int, dark: bool) -> None:
        """Show what is opened from now on in a window of a width, in light or dark."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900,
                  deviceScaleFactor=1, mobile=False)  # fmt: skip
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])

    def call(self, method: str, **parameters) -> dict:
        """Return the answer of the page to a command."""
        return self._browser.call(method, self._session, **parameters)

    def close(self) -> None:
        """Close it, and forget what it has kept."""
        self._browser.call("Target.disposeBrowserContext", browserContextId=self._context)

    def open(self, address: str) -> None:
        """Open an address and wait until it and its images are there."""
        self._browser.events.clear()
        self.call("Page.navigate", url=address)
        while not any(e["method"] == "Page.loadEventFired" for e in self._browser.events):
            self._browser.read()
        self.evaluate("document.fonts.ready.then(() => new Promise(done => setTimeout(done, 400)))")

    def evaluate(self, expression: str):
        """Return the value of an expression; of a promise, what it promises."""
        answer = self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"])[:2000])
        return answer["result"].get("value")

    def wait(self, expression: str) -> None:
        """Wait until an expression is true, also while another page is being opened."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                if self.evaluate(expression):
                    return
            except RuntimeError:
                pass  # between two pages
            time.sleep(0.05)
        raise TimeoutError(expression)

    def happened(self, method: str) -> list[dict]:
        """Return what the last address did, by the name of the event."""
        return [e["params"] for e in self._browser.events if e["method"] == method]

    def said(self) -> list[str]:
        """Return every message on the console, fault of a script and refused or missing file."""
        spoken = [
            " ".join(str(a.get("value", a.get("description"))) for a in event["args"])
            for event in self.happened("Runtime.consoleAPICalled")
        ]
        faults = [e["exceptionDetails"]["text"] for e in self.happened("Runtime.exceptionThrown")]
        logged = [
            f"{e['entry']['text']} {e['entry'].get('url', '')}"
            for e in self.happened("Log.entryAdded")
        ]
        return spoken + faults + logged

    def loaded(self) -> dict[str, float]:
        """Return the bytes on the wire of each address that was asked for."""
        address = {e["requestId"]: e["response"]["url"]
                   for e in self.happened("Network.responseReceived")}  # fmt: skip
        sizes: dict[str, float] = {}
        for event in self.happened("Network.loadingFinished"):
            name = address.get(event["requestId"], "")
            sizes[name] = sizes.get(name, 0) + event["encodedDataLength"]
        return sizes
