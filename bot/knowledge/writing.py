"""Change the YAML files of `knowledge/` and leave every other line as it is.

Values are JSON's: dates as text, no objects. How a value is written (in one line, in
quotes, as a block) follows the files as they are.
"""

import contextlib
import datetime
import io
import re
from collections.abc import Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

Path = Sequence[str | int]

#: Lists written in one line.
_SHORT_LISTS = {"figures", "dates", "see_also", "entries"}
#: Keys whose value is a date: a year as a number, a day without quotes.
_DATES = {"date", "as_of", "valid_from", "review_by", "from", "until"}
#: What YAML would read as something else than text.
_NOT_TEXT = re.compile(r"[\d.,:/_-]+|true|false|yes|no|on|off|null|~|", re.IGNORECASE)
#: What no YAML file may hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class NoPlaceError(LookupError):
    """A path leads nowhere: the thing around the value is not there."""


def writable(text: str) -> str:
    r"""Return a text without the signs that a YAML file cannot hold.

    >>> writable("Bir\x80 iki")
    'Bir iki'
    """
    return _UNWRITABLE.sub("", text)


def read_text(text: str) -> Any:
    """Return the parsed file with its comments and quotes."""
    yaml = YAML()
    yaml.preserve_quotes = True
    return yaml.load(text)


def written(data: Any) -> str:
    """Return the text of a file read by `read_text`; unchanged, it is the same to the byte."""
    yaml = YAML()
    yaml.width = 100_000
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(data, stream)
    text = stream.getvalue()
    if not isinstance(data, list):
        return text
    # A list at the top stands at the margin, the lists inside it do not.
    return "".join(line.removeprefix("  ") for line in text.splitlines(keepends=True))


def value_at(data: Any, path: Path) -> Any:
    """Return the JSON value at a path, None if there is none.

    An item of a list of entries is named by its `id`.
    """
    for key in path:
        data = _inside(data, key)
        if data is None:
            return None
    return _plain(data)


def put(data: Any, path: Path, value: Any) -> Any:
    """Set the value at a path, or take it away (None); return the data.

    Raises:
        NoPlaceError: if what should hold the value is not there.
    """
    if not path:
        data.update(
            {key: None if item is None else _node(item, key) for key, item in value.items()}
        )
        return data
    *around, last = path
    holder = data
    for key in around:
        holder = _inside(holder, key)
        if holder is None:
            raise NoPlaceError(".".join(map(str, path)))
    if isinstance(holder, CommentedSeq):
        _put_item(holder, last, value)
    elif value is None:
        holder.pop(last, None)
    elif last in holder:
        holder[last] = _node(value, last, holder[last])
    else:
        _insert(holder, last, _node(value, last))
    return data


def same(one: Any, other: Any) -> bool:
    """Tell whether two JSON values say the same: 2020 and "2020", a text and its margin."""
    return bool(_bare(one) == _bare(other))


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _bare(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_bare(item) for item in value]
    return None if value is None else str(value).strip()


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _plain(item) for key, item in node.items()}
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if isinstance(node, datetime.date):
        return node.isoformat()
    return str(node) if isinstance(node, str) else node


def _inside(holder: Any, key: str | int) -> Any:
    if isinstance(holder, CommentedSeq):
        return next((item for item in holder if item.get("id") == key), None)
    return holder.get(key) if isinstance(holder, CommentedMap) else None


def _put_item(items: CommentedSeq, key: str | int, value: Any) -> None:
    at = next((i for i, item in enumerate(items) if item.get("id") == key), None)
    if value is None:
        if at is not None:
            del items[at]
    elif at is None:
        items.append(_node(value, key))
    else:
        items[at] = _node(value, key)


def _insert(holder: CommentedMap, key: str | int, node: Any) -> None:
    """Add a key: a year among the years, anything else at the end."""
    later = (
        at
        for at, other in enumerate(holder)
        if isinstance(key, int) and isinstance(other, int) and other > key
    )
    if not holder and holder.fa.flow_style():
        holder.fa.set_block_style()  # `years: {}` before its first year
    holder.insert(next(later, len(holder)), key, node)


def _node(value: Any, key: str | int, before: Any = None) -> Any:
    """Return a value as the files write it; an item that stays keeps its own form."""
    if isinstance(value, dict):
        node = CommentedMap()
        for name, item in value.items():
            if item is not None:
                node[name] = _node(item, name)
        if {"document", "place"} >= set(value) or "source" in value or "reason" in value:
            node.fa.set_flow_style()
        return node
    if isinstance(value, list):
        old = list(before) if isinstance(before, CommentedSeq) else []
        items = CommentedSeq(
            next((one for one in old if same(_plain(one), item)), None) or _node(item, key)
            for item in value
        )
        if key in _SHORT_LISTS:
            items.fa.set_flow_style()
        return items
    return _scalar(value, key)


def _scalar(value: Any, key: str | int) -> Any:
    if not isinstance(value, str):
        return value
    value = writable(value)
    if key == "answer" or "\n" in value:
        return LiteralScalarString(value.strip() + "\n")
    if key in _DATES and value.isdecimal():
        return int(value)
    if key in _DATES and _DAY.fullmatch(value):
        with contextlib.suppress(ValueError):  # a day that never was is for the loader to refuse
            return datetime.date.fromisoformat(value)
    if key == "figures" and value.isdecimal():
        return int(value)
    if key == "dates" or _NOT_TEXT.fullmatch(value):
        return DoubleQuotedScalarString(value)
    return value
