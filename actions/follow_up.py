"""A short question that leans on the answer before it: "peki ne zaman başvurulur"."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from actions.ellipsis import elliptic, of_the_same, points_back
from bot.knowledge import KnowledgeBase
from bot.live import Following, Live
from bot.nlu.archive import linear_model
from bot.nlu.gate import MAX_OFFERED, RANKED
from bot.nlu.labels import FAQ, HELP, OOS, entry_id, target_id
from bot.nlu.linear import LinearModel, softmax
from bot.nlu.views import Floats
from bot.text.fold import normalize
from bot.training import current_model

#: What a follow-up begins with.
_LEAD_IN = re.compile(
    r"^(?:peki|pekiyi|ya|ee*|o zaman|o halde|yani|bir de|bi de|bide|hani|tamam)\b"
)
#: A longer message says itself what it is about.
LONGEST = 8
SHORT = 5
#: What stays as it is without a lead-in: the words were enough.
SURE = 0.9
#: The share of the message read together with the title answered before, and what a label
#: close to that title gains, in units of the model's score (a margin is 1). Chosen on 90
#: written pairs of question and follow-up.
TOGETHER = 0.3
CLOSE = 0.3
#: What they gain with a question that names nothing: what was spoken of is all it can mean.
CLOSE_UNSAID = 1.5
#: Short questions were taught as off-topic, for they say nothing alone.
OFF_TOPIC = 0.3
ANSWER = 0.5
OFFER = 0.5
OPTION = 0.1


@lru_cache(maxsize=1)
def _unpacked(path: Path) -> LinearModel:
    return linear_model(path)


def _of_files(live: Live) -> LinearModel | None:
    path = current_model()
    return _unpacked(path) if path else None


#: The model of the files in use; without one a follow-up is taken by its own words.
_model = Following(_of_files)


def reconsidered(
    decided: Mapping[str, Any],
    text: str,
    topic: str | None,
    base: KnowledgeBase,
    model: Callable[[], LinearModel | None] = _model,
    within: bool = False,
) -> dict[str, Any]:
    """Return the decision on a message that may follow the answer on `topic`.

    The message is read once alone and once together with the title answered before, and
    the entries close to that one weigh more. A message that is long, or sure without a
    lead-in, stays as it was decided. A question that names nothing is always of the topic,
    whose answer it gets again if none close to it is surer. `within` a calculation of the
    topic the words of its answer name nothing new either.
    """
    same = dict(decided)
    if topic is None or topic not in base.entries:
        return same
    if of_the_same(text):
        return {**same, **_answer(topic), "leans": True}
    about = (base.entries[topic].title, base.entries[topic].answer)
    if _unsaid(decided, text, about if within else ()):
        return taken_up(decided, text, topic, base, model)
    linear = model() if _leans(decided, text) else None
    if linear is None:
        return same
    ranking, off_topic = _together(linear, text, topic, base, CLOSE)
    label, share = ranking[0]
    if not target_id(label) or off_topic >= OFF_TOPIC:
        return same
    again = {**same, "ranking": ranking[:RANKED], "off_topic": off_topic, "also": None}
    if share >= ANSWER:
        return {**again, **_answer(entry)} if (entry := entry_id(label)) else same
    options = [(one, share) for one, share in ranking if target_id(one) and share >= OPTION]
    options = options[:MAX_OFFERED]
    if sum(share for _, share in options) < OFFER:
        return same
    return {**again, "outcome": "offer", "label": None, "options": [one for one, _ in options]}


def taken_up(
    decided: Mapping[str, Any],
    text: str,
    topic: str,
    base: KnowledgeBase,
    model: Callable[[], LinearModel | None] = _model,
) -> dict[str, Any]:
    """Return the decision on a message that can only be of `topic`: an entry close to it.

    It is the topic's own unless another is as good as sure.
    """
    linear = model()
    if linear is None:
        return dict(decided)
    ranking, off_topic = _together(linear, text, topic, base, CLOSE_UNSAID)
    entries = [(entry, share) for label, share in ranking if (entry := entry_id(label))]
    entry = entries[0][0] if entries and entries[0][1] >= ANSWER else topic
    kept = {"ranking": ranking[:RANKED], "off_topic": off_topic, "also": None, "leans": True}
    return {**decided, **kept, **_answer(entry)}


def _answer(entry: str) -> dict[str, Any]:
    return {"outcome": "answer", "label": f"{FAQ}/{entry}", "options": [], "also": None}


def _unsaid(decided: Mapping[str, Any], text: str, about: Sequence[str]) -> bool:
    """Tell a message that names nothing it could be about, and is no small talk."""
    label = decided.get("label") or ""
    if not decided.get("ranking") or not (label or decided.get("outcome") != "answer"):
        return False
    if label and not target_id(label):
        return label == HELP and points_back(text)
    return elliptic(text, about)


def _together(
    model: LinearModel, text: str, topic: str, base: KnowledgeBase, gain: float
) -> tuple[list[tuple[str, float]], float]:
    """Return the labels by probability, off-topic apart."""
    alone, both = _scores(model, text, f"{base.entries[topic].title} {text}")
    near = _near(topic, base)
    close = np.array([gain * (target_id(label) in near) for label in model.labels])
    scores = (1 - TOGETHER) * alone + TOGETHER * both + close
    shares = softmax(scores.astype(np.float32), model.temperature).tolist()
    ranking = sorted(zip(model.labels, shares, strict=True), key=lambda item: -item[1])
    return [one for one in ranking if one[0] != OOS], dict(ranking).get(OOS, 0.0)


@lru_cache(maxsize=8)
def _scores(model: LinearModel, *texts: str) -> Floats:
    """Return the scores of texts: a turn looks at its decision several times."""
    return model.scores(texts)


def _leans(decided: Mapping[str, Any], text: str) -> bool:
    """Tell whether a message may need the answer before it."""
    ranking: Sequence[Any] = decided.get("ranking") or []
    folded = normalize(text)
    count = len(folded.split())
    label = decided.get("label") or ""
    if not ranking or not folded or (label and not entry_id(label)):
        return False  # small talk, a button, a number; a case is its flow's
    lead_in = bool(_LEAD_IN.search(folded))
    sure = decided.get("outcome") == "answer" and ranking[0][1] >= SURE
    return count <= LONGEST and (lead_in or (count <= SHORT and not sure))


def _near(topic: str, base: KnowledgeBase) -> set[str]:
    """Return the ids close to an entry: its group, what it refers to, its flow."""
    group = topic.rpartition("-")[0]
    found = {key for key in base.entries if key.rpartition("-")[0] == group}
    found.update(base.entries[topic].see_also)
    beside = base.flow_beside(topic)
    return found | ({beside.id} if beside else set())
