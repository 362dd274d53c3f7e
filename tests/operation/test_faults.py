"""The larger set-up loses any of its parts, and nobody a message."""

import asyncio
import itertools
import os
import signal
from collections.abc import Callable

import pytest

from deploy.larger import Larger
from tests.operation.drill import strike, talk

pytestmark = [pytest.mark.server, pytest.mark.model, pytest.mark.alone]

#: DRILL=20: the whole drill, 2,000 messages of 100 people; both figures otherwise smaller.
DRILL = int(os.environ.get("DRILL", "0"))
PEOPLE, MESSAGES = (100, DRILL) if DRILL else (30, 4)
RECOVERED_SECONDS = 10
Faults = dict[str, Callable[[], None]]


@pytest.fixture
def faults(larger: Larger) -> Faults:
    rasa, actions = larger.rasa_ports, larger.action_ports
    return {
        "a Rasa process is killed": strike(signal.SIGKILL, f"--port {rasa[0]}"),
        "an action server is killed": strike(signal.SIGKILL, f"--port {actions[0]}"),
        "Redis is killed": strike(signal.SIGKILL, "redis-server", str(larger.redis_port)),
        "the database is killed": strike(signal.SIGKILL, "postgres -D", larger.folder),
        "an action server hangs": strike(signal.SIGSTOP, f"--port {actions[1]}"),
        "a Rasa process hangs": strike(signal.SIGSTOP, f"--port {rasa[1]}"),
        "nginx is killed": strike(signal.SIGKILL, "nginx -c", larger.folder),
    }


@pytest.mark.parametrize(
    "name",
    [
        "a Rasa process is killed",
        "an action server is killed",
        "Redis is killed",
        "the database is killed",
        "an action server hangs",
        "a Rasa process hangs",
        "nginx is killed",
    ],
)
def test_the_loss_of_one_part_is_over_in_ten_seconds(
    larger: Larger, faults: Faults, name: str
) -> None:
    people = asyncio.run(talk(larger.address, 10, 3, [faults[name]], 0.3, pause=0.5))
    longest = max(itertools.chain(*(person.waited for person in people)))
    print(f"{name}: longest wait {longest:.1f} s")
    assert longest < RECOVERED_SECONDS
    larger.wait_ready()


def test_all_of_them_one_after_the_other_lose_and_double_nothing(
    larger: Larger, faults: Faults
) -> None:
    every = max(1.0, MESSAGES * PEOPLE / 50 / (len(faults) + 1))
    people = asyncio.run(talk(larger.address, PEOPLE, MESSAGES, list(faults.values()), every))
    waited = sorted(itertools.chain(*(person.waited for person in people)))
    print(
        f"{len(waited)} messages, {sum(person.repeats for person in people)} repeats, "
        f"longest wait {waited[-1]:.1f} s, median {waited[len(waited) // 2]:.2f} s"
    )
    assert len(waited) == PEOPLE * MESSAGES
