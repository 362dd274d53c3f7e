"""Two Rasa processes change their model and go back while people write to them."""

import asyncio
import itertools
import json
import os
import re
import signal
import subprocess
import sys
import tarfile
import urllib.request
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.settings import ROOT
from deploy.larger import Larger
from tests.operation.drill import strike, talk_during
from tests.servers import wait_for

pytestmark = [pytest.mark.server, pytest.mark.model, pytest.mark.alone]

PEOPLE = 6


def command(larger: Larger, *arguments: str) -> tuple[int, str]:
    """Run `python -m bot model …` beside the set-up; return exit code and words."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "bot", "model", *arguments],
        cwd=ROOT,
        env={**os.environ, **larger.environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def versions(larger: Larger) -> list[str]:
    """Return the model of each process, as its metrics say; empty while it is away."""
    found = []
    for port in larger.rasa_ports:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as reply:
                said = reply.read().decode()
        except OSError:
            said = ""
        match = re.search(r'assistant_model_info\{version="(.+)"\} 1\.0', said)
        found.append(match[1] if match else "")
    return found


def models_of_events(larger: Larger) -> set[str]:
    """Return the identities of the models that answered the stored messages."""
    engine = sa.create_engine(larger.environment["BOT_TRACKER_DATABASE"])
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT data FROM events WHERE type_name = 'user'"))
        found = {json.loads(data)["metadata"]["model_id"] for (data,) in rows}
    engine.dispose()
    return found


@pytest.fixture
def first(larger: Larger, model: Path) -> str:
    """Return the name of the model of the files; the test begins with it in use."""
    larger.wait_ready()  # a test before may have killed a process
    if versions(larger) != [model.name] * 2:
        assert command(larger, "use") == (0, f"Kullanımda: {model.name}\n")
    return model.name


def test_a_model_goes_into_use_and_back_while_everybody_is_answered(
    larger: Larger, first: str, second_model: Path
) -> None:
    seen = []

    def change() -> None:
        for arguments in (["use", str(second_model)], ["back"]):
            assert command(larger, *arguments)[0] == 0
            seen.append(versions(larger))

    people = asyncio.run(talk_during(larger.address, PEOPLE, change))
    assert seen == [[second_model.name] * 2, [first] * 2]
    assert [person.repeats for person in people] == [0] * PEOPLE
    assert len(models_of_events(larger)) == 2
    waited = sorted(itertools.chain(*(person.waited for person in people)))
    print(
        f"{len(waited)} messages while the model changed twice, longest wait {waited[-1]:.2f} s, "
        f"median {waited[len(waited) // 2]:.3f} s"
    )
    listed = command(larger, "list")[1]
    assert f"{first}  " in listed
    assert "kullanımda" in listed
    assert second_model.name in listed


def test_a_killed_process_comes_back_with_the_model_in_use(
    larger: Larger, first: str, second_model: Path
) -> None:
    assert command(larger, "use", str(second_model))[0] == 0
    strike(signal.SIGKILL, f"--port {larger.rasa_ports[0]}")()
    wait_for(lambda: versions(larger) == ["", second_model.name], lambda: versions(larger), 0.02)
    wait_for(lambda: versions(larger) == [second_model.name] * 2, lambda: versions(larger))


def test_a_process_that_starts_meanwhile_is_not_left_behind(
    larger: Larger, first: str, second_model: Path
) -> None:
    strike(signal.SIGKILL, f"--port {larger.rasa_ports[1]}")()
    code, said = command(larger, "use", str(second_model))
    assert code == 0, said
    wait_for(lambda: versions(larger) == [second_model.name] * 2, lambda: (said, versions(larger)))


def test_a_model_that_cannot_be_loaded_changes_nothing(
    larger: Larger, first: str, model: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "bozuk.tar.gz"
    with tarfile.open(model) as source, tarfile.open(broken, "w:gz") as copy:
        for member in source.getmembers():
            if "metadata" not in member.name:
                copy.addfile(member, source.extractfile(member) if member.isfile() else None)
    code, said = command(larger, "use", str(broken))
    assert code == 2
    assert re.fullmatch(r"http://\S+ yeni modeli almadı \(HTTP 400\)\n", said), said
    assert versions(larger) == [first] * 2
