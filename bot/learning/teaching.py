"""A teaching: approved phrases and new entries, from the queue to live, kept as a file.

The file says at any time how far it is and, in the end, what came of it. Pages read it; the
worker (`bot.learning.worker`) moves it on.
"""

import dataclasses
import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from bot.knowledge.current import knowledge
from bot.learning import LearningError, store, versions
from bot.learning.changes import Change
from bot.learning.edits import seen
from bot.learning.entries import Draft, entry_changes, next_id
from bot.learning.phrases import Taught
from bot.learning.proposals import Finding, Proposal, check
from bot.learning.versions import Unit
from bot.live import live

FOLDER = "teachings"

#: `refused`: measured, and worse; `live` until it is taken back (`rolled_back`).
State = Literal[
    "queued", "training", "evaluating", "activating", "live", "refused", "failed", "rolled_back"
]
WAITING: tuple[State, ...] = ("queued",)
RUNNING: tuple[State, ...] = ("training", "evaluating", "activating")
#: How people read the states.
STATES: dict[str, str] = {
    "queued": "sırada",
    "training": "eğitiliyor",
    "evaluating": "ölçülüyor",
    "activating": "yayına alınıyor",
    "live": "yayında",
    "refused": "yayına alınmadı",
    "failed": "yarıda kaldı",
    "rolled_back": "geri alındı",
}
#: How far a teaching is when a state begins.
PERCENT: dict[State, int] = {"queued": 0, "training": 5, "evaluating": 55, "activating": 92}
DONE = 100


class RefusedProposalsError(LearningError):
    """Phrases break the rules of the training data. `findings` lists each."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        """Take the findings."""
        self.findings = tuple(findings)
        super().__init__("\n".join(f"{one.text}: {one.message}" for one in findings))


@dataclass
class Teaching:
    """One teaching as it stands.

    `kind` is `teach`, or `rollback` of the teaching `of`. `message` says in Turkish why it
    ended as it did, `model` names its model. `expected` are off-topic questions of the tests
    that it is meant to answer. `steps` are the states with their moments,
    `seconds` the processor time the work took.
    """

    id: str
    by: str
    created: str
    kind: Literal["teach", "rollback"] = "teach"
    of: str = ""
    note: str = ""
    phrases: list[Taught] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    state: State = "queued"
    percent: int = 0
    message: str = ""
    model: str = ""
    seconds: float = 0.0
    steps: list[list[str]] = field(default_factory=list)

    @property
    def unit(self) -> Unit:
        """What it changes."""
        return Unit(self.id, tuple(self.changes), tuple(self.phrases), tuple(self.expected))

    def save(self) -> None:
        """Write it as it stands."""
        data = {
            **{item.name: getattr(self, item.name) for item in dataclasses.fields(self)},
            "phrases": [phrase.as_dict() for phrase in self.phrases],
            "changes": [change.as_dict() for change in self.changes],
        }
        store.write_json(path_of(self.id), data)

    def enter(self, state: State, message: str = "") -> None:
        """Go on to a state and write it down."""
        self.state, self.percent = state, PERCENT.get(state, DONE)
        self.message = message or self.message
        self.steps.append([state, store.now()])
        self.save()


def path_of(teaching: str) -> Path:
    """Return the file of a teaching."""
    return store.folder(FOLDER) / f"{teaching}.json"


def report_path(teaching: str) -> Path:
    """Return the file of a teaching's report."""
    return store.folder(FOLDER) / f"{teaching}.report.json"


def read(teaching: str) -> Teaching:
    """Return a teaching.

    Raises:
        LearningError: if there is none of this id.
    """
    # The id may come from an address; only what was made here names a file.
    known = {path.name for path in store.folder(FOLDER).glob("*.json")}
    data = store.read_json(path_of(teaching)) if f"{teaching}.json" in known else None
    if not isinstance(data, dict) or "state" not in data:
        raise LearningError(f"“{teaching}” diye bir öğretme yok")
    phrases = [Taught.of(phrase) for phrase in data.pop("phrases")]
    changes = [Change.of(change) for change in data.pop("changes")]
    return Teaching(**data, phrases=phrases, changes=changes)


def report_of(teaching: str) -> dict[str, Any] | None:
    """Return a teaching's report, None if it has none yet."""
    read(teaching)
    report = store.read_json(report_path(teaching))
    return report if isinstance(report, dict) else None


def teachings() -> list[Teaching]:
    """Return all teachings, the oldest first."""
    names = sorted(path.stem for path in store.folder(FOLDER).glob("*.json"))
    return [read(name) for name in names if not name.endswith(".report")]


def new_id() -> str:
    """Return an id that sorts by time."""
    moment = store.now()[:19].replace("-", "").replace(":", "").replace("T", "-")
    return f"{moment}-{secrets.token_hex(3)}"


def propose(
    by: str, proposals: Sequence[Proposal] = (), drafts: Sequence[Draft] = (), note: str = ""
) -> Teaching:
    """Put approved phrases and entries into the queue, checked; return the teaching.

    `bot.learning.worker.start` begins the work.

    Raises:
        LearningError, KnowledgeError: as `checked_teaching` does; nothing is queued then.
    """
    teaching = checked_teaching(by, proposals, drafts, note)
    teaching.enter("queued")
    return teaching


def checked_teaching(
    by: str, proposals: Sequence[Proposal] = (), drafts: Sequence[Draft] = (), note: str = ""
) -> Teaching:
    """Return what would be queued, held to every rule that needs no training.

    Raises:
        RefusedProposalsError: if a phrase breaks a rule.
        LearningError: if there is nothing to teach, or a draft names no source.
        KnowledgeError: if a draft cannot be an entry.
    """
    in_use = knowledge()
    promised = [key for one in teachings() if one.state in WAITING + RUNNING for key in one.entries]
    wanted = [*proposals]
    changes: list[Change] = []
    keys: list[str] = []
    for draft in drafts:
        key = next_id(in_use.base, draft.chapter, [*promised, *keys])
        keys.append(key)
        changes += seen(live().knowledge, entry_changes(draft, key, in_use))
        wanted += [Proposal(text, key, draft.move) for text in draft.phrases]
    if not wanted:
        raise LearningError("Öğretilecek bir cümle yok")
    checked = check(wanted, keys)
    if checked.findings:
        raise RefusedProposalsError(checked.findings)
    teaching = Teaching(
        new_id(),
        by,
        store.now(),
        note=note,
        phrases=list(checked.phrases),
        changes=changes,
        entries=keys,
    )
    # What cannot be put in is said now and not after a training.
    with tempfile.TemporaryDirectory(dir=store.folder()) as scratch:
        versions.make(Path(scratch), [*versions.units_of(store.journal()), teaching.unit])
    return teaching


def again(teaching: str, expected: Sequence[str] = ()) -> Teaching:
    """Put a teaching that was refused or failed into the queue once more.

    `expected` are off-topic questions of its report (`newly_answered`) that it does answer:
    they keep it from going live no longer.

    Raises:
        LearningError: if there is none, or it is not at such an end.
    """
    found = read(teaching)
    if found.state not in {"refused", "failed"} or found.kind != "teach":
        raise LearningError("Yalnız reddedilen ya da yarıda kalan bir öğretme yeniden başlatılır")
    found.expected = [*dict.fromkeys([*found.expected, *expected])]
    found.message = ""
    found.enter("queued")
    return found
