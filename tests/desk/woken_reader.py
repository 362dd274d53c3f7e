"""Run as a program: a reader over a new database that RabbitMQ wakes.

Usage: python -m tests.desk.woken_reader SECONDS, with the settings of an assistant;
without word it looks again after so many seconds.
"""

import sys
import threading

from bot.desk.commands import migrate


def main(seconds: float) -> None:
    migrate()
    from bot.desk.reading import process, waking

    waking.MOST_AT_ONCE = 20  # more come only after these were acknowledged
    process.POLL_SECONDS = seconds
    process.run(threading.Event())


if __name__ == "__main__":
    main(float(sys.argv[1]))
