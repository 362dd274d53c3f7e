"""One person's data: found by reference, session or chat id; handed out; deleted."""

import json
import re
from typing import Any

import jwt
from django.contrib.auth.models import User
from django.db import transaction

from bot.channels.transcript import transcript_of
from bot.desk import door
from bot.desk.audit import record
from bot.desk.codes import Action
from bot.desk.models import Case, Conversation, Feedback, Question, Visit
from bot.desk.reading.tracker import events_of
from bot.desk.retention import delete_cases, unname
from bot.reference import reference_of

_CHAT_ID = re.compile(r"-?\d{3,20}")


def find(identifier: str) -> str | None:
    """Return the conversation that a reference code, session or chat id names."""
    wanted = identifier.strip()
    if reference := reference_of(wanted):
        case = Case.objects.filter(reference=reference).select_related("conversation").first()
        if case and case.conversation.key:
            return case.conversation.key
    session = _of_session(wanted)
    if session and _is_known(session):
        return session
    if _is_known(wanted):
        return wanted
    if _CHAT_ID.fullmatch(wanted):
        # A channel puts its own name before the chat's number.
        used = Conversation.objects.exclude(channel="").values_list("channel", flat=True)
        named = [f"{channel}-{wanted}" for channel in used.distinct()]
        return next((name for name in named if _is_known(name)), None)
    return None


def _of_session(token: str) -> str | None:
    """Return the conversation of a page's signed session; an old one will do here."""
    try:
        claims = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError:
        return None
    return str(claims.get("sub") or "") or None


def _is_known(key: str) -> bool:
    return bool(key) and (Conversation.objects.filter(key=key).exists() or bool(events_of(key)))


def cases_of(key: str) -> list[Case]:
    """Return a conversation's cases, the oldest first."""
    return list(Case.objects.filter(conversation__key=key).order_by("asked_at"))


def export(key: str, actor: User) -> str:
    """Return everything kept of a conversation as JSON, and log that it was handed out."""
    told: dict[str, Any] = {
        "konusma": key,
        "iletiler": transcript_of(events_of(key)).lines,
        "olaylar": events_of(key),
        "vakalar": [_case(case) for case in cases_of(key)],
        "oturumlar": list(
            Visit.objects.filter(conversation__key=key).values_list("began_at", flat=True)
        ),
        "sorular": list(
            Question.objects.filter(conversation__key=key).values(
                "asked_at", "entry", "by_offer", "outcome", "staff_at"
            )
        ),
        "degerlendirmeler": list(
            Feedback.objects.filter(conversation__key=key).values("given_at", "entry", "helpful")
        ),
    }
    record(actor, Action.PERSON_EXPORTED, subject=_named(key))
    return json.dumps(told, ensure_ascii=False, indent=1, default=str)


def _case(case: Case) -> dict[str, Any]:
    return {
        "takip_kodu": case.reference,
        "soru": case.text,
        "neden": case.get_reason_display(),
        "il": case.province,
        "tarih": case.asked_at,
        "durum": case.get_status_display(),
        "yanitlar": [
            {"metin": reply.text, "tarih": reply.written_at, "durum": reply.get_state_display()}
            for reply in case.replies.all()
        ],
        "oneriler": [proposal.text for proposal in case.proposals.all()],
        "notlar": [{"metin": note.text, "tarih": note.written_at} for note in case.notes.all()],
    }


def erase(key: str, actor: User) -> None:
    """Delete a conversation everywhere: tracker, its channel, cases; figures keep no name.

    Raises:
        DoorError: if the assistant could not be reached; then nothing was deleted.
    """
    # The assistant first: afterwards nothing comes from there any more.
    door.forget(key)
    forget(key, actor)


@transaction.atomic
def forget(key: str, actor: User | None) -> None:
    """Delete what the desk itself keeps; `actor` is None when the teacher deleted it."""
    subject = _named(key)
    known = Conversation.objects.filter(key=key).exists()
    delete_cases(Case.objects.filter(conversation__key=key))
    unname(key)
    if known:
        record(actor, Action.PERSON_ERASED, subject=subject)


def _named(key: str) -> str:
    """Return how the log names a person: by the codes of the cases, never by an id."""
    codes = [case.reference for case in cases_of(key)]
    return f"vakalar: {', '.join(codes)}" if codes else "vakası olmayan konuşma"
