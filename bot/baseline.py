"""Hold understanding to what it has reached: per entry, and as a whole.

The baseline is a JSON file: the share of rows led to the right place, and for every id how
many of its rows are. `python -m bot evaluate FILE --store BASELINE` writes it.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

#: A change may lose so much of the whole.
ALLOWED_LOSS = 0.01
#: One row of an entry may turn; two are a loss.
ALLOWED_ROWS = 1


class BaselineError(ValueError):
    """The stored results cannot be read; the message names the file."""


def is_good(row: Mapping[str, Any]) -> bool:
    """Tell whether a judged row was led to the right place, or rightly refused."""
    if row["accept"] == ["oos"]:
        return bool(row["refused"])
    return bool(row["right"] or row["beside"] or row["offered"])


def baseline_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the share of good rows and their number for each id."""
    good = Counter(row["accept"][0] for row in rows if is_good(row))
    asked = Counter(row["accept"][0] for row in rows)
    return {
        "rows": len(rows),
        "good": round(sum(good.values()) / len(rows), 4),
        "entries": {key: {"rows": asked[key], "good": good[key]} for key in sorted(asked)},
    }


def losses(rows: Sequence[Mapping[str, Any]], baseline: Mapping[str, Any]) -> list[str]:
    """Return what was lost against a baseline, each with its rows; empty if nothing was.

    An id whose number of rows has changed is held to its share of them.
    """
    now = baseline_of(rows)
    bad: dict[str, list[str]] = {}
    for row in rows:
        if not is_good(row):
            bad.setdefault(row["accept"][0], []).append(f"{row['text']} → {_became(row)}")
    found = []
    if now["good"] < baseline["good"] - ALLOWED_LOSS:
        found.append(f"whole: {baseline['good']:.4f} → {now['good']:.4f}")
    for key, before in baseline["entries"].items():
        after = now["entries"].get(key)
        if after is None:
            found.append(f"{key}: no rows any more")
            continue
        floor = before["good"] * after["rows"] / before["rows"] - ALLOWED_ROWS
        if after["good"] < floor:
            head = f"{key}: {before['good']}/{before['rows']} → {after['good']}/{after['rows']}"
            found.append("\n  ".join([head, *bad.get(key, [])]))
    return found


def _became(row: Mapping[str, Any]) -> str:
    return str(row["answered"] or row["options"] or row["outcome"])


def store(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write the baseline of judged rows."""
    text = json.dumps(baseline_of(rows), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def read(path: Path) -> dict[str, Any]:
    """Read a baseline.

    Raises:
        BaselineError: if it is missing or not one.
    """
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(found, dict) or not {"rows", "good", "entries"} <= found.keys():
            raise ValueError("keys")
    except (OSError, ValueError) as error:
        raise BaselineError(f"{path}: not a baseline ({error})") from error
    return found
