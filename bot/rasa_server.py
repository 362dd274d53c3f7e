"""Rasa's server with its API behind the shared secret.

The secret is read here and not given on the command line, where every user of the
machine could read it. Everything else is Rasa's own command.
"""

import sys


def main() -> None:
    """Run `rasa` with these arguments and the API's token."""
    from rasa.__main__ import main as rasa

    from bot.processing import install
    from bot.secret import staff_secret

    install()
    sys.argv = ["rasa", *sys.argv[1:], "--enable-api", "--auth-token", staff_secret()]
    rasa()


if __name__ == "__main__":
    main()
