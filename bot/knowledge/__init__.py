"""Load and check `knowledge/` into frozen, typed objects; render answers from them."""

from bot.knowledge.current import current
from bot.knowledge.entries import Document, Entry, FlowTitle, KnowledgeBase, Place
from bot.knowledge.loader import KnowledgeError, load

__all__ = [
    "Document",
    "Entry",
    "FlowTitle",
    "KnowledgeBase",
    "KnowledgeError",
    "Place",
    "current",
    "load",
]
