"""Who a page speaks for: signed session ids that nobody can guess, and their expiry."""

import datetime
import secrets
from typing import NamedTuple

import jwt

ALGORITHM = "HS256"
PREFIX = "web-"
_SESSION, _LINK = "web", "web-link"


class SessionError(ValueError):
    """A session id or link is not ours or has run out."""


class Session(NamedTuple):
    """A conversation's id, its signed form for the page, and when that runs out (UTC)."""

    conversation: str
    token: str
    expires: datetime.datetime


class Sessions:
    """Issues session ids and private links and reads them back; workers share the secret.

    A link opens the same conversation elsewhere and later: it lives for days, a session
    for hours.
    """

    def __init__(self, secret: str, hours: int, link_days: int = 1) -> None:
        """Take the secret and how long a session and a link live."""
        self._secret = secret
        self._lives = {
            _SESSION: datetime.timedelta(hours=hours),
            _LINK: datetime.timedelta(days=link_days),
        }

    def issue(self, now: datetime.datetime | None = None) -> Session:
        """Return a session of a new conversation."""
        return self._signed(PREFIX + secrets.token_urlsafe(24), _SESSION, now)

    def read(self, token: str) -> Session:
        """Return the session of a signed id.

        Raises:
            SessionError: if it was not issued here, was changed, or has run out.
        """
        return self._read(token, _SESSION)

    def link(self, conversation: str, now: datetime.datetime | None = None) -> Session:
        """Return a private link's signed part."""
        return self._signed(conversation, _LINK, now)

    def reopen(self, token: str) -> Session:
        """Return a new session of the conversation a private link names.

        Raises:
            SessionError: as `read`.
        """
        return self._signed(self._read(token, _LINK).conversation, _SESSION, None)

    def _signed(self, conversation: str, kind: str, now: datetime.datetime | None) -> Session:
        start = now or datetime.datetime.now(datetime.timezone.utc)
        expires = (start + self._lives[kind]).replace(microsecond=0)
        claims = {"sub": conversation, "exp": expires, "aud": kind}
        return Session(conversation, jwt.encode(claims, self._secret, ALGORITHM), expires)

    def _read(self, token: str, kind: str) -> Session:
        try:
            claims = jwt.decode(
                token,
                self._secret,
                algorithms=[ALGORITHM],
                audience=kind,
                options={"require": ["sub", "exp", "aud"]},
            )
        except jwt.PyJWTError as error:
            raise SessionError(str(error)) from error
        expires = datetime.datetime.fromtimestamp(claims["exp"], datetime.timezone.utc)
        return Session(str(claims["sub"]), token, expires)
