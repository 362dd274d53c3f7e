"""What may help to answer a case: entries the assistant thought of, earlier answers."""

from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.desk.cases.replies import ARRIVED
from bot.desk.models import Case, Reply
from bot.desk.transcript import MIN_SCORE
from bot.knowledge import current
from bot.knowledge.rendering import answer_text
from bot.nlu.labels import entry_id, target_id

MAX_ENTRIES = 3
MAX_ANSWERS = 3
#: Replies looked through for a similar question, the newest first.
LOOKED_THROUGH = 1_000
LIKENESS = 65


@dataclass(frozen=True)
class Suggestion:
    """A text that may be sent as it is, where it comes from, and how sure it fits (percent)."""

    title: str
    origin: str
    text: str
    sure: int | None = None


def entries(case: Case) -> list[Suggestion]:
    """Return the entries the assistant thought of, the likeliest first."""
    base = current()
    scores: dict[str, float] = {}
    if case.about in base.entries:
        scores[case.about] = 0.0
    for label, score in case.ranking:
        key = entry_id(label) or ""
        if key in base.entries and (score >= MIN_SCORE or key in scores):
            scores[key] = max(score, scores.get(key, 0.0))
    best = sorted(scores.items(), key=lambda item: -item[1])[:MAX_ENTRIES]
    return [
        Suggestion(
            base.entries[key].title,
            key,
            answer_text(base, base.entries[key]),
            round(100 * score) or None,
        )
        for key, score in best
    ]


def flows(case: Case) -> list[str]:
    """Return the titles of the flows the assistant thought of."""
    base = current()
    named = [case.about, *(target_id(label) or "" for label, score in case.ranking if score > 0.1)]
    return [base.flows[key].title for key in dict.fromkeys(named) if key in base.flows]


def earlier_answers(case: Case) -> list[Suggestion]:
    """Return what the staff answered to the same question, then to similar ones."""
    sent = Reply.objects.filter(state__in=ARRIVED).exclude(case=case).select_related("case")
    found = []
    if case.group.text:
        found = list(sent.filter(case__group=case.group_id).order_by("-written_at")[:MAX_ANSWERS])
    if len(found) < MAX_ANSWERS and case.folded:
        others = list(
            sent.exclude(case__group=case.group_id).order_by("-written_at")[:LOOKED_THROUGH]
        )
        near = process.extract(
            case.folded,
            [reply.case.folded for reply in others],
            scorer=fuzz.token_sort_ratio,
            score_cutoff=LIKENESS,
            limit=MAX_ANSWERS - len(found),
        )
        found += [others[index] for _text, _score, index in near]
    texts: dict[str, Reply] = {}
    for reply in found:
        texts.setdefault(reply.text, reply)
    return [
        Suggestion(reply.case.text, reply.case.reference, text) for text, reply in texts.items()
    ]
