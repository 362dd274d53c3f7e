"""The topics the assistant offers before anything was asked."""

from pathlib import Path

from bot.knowledge.entries import Entry, FlowTitle, Frozen, KnowledgeBase
from bot.knowledge.loader import Fault, KnowledgeError, parse, read_yaml

FILE = "topics.yml"


class Topics(Frozen):
    """Ids of entries and flows in the order they are shown."""

    topics: tuple[str, ...] = ()


def load_topics(folder: Path, base: KnowledgeBase) -> tuple[Entry | FlowTitle, ...]:
    """Return the entries and flows of `topics.yml`; without the file none.

    Raises:
        KnowledgeError: naming the file and an id the knowledge base lacks.
    """
    path = folder / FILE
    if not path.exists():
        return ()
    faults: list[Fault] = []
    data = read_yaml(path, faults)
    found = parse(Topics, data, path, 1, faults) if data is not None else None
    if found is None:
        raise KnowledgeError(faults)
    known: dict[str, Entry | FlowTitle] = {**base.entries, **base.flows}
    if unknown := [key for key in found.topics if key not in known]:
        what = f"bilgi bankasında olmayan kayıt: {', '.join(unknown)}"
        raise KnowledgeError([Fault(path, 1, what, "Kimliği düzeltin ya da satırı silin")])
    return tuple(known[key] for key in found.topics)
