"""All of `knowledge/` at once, so that a program starts with whole files only."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from bot.knowledge.banner import load_banner
from bot.knowledge.coordinators import Coordinator, load_coordinators
from bot.knowledge.entries import KnowledgeBase
from bot.knowledge.figures import Figures, load_figures
from bot.knowledge.guides import Guide, load_guides
from bot.knowledge.loader import load
from bot.knowledge.topics import load_topics


class Knowledge(NamedTuple):
    """Everything the actions speak from."""

    base: KnowledgeBase
    figures: Figures
    guides: Mapping[str, Guide]
    coordinators: tuple[Coordinator, ...]


def check_knowledge(folder: Path) -> Knowledge:
    """Load and check everything.

    Raises:
        KnowledgeError: naming file and line of whatever cannot be used.
    """
    base = load(folder)
    load_banner(folder)
    load_topics(folder, base)
    return Knowledge(
        base, load_figures(folder), load_guides(folder, base), load_coordinators(folder)
    )
