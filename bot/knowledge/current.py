"""The knowledge in use, loaded once and again when the staff changes it."""

from collections.abc import Mapping

from bot.knowledge.coordinators import Coordinator
from bot.knowledge.entries import KnowledgeBase
from bot.knowledge.figures import Figures
from bot.knowledge.guides import Guide
from bot.knowledge.whole import Knowledge, check_knowledge
from bot.live import Following

#: All of it, for who needs more than one part.
knowledge: Following[Knowledge] = Following(lambda live: check_knowledge(live.knowledge))


def current() -> KnowledgeBase:
    """Return the knowledge base this process works with.

    Raises:
        KnowledgeError: naming file and line of whatever cannot be used.
    """
    return knowledge().base


def figures() -> Figures:
    """Return the dated figures in use."""
    return knowledge().figures


def guides() -> Mapping[str, Guide]:
    """Return the guides in use."""
    return knowledge().guides


def coordinators() -> tuple[Coordinator, ...]:
    """Return the directory of coordinators in use."""
    return knowledge().coordinators
