"""From a proposal to a teaching: proposed, approved or rejected, trained.

What a teaching does is `bot.learning`'s; who wanted it and why is kept here.
"""

from collections import defaultdict
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from bot.desk.audit import record
from bot.desk.codes import Action, ProposalState
from bot.desk.models import Case, LogEntry, Proposal
from bot.learning import LearningError, worker
from bot.learning.entries import Draft
from bot.learning.proposals import Proposal as Phrase
from bot.learning.sources import Citation
from bot.learning.teaching import DONE, STATES, Teaching, propose, teachings

NOTHING = "Eğitilecek onaylanmış bir öneri yok."
DECIDED = "Bu öneri için karar verilmiş; sayfayı yenileyin."


def suggest(
    author: User, phrases: list[Phrase], drafts: list[Draft], case: Case | None = None
) -> int:
    """Keep what somebody wants taught, checked already; return how many proposals it is."""
    made = [
        Proposal(text=one.text, target=one.target, move=one.move, case=case, author=author)
        for one in phrases
    ]
    made += [
        Proposal(text=one.title, draft=one._asdict(), case=case, author=author) for one in drafts
    ]
    with transaction.atomic():
        for proposal in made:
            proposal.save()
        record(author, Action.PROPOSED, _code(case), f"{len(made)} öneri")
    return len(made)


def approve(proposal: Proposal, actor: User) -> None:
    """Let a proposal be taught.

    Raises:
        LearningError: if somebody has decided already.
    """
    _decide(proposal, actor, ProposalState.APPROVED, Action.APPROVED)


def reject(proposal: Proposal, actor: User, reason: str) -> None:
    """Say that a proposal, though it may be approved, will not be taught.

    Raises:
        LearningError: if it was rejected or taught already.
    """
    _decide(proposal, actor, ProposalState.REJECTED, Action.REJECTED, reason)


@transaction.atomic
def _decide(
    proposal: Proposal, actor: User, state: ProposalState, action: Action, reason: str = ""
) -> None:
    from_states = {ProposalState.OPEN, ProposalState.APPROVED} - {state}
    held = Proposal.objects.select_for_update().filter(pk=proposal.pk, state__in=from_states)
    if not held.update(state=state, decided_by=actor, reason=reason):
        raise LearningError(DECIDED)
    # Never what was said: the target, or that it is a new entry.
    what = proposal.target or "yeni kayıt"
    record(actor, action, _code(proposal.case), f"öneri {proposal.pk}: {what}")


def start(actor: User) -> Teaching:
    """Teach everything that is approved, in the background.

    Raises:
        LearningError, KnowledgeError: if it cannot be taught; nothing has begun then.
    """
    with transaction.atomic():
        state = ProposalState.APPROVED
        approved = list(Proposal.objects.select_for_update().filter(state=state))
        if not approved:
            raise LearningError(NOTHING)
        phrases = [Phrase(one.text, one.target, one.move) for one in approved if not one.draft]
        drafts = [_draft(one.draft) for one in approved if one.draft]
        teaching = propose(actor.get_username(), phrases, drafts)
        Proposal.objects.filter(pk__in=[one.pk for one in approved]).update(
            state=ProposalState.TAUGHT, teaching=teaching.id
        )
        record(actor, Action.TEACHING_STARTED, subject=teaching.id)
    worker.start()
    return teaching


def log_ends() -> None:
    """Write into the log what came of teachings that have ended since this was last done."""
    begun = _lines(Action.TEACHING_STARTED)
    ended = _lines(Action.TEACHING_ENDED)
    for one in teachings():
        if one.percent == DONE and len(begun[one.id]) > len(ended[one.id]):
            record(None, Action.TEACHING_ENDED, subject=f"{one.id} {STATES[one.state]}")


def _lines(action: Action) -> dict[str, list[str]]:
    """Return the log's lines of an action by the teaching they begin with."""
    found = defaultdict(list)
    for subject in LogEntry.objects.filter(action=action).values_list("subject", flat=True):
        found[subject.partition(" ")[0]].append(subject)
    return found


def take_back(teaching: Teaching, actor: User) -> int:
    """Put the proposals of a teaching that did not go live among the open ones; return how many.

    Raises:
        LearningError: if it is in use or on its way.
    """
    if teaching.state not in {"refused", "failed", "rolled_back"}:
        raise LearningError("Yalnız yayına girmeyen bir eğitimin önerileri geri alınır.")
    held = Proposal.objects.filter(teaching=teaching.id)
    count = held.update(state=ProposalState.OPEN, teaching="", decided_by=None)
    record(actor, Action.PROPOSALS_BACK, subject=teaching.id)
    return count


def _draft(data: dict[str, Any]) -> Draft:
    """Return an entry as `suggest` kept it."""
    citations = tuple(Citation(*one) for one in data["citations"])
    lists = {name: tuple(data[name]) for name in ("phrases", "see_also")}
    return Draft(**{**data, "citations": citations, **lists})


def _code(case: Case | None) -> str:
    return case.reference if case else ""
