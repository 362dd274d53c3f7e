"""The widget's file, and the pages that show it: a demo portal and a page with a rude theme."""

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.http import at_the_root

FOLDER = Path(__file__).parent / "widget"
WIDGET = "widget.js"
#: A site picks up a new widget after so many seconds at the latest.
WIDGET_SECONDS = 300
#: What the demo pages allow, as a strict site would.
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
}


class File(NamedTuple):
    """A file's content, plain and packed, and the tag that names it."""

    content: bytes
    packed: bytes
    tag: str


@lru_cache(maxsize=16)
def _read(path: Path) -> File:
    content = path.read_bytes()
    tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    return File(content, gzip.compress(content, 9, mtime=0), tag)


def add_files(routes: Blueprint, demo: bool) -> None:
    """Serve the widget; with `demo` the demo page too, at the server's root as well."""
    routes.add_route(_widget, f"/{WIDGET}", name="widget_file")
    if not demo:
        return
    for name in sorted(path.name for path in (FOLDER / "demo").iterdir()):
        routes.add_route(_page(FOLDER / "demo" / name), f"/demo/{name}", name=f"demo_{name}")
    at_the_root(routes, _root)


async def _widget(request: Request) -> HTTPResponse:
    found = _served(request, FOLDER / "dist" / WIDGET)
    found.headers["Cache-Control"] = f"public, max-age={WIDGET_SECONDS}"
    found.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return found


def _page(path: Path) -> Any:
    async def page(request: Request) -> HTTPResponse:
        return _demo(request, path)

    return page


async def _root(request: Request) -> HTTPResponse | None:
    if request.path == "/favicon.ico":
        return response.empty(204)
    if request.path != "/" or request.method not in {"GET", "HEAD"}:
        return None
    return _demo(request, FOLDER / "demo" / "index.html")


def _demo(request: Request, path: Path) -> HTTPResponse:
    found = _served(request, path)
    found.headers["Cache-Control"] = "no-cache"
    found.headers["Content-Security-Policy"] = CSP
    found.headers["Referrer-Policy"] = "no-referrer"
    return found


def _served(request: Request, path: Path) -> HTTPResponse:
    file = _read(path)
    headers = {"ETag": file.tag, "X-Content-Type-Options": "nosniff", "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == file.tag:
        return response.raw(b"", 304, headers)
    content = file.content
    if "gzip" in request.headers.get("accept-encoding", ""):
        content, headers["Content-Encoding"] = file.packed, "gzip"
    return response.raw(content, 200, headers, content_type=_TYPES[path.suffix])
