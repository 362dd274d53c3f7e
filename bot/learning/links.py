"""Do the links of the answers still open? Tried where the network allows, never waited for."""

import datetime
import socket
import urllib.request
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError, URLError

from bot.clock import TURKIYE
from bot.knowledge.entries import KnowledgeBase
from bot.knowledge.facts import facts_in
from bot.learning import store

FILE = "links.json"
OK = "ok"
DEAD = "dead"
UNCHECKED = "unchecked"
SECONDS = 10.0
_AT_ONCE = 8
_GONE = {404, 410}
_HEADERS = {"User-Agent": "Mozilla/5.0 (eTwinning yardim asistani, baglanti denetimi)"}
NO_NETWORK = "Bu makineden internete çıkılamıyor"


class LinkState(NamedTuple):
    """What a link did when it was last tried: `ok`, `dead`, `unchecked`, and why."""

    state: str
    why: str
    at: str


class _Tried(NamedTuple):
    state: str
    why: str
    #: Something answered, so there is a network.
    answered: bool


def links_of(base: KnowledgeBase) -> list[str]:
    """Return the web addresses that the answers give."""
    found = {link for entry in base.entries.values() for link in facts_in(entry.answer).links}
    return sorted(link for link in found if link.startswith(("http://", "https://")))


def check_links(links: Iterable[str], seconds: float = SECONDS) -> dict[str, LinkState]:
    """Try links, a few at once, and store what came of it; takes moments, or `seconds` a link.

    Dead is what its own server calls gone, and a host that does not exist while others do.
    What answers otherwise, or not at all, is unchecked: a site may be down for a night, or
    refuse programs.
    """
    wanted = list(dict.fromkeys(links))
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        tried = list(pool.map(lambda link: _try(link, seconds), wanted))
    network = any(one.answered for one in tried)
    at = datetime.datetime.now(TURKIYE).isoformat(timespec="seconds")
    states = {}
    for link, one in zip(wanted, tried, strict=True):
        state, why = (one.state, one.why) if network else (UNCHECKED, NO_NETWORK)
        states[link] = LinkState(state, why, at)
    kept = {**stored_links(), **states}
    store.write_json(_path(), {link: state._asdict() for link, state in kept.items()})
    return states


def stored_links() -> Mapping[str, LinkState]:
    """Return what the links did when they were last tried."""
    return {link: LinkState(**state) for link, state in (store.read_json(_path()) or {}).items()}


def _path() -> Path:
    return store.folder() / FILE


def _try(link: str, seconds: float) -> _Tried:
    """Ask for a page's head, and for the page itself where heads are refused."""
    tried = _ask(link, "HEAD", seconds)
    return _ask(link, "GET", seconds) if tried.answered and tried.state != OK else tried


def _ask(link: str, method: str, seconds: float) -> _Tried:
    request = urllib.request.Request(link, method=method, headers=_HEADERS)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=seconds):  # noqa: S310 - http or https
            return _Tried(OK, "", True)
    except HTTPError as error:
        error.close()
        return _Tried(DEAD if error.code in _GONE else UNCHECKED, f"HTTP {error.code}", True)
    except URLError as error:
        if isinstance(error.reason, socket.gaierror):
            return _Tried(DEAD, "böyle bir site yok", False)
        return _Tried(UNCHECKED, f"bağlanılamadı ({error.reason})", False)
    except (OSError, HTTPException, ValueError) as error:
        return _Tried(UNCHECKED, f"bağlanılamadı ({type(error).__name__})", False)
