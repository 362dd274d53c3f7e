"""The Rasa servers that answer people: which model they run, and running another one."""

import http.client
import json
import urllib.request
from collections.abc import Mapping
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


def load_everywhere(model: Path) -> dict[str, Result]:
    """Have every server run a model, or none: after a failure each gets its own one back.

    Raises:
        ServerError: naming the server that did not take it, and those that did not go back.
    """
    before = {url: _model_of(url) for url in settings().servers()}
    asked: list[str] = []
    results: dict[str, Result] = {}
    try:
        for url in before:
            asked.append(url)
            results[url] = load(url, model)
    except ServerError as error:
        # The one that failed may have loaded it all the same and answered too late.
        own = {url: model.with_name(name) for url in asked if (name := before[url])}
        stray = [url for url, one in own.items() if not _try(url, one)]
        if stray:
            what = f"{error}. Eski modele dönemeyen: {', '.join(stray)}; yeniden başlatın"
            raise ServerError(what) from error
        raise
    return results


def idle_in(results: Mapping[str, Result]) -> str:
    """Return a sentence on the servers that did not run; nothing if all did."""
    idle = [url for url, result in results.items() if result == "not_running"]
    return f"{', '.join(idle)} çalışmıyor; açılınca yeni modelle başlar" if idle else ""


def _try(url: str, model: Path) -> bool:
    try:
        load(url, model)
    except ServerError:
        return False
    return True


def running() -> list[Server]:
    """Return what each server runs."""
    return [Server(url, _model_if_any(url)) for url in settings().servers()]


def _model_if_any(url: str) -> str | None:
    try:
        return _model_of(url)
    except ServerError:
        return None


def _model_of(url: str) -> str | None:
    """Return the file name of the model a server runs, None if the server does not run.

    Raises:
        ServerError: if it runs and does not say.
    """
    try:
        status = json.loads(_call(url, "/status", "GET", None, ASK_SECONDS))
        return Path(status["model_file"]).name
    except ConnectionRefusedError:
        return None
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError) as error:
        raise ServerError(f"{url} modelini söylemedi ({_why(error)})") from error


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
