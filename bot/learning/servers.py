"""The Rasa servers that answer people: which model they run, and running another one."""

import http.client
import json
import urllib.request
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import quote

from bot.learning import LearningError
from bot.secret import staff_secret
from bot.settings import settings

#: A model loads in a few seconds; a busy machine takes longer.
LOAD_SECONDS = 60
ASK_SECONDS = 5
#: A server that does not run starts with the model in use by itself.
Result = Literal["loaded", "not_running"]
#: Whatever proxy the machine uses: the secret goes to the servers alone.
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Server(NamedTuple):
    """A server and the file name of the model it runs, None if it does not run."""

    url: str
    model: str | None


class ServerError(LearningError):
    """A server did not take a model."""


def load(url: str, model: Path) -> Result:
    """Have a server run a model.

    Raises:
        ServerError: if it runs and does not.
    """
    body = json.dumps({"model_file": str(model)}).encode()
    try:
        _call(url, "/model", "PUT", body, LOAD_SECONDS)
    except ConnectionRefusedError:
        return "not_running"
    except (OSError, http.client.HTTPException) as error:
        raise ServerError(f"{url} yeni modeli almadı ({_why(error)})") from error
    return "loaded"


def load_everywhere(model: Path, before: Path | None) -> dict[str, Result]:
    """Have every server run a model, or none: after a failure all get the one before back.

    Raises:
        ServerError: naming the server that did not take it.
    """
    asked: list[str] = []
    results: dict[str, Result] = {}
    try:
        for url in settings().servers():
            asked.append(url)
            results[url] = load(url, model)
    except ServerError:
        # The one that failed may have loaded it all the same and answered too late.
        for url in asked:
            _try(url, before)
        raise
    return results


def _try(url: str, model: Path | None) -> bool:
    try:
        if model is not None:
            load(url, model)
    except ServerError:
        return False
    return True


def running() -> list[Server]:
    """Return what each server runs."""
    return [Server(url, _model_of(url)) for url in settings().servers()]


def _model_of(url: str) -> str | None:
    try:
        status = json.loads(_call(url, "/status", "GET", None, ASK_SECONDS))
        return Path(status["model_file"]).name
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError):
        return None


def follow(model: Path) -> list[str]:
    """Have the servers that run another model run this one; return those that would not."""
    others = [one.url for one in running() if one.model not in {None, model.name}]
    return [url for url in others if not _try(url, model)]


def _call(url: str, path: str, method: str, body: bytes | None, seconds: int) -> bytes:
    # Rasa takes its token in the address only; it goes into no message and no log.
    request = urllib.request.Request(  # noqa: S310 - http or https, by the settings
        f"{url}{path}?token={quote(staff_secret())}",
        data=body,
        method=method,
        headers={"Content-Type": "application/json"},
    )
    try:
        with _DIRECT.open(request, timeout=seconds) as reply:
            content: Any = reply.read()
            return bytes(content)
    except HTTPError:
        raise
    except URLError as error:
        if isinstance(error.reason, OSError):
            raise error.reason from error
        raise


def _why(error: Exception) -> str:
    if isinstance(error, HTTPError):
        return f"HTTP {error.code}"
    return str(error) or type(error).__name__
