"""Links are tried against a real server on loopback: open, gone, refusing, silent."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.knowledge.current import current
from bot.learning.links import NO_NETWORK, check_links, links_of, stored_links
from tests.learning.conftest import Project
from tests.servers import free_port

SECONDS = 2.0


class Site(BaseHTTPRequestHandler):
    """`/200` answers 200, `/404` 404; `/head-405` refuses heads; `/silent` never answers."""

    released = threading.Event()

    def do_HEAD(self) -> None:
        self._answer(405 if "head-405" in self.path else None)

    def do_GET(self) -> None:
        self._answer(None)

    def _answer(self, status: int | None) -> None:
        if "silent" in self.path:
            self.released.wait(30)
            return
        if "redirect" in self.path:
            self.send_response(301)
            self.send_header("Location", "/200")
        else:
            self.send_response(status or int(self.path[-3:]))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    Site.released.clear()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    Site.released.set()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "state", "why"),
    [
        ("/200", "ok", ""),
        ("/redirect", "ok", ""),
        ("/head-405/200", "ok", ""),
        ("/404", "dead", "HTTP 404"),
        ("/410", "dead", "HTTP 410"),
        ("/403", "unchecked", "HTTP 403"),
        ("/503", "unchecked", "HTTP 503"),
    ],
)
def test_a_link_is_open_gone_or_not_known(
    project: Project, site: str, path: str, state: str, why: str
) -> None:
    found = check_links([site + path])[site + path]
    assert (found.state, found.why) == (state, why)
    assert stored_links()[site + path] == found


def test_a_silent_server_is_not_waited_for(project: Project, site: str) -> None:
    found = check_links([f"{site}/silent", f"{site}/200"], seconds=0.5)
    assert found[f"{site}/silent"].state == "unchecked"
    assert found[f"{site}/200"].state == "ok"


def test_a_host_that_does_not_exist_is_dead_only_if_there_is_a_network(
    project: Project, site: str
) -> None:
    gone = "http://yok.invalid/sayfa"
    assert check_links([gone])[gone][:2] == ("unchecked", NO_NETWORK)
    assert check_links([gone, f"{site}/404"])[gone][:2] == ("dead", "böyle bir site yok")


def test_a_closed_port_is_unchecked(project: Project, site: str) -> None:
    closed = f"http://127.0.0.1:{free_port()}/"
    assert check_links([closed, f"{site}/200"])[closed].state == "unchecked"


def test_results_of_other_links_are_kept(project: Project, site: str) -> None:
    check_links([f"{site}/200"])
    check_links([f"{site}/404"])
    assert {link[-3:]: one.state for link, one in stored_links().items()} == {
        "200": "ok",
        "404": "dead",
    }


def test_the_links_of_the_answers_are_web_addresses() -> None:
    links = links_of(current())
    assert len(links) >= 12
    assert all(link.startswith("http") for link in links)
