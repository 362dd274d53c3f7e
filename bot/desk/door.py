"""The assistant's door for the staff, from the desk's side (`bot/channels/staff.py`)."""

import json
import urllib.request
from typing import Any
from urllib.error import HTTPError, URLError

from bot.secret import staff_secret
from bot.settings import on_this_machine, settings

#: A delivery to Telegram or a mail server is waited for.
TIMEOUT_SECONDS = 20
#: Whatever proxy the machine uses: the secret goes to the assistant alone.
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
UNREACHABLE = "Asistana ulaşılamadı. Birazdan yeniden deneyin."
NOT_UNDERSTOOD = "Asistan beklenmeyen bir yanıt verdi."


class DoorError(Exception):
    """The assistant did not do it; the message is a sentence for the staff."""


class GoneError(DoorError):
    """There is no such conversation any more."""


def reply(reply_id: str, conversation: str, text: str) -> str:
    """Put a reply into a conversation, once for each id; return what became of it.

    Raises:
        DoorError: if the assistant could not take it.
    """
    body = {"id": reply_id, "conversation": conversation, "text": text}
    return str(_post("replies", body).get("delivery"))


def pause(conversation: str) -> None:
    """Silence the assistant in a conversation.

    Raises:
        DoorError: if it could not be done.
    """
    _post("pause", {"conversation": conversation})


def resume(conversation: str) -> None:
    """Let the assistant speak again.

    Raises:
        DoorError: if it could not be done.
    """
    _post("resume", {"conversation": conversation})


def forget(conversation: str) -> None:
    """Delete a conversation and what its channel keeps of it.

    Raises:
        DoorError: if it could not be done.
    """
    _post("forget", {"conversation": conversation})


def _post(path: str, body: dict[str, str]) -> dict[str, Any]:
    chosen = settings()
    host = on_this_machine(chosen.host)
    request = urllib.request.Request(
        f"http://{host}:{chosen.port}/webhooks/staff/{path}",
        data=json.dumps(body).encode(),
        headers={
            "Authorization": f"Bearer {staff_secret()}",
            "Content-Type": "application/json",
        },
    )
    try:
        with _DIRECT.open(request, timeout=TIMEOUT_SECONDS) as answer:
            return _object(answer.read())
    except HTTPError as error:
        kind = GoneError if error.code == 404 else DoorError
        raise kind(str(_object(error.read()).get("error") or UNREACHABLE)) from error
    except (URLError, OSError) as error:
        raise DoorError(UNREACHABLE) from error


def _object(body: bytes) -> dict[str, Any]:
    if not body:
        return {}
    try:
        found = json.loads(body)
    except ValueError as error:
        raise DoorError(NOT_UNDERSTOOD) from error
    return found if isinstance(found, dict) else {}
