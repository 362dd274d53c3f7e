"""The processes of a set-up: which they are, how long they worked, what memory they hold."""

import os
import subprocess
from collections import defaultdict
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

_LISTING = ["ps", "-ww", "-eo", "pid,ppid,args"]
#: What a command holds and what it is, in the order it is looked for.
_KINDS = {
    "bot.guard": "guard",  # names what it guards as well
    "bot.rasa_server": "rasa",
    "-m rasa run": "rasa",
    "rasa_sdk": "actions",
    "bot.desk.wsgi": "desk",
    "desk read": "reader",
    "postgres": "postgres",
    "redis-server": "redis",
    "nginx": "nginx",
}


class Process(NamedTuple):
    """A process, what it is (empty for none of the known), and its command."""

    pid: int
    kind: str
    command: str


def descendants(roots: Collection[int]) -> list[Process]:
    """Return the processes that come from these, themselves included."""
    children: dict[int, list[int]] = defaultdict(list)
    commands: dict[int, str] = {}
    for line in subprocess.check_output(_LISTING, text=True).splitlines()[1:]:
        number, parent, args = line.split(maxsplit=2)
        children[int(parent)].append(int(number))
        commands[int(number)] = args
    found, left = [], list(roots)
    while left:
        pid = left.pop()
        left += children[pid]
        command = commands.get(pid, "")
        kind = next((kind for part, kind in _KINDS.items() if part in command), "")
        found.append(Process(pid, kind, command))
    return found


def processor_seconds(processes: Collection[Process]) -> dict[str, float]:
    """Return how long the processes of each kind have had a processor so far."""
    spent: dict[str, float] = defaultdict(float)
    for one in processes:
        try:
            stat = Path(f"/proc/{one.pid}/stat").read_text(encoding="utf-8")
        except OSError:  # it has just ended
            continue
        fields = stat.rpartition(")")[2].split()
        ticks = int(fields[11]) + int(fields[12])
        spent[one.kind] += ticks / os.sysconf("SC_CLK_TCK")
    return dict(spent)


def memory(processes: Collection[Process]) -> dict[str, list[float]]:
    """Return the memory of each in MB: resident, and with shared parts divided (PSS)."""
    found: dict[str, list[float]] = {"rss": [], "pss": []}
    for one in processes:
        path = Path(f"/proc/{one.pid}/smaps_rollup")
        lines = path.read_text(encoding="utf-8").splitlines()[1:]
        kilobytes = {line.partition(":")[0].lower(): int(line.split()[1]) for line in lines}
        for kind, values in found.items():
            values.append(kilobytes[kind] / 1024)
    return found
