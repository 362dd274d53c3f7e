"""A RabbitMQ of the tests' own, in a folder of its own; see `has_rabbitmq`."""

import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path

from tests.servers import free_port, wait_for

#: Beside the program in the PATH, which wants to be another user.
_PROGRAM = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")


def has_rabbitmq() -> bool:
    return _PROGRAM.exists() and shutil.which("epmd") is not None


class RabbitMQ:
    """A server that can be killed and started again; its data stay."""

    def __init__(self, folder: Path) -> None:
        """Choose ports; start nothing."""
        self._folder, self._processes = folder, []  # type: tuple[Path, list[subprocess.Popen[bytes]]]
        self._port, epmd = free_port(), free_port()
        self.address = f"amqp://guest:guest@127.0.0.1:{self._port}"
        self._names = ["epmd", "-port", str(epmd), "-address", "127.0.0.1"]
        self._environment = {
            **os.environ,
            "HOME": str(folder),
            "ERL_EPMD_PORT": str(epmd),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": "test@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self._port),
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_MNESIA_BASE": str(folder / "data"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_LOGS": "-",
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
            "RABBITMQ_CONF_ENV_FILE": str(folder / "none"),
            "RABBITMQ_CONFIG_FILE": str(folder / "none"),
        }

    def start(self) -> None:
        """Start the server and wait until it takes connections."""
        log = self._folder / "rabbitmq.log"
        for command in (self._names, [str(_PROGRAM)]):
            with log.open("ab") as output:
                process = subprocess.Popen(
                    command,
                    env=self._environment,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,
                )
            self._processes.append(process)
        wait_for(self._is_there, log.read_text)

    def _is_there(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self._port)) == 0

    def kill(self) -> None:
        """End the server as a loss of power does."""
        for process in self._processes:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self._processes.clear()
