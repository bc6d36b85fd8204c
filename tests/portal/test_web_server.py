"""nginx before the application: it hears slow clients out, deals the work evenly, answers for what is away."""

import json
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingMixIn, UnixStreamServer
from urllib.parse import urlsplit

import pytest
from allauth.account.adapter import get_adapter
from django.test import RequestFactory, override_settings

from portal import web_server
from portal.middleware import MAX_BODY_BYTES
from tests.conftest import LivingCity
from tests.portal.attacks import problem_faults

PATIENCE_S = 20
JSON = {"Content-Type": "application/json"}

pytestmark = pytest.mark.skipif(web_server.find_nginx() is None, reason="nginx is missing")


def connect(site: str) -> HTTPConnection:
    return HTTPConnection(str(urlsplit(site).netloc), timeout=PATIENCE_S)


def ask(site: str, path: str, method: str = "GET", **more: object) -> tuple[HTTPResponse, str]:
    with closing(connect(site)) as visitor:
        visitor.request(method, path, **more)  # type: ignore[arg-type]
        answer = visitor.getresponse()
        return answer, answer.read().decode(errors="replace")


def raw(site: str, request: bytes) -> str:
    address = urlsplit(site)
    with socket.create_connection((str(address.hostname), int(address.port or 80)), timeout=PATIENCE_S) as visitor:
        visitor.sendall(request)
        return b"".join(iter(lambda: visitor.recv(65536), b"")).decode()


class TestBeforeTheWholePortal:
    def test_clients_that_send_slowly_keep_nobody_waiting(self, living_city: LivingCity) -> None:
        head = f"POST /api/v1/reports HTTP/1.1\r\nHost: x\r\nContent-Length: {MAX_BODY_BYTES}\r\n\r\n{{"
        address = urlsplit(living_city.site)
        with ExitStack() as held:
            for _ in range(20):
                slow = held.enter_context(socket.create_connection((str(address.hostname), int(address.port or 80))))
                slow.sendall(head.encode())
            for path in ("/health/ready", "/en/", "/api/v1/plans"):
                assert ask(living_city.site, path)[0].status == 200

    @pytest.mark.parametrize(("path", "form"), [("/report/", "html"), ("/api/v1/reports", "problem")])
    def test_a_body_no_form_needs_is_refused_in_the_readers_form(
        self, living_city: LivingCity, path: str, form: str
    ) -> None:
        answer, text = ask(living_city.site, path, "POST", headers={"Content-Length": str(MAX_BODY_BYTES + 1)})
        assert answer.status == 413
        if form == "html":
            assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
            assert "Tối đa ba ảnh" in text
            assert "At most three photos" in text
        else:
            assert not problem_faults(text, 413, str(answer.headers["Content-Type"]))
            assert "44 MB" in text

    def test_a_body_without_a_length_is_read_like_any_other(self, living_city: LivingCity) -> None:
        corners = json.dumps({"text": "ba chữ"}).encode()
        answer, text = ask(
            living_city.site, "/api/v1/parcels/match", "POST", headers=JSON, body=iter([corners]), encode_chunked=True
        )
        measured, same = ask(living_city.site, "/api/v1/parcels/match", "POST", headers=JSON, body=corners)
        assert (answer.status, text) == (measured.status, same)
        assert answer.status == 400

    @pytest.mark.parametrize(
        ("request_line", "status", "form"),
        [
            ("GET /%00 HTTP/1.1", 400, "html"),
            ("GET /api/v1/parcels/%00 HTTP/1.1", 400, "problem"),
            ("GET /parcels/%00.json?x HTTP/1.1", 400, "problem"),
            ("TRACE / HTTP/1.1", 400, "html"),
            ("GET / HTTP/1.1\r\nX: " + "x" * 20_000, 400, "html"),
            ("GET /tiles/zones?" + "x" * 20_000 + " HTTP/1.1", 414, "problem"),
            ("GET /?" + "x" * 20_000 + " HTTP/1.1", 414, "html"),
        ],
    )
    def test_what_cannot_be_read_is_explained(
        self, living_city: LivingCity, request_line: str, status: int, form: str
    ) -> None:
        answer = raw(living_city.site, f"{request_line}\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        head, body = answer.split("\r\n\r\n", 1)
        assert head.startswith(f"HTTP/1.1 {status} ")
        if form == "problem":
            assert "Content-Type: application/problem+json" in head
            assert json.loads(body)["status"] == status
        else:
            assert 'lang="vi"' in body
            assert 'lang="en"' in body
            assert "Content-Security-Policy: default-src 'self'" in head

    def test_static_files_come_with_the_headers_of_the_application(self, living_city: LivingCity) -> None:
        _page, home = ask(living_city.site, "/")
        script = next(part.split('"', 1)[0] for part in home.split('src="')[1:] if part.startswith("/static/"))
        answer, _ = ask(living_city.site, script, headers={"Accept-Encoding": "gzip"})
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "immutable" in str(answer.headers["Cache-Control"])
        for path in ("/static/nothing.css", "/static/../settings.py", "/static/%2e%2e/secret_key"):
            assert ask(living_city.site, path)[0].status in (400, 404)


class _Waiting(BaseHTTPRequestHandler):
    """Answers when it is told to; says which process it was, or who asks."""

    def do_GET(self) -> None:
        self.server.asked.set()  # type: ignore[attr-defined]
        if self.path == "/wait":
            assert self.server.go_on.wait(PATIENCE_S)  # type: ignore[attr-defined]
        told = self.headers["X-Forwarded-For"] if self.path == "/who" else self.server.number  # type: ignore[attr-defined]
        body = str(told).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def address_string(self) -> str:
        return "socket"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        return


class _Process(ThreadingMixIn, UnixStreamServer):
    daemon_threads = True

    def __init__(self, path: Path, number: int) -> None:
        super().__init__(str(path), _Waiting)
        self.number, self.asked, self.go_on = number, threading.Event(), threading.Event()


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[str]:
    """An nginx whose two processes are sockets in `tmp_path`, not there yet; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    web_server.write_errors(tmp_path / "errors")
    sockets = [tmp_path / "0.socket", tmp_path / "1.socket"]
    text = web_server.configure(f"127.0.0.1:{port}", sockets, static=tmp_path / "static")
    (tmp_path / "nginx.conf").write_text(text)
    nginx = web_server.start([str(web_server.find_nginx()), "-p", f"{tmp_path}/", "-c", str(tmp_path / "nginx.conf")])
    try:
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            with socket.socket() as visitor:
                if visitor.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}"
    finally:
        web_server.stop([nginx])


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[list[_Process]]:
    """Two processes behind `alone`."""
    both = [_Process(tmp_path / f"{number}.socket", number) for number in range(2)]
    for process in both:
        threading.Thread(target=process.serve_forever, daemon=True).start()
    yield both
    for process in both:
        process.shutdown()
        process.server_close()


class TestBeforeProcesses:
    def test_while_the_application_is_away_it_says_so_and_when_to_come_back(self, alone: str) -> None:
        answer, text = ask(alone, "/parcels/p1-1-1")
        assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
        assert "tải lại trang sau nửa phút" in text
        assert "Reload this page in half a minute" in text
        answer, text = ask(alone, "/api/v1/plans")
        assert answer.headers["Retry-After"] == "30"
        assert not problem_faults(text, 503, str(answer.headers["Content-Type"]))

    def test_the_next_request_goes_to_the_process_that_is_free(self, alone: str, processes: list[_Process]) -> None:
        with closing(connect(alone)) as waiting:
            waiting.request("GET", "/wait")
            deadline = time.monotonic() + PATIENCE_S
            while not any(process.asked.is_set() for process in processes) and time.monotonic() < deadline:
                time.sleep(0.005)
            busy = next(process for process in processes if process.asked.is_set())
            assert {ask(alone, "/")[1] for _ in range(6)} == {str(1 - busy.number)}
            busy.go_on.set()
            assert waiting.getresponse().read().decode() == str(busy.number)

    @pytest.mark.usefixtures("processes")
    def test_a_client_cannot_say_that_it_is_somebody_else(self, alone: str) -> None:
        """The application believes the last address only: the one nginx saw."""
        _answer, told = ask(alone, "/who", headers={"X-Forwarded-For": "192.0.2.1"})
        assert told == "192.0.2.1, 127.0.0.1"
        request = RequestFactory().get("/", headers={"X-Forwarded-For": told}, REMOTE_ADDR="")
        with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1):
            assert get_adapter().get_client_ip(request) == "127.0.0.1"


def test_where_nginx_is_missing_the_application_answers_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started: list[list[str]] = []

    def start(command: list[str], environment: object = None) -> subprocess.Popen[bytes]:
        started.append(command)
        return subprocess.Popen(["true"])

    monkeypatch.setattr(web_server, "find_nginx", lambda: None)
    monkeypatch.setattr(web_server, "start", start)
    with web_server.serving(1, var=tmp_path):
        pass
    assert len(started) == 1
    assert {"--port=1", "--workers=2"} <= set(started[0])
