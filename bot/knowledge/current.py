"""The knowledge base of the settings' folder, loaded once for the process."""

from functools import lru_cache

from bot.knowledge.entries import KnowledgeBase
from bot.knowledge.loader import load
from bot.settings import settings


@lru_cache(maxsize=1)
def current() -> KnowledgeBase:
    """Return the knowledge base this process works with.

    Raises:
        KnowledgeError: naming file and line of whatever cannot be used.
    """
    return load(settings().knowledge_dir)
