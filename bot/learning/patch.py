"""Everything the staff changed and taught as one patch to the project, for a developer to review.

`git apply` puts it in; with the next start what it holds falls away from what the staff
keeps apart, for the files say it themselves.
"""

import difflib
from collections.abc import Iterator
from pathlib import Path

from bot.knowledge import load
from bot.learning import store
from bot.learning.candidate import expected_answers
from bot.learning.versions import units_of
from bot.live import live
from bot.settings import settings

KNOWLEDGE = "knowledge"
DATA = "data"
_NO_END = "\\ No newline at end of file\n"


def patch() -> str:
    """Return a unified diff from the project's files to those in use; empty if they agree."""
    now, chosen = live(), settings()
    return "".join(
        [
            *_diffs(chosen.knowledge_dir, now.knowledge, KNOWLEDGE),
            *_diffs(chosen.data_dir, now.data, DATA),
        ]
    )


def left_to_do() -> list[str]:
    """Return what a developer adds to a patch by hand: a new entry wants more than it got."""
    now, chosen = live(), settings()
    if not now.version:
        return []
    new = load(now.knowledge).entries.keys() - load(chosen.knowledge_dir).entries.keys()
    expected = expected_answers(units_of(store.journal()))
    return [
        *(
            f"{key}: data/nlu içine 80 cümleye tamamlayın, tests/nlu/dev.jsonl içine en az 5 soru "
            "ekleyin, tests/knowledge/test_knowledge_base.py içindeki bölüm sayısını artırın"
            for key in sorted(new)
        ),
        *(
            f"tests/nlu/dev.jsonl: “{text}” artık konu dışı değil, {', '.join(ids)}"
            for text, ids in expected.items()
        ),
    ]


def _diffs(project: Path, used: Path, name: str) -> Iterator[str]:
    if project == used:
        return
    files = {path.relative_to(folder) for folder in (project, used) for path in _files(folder)}
    for file in sorted(files):
        before, after = _lines(project / file), _lines(used / file)
        if before == after:
            continue
        path = f"{name}/{file.as_posix()}"
        yield f"diff --git a/{path} b/{path}\n"
        if before is None:
            yield "new file mode 100644\n"
        if after is None:
            yield "deleted file mode 100644\n"
        yield from _hunks(before, after, path)


def _hunks(before: list[str] | None, after: list[str] | None, path: str) -> Iterator[str]:
    lines = difflib.unified_diff(
        before or [],
        after or [],
        "/dev/null" if before is None else f"a/{path}",
        "/dev/null" if after is None else f"b/{path}",
    )
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n{_NO_END}"


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _lines(path: Path) -> list[str] | None:
    """Return a file's lines with their ends, cut at line feeds only; None if there is none."""
    if not path.is_file():
        return None
    text = path.read_bytes().decode("utf-8")
    return [line + "\n" for line in text.split("\n")[:-1]] + (
        [text.rsplit("\n", 1)[-1]] if not text.endswith("\n") and text else []
    )
