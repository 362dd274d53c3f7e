"""A session for each request of schemathesis, which loads this file in its own environment."""

import json
import urllib.request
from typing import Any

import schemathesis

#: The server counts messages by session.
SECONDS = 1


@schemathesis.auth(refresh_interval=SECONDS)
class Session:
    """A page's session, renewed before its messages are too many."""

    def get(self, case: Any, context: Any) -> str:
        """Begin a session."""
        url = f"{case.operation.base_url}/sessions"
        request = urllib.request.Request(url, method="POST")
        with urllib.request.urlopen(request, timeout=30) as reply:
            return str(json.load(reply)["session"])

    def set(self, case: Any, data: str, context: Any) -> None:
        """Send the session with a request."""
        case.headers["Authorization"] = f"Bearer {data}"
