"""Rasa's server with its API behind the shared secret, and with the model in use.

The secret is read here and not given on the command line, where every user of the machine
could read it. Everything else is Rasa's own command.
"""

import sys

from rasa_environment import hide

MODEL = "--model"
#: What Rasa imports for its plots and its prompts: no server of ours comes near any of it.
UNUSED = frozenset(["matplotlib", "prompt_toolkit", "questionary"])


def main() -> None:
    """Run `rasa` with these arguments and the API's token."""
    hide(UNUSED)
    # Else the first who writes "iki hafta önce" would wait for it.
    import dateparser  # noqa: F401
    from rasa.__main__ import main as rasa

    from bot.processing import install
    from bot.reloading import install as install_reloading
    from bot.secret import staff_secret

    install()
    install_reloading()
    sys.argv = ["rasa", *with_model(sys.argv[1:]), "--enable-api", f"--auth-token={staff_secret()}"]
    rasa()


def with_model(arguments: list[str]) -> list[str]:
    """Return the arguments with the model in use now.

    The supervisor starts a killed server with the command of its own start; another model
    may have gone into use since. New files without a model of their own change nothing.
    """
    from bot.training import chosen_model, current_model

    model = current_model() or chosen_model()
    if model is None or MODEL not in arguments:
        return arguments
    at = arguments.index(MODEL) + 1
    return [*arguments[:at], str(model), *arguments[at + 1 :]]


if __name__ == "__main__":
    main()
