"""Who a page speaks for: signed session ids that nobody can guess, and their expiry."""

import datetime
import secrets
from typing import NamedTuple

import jwt

ALGORITHM = "HS256"
PREFIX = "web-"
_AUDIENCE = "web"


class SessionError(ValueError):
    """A session id is not ours or has run out."""


class Session(NamedTuple):
    """A conversation's id, its signed form for the page, and when that runs out (UTC)."""

    conversation: str
    token: str
    expires: datetime.datetime


class Sessions:
    """Issues session ids and reads them back; several workers share the secret."""

    def __init__(self, secret: str, hours: int) -> None:
        """Take the secret and how long a session lives."""
        self._secret = secret
        self._hours = hours

    def issue(self, now: datetime.datetime | None = None) -> Session:
        """Return a new session."""
        conversation = PREFIX + secrets.token_urlsafe(24)
        start = now or datetime.datetime.now(datetime.timezone.utc)
        expires = (start + datetime.timedelta(hours=self._hours)).replace(microsecond=0)
        claims = {"sub": conversation, "exp": expires, "aud": _AUDIENCE}
        return Session(conversation, jwt.encode(claims, self._secret, ALGORITHM), expires)

    def read(self, token: str) -> Session:
        """Return the session of a signed id.

        Raises:
            SessionError: if it was not issued here, was changed, or has run out.
        """
        try:
            claims = jwt.decode(
                token,
                self._secret,
                algorithms=[ALGORITHM],
                audience=_AUDIENCE,
                options={"require": ["sub", "exp", "aud"]},
            )
        except jwt.PyJWTError as error:
            raise SessionError(str(error)) from error
        expires = datetime.datetime.fromtimestamp(claims["exp"], datetime.timezone.utc)
        return Session(str(claims["sub"]), token, expires)
