"""A server as pages are published on: packed with gzip, kept by the browser for ten minutes."""

from __future__ import annotations

import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

__all__ = ["Log", "serving"]

PACKED = ("text/", "application/javascript", "application/json", "image/svg+xml")
KEPT = "max-age=600"


@dataclass
class Log:
    """What was asked for since it was last emptied.

    Attributes
    ----------
    requests, sent
        Number of requests and the bytes sent for them, heads included.
    missing
        Addresses that are not there.
    open
        Requests that are not answered yet.
    """

    requests: int = 0
    sent: int = 0
    missing: list[str] = field(default_factory=list)
    open: int = 0

    def empty(self) -> None:
        """Start anew."""
        self.requests, self.sent, self.missing = 0, 0, []


@contextmanager
def serving(site: Path) -> Iterator[tuple[str, Log]]:
    """Serve a folder; yield its address and the log of what is asked for."""
    log, lock, packed = Log(), threading.Lock(), {}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with lock:
                log.requests += 1
                log.open += 1
            try:
                self._answer()
            finally:
                with lock:
                    log.open -= 1

        def _answer(self) -> None:
            path = (site / unquote(urlsplit(self.path).path).lstrip("/")).resolve()
            path = path / "index.html" if path.is_dir() else path
            if not path.is_relative_to(site.resolve()) or not path.is_file():
                with lock:
                    log.missing.append(self.path)
                self._send(HTTPStatus.NOT_FOUND, b"", {})
                return
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            kind = "application/javascript" if path.suffix == ".js" else kind
            head = {"Content-Type": kind, "Cache-Control": KEPT}
            body = path.read_bytes()
            if kind.startswith(PACKED):
                head["Content-Encoding"] = "gzip"
                if path not in packed:
                    packed[path] = gzip.compress(body, 6, mtime=0)
                body = packed[path]
            self._send(HTTPStatus.OK, body, head)

        def _send(self, status: HTTPStatus, body: bytes, head: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in (head | {"Content-Length": str(len(body))}).items():
                self.send_header(name, value)
            size = sum(map(len, self._headers_buffer)) + 2 + len(body)
            with lock:
                log.sent += size
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", log
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
