"""Run as a program in the environment for operation: the compose file by its own schema.

Reads the file with its variables filled in from standard input; a schema that takes
anything would prove nothing, so a misspelt key must be refused.
"""

import sys


def main(text: str) -> int:
    """Print the services' names; 1 if the schema takes what it should not."""
    from compose_spec import PyCompose  # in that environment only

    print(*PyCompose.from_yaml(text).service_names())
    try:
        PyCompose.from_yaml(text.replace("restart:", "restrat:"))
    except ValueError:
        return 0
    print("a misspelt key was taken", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.stdin.read()))
