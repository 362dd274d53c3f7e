"""Run as a program in the environment for operation: the compose file by its own schema.

Reads the file with its variables filled in from standard input; a schema that takes
anything would prove nothing, so a misspelt key must be refused.
"""

import sys

from compose_spec import PyCompose

text = sys.stdin.read()
print(*PyCompose.from_yaml(text).service_names())
try:
    PyCompose.from_yaml(text.replace("restart:", "restrat:"))
except ValueError:
    sys.exit(0)
sys.exit("a misspelt key was taken")
