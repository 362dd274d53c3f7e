"""Hold a whole knowledge folder to all its rules, as the project's tests hold the files."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from bot.knowledge import KnowledgeError
from bot.knowledge.audit import citations, unsupported, unsupported_figures, unused
from bot.knowledge.loader import Fault
from bot.knowledge.whole import Knowledge, check_knowledge

FOLDER = "knowledge"


def check_whole(folder: Path) -> Knowledge:
    """Load a folder and check it against its own sources.

    Raises:
        KnowledgeError: naming every fault.
    """
    knowledge = check_knowledge(folder)
    if faults := list(_audit(knowledge)):
        raise KnowledgeError(faults)
    return knowledge


@contextlib.contextmanager
def named_as_in_the_project(folder: Path) -> Iterator[None]:
    """Have the faults of a copy name its files as they are called in the project.

    Raises:
        KnowledgeError: the one that the block raises, renamed.
    """
    try:
        yield
    except KnowledgeError as error:
        raise KnowledgeError([_named(fault, folder) for fault in error.faults]) from error


def _named(fault: Fault, folder: Path) -> Fault:
    if not fault.path.is_relative_to(folder):
        return fault
    return fault._replace(path=Path(FOLDER) / fault.path.relative_to(folder))


def _audit(knowledge: Knowledge) -> Iterator[Fault]:
    base, figures = knowledge.base, knowledge.figures
    sources = Path(FOLDER) / "sources.yml"
    for entry in base.entries.values():
        if facts := unsupported(base, entry):
            what = f"{entry.id} yanıtındaki {', '.join(facts)} kaynağında yazmıyor"
            mend = "Yanıtı düzeltin ya da kaynağın o yerine ekleyin"
            yield Fault(sources, 0, what, mend)
    for fact in unsupported_figures(base, figures):
        what = f"{fact} kaynağında yazmıyor"
        yield Fault(sources, 0, what, "Değeri düzeltin ya da kaynağın o yerine ekleyin")
    cited = citations(base, figures)
    for key, document in base.documents.items():
        for place in document.places:
            if not cited[key, place]:
                what = f"{key} belgesinin “{place}” yerine hiçbir yanıt ya da kural dayanmıyor"
                yield Fault(sources, 0, what, "Dayanan bir yanıt ekleyin ya da yeri silin")
    for fact in unused(base, figures):
        what = f"{fact} hiçbir yanıtta ya da kuralda geçmiyor"
        mend = "Yanıta ekleyin ya da gerekçesiyle dışarıda bırakın (left_out)"
        yield Fault(sources, 0, what, mend)
