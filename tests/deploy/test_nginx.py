"""nginx with the rendered configuration, in front of a stub that says what reached it."""

import http.client
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot.operation.nginx import ProxyError, Site, site_configuration, write_folder
from tests.servers import free_port, wait_for

PUBLIC, DESK = "yardim.example", "masa.example"
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or "nginx"


class _Echo(BaseHTTPRequestHandler):
    """Answers with what it was asked."""

    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        said = {
            "path": self.path,
            "method": self.command,
            "body": self.rfile.read(length).decode(),
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "port": self.connection.getsockname()[1],
        }
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = do_OPTIONS = _answer  # noqa: N815

    def log_message(self, *_: Any) -> None:
        """Print nothing."""


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: str

    @property
    def reached(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


class Proxy:
    """nginx before one Rasa that answers, one that is dead, and a desk."""

    def __init__(self, folder: Path, changes: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.http, self.https, dead = free_port(), free_port(), free_port()
        self.upstreams = [ThreadingHTTPServer(("127.0.0.1", 0), _Echo) for _ in range(2)]
        for upstream in self.upstreams:
            threading.Thread(target=upstream.serve_forever, daemon=True).start()
        self.rasa, self.desk = (str(one.server_address[1]) for one in self.upstreams)
        key, certificate = _certificate(folder)
        self.site = Site(
            public_host=PUBLIC,
            desk_host=DESK,
            tls_certificate=str(certificate),
            tls_key=str(key),
            rasa=[f"127.0.0.1:{dead}", f"127.0.0.1:{self.rasa}"],
            desk=[f"127.0.0.1:{self.desk}"],
            http_port=f"127.0.0.1:{self.http}",
            https_port=f"127.0.0.1:{self.https}",
            access_log=str(folder / "access.log"),
        )
        self.configuration = write_folder(folder, self.site)
        for old, new in (changes or {}).items():
            path = folder / "assistant.conf"
            text = path.read_text()
            assert old in text
            path.write_text(text.replace(old, new))
        user = ["-g", "user root;"] if os.geteuid() == 0 else []
        self.command = [
            NGINX,
            "-e",
            str(folder / "start.log"),
            "-c",
            str(self.configuration),
            *user,
        ]
        self.process = subprocess.Popen(self.command)
        wait_for(self._listens, (folder / "error.log").read_text)

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.https)) == 0

    def ask(
        self,
        path: str,
        method: str = "GET",
        host: str = PUBLIC,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
    ) -> Answer:
        context = ssl.create_default_context(cafile=self.site.tls_certificate)
        with socket.create_connection(("127.0.0.1", self.https), timeout=20) as plain:
            connection = http.client.HTTPSConnection(host)
            connection.sock = context.wrap_socket(plain, server_hostname=host)
            connection.putrequest(method, path, skip_host=True)
            for name, value in {"Host": host, **(headers or {})}.items():
                connection.putheader(name, value)
            if body:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body or None)
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read().decode())

    def close(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        for upstream in self.upstreams:
            upstream.shutdown()
            upstream.server_close()


def _certificate(folder: Path) -> tuple[Path, Path]:
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "2", "-subj", "/CN=test", "-keyout", str(key)),
            *("-addext", f"subjectAltName=DNS:{PUBLIC},DNS:{DESK}", "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    return key, certificate


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    made = Proxy(tmp_path_factory.mktemp("nginx"))
    yield made
    made.close()


PASSED = [
    ("GET", "/webhooks/web/widget.js"),
    ("GET", "/webhooks/web/start"),
    ("POST", "/webhooks/web/sessions"),
    ("DELETE", "/webhooks/web/sessions/current"),
    ("GET", "/webhooks/web/messages?after=3"),
    ("POST", "/webhooks/web/messages"),
    ("OPTIONS", "/webhooks/web/messages"),
    ("POST", "/webhooks/web/links"),
    ("PUT", "/webhooks/web/email"),
    ("DELETE", "/webhooks/web/email"),
    ("POST", "/webhooks/telegram/webhook"),
]
HIDDEN = [
    *("/", "/version", "/status", "/domain", "/model", "/model/parse", "/model/train"),
    *("/conversations/web-1/tracker", "/conversations/web-1/messages", "/docs", "/metrics"),
    *("/hazir", "/saglik", "/webhooks/rest/webhook", "/webhooks/rest/", "/webhooks/staff/replies"),
    *("/webhooks/staff/pause", "/webhooks/staff/resume", "/webhooks/staff/forget"),
    *("/webhooks/web/", "/webhooks/web", "/webhooks/web/demo/index.html", "/webhooks/callback"),
    *("/webhooks/telegram/", "/webhooks/telegram/set_webhook", "/webhook", "/health", "/actions"),
    "/webhooks/web/start/",
    "/webhooks/web/starts",
    "/webhooks/web/../staff/replies",
    "/webhooks/web/..%2fstaff%2freplies",
    "/webhooks/web/%2e%2e/rest/webhook",
    "/webhooks//staff/replies",
    "//model",
    "/webhooks/web/start/..%2f..%2f..%2fmodel",
    "/webhooks/web/start%00/../../staff/replies",
    "/WEBHOOKS/WEB/start",
]


@pytest.mark.parametrize(("method", "path"), PASSED)
def test_a_public_path_reaches_a_living_server(proxy: Proxy, method: str, path: str) -> None:
    answer = proxy.ask(path, method)
    assert answer.status == 200
    assert answer.reached["path"] == path
    assert (answer.reached["method"], str(answer.reached["port"])) == (method, proxy.rasa)


@pytest.mark.parametrize("path", HIDDEN)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_an_inner_path_does_not_pass(proxy: Proxy, method: str, path: str) -> None:
    assert proxy.ask(path, method).status in {400, 404}


def test_a_path_that_only_becomes_public_is_passed_on_as_the_public_one(proxy: Proxy) -> None:
    answer = proxy.ask("/model/..%2fwebhooks/web/%73tart")
    assert answer.reached["path"] == "/webhooks/web/start"


def test_telegram_only_posts(proxy: Proxy) -> None:
    assert proxy.ask("/webhooks/telegram/webhook").status == 403


def test_the_desk_is_reached_by_its_own_name_only(proxy: Proxy) -> None:
    answer = proxy.ask("/kuyruk/", host=DESK)
    assert str(answer.reached["port"]) == proxy.desk
    assert proxy.ask("/kuyruk/").status == 404
    for path in ("/saglik/", "/metrics", "//metrics", "/%6detrics", "/x/../metrics"):
        assert proxy.ask(path, host=DESK).status == 404, path
    for path in ("/model", "/webhooks/web/start", "/webhooks/staff/replies"):
        assert str(proxy.ask(path, host=DESK).reached["port"]) == proxy.desk


def test_what_a_client_says_of_its_address_is_not_believed(proxy: Proxy) -> None:
    forged = {
        "X-Forwarded-For": "8.8.8.8",
        "X-Real-IP": "8.8.8.8",
        "Forwarded": "for=8.8.8.8",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "http",
        "X-Request-ID": "mine",
    }
    headers = proxy.ask("/webhooks/web/start", headers=forged).reached["headers"]
    assert headers["x-forwarded-for"] == "127.0.0.1"
    assert headers["x-forwarded-proto"] == "https"
    assert not {"x-real-ip", "forwarded", "x-forwarded-host"} & set(headers)
    assert "8.8.8.8" not in str(headers)
    assert headers["x-request-id"] != "mine"


def test_the_site_that_embeds_the_widget_and_the_secrets_pass(proxy: Proxy) -> None:
    given = {
        "Origin": "https://okul.example",
        "Authorization": "Bearer x",
        "X-Telegram-Bot-Api-Secret-Token": "y",
    }
    headers = proxy.ask("/webhooks/telegram/webhook", "POST", headers=given).reached["headers"]
    assert {name.lower(): headers[name.lower()] for name in given} == {
        name.lower(): value for name, value in given.items()
    }


def test_answers_carry_safe_headers_once(proxy: Proxy) -> None:
    headers = proxy.ask("/webhooks/web/start").headers
    assert headers["strict-transport-security"].startswith("max-age=31536000")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["server"] == "nginx"  # without its version


def test_a_large_body_is_refused_with_a_sentence(proxy: Proxy) -> None:
    answer = proxy.ask("/webhooks/web/messages", "POST", body=b"x" * 20_000)
    assert (answer.status, json.loads(answer.body)) == (413, {"error": "Gövde çok büyük"})
    assert answer.headers["access-control-allow-origin"] == "*"
    passed = proxy.ask("/webhooks/telegram/webhook", "POST", body=b"x" * 20_000)
    assert passed.status == 200


def test_another_name_or_plain_http_gets_nothing(proxy: Proxy) -> None:
    with pytest.raises(ssl.SSLError):
        proxy.ask("/webhooks/web/start", host="baska.example")
    plain = http.client.HTTPConnection("127.0.0.1", proxy.http, timeout=20)
    plain.request("GET", "/webhooks/web/start", headers={"Host": PUBLIC})
    answer = plain.getresponse()
    assert (answer.status, answer.getheader("Location")) == (
        308,
        f"https://{PUBLIC}/webhooks/web/start",
    )
    answer.read()
    plain.request("GET", "/", headers={"Host": "baska.example"})
    with pytest.raises(ConnectionError):
        plain.getresponse()
    plain.close()


def test_the_log_holds_no_personal_data(proxy: Proxy) -> None:
    proxy.ask("/kuyruk/?kelime=ayse", host=DESK)
    proxy.ask("/parola/belirle/MQ/gizli-anahtar/", host=DESK)
    path = proxy.folder / "access.log"
    wait_for(lambda: "/parola/belirle/" in path.read_text())
    log = path.read_text()
    assert all(json.loads(line)["network"] == "127.0.0.0" for line in log.splitlines())
    assert not [word for word in ("ayse", "gizli-anahtar") if word in log]


def test_a_flood_of_passwords_from_one_address_is_slowed(tmp_path: Path) -> None:
    own = Proxy(tmp_path)  # its counters are its own
    try:
        with ThreadPoolExecutor(8) as crowd:
            asked = [crowd.submit(own.ask, "/giris/", "POST", DESK) for _ in range(60)]
        answers = [one.result().status for one in asked]
        assert answers.count(200) >= 20
        assert 429 in answers
        # Those who read their page are not slowed by it.
        assert own.ask("/kuyruk/", host=DESK).status == 200
    finally:
        own.close()


@pytest.mark.parametrize(
    ("sent", "timeout"),
    [
        (b"POST /webhooks/web/messages HTTP/1.1\r\nHost: ", "client_header_timeout"),
        (
            f"POST /webhooks/web/messages HTTP/1.1\r\nHost: {PUBLIC}\r\n"
            "Content-Length: 100\r\n\r\n{".encode(),
            "client_body_timeout",
        ),
    ],
    ids=["header", "body"],
)
def test_a_client_that_dawdles_is_let_go(tmp_path: Path, sent: bytes, timeout: str) -> None:
    own = Proxy(tmp_path, {f"{timeout} 10s": f"{timeout} 1s"})
    try:
        context = ssl.create_default_context(cafile=own.site.tls_certificate)
        with (
            socket.create_connection(("127.0.0.1", own.https), timeout=9) as plain,
            context.wrap_socket(plain, server_hostname=PUBLIC) as slow,
        ):
            slow.sendall(sent)
            try:
                answer = slow.recv(200)
            except ConnectionError:
                answer = b""
        assert answer == b"" or b" 408 " in answer.splitlines()[0]
        # Nothing of it came to a server.
        log = (own.folder / "access.log").read_text()
        assert own.rasa not in log
    finally:
        own.close()


def test_a_flood_of_messages_from_one_address_is_slowed_with_a_sentence(tmp_path: Path) -> None:
    own = Proxy(tmp_path, {"rate=30r/s": "rate=1r/s", "burst=120": "burst=2"})
    try:
        with ThreadPoolExecutor(8) as crowd:
            asked = [crowd.submit(own.ask, "/webhooks/web/start") for _ in range(40)]
        answers = [one.result() for one in asked]
        refused = next(one for one in answers if one.status == 429)
        assert "yeniden deneyin" in json.loads(refused.body)["error"]
        assert refused.headers["retry-after"] == "5"
        assert refused.headers["access-control-allow-origin"] == "*"
    finally:
        own.close()


def test_when_no_server_lives_a_sentence_says_so(tmp_path: Path) -> None:
    own = Proxy(tmp_path)
    own.upstreams[0].shutdown()
    own.upstreams[0].server_close()
    try:
        answer = own.ask("/webhooks/web/messages", "POST", body=b"{}")
        assert answer.status == 503
        assert "yanıt veremiyorum" in json.loads(answer.body)["error"]
        assert answer.headers["retry-after"] == "10"
    finally:
        own.close()


def test_nginx_finds_no_fault(proxy: Proxy) -> None:
    done = subprocess.run([*proxy.command, "-t"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_it_stands_in_the_files_of_debian_and_of_the_image(proxy: Proxy, tmp_path: Path) -> None:
    """They say some things themselves, and nginx starts with none said twice."""
    own = """
        sendfile on; tcp_nopush on; types_hash_max_size 2048; keepalive_timeout 65;
        ssl_protocols TLSv1.2 TLSv1.3; ssl_prefer_server_ciphers on; server_tokens on;
        access_log off; gzip on;
    """
    text = proxy.configuration.read_text().replace("    include", f"{own}    include")
    path = tmp_path / "nginx.conf"
    path.write_text(text)
    command = [*proxy.command, "-t", "-c", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("bad", ["a b", "a;b", "a}", "$host", ""])
def test_a_value_that_would_change_the_configuration_is_refused(proxy: Proxy, bad: str) -> None:
    with pytest.raises(ProxyError):
        site_configuration(replace(proxy.site, public_host=bad))
    with pytest.raises(ProxyError):
        site_configuration(replace(proxy.site, rasa=[bad]))
