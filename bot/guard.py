"""`python -m bot.guard URL COMMAND …`: run a server, and end it when it hangs.

A supervisor starts again what ended; what hangs it does not see. Light on purpose: one
stands beside each server.
"""

import signal
import subprocess
import sys
import time
import urllib.request
from types import FrameType

LOOK_SECONDS = 1.0
ANSWER_SECONDS = 2.0
#: So many looks in a row without an answer, and a server that had answered is ended.
MISSES = 2


def main(url: str, command: list[str]) -> int:
    """Run the command until it ends or hangs; return its exit code."""
    server = subprocess.Popen(command)

    def pass_on(number: int, frame: FrameType | None) -> None:
        server.send_signal(number)

    signal.signal(signal.SIGTERM, pass_on)
    signal.signal(signal.SIGINT, pass_on)
    seen, misses = False, 0
    while True:
        try:
            return server.wait(LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            pass
        if _answers(url):
            seen, misses = True, 0
        elif seen:
            misses += 1
        if misses >= MISSES:
            print(f"{url} does not answer; the server is ended", file=sys.stderr, flush=True)
            server.kill()
            return server.wait()


def _answers(url: str) -> bool:
    begun = time.monotonic()
    try:
        with urllib.request.urlopen(url, timeout=ANSWER_SECONDS) as reply:  # noqa: S310 - our own
            return bool(reply.status < 500)
    except OSError:
        # Refused at once is no hanging: it is still starting, or has ended.
        return time.monotonic() - begun < ANSWER_SECONDS / 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
