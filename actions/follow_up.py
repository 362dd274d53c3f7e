"""A short question that leans on the answer before it: "peki ne zaman başvurulur"."""

import re
from collections.abc import Mapping
from typing import Any

from bot.knowledge import KnowledgeBase
from bot.nlu.gate import MAX_OFFERED
from bot.nlu.labels import entry_id, target_id
from bot.text.fold import normalize

#: What a follow-up begins with.
_LEAD_IN = re.compile(
    r"^(?:peki|pekiyi|ya|ee*|o zaman|o halde|yani|bir de|bi de|bide|hani|tamam)\b"
)
#: A longer message says itself what it is about.
LONGEST = 8
SHORT = 4
#: What stays as it is without a lead-in: the words were enough.
SURE = 0.9
#: How much likelier an entry of the same topic is after an answer on it.
SAME_TOPIC = 8.0
#: Short questions were taught as off-topic, for they say nothing alone.
OFF_TOPIC = 0.3
ANSWER = 0.6
OFFER = 0.5
OPTION = 0.1


def reconsidered(
    decided: Mapping[str, Any], text: str, topic: str | None, base: KnowledgeBase
) -> dict[str, Any]:
    """Return the decision on a message that may follow the answer on `topic`.

    The entries of the same topic, and those the answer refers to, weigh more; a message
    that is long, or sure without a lead-in, stays as it was decided.
    """
    same = dict(decided)
    ranking = decided.get("ranking") or []
    if topic is None or topic not in base.entries or not ranking or not _leans(decided, text):
        return same
    near = _near(topic, base)
    weights = {
        label: score * (SAME_TOPIC if target_id(label) in near else 1.0) for label, score in ranking
    }
    total = sum(weights.values()) + OFF_TOPIC * float(decided.get("off_topic", 0.0))
    ordered = sorted(
        ((label, weight / total) for label, weight in weights.items()), key=lambda item: -item[1]
    )
    label, share = ordered[0]
    if not target_id(label):
        return same
    if share >= ANSWER and entry_id(label):
        return {**same, "outcome": "answer", "label": label, "options": [], "ranking": ordered}
    options = [one for one, share in ordered if target_id(one) and share >= OPTION][:MAX_OFFERED]
    if sum(dict(ordered)[one] for one in options) >= OFFER:
        return {**same, "outcome": "offer", "label": None, "options": options, "ranking": ordered}
    return same


def _leans(decided: Mapping[str, Any], text: str) -> bool:
    """Tell whether a message may need the answer before it."""
    folded = normalize(text)
    count = len(folded.split())
    lead_in = bool(_LEAD_IN.search(folded))
    sure = decided.get("outcome") == "answer" and decided["ranking"][0][1] >= SURE
    return count <= LONGEST and (lead_in or (count <= SHORT and not sure))


def _near(topic: str, base: KnowledgeBase) -> set[str]:
    """Return the ids close to an entry: its group, what it refers to, its flow."""
    group = topic.rpartition("-")[0]
    found = {key for key in base.entries if key.rpartition("-")[0] == group}
    found.update(base.entries[topic].see_also)
    beside = base.flow_beside(topic)
    return found | ({beside.id} if beside else set())
