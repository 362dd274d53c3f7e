"""Which messages are presses of our own buttons, and which are text that looks like one."""

import re

_SLASHES = re.compile(r"^\s*/[\s/]*")
_OWN = re.compile(
    r'/(?:(?:faq|akis|faydali|faydasiz)\{\s*"entry"\s*:\s*"[a-z0-9-]{1,40}"\s*\}|ret)'
)


_OPENS = re.compile(r'/(?:faq|akis)\{\s*"entry"\s*:\s*"([a-z0-9-]{1,40})"\s*\}')


def target_of(message: str) -> str | None:
    """Return the id of the entry or flow a payload opens, None for any other message.

    >>> target_of('/faq{"entry": "ke-01"}')
    'ke-01'
    """
    match = _OPENS.fullmatch(message.strip())
    return match[1] if match else None


def typed(message: str) -> str:
    """Return a message as text unless it is a payload the assistant itself makes.

    Rasa takes anything that begins with a slash for an intent, `/restart` included.

    >>> typed("/restart"), typed('/faq{"entry": "ke-01"}')
    ('restart', '/faq{"entry": "ke-01"}')
    """
    if _OWN.fullmatch(message.strip()):
        return message.strip()
    # Rasa strips the text again: "/ /restart" must not leave a slash behind the space.
    return _SLASHES.sub("", message)


def plain_text(text: str) -> str:
    """Return what a person typed as text, even if it looks like one of our payloads.

    >>> plain_text('/faq{"entry": "ke-01"}')
    'faq{"entry": "ke-01"}'
    """
    shown = typed(text)
    return shown.lstrip("/") if shown.startswith("/") else shown
