"""Fuzz the web channel of a started assistant: `python -m tests.fuzz.web SECONDS`.

schemathesis makes requests of `docs/web-kanali.yml`, right and wrong ones, and holds every
answer to it. Exits with its code: not 0 if there is a finding, and the report says which.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bot.settings import ROOT
from tests.servers import Server

PROGRAM = ROOT / ".venv-operation/bin/schemathesis"
DESCRIPTION = ROOT / "docs/web-kanali.yml"
#: What is refused with a sentence may be described more narrowly than it is taken.
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)


def fuzz(address: str, seconds: int) -> subprocess.CompletedProcess[str]:
    """Let schemathesis work on a server for so long."""
    command = [
        *(str(PROGRAM), "--no-color", "fuzz", str(DESCRIPTION)),
        *("--url", f"{address}/webhooks/web"),
        *("--max-time", str(seconds), "--checks", ",".join(CHECKS), "--continue-on-failure"),
        *("--warnings", "off", "--suppress-health-check", "all", "--request-timeout", "30"),
    ]
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "tests.fuzz.session"}
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def main() -> int:
    """Start an assistant, fuzz it, and say what was found."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(Path(folder), BOT_WEB_PER_MINUTE="600", BOT_WEB_PER_ADDRESS="6000") as server,
    ):
        before = server.children()
        done = fuzz(f"http://127.0.0.1:{server.port}", int(sys.argv[1]))
        print(done.stdout, done.stderr, sep="\n")
        if server.children() != before:
            print("A server has ended", file=sys.stderr)
            return 1
        return done.returncode


if __name__ == "__main__":
    sys.exit(main())
