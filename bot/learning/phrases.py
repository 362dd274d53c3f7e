"""The phrases of `data/nlu/`: read, added to and taken from, every other line left as it is."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bot.files import replace_text
from bot.text.fold import normalize

FOLDER = "nlu"
_INTENT = re.compile(r"^\s*- intent:\s*(?P<label>\S+)\s*$")
_PHRASE = re.compile(r"^(?P<margin>\s+)- ?(?P<text>.*?)\s*$")
_EXAMPLES = re.compile(r"^\s+examples:")
_BLOCK = "  - intent: {label}\n    examples: |\n"
_MARGIN = "      "


class Phrase(NamedTuple):
    """A phrase, its label, and where it stands."""

    label: str
    text: str
    file: str
    line: int


class Taught(NamedTuple):
    """A phrase put under a label, and the phrases taken from other labels for it."""

    label: str
    text: str
    moved: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Taught":
        """Read what `as_dict` wrote."""
        moved = tuple((label, text) for label, text in data.get("moved", ()))
        return cls(data["label"], data["text"], moved)

    def as_dict(self) -> dict[str, Any]:
        """Return JSON values."""
        return {**self._asdict(), "moved": [list(one) for one in self.moved]}


class Taken(NamedTuple):
    """What became of taught phrases put into a folder.

    `contained` stand there already; `conflicts` stand there under another label, or their
    label is gone: the project's files win, since one phrase cannot mean two things.
    """

    contained: tuple[Taught, ...]
    conflicts: tuple[Taught, ...]
    changed: bool


def read_phrases(data: Path) -> list[Phrase]:
    """Return every phrase of a data folder, as it stands."""
    found = []
    for path in sorted((data / FOLDER).glob("*.yml")):
        label = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if intent := _INTENT.match(line):
                label = intent["label"]
            elif label and (phrase := _PHRASE.match(line)):
                found.append(Phrase(label, phrase["text"], path.name, number))
    return found


def put_phrases(data: Path, taught: Iterable[Taught], new_labels: Iterable[str] = ()) -> Taken:
    """Put phrases under their labels; those of `new_labels` may begin one.

    A new label's phrases go to the end of its chapter's file.
    """
    known = {normalize(phrase.text): phrase for phrase in read_phrases(data)}
    labels = {phrase.label: phrase.file for phrase in known.values()}
    labels |= {label: f"{_chapter(label)}.yml" for label in new_labels if label not in labels}
    contained, conflicts, added, gone = [], [], [], []
    for one in taught:
        moved = {normalize(text) for _, text in one.moved}
        there = known.get(normalize(one.text))
        if there and there.label == one.label:
            contained.append(one)
        elif (there and normalize(one.text) not in moved) or one.label not in labels:
            conflicts.append(one)
        else:
            held = [known[text] for text in moved if text in known]
            gone += [phrase for phrase in held if phrase.label != one.label]
            added.append(one)
            known[normalize(one.text)] = Phrase(one.label, one.text, labels[one.label], 0)
    files = {labels[one.label] for one in added} | {phrase.file for phrase in gone}
    for file in sorted(files):
        path = data / FOLDER / file
        text = path.read_text(encoding="utf-8") if path.exists() else 'version: "3.1"\n\nnlu:'
        text = _without(text, {phrase.line for phrase in gone if phrase.file == file})
        for label in dict.fromkeys(one.label for one in added if labels[one.label] == file):
            text = _with(text, label, [one.text for one in added if one.label == label])
        replace_text(path, text)
    return Taken(tuple(contained), tuple(conflicts), bool(files))


def _chapter(label: str) -> str:
    """Return the file of a new label: `ke` for `faq/ke-07`."""
    return label.rpartition("/")[2].rpartition("-")[0]


def _without(text: str, lines: set[int]) -> str:
    kept = [line for number, line in enumerate(text.split("\n"), 1) if number not in lines]
    return "\n".join(kept)


def _with(text: str, label: str, phrases: Sequence[str]) -> str:
    """Add phrases at the end of a label's block, or a block at the end of the file."""
    lines = text.split("\n")
    inside, last, margin = False, None, _MARGIN
    for number, line in enumerate(lines):
        if intent := _INTENT.match(line):
            inside = intent["label"] == label
        elif inside and _EXAMPLES.match(line):
            last = number
        elif inside and (phrase := _PHRASE.match(line)):
            last, margin = number, phrase["margin"]
    added = [f"{margin}- {phrase}" for phrase in phrases]
    if last is not None:
        return "\n".join([*lines[: last + 1], *added, *lines[last + 1 :]])
    return text.rstrip("\n") + "\n" + _BLOCK.format(label=label) + "\n".join(added) + "\n"
