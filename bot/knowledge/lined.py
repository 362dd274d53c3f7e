"""YAML read by libyaml with the line of every key and item kept, for messages that name it.

Ten times as fast as reading with comments kept, which only who writes needs
(`bot.knowledge.writing`).
"""

from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor


class Table(dict[Any, Any]):
    """A mapping; `lines` has the line (from 1) of each key."""

    lines: dict[Any, int]


class Rows(list[Any]):
    """A sequence; `lines` has the line (from 1) of each item."""

    lines: list[int]


class _Lined(SafeConstructor):
    def lined_map(self, node: Any) -> Iterator[Table]:
        table = Table()
        yield table
        table.update(self.construct_mapping(node))
        table.lines = {
            self.construct_object(key, deep=True): key.start_mark.line + 1 for key, _ in node.value
        }

    def lined_rows(self, node: Any) -> Iterator[Rows]:
        rows = Rows()
        yield rows
        rows.extend(self.construct_sequence(node))
        rows.lines = [item.start_mark.line + 1 for item in node.value]


_Lined.add_constructor("tag:yaml.org,2002:map", _Lined.lined_map)
_Lined.add_constructor("tag:yaml.org,2002:seq", _Lined.lined_rows)
# 2020-02-30 is left to `PartialDate`, whose message names the key and the line.
_Lined.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)


def read_lined(text: str) -> Any:
    """Return the parsed text (YAML 1.2): tables, rows and plain values.

    Raises:
        ruamel.yaml.error.YAMLError: if it is none, or names a key twice.
    """
    yaml = YAML(typ="safe")
    yaml.Constructor = _Lined
    return yaml.load(text)


def line_of(container: Any, key: Any) -> int:
    """Return the line (from 1) of a key or item of what was read, 0 if unknown."""
    if isinstance(container, Table):
        return container.lines.get(key, 0)
    if isinstance(container, Rows) and isinstance(key, int) and key < len(container.lines):
        return container.lines[key]
    return 0
