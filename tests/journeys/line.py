"""A line to the portal that can be cut: a small proxy, so that page and worker lose the network together."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

# Of the hop, not of the answer.
_HOP = {"connection", "keep-alive", "transfer-encoding"}


class Line(ThreadingHTTPServer):
    """What stands between the browser and the portal."""

    daemon_threads = True

    def __init__(self, site: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.far = urlsplit(site).netloc
        self.cut = False
        # Answers that never come, and a portal in trouble.
        self.slow = self.broken = False
        # Another release of the portal: the worker keeps under another version.
        self.release = ""
        self.asked: list[str] = []
        self.quick = threading.Event()

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: browsers break off what they no longer want."""


class _Handler(BaseHTTPRequestHandler):
    server: Line

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.server.cut:
            self.close_connection = True
            return
        if self.server.slow:
            self.server.quick.wait()
            self.close_connection = True
            return
        if self.server.broken:
            self.send_error(503)
            return
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP}
        worker = self.path == "/service-worker.js"
        if worker:
            headers["Accept-Encoding"] = "identity"
        far = HTTPConnection(self.server.far, timeout=60)
        far.request(self.command, self.path, self.rfile.read(length) or None, headers)
        answer = far.getresponse()
        body = answer.read()
        if worker and self.server.release:
            body = body.replace(b'"version": "', f'"version": "{self.server.release}'.encode())
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {*_HOP, "content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        far.close()

    do_POST = do_HEAD = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def line_to(site: str) -> Iterator[Line]:
    """Open a line to a portal."""
    line = Line(site)
    thread = threading.Thread(target=line.serve_forever, daemon=True)
    thread.start()
    try:
        yield line
    finally:
        line.quick.set()
        line.shutdown()
        line.server_close()
