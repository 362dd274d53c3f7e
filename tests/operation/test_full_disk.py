"""A tracker store without room refuses with a sentence, and goes on when there is room."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.channels.pages import Page
from tests.servers import Server

pytestmark = [pytest.mark.server, pytest.mark.model]


@pytest.fixture(scope="module")
def server(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("dolu")) as started:
        yield started


def limit(server: Server, size: str) -> None:
    """Let the Rasa process write no file beyond a size: to it, the disk is full there."""
    process = str(server.children()["rasa"])
    subprocess.run(["prlimit", "--pid", process, f"--fsize={size}:"], check=True)


def test_what_cannot_be_stored_is_refused_and_answered_when_retried(server: Server) -> None:
    page = Page(server, origin=f"http://127.0.0.1:{server.port}").begin()
    before = page.say("merhaba", "once-000001")
    assert before.status == 200
    limit(server, "1")
    for number in range(5):
        refused = page.say("esep nedir", f"dolu-00000{number}")
        assert refused.status == 503
        assert "Şu anda yanıt veremiyorum" in refused.body["error"]
    limit(server, "unlimited")
    for number in range(5):
        assert page.say("esep nedir", f"dolu-00000{number}").body["messages"]
    own = [line["id"] for line in page.history() if line["author"] == "user"]
    assert own == ["once-000001", *(f"dolu-00000{number}" for number in range(5))]
