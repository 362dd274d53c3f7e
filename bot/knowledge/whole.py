"""Check all of `knowledge/` at once, so that a program starts with whole files only."""

from pathlib import Path

from bot.knowledge.banner import load_banner
from bot.knowledge.coordinators import load_coordinators
from bot.knowledge.figures import load_figures
from bot.knowledge.guides import load_guides
from bot.knowledge.loader import load
from bot.knowledge.topics import load_topics


def check_knowledge(folder: Path) -> None:
    """Load everything once.

    Raises:
        KnowledgeError: naming file and line of whatever cannot be used.
    """
    base = load(folder)
    load_figures(folder)
    load_guides(folder, base)
    load_coordinators(folder)
    load_banner(folder)
    load_topics(folder, base)
