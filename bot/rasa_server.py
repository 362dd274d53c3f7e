"""Rasa's server with its API behind the shared secret, and with the model in use.

The secret is read here and not given on the command line, where every user of the machine
could read it. Everything else is Rasa's own command.
"""

import os
import sys

from rasa_environment import hide

MODEL = "--model"
#: What Rasa imports for other stores, its plots and its prompts: a tenth of the process's
#: memory, and no server of ours comes near any of it.
UNUSED = frozenset(
    [
        "boto3",
        "botocore",
        "bson",
        "gridfs",
        "matplotlib",
        "prompt_toolkit",
        "pymongo",
        "questionary",
    ]
)


def main() -> None:
    """Run `rasa` with these arguments and the API's token."""
    # The sums over a message's features are too small to be shared: a second thread only spins
    # and takes the processor from the action server. NumPy looks here when it is imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    hide(UNUSED)
    from rasa.__main__ import main as rasa

    from bot.processing import install
    from bot.secret import staff_secret

    install()
    sys.argv = ["rasa", *with_model(sys.argv[1:]), "--enable-api", f"--auth-token={staff_secret()}"]
    rasa()


def with_model(arguments: list[str]) -> list[str]:
    """Return the arguments with the model in use now.

    The supervisor starts a killed server with the command of its own start; the staff may
    have taught another model since.
    """
    from bot.training import current_model

    model = current_model()
    if model is None or MODEL not in arguments:
        return arguments
    at = arguments.index(MODEL) + 1
    return [*arguments[:at], str(model), *arguments[at + 1 :]]


if __name__ == "__main__":
    main()
